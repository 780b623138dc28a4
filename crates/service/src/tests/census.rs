//! A census is taken once and kept; a new one only when the operator asks, and then on every node.

use super::world::*;
use recovery::{Page, UserName};

async fn page_of(app: &App, user_name: &str) -> Vec<String> {
    let person = app.person(user_name).await;
    let opened = person.opened().await;
    let Page::Method(page) = opened.recovery.page() else { panic!("the methods") };
    page.offers.iter().map(|(_, offer)| format!("{} {}", offer.kind.name(), offer.mask)).collect()
}

#[tokio::test]
async fn decoys_stay_until_a_new_census_is_taken() {
    let app = App::new().await;
    let before = page_of(&app, "nobo").await;
    let people: Vec<_> = (0..40).map(|n| newcomer(&format!("newcomer{n}"), &format!("k{n}@new.example"))).collect();
    app.directory.real.add_all(&people).map_err(|(_, error)| error).expect("people");
    app.regain.take_missing_censuses().await.expect("the one there is");
    assert_eq!(app.regain.realms[0].census().number, 1);
    assert_eq!(page_of(&app, "nobo").await, before, "a decoy is the same tomorrow");
    let census = app.regain.realms[0].census();
    assert!(!census.shows("new.example"));

    app.regain.take_new_census("school").await.expect("a new one");
    let census = app.regain.realms[0].census();
    assert!(census.number == 2 && census.shows("new.example") && census.accounts() > 40);
    let mut decoys = Vec::new();
    for n in 0..20 {
        decoys.extend(page_of(&app, &format!("nobody{n}")).await);
    }
    assert!(decoys.iter().any(|mask| mask.ends_with("@new.example")), "{decoys:?}");
}

#[tokio::test]
async fn another_node_learns_of_a_new_census() {
    let app = App::new().await;
    let other = app.another_node();
    other.take_missing_censuses().await.expect("the one there is");
    app.regain.take_new_census("school").await.expect("a new one");
    assert_eq!(other.realms[0].census().number, 1);
    other.take_missing_censuses().await.expect("the new one");
    assert_eq!(other.realms[0].census(), app.regain.realms[0].census());
}

#[tokio::test]
async fn accounts_unlike_any_of_the_census_are_counted() {
    let app = App::new().await;
    assert_eq!(app.regain.survey("school").await.expect("a survey").unlike, 0);
    let mut odd = newcomer("odd", "k@new.example");
    odd.contacts.extend(newcomer("odder", "k2@new.example").contacts);
    odd.contacts.extend(newcomer("oddest", "k3@new.example").contacts);
    app.directory.real.add_all(&[odd]).map_err(|(_, error)| error).expect("a person");
    assert_eq!(app.regain.survey("school").await.expect("a survey").unlike, 1);
    assert!(UserName::parse("odd").is_some());
}
