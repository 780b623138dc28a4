//! What a step may know: the moment, fresh randomness, and which limits are reached.

use crate::{Regain, Trouble, Visitor};
use recovery::{ContactPrint, Counter, Event, Facts, Timestamp, mac, pause_until};
use std::collections::BTreeMap;
use store::{Change, CountKey, Key};

/// Whom the counts of one request are about.
pub(crate) struct Subjects {
    pub account: Key,
    pub contact: Option<ContactPrint>,
    /// `None` in a network of the organisation itself: there only accounts are limited.
    pub network: Option<String>,
}

const MESSAGES: [Counter; 4] =
    [Counter::MessagesByAccount, Counter::MessagesByContact, Counter::MessagesByNetwork, Counter::MessagesOverall];
const FAILURES: [Counter; 2] = [Counter::FailuresByAccount, Counter::FailuresByNetwork];

/// A typed contact asks for a message, or is wrong.
const BOTH: [Counter; 6] = [
    Counter::MessagesByAccount,
    Counter::MessagesByContact,
    Counter::MessagesByNetwork,
    Counter::MessagesOverall,
    Counter::FailuresByAccount,
    Counter::FailuresByNetwork,
];

/// The counters that an event can meet.
pub(crate) fn counters_of(event: &Event) -> &'static [Counter] {
    match event {
        Event::MethodChosen { .. } | Event::FreshCodeAsked => &MESSAGES,
        Event::NumberTyped { .. } | Event::AddressTyped { .. } => &BOTH,
        Event::CodeTyped { .. } => &FAILURES,
        _ => &[],
    }
}

impl Regain {
    pub(crate) fn subjects(&self, account: Key, contact: Option<ContactPrint>, visitor: &Visitor) -> Subjects {
        let network = (!self.own_networks.contains(visitor.address)).then(|| visitor.network());
        Subjects { account, contact, network }
    }

    /// The facts of a step, with the limits of these counters looked up.
    pub(crate) async fn facts(&self, counters: &[Counter], subjects: &Subjects) -> Result<Facts<'_>, Trouble> {
        let now = self.now();
        Ok(Facts { now, random: self.random(), keys: &self.keys, pauses: self.pauses(counters, subjects, now).await? })
    }

    /// Which of these counters have reached a limit, and until when.
    pub(crate) async fn pauses(
        &self,
        counters: &[Counter],
        subjects: &Subjects,
        now: Timestamp,
    ) -> Result<BTreeMap<Counter, Timestamp>, Trouble> {
        let asked: Vec<(Counter, Vec<CountKey>)> =
            counters.iter().map(|&counter| (counter, self.count_keys(counter, subjects, now))).collect();
        let keys: Vec<CountKey> = asked.iter().flat_map(|(_, keys)| keys.iter().cloned()).collect();
        if keys.is_empty() {
            return Ok(BTreeMap::new());
        }
        let counts = self.store.counts(keys).await?;
        let mut rest = counts.as_slice();
        let mut pauses = BTreeMap::new();
        for (counter, keys) in asked {
            let (own, others) = rest.split_at(keys.len().min(rest.len()));
            rest = others;
            if let Some(until) = pause_until(self.limits.of(counter), own, now).filter(|_| !keys.is_empty()) {
                pauses.insert(counter, until);
            }
        }
        Ok(pauses)
    }

    /// The changes that add one to a counter, each guarded by its limit.
    pub(crate) fn count(&self, counter: Counter, subjects: &Subjects, now: Timestamp) -> Vec<Change> {
        let keys = self.count_keys(counter, subjects, now);
        let limits = self.limits.of(counter);
        let one = |(key, limit): (CountKey, &recovery::Limit)| Change::Count {
            key,
            max: limit.max,
            expires_at: limit.window_end(now).millis(),
        };
        keys.into_iter().zip(limits).map(one).collect()
    }

    /// The same whether or not the limit is reached: where nobody may see that it is, the same rows are written.
    pub(crate) fn count_beyond(&self, counter: Counter, subjects: &Subjects, now: Timestamp) -> Vec<Change> {
        let mut changes = self.count(counter, subjects, now);
        for change in &mut changes {
            if let Change::Count { max, .. } = change {
                *max = u32::MAX;
            }
        }
        changes
    }

    /// The name of what is counted, in every window.
    pub(crate) fn count_subject(&self, counter: Counter, subjects: &Subjects) -> Option<Key> {
        let name = counter.name().as_bytes();
        let subject: &[u8] = match counter {
            Counter::MessagesByAccount | Counter::FailuresByAccount | Counter::SignInsByAccount => &subjects.account,
            Counter::MessagesByContact => subjects.contact.as_ref()?.bytes(),
            Counter::MessagesByNetwork
            | Counter::FailuresByNetwork
            | Counter::SignInsByNetwork
            | Counter::LettersByNetwork => subjects.network.as_ref()?.as_bytes(),
            Counter::MessagesOverall => b"all",
        };
        Some(mac(&self.keys.count, &[name, subject]))
    }

    fn count_keys(&self, counter: Counter, subjects: &Subjects, now: Timestamp) -> Vec<CountKey> {
        let Some(subject) = self.count_subject(counter, subjects) else { return Vec::new() };
        let key = |limit: &recovery::Limit| CountKey {
            subject,
            window_seconds: limit.window_seconds,
            window_start: limit.window_start(now).millis(),
        };
        self.limits.of(counter).iter().map(key).collect()
    }
}
