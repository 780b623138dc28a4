//! `init`, and what is said of files that are not as they should be.

use crate::bench::Bench;

#[test]
fn init_writes_private_files_that_check_understands() {
    let bench = Bench::empty();
    let said = bench
        .run(&["init", "--name", "Collège \"des\" Deux Rivières", "--public-url", "https://account.school.example"])
        .well();
    assert!(said.contains("regain check") && said.lines().count() <= 4, "{said}");
    #[cfg(unix)]
    for file in ["regain.toml", "keys"] {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(bench.path(file).metadata().expect("a file").permissions().mode() & 0o777, 0o600, "{file}");
    }
    let said = bench.run(&["check"]);
    // Nobody has a mail server at smtp.school.example: all else is well.
    assert_eq!(said.code, Some(1), "{}", said.err);
    let failed: Vec<&str> = said.out.lines().filter(|line| line.starts_with("FAIL")).collect();
    assert!(matches!(failed.as_slice(), [one] if one.contains("channel `smtp`")), "{}", said.out);
    assert!(said.out.contains("ok   keys: the file keys\n"), "{}", said.out);
    assert!(
        said.out.contains("warn realm `school`: there are no accounts\n     hint: regain user import"),
        "{}",
        said.out
    );
}

#[test]
fn a_second_init_overwrites_nothing() {
    let bench = Bench::new();
    let before = [bench.read("regain.toml"), bench.read("keys")];
    assert!(bench.run(&["init"]).refused().contains("regain.toml is there already, and nothing was written"));
    std::fs::remove_file(bench.path("regain.toml")).expect("it was there");
    assert!(bench.run(&["init"]).refused().contains("keys is there already"));
    assert!(!bench.path("regain.toml").exists());
    assert_eq!(bench.read("keys"), before[1]);
}

#[test]
fn init_refuses_what_its_own_file_could_not_be_read_with() {
    let bench = Bench::empty();
    let said = bench.run(&["init", "--public-url", "http://account.school.example"]).refused();
    assert!(said.contains("--public-url can't be used") && said.contains("\nhint: "), "{said}");
    assert!(!bench.path("keys").exists() && !bench.path("regain.toml").exists());
}

#[test]
fn init_for_ldap_asks_for_nothing_else() {
    let bench = Bench::empty();
    bench.run(&["init", "--ldap", "--folder", "etc"]).well();
    let said = bench.run(&["check", "--config", "etc/regain.toml"]);
    assert!(
        said.out.contains("FAIL the secret's file etc/ldap-password can't be read: it is not there"),
        "{}",
        said.out
    );
}

#[test]
fn a_broken_file_is_explained_by_every_command() {
    let bench = Bench::new();
    bench.edit("listen =", "lisen =");
    let agreed = |said: &str| {
        assert!(said.starts_with("error: unknown key `lisen` in [server]\n"), "{said}");
        assert!(said.contains("--> regain.toml:") && said.ends_with("hint: did you mean `listen`?\n"), "{said}");
    };
    for args in [vec!["serve"], vec!["check"], vec!["explain", "anna"], vec!["resume", "anna"], vec!["user", "list"]] {
        agreed(&bench.run(&args).refused());
    }
}

#[test]
fn what_a_room_refuses_is_said_with_its_line() {
    let bench = Bench::new();
    bench.edit("# [organisation.looks]\n", "[organisation.looks]\nbrand = \"#ffee00\"\n");
    let said = bench.run(&["serve"]).refused();
    assert!(
        said.contains("too light")
            && said.contains("| brand = \"#ffee00\"")
            && said.contains("hint: choose a darker one"),
        "{said}"
    );
}

#[test]
fn keys_of_another_store_are_refused() {
    let bench = Bench::new();
    bench.run(&["user", "list"]).well();
    let other = Bench::new();
    bench.write("keys", &other.read("keys"));
    for args in [vec!["serve"], vec!["user", "add", "anna", "--no-password"], vec!["explain", "anna"]] {
        assert!(bench.run(&args).refused().contains("the store regain.db was made with other keys"), "{args:?}");
    }
    let said = bench.run(&["check"]);
    assert!(said.out.contains("FAIL the store regain.db was made with other keys"), "{}", said.out);
}

#[test]
fn a_missing_or_broken_key_file_says_how_to_mend_it_and_not_what_is_in_it() {
    let bench = Bench::new();
    bench.write("keys", "tr0ub4dor\n");
    let said = bench.run(&["serve"]).refused();
    assert!(said.contains("holds no keys of Regain: line 1") && !said.contains("tr0ub4dor"), "{said}");
    std::fs::remove_file(bench.path("keys")).expect("it was there");
    let said = bench.run(&["serve"]).refused();
    assert!(
        said.contains("the key file keys can't be read: it is not there") && said.contains("hint: restore it"),
        "{said}"
    );
}

#[cfg(unix)]
#[test]
fn keys_that_everybody_can_read_fail_the_check() {
    use std::os::unix::fs::PermissionsExt;
    let bench = Bench::new();
    std::fs::set_permissions(bench.path("keys"), std::fs::Permissions::from_mode(0o644)).expect("chmod");
    let said = bench.run(&["check"]).out;
    assert!(said.contains("FAIL every user of this machine can read keys\n     hint: chmod 600 keys"), "{said}");
}

#[test]
fn a_settings_file_that_is_not_there_says_so() {
    let said = Bench::empty().run(&["serve", "--config", "nowhere.toml"]).refused();
    assert!(said.contains(" --> nowhere.toml\nhint: `regain init` writes such a file"), "{said}");
}
