//! The listener: HTTP/1.1 and HTTP/2, with TLS of its own or behind a proxy, with limits, and a graceful end.
//!
//! Whoever is slow holds up only themselves: every wait for a client has an end, and when all places are taken one who
//! waits gives theirs up ([`Places`]). A request that was read is answered to its end, whether its client stays or not.

use crate::answer::Answer;
use crate::call::{BODY_BYTES_MAX, HEADERS_MAX};
use crate::places::{Place, Places};
use crate::tls::Tls;
use bytes::Bytes;
use http::header::TRANSFER_ENCODING;
use http::request::Parts;
use http::{Request, StatusCode};
use http_body_util::{BodyExt, Limited};
use hyper::body::Incoming;
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto::Builder;
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use std::convert::Infallible;
use std::future::Future;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};

const HEAD_BYTES_MAX: usize = 32 * 1024;
/// Requests under way on one HTTP/2 connection (RFC 9113 §5.1.2).
const STREAMS_MAX: u32 = 32;
/// Streams that a client opens and takes back before they were looked at (*rapid reset*, CVE-2023-44487); more end the
/// connection.
const RESET_STREAMS_MAX: usize = 20;
/// Bytes of an answer that wait in memory for one HTTP/2 stream: more than any page has.
const SEND_BYTES_MAX: usize = 64 * 1024;
/// How long requests under way may take to end once a stop was asked for.
const STOP_TIME: Duration = Duration::from_secs(20);

/// How long a client may keep us waiting, and how many may.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Connections at once. When all are taken, one who waits gives their place up.
    pub connections: usize,
    /// For the TLS handshake.
    pub handshake: Duration,
    /// For the body of a request, once its head is there.
    pub body: Duration,
    /// For an answer in all; a directory that hangs has time-outs of its own, shorter ones.
    pub answer: Duration,
    /// Between connecting or the last answer and the next whole head of a request; in it the last answer is read too.
    pub patience: Duration,
    /// The same for named proxies, which keep connections open for later and close them themselves.
    pub proxy_patience: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connections: 10_000,
            handshake: Duration::from_secs(10),
            body: Duration::from_secs(15),
            answer: Duration::from_secs(60),
            patience: Duration::from_secs(30),
            proxy_patience: Duration::from_secs(180),
        }
    }
}

/// What answers requests once they are read.
pub trait Pages: Send + Sync + 'static {
    /// Whether this address is a proxy that the operator named.
    fn is_proxy(&self, peer: IpAddr) -> bool;

    fn answer(&self, head: &Parts, body: Bytes, peer: IpAddr) -> impl Future<Output = Answer> + Send;

    /// Says that a request was not answered: it broke a limit, or a bug or the time ended it.
    fn refuse(&self, head: &Parts, status: StatusCode, peer: IpAddr) -> Answer;
}

/// Where to listen, and with which limits.
pub struct Listener {
    pub tcp: TcpListener,
    pub tls: Option<Tls>,
    pub limits: Limits,
}

/// Answers requests until `stop` resolves, then lets those under way end.
pub async fn serve<P: Pages>(pages: Arc<P>, listener: Listener, stop: impl Future<Output = ()>) {
    let Listener { tcp, tls, limits } = listener;
    let places = Places::new(limits.connections);
    let ending = GracefulShutdown::new();
    tokio::pin!(stop);
    loop {
        let accepted = async {
            let (stream, peer) = tcp.accept().await?;
            let is_proxy = pages.is_proxy(peer.ip());
            Ok::<_, std::io::Error>((stream, peer.ip(), is_proxy, places.take(peer.ip(), is_proxy).await))
        };
        let accepted = tokio::select! {
            accepted = accepted => accepted,
            () = &mut stop => break,
        };
        let (stream, peer, is_proxy, place) = match accepted {
            Ok(accepted) => accepted,
            Err(error) => {
                // Out of file descriptors, most likely: whoever waits makes room.
                tracing::warn!(%error, "A connection could not be accepted.");
                places.send_one_away();
                tokio::time::sleep(Duration::from_millis(50)).await;
                continue;
            }
        };
        let _ = stream.set_nodelay(true);
        let patience = if is_proxy { limits.proxy_patience } else { limits.patience };
        let line = Line { pages: Arc::clone(&pages), peer, place: Arc::new(place), limits, patience };
        let (watcher, tls) = (ending.watcher(), tls.clone());
        tokio::spawn(line.hold(|line| line.greet(stream, tls, watcher)));
    }
    drop(tcp);
    let all_ended = async {
        ending.shutdown().await;
        places.all_free().await;
    };
    if tokio::time::timeout(STOP_TIME, all_ended).await.is_err() {
        tracing::warn!("Some connections did not end in time.");
    }
}

/// One connection.
struct Line<P> {
    pages: Arc<P>,
    peer: IpAddr,
    place: Arc<Place>,
    limits: Limits,
    patience: Duration,
}

impl<P: Pages> Line<P> {
    /// Speaks until one of the two has had enough.
    async fn hold<F: Future<Output = ()>>(self, speak: impl FnOnce(Self) -> F) {
        let (place, patience) = (Arc::clone(&self.place), self.patience);
        tokio::select! {
            () = speak(self) => {}
            () = place.given_up(patience) => {}
        }
    }

    async fn greet(self, stream: TcpStream, tls: Option<Tls>, ending: Watcher) {
        let Some(tls) = tls else { return self.talk(stream, ending).await };
        let handshake = tokio::time::timeout(self.limits.handshake, tls.acceptor().accept(stream));
        if let Ok(Ok(stream)) = handshake.await {
            self.talk(stream, ending).await;
        }
    }

    async fn talk<S>(self, stream: S, ending: Watcher)
    where
        S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
    {
        let mut builder = Builder::new(TokioExecutor::new());
        builder.http1().max_buf_size(HEAD_BYTES_MAX);
        builder
            .http2()
            .max_concurrent_streams(STREAMS_MAX)
            .max_pending_accept_reset_streams(RESET_STREAMS_MAX)
            .max_header_list_size(HEAD_BYTES_MAX as u32)
            .max_send_buf_size(SEND_BYTES_MAX);
        let line = Arc::new(self);
        let service = hyper::service::service_fn(move |request: Request<Incoming>| {
            let line = Arc::clone(&line);
            async move { Ok::<Answer, Infallible>(line.answer(request).await) }
        });
        let connection = builder.serve_connection(TokioIo::new(stream), service);
        if let Err(error) = ending.watch(connection.into_owned()).await {
            tracing::debug!(%error, "A connection ended early.");
        }
    }

    /// Reads a request within its limits, and answers it.
    async fn answer(&self, request: Request<Incoming>) -> Answer {
        self.place.heard();
        let (head, body) = request.into_parts();
        let body = match self.read(&head, body).await {
            Ok(body) => body,
            Err(status) => return self.pages.refuse(&head, status, self.peer),
        };
        let working = self.place.work().await;
        let (pages, peer, limit, parts) = (Arc::clone(&self.pages), self.peer, self.limits.answer, head.clone());
        // A task of its own: a client that goes away ends no step half-way, and a bug ends one request, not the server.
        // Nothing it shares is left half changed: all state is the store's.
        let work = tokio::spawn(async move {
            let _working = working;
            tokio::time::timeout(limit, pages.answer(&parts, body, peer)).await
        });
        match work.await {
            Ok(Ok(answer)) => answer,
            Ok(Err(_too_long)) => self.pages.refuse(&head, StatusCode::GATEWAY_TIMEOUT, self.peer),
            Err(_bug) => {
                tracing::error!("A request ended with a bug; the panic's own line says where.");
                self.pages.refuse(&head, StatusCode::INTERNAL_SERVER_ERROR, self.peer)
            }
        }
    }

    async fn read(&self, head: &Parts, body: Incoming) -> Result<Bytes, StatusCode> {
        if head.headers.len() > HEADERS_MAX {
            return Err(StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE);
        }
        // Browsers say how long a form is. Bodies in chunks are where servers and proxies disagree about where a request
        // ends (request smuggling, RFC 9112 §11.2).
        if head.headers.contains_key(TRANSFER_ENCODING) {
            return Err(StatusCode::LENGTH_REQUIRED);
        }
        let whole = Limited::new(body, BODY_BYTES_MAX).collect();
        match tokio::time::timeout(self.limits.body, whole).await {
            Ok(Ok(body)) => Ok(body.to_bytes()),
            Ok(Err(_)) => Err(StatusCode::PAYLOAD_TOO_LARGE),
            Err(_) => Err(StatusCode::REQUEST_TIMEOUT),
        }
    }
}

#[cfg(test)]
mod tests;
