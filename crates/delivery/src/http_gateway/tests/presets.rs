//! The requests of the presets, compared with the providers' public documentation. Nothing is sent to the providers themselves.

use super::*;
use crate::http_gateway::presets;
use base64::{Engine, engine::general_purpose::STANDARD};
use sha1::{Digest, Sha1};

/// Puts the recorder in the provider's place, keeping the path.
fn instead(options: Options, provider: &str, recorder: &Recorder) -> Options {
    let path = options.url.strip_prefix(provider).expect("the provider's own address").to_owned();
    Options { url: format!("{}{path}", recorder.url), ..options }
}

#[tokio::test]
async fn twilio_gets_what_its_documentation_asks() {
    let recorder = Recorder::answering(201, r#"{"sid":"SM0123","status":"queued"}"#).await;
    let send = async |from: &str| {
        let options = presets::twilio_sms("twilio", "AC1234", "SK99", password("s3cret:x"), from);
        let options = instead(options, "https://api.twilio.com", &recorder);
        assert_eq!(gateway(options).send(&sms("Code: 599 523 & é +")).await.expect("taken"), "SM0123");
        recorder.last()
    };
    let request = send("+15551234567").await;
    assert_eq!(request.method, "POST");
    assert_eq!(request.target, "/2010-04-01/Accounts/AC1234/Messages.json");
    assert_eq!(request.header("content-type"), "application/x-www-form-urlencoded");
    assert_eq!(request.header("authorization"), format!("Basic {}", STANDARD.encode("SK99:s3cret:x")));
    assert_eq!(request.body, "To=%2B32470123467&From=%2B15551234567&Body=Code%3A+599+523+%26+%C3%A9+%2B");
    assert!(send("MG77").await.body.contains("&MessagingServiceSid=MG77&"));
    assert!(send("Ecole {text} & co").await.body.contains("&From=Ecole+%7Btext%7D+%26+co&"));
}

#[tokio::test]
async fn ovhcloud_gets_a_signed_job() {
    let taken = r#"{"totalCreditsRemoved":1,"invalidReceivers":[],"ids":[27814656],"validReceivers":["+32470123467"]}"#;
    let recorder = Recorder::answering(200, taken).await;
    let options =
        presets::ovhcloud_sms("ovh", "sms-ab12345-1", "ECOLE", "app-key", password("app-secret"), password("consumer"));
    let options = instead(options, "https://eu.api.ovh.com", &recorder);
    let ovh = gateway(options);
    for (text, coding) in [("Code 599523 é", "7bit"), ("Code 599523 ê", "8bit")] {
        assert_eq!(ovh.send(&sms(text)).await.expect("taken"), "27814656");
        let request = recorder.last();
        assert_eq!((request.method.as_str(), request.target.as_str()), ("POST", "/1.0/sms/sms-ab12345-1/jobs"));
        assert_eq!(request.header("content-type"), "application/json");
        let body: serde_json::Value = serde_json::from_str(&request.body).expect("JSON");
        assert_eq!(
            body,
            serde_json::json!({
                "charset": "UTF-8", "class": "phoneDisplay", "coding": coding, "message": text, "noStopClause": true,
                "priority": "high", "receivers": [NUMBER], "sender": "ECOLE", "senderForResponse": false,
            })
        );
        assert_eq!(request.header("x-ovh-application"), "app-key");
        assert_eq!(request.header("x-ovh-consumer"), "consumer");
        let time = request.header("x-ovh-timestamp");
        assert!(time.parse::<u64>().is_ok_and(|time| time > 1_700_000_000), "{time}");
        let signed = format!("app-secret+consumer+POST+{}{}+{}+{time}", recorder.url, request.target, request.body);
        let hash: String = Sha1::digest(signed).iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(request.header("x-ovh-signature"), format!("$1${hash}"));
        assert!(!format!("{request:?}").contains("app-secret"));
    }
}

#[tokio::test]
async fn a_number_that_ovhcloud_does_not_serve_is_refused() {
    let none = r#"{"totalCreditsRemoved":0,"invalidReceivers":["+32470123467"],"ids":[],"validReceivers":[]}"#;
    let recorder = Recorder::answering(200, none).await;
    let options = presets::ovhcloud_sms("ovh", "sms-ab12345-1", "ECOLE", "a", password("b"), password("c"));
    let sent = gateway(instead(options, "https://eu.api.ovh.com", &recorder)).send(&sms("Code")).await;
    assert!(matches!(sent, Err(DeliveryError::Refused(_))), "{sent:?}");
}
