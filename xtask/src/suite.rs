//! `cargo xtask test`: builds once, runs every test, and sums up.

use crate::{needs, root};
use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};

/// One set of features for building and testing, so that nothing is compiled twice.
const EVERYTHING: [&str; 2] = ["--workspace", "--all-features"];

/// Installs, builds, tests. The last line is `N passed, N failed`.
pub fn test() -> bool {
    if !needs::install() {
        return false;
    }
    // With the tests in one call, so that the binary that they start is built with the same features.
    let built = cargo().arg("build").args(EVERYTHING).args(["--bins", "--tests"]).status();
    if !built.is_ok_and(|status| status.success()) {
        println!("0 passed, 1 failed");
        return false;
    }
    let (mut sum, well) = run();
    if !well && sum.failed == 0 {
        // Something ended before it could report.
        sum.failed = 1;
    }
    println!("{} passed, {} failed", sum.passed, sum.failed);
    well
}

fn cargo() -> Command {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.current_dir(root());
    cargo
}

/// Runs the tests and lets their output through while it counts.
fn run() -> (Sum, bool) {
    let mut sum = Sum::default();
    let started = cargo().arg("test").args(EVERYTHING).arg("--no-fail-fast").stdout(Stdio::piped()).spawn();
    let mut child = match started {
        Ok(child) => child,
        Err(error) => {
            eprintln!("cargo can't be started: {error}");
            return (sum, false);
        }
    };
    if let Some(stdout) = child.stdout.take() {
        let mut out = std::io::stdout().lock();
        for line in BufReader::new(stdout).split(b'\n').map_while(Result::ok) {
            let line = String::from_utf8_lossy(&line);
            sum.add(&line);
            let _ = writeln!(out, "{line}");
        }
    }
    let well = child.wait().is_ok_and(|status| status.success());
    (sum, well)
}

/// What all test programs together reported.
#[derive(Default, Debug, PartialEq, Eq)]
struct Sum {
    passed: u64,
    failed: u64,
}

impl Sum {
    /// Takes a line of libtest: `test result: ok. 3 passed; 0 failed; 0 ignored; …`. Any other counts for nothing.
    fn add(&mut self, line: &str) {
        let Some((_, counts)) = line.split_once("test result: ") else { return };
        let count = |word: &str| -> u64 {
            let part = counts.split([';', '.']).map(str::trim).find_map(|part| part.strip_suffix(word));
            part.and_then(|number| number.trim().parse().ok()).unwrap_or(0)
        };
        self.passed += count("passed");
        self.failed += count("failed");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_are_summed() {
        let mut sum = Sum::default();
        sum.add("test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.93s");
        sum.add("test result: FAILED. 20 passed; 3 failed; 0 ignored; 0 measured; 0 filtered out; finished in 3.31s");
        sum.add("test walk ... ok");
        assert_eq!(sum, Sum { passed: 32, failed: 3 });
    }
}
