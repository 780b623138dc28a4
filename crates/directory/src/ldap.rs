//! OpenLDAP, and other directories that speak LDAP with Password Modify (RFC 3062).
//!
//! One door: [`LdapDirectory`]. Look-ups and writes share one connection bound as Regain's own account; everybody else's
//! bind has a fresh connection of its own. Nothing is sent without TLS, save to this machine itself. An empty password
//! can't reach a server: the type has none. It knows nothing of Active Directory.

mod ber;
mod check;
mod connection;
mod entry;
mod filter;
mod lookup;
mod nobody;
mod options;
mod pool;
mod ppolicy;
mod server;
#[doc(hidden)]
pub mod strangers;
mod time;
mod tls;
mod write;

pub use filter::FilterError;
pub use options::{Attributes, DisabledWhen, Options, OptionsError, Security, Timeouts};

use crate::names::names;
use crate::{Directory, DirectoryError, Finding, PasswordCheck, WriteBackError};
use async_trait::async_trait;
use connection::Bind;
use options::Settings;
use pool::Pool;
use recovery::{Account, AccountId, AccountState, Cleared, Password, UserName};
use std::sync::Arc;
use tokio::time::Instant;
use tracing::Instrument;

/// A directory behind LDAP. Cheap to clone.
#[derive(Clone)]
pub struct LdapDirectory {
    pool: Arc<Pool>,
    wrong_binds: Arc<nobody::WrongBinds>,
}

impl LdapDirectory {
    /// Reads and checks the options. Connects to nothing yet.
    ///
    /// # Errors
    /// What is wrong with the options, in words for the operator: plain text to another machine among it.
    pub fn open(options: Options) -> Result<Self, OptionsError> {
        let pool = Arc::new(Pool::new(Settings::from_options(options)?));
        Ok(Self { pool, wrong_binds: Arc::default() })
    }

    async fn one(&self, filter: &filter::Filter) -> Result<Option<Account>, DirectoryError> {
        let (found, _) = lookup::one(&self.pool, filter).await?;
        Ok(found.map(|found| found.account))
    }

    /// Writes on a task of its own: a caller who goes away must not leave a write unconfirmed.
    async fn write(&self, id: &AccountId, old: Option<&Password>, new: &Password) -> Result<(), WriteBackError> {
        let (pool, id, old, new) = (self.pool.clone(), id.clone(), old.cloned(), new.clone());
        let started = Instant::now();
        let writing = async move { write::password(&pool, &id, old.as_ref(), &new).await };
        let written = tokio::spawn(writing.in_current_span()).await;
        let waited_seconds = u32::try_from(started.elapsed().as_secs()).unwrap_or(u32::MAX);
        written.unwrap_or(Err(WriteBackError::Unknown { waited_seconds }))
    }

    /// Binds as a person on a fresh connection: to the server of the look-up, or the next one that can be reached.
    async fn bind_person(&self, first: usize, dn: &str, password: &Password) -> Result<Bind, DirectoryError> {
        let _turn = self.pool.person_turn().await?;
        let servers = self.pool.settings.servers.len();
        let mut last = String::new();
        for step in 0..servers {
            match self.pool.unbound((first + step) % servers).await {
                // Once sent, it is not sent again: each try counts against the account's lockout.
                Ok(connection) => {
                    let bound = connection.bind_person(dn, password).await;
                    return bound.map_err(|failure| DirectoryError::Unreachable(failure.to_string()));
                }
                Err(error) => last = error.what,
            }
        }
        Err(DirectoryError::Unreachable(last))
    }
}

#[async_trait]
impl Directory for LdapDirectory {
    async fn find(&self, user_name: &UserName) -> Result<Option<Account>, DirectoryError> {
        let mut typed_and_canonical = names(user_name, &self.pool.settings.own_domains);
        let typed = user_name.as_str();
        if !typed_and_canonical.iter().any(|name| name == typed) {
            typed_and_canonical.push(typed.to_owned());
        }
        self.one(&self.pool.settings.filter.with_names(&typed_and_canonical)).await
    }

    async fn read(&self, id: &AccountId) -> Result<Option<Account>, DirectoryError> {
        self.one(&write::by_id(&self.pool, id)).await
    }

    async fn check_password(
        &self,
        id: Option<&AccountId>,
        password: &Password,
    ) -> Result<PasswordCheck, DirectoryError> {
        let nobody = nobody::Nobody::new(&self.pool.settings.base_dn);
        let (found, live) = lookup::one(&self.pool, &write::by_id(&self.pool, id.unwrap_or(&nobody.id))).await?;
        let dn = found.as_ref().map_or(&nobody.dn, |found| &found.entry.dn);
        let started = Instant::now();
        let bind = self.bind_person(live.server, dn, password).await?;
        let state = found.as_ref().map(|found| found.account.state);
        if !matches!(bind, Bind::Right | Bind::MustChange) {
            let is_real = state == Some(AccountState::Usable) && bind == Bind::Wrong;
            self.wrong_binds.even_out(started, is_real, self.pool.settings.timeouts.operation).await;
        }
        let Some(state) = state else { return Ok(PasswordCheck::Wrong) };
        match (bind, state) {
            (Bind::Right | Bind::MustChange | Bind::Expired | Bind::Locked | Bind::Refused, state)
                if state != AccountState::Usable =>
            {
                Ok(PasswordCheck::Disabled)
            }
            (Bind::Right, _) => Ok(PasswordCheck::Right),
            (Bind::MustChange | Bind::Expired, _) => Ok(PasswordCheck::MustChange),
            (Bind::Wrong, _) => Ok(PasswordCheck::Wrong),
            (Bind::Locked, _) => Ok(PasswordCheck::Locked),
            (Bind::Refused, _) => Ok(PasswordCheck::Disabled),
            (Bind::Busy(what), _) => Err(DirectoryError::Unreachable(what)),
            (Bind::Unexpected(what), _) => Err(DirectoryError::Unexpected(what)),
        }
    }

    async fn set_password(&self, cleared: Cleared, new: &Password) -> Result<(), WriteBackError> {
        self.write(cleared.account(), None, new).await
    }

    async fn change_password(&self, id: &AccountId, old: &Password, new: &Password) -> Result<(), WriteBackError> {
        self.write(id, Some(old), new).await
    }

    async fn unlock(&self, id: &AccountId) -> Result<(), WriteBackError> {
        write::unlock(&self.pool, id).await
    }

    async fn each_account(&self, visit: &mut (dyn for<'a> FnMut(&'a Account) + Send)) -> Result<(), DirectoryError> {
        lookup::each(&self.pool, visit).await
    }

    async fn check(&self) -> Vec<Finding> {
        check::findings(self).await
    }
}
