//! Starts the real servers for tests, and reads back what they got. Tests only.
pub mod kannel;
pub mod smtp;
