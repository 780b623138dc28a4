//! What the scenes share: the people of a directory, and how to get from sign-in to the new password with them.

use regain_tests::{on, to_methods};
use std::time::{Duration, Instant};
use testbed::demo::Message;
use testbed::installation::Installation;
use testbed::kannel::Kannel;
use testbed::slapd::{Person, Slapd, SlapdOptions};
use testbed::smtp::MailServer;
use testbed::walker::Walker;

/// How long something that will happen may take. Generous, since tests share the machine.
pub const PATIENCE: Duration = Duration::from_secs(60);

pub const OLD_PASSWORD: &str = "First-Passw0rd";
pub const NEW_PASSWORD: &str = "Quatre-Bateaux-Verts-7";

/// The domains whose mail the mail server of the test takes.
pub const DOMAINS: [&str; 3] = ["example.test", "home.example", "second.example"];

/// A person with two mailboxes elsewhere, which are enough for two gates.
pub fn person(uid: &str) -> Person {
    let (first, second) = (format!("{uid}@home.example"), format!("{uid}@second.example"));
    Person::new(uid, "Anna", "Lambert", OLD_PASSWORD).alternate_mail(&first).alternate_mail(&second)
}

/// A directory whose hashes cost nothing: what is tested is not their price.
pub fn slapd(people: Vec<Person>) -> Slapd {
    Slapd::start_with(SlapdOptions { people, argon2: false, ..SlapdOptions::default() })
}

/// The `n`th mail (from 1) to an address, as a message.
pub fn mail(server: &MailServer, address: &str, n: usize) -> Message {
    let mail = server.wait_for_mail(address, n, PATIENCE).swap_remove(n - 1);
    Message { id: 0, channel: "email".to_owned(), to: mail.to, subject: mail.subject, text: mail.text }
}

/// The `n`th SMS (from 1) to a number, as a message.
pub fn sms(kannel: &Kannel, number: &str, n: usize) -> Message {
    let sms = kannel.wait_for_sms(number, n, PATIENCE).swap_remove(n - 1);
    Message { id: 0, channel: "sms".to_owned(), to: sms.to, subject: String::new(), text: sms.text }
}

/// The code of a message.
pub fn code(message: &Message) -> String {
    message.code().unwrap_or_else(|| panic!("a code was expected in {message:?}"))
}

/// Passes both gates of a [`person`] by mail, in a new browser, up to the page of the new password.
pub async fn to_new_password(regain: &Installation, mails: &MailServer, uid: &str) -> Walker {
    let mut walker = regain.walker("en");
    to_methods(&mut walker, uid).await;
    for address in [format!("{uid}@home.example"), format!("{uid}@second.example")] {
        on(&walker, "method");
        // The mailbox that has proven what it can is not offered again.
        let choice = walker.page().choices("method").first().expect("a method").to_string();
        walker.press("method", &choice).await;
        on(&walker, "code");
        let code = code(&mail(mails, &address, 1));
        walker.fill("one-time-code", &code).go_on().await;
    }
    on(&walker, "new-password");
    walker
}

/// Opens the page again until it has moved on from *stopped*, as a person who only reloads.
pub async fn until_moved(walker: &mut Walker, limit: Duration) {
    let started = Instant::now();
    while walker.page().name == "stopped" {
        assert!(started.elapsed() < limit, "nobody settled it: {:#?}", walker.page());
        tokio::time::sleep(Duration::from_millis(100)).await;
        let path = walker.page().path.clone();
        walker.open(&path).await;
    }
}

/// Presses *look again* until it has moved on: a server that was away is left alone for some seconds.
pub async fn look_until_moved(walker: &mut Walker) {
    let started = Instant::now();
    while walker.page().name == "stopped" {
        assert!(started.elapsed() < PATIENCE, "no look settles it: {:#?}", walker.page());
        walker.press("do", "look").await;
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

/// Asserts that both mailboxes of a [`person`] have been told of the reset.
pub fn told_of_reset(mails: &MailServer, uid: &str) {
    for domain in ["home.example", "second.example"] {
        let notice = mail(mails, &format!("{uid}@{domain}"), 2);
        assert!(notice.link().is_some_and(|link| link.contains("/not-me?")), "{notice:?}");
    }
}
