//! A short letter to the secretariat. It asks nothing that betrays an account.

use super::{FieldError, Sheet, strong_whole};
use crate::Frame;
use askama::Template;
use language::{Arg, Html};
use recovery::Timestamp;

#[derive(Template)]
#[template(path = "pages/contact-helpdesk.html")]
pub struct ContactHelpdeskPage<'a> {
    pub frame: Frame<'a>,
    pub state: Letter<'a>,
}

/// The letter, before and after it is sent.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Letter<'a> {
    /// Being written; what was typed before, and what is wrong with it.
    Writing {
        typed: Typed<'a>,
        errors: &'a [LetterError],
    },
    Sent,
}

/// What was typed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Typed<'a> {
    pub name: &'a str,
    pub reach: &'a str,
    pub what: &'a str,
}

/// Why the letter was not sent.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum LetterError {
    NoName,
    NoReach,
    NoWhat,
    /// The letter is longer than this many characters.
    TooLong {
        chars_max: u32,
    },
    /// Too many letters from here.
    Paused {
        until: Timestamp,
    },
    /// It could not be handed over.
    NotSent,
    /// The form was of an older visit.
    NotValid,
}

impl Sheet for ContactHelpdeskPage<'_> {
    const NAME: &'static str = "contact-helpdesk";

    fn frame(&self) -> &Frame<'_> {
        &self.frame
    }

    fn title(&self) -> String {
        self.frame.say(match self.state {
            Letter::Writing { .. } => "letter-title",
            Letter::Sent => "letter-sent-title",
        })
    }

    fn summary_title(&self) -> String {
        self.frame.say("letter-summary")
    }

    fn errors(&self) -> Vec<FieldError> {
        match self.state {
            Letter::Writing { errors, .. } => errors.iter().map(|error| self.error(*error)).collect(),
            Letter::Sent => Vec::new(),
        }
    }

    fn may_change_account(&self) -> bool {
        false
    }
}

impl ContactHelpdeskPage<'_> {
    pub fn render(&self) -> String {
        super::render(self)
    }

    fn error(&self, error: LetterError) -> FieldError {
        let frame = &self.frame;
        match error {
            LetterError::NoName => FieldError::of("name", frame.say("letter-no-name")),
            LetterError::NoReach => FieldError::of("reach", frame.say("letter-no-reach")),
            LetterError::NoWhat => FieldError::of("what", frame.say("letter-no-what")),
            LetterError::TooLong { chars_max } => {
                FieldError::of("what", frame.count("letter-too-long", i64::from(chars_max)))
            }
            LetterError::Paused { until } => {
                let moment = frame.moment(until);
                let text = frame.words.say_with("letter-paused", &[("moment", Arg::Text(&moment))]);
                FieldError { field: None, text }
            }
            LetterError::NotSent => FieldError { field: None, text: frame.say("letter-not-sent") },
            LetterError::NotValid => FieldError { field: None, text: frame.say("form-not-valid") },
        }
    }

    fn typed(&self) -> Option<Typed<'_>> {
        match self.state {
            Letter::Writing { typed, .. } => Some(typed),
            Letter::Sent => None,
        }
    }

    fn has_error(&self, field: &str) -> bool {
        !self.errors_of(field).is_empty()
    }

    fn reference_line(&self) -> Option<Html> {
        let reference = self.frame.reference?;
        Some(self.frame.html("letter-reference", &[("reference", strong_whole(reference))]))
    }
}
