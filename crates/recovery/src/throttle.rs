//! Limits on tries in a time.
//!
//! The store counts; here is what the limits are, and until when one that is reached must be waited for. Everything is
//! in a count and the moment when it is forgotten, so that one row of the store is enough for each limit.

use crate::{Counter, Seconds, Timestamp};
use std::collections::BTreeMap;

/// One limit of a counter. A counter may have several; each is counted for itself, and the longest wait holds.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Limit {
    /// At most `max` in each period of the clock (each hour, each day): for budgets and networks.
    Window { seconds: Seconds, max: u32 },
    /// At most `max` in a row, without so long a rest as `rest_seconds` between two of them. It holds over any stretch
    /// of time, which a window that ends between two tries does not.
    InARow { rest_seconds: Seconds, max: u32 },
    /// The first `free` at once; then a wait that begins at `first_wait_seconds` and doubles with each one more, up to
    /// `longest_wait_seconds`. A rest of `rest_seconds` begins it anew.
    Rising { free: u32, first_wait_seconds: Seconds, longest_wait_seconds: Seconds, rest_seconds: Seconds },
}

/// What was counted, as the store keeps it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Counted {
    pub times: u32,
    /// When it is forgotten.
    pub expires_at: Timestamp,
}

impl Counted {
    /// Nothing was counted, or it is forgotten by now.
    pub const NOTHING: Self = Self { times: 0, expires_at: Timestamp::from_millis(0) };

    /// How often by now.
    pub fn times_at(&self, now: Timestamp) -> u32 {
        if now < self.expires_at { self.times } else { 0 }
    }
}

impl Limit {
    /// How long a count lasts: the window, or the rest that ends a row. It names the count, beside its start.
    pub fn seconds(&self) -> Seconds {
        match self {
            Limit::Window { seconds, .. } => *seconds,
            Limit::InARow { rest_seconds, .. } | Limit::Rising { rest_seconds, .. } => *rest_seconds,
        }
        .max(1)
    }

    /// When the count that holds `now` began, as its name says: a window's start; a row has only one name.
    pub fn starts_at(&self, now: Timestamp) -> Timestamp {
        let Limit::Window { .. } = self else { return Timestamp::from_millis(0) };
        let length = i64::from(self.seconds()) * 1000;
        Timestamp::from_millis(now.millis().div_euclid(length) * length)
    }

    /// When a count is forgotten to which one is added now: at the end of its window, or after the rest.
    pub fn expires_at(&self, now: Timestamp) -> Timestamp {
        match self {
            Limit::Window { .. } => self.starts_at(now).plus(self.seconds()),
            Limit::InARow { .. } | Limit::Rising { .. } => now.plus(self.seconds()),
        }
    }

    /// What the count may be at most before one is added, so that two requests can't both take the last place: the
    /// limit, or where each one more makes the wait longer, what was seen when the wait was looked at.
    pub fn most_before(&self, seen: u32) -> u32 {
        match self {
            Limit::Rising { .. } => seen.saturating_add(1),
            Limit::Window { .. } | Limit::InARow { .. } => self.max(),
        }
    }

    /// How many it lets through; a rising wait has no end.
    pub const fn max(&self) -> u32 {
        match self {
            Limit::Window { max, .. } | Limit::InARow { max, .. } => *max,
            Limit::Rising { .. } => u32::MAX,
        }
    }

    /// Until when one more must wait; `None` when it may come now. A clock that was set back makes nobody wait longer.
    pub fn pause_until(&self, counted: Counted, now: Timestamp) -> Option<Timestamp> {
        let times = counted.times_at(now);
        match self {
            // A limit of nothing is reached before anything was counted.
            Limit::Window { max: 0, .. } | Limit::InARow { max: 0, .. } => Some(self.expires_at(now)),
            Limit::Window { max, .. } | Limit::InARow { max, .. } => {
                (times >= *max).then_some(counted.expires_at.min(self.expires_at(now)))
            }
            Limit::Rising { .. } => {
                let last = counted.expires_at.millis().saturating_sub(i64::from(self.seconds()) * 1000);
                let until = Timestamp::from_millis(last.min(now.millis())).plus(self.wait_after(times));
                (times > 0 && until > now).then_some(until)
            }
        }
    }

    /// How long a rising limit makes the next one wait after so many; 0 for other limits.
    pub fn wait_after(&self, times: u32) -> Seconds {
        match self {
            Limit::Rising { free, first_wait_seconds, longest_wait_seconds, .. } if times >= *free => {
                let doublings = (times - free).min(31);
                first_wait_seconds.saturating_mul(1 << doublings).min(*longest_wait_seconds)
            }
            _ => 0,
        }
    }
}

/// Until when one more must wait, given what was counted for each limit; `None` when it may come now.
/// `counts` are in the order of `limits`; a count that is missing is nothing.
pub fn pause_until(limits: &[Limit], counts: &[Counted], now: Timestamp) -> Option<Timestamp> {
    let counted = counts.iter().copied().chain(std::iter::repeat(Counted::NOTHING));
    limits.iter().zip(counted).filter_map(|(limit, counted)| limit.pause_until(counted, now)).max()
}

/// The limits of an installation.
#[derive(Clone, Debug)]
pub struct Limits(pub BTreeMap<Counter, Vec<Limit>>);

impl Limits {
    /// The limits of one counter; none means that it is not limited, and not counted.
    pub fn of(&self, counter: Counter) -> &[Limit] {
        match counter {
            Counter::BegunByNetwork | Counter::ProvenByNetwork => &WATCHED,
            _ => self.0.get(&counter).map_or(&[], Vec::as_slice),
        }
    }
}

const MINUTE: Seconds = 60;
const HOUR: Seconds = 60 * MINUTE;
const DAY: Seconds = 24 * HOUR;

/// What is only watched is counted per hour, and never reaches a limit.
const WATCHED: [Limit; 1] = [Limit::Window { seconds: HOUR, max: u32::MAX }];

impl Default for Limits {
    /// Room for an honest person on a bad day, and no more than 90 failures in a row of strangers and known browsers
    /// together, below the 100 of NIST SP 800-63B-4 §3.2.2. The reasons stand in `docs/explanation/limits.md`.
    fn default() -> Self {
        let per = |seconds, max| Limit::Window { seconds, max };
        let row = |rest_seconds, max| Limit::InARow { rest_seconds, max };
        let rising =
            Limit::Rising { free: 5, first_wait_seconds: MINUTE, longest_wait_seconds: HOUR, rest_seconds: DAY };
        Self(BTreeMap::from([
            (Counter::MessagesByAccount, vec![per(HOUR, 12), per(DAY, 30)]),
            (Counter::MessagesByAccountKnown, vec![per(HOUR, 8), per(DAY, 20)]),
            (Counter::MessagesByContact, vec![per(HOUR, 8), per(DAY, 20)]),
            (Counter::MessagesByContactKnown, vec![per(HOUR, 6), per(DAY, 15)]),
            (Counter::MessagesByNetwork, vec![per(HOUR, 60), per(DAY, 300)]),
            (Counter::MessagesByNetwork56, vec![per(HOUR, 240), per(DAY, 1_200)]),
            (Counter::MessagesOverall, vec![per(HOUR, 5_000), per(DAY, 20_000)]),
            (Counter::FailuresByAccount, vec![rising, row(30 * DAY, 60)]),
            (Counter::FailuresByAccountKnown, vec![rising, row(30 * DAY, 30)]),
            (Counter::FailuresByNetwork, vec![per(HOUR, 60), per(6 * HOUR, 180)]),
            (Counter::FailuresByNetwork56, vec![per(HOUR, 240), per(6 * HOUR, 720)]),
            (Counter::FailuresOverall, vec![per(10 * MINUTE, 1_000), per(6 * HOUR, 4_000)]),
            (Counter::SignInsByAccount, vec![row(30 * MINUTE, 3), row(30 * DAY, 60)]),
            (Counter::SignInsByAccountKnown, vec![row(30 * MINUTE, 4), row(30 * DAY, 90)]),
            (Counter::SignInsByNetwork, vec![per(HOUR, 60)]),
            (Counter::SignInsByNetwork56, vec![per(HOUR, 240)]),
            (Counter::LettersByNetwork, vec![per(HOUR, 5), per(DAY, 15)]),
            (Counter::LettersByNetwork56, vec![per(HOUR, 20), per(DAY, 60)]),
            (Counter::AccountsByBrowser, vec![per(DAY, 20)]),
        ]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::from_millis(1_700_000_000_000);

    fn counted(times: u32, expires_at: Timestamp) -> Counted {
        Counted { times, expires_at }
    }

    #[test]
    fn the_longest_wait_decides() {
        let limits = [Limit::Window { seconds: 60, max: 2 }, Limit::Window { seconds: 3600, max: 5 }];
        let now = Timestamp::from_millis(61_000);
        let [minute, hour] = limits.map(|limit| limit.expires_at(now));
        let until = |one, two| pause_until(&limits, &[counted(one, minute), counted(two, hour)], now);
        assert_eq!(until(1, 4), None);
        assert_eq!(until(2, 4), Some(Timestamp::from_millis(120_000)));
        assert_eq!(until(2, 5), Some(Timestamp::from_millis(3_600_000)));
        assert_eq!(pause_until(&limits, &[], now), None);
        assert_eq!(Limit::Window { seconds: 60, max: 0 }.pause_until(Counted::NOTHING, now), Some(minute));
    }

    #[test]
    fn a_row_ends_with_a_rest_and_holds_over_any_stretch_of_time() {
        let limit = Limit::InARow { rest_seconds: 1800, max: 3 };
        let last = NOW;
        let kept = counted(3, limit.expires_at(last));
        for (seconds, paused) in [(0, true), (1799, true), (1800, false)] {
            assert_eq!(limit.pause_until(kept, last.plus(seconds)).is_some(), paused, "{seconds}");
        }
        assert_eq!(limit.starts_at(NOW), limit.starts_at(NOW.plus(1799)), "a row has one name");
        assert_eq!(limit.pause_until(counted(2, limit.expires_at(last)), last), None);
    }

    #[test]
    fn waits_rise_from_a_minute_to_an_hour() {
        let limits = Limits::default();
        let rising = limits.of(Counter::FailuresByAccount)[0];
        let waits: Vec<Seconds> = (0..=13).map(|times| rising.wait_after(times)).collect();
        assert_eq!(waits, [0, 0, 0, 0, 0, 60, 120, 240, 480, 960, 1920, 3600, 3600, 3600]);
        assert_eq!(rising.wait_after(u32::MAX), 3600);
        let until = |times| rising.pause_until(counted(times, rising.expires_at(NOW)), NOW);
        assert_eq!([4, 5, 7].map(until), [None, Some(NOW.plus(60)), Some(NOW.plus(240))]);
        assert_eq!(rising.pause_until(counted(7, rising.expires_at(NOW)), NOW.plus(240)), None);
    }

    #[test]
    fn two_requests_can_not_both_use_one_wait() {
        let limits = Limits::default();
        let [rising, row] = *limits.of(Counter::FailuresByAccount) else { panic!("two limits") };
        assert_eq!(rising.most_before(7), 8, "what was seen, and no more");
        assert_eq!(row.most_before(7), 60);
    }

    #[test]
    fn a_clock_that_was_set_back_makes_nobody_wait_longer() {
        let limits = Limits::default();
        let [rising, row] = *limits.of(Counter::FailuresByAccount) else { panic!("two limits") };
        let ahead = NOW.plus(DAY);
        assert_eq!(rising.pause_until(counted(20, rising.expires_at(ahead)), NOW), Some(NOW.plus(3600)));
        assert_eq!(row.pause_until(counted(60, row.expires_at(ahead)), NOW), Some(NOW.plus(30 * DAY)));
    }
}
