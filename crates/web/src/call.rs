//! One request, read strictly: who asks, in which language, with which cookies and form.

use crate::Site;
use bytes::Bytes;
use http::header::{ACCEPT_LANGUAGE, CONTENT_TYPE, COOKIE, HOST, ORIGIN, USER_AGENT};
use http::{HeaderMap, Method};
use language::Words;
use service::{Browser, Visitor};
use std::collections::BTreeMap;
use std::net::IpAddr;
use std::sync::Arc;

/// Most bytes of a form: the longest letter to the secretariat, percent-encoded.
pub const BODY_BYTES_MAX: usize = 40 * 1024;

/// The cookies. The prefix binds them to this host and to TLS (RFC 6265bis §4.1.3.2).
pub const RECOVERY: &str = "__Host-regain";
pub const SESSION: &str = "__Host-regain-session";
pub const LANGUAGE: &str = "__Host-regain-language";
pub const NOTE: &str = "__Host-regain-note";
/// Which browser this is, and for which accounts it is known: sealed, and it opens nothing.
pub const BROWSER: &str = "__Host-regain-browser";

/// A request as the pages see it.
pub struct Call {
    pub method: Method,
    pub path: String,
    query: BTreeMap<String, String>,
    cookies: BTreeMap<String, String>,
    pub form: Form,
    pub words: Arc<Words>,
    /// The language that the switch just chose, to be kept.
    pub chosen_language: Option<String>,
    pub visitor: Visitor,
    pub accepts_gzip: bool,
    same_origin: bool,
}

/// Why a request is not one that a page of ours makes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Strange {
    /// A Host that the settings do not know.
    Host,
    /// A body that is not one of our forms, or a field given twice.
    Form,
}

impl Call {
    /// # Errors
    /// When the request is none that a page of ours makes.
    pub fn read(
        site: &Site,
        method: &Method,
        uri: &http::Uri,
        headers: &HeaderMap,
        body: &Bytes,
        peer: IpAddr,
    ) -> Result<Self, Strange> {
        let text = |name: http::HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
        let host = text(HOST).or_else(|| uri.authority().map(|authority| authority.as_str())).ok_or(Strange::Host)?;
        if !site.hosts.iter().any(|known| known.eq_ignore_ascii_case(host)) {
            return Err(Strange::Host);
        }
        let query = query(uri.query().unwrap_or(""));
        let cookies = cookies(headers);
        let form = match *method {
            Method::POST => Form(form(text(CONTENT_TYPE), body).ok_or(Strange::Form)?),
            _ => Form::default(),
        };
        let languages = &site.regain.languages;
        let chosen_language = query.get("language").filter(|tag| languages.get(tag).is_some()).cloned();
        let kept = chosen_language.as_deref().or(cookies.get(LANGUAGE).map(String::as_str));
        let words = Arc::clone(languages.choose(kept, text(ACCEPT_LANGUAGE)));
        let visitor = Visitor {
            address: site.client_address(peer, headers),
            language: words.tag().to_owned(),
            user_agent: text(USER_AGENT).unwrap_or("").chars().take(300).collect(),
            browser: cookies.get(BROWSER).and_then(|value| Browser::from_cookie(value, &site.regain.keyring)),
        };
        Ok(Self {
            method: method.clone(),
            path: uri.path().to_owned(),
            accepts_gzip: text(http::header::ACCEPT_ENCODING).is_some_and(|accepted| accepted.contains("gzip")),
            same_origin: is_same_origin(
                site,
                text(ORIGIN),
                headers.get("sec-fetch-site").and_then(|value| value.to_str().ok()),
            ),
            query,
            cookies,
            form,
            words,
            chosen_language,
            visitor,
        })
    }

    pub fn query(&self, name: &str) -> Option<&str> {
        self.query.get(name).map(String::as_str)
    }

    pub fn cookie(&self, name: &str) -> Option<&str> {
        self.cookies.get(name).map(String::as_str)
    }

    /// The token that a form shown to this browser carries: bound to the cookie that the form belongs to.
    pub fn token(&self, site: &Site, cookie: &str) -> String {
        site.token(self.cookie(cookie).unwrap_or(""))
    }

    /// Whether the form was sent by a page of ours that this browser was shown: by Fetch metadata or Origin where the
    /// browser sends them, and by the token always.
    pub fn is_ours(&self, site: &Site, cookie: &str) -> bool {
        let expected = self.token(site, cookie);
        let given = self.form.get("token").unwrap_or("");
        let same: bool = subtle::ConstantTimeEq::ct_eq(expected.as_bytes(), given.as_bytes()).into();
        self.same_origin && same
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

/// The fields of a form, each at most once.
#[derive(Default)]
pub struct Form(BTreeMap<String, String>);

impl Form {
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    /// Which button was pressed.
    pub fn action(&self) -> &str {
        self.get("do").unwrap_or("")
    }

    /// A password field; `None` when it is empty.
    pub fn password(&self, name: &str) -> Option<recovery::Password> {
        recovery::Password::new(self.get(name).unwrap_or(""))
    }

    /// Whether it has only fields of these names (and those that every form has).
    pub fn has_only(&self, names: &[&str]) -> bool {
        self.0.keys().all(|name| ["token", "version", "do"].contains(&name.as_str()) || names.contains(&name.as_str()))
    }
}

impl Drop for Form {
    fn drop(&mut self) {
        use zeroize::Zeroize;
        self.0.values_mut().for_each(Zeroize::zeroize);
    }
}

fn form(content_type: Option<&str>, body: &Bytes) -> Option<BTreeMap<String, String>> {
    let kind = content_type.unwrap_or("").split(';').next().unwrap_or("").trim();
    if body.is_empty() {
        return Some(BTreeMap::new());
    }
    kind.eq_ignore_ascii_case("application/x-www-form-urlencoded").then(|| pairs(body))?
}

/// Name and value pairs, each name once; `None` when a name comes twice (an array has no place in our forms).
fn pairs(encoded: &[u8]) -> Option<BTreeMap<String, String>> {
    const FIELDS_MAX: usize = 16;
    let mut read = BTreeMap::new();
    for (name, value) in form_urlencoded::parse(encoded) {
        if read.len() == FIELDS_MAX || read.insert(name.into_owned(), value.into_owned()).is_some() {
            return None;
        }
    }
    Some(read)
}

/// What stands behind the `?`. Mail programs and others add names of their own: those are nobody's business, and of a
/// name that comes twice the first counts.
fn query(encoded: &str) -> BTreeMap<String, String> {
    const OURS: [&str; 3] = ["language", "realm", "report"];
    let mut read = BTreeMap::new();
    for (name, value) in form_urlencoded::parse(encoded.as_bytes()).filter(|(name, _)| OURS.contains(&name.as_ref())) {
        read.entry(name.into_owned()).or_insert_with(|| value.into_owned());
    }
    read
}

fn cookies(headers: &HeaderMap) -> BTreeMap<String, String> {
    let all = headers.get_all(COOKIE).into_iter().filter_map(|value| value.to_str().ok());
    all.flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect()
}

fn is_same_origin(site: &Site, origin: Option<&str>, fetch_site: Option<&str>) -> bool {
    let by_metadata = fetch_site.is_none_or(|from| from == "same-origin" || from == "none");
    // `null` comes from our own pages too, which send no referrer; only Fetch metadata can tell those from a sandboxed frame.
    let is_known = |origin: &str| site.origins.iter().any(|known| known == origin);
    let by_origin = origin.is_none_or(|origin| is_known(origin) || (origin == "null" && fetch_site.is_some()));
    by_metadata && by_origin
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_given_twice_is_refused() {
        assert!(pairs(b"a=1&b=2").is_some());
        assert!(pairs(b"a=1&a=2").is_none());
        assert!(pairs(b"a=1&a[]=2").is_some_and(|read| !Form(read).has_only(&["a"])));
        let many: String = (0..17).map(|n| format!("f{n}=1&")).collect();
        assert!(pairs(many.as_bytes()).is_none());
    }

    #[test]
    fn only_our_kind_of_body_is_a_form() {
        let read = |kind: &str| form(Some(kind), &Bytes::from_static(b"a=1"));
        assert!(read("application/x-www-form-urlencoded; charset=utf-8").is_some());
        assert!(read("multipart/form-data").is_none());
        assert!(read("application/json").is_none());
    }
}
