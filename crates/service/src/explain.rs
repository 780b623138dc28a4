//! What a person would meet, and why: for the operator, without a full contact or a code.

use crate::{Purse, Realm, Regain, Trouble};
use recovery::{Account, AccountState, Contact, Counter, Disclose, Obstacle, Page, Policy, Timestamp, UserName};
use store::{AuditQuery, OutboxStatus, Shelf};

/// Everything `regain explain USER` says.
pub struct Explained {
    pub realm: String,
    /// The user name as the directory spells it; `None` when nobody has this name.
    pub user_name: Option<String>,
    pub state: Option<AccountState>,
    /// Why the account can't finish, if it can't.
    pub obstacle: Option<Obstacle>,
    /// What the recovery asks, by realm or group.
    pub policy: Policy,
    /// Whether decoys are drawn from what the realm looks like, or, without a census, from the usual shape.
    pub has_census: bool,
    /// The methods that the page shows, masked, and whether each leads somewhere.
    pub methods: Vec<Shown>,
    /// Contacts of the account that don't count: its own addresses, its own domain.
    pub left_out: usize,
    /// Telephone numbers of the account that messages may not go to, by their country or kind.
    pub not_admitted: usize,
    pub paused_until: Option<Timestamp>,
    /// Limits that are reached now.
    pub throttles: Vec<(Counter, Timestamp)>,
    /// Limits of the budget that are used up for a number of the account: nothing is sent to it until then.
    pub used_up: Vec<(Purse, Timestamp)>,
    pub messages: Vec<MessageLine>,
    pub events: Vec<CaseLine>,
}

/// A method of the page.
pub struct Shown {
    pub kind: &'static str,
    pub mask: String,
    pub decoy: bool,
}

/// A message and what became of it.
pub struct MessageLine {
    pub at: Timestamp,
    pub purpose: String,
    pub kind: String,
    pub status: OutboxStatus,
    pub outcome: String,
    pub tries: u32,
}

/// A line of the audit trail.
pub struct CaseLine {
    pub at: Timestamp,
    pub reference: String,
    pub realm: String,
    /// `None`: it is about nobody, or was erased.
    pub user_name: Option<String>,
    pub event: String,
    pub detail: String,
    /// `None`: Regain itself did it, or it was erased.
    pub network: Option<String>,
}

const LINES_MAX: u32 = 50;

impl Regain {
    /// What the person with this user name would meet.
    ///
    /// # Errors
    /// When the directory or the store is away.
    pub async fn explain(&self, realm: &str, user_name: UserName) -> Result<Explained, Trouble> {
        let realm = self.realm(realm).ok_or_else(|| Trouble::NoRealm(realm.to_owned()))?;
        let account = self.find_account(realm, &user_name).await?;
        let key = self.account_key(realm, &user_name, account.as_ref().map(|account| &account.id));
        let now = self.now();
        let paused = self.store.kept(Shelf::Pause, key, now.millis()).await?;
        let opened = self.begin_disclosing(realm, user_name, Disclose::Hide).await?;
        let methods = match opened.recovery.page() {
            Page::Method(page) => page
                .offers
                .iter()
                .map(|(_, offer)| Shown {
                    kind: offer.kind.name(),
                    mask: offer.mask.to_string(),
                    decoy: offer.is_decoy(),
                })
                .collect(),
            _ => Vec::new(),
        };
        let counters = [Counter::MessagesByAccount, Counter::FailuresByAccount, Counter::SignInsByAccount];
        let counters = counters.into_iter().flat_map(|counter| [counter, counter.for_known()]).collect::<Vec<_>>();
        let subjects = crate::facts::Subjects::of_account(key);
        let used_up = self.used_up_for(account.as_ref(), now).await?;
        let not_admitted = match &account {
            Some(account) => self.not_admitted_of(realm, account, key).await?,
            None => 0,
        };
        Ok(Explained {
            used_up,
            not_admitted,
            realm: realm.name.clone(),
            obstacle: opened.recovery.obstacle(),
            policy: opened.recovery.policy().clone(),
            has_census: realm.has_census(),
            left_out: account.as_ref().map_or(0, |account| recovery::left_out(account, &realm.own_domains)),
            state: account.as_ref().map(|account| account.state),
            user_name: account.map(|account| account.user_name),
            methods,
            paused_until: paused
                .and_then(|bytes| bytes.try_into().ok())
                .map(i64::from_be_bytes)
                .map(Timestamp::from_millis),
            throttles: self.look(&counters, &subjects, now).await?.pauses.into_iter().collect(),
            messages: self.message_lines(key).await?,
            events: self.case_lines(AuditQuery::Account(key)).await?,
        })
    }

    /// The case behind a reference such as `R7K 2MQ`, newest line first.
    ///
    /// # Errors
    /// When the store is away.
    pub async fn explain_reference(&self, reference: &str) -> Result<Vec<CaseLine>, Trouble> {
        self.case_lines(AuditQuery::Reference(reference.to_owned())).await
    }

    /// What is used up of the budget for each number of an account; the overall limits once.
    async fn used_up_for(&self, account: Option<&Account>, now: Timestamp) -> Result<Vec<(Purse, Timestamp)>, Trouble> {
        let mut used_up = Vec::new();
        for contact in account.into_iter().flat_map(|account| &account.contacts) {
            if let Contact::Phone(phone) = contact {
                used_up.extend(self.used_up(&phone.number, now).await?);
            }
        }
        used_up.sort_by_key(|(purse, until)| (purse.name(), *until));
        used_up.dedup();
        Ok(used_up)
    }

    /// Reads the account once more, with the numbers that no walk hears of.
    async fn not_admitted_of(&self, realm: &Realm, account: &Account, key: store::Key) -> Result<usize, Trouble> {
        let imported = self.imported_contacts(key).await?;
        let raw = realm.directory.read(&account.id).await?;
        Ok(raw.map_or(0, |account| self.not_admitted(&account, imported.as_ref())))
    }

    async fn message_lines(&self, account: store::Key) -> Result<Vec<MessageLine>, Trouble> {
        let rows = self.store.messages_of(account, LINES_MAX).await?;
        let line = |row: store::OutboxRow| MessageLine {
            at: Timestamp::from_millis(row.created_at),
            purpose: row.purpose,
            kind: row.kind,
            status: row.status,
            outcome: row.outcome,
            tries: row.tries,
        };
        Ok(rows.into_iter().map(line).collect())
    }

    async fn case_lines(&self, about: AuditQuery) -> Result<Vec<CaseLine>, Trouble> {
        let rows = self.store.audit(about, LINES_MAX).await?;
        let line = |row: store::AuditRow| CaseLine {
            at: Timestamp::from_millis(row.at),
            reference: row.reference,
            realm: row.realm,
            user_name: row.person.map(|person| person.user_name),
            event: row.event,
            detail: row.detail,
            network: row.network,
        };
        Ok(rows.into_iter().map(line).collect())
    }
}
