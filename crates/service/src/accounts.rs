//! Finding accounts, with the contacts that the operator imported beside those of the directory.

use crate::{Realm, Regain, Trouble};
use directory::DirectoryError;
use recovery::{Account, AccountId, Contact, EmailAddress, Line, Phone, PhoneNumber, UserName, mac};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use store::{Key, Shelf};

/// Contacts that the operator imported for one account, because its directory holds none. Numbers in E.164.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportedContacts {
    pub emails: Vec<String>,
    pub mobiles: Vec<String>,
    pub offices: Vec<String>,
}

impl ImportedContacts {
    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        serde_json::to_vec(self).expect("texts can be written as JSON")
    }

    pub(crate) fn contacts(&self, home_country: &str) -> Vec<Contact> {
        let emails = self.emails.iter().filter_map(|text| EmailAddress::parse(text)).map(Contact::Email);
        let phone = |text: &String, line| {
            let number = PhoneNumber::parse(text, home_country).ok()?;
            Some(Contact::Phone(Phone { number, line }))
        };
        let mobiles = self.mobiles.iter().filter_map(|text| phone(text, Line::Mobile));
        let offices = self.offices.iter().filter_map(|text| phone(text, Line::Office));
        emails.chain(mobiles).chain(offices).collect()
    }
}

impl Regain {
    /// The name under which the store keeps what concerns an account: a keyed hash of its lasting id, or, for a name that
    /// nobody has, of its canonical form. All spellings of one account have one key.
    pub(crate) fn account_key(&self, realm: &Realm, user_name: &UserName, account: Option<&AccountId>) -> Key {
        match account {
            Some(id) => self.key_of(realm, id),
            None => {
                let canonical = user_name.canonical(&realm.own_domains);
                let name = realm.census().name_of_nobody(&canonical, &self.keys.decoy);
                mac(&self.keys.count, &[b"nobody", realm.name.as_bytes(), name.as_bytes()])
            }
        }
    }

    /// The name of an account in the store.
    pub(crate) fn key_of(&self, realm: &Realm, id: &AccountId) -> Key {
        mac(&self.keys.count, &[b"account", realm.name.as_bytes(), id.0.as_bytes()])
    }

    /// Finds the account that a person means, with its imported contacts. A name that several accounts share is nobody's:
    /// the operator is told in the log, and nobody is let through. The same look-ups are made for a name that nobody has.
    pub(crate) async fn find_account(&self, realm: &Realm, user_name: &UserName) -> Result<Option<Account>, Trouble> {
        let found = match realm.directory.find(user_name).await {
            Ok(found) => found,
            Err(DirectoryError::Ambiguous) => {
                tracing::warn!(
                    realm = realm.name,
                    "A user name matches more than one account; nobody can recover by it."
                );
                None
            }
            Err(error) => return Err(error.into()),
        };
        let key = self.account_key(realm, user_name, found.as_ref().map(|account| &account.id));
        let imported = self.imported_contacts(key).await?;
        Ok(found.map(|account| self.with_imported(account, imported.as_ref())))
    }

    /// Reads an account again by its lasting id, with its imported contacts.
    pub(crate) async fn read_account(&self, realm: &Realm, id: &AccountId) -> Result<Option<Account>, Trouble> {
        let Some(account) = realm.directory.read(id).await? else { return Ok(None) };
        let key = self.key_of(realm, id);
        let imported = self.imported_contacts(key).await?;
        Ok(Some(self.with_imported(account, imported.as_ref())))
    }

    pub(crate) async fn imported_contacts(&self, account: Key) -> Result<Option<ImportedContacts>, Trouble> {
        let kept = self.store.kept(Shelf::Contacts, account, self.now().millis()).await?;
        Ok(kept.and_then(|bytes| serde_json::from_slice(&bytes).ok()))
    }

    /// All imported contacts, by account.
    pub(crate) async fn all_imported_contacts(&self) -> Result<BTreeMap<Key, ImportedContacts>, Trouble> {
        let kept = self.store.all_kept(Shelf::Contacts, self.now().millis()).await?;
        Ok(kept.into_iter().filter_map(|(key, bytes)| Some((key, serde_json::from_slice(&bytes).ok()?))).collect())
    }

    /// An account with its imported contacts, and without those numbers that nothing is sent to: whoever reads an account
    /// reads it here, so that pages, decoys, gates and messages agree on what is a contact.
    pub(crate) fn with_imported(&self, mut account: Account, imported: Option<&ImportedContacts>) -> Account {
        if let Some(imported) = imported {
            account.contacts.extend(imported.contacts(&self.organisation.home_country));
        }
        account.contacts.retain(|contact| self.admits(contact));
        account
    }

    /// Whether messages may go to a contact at all.
    pub(crate) fn admits(&self, contact: &Contact) -> bool {
        match contact {
            Contact::Email(_) => true,
            Contact::Phone(phone) => self.defence.numbers.admit(&phone.number),
        }
    }

    /// How many telephone numbers of an account nothing is sent to.
    pub(crate) fn not_admitted(&self, account: &Account, imported: Option<&ImportedContacts>) -> usize {
        let imported = imported.map(|imported| imported.contacts(&self.organisation.home_country)).unwrap_or_default();
        account.contacts.iter().chain(&imported).filter(|contact| !self.admits(contact)).count()
    }
}
