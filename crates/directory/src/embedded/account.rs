//! Accounts on their way into the embedded directory's file and out of it.

#![allow(clippy::disallowed_methods)] // An adapter may draw an id of its own.

use super::file::{self, AccountRow};
use super::{ContactSealer, EmbeddedDirectory, Inner, hash, now};
use crate::DirectoryError;
use crate::names::{key, names};
use recovery::{
    Account, AccountId, AccountState, Contact, EmailAddress, Line, Password, Phone, PhoneNumber, Timestamp, UserName,
};
use rusqlite::{Connection, TransactionBehavior};
use std::collections::BTreeSet;

/// An account to add.
#[derive(Clone, Debug)]
pub struct NewAccount {
    pub user_name: UserName,
    pub given_name: String,
    pub family_name: String,
    /// `None`: given and family name, or the user name.
    pub display_name: Option<String>,
    pub own_addresses: Vec<EmailAddress>,
    pub contacts: Vec<Contact>,
    pub groups: BTreeSet<String>,
    pub disabled: bool,
    /// `None`: the account can't sign in until a recovery sets one. Costs nothing, where a password costs a hash.
    pub password: Option<Password>,
}

impl NewAccount {
    /// An account with a name and nothing else.
    pub fn new(user_name: UserName, given_name: &str, family_name: &str) -> Self {
        Self {
            user_name,
            given_name: given_name.to_owned(),
            family_name: family_name.to_owned(),
            display_name: None,
            own_addresses: Vec::new(),
            contacts: Vec::new(),
            groups: BTreeSet::new(),
            disabled: false,
            password: None,
        }
    }

    fn display(&self) -> String {
        if let Some(display) = &self.display_name {
            return display.clone();
        }
        let full = format!("{} {}", self.given_name, self.family_name);
        let full = full.trim();
        if full.is_empty() { self.user_name.to_string() } else { full.to_owned() }
    }

    /// Every name that finds it.
    fn user_names(&self) -> impl Iterator<Item = UserName> {
        let addresses = self.own_addresses.iter().filter_map(|address| UserName::parse(address.as_str()));
        std::iter::once(self.user_name.clone()).chain(addresses)
    }
}

/// Why an account was not added.
#[derive(thiserror::Error, Debug)]
pub enum AddError {
    /// Its user name or one of its own addresses finds another account already.
    #[error("the name {0} already belongs to an account")]
    Taken(String),
    #[error("the password could not be hashed: the system gave no random bytes")]
    NoRandomBytes,
    #[error("the directory's file: {0}")]
    File(#[from] rusqlite::Error),
}

impl EmbeddedDirectory {
    /// Adds one account. Blocks: for a write to the disk, and for a hash when it has a password.
    ///
    /// # Errors
    /// When one of its names is taken, or the file can't be written; then nothing is added.
    pub fn add(&self, account: NewAccount) -> Result<AccountId, AddError> {
        let id = self.add_all(std::slice::from_ref(&account)).map_err(|(_, error)| error)?.pop();
        id.ok_or(AddError::NoRandomBytes)
    }

    /// Adds many accounts in one transaction, hashing the passwords that are given on all cores. Blocks.
    ///
    /// # Errors
    /// The place in the list of the first that can't be added, and why; then none is added.
    pub fn add_all(&self, accounts: &[NewAccount]) -> Result<Vec<AccountId>, (usize, AddError)> {
        let hashes = hashes(accounts);
        let mut connection = self.inner.connection();
        let write = |connection: &mut Connection| {
            let transaction =
                connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(|e| (0, e.into()))?;
            let mut ids = Vec::with_capacity(accounts.len());
            for (place, (account, hash)) in accounts.iter().zip(hashes).enumerate() {
                ids.push(insert(&transaction, &self.inner, account, hash).map_err(|error| (place, error))?);
            }
            transaction.commit().map_err(|error| (0, error.into()))?;
            Ok(ids)
        };
        write(&mut connection)
    }
}

/// A hash for each account that has a password.
pub(super) fn hashes(accounts: &[NewAccount]) -> Vec<Option<String>> {
    hash::hash_all(&accounts.iter().map(|account| account.password.as_ref()).collect::<Vec<_>>())
}

/// Adds a row within a transaction. Adds nothing when it fails.
pub(super) fn insert(
    connection: &Connection,
    inner: &Inner,
    account: &NewAccount,
    password_hash: Option<String>,
) -> Result<AccountId, AddError> {
    for name in account.user_names() {
        if !file::find(connection, &names(&name, &inner.options.own_domains))?.is_empty() {
            return Err(AddError::Taken(name.to_string()));
        }
    }
    if account.password.is_some() && password_hash.is_none() {
        return Err(AddError::NoRandomBytes);
    }
    let id = new_id().ok_or(AddError::NoRandomBytes)?;
    let lines = |texts: &mut dyn Iterator<Item = &str>| texts.map(one_line).collect::<Vec<_>>().join("\n");
    let row = AccountRow {
        user_name: account.user_name.to_string(),
        given_name: account.given_name.clone(),
        family_name: account.family_name.clone(),
        display_name: account.display(),
        own_addresses: lines(&mut account.own_addresses.iter().map(EmailAddress::as_str)),
        groups: lines(&mut account.groups.iter().map(String::as_str)),
        contacts: inner.sealer.seal(&id, write_contacts(&account.contacts).as_bytes()),
        disabled: account.disabled,
        password_changed_at: password_hash.as_ref().map(|_| now().millis()),
        password_hash,
        id,
    };
    let keys: Vec<String> = account.user_names().map(|name| key(&name)).collect();
    file::insert(connection, &row, &keys)?;
    Ok(AccountId(row.id))
}

fn new_id() -> Option<String> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).ok()?;
    Some(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

fn one_line(text: &str) -> String {
    text.replace(['\n', '\r'], " ")
}

pub(super) fn from_row(
    row: AccountRow,
    sealer: &dyn ContactSealer,
    home_country: &str,
) -> Result<Account, DirectoryError> {
    let contacts = sealer.open(&row.id, &row.contacts).and_then(|plain| read_contacts(&plain, home_country));
    let contacts =
        contacts.ok_or_else(|| DirectoryError::Unexpected(format!("the contacts of {} can't be opened", row.id)))?;
    Ok(Account {
        id: AccountId(row.id),
        user_name: row.user_name,
        given_name: row.given_name,
        family_name: row.family_name,
        display_name: row.display_name,
        own_addresses: row.own_addresses.lines().filter_map(EmailAddress::parse).collect(),
        contacts,
        state: if row.disabled { AccountState::Disabled } else { AccountState::Usable },
        groups: row.groups.lines().map(str::to_owned).collect(),
        password_changed_at: row.password_changed_at.map(Timestamp::from_millis),
    })
}

/// One contact a line: its kind, a space, and its address or number in E.164.
fn write_contacts(contacts: &[Contact]) -> String {
    let line = |contact: &Contact| match contact {
        Contact::Email(address) => format!("email {}\n", address.as_str()),
        Contact::Phone(Phone { number, line: Line::Mobile }) => format!("mobile {}\n", number.e164()),
        Contact::Phone(Phone { number, line: Line::Office }) => format!("office {}\n", number.e164()),
    };
    contacts.iter().map(line).collect()
}

/// `None` when a line is none of ours.
fn read_contacts(plain: &[u8], home_country: &str) -> Option<Vec<Contact>> {
    let phone = |number: &str, line| {
        let number = PhoneNumber::parse(number, home_country).ok()?;
        Some(Contact::Phone(Phone { number, line }))
    };
    let contact = |line: &str| match line.split_once(' ')? {
        ("email", address) => EmailAddress::parse(address).map(Contact::Email),
        ("mobile", number) => phone(number, Line::Mobile),
        ("office", number) => phone(number, Line::Office),
        _ => None,
    };
    std::str::from_utf8(plain).ok()?.lines().map(contact).collect()
}
