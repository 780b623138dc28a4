//! Where the demo's messages arrive: a list on the screen, and a file so that it survives a restart.

use crate::Failure;
use async_trait::async_trait;
use delivery::{Body, Channel, ChannelKind, DeliveryError, Message};
use recovery::{MethodKind, Timestamp};
use serde::{Deserialize, Serialize};
use service::Clock;
use std::fs::{File, OpenOptions};
use std::io::Write;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use web::{BoardMessage, MessageBoard};

/// Messages that are kept; older ones go.
const MESSAGES_MAX: usize = 500;

/// The mailbox and the phone.
pub struct Board {
    inner: Mutex<Inner>,
}

struct Inner {
    arrived: Vec<Arrived>,
    file: File,
}

/// A message as a line of the file.
#[derive(Clone, Serialize, Deserialize)]
struct Arrived {
    /// The sender's own number for it: the same at every try.
    sent_as: String,
    channel: String,
    to: String,
    subject: String,
    text: String,
    html: String,
    at: i64,
}

impl Board {
    /// Opens the file and reads what arrived before. A last line that a crash cut off is dropped.
    pub fn open(path: &Path) -> Result<Self, Failure> {
        let text = std::fs::read_to_string(path).unwrap_or_default();
        let arrived = text.lines().filter_map(|line| serde_json::from_str(line).ok()).collect();
        let mut options = OpenOptions::new();
        options.create(true).append(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options
            .open(path)
            .map_err(|error| Failure::new(format!("{} can't be written: {error}", path.display())))?;
        if !text.is_empty() && !text.ends_with('\n') {
            let _ = file.write_all(b"\n");
        }
        Ok(Self { inner: Mutex::new(Inner { arrived, file }) })
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes a message, once: a repetition after a crash is recognised by its number.
    fn take(&self, message: Arrived) -> std::io::Result<()> {
        let mut inner = self.inner();
        if inner.arrived.iter().any(|arrived| arrived.sent_as == message.sent_as) {
            return Ok(());
        }
        let mut line = serde_json::to_string(&message)?;
        line.push('\n');
        inner.file.write_all(line.as_bytes())?;
        inner.arrived.push(message);
        let surplus = inner.arrived.len().saturating_sub(MESSAGES_MAX);
        inner.arrived.drain(..surplus);
        Ok(())
    }
}

impl MessageBoard for Board {
    fn messages(&self) -> Vec<BoardMessage> {
        let inner = self.inner();
        let one = |(place, message): (usize, &Arrived)| BoardMessage {
            id: place as u64 + 1,
            channel: MethodKind::ALL
                .into_iter()
                .find(|kind| kind.name() == message.channel)
                .unwrap_or(MethodKind::Email),
            from: super::school::NAME.to_owned(),
            to: message.to.clone(),
            subject: message.subject.clone(),
            text: message.text.clone(),
            html: message.html.clone(),
            at: Timestamp::from_millis(message.at),
        };
        inner.arrived.iter().enumerate().map(one).collect()
    }
}

/// A channel whose other end is the board.
pub struct BoardChannel {
    kind: ChannelKind,
    board: Arc<Board>,
}

impl BoardChannel {
    pub fn new(kind: ChannelKind, board: Arc<Board>) -> Self {
        Self { kind, board }
    }
}

#[async_trait]
impl Channel for BoardChannel {
    fn kind(&self) -> ChannelKind {
        self.kind
    }

    fn name(&self) -> &str {
        "demo"
    }

    async fn send(&self, message: &Message) -> Result<String, DeliveryError> {
        let at = service::SystemClock.now().millis();
        let sent_as = message.id.clone();
        let arrived = match message.body.clone() {
            Body::Mail { to, subject, text, html, .. } => {
                Arrived { sent_as, channel: "email".to_owned(), to: to.as_str().to_owned(), subject, text, html, at }
            }
            Body::Sms { to, text } => by_phone(sent_as, "sms", to.e164(), text, at),
            Body::Call { to, text, .. } => by_phone(sent_as, "call", to.e164(), text, at),
        };
        self.board.take(arrived).map_err(|error| DeliveryError::Later(error.to_string()))?;
        Ok("shown".to_owned())
    }

    async fn check(&self) -> Result<(), DeliveryError> {
        Ok(())
    }
}

fn by_phone(sent_as: String, channel: &str, to: &str, text: String, at: i64) -> Arrived {
    Arrived {
        sent_as,
        channel: channel.to_owned(),
        to: to.to_owned(),
        subject: String::new(),
        text,
        html: String::new(),
        at,
    }
}
