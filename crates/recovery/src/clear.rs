//! The last look before a password is written: every proof again, and the account as it is now.

use crate::decoy::eligible_contacts;
use crate::gate::are_sealed;
use crate::state::Phase;
use crate::{
    Account, AccountId, AccountState, ContactPrint, GateProof, Independence, Keys, Obstacle, Policy, Recovery, Seconds,
    Stop, Timestamp,
};
use std::collections::BTreeMap;

/// How long a gate's proof is good for: a day. As long as the longest wait for someone else's help, and longer than the
/// 20 hours from which a time limit need not be extendable (WCAG 2.2 §2.2.1). An unattended walk ends long before.
pub const PROOF_SECONDS_MAX: Seconds = 24 * 3600;

/// What the last look is given: read a moment ago, none of it from the browser or the saved state.
pub struct LastLook<'a> {
    pub now: Timestamp,
    pub keys: &'a Keys,
    /// The realm whose directory was asked, and is to be written to.
    pub realm: &'a str,
    /// The account as the directory has it now; `None` when it is gone.
    pub account: Option<&'a Account>,
    /// Whether recoveries of the account are paused after a report.
    pub reported: bool,
    pub own_domains: &'a [String],
    /// What the settings ask of this account today.
    pub policy: &'a Policy,
    /// Contacts that do not count yet, and from when they do.
    pub fresh: &'a BTreeMap<ContactPrint, Timestamp>,
}

/// The right to write one password, once. Only [`Recovery::clear`] makes one, and a directory takes it by value.
#[derive(Debug)]
#[must_use]
pub struct Cleared {
    realm: String,
    account: AccountId,
}

impl Cleared {
    /// The realm in whose directory the password may be written.
    pub fn realm(&self) -> &str {
        &self.realm
    }

    /// The account whose password may be written.
    pub const fn account(&self) -> &AccountId {
        &self.account
    }
}

/// Why nothing is written although the walk has come to its end.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Fault {
    /// The walk is not where a password is written.
    NotProven,
    /// A proof was made for something else, or by somebody else.
    Forged,
    /// The policy asks for more gates.
    TooFewGates,
    /// Two gates were passed with one contact, or on one channel where the policy asks for two.
    NotIndependent,
    /// A gate was passed with a method that the policy does not allow.
    MethodNotAllowed,
    /// A gate was passed too long ago.
    TooOld,
    /// A contact that passed a gate is no longer the account's.
    ContactGone,
    /// A contact that passed a gate does not count yet.
    ContactFresh,
    AccountGone,
    /// Switched off or expired.
    AccountUnusable,
    /// Someone has reported "that was not me".
    Reported,
}

impl Fault {
    /// The fault's name in the audit trail.
    pub const fn name(self) -> &'static str {
        match self {
            Fault::NotProven => "not_proven",
            Fault::Forged => "forged",
            Fault::TooFewGates => "too_few_gates",
            Fault::NotIndependent => "not_independent",
            Fault::MethodNotAllowed => "method_not_allowed",
            Fault::TooOld => "too_old",
            Fault::ContactGone => "contact_gone",
            Fault::ContactFresh => "contact_fresh",
            Fault::AccountGone => "account_gone",
            Fault::AccountUnusable => "account_unusable",
            Fault::Reported => "reported",
        }
    }

    /// How the walk ends then.
    pub(crate) const fn stop(self) -> Stop {
        match self {
            Fault::TooOld => Stop::TooLate,
            Fault::AccountGone | Fault::AccountUnusable => Stop::AccountUnusable,
            Fault::Reported => Stop::Obstacle(Obstacle::Paused),
            Fault::NotProven
            | Fault::Forged
            | Fault::TooFewGates
            | Fault::NotIndependent
            | Fault::MethodNotAllowed
            | Fault::ContactGone
            | Fault::ContactFresh => Stop::ProofsVoid,
        }
    }
}

impl Recovery {
    /// Looks at everything once more, at the moment of the write. Where the policy has changed since the walk began, both
    /// hold: the one it began with and today's.
    ///
    /// # Errors
    /// When anything does not hold: nothing may be written then.
    pub fn clear(&self, look: &LastLook<'_>) -> Result<Cleared, Fault> {
        let Phase::Writing { proof, .. } = &self.phase else { return Err(Fault::NotProven) };
        let is_ours = proof.recovery == self.id
            && proof.realm == self.realm
            && proof.realm == look.realm
            && self.account() == Some(&proof.account);
        if !is_ours || !are_sealed(&look.keys.proof, proof.walk(), &proof.gates) {
            return Err(Fault::Forged);
        }
        let account = look.account.ok_or(Fault::AccountGone)?;
        if account.id != proof.account {
            return Err(Fault::Forged);
        }
        if account.state != AccountState::Usable {
            return Err(Fault::AccountUnusable);
        }
        if look.reported {
            return Err(Fault::Reported);
        }
        for policy in [&self.policy, look.policy] {
            satisfies(&proof.gates, policy)?;
        }
        let is_old = |gate: &GateProof| look.now >= gate.at.plus(PROOF_SECONDS_MAX);
        if look.now >= self.deadline || proof.gates.iter().any(is_old) {
            return Err(Fault::TooOld);
        }
        let on_record: Vec<ContactPrint> = eligible_contacts(account, look.own_domains)
            .into_iter()
            .map(|contact| contact.print(&look.keys.contact))
            .collect();
        if proof.gates.iter().any(|gate| !on_record.contains(&gate.contact)) {
            return Err(Fault::ContactGone);
        }
        if proof.gates.iter().any(|gate| look.fresh.contains_key(&gate.contact)) {
            return Err(Fault::ContactFresh);
        }
        Ok(Cleared { realm: proof.realm.clone(), account: proof.account.clone() })
    }
}

/// Whether these gates are what a policy asks.
fn satisfies(gates: &[GateProof], policy: &Policy) -> Result<(), Fault> {
    // A policy that asks for nothing is a bug of whoever made it, and no reason to let anybody in.
    if gates.len() < usize::from(policy.gates.max(1)) {
        return Err(Fault::TooFewGates);
    }
    if gates.iter().any(|gate| !policy.methods.contains(&gate.kind)) {
        return Err(Fault::MethodNotAllowed);
    }
    let apart = |one: &GateProof, other: &GateProof| {
        one.contact != other.contact
            && (policy.independence == Independence::Contacts || one.kind.is_phone() != other.kind.is_phone())
    };
    let all_apart = gates.iter().enumerate().all(|(place, gate)| gates[..place].iter().all(|other| apart(gate, other)));
    if all_apart { Ok(()) } else { Err(Fault::NotIndependent) }
}
