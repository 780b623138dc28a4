//! One change as SQL, with its guard. Runs on the writer, inside a transaction that it neither opens nor ends.

use super::seal::SealedChange;
use super::{audit, outbox};
use crate::audit::NodeId;
use crate::{Change, Committed, CountKey, Key, Millis, SavedRecovery, Shelf, StoreError};
use rusqlite::{Connection, params};

/// Makes all changes in order, up to the first whose guard does not hold; the caller rolls back then.
pub fn apply_all(connection: &Connection, node: NodeId, changes: &[SealedChange]) -> Result<Committed, StoreError> {
    for change in changes {
        let committed = match change {
            SealedChange::Record(row) => audit::record(connection, node, row)?,
            SealedChange::Sealed(Change::EraseAudit { account, realm, at }) => {
                audit::erase(connection, node, account, realm, *at)?
            }
            SealedChange::Sealed(change) => apply(connection, change)?,
            SealedChange::Post(message) => outbox::post(connection, message)?,
            SealedChange::Settle(settled) => outbox::settle(connection, settled)?,
        };
        if committed == Committed::Conflict {
            return Ok(Committed::Conflict);
        }
    }
    Ok(Committed::Done)
}

fn apply(connection: &Connection, change: &Change) -> Result<Committed, StoreError> {
    match change {
        Change::CreateRecovery(saved) => create_recovery(connection, saved),
        Change::UpdateRecovery(saved) => update_recovery(connection, saved),
        Change::EndOtherRecoveries { account, except } => end_other_recoveries(connection, account, except),
        Change::Count { key, max, now, expires_at } => count(connection, key, *max, *now, *expires_at),
        Change::Uncount { subject } => uncount(connection, subject),
        Change::DropMessages { account } => outbox::drop_all_of(connection, account),
        Change::Keep { shelf, key, value, expires_at } => keep(connection, *shelf, key, value, *expires_at),
        Change::KeepOnce { shelf, key, value, now, expires_at } => {
            keep_once(connection, *shelf, key, value, *now, *expires_at)
        }
        Change::Drop { shelf, key } => drop_kept(connection, *shelf, key),
        Change::Record(_)
        | Change::EraseAudit { .. }
        | Change::Post(_)
        | Change::Delivered { .. }
        | Change::GivenUp { .. }
        | Change::TryAgain { .. } => Err(StoreError::Engine("a change reached the writer by another way".into())),
    }
}

/// A guard that holds when its statement found the row it was made for.
fn guarded(rows: usize) -> Result<Committed, StoreError> {
    Ok(if rows == 0 { Committed::Conflict } else { Committed::Done })
}

fn create_recovery(connection: &Connection, saved: &SavedRecovery) -> Result<Committed, StoreError> {
    let mut insert = connection.prepare_cached(
        "INSERT INTO recovery (handle, account, version, state, wake_at, expires_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
         ON CONFLICT (handle) DO NOTHING",
    )?;
    guarded(insert.execute(params![
        saved.handle,
        saved.account,
        version(saved.version),
        saved.state,
        saved.wake_at,
        saved.expires_at
    ])?)
}

/// Leaves the account as it is where it did not change, which it hardly ever does: setting it would cost a page more.
fn update_recovery(connection: &Connection, saved: &SavedRecovery) -> Result<Committed, StoreError> {
    let Some(previous) = saved.version.checked_sub(1) else { return Ok(Committed::Conflict) };
    let mut update = connection.prepare_cached(
        "UPDATE recovery SET version = ?3, state = ?4, wake_at = ?5, expires_at = ?6
         WHERE handle = ?1 AND version = ?7 AND account = ?2",
    )?;
    let same_account = update.execute(params![
        saved.handle,
        saved.account,
        version(saved.version),
        saved.state,
        saved.wake_at,
        saved.expires_at,
        version(previous)
    ])?;
    if same_account > 0 {
        return Ok(Committed::Done);
    }
    let mut update = connection.prepare_cached(
        "UPDATE recovery SET account = ?2, version = ?3, state = ?4, wake_at = ?5, expires_at = ?6
         WHERE handle = ?1 AND version = ?7",
    )?;
    guarded(update.execute(params![
        saved.handle,
        saved.account,
        version(saved.version),
        saved.state,
        saved.wake_at,
        saved.expires_at,
        version(previous)
    ])?)
}

fn end_other_recoveries(connection: &Connection, account: &Key, except: &Key) -> Result<Committed, StoreError> {
    connection
        .prepare_cached("DELETE FROM recovery WHERE account = ?1 AND handle <> ?2")?
        .execute(params![account, except])?;
    outbox::drop_queued_codes(connection, account)?;
    Ok(Committed::Done)
}

/// One statement, so that nothing can come between the look and the count.
fn count(
    connection: &Connection,
    key: &CountKey,
    max: u32,
    now: Millis,
    expires_at: Millis,
) -> Result<Committed, StoreError> {
    if max == 0 {
        return Ok(Committed::Conflict);
    }
    let mut upsert = connection.prepare_cached(
        "INSERT INTO count (subject, window_seconds, window_start, counted, expires_at) VALUES (?1, ?2, ?3, 1, ?4)
         ON CONFLICT DO UPDATE SET counted = iif(expires_at <= ?6, 0, counted) + 1,
                                   expires_at = max(expires_at, excluded.expires_at)
         WHERE iif(expires_at <= ?6, 0, counted) < ?5",
    )?;
    guarded(upsert.execute(params![key.subject, key.window_seconds, key.window_start, expires_at, max, now])?)
}

fn uncount(connection: &Connection, subject: &Key) -> Result<Committed, StoreError> {
    connection.prepare_cached("DELETE FROM count WHERE subject = ?1")?.execute(params![subject])?;
    Ok(Committed::Done)
}

fn keep(
    connection: &Connection,
    shelf: Shelf,
    key: &Key,
    sealed: &[u8],
    expires_at: Millis,
) -> Result<Committed, StoreError> {
    connection
        .prepare_cached(
            "INSERT INTO kept (shelf, key, value, expires_at) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT DO UPDATE SET value = excluded.value, expires_at = excluded.expires_at",
        )?
        .execute(params![shelf.name(), key, sealed, expires_at])?;
    Ok(Committed::Done)
}

fn keep_once(
    connection: &Connection,
    shelf: Shelf,
    key: &Key,
    sealed: &[u8],
    now: Millis,
    expires_at: Millis,
) -> Result<Committed, StoreError> {
    let mut insert = connection.prepare_cached(
        "INSERT INTO kept (shelf, key, value, expires_at) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT DO UPDATE SET value = excluded.value, expires_at = excluded.expires_at WHERE expires_at <= ?5",
    )?;
    guarded(insert.execute(params![shelf.name(), key, sealed, expires_at, now])?)
}

fn drop_kept(connection: &Connection, shelf: Shelf, key: &Key) -> Result<Committed, StoreError> {
    connection.prepare_cached("DELETE FROM kept WHERE shelf = ?1 AND key = ?2")?.execute(params![shelf.name(), key])?;
    Ok(Committed::Done)
}

/// SQLite's integers end at 2^63 - 1, which no recovery reaches one step at a time.
fn version(version: u64) -> i64 {
    i64::try_from(version).unwrap_or(i64::MAX)
}
