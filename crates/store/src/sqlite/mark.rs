//! How far a store has come, noted outside its file: so that a copy that was put back shows.
//!
//! The store counts its runs and, while something changes, every few seconds of them; the number stands in the file and,
//! right after, in a small text beside it (`regain.db-mark`). A copy of the store is behind that text once the number has
//! grown. A copy of both together can't be told from the original: for that there is `regain store restored`
//! (docs/decisions/0028).

use super::file;
use crate::{Ended, Shelf, StoreError};
use rusqlite::{Connection, params};
use std::io::Write;
use std::path::{Path, PathBuf};

/// The text beside the file.
pub struct MarkFile(PathBuf);

impl MarkFile {
    pub fn beside(store: &Path) -> Self {
        let mut name = store.as_os_str().to_owned();
        name.push("-mark");
        Self(name.into())
    }

    /// `None`: there is none, or it can't be read.
    pub fn read(&self) -> Option<i64> {
        std::fs::read_to_string(&self.0).ok()?.trim().parse().ok()
    }

    /// Replaces the number; it is there or the old one is, whenever the power goes.
    pub fn write(&self, mark: i64) -> Result<(), StoreError> {
        self.try_write(mark).map_err(|error| StoreError::Engine(format!("{}: {error}", self.0.display())))
    }

    fn try_write(&self, mark: i64) -> std::io::Result<()> {
        let mut next = self.0.clone().into_os_string();
        next.push(".new");
        let mut options = std::fs::OpenOptions::new();
        options.create(true).truncate(true).write(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(&next)?;
        file.write_all(format!("{mark}\n").as_bytes())?;
        file.sync_all()?;
        std::fs::rename(&next, &self.0)?;
        file::sync_folder(&self.0)
    }
}

/// The store's own number.
pub fn course(connection: &Connection) -> Result<i64, StoreError> {
    Ok(connection.query_row("SELECT mark FROM course", [], |row| row.get(0))?)
}

/// Counts on, from the larger of the two numbers.
pub fn count_on(connection: &Connection, outside: i64) -> Result<Vec<i64>, StoreError> {
    let next = course(connection)?.max(outside).saturating_add(1);
    connection.prepare_cached("UPDATE course SET mark = ?1")?.execute(params![next])?;
    Ok(vec![next])
}

/// Whether a store with this number inside was put back from a copy, by the number outside. Without one outside, a store
/// that has run before was moved here alone.
pub const fn was_put_back(inside: i64, outside: Option<i64>) -> bool {
    match outside {
        Some(outside) => inside < outside,
        None => inside > 0,
    }
}

/// Ends everything that opens something: recoveries with their codes, codes that wait to be sent, sessions.
pub fn end_all_open(connection: &Connection) -> Result<Vec<Ended>, StoreError> {
    let recoveries = connection.execute("DELETE FROM recovery", [])? as u64;
    let codes = connection.execute("DELETE FROM outbox WHERE purpose = 'code' AND status = 0", [])? as u64;
    let mut sessions = 0;
    for shelf in Shelf::ALL.iter().filter(|shelf| shelf.opens_something()) {
        sessions += connection.execute("DELETE FROM kept WHERE shelf = ?1", params![shelf.name()])? as u64;
    }
    Ok(vec![Ended { recoveries, codes, sessions }])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_store_that_is_behind_its_mark_was_put_back() {
        for (inside, outside, put_back) in
            [(0, None, false), (1, None, true), (5, Some(5), false), (6, Some(5), false), (4, Some(5), true)]
        {
            assert_eq!(was_put_back(inside, outside), put_back, "{inside} {outside:?}");
        }
    }
}
