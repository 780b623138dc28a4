//! How often, before Regain says "later". Counts nothing: it becomes [`recovery::Limits`].

use recovery::{Counter, Limit, Limits, Seconds};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One limit of a count: `per` and `max` (at most so many in each period of the clock), `rest` and `max` (at most so many
/// in a row, without that long a rest between two), or `free`, `wait`, `wait_max` and `rest` (a wait that rises). A count
/// may have several; the longest wait holds.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct LimitSetting {
    /// The period: `"half_hour"`, `"hour"`, `"day"`, `"month"` (30 days), or a number of seconds. Periods begin at full
    /// multiples of it (each hour, each day).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub per: Option<LimitPer>,
    /// How many in one period, or in one row.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1, max = 10_000_000))]
    pub max: Option<u32>,
    /// How many come without a wait.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1, max = 10_000_000))]
    pub free: Option<u32>,
    /// The first wait. Seconds. It doubles with each one more.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1, max = 86_400))]
    pub wait: Option<Seconds>,
    /// The longest wait. Seconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1, max = 86_400))]
    pub wait_max: Option<Seconds>,
    /// How long a rest ends a row, or begins the waits anew: a period's name, or a number of seconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rest: Option<LimitPer>,
}

impl LimitSetting {
    /// The limit as `recovery` takes it; `None` where its keys do not go together.
    pub(crate) fn to_limit(self) -> Option<Limit> {
        let Self { per, max, free, wait, wait_max, rest } = self;
        let (per, rest) = (per.map(LimitPer::seconds), rest.map(LimitPer::seconds));
        match (per, rest, max, (free, wait, wait_max)) {
            (Some(seconds), None, Some(max), (None, None, None)) => Some(Limit::Window { seconds, max }),
            (None, Some(rest_seconds), Some(max), (None, None, None)) => Some(Limit::InARow { rest_seconds, max }),
            (None, Some(rest_seconds), None, (Some(free), Some(first), Some(longest)))
                if first <= longest && longest < rest_seconds =>
            {
                let (first_wait_seconds, longest_wait_seconds) = (first, longest);
                Some(Limit::Rising { free, first_wait_seconds, longest_wait_seconds, rest_seconds })
            }
            _ => None,
        }
    }

    /// At most `max` in each period.
    pub(crate) fn per(period: LimitPer, max: u32) -> Self {
        Self { per: Some(period), max: Some(max), ..Self::default() }
    }

    fn of(limit: &Limit) -> Self {
        match *limit {
            Limit::Window { seconds, max } => Self::per(LimitPer::of(seconds), max),
            Limit::InARow { rest_seconds, max } => {
                Self { rest: Some(LimitPer::of(rest_seconds)), max: Some(max), ..Self::default() }
            }
            Limit::Rising { free, first_wait_seconds, longest_wait_seconds, rest_seconds } => Self {
                free: Some(free),
                wait: Some(first_wait_seconds),
                wait_max: Some(longest_wait_seconds),
                rest: Some(LimitPer::of(rest_seconds)),
                ..Self::default()
            },
        }
    }
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
    Month,
}

impl LimitPer {
    pub const fn seconds(self) -> Seconds {
        match self {
            LimitPer::Named(NamedPeriod::HalfHour) => 1800,
            LimitPer::Named(NamedPeriod::Hour) => 3600,
            LimitPer::Named(NamedPeriod::Day) => 86_400,
            LimitPer::Named(NamedPeriod::Month) => 30 * 86_400,
            LimitPer::Seconds(seconds) => seconds,
        }
    }

    const fn of(seconds: Seconds) -> Self {
        match seconds {
            1800 => LimitPer::Named(NamedPeriod::HalfHour),
            3600 => LimitPer::Named(NamedPeriod::Hour),
            86_400 => LimitPer::Named(NamedPeriod::Day),
            2_592_000 => LimitPer::Named(NamedPeriod::Month),
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

            /// Each key with its limits.
            pub(crate) fn each(&self) -> Vec<(&'static str, &[LimitSetting])> {
                vec![$((stringify!($key), self.$key.as_slice()),)*]
            }
        }
    };
}

limits! {
    /// Messages that the recoveries of one account ask for. By default room for three walks an hour, each with a
    /// message and a second try per gate; beyond that somebody else is at it, and the person's telephone deserves
    /// quiet.
    messages_by_account = MessagesByAccount,
    /// The same from browsers that are known for the account, counted apart from strangers. By default two walks an hour:
    /// a person is not flooded twice over.
    messages_by_account_known = MessagesByAccountKnown,
    /// Messages to one address or number, whatever account asks. By default less than an account's, so that a contact
    /// shared by a family is not flooded through each of its accounts.
    messages_by_contact = MessagesByContact,
    /// The same from browsers that are known for the account, so that a stranger can't use up a contact.
    messages_by_contact_known = MessagesByContactKnown,
    /// Messages asked for from one network: an IPv4 address or an IPv6 /64. By default a class of 25 with two messages
    /// each fits into an hour; name a school's own networks in `own_networks`, and they are not counted here.
    messages_by_network = MessagesByNetwork,
    /// The same from an IPv6 /56. By default four times as much: a provider gives a household or firm that many networks
    /// of its own, and they must not each count as a stranger.
    messages_by_network_56 = MessagesByNetwork56,
    /// All messages of the installation: the budget. By default what a large school needs on the first day of term (1,000
    /// pupils in an hour, two messages each, and as many again); it is what bounds the bill when a stranger runs it up.
    messages_overall = MessagesOverall,
    /// Wrong codes, wrong numbers and codes typed too late of one account, all strangers together. By default five at once,
    /// then a wait of one minute that doubles up to an hour, so that slips cost minutes; and 60 in a row, which with those
    /// of known browsers stays below the 100 that NIST SP 800-63B-4 §3.2.2 allows. A finished recovery sets it back, and
    /// so does `regain resume`.
    failures_by_account = FailuresByAccount,
    /// The same from browsers that are known for the account: strangers who fail on purpose can't make these wait. By
    /// default as many at once, and half as many in a row.
    failures_by_account_known = FailuresByAccountKnown,
    /// The same from one network, so that nobody tries a little at each of many accounts. By default what a class of 25
    /// mistypes; no longer than six hours, because many people may share an address.
    failures_by_network = FailuresByNetwork,
    /// The same from an IPv6 /56.
    failures_by_network_56 = FailuresByNetwork56,
    /// The same of the whole installation, save known browsers: a fuse against guessing from everywhere at once. By
    /// default more than 1,000 pupils mistype in ten minutes.
    failures_overall = FailuresOverall,
    /// Passwords tried on Regain's own pages, per account, counted before the directory is asked. By default under the
    /// lockout of a usual directory (5 in half an hour), so that nobody can lock a person out from here. A right password
    /// sets it back.
    sign_ins_by_account = SignInsByAccount,
    /// The limit of browsers that are known for the account. They share the count with strangers, as they do in the
    /// directory; by default the last try before its lockout is kept for them. Same rests as `sign_ins_by_account`.
    sign_ins_by_account_known = SignInsByAccountKnown,
    /// The same from one network.
    sign_ins_by_network = SignInsByNetwork,
    /// The same from an IPv6 /56.
    sign_ins_by_network_56 = SignInsByNetwork56,
    /// Letters to the secretariat from one network.
    letters_by_network = LettersByNetwork,
    /// The same from an IPv6 /56.
    letters_by_network_56 = LettersByNetwork56,
    /// Accounts that one browser may name in `own_networks` before it is slowed; nobody is stopped by it. By default more
    /// than a family or a shared computer names in a day, and fewer than a list of pupils.
    accounts_by_browser = AccountsByBrowser,
}

fn settings(limits: &[Limit]) -> Vec<LimitSetting> {
    limits.iter().map(LimitSetting::of).collect()
}

/// The reader has refused a file with a limit whose keys do not go together.
fn limits(settings: &[LimitSetting]) -> Vec<Limit> {
    settings.iter().filter_map(|setting| setting.to_limit()).collect()
}
