//! What must survive a restart: recoveries, counts, the outbox, the audit trail, and the few things beside them.
//!
//! One door: the [`Store`] trait. Everything that changes is a list of [`Change`]s, committed in one transaction or not
//! at all; a change that carries a guard (a version, a limit) makes the whole commit a [`Committed::Conflict`] when it
//! no longer holds. This room sees bytes and versions: it can't read a state, and it can't build a proof. Whatever names
//! a person or could open something is sealed here before it reaches a disk.

pub mod audit;
#[cfg(any(test, feature = "conformance"))]
pub mod conformance;
pub mod sealing;
#[cfg(feature = "sqlite")]
pub mod sqlite;
#[cfg(any(test, feature = "conformance"))]
pub mod watched;

pub use audit::{AuditPerson, AuditQuery, AuditRow};

use async_trait::async_trait;
use audit::{Entry, Head, NodeId, PublicKey};
use std::collections::BTreeMap;

/// Milliseconds since 1970, as the store keeps time.
pub type Millis = i64;

/// A keyed or plain hash that names a row without saying what it is about.
pub type Key = [u8; 32];

/// Everything that Regain keeps. Implementations are safe to share, and serve several nodes where the engine does.
#[async_trait]
pub trait Store: Send + Sync {
    /// Makes all changes or none. On return they are on disk.
    async fn commit(&self, changes: Vec<Change>) -> Result<Committed, StoreError>;

    /// The recovery that this handle opens.
    async fn recovery(&self, handle: Key) -> Result<Option<SavedRecovery>, StoreError>;

    /// What was counted under each of these; nothing where nothing was. In the order asked. A count whose time has passed
    /// may still be among them.
    async fn counts(&self, asked: Vec<CountKey>) -> Result<Vec<Counted>, StoreError>;

    /// Takes up to `max` messages that are due and not held by another worker, and holds them until `hold_until`.
    /// Each taking counts as a try.
    async fn take_messages(&self, now: Millis, hold_until: Millis, max: u32) -> Result<Vec<OutboxRow>, StoreError>;

    /// Frees the messages that this node held when it last stopped. For the start of a node, before its workers.
    async fn release_messages(&self) -> Result<(), StoreError>;

    /// When the next message that nobody holds is due; `None` when there is none. One that is held counts from the end of
    /// its hold, so that a worker who sleeps until then finds what another one left behind.
    async fn next_message_due(&self) -> Result<Option<Millis>, StoreError>;

    /// Recoveries whose `wake_at` has passed (a write that must be settled), oldest first.
    async fn recoveries_to_wake(&self, now: Millis, max: u32) -> Result<Vec<SavedRecovery>, StoreError>;

    /// Deletes what has outlived its time: recoveries, counts, messages, notes, sessions, audit rows. Answers how many rows.
    async fn forget(&self, now: Millis) -> Result<u64, StoreError>;

    /// A small value kept under a name, see [`Change::Keep`]; `None` when there is none or its time has passed.
    async fn kept(&self, shelf: Shelf, key: Key, now: Millis) -> Result<Option<Vec<u8>>, StoreError>;

    /// All values of one shelf whose time has not passed, in the order of their keys.
    async fn all_kept(&self, shelf: Shelf, now: Millis) -> Result<Vec<(Key, Vec<u8>)>, StoreError>;

    /// Audit rows of a reference or an account, newest first.
    async fn audit(&self, about: AuditQuery, max: u32) -> Result<Vec<AuditRow>, StoreError>;

    /// Whose chain this node writes, and the key by which its heads are checked.
    fn audit_identity(&self) -> (NodeId, PublicKey);

    /// The rows of this node's chain behind a number, in their order, with all that their hashes cover.
    async fn audit_chain(&self, after: u64, max: u32) -> Result<Vec<Entry>, StoreError>;

    /// All signed heads at or behind a row, of any node, in their order.
    async fn audit_heads(&self, from: u64) -> Result<Vec<Head>, StoreError>;

    /// Signs a head where this node's chain now stands; `None` when the last head stands there already.
    async fn sign_audit_head(&self, now: Millis) -> Result<Option<Head>, StoreError>;

    /// The last messages of an account, sent or not, newest first, without their bodies.
    async fn messages_of(&self, account: Key, max: u32) -> Result<Vec<OutboxRow>, StoreError>;

    /// All recoveries of an account that are kept, oldest first.
    async fn recoveries_of(&self, account: Key) -> Result<Vec<SavedRecovery>, StoreError>;

    /// How many sealed values lie under each key, by the key's number.
    async fn sealed_under(&self) -> Result<BTreeMap<u32, u64>, StoreError>;

    /// Looks at the next `max` rows with a sealed value, and seals with the current key what an older one sealed. Call after
    /// call goes through all of them, and then begins anew.
    async fn seal_anew(&self, max: u32) -> Result<SealedAnew, StoreError>;

    /// For the start of the one process that serves. A store that was put back from a copy would bring used codes and ended
    /// sessions back to life: where it shows, everything that opens something ends, and it is said how much.
    async fn begin_run(&self) -> Result<Option<Ended>, StoreError>;

    /// Notes outside the store how far it has come, where something has changed; a copy that is put back shows by it.
    async fn leave_mark(&self) -> Result<(), StoreError>;

    /// Ends everything that opens something: recoveries, codes that wait, sessions.
    async fn end_all_open(&self) -> Result<Ended, StoreError>;

    /// Waits until all commits so far are done, and closes cleanly.
    async fn close(&self) -> Result<(), StoreError>;
}

/// One change of a commit.
#[derive(Clone, Debug)]
pub enum Change {
    /// A new recovery. Conflict: the handle exists.
    CreateRecovery(SavedRecovery),
    /// The next state of a recovery. Conflict: its version is not `saved.version - 1`, or it is gone.
    UpdateRecovery(SavedRecovery),
    /// Ends every other recovery of an account: the rows go, and with them their codes; queued messages of `purpose`
    /// `code` for the account go as well.
    EndOtherRecoveries { account: Key, except: Key },
    /// Adds one, to nothing where the count's time has passed by `now`. Conflict: the count is already `max` (so that two
    /// requests can't both take the last place).
    Count { key: CountKey, max: u32, now: Millis, expires_at: Millis },
    /// Sets a count back to nothing, in every window.
    Uncount { subject: Key },
    /// A message to be sent. One whose id is there already is not posted again, so that a step may run twice.
    Post(OutboxRow),
    /// A message was handed over, whatever was said of it before: its body goes, the row stays until it expires, for `regain explain`.
    Delivered { id: [u8; 16], channel: String, reference: String, at: Millis },
    /// A message that waits will not be sent: its body goes, the row stays, with the reason.
    GivenUp { id: [u8; 16], reason: String, at: Millis },
    /// A message that waits is to be tried again at `due_at`; whoever held it lets it go.
    TryAgain { id: [u8; 16], due_at: Millis, reason: String },
    /// Every message of an account goes, sent or not: the person asked to be forgotten.
    DropMessages { account: Key },
    /// A line of the audit trail.
    Record(AuditRow),
    /// Erases the personal parts of all rows about an account, and records that, with the number of rows.
    EraseAudit { account: Key, realm: String, at: Millis },
    /// Puts a small value on a shelf, in the place of one with the same key.
    Keep { shelf: Shelf, key: Key, value: Vec<u8>, expires_at: Millis },
    /// Puts a small value on a shelf. Conflict: there is one with the same key whose time has not passed.
    KeepOnce { shelf: Shelf, key: Key, value: Vec<u8>, now: Millis, expires_at: Millis },
    /// Takes a value off a shelf.
    Drop { shelf: Shelf, key: Key },
}

/// How a commit ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Committed {
    Done,
    /// A guard did not hold; nothing changed. Load again and decide anew.
    Conflict,
}

/// What a step of [`Store::seal_anew`] did.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct SealedAnew {
    /// How many values were sealed again.
    pub values: u64,
    /// Whether that was the last step of a pass through all of them.
    pub is_whole: bool,
}

/// What was ended because it would have opened something.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Ended {
    pub recoveries: u64,
    /// Codes that waited to be sent.
    pub codes: u64,
    pub sessions: u64,
}

macro_rules! shelves {
    ($($(#[doc = $doc:literal])* $shelf:ident = $name:literal,)*) => {
        /// Small things that are kept by key and expire by themselves. Values are sealed.
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
        pub enum Shelf {
            $($(#[doc = $doc])* $shelf,)*
        }

        impl Shelf {
            /// Every shelf.
            pub const ALL: &'static [Shelf] = &[$(Shelf::$shelf,)*];

            /// Its name in the store.
            pub const fn name(self) -> &'static str {
                match self {
                    $(Shelf::$shelf => $name,)*
                }
            }
        }
    };
}

shelves! {
    /// Who is signed in, by the hash of the session's handle.
    Session = "session",
    /// Accounts whose recoveries are paused, by account.
    Pause = "pause",
    /// Reports "that was not me" that may still come in, by the hash of the link's number.
    Report = "report",
    /// Which owners were told today that they can't recover, by account.
    ToldOwner = "told_owner",
    /// What the contacts of a realm look like as a whole, by realm: decoys are drawn from it.
    Census = "census",
    /// Contacts that an operator imported, by account.
    Contacts = "contacts",
    /// How far the audit trail was shipped, by collector.
    AuditShipped = "audit_shipped",
    /// Since when browsers that were known for an account before are strangers, by account.
    StrangersSince = "strangers_since",
    /// When the sessions of an account were last ended all at once, by account.
    SessionsEnded = "sessions_ended",
    /// Which contacts an account's directory has shown, and since when, by account.
    SeenContacts = "seen_contacts",
    /// When all contacts of a realm were last looked at, by realm.
    ContactSweep = "contact_sweep",
    /// Solutions and turns that were used, by the keyed hash of their token: each is good once.
    Spent = "spent",
    /// Messages that were taken out of the budget, by the keyed hash of their id: each is taken once.
    Budget = "budget",
    /// Alarms that were raised, by what they are about and its window: each is raised once.
    Alarm = "alarm",
}

impl Shelf {
    /// The shelf with this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|shelf| shelf.name() == name)
    }

    /// Whether what stands here lets somebody in: it ends when the store is put back from a copy.
    pub const fn opens_something(self) -> bool {
        matches!(self, Shelf::Session)
    }
}

/// A recovery as it is kept.
#[derive(Clone, Debug)]
pub struct SavedRecovery {
    /// SHA-256 of the handle that only the browser has.
    pub handle: Key,
    /// Which account, as a keyed hash; the same for all recoveries of one user name, real or not.
    pub account: Key,
    /// 1 for a new one; each update adds 1.
    pub version: u64,
    /// The state, in `recovery`'s own encoding. Sealed on disk.
    pub state: Vec<u8>,
    /// When a worker must look at it.
    pub wake_at: Option<Millis>,
    /// When it may be forgotten.
    pub expires_at: Millis,
}

/// What is counted, for whom, in which window.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct CountKey {
    /// Keyed hash of counter and subject.
    pub subject: Key,
    pub window_seconds: u32,
    pub window_start: Millis,
}

/// What was counted.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Counted {
    pub times: u32,
    /// When it is forgotten.
    pub expires_at: Millis,
}

/// A message in the outbox.
#[derive(Clone, Debug)]
pub struct OutboxRow {
    pub id: [u8; 16],
    pub account: Key,
    /// What it is: `code`, `notice`, …; for `regain explain`.
    pub purpose: String,
    /// `email`, `sms`, `call`, or empty where it goes to several.
    pub kind: String,
    /// What to send and to whom, in the service's encoding. Sealed on disk, and emptied once it is sent or given up.
    pub body: Vec<u8>,
    pub created_at: Millis,
    pub due_at: Millis,
    /// After this it is not worth sending; the row itself is forgotten [`Retention::messages`] later.
    pub expires_at: Millis,
    /// How often a worker has taken it.
    pub tries: u32,
    pub status: OutboxStatus,
    /// The channel, the server's reference, or the last reason for a failure.
    pub outcome: String,
}

/// How long what has served is kept.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Retention {
    /// Lines of the audit trail.
    pub audit: Millis,
    /// The network in a line of the audit trail; the line stays.
    pub networks: Millis,
    /// That a message was sent, and what became of it, after it expired; what stood in it goes before.
    pub messages: Millis,
}

const DAY_MILLIS: Millis = 24 * 3600 * 1000;

impl Default for Retention {
    /// A year, thirty days, three days.
    fn default() -> Self {
        Self { audit: 365 * DAY_MILLIS, networks: 30 * DAY_MILLIS, messages: 3 * DAY_MILLIS }
    }
}

/// What became of a message.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum OutboxStatus {
    Waiting,
    Delivered,
    GivenUp,
}

/// The store failed. Nothing of the commit is on disk, unless it says so.
#[derive(thiserror::Error, Debug)]
pub enum StoreError {
    /// The engine refused or broke: disk full, file locked by another program, corrupt page.
    #[error("the store failed: {0}")]
    Engine(String),
    /// A sealed value can't be opened: the key it was sealed with is missing, or it was changed on disk.
    #[error("a sealed value of {table} can't be opened: {reason}")]
    Sealed { table: &'static str, reason: String },
    /// The file was written by a newer Regain.
    #[error("the store has schema version {found}, this Regain knows {known}")]
    TooNew { found: i64, known: i64 },
    /// The store is closed.
    #[error("the store is closed")]
    Closed,
}
