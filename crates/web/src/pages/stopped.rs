//! Where a walk can't go on: what happened, what the person can do now, and whom to call.

use super::{Sheet, strong, strong_whole};
use crate::Frame;
use askama::Template;
use language::Html;
use recovery::{Obstacle, Stop};

#[derive(Template)]
#[template(path = "pages/stopped.html")]
pub struct StoppedPage<'a> {
    pub frame: Frame<'a>,
    pub ending: Ending<'a>,
    /// Whether nothing was proven yet: where the operator discloses at once why an account can't finish.
    pub at_once: bool,
}

/// Why the walk stands still.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Ending<'a> {
    /// The recovery has ended.
    Stop(&'a Stop),
    /// The password was given to the directory. `unclear`: it did not say what became of it.
    Writing { unclear: bool },
    /// Someone else has to answer first.
    WaitingForHelp,
    /// The page was of an older state or another visit, or its form was not ours.
    NotValid,
    /// The browser sent no cookie, or none that we know.
    NoCookie,
}

impl Ending<'_> {
    /// The ending's part of the keys of its sentences.
    const fn key(self) -> &'static str {
        match self {
            Ending::Stop(stop) => match stop {
                Stop::TooManyAttempts => "too-many-attempts",
                Stop::Paused { .. } => "paused",
                Stop::TooLate => "too-late",
                Stop::NoMethod => "no-method",
                Stop::Cancelled => "cancelled",
                Stop::Obstacle(Obstacle::TooFewMethods) => "too-few-methods",
                Stop::Obstacle(Obstacle::Disabled) => "disabled",
                Stop::Obstacle(Obstacle::Paused) => "reported",
                Stop::Obstacle(Obstacle::FreshContacts { .. }) => "fresh-contacts",
                Stop::ProofsVoid => "proofs-void",
                Stop::AccountUnusable => "account-unusable",
                Stop::WriteNotAllowed => "write-not-allowed",
                Stop::NeverSettled => "never-settled",
            },
            Ending::Writing { unclear: true } => "unclear",
            Ending::Writing { unclear: false } => "writing",
            Ending::WaitingForHelp => "waiting",
            Ending::NotValid => "not-valid",
            Ending::NoCookie => "no-cookie",
        }
    }

    /// Whether starting again at once can help.
    const fn can_start_again(self) -> bool {
        matches!(
            self,
            Ending::Stop(
                Stop::TooManyAttempts | Stop::TooLate | Stop::Cancelled | Stop::NeverSettled | Stop::ProofsVoid,
            ) | Ending::NotValid
                | Ending::NoCookie
        )
    }

    /// Whether only people can help.
    const fn needs_people(self) -> bool {
        matches!(self, Ending::Stop(Stop::NoMethod | Stop::Obstacle(_) | Stop::AccountUnusable | Stop::WriteNotAllowed))
    }

    /// Whether the page can look again.
    const fn can_look(self) -> bool {
        matches!(self, Ending::Writing { .. } | Ending::WaitingForHelp)
    }
}

impl Sheet for StoppedPage<'_> {
    const NAME: &'static str = "stopped";

    fn frame(&self) -> &Frame<'_> {
        &self.frame
    }

    fn title(&self) -> String {
        self.frame.say(&self.key("title"))
    }

    fn may_change_account(&self) -> bool {
        false
    }
}

impl StoppedPage<'_> {
    pub fn render(&self) -> String {
        super::render(self)
    }

    fn key(&self, part: &str) -> String {
        format!("stopped-{}-{part}", self.ending.key())
    }

    /// The sentence of this ending; a pause, or a contact that does not count yet, says until when.
    fn html(&self, part: &str) -> Html {
        let until = match self.ending {
            Ending::Stop(Stop::Paused { until } | Stop::Obstacle(Obstacle::FreshContacts { until })) => {
                strong(&self.frame.moment(*until))
            }
            _ => Html::default(),
        };
        self.frame.html(&self.key(part), &[("until", until)])
    }

    fn what(&self) -> Html {
        let tells_at_once = self.at_once && matches!(self.ending, Ending::Stop(Stop::Obstacle(_)));
        self.html(if tells_at_once { "at-once" } else { "what" })
    }

    fn help(&self) -> Html {
        match self.frame.reference {
            Some(reference) => self.frame.html("stopped-call-reference", &[("reference", strong_whole(reference))]),
            None => self.frame.html("stopped-call", &[]),
        }
    }

    fn waits(&self) -> bool {
        !self.ending.needs_people()
    }
}
