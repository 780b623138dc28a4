//! The one writer: a thread that owns the writing connection and commits in groups.
//!
//! It takes all changes that wait, runs each in a savepoint of one transaction, commits once (one fsync), and only
//! then answers. While the disk syncs, the next group gathers: the busier it gets, the more changes share a sync.
//! It does not know what a change is: it runs it, and undoes it when it says so.

#[cfg(test)]
mod tests;

use super::file;
use crate::{Committed, StoreError};
use rusqlite::Connection;
use std::panic::{AssertUnwindSafe, catch_unwind};
use tokio::sync::{mpsc, oneshot};

/// How many changes share one transaction at most. More would make the first of them wait.
const GROUP_MAX: usize = 256;

/// How many may wait before callers have to; bounds the memory that a flood can take.
const QUEUE_MAX: usize = 1024;

type Answer<T> = oneshot::Sender<Result<T, StoreError>>;

/// The writer's door. The thread ends on [`Writer::close`], or when this is dropped and what waits is done.
pub struct Writer {
    queue: mpsc::Sender<Work>,
}

enum Work {
    Change(Box<dyn Piece>),
    EmptyLog(Answer<()>),
    Close(Answer<()>),
}

/// What a change answers with, and whether it is to stay.
pub trait Outcome: Send + 'static {
    /// Whether what was changed stays; otherwise it is undone before the group is committed.
    fn stays(&self) -> bool {
        true
    }
}

impl Outcome for Committed {
    fn stays(&self) -> bool {
        *self == Committed::Done
    }
}

impl Outcome for u64 {}
impl<T: Send + 'static> Outcome for Vec<T> {}
impl<T: Send + 'static> Outcome for Option<T> {}

impl Writer {
    pub fn start(connection: Connection) -> Result<Self, StoreError> {
        let (queue, waiting) = mpsc::channel(QUEUE_MAX);
        std::thread::Builder::new()
            .name("store-writer".into())
            .spawn(move || run(connection, waiting))
            .map_err(|error| StoreError::Engine(format!("a thread can't be started: {error}")))?;
        Ok(Self { queue })
    }

    /// Runs a change, all of it or nothing; on return it is on disk. Once queued it runs, also if nobody waits for it.
    pub async fn change<T: Outcome>(
        &self,
        change: impl FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        self.ask(|answer| Work::Change(Box::new(Pending { change: Some(change), result: None, answer }))).await
    }

    /// See [`file::empty_log`].
    pub async fn empty_log(&self) -> Result<(), StoreError> {
        self.ask(Work::EmptyLog).await
    }

    /// Waits for all work before this, then closes the connection. To close again is no error.
    pub async fn close(&self) -> Result<(), StoreError> {
        match self.ask(Work::Close).await {
            Err(StoreError::Closed) => Ok(()),
            other => other,
        }
    }

    async fn ask<T>(&self, work: impl FnOnce(Answer<T>) -> Work) -> Result<T, StoreError> {
        let (answer, answered) = oneshot::channel();
        self.queue.send(work(answer)).await.map_err(|_| StoreError::Closed)?;
        let stopped = "the writer stopped before it answered; the change may or may not be on disk";
        answered.await.map_err(|_| StoreError::Engine(stopped.into()))?
    }
}

/// The thread: group after group, until it is told to close or nobody is left to ask.
fn run(connection: Connection, mut waiting: mpsc::Receiver<Work>) {
    let mut arrived = Vec::with_capacity(GROUP_MAX);
    while waiting.blocking_recv_many(&mut arrived, GROUP_MAX) > 0 {
        let closing = serve(&connection, &mut arrived);
        if !closing.is_empty() {
            return close(connection, waiting, closing);
        }
    }
}

/// Does what arrived, in its order, and hands back who asked to close. What came after that is refused.
fn serve(connection: &Connection, arrived: &mut Vec<Work>) -> Vec<Answer<()>> {
    let mut group = Vec::with_capacity(arrived.len());
    let mut closing = Vec::new();
    for work in arrived.drain(..) {
        match work {
            Work::Close(answer) => closing.push(answer),
            late if !closing.is_empty() => refuse(late),
            Work::Change(piece) => group.push(piece),
            Work::EmptyLog(answer) => {
                commit_group(connection, std::mem::take(&mut group));
                // Nobody waits any more when the request was given up; so with every answer here.
                let _ = answer.send(file::empty_log(connection));
            }
        }
    }
    commit_group(connection, group);
    closing
}

fn close(connection: Connection, mut waiting: mpsc::Receiver<Work>, closing: Vec<Answer<()>>) {
    waiting.close();
    let error = file::empty_log(&connection).and_then(|()| connection.close().map_err(|(_, error)| error.into())).err();
    let reason = error.map(|error| error.to_string());
    for answer in closing {
        let _ = answer.send(reason.as_ref().map_or(Ok(()), |reason| Err(StoreError::Engine(reason.clone()))));
    }
    while let Some(work) = waiting.blocking_recv() {
        refuse(work);
    }
}

fn refuse(work: Work) {
    match work {
        Work::Change(piece) => piece.answer(Some(&Failure::Closed)),
        Work::EmptyLog(answer) | Work::Close(answer) => {
            let _ = answer.send(Err(StoreError::Closed));
        }
    }
}

/// Why a whole group failed.
enum Failure {
    Closed,
    /// Nothing of it is on disk.
    Undone(String),
    /// It broke while it was being made durable.
    AtCommit(String),
}

impl Failure {
    fn error(&self) -> StoreError {
        match self {
            Failure::Closed => StoreError::Closed,
            Failure::Undone(reason) => StoreError::Engine(reason.clone()),
            Failure::AtCommit(reason) => {
                StoreError::Engine(format!("{reason}; the change may or may not be on disk, load again to see"))
            }
        }
    }
}

/// Runs a group in one transaction, and answers once it is on disk or has failed.
fn commit_group(connection: &Connection, mut group: Vec<Box<dyn Piece>>) {
    if group.is_empty() {
        return;
    }
    let failure = try_group(connection, &mut group).err();
    if let Some(failure) = &failure {
        tracing::error!(error = %failure.error(), changes = group.len(), "a group of changes failed");
        roll_back(connection);
    }
    for piece in group {
        piece.answer(failure.as_ref());
    }
}

fn try_group(connection: &Connection, group: &mut [Box<dyn Piece>]) -> Result<(), Failure> {
    let undone = |error: rusqlite::Error| Failure::Undone(error.to_string());
    execute(connection, "BEGIN IMMEDIATE").map_err(undone)?;
    if let [alone] = group {
        // What is alone needs no savepoint: undoing it is undoing everything.
        if !stays(connection, alone.run(connection))? {
            return execute(connection, "ROLLBACK").map_err(undone);
        }
    } else {
        for piece in group {
            execute(connection, "SAVEPOINT piece").map_err(undone)?;
            if !stays(connection, piece.run(connection))? {
                execute(connection, "ROLLBACK TO piece").map_err(undone)?;
            }
            execute(connection, "RELEASE piece").map_err(undone)?;
        }
    }
    execute(connection, "COMMIT").map_err(|error| Failure::AtCommit(error.to_string()))
}

/// Whether a piece that ran is to stay. On a full disk or a broken one SQLite may end the transaction by itself; then
/// the whole group has failed, and nothing more of it may run, for it would be on its own.
fn stays(connection: &Connection, ran: Ran) -> Result<bool, Failure> {
    match ran {
        Ran::Stays => Ok(true),
        Ran::Failed(reason) if connection.is_autocommit() => Err(Failure::Undone(reason)),
        Ran::Undo | Ran::Failed(_) => Ok(false),
    }
}

fn roll_back(connection: &Connection) {
    if connection.is_autocommit() {
        return;
    }
    if let Err(error) = execute(connection, "ROLLBACK") {
        tracing::error!(%error, "a group of changes could not be rolled back");
    }
}

fn execute(connection: &Connection, sql: &str) -> rusqlite::Result<()> {
    connection.prepare_cached(sql)?.execute([]).map(drop)
}

/// A change in a group, whatever it answers with.
trait Piece: Send {
    /// Runs it inside the group's transaction, and keeps the result.
    fn run(&mut self, connection: &Connection) -> Ran;

    /// Sends the result, or the failure of the group it was in.
    fn answer(self: Box<Self>, failure: Option<&Failure>);
}

enum Ran {
    Stays,
    Undo,
    Failed(String),
}

struct Pending<T, F> {
    change: Option<F>,
    result: Option<Result<T, StoreError>>,
    answer: Answer<T>,
}

impl<T: Outcome, F: FnOnce(&Connection) -> Result<T, StoreError> + Send> Piece for Pending<T, F> {
    fn run(&mut self, connection: &Connection) -> Ran {
        let Some(change) = self.change.take() else { return Ran::Undo };
        // A bug in one change must not take the writer away from the others.
        let result = catch_unwind(AssertUnwindSafe(|| change(connection)))
            .unwrap_or_else(|_| Err(StoreError::Engine("a change panicked".into())));
        let ran = match &result {
            Ok(outcome) if outcome.stays() => Ran::Stays,
            Ok(_) => Ran::Undo,
            Err(error) => Ran::Failed(error.to_string()),
        };
        self.result = Some(result);
        ran
    }

    fn answer(self: Box<Self>, failure: Option<&Failure>) {
        let result = match (failure, self.result) {
            (Some(failure), _) => Err(failure.error()),
            (None, Some(result)) => result,
            (None, None) => Err(StoreError::Engine("a change was passed over".into())),
        };
        let _ = self.answer.send(result);
    }
}
