//! One-time codes: six digits that a person types into the page that asked for them.

use crate::{ContactPrint, RecoveryId, mac};
use std::fmt;
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

/// Most characters of a typed code that are looked at: eight digits in any spacing.
const TYPED_CHARS_MAX: usize = 64;

/// A code in the clear. It does not print; only a message to its contact may show it.
#[derive(Clone, PartialEq, Eq)]
pub struct Code(Zeroizing<String>);

impl Code {
    /// Makes a code of `digits` digits from 8 random bytes. The bias of the remainder is below 2⁻³⁷.
    pub(crate) fn from_random(bytes: [u8; 8], digits: u8) -> Self {
        let digits = u32::from(digits.clamp(6, 8));
        let number = u64::from_be_bytes(bytes) % 10u64.pow(digits);
        Self(Zeroizing::new(format!("{number:0width$}", width = digits as usize)))
    }

    /// Reads a code as people type and paste it: `599 523`, `599-523`, ` 599523 `, Arabic or full-width digits.
    /// `None` when something else than digits and separators is in it, or when it has fewer than 4 or more than 12 digits.
    pub fn parse(typed: &str) -> Option<Self> {
        let mut digits = Zeroizing::new(String::with_capacity(12));
        for c in typed.chars().take(TYPED_CHARS_MAX) {
            match digit(c) {
                Some(digit) => digits.push(char::from(b'0' + digit)),
                None if c.is_whitespace() || ".-–_\u{200e}\u{200f}\u{2066}\u{2069}".contains(c) => {}
                None => return None,
            }
        }
        (4..=12).contains(&digits.len()).then_some(Self(digits))
    }

    /// The digits, for the message that carries them.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// What is kept of a code: bound to the recovery, the gate and the contact it was made for (ASVS 5.0 §6.6.2).
    pub(crate) fn hash(&self, key: &[u8; 32], recovery: &RecoveryId, gate: u8, contact: &ContactPrint) -> CodeHash {
        CodeHash(mac(key, &[&recovery.0, &[gate], contact.bytes(), self.0.as_bytes()]))
    }
}

/// The value of a decimal digit in the scripts that telephones and keyboards of our readers write.
fn digit(c: char) -> Option<u8> {
    const ZEROS: [char; 6] = ['0', '٠', '۰', '०', '০', '０'];
    ZEROS.iter().find_map(|&zero| {
        let distance = (c as u32).checked_sub(zero as u32)?;
        u8::try_from(distance).ok().filter(|&value| value < 10)
    })
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Code(…)")
    }
}

/// The keyed hash of a code; without the key it can't be turned back. Compared in constant time.
// Equal as bytes are equal; only the time that it takes differs from a derived comparison.
#[allow(clippy::derived_hash_with_manual_eq)]
#[derive(Clone, Copy, Eq, Hash, Debug)]
pub struct CodeHash(pub(crate) [u8; 32]);

impl PartialEq for CodeHash {
    fn eq(&self, other: &Self) -> bool {
        self.0.ct_eq(&other.0).into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_in_any_spacing_and_script() {
        for typed in ["599523", "599 523", " 599523 ", "599-523\n", "٥٩٩٥٢٣", "５９９５２３", "\u{2066}599 523\u{2069}"]
        {
            assert_eq!(Code::parse(typed).expect(typed).reveal(), "599523");
        }
        for typed in ["", "59", "abc123", "599523x", "1234567890123"] {
            assert!(Code::parse(typed).is_none(), "{typed}");
        }
    }

    #[test]
    fn a_code_has_all_its_digits() {
        assert_eq!(Code::from_random([0; 8], 6).reveal(), "000000");
        assert_eq!(Code::from_random([0, 0, 0, 0, 0, 0, 0, 7], 8).reveal(), "00000007");
    }

    #[test]
    fn a_hash_is_bound_to_recovery_gate_and_contact() {
        let code = Code::parse("599523").expect("digits");
        let (one, other) = (ContactPrint::from_bytes([1; 16]), ContactPrint::from_bytes([2; 16]));
        let hash = |id: u8, gate, contact| code.hash(&[9; 32], &RecoveryId([id; 16]), gate, contact);
        assert_eq!(hash(1, 1, &one), hash(1, 1, &one));
        assert_ne!(hash(1, 1, &one), hash(2, 1, &one));
        assert_ne!(hash(1, 1, &one), hash(1, 2, &one));
        assert_ne!(hash(1, 1, &one), hash(1, 1, &other));
    }
}
