//! The product, wired together: the only place that knows every room.
//!
//! `main.rs` reads the command line and calls one of the commands here. Tests start the same commands, with a store of
//! their own around the real one.

pub mod commands;
pub mod demo;
pub mod from_settings;
pub mod harden;
mod keys;
mod seal;
mod tls;
mod wiring;

pub use wiring::{Running, Wrap};

use std::fmt;

/// How the log is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug, clap::ValueEnum)]
pub enum LogFormat {
    /// For people.
    Text,
    /// One JSON object a line, for a collector.
    Json,
}

/// What a command ends with when it can't do its work: what is wrong, where, and what to do.
#[derive(Debug)]
pub struct Failure {
    pub what: String,
    pub hint: Option<String>,
}

impl Failure {
    pub fn new(what: impl fmt::Display) -> Self {
        Self { what: what.to_string(), hint: None }
    }

    #[must_use]
    pub fn hint(self, hint: impl Into<String>) -> Self {
        Self { hint: Some(hint.into()), ..self }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let already_headed = self.what.starts_with("error: ");
        write!(f, "{}{}", if already_headed { "" } else { "error: " }, self.what)?;
        match &self.hint {
            Some(hint) => write!(f, "\nhint: {hint}"),
            None => Ok(()),
        }
    }
}
