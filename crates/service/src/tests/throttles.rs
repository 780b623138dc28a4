//! Limits: per account, contact, network and overall.

use super::world::*;
use recovery::{Counter, Event, Limit, Limits, MethodKind};

fn only(counter: Counter, max: u32) -> Limits {
    Limits([(counter, vec![Limit { window_seconds: 3600, max }])].into())
}

async fn limited(counter: Counter, max: u32) -> App {
    App::with(|regain| regain.limits = only(counter, max)).await
}

async fn asks(app: &App, address: &str, user_name: &str) -> String {
    app.person_from(address, user_name).await.chooses(MethodKind::Email).await
}

const GIVEN: &str = "code, 5 left";
const PAUSED: &str = "stopped: paused";

#[tokio::test]
async fn messages_are_limited_per_account_for_real_and_unknown_names() {
    let app = limited(Counter::MessagesByAccount, 2).await;
    for name in ["anna", "nobo"] {
        assert_eq!(asks(&app, "192.0.2.1", name).await, GIVEN);
        assert_eq!(asks(&app, "192.0.2.2", &format!("{name}@school.example")).await, GIVEN);
        assert_eq!(asks(&app, "192.0.2.3", name).await, PAUSED, "{name}: all spellings are one account");
    }
    assert_eq!(asks(&app, "192.0.2.3", "solo").await, GIVEN);
    app.pass(3600);
    assert_eq!(asks(&app, "192.0.2.3", "anna").await, GIVEN, "in the next hour it goes on");
}

#[tokio::test]
async fn messages_are_limited_per_contact() {
    let app = limited(Counter::MessagesByContact, 1).await;
    let mut anna = app.person("anna").await;
    assert_eq!(anna.chooses(MethodKind::Email).await, GIVEN);
    let mut again = app.person("anna").await;
    assert_eq!(again.chooses(MethodKind::Email).await, GIVEN, "the page does not say so");
    assert_eq!(app.deliver().await.len(), 1, "and nothing is sent");
    again.does(Event::OtherMethodAsked).await;
    assert_eq!(again.chooses(MethodKind::Sms).await, "type contact");
    assert_eq!(again.types_number(ANNA_MOBILE).await, "code, 5 left; FreshCode");
    assert_eq!(app.deliver().await.len(), 1, "another contact may do");
}

#[tokio::test]
async fn messages_are_limited_per_network_except_our_own() {
    let app = limited(Counter::MessagesByNetwork, 2).await;
    for (address, third) in [("192.0.2.1", PAUSED), ("2001:db8::1", PAUSED), ("10.1.2.3", GIVEN)] {
        assert_eq!(asks(&app, address, "anna").await, GIVEN);
        assert_eq!(asks(&app, address, "nobo").await, GIVEN);
        assert_eq!(asks(&app, address, "solo").await, third, "{address}");
    }
}

#[tokio::test]
async fn messages_are_limited_overall() {
    let app = limited(Counter::MessagesOverall, 2).await;
    assert_eq!(asks(&app, "192.0.2.1", "anna").await, GIVEN);
    assert_eq!(asks(&app, "192.0.2.2", "nobo").await, GIVEN);
    assert_eq!(asks(&app, "10.1.2.3", "solo").await, PAUSED);
}

#[tokio::test]
async fn two_requests_cannot_both_take_the_last_place() {
    let app = limited(Counter::MessagesByAccount, 1).await;
    let (one, two, three) =
        tokio::join!(asks(&app, "192.0.2.1", "anna"), asks(&app, "192.0.2.2", "anna"), asks(&app, "192.0.2.3", "anna"));
    let given = [one, two, three].iter().filter(|page| *page == GIVEN).count();
    assert_eq!(given, 1);
    assert_eq!(app.deliver().await.len(), 1);
}

#[tokio::test]
async fn wrong_codes_are_limited_per_account_over_many_recoveries() {
    let app = limited(Counter::FailuresByAccount, 6).await;
    for name in ["anna", "nobo"] {
        let mut wrong = 0;
        for turn in 0..3 {
            let mut person = app.person_from(&format!("192.0.2.{turn}"), name).await;
            person.chooses(MethodKind::Email).await;
            while person.sees().await.starts_with("code") {
                person.types_code("000000").await;
                wrong += 1;
            }
        }
        // Six that count; the two walks that came too late have one each, which is not looked at.
        assert_eq!(wrong, 8, "{name}");
    }
}

#[tokio::test]
async fn wrong_numbers_count_as_wrong_codes_do() {
    let app = limited(Counter::FailuresByAccount, 3).await;
    for name in ["anna", "nobo"] {
        let mut person = app.person(name).await;
        person.chooses(MethodKind::Sms).await;
        for _ in 0..3 {
            assert_eq!(person.types_number("12").await, "type contact; NotANumber");
        }
        assert_eq!(person.types_number("12").await, PAUSED);
    }
}

#[tokio::test]
async fn who_has_used_up_a_limit_leaves_nothing_on_the_disk() {
    let app = App::with(|regain| {
        regain.limits = Limits(
            [Counter::MessagesByAccount, Counter::FailuresByAccount]
                .map(|counter| (counter, vec![Limit { window_seconds: 3600, max: 1 }]))
                .into(),
        );
    })
    .await;
    asks(&app, "192.0.2.1", "anna").await;
    let mut person = app.person("anna").await;
    person.chooses(MethodKind::Sms).await;
    person.types_number("12").await;
    let rows = || {
        app.look(
            "SELECT (SELECT count(*) FROM recovery) + (SELECT count(*) FROM outbox) + (SELECT count(*) FROM audit)",
            |row| row.get::<_, i64>(0).expect("a count"),
        )
    };
    let before = rows();
    for _ in 0..20 {
        assert_eq!(asks(&app, "192.0.2.9", "anna").await, PAUSED);
        let mut person = app.person("anna").await;
        person.chooses(MethodKind::Sms).await;
        assert_eq!(person.types_number("12").await, PAUSED);
    }
    assert_eq!(rows(), before);
}

#[tokio::test]
async fn codes_typed_too_late_do_not_fill_the_trail() {
    let (app, mut anna) = walk().await;
    anna.chooses(MethodKind::Email).await;
    app.pass(600);
    for _ in 0..50 {
        anna.types_code("123456").await;
        anna.does(Event::MoreTimeAsked).await;
    }
    assert_eq!(anna.sees().await, PAUSED);
    let lines = app.look("SELECT count(*) FROM audit", |row| row.get::<_, i64>(0).expect("a count"));
    assert!(lines[0] < 20, "{lines:?}");
}
