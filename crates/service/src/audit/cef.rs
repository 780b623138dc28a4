//! The trail in ArcSight's Common Event Format (CEF, version 0 of the header), one event a line.
//!
//! Fields come from strangers: user names stand in the trail as they were typed. In the header `\` and `|` are escaped, in
//! the extension `\`, `=` and line breaks; other control characters are replaced.

use super::lines::{hex, utc};
use recovery::{AuditEvent, AuditResult};
use store::audit::{Entry, Head};

const VERSION: &str = env!("CARGO_PKG_VERSION");

/// A row as CEF.
pub fn event(entry: &Entry) -> String {
    let kind = AuditEvent::kind_named(&entry.event);
    let name = kind.map_or(entry.event.as_str(), |kind| kind.when.trim().trim_end_matches('.'));
    let result = kind.map(|kind| kind.result);
    let mut extension = Extension::new(entry.at);
    extension.add("externalId", &format!("{}:{}", entry.node, entry.seq));
    extension.add("dvchost", &entry.node.to_string());
    extension.add("outcome", result.map_or("", AuditResult::name));
    if let Some(person) = entry.person.value() {
        extension.add("duser", &person.user_name);
        extension.add("duid", &hex(&person.account));
    }
    if let Some(network) = entry.network.value() {
        match network.strip_suffix("/32") {
            Some(address) => extension.add("src", address),
            None => extension.custom("cs3", "network", network),
        }
    }
    extension.custom("cs1", "reference", &entry.reference);
    extension.custom("cs2", "realm", &entry.realm);
    extension.custom("cs4", "activity", kind.and_then(|kind| kind.activity).unwrap_or(""));
    extension.custom("cs5", "hash", &hex(&entry.hash));
    extension.custom("cn1", "sequence", &entry.seq.to_string());
    extension.add("msg", &entry.detail);
    line(&entry.event, name, severity(result), &extension)
}

/// A signed head as CEF.
pub fn head(head: &Head) -> String {
    let mut extension = Extension::new(head.at);
    extension.add("externalId", &format!("{}:{}", head.node, head.tip.seq));
    extension.add("dvchost", &head.node.to_string());
    extension.custom("cs5", "hash", &hex(&head.tip.hash));
    extension.custom("cs6", "signature", &hex(&head.signature));
    extension.custom("cn1", "sequence", &head.tip.seq.to_string());
    extension.add("end", &utc(head.at));
    line("audit_head", "A signed head of the audit trail", 1, &extension)
}

/// From 0 to 10, as CEF counts.
const fn severity(result: Option<AuditResult>) -> u8 {
    match result {
        Some(AuditResult::Alarm) => 9,
        Some(AuditResult::Failure) => 5,
        Some(AuditResult::Success) | None => 3,
    }
}

fn line(id: &str, name: &str, severity: u8, extension: &Extension) -> String {
    format!("CEF:0|Regain|Regain|{VERSION}|{}|{}|{severity}|{}", in_header(id), in_header(name), extension.0)
}

/// `key=value` after `key=value`.
struct Extension(String);

impl Extension {
    fn new(at: i64) -> Self {
        Self(format!("rt={at}"))
    }

    /// An empty value is left out.
    fn add(&mut self, key: &str, value: &str) {
        if !value.is_empty() {
            self.0 += &format!(" {key}={}", in_extension(value));
        }
    }

    /// One of CEF's own numbered fields, with the label that says what it is.
    fn custom(&mut self, key: &str, label: &str, value: &str) {
        if !value.is_empty() {
            self.0 += &format!(" {key}Label={label}");
            self.add(key, value);
        }
    }
}

fn in_header(text: &str) -> String {
    text.chars().fold(String::with_capacity(text.len()), |mut out, c| {
        match c {
            '\\' | '|' => out.extend(['\\', c]),
            c if c.is_control() => out.push(char::REPLACEMENT_CHARACTER),
            c => out.push(c),
        }
        out
    })
}

fn in_extension(text: &str) -> String {
    text.chars().fold(String::with_capacity(text.len()), |mut out, c| {
        match c {
            '\\' | '=' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            c if c.is_control() => out.push(char::REPLACEMENT_CHARACTER),
            c => out.push(c),
        }
        out
    })
}

#[cfg(test)]
mod tests {
    use super::super::tests::{entry, head as a_head, named};
    use super::*;

    #[test]
    fn a_row_is_one_line_of_cef() {
        let line = event(&entry());
        assert!(line.starts_with("CEF:0|Regain|Regain|"), "{line}");
        assert!(line.contains("|code_wrong|A wrong code was typed|5|rt=1790000000000 "), "{line}");
        for part in ["duser=anna@school.example", " src=192.0.2.7 ", "cs1Label=reference cs1=R7K 2MQ", " msg=gate\\=1"]
        {
            assert!(line.contains(part), "{part}: {line}");
        }
        assert!(head(&a_head()).contains("|audit_head|"));
    }

    #[test]
    fn what_a_stranger_typed_makes_no_field_and_no_line() {
        let line = event(&named("x|y\\ src=10.0.0.1\r\nCEF:0|\u{0}\u{7f}"));
        assert_eq!(line.lines().count(), 1, "{line:?}");
        assert!(line.contains("duser=x|y\\\\ src\\=10.0.0.1\\r\\nCEF:0|\u{fffd}\u{fffd}"), "{line:?}");
        assert_eq!(in_header("a|b\\c\nd"), "a\\|b\\\\c\u{fffd}d");
    }
}
