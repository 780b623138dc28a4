//! The one form of a password: what is judged is what is written, and what a telephone types is what a computer types.

use recovery::Password;
use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

/// The password in Unicode's composed form (NFC), as RFC 8265 §4.2.2 asks of an OpaqueString: `é` typed as one character and `é` typed as
/// `e` with an accent are one password. Case, width and spaces stay as they were typed. Doing it twice changes nothing.
pub fn normalise(password: Password) -> Password {
    let composed = nfc(password.reveal());
    Password::new(composed.as_str()).expect("what has characters still has some when they are composed")
}

/// The composed form, wiped when it is dropped.
pub(crate) fn nfc(text: &str) -> Zeroizing<String> {
    // Composed text is at most three times as long (UAX #15), so that no piece is left behind by a growing string.
    let mut composed = Zeroizing::new(String::with_capacity(text.len().saturating_mul(3)));
    composed.extend(text.nfc());
    composed
}

#[cfg(test)]
mod tests {
    use super::*;

    fn normal(text: &str) -> String {
        normalise(Password::new(text).expect("not empty")).reveal().to_owned()
    }

    #[test]
    fn one_password_has_one_form() {
        assert_eq!(normal("E\u{301}cole 12"), "École 12");
        assert_eq!(normal("École 12"), "École 12");
        assert_eq!(normal("\u{212b}"), "\u{c5}");
        assert_eq!(normal(" ａ "), " ａ ", "width and spaces stay");
    }
}
