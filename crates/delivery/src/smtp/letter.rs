//! A mail as it goes over the line: headers, a plain text and an HTML part (RFC 5322, 2046, 3834).

use super::{Options, OptionsError};
use crate::{Body, DeliveryError, Message};
use lettre::{
    Address,
    message::{
        Mailbox, MultiPart, SinglePart,
        header::{ContentType, HeaderName, HeaderValue},
    },
};
use recovery::EmailAddress;

/// The longest subject that is sent, in characters. More is cut: a header is not the place for a text.
const SUBJECT_CHARS_MAX: usize = 200;

/// Who the mails are from.
pub struct Sender {
    from: Mailbox,
    /// The right-hand side of each `Message-ID`.
    domain: String,
}

/// A mail and its envelope.
pub struct Letter {
    pub from: Address,
    pub to: Address,
    pub bytes: Vec<u8>,
}

impl Sender {
    pub fn new(options: &Options) -> Result<Self, OptionsError> {
        let fault = || OptionsError::From(options.from.as_str().to_owned());
        let address = address(&options.from).ok_or_else(fault)?;
        let domain = options.from.domain();
        // It stands in the `Message-ID`, which is ASCII (RFC 5322 §3.6.4).
        if !domain.is_ascii() {
            return Err(fault());
        }
        let name = one_line(&options.from_name);
        Ok(Self { from: Mailbox::new((!name.is_empty()).then_some(name), address), domain })
    }

    /// # Errors
    /// `Refused` for an address that can't stand in a mail.
    pub fn write(&self, message: &Message) -> Result<Letter, DeliveryError> {
        let Body::Mail { to, subject, text, html, language } = &message.body else {
            return Err(DeliveryError::Misconfigured("only a mail can be written as a letter".to_owned()));
        };
        let to =
            address(to).ok_or_else(|| DeliveryError::Refused("the address can't be written in a mail".to_owned()))?;
        let subject: String = one_line(subject).chars().take(SUBJECT_CHARS_MAX).collect();
        let mut builder = lettre::Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, to.clone()))
            .subject(subject)
            .message_id(Some(self.message_id(&message.id)))
            .date_now()
            // No vacation notice and no out-of-office may answer a code (RFC 3834 §5).
            .raw_header(header("Auto-Submitted", "auto-generated"))
            .raw_header(header("X-Auto-Response-Suppress", "All"));
        if is_language(language) {
            builder = builder.raw_header(header("Content-Language", language));
        }
        let letter = builder
            .multipart(
                MultiPart::alternative()
                    .singlepart(part(ContentType::TEXT_PLAIN, text))
                    .singlepart(part(ContentType::TEXT_HTML, html)),
            )
            .map_err(|_| DeliveryError::Refused("the mail can't be written".to_owned()))?;
        Ok(Letter { from: self.from.email.clone(), to, bytes: letter.formatted() })
    }

    /// The same for the same message, at every try. Whatever may not stand in a `Message-ID` is written as `=` and two
    /// hexadecimal digits, so that two ids never become one.
    fn message_id(&self, id: &str) -> String {
        let mut left = String::new();
        for byte in id.bytes() {
            if byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_' {
                left.push(char::from(byte));
            } else {
                left.push_str(&format!("={byte:02x}"));
            }
        }
        format!("<{left}@{}>", self.domain)
    }
}

fn part(kind: ContentType, text: &str) -> SinglePart {
    SinglePart::builder().header(kind).body(text.to_owned())
}

fn address(address: &EmailAddress) -> Option<Address> {
    Address::new(address.local(), address.domain()).ok()
}

/// Line breaks and other control characters become spaces: a header has one line.
fn one_line(text: &str) -> String {
    let spaced: String =
        text.chars().map(|c| if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') { ' ' } else { c }).collect();
    spaced.trim().to_owned()
}

/// Whether it has the shape of a language tag (RFC 5646).
fn is_language(language: &str) -> bool {
    !language.is_empty() && language.len() <= 35 && language.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
}

fn header(name: &'static str, value: &str) -> HeaderValue {
    HeaderValue::new(HeaderName::new_from_ascii_str(name), value.to_owned())
}
