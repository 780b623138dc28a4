//! Sealing of changes before they go to the writer, and opening of rows after they were read.
//!
//! Done on the caller's side, so that the one writer spends its time on nothing but writing.

use super::audit::{self, SealedRow};
use super::place::Place;
use crate::sealing::Keyring;
use crate::{Change, Key, Millis, OutboxRow, SavedRecovery, Shelf, StoreError};
use zeroize::Zeroize;

/// A change whose secret parts are sealed.
pub enum SealedChange {
    /// Its blobs are sealed in place.
    Sealed(Change),
    Record(SealedRow),
    Post(SealedMessage),
    Settle(Settled),
}

/// A message whose sealed outcome stands beside it; its body is sealed in place.
pub struct SealedMessage {
    pub row: OutboxRow,
    /// Empty where nothing is said.
    pub outcome: Vec<u8>,
}

/// What became of a message, sealed.
pub struct Settled {
    pub id: [u8; 16],
    pub outcome: Vec<u8>,
    pub how: How,
}

/// See [`Change::Delivered`] and its neighbours.
#[derive(Clone, Copy)]
pub enum How {
    Delivered { at: Millis },
    GivenUp { at: Millis },
    TryAgain { due_at: Millis },
}

pub fn seal_all(keyring: &Keyring, changes: Vec<Change>) -> Vec<SealedChange> {
    changes.into_iter().map(|change| seal_change(keyring, change)).collect()
}

fn seal_change(keyring: &Keyring, mut change: Change) -> SealedChange {
    let settle = |id: [u8; 16], said: &str, how: How| {
        SealedChange::Settle(Settled { id, outcome: seal_outcome(keyring, &id, said), how })
    };
    match &mut change {
        Change::CreateRecovery(saved) | Change::UpdateRecovery(saved) => {
            let place = Place::State { handle: &saved.handle };
            replace(keyring, &place, &mut saved.state);
        }
        Change::Keep { shelf, key, value, .. } | Change::KeepOnce { shelf, key, value, .. } => {
            replace(keyring, &Place::Value { shelf: *shelf, key }, value);
        }
        Change::Record(row) => return SealedChange::Record(audit::seal(keyring, row)),
        Change::Post(row) => return SealedChange::Post(seal_message(keyring, row)),
        Change::Delivered { id, channel, reference, at } => {
            let said = if reference.is_empty() { channel.clone() } else { format!("{channel} {reference}") };
            return settle(*id, &said, How::Delivered { at: *at });
        }
        Change::GivenUp { id, reason, at } => return settle(*id, reason, How::GivenUp { at: *at }),
        Change::TryAgain { id, due_at, reason } => return settle(*id, reason, How::TryAgain { due_at: *due_at }),
        Change::EndOtherRecoveries { .. }
        | Change::Count { .. }
        | Change::Uncount { .. }
        | Change::DropMessages { .. }
        | Change::Drop { .. }
        | Change::EraseAudit { .. } => {}
    }
    SealedChange::Sealed(change)
}

/// Puts the sealed value in the place of the plain one, and wipes that.
fn replace(keyring: &Keyring, place: &Place<'_>, value: &mut Vec<u8>) {
    let sealed = place.seal(keyring, value);
    value.zeroize();
    *value = sealed;
}

fn seal_message(keyring: &Keyring, row: &mut OutboxRow) -> SealedMessage {
    replace(keyring, &Place::Body { id: &row.id }, &mut row.body);
    let outcome = seal_outcome(keyring, &row.id, &row.outcome);
    let row = OutboxRow {
        purpose: std::mem::take(&mut row.purpose),
        kind: std::mem::take(&mut row.kind),
        body: std::mem::take(&mut row.body),
        outcome: String::new(),
        ..*row
    };
    SealedMessage { row, outcome }
}

fn seal_outcome(keyring: &Keyring, id: &[u8; 16], said: &str) -> Vec<u8> {
    if said.is_empty() { Vec::new() } else { Place::Outcome { id }.seal(keyring, said.as_bytes()) }
}

pub fn open_recovery(keyring: &Keyring, mut saved: SavedRecovery) -> Result<SavedRecovery, StoreError> {
    let mut state = Place::State { handle: &saved.handle }.open(keyring, &saved.state)?;
    saved.state = std::mem::take(&mut *state);
    Ok(saved)
}

/// Opens what can be opened; an unreadable row must not keep the others from being woken.
pub fn open_recoveries(keyring: &Keyring, found: Vec<SavedRecovery>) -> Result<Vec<SavedRecovery>, StoreError> {
    readable(found.into_iter().map(|saved| open_recovery(keyring, saved)))
}

/// Opens what can be opened; one message that can't be read stays held, and does not stop the others.
pub fn open_messages(keyring: &Keyring, taken: Vec<SealedMessage>) -> Result<Vec<OutboxRow>, StoreError> {
    readable(taken.into_iter().map(|sealed| {
        let mut row = open_outcome(keyring, sealed)?;
        let mut body = Place::Body { id: &row.id }.open(keyring, &row.body)?;
        row.body = std::mem::take(&mut *body);
        Ok(row)
    }))
}

/// Opens what is said of a message, and leaves its body alone.
pub fn open_outcome(keyring: &Keyring, sealed: SealedMessage) -> Result<OutboxRow, StoreError> {
    let SealedMessage { mut row, outcome } = sealed;
    if !outcome.is_empty() {
        row.outcome = text(&Place::Outcome { id: &row.id }.open(keyring, &outcome)?);
    }
    Ok(row)
}

/// The rows that opened. Fails only if there were some and none did: then the keys are wrong, not a row.
fn readable<T>(rows: impl Iterator<Item = Result<T, StoreError>>) -> Result<Vec<T>, StoreError> {
    let mut opened = Vec::new();
    let mut failure = None;
    for row in rows {
        match row {
            Ok(row) => opened.push(row),
            Err(error) => {
                tracing::error!(%error, "a row was passed over");
                failure = Some(error);
            }
        }
    }
    match failure {
        Some(error) if opened.is_empty() => Err(error),
        _ => Ok(opened),
    }
}

pub fn open_kept(keyring: &Keyring, shelf: Shelf, key: &Key, sealed: &[u8]) -> Result<Vec<u8>, StoreError> {
    let mut value = Place::Value { shelf, key }.open(keyring, sealed)?;
    Ok(std::mem::take(&mut *value))
}

/// Only text was sealed, and the seal held; anything else would be shown with marks rather than refused.
fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}
