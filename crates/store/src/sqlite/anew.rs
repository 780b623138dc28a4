//! Sealing anew: what an older key sealed is sealed with the current one, a few rows at a time, beside all other work.
//!
//! Rows are read without the writer, opened and sealed by the caller, and put back only where they are still as they were
//! read; what changed in between was sealed with the current key by whoever changed it.

use super::file::MARK_PLACE;
use super::place::Place;
use super::read::key;
use crate::sealing::{Keyring, sealed_with};
use crate::{Key, Shelf, StoreError};
use rusqlite::{Connection, Params, Row, params};
use std::collections::BTreeMap;

/// A column of sealed values, and where each value stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Column {
    Mark,
    State,
    Body,
    Outcome,
    Value,
    Person,
    Network,
}

impl Column {
    pub const ALL: [Column; 7] =
        [Column::Mark, Column::State, Column::Body, Column::Outcome, Column::Value, Column::Person, Column::Network];

    /// Table and column.
    pub const fn name(self) -> (&'static str, &'static str) {
        match self {
            Column::Mark => ("keyring_mark", "mark"),
            Column::State => ("recovery", "state"),
            Column::Body => ("outbox", "body"),
            Column::Outcome => ("outbox", "outcome"),
            Column::Value => ("kept", "value"),
            Column::Person => ("audit", "person"),
            Column::Network => ("audit", "network"),
        }
    }
}

/// How far a pass over all sealed values has come: the column, and the row after which it goes on.
#[derive(Clone, Debug, Default)]
pub struct Pass {
    column: usize,
    after: After,
}

/// Rows have a number, save those of the shelves.
#[derive(Clone, Debug)]
enum After {
    Number(i64),
    Kept(String, Vec<u8>),
}

impl Default for After {
    fn default() -> Self {
        After::Number(i64::MIN)
    }
}

/// A value and where it stands.
pub struct Found {
    spot: Spot,
    sealed: Vec<u8>,
}

enum Spot {
    Mark,
    State { handle: Key },
    Body { id: [u8; 16] },
    Outcome { id: [u8; 16] },
    Value { shelf: Shelf, key: Key },
    Person { commitment: Key },
    Network { commitment: Key },
}

/// How many values lie under each key.
pub fn sealed_under(connection: &Connection) -> Result<BTreeMap<u32, u64>, StoreError> {
    let mut under = BTreeMap::new();
    for column in Column::ALL {
        let (table, name) = column.name();
        // The number of the key is in bytes 2 to 5 of a sealed value.
        let sql = format!(
            "SELECT substr({name}, 1, 64), count(*) FROM {table} WHERE length({name}) > 0 GROUP BY substr({name}, 2, 4)"
        );
        let mut select = connection.prepare(&sql)?;
        let mut rows = select.query([])?;
        while let Some(row) = rows.next()? {
            let head: Vec<u8> = row.get(0)?;
            let values: i64 = row.get(1)?;
            *under.entry(sealed_with(&head).unwrap_or(0)).or_default() += u64::try_from(values).unwrap_or(0);
        }
    }
    Ok(under)
}

/// Looks at the next `max` rows of a pass. Answers the values among them, and the pass as it goes on; `None` at its end.
pub fn next(connection: &Connection, pass: &Pass, max: u32) -> Result<(Vec<Found>, Option<Pass>), StoreError> {
    let Some(column) = Column::ALL.get(pass.column) else { return Ok((Vec::new(), None)) };
    let after = match &pass.after {
        After::Number(number) => *number,
        After::Kept(..) => i64::MIN,
    };
    let (mut found, mut last, mut rows_seen) = (Vec::new(), None, 0);
    let mut take = |at: After, spot: Option<Spot>, sealed: Vec<u8>| {
        rows_seen += 1;
        last = Some(at);
        if let Some(spot) = spot.filter(|_| !sealed.is_empty()) {
            found.push(Found { spot, sealed });
        }
    };
    let by_number = params![after, max];
    match column {
        Column::Mark => {
            each(connection, "SELECT id, mark FROM keyring_mark WHERE id > ?1 LIMIT ?2", by_number, |row| {
                take(After::Number(row.get(0)?), Some(Spot::Mark), row.get(1)?);
                Ok(())
            })?
        }
        Column::State => {
            let sql = "SELECT id, handle, state FROM recovery WHERE id > ?1 ORDER BY id LIMIT ?2";
            each(connection, sql, by_number, |row| {
                take(After::Number(row.get(0)?), Some(Spot::State { handle: key(row, 1)? }), row.get(2)?);
                Ok(())
            })?;
        }
        Column::Body | Column::Outcome => {
            let sql = "SELECT seq, id, body, outcome FROM outbox WHERE seq > ?1 ORDER BY seq LIMIT ?2";
            each(connection, sql, by_number, |row| {
                let id = key(row, 1)?;
                let (spot, place) =
                    if *column == Column::Body { (Spot::Body { id }, 2) } else { (Spot::Outcome { id }, 3) };
                take(After::Number(row.get(0)?), Some(spot), row.get(place)?);
                Ok(())
            })?;
        }
        Column::Value => {
            let (shelf, from) = match &pass.after {
                After::Kept(shelf, key) => (shelf.as_str(), key.as_slice()),
                After::Number(_) => ("", &[][..]),
            };
            let sql = "SELECT shelf, key, value FROM kept WHERE (shelf, key) > (?1, ?2) ORDER BY shelf, key LIMIT ?3";
            each(connection, sql, params![shelf, from, max], |row| {
                let (name, key): (String, Key) = (row.get(0)?, key(row, 1)?);
                let spot = Shelf::named(&name).map(|shelf| Spot::Value { shelf, key });
                take(After::Kept(name, key.to_vec()), spot, row.get(2)?);
                Ok(())
            })?;
        }
        Column::Person | Column::Network => {
            let sql = "SELECT seq, person, person_commitment, network, network_commitment FROM audit
                       WHERE seq > ?1 ORDER BY seq LIMIT ?2";
            each(connection, sql, by_number, |row| {
                let place = if *column == Column::Person { 1 } else { 3 };
                let (sealed, commitment): (Option<Vec<u8>>, Vec<u8>) = (row.get(place)?, row.get(place + 1)?);
                // One of another length was changed by somebody: the check of the chain says so.
                let spot = commitment.try_into().ok().map(|commitment| match column {
                    Column::Person => Spot::Person { commitment },
                    _ => Spot::Network { commitment },
                });
                take(After::Number(row.get(0)?), spot, sealed.unwrap_or_default());
                Ok(())
            })?;
        }
    }
    let on = match last {
        Some(after) if rows_seen == max => Pass { column: pass.column, after },
        _ => Pass { column: pass.column + 1, after: After::default() },
    };
    let ends = on.column >= Column::ALL.len();
    Ok((found, (!ends).then_some(on)))
}

fn each(
    connection: &Connection,
    sql: &str,
    asked: impl Params,
    mut see: impl FnMut(&Row<'_>) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let mut select = connection.prepare_cached(sql)?;
    let mut rows = select.query(asked)?;
    while let Some(row) = rows.next()? {
        see(row)?;
    }
    Ok(())
}

/// A value sealed anew, to be put in the place of the old one.
pub struct Renewed {
    found: Found,
    renewed: Vec<u8>,
}

/// Opens and seals again what an older key sealed. A value that does not open stays as it is: whoever needs it is told.
pub fn renew(keyring: &Keyring, found: Vec<Found>) -> Vec<Renewed> {
    let old = found.into_iter().filter(|found| !keyring.is_current(&found.sealed));
    old.filter_map(|found| match again(keyring, &found) {
        Ok(renewed) => Some(Renewed { found, renewed }),
        Err(error) => {
            tracing::error!(%error, "a value can't be sealed with the new key");
            None
        }
    })
    .collect()
}

fn again(keyring: &Keyring, found: &Found) -> Result<Vec<u8>, StoreError> {
    let place = match &found.spot {
        Spot::Mark => {
            let refused = |error: crate::sealing::SealingError| StoreError::Sealed {
                table: "keyring_mark",
                reason: error.to_string(),
            };
            return Ok(keyring.seal(MARK_PLACE, &keyring.open(MARK_PLACE, &found.sealed).map_err(refused)?));
        }
        Spot::State { handle } => Place::State { handle },
        Spot::Body { id } => Place::Body { id },
        Spot::Outcome { id } => Place::Outcome { id },
        Spot::Value { shelf, key } => Place::Value { shelf: *shelf, key },
        Spot::Person { commitment } => Place::Person { commitment },
        Spot::Network { commitment } => Place::Network { commitment },
    };
    Ok(place.seal(keyring, &place.open(keyring, &found.sealed)?))
}

/// Puts values back where they are still as they were read. Answers how many.
pub fn put_back(connection: &Connection, all: &[Renewed]) -> Result<u64, StoreError> {
    let mut rows = 0;
    for Renewed { found, renewed } in all {
        let old = &found.sealed;
        let mut set = |sql: &str, row: &dyn rusqlite::ToSql| -> Result<(), StoreError> {
            rows += connection.prepare_cached(sql)?.execute(params![renewed, old, row])?;
            Ok(())
        };
        match &found.spot {
            Spot::Mark => set("UPDATE keyring_mark SET mark = ?1 WHERE mark = ?2 AND id = ?3", &1)?,
            Spot::State { handle } => set("UPDATE recovery SET state = ?1 WHERE state = ?2 AND handle = ?3", handle)?,
            Spot::Body { id } => set("UPDATE outbox SET body = ?1 WHERE body = ?2 AND id = ?3", id)?,
            Spot::Outcome { id } => set("UPDATE outbox SET outcome = ?1 WHERE outcome = ?2 AND id = ?3", id)?,
            Spot::Person { commitment } => {
                set("UPDATE audit SET person = ?1 WHERE person = ?2 AND person_commitment = ?3", commitment)?;
            }
            Spot::Network { commitment } => {
                set("UPDATE audit SET network = ?1 WHERE network = ?2 AND network_commitment = ?3", commitment)?;
            }
            Spot::Value { shelf, key } => {
                let sql = "UPDATE kept SET value = ?1 WHERE value = ?2 AND shelf = ?3 AND key = ?4";
                rows += connection.prepare_cached(sql)?.execute(params![renewed, old, shelf.name(), key])?;
            }
        }
    }
    Ok(rows as u64)
}
