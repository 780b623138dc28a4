//! Where the accounts of a realm are: the directory's address, its account for Regain, and the names of its attributes.
//! Knows no LDAP.

use crate::format::DirectoryUrl;
use crate::secret::Secret;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::path::PathBuf;

/// The directory of a realm, by its kind.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum DirectorySettings {
    /// The small directory that comes with Regain.
    Embedded(EmbeddedDirectory),
    /// OpenLDAP, or another directory with the Password Modify operation (RFC 3062).
    Ldap(Box<LdapDirectory>),
}

impl DirectorySettings {
    pub(crate) fn paths_mut(&mut self) -> Vec<&mut PathBuf> {
        match self {
            DirectorySettings::Embedded(embedded) => vec![&mut embedded.path],
            DirectorySettings::Ldap(ldap) => ldap.ca_file.iter_mut().chain(ldap.bind_password.path_mut()).collect(),
        }
    }
}

/// The small directory that comes with Regain.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EmbeddedDirectory {
    /// Its database file.
    #[schemars(example = &"/var/lib/regain/accounts.db")]
    pub path: PathBuf,
}

/// An LDAP directory.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LdapDirectory {
    /// The servers, in the order in which they are tried: `ldaps://` or `ldap://`, a host and, where needed, a port.
    /// `ldap://` needs `start_tls`, except on this machine itself: passwords never travel in the clear.
    #[schemars(length(min = 1, max = 20), example = serde_json::json!(["ldaps://ldap1.school.example", "ldaps://ldap2.school.example"]))]
    pub servers: Vec<DirectoryUrl>,
    /// Whether to turn a connection to `ldap://` into TLS before anything is sent (RFC 4511 §4.14).
    #[serde(default)]
    pub start_tls: bool,
    /// The authority that signed the servers' certificates, PEM. The system's own where nothing is said.
    #[schemars(example = &"/etc/regain/ldap-ca.pem")]
    pub ca_file: Option<PathBuf>,
    /// The account with which Regain binds. It needs to read the attributes below and to set passwords, nothing more.
    #[schemars(length(min = 1), example = &"uid=regain,ou=services,dc=school,dc=example")]
    pub bind_dn: String,
    /// Where that account's password is.
    #[schemars(example = serde_json::json!({ "file": "/etc/regain/ldap-password" }))]
    pub bind_password: Secret,
    /// Under which entry the accounts are.
    #[schemars(length(min = 1), example = &"ou=people,dc=school,dc=example")]
    pub base_dn: String,
    /// Which entry a person means (RFC 4515). `{user_name}` is what was typed, escaped: it is looked up without the
    /// realm's own domains, and with each of them.
    #[serde(default = "default_filter")]
    #[schemars(length(min = 1))]
    pub filter: String,
    /// Which accounts are switched off (RFC 4515), where the directory's password policy does not say it. Costs a second
    /// search with each look-up.
    #[schemars(length(min = 1), example = &"(nsAccountLock=TRUE)")]
    pub disabled_filter: Option<String>,
    /// The names of the attributes.
    #[serde(default)]
    pub attributes: Attributes,
    /// How long to wait for a connection, TLS included. Seconds.
    #[serde(default = "default_connect_timeout")]
    #[schemars(range(min = 1, max = 30))]
    pub connect_timeout_seconds: u32,
    /// How long to wait for an answer. Seconds. After that a password that was sent may be set or not, and Regain looks
    /// again.
    #[serde(default = "default_timeout")]
    #[schemars(range(min = 1, max = 60))]
    pub timeout_seconds: u32,
    /// A test account, by its user name: `regain check` gives it a random password, to be sure that it can. Without one it
    /// only looks. Never a person's account.
    #[schemars(example = &"regain-test")]
    pub check_account: Option<String>,
}

fn default_filter() -> String {
    "(&(objectClass=inetOrgPerson)(|(uid={user_name})(mail={user_name})))".to_owned()
}

const fn default_connect_timeout() -> u32 {
    3
}

const fn default_timeout() -> u32 {
    10
}

/// The names of the directory's attributes. A list means that all of them are read, in this order.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Attributes {
    /// What never changes about an account.
    pub id: String,
    /// The user name, as pages and messages write it.
    pub user_name: String,
    /// The given name.
    pub given_name: String,
    /// The family name.
    pub family_name: String,
    /// The name to greet a person by: the first of these that is there.
    #[schemars(length(max = 20))]
    pub display_name: Vec<String>,
    /// The account's own addresses: who is locked out can't read them, so no code is sent there.
    #[schemars(length(max = 20))]
    pub own_addresses: Vec<String>,
    /// Addresses elsewhere, to which codes may go.
    #[schemars(length(max = 20))]
    pub alternate_emails: Vec<String>,
    /// Mobile telephones: SMS and calls.
    #[schemars(length(max = 20))]
    pub mobiles: Vec<String>,
    /// Office telephones: calls only.
    #[schemars(length(max = 20))]
    pub offices: Vec<String>,
    /// The groups of an account, for `group_policies`.
    pub groups: String,
}

impl Default for Attributes {
    /// inetOrgPerson (RFC 2798), `entryUUID` (RFC 4530) and the `memberOf` overlay. inetOrgPerson has no attribute for
    /// an address elsewhere.
    fn default() -> Self {
        let one = |name: &str| vec![name.to_owned()];
        Self {
            id: "entryUUID".to_owned(),
            user_name: "uid".to_owned(),
            given_name: "givenName".to_owned(),
            family_name: "sn".to_owned(),
            display_name: vec!["displayName".to_owned(), "cn".to_owned()],
            own_addresses: one("mail"),
            alternate_emails: Vec::new(),
            mobiles: one("mobile"),
            offices: one("telephoneNumber"),
            groups: "memberOf".to_owned(),
        }
    }
}
