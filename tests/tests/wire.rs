//! What goes over the wire, whatever is asked: headers, cookies, whose form it is, and what a GET may do.

use regain_tests::{CAMILLE, NEW_PASSWORD, on, reset, sign_in, to_methods};
use rusqlite::types::Value;
use rusqlite::{Connection, OpenFlags};
use std::collections::BTreeSet;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::Path;
use testbed::demo::Demo;
use testbed::walker::{Answer, Walker, encoded};

/// Sends bytes as they are, and reads until the server closes.
fn raw(demo: &Demo, request: &str) -> String {
    let address = demo.base.rsplit('/').next().expect("an address");
    let mut stream = TcpStream::connect(address).expect("the demo listens");
    stream.set_read_timeout(Some(std::time::Duration::from_secs(60))).expect("a time-out");
    stream.write_all(request.replace("HOST", address).as_bytes()).expect("the demo reads");
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    String::from_utf8_lossy(&answer).into_owned()
}

#[tokio::test]
async fn every_answer_has_the_headers_that_protect_it() {
    let demo = Demo::start(&[]);
    let big = format!("username={}", "a".repeat(100_000));
    let wrong_host = [("host", "evil.example")];
    let asked: [(u16, &str, &str, &[(&str, &str)], Option<&str>); 12] = [
        (200, "GET", "/sign-in", &[], None),
        (200, "GET", "/recover/code", &[], None),
        (200, "GET", "/healthz", &[], None),
        (200, "GET", "/robots.txt", &[], None),
        (200, "GET", "/demo/messages.json", &[], None),
        (303, "POST", "/recover/account", &[], Some("username=x")),
        (400, "POST", "/recover/account", &[], Some("a=%FF")),
        (400, "GET", "/recover?realm=a&realm=b", &[], None),
        (404, "GET", "/nowhere", &[], None),
        (405, "PUT", "/recover", &[], None),
        (413, "POST", "/recover/account", &[], Some(&big)),
        (421, "GET", "/recover", &wrong_host, None),
    ];
    for (status, method, path, headers, form) in asked {
        // A connection each: one of them is closed because its body was too long.
        let answer = demo.walker("en").fetch(method, path, headers, form).await;
        assert_eq!(answer.status, status, "{method} {path}");
        is_protected(path, &answer);
        let is_page = answer.header("content-type").is_some_and(|kind| kind.starts_with("text/html"));
        if status >= 400 && status != 421 {
            assert!(is_page && answer.body.contains("data-page=\"error\""), "{path}: {}", answer.body);
        }
    }
}

fn is_protected(path: &str, answer: &Answer) {
    for (name, value) in [
        ("x-content-type-options", "nosniff"),
        ("x-frame-options", "DENY"),
        ("referrer-policy", "no-referrer"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
        ("cross-origin-embedder-policy", "require-corp"),
    ] {
        assert_eq!(answer.header(name), Some(value), "{name} of {path}");
        assert_eq!(answer.headers.iter().filter(|(known, _)| known == name).count(), 1, "{name} of {path}");
    }
    assert!(answer.header("permissions-policy").is_some_and(|policy| policy.contains("camera=()")), "{path}");
    let policy = answer.header("content-security-policy").unwrap_or_default();
    for part in ["default-src 'none'", "base-uri 'none'", "frame-ancestors 'none'", "form-action '"] {
        assert!(policy.contains(part), "{part} in the policy of {path}: {policy}");
    }
    assert!(!policy.contains("unsafe") && !policy.contains('*') && !policy.contains("http"), "{path}: {policy}");
    assert_eq!(answer.header("strict-transport-security"), None, "no promise of TLS where there is none: {path}");
    assert_eq!(answer.header("access-control-allow-origin"), None, "{path}");
    assert_eq!(answer.header("server"), None, "{path}");
}

#[tokio::test]
async fn a_site_with_tls_keeps_browsers_to_it() {
    let demo = Demo::start_on("0.0.0.0:0", &[]);
    let port = demo.base.rsplit(':').next().expect("an address has a port");
    let mut walker = Walker::new(&format!("https://127.0.0.1:{port}"), "en");
    for path in ["/sign-in", "/healthz", "/nowhere"] {
        let answer = walker.fetch("GET", path, &[], None).await;
        assert_eq!(answer.header("strict-transport-security"), Some("max-age=31536000"), "{path}");
    }
}

/// The life and the reach of each cookie, as a browser is told.
#[tokio::test]
async fn cookies_reach_no_further_than_they_must() {
    let demo = Demo::start(&[]);
    let mut walker = demo.walker("en");
    let given = |answer: &Answer, name: &str| {
        let start = format!("{name}=");
        let lines = answer.headers.iter().filter(|(header, _)| header == "set-cookie");
        let line = lines.map(|(_, line)| line).find(|line| line.starts_with(&start));
        line.unwrap_or_else(|| panic!("no {name} in {:?}", answer.headers))
            .split_once("; ")
            .expect("attributes")
            .1
            .to_owned()
    };
    let answer = walker.fetch("GET", "/recover", &[], None).await;
    assert_eq!(given(&answer, "__Host-regain-forms"), "Path=/; Secure; HttpOnly; SameSite=Strict");
    walker.open("/recover?language=nl").await;
    let token = walker.page().field("token").unwrap_or("").to_owned();
    let answer = walker.post("/recover/account", &[("token", &token), ("username", CAMILLE.user_name)]).await;
    assert_eq!(given(&answer, "__Host-regain"), "Path=/; Secure; HttpOnly; SameSite=Strict", "as long as the browser");
    let answer = walker.fetch("GET", "/sign-in?language=nl", &[], None).await;
    assert_eq!(given(&answer, "__Host-regain-language"), "Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=31536000");
    let empty = [("token", token.as_str()), ("username", ""), ("password", "x")];
    let answer = walker.post("/sign-in", &empty).await;
    assert_eq!(given(&answer, "__Host-regain-note"), "Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=60");
    reset(&demo, &mut walker, &CAMILLE, NEW_PASSWORD).await;
    walker.open("/sign-in").await;
    let token = walker.page().field("token").unwrap_or("").to_owned();
    let right = [("token", token.as_str()), ("username", CAMILLE.user_name), ("password", NEW_PASSWORD)];
    let answer = walker.post("/sign-in", &right).await;
    assert_eq!(given(&answer, "__Host-regain-session"), "Path=/; Secure; HttpOnly; SameSite=Strict");
}

/// Safari before 16.4 says `null` for our own pages and has no Fetch metadata; the token of its recovery vouches for it.
#[tokio::test]
async fn an_old_browser_gets_on_and_a_form_without_its_token_does_not() {
    let demo = Demo::start(&[]);
    let mut walker = demo.walker("en");
    to_methods(&mut walker, CAMILLE.user_name).await;
    let version = walker.page().field("version").unwrap_or("").to_owned();
    let send = |token: &str| encoded(&[("token", token), ("version", &version), ("method", "email")]);
    let another = {
        let mut other = demo.walker("en");
        to_methods(&mut other, CAMILLE.user_name).await;
        other.page().field("token").unwrap_or("").to_owned()
    };
    for wrong in ["", "x", another.as_str()] {
        let answer = walker.fetch("POST", "/recover/method", &[("origin", "null")], Some(&send(wrong))).await;
        assert_eq!(answer.header("location"), Some("/recover/method"), "{wrong}");
    }
    assert!(demo.messages().await.is_empty());
    walker.open("/recover/method").await;
    let token = walker.page().field("token").unwrap_or("").to_owned();
    let answer = walker.fetch("POST", "/recover/method", &[("origin", "null")], Some(&send(&token))).await;
    assert_eq!(answer.header("location"), Some("/recover/code"));
}

/// Before the first cookie of a recovery, too, a form is bound to the browser that it was shown to.
#[tokio::test]
async fn the_token_of_another_browser_opens_nothing() {
    let demo = Demo::start(&[]);
    let [mut walker, mut other] = [demo.walker("en"), demo.walker("en")];
    for page in ["/recover", "/sign-in", "/contact-helpdesk"] {
        walker.open(page).await;
        other.open(page).await;
        let theirs = other.page().field("token").unwrap_or("").to_owned();
        assert_ne!(walker.page().field("token"), Some(theirs.as_str()), "{page}");
        let form = [("token", theirs.as_str()), ("username", CAMILLE.user_name)];
        walker.post("/recover/account", &form).await;
        assert_eq!(walker.cookie("__Host-regain"), None);
    }
    let own = walker.page().field("token").unwrap_or("").to_owned();
    let own = encoded(&[("token", &own), ("username", CAMILLE.user_name)]);
    walker.fetch("POST", "/recover/account", &[("origin", "null")], Some(&own)).await;
    assert!(walker.cookie("__Host-regain").is_some(), "an old browser's own token does");
}

/// Whoever keeps no cookies is told so.
#[tokio::test]
async fn a_browser_without_cookies_learns_what_is_wrong() {
    let demo = Demo::start(&[]);
    let mut walker = demo.walker("en");
    let answer = walker.post("/recover/account", &[("token", "x"), ("username", CAMILLE.user_name)]).await;
    walker.forget_cookies();
    let next = answer.header("location").expect("a next page").to_owned();
    walker.open(&next).await;
    on(&walker, "stopped");
}

#[tokio::test]
async fn the_language_is_kept_where_a_link_leads_elsewhere() {
    let demo = Demo::start(&[]);
    let mut walker = demo.walker("en");
    to_methods(&mut walker, CAMILLE.user_name).await;
    let answer = walker.fetch("GET", "/recover/code?language=nl&utm_source=mail", &[], None).await;
    assert_eq!((answer.status, answer.header("location")), (303, Some("/recover/method")));
    assert_eq!(walker.cookie("__Host-regain-language"), Some("nl"));
    walker.open("/recover/method?utm_source=mail&fbclid=%FF").await;
    on(&walker, "method");
    assert!(walker.page().links.iter().all(|link| !link.href.contains("utm")), "what others added goes no further");
    walker.fetch("GET", "/recover/method?language=xx", &[], None).await;
    assert_eq!(walker.cookie("__Host-regain-language"), Some("nl"), "a language that is not there changes nothing");
}

/// Requests on whose meaning two programs may differ.
#[test]
fn ambiguous_targets_and_hosts_are_refused() {
    let demo = Demo::start(&[]);
    for (request, status) in [
        ("GET /recover HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\n\r\n", "200"),
        ("GET http://HOST/recover HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\n\r\n", "200"),
        ("GET http://evil.example/recover HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\n\r\n", "421"),
        ("GET http://HOST/recover HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n", "421"),
        ("GET /recover HTTP/1.1\r\nHost: HOST\r\nHost: evil.example\r\nConnection: close\r\n\r\n", "421"),
        ("GET /recover HTTP/1.1\r\nHost: HOST\r\nHost: HOST\r\nConnection: close\r\n\r\n", "421"),
        ("GET /recover HTTP/1.1\r\nConnection: close\r\n\r\n", "421"),
        ("GET /robots.txt HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n", "421"),
        ("GET /healthz HTTP/1.1\r\nHost: 10.0.0.7\r\nConnection: close\r\n\r\n", "200"),
        ("GET //evil.example/%2e%2e HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\n\r\n", "404"),
        ("GET //recover HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\n\r\n", "404"),
        ("GET /recover/ HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\n\r\n", "404"),
        ("GET /%72ecover HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\n\r\n", "404"),
        ("GET /x/../recover HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\n\r\n", "404"),
        ("GET /recover;jsessionid=1 HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\n\r\n", "404"),
        ("GET /RECOVER HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\n\r\n", "404"),
        ("GET /recover%00 HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\n\r\n", "404"),
        ("OPTIONS * HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\n\r\n", "405"),
        ("CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example:443\r\nConnection: close\r\n\r\n", "421"),
    ] {
        let answer = raw(&demo, request);
        assert!(answer.starts_with(&format!("HTTP/1.1 {status}")), "{request}\n{answer}");
        assert!(!answer.to_lowercase().contains("location:") && !answer.contains("evil"), "{request}\n{answer}");
    }
}

/// CVE-2017-12161 and its many twins: the address in a mail comes from the settings, whatever a request says.
#[tokio::test]
async fn links_in_mails_come_from_the_settings_alone() {
    let demo = Demo::start(&[]);
    let mut walker = demo.walker("en");
    walker.always(&[
        ("x-forwarded-host", "evil.example"),
        ("x-forwarded-proto", "gopher"),
        ("x-forwarded-port", "666"),
        ("x-forwarded-server", "evil.example"),
        ("x-forwarded-prefix", "/evil"),
        ("forwarded", "host=evil.example;proto=gopher"),
        ("x-host", "evil.example"),
        ("x-original-url", "/evil"),
        ("x-rewrite-url", "/evil"),
        ("x-http-method-override", "DELETE"),
    ]);
    reset(&demo, &mut walker, &CAMILLE, NEW_PASSWORD).await;
    let notice = demo.message("email", CAMILLE.email, 2).await;
    let link = notice.link().unwrap_or_else(|| panic!("a link was expected in {notice:?}")).to_owned();
    assert!(link.starts_with(&format!("{}/not-me?report=", demo.base)), "{link}");
    for message in demo.messages().await {
        assert!(!message.text.contains("evil") && !message.text.contains("gopher"), "{message:?}");
    }
}

/// All rows of all tables of all stores in a folder.
fn rows(folder: &Path) -> BTreeSet<String> {
    let files = std::fs::read_dir(folder).expect("the demo's folder").map(|file| file.expect("a file").path());
    let mut rows = BTreeSet::new();
    for file in files.filter(|file| file.extension().is_some_and(|end| end == "db")) {
        let store = Connection::open_with_flags(&file, OpenFlags::SQLITE_OPEN_READ_ONLY).expect("a store");
        let mut tables = store.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").expect("a catalogue");
        let tables: Vec<String> =
            tables.query_map([], |row| row.get(0)).expect("tables").collect::<Result<_, _>>().expect("names");
        for table in tables {
            let mut all = store.prepare(&format!("SELECT * FROM \"{table}\"")).expect("a table");
            let columns = all.column_count();
            let mut found = all.query([]).expect("rows");
            while let Some(row) = found.next().expect("a row") {
                let values: Vec<Value> = (0..columns).map(|column| row.get(column).expect("a value")).collect();
                rows.insert(format!("{} {table} {values:?}", file.display()));
            }
        }
    }
    rows
}

/// Every address in the router's own source, so that none is forgotten.
fn addresses() -> BTreeSet<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates/web/src/routes");
    let files = std::fs::read_dir(folder).expect("the router is beside the tests");
    let mut found = BTreeSet::new();
    for file in files {
        let text = std::fs::read_to_string(file.expect("a file").path()).expect("a file of Rust");
        let quoted =
            text.split('"').skip(1).step_by(2).filter(|part| part.starts_with('/') && !part.contains([' ', '{']));
        found.extend(quoted.map(str::to_owned));
    }
    assert!(found.len() > 20 && found.contains("/recover/code"), "{found:?}");
    found
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_by_get_changes_anything() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let demo = Demo::start(&["--data", folder.path().to_str().expect("a plain path")]);
    let mut walker = demo.walker("en");
    reset(&demo, &mut walker, &CAMILLE, NEW_PASSWORD).await;
    let notice = demo.message("email", CAMILLE.email, 2).await;
    let report = notice.link().and_then(|link| link.split_once("report=")).expect("a link that reports").1.to_owned();
    sign_in(&mut walker, CAMILLE.user_name, NEW_PASSWORD).await;
    on(&walker, "signed-in");
    let mut other = demo.walker("en");
    to_methods(&mut other, CAMILLE.user_name).await;
    other.press("method", "email").await;
    on(&other, "code");
    demo.message("email", CAMILLE.email, 3).await;
    // The outbox settles by itself: what has been handed over loses its body.
    let store = Connection::open_with_flags(folder.path().join("regain.db"), OpenFlags::SQLITE_OPEN_READ_ONLY);
    let store = store.expect("the demo's store");
    let unsent = "SELECT count(*) FROM outbox WHERE length(body) > 0";
    while store.query_row(unsent, [], |row| row.get::<_, i64>(0)).expect("a count") > 0 {
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    let before = rows(folder.path());
    let messages = demo.messages().await.len();
    let queries = [
        String::new(),
        "?language=nl".to_owned(),
        format!("?report={report}"),
        format!("?report={report}&do=report&do=confirm&token=x"),
        "?do=cancel&code=000000&password=x&again=x&username=y&method=email&version=1".to_owned(),
    ];
    for address in addresses() {
        for query in &queries {
            for browser in [&mut walker, &mut other] {
                for method in ["GET", "HEAD"] {
                    let answer = browser.fetch(method, &format!("{address}{query}"), &[], None).await;
                    assert!(answer.status < 500, "{method} {address}{query}: {}", answer.status);
                }
            }
        }
    }
    let after = rows(folder.path());
    let changed: Vec<&String> = before.symmetric_difference(&after).collect();
    assert!(changed.is_empty(), "{changed:#?}");
    assert_eq!(demo.messages().await.len(), messages);
    walker.open("/signed-in").await;
    on(&walker, "signed-in");
    other.open("/recover/code").await;
    on(&other, "code");
}
