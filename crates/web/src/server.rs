//! The listener: HTTP/1.1 and HTTP/2, with TLS of its own or behind a proxy, with limits, and a graceful end.

use crate::answer::{Answer, bare};
use crate::call::BODY_BYTES_MAX;
use crate::{Site, routes};
use bytes::Bytes;
use http::{Request, StatusCode};
use http_body_util::{BodyExt, Limited};
use hyper::body::Incoming;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use std::convert::Infallible;
use std::future::Future;
use std::net::IpAddr;
use std::panic::AssertUnwindSafe;
use std::sync::{Arc, RwLock};
use std::task::Poll;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tokio_rustls::TlsAcceptor;

/// Connections at once; one more waits. Slow clients hold up nobody else before that.
const CONNECTIONS_MAX: usize = 10_000;
const HANDSHAKE_SECONDS: u64 = 10;
/// How long a client may take to send the head of a request, and then its body.
const HEAD_SECONDS: u64 = 15;
const BODY_SECONDS: u64 = 15;
const HEAD_BYTES_MAX: usize = 32 * 1024;
/// How long an answer may take in all; a directory that hangs has time-outs of its own, shorter ones.
const ANSWER_SECONDS: u64 = 60;
/// How long requests under way may take to end once a stop was asked for.
const STOP_SECONDS: u64 = 20;

/// TLS that can be changed while running: new certificates serve the next connections.
#[derive(Clone)]
pub struct Tls(Arc<RwLock<Arc<rustls::ServerConfig>>>);

impl Tls {
    pub fn new(config: rustls::ServerConfig) -> Self {
        Self(Arc::new(RwLock::new(Arc::new(config))))
    }

    /// Takes a new certificate and key into use.
    pub fn replace(&self, config: rustls::ServerConfig) {
        *self.0.write().unwrap_or_else(std::sync::PoisonError::into_inner) = Arc::new(config);
    }

    fn acceptor(&self) -> TlsAcceptor {
        TlsAcceptor::from(Arc::clone(&self.0.read().unwrap_or_else(std::sync::PoisonError::into_inner)))
    }
}

/// Where to listen.
pub struct Listener {
    pub tcp: TcpListener,
    pub tls: Option<Tls>,
}

/// Answers requests until `stop` resolves, then lets those under way end.
pub async fn serve(site: Arc<Site>, listener: Listener, stop: impl Future<Output = ()>) {
    let Listener { tcp, tls } = listener;
    let places = Arc::new(Semaphore::new(CONNECTIONS_MAX));
    let ending = GracefulShutdown::new();
    tokio::pin!(stop);
    loop {
        let accepted = tokio::select! {
            accepted = tcp.accept() => accepted,
            () = &mut stop => break,
        };
        let (stream, peer) = match accepted {
            Ok(accepted) => accepted,
            Err(error) => {
                // Out of file descriptors, most likely: a short rest lets connections end.
                tracing::warn!(%error, "A connection could not be accepted.");
                tokio::time::sleep(Duration::from_millis(50)).await;
                continue;
            }
        };
        let Ok(place) = Arc::clone(&places).acquire_owned().await else { break };
        let _ = stream.set_nodelay(true);
        let (site, watcher, tls) = (Arc::clone(&site), ending.watcher(), tls.as_ref().map(Tls::acceptor));
        tokio::spawn(async move {
            let peer = peer.ip();
            match tls {
                None => talk(stream, peer, site, watcher).await,
                Some(acceptor) => {
                    let handshake =
                        tokio::time::timeout(Duration::from_secs(HANDSHAKE_SECONDS), acceptor.accept(stream));
                    if let Ok(Ok(stream)) = handshake.await {
                        talk(stream, peer, site, watcher).await;
                    }
                }
            }
            drop(place);
        });
    }
    drop(tcp);
    if tokio::time::timeout(Duration::from_secs(STOP_SECONDS), ending.shutdown()).await.is_err() {
        tracing::warn!("Some connections did not end in time.");
    }
}

async fn talk<S>(stream: S, peer: IpAddr, site: Arc<Site>, ending: Watcher)
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let mut builder = Builder::new(TokioExecutor::new());
    builder
        .http1()
        .timer(TokioTimer::new())
        .header_read_timeout(Duration::from_secs(HEAD_SECONDS))
        .max_buf_size(HEAD_BYTES_MAX)
        .keep_alive(true);
    builder
        .http2()
        .timer(TokioTimer::new())
        .max_concurrent_streams(32)
        .max_header_list_size(HEAD_BYTES_MAX as u32)
        .keep_alive_interval(Duration::from_secs(60));
    let service = hyper::service::service_fn(move |request: Request<Incoming>| {
        let site = Arc::clone(&site);
        async move { Ok::<Answer, Infallible>(answer(site, request, peer).await) }
    });
    let connection = builder.serve_connection(TokioIo::new(stream), service);
    if let Err(error) = ending.watch(connection.into_owned()).await {
        tracing::debug!(%error, "A connection ended early.");
    }
}

/// Reads a request within its limits, and answers it. A bug in a page ends one request, not the server.
async fn answer(site: Arc<Site>, request: Request<Incoming>, peer: IpAddr) -> Answer {
    let (head, body) = request.into_parts();
    let body = match read_body(body).await {
        Ok(body) => body,
        Err(status) => return bare(status, "text/plain; charset=utf-8", status.canonical_reason().unwrap_or("")),
    };
    let work = without_panic(async move { routes::answer(&site, &head, body, peer).await });
    match tokio::time::timeout(Duration::from_secs(ANSWER_SECONDS), work).await {
        Ok(Some(answer)) => answer,
        Ok(None) => bare(StatusCode::INTERNAL_SERVER_ERROR, "text/plain; charset=utf-8", "Internal Server Error"),
        Err(_) => bare(StatusCode::GATEWAY_TIMEOUT, "text/plain; charset=utf-8", "Gateway Timeout"),
    }
}

/// Runs a request to its end; `None` when a bug ended it. Nothing it shares is left half changed: all state is the store's.
async fn without_panic<T>(work: impl Future<Output = T>) -> Option<T> {
    let mut work = std::pin::pin!(work);
    std::future::poll_fn(move |context| {
        let polled = std::panic::catch_unwind(AssertUnwindSafe(|| work.as_mut().poll(context)));
        match polled {
            Ok(Poll::Ready(done)) => Poll::Ready(Some(done)),
            Ok(Poll::Pending) => Poll::Pending,
            Err(_) => {
                tracing::error!("A request ended with a bug; the panic's own line says where.");
                Poll::Ready(None)
            }
        }
    })
    .await
}

async fn read_body(body: Incoming) -> Result<Bytes, StatusCode> {
    let whole = Limited::new(body, BODY_BYTES_MAX).collect();
    match tokio::time::timeout(Duration::from_secs(BODY_SECONDS), whole).await {
        Ok(Ok(body)) => Ok(body.to_bytes()),
        Ok(Err(_)) => Err(StatusCode::PAYLOAD_TOO_LARGE),
        Err(_) => Err(StatusCode::REQUEST_TIMEOUT),
    }
}
