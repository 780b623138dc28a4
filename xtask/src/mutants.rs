//! `cargo xtask mutants`: plants faults in a copy of the source, one at a time, and sees whether a named rule goes red.
//!
//! A fault is a replacement of text that must match exactly once, so that it can't rot unseen. The copy lies under `target`
//! and shares the workspace's build folder; nothing that ships ever holds a fault.

mod list;

use crate::root;
use list::{MUTANTS, Mutant};
use std::collections::BTreeSet;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

/// What became of a fault.
enum Fate {
    /// Caught, first by this rule or test.
    Caught(String),
    Survived,
    /// It proves nothing: the text does not match, or the copy does not build.
    Useless(String),
}

/// Plants the faults whose names hold `only`, all of them when it is empty. Answers whether each was caught.
pub fn run(only: &str) -> bool {
    let copy = root().join("target/mutants");
    if let Err(error) = copy_source(&copy) {
        eprintln!("the source can't be copied to {}: {error}", copy.display());
        return false;
    }
    let mut all_caught = true;
    println!("| fault | caught by | seconds |\n|---|---|---|");
    for mutant in MUTANTS.iter().filter(|mutant| mutant.name.contains(only)) {
        let begun = Instant::now();
        let fate = plant(&copy, mutant);
        let said = match &fate {
            Fate::Caught(by) => by.clone(),
            Fate::Survived => "**NOT CAUGHT**".to_owned(),
            Fate::Useless(why) => format!("**PROVES NOTHING**: {why}"),
        };
        println!("| {} | {said} | {} |", mutant.name, begun.elapsed().as_secs());
        all_caught &= matches!(fate, Fate::Caught(_));
    }
    all_caught
}

/// Brings the copy up to date; files that are the same keep their time, so that nothing is built anew for them.
fn copy_source(copy: &Path) -> std::io::Result<()> {
    let listed = Command::new("git")
        .args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
        .current_dir(root())
        .output()?;
    let listed = String::from_utf8_lossy(&listed.stdout).into_owned();
    let files: BTreeSet<PathBuf> = listed.split('\0').filter(|name| !name.is_empty()).map(PathBuf::from).collect();
    for name in &files {
        let (from, to) = (root().join(name), copy.join(name));
        if !from.is_file() {
            continue;
        }
        let text = fs::read(&from)?;
        if fs::read(&to).ok().as_ref() != Some(&text) {
            fs::create_dir_all(to.parent().unwrap_or(copy))?;
            fs::write(&to, text)?;
        }
    }
    Ok(())
}

fn plant(copy: &Path, mutant: &Mutant) -> Fate {
    let file = copy.join(mutant.file);
    let sound = match fs::read_to_string(&file) {
        Ok(sound) => sound,
        Err(error) => return Fate::Useless(format!("{}: {error}", mutant.file)),
    };
    let broken = match mutant.apply(&sound) {
        Ok(broken) => broken,
        Err(why) => return Fate::Useless(why),
    };
    if let Err(error) = fs::write(&file, broken) {
        return Fate::Useless(error.to_string());
    }
    let fate = test(copy, mutant);
    match fs::write(&file, sound) {
        Ok(()) => fate,
        Err(error) => Fate::Useless(format!("{} can't be put back: {error}", mutant.file)),
    }
}

/// Runs the tests up to the first that goes red: one is enough, and the rest would take minutes.
fn test(copy: &Path, mutant: &Mutant) -> Fate {
    let cargo = |arguments: &[&str]| {
        let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        cargo.args(["test", "--all-features", "--lib", "--package", mutant.package]).args(arguments);
        cargo.env("CARGO_TARGET_DIR", root().join("target")).current_dir(copy);
        cargo
    };
    match cargo(&["--no-run"]).output() {
        Ok(built) if built.status.success() => {}
        Ok(built) => return Fate::Useless(first_error(&String::from_utf8_lossy(&built.stderr))),
        Err(error) => return Fate::Useless(error.to_string()),
    }
    let started = cargo(&[mutant.tests, "--", "--nocapture"]).stdout(Stdio::piped()).stderr(Stdio::null()).spawn();
    let mut child = match started {
        Ok(child) => child,
        Err(error) => return Fate::Useless(error.to_string()),
    };
    let lines = child.stdout.take().into_iter().flat_map(|out| BufReader::new(out).lines().map_while(Result::ok));
    if let Some(by) = lines.filter_map(|line| red(&line)).next() {
        // Without its readers the test program ends at its next word.
        let _ = child.kill();
        let _ = child.wait();
        return Fate::Caught(by);
    }
    match child.wait() {
        Ok(status) if status.success() => Fate::Survived,
        _ => Fate::Useless("it fails, and no rule and no test says why".to_owned()),
    }
}

fn first_error(said: &str) -> String {
    let error = said.lines().find(|line| line.starts_with("error")).unwrap_or("error");
    format!("it does not build: {error}")
}

/// The rule or the test that a line of the tests' output says to be broken. Only a name counts.
fn red(line: &str) -> Option<String> {
    let rule = line.strip_prefix("model: BROKEN: ").map(str::to_owned);
    let test = || Some(format!("`{}`", line.strip_prefix("test ")?.strip_suffix(" ... FAILED")?));
    rule.or_else(test)
}

impl Mutant {
    /// # Errors
    /// When a text to replace is not there exactly once.
    fn apply(&self, sound: &str) -> Result<String, String> {
        self.replace.iter().try_fold(sound.to_owned(), |text, (from, to)| match text.matches(from).count() {
            1 => Ok(text.replacen(from, to, 1)),
            count => Err(format!("{}: `{from}` is there {count} times", self.file)),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The faults themselves are planted by `cargo xtask mutants`, which takes too long for here.
    #[test]
    fn every_fault_still_matches_the_source() {
        for mutant in MUTANTS {
            let sound = fs::read_to_string(root().join(mutant.file)).expect(mutant.file);
            let broken = mutant.apply(&sound).unwrap_or_else(|why| panic!("{}: {why}", mutant.name));
            assert_ne!(broken, sound, "{}", mutant.name);
        }
    }

    #[test]
    fn every_fault_is_in_the_docs() {
        let page = fs::read_to_string(root().join("docs/explanation/model.md")).expect("the page");
        for mutant in MUTANTS {
            assert!(page.contains(&format!("| {} |", mutant.name)), "docs/explanation/model.md: {}", mutant.name);
        }
    }

    #[test]
    fn only_a_name_counts_as_caught() {
        assert_eq!(red("model: BROKEN: rule 3: a code works once"), Some("rule 3: a code works once".to_owned()));
        assert_eq!(red("test tests::tabs::one ... FAILED"), Some("`tests::tabs::one`".to_owned()));
        for line in ["test tests::tabs::one ... ok", "thread 'a' panicked at b.rs", "test result: FAILED. 1 passed", ""]
        {
            assert_eq!(red(line), None, "{line}");
        }
    }
}
