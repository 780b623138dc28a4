//! Every adapter against the one suite that all must pass, and against the bad days of its own kind.

mod bad_days;
mod cleared;
mod conformance;
mod embedded;
mod ldap;
mod policy;
mod world;
