//! The whole walk, and the ways in which it must not go.

use super::world::*;
use recovery::{Event, MethodKind};

#[tokio::test]
async fn a_person_gets_back_in() {
    let (app, mut anna) = walk().await;
    assert_eq!(anna.sees().await, "methods");
    assert_eq!(anna.chooses(MethodKind::Email).await, "code, 5 left");
    let code = arrived(&app, ANNA_MAIL).await;
    assert_eq!(anna.types_code(&code).await, "methods; GatePassed");
    assert_eq!(anna.chooses(MethodKind::Sms).await, "type contact");
    assert_eq!(anna.types_number("0470/12.34.67").await, "code, 5 left");
    let code = arrived(&app, ANNA_MOBILE).await;
    assert_eq!(anna.types_code(&code).await, "new password; GatePassed");
    assert_eq!(
        anna.types_password("short").await.split(' ').take(3).collect::<Vec<_>>(),
        ["new", "password;", "refused"]
    );
    assert_eq!(anna.types_password(GOOD).await, "done");
    assert!(app.signs_in("anna@school.example", GOOD).await, "the new password signs in");
    assert!(!app.signs_in("anna", ANNA_OLD).await, "the old one does not");

    let mut told: Vec<String> = app.deliver().await.into_iter().map(|sent| sent.to).collect();
    told.sort();
    assert_eq!(told, [ANNA_MOBILE, ANNA_MAIL], "every contact is told, once");
    app.pass(3600);
    assert!(app.deliver().await.is_empty());
}

#[tokio::test]
async fn a_code_works_once_and_only_in_its_browser() {
    let (app, mut anna) = walk().await;
    let mut other = app.person("anna").await;
    anna.chooses(MethodKind::Email).await;
    let code = arrived(&app, ANNA_MAIL).await;
    other.chooses(MethodKind::Email).await;
    arrived(&app, ANNA_MAIL).await;
    assert_eq!(other.types_code(&code).await, "code, 4 left; CodeWrong", "another browser's code");
    assert_eq!(anna.types_code(&code).await, "methods; GatePassed");
    anna.chooses(MethodKind::Sms).await;
    anna.types_number(ANNA_MOBILE).await;
    assert_eq!(anna.types_code(&code).await, "code, 4 left; CodeWrong", "a second time");
}

#[tokio::test]
async fn the_fifth_wrong_code_ends_it() {
    let (app, mut anna) = walk().await;
    anna.chooses(MethodKind::Email).await;
    let code = arrived(&app, ANNA_MAIL).await;
    let wrong = if code == "111111" { "222222" } else { "111111" };
    for left in (1..5).rev() {
        assert_eq!(anna.types_code(wrong).await, format!("code, {left} left; CodeWrong"));
    }
    assert_eq!(anna.types_code(wrong).await, "stopped: too_many_attempts");
    assert_eq!(anna.types_code(&code).await, "stopped: too_many_attempts");
}

#[tokio::test]
async fn codes_and_walks_end_in_time() {
    let (app, mut anna) = walk().await;
    anna.chooses(MethodKind::Email).await;
    let code = arrived(&app, ANNA_MAIL).await;
    app.pass(10 * 60);
    assert_eq!(anna.types_code(&code).await, "code, 5 left; CodeExpired");
    assert_eq!(anna.does(Event::FreshCodeAsked).await, "code, 5 left; FreshCode");
    let fresh = arrived(&app, ANNA_MAIL).await;
    assert_eq!(anna.types_code(&code).await, "code, 4 left; CodeWrong", "a fresh code voids the old one");
    app.pass(20 * 60);
    assert_eq!(anna.types_code(&fresh).await, "stopped: too_late");
    app.pass(24 * 3600);
    app.regain.store.forget(app.regain.now().millis()).await.expect("forgets");
    assert!(app.regain.open(&anna.cookie).await.expect("the store").is_none(), "and is forgotten a day later");
}

#[tokio::test]
async fn a_fresh_code_comes_after_a_while_and_then_slower() {
    let (app, mut anna) = walk().await;
    anna.chooses(MethodKind::Email).await;
    assert_eq!(anna.does(Event::FreshCodeAsked).await, "code, 5 left; NotYet");
    app.pass(30);
    assert_eq!(anna.does(Event::FreshCodeAsked).await, "code, 5 left; FreshCode");
    app.pass(30);
    assert_eq!(anna.does(Event::FreshCodeAsked).await, "code, 5 left; NotYet");
    app.pass(30);
    assert_eq!(anna.does(Event::FreshCodeAsked).await, "code, 5 left; FreshCode");
    assert_eq!(app.deliver().await.len(), 3);
}

#[tokio::test]
async fn a_number_that_is_not_on_record_looks_right_and_gets_nothing() {
    let (app, mut anna) = walk().await;
    anna.chooses(MethodKind::Sms).await;
    assert_eq!(anna.types_number("0499 99 99 67").await, "code, 5 left");
    assert!(app.deliver().await.is_empty());
    assert_eq!(anna.types_number(ANNA_MOBILE).await, "code, 5 left; FreshCode", "it may be corrected");
    arrived(&app, ANNA_MOBILE).await;
}

#[tokio::test]
async fn the_owner_of_an_account_that_cannot_finish_is_told_once_a_day() {
    let app = App::new().await;
    for _ in 0..2 {
        let mut solo = app.person("solo").await;
        solo.chooses(MethodKind::Email).await;
    }
    let sent = app.deliver().await;
    assert_eq!(sent.iter().filter(|sent| sent.code().is_some()).count(), 2);
    assert_eq!(sent.iter().filter(|sent| sent.code().is_none()).count(), 1, "told once");
    app.pass(24 * 3600);
    let mut solo = app.person("solo").await;
    solo.chooses(MethodKind::Email).await;
    let sent = app.deliver().await;
    assert_eq!(sent.iter().filter(|sent| sent.code().is_none()).count(), 1, "and again a day later");
    let code = sent.iter().find_map(Sent::code).expect("a code");
    assert_eq!(
        solo.types_code(&code).await,
        "stopped: too_few_methods",
        "after a passed gate the page tells the truth"
    );
}

#[tokio::test]
async fn a_draft_does_not_live_for_ever() {
    let (app, mut anna) = walk().await;
    for _ in 0..3 * 24 {
        app.pass(19 * 60);
        anna.does(Event::MoreTimeAsked).await;
    }
    assert_eq!(anna.sees().await, "methods; MoreTime");
    app.pass(2 * 3600);
    assert!(app.regain.open(&anna.cookie).await.expect("the store").is_none());
}
