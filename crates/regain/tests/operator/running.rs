//! `serve`, and the commands beside it, with a real mail server.

use crate::bench::{Bench, Browser};
use std::time::Duration;
use testbed::smtp::MailServer;

#[test]
fn a_server_answers_its_own_hosts_and_stops_when_asked() {
    let bench = Bench::new();
    bench.edit("# other_hosts = [\"account.intranet.example\"]", "other_hosts = [\"Account.intranet.example:80\"]");
    let server = bench.serve();
    assert_eq!(Browser::new(&server.address).get("/readyz").status, 200);
    assert_eq!(Browser::new(&server.address).get("/recover").status, 200);
    assert_eq!(Browser::calling(&server.address, "account.intranet.example").get("/recover").status, 200);
    assert_eq!(Browser::calling(&server.address, "127.0.0.1").get("/recover").status, 200);
    assert_eq!(Browser::calling(&server.address, "evil.example").get("/recover").status, 421);
    let (code, log) = server.stop();
    assert_eq!(code, Some(0), "{log}");
}

#[test]
fn two_servers_do_not_share_an_address() {
    let bench = Bench::new();
    let server = bench.serve();
    bench.edit("listen = \"127.0.0.1:0\"", &format!("listen = \"{}\"", server.address));
    let said = bench.run(&["serve"]).refused();
    assert!(said.contains("can't be listened on") && said.contains("another program listens there"), "{said}");
    let said = bench.run(&["check"]).out;
    assert!(said.contains("is in use: by Regain itself, if it is running"), "{said}");
}

/// A walk up to the first code by a real mail server; then what the operator sees of it, while the server runs.
#[test]
fn the_operator_sees_what_became_of_a_message_while_the_server_runs() {
    let mail = MailServer::start(&["mail.example", "school.example"]);
    let bench = Bench::new();
    bench.edit("server = \"smtp.school.example\"", &format!("server = \"{}\"\nport = {}", MailServer::SERVER, mail.start_tls_port()));
    let ca_file = mail.ca_file();
    bench.edit("# user_name = \"regain@school.example\"\n", &format!("user_name = \"{}\"\nca_file = {ca_file:?}\n", MailServer::USER_NAME));
    bench.edit("# password = { file = \"smtp-password\" }", "password = { file = \"smtp-password\" }");
    bench.write("smtp-password", &format!("{}\n", MailServer::PASSWORD));
    bench.run(&[
        "user", "add", "anna", "--no-password", "--alternate-email", "anna.dubois@mail.example", "--alternate-email",
        "a.dubois@mail.example",
    ]).well();
    let check = bench.run(&["check"]);
    assert!(check.out.contains("the server answers, and lets Regain sign in"), "{}", check.out);
    assert_eq!(check.code, Some(0), "{}", check.out);

    let server = bench.serve();
    let mut browser = Browser::new(&server.address);
    let page = browser.get("/recover/account");
    let page = browser.submit("/recover/account", &page, &[("username", "anna")]);
    assert!(page.body.contains("data-page=\"method\""), "{}", page.body);
    let method = page.body.split("name=\"method\" value=\"email").nth(1).and_then(|rest| rest.split('"').next());
    let method = format!("email{}", method.expect("a method by mail"));
    let page = browser.submit("/recover/method", &page, &[("method", &method)]);
    assert!(page.body.contains("data-page=\"c"), "{}", page.body);
    let page = if page.body.contains("data-page=\"confirm-contact\"") {
        browser.submit("/recover/contact", &page, &[])
    } else {
        page
    };
    assert!(page.body.contains("data-page=\"code\""), "{}", page.body);
    let sent = |address: &str| mail.mails_to(address).len();
    let limit = Duration::from_secs(60);
    let mails = loop_until(limit, || (sent("anna.dubois@mail.example") + sent("a.dubois@mail.example") > 0).then(|| {
        [mail.mails_to("anna.dubois@mail.example"), mail.mails_to("a.dubois@mail.example")].concat()
    }));
    let code: String = mails.iter().map(|mail| mail.text.clone()).collect();

    let explained = loop_until(limit, || {
        let said = bench.run(&["explain", "anna"]).well();
        said.contains("handed over").then_some(said)
    });
    assert!(explained.contains("code   email  handed over") && explained.contains("message_asked (gate 1, email)"), "{explained}");
    assert!(explained.contains("127.0.0.1") && !explained.contains("dubois@mail"), "{explained}");
    for digits in code.split(|c: char| !c.is_ascii_digit()).filter(|digits| digits.len() == 6) {
        assert!(!explained.contains(digits), "a code is shown: {explained}");
    }
    // The reference, as a person would read it out.
    let event = explained.lines().find(|line| line.contains("message_asked")).expect("an event");
    let reference: String = event.split_whitespace().skip(2).take(2).collect::<Vec<_>>().join(" ");
    let case = bench.run(&["explain", &reference.to_lowercase()]).well();
    assert!(case.starts_with(&format!("Case {reference}, oldest line first:")) && case.contains("message_asked"), "{case}");

    assert!(bench.run(&["resume", "anna"]).well().contains("was not paused"));
    assert!(bench.run(&["user", "add", "bert", "--no-password"]).well().contains("Added bert"));
    assert_eq!(server.stop().0, Some(0));
}

/// Asks again and again, for as long as the limit.
fn loop_until<T>(limit: Duration, mut ask: impl FnMut() -> Option<T>) -> T {
    let start = std::time::Instant::now();
    loop {
        if let Some(found) = ask() {
            return found;
        }
        assert!(start.elapsed() < limit, "it did not come");
        std::thread::yield_now();
    }
}
