//! Sealing of changes before they go to the writer, and opening of rows after they were read.
//!
//! Done on the caller's side, so that the one writer spends its time on nothing but writing.

use super::audit::{self, SealedRow};
use super::place::Place;
use crate::sealing::Keyring;
use crate::{Change, Key, OutboxRow, SavedRecovery, Shelf, StoreError};
use zeroize::Zeroize;

/// A change whose secret parts are sealed.
pub enum SealedChange {
    /// Its blobs are sealed in place.
    Sealed(Change),
    Record(SealedRow),
}

pub fn seal_all(keyring: &Keyring, changes: Vec<Change>) -> Vec<SealedChange> {
    changes.into_iter().map(|change| seal_change(keyring, change)).collect()
}

fn seal_change(keyring: &Keyring, mut change: Change) -> SealedChange {
    match &mut change {
        Change::CreateRecovery(saved) | Change::UpdateRecovery(saved) => {
            let place = Place::State { handle: &saved.handle };
            replace(keyring, &place, &mut saved.state);
        }
        Change::Post(row) => replace(keyring, &Place::Body { id: &row.id }, &mut row.body),
        Change::Keep { shelf, key, value, .. } | Change::KeepOnce { shelf, key, value, .. } => {
            replace(keyring, &Place::Value { shelf: *shelf, key }, value);
        }
        Change::Record(row) => return SealedChange::Record(audit::seal(keyring, row)),
        Change::EndOtherRecoveries { .. }
        | Change::Count { .. }
        | Change::Uncount { .. }
        | Change::Delivered { .. }
        | Change::GivenUp { .. }
        | Change::TryAgain { .. }
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
pub fn open_messages(keyring: &Keyring, taken: Vec<OutboxRow>) -> Result<Vec<OutboxRow>, StoreError> {
    readable(taken.into_iter().map(|mut row| {
        let mut body = Place::Body { id: &row.id }.open(keyring, &row.body)?;
        row.body = std::mem::take(&mut *body);
        Ok(row)
    }))
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
