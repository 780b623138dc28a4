//! An account as a directory describes it.

use crate::{Contact, EmailAddress, Timestamp};
use std::collections::BTreeSet;

/// The lasting name of an account in its directory: entryUUID, objectGUID or a row's number.
/// It does not change when the person is renamed or moved.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct AccountId(pub String);

/// Whether a new password would let the person in.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum AccountState {
    /// It would. A directory's own lockout after wrong passwords is no obstacle: the reset lifts it.
    Usable,
    /// Switched off by the operator.
    Disabled,
    /// Its end date has passed.
    Expired,
}

/// What a directory knows of an account.
#[derive(Clone, Debug)]
pub struct Account {
    pub id: AccountId,
    /// The user name as the directory spells it.
    pub user_name: String,
    pub given_name: String,
    pub family_name: String,
    /// The name to greet the person by.
    pub display_name: String,
    /// Addresses whose mailbox belongs to this account (mail, user principal name, aliases):
    /// a person locked out can't read them, so they are never alternate contacts.
    pub own_addresses: Vec<EmailAddress>,
    /// Where codes may go, in the order in which the directory or the operator put them.
    pub contacts: Vec<Contact>,
    pub state: AccountState,
    /// Names of groups, for policy.
    pub groups: BTreeSet<String>,
    /// When the password was last set, by the directory's own record. It settles whether a write happened.
    pub password_changed_at: Option<Timestamp>,
}
