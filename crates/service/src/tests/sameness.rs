//! Whatever a stranger does to a real, an unknown, an incomplete, a disabled and a paused name, under any of its names, leaves
//! the same rows of the same sizes, by the same calls of directory and store.

use super::world::*;
use recovery::{Code, Counter, Event, Limit, Limits, MethodKind, Page, Password};
use store::{Change, Shelf};

/// What a stranger does next.
#[derive(Clone, Copy, Debug)]
enum Click {
    Choose(MethodKind),
    /// A number that can't be one, that does not end as the mask, that does, and is on nobody's record.
    NotANumber,
    Unfitting,
    Fitting,
    Code(&'static str),
    Fresh,
    Other,
    MoreTime,
    NoMethod,
    Cancel,
    Wait(i64),
}

use Click::*;

/// Every page and every event of the walk that a stranger can reach.
const WALKS: [&[Click]; 6] = [
    &[
        Choose(MethodKind::Sms),
        Other,
        Choose(MethodKind::Email),
        Wait(30),
        Fresh,
        Code("000000"),
        Code("not a code"),
        Other,
        Choose(MethodKind::Sms),
        NotANumber,
        Unfitting,
        Fitting,
        Code("000000"),
    ],
    // Too early, the wait doubled, and no more messages.
    &[
        Choose(MethodKind::Email),
        Fresh,
        Wait(31),
        Fresh,
        Wait(61),
        Fresh,
        Wait(121),
        Fresh,
        Wait(241),
        Fresh,
        Wait(481),
        Fresh,
        Wait(600),
        Fresh,
        Other,
    ],
    // The last try of a gate.
    &[
        Choose(MethodKind::Call),
        Fitting,
        Code("1111"),
        Code("111111"),
        Code("222222"),
        Code("333333"),
        Code("444444"),
        Code("555555"),
    ],
    // A code too late, more time, and the end.
    &[Choose(MethodKind::Email), Wait(601), Code("000000"), MoreTime, Fresh, Cancel],
    &[Choose(MethodKind::Email), NoMethod, Other, NoMethod],
    &[MoreTime, Choose(MethodKind::Email), Wait(1201), Code("000000")],
];

/// Whose name is typed, and whether "that was not me" was reported for the account.
#[derive(Clone, Copy, Debug)]
struct Name(&'static str, bool);

/// Every row with the lengths of what is in it, in a stable order.
fn rows(app: &App) -> Vec<String> {
    let queries = [
        "SELECT 'recovery ' || version || ' state ' || length(state) || ' ' || coalesce(wake_at, 'asleep') FROM recovery",
        "SELECT 'outbox ' || purpose || ' ' || kind || ' ' || length(body) || ' ' || status FROM outbox",
        "SELECT 'count ' || window_seconds || ' ' || counted FROM count",
        "SELECT 'audit ' || event || ' ' || detail || ' ' || length(person) || ' ' || length(network) FROM audit",
        "SELECT 'kept ' || shelf || ' ' || length(value) FROM kept WHERE shelf <> 'pause'",
    ];
    let mut all: Vec<String> =
        queries.iter().flat_map(|sql| app.look(sql, |row| row.get(0).expect("a text"))).collect();
    all.sort();
    all
}

/// Every call since the last click, with the length of what a change carries.
fn calls(app: &App) -> Vec<String> {
    let of_store = app.watched.take_calls().into_iter().flat_map(|call| {
        let changes = call.changes.iter().map(|change| match change {
            Change::CreateRecovery(saved) => format!("create {}", saved.state.len()),
            Change::UpdateRecovery(saved) => format!("update {}", saved.state.len()),
            Change::Post(row) => format!("post {} {}", row.purpose, row.body.len()),
            Change::Record(row) => format!("record {} {}", row.event, row.detail),
            Change::Count { key, .. } => format!("count {}", key.window_seconds),
            other => format!("{other:?}").split([' ', '{']).next().unwrap_or("").to_owned(),
        });
        std::iter::once(call.name.to_owned()).chain(changes).collect::<Vec<_>>()
    });
    of_store.chain(app.directory.take_calls().into_iter().map(str::to_owned)).collect()
}

/// What one click shows and causes.
type Seen = (String, usize, Vec<String>, Vec<String>);

async fn app_for(name: Name, limits: &Limits) -> App {
    let app = App::with(|regain| regain.limits = limits.clone()).await;
    if name.1 {
        let key = app.key_of(name.0).await;
        let value = i64::MAX.to_be_bytes().to_vec();
        let pause = Change::Keep { shelf: Shelf::Pause, key, value, expires_at: i64::MAX };
        app.regain.store.commit(vec![pause]).await.expect("a pause");
    }
    // So that contacts are remembered, and looked up.
    app.regain.sweep_contacts().await;
    calls(&app);
    app
}

async fn trace(name: Name, walk: &[Click], limits: &Limits) -> Vec<Seen> {
    let app = app_for(name, limits).await;
    let mut person = app.person(name.0).await;
    let page = person.sees().await;
    let mut seen = vec![(page, person.cookie.len(), rows(&app), calls(&app))];
    for click in walk {
        let page = does(&app, &mut person, *click).await;
        seen.push((page, person.cookie.len(), rows(&app), calls(&app)));
    }
    seen
}

async fn does(app: &App, person: &mut Person, click: Click) -> String {
    let event = match click {
        Wait(seconds) => {
            app.pass(seconds);
            return person.sees().await;
        }
        Choose(kind) => Event::MethodChosen { offer: place_of(person, kind).await },
        NotANumber => return person.types_number("12").await,
        Unfitting => return person.types_number("+32499111100000").await,
        Fitting => {
            let number = fitting_number(person).await;
            return person.types_number(&number).await;
        }
        Code(typed) => Event::CodeTyped { code: Code::parse(typed) },
        Fresh => Event::FreshCodeAsked,
        Other => Event::OtherMethodAsked,
        MoreTime => Event::MoreTimeAsked,
        NoMethod => Event::NoMethodChosen,
        Cancel => Event::Cancelled,
    };
    person.does(event).await
}

/// Where a method stands on the page; anywhere, where the page is another.
async fn place_of(person: &Person, kind: MethodKind) -> usize {
    match person.opened().await.recovery.page() {
        Page::Method(_) => person.offer(kind).await,
        _ => 0,
    }
}

/// A number that ends as the mask shows and is on nobody's record.
async fn fitting_number(person: &Person) -> String {
    let opened = person.opened().await;
    let mask = match opened.recovery.page() {
        Page::ConfirmContact(page) => page.mask.to_string(),
        _ => "00".to_owned(),
    };
    format!("+324991111{}", mask.trim_start_matches('*'))
}

/// Names in groups of the same length: what is typed travels in the cookie.
const NAMES: [&[Name]; 2] = [
    &[Name("anna", false), Name("nobo", false), Name("solo", false), Name("gone", false), Name("anna", true)],
    &[Name("anna@school.example", false), Name("nobo@school.example", false), Name("solo@school.example", false)],
];

async fn all_leave_the_same(limits: &Limits, walks: &[&[Click]]) {
    for walk in walks {
        for names in NAMES {
            let real = trace(names[0], walk, limits).await;
            assert!(real.iter().any(|(_, _, rows, _)| rows.len() > 4), "{walk:?}: something is kept of it");
            for name in &names[1..] {
                let other = trace(*name, walk, limits).await;
                for (turn, (one, two)) in real.iter().zip(&other).enumerate() {
                    assert_eq!(one, two, "{name:?}, {walk:?}, click {turn}");
                }
            }
        }
    }
}

#[tokio::test]
async fn every_walk_of_a_stranger_leaves_the_same() {
    all_leave_the_same(&Limits::default(), &WALKS).await;
}

#[tokio::test]
async fn a_limit_that_is_reached_leaves_the_same() {
    let limit = |max| vec![Limit::Window { seconds: 3600, max }];
    let walks: [&[Click]; 2] = [
        &[Choose(MethodKind::Email), Wait(31), Fresh, Wait(61), Fresh, Other, Choose(MethodKind::Sms), Fitting],
        &[Choose(MethodKind::Email), Code("000000"), Code("000001"), Code("000002"), Code("000003")],
    ];
    for counter in [
        Counter::MessagesByAccount,
        Counter::MessagesByContact,
        Counter::MessagesByNetwork,
        Counter::MessagesOverall,
        Counter::FailuresByAccount,
        Counter::FailuresByNetwork,
    ] {
        all_leave_the_same(&Limits([(counter, limit(2))].into()), &walks).await;
    }
}

#[tokio::test]
async fn every_try_to_sign_in_leaves_the_same() {
    for names in NAMES {
        let mut real = None;
        for name in names {
            let app = app_for(*name, &Limits::default()).await;
            let mut seen = Vec::new();
            for _ in 0..6 {
                let outcome = app.sign_in(name.0, "wrong").await;
                let word = std::mem::discriminant(&outcome);
                seen.push((word, rows(&app), calls(&app)));
            }
            let user_name = recovery::UserName::parse(name.0).expect("a name");
            let empty = app.regain.sign_in("school", user_name, Password::new(""), &visitor("192.0.2.8")).await;
            assert!(empty.is_ok(), "{name:?}");
            assert_eq!(*real.get_or_insert_with(|| seen.clone()), seen, "{name:?}");
        }
    }
}

/// What one account has used up does not show on the page of another that shares the contact.
#[tokio::test]
async fn a_shared_contact_says_nothing_of_the_other_account() {
    let limits = Limits([(Counter::MessagesByContact, vec![Limit::Window { seconds: 3600, max: 1 }])].into());
    let walk = [Choose(MethodKind::Email), Code("000000"), Wait(31), Fresh, Other];
    let mut seen = Vec::new();
    for used_up in [false, true] {
        let app = app_for(Name("twin", false), &limits).await;
        if used_up {
            assert_eq!(app.person("anna").await.chooses(MethodKind::Email).await, "code, 5 left");
            assert_eq!(app.deliver().await.len(), 1);
        }
        calls(&app);
        let mut twin = app.person("twin").await;
        let mut trace = Vec::new();
        for click in walk {
            let page = does(&app, &mut twin, click).await;
            let calls: Vec<String> = calls(&app).iter().map(|call| call.replace("limit_reached", "asked")).collect();
            trace.push((page, twin.cookie.len(), calls));
        }
        let sent = app.deliver().await.len();
        assert_eq!(sent, usize::from(!used_up), "nothing goes to a contact that has had its messages");
        seen.push(trace);
    }
    assert_eq!(seen[0], seen[1]);
}
