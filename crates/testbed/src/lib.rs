//! Starts the real servers that tests talk to: private, on free loopback ports, gone when they are dropped.
//!
//! Only tests use this room. It knows of Regain only its binary and what HTML promises: what it starts could serve anybody. A server that
//! does not come up fails the test with the server's own log.

pub mod demo;
pub mod installation;
pub mod kannel;
pub mod ldap_relay;
pub mod rsyslog;
pub mod slapd;
pub mod smtp;
pub mod tab;
pub mod tls;
pub mod walker;
