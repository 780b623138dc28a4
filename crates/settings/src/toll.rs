//! When naming an account costs a little work or a wait. Counts nothing: it becomes the service's rules of the toll.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// When naming an account costs something. Every threshold is a count of ten minutes; 0 is always. In the networks that
/// `own_networks` names only a browser's own doings count.
#[derive(Clone, Copy, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct TollSettings {
    /// Accounts named from one network. By default more than a family or a café names in ten minutes; who walks through
    /// a list of names passes it at once.
    #[schemars(range(max = 1_000_000))]
    pub begun_by_network: u32,
    /// Accounts named from everywhere outside your own networks. By default what a large school sees on the first day of
    /// term; an attack from many addresses passes it.
    #[schemars(range(max = 1_000_000))]
    pub begun_overall: u32,
    /// Messages asked for from one network. By default two for each of ten walks.
    #[schemars(range(max = 1_000_000))]
    pub messages_by_network: u32,
    /// Messages asked for from everywhere outside. By default two for each of 300 walks.
    #[schemars(range(max = 1_000_000))]
    pub messages_overall: u32,
    /// Wrong codes and numbers from one network. By default more than a family mistypes, and two gates' worth for a
    /// stranger.
    #[schemars(range(max = 1_000_000))]
    pub failures_by_network: u32,
    /// Wrong codes and numbers from everywhere outside. By default one for every third of 300 walks: more means that
    /// somebody guesses.
    #[schemars(range(max = 1_000_000))]
    pub failures_overall: u32,
    /// How hard the work is: 2 to the power of this many derivations on average. By default about a second on a slow
    /// phone, found while the person types; each step more doubles it.
    #[schemars(range(min = 4, max = 14))]
    pub work_bits: u8,
    /// How many browsers without JavaScript may go on in ten minutes, of all networks together. By default one every ten
    /// seconds: no way to walk through a list of names. One network gets three.
    #[schemars(range(min = 1, max = 600))]
    pub turns: u32,
}

impl Default for TollSettings {
    fn default() -> Self {
        Self {
            begun_by_network: 10,
            begun_overall: 300,
            messages_by_network: 20,
            messages_overall: 600,
            failures_by_network: 10,
            failures_overall: 100,
            work_bits: 8,
            turns: 60,
        }
    }
}
