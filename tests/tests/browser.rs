//! The walk in Chromium, with and without JavaScript, small and large, in each language, on a quiet day and under attack;
//! pictures go to `target/screenshots`.

use std::path::Path;
use std::process::Command;
use testbed::demo::{Demo, binary};

#[test]
fn a_person_gets_back_in_a_real_browser_in_each_language() {
    look(&Demo::start(&[]), "quiet", &[]);
}

#[test]
fn under_attack_a_browser_works_unseen_or_waits_for_its_turn() {
    look(&Demo::start(&["--under-attack"]), "under-attack", &["under-attack"]);
}

fn look(demo: &Demo, name: &str, mode: &[&str]) {
    let scripts = Path::new(env!("CARGO_MANIFEST_DIR")).join("browser");
    assert!(
        scripts.join("node_modules").is_dir(),
        "the browser's driver is not installed: run `npm ci` in {}, or `cargo xtask test`",
        scripts.display()
    );
    let binary = binary();
    let target = binary.parent().and_then(Path::parent).expect("the binary lies in target/debug");
    let pictures = target.join("screenshots").join(name);
    let _ = std::fs::remove_dir_all(&pictures);
    let mut node = Command::new("node");
    let done = node.current_dir(&scripts).arg("walk.mjs").arg(&demo.base).arg(&pictures).args(mode).output();
    let done = done.unwrap_or_else(|error| panic!("node can't be started: {error}"));
    let [said, complained] = [&done.stdout, &done.stderr].map(|bytes| String::from_utf8_lossy(bytes).into_owned());
    println!("{said}");
    assert!(done.status.success(), "{said}\n{complained}");
}
