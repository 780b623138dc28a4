//! Limits on tries in a time.
//!
//! The store counts; here is what is counted, what the limits are, and when one is reached. A window is a fixed slice of
//! time (each hour, each day), so that a count is one row and expires by itself.

use crate::{Seconds, Timestamp};
use std::collections::BTreeMap;

/// What is counted. The subject (which account, contact or network) is hashed into the count's name by the service.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum Counter {
    /// Messages that recoveries of one account asked for, decoys included.
    MessagesByAccount,
    /// Messages to one contact.
    MessagesByContact,
    /// Messages asked for from one network.
    MessagesByNetwork,
    /// All messages of the installation.
    MessagesOverall,
    /// Wrong codes and wrong numbers, per account.
    FailuresByAccount,
    /// The same, per network.
    FailuresByNetwork,
    /// Passwords tried on Regain's own pages (sign-in, change), per account. Counted before the bind.
    SignInsByAccount,
    /// The same, per network.
    SignInsByNetwork,
    /// Letters to the secretariat, per network.
    LettersByNetwork,
}

impl Counter {
    pub const ALL: [Counter; 9] = [
        Counter::MessagesByAccount,
        Counter::MessagesByContact,
        Counter::MessagesByNetwork,
        Counter::MessagesOverall,
        Counter::FailuresByAccount,
        Counter::FailuresByNetwork,
        Counter::SignInsByAccount,
        Counter::SignInsByNetwork,
        Counter::LettersByNetwork,
    ];

    /// The counter's name in the store, the log and the settings.
    pub const fn name(self) -> &'static str {
        match self {
            Counter::MessagesByAccount => "messages_by_account",
            Counter::MessagesByContact => "messages_by_contact",
            Counter::MessagesByNetwork => "messages_by_network",
            Counter::MessagesOverall => "messages_overall",
            Counter::FailuresByAccount => "failures_by_account",
            Counter::FailuresByNetwork => "failures_by_network",
            Counter::SignInsByAccount => "sign_ins_by_account",
            Counter::SignInsByNetwork => "sign_ins_by_network",
            Counter::LettersByNetwork => "letters_by_network",
        }
    }
}

/// At most `max` in each window of `window_seconds`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Limit {
    pub window_seconds: Seconds,
    pub max: u32,
}

impl Limit {
    /// When the window that holds `now` began.
    pub fn window_start(&self, now: Timestamp) -> Timestamp {
        let length = i64::from(self.window_seconds.max(1)) * 1000;
        Timestamp::from_millis(now.millis().div_euclid(length) * length)
    }

    /// When the window that holds `now` ends.
    pub fn window_end(&self, now: Timestamp) -> Timestamp {
        self.window_start(now).plus(self.window_seconds.max(1))
    }
}

/// The limits of an installation.
#[derive(Clone, Debug)]
pub struct Limits(pub BTreeMap<Counter, Vec<Limit>>);

impl Limits {
    /// The limits of one counter; none means that it is not limited.
    pub fn of(&self, counter: Counter) -> &[Limit] {
        self.0.get(&counter).map_or(&[], Vec::as_slice)
    }
}

const HOUR: Seconds = 3600;
const DAY: Seconds = 24 * HOUR;

impl Default for Limits {
    /// Room for an honest person on a bad day (two messages and two resends per walk, three walks an hour), far below
    /// the 100 consecutive failures of NIST SP 800-63B-4 §3.2.2, and under the lockout of a usual directory.
    fn default() -> Self {
        let per = |window_seconds, max| Limit { window_seconds, max };
        Self(BTreeMap::from([
            (Counter::MessagesByAccount, vec![per(HOUR, 12), per(DAY, 30)]),
            (Counter::MessagesByContact, vec![per(HOUR, 8), per(DAY, 20)]),
            (Counter::MessagesByNetwork, vec![per(HOUR, 60), per(DAY, 300)]),
            (Counter::MessagesOverall, vec![per(HOUR, 2_000), per(DAY, 10_000)]),
            (Counter::FailuresByAccount, vec![per(HOUR, 10), per(DAY, 25)]),
            (Counter::FailuresByNetwork, vec![per(HOUR, 60), per(DAY, 300)]),
            (Counter::SignInsByAccount, vec![per(HOUR / 2, 4)]),
            (Counter::SignInsByNetwork, vec![per(HOUR, 60)]),
            (Counter::LettersByNetwork, vec![per(HOUR, 5), per(DAY, 15)]),
        ]))
    }
}

/// When counting may go on, given what was counted in each limit's present window; `None` when it may go on now.
/// `counts` are in the order of `limits`; a count that is missing is 0.
pub fn pause_until(limits: &[Limit], counts: &[u32], now: Timestamp) -> Option<Timestamp> {
    limits
        .iter()
        .enumerate()
        .filter(|(n, limit)| counts.get(*n).copied().unwrap_or(0) >= limit.max)
        .map(|(_, limit)| limit.window_end(now))
        .max()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_full_window_decides() {
        let limits = [Limit { window_seconds: 60, max: 2 }, Limit { window_seconds: 3600, max: 5 }];
        let now = Timestamp::from_millis(61_000);
        assert_eq!(pause_until(&limits, &[1, 4], now), None);
        assert_eq!(pause_until(&limits, &[2, 4], now), Some(Timestamp::from_millis(120_000)));
        assert_eq!(pause_until(&limits, &[2, 5], now), Some(Timestamp::from_millis(3_600_000)));
        assert_eq!(pause_until(&limits, &[], now), None);
    }
}
