//! What the contacts of a realm look like as a whole: taken once, kept, and drawn from by decoys.

use crate::{Realm, Regain, Trouble};
use recovery::{Census, mac};
use store::{Change, Key, Shelf};

/// A census is kept for good: a decoy that changes betrays itself.
const FOR_EVER: i64 = i64::MAX;

impl Regain {
    /// Loads the census of every realm, and takes it where there is none yet. A directory that is away leaves a realm
    /// without one until [`Regain::take_missing_censuses`] is called again; until then decoys have the usual shape.
    pub async fn take_missing_censuses(&self) -> Result<(), Trouble> {
        for realm in self.realms.iter().filter(|realm| realm.census.get().is_none()) {
            let census = match self.kept_census(realm).await? {
                Some(census) => census,
                None => match self.take_census(realm).await {
                    Ok(Some(census)) => census,
                    Ok(None) => continue,
                    Err(Trouble::Directory(error)) => {
                        tracing::warn!(realm = realm.name, %error, "The directory could not be counted yet.");
                        continue;
                    }
                    Err(error) => return Err(error),
                },
            };
            let _ = realm.census.set(census);
        }
        Ok(())
    }

    /// Loads the census of every realm that has one, and takes none: for commands that only look.
    ///
    /// # Errors
    /// When the store is away.
    pub async fn load_censuses(&self) -> Result<(), Trouble> {
        for realm in self.realms.iter().filter(|realm| realm.census.get().is_none()) {
            if let Some(census) = self.kept_census(realm).await? {
                let _ = realm.census.set(census);
            }
        }
        Ok(())
    }

    /// Whether every realm has its census.
    pub(crate) fn has_all_censuses(&self) -> bool {
        self.realms.iter().all(|realm| realm.census.get().is_some())
    }

    async fn kept_census(&self, realm: &Realm) -> Result<Option<Census>, Trouble> {
        let kept = self.store.kept(Shelf::Census, self.census_key(realm), self.now().millis()).await?;
        Ok(kept.and_then(|bytes| Census::decode(&bytes).ok()))
    }

    /// Counts a realm and keeps what was counted. A realm in which nobody has a contact yet is not counted: what is kept
    /// for good must not be the census of a directory that is still to be filled.
    async fn take_census(&self, realm: &Realm) -> Result<Option<Census>, Trouble> {
        let imported = self.all_imported_contacts().await?;
        let mut census = Census::default();
        realm
            .directory
            .each_account(&mut |account| {
                let own = imported.get(&self.key_of(realm, &account.id));
                census.count(&self.with_imported(account.clone(), own), &realm.own_domains);
            })
            .await?;
        if census.shapes.is_empty() {
            return Ok(None);
        }
        let census = census.finish(realm.shared_by_min);
        let keep = Change::Keep {
            shelf: Shelf::Census,
            key: self.census_key(realm),
            value: census.encode(),
            expires_at: FOR_EVER,
        };
        self.store.commit(vec![keep]).await?;
        Ok(Some(census))
    }

    fn census_key(&self, realm: &Realm) -> Key {
        mac(&self.keys.count, &[b"census", realm.name.as_bytes()])
    }
}
