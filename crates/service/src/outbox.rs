//! Empties the outbox: one job at a time to the channel that takes it, with retries, an end, and no message twice.

use crate::budget::Spending;
use crate::posted::{Asked, NOTICE_SECONDS, Posted, Reason, What, following_id, print_bytes};
use crate::{Regain, Trouble};
use delivery::{DeliveryError, Message};
use recovery::{Account, AccountId, Contact, EmailAddress, Timestamp};
use store::{Change, Committed, Key, OutboxRow, Shelf};
use zeroize::Zeroize;

/// How long a worker holds a message before another may take it, for each channel that may be asked in turn: longer than
/// any channel's time-outs together.
const HOLD_SECONDS: u32 = 120;

/// First wait before another try; doubles each time, up to [`RETRY_SECONDS_MAX`].
const RETRY_SECONDS: u32 = 2;
const RETRY_SECONDS_MAX: u32 = 15 * 60;

/// An owner is told at most once in this time that a recovery can't end. One day.
const TOLD_OWNER_SECONDS: u32 = 24 * 3600;

/// What became of a job.
enum Ended {
    Delivered {
        channel: String,
        reference: String,
    },
    /// Nothing to send: a decoy, or an owner already told.
    Nowhere,
    GivenUp(String),
    TryAgain(String),
}

impl Regain {
    /// How long a worker holds what it takes: until every channel has had its time-out, so that no other sends it as well.
    pub(crate) fn hold_seconds(&self) -> u32 {
        let channels = u32::try_from(self.couriers.channels().count()).unwrap_or(u32::MAX);
        HOLD_SECONDS.saturating_mul(channels.max(1))
    }

    /// Does one job of the outbox and commits what became of it.
    pub(crate) async fn work_off(&self, mut row: OutboxRow) {
        let id = row.id;
        let now = self.now();
        let changes = match self.job(&row, now).await {
            Ok(changes) => changes,
            Err(error) => {
                tracing::warn!(%error, "A message could not be prepared; it will be tried again.");
                vec![again(&row, now, "the directory or the store was away")]
            }
        };
        row.body.zeroize();
        match self.store.commit(changes).await {
            Ok(Committed::Done) => self.posted.notify_one(),
            // Only a told-owner note can conflict: told already, or a moment ago by another worker.
            Ok(Committed::Conflict) => {
                let told = Change::Delivered {
                    id,
                    channel: String::new(),
                    reference: "told already".to_owned(),
                    at: now.millis(),
                };
                if let Err(error) = self.store.commit(vec![told]).await {
                    tracing::error!(%error, "The store is away; a job will be done again.");
                }
            }
            Err(error) => tracing::error!(%error, "The store is away; a message may be sent again."),
        }
    }

    async fn job(&self, row: &OutboxRow, now: Timestamp) -> Result<Vec<Change>, Trouble> {
        let Some(posted) = Posted::from_bytes(&row.body) else {
            return Ok(vec![Change::GivenUp { id: row.id, reason: "unreadable".to_owned(), at: now.millis() }]);
        };
        if now.millis() >= row.expires_at {
            return Ok(vec![Change::GivenUp {
                id: row.id,
                reason: "too late to be of use".to_owned(),
                at: now.millis(),
            }]);
        }
        match &posted {
            Posted::TellContacts { account, what, asked } => {
                self.spread(row, account, what, asked, Vec::new(), now).await
            }
            Posted::TellOwner { account: Some(account), obstacle: Some(reason), asked } => {
                let once = Change::KeepOnce {
                    shelf: Shelf::ToldOwner,
                    key: row.account,
                    value: Vec::new(),
                    now: now.millis(),
                    expires_at: now.plus(TOLD_OWNER_SECONDS).millis(),
                };
                let mut changes = vec![once];
                if matches!(reason, Reason::FreshContacts { .. }) {
                    let realm = self.realm(&asked.realm).ok_or_else(|| Trouble::NoRealm(asked.realm.clone()))?;
                    changes.extend(self.note_contacts(realm, &AccountId(account.clone())).await?);
                }
                self.spread(row, account, &What::CanNotRecover { reason: *reason }, asked, changes, now).await
            }
            _ => Ok(vec![self.ended(row, self.send(row, &posted).await?, now)]),
        }
    }

    /// Turns one job about an account into one notice for each of its contacts, in one commit.
    async fn spread(
        &self,
        row: &OutboxRow,
        account: &str,
        what: &What,
        asked: &Asked,
        mut changes: Vec<Change>,
        now: Timestamp,
    ) -> Result<Vec<Change>, Trouble> {
        let contacts = match self.account_of(asked, account).await? {
            Some(found) => self.told(row.account, asked, what, found).await?,
            None => Vec::new(),
        };
        let mut told = Vec::new();
        for contact in contacts {
            let print = contact.print(&self.keys.contact);
            if told.contains(&print) {
                continue;
            }
            told.push(print);
            let notice = Posted::Notice {
                account: account.to_owned(),
                contact: print_bytes(&print),
                what: what.clone(),
                asked: asked.clone(),
            };
            // Two workers may spread one job, if the first was held up for longer than its hold.
            let id = following_id(&self.keys.count, &[b"notice", &row.id, print.bytes()]);
            changes.push(self.post_once(id, &notice, row.account, now, now.plus(NOTICE_SECONDS)));
        }
        let reference = format!("{} contacts", told.len());
        changes.push(Change::Delivered { id: row.id, channel: String::new(), reference, at: now.millis() });
        Ok(changes)
    }

    /// The contacts of an account that a notice goes to. What is about its contacts goes to those that are gone as well.
    async fn told(&self, key: Key, asked: &Asked, what: &What, account: Account) -> Result<Vec<Contact>, Trouble> {
        let realm = self.realm(&asked.realm).ok_or_else(|| Trouble::NoRealm(asked.realm.clone()))?;
        match what {
            What::ContactsChanged { .. } => self.old_contacts(realm, key, &account).await,
            What::CanNotRecover { reason: Reason::FreshContacts { .. } } => {
                let old = self.old_contacts(realm, key, &account).await?;
                Ok([account.contacts, old].concat())
            }
            _ => Ok(account.contacts),
        }
    }

    async fn send(&self, row: &OutboxRow, posted: &Posted) -> Result<Ended, Trouble> {
        let to = match posted {
            Posted::Code { account: Some(account), contact, asked, .. }
            | Posted::Notice { account, contact, asked, .. } => match self.contact_of(asked, account, contact).await? {
                Some(contact) => contact,
                None if is_about_contacts(posted) => match self.gone_contact(row.account, contact).await? {
                    Some(contact) => contact,
                    None => return Ok(Ended::GivenUp("the contact has been gone for too long".to_owned())),
                },
                None => return Ok(Ended::GivenUp("the account no longer has this contact".to_owned())),
            },
            Posted::Letter { .. } | Posted::Alert { .. } | Posted::Warning { .. } => match self.office(posted) {
                Some(address) => Contact::Email(address.clone()),
                None => return Ok(Ended::GivenUp("the settings name no address of the secretariat".to_owned())),
            },
            _ => return Ok(Ended::Nowhere),
        };
        let Some(body) = self.compose(posted, &to) else {
            return Ok(Ended::GivenUp("no channel carries it to this contact".to_owned()));
        };
        if let Contact::Phone(phone) = &to
            && let Some((purse, until)) = self.take_from_budget(row, &phone.number, spending(posted)).await?
        {
            let purse = purse.name();
            tracing::warn!(purse, until = until.millis(), "The budget is used up: a message is not sent.");
            return Ok(Ended::GivenUp(format!("the budget is used up ({purse})")));
        }
        let message = Message { id: hex(&row.id), body };
        let first = usize::try_from(row.tries.saturating_sub(1)).unwrap_or(0);
        Ok(match self.couriers.deliver(&message, first).await {
            Ok((channel, reference)) => Ended::Delivered { channel, reference },
            Err(error @ DeliveryError::Refused(_)) => Ended::GivenUp(error.to_string()),
            Err(error) => Ended::TryAgain(error.to_string()),
        })
    }

    /// Where letters and alerts go; warnings about money to the operator, where the settings name one.
    fn office(&self, posted: &Posted) -> Option<&EmailAddress> {
        let operator = self.defence.budget.alarm_to.as_ref().filter(|_| matches!(posted, Posted::Warning { .. }));
        operator.or(self.organisation.secretariat.email.as_ref())
    }

    fn ended(&self, row: &OutboxRow, ended: Ended, now: Timestamp) -> Change {
        let at = now.millis();
        match ended {
            Ended::Delivered { channel, reference } => Change::Delivered { id: row.id, channel, reference, at },
            Ended::Nowhere => {
                Change::Delivered { id: row.id, channel: String::new(), reference: "nowhere".to_owned(), at }
            }
            Ended::GivenUp(reason) => Change::GivenUp { id: row.id, reason, at },
            Ended::TryAgain(reason) => again(row, now, &reason),
        }
    }

    async fn account_of(&self, asked: &Asked, id: &str) -> Result<Option<Account>, Trouble> {
        let realm = self.realm(&asked.realm).ok_or_else(|| Trouble::NoRealm(asked.realm.clone()))?;
        self.read_account(realm, &AccountId(id.to_owned())).await
    }

    async fn contact_of(&self, asked: &Asked, id: &str, print: &[u8; 16]) -> Result<Option<Contact>, Trouble> {
        let contacts = self.account_of(asked, id).await?.map(|account| account.contacts).unwrap_or_default();
        Ok(contacts.into_iter().find(|contact| contact.print(&self.keys.contact).bytes() == print))
    }
}

/// Whether a message is a notice that goes to contacts that are gone from the directory as well. A code never is.
const fn is_about_contacts(posted: &Posted) -> bool {
    matches!(
        posted,
        Posted::Notice {
            what: What::ContactsChanged { .. } | What::CanNotRecover { reason: Reason::FreshContacts { .. } },
            ..
        }
    )
}

const fn spending(posted: &Posted) -> Spending {
    match posted {
        Posted::Code { .. } => Spending::Code,
        Posted::Notice {
            what: What::PasswordReset { .. } | What::PasswordUnclear | What::ContactsChanged { .. },
            ..
        } => Spending::Must,
        _ => Spending::Notice,
    }
}

/// Puts a message back, due later each time; given up where that would be too late.
fn again(row: &OutboxRow, now: Timestamp, reason: &str) -> Change {
    let doublings = row.tries.saturating_sub(1).min(10);
    let wait = RETRY_SECONDS.saturating_mul(1 << doublings).min(RETRY_SECONDS_MAX);
    // Spread by the message's own random id, so that many do not come back at once.
    let jitter = u32::from(row.id[0]) * wait / 1024;
    let due_at = now.plus(wait + jitter).millis();
    if due_at >= row.expires_at {
        return Change::GivenUp { id: row.id, reason: reason.to_owned(), at: now.millis() };
    }
    Change::TryAgain { id: row.id, due_at, reason: reason.to_owned() }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
