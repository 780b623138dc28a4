//! Looks at all contacts of a realm from time to time, so that the old ones are told soon when one changes.

use crate::posted::{Asked, NOTICE_SECONDS, Posted, What, following_id};
use crate::seen::{Changed, Look, Seen};
use crate::{Realm, Regain, Trouble, Visitor};
use recovery::{Account, AccountId, AuditEvent, Contact, Timestamp, UserName, mac};
use store::{Change, Key, Shelf};

/// Accounts that are committed together.
const ACCOUNTS_AT_ONCE: usize = 200;

/// More accounts than this, and than one in [`MANY_SHARE`], with changed contacts at one look: that is no thief but a
/// roll-out, or a fault of the directory. Nobody is told then; what is new waits all the same.
const MANY_MIN: usize = 20;
const MANY_SHARE: usize = 20;

/// Whose contacts are meant.
struct Who {
    key: Key,
    id: AccountId,
    user_name: String,
}

/// An account of the realm whose contacts are not as they were.
struct Found {
    who: Who,
    contacts: Vec<Contact>,
    changed: Changed,
}

impl Regain {
    /// Looks at the contacts of every realm whose time has come. The first look of all takes what is there as known.
    pub(crate) async fn sweep_contacts(&self) {
        for realm in &self.realms {
            match self.sweep_if_due(realm).await {
                Ok(()) => {}
                Err(Trouble::Directory(error)) => {
                    tracing::warn!(realm = realm.name, %error, "The contacts can't be looked at yet.");
                }
                Err(error) => tracing::error!(realm = realm.name, %error, "The contacts could not be looked at."),
            }
        }
    }

    async fn sweep_if_due(&self, realm: &Realm) -> Result<(), Trouble> {
        if realm.directory.operator_keeps_contacts() || !realm.contacts_wait() {
            return Ok(());
        }
        let now = self.now();
        match self.last_sweep(realm).await? {
            None => self.sweep(realm, Look::Trusting(now)).await.map(|_| ()),
            // A clock that was set back is no reason to wait.
            Some(last) if now < last.plus(realm.contact_sweep_seconds) && now >= last => Ok(()),
            Some(_) => self.sweep(realm, Look::Wary(now)).await.map(|_| ()),
        }
    }

    /// When all contacts of a realm were last looked at.
    pub(crate) async fn last_sweep(&self, realm: &Realm) -> Result<Option<Timestamp>, Trouble> {
        let kept = self.store.kept(Shelf::ContactSweep, self.sweep_key(realm), self.now().millis()).await?;
        Ok(kept.and_then(|bytes| bytes.try_into().ok()).map(i64::from_be_bytes).map(Timestamp::from_millis))
    }

    fn sweep_key(&self, realm: &Realm) -> Key {
        mac(&self.keys.count, &[b"contact sweep", realm.name.as_bytes()])
    }

    /// Takes all contacts that accounts of a realm now have as known: for the operator who has just changed them. Nobody is
    /// told. With a user name, those of this account alone; `Ok(None)`: nobody has it. Answers how many accounts that
    /// changed something for; none where contacts do not wait.
    ///
    /// # Errors
    /// When the directory or the store is away.
    pub async fn trust_contacts(&self, realm: &str, user_name: Option<&UserName>) -> Result<Option<usize>, Trouble> {
        let realm = self.realm(realm).ok_or_else(|| Trouble::NoRealm(realm.to_owned()))?;
        if realm.directory.operator_keeps_contacts() || !realm.contacts_wait() {
            return Ok(Some(0));
        }
        let now = self.now();
        let Some(user_name) = user_name else {
            let changed = self.sweep(realm, Look::Trusting(now)).await?;
            let all = self.event_row(&realm.name, &AuditEvent::AllContactsTrusted);
            self.store.commit(vec![all]).await?;
            return Ok(Some(changed));
        };
        let Some(account) = realm.directory.find(user_name).await? else { return Ok(None) };
        let key = self.key_of(realm, &account.id);
        let changed = self.look_at(realm, key, &account.contacts, Look::Trusting(now)).await?;
        let mut changes: Vec<Change> = changed.iter().map(|changed| changed.seen.keep(key)).collect();
        changes.push(self.audit_row(realm, key, user_name.as_str(), AuditEvent::ContactsTrusted, &Visitor::nobody()));
        self.store.commit(changes).await?;
        Ok(Some(usize::from(changed.is_some())))
    }

    /// What an account's own contacts look like against what was seen last.
    async fn look_at(
        &self,
        realm: &Realm,
        key: Key,
        contacts: &[Contact],
        look: Look,
    ) -> Result<Option<Changed>, Trouble> {
        let before = self.seen_contacts(key).await?;
        Ok(Seen::look(before.as_ref(), &realm.name, contacts, &self.keys.contact, look))
    }

    /// What a message about an account's new contacts has to keep, so that they wait from the moment they were asked for and
    /// not from the next sweep.
    pub(crate) async fn note_contacts(&self, realm: &Realm, account: &AccountId) -> Result<Vec<Change>, Trouble> {
        if !self.remembers_contacts(realm).await? {
            return Ok(Vec::new());
        }
        // Read from the directory itself: imported contacts are not looked at.
        let Some(account) = realm.directory.read(account).await? else { return Ok(Vec::new()) };
        let key = self.key_of(realm, &account.id);
        let found = self.look_at(realm, key, &account.contacts, Look::Wary(self.now())).await?;
        let Some(changed) = found else { return Ok(Vec::new()) };
        let who = Who { key, id: account.id, user_name: account.user_name };
        // The message that is being written says it.
        Ok(self.changes(realm, &who, &changed, false, self.now()))
    }

    /// Looks at every account of a realm, and keeps what is not as before. Answers for how many accounts.
    async fn sweep(&self, realm: &Realm, look: Look) -> Result<usize, Trouble> {
        let now = self.now();
        let is_first = self.last_sweep(realm).await?.is_none();
        let before = self.store.all_kept(Shelf::SeenContacts, now.millis()).await?;
        let mut met = vec![false; before.len()];
        let (mut accounts, mut has_contacts, mut found) = (0_usize, false, Vec::new());
        let visit = &mut |account: &Account| {
            accounts += 1;
            has_contacts |= !account.contacts.is_empty();
            let key = self.key_of(realm, &account.id);
            let place = before.binary_search_by(|(other, _)| other.cmp(&key)).ok();
            if let Some(place) = place {
                met[place] = true;
            }
            let seen = place.and_then(|place| Seen::from_bytes(&before[place].1));
            let changed = Seen::look(seen.as_ref(), &realm.name, &account.contacts, &self.keys.contact, look);
            if let Some(changed) = changed {
                let who = Who { key, id: account.id.clone(), user_name: account.user_name.clone() };
                found.push(Found { who, contacts: account.contacts.clone(), changed });
            }
        };
        realm.directory.each_account(visit).await?;
        // What counts as known for good must not be a directory that is still to be filled.
        if is_first && !has_contacts {
            return Ok(0);
        }
        let tells = self.weigh(realm, accounts, &mut found);
        let changed = found.len();
        for some in found.chunks(ACCOUNTS_AT_ONCE) {
            let mut changes = Vec::new();
            for found in some {
                // The operator, or another node, may have been here meanwhile.
                if let Some(changed) = self.look_at(realm, found.who.key, &found.contacts, look).await? {
                    changes.extend(self.changes(realm, &found.who, &changed, tells, now));
                }
            }
            self.store.commit(changes).await?;
            self.posted.notify_one();
        }
        let missing = before.iter().zip(met).filter(|(_, met)| !met).filter_map(|((key, bytes), _)| {
            let seen = Seen::from_bytes(bytes).filter(|seen| seen.realm == realm.name)?;
            Some(seen.missing(now)?.keep(*key))
        });
        let mut changes: Vec<Change> = missing.collect();
        changes.push(Change::Keep {
            shelf: Shelf::ContactSweep,
            key: self.sweep_key(realm),
            value: now.millis().to_be_bytes().to_vec(),
            expires_at: i64::MAX,
        });
        self.store.commit(changes).await?;
        let _ = realm.contacts_seen.set(());
        Ok(changed)
    }

    /// Whether owners are told. Where too many changed at once they are not, and accounts that only lost contacts are left
    /// as they were: the directory may be at fault, and what it shows again tomorrow is not to wait.
    fn weigh(&self, realm: &Realm, accounts: usize, found: &mut Vec<Found>) -> bool {
        let is_many = |number: usize| number > MANY_MIN.max(accounts / MANY_SHARE);
        let lost = found.iter().filter(|found| found.changed.tells && found.changed.only_lost).count();
        if is_many(lost) {
            tracing::error!(
                realm = realm.name,
                accounts = lost,
                "Many accounts have lost contacts at once: is the directory at fault? Nothing is taken over. If it is \
                 meant, run `regain contacts trust`."
            );
            found.retain(|found| !(found.changed.tells && found.changed.only_lost));
        }
        let tell = found.iter().filter(|found| found.changed.tells).count();
        if is_many(tell) {
            tracing::error!(
                realm = realm.name,
                accounts = tell,
                "Many accounts have new contacts at once, which do not count yet. Nobody is told. If you changed them, run \
                 `regain contacts trust`."
            );
        }
        !is_many(tell)
    }

    fn changes(&self, realm: &Realm, who: &Who, changed: &Changed, tells: bool, now: Timestamp) -> Vec<Change> {
        let mut changes = vec![changed.seen.keep(who.key)];
        if !changed.tells {
            return changes;
        }
        let nobody = Visitor::nobody();
        changes.push(self.audit_row(realm, who.key, &who.user_name, AuditEvent::ContactsChanged, &nobody));
        if tells {
            let until = now.plus(realm.policy.contact_wait_seconds).millis();
            let asked = Asked::by(&nobody, &realm.name, &who.user_name, String::new(), now);
            let posted =
                Posted::TellContacts { account: who.id.0.clone(), what: What::ContactsChanged { until }, asked };
            // Two nodes may find the same change.
            let minute = (now.millis() / 60_000).to_be_bytes();
            let id = following_id(&self.keys.count, &[b"contacts changed", &who.key, &minute]);
            changes.push(self.post_once(id, &posted, who.key, now, now.plus(NOTICE_SECONDS)));
        }
        changes
    }
}
