//! A browser without JavaScript that knows web standards and nothing of Regain's addresses or fields.
//!
//! It keeps cookies as browsers do (one that a browser would drop fails the test), follows 303, finds forms, fills fields
//! by autocomplete token or name, and presses buttons. What must hold on every page it checks on every page.

pub mod page;

use page::Page;
use std::collections::BTreeMap;
use std::time::Duration;

/// Longest chain of redirections that is followed.
const HOPS_MAX: usize = 5;

/// How long an answer may take. Generous, since tests share the machine with compilers.
const ANSWER_LIMIT: Duration = Duration::from_secs(60);

const FIREFOX: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0";

/// An answer as it came.
#[derive(Clone, Debug)]
pub struct Answer {
    pub status: u16,
    /// Names in lower case, in the order in which they came.
    pub headers: Vec<(String, String)>,
    pub body: String,
}

impl Answer {
    /// The first header of this name (in lower case).
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    fn is_html(&self) -> bool {
        self.header("content-type").is_some_and(|kind| kind.starts_with("text/html"))
    }
}

/// A browser with one tab.
#[derive(Clone)]
pub struct Walker {
    client: reqwest::Client,
    base: String,
    language: String,
    /// Sent with every request.
    always: Vec<(String, String)>,
    cookies: BTreeMap<String, String>,
    page: Option<Page>,
    /// What was typed into the page's form, by field name.
    typed: BTreeMap<String, String>,
}

impl Walker {
    /// A browser that has seen nothing yet. `language` is an `Accept-Language`.
    ///
    /// # Panics
    /// When no HTTP client can be made.
    pub fn new(base: &str, language: &str) -> Self {
        // A second call finds the provider installed, which is as good.
        let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
        let client = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .timeout(ANSWER_LIMIT)
            .user_agent(FIREFOX)
            .danger_accept_invalid_certs(true)
            .no_proxy()
            .build()
            .expect("an HTTP client can be made");
        let (base, language) = (base.to_owned(), language.to_owned());
        Self {
            client,
            base,
            language,
            always: Vec::new(),
            cookies: BTreeMap::new(),
            page: None,
            typed: BTreeMap::new(),
        }
    }

    /// The page in the tab.
    ///
    /// # Panics
    /// When none was opened.
    pub fn page(&self) -> &Page {
        self.page.as_ref().expect("a page was opened")
    }

    /// A cookie's value.
    pub fn cookie(&self, name: &str) -> Option<&str> {
        self.cookies.get(name).map(String::as_str)
    }

    /// Sends these headers with every request from now on.
    pub fn always(&mut self, headers: &[(&str, &str)]) {
        self.always = headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    }

    /// Forgets all cookies, as another browser would not have them.
    pub fn forget_cookies(&mut self) {
        self.cookies.clear();
    }

    /// Opens an address: a path, or one of this site in full.
    pub async fn open(&mut self, address: &str) -> &Page {
        let path = address.strip_prefix(&self.base).unwrap_or(address).to_owned();
        let answer = self.fetch("GET", &path, &[], None).await;
        self.arrive(path, answer).await
    }

    /// Follows the first link whose address begins so.
    ///
    /// # Panics
    /// When the page has none.
    pub async fn follow(&mut self, address: &str) -> &Page {
        let page = self.page();
        let link = page.links.iter().find(|link| link.href.starts_with(address));
        let href = link.unwrap_or_else(|| panic!("no link to {address} on {page:#?}")).href.clone();
        self.open(&href).await
    }

    /// Follows the link to the page in another language.
    ///
    /// # Panics
    /// When the page has none.
    pub async fn switch_language(&mut self, tag: &str) -> &Page {
        let page = self.page();
        let link = page.links.iter().find(|link| link.language == tag);
        let href = link.unwrap_or_else(|| panic!("no switch to {tag} on {page:#?}")).href.clone();
        self.open(&href).await
    }

    /// Types into every field with this autocomplete token, as a password manager does, or else into the one of this name.
    ///
    /// # Panics
    /// When the page has no such field.
    pub fn fill(&mut self, token_or_name: &str, value: &str) -> &mut Self {
        let page = self.page();
        let fields = || page.forms.iter().flat_map(|form| &form.fields);
        let mut names: Vec<String> =
            fields().filter(|field| field.autocomplete == token_or_name).map(|field| field.name.clone()).collect();
        if names.is_empty() {
            names = fields().filter(|field| field.name == token_or_name).map(|field| field.name.clone()).collect();
        }
        assert!(!names.is_empty(), "no field for {token_or_name} on {page:#?}");
        self.typed.extend(names.into_iter().map(|name| (name, value.to_owned())));
        self
    }

    /// Presses Enter: the first submit button of the first form.
    ///
    /// # Panics
    /// When the page has no form.
    pub async fn go_on(&mut self) -> &Page {
        let page = self.page();
        let form = page.forms.first().unwrap_or_else(|| panic!("no form on {page:#?}")).clone();
        let pressed = form.buttons.first().filter(|button| !button.name.is_empty());
        let pressed = pressed.map(|button| (button.name.clone(), button.value.clone()));
        self.send(&form, pressed).await
    }

    /// Presses the button with this name and value.
    ///
    /// # Panics
    /// When the page has none.
    pub async fn press(&mut self, name: &str, value: &str) -> &Page {
        let page = self.page();
        let form = page
            .forms
            .iter()
            .find(|form| form.buttons.iter().any(|button| button.name == name && button.value == value));
        let form = form.unwrap_or_else(|| panic!("no button {name}={value} on {page:#?}")).clone();
        self.send(&form, Some((name.to_owned(), value.to_owned()))).await
    }

    async fn send(&mut self, form: &page::Form, pressed: Option<(String, String)>) -> &Page {
        let mut fields = form.filled(&std::mem::take(&mut self.typed));
        fields.extend(pressed);
        let pairs: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let action = form.action.clone();
        let answer = self.post(&action, &pairs).await;
        assert_eq!(answer.status == 303, answer.header("location").is_some());
        self.arrive(action, answer).await
    }

    /// Posts a form as a browser would, whatever page is in the tab, and stays there.
    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        // Under `Referrer-Policy: no-referrer` browsers send an opaque origin (Fetch, "append a request Origin header").
        let headers = [("origin", "null"), ("sec-fetch-site", "same-origin"), ("sec-fetch-mode", "navigate")];
        self.fetch("POST", path, &headers, Some(&encoded(fields))).await
    }

    /// Sends one request with the cookies, takes the cookies that come back, and checks what must hold for every answer.
    ///
    /// # Panics
    /// When there is no answer, or it breaks a rule.
    pub async fn fetch(&mut self, method: &str, path: &str, headers: &[(&str, &str)], form: Option<&str>) -> Answer {
        let method = reqwest::Method::from_bytes(method.as_bytes()).expect("a method of HTTP");
        let mut request = self.client.request(method, format!("{}{path}", self.base));
        request = request.header("accept-language", &self.language);
        if !self.cookies.is_empty() {
            let all: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
            request = request.header("cookie", all.join("; "));
        }
        if let Some(form) = form {
            request = request.header("content-type", "application/x-www-form-urlencoded").body(form.to_owned());
        }
        for (name, value) in &self.always {
            request = request.header(name, value);
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let response = request.send().await.unwrap_or_else(|error| panic!("no answer for {path}: {error:?}"));
        let status = response.status().as_u16();
        let text = |value: &reqwest::header::HeaderValue| value.to_str().expect("headers are plain text").to_owned();
        let headers: Vec<_> =
            response.headers().iter().map(|(name, value)| (name.as_str().to_owned(), text(value))).collect();
        let body = response.text().await.expect("the body is text");
        let answer = Answer { status, headers, body };
        check_headers(path, &answer);
        self.keep_cookies(&answer);
        answer
    }

    /// What is in a page that has arrived, after following where it leads.
    async fn arrive(&mut self, path: String, answer: Answer) -> &Page {
        let (mut path, mut answer) = (path, answer);
        for _ in 0..HOPS_MAX {
            if answer.status != 303 {
                break;
            }
            path = answer.header("location").expect("303 says where").to_owned();
            assert!(path.starts_with('/') && !path.starts_with("//"), "a redirection off the site: {path}");
            answer = self.fetch("GET", &path, &[], None).await;
        }
        assert_ne!(answer.status, 303, "too many redirections, the last to {path}");
        let page = Page::read(path, answer);
        page.check();
        self.typed.clear();
        self.page.insert(page)
    }

    fn keep_cookies(&mut self, answer: &Answer) {
        for (_, line) in answer.headers.iter().filter(|(name, _)| name == "set-cookie") {
            let mut parts = line.split(';').map(str::trim);
            let (name, value) = parts.next().and_then(|pair| pair.split_once('=')).expect("a cookie is a pair");
            let attributes: Vec<String> = parts.map(str::to_ascii_lowercase).collect();
            let has = |wanted: &str| attributes.iter().any(|attribute| attribute == wanted);
            // RFC 6265bis §4.1.3.2: browsers drop a `__Host-` cookie without these.
            let is_host = has("secure") && has("path=/") && !attributes.iter().any(|part| part.starts_with("domain"));
            assert!(name.starts_with("__Host-") && is_host, "a browser would drop this cookie: {line}");
            assert!(has("httponly"), "a script could read this cookie: {line}");
            assert!(has("samesite=strict") || has("samesite=lax"), "another site could send this cookie: {line}");
            if has("max-age=0") {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
    }
}

/// What must hold for every answer, page or not.
fn check_headers(path: &str, answer: &Answer) {
    let is = |name: &str, expected: &str| assert_eq!(answer.header(name), Some(expected), "header {name} of {path}");
    let is_file =
        matches!(path.split('?').next().unwrap_or(path), "/script.js" | "/toll.js" | "/favicon.ico" | "/robots.txt");
    if !is_file {
        is("cache-control", "no-store");
    }
    is("x-content-type-options", "nosniff");
    is("referrer-policy", "no-referrer");
    if answer.is_html() {
        let policy = answer.header("content-security-policy").unwrap_or_else(|| panic!("no policy on {path}"));
        assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe"), "the policy of {path}: {policy}");
    }
}

/// `application/x-www-form-urlencoded` (WHATWG URL §5.2).
pub fn encoded(fields: &[(&str, &str)]) -> String {
    let one = |text: &str| -> String {
        let byte = |byte: u8| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'*' | b'-' | b'.' | b'_' => char::from(byte).to_string(),
            b' ' => "+".to_owned(),
            _ => format!("%{byte:02X}"),
        };
        text.bytes().map(byte).collect()
    };
    fields.iter().map(|(name, value)| format!("{}={}", one(name), one(value))).collect::<Vec<_>>().join("&")
}
