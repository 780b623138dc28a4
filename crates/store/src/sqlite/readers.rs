//! A few threads that read, each with a connection of its own, fed from one queue.
//!
//! A read may touch the disk, so it must not run on a thread of the async runtime.

use super::file;
use crate::StoreError;
use rusqlite::Connection;
use std::collections::VecDeque;
use std::path::Path;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use tokio::sync::{mpsc, oneshot};

type Reading = Box<dyn FnOnce(&Connection) + Send>;

pub struct Readers {
    queue: Arc<Queue>,
    /// Ends when the last reader has closed its connection.
    gone: tokio::sync::Mutex<mpsc::Receiver<()>>,
}

/// What waits to be read. As long as there are requests in flight, and no longer: each waits for its answer.
#[derive(Default)]
struct Queue {
    waiting: Mutex<Waiting>,
    filled: Condvar,
}

#[derive(Default)]
struct Waiting {
    readings: VecDeque<Reading>,
    closed: bool,
}

impl Readers {
    pub fn start(path: &Path, count: usize) -> Result<Self, StoreError> {
        let (running, gone) = mpsc::channel(1);
        let readers = Self { queue: Arc::default(), gone: tokio::sync::Mutex::new(gone) };
        for _ in 0..count {
            let connection = file::open_for_reading(path)?;
            let (queue, running) = (readers.queue.clone(), running.clone());
            std::thread::Builder::new()
                .name("store-reader".into())
                .spawn(move || {
                    queue.serve(&connection);
                    drop(connection);
                    drop(running);
                })
                .map_err(|error| StoreError::Engine(format!("a thread can't be started: {error}")))?;
        }
        Ok(readers)
    }

    /// Runs a query on one of the readers.
    pub async fn read<T: Send + 'static>(
        &self,
        query: impl FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let (answer, answered) = oneshot::channel();
        self.queue.push(Box::new(move |connection| {
            // Nobody waits any more when the request was given up.
            let _ = answer.send(query(connection));
        }))?;
        answered.await.map_err(|_| StoreError::Engine("a reader stopped before it answered".into()))?
    }

    /// Lets the readers finish what waits, and waits until their connections are closed.
    pub async fn close(&self) {
        self.queue.close();
        while self.gone.lock().await.recv().await.is_some() {}
    }
}

impl Drop for Readers {
    fn drop(&mut self) {
        self.queue.close();
    }
}

impl Queue {
    fn push(&self, reading: Reading) -> Result<(), StoreError> {
        let mut waiting = self.lock();
        if waiting.closed {
            return Err(StoreError::Closed);
        }
        waiting.readings.push_back(reading);
        drop(waiting);
        self.filled.notify_one();
        Ok(())
    }

    fn close(&self) {
        self.lock().closed = true;
        self.filled.notify_all();
    }

    fn serve(&self, connection: &Connection) {
        while let Some(reading) = self.next() {
            // A bug in one query must not take the reader away from the others.
            let run = std::panic::AssertUnwindSafe(|| reading(connection));
            if std::panic::catch_unwind(run).is_err() {
                tracing::error!("a read of the store panicked");
            }
        }
    }

    /// Waits for the next reading; `None` once the queue is closed and empty.
    fn next(&self) -> Option<Reading> {
        let mut waiting = self.lock();
        loop {
            if let Some(reading) = waiting.readings.pop_front() {
                return Some(reading);
            }
            if waiting.closed {
                return None;
            }
            waiting = self.filled.wait(waiting).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// No code panics while it holds the lock, so a poisoned one is as good as any.
    fn lock(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
