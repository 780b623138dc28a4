//! Searches for inputs of one target, by libFuzzer: `cargo xtask fuzz` builds it with coverage and starts it.
#![no_main]

use libfuzzer_sys::fuzz_target;
use std::sync::OnceLock;

/// Names the target, since libFuzzer takes all arguments for itself.
const TARGET: &str = "REGAIN_FUZZ_TARGET";

fuzz_target!(|bytes: &[u8]| {
    static RUN: OnceLock<fn(&[u8])> = OnceLock::new();
    let run = RUN.get_or_init(|| {
        let name = std::env::var(TARGET).unwrap_or_default();
        regain_fuzz::target(&name).unwrap_or_else(|| panic!("{TARGET} names no target: {name:?}")).run
    });
    run(bytes);
});
