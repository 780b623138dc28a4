//! What the contacts of a realm look like as a whole: taken once, kept, and drawn from by decoys.

use crate::{Realm, Regain, Trouble};
use recovery::{Account, Census, CensusTaker, mac};
use store::{Change, Key, Shelf};

/// A census is kept for good: a decoy that changes betrays itself.
const FOR_EVER: i64 = i64::MAX;

impl Regain {
    /// Loads the census of every realm, and takes it where there is none yet. A directory that is away leaves a realm
    /// without one until [`Regain::take_missing_censuses`] is called again; until then decoys have the usual shape.
    pub async fn take_missing_censuses(&self) -> Result<(), Trouble> {
        self.load_censuses().await?;
        for realm in self.realms.iter().filter(|realm| !realm.has_census()) {
            match self.take_census(realm).await {
                Ok(()) => {}
                Err(Trouble::Directory(error)) => {
                    tracing::warn!(realm = realm.name, %error, "The directory could not be counted yet.");
                }
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    /// Loads the census of every realm that has one, and takes none: for commands that only look, and for nodes that run
    /// while another takes a new one.
    ///
    /// # Errors
    /// When the store is away.
    pub async fn load_censuses(&self) -> Result<(), Trouble> {
        for realm in &self.realms {
            if let Some(census) = self.kept_census(realm).await?.filter(|kept| kept.number != realm.census().number) {
                realm.set_census(census);
            }
        }
        Ok(())
    }

    /// Takes a new census of a realm in the place of the one it has. Decoys change with it: who noted them before can tell
    /// them from accounts, which stay as they are.
    ///
    /// # Errors
    /// When the directory or the store is away.
    pub async fn take_new_census(&self, realm: &str) -> Result<(), Trouble> {
        let realm = self.realm(realm).ok_or_else(|| Trouble::NoRealm(realm.to_owned()))?;
        self.load_censuses().await?;
        self.take_census(realm).await
    }

    async fn kept_census(&self, realm: &Realm) -> Result<Option<Census>, Trouble> {
        let kept = self.store.kept(Shelf::Census, self.census_key(realm), self.now().millis()).await?;
        Ok(kept.and_then(|bytes| Census::decode(&bytes).ok()))
    }

    /// Counts a realm and keeps what was counted. A realm in which nobody has a contact yet is not counted: what is kept
    /// for good must not be the census of a directory that is still to be filled.
    async fn take_census(&self, realm: &Realm) -> Result<(), Trouble> {
        let imported = self.all_imported_contacts().await?;
        let whole = |account: &Account| {
            let own = imported.get(&self.key_of(realm, &account.id));
            self.with_imported(account.clone(), own)
        };
        let mut taker = CensusTaker::new(&realm.own_domains, realm.shared_by_min, &self.keys.contact);
        realm.directory.each_account(&mut |account| taker.read(&whole(account))).await?;
        realm.directory.each_account(&mut |account| taker.count(&whole(account), realm.group_of(account))).await?;
        let census = taker.finish(realm.census().number + 1, self.now());
        if !census.has_contacts() {
            return Ok(());
        }
        let keep = Change::Keep {
            shelf: Shelf::Census,
            key: self.census_key(realm),
            value: census.encode(),
            expires_at: FOR_EVER,
        };
        self.store.commit(vec![keep]).await?;
        tracing::info!(realm = realm.name, number = census.number, "A census was taken.");
        realm.set_census(census);
        Ok(())
    }

    fn census_key(&self, realm: &Realm) -> Key {
        mac(&self.keys.count, &[b"census", realm.name.as_bytes()])
    }
}
