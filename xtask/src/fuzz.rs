//! `cargo xtask fuzz`: searches for inputs that break a parser, guided by coverage, for as long as it may.
//!
//! libFuzzer needs to see which branches an input takes. The compiler adds that to our own crates alone: this program is
//! cargo's wrapper for them while it builds, so all that they stand on is the ordinary build, and any stable toolchain will do.

use crate::root;
use std::fs;
use std::path::Path;
use std::process::{Command, ExitCode};

/// Set while this program stands between cargo and the compiler.
const WRAPS: &str = "REGAIN_FUZZ_COMPILES";

/// What makes coverage visible (LLVM's SanitizerCoverage), as fast as the search needs it.
const COVERAGE: [&str; 6] = [
    "-Cpasses=sancov-module",
    "-Cllvm-args=-sanitizer-coverage-level=4",
    "-Cllvm-args=-sanitizer-coverage-inline-8bit-counters",
    "-Cllvm-args=-sanitizer-coverage-pc-table",
    "-Cllvm-args=-sanitizer-coverage-trace-compares",
    "-Copt-level=2",
];

/// How long each target is searched when nothing is said.
const MINUTES: u32 = 5;

/// The longest input (bytes), and how long one may take (seconds): longer counts as found.
const INPUT_BYTES_MAX: u32 = 4096;
const INPUT_SECONDS_MAX: u32 = 10;

/// Calls the compiler in cargo's place, if this is what the program was started for.
pub fn compile() -> Option<ExitCode> {
    std::env::var_os(WRAPS)?;
    let mut arguments = std::env::args_os().skip(1);
    let mut rustc = Command::new(arguments.next()?);
    let rest: Vec<_> = arguments.collect();
    let names_a_crate = rest.iter().position(|argument| argument == "--crate-name").and_then(|at| rest.get(at + 1));
    let is_ours = names_a_crate.is_some_and(|name| name != "build_script_build" && name != "___");
    rustc.args(&rest).args(COVERAGE.iter().filter(|_| is_ours));
    let well = rustc.status().is_ok_and(|status| status.success());
    Some(if well { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// What to search, how long, and whether to keep what was found in the committed corpus.
struct Plan {
    targets: Vec<String>,
    minutes: u32,
    keep: bool,
}

impl Plan {
    fn read(mut arguments: impl Iterator<Item = String>) -> Option<Self> {
        let mut plan = Self { targets: Vec::new(), minutes: MINUTES, keep: false };
        let known = targets();
        while let Some(argument) = arguments.next() {
            match argument.as_str() {
                "--minutes" => plan.minutes = arguments.next()?.parse().ok().filter(|minutes| *minutes > 0)?,
                "--keep" => plan.keep = true,
                name if known.iter().any(|target| target == name) => plan.targets.push(argument),
                _ => return None,
            }
        }
        if plan.targets.is_empty() {
            plan.targets = known;
        }
        Some(plan)
    }
}

/// Each target has a folder of its name.
fn targets() -> Vec<String> {
    let folders = fs::read_dir(root().join("fuzz/corpus")).into_iter().flatten().flatten();
    let mut names: Vec<String> = folders.filter_map(|folder| folder.file_name().into_string().ok()).collect();
    names.sort();
    names
}

/// Searches. Answers whether nothing was found that breaks a parser.
pub fn fuzz(arguments: impl Iterator<Item = String>) -> bool {
    let Some(plan) = Plan::read(arguments) else {
        eprintln!("usage: cargo xtask fuzz [TARGET ...] [--minutes N] [--keep]\n\ntargets: {}", targets().join(" "));
        return false;
    };
    if !build() {
        return false;
    }
    let broken: Vec<&String> = plan.targets.iter().filter(|target| !search(target, &plan)).collect();
    for target in &broken {
        println!(
            "{target}: broken by an input that lies in target/fuzz/{target}; copy it to fuzz/corpus/{target} once mended"
        );
    }
    println!("{} of {} targets hold", plan.targets.len() - broken.len(), plan.targets.len());
    broken.is_empty()
}

fn build() -> bool {
    let Ok(own) = std::env::current_exe() else { return false };
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.args(["build", "--package", "regain-fuzz", "--bin", "regain-fuzz", "--all-features"]);
    cargo.env("RUSTC_WORKSPACE_WRAPPER", own).env(WRAPS, "1").current_dir(root());
    cargo.status().is_ok_and(|status| status.success())
}

fn search(target: &str, plan: &Plan) -> bool {
    let (corpus, found) = (format!("fuzz/corpus/{target}"), format!("target/fuzz/{target}"));
    if fs::create_dir_all(root().join(&found)).is_err() {
        return false;
    }
    println!("{target}: {} minutes", plan.minutes);
    let well = run(target, |fuzzer| {
        fuzzer.arg(&found).arg(&corpus).arg(format!("-max_total_time={}", plan.minutes * 60));
        fuzzer.arg(format!("-artifact_prefix={found}/")).arg("-print_final_stats=1").arg("-verbosity=0");
    });
    // What takes a way through the parser that nothing in the corpus takes.
    let keep = |fuzzer: &mut Command| {
        fuzzer.args(["-merge=1", &corpus, &found]);
    };
    well && (!plan.keep || run(target, keep))
}

fn run(target: &str, further: impl FnOnce(&mut Command)) -> bool {
    let mut fuzzer = Command::new(program());
    fuzzer.env("REGAIN_FUZZ_TARGET", target).current_dir(root());
    fuzzer.arg(format!("-max_len={INPUT_BYTES_MAX}")).arg(format!("-timeout={INPUT_SECONDS_MAX}"));
    further(&mut fuzzer);
    fuzzer.status().is_ok_and(|status| status.success())
}

fn program() -> std::path::PathBuf {
    let folder = std::env::var_os("CARGO_TARGET_DIR").unwrap_or_else(|| "target".into());
    root().join(Path::new(&folder)).join("debug/regain-fuzz")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan(line: &str) -> Option<Plan> {
        Plan::read(line.split_whitespace().map(str::to_owned))
    }

    #[test]
    fn the_command_line_says_what_to_search_and_how_long() {
        let all = plan("").expect("no argument is needed");
        assert!(all.targets.len() > 20 && all.minutes == MINUTES && !all.keep);
        let one = plan("phone --minutes 120 --keep").expect("a plan");
        assert_eq!((one.targets, one.minutes, one.keep), (vec!["phone".to_owned()], 120, true));
        for wrong in ["telephone", "--minutes", "--minutes 0", "--minutes x"] {
            assert!(plan(wrong).is_none(), "{wrong}");
        }
    }
}
