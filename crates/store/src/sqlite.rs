//! The embedded store: one SQLite file, one writer that commits in groups, a few readers.
//!
//! Every change goes through one thread, which gathers all commits that wait and makes them durable with one fsync;
//! reads have connections of their own and never wait for it (WAL). Values are sealed and opened here, outside the
//! writer. Nothing in this room decides anything: guards are checked as the trait says, and that is all.

mod anew;
mod apply;
mod audit;
mod file;
mod forget;
mod mark;
mod outbox;
mod place;
mod read;
mod readers;
mod seal;
mod writer;

#[cfg(test)]
mod agrees;
#[cfg(test)]
mod crash;
#[cfg(test)]
mod tests;

use crate::audit::{Entry, Head, NodeId, PublicKey, Signer};
use crate::sealing::Keyring;
use crate::{
    AuditQuery, AuditRow, Change, Committed, CountKey, Counted, Ended, Key, Millis, OutboxRow, Retention,
    SavedRecovery, SealedAnew, Shelf, Store, StoreError,
};
use async_trait::async_trait;
use mark::MarkFile;
use readers::Readers;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use writer::Writer;

/// Connections that read. Reads are short and mostly from memory; four keep a few cores busy.
const READERS: u32 = 4;

/// A store in one SQLite file. To share it, put it into an `Arc`.
///
/// Dropping it without [`Store::close`] loses nothing that was acknowledged: commits in the queue are still made, in
/// the background, unless the process ends first. A call whose future is dropped may still be carried out.
pub struct SqliteStore {
    writer: Writer,
    readers: Readers,
    keyring: Arc<Keyring>,
    kept: Retention,
    /// How far the present pass of [`Store::seal_anew`] has come.
    pass: Mutex<anew::Pass>,
    mark: MarkFile,
    /// Whether anything was committed since the mark was left.
    moved: AtomicBool,
    /// Whether this process runs the store: only then it leaves marks.
    runs: AtomicBool,
    /// Whose chain of audit rows this file holds.
    node: NodeId,
    signer: Arc<Signer>,
}

impl SqliteStore {
    /// Keeps what has served for this long, in place of the defaults.
    #[must_use]
    pub fn keeping(self, kept: Retention) -> Self {
        Self { kept, ..self }
    }

    async fn count_on(&self) -> Result<(), StoreError> {
        let outside = self.mark.read().unwrap_or(0);
        let marks = self.writer.change(move |connection| mark::count_on(connection, outside)).await?;
        marks.first().map_or(Ok(()), |mark| self.mark.write(*mark))
    }

    /// Opens the file, makes it where there is none (mode 0600), and brings its schema up to date. Blocks for as long
    /// as that takes.
    ///
    /// # Errors
    ///
    /// [`StoreError::TooNew`] when a newer Regain wrote it, [`StoreError::Sealed`] when it was made with another key
    /// file, [`StoreError::Engine`] when it can't be opened, read or written. A file that is refused is not changed.
    pub fn open(path: &Path, keyring: Arc<Keyring>) -> Result<Self, StoreError> {
        let mut connection = file::open_for_writing(path, &keyring)?;
        let node = audit::node(&mut connection)?;
        let signer = Arc::new(Signer::from_root(keyring.root()));
        let readers = Readers::open(path, READERS)?;
        let writer = Writer::start(connection)?;
        Ok(Self {
            writer,
            readers,
            keyring,
            kept: Retention::default(),
            pass: Mutex::default(),
            mark: MarkFile::beside(path),
            moved: AtomicBool::new(false),
            runs: AtomicBool::new(false),
            node,
            signer,
        })
    }

    /// Deletes audit rows from the start of the chain.
    async fn forget_audit(&self, now: Millis) -> Result<u64, StoreError> {
        let mut forgotten = 0;
        loop {
            let (node, signer, until) = (self.node, Arc::clone(&self.signer), now.saturating_sub(self.kept.audit));
            let rows = self
                .writer
                .change(move |connection| audit::forget(connection, node, &signer, now, until, forget::ROWS_AT_ONCE))
                .await?;
            forgotten += rows;
            if rows < forget::ROWS_AT_ONCE {
                return Ok(forgotten);
            }
        }
    }
}

#[async_trait]
impl Store for SqliteStore {
    async fn commit(&self, changes: Vec<Change>) -> Result<Committed, StoreError> {
        let erases = changes.iter().any(|change| matches!(change, Change::EraseAudit { .. }));
        let changes = seal::seal_all(&self.keyring, changes);
        self.moved.store(true, Ordering::Relaxed);
        let node = self.node;
        let committed = self.writer.change(move |connection| apply::apply_all(connection, node, &changes)).await?;
        if erases {
            // What was erased is not to stay in the log until it fills up.
            self.writer.empty_log().await?;
        }
        Ok(committed)
    }

    async fn recovery(&self, handle: Key) -> Result<Option<SavedRecovery>, StoreError> {
        let found = self.readers.read(move |connection| read::recovery(connection, &handle)).await?;
        found.map(|sealed| seal::open_recovery(&self.keyring, sealed)).transpose()
    }

    async fn counts(&self, asked: Vec<CountKey>) -> Result<Vec<Counted>, StoreError> {
        if asked.is_empty() {
            return Ok(Vec::new());
        }
        self.readers.read(move |connection| read::counts(connection, &asked)).await
    }

    async fn take_messages(&self, now: Millis, hold_until: Millis, max: u32) -> Result<Vec<OutboxRow>, StoreError> {
        let taken = self.writer.change(move |connection| outbox::take(connection, now, hold_until, max)).await?;
        self.moved.store(true, Ordering::Relaxed);
        seal::open_messages(&self.keyring, taken)
    }

    async fn release_messages(&self) -> Result<(), StoreError> {
        self.writer.change(outbox::release).await.map(|_freed| ())
    }

    async fn next_message_due(&self) -> Result<Option<Millis>, StoreError> {
        self.readers.read(outbox::next_due).await
    }

    async fn recoveries_to_wake(&self, now: Millis, max: u32) -> Result<Vec<SavedRecovery>, StoreError> {
        let found = self.readers.read(move |connection| read::recoveries_to_wake(connection, now, max)).await?;
        seal::open_recoveries(&self.keyring, found)
    }

    async fn forget(&self, now: Millis) -> Result<u64, StoreError> {
        let mut forgotten = 0;
        let kept = self.kept;
        for kind in forget::KINDS {
            loop {
                let rows = self.writer.change(move |connection| forget::forget(connection, kind, now, kept)).await?;
                forgotten += rows;
                if rows < forget::ROWS_AT_ONCE {
                    break;
                }
            }
        }
        forgotten += self.forget_audit(now).await?;
        if forgotten > 0 {
            self.writer.empty_log().await?;
        }
        Ok(forgotten)
    }

    async fn kept(&self, shelf: Shelf, key: Key, now: Millis) -> Result<Option<Vec<u8>>, StoreError> {
        let found = self.readers.read(move |connection| read::kept(connection, shelf, &key, now)).await?;
        found.map(|sealed| seal::open_kept(&self.keyring, shelf, &key, &sealed)).transpose()
    }

    async fn all_kept(&self, shelf: Shelf, now: Millis) -> Result<Vec<(Key, Vec<u8>)>, StoreError> {
        let found = self.readers.read(move |connection| read::all_kept(connection, shelf, now)).await?;
        let open = |(key, sealed): (Key, Vec<u8>)| Ok((key, seal::open_kept(&self.keyring, shelf, &key, &sealed)?));
        found.into_iter().map(open).collect()
    }

    async fn audit(&self, about: AuditQuery, max: u32) -> Result<Vec<AuditRow>, StoreError> {
        let found = self.readers.read(move |connection| audit::about(connection, &about, max)).await?;
        Ok(found.into_iter().map(|sealed| audit::shown(audit::open(&self.keyring, self.node, sealed))).collect())
    }

    fn audit_identity(&self) -> (NodeId, PublicKey) {
        (self.node, self.signer.public_key())
    }

    async fn audit_chain(&self, after: u64, max: u32) -> Result<Vec<Entry>, StoreError> {
        let found = self.readers.read(move |connection| audit::chain(connection, after, max)).await?;
        Ok(found.into_iter().map(|sealed| audit::open(&self.keyring, self.node, sealed)).collect())
    }

    async fn audit_heads(&self, from: u64) -> Result<Vec<Head>, StoreError> {
        self.readers.read(move |connection| audit::heads(connection, from)).await
    }

    async fn sign_audit_head(&self, now: Millis) -> Result<Option<Head>, StoreError> {
        let (node, signer) = (self.node, Arc::clone(&self.signer));
        self.writer.change(move |connection| audit::sign_head(connection, node, &signer, now)).await
    }

    async fn messages_of(&self, account: Key, max: u32) -> Result<Vec<OutboxRow>, StoreError> {
        let found = self.readers.read(move |connection| outbox::messages_of(connection, &account, max)).await?;
        found.into_iter().map(|sealed| seal::open_outcome(&self.keyring, sealed)).collect()
    }

    async fn recoveries_of(&self, account: Key) -> Result<Vec<SavedRecovery>, StoreError> {
        let found = self.readers.read(move |connection| read::recoveries_of(connection, &account)).await?;
        found.into_iter().map(|sealed| seal::open_recovery(&self.keyring, sealed)).collect()
    }

    async fn sealed_under(&self) -> Result<BTreeMap<u32, u64>, StoreError> {
        self.readers.read(anew::sealed_under).await
    }

    async fn seal_anew(&self, max: u32) -> Result<SealedAnew, StoreError> {
        let pass = self.pass.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let (found, on) = self.readers.read(move |connection| anew::next(connection, &pass, max.max(1))).await?;
        let renewed = anew::renew(&self.keyring, found);
        let values = match renewed.is_empty() {
            true => 0,
            false => self.writer.change(move |connection| anew::put_back(connection, &renewed)).await?,
        };
        let is_whole = on.is_none();
        *self.pass.lock().unwrap_or_else(PoisonError::into_inner) = on.unwrap_or_default();
        Ok(SealedAnew { values, is_whole })
    }

    async fn begin_run(&self) -> Result<Option<Ended>, StoreError> {
        let inside = self.readers.read(mark::course).await?;
        let put_back = mark::was_put_back(inside, self.mark.read());
        // Ended before the number grows: whoever is interrupted here starts with the same question.
        let ended = if put_back { Some(self.end_all_open().await?) } else { None };
        self.count_on().await?;
        self.runs.store(true, Ordering::Relaxed);
        Ok(ended)
    }

    async fn leave_mark(&self) -> Result<(), StoreError> {
        if !self.runs.load(Ordering::Relaxed) || !self.moved.swap(false, Ordering::Relaxed) {
            return Ok(());
        }
        self.count_on().await
    }

    async fn end_all_open(&self) -> Result<Ended, StoreError> {
        let ended = self.writer.change(mark::end_all_open).await?;
        self.writer.empty_log().await?;
        Ok(ended.first().copied().unwrap_or_default())
    }

    async fn close(&self) -> Result<(), StoreError> {
        if self.runs.swap(false, Ordering::Relaxed)
            && let Err(error) = self.count_on().await
        {
            tracing::error!(%error, "no mark could be left beside the store");
        }
        // The writer's connection is to be the last one, so that closing it folds the log into the file.
        self.readers.close().await;
        self.writer.close().await
    }
}

impl From<rusqlite::Error> for StoreError {
    /// SQLite's messages name tables and columns, and never show a value.
    fn from(error: rusqlite::Error) -> Self {
        StoreError::Engine(error.to_string())
    }
}
