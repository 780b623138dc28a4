//! The rules a password can be asked to keep, each with the name that settings, pages and commands know it by.

use crate::Strength;

/// The rules in force. A count of 0 and `false` are off, and so are [`Strength::Weak`] and a `max_length` of 0.
/// Lengths and counts are in Unicode code points of the composed form (NFC).
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Rules {
    /// The fewest characters.
    pub min_length: u32,
    /// The most characters; 0 for no limit.
    pub max_length: u32,
    /// The fewest lower-case letters (Unicode Ll).
    pub min_lower: u32,
    /// The fewest upper-case letters (Unicode Lu).
    pub min_upper: u32,
    /// The fewest digits (Unicode Nd).
    pub min_digits: u32,
    /// The fewest symbols: characters that are neither letter (L*) nor digit (Nd), space included.
    pub min_symbols: u32,
    /// Whether the person's names and user name are refused inside the password.
    pub not_user_name: bool,
    /// Whether a password is refused that a guesser has among the first 10,000.
    pub common: bool,
    /// The least strength.
    pub min_strength: Strength,
}

impl Rules {
    /// No rule at all: any password passes. For settings that name every rule themselves.
    pub const NONE: Rules = Rules {
        min_length: 0,
        max_length: 0,
        min_lower: 0,
        min_upper: 0,
        min_digits: 0,
        min_symbols: 0,
        not_user_name: false,
        common: false,
        min_strength: Strength::Weak,
    };

    /// The profile `microsoft365-strict`: 8 to 256 characters, one at least of each of the four kinds, not the person's name, not common.
    pub const fn microsoft365_strict() -> Self {
        Rules {
            min_length: 8,
            max_length: 256,
            min_lower: 1,
            min_upper: 1,
            min_digits: 1,
            min_symbols: 1,
            not_user_name: true,
            common: true,
            min_strength: Strength::Weak,
        }
    }

    /// The profile `recommended`: 12 characters or more, of any kind, not the person's name, not common. Length is what makes a password
    /// hold, and rules on kinds only make it hard to remember (NIST SP 800-63B-4 §3.1.1.2).
    pub const fn recommended() -> Self {
        Rules { min_length: 12, max_length: 256, not_user_name: true, common: true, ..Rules::NONE }
    }

    /// Every rule that is in force, in the order in which a page shows them.
    pub fn all(&self) -> Vec<Rule> {
        let count = |rule: fn(u32) -> Rule, count: u32| (count > 0).then(|| rule(count));
        [
            count(Rule::MinLength, self.min_length),
            count(Rule::MaxLength, self.max_length),
            count(Rule::MinLower, self.min_lower),
            count(Rule::MinUpper, self.min_upper),
            count(Rule::MinDigits, self.min_digits),
            count(Rule::MinSymbols, self.min_symbols),
            self.not_user_name.then_some(Rule::NotUserName),
            self.common.then_some(Rule::Common),
            (self.min_strength > Strength::Weak).then_some(Rule::MinStrength(self.min_strength)),
        ]
        .into_iter()
        .flatten()
        .collect()
    }
}

impl Default for Rules {
    /// What the reference's page asks, and the demo: [`Rules::microsoft365_strict`].
    fn default() -> Self {
        Rules::microsoft365_strict()
    }
}

/// One rule with what it asks.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum Rule {
    MinLength(u32),
    MaxLength(u32),
    MinLower(u32),
    MinUpper(u32),
    MinDigits(u32),
    MinSymbols(u32),
    NotUserName,
    Common,
    MinStrength(Strength),
}

impl Rule {
    /// The rule's name: the key of the settings, the word in `failed`, the name of its sentence.
    pub const fn name(self) -> &'static str {
        match self {
            Rule::MinLength(_) => "min_length",
            Rule::MaxLength(_) => "max_length",
            Rule::MinLower(_) => "min_lower",
            Rule::MinUpper(_) => "min_upper",
            Rule::MinDigits(_) => "min_digits",
            Rule::MinSymbols(_) => "min_symbols",
            Rule::NotUserName => "not_user_name",
            Rule::Common => "common",
            Rule::MinStrength(_) => "min_strength",
        }
    }

    /// The number that the rule's sentence tells; `None` where there is none.
    pub const fn count(self) -> Option<u32> {
        match self {
            Rule::MinLength(count)
            | Rule::MaxLength(count)
            | Rule::MinLower(count)
            | Rule::MinUpper(count)
            | Rule::MinDigits(count)
            | Rule::MinSymbols(count) => Some(count),
            Rule::NotUserName | Rule::Common | Rule::MinStrength(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(rules: Rules) -> Vec<&'static str> {
        rules.all().into_iter().map(Rule::name).collect()
    }

    #[test]
    fn a_profile_has_the_rules_that_it_says() {
        assert_eq!(
            names(Rules::default()),
            ["min_length", "max_length", "min_lower", "min_upper", "min_digits", "min_symbols", "not_user_name", "common"]
        );
        assert_eq!(names(Rules::recommended()), ["min_length", "max_length", "not_user_name", "common"]);
        assert_eq!(names(Rules::NONE), [""; 0]);
        assert_eq!(names(Rules { min_strength: Strength::Good, ..Rules::NONE }), ["min_strength"]);
    }

    #[test]
    fn a_rule_tells_its_number() {
        let counts: Vec<_> = Rules::default().all().into_iter().map(Rule::count).collect();
        assert_eq!(counts, [Some(8), Some(256), Some(1), Some(1), Some(1), Some(1), None, None]);
    }
}
