//! Messages out: the trait of a channel, its adapters, and the order in which they are tried.
//!
//! One door: [`Couriers`] takes one message and hands it to the first channel of its kind that accepts it. This room
//! knows nothing of recoveries or accounts: it gets a contact and a text. When to try again is the outbox's business
//! (room `service`), for which every error says whether a later try makes sense.

#[cfg(feature = "http")]
pub mod http_gateway;
#[cfg(feature = "smtp")]
pub mod smtp;

mod reference;
mod tls;

pub use tls::TrustError;

use async_trait::async_trait;
use recovery::{EmailAddress, PhoneNumber};
use std::fmt;

/// A message for one contact, ready to be sent. It does not print: it may hold a code.
#[derive(Clone)]
pub struct Message {
    /// The same at every try, so that a receiver can tell a repetition.
    pub id: String,
    pub body: Body,
}

#[derive(Clone)]
pub enum Body {
    Mail {
        to: EmailAddress,
        subject: String,
        text: String,
        html: String,
        language: String,
    },
    Sms {
        to: PhoneNumber,
        text: String,
    },
    /// A call that speaks, after the person has pressed a key.
    Call {
        to: PhoneNumber,
        text: String,
        language: String,
    },
}

/// What carries a message.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum ChannelKind {
    Mail,
    Sms,
    Call,
}

impl Body {
    pub const fn channel(&self) -> ChannelKind {
        match self {
            Body::Mail { .. } => ChannelKind::Mail,
            Body::Sms { .. } => ChannelKind::Sms,
            Body::Call { .. } => ChannelKind::Call,
        }
    }
}

impl fmt::Debug for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Message({} {:?} …)", self.id, self.body.channel())
    }
}

/// One SMTP server, one SMS gateway, one telephone trunk. Every call has a time-out of its own.
#[async_trait]
pub trait Channel: Send + Sync {
    fn kind(&self) -> ChannelKind;

    /// The channel's name in the settings, for the log.
    fn name(&self) -> &str;

    /// Hands the message over. `Ok` means that the receiving server has taken it; the text is the server's own reference,
    /// without contact or code.
    async fn send(&self, message: &Message) -> Result<String, DeliveryError>;

    /// Tries the connection and the credentials without sending anything, for `regain check`.
    async fn check(&self) -> Result<(), DeliveryError>;
}

/// Why a message was not handed over. The texts hold no contact and no code.
#[derive(thiserror::Error, Clone, Debug)]
pub enum DeliveryError {
    /// No connection, a time-out before the message was taken, or an answer that says "later". Another try makes sense.
    #[error("not now: {0}")]
    Later(String),
    /// The server will not take this message, today or tomorrow (no such mailbox, a number it does not serve).
    #[error("refused: {0}")]
    Refused(String),
    /// The server refuses Regain itself (credentials, certificate, a wrong address in the settings). The operator must act;
    /// another try makes sense once it is mended.
    #[error("the gateway refuses Regain: {0}")]
    Misconfigured(String),
}

/// The channels of an installation, each kind in the order in which they are tried.
#[derive(Default)]
pub struct Couriers {
    channels: Vec<Box<dyn Channel>>,
}

impl Couriers {
    pub fn new(channels: Vec<Box<dyn Channel>>) -> Self {
        Self { channels }
    }

    /// Whether any channel carries this kind of message.
    pub fn carries(&self, kind: ChannelKind) -> bool {
        self.channels.iter().any(|channel| channel.kind() == kind)
    }

    /// The channels, for `regain check`.
    pub fn channels(&self) -> impl Iterator<Item = &dyn Channel> {
        self.channels.iter().map(AsRef::as_ref)
    }

    /// Hands a message to the first channel of its kind that takes it. `start` rotates the order, so that a second try
    /// begins with the next channel. Answers with the channel's name and the server's reference.
    ///
    /// # Errors
    /// The last channel's error; `Misconfigured` when no channel carries this kind. A `Refused` is final and is not
    /// offered to the next channel: the contact is at fault, not the channel.
    pub async fn deliver(&self, message: &Message, start: usize) -> Result<(String, String), DeliveryError> {
        let kind = message.body.channel();
        let able: Vec<&dyn Channel> = self.channels().filter(|channel| channel.kind() == kind).collect();
        let mut last = DeliveryError::Misconfigured(format!("no channel of the settings carries {kind:?} messages"));
        for turn in 0..able.len() {
            let channel = able[(start + turn) % able.len()];
            match channel.send(message).await {
                Ok(reference) => return Ok((channel.name().to_owned(), reference)),
                Err(error @ DeliveryError::Refused(_)) => return Err(error),
                Err(error) => {
                    tracing::warn!(channel = channel.name(), %error, "A channel did not take a message.");
                    last = error;
                }
            }
        }
        Err(last)
    }
}
