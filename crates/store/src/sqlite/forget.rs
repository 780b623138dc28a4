//! Deleting what has outlived its time, a few rows at a time, so that nobody waits long for the writer.

use crate::{Millis, Retention, StoreError};
use rusqlite::{Connection, params};

/// How many rows are deleted in one go; about a millisecond's work.
pub const ROWS_AT_ONCE: u64 = 200;

/// What can be forgotten.
#[derive(Clone, Copy)]
pub enum Kind {
    Recoveries,
    Counts,
    /// What stands in messages that expired unsent.
    Bodies,
    Messages,
    Kept,
    /// The networks in lines of the audit trail; the lines stay.
    Networks,
}

/// All that goes by its own time alone; audit rows go by their chain, see [`super::audit::forget`].
pub const KINDS: [Kind; 6] = [Kind::Recoveries, Kind::Counts, Kind::Bodies, Kind::Messages, Kind::Kept, Kind::Networks];

/// Deletes up to [`ROWS_AT_ONCE`] rows of one kind and says how many. Fewer than that means that none are left.
pub fn forget(connection: &Connection, kind: Kind, now: Millis, kept: Retention) -> Result<u64, StoreError> {
    let (sql, until) = match kind {
        Kind::Recoveries => {
            ("DELETE FROM recovery WHERE id IN (SELECT id FROM recovery WHERE expires_at <= ?1 LIMIT ?2)", now)
        }
        Kind::Counts => (
            "DELETE FROM count WHERE (subject, window_seconds, window_start) IN
                 (SELECT subject, window_seconds, window_start FROM count WHERE expires_at <= ?1 LIMIT ?2)",
            now,
        ),
        // No worker has come by: nobody may find the code of yesterday here.
        Kind::Bodies => (
            "UPDATE outbox SET status = 2, body = x'', outcome = x'', held_until = NULL, settled_at = expires_at
             WHERE seq IN (SELECT seq FROM outbox WHERE status = 0 AND expires_at <= ?1 LIMIT ?2)",
            now,
        ),
        Kind::Messages => (
            "DELETE FROM outbox WHERE seq IN (SELECT seq FROM outbox WHERE expires_at <= ?1 LIMIT ?2)",
            now.saturating_sub(kept.messages),
        ),
        Kind::Kept => (
            "DELETE FROM kept WHERE (shelf, key) IN (SELECT shelf, key FROM kept WHERE expires_at <= ?1 LIMIT ?2)",
            now,
        ),
        // The commitment to it stays, so that the chain holds.
        Kind::Networks => (
            "UPDATE audit SET network = NULL WHERE seq IN
                 (SELECT seq FROM audit WHERE at < ?1 AND network IS NOT NULL LIMIT ?2)",
            now.saturating_sub(kept.networks),
        ),
    };
    let rows = connection.prepare_cached(sql)?.execute(params![until, ROWS_AT_ONCE as i64])?;
    Ok(rows as u64)
}
