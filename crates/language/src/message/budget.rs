//! The warning to the operator that messages by telephone may be running up a bill.

use super::sheet::{Put, Sheet};
use super::{Mail, Organisation};
use crate::{Timestamp, Words};

/// Messages by telephone go out faster than they should, or nobody uses them.
pub struct BudgetWarning<'a> {
    pub organisation: &'a Organisation,
    pub at: Timestamp,
    pub about: Spent<'a>,
}

/// What was seen.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Spent<'a> {
    /// So many of a limit's messages were sent.
    NearlyUsed {
        /// The block of numbers by its first digits, `+324701`; `None`: all numbers together.
        block: Option<&'a str>,
        counted: u32,
        max: u32,
        /// When the limit is fresh again.
        until: Timestamp,
    },
    /// Codes were sent to a block of numbers, and hardly any was typed.
    Unused { block: &'a str, sent: u32, used: u32 },
}

impl BudgetWarning<'_> {
    pub fn mail(&self, words: &Words) -> Mail {
        let zone = &self.organisation.zone;
        let when = words.day_and_clock(self.at, zone);
        let mut sheet = Sheet::new(words, self.organisation);
        match self.about {
            Spent::NearlyUsed { block, counted, max, until } => {
                let (counted, max) = (counted.to_string(), max.to_string());
                let until = words.day_and_clock(until, zone);
                let mut puts =
                    vec![("when", Put::Text(&when)), ("counted", Put::Strong(&counted)), ("max", Put::Strong(&max))];
                match block {
                    Some(block) => {
                        puts.push(("block", Put::Contact(block)));
                        sheet.paragraph("message-budget-what-block", &puts);
                    }
                    None => sheet.paragraph("message-budget-what", &puts),
                }
                sheet.paragraph("message-budget-stop", &[("until", Put::Strong(&until))]);
            }
            Spent::Unused { block, sent, used } => {
                let (sent, used) = (sent.to_string(), used.to_string());
                let puts = [
                    ("when", Put::Text(&when)),
                    ("block", Put::Contact(block)),
                    ("sent", Put::Strong(&sent)),
                    ("used", Put::Strong(&used)),
                ];
                sheet.paragraph("message-budget-unused", &puts);
            }
        }
        sheet.warm("message-budget-do", "message-budget-do-more", &[]);
        sheet.finish("message-budget-subject", words.say("message-budget-preview"), "message-budget-heading")
    }
}
