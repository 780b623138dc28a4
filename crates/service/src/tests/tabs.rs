//! Two tabs, a double click, a cookie that was copied.

use super::world::*;
use recovery::{Code, Event, MethodKind, Password};

#[tokio::test]
async fn of_two_clicks_on_one_page_exactly_one_happens() {
    let (app, mut anna) = walk().await;
    anna.chooses(MethodKind::Email).await;
    app.pass(60);
    let page = anna.opened().await;
    let (mut here, mut there) = (anna.clone(), anna.clone());
    let (one, two) = tokio::join!(
        here.does_from(page.clone(), Event::FreshCodeAsked),
        there.does_from(page.clone(), Event::FreshCodeAsked)
    );
    assert_eq!((one.as_str(), two.as_str()), ("code, 5 left; FreshCode", "code, 5 left; FreshCode"));
    assert_eq!(app.deliver().await.len(), 2, "one at first, and one fresh one");
    assert_eq!(here.opened().await.version, page.version + 1);
}

#[tokio::test]
async fn a_double_click_on_the_first_method_is_one_recovery_and_one_message() {
    let (app, anna) = walk().await;
    let offer = anna.offer(MethodKind::Email).await;
    let (mut here, mut there) = (anna.clone(), anna.clone());
    let (one, two) = tokio::join!(here.does(Event::MethodChosen { offer }), there.does(Event::MethodChosen { offer }));
    assert_eq!((one.as_str(), two.as_str()), ("code, 5 left", "code, 5 left"));
    assert_eq!(here.cookie, there.cookie);
    assert_eq!(app.deliver().await.len(), 1);
}

#[tokio::test]
async fn a_draft_cookie_that_is_copied_makes_one_recovery() {
    let (app, mut anna) = walk().await;
    let copies: Vec<Person> = (0..20).map(|_| anna.clone()).collect();
    anna.chooses(MethodKind::Email).await;
    for mut copy in copies {
        copy.chooses(MethodKind::Email).await;
        copy.types_code("000000").await;
    }
    assert_eq!(app.look("SELECT count(*) FROM recovery", |row| row.get::<_, i64>(0).expect("a count")), [1]);
    assert_eq!(app.deliver().await.len(), 1);
    assert_eq!(anna.sees().await, "stopped: too_many_attempts", "all copies share five tries");
}

#[tokio::test]
async fn two_tabs_with_two_passwords_write_one() {
    let (app, anna) = walk_to_password().await;
    let page = anna.opened().await;
    let choose = |page, new| anna.regain.choose_password(page, Password::new(new), Password::new(new), &anna.visitor);
    let (one, two) = tokio::join!(choose(page.clone(), GOOD), choose(page, OTHER));
    one.expect("an answer");
    two.expect("an answer");
    let written = app.written();
    assert_eq!(written.len(), 1, "one of the two");
    assert_eq!(anna.sees().await, "done");
    assert!(app.signs_in("anna", &written[0]).await);
}

#[tokio::test]
async fn a_code_typed_in_two_tabs_opens_one_gate() {
    let (app, mut anna) = walk().await;
    anna.chooses(MethodKind::Email).await;
    let code = arrived(&app, ANNA_MAIL).await;
    let page = anna.opened().await;
    let typed = || Event::CodeTyped { code: Code::parse(&code) };
    let (mut here, mut there) = (anna.clone(), anna.clone());
    let (one, two) = tokio::join!(here.does_from(page.clone(), typed()), there.does_from(page, typed()));
    assert_eq!((one.as_str(), two.as_str()), ("methods; GatePassed", "methods; GatePassed"));
    assert_eq!(anna.opened().await.recovery.trail(), (3, 1));
}

#[tokio::test]
async fn a_reset_ends_the_other_recoveries_of_the_account() {
    let (app, mut anna) = walk_to_password().await;
    let mut other = app.person("anna@school.example").await;
    other.chooses(MethodKind::Email).await;
    let page = other.opened().await;
    assert_eq!(anna.types_password(GOOD).await, "done");
    assert!(app.regain.open(&other.cookie).await.expect("the store").is_none());
    other.does_from(page, Event::FreshCodeAsked).await;
    let sent = app.deliver().await;
    assert!(sent.iter().all(|sent| sent.code().is_none()), "no code of an ended recovery leaves");
}
