//! The menu of chores, in one place: `cargo xtask`. It knows the workspace from outside, as files and commands.

mod chores;
mod fuzz;
mod mutants;
mod needs;
mod papers;
mod suite;
mod tidy;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

const MENU: &str = "\
usage: cargo xtask <chore>

  test   every test, after installing what they need; ends with `N passed, N failed`
  tidy   what must hold for the source itself: room arrows, first lines, sizes, and that papers name what is there
  docs   writes the pages that are made from types
  bench  what a recovery costs on this machine
  model  the model check, N steps deeper than the tests go (1 unless said), in the release profile
  mutants
         plants faults in a copy of the source and sees that each is caught; after it, a part of their names
  enumerate  how well a stranger tells who has an account; takes half an hour
  fuzz   searches for inputs that break a parser: [TARGET ...] [--minutes N] [--keep]
  kills  `kill -9` at N random moments under load (1,000 unless said), and the books afterwards";

fn main() -> ExitCode {
    if let Some(done) = fuzz::compile() {
        return done;
    }
    let mut arguments = std::env::args().skip(1);
    let chore = arguments.next();
    if chore.as_deref() == Some("fuzz") {
        return if fuzz::fuzz(arguments) { ExitCode::SUCCESS } else { ExitCode::FAILURE };
    }
    let done = match (chore.as_deref(), arguments.next()) {
        (Some("test"), None) => suite::test(),
        (Some("tidy"), None) => tidy::report(),
        (Some("docs"), None) => chores::docs(),
        (Some("bench"), None) => chores::bench(),
        (Some("enumerate"), None) => chores::enumerate(),
        (Some("kills"), kills) => chores::kills(kills.as_deref().unwrap_or("1000")),
        (Some("model"), deeper) => chores::model(deeper.as_deref().unwrap_or("1")),
        (Some("mutants"), only) => mutants::run(only.as_deref().unwrap_or("")),
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
