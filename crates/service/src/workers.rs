//! What goes on without anyone clicking: messages leave, unclear writes are settled, what is old is forgotten.

use crate::Regain;
use crate::audit::{Shipping, ship};
use recovery::{Event, Recovery, WriteBackOutcome};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{Semaphore, watch};
use tokio::task::JoinHandle;

/// Messages that are on their way at once.
const SENDING_MAX: usize = 16;
/// The longest sleep of the outbox worker: messages that another node posted are found after it.
const OUTBOX_NAP: Duration = Duration::from_secs(5);
const SETTLE_EVERY: Duration = Duration::from_secs(5);
const FORGET_EVERY: Duration = Duration::from_secs(600);
/// How much a copy of the store may be behind before it shows, where Regain was killed and not stopped.
const MARK_EVERY: Duration = Duration::from_secs(5);
/// How often the audit trail is signed, if something was written: what was signed can't be rewritten without the key.
const SIGN_EVERY: Duration = Duration::from_secs(300);
/// A node learns so soon of a census that another node, or the command, has taken.
const CENSUS_EVERY: Duration = Duration::from_secs(30);
/// How often it is asked whether a realm's contacts are to be looked at.
const SWEEP_EVERY: Duration = Duration::from_secs(60);

/// The running workers. Dropped or stopped, they finish what they have begun.
pub struct Workers {
    regain: Arc<Regain>,
    stop: watch::Sender<bool>,
    tasks: Vec<JoinHandle<()>>,
}

impl Workers {
    /// Starts all workers of this node.
    pub fn start(regain: &Arc<Regain>) -> Self {
        let (stop, stopped) = watch::channel(false);
        let tasks = vec![
            tokio::spawn(send_messages(Arc::clone(regain), stopped.clone())),
            tokio::spawn(repeat(Arc::clone(regain), stopped.clone(), SETTLE_EVERY, Regain::settle_writes)),
            tokio::spawn(repeat(Arc::clone(regain), stopped.clone(), FORGET_EVERY, Regain::forget_old)),
            tokio::spawn(repeat(Arc::clone(regain), stopped.clone(), SIGN_EVERY, Regain::sign_audit)),
            tokio::spawn(repeat(Arc::clone(regain), stopped.clone(), CENSUS_EVERY, Regain::take_censuses)),
            tokio::spawn(repeat(Arc::clone(regain), stopped.clone(), MARK_EVERY, Regain::leave_mark)),
            tokio::spawn(repeat(Arc::clone(regain), stopped.clone(), SWEEP_EVERY, Regain::sweep_contacts)),
            tokio::spawn(crate::keys::keep_sealed(Arc::clone(regain), stopped)),
        ];
        Self { regain: Arc::clone(regain), stop, tasks }
    }

    /// Ships the audit trail as well.
    #[must_use]
    pub fn shipping(mut self, shipping: Shipping) -> Self {
        self.tasks.push(tokio::spawn(ship::ship(Arc::clone(&self.regain), shipping, self.stop.subscribe())));
        self
    }

    /// Lets each worker end what it is doing, waits for it, and signs the end of the audit trail.
    pub async fn stop(self) {
        let _ = self.stop.send(true);
        for task in self.tasks {
            if let Err(error) = task.await {
                tracing::error!(%error, "A worker ended with a bug.");
            }
        }
        self.regain.sign_audit().await;
    }
}

/// Takes messages as they come due, and sends up to [`SENDING_MAX`] at once.
async fn send_messages(regain: Arc<Regain>, mut stopped: watch::Receiver<bool>) {
    // What a crash left in our hands waits for nobody: a person may be waiting for it.
    if let Err(error) = regain.store.release_messages().await {
        tracing::error!(%error, "Messages of the last run stay held until their hold ends.");
    }
    let places = Arc::new(Semaphore::new(SENDING_MAX));
    while !*stopped.borrow() {
        let free = places.available_permits();
        let taken = if free == 0 { Ok(Vec::new()) } else { take(&regain, free).await };
        match taken {
            Ok(rows) if !rows.is_empty() => {
                for row in rows {
                    let Ok(place) = Arc::clone(&places).acquire_owned().await else { return };
                    let regain = Arc::clone(&regain);
                    tokio::spawn(async move {
                        regain.work_off(row).await;
                        drop(place);
                        regain.posted.notify_one();
                    });
                }
                continue;
            }
            Ok(_) => {}
            Err(error) => tracing::error!(%error, "The outbox can't be read."),
        }
        // With no place free, the first message that is sent rings.
        let nap = if free == 0 { OUTBOX_NAP } else { nap(&regain).await };
        tokio::select! {
            () = regain.posted.notified() => {}
            () = tokio::time::sleep(nap) => {}
            told = stopped.changed() => if told.is_err() { break },
        }
    }
    let all = u32::try_from(SENDING_MAX).unwrap_or(u32::MAX);
    let _ = places.acquire_many(all).await;
}

async fn take(regain: &Regain, free: usize) -> Result<Vec<store::OutboxRow>, store::StoreError> {
    let now = regain.now();
    // A look before the take: reading is cheap, taking is a write.
    match regain.store.next_message_due().await? {
        Some(due) if due <= now.millis() => {
            let max = u32::try_from(free).unwrap_or(1);
            regain.store.take_messages(now.millis(), now.plus(regain.hold_seconds()).millis(), max).await
        }
        _ => Ok(Vec::new()),
    }
}

async fn nap(regain: &Regain) -> Duration {
    match regain.store.next_message_due().await {
        Ok(Some(due)) => {
            let millis = u64::try_from(due - regain.now().millis()).unwrap_or(0);
            Duration::from_millis(millis.max(20)).min(OUTBOX_NAP)
        }
        _ => OUTBOX_NAP,
    }
}

async fn repeat<F>(regain: Arc<Regain>, mut stopped: watch::Receiver<bool>, every: Duration, work: F)
where
    F: AsyncFn(&Regain),
{
    while !*stopped.borrow() {
        work(&regain).await;
        tokio::select! {
            () = tokio::time::sleep(every) => {}
            // Dropped without a stop: nobody will ever say it.
            told = stopped.changed() => if told.is_err() { return },
        }
    }
}

impl Regain {
    /// Looks at writes that nobody has settled.
    pub(crate) async fn settle_writes(&self) {
        const AT_ONCE: u32 = 100;
        let now = self.now();
        let saved = match self.store.recoveries_to_wake(now.millis(), AT_ONCE).await {
            Ok(saved) => saved,
            Err(error) => return tracing::error!(%error, "Unsettled writes can't be read."),
        };
        for saved in saved {
            let outcome = match Recovery::decode(&saved.state) {
                Ok(recovery) => self.settle(&recovery, now).await,
                Err(error) => {
                    tracing::error!(%error, "A saved recovery can't be read.");
                    WriteBackOutcome::Unknown
                }
            };
            if let Err(error) = self.act_unattended(saved, Event::WriteBackEnded { outcome }).await {
                tracing::error!(%error, "A settled write can't be kept yet.");
            }
        }
    }

    async fn forget_old(&self) {
        match self.store.forget(self.now().millis()).await {
            Ok(0) => {}
            Ok(rows) => tracing::info!(rows, "Forgot what has outlived its time."),
            Err(error) => tracing::error!(%error, "What is old could not be forgotten."),
        }
    }

    async fn take_censuses(&self) {
        if let Err(error) = self.take_missing_censuses().await {
            tracing::error!(%error, "The realms could not be counted.");
        }
    }
}
