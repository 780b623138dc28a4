//! What goes on after a rotation of keys, and the mark beside the store.

use crate::Regain;
use recovery::AuditEvent;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;

/// How many rows are looked at in one go, and the rest after it: all other work comes first.
const ROWS_AT_ONCE: u32 = 200;
const REST: Duration = Duration::from_millis(20);
/// How often a new key is looked for.
const LOOK_EVERY: Duration = Duration::from_secs(5);
/// How many looks pass until all is gone through again although nothing old was found: about an hour. A command that was
/// started before the rotation may have sealed a row since.
const LOOKS_OF_REST: u32 = 720;

/// Seals anew what older keys sealed, for as long as the ring has any, until it is told to stop.
pub(crate) async fn keep_sealed(regain: Arc<Regain>, mut stopped: watch::Receiver<bool>) {
    let mut clean_under = None;
    let mut rested = 0;
    while !*stopped.borrow() {
        tokio::select! {
            () = tokio::time::sleep(LOOK_EVERY) => {}
            told = stopped.changed() => if told.is_err() { return } else { continue },
        }
        let current = regain.keyring.current_id();
        rested += 1;
        if regain.keyring.notes().len() < 2 || (clean_under == Some(current) && rested < LOOKS_OF_REST) {
            continue;
        }
        rested = 0;
        match regain.seal_all_anew(&stopped).await {
            Some(0) => clean_under = Some(current),
            Some(values) => {
                tracing::info!(values, key = current, "What older keys had sealed is sealed with the new one.")
            }
            None => {}
        }
    }
}

impl Regain {
    /// One pass through everything that is sealed. Answers how many values were sealed anew; `None` when it did not get to
    /// the end.
    pub(crate) async fn seal_all_anew(&self, stopped: &watch::Receiver<bool>) -> Option<u64> {
        let mut values = 0;
        loop {
            match self.store.seal_anew(ROWS_AT_ONCE).await {
                Ok(done) => {
                    values += done.values;
                    if done.is_whole {
                        break;
                    }
                }
                Err(error) => {
                    tracing::error!(%error, "The store could not be sealed anew yet.");
                    return None;
                }
            }
            self.rest(stopped).await?;
        }
        for realm in &self.realms {
            loop {
                match realm.directory.seal_anew(ROWS_AT_ONCE).await {
                    Ok(0) => break,
                    Ok(more) => values += more,
                    Err(error) => {
                        tracing::error!(realm = realm.name, %error, "Contacts could not be sealed anew yet.");
                        return None;
                    }
                }
                self.rest(stopped).await?;
            }
        }
        Some(values)
    }

    async fn rest(&self, stopped: &watch::Receiver<bool>) -> Option<()> {
        tokio::time::sleep(REST).await;
        (!*stopped.borrow()).then_some(())
    }

    /// For the start of the one process that serves: ends what was open in a store that was put back from a copy, says so in
    /// the log and in the audit trail.
    ///
    /// # Errors
    /// When the store is away, or no mark can be left beside it.
    pub async fn begin_run(&self) -> Result<(), crate::Trouble> {
        if let Some(ended) = self.store.begin_run().await? {
            tracing::warn!(
                recoveries = ended.recoveries,
                codes = ended.codes,
                sessions = ended.sessions,
                "The store was put back from a copy: whatever was open in it has ended."
            );
            self.record_put_back(ended).await?;
        }
        Ok(())
    }

    /// The same by hand, for a store whose mark was put back with it: `regain store restored`.
    ///
    /// # Errors
    /// When the store is away.
    pub async fn end_all_open(&self) -> Result<store::Ended, crate::Trouble> {
        let ended = self.store.end_all_open().await?;
        self.record_put_back(ended).await?;
        Ok(ended)
    }

    async fn record_put_back(&self, ended: store::Ended) -> Result<(), crate::Trouble> {
        let store::Ended { recoveries, codes, sessions } = ended;
        let restored = AuditEvent::StoreRestored { recoveries, codes, sessions };
        self.store.commit(vec![self.event_row("", &restored)]).await?;
        Ok(())
    }

    pub(crate) async fn leave_mark(&self) {
        if let Err(error) = self.store.leave_mark().await {
            tracing::error!(%error, "No mark could be left beside the store.");
        }
    }
}
