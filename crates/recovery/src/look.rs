//! What a stranger can tell of an account: how many contacts of each kind, their mail domains, and how the first letters go
//! with the user name. A real address often begins as the name does, so a letter is kept as its place in the name.

use crate::{Independence, MethodKind, Policy};

/// Parts of a user name that are told apart: `anna.van.dyck` has three.
const PARTS_MAX: usize = 3;

/// How a user name is built. Accounts whose names are built alike tend to look alike: pupils are `p12345`, teachers
/// `anna.dubois`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct Form {
    /// Runs of letters and digits, 0 to 3.
    pub parts: u8,
    /// Whether the first of several is a single letter: `a.dubois`.
    pub initial: bool,
    /// Whether there is a digit in it.
    pub digits: bool,
}

/// The part of a user name before any `@`, taken apart.
pub(crate) struct Spelling(Vec<Vec<char>>);

impl Spelling {
    pub fn of(canonical: &str) -> Self {
        let local = canonical.split_once('@').map_or(canonical, |(local, _)| local);
        let parts = local.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty());
        Self(parts.map(|part| part.chars().collect()).collect())
    }

    pub fn form(&self) -> Form {
        Form {
            parts: u8::try_from(self.0.len().min(PARTS_MAX)).unwrap_or(0),
            initial: self.0.len() > 1 && self.0[0].len() == 1,
            digits: self.0.iter().flatten().any(char::is_ascii_digit),
        }
    }

    /// The first letter of a part.
    fn initial(&self, part: usize) -> Option<char> {
        self.0.get(part).and_then(|part| part.first()).copied()
    }

    fn second(&self) -> Option<char> {
        self.0.first().and_then(|part| part.get(1)).copied()
    }

    pub fn holds(&self, letter: char) -> bool {
        self.0.iter().flatten().any(|own| *own == letter)
    }

    /// How a first letter goes with this name, given those of the addresses before it.
    pub fn relation(&self, letter: char, before: &[char]) -> Letter {
        let small = |number: usize| u8::try_from(number).unwrap_or(u8::MAX);
        if let Some(part) = (0..PARTS_MAX).find(|part| self.initial(*part) == Some(letter)) {
            Letter::OfPart(small(part))
        } else if self.second() == Some(letter) {
            Letter::Second
        } else if let Some(place) = before.iter().position(|earlier| *earlier == letter) {
            Letter::AsAddress(small(place))
        } else if self.holds(letter) {
            Letter::Within
        } else {
            Letter::Elsewhere
        }
    }

    /// The letters that stand in this relation to the name; none where the name is too short for it.
    pub fn letters(&self, relation: Letter, before: &[char]) -> Vec<char> {
        match relation {
            Letter::OfPart(part) => self.initial(usize::from(part)).into_iter().collect(),
            Letter::Second => self.second().into_iter().collect(),
            Letter::AsAddress(place) => before.get(usize::from(place)).copied().into_iter().collect(),
            Letter::Within => {
                let mut letters: Vec<char> = self.0.iter().flatten().copied().collect();
                letters.retain(|letter| self.relation(*letter, before) == Letter::Within);
                letters
            }
            Letter::Elsewhere => Vec::new(),
        }
    }
}

/// How the first letter of an address goes with the user name.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum Letter {
    /// It begins a part of the name, counted from 0: the given name, the family name.
    OfPart(u8),
    /// It is the name's second: the family name of `adubois`.
    Second,
    /// As an earlier address of the account begins, counted from 0.
    AsAddress(u8),
    /// It stands elsewhere in the name.
    Within,
    /// It does not stand in the name.
    Elsewhere,
}

/// What is seen of an address.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct EmailLook {
    pub letter: Letter,
    /// `None`: too few accounts share it, so the page masks it.
    pub domain: Option<String>,
}

/// The last two digits of a telephone, where enough accounts share its number (a school's own line). Any other number is
/// somebody's own, and its digits are drawn.
pub type Ending = Option<[char; 2]>;

/// All that is seen of an account, together: what goes together in real accounts goes together in decoys.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Default)]
pub struct Look {
    /// The group whose policy counts for the account; `None` where the realm's own does.
    pub group: Option<String>,
    /// In the order in which a page lists them.
    pub emails: Vec<EmailLook>,
    pub mobiles: Vec<Ending>,
    pub offices: Vec<Ending>,
}

impl Look {
    pub fn has_contacts(&self) -> bool {
        self.kinds() != Kinds::default()
    }

    pub(crate) fn kinds(&self) -> Kinds {
        Kinds { emails: self.emails.len(), mobiles: self.mobiles.len(), offices: self.offices.len() }
    }
}

/// How many contacts of each kind there are, each a different one.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) struct Kinds {
    pub emails: usize,
    pub mobiles: usize,
    pub offices: usize,
}

impl Kinds {
    /// Whether these contacts can pass all gates of a policy.
    pub fn suffice(self, policy: &Policy) -> bool {
        let has = |method| policy.methods.contains(&method);
        let count = |number: usize, usable: bool| if usable { number } else { 0 };
        let emails = count(self.emails, has(MethodKind::Email));
        let phones = count(self.mobiles, has(MethodKind::Sms) || has(MethodKind::Call))
            + count(self.offices, has(MethodKind::Call));
        let gates = match policy.independence {
            Independence::Contacts => emails + phones,
            Independence::Channels => emails.min(1) + phones.min(1),
        };
        gates >= usize::from(policy.gates)
    }

    /// Whether there are at least as many of each kind.
    pub fn include(self, other: Self) -> bool {
        self.emails >= other.emails && self.mobiles >= other.mobiles && self.offices >= other.offices
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_is_known_by_its_place_in_the_name() {
        let name = Spelling::of("lea.dubois@elsewhere.example");
        assert_eq!(name.relation('l', &[]), Letter::OfPart(0));
        assert_eq!(name.relation('d', &[]), Letter::OfPart(1));
        assert_eq!(name.relation('e', &[]), Letter::Second);
        assert_eq!(name.relation('b', &[]), Letter::Within);
        assert_eq!(name.relation('x', &[]), Letter::Elsewhere, "the domain is no part of the name");
        assert_eq!(name.relation('k', &['l', 'k']), Letter::AsAddress(1));
        assert_eq!(name.letters(Letter::OfPart(1), &[]), ['d']);
        assert!(name.letters(Letter::OfPart(2), &[]).is_empty());
        assert_eq!(name.letters(Letter::Within, &[]), ['a', 'u', 'b', 'o', 'i', 's']);
    }

    #[test]
    fn names_are_built_in_few_ways() {
        let form = |name: &str| Spelling::of(name).form();
        assert_eq!(form("lea.dubois"), Form { parts: 2, initial: false, digits: false });
        assert_eq!(form("l-dubois2"), Form { parts: 2, initial: true, digits: true });
        assert_eq!(form("p12345"), Form { parts: 1, initial: false, digits: true });
        assert_eq!(form("a.b.c.d").parts, 3);
    }
}
