//! Mistakes in the settings, each of which shows when the channel is made.

use super::*;

fn fault(options: Options) -> String {
    HttpGateway::new(options).err().map(|error| error.to_string()).unwrap_or_default()
}

fn with_url(url: &str) -> Options {
    Options::new("sms", Carries::Sms, url)
}

fn with_body(kind: BodyKind, template: &str) -> Options {
    let body = Some(BodyTemplate { kind, template: template.to_owned() });
    Options { method: Method::Post, body, ..with_url("http://127.0.0.1:1/?to={to}&text={text}") }
}

#[test]
fn a_url_goes_where_the_operator_said() {
    assert!(fault(with_url("https://{to}.example/?t={text}")).contains("host"));
    assert!(fault(with_url("https://sms.example{text}/?t={to}")).contains("host"));
    assert!(fault(with_url("https://u:p@sms.example/{to}/{text}")).contains("user name and password"));
    assert!(fault(with_url("http://sms.example/{to}/{text}")).contains("sms.example is not this machine"));
    assert!(fault(with_url("http://127.0.0.1.example/{to}/{text}")).contains("not this machine"));
    assert!(fault(with_url("ftp://sms.example/{to}/{text}")).contains("not https://"));
    assert!(fault(with_url("sms.example/{to}/{text}")).contains("scheme"));
    assert!(fault(with_url("https://sms.example/{to}/{text}#x")).contains('#'));
    for url in [
        "http://127.0.0.1:1/{to}/{text}",
        "http://localhost/{to}?{text}",
        "http://[::1]:8/{to}/{text}",
        "https://sms.example?a={to}&b={text}",
    ] {
        let ca_file = url.starts_with("https").then(|| "/nowhere.pem".into());
        let expected = if ca_file.is_some() { "/nowhere.pem" } else { "" };
        assert!(fault(Options { ca_file, ..with_url(url) }).starts_with(expected), "{url}");
    }
    let (host, port) = (String::from("::1"), 8);
    assert_eq!(gateway(with_url("http://[::1]:8/{to}/{text}")).request.host_and_port(), (host.as_str(), port));
}

#[test]
fn an_unknown_placeholder_is_named() {
    let message = fault(with_url("http://127.0.0.1/?to={to}&text={txet}"));
    assert!(message.contains("{txet}") && message.contains("{to_digits}"), "{message}");
    assert!(fault(with_url("http://127.0.0.1/?to={to}&text={text")).contains("no closing brace"));
    assert!(
        fault(with_url("http://127.0.0.1/?to={to}&text={text}&k={secret.key}"))
            .contains("no secret of the name \"key\"")
    );
    assert!(fault(with_url("http://127.0.0.1/?to={to}&text={text}&l={language}")).contains("language"));
    assert!(fault(with_url("http://127.0.0.1/?to={to}")).contains("never says {text}"));
    assert!(fault(with_url("http://127.0.0.1/?text={text}")).contains("never says {to}"));
}

#[test]
fn a_body_is_what_it_says() {
    assert!(fault(with_body(BodyKind::Json, "{\"to\": {to}}")).contains("not JSON"));
    assert!(fault(with_body(BodyKind::Json, "{\"{to}\": 1}")).contains("field's name"));
    assert!(fault(with_body(BodyKind::Form, "{to}=1")).contains("field's name"));
    assert!(fault(Options { method: Method::Get, ..with_body(BodyKind::Text, "{text}") }).contains("GET has no body"));
    assert_eq!(fault(with_body(BodyKind::Json, "{\"a\": {\"b\": \"{{x} { {text}\"}}")), "");
}

#[test]
fn a_header_is_one_line() {
    let with_header = |name: &str, value: &str| Options {
        headers: vec![(name.to_owned(), value.to_owned())],
        secrets: [("key".to_owned(), password("a\r\nb"))].into(),
        ..with_url("http://127.0.0.1:1/?to={to}&text={text}")
    };
    assert!(fault(with_header("X A", "1")).contains("header"));
    assert!(fault(with_header("Host", "evil.example")).contains("Host"));
    assert!(fault(with_header("Transfer-Encoding", "chunked")).contains("header"));
    assert!(fault(with_header("X-A", "1\r\nX-B: 2")).contains("line breaks"));
    let message = fault(with_header("X-A", "{secret.key}"));
    assert!(message.contains("line breaks") && !message.contains("a\r\nb"), "{message}");
}

#[test]
fn patterns_and_pointers_are_read_at_once() {
    let base = || with_url("http://127.0.0.1:1/?to={to}&text={text}");
    let success = Success { body_matches: Some("(".to_owned()), ..Success::default() };
    assert!(fault(Options { success, ..base() }).contains("success.body_matches"));
    let refused = Refused { body_matches: Some("(".to_owned()), ..Refused::default() };
    assert!(fault(Options { refused, ..base() }).contains("refused.body_matches"));
    let fault_of = |reference| fault(Options { reference: Some(reference), ..base() });
    assert!(fault_of(Reference::Json("sid".to_owned())).contains("slash"));
    assert!(fault_of(Reference::Matches("id=.".to_owned())).contains("group"));
    assert!(fault_of(Reference::Header("a b".to_owned())).contains("header"));
}

#[test]
fn a_call_must_ask_for_a_key_press() {
    let options = Options::new("calls", Carries::Call, "http://127.0.0.1:1/?to={to}&text={text}");
    assert!(fault(options.clone()).contains("asks_key_press"));
    assert_eq!(fault(Options { asks_key_press: true, ..options }), "");
}

#[test]
fn secrets_do_not_print() {
    let options = Options {
        secrets: [("key".to_owned(), password("hidden-1"))].into(),
        authentication: Authentication::Basic { user_name: "u".to_owned(), password: password("hidden-2") },
        ..with_url("http://127.0.0.1:1/?to={to}&text={text}")
    };
    assert!(!format!("{options:?}").contains("hidden"));
}
