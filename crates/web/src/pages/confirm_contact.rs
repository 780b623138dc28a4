//! Page 5 of the walk: the number or address, typed in full.

use super::{FieldError, Sheet, notice};
use crate::Frame;
use askama::Template;
use language::{Arg, Html};
use recovery::{ContactPage, Line, Mask, MethodKind, Notice};

/// How numbers are written at home and from abroad, by country (ISO 3166-1): for the hint.
/// Where a regulator keeps numbers for fiction, these are such; else plain rows of digits.
const EXAMPLES: [(&str, &str, &str); 8] = [
    ("AT", "0664 123456", "+43 664 123456"),
    ("BE", "0470 12 34 56", "+32 470 12 34 56"),
    ("CH", "078 123 45 67", "+41 78 123 45 67"),
    ("DE", "0171 3920012", "+49 171 3920012"),
    ("FR", "06 39 98 00 12", "+33 6 39 98 00 12"),
    ("GB", "07700 900123", "+44 7700 900123"),
    ("LU", "628 123 456", "+352 628 123 456"),
    ("NL", "06 12345678", "+31 6 12345678"),
];

#[derive(Template)]
#[template(path = "pages/confirm-contact.html")]
pub struct ConfirmContactPage<'a> {
    pub frame: Frame<'a>,
    pub page: &'a ContactPage<'a>,
    /// What was typed before, to mend it.
    pub typed: &'a str,
    pub notice: Option<&'a Notice>,
}

impl Sheet for ConfirmContactPage<'_> {
    const NAME: &'static str = "confirm-contact";

    fn frame(&self) -> &Frame<'_> {
        &self.frame
    }

    fn title(&self) -> String {
        self.frame.say(match self.page.mask {
            Mask::Email { .. } => "contact-title-email",
            Mask::Phone { line: Line::Mobile, .. } => "contact-title-mobile",
            Mask::Phone { line: Line::Office, .. } => "contact-title-office",
        })
    }

    fn summary_title(&self) -> String {
        self.frame.say(if self.is_phone() { "contact-summary-phone" } else { "contact-summary-email" })
    }

    fn errors(&self) -> Vec<FieldError> {
        if self.notice == Some(&Notice::DoesNotFitMask) {
            return vec![FieldError::of(self.field(), self.does_not_fit())];
        }
        notice::errors(&self.frame, self.notice, Some(self.field()))
    }

    fn news(&self) -> Option<Html> {
        notice::news(&self.frame, self.notice)
    }
}

impl ConfirmContactPage<'_> {
    pub fn render(&self) -> String {
        super::render(self)
    }

    fn is_phone(&self) -> bool {
        self.page.kind.is_phone()
    }

    fn field(&self) -> &'static str {
        if self.is_phone() { "phone" } else { "email" }
    }

    fn does_not_fit(&self) -> String {
        let key = if self.is_phone() { "notice-does-not-fit-phone" } else { "notice-does-not-fit-email" };
        self.frame.words.say_with(key, &[("mask", Arg::Text(&self.frame.spoken_mask(self.page.mask)))])
    }

    fn lead(&self) -> Html {
        let key = if self.is_phone() { "contact-lead-phone" } else { "contact-lead-email" };
        self.frame.html(key, &[("mask", self.frame.mask(self.page.mask))])
    }

    fn label(&self) -> String {
        self.frame.say(match self.page.mask {
            Mask::Email { .. } => "contact-label-email",
            Mask::Phone { line: Line::Mobile, .. } => "contact-label-mobile",
            Mask::Phone { line: Line::Office, .. } => "contact-label-office",
        })
    }

    fn hint(&self) -> Html {
        if !self.is_phone() {
            return self.frame.html("contact-hint-email", &[]);
        }
        let ltr = |text: &str| Html::raw(format!("<bdi class=\"whole\" dir=\"ltr\">{}</bdi>", Html::text(text)));
        let mobile = matches!(self.page.mask, Mask::Phone { line: Line::Mobile, .. });
        match EXAMPLES.iter().find(|(country, ..)| mobile && *country == self.frame.region) {
            Some((_, home, abroad)) => {
                self.frame.html("contact-hint-phone-example", &[("home", ltr(home)), ("abroad", ltr(abroad))])
            }
            None => self.frame.html("contact-hint-phone", &[]),
        }
    }

    fn send(&self) -> String {
        self.frame.say(match self.page.kind {
            MethodKind::Email => "contact-send-email",
            MethodKind::Sms => "contact-send-sms",
            MethodKind::Call => "contact-send-call",
        })
    }

    fn changed_help(&self) -> String {
        self.frame.say(if self.is_phone() { "contact-changed-phone" } else { "contact-changed-email" })
    }
}
