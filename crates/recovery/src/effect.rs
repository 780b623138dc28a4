//! Orders that a step gives to the world. All of them are committed with the new state, or none.

use crate::{Code, Counter, Destination, MethodKind, Obstacle, Recovery, Stop, Timestamp};

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
    /// Write the password to the directory: the state is now [`crate::Page::Writing`] and holds the proof.
    WritePassword,
    /// End the other recoveries of this account, with their codes.
    EndOtherRecoveries,
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

/// A line of the audit trail.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum AuditEvent {
    Began,
    MessageAsked { kind: MethodKind, gate: u8 },
    MessageLimitReached { kind: MethodKind, gate: u8 },
    ContactMistyped { gate: u8 },
    CodeWrong { gate: u8 },
    CodeExpired { gate: u8 },
    GatePassed { kind: MethodKind, gate: u8 },
    PasswordRefused,
    WriteBegan,
    WriteRefused,
    WriteFailed,
    WriteUnknown,
    PasswordReset,
    HelpAsked,
    Stopped { stop: Stop },
}

impl AuditEvent {
    /// The event's name in the trail.
    pub const fn name(&self) -> &'static str {
        match self {
            AuditEvent::Began => "recovery_began",
            AuditEvent::MessageAsked { .. } => "message_asked",
            AuditEvent::MessageLimitReached { .. } => "message_limit_reached",
            AuditEvent::ContactMistyped { .. } => "contact_mistyped",
            AuditEvent::CodeWrong { .. } => "code_wrong",
            AuditEvent::CodeExpired { .. } => "code_expired",
            AuditEvent::GatePassed { .. } => "gate_passed",
            AuditEvent::PasswordRefused => "password_refused",
            AuditEvent::WriteBegan => "write_began",
            AuditEvent::WriteRefused => "write_refused",
            AuditEvent::WriteFailed => "write_failed",
            AuditEvent::WriteUnknown => "write_unknown",
            AuditEvent::PasswordReset => "password_reset",
            AuditEvent::HelpAsked => "help_asked",
            AuditEvent::Stopped { .. } => "stopped",
        }
    }

    /// What the name leaves out: the method, the gate, the reason.
    pub fn detail(&self) -> String {
        match self {
            AuditEvent::MessageAsked { kind, gate }
            | AuditEvent::MessageLimitReached { kind, gate }
            | AuditEvent::GatePassed { kind, gate } => format!("gate {gate}, {}", kind.name()),
            AuditEvent::ContactMistyped { gate }
            | AuditEvent::CodeWrong { gate }
            | AuditEvent::CodeExpired { gate } => {
                format!("gate {gate}")
            }
            AuditEvent::Stopped { stop } => stop.name().to_owned(),
            _ => String::new(),
        }
    }
}
