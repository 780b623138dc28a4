//! The suite on SQLite, and what only this adapter promises: sealed bytes, a private file, groups, schema versions.

use super::*;
use crate::conformance::*;
use rusqlite::Connection;
use std::path::PathBuf;

/// A file in a folder of its own, and its keys.
struct Scratch {
    folder: tempfile::TempDir,
    keyring: Arc<Keyring>,
}

impl Scratch {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder can be made");
        Self { folder, keyring: Arc::new(Keyring::generate()) }
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("regain.db")
    }

    fn store(&self) -> Result<SqliteStore, StoreError> {
        SqliteStore::open(&self.path(), self.keyring.clone())
    }

    /// All bytes of the file and its log.
    fn bytes(&self) -> Vec<u8> {
        let files = std::fs::read_dir(self.folder.path()).unwrap().map(|entry| entry.unwrap().path());
        files.flat_map(|file| std::fs::read(file).unwrap()).collect()
    }
}

impl Subject for Scratch {
    async fn open(&self) -> Arc<dyn Store> {
        Arc::new(self.store().expect("the store opens"))
    }
}

crate::conformance_tests!(Scratch::new());

fn contains(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}
