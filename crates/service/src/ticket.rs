//! What the browser's cookie holds: first the sealed state itself, and once something is kept, only a handle.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use recovery::Recovery;
use sha2::{Digest, Sha256};
use store::sealing::Keyring;
use zeroize::Zeroize;

/// The longest cookie that is read, in characters. Browsers keep 4,096 bytes of a cookie (RFC 6265 §6.1).
const COOKIE_CHARS_MAX: usize = 4096;

/// The key to one recovery, as the browser holds it.
#[derive(Clone)]
pub enum Ticket {
    /// Nothing is kept yet: the state travels sealed.
    Draft(Box<Recovery>),
    /// 256 random bits; the store knows only their hash.
    Handle(Handle),
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
            Ticket::Draft(recovery) => {
                format!("d.{}", BASE64.encode(keyring.seal(&[b"cookie", b"recovery"], &recovery.encode())))
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
                let state = keyring.open(&[b"cookie", b"recovery"], &sealed).ok()?;
                let recovery = Recovery::decode(&state).ok()?;
                (!recovery.is_kept()).then(|| Ticket::Draft(Box::new(recovery)))
            }
            _ => None,
        }
    }
}
