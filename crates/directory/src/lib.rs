//! Accounts and write-back: where people are found, and where the new password is set.
//!
//! One door: the [`Directory`] trait, with an adapter for each kind of directory behind a cargo feature. An adapter tells
//! apart what became of a write: done, refused (and why), not there, no right, not reached, *can't know*. This room
//! knows nothing of recoveries, messages or pages.

#[cfg(feature = "embedded")]
pub mod embedded;
#[cfg(feature = "ldap")]
pub mod ldap;
#[cfg(any(feature = "embedded", feature = "ldap"))]
mod names;

use async_trait::async_trait;
use recovery::{Account, AccountId, Cleared, Password, UserName};
use std::collections::BTreeMap;

/// A directory of accounts. Every call has a time-out of its own; none waits for ever.
#[async_trait]
pub trait Directory: Send + Sync {
    /// Finds the account that a person means by what was typed. `Ok(None)`: there is none.
    async fn find(&self, user_name: &UserName) -> Result<Option<Account>, DirectoryError>;

    /// Reads an account again by its lasting id. `Ok(None)`: it is gone.
    async fn read(&self, id: &AccountId) -> Result<Option<Account>, DirectoryError>;

    /// Asks whether this is the account's password. Costs a try against the directory's own lockout.
    /// With `id` `None` it does the same work for an account that is not there, and answers [`PasswordCheck::Wrong`].
    async fn check_password(
        &self,
        id: Option<&AccountId>,
        password: &Password,
    ) -> Result<PasswordCheck, DirectoryError>;

    /// Sets a new password without the old one, lifts the directory's own lockout with it, and makes sure by one
    /// sign-in as the person. `Ok` only when the new password is set, durably. Only a recovery whose proofs all hold at
    /// this moment has a [`Cleared`], and it is good for one write.
    async fn set_password(&self, cleared: Cleared, new: &Password) -> Result<(), WriteBackError>;

    /// Changes the password as the person, with the old one.
    async fn change_password(&self, id: &AccountId, old: &Password, new: &Password) -> Result<(), WriteBackError>;

    /// Lifts the directory's own lockout after wrong passwords.
    async fn unlock(&self, id: &AccountId) -> Result<(), WriteBackError>;

    /// Whether only the operator can change a contact here, by a command on this machine. Elsewhere a new contact waits
    /// before it opens anything.
    fn operator_keeps_contacts(&self) -> bool {
        false
    }

    /// Visits every account, in pages. May take minutes on a large directory.
    async fn each_account(&self, visit: &mut (dyn for<'a> FnMut(&'a Account) + Send)) -> Result<(), DirectoryError>;

    /// Tries every connection and right that Regain needs, for `regain check`.
    async fn check(&self) -> Vec<Finding>;

    /// How many accounts have contacts that lie under each of Regain's keys, by the key's number. A directory that is not
    /// Regain's own keeps nothing under them.
    async fn sealed_under(&self) -> Result<BTreeMap<u32, u64>, DirectoryError> {
        Ok(BTreeMap::new())
    }

    /// Seals with the current key the contacts of up to `max` accounts that an older one sealed. Answers of how many; 0: none
    /// are left.
    async fn seal_anew(&self, _max: u32) -> Result<u64, DirectoryError> {
        Ok(0)
    }
}

/// What a directory says of a password.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PasswordCheck {
    Right,
    /// It is right, and the directory wants it changed before anything else (expired, or reset by an operator).
    MustChange,
    /// It is wrong, or the directory does not say why it refuses.
    Wrong,
    /// The directory says that the account is locked after wrong passwords.
    Locked,
    /// The directory says that the account is disabled or expired.
    Disabled,
}

/// Why a look-up failed. A person sees the same page for all of them.
#[derive(thiserror::Error, Debug)]
pub enum DirectoryError {
    /// No server answered in time. Try again later.
    #[error("no server of the directory answered: {0}")]
    Unreachable(String),
    /// The directory refuses Regain's own account, or does not let it read. The operator must act.
    #[error("the directory does not let Regain in: {0}")]
    NoRight(String),
    /// What was typed names more than one account. The operator must act; nobody is let through.
    #[error("more than one account matches")]
    Ambiguous,
    /// The directory answered something that makes no sense.
    #[error("the directory answered something unexpected: {0}")]
    Unexpected(String),
}

/// Why a password was not set, or why nobody knows.
#[derive(thiserror::Error, Clone, PartialEq, Eq, Debug)]
pub enum WriteBackError {
    /// The directory's own rules refuse it (LDAP 19 constraintViolation). Nothing changed.
    #[error("the directory's rules refuse the password: {reason:?}, result code {result_code}")]
    Refused { reason: Refusal, result_code: u32 },
    /// The old password is wrong. Nothing changed.
    #[error("the old password is wrong")]
    WrongOldPassword,
    /// The account is not there, or switched off. Nothing changed.
    #[error("the account is gone or disabled")]
    AccountUnusable,
    /// Regain lacks the right (LDAP 50 insufficientAccessRights). Nothing changed.
    #[error("no right to set the password: {0}")]
    NotAllowed(String),
    /// The directory could not be reached before the password was sent. Nothing changed.
    #[error("no server of the directory answered: {0}")]
    Unreachable(String),
    /// No answer in time after the password was sent: it may be set or not. A later look settles it.
    #[error("no answer after {waited_seconds} s: the password may be set or not")]
    Unknown { waited_seconds: u32 },
}

/// Which of its rules a directory refers to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Refusal {
    TooShort,
    /// Not enough kinds of characters, or another rule of quality.
    TooSimple,
    InHistory,
    /// The last change is too recent.
    TooYoung,
    /// This person may not change the password.
    ChangeNotAllowed,
    /// The directory does not say why.
    Unspecified,
}

impl Refusal {
    /// The name of the rule, as pages and settings know it.
    pub const fn rule(self) -> &'static str {
        match self {
            Refusal::TooShort => "directory_too_short",
            Refusal::TooSimple => "directory_too_simple",
            Refusal::InHistory => "directory_in_history",
            Refusal::TooYoung => "directory_too_young",
            Refusal::ChangeNotAllowed => "directory_change_not_allowed",
            Refusal::Unspecified => "directory_refused",
        }
    }
}

/// One line of `regain check`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Finding {
    /// What was tried, in a few words: `bind as uid=regain,… on ldaps://ldap1`.
    pub what: String,
    pub well: bool,
    /// What is wrong and how to mend it; empty when all is well.
    pub hint: String,
}

impl Finding {
    pub fn well(what: impl Into<String>) -> Self {
        Self { what: what.into(), well: true, hint: String::new() }
    }

    pub fn wrong(what: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { what: what.into(), well: false, hint: hint.into() }
    }
}
