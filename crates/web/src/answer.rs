//! Answers: pages with the headers that every page has, redirections, and small files.

use crate::call::{BROWSER, Call, FORMS, LANGUAGE};
use crate::{Looks, Site, gzip};
use bytes::Bytes;
use http::header::{self, HeaderName, HeaderValue};
use http::{Response, StatusCode};
use http_body_util::Full;
use service::Browser;

pub type Answer = Response<Full<Bytes>>;

/// A year, for HSTS and the language.
const YEAR_SECONDS: u32 = 365 * 24 * 3600;

/// The headers of every answer, whatever it is. A page has a policy of its own instead of the one here, which admits nothing.
const ALWAYS: [(HeaderName, &str); 9] = [
    (
        header::CONTENT_SECURITY_POLICY,
        "default-src 'none'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'",
    ),
    (header::CACHE_CONTROL, "no-store"),
    (header::REFERRER_POLICY, "no-referrer"),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (HeaderName::from_static("cross-origin-embedder-policy"), "require-corp"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (
        HeaderName::from_static("permissions-policy"),
        "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
    ),
];

/// A page in the clothes of the organisation.
pub fn page(call: &Call, looks: &Looks, status: StatusCode, html: String) -> Answer {
    let (body, is_gzip) = if call.accepts_gzip { (gzip::page(&html, looks), true) } else { (Bytes::from(html), false) };
    let mut answer = bare(status, "text/html; charset=utf-8", body);
    let headers = answer.headers_mut();
    headers.insert(header::CONTENT_SECURITY_POLICY, text(looks.policy()));
    headers.insert(header::VARY, HeaderValue::from_static("Accept-Encoding, Accept-Language, Cookie"));
    headers.insert(header::CONTENT_LANGUAGE, text(call.words.tag()));
    if is_gzip {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    }
    if let Some(tag) = &call.chosen_language {
        keep_language(&mut answer, tag);
    }
    if let Some(value) = &call.fresh_forms {
        keep_cookie(&mut answer, FORMS, value, None);
    }
    answer
}

/// *Go there by GET* (RFC 9110 §15.4.4): the answer to every form.
pub fn see_other(path: &str) -> Answer {
    let mut answer = bare(StatusCode::SEE_OTHER, "text/plain", Bytes::new());
    answer.headers_mut().insert(header::LOCATION, text(path));
    answer
}

/// A small file or text.
pub fn bare(status: StatusCode, kind: &'static str, body: impl Into<Bytes>) -> Answer {
    let mut answer = Response::new(Full::new(body.into()));
    *answer.status_mut() = status;
    let headers = answer.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    for (name, value) in ALWAYS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    answer
}

/// Tells the browser to come by TLS only from now on (RFC 6797); for a site that people reach by TLS. This host alone: what
/// else lies under its name is not ours to say.
pub fn keep_to_tls(answer: &mut Answer) {
    let rule = text(&format!("max-age={YEAR_SECONDS}"));
    answer.headers_mut().insert(header::STRICT_TRANSPORT_SECURITY, rule);
}

/// Gives the browser a cookie; without a life it goes when the browser closes.
pub fn keep_cookie(answer: &mut Answer, name: &str, value: &str, life_seconds: Option<u32>) {
    let life = life_seconds.map(|seconds| format!("; Max-Age={seconds}")).unwrap_or_default();
    // The language may come along from a link on another site; what opens something may not.
    let same_site = if name == LANGUAGE { "Lax" } else { "Strict" };
    let cookie = format!("{name}={value}; Path=/; Secure; HttpOnly; SameSite={same_site}{life}");
    answer.headers_mut().append(header::SET_COOKIE, text(&cookie));
}

/// Gives the browser the cookie by which it is known again.
pub fn keep_browser(answer: &mut Answer, site: &Site, browser: &Browser) {
    keep_cookie(answer, BROWSER, &browser.to_cookie(&site.regain.keyring), Some(browser.life_seconds()));
}

/// Keeps the language that the switch chose.
pub fn keep_language(answer: &mut Answer, tag: &str) {
    keep_cookie(answer, LANGUAGE, tag, Some(YEAR_SECONDS));
}

pub fn drop_cookie(answer: &mut Answer, name: &str) {
    keep_cookie(answer, name, "", Some(0));
}

/// A header value from text of ours; what can't stand in a header becomes empty rather than a panic.
fn text(value: &str) -> HeaderValue {
    HeaderValue::from_str(value).unwrap_or(HeaderValue::from_static(""))
}
