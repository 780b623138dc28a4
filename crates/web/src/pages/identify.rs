//! Page 2 of the walk: which account.

use super::{FieldError, Sheet};
use crate::Frame;
use askama::Template;
use language::Arg;
use service::Challenge;

#[derive(Template)]
#[template(path = "pages/identify.html")]
pub struct IdentifyPage<'a> {
    pub frame: Frame<'a>,
    /// What was typed before, to mend it.
    pub typed: &'a str,
    pub error: Option<IdentifyError>,
    /// A user name as people of this organisation have it: `lea.dubois`.
    pub example: Option<&'a str>,
    /// The kind of account that was chosen, where there is a choice: its name in the settings and on the page.
    pub realm: Option<(&'a str, &'a str)>,
    /// What the browser works on while the person types; `None` on a quiet day.
    pub challenge: Option<&'a Challenge>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum IdentifyError {
    Empty,
    /// Too long, or with characters that no user name has.
    NotAUserName,
    /// Nobody has it, and the operator lets strangers know that.
    Unknown,
}

impl Sheet for IdentifyPage<'_> {
    const NAME: &'static str = "identify";

    fn frame(&self) -> &Frame<'_> {
        &self.frame
    }

    fn title(&self) -> String {
        self.frame.say("identify-title")
    }

    fn summary_title(&self) -> String {
        self.frame.say("identify-summary")
    }

    fn errors(&self) -> Vec<FieldError> {
        let Some(error) = self.error else { return Vec::new() };
        let key = match error {
            IdentifyError::Empty => "identify-empty",
            IdentifyError::NotAUserName => "identify-not-a-user-name",
            IdentifyError::Unknown => "identify-unknown",
        };
        vec![FieldError::of("username", self.frame.say(key))]
    }
}

impl IdentifyPage<'_> {
    fn hint(&self) -> String {
        match self.example {
            Some(example) => self.frame.words.say_with("identify-hint-example", &[("example", Arg::Text(example))]),
            None => self.frame.say("identify-hint"),
        }
    }

    pub fn render(&self) -> String {
        super::render(self)
    }
}
