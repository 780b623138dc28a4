//! Messages: tried again, handed to the next channel, given up, never sent twice; and the link "that was not me".

use super::world::*;
use crate::LetterOutcome;
use delivery::DeliveryError;
use recovery::{Event, MethodKind};
use std::sync::atomic::Ordering;

fn fail(app: &App, error: DeliveryError) {
    app.post.fails.lock().expect("free").push_back(error);
}

fn later() -> DeliveryError {
    DeliveryError::Later("busy".to_owned())
}

fn outcomes(app: &App) -> Vec<(String, i64, String)> {
    app.look("SELECT purpose, status, outcome, id FROM outbox ORDER BY seq", |row| {
        let (sealed, id): (Vec<u8>, Vec<u8>) = (row.get(2).expect("outcome"), row.get(3).expect("id"));
        (row.get(0).expect("purpose"), row.get(1).expect("status"), app.outcome(&id, &sealed))
    })
}

#[tokio::test]
async fn a_message_is_tried_again_later_and_later() {
    let (app, mut anna) = walk().await;
    for _ in 0..3 {
        fail(&app, later());
    }
    anna.chooses(MethodKind::Email).await;
    let mut waits = Vec::new();
    while app.deliver().await.is_empty() {
        let mut waited = 0;
        let tries = app.post.tries.load(Ordering::SeqCst);
        while app.post.tries.load(Ordering::SeqCst) == tries {
            app.pass(1);
            waited += 1;
            assert!(waited < 60, "it comes back within a minute");
            if !app.deliver().await.is_empty() {
                break;
            }
        }
        waits.push(waited);
        if app.sent().len() == 1 {
            break;
        }
    }
    assert_eq!(waits.len(), 3);
    assert!(waits.is_sorted() && waits[0] < waits[2], "{waits:?}");
    assert_eq!(app.sent().len(), 1);
}

#[tokio::test]
async fn the_next_channel_takes_over() {
    let (app, mut anna) = walk().await;
    anna.chooses(MethodKind::Sms).await;
    fail(&app, later());
    anna.types_number(ANNA_MOBILE).await;
    let sent = app.deliver().await;
    assert_eq!(sent.iter().map(|sent| sent.by).collect::<Vec<_>>(), ["sms two"]);
}

#[tokio::test]
async fn a_code_that_comes_too_late_is_not_sent() {
    let (app, mut anna) = walk().await;
    anna.chooses(MethodKind::Email).await;
    app.pass(600);
    assert!(app.deliver().await.is_empty());
    assert!(outcomes(&app).contains(&("code".to_owned(), 2, "too late to be of use".to_owned())));
}

#[tokio::test]
async fn a_channel_that_stays_away_is_given_up_before_the_code_expires() {
    let (app, mut anna) = walk().await;
    for _ in 0..1000 {
        fail(&app, later());
    }
    anna.chooses(MethodKind::Email).await;
    for _ in 0..600 {
        app.deliver().await;
        app.pass(1);
    }
    assert!(outcomes(&app).iter().any(|(purpose, status, _)| purpose == "code" && *status == 2));
    let tries = app.post.tries.load(Ordering::SeqCst);
    assert!((5..20).contains(&tries), "{tries} tries");
}

#[tokio::test]
async fn a_refusal_is_final() {
    let (app, mut anna) = walk().await;
    fail(&app, DeliveryError::Refused("no such mailbox".to_owned()));
    anna.chooses(MethodKind::Email).await;
    app.deliver().await;
    app.pass(120);
    assert!(app.deliver().await.is_empty());
}

#[tokio::test]
async fn a_contact_that_left_the_directory_is_not_sent_to() {
    let (app, mut anna) = walk().await;
    anna.chooses(MethodKind::Sms).await;
    anna.types_number(ANNA_MOBILE).await;
    app.directory.no_mobile.store(true, Ordering::SeqCst);
    assert!(app.deliver().await.is_empty());
    assert!(outcomes(&app).iter().any(|(_, status, outcome)| *status == 2 && outcome.contains("no longer")));
}

#[tokio::test]
async fn decoys_go_nowhere() {
    let app = App::new().await;
    let mut nobody = app.person("nobo").await;
    nobody.chooses(MethodKind::Email).await;
    app.pass(30);
    nobody.does(Event::FreshCodeAsked).await;
    assert!(app.deliver().await.is_empty());
    assert_eq!(app.post.tries.load(Ordering::SeqCst), 0);
    assert!(outcomes(&app).iter().all(|(_, status, outcome)| *status == 1 && outcome.contains("nowhere")));
}

#[tokio::test]
async fn two_workers_with_one_job_tell_each_contact_once() {
    let (app, mut anna) = walk_to_password().await;
    anna.types_password(GOOD).await;
    let now = app.regain.now();
    let held = app.regain.store.take_messages(now.millis(), now.plus(1).millis(), 9).await.expect("the outbox");
    app.pass(2);
    let sent = app.deliver().await;
    for row in held {
        app.regain.work_off(row).await;
    }
    let again = app.deliver().await;
    assert_eq!((sent.len(), again.len()), (2, 0));
}

#[tokio::test]
async fn a_message_keeps_its_number_at_every_try() {
    let (app, mut anna) = walk().await;
    anna.chooses(MethodKind::Email).await;
    let now = app.regain.now();
    // A worker that dies after handing over leaves the message held; another takes it when the hold is over.
    let held = app.regain.store.take_messages(now.millis(), now.plus(1).millis(), 9).await.expect("the outbox");
    app.pass(2);
    app.deliver().await;
    for row in held {
        app.regain.work_off(row).await;
    }
    let mut ids: Vec<String> = app.sent().into_iter().map(|sent| sent.id).collect();
    ids.dedup();
    assert_eq!(ids.len(), 1, "a receiver can tell the repetition");
}

#[tokio::test]
async fn a_report_works_once_alerts_and_pauses() {
    let (app, mut anna) = walk_to_password().await;
    let mut draft = app.person("anna").await;
    anna.types_password(GOOD).await;
    let number = app.deliver().await.iter().find_map(Sent::report).expect("a link");
    assert!(app.regain.reportable(&number).await.expect("the store").is_some());
    assert!(app.regain.reportable("AAAA").await.expect("the store").is_none());

    let here = visitor("192.0.2.99");
    let (one, two) = tokio::join!(app.regain.report(&number, &here), app.regain.report(&number, &here));
    assert!(one.expect("an answer").is_some() || two.expect("an answer").is_some());
    let alerts = app.deliver().await;
    assert_eq!(alerts.iter().map(|sent| sent.to.as_str()).collect::<Vec<_>>(), ["office@school.example"], "one alert");
    assert!(app.regain.report(&number, &here).await.expect("an answer").is_none(), "the link works once");

    // Further recoveries are paused: one that begins now, and one whose page was open already.
    let mut fresh = app.person("anna").await;
    for person in [&mut fresh, &mut draft] {
        assert_eq!(person.chooses(MethodKind::Email).await, "code, 5 left", "a stranger sees nothing of it");
        let code = arrived(&app, ANNA_MAIL).await;
        assert_eq!(person.types_code(&code).await, "stopped: reported");
    }
    app.pass(24 * 3600);
    let mut later = app.person("anna").await;
    later.chooses(MethodKind::Email).await;
    let code = arrived(&app, ANNA_MAIL).await;
    assert_eq!(later.types_code(&code).await, "methods; GatePassed", "a day later it goes on");
}

#[tokio::test]
async fn a_report_ends_walks_that_are_under_way() {
    let (app, mut anna) = walk_to_password().await;
    anna.types_password(GOOD).await;
    let number = app.deliver().await.iter().find_map(Sent::report).expect("a link");
    let mut intruder = app.person("anna").await;
    intruder.chooses(MethodKind::Email).await;
    let kept = || app.look("SELECT count(*) FROM recovery", |row| row.get::<_, i64>(0).expect("a number"));
    assert_eq!(kept(), [2]);
    app.regain.report(&number, &visitor("192.0.2.99")).await.expect("an answer").expect("the link is good");
    assert_eq!(kept(), [0], "whoever is in the middle of a walk may be the one whom the report is about");
}

#[tokio::test]
async fn letters_are_limited_inside_and_outside() {
    let app = App::new().await;
    let letter = || crate::Letter { from: "Léa".to_owned(), reach: "0470".to_owned(), text: "help".to_owned() };
    for address in ["192.0.2.1", "10.0.0.1"] {
        for turn in 0..6 {
            let outcome = app.regain.write_letter(letter(), &visitor(address)).await.expect("the store");
            assert_eq!(outcome == LetterOutcome::Sent, turn < 5, "{address} {turn}");
        }
    }
    assert_eq!(app.deliver().await.len(), 10);
    let empty = crate::Letter { text: " ".to_owned(), ..letter() };
    assert_eq!(
        app.regain.write_letter(empty, &visitor("192.0.2.5")).await.expect("the store"),
        LetterOutcome::Incomplete
    );
    let long = crate::Letter { text: "x".repeat(2001), ..letter() };
    assert_eq!(app.regain.write_letter(long, &visitor("192.0.2.5")).await.expect("the store"), LetterOutcome::TooLong);
}
