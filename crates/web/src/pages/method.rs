//! Pages 3 and 4 of the walk: how to prove it, with which contact.

use super::{FieldError, Sheet, link, notice};
use crate::Frame;
use askama::Template;
use language::Html;
use recovery::{Line, Mask, MethodKind, Notice};

#[derive(Template)]
#[template(path = "pages/method.html")]
pub struct MethodPage<'a> {
    pub frame: Frame<'a>,
    pub page: &'a recovery::MethodPage<'a>,
    pub notice: Option<&'a Notice>,
}

/// One method as a row.
struct Row {
    value: String,
    icon: &'static str,
    name: String,
    contact: Html,
}

impl Sheet for MethodPage<'_> {
    const NAME: &'static str = "method";

    fn frame(&self) -> &Frame<'_> {
        &self.frame
    }

    fn title(&self) -> String {
        self.frame.say(if self.done() == 0 { "method-title" } else { "method-title-again" })
    }

    fn summary_title(&self) -> String {
        self.frame.say("method-summary")
    }

    fn errors(&self) -> Vec<FieldError> {
        notice::errors(&self.frame, self.notice, None)
    }

    fn news(&self) -> Option<Html> {
        notice::news(&self.frame, self.notice)
    }
}

impl MethodPage<'_> {
    pub fn render(&self) -> String {
        super::render(self)
    }

    fn done(&self) -> usize {
        self.frame.trail.map_or(0, |trail| trail.done)
    }

    fn lead(&self) -> String {
        let left = self.frame.trail.map_or(1, |trail| trail.steps.saturating_sub(trail.done + 1));
        self.frame.say(match (self.done(), left) {
            (0, 0 | 1) => "method-lead-only",
            (0, _) => "method-lead-first",
            (_, 0 | 1) => "method-lead-last",
            _ => "method-lead-more",
        })
    }

    fn rows(&self) -> Vec<Row> {
        let offers = &self.page.offers;
        let several = |kind: MethodKind| offers.iter().filter(|(_, offer)| offer.kind == kind).count() > 1;
        offers
            .iter()
            .map(|(place, offer)| {
                let kind = offer.kind.name();
                Row {
                    value: if several(offer.kind) { format!("{kind}:{place}") } else { kind.to_owned() },
                    icon: kind,
                    name: self.frame.say(match offer.kind {
                        MethodKind::Email => "method-email",
                        MethodKind::Sms => "method-sms",
                        MethodKind::Call => "method-call",
                    }),
                    contact: self.contact(&offer.mask),
                }
            })
            .collect()
    }

    fn contact(&self, mask: &Mask) -> Html {
        let shown = self.frame.mask(mask);
        let line = match mask {
            Mask::Email { .. } => {
                let address = Html::text(&self.frame.say("line-email"));
                return Html::raw(format!("<span class=\"unseen\">{address}</span> {shown}"));
            }
            Mask::Phone { line: Line::Mobile, .. } => "line-mobile",
            Mask::Phone { line: Line::Office, .. } => "line-office",
        };
        Html::raw(format!("{} {shown}", Html::text(&self.frame.say(line))))
    }

    fn unknown_help(&self) -> Html {
        self.frame.html("method-unknown", &[("link", link("/recover/account", &self.frame.say("method-unknown-link")))])
    }
}
