//! Turns for browsers that can't do the work: one after the other, from an allowance that all share.

use super::proof::Token;
use super::{Passage, TURN, TURN_SECONDS};
use crate::{Regain, Trouble, Visitor};
use recovery::{Seconds, Timestamp, mac};
use store::{Change, Committed, CountKey, Millis};

/// The time over which turns are handed out: ten minutes. Who comes when all are taken is asked to come back.
const AHEAD_SECONDS: Seconds = 600;

/// The shortest wait. It costs who waits in many tabs at once as much as who waits in one.
pub(super) const WAIT_SECONDS_MIN: Seconds = 15;

/// Turns that one network may hold in ten minutes: a household has more browsers than people, and few without scripts.
const PER_NETWORK: u32 = 3;

/// How often the next free place is looked for when others were faster.
const TRIES_MAX: u32 = 4;

impl Regain {
    /// Hands out the next free turn.
    pub(super) async fn take_turn(&self, visitor: &Visitor, now: Timestamp) -> Result<Passage, Trouble> {
        for _ in 0..TRIES_MAX {
            let network = self.network_place(visitor, now);
            let places = self.places(now);
            let asked: Vec<CountKey> = network.iter().chain(&places).cloned().collect();
            let counts = self.store.counts(asked).await?;
            let (own, taken) = counts.split_at(network.iter().len().min(counts.len()));
            let free = places.into_iter().zip(taken).find(|(_, taken)| taken.times == 0).map(|(place, _)| place);
            let Some(place) = free.filter(|_| own.iter().all(|held| held.times < PER_NETWORK)) else { break };
            let at = Timestamp::from_millis(place.window_start);
            let expires_at = at.plus(AHEAD_SECONDS).millis();
            let mut changes = vec![Change::Count { key: place, max: 1, now: now.millis(), expires_at }];
            changes.extend(network.map(|key| Change::Count { key, max: PER_NETWORK, now: now.millis(), expires_at }));
            if self.store.commit(changes).await? == Committed::Done {
                let turn = Token { from: at, until: at.plus(TURN_SECONDS), bits: 0, random: self.random() };
                return Ok(self.waits(&turn, now));
            }
        }
        Ok(Passage::Full { again_at: now.plus(AHEAD_SECONDS), challenge: self.challenge(now) })
    }

    pub(super) fn waits(&self, turn: &Token, now: Timestamp) -> Passage {
        let ticket = turn.sign(&self.keys.count, TURN);
        Passage::Waits { at: turn.from, ticket, challenge: self.challenge(now) }
    }

    /// The places of the next ten minutes, one person each, in order.
    fn places(&self, now: Timestamp) -> Vec<CountKey> {
        let turns = i64::from(self.defence.toll.turns.clamp(1, AHEAD_SECONDS));
        let apart: Millis = i64::from(AHEAD_SECONDS) * 1000 / turns;
        let earliest = now.plus(WAIT_SECONDS_MIN).millis();
        let first = earliest + (-earliest).rem_euclid(apart);
        let subject = mac(&self.keys.count, &[b"turn"]);
        let window_seconds = Seconds::try_from(apart / 1000).unwrap_or(1);
        (0..turns).map(|n| CountKey { subject, window_seconds, window_start: first + n * apart }).collect()
    }

    /// What a network has taken of them. In the organisation's own networks only the shared allowance counts.
    fn network_place(&self, visitor: &Visitor, now: Timestamp) -> Option<CountKey> {
        let length = i64::from(AHEAD_SECONDS) * 1000;
        (!self.own_networks.contains(visitor.address)).then(|| CountKey {
            subject: mac(&self.keys.count, &[b"turn", visitor.network().as_bytes()]),
            window_seconds: AHEAD_SECONDS,
            window_start: now.millis().div_euclid(length) * length,
        })
    }
}
