//! What the operator says of an LDAP directory, and the checks that need no network.

use super::filter::{AttributeName, FilterError, FilterTemplate};
use super::server::Server;
use super::tls;
use recovery::{Password, PhoneNumber, PhoneNumberError, UserName};
use rustls::ClientConfig;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

/// How the connection is protected.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Security {
    /// TLS from the start.
    Ldaps,
    /// Plain LDAP that turns to TLS before anything else is said (RFC 4511 §4.14).
    StartTls,
    /// No TLS: only for a server on this machine.
    Plain,
}

/// Everything that the operator may set.
#[derive(Clone, Debug)]
pub struct Options {
    /// `ldaps://ldap1.school.example`, tried in this order.
    pub servers: Vec<String>,
    pub security: Security,
    /// Certificates of the authorities to trust, in PEM. `None`: those that the system trusts.
    pub ca_file: Option<PathBuf>,
    /// The DN of Regain's own account. It needs to read the entries, to read and write `pwdAccountLockedTime` (a reset lifts
    /// a lock that it can't see, the operator's too), and `=w` on `userPassword`; no more.
    pub bind_dn: String,
    pub bind_password: Password,
    /// Accounts are looked for here and below.
    pub base_dn: String,
    /// The filter that finds an account, `{user_name}` standing for what the person typed (RFC 4515).
    pub filter: String,
    pub attributes: Attributes,
    /// How to see that an account is switched off, where the password policy does not say.
    pub disabled: Option<DisabledWhen>,
    /// Domains in which `anna@domain` and `anna` are one account.
    pub own_domains: Vec<String>,
    /// The country of national telephone numbers, two letters (ISO 3166-1): `BE`.
    pub home_country: String,
    pub timeouts: Timeouts,
    /// A test account whose password `check` may change, to be sure that it can.
    pub check_account: Option<UserName>,
}

impl Options {
    /// Options for a directory of people with `uid` and `mail`; the rest as it usually is.
    pub fn new(servers: Vec<String>, bind_dn: String, bind_password: Password, base_dn: String) -> Self {
        Self {
            servers,
            security: Security::Ldaps,
            ca_file: None,
            bind_dn,
            bind_password,
            base_dn,
            filter: "(&(objectClass=inetOrgPerson)(|(uid={user_name})(mail={user_name})))".to_owned(),
            attributes: Attributes::default(),
            disabled: None,
            own_domains: Vec::new(),
            home_country: "BE".to_owned(),
            timeouts: Timeouts::default(),
            check_account: None,
        }
    }
}

/// Which attribute holds what. A list is read in its order.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Attributes {
    /// The lasting id.
    pub id: String,
    pub user_name: String,
    pub given_name: String,
    pub family_name: String,
    /// The first of these that is there is the name to greet by.
    pub display_name: Vec<String>,
    /// Addresses whose mailbox belongs to the account.
    pub own_addresses: Vec<String>,
    /// Addresses that codes may go to.
    pub alternate_emails: Vec<String>,
    pub mobiles: Vec<String>,
    pub offices: Vec<String>,
    /// DNs of groups. A group is known by its whole DN and by the value of its first part: `cn=staff,…` is also `staff`.
    pub groups: Vec<String>,
}

impl Default for Attributes {
    fn default() -> Self {
        let list = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        Self {
            id: "entryUUID".to_owned(),
            user_name: "uid".to_owned(),
            given_name: "givenName".to_owned(),
            family_name: "sn".to_owned(),
            display_name: list(&["displayName", "cn"]),
            own_addresses: list(&["mail"]),
            alternate_emails: Vec::new(),
            mobiles: list(&["mobile"]),
            offices: list(&["telephoneNumber"]),
            groups: list(&["memberOf"]),
        }
    }
}

impl Attributes {
    fn names(&self) -> impl Iterator<Item = &String> {
        let single = [&self.id, &self.user_name, &self.given_name, &self.family_name];
        let lists = [
            &self.display_name,
            &self.own_addresses,
            &self.alternate_emails,
            &self.mobiles,
            &self.offices,
            &self.groups,
        ];
        single.into_iter().chain(lists.into_iter().flatten())
    }
}

/// How an account that is switched off looks.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum DisabledWhen {
    /// One of the attribute's values is this, in any case of letters: `nsAccountLock` is `TRUE`.
    Attribute { name: String, value: String },
    /// This filter finds it. Costs a second search beside each look-up.
    Filter(String),
}

/// How long to wait for what.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Timeouts {
    /// For TCP and TLS together, per server.
    pub connect: Duration,
    /// For a bind or a search.
    pub operation: Duration,
    /// For setting a password: directories may hash slowly and wait for their disks.
    pub write: Duration,
    /// How long a server that failed is left alone at first; twice as long after each further failure.
    pub rest_first: Duration,
    /// The longest that a server is left alone.
    pub rest_max: Duration,
    /// After this time on another server, the first one is tried again.
    pub return_to_first: Duration,
}

impl Default for Timeouts {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(3),
            operation: Duration::from_secs(5),
            write: Duration::from_secs(10),
            rest_first: Duration::from_millis(250),
            rest_max: Duration::from_secs(10),
            return_to_first: Duration::from_secs(300),
        }
    }
}

/// Why a directory can't be set up as the operator says.
#[derive(thiserror::Error, Debug)]
pub enum OptionsError {
    #[error("no server is named")]
    NoServer,
    #[error("the server {server:?}: {what}")]
    Server { server: String, what: String },
    #[error("the certificates in {path} can't be used: {what}")]
    CaFile { path: String, what: String },
    #[error("the system trusts no certificate authority: install ca-certificates, or name a CA file")]
    NoSystemRoots,
    #[error("{which}: {source}")]
    Filter { which: &'static str, source: FilterError },
    #[error("the filter has no {{user_name}}: it would find the same accounts for everybody")]
    FilterWithoutUserName,
    #[error("{0:?} is not the name of an attribute")]
    Attribute(String),
    #[error("{0} is empty")]
    Empty(&'static str),
    #[error("home_country {0:?} is not a country code of two letters (ISO 3166-1)")]
    HomeCountry(String),
}

/// How to see that an account is switched off; checked.
pub(super) enum Disabled {
    Attribute { name: AttributeName, value: String },
    Filter(FilterTemplate),
}

/// The options, read and checked.
pub(super) struct Settings {
    pub servers: Vec<Server>,
    pub security: Security,
    /// `None` only without TLS.
    pub tls: Option<Arc<ClientConfig>>,
    pub bind_dn: String,
    pub bind_password: Password,
    pub base_dn: String,
    pub filter: FilterTemplate,
    pub disabled: Option<Disabled>,
    pub id: AttributeName,
    pub attributes: Attributes,
    pub own_domains: Vec<String>,
    pub home_country: String,
    pub timeouts: Timeouts,
    pub check_account: Option<UserName>,
}

impl Settings {
    pub(super) fn from_options(options: Options) -> Result<Self, OptionsError> {
        if options.servers.is_empty() {
            return Err(OptionsError::NoServer);
        }
        for (name, text) in [("bind_dn", &options.bind_dn), ("base_dn", &options.base_dn)] {
            // A bind without a name proves nothing (RFC 4513 §5.1.1).
            if text.trim().is_empty() {
                return Err(OptionsError::Empty(name));
            }
        }
        if PhoneNumber::parse("1", &options.home_country) == Err(PhoneNumberError::UnknownRegion) {
            return Err(OptionsError::HomeCountry(options.home_country));
        }
        let servers =
            options.servers.iter().map(|text| Server::parse(text, options.security)).collect::<Result<Vec<_>, _>>()?;
        let filter = template("the filter", &options.filter)?;
        if !filter.asks_for_user_name() {
            return Err(OptionsError::FilterWithoutUserName);
        }
        for name in options.attributes.names() {
            attribute(name)?;
        }
        let tls = match options.security {
            Security::Plain => None,
            Security::Ldaps | Security::StartTls => Some(tls::config(options.ca_file.as_deref())?),
        };
        Ok(Self {
            servers,
            security: options.security,
            tls,
            bind_dn: options.bind_dn,
            bind_password: options.bind_password,
            base_dn: options.base_dn,
            filter,
            disabled: options.disabled.map(disabled).transpose()?,
            id: attribute(&options.attributes.id)?,
            attributes: options.attributes,
            own_domains: options.own_domains,
            home_country: options.home_country,
            timeouts: options.timeouts,
            check_account: options.check_account,
        })
    }
}

fn disabled(when: DisabledWhen) -> Result<Disabled, OptionsError> {
    Ok(match when {
        DisabledWhen::Attribute { name, value } => Disabled::Attribute { name: attribute(&name)?, value },
        DisabledWhen::Filter(text) => {
            let which = "the filter for disabled accounts";
            let filter = template(which, &text)?;
            if filter.asks_for_user_name() {
                let what = "{user_name} has no place here".to_owned();
                return Err(OptionsError::Filter { which, source: FilterError { at: 1, what } });
            }
            Disabled::Filter(filter)
        }
    })
}

fn template(which: &'static str, text: &str) -> Result<FilterTemplate, OptionsError> {
    FilterTemplate::parse(text).map_err(|source| OptionsError::Filter { which, source })
}

fn attribute(name: &str) -> Result<AttributeName, OptionsError> {
    AttributeName::parse(name).ok_or_else(|| OptionsError::Attribute(name.to_owned()))
}
