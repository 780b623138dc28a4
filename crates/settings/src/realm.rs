//! A realm: the people of one kind of account. Knows no directory but its settings.

use crate::directory::DirectorySettings;
use crate::format::{Domain, RealmName};
use crate::organisation::Localised;
use crate::password::PasswordSettings;
use crate::policy::{GroupPolicy, PolicySettings};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// The people of one kind of account.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Realm {
    /// The realm's name in addresses, logs and commands: small letters, digits and hyphens. Never change it later.
    #[schemars(example = &"pupils")]
    pub name: RealmName,
    /// What a person chooses by: *I am a pupil*. Needed as soon as there are two realms.
    #[schemars(example = &"Pupils")]
    pub label: Option<Localised>,
    /// The mail domains of the organisation itself. A user name may be typed with or without them, and an address in
    /// them is never a contact: who is locked out can't read it.
    #[serde(default)]
    #[schemars(length(max = 100), example = serde_json::json!(["school.example"]))]
    pub domains: Vec<Domain>,
    /// A user name as an example, shown under the field.
    #[schemars(example = &"firstname.name@school.example")]
    pub user_name_example: Option<String>,
    /// How a person can find the user name: *it is on your school card*.
    #[schemars(example = &"It is on your school card.")]
    pub user_name_help: Option<Localised>,
    /// What a stranger may learn of a user name before anything is proven. `"hide"`: nothing, every name gets the same
    /// pages. `"unknown"`: that nobody has it; a person sees a spelling mistake at once, and anybody can find out who has
    /// an account. `"all"`: also that an account is disabled or paused, or has too few contacts. An account that the
    /// directory has locked after wrong passwords is no such case: a reset unlocks it. Sign-in answers alike in any case.
    #[serde(default)]
    pub disclose: Disclose,
    /// How many accounts must share a mail domain before a page shows it. A domain of one's own names its owner.
    /// Counts from the next census on (`regain census`).
    #[serde(default = "shared_by_min")]
    #[schemars(range(min = 2, max = 1000))]
    pub shared_by_min: u32,
    /// Where the accounts are.
    pub directory: DirectorySettings,
    /// How often all contacts in the directory are looked at, to tell the old ones when one changed. Minutes. A recovery
    /// looks for itself, so this only decides how soon the old contacts hear of it; each look reads the whole directory,
    /// which an hour apart no server minds.
    #[serde(default = "Realm::contact_sweep_minutes_default")]
    #[schemars(range(min = 5, max = 1440))]
    pub contact_sweep_minutes: u32,
    /// What a recovery asks.
    #[serde(default)]
    pub policy: PolicySettings,
    /// Groups for which a recovery asks something else. The first that the account is in counts.
    #[serde(default)]
    #[schemars(length(max = 100))]
    pub group_policies: Vec<GroupPolicy>,
    /// What a new password must be. Without this table the profile `recommended`; a table that names no profile has
    /// only the rules that it names.
    #[serde(default)]
    pub password: PasswordSettings,
}

const fn shared_by_min() -> u32 {
    recovery::Census::SHARED_BY_MIN
}

/// What a stranger may learn of a user name.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Disclose {
    #[default]
    Hide,
    Unknown,
    All,
}

impl Disclose {
    /// The same as `recovery` takes it.
    pub const fn to_disclose(self) -> recovery::Disclose {
        match self {
            Disclose::Hide => recovery::Disclose::Hide,
            Disclose::Unknown => recovery::Disclose::Unknown,
            Disclose::All => recovery::Disclose::All,
        }
    }
}

impl Realm {
    const fn contact_sweep_minutes_default() -> u32 {
        60
    }

    /// The policy for an account that is in these groups, by the names that the directory gives.
    pub fn policy_for(&self, groups: &BTreeSet<String>) -> recovery::Policy {
        let special = self.group_policies.iter().find(|special| groups.contains(&special.group));
        special.map_or_else(|| self.policy.to_policy(), |special| special.over(&self.policy).to_policy())
    }

    /// The organisation's own mail domains, as `recovery` wants them.
    pub fn own_domains(&self) -> Vec<String> {
        self.domains.iter().map(|domain| domain.as_str().to_owned()).collect()
    }
}
