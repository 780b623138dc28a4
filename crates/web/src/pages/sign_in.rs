//! Page 1 of the walk: sign-in, with the way to recovery.

use super::{FieldError, Sheet, strong};
use crate::Frame;
use askama::Template;
use language::{Arg, Html};
use recovery::Timestamp;

#[derive(Template)]
#[template(path = "pages/sign-in.html")]
pub struct SignInPage<'a> {
    pub frame: Frame<'a>,
    /// The user name that was typed before.
    pub typed: &'a str,
    pub error: Option<SignInError>,
    /// What brought the person here.
    pub after: Option<After>,
    /// The kinds of account to choose from; empty when there is one.
    pub realms: &'a [super::realm::RealmChoice],
    /// The kind that was chosen before.
    pub chosen_realm: Option<&'a str>,
}

/// Why the person is not in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SignInError {
    Empty,
    /// The user name or the password is wrong; which of them is not said.
    Wrong,
    /// Too many tries from here or for this account.
    Paused {
        until: Timestamp,
    },
    /// The directory can't be reached.
    DirectoryAway,
    /// The form was of an older visit.
    NotValid,
}

/// What happened just before.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum After {
    SignOut,
    /// The session ended by itself.
    TimedOut,
}

impl Sheet for SignInPage<'_> {
    const NAME: &'static str = "sign-in";

    fn frame(&self) -> &Frame<'_> {
        &self.frame
    }

    fn title(&self) -> String {
        self.frame.say("sign-in-title")
    }

    fn summary_title(&self) -> String {
        self.frame.say("sign-in-summary")
    }

    fn errors(&self) -> Vec<FieldError> {
        let Some(error) = self.error else { return Vec::new() };
        vec![match error {
            SignInError::Empty => FieldError::of("username", self.frame.say("sign-in-empty")),
            SignInError::Wrong => FieldError::of("password", self.frame.say("sign-in-wrong")),
            SignInError::Paused { until } => {
                let moment = self.frame.moment(until);
                let text = self.frame.words.say_with("sign-in-paused", &[("moment", Arg::Text(&moment))]);
                FieldError { field: None, text }
            }
            SignInError::DirectoryAway => FieldError { field: None, text: self.frame.say("sign-in-directory-away") },
            SignInError::NotValid => FieldError { field: None, text: self.frame.say("form-not-valid") },
        }]
    }

    fn news(&self) -> Option<Html> {
        let key = match self.after? {
            After::SignOut => "sign-in-after-sign-out",
            After::TimedOut => "sign-in-after-time-out",
        };
        Some(strong(&self.frame.say(key)))
    }
}

impl SignInPage<'_> {
    pub fn render(&self) -> String {
        super::render(self)
    }

    fn is_chosen(&self, value: &str) -> bool {
        self.chosen_realm == Some(value)
    }
}
