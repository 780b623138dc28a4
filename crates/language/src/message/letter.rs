//! The contact form, as it reaches the secretariat. All of it was written by a stranger.

use super::sheet::{Put, Sheet};
use super::{Mail, Organisation, lines};
use crate::{Timestamp, Words};

/// What is shown of each field; the form itself allows less. Characters.
const LINE_CHARS_MAX: usize = 200;
const TEXT_CHARS_MAX: usize = 4000;

/// A letter to the secretariat from the page `contact-helpdesk`.
pub struct LetterToSecretariat<'a> {
    pub organisation: &'a Organisation,
    pub at: Timestamp,
    /// Who writes, as typed.
    pub who: &'a str,
    /// How to reach them, as typed.
    pub reach: &'a str,
    /// What happened, as typed.
    pub what: &'a str,
    /// The reference that the page showed, where there was one: `regain explain` finds the case.
    pub reference: Option<&'a str>,
}

impl LetterToSecretariat<'_> {
    /// Nothing of what was typed is in the subject or outside a quotation.
    pub fn mail(&self, words: &Words) -> Mail {
        let when = words.day_and_clock(self.at, &self.organisation.zone);
        let mut sheet = Sheet::new(words, self.organisation);
        sheet.paragraph("message-letter-what", &[("when", Put::Text(&when))]);
        sheet.quote("message-letter-who", lines(self.who, LINE_CHARS_MAX));
        sheet.quote("message-letter-reach", lines(self.reach, LINE_CHARS_MAX));
        sheet.quote("message-letter-text", lines(self.what, TEXT_CHARS_MAX));
        sheet.warm("message-letter-careful", "message-letter-careful-more", &[]);
        if let Some(reference) = self.reference {
            sheet.small("message-letter-reference", &[("reference", Put::Name(reference))]);
        }
        sheet.finish("message-letter-subject", words.say("message-letter-preview"), "message-letter-heading")
    }
}
