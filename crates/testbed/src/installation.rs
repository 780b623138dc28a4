//! A whole installation: one file of settings, keys and secrets in a temporary folder, and `regain serve` on a free port of 127.0.0.1.
//!
//! It knows the command line, the settings and the key file as their documentation says, nothing else. The binary must have been built
//! (`cargo xtask test` builds it first).

use crate::demo::binary;
use crate::kannel::Kannel;
use crate::slapd::{BASE_DN, SERVICE_DN, SERVICE_PASSWORD};
use crate::smtp::MailServer;
use crate::walker::Walker;
use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// How long it may take to be ready. Generous, since tests share the machine with compilers.
const READY_LIMIT: Duration = Duration::from_secs(60);

/// Between two looks at something that will happen soon.
const LOOK_AGAIN: Duration = Duration::from_millis(10);

/// Another process may take a port between its choice and its use.
const PORT_TRIES_MAX: u32 = 5;

/// What an installation is connected to. Change a field to make it a wrong one.
#[derive(Clone, Debug)]
pub struct Plan {
    /// `ldap://` or `ldaps://`, in the order in which they are tried.
    pub directory_urls: Vec<String>,
    pub directory_ca: Option<PathBuf>,
    pub bind_password: String,
    /// How long an answer of the directory may take. Seconds.
    pub directory_timeout_seconds: u32,
    /// The port of STARTTLS, and the authority of its certificate.
    pub mail: (u16, PathBuf),
    /// The address of Kannel's `sendsms`.
    pub sms_url: Option<String>,
    /// The mail domain of the organisation.
    pub domain: String,
    pub secretariat_email: String,
}

impl Plan {
    /// An installation for a slapd of the test, by its address, with mail and nothing wrong.
    pub fn new(directory_url: &str, mail: &MailServer) -> Self {
        Self {
            directory_urls: vec![directory_url.to_owned()],
            directory_ca: None,
            bind_password: SERVICE_PASSWORD.to_owned(),
            directory_timeout_seconds: 10,
            mail: (mail.start_tls_port(), mail.ca_file()),
            sms_url: None,
            domain: "example.test".to_owned(),
            secretariat_email: "secretariat@example.test".to_owned(),
        }
    }

    #[must_use]
    pub fn directory_ca(mut self, file: &Path) -> Self {
        self.directory_ca = Some(file.to_owned());
        self
    }

    #[must_use]
    pub fn sms(mut self, kannel: &Kannel) -> Self {
        self.sms_url = Some(kannel.url().to_owned());
        self
    }

    fn settings(&self, port: u16) -> String {
        let urls: Vec<String> = self.directory_urls.iter().map(|url| format!("\"{url}\"")).collect();
        let ca = self.directory_ca.as_ref().map(|file| format!("ca_file = \"{}\"\n", file.display()));
        let methods = if self.sms_url.is_some() { "\"email\", \"sms\"" } else { "\"email\"" };
        let mut settings = format!(
            "keys = {{ file = \"keys\" }}

[organisation]
name = \"Collège des Deux Rivières\"
time_zone = \"Europe/Brussels\"
home_country = \"BE\"

[server]
public_url = \"http://127.0.0.1:{port}\"
listen = \"127.0.0.1:{port}\"

[store]
path = \"regain.db\"

[secretariat]
name = \"Secrétariat\"
email = \"{secretariat}\"
telephone = \"071 12 34 50\"

[[realms]]
name = \"school\"
domains = [\"{domain}\"]

[realms.directory]
kind = \"ldap\"
servers = [{urls}]
{ca}bind_dn = \"{SERVICE_DN}\"
bind_password = {{ file = \"ldap-password\" }}
base_dn = \"ou=people,{BASE_DN}\"
timeout_seconds = {timeout}

[realms.directory.attributes]
alternate_emails = [\"alternateMail\"]

[realms.policy]
methods = [{methods}]

# Fewer rules than the directory has: what it refuses is its own answer.
[realms.password]
min_length = 8

[[channels]]
kind = \"smtp\"
server = \"{mail_server}\"
port = {mail_port}
security = \"starttls\"
user_name = \"{mail_user}\"
password = {{ file = \"smtp-password\" }}
from = \"Collège <regain@{domain}>\"
ca_file = \"{mail_ca}\"
",
            secretariat = self.secretariat_email,
            domain = self.domain,
            urls = urls.join(", "),
            ca = ca.unwrap_or_default(),
            timeout = self.directory_timeout_seconds,
            mail_server = MailServer::SERVER,
            mail_port = self.mail.0,
            mail_user = MailServer::USER_NAME,
            mail_ca = self.mail.1.display(),
        );
        if let Some(url) = &self.sms_url {
            let user = Kannel::USER_NAME;
            let sms = format!(
                "\n[[channels]]\nkind = \"kannel\"\nurl = \"{url}\"\nuser_name = \"{user}\"\npassword = {{ file = \"sms-password\" }}\nfrom = \"College\"\n"
            );
            settings.push_str(&sms);
        }
        settings
    }
}

/// An installation on this machine. Its server is killed when the value is dropped.
pub struct Installation {
    folder: TempDir,
    port: u16,
    server: Option<Child>,
}

impl Installation {
    /// Writes settings, keys and secrets. Starts nothing.
    pub fn write(plan: &Plan) -> Self {
        let folder = tempfile::Builder::new().prefix("regain-installation-").tempdir().expect("a temporary folder");
        let installation = Self { folder, port: free_port(), server: None };
        installation.write_private("keys", &key_file());
        installation.write_private("smtp-password", MailServer::PASSWORD);
        installation.write_private("sms-password", Kannel::PASSWORD);
        installation.rewrite(plan);
        installation
    }

    /// Writes settings, keys and secrets, and starts the server.
    ///
    /// # Panics
    /// With its log, when it does not come up.
    pub fn start(plan: &Plan) -> Self {
        let mut installation = Self::write(plan);
        for _ in 0..PORT_TRIES_MAX {
            if installation.run() {
                return installation;
            }
            assert!(installation.log().contains("in use"), "`regain serve` ended:\n{}", installation.log());
            installation.port = free_port();
            installation.rewrite(plan);
        }
        panic!("no port stayed free:\n{}", installation.log());
    }

    /// Writes the settings and the directory's password anew, for the next start or command.
    pub fn rewrite(&self, plan: &Plan) {
        self.write_private("regain.toml", &plan.settings(self.port));
        self.write_private("ldap-password", &plan.bind_password);
    }

    /// `http://127.0.0.1:PORT`.
    pub fn base(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// A new browser, in this language.
    pub fn walker(&self, language: &str) -> Walker {
        Walker::new(&self.base(), language)
    }

    /// The server's process id. `None` while it is killed.
    pub fn pid(&self) -> Option<u32> {
        self.server.as_ref().map(Child::id)
    }

    /// What the server has written since its last start.
    pub fn log(&self) -> String {
        fs::read_to_string(self.path("log")).unwrap_or_default()
    }

    /// Kills the server at once (SIGKILL), as a power cut would. Its data stays.
    pub fn kill(&mut self) {
        let Some(mut server) = self.server.take() else { return };
        let _ = server.kill();
        let _ = server.wait();
    }

    /// Starts the server again, on the same port with the same data.
    ///
    /// # Panics
    /// With its log, when it does not come up.
    pub fn restart(&mut self) {
        self.kill();
        assert!(self.run(), "`regain serve` did not start again:\n{}", self.log());
    }

    /// Runs another command with this installation's settings, to its end: `["check"]`, `["explain", "anna"]`.
    pub fn command(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new(binary());
        command.args(arguments).arg("--config").arg(self.path("regain.toml")).stdin(Stdio::null());
        command.output().expect("the binary was found a moment ago")
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Starts the server and waits until it answers. `false` when it ends instead.
    fn run(&mut self) -> bool {
        let log = File::create(self.path("log")).expect("the temporary folder can be written");
        let errors = log.try_clone().expect("a second handle of the log");
        let mut command = Command::new(binary());
        command.arg("serve").arg("--config").arg(self.path("regain.toml")).env("REGAIN_LOG", "info");
        command.stdin(Stdio::null()).stdout(log).stderr(errors);
        self.server = Some(command.spawn().expect("the binary can be started"));
        let start = Instant::now();
        while start.elapsed() < READY_LIMIT {
            if self.server.as_mut().is_some_and(|server| server.try_wait().is_ok_and(|ended| ended.is_some())) {
                self.kill();
                return false;
            }
            if self.is_ready() {
                return true;
            }
            std::thread::sleep(LOOK_AGAIN);
        }
        panic!("`regain serve` is not ready after {READY_LIMIT:?}:\n{}", self.log());
    }

    /// Whether `/readyz` says so. Not by its log: a stranger on the port would not have written that.
    fn is_ready(&self) -> bool {
        let Ok(mut stream) = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port)) else { return false };
        let limit = stream.set_read_timeout(Some(READY_LIMIT));
        let request = format!("GET /readyz HTTP/1.1\r\nhost: 127.0.0.1:{}\r\nconnection: close\r\n\r\n", self.port);
        let mut answer = String::new();
        let asked = limit.is_ok() && stream.write_all(request.as_bytes()).is_ok();
        asked && stream.read_to_string(&mut answer).is_ok() && answer.starts_with("HTTP/1.1 200")
    }

    fn write_private(&self, name: &str, text: &str) {
        let path = self.path(name);
        fs::write(&path, text).expect("the temporary folder can be written");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).expect("a file of ours");
    }
}

impl Drop for Installation {
    fn drop(&mut self) {
        self.kill();
        if std::thread::panicking() {
            eprintln!("the log of `regain serve`:\n{}", self.log());
        }
    }
}

/// A key file as its documentation describes it, with keys that nobody has used before.
fn key_file() -> String {
    let mut random = [0; 64];
    File::open("/dev/urandom")
        .and_then(|mut source| source.read_exact(&mut random))
        .expect("the system has random bytes");
    let hex = random.iter().fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    });
    let (root, seal) = hex.split_at(64);
    format!("root {root}\nseal 1 {seal}\n")
}

fn free_port() -> u16 {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
    listener.local_addr().expect("a bound socket has an address").port()
}
