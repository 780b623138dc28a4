//! Gates, and the proof that only the last one makes.
//!
//! Each passed gate leaves a [`GateProof`] with a seal: a keyed hash over all that the proof says and is for. Who can write
//! a state but lacks the key can't make one, nor move one to another recovery, account, contact, gate or purpose.

use crate::{AccountId, ContactPrint, MethodKind, RecoveryId, Timestamp, mac};
use subtle::ConstantTimeEq;

/// What a seal is made for, and by which rules. A proof of another purpose, or of other rules, has another name here.
const PURPOSE: &[u8] = b"gate proof 1: new password";

/// What is kept of a passed gate: by which method and contact, and when.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct GateProof {
    pub(crate) kind: MethodKind,
    pub(crate) contact: ContactPrint,
    pub(crate) at: Timestamp,
    pub(crate) seal: Seal,
}

impl GateProof {
    pub const fn kind(&self) -> MethodKind {
        self.kind
    }

    pub const fn at(&self) -> Timestamp {
        self.at
    }
}

/// The keyed hash over a gate's proof. Compared in constant time.
// Equal as bytes are equal; only the time that it takes differs from a derived comparison.
#[allow(clippy::derived_hash_with_manual_eq)]
#[derive(Clone, Copy, Eq, Hash, Debug)]
pub(crate) struct Seal(pub(crate) [u8; 32]);

impl PartialEq for Seal {
    fn eq(&self, other: &Self) -> bool {
        self.0.ct_eq(&other.0).into()
    }
}

/// Which walk a gate belongs to.
#[derive(Clone, Copy)]
pub(crate) struct WalkOf<'a> {
    pub recovery: RecoveryId,
    pub realm: &'a str,
    pub account: &'a AccountId,
}

/// A gate that was passed just now, before it is sealed.
pub(crate) struct PassedNow {
    pub kind: MethodKind,
    pub contact: ContactPrint,
    pub at: Timestamp,
}

/// Evidence that every gate the policy asks for was passed, in one recovery, for one account.
///
/// Its fields are private and nothing outside this room makes one: it comes out of passing the last gate, or of reading a
/// state that had it. It does not write a password yet: [`crate::Recovery::clear`] looks at all of it again, and at the
/// account as it then is. Rule 1 of the product rests on these two types.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Proof {
    pub(crate) recovery: RecoveryId,
    pub(crate) realm: String,
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

    pub(crate) fn walk(&self) -> WalkOf<'_> {
        WalkOf { recovery: self.recovery, realm: &self.realm, account: &self.account }
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
    walk: WalkOf<'_>,
    mut gates: Vec<GateProof>,
    PassedNow { kind, contact, at }: PassedNow,
    gates_required: u8,
    key: &[u8; 32],
) -> Passed {
    assert!(
        gates.iter().all(|passed| passed.contact != contact),
        "a contact counts once: a second gate with the same contact is never offered"
    );
    let mut gate = GateProof { kind, contact, at, seal: Seal([0; 32]) };
    gate.seal = seal(key, walk, &gates, &gate);
    gates.push(gate);
    if gates.len() < usize::from(gates_required) {
        Passed::More(gates)
    } else {
        Passed::All(Proof {
            recovery: walk.recovery,
            realm: walk.realm.to_owned(),
            account: walk.account.clone(),
            gates,
        })
    }
}

/// Whether every gate was sealed by this Regain, for this walk, in this order.
pub(crate) fn are_sealed(key: &[u8; 32], walk: WalkOf<'_>, gates: &[GateProof]) -> bool {
    gates.iter().enumerate().all(|(place, gate)| gate.seal == seal(key, walk, &gates[..place], gate))
}

/// The seal of a gate that comes after `before`: it holds the seal of the gate before it, and so the whole row, in order.
fn seal(key: &[u8; 32], walk: WalkOf<'_>, before: &[GateProof], gate: &GateProof) -> Seal {
    let last = before.last().map_or([0; 32], |gate| gate.seal.0);
    Seal(mac(
        key,
        &[
            PURPOSE,
            &walk.recovery.0,
            walk.realm.as_bytes(),
            walk.account.0.as_bytes(),
            &(before.len() as u64 + 1).to_be_bytes(),
            gate.kind.name().as_bytes(),
            gate.contact.bytes(),
            &gate.at.millis().to_be_bytes(),
            &last,
        ],
    ))
}
