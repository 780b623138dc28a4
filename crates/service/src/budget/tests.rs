//! The budget: only what is really sent is counted, the alarm comes once, and nothing is sent when it is used up.

use super::*;
use crate::tests::world::*;
use recovery::{Event, Limits, MethodKind, UserName};

fn per_hour(max: u32) -> Vec<Limit> {
    vec![Limit::Window { seconds: HOUR, max }]
}

async fn app(change: impl FnOnce(&mut BudgetRules)) -> App {
    App::with(|regain| {
        // What a visitor meets is another matter, and has its own tests.
        regain.limits = Limits(Default::default());
        let budget = &mut regain.defence.budget;
        (budget.contact, budget.block, budget.overall) = (Vec::new(), Vec::new(), Vec::new());
        change(budget);
    })
    .await
}

/// Somebody asks for an SMS to Anna's mobile.
async fn asks_by_sms(app: &App) -> Person {
    let mut anna = app.person("anna").await;
    anna.chooses(MethodKind::Sms).await;
    assert_eq!(anna.types_number(ANNA_MOBILE).await, "code, 5 left", "the page never tells");
    anna
}

/// What arrived by telephone, and what arrived at the office.
async fn arrives(app: &App) -> (usize, Vec<Sent>) {
    let sent = app.deliver().await;
    let by_phone = sent.iter().filter(|sent| sent.to.starts_with('+')).count();
    let alarms = sent.into_iter().filter(|sent| sent.to.ends_with("@school.example")).collect();
    (by_phone, alarms)
}

fn outcomes(app: &App) -> Vec<String> {
    app.look("SELECT outcome, id FROM outbox WHERE kind = 'sms' ORDER BY seq", |row| {
        let (sealed, id): (Vec<u8>, Vec<u8>) = (row.get(0).expect("sealed"), row.get(1).expect("an id"));
        app.outcome(&id, &sealed)
    })
}

fn alarms_on_record(app: &App) -> Vec<String> {
    let sql = "SELECT event || ' ' || detail FROM audit WHERE event IN ('budget_nearly_used', 'codes_not_used')";
    app.look(sql, |row| row.get(0).expect("a text"))
}

#[tokio::test]
async fn a_used_up_budget_stops_sending_says_so_and_is_fresh_again_later() {
    let app = app(|budget| budget.overall = per_hour(2)).await;
    for _ in 0..3 {
        asks_by_sms(&app).await;
    }
    assert_eq!(arrives(&app).await.0, 2);
    assert_eq!(outcomes(&app).last().map(String::as_str), Some("the budget is used up (overall)"));
    let explained = app.regain.explain("school", UserName::parse("anna").expect("a name")).await.expect("the store");
    assert_eq!(explained.used_up.iter().map(|(purse, _)| *purse).collect::<Vec<_>>(), [Purse::Overall]);
    assert_eq!(explained.used_up[0].1, Limit::Window { seconds: HOUR, max: 2 }.expires_at(app.regain.now()));
    app.pass(i64::from(HOUR));
    asks_by_sms(&app).await;
    assert_eq!(arrives(&app).await.0, 1);
}

#[tokio::test]
async fn mail_decoys_and_wrong_numbers_cost_nothing() {
    let app = app(|budget| budget.overall = per_hour(1)).await;
    let mut anna = app.person("anna").await;
    anna.chooses(MethodKind::Email).await;
    let mut nobody = app.person("nobo").await;
    nobody.chooses(MethodKind::Sms).await;
    let mut wrong = app.person("anna").await;
    wrong.chooses(MethodKind::Sms).await;
    assert_eq!(wrong.types_number("+32499111167").await, "code, 5 left");
    app.deliver().await;
    asks_by_sms(&app).await;
    assert_eq!(arrives(&app).await.0, 1, "nothing has been taken yet");
}

#[tokio::test]
async fn one_number_and_one_block_have_limits_of_their_own() {
    let app = app(|budget| budget.contact = per_hour(1)).await;
    asks_by_sms(&app).await;
    asks_by_sms(&app).await;
    assert_eq!(arrives(&app).await.0, 1);
    assert_eq!(outcomes(&app)[1], "the budget is used up (contact)");
    let mut other = app.person("pupil1").await;
    other.chooses(MethodKind::Sms).await;
    other.types_number("+32470000001").await;
    assert_eq!(arrives(&app).await.0, 1, "another number is sent to");

    let app = self::app(|budget| budget.block = per_hour(1)).await;
    for pupil in ["pupil1", "pupil2"] {
        let mut person = app.person(pupil).await;
        person.chooses(MethodKind::Sms).await;
        person.types_number(&format!("+3247000000{}", &pupil[5..])).await;
    }
    assert_eq!(arrives(&app).await.0, 1, "both are in one block");
    asks_by_sms(&app).await;
    assert_eq!(arrives(&app).await.0, 1, "Anna's number is in another");
}

#[tokio::test]
async fn a_message_is_taken_out_once_however_often_it_is_tried() {
    let app = app(|budget| budget.overall = per_hour(2)).await;
    asks_by_sms(&app).await;
    for _ in 0..4 {
        app.post.fails.lock().expect("free").push_back(delivery::DeliveryError::Later("busy".to_owned()));
    }
    assert_eq!(arrives(&app).await.0, 0);
    let mut arrived = 0;
    for _ in 0..30 {
        app.pass(2);
        arrived += arrives(&app).await.0;
    }
    assert_eq!(arrived, 1);
    asks_by_sms(&app).await;
    assert_eq!(arrives(&app).await.0, 1, "there was one left");
}

#[tokio::test]
async fn the_alarm_is_raised_once_a_window_at_four_fifths() {
    let app = app(|budget| budget.overall = per_hour(10)).await;
    for turn in 1..=10 {
        asks_by_sms(&app).await;
        let (sent, alarms) = arrives(&app).await;
        assert_eq!((sent, alarms.len()), (1, usize::from(turn == 8)), "message {turn}");
        if let [alarm] = alarms.as_slice() {
            assert_eq!(alarm.to, "office@school.example");
            assert!(alarm.text.contains("8 of the 10"), "{}", alarm.text);
        }
        app.pass(1);
    }
    assert_eq!(alarms_on_record(&app), ["budget_nearly_used numbers=all counted=8 max=10"]);
    app.pass(i64::from(HOUR));
    for _ in 0..8 {
        asks_by_sms(&app).await;
    }
    assert_eq!(arrives(&app).await.1.len(), 1, "in the next window it is raised anew");
}

#[tokio::test]
async fn the_alarm_goes_to_the_operator_where_the_settings_name_one() {
    let app = app(|budget| {
        budget.block = per_hour(1);
        budget.alarm_to = EmailAddress::parse("it@school.example");
    })
    .await;
    asks_by_sms(&app).await;
    let (_, alarms) = arrives(&app).await;
    assert_eq!(alarms.iter().map(|sent| sent.to.as_str()).collect::<Vec<_>>(), ["it@school.example"]);
    assert!(alarms[0].text.contains("+324701"), "{}", alarms[0].text);
    assert!(!alarms[0].text.contains(ANNA_MOBILE));
}

#[tokio::test]
async fn one_persons_limit_is_recorded_and_wakes_nobody() {
    let app = app(|budget| budget.contact = per_hour(1)).await;
    asks_by_sms(&app).await;
    assert!(arrives(&app).await.1.is_empty());
    assert_eq!(alarms_on_record(&app).len(), 1);
}

#[tokio::test]
async fn that_a_password_was_reset_is_told_even_when_nothing_is_left() {
    let app = app(|budget| budget.overall = per_hour(1)).await;
    let mut anna = app.person("anna").await;
    pass_gates(&app, &mut anna).await;
    anna.types_password(GOOD).await;
    let told = app.deliver().await;
    assert_eq!(told.iter().filter(|sent| sent.to == ANNA_MOBILE).count(), 1);
}

#[tokio::test]
async fn codes_that_nobody_uses_raise_an_alarm_for_their_block() {
    let app = app(|_| {}).await;
    for turn in 1..CODES_MIN_SEEN {
        send_code(&app, turn).await;
        assert!(alarms_on_record(&app).is_empty(), "{turn} codes");
    }
    send_code(&app, 0).await;
    assert_eq!(alarms_on_record(&app), ["codes_not_used numbers=+324701 sent=30 used=0"]);
    assert_eq!(arrives(&app).await.1.len(), 1);
}

#[tokio::test]
async fn codes_that_people_use_raise_none() {
    let app = app(|_| {}).await;
    for turn in 1..CODES_MIN_SEEN - 3 {
        send_code(&app, turn).await;
    }
    for _ in 0..3 {
        let mut anna = asks_by_sms(&app).await;
        let code = arrived(&app, ANNA_MOBILE).await;
        assert_eq!(anna.types_code(&code).await, "methods; GatePassed");
    }
    send_code(&app, 0).await;
    assert!(alarms_on_record(&app).is_empty());
}

const CODES_MIN_SEEN: u32 = 30;

/// Takes a code to Anna's mobile out of the budget, as the worker does before it is sent.
async fn send_code(app: &App, turn: u32) {
    let mut id = [0; 16];
    id[..4].copy_from_slice(&turn.to_be_bytes());
    let row = OutboxRow {
        id,
        account: [0; 32],
        purpose: "code".to_owned(),
        kind: "sms".to_owned(),
        body: Vec::new(),
        created_at: 0,
        due_at: 0,
        expires_at: app.regain.now().plus(600).millis(),
        tries: 1,
        status: store::OutboxStatus::Waiting,
        outcome: String::new(),
    };
    let number = PhoneNumber::parse(ANNA_MOBILE, "BE").expect("a number");
    let full = app.regain.take_from_budget(&row, &number, Spending::Code).await.expect("the store");
    assert_eq!(full, None);
}

#[tokio::test]
async fn a_number_outside_the_rules_is_no_contact() {
    let app = App::with(|regain| regain.defence.numbers.countries = ["FR".to_owned()].into()).await;
    let explained = app.regain.explain("school", UserName::parse("anna").expect("a name")).await.expect("the store");
    assert_eq!(explained.not_admitted, 1);
    assert_eq!(explained.obstacle, Some(recovery::Obstacle::TooFewMethods));
    let survey = app.regain.survey("school").await.expect("the directory");
    assert_eq!(survey.not_admitted, 9);

    // What looks like her telephone is a decoy: it goes nowhere, and no notice does either.
    let mut anna = app.person("anna").await;
    if anna.sees().await == "methods" {
        anna.chooses(MethodKind::Email).await;
    }
    anna.does(Event::FreshCodeAsked).await;
    assert!(app.deliver().await.iter().all(|sent| !sent.to.starts_with('+')));
}
