//! A rotation while Regain runs, and a store that is put back from a copy.

use super::world::*;
use recovery::MethodKind;
use std::collections::BTreeMap;
use std::sync::Arc;
use store::sealing::Keyring;
use store::sqlite::SqliteStore;
use store::{Ended, Store};

/// The ring with one more key, as another process writes it into the key file.
fn rotated(app: &App) -> Keyring {
    Keyring::parse(&app.regain.keyring.to_text()).expect("keys").rotated(1_790_000_000)
}

async fn under(app: &App) -> BTreeMap<u32, u64> {
    let mut under = app.regain.store.sealed_under().await.expect("counted");
    for (key, values) in app.regain.realms[0].directory.sealed_under().await.expect("counted") {
        *under.entry(key).or_default() += values;
    }
    under
}

#[tokio::test]
async fn what_an_old_key_sealed_is_sealed_anew_and_everything_goes_on() {
    let (app, mut anna) = walk_to_password().await;
    let draft = app.person("anna").await;
    let sealed: u64 = under(&app).await.values().sum();
    assert!(sealed > 20, "{sealed}");
    app.regain.keyring.take_over(rotated(&app)).expect("the same installation");
    let (_keep, stopped) = tokio::sync::watch::channel(false);
    let anew = app.regain.seal_all_anew(&stopped).await.expect("a whole pass");
    assert_eq!(anew, sealed);
    assert_eq!(under(&app).await, BTreeMap::from([(2, sealed)]));
    assert_eq!(app.regain.seal_all_anew(&stopped).await, Some(0), "nothing is left");

    // Without the old key: all opens but the cookie that it sealed.
    let only_new = Keyring::parse(&app.regain.keyring.to_text()).expect("keys").retired();
    assert_eq!(draft.sees().await, "methods", "a cookie is opened by its old key");
    app.regain.keyring.take_over(only_new).expect("the same installation");
    assert!(app.regain.open(&draft.cookie).await.expect("the store").is_none());
    assert_eq!(anna.types_password(GOOD).await, "done");
    assert!(app.deliver().await.len() > 1, "every contact is told");
    assert!(app.signs_in("anna", GOOD).await);
    drop(
        SqliteStore::open(&app.folder.path().join("regain.db"), Arc::clone(&app.regain.keyring))
            .expect("its mark opens"),
    );
}

/// Copies the store as a backup does, without its log's help: all is folded in first.
fn copy(app: &App, to: &str) {
    let backup = app.folder.path().join(to).display().to_string();
    let connection = rusqlite::Connection::open(app.folder.path().join("regain.db")).expect("the store");
    connection.execute("VACUUM INTO ?1", [backup]).expect("a copy");
}

fn put_back(app: &App, from: &str) {
    for end in ["-wal", "-shm"] {
        let _ = std::fs::remove_file(app.folder.path().join(format!("regain.db{end}")));
    }
    std::fs::copy(app.folder.path().join(from), app.folder.path().join("regain.db")).expect("put back");
}

async fn run(app: &App) -> (SqliteStore, Option<Ended>) {
    let store =
        SqliteStore::open(&app.folder.path().join("regain.db"), Arc::clone(&app.regain.keyring)).expect("opens");
    let ended = store.begin_run().await.expect("begins");
    (store, ended)
}

#[tokio::test]
async fn a_copy_that_is_put_back_brings_no_used_code_back_to_life() {
    let (app, mut anna) = walk().await;
    app.regain.begin_run().await.expect("begins");
    anna.chooses(MethodKind::Email).await;
    let code = arrived(&app, ANNA_MAIL).await;
    assert!(matches!(app.sign_in("anna", ANNA_OLD).await, crate::SignInOutcome::SignedIn { .. }));
    copy(&app, "backup.db");
    assert_eq!(anna.types_code(&code).await, "methods; GatePassed", "the code is used");
    app.regain.store.close().await.expect("closes");

    // A store that was not put back goes on.
    let (store, ended) = run(&app).await;
    assert_eq!(ended, None);
    store.close().await.expect("closes");

    put_back(&app, "backup.db");
    let (store, ended) = run(&app).await;
    let ended = ended.expect("it shows");
    assert_eq!((ended.recoveries, ended.sessions), (1, 1));
    assert!(store.recovery(handle_of(&anna)).await.expect("the store").is_none(), "the page of the used code is gone");
    store.close().await.expect("closes");
    assert_eq!(run(&app).await.1, None, "said once");
}

#[tokio::test]
async fn a_copy_on_another_machine_shows_as_well_and_a_kill_does_not() {
    let (app, mut anna) = walk().await;
    app.regain.begin_run().await.expect("begins");
    anna.chooses(MethodKind::Email).await;
    app.regain.leave_mark().await;
    // Killed: nothing is closed, and the next run finds all as it was.
    let (store, ended) = run(&app).await;
    assert_eq!(ended, None);
    assert!(store.recovery(handle_of(&anna)).await.expect("the store").is_some());
    store.close().await.expect("closes");
    std::fs::remove_file(app.folder.path().join("regain.db-mark")).expect("it was there");
    assert_eq!(run(&app).await.1.map(|ended| ended.recoveries), Some(1), "moved here without its mark");
}

#[tokio::test]
async fn everything_open_is_ended_by_hand_with_a_line_in_the_trail() {
    let (app, mut anna) = walk().await;
    anna.chooses(MethodKind::Email).await;
    let ended = app.regain.end_all_open().await.expect("ended");
    assert_eq!((ended.recoveries, ended.codes, ended.sessions), (1, 1, 0));
    assert!(app.deliver().await.is_empty(), "the code does not leave");
    let lines = app.look("SELECT detail FROM audit WHERE event = 'store_restored'", |row| row.get::<_, String>(0));
    assert_eq!(lines.len(), 1);
}

fn handle_of(person: &Person) -> store::Key {
    let text = person.cookie.strip_prefix("h.").expect("a handle");
    crate::ticket::Handle::from_text(text).expect("a handle").hash()
}
