//! The SQLite file of the embedded directory: rows in, rows out.
//!
//! It knows nothing of passwords but their hashes, and of contacts but their sealed bytes.

use rusqlite::{Connection, OptionalExtension, Row, params, params_from_iter};
use std::path::Path;
use std::time::Duration;

/// How long a statement waits for another process that writes (`regain user add` beside `regain serve`).
const BUSY_WITHIN: Duration = Duration::from_secs(5);

/// Bumped with each change of the tables.
const SCHEMA_VERSION: i64 = 1;

const SCHEMA: &str = "
CREATE TABLE account (
    id TEXT PRIMARY KEY NOT NULL,
    user_name TEXT NOT NULL,
    given_name TEXT NOT NULL,
    family_name TEXT NOT NULL,
    display_name TEXT NOT NULL,
    own_addresses TEXT NOT NULL, -- one a line
    groups TEXT NOT NULL,        -- one a line
    contacts BLOB NOT NULL,      -- sealed
    disabled INTEGER NOT NULL,
    password_hash TEXT,          -- Argon2id, PHC string; null: no password, no sign-in
    password_changed_at INTEGER  -- milliseconds since 1970
) STRICT;
-- All names that find an account: its user name and its own addresses, folded.
CREATE TABLE name (
    key TEXT NOT NULL,
    account_id TEXT NOT NULL REFERENCES account (id) ON DELETE CASCADE,
    PRIMARY KEY (key, account_id)
) STRICT, WITHOUT ROWID;
";

const COLUMNS: &str = "account.id, user_name, given_name, family_name, display_name, own_addresses, groups, contacts, \
                       disabled, password_hash, password_changed_at";

/// One account as it lies in the file.
#[derive(Clone)]
pub(super) struct AccountRow {
    pub id: String,
    pub user_name: String,
    pub given_name: String,
    pub family_name: String,
    pub display_name: String,
    pub own_addresses: String,
    pub groups: String,
    pub contacts: Vec<u8>,
    pub disabled: bool,
    pub password_hash: Option<String>,
    pub password_changed_at: Option<i64>,
}

impl AccountRow {
    fn from_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: row.get(0)?,
            user_name: row.get(1)?,
            given_name: row.get(2)?,
            family_name: row.get(3)?,
            display_name: row.get(4)?,
            own_addresses: row.get(5)?,
            groups: row.get(6)?,
            contacts: row.get(7)?,
            disabled: row.get(8)?,
            password_hash: row.get(9)?,
            password_changed_at: row.get(10)?,
        })
    }
}

/// Why a file can't be used.
#[derive(thiserror::Error, Debug)]
pub enum FileError {
    #[error("{0}")]
    Sqlite(#[from] rusqlite::Error),
    #[error("{0}")]
    Io(#[from] std::io::Error),
    #[error("it was written by a newer Regain (version {found} of its tables, this one knows {SCHEMA_VERSION})")]
    TooNew { found: i64 },
}

/// Opens the file, makes it (mode 0600, before anything is in it) and its tables when they are not there.
pub(super) fn open(path: &Path) -> Result<Connection, FileError> {
    keep_private(path)?;
    let mut connection = Connection::open(path)?;
    connection.busy_timeout(BUSY_WITHIN)?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    // A password that was said to be set must survive a power cut.
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    // What was replaced is overwritten with zeros: contacts under an old key, an old hash.
    connection.pragma_update(None, "secure_delete", "ON")?;
    let transaction = connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
    let found: i64 = transaction.pragma_query_value(None, "user_version", |row| row.get(0))?;
    if found > SCHEMA_VERSION {
        return Err(FileError::TooNew { found });
    }
    if found == 0 {
        transaction.execute_batch(SCHEMA)?;
        transaction.pragma_update(None, "user_version", SCHEMA_VERSION)?;
    }
    transaction.commit()?;
    Ok(connection)
}

#[cfg(unix)]
fn keep_private(path: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
    // SQLite gives its journal files the mode of this one.
    let file = std::fs::OpenOptions::new().create(true).append(true).mode(0o600).open(path)?;
    file.set_permissions(std::fs::Permissions::from_mode(0o600))
}

#[cfg(not(unix))]
fn keep_private(_: &Path) -> std::io::Result<()> {
    Ok(())
}

/// The accounts that any of these names finds, two at most.
pub(super) fn find(connection: &Connection, names: &[String]) -> rusqlite::Result<Vec<AccountRow>> {
    let places = vec!["?"; names.len()].join(",");
    let sql = format!(
        "SELECT DISTINCT {COLUMNS} FROM name JOIN account ON account.id = name.account_id WHERE key IN ({places}) LIMIT 2"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map(params_from_iter(names), AccountRow::from_row)?;
    rows.collect()
}

pub(super) fn read(connection: &Connection, id: &str) -> rusqlite::Result<Option<AccountRow>> {
    let sql = format!("SELECT {COLUMNS} FROM account WHERE id = ?1");
    connection.prepare_cached(&sql)?.query_row([id], AccountRow::from_row).optional()
}

/// The accounts after this one in the order of their ids, `limit` at most.
pub(super) fn page(connection: &Connection, after: &str, limit: u32) -> rusqlite::Result<Vec<AccountRow>> {
    let sql = format!("SELECT {COLUMNS} FROM account WHERE id > ?1 ORDER BY id LIMIT ?2");
    let mut statement = connection.prepare_cached(&sql)?;
    let rows = statement.query_map(params![after, limit], AccountRow::from_row)?;
    rows.collect()
}

/// Sets the hash of an account that is there and not disabled. `false` when there is none.
pub(super) fn set_hash(connection: &Connection, id: &str, hash: &str, at: i64) -> rusqlite::Result<bool> {
    let sql = "UPDATE account SET password_hash = ?2, password_changed_at = ?3 WHERE id = ?1 AND disabled = 0";
    Ok(connection.prepare_cached(sql)?.execute(params![id, hash, at])? == 1)
}

pub(super) fn insert(connection: &Connection, row: &AccountRow, keys: &[String]) -> rusqlite::Result<()> {
    let sql = format!(
        "INSERT INTO account ({}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
        COLUMNS.replace("account.id", "id")
    );
    connection.prepare_cached(&sql)?.execute(params![
        row.id,
        row.user_name,
        row.given_name,
        row.family_name,
        row.display_name,
        row.own_addresses,
        row.groups,
        row.contacts,
        row.disabled,
        row.password_hash,
        row.password_changed_at,
    ])?;
    let mut name = connection.prepare_cached("INSERT OR IGNORE INTO name (key, account_id) VALUES (?1, ?2)")?;
    for key in keys {
        name.execute(params![key, row.id])?;
    }
    Ok(())
}
