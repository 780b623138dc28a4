//! The server's own reference of a message, made fit for a log: no contact and no code in it, whatever the server echoed.

use crate::{Body, Message};

/// The longest reference that is kept, in characters.
const REFERENCE_CHARS_MAX: usize = 100;

/// A run of so many digits in the message may be its code.
const CODE_DIGITS_MIN: usize = 4;

/// The words of a server's answer that say nothing of the person: those with the contact, with an `@`, or with digits that stand
/// in the message are left out.
pub fn harmless(answer: &str, message: &Message) -> String {
    let private = private_parts(&message.body);
    let mut kept = String::new();
    for word in answer.split_whitespace() {
        let lower = word.to_lowercase();
        let betrays = lower.contains('@') || private.iter().any(|part| lower.contains(part.as_str()));
        let plain = word.chars().all(|c| c.is_ascii_graphic());
        if betrays || !plain || kept.len() + word.len() >= REFERENCE_CHARS_MAX {
            continue;
        }
        if !kept.is_empty() {
            kept.push(' ');
        }
        kept.push_str(word);
    }
    kept
}

fn private_parts(body: &Body) -> Vec<String> {
    match body {
        Body::Mail { to, subject, text, .. } => {
            let mut parts = digit_runs(subject);
            parts.extend(digit_runs(text));
            parts.push(to.local().to_lowercase());
            parts
        }
        Body::Sms { to, text } | Body::Call { to, text, .. } => {
            let mut parts = digit_runs(text);
            parts.extend(digit_runs(to.e164()));
            parts
        }
    }
}

fn digit_runs(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_ascii_digit())
        .filter(|run| run.len() >= CODE_DIGITS_MIN)
        .map(ToOwned::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use recovery::{EmailAddress, PhoneNumber};

    #[test]
    fn a_reference_holds_neither_contact_nor_code() {
        let to = EmailAddress::parse("anna@ecole.example").expect("an address");
        let body = Body::Mail {
            to,
            subject: "599523".into(),
            text: "Code 599523".into(),
            html: String::new(),
            language: "fr".into(),
        };
        let message = Message { id: "1".into(), body };
        assert_eq!(harmless("2.0.0 Ok: queued as 4XYZ", &message), "2.0.0 Ok: queued as 4XYZ");
        assert_eq!(harmless("Ok <ANNA@ecole.example> anna/599523 599523 4XYZ", &message), "Ok 4XYZ");

        let to = PhoneNumber::parse("+32470123467", "BE").expect("a number");
        let message = Message { id: "1".into(), body: Body::Sms { to, text: "Code 599523".into() } };
        assert_eq!(harmless("SM12 32470123467 x599523", &message), "SM12");
    }
}
