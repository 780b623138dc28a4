//! The organisation's own networks: a school behind one address.

use super::world::*;
use crate::{Browser, Visitor};
use recovery::MethodKind;
use std::sync::atomic::Ordering;

const PUPILS: usize = 1_000;
/// How many walk at the same time, and how long they take.
const AT_ONCE: usize = 50;
const SECONDS: i64 = 30;

/// A browser in the school, with the cookie that its first page gave.
fn in_school(app: &App) -> Visitor {
    let cookie = app.regain.new_browser().to_cookie(&app.regain.keyring);
    Visitor { browser: Browser::from_cookie(&cookie, &app.regain.keyring), ..visitor("10.1.2.3") }
}

async fn suspect(app: &App, visitor: &Visitor) -> bool {
    app.regain.is_suspect(visitor).await.expect("the store")
}

async fn asks(app: &App, visitor: &Visitor, user_name: &str) -> String {
    let mut person = app.person(user_name).await;
    person.visitor = visitor.clone();
    person.chooses(MethodKind::Email).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_thousand_pupils_behind_one_address_finish_within_ten_minutes() {
    let app = App::new().await;
    let pupils: Vec<_> = (0..PUPILS)
        .map(|n| {
            let (address, number) = contacts(n);
            account(&format!("eleve{n}"), vec![email(&address), mobile(&number)])
        })
        .collect();
    app.directory.real.add_all(&pupils).map_err(|(_, error)| error).expect("pupils");
    app.directory.takes_any.store(true, Ordering::SeqCst);
    let began = app.regain.now();
    for first in (0..PUPILS).step_by(AT_ONCE) {
        let mut class = Vec::new();
        for n in first..first + AT_ONCE {
            let mut pupil = app.person(&format!("eleve{n}")).await;
            pupil.visitor = in_school(&app);
            class.push((n, pupil));
        }
        class = each(class, |_, mut pupil| async move {
            assert!(!pupil.regain.is_suspect(&pupil.visitor).await.expect("the store"), "no extra step");
            assert_eq!(pupil.chooses(MethodKind::Email).await, "code, 5 left");
            pupil
        })
        .await;
        let sent = app.deliver().await;
        class = each(class, |n, mut pupil| {
            let code = code_for(&sent, &contacts(n).0);
            async move {
                assert_eq!(pupil.types_code(&code).await, "methods; GatePassed");
                pupil.chooses(MethodKind::Sms).await;
                assert_eq!(pupil.types_number(&contacts(n).1).await, "code, 5 left");
                pupil
            }
        })
        .await;
        let sent = app.deliver().await;
        each(class, |n, mut pupil| {
            let code = code_for(&sent, &contacts(n).1);
            async move {
                assert_eq!(pupil.types_code(&code).await, "new password; GatePassed");
                assert_eq!(pupil.types_password(GOOD).await, "done");
                pupil
            }
        })
        .await;
        app.pass(SECONDS);
    }
    assert!(began.seconds_until(app.regain.now()) <= 600);
    assert!(!suspect(&app, &visitor("10.1.2.3")).await, "nor is anybody without a cookie, where most get in");
}

/// The contacts of one pupil; the numbers lie as far apart as those of real families.
fn contacts(n: usize) -> (String, String) {
    (format!("parent{n}@x.example"), format!("+324{}{n:06}", 70 + n % 30))
}

fn code_for(sent: &[Sent], to: &str) -> String {
    sent.iter().find(|sent| sent.to == to).and_then(Sent::code).expect("a code")
}

/// Everybody does the same, all at once.
async fn each<F: Future<Output = Person> + Send + 'static>(
    class: Vec<(usize, Person)>,
    does: impl Fn(usize, Person) -> F,
) -> Vec<(usize, Person)> {
    let mut walks = tokio::task::JoinSet::new();
    for (n, pupil) in class {
        let walk = does(n, pupil);
        walks.spawn(async move { (n, walk.await) });
    }
    walks.join_all().await
}

#[tokio::test]
async fn a_browser_that_names_more_than_twenty_accounts_is_slowed_in_our_own_networks() {
    let app = App::new().await;
    let here = in_school(&app);
    for n in 0..20 {
        assert!(!suspect(&app, &here).await, "{n}");
        // The same account twice is one account.
        for _ in 0..2 {
            assert_eq!(asks(&app, &here, &format!("ghost{n}")).await, "code, 5 left");
        }
    }
    assert!(suspect(&app, &here).await);
    assert!(!suspect(&app, &in_school(&app)).await, "another browser is not");
    assert_eq!(asks(&app, &here, "anna").await, "code, 5 left", "it is slowed, not stopped");
    assert!(!suspect(&app, &Visitor { browser: here.browser.clone(), ..visitor("192.0.2.1") }).await, "only there");
    app.pass(24 * 3600);
    assert!(!suspect(&app, &here).await, "until tomorrow");
}

#[tokio::test]
async fn browsers_without_a_cookie_are_slowed_once_most_recoveries_pass_no_gate() {
    let app = App::new().await;
    let (bare, elsewhere) = (visitor("10.1.2.3"), visitor("192.0.2.1"));
    for n in 0..19 {
        asks(&app, &in_school(&app), &format!("ghost{n}")).await;
    }
    assert!(!suspect(&app, &bare).await, "too few to say");
    asks(&app, &bare, "ghost19").await;
    assert!(suspect(&app, &bare).await);
    assert!(!suspect(&app, &elsewhere).await);
    assert!(!suspect(&app, &in_school(&app)).await, "who keeps a cookie is not");
    app.pass(3600);
    assert!(suspect(&app, &bare).await, "a new hour does not forgive everything");
    app.pass(3600);
    assert!(!suspect(&app, &bare).await);
}
