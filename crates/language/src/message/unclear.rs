//! The notice when nobody knows whether the new password was set.

use super::sheet::{Put, Sheet};
use super::short::{call, sms};
use super::{Mail, Organisation, Sms, Spoken, one_line};
use crate::{Arg, Device, Timestamp, Words};

/// A new password was chosen; the directory could not say whether it took it.
pub struct UnclearNotice<'a> {
    pub organisation: &'a Organisation,
    pub user_name: &'a str,
    pub at: Timestamp,
    pub device: Device,
    /// The link "that was not me", where there is one.
    pub not_me_url: Option<&'a str>,
}

impl UnclearNotice<'_> {
    pub fn mail(&self, words: &Words) -> Mail {
        let when = words.day_and_clock(self.at, &self.organisation.zone);
        let user = one_line(self.user_name);
        let from = self.device.from_where(words);
        let contact = || [("contact", Put::Contact(self.organisation.secretariat.contact()))];

        let mut sheet = Sheet::new(words, self.organisation);
        let what = [("user", Put::Name(&user)), ("when", Put::Strong(&when)), ("device", Put::Text(&from))];
        sheet.paragraph("message-unclear-what", &what);
        sheet.strong_paragraph("message-notice-you", "message-unclear-you-more", &contact());
        match self.not_me_url {
            Some(url) => {
                sheet.warm_link(
                    "message-notice-not-you",
                    "message-notice-not-you-more",
                    &contact(),
                    "message-notice-not-me",
                    url,
                );
                sheet.small("message-notice-safe", &[]);
            }
            None => sheet.warm("message-notice-not-you", "message-unclear-not-you-more", &contact()),
        }
        sheet.secretariat(true);
        sheet.finish("message-unclear-subject", words.say("message-unclear-preview"), "message-unclear-heading")
    }

    /// The SMS; its last line is the link, where there is one.
    pub fn sms(&self, words: &Words) -> Sms {
        let args = [("contact", Arg::Text(self.organisation.secretariat.contact()))];
        let last_line = self.not_me_url.unwrap_or_default();
        sms(words, "message-unclear-sms", self.organisation, self.user_name, &args, last_line, false)
    }

    pub fn call(&self, words: &Words) -> Spoken {
        let when = words.day_and_clock(self.at, &self.organisation.zone);
        let contact = self.organisation.secretariat.contact();
        let args = [("user", Arg::Text(self.user_name)), ("when", Arg::Text(&when)), ("contact", Arg::Text(contact))];
        call(words, "message-unclear-call", self.organisation, &args)
    }
}
