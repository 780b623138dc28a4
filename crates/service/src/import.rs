//! Contacts that the operator imports for people whose directory holds none: looked up, judged, and sealed in the store.

use crate::{ImportedContacts, Realm, Regain, Trouble, Visitor};
use directory::DirectoryError;
use recovery::{Account, AuditEvent, Contact, EmailAddress, Mask, PhoneNumber, PhoneNumberError, UserName};
use store::{Change, Key, Shelf};

/// Imported contacts are kept until another import takes their place.
const FOR_EVER: i64 = i64::MAX;

/// Lines that are committed together.
const LINES_AT_ONCE: usize = 200;

/// A line of the operator's file: who, and all the contacts that Regain shall keep for them. None at all takes away what
/// was imported before.
#[derive(Clone, Default)]
pub struct ContactsLine {
    /// The line of the file, from 1.
    pub line: u64,
    pub user_name: String,
    /// Alternate addresses.
    pub emails: Vec<String>,
    pub mobiles: Vec<String>,
    pub offices: Vec<String>,
}

/// What a line would change, or has changed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum ContactsChange {
    /// Contacts for an account that had none imported.
    Added { contacts: usize },
    /// Other contacts in the place of those imported before.
    Replaced { contacts: usize, before: usize },
    /// Exactly what was imported before.
    Unchanged { contacts: usize },
    /// Nothing in place of what was imported before.
    Removed { before: usize },
}

/// What is wrong with a line. Says no contact.
#[derive(thiserror::Error, Clone, PartialEq, Eq, Debug)]
pub enum ContactFault {
    #[error("the user name is missing, too long, or has control characters")]
    UserName,
    #[error("nobody has this user name")]
    UnknownUser,
    #[error("more than one account has this user name")]
    Ambiguous,
    #[error("this account is on line {0} already; put all its contacts on one line, with ; between them")]
    Again(u64),
    #[error("{0} is not an e-mail address")]
    NotAnAddress(&'static str),
    #[error("{column}: {error}")]
    BadNumber { column: &'static str, error: PhoneNumberError },
    #[error("{0} was rounded by a spreadsheet: format the column as text")]
    Rounded(&'static str),
    #[error("an address is the account's own, or in the realm's own domain: who is locked out can't read it")]
    OwnAddress,
    #[error("there are no contacts on it, and none were imported before")]
    Nothing,
}

/// What an import did, or in a dry run would do: for each line, in the order of the file.
pub struct ContactsImport {
    pub lines: Vec<(ContactsLine, Result<ContactsChange, ContactFault>)>,
    /// Whether the store was written to.
    pub applied: bool,
}

impl ContactsImport {
    pub fn wrong_lines(&self) -> usize {
        self.lines.iter().filter(|(_, result)| result.is_err()).count()
    }
}

/// A line that can be kept.
struct Judged {
    key: Key,
    contacts: ImportedContacts,
    change: ContactsChange,
}

impl Regain {
    /// Keeps contacts for accounts of a realm. With a wrong line nothing is kept, unless `skip_wrong_lines`; in a dry run
    /// nothing is kept in any case.
    ///
    /// # Errors
    /// When the directory or the store is away.
    pub async fn import_contacts(
        &self,
        realm: &str,
        lines: Vec<ContactsLine>,
        dry_run: bool,
        skip_wrong_lines: bool,
    ) -> Result<ContactsImport, Trouble> {
        let realm = self.realm(realm).ok_or_else(|| Trouble::NoRealm(realm.to_owned()))?;
        let (mut judged, mut keys) = (Vec::with_capacity(lines.len()), std::collections::BTreeMap::new());
        for line in lines {
            let mut result = self.judge_line(realm, &line).await?;
            if let Ok(good) = &result
                && let Some(first) = keys.insert(good.key, line.line)
            {
                keys.insert(good.key, first);
                result = Err(ContactFault::Again(first));
            }
            judged.push((line, result));
        }
        let applied = !dry_run && (skip_wrong_lines || judged.iter().all(|(_, result)| result.is_ok()));
        if applied {
            self.keep_contacts(realm, &judged).await?;
        }
        let lines = judged.into_iter().map(|(line, result)| (line, result.map(|good| good.change))).collect();
        Ok(ContactsImport { lines, applied })
    }

    /// The contacts of an account, masked as the operator may see them, and whether each was imported. `None`: nobody has
    /// this user name.
    ///
    /// # Errors
    /// When the directory or the store is away.
    pub async fn masked_contacts(
        &self,
        realm: &str,
        user_name: &UserName,
    ) -> Result<Option<Vec<(Mask, bool)>>, Trouble> {
        let realm = self.realm(realm).ok_or_else(|| Trouble::NoRealm(realm.to_owned()))?;
        let Some(account) = realm.directory.find(user_name).await? else { return Ok(None) };
        let imported = self.imported_contacts(self.key_of(realm, &account.id)).await?.unwrap_or_default();
        let imported = imported.contacts(&self.organisation.home_country);
        let masked = |contact: &Contact| Mask::of(contact, |_| true);
        let own = account.contacts.iter().map(|contact| (masked(contact), false));
        Ok(Some(own.chain(imported.iter().map(|contact| (masked(contact), true))).collect()))
    }

    async fn judge_line(&self, realm: &Realm, line: &ContactsLine) -> Result<Result<Judged, ContactFault>, Trouble> {
        let Some(user_name) = UserName::parse(&line.user_name) else { return Ok(Err(ContactFault::UserName)) };
        let account = match realm.directory.find(&user_name).await {
            Ok(Some(account)) => account,
            Ok(None) => return Ok(Err(ContactFault::UnknownUser)),
            Err(DirectoryError::Ambiguous) => return Ok(Err(ContactFault::Ambiguous)),
            Err(error) => return Err(error.into()),
        };
        let key = self.key_of(realm, &account.id);
        let before = self.imported_contacts(key).await?.unwrap_or_default();
        let judged = read_contacts(line, realm, &account, &self.organisation.home_country)
            .and_then(|contacts| Ok(Judged { key, change: change(&before, &contacts)?, contacts }));
        Ok(judged)
    }

    async fn keep_contacts(
        &self,
        realm: &Realm,
        judged: &[(ContactsLine, Result<Judged, ContactFault>)],
    ) -> Result<(), Trouble> {
        for lines in judged.chunks(LINES_AT_ONCE) {
            let mut changes = Vec::new();
            for (line, good) in lines.iter().filter_map(|(line, result)| Some((line, result.as_ref().ok()?))) {
                let event = match good.change {
                    ContactsChange::Unchanged { .. } => continue,
                    ContactsChange::Removed { .. } => {
                        changes.push(Change::Drop { shelf: Shelf::Contacts, key: good.key });
                        AuditEvent::ContactsRemoved
                    }
                    ContactsChange::Added { .. } | ContactsChange::Replaced { .. } => {
                        let value = good.contacts.to_bytes();
                        changes.push(Change::Keep {
                            shelf: Shelf::Contacts,
                            key: good.key,
                            value,
                            expires_at: FOR_EVER,
                        });
                        AuditEvent::ContactsImported
                    }
                };
                changes.push(self.audit_row(realm, good.key, &line.user_name, event, &Visitor::nobody()));
            }
            self.store.commit(changes).await?;
        }
        Ok(())
    }
}

fn change(before: &ImportedContacts, now: &ImportedContacts) -> Result<ContactsChange, ContactFault> {
    let count = |contacts: &ImportedContacts| contacts.emails.len() + contacts.mobiles.len() + contacts.offices.len();
    Ok(match (count(before), count(now)) {
        (0, 0) => return Err(ContactFault::Nothing),
        (0, contacts) => ContactsChange::Added { contacts },
        (before, 0) => ContactsChange::Removed { before },
        (_, contacts) if before == now => ContactsChange::Unchanged { contacts },
        (before, contacts) => ContactsChange::Replaced { contacts, before },
    })
}

fn read_contacts(
    line: &ContactsLine,
    realm: &Realm,
    account: &Account,
    country: &str,
) -> Result<ImportedContacts, ContactFault> {
    let address = |text: &String| {
        let address = EmailAddress::parse(text).ok_or(ContactFault::NotAnAddress("alternate_email"))?;
        Ok(address.as_str().to_owned())
    };
    let phones = |texts: &[String], column: &'static str| {
        let phone = |text: &String| {
            if text.to_uppercase().contains("E+") {
                return Err(ContactFault::Rounded(column));
            }
            let number =
                PhoneNumber::parse(text, country).map_err(|error| ContactFault::BadNumber { column, error })?;
            Ok(number.e164().to_owned())
        };
        texts.iter().map(phone).collect::<Result<Vec<_>, _>>()
    };
    let read = ImportedContacts {
        emails: line.emails.iter().map(address).collect::<Result<_, _>>()?,
        mobiles: phones(&line.mobiles, "mobile")?,
        offices: phones(&line.offices, "office")?,
    };
    if read.contacts(country).iter().any(|contact| belongs_to(contact, account, realm)) {
        return Err(ContactFault::OwnAddress);
    }
    Ok(read)
}

/// As `recovery` judges when a walk begins: an address there would be left out.
fn belongs_to(contact: &Contact, account: &Account, realm: &Realm) -> bool {
    let alone = Account { contacts: vec![contact.clone()], ..account.clone() };
    recovery::left_out(&alone, &realm.own_domains) > 0
}
