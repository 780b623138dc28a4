//! The URL of a request: a fixed scheme, host and port, and a path and query with placeholders (RFC 3986).

use super::{
    OptionsError,
    template::{Placeholder, Template, Values},
};
use crate::{DeliveryError, tls};
use recovery::Password;
use reqwest::Url;
use std::collections::BTreeMap;

pub struct UrlTemplate {
    /// `https://host:port`, without a slash at the end.
    origin: String,
    host: String,
    port: u16,
    https: bool,
    path: Template,
    query: Option<Template>,
}

impl UrlTemplate {
    pub fn read(text: &str, secrets: &BTreeMap<String, Password>) -> Result<Self, OptionsError> {
        let (scheme, rest) = text.split_once("://").ok_or_else(|| OptionsError::Url("it has no scheme".to_owned()))?;
        let end = rest.find(['/', '?', '#', '\\']).unwrap_or(rest.len());
        let (authority, rest) = rest.split_at(end);
        if authority.contains('{') || scheme.contains('{') {
            return Err(OptionsError::HostWithPlaceholder);
        }
        if rest.contains('#') {
            return Err(OptionsError::UrlWithFragment);
        }
        let origin = origin(scheme, authority)?;
        let template = |text: &str| {
            Template::read(text, secrets).map_err(|error| OptionsError::Template { place: "the URL".to_owned(), error })
        };
        let (path, query) = match rest.split_once('?') {
            Some((path, query)) => (path, Some(template(query)?)),
            None => (rest, None),
        };
        let path = template(if path.is_empty() { "/" } else { path })?;
        // `url` writes the host of an IPv6 address in brackets, which neither a look-up nor a certificate has.
        let host = origin.host_str().unwrap_or_default().trim_matches(['[', ']']).to_owned();
        Ok(Self {
            host,
            port: origin.port_or_known_default().unwrap_or(443),
            https: origin.scheme() == "https",
            origin: origin.as_str().trim_end_matches('/').to_owned(),
            path,
            query,
        })
    }

    /// # Errors
    /// `Refused` for a text that would lead to another path (`.` or `..` as a whole segment).
    pub fn fill(&self, values: &Values<'_>) -> Result<Url, DeliveryError> {
        let path = self.path.fill(values, percent);
        if path.split('/').any(|segment| segment == "." || segment == "..") {
            return Err(DeliveryError::Refused("the text can't stand in the path of the URL".to_owned()));
        }
        let mut whole = format!("{}{path}", self.origin);
        if let Some(query) = &self.query {
            whole.push('?');
            whole.push_str(&query.fill(values, percent));
        }
        Url::parse(&whole).map_err(|_| DeliveryError::Misconfigured("the gateway's URL can't be written".to_owned()))
    }

    pub const fn is_https(&self) -> bool {
        self.https
    }

    pub fn host_and_port(&self) -> (&str, u16) {
        (&self.host, self.port)
    }

    pub fn says(&self, placeholder: &Placeholder) -> bool {
        self.path.says(placeholder) || self.query.as_ref().is_some_and(|query| query.says(placeholder))
    }
}

fn origin(scheme: &str, authority: &str) -> Result<Url, OptionsError> {
    let origin =
        Url::parse(&format!("{scheme}://{authority}/")).map_err(|error| OptionsError::Url(error.to_string()))?;
    if !origin.username().is_empty() || origin.password().is_some() {
        return Err(OptionsError::UrlWithCredentials);
    }
    let host = origin.host_str().ok_or_else(|| OptionsError::Url("it has no host".to_owned()))?;
    match origin.scheme() {
        "https" => Ok(origin),
        "http" if tls::is_loopback(host) => Ok(origin),
        "http" => Err(OptionsError::PlainBeyondThisMachine(host.to_owned())),
        other => Err(OptionsError::Url(format!("{other}:// is not https://"))),
    }
}

/// Percent-encodes all but the unreserved characters (RFC 3986 §2.3), so that it is one value in a path as in a query.
fn percent(value: &str) -> String {
    let mut encoded = String::with_capacity(value.len());
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}
