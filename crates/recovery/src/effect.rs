//! Orders that a step gives to the world. All of them are committed with the new state, or none.

use crate::{AuditEvent, Code, Counter, Destination, MethodKind, Obstacle, Recovery, Timestamp};

/// What comes out of a step.
#[derive(Debug)]
pub struct Decision {
    pub recovery: Recovery,
    /// Empty for the steps that store nothing (the choice of a method before the first message).
    pub effects: Vec<Effect>,
}

/// One order.
#[derive(Clone, Debug)]
pub enum Effect {
    /// Send a code. The same for a decoy, which goes nowhere.
    SendCode { kind: MethodKind, to: Destination, code: Code, gate: u8, expires_at: Timestamp },
    /// Tell the real contacts of the account why a recovery can't end, at most once a day. `None` is written all the
    /// same and tells nobody, so that every recovery writes the same rows.
    TellOwner { obstacle: Option<Obstacle> },
    /// Tell every contact of the account what happened.
    TellContacts { what: Told },
    /// Add one to a count.
    Count { counter: Counter },
    /// Add one to a count that has reached its limit: the same row is written where nobody may see that it has.
    CountBeyond { counter: Counter },
    /// Set a count back to nothing.
    Uncount { counter: Counter },
    /// Write the password to the directory: the state is now [`crate::Page::Writing`] and holds the proof.
    WritePassword,
    /// End the other recoveries of this account, with their codes, and all its sessions.
    EndOtherRecoveries,
    /// Browsers that were known for this account until now are strangers again.
    ForgetBrowsers,
    /// Keep a line in the audit trail.
    Record { event: AuditEvent },
}

/// What the contacts of an account are told.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Told {
    /// The password was reset.
    PasswordReset,
    /// A reset was begun, and nobody knows whether the password was set.
    PasswordUnclear,
}
