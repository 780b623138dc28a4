//! The code: the message that a person waits for.

use super::sheet::{Put, Sheet};
use super::short::{call, sms, spelt};
use super::{Mail, Organisation, Sms, Spoken, one_line};
use crate::{Arg, Device, Timestamp, Words};
use recovery::Code;

/// A code and who asked for it.
pub struct CodeMessage<'a> {
    pub organisation: &'a Organisation,
    /// As it was typed.
    pub user_name: &'a str,
    pub code: &'a Code,
    pub asked_at: Timestamp,
    pub expires_at: Timestamp,
    pub device: Device,
    /// The host of the page that asks for the code, without port. Telephones fill the code in there only (origin-bound
    /// one-time codes). Empty leaves the line out.
    pub host: &'a str,
}

impl CodeMessage<'_> {
    /// The mail: no link in it, and the code not in its subject, which a locked screen shows.
    pub fn mail(&self, words: &Words) -> Mail {
        let zone = &self.organisation.zone;
        let until = words.clock(self.expires_at, zone);
        let when = words.day_and_clock(self.asked_at, zone);
        let user = one_line(self.user_name);
        let from = self.device.from_where(words);
        let contact = self.organisation.secretariat.contact();

        let mut sheet = Sheet::new(words, self.organisation);
        sheet.code(self.code.reveal());
        sheet.paragraph("message-code-use", &[("until", Put::Strong(&until))]);
        sheet.strong_paragraph("message-code-secret", "message-code-secret-more", &[]);
        sheet.warm("message-code-not-you", "message-code-not-you-more", &[("contact", Put::Contact(contact))]);
        sheet.small(
            "message-code-asked",
            &[("when", Put::Text(&when)), ("user", Put::Name(&user)), ("device", Put::Text(&from))],
        );
        sheet.small("message-code-no-link", &[]);
        sheet.secretariat(false);
        let preview = words.say_with("message-code-preview", &[("until", Arg::Text(&until))]);
        sheet.finish("message-code-subject", preview, "message-code-heading")
    }

    /// The SMS. Its last line binds the code to the page (`@host #code`).
    pub fn sms(&self, words: &Words) -> Sms {
        let until = words.clock(self.expires_at, &self.organisation.zone);
        let code = self.code.reveal();
        let last_line = if self.host.is_empty() { String::new() } else { format!("@{} #{code}", self.host) };
        let args = [("code", Arg::Text(code)), ("until", Arg::Text(&until))];
        sms(words, "message-code-sms", self.organisation, self.user_name, &args, &last_line, true)
    }

    /// The call: digit by digit, twice.
    pub fn call(&self, words: &Words) -> Spoken {
        let digits = spelt(self.code.reveal());
        call(words, "message-code-call", self.organisation, &[("digits", Arg::Text(&digits))])
    }
}
