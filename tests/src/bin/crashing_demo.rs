//! The demo with a store around the real one that kills the process, as `kill -9` does, right before or right after its
//! n-th commit. Only tests run it: `crashing_demo DIR [before|after N]`.
//!
//! It prints the address it listens on. Everything but the store is the product as it is.

use async_trait::async_trait;
use regain::demo::{Options, start};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use store::audit::{Entry, Head, NodeId, PublicKey};
use store::{
    AuditQuery, AuditRow, Change, Committed, CountKey, Counted, Ended, Key, Millis, OutboxRow, SavedRecovery,
    SealedAnew, Shelf, Store, StoreError,
};

/// How long a worker holds a message here: after a crash the next process need not wait for minutes. Milliseconds.
const HOLD_MILLIS: Millis = 1500;

#[derive(Clone, Copy, PartialEq, Eq)]
enum When {
    Before,
    After,
}

/// Dies at one commit, and does not let another one by while dying.
struct Mortal {
    inner: Arc<dyn Store>,
    at: Option<(When, u32)>,
    commits: AtomicU32,
}

impl Mortal {
    /// Counts a commit; answers whether it is the last one, and when to die of it.
    fn next(&self) -> Option<When> {
        let n = self.commits.fetch_add(1, Ordering::SeqCst) + 1;
        self.at.filter(|(_, last)| n >= *last).map(|(when, last)| if n == last { when } else { When::Before })
    }

    async fn around<T>(&self, commit: impl Future<Output = T>) -> T {
        match self.next() {
            None => commit.await,
            Some(When::Before) => die().await,
            Some(When::After) => {
                let _ = commit.await;
                die().await
            }
        }
    }
}

/// SIGKILL: nothing is flushed, nothing is said.
async fn die<T>() -> T {
    let me = std::process::id().to_string();
    let _ = std::process::Command::new("kill").args(["-9", &me]).status();
    std::future::pending().await
}

#[async_trait]
impl Store for Mortal {
    async fn commit(&self, changes: Vec<Change>) -> Result<Committed, StoreError> {
        self.around(self.inner.commit(changes)).await
    }

    async fn take_messages(&self, now: Millis, hold_until: Millis, max: u32) -> Result<Vec<OutboxRow>, StoreError> {
        let hold_until = hold_until.min(now + HOLD_MILLIS);
        self.around(self.inner.take_messages(now, hold_until, max)).await
    }

    async fn release_messages(&self) -> Result<(), StoreError> {
        self.inner.release_messages().await
    }

    async fn recovery(&self, handle: Key) -> Result<Option<SavedRecovery>, StoreError> {
        self.inner.recovery(handle).await
    }

    async fn counts(&self, asked: Vec<CountKey>) -> Result<Vec<Counted>, StoreError> {
        self.inner.counts(asked).await
    }

    async fn next_message_due(&self) -> Result<Option<Millis>, StoreError> {
        self.inner.next_message_due().await
    }

    async fn recoveries_to_wake(&self, now: Millis, max: u32) -> Result<Vec<SavedRecovery>, StoreError> {
        self.inner.recoveries_to_wake(now, max).await
    }

    async fn forget(&self, now: Millis) -> Result<u64, StoreError> {
        self.inner.forget(now).await
    }

    async fn kept(&self, shelf: Shelf, key: Key, now: Millis) -> Result<Option<Vec<u8>>, StoreError> {
        self.inner.kept(shelf, key, now).await
    }

    async fn all_kept(&self, shelf: Shelf, now: Millis) -> Result<Vec<(Key, Vec<u8>)>, StoreError> {
        self.inner.all_kept(shelf, now).await
    }

    async fn audit(&self, about: AuditQuery, max: u32) -> Result<Vec<AuditRow>, StoreError> {
        self.inner.audit(about, max).await
    }

    fn audit_identity(&self) -> (NodeId, PublicKey) {
        self.inner.audit_identity()
    }

    async fn audit_chain(&self, after: u64, max: u32) -> Result<Vec<Entry>, StoreError> {
        self.inner.audit_chain(after, max).await
    }

    async fn audit_heads(&self, from: u64) -> Result<Vec<Head>, StoreError> {
        self.inner.audit_heads(from).await
    }

    async fn sign_audit_head(&self, now: Millis) -> Result<Option<Head>, StoreError> {
        self.inner.sign_audit_head(now).await
    }

    async fn messages_of(&self, account: Key, max: u32) -> Result<Vec<OutboxRow>, StoreError> {
        self.inner.messages_of(account, max).await
    }

    async fn recoveries_of(&self, account: Key) -> Result<Vec<SavedRecovery>, StoreError> {
        self.inner.recoveries_of(account).await
    }

    async fn sealed_under(&self) -> Result<BTreeMap<u32, u64>, StoreError> {
        self.inner.sealed_under().await
    }

    async fn seal_anew(&self, max: u32) -> Result<SealedAnew, StoreError> {
        self.inner.seal_anew(max).await
    }

    async fn begin_run(&self) -> Result<Option<Ended>, StoreError> {
        self.inner.begin_run().await
    }

    async fn leave_mark(&self) -> Result<(), StoreError> {
        self.inner.leave_mark().await
    }

    async fn end_all_open(&self) -> Result<Ended, StoreError> {
        self.inner.end_all_open().await
    }

    async fn close(&self) -> Result<(), StoreError> {
        self.inner.close().await
    }
}

fn read_arguments() -> Option<(PathBuf, Option<(When, u32)>)> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        [folder] => Some((folder.into(), None)),
        [folder, "before", n] => Some((folder.into(), Some((When::Before, n.parse().ok()?)))),
        [folder, "after", n] => Some((folder.into(), Some((When::After, n.parse().ok()?)))),
        _ => None,
    }
}

#[tokio::main]
async fn main() -> ExitCode {
    let Some((folder, at)) = read_arguments() else {
        eprintln!("usage: crashing_demo DIR [before|after N]");
        return ExitCode::FAILURE;
    };
    let wrap = move |inner| Arc::new(Mortal { inner, at, commits: AtomicU32::new(0) }) as Arc<dyn Store>;
    let options = Options { listen: ([127, 0, 0, 1], 0).into(), data: Some(folder), realms: 1, under_attack: false };
    match start(options, Some(Box::new(wrap))).await {
        Ok(demo) => {
            println!("{}", demo.running.address);
            demo.until_stopped().await;
            ExitCode::SUCCESS
        }
        Err(failure) => {
            eprintln!("{failure}");
            ExitCode::FAILURE
        }
    }
}
