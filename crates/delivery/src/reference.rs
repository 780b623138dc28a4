//! The server's own reference of a message, made fit for a log: no contact and no code in it, whatever the server echoed.

use crate::{Body, Message};

/// The longest reference that is kept, in characters.
const REFERENCE_CHARS_MAX: usize = 100;

/// A run of so many digits in the message may be its code.
const CODE_DIGITS_MIN: usize = 4;

/// The fewest digits of a code. In a message it stands in groups (`599 523`) or digit by digit, and an echo of it may too.
const WHOLE_CODE_DIGITS: usize = 6;

/// The words of a server's answer that say nothing of the person: those with the contact, with an `@`, or with digits that stand
/// in the message are left out. An answer that echoes a code in whatever groups keeps no digits at all.
pub fn harmless(answer: &str, message: &Message) -> String {
    let private = private_parts(&message.body);
    let echoes = echoes_code(answer, &message.body);
    let mut kept = String::new();
    for word in answer.split_whitespace() {
        let lower = word.to_lowercase();
        let betrays = lower.contains('@')
            || (echoes && lower.contains(|c: char| c.is_ascii_digit()))
            || private.iter().any(|part| lower.contains(part.as_str()));
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

/// Whether as many digits as a code has stand in the same order in both, whatever stands between them.
fn echoes_code(answer: &str, body: &Body) -> bool {
    let ours = match body {
        Body::Mail { subject, text, .. } => digits(subject) + &digits(text),
        Body::Sms { to, text } | Body::Call { to, text, .. } => digits(to.e164()) + &digits(text),
    };
    let theirs = digits(answer);
    (WHOLE_CODE_DIGITS..=theirs.len()).any(|end| ours.contains(&theirs[end - WHOLE_CODE_DIGITS..end]))
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
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
        assert_eq!(harmless("Ok <ANNA@ecole.example> anna/599523 599523 XYZ", &message), "Ok XYZ");

        let to = PhoneNumber::parse("+32470123467", "BE").expect("a number");
        let message = Message { id: "1".into(), body: Body::Sms { to, text: "Code 599523".into() } };
        assert_eq!(harmless("SM12 32470123467 x599523", &message), "");
        assert_eq!(harmless("SM12 queued", &message), "SM12 queued");
    }

    /// Found by the fuzz target `gateway`.
    #[test]
    fn a_code_in_groups_is_no_reference_either() {
        let to = PhoneNumber::parse("+32470123467", "BE").expect("a number");
        for text in ["Code 599 523, 10 minutes", "Code: 5, 9, 9, 5, 2, 3.", "599523"] {
            let body = Body::Call { to: to.clone(), text: text.into(), language: "en".into() };
            let message = Message { id: "1".into(), body };
            for echo in ["id=599523=00", "599 523", "5, 9, 9, 5, 2, 3", "5-9-9-5-2-3", "0470 12 34 67"] {
                assert_eq!(harmless(&format!("queued {echo} well"), &message), "queued well", "{text} {echo}");
            }
            assert_eq!(harmless("2.0.0 Ok: queued as 4XYZ123", &message), "2.0.0 Ok: queued as 4XYZ123");
        }
    }
}
