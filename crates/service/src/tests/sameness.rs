//! What a stranger does to a real, an unknown, an incomplete and a disabled name leaves the same rows, of the same sizes.

use super::world::*;
use recovery::{Event, MethodKind, Page};

/// Every row with the lengths of what is in it, in a stable order.
fn rows(app: &App) -> Vec<String> {
    let queries = [
        "SELECT 'recovery ' || version || ' state ' || length(state) || ' ' || coalesce(wake_at, 'asleep') FROM recovery",
        "SELECT 'outbox ' || purpose || ' ' || kind || ' ' || length(body) || ' ' || status FROM outbox",
        "SELECT 'count ' || window_seconds || ' ' || counted FROM count",
        "SELECT 'audit ' || event || ' ' || detail || ' ' || length(person) || ' ' || length(network) FROM audit",
        "SELECT 'kept ' || shelf || ' ' || length(value) FROM kept",
    ];
    let mut all: Vec<String> =
        queries.iter().flat_map(|sql| app.look(sql, |row| row.get(0).expect("a text"))).collect();
    all.sort();
    all
}

/// A number that ends as the mask shows and is on nobody's record.
async fn fitting_number(person: &Person) -> String {
    let opened = person.opened().await;
    let Page::ConfirmContact(page) = opened.recovery.page() else { panic!("a number is to be typed") };
    format!("+324991111{}", page.mask.to_string().trim_start_matches('*'))
}

/// What is seen and kept, click by click.
async fn trace(user_name: &str) -> Vec<(String, usize, Vec<String>)> {
    let app = App::new().await;
    // So that contacts are remembered, and looked up.
    app.regain.sweep_contacts().await;
    let mut person = app.person(user_name).await;
    let mut seen = Vec::new();
    let mut note = |person: &Person, page: String| seen.push((page, person.cookie.len(), rows(&app)));
    let page = person.sees().await;
    note(&person, page);
    for turn in 0..11 {
        if turn == 3 {
            app.pass(30);
        }
        let page = match turn {
            0 => person.chooses(MethodKind::Sms).await,
            1 => person.does(Event::OtherMethodAsked).await,
            2 => person.chooses(MethodKind::Email).await,
            3 => person.does(Event::FreshCodeAsked).await,
            4 => person.types_code("000000").await,
            5 => person.types_code("not a code").await,
            6 => person.does(Event::OtherMethodAsked).await,
            7 => person.chooses(MethodKind::Sms).await,
            8 => person.types_number("+32499111100000").await,
            9 => {
                let number = fitting_number(&person).await;
                person.types_number(&number).await
            }
            _ => person.types_code("000000").await,
        };
        note(&person, page);
    }
    seen
}

#[tokio::test]
async fn real_unknown_incomplete_and_disabled_names_leave_the_same() {
    let real = trace("anna").await;
    assert!(
        real.iter().any(|(page, ..)| page.contains("CodeWrong"))
            && real.last().is_some_and(|(_, _, rows)| rows.len() > 20)
    );
    for user_name in ["nobo", "solo", "gone"] {
        let other = trace(user_name).await;
        for (turn, (one, two)) in real.iter().zip(&other).enumerate() {
            assert_eq!(one, two, "{user_name}, click {turn}");
        }
    }
}
