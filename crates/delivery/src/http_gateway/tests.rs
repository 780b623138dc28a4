//! Gateways described by templates, against a recording server of our own and against a real Kannel (packages kannel and
//! kannel-extras).

mod kannel;
mod presets;
mod recorder;
mod settings;
mod wire;

use super::*;
use recorder::Recorder;
use recovery::{Password, PhoneNumber};

const NUMBER: &str = "+32470123467";

fn number() -> PhoneNumber {
    PhoneNumber::parse(NUMBER, "BE").expect("a number")
}

fn sms(text: &str) -> Message {
    Message { id: "outbox-17".to_owned(), body: Body::Sms { to: number(), text: text.to_owned() } }
}

fn call(text: &str, language: &str) -> Message {
    let body = Body::Call { to: number(), text: text.to_owned(), language: language.to_owned() };
    Message { id: "outbox-18".to_owned(), body }
}

fn password(text: &str) -> Password {
    Password::new(text).expect("not empty")
}

fn gateway(options: Options) -> HttpGateway {
    HttpGateway::new(options).expect("good settings")
}

/// A gateway with everything in its query, which is enough where only the answer counts.
fn simple(url: &str) -> Options {
    Options::new("sms", Carries::Sms, format!("{url}/send?to={{to}}&text={{text}}"))
}
