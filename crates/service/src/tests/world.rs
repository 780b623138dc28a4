//! A small school with Regain in front of it, and a person with a browser.

use crate::{
    Clock, Defence, Entropy, Networks, Opened, Organisation, Realm, Regain, Secretariat, SignInOutcome, Texts, Visitor,
};
use async_trait::async_trait;
use delivery::{Body, Channel, ChannelKind, Couriers, DeliveryError, Message};
use directory::Directory;
use directory::embedded::{ContactSealer, EmbeddedDirectory, NewAccount, Options};
use language::Languages;
use recovery::{
    Code, Contact, EmailAddress, Event, Keys, Limits, Line, MethodKind, Page, Password, Phone, PhoneNumber, Stop,
    Timestamp, UserName,
};
use sha2::{Digest, Sha256};
use std::collections::VecDeque;
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};
use store::Store;
use store::sealing::Keyring;
use store::sqlite::SqliteStore;
use store::watched::Watched;
use tempfile::TempDir;

pub use super::puppet::{Puppet, Write};

pub const GOOD: &str = "Seven-Quiet-Otters-71";
pub const OTHER: &str = "Nine-Loud-Herons-42!";
pub const ANNA_OLD: &str = "Old-Brown-Kettle-13";
pub const ANNA_MAIL: &str = "panna@x.example";
pub const ANNA_MOBILE: &str = "+32470123467";

pub fn lock<T>(shared: &Mutex<T>) -> MutexGuard<'_, T> {
    shared.lock().expect("no test panics while it holds this")
}

/// A clock that stands still until the test moves it.
pub struct ManualClock(AtomicI64);

impl Clock for ManualClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_millis(self.0.load(Ordering::SeqCst))
    }
}

/// Bytes that look random and are the same at every run.
struct Seeded(AtomicU64);

impl Entropy for Seeded {
    fn fill(&self, bytes: &mut [u8]) {
        for chunk in bytes.chunks_mut(32) {
            let turn = self.0.fetch_add(1, Ordering::SeqCst);
            let block = Sha256::digest(turn.to_be_bytes());
            chunk.copy_from_slice(&block[..chunk.len()]);
        }
    }
}

/// What a channel was given.
#[derive(Clone)]
pub struct Sent {
    pub id: String,
    pub by: &'static str,
    pub to: String,
    pub text: String,
}

impl Sent {
    /// The code in it: the only row of six digits, or of twice three.
    pub fn code(&self) -> Option<String> {
        let compact = self.text.replace(['\u{a0}', '\u{202f}'], " ");
        let words: Vec<&str> = compact.split(|c: char| !c.is_ascii_digit() && c != ' ').collect();
        words.iter().map(|word| word.trim()).find_map(|word| {
            let digits: String = word.chars().filter(char::is_ascii_digit).collect();
            (digits.len() == 6 && (word.len() == 6 || word.len() == 7)).then_some(digits)
        })
    }

    /// The number of the link "that was not me".
    pub fn report(&self) -> Option<String> {
        let (_, rest) = self.text.split_once("report=")?;
        Some(rest.split_whitespace().next()?.to_owned())
    }
}

/// The channels' other end, and what they answer next.
#[derive(Default)]
pub struct Post {
    pub sent: Mutex<Vec<Sent>>,
    pub fails: Mutex<VecDeque<DeliveryError>>,
    pub tries: AtomicUsize,
}

struct Recorder {
    kind: ChannelKind,
    name: &'static str,
    post: Arc<Post>,
}

#[async_trait]
impl Channel for Recorder {
    fn kind(&self) -> ChannelKind {
        self.kind
    }

    fn name(&self) -> &str {
        self.name
    }

    async fn send(&self, message: &Message) -> Result<String, DeliveryError> {
        self.post.tries.fetch_add(1, Ordering::SeqCst);
        if let Some(error) = lock(&self.post.fails).pop_front() {
            return Err(error);
        }
        let (to, text) = match &message.body {
            Body::Mail { to, text, .. } => (to.as_str(), text),
            Body::Sms { to, text } | Body::Call { to, text, .. } => (to.e164(), text),
        };
        let sent = Sent { id: message.id.clone(), by: self.name, to: to.to_owned(), text: text.clone() };
        lock(&self.post.sent).push(sent);
        Ok("taken".to_owned())
    }

    async fn check(&self) -> Result<(), DeliveryError> {
        Ok(())
    }
}

struct Sealer(Arc<Keyring>);

impl ContactSealer for Sealer {
    fn seal(&self, account: &str, plain: &[u8]) -> Vec<u8> {
        self.0.seal(&[b"directory", account.as_bytes()], plain)
    }

    fn open(&self, account: &str, sealed: &[u8]) -> Option<Vec<u8>> {
        self.0.open(&[b"directory", account.as_bytes()], sealed).ok().map(|plain| plain.to_vec())
    }

    fn key_of(&self, sealed: &[u8]) -> Option<u32> {
        store::sealing::sealed_with(sealed)
    }

    fn current_key(&self) -> Option<u32> {
        Some(self.0.current_id())
    }
}

/// Regain, and all that stands around it.
pub struct App {
    pub regain: Arc<Regain>,
    pub clock: Arc<ManualClock>,
    pub directory: Arc<Puppet>,
    pub post: Arc<Post>,
    pub watched: Arc<Watched>,
    pub folder: TempDir,
}

pub fn email(text: &str) -> Contact {
    Contact::Email(EmailAddress::parse(text).expect("a test's address"))
}

pub fn mobile(text: &str) -> Contact {
    Contact::Phone(Phone { number: PhoneNumber::parse(text, "BE").expect("a test's number"), line: Line::Mobile })
}

pub fn account(user_name: &str, contacts: Vec<Contact>) -> NewAccount {
    let name = UserName::parse(user_name).expect("a name");
    NewAccount { contacts, ..NewAccount::new(name, user_name, "Testeur") }
}

/// Somebody with one address and a mobile phone of their own.
pub fn newcomer(user_name: &str, mail: &str) -> NewAccount {
    let digits: u32 = mail.bytes().fold(0, |sum, byte| (sum * 31 + u32::from(byte)) % 1_000_000);
    account(user_name, vec![email(mail), mobile(&format!("+32471{digits:06}"))])
}

/// Anna has a mail address and a mobile; Solo only an address; Gone is disabled; Twin shares Anna's mail; none has "nobo".
fn people() -> Vec<NewAccount> {
    let mut anna = account("anna", vec![email(ANNA_MAIL), mobile(ANNA_MOBILE)]);
    anna.password = Password::new(ANNA_OLD);
    let mut gone = account("gone", vec![email("pgone@x.example"), mobile("+32470555508")]);
    gone.disabled = true;
    gone.password = Password::new(ANNA_OLD);
    let solo = account("solo", vec![email("psolo@x.example")]);
    // A brother of Anna's, whose mail goes to the same mailbox.
    let twin = account("twin", vec![email(ANNA_MAIL), mobile("+32470555509")]);
    let others = (0..6).map(|n| {
        account(&format!("pupil{n}"), vec![email(&format!("p{n}@x.example")), mobile(&format!("+3247000000{n}"))])
    });
    [anna, gone, solo, twin].into_iter().chain(others).collect()
}

impl App {
    pub async fn new() -> Self {
        Self::with(|_| {}).await
    }

    /// A school whose Regain the test may still change.
    pub async fn with(change: impl FnOnce(&mut Regain)) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let keyring = Arc::new(Keyring::generate());
        let options = Options { own_domains: vec!["school.example".to_owned()], home_country: "BE".to_owned() };
        let sealer = Arc::new(Sealer(Arc::clone(&keyring)));
        let real = EmbeddedDirectory::open(&folder.path().join("people.db"), options, sealer).expect("a directory");
        real.add_all(&people()).map_err(|(_, error)| error).expect("people");
        let directory = Arc::new(Puppet {
            real,
            next_writes: Mutex::default(),
            written: Mutex::default(),
            checks: AtomicUsize::new(0),
            calls: Mutex::default(),
            away: AtomicBool::new(false),
            disabled: Mutex::default(),
            no_mobile: AtomicBool::new(false),
            takes_any: AtomicBool::new(false),
            changed: Mutex::default(),
            pause_write: Mutex::default(),
        });
        let mut realm = Realm::new("school", Arc::clone(&directory) as Arc<dyn Directory>);
        realm.own_domains = vec!["school.example".to_owned()];
        let clock = Arc::new(ManualClock(AtomicI64::new(1_800_000_000_000)));
        let post = Arc::new(Post::default());
        let channel = |kind, name| Box::new(Recorder { kind, name, post: Arc::clone(&post) }) as Box<dyn Channel>;
        let channels = vec![
            channel(ChannelKind::Mail, "mail"),
            channel(ChannelKind::Sms, "sms one"),
            channel(ChannelKind::Sms, "sms two"),
            channel(ChannelKind::Call, "call"),
        ];
        let store = SqliteStore::open(&folder.path().join("regain.db"), Arc::clone(&keyring)).expect("a store");
        let watched = Arc::new(Watched::new(Arc::new(store)));
        let mut regain = Regain {
            organisation: organisation(),
            realms: vec![realm],
            limits: Limits::default(),
            own_networks: Networks::parse(["10.0.0.0/8"]).expect("networks"),
            defence: Defence::default(),
            pause_seconds: 24 * 3600,
            languages: Arc::new(Languages::built_in(&["en", "fr"]).expect("languages")),
            store: Arc::clone(&watched) as Arc<dyn Store>,
            couriers: Couriers::new(channels),
            keys: Keys::from_root(keyring.root()),
            keyring,
            clock: Arc::clone(&clock) as Arc<dyn Clock>,
            entropy: Arc::new(Seeded(AtomicU64::new(0))),
            posted: tokio::sync::Notify::new(),
        };
        change(&mut regain);
        regain.take_missing_censuses().await.expect("a census");
        Self { regain: Arc::new(regain), clock, directory, post, watched, folder }
    }

    /// A second node beside this one: the same store and directory, and nothing else shared.
    pub fn another_node(&self) -> Regain {
        let one = &self.regain;
        let mut realm = Realm::new("school", Arc::clone(&self.directory) as Arc<dyn Directory>);
        realm.own_domains = one.realms[0].own_domains.clone();
        Regain {
            organisation: one.organisation.clone(),
            realms: vec![realm],
            limits: one.limits.clone(),
            own_networks: one.own_networks.clone(),
            defence: one.defence.clone(),
            pause_seconds: one.pause_seconds,
            languages: Arc::clone(&one.languages),
            store: Arc::clone(&one.store),
            couriers: Couriers::default(),
            keys: one.keys.clone(),
            keyring: Arc::clone(&one.keyring),
            clock: Arc::clone(&one.clock),
            entropy: Arc::clone(&one.entropy),
            posted: tokio::sync::Notify::new(),
        }
    }

    /// How the store names the account behind a user name.
    pub async fn key_of(&self, user_name: &str) -> store::Key {
        let (realm, user_name) = (&self.regain.realms[0], UserName::parse(user_name).expect("a name"));
        let account = self.regain.find_account(realm, &user_name).await.expect("the directory");
        self.regain.account_key(realm, &user_name, account.as_ref().map(|account| &account.id))
    }

    pub fn pass(&self, seconds: i64) {
        self.clock.0.fetch_add(seconds * 1000, Ordering::SeqCst);
    }

    /// Sends all that is due now, as the worker would. Answers what arrived.
    pub async fn deliver(&self) -> Vec<Sent> {
        let before = lock(&self.post.sent).len();
        loop {
            let now = self.regain.now();
            let hold = now.plus(self.regain.hold_seconds()).millis();
            let rows = self.regain.store.take_messages(now.millis(), hold, 50).await.expect("the outbox");
            if rows.is_empty() {
                return lock(&self.post.sent)[before..].to_vec();
            }
            for row in rows {
                self.regain.work_off(row).await;
            }
        }
    }

    pub fn sent(&self) -> Vec<Sent> {
        lock(&self.post.sent).clone()
    }

    pub fn written(&self) -> Vec<String> {
        lock(&self.directory.written).clone()
    }

    pub fn answer_write(&self, write: Write) {
        lock(&self.directory.next_writes).push_back(write);
    }

    /// Somebody opens the page and names an account.
    pub async fn person(&self, user_name: &str) -> Person {
        self.person_from("192.0.2.7", user_name).await
    }

    pub async fn person_from(&self, address: &str, user_name: &str) -> Person {
        let visitor = visitor(address);
        let user_name = UserName::parse(user_name).expect("a name");
        let opened = self.regain.begin("school", user_name).await.expect("begins").expect("names are not disclosed");
        let cookie = opened.ticket.to_cookie(&self.regain.keyring);
        Person { regain: Arc::clone(&self.regain), visitor, cookie }
    }

    pub async fn sign_in(&self, user_name: &str, password: &str) -> SignInOutcome {
        self.sign_in_by(&visitor("192.0.2.8"), user_name, password).await
    }

    pub async fn sign_in_by(&self, visitor: &Visitor, user_name: &str, password: &str) -> SignInOutcome {
        let user_name = UserName::parse(user_name).expect("a name");
        self.regain.sign_in("school", user_name, Password::new(password), visitor).await.expect("an answer")
    }

    pub async fn signs_in(&self, user_name: &str, password: &str) -> bool {
        matches!(self.sign_in(user_name, password).await, SignInOutcome::SignedIn { .. })
    }

    /// What became of a message, as its row says it.
    pub fn outcome(&self, id: &[u8], sealed: &[u8]) -> String {
        if sealed.is_empty() {
            return String::new();
        }
        let plain = self.regain.keyring.open(&[b"outbox", id, b"outcome"], sealed).expect("it opens");
        String::from_utf8_lossy(&plain).into_owned()
    }

    /// The directory now has these contacts for a person.
    pub fn change_contacts(&self, user_name: &str, contacts: Vec<Contact>) {
        lock(&self.directory.changed).insert(user_name.to_owned(), contacts);
    }

    /// A look into the database beside Regain.
    pub fn look<T>(&self, sql: &str, read: impl Fn(&rusqlite::Row<'_>) -> T) -> Vec<T> {
        look(&self.folder.path().join("regain.db"), sql, read)
    }
}

fn look<T>(path: &Path, sql: &str, read: impl Fn(&rusqlite::Row<'_>) -> T) -> Vec<T> {
    let connection = rusqlite::Connection::open(path).expect("the database");
    let mut select = connection.prepare(sql).expect("a query");
    let rows = select.query_map([], |row| Ok(read(row))).expect("rows");
    rows.map(|row| row.expect("a row")).collect()
}

pub fn visitor(address: &str) -> Visitor {
    let address = address.parse().expect("an address");
    Visitor {
        address,
        language: "en".to_owned(),
        user_agent: "Mozilla/5.0 (X11; Linux) Firefox/130.0".to_owned(),
        browser: None,
    }
}

fn organisation() -> Organisation {
    let text = |text: &str| -> Texts { [(String::new(), text.to_owned())].into() };
    Organisation {
        name: "School".to_owned(),
        secretariat: Secretariat {
            name: text("Office"),
            telephone: Some("071 12 34 50".to_owned()),
            email: EmailAddress::parse("office@school.example"),
            hours: text("always"),
            address: text("Quay"),
        },
        time_zone: jiff::tz::TimeZone::UTC,
        home_country: "BE".to_owned(),
        public_url: "https://recover.school.example".to_owned(),
        brand: "#0b5c6b".to_owned(),
        privacy: crate::Privacy::default(),
    }
}

/// A person and the browser's cookie, which is all that it keeps.
#[derive(Clone)]
pub struct Person {
    pub regain: Arc<Regain>,
    pub visitor: Visitor,
    pub cookie: String,
}

impl Person {
    pub async fn opened(&self) -> Opened {
        self.regain.open(&self.cookie).await.expect("the store").expect("a recovery")
    }

    pub async fn does(&mut self, event: Event) -> String {
        let opened = self.opened().await;
        self.does_from(opened, event).await
    }

    /// Acts on a page that was loaded earlier.
    pub async fn does_from(&mut self, opened: Opened, event: Event) -> String {
        let now = self.regain.act(opened, event, &self.visitor).await.expect("an answer");
        self.keeps(&now)
    }

    fn keeps(&mut self, opened: &Opened) -> String {
        self.cookie = opened.ticket.to_cookie(&self.regain.keyring);
        page(opened)
    }

    pub async fn sees(&self) -> String {
        page(&self.opened().await)
    }

    /// The first method of a kind.
    pub async fn offer(&self, kind: MethodKind) -> usize {
        let opened = self.opened().await;
        let Page::Method(page) = opened.recovery.page() else { panic!("no methods are shown") };
        page.offers.iter().find(|(_, offer)| offer.kind == kind).expect("a method of this kind").0
    }

    pub async fn chooses(&mut self, kind: MethodKind) -> String {
        let offer = self.offer(kind).await;
        self.does(Event::MethodChosen { offer }).await
    }

    pub async fn types_number(&mut self, number: &str) -> String {
        self.does(Event::NumberTyped { number: PhoneNumber::parse(number, "BE").ok() }).await
    }

    pub async fn types_code(&mut self, code: &str) -> String {
        self.does(Event::CodeTyped { code: Code::parse(code) }).await
    }

    pub async fn types_password(&mut self, new: &str) -> String {
        let opened = self.opened().await;
        let [new, again] = [Password::new(new), Password::new(new)];
        let now = self.regain.choose_password(opened, new, again, &self.visitor).await.expect("an answer");
        self.keeps(&now)
    }

    pub async fn looks_again(&mut self) -> String {
        let opened = self.opened().await;
        let now = self.regain.look_again(opened, &self.visitor).await.expect("an answer");
        self.keeps(&now)
    }
}

/// What the page says, in a few words.
pub fn page(opened: &Opened) -> String {
    let recovery = &opened.recovery;
    let name = match recovery.page() {
        Page::Method(_) => "methods".to_owned(),
        Page::ConfirmContact(_) => "type contact".to_owned(),
        Page::Code(page) => format!("code, {} left", page.attempts_left),
        Page::NewPassword => "new password".to_owned(),
        Page::Writing { unclear } => if unclear { "unclear" } else { "writing" }.to_owned(),
        Page::WaitingForHelp => "waiting".to_owned(),
        Page::Done => "done".to_owned(),
        Page::Stopped { stop: Stop::Paused { .. }, .. } => "stopped: paused".to_owned(),
        Page::Stopped { stop, .. } => format!("stopped: {}", stop.name()),
    };
    match recovery.notice() {
        Some(recovery::Notice::PasswordRefused { failed, .. }) => format!("{name}; refused {}", failed.join(" ")),
        Some(notice) => format!("{name}; {}", format!("{notice:?}").split([' ', '{']).next().unwrap_or("")),
        None => name,
    }
}

/// Anna has named her account.
pub async fn walk() -> (App, Person) {
    let app = App::new().await;
    let anna = app.person("anna").await;
    (app, anna)
}

/// Anna has passed both gates.
pub async fn walk_to_password() -> (App, Person) {
    let (app, mut anna) = walk().await;
    pass_gates(&app, &mut anna).await;
    (app, anna)
}

pub async fn pass_gates(app: &App, anna: &mut Person) {
    anna.chooses(MethodKind::Email).await;
    let code = arrived(app, ANNA_MAIL).await;
    assert_eq!(anna.types_code(&code).await, "methods; GatePassed");
    anna.chooses(MethodKind::Sms).await;
    anna.types_number("0470 12 34 67").await;
    let code = arrived(app, ANNA_MOBILE).await;
    assert_eq!(anna.types_code(&code).await, "new password; GatePassed");
}

/// The code that now arrives at a contact.
pub async fn arrived(app: &App, to: &str) -> String {
    let sent = app.deliver().await;
    sent.iter().rev().filter(|sent| sent.to == to).find_map(Sent::code).unwrap_or_else(|| {
        panic!("a code for {to} among {:?}", sent.iter().map(|sent| (&sent.to, &sent.text)).collect::<Vec<_>>())
    })
}
