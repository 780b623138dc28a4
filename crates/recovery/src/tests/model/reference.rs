//! What every store promises, as plain data: versions guarded, limits guarded, all of a commit or nothing.
//!
//! The same text is compiled into the tests of the `store` room, where random lists of changes are made to it and to
//! SQLite, and both must give the same answers. It knows nothing of recoveries: states and bodies are whatever the caller keeps.

/// Handles, accounts, counts and messages are small numbers here.
pub type Name = u16;

/// One change of a commit, see `store::Change`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Change<S, M> {
    /// Conflict: the handle exists.
    Create { handle: Name, account: Name, state: S },
    /// Conflict: the version is not the one before, or the recovery is gone.
    Update { handle: Name, version: Name, state: S },
    /// Every other recovery of the account goes, and so do its codes that wait.
    EndOthers { account: Name, except: Name },
    /// Conflict: it is `max` already.
    Count { subject: Name, window: Name, max: u32 },
    /// Sets a count back to nothing, in every window.
    Uncount { subject: Name },
    /// A message whose id is there already is not posted again.
    Post { id: Name, account: Name, is_code: bool, body: M },
    /// A message was handed over.
    Delivered { id: Name },
}

/// A recovery as it is kept.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Row<S> {
    pub handle: Name,
    pub account: Name,
    /// 1 for a new one; each update adds 1.
    pub version: Name,
    pub state: S,
}

#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Counted {
    pub subject: Name,
    pub window: Name,
    pub count: u32,
}

/// A message of the outbox.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Message<M> {
    pub id: Name,
    pub account: Name,
    pub is_code: bool,
    pub is_delivered: bool,
    pub body: M,
}

/// Everything that is kept; each list in the order of its names, so that equal contents are equal.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Reference<S, M> {
    pub recoveries: Vec<Row<S>>,
    pub counts: Vec<Counted>,
    pub outbox: Vec<Message<M>>,
}

impl<S: Clone, M: Clone> Reference<S, M> {
    pub const fn empty() -> Self {
        Self { recoveries: Vec::new(), counts: Vec::new(), outbox: Vec::new() }
    }

    /// Makes all changes or none. Answers whether it made them.
    pub fn commit(&mut self, changes: &[Change<S, M>]) -> bool {
        let mut next = self.clone();
        let made = changes.iter().all(|change| next.apply(change));
        if made {
            *self = next;
        }
        made
    }

    pub fn count(&self, subject: Name, window: Name) -> u32 {
        self.counts.iter().find(|row| (row.subject, row.window) == (subject, window)).map_or(0, |row| row.count)
    }

    /// Makes one change. Answers whether its guard held.
    fn apply(&mut self, change: &Change<S, M>) -> bool {
        match change {
            Change::Create { handle, account, state } => {
                let Err(place) = self.recoveries.binary_search_by_key(handle, |row| row.handle) else { return false };
                let row = Row { handle: *handle, account: *account, version: 1, state: state.clone() };
                self.recoveries.insert(place, row);
            }
            Change::Update { handle, version, state } => {
                let before = self.recoveries.iter_mut().find(|row| row.handle == *handle);
                let Some(row) = before.filter(|row| row.version.checked_add(1) == Some(*version)) else { return false };
                (row.version, row.state) = (*version, state.clone());
            }
            Change::EndOthers { account, except } => {
                self.recoveries.retain(|row| row.account != *account || row.handle == *except);
                self.outbox.retain(|row| row.account != *account || !row.is_code || row.is_delivered);
            }
            Change::Count { subject, window, max } => {
                if self.count(*subject, *window) >= *max {
                    return false;
                }
                match self.counts.binary_search_by_key(&(*subject, *window), |row| (row.subject, row.window)) {
                    Ok(place) => self.counts[place].count += 1,
                    Err(place) => {
                        self.counts.insert(place, Counted { subject: *subject, window: *window, count: 1 });
                    }
                }
            }
            Change::Uncount { subject } => self.counts.retain(|row| row.subject != *subject),
            Change::Post { id, account, is_code, body } => {
                if let Err(place) = self.outbox.binary_search_by_key(id, |row| row.id) {
                    let (account, is_code, body) = (*account, *is_code, body.clone());
                    self.outbox.insert(place, Message { id: *id, account, is_code, is_delivered: false, body });
                }
            }
            Change::Delivered { id } => {
                self.outbox.iter_mut().filter(|row| row.id == *id).for_each(|row| row.is_delivered = true);
            }
        }
        true
    }
}
