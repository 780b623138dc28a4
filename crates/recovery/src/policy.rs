//! What an organisation asks of a recovery, per realm and group.

use crate::{MethodKind, Seconds};
use std::collections::BTreeSet;

/// Which contacts may serve for two gates of one recovery.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Independence {
    /// Two different contacts: an SMS and a call to one number are one proof, two telephones are two.
    Contacts,
    /// Two different channels as well: mail and telephone network. Two telephones are one proof.
    Channels,
}

/// The policy of one recovery, fixed when it begins. [`Policy::default`] is what the reference asks.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Policy {
    /// Methods that people may use.
    pub methods: BTreeSet<MethodKind>,
    /// How many gates, 1 to [`Policy::GATES_MAX`].
    pub gates: u8,
    pub independence: Independence,
    /// Whether an e-mail address must be typed in full before a code is sent to it. Phones always are.
    pub type_email: bool,
    /// Digits of a code, 6 to 8 (NIST SP 800-63B-4 §3.1.3.2 asks for at least 6).
    pub code_digits: u8,
    /// How long a code stays valid. NIST SP 800-63B-4 §4.2.1.2 allows at most 600 for text and voice.
    pub code_ttl_seconds: Seconds,
    /// Wrong codes a gate takes, whatever the codes or methods; the last one ends the recovery.
    pub attempts_max: u8,
    /// Wrong codes, wrong numbers and codes typed too late that a whole recovery takes; the last one ends it.
    pub failures_max: u8,
    /// Codes that one gate sends.
    pub sends_max: u8,
    /// Wait before the second code of a method; it doubles with each further one.
    pub resend_seconds: Seconds,
    /// How long a recovery waits for the person's next action. "I need more time" starts it anew (WCAG 2.2.1).
    pub idle_seconds: Seconds,
    /// How long a contact that is new in the directory waits before it opens anything; 0: not at all.
    pub contact_wait_seconds: Seconds,
}

/// A policy for the members of a group.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct GroupPolicy {
    /// The group's name, as the directory gives it.
    pub group: String,
    pub policy: Policy,
}

/// All policies of a realm.
#[derive(Clone, Copy, Debug)]
pub struct Policies<'a> {
    /// For whoever is in none of the groups.
    pub usual: &'a Policy,
    /// The first group that an account is in counts.
    pub groups: &'a [GroupPolicy],
}

impl<'a> Policies<'a> {
    /// The policy of an account that is in these groups, and the group whose it is.
    pub fn for_groups(&self, groups: &BTreeSet<String>) -> (Option<&'a str>, &'a Policy) {
        self.first(|special| groups.contains(&special.group))
    }

    /// The policy of one group; the usual one where the settings no longer name it.
    pub fn for_group(&self, group: Option<&str>) -> (Option<&'a str>, &'a Policy) {
        self.first(|special| group == Some(special.group.as_str()))
    }

    fn first(&self, fits: impl Fn(&GroupPolicy) -> bool) -> (Option<&'a str>, &'a Policy) {
        let special = self.groups.iter().find(|special| fits(special));
        special.map_or((None, self.usual), |special| (Some(special.group.as_str()), &special.policy))
    }
}

/// What a stranger may learn of a user name before anything is proven. The operator decides.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub enum Disclose {
    /// Nothing: every name gets the same pages.
    #[default]
    Hide,
    /// That nobody has it.
    Unknown,
    /// That as well, and why an account can't finish.
    All,
}

impl Policy {
    /// More gates than a person has contacts make no sense; the state on disk has room for these.
    pub const GATES_MAX: u8 = 4;
    /// The longest that a code sent by text or voice may live (NIST SP 800-63B-4 §4.2.1.2).
    pub const CODE_TTL_SECONDS_MAX: Seconds = 600;
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            methods: [MethodKind::Email, MethodKind::Sms, MethodKind::Call].into(),
            gates: 2,
            independence: Independence::Contacts,
            type_email: false,
            code_digits: 6,
            code_ttl_seconds: 600,
            attempts_max: 5,
            failures_max: 10,
            sends_max: 6,
            resend_seconds: 30,
            idle_seconds: 20 * 60,
            contact_wait_seconds: 24 * 3600,
        }
    }
}
