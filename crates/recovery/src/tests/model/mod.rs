//! The model check: every order of events in a small world, on the real `step`, with its throttles and the store's semantics.
//!
//! [`world`] holds who is there and what can happen next, [`service`] what is done around a step, [`reference`] what a store
//! promises, [`rules`] what must always hold, and [`worlds`] what is explored. [`twins`] walks two names in lock-step.
//! `docs/explanation/model.md` tells it in words. `cargo xtask model` explores deeper.

mod deed;
mod known;
mod people;
mod reference;
mod rules;
mod service;
mod twins;
mod world;
mod worlds;

use crate::Counter;
use stateright::{Checker, HasDiscoveries, Model};
use std::fmt::Debug;
use std::hash::Hash;
use std::time::Instant;
use world::Setting;

/// How much deeper than usual, in steps: what `cargo xtask model` passes on.
const DEEPER: &str = "REGAIN_MODEL_DEEPER";

/// Explores every order of so many steps, and the more that were asked for.
fn explore(setting: Setting, depth: usize) {
    check(setting.name, depth, setting);
}

fn check<M>(name: &str, depth: usize, world: M)
where
    M: Model<State: Clone + PartialEq + Debug + Hash + Send + Sync> + Send + Sync + 'static,
    M::Action: Clone + PartialEq + Debug + Send + Sync,
{
    let deeper: usize = std::env::var(DEEPER).ok().and_then(|steps| steps.parse().ok()).unwrap_or(0);
    let depth = depth + deeper;
    let begun = Instant::now();
    // One thread: only then is every state met at its least depth, and nothing within it left out.
    let checker =
        world.checker().target_max_depth(depth + 2).finish_when(HasDiscoveries::AnyFailures).spawn_bfs().join();
    println!(
        "model: {name}: {} states, {} moves, all orders of {depth} steps, {} states of recoveries, {:.1} s, peak {} MiB",
        checker.unique_state_count(),
        checker.state_count(),
        known::states(),
        begun.elapsed().as_secs_f64(),
        peak_memory_mib(),
    );
    for (property, path) in checker.discoveries() {
        if checker.discovery_classification(property).to_string() != "example" {
            println!("model: BROKEN: {property}");
            path.into_actions().iter().for_each(|action| println!("  {action:?}"));
        }
    }
    checker.assert_properties();
}

/// The most memory that this process has had, in MiB, by Linux's own account; 0 where there is none.
fn peak_memory_mib() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|kib| kib.trim().trim_end_matches(" kB").parse::<u64>().ok()).unwrap_or(0) / 1024
}

/// Strangers' clicks on a real name and on one that is not: none of them passes a gate.
#[test]
fn real_and_other_names_can_not_be_told_apart() {
    let limits = [
        Counter::MessagesByAccount,
        Counter::MessagesByContact,
        Counter::FailuresByAccount,
        Counter::FailuresByNetwork,
    ];
    for names in [["anna", "nobo"], ["disabled", "no-body-"], ["single", "nobody"], ["anna", "none"]] {
        let name = format!("{} and {}", names[0], names[1]);
        check(&name, 5, twins::Twins { names, ticks: 4, limits });
    }
}

#[test]
fn a_person_alone_keeps_the_rules() {
    explore(worlds::alone(), 8);
}

#[test]
fn a_write_and_its_ends_keep_the_rules() {
    explore(worlds::writes(), 12);
    explore(worlds::writes_unrecorded(), 12);
}

#[test]
fn requests_that_overtake_each_other_keep_the_rules() {
    explore(worlds::races(), 9);
}

#[test]
fn a_person_and_an_attacker_keep_the_rules() {
    explore(worlds::attacker(), 8);
}

#[test]
fn an_attacker_with_many_recoveries_keeps_the_rules() {
    explore(worlds::many(), 7);
}

#[test]
fn a_known_browser_and_an_attacker_keep_the_rules() {
    explore(worlds::known(), 12);
}

#[test]
fn an_attacker_with_an_account_of_their_own_keeps_the_rules() {
    explore(worlds::own(), 9);
}

#[test]
fn a_person_in_two_browsers_keeps_the_rules() {
    explore(worlds::two_browsers(), 12);
}
