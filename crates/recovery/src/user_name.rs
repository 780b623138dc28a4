//! What a person types to say which account.

use std::fmt;
use unicode_normalization::UnicodeNormalization;

/// The longest user name that is looked up, in characters. X.520 gives names 256; nothing real is longer.
const USER_NAME_CHARS_MAX: usize = 256;

/// A user name as it was typed, without the spaces around it.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct UserName(String);

impl UserName {
    /// Reads what a person typed. `None` when nothing is left of it, when it is longer than 256 characters,
    /// or when it holds control characters.
    pub fn parse(typed: &str) -> Option<Self> {
        let typed: String = typed.chars().filter(|c| !is_invisible(*c)).collect();
        let typed = typed.trim();
        let reasonable =
            !typed.is_empty() && typed.chars().count() <= USER_NAME_CHARS_MAX && !typed.chars().any(char::is_control);
        reasonable.then(|| Self(typed.to_owned()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The form under which a directory would match it: NFKC, lower case, inner spaces folded, and without the
    /// domain when that is one of the realm's own. So `Anna` and `anna@school.example` agree.
    pub fn canonical(&self, own_domains: &[String]) -> String {
        // Once more at the end: a small letter may be two characters, and marks have an order (`İ` with a line below).
        let folded: String = self.0.nfkc().flat_map(char::to_lowercase).nfkc().collect();
        let folded = folded.split_whitespace().collect::<Vec<_>>().join(" ");
        match folded.rsplit_once('@') {
            Some((local, domain)) if own_domains.iter().any(|own| own.eq_ignore_ascii_case(domain)) => {
                local.trim_end().to_owned()
            }
            _ => folded,
        }
    }
}

/// Characters that come along when a name is pasted, and that nobody sees: soft hyphen, zero-width and direction marks.
const fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

impl fmt::Display for UserName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_account_has_one_canonical_name() {
        let own = ["School.example".to_owned()];
        let canonical = |typed: &str| UserName::parse(typed).map(|name| name.canonical(&own));
        assert_eq!(canonical(" Anna "), Some("anna".to_owned()));
        assert_eq!(canonical("ANNA@school.example"), Some("anna".to_owned()));
        assert_eq!(canonical("an\u{ad}na\u{200b}"), Some("anna".to_owned()), "pasted with what nobody sees");
        assert_eq!(canonical("anna@elsewhere.example"), Some("anna@elsewhere.example".to_owned()));
        assert_eq!(canonical("ａｎｎａ"), Some("anna".to_owned()));
    }

    /// Found by the fuzz target `user_name`.
    #[test]
    fn what_is_canonical_stays_so() {
        let own = ["school.example".to_owned()];
        for typed in ["s\u{130}\u{332}", "anna @school.example", "\u{130}@School.Example"] {
            let once = UserName::parse(typed).expect("a name").canonical(&own);
            assert_eq!(UserName::parse(&once).expect("a name").canonical(&own), once, "{typed:?}");
        }
    }

    #[test]
    fn nothing_and_too_much_are_not_user_names() {
        assert_eq!(UserName::parse("  "), None);
        assert_eq!(UserName::parse("a\u{0}b"), None);
        assert_eq!(UserName::parse(&"a".repeat(257)), None);
    }
}
