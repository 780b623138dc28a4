//! Shipping the trail to a collector: rows in their order, each head behind the row it stands at.
//!
//! How far it went is kept in the store, and moves only once the bytes were written *and* the connection was still open a
//! while later. The protocol has no answers, so after a break everything behind that place is sent again: nothing is lost
//! that the connection's end could tell of, and some rows come twice. Node and number tell them.

use super::{AuditFormat, syslog};
use crate::Regain;
use delivery::collector::{Collecting, Collector, CollectorError};
use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;
use store::audit::{Entry, Head, HeadKind, Tip};
use store::{Change, Key, Shelf, StoreError};
use tokio::sync::watch;
use tokio::time::Instant;

/// Rows that are written at once.
const AT_ONCE: u32 = 500;
/// How soon a new row is looked for.
const LOOK_EVERY: Duration = Duration::from_secs(2);
/// The longest wait before the next connection is tried.
const RETRY_MAX: Duration = Duration::from_secs(60);
/// How far a trail was shipped is remembered for ever.
const FOR_EVER: i64 = i64::MAX;

/// Where and how the trail is shipped.
pub struct Shipping {
    pub collector: Arc<dyn Collector>,
    pub format: AuditFormat,
    /// This host's name, for the collector.
    pub host: String,
    /// How long a connection must stay open behind what was written before that counts as shipped.
    pub confirmed_after: Duration,
    /// The first wait before another connection is tried; each one after it is twice as long, up to a minute.
    pub retry_after: Duration,
}

impl Shipping {
    /// Five seconds to confirm: enough for a server that dies to be noticed.
    pub fn new(collector: Arc<dyn Collector>, format: AuditFormat, host: String) -> Self {
        Self { collector, format, host, confirmed_after: Duration::from_secs(5), retry_after: Duration::from_secs(1) }
    }
}

/// How far the trail went.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Place {
    /// The last row.
    row: Tip,
    /// The row of the last head.
    head: u64,
}

impl Place {
    const BEGIN: Place = Place { row: Tip::GENESIS, head: 0 };

    fn to_bytes(self) -> Vec<u8> {
        [&self.row.seq.to_be_bytes()[..], &self.row.hash, &self.head.to_be_bytes()].concat()
    }

    fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (seq, rest) = bytes.split_first_chunk::<8>()?;
        let (hash, rest) = rest.split_first_chunk::<32>()?;
        let row = Tip { seq: u64::from_be_bytes(*seq), hash: *hash };
        Some(Self { row, head: u64::from_be_bytes(rest.try_into().ok()?) })
    }
}

/// Why a connection was given up.
#[derive(thiserror::Error, Debug)]
enum Break {
    #[error(transparent)]
    Collector(#[from] CollectorError),
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Ships until it is told to stop. Whatever breaks is tried again, ever more slowly.
pub(crate) async fn ship(regain: Arc<Regain>, shipping: Shipping, mut stopped: watch::Receiver<bool>) {
    let mut retry = shipping.retry_after;
    while !*stopped.borrow() {
        let begun = Instant::now();
        match one_connection(&regain, &shipping, &stopped).await {
            Ok(()) => return,
            Err(error) => {
                // A connection that held for a while starts the waits anew.
                retry = if begun.elapsed() > RETRY_MAX { shipping.retry_after } else { retry };
                let wait_ms = u64::try_from(retry.as_millis()).unwrap_or(u64::MAX);
                tracing::warn!(%error, collector = shipping.collector.name(), wait_ms, "The audit trail waits to be shipped.");
            }
        }
        tokio::select! {
            () = tokio::time::sleep(retry) => {}
            told = stopped.changed() => if told.is_err() { return },
        }
        retry = (retry * 2).min(RETRY_MAX);
    }
}

async fn one_connection(regain: &Regain, shipping: &Shipping, stopped: &watch::Receiver<bool>) -> Result<(), Break> {
    let mut connection = shipping.collector.connect().await?;
    let mut walk = Walk { regain, shipping, at: begin(regain, shipping).await?, unconfirmed: VecDeque::new() };
    tracing::info!(collector = shipping.collector.name(), after = walk.at.row.seq, "The audit trail is being shipped.");
    loop {
        let moved = walk.write_some(&mut *connection).await?;
        if *stopped.borrow() && !moved {
            // The last rows are confirmed by one more wait, or sent again by the next run.
            connection.stays_open(shipping.confirmed_after).await?;
            walk.confirm(Duration::ZERO).await?;
            connection.close().await;
            return Ok(());
        }
        let wait = if moved { Duration::ZERO } else { LOOK_EVERY.min(shipping.confirmed_after) };
        connection.stays_open(wait).await?;
        walk.confirm(shipping.confirmed_after).await?;
    }
}

struct Walk<'a> {
    regain: &'a Regain,
    shipping: &'a Shipping,
    /// What was written.
    at: Place,
    /// What was written when, and is not known to have arrived.
    unconfirmed: VecDeque<(Instant, Place)>,
}

impl Walk<'_> {
    /// Writes the next rows, and the heads at them. Answers whether there was anything.
    async fn write_some(&mut self, connection: &mut dyn Collecting) -> Result<bool, Break> {
        let rows = self.regain.store.audit_chain(self.at.row.seq, AT_ONCE).await?;
        let last = rows.last().map_or(self.at.row, |row| Tip { seq: row.seq, hash: row.hash });
        let heads = self.regain.store.audit_heads(self.at.head.saturating_add(1)).await?;
        let is_due = |head: &&Head| head.kind == HeadKind::Head && head.tip.seq <= last.seq;
        let heads: Vec<&Head> = heads.iter().filter(is_due).collect();
        if rows.is_empty() && heads.is_empty() {
            return Ok(false);
        }
        let next = Place { row: last, head: heads.iter().map(|head| head.tip.seq).fold(self.at.head, u64::max) };
        connection.write(&self.frames(&rows, &heads)).await?;
        self.at = next;
        self.unconfirmed.push_back((Instant::now(), next));
        Ok(true)
    }

    /// Each head right behind the row it stands at, or in front where that row went before.
    fn frames(&self, rows: &[Entry], heads: &[&Head]) -> Vec<u8> {
        let Shipping { host, format, .. } = self.shipping;
        let mut heads = heads.iter().peekable();
        let mut frames = Vec::new();
        let first = rows.first().map_or(u64::MAX, |row| row.seq);
        while let Some(head) = heads.next_if(|head| head.tip.seq < first) {
            frames.extend(syslog::head(head, host, *format));
        }
        for row in rows {
            frames.extend(syslog::event(row, host, *format));
            while let Some(head) = heads.next_if(|head| head.tip.seq <= row.seq) {
                frames.extend(syslog::head(head, host, *format));
            }
        }
        frames
    }

    /// Keeps how far the trail went, once the connection has outlived that by `after`.
    async fn confirm(&mut self, after: Duration) -> Result<(), Break> {
        let mut confirmed = None;
        while let Some((written, place)) = self.unconfirmed.front()
            && written.elapsed() >= after
        {
            confirmed = Some(*place);
            self.unconfirmed.pop_front();
        }
        let Some(place) = confirmed else { return Ok(()) };
        let keep = Change::Keep {
            shelf: Shelf::AuditShipped,
            key: key(self.regain, self.shipping),
            value: place.to_bytes(),
            expires_at: FOR_EVER,
        };
        self.regain.store.commit(vec![keep]).await?;
        Ok(())
    }
}

/// What is remembered of a collector goes by its name: another one gets the whole trail.
fn key(regain: &Regain, shipping: &Shipping) -> Key {
    recovery::mac(&regain.keys.count, &[b"audit shipped to", shipping.collector.name().as_bytes()])
}

/// Where shipping goes on. Where the trail is no longer the one that was shipped (a restored backup), it begins anew.
async fn begin(regain: &Regain, shipping: &Shipping) -> Result<Place, Break> {
    let kept = regain.store.kept(Shelf::AuditShipped, key(regain, shipping), regain.now().millis()).await?;
    let Some(place) = kept.and_then(|bytes| Place::from_bytes(&bytes)) else { return Ok(Place::BEGIN) };
    let Some(before) = place.row.seq.checked_sub(1) else { return Ok(place) };
    let found = regain.store.audit_chain(before, 1).await?;
    let is_same = match found.first() {
        Some(row) if row.seq == place.row.seq => row.hash == place.row.hash,
        // The row has outlived its time, and those behind it are there.
        Some(row) => row.seq > place.row.seq,
        // Nothing is there any more, or the trail is shorter than what was shipped of it.
        None => regain.store.audit_heads(place.row.seq).await?.iter().any(|head| head.kind == HeadKind::Start),
    };
    if is_same {
        return Ok(place);
    }
    tracing::warn!("The audit trail is not the one that was shipped: all of it is shipped again.");
    Ok(Place::BEGIN)
}
