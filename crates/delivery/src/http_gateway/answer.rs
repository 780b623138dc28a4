//! What the gateway's answer means to the outbox. Its words are not passed on, since they may hold the number or the text.

use super::{Options, OptionsError, Reference, Success};
use crate::{DeliveryError, Message, reference, tls};
use regex_lite::Regex;
use reqwest::{
    Response,
    header::{HeaderMap, HeaderName},
};

/// How an answer is judged, in this order: later, taken, refused, and Regain's own fault.
pub struct Rules {
    success: Success,
    success_matches: Option<Regex>,
    refused_statuses: Vec<u16>,
    refused_matches: Option<Regex>,
    retry_statuses: Vec<u16>,
    reference: Option<Place>,
}

enum Place {
    Json(String),
    Matches(Regex),
    Header(HeaderName),
}

impl Rules {
    pub fn read(options: &Options) -> Result<Self, OptionsError> {
        Ok(Self {
            success: options.success.clone(),
            success_matches: pattern("success.body_matches", options.success.body_matches.as_deref())?,
            refused_statuses: options.refused.statuses.clone(),
            refused_matches: pattern("refused.body_matches", options.refused.body_matches.as_deref())?,
            retry_statuses: options.retry_statuses.clone(),
            reference: options.reference.as_ref().map(place).transpose()?,
        })
    }

    /// `body` is `None` where the line broke before its end.
    ///
    /// # Errors
    /// The message was not taken; see [`Options`] for what means what.
    pub fn judge(
        &self,
        status: u16,
        headers: &HeaderMap,
        body: Option<&str>,
        message: &Message,
    ) -> Result<String, DeliveryError> {
        let text = format!("the gateway answered {status}");
        if self.retry_statuses.contains(&status) || matches!(status, 408 | 425 | 429 | 500..=599) {
            return Err(DeliveryError::Later(text));
        }
        let refused = self.refused_matches.as_ref().zip(body).is_some_and(|(pattern, body)| pattern.is_match(body));
        if refused {
            return Err(DeliveryError::Refused(format!("{text} and that it will not take the message")));
        }
        if self.success.statuses.iter().any(|range| range.contains(&status)) {
            return match self.is_success(body) {
                true => Ok(reference::harmless(&self.reference(headers, body.unwrap_or_default()), message)),
                false => Err(DeliveryError::Later(format!("{text}, but not what the settings call success"))),
            };
        }
        Err(match status {
            300..=399 => DeliveryError::Misconfigured(format!("{text}, a redirect, which is not followed")),
            _ if self.refused_statuses.contains(&status) => DeliveryError::Refused(text),
            _ => DeliveryError::Misconfigured(text),
        })
    }

    fn is_success(&self, body: Option<&str>) -> bool {
        let contains =
            self.success.body_contains.as_ref().is_none_or(|part| body.is_some_and(|body| body.contains(part)));
        let matches =
            self.success_matches.as_ref().is_none_or(|pattern| body.is_some_and(|body| pattern.is_match(body)));
        contains && matches
    }

    fn reference(&self, headers: &HeaderMap, body: &str) -> String {
        let found = match &self.reference {
            None => None,
            Some(Place::Header(name)) => headers.get(name).and_then(|value| value.to_str().ok()).map(str::to_owned),
            Some(Place::Matches(pattern)) => {
                pattern.captures(body).and_then(|groups| groups.get(1)).map(|group| group.as_str().to_owned())
            }
            Some(Place::Json(pointer)) => from_json(body, pointer),
        };
        found.unwrap_or_default()
    }
}

fn from_json(body: &str, pointer: &str) -> Option<String> {
    let value: serde_json::Value = serde_json::from_str(body).ok()?;
    match value.pointer(pointer)? {
        serde_json::Value::String(text) => Some(text.clone()),
        serde_json::Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

fn pattern(place: &'static str, text: Option<&str>) -> Result<Option<Regex>, OptionsError> {
    let compile = |text| Regex::new(text).map_err(|error| OptionsError::Pattern { place, reason: error.to_string() });
    text.map(compile).transpose()
}

fn place(reference: &Reference) -> Result<Place, OptionsError> {
    Ok(match reference {
        Reference::Json(pointer) if !pointer.starts_with('/') => return Err(OptionsError::Pointer(pointer.clone())),
        Reference::Json(pointer) => Place::Json(pointer.clone()),
        Reference::Header(name) => {
            Place::Header(HeaderName::from_bytes(name.as_bytes()).map_err(|_| OptionsError::HeaderName(name.clone()))?)
        }
        Reference::Matches(text) => {
            let compiled = Regex::new(text)
                .map_err(|error| OptionsError::Pattern { place: "reference", reason: error.to_string() })?;
            if compiled.captures_len() < 2 {
                return Err(OptionsError::PatternWithoutGroup("reference"));
            }
            Place::Matches(compiled)
        }
    })
}

/// The answer's body as text, at most so many bytes of it. `None` if the line broke on the way.
pub async fn read(response: &mut Response, bytes_max: usize) -> Option<String> {
    let mut body = Vec::new();
    while body.len() < bytes_max {
        match response.chunk().await {
            Ok(Some(chunk)) => body.extend_from_slice(&chunk[..chunk.len().min(bytes_max - body.len())]),
            Ok(None) => break,
            Err(_) => return None,
        }
    }
    Some(String::from_utf8_lossy(&body).into_owned())
}

/// Why there was no answer. The error's own words are not passed on: they hold the URL.
pub fn fault(error: &reqwest::Error) -> DeliveryError {
    if let Some(reason) = tls::fault(error) {
        return DeliveryError::Misconfigured(reason);
    }
    if error.is_builder() || error.is_request() && error.is_redirect() {
        return DeliveryError::Misconfigured("the request can't be written".to_owned());
    }
    let reason = match (error.is_connect(), error.is_timeout()) {
        (true, _) => "no connection to the gateway",
        (false, true) => "the gateway did not answer in time",
        (false, false) => "the connection to the gateway broke",
    };
    DeliveryError::Later(reason.to_owned())
}
