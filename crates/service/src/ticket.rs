//! What the browser's cookie holds: first the sealed state itself, and once something is kept, only a handle.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use recovery::{Recovery, Timestamp};
use sha2::{Digest, Sha256};
use store::sealing::Keyring;
use zeroize::{Zeroize, Zeroizing};

/// The longest cookie that is read, in characters. Browsers keep 4,096 bytes of a cookie (RFC 6265 §6.1).
const COOKIE_CHARS_MAX: usize = 4096;

/// How long a draft may be kept alive with "I need more time": a day.
const DRAFT_SECONDS_MAX: u32 = 24 * 3600;

/// The key to one recovery, as the browser holds it.
#[derive(Clone)]
pub enum Ticket {
    /// Nothing is kept yet: the state travels sealed.
    Draft(Draft),
    /// 256 random bits; the store knows only their hash.
    Handle(Handle),
}

/// A recovery that nothing is kept of yet, with the handle that it will have: so one draft becomes one recovery, however
/// often its cookie is copied, its form sent twice, or its answer lost.
#[derive(Clone)]
pub struct Draft {
    pub(crate) recovery: Box<Recovery>,
    pub(crate) handle: Handle,
    pub(crate) begun_at: Timestamp,
}

impl Draft {
    fn to_bytes(&self) -> Vec<u8> {
        [self.handle.0.as_slice(), &self.begun_at.millis().to_be_bytes(), &self.recovery.encode()].concat()
    }

    fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (handle, rest) = bytes.split_first_chunk()?;
        let (begun_at, state) = rest.split_first_chunk()?;
        let recovery = Recovery::decode(state).ok().filter(|recovery| !recovery.is_kept())?;
        let begun_at = Timestamp::from_millis(i64::from_be_bytes(*begun_at));
        Some(Self { recovery: Box::new(recovery), handle: Handle(*handle), begun_at })
    }

    /// Whether it has lain too long: what it says of the account and the policy is of the day it was begun.
    pub(crate) fn is_stale(&self, now: Timestamp) -> bool {
        now >= self.begun_at.plus(DRAFT_SECONDS_MAX)
    }
}

/// The handle of a recovery or a session. Does not print, and is wiped.
#[derive(Clone)]
pub struct Handle(pub(crate) [u8; 32]);

impl Drop for Handle {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl Handle {
    /// What the store knows of it.
    pub(crate) fn hash(&self) -> store::Key {
        Sha256::digest(self.0).into()
    }

    /// A key that only who holds the handle can make: for a password that must wait.
    pub(crate) fn sealing_key(&self) -> [u8; 32] {
        recovery::mac(&self.0, &[b"pending password"])
    }

    pub(crate) fn to_text(&self) -> String {
        BASE64.encode(self.0)
    }

    pub(crate) fn from_text(text: &str) -> Option<Self> {
        let bytes = BASE64.decode(text).ok()?;
        Some(Self(bytes.try_into().ok()?))
    }
}

impl Ticket {
    /// The cookie's value.
    pub fn to_cookie(&self, keyring: &Keyring) -> String {
        match self {
            Ticket::Handle(handle) => format!("h.{}", handle.to_text()),
            Ticket::Draft(draft) => {
                format!(
                    "d.{}",
                    BASE64.encode(keyring.seal(&[b"cookie", b"recovery"], &Zeroizing::new(draft.to_bytes())))
                )
            }
        }
    }

    /// Reads a cookie's value. `None` for anything that this Regain did not write.
    pub fn from_cookie(value: &str, keyring: &Keyring) -> Option<Self> {
        if value.len() > COOKIE_CHARS_MAX {
            return None;
        }
        match value.split_at_checked(2)? {
            ("h.", text) => Handle::from_text(text).map(Ticket::Handle),
            ("d.", text) => {
                let sealed = BASE64.decode(text).ok()?;
                let draft = keyring.open(&[b"cookie", b"recovery"], &sealed).ok()?;
                Draft::from_bytes(&draft).map(Ticket::Draft)
            }
            _ => None,
        }
    }
}
