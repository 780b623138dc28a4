//! The new password and the directory's bad days.

use super::world::*;
use directory::Refusal;
use recovery::Event;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use tokio::sync::Notify;

fn told(sent: &[Sent]) -> usize {
    sent.iter().filter(|sent| sent.code().is_none()).count()
}

#[tokio::test]
async fn a_password_that_the_directory_refuses_leads_back_with_the_reason() {
    let (app, mut anna) = walk_to_password().await;
    app.answer_write(Write::Refused(Refusal::InHistory));
    assert_eq!(anna.types_password(GOOD).await, "new password; refused directory_in_history");
    assert!(app.deliver().await.is_empty(), "nobody is told of a reset that was none");
    assert_eq!(anna.types_password(OTHER).await, "done", "the gates are still passed");
    assert!(app.signs_in("anna", OTHER).await);
}

#[tokio::test]
async fn a_directory_that_is_away_changes_nothing() {
    let (app, mut anna) = walk_to_password().await;
    app.directory.away.store(true, Ordering::SeqCst);
    assert_eq!(anna.types_password(GOOD).await, "new password; DirectoryAway");
    app.directory.away.store(false, Ordering::SeqCst);
    app.answer_write(Write::Unreachable);
    assert_eq!(anna.types_password(GOOD).await, "new password; DirectoryAway");
    assert!(app.signs_in("anna", ANNA_OLD).await);
    assert_eq!(anna.types_password(GOOD).await, "done");
}

#[tokio::test]
async fn a_write_whose_answer_was_lost_is_settled_by_signing_in() {
    let (app, mut anna) = walk_to_password().await;
    app.answer_write(Write::DoneInSilence);
    assert_eq!(anna.types_password(GOOD).await, "unclear");
    assert_eq!(anna.looks_again().await, "done");
    assert_eq!(app.written(), [GOOD], "written once");
    assert_eq!(told(&app.deliver().await), 2);
}

#[tokio::test]
async fn a_write_that_was_lost_is_made_once_more() {
    let (app, mut anna) = walk_to_password().await;
    app.answer_write(Write::LostOnTheWay);
    assert_eq!(anna.types_password(GOOD).await, "unclear");
    app.directory.away.store(true, Ordering::SeqCst);
    assert_eq!(anna.looks_again().await, "unclear", "still away");
    app.directory.away.store(false, Ordering::SeqCst);
    assert_eq!(anna.looks_again().await, "done");
    assert_eq!(app.written(), [GOOD]);
    assert!(app.signs_in("anna", GOOD).await);
}

#[tokio::test]
async fn a_second_write_that_is_in_history_was_done_by_the_first() {
    let (app, mut anna) = walk_to_password().await;
    let (begun, go_on) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
    app.answer_write(Write::LostOnTheWay);
    anna.types_password(GOOD).await;
    // The look finds the old password, writes, and is held up; meanwhile the first write comes through.
    *app.directory.pause_write.lock().expect("free") = Some((Arc::clone(&begun), Arc::clone(&go_on)));
    app.answer_write(Write::Refused(Refusal::InHistory));
    let late = async {
        begun.notified().await;
        let id = anna.opened().await.recovery.account().expect("anna").clone();
        let [old, new] = [ANNA_OLD, GOOD].map(|text| recovery::Password::new(text).expect("a password"));
        directory::Directory::change_password(&app.directory.real, &id, &old, &new).await.expect("the first write");
        go_on.notify_one();
    };
    let mut here = anna.clone();
    let (page, ()) = tokio::join!(here.looks_again(), late);
    assert_eq!(page, "done");
}

/// Found by the model check: the first write's minute was over, the second one had just begun.
#[tokio::test]
async fn a_worker_does_not_call_a_second_write_failed_that_is_under_way() {
    let (app, mut anna) = walk_to_password().await;
    let (begun, go_on) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
    app.answer_write(Write::LostOnTheWay);
    anna.types_password(GOOD).await;
    app.pass(90);
    *app.directory.pause_write.lock().expect("free") = Some((Arc::clone(&begun), Arc::clone(&go_on)));
    let worker = async {
        begun.notified().await;
        app.pass(16);
        app.regain.settle_writes().await;
        go_on.notify_one();
    };
    let mut here = anna.clone();
    let (page, ()) = tokio::join!(here.looks_again(), worker);
    assert_eq!(page, "done");
    assert!(app.signs_in("anna", GOOD).await);
}

#[tokio::test]
async fn a_worker_settles_by_the_directorys_record() {
    for (answer, page) in [(Write::DoneInSilence, "done"), (Write::LostOnTheWay, "new password; NotWritten")] {
        let (app, mut anna) = walk_to_password().await;
        app.answer_write(answer);
        assert_eq!(anna.types_password(GOOD).await, "unclear");
        app.pass(61);
        app.regain.settle_writes().await;
        assert_eq!(anna.sees().await, page);
        assert_eq!(told(&app.deliver().await), if page == "done" { 2 } else { 0 });
    }
}

#[tokio::test]
async fn a_worker_does_not_call_a_write_failed_that_may_be_under_way() {
    let (app, mut anna) = walk_to_password().await;
    app.answer_write(Write::LostOnTheWay);
    anna.types_password(GOOD).await;
    app.pass(20);
    app.regain.settle_writes().await;
    assert_eq!(anna.sees().await, "unclear");
}

#[tokio::test]
async fn an_answer_that_comes_after_a_workers_look_is_not_lost() {
    let (app, anna) = walk_to_password().await;
    let (begun, go_on) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
    *app.directory.pause_write.lock().expect("free") = Some((Arc::clone(&begun), Arc::clone(&go_on)));
    let meanwhile = async {
        begun.notified().await;
        app.pass(20);
        app.directory.away.store(true, Ordering::SeqCst);
        app.regain.settle_writes().await;
        assert_eq!(anna.sees().await, "unclear");
        app.directory.away.store(false, Ordering::SeqCst);
        go_on.notify_one();
    };
    let mut here = anna.clone();
    let (page, ()) = tokio::join!(here.types_password(GOOD), meanwhile);
    assert_eq!(page, "done");
}

#[tokio::test]
async fn where_nobody_returns_and_nobody_knows_the_contacts_are_told() {
    let (app, mut anna) = walk_to_password().await;
    app.answer_write(Write::LostOnTheWay);
    anna.types_password(GOOD).await;
    app.directory.away.store(true, Ordering::SeqCst);
    for _ in 0..81 {
        app.pass(15);
        app.regain.settle_writes().await;
    }
    assert_eq!(anna.sees().await, "stopped: never_settled");
    app.directory.away.store(false, Ordering::SeqCst);
    assert_eq!(told(&app.deliver().await), 2);
    let state = app.regain.open(&anna.cookie).await.expect("the store").expect("kept for a day");
    assert!(state.recovery.writing().is_none(), "and the password is gone");
}

#[tokio::test]
async fn the_truth_about_a_write_is_told_however_late() {
    let (app, mut anna) = walk_to_password().await;
    app.answer_write(Write::DoneInSilence);
    anna.types_password(GOOD).await;
    app.pass(21 * 60);
    assert_eq!(anna.looks_again().await, "done");

    let (app, mut anna) = walk_to_password().await;
    app.answer_write(Write::LostOnTheWay);
    anna.types_password(GOOD).await;
    app.pass(21 * 60);
    assert_eq!(anna.looks_again().await, "stopped: never_settled");
    assert!(app.written().is_empty(), "but nothing is written after the time");
}

#[tokio::test]
async fn an_account_that_is_switched_off_on_the_way_is_not_written_to() {
    let (app, mut anna) = walk_to_password().await;
    app.directory.disabled.lock().expect("free").insert("anna".to_owned());
    assert_eq!(anna.types_password(GOOD).await, "stopped: account_unusable");
    assert!(app.written().is_empty());
    assert_eq!(refused(&app), ["why=account_unusable"]);
}

#[tokio::test]
async fn nothing_writes_before_the_gates() {
    let (app, mut anna) = walk().await;
    assert_eq!(anna.types_password(GOOD).await, "methods");
    anna.chooses(recovery::MethodKind::Email).await;
    assert_eq!(anna.types_password(GOOD).await, "code, 5 left");
    assert_eq!(anna.looks_again().await, "code, 5 left");
    let outcome = recovery::WriteBackOutcome::Done;
    assert_eq!(anna.does(Event::WriteBackEnded { outcome }).await, "code, 5 left");
    assert!(app.written().is_empty());
}

fn refused(app: &App) -> Vec<String> {
    app.look("SELECT detail FROM audit WHERE event = 'proofs_refused'", |row| row.get(0).expect("a text"))
}

#[tokio::test]
async fn a_contact_that_is_gone_by_the_time_of_the_write_proves_nothing() {
    let (app, mut anna) = walk_to_password().await;
    app.directory.no_mobile.store(true, Ordering::SeqCst);
    assert_eq!(anna.types_password(GOOD).await, "stopped: proofs_void");
    assert!(app.written().is_empty());
    assert_eq!(refused(&app), ["why=contact_gone"]);
}

#[tokio::test]
async fn a_second_write_looks_at_the_proofs_as_the_first_does() {
    let (app, mut anna) = walk_to_password().await;
    app.answer_write(Write::LostOnTheWay);
    assert_eq!(anna.types_password(GOOD).await, "unclear");
    app.directory.no_mobile.store(true, Ordering::SeqCst);
    assert_eq!(anna.looks_again().await, "unclear", "the first write may still come through");
    app.pass(61);
    assert_eq!(anna.looks_again().await, "stopped: proofs_void");
    assert!(app.written().is_empty());
    assert_eq!(refused(&app), ["why=contact_gone"]);
}

#[tokio::test]
async fn a_contact_that_does_not_count_at_the_time_of_the_write_proves_nothing() {
    let (app, mut anna) = walk().await;
    // Regain looked at the school before Anna had a mobile; to her walk, all contacts still count.
    app.directory.no_mobile.store(true, Ordering::SeqCst);
    app.regain.sweep_contacts().await;
    app.directory.no_mobile.store(false, Ordering::SeqCst);
    pass_gates(&app, &mut anna).await;
    assert_eq!(anna.types_password(GOOD).await, "stopped: proofs_void");
    assert!(app.written().is_empty());
    assert_eq!(refused(&app), ["why=contact_fresh"]);
}

#[tokio::test]
async fn a_reset_takes_the_queued_codes_of_the_account_with_it() {
    let (app, mut anna) = walk_to_password().await;
    let mut other = app.person("anna").await;
    other.chooses(recovery::MethodKind::Email).await;
    assert_eq!(anna.types_password(GOOD).await, "done");
    let sent = app.deliver().await;
    assert!(sent.iter().all(|sent| sent.code().is_none()), "the code of the other walk is not sent");
    assert_eq!(sent.len(), 2);
    assert!(app.regain.open(&other.cookie).await.expect("the store").is_none());
}
