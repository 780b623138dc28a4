//! A signed-in person chooses another password.

use super::{FieldError, RuleLine, Sheet, rules};
use crate::Frame;
use askama::Template;
use language::Arg;
use recovery::Timestamp;

#[derive(Template)]
#[template(path = "pages/change-password.html")]
pub struct ChangePasswordPage<'a> {
    pub frame: Frame<'a>,
    pub user_name: &'a str,
    pub rules: &'a [RuleLine],
    /// The directory lets the person in only with a new password.
    pub must_change: bool,
    pub error: Option<ChangeError<'a>>,
    /// 1 (weak) to 4 (strong), of the password that was just refused, where it was measured.
    pub strength: Option<u8>,
}

/// Why the password is still the old one, or may be.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ChangeError<'a> {
    WrongCurrent,
    Differ,
    /// The names of the rules that it fails, the directory's among them.
    Refused {
        failed: &'a [String],
    },
    Paused {
        until: Timestamp,
    },
    /// Someone reported "that was not me" for this account.
    Reported,
    DirectoryAway,
    /// It may be set or not.
    Unclear,
    /// Regain or the person may not set it.
    NotAllowed,
    /// The form was of an older visit.
    NotValid,
}

impl Sheet for ChangePasswordPage<'_> {
    const NAME: &'static str = "change-password";

    fn frame(&self) -> &Frame<'_> {
        &self.frame
    }

    fn title(&self) -> String {
        self.frame.say(if self.must_change { "change-title-must" } else { "change-title" })
    }

    fn summary_title(&self) -> String {
        self.frame.say("change-summary")
    }

    fn errors(&self) -> Vec<FieldError> {
        let Some(error) = self.error else { return Vec::new() };
        let alone = |key: &str| vec![FieldError { field: None, text: self.frame.say(key) }];
        match error {
            ChangeError::WrongCurrent => vec![FieldError::of("current", self.frame.say("change-wrong-current"))],
            ChangeError::Differ => vec![FieldError::of("again", self.frame.say("notice-passwords-differ"))],
            ChangeError::Refused { failed } => {
                rules::refusals(&self.frame, failed).into_iter().map(|text| FieldError::of("password", text)).collect()
            }
            ChangeError::Paused { until } => {
                let moment = self.frame.moment(until);
                let text = self.frame.words.say_with("sign-in-paused", &[("moment", Arg::Text(&moment))]);
                vec![FieldError { field: None, text }]
            }
            ChangeError::Reported => {
                let text =
                    ["stopped-reported-at-once", "stopped-reported-now"].map(|key| self.frame.say(key)).join(" ");
                vec![FieldError { field: None, text }]
            }
            ChangeError::DirectoryAway => alone("notice-directory-away"),
            ChangeError::Unclear => alone("change-unclear"),
            ChangeError::NotAllowed => alone("change-not-allowed"),
            ChangeError::NotValid => alone("form-not-valid"),
        }
    }

    fn may_change_account(&self) -> bool {
        false
    }
}

impl ChangePasswordPage<'_> {
    pub fn render(&self) -> String {
        super::render(self)
    }

    fn lead(&self) -> String {
        self.frame.say(if self.must_change { "change-lead-must" } else { "password-advice" })
    }

    fn shown_rules(&self) -> Vec<rules::ShownRule> {
        let judged = match self.error {
            Some(ChangeError::Refused { failed }) => Some(rules::Judged { failed, strength: self.strength }),
            _ => None,
        };
        rules::shown(&self.frame, self.rules, judged)
    }

    fn strength_level(&self) -> u8 {
        self.strength.unwrap_or(0)
    }
}
