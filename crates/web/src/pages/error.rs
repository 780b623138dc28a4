//! What a person sees when a page does not exist or a request fails. Never a bare "error".

use super::{Sheet, strong_whole};
use crate::Frame;
use askama::Template;
use language::Html;

#[derive(Template)]
#[template(path = "pages/error.html")]
pub struct ErrorPage<'a> {
    pub frame: Frame<'a>,
    pub kind: ErrorKind,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ErrorKind {
    /// 404: no such page.
    NotFound,
    /// 400, 405, 413, 415: the request is not one that a page of ours makes.
    NotUnderstood,
    /// 429: too many requests from here.
    TooMany,
    /// 500: our mistake. The frame's reference is in the log.
    Broken,
    /// 503: for the moment it can't be done.
    Busy,
}

impl ErrorKind {
    pub const ALL: [ErrorKind; 5] = [Self::NotFound, Self::NotUnderstood, Self::TooMany, Self::Broken, Self::Busy];

    const fn key(self) -> &'static str {
        match self {
            ErrorKind::NotFound => "not-found",
            ErrorKind::NotUnderstood => "not-understood",
            ErrorKind::TooMany => "too-many",
            ErrorKind::Broken => "broken",
            ErrorKind::Busy => "busy",
        }
    }
}

impl Sheet for ErrorPage<'_> {
    const NAME: &'static str = "error";

    fn frame(&self) -> &Frame<'_> {
        &self.frame
    }

    fn title(&self) -> String {
        self.frame.say(&format!("error-{}-title", self.kind.key()))
    }

    fn may_change_account(&self) -> bool {
        false
    }
}

impl ErrorPage<'_> {
    pub fn render(&self) -> String {
        super::render(self)
    }

    fn what(&self) -> String {
        self.frame.say(&format!("error-{}-what", self.kind.key()))
    }

    fn reference_line(&self) -> Option<Html> {
        let reference = self.frame.reference?;
        Some(self.frame.html("stopped-call-reference", &[("reference", strong_whole(reference))]))
    }
}
