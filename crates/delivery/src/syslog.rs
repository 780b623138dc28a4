//! A syslog server over TLS (RFC 5425). Carries bytes; it does not know what a record says.
//!
//! The server's certificate is always checked. The protocol has no answers: all that can be seen of the server is that its
//! connection stays open.

use crate::collector::{Collecting, Collector, CollectorError};
use crate::tls::{self, TrustError};
use async_trait::async_trait;
use rustls::pki_types::ServerName;
use std::future::Future;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

/// The limit for name look-up, TCP and TLS together.
const CONNECT_LIMIT: Duration = Duration::from_secs(10);

/// The limit for writing some hundred records; a server that takes nothing for so long is not well.
const WRITE_LIMIT: Duration = Duration::from_secs(30);

/// The limit for ending a connection in order.
const CLOSE_LIMIT: Duration = Duration::from_secs(2);

/// Where a syslog server listens, and whom to trust.
pub struct SyslogServer {
    name: String,
    host: String,
    port: u16,
    tls: Arc<rustls::ClientConfig>,
}

/// Why a syslog server can't be used.
#[derive(thiserror::Error, Debug)]
pub enum SyslogError {
    #[error("{0:?} is neither a host name nor an address")]
    Host(String),
    #[error(transparent)]
    Trust(#[from] TrustError),
    #[error("TLS can't be set up: {0}")]
    Tls(#[from] rustls::Error),
}

impl SyslogServer {
    /// `host` is a name or an address, as it stands in the server's certificate.
    ///
    /// # Errors
    /// When the host is none, or the trusted certificates can't be read.
    pub fn new(host: &str, port: u16, ca_file: Option<&Path>) -> Result<Self, SyslogError> {
        if ServerName::try_from(host).is_err() {
            return Err(SyslogError::Host(host.to_owned()));
        }
        let tls = Arc::new(tls::client(&tls::trusted(ca_file)?)?);
        Ok(Self { name: format!("{host}:{port}"), host: host.to_owned(), port, tls })
    }

    async fn open(&self) -> std::io::Result<TlsStream<TcpStream>> {
        let tcp = TcpStream::connect((self.host.as_str(), self.port)).await?;
        let name = ServerName::try_from(self.host.clone()).map_err(std::io::Error::other)?;
        TlsConnector::from(Arc::clone(&self.tls)).connect(name, tcp).await
    }
}

#[async_trait]
impl Collector for SyslogServer {
    async fn connect(&self) -> Result<Box<dyn Collecting>, CollectorError> {
        match timeout(CONNECT_LIMIT, self.open()).await {
            Ok(Ok(stream)) => Ok(Box::new(Connection(stream))),
            Ok(Err(error)) => Err(CollectorError::Unreachable(tls::fault(&error).unwrap_or_else(|| error.to_string()))),
            Err(_) => Err(CollectorError::Unreachable(format!("no answer in {} s", CONNECT_LIMIT.as_secs()))),
        }
    }

    fn name(&self) -> &str {
        &self.name
    }
}

struct Connection(TlsStream<TcpStream>);

#[async_trait]
impl Collecting for Connection {
    async fn write(&mut self, records: &[u8]) -> Result<(), CollectorError> {
        let stream = &mut self.0;
        in_time(async {
            stream.write_all(records).await?;
            stream.flush().await
        })
        .await
    }

    async fn stays_open(&mut self, wait: Duration) -> Result<(), CollectorError> {
        // A syslog server has nothing to say; what it says all the same is passed over.
        let ends = async {
            let mut said = [0; 256];
            loop {
                match self.0.read(&mut said).await {
                    Ok(0) => return "the server closed it".to_owned(),
                    Ok(_) => {}
                    Err(error) => return error.to_string(),
                }
            }
        };
        match timeout(wait, ends).await {
            Err(_) => Ok(()),
            Ok(reason) => Err(CollectorError::Broken(reason)),
        }
    }

    async fn close(&mut self) {
        // Nothing to be done where it fails: what was not confirmed is sent again.
        let _ = timeout(CLOSE_LIMIT, self.0.shutdown()).await;
    }
}

async fn in_time(writing: impl Future<Output = std::io::Result<()>>) -> Result<(), CollectorError> {
    match timeout(WRITE_LIMIT, writing).await {
        Ok(Ok(())) => Ok(()),
        Ok(Err(error)) => Err(CollectorError::Broken(error.to_string())),
        Err(_) => Err(CollectorError::Broken(format!("it took nothing for {} s", WRITE_LIMIT.as_secs()))),
    }
}
