//! Who holds a place at the listener, and who gives one up when all are taken.
//!
//! A connection waits while it is the client's turn: to shake hands, to send a request, to take an answer, or to say
//! nothing. It works while a request of it is being answered. Whoever waits can be sent away; whoever works is not.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use tokio::sync::{Notify, OwnedSemaphorePermit, Semaphore};

/// Requests of one connection that are worked on at once; a browser's page asks for two things.
const WORKS_MAX: usize = 32;

/// All places of a listener.
pub struct Places {
    max: usize,
    taken: Mutex<Taken>,
    /// A place was given back, or someone who worked waits again.
    changed: Notify,
}

#[derive(Default)]
struct Taken {
    next: u64,
    by: HashMap<u64, Held>,
}

struct Held {
    network: Network,
    works: usize,
    waits_since: Instant,
    leave: Arc<Notify>,
    is_leaving: bool,
}

/// Who shares the blame for many connections.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
enum Network {
    /// One IPv4 address, or an IPv6 /64: what one household or one attacker has.
    Of(IpAddr),
    /// A named proxy speaks for many: each of its connections stands for itself.
    Proxy(u64),
}

impl Network {
    fn of(peer: IpAddr) -> Self {
        Self::Of(match peer.to_canonical() {
            IpAddr::V4(address) => address.into(),
            IpAddr::V6(address) => Ipv6Addr::from_bits(address.to_bits() >> 64 << 64).into(),
        })
    }
}

impl Places {
    pub fn new(max: usize) -> Arc<Self> {
        Arc::new(Self { max, taken: Mutex::default(), changed: Notify::new() })
    }

    /// A place for a new connection. When all are taken, someone who waits gives up theirs.
    pub async fn take(self: &Arc<Self>, peer: IpAddr, is_proxy: bool) -> Place {
        loop {
            if let Some(place) = self.try_take(peer, is_proxy) {
                return place;
            }
            self.send_one_away();
            self.changed.notified().await;
        }
    }

    fn try_take(self: &Arc<Self>, peer: IpAddr, is_proxy: bool) -> Option<Place> {
        let mut taken = self.taken();
        if taken.by.len() >= self.max {
            return None;
        }
        let id = taken.next;
        taken.next += 1;
        let network = if is_proxy { Network::Proxy(id) } else { Network::of(peer) };
        let leave = Arc::new(Notify::new());
        let held =
            Held { network, works: 0, waits_since: Instant::now(), leave: Arc::clone(&leave), is_leaving: false };
        taken.by.insert(id, held);
        Some(Place { places: Arc::clone(self), id, leave, works: Arc::new(Semaphore::new(WORKS_MAX)) })
    }

    /// Of those who wait, whoever shares a network with the most connections leaves; among equals the longest waiting.
    /// So thousands of silent connections from one network push out each other, and nobody else. One at a time.
    pub fn send_one_away(&self) {
        let mut taken = self.taken();
        if taken.by.values().any(|held| held.is_leaving) {
            return;
        }
        let mut sizes: HashMap<Network, usize> = HashMap::new();
        for held in taken.by.values() {
            *sizes.entry(held.network).or_default() += 1;
        }
        let waiting = taken.by.iter_mut().filter(|(_, held)| held.works == 0);
        let chosen = waiting.max_by_key(|(_, held)| (sizes[&held.network], std::cmp::Reverse(held.waits_since)));
        if let Some((_, held)) = chosen {
            held.is_leaving = true;
            held.leave.notify_one();
        }
    }

    /// Waits until nobody holds a place any more.
    pub async fn all_free(&self) {
        while !self.taken().by.is_empty() {
            self.changed.notified().await;
        }
    }

    fn taken(&self) -> MutexGuard<'_, Taken> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One connection's place, given back when the last request of it has ended.
pub struct Place {
    places: Arc<Places>,
    id: u64,
    leave: Arc<Notify>,
    works: Arc<Semaphore>,
}

impl Place {
    /// A request has arrived: the wait begins anew.
    pub fn heard(&self) {
        self.change(|held| held.waits_since = Instant::now());
    }

    /// A request of this connection is worked on until the value is dropped.
    pub async fn work(self: &Arc<Self>) -> Work {
        let permit = Arc::clone(&self.works).acquire_owned().await.expect("the semaphore is never closed");
        self.change(|held| {
            held.works += 1;
            held.is_leaving = false;
        });
        Work { place: Arc::clone(self), _permit: permit }
    }

    /// Resolves when this connection has kept us waiting for longer than `patience`, or its place is wanted.
    pub async fn given_up(&self, patience: Duration) {
        loop {
            let rest = self.waits_since().map_or(patience, |since| patience.saturating_sub(since.elapsed()));
            tokio::select! {
                // Unless a request came first.
                () = self.leave.notified() => if self.waits_since().is_some() { return },
                () = tokio::time::sleep(rest) => {}
            }
            if self.waits_since().is_some_and(|since| since.elapsed() >= patience) {
                return;
            }
        }
    }

    /// `None` while it is our turn.
    fn waits_since(&self) -> Option<Instant> {
        self.places.taken().by.get(&self.id).filter(|held| held.works == 0).map(|held| held.waits_since)
    }

    fn change(&self, change: impl FnOnce(&mut Held)) {
        if let Some(held) = self.places.taken().by.get_mut(&self.id) {
            change(held);
        }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.places.taken().by.remove(&self.id);
        self.places.changed.notify_one();
    }
}

/// A request that is being answered.
pub struct Work {
    place: Arc<Place>,
    _permit: OwnedSemaphorePermit,
}

impl Drop for Work {
    fn drop(&mut self) {
        self.place.change(|held| {
            held.works -= 1;
            held.waits_since = Instant::now();
        });
        self.place.places.changed.notify_one();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Longer than any test runs.
    const LONG: Duration = Duration::from_secs(3600);

    fn ip(text: &str) -> IpAddr {
        text.parse().expect("an address")
    }

    async fn is_sent_away(place: &Place) -> bool {
        tokio::select! {
            biased;
            () = place.given_up(LONG) => true,
            () = std::future::ready(()) => false,
        }
    }

    #[tokio::test]
    async fn the_network_with_most_connections_gives_one_up() {
        let places = Places::new(4);
        let somebody = places.take(ip("192.0.2.1"), false).await;
        let flood = [
            places.take(ip("2001:db8::1"), false).await,
            places.take(ip("2001:db8::2"), false).await,
            places.take(ip("2001:db8:0:0:ffff::1"), false).await,
        ];
        assert!(places.try_take(ip("192.0.2.9"), false).is_none());
        places.send_one_away();
        assert!(!is_sent_away(&somebody).await, "one connection alone is not the flood");
        assert!(is_sent_away(&flood[0]).await, "the longest waiting of the flood leaves");
        assert!(!is_sent_away(&flood[1]).await);
    }

    #[tokio::test]
    async fn whoever_is_being_answered_stays() {
        let places = Places::new(2);
        let working = Arc::new(places.take(ip("192.0.2.1"), false).await);
        let waiting = places.take(ip("192.0.2.1"), false).await;
        let work = working.work().await;
        places.send_one_away();
        assert!(!is_sent_away(&working).await);
        assert!(is_sent_away(&waiting).await);
        drop((waiting, work));
        places.send_one_away();
        assert!(is_sent_away(&working).await, "once answered, it waits like any other");
    }

    #[tokio::test]
    async fn the_connections_of_a_named_proxy_are_no_flood() {
        let places = Places::new(5);
        let proxied = [
            places.take(ip("10.0.0.5"), true).await,
            places.take(ip("10.0.0.5"), true).await,
            places.take(ip("10.0.0.5"), true).await,
        ];
        let others = [places.take(ip("192.0.2.1"), false).await, places.take(ip("192.0.2.1"), false).await];
        places.send_one_away();
        assert!(is_sent_away(&others[0]).await);
        for place in &proxied {
            assert!(!is_sent_away(place).await);
        }
    }

    #[tokio::test]
    async fn a_place_given_back_is_taken_at_once() {
        let places = Places::new(1);
        let first = places.take(ip("192.0.2.1"), false).await;
        let next = tokio::spawn({
            let places = Arc::clone(&places);
            async move { places.take(ip("192.0.2.2"), false).await }
        });
        first.given_up(LONG).await;
        drop(first);
        next.await.expect("the next one has the place");
    }

    #[tokio::test]
    async fn no_more_requests_of_a_connection_are_worked_on_at_once_than_may_be() {
        let place = Arc::new(Places::new(1).take(ip("192.0.2.1"), false).await);
        let mut works = Vec::new();
        for _ in 0..WORKS_MAX {
            works.push(place.work().await);
        }
        let one_more = place.work();
        tokio::pin!(one_more);
        assert!(ready_now(one_more.as_mut()).await.is_none());
        works.pop();
        assert!(ready_now(one_more).await.is_some());
    }

    /// What a future resolves to now, without waiting.
    async fn ready_now<T>(future: std::pin::Pin<&mut impl Future<Output = T>>) -> Option<T> {
        let mut future = future;
        tokio::select! {
            biased;
            done = future.as_mut() => Some(done),
            () = std::future::ready(()) => None,
        }
    }
}
