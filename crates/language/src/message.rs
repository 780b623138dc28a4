//! What Regain sends: codes, notices, and letters to the secretariat, as mail, SMS and call.
//!
//! Each message is a struct with what it speaks of; `mail`, `sms` and `call` write it in one language. Nothing here knows the
//! contact it goes to or the channel that carries it.

mod alert;
mod budget;
mod code;
mod contacts;
mod letter;
mod obstacle;
mod reset;
mod sheet;
mod short;
mod unclear;

#[cfg(test)]
mod tests;

pub use alert::NotMeAlert;
pub use budget::{BudgetWarning, Spent};
pub use code::CodeMessage;
pub use contacts::ContactsNotice;
pub use letter::LetterToSecretariat;
pub use obstacle::ObstacleNotice;
pub use reset::ResetNotice;
pub use unclear::UnclearNotice;

use crate::TimeZone;
use std::fmt;

/// Who sends, as the messages name it. The texts are in the language of the message; empty ones are left out.
#[derive(Clone, Debug)]
pub struct Organisation {
    pub name: String,
    /// The name in an SMS: at best no longer than 24 characters.
    pub short_name: String,
    /// The colour of the mail's header, `#rrggbb`; it carries white text (contrast 4.5:1). Anything else gives Regain's own.
    pub brand: String,
    pub zone: TimeZone,
    pub secretariat: Secretariat,
    /// The page about personal data, for notices by mail.
    pub privacy_url: String,
}

/// Whom a person can ask. A telephone number or an e-mail address at least should be there.
#[derive(Clone, Default, Debug)]
pub struct Secretariat {
    pub name: String,
    pub telephone: String,
    pub email: String,
    pub hours: String,
    pub address: String,
}

impl Secretariat {
    /// The best single way to reach it: telephone, else mail, else address, else its name.
    pub fn contact(&self) -> &str {
        let ways = [&self.telephone, &self.email, &self.address, &self.name];
        ways.into_iter().find(|way| !way.trim().is_empty()).map_or("", String::as_str)
    }
}

/// A mail, the same content as text and as HTML. It does not print: it may hold a code.
#[derive(Clone, PartialEq, Eq)]
pub struct Mail {
    /// One line, without code and without anything that somebody typed.
    pub subject: String,
    pub text: String,
    pub html: String,
}

/// An SMS in the GSM-7 alphabet, at most two segments. It does not print.
#[derive(Clone, PartialEq, Eq)]
pub struct Sms(pub String);

/// What a call says. It does not print.
#[derive(Clone, PartialEq, Eq)]
pub struct Spoken(pub String);

impl fmt::Debug for Mail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Mail({} …)", self.subject)
    }
}

impl fmt::Debug for Sms {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Sms(…)")
    }
}

impl fmt::Debug for Spoken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Spoken(…)")
    }
}

/// One line of what came from outside: control characters become spaces, signs that turn the reading direction are dropped.
pub(crate) fn one_line(text: &str) -> String {
    text.chars().filter(|c| !turns_direction(*c)).map(|c| if breaks_line(c) { ' ' } else { c }).collect()
}

/// Several lines of what came from outside, at most `chars_max` characters.
pub(crate) fn lines(text: &str, chars_max: usize) -> Vec<String> {
    let text: String = text.replace("\r\n", "\n").chars().take(chars_max).collect();
    text.trim().split(['\n', '\r', '\u{2028}', '\u{2029}']).map(one_line).collect()
}

fn breaks_line(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}')
}

fn turns_direction(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}
