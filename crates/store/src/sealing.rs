//! Sealing: what names a person or could open something is encrypted before it reaches a disk.
//!
//! XChaCha20-Poly1305 (draft-irtf-cfrg-xchacha-03) with a random 24-byte nonce, long enough that random ones don't
//! meet. Every value is bound to its context (table, row, column), so that one moved elsewhere does not open.
//! This file knows keys and bytes; it does not know what a value means, nor where it is kept.
//!
//! A sealed value is: version (1 byte), id of the key (4 bytes, big endian), nonce (24), ciphertext, tag (16).

#![allow(clippy::disallowed_methods)] // A nonce or a key is drawn where it is used: this room is where secrets are made.

mod key_file;
#[cfg(test)]
mod tests;

use chacha20poly1305::{AeadInOut, KeyInit, Tag, XChaCha20Poly1305, XNonce};
pub use key_file::{KeyFileError, KeyFileFault};
use std::fmt;
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

/// The layout described above; the only one so far.
const VERSION: u8 = 1;
/// Stands where the key's id does when a value is sealed under a key that is not in the ring.
const CALLERS_KEY: u32 = 0;
const NONCE_BYTES: usize = 24;
const TAG_BYTES: usize = 16;
/// Version and key id.
const PREFIX_BYTES: usize = 1 + 4;
const HEADER_BYTES: usize = PREFIX_BYTES + NONCE_BYTES;

/// How much longer a sealed value is than what is in it. Bytes.
pub const SEALED_OVERHEAD_BYTES: usize = HEADER_BYTES + TAG_BYTES;

/// The keys of an installation: those that seal what is kept, and the root of all that is derived.
///
/// Wiped when dropped; shows nothing in `Debug`.
pub struct Keyring {
    /// In boxes, so that moving the ring leaves no copies behind.
    root: Box<Zeroizing<[u8; 32]>>,
    /// The one that seals.
    current: SealKey,
    /// Those that only open what was sealed before.
    older: Vec<SealKey>,
}

/// A sealing key and the number it is known by.
struct SealKey {
    /// From 1.
    id: u32,
    bytes: Box<Zeroizing<[u8; 32]>>,
}

/// Why a sealed value does not open. Says nothing about what is in it.
#[derive(thiserror::Error, Clone, Copy, PartialEq, Eq, Debug)]
pub enum SealingError {
    #[error("it is shorter than any sealed value")]
    Truncated,
    #[error("it has layout version {0}, which this Regain does not know")]
    Version(u8),
    #[error("it was sealed with key {0}, which the key file does not hold")]
    UnknownKey(u32),
    #[error("it was changed, moved from another place, or sealed with another key of the same number")]
    Changed,
}

impl Keyring {
    /// New random keys: a root, and one sealing key with the id 1.
    ///
    /// # Panics
    ///
    /// When the operating system has no random source.
    pub fn generate() -> Self {
        Self { root: random_key(), current: SealKey { id: 1, bytes: random_key() }, older: Vec::new() }
    }

    /// The same ring with a new current key; the present ones go on opening. For `regain` to rotate keys.
    pub fn rotated(mut self) -> Self {
        let highest = self.older.iter().map(|key| key.id).fold(self.current.id, u32::max);
        // Ids wrap to the first free one: a file with the highest id possible can still be rotated.
        let id = highest.checked_add(1).unwrap_or_else(|| self.first_free_id());
        let previous = std::mem::replace(&mut self.current, SealKey { id, bytes: random_key() });
        self.older.insert(0, previous);
        self
    }

    fn first_free_id(&self) -> u32 {
        (1..=u32::MAX).find(|id| self.key(*id).is_none()).expect("a ring holds fewer keys than there are ids")
    }

    /// The root secret of the installation, from which `recovery::Keys::from_root` makes the keys of the core.
    /// It must never change: decoys, counts and codes hang on it.
    pub fn root(&self) -> &[u8; 32] {
        &self.root
    }

    /// The id of the key that seals.
    pub fn current_id(&self) -> u32 {
        self.current.id
    }

    /// Seals `plain` for one place and no other. The same input gives other bytes each time.
    ///
    /// # Panics
    ///
    /// When the operating system has no random source, or `plain` is longer than 256 GB.
    pub fn seal(&self, context: &[&[u8]], plain: &[u8]) -> Vec<u8> {
        seal_under(self.current.id, &self.current.bytes, context, plain)
    }

    /// Opens what [`Keyring::seal`] made, with whichever of the keys it was made.
    ///
    /// # Errors
    ///
    /// See [`SealingError`]; nothing of the value is given out unless all of it is as it was.
    pub fn open(&self, context: &[&[u8]], sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, SealingError> {
        let id = key_id(sealed)?;
        let key = self.key(id).ok_or(SealingError::UnknownKey(id))?;
        open_under(&key.bytes, context, sealed)
    }

    /// Whether a value is sealed with the current key; an older one should be sealed again.
    pub fn is_current(&self, sealed: &[u8]) -> bool {
        key_id(sealed) == Ok(self.current.id)
    }

    fn key(&self, id: u32) -> Option<&SealKey> {
        std::iter::once(&self.current).chain(&self.older).find(|key| key.id == id)
    }
}

/// Same root and same keys in the same order, found out in constant time for each key.
impl PartialEq for Keyring {
    fn eq(&self, other: &Self) -> bool {
        let roots = self.root.ct_eq(other.root.as_slice());
        let lengths = self.older.len() == other.older.len();
        let ours = std::iter::once(&self.current).chain(&self.older);
        let theirs = std::iter::once(&other.current).chain(&other.older);
        let keys = ours
            .zip(theirs)
            .fold(roots, |same, (our, their)| same & our.id.ct_eq(&their.id) & our.bytes.ct_eq(their.bytes.as_slice()));
        lengths && bool::from(keys)
    }
}

impl fmt::Debug for Keyring {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Keyring(…)")
    }
}

/// Seals under a key that the caller makes, such as one from the handle that only the browser has.
///
/// # Panics
///
/// As [`Keyring::seal`].
pub fn seal_with(key: &[u8; 32], context: &[&[u8]], plain: &[u8]) -> Vec<u8> {
    seal_under(CALLERS_KEY, key, context, plain)
}

/// Opens what [`seal_with`] made under the same key and for the same context.
///
/// # Errors
///
/// See [`SealingError`]; a value that a keyring sealed is refused as [`SealingError::UnknownKey`].
pub fn open_with(key: &[u8; 32], context: &[&[u8]], sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, SealingError> {
    match key_id(sealed)? {
        CALLERS_KEY => open_under(key, context, sealed),
        id => Err(SealingError::UnknownKey(id)),
    }
}

fn seal_under(id: u32, key: &[u8; 32], context: &[&[u8]], plain: &[u8]) -> Vec<u8> {
    let mut nonce = [0; NONCE_BYTES];
    getrandom::fill(&mut nonce).expect("the operating system has a random source");
    let mut sealed = Vec::with_capacity(SEALED_OVERHEAD_BYTES + plain.len());
    sealed.push(VERSION);
    sealed.extend_from_slice(&id.to_be_bytes());
    let bound = associated(&sealed, context);
    sealed.extend_from_slice(&nonce);
    sealed.extend_from_slice(plain);
    let (_, body) = sealed.split_at_mut(HEADER_BYTES);
    let tag = XChaCha20Poly1305::new(key.into())
        .encrypt_inout_detached(&XNonce::from(nonce), &bound, body.into())
        .expect("what is sealed is shorter than 256 GB");
    sealed.extend_from_slice(&tag);
    sealed
}

fn open_under(key: &[u8; 32], context: &[&[u8]], sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, SealingError> {
    let (prefix, rest) = sealed.split_at_checked(PREFIX_BYTES).ok_or(SealingError::Truncated)?;
    let (nonce, rest) = rest.split_first_chunk::<NONCE_BYTES>().ok_or(SealingError::Truncated)?;
    let (body, tag) = rest.split_last_chunk::<TAG_BYTES>().ok_or(SealingError::Truncated)?;
    let bound = associated(prefix, context);
    let mut plain = Zeroizing::new(body.to_vec());
    XChaCha20Poly1305::new(key.into())
        .decrypt_inout_detached(&XNonce::from(*nonce), &bound, plain.as_mut_slice().into(), &Tag::from(*tag))
        .map_err(|_| SealingError::Changed)?;
    Ok(plain)
}

/// The id of the key that a value was sealed with, or why it can't be a sealed value.
fn key_id(sealed: &[u8]) -> Result<u32, SealingError> {
    let (version, rest) = sealed.split_first().ok_or(SealingError::Truncated)?;
    if *version != VERSION {
        return Err(SealingError::Version(*version));
    }
    let (id, rest) = rest.split_first_chunk::<4>().ok_or(SealingError::Truncated)?;
    if rest.len() < NONCE_BYTES + TAG_BYTES {
        return Err(SealingError::Truncated);
    }
    Ok(u32::from_be_bytes(*id))
}

/// What is authenticated beside the value: version and key id, then each part of the context behind its length, so
/// that parts can't run into each other.
fn associated(prefix: &[u8], context: &[&[u8]]) -> Vec<u8> {
    let length = prefix.len() + context.iter().map(|part| 8 + part.len()).sum::<usize>();
    let mut bound = Vec::with_capacity(length);
    bound.extend_from_slice(prefix);
    for part in context {
        bound.extend_from_slice(&(part.len() as u64).to_be_bytes());
        bound.extend_from_slice(part);
    }
    bound
}

fn random_key() -> Box<Zeroizing<[u8; 32]>> {
    let mut key = Box::new(Zeroizing::new([0; 32]));
    getrandom::fill(key.as_mut_slice()).expect("the operating system has a random source");
    key
}
