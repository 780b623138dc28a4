//! When a toll is asked, that it is good once, and that turns are few.

use super::*;
use crate::tests::world::*;
use recovery::{Event, MethodKind};

const HERE: &str = "192.0.2.7";

async fn app(change: impl FnOnce(&mut TollRules)) -> App {
    App::with(|regain| {
        regain.defence.toll.work_bits = 4;
        change(&mut regain.defence.toll);
    })
    .await
}

/// An app that asks for a toll at once, everywhere.
async fn under_attack() -> App {
    app(|rules| rules.begun_overall = 0).await
}

async fn passes(app: &App, address: &str, offered: Offered<'_>) -> Passage {
    app.regain.pass_toll(&visitor(address), offered).await.expect("the store")
}

async fn names(app: &App, address: &str) -> bool {
    passes(app, address, Offered::default()).await == Passage::Free
}

async fn asked(app: &App, address: &str) -> Option<Challenge> {
    app.regain.toll_for(&visitor(address)).await.expect("the store")
}

async fn turn(app: &App, address: &str) -> (Timestamp, String) {
    match passes(app, address, Offered::default()).await {
        Passage::Waits { at, ticket, .. } => (at, ticket),
        other => panic!("a turn was expected: {other:?}"),
    }
}

fn with<'a>(challenge: &'a Challenge, solution: &'a str) -> Offered<'a> {
    Offered { challenge: &challenge.text, solution, ..Offered::default() }
}

#[tokio::test]
async fn on_a_quiet_day_nobody_pays() {
    let app = app(|_| {}).await;
    for _ in 0..10 {
        assert_eq!(asked(&app, HERE).await, None);
        assert!(names(&app, HERE).await);
    }
}

#[tokio::test]
async fn a_network_that_names_many_accounts_pays_and_others_do_not() {
    let app = app(|rules| rules.begun_by_network = 3).await;
    for _ in 0..3 {
        assert!(names(&app, HERE).await);
    }
    assert!(asked(&app, HERE).await.is_some());
    assert!(!names(&app, HERE).await);
    assert_eq!(asked(&app, "198.51.100.1").await, None);
}

#[tokio::test]
async fn many_networks_together_make_everyone_outside_pay() {
    let app = app(|rules| rules.begun_overall = 3).await;
    for n in 1..=3 {
        assert!(names(&app, &format!("192.0.2.{n}")).await);
    }
    assert!(asked(&app, "198.51.100.1").await.is_some());
    assert_eq!(asked(&app, "10.0.0.1").await, None, "the school itself does not pay for strangers");
}

#[tokio::test]
async fn a_class_behind_one_address_pays_nothing_and_slows_nobody() {
    let app = app(|rules| (rules.begun_by_network, rules.begun_overall) = (3, 3)).await;
    for _ in 0..50 {
        assert!(names(&app, "10.0.0.1").await);
    }
    assert_eq!(asked(&app, HERE).await, None);
}

#[tokio::test]
async fn messages_and_wrong_codes_raise_the_toll_for_real_and_unknown_names_alike() {
    for name in ["anna", "nobo"] {
        let app = app(|rules| (rules.messages_by_network, rules.failures_by_network) = (2, 3)).await;
        let mut person = app.person_from(HERE, name).await;
        person.chooses(MethodKind::Email).await;
        assert_eq!(asked(&app, HERE).await, None, "{name}");
        app.pass(30);
        person.does(Event::FreshCodeAsked).await;
        assert!(asked(&app, HERE).await.is_some(), "{name}: two messages");

        let mut other = app.person_from("192.0.2.8", name).await;
        other.chooses(MethodKind::Email).await;
        for wrong in 0..3 {
            assert!(asked(&app, "192.0.2.8").await.is_none(), "{name}: {wrong} wrong codes");
            other.types_code("000000").await;
        }
        assert!(asked(&app, "192.0.2.8").await.is_some(), "{name}: three wrong codes");
    }
}

#[tokio::test]
async fn a_toll_ends_by_itself() {
    let app = app(|rules| rules.begun_by_network = 1).await;
    assert!(names(&app, HERE).await);
    app.pass(600);
    assert!(asked(&app, HERE).await.is_some(), "the ten minutes before count as well");
    app.pass(600);
    assert_eq!(asked(&app, HERE).await, None);
}

#[tokio::test]
async fn work_opens_the_way_once() {
    let app = under_attack().await;
    let challenge = asked(&app, HERE).await.expect("a toll");
    let solution = solve(&challenge).to_string();
    assert_eq!(passes(&app, HERE, with(&challenge, &solution)).await, Passage::Free);
    assert_ne!(passes(&app, HERE, with(&challenge, &solution)).await, Passage::Free, "a replay");
    assert_ne!(passes(&app, "198.51.100.1", with(&challenge, &solution)).await, Passage::Free, "from elsewhere");
}

#[tokio::test]
async fn two_requests_at_once_can_not_use_one_solution() {
    let app = under_attack().await;
    let challenge = asked(&app, HERE).await.expect("a toll");
    let solution = solve(&challenge).to_string();
    let (one, two) =
        tokio::join!(passes(&app, HERE, with(&challenge, &solution)), passes(&app, HERE, with(&challenge, &solution)));
    assert_eq!([one, two].iter().filter(|passage| **passage == Passage::Free).count(), 1);
}

#[tokio::test]
async fn wrong_forged_and_expired_work_opens_nothing() {
    let app = under_attack().await;
    let challenge = asked(&app, HERE).await.expect("a toll");
    let number = solve(&challenge);
    let wrong = (number + 1..).find(|n| !proof::is_solved(&challenge.text, *n, 4)).expect("most are wrong").to_string();
    for solution in [wrong.as_str(), "", "-1", "4294967296", "x"] {
        assert_ne!(passes(&app, HERE, with(&challenge, solution)).await, Passage::Free, "{solution}");
    }
    // A puzzle that somebody made easy for himself.
    let easy = Token { from: app.regain.now(), until: app.regain.now().plus(60), bits: 0, random: [1; 16] };
    let forged = Challenge { text: easy.sign(&[0; 32], WORK), bits: 0 };
    assert_ne!(passes(&app, HERE, with(&forged, "0")).await, Passage::Free);
    app.pass(i64::from(WORK_SECONDS));
    assert_ne!(passes(&app, HERE, with(&challenge, &number.to_string())).await, Passage::Free, "expired");
}

#[tokio::test]
async fn a_turn_waits_is_good_once_and_passes() {
    let app = under_attack().await;
    let (at, ticket) = turn(&app, HERE).await;
    let offered = Offered { turn: &ticket, ..Offered::default() };
    let waited = at.millis() - app.regain.now().millis();
    assert!((15_000..=25_000).contains(&waited), "{waited} ms");
    match passes(&app, HERE, offered).await {
        Passage::Waits { at: still, ticket: same, .. } => assert_eq!((still, &same), (at, &ticket), "too early"),
        other => panic!("{other:?}"),
    }
    app.pass(waited / 1000);
    assert_eq!(passes(&app, HERE, offered).await, Passage::Free);
    assert_ne!(passes(&app, HERE, offered).await, Passage::Free, "once");

    let (at, ticket) = turn(&app, HERE).await;
    app.pass((at.millis() - app.regain.now().millis()) / 1000 + i64::from(TURN_SECONDS));
    assert_ne!(passes(&app, HERE, Offered { turn: &ticket, ..Offered::default() }).await, Passage::Free, "passed by");
}

#[tokio::test]
async fn a_token_opens_nothing_but_what_it_was_made_for() {
    let app = under_attack().await;
    let challenge = asked(&app, HERE).await.expect("a toll");
    let as_turn = Offered { turn: &challenge.text, ..Offered::default() };
    assert_ne!(passes(&app, HERE, as_turn).await, Passage::Free, "a puzzle is no turn");
    let (at, ticket) = turn(&app, HERE).await;
    app.pass((at.millis() - app.regain.now().millis()) / 1000);
    let as_work = Offered { challenge: &ticket, solution: "0", ..Offered::default() };
    assert_ne!(passes(&app, HERE, as_work).await, Passage::Free, "a turn is no puzzle without work");
}

#[tokio::test]
async fn turns_come_one_after_the_other_and_end() {
    let app = app(|rules| (rules.begun_overall, rules.turns) = (0, 20)).await;
    let mut turns = Vec::new();
    for n in 0..20 {
        turns.push(turn(&app, &format!("192.0.2.{n}")).await.0.millis());
    }
    assert!(turns.windows(2).all(|pair| pair[1] - pair[0] == 30_000), "{turns:?}");
    assert!(turns[19] - app.regain.now().millis() < 660_000);
    match passes(&app, "198.51.100.1", Offered::default()).await {
        Passage::Full { again_at, .. } => assert!(again_at > app.regain.now()),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn one_network_takes_three_turns_and_leaves_the_rest() {
    let app = under_attack().await;
    for _ in 0..3 {
        turn(&app, HERE).await;
    }
    assert!(matches!(passes(&app, HERE, Offered::default()).await, Passage::Full { .. }));
    turn(&app, "198.51.100.1").await;
}

#[tokio::test]
async fn two_browsers_never_get_one_turn() {
    let app = under_attack().await;
    let (one, two, three) = tokio::join!(turn(&app, "192.0.2.1"), turn(&app, "192.0.2.2"), turn(&app, "192.0.2.3"));
    let mut at = [one.0, two.0, three.0];
    at.sort();
    assert!(at[0] < at[1] && at[1] < at[2], "{at:?}");
}
