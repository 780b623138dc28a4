<<<<<<< HEAD
//! Starts the real servers that tests talk to: private, on free loopback ports, gone when they are dropped.
//!
//! Only tests use this room. It knows nothing of Regain: what it starts could serve anybody. A server that
//! does not come up fails the test with the server's own log.

pub mod ldap_relay;
pub mod slapd;
pub mod tls;
=======
//! Starts the real servers for tests, and reads back what they got. Tests only.
pub mod kannel;
pub mod smtp;
>>>>>>> delivery
