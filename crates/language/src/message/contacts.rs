//! The notice to the old contacts of an account when another one appears, or one goes.

use super::sheet::{Put, Sheet};
use super::short::{call, sms};
use super::{Mail, Organisation, Sms, Spoken, one_line};
use crate::{Arg, Timestamp, Words};

/// The addresses or numbers of an account have changed.
pub struct ContactsNotice<'a> {
    pub organisation: &'a Organisation,
    pub user_name: &'a str,
    /// When that was seen.
    pub at: Timestamp,
    /// From when a new one counts.
    pub until: Timestamp,
}

impl ContactsNotice<'_> {
    pub fn mail(&self, words: &Words) -> Mail {
        let when = words.day_and_clock(self.at, &self.organisation.zone);
        let until = words.day_and_clock(self.until, &self.organisation.zone);
        let user = one_line(self.user_name);
        let contact = [("contact", Put::Contact(self.organisation.secretariat.contact()))];

        let mut sheet = Sheet::new(words, self.organisation);
        sheet.paragraph("message-contacts-what", &[("user", Put::Name(&user)), ("when", Put::Text(&when))]);
        sheet.paragraph("message-contacts-wait", &[("until", Put::Strong(&until))]);
        sheet.strong_paragraph("message-notice-you", "message-contacts-you-more", &[]);
        sheet.warm("message-notice-not-you", "message-contacts-not-you-more", &contact);
        sheet.secretariat(true);
        sheet.finish("message-contacts-subject", words.say("message-contacts-preview"), "message-contacts-heading")
    }

    pub fn sms(&self, words: &Words) -> Sms {
        let args = [("contact", Arg::Text(self.organisation.secretariat.contact()))];
        sms(words, "message-contacts-sms", self.organisation, self.user_name, &args, "", false)
    }

    pub fn call(&self, words: &Words) -> Spoken {
        let contact = self.organisation.secretariat.contact();
        let args = [("user", Arg::Text(self.user_name)), ("contact", Arg::Text(contact))];
        call(words, "message-contacts-call", self.organisation, &args)
    }
}
