//! What goes over the line, and what the answers mean.

use super::*;
use proptest::prelude::*;
use recorder::Recorded;
use std::time::Instant;

const NO_WAIT: Duration = Duration::ZERO;

/// A gateway that is given the text in every place that there is.
fn everywhere(url: &str, kind: BodyKind, template: &str) -> Options {
    Options {
        method: Method::Post,
        headers: vec![("X-Text".to_owned(), "<{text}>".to_owned()), ("X-Key".to_owned(), "{secret.key}".to_owned())],
        body: Some(BodyTemplate { kind, template: template.to_owned() }),
        secrets: [("key".to_owned(), password("k&=\"e%y"))].into(),
        ..Options::new("sms", Carries::Sms, format!("{url}/a/{{to}}/send?to={{to_digits}}&text={{text}}&id={{id}}&x=1"))
    }
}

fn query(request: &Recorded) -> Vec<(String, String)> {
    let query = request.target.split_once('?').expect("a query").1;
    form_urlencoded::parse(query.as_bytes()).into_owned().collect()
}

fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

/// Sends a text in every kind of body, and reads it back as a server would.
async fn round(text: &str) {
    let recorder = Recorder::answering(200, "ok").await;
    let send = async |kind, template| {
        gateway(everywhere(&recorder.url, kind, template)).send(&sms(text)).await.expect("taken");
        let request = recorder.last();
        assert!(request.target.starts_with("/a/%2B32470123467/send?"), "{}", request.target);
        assert_eq!(query(&request), pairs(&[("to", "32470123467"), ("text", text), ("id", "outbox-17"), ("x", "1")]));
        let one_line: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        assert_eq!(request.header("x-text"), format!("<{one_line}>"));
        assert_eq!(request.header("x-key"), "k&=\"e%y");
        request
    };

    let request = send(BodyKind::Form, "to={to}&text={text}&key={secret.key}&fixed=a%26b").await;
    assert_eq!(request.header("content-type"), "application/x-www-form-urlencoded");
    let form: Vec<_> = form_urlencoded::parse(request.body.as_bytes()).into_owned().collect();
    assert_eq!(form, pairs(&[("to", NUMBER), ("text", text), ("key", "k&=\"e%y"), ("fixed", "a&b")]));

    let template = r#"{"to":["{to}"],"message":{"text":"<{text}>","n":1,"key":"{secret.key}"},"none":null}"#;
    let request = send(BodyKind::Json, template).await;
    assert_eq!(request.header("content-type"), "application/json");
    let json: serde_json::Value = serde_json::from_str(&request.body).expect("JSON");
    let message = serde_json::json!({"text": format!("<{text}>"), "n": 1, "key": "k&=\"e%y"});
    assert_eq!(json, serde_json::json!({"to": [NUMBER], "message": message, "none": null}));

    let request = send(BodyKind::Text, "{text}").await;
    assert_eq!(request.header("content-type"), "text/plain; charset=utf-8");
    assert_eq!(request.body, text);

    let request = send(BodyKind::Xml, "<sms to=\"{to}\">{text}</sms>").await;
    let inner = request.body.strip_prefix("<sms to=\"+32470123467\">").and_then(|rest| rest.strip_suffix("</sms>"));
    assert!(!inner.expect("the same frame").contains(['<', '>', '"']), "{}", request.body);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_text_arrives_whole_and_breaks_out_of_nothing(text in "\\PC{0,40}|[a&=%+#?/\\\\\"'{}<>\r\n\t;:,. éê😀م]{0,40}") {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        runtime.block_on(round(&text));
    }
}

#[tokio::test]
async fn a_text_that_looks_like_syntax_stays_a_text() {
    for text in
        ["&to=+32999", "\"},\"to\":\"x", "{to}{secret.key}", "a\r\nX-Evil: 1", "</sms><sms>", "..", "%26", "#", ""]
    {
        round(text).await;
    }
}

#[tokio::test]
async fn a_text_can_not_climb_in_the_path() {
    let recorder = Recorder::answering(200, "ok").await;
    let gateway = gateway(Options::new("sms", Carries::Sms, format!("{}/a/{{text}}/{{to}}", recorder.url)));
    for text in [".", ".."] {
        assert!(matches!(gateway.send(&sms(text)).await, Err(DeliveryError::Refused(_))));
    }
    assert!(recorder.requests().is_empty());
    gateway.send(&sms("../b?c=1#d")).await.expect("taken");
    assert_eq!(recorder.last().target, "/a/..%2Fb%3Fc%3D1%23d/%2B32470123467");
}

#[tokio::test]
async fn a_call_says_its_language() {
    let recorder = Recorder::answering(200, "ok").await;
    let url = format!("{}/call?to={{to}}&say={{text}}&in={{language}}", recorder.url);
    let options = Options { asks_key_press: true, ..Options::new("calls", Carries::Call, url) };
    let gateway = gateway(options);
    gateway.send(&call("5, 9, 9", "fr")).await.expect("taken");
    assert_eq!(query(&recorder.last()), pairs(&[("to", NUMBER), ("say", "5, 9, 9"), ("in", "fr")]));
    assert_eq!(gateway.kind(), ChannelKind::Call);
    assert!(matches!(gateway.send(&sms("x")).await, Err(DeliveryError::Misconfigured(_))));
}

async fn judged(status: u16, body: &str, options: impl Fn(Options) -> Options) -> String {
    let recorder = Recorder::answering(status, body).await;
    match gateway(options(simple(&recorder.url))).send(&sms("Code 599523")).await {
        Ok(reference) => format!("taken {reference}"),
        Err(error) => {
            let (kind, text) = match &error {
                DeliveryError::Later(text) => ("later", text),
                DeliveryError::Refused(text) => ("refused", text),
                DeliveryError::Misconfigured(text) => ("misconfigured", text),
            };
            assert!(!text.contains("599523") && !text.contains("470123467"), "{text}");
            kind.to_owned()
        }
    }
}

#[tokio::test]
async fn a_status_means_what_it_should() {
    let echo = "Code 599523 to +32470123467";
    for (status, meaning) in [
        (200, "taken "),
        (202, "taken "),
        (302, "misconfigured"),
        (400, "refused"),
        (401, "misconfigured"),
        (402, "misconfigured"),
        (403, "misconfigured"),
        (404, "refused"),
        (408, "later"),
        (422, "refused"),
        (429, "later"),
        (500, "later"),
        (503, "later"),
    ] {
        assert_eq!(judged(status, echo, |options| options).await, meaning, "{status}");
    }
    let retry = |options| Options { retry_statuses: vec![402], ..options };
    assert_eq!(judged(402, "", retry).await, "later");
}

#[tokio::test]
async fn a_body_can_decide() {
    let with = |success: Success, refused: Refused| {
        move |options| Options { success: success.clone(), refused: refused.clone(), ..options }
    };
    let contains = with(Success { body_contains: Some("OK".to_owned()), ..Success::default() }, Refused::default());
    assert_eq!(judged(200, "OK 1", &contains).await, "taken ");
    assert_eq!(judged(200, "ERR", &contains).await, "later");
    let matches = with(
        Success { body_matches: Some("^OK [0-9]+".to_owned()), ..Success::default() },
        Refused { body_matches: Some("bad number".to_owned()), ..Refused::default() },
    );
    assert_eq!(judged(200, "OK 1", &matches).await, "taken ");
    assert_eq!(judged(200, "OK x", &matches).await, "later");
    assert_eq!(judged(200, "bad number", &matches).await, "refused");
}

#[tokio::test]
async fn the_gateways_reference_is_found_without_contact_or_code() {
    let find = |reference: Reference| move |options| Options { reference: Some(reference.clone()), ..options };
    let json = r#"{"sid":"SM17","ids":[42],"to":"+32470123467","text":"599523"}"#;
    assert_eq!(judged(201, json, find(Reference::Json("/sid".to_owned()))).await, "taken SM17");
    assert_eq!(judged(201, json, find(Reference::Json("/ids/0".to_owned()))).await, "taken 42");
    assert_eq!(judged(201, json, find(Reference::Json("/nothing".to_owned()))).await, "taken ");
    assert_eq!(judged(201, json, find(Reference::Json("/to".to_owned()))).await, "taken ");
    assert_eq!(judged(201, json, find(Reference::Json("/text".to_owned()))).await, "taken ");
    assert_eq!(judged(201, "id=SM18;", find(Reference::Matches("id=([A-Z0-9]+)".to_owned()))).await, "taken SM18");
    assert_eq!(judged(201, "", find(Reference::Header("Content-Length".to_owned()))).await, "taken 0");
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let target = Recorder::answering(200, "ok").await;
    for status in [301, 302, 303, 307, 308] {
        let answer = format!("HTTP/1.1 {status} X\r\nlocation: {}/\r\ncontent-length: 0\r\n\r\n", target.url);
        let recorder = Recorder::start(answer.into_bytes(), NO_WAIT).await;
        let sent = gateway(simple(&recorder.url)).send(&sms("Code")).await;
        assert!(matches!(sent, Err(DeliveryError::Misconfigured(_))), "{sent:?}");
        assert_eq!(recorder.requests().len(), 1);
    }
    assert!(target.requests().is_empty());
}

#[tokio::test]
async fn a_slow_gateway_means_later_in_time() {
    let answer = b"HTTP/1.1 200 X\r\ncontent-length: 0\r\n\r\n".to_vec();
    let recorder = Recorder::start(answer, Duration::from_secs(100)).await;
    let gateway = gateway(Options { timeout: Duration::from_millis(300), ..simple(&recorder.url) });
    let start = Instant::now();
    let sent = gateway.send(&sms("Code")).await;
    assert!(matches!(sent, Err(DeliveryError::Later(_))), "{sent:?}");
    assert!(start.elapsed() < Duration::from_secs(60));
}

#[tokio::test]
async fn an_endless_answer_is_read_to_its_limit_only() {
    let head = "HTTP/1.1 200 X\r\ncontent-length: 900000000\r\n\r\nOK";
    let mut answer = head.as_bytes().to_vec();
    answer.resize(head.len() + 4 * ANSWER_BYTES_MAX, b'.');
    answer.extend_from_slice(b"END");
    let recorder = Recorder::start(answer, NO_WAIT).await;
    let success = |part: &str| Success { body_contains: Some(part.to_owned()), ..Success::default() };
    // The server says that 900 MB will come and hangs up after 256 KiB: only a reader that stops at 64 KiB is content.
    let first = gateway(Options { success: success("OK"), ..simple(&recorder.url) }).send(&sms("Code")).await;
    assert!(first.is_ok(), "{first:?}");
    let last = gateway(Options { success: success("END"), ..simple(&recorder.url) }).send(&sms("Code")).await;
    assert!(matches!(last, Err(DeliveryError::Later(_))), "{last:?}");
}

#[tokio::test]
async fn no_gateway_means_later() {
    let recorder = Recorder::answering(200, "ok").await;
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let closed = format!("http://{}", listener.local_addr().expect("its address"));
    drop(listener);
    let gone = gateway(simple(&closed));
    assert!(matches!(gone.send(&sms("Code")).await, Err(DeliveryError::Later(_))));
    assert!(matches!(gone.check().await, Err(DeliveryError::Later(_))));
    gateway(simple(&recorder.url)).check().await.expect("there is one");
    assert!(recorder.requests().is_empty(), "a check sends nothing");
}

/// A server's settings with a certificate of its own for a name, and the file to trust it by.
fn certified(name: &str, folder: &std::path::Path) -> (rustls::ServerConfig, std::path::PathBuf) {
    let made = rcgen::generate_simple_self_signed([name.to_owned()]).expect("a certificate");
    let file = folder.join(format!("{name}.pem"));
    std::fs::write(&file, made.cert.pem()).expect("written");
    let key = rustls::pki_types::PrivateKeyDer::try_from(made.signing_key.serialize_der()).expect("a key");
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let builder = rustls::ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
    let builder = builder.expect("versions").with_no_client_auth();
    (builder.with_single_cert(vec![made.cert.der().clone()], key).expect("a pair"), file)
}

#[tokio::test]
async fn only_a_trusted_certificate_for_the_right_name_gets_a_message() {
    let folder = tempfile::tempdir().expect("a folder");
    let (config, right) = certified("localhost", folder.path());
    let (other_config, other) = certified("sms.example", folder.path());
    let recorder = Recorder::over_tls(config).await;
    let trusting =
        |file: &std::path::Path, url: &str| gateway(Options { ca_file: Some(file.to_owned()), ..simple(url) });

    let good = trusting(&right, &recorder.url);
    good.check().await.expect("trusted");
    good.send(&sms("Code")).await.expect("taken");
    assert_eq!(recorder.requests().len(), 1);

    let impostor = Recorder::over_tls(other_config).await;
    for distrusted in [trusting(&other, &recorder.url), trusting(&other, &impostor.url)] {
        for tried in [distrusted.check().await, distrusted.send(&sms("Code")).await.map(drop)] {
            match tried {
                Err(DeliveryError::Misconfigured(reason)) => assert!(reason.contains("not trusted"), "{reason}"),
                other => panic!("{other:?}"),
            }
        }
    }
    assert_eq!((recorder.requests().len(), impostor.requests().len()), (1, 0));
}

#[tokio::test]
async fn a_gateway_that_speaks_no_tls_gets_no_message() {
    let folder = tempfile::tempdir().expect("a folder");
    let (_, file) = certified("localhost", folder.path());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let url = format!("https://localhost:{}", listener.local_addr().expect("its address").port());
    let server = tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let _ = tokio::io::AsyncWriteExt::write_all(&mut stream, b"HTTP/1.1 400 X\r\n\r\n").await;
        }
    });
    let gateway = gateway(Options { ca_file: Some(file), ..simple(&url) });
    for tried in [gateway.check().await, gateway.send(&sms("Code")).await.map(drop)] {
        match tried {
            Err(DeliveryError::Misconfigured(reason)) => assert!(reason.contains("does not speak TLS"), "{reason}"),
            other => panic!("{other:?}"),
        }
    }
    server.abort();
}
