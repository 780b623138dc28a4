//! Opening the file: who may read it, how SQLite treats it, which schema it has, and whether the keys fit.

use crate::StoreError;
use crate::sealing::Keyring;
use rusqlite::{Connection, OpenFlags, OptionalExtension, TransactionBehavior, params};
use std::path::Path;
use std::time::Duration;
use subtle::ConstantTimeEq;

/// The schema, step by step; the number of a step is its place, from 1.
const MIGRATIONS: &[&str] = &[
    include_str!("../../migrations/sqlite/0001_start.sql"),
    include_str!("../../migrations/sqlite/0002_audit_chain.sql"),
    include_str!("../../migrations/sqlite/0003_keys.sql"),
];

/// How long to wait for another program that writes to the file, such as a command of the operator.
const LOCK_WAIT: Duration = Duration::from_secs(5);

/// How long to keep everyone waiting to empty the log, see [`empty_log`].
const EMPTYING_WAIT: Duration = Duration::from_millis(50);

/// How long the log grows before it is folded into the file. Pages of 4 KiB: a longer log folds pages together that
/// changed many times, and lets commits pause less often for it.
const LOG_PAGES: i64 = 4000;

/// What the writer keeps in memory of the file at most. KiB: the indexes of a year's audit trail are read at random.
const CACHE_KIB: i64 = 8000;

/// Statements kept ready in each connection; more than this room has.
const STATEMENTS_READY: usize = 64;

/// Opens the file for the one writer: makes it, migrates it, and checks that the keys are those it was made with.
pub fn open_for_writing(path: &Path, keyring: &Keyring) -> Result<Connection, StoreError> {
    keep_private(path).map_err(|error| StoreError::Engine(format!("{}: {error}", path.display())))?;
    let mut connection = connect(path)?;
    // Before anything is written: a file that is refused stays as it is.
    refuse_newer(&connection)?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    // Each commit is synced, not only each checkpoint: what was acknowledged survives the power going.
    connection.pragma_update(None, "synchronous", "FULL")?;
    // Deleted rows are overwritten with zeros, also where it costs a page more. Measured: less than a tenth of a step's CPU.
    connection.pragma_update(None, "secure_delete", "ON")?;
    connection.pragma_update(None, "foreign_keys", "ON")?;
    connection.pragma_update(None, "wal_autocheckpoint", LOG_PAGES)?;
    // Negative: in KiB instead of pages.
    connection.pragma_update(None, "cache_size", -CACHE_KIB)?;
    // What a savepoint needs to roll back stays in memory instead of a file in /tmp.
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    migrate(&mut connection)?;
    check_keys(&mut connection, keyring)?;
    Ok(connection)
}

/// Opens the file for a reader. It must exist and have the present schema.
pub fn open_for_reading(path: &Path) -> Result<Connection, StoreError> {
    let connection = connect(path)?;
    connection.pragma_update(None, "query_only", "ON")?;
    Ok(connection)
}

/// Moves the log into the file and cuts it to nothing, so that what was deleted is in neither. Where a reader stays in
/// the way the log is left for the next time; nothing is lost by that.
pub fn empty_log(connection: &Connection) -> Result<(), StoreError> {
    connection.busy_timeout(EMPTYING_WAIT)?;
    let done = connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()));
    connection.busy_timeout(LOCK_WAIT)?;
    Ok(done?)
}

/// Creates the file for its owner alone, or takes others' rights away. SQLite gives its log the same mode.
#[cfg(unix)]
fn keep_private(path: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
    let existed = path.exists();
    let file =
        std::fs::OpenOptions::new().read(true).write(true).create(true).truncate(false).mode(0o600).open(path)?;
    if file.metadata()?.permissions().mode() & 0o077 != 0 {
        file.set_permissions(std::fs::Permissions::from_mode(0o600))?;
    }
    if existed {
        return Ok(());
    }
    // The new name must survive the power going as well.
    sync_folder(path)
}

/// Makes the names in the folder of a file durable.
pub fn sync_folder(path: &Path) -> std::io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    std::fs::File::open(folder)?.sync_all()
}

#[cfg(not(unix))]
fn keep_private(_path: &Path) -> std::io::Result<()> {
    Ok(())
}

fn connect(path: &Path) -> Result<Connection, StoreError> {
    // Each connection stays on one thread, so SQLite's own locks are not needed.
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(LOCK_WAIT)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS_READY);
    Ok(connection)
}

fn schema_version(connection: &Connection) -> Result<i64, StoreError> {
    Ok(connection.query_row("PRAGMA user_version", [], |row| row.get(0))?)
}

fn refuse_newer(connection: &Connection) -> Result<(), StoreError> {
    let (found, known) = (schema_version(connection)?, MIGRATIONS.len() as i64);
    if found > known {
        return Err(StoreError::TooNew { found, known });
    }
    Ok(())
}

/// Runs the steps that the file has not had, each in a transaction with its number.
fn migrate(connection: &mut Connection) -> Result<(), StoreError> {
    for (step, version) in MIGRATIONS.iter().zip(1_i64..) {
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        // Read anew with the lock held: another process may have just made the same step.
        if schema_version(&transaction)? >= version {
            continue;
        }
        transaction.execute_batch(step)?;
        transaction.pragma_update(None, "user_version", version)?;
        transaction.commit()?;
        tracing::info!(schema.version = version, "the store's schema was brought up to date");
    }
    Ok(())
}

/// What the keyring's mark is bound to.
pub const MARK_PLACE: &[&[u8]] = &[b"keyring_mark", b"1", b"mark"];

/// A store opened with other keys would take new rows and lose the old ones, so it is refused at once. Any key of the
/// ring may have sealed the mark; it is sealed again with the current one.
fn check_keys(connection: &mut Connection, keyring: &Keyring) -> Result<(), StoreError> {
    let refused = |reason| StoreError::Sealed { table: "keyring_mark", reason };
    let expected = recovery::mac(keyring.root(), &[b"keyring mark of the store"]);
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let found: Option<Vec<u8>> =
        transaction.query_row("SELECT mark FROM keyring_mark", [], |row| row.get(0)).optional()?;
    if let Some(sealed) = &found {
        let mark = keyring
            .open(MARK_PLACE, sealed)
            .map_err(|error| refused(format!("the key file is not the one this store was made with: {error}")))?;
        if !bool::from(mark.as_slice().ct_eq(&expected)) {
            return Err(refused("the key file has another root than the one this store was made with".into()));
        }
        if keyring.is_current(sealed) {
            return Ok(());
        }
    }
    transaction.execute(
        "INSERT OR REPLACE INTO keyring_mark (id, mark) VALUES (1, ?1)",
        params![keyring.seal(MARK_PLACE, &expected)],
    )?;
    Ok(transaction.commit()?)
}
