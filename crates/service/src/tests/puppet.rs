//! The embedded directory, with bad days: it can be away, refuse, lose answers, or have other contacts.

use super::world::lock;
use async_trait::async_trait;
use directory::embedded::EmbeddedDirectory;
use directory::{Directory, DirectoryError, Finding, PasswordCheck, Refusal, WriteBackError};
use recovery::{Account, AccountId, AccountState, Cleared, Contact, Password, UserName};
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

/// How the directory answers the next write.
#[derive(Clone, Copy)]
pub enum Write {
    Refused(Refusal),
    Unreachable,
    /// It is done, and the answer is lost.
    DoneInSilence,
    /// It is not done, and the answer is lost.
    LostOnTheWay,
}

/// The embedded directory, with bad days.
pub struct Puppet {
    pub real: EmbeddedDirectory,
    pub next_writes: Mutex<VecDeque<Write>>,
    /// Passwords that were given to the real one, in order.
    pub written: Mutex<Vec<String>>,
    pub checks: AtomicUsize,
    /// Every look-up and check, by name.
    pub calls: Mutex<Vec<&'static str>>,
    pub away: AtomicBool,
    pub disabled: Mutex<BTreeSet<String>>,
    pub no_mobile: AtomicBool,
    /// Passwords are taken without being hashed, which is slow on purpose.
    pub takes_any: AtomicBool,
    /// What the directory now has for a person, in place of what it had.
    pub changed: Mutex<BTreeMap<String, Vec<Contact>>>,
    /// Rings, and waits, when a write begins: something may happen meanwhile.
    pub pause_write: Mutex<Option<(Arc<tokio::sync::Notify>, Arc<tokio::sync::Notify>)>>,
}

impl Puppet {
    /// The look-ups and checks since the last time that a test asked.
    pub fn take_calls(&self) -> Vec<&'static str> {
        std::mem::take(&mut lock(&self.calls))
    }

    fn change(&self, account: &mut Account) {
        if let Some(contacts) = lock(&self.changed).get(&account.user_name) {
            account.contacts.clone_from(contacts);
        }
        if self.no_mobile.load(Ordering::SeqCst) {
            account.contacts.retain(|contact| matches!(contact, Contact::Email(_)));
        }
    }

    fn seen(&self, account: Option<Account>) -> Result<Option<Account>, DirectoryError> {
        if self.away.load(Ordering::SeqCst) {
            return Err(DirectoryError::Unreachable("the test says so".to_owned()));
        }
        Ok(account.map(|mut account| {
            if lock(&self.disabled).contains(&account.user_name) {
                account.state = AccountState::Disabled;
            }
            self.change(&mut account);
            account
        }))
    }
}

#[async_trait]
impl Directory for Puppet {
    async fn find(&self, user_name: &UserName) -> Result<Option<Account>, DirectoryError> {
        lock(&self.calls).push("find");
        self.seen(self.real.find(user_name).await?)
    }

    async fn read(&self, id: &AccountId) -> Result<Option<Account>, DirectoryError> {
        lock(&self.calls).push("read");
        self.seen(self.real.read(id).await?)
    }

    async fn check_password(
        &self,
        id: Option<&AccountId>,
        password: &Password,
    ) -> Result<PasswordCheck, DirectoryError> {
        lock(&self.calls).push("check");
        self.seen(None)?;
        self.checks.fetch_add(1, Ordering::SeqCst);
        self.real.check_password(id, password).await
    }

    async fn set_password(&self, cleared: Cleared, new: &Password) -> Result<(), WriteBackError> {
        let pause = lock(&self.pause_write).take();
        if let Some((begun, go_on)) = pause {
            begun.notify_one();
            go_on.notified().await;
        }
        let unknown = WriteBackError::Unknown { waited_seconds: 1 };
        let next = lock(&self.next_writes).pop_front();
        match next {
            Some(Write::Refused(reason)) => return Err(WriteBackError::Refused { reason, result_code: 19 }),
            Some(Write::Unreachable) => return Err(WriteBackError::Unreachable("the test says so".to_owned())),
            Some(Write::LostOnTheWay) => return Err(unknown),
            Some(Write::DoneInSilence) | None => {}
        }
        lock(&self.written).push(new.reveal().to_owned());
        if self.takes_any.load(Ordering::SeqCst) {
            return Ok(());
        }
        self.real.set_password(cleared, new).await?;
        if next.is_some() { Err(unknown) } else { Ok(()) }
    }

    async fn change_password(&self, id: &AccountId, old: &Password, new: &Password) -> Result<(), WriteBackError> {
        self.checks.fetch_add(1, Ordering::SeqCst);
        self.real.change_password(id, old, new).await
    }

    async fn unlock(&self, id: &AccountId) -> Result<(), WriteBackError> {
        self.real.unlock(id).await
    }

    async fn each_account(&self, visit: &mut (dyn for<'a> FnMut(&'a Account) + Send)) -> Result<(), DirectoryError> {
        let mut changed = |account: &Account| {
            let mut account = account.clone();
            self.change(&mut account);
            visit(&account);
        };
        self.real.each_account(&mut changed).await
    }

    async fn check(&self) -> Vec<Finding> {
        self.real.check().await
    }

    async fn sealed_under(&self) -> Result<BTreeMap<u32, u64>, DirectoryError> {
        self.real.sealed_under().await
    }

    async fn seal_anew(&self, max: u32) -> Result<u64, DirectoryError> {
        self.real.seal_anew(max).await
    }
}
