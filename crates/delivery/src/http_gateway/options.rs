//! The description of a gateway, and what can be wrong with it.

use super::template::TemplateError;
use crate::tls::TrustError;
use recovery::Password;
use std::{collections::BTreeMap, ops::RangeInclusive, path::PathBuf, time::Duration};

/// What a gateway carries.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Carries {
    Sms,
    Call,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Method {
    Get,
    Post,
    Put,
}

/// How the body of the request is written; it decides on the escaping and the `Content-Type`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum BodyKind {
    /// `application/x-www-form-urlencoded`: `name=value&name=value`. A plain `+` stands for a space, as in any form.
    Form,
    /// `application/json`. Placeholders stand inside strings.
    Json,
    /// `application/xml`. Placeholders stand in texts or in attributes within quotes.
    Xml,
    /// `text/plain` in UTF-8, where nothing needs escaping. Best left to `{text}` alone.
    Text,
}

#[derive(Clone, Debug)]
pub struct BodyTemplate {
    pub kind: BodyKind,
    pub template: String,
}

/// How Regain shows the gateway who it is, beyond what `headers` and `secrets` can say.
#[derive(Clone, Debug, Default)]
pub enum Authentication {
    #[default]
    None,
    /// HTTP Basic (RFC 7617).
    Basic { user_name: String, password: Password },
    /// The signature of the OVHcloud API: `X-Ovh-Application`, `X-Ovh-Consumer`, `X-Ovh-Timestamp`, and `X-Ovh-Signature`, which is
    /// `$1$` and the SHA-1 of secret, consumer key, method, URL, body and time, joined by `+`. Needs a clock that is right.
    Ovh { application_key: String, application_secret: Password, consumer_key: Password },
}

/// What an answer must be to mean that the message was taken. Where one of these is not met by an answer with a fitting status, the
/// message counts as not taken: `Later`.
#[derive(Clone, Debug)]
pub struct Success {
    pub statuses: Vec<RangeInclusive<u16>>,
    /// A text that the body holds.
    pub body_contains: Option<String>,
    /// A regular expression that the body matches (the syntax of Rust's `regex-lite`).
    pub body_matches: Option<String>,
}

impl Default for Success {
    fn default() -> Self {
        Self { statuses: vec![200..=299], body_contains: None, body_matches: None }
    }
}

/// What an answer must be to mean that the gateway will never take this message for this number.
#[derive(Clone, Debug)]
pub struct Refused {
    pub statuses: Vec<u16>,
    /// A regular expression that the body matches, whatever the status.
    pub body_matches: Option<String>,
}

impl Default for Refused {
    fn default() -> Self {
        Self { statuses: vec![400, 404, 422], body_matches: None }
    }
}

/// Where the gateway's own name for the message stands in its answer.
#[derive(Clone, Debug)]
pub enum Reference {
    /// In a JSON body, by a JSON pointer (RFC 6901) such as `/sid`.
    Json(String),
    /// What the first group of a regular expression matches in the body.
    Matches(String),
    /// In a header of this name.
    Header(String),
}

/// One gateway. Placeholders in `url`, `headers` and `body`:
///
/// | placeholder | stands for |
/// |---|---|
/// | `{to}` | the number, `+32470123467` |
/// | `{to_digits}` | the number without the plus |
/// | `{text}` | what is sent or spoken |
/// | `{language}` | calls only: the language of the text, `fr` |
/// | `{id}` | the message's own name, the same at every try |
/// | `{gsm7:A\|B}` | `A` if the text fits into the GSM 7-bit alphabet (3GPP TS 23.038), else `B` |
/// | `{secret.NAME}` | one of `secrets` |
///
/// Each is escaped for where it stands, so that no text can end the value it is in. `{{` stands for one brace.
#[derive(Clone, Debug)]
pub struct Options {
    /// The channel's name in the settings.
    pub name: String,
    pub carries: Carries,
    pub method: Method,
    /// `https://…`; `http://…` only to this machine.
    pub url: String,
    pub headers: Vec<(String, String)>,
    pub body: Option<BodyTemplate>,
    pub authentication: Authentication,
    pub success: Success,
    pub refused: Refused,
    /// Statuses that mean "later", before anything else is looked at. 408, 425, 429 and 500 to 599 always do.
    pub retry_statuses: Vec<u16>,
    pub reference: Option<Reference>,
    pub secrets: BTreeMap<String, Password>,
    /// A PEM file of the authorities to trust in place of the system's.
    pub ca_file: Option<PathBuf>,
    /// The limit for name look-up, TCP and TLS.
    pub connect_timeout: Duration,
    /// The limit for the whole exchange, connecting included.
    pub timeout: Duration,
    /// For calls: the operator states that the gateway speaks only after the person has pressed a key. Without that, a code would
    /// end up on voicemail, which is often open to anyone who can guess four digits or fake a number.
    pub asks_key_press: bool,
}

impl Options {
    /// A GET of this URL, which succeeds with any status from 200 to 299. 5 seconds to connect, 15 in all.
    pub fn new(name: impl Into<String>, carries: Carries, url: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            carries,
            method: Method::Get,
            url: url.into(),
            headers: Vec::new(),
            body: None,
            authentication: Authentication::None,
            success: Success::default(),
            refused: Refused::default(),
            retry_statuses: Vec::new(),
            reference: None,
            secrets: BTreeMap::new(),
            ca_file: None,
            connect_timeout: Duration::from_secs(5),
            timeout: Duration::from_secs(15),
            asks_key_press: false,
        }
    }
}

/// What is wrong with the description of a gateway. No text holds a secret.
#[derive(thiserror::Error, Debug)]
pub enum OptionsError {
    #[error("{place}: {error}")]
    Template { place: String, error: TemplateError },
    #[error("the URL is not one: {0}; it starts with https:// and a host name")]
    Url(String),
    #[error("the host of the URL can't have a placeholder in it: what is sent where is the operator's choice alone")]
    HostWithPlaceholder,
    #[error("the URL can't hold a user name and password; use `authentication` or a header with {{secret.NAME}}")]
    UrlWithCredentials,
    #[error("the URL can't hold a `#`: what follows it is never sent (a number sign is written %23)")]
    UrlWithFragment,
    #[error(
        "{0} is not this machine, and numbers and codes must not travel unprotected: the URL must start with https://"
    )]
    PlainBeyondThisMachine(String),
    #[error("{0:?} can't be the name of a header here")]
    HeaderName(String),
    #[error("the header {0} can't hold line breaks or control characters")]
    HeaderValue(String),
    #[error("a GET has no body; use POST or PUT")]
    GetWithBody,
    #[error("the body is not JSON: {0} (placeholders stand inside quotes: \"{{text}}\")")]
    Json(String),
    #[error("the request never says {0}")]
    NeverSays(&'static str),
    #[error("`{place}` is not a regular expression: {reason}")]
    Pattern { place: &'static str, reason: String },
    #[error("`{0}` has no group: write what to keep in parentheses")]
    PatternWithoutGroup(&'static str),
    #[error("{0:?} is not a JSON pointer: it starts with a slash")]
    Pointer(String),
    #[error(
        "a call may only go through a gateway that asks for a key press before it speaks, or voicemail would keep the code; \
         if yours does, say so with asks_key_press = true"
    )]
    SpeaksToVoicemail,
    #[error(transparent)]
    Trust(#[from] TrustError),
    #[error("the HTTP client can't be set up: {0}")]
    Client(String),
}
