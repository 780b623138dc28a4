//! What a failed SMTP command means to the outbox. The server's words are not passed on, since they often hold the
//! address: only its numbers are (RFC 5321 §4.2, RFC 3463).

use crate::{DeliveryError, tls};
use lettre::transport::smtp::Error;

/// How far a session had come.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Moment {
    Connecting,
    StartingTls,
    SigningIn,
    NamingSender,
    NamingRecipient,
    HandingOver,
    CheckingLine,
}

impl Moment {
    const fn in_words(self) -> &'static str {
        match self {
            Moment::Connecting => "at the greeting",
            Moment::StartingTls => "at STARTTLS",
            Moment::SigningIn => "at sign-in",
            Moment::NamingSender => "at the sender's address",
            Moment::NamingRecipient => "at the recipient's address",
            Moment::HandingOver => "at the mail itself",
            Moment::CheckingLine => "at NOOP",
        }
    }
}

/// Replies that say that Regain may not use the server (RFC 4954 §6, RFC 3207 §4).
const NOT_ALLOWED: [u16; 4] = [530, 534, 535, 538];

pub fn fault(moment: Moment, error: &Error) -> DeliveryError {
    if let Some(reason) = tls::fault(error) {
        return DeliveryError::Misconfigured(reason);
    }
    if let Some(code) = error.status() {
        return from_reply(moment, code.into(), enhanced(error).as_deref(), error.is_permanent());
    }
    if error.is_client() {
        return from_client(moment);
    }
    DeliveryError::Later(match moment {
        Moment::Connecting => "no connection to the server".to_owned(),
        _ => format!("the connection broke {}", moment.in_words()),
    })
}

/// What the client itself would not do: the server offers no STARTTLS, or no way to sign in that both know.
fn from_client(moment: Moment) -> DeliveryError {
    DeliveryError::Misconfigured(match moment {
        Moment::StartingTls => "the server offers no STARTTLS on this port".to_owned(),
        Moment::SigningIn => "the server offers neither AUTH PLAIN nor AUTH LOGIN on this port".to_owned(),
        _ => format!("the server's answer {} can't be read", moment.in_words()),
    })
}

fn from_reply(moment: Moment, code: u16, enhanced: Option<&str>, permanent: bool) -> DeliveryError {
    let text = match enhanced {
        Some(enhanced) => format!("the server answered {code} {enhanced} {}", moment.in_words()),
        None => format!("the server answered {code} {}", moment.in_words()),
    };
    // Class 7 is about rights and policy (RFC 3463 §3.8): relaying denied, the sender not allowed, mail held for spam. The
    // contact is not at fault.
    let rights = enhanced.is_some_and(|enhanced| enhanced.starts_with("5.7."));
    let about_contact = matches!(moment, Moment::NamingRecipient | Moment::HandingOver);
    if !permanent {
        DeliveryError::Later(text)
    } else if NOT_ALLOWED.contains(&code) || rights || !about_contact {
        DeliveryError::Misconfigured(text)
    } else {
        DeliveryError::Refused(text)
    }
}

/// The enhanced status code at the start of a reply's text, such as `5.1.1`; nothing else of the text.
fn enhanced(error: &Error) -> Option<String> {
    let text = std::error::Error::source(error)?.to_string();
    let word = text.split_whitespace().next()?;
    let mut parts = word.split('.');
    let number = |part: Option<&str>, digits: usize| {
        part.is_some_and(|part| (1..=digits).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit()))
    };
    let whole = number(parts.next(), 1) && number(parts.next(), 3) && number(parts.next(), 3) && parts.next().is_none();
    whole.then(|| word.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(moment: Moment, code: u16, enhanced: Option<&str>) -> &'static str {
        match from_reply(moment, code, enhanced, code >= 500) {
            DeliveryError::Later(_) => "later",
            DeliveryError::Refused(_) => "refused",
            DeliveryError::Misconfigured(_) => "misconfigured",
        }
    }

    #[test]
    fn a_reply_means_what_its_moment_makes_it() {
        assert_eq!(kind(Moment::NamingRecipient, 550, Some("5.1.1")), "refused");
        assert_eq!(kind(Moment::HandingOver, 552, None), "refused");
        assert_eq!(kind(Moment::NamingRecipient, 450, Some("4.2.0")), "later");
        assert_eq!(kind(Moment::NamingRecipient, 530, None), "misconfigured");
        assert_eq!(kind(Moment::NamingRecipient, 554, Some("5.7.1")), "misconfigured");
        assert_eq!(kind(Moment::NamingSender, 550, Some("5.1.8")), "misconfigured");
        assert_eq!(kind(Moment::SigningIn, 535, Some("5.7.8")), "misconfigured");
        assert_eq!(kind(Moment::SigningIn, 454, Some("4.7.0")), "later");
        assert_eq!(kind(Moment::Connecting, 421, None), "later");
        assert_eq!(kind(Moment::Connecting, 554, None), "misconfigured");
    }
}
