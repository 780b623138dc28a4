//! `serve`, and the commands beside it, with a real mail server.

use crate::bench::{Bench, Browser};
use std::time::Duration;
use testbed::slapd::{BASE_DN, Person, SERVICE_DN, SERVICE_PASSWORD, Slapd};
use testbed::smtp::{Mail, MailServer};

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

/// A whole walk with codes by a real mail server, and the owner's "that was not me"; beside it, while the server runs, what
/// the operator sees and does.
#[test]
fn the_operator_sees_a_recovery_beside_the_running_server_and_ends_its_pause() {
    let mail = MailServer::start(&["mail.example", "school.example"]);
    let bench = with_mail(&mail);
    let anna = ["anna.dubois@mail.example", "duboisa@mail.example"];
    let add = ["user", "add", "anna", "--no-password", "--alternate-email", anna[0], "--alternate-email", anna[1]];
    bench.run(&add).well();
    let check = bench.run(&["check"]);
    assert!(check.out.contains("the server answers, and lets Regain sign in"), "{}", check.out);
    assert_eq!(check.code, Some(0), "{}", check.out);

    let server = bench.serve();
    let mut browser = Browser::new(&server.address);
    let page = browser.get("/recover/account");
    let mut page = browser.submit("/recover/account", &page, &[("username", "anna")]);
    let mut codes = Vec::new();
    for gate in 0..2 {
        page.is("method");
        let asked = browser.submit("/recover/method", &page, &[("method", "email")]);
        asked.is("code");
        let letter = newest(&mail, &anna, gate + 1);
        codes.push(code_in(&letter));
        page = browser.submit("/recover/code", &asked, &[("code", &code_in(&letter)), ("do", "next")]);
    }
    page.is("new-password");
    let password = "Vier-Rode-Fietsen-9";
    let done =
        browser.submit("/recover/password", &page, &[("password", password), ("again", password), ("do", "finish")]);
    done.is("done");

    let explained = until(|| {
        let said = bench.run(&["explain", "anna"]).well();
        (said.matches("handed over: smtp").count() >= 4).then_some(said)
    });
    assert!(explained.contains("can recover  yes") && explained.contains("password_reset"), "{explained}");
    assert!(
        explained.contains("127.0.0.1") && !explained.contains("dubois@mail") && !explained.contains("duboisa"),
        "{explained}"
    );
    assert!(!codes.iter().any(|code| explained.contains(code)), "a code is shown: {explained}");
    // The reference, as a person would read it out.
    let event = explained.lines().find(|line| line.contains("password_reset")).expect("an event");
    let reference = event.split_whitespace().skip(2).take(2).collect::<Vec<_>>().join(" ");
    let case = bench.run(&["explain", &reference.to_lowercase()]).well();
    assert!(case.starts_with(&format!("Case {reference}, oldest line first:")), "{case}");
    assert!(
        case.contains("message_asked (gate=1 method=email)") && case.contains("gate_passed (gate=2 method=email)"),
        "{case}"
    );

    let notice = newest(&mail, &anna, 4);
    let link = notice.split_whitespace().find(|word| word.contains("/not-me?report=")).expect("a link in the notice");
    let path = link.split(&server.address).nth(1).expect("an address that the server answers");
    let mut owner = Browser::new(&server.address);
    let page = owner.get(path);
    page.is("not-me");
    owner.post(path, &page, &[("do", "send")]);
    let explained = bench.run(&["explain", "anna"]).well();
    assert!(
        explained.contains("can recover  no: paused") && explained.contains("`regain resume` ends it"),
        "{explained}"
    );
    assert!(bench.run(&["resume", "anna"]).well().contains("anna can recover the account again"));
    assert!(bench.run(&["explain", "anna"]).well().contains("can recover  yes"));
    assert!(bench.run(&["resume", "anna"]).well().contains("was not paused"));
    assert_eq!(server.stop().0, Some(0));
}

/// The settings of an OpenLDAP, tried by `check`; contacts imported for people whom it knows.
#[test]
fn people_of_an_ldap_directory_are_checked_and_given_contacts() {
    let mail = MailServer::start(&["school.example"]);
    let slapd = Slapd::start(vec![
        Person::new("anna", "Anna", "Dubois", "old-Password-1").alternate_mail("anna.dubois@mail.example"),
        Person::new("bert", "Bert", "Claes", "old-Password-2").alternate_mail("bert@mail.example"),
    ]);
    let bench = with_mail(&mail);
    let embedded = "[realms.directory]\nkind = \"embedded\"                            # fill it with: regain user import FILE.csv\npath = \"accounts.db\"\n";
    bench.edit(
        embedded,
        &format!(
            "[realms.directory]\nkind = \"ldap\"\nservers = [\"{}\"]\nca_file = {:?}\nbind_dn = \"{SERVICE_DN}\"\n\
         bind_password = {{ file = \"ldap-password\" }}\nbase_dn = \"{BASE_DN}\"\n\
         attributes = {{ alternate_emails = [\"alternateMail\"] }}\n",
            slapd.url_ldaps(),
            slapd.ca_file()
        ),
    );
    let said = bench.run(&["check"]);
    assert!(said.out.contains("FAIL the secret's file ldap-password can't be read: it is not there"), "{}", said.out);
    bench.write("ldap-password", "wrong\n");
    let said = bench.run(&["check"]);
    assert!(said.code == Some(1) && said.out.contains("hint: look at bind_dn and its password"), "{}", said.out);
    bench.write("ldap-password", &format!("{SERVICE_PASSWORD}\n"));
    let said = bench.run(&["check"]);
    assert_eq!(said.code, Some(0), "{}", said.out);
    assert!(
        said.out.contains("warn realm `school`: 0 of 2 accounts can recover; 2 with too few contacts"),
        "{}",
        said.out
    );

    assert!(
        bench.run(&["user", "list"]).refused().contains("the accounts of the realm `school` are in an LDAP directory")
    );
    bench.write("contacts.csv", "user_name,alternate_email\nanna,a.dubois@other.example\nzoe,zoe@other.example\n");
    let said = bench.run(&["contacts", "import", "contacts.csv", "--apply", "--skip-wrong-lines"]);
    assert!(
        said.out.contains("ok   line 2: anna: 1 contact added") && said.out.contains("zoe: nobody has"),
        "{}",
        said.out
    );
    assert!(bench.run(&["check"]).out.contains("1 of 2 accounts can recover"));
    let server = bench.serve();
    let explained = bench.run(&["explain", "anna"]).well();
    assert!(
        explained.contains("can recover  yes") && !explained.contains("decoy") && !explained.contains("dubois@"),
        "{explained}"
    );
    assert_eq!(server.stop().0, Some(0));
}

/// An installation that sends by this mail server, with STARTTLS and a password.
fn with_mail(mail: &MailServer) -> Bench {
    let bench = Bench::new();
    let server = format!(
        "server = \"{}\"\nport = {}\nca_file = {:?}\nuser_name = \"{}\"\npassword = {{ file = \"smtp-password\" }}",
        MailServer::SERVER,
        mail.start_tls_port(),
        mail.ca_file(),
        MailServer::USER_NAME
    );
    bench.edit("server = \"smtp.school.example\"", &server);
    bench.write("smtp-password", &format!("{}\n", MailServer::PASSWORD));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let private = std::fs::Permissions::from_mode(0o600);
        std::fs::set_permissions(bench.path("smtp-password"), private).expect("chmod");
    }
    bench
}

/// Waits until so many mails came to these addresses in all; answers the text of the one that came last.
fn newest(mail: &MailServer, addresses: &[&str], count: usize) -> String {
    until(|| {
        let all: Vec<Vec<Mail>> = addresses.iter().map(|address| mail.mails_to(address)).collect();
        let texts: Vec<String> = all.into_iter().flatten().map(|mail| mail.text).collect();
        (texts.len() >= count).then_some(texts)
    })
    .into_iter()
    .max_by_key(|text| text.contains("/not-me?report="))
    .expect("a mail")
}

/// The six digits of a letter that stand alone.
fn code_in(letter: &str) -> String {
    let digits = |line: &str| line.chars().filter(char::is_ascii_digit).collect::<String>();
    let alone = |line: &&str| line.trim().chars().all(|c| c.is_ascii_digit() || c == ' ');
    letter.lines().filter(alone).map(digits).find(|code| code.len() == 6).expect("a code in the letter")
}

/// Asks again and again, for a minute at most.
fn until<T>(mut ask: impl FnMut() -> Option<T>) -> T {
    let start = std::time::Instant::now();
    loop {
        if let Some(found) = ask() {
            return found;
        }
        assert!(start.elapsed() < Duration::from_secs(60), "it did not come");
        std::thread::yield_now();
    }
}
