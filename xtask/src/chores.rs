//! Chores that run the workspace's own programs: the generated pages, and the bench.

use crate::root;
use std::process::Command;

/// Writes the pages that are made from types and tables.
pub fn docs() -> bool {
    page("regain-settings", "reference", "docs/reference/settings.md")
        && page("regain-recovery", "audit_events", "docs/reference/audit-events.md")
        && crate::papers::write()
}

/// Writes what an example prints.
fn page(package: &str, example: &str, page: &str) -> bool {
    let made = cargo(&["run", "--quiet", "--package", package, "--example", example]).output();
    made.is_ok_and(|made| made.status.success() && std::fs::write(root().join(page), made.stdout).is_ok())
}

/// What a recovery costs on this machine. Needs the Debian package slapd.
pub fn bench() -> bool {
    let build = cargo(&["build", "--release", "--package", "regain", "--package", "regain-bench"]).status();
    let ran = || Command::new(root().join("target/release/regain-bench")).status();
    build.is_ok_and(|build| build.success()) && ran().is_ok_and(|ran| ran.success())
}

/// How well a stranger tells names that have an account from others. Needs the Debian package slapd.
pub fn enumerate() -> bool {
    let build = cargo(&["build", "--release", "--package", "regain", "--package", "regain-bench"]).status();
    let ran = || Command::new(root().join("target/release/regain-enumerate")).status();
    build.is_ok_and(|build| build.success()) && ran().is_ok_and(|ran| ran.success())
}

/// Kills Regain at random moments under load. Needs the Debian packages slapd and ldap-utils.
pub fn kills(count: &str) -> bool {
    let build = cargo(&["build", "--release", "--package", "regain", "--package", "regain-bench"]).status();
    let ran = || Command::new(root().join("target/release/kills")).arg(count).status();
    build.is_ok_and(|build| build.success()) && ran().is_ok_and(|ran| ran.success())
}

/// Explores the worlds of the model check deeper than the tests do. One world after the other: memory is theirs alone.
pub fn model(deeper: &str) -> bool {
    let tests = ["test", "--release", "--package", "regain-recovery", "--all-features", "--lib", "tests::model"];
    let mut model = cargo(&tests);
    model.args(["--", "--nocapture", "--test-threads", "1"]).env("REGAIN_MODEL_DEEPER", deeper);
    model.status().is_ok_and(|status| status.success())
}

fn cargo(arguments: &[&str]) -> Command {
    let mut command = Command::new("cargo");
    command.args(arguments).current_dir(root());
    command
}
