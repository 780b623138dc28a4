//! How many people of a realm could recover today, for `regain check`.

use crate::seen::Seen;
use crate::{Realm, Regain, Trouble};
use recovery::{Account, Begin, Census, ContactPrint, Disclose, Facts, Obstacle, Timestamp, UserName, begin};
use std::collections::BTreeMap;
use store::{Key, Shelf};

/// The accounts of a realm, counted by how a recovery would go.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Survey {
    pub accounts: u64,
    /// Accounts that can pass every gate.
    pub able: u64,
    /// Accounts with fewer independent contacts than gates.
    pub too_few: u64,
    /// Accounts that will be able to once their new contacts count.
    pub waiting: u64,
    /// Accounts that are switched off or expired.
    pub disabled: u64,
    /// Telephone numbers on record that messages may not go to: their country or kind is outside the settings.
    pub not_admitted: u64,
    /// Accounts that look like none of the census: decoys never look so, which says that these are real.
    pub unlike: u64,
}

impl Regain {
    /// Begins a recovery for every account of a realm, as far as that goes without keeping or sending anything, and counts
    /// how each would go. Reads the whole directory.
    ///
    /// # Errors
    /// When the directory or the store is away.
    pub async fn survey(&self, realm: &str) -> Result<Survey, Trouble> {
        let realm = self.realm(realm).ok_or_else(|| Trouble::NoRealm(realm.to_owned()))?;
        let imported = self.all_imported_contacts().await?;
        let (mut survey, census) = (Survey::default(), realm.census());
        let remembers = self.remembers_contacts(realm).await?;
        let seen =
            if remembers { self.store.all_kept(Shelf::SeenContacts, self.now().millis()).await? } else { Vec::new() };
        let seen_of = |key: Key| {
            let place = seen.binary_search_by(|(other, _)| other.cmp(&key)).ok()?;
            Seen::from_bytes(&seen[place].1)
        };
        let visit = &mut |account: &Account| {
            let key = self.key_of(realm, &account.id);
            let own = imported.get(&key);
            survey.accounts += 1;
            survey.not_admitted += self.not_admitted(account, own) as u64;
            let fresh =
                if remembers { self.fresh_of(realm, account, own, seen_of(key).as_ref()) } else { BTreeMap::new() };
            let account = self.with_imported(account.clone(), own);
            survey.unlike += u64::from(!census.knows(&account, realm.group_of(&account), &realm.own_domains));
            match self.obstacle_of(realm, &account, &fresh) {
                Some(Obstacle::Disabled) => survey.disabled += 1,
                Some(Obstacle::FreshContacts { .. }) => survey.waiting += 1,
                Some(Obstacle::TooFewMethods) => survey.too_few += 1,
                Some(Obstacle::Paused) => {}
                None => survey.able += 1,
            }
        };
        realm.directory.each_account(visit).await?;
        Ok(survey)
    }

    fn obstacle_of(
        &self,
        realm: &Realm,
        account: &Account,
        fresh: &BTreeMap<ContactPrint, Timestamp>,
    ) -> Option<Obstacle> {
        // The walk asks for what was typed; an entry whose name nobody can type is as good as switched off.
        let Some(user_name) = UserName::parse(&account.user_name) else { return Some(Obstacle::Disabled) };
        let begun = Begin {
            realm: &realm.name,
            user_name,
            account: Some(account),
            reported: false,
            own_domains: &realm.own_domains,
            fresh,
            census: &Census::default(),
            policies: realm.policies(),
            disclose: Disclose::Hide,
        };
        let facts = Facts { now: self.now(), random: self.random(), keys: &self.keys, pauses: Default::default() };
        begin(begun, &facts).obstacle()
    }
}
