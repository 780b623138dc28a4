//! The organisation, and its kinds of accounts.

use crate::privacy::Privacy;
use directory::Directory;
use password::Rules;
use recovery::{Account, Census, Disclose, GroupPolicy, Policies, Policy, Seconds};
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock, PoisonError, RwLock};

/// Who runs this Regain, as people see it.
#[derive(Clone, Debug)]
pub struct Organisation {
    pub name: String,
    pub secretariat: Secretariat,
    /// For the times that people read.
    pub time_zone: jiff::tz::TimeZone,
    /// ISO 3166-1 code of two letters: how a number without a country is read.
    pub home_country: String,
    /// The address that people open, without a slash at its end: `https://recover.school.example`. Links and the origin
    /// line of an SMS are made from it, never from what a browser says.
    pub public_url: String,
    /// The brand's colour, for mails: `#0b5c6b`.
    pub brand: String,
    /// What the page about personal data says of the organisation.
    pub privacy: Privacy,
}

impl Organisation {
    /// Where people read what happens with their data: the organisation's own page, or Regain's.
    pub fn privacy_url(&self) -> String {
        self.privacy.url.clone().unwrap_or_else(|| format!("{}/privacy", self.public_url))
    }

    /// The host of the public address, without port: the origin that a telephone fills a code in for.
    pub fn host(&self) -> &str {
        let rest = self.public_url.split_once("://").map_or(self.public_url.as_str(), |(_, rest)| rest);
        let host = rest.split('/').next().unwrap_or(rest);
        match host.rsplit_once(':') {
            Some((name, port)) if port.chars().all(|c| c.is_ascii_digit()) => name,
            _ => host,
        }
    }
}

/// The people to contact, as the operator wrote them. Texts may differ by language.
#[derive(Clone, Debug, Default)]
pub struct Secretariat {
    pub name: Texts,
    pub telephone: Option<String>,
    pub email: Option<recovery::EmailAddress>,
    pub hours: Texts,
    pub address: Texts,
}

/// A text per language tag; the one under "" serves all others.
pub type Texts = BTreeMap<String, String>;

/// An hour: a walk looks for itself, so that this only decides how soon the old contacts are told, and each look reads the
/// whole directory.
const CONTACT_SWEEP_SECONDS: Seconds = 3600;

/// A kind of account: the directory that finds its people, its policy and its rules.
pub struct Realm {
    /// The realm's name in settings, addresses and the store.
    pub name: String,
    /// How people choose it.
    pub label: Texts,
    /// Mail domains of the realm's own accounts: never alternate contacts.
    pub own_domains: Vec<String>,
    pub user_name_example: String,
    pub user_name_help: Texts,
    pub directory: Arc<dyn Directory>,
    pub policy: Policy,
    pub group_policies: Vec<GroupPolicy>,
    pub rules: Rules,
    /// Mail domains that fewer accounts share are masked.
    pub shared_by_min: u32,
    /// What a stranger may learn of a user name.
    pub disclose: Disclose,
    census: RwLock<Option<Arc<Census>>>,
    /// How often all contacts are looked at, to tell the old ones when one changed.
    pub contact_sweep_seconds: Seconds,
    /// Set once all contacts have been seen for the first time.
    pub(crate) contacts_seen: OnceLock<()>,
}

impl Realm {
    /// A realm with the usual policy and rules, to be filled in.
    pub fn new(name: impl Into<String>, directory: Arc<dyn Directory>) -> Self {
        Self {
            name: name.into(),
            label: Texts::new(),
            own_domains: Vec::new(),
            user_name_example: String::new(),
            user_name_help: Texts::new(),
            directory,
            policy: Policy::default(),
            group_policies: Vec::new(),
            rules: Rules::default(),
            shared_by_min: Census::SHARED_BY_MIN,
            disclose: Disclose::default(),
            census: RwLock::default(),
            contact_sweep_seconds: CONTACT_SWEEP_SECONDS,
            contacts_seen: OnceLock::new(),
        }
    }

    /// The policies of the realm: its own, and those of groups.
    pub fn policies(&self) -> Policies<'_> {
        Policies { usual: &self.policy, groups: &self.group_policies }
    }

    /// The group whose policy counts for an account, if any does.
    pub(crate) fn group_of(&self, account: &Account) -> Option<&str> {
        self.policies().for_groups(&account.groups).0
    }

    /// Whether a new contact waits, for anybody.
    pub(crate) fn contacts_wait(&self) -> bool {
        let groups = self.group_policies.iter().map(|group| &group.policy);
        groups.chain([&self.policy]).any(|policy| policy.contact_wait_seconds > 0)
    }

    /// The policy for an account; a name that nobody has gets the realm's own.
    pub fn policy_for(&self, account: Option<&Account>) -> &Policy {
        account.map_or(&self.policy, |account| self.policies().for_groups(&account.groups).1)
    }

    /// What decoys are drawn from. Until a census was taken it is an empty one, and decoys have the usual shape.
    pub fn census(&self) -> Arc<Census> {
        let census = self.census.read().unwrap_or_else(PoisonError::into_inner);
        census.clone().unwrap_or_default()
    }

    pub fn has_census(&self) -> bool {
        self.census().number > 0
    }

    pub(crate) fn set_census(&self, census: Census) {
        *self.census.write().unwrap_or_else(PoisonError::into_inner) = Some(Arc::new(census));
    }
}
