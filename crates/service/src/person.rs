//! All that is kept about one person: shown to them (GDPR, article 15), and erased (article 17).

use crate::facts::Subjects;
use crate::report::Reportable;
use crate::session::SignedIn;
use crate::{ImportedContacts, Realm, Regain, Trouble};
use recovery::{Account, Contact, Counter, Line, Recovery, UserName};
use serde::Serialize;
use store::{AuditQuery, Change, Key, OutboxRow, SavedRecovery, Shelf};

/// The most lines of the trail and messages that are read of one person.
const LINES_MAX: u32 = 100_000;

/// What is kept by account and ends with it. A pause stays: it protects the account, for a day; and so do the marks before which
/// sessions and known browsers no longer count.
const BY_ACCOUNT: [Shelf; 3] = [Shelf::ToldOwner, Shelf::Contacts, Shelf::SeenContacts];

/// What is counted by account or contact; all else is about networks, or about everybody together.
const BY_PERSON: [Counter; 4] =
    [Counter::MessagesByAccount, Counter::FailuresByAccount, Counter::SignInsByAccount, Counter::MessagesByContact];

/// Everything about one person. Times are milliseconds since 1970.
#[derive(Serialize)]
pub struct PersonalData {
    pub realm: String,
    /// As the directory has it; `None` when nobody has this name.
    pub account: Option<DirectoryData>,
    pub imported_contacts: Option<ImportedContacts>,
    pub recoveries: Vec<RecoveryData>,
    pub messages: Vec<MessageData>,
    pub events: Vec<EventData>,
    /// How many sessions are open.
    pub sessions: usize,
    /// How many links "that was not me" may still report something.
    pub reports: usize,
    pub paused: bool,
    /// When all sessions were last ended at once, and since when browsers known before are strangers.
    pub sessions_ended_at: Option<i64>,
    pub browsers_strangers_since: Option<i64>,
    /// Whether it is remembered since when the directory has shown each contact.
    pub contacts_are_remembered: bool,
    pub told_today_why_a_recovery_can_not_end: bool,
    pub counts: Vec<CountData>,
}

#[derive(Serialize)]
pub struct DirectoryData {
    pub id: String,
    pub user_name: String,
    pub given_name: String,
    pub family_name: String,
    pub display_name: String,
    pub own_addresses: Vec<String>,
    pub alternate_emails: Vec<String>,
    pub mobiles: Vec<String>,
    pub offices: Vec<String>,
    pub groups: Vec<String>,
}

#[derive(Serialize)]
pub struct RecoveryData {
    pub reference: String,
    pub user_name: String,
    /// Steps done and steps in all.
    pub steps_done: usize,
    pub steps: usize,
    pub has_ended: bool,
    pub kept_until: i64,
}

#[derive(Serialize)]
pub struct MessageData {
    pub at: i64,
    pub purpose: String,
    pub kind: String,
    pub status: String,
    pub outcome: String,
}

#[derive(Serialize)]
pub struct EventData {
    pub at: i64,
    pub reference: String,
    pub user_name: String,
    pub event: String,
    pub detail: String,
    pub network: String,
}

#[derive(Serialize)]
pub struct CountData {
    pub what: &'static str,
    pub counted: u32,
}

/// What was erased.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Erased {
    /// Whether the directory has somebody of this name. What is kept under a name that nobody has is erased all the same.
    pub is_known: bool,
    pub recoveries: usize,
    pub messages: usize,
    pub sessions: usize,
    pub reports: usize,
    pub imported_contacts: bool,
    /// Lines of the audit trail whose personal parts are gone.
    pub events: usize,
}

/// A person as the store knows them.
struct Found<'a> {
    realm: &'a Realm,
    account: Option<Account>,
    key: Key,
}

impl Regain {
    /// Everything that is kept about the person with this user name. Its secrets (codes, handles) are not shown.
    ///
    /// # Errors
    /// When the directory or the store is away.
    pub async fn personal_data(&self, realm: &str, user_name: &UserName) -> Result<PersonalData, Trouble> {
        let found = self.found(realm, user_name).await?;
        let (key, now) = (found.key, self.now().millis());
        let events = self.store.audit(AuditQuery::Account(key), LINES_MAX).await?;
        Ok(PersonalData {
            realm: found.realm.name.clone(),
            imported_contacts: self.imported_contacts(key).await?,
            recoveries: self.store.recoveries_of(key).await?.iter().filter_map(recovery_data).collect(),
            messages: self.store.messages_of(key, LINES_MAX).await?.into_iter().map(message_data).collect(),
            events: events
                .into_iter()
                .map(|row| EventData {
                    at: row.at,
                    reference: row.reference,
                    user_name: row.person.map(|person| person.user_name).unwrap_or_default(),
                    event: row.event,
                    detail: row.detail,
                    network: row.network.unwrap_or_default(),
                })
                .collect(),
            sessions: self.sessions_of(&found).await?.len(),
            reports: self.reports_of(key).await?.len(),
            paused: self.store.kept(Shelf::Pause, key, now).await?.is_some(),
            sessions_ended_at: self.kept_time(Shelf::SessionsEnded, key).await?,
            browsers_strangers_since: self.kept_time(Shelf::StrangersSince, key).await?,
            contacts_are_remembered: self.store.kept(Shelf::SeenContacts, key, now).await?.is_some(),
            told_today_why_a_recovery_can_not_end: self.store.kept(Shelf::ToldOwner, key, now).await?.is_some(),
            counts: self.counts_of(&found).await?,
            account: found.account.as_ref().map(directory_data),
        })
    }

    /// Erases what is kept about a person, and the personal parts of the trail. The account itself is its directory's.
    ///
    /// # Errors
    /// When the directory or the store is away; then nothing is erased.
    pub async fn erase(&self, realm: &str, user_name: &UserName) -> Result<Erased, Trouble> {
        let found = self.found(realm, user_name).await?;
        let key = found.key;
        let (sessions, reports) = (self.sessions_of(&found).await?, self.reports_of(key).await?);
        let erased = Erased {
            is_known: found.account.is_some(),
            recoveries: self.store.recoveries_of(key).await?.len(),
            messages: self.store.messages_of(key, LINES_MAX).await?.len(),
            sessions: sessions.len(),
            reports: reports.len(),
            imported_contacts: self.imported_contacts(key).await?.is_some(),
            events: self.store.audit(AuditQuery::Account(key), LINES_MAX).await?.len(),
        };
        let mut changes = vec![
            Change::EndOtherRecoveries { account: key, except: [0; 32] },
            Change::DropMessages { account: key },
            Change::EraseAudit { account: key, realm: found.realm.name.clone(), at: self.now().millis() },
        ];
        changes.extend(BY_ACCOUNT.map(|shelf| Change::Drop { shelf, key }));
        changes.extend(sessions.into_iter().map(|key| Change::Drop { shelf: Shelf::Session, key }));
        changes.extend(reports.into_iter().map(|key| Change::Drop { shelf: Shelf::Report, key }));
        changes.extend(self.subjects_of(&found).into_iter().map(|(_, subject)| Change::Uncount { subject }));
        self.store.commit(changes).await?;
        Ok(erased)
    }

    /// A time that is kept by account.
    pub(crate) async fn kept_time(&self, shelf: Shelf, key: Key) -> Result<Option<i64>, Trouble> {
        let kept = self.store.kept(shelf, key, self.now().millis()).await?;
        Ok(kept.and_then(|bytes| bytes.try_into().ok()).map(i64::from_be_bytes))
    }

    async fn found(&self, realm: &str, user_name: &UserName) -> Result<Found<'_>, Trouble> {
        let realm = self.realm(realm).ok_or_else(|| Trouble::NoRealm(realm.to_owned()))?;
        let account = self.find_account(realm, user_name).await?;
        let key = self.account_key(realm, user_name, account.as_ref().map(|account| &account.id));
        Ok(Found { realm, account, key })
    }

    async fn sessions_of(&self, found: &Found<'_>) -> Result<Vec<Key>, Trouble> {
        let Some(account) = &found.account else { return Ok(Vec::new()) };
        let kept = self.store.all_kept(Shelf::Session, self.now().millis()).await?;
        let is_theirs = |bytes: &[u8]| {
            serde_json::from_slice::<SignedIn>(bytes)
                .is_ok_and(|signed_in| signed_in.is_of(&found.realm.name, &account.id))
        };
        Ok(kept.into_iter().filter(|(_, bytes)| is_theirs(bytes)).map(|(key, _)| key).collect())
    }

    async fn reports_of(&self, account: Key) -> Result<Vec<Key>, Trouble> {
        let kept = self.store.all_kept(Shelf::Report, self.now().millis()).await?;
        let is_theirs = |bytes: &[u8]| {
            serde_json::from_slice::<Reportable>(bytes).is_ok_and(|reportable| reportable.account == account)
        };
        Ok(kept.into_iter().filter(|(_, bytes)| is_theirs(bytes)).map(|(key, _)| key).collect())
    }

    /// What is counted of a person: by account, and by each contact.
    fn subjects_of(&self, found: &Found<'_>) -> Vec<(Counter, Key)> {
        let contacts = found.account.iter().flat_map(|account| &account.contacts);
        let prints = contacts.map(|contact| Some(contact.print(&self.keys.contact)));
        let mut subjects = Vec::new();
        for contact in std::iter::once(None).chain(prints) {
            for known in [false, true] {
                let of = Subjects { contact, known, ..Subjects::of_account(found.key) };
                for counter in BY_PERSON {
                    subjects.extend(self.count_subject(counter, &of).map(|subject| (counter, subject)));
                }
            }
        }
        subjects.sort_unstable();
        subjects.dedup();
        subjects
    }

    async fn counts_of(&self, found: &Found<'_>) -> Result<Vec<CountData>, Trouble> {
        let now = self.now();
        let mut counts = Vec::new();
        for (counter, subject) in self.subjects_of(found) {
            let key = |limit: &recovery::Limit| crate::facts::count_key(subject, limit, now);
            let counted = self.store.counts(self.limits.of(counter).iter().map(key).collect()).await?;
            let counted = counted.into_iter().map(|counted| counted.times).max().unwrap_or(0);
            if counted > 0 {
                counts.push(CountData { what: counter.name(), counted });
            }
        }
        Ok(counts)
    }
}

fn recovery_data(saved: &SavedRecovery) -> Option<RecoveryData> {
    let recovery = Recovery::decode(&saved.state).ok()?;
    let (steps, steps_done) = recovery.trail();
    Some(RecoveryData {
        reference: recovery.reference(),
        user_name: recovery.user_name().as_str().to_owned(),
        steps_done,
        steps,
        has_ended: recovery.has_ended(),
        kept_until: saved.expires_at,
    })
}

fn message_data(row: OutboxRow) -> MessageData {
    MessageData {
        at: row.created_at,
        purpose: row.purpose,
        kind: row.kind,
        status: format!("{:?}", row.status),
        outcome: row.outcome,
    }
}

fn directory_data(account: &Account) -> DirectoryData {
    let phones = |wanted: Line| {
        let number = |contact: &Contact| match contact {
            Contact::Phone(phone) if phone.line == wanted => Some(phone.number.e164().to_owned()),
            _ => None,
        };
        account.contacts.iter().filter_map(number).collect()
    };
    let email = |contact: &Contact| match contact {
        Contact::Email(address) => Some(address.as_str().to_owned()),
        Contact::Phone(_) => None,
    };
    DirectoryData {
        id: account.id.0.clone(),
        user_name: account.user_name.clone(),
        given_name: account.given_name.clone(),
        family_name: account.family_name.clone(),
        display_name: account.display_name.clone(),
        own_addresses: account.own_addresses.iter().map(|address| address.as_str().to_owned()).collect(),
        alternate_emails: account.contacts.iter().filter_map(email).collect(),
        mobiles: phones(Line::Mobile),
        offices: phones(Line::Office),
        groups: account.groups.iter().cloned().collect(),
    }
}
