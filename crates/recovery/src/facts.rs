//! What a step may know of the world: the moment, fresh randomness, keys, and who has reached a limit.

use crate::{Counter, Keys, Timestamp};
use std::collections::BTreeMap;

/// The facts of one step. The service gathers them anew each time; nothing else of the world gets in.
#[derive(Clone)]
pub struct Facts<'a> {
    pub now: Timestamp,
    /// Fresh bytes of the operating system's random source, for this step alone.
    pub random: [u8; 32],
    pub keys: &'a Keys,
    /// The counters that have reached a limit, and until when.
    pub pauses: BTreeMap<Counter, Timestamp>,
}

impl Facts<'_> {
    pub(crate) fn paused(&self, counters: &[Counter]) -> Option<Timestamp> {
        counters.iter().filter_map(|counter| self.pauses.get(counter)).max().copied()
    }

    /// Bytes 0 to 15 name a new recovery; 16 to 23 make a code. A step does at most one of each.
    pub(crate) fn random_id(&self) -> [u8; 16] {
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&self.random[..16]);
        bytes
    }

    pub(crate) fn random_code_bytes(&self) -> [u8; 8] {
        let mut bytes = [0; 8];
        bytes.copy_from_slice(&self.random[16..24]);
        bytes
    }
}
