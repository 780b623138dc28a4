//! The trail as syslog messages (RFC 5424), framed for TLS by their length (RFC 5425 §4.3).
//!
//! The structured data carries what a search wants; the message itself is the whole row as JSON or CEF. In a value `"`, `\`
//! and `]` are escaped (RFC 5424 §6.3.3) and control characters replaced.

use super::lines::{AuditLine, hex, utc};
use super::{AuditFormat, cef};
use recovery::{AuditEvent, AuditResult, detail_fields};
use store::audit::{Entry, Head};

/// "log audit" (RFC 5424 §6.2.1).
const FACILITY: u8 = 13;

/// The name of our structured data. 32473 is the number that RFC 5612 keeps for those who have none of their own.
const STRUCTURED: &str = "regain@32473";

/// The longest HOSTNAME (RFC 5424 §6).
const HOST_MAX: usize = 255;

/// The frame of a row.
pub fn event(entry: &Entry, host: &str, format: AuditFormat) -> Vec<u8> {
    let result = AuditEvent::kind_named(&entry.event).map(|kind| kind.result);
    let mut data = Structured::new();
    data.add("node", &entry.node.to_string());
    data.add("seq", &entry.seq.to_string());
    data.add("reference", &entry.reference);
    data.add("realm", &entry.realm);
    data.add("result", result.map_or("", AuditResult::name));
    for (key, word) in detail_fields(&entry.detail) {
        data.add(key, word);
    }
    if let Some(person) = entry.person.value() {
        data.add("user", &person.user_name);
    }
    if let Some(network) = entry.network.value() {
        data.add("network", network);
    }
    data.add("hash", &hex(&entry.hash));
    let message = match format {
        AuditFormat::Json => AuditLine::Event(Box::new(entry.clone())).to_text(),
        AuditFormat::Cef => cef::event(entry),
    };
    frame(severity(result), entry.at, host, &entry.event, &data, &message)
}

/// The frame of a signed head.
pub fn head(head: &Head, host: &str, format: AuditFormat) -> Vec<u8> {
    let mut data = Structured::new();
    data.add("node", &head.node.to_string());
    data.add("seq", &head.tip.seq.to_string());
    data.add("hash", &hex(&head.tip.hash));
    let message = match format {
        AuditFormat::Json => AuditLine::Head(head.clone()).to_text(),
        AuditFormat::Cef => cef::head(head),
    };
    frame(6, head.at, host, "audit_head", &data, &message)
}

/// As RFC 5424 §6.2.1 numbers them: 1 alert, 4 warning, 6 informational.
const fn severity(result: Option<AuditResult>) -> u8 {
    match result {
        Some(AuditResult::Alarm) => 1,
        Some(AuditResult::Failure) => 4,
        Some(AuditResult::Success) | None => 6,
    }
}

fn frame(severity: u8, at: i64, host: &str, id: &str, data: &Structured, message: &str) -> Vec<u8> {
    let priority = FACILITY * 8 + severity;
    let (time, host) = (utc(at), host_name(host));
    let message = format!("<{priority}>1 {time} {host} regain - {id} [{STRUCTURED}{}] {message}", data.0);
    format!("{} {message}", message.len()).into_bytes()
}

/// A name of visible ASCII, or none.
fn host_name(host: &str) -> &str {
    let is_one = !host.is_empty() && host.len() <= HOST_MAX && host.bytes().all(|byte| byte.is_ascii_graphic());
    if is_one { host } else { "-" }
}

struct Structured(String);

impl Structured {
    const fn new() -> Self {
        Self(String::new())
    }

    /// An empty value is left out.
    fn add(&mut self, key: &str, value: &str) {
        if value.is_empty() {
            return;
        }
        self.0 += &format!(" {key}=\"");
        for c in value.chars() {
            match c {
                '"' | '\\' | ']' => self.0.extend(['\\', c]),
                c if c.is_control() => self.0.push(char::REPLACEMENT_CHARACTER),
                c => self.0.push(c),
            }
        }
        self.0.push('"');
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{entry, head as a_head, named};
    use super::*;

    fn text(frame: Vec<u8>) -> String {
        let text = String::from_utf8(frame).expect("text");
        let (length, message) = text.split_once(' ').expect("a length");
        assert_eq!(length.parse(), Ok(message.len()), "{text}");
        message.to_owned()
    }

    #[test]
    fn a_row_is_a_message_of_rfc_5424() {
        let message = text(event(&entry(), "account.school.example", AuditFormat::Json));
        let begin =
            "<108>1 2026-09-21T14:13:20.000Z account.school.example regain - code_wrong [regain@32473 node=\"01";
        assert!(message.starts_with(begin), "{message}");
        assert!(message.contains("gate=\"1\" user=\"anna@school.example\" network=\"192.0.2.7/32\""), "{message}");
        let (_, json) = message.split_once("] ").expect("a message");
        assert_eq!(AuditLine::parse(json), Ok(AuditLine::Event(Box::new(entry()))));
        let cef = text(event(&entry(), "not a host", AuditFormat::Cef));
        assert!(cef.contains(" - regain - code_wrong ") && cef.contains("] CEF:0|Regain|"), "{cef}");
        assert!(text(head(&a_head(), "h", AuditFormat::Json)).contains(" h regain - audit_head ["));
    }

    #[test]
    fn what_a_stranger_typed_ends_no_value() {
        let message = text(event(&named("a\"] [x@1 y=\"\\\n"), "h", AuditFormat::Json));
        assert!(message.contains("user=\"a\\\"\\] [x@1 y=\\\"\\\\\u{fffd}\""), "{message}");
        assert_eq!(message.lines().count(), 1);
    }
}
