//! Requests that no page of ours makes, and the addresses beside the walk.

use regain_tests::{CAMILLE, NEW_PASSWORD, NOAH, NOAHS_PASSWORD, on, sign_in, to_methods, to_new_password};
use testbed::demo::Demo;
use testbed::walker::encoded;

#[tokio::test]
async fn unknown_and_repeated_fields_are_refused() {
    let demo = Demo::start(&[]);
    let mut walker = demo.walker("en");
    walker.open("/recover").await;
    let token = walker.page().field("token").unwrap_or("").to_owned();
    let name = ("username", CAMILLE.user_name);
    let answer = walker.post("/recover/account", &[("token", &token), name, name]).await;
    assert_eq!(answer.status, 400);
    let answer = walker.post("/recover/account", &[("token", &token), name, ("admin", "1")]).await;
    assert_eq!(answer.header("location"), Some("/recover/account"), "nothing began");
    assert_eq!(walker.cookie("__Host-regain"), None);
    let answer = walker.post("/recover/account", &[name]).await;
    assert_eq!(answer.header("location"), Some("/recover/account"), "no token, no recovery");
    assert_eq!(walker.cookie("__Host-regain"), None);
}

#[tokio::test]
async fn another_host_name_is_not_served() {
    let demo = Demo::start(&[]);
    let answer = demo.walker("en").fetch("GET", "/recover", &[("host", "evil.example")], None).await;
    assert_eq!(answer.status, 421);
    assert!(!answer.body.contains("Regain") && !answer.body.contains("evil"), "{}", answer.body);
}

#[tokio::test]
async fn a_form_from_another_site_does_nothing() {
    let demo = Demo::start(&[]);
    let mut walker = demo.walker("en");
    to_methods(&mut walker, CAMILLE.user_name).await;
    let [token, version] = ["token", "version"].map(|name| walker.page().field(name).unwrap_or("").to_owned());
    let form = encoded(&[("token", &token), ("version", &version), ("method", "email")]);
    for headers in [
        [("origin", "https://evil.example"), ("sec-fetch-mode", "navigate")],
        [("origin", "null"), ("sec-fetch-site", "cross-site")],
        [("origin", "null"), ("sec-fetch-site", "same-site")],
    ] {
        let answer = walker.fetch("POST", "/recover/method", &headers, Some(&form)).await;
        assert_eq!(answer.header("location"), Some("/recover/method"), "{headers:?}");
    }
    assert!(demo.messages().await.is_empty());
    walker.open("/recover/method").await;
    on(&walker, "method");
    walker.press("method", "email").await;
    on(&walker, "code");
}

#[tokio::test]
async fn an_oversize_form_is_refused() {
    let demo = Demo::start(&[]);
    let form = format!("username={}", "a".repeat(100_000));
    let answer = demo.walker("en").fetch("POST", "/recover/account", &[], Some(&form)).await;
    assert_eq!(answer.status, 413);
}

#[tokio::test]
async fn looking_at_pages_changes_nothing() {
    let demo = Demo::start(&[]);
    let mut walker = demo.walker("en");
    to_methods(&mut walker, CAMILLE.user_name).await;
    walker.press("method", "email").await;
    let code = demo.code("email", CAMILLE.email, 1).await;
    let before = walker.cookie("__Host-regain").map(str::to_owned);
    for path in
        ["method", "contact", "code?do=cancel", "code?do=fresh", "password", "done", "stopped", "code?code=000000"]
    {
        walker.open(&format!("/recover/{path}")).await;
        on(&walker, "code");
    }
    let head = walker.fetch("HEAD", "/recover/code", &[], None).await;
    assert_eq!((head.status, head.body.as_str()), (200, ""));
    assert_eq!(walker.cookie("__Host-regain"), before.as_deref());
    assert_eq!(demo.messages().await.len(), 1);
    walker.fill("one-time-code", &code).go_on().await;
    on(&walker, "method");
}

#[tokio::test]
async fn other_methods_of_http_are_refused() {
    let demo = Demo::start(&[]);
    for method in ["PUT", "DELETE", "OPTIONS", "TRACE"] {
        let answer = demo.walker("en").fetch(method, "/recover", &[], None).await;
        assert_eq!(answer.status, 405, "{method}");
        assert!(answer.header("allow").is_some(), "{method}");
    }
}

#[tokio::test]
async fn the_addresses_beside_the_walk_answer() {
    let demo = Demo::start(&[]);
    let mut walker = demo.walker("en");
    walker.open("/.well-known/change-password").await;
    on(&walker, "sign-in");
    for (path, part) in [
        ("/.well-known/security.txt", "Contact: mailto:"),
        ("/healthz", "alive"),
        ("/readyz", "ready"),
        ("/robots.txt", "Disallow: /"),
        ("/favicon.ico", "<svg"),
    ] {
        let answer = walker.fetch("GET", path, &[], None).await;
        assert_eq!(answer.status, 200, "{path}");
        assert!(answer.body.contains(part), "{path}: {}", answer.body);
    }
    walker.open("/nowhere").await;
    on(&walker, "error");
    assert_eq!(walker.page().status, 404);
    walker.open("/").await;
    on(&walker, "sign-in");
}

#[tokio::test]
async fn a_demo_for_the_neighbours_has_tls() {
    let demo = Demo::start_on("0.0.0.0:0", &[]);
    let port = demo.base.rsplit(':').next().expect("an address has a port");
    assert!(demo.base.starts_with("https://"), "{}", demo.base);
    let mut walker = testbed::walker::Walker::new(&format!("https://127.0.0.1:{port}"), "en");
    walker.open("/recover").await;
    on(&walker, "identify");
    walker.fill("username", CAMILLE.user_name).go_on().await;
    on(&walker, "method");
}

/// The field is there for password managers; whose password is set was decided by whose codes were typed.
#[tokio::test]
async fn a_user_name_in_the_last_request_names_nobody() {
    let demo = Demo::start(&[]);
    let mut walker = demo.walker("en");
    to_new_password(&demo, &mut walker, &CAMILLE).await;
    let [token, version] = ["token", "version"].map(|name| walker.page().field(name).unwrap_or("").to_owned());
    let form = [
        ("token", token.as_str()),
        ("version", &version),
        ("username", NOAH.user_name),
        ("password", NEW_PASSWORD),
        ("again", NEW_PASSWORD),
    ];
    let answer = walker.post("/recover/password", &form).await;
    assert_eq!(answer.header("location"), Some("/recover/done"));
    sign_in(&mut walker, NOAH.user_name, NEW_PASSWORD).await;
    on(&walker, "sign-in");
    sign_in(&mut walker, NOAH.user_name, NOAHS_PASSWORD).await;
    on(&walker, "signed-in");
    let mut camille = demo.walker("en");
    sign_in(&mut camille, CAMILLE.user_name, NEW_PASSWORD).await;
    on(&camille, "signed-in");
}
