//! The context each sealed value is bound to: table, row and column.

use crate::StoreError;
use crate::sealing::{Keyring, SealingError};
use crate::{Key, Shelf};
use zeroize::Zeroizing;

/// Where a sealed value stands.
pub enum Place<'a> {
    State {
        handle: &'a Key,
    },
    Body {
        id: &'a [u8; 16],
    },
    Outcome {
        id: &'a [u8; 16],
    },
    Value {
        shelf: Shelf,
        key: &'a Key,
    },
    /// A personal part of an audit row, known by its commitment: no two are alike.
    Person {
        commitment: &'a Key,
    },
    Network {
        commitment: &'a Key,
    },
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
            Place::Person { .. } | Place::Network { .. } => "audit",
        }
    }

    fn with_context<T>(&self, run: impl FnOnce(&[&[u8]]) -> T) -> T {
        let table = self.table().as_bytes();
        match self {
            Place::State { handle } => run(&[table, *handle, b"state"]),
            Place::Body { id } => run(&[table, *id, b"body"]),
            Place::Outcome { id } => run(&[table, *id, b"outcome"]),
            Place::Value { shelf, key } => run(&[table, shelf.name().as_bytes(), *key, b"value"]),
            Place::Person { commitment } => run(&[table, *commitment, b"person"]),
            Place::Network { commitment } => run(&[table, *commitment, b"network"]),
        }
    }
}
