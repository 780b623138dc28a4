//! The text of the settings with its parsed tables, so that every value knows where it stands.

use crate::problem::Problem;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A place in the settings: keys, and numbers in lists.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Step {
    Key(String),
    Item(usize),
}

impl From<&str> for Step {
    fn from(key: &str) -> Self {
        Step::Key(key.to_owned())
    }
}

impl From<usize> for Step {
    fn from(item: usize) -> Self {
        Step::Item(item)
    }
}

/// A text and what the TOML parser made of it.
pub struct Source<'a> {
    pub text: &'a str,
    pub root: Spanned<DeTable<'a>>,
}

impl<'a> Source<'a> {
    /// Parses a text as far as it goes, and adds what is not TOML to the problems.
    pub fn new(text: &'a str, problems: &mut Vec<Problem>) -> Self {
        let (root, errors) = DeTable::parse_recoverable(text);
        problems.extend(errors.iter().map(|error| {
            let span = error.span().unwrap_or(0..0);
            Problem::new(span, format!("this is not TOML: {}", error.message()), "")
        }));
        Self { text, root }
    }

    /// Where the value at this place stands; where it is missing, the nearest table around it.
    pub fn span(&self, place: &[Step]) -> Range<usize> {
        let mut span = self.root.span().start..self.root.span().start;
        let mut table = Some(self.root.get_ref());
        let mut list = None;
        for step in place {
            let next = match step {
                Step::Key(key) => table.and_then(|table| entry(table, key)).map(|(_, value)| value),
                Step::Item(item) => list.and_then(|list: &toml::de::DeArray<'a>| list.get(*item)),
            };
            let Some(value) = next else { return span };
            span = value.span();
            table = value.get_ref().as_table();
            list = value.get_ref().as_array();
        }
        span
    }
}

/// A key of a table with its place, and its value.
pub fn entry<'t, 'a>(table: &'t DeTable<'a>, key: &str) -> Option<(Range<usize>, &'t Spanned<DeValue<'a>>)> {
    table.iter().find(|(name, _)| name.get_ref() == key).map(|(name, value)| (name.span(), value))
}
