//! The connection that Regain's own account is bound on: kept, shared, and made anew when it breaks.
//!
//! Servers are tried in their order, and the one that answers is kept. A server that failed rests for a time that doubles,
//! so that a burst of people does not wait for it one after the other. Nobody else ever binds on this connection:
//! a bind changes the identity for all who share it.

use super::connection::{Connection, DialError, Failure, explain_code};
use super::options::Settings;
use crate::DirectoryError;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::{Semaphore, SemaphorePermit};
use tokio::time::{Instant, timeout};

/// Most requests at a time on the shared connection.
const SHARED_REQUESTS_MAX: usize = 64;
/// Most connections at a time on which persons bind.
const PERSON_CONNECTIONS_MAX: usize = 32;

/// A bound connection, and the server it leads to.
#[derive(Clone)]
pub(super) struct Live {
    pub connection: Connection,
    /// Its place in the settings.
    pub server: usize,
    since: Instant,
    serial: u64,
}

#[derive(Default)]
struct State {
    live: Option<Live>,
    /// One per server.
    health: Vec<Health>,
    /// The server that last answered: tried first when its connection is gone.
    preferred: usize,
    serial: u64,
}

#[derive(Clone, Default)]
struct Health {
    failures: u32,
    rests_until: Option<Instant>,
    last: Option<Unusable>,
}

/// Why a server is of no use now.
#[derive(Clone, Debug)]
enum Unusable {
    Unreachable(String),
    /// It answers, and refuses Regain's own account.
    NoRight(String),
}

pub(super) struct Pool {
    pub settings: Settings,
    state: Mutex<State>,
    dialling: tokio::sync::Mutex<()>,
    shared: Semaphore,
    persons: Semaphore,
}

impl Pool {
    pub(super) fn new(settings: Settings) -> Self {
        let health = vec![Health::default(); settings.servers.len()];
        Self {
            settings,
            state: Mutex::new(State { health, ..State::default() }),
            dialling: tokio::sync::Mutex::new(()),
            shared: Semaphore::new(SHARED_REQUESTS_MAX),
            persons: Semaphore::new(PERSON_CONNECTIONS_MAX),
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A turn to use the shared connection.
    pub(super) async fn shared_turn(&self) -> Result<SemaphorePermit<'_>, DirectoryError> {
        turn(&self.shared, self.settings.timeouts.operation).await
    }

    /// A turn to open a connection for a person's bind.
    pub(super) async fn person_turn(&self) -> Result<SemaphorePermit<'_>, DirectoryError> {
        turn(&self.persons, self.settings.timeouts.operation).await
    }

    /// The bound connection; a new one, of the first server that answers, when there is none.
    pub(super) async fn live(self: &Arc<Self>) -> Result<Live, DirectoryError> {
        if let Some(live) = self.current() {
            return Ok(live);
        }
        // One dials, the others wait for what comes of it.
        let patience = self.patience();
        let Ok(_dialling) = timeout(patience, self.dialling.lock()).await else {
            return Err(DirectoryError::Unreachable("all servers are slow to answer".to_owned()));
        };
        if let Some(live) = self.current() {
            return Ok(live);
        }
        let (ready, resting) = self.order();
        if ready.is_empty() {
            return Err(self.verdict());
        }
        for server in ready.into_iter().chain(resting) {
            if let Some(live) = self.try_server(server).await {
                return Ok(live);
            }
        }
        Err(self.verdict())
    }

    /// How long dialling all servers may take.
    fn patience(&self) -> Duration {
        let timeouts = &self.settings.timeouts;
        let servers = u32::try_from(self.settings.servers.len()).unwrap_or(u32::MAX);
        (timeouts.connect + timeouts.operation).saturating_mul(servers)
    }

    fn current(self: &Arc<Self>) -> Option<Live> {
        let mut state = self.state();
        let live = state.live.as_mut()?;
        if live.connection.is_closed() {
            state.live = None;
            return None;
        }
        if live.server != 0 && live.since.elapsed() >= self.settings.timeouts.return_to_first {
            // Only one goes to look, and the others go on meanwhile.
            live.since = Instant::now();
            let pool = self.clone();
            tokio::spawn(async move { pool.try_server(0).await });
        }
        Some(live.clone())
    }

    /// The servers in the order to try them, the last good one first: those that are ready, and those that rest after
    /// a failure.
    fn order(&self) -> (Vec<usize>, Vec<usize>) {
        let now = Instant::now();
        let state = self.state();
        let rests = |server: &usize| {
            state.health.get(*server).and_then(|health| health.rests_until).is_some_and(|until| until > now)
        };
        let others = (0..self.settings.servers.len()).filter(|server| *server != state.preferred);
        let (resting, ready) = std::iter::once(state.preferred).chain(others).partition(rests);
        (ready, resting)
    }

    /// Dials and binds. Keeps what it gets.
    async fn try_server(&self, server: usize) -> Option<Live> {
        match self.dial(server).await {
            Ok(connection) => {
                let mut state = self.state();
                state.serial += 1;
                let live = Live { connection, server, since: Instant::now(), serial: state.serial };
                state.live = Some(live.clone());
                state.preferred = server;
                if let Some(health) = state.health.get_mut(server) {
                    *health = Health::default();
                }
                Some(live)
            }
            Err(unusable) => {
                self.rest(server, unusable);
                None
            }
        }
    }

    /// A connection of its own to this server, bound as Regain's account.
    async fn dial(&self, server: usize) -> Result<Connection, Unusable> {
        let address = self.settings.servers.get(server).ok_or_else(|| Unusable::Unreachable("no server".to_owned()))?;
        let unreachable = |what: &dyn std::fmt::Display| Unusable::Unreachable(format!("{address}: {what}"));
        let connection = Connection::dial(&self.settings, address).await.map_err(|error| unreachable(&error.what))?;
        let bound = connection.bind(&self.settings.bind_dn, &self.settings.bind_password).await;
        let answer = bound.map_err(|failure| unreachable(&failure))?;
        match answer.rc {
            0 => Ok(connection),
            1 | 3 | 11 | 51 | 52 | 80 => Err(unreachable(&explain_code(&answer))),
            _ => Err(Unusable::NoRight(format!("{address}: the bind is refused, {}", explain_code(&answer)))),
        }
    }

    /// A bound connection apart from the shared one, for long work.
    pub(super) async fn apart(self: &Arc<Self>) -> Result<Connection, DirectoryError> {
        let live = self.live().await?;
        self.dial(live.server).await.map_err(into_error)
    }

    /// A connection to this server on which nobody is bound yet.
    pub(super) async fn unbound(&self, server: usize) -> Result<Connection, DialError> {
        let missing = DialError { what: "no such server".to_owned(), hint: "" };
        Connection::dial(&self.settings, self.settings.servers.get(server).ok_or(missing)?).await
    }

    /// Takes note that a request on this connection failed.
    pub(super) fn failed(&self, live: &Live, failure: &Failure) {
        let mut state = self.state();
        if state.live.as_ref().is_some_and(|current| current.serial == live.serial) {
            state.live = None;
        }
        drop(state);
        // A connection that broke says little of its server; one that hangs says that it hangs.
        // Where it is the only one, there is nobody to ask meanwhile: dialling it again shows how it does.
        if *failure == Failure::TimedOut && self.settings.servers.len() > 1 {
            let name = self.settings.servers.get(live.server).map(ToString::to_string).unwrap_or_default();
            self.rest(live.server, Unusable::Unreachable(format!("{name}: {failure}")));
        }
    }

    fn rest(&self, server: usize, unusable: Unusable) {
        let timeouts = &self.settings.timeouts;
        let mut state = self.state();
        let Some(health) = state.health.get_mut(server) else { return };
        let doubled = timeouts.rest_first.saturating_mul(1 << health.failures.min(16));
        health.failures = health.failures.saturating_add(1);
        health.rests_until = Some(Instant::now() + doubled.min(timeouts.rest_max));
        let reason = match &unusable {
            Unusable::Unreachable(reason) | Unusable::NoRight(reason) => reason,
        };
        tracing::warn!(reason, failures = health.failures, "a server of the directory is of no use now");
        health.last = Some(unusable);
    }

    /// What to say when no server is of use: that Regain is refused, if any server says so.
    fn verdict(&self) -> DirectoryError {
        let state = self.state();
        let reasons = || state.health.iter().filter_map(|health| health.last.clone());
        let refused = reasons().find(|reason| matches!(reason, Unusable::NoRight(_)));
        let verdict = refused.or_else(|| reasons().next());
        verdict.map_or_else(|| DirectoryError::Unreachable("no server was tried".to_owned()), into_error)
    }
}

fn into_error(unusable: Unusable) -> DirectoryError {
    match unusable {
        Unusable::Unreachable(reason) => DirectoryError::Unreachable(reason),
        Unusable::NoRight(reason) => DirectoryError::NoRight(reason),
    }
}

async fn turn(semaphore: &Semaphore, limit: Duration) -> Result<SemaphorePermit<'_>, DirectoryError> {
    match timeout(limit, semaphore.acquire()).await {
        Ok(Ok(permit)) => Ok(permit),
        _ => Err(DirectoryError::Unreachable("too many requests wait for the directory".to_owned())),
    }
}
