//! Ready descriptions of some gateways. Each is nothing but [`Options`] made from a few inputs; change any of them afterwards.
//!
//! **Kannel** was tested against the real program (1.4.5). **Twilio** and **OVHcloud** were tested against an emulation only: what is sent
//! is compared with their public documentation, and nothing was ever sent to them.
//!
//! There is no preset for calls through Twilio. A call must wait for a key press before the code is spoken, so that voicemail
//! does not keep it, and `<Gather>`, the TwiML verb for key presses, always goes on with a document that it fetches from its
//! `action` URL; what follows it in the same document is spoken when *nobody* presses a key. So that takes a server that Twilio
//! can reach, or a document on Twilio's side that gets the code in a URL, which Regain does not do. An operator who has such a thing on
//! their side (a Studio flow that waits for a key press, say) can describe it with [`Options`] and `asks_key_press`.

use super::{
    Authentication, BodyKind, BodyTemplate, Carries, Method, Options, Reference, Refused, Success, template::literally,
};
use recovery::Password;

/// A Kannel SMS gateway's `sendsms` interface, for example `http://127.0.0.1:13013/cgi-bin/sendsms` (on another machine: its
/// `sendsms-port-ssl`). `from` is the sender that the person sees, if the provider allows it.
///
/// The request is a POST with `X-Kannel-…` headers rather than a GET, which would write the password and the code into Kannel's
/// access log. Texts beyond the GSM alphabet go as UCS-2. `202` with `0: Accepted for delivery` or `3: Queued for later delivery` is
/// success, `403` means wrong credentials, `503` later.
pub fn kannel(
    name: impl Into<String>,
    url: impl Into<String>,
    user_name: &str,
    password: Password,
    from: &str,
) -> Options {
    let header = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    Options {
        method: Method::Post,
        headers: vec![
            header("X-Kannel-Username", &literally(user_name)),
            header("X-Kannel-Password", "{secret.password}"),
            header("X-Kannel-From", &literally(from)),
            header("X-Kannel-To", "{to}"),
            header("X-Kannel-Coding", "{gsm7:0|2}"),
        ],
        body: Some(BodyTemplate { kind: BodyKind::Text, template: "{text}".to_owned() }),
        success: Success { body_matches: Some(r"^\s*[03]:".to_owned()), ..Success::default() },
        secrets: [("password".to_owned(), password)].into(),
        ..Options::new(name, Carries::Sms, url)
    }
}

/// SMS by Twilio's Messages resource (API version 2010-04-01). `user_name` and `password` are an API key's SID and secret (better: it
/// can be revoked alone) or the account's SID and token. `from` is a number (`+1…`), a sender name, or the SID of a messaging
/// service (`MG…`).
///
/// Twilio answers 400 to a number that it can't reach and to a sender that it does not know alike, and asks not to rely on the
/// codes in its answers: so a wrong `from` shows as refused messages.
pub fn twilio_sms(
    name: impl Into<String>,
    account_sid: &str,
    user_name: &str,
    password: Password,
    from: &str,
) -> Options {
    let sender = if from.starts_with("MG") { "MessagingServiceSid" } else { "From" };
    let account_sid: String = account_sid.chars().filter(char::is_ascii_alphanumeric).collect();
    let from: String = form_urlencoded::byte_serialize(literally(from).as_bytes()).collect();
    Options {
        method: Method::Post,
        body: Some(BodyTemplate { kind: BodyKind::Form, template: format!("To={{to}}&{sender}={from}&Body={{text}}") }),
        authentication: Authentication::Basic { user_name: user_name.to_owned(), password },
        reference: Some(Reference::Json("/sid".to_owned())),
        ..Options::new(
            name,
            Carries::Sms,
            format!("https://api.twilio.com/2010-04-01/Accounts/{account_sid}/Messages.json"),
        )
    }
}

/// SMS by the OVHcloud API (`POST /sms/{serviceName}/jobs`, Europe), signed. `service_name` is the SMS account (`sms-ab12345-1`), `sender` one
/// of its validated senders; the keys come from the API's token page, with the right `POST /sms/*/jobs`. The machine's clock must be right.
///
/// OVHcloud's simpler `http2sms` interface is not used: it wants the password and the text in the URL.
pub fn ovhcloud_sms(
    name: impl Into<String>,
    service_name: &str,
    sender: &str,
    application_key: &str,
    application_secret: Password,
    consumer_key: Password,
) -> Options {
    let service: String =
        service_name.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-' || *c == '_').collect();
    let body = serde_json::json!({
        "charset": "UTF-8",
        "class": "phoneDisplay",
        "coding": "{gsm7:7bit|8bit}",
        "message": "{text}",
        "noStopClause": true,
        "priority": "high",
        "receivers": ["{to}"],
        "sender": literally(sender),
        "senderForResponse": false,
    });
    Options {
        method: Method::Post,
        body: Some(BodyTemplate { kind: BodyKind::Json, template: body.to_string() }),
        authentication: Authentication::Ovh {
            application_key: application_key.to_owned(),
            application_secret,
            consumer_key,
        },
        success: Success { body_matches: Some(r#""validReceivers"\s*:\s*\[\s*""#.to_owned()), ..Success::default() },
        refused: Refused { body_matches: Some(r#""validReceivers"\s*:\s*\[\s*\]"#.to_owned()), ..Refused::default() },
        reference: Some(Reference::Json("/ids/0".to_owned())),
        ..Options::new(name, Carries::Sms, format!("https://eu.api.ovh.com/1.0/sms/{service}/jobs"))
    }
}
