//! Points in time and durations, as numbers that a page, a store and a model checker can hold.

/// A duration in whole seconds.
pub type Seconds = u32;

/// A point in time: milliseconds since 1970-01-01T00:00:00Z, without leap seconds.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Timestamp(i64);

impl Timestamp {
    pub const fn from_millis(millis: i64) -> Self {
        Self(millis)
    }

    pub const fn millis(self) -> i64 {
        self.0
    }

    /// This moment and `seconds` more; stays at the end of time instead of wrapping.
    pub const fn plus(self, seconds: Seconds) -> Self {
        Self(self.0.saturating_add(seconds as i64 * 1000))
    }

    /// Whole seconds until `later`, rounded up; 0 when it has passed.
    pub fn seconds_until(self, later: Timestamp) -> Seconds {
        let millis = later.0.saturating_sub(self.0).max(0);
        u32::try_from(millis.saturating_add(999) / 1000).unwrap_or(u32::MAX)
    }
}
