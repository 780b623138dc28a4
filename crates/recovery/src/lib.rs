//! The walk of a recovery as pure functions.
//!
//! One door: [`step`] takes a saved [`Recovery`], an [`Event`] and the [`Facts`] of the moment, and answers with
//! the next state and a list of [`Effect`]s. This room knows no clock, no random source, no network, no disk and
//! no page: time, random bytes and look-ups come in as facts. It decides who gets a password set, and nobody else does:
//! a [`Proof`] can be made only by passing the last gate, and [`Cleared`], which a write takes, only from a proof that still
//! holds.

mod account;
mod audit;
mod census;
mod clear;
mod code;
mod contact;
mod counter;
mod decoy;
mod draw;
mod effect;
mod encode;
mod event;
mod facts;
mod gate;
mod house;
mod keys;
mod look;
mod mask;
mod number_rules;
mod offer;
mod page;
mod phone;
mod policy;
mod secret;
mod state;
mod step;
#[cfg(test)]
mod tests;
mod throttle;
mod time;
mod user_name;

pub use account::{Account, AccountId, AccountState};
pub use audit::{AuditEvent, AuditKind, AuditResult, audit_reference, detail_fields};
pub use census::{Census, CensusTaker};
pub use clear::{Cleared, Fault, LastLook, PROOF_SECONDS_MAX};
pub use code::{Code, CodeHash};
pub use contact::{Contact, ContactPrint, EmailAddress, Line, Phone};
pub use counter::Counter;
pub use decoy::left_out;
pub use effect::{Decision, Effect, Told};
pub use encode::Unreadable;
pub use event::{Event, PasswordVerdict, WriteBackOutcome};
pub use facts::Facts;
pub use gate::{GateProof, Proof};
pub use keys::{Keys, mac};
pub use mask::Mask;
pub use number_rules::NumberRules;
pub use offer::{Destination, MethodKind, Offer};
pub use page::{CodePage, ContactPage, MethodPage, Page};
pub use phone::{PhoneNumber, PhoneNumberError};
pub use policy::{Disclose, GroupPolicy, Independence, Policies, Policy};
pub use secret::Password;
pub use state::{Notice, Obstacle, PendingWrite, Recovery, RecoveryId, Stop};
pub use step::{Begin, begin, step};
pub use throttle::{Counted, Limit, Limits, pause_until};
pub use time::{Seconds, Timestamp};
pub use user_name::UserName;
