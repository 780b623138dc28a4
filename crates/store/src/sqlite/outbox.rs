//! The messages: posted, taken by workers, settled. All SQL of the outbox is here.

use super::read::{key, number};
use super::seal::{How, SealedMessage, Settled};
use crate::{Committed, Key, Millis, OutboxRow, OutboxStatus, StoreError};
use rusqlite::{Connection, Row, params};

/// The columns of a row in the order of [`message`], without the body.
macro_rules! columns {
    () => {
        "id, account, purpose, kind, created_at, due_at, expires_at, tries, status, outcome"
    };
}

/// The same message posted twice is one message: a step that runs again must not send twice.
pub fn post(connection: &Connection, message: &SealedMessage) -> Result<Committed, StoreError> {
    let SealedMessage { row, outcome } = message;
    connection
        .prepare_cached(
            "INSERT INTO outbox
                 (id, account, purpose, kind, body, created_at, due_at, expires_at, tries, status, outcome)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11) ON CONFLICT (id) DO NOTHING",
        )?
        .execute(params![
            row.id,
            row.account,
            row.purpose,
            row.kind,
            row.body,
            row.created_at,
            row.due_at,
            row.expires_at,
            row.tries,
            status_number(row.status),
            outcome
        ])?;
    Ok(Committed::Done)
}

/// What became of a message. That it was delivered is the truth whatever another worker said before; anything else is said
/// of a message that waits.
pub fn settle(connection: &Connection, settled: &Settled) -> Result<Committed, StoreError> {
    let (sql, at) = match settled.how {
        How::Delivered { at } => (
            "UPDATE outbox SET status = 1, body = x'', held_until = NULL, outcome = ?2, settled_at = ?3 WHERE id = ?1",
            at,
        ),
        How::GivenUp { at } => (
            "UPDATE outbox SET status = 2, body = x'', held_until = NULL, outcome = ?2, settled_at = ?3
             WHERE id = ?1 AND status = 0",
            at,
        ),
        How::TryAgain { due_at } => {
            ("UPDATE outbox SET due_at = ?3, held_until = NULL, outcome = ?2 WHERE id = ?1 AND status = 0", due_at)
        }
    };
    connection.prepare_cached(sql)?.execute(params![settled.id, settled.outcome, at])?;
    Ok(Committed::Done)
}

/// Every message of an account goes, whatever became of it.
pub fn drop_all_of(connection: &Connection, account: &Key) -> Result<Committed, StoreError> {
    connection.prepare_cached("DELETE FROM outbox WHERE account = ?1")?.execute(params![account])?;
    Ok(Committed::Done)
}

/// Codes that were not handed over yet must not arrive after their recovery has ended.
pub fn drop_queued_codes(connection: &Connection, account: &Key) -> Result<(), StoreError> {
    connection
        .prepare_cached("DELETE FROM outbox WHERE account = ?1 AND purpose = 'code' AND status = 0")?
        .execute(params![account])?;
    Ok(())
}

/// Takes what is due, oldest first, and holds it. Bodies are still sealed.
pub fn take(
    connection: &Connection,
    now: Millis,
    hold_until: Millis,
    max: u32,
) -> Result<Vec<SealedMessage>, StoreError> {
    let mut due = connection.prepare_cached(concat!(
        "SELECT ",
        columns!(),
        ", body, seq FROM outbox
         WHERE status = 0 AND due_at <= ?1 AND (held_until IS NULL OR held_until <= ?1)
         ORDER BY due_at, seq LIMIT ?2"
    ))?;
    let mut hold = connection.prepare_cached("UPDATE outbox SET held_until = ?2, tries = tries + 1 WHERE seq = ?1")?;
    // All of them are read before any is held: holding moves a row within the index that is being read.
    let mut found: Vec<(i64, SealedMessage)> = Vec::new();
    let mut rows = due.query(params![now, max])?;
    while let Some(row) = rows.next()? {
        let mut message = message(row)?;
        message.row.body = row.get(10)?;
        found.push((row.get(11)?, message));
    }
    let mut taken = Vec::with_capacity(found.len());
    for (seq, mut message) in found {
        hold.execute(params![seq, hold_until])?;
        message.row.tries = message.row.tries.saturating_add(1);
        taken.push(message);
    }
    Ok(taken)
}

/// Lets go of every message that is held, and answers how many: a file has one process that sends, and it has just started.
pub fn release(connection: &Connection) -> Result<u64, StoreError> {
    let freed =
        connection.execute("UPDATE outbox SET held_until = NULL WHERE status = 0 AND held_until IS NOT NULL", [])?;
    Ok(freed as u64)
}

/// The first moment at which [`take`] would find something. Walks the waiting ones by when they are due and stops at
/// the first that can't be beaten, which is the first that nobody holds.
pub fn next_due(connection: &Connection) -> Result<Option<Millis>, StoreError> {
    let mut waiting =
        connection.prepare_cached("SELECT due_at, held_until FROM outbox WHERE status = 0 ORDER BY due_at")?;
    let mut rows = waiting.query([])?;
    let mut first: Option<Millis> = None;
    while let Some(row) = rows.next()? {
        let (due_at, held_until): (Millis, Option<Millis>) = (row.get(0)?, row.get(1)?);
        if first.is_some_and(|first| first <= due_at) {
            break;
        }
        let free_at = held_until.map_or(due_at, |held_until| held_until.max(due_at));
        first = Some(first.map_or(free_at, |first| first.min(free_at)));
    }
    Ok(first)
}

pub fn messages_of(connection: &Connection, account: &Key, max: u32) -> Result<Vec<SealedMessage>, StoreError> {
    let mut newest = connection.prepare_cached(concat!(
        "SELECT ",
        columns!(),
        " FROM outbox WHERE account = ?1 ORDER BY seq DESC LIMIT ?2"
    ))?;
    let mut rows = newest.query(params![account, max])?;
    let mut messages = Vec::new();
    while let Some(row) = rows.next()? {
        messages.push(message(row)?);
    }
    Ok(messages)
}

fn message(row: &Row<'_>) -> Result<SealedMessage, StoreError> {
    let outcome = row.get(9)?;
    let row = OutboxRow {
        id: key(row, 0)?,
        account: key(row, 1)?,
        purpose: row.get(2)?,
        kind: row.get(3)?,
        body: Vec::new(),
        created_at: row.get(4)?,
        due_at: row.get(5)?,
        expires_at: row.get(6)?,
        tries: number(row, 7)?,
        status: status(row.get(8)?)?,
        outcome: String::new(),
    };
    Ok(SealedMessage { row, outcome })
}

const fn status_number(status: OutboxStatus) -> i64 {
    match status {
        OutboxStatus::Waiting => 0,
        OutboxStatus::Delivered => 1,
        OutboxStatus::GivenUp => 2,
    }
}

fn status(number: i64) -> Result<OutboxStatus, StoreError> {
    match number {
        0 => Ok(OutboxStatus::Waiting),
        1 => Ok(OutboxStatus::Delivered),
        2 => Ok(OutboxStatus::GivenUp),
        _ => Err(StoreError::Engine(format!("a message has status {number}, which does not exist"))),
    }
}
