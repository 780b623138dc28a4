//! How an organisation makes one name of another: `ldubois` of `lea.dubois`. Accounts answer to both, so decoys must as often:
//! else two names that show two different pages say that nobody has them.

use crate::draw::Draw;
use std::collections::BTreeMap;

/// So many accounts must follow a rule before it is taken for the house's, and half of those that have two names.
const FOLLOWERS_MIN: u32 = 20;

/// A rule that makes the short name of one with several parts.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum HouseRule {
    /// `ldubois`
    InitialLast,
    /// `l.dubois`
    InitialDotLast,
    /// `leadubois`; also `lea_dubois` and `lea-dubois`
    Joined,
    /// `duboisl`
    LastInitial,
    /// `duboislea`
    LastFirst,
    /// `lead`
    FirstInitial,
    /// `dubois.lea`
    Turned,
}

impl HouseRule {
    const ALL: [HouseRule; 7] = [
        HouseRule::InitialLast,
        HouseRule::InitialDotLast,
        HouseRule::Joined,
        HouseRule::LastInitial,
        HouseRule::LastFirst,
        HouseRule::FirstInitial,
        HouseRule::Turned,
    ];

    /// The one name that stands for all names which this rule makes of each other. A name without parts, or one of
    /// elsewhere, stands for itself.
    pub fn name(self, canonical: &str) -> String {
        let is_separator = |c: char| !c.is_alphanumeric();
        let parts: Vec<&str> = canonical.split(is_separator).filter(|part| !part.is_empty()).collect();
        let [first, .., last] = parts.as_slice() else { return canonical.to_owned() };
        if canonical.contains('@') {
            return canonical.to_owned();
        }
        let initial = |part: &str| part.chars().take(1).collect::<String>();
        match self {
            HouseRule::InitialLast => initial(first) + last,
            HouseRule::InitialDotLast => format!("{}.{last}", initial(first)),
            HouseRule::Joined => parts.concat(),
            HouseRule::LastInitial => format!("{last}{}", initial(first)),
            HouseRule::LastFirst => format!("{last}{first}"),
            HouseRule::FirstInitial => format!("{first}{}", initial(last)),
            // Both orders have one: the parts in that of the alphabet.
            HouseRule::Turned => {
                let mut parts = parts;
                parts.sort_unstable();
                parts.join(".")
            }
        }
    }
}

/// The rule of a house, and how many keep to it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct House {
    pub rule: HouseRule,
    /// Accounts that answer to both names.
    pub followers: u32,
    /// All accounts that have a name in several parts.
    pub among: u32,
}

impl House {
    /// The name that stands for one which nobody has: in as many cases as there are followers, the one that the rule makes.
    pub fn name(&self, canonical: &str, key: &[u8; 32]) -> String {
        let name = self.rule.name(canonical);
        let follows = [(true, self.followers), (false, self.among.saturating_sub(self.followers))];
        match Draw::new(key, &["house", &name]).weighted(follows.into_iter()) {
            Some(true) => name,
            _ => canonical.to_owned(),
        }
    }
}

/// Finds the rule that most accounts follow.
#[derive(Default)]
pub(crate) struct HouseRules {
    followers: BTreeMap<HouseRule, u32>,
    /// Accounts with a name in several parts; and those of them with another name beside it.
    among: u32,
    candidates: u32,
}

impl HouseRules {
    /// Looks at all names of one account, each in its canonical form.
    pub fn count(&mut self, names: &[String]) {
        let Some(first) = names.first() else { return };
        let in_parts = |name: &String| HouseRule::Joined.name(name) != *name;
        if !names.iter().any(in_parts) {
            return;
        }
        self.among += 1;
        if names.iter().all(|name| name == first) {
            return;
        }
        self.candidates += 1;
        for rule in HouseRule::ALL {
            let own = rule.name(first);
            if names.iter().all(|name| rule.name(name) == own) {
                *self.followers.entry(rule).or_default() += 1;
            }
        }
    }

    pub fn most_followed(&self) -> Option<House> {
        let (&rule, &followers) = self.followers.iter().max_by_key(|(_, count)| **count)?;
        let is_rule = followers >= FOLLOWERS_MIN && followers.saturating_mul(2) >= self.candidates;
        is_rule.then_some(House { rule, followers, among: self.among })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_names_that_a_rule_makes_of_one_another_stand_for_one() {
        for (rule, long, short) in [
            (HouseRule::InitialLast, "lea.dubois", "ldubois"),
            (HouseRule::InitialDotLast, "lea.van.dyck", "l.dyck"),
            (HouseRule::Joined, "lea.dubois", "lea_dubois"),
            (HouseRule::LastInitial, "lea.dubois", "duboisl"),
            (HouseRule::LastFirst, "lea.dubois", "duboislea"),
            (HouseRule::FirstInitial, "lea.dubois", "lead"),
            (HouseRule::Turned, "lea.dubois", "dubois.lea"),
        ] {
            assert_eq!(rule.name(long), rule.name(short), "{rule:?}");
            assert_eq!(rule.name("anna@elsewhere.example"), "anna@elsewhere.example");
        }
    }

    #[test]
    fn a_rule_that_most_follow_is_the_houses() {
        let mut rules = HouseRules::default();
        let names = |long: &str, short: &str| [short.to_owned(), long.to_owned()];
        (0..19).for_each(|_| rules.count(&names("lea.dubois", "ldubois")));
        assert_eq!(rules.most_followed(), None, "too few to say");
        rules.count(&names("anna.baert", "abaert"));
        let house = House { rule: HouseRule::InitialLast, followers: 20, among: 20 };
        assert_eq!(rules.most_followed(), Some(house.clone()));
        assert_eq!(house.name("zoe.claes", &[7; 32]), "zclaes", "all follow it");
        let half = House { among: 40, ..house };
        let following = (0..100).filter(|n| !half.name(&format!("zoe.claes{n}"), &[7; 32]).contains('.')).count();
        assert!((30..70).contains(&following), "as many names as accounts: {following}");
        (0..30).for_each(|_| rules.count(&names("anna.baert", "k4711")));
        assert_eq!(rules.most_followed(), None, "most have other names");
    }
}
