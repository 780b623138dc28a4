//! The chain in SQLite: appending a row, signing a head, erasing a personal part, forgetting from the start.
//!
//! What was written last is read from the table for each row, inside the transaction: so a row that is rolled back was
//! never there, a crash leaves nothing to mend, and two programs that have the file open write one chain.

#![allow(clippy::disallowed_methods)] // A salt and a node's name are drawn where they are kept.

use super::place::Place;
use crate::audit::{
    AuditPerson, AuditQuery, AuditRow, Covered, Entry, Head, HeadKind, NodeId, Part, SALT_BYTES, Salt, Seen, Signer,
    Tip, commit_network, commit_person,
};
use crate::sealing::Keyring;
use crate::{Committed, Key, Millis, StoreError};
use recovery::AuditEvent;
use rusqlite::{Connection, OptionalExtension, Params, Row, TransactionBehavior, params};
use zeroize::{Zeroize, Zeroizing};

/// A row whose personal parts are sealed beside it; those in `row` are gone.
pub struct SealedRow {
    row: AuditRow,
    account: Option<Key>,
    person: Option<SealedPart>,
    network: Option<SealedPart>,
}

struct SealedPart {
    commitment: Key,
    sealed: Vec<u8>,
}

/// A row as it lies in the table.
pub struct StoredRow {
    seq: u64,
    row: AuditRow,
    account: Option<Key>,
    person: Stored,
    network: Stored,
    hash: Key,
}

struct Stored {
    sealed: Option<Vec<u8>>,
    /// `None`: there never was such a part.
    commitment: Option<Key>,
}

/// The name of the chain in this file; drawn the first time.
pub fn node(connection: &mut Connection) -> Result<NodeId, StoreError> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let found = transaction.query_row("SELECT node FROM audit_node", [], |row| row.get(0)).optional()?;
    if let Some(node) = found {
        return Ok(NodeId(node));
    }
    let mut node = [0; 8];
    getrandom::fill(&mut node).map_err(|error| StoreError::Engine(format!("there is no random source: {error}")))?;
    transaction.execute("INSERT INTO audit_node (id, node) VALUES (1, ?1)", params![node])?;
    transaction.commit()?;
    Ok(NodeId(node))
}

/// Seals the personal parts, each with a salt, and wipes the plain ones.
pub fn seal(keyring: &Keyring, row: &mut AuditRow) -> SealedRow {
    let mut person = row.person.take();
    let mut network = row.network.take();
    let sealed = SealedRow {
        account: person.as_ref().map(|person| person.account),
        person: person.as_ref().map(|person| {
            let salt = salt();
            let commitment = commit_person(&salt, person);
            let place = Place::Person { commitment: &commitment };
            SealedPart { commitment, sealed: seal_part(keyring, &place, &salt, &person.user_name) }
        }),
        network: network.as_ref().map(|network| {
            let salt = salt();
            let commitment = commit_network(&salt, network);
            let place = Place::Network { commitment: &commitment };
            SealedPart { commitment, sealed: seal_part(keyring, &place, &salt, network) }
        }),
        row: AuditRow {
            at: row.at,
            reference: std::mem::take(&mut row.reference),
            realm: std::mem::take(&mut row.realm),
            event: std::mem::take(&mut row.event),
            detail: std::mem::take(&mut row.detail),
            person: None,
            network: None,
        },
    };
    if let Some(person) = &mut person {
        person.user_name.zeroize();
    }
    network.zeroize();
    sealed
}

fn salt() -> Salt {
    let mut salt = [0; SALT_BYTES];
    getrandom::fill(&mut salt).expect("the operating system has a random source");
    salt
}

fn seal_part(keyring: &Keyring, place: &Place<'_>, salt: &Salt, text: &str) -> Vec<u8> {
    let mut plain = Zeroizing::new(Vec::with_capacity(SALT_BYTES + text.len()));
    plain.extend_from_slice(salt);
    plain.extend_from_slice(text.as_bytes());
    place.seal(keyring, &plain)
}

/// Opens what can be opened. A part that can't is told from one that was erased: something is there.
pub fn open(keyring: &Keyring, node: NodeId, stored: StoredRow) -> Entry {
    let StoredRow { seq, row, account, person, network, hash } = stored;
    let person = open_part(keyring, person, |commitment| Place::Person { commitment });
    let person = match (person, account) {
        (Part::Kept { commitment, salt, value: user_name }, Some(account)) => {
            Part::Kept { commitment, salt, value: AuditPerson { account, user_name } }
        }
        (Part::None, None) => Part::None,
        (Part::Erased { commitment }, None) => Part::Erased { commitment },
        (part, _) => Part::Unreadable { commitment: part.commitment().try_into().unwrap_or_default() },
    };
    Entry {
        node,
        seq,
        at: row.at,
        reference: row.reference,
        realm: row.realm,
        event: row.event,
        detail: row.detail,
        person,
        network: open_part(keyring, network, |commitment| Place::Network { commitment }),
        hash,
    }
}

fn open_part(keyring: &Keyring, stored: Stored, place: impl for<'k> Fn(&'k Key) -> Place<'k>) -> Part<String> {
    let (sealed, commitment) = match (stored.sealed, stored.commitment) {
        (None, None) => return Part::None,
        (None, Some(commitment)) => return Part::Erased { commitment },
        (Some(_), None) => return Part::Unreadable { commitment: Key::default() },
        (Some(sealed), Some(commitment)) => (sealed, commitment),
    };
    let opened = place(&commitment).open(keyring, &sealed).ok();
    let parts = opened.as_ref().and_then(|plain| plain.split_first_chunk::<SALT_BYTES>());
    match parts {
        Some((salt, text)) => Part::Kept { commitment, salt: *salt, value: String::from_utf8_lossy(text).into_owned() },
        None => Part::Unreadable { commitment },
    }
}

/// The row as people are shown it.
pub fn shown(entry: Entry) -> AuditRow {
    let Entry { at, reference, realm, event, detail, person, network, .. } = entry;
    let (person, network) = (person.value().cloned(), network.value().cloned());
    AuditRow { at, reference, realm, event, detail, person, network }
}

/// Where the chain stands.
fn tip(connection: &Connection, node: NodeId) -> Result<Tip, StoreError> {
    let as_tip = |row: &Row<'_>| Ok(Tip { seq: number(row, 0)?, hash: row.get(1)? });
    let mut last = connection.prepare_cached("SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1")?;
    if let Some(tip) = last.query_row([], as_tip).optional()? {
        return Ok(tip);
    }
    // All rows have outlived their time: the chain goes on where it was cut.
    let mut start = connection.prepare_cached(
        "SELECT seq, hash FROM audit_head WHERE node = ?1 AND kind = 'start' ORDER BY seq DESC LIMIT 1",
    )?;
    Ok(start.query_row(params![node.0], as_tip).optional()?.unwrap_or(Tip::GENESIS))
}

/// Appends a row to the chain.
pub fn record(connection: &Connection, node: NodeId, sealed: &SealedRow) -> Result<Committed, StoreError> {
    let SealedRow { row, account, person, network } = sealed;
    let last = tip(connection, node)?;
    let commitment = |part: &Option<SealedPart>| part.as_ref().map_or(Vec::new(), |part| part.commitment.to_vec());
    let (of_person, of_network) = (commitment(person), commitment(network));
    let seq = last.seq + 1;
    let covered = Covered {
        node,
        seq,
        at: row.at,
        reference: &row.reference,
        realm: &row.realm,
        event: &row.event,
        detail: &row.detail,
        person: &of_person,
        network: &of_network,
    };
    connection
        .prepare_cached(
            "INSERT INTO audit (seq, at, reference, realm, event, detail, account, person, person_commitment, network,
                 network_commitment, hash)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
        )?
        .execute(params![
            integer(seq),
            row.at,
            row.reference,
            row.realm,
            row.event,
            row.detail,
            account,
            person.as_ref().map(|part| &part.sealed),
            of_person,
            network.as_ref().map(|part| &part.sealed),
            of_network,
            covered.hash(&last.hash)
        ])?;
    Ok(Committed::Done)
}

/// Erases the personal parts of an account's rows, and records how many there were.
pub fn erase(
    connection: &Connection,
    node: NodeId,
    account: &Key,
    realm: &str,
    at: Millis,
) -> Result<Committed, StoreError> {
    let rows = connection
        .prepare_cached("UPDATE audit SET account = NULL, person = NULL, network = NULL WHERE account = ?1")?
        .execute(params![account])?;
    let erased = AuditEvent::AuditErased { rows: rows as u64 };
    let row = AuditRow {
        at,
        reference: String::new(),
        realm: realm.to_owned(),
        event: erased.name().to_owned(),
        detail: erased.detail(),
        person: None,
        network: None,
    };
    record(connection, node, &SealedRow { row, account: None, person: None, network: None })
}

/// Signs where the chain stands, unless the last head says it already.
pub fn sign_head(
    connection: &Connection,
    node: NodeId,
    signer: &Signer,
    now: Millis,
) -> Result<Option<Head>, StoreError> {
    let tip = tip(connection, node)?;
    let known: Option<i64> = connection
        .prepare_cached("SELECT seq FROM audit_head WHERE node = ?1 ORDER BY seq DESC LIMIT 1")?
        .query_row(params![node.0], |row| row.get(0))
        .optional()?;
    if tip == Tip::GENESIS || known.is_some_and(|known| known >= integer(tip.seq)) {
        return Ok(None);
    }
    let head = signer.sign(HeadKind::Head, node, tip, now, others(connection, node)?);
    keep_head(connection, &head)?;
    Ok(Some(head))
}

/// The last head of each other node.
fn others(connection: &Connection, node: NodeId) -> Result<Vec<Seen>, StoreError> {
    let mut select = connection
        .prepare_cached("SELECT node, max(seq), hash FROM audit_head WHERE node <> ?1 GROUP BY node ORDER BY node")?;
    let rows = select.query_map(params![node.0], |row| {
        Ok(Seen { node: NodeId(row.get(0)?), tip: Tip { seq: number(row, 1)?, hash: row.get(2)? } })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn keep_head(connection: &Connection, head: &Head) -> Result<(), StoreError> {
    let mut seen = Vec::new();
    for other in &head.seen {
        seen.extend_from_slice(&other.node.0);
        seen.extend_from_slice(&other.tip.seq.to_be_bytes());
        seen.extend_from_slice(&other.tip.hash);
    }
    connection
        .prepare_cached(
            "INSERT INTO audit_head (node, seq, kind, hash, at, seen, signature) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?
        .execute(params![
            head.node.0,
            integer(head.tip.seq),
            head.kind.name(),
            head.tip.hash,
            head.at,
            seen,
            head.signature
        ])?;
    Ok(())
}

/// All heads at or behind a row.
pub fn heads(connection: &Connection, from: u64) -> Result<Vec<Head>, StoreError> {
    let mut select = connection.prepare_cached(
        "SELECT node, seq, kind, hash, at, seen, signature FROM audit_head WHERE seq >= ?1 ORDER BY node, seq, kind DESC",
    )?;
    let mut rows = select.query(params![integer(from)])?;
    let mut heads = Vec::new();
    while let Some(row) = rows.next()? {
        let kind: String = row.get(2)?;
        let seen: Vec<u8> = row.get(5)?;
        heads.push(Head {
            // One of a kind that is not known can't have a good signature; it is shown as a head that has none.
            kind: HeadKind::named(&kind).unwrap_or(HeadKind::Head),
            node: NodeId(bytes(row, 0)?),
            tip: Tip { seq: number(row, 1)?, hash: bytes(row, 3)? },
            at: row.get(4)?,
            seen: seen.as_chunks::<48>().0.iter().map(seen_from).collect(),
            signature: bytes(row, 6)?,
        });
    }
    Ok(heads)
}

fn seen_from(bytes: &[u8; 48]) -> Seen {
    let (mut node, mut seq, mut hash) = ([0; 8], [0; 8], [0; 32]);
    node.copy_from_slice(&bytes[..8]);
    seq.copy_from_slice(&bytes[8..16]);
    hash.copy_from_slice(&bytes[16..]);
    Seen { node: NodeId(node), tip: Tip { seq: u64::from_be_bytes(seq), hash } }
}

/// Deletes up to `max` rows from the start of the chain, as long as they are older than `until`, and signs where it now
/// begins. A row with a later time keeps those behind it, which were written after it.
pub fn forget(
    connection: &Connection,
    node: NodeId,
    signer: &Signer,
    now: Millis,
    until: Millis,
    max: u64,
) -> Result<u64, StoreError> {
    let mut select = connection.prepare_cached("SELECT seq, hash, at FROM audit ORDER BY seq LIMIT ?1")?;
    let mut rows = select.query(params![integer(max)])?;
    let (mut last, mut count) = (None, 0);
    while let Some(row) = rows.next()? {
        if row.get::<_, Millis>(2)? >= until {
            break;
        }
        last = Some(Tip { seq: number(row, 0)?, hash: bytes(row, 1)? });
        count += 1;
    }
    let Some(tip) = last else { return Ok(0) };
    let seq = integer(tip.seq);
    connection.prepare_cached("DELETE FROM audit WHERE seq <= ?1")?.execute(params![seq])?;
    connection
        .prepare_cached("DELETE FROM audit_head WHERE node = ?1 AND (seq < ?2 OR kind = 'start')")?
        .execute(params![node.0, seq])?;
    keep_head(connection, &signer.sign(HeadKind::Start, node, tip, now, Vec::new()))?;
    Ok(count)
}

const COLUMNS: &str = "seq, at, reference, realm, event, detail, account, person, person_commitment, network,
    network_commitment, hash";

/// The rows behind a number.
pub fn chain(connection: &Connection, after: u64, max: u32) -> Result<Vec<StoredRow>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM audit WHERE seq > ?1 ORDER BY seq LIMIT ?2");
    stored(connection, &sql, params![integer(after), max])
}

/// The rows of a reference or an account, newest first.
pub fn about(connection: &Connection, about: &AuditQuery, max: u32) -> Result<Vec<StoredRow>, StoreError> {
    let by = |column| format!("SELECT {COLUMNS} FROM audit WHERE {column} = ?1 ORDER BY seq DESC LIMIT ?2");
    match about {
        AuditQuery::Reference(reference) => stored(connection, &by("reference"), params![reference, max]),
        AuditQuery::Account(account) => stored(connection, &by("account"), params![account, max]),
    }
}

fn stored(connection: &Connection, sql: &str, asked: impl Params) -> Result<Vec<StoredRow>, StoreError> {
    let mut select = connection.prepare_cached(sql)?;
    let mut rows = select.query(asked)?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(stored_row(row)?);
    }
    Ok(found)
}

/// A value of a wrong length was changed by somebody: it is read as zeros, which fit no hash, so that the check of the
/// chain can say where it stands.
fn stored_row(row: &Row<'_>) -> Result<StoredRow, StoreError> {
    let account: Option<Vec<u8>> = row.get(6)?;
    Ok(StoredRow {
        seq: number(row, 0)?,
        row: AuditRow {
            at: row.get(1)?,
            reference: row.get(2)?,
            realm: row.get(3)?,
            event: row.get(4)?,
            detail: row.get(5)?,
            person: None,
            network: None,
        },
        account: account.map(|account| account.try_into().unwrap_or_default()),
        person: Stored { sealed: row.get(7)?, commitment: commitment(row, 8)? },
        network: Stored { sealed: row.get(9)?, commitment: commitment(row, 10)? },
        hash: bytes(row, 11)?,
    })
}

fn commitment(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<Key>> {
    let found: Vec<u8> = row.get(column)?;
    Ok((!found.is_empty()).then(|| found.try_into().unwrap_or_default()))
}

fn bytes<const N: usize>(row: &Row<'_>, column: usize) -> rusqlite::Result<[u8; N]> {
    Ok(row.get::<_, Vec<u8>>(column)?.try_into().unwrap_or([0; N]))
}

/// SQLite's integers have a sign; a sequence number has none, and is never so large.
fn integer(seq: u64) -> i64 {
    i64::try_from(seq).unwrap_or(i64::MAX)
}

fn number(row: &Row<'_>, column: usize) -> rusqlite::Result<u64> {
    Ok(u64::try_from(row.get::<_, i64>(column)?).unwrap_or(0))
}
