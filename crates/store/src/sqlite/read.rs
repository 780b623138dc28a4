//! What is read without writing: the queries of recoveries, counts and shelves. Values stay sealed.

use crate::{CountKey, Counted, Key, Millis, SavedRecovery, Shelf, StoreError};
use rusqlite::{Connection, OptionalExtension, Row, params};

pub fn recovery(connection: &Connection, handle: &Key) -> Result<Option<SavedRecovery>, StoreError> {
    let mut select = connection.prepare_cached(
        "SELECT handle, account, version, state, wake_at, expires_at FROM recovery WHERE handle = ?1",
    )?;
    let mut rows = select.query(params![handle])?;
    rows.next()?.map(saved_recovery).transpose()
}

pub fn recoveries_of(connection: &Connection, account: &Key) -> Result<Vec<SavedRecovery>, StoreError> {
    let mut select = connection.prepare_cached(
        "SELECT handle, account, version, state, wake_at, expires_at FROM recovery WHERE account = ?1 ORDER BY id",
    )?;
    let mut rows = select.query(params![account])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(saved_recovery(row)?);
    }
    Ok(found)
}

pub fn recoveries_to_wake(connection: &Connection, now: Millis, max: u32) -> Result<Vec<SavedRecovery>, StoreError> {
    let mut select = connection.prepare_cached(
        "SELECT handle, account, version, state, wake_at, expires_at FROM recovery
         WHERE wake_at <= ?1 ORDER BY wake_at, id LIMIT ?2",
    )?;
    let mut rows = select.query(params![now, max])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(saved_recovery(row)?);
    }
    Ok(found)
}

fn saved_recovery(row: &Row<'_>) -> Result<SavedRecovery, StoreError> {
    Ok(SavedRecovery {
        handle: key(row, 0)?,
        account: key(row, 1)?,
        version: u64::try_from(row.get::<_, i64>(2)?).unwrap_or(0),
        state: row.get(3)?,
        wake_at: row.get(4)?,
        expires_at: row.get(5)?,
    })
}

pub fn counts(connection: &Connection, asked: &[CountKey]) -> Result<Vec<Counted>, StoreError> {
    let mut select = connection.prepare_cached(
        "SELECT counted, expires_at FROM count WHERE subject = ?1 AND window_seconds = ?2 AND window_start = ?3",
    )?;
    let mut counts = Vec::with_capacity(asked.len());
    for key in asked {
        let mut rows = select.query(params![key.subject, key.window_seconds, key.window_start])?;
        counts.push(match rows.next()? {
            Some(row) => Counted { times: number(row, 0)?, expires_at: row.get(1)? },
            None => Counted::default(),
        });
    }
    Ok(counts)
}

pub fn kept(connection: &Connection, shelf: Shelf, key: &Key, now: Millis) -> Result<Option<Vec<u8>>, StoreError> {
    let mut select =
        connection.prepare_cached("SELECT value FROM kept WHERE shelf = ?1 AND key = ?2 AND expires_at > ?3")?;
    Ok(select.query_row(params![shelf.name(), key, now], |row| row.get(0)).optional()?)
}

pub fn all_kept(connection: &Connection, shelf: Shelf, now: Millis) -> Result<Vec<(Key, Vec<u8>)>, StoreError> {
    let mut select =
        connection.prepare_cached("SELECT key, value FROM kept WHERE shelf = ?1 AND expires_at > ?2 ORDER BY key")?;
    let mut rows = select.query(params![shelf.name(), now])?;
    let mut values = Vec::new();
    while let Some(row) = rows.next()? {
        values.push((key(row, 0)?, row.get(1)?));
    }
    Ok(values)
}

/// A column that holds exactly N bytes; only this room writes it, so anything else means a damaged file.
pub fn key<const N: usize>(row: &Row<'_>, column: usize) -> Result<[u8; N], StoreError> {
    Ok(row.get(column)?)
}

/// A count; one too large to show is shown as the largest.
pub fn number(row: &Row<'_>, column: usize) -> Result<u32, StoreError> {
    let number: i64 = row.get(column)?;
    Ok(u32::try_from(number.max(0)).unwrap_or(u32::MAX))
}
