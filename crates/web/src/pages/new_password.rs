//! Page 9 of the walk: the new password, twice.

use super::{FieldError, RuleLine, Sheet, notice, rules};
use crate::Frame;
use askama::Template;
use language::{Arg, Html};
use recovery::Notice;

#[derive(Template)]
#[template(path = "pages/new-password.html")]
pub struct NewPasswordPage<'a> {
    pub frame: Frame<'a>,
    pub rules: &'a [RuleLine],
    pub notice: Option<&'a Notice>,
    /// 1 (weak) to 4 (strong), of the password that was just refused, where it was measured.
    pub strength: Option<u8>,
}

impl Sheet for NewPasswordPage<'_> {
    const NAME: &'static str = "new-password";

    fn frame(&self) -> &Frame<'_> {
        &self.frame
    }

    fn title(&self) -> String {
        self.frame.say("password-title")
    }

    fn summary_title(&self) -> String {
        self.frame.say("password-summary")
    }

    fn errors(&self) -> Vec<FieldError> {
        notice::errors(&self.frame, self.notice, Some("password"))
    }

    fn news(&self) -> Option<Html> {
        notice::news(&self.frame, self.notice)
    }
}

impl NewPasswordPage<'_> {
    pub fn render(&self) -> String {
        super::render(self)
    }

    fn judged(&self) -> Option<rules::Judged<'_>> {
        match self.notice {
            Some(Notice::PasswordRefused { failed, .. }) => Some(rules::Judged { failed, strength: self.strength }),
            _ => None,
        }
    }

    fn shown_rules(&self) -> Vec<rules::ShownRule> {
        rules::shown(&self.frame, self.rules, self.judged())
    }

    fn strength_level(&self) -> u8 {
        self.judged().and_then(|judged| judged.strength).unwrap_or(0)
    }

    fn more_time(&self) -> Option<String> {
        let moment = self.frame.moment(self.frame.deadline?);
        Some(self.frame.words.say_with("page-waits", &[("moment", Arg::Text(&moment))]))
    }
}
