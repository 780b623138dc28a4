//! The notice to the owner of an account that can't be recovered online. A stranger's page does not say why; this does.

use super::sheet::{Put, Sheet};
use super::short::{call, sms};
use super::{Mail, Organisation, Sms, Spoken, one_line};
use crate::{Arg, Device, Timestamp, Words};
use recovery::Obstacle;

/// Somebody tried to recover an account, and it can't end.
pub struct ObstacleNotice<'a> {
    pub organisation: &'a Organisation,
    pub user_name: &'a str,
    pub at: Timestamp,
    pub device: Device,
    pub reason: Obstacle,
}

impl ObstacleNotice<'_> {
    pub fn mail(&self, words: &Words) -> Mail {
        let when = words.day_and_clock(self.at, &self.organisation.zone);
        let user = one_line(self.user_name);
        let from = self.device.from_where(words);
        let contact = self.organisation.secretariat.contact();

        let mut sheet = Sheet::new(words, self.organisation);
        let what = [("user", Put::Name(&user)), ("when", Put::Text(&when)), ("device", Put::Text(&from))];
        sheet.paragraph("message-obstacle-what", &what);
        let until = self.until().map(|until| words.day_and_clock(until, &self.organisation.zone)).unwrap_or_default();
        let why = [("reason", Put::Text(self.reason())), ("until", Put::Text(&until))];
        sheet.paragraph("message-obstacle-why", &why);
        sheet.warm("message-notice-you", "message-obstacle-you-more", &[("contact", Put::Contact(contact))]);
        let reason = [("reason", Put::Text(self.reason()))];
        sheet.strong_paragraph("message-notice-not-you", "message-obstacle-not-you-more", &reason);
        sheet.secretariat(true);
        sheet.finish("message-obstacle-subject", words.say("message-obstacle-preview"), "message-obstacle-heading")
    }

    pub fn sms(&self, words: &Words) -> Sms {
        let contact = self.organisation.secretariat.contact();
        let args = [("reason", Arg::Text(self.reason())), ("contact", Arg::Text(contact))];
        sms(words, "message-obstacle-sms", self.organisation, self.user_name, &args, "", false)
    }

    pub fn call(&self, words: &Words) -> Spoken {
        let contact = self.organisation.secretariat.contact();
        let reason = Arg::Text(self.reason());
        let args = [("user", Arg::Text(self.user_name)), ("reason", reason), ("contact", Arg::Text(contact))];
        call(words, "message-obstacle-call", self.organisation, &args)
    }

    /// Until when it stands in the way, where that is known.
    const fn until(&self) -> Option<Timestamp> {
        match self.reason {
            Obstacle::FreshContacts { until } => Some(until),
            Obstacle::TooFewMethods | Obstacle::Disabled | Obstacle::Paused => None,
        }
    }

    const fn reason(&self) -> &'static str {
        match self.reason {
            Obstacle::TooFewMethods => "too_few_methods",
            Obstacle::Disabled => "disabled",
            Obstacle::Paused => "paused",
            Obstacle::FreshContacts { .. } => "fresh_contacts",
        }
    }
}
