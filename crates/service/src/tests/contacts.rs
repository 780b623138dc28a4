//! A contact that is new in the directory opens nothing for a day, and the old ones are told.

use super::world::*;
use crate::ContactsLine;
use recovery::{Contact, MethodKind, UserName};

const NEW_MOBILE: &str = "+32499888867";

/// Whoever may write to the directory gives Anna another mobile number.
fn number_changes(app: &App) {
    app.change_contacts("anna", vec![email(ANNA_MAIL), mobile(NEW_MOBILE)]);
}

/// A school that has been looked at once.
async fn known_school() -> App {
    let app = App::new().await;
    app.regain.sweep_contacts().await;
    app
}

/// To whom something other than a code went, in a stable order.
fn told(sent: &[Sent]) -> Vec<&str> {
    let mut told: Vec<&str> = sent.iter().filter(|sent| sent.code().is_none()).map(|sent| sent.to.as_str()).collect();
    told.sort_unstable();
    told
}

/// Asks for a code on the new number.
async fn asks_by_new_number(app: &App) -> (Person, String) {
    let mut person = app.person("anna").await;
    assert_eq!(person.chooses(MethodKind::Sms).await, "type contact", "it is shown as any other");
    let page = person.types_number(NEW_MOBILE).await;
    (person, page)
}

async fn works(app: &App) -> bool {
    let (_, page) = asks_by_new_number(app).await;
    assert!(page.starts_with("code"), "{page}");
    app.deliver().await.iter().any(|sent| sent.to == NEW_MOBILE && sent.code().is_some())
}

#[tokio::test]
async fn a_number_changed_in_the_directory_opens_nothing_for_a_day() {
    let app = known_school().await;
    number_changes(&app);
    let (mut person, page) = asks_by_new_number(&app).await;
    assert_eq!(page, "code, 5 left");
    let sent = app.deliver().await;
    assert!(sent.iter().all(|sent| sent.code().is_none()), "no code goes anywhere");
    assert_eq!(told(&sent), [ANNA_MOBILE, NEW_MOBILE, ANNA_MAIL], "everybody hears of it, the replaced number too");

    person.does(recovery::Event::OtherMethodAsked).await;
    person.chooses(MethodKind::Email).await;
    let code = arrived(&app, ANNA_MAIL).await;
    assert_eq!(person.types_code(&code).await, "stopped: fresh_contacts", "after a gate, the truth");
    app.pass(23 * 3600);
    assert!(!works(&app).await, "not yet");
    app.pass(2 * 3600);
    assert!(works(&app).await, "and then it counts");
}

#[tokio::test]
async fn the_old_contacts_are_told_of_a_change_once_and_the_new_one_is_not() {
    let app = known_school().await;
    number_changes(&app);
    app.regain.sweep_contacts().await;
    assert!(app.deliver().await.is_empty(), "it is not time to look again");
    app.pass(3600);
    app.regain.sweep_contacts().await;
    let sent = app.deliver().await;
    assert_eq!(told(&sent), [ANNA_MOBILE, ANNA_MAIL]);
    app.pass(3600);
    app.regain.sweep_contacts().await;
    assert!(app.deliver().await.is_empty(), "once");
    assert!(!works(&app).await);
    app.pass(24 * 3600);
    app.regain.sweep_contacts().await;
    assert!(works(&app).await);
}

#[tokio::test]
async fn a_number_that_went_and_comes_back_waits_again() {
    let app = known_school().await;
    number_changes(&app);
    app.pass(3600);
    app.regain.sweep_contacts().await;
    app.change_contacts("anna", vec![email(ANNA_MAIL), mobile(ANNA_MOBILE)]);
    app.pass(23 * 3600);
    app.regain.sweep_contacts().await;
    number_changes(&app);
    app.pass(3600);
    app.regain.sweep_contacts().await;
    app.deliver().await;
    assert!(!works(&app).await, "the day does not count from the first time");
}

#[tokio::test]
async fn what_went_is_forgotten_after_three_days() {
    let app = known_school().await;
    number_changes(&app);
    let length = "SELECT length(value) FROM kept WHERE shelf = 'seen_contacts' ORDER BY 1 DESC LIMIT 1";
    let lengths = || app.look(length, |row| row.get::<_, i64>(0).expect("a length"))[0];
    let before = lengths();
    app.pass(3600);
    app.regain.sweep_contacts().await;
    assert!(lengths() > before, "the replaced number is kept, to be told");
    app.pass(3 * 24 * 3600);
    app.regain.sweep_contacts().await;
    assert!(lengths() < before + 20, "and then no more");
}

#[tokio::test]
async fn contacts_of_a_new_account_wait_unless_the_operator_imported_them() {
    let app = known_school().await;
    let new = account("zoe", vec![email("pzoe@x.example"), mobile("+32470777701")]);
    app.directory.real.add_all(&[new]).map_err(|(_, error)| error).expect("zoe");
    let mut zoe = app.person("zoe").await;
    zoe.chooses(MethodKind::Email).await;
    let sent = app.deliver().await;
    assert!(sent.iter().all(|sent| sent.code().is_none()));
    assert_eq!(told(&sent), ["+32470777701", "pzoe@x.example"], "but she is told why");

    let line = ContactsLine {
        line: 2,
        user_name: "solo".to_owned(),
        mobiles: vec!["0470 77 77 02".to_owned()],
        ..ContactsLine::default()
    };
    let done = app.regain.import_contacts("school", vec![line], false, false).await.expect("imports");
    assert!(done.applied);
    let mut solo = app.person("solo").await;
    solo.chooses(MethodKind::Sms).await;
    solo.types_number("0470777702").await;
    arrived(&app, "+32470777702").await;
}

#[tokio::test]
async fn the_operator_can_vouch_and_nobody_is_told_then() {
    let app = known_school().await;
    number_changes(&app);
    let anna = UserName::parse("anna").expect("a name");
    assert_eq!(app.regain.trust_contacts("school", Some(&anna)).await.expect("trusts"), Some(1));
    let nobody = UserName::parse("nobo").expect("a name");
    assert_eq!(app.regain.trust_contacts("school", Some(&nobody)).await.expect("answers"), None);
    assert!(works(&app).await);
    app.pass(3600);
    app.regain.sweep_contacts().await;
    assert!(app.deliver().await.iter().all(|sent| sent.code().is_some()));
}

#[tokio::test]
async fn a_roll_out_tells_nobody_and_waits_until_the_operator_vouches() {
    let app = App::new().await;
    let many: Vec<_> = (0..25)
        .map(|n| {
            account(&format!("new{n}"), vec![email(&format!("n{n}@x.example")), mobile(&format!("+324705550{n:02}"))])
        })
        .collect();
    app.directory.real.add_all(&many).map_err(|(_, error)| error).expect("people");
    app.regain.sweep_contacts().await;
    for n in 0..25 {
        app.change_contacts(
            &format!("new{n}"),
            vec![email(&format!("n{n}@x.example")), mobile(&format!("+324705551{n:02}"))],
        );
    }
    app.pass(3600);
    app.regain.sweep_contacts().await;
    assert!(app.deliver().await.is_empty());
    let obstacle = async || app.person("new3").await.opened().await.recovery.obstacle();
    assert!(matches!(obstacle().await, Some(recovery::Obstacle::FreshContacts { .. })));
    assert_eq!(app.regain.trust_contacts("school", None).await.expect("trusts"), Some(25));
    assert_eq!(obstacle().await, None);
    assert_eq!(
        app.look("SELECT event FROM audit ORDER BY seq DESC LIMIT 1", |row| row.get::<_, String>(0).expect("a text")),
        ["all_contacts_trusted"]
    );
}

#[tokio::test]
async fn a_directory_that_hides_contacts_for_an_hour_makes_nobody_wait() {
    let app = App::new().await;
    let many: Vec<_> = (0..25)
        .map(|n| {
            account(&format!("new{n}"), vec![email(&format!("n{n}@x.example")), mobile(&format!("+324705550{n:02}"))])
        })
        .collect();
    app.directory.real.add_all(&many).map_err(|(_, error)| error).expect("people");
    app.regain.sweep_contacts().await;
    app.directory.no_mobile.store(true, std::sync::atomic::Ordering::SeqCst);
    app.pass(3600);
    app.regain.sweep_contacts().await;
    assert!(app.deliver().await.is_empty());
    app.directory.no_mobile.store(false, std::sync::atomic::Ordering::SeqCst);
    app.pass(3600);
    app.regain.sweep_contacts().await;
    assert_eq!(app.person("new3").await.opened().await.recovery.obstacle(), None);
}

#[tokio::test]
async fn nothing_is_remembered_where_nothing_waits() {
    let app = App::with(|regain| regain.realms[0].policy.contact_wait_seconds = 0).await;
    app.regain.sweep_contacts().await;
    number_changes(&app);
    assert!(works(&app).await);
    let rows = app
        .look("SELECT count(*) FROM kept WHERE shelf = 'seen_contacts'", |row| row.get::<_, i64>(0).expect("a number"));
    assert_eq!(rows, [0]);
}

#[tokio::test]
async fn until_the_first_look_all_contacts_count() {
    let app = App::new().await;
    number_changes(&app);
    assert!(works(&app).await, "they were there before Regain was");
    let kept: Vec<Contact> = vec![email(ANNA_MAIL), mobile(NEW_MOBILE)];
    app.change_contacts("anna", kept);
    app.regain.sweep_contacts().await;
    assert!(works(&app).await);
}
