//! Accounts and contacts by the command line.

use crate::bench::Bench;

const PEOPLE: &str = "user_name;given_name;email;alternate_email;mobile;disabled\n\
    anna;Anna;anna@school.example;anna.dubois@mail.example;0470 12 34 67;\n\
    bert;Bert;;bert.claes@mail.example;;\n\
    carl;Carl;;;;yes\n";

fn school() -> Bench {
    let bench = Bench::new();
    // SMS by a gateway that nobody needs to run here.
    bench.edit("methods = [\"email\"]", "methods = [\"email\", \"sms\"]");
    let gateway = "[[channels]]\nkind = \"http\"\nname = \"gateway\"\ncarries = \"sms\"\n\
                   url = \"http://127.0.0.1:9/\"\nbody = { form = { to = \"{to}\", text = \"{text}\" } }\n";
    bench.write("regain.toml", &(bench.read("regain.toml") + gateway));
    bench.write("people.csv", PEOPLE);
    bench.run(&["user", "import", "people.csv"]).well();
    bench
}

#[test]
fn people_are_imported_all_or_none_and_a_dry_run_adds_nobody() {
    let bench = Bench::new();
    bench.write("people.csv", PEOPLE);
    assert!(bench.run(&["user", "import", "people.csv", "--dry-run"]).well().contains("3 accounts would be added"));
    assert!(bench.run(&["user", "list"]).well().contains("0 accounts"));
    bench.write("wrong.csv", &PEOPLE.replace("0470 12 34 67", "0470 12"));
    let said = bench.run(&["user", "import", "wrong.csv"]);
    assert_eq!(said.code, Some(1));
    assert!(said.out.contains("line 2: mobile: ") && said.out.contains("Nothing was added"), "{}", said.out);
    assert!(bench.run(&["user", "list"]).well().contains("0 accounts"));
    let said = bench.run(&["user", "import", "wrong.csv", "--skip-wrong-lines"]);
    assert_eq!(
        (said.code, said.out.contains("2 accounts added to the realm `school`, 1 line skipped")),
        (Some(1), true)
    );
}

#[test]
fn a_password_comes_from_stdin_and_keeps_the_rules() {
    let bench = Bench::new();
    let add = ["user", "add", "dora", "--given-name", "Dora", "--password-stdin"];
    let said = bench.run_with(&add, "short\n").refused();
    assert!(said.contains("min_length = 12") && !said.contains("short\n"), "{said}");
    assert!(bench.run_with(&add, "").refused().contains("stdin holds no password"));
    assert!(bench.run_with(&["user", "add", "dora"], "").refused().contains("--password-stdin"));
    bench.run_with(&add, "Vier-Rode-Fietsen-9\n").well();
    assert!(bench.run_with(&add, "Vier-Rode-Fietsen-9\n").refused().contains("belongs to another account"));
}

#[test]
fn a_list_shows_no_contact_and_an_export_can_be_imported() {
    let bench = school();
    let list = bench.run(&["user", "list"]).well();
    assert!(
        list.contains("anna  Anna  (1 e-mail, 1 mobile)") && list.contains("carl  Carl  (no contact, disabled)"),
        "{list}"
    );
    assert!(!list.contains("mail.example") && !list.contains("470"), "{list}");
    let other = Bench::new();
    other.write("people.csv", &bench.run(&["user", "export"]).well());
    other.run(&["user", "import", "people.csv"]).well();
    assert_eq!(other.run(&["user", "list"]).well(), list);
}

#[test]
fn explain_tells_real_methods_from_decoys_and_never_shows_a_contact() {
    let bench = school();
    let anna = bench.run(&["explain", "ANNA@school.example"]).well();
    assert!(anna.contains("can recover  yes") && anna.contains("*****67") && !anna.contains("decoy"), "{anna}");
    let bert = bench.run(&["explain", "bert"]).well();
    assert!(bert.contains("can recover  no: fewer independent contacts than 2 proofs"), "{bert}");
    assert!(bert.contains("real") && bert.contains("decoy, leads nowhere"), "{bert}");
    assert!(bench.run(&["explain", "carl"]).well().contains("disabled in the directory"));
    for text in [&anna, &bert] {
        assert!(!text.contains("dubois@") && !text.contains("claes@") && !text.contains("1234"), "{text}");
    }
    let said = bench.run(&["explain", "zoe"]);
    assert!(
        said.out.contains("every method below is a decoy") && said.err.contains("nobody in the realm"),
        "{}",
        said.out
    );
    assert!(bench.run(&["explain", "R7K 2MQ"]).refused().contains("no case has the reference R7K 2MQ"));
}

#[test]
fn contacts_are_kept_only_when_asked_and_give_a_person_a_second_proof() {
    let bench = school();
    bench.write("contacts.csv", "user_name,mobile\nbert,0471 99 88 77\n");
    let said = bench.run(&["contacts", "import", "contacts.csv"]).well();
    assert!(
        said.contains("ok   line 2: bert: 1 contact would be added") && said.contains("this was a dry run"),
        "{said}"
    );
    assert!(bench.run(&["explain", "bert"]).well().contains("can recover  no"));
    let said = bench.run(&["contacts", "import", "contacts.csv", "--apply"]).well();
    assert!(said.contains("1 contact added"), "{said}");
    let bert = bench.run(&["explain", "bert"]).well();
    assert!(
        bert.contains("can recover  yes") && bert.contains("*****77") && bert.contains("contacts_imported"),
        "{bert}"
    );
    let list = bench.run(&["contacts", "list", "bert"]).well();
    assert!(list.contains("b*****@mail.example") && list.contains("*****77") && list.contains("imported"), "{list}");
    assert!(bench.run(&["contacts", "import", "contacts.csv", "--apply"]).well().contains("as imported before"));
    bench.write("contacts.csv", "user_name,mobile\nbert,\n");
    assert!(
        bench
            .run(&["contacts", "import", "contacts.csv", "--apply"])
            .well()
            .contains("1 contact imported before removed")
    );
    assert!(bench.run(&["explain", "bert"]).well().contains("can recover  no"));
    // Sealed: the number is in no file of the store.
    for file in ["regain.db", "regain.db-wal"] {
        let bytes = std::fs::read(bench.path(file)).unwrap_or_default();
        assert!(!bytes.windows(9).any(|part| part == b"471998877"), "{file}");
    }
}

#[test]
fn every_wrong_line_of_contacts_is_named_and_none_is_kept() {
    let bench = school();
    bench.write(
        "contacts.csv",
        "user_name,alternate_email,mobile\nbert,,0471998877\nzoe,a@mail.example,\ncarl,carl@school.example,\nanna,,12\nbert,,0471998878\n",
    );
    let said = bench.run(&["contacts", "import", "contacts.csv", "--apply"]);
    assert_eq!(said.code, Some(1));
    for line in [
        "ok   line 2: bert",
        "FAIL line 3: zoe: nobody has this user name",
        "FAIL line 4: carl: an address is the account's own",
        "FAIL line 5: anna: mobile: ",
        "FAIL line 6: bert: this account is on line 2 already",
        "4 lines are wrong, and nothing was kept",
    ] {
        assert!(said.out.contains(line), "{line} in {}", said.out);
    }
    assert!(!bench.run(&["contacts", "list", "bert"]).well().contains("imported"));
    let said = bench.run(&["contacts", "import", "contacts.csv", "--apply", "--skip-wrong-lines"]);
    assert!(said.out.contains("Kept the contacts of 1 line, 4 lines skipped"), "{}", said.out);
    assert!(bench.run(&["contacts", "list", "bert"]).well().contains("imported"));
}

#[test]
fn a_census_is_taken_when_asked_and_check_says_what_strangers_learn() {
    let bench = school();
    assert!(bench.run(&["census"]).well().contains("has no census yet"));
    assert!(bench.run(&["census", "--new"]).well().contains("census 1 of"));
    let said = bench.run(&["census"]).well();
    assert!(said.contains("census 1 of") && said.contains("their pages have not changed"), "{said}");
    assert!(bench.run(&["census", "--new"]).well().contains("census 2 of"));
    let said = bench.run(&["check"]).out;
    assert!(said.contains("decoys are drawn from census 2, 0 days old"), "{said}");
    assert!(said.contains("strangers can't learn whether a name has an account"), "{said}");
    bench.edit("# disclose = \"hide\"", "disclose = \"all\" # \"hide\"");
    let said = bench.run(&["check"]).out;
    assert!(said.contains("which of those are disabled, paused, or have too few contacts"), "{said}");
}
