//! A private mail server: postfix, with dovecot to check who signs in.
//!
//! Needs the Debian packages `postfix` and `dovecot-core`, and root, since postfix changes to users of its own. It listens on 127.0.0.1 on free
//! ports and lives in a temporary folder; nothing under /etc or /var is used. All of it ends when the value is dropped.

use mailparse::{MailHeaderMap, ParsedMail};
use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, ExtendedKeyUsagePurpose, IsCa, KeyPair, KeyUsagePurpose,
};
use std::{
    fs,
    io::{BufRead, BufReader},
    net::{TcpListener, TcpStream},
    os::unix::{self, fs::PermissionsExt},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};
use tempfile::TempDir;

/// How long postfix may take to greet. Generous, since tests share the machine with compilers.
const READY_LIMIT: Duration = Duration::from_secs(60);

/// Between two looks at something that will happen soon.
const LOOK_AGAIN: Duration = Duration::from_millis(20);

/// The user `nobody`, who owns the mailboxes.
const NOBODY: u32 = 65534;

/// A mail as it was delivered.
#[derive(Clone, Debug)]
pub struct Mail {
    /// The address that it was delivered to.
    pub to: String,
    pub subject: String,
    /// Name and value, decoded, in the order of the mail.
    pub headers: Vec<(String, String)>,
    /// The `text/plain` part, decoded; empty where there is none.
    pub text: String,
    /// The `text/html` part, decoded; empty where there is none.
    pub html: String,
    pub raw: Vec<u8>,
}

impl Mail {
    /// The first header of this name, decoded.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(found, _)| found.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }
}

/// A running mail server. It takes mail for every address of its domains, but for two kinds: `unknown@…` is refused for ever (550),
/// `busy@…` for now (450). Only who has signed in over TLS may send.
pub struct MailServer {
    folder: TempDir,
    start_tls_port: u16,
    tls_port: u16,
    running: Option<Running>,
}

struct Running {
    postfix: Child,
    dovecot: Child,
}

impl MailServer {
    /// The host name in its certificate.
    pub const SERVER: &str = "localhost";
    pub const USER_NAME: &str = "regain";
    pub const PASSWORD: &str = "mail-Passw0rd";

    /// # Panics
    /// When it is not run by root, the packages are not there, or the server does not come up.
    pub fn start(domains: &[&str]) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let [start_tls_port, tls_port] = free_ports();
        let mut server = Self { folder, start_tls_port, tls_port, running: None };
        server.write_files(domains);
        server.restart();
        server
    }

    /// STARTTLS, then AUTH.
    pub const fn start_tls_port(&self) -> u16 {
        self.start_tls_port
    }

    /// TLS from the first byte, then AUTH.
    pub const fn tls_port(&self) -> u16 {
        self.tls_port
    }

    /// The authority that signed its certificate.
    pub fn ca_file(&self) -> PathBuf {
        self.path("ca.pem")
    }

    /// All mails delivered to an address so far, oldest first.
    pub fn mails_to(&self, address: &str) -> Vec<Mail> {
        let mut files: Vec<PathBuf> = fs::read_dir(self.path("mail/all/new"))
            .map(|entries| entries.flatten().map(|entry| entry.path()).collect())
            .unwrap_or_default();
        // Their names tell the order only to the second.
        files.sort_by_key(|file| file.metadata().and_then(|data| data.modified()).ok());
        let mails = files.iter().filter_map(|file| read(&fs::read(file).ok()?));
        mails.filter(|mail| mail.to.eq_ignore_ascii_case(address)).collect()
    }

    /// Waits until so many mails were delivered to an address, and answers with all of them.
    ///
    /// # Panics
    /// When the limit is over.
    pub fn wait_for_mail(&self, address: &str, count: usize, limit: Duration) -> Vec<Mail> {
        let start = Instant::now();
        loop {
            let found = self.mails_to(address);
            if found.len() >= count {
                return found;
            }
            assert!(start.elapsed() < limit, "{} of {count} mails; the log:\n{}", found.len(), self.log());
            thread::sleep(LOOK_AGAIN);
        }
    }

    /// Stops it at once, in the middle of whatever it does. What was delivered stays.
    pub fn stop(&mut self) {
        let Some(mut running) = self.running.take() else { return };
        let _ = Command::new("postfix").arg("-c").arg(self.path("etc")).arg("abort").stderr(Stdio::null()).status();
        let _ = running.postfix.kill();
        let _ = running.postfix.wait();
        let _ = running.dovecot.kill();
        let _ = running.dovecot.wait();
    }

    /// Starts it again on the same ports.
    ///
    /// # Panics
    /// When the server does not come up.
    pub fn restart(&mut self) {
        self.stop();
        let _ = fs::remove_file(self.path("dove/auth"));
        let dovecot = self.spawn("dovecot", &["-F".into(), "-c".into(), self.path("dovecot.conf")]);
        let postfix = self.spawn("postfix", &["-c".into(), self.path("etc"), "start-fg".into()]);
        self.running = Some(Running { postfix, dovecot });
        let start = Instant::now();
        while !self.is_ready() {
            assert!(start.elapsed() < READY_LIMIT, "postfix is not ready (it needs root); the log:\n{}", self.log());
            thread::sleep(LOOK_AGAIN);
        }
    }

    /// What postfix has written down so far.
    pub fn log(&self) -> String {
        let read = |name| String::from_utf8_lossy(&fs::read(self.path(name)).unwrap_or_default()).into_owned();
        format!("{}{}{}", read("maillog"), read("postfix.out"), read("dovecot.out"))
    }

    fn is_ready(&self) -> bool {
        let Ok(stream) = TcpStream::connect(("127.0.0.1", self.start_tls_port)) else { return false };
        let _ = stream.set_read_timeout(Some(Duration::from_secs(2)));
        let mut greeting = String::new();
        let greeted = BufReader::new(stream).read_line(&mut greeting).is_ok() && greeting.starts_with("220");
        greeted && self.path("dove/auth").exists()
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn spawn(&self, program: &str, arguments: &[PathBuf]) -> Child {
        let log = fs::File::create(self.path(&format!("{program}.out"))).expect("a log");
        let errors = log.try_clone().expect("a second handle of the log");
        let child = Command::new(program).args(arguments).stdin(Stdio::null()).stdout(log).stderr(errors).spawn();
        child.unwrap_or_else(|error| panic!("{program}: {error}; install the packages postfix and dovecot-core"))
    }

    fn write_files(&self, domains: &[&str]) {
        for name in ["etc", "spool", "data", "mail", "dove"] {
            fs::create_dir(self.path(name)).expect("a folder");
        }
        for name in ["", "dove"] {
            fs::set_permissions(self.path(name), fs::Permissions::from_mode(0o755)).expect("readable by all");
        }
        own(&self.path("data"), user_id("postfix"));
        own(&self.path("mail"), NOBODY);
        certificates(self.folder.path());
        let write = |name: &str, text: String| fs::write(self.path(name), text).expect("a file is written");
        write("etc/main.cf", main_cf(&self.folder.path().display().to_string(), domains));
        write("etc/master.cf", master_cf(self.start_tls_port, self.tls_port));
        write("etc/refused", "/^unknown@/ 550 5.1.1 no such mailbox\n/^busy@/ 450 4.2.0 try later\n".to_owned());
        write("dovecot.conf", dovecot_conf(&self.folder.path().display().to_string()));
        write("users", format!("{}:{{PLAIN}}{}\n", Self::USER_NAME, Self::PASSWORD));
    }
}

impl Drop for MailServer {
    fn drop(&mut self) {
        self.stop();
    }
}

fn read(raw: &[u8]) -> Option<Mail> {
    let parsed = mailparse::parse_mail(raw).ok()?;
    let headers: Vec<_> = parsed.headers.iter().map(|header| (header.get_key(), header.get_value())).collect();
    Some(Mail {
        to: parsed.headers.get_first_value("Delivered-To")?,
        subject: parsed.headers.get_first_value("Subject").unwrap_or_default(),
        headers,
        text: part(&parsed, "text/plain").unwrap_or_default(),
        html: part(&parsed, "text/html").unwrap_or_default(),
        raw: raw.to_vec(),
    })
}

fn part(mail: &ParsedMail<'_>, kind: &str) -> Option<String> {
    if mail.subparts.is_empty() && mail.ctype.mimetype == kind {
        return mail.get_body().ok();
    }
    mail.subparts.iter().find_map(|inner| part(inner, kind))
}

fn own(path: &Path, user: u32) {
    unix::fs::chown(path, Some(user), None).expect("the mail server is started by root");
}

fn user_id(name: &str) -> u32 {
    let users = fs::read_to_string("/etc/passwd").expect("the list of users");
    let line = users.lines().find(|line| line.split(':').next() == Some(name));
    let id = line.and_then(|line| line.split(':').nth(2)).and_then(|id| id.parse().ok());
    id.unwrap_or_else(|| panic!("there is no user {name}; install the package {name}"))
}

/// An authority, and a certificate of it for `localhost`.
fn certificates(folder: &Path) {
    let mut authority = CertificateParams::default();
    authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    authority.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    authority.distinguished_name.push(rcgen::DnType::CommonName, "mail test authority");
    let authority = CertifiedIssuer::self_signed(authority, KeyPair::generate().expect("a key")).expect("an authority");
    let names = ["localhost".to_owned(), "127.0.0.1".to_owned()];
    let mut server = CertificateParams::new(names).expect("host names");
    server.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    let key = KeyPair::generate().expect("a key");
    let certificate = server.signed_by(&key, &authority).expect("a certificate");
    fs::write(folder.join("ca.pem"), authority.pem()).expect("written");
    fs::write(folder.join("server.pem"), certificate.pem()).expect("written");
    fs::write(folder.join("server.key"), key.serialize_pem()).expect("written");
}

fn free_ports() -> [u16; 2] {
    let listeners = [(); 2].map(|()| TcpListener::bind("127.0.0.1:0").expect("a free port"));
    listeners.map(|listener| listener.local_addr().expect("its address").port())
}

fn main_cf(folder: &str, domains: &[&str]) -> String {
    let catch_all: Vec<String> = domains.iter().map(|domain| format!("@{domain}=all/")).collect();
    format!(
        "compatibility_level = 3.6
queue_directory = {folder}/spool
data_directory = {folder}/data
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
mail_owner = postfix
setgid_group = postdrop
maillog_file = {folder}/maillog
maillog_file_prefixes = {folder}
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
myhostname = mx.example.test
mydestination =
alias_maps =
local_recipient_maps =
virtual_mailbox_domains = {domains}
virtual_mailbox_base = {folder}/mail
virtual_mailbox_maps = inline:{{ {catch_all} }}
virtual_uid_maps = static:{NOBODY}
virtual_gid_maps = static:{NOBODY}
virtual_minimum_uid = 1
default_transport = error:5.4.4 no route
smtpd_tls_security_level = may
smtpd_tls_auth_only = yes
smtpd_tls_cert_file = {folder}/server.pem
smtpd_tls_key_file = {folder}/server.key
smtpd_sasl_auth_enable = yes
smtpd_sasl_type = dovecot
smtpd_sasl_path = {folder}/dove/auth
smtpd_relay_restrictions = permit_sasl_authenticated, reject
smtpd_recipient_restrictions = check_recipient_access regexp:{folder}/etc/refused, permit_sasl_authenticated, reject
smtpd_error_sleep_time = 0
notify_classes =
",
        domains = domains.join(" "),
        catch_all = catch_all.join(", "),
    )
}

fn master_cf(start_tls_port: u16, tls_port: u16) -> String {
    format!(
        "127.0.0.1:{start_tls_port} inet n - n - - smtpd
127.0.0.1:{tls_port} inet n - n - - smtpd
  -o smtpd_tls_wrappermode=yes
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 1 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
error unix - - n - - error
retry unix - - n - - error
virtual unix - n n - - virtual
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
"
    )
}

fn dovecot_conf(folder: &str) -> String {
    format!(
        "base_dir = {folder}/dove/run
state_dir = {folder}/dove/state
log_path = {folder}/dove/log
protocols =
ssl = no
auth_mechanisms = plain login
disable_plaintext_auth = no
auth_failure_delay = 0
passdb {{
  driver = passwd-file
  args = {folder}/users
}}
userdb {{
  driver = static
  args = uid={NOBODY} gid={NOBODY} home={folder}/mail/%n
}}
service auth {{
  unix_listener {folder}/dove/auth {{
    mode = 0666
  }}
}}
service anvil {{
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
"
    )
}
