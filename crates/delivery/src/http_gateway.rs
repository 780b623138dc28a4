//! SMS and calls by any gateway with an HTTP interface, as the settings describe it.
//!
//! One door: [`HttpGateway`]. It knows HTTP and how a text is written so that it stays one value wherever it stands; which
//! gateway it speaks to, it learns from [`Options`], of which [`presets`] has ready ones. It knows nothing of who gets a message.

mod answer;
mod body;
mod gsm7;
mod options;
pub mod presets;
mod request;
mod template;
#[cfg(test)]
mod tests;
mod url;

use crate::{Body, Channel, ChannelKind, DeliveryError, Message, tls};
#[doc(hidden)]
pub use answer::Rules;
use async_trait::async_trait;
pub use options::{
    Authentication, BodyKind, BodyTemplate, Carries, Method, Options, OptionsError, Reference, Refused, Success,
};
use request::RequestTemplate;
use rustls::{ClientConfig, pki_types::ServerName};
use std::{sync::Arc, time::Duration};
pub use template::TemplateError;
use template::Values;
use tokio::{net::TcpStream, time::timeout};
use tokio_rustls::TlsConnector;

/// How much of an answer is read. Bytes.
const ANSWER_BYTES_MAX: usize = 64 * 1024;

/// One SMS or voice gateway.
pub struct HttpGateway {
    name: String,
    carries: Carries,
    request: RequestTemplate,
    rules: Rules,
    client: reqwest::Client,
    tls: Arc<ClientConfig>,
    connect_timeout: Duration,
}

impl HttpGateway {
    /// Judges the settings. Does not connect: [`Channel::check`] does.
    ///
    /// # Errors
    /// What is wrong in the settings, in words for the operator.
    pub fn new(options: Options) -> Result<Self, OptionsError> {
        if options.carries == Carries::Call && !options.asks_key_press {
            return Err(OptionsError::SpeaksToVoicemail);
        }
        let request = RequestTemplate::read(&options)?;
        let rules = Rules::read(&options)?;
        // Where no TLS is spoken (to this machine), the system need not have authorities to trust.
        let trusted = if request.is_https() { tls::trusted(options.ca_file.as_deref())? } else { Vec::new() };
        let config = tls::client(&trusted).map_err(|error| OptionsError::Client(error.to_string()))?;
        let client = reqwest::Client::builder()
            .tls_backend_preconfigured(config.clone())
            .no_proxy()
            .redirect(reqwest::redirect::Policy::none())
            .connect_timeout(options.connect_timeout)
            .timeout(options.timeout)
            .build()
            .map_err(|error| OptionsError::Client(error.to_string()))?;
        Ok(Self {
            name: options.name,
            carries: options.carries,
            request,
            rules,
            client,
            tls: Arc::new(config),
            connect_timeout: options.connect_timeout,
        })
    }

    fn values<'a>(&self, message: &'a Message) -> Result<Values<'a>, DeliveryError> {
        let (to, text, language) = match (&message.body, self.carries) {
            (Body::Sms { to, text }, Carries::Sms) => (to, text, ""),
            (Body::Call { to, text, language }, Carries::Call) => (to, text, language.as_str()),
            _ => {
                return Err(DeliveryError::Misconfigured("the gateway does not carry this kind of message".to_owned()));
            }
        };
        Ok(Values { to: to.e164(), text, language, id: &message.id })
    }

    async fn handshake(&self) -> Result<(), DeliveryError> {
        let (host, port) = self.request.host_and_port();
        let no_connection = |_| DeliveryError::Later("no connection to the gateway".to_owned());
        let stream = TcpStream::connect((host, port)).await.map_err(no_connection)?;
        if !self.request.is_https() {
            return Ok(());
        }
        let name = ServerName::try_from(host.to_owned())
            .map_err(|_| DeliveryError::Misconfigured("the host name can't stand in a certificate".to_owned()))?;
        let handshake = TlsConnector::from(self.tls.clone()).connect(name, stream).await;
        handshake.map(drop).map_err(|error| match tls::fault(&error) {
            Some(reason) => DeliveryError::Misconfigured(reason),
            None => DeliveryError::Later("the connection broke while TLS was set up".to_owned()),
        })
    }
}

#[async_trait]
impl Channel for HttpGateway {
    fn kind(&self) -> ChannelKind {
        match self.carries {
            Carries::Sms => ChannelKind::Sms,
            Carries::Call => ChannelKind::Call,
        }
    }

    fn name(&self) -> &str {
        &self.name
    }

    /// Hands the message over. A time-out or a broken line after the request was sent is `Later`: the gateway may have taken
    /// the message, and the next try may deliver it a second time. A code that comes twice does little harm; one that never
    /// comes does. A gateway that knows repetitions by an id of the client's can be given `{id}`.
    async fn send(&self, message: &Message) -> Result<String, DeliveryError> {
        let request = self.request.fill(&self.values(message)?)?;
        let sent = self.client.execute(request).await;
        let mut response = sent.map_err(|error| answer::fault(&error))?;
        let body = answer::read(&mut response, ANSWER_BYTES_MAX).await;
        self.rules.judge(response.status().as_u16(), response.headers(), body.as_deref(), message)
    }

    /// Connects to the gateway's host, with TLS, and hangs up. Nothing is sent, so credentials are not tried: gateways have no
    /// common way to do that without a message.
    async fn check(&self) -> Result<(), DeliveryError> {
        let late = |_| DeliveryError::Later("the gateway did not answer in time".to_owned());
        timeout(self.connect_timeout, self.handshake()).await.map_err(late)?
    }
}
