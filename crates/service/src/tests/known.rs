//! Browsers that once got in are counted apart, so that strangers can't lock their owner out.

use super::world::*;
use crate::{Browser, SignInOutcome, Visitor};
use recovery::{Counter, Limit, Limits, MethodKind, UserName};

const DAY: i64 = 24 * 3600;

/// Anna has finished a recovery in this browser.
async fn anna_got_in() -> (App, Visitor) {
    let (app, mut anna) = walk_to_password().await;
    assert_eq!(anna.types_password(GOOD).await, "done");
    app.deliver().await;
    let here = browser_of(&app, &anna).await;
    (app, here)
}

/// The visitor with the cookie that the last page gave.
async fn browser_of(app: &App, person: &Person) -> Visitor {
    let browser = app.regain.browser_that_finished(&person.opened().await, &person.visitor).expect("a browser");
    let cookie = browser.to_cookie(&app.regain.keyring);
    Visitor { browser: Browser::from_cookie(&cookie, &app.regain.keyring), ..person.visitor.clone() }
}

async fn names(app: &App, visitor: &Visitor, user_name: &str) -> Person {
    let mut person = app.person(user_name).await;
    person.visitor = visitor.clone();
    person
}

/// A stranger types wrong codes for a name until the page says to wait.
async fn strangers_fail(app: &App, user_name: &str) {
    for turn in 0..6 {
        let mut stranger = app.person_from(&format!("198.51.100.{turn}"), user_name).await;
        stranger.chooses(MethodKind::Email).await;
        while stranger.sees().await.starts_with("code") {
            if stranger.types_code("000000").await.ends_with("Wait") {
                return;
            }
        }
    }
    panic!("strangers never have to wait");
}

async fn is_known(app: &App, visitor: &Visitor, user_name: &str) -> bool {
    let realm = app.regain.realm("school").expect("a realm");
    let name = UserName::parse(user_name).expect("a name");
    let account = app.regain.find_account(realm, &name).await.expect("the directory");
    let key = app.regain.account_key(realm, &name, account.as_ref().map(|account| &account.id));
    app.regain.is_known(key, visitor).await.expect("the store")
}

#[tokio::test]
async fn strangers_who_fail_do_not_lock_out_who_got_in_before() {
    let (app, here) = anna_got_in().await;
    strangers_fail(&app, "anna").await;
    let mut anna = names(&app, &here, "anna").await;
    anna.chooses(MethodKind::Email).await;
    assert_eq!(anna.types_code("000000").await, "code, 4 left; CodeWrong");
    let code = arrived(&app, ANNA_MAIL).await;
    assert_eq!(anna.types_code(&code).await, "methods; GatePassed");
    let mut unknown = app.person("anna").await;
    unknown.chooses(MethodKind::Email).await;
    assert!(unknown.types_code("000000").await.ends_with("Wait"), "a stranger still waits");
}

#[tokio::test]
async fn strangers_who_ask_for_messages_do_not_use_up_hers() {
    let (app, here) = anna_got_in().await;
    for turn in 0..14 {
        app.person_from(&format!("198.51.100.{turn}"), "anna").await.chooses(MethodKind::Email).await;
    }
    let asks = async |visitor: &Visitor| names(&app, visitor, "anna").await.chooses(MethodKind::Email).await;
    assert_ne!(asks(&visitor("198.51.100.99")).await, "code, 5 left");
    assert_eq!(asks(&here).await, "code, 5 left");
}

#[tokio::test]
async fn the_last_try_before_the_directorys_lockout_is_kept_for_her() {
    let (app, here) = anna_got_in().await;
    let word = |outcome: SignInOutcome| match outcome {
        SignInOutcome::SignedIn { .. } => "in",
        SignInOutcome::Wrong => "wrong",
        SignInOutcome::Paused { .. } => "paused",
    };
    for expected in ["wrong", "wrong", "wrong", "paused"] {
        assert_eq!(word(app.sign_in("anna", "guess").await), expected);
    }
    assert_eq!(word(app.sign_in_by(&here, "anna", GOOD).await), "in");
    assert_eq!(word(app.sign_in("anna", "guess").await), "wrong", "and a right password sets the count back");
    for expected in ["wrong", "wrong", "wrong", "paused"] {
        assert_eq!(word(app.sign_in_by(&here, "anna", "slip").await), expected, "never more than four in all");
    }
}

#[tokio::test]
async fn a_sign_in_makes_a_browser_known_and_a_passed_gate_does_not() {
    let app = App::new().await;
    let SignInOutcome::SignedIn { browser, .. } = app.sign_in("anna", ANNA_OLD).await else { panic!("anna signs in") };
    let here = Visitor { browser: Some(browser), ..visitor("192.0.2.8") };
    assert!(is_known(&app, &here, "anna").await);
    assert!(is_known(&app, &here, "Anna@school.example").await, "however the name is spelt");
    for other in ["solo", "nobo", "gone"] {
        assert!(!is_known(&app, &here, other).await, "{other}");
    }
    let mut anna = app.person("anna").await;
    pass_gates(&app, &mut anna).await;
    assert!(!is_known(&app, &anna.visitor, "anna").await);
}

#[tokio::test]
async fn a_browser_is_known_for_180_days_and_no_copy_works_elsewhere() {
    let (app, here) = anna_got_in().await;
    assert!(is_known(&app, &here, "anna").await);
    app.pass(180 * DAY - 1);
    assert!(is_known(&app, &here, "anna").await);
    app.pass(1);
    assert!(!is_known(&app, &here, "anna").await);
    let cookie = here.browser.as_ref().expect("a browser").to_cookie(&app.regain.keyring);
    assert!(Browser::from_cookie(&cookie, &store::sealing::Keyring::generate()).is_none());
    let mut changed = cookie.clone().into_bytes();
    changed[60] ^= 1;
    let changed = String::from_utf8_lossy(&changed).into_owned();
    for strange in ["", "x", changed.as_str()] {
        assert!(Browser::from_cookie(strange, &app.regain.keyring).is_none());
    }
}

#[tokio::test]
async fn a_reset_elsewhere_and_a_report_make_it_a_stranger_again() {
    let (app, here) = anna_got_in().await;
    app.pass(60);
    let mut elsewhere = app.person_from("198.51.100.7", "anna").await;
    pass_gates(&app, &mut elsewhere).await;
    assert_eq!(elsewhere.types_password(OTHER).await, "done");
    let there = browser_of(&app, &elsewhere).await;
    assert!(!is_known(&app, &here, "anna").await, "somebody else has reset the password since");
    assert!(is_known(&app, &there, "anna").await);
    let report = app.deliver().await.iter().find_map(Sent::report).expect("a link");
    app.regain.report(&report, &visitor("192.0.2.1")).await.expect("the store").expect("a pause");
    assert!(!is_known(&app, &there, "anna").await, "its owner says that it was not them");
}

#[tokio::test]
async fn a_known_browser_sees_of_other_names_what_a_stranger_sees() {
    let (app, here) = anna_got_in().await;
    let mut seen = Vec::new();
    for visitor in [visitor("192.0.2.7"), here] {
        for name in ["solo", "gone", "nobo"] {
            let mut person = names(&app, &visitor, name).await;
            let mut pages = vec![person.chooses(MethodKind::Email).await];
            pages.push(person.types_code("000000").await);
            seen.push((pages, person.cookie.len()));
        }
    }
    assert!(seen.iter().all(|one| *one == seen[0]), "{seen:?}");
}

#[tokio::test]
async fn the_cookie_is_as_long_for_a_stranger_and_holds_few_accounts() {
    let app = App::new().await;
    let mut here = visitor("192.0.2.7");
    let fresh = app.regain.new_browser();
    let length = fresh.to_cookie(&app.regain.keyring).len();
    assert!(length < 400, "{length}");
    assert_eq!(fresh.life_seconds(), 24 * 3600);
    for account in 0..9u8 {
        here.browser = Some(app.regain.browser_known_for([account; 32], &here));
        let browser = here.browser.as_ref().expect("a browser");
        assert_eq!(browser.to_cookie(&app.regain.keyring).len(), length);
        assert_eq!(browser.life_seconds(), 180 * 24 * 3600);
    }
    assert!(!app.regain.is_known([0; 32], &here).await.expect("the store"), "the ninth made room");
    for account in 1..9 {
        assert!(app.regain.is_known([account; 32], &here).await.expect("the store"), "{account}");
    }
}

/// Strangers and known browsers try for a month, as fast as they may.
#[tokio::test]
async fn a_month_of_failures_stays_below_the_100_of_nist() {
    let (app, here) = {
        let app = App::with(|regain| {
            let all = Limits::default();
            let failures = Counter::FAILURES.into_iter().chain([Counter::FailuresByAccountKnown]);
            regain.limits = Limits(failures.map(|counter| (counter, all.of(counter).to_vec())).collect());
        })
        .await;
        let mut anna = app.person("anna").await;
        pass_gates(&app, &mut anna).await;
        anna.types_password(GOOD).await;
        let here = browser_of(&app, &anna).await;
        (app, here)
    };
    let mut failures = 0;
    let mut walks = [names(&app, &visitor("198.51.100.1"), "anna").await, names(&app, &here, "anna").await];
    for hour in 0..29 * 24 {
        // Every hour in the first days, then a look now and then.
        if hour > 80 && hour % 24 != 0 {
            app.pass(3600);
            continue;
        }
        for walk in &mut walks {
            for _ in 0..8 {
                if !walk.sees().await.starts_with("code") {
                    *walk = names(&app, &walk.visitor, "anna").await;
                    walk.chooses(MethodKind::Email).await;
                }
                let page = walk.types_code("000000").await;
                if page.ends_with("Wait") || page == "stopped: paused" {
                    break;
                }
                failures += u32::from(page.contains("CodeWrong") || page == "stopped: too_many_attempts");
            }
        }
        app.pass(3600);
    }
    assert_eq!(failures, 90);
}

#[tokio::test]
async fn a_known_browser_has_limits_of_its_own() {
    let app = App::with(|regain| {
        let one = vec![Limit::Window { seconds: 3600, max: 1 }];
        regain.limits = Limits([(Counter::MessagesByAccountKnown, one)].into());
    })
    .await;
    let SignInOutcome::SignedIn { browser, .. } = app.sign_in("anna", ANNA_OLD).await else { panic!("anna signs in") };
    let here = Visitor { browser: Some(browser), ..visitor("192.0.2.8") };
    assert_eq!(names(&app, &here, "anna").await.chooses(MethodKind::Email).await, "code, 5 left");
    assert_eq!(names(&app, &here, "anna").await.chooses(MethodKind::Email).await, "stopped: paused");
    assert_eq!(app.person("anna").await.chooses(MethodKind::Email).await, "code, 5 left");
}
