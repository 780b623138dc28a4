//! `cargo xtask kills [N]`: `kill -9` at N random moments under load, and then the books: recoveries begun and finished, messages
//! promised and seen, and the differences.
//!
//! Regain is the release binary with one file of settings; the directory is a real slapd (salted SHA-1: what is tested is not the price of a
//! hash), mails go to a sink of this program on loopback. People walk through whole recoveries all the time; whoever meets a dead server
//! presses the same button again, as a person would.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fs;
use std::hash::{BuildHasher, Hasher};
use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitCode, Stdio};
use std::sync::atomic::{AtomicBool, AtomicU32, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use testbed::slapd::{Person, SERVICE_DN, SERVICE_PASSWORD, Slapd, SlapdOptions};
use testbed::tab::{Shown, Tab};

const KILLS: u32 = 1_000;
/// People who recover at the same moment, and the accounts that each of them takes in turn.
const PEOPLE: usize = 16;
const ACCOUNTS_EACH: usize = 8;
/// Between two kills, counted from the moment at which the server answers again. Milliseconds.
const LIFE_MILLIS: std::ops::Range<u64> = 5..600;
/// The longest that anything may take: a message, a start, the end of the last walks.
const PATIENCE: Duration = Duration::from_secs(180);
const LOOK_AGAIN: Duration = Duration::from_millis(5);
/// Pages of one walk, repetitions included.
const CLICKS_MAX: u32 = 60;

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let kills = arguments.next().and_then(|text| text.parse().ok()).unwrap_or(KILLS);
    let binary = arguments.next().map_or_else(default_binary, PathBuf::from);
    let office = Arc::new(PostOffice::default());
    let slapd = directory();
    let mut server = Server::prepare(&binary, &slapd, open_post_office(&office));
    server.run();

    let crowd =
        Arc::new(Crowd { address: server.address, office, over: AtomicBool::new(false), books: Mutex::default() });
    let threads: Vec<_> = (0..PEOPLE)
        .map(|person| {
            let crowd = Arc::clone(&crowd);
            std::thread::spawn(move || crowd.recover_all_the_time(person))
        })
        .collect();
    let began = Instant::now();
    let mut chance = Chance::new();
    for _ in 0..kills {
        std::thread::sleep(Duration::from_millis(chance.between(LIFE_MILLIS)));
        server.kill();
        server.run();
    }
    let took = began.elapsed();
    crowd.over.store(true, Ordering::SeqCst);
    for thread in threads {
        thread.join().expect("every person comes to an end");
    }
    server.wait_until_all_is_sent();
    server.kill();
    println!("kills                       {kills} in {:.0} s, seed {:#018x}", took.as_secs_f32(), chance.seed);
    if report(&crowd, &server, &slapd) { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn default_binary() -> PathBuf {
    std::env::current_exe().expect("a program has a path").with_file_name("regain")
}

fn uid(account: usize) -> String {
    format!("person{account}")
}

fn mailboxes(account: usize) -> [String; 2] {
    ["home", "second"].map(|place| format!("p{account}@{place}.example"))
}

fn directory() -> Slapd {
    let person = |account: usize| Person {
        alternate_mail: mailboxes(account).into(),
        ..Person::new(&uid(account), "Given", "Family", "First-Passw0rd-1")
    };
    let people = (0..PEOPLE * ACCOUNTS_EACH).map(person).collect();
    Slapd::start_with(SlapdOptions { people, argon2: false, ppolicy: false, ..SlapdOptions::default() })
}

/// A row of pseudo-random numbers (xorshift64*, Marsaglia 2003); its seed is printed.
struct Chance {
    seed: u64,
    state: u64,
}

impl Chance {
    fn new() -> Self {
        let seed = std::collections::hash_map::RandomState::new().build_hasher().finish() | 1;
        Self { seed, state: seed }
    }

    fn between(&mut self, range: std::ops::Range<u64>) -> u64 {
        self.state ^= self.state >> 12;
        self.state ^= self.state << 25;
        self.state ^= self.state >> 27;
        let drawn = self.state.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 16;
        range.start + drawn % (range.end - range.start)
    }
}

// What arrived.

#[derive(Default)]
struct PostOffice {
    /// How often each message was taken, by its `Message-ID`.
    seen: Mutex<HashMap<String, u32>>,
    /// Codes that arrived at an address, in order, each with the `Message-ID` that brought it.
    codes: Mutex<HashMap<String, Vec<(String, String)>>>,
}

impl PostOffice {
    fn take(&self, to: &str, mail: &str) {
        let Ok(parsed) = mailparse::parse_mail(mail.as_bytes()) else { return };
        let id = parsed.headers.iter().find(|header| header.get_key_ref().eq_ignore_ascii_case("message-id"));
        let id = id.map(mailparse::MailHeader::get_value).unwrap_or_default();
        *lock(&self.seen).entry(id.clone()).or_default() += 1;
        let text = parsed.subparts.first().and_then(|part| part.get_body().ok()).unwrap_or_default();
        if let Some(code) = code_in(&text).filter(|_| !text.contains("://")) {
            lock(&self.codes).entry(to.to_owned()).or_default().push((id, code));
        }
    }

    /// The newest code of an address whose message was not tried yet, with that message. Codes themselves come again by chance.
    fn fresh_code(&self, address: &str, tried: &HashSet<String>) -> Option<(String, String)> {
        lock(&self.codes).get(address)?.iter().rev().find(|(id, _)| !tried.contains(id)).cloned()
    }
}

/// Six digits in one line that holds nothing else, as three and three.
fn code_in(text: &str) -> Option<String> {
    text.lines().find_map(|line| {
        let joined: String = line.chars().filter(|c| !c.is_whitespace()).collect();
        (joined.len() == 6 && joined.bytes().all(|byte| byte.is_ascii_digit())).then_some(joined)
    })
}

fn open_post_office(office: &Arc<PostOffice>) -> u16 {
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
    let port = listener.local_addr().expect("an address").port();
    let office = Arc::clone(office);
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let office = Arc::clone(&office);
            // A killed client ends its connection in the middle: nothing to do then.
            std::thread::spawn(move || drop(take_mails(stream, &office)));
        }
    });
    port
}

fn take_mails(stream: TcpStream, office: &PostOffice) -> std::io::Result<()> {
    stream.set_nodelay(true)?;
    let mut out = stream.try_clone()?;
    let mut lines = BufReader::new(stream);
    out.write_all(b"220 sink\r\n")?;
    let (mut to, mut line) = (String::new(), String::new());
    loop {
        line.clear();
        if lines.read_line(&mut line)? == 0 {
            return Ok(());
        }
        let upper = line.to_ascii_uppercase();
        if upper.starts_with("EHLO") {
            out.write_all(b"250-sink\r\n250-8BITMIME\r\n250 SMTPUTF8\r\n")?;
        } else if upper.starts_with("RCPT TO:") {
            to = line.split(['<', '>']).nth(1).unwrap_or("").to_owned();
            out.write_all(b"250 ok\r\n")?;
        } else if upper.starts_with("DATA") {
            out.write_all(b"354 go on\r\n")?;
            let mut mail = String::new();
            loop {
                line.clear();
                if lines.read_line(&mut line)? == 0 {
                    return Ok(());
                }
                if line == ".\r\n" {
                    break;
                }
                mail.push_str(&line);
            }
            // Taken here: whoever dies before it reads the answer can't know.
            office.take(&to, &mail);
            out.write_all(b"250 ok\r\n")?;
        } else if upper.starts_with("QUIT") {
            return out.write_all(b"221 bye\r\n");
        } else {
            out.write_all(b"250 ok\r\n")?;
        }
    }
}

// Who recovers.

struct Crowd {
    address: SocketAddr,
    office: Arc<PostOffice>,
    over: AtomicBool,
    books: Mutex<Books>,
}

#[derive(Default)]
struct Books {
    /// Walks whose last page said that the password was reset.
    done: u32,
    /// Answers that never came, because the server was dead.
    no_answer: u64,
    /// The password that each account has by what its page said.
    passwords: BTreeMap<usize, String>,
    /// Walks that ended in another way, and how.
    dead_ends: Vec<String>,
}

impl Crowd {
    fn recover_all_the_time(&self, person: usize) {
        let mut tried = HashSet::new();
        for turn in 0.. {
            if self.over.load(Ordering::SeqCst) {
                return;
            }
            let account = person * ACCOUNTS_EACH + turn % ACCOUNTS_EACH;
            let password = format!("Quiet-River-{turn}-Lamp!{account}");
            let result = Walk { crowd: self, tab: Tab::new(self.address), account }.to_the_end(&password, &mut tried);
            let mut books = lock(&self.books);
            match result {
                Ok(()) => {
                    books.done += 1;
                    books.passwords.insert(account, password);
                }
                Err(dead_end) => books.dead_ends.push(format!("{}: {dead_end}", uid(account))),
            }
        }
    }
}

struct Walk<'a> {
    crowd: &'a Crowd,
    tab: Tab,
    account: usize,
}

impl Walk<'_> {
    /// All ten steps, wherever the page says that things stand.
    fn to_the_end(mut self, password: &str, tried: &mut HashSet<String>) -> Result<(), String> {
        let mut page = self.insist(|tab| tab.open("/recover"))?;
        let mut seen = Vec::new();
        while page.name() != "done" {
            seen.push(page.name().to_owned());
            if seen.len() > CLICKS_MAX as usize {
                return Err(format!("it does not end: {}", seen.join(" ")));
            }
            page = match page.name() {
                "identify" => self.send(&page, "/recover/account", &[("username", &uid(self.account))])?,
                "method" => {
                    let offer = page.between("name=\"method\" value=\"", "\"").unwrap_or("email").to_owned();
                    self.send(&page, "/recover/method", &[("method", &offer)])?
                }
                "code" => {
                    let code = self.code(&page, tried)?;
                    self.send(&page, "/recover/code", &[("code", &code), ("do", "next")])?
                }
                "new-password" => {
                    let fields = [("password", password), ("again", password), ("do", "finish")];
                    self.send(&page, "/recover/password", &fields)?
                }
                "stopped" if page.body.contains("value=\"look\"") => {
                    self.send(&page, "/recover/stopped", &[("do", "look")])?
                }
                name => return Err(format!("{name} ({}) after {}", page.status, seen.join(" "))),
            };
        }
        Ok(())
    }

    /// Does something in the browser until it has an answer.
    fn insist(&mut self, mut click: impl FnMut(&mut Tab) -> std::io::Result<Shown>) -> Result<Shown, String> {
        let until = Instant::now() + PATIENCE;
        while Instant::now() < until {
            match click(&mut self.tab) {
                Ok(shown) => return Ok(shown),
                Err(_) => lock(&self.crowd.books).no_answer += 1,
            }
            std::thread::sleep(LOOK_AGAIN);
        }
        Err("no answer".to_owned())
    }

    fn send(&mut self, page: &Shown, path: &str, fields: &[(&str, &str)]) -> Result<Shown, String> {
        let mut all: Vec<(&str, &str)> = fields.to_vec();
        for name in ["token", "version"] {
            all.extend(page.hidden(name).map(|value| (name, value)));
        }
        self.insist(|tab| tab.send(path, &all))
    }

    /// The code that the page waits for: the newest one at either mailbox that was not tried yet.
    fn code(&self, page: &Shown, tried: &mut HashSet<String>) -> Result<String, String> {
        let until = Instant::now() + PATIENCE;
        let mailboxes = mailboxes(self.account);
        while Instant::now() < until {
            let fresh = mailboxes.iter().find_map(|address| self.crowd.office.fresh_code(address, tried));
            if let Some((id, code)) = fresh {
                tried.insert(id);
                return Ok(code);
            }
            std::thread::sleep(LOOK_AGAIN);
        }
        Err(format!("no code came for {}", page.path))
    }
}

// The server.

struct Server {
    binary: PathBuf,
    folder: tempfile::TempDir,
    address: SocketAddr,
    child: Option<Child>,
    starts: AtomicU32,
    waited_millis: AtomicU64,
}

impl Server {
    fn prepare(binary: &Path, slapd: &Slapd, mail: u16) -> Self {
        let folder = tempfile::Builder::new().prefix("regain-kills-").tempdir().expect("a temporary folder");
        let free = TcpListener::bind(("127.0.0.1", 0)).and_then(|listener| listener.local_addr()).expect("a free port");
        let write =
            |name: &str, text: &str| fs::write(folder.path().join(name), text).expect("the folder can be written");
        write("keys", &store::sealing::Keyring::generate().to_text());
        write("ldap-password", SERVICE_PASSWORD);
        write("regain.toml", &settings(free, slapd, mail));
        let (starts, waited_millis) = (AtomicU32::new(0), AtomicU64::new(0));
        Self { binary: binary.to_owned(), folder, address: free, child: None, starts, waited_millis }
    }

    /// Starts it and waits until it answers.
    fn run(&mut self) {
        let log = fs::OpenOptions::new().create(true).append(true).open(self.path("log")).expect("a log");
        let began = Instant::now();
        let mut serve = Command::new(&self.binary);
        serve.arg("serve").arg("--config").arg(self.path("regain.toml")).stdout(Stdio::null()).stderr(log);
        self.child = Some(serve.spawn().expect("the binary runs"));
        while TcpStream::connect(self.address).is_err() {
            let ended = self.child.as_mut().is_some_and(|child| child.try_wait().is_ok_and(|ended| ended.is_some()));
            assert!(!ended && began.elapsed() < PATIENCE, "it does not come up:\n{}", self.last_words());
            std::thread::sleep(Duration::from_millis(1));
        }
        self.starts.fetch_add(1, Ordering::Relaxed);
        self.waited_millis.fetch_add(u64::try_from(began.elapsed().as_millis()).unwrap_or(0), Ordering::Relaxed);
    }

    fn kill(&mut self) {
        if let Some(mut child) = self.child.take() {
            let early = child.try_wait().ok().flatten();
            assert!(early.is_none(), "it ended by itself ({early:?}):\n{}", self.last_words());
            let _ = child.kill();
            let _ = child.wait();
        }
    }

    fn wait_until_all_is_sent(&self) {
        let until = Instant::now() + PATIENCE;
        while self.count("SELECT count(*) FROM outbox WHERE status = 0") > 0 && Instant::now() < until {
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn last_words(&self) -> String {
        let log = fs::read_to_string(self.path("log")).unwrap_or_default();
        log.lines().rev().take(30).collect::<Vec<_>>().into_iter().rev().collect::<Vec<_>>().join("\n")
    }

    fn store(&self) -> rusqlite::Connection {
        rusqlite::Connection::open(self.path("regain.db")).expect("the store")
    }

    fn count(&self, query: &str) -> i64 {
        self.store().query_row(query, [], |row| row.get(0)).expect("a count")
    }

    /// Numbers of the jobs of one purpose that are settled, as hex.
    fn settled(&self, purpose: &str) -> HashSet<String> {
        let store = self.store();
        let mut rows =
            store.prepare("SELECT lower(hex(id)) FROM outbox WHERE status = 1 AND purpose = ?1").expect("a query");
        let ids = rows.query_map([purpose], |row| row.get::<_, String>(0)).expect("rows");
        ids.map(|id| id.expect("a text")).collect()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Some(mut child) = self.child.take() {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

fn settings(address: SocketAddr, slapd: &Slapd, mail: u16) -> String {
    format!(
        r#"keys = {{ file = "keys" }}
[organisation]
name = "Kills"
languages = ["en"]
[server]
public_url = "http://{address}"
listen = "{address}"
own_networks = ["127.0.0.0/8"]
answer_step_millis = 0
[store]
path = "regain.db"
[secretariat]
name = "Office"
telephone = "071 00 00 00"
email = "office@kills.example"
[limits]
messages_overall = []
messages_by_account = []
messages_by_contact = []
[[realms]]
name = "kills"
domains = ["example.test"]
[realms.policy]
methods = ["email"]
[realms.password]
profile = "microsoft365-strict"
[realms.directory]
kind = "ldap"
servers = ["{}"]
ca_file = "{}"
bind_dn = "{SERVICE_DN}"
bind_password = {{ file = "ldap-password" }}
base_dn = "ou=people,dc=example,dc=test"
[realms.directory.attributes]
alternate_emails = ["alternateMail"]
[[channels]]
kind = "smtp"
server = "127.0.0.1"
port = {mail}
security = "plain"
from = "Kills <kills@kills.example>"
"#,
        slapd.url_ldaps(),
        slapd.ca_file().display(),
    )
}

// The books.

/// Prints what was promised and what came of it. Answers whether all differences are zero.
fn report(crowd: &Crowd, server: &Server, slapd: &Slapd) -> bool {
    let books = lock(&crowd.books);
    let began = server.count("SELECT count(*) FROM audit WHERE event = 'recovery_began'");
    let reset = server.count("SELECT count(*) FROM audit WHERE event = 'password_reset'");
    let waiting = server.count("SELECT count(*) FROM outbox WHERE status = 0");
    let given_up = server.count("SELECT count(*) FROM outbox WHERE status = 2");
    let stuck = books.passwords.iter().filter(|(account, password)| {
        !slapd.binds(&format!("uid={},ou=people,dc=example,dc=test", uid(**account)), password)
    });
    let stuck = stuck.count();
    let seen = lock(&crowd.office.seen);
    let seen_ids: HashSet<String> = seen.keys().map(|id| id_of(id)).collect();
    let (codes, notices) = (server.settled("code"), server.settled("notice"));
    // The job that tells all contacts of a reset is a notice as well: it goes to nobody, and becomes one for each of them.
    let resets = usize::try_from(reset).unwrap_or(0);
    let lost = codes.difference(&seen_ids).count() + notices.difference(&seen_ids).count().abs_diff(resets);
    let gone: Vec<&String> = seen_ids.iter().filter(|id| !codes.contains(*id) && !notices.contains(*id)).collect();
    // A code that was taken while we died waits to be sent again; the reset that it led to withdraws it.
    let letters = lock(&crowd.office.codes);
    let sent_codes: HashSet<String> = letters.values().flatten().map(|(id, _)| id_of(id)).collect();
    let withdrawn = gone.iter().filter(|id| sent_codes.contains(**id)).count();
    let unpromised = gone.len() - withdrawn;
    let handed = codes.len() + notices.len() - resets;
    let twice: u32 = seen.values().map(|count| count - 1).sum();
    let starts = server.starts.load(Ordering::Relaxed);
    let each = server.waited_millis.load(Ordering::Relaxed) / u64::from(starts.max(1));
    println!("clicks without an answer    {}", books.no_answer);
    println!("start until it answers      {each} ms on average");
    println!("recoveries begun            {began}");
    println!("recoveries finished         {reset}   difference {}", began - reset);
    println!("pages that said done        {}   difference {}", books.done, i64::from(books.done) - reset);
    println!("passwords that don't sign in {stuck} of {}", books.passwords.len());
    println!(
        "messages handed over        {}   lost {lost}, not promised {unpromised}, waiting {waiting}, given up {given_up}",
        handed
    );
    println!(
        "codes withdrawn             {withdrawn}   (taken by the mail server, which could not say so, and used before their next try)"
    );
    println!(
        "messages seen twice         {twice}   (taken by the mail server, which could not say so: the same Message-ID)"
    );
    println!("dead ends                   {}", books.dead_ends.len());
    for dead_end in books.dead_ends.iter().take(10) {
        println!("  {dead_end}");
    }
    let differences = [began - reset, i64::from(books.done) - reset, waiting, given_up];
    differences.iter().all(|difference| *difference == 0)
        && [stuck, lost, unpromised, books.dead_ends.len()].iter().all(|count| *count == 0)
}

/// The number of a message in its `Message-ID`.
fn id_of(message_id: &str) -> String {
    message_id.trim_matches(['<', '>']).split('@').next().unwrap_or_default().to_ascii_lowercase()
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
