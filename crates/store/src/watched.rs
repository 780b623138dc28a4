//! A store that notes every call on its way to another one: for tests that compare what two visitors cause.

use crate::audit::{Entry, Head, NodeId, PublicKey};
use crate::{
    AuditQuery, AuditRow, Change, Committed, CountKey, Counted, Ended, Key, Millis, OutboxRow, SavedRecovery,
    SealedAnew, Shelf, Store, StoreError,
};
use async_trait::async_trait;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

/// One call: its name, and what a commit changes.
#[derive(Clone, Debug)]
pub struct Call {
    pub name: &'static str,
    pub changes: Vec<Change>,
}

/// Notes calls, and lets them through.
pub struct Watched {
    inner: Arc<dyn Store>,
    calls: Mutex<Vec<Call>>,
}

impl Watched {
    pub fn new(inner: Arc<dyn Store>) -> Self {
        Self { inner, calls: Mutex::default() }
    }

    /// The calls since the last time that somebody asked.
    pub fn take_calls(&self) -> Vec<Call> {
        std::mem::take(&mut self.calls.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn note(&self, name: &'static str, changes: &[Change]) {
        let call = Call { name, changes: changes.to_vec() };
        self.calls.lock().unwrap_or_else(PoisonError::into_inner).push(call);
    }
}

#[async_trait]
impl Store for Watched {
    async fn commit(&self, changes: Vec<Change>) -> Result<Committed, StoreError> {
        self.note("commit", &changes);
        self.inner.commit(changes).await
    }

    async fn recovery(&self, handle: Key) -> Result<Option<SavedRecovery>, StoreError> {
        self.note("recovery", &[]);
        self.inner.recovery(handle).await
    }

    async fn counts(&self, asked: Vec<CountKey>) -> Result<Vec<Counted>, StoreError> {
        self.note("counts", &[]);
        self.inner.counts(asked).await
    }

    async fn take_messages(&self, now: Millis, hold_until: Millis, max: u32) -> Result<Vec<OutboxRow>, StoreError> {
        self.inner.take_messages(now, hold_until, max).await
    }

    async fn release_messages(&self) -> Result<(), StoreError> {
        self.inner.release_messages().await
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
        self.note(shelf.name(), &[]);
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
