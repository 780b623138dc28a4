//! A server that collects log records: what the shipping of the audit trail asks of it.

use async_trait::async_trait;
use std::time::Duration;

/// Why records can't be handed over. All of it may pass: the records are kept, and handed over later.
#[derive(thiserror::Error, Clone, PartialEq, Eq, Debug)]
pub enum CollectorError {
    /// There is no connection.
    #[error("the collector can't be reached: {0}")]
    Unreachable(String),
    /// There was one. What was written last may have arrived or not.
    #[error("the connection to the collector broke: {0}")]
    Broken(String),
}

/// A collector's address.
#[async_trait]
pub trait Collector: Send + Sync {
    /// Opens a connection.
    ///
    /// # Errors
    /// When there is none to be had.
    async fn connect(&self) -> Result<Box<dyn Collecting>, CollectorError>;

    /// Names the server, for the log and for what is remembered of it.
    fn name(&self) -> &str;
}

/// An open connection to a collector.
#[async_trait]
pub trait Collecting: Send {
    /// Writes whole records. On return the operating system has them; whether the server has, nobody says.
    ///
    /// # Errors
    /// When the connection broke, or took nothing for too long.
    async fn write(&mut self, records: &[u8]) -> Result<(), CollectorError>;

    /// Waits, and sees whether the connection is open to the end of it.
    ///
    /// # Errors
    /// When it broke, or the server closed it.
    async fn stays_open(&mut self, wait: Duration) -> Result<(), CollectorError>;

    /// Ends the connection in order.
    async fn close(&mut self);
}
