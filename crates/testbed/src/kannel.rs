//! A private Kannel (bearerbox and smsbox) whose provider is its own fake SMSC, which writes down what it gets.
//!
//! Needs the Debian packages `kannel` and `kannel-extras`; no root. Everything listens on 127.0.0.1 on free ports and lives in a temporary
//! folder; all of it ends when the value is dropped.

use std::{
    fs,
    net::{TcpListener, TcpStream},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};
use tempfile::TempDir;

/// How long Kannel may take to be ready. Generous, since tests share the machine with compilers.
const READY_LIMIT: Duration = Duration::from_secs(60);

/// Between two looks at something that will happen soon.
const LOOK_AGAIN: Duration = Duration::from_millis(20);

/// The fake SMSC ends by itself after its own messages: one in a long while, so that it stays up.
const FAKE_INTERVAL_SECONDS: &str = "100000";

/// One SMS as the provider got it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Sms {
    pub from: String,
    pub to: String,
    pub text: String,
}

/// A running Kannel.
pub struct Kannel {
    folder: TempDir,
    url: String,
    // Ended in this order.
    children: Vec<Child>,
}

impl Kannel {
    /// The account of the `sendsms` interface.
    pub const USER_NAME: &str = "regain";
    pub const PASSWORD: &str = "kannel-Passw0rd";

    /// Starts it and waits until a message sent is a message delivered.
    pub fn start() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let [admin, boxes, fake, send] = free_ports();
        let settings = folder.path().join("kannel.conf");
        fs::write(&settings, configuration(admin, boxes, fake, send)).expect("the configuration is written");
        let mut kannel = Self { url: format!("http://127.0.0.1:{send}/cgi-bin/sendsms"), folder, children: Vec::new() };
        kannel.run("bearerbox", Path::new("bearerbox"), &[&settings]);
        kannel.wait_for_port(boxes);
        kannel.wait_for_port(fake);
        let own_message = PathBuf::from("100 200 text nop");
        let fake_port = PathBuf::from(fake.to_string());
        let options = ["-H", "127.0.0.1", "-i", FAKE_INTERVAL_SECONDS, "-m", "2", "-r"].map(PathBuf::from);
        let mut arguments: Vec<&Path> = options.iter().map(PathBuf::as_path).collect();
        arguments.extend([fake_port.as_path(), own_message.as_path()]);
        kannel.run("fakesmsc", Path::new("/usr/lib/kannel/test/fakesmsc"), &arguments);
        kannel.run("smsbox", Path::new("smsbox"), &[&settings]);
        kannel.wait_for_port(send);
        kannel.wait_for_log("bearerbox", "Fakesmsc client connected");
        kannel
    }

    /// The address of the `sendsms` interface.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// What was delivered to a number (E.164) so far, oldest first.
    pub fn sms_to(&self, number: &str) -> Vec<Sms> {
        read_log(&self.log("fakesmsc")).into_iter().filter(|sms| sms.to == number).collect()
    }

    /// Waits until so many SMS were delivered to a number, and answers with all of them.
    ///
    /// # Panics
    /// When the limit is over.
    pub fn wait_for_sms(&self, number: &str, count: usize, limit: Duration) -> Vec<Sms> {
        let start = Instant::now();
        loop {
            let found = self.sms_to(number);
            if found.len() >= count {
                return found;
            }
            assert!(start.elapsed() < limit, "{} of {count} SMS; the log:\n{}", found.len(), self.log("fakesmsc"));
            thread::sleep(LOOK_AGAIN);
        }
    }

    /// Ends all of it at once.
    pub fn stop(&mut self) {
        for child in self.children.iter_mut().rev() {
            let _ = child.kill();
            let _ = child.wait();
        }
        self.children.clear();
    }

    fn run(&mut self, name: &str, program: &Path, arguments: &[&Path]) {
        let log = fs::File::create(self.folder.path().join(name)).expect("a log");
        let errors = log.try_clone().expect("a second handle of the log");
        let child = Command::new(program)
            .args(arguments)
            .current_dir(self.folder.path())
            .stdin(Stdio::null())
            .stdout(log)
            .stderr(errors)
            .spawn()
            .unwrap_or_else(|error| {
                panic!("{}: {error}; install the packages kannel and kannel-extras", program.display())
            });
        self.children.push(child);
    }

    fn log(&self, name: &str) -> String {
        String::from_utf8_lossy(&fs::read(self.folder.path().join(name)).unwrap_or_default()).into_owned()
    }

    fn wait_for_port(&self, port: u16) {
        self.wait_until(|| TcpStream::connect(("127.0.0.1", port)).is_ok());
    }

    fn wait_for_log(&self, name: &str, text: &str) {
        self.wait_until(|| self.log(name).contains(text));
    }

    fn wait_until(&self, ready: impl Fn() -> bool) {
        let start = Instant::now();
        while !ready() {
            let logs = || ["bearerbox", "smsbox", "fakesmsc"].map(|name| self.log(name)).join("\n");
            assert!(start.elapsed() < READY_LIMIT, "Kannel is not ready:\n{}", logs());
            thread::sleep(LOOK_AGAIN);
        }
    }
}

impl Drop for Kannel {
    fn drop(&mut self) {
        self.stop();
    }
}

fn configuration(admin: u16, boxes: u16, fake: u16, send: u16) -> String {
    let (user_name, password) = (Kannel::USER_NAME, Kannel::PASSWORD);
    format!(
        "group = core
admin-port = {admin}
admin-password = x
smsbox-port = {boxes}
box-allow-ip = \"127.0.0.1\"
admin-allow-ip = \"127.0.0.1\"

group = smsc
smsc = fake
smsc-id = fake
port = {fake}
connect-allow-ip = 127.0.0.1

group = smsbox
bearerbox-host = 127.0.0.1
sendsms-port = {send}
sendsms-interface = 127.0.0.1

group = sendsms-user
username = {user_name}
password = {password}
concatenation = true
max-messages = 5

group = sms-service
keyword = default
text = \"ok\"
"
    )
}

/// Four ports that are free now. They are found together, so that they differ.
fn free_ports() -> [u16; 4] {
    let listeners = [(); 4].map(|()| TcpListener::bind("127.0.0.1:0").expect("a free port"));
    listeners.map(|listener| listener.local_addr().expect("its address").port())
}

/// Reads `Got message N: <FROM TO KIND TEXT>` lines. A line break in a text splits its line; what follows is logged as messages of
/// their own, and is joined again here. So are the parts of a long text, once all are there.
fn read_log(log: &str) -> Vec<Sms> {
    let mut found: Vec<Sms> = Vec::new();
    let mut parts: Vec<Sms> = Vec::new();
    for line in log.lines() {
        let Some((_, message)) = line.split_once("Got message ") else { continue };
        let Some((_, message)) = message.split_once(": <") else { continue };
        let message = message.strip_suffix('>').unwrap_or(message);
        match Logged::read(message) {
            Some(Logged { sms, part: None }) => found.push(sms),
            Some(Logged { sms, part: Some((number, total)) }) => {
                parts.push(sms);
                if number == total {
                    found.extend(joined(std::mem::take(&mut parts)));
                }
            }
            None => {
                if let Some(last) = found.last_mut() {
                    last.text.push('\n');
                    last.text.push_str(message);
                }
            }
        }
    }
    found
}

struct Logged {
    sms: Sms,
    /// Which part of how many (3GPP TS 23.040 §9.2.3.24.1).
    part: Option<(u8, u8)>,
}

impl Logged {
    fn read(message: &str) -> Option<Self> {
        let mut words = message.splitn(4, ' ');
        let (from, to, kind, rest) = (words.next()?, words.next()?, words.next()?, words.next().unwrap_or_default());
        if !to.starts_with(|c: char| c == '+' || c.is_ascii_digit()) {
            return None;
        }
        let sms = |text| Sms { from: from.to_owned(), to: to.to_owned(), text };
        match kind {
            "text" => Some(Self { sms: sms(rest.to_owned()), part: None }),
            "data" => Some(Self { sms: sms(decoded(&percent_decoded(rest))), part: None }),
            "ucs-2" => Some(Self { sms: sms(from_utf16(&percent_decoded(rest))), part: None }),
            "udh" => {
                let (header, text) = rest.split_once(" data ")?;
                let part = match percent_decoded(header)[..] {
                    [5, 0, 3, _, total, number] => (number, total),
                    _ => return None,
                };
                Some(Self { sms: sms(decoded(&percent_decoded(text))), part: Some(part) })
            }
            _ => None,
        }
    }
}

fn joined(parts: Vec<Sms>) -> Option<Sms> {
    parts.into_iter().reduce(|mut whole, part| {
        whole.text.push_str(&part.text);
        whole
    })
}

fn percent_decoded(text: &str) -> Vec<u8> {
    let bytes = text.as_bytes();
    let mut decoded = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let hex = (bytes[at] == b'%').then(|| text.get(at + 1..at + 3)).flatten();
        match hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) => {
                decoded.push(byte);
                at += 3;
            }
            None => {
                decoded.push(if bytes[at] == b'+' { b' ' } else { bytes[at] });
                at += 1;
            }
        }
    }
    decoded
}

/// A part is UTF-8 or UTF-16, and the log does not say which: the high bytes of UTF-16 look like control characters.
fn decoded(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) if !text.chars().any(|c| c.is_control() && c != '\n' && c != '\r') => text.to_owned(),
        _ => from_utf16(bytes),
    }
}

fn from_utf16(bytes: &[u8]) -> String {
    let units: Vec<u16> = bytes.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
    String::from_utf16_lossy(&units)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_log_gives_back_whole_messages() {
        let log = "x DEBUG: Got message 4: <E +321 text one>\nx DEBUG: Got message 5: <two>\n\
                   x DEBUG: Got message 6: <E +322 ucs-2 %00c%00+%D8%3D%DE%00>\n\
                   x INFO: Got message 7: <E +323 udh %05%00%03%01%02%01 data a+%C3%A9>\n\
                   x INFO: Got message 8: <E +323 udh %05%00%03%01%02%02 data +b>\n\
                   x INFO: Got message 9: <E +324 udh %05%00%03%02%02%01 data half>\n";
        let texts: Vec<_> = read_log(log).into_iter().map(|sms| (sms.to, sms.text)).collect();
        let expected = [("+321", "one\ntwo"), ("+322", "c 😀"), ("+323", "a é b")];
        assert_eq!(texts, expected.map(|(to, text)| (to.to_owned(), text.to_owned())));
    }
}
