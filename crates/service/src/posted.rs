//! What stands in the outbox: what to say and to whom, without a full contact. The contact is read from the directory
//! again when the message leaves (so a browser can't name it, and a stolen outbox holds none).

use crate::budget::Warning;
use crate::{Regain, Visitor};
use recovery::{ContactPrint, MethodKind, Obstacle, Seconds, Timestamp, mac};
use serde::{Deserialize, Serialize};
use store::{Change, Key, OutboxRow, OutboxStatus};
use zeroize::Zeroize;

/// Bodies are filled up to a multiple of this, so that a decoy's row is as long as any other.
const BODY_BLOCK_BYTES: usize = 512;

/// How long a notice is worth sending: three days.
pub(crate) const NOTICE_SECONDS: Seconds = 3 * 24 * 3600;

/// A job of the outbox.
#[derive(Serialize, Deserialize)]
pub(crate) enum Posted {
    /// One code for one contact. Without an account it is a decoy's, and goes nowhere.
    Code { account: Option<String>, contact: [u8; 16], kind: Kind, code: String, expires_at: i64, asked: Asked },
    /// Tell an account's contacts why its recovery can't end, once a day. Without a reason it tells nobody.
    TellOwner { account: Option<String>, obstacle: Option<Reason>, asked: Asked },
    /// Tell every contact of an account what happened; becomes one [`Posted::Notice`] for each.
    TellContacts { account: String, what: What, asked: Asked },
    /// One notice for one contact.
    Notice { account: String, contact: [u8; 16], what: What, asked: Asked },
    /// A letter from the contact form, for the secretariat.
    Letter { from: String, reach: String, text: String, asked: Asked },
    /// Someone reported "that was not me": for the secretariat.
    Alert { until: i64, asked: Asked },
    /// Messages by telephone may be running up a bill: for the operator.
    Warning { warning: Warning, asked: Asked },
}

/// Who asked for what a message is about: said in the message, so that its reader can judge.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Asked {
    pub realm: String,
    pub user_name: String,
    pub at: i64,
    /// The kind of device, as `language::Device` keys it.
    pub device: String,
    pub language: String,
    pub reference: String,
}

#[derive(Clone, Copy, Serialize, Deserialize)]
pub(crate) enum Kind {
    Email,
    Sms,
    Call,
}

#[derive(Clone, Copy, Serialize, Deserialize)]
pub(crate) enum Reason {
    TooFewMethods,
    Disabled,
    Paused,
    FreshContacts { until: i64 },
}

/// What a notice says.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) enum What {
    /// The password was reset; with the number of the link "that was not me".
    PasswordReset {
        report: String,
    },
    PasswordUnclear,
    CanNotRecover {
        reason: Reason,
    },
    /// Contacts in the directory have changed; from when a new one counts.
    ContactsChanged {
        until: i64,
    },
}

impl From<MethodKind> for Kind {
    fn from(kind: MethodKind) -> Self {
        match kind {
            MethodKind::Email => Kind::Email,
            MethodKind::Sms => Kind::Sms,
            MethodKind::Call => Kind::Call,
        }
    }
}

impl Kind {
    pub fn name(self) -> &'static str {
        match self {
            Kind::Email => "email",
            Kind::Sms => "sms",
            Kind::Call => "call",
        }
    }
}

impl From<Obstacle> for Reason {
    fn from(obstacle: Obstacle) -> Self {
        match obstacle {
            Obstacle::TooFewMethods => Reason::TooFewMethods,
            Obstacle::Disabled => Reason::Disabled,
            Obstacle::Paused => Reason::Paused,
            Obstacle::FreshContacts { until } => Reason::FreshContacts { until: until.millis() },
        }
    }
}

impl From<Reason> for Obstacle {
    fn from(reason: Reason) -> Self {
        match reason {
            Reason::TooFewMethods => Obstacle::TooFewMethods,
            Reason::Disabled => Obstacle::Disabled,
            Reason::Paused => Obstacle::Paused,
            Reason::FreshContacts { until } => Obstacle::FreshContacts { until: Timestamp::from_millis(until) },
        }
    }
}

impl Posted {
    /// What kind of job it is, for `regain explain`.
    fn purpose(&self) -> &'static str {
        match self {
            Posted::Code { .. } => "code",
            Posted::TellOwner { .. } => "owner",
            Posted::TellContacts { .. } | Posted::Notice { .. } => "notice",
            Posted::Letter { .. } => "letter",
            Posted::Alert { .. } | Posted::Warning { .. } => "alert",
        }
    }

    fn kind(&self) -> &'static str {
        match self {
            Posted::Code { kind, .. } => kind.name(),
            Posted::Letter { .. } | Posted::Alert { .. } | Posted::Warning { .. } => "email",
            _ => "",
        }
    }

    pub fn asked(&self) -> &Asked {
        match self {
            Posted::Code { asked, .. }
            | Posted::TellOwner { asked, .. }
            | Posted::TellContacts { asked, .. }
            | Posted::Notice { asked, .. }
            | Posted::Letter { asked, .. }
            | Posted::Alert { asked, .. }
            | Posted::Warning { asked, .. } => asked,
        }
    }

    /// JSON, in a buffer with room for all of it (one that grows leaves copies of a code behind), filled up with spaces to a whole number of blocks: as many as what was asked takes, and one for the rest, so
    /// that an id more or less, or a reason, never makes a body longer.
    fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(8 * BODY_BLOCK_BYTES);
        serde_json::to_writer(&mut bytes, self).expect("texts and numbers can be written as JSON");
        let asked = serde_json::to_vec(self.asked()).map_or(0, |asked| asked.len());
        let room = (asked + BODY_BLOCK_BYTES).max(bytes.len());
        bytes.resize(room.next_multiple_of(BODY_BLOCK_BYTES), b' ');
        bytes
    }

    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        serde_json::from_slice(bytes).ok()
    }
}

impl Drop for Posted {
    fn drop(&mut self) {
        if let Posted::Code { code, .. } = self {
            code.zeroize();
        }
    }
}

impl Asked {
    pub fn by(visitor: &Visitor, realm: &str, user_name: &str, reference: String, at: Timestamp) -> Self {
        Self {
            realm: realm.to_owned(),
            user_name: user_name.to_owned(),
            at: at.millis(),
            device: visitor.device().key(),
            language: visitor.language.clone(),
            reference,
        }
    }
}

impl Regain {
    /// The change that puts a job into the outbox, due now.
    pub(crate) fn post(&self, posted: &Posted, account: Key, now: Timestamp, expires_at: Timestamp) -> Change {
        self.post_once(self.random(), posted, account, now, expires_at)
    }

    /// The same under a number that what it is about decides: posted twice, it is one job.
    pub(crate) fn post_once(
        &self,
        id: [u8; 16],
        posted: &Posted,
        account: Key,
        now: Timestamp,
        expires_at: Timestamp,
    ) -> Change {
        Change::Post(OutboxRow {
            id,
            account,
            purpose: posted.purpose().to_owned(),
            kind: posted.kind().to_owned(),
            body: posted.to_bytes(),
            created_at: now.millis(),
            due_at: now.millis(),
            expires_at: expires_at.millis(),
            tries: 0,
            status: OutboxStatus::Waiting,
            outcome: String::new(),
        })
    }
}

/// The number of a job that follows from something else: of an earlier job, of a report.
pub(crate) fn following_id(key: &[u8; 32], parts: &[&[u8]]) -> [u8; 16] {
    let mut id = [0; 16];
    id.copy_from_slice(&mac(key, parts)[..16]);
    id
}

pub(crate) fn print_bytes(print: &ContactPrint) -> [u8; 16] {
    *print.bytes()
}

/// Whether these bytes are a job of the outbox: for the fuzz targets.
pub fn is_job(bytes: &[u8]) -> bool {
    Posted::from_bytes(bytes).is_some()
}
