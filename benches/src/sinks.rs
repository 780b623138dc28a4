//! Where the bench's messages arrive: a tiny SMTP server and a tiny SMS gateway, which keep the newest code of each contact.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Condvar, Mutex};
use std::thread;
use std::time::Duration;

/// How long a code is waited for.
const WAIT: Duration = Duration::from_secs(30);

/// Codes that arrived, by contact.
#[derive(Default)]
pub struct Codes {
    arrived: Mutex<HashMap<String, String>>,
    rang: Condvar,
}

impl Codes {
    /// Keeps the code of a message. A notice has a link instead, whose number may hold six digits in a row.
    fn put(&self, contact: &str, text: &str) {
        if text.contains("://") {
            return;
        }
        if let Some(code) = code_in(text) {
            self.arrived.lock().expect("no thread panics with it").insert(contact.to_owned(), code);
            self.rang.notify_all();
        }
    }

    /// Waits for the code of a contact, and takes it.
    pub fn take(&self, contact: &str) -> String {
        let arrived = self.arrived.lock().expect("no thread panics with it");
        let (mut arrived, _) = self
            .rang
            .wait_timeout_while(arrived, WAIT, |arrived| !arrived.contains_key(contact))
            .expect("no thread panics with it");
        arrived.remove(contact).expect("a code arrives in time")
    }
}

/// Six digits that stand alone, together or as three and three.
fn code_in(text: &str) -> Option<String> {
    let alone = |word: &str| word.len() == 6 && word.bytes().all(|byte| byte.is_ascii_digit());
    text.lines().find_map(|line| {
        let joined: String = line.chars().filter(|c| !c.is_whitespace()).collect();
        let words = line.split(|c: char| !c.is_ascii_digit());
        std::iter::once(joined.as_str()).chain(words).find(|word| alone(word)).map(str::to_owned)
    })
}

/// Starts the mail sink; answers its port.
pub fn mail(codes: Arc<Codes>) -> u16 {
    serve(move |stream| smtp(stream, &codes))
}

/// Starts the SMS sink: `POST /` with `to` and `text` as a form; answers its port.
pub fn sms(codes: Arc<Codes>) -> u16 {
    serve(move |stream| http(stream, &codes))
}

fn serve(talk: impl Fn(TcpStream) -> std::io::Result<()> + Send + Sync + 'static) -> u16 {
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
    let port = listener.local_addr().expect("an address").port();
    let talk = Arc::new(talk);
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let talk = Arc::clone(&talk);
            thread::spawn(move || talk(stream));
        }
    });
    port
}

fn smtp(stream: TcpStream, codes: &Codes) -> std::io::Result<()> {
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
            let mut text = String::new();
            loop {
                line.clear();
                lines.read_line(&mut line)?;
                if line == ".\r\n" {
                    break;
                }
                text.push_str(&line);
            }
            if let Ok(mail) = mailparse::parse_mail(text.as_bytes())
                && let Some(plain) = mail.subparts.first().and_then(|part| part.get_body().ok())
            {
                codes.put(&to, &plain);
            }
            out.write_all(b"250 ok\r\n")?;
        } else if upper.starts_with("QUIT") {
            out.write_all(b"221 bye\r\n")?;
            return Ok(());
        } else {
            out.write_all(b"250 ok\r\n")?;
        }
    }
}

fn http(stream: TcpStream, codes: &Codes) -> std::io::Result<()> {
    stream.set_nodelay(true)?;
    let mut out = stream.try_clone()?;
    let mut lines = BufReader::new(stream);
    let mut line = String::new();
    loop {
        let mut length = 0;
        loop {
            line.clear();
            if lines.read_line(&mut line)? == 0 {
                return Ok(());
            }
            if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
                length = value.trim().parse().unwrap_or(0);
            }
            if line == "\r\n" {
                break;
            }
        }
        let mut body = vec![0; length];
        lines.read_exact(&mut body)?;
        let form: HashMap<String, String> = form_urlencoded::parse(&body).into_owned().collect();
        if let (Some(to), Some(text)) = (form.get("to"), form.get("text")) {
            codes.put(to, text);
        }
        out.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")?;
    }
}
