//! The notice after a reset: every contact of the account learns of it, and can say "that was not me".

use super::sheet::{Put, Sheet};
use super::short::{call, sms};
use super::{Mail, Organisation, Sms, Spoken, one_line};
use crate::{Arg, Device, Timestamp, Words};

/// The password was reset.
pub struct ResetNotice<'a> {
    pub organisation: &'a Organisation,
    pub user_name: &'a str,
    pub at: Timestamp,
    pub device: Device,
    /// The link "that was not me", with its unguessable number.
    pub not_me_url: &'a str,
}

impl ResetNotice<'_> {
    pub fn mail(&self, words: &Words) -> Mail {
        let when = words.day_and_clock(self.at, &self.organisation.zone);
        let user = one_line(self.user_name);
        let from = self.device.from_where(words);
        let contact = self.organisation.secretariat.contact();

        let mut sheet = Sheet::new(words, self.organisation);
        let what = [("user", Put::Name(&user)), ("when", Put::Strong(&when)), ("device", Put::Text(&from))];
        sheet.paragraph("message-reset-what", &what);
        sheet.strong_paragraph("message-notice-you", "message-reset-you-more", &[]);
        let contact = [("contact", Put::Contact(contact))];
        sheet.warm_link(
            "message-notice-not-you",
            "message-notice-not-you-more",
            &contact,
            "message-notice-not-me",
            self.not_me_url,
        );
        sheet.small("message-notice-safe", &[]);
        sheet.secretariat(true);
        sheet.finish("message-reset-subject", words.say("message-reset-preview"), "message-reset-heading")
    }

    /// The SMS; its last line is the link.
    pub fn sms(&self, words: &Words) -> Sms {
        let when = words.day_and_clock(self.at, &self.organisation.zone);
        let contact = self.organisation.secretariat.contact();
        let args = [("when", Arg::Text(&when)), ("contact", Arg::Text(contact))];
        sms(words, "message-reset-sms", self.organisation, self.user_name, &args, self.not_me_url, false)
    }

    pub fn call(&self, words: &Words) -> Spoken {
        let when = words.day_and_clock(self.at, &self.organisation.zone);
        let contact = self.organisation.secretariat.contact();
        let args = [("user", Arg::Text(self.user_name)), ("when", Arg::Text(&when)), ("contact", Arg::Text(contact))];
        call(words, "message-reset-call", self.organisation, &args)
    }
}
