//! The honest owner is never fooled for long: real contacts are told why a recovery can't end, and whom to call, at most once
//! a day; after the first passed gate the page tells the truth.

use super::world::*;
use recovery::MethodKind;
use store::{Change, Shelf};

const HOUR: i64 = 3600;

/// Begins a walk and asks for one message; answers how many notices left.
async fn walks(app: &App, user_name: &str) -> usize {
    app.person(user_name).await.chooses(MethodKind::Email).await;
    app.deliver().await.iter().filter(|sent| sent.code().is_none()).count()
}

/// An app in which recoveries of this account can't end, for this reason.
async fn app_with(reason: &str, user_name: &str) -> App {
    let app = App::new().await;
    if reason == "paused" {
        let key = app.key_of(user_name).await;
        let value = i64::MAX.to_be_bytes().to_vec();
        let pause = Change::Keep { shelf: Shelf::Pause, key, value, expires_at: i64::MAX };
        app.regain.store.commit(vec![pause]).await.expect("a pause");
    }
    app
}

#[tokio::test]
async fn every_obstacle_is_told_to_all_contacts_once_a_day() {
    for (reason, user_name, contacts) in [("too few", "solo", 1), ("disabled", "gone", 2), ("paused", "anna", 2)] {
        let app = app_with(reason, user_name).await;
        assert_eq!(walks(&app, user_name).await, contacts, "{reason}");
        assert_eq!(walks(&app, user_name).await, 0, "{reason}: a second walk tells nobody");
        assert_eq!(walks(&app, &format!("{user_name}@school.example")).await, 0, "{reason}: nor under another name");
        // The clock of the tests starts at 8:00 UTC: a new day begins meanwhile.
        app.pass(17 * HOUR);
        assert_eq!(walks(&app, user_name).await, 0, "{reason}: midnight is no new day");
        app.pass(7 * HOUR);
        assert_eq!(walks(&app, user_name).await, contacts, "{reason}: after a whole day it is told again");
        let told = app.sent();
        let notice = told.iter().rev().find(|sent| sent.code().is_none()).expect("a notice");
        assert!(notice.text.contains("071 12 34 50"), "{reason}: {}", notice.text);
    }
}

#[tokio::test]
async fn nobody_else_is_told() {
    let app = App::new().await;
    assert_eq!(walks(&app, "anna").await, 0, "an account that can recover");
    assert_eq!(walks(&app, "nobo").await, 0, "a name that nobody has");
}

#[tokio::test]
async fn after_the_first_gate_the_page_tells_the_truth() {
    for (reason, user_name, mail, stop) in [
        ("too few", "solo", "psolo@x.example", "stopped: too_few_methods"),
        ("disabled", "gone", "pgone@x.example", "stopped: disabled"),
        ("paused", "anna", ANNA_MAIL, "stopped: reported"),
    ] {
        let app = app_with(reason, user_name).await;
        let mut person = app.person(user_name).await;
        person.chooses(MethodKind::Email).await;
        let code = arrived(&app, mail).await;
        assert_eq!(person.types_code(&code).await, stop);
    }
}

/// What the operator chose to disclose, and no more.
#[tokio::test]
async fn a_realm_discloses_what_its_operator_says() {
    use crate::Disclose;
    let see = async |disclose, user_name: &str| {
        let app = App::with(|regain| regain.realms[0].disclose = disclose).await;
        let user_name = recovery::UserName::parse(user_name).expect("a name");
        match app.regain.begin("school", user_name).await.expect("begins") {
            Some(opened) => page(&opened),
            None => "nobody".to_owned(),
        }
    };
    for (disclose, unknown, incomplete, disabled) in [
        (Disclose::Hide, "methods", "methods", "methods"),
        (Disclose::Unknown, "nobody", "methods", "methods"),
        (Disclose::All, "nobody", "stopped: too_few_methods", "stopped: disabled"),
    ] {
        assert_eq!(see(disclose, "anna").await, "methods");
        assert_eq!(see(disclose, "nobo").await, unknown);
        assert_eq!(see(disclose, "solo").await, incomplete);
        assert_eq!(see(disclose, "gone").await, disabled);
    }
}
