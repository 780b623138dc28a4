//! A private rsyslog that takes messages over TLS (RFC 5425) and writes down what it gets; and a wire to it that can be cut.
//!
//! Needs the Debian packages `rsyslog` and `rsyslog-gnutls`; no root. Everything listens on 127.0.0.1 on a free port.

use crate::tls::{CertificateFiles, TestAuthority};
use std::fs;
use std::io::{Read, Write};
use std::net::{Ipv4Addr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// How long it may take to be ready. Generous, since tests share the machine with compilers.
const READY_LIMIT: Duration = Duration::from_secs(60);
/// Between two looks at something that will happen soon.
const LOOK_AGAIN: Duration = Duration::from_millis(20);

/// A running rsyslog.
pub struct Rsyslog {
    folder: TempDir,
    files: CertificateFiles,
    port: u16,
    child: Child,
}

impl Rsyslog {
    /// Starts it, with a certificate for `localhost`.
    pub fn start() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let files = TestAuthority::new().write_files(folder.path(), &["localhost", "127.0.0.1"]);
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
        let port = listener.local_addr().expect("its address").port();
        drop(listener);
        let child = run(&folder, &files, port);
        let mut rsyslog = Self { folder, files, port, child };
        rsyslog.wait_until_ready();
        rsyslog
    }

    pub fn address(&self) -> SocketAddr {
        (Ipv4Addr::LOCALHOST, self.port).into()
    }

    /// The authority that signed its certificate.
    pub fn ca_file(&self) -> PathBuf {
        self.files.ca.clone()
    }

    /// Every message that it got, one a line, as it came.
    pub fn lines(&self) -> Vec<String> {
        let text = fs::read(self.folder.path().join("got")).unwrap_or_default();
        String::from_utf8_lossy(&text).lines().map(str::to_owned).collect()
    }

    /// Waits until what it got is enough, and answers with all of it.
    ///
    /// # Panics
    /// When the limit is over.
    pub fn wait_for(&self, limit: Duration, enough: impl Fn(&[String]) -> bool) -> Vec<String> {
        let start = Instant::now();
        loop {
            let lines = self.lines();
            if enough(&lines) {
                return lines;
            }
            assert!(start.elapsed() < limit, "{} lines; the log:\n{}", lines.len(), self.log());
            std::thread::sleep(LOOK_AGAIN);
        }
    }

    /// Kills it (SIGKILL) and starts it again, on the same port.
    pub fn kill_and_restart(&mut self) {
        self.stop();
        self.child = run(&self.folder, &self.files, self.port);
        self.wait_until_ready();
    }

    fn stop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }

    fn log(&self) -> String {
        String::from_utf8_lossy(&fs::read(self.folder.path().join("log")).unwrap_or_default()).into_owned()
    }

    fn wait_until_ready(&mut self) {
        let start = Instant::now();
        while TcpStream::connect(self.address()).is_err() {
            assert!(start.elapsed() < READY_LIMIT, "rsyslog is not ready:\n{}", self.log());
            std::thread::sleep(LOOK_AGAIN);
        }
    }
}

impl Drop for Rsyslog {
    fn drop(&mut self) {
        self.stop();
    }
}

fn run(folder: &TempDir, files: &CertificateFiles, port: u16) -> Child {
    let place = folder.path().display();
    let (ca, certificate, key) = (files.ca.display(), files.certificate.display(), files.key.display());
    let configuration = format!(
        "global(workDirectory=\"{place}\" maxMessageSize=\"64k\" DefaultNetstreamDriverCAFile=\"{ca}\"
  DefaultNetstreamDriverCertFile=\"{certificate}\" DefaultNetstreamDriverKeyFile=\"{key}\")
module(load=\"imtcp\" StreamDriver.Name=\"gtls\" StreamDriver.Mode=\"1\" StreamDriver.AuthMode=\"anon\")
template(name=\"as_it_came\" type=\"string\" string=\"%rawmsg%\\n\")
ruleset(name=\"keep\") {{ action(type=\"omfile\" file=\"{place}/got\" template=\"as_it_came\") }}
input(type=\"imtcp\" address=\"127.0.0.1\" port=\"{port}\" ruleset=\"keep\")
"
    );
    let settings = folder.path().join("rsyslog.conf");
    fs::write(&settings, configuration).expect("the configuration is written");
    let log = fs::File::create(folder.path().join("log")).expect("a log");
    let errors = log.try_clone().expect("a second handle of the log");
    let pid_file = folder.path().join("pid");
    // A killed one leaves its file, and would keep the next one from starting.
    let _ = fs::remove_file(&pid_file);
    Command::new("/usr/sbin/rsyslogd")
        .arg("-n")
        .arg("-f")
        .arg(&settings)
        .arg("-i")
        .arg(&pid_file)
        .stdin(Stdio::null())
        .stdout(log)
        .stderr(errors)
        .spawn()
        .unwrap_or_else(|error| panic!("rsyslogd: {error}; install the packages rsyslog and rsyslog-gnutls"))
}

/// How much the near end of a wire still takes once the far end is cut, as buffers do. Bytes.
const TAKEN_IN_VAIN: usize = 600_000;

/// A wire to a server that is cut after so many bytes, once for each number; then it holds. What is written behind a cut is
/// taken, and lost.
pub struct CutWire {
    address: SocketAddr,
    cuts: Arc<AtomicUsize>,
}

impl CutWire {
    pub fn to(target: SocketAddr, cut_after: &'static [usize]) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
        let address = listener.local_addr().expect("its address");
        let cuts = Arc::new(AtomicUsize::new(0));
        let made = Arc::clone(&cuts);
        std::thread::spawn(move || {
            for (number, client) in listener.incoming().flatten().enumerate() {
                let (left, made) = (cut_after.get(number).copied(), Arc::clone(&made));
                std::thread::spawn(move || carry(client, target, left, &made));
            }
        });
        Self { address, cuts }
    }

    pub fn port(&self) -> u16 {
        self.address.port()
    }

    /// How often it was cut so far.
    pub fn cuts(&self) -> usize {
        self.cuts.load(Ordering::SeqCst)
    }
}

/// Takes what a writer writes who has not seen the cut yet.
fn take_in_vain(client: &mut TcpStream, buffer: &mut [u8]) {
    let _ = client.set_read_timeout(Some(LOOK_AGAIN));
    let mut taken = 0;
    while let Ok(count @ 1..) = client.read(buffer) {
        taken += count;
        if taken >= TAKEN_IN_VAIN {
            break;
        }
    }
}

/// Carries bytes both ways, those to the server up to `left`. What was read beyond that is lost, as on a real wire.
fn carry(mut client: TcpStream, target: SocketAddr, mut left: Option<usize>, cuts: &AtomicUsize) {
    let Ok(mut server) = TcpStream::connect(target) else { return };
    let (Ok(mut from_server), Ok(mut to_client)) = (server.try_clone(), client.try_clone()) else { return };
    std::thread::spawn(move || std::io::copy(&mut from_server, &mut to_client));
    let mut buffer = [0; 64 * 1024];
    while let Ok(count @ 1..) = client.read(&mut buffer) {
        let passes = left.map_or(count, |left| left.min(count));
        if server.write_all(&buffer[..passes]).is_err() {
            break;
        }
        left = left.map(|left| left - passes);
        if left == Some(0) {
            cuts.fetch_add(1, Ordering::SeqCst);
            take_in_vain(&mut client, &mut buffer);
            break;
        }
    }
    let _ = client.shutdown(Shutdown::Both);
    let _ = server.shutdown(Shutdown::Both);
}
