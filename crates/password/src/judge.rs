//! The verdict: every rule that a password fails, and its strength.

use crate::fold::{fold, parts};
use crate::guess::guess;
use crate::normal::nfc;
use crate::{Rule, Rules, Strength};
use recovery::Password;
use unicode_properties::{GeneralCategory, GeneralCategoryGroup, UnicodeGeneralCategory};

/// What is known of the person whose password it is to be. Empty where something is not known.
#[derive(Clone, Default, Debug)]
pub struct Person {
    /// The user name; of an address, what stands before the `@` counts.
    pub user_name: String,
    pub given_name: String,
    pub family_name: String,
    /// Words that a guesser who knows the person would try: the organisation, the place. They lower the strength, and are not refused.
    pub other_words: Vec<String>,
}

impl Person {
    fn local_name(&self) -> &str {
        self.user_name.split('@').next().unwrap_or("")
    }

    fn names(&self) -> impl Iterator<Item = &str> {
        [self.local_name(), self.given_name.as_str(), self.family_name.as_str()].into_iter()
    }

    /// The names, the user name whole and the other words, for the estimate of strength.
    fn words(&self) -> impl Iterator<Item = &str> {
        self.names().chain([self.user_name.as_str()]).chain(self.other_words.iter().map(String::as_str))
    }
}

/// What is to be said of a password.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Verdict {
    /// The rules it fails, in the order of [`Rules::all`]; none when it is accepted.
    pub failed: Vec<Rule>,
    pub strength: Strength,
}

impl Verdict {
    /// Whether the password may be one.
    pub fn is_accepted(&self) -> bool {
        self.failed.is_empty()
    }
}

/// Judges a password, in its composed form whichever it came in: see [`crate::normalise`], which gives the form to write.
///
/// Takes milliseconds for a password that is made to be slow to score (see [`crate::SCORED_CHARS_MAX`]): not for a thread that serves others.
pub fn judge(rules: &Rules, person: &Person, password: &Password) -> Verdict {
    let text = nfc(password.reveal());
    let kinds = Kinds::count(&text);
    let guess = guess(&text, person.words());
    let fails = |rule: &Rule| match *rule {
        Rule::MinLength(least) => kinds.all < u64::from(least),
        Rule::MaxLength(most) => kinds.all > u64::from(most),
        Rule::MinLower(least) => kinds.lower < u64::from(least),
        Rule::MinUpper(least) => kinds.upper < u64::from(least),
        Rule::MinDigits(least) => kinds.digits < u64::from(least),
        Rule::MinSymbols(least) => kinds.symbols < u64::from(least),
        Rule::NotUserName => holds_name(&text, person),
        Rule::Common => guess.common,
        Rule::MinStrength(least) => guess.strength < least,
    };
    Verdict { failed: rules.all().into_iter().filter(fails).collect(), strength: guess.strength }
}

/// How many characters of each kind.
#[derive(Default)]
struct Kinds {
    all: u64,
    lower: u64,
    upper: u64,
    digits: u64,
    symbols: u64,
}

impl Kinds {
    fn count(text: &str) -> Self {
        let mut kinds = Kinds::default();
        for c in text.chars() {
            kinds.all += 1;
            match c.general_category() {
                GeneralCategory::LowercaseLetter => kinds.lower += 1,
                GeneralCategory::UppercaseLetter => kinds.upper += 1,
                GeneralCategory::DecimalNumber => kinds.digits += 1,
                _ if c.general_category_group() == GeneralCategoryGroup::Letter => {}
                _ => kinds.symbols += 1,
            }
        }
        kinds
    }
}

fn holds_name(text: &str, person: &Person) -> bool {
    let folded = fold(text);
    parts(person.names()).iter().any(|part| folded.contains(part.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use unicode_normalization::UnicodeNormalization;

    fn camille() -> Person {
        Person {
            user_name: "camille.dubois@deuxrivieres.example".to_owned(),
            given_name: "Camille".to_owned(),
            family_name: "Dubois-Léry".to_owned(),
            other_words: vec!["Collège des Deux Rivières".to_owned()],
        }
    }

    fn failed(rules: &Rules, text: &str) -> Vec<&'static str> {
        let password = Password::new(text).expect("not empty");
        judge(rules, &camille(), &password).failed.into_iter().map(Rule::name).collect()
    }

    #[test]
    fn the_strict_profile_asks_what_the_references_page_asks() {
        let strict = Rules::microsoft365_strict();
        for (password, expected) in [
            ("Kajak op 7 Zwin", &[][..]),
            ("Aa1!Aa1", &["min_length"]),
            ("kajak op 7 zwin", &["min_upper"]),
            ("KAJAK OP 7 ZWIN", &["min_lower"]),
            ("Kajak op het Zwin", &["min_digits"]),
            ("Kajak7Zwin", &["min_symbols"]),
            ("x", &["min_length", "min_upper", "min_digits", "min_symbols"]),
            ("P@ssw0rd", &["common"]),
            ("Camille!2014", &["not_user_name"]),
            ("password", &["min_upper", "min_digits", "min_symbols", "common"]),
        ] {
            assert_eq!(failed(&strict, password), expected, "{password}");
        }
        assert_eq!(failed(&strict, &"Aé1 ".repeat(64)), [""; 0], "256 characters are well");
        assert_eq!(failed(&strict, &("Aé1 ".repeat(64) + "x")), ["max_length"]);
    }

    #[test]
    fn kinds_are_unicodes() {
        let least = |lower, upper, digits, symbols| Rules {
            min_lower: lower,
            min_upper: upper,
            min_digits: digits,
            min_symbols: symbols,
            ..Rules::NONE
        };
        for (text, rules) in [
            ("é", least(1, 0, 0, 0)),
            ("É", least(0, 1, 0, 0)),
            ("٣", least(0, 0, 1, 0)),
            (" ", least(0, 0, 0, 1)),
            ("€", least(0, 0, 0, 1)),
            ("😀", least(0, 0, 0, 1)),
            ("½", least(0, 0, 0, 1)),
            ("Ⅷ", least(0, 0, 0, 1)),
            ("ⓐ", least(0, 0, 0, 1)),
        ] {
            assert_eq!(failed(&rules, text), [""; 0], "{text}");
        }
        assert_eq!(failed(&least(1, 1, 1, 1), "漢"), ["min_lower", "min_upper", "min_digits", "min_symbols"]);
        assert_eq!(failed(&least(1, 0, 0, 0), "ª"), ["min_lower"], "a letter of another kind (Lo)");
    }

    #[test]
    fn the_persons_names_are_found_in_any_dress() {
        let rules = Rules { not_user_name: true, ..Rules::NONE };
        for password in
            ["my-CAMILLE-9", "c@m1lle", "xxDUB0ISxx", "camille.dubois", "camilledubois", "l3ryleryCAMI!!E", "Lery22", "duboislery"]
        {
            assert_eq!(failed(&rules, password), ["not_user_name"], "{password}");
        }
        for password in ["cami", "deuxrivieres", "dubai", "example"] {
            assert_eq!(failed(&rules, password), [""; 0], "{password}");
        }
        let nobody = judge(&rules, &Person::default(), &Password::new("camille").expect("not empty"));
        assert!(nobody.is_accepted());
    }

    #[test]
    fn a_strength_can_be_asked_for() {
        let rules = Rules { min_strength: Strength::Good, ..Rules::NONE };
        assert_eq!(failed(&rules, "password"), ["min_strength"]);
        assert_eq!(failed(&rules, "correct horse battery staple"), [""; 0]);
    }

    #[test]
    fn lengths_are_counted_composed() {
        let rules = Rules { min_length: 4, ..Rules::NONE };
        assert_eq!(failed(&rules, "e\u{301}e\u{301}e\u{301}"), ["min_length"]);
        assert_eq!(failed(&rules, "éééé"), [""; 0]);
    }

    /// Any text, and texts of what is hard: accents, marks that compose, look-alikes, emoji, names.
    fn texts() -> impl Strategy<Value = String> {
        let hard = prop::collection::vec(
            prop::sample::select(vec!["e\u{301}", "é", "\u{1100}\u{1161}\u{11a8}", "@", "1", "dubois", "İ", "ß", "😀", "\u{0}", "Å"]),
            1..40,
        );
        prop_oneof![any::<String>(), hard.prop_map(|parts| parts.concat()), "\\PC{1,40}"]
            .prop_filter("a password has characters", |text| !text.is_empty())
    }

    fn verdict(rules: &Rules, person: &Person, text: &str) -> Verdict {
        judge(rules, person, &Password::new(text).expect("not empty"))
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(200))]

        #[test]
        fn the_verdict_is_the_same_however_it_was_typed(text in texts(), name in any::<String>()) {
            let person = Person { given_name: name, ..camille() };
            let composed: String = text.nfc().collect();
            let taken_apart: String = text.nfd().collect();
            let rules = Rules { min_strength: Strength::Strong, ..Rules::default() };
            prop_assert_eq!(verdict(&rules, &person, &composed), verdict(&rules, &person, &taken_apart));
            prop_assert_eq!(verdict(&rules, &person, &composed), verdict(&rules, &person, &text));
        }

        #[test]
        fn a_character_more_never_makes_a_password_too_short(text in texts(), more in "[a-zA-Z0-9 !?]") {
            let rules = Rules { min_length: 8, ..Rules::NONE };
            let (before, after) = (verdict(&rules, &camille(), &text), verdict(&rules, &camille(), &(text.clone() + &more)));
            prop_assert!(!before.is_accepted() || after.is_accepted());
        }

        #[test]
        fn normalising_twice_changes_nothing(text in texts()) {
            let once = crate::normalise(Password::new(text.as_str()).expect("not empty"));
            let twice = crate::normalise(once.clone());
            prop_assert_eq!(once.reveal(), twice.reveal());
        }

        #[test]
        fn what_fails_is_one_of_the_rules_in_force(text in texts()) {
            let rules = Rules::default();
            prop_assert!(verdict(&rules, &camille(), &text).failed.iter().all(|rule| rules.all().contains(rule)));
        }
    }
}
