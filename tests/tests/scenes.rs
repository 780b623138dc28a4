//! What else happens on the way: mistakes, second thoughts, accounts that can't finish, and two of everything.

use regain_tests::{
    CAMILLE, NEW_PASSWORD, NOAH, NOAHS_PASSWORD, on, prove_by_email, prove_by_sms, reset, sign_in, to_methods,
    to_new_password,
};
use testbed::demo::Demo;
use testbed::walker::Walker;

const LENA: &str = "lena.schmitz@deuxrivieres.example";
const LOUIS: &str = "louis.lambert@deuxrivieres.example";
const HUGO: &str = "hugo.martin@deuxrivieres.example";
const EMMA: &str = "emma.claes@deuxrivieres.example";
const UNKNOWN: &str = "jemand.anders@deuxrivieres.example";

/// The code with its last digit changed.
fn wrong(code: &str) -> String {
    let (first, last) = code.split_at(5);
    format!("{first}{}", if last == "0" { '1' } else { '0' })
}

#[tokio::test]
async fn one_number_is_one_proof_whatever_the_method() {
    let demo = Demo::start(&[]);
    let mut walker = demo.walker("en");
    to_methods(&mut walker, LENA).await;
    let all = walker.page().choices("method").len();
    walker.press("method", "sms").await;
    walker.fill("tel", "0470987635").go_on().await;
    let code = demo.code("sms", "+32470987635", 1).await;
    walker.fill("one-time-code", &code).go_on().await;
    on(&walker, "method");
    assert!(!walker.page().text.contains("*****35"), "the mobile is used up: {}", walker.page().text);
    assert!(walker.page().text.contains("*****90"), "the office phone is left: {}", walker.page().text);
    assert!(walker.page().choices("method").len() < all);
    // Neither is it taken when a form asks for it all the same.
    let [token, version] = ["token", "version"].map(|name| walker.page().field(name).unwrap_or("").to_owned());
    walker.post("/recover/method", &[("token", &token), ("version", &version), ("method", "sms")]).await;
    walker.open("/recover/method").await;
    on(&walker, "method");
}

#[tokio::test]
async fn the_fifth_wrong_code_ends_the_recovery() {
    let demo = Demo::start(&[]);
    let mut walker = demo.walker("en");
    to_methods(&mut walker, CAMILLE.user_name).await;
    walker.press("method", "email").await;
    let code = demo.code("email", CAMILLE.email, 1).await;
    for left in ["4 tries", "3 tries", "2 tries", "one try"] {
        walker.fill("one-time-code", &wrong(&code)).go_on().await;
        on(&walker, "code");
        assert!(walker.page().errors.concat().contains(left), "{left} was expected: {:?}", walker.page().errors);
        assert_eq!(walker.page().field("code"), Some(""), "a code is not filled in again");
    }
    walker.fill("one-time-code", &wrong(&code)).go_on().await;
    on(&walker, "stopped");
    assert!(walker.page().has_link("/recover"), "the way back in is on the page");
    // The right one is of no more use.
    walker.open("/recover/code").await;
    on(&walker, "stopped");
}

#[tokio::test]
async fn letters_in_a_code_cost_no_try() {
    let demo = Demo::start(&[]);
    let mut walker = demo.walker("en");
    to_methods(&mut walker, CAMILLE.user_name).await;
    walker.press("method", "email").await;
    for _ in 0..6 {
        walker.fill("one-time-code", "abc").go_on().await;
        on(&walker, "code");
        assert_eq!(walker.page().errors.len(), 1);
    }
    let code = demo.code("email", CAMILLE.email, 1).await;
    walker.fill("one-time-code", &code).go_on().await;
    on(&walker, "method");
}

#[tokio::test]
async fn a_fresh_code_asked_for_too_early_is_not_sent() {
    let demo = Demo::start(&[]);
    let mut walker = demo.walker("en");
    to_methods(&mut walker, CAMILLE.user_name).await;
    walker.press("method", "email").await;
    let code = demo.code("email", CAMILLE.email, 1).await;
    walker.press("do", "fresh").await;
    on(&walker, "code");
    assert!(walker.page().news.is_some(), "the page says when: {:#?}", walker.page());
    walker.fill("one-time-code", &code).go_on().await;
    on(&walker, "method");
    assert_eq!(demo.messages().await.len(), 1);
}

#[tokio::test]
async fn a_mistyped_number_can_be_corrected_at_once() {
    let demo = Demo::start(&[]);
    let mut walker = demo.walker("en");
    to_methods(&mut walker, CAMILLE.user_name).await;
    walker.press("method", "sms").await;
    walker.fill("tel", "12").go_on().await;
    on(&walker, "confirm-contact");
    assert_eq!(walker.page().errors.len(), 1, "no number at all");
    walker.fill("tel", "0470 12 34 68").go_on().await;
    on(&walker, "confirm-contact");
    assert_eq!(walker.page().errors.len(), 1, "it does not end as shown");
    walker.fill("tel", "0471 99 99 67").go_on().await;
    on(&walker, "code");
    assert!(walker.page().text.contains("0471 99 99 67"), "{}", walker.page().text);
    walker.follow("/recover/contact").await;
    on(&walker, "confirm-contact");
    walker.fill("tel", "٠٤٧٠ ١٢ ٣٤ ٦٧").go_on().await;
    on(&walker, "code");
    let code = demo.code("sms", CAMILLE.mobile_e164, 1).await;
    walker.fill("one-time-code", &code).go_on().await;
    on(&walker, "method");
    assert_eq!(demo.messages().await.len(), 1, "nothing went to the number that is not on record");
}

#[tokio::test]
async fn another_method_may_be_used_instead() {
    let demo = Demo::start(&[]);
    let mut walker = demo.walker("fr");
    to_methods(&mut walker, CAMILLE.user_name).await;
    walker.press("method", "email").await;
    walker.press("do", "method").await;
    on(&walker, "method");
    walker.press("method", "call").await;
    walker.fill("tel", "+32 470 12 34 67").go_on().await;
    on(&walker, "code");
    let code = demo.code("call", CAMILLE.mobile_e164, 1).await;
    walker.fill("one-time-code", &code).go_on().await;
    on(&walker, "method");
    assert_eq!(walker.page().choices("method"), ["email", "none"]);
}

#[tokio::test]
async fn cancel_ends_on_every_page_and_leads_to_sign_in() {
    let demo = Demo::start(&[]);
    let mut walker = demo.walker("en");
    walker.open("/recover").await;
    walker.press("do", "cancel").await;
    on(&walker, "sign-in");

    to_methods(&mut walker, CAMILLE.user_name).await;
    walker.press("do", "cancel").await;
    on(&walker, "stopped");
    assert!(walker.page().has_link("/sign-in"));

    to_methods(&mut walker, CAMILLE.user_name).await;
    walker.press("method", "sms").await;
    walker.press("do", "cancel").await;
    on(&walker, "stopped");

    to_new_password(&demo, &mut walker, &CAMILLE).await;
    walker.press("do", "cancel").await;
    on(&walker, "stopped");
    walker.open("/recover/password").await;
    on(&walker, "stopped");
}

#[tokio::test]
async fn more_time_is_given_on_the_code_and_the_password_page() {
    let demo = Demo::start(&[]);
    let mut walker = demo.walker("en");
    to_methods(&mut walker, CAMILLE.user_name).await;
    walker.press("method", "email").await;
    walker.press("do", "more-time").await;
    on(&walker, "code");
    assert!(walker.page().news.as_deref().is_some_and(|news| news.contains("time until")), "{:?}", walker.page().news);
    let code = demo.code("email", CAMILLE.email, 1).await;
    walker.fill("one-time-code", &code).go_on().await;
    prove_by_sms(&demo, &mut walker, &CAMILLE, 1).await;
    walker.press("do", "more-time").await;
    on(&walker, "new-password");
    assert!(walker.page().news.is_some());
}

#[tokio::test]
async fn none_of_these_leads_to_people() {
    let demo = Demo::start(&[]);
    let mut walker = demo.walker("en");
    to_methods(&mut walker, CAMILLE.user_name).await;
    walker.press("method", "none").await;
    on(&walker, "stopped");
    assert!(walker.page().text.contains("071 12 34 50"));
    walker.follow("/contact-helpdesk").await;
    on(&walker, "contact-helpdesk");
}

#[tokio::test]
async fn a_refused_password_keeps_the_gates_and_says_why() {
    let demo = Demo::start(&[]);
    let mut walker = demo.walker("en");
    to_new_password(&demo, &mut walker, &CAMILLE).await;
    for bad in ["short", "alllowercaseletters1!", "Camille-Bateaux-7!", "P@ssw0rd"] {
        walker.fill("new-password", bad).go_on().await;
        assert_eq!(walker.page().name, "new-password", "{bad} was taken");
        assert!(!walker.page().errors.is_empty(), "{bad} was taken");
        assert_eq!(walker.page().field("password"), Some(""), "a password is not filled in again");
    }
    walker.fill("password", NEW_PASSWORD).fill("again", "Another-Password-7").go_on().await;
    on(&walker, "new-password");
    assert_eq!(walker.page().errors.len(), 1);
    walker.fill("new-password", NEW_PASSWORD).go_on().await;
    on(&walker, "done");
}

#[tokio::test]
async fn an_account_with_one_contact_ends_with_the_truth_and_its_owner_is_told() {
    let demo = Demo::start(&[]);
    let mut walker = demo.walker("en");
    to_methods(&mut walker, LOUIS).await;
    assert!(walker.page().choices("method").len() > 2, "it looks like any other: {:#?}", walker.page());
    prove_by_email(&demo, &mut walker, "famille.lambert@charleroi.example", 1).await;
    on(&walker, "stopped");
    assert!(walker.page().text.contains("071 12 34 50") && walker.page().has_link("/contact-helpdesk"));
    let told = demo.message("email", "famille.lambert@charleroi.example", 2).await;
    assert!(told.code().is_none() && told.text.contains("071 12 34 50"), "{told:#?}");
}

#[tokio::test]
async fn a_disabled_account_ends_with_the_truth_after_the_first_proof() {
    let demo = Demo::start(&[]);
    let mut walker = demo.walker("en");
    to_methods(&mut walker, HUGO).await;
    prove_by_email(&demo, &mut walker, "hugo.martin@sambre.example", 1).await;
    on(&walker, "stopped");
    assert!(walker.page().heading().contains("switched off"), "{}", walker.page().heading());
    let told = demo.message("email", "hugo.martin@sambre.example", 2).await;
    assert!(told.code().is_none(), "the owner is told: {told:#?}");
}

/// What a stranger sees of a name on the way to the first wrong code: page, status, header names and size of each answer.
async fn seen(demo: &Demo, user_name: &str) -> Vec<(String, u16, Vec<String>, usize)> {
    fn look(walker: &Walker) -> (String, u16, Vec<String>, usize) {
        let page = walker.page();
        (
            format!("{} {:?}", page.name, page.choices("method")),
            page.status,
            page.headers.iter().map(|(name, _)| name.clone()).collect(),
            page.bytes,
        )
    }
    let mut walker = demo.walker("en");
    to_methods(&mut walker, user_name).await;
    let mut all = vec![look(&walker)];
    let kind = walker.page().choices("method")[0].to_owned();
    walker.press("method", &kind).await;
    all.push(look(&walker));
    if walker.page().name == "code" {
        walker.fill("one-time-code", "000000").go_on().await;
        all.push(look(&walker));
        walker.press("do", "fresh").await;
        all.push(look(&walker));
    }
    walker.press("do", "cancel").await;
    all.push(look(&walker));
    all
}

#[tokio::test]
async fn an_unknown_name_looks_like_a_real_one() {
    const BYTES_APART_MAX: usize = 400;
    let demo = Demo::start(&[]);
    // Names of one length, so that only what they lead to can tell.
    let real = seen(&demo, "noah.peeters").await;
    let shape = |seen: &[(String, u16, Vec<String>, usize)]| -> Vec<(u16, Vec<String>)> {
        seen.iter().map(|(_, status, headers, _)| (*status, headers.clone())).collect()
    };
    let mut unknown_like_it = 0;
    for name in ["nora.peetera", "jana.willems", "noel.peeters", "jane.mueller", "emil.lambert", "toon.maesens"] {
        let unknown = seen(&demo, name).await;
        if unknown[0].0 != real[0].0 {
            continue; // A decoy with other methods, as some real accounts have.
        }
        unknown_like_it += 1;
        assert_eq!(shape(&real), shape(&unknown), "{name}");
        for (one, other) in real.iter().zip(&unknown) {
            assert_eq!(one.0, other.0, "{name}");
            assert!(one.3.abs_diff(other.3) <= BYTES_APART_MAX, "{name}: {one:?} and {other:?}");
        }
    }
    assert!(unknown_like_it > 0, "no decoy looks like the most usual account");
    for name in [EMMA, LOUIS, HUGO, UNKNOWN] {
        let other = seen(&demo, name).await;
        assert!(other.iter().all(|(_, status, _, _)| *status == 200), "{name}: {other:?}");
        assert_eq!(shape(&real)[0], shape(&other)[0], "{name}");
    }
    let sent_to: Vec<String> = demo.messages().await.into_iter().map(|message| message.to).collect();
    assert!(sent_to.iter().all(|to| to != UNKNOWN), "{sent_to:?}");
}

#[tokio::test]
async fn two_realms_are_chosen_among_and_keep_their_people_apart() {
    let demo = Demo::start(&["--realms", "2"]);
    let mut walker = demo.walker("en");
    walker.open("/recover").await;
    on(&walker, "realm");
    assert_eq!(walker.page().choices("realm"), ["pupils", "staff"]);
    walker.press("realm", "pupils").await;
    on(&walker, "identify");
    walker.fill("username", CAMILLE.user_name).go_on().await;
    on(&walker, "method");
    prove_by_email(&demo, &mut walker, CAMILLE.email, 1).await;
    on(&walker, "method");

    // The same name among the staff is nobody's: nothing is sent to her.
    walker.open("/recover").await;
    walker.press("realm", "staff").await;
    walker.fill("username", CAMILLE.user_name).go_on().await;
    on(&walker, "method");
    let sent = demo.messages().await.len();
    let kind = walker.page().choices("method")[0].to_owned();
    walker.press("method", &kind).await;
    assert_eq!(demo.messages().await.len(), sent);

    sign_in(&mut walker, NOAH.user_name, NOAHS_PASSWORD).await;
    on(&walker, "signed-in");
}

#[tokio::test]
async fn the_chosen_language_stays() {
    let demo = Demo::start(&[]);
    let mut walker = demo.walker("fr");
    to_methods(&mut walker, CAMILLE.user_name).await;
    walker.switch_language("nl").await;
    on(&walker, "method");
    assert_eq!(walker.page().language, "nl");
    walker.press("method", "email").await;
    assert_eq!(walker.page().language, "nl");
    let mail = demo.message("email", CAMILLE.email, 1).await;
    assert!(mail.text.contains("Secretariaat") || mail.text.contains("secretariaat"), "mail follows: {mail:?}");
    walker.open("/sign-in").await;
    assert_eq!(walker.page().language, "nl");
}

#[tokio::test]
async fn a_second_tab_that_is_behind_is_shown_where_things_stand() {
    let demo = Demo::start(&[]);
    let mut walker = demo.walker("en");
    to_methods(&mut walker, CAMILLE.user_name).await;
    walker.press("method", "email").await;
    let code = demo.code("email", CAMILLE.email, 1).await;
    let mut behind = walker.clone();
    walker.fill("one-time-code", &code).go_on().await;
    on(&walker, "method");
    behind.fill("one-time-code", &wrong(&code)).go_on().await;
    on(&behind, "method");
    assert!(behind.page().errors.is_empty(), "the old form counted for nothing");
    // Replaying the form with the right code passes no second gate.
    let mut again = walker.clone();
    again.open("/recover/method").await;
    assert_eq!(again.page().choices("method"), ["sms", "call", "none"]);
}

#[tokio::test]
async fn a_replayed_form_does_nothing_twice() {
    let demo = Demo::start(&[]);
    let mut walker = demo.walker("en");
    to_new_password(&demo, &mut walker, &CAMILLE).await;
    let mut twin = walker.clone();
    walker.fill("new-password", NEW_PASSWORD).go_on().await;
    on(&walker, "done");
    twin.fill("new-password", "Another-Password-8").go_on().await;
    on(&twin, "done");
    sign_in(&mut twin, CAMILLE.user_name, "Another-Password-8").await;
    on(&twin, "sign-in");
    sign_in(&mut twin, CAMILLE.user_name, NEW_PASSWORD).await;
    on(&twin, "signed-in");
}

#[tokio::test]
async fn a_code_is_of_no_use_in_another_browser() {
    let demo = Demo::start(&[]);
    let mut walker = demo.walker("en");
    to_methods(&mut walker, CAMILLE.user_name).await;
    walker.press("method", "email").await;
    let code = demo.code("email", CAMILLE.email, 1).await;
    walker.forget_cookies();
    walker.fill("one-time-code", &code).go_on().await;
    on(&walker, "stopped");
}

#[tokio::test]
async fn a_letter_to_the_secretariat_arrives() {
    let demo = Demo::start(&[]);
    let mut walker = demo.walker("en");
    walker.open("/contact-helpdesk").await;
    walker.go_on().await;
    assert_eq!(walker.page().errors.len(), 3, "{:#?}", walker.page());
    walker.fill("name", "Camille").fill("reach", "0470 00 00 00").fill("what", "New phone, no code <b>!").go_on().await;
    on(&walker, "contact-helpdesk");
    assert!(walker.page().forms.is_empty(), "it is sent: {:#?}", walker.page());
    let letter = demo.message("email", "secretariat@deuxrivieres.example", 1).await;
    assert!(letter.text.contains("New phone, no code <b>!") && letter.text.contains("0470 00 00 00"), "{letter:?}");
}

#[tokio::test]
async fn that_was_not_me_alerts_and_pauses() {
    let demo = Demo::start(&[]);
    let mut walker = demo.walker("en");
    reset(&demo, &mut walker, &CAMILLE, NEW_PASSWORD).await;
    let notice = demo.message("email", CAMILLE.email, 2).await;
    let link = notice.link().expect("the notice has a link").to_owned();

    let mut owner = demo.walker("en");
    owner.open(&link).await;
    on(&owner, "not-me");
    owner.go_on().await;
    on(&owner, "not-me");
    assert!(owner.page().forms.is_empty());
    let alert = demo.message("email", "secretariat@deuxrivieres.example", 1).await;
    assert!(alert.text.contains("regain resume"), "{alert:?}");
    owner.open(&link).await;
    assert!(owner.page().forms.is_empty(), "a link reports once");

    let mut thief = demo.walker("en");
    to_methods(&mut thief, CAMILLE.user_name).await;
    prove_by_email(&demo, &mut thief, CAMILLE.email, 3).await;
    on(&thief, "stopped");
    assert!(thief.page().heading().contains("protected"), "{}", thief.page().heading());
}

#[tokio::test]
async fn a_password_is_changed_with_the_old_one() {
    let demo = Demo::start(&[]);
    let mut walker = demo.walker("en");
    sign_in(&mut walker, NOAH.user_name, NOAHS_PASSWORD).await;
    walker.follow("/change-password").await;
    on(&walker, "change-password");
    walker.fill("current-password", "not-the-old-one").fill("new-password", NEW_PASSWORD).go_on().await;
    on(&walker, "change-password");
    assert_eq!(walker.page().errors.len(), 1);
    walker.fill("current-password", NOAHS_PASSWORD).fill("new-password", NEW_PASSWORD).go_on().await;
    on(&walker, "signed-in");
    demo.message("email", NOAH.email, 1).await;
    walker.go_on().await;
    on(&walker, "sign-in");
    walker.open("/signed-in").await;
    on(&walker, "sign-in");
    sign_in(&mut walker, NOAH.user_name, NEW_PASSWORD).await;
    on(&walker, "signed-in");
}

const BROWSER: &str = "__Host-regain-browser";

#[tokio::test]
async fn a_browser_is_given_its_cookie_by_the_walks_first_page_and_known_once_it_got_in() {
    let demo = Demo::start(&[]);
    let mut walker = demo.walker("en");
    for path in ["/", "/sign-in", "/contact-helpdesk", "/recover/code"] {
        walker.open(path).await;
        assert_eq!(walker.cookie(BROWSER), None, "{path}: no walk begins there");
    }
    walker.open("/recover/account").await;
    let stranger = walker.cookie(BROWSER).expect("the walk's first page gives one").to_owned();
    to_methods(&mut walker, UNKNOWN).await;
    assert_eq!(walker.cookie(BROWSER), Some(stranger.as_str()));
    let mut other = demo.walker("en");
    to_methods(&mut other, UNKNOWN).await;
    assert_ne!(other.cookie(BROWSER), Some(stranger.as_str()), "each browser has its own");
    to_new_password(&demo, &mut walker, &CAMILLE).await;
    assert_eq!(walker.cookie(BROWSER), Some(stranger.as_str()), "passing gates earns nothing");
    walker.fill("new-password", NEW_PASSWORD).go_on().await;
    on(&walker, "done");
    let known = walker.cookie(BROWSER).expect("a cookie").to_owned();
    assert_ne!(known, stranger);
    assert_eq!(known.len(), stranger.len(), "nobody sees from outside what it holds");
    for part in [CAMILLE.user_name, "camille"] {
        assert!(!known.contains(part));
    }
}

#[tokio::test]
async fn who_signs_out_may_make_the_browser_forget_them() {
    let demo = Demo::start(&[]);
    let mut walker = demo.walker("en");
    sign_in(&mut walker, NOAH.user_name, "not his password").await;
    assert_eq!(walker.cookie(BROWSER), None, "a wrong password earns nothing");
    sign_in(&mut walker, NOAH.user_name, NOAHS_PASSWORD).await;
    on(&walker, "signed-in");
    assert!(walker.cookie(BROWSER).is_some());
    walker.go_on().await;
    on(&walker, "sign-in");
    assert!(walker.cookie(BROWSER).is_some(), "signing out alone keeps it");
    sign_in(&mut walker, NOAH.user_name, NOAHS_PASSWORD).await;
    walker.press("do", "forget").await;
    on(&walker, "sign-in");
    assert_eq!(walker.cookie(BROWSER), None);
}
