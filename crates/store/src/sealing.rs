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
use std::sync::{OnceLock, PoisonError, RwLock, RwLockReadGuard};
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
/// Wiped when dropped; shows nothing in `Debug`. The sealing keys can be replaced while the ring is in use, see
/// [`Keyring::take_over`]; the root can't.
pub struct Keyring {
    /// In a box, so that moving the ring leaves no copies behind.
    root: Box<Zeroizing<[u8; 32]>>,
    seals: RwLock<Seals>,
    /// Looks for a key that the ring does not hold: another process may have just rotated.
    look: OnceLock<Look>,
}

/// See [`Keyring::looks_with`].
type Look = Box<dyn Fn(&Keyring) + Send + Sync>;

/// The sealing keys.
struct Seals {
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
    /// When it was made, in seconds since 1970, where the key file says so.
    made_at: Option<u64>,
}

/// What may be told of a sealing key.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct KeyNote {
    pub id: u32,
    /// When it was made, in seconds since 1970; `None` for the first key of an installation.
    pub made_at: Option<u64>,
    /// Whether it seals; the others only open.
    pub is_current: bool,
}

/// Why keys can't take the place of others.
#[derive(thiserror::Error, Clone, Copy, PartialEq, Eq, Debug)]
pub enum OtherKeys {
    #[error("it has another root: it belongs to another store")]
    Root,
    #[error("its key {0} is another one than before, and what the one before sealed could not be opened")]
    SameNumber(u32),
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
        Self::of(
            random_key(),
            Seals { current: SealKey { id: 1, bytes: random_key(), made_at: None }, older: Vec::new() },
        )
    }

    fn of(root: Box<Zeroizing<[u8; 32]>>, seals: Seals) -> Self {
        Self { root, seals: RwLock::new(seals), look: OnceLock::new() }
    }

    /// The same ring with a new current key, made at `now` (seconds since 1970); the present ones go on opening.
    pub fn rotated(self, now: u64) -> Self {
        {
            let mut seals = self.seals.write().unwrap_or_else(PoisonError::into_inner);
            let id = seals.next_id();
            let new = SealKey { id, bytes: random_key(), made_at: Some(now) };
            let previous = std::mem::replace(&mut seals.current, new);
            seals.older.insert(0, previous);
        }
        self
    }

    /// The same ring with the current key alone: what another one sealed can't be opened any more.
    pub fn retired(self) -> Self {
        self.seals.write().unwrap_or_else(PoisonError::into_inner).older.clear();
        self
    }

    /// Takes the sealing keys of `read` into use in the place of the present ones. Answers whether anything changed.
    ///
    /// # Errors
    ///
    /// When they are keys of another installation; then nothing changes.
    pub fn take_over(&self, read: Self) -> Result<bool, OtherKeys> {
        if !bool::from(self.root.ct_eq(read.root.as_slice())) {
            return Err(OtherKeys::Root);
        }
        let read = read.seals.into_inner().unwrap_or_else(PoisonError::into_inner);
        let mut seals = self.seals.write().unwrap_or_else(PoisonError::into_inner);
        let differs = |key: &SealKey| seals.key(key.id).is_some_and(|known| !known.is(key));
        if let Some(other) = read.all().find(|key| differs(key)) {
            return Err(OtherKeys::SameNumber(other.id));
        }
        let numbers = |seals: &Seals| seals.all().map(|key| key.id).collect::<Vec<_>>();
        let changed = numbers(&seals) != numbers(&read);
        *seals = read;
        Ok(changed)
    }

    /// How to look for a key that the ring does not hold, before a value is refused for it: reads the key file again and
    /// calls [`Keyring::take_over`]. Strangers can make it run (a cookie with an invented number), so it must be cheap
    /// where the file has not changed.
    pub fn looks_with(&self, look: impl Fn(&Keyring) + Send + Sync + 'static) {
        let _ = self.look.set(Box::new(look));
    }

    /// The sealing keys, the current one first.
    pub fn notes(&self) -> Vec<KeyNote> {
        let seals = self.seals();
        let current = seals.current.id;
        seals.all().map(|key| KeyNote { id: key.id, made_at: key.made_at, is_current: key.id == current }).collect()
    }

    /// Readers hold the lock for one seal; no code panics while it holds it for writing.
    fn seals(&self) -> RwLockReadGuard<'_, Seals> {
        self.seals.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// The root secret of the installation, from which `recovery::Keys::from_root` makes the keys of the core.
    /// It must never change: decoys, counts and codes hang on it.
    pub fn root(&self) -> &[u8; 32] {
        &self.root
    }

    /// The id of the key that seals.
    pub fn current_id(&self) -> u32 {
        self.seals().current.id
    }

    /// Seals `plain` for one place and no other. The same input gives other bytes each time.
    ///
    /// # Panics
    ///
    /// When the operating system has no random source, or `plain` is longer than 256 GB.
    pub fn seal(&self, context: &[&[u8]], plain: &[u8]) -> Vec<u8> {
        let seals = self.seals();
        seal_under(seals.current.id, &seals.current.bytes, context, plain)
    }

    /// Opens what [`Keyring::seal`] made, with whichever of the keys it was made.
    ///
    /// # Errors
    ///
    /// See [`SealingError`]; nothing of the value is given out unless all of it is as it was.
    pub fn open(&self, context: &[&[u8]], sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, SealingError> {
        let id = key_id(sealed)?;
        if let Some(key) = self.seals().key(id) {
            return open_under(&key.bytes, context, sealed);
        }
        if let Some(look) = self.look.get() {
            look(self);
        }
        let seals = self.seals();
        let key = seals.key(id).ok_or(SealingError::UnknownKey(id))?;
        open_under(&key.bytes, context, sealed)
    }

    /// Whether a value is sealed with the current key; an older one should be sealed again.
    pub fn is_current(&self, sealed: &[u8]) -> bool {
        key_id(sealed) == Ok(self.current_id())
    }
}

/// The number of the key that a value was sealed with; `None` when it is no sealed value.
pub fn sealed_with(sealed: &[u8]) -> Option<u32> {
    key_id(sealed).ok()
}

impl Seals {
    fn all(&self) -> impl Iterator<Item = &SealKey> {
        std::iter::once(&self.current).chain(&self.older)
    }

    fn key(&self, id: u32) -> Option<&SealKey> {
        self.all().find(|key| key.id == id)
    }

    /// One more than the highest; the first free one where that was the last: such a file can still be rotated.
    fn next_id(&self) -> u32 {
        let highest = self.all().map(|key| key.id).max().unwrap_or(0);
        let free =
            || (1..=u32::MAX).find(|id| self.key(*id).is_none()).expect("a ring holds fewer keys than there are ids");
        highest.checked_add(1).unwrap_or_else(free)
    }
}

impl SealKey {
    /// Same number and same bytes, found out in constant time.
    fn is(&self, other: &SealKey) -> bool {
        bool::from(self.id.ct_eq(&other.id) & self.bytes.ct_eq(other.bytes.as_slice()))
    }
}

/// Same root and same keys in the same order.
impl PartialEq for Keyring {
    fn eq(&self, other: &Self) -> bool {
        let roots = bool::from(self.root.ct_eq(other.root.as_slice()));
        if std::ptr::eq(self, other) {
            return true;
        }
        let (ours, theirs) = (self.seals(), other.seals());
        let same = ours.all().zip(theirs.all()).fold(true, |same, (our, their)| same & our.is(their));
        roots & same & (ours.older.len() == theirs.older.len())
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
