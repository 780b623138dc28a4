//! What a stranger sees over HTTP of a known, other-named, incomplete, disabled and unknown name, with a real slapd behind it:
//! the same statuses, headers and sizes, and no answer about a name before its time.

use std::time::{Duration, Instant};
use testbed::installation::{Installation, Plan};
use testbed::slapd::{Person, Slapd, SlapdOptions, Standing};
use testbed::smtp::MailServer;
use testbed::walker::{Answer, Walker};

/// `answer_step_millis`, as the settings have it where nothing is said.
const ANSWER_STEP: Duration = Duration::from_millis(100);
/// A time that a page counts down may have lost a digit meanwhile.
const DIGITS: usize = 2;

const NO_TOLL: &str = "
[toll]
begun_by_network = 1000
begun_overall = 1000
messages_by_network = 1000
messages_overall = 1000
failures_by_network = 1000
failures_overall = 1000
";

/// What is seen of one answer: its status, its headers with the lengths of their values, and the length of its body.
#[derive(Clone, Debug)]
struct Seen {
    what: String,
    status: u16,
    headers: Vec<(String, usize)>,
    body: usize,
}

impl Seen {
    fn of(what: String, answer: &Answer) -> Self {
        let headers = answer.headers.iter().filter(|(name, _)| name != "content-length");
        let headers = headers.map(|(name, value)| (name.clone(), value.len())).collect();
        Self { what, status: answer.status, headers, body: answer.body.len() }
    }
}

/// Opens a page, and notes what came.
async fn look(walker: &mut Walker, path: &str, seen: &mut Vec<Seen>) {
    let answer = walker.fetch("GET", path, &[], None).await;
    seen.push(Seen::of(format!("GET {path}"), &answer));
    walker.open(path).await;
}

/// Sends the form of the page, notes what came, and opens the page that follows.
async fn send(walker: &mut Walker, path: &str, fields: &[(&str, &str)], seen: &mut Vec<Seen>) {
    let hidden: Vec<(&str, String)> = ["token", "version"]
        .into_iter()
        .filter_map(|name| Some((name, walker.page().field(name)?.to_owned())))
        .collect();
    let hidden = hidden.iter().map(|(name, value)| (*name, value.as_str()));
    let all: Vec<(&str, &str)> = hidden.chain(fields.iter().copied()).collect();
    let began = Instant::now();
    let answer = walker.post(path, &all).await;
    assert!(began.elapsed() >= ANSWER_STEP, "{path}: an answer about a name left before its time");
    seen.push(Seen::of(format!("POST {path} {fields:?}"), &answer));
    let next = answer.header("location").expect("every form leads to a page").to_owned();
    look(walker, &next, seen).await;
}

/// Every page and form that a stranger can reach under one name.
async fn trace(regain: &Installation, user_name: &str) -> Vec<Seen> {
    let mut seen = Vec::new();
    let mut walker = regain.walker("en");
    walker.open("/recover/account").await;
    send(&mut walker, "/recover/account", &[("username", user_name)], &mut seen).await;
    let choices: Vec<String> = walker.page().choices("method").iter().map(ToString::to_string).collect();
    send(&mut walker, "/recover/method", &[("method", &choices[0])], &mut seen).await;
    for fields in
        [[("do", "fresh"), ("code", "")], [("code", "000000"), ("do", "next")], [("code", "no code"), ("do", "next")]]
    {
        send(&mut walker, "/recover/code", &fields, &mut seen).await;
    }
    send(&mut walker, "/recover/code", &[("do", "more-time")], &mut seen).await;
    send(&mut walker, "/recover/code", &[("do", "method")], &mut seen).await;
    send(&mut walker, "/recover/method", &[("method", &choices[1])], &mut seen).await;
    for code in ["111111", "222222", "333333"] {
        send(&mut walker, "/recover/code", &[("code", code), ("do", "next")], &mut seen).await;
    }
    // A second walk, cancelled.
    walker.forget_cookies();
    walker.open("/recover/account").await;
    send(&mut walker, "/recover/account", &[("username", user_name)], &mut seen).await;
    send(&mut walker, "/recover/method", &[("method", "none")], &mut seen).await;
    walker.forget_cookies();
    walker.open("/sign-in").await;
    send(&mut walker, "/sign-in", &[("username", user_name), ("password", "Wrong-Password-1")], &mut seen).await;
    // What was typed stands in the notes; its length is compared among names of one length.
    for one in &mut seen {
        one.what = one.what.replace(user_name, "USER");
    }
    seen
}

fn person(uid: &str, mails: usize) -> Person {
    let addresses = [format!("{uid}@home.example"), format!("{uid}@second.example")];
    Person {
        alternate_mail: addresses.into_iter().take(mails).collect(),
        ..Person::new(uid, "Anna", "Lambert", "First-Passw0rd")
    }
}

#[tokio::test]
async fn every_name_gets_answers_of_the_same_shape() {
    let mut people: Vec<Person> = (10..16).map(|n| person(&format!("anna{n}"), 2)).collect();
    people.push(person("solo10", 1));
    people.push(person("gone10", 2).standing(Standing::LockedByOperator));
    people.push(person("late10", 2).standing(Standing::Ended));
    let slapd = Slapd::start_with(SlapdOptions { people, argon2: false, ..SlapdOptions::default() });
    let mails = MailServer::start(&["home.example", "second.example"]);
    let mut regain = Installation::start(&Plan::new(&slapd.url_ldap(), &mails));
    // All names come from one address here, and a stranger with many addresses pays no toll.
    let file = regain.path("regain.toml");
    let settings = std::fs::read_to_string(&file).expect("a file of ours");
    std::fs::write(&file, settings + NO_TOLL).expect("a file of ours");
    regain.restart();
    for form in ["", "@example.test"] {
        let mut real = Vec::new();
        for name in ["anna10", "anna11"] {
            real.push(trace(&regain, &format!("{name}{form}")).await);
        }
        for name in ["solo10", "gone10", "late10", "nobo10", "zzzz99"] {
            let other = trace(&regain, &format!("{name}{form}")).await;
            assert_eq!(other.len(), real[0].len(), "{name}{form}: as many answers");
            for (n, one) in other.iter().enumerate() {
                let like = &real[0][n];
                assert_eq!((&one.what, one.status), (&like.what, like.status), "{name}{form}");
                assert_eq!(one.headers, like.headers, "{name}{form}: {}", one.what);
                let sizes = real.iter().map(|trace| trace[n].body);
                let (least, most) = (sizes.clone().min().unwrap_or(0), sizes.max().unwrap_or(0));
                let fits = (least.saturating_sub(DIGITS)..=most + DIGITS).contains(&one.body);
                assert!(fits, "{name}{form}, {}: {} bytes, real ones {least} to {most}", one.what, one.body);
            }
        }
    }
}
