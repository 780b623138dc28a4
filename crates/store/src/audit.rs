//! The audit trail: rows that hang together by their hashes, and signed heads that say how far they went.
//!
//! Each node writes a chain of its own. A row's hash covers the hash before it, its public fields, and a *commitment* to
//! each personal part: a salted hash of the plain value. So a part can be erased with its salt, or be sealed again under
//! another key, and the chain still holds. A head signs a node's last hash, and names the last heads of other nodes that
//! it has seen. What is written down here can be checked by anyone with nothing but the rows, the heads and the public
//! key: see [`Verifier`].

mod chain;
mod head;
#[cfg(test)]
mod tests;
mod verify;

pub(crate) use chain::Covered;
pub use chain::{commit_network, commit_person};
pub use head::{Head, HeadKind, PublicKey, Seen, Signer};
pub use verify::{Fault, Finding, NodeVerdict, Verdict, Verifier};

use crate::{Key, Millis};
use std::fmt;

/// How long the salt of a commitment is. Bytes: too many to try, for who knows the commitment and guesses the value.
pub const SALT_BYTES: usize = 16;

/// Makes two commitments to one value differ, and a guess at the value impossible without it.
pub type Salt = [u8; SALT_BYTES];

/// A line of the audit trail, as it is to be written and as it is shown.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AuditRow {
    pub at: Millis,
    /// The short reference that pages and logs show.
    pub reference: String,
    pub realm: String,
    pub event: String,
    pub detail: String,
    /// Whom it is about; `None`: nobody, or it was erased.
    pub person: Option<AuditPerson>,
    /// The network it came from; `None`: Regain itself, or it was erased. Sealed on disk.
    pub network: Option<String>,
}

/// Whom a row is about.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AuditPerson {
    /// As a keyed hash.
    pub account: Key,
    /// As typed. Sealed on disk.
    pub user_name: String,
}

/// Which audit rows to read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum AuditQuery {
    Reference(String),
    Account(Key),
}

/// The random name of what writes one chain.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(pub [u8; 8]);

impl fmt::Display for NodeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for NodeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "NodeId({self})")
    }
}

/// A row in its place in a chain, with all that its hash covers.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Entry {
    pub node: NodeId,
    /// From 1, without gaps.
    pub seq: u64,
    pub at: Millis,
    pub reference: String,
    pub realm: String,
    pub event: String,
    pub detail: String,
    pub person: Part<AuditPerson>,
    pub network: Part<String>,
    /// Of this row and, through the hash before it, of all before it.
    pub hash: Key,
}

/// A personal part of a row.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Part<T> {
    /// There never was one.
    None,
    /// It is there, with the salt of its commitment.
    Kept { commitment: Key, salt: Salt, value: T },
    /// It was erased, and its salt with it.
    Erased { commitment: Key },
    /// Something is there, and it can't be opened.
    Unreadable { commitment: Key },
}

impl<T> Part<T> {
    /// What the chain holds of it; empty where there never was one.
    pub fn commitment(&self) -> &[u8] {
        match self {
            Part::None => &[],
            Part::Kept { commitment, .. } | Part::Erased { commitment } | Part::Unreadable { commitment } => commitment,
        }
    }

    pub const fn value(&self) -> Option<&T> {
        match self {
            Part::Kept { value, .. } => Some(value),
            _ => None,
        }
    }
}

/// Where a chain stands: the number and hash of its last row.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Tip {
    /// 0: nothing was ever written.
    pub seq: u64,
    pub hash: Key,
}

impl Tip {
    /// Before the first row.
    pub const GENESIS: Tip = Tip { seq: 0, hash: [0; 32] };
}
