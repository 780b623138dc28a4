//! The channels: what carries codes and notices, by the kind of server or gateway. Sends nothing.

use crate::format::{Mailbox, WebAddress};
use crate::policy::Method;
use crate::secret::Secret;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::PathBuf;

/// A channel, by its kind.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Channel {
    /// A mail server. At least one is needed: notices and letters go by mail.
    Smtp(SmtpChannel),
    /// Any gateway with an HTTP interface. In `url`, in the values of `headers` and in `body` these are put in, escaped
    /// as the place needs: `{to}` (the number, `+32…`), `{to_digits}` (without the `+`), `{text}`, `{language}`, `{id}`
    /// (the same at every try) and `{secret.NAME}`.
    Http(Box<HttpChannel>),
    /// Kannel's `sendsms`: SMS.
    Kannel(KannelChannel),
    /// Twilio: SMS.
    Twilio(TwilioChannel),
    /// OVHcloud: SMS.
    Ovhcloud(OvhcloudChannel),
}

/// What an HTTP gateway carries.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Carries {
    Sms,
    Call,
}

impl Channel {
    /// The channel's name in the log.
    pub fn name(&self) -> &str {
        match self {
            Channel::Smtp(channel) => &channel.name,
            Channel::Http(channel) => &channel.name,
            Channel::Kannel(channel) => &channel.name,
            Channel::Twilio(channel) => &channel.name,
            Channel::Ovhcloud(channel) => &channel.name,
        }
    }

    /// The method whose messages it carries.
    pub const fn carries(&self) -> Method {
        match self {
            Channel::Smtp(_) => Method::Email,
            Channel::Kannel(_) | Channel::Twilio(_) | Channel::Ovhcloud(_) => Method::Sms,
            Channel::Http(channel) => channel.carries.method(),
        }
    }

    pub(crate) fn paths_mut(&mut self) -> Vec<&mut PathBuf> {
        let (secrets, file): (Vec<&mut Secret>, Option<&mut PathBuf>) = match self {
            Channel::Smtp(channel) => (channel.password.iter_mut().collect(), channel.ca_file.as_mut()),
            Channel::Http(channel) => (channel.secrets.values_mut().collect(), None),
            Channel::Kannel(channel) => (vec![&mut channel.password], None),
            Channel::Twilio(channel) => (vec![&mut channel.auth_token], None),
            Channel::Ovhcloud(channel) => (vec![&mut channel.application_secret, &mut channel.consumer_key], None),
        };
        secrets.into_iter().filter_map(Secret::path_mut).chain(file).collect()
    }
}

impl Carries {
    const fn method(self) -> Method {
        match self {
            Carries::Sms => Method::Sms,
            Carries::Call => Method::Call,
        }
    }
}

/// A mail server.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SmtpChannel {
    /// The channel's name in the log.
    #[serde(default = "smtp_name")]
    #[schemars(length(min = 1, max = 40))]
    pub name: String,
    /// The server's host name; its certificate must bear it.
    #[schemars(length(min = 1), example = &"smtp.school.example")]
    pub server: String,
    /// The port. 587 with `starttls`, 465 with `tls` and 25 with `plain` where nothing is said.
    #[schemars(range(min = 1, max = 65535), example = 587)]
    pub port: Option<u16>,
    /// How the connection is protected.
    #[serde(default)]
    pub security: MailSecurity,
    /// The user name, where the server wants one.
    #[schemars(example = &"regain@school.example")]
    pub user_name: Option<String>,
    /// Where its password is.
    #[schemars(example = serde_json::json!({ "file": "/etc/regain/smtp-password" }))]
    pub password: Option<Secret>,
    /// Who writes: an address, or a name and an address in angle brackets.
    #[schemars(example = &"École <regain@school.example>")]
    pub from: Mailbox,
    /// The authority that signed the server's certificate, PEM. The system's own where nothing is said.
    #[schemars(example = &"/etc/regain/smtp-ca.pem")]
    pub ca_file: Option<PathBuf>,
}

impl SmtpChannel {
    /// The port, by the kind of connection where the settings say none.
    pub fn port_or_default(&self) -> u16 {
        self.port.unwrap_or(match self.security {
            MailSecurity::Starttls => 587,
            MailSecurity::Tls => 465,
            MailSecurity::Plain => 25,
        })
    }
}

/// How a connection to a mail server is protected.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum MailSecurity {
    /// STARTTLS, and nothing without it (RFC 3207).
    #[default]
    Starttls,
    /// TLS from the first byte (RFC 8314).
    Tls,
    /// None: only to a server on this machine.
    Plain,
}

/// A gateway with an HTTP interface, see [`Channel::Http`].
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct HttpChannel {
    /// The channel's name in the log.
    #[schemars(length(min = 1, max = 40), example = &"gateway")]
    pub name: String,
    /// What it carries.
    #[schemars(example = &"sms")]
    pub carries: Carries,
    /// The method of the request.
    #[serde(default)]
    pub method: HttpMethod,
    /// The address: `https://`; `http://` only for this machine itself.
    #[schemars(example = &"https://gateway.example/send")]
    pub url: WebAddress,
    /// More header fields.
    #[serde(default)]
    #[schemars(example = serde_json::json!({ "Authorization": "Bearer {secret.token}" }))]
    pub headers: BTreeMap<String, String>,
    /// What is sent with `POST` and `PUT`.
    #[schemars(example = serde_json::json!({ "form": { "to": "{to}", "text": "{text}" } }))]
    pub body: Option<HttpBody>,
    /// The statuses that mean that the gateway has taken the message.
    #[serde(default = "success_statuses")]
    #[schemars(length(min = 1, max = 20), inner(range(min = 100, max = 599)))]
    pub success_statuses: Vec<u16>,
    /// What the answer must hold as well to mean it, for gateways that answer 200 to everything.
    #[schemars(example = &"\"status\":\"accepted\"")]
    pub success_contains: Option<String>,
    /// Where the secrets are that `{secret.NAME}` puts in, by name.
    #[serde(default)]
    #[schemars(example = serde_json::json!({ "token": { "file": "/etc/regain/gateway-token" } }))]
    pub secrets: BTreeMap<String, Secret>,
    /// For calls: whether the gateway asks for a key press before it speaks. Without one a code could be left on an
    /// answering machine, so a call needs it.
    #[serde(default)]
    pub asks_key_press: bool,
}

fn smtp_name() -> String {
    "smtp".to_owned()
}

fn success_statuses() -> Vec<u16> {
    vec![200, 201, 202, 204]
}

/// The method of a request.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "UPPERCASE")]
pub enum HttpMethod {
    Get,
    #[default]
    Post,
    Put,
}

/// What a request carries.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum HttpBody {
    /// Fields of a form (`application/x-www-form-urlencoded`).
    Form(BTreeMap<String, String>),
    /// A JSON text (`application/json`), in which what is put in is escaped.
    Json(String),
    /// Plain text, as it is.
    Text(String),
}

/// Kannel's `sendsms` interface.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct KannelChannel {
    /// The channel's name in the log.
    #[serde(default = "kannel_name")]
    #[schemars(length(min = 1, max = 40))]
    pub name: String,
    /// The address of `sendsms`: `https://`; `http://` only for this machine itself.
    #[schemars(example = &"http://127.0.0.1:13013/cgi-bin/sendsms")]
    pub url: WebAddress,
    /// The user name (Kannel's group `sendsms-user`).
    #[schemars(length(min = 1), example = &"regain")]
    pub user_name: String,
    /// Where its password is.
    #[schemars(example = serde_json::json!({ "file": "/etc/regain/kannel-password" }))]
    pub password: Secret,
    /// The sender that people see, where the operator's network lets one choose. Kannel refuses messages without one, unless
    /// its own settings have a `global-sender`.
    #[schemars(length(min = 1, max = 20), example = &"School")]
    pub from: Option<String>,
}

fn kannel_name() -> String {
    "kannel".to_owned()
}

/// Twilio's Messages resource: SMS. Its calls speak without waiting for a key press, so Regain makes none by it.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TwilioChannel {
    /// The channel's name in the log.
    #[serde(default = "twilio_name")]
    #[schemars(length(min = 1, max = 40))]
    pub name: String,
    /// The account's SID; it begins with `AC`.
    #[schemars(length(min = 1), example = &"AC00000000000000000000000000000000")]
    pub account_sid: String,
    /// Where the account's token is.
    #[schemars(example = serde_json::json!({ "file": "/etc/regain/twilio-token" }))]
    pub auth_token: Secret,
    /// The number or name from which messages come, or the SID of a messaging service (`MG…`).
    #[schemars(length(min = 1, max = 40), example = &"+3200000000")]
    pub from: String,
}

fn twilio_name() -> String {
    "twilio".to_owned()
}

/// OVHcloud's API, with signed requests. The machine's clock must be right.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OvhcloudChannel {
    /// The channel's name in the log.
    #[serde(default = "ovhcloud_name")]
    #[schemars(length(min = 1, max = 40))]
    pub name: String,
    /// The SMS account: `sms-` and what follows.
    #[schemars(length(min = 1), example = &"sms-xx00000-1")]
    pub account: String,
    /// The application key, from the API's token page.
    #[schemars(length(min = 1), example = &"7kbG7Bk7S9Nt7ZSV")]
    pub application_key: String,
    /// Where the application secret is.
    #[schemars(example = serde_json::json!({ "file": "/etc/regain/ovhcloud-secret" }))]
    pub application_secret: Secret,
    /// Where the consumer key is. It needs the right `POST /sms/*/jobs`, nothing more.
    #[schemars(example = serde_json::json!({ "file": "/etc/regain/ovhcloud-consumer-key" }))]
    pub consumer_key: Secret,
    /// The sender, as registered there.
    #[schemars(length(min = 1, max = 20), example = &"School")]
    pub from: String,
}

fn ovhcloud_name() -> String {
    "ovhcloud".to_owned()
}
