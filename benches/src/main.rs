//! `cargo xtask bench`: what a recovery costs on this machine, over real HTTP, beside the targets of the architecture.
//!
//! Regain is the release binary with one file of settings; the directory is a real slapd (salted SHA-1, so that password
//! hashing is left out), mails and SMS go to sinks of the bench on loopback. Server CPU is what the kernel says of the process.

use regain_bench::client::{Client, PersonToRecover};
use regain_bench::sinks::{self, Codes};
use std::fmt::Write as _;
use std::fs;
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use testbed::slapd::{Person, SERVICE_DN, SERVICE_PASSWORD, Slapd, SlapdOptions};

/// People of the directory; each is recovered many times.
const PEOPLE: usize = 400;
const RECOVERIES_FOR_CPU: usize = 300;
const CLIENTS: usize = 24;
const LOAD: Duration = Duration::from_secs(20);
const FALSE_HANDLES: usize = 5_000;
const ACCOUNTS_FOR_START: usize = 10_000;

fn main() {
    let binary = std::env::args().nth(1).map_or_else(default_binary, PathBuf::from);
    println!("binary                      {:>10.1} MB   target 25, stripped (profile ship)", megabytes(&binary));
    start_and_memory(&binary);
    let codes = Arc::new(Codes::default());
    let (mail, sms) = (sinks::mail(Arc::clone(&codes)), sinks::sms(Arc::clone(&codes)));
    let people: Vec<Person> = (0..PEOPLE).map(person).collect();
    let slapd = Slapd::start_with(SlapdOptions { people, argon2: false, ppolicy: false, ..SlapdOptions::default() });
    let server = Server::start(&binary, &ldap_settings(&slapd, mail, sms), "ldap");
    weigh_pages(&server, &codes);
    cpu_of_recoveries(&server, &slapd, &codes);
    false_handles(&server);
    throughput(&server, &slapd, &codes);
    println!("memory after the load       {:>10.1} MB", server.resident_megabytes());
}

fn default_binary() -> PathBuf {
    let own = std::env::current_exe().expect("a program has a path");
    own.with_file_name("regain")
}

/// The n-th person; accounts that nobody recovers at the same moment.
fn person(n: usize) -> Person {
    let uid = format!("person{n}");
    Person {
        alternate_mail: vec![format!("p{n}@private{}.example", n % 7)],
        mobile: vec![mobile(n)],
        ..Person::new(&uid, "Given", "Family", "First-Passw0rd-1")
    }
}

fn mobile(n: usize) -> String {
    format!("+32470{:06}", 100_000 + n)
}

fn to_recover(n: usize, turn: usize) -> PersonToRecover {
    PersonToRecover {
        user_name: format!("person{n}"),
        email: format!("p{n}@private{}.example", n % 7),
        mobile: mobile(n),
        password: format!("Quiet-River-{turn}-Lamp!{n}"),
    }
}

fn start_and_memory(binary: &Path) {
    let mut csv = "user_name,given_name,family_name,email,alternate_email,mobile\n".to_owned();
    for n in 0..ACCOUNTS_FOR_START {
        let _ = writeln!(csv, "person{n},Given,Family,,p{n}@private{}.example,+32470{:06}", n % 7, 100_000 + n);
    }
    let settings = embedded_settings();
    let server = Server::prepare(binary, &settings, "embedded");
    let file = server.folder.path().join("people.csv");
    fs::write(&file, csv).expect("the temporary folder can be written");
    let config = server.config();
    let import = Command::new(binary).args(["user", "import"]).arg(&file).arg("--config").arg(&config).output();
    let import = import.expect("the binary runs");
    assert!(import.status.success(), "{}", String::from_utf8_lossy(&import.stderr));
    let mut server = server;
    server.run();
    server.stop();
    let mut times: Vec<Duration> = (0..5).map(|_| server.rerun()).collect();
    times.sort();
    println!("start to ready, 10,000      {:>10.1} ms   target 50", times[2].as_secs_f64() * 1000.0);
    println!(
        "memory at rest, 10,000      {:>10.1} MB   target 40 (password lists loaded when first used)",
        server.resident_megabytes()
    );
}

fn weigh_pages(server: &Server, codes: &Codes) {
    let pages = Client::connect(server.address).weigh(&to_recover(0, 0), codes);
    let all: usize = pages.iter().map(|(_, bytes)| bytes).sum();
    println!("first page                  {:>10} B    target 14,336, in one request", pages[0].1);
    println!(
        "largest page                {:>10} B    target 7,168",
        pages.iter().map(|(_, bytes)| *bytes).max().unwrap_or(0)
    );
    println!("whole walk, {} pages         {:>10} B    target 61,440", pages.len(), all);
}

fn cpu_of_recoveries(server: &Server, slapd: &Slapd, codes: &Codes) {
    let mut client = Client::connect(server.address);
    for n in 0..20 {
        client.recover(&to_recover(n + 1, 1), codes);
    }
    let (ours, theirs) = (cpu(server.pid()), cpu(slapd_pid(slapd)));
    client.waits.clear();
    for n in 0..RECOVERIES_FOR_CPU {
        client.recover(&to_recover(n + 21, 2), codes);
    }
    for (what, times) in &mut client.waits {
        times.sort();
        println!("  median of {what:<18}{:>8.2} ms", times[times.len() / 2].as_secs_f64() * 1000.0);
    }
    let each = |before: Duration, pid: u32| (cpu(pid) - before).as_secs_f64() * 1000.0 / RECOVERIES_FOR_CPU as f64;
    println!("server CPU per recovery     {:>10.2} ms   target 1.5", each(ours, server.pid()));
    println!("  beside it: slapd's        {:>10.2} ms", each(theirs, slapd_pid(slapd)));
}

fn false_handles(server: &Server) {
    let mut client = Client::connect(server.address);
    let before = cpu(server.pid());
    for n in 0..FALSE_HANDLES {
        client.set_cookie("__Host-regain", &format!("h.{:A>43}", n));
        client.request("GET", "/recover/code", None, true);
    }
    let each = (cpu(server.pid()) - before).as_secs_f64() * 1e6 / FALSE_HANDLES as f64;
    println!("CPU per false handle        {each:>10.0} µs");
}

fn throughput(server: &Server, slapd: &Slapd, codes: &Arc<Codes>) {
    let done = Arc::new(AtomicUsize::new(0));
    let (ours, theirs) = (cpu(server.pid()), cpu(slapd_pid(slapd)));
    let began = Instant::now();
    let threads: Vec<_> = (0..CLIENTS)
        .map(|own| {
            let (codes, done, address) = (Arc::clone(codes), Arc::clone(&done), server.address);
            std::thread::spawn(move || {
                let mut client = Client::connect(address);
                let share = PEOPLE / CLIENTS;
                for turn in 0.. {
                    if began.elapsed() >= LOAD {
                        return;
                    }
                    client.recover(&to_recover(own * share + turn % share, turn + 3), &codes);
                    done.fetch_add(1, Ordering::Relaxed);
                }
            })
        })
        .collect();
    for thread in threads {
        thread.join().expect("every recovery ends well");
    }
    let seconds = began.elapsed().as_secs_f64();
    let count = done.load(Ordering::Relaxed) as f64;
    println!(
        "recoveries a second         {:>10.0}      target 500, durable, {CLIENTS} people at once",
        count / seconds
    );
    let each = |before: Duration, pid: u32| (cpu(pid) - before).as_secs_f64() * 1000.0 / count;
    println!("  server CPU under load     {:>10.2} ms", each(ours, server.pid()));
    println!("  slapd's                   {:>10.2} ms", each(theirs, slapd_pid(slapd)));
}

/// `regain serve` in a folder of its own.
struct Server {
    binary: PathBuf,
    folder: tempfile::TempDir,
    address: SocketAddr,
    child: Option<Child>,
}

impl Server {
    fn start(binary: &Path, settings: &str, name: &str) -> Self {
        let mut server = Self::prepare(binary, settings, name);
        server.run();
        server
    }

    fn prepare(binary: &Path, settings: &str, name: &str) -> Self {
        let folder =
            tempfile::Builder::new().prefix(&format!("regain-bench-{name}-")).tempdir().expect("a temporary folder");
        let free = TcpListener::bind(("127.0.0.1", 0)).and_then(|listener| listener.local_addr()).expect("a free port");
        let keys = store::sealing::Keyring::generate().to_text();
        fs::write(folder.path().join("keys"), keys.as_bytes()).expect("the temporary folder can be written");
        fs::write(folder.path().join("ldap-password"), SERVICE_PASSWORD).expect("the temporary folder can be written");
        let settings = settings.replace("@address", &free.to_string());
        fs::write(folder.path().join("regain.toml"), settings).expect("the temporary folder can be written");
        Self { binary: binary.to_owned(), folder, address: free, child: None }
    }

    fn config(&self) -> PathBuf {
        self.folder.path().join("regain.toml")
    }

    /// Starts it, and answers how long it took until it was ready.
    fn run(&mut self) -> Duration {
        let log = fs::File::create(self.folder.path().join("log")).expect("the temporary folder can be written");
        let began = Instant::now();
        let child = Command::new(&self.binary)
            .arg("serve")
            .arg("--config")
            .arg(self.config())
            .stdout(Stdio::null())
            .stderr(log)
            .spawn()
            .expect("the binary runs");
        self.child = Some(child);
        while TcpStream::connect(self.address).is_err() {
            assert!(began.elapsed() < Duration::from_secs(60), "{}", self.log());
            std::thread::yield_now();
        }
        let answer = Client::connect(self.address).request("GET", "/readyz", None, false);
        assert_eq!(answer.status, 200, "{}", self.log());
        began.elapsed()
    }

    fn rerun(&mut self) -> Duration {
        self.stop();
        self.run()
    }

    fn stop(&mut self) {
        if let Some(mut child) = self.child.take() {
            let _ = child.kill();
            let _ = child.wait();
        }
    }

    fn pid(&self) -> u32 {
        self.child.as_ref().map_or(0, Child::id)
    }

    fn log(&self) -> String {
        fs::read_to_string(self.folder.path().join("log")).unwrap_or_default()
    }

    fn resident_megabytes(&self) -> f64 {
        let status = fs::read_to_string(format!("/proc/{}/status", self.pid())).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap_or("0");
        line.trim().trim_end_matches(" kB").parse::<f64>().unwrap_or(0.0) / 1024.0
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop();
    }
}

/// User and system time of a process so far. Clock ticks are hundredths of a second on Linux.
fn cpu(pid: u32) -> Duration {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    let after_name = stat.rsplit_once(')').map_or("", |(_, rest)| rest);
    let fields: Vec<u64> =
        after_name.split_whitespace().skip(11).take(2).filter_map(|field| field.parse().ok()).collect();
    Duration::from_millis(fields.iter().sum::<u64>() * 10)
}

fn slapd_pid(slapd: &Slapd) -> u32 {
    slapd.pid().expect("slapd runs as long as the bench")
}

fn megabytes(path: &Path) -> f64 {
    fs::metadata(path).map_or(0.0, |data| data.len() as f64 / 1_000_000.0)
}

const COMMON: &str = r#"keys = { file = "keys" }
[organisation]
name = "Bench"
languages = ["fr", "nl", "de", "en"]
[server]
public_url = "http://@address"
listen = "@address"
own_networks = ["127.0.0.0/8"]
answer_step_millis = 0
[store]
path = "regain.db"
[secretariat]
name = "Office"
telephone = "071 00 00 00"
email = "office@bench.example"
[limits]
messages_overall = []
messages_by_account = []
messages_by_contact = []
[[realms]]
name = "bench"
domains = ["example.test"]
[realms.policy]
methods = @methods
[realms.password]
profile = "microsoft365-strict"
"#;

fn embedded_settings() -> String {
    COMMON.replace("@methods", r#"["email"]"#)
        + r#"[realms.directory]
kind = "embedded"
path = "accounts.db"
[[channels]]
kind = "smtp"
server = "127.0.0.1"
port = 9
security = "plain"
from = "Bench <bench@bench.example>"
"#
}

fn ldap_settings(slapd: &Slapd, mail: u16, sms: u16) -> String {
    COMMON.replace("@methods", r#"["email", "sms"]"#)
        + &format!(
            r#"[realms.directory]
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
from = "Bench <bench@bench.example>"
[[channels]]
kind = "http"
name = "sms"
carries = "sms"
method = "POST"
url = "http://127.0.0.1:{sms}/"
body = {{ form = {{ to = "{{to}}", text = "{{text}}" }} }}
"#,
            slapd.url_ldaps(),
            slapd.ca_file().display(),
        )
}
