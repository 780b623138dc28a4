//! Secrets that do not print and are wiped when they are dropped.

use std::fmt;
use zeroize::Zeroizing;

/// A password as a person typed it. It does not print, and its memory is wiped.
#[derive(Clone)]
pub struct Password(Zeroizing<String>);

impl Password {
    /// Takes what was typed, as it is. `None` for an empty one, which must never reach a directory:
    /// a bind with an empty password succeeds without proving anything (RFC 4513 §5.1.2).
    pub fn new(typed: impl Into<String>) -> Option<Self> {
        let typed = Zeroizing::new(typed.into());
        if typed.is_empty() { None } else { Some(Self(typed)) }
    }

    /// The characters themselves, for the directory, the hash and the judge of passwords; for nobody else.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(…)")
    }
}
