//! `regain check` on a real installation: well when all is well, and naming what is not.

use super::world::{DOMAINS, person};
use std::process::Output;
use testbed::installation::{Installation, Plan};
use testbed::kannel::Kannel;
use testbed::slapd::{ServiceRight, Slapd, SlapdOptions};
use testbed::smtp::MailServer;

fn slapd(right: ServiceRight) -> Slapd {
    Slapd::start_with(SlapdOptions {
        people: vec![person("anna").mobile("+32 470 12 34 67")],
        right,
        ..SlapdOptions::default()
    })
}

/// What it printed, and whether its exit code says that all is well.
fn said(output: &Output) -> (String, bool) {
    let all = [&output.stdout, &output.stderr].map(|bytes| String::from_utf8_lossy(bytes).into_owned()).concat();
    let code = output.status.code();
    assert!(code == Some(0) || code == Some(1), "{code:?}: {all}");
    (all, code == Some(0))
}

/// Asserts that the check fails, and that one of its lines of failure says this.
#[track_caller]
fn fails(regain: &Installation, expected: &str) {
    let (said, is_well) = said(&regain.command(&["check"]));
    assert!(!is_well, "{said}");
    let is_named = said.lines().any(|line| line.contains("FAIL") && line.contains(expected));
    assert!(is_named, "no FAIL with {expected:?} in:\n{said}");
    for secret in [
        "svc-Password-1",
        "Wrong-Password-1",
        MailServer::PASSWORD,
        Kannel::PASSWORD,
        "+32470123467",
        "anna@home.example",
    ] {
        assert!(!said.contains(secret), "{secret} in:\n{said}");
    }
}

#[test]
fn a_check_names_what_is_wrong() {
    let (slapd, mails, kannel) = (slapd(ServiceRight::Write), MailServer::start(&DOMAINS), Kannel::start());
    let well = Plan::new(&slapd.url_ldaps(), &mails).directory_ca(slapd.ca_file()).sms(&kannel);
    let regain = Installation::write(&well);
    let (report, is_well) = said(&regain.command(&["check"]));
    assert!(is_well && !report.contains("FAIL"), "{report}");

    regain.rewrite(&Plan { bind_password: "Wrong-Password-1".to_owned(), ..well.clone() });
    fails(&regain, "bind as uid=regain,ou=svc,dc=example,dc=test");
    // The mail server's authority is a real one, and not the directory's.
    regain.rewrite(&well.clone().directory_ca(&mails.ca_file()));
    fails(&regain, "connection with TLS");
    regain.rewrite(&Plan { mail: (well.mail.0, slapd.ca_file().to_owned()), ..well.clone() });
    fails(&regain, "smtp");
    regain.rewrite(&Plan { sms_url: Some("http://127.0.0.1:1/cgi-bin/sendsms".to_owned()), ..well.clone() });
    fails(&regain, "kannel");
    regain.rewrite(&well);
    let (report, is_well) = said(&regain.command(&["check"]));
    assert!(is_well, "{report}");
}

#[test]
fn a_check_names_a_missing_right() {
    let (slapd, mails) = (slapd(ServiceRight::None), MailServer::start(&DOMAINS));
    let regain = Installation::write(&Plan::new(&slapd.url_ldaps(), &mails).directory_ca(slapd.ca_file()));
    fails(&regain, "right of uid=regain,ou=svc,dc=example,dc=test to set passwords: missing");
}
