//! What must hold for the source itself. Also a test, so that `cargo xtask test` runs it.

use crate::root;
use std::fs;
use std::path::{Path, PathBuf};

/// Lines of the longest file. What grows beyond is two things.
const LINES_MAX: usize = 600;

/// The rooms, and to which others each may point. `password`, `language` and `settings` know the words and types of the
/// core and nothing of the world; only `regain` wires rooms together. Tests may use `testbed` besides.
const ARROWS: [(&str, &[&str]); 11] = [
    ("recovery", &[]),
    ("password", &["recovery"]),
    ("language", &["recovery"]),
    ("settings", &["recovery"]),
    ("directory", &["recovery"]),
    ("delivery", &["recovery"]),
    ("store", &["recovery"]),
    ("service", &["recovery", "password", "language", "directory", "delivery", "store"]),
    ("web", &["recovery", "password", "language", "service"]),
    ("regain", &["recovery", "password", "language", "settings", "directory", "delivery", "store", "service", "web"]),
    ("testbed", &[]),
];

/// Prints what is untidy. Answers whether nothing is.
pub fn report() -> bool {
    let mut found = findings(&root());
    found.extend(crate::papers::findings(&root()));
    for finding in &found {
        eprintln!("{finding}");
    }
    found.is_empty()
}

fn findings(root: &Path) -> Vec<String> {
    let mut found = arrows(root);
    let mut files = Vec::new();
    for folder in ["crates", "tests", "xtask", "benches", "fuzz"] {
        collect(&root.join(folder), &mut files);
    }
    for file in files {
        let name = file.strip_prefix(root).unwrap_or(&file).display().to_string();
        match fs::read_to_string(&file) {
            Ok(text) => found.extend(source(&name, &text)),
            Err(error) => found.push(format!("{name}: can't be read: {error}")),
        }
    }
    found
}

/// What is untidy in one file of Rust.
fn source(name: &str, text: &str) -> Vec<String> {
    let mut found = Vec::new();
    if !text.starts_with("//!") {
        found.push(format!("{name}: begins without `//!`: say what the file is, and what it does not know"));
    }
    let lines = text.lines().count();
    if lines > LINES_MAX {
        found.push(format!("{name}: has {lines} lines, {LINES_MAX} at most: it is two things"));
    }
    // Put together here, so that this file does not hold them.
    for unfinished in ["todo", "unimplemented"].map(|word| format!("{word}!(")) {
        for (place, _) in text.lines().enumerate().filter(|(_, line)| line.contains(&unfinished)) {
            found.push(format!("{name}:{}: {unfinished}) is unfinished work", place + 1));
        }
    }
    found
}

pub fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for path in entries.filter_map(Result::ok).map(|entry| entry.path()) {
        let skipped = path.file_name().is_some_and(|name| name == "node_modules" || name == "target");
        if path.is_dir() && !skipped {
            collect(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
}

fn arrows(root: &Path) -> Vec<String> {
    let mut found = Vec::new();
    let Ok(rooms) = fs::read_dir(root.join("crates")) else { return vec!["crates: can't be read".to_owned()] };
    for room in rooms.filter_map(Result::ok) {
        let name = room.file_name().to_string_lossy().into_owned();
        let Ok(manifest) = fs::read_to_string(room.path().join("Cargo.toml")) else { continue };
        match ARROWS.iter().find(|(known, _)| *known == name) {
            Some((_, allowed)) => found.extend(wrong_arrows(&name, &manifest, allowed)),
            None => found.push(format!("crates/{name}: a room that xtask/src/tidy.rs has no arrows for")),
        }
    }
    found
}

/// The arrows of a manifest that point where they may not.
fn wrong_arrows(room: &str, manifest: &str, allowed: &[&str]) -> Vec<String> {
    let mut for_tests = false;
    let mut found = Vec::new();
    for line in manifest.lines() {
        if line.starts_with('[') {
            for_tests = line.contains("dev-dependencies");
        }
        let to = line.split(['.', ' ', '=']).next().unwrap_or("");
        let is_room = ARROWS.iter().any(|(known, _)| *known == to) && line.contains(['=', '.']) && to != room;
        let is_allowed = allowed.contains(&to) || (for_tests && to == "testbed");
        if is_room && !is_allowed {
            found.push(format!("crates/{room}/Cargo.toml: {room} may not point at {to}"));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_source_is_tidy() {
        assert_eq!(findings(&root()), Vec::<String>::new());
    }

    #[test]
    fn an_arrow_outwards_is_found() {
        let manifest = "[dependencies]\nrecovery.workspace = true\nservice = { workspace = true }\n\n[dev-dependencies]\ntestbed.workspace = true\n";
        assert_eq!(
            wrong_arrows("store", manifest, &["recovery"]),
            ["crates/store/Cargo.toml: store may not point at service"]
        );
        let outside_tests = "[dependencies]\ntestbed.workspace = true\n";
        assert_eq!(wrong_arrows("store", outside_tests, &["recovery"]).len(), 1);
    }

    #[test]
    fn an_untidy_file_is_found() {
        assert!(source("a.rs", "//! A.\n").is_empty());
        assert_eq!(source("a.rs", "fn a() {}\n").len(), 1);
        assert_eq!(source("a.rs", &format!("//! A.\nfn a() {{ {}!() }}\n", "todo")).len(), 1);
        assert_eq!(source("a.rs", &format!("//! A.\n{}", "\n".repeat(LINES_MAX))).len(), 1);
    }
}
