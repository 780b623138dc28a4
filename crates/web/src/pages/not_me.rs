//! "That was not me": the owner of an account reports a reset or a code they did not ask for.

use super::Sheet;
use crate::Frame;
use askama::Template;
use language::Arg;
use recovery::Timestamp;

#[derive(Template)]
#[template(path = "pages/not-me.html")]
pub struct NotMePage<'a> {
    pub frame: Frame<'a>,
    pub state: Report<'a>,
}

/// The report, before and after it is made.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Report<'a> {
    /// To be confirmed: opening a link must do nothing, since mail scanners open links.
    Confirm {
        /// The number of the link.
        number: &'a str,
        /// When the password was reset, where that is what the message told.
        reset_at: Option<Timestamp>,
    },
    /// Made: the secretariat knows, and further recoveries pause for so many hours.
    Done { pause_hours: u32 },
    /// The link is too old, was used, or never was one.
    Unknown,
}

impl Sheet for NotMePage<'_> {
    const NAME: &'static str = "not-me";

    fn frame(&self) -> &Frame<'_> {
        &self.frame
    }

    fn title(&self) -> String {
        self.frame.say(match self.state {
            Report::Confirm { .. } => "not-me-title",
            Report::Done { .. } => "not-me-done-title",
            Report::Unknown => "not-me-unknown-title",
        })
    }

    fn may_change_account(&self) -> bool {
        false
    }
}

impl NotMePage<'_> {
    pub fn render(&self) -> String {
        super::render(self)
    }

    fn what(&self) -> String {
        match self.state {
            Report::Confirm { reset_at: Some(at), .. } => {
                let moment = self.frame.words.day_and_clock(at, self.frame.zone);
                self.frame.words.say_with("not-me-what-reset", &[("moment", Arg::Text(&moment))])
            }
            Report::Confirm { .. } => self.frame.say("not-me-what"),
            Report::Done { pause_hours } => self.frame.count("not-me-done", i64::from(pause_hours)),
            Report::Unknown => self.frame.say("not-me-unknown"),
        }
    }
}
