//! Every kind of data is in the list, and ends when the list says: the clock is moved by hand.

use super::world::*;
use crate::{Form, KINDS, Life, Periods, Place, personal_data_table};
use recovery::{MethodKind, UserName};
use std::collections::BTreeSet;
use store::{Change, Shelf};

const PAUSE_SECONDS: u32 = 24 * 3600;

#[test]
fn the_page_in_the_docs_is_fresh() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/reference/personal-data.md");
    let page = std::fs::read_to_string(path).expect("the page is there");
    let table = personal_data_table(&Periods::default(), PAUSE_SECONDS);
    let (before, rest) = page.split_once("| where |").expect("a table");
    let (_, after) = rest.split_once("\n\n").expect("something after the table");
    let fresh = format!("{before}{table}\n{after}");
    // BLESS=1 writes it anew; read the difference before it is committed.
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(path, &fresh).expect("the page can be written");
    }
    assert!(page == fresh || std::env::var_os("BLESS").is_some(), "run this test with BLESS=1");
}

#[tokio::test]
async fn every_table_shelf_and_cookie_is_in_the_list() {
    let app = App::new().await;
    let tables = app.look("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'", |row| {
        row.get::<_, String>(0).expect("a name")
    });
    assert!(tables.contains(&"recovery".to_owned()), "{tables:?}");
    for table in tables {
        assert!(KINDS.iter().any(|kind| kind.place.name() == format!("store, `{table}`")), "{table} is in no list");
    }
    for shelf in Shelf::ALL {
        assert!(KINDS.iter().any(|kind| kind.place == Place::Shelf(*shelf)), "{shelf:?} is in no list");
    }
    let source = include_str!("../../../web/src/call.rs");
    let cookies: BTreeSet<&str> =
        source.split('"').filter(|text| text.starts_with("__Host-") && !text.contains('\n')).collect();
    assert!(cookies.len() >= 4, "{cookies:?}");
    for cookie in cookies {
        let listed = |place: Place| matches!(place, Place::Cookie(name) if name == cookie);
        assert!(KINDS.iter().any(|kind| listed(kind.place)), "{cookie} is in no list");
    }
}

/// Rows of one kind that are there.
fn rows(app: &App, place: Place) -> i64 {
    let sql = match place {
        Place::Table(table) => format!("SELECT count(*) FROM {table}"),
        Place::Column("audit", _) => return networks(app),
        Place::Column(table, column) => format!("SELECT count(*) FROM {table} WHERE length({column}) > 0"),
        Place::Shelf(shelf) => format!("SELECT count(*) FROM kept WHERE shelf = '{}'", shelf.name()),
        Place::Cookie(_) | Place::Accounts | Place::Log => return 0,
    };
    app.look(&sql, |row| row.get(0).expect("a number"))[0]
}

fn networks(app: &App) -> i64 {
    app.look("SELECT count(*) FROM audit WHERE length(network) > 0", |row| row.get(0).expect("a number"))[0]
}

/// One of each kind, all made in the same moment.
async fn one_of_each() -> App {
    let (app, mut anna) = walk_to_password().await;
    assert_eq!(anna.types_password(GOOD).await, "done");
    app.deliver().await;
    assert!(app.signs_in("anna", GOOD).await);
    // A second reset's link is reported, so that a report, an alert and a pause are there besides.
    let report = app.sent().iter().find_map(Sent::report).expect("a link");
    let key = [7; 32];
    let now = app.regain.now();
    let later = |seconds| now.plus(seconds).millis();
    let keep = |shelf, seconds| Change::Keep { shelf, key, value: b"x".to_vec(), expires_at: later(seconds) };
    app.regain
        .store
        .commit(vec![
            keep(Shelf::ToldOwner, 24 * 3600),
            keep(Shelf::StrangersSince, crate::browser::KNOWN_SECONDS),
            keep(Shelf::SessionsEnded, crate::session::SESSION_SECONDS),
            keep(Shelf::Report, 7 * 24 * 3600),
        ])
        .await
        .expect("kept");
    app.regain.report(&report, &visitor("192.0.2.7")).await.expect("an answer").expect("reported");
    // A code that nobody sends.
    let mut solo = app.person("solo").await;
    solo.chooses(MethodKind::Email).await;
    app
}

#[tokio::test]
async fn each_kind_ends_in_its_time() {
    let app = one_of_each().await;
    let periods = Periods::default();
    let mut ends: Vec<(i64, Place, Life)> = KINDS
        .iter()
        .filter(|kind| kind.form != Form::Nothing)
        .filter_map(|kind| Some((kind.life.seconds_max(&periods, PAUSE_SECONDS)?, kind.place, kind.life)))
        .filter(|(_, place, _)| !matches!(place, Place::Cookie(_)))
        .collect();
    // A recovery that nobody ends does so at its own time limit.
    for (seconds, place, _) in &mut ends {
        *seconds += if *place == Place::Table("recovery") { 20 * 60 } else { 0 };
    }
    ends.sort_by_key(|(seconds, ..)| *seconds);
    for (_, place, _) in &ends {
        assert!(rows(&app, *place) > 0, "the scene has no {place:?}");
    }
    let mut passed = 0;
    for (seconds, place, life) in ends {
        if matches!(life, Life::AuditDays | Life::NetworkDays | Life::PauseHours)
            || place == Place::Shelf(Shelf::Report)
        {
            app.pass(seconds - passed - 2);
            passed = seconds - 2;
            app.regain.store.forget(app.regain.now().millis()).await.expect("forgets");
            assert!(rows(&app, place) > 0, "{place:?} went too soon");
        }
        app.pass(seconds + 1 - passed);
        passed = seconds + 1;
        app.regain.store.forget(app.regain.now().millis()).await.expect("forgets");
        assert_eq!(rows(&app, place), 0, "{place:?} is still there after {seconds} seconds");
    }
}

#[tokio::test]
async fn a_code_that_nobody_sent_is_gone_when_it_expired() {
    let (app, mut anna) = walk().await;
    anna.chooses(MethodKind::Email).await;
    let codes = |which: &str| {
        let sql = format!("SELECT count(*) FROM outbox WHERE purpose = 'code' AND {which}");
        app.look(&sql, |row| row.get::<_, i64>(0).expect("a number"))[0]
    };
    for (seconds, left) in [(0, 1), (599, 1), (1, 0)] {
        app.pass(seconds);
        app.regain.store.forget(app.regain.now().millis()).await.expect("forgets");
        assert_eq!(codes("length(body) > 0"), left);
    }
    assert_eq!(codes("true"), 1, "that it was asked for is still known");
}

#[tokio::test]
async fn one_person_is_shown_and_erased_and_nobody_else() {
    let app = one_of_each().await;
    let anna = UserName::parse("ANNA@school.example").expect("a name");
    let data = app.regain.personal_data("school", &anna).await.expect("data");
    let text = serde_json::to_string(&data).expect("JSON");
    for part in [ANNA_MAIL, ANNA_MOBILE, "192.0.2.7", "password_reset", "\"sessions\":1", "\"paused\":true"] {
        assert!(text.contains(part), "{part} is not in {text}");
    }
    for sent in app.sent().iter().filter_map(Sent::code) {
        assert!(!text.contains(&format!("\"{sent}\"")), "a code is shown");
    }
    let others = || app.look("SELECT count(*) FROM recovery", |row| row.get::<_, i64>(0).expect("a number"))[0];
    let before = others();
    let erased = app.regain.erase("school", &anna).await.expect("erased");
    assert_eq!((erased.sessions, erased.recoveries), (1, usize::try_from(before).expect("few") - others() as usize));
    assert!(others() > 0, "solo's recovery stays");
    let data = app.regain.personal_data("school", &anna).await.expect("data");
    assert!(data.recoveries.is_empty() && data.messages.is_empty() && data.counts.is_empty() && data.sessions == 0);
    assert!(data.paused, "the pause protects the account");
    let again = app.regain.erase("school", &anna).await.expect("erased");
    assert_eq!((again.recoveries, again.messages, again.sessions), (0, 0, 0));
}
