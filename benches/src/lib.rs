//! What the programs of this package share: a browser in a hurry, and where messages arrive.

pub mod client;
pub mod sinks;
