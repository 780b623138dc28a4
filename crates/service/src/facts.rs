//! What a step may know: the moment, fresh randomness, and which limits are reached.

use crate::{Regain, Trouble, Visitor};
use recovery::{ContactPrint, Counted, Counter, Event, Facts, Limit, Timestamp, mac, pause_until};
use std::collections::BTreeMap;
use store::{Change, CountKey, Key};

/// Whom the counts of one request are about.
pub(crate) struct Subjects {
    pub account: Key,
    pub contact: Option<ContactPrint>,
    /// `None` in a network of the organisation itself: there only accounts are limited.
    pub network: Option<String>,
    /// The IPv6 /56 around it.
    pub network_56: Option<String>,
    /// The organisation's own network that the visitor is in.
    pub own_network: Option<String>,
    /// Whether the browser is known for the account: then it is counted apart from strangers.
    pub known: bool,
}

impl Subjects {
    /// An account, and nobody in front of it.
    pub fn of_account(account: Key) -> Self {
        Self { account, contact: None, network: None, network_56: None, own_network: None, known: false }
    }
}

/// What was looked up for a step: which counters have reached a limit, and what each count was.
#[derive(Default)]
pub(crate) struct Seen {
    pub pauses: BTreeMap<Counter, Timestamp>,
    times: BTreeMap<(Key, i64, u32), u32>,
}

/// The counters that an event can meet.
pub(crate) fn counters_of(event: &Event) -> Vec<Counter> {
    let messages = Counter::MESSAGES.into_iter().chain([Counter::MessagesByContact]);
    match event {
        Event::MethodChosen { .. } | Event::FreshCodeAsked => messages.collect(),
        // A typed contact asks for a message, or is wrong.
        Event::NumberTyped { .. } | Event::AddressTyped { .. } => messages.chain(Counter::FAILURES).collect(),
        Event::CodeTyped { .. } => Counter::FAILURES.into(),
        _ => Vec::new(),
    }
}

impl Regain {
    pub(crate) fn subjects(&self, account: Key, known: bool, visitor: &Visitor) -> Subjects {
        let own_network = self.own_networks.of(visitor.address);
        let strangers = own_network.is_none();
        Subjects {
            account,
            contact: None,
            network: strangers.then(|| visitor.network()),
            network_56: visitor.network_56().filter(|_| strangers),
            own_network,
            known,
        }
    }

    /// The facts of a step, with what was seen of these counters.
    pub(crate) fn facts(&self, seen: &Seen, now: Timestamp) -> Facts<'_> {
        Facts { now, random: self.random(), keys: &self.keys, pauses: seen.pauses.clone() }
    }

    /// Which of these counters have reached a limit, and until when.
    pub(crate) async fn look(
        &self,
        counters: &[Counter],
        subjects: &Subjects,
        now: Timestamp,
    ) -> Result<Seen, Trouble> {
        let asked: Vec<(Counter, &[Limit], Vec<CountKey>)> = counters
            .iter()
            .map(|&counter| (counter, self.limits_of(counter, subjects), self.count_keys(counter, subjects, now)))
            .collect();
        let keys: Vec<CountKey> = asked.iter().flat_map(|(_, _, keys)| keys.iter().cloned()).collect();
        let mut seen = Seen::default();
        if keys.is_empty() {
            return Ok(seen);
        }
        let counts: Vec<Counted> = self.store.counts(keys).await?.into_iter().map(counted).collect();
        let mut rest = counts.as_slice();
        for (counter, limits, keys) in asked {
            let (own, others) = rest.split_at(keys.len().min(rest.len()));
            rest = others;
            if let Some(until) = pause_until(limits, own, now).filter(|_| !keys.is_empty()) {
                seen.pauses.insert(counter, until);
            }
            let times = own.iter().map(|counted| counted.times_at(now));
            seen.times.extend(keys.iter().map(name_of).zip(times));
        }
        Ok(seen)
    }

    /// The changes that add one to a counter, each guarded by its limit, and by what was seen of it.
    pub(crate) fn count(&self, counter: Counter, subjects: &Subjects, seen: &Seen, now: Timestamp) -> Vec<Change> {
        let keys = self.count_keys(counter, subjects, now);
        let one = |(key, limit): (CountKey, &Limit)| Change::Count {
            max: limit.most_before(seen.times.get(&name_of(&key)).copied().unwrap_or(0)),
            key,
            now: now.millis(),
            expires_at: limit.expires_at(now).millis(),
        };
        keys.into_iter().zip(self.limits_of(counter, subjects)).map(one).collect()
    }

    /// The same whether or not the limit is reached: where nobody may see that it is, the same rows are written.
    pub(crate) fn count_beyond(
        &self,
        counter: Counter,
        subjects: &Subjects,
        seen: &Seen,
        now: Timestamp,
    ) -> Vec<Change> {
        let mut changes = self.count(counter, subjects, seen, now);
        for change in &mut changes {
            if let Change::Count { max, .. } = change {
                *max = u32::MAX;
            }
        }
        changes
    }

    /// The change that sets a counter back to nothing.
    pub(crate) fn uncount(&self, counter: Counter, subjects: &Subjects) -> Option<Change> {
        self.count_subject(counter, subjects).map(|subject| Change::Uncount { subject })
    }

    fn limits_of(&self, counter: Counter, subjects: &Subjects) -> &[Limit] {
        self.limits.of(if subjects.known { counter.for_known() } else { counter })
    }

    /// The name of what is counted, under every limit.
    pub(crate) fn count_subject(&self, counter: Counter, subjects: &Subjects) -> Option<Key> {
        let counter = if subjects.known { counter.for_known() } else { counter };
        let mut name = counter.name();
        let subject: &[u8] = match counter {
            Counter::MessagesByAccount
            | Counter::MessagesByAccountKnown
            | Counter::FailuresByAccount
            | Counter::FailuresByAccountKnown
            | Counter::SignInsByAccount => &subjects.account,
            // One count with that of strangers, for the directory has only one: the last tries are kept for this browser.
            Counter::SignInsByAccountKnown => {
                name = Counter::SignInsByAccount.name();
                &subjects.account
            }
            Counter::MessagesByContact | Counter::MessagesByContactKnown => subjects.contact.as_ref()?.bytes(),
            Counter::MessagesByNetwork
            | Counter::FailuresByNetwork
            | Counter::SignInsByNetwork
            | Counter::LettersByNetwork => subjects.network.as_ref()?.as_bytes(),
            Counter::MessagesByNetwork56
            | Counter::FailuresByNetwork56
            | Counter::SignInsByNetwork56
            | Counter::LettersByNetwork56 => subjects.network_56.as_ref()?.as_bytes(),
            Counter::BegunByNetwork | Counter::ProvenByNetwork => subjects.own_network.as_ref()?.as_bytes(),
            // Strangers who fail everywhere must not lock out who has got in before.
            Counter::FailuresOverall if subjects.known => return None,
            Counter::MessagesOverall | Counter::FailuresOverall => b"all",
            // Counted by browser, see `suspect`.
            Counter::AccountsByBrowser => return None,
        };
        Some(mac(&self.keys.count, &[name.as_bytes(), subject]))
    }

    fn count_keys(&self, counter: Counter, subjects: &Subjects, now: Timestamp) -> Vec<CountKey> {
        let Some(subject) = self.count_subject(counter, subjects) else { return Vec::new() };
        self.limits_of(counter, subjects).iter().map(|limit| count_key(subject, limit, now)).collect()
    }
}

/// The name of one limit's count in the store.
pub(crate) fn count_key(subject: Key, limit: &Limit, now: Timestamp) -> CountKey {
    CountKey { subject, window_seconds: limit.seconds(), window_start: limit.starts_at(now).millis() }
}

pub(crate) fn counted(counted: store::Counted) -> Counted {
    Counted { times: counted.times, expires_at: Timestamp::from_millis(counted.expires_at) }
}

fn name_of(key: &CountKey) -> (Key, i64, u32) {
    (key.subject, key.window_start, key.window_seconds)
}
