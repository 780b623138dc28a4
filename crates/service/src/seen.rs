//! Which contacts an account's directory has shown, and since when. One that is new there may be a thief's: it waits before
//! it opens anything, and the old ones are told.

use crate::posted::print_bytes;
use crate::{ImportedContacts, Realm, Regain, Trouble};
use recovery::{Account, Contact, ContactPrint, EmailAddress, Line, Phone, PhoneNumber, Seconds, Timestamp};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use store::{Change, Key, Shelf};

/// How long a contact that is gone is kept, so that it can be told: as long as a notice to it is worth sending.
const GONE_SECONDS: Seconds = crate::posted::NOTICE_SECONDS;

/// How long an account that is gone is remembered: it may be a fault of the directory. A week.
const ACCOUNT_GONE_SECONDS: Seconds = 7 * 24 * 3600;

/// A time from which a page says that a contact counts is rounded up to this: it may be seen a little after it was asked for.
const ROUNDED_TO_MILLIS: i64 = 15 * 60 * 1000;

/// Kept until it changes.
const FOR_EVER: i64 = i64::MAX;

/// What is kept of one account. Sealed in the store, as all on its shelves.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Seen {
    pub realm: String,
    contacts: Vec<SeenContact>,
    /// When the account itself was first missing. Milliseconds.
    gone: Option<i64>,
}

#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
struct SeenContact {
    /// Its keyed hash, in hexadecimal digits.
    print: String,
    /// When it was first seen; 0 for one that was there from the start, or that the operator vouched for. Milliseconds.
    since: i64,
    /// When it was first missing. Milliseconds.
    gone: Option<i64>,
    /// The contact itself: once it is gone, nobody else could say whom to tell.
    contact: Itself,
}

#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
enum Itself {
    Email(String),
    Mobile(String),
    Office(String),
}

/// What a look at an account found to be otherwise than before.
pub(crate) struct Changed {
    pub seen: Seen,
    /// Whether there were contacts before, and one is new or gone: the old ones are to be told.
    pub tells: bool,
    /// Whether contacts are gone and none is new.
    pub only_lost: bool,
}

/// How what is new is taken.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Look {
    /// It waits from now on.
    Wary(Timestamp),
    /// The operator vouches for all that is there now: it counts at once.
    Trusting(Timestamp),
}

impl Look {
    fn now(self) -> Timestamp {
        match self {
            Look::Wary(now) | Look::Trusting(now) => now,
        }
    }
}

impl Seen {
    /// Looks at the contacts that the directory has now; `None` when all is as before. A contact that went and comes back
    /// is new: somebody may have taken it away for a reason.
    pub fn look(
        before: Option<&Seen>,
        realm: &str,
        contacts: &[Contact],
        key: &[u8; 32],
        look: Look,
    ) -> Option<Changed> {
        let now = look.now();
        let known = before.map(|seen| seen.contacts.as_slice()).unwrap_or_default();
        let mut next: Vec<SeenContact> = Vec::new();
        let (mut is_new, mut is_lost) = (false, false);
        for contact in contacts {
            let print = hex(&contact.print(key));
            if next.iter().any(|seen| seen.print == print) {
                continue;
            }
            let old = known.iter().find(|seen| seen.print == print && seen.gone.is_none());
            is_new |= old.is_none();
            let since = match (look, old) {
                (Look::Trusting(_), _) => 0,
                (Look::Wary(_), Some(old)) => old.since,
                (Look::Wary(now), None) => now.millis(),
            };
            next.push(SeenContact { print, since, gone: None, contact: Itself::of(contact) });
        }
        for old in known {
            if next.iter().any(|seen| seen.print == old.print) {
                continue;
            }
            is_lost |= old.gone.is_none();
            let gone = old.gone.unwrap_or(now.millis());
            if now < Timestamp::from_millis(gone).plus(GONE_SECONDS) {
                next.push(SeenContact { gone: Some(gone), ..old.clone() });
            }
        }
        // Nothing is kept of an account that never had a contact.
        if next.is_empty() && known.is_empty() {
            return None;
        }
        let seen = Seen { realm: realm.to_owned(), contacts: next, gone: None };
        let had = known.iter().any(|old| old.gone.is_none());
        let tells = had && (is_new || is_lost) && look == Look::Wary(now);
        (before != Some(&seen)).then_some(Changed { seen, tells, only_lost: is_lost && !is_new })
    }

    /// The account is no longer there; `None` when that was noted before.
    pub fn missing(&self, now: Timestamp) -> Option<Seen> {
        self.gone.is_none().then(|| Seen { gone: Some(now.millis()), ..self.clone() })
    }

    /// From when a contact counts that waits so long after it was first seen; `None` when it was never seen.
    fn counts_from(&self, print: &ContactPrint, wait: Seconds) -> Option<Timestamp> {
        let seen = self.contacts.iter().find(|seen| seen.gone.is_none() && seen.print == hex(print))?;
        Some(if seen.since == 0 { Timestamp::from_millis(0) } else { Timestamp::from_millis(seen.since).plus(wait) })
    }

    /// Contacts that the account has no longer, as long as they can still be told.
    fn gone_contacts(&self, now_on_record: &[ContactPrint]) -> Vec<Contact> {
        let is_gone = |seen: &&SeenContact| !now_on_record.iter().any(|print| hex(print) == seen.print);
        self.contacts.iter().filter(is_gone).filter_map(|seen| seen.contact.contact()).collect()
    }

    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        serde_json::from_slice(bytes).ok()
    }

    /// The change that keeps it.
    pub fn keep(&self, key: Key) -> Change {
        let expires_at = match self.gone {
            Some(gone) => Timestamp::from_millis(gone).plus(ACCOUNT_GONE_SECONDS).millis(),
            None => FOR_EVER,
        };
        let value = serde_json::to_vec(self).expect("texts and numbers can be written as JSON");
        Change::Keep { shelf: Shelf::SeenContacts, key, value, expires_at }
    }
}

impl Itself {
    fn of(contact: &Contact) -> Self {
        match contact {
            Contact::Email(address) => Itself::Email(address.as_str().to_owned()),
            Contact::Phone(phone) if phone.line == Line::Mobile => Itself::Mobile(phone.number.e164().to_owned()),
            Contact::Phone(phone) => Itself::Office(phone.number.e164().to_owned()),
        }
    }

    fn contact(&self) -> Option<Contact> {
        // In E.164 a number says its country itself.
        let phone = |number: &str, line| {
            let number = PhoneNumber::parse(number, "BE").ok()?;
            Some(Contact::Phone(Phone { number, line }))
        };
        match self {
            Itself::Email(address) => EmailAddress::parse(address).map(Contact::Email),
            Itself::Mobile(number) => phone(number, Line::Mobile),
            Itself::Office(number) => phone(number, Line::Office),
        }
    }
}

impl Regain {
    /// The contacts of an account that do not count yet, and from when they do. Reads alike for a name that nobody has.
    pub(crate) async fn fresh_contacts(
        &self,
        realm: &Realm,
        key: Key,
        account: Option<&Account>,
    ) -> Result<BTreeMap<ContactPrint, Timestamp>, Trouble> {
        if !self.remembers_contacts(realm).await? {
            return Ok(BTreeMap::new());
        }
        let imported = self.imported_contacts(key).await?;
        let seen = self.seen_contacts(key).await?;
        Ok(account.map(|account| self.fresh_of(realm, account, imported.as_ref(), seen.as_ref())).unwrap_or_default())
    }

    /// Those of an account's contacts that do not count yet. The operator vouches for what was imported.
    pub(crate) fn fresh_of(
        &self,
        realm: &Realm,
        account: &Account,
        imported: Option<&ImportedContacts>,
        seen: Option<&Seen>,
    ) -> BTreeMap<ContactPrint, Timestamp> {
        let wait = realm.policy_for(Some(account)).contact_wait_seconds;
        let now = self.now();
        let print = |contact: &Contact| contact.print(&self.keys.contact);
        let imported = imported.map(|imported| imported.contacts(&self.organisation.home_country)).unwrap_or_default();
        let vouched: Vec<ContactPrint> = imported.iter().map(print).collect();
        let from = |print: &ContactPrint| {
            let from = seen.and_then(|seen| seen.counts_from(print, wait));
            from.unwrap_or_else(|| now.plus(wait))
        };
        let prints = account.contacts.iter().map(print).filter(|print| !vouched.contains(print));
        prints.map(|print| (print, from(&print))).filter(|(_, from)| now < *from).map(rounded).collect()
    }

    /// Whether contacts of this realm wait at all: not where only the operator changes them, nor before all that were there
    /// when Regain came have been seen once.
    pub(crate) async fn remembers_contacts(&self, realm: &Realm) -> Result<bool, Trouble> {
        if realm.directory.operator_keeps_contacts() || !realm.contacts_wait() {
            return Ok(false);
        }
        if realm.contacts_seen.get().is_none() && self.last_sweep(realm).await?.is_some() {
            let _ = realm.contacts_seen.set(());
        }
        Ok(realm.contacts_seen.get().is_some())
    }

    pub(crate) async fn seen_contacts(&self, account: Key) -> Result<Option<Seen>, Trouble> {
        let kept = self.store.kept(Shelf::SeenContacts, account, self.now().millis()).await?;
        Ok(kept.and_then(|bytes| Seen::from_bytes(&bytes)))
    }

    /// The contacts of an account that are told of a change: those that count, and those that are gone.
    pub(crate) async fn old_contacts(
        &self,
        realm: &Realm,
        key: Key,
        account: &Account,
    ) -> Result<Vec<Contact>, Trouble> {
        let fresh = self.fresh_contacts(realm, key, Some(account)).await?;
        let print = |contact: &Contact| contact.print(&self.keys.contact);
        let on_record: Vec<ContactPrint> = account.contacts.iter().map(print).collect();
        let gone = self.seen_contacts(key).await?.map(|seen| seen.gone_contacts(&on_record)).unwrap_or_default();
        let counts = |contact: &&Contact| !fresh.contains_key(&print(contact));
        Ok(account.contacts.iter().filter(counts).cloned().chain(gone).collect())
    }

    /// A contact that an account had: for a notice to it, once the directory does not have it any more.
    pub(crate) async fn gone_contact(&self, key: Key, print: &[u8; 16]) -> Result<Option<Contact>, Trouble> {
        let had = self.seen_contacts(key).await?.map(|seen| seen.gone_contacts(&[])).unwrap_or_default();
        Ok(had.into_iter().find(|contact| print_bytes(&contact.print(&self.keys.contact)) == *print))
    }
}

fn hex(print: &ContactPrint) -> String {
    format!("{:032x}", u128::from_be_bytes(*print.bytes()))
}

fn rounded((print, from): (ContactPrint, Timestamp)) -> (ContactPrint, Timestamp) {
    let up = from.millis().saturating_add(ROUNDED_TO_MILLIS - 1).div_euclid(ROUNDED_TO_MILLIS);
    (print, Timestamp::from_millis(up.saturating_mul(ROUNDED_TO_MILLIS)))
}
