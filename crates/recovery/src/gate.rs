//! Gates, and the proof that only the last one makes.

use crate::{AccountId, ContactPrint, MethodKind, RecoveryId, Timestamp};

/// What is kept of a passed gate: by which method and contact, and when.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct GateProof {
    pub(crate) kind: MethodKind,
    pub(crate) contact: ContactPrint,
    pub(crate) at: Timestamp,
}

impl GateProof {
    pub const fn kind(&self) -> MethodKind {
        self.kind
    }

    pub const fn at(&self) -> Timestamp {
        self.at
    }
}

/// Evidence that every gate the policy asks for was passed, in one recovery, for one account.
///
/// Writing a password takes one. Its fields are private and nothing outside this room makes one: it comes out of
/// passing the last gate, or of reading a state that had it. Rule 1 of the product rests on this type.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Proof {
    pub(crate) recovery: RecoveryId,
    pub(crate) account: AccountId,
    pub(crate) gates: Vec<GateProof>,
}

impl Proof {
    /// The account whose password may be written.
    pub const fn account(&self) -> &AccountId {
        &self.account
    }

    /// The gates that were passed.
    pub fn gates(&self) -> &[GateProof] {
        &self.gates
    }
}

/// What passing one gate leads to.
pub(crate) enum Passed {
    /// More gates are to come.
    More(Vec<GateProof>),
    /// All gates are passed.
    All(Proof),
}

/// Adds a gate to those passed. The caller has checked the code; a gate can be passed only with a contact on record.
pub(crate) fn pass(
    recovery: RecoveryId,
    account: &AccountId,
    mut gates: Vec<GateProof>,
    gate: GateProof,
    gates_required: u8,
) -> Passed {
    assert!(
        gates.iter().all(|passed| passed.contact != gate.contact),
        "a contact counts once: a second gate with the same contact is never offered"
    );
    gates.push(gate);
    if gates.len() < usize::from(gates_required) {
        Passed::More(gates)
    } else {
        Passed::All(Proof { recovery, account: account.clone(), gates })
    }
}
