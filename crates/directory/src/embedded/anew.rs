//! Sealing anew: contacts that an older key sealed are sealed with the current one, a few accounts at a time.

use super::{Inner, unreadable};
use crate::DirectoryError;
use rusqlite::params;
use std::collections::BTreeMap;

/// How many accounts' contacts lie under each key.
pub(super) fn sealed_under(inner: &Inner) -> Result<BTreeMap<u32, u64>, DirectoryError> {
    let mut under = BTreeMap::new();
    each_contacts(inner, &mut |_, sealed| {
        if let Some(key) = inner.sealer.key_of(&sealed) {
            *under.entry(key).or_default() += 1;
        }
        true
    })?;
    Ok(under)
}

/// Seals again the contacts of up to `max` accounts. A row that does not open is an error: it would be lost with its key.
pub(super) fn seal_anew(inner: &Inner, max: u32) -> Result<u64, DirectoryError> {
    let current = inner.sealer.current_key();
    let mut old = Vec::new();
    each_contacts(inner, &mut |id, sealed| {
        if inner.sealer.key_of(&sealed) != current {
            old.push((id, sealed));
        }
        old.len() < max as usize
    })?;
    let mut renewed = 0;
    for (id, sealed) in old {
        let mut plain = inner
            .sealer
            .open(&id, &sealed)
            .ok_or_else(|| DirectoryError::Unexpected(format!("the contacts of {id} can't be opened")))?;
        let again = inner.sealer.seal(&id, &plain);
        zeroize::Zeroize::zeroize(&mut plain);
        // Only where they are still as they were read: another process may have changed them.
        let sql = "UPDATE account SET contacts = ?1 WHERE id = ?2 AND contacts = ?3";
        let changed = inner.connection().execute(sql, params![again, id, sealed]).map_err(unreadable)?;
        renewed += changed as u64;
    }
    Ok(renewed)
}

/// Visits the sealed contacts of all accounts, until `see` has seen enough.
fn each_contacts(inner: &Inner, see: &mut dyn FnMut(String, Vec<u8>) -> bool) -> Result<(), DirectoryError> {
    let connection = inner.connection();
    let mut select = connection.prepare_cached("SELECT id, contacts FROM account").map_err(unreadable)?;
    let mut rows = select.query([]).map_err(unreadable)?;
    while let Some(row) = rows.next().map_err(unreadable)? {
        let (id, sealed) = (row.get(0).map_err(unreadable)?, row.get(1).map_err(unreadable)?);
        if !see(id, sealed) {
            break;
        }
    }
    Ok(())
}
