//! What happens with a person's data: written from the settings, so that it can't say anything else than what is done.

use super::Sheet;
use crate::Frame;
use askama::Template;
use language::Arg;
use recovery::MethodKind;
use service::{LegalBasis, Periods};

#[derive(Template)]
#[template(path = "pages/privacy.html")]
pub struct PrivacyPage<'a> {
    pub frame: Frame<'a>,
    pub notice: &'a PrivacyNotice,
}

/// What the page says of this organisation, in one language.
#[derive(Clone, Debug)]
pub struct PrivacyNotice {
    /// Who decides what happens with the data.
    pub controller: String,
    /// Where to write; `None`: the secretariat, which every page names.
    pub contact: Option<String>,
    pub authority: Option<String>,
    pub basis: LegalBasis,
    /// What codes and notices travel by.
    pub channels: Vec<MethodKind>,
    pub periods: Periods,
}

/// The cookies of these pages, each with its sentence.
pub const COOKIES: [(&str, &str); 6] = [
    (crate::call::RECOVERY, "privacy-cookie-recovery"),
    (crate::call::BROWSER, "privacy-cookie-browser"),
    (crate::call::FORMS, "privacy-cookie-forms"),
    (crate::call::SESSION, "privacy-cookie-session"),
    (crate::call::LANGUAGE, "privacy-cookie-language"),
    (crate::call::NOTE, "privacy-cookie-note"),
];

impl Sheet for PrivacyPage<'_> {
    const NAME: &'static str = "privacy";

    fn frame(&self) -> &Frame<'_> {
        &self.frame
    }

    fn title(&self) -> String {
        self.frame.say("privacy-title")
    }

    fn may_change_account(&self) -> bool {
        false
    }
}

impl PrivacyPage<'_> {
    pub fn render(&self) -> String {
        super::render(self)
    }

    fn with(&self, key: &str, name: &str, text: &str) -> String {
        self.frame.words.say_with(key, &[(name, Arg::Text(text))])
    }

    fn who(&self) -> String {
        self.with("privacy-who", "controller", &self.notice.controller)
    }

    fn used(&self) -> [String; 6] {
        let frame = &self.frame;
        [
            frame.say("privacy-what-name"),
            frame.say("privacy-what-contacts"),
            frame.say("privacy-what-code"),
            frame.say("privacy-what-network"),
            frame.say("privacy-what-device"),
            frame.say("privacy-what-password"),
        ]
    }

    fn why(&self) -> String {
        let frame = &self.frame;
        match self.notice.basis {
            LegalBasis::PublicTask => frame.say("privacy-why-public-task"),
            LegalBasis::Contract => frame.say("privacy-why-contract"),
            LegalBasis::LegitimateInterest => frame.say("privacy-why-legitimate-interest"),
        }
    }

    fn periods(&self) -> [String; 7] {
        let (frame, periods) = (&self.frame, &self.notice.periods);
        [
            frame.say("privacy-long-walk"),
            frame.say("privacy-long-code"),
            frame.count("privacy-long-notice", i64::from(periods.message_days)),
            frame.count("privacy-long-network", i64::from(periods.network_days)),
            frame.count("privacy-long-audit", i64::from(periods.audit_days)),
            frame.say("privacy-long-tries"),
            frame.say("privacy-long-contacts"),
        ]
    }

    fn cookies(&self) -> Vec<String> {
        COOKIES.iter().map(|(_, key)| self.frame.say(key)).collect()
    }

    fn others(&self) -> Vec<String> {
        let frame = &self.frame;
        let by = |kind: &MethodKind| match kind {
            MethodKind::Email => frame.say("privacy-others-mail"),
            MethodKind::Sms => frame.say("privacy-others-sms"),
            MethodKind::Call => frame.say("privacy-others-call"),
        };
        std::iter::once(frame.say("privacy-others")).chain(self.notice.channels.iter().map(by)).collect()
    }

    fn whom_to_ask(&self) -> String {
        match &self.notice.contact {
            Some(contact) => self.with("privacy-rights-write", "contact", contact),
            None => self.frame.say("privacy-rights-helpdesk"),
        }
    }

    fn where_to_complain(&self) -> String {
        match &self.notice.authority {
            Some(authority) => self.with("privacy-rights-complain", "authority", authority),
            None => self.frame.say("privacy-rights-complain-anywhere"),
        }
    }
}
