//! Drives a recovery: load, step, commit, write back; and the workers that empty the outbox and clean up.
//!
//! One door: [`Regain`]. The pages, the command line and the tests all call the same few functions of it. It gathers the
//! facts that `recovery::step` asks for, commits what it decides in one transaction, and only then lets the page be shown.
//! It knows no HTTP and no HTML, and of directories, channels and stores only their traits.

mod accounts;
pub mod audit;
mod away;
mod browser;
mod budget;
mod census;
mod compose;
mod defence;
mod explain;
mod facts;
mod import;
mod keys;
mod letter;
mod outbox;
mod person;
mod personal;
mod posted;
mod privacy;
mod realm;
mod report;
mod seen;
mod session;
mod survey;
mod suspect;
mod sweep;
#[cfg(test)]
mod tests;
mod ticket;
mod toll;
mod visitor;
mod walk;
mod workers;
mod world;
mod write_back;

pub use accounts::ImportedContacts;
pub use away::Trouble;
pub use browser::Browser;
pub use budget::{BudgetRules, Purse};
pub use defence::Defence;
pub use explain::{CaseLine, Explained, MessageLine, Shown};
pub use import::{ContactFault, ContactsChange, ContactsImport, ContactsLine};
pub use letter::{LETTER_CHARS_MAX, Letter, LetterOutcome};
pub use person::{Erased, PersonalData};
pub use personal::{DataKind, Form, KINDS, Life, Place, table as personal_data_table};
#[doc(hidden)]
pub use posted::is_job;
pub use privacy::{LegalBasis, Periods, Privacy};
pub use realm::{Organisation, Realm, Secretariat, Texts};
pub use recovery::{Disclose, GroupPolicy};
pub use report::Report;
pub use session::{ChangeOutcome, SignInOutcome, SignedIn};
pub use survey::Survey;
pub use ticket::Ticket;
pub use toll::{Challenge, Offered, Passage, TollRules, solve};
pub use visitor::{Networks, Visitor};
pub use walk::Opened;
pub use workers::Workers;
pub use world::{Clock, Entropy, OsEntropy, SystemClock};

use delivery::{ChannelKind, Couriers};
use language::Languages;
use recovery::{Keys, Limits, MethodKind, Timestamp};
use std::sync::Arc;
use store::Store;
use store::sealing::Keyring;
use tokio::sync::Notify;

/// Everything that a running Regain is made of. Shared by all requests and workers.
pub struct Regain {
    pub organisation: Organisation,
    /// In the order in which people choose among them; at least one.
    pub realms: Vec<Realm>,
    pub limits: Limits,
    /// Networks of the organisation itself: limited by account, not by network.
    pub own_networks: Networks,
    /// What it does under attack.
    pub defence: Defence,
    /// How long recoveries of an account are paused after "that was not me". Seconds.
    pub pause_seconds: u32,
    pub languages: Arc<Languages>,
    pub store: Arc<dyn Store>,
    pub couriers: Couriers,
    pub keyring: Arc<Keyring>,
    pub keys: Keys,
    pub clock: Arc<dyn Clock>,
    pub entropy: Arc<dyn Entropy>,
    /// Rings when a message was posted, so that it leaves at once.
    pub posted: Notify,
}

impl Regain {
    /// The realm with this name.
    pub fn realm(&self, name: &str) -> Option<&Realm> {
        self.realms.iter().find(|realm| realm.name == name)
    }

    /// Whether a channel of the settings carries what this method sends.
    pub fn carries(&self, method: MethodKind) -> bool {
        self.couriers.carries(match method {
            MethodKind::Email => ChannelKind::Mail,
            MethodKind::Sms => ChannelKind::Sms,
            MethodKind::Call => ChannelKind::Call,
        })
    }

    /// A short name for something that went wrong, to be read out on the telephone and found in the log.
    pub fn new_reference(&self) -> String {
        recovery::RecoveryId(self.random()).reference()
    }

    /// Whether the store answers.
    ///
    /// # Errors
    /// When it does not.
    pub async fn is_ready(&self) -> Result<(), Trouble> {
        self.store.next_message_due().await?;
        Ok(())
    }

    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    fn random<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.entropy.fill(&mut bytes);
        bytes
    }
}
