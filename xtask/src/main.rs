//! The menu of chores, in one place: `cargo xtask`. It knows the workspace from outside, as files and commands.

mod chores;
mod needs;
mod papers;
mod suite;
mod tidy;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

const MENU: &str = "\
usage: cargo xtask <chore>

  test   every test, after installing what they need; ends with `N passed, N failed`
  tidy   what must hold for the source itself: room arrows, first lines, sizes
  docs   writes the pages that are made from types
  bench  what a recovery costs on this machine";

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let done = match (arguments.next().as_deref(), arguments.next()) {
        (Some("test"), None) => suite::test(),
        (Some("tidy"), None) => tidy::report(),
        (Some("docs"), None) => chores::docs(),
        (Some("bench"), None) => chores::bench(),
        (None, None) => {
            println!("{MENU}");
            true
        }
        _ => {
            eprintln!("{MENU}");
            false
        }
    };
    if done { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// The workspace's own folder.
fn root() -> PathBuf {
    let own = Path::new(env!("CARGO_MANIFEST_DIR"));
    own.parent().expect("xtask lies in the workspace").to_owned()
}
