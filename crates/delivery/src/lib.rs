//! Messages out: the trait of a channel, its adapters, and the order in which they are tried.
//!
//! One door: [`Couriers`] takes one message and hands it to the first channel of its kind that accepts it. This room
//! knows nothing of recoveries or accounts: it gets a contact and a text. When to try again is the outbox's business
//! (room `service`), for which every error says whether a later try makes sense.

pub mod collector;
#[cfg(feature = "http")]
pub mod http_gateway;
#[cfg(feature = "smtp")]
pub mod smtp;
#[cfg(feature = "syslog")]
pub mod syslog;

#[cfg(any(feature = "http", feature = "smtp"))]
mod reference;
#[cfg(any(feature = "http", feature = "smtp", feature = "syslog"))]
mod tls;

#[cfg(any(feature = "http", feature = "smtp", feature = "syslog"))]
pub use tls::TrustError;

use async_trait::async_trait;
use recovery::{EmailAddress, PhoneNumber};
use std::fmt;
use zeroize::Zeroize;

/// A message for one contact, ready to be sent. It does not print, and is wiped: it may hold a code.
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

impl Drop for Message {
    /// The texts may hold a code.
    fn drop(&mut self) {
        match &mut self.body {
            Body::Mail { text, html, .. } => {
                text.zeroize();
                html.zeroize();
            }
            Body::Sms { text, .. } | Body::Call { text, .. } => text.zeroize(),
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
                Err(error @ DeliveryError::Refused(_)) => {
                    tracing::warn!(channel = channel.name(), %error, "A channel refused a message.");
                    return Err(error);
                }
                Err(error) => {
                    tracing::warn!(channel = channel.name(), %error, "A channel did not take a message.");
                    last = error;
                }
            }
        }
        Err(last)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::{Arc, Mutex};

    /// A channel that answers the same each time, and writes down that it was asked.
    struct Scripted {
        name: &'static str,
        kind: ChannelKind,
        answer: Result<&'static str, DeliveryError>,
        asked: Arc<Mutex<Vec<&'static str>>>,
    }

    #[async_trait]
    impl Channel for Scripted {
        fn kind(&self) -> ChannelKind {
            self.kind
        }

        fn name(&self) -> &str {
            self.name
        }

        async fn send(&self, _: &Message) -> Result<String, DeliveryError> {
            self.asked.lock().expect("no other panic").push(self.name);
            self.answer.clone().map(str::to_owned)
        }

        async fn check(&self) -> Result<(), DeliveryError> {
            Ok(())
        }
    }

    type Scene = (&'static str, ChannelKind, Result<&'static str, DeliveryError>);

    fn couriers(scenes: Vec<Scene>) -> (Couriers, Arc<Mutex<Vec<&'static str>>>) {
        let asked = Arc::new(Mutex::new(Vec::new()));
        let channels = scenes.into_iter().map(|(name, kind, answer)| {
            Box::new(Scripted { name, kind, answer, asked: asked.clone() }) as Box<dyn Channel>
        });
        (Couriers::new(channels.collect()), asked)
    }

    fn sms() -> Message {
        let to = PhoneNumber::parse("+32470123467", "BE").expect("a number");
        Message { id: "1".into(), body: Body::Sms { to, text: "Code 599523".into() } }
    }

    fn later() -> Result<&'static str, DeliveryError> {
        Err(DeliveryError::Later("down".into()))
    }

    #[tokio::test]
    async fn the_next_channel_of_the_kind_takes_over() {
        let misconfigured = Err(DeliveryError::Misconfigured("password".into()));
        let (couriers, asked) = couriers(vec![
            ("mail", ChannelKind::Mail, Ok("no")),
            ("a", ChannelKind::Sms, later()),
            ("b", ChannelKind::Sms, misconfigured),
            ("c", ChannelKind::Sms, Ok("c-17")),
            ("d", ChannelKind::Sms, Ok("d-1")),
        ]);
        let taken = couriers.deliver(&sms(), 0).await.expect("taken");
        assert_eq!(taken, ("c".to_owned(), "c-17".to_owned()));
        assert_eq!(*asked.lock().expect("whole"), ["a", "b", "c"]);
    }

    #[tokio::test]
    async fn a_second_try_starts_with_the_next_channel() {
        let scenes = || {
            vec![("a", ChannelKind::Sms, later()), ("b", ChannelKind::Sms, later()), ("c", ChannelKind::Sms, later())]
        };
        for (start, order) in [(0, ["a", "b", "c"]), (1, ["b", "c", "a"]), (2, ["c", "a", "b"]), (4, ["b", "c", "a"])] {
            let (couriers, asked) = couriers(scenes());
            assert!(matches!(couriers.deliver(&sms(), start).await, Err(DeliveryError::Later(_))));
            assert_eq!(*asked.lock().expect("whole"), order);
        }
    }

    #[tokio::test]
    async fn a_refusal_is_final() {
        let refused = Err(DeliveryError::Refused("no such number".into()));
        let (couriers, asked) = couriers(vec![("a", ChannelKind::Sms, refused), ("b", ChannelKind::Sms, Ok("b"))]);
        assert!(matches!(couriers.deliver(&sms(), 0).await, Err(DeliveryError::Refused(_))));
        assert_eq!(*asked.lock().expect("whole"), ["a"]);
    }

    #[tokio::test]
    async fn without_a_channel_nothing_carries() {
        let (couriers, asked) = couriers(vec![("mail", ChannelKind::Mail, Ok("no"))]);
        assert!(couriers.carries(ChannelKind::Mail) && !couriers.carries(ChannelKind::Sms));
        assert!(matches!(couriers.deliver(&sms(), 3).await, Err(DeliveryError::Misconfigured(_))));
        assert!(asked.lock().expect("whole").is_empty());
    }

    #[test]
    fn a_message_does_not_print() {
        let printed = format!("{:?}", sms());
        assert!(!printed.contains("599523") && !printed.contains("470123467"), "{printed}");
    }
}
