//! One request, read strictly: who asks, in which language, with which cookies and form.

use crate::Site;
use crate::client::{self, Sender};
use crate::form::{self, Form};
use bytes::Bytes;
use http::Method;
use http::header::{ACCEPT_ENCODING, ACCEPT_LANGUAGE, CONTENT_TYPE, USER_AGENT};
use http::request::Parts;
use language::Words;
use service::{Browser, Visitor};
use std::collections::BTreeMap;
use std::net::IpAddr;
use std::sync::Arc;

/// Most bytes of a form: the longest letter to the secretariat, percent-encoded.
pub const BODY_BYTES_MAX: usize = 40 * 1024;

/// Most header fields of a request; a browser sends about twenty.
pub const HEADERS_MAX: usize = 100;

/// Most characters that are read of what a browser calls itself.
const USER_AGENT_CHARS_MAX: usize = 300;

/// What an address of ours has behind the `?`.
const QUERY: [&str; 3] = ["language", "realm", "report"];

/// The cookies. The prefix binds them to this host and to TLS (RFC 6265bis §4.1.3.2).
pub const RECOVERY: &str = "__Host-regain";
pub const SESSION: &str = "__Host-regain-session";
pub const LANGUAGE: &str = "__Host-regain-language";
pub const NOTE: &str = "__Host-regain-note";
/// Which browser this is, and for which accounts it is known: sealed, and it opens nothing.
pub const BROWSER: &str = "__Host-regain-browser";
/// A random number without meaning, to which the forms of pages before the first of the others are bound.
pub const FORMS: &str = "__Host-regain-forms";
const COOKIES: [&str; 6] = [RECOVERY, SESSION, LANGUAGE, NOTE, FORMS, BROWSER];

/// A request as the pages see it.
pub struct Call {
    pub method: Method,
    pub path: String,
    query: BTreeMap<String, String>,
    cookies: BTreeMap<String, String>,
    pub form: Form,
    pub words: Arc<Words>,
    /// For [`FORMS`], when the browser has none yet.
    pub fresh_forms: Option<String>,
    /// The language that the switch just chose, to be kept.
    pub chosen_language: Option<String>,
    pub visitor: Visitor,
    pub accepts_gzip: bool,
    sender: Sender,
}

/// Not a request that a page of ours makes: a body that is none of our forms, a field or a name of ours given twice, bytes
/// that are no text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Strange;

impl Call {
    /// # Errors
    /// When the request is none that a page of ours makes.
    pub fn read(site: &Site, head: &Parts, body: &Bytes, peer: IpAddr) -> Result<Self, Strange> {
        let text = |name: http::HeaderName| head.headers.get(name).and_then(|value| value.to_str().ok());
        let query = form::query(head.uri.query().unwrap_or(""), &QUERY).ok_or(Strange)?;
        let form = match head.method {
            Method::POST => Form::read(text(CONTENT_TYPE), body).ok_or(Strange)?,
            _ => Form::default(),
        };
        Ok(Self::with(site, head, query, form, peer))
    }

    /// A request of which nothing counts but who asks: for a page that says it was not understood.
    pub fn bare(site: &Site, head: &Parts, peer: IpAddr) -> Self {
        Self::with(site, head, BTreeMap::new(), Form::default(), peer)
    }

    fn with(site: &Site, head: &Parts, query: BTreeMap<String, String>, form: Form, peer: IpAddr) -> Self {
        let text = |name: http::HeaderName| head.headers.get(name).and_then(|value| value.to_str().ok());
        let cookies = client::cookies(&head.headers, &COOKIES);
        let languages = &site.regain.languages;
        let chosen_language = query.get("language").filter(|tag| languages.get(tag).is_some()).cloned();
        let kept = chosen_language.as_deref().or(cookies.get(LANGUAGE).map(String::as_str));
        let words = Arc::clone(languages.choose(kept, text(ACCEPT_LANGUAGE)));
        let visitor = Visitor {
            address: client::address(&site.proxies, peer, &head.headers),
            language: words.tag().to_owned(),
            user_agent: text(USER_AGENT).unwrap_or("").chars().take(USER_AGENT_CHARS_MAX).collect(),
            browser: cookies.get(BROWSER).and_then(|value| Browser::from_cookie(value, &site.regain.keyring)),
        };
        let fresh_forms = (!cookies.contains_key(FORMS)).then(|| site.fresh_forms());
        Self {
            // A HEAD is a GET whose body stays away (RFC 9110 §9.3.2); the connection drops it.
            method: if head.method == Method::HEAD { Method::GET } else { head.method.clone() },
            path: head.uri.path().to_owned(),
            accepts_gzip: text(ACCEPT_ENCODING).is_some_and(|accepted| accepted.contains("gzip")),
            sender: client::sender(&site.origins, &head.headers),
            query,
            cookies,
            fresh_forms,
            form,
            words,
            chosen_language,
            visitor,
        }
    }

    pub fn query(&self, name: &str) -> Option<&str> {
        self.query.get(name).map(String::as_str)
    }

    pub fn cookie(&self, name: &str) -> Option<&str> {
        self.cookies.get(name).map(String::as_str)
    }

    /// The token that a form shown to this browser carries: bound to the cookie that the form belongs to. `""` names the
    /// one of forms that belong to no other.
    pub fn token(&self, site: &Site, cookie: &str) -> String {
        site.token(self.bound_to(cookie).or(self.fresh_forms.as_deref()).unwrap_or(""))
    }

    /// The value that the token of such a form is bound to.
    fn bound_to(&self, cookie: &str) -> Option<&str> {
        self.cookie(if cookie.is_empty() { FORMS } else { cookie })
    }

    /// Whether the form was sent by a page of ours that this browser was shown: the token says so, and Fetch metadata or
    /// Origin where the browser sends them. A browser that keeps no cookies has no token that fits: the page after this one
    /// tells it so, if the browser itself says that the form is ours.
    pub fn is_ours(&self, site: &Site, cookie: &str) -> bool {
        let bound_to = self.bound_to(cookie);
        let fits = bound_to.is_some_and(|value| site.tokens.fits(value, self.form.get("token").unwrap_or("")));
        match self.sender {
            Sender::Ours => fits || (bound_to.is_none() && cookie.is_empty()),
            Sender::Unsaid => fits,
            Sender::Foreign => false,
        }
    }

    /// Path and query for the language switch: without the language itself.
    pub fn here(&self) -> String {
        let rest: Vec<String> = self
            .query
            .iter()
            .filter(|(name, _)| *name != "language")
            .map(|(name, value)| form_urlencoded::Serializer::new(String::new()).append_pair(name, value).finish())
            .collect();
        if rest.is_empty() { self.path.clone() } else { format!("{}?{}", self.path, rest.join("&")) }
    }
}
