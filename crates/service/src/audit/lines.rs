//! The trail as JSON Lines: all that a check needs, without a secret, and read again as it was written.
//!
//! The first line of an export says whose trail it is and where it begins; then come the heads' and the rows' lines.

use jiff::Timestamp;
use recovery::AuditEvent;
use serde::{Deserialize, Serialize};
use store::audit::{Entry, Head, HeadKind, NodeId, Part, PublicKey, Seen, Tip};
use store::{AuditPerson, Millis};

/// A line of an export.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum AuditLine {
    /// Whose trail it is, whose key signs it, and the row that it begins behind.
    Trail {
        node: NodeId,
        key: PublicKey,
        after: Tip,
    },
    Event(Box<Entry>),
    Head(Head),
}

/// Why a line can't be read.
#[derive(thiserror::Error, Clone, PartialEq, Eq, Debug)]
pub enum LineFault {
    #[error("it is no line of an export: {0}")]
    Json(String),
    #[error("{0} is not as it should be")]
    Field(&'static str),
}

#[derive(Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum Written {
    Trail(TrailWritten),
    Event(Box<EventWritten>),
    Head(HeadWritten),
}

#[derive(Serialize, Deserialize)]
struct TrailWritten {
    format: u8,
    node: String,
    public_key: String,
    after_seq: u64,
    after_hash: String,
}

/// `result` and `activity` follow from `event`; no hash covers them, and they are not read back.
#[derive(Serialize, Deserialize)]
struct EventWritten {
    node: String,
    seq: u64,
    time: String,
    reference: String,
    realm: String,
    event: String,
    detail: String,
    #[serde(skip_deserializing, skip_serializing_if = "Option::is_none")]
    result: Option<&'static str>,
    #[serde(skip_deserializing, skip_serializing_if = "Option::is_none")]
    activity: Option<&'static str>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    user_name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    account: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    person_salt: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    person_commitment: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    network: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    network_salt: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    network_commitment: Option<String>,
    hash: String,
}

#[derive(Serialize, Deserialize)]
struct HeadWritten {
    kind: String,
    node: String,
    seq: u64,
    hash: String,
    time: String,
    seen: Vec<SeenWritten>,
    signature: String,
}

#[derive(Serialize, Deserialize)]
struct SeenWritten {
    node: String,
    seq: u64,
    hash: String,
}

impl AuditLine {
    /// The line, without its end.
    pub fn to_text(&self) -> String {
        let written = match self {
            AuditLine::Trail { node, key, after } => Written::Trail(TrailWritten {
                format: 1,
                node: node.to_string(),
                public_key: key.to_string(),
                after_seq: after.seq,
                after_hash: hex(&after.hash),
            }),
            AuditLine::Event(entry) => Written::Event(Box::new(event(entry))),
            AuditLine::Head(head) => Written::Head(HeadWritten {
                kind: head.kind.name().to_owned(),
                node: head.node.to_string(),
                seq: head.tip.seq,
                hash: hex(&head.tip.hash),
                time: utc(head.at),
                seen: head.seen.iter().map(seen).collect(),
                signature: hex(&head.signature),
            }),
        };
        serde_json::to_string(&written).expect("texts and numbers can be written as JSON")
    }

    /// Reads a line.
    ///
    /// # Errors
    /// When it is none, or something in it can't be what it says.
    pub fn parse(text: &str) -> Result<Self, LineFault> {
        let written = serde_json::from_str(text).map_err(|error| LineFault::Json(error.to_string()))?;
        match written {
            Written::Trail(trail) => Ok(AuditLine::Trail {
                node: NodeId(unhex(&trail.node, "node")?),
                key: PublicKey(unhex(&trail.public_key, "public_key")?),
                after: Tip { seq: trail.after_seq, hash: unhex(&trail.after_hash, "after_hash")? },
            }),
            Written::Event(written) => Ok(AuditLine::Event(Box::new(entry(*written)?))),
            Written::Head(head) => Ok(AuditLine::Head(Head {
                kind: HeadKind::named(&head.kind).ok_or(LineFault::Field("kind"))?,
                node: NodeId(unhex(&head.node, "node")?),
                tip: Tip { seq: head.seq, hash: unhex(&head.hash, "hash")? },
                at: millis(&head.time)?,
                seen: head
                    .seen
                    .iter()
                    .map(|seen| {
                        let tip = Tip { seq: seen.seq, hash: unhex(&seen.hash, "hash")? };
                        Ok(Seen { node: NodeId(unhex(&seen.node, "node")?), tip })
                    })
                    .collect::<Result<_, LineFault>>()?,
                signature: unhex(&head.signature, "signature")?,
            })),
        }
    }
}

fn event(entry: &Entry) -> EventWritten {
    let kind = AuditEvent::kind_named(&entry.event);
    let (user_name, account, person_salt) = match &entry.person {
        Part::Kept { salt, value, .. } => (Some(value.user_name.clone()), Some(hex(&value.account)), Some(hex(salt))),
        _ => (None, None, None),
    };
    let (network, network_salt) = match &entry.network {
        Part::Kept { salt, value, .. } => (Some(value.clone()), Some(hex(salt))),
        _ => (None, None),
    };
    let commitment = |bytes: &[u8]| (!bytes.is_empty()).then(|| hex(bytes));
    EventWritten {
        node: entry.node.to_string(),
        seq: entry.seq,
        time: utc(entry.at),
        reference: entry.reference.clone(),
        realm: entry.realm.clone(),
        event: entry.event.clone(),
        detail: entry.detail.clone(),
        result: kind.map(|kind| kind.result.name()),
        activity: kind.and_then(|kind| kind.activity),
        user_name,
        account,
        person_salt,
        person_commitment: commitment(entry.person.commitment()),
        network,
        network_salt,
        network_commitment: commitment(entry.network.commitment()),
        hash: hex(&entry.hash),
    }
}

fn entry(written: EventWritten) -> Result<Entry, LineFault> {
    let person = match (written.user_name, written.account, written.person_salt) {
        (Some(user_name), Some(account), Some(salt)) => {
            Some((salt, AuditPerson { account: unhex(&account, "account")?, user_name }))
        }
        (None, None, None) => None,
        _ => return Err(LineFault::Field("person_salt, user_name or account")),
    };
    let network = match (written.network, written.network_salt) {
        (Some(network), Some(salt)) => Some((salt, network)),
        (None, None) => None,
        _ => return Err(LineFault::Field("network_salt or network")),
    };
    Ok(Entry {
        node: NodeId(unhex(&written.node, "node")?),
        seq: written.seq,
        at: millis(&written.time)?,
        reference: written.reference,
        realm: written.realm,
        event: written.event,
        detail: written.detail,
        person: part(person, written.person_commitment.as_deref())?,
        network: part(network, written.network_commitment.as_deref())?,
        hash: unhex(&written.hash, "hash")?,
    })
}

fn part<T>(kept: Option<(String, T)>, commitment: Option<&str>) -> Result<Part<T>, LineFault> {
    let commitment = commitment.map(|text| unhex(text, "a commitment")).transpose()?;
    match (kept, commitment) {
        (None, None) => Ok(Part::None),
        (None, Some(commitment)) => Ok(Part::Erased { commitment }),
        (Some((salt, value)), Some(commitment)) => Ok(Part::Kept { commitment, salt: unhex(&salt, "a salt")?, value }),
        (Some(_), None) => Err(LineFault::Field("a commitment")),
    }
}

fn seen(seen: &Seen) -> SeenWritten {
    SeenWritten { node: seen.node.to_string(), seq: seen.tip.seq, hash: hex(&seen.tip.hash) }
}

/// A time as RFC 3339 writes it, in UTC, to the millisecond.
pub fn utc(at: Millis) -> String {
    let at = Timestamp::from_millisecond(at).unwrap_or(Timestamp::UNIX_EPOCH);
    at.strftime("%Y-%m-%dT%H:%M:%S%.3fZ").to_string()
}

fn millis(time: &str) -> Result<Millis, LineFault> {
    time.parse::<Timestamp>().map(Timestamp::as_millisecond).map_err(|_| LineFault::Field("time"))
}

pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn unhex<const N: usize>(text: &str, field: &'static str) -> Result<[u8; N], LineFault> {
    let (pairs, rest) = text.as_bytes().as_chunks::<2>();
    let mut bytes = [0; N];
    if pairs.len() != N || !rest.is_empty() {
        return Err(LineFault::Field(field));
    }
    for (byte, [high, low]) in bytes.iter_mut().zip(pairs) {
        let digit = |digit: &u8| char::from(*digit).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
        *byte = match (digit(high), digit(low)) {
            (Some(high), Some(low)) => high << 4 | low,
            _ => return Err(LineFault::Field(field)),
        };
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::super::tests::{entry, head};
    use super::*;

    #[test]
    fn lines_are_read_as_they_were_written() {
        let whole = entry();
        let erased = Entry {
            person: Part::Erased { commitment: [4; 32] },
            network: Part::Erased { commitment: [5; 32] },
            ..whole.clone()
        };
        let nobody = Entry { person: Part::None, network: Part::None, ..whole.clone() };
        for entry in [whole, erased, nobody] {
            let line = AuditLine::Event(Box::new(entry));
            assert_eq!(AuditLine::parse(&line.to_text()), Ok(line.clone()), "{}", line.to_text());
            assert!(!line.to_text().contains('\n'));
        }
        for line in [
            AuditLine::Head(head()),
            AuditLine::Trail { node: NodeId([1; 8]), key: PublicKey([2; 32]), after: Tip { seq: 9, hash: [3; 32] } },
        ] {
            assert_eq!(AuditLine::parse(&line.to_text()), Ok(line.clone()), "{}", line.to_text());
        }
    }

    #[test]
    fn a_line_that_is_none_says_what_is_wrong() {
        let text = AuditLine::Event(Box::new(entry())).to_text();
        assert!(matches!(AuditLine::parse("hello"), Err(LineFault::Json(_))));
        assert!(matches!(AuditLine::parse("{}"), Err(LineFault::Json(_))));
        let hash = hex(&entry().hash);
        assert_eq!(AuditLine::parse(&text.replace(&hash, "00")), Err(LineFault::Field("hash")));
        assert_eq!(AuditLine::parse(&text.replace(&hash, &"zz".repeat(32))), Err(LineFault::Field("hash")));
        assert_eq!(AuditLine::parse(&text.replace("2026-", "x-")), Err(LineFault::Field("time")));
        let without_salt = text.replace("\"network_salt\"", "\"other\"");
        assert_eq!(AuditLine::parse(&without_salt), Err(LineFault::Field("network_salt or network")));
    }
}
