//! A private OpenLDAP server (slapd 2.5 or later) with TLS, a password policy and the people a test needs.
//!
//! Needs the Debian packages `slapd`, `slapd-contrib` and `ldap-utils`; no root. Listens on two free ports of 127.0.0.1
//! (plain with StartTLS, and LDAPS), keeps its data in a temporary folder, and is killed when dropped.
//! The policy: at least 10 characters, three old passwords remembered, locked after three failures until a reset.

mod ldif;
mod person;

pub use person::{BASE_DN, Person, Standing, dn_of};

use crate::tls::TestAuthority;
use std::io::{Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// The account that Regain would bind as.
pub const SERVICE_DN: &str = "uid=regain,ou=svc,dc=example,dc=test";
pub const SERVICE_PASSWORD: &str = "svc-Password-1";
/// The database's rootdn, whom no rule binds.
pub const ROOT_DN: &str = "cn=root,dc=example,dc=test";
pub const ROOT_PASSWORD: &str = "root-Password-1";

/// Longest wait for a server to answer. Generous: the machine may be busy.
const READY_WITHIN: Duration = Duration::from_secs(60);
/// Another process may take a port between its choice and its use.
const PORT_TRIES_MAX: u32 = 5;

/// What the service account may do to `userPassword`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ServiceRight {
    /// `=w`: as Regain's documentation asks.
    Write,
    /// Nothing: every reset ends in result 50.
    None,
    /// `manage`: too much; the policy no longer binds it.
    Manage,
}

/// How to set the server up.
pub struct SlapdOptions {
    pub people: Vec<Person>,
    pub right: ServiceRight,
    /// Whether the password policy overlay is on.
    pub ppolicy: bool,
    /// `pwdMinLength`.
    pub min_length: u32,
    /// `pwdMinAge`; 0 switches it off.
    pub min_age_seconds: u32,
    /// Most entries that the service account gets in one search, paged or not. `None`: all.
    pub size_limit: Option<u32>,
    /// Hash new passwords with Argon2 (else salted SHA-1, which costs nothing and suits benchmarks).
    pub argon2: bool,
}

impl Default for SlapdOptions {
    fn default() -> Self {
        Self {
            people: Vec::new(),
            right: ServiceRight::Write,
            ppolicy: true,
            min_length: 10,
            min_age_seconds: 0,
            size_limit: None,
            argon2: true,
        }
    }
}

/// A running slapd.
pub struct Slapd {
    folder: TempDir,
    ca_file: PathBuf,
    port: u16,
    tls_port: u16,
    process: Option<Child>,
    /// Kills the server when this process ends without dropping it.
    guard: Option<Child>,
}

impl Slapd {
    /// Sets up and starts a server with these people. Blocks until it answers.
    ///
    /// # Panics
    /// With slapd's log, when it does not come up.
    pub fn start(people: Vec<Person>) -> Self {
        Self::start_with(SlapdOptions { people, ..SlapdOptions::default() })
    }

    /// As [`Slapd::start`], with everything chosen by the test.
    pub fn start_with(options: SlapdOptions) -> Self {
        let folder = tempfile::Builder::new().prefix("regain-slapd-").tempdir().expect("a temporary folder");
        for name in ["cfg", "db", "run", "tls"] {
            std::fs::create_dir(folder.path().join(name)).expect("the temporary folder can be written");
        }
        let tls = TestAuthority::new().write_files(&folder.path().join("tls"), &["localhost", "127.0.0.1"]);
        load(folder.path(), &["-n0"], "config.ldif", &ldif::config(folder.path(), &tls, &options));
        load(folder.path(), &["-q", "-b", BASE_DN], "data.ldif", &ldif::data(&options));
        let mut slapd = Self { ca_file: tls.ca, folder, port: 0, tls_port: 0, process: None, guard: None };
        for _ in 0..PORT_TRIES_MAX {
            [slapd.port, slapd.tls_port] = free_ports();
            if slapd.run() {
                return slapd;
            }
        }
        panic!("slapd did not start:\n{}", slapd.log());
    }

    /// `ldaps://127.0.0.1:PORT`.
    pub fn url_ldaps(&self) -> String {
        format!("ldaps://127.0.0.1:{}", self.tls_port)
    }

    /// `ldap://127.0.0.1:PORT`: plain, or with StartTLS.
    pub fn url_ldap(&self) -> String {
        format!("ldap://127.0.0.1:{}", self.port)
    }

    /// Where plain LDAP listens.
    pub fn address(&self) -> SocketAddr {
        SocketAddr::from((Ipv4Addr::LOCALHOST, self.port))
    }

    /// The certificate of the authority that signed the server's, in PEM.
    pub fn ca_file(&self) -> &Path {
        &self.ca_file
    }

    /// What slapd has written so far.
    pub fn log(&self) -> String {
        std::fs::read_to_string(self.folder.path().join("run/log")).unwrap_or_default()
    }

    /// Its process id. `None` while it is killed.
    pub fn pid(&self) -> Option<u32> {
        self.process.as_ref().map(Child::id)
    }

    /// Kills it at once (SIGKILL), as a power cut would. Its data stays.
    pub fn kill(&mut self) {
        // The guard first: afterwards the process id may be somebody else's.
        for mut process in [self.guard.take(), self.process.take()].into_iter().flatten() {
            let _ = process.kill();
            let _ = process.wait();
        }
    }

    /// Starts it again on the same ports with the same data, and waits until it answers.
    pub fn restart(&mut self) {
        self.kill();
        assert!(self.run(), "slapd did not start again:\n{}", self.log());
    }

    /// Stops it in its tracks (SIGSTOP): connections are taken and nothing is answered, as on a hung machine.
    pub fn pause(&self) {
        pause_process(self.pid().expect("a test pauses only a server that runs"));
    }

    /// Lets it go on (SIGCONT).
    pub fn resume(&self) {
        signal_process(self.pid().expect("a test resumes only a server that runs"), "CONT");
    }

    /// Whether this DN and password bind, asked by OpenLDAP's own `ldapwhoami`. A wrong password counts against the
    /// account's lockout.
    pub fn binds(&self, dn: &str, password: &str) -> bool {
        let mut whoami = self.tool("ldapwhoami");
        whoami.args(["-D", dn, "-w", password]);
        finish(whoami, "").status.success()
    }

    /// Changes entries as the rootdn, by LDIF change records.
    ///
    /// # Panics
    /// When slapd refuses them.
    pub fn modify(&self, change_records: &str) {
        let mut modify = self.tool("ldapmodify");
        modify.args(["-e", "relax", "-D", ROOT_DN, "-w", ROOT_PASSWORD]);
        let output = finish(modify, change_records);
        assert!(output.status.success(), "ldapmodify: {}", String::from_utf8_lossy(&output.stderr));
    }

    /// Reads an entry's attributes, operational ones too, as the rootdn: LDIF without line folding.
    pub fn read(&self, dn: &str) -> String {
        let mut search = self.tool("ldapsearch");
        search.args(["-LLL", "-o", "ldif-wrap=no", "-D", ROOT_DN, "-w", ROOT_PASSWORD, "-s", "base", "-b", dn]);
        search.args(["(objectClass=*)", "*", "+"]);
        String::from_utf8_lossy(&finish(search, "").stdout).into_owned()
    }

    fn tool(&self, name: &str) -> Command {
        let mut command = Command::new(name);
        command.env("LDAPTLS_CACERT", &self.ca_file).args(["-x", "-H", &self.url_ldaps()]);
        command
    }

    /// Starts the process and waits until both ports answer. `false` when the process ends instead.
    fn run(&mut self) -> bool {
        let folder = self.folder.path();
        let log = std::fs::File::create(folder.join("run/log")).expect("the temporary folder can be written");
        let mut command = Command::new("/usr/sbin/slapd");
        command.arg("-F").arg(folder.join("cfg"));
        command.args(["-h", &format!("{}/ {}/", self.url_ldap(), self.url_ldaps()), "-d", "none"]);
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(log);
        let process = command.spawn().expect("slapd is installed (Debian: slapd, slapd-contrib)");
        self.guard = Some(guard(process.id()));
        self.process = Some(process);
        let until = Instant::now() + READY_WITHIN;
        while Instant::now() < until {
            if answers(self.port) && TcpStream::connect((Ipv4Addr::LOCALHOST, self.tls_port)).is_ok() {
                return true;
            }
            if self.process.as_mut().is_some_and(|process| process.try_wait().is_ok_and(|ended| ended.is_some())) {
                self.kill();
                return false;
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        panic!("slapd does not answer after {READY_WITHIN:?}:\n{}", self.log());
    }
}

impl Drop for Slapd {
    fn drop(&mut self) {
        self.kill();
    }
}

/// A shell that kills a process once its own standard input ends, as it does with the test process, however that ends.
fn guard(pid: u32) -> Child {
    let mut shell = Command::new("sh");
    shell.args(["-c", "read -r _; kill -KILL \"$0\"", &pid.to_string()]);
    shell.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
    shell.spawn().expect("a shell is there")
}

/// Sends a signal by name to a process that the test started.
pub fn signal_process(pid: u32, name: &str) {
    let done = Command::new("kill").args([format!("-{name}"), pid.to_string()]).status().expect("`kill` is there");
    assert!(done.success(), "kill -{name} {pid}");
}

/// Stops a process (SIGSTOP), and waits until all its threads stand still.
pub fn pause_process(pid: u32) {
    signal_process(pid, "STOP");
    let until = Instant::now() + READY_WITHIN;
    while !stands_still(pid) {
        assert!(Instant::now() < until, "{pid} does not stop");
        std::thread::sleep(Duration::from_millis(1));
    }
}

/// Whether every thread has the state T (proc(5)).
fn stands_still(pid: u32) -> bool {
    let threads = std::fs::read_dir(format!("/proc/{pid}/task")).expect("the process is there");
    threads.flatten().all(|thread| {
        let status = std::fs::read_to_string(thread.path().join("stat")).unwrap_or_default();
        status.rsplit(')').next().is_some_and(|rest| rest.trim_start().starts_with('T'))
    })
}

/// Whether an anonymous bind on this port gets any answer.
fn answers(port: u16) -> bool {
    const ANONYMOUS_BIND: &[u8] = &[0x30, 0x0c, 2, 1, 1, 0x60, 7, 2, 1, 3, 4, 0, 0x80, 0];
    let Ok(mut stream) = TcpStream::connect((Ipv4Addr::LOCALHOST, port)) else { return false };
    let limit = stream.set_read_timeout(Some(Duration::from_secs(5)));
    let mut answer = [0; 1];
    limit.is_ok() && stream.write_all(ANONYMOUS_BIND).is_ok() && stream.read_exact(&mut answer).is_ok()
}

/// Two ports that were free a moment ago.
fn free_ports() -> [u16; 2] {
    let listeners = [(); 2].map(|()| TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port"));
    listeners.map(|listener| listener.local_addr().expect("a bound socket has an address").port())
}

fn load(folder: &Path, arguments: &[&str], name: &str, ldif: &str) {
    let file = folder.join(name);
    std::fs::write(&file, ldif).expect("the temporary folder can be written");
    let mut slapadd = Command::new("/usr/sbin/slapadd");
    slapadd.arg("-F").arg(folder.join("cfg")).args(arguments).arg("-l").arg(&file);
    let output = finish(slapadd, "");
    assert!(output.status.success(), "slapadd {name}: {}", String::from_utf8_lossy(&output.stderr));
}

/// Runs a command to its end with this text on its standard input.
fn finish(mut command: Command, input: &str) -> Output {
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let program = command.get_program().to_string_lossy().into_owned();
    let mut child = command.spawn().unwrap_or_else(|error| panic!("{program} is not installed: {error}"));
    if let Some(mut stdin) = child.stdin.take() {
        let _ = stdin.write_all(input.as_bytes());
    }
    child.wait_with_output().expect("a child that was started can be waited for")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_starts_binds_and_comes_back_with_its_data() {
        let anna = Person::new("anna", "Anna", "D'Été", "First-Passw0rd").alternate_mail("anna@home.example");
        let mut slapd = Slapd::start(vec![anna.clone()]);
        assert!(slapd.binds(&anna.dn(), "First-Passw0rd"));
        assert!(!slapd.binds(&anna.dn(), "Wrong-Passw0rd"));
        slapd.kill();
        assert!(!slapd.binds(&anna.dn(), "First-Passw0rd"));
        slapd.restart();
        assert!(slapd.read(&anna.dn()).contains("alternateMail: anna@home.example"));
    }
}
