//! The demo's mailbox and phone, side by side. These exist only in the demo.

use super::Sheet;
use crate::Frame;
use askama::Template;
use recovery::{MethodKind, Timestamp};

/// The Content-Security-Policy of a mail that is shown in a frame: its own looks, nothing else. A link in it may lead the
/// whole window away when the person follows it.
pub const MAIL_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; \
     form-action 'none'; frame-ancestors 'self'; sandbox allow-top-navigation-by-user-activation";

#[derive(Template)]
#[template(path = "pages/messages.html")]
pub struct MessagesPage<'a> {
    pub frame: Frame<'a>,
    /// Oldest first; the page shows the newest first.
    pub messages: &'a [ShownMessage],
}

/// A message as it arrived.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ShownMessage {
    pub id: u64,
    pub channel: MethodKind,
    /// Who sent it, where the channel says so.
    pub from: Option<String>,
    pub to: String,
    /// Of a mail.
    pub subject: Option<String>,
    pub text: String,
    /// Where a mail's HTML is served, as [`mail_document`] under [`MAIL_POLICY`].
    pub html_path: Option<String>,
    pub at: Timestamp,
}

/// A mail's HTML as it is served into the frame: its links open in the window, not in the frame.
pub fn mail_document(html: &str) -> String {
    html.replacen("<head>", "<head><base target=\"_top\">", 1)
}

impl Sheet for MessagesPage<'_> {
    const NAME: &'static str = "messages";

    fn frame(&self) -> &Frame<'_> {
        &self.frame
    }

    fn title(&self) -> String {
        self.frame.say("messages-title")
    }

    fn style(&self) -> &str {
        self.frame.looks.messages_style()
    }
}

impl MessagesPage<'_> {
    pub fn render(&self) -> String {
        super::render(self)
    }

    fn mails(&self) -> Vec<&ShownMessage> {
        self.messages.iter().rev().filter(|message| message.channel == MethodKind::Email).collect()
    }

    fn phone(&self) -> Vec<&ShownMessage> {
        self.messages.iter().rev().filter(|message| message.channel.is_phone()).collect()
    }

    fn is_call(&self, message: &ShownMessage) -> bool {
        message.channel == MethodKind::Call
    }

    fn at(&self, message: &ShownMessage) -> String {
        self.frame.moment(message.at)
    }
}
