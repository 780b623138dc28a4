//! How the last minutes are counted, and when that is more than a quiet day brings.

use crate::facts::count_key;
use crate::{Regain, Trouble, Visitor};
use recovery::{Counter, Limit, Seconds, Timestamp, mac};
use store::{Change, CountKey};

/// The window of every count here. Ten minutes: long enough to see a rise, short enough that it ends soon after it does.
pub const WINDOW_SECONDS: Seconds = 600;

/// What is counted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Rise {
    /// An account was named.
    Begun,
    /// A message was asked for, whether it goes anywhere or not.
    Messages,
    /// A wrong code or number.
    Failures,
}

impl Rise {
    const ALL: [Rise; 3] = [Rise::Begun, Rise::Messages, Rise::Failures];

    /// What a step counts, as far as it tells of a rise: once for each message and each failure.
    pub fn of(counter: Counter) -> Option<Self> {
        match counter {
            Counter::MessagesByNetwork => Some(Rise::Messages),
            Counter::FailuresByNetwork => Some(Rise::Failures),
            _ => None,
        }
    }

    const fn name(self) -> &'static [u8] {
        match self {
            Rise::Begun => b"begun",
            Rise::Messages => b"messages",
            Rise::Failures => b"failures",
        }
    }
}

impl Regain {
    /// The changes that count one more, for its network and overall. In the organisation's own networks nothing rises: a
    /// class that forgot its passwords is no reason to slow anybody outside.
    pub(crate) fn rise(&self, rise: Rise, visitor: &Visitor, now: Timestamp) -> Vec<Change> {
        if self.own_networks.contains(visitor.address) {
            return Vec::new();
        }
        let expires_at = now.plus(2 * WINDOW_SECONDS).millis();
        let count = |key| Change::Count { key, max: u32::MAX, now: now.millis(), expires_at };
        self.rise_keys(rise, visitor, now).into_iter().map(count).collect()
    }

    /// Whether any count of this window, or of the one before, has passed its threshold.
    pub(super) async fn has_risen(&self, visitor: &Visitor, now: Timestamp) -> Result<bool, Trouble> {
        let rules = &self.defence.toll;
        let thresholds = |rise| match rise {
            Rise::Begun => [rules.begun_by_network, rules.begun_overall],
            Rise::Messages => [rules.messages_by_network, rules.messages_overall],
            Rise::Failures => [rules.failures_by_network, rules.failures_overall],
        };
        // The window before counts as well, so that a toll does not end at each full ten minutes.
        let windows = [now, Timestamp::from_millis(now.millis() - i64::from(WINDOW_SECONDS) * 1000)];
        let (mut keys, mut limits) = (Vec::new(), Vec::new());
        for (rise, at) in Rise::ALL.into_iter().flat_map(|rise| windows.map(|at| (rise, at))) {
            keys.extend(self.rise_keys(rise, visitor, at));
            limits.extend(thresholds(rise));
        }
        let counts = self.store.counts(keys).await?;
        Ok(counts.iter().zip(limits).any(|(counted, threshold)| counted.times >= threshold))
    }

    /// The names of the two counts: of the visitor's network, and of all.
    fn rise_keys(&self, rise: Rise, visitor: &Visitor, now: Timestamp) -> [CountKey; 2] {
        let window = Limit::Window { seconds: WINDOW_SECONDS, max: u32::MAX };
        [visitor.network().as_str(), "all"]
            .map(|subject| count_key(mac(&self.keys.count, &[b"rise", rise.name(), subject.as_bytes()]), &window, now))
    }
}
