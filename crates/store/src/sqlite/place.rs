//! The context each sealed value is bound to: table, row and column.

use crate::StoreError;
use crate::sealing::{Keyring, SealingError};
use crate::{AuditRow, Key, Shelf};
use zeroize::Zeroizing;

/// Where a sealed value stands.
pub enum Place<'a> {
    State { handle: &'a Key },
    Body { id: &'a [u8; 16] },
    Outcome { id: &'a [u8; 16] },
    Value { shelf: Shelf, key: &'a Key },
    UserName(&'a AuditRow),
    Network(&'a AuditRow),
}

impl Place<'_> {
    pub fn seal(&self, keyring: &Keyring, plain: &[u8]) -> Vec<u8> {
        self.with_context(|context| keyring.seal(context, plain))
    }

    pub fn open(&self, keyring: &Keyring, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, StoreError> {
        let refused = |error: SealingError| StoreError::Sealed { table: self.table(), reason: error.to_string() };
        self.with_context(|context| keyring.open(context, sealed)).map_err(refused)
    }

    pub fn table(&self) -> &'static str {
        match self {
            Place::State { .. } => "recovery",
            Place::Body { .. } | Place::Outcome { .. } => "outbox",
            Place::Value { .. } => "kept",
            Place::UserName(_) | Place::Network(_) => "audit",
        }
    }

    fn with_context<T>(&self, run: impl FnOnce(&[&[u8]]) -> T) -> T {
        let table = self.table().as_bytes();
        match self {
            Place::State { handle } => run(&[table, *handle, b"state"]),
            Place::Body { id } => run(&[table, *id, b"body"]),
            Place::Outcome { id } => run(&[table, *id, b"outcome"]),
            Place::Value { shelf, key } => run(&[table, shelf.name().as_bytes(), *key, b"value"]),
            Place::UserName(row) => audit_context(table, row, b"user_name", run),
            Place::Network(row) => audit_context(table, row, b"network", run),
        }
    }
}

/// A line of the audit trail has no name of its own before it is written; what it says stands for it.
fn audit_context<T>(table: &[u8], row: &AuditRow, column: &[u8], run: impl FnOnce(&[&[u8]]) -> T) -> T {
    let at = row.at.to_be_bytes();
    run(&[table, &at, row.reference.as_bytes(), &row.account, row.event.as_bytes(), column])
}
