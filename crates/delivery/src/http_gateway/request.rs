//! One request to the gateway, made from the description and the message.

#![allow(clippy::disallowed_methods)] // A signed request carries the time of its signature.

use super::{
    Authentication, Carries, Method, Options, OptionsError,
    body::BodyWriter,
    template::{Placeholder, Template, TemplateError, Values},
    url::UrlTemplate,
};
use crate::DeliveryError;
use base64::{Engine, engine::general_purpose::STANDARD};
use reqwest::{
    Request,
    header::{AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue},
};
use sha1::{Digest, Sha1};
use std::time::{SystemTime, UNIX_EPOCH};

/// Headers that say where a request ends or goes, which is HTTP's own business.
const NOT_THE_OPERATORS: [&str; 7] =
    ["host", "content-length", "transfer-encoding", "connection", "upgrade", "te", "trailer"];

pub struct RequestTemplate {
    method: reqwest::Method,
    url: UrlTemplate,
    headers: Vec<(HeaderName, Template)>,
    body: Option<BodyWriter>,
    authentication: Authentication,
}

impl RequestTemplate {
    pub fn read(options: &Options) -> Result<Self, OptionsError> {
        if options.method == Method::Get && options.body.is_some() {
            return Err(OptionsError::GetWithBody);
        }
        let headers = options.headers.iter().map(|(name, value)| header(name, value, options));
        let request = Self {
            method: match options.method {
                Method::Get => reqwest::Method::GET,
                Method::Post => reqwest::Method::POST,
                Method::Put => reqwest::Method::PUT,
            },
            url: UrlTemplate::read(&options.url, &options.secrets)?,
            headers: headers.collect::<Result<_, _>>()?,
            body: options.body.as_ref().map(|body| BodyWriter::read(body, &options.secrets)).transpose()?,
            authentication: options.authentication.clone(),
        };
        request.judge(options.carries)?;
        Ok(request)
    }

    fn judge(&self, carries: Carries) -> Result<(), OptionsError> {
        if !self.says(&Placeholder::Text) {
            return Err(OptionsError::NeverSays("{text}"));
        }
        if !self.says(&Placeholder::To) && !self.says(&Placeholder::ToDigits) {
            return Err(OptionsError::NeverSays("{to} or {to_digits}"));
        }
        if carries == Carries::Sms && self.says(&Placeholder::Language) {
            return Err(OptionsError::Template { place: "the request".to_owned(), error: TemplateError::NoLanguage });
        }
        if let Authentication::Ovh { application_key, consumer_key, .. } = &self.authentication {
            for (name, value) in
                [("X-Ovh-Application", application_key.as_str()), ("X-Ovh-Consumer", consumer_key.reveal())]
            {
                HeaderValue::from_str(value).map_err(|_| OptionsError::HeaderValue(name.to_owned()))?;
            }
        }
        Ok(())
    }

    fn says(&self, placeholder: &Placeholder) -> bool {
        self.url.says(placeholder)
            || self.headers.iter().any(|(_, template)| template.says(placeholder))
            || self.body.as_ref().is_some_and(|body| body.says(placeholder))
    }

    pub const fn is_https(&self) -> bool {
        self.url.is_https()
    }

    pub fn host_and_port(&self) -> (&str, u16) {
        self.url.host_and_port()
    }

    /// # Errors
    /// `Refused` for a message that can't be written where the description wants it.
    pub fn fill(&self, values: &Values<'_>) -> Result<Request, DeliveryError> {
        let mut request = Request::new(self.method.clone(), self.url.fill(values)?);
        let body = self.body.as_ref().map(|body| body.fill(values));
        let headers = request.headers_mut();
        if let Some(body) = &self.body {
            headers.insert(CONTENT_TYPE, HeaderValue::from_static(body.content_type()));
        }
        for (name, template) in &self.headers {
            headers.insert(name.clone(), secret(template.fill(values, one_line).as_bytes())?);
        }
        self.authenticate(&mut request, body.as_deref().unwrap_or_default())?;
        *request.body_mut() = body.map(Into::into);
        Ok(request)
    }

    fn authenticate(&self, request: &mut Request, body: &str) -> Result<(), DeliveryError> {
        match &self.authentication {
            Authentication::None => {}
            Authentication::Basic { user_name, password } => {
                let pair = STANDARD.encode(format!("{user_name}:{}", password.reveal()));
                request.headers_mut().insert(AUTHORIZATION, secret(format!("Basic {pair}").as_bytes())?);
            }
            Authentication::Ovh { application_key, application_secret, consumer_key } => {
                let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs()).to_string();
                let method = request.method().as_str();
                let parts =
                    [application_secret.reveal(), consumer_key.reveal(), method, request.url().as_str(), body, &now];
                let signature = format!("$1${}", hexadecimal(&Sha1::digest(parts.join("+"))));
                let headers: &mut HeaderMap = request.headers_mut();
                headers.insert("x-ovh-application", secret(application_key.as_bytes())?);
                headers.insert("x-ovh-consumer", secret(consumer_key.reveal().as_bytes())?);
                headers.insert("x-ovh-timestamp", secret(now.as_bytes())?);
                headers.insert("x-ovh-signature", secret(signature.as_bytes())?);
            }
        }
        Ok(())
    }
}

fn header(name: &str, value: &str, options: &Options) -> Result<(HeaderName, Template), OptionsError> {
    let parsed = HeaderName::from_bytes(name.as_bytes()).map_err(|_| OptionsError::HeaderName(name.to_owned()))?;
    if NOT_THE_OPERATORS.contains(&parsed.as_str()) {
        return Err(OptionsError::HeaderName(name.to_owned()));
    }
    let template = Template::read(value, &options.secrets)
        .map_err(|error| OptionsError::Template { place: format!("the header {name}"), error })?;
    let literals = template.literals().chain(template.secrets().map(recovery::Password::reveal));
    if literals.into_iter().any(|text| text.chars().any(char::is_control)) {
        return Err(OptionsError::HeaderValue(name.to_owned()));
    }
    Ok((parsed, template))
}

/// A value in a header: its line breaks and other control characters become spaces; what is beyond ASCII goes as UTF-8.
fn one_line(value: &str) -> String {
    value.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// A header's value that no log prints.
fn secret(value: &[u8]) -> Result<HeaderValue, DeliveryError> {
    let mut header = HeaderValue::from_bytes(value)
        .map_err(|_| DeliveryError::Refused("the message can't stand in a header".to_owned()))?;
    header.set_sensitive(true);
    Ok(header)
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
