//! The signed text that a toll is paid with, and the work that solves it.
//!
//! The work is that of ALTCHA's second protocol: a number is looked for whose PBKDF2 key begins with zeros. PBKDF2 because
//! browsers compute it in native code (WebCrypto), so that an attacker's program is not a hundred times faster than a
//! pupil's phone, as it would be with single hashes called from a script.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use pbkdf2::pbkdf2_hmac_array;
use recovery::{Timestamp, mac};
use sha2::Sha256;
use subtle::ConstantTimeEq;

/// Rounds of one derivation. Enough that a browser's time goes into them and not into the call (some 50 µs).
pub const ROUNDS: u32 = 1000;

const HEAD_BYTES: usize = 8 + 8 + 1 + 16;
const MAC_BYTES: usize = 16;

/// A puzzle as a page carries it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Challenge {
    pub text: String,
    /// How many bits of the derived key must be zero.
    pub bits: u8,
}

impl Challenge {
    /// Rounds of one derivation, for the browser.
    pub const ROUNDS: u32 = ROUNDS;
}

/// What a signed text says: from when until when it is good. Nobody else can make one.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Token {
    pub from: Timestamp,
    pub until: Timestamp,
    /// Of a puzzle: how hard it is. A change of the settings does not void the pages that people have open.
    pub bits: u8,
    /// Makes each its own, so that each can be used up.
    pub random: [u8; 16],
}

impl Token {
    fn head(&self) -> [u8; HEAD_BYTES] {
        let mut head = [0; HEAD_BYTES];
        head[..8].copy_from_slice(&self.from.millis().to_be_bytes());
        head[8..16].copy_from_slice(&self.until.millis().to_be_bytes());
        head[16] = self.bits;
        head[17..].copy_from_slice(&self.random);
        head
    }

    /// The text that a page carries: what it says, and an HMAC over that and its purpose.
    pub fn sign(&self, key: &[u8; 32], purpose: &[u8]) -> String {
        let head = self.head();
        BASE64.encode([head.as_slice(), &signature(key, purpose, &head)].concat())
    }

    /// Reads a text that [`Token::sign`] made for this purpose; `None` for any other.
    pub fn open(key: &[u8; 32], purpose: &[u8], text: &str) -> Option<Self> {
        let bytes: [u8; HEAD_BYTES + MAC_BYTES] = BASE64.decode(text).ok()?.try_into().ok()?;
        let (head, given) = bytes.split_at(HEAD_BYTES);
        let (from, rest) = head.split_first_chunk()?;
        let (until, rest) = rest.split_first_chunk()?;
        let (bits, random) = rest.split_first()?;
        let is_ours: bool = signature(key, purpose, head).ct_eq(given).into();
        is_ours.then_some(Self {
            from: Timestamp::from_millis(i64::from_be_bytes(*from)),
            until: Timestamp::from_millis(i64::from_be_bytes(*until)),
            bits: *bits,
            random: random.try_into().ok()?,
        })
    }

    /// The name under which the store keeps that it was used.
    pub fn key(&self, key: &[u8; 32]) -> store::Key {
        mac(key, &[b"toll spent", &self.head()])
    }
}

fn signature(key: &[u8; 32], purpose: &[u8], head: &[u8]) -> [u8; MAC_BYTES] {
    let mut cut = [0; MAC_BYTES];
    cut.copy_from_slice(&mac(key, &[b"toll", purpose, head])[..MAC_BYTES]);
    cut
}

/// Whether this number solves the puzzle: the first four bytes of the key that is derived from the challenge's text, salted
/// with the number (big-endian), begin with `bits` zeros.
pub(super) fn is_solved(challenge: &str, number: u32, bits: u8) -> bool {
    let key: [u8; 4] = pbkdf2_hmac_array::<Sha256, 4>(challenge.as_bytes(), &number.to_be_bytes(), ROUNDS);
    u32::from_be_bytes(key).leading_zeros() >= u32::from(bits)
}

/// The smallest number that solves a puzzle: what a browser's script looks for. For tests and benchmarks.
pub fn solve(challenge: &Challenge) -> u32 {
    (0..u32::MAX).find(|number| is_solved(&challenge.text, *number, challenge.bits)).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: [u8; 32] = [7; 32];

    fn token() -> Token {
        let at = Timestamp::from_millis;
        Token { from: at(1000), until: at(5000), bits: 4, random: [9; 16] }
    }

    #[test]
    fn a_token_is_read_for_its_purpose_alone() {
        let text = token().sign(&KEY, b"work");
        assert_eq!(Token::open(&KEY, b"work", &text), Some(token()));
        assert_eq!(Token::open(&KEY, b"turn", &text), None);
        assert_eq!(Token::open(&[8; 32], b"work", &text), None);
    }

    #[test]
    fn a_token_that_someone_changed_is_none() {
        let text = token().sign(&KEY, b"work");
        let bytes = BASE64.decode(&text).expect("our own text");
        for place in 0..bytes.len() {
            let mut changed = bytes.clone();
            changed[place] ^= 1;
            assert_eq!(Token::open(&KEY, b"work", &BASE64.encode(changed)), None, "byte {place}");
        }
        for text in ["", "A", "é", &text[1..], &format!("{text}A")] {
            assert_eq!(Token::open(&KEY, b"work", text), None, "{text}");
        }
    }

    /// The same figures come out of WebCrypto in `crates/web/assets/toll.js`; the browser test sees both agree.
    #[test]
    fn a_solution_is_checked_to_the_last_bit() {
        let challenge = Challenge { text: token().sign(&KEY, b"work"), bits: 4 };
        let number = solve(&challenge);
        assert!(is_solved(&challenge.text, number, 4));
        assert!((0..number).all(|other| !is_solved(&challenge.text, other, 4)));
        assert!(!is_solved("another text", number, 32));
    }
}
