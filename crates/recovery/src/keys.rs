//! Keys of the pure functions, each for one purpose, all made from one root secret.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use zeroize::ZeroizeOnDrop;

/// One key per purpose (NIST SP 800-108: a key is used for one thing). Wiped when dropped.
#[derive(Clone, ZeroizeOnDrop)]
pub struct Keys {
    /// Hashes codes.
    pub code: [u8; 32],
    /// Draws decoys: the same for ever, or a decoy would betray itself by changing.
    pub decoy: [u8; 32],
    /// Tells whether two contacts are one.
    pub contact: [u8; 32],
    /// Names what is counted, without saying whom.
    pub count: [u8; 32],
    /// Seals what is kept of a passed gate.
    pub proof: [u8; 32],
}

impl Keys {
    /// Makes all keys from the root secret of an installation.
    pub fn from_root(root: &[u8; 32]) -> Self {
        Self {
            code: mac(root, &[b"code"]),
            decoy: mac(root, &[b"decoy"]),
            contact: mac(root, &[b"contact"]),
            count: mac(root, &[b"count"]),
            proof: mac(root, &[b"proof"]),
        }
    }
}

/// HMAC-SHA-256 over parts that can't run into each other: each is preceded by its length.
pub fn mac(key: &[u8; 32], parts: &[&[u8]]) -> [u8; 32] {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes a key of any length");
    for part in parts {
        mac.update(&(part.len() as u64).to_be_bytes());
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}
