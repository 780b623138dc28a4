//! Naming an account while the site is under attack, over HTTP: what it costs, that it is good once, and that it is the same
//! for every name. What a browser with scripts does is in `browser.rs`.

use regain_tests::{CAMILLE, on};
use service::{Challenge, TollRules, solve};
use testbed::demo::Demo;
use testbed::walker::{Answer, Walker};

/// As long as Camille's name, and nobody's.
const UNKNOWN: &str = "camille.dubais@deuxrivieres.example";

fn under_attack() -> Demo {
    Demo::start(&["--under-attack"])
}

/// Status, the names of the headers, and the size: the page holds only times and random texts besides, each of one length.
fn shape(answer: &Answer) -> (u16, Vec<String>, usize) {
    let names = answer.headers.iter().map(|(name, _)| name.clone()).collect();
    (answer.status, names, answer.body.len())
}

/// Sends the form of the page with what it brings, and with these fields besides.
async fn name(walker: &mut Walker, user_name: &str, more: &[(&str, &str)]) -> Answer {
    walker.open("/recover").await;
    let token = walker.page().field("token").expect("every form has one").to_owned();
    let fields = [&[("token", token.as_str()), ("username", user_name)], more].concat();
    walker.post("/recover/account", &fields).await
}

#[tokio::test]
async fn a_known_and_an_unknown_name_cost_the_same_and_look_the_same() {
    let demo = under_attack();
    let mut walker = demo.walker("en");
    let known = name(&mut walker, CAMILLE.user_name, &[]).await;
    let unknown = name(&mut walker, UNKNOWN, &[]).await;
    assert_eq!(known.status, 429);
    assert!(known.header("retry-after").is_some_and(|seconds| seconds.parse::<u32>().is_ok_and(|n| n > 0)));
    assert_eq!(shape(&known), shape(&unknown));
}

#[tokio::test]
async fn work_opens_the_way_once() {
    let demo = under_attack();
    let mut walker = demo.walker("en");
    walker.open("/recover").await;
    let text = walker.page().field("challenge").expect("the page brings a puzzle").to_owned();
    let solution = solve(&Challenge { text: text.clone(), bits: TollRules::ALWAYS.work_bits }).to_string();
    let paid = [("challenge", text.as_str()), ("solution", solution.as_str())];
    assert_eq!(name(&mut walker, UNKNOWN, &paid).await.status, 303);
    walker.open("/recover/method").await;
    on(&walker, "method");
    assert_eq!(name(&mut walker, UNKNOWN, &paid).await.status, 429, "a replay");
    let mut other = demo.walker("en");
    assert_eq!(name(&mut other, CAMILLE.user_name, &paid).await.status, 429, "a replay from another browser");
}

#[tokio::test]
async fn looking_at_pages_takes_no_turn_and_the_way_back_is_always_open() {
    let demo = under_attack();
    let mut walker = demo.walker("fr");
    for _ in 0..5 {
        walker.open("/recover").await;
    }
    for turn in 0..4 {
        walker.open("/recover").await;
        walker.fill("username", CAMILLE.user_name).go_on().await;
        on(&walker, "wait");
        let has_turn = walker.page().field("turn").is_some_and(|turn| !turn.is_empty());
        assert_eq!(has_turn, turn < 3, "one network gets three turns");
        assert!(walker.page().has_link("/contact-helpdesk"), "whom to call is on the page");
    }
    walker.press("do", "cancel").await;
    on(&walker, "sign-in");
}
