//! A good day: all ten steps over LDAPS, STARTTLS and Kannel, and what the directory's own rules say on the way.

use super::world::{DOMAINS, NEW_PASSWORD, OLD_PASSWORD, code, mail, sms};
use regain_tests::{on, sign_in, to_methods};
use testbed::installation::{Installation, Plan};
use testbed::kannel::Kannel;
use testbed::slapd::{Person, Slapd};
use testbed::smtp::MailServer;

const ADDRESS: &str = "pcamille@home.example";
const NUMBER: &str = "+32470123467";

#[tokio::test]
async fn a_person_gets_back_into_a_real_directory() {
    let camille =
        Person::new("camille", "Camille", "D’Été", OLD_PASSWORD).alternate_mail(ADDRESS).mobile("+32 470 12 34 67");
    let dn = camille.dn();
    let slapd = Slapd::start(vec![camille]);
    let (mails, kannel) = (MailServer::start(&DOMAINS), Kannel::start());
    let regain = Installation::start(&Plan::new(&slapd.url_ldaps(), &mails).directory_ca(slapd.ca_file()).sms(&kannel));
    let mut walker = regain.walker("fr");

    to_methods(&mut walker, "camille@example.test").await;
    assert_eq!(walker.page().language, "fr");
    walker.press("method", "email").await;
    on(&walker, "code");
    let mail_code = code(&mail(&mails, ADDRESS, 1));
    walker.fill("one-time-code", &mail_code).go_on().await;
    on(&walker, "method");
    walker.press("method", "sms").await;
    on(&walker, "confirm-contact");
    walker.fill("tel", "0470/12.34.67").go_on().await;
    on(&walker, "code");
    let sms_code = code(&sms(&kannel, NUMBER, 1));
    walker.fill("one-time-code", &sms_code).go_on().await;
    on(&walker, "new-password");

    // What the directory refuses leads back here, with its reason, and the gates stay passed.
    for (refused, reason) in [(OLD_PASSWORD, "déjà"), ("Neuf-Car9", "plus long")] {
        walker.fill("new-password", refused).go_on().await;
        on(&walker, "new-password");
        let errors = walker.page().errors.join(" ");
        assert!(errors.contains(reason), "{refused}: {:#?}", walker.page());
        assert!(slapd.binds(&dn, OLD_PASSWORD), "nothing was written");
    }
    walker.fill("new-password", NEW_PASSWORD).go_on().await;
    on(&walker, "done");
    assert!(slapd.binds(&dn, NEW_PASSWORD));
    assert!(!slapd.binds(&dn, OLD_PASSWORD));

    walker.follow("/sign-in").await;
    sign_in(&mut walker, "camille", NEW_PASSWORD).await;
    on(&walker, "signed-in");
    assert!(walker.page().heading().contains("Camille D’Été"), "{:#?}", walker.page());

    // Both contacts are told; the link reports, and the secretariat hears of it.
    let told = [mail(&mails, ADDRESS, 2), sms(&kannel, NUMBER, 2)];
    for notice in &told {
        assert!(notice.link().is_some_and(|link| link.contains("/not-me?report=")), "{notice:?}");
        assert!(!notice.text.contains(NEW_PASSWORD) && notice.code().is_none(), "{notice:?}");
    }
    assert!(mails.mails_to("secretariat@example.test").is_empty());
    let link = told.first().and_then(|notice| notice.link()).expect("the mail has a link").to_owned();
    let mut owner = regain.walker("fr");
    owner.open(&link).await;
    on(&owner, "not-me");
    assert!(mails.mails_to("secretariat@example.test").is_empty(), "opening a link does nothing");
    owner.go_on().await;
    on(&owner, "not-me");
    let alert = mail(&mails, "secretariat@example.test", 1);
    assert!(alert.text.contains("camille"), "{alert:?}");
    assert!(!alert.text.contains(ADDRESS) && !alert.text.contains(NUMBER), "{alert:?}");

    let log = regain.log();
    for secret in
        [OLD_PASSWORD, NEW_PASSWORD, &mail_code, &sms_code, ADDRESS, NUMBER, MailServer::PASSWORD, Kannel::PASSWORD]
    {
        assert!(!log.contains(secret), "{secret} is in the log:\n{log}");
    }
}
