//! The hashes: of a personal part, and of a row. SHA-256 (FIPS 180-4) over parts that each stand behind their length in
//! 8 bytes, big endian, so that they can't run into each other; the first part names what is hashed.

use super::{AuditPerson, Entry, NodeId, Part, Salt};
use crate::{Key, Millis};
use sha2::{Digest, Sha256};

/// The commitment to whom a row is about.
pub fn commit_person(salt: &Salt, person: &AuditPerson) -> Key {
    hash(&[b"regain audit person 1", salt, &person.account, person.user_name.as_bytes()])
}

/// The commitment to the network a row came from.
pub fn commit_network(salt: &Salt, network: &str) -> Key {
    hash(&[b"regain audit network 1", salt, network.as_bytes()])
}

/// What a row's hash covers, beside the hash before it.
pub(crate) struct Covered<'a> {
    pub node: NodeId,
    pub seq: u64,
    pub at: Millis,
    pub reference: &'a str,
    pub realm: &'a str,
    pub event: &'a str,
    pub detail: &'a str,
    /// Empty where the row is about nobody.
    pub person: &'a [u8],
    /// Empty where it came from no network.
    pub network: &'a [u8],
}

impl Covered<'_> {
    pub fn hash(&self, before: &Key) -> Key {
        hash(&[
            b"regain audit row 1",
            before,
            &self.node.0,
            &self.seq.to_be_bytes(),
            &self.at.to_be_bytes(),
            self.reference.as_bytes(),
            self.realm.as_bytes(),
            self.event.as_bytes(),
            self.detail.as_bytes(),
            self.person,
            self.network,
        ])
    }
}

impl Entry {
    /// The hash that this row has if it stood at `seq` behind `before` when it was written.
    pub(crate) fn hash_at(&self, seq: u64, before: &Key) -> Key {
        let Self { node, at, reference, realm, event, detail, person, network, .. } = self;
        let (person, network) = (person.commitment(), network.commitment());
        Covered { node: *node, seq, at: *at, reference, realm, event, detail, person, network }.hash(before)
    }

    /// The personal parts that are not what the chain holds of them.
    pub(crate) fn wrong_parts(&self) -> Vec<&'static str> {
        let person = match &self.person {
            Part::Kept { commitment, salt, value } => commit_person(salt, value) != *commitment,
            Part::Unreadable { .. } => true,
            Part::None | Part::Erased { .. } => false,
        };
        let network = match &self.network {
            Part::Kept { commitment, salt, value } => commit_network(salt, value) != *commitment,
            Part::Unreadable { .. } => true,
            Part::None | Part::Erased { .. } => false,
        };
        let parts = [(person, "the user name or the account"), (network, "the network")];
        parts.into_iter().filter(|(is_wrong, _)| *is_wrong).map(|(_, name)| name).collect()
    }
}

fn hash(parts: &[&[u8]]) -> Key {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part);
    }
    hash.finalize().into()
}
