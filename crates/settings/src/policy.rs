//! What a recovery asks, per realm and per group. Decides nothing: it becomes a [`recovery::Policy`].

use recovery::{Independence, MethodKind, Policy, Seconds};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// A way to prove who one is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Method {
    Email,
    Sms,
    Call,
}

impl Method {
    pub const ALL: [Method; 3] = [Method::Email, Method::Sms, Method::Call];

    /// The method as `recovery` knows it.
    pub const fn kind(self) -> MethodKind {
        match self {
            Method::Email => MethodKind::Email,
            Method::Sms => MethodKind::Sms,
            Method::Call => MethodKind::Call,
        }
    }
}

/// Which contacts may serve for two gates of one recovery.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum IndependenceSetting {
    /// Two different contacts: an SMS and a call to one number are one proof, two telephones are two.
    Contacts,
    /// Two different channels as well, mail and telephone: two telephones are one proof.
    Channels,
}

macro_rules! policies {
    ($($(#[$doc:meta])* $key:ident: $type:ty),* $(,)?) => {
        /// What a recovery asks.
        #[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
        #[serde(deny_unknown_fields, default)]
        pub struct PolicySettings {
            $($(#[$doc])* pub $key: $type,)*
        }

        /// What a recovery asks of the people in one group, where it differs from the realm's policy.
        #[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
        #[serde(deny_unknown_fields)]
        pub struct GroupPolicy {
            /// The group's name, exactly as the directory writes it (with `memberOf`, its DN).
            #[schemars(length(min = 1), example = &"cn=teachers,ou=groups,dc=school,dc=example")]
            pub group: String,
            $($(#[$doc])* pub $key: Option<$type>,)*
        }

        impl GroupPolicy {
            /// The realm's policy with what this group changes.
            pub fn over(&self, realm: &PolicySettings) -> PolicySettings {
                PolicySettings { $($key: self.$key.clone().unwrap_or_else(|| realm.$key.clone()),)* }
            }
        }
    };
}

policies! {
    /// The methods that people may use.
    #[schemars(length(min = 1))]
    methods: BTreeSet<Method>,
    /// How many gates (verification steps) before a new password.
    #[schemars(range(min = 1, max = 4))]
    gates: u8,
    /// Which contacts may serve for two gates.
    independence: IndependenceSetting,
    /// Whether an e-mail address must be typed in full before a code is sent to it. Telephone numbers always must.
    type_email: bool,
    /// Digits of a code. NIST SP 800-63B-4 §3.1.3.2 asks for at least 6.
    #[schemars(range(min = 6, max = 8))]
    code_digits: u8,
    /// How long a code is valid. Seconds. NIST SP 800-63B-4 §4.2.1.2 allows at most 600.
    #[schemars(range(min = 60, max = 600))]
    code_ttl_seconds: Seconds,
    /// Wrong codes that a gate takes; the last one ends the recovery.
    #[schemars(range(min = 1, max = 10))]
    attempts_max: u8,
    /// Wrong codes, wrong numbers and codes typed too late that a whole recovery takes; the last one ends it. By default
    /// two gates' worth, so that only who mistypes numbers as well meets it.
    #[schemars(range(min = 1, max = 40))]
    failures_max: u8,
    /// Codes that one gate sends.
    #[schemars(range(min = 1, max = 20))]
    sends_max: u8,
    /// The wait before a second code. Seconds. It doubles with each further one.
    #[schemars(range(min = 10, max = 600))]
    resend_seconds: Seconds,
    /// How long a recovery waits for the person's next step. Seconds. *I need more time* starts it anew.
    #[schemars(range(min = 120, max = 7200))]
    idle_seconds: Seconds,
    /// How long an address or number that is new or changed in the directory waits before it opens anything. Hours; 0:
    /// not at all. The old contacts are told at once, so that a day gives their owner time to call, while whoever changed
    /// the contact (often a right that people have themselves) has to wait. What you enter yourself counts at once: the
    /// embedded directory, `regain contacts import`, `regain contacts trust`.
    #[schemars(range(max = 720))]
    contact_wait_hours: u32,
}

impl Default for PolicySettings {
    fn default() -> Self {
        let policy = Policy::default();
        let independence = match policy.independence {
            Independence::Contacts => IndependenceSetting::Contacts,
            Independence::Channels => IndependenceSetting::Channels,
        };
        Self {
            methods: Method::ALL.into_iter().filter(|method| policy.methods.contains(&method.kind())).collect(),
            gates: policy.gates,
            independence,
            type_email: policy.type_email,
            code_digits: policy.code_digits,
            code_ttl_seconds: policy.code_ttl_seconds,
            attempts_max: policy.attempts_max,
            failures_max: policy.failures_max,
            sends_max: policy.sends_max,
            resend_seconds: policy.resend_seconds,
            idle_seconds: policy.idle_seconds,
            contact_wait_hours: policy.contact_wait_seconds / 3600,
        }
    }
}

impl PolicySettings {
    /// The policy as `recovery` takes it.
    pub fn to_policy(&self) -> Policy {
        Policy {
            methods: self.methods.iter().map(|method| method.kind()).collect(),
            gates: self.gates,
            independence: match self.independence {
                IndependenceSetting::Contacts => Independence::Contacts,
                IndependenceSetting::Channels => Independence::Channels,
            },
            type_email: self.type_email,
            code_digits: self.code_digits,
            code_ttl_seconds: self.code_ttl_seconds,
            attempts_max: self.attempts_max,
            failures_max: self.failures_max,
            sends_max: self.sends_max,
            resend_seconds: self.resend_seconds,
            idle_seconds: self.idle_seconds,
            contact_wait_seconds: self.contact_wait_hours.saturating_mul(3600),
        }
    }

    /// The most gates that anybody can pass under this policy; `None` when it depends on a person's contacts.
    pub(crate) fn gates_possible(&self) -> Option<usize> {
        let phone = self.methods.iter().any(|method| method.kind().is_phone());
        let mail = self.methods.iter().any(|method| !method.kind().is_phone());
        (self.independence == IndependenceSetting::Channels).then_some(usize::from(phone) + usize::from(mail))
    }
}
