//! `regain audit`: what an auditor and an operator do with the trail.

use crate::bench::{Bench, Browser};
use rusqlite::Connection;

/// An installation whose server has written some rows, and was stopped.
fn with_rows() -> Bench {
    let bench = Bench::new();
    for user in ["anna", "bert", "cleo"] {
        bench.run(&["user", "add", user, "--no-password"]).well();
    }
    let contacts = "user_name,alternate_email\nanna,a@mail.example\nbert,b@mail.example\ncleo,c@mail.example\n";
    bench.write("contacts.csv", contacts);
    bench.run(&["contacts", "import", "contacts.csv", "--apply"]).well();
    let server = bench.serve();
    assert_eq!(Browser::new(&server.address).get("/readyz").status, 200);
    let (code, log) = server.stop();
    assert_eq!(code, Some(0), "{log}");
    for _ in 0..3 {
        bench.run(&["resume", "bert"]).well();
    }
    bench
}

fn change(bench: &Bench, sql: &str) {
    let store = bench.read("regain.toml");
    let path = store.lines().find_map(|line| line.trim_start_matches("# ").strip_prefix("path = \"")).expect("a path");
    let path = bench.path(path.trim_end_matches('"'));
    Connection::open(path).and_then(|store| store.execute_batch(sql)).expect("the store is changed");
}

fn key(bench: &Bench) -> String {
    let said = bench.run(&["audit", "key"]).well();
    said.lines().find_map(|line| line.strip_prefix("public key  ")).expect("a key").to_owned()
}

#[test]
fn a_trail_that_was_not_touched_is_well_in_the_store_and_in_a_file() {
    let bench = with_rows();
    let said = bench.run(&["audit", "verify"]).well();
    assert!(said.contains("6 rows, 1 to 6; signed up to row 3") && said.contains("Nothing was changed"), "{said}");
    bench.write("trail.jsonl", &bench.run(&["audit", "export"]).well());
    // The file is checked with no settings, keys or store.
    let auditor = Bench::empty();
    auditor.write("trail.jsonl", &bench.read("trail.jsonl"));
    let said = auditor.run(&["audit", "verify", "trail.jsonl", "--key", &key(&bench)]).well();
    assert!(said.contains("6 rows, 1 to 6") && !said.contains("names itself"), "{said}");
    let said = auditor.run(&["audit", "verify", "trail.jsonl"]).well();
    assert!(said.contains("The key is the one that the file names itself"), "{said}");
}

#[test]
fn an_export_goes_on_after_a_break() {
    let bench = with_rows();
    let first: Vec<String> = bench.run(&["audit", "export"]).well().lines().map(str::to_owned).collect();
    let until_row_4 =
        first.iter().take_while(|line| !line.contains("\"seq\":5")).cloned().collect::<Vec<_>>().join("\n");
    let rest = bench.run(&["audit", "export", "--since", "4"]).well();
    assert_eq!(rest.matches("\"type\":\"event\"").count(), 2, "{rest}");
    bench.write("both.jsonl", &format!("{until_row_4}\n{rest}"));
    let said = bench.run(&["audit", "verify", "both.jsonl"]).well();
    assert!(said.contains("6 rows, 1 to 6"), "{said}");
    bench.write("rest.jsonl", &rest);
    assert!(bench.run(&["audit", "verify", "rest.jsonl"]).well().contains("2 rows, 5 to 6"));
    let none = bench.run(&["audit", "export", "--since", "2100-01-01"]).well();
    assert_eq!(none.matches("\"type\":\"event\"").count(), 0, "{none}");
    let cef = bench.run(&["audit", "export", "--format", "cef", "--since", "2000-01-01"]).well();
    assert_eq!(cef.lines().filter(|line| line.starts_with("CEF:0|Regain|")).count(), 7, "6 rows and a head: {cef}");
    assert!(bench.run(&["audit", "export", "--since", "99"]).refused().contains("there is no row 99"));
}

#[test]
fn what_was_done_to_the_store_is_found_and_said_where() {
    let cases = [
        ("UPDATE audit SET event = 'password_reset' WHERE seq = 2", "row 2 (", "changed"),
        ("UPDATE audit SET person = x'00' WHERE seq = 2", "row 2 (", "the user name or the account"),
        ("DELETE FROM audit WHERE seq = 4", "row 4: missing", "missing"),
        (
            "UPDATE audit SET seq = 99 WHERE seq = 1; UPDATE audit SET seq = 1 WHERE seq = 2;
          UPDATE audit SET seq = 2 WHERE seq = 99",
            "rows 1 to 2 (",
            "swapped",
        ),
        ("DELETE FROM audit WHERE seq > 2", "row 3: missing at the end", "signed head"),
    ];
    for (sql, place, fault) in cases {
        let bench = with_rows();
        change(&bench, sql);
        let said = bench.run(&["audit", "verify"]);
        assert_eq!(said.code, Some(1), "{sql}: {}", said.out);
        assert!(said.out.contains(place) && said.out.contains(fault), "{sql}: {}", said.out);
    }
}

/// Rows behind the last head can be cut off unseen, unless a head was kept elsewhere.
#[test]
fn a_head_that_was_kept_elsewhere_shows_what_was_cut_off() {
    let bench = with_rows();
    bench.write("kept.jsonl", &bench.run(&["audit", "head"]).well());
    change(&bench, "DELETE FROM audit WHERE seq > 4; DELETE FROM audit_head WHERE seq > 4");
    assert_eq!(bench.run(&["audit", "verify"]).code, Some(0), "nobody can know");
    let said = bench.run(&["audit", "verify", "--heads", "kept.jsonl"]);
    assert_eq!(said.code, Some(1), "{}", said.out);
    assert!(said.out.contains("rows 5 to 6: missing at the end"), "{}", said.out);
}

#[test]
fn a_file_that_was_changed_is_found_with_its_row() {
    let bench = with_rows();
    let export = bench.run(&["audit", "export"]).well();
    bench.write("changed.jsonl", &export.replacen("contacts_imported", "contacts_removed", 1));
    let said = bench.run(&["audit", "verify", "changed.jsonl"]);
    assert_eq!(said.code, Some(1), "{}", said.out);
    assert!(said.out.contains("row 1 (") && said.out.contains("1 finding"), "{}", said.out);
    bench.write("broken.jsonl", "hello\n");
    let said = bench.run(&["audit", "verify", "broken.jsonl"]).refused();
    assert!(said.contains("broken.jsonl, line 1: it is no line of an export"), "{said}");
    assert_eq!(bench.run(&["audit", "verify", "changed.jsonl", "--key", "x"]).code, Some(2));
}
