//! OpenLDAP: the suite over LDAPS and StartTLS, and what is particular to its entries and connections.

use crate::cleared::cleared;
use crate::conformance::conformance;
use crate::world::{FIRST, SECOND, anna, find, id_of, name, open, options, password, people, plain};
use recovery::AccountState;
use regain_directory::ldap::{DisabledWhen, LdapDirectory, Options, OptionsError, Security};
use regain_directory::{Directory, DirectoryError, PasswordCheck, WriteBackError};
use testbed::slapd::{Person, ServiceRight, Slapd, SlapdOptions, Standing};
use testbed::tls::TestAuthority;

#[tokio::test]
async fn ldap_over_tls_does_what_every_directory_does() {
    let slapd = Slapd::start(people());
    conformance(&open(options(&slapd))).await;
}

#[tokio::test]
async fn ldap_with_starttls_does_what_every_directory_does() {
    let slapd = Slapd::start(people());
    let options = Options { servers: vec![slapd.url_ldap()], security: Security::StartTls, ..options(&slapd) };
    conformance(&open(options)).await;
}

#[tokio::test]
async fn plain_ldap_on_this_machine_does_what_every_directory_does() {
    let slapd = Slapd::start(people());
    conformance(&open(plain(&slapd, &slapd.url_ldap()))).await;
}

#[tokio::test]
async fn the_new_password_binds_by_openldaps_own_tools() {
    let slapd = Slapd::start(people());
    let directory = open(options(&slapd));
    let id = id_of(&directory, "anna").await;
    assert_eq!(directory.set_password(cleared(&id), &password(SECOND)).await, Ok(()));
    assert!(slapd.binds(&anna().dn(), SECOND));
    assert!(!slapd.binds(&anna().dn(), FIRST));
}

#[test]
fn plain_text_to_another_machine_is_refused_before_anything_is_sent() {
    let options = Options {
        security: Security::Plain,
        ..Options::new(
            vec!["ldap://ldap.school.example".to_owned()],
            "cn=regain".to_owned(),
            password("x"),
            "dc=example".to_owned(),
        )
    };
    let refused = LdapDirectory::open(options).err().map(|error| error.to_string());
    assert!(refused.as_deref().is_some_and(|text| text.contains("without TLS only this machine")), "{refused:?}");
}

#[tokio::test]
async fn a_server_whose_authority_is_not_trusted_gets_no_password() {
    let slapd = Slapd::start(people());
    let folder = tempfile::tempdir().expect("a temporary folder");
    let other = TestAuthority::new().write_files(folder.path(), &["localhost"]);
    for security in [Security::Ldaps, Security::StartTls] {
        let url = if security == Security::Ldaps { slapd.url_ldaps() } else { slapd.url_ldap() };
        let options = Options { servers: vec![url], security, ca_file: Some(other.ca.clone()), ..options(&slapd) };
        let directory = open(options);
        let error = directory.find(&name("anna")).await.expect_err("nobody is to be trusted");
        assert!(matches!(&error, DirectoryError::Unreachable(what) if what.contains("not trusted")), "{error}");
        let findings = directory.check().await;
        let finding = findings.first().expect("the connection is the first finding");
        assert!(!finding.well && finding.hint.contains("ca_file"), "{finding:?}");
    }
}

#[test]
fn options_that_can_not_work_are_refused_with_what_is_wrong() {
    let good =
        || Options::new(vec!["ldap1".to_owned()], "cn=regain".to_owned(), password("x"), "dc=example".to_owned());
    let folder = tempfile::tempdir().expect("a temporary folder");
    let no_pem = folder.path().join("no.pem");
    std::fs::write(&no_pem, "hello").expect("writable");
    let cases: Vec<(Options, &str)> = vec![
        (Options { servers: vec![], ..good() }, "no server is named"),
        (Options { bind_dn: " ".to_owned(), ..good() }, "bind_dn is empty"),
        (
            Options { filter: "(uid={user_name}".to_owned(), ..good() },
            "the filter: the filter is wrong at character 17",
        ),
        (Options { filter: "(uid=anna)".to_owned(), ..good() }, "the filter has no {user_name}"),
        (Options { home_country: "Belgium".to_owned(), ..good() }, "home_country \"Belgium\""),
        (Options { ca_file: Some(no_pem), ..good() }, "it holds no certificate"),
        (Options { ca_file: Some("/nowhere/ca.pem".into()), ..good() }, "the certificates in /nowhere/ca.pem"),
        (
            Options { disabled: Some(DisabledWhen::Filter("(uid={user_name})".to_owned())), ..good() },
            "{user_name} has no place here",
        ),
        (
            Options {
                disabled: Some(DisabledWhen::Attribute { name: "a)(b".to_owned(), value: String::new() }),
                ..good()
            },
            "\"a)(b\" is not the name of an attribute",
        ),
    ];
    for (options, expected) in cases {
        let error = LdapDirectory::open(options).err().map(|error: OptionsError| error.to_string());
        assert!(error.as_deref().is_some_and(|text| text.contains(expected)), "{expected}: {error:?}");
    }
}

#[tokio::test]
async fn a_name_that_two_accounts_have_lets_nobody_through() {
    let shared = |uid: &str| {
        let mut person = Person::new(uid, uid, "X", FIRST);
        person.mail.push("shared@example.test".to_owned());
        person
    };
    let slapd = Slapd::start(vec![shared("carl"), shared("cora"), shared("cyril")]);
    let directory = open(options(&slapd));
    for typed in ["shared@example.test", "shared"] {
        assert!(matches!(directory.find(&name(typed)).await, Err(DirectoryError::Ambiguous)), "{typed}");
    }
    assert!(find(&directory, "carl").await.is_some());
}

#[tokio::test]
async fn an_account_whose_end_date_has_passed_is_expired() {
    let slapd = Slapd::start(vec![Person::new("eve", "Eve", "E", FIRST).standing(Standing::Ended)]);
    let directory = open(options(&slapd));
    let eve = find(&directory, "eve").await.expect("eve is there");
    assert_eq!(eve.state, AccountState::Expired);
    assert_eq!(directory.set_password(cleared(&eve.id), &password(SECOND)).await, Err(WriteBackError::AccountUnusable));
    let check = directory.check_password(Some(&eve.id), &password(FIRST)).await.expect("it answers");
    assert_eq!(check, PasswordCheck::Disabled);
}

#[tokio::test]
async fn the_operator_says_how_a_disabled_account_looks() {
    let mut fred = Person::new("fred", "Fred", "F", FIRST);
    fred.disabled_by_attribute = true;
    let slapd = Slapd::start(vec![fred, anna()]);
    let by_attribute = DisabledWhen::Attribute { name: "accountDisabled".to_owned(), value: "true".to_owned() };
    let by_filter = DisabledWhen::Filter("(accountDisabled=TRUE)".to_owned());
    for when in [by_attribute, by_filter] {
        let directory = open(Options { disabled: Some(when.clone()), ..options(&slapd) });
        let fred = find(&directory, "fred").await.expect("fred is there");
        assert_eq!(fred.state, AccountState::Disabled, "{when:?}");
        assert_eq!(
            directory.set_password(cleared(&fred.id), &password(SECOND)).await,
            Err(WriteBackError::AccountUnusable)
        );
        let check = async |text: &str| directory.check_password(Some(&fred.id), &password(text)).await.ok();
        assert_eq!(check(FIRST).await, Some(PasswordCheck::Disabled));
        assert_eq!(check("Wrong-Passw0rd").await, Some(PasswordCheck::Wrong));
        assert!(slapd.binds("uid=fred,ou=people,dc=example,dc=test", FIRST));
        assert_eq!(find(&directory, "anna").await.map(|anna| anna.state), Some(AccountState::Usable), "{when:?}");
        let mut states = Vec::new();
        directory.each_account(&mut |account| states.push((account.user_name.clone(), account.state))).await.ok();
        states.sort_by(|one, other| one.0.cmp(&other.0));
        assert_eq!(states, [("anna".to_owned(), AccountState::Usable), ("fred".to_owned(), AccountState::Disabled)]);
    }
}

#[tokio::test]
async fn every_account_of_many_pages_is_visited_once() {
    let people = (0..1203).map(|number| Person::new(&format!("pupil{number:04}"), "Pupil", "P", FIRST)).collect();
    let slapd = Slapd::start(people);
    let mut names = Vec::new();
    let directory = open(options(&slapd));
    directory.each_account(&mut |account| names.push(account.user_name.clone())).await.expect("it answers");
    names.sort();
    names.dedup();
    assert_eq!(names.len(), 1203);
}

#[tokio::test]
async fn accounts_cut_off_by_a_size_limit_are_no_small_directory() {
    let people = (0..20).map(|number| Person::new(&format!("pupil{number:04}"), "Pupil", "P", FIRST)).collect();
    let slapd = Slapd::start_with(SlapdOptions { people, size_limit: Some(15), ..SlapdOptions::default() });
    let directory = open(options(&slapd));
    assert!(matches!(directory.each_account(&mut |_| {}).await, Err(DirectoryError::NoRight(_))));
    let findings = directory.check().await;
    assert!(findings.iter().any(|finding| !finding.well && finding.hint.contains("olcLimits")), "{findings:#?}");
}

#[tokio::test]
async fn without_the_right_nothing_is_set_and_the_operator_is_told() {
    let slapd =
        Slapd::start_with(SlapdOptions { people: people(), right: ServiceRight::None, ..SlapdOptions::default() });
    let directory = open(options(&slapd));
    let id = id_of(&directory, "anna").await;
    let refused = directory.set_password(cleared(&id), &password(SECOND)).await;
    assert!(matches!(refused, Err(WriteBackError::NotAllowed(_))), "{refused:?}");
    assert!(slapd.binds(&anna().dn(), FIRST));
    let wrong: Vec<_> = directory.check().await.into_iter().filter(|finding| !finding.well).collect();
    assert_eq!(wrong.len(), 2, "{wrong:#?}");
    assert!(wrong.iter().all(|finding| finding.what.contains("missing on") && !finding.hint.is_empty()), "{wrong:#?}");
}

#[tokio::test]
async fn a_wrong_service_password_is_the_operators_to_mend() {
    let slapd = Slapd::start(people());
    let directory = open(Options { bind_password: password("wrong"), ..options(&slapd) });
    assert!(matches!(directory.find(&name("anna")).await, Err(DirectoryError::NoRight(_))));
    let findings = directory.check().await;
    assert!(findings.iter().any(|finding| !finding.well && finding.hint.contains("bind_dn")), "{findings:#?}");
}

#[tokio::test]
async fn check_says_when_the_service_account_may_do_too_much() {
    let too_much = SlapdOptions { people: people(), right: ServiceRight::Manage, ..SlapdOptions::default() };
    let slapd = Slapd::start_with(too_much);
    let directory = open(Options { check_account: Some(name("anna")), ..options(&slapd) });
    let findings = directory.check().await;
    let wrong: Vec<&str> =
        findings.iter().filter(|finding| !finding.well).map(|finding| finding.what.as_str()).collect();
    for expected in ["can read password hashes", "of one letter is taken", "changed at once"] {
        assert!(wrong.iter().any(|what| what.contains(expected)), "{expected}: {wrong:#?}");
    }
}

#[tokio::test]
async fn check_sets_the_test_accounts_password_and_is_content() {
    let slapd = Slapd::start(people());
    let directory = open(Options { check_account: Some(name("anna")), ..options(&slapd) });
    let findings = directory.check().await;
    assert!(findings.iter().all(|finding| finding.well), "{findings:#?}");
    assert!(findings.iter().any(|finding| finding.what.contains("was set, and signs in")), "{findings:#?}");
    assert!(!slapd.binds(&anna().dn(), FIRST));
}

#[tokio::test]
async fn values_that_are_no_contact_are_left_out_and_reported() {
    let slapd = Slapd::start(vec![anna().mobile("12"), Person::new("gus", "Gus", "G", FIRST).alternate_mail("gus")]);
    let directory = open(options(&slapd));
    assert_eq!(find(&directory, "anna").await.map(|anna| anna.contacts.len()), Some(3));
    let findings = directory.check().await;
    let wrong: Vec<_> = findings.iter().filter(|finding| !finding.well).map(|finding| &finding.what).collect();
    assert_eq!(wrong.len(), 2, "{findings:#?}");
    assert!(wrong.iter().any(|what| what.starts_with("mobile: 1 accounts") && what.contains("uid=anna")), "{wrong:?}");
    assert!(wrong.iter().any(|what| what.starts_with("alternateMail: 1 accounts")), "{wrong:?}");
}
