//! Whole walks through the real binary: what several scenes share.
//!
//! It knows the demo's accounts and the order of the pages, and of the pages only what their HTML promises.

use testbed::demo::Demo;
use testbed::walker::Walker;

/// A password that the demo takes.
pub const NEW_PASSWORD: &str = "Quatre-Bateaux-Verts-7";

/// An account of the demo with two contacts.
pub struct Person {
    pub user_name: &'static str,
    pub given_name: &'static str,
    pub email: &'static str,
    /// As people write it.
    pub mobile: &'static str,
    /// As gateways want it.
    pub mobile_e164: &'static str,
}

pub const CAMILLE: Person = Person {
    user_name: "camille.dubois@deuxrivieres.example",
    given_name: "Camille",
    email: "pcamille@charleroi.example",
    mobile: "0470 12 34 67",
    mobile_e164: "+32470123467",
};

pub const NOAH: Person = Person {
    user_name: "noah.peeters@deuxrivieres.example",
    given_name: "Noah",
    email: "nora.peeters@sambre.example",
    mobile: "0470/45.67.12",
    mobile_e164: "+32470456712",
};

pub const NOAHS_PASSWORD: &str = "Vier-Rode-Fietsen-9";

/// Asserts which page is in the tab.
///
/// # Panics
/// When it is another.
#[track_caller]
pub fn on(walker: &Walker, name: &str) {
    let page = walker.page();
    assert_eq!(page.name, name, "{page:#?}");
}

/// Goes from sign-in to the choice of a method.
pub async fn to_methods(walker: &mut Walker, user_name: &str) {
    walker.open("/sign-in").await;
    on(walker, "sign-in");
    walker.follow("/recover").await;
    on(walker, "identify");
    walker.fill("username", user_name).go_on().await;
    on(walker, "method");
}

/// Asks for the `n`th code by mail, on the page of methods, and types it.
pub async fn prove_by_email(demo: &Demo, walker: &mut Walker, email: &str, n: usize) {
    walker.press("method", "email").await;
    on(walker, "code");
    let code = demo.code("email", email, n).await;
    walker.fill("one-time-code", &code).go_on().await;
}

/// Asks for the `n`th code by SMS, on the page of methods, and types it as people do.
pub async fn prove_by_sms(demo: &Demo, walker: &mut Walker, person: &Person, n: usize) {
    walker.press("method", "sms").await;
    on(walker, "confirm-contact");
    walker.fill("tel", person.mobile).go_on().await;
    on(walker, "code");
    let code = demo.code("sms", person.mobile_e164, n).await;
    let (first, last) = code.split_at(3);
    walker.fill("one-time-code", &format!(" {first} {last}  ")).go_on().await;
}

/// Passes both gates.
pub async fn to_new_password(demo: &Demo, walker: &mut Walker, person: &Person) {
    to_methods(walker, person.user_name).await;
    prove_by_email(demo, walker, person.email, 1).await;
    on(walker, "method");
    prove_by_sms(demo, walker, person, 1).await;
    on(walker, "new-password");
}

/// The whole walk.
pub async fn reset(demo: &Demo, walker: &mut Walker, person: &Person, password: &str) {
    to_new_password(demo, walker, person).await;
    walker.fill("new-password", password).go_on().await;
    on(walker, "done");
}

/// Signs in, or tries to.
pub async fn sign_in(walker: &mut Walker, user_name: &str, password: &str) {
    walker.open("/sign-in").await;
    walker.fill("username", user_name).fill("current-password", password).go_on().await;
}
