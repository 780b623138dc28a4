//! Signed heads: how far a chain went, said under a key that the installation alone has and anyone can check.
//!
//! Ed25519 (RFC 8032). The signing key is made from the root secret, so it is the same on every node and after every
//! restart; the public key opens nothing and belongs in the auditor's hands.

use super::{NodeId, Tip};
use crate::Millis;
use aws_lc_rs::signature::{ED25519, Ed25519KeyPair, KeyPair, UnparsedPublicKey};
use std::fmt;
use zeroize::Zeroizing;

/// What a head says of its row.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum HeadKind {
    /// The chain went up to this row.
    Head,
    /// The rows up to this one have outlived their time and were deleted: the chain begins behind it.
    Start,
}

impl HeadKind {
    pub const fn name(self) -> &'static str {
        match self {
            HeadKind::Head => "head",
            HeadKind::Start => "start",
        }
    }

    pub fn named(name: &str) -> Option<Self> {
        [HeadKind::Head, HeadKind::Start].into_iter().find(|kind| kind.name() == name)
    }
}

/// Another node's last head, as the signer knew it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Seen {
    pub node: NodeId,
    pub tip: Tip,
}

/// A signed head.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Head {
    pub kind: HeadKind,
    pub node: NodeId,
    /// The row it stands at.
    pub tip: Tip,
    /// When it was signed.
    pub at: Millis,
    /// The last heads of other nodes: they join the chains.
    pub seen: Vec<Seen>,
    pub signature: [u8; 64],
}

/// The public half of the key that signs heads. Prints as 64 hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct PublicKey(pub [u8; 32]);

impl fmt::Display for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl Head {
    /// Whether the owner of the key has signed exactly this.
    pub fn is_signed_by(&self, key: &PublicKey) -> bool {
        let said = said(self.kind, self.node, &self.tip, self.at, &self.seen);
        UnparsedPublicKey::new(&ED25519, &key.0).verify(&said, &self.signature).is_ok()
    }
}

/// Signs heads. Shows nothing in `Debug`.
pub struct Signer(Ed25519KeyPair);

impl Signer {
    /// The signer of an installation, from its root secret.
    pub fn from_root(root: &[u8; 32]) -> Self {
        let seed = Zeroizing::new(recovery::mac(root, &[b"audit head signature"]));
        Self(Ed25519KeyPair::from_seed_unchecked(seed.as_slice()).expect("a seed has 32 bytes"))
    }

    pub fn public_key(&self) -> PublicKey {
        let bytes = self.0.public_key().as_ref();
        PublicKey(bytes.try_into().expect("a public key of Ed25519 has 32 bytes"))
    }

    pub fn sign(&self, kind: HeadKind, node: NodeId, tip: Tip, at: Millis, seen: Vec<Seen>) -> Head {
        let signature = self.0.sign(&said(kind, node, &tip, at, &seen));
        let signature = signature.as_ref().try_into().expect("a signature of Ed25519 has 64 bytes");
        Head { kind, node, tip, at, seen, signature }
    }
}

impl fmt::Debug for Signer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Signer(…)")
    }
}

/// The bytes that are signed. Everything in them has a fixed length, save the list, which comes last.
fn said(kind: HeadKind, node: NodeId, tip: &Tip, at: Millis, seen: &[Seen]) -> Vec<u8> {
    let mut said = b"regain audit head 1\0".to_vec();
    said.push(match kind {
        HeadKind::Head => 0,
        HeadKind::Start => 1,
    });
    let push = |said: &mut Vec<u8>, node: NodeId, tip: &Tip| {
        said.extend_from_slice(&node.0);
        said.extend_from_slice(&tip.seq.to_be_bytes());
        said.extend_from_slice(&tip.hash);
    };
    push(&mut said, node, tip);
    said.extend_from_slice(&at.to_be_bytes());
    for other in seen {
        push(&mut said, other.node, &other.tip);
    }
    said
}
