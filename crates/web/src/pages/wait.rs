//! Between page 2 and page 3 while the site is under attack: a turn to wait for, or work that the browser does by itself.

use super::{FieldError, Sheet, notice, strong};
use crate::Frame;
use askama::Template;
use language::{Arg, Html};
use recovery::Timestamp;
use service::Challenge;

#[derive(Template)]
#[template(path = "pages/wait.html")]
pub struct WaitPage<'a> {
    /// With the user name as it was typed.
    pub frame: Frame<'a>,
    /// The kind of account that was chosen, where there is a choice.
    pub realm: Option<&'a str>,
    pub turn: Turn<'a>,
    /// For a browser with scripts, which then need not wait.
    pub challenge: &'a Challenge,
}

/// When a browser without scripts may go on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Turn<'a> {
    /// At this time, with this ticket. `early`: it tried before.
    At { at: Timestamp, ticket: &'a str, early: bool },
    /// All turns are taken; at this time there are others.
    Full { again_at: Timestamp },
}

impl Sheet for WaitPage<'_> {
    const NAME: &'static str = "wait";

    fn frame(&self) -> &Frame<'_> {
        &self.frame
    }

    fn title(&self) -> String {
        self.frame.say(match self.turn {
            Turn::At { .. } => "wait-title",
            Turn::Full { .. } => "wait-full-title",
        })
    }

    fn summary_title(&self) -> String {
        self.frame.say("wait-summary")
    }

    fn errors(&self) -> Vec<FieldError> {
        match self.turn {
            Turn::At { at, early: true, .. } => {
                let wait = notice::wait(&self.frame, at);
                let text = self.frame.words.say_with("wait-not-yet", &[("wait", Arg::Text(&wait))]);
                vec![FieldError { field: None, text }]
            }
            _ => Vec::new(),
        }
    }
}

impl WaitPage<'_> {
    pub fn render(&self) -> String {
        super::render(self)
    }

    fn user_name(&self) -> &str {
        self.frame.who.unwrap_or("")
    }

    fn ticket(&self) -> &str {
        match self.turn {
            Turn::At { ticket, .. } => ticket,
            Turn::Full { .. } => "",
        }
    }

    fn what(&self) -> String {
        self.frame.say(match self.turn {
            Turn::At { .. } => "wait-what",
            Turn::Full { .. } => "wait-full-what",
        })
    }

    fn now(&self) -> Html {
        let (key, at) = match self.turn {
            Turn::At { at, .. } => ("wait-now", at),
            Turn::Full { again_at } => ("wait-full-now", again_at),
        };
        self.frame.html(key, &[("wait", strong(&notice::wait(&self.frame, at)))])
    }

    fn button(&self) -> String {
        self.frame.say(match self.turn {
            Turn::At { .. } => "wait-go-on",
            Turn::Full { .. } => "wait-try-again",
        })
    }
}
