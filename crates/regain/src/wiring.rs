//! A running Regain: service, workers and pages together, until it is told to stop.

use crate::Failure;
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use service::audit::Shipping;
use service::{Regain, Workers};
use std::net::SocketAddr;
use std::sync::Arc;
use store::Store;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use web::{Limits, Listener, Site, Tls};

/// Puts something around the store: nothing in the product, a crash in a test.
pub type Wrap = Box<dyn FnOnce(Arc<dyn Store>) -> Arc<dyn Store> + Send>;

/// A Regain that answers requests.
pub struct Running {
    pub regain: Arc<Regain>,
    pub address: SocketAddr,
    stop: oneshot::Sender<()>,
    pages: JoinHandle<()>,
    workers: Workers,
}

impl Running {
    /// Starts workers and pages on a listener that is open already.
    ///
    /// # Errors
    /// When the listener has no address, or the store can't be read.
    pub async fn start(regain: Arc<Regain>, site: Site, tcp: TcpListener, tls: Option<Tls>) -> Result<Self, Failure> {
        let address = tcp.local_addr().map_err(Failure::new)?;
        regain.begin_run().await.map_err(Failure::new)?;
        regain.take_missing_censuses().await.map_err(Failure::new)?;
        let workers = Workers::start(&regain);
        let (stop, stopped) = oneshot::channel::<()>();
        let until = async move {
            let _ = stopped.await;
        };
        let limits = Limits { connections: connections(), ..Limits::default() };
        let pages = tokio::spawn(web::serve(Arc::new(site), Listener { tcp, tls, limits }, until));
        Ok(Self { regain, address, stop, pages, workers })
    }

    /// Ships the audit trail to a collector as well.
    #[must_use]
    pub fn shipping(self, shipping: Shipping) -> Self {
        Self { workers: self.workers.shipping(shipping), ..self }
    }

    /// Runs until the operator or the system asks for a stop (SIGINT, SIGTERM), then ends what is under way.
    pub async fn until_stopped(self) {
        self.until(asked_to_stop()).await;
    }

    /// Runs until `asked` ends, then ends what is under way.
    pub(crate) async fn until(self, asked: impl Future<Output = ()>) {
        asked.await;
        tracing::info!("Stopping: requests under way end first.");
        self.stop().await;
    }

    /// Lets requests and messages under way end, and closes the store.
    pub async fn stop(self) {
        let _ = self.stop.send(());
        if let Err(bug) = self.pages.await {
            tracing::error!(%bug, "The pages ended with a bug.");
        }
        self.workers.stop().await;
        if let Err(error) = self.regain.store.close().await {
            tracing::error!(%error, "The store could not be closed cleanly.");
        }
    }
}

/// How many connections there may be at once: as many as we want, or as files may be open, less those that the store, the
/// directories and the channels need. The system's own default of 1,024 files is raised as far as it lets us.
fn connections() -> usize {
    const OTHER_FILES: u64 = 256;
    let wanted = Limits::default().connections;
    let mut files = getrlimit(Resource::Nofile);
    let needed = wanted as u64 + OTHER_FILES;
    if files.current.is_some_and(|current| current < needed) {
        let raised = Rlimit { current: Some(files.maximum.map_or(needed, |most| most.min(needed))), ..files };
        if setrlimit(Resource::Nofile, raised).is_ok() {
            files = raised;
        }
    }
    let room = files.current.map_or(needed, |current| current.min(needed)).saturating_sub(OTHER_FILES);
    let connections = usize::try_from(room).unwrap_or(wanted).max(64);
    if connections < wanted {
        tracing::warn!(
            connections,
            wanted,
            "Few files may be open at once (LimitNOFILE, ulimit -n): fewer connections than there could be."
        );
    }
    connections
}

/// Ends when the operator or the system asks for a stop. It is heard from this call on, not only once it is awaited.
pub(crate) fn asked_to_stop() -> impl Future<Output = ()> {
    use tokio::signal::unix::{SignalKind, signal};
    let (interrupted, terminated) = (signal(SignalKind::interrupt()), signal(SignalKind::terminate()));
    async move {
        match (interrupted, terminated) {
            (Ok(mut interrupted), Ok(mut terminated)) => {
                tokio::select! {
                    _ = interrupted.recv() => {}
                    _ = terminated.recv() => {}
                }
            }
            // Without handlers both signals end the process by themselves.
            _ => std::future::pending().await,
        }
    }
}

/// Listens, or says why not.
///
/// # Errors
/// When the address is taken or not ours.
pub async fn listen(address: SocketAddr) -> Result<TcpListener, Failure> {
    TcpListener::bind(address).await.map_err(|error| {
        let hint = match error.kind() {
            std::io::ErrorKind::AddrInUse => "another program listens there; choose another port, or 0 for a free one",
            std::io::ErrorKind::PermissionDenied => {
                "ports below 1024 need the right to use them (CAP_NET_BIND_SERVICE)"
            }
            _ => "the address must be one of this machine's own",
        };
        Failure::new(format!("{address} can't be listened on: {error}")).hint(hint)
    })
}
