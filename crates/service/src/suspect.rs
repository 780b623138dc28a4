//! The organisation's own networks: a school behind one address. Nobody there is limited by network, so what looks like a
//! machine among the people is told apart in other ways, and asked for more work than they are.

use crate::facts::{count_key, counted};
use crate::{Browser, Regain, Trouble, Visitor};
use recovery::{Counter, Limit, Timestamp, mac, pause_until};
use store::{Change, CountKey, Key};

/// Fewer recoveries than this in an hour and the one before say nothing about a network.
const BEGUN_MIN: u32 = 20;

/// What says whether this browser has named this account today.
const NAMED: Limit = Limit::Window { seconds: 24 * 3600, max: u32::MAX };

impl Regain {
    /// Whether the visitor of one of the organisation's own networks should be slowed: a browser that names more accounts
    /// than one person has, or one without a cookie while most recoveries begun there pass no gate. Ask it when a form
    /// comes in that follows a page which gave a cookie. Elsewhere nobody is suspect: there the limits by network hold.
    ///
    /// # Errors
    /// When the store is away.
    pub async fn is_suspect(&self, visitor: &Visitor) -> Result<bool, Trouble> {
        let Some(network) = self.own_networks.of(visitor.address) else { return Ok(false) };
        let now = self.now();
        match &visitor.browser {
            Some(browser) => self.names_too_many(browser, now).await,
            None => self.mostly_fails(&network, now).await,
        }
    }

    fn accounts_of(&self, browser: &Browser) -> Key {
        mac(&self.keys.count, &[Counter::AccountsByBrowser.name().as_bytes(), browser.id()])
    }

    async fn names_too_many(&self, browser: &Browser, now: Timestamp) -> Result<bool, Trouble> {
        let limits = self.limits.of(Counter::AccountsByBrowser);
        let keys = limits.iter().map(|limit| count_key(self.accounts_of(browser), limit, now)).collect();
        let counts: Vec<_> = self.store.counts(keys).await?.into_iter().map(counted).collect();
        Ok(pause_until(limits, &counts, now).is_some())
    }

    /// Looks at this hour and the last one, so that a new hour does not forgive everything.
    async fn mostly_fails(&self, network: &str, now: Timestamp) -> Result<bool, Trouble> {
        let mut keys = Vec::new();
        for counter in [Counter::BegunByNetwork, Counter::ProvenByNetwork] {
            let subject = mac(&self.keys.count, &[counter.name().as_bytes(), network.as_bytes()]);
            for limit in self.limits.of(counter) {
                let this = count_key(subject, limit, now);
                let last =
                    CountKey { window_start: this.window_start - i64::from(limit.seconds()) * 1000, ..this.clone() };
                keys.extend([this, last]);
            }
        }
        let counts = self.store.counts(keys).await?;
        let (begun, proven) = counts.split_at(counts.len() / 2);
        let sum = |counts: &[store::Counted]| counts.iter().map(|counted| counted.times).fold(0, u32::saturating_add);
        Ok(sum(begun) >= BEGUN_MIN && sum(proven) < sum(begun).div_ceil(2))
    }

    /// The changes that count an account among those that this browser named, if it is not among them yet. Only in the
    /// organisation's own networks, and only once a recovery of it is kept.
    pub(crate) async fn count_named(
        &self,
        account: Key,
        visitor: &Visitor,
        now: Timestamp,
    ) -> Result<Vec<Change>, Trouble> {
        let (Some(browser), true) = (&visitor.browser, self.own_networks.contains(visitor.address)) else {
            return Ok(Vec::new());
        };
        let named = mac(&self.keys.count, &[b"named", browser.id(), &account]);
        let named_key = count_key(named, &NAMED, now);
        if self.store.counts(vec![named_key]).await?.iter().any(|counted| counted.times > 0) {
            return Ok(Vec::new());
        }
        let accounts = self.accounts_of(browser);
        let limits = self.limits.of(Counter::AccountsByBrowser);
        // It slows and stops nothing: counted on beyond its limit.
        let one = |(subject, limit): (Key, &Limit)| Change::Count {
            key: count_key(subject, limit, now),
            max: u32::MAX,
            now: now.millis(),
            expires_at: limit.expires_at(now).millis(),
        };
        Ok(std::iter::once((named, &NAMED)).chain(limits.iter().map(|limit| (accounts, limit))).map(one).collect())
    }
}
