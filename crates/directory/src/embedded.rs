//! The small directory that comes with Regain: accounts in an SQLite file of its own.
//!
//! One door: [`EmbeddedDirectory`]. Beside the [`Directory`] trait it has what the command line and the demo need: add,
//! import, list and export. Contacts lie sealed in the file; whose keys seal them is not known here. Times are
//! milliseconds; passwords are kept as Argon2id hashes only.

#![allow(clippy::disallowed_methods)] // An adapter records when a password was set, as any directory does.

mod account;
mod anew;
mod file;
mod hash;
mod import;

pub use account::{AddError, NewAccount};
pub use file::FileError;
pub use import::{ExportError, ImportError, ImportOptions, ImportReport, LineError};

use crate::names::names;
use crate::{Directory, DirectoryError, Finding, PasswordCheck, WriteBackError};
use async_trait::async_trait;
use file::AccountRow;
use recovery::{Account, AccountId, Cleared, Password, PhoneNumber, PhoneNumberError, Timestamp, UserName};
use rusqlite::Connection;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};

/// Accounts that are read at a time when all are visited.
const PAGE_ACCOUNTS: u32 = 500;

/// Seals contacts before they reach the file, and opens them again. Regain's store has the keys.
pub trait ContactSealer: Send + Sync {
    /// Seals bytes for this account.
    fn seal(&self, account: &str, plain: &[u8]) -> Vec<u8>;

    /// Opens what was sealed for this account. `None`: another key, another account, or changed bytes.
    fn open(&self, account: &str, sealed: &[u8]) -> Option<Vec<u8>>;

    /// The number of the key that sealed these bytes; `None` from a sealer that has only one.
    fn key_of(&self, _sealed: &[u8]) -> Option<u32> {
        None
    }

    /// The number of the key that seals now.
    fn current_key(&self) -> Option<u32> {
        None
    }
}

/// What names and numbers mean in this directory.
#[derive(Clone, Debug)]
pub struct Options {
    /// Domains in which `anna@domain` and `anna` are one account.
    pub own_domains: Vec<String>,
    /// The country of national telephone numbers, two letters (ISO 3166-1): `BE`.
    pub home_country: String,
}

/// Why the directory could not be opened.
#[derive(thiserror::Error, Debug)]
pub enum OpenError {
    #[error("the directory's file {path} can't be opened: {source}")]
    File { path: String, source: FileError },
    #[error("home_country {0:?} is not a country code of two letters (ISO 3166-1)")]
    HomeCountry(String),
}

/// A directory in one file. Cheap to clone.
#[derive(Clone)]
pub struct EmbeddedDirectory {
    inner: Arc<Inner>,
}

struct Inner {
    connection: Mutex<Connection>,
    options: Options,
    sealer: Arc<dyn ContactSealer>,
    turns: hash::Turns,
}

impl Inner {
    fn connection(&self) -> MutexGuard<'_, Connection> {
        // A panic while it was held has rolled its transaction back.
        self.connection.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn account(&self, row: AccountRow) -> Result<Account, DirectoryError> {
        account::from_row(row, self.sealer.as_ref(), &self.options.home_country)
    }
}

impl EmbeddedDirectory {
    /// Opens the file, or makes it, readable and writable for its owner only. Blocks for milliseconds.
    ///
    /// # Errors
    /// When the file can't be used, is newer than this Regain, or the home country is none.
    pub fn open(path: &Path, options: Options, sealer: Arc<dyn ContactSealer>) -> Result<Self, OpenError> {
        if PhoneNumber::parse("1", &options.home_country) == Err(PhoneNumberError::UnknownRegion) {
            return Err(OpenError::HomeCountry(options.home_country));
        }
        let connection =
            file::open(path).map_err(|source| OpenError::File { path: path.display().to_string(), source })?;
        let connection = Mutex::new(connection);
        Ok(Self { inner: Arc::new(Inner { connection, options, sealer, turns: hash::Turns::new() }) })
    }

    /// All accounts, in the order of their user names. Blocks.
    pub fn list(&self) -> Result<Vec<Account>, DirectoryError> {
        let mut accounts = Vec::new();
        self.visit_blocking(&mut |account| accounts.push(account.clone()))?;
        accounts.sort_by(|one, other| one.user_name.cmp(&other.user_name));
        Ok(accounts)
    }

    fn visit_blocking(&self, visit: &mut dyn FnMut(&Account)) -> Result<(), DirectoryError> {
        let mut after = String::new();
        loop {
            let rows = file::page(&self.inner.connection(), &after, PAGE_ACCOUNTS).map_err(unreadable)?;
            let Some(last) = rows.last() else { return Ok(()) };
            after.clone_from(&last.id);
            for row in rows {
                visit(&self.inner.account(row)?);
            }
        }
    }

    /// Does blocking work on the file, off the threads that serve pages.
    async fn on_file<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Inner) -> Result<T, DirectoryError> + Send + 'static,
    ) -> Result<T, DirectoryError> {
        let inner = self.inner.clone();
        let done = tokio::task::spawn_blocking(move || work(&inner)).await;
        done.unwrap_or_else(|_| Err(DirectoryError::Unexpected("reading the directory's file failed".to_owned())))
    }

    async fn row(&self, id: &AccountId) -> Result<Option<AccountRow>, DirectoryError> {
        let id = id.0.clone();
        self.on_file(move |inner| file::read(&inner.connection(), &id).map_err(unreadable)).await
    }

    /// Whether the password is that of the hash; the same work without one.
    async fn matches(&self, password: &Password, stored: Option<String>) -> Option<bool> {
        let password = password.clone();
        self.inner.turns.run(move || hash::matches(&password, stored.as_deref())).await
    }

    async fn usable_row(&self, id: &AccountId) -> Result<AccountRow, WriteBackError> {
        let row = self.row(id).await.map_err(|error| WriteBackError::Unreachable(error.to_string()))?;
        row.filter(|row| !row.disabled).ok_or(WriteBackError::AccountUnusable)
    }

    /// Sets a password, for who has shown the right to.
    async fn write_password(&self, id: &AccountId, new: &Password) -> Result<(), WriteBackError> {
        self.usable_row(id).await?;
        let plain = new.clone();
        let hashed = self.inner.turns.run(move || hash::hash(&plain)).await.flatten();
        let hashed =
            hashed.ok_or_else(|| WriteBackError::Unreachable("the password could not be hashed".to_owned()))?;
        let key = id.0.clone();
        let written = self
            .on_file(move |inner| {
                file::set_hash(&inner.connection(), &key, &hashed, now().millis()).map_err(unreadable)
            })
            .await;
        // A statement that fails has changed nothing: SQLite rolls it back.
        if !written.map_err(|error| WriteBackError::Unreachable(error.to_string()))? {
            return Err(WriteBackError::AccountUnusable);
        }
        let unknown = WriteBackError::Unknown { waited_seconds: 0 };
        let row = self.row(id).await.ok().flatten().ok_or(unknown.clone())?;
        let holds = self.matches(new, row.password_hash).await.unwrap_or(false);
        if holds { Ok(()) } else { Err(unknown) }
    }
}

#[async_trait]
impl Directory for EmbeddedDirectory {
    async fn find(&self, user_name: &UserName) -> Result<Option<Account>, DirectoryError> {
        let names = names(user_name, &self.inner.options.own_domains);
        self.on_file(move |inner| {
            let mut rows = file::find(&inner.connection(), &names).map_err(unreadable)?;
            if rows.len() > 1 {
                return Err(DirectoryError::Ambiguous);
            }
            rows.pop().map(|row| inner.account(row)).transpose()
        })
        .await
    }

    async fn read(&self, id: &AccountId) -> Result<Option<Account>, DirectoryError> {
        let id = id.0.clone();
        self.on_file(move |inner| {
            let row = file::read(&inner.connection(), &id).map_err(unreadable)?;
            row.map(|row| inner.account(row)).transpose()
        })
        .await
    }

    async fn check_password(
        &self,
        id: Option<&AccountId>,
        password: &Password,
    ) -> Result<PasswordCheck, DirectoryError> {
        // No id has the empty text: the same look-up, which finds nothing.
        let nobody = AccountId(String::new());
        let row = self.row(id.unwrap_or(&nobody)).await?;
        let stored = row.as_ref().and_then(|row| row.password_hash.clone());
        let Some(right) = self.matches(password, stored).await else { return Err(busy()) };
        Ok(match row {
            Some(row) if right && row.disabled => PasswordCheck::Disabled,
            Some(_) if right => PasswordCheck::Right,
            _ => PasswordCheck::Wrong,
        })
    }

    async fn set_password(&self, cleared: Cleared, new: &Password) -> Result<(), WriteBackError> {
        self.write_password(cleared.account(), new).await
    }

    async fn change_password(&self, id: &AccountId, old: &Password, new: &Password) -> Result<(), WriteBackError> {
        let row = self.usable_row(id).await?;
        let right = self.matches(old, row.password_hash).await;
        match right {
            Some(true) => self.write_password(id, new).await,
            Some(false) => Err(WriteBackError::WrongOldPassword),
            None => Err(WriteBackError::Unreachable(busy().to_string())),
        }
    }

    fn operator_keeps_contacts(&self) -> bool {
        true
    }

    async fn unlock(&self, id: &AccountId) -> Result<(), WriteBackError> {
        // It locks nobody: Regain's own throttles do that.
        self.usable_row(id).await.map(|_| ())
    }

    async fn each_account(&self, visit: &mut (dyn for<'a> FnMut(&'a Account) + Send)) -> Result<(), DirectoryError> {
        let mut after = String::new();
        loop {
            let from = after.clone();
            let page = self.on_file(move |inner| {
                let rows = file::page(&inner.connection(), &from, PAGE_ACCOUNTS).map_err(unreadable)?;
                rows.into_iter().map(|row| inner.account(row)).collect::<Result<Vec<_>, _>>()
            });
            let page = page.await?;
            let Some(last) = page.last() else { return Ok(()) };
            after.clone_from(&last.id.0);
            page.iter().for_each(&mut *visit);
        }
    }

    async fn sealed_under(&self) -> Result<BTreeMap<u32, u64>, DirectoryError> {
        self.on_file(anew::sealed_under).await
    }

    async fn seal_anew(&self, max: u32) -> Result<u64, DirectoryError> {
        self.on_file(move |inner| anew::seal_anew(inner, max)).await
    }

    async fn check(&self) -> Vec<Finding> {
        let what = "the embedded directory's file";
        let counted = self.on_file(|inner| {
            let connection = inner.connection();
            let sound: String =
                connection.query_row("PRAGMA quick_check(1)", [], |row| row.get(0)).map_err(unreadable)?;
            if sound != "ok" {
                return Err(DirectoryError::Unexpected(sound));
            }
            // Takes the write lock and gives it back: a full disk or a read-only one shows here.
            connection.execute_batch("BEGIN IMMEDIATE; ROLLBACK;").map_err(unreadable)?;
            connection.query_row("SELECT count(*) FROM account", [], |row| row.get::<_, i64>(0)).map_err(unreadable)
        });
        let count = match counted.await {
            Ok(count) => count,
            Err(error) => {
                return vec![Finding::wrong(
                    format!("{what}: {error}"),
                    "look at its owner and the disk, or restore it from a backup",
                )];
            }
        };
        let mut findings = vec![Finding::well(format!("{what}: sound, {count} accounts"))];
        if let Err(error) = self.each_account(&mut |_| {}).await {
            findings.push(Finding::wrong(
                format!("the sealed contacts in {what}: {error}"),
                "give Regain the keys that sealed them",
            ));
        }
        findings
    }
}

fn busy() -> DirectoryError {
    DirectoryError::Unreachable("too many passwords are being hashed at once".to_owned())
}

fn unreadable(error: rusqlite::Error) -> DirectoryError {
    DirectoryError::Unreachable(format!("the directory's file: {error}"))
}

fn now() -> Timestamp {
    let since_1970 = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Timestamp::from_millis(i64::try_from(since_1970.as_millis()).unwrap_or(i64::MAX))
}
