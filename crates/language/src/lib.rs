//! Every sentence a person sees or hears, in French, Dutch, German and English.
//!
//! One door: [`Languages`] holds the texts, [`Words`] says a sentence in one of them. This room knows no page, no channel and
//! no clock: who calls it brings the time and the names. The sentences are Fluent files in `texts/<tag>/`: `common.ftl` (times,
//! names), `messages.ftl` (what is sent) and `pages.ftl` (what is shown).

mod accept;
mod device;
pub mod gsm;
mod html;
mod languages;
mod message;
mod time;
mod words;

pub use device::{Browser, Device, System, device};
pub use html::Html;
pub use jiff::tz::TimeZone;
pub use languages::{LanguageError, Languages};
pub use message::{
    BudgetWarning, CodeMessage, ContactsNotice, LetterToSecretariat, Mail, NotMeAlert, ObstacleNotice, Organisation,
    ResetNotice, Secretariat, Sms, Spent, Spoken, UnclearNotice,
};
pub use recovery::Timestamp;
pub use words::{Arg, Words};
