//! What a browser sends, and what somebody sends who is none.

use super::{text, two_texts};
use http::{HeaderMap, HeaderName, HeaderValue, Request};
use language::{Device, Languages, device};
use service::Networks;
use std::net::{IpAddr, Ipv4Addr};
use std::sync::OnceLock;
use web::strangers::{Form, Sender};

pub fn form(bytes: &[u8]) {
    let Some(form) = Form::read(Some("application/x-www-form-urlencoded"), bytes) else { return };
    for name in ["username", "code", "password", "what", "token"] {
        // Percent-encoding only ever makes a text shorter.
        assert!(form.get(name).is_none_or(|value| value.len() <= bytes.len()));
    }
    let _ = (form.action(), form.has_only(&["username"]), form.password("password"));
}

pub fn query(bytes: &[u8]) {
    let Some(text) = text(bytes) else { return };
    let ours = ["language", "realm", "report"];
    if let Some(read) = web::strangers::query(text, &ours) {
        assert!(read.keys().all(|name| ours.contains(&name.as_str())));
    }
}

/// Each line is a header field of this name.
fn headers(name: &'static str, bytes: &[u8]) -> HeaderMap {
    let mut headers = HeaderMap::new();
    for value in bytes.split(|byte| *byte == b'\n').filter_map(|line| HeaderValue::from_bytes(line).ok()) {
        headers.append(HeaderName::from_static(name), value);
    }
    headers
}

pub fn cookies(bytes: &[u8]) {
    let ours = ["__Host-regain", "__Host-regain-language"];
    let read = web::strangers::cookies(&headers("cookie", bytes), &ours);
    assert!(read.keys().all(|name| ours.contains(&name.as_str())));
    assert!(read.values().all(|value| !value.contains([';', '\n'])));
}

/// The first line is the `Origin`, the second `Sec-Fetch-Site`.
pub fn sender(bytes: &[u8]) {
    let ours = ["https://regain.example".to_owned()];
    let mut lines = bytes.split(|byte| *byte == b'\n');
    let (origin, site) = (lines.next(), lines.next());
    let mut all = headers("origin", origin.unwrap_or_default());
    if let Some(site) = site {
        all.extend(headers("sec-fetch-site", site));
    }
    let says = |known: &[&[u8]], value: Option<&[u8]>| value.is_none_or(|value| known.contains(&value));
    if web::strangers::sender(&ours, &all) != Sender::Foreign {
        assert!(says(&[b"same-origin", b"none"], all.get("sec-fetch-site").map(HeaderValue::as_bytes)));
        assert!(says(&[b"https://regain.example", b"null"], all.get("origin").map(HeaderValue::as_bytes)));
    }
}

/// The first line is the target, each further one a `Host`.
pub fn host(bytes: &[u8]) {
    let ours = ["regain.example".to_owned(), "[::1]:8443".to_owned()];
    let (target, named) = bytes.split_at(bytes.iter().position(|byte| *byte == b'\n').unwrap_or(bytes.len()));
    let Ok(request) = Request::builder().uri(target).body(()) else { return };
    let (mut head, ()) = request.into_parts();
    head.headers = headers("host", named.get(1..).unwrap_or_default());
    if named.is_empty() {
        head.headers.clear();
    }
    if web::strangers::is_for(&ours, &head) {
        let is_ours = |host: &str| ours.iter().any(|known| known.eq_ignore_ascii_case(host));
        assert!(head.headers.get_all("host").into_iter().all(|host| host.to_str().is_ok_and(is_ours)));
        assert!(head.uri.authority().is_none_or(|authority| is_ours(authority.as_str())));
    }
}

pub fn forwarded(bytes: &[u8]) {
    const PROXY: IpAddr = IpAddr::V4(Ipv4Addr::new(10, 0, 0, 5));
    const STRANGER: IpAddr = IpAddr::V4(Ipv4Addr::new(203, 0, 113, 7));
    static PROXIES: OnceLock<Networks> = OnceLock::new();
    let proxies = PROXIES.get_or_init(|| Networks::parse(["10.0.0.0/24"]).expect("a network"));
    let headers = headers("x-forwarded-for", bytes);
    assert_eq!(web::strangers::address(proxies, STRANGER, &headers), STRANGER, "a stranger speaks for nobody");
    let read = web::strangers::address(proxies, PROXY, &headers);
    assert_eq!(read, read.to_canonical());
}

pub fn accept_language(bytes: &[u8]) {
    static LANGUAGES: OnceLock<Languages> = OnceLock::new();
    let languages = LANGUAGES.get_or_init(|| Languages::built_in(&["fr", "nl", "de", "en"]).expect("our own texts"));
    let Some((kept, accepted)) = two_texts(bytes) else { return };
    let chosen = languages.choose(Some(kept), Some(accepted));
    assert!(languages.get(chosen.tag()).is_some());
}

pub fn user_agent(bytes: &[u8]) {
    let Some(text) = text(bytes) else { return };
    let key = device(text).key();
    assert_eq!(Device::from_key(&key).key(), key);
    let _ = Device::from_key(text);
}
