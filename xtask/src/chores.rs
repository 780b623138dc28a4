//! Chores that run the workspace's own programs: the generated pages, and the bench.

use crate::root;
use std::process::Command;

/// Writes the pages that are made from types and tables.
pub fn docs() -> bool {
    let made = cargo(&["run", "--quiet", "--package", "regain-settings", "--example", "reference"]).output();
    let Ok(made) = made else { return false };
    let page = root().join("docs/reference/settings.md");
    made.status.success() && std::fs::write(page, made.stdout).is_ok() && crate::papers::write()
}

/// What a recovery costs on this machine. Needs the Debian package slapd.
pub fn bench() -> bool {
    let build = cargo(&["build", "--release", "--package", "regain", "--package", "regain-bench"]).status();
    let ran = || Command::new(root().join("target/release/regain-bench")).status();
    build.is_ok_and(|build| build.success()) && ran().is_ok_and(|ran| ran.success())
}

fn cargo(arguments: &[&str]) -> Command {
    let mut command = Command::new("cargo");
    command.args(arguments).current_dir(root());
    command
}
