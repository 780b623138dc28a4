//! The token of a form: bound to a cookie, and never the same twice on the wire.
//!
//! A page goes out compressed and shows what was typed. A secret that stood in it unchanged could be read off the lengths of
//! many answers (BREACH, CVE-2013-3587); so each answer hides the token under fresh random bytes of its own.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use recovery::mac;
use subtle::ConstantTimeEq;

const BYTES: usize = 16;

/// What makes tokens and knows them again.
pub struct TokenKey([u8; 32]);

impl TokenKey {
    pub fn from_root(root: &[u8; 32]) -> Self {
        Self(mac(root, &[b"form token"]))
    }

    /// The token of forms that belong to this cookie value, for one answer.
    pub fn show(&self, cookie: &str, pad: [u8; BYTES]) -> String {
        let mut shown = [0; 2 * BYTES];
        let (head, tail) = shown.split_at_mut(BYTES);
        head.copy_from_slice(&pad);
        tail.copy_from_slice(&under(self.bare(cookie), pad));
        BASE64.encode(shown)
    }

    /// Whether a form that belongs to this cookie value carried its token.
    pub fn fits(&self, cookie: &str, given: &str) -> bool {
        let Ok(Ok(shown)) = BASE64.decode(given).map(<[u8; 2 * BYTES]>::try_from) else { return false };
        let (Some(pad), Some(hidden)) = (shown.first_chunk(), shown.last_chunk()) else { return false };
        under(*hidden, *pad).ct_eq(&self.bare(cookie)).into()
    }

    fn bare(&self, cookie: &str) -> [u8; BYTES] {
        let whole = mac(&self.0, &[cookie.as_bytes()]);
        std::array::from_fn(|place| whole[place])
    }
}

fn under(token: [u8; BYTES], pad: [u8; BYTES]) -> [u8; BYTES] {
    std::array::from_fn(|place| token[place] ^ pad[place])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_fits_its_cookie_alone_and_looks_different_each_time() {
        let key = TokenKey::from_root(&[7; 32]);
        let [first, second] = [[1; BYTES], [2; BYTES]].map(|pad| key.show("h.abc", pad));
        let alike = first.bytes().zip(second.bytes()).filter(|(a, b)| a == b).count();
        assert!(alike < 12, "{first} {second}");
        assert_eq!(first.len(), second.len());
        for token in [&first, &second] {
            assert!(key.fits("h.abc", token));
            assert!(!key.fits("h.abd", token));
            assert!(!TokenKey::from_root(&[8; 32]).fits("h.abc", token));
        }
        let changed = format!("{}A", &first[..first.len() - 1]);
        for wrong in ["", "x", &first[1..], &changed, &format!("{first}AAAA"), &"A".repeat(first.len())] {
            assert!(!key.fits("h.abc", wrong) || wrong == first, "{wrong}");
        }
    }
}
