//! `kill -9` between any two clicks loses nothing and doubles nothing: a whole walk, killed right before and right after
//! each of its commits, those of the outbox included, and gone on with from the browser's point of view.

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Read};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};
use testbed::tab::{Shown, Tab};

const USER_NAME: &str = "camille.dubois@deuxrivieres.example";
const MAIL: &str = "pcamille@charleroi.example";
const MOBILE: &str = "+32470123467";
const NEW_PASSWORD: &str = "Quatre-Loutres-Vertes-8";

/// How long one walk may take with its crash, on a machine that compiles besides.
const PATIENCE: Duration = Duration::from_secs(60);
const LOOK_AGAIN: Duration = Duration::from_millis(20);
/// Walks that run side by side.
const AT_ONCE: usize = 4;
/// More commits than a walk makes.
const COMMITS_MAX: u32 = 100;

/// A process that may be dead.
struct Server {
    child: Child,
    address: Option<SocketAddr>,
}

impl Server {
    /// Starts it; without an address it died on the way up.
    fn start(folder: &Path, crash: Option<(&str, u32)>) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_crashing_demo"));
        command.arg(folder).stdout(Stdio::piped()).stderr(Stdio::piped());
        if let Some((when, n)) = crash {
            command.args([when, &n.to_string()]);
        }
        let mut child = command.spawn().expect("the demo starts");
        let mut line = String::new();
        let _ = BufReader::new(child.stdout.as_mut().expect("a pipe")).read_line(&mut line);
        Self { child, address: line.trim().parse().ok() }
    }

    /// Waits for its end; says whether it was killed.
    fn was_killed(&mut self) -> bool {
        use std::os::unix::process::ExitStatusExt;
        self.child.wait().is_ok_and(|status| status.signal() == Some(9))
    }

    fn last_words(&mut self) -> String {
        let mut words = String::new();
        if let Some(mut stderr) = self.child.stderr.take() {
            let _ = stderr.read_to_string(&mut words);
        }
        words
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// One person, one browser, and a server that is started again whenever it is dead.
struct Walk<'a> {
    folder: &'a Path,
    server: Server,
    tab: Tab,
    crashes: u32,
    until: Instant,
}

impl<'a> Walk<'a> {
    fn begin(folder: &'a Path, crash: (&str, u32)) -> Self {
        let server = Server::start(folder, Some(crash));
        let tab = Tab::new(server.address.unwrap_or(([127, 0, 0, 1], 1).into()));
        let mut walk = Self { folder, server, tab, crashes: 0, until: Instant::now() + PATIENCE };
        if walk.server.address.is_none() {
            walk.raise();
        }
        walk
    }

    /// The server is dead: it must have been killed, and it must come up again on what it left.
    fn raise(&mut self) {
        assert!(self.server.was_killed(), "it ended without a kill: {}", self.server.last_words());
        self.crashes += 1;
        assert_eq!(self.crashes, 1, "it dies once");
        self.server = Server::start(self.folder, None);
        let address = self.server.address;
        self.tab.server = address.unwrap_or_else(|| panic!("it does not come up: {}", self.server.last_words()));
    }

    /// Does something in the browser until it has an answer: the person presses the same button again.
    fn insist(&mut self, mut click: impl FnMut(&mut Tab) -> std::io::Result<Shown>) -> Shown {
        loop {
            assert!(Instant::now() < self.until, "the walk goes on");
            match click(&mut self.tab) {
                Ok(shown) => return shown,
                Err(_) => self.raise(),
            }
        }
    }

    fn open(&mut self, path: &str) -> Shown {
        self.insist(|tab| tab.open(path))
    }

    /// Sends the form of a page with its hidden fields.
    fn send(&mut self, page: &Shown, path: &str, fields: &[(&str, &str)]) -> Shown {
        let mut all: Vec<(&str, &str)> = fields.to_vec();
        for name in ["token", "version"] {
            all.extend(page.hidden(name).map(|value| (name, value)));
        }
        self.insist(|tab| tab.send(path, &all))
    }

    /// The newest code that a contact has received, as soon as there is one.
    fn code(&mut self, to: &str) -> String {
        loop {
            let board = self.open("/demo/messages.json");
            let messages: Vec<serde_json::Value> = serde_json::from_str(&board.body).expect("a list of messages");
            let texts =
                messages.iter().filter(|message| message["to"] == to).filter_map(|message| message["text"].as_str());
            if let Some(code) = texts.filter_map(code_in).next_back() {
                return code;
            }
            std::thread::sleep(LOOK_AGAIN);
        }
    }

    /// All ten steps, wherever the page says that things stand.
    fn to_the_end(&mut self) {
        let mut page = self.open("/recover");
        let mut clicks = Vec::new();
        while page.name() != "done" {
            clicks.push(page.name().to_owned());
            assert!(clicks.len() < 20, "the walk comes to an end: {clicks:?}");
            assert_eq!(page.status, 200, "{clicks:?} {}", page.body);
            page = match page.name() {
                "identify" => self.send(&page, "/recover/account", &[("username", USER_NAME)]),
                "method" if page.body.contains("value=\"email\"") => {
                    self.send(&page, "/recover/method", &[("method", "email")])
                }
                "method" => self.send(&page, "/recover/method", &[("method", "sms")]),
                "confirm-contact" => {
                    self.send(&page, "/recover/contact", &[("phone", "0470 12 34 67"), ("do", "send")])
                }
                "code" => {
                    let to = if page.body.contains("from your e-mail") { MAIL } else { MOBILE };
                    let code = self.code(to);
                    self.send(&page, "/recover/code", &[("code", &code), ("do", "next")])
                }
                "new-password" => {
                    let fields = [("password", NEW_PASSWORD), ("again", NEW_PASSWORD), ("do", "finish")];
                    self.send(&page, "/recover/password", &fields)
                }
                "stopped" if page.body.contains("value=\"look\"") => {
                    self.send(&page, "/recover/stopped", &[("do", "look")])
                }
                name => panic!("{name} is a dead end after {clicks:?}: {}", page.body),
            };
        }
    }

    fn signs_in(&mut self) {
        let page = self.open("/sign-in");
        let page = self.send(&page, "/sign-in", &[("username", USER_NAME), ("password", NEW_PASSWORD)]);
        assert_eq!(page.name(), "signed-in", "the new password signs in: {}", page.body);
    }

    /// Waits until the outbox is empty, and looks at what has arrived.
    fn every_message_arrived_once(&mut self) {
        while waiting(self.folder) > 0 {
            self.open("/healthz");
            assert!(Instant::now() < self.until, "the outbox is emptied");
            std::thread::sleep(LOOK_AGAIN);
        }
        let lines = std::fs::read_to_string(self.folder.join("messages.jsonl")).expect("the board");
        let arrived: Vec<serde_json::Value> =
            lines.lines().map(|line| serde_json::from_str(line).expect("a message")).collect();
        let ids: BTreeSet<&str> = arrived.iter().filter_map(|message| message["sent_as"].as_str()).collect();
        assert_eq!(ids.len(), arrived.len(), "numbers are distinct");
        let mut got: Vec<(&str, bool)> = arrived
            .iter()
            .map(|message| (message["to"].as_str().unwrap_or(""), message["text"].as_str().and_then(code_in).is_some()))
            .collect();
        got.sort_unstable();
        let expected = [(MOBILE, false), (MOBILE, true), (MAIL, false), (MAIL, true)];
        assert_eq!(got, expected, "one code and one notice for each contact: {lines}");
    }
}

fn code_in(text: &str) -> Option<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let is_digits = |word: &&str, count| word.len() == count && word.bytes().all(|byte| byte.is_ascii_digit());
    let whole = words.iter().find(|word| is_digits(word, 6)).map(|word| (*word).to_owned());
    whole.or_else(|| words.windows(2).find(|pair| pair.iter().all(|word| is_digits(word, 3))).map(<[&str]>::concat))
}

fn waiting(folder: &Path) -> u32 {
    let store = rusqlite::Connection::open(folder.join("regain.db")).expect("the store");
    store.query_row("SELECT count(*) FROM outbox WHERE status = 0", [], |row| row.get(0)).expect("a count")
}

/// One walk that is killed at one point; answers whether the point was reached.
fn is_killed_at(when: &str, n: u32) -> bool {
    let folder = tempfile::tempdir().expect("a folder");
    let mut walk = Walk::begin(folder.path(), (when, n));
    walk.to_the_end();
    walk.signs_in();
    walk.every_message_arrived_once();
    walk.crashes > 0
}

#[test]
fn a_walk_killed_at_any_commit_loses_nothing_and_doubles_nothing() {
    let begun = Instant::now();
    let (turn, end, tried) = (AtomicU32::new(0), AtomicU32::new(u32::MAX), AtomicU32::new(0));
    std::thread::scope(|scope| {
        let walks: Vec<_> = (0..AT_ONCE)
            .map(|_| {
                scope.spawn(|| {
                    loop {
                        let point = turn.fetch_add(1, Ordering::SeqCst);
                        let (n, when) = (point / 2 + 1, if point % 2 == 0 { "before" } else { "after" });
                        assert!(n < COMMITS_MAX, "a walk has an end");
                        if n >= end.load(Ordering::SeqCst) {
                            return;
                        }
                        let killed = std::panic::catch_unwind(|| is_killed_at(when, n))
                            .unwrap_or_else(|_| panic!("killed {when} commit {n}"));
                        if killed {
                            tried.fetch_add(1, Ordering::SeqCst);
                        } else {
                            end.fetch_min(n, Ordering::SeqCst);
                        }
                    }
                })
            })
            .collect();
        for walk in walks {
            walk.join().expect("every walk comes to its end");
        }
    });
    let tried = tried.load(Ordering::SeqCst);
    println!("killed at {tried} points in {:.1} s", begun.elapsed().as_secs_f32());
    assert!(tried >= 30, "a walk has at least fifteen commits, each with a before and an after: {tried}");
}
