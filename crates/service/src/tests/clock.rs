//! The server's clock is set wrong, or right again, while people are on their way.

use super::world::*;
use recovery::{Event, MethodKind};

const HOUR: i64 = 3600;
const DAY: i64 = 24 * HOUR;

#[tokio::test]
async fn a_clock_set_back_gives_no_code_a_longer_life_and_the_walk_goes_on() {
    let (app, mut anna) = walk().await;
    anna.chooses(MethodKind::Email).await;
    let code = arrived(&app, ANNA_MAIL).await;
    app.pass(-HOUR);
    assert_eq!(anna.types_code(&code).await, "code, 5 left; CodeExpired");
    assert_eq!(anna.does(Event::FreshCodeAsked).await, "code, 5 left; FreshCode", "nobody waits an hour for it");
    let code = arrived(&app, ANNA_MAIL).await;
    assert_eq!(anna.types_code(&code).await, "methods; GatePassed");
    anna.chooses(MethodKind::Sms).await;
    anna.types_number(ANNA_MOBILE).await;
    let code = arrived(&app, ANNA_MOBILE).await;
    anna.types_code(&code).await;
    assert_eq!(anna.types_password(GOOD).await, "done");
    assert!(app.signs_in("anna", GOOD).await);
}

#[tokio::test]
async fn a_clock_put_right_by_some_seconds_harms_no_code() {
    let (app, mut anna) = walk().await;
    anna.chooses(MethodKind::Email).await;
    let code = arrived(&app, ANNA_MAIL).await;
    app.pass(-30);
    assert_eq!(anna.types_code(&code).await, "methods; GatePassed");
}

#[tokio::test]
async fn a_clock_set_forward_a_day_and_back_ends_walks_and_lets_new_ones_begin() {
    let (app, mut anna) = walk().await;
    pass_gates(&app, &mut anna).await;
    let mut waiting = app.person("solo").await;
    waiting.chooses(MethodKind::Email).await;
    app.pass(DAY);
    app.regain.store.forget(app.regain.now().millis()).await.expect("forgets");
    assert_eq!(anna.types_password(GOOD).await, "stopped: too_late");
    assert!(app.deliver().await.iter().all(|sent| sent.to != ANNA_MAIL), "no code of yesterday is sent");
    let mut tomorrow = app.person("anna").await;
    assert_eq!(tomorrow.chooses(MethodKind::Email).await, "code, 5 left");
    let code = arrived(&app, ANNA_MAIL).await;
    app.pass(-DAY);
    assert_eq!(tomorrow.types_code(&code).await, "code, 5 left; CodeExpired");
    let mut anna = app.person("anna").await;
    pass_gates(&app, &mut anna).await;
    assert_eq!(anna.types_password(GOOD).await, "done");
}
