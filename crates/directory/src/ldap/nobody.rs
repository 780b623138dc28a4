//! An account that is not there, asked for its password as if it were.
//!
//! A server hashes the password only for an entry that exists, so it answers for nobody sooner. What a wrong password of a
//! real account lately cost is remembered here, and a sooner answer waits until then. The first wrong passwords after
//! a start are not evened out: nothing is known yet.

#![allow(clippy::disallowed_methods)] // An adapter may draw a name that nobody has.

use recovery::AccountId;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use tokio::time::Instant;

/// A new measure counts for one part in so many.
const WEIGHT: u64 = 8;

/// An id and a DN that no entry has.
pub(super) struct Nobody {
    pub id: AccountId,
    pub dn: String,
}

impl Nobody {
    pub(super) fn new(base_dn: &str) -> Self {
        let mut bytes = [0; 16];
        // Without random bytes the names are the same each time, and still nobody's.
        let _ = getrandom::fill(&mut bytes);
        let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        let groups = [0..8, 8..12, 12..16, 16..20, 20..32].map(|range| hex.get(range).unwrap_or_default());
        Self { id: AccountId(groups.join("-")), dn: format!("cn=regain-nobody-{hex},{base_dn}") }
    }
}

/// How long wrong passwords of real accounts lately took, in microseconds; 0 before the first.
#[derive(Default)]
pub(super) struct WrongBinds(AtomicU64);

impl WrongBinds {
    /// Learns from a real account's wrong password; waits, for anything else, until it has taken as long.
    pub(super) async fn even_out(&self, started: Instant, is_real: bool, limit: Duration) {
        let usual = self.0.load(Ordering::Relaxed);
        if is_real {
            let took = u64::try_from(started.elapsed().as_micros()).unwrap_or(u64::MAX);
            let next = if usual == 0 { took } else { usual - usual / WEIGHT + took / WEIGHT };
            self.0.store(next, Ordering::Relaxed);
            return;
        }
        tokio::time::sleep_until(started + Duration::from_micros(usual).min(limit)).await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn nobodys_wrong_password_takes_as_long_as_a_real_one() {
        let (binds, limit) = (WrongBinds::default(), Duration::from_secs(1));
        let started = Instant::now();
        binds.even_out(started, false, limit).await;
        let real = Duration::from_millis(20);
        binds.even_out(started.checked_sub(real).expect("not at the start of time"), true, limit).await;
        let started = Instant::now();
        binds.even_out(started, false, limit).await;
        assert!(started.elapsed() >= real);
    }

    #[test]
    fn nobodys_id_is_a_uuid_and_never_the_same() {
        let (one, other) = (Nobody::new("dc=x"), Nobody::new("dc=x"));
        assert_eq!(one.id.0.split('-').map(str::len).collect::<Vec<_>>(), [8, 4, 4, 4, 12]);
        assert!(one.id != other.id && one.dn != other.dn && one.dn.ends_with(",dc=x"));
    }
}
