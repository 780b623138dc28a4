//! Sign-in to Regain's own page, and changing a password there.

use super::world::*;
use crate::{ChangeOutcome, SignInOutcome};
use recovery::Password;
use std::sync::atomic::Ordering;

fn word(outcome: &SignInOutcome) -> &'static str {
    match outcome {
        SignInOutcome::SignedIn { .. } => "in",
        SignInOutcome::Wrong => "wrong",
        SignInOutcome::Paused { .. } => "paused",
    }
}

#[tokio::test]
async fn tries_are_counted_before_the_directory_is_asked() {
    let app = App::new().await;
    for user_name in ["anna", "gone", "nobo"] {
        let before = app.directory.checks.load(Ordering::SeqCst);
        for _ in 0..3 {
            assert_eq!(word(&app.sign_in(user_name, "wrong").await), "wrong", "{user_name}");
        }
        assert_eq!(word(&app.sign_in(user_name, ANNA_OLD).await), "paused", "{user_name}");
        assert_eq!(
            app.directory.checks.load(Ordering::SeqCst) - before,
            3,
            "{user_name}: a paused try is not passed on"
        );
    }
    app.pass(1800);
    assert_eq!(word(&app.sign_in("anna", ANNA_OLD).await), "in");
}

#[tokio::test]
async fn a_right_password_gives_the_tries_back() {
    let app = App::new().await;
    for _ in 0..3 {
        for _ in 0..2 {
            assert_eq!(word(&app.sign_in("anna", "wrong").await), "wrong");
        }
        assert_eq!(word(&app.sign_in("anna", ANNA_OLD).await), "in");
    }
}

#[tokio::test]
async fn unknown_disabled_and_wrong_are_one_answer_at_the_same_work() {
    let app = App::new().await;
    for (user_name, password) in [("anna", "wrong"), ("gone", ANNA_OLD), ("nobo", ANNA_OLD), ("solo", ANNA_OLD)] {
        let before = app.directory.checks.load(Ordering::SeqCst);
        assert_eq!(word(&app.sign_in(user_name, password).await), "wrong", "{user_name}");
        assert_eq!(app.directory.checks.load(Ordering::SeqCst) - before, 1, "{user_name}");
    }
    app.directory.disabled.lock().expect("free").insert("anna".to_owned());
    assert_eq!(word(&app.sign_in("anna", ANNA_OLD).await), "wrong", "the directory lets in whom Regain knows as ended");
}

#[tokio::test]
async fn a_password_is_changed_with_the_old_one_and_the_contacts_are_told() {
    let app = App::new().await;
    let SignInOutcome::SignedIn { cookie, .. } = app.sign_in("anna", ANNA_OLD).await else { panic!("anna signs in") };
    let here = visitor("192.0.2.8");
    let change = async |old: &str, new: &str| {
        let [old, new, again] = [old, new, new].map(Password::new);
        app.regain.change_password(&cookie, old, new, again, &here).await.expect("an answer").expect("signed in")
    };
    assert!(matches!(change("wrong", GOOD).await, ChangeOutcome::WrongOldPassword));
    assert!(matches!(change(ANNA_OLD, "short").await, ChangeOutcome::Refused { .. }));
    assert!(app.deliver().await.is_empty());
    assert!(matches!(change(ANNA_OLD, GOOD).await, ChangeOutcome::Changed));
    assert_eq!(app.deliver().await.len(), 2);
    assert!(app.signs_in("anna", GOOD).await);

    app.regain.sign_out(&cookie).await.expect("the store");
    assert!(app.regain.signed_in(&cookie).await.expect("the store").is_none());
    assert!(app.regain.signed_in("nonsense").await.expect("the store").is_none());
}

/// Anna's session, as one of several of hers.
async fn session(app: &App) -> String {
    let SignInOutcome::SignedIn { cookie, .. } = app.sign_in("anna", ANNA_OLD).await else { panic!("anna signs in") };
    cookie
}

async fn is_signed_in(app: &App, cookie: &str) -> bool {
    app.regain.signed_in(cookie).await.expect("the store").is_some()
}

#[tokio::test]
async fn a_change_of_password_ends_all_sessions_but_the_one_that_changed_it() {
    let app = App::new().await;
    let (own, other) = (session(&app).await, session(&app).await);
    let [old, new, again] = [ANNA_OLD, GOOD, GOOD].map(Password::new);
    let changed = app.regain.change_password(&own, old, new, again, &visitor("192.0.2.8")).await.expect("an answer");
    assert!(matches!(changed, Some(ChangeOutcome::Changed)));
    assert!(is_signed_in(&app, &own).await);
    assert!(!is_signed_in(&app, &other).await);
    assert!(app.signs_in("anna", GOOD).await, "and a new one begins");
}

#[tokio::test]
async fn a_reset_ends_all_sessions_and_a_report_does_and_later_ones_count() {
    let (app, mut anna) = walk_to_password().await;
    let thief = session(&app).await;
    assert_eq!(anna.types_password(GOOD).await, "done");
    assert!(!is_signed_in(&app, &thief).await);

    // The clock is set back an hour: who signs in now is signed in all the same.
    app.pass(-3600);
    let SignInOutcome::SignedIn { cookie, .. } = app.sign_in("anna", GOOD).await else { panic!("anna signs in") };
    assert!(is_signed_in(&app, &cookie).await);
    app.pass(3601);
    let SignInOutcome::SignedIn { cookie, .. } = app.sign_in("anna", GOOD).await else { panic!("anna signs in") };
    let report = app.deliver().await.iter().find_map(Sent::report).expect("a link");
    app.regain.report(&report, &visitor("192.0.2.9")).await.expect("the store").expect("reported");
    assert!(!is_signed_in(&app, &cookie).await);
    let SignInOutcome::SignedIn { cookie, .. } = app.sign_in("anna", GOOD).await else { panic!("anna signs in") };
    app.pass(1);
    assert!(is_signed_in(&app, &cookie).await);
}

#[tokio::test]
async fn a_sign_in_ends_after_half_an_hour() {
    let app = App::new().await;
    let SignInOutcome::SignedIn { cookie, .. } = app.sign_in("anna", ANNA_OLD).await else { panic!("anna signs in") };
    assert!(app.regain.signed_in(&cookie).await.expect("the store").is_some());
    app.pass(1800);
    assert!(app.regain.signed_in(&cookie).await.expect("the store").is_none());
}

#[tokio::test]
async fn a_change_of_password_waits_while_recoveries_are_paused_and_says_why() {
    let (app, mut anna) = walk_to_password().await;
    assert_eq!(anna.types_password(GOOD).await, "done");
    let report = app.deliver().await.iter().find_map(Sent::report).expect("a link");
    app.regain.report(&report, &visitor("192.0.2.9")).await.expect("the store").expect("reported");
    app.pass(1);
    let SignInOutcome::SignedIn { cookie, .. } = app.sign_in("anna", GOOD).await else { panic!("anna signs in") };
    let [old, new] = [GOOD, OTHER].map(Password::new);
    let changed = app.regain.change_password(&cookie, old, new.clone(), new, &visitor("192.0.2.1")).await;
    assert!(matches!(changed.expect("the store"), Some(ChangeOutcome::Reported)));
    assert!(app.signs_in("anna", GOOD).await);
}
