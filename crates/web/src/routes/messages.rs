//! The demo's messages: a page, the same as JSON, and each mail as it looks.

use super::{Clothes, error_page, ok};
use crate::answer::{Answer, bare};
use crate::call::Call;
use crate::pages::error::ErrorKind;
use crate::pages::messages::{MAIL_POLICY, MessagesPage, ShownMessage, mail_document};
use crate::{BoardMessage, Site, WalkTitle};
use http::StatusCode;
use http::header::{CONTENT_SECURITY_POLICY, HeaderValue, X_FRAME_OPTIONS};

pub fn answer(site: &Site, call: &Call) -> Answer {
    let messages = site.board.as_ref().map(|board| board.messages()).unwrap_or_default();
    match call.path.as_str() {
        "/demo/messages" => show(site, call, messages),
        "/demo/messages.json" => bare(StatusCode::OK, "application/json", json(&messages).to_string()),
        path => match mail(path, &messages) {
            Some(mail) => document(mail),
            None => error_page(site, call, ErrorKind::NotFound, StatusCode::NOT_FOUND, None),
        },
    }
}

fn show(site: &Site, call: &Call, messages: Vec<BoardMessage>) -> Answer {
    let shown: Vec<ShownMessage> = messages.into_iter().map(shown).collect();
    let clothes = Clothes::of(site, call, "");
    let frame = clothes.frame(site, call, WalkTitle::Demo);
    let mut answer = ok(site, call, MessagesPage { frame, messages: &shown }.render());
    let policy = HeaderValue::from_str(site.looks.messages_policy());
    answer
        .headers_mut()
        .insert(CONTENT_SECURITY_POLICY, policy.unwrap_or(HeaderValue::from_static("default-src 'none'")));
    answer
}

fn shown(message: BoardMessage) -> ShownMessage {
    let is_mail = !message.html.is_empty();
    ShownMessage {
        id: message.id,
        channel: message.channel,
        from: Some(message.from).filter(|from| !from.is_empty()),
        to: message.to,
        subject: is_mail.then_some(message.subject),
        text: message.text,
        html_path: is_mail.then(|| format!("/demo/messages/{}", message.id)),
        at: message.at,
    }
}

fn json(messages: &[BoardMessage]) -> serde_json::Value {
    let time =
        |message: &BoardMessage| jiff::Timestamp::from_millisecond(message.at.millis()).unwrap_or_default().to_string();
    let one = |message: &BoardMessage| {
        serde_json::json!({
            "id": message.id,
            "channel": message.channel.name(),
            "to": message.to,
            "subject": message.subject,
            "text": message.text,
            "at": time(message),
        })
    };
    messages.iter().map(one).collect()
}

fn mail<'a>(path: &str, messages: &'a [BoardMessage]) -> Option<&'a BoardMessage> {
    let id: u64 = path.strip_prefix("/demo/messages/")?.parse().ok()?;
    messages.iter().find(|message| message.id == id && !message.html.is_empty())
}

fn document(mail: &BoardMessage) -> Answer {
    let mut answer = bare(StatusCode::OK, "text/html; charset=utf-8", mail_document(&mail.html));
    answer.headers_mut().insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(MAIL_POLICY));
    answer.headers_mut().insert(X_FRAME_OPTIONS, HeaderValue::from_static("SAMEORIGIN"));
    answer
}
