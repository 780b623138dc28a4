//! Keys that rotate beside a running server, a store that is put back, and no core dump.

use crate::bench::{Bench, Browser};
use std::time::{Duration, Instant};

fn school() -> Bench {
    let bench = Bench::new();
    let contacts = ["--alternate-email", "anna.dubois@mail.example", "--alternate-email", "duboisa@other.example"];
    bench.run(&[&["user", "add", "anna", "--no-password"][..], &contacts[..]].concat()).well();
    bench
}

/// Asks again and again, for a minute at most.
fn until(what: &str, mut ask: impl FnMut() -> bool) {
    let start = Instant::now();
    while !ask() {
        assert!(start.elapsed() < Duration::from_secs(60), "{what} did not come");
        std::thread::yield_now();
    }
}

#[test]
fn a_key_is_rotated_and_retired_beside_a_running_server() {
    let bench = school();
    let said = bench.run(&["keys"]).well();
    assert!(said.contains("key 1    seals") && said.contains("`regain keys rotate` makes a new one"), "{said}");
    let server = bench.serve();
    let before = bench.read("keys");
    let said = bench.run(&["keys", "rotate"]).well();
    assert!(said.contains("Key 2 is the current one now") && !said.contains(&before[before.len() - 20..]), "{said}");
    let after = bench.read("keys");
    for line in before.lines().filter(|line| !line.starts_with('#')) {
        assert!(after.contains(line), "an old key is gone");
    }
    // Sealed with the new key by a command, read by the server that may not have looked yet.
    bench.write("contacts.csv", "user_name,alternate_email\nanna,anna@third.example\n");
    bench.run(&["contacts", "import", "contacts.csv", "--apply"]).well();
    let mut browser = Browser::new(&server.address);
    let page = browser.get("/recover/account");
    browser.submit("/recover/account", &page, &[("username", "anna")]).is("method");

    until("the end of the old key", || bench.run(&["keys"]).well().contains("key 1    only opens  0 sealed values"));
    assert!(bench.run(&["check"]).out.contains("warn keys: 1 older key in the file, 0 sealed values under them"));
    let said = bench.run(&["keys", "retire"]).refused();
    assert!(said.contains("cookies of known browsers") && said.contains("--now"), "{said}");
    assert!(bench.run(&["keys", "retire", "--now"]).well().contains("Key 1 dropped"));
    assert_eq!(bench.read("keys").lines().filter(|line| line.starts_with("seal ")).count(), 1);
    let page = browser.get("/recover/account");
    browser.submit("/recover/account", &page, &[("username", "anna")]).is("method");
    assert!(bench.run(&["contacts", "list", "anna"]).well().contains("third.example"));
    let (code, log) = server.stop();
    assert_eq!(code, Some(0), "{log}");
    assert!(log.contains("The new keys are in use."), "{log}");
    assert!(bench.run(&["keys", "retire"]).well().contains("nothing to retire"));
}

#[test]
fn a_key_that_is_still_needed_is_not_retired() {
    let bench = school();
    bench.run(&["keys", "rotate"]).well();
    let said = bench.run(&["keys", "retire", "--now"]).refused();
    assert!(said.contains("still under older keys"), "{said}");
    assert!(bench.read("keys").contains("seal 1 "));
}

#[test]
fn the_file_that_systemd_hands_over_is_rotated_by_name() {
    let bench = school();
    std::fs::rename(bench.path("keys"), bench.path("keys-of-root")).expect("renamed");
    bench.edit("keys = { file = \"keys\" }", "keys = { env = \"REGAIN_TEST_KEYS\" }");
    let keys = || [("REGAIN_TEST_KEYS", bench.read("keys-of-root"))];
    let said = bench.run_in(&keys(), &["keys", "rotate"]).refused();
    assert!(said.contains("the environment variable `REGAIN_TEST_KEYS`") && said.contains("--file"), "{said}");
    let said = bench.run_in(&keys(), &["keys", "rotate", "--file", "keys-of-root"]).well();
    assert!(said.contains("Start Regain anew"), "{said}");
    assert!(bench.run_in(&keys(), &["keys"]).well().contains("key 2    seals"));
    let other = Bench::new();
    bench.write("other", &other.read("keys"));
    let said = bench.run_in(&keys(), &["keys", "rotate", "--file", "other"]).refused();
    assert!(said.contains("keys of another installation"), "{said}");
}

#[test]
fn a_store_that_was_put_back_is_noticed_at_the_start() {
    let bench = school();
    assert_eq!(bench.serve().stop().0, Some(0));
    std::fs::copy(bench.path("regain.db"), bench.path("backup.db")).expect("a copy");
    let (_, log) = bench.serve().stop();
    assert!(!log.contains("put back from a copy"), "{log}");
    std::fs::copy(bench.path("backup.db"), bench.path("regain.db")).expect("put back");
    let server = bench.serve();
    assert!(server.said.contains("put back from a copy"), "{}", server.said);
    server.stop();
    assert!(!bench.serve().said.contains("put back from a copy"), "once is enough");
    assert!(bench.run(&["store", "restored"]).well().starts_with("Ended: 0 recoveries, 0 codes"));
}

/// With a limit that would allow one, as a careless unit of systemd has it.
#[cfg(target_os = "linux")]
#[test]
fn a_crash_leaves_no_core_dump() {
    use std::os::unix::process::ExitStatusExt;
    let bench = school();
    let server = bench.serve();
    let limits = std::fs::read_to_string(format!("/proc/{}/limits", server.id())).expect("limits");
    let core = limits.lines().find(|line| line.starts_with("Max core file size")).expect("a limit");
    assert_eq!(core.split_whitespace().skip(4).take(2).collect::<Vec<_>>(), ["0", "0"], "{core}");
    let status = server.signal("-SEGV");
    assert_eq!(status.signal(), Some(11));
    assert!(!status.core_dumped());
}
