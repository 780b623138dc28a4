//! The ten steps in each language, through the real binary, with a browser that knows no JavaScript.

use regain_tests::{
    CAMILLE, NEW_PASSWORD, NOAH, NOAHS_PASSWORD, on, prove_by_email, prove_by_sms, reset, sign_in, to_methods,
};
use testbed::demo::Demo;

/// All ten steps, and sign-in with the new password.
async fn walks(language: &str, greeting: &str) {
    let demo = Demo::start(&[]);
    let mut walker = demo.walker(language);

    to_methods(&mut walker, CAMILLE.user_name).await;
    assert_eq!(walker.page().language, language);
    assert_eq!(walker.page().choices("method"), ["email", "sms", "call", "none"]);
    let offered = walker.page().text.clone();
    assert!(offered.contains("*****67") && offered.contains("@charleroi.example"), "{offered}");
    assert!(!offered.contains("pcamille") && !offered.contains("0470"), "{offered}");
    assert!(offered.contains("071 12 34 50"), "the secretariat is named: {offered}");

    prove_by_email(&demo, &mut walker, CAMILLE.email, 1).await;
    on(&walker, "method");
    assert_eq!(walker.page().choices("method"), ["sms", "call", "none"], "the mailbox has proven what it can");
    assert!(walker.page().news.is_some(), "a passed gate is praised");

    prove_by_sms(&demo, &mut walker, &CAMILLE, 1).await;
    on(&walker, "new-password");
    assert_eq!(walker.page().field("username"), Some(CAMILLE.user_name), "a password manager learns whose it is");

    walker.fill("new-password", NEW_PASSWORD).go_on().await;
    on(&walker, "done");
    assert_eq!(walker.page().language, language);

    walker.follow("/sign-in").await;
    walker.fill("username", CAMILLE.user_name).fill("current-password", NEW_PASSWORD).go_on().await;
    on(&walker, "signed-in");
    assert_eq!(walker.page().heading(), greeting);
}

#[tokio::test]
async fn a_person_gets_back_in_french() {
    walks("fr", "Bonjour Camille Dubois\u{a0}!").await;
}

#[tokio::test]
async fn a_person_gets_back_in_dutch() {
    walks("nl", "Dag Camille Dubois!").await;
}

#[tokio::test]
async fn a_person_gets_back_in_german() {
    walks("de", "Guten Tag, Camille Dubois!").await;
}

#[tokio::test]
async fn a_person_gets_back_in_english() {
    walks("en", "Hello Camille Dubois!").await;
}

#[tokio::test]
async fn the_new_password_works_and_the_old_one_does_not() {
    let demo = Demo::start(&[]);
    let mut walker = demo.walker("en");
    sign_in(&mut walker, NOAH.user_name, NOAHS_PASSWORD).await;
    on(&walker, "signed-in");

    let mut other = demo.walker("en");
    reset(&demo, &mut other, &NOAH, NEW_PASSWORD).await;

    sign_in(&mut other, NOAH.user_name, NOAHS_PASSWORD).await;
    on(&other, "sign-in");
    assert_eq!(other.page().errors.len(), 1);
    sign_in(&mut other, NOAH.user_name, NEW_PASSWORD).await;
    on(&other, "signed-in");
}

#[tokio::test]
async fn every_contact_is_told() {
    let demo = Demo::start(&[]);
    let mut walker = demo.walker("en");
    reset(&demo, &mut walker, &CAMILLE, NEW_PASSWORD).await;
    let mail = demo.message("email", CAMILLE.email, 2).await;
    assert!(mail.link().is_some_and(|link| link.contains("/not-me?")), "{mail:?}");
    let sms = demo.message("sms", CAMILLE.mobile_e164, 2).await;
    assert!(sms.text.contains("/not-me?"), "{sms:?}");
    for message in demo.messages().await {
        assert!(!message.text.contains(NEW_PASSWORD), "{message:?}");
        assert!(message.code().is_none() || message.link().is_none(), "a message with a code has no link: {message:?}");
    }
}
