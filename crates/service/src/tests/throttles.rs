//! Limits: per account, contact, network and overall.

use super::world::*;
use recovery::{Counter, Event, Limit, Limits, MethodKind, UserName};

fn only(counter: Counter, max: u32) -> Limits {
    Limits([(counter, vec![Limit::Window { seconds: 3600, max }])].into())
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
async fn the_networks_of_one_household_are_limited_together() {
    let app = limited(Counter::MessagesByNetwork56, 2).await;
    assert_eq!(asks(&app, "2001:db8:0:1::1", "anna").await, GIVEN);
    assert_eq!(asks(&app, "2001:db8:0:ff::1", "nobo").await, GIVEN);
    assert_eq!(asks(&app, "2001:db8:0:80::1", "solo").await, PAUSED);
    assert_eq!(asks(&app, "2001:db8:0:101::1", "solo").await, GIVEN, "another household");
    assert_eq!(asks(&app, "192.0.2.1", "anna").await, GIVEN, "IPv4 has no /56");
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
                .map(|counter| (counter, vec![Limit::Window { seconds: 3600, max: 1 }]))
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
    assert_eq!(anna.types_code("123456").await, "code, 5 left; Wait");
    let lines = app.look("SELECT count(*) FROM audit", |row| row.get::<_, i64>(0).expect("a count"));
    assert!(lines[0] < 20, "{lines:?}");
}

/// Only what is counted of failures, with its defaults: who fails all day would run out of messages first.
async fn failures_only() -> App {
    App::with(|regain| {
        let all = Limits::default();
        regain.limits = Limits(Counter::FAILURES.map(|counter| (counter, all.of(counter).to_vec())).into());
    })
    .await
}

/// Types a wrong code, in a new recovery where the last one has ended.
async fn fails(app: &App, person: &mut Person, user_name: &str) -> String {
    if !person.sees().await.starts_with("code") {
        let visitor = person.visitor.clone();
        *person = app.person(user_name).await;
        person.visitor = visitor;
        person.chooses(MethodKind::Email).await;
    }
    person.types_code("000000").await
}

#[tokio::test]
async fn five_slips_cost_a_minute_and_the_page_waits_for_it() {
    let app = failures_only().await;
    for name in ["anna", "nobo"] {
        let mut person = app.person(name).await;
        for _ in 0..5 {
            assert!(!fails(&app, &mut person, name).await.contains("Wait"), "{name}");
        }
        assert_eq!(person.sees().await, "stopped: too_many_attempts");
        assert_eq!(fails(&app, &mut person, name).await, "code, 5 left; Wait", "{name}: nothing was looked at");
        app.pass(59);
        assert_eq!(person.types_code("000000").await, "code, 5 left; Wait", "{name}");
        app.pass(1);
        assert_eq!(person.types_code("000000").await, "code, 4 left; CodeWrong", "{name}");
        app.pass(119);
        assert_eq!(person.types_code("000000").await, "code, 4 left; Wait", "{name}: the wait has doubled");
    }
}

#[tokio::test]
async fn a_right_code_is_not_looked_at_before_the_wait_is_over() {
    let app = failures_only().await;
    let mut stranger = app.person_from("192.0.2.66", "anna").await;
    for _ in 0..5 {
        fails(&app, &mut stranger, "anna").await;
    }
    let mut anna = app.person("anna").await;
    anna.chooses(MethodKind::Email).await;
    let code = arrived(&app, ANNA_MAIL).await;
    assert_eq!(anna.types_code(&code).await, "code, 5 left; Wait");
    app.pass(60);
    assert_eq!(anna.types_code(&code).await, "methods; GatePassed");
}

#[tokio::test]
async fn parallel_guesses_do_not_share_one_wait() {
    let app = failures_only().await;
    let mut people = Vec::new();
    for turn in 0..6 {
        let mut person = app.person_from(&format!("192.0.2.{turn}"), "anna").await;
        person.chooses(MethodKind::Email).await;
        people.push(person);
    }
    for _ in 0..5 {
        people[0].types_code("000000").await;
    }
    app.pass(60);
    let mut guesses = tokio::task::JoinSet::new();
    for mut person in people.drain(1..) {
        guesses.spawn(async move { person.types_code("000000").await });
    }
    let pages = guesses.join_all().await;
    let looked_at = pages.iter().filter(|page| page.contains("CodeWrong")).count();
    assert_eq!(looked_at, 1, "{pages:?}");
}

#[tokio::test]
async fn a_finished_recovery_forgives_all_failures() {
    let app = failures_only().await;
    let mut anna = app.person("anna").await;
    anna.chooses(MethodKind::Email).await;
    for _ in 0..4 {
        anna.types_code("000000").await;
    }
    let code = arrived(&app, ANNA_MAIL).await;
    anna.types_code(&code).await;
    anna.chooses(MethodKind::Sms).await;
    anna.types_number(ANNA_MOBILE).await;
    let code = arrived(&app, ANNA_MOBILE).await;
    anna.types_code(&code).await;
    assert_eq!(anna.types_password(GOOD).await, "done");
    let mut again = app.person("anna").await;
    for _ in 0..4 {
        assert!(fails(&app, &mut again, "anna").await.contains("CodeWrong"));
    }
}

#[tokio::test]
async fn the_secretariat_can_end_a_wait() {
    let app = failures_only().await;
    let mut anna = app.person("anna").await;
    for _ in 0..6 {
        fails(&app, &mut anna, "anna").await;
    }
    assert!(anna.sees().await.ends_with("Wait"));
    app.regain.resume("school", &UserName::parse("anna").expect("a name")).await.expect("the store");
    assert!(anna.types_code("000000").await.contains("CodeWrong"));
}

#[tokio::test]
async fn a_whole_recovery_takes_ten_failures_whatever_they_are() {
    let app = App::with(|regain| regain.limits = Limits(Default::default())).await;
    for name in ["anna", "nobo"] {
        let mut person = app.person(name).await;
        person.chooses(MethodKind::Sms).await;
        for _ in 0..9 {
            assert_eq!(person.types_number("12").await, "type contact; NotANumber");
        }
        assert_eq!(person.types_number("12").await, "stopped: too_many_attempts", "{name}");
    }
}
