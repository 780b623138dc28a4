//! A few connections that read.
//!
//! A read looks at a handful of pages that lie in memory and takes tens of microseconds, less than it costs to hand it to
//! another thread and back; so it runs where it is asked for. A page that must come from the disk blocks one thread of the
//! runtime for a moment, and never more than there are connections.

use super::file;
use crate::StoreError;
use rusqlite::Connection;
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};
use tokio::sync::Semaphore;

pub struct Readers {
    idle: Mutex<Vec<Connection>>,
    /// One place for each connection; closed with the store.
    places: Semaphore,
    count: u32,
}

impl Readers {
    pub fn open(path: &Path, count: u32) -> Result<Self, StoreError> {
        let idle = (0..count).map(|_| file::open_for_reading(path)).collect::<Result<Vec<_>, _>>()?;
        Ok(Self { idle: Mutex::new(idle), places: Semaphore::new(count as usize), count })
    }

    /// Runs a query on a connection that nobody uses.
    pub async fn read<T>(&self, query: impl FnOnce(&Connection) -> Result<T, StoreError>) -> Result<T, StoreError> {
        let _place = self.places.acquire().await.map_err(|_| StoreError::Closed)?;
        let lent = Lent { idle: self, connection: self.lock().pop() };
        let connection = lent.connection.as_ref().expect("there is a connection for each place");
        query(connection)
    }

    /// Waits until no read is under way, and closes the connections.
    pub async fn close(&self) {
        if let Ok(all) = self.places.acquire_many(self.count).await {
            all.forget();
            self.places.close();
            self.lock().clear();
        }
    }

    /// No code panics while it holds the lock, so a poisoned one is as good as any.
    fn lock(&self) -> MutexGuard<'_, Vec<Connection>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A connection on loan: it comes back even when a bug ends the query.
struct Lent<'a> {
    idle: &'a Readers,
    connection: Option<Connection>,
}

impl Drop for Lent<'_> {
    fn drop(&mut self) {
        self.idle.lock().extend(self.connection.take());
    }
}
