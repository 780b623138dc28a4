//! How often, before Regain says "later". Counts nothing: it becomes [`recovery::Limits`].

use recovery::{Counter, Limit, Limits, Seconds};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// At most `max` in each period.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LimitSetting {
    /// The period: `"half_hour"`, `"hour"`, `"day"`, or a number of seconds. Periods begin at full multiples of it (each hour, each day).
    pub per: LimitPer,
    /// How many in one period.
    #[schemars(range(min = 1, max = 10_000_000))]
    pub max: u32,
}

/// A period, by name or in seconds.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum LimitPer {
    Named(NamedPeriod),
    Seconds(#[schemars(range(min = 1, max = 2_678_400))] Seconds),
}

/// Periods that have a name.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum NamedPeriod {
    HalfHour,
    Hour,
    Day,
}

impl LimitPer {
    pub const fn seconds(self) -> Seconds {
        match self {
            LimitPer::Named(NamedPeriod::HalfHour) => 1800,
            LimitPer::Named(NamedPeriod::Hour) => 3600,
            LimitPer::Named(NamedPeriod::Day) => 86_400,
            LimitPer::Seconds(seconds) => seconds,
        }
    }

    const fn of(seconds: Seconds) -> Self {
        match seconds {
            1800 => LimitPer::Named(NamedPeriod::HalfHour),
            3600 => LimitPer::Named(NamedPeriod::Hour),
            86_400 => LimitPer::Named(NamedPeriod::Day),
            seconds => LimitPer::Seconds(seconds),
        }
    }
}

macro_rules! limits {
    ($($(#[doc = $doc:literal])* $key:ident = $counter:ident),* $(,)?) => {
        /// How often, before Regain says "later". A list for each count; an empty list is no limit.
        #[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
        #[serde(deny_unknown_fields, default)]
        pub struct LimitSettings {
            $($(#[doc = $doc])* #[schemars(length(max = 4))] pub $key: Vec<LimitSetting>,)*
        }

        impl Default for LimitSettings {
            fn default() -> Self {
                let limits = Limits::default();
                Self { $($key: settings(limits.of(Counter::$counter)),)* }
            }
        }

        impl LimitSettings {
            /// The limits as `recovery` takes them.
            pub fn to_limits(&self) -> Limits {
                Limits([$((Counter::$counter, limits(&self.$key)),)*].into())
            }
        }
    };
}

limits! {
    /// Messages that the recoveries of one account ask for. By default room for three walks an hour, each with a message and a
    /// second try per gate; beyond that somebody else is at it, and the person's telephone deserves quiet.
    messages_by_account = MessagesByAccount,
    /// Messages to one address or number, whatever account asks. By default less than an account's, so that a contact shared by a
    /// family is not flooded through each of its accounts.
    messages_by_contact = MessagesByContact,
    /// Messages asked for from one network. By default a class of 25 with two messages each fits into an hour; name a school's
    /// own networks in `own_networks`, and they are not counted here.
    messages_by_network = MessagesByNetwork,
    /// All messages of the installation: the budget. By default what a large school needs on the first day of term; it is what
    /// bounds the bill when a stranger runs it up.
    messages_overall = MessagesOverall,
    /// Wrong codes and wrong numbers of one account. By default two recoveries' worth an hour, and a day's far below the 100 in a row
    /// that NIST SP 800-63B-4 §3.2.2 allows.
    failures_by_account = FailuresByAccount,
    /// The same from one network, so that nobody tries a little at each of many accounts.
    failures_by_network = FailuresByNetwork,
    /// Passwords tried on Regain's own pages, per account, counted before the directory is asked. By default under the lockout of a
    /// usual directory (5 in half an hour), so that nobody can lock a person out from here.
    sign_ins_by_account = SignInsByAccount,
    /// The same from one network.
    sign_ins_by_network = SignInsByNetwork,
    /// Letters to the secretariat from one network.
    letters_by_network = LettersByNetwork,
}

fn settings(limits: &[Limit]) -> Vec<LimitSetting> {
    limits.iter().map(|limit| LimitSetting { per: LimitPer::of(limit.window_seconds), max: limit.max }).collect()
}

fn limits(settings: &[LimitSetting]) -> Vec<Limit> {
    settings.iter().map(|limit| Limit { window_seconds: limit.per.seconds(), max: limit.max }).collect()
}
