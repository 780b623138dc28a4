//! A relay before a plain LDAP server that meddles with Password Modify requests: what a cut cable does, at will.
//!
//! Everything else passes through. It reads LDAP only as far as telling one message from the next, and works on
//! plain text only, so a test that uses it talks plain LDAP over loopback.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// The object identifier of Password Modify (RFC 3062 §2), as it stands in the request.
const PASSWORD_MODIFY: &[u8] = b"1.3.6.1.4.1.4203.1.11.1";

/// What becomes of a Password Modify request.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fate {
    Pass,
    /// The server gets it; nothing comes back any more, and the connection stays open.
    PassAndFallSilent,
    /// The server gets it, and the client's connection breaks before the answer.
    PassAndCut,
    /// The server does not get it, and the client's connection breaks.
    Cut,
    /// The server does not get it, and the client is told that it was done.
    Lie,
}

type Judge = Box<dyn FnMut() -> Fate + Send>;

/// A relay on a free port of 127.0.0.1. It ends with the test process.
pub struct LdapRelay {
    address: SocketAddr,
    judge: Arc<Mutex<Judge>>,
    connections: Arc<AtomicUsize>,
}

impl LdapRelay {
    /// Starts relaying to this address. At first all requests pass.
    pub fn start(target: SocketAddr) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
        let address = listener.local_addr().expect("a bound socket has an address");
        let judge: Arc<Mutex<Judge>> = Arc::new(Mutex::new(Box::new(|| Fate::Pass)));
        let connections = Arc::new(AtomicUsize::new(0));
        let (shared, count) = (judge.clone(), connections.clone());
        std::thread::spawn(move || {
            for client in listener.incoming().flatten() {
                count.fetch_add(1, Ordering::SeqCst);
                let judge = shared.clone();
                std::thread::spawn(move || relay(client, target, &judge));
            }
        });
        Self { address, judge, connections }
    }

    /// `ldap://127.0.0.1:PORT`.
    pub fn url(&self) -> String {
        format!("ldap://{}", self.address)
    }

    /// Connections taken so far.
    pub fn connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }

    /// Asks `judge` at each Password Modify from now on, before anything of it is passed on. It may stop or kill
    /// the server first.
    pub fn on_password_modify(&self, judge: impl FnMut() -> Fate + Send + 'static) {
        *self.judge.lock().unwrap_or_else(PoisonError::into_inner) = Box::new(judge);
    }
}

fn relay(mut client: TcpStream, target: SocketAddr, judge: &Mutex<Judge>) {
    let Ok(mut server) = TcpStream::connect(target) else { return };
    let silent = Arc::new(AtomicBool::new(false));
    let (Ok(from_server), Ok(to_client), Ok(mut to_liar)) =
        (server.try_clone(), client.try_clone(), client.try_clone())
    else {
        return;
    };
    let hush = silent.clone();
    std::thread::spawn(move || answers(from_server, to_client, &hush));
    while let Some(message) = read_message(&mut client) {
        let is_write = message.windows(PASSWORD_MODIFY.len()).any(|part| part == PASSWORD_MODIFY);
        let fate = if is_write { judge.lock().unwrap_or_else(PoisonError::into_inner)() } else { Fate::Pass };
        silent.fetch_or(matches!(fate, Fate::PassAndFallSilent | Fate::PassAndCut), Ordering::SeqCst);
        if fate == Fate::Lie {
            let Ok(()) = to_liar.write_all(&success(&message)) else { break };
            continue;
        }
        if fate != Fate::Cut && server.write_all(&message).is_err() {
            break;
        }
        if matches!(fate, Fate::PassAndCut | Fate::Cut) {
            break;
        }
    }
    let _ = client.shutdown(Shutdown::Both);
    // The server may still work on what it got; it sees the end only after that.
    let _ = server.shutdown(Shutdown::Write);
}

fn answers(mut from_server: TcpStream, mut to_client: TcpStream, silent: &AtomicBool) {
    let mut buffer = [0; 16 * 1024];
    while let Ok(count @ 1..) = from_server.read(&mut buffer) {
        if !silent.load(Ordering::SeqCst) && to_client.write_all(&buffer[..count]).is_err() {
            break;
        }
    }
    if !silent.load(Ordering::SeqCst) {
        let _ = to_client.shutdown(Shutdown::Both);
    }
}

/// An ExtendedResponse (RFC 4511 §4.12) that says success, with the number of the request. A request's number stands right behind
/// its header, as a BER integer.
fn success(request: &[u8]) -> Vec<u8> {
    let header = if request[1] < 0x80 { 2 } else { 2 + usize::from(request[1] & 0x7f) };
    let number_bytes = usize::from(request[header + 1]);
    let number = &request[header..header + 2 + number_bytes];
    let done = [0x78, 7, 0x0a, 1, 0, 0x04, 0, 0x04, 0];
    let length = u8::try_from(number.len() + done.len()).expect("a short message");
    [&[0x30, length], number, &done].concat()
}

/// One LDAPMessage: a BER sequence (X.690 §8.1.3), header included.
fn read_message(stream: &mut TcpStream) -> Option<Vec<u8>> {
    let mut message = vec![0; 2];
    stream.read_exact(&mut message).ok()?;
    let first = message[1];
    let length = if first < 0x80 {
        usize::from(first)
    } else {
        let mut long = vec![0; usize::from(first & 0x7f)];
        stream.read_exact(&mut long).ok()?;
        message.extend_from_slice(&long);
        long.iter().fold(0, |length, byte| length << 8 | usize::from(*byte))
    };
    let start = message.len();
    message.resize(start + length, 0);
    stream.read_exact(message.get_mut(start..)?).ok()?;
    Some(message)
}
