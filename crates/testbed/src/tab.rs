//! A browser's tab whose server may die at any moment: it keeps cookies, sends forms, follows 303, and says when there was
//! no answer. It waits for nothing and repeats nothing by itself.

use std::collections::BTreeMap;
use std::io::{Error, ErrorKind, Read, Result, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

/// How long an answer may take.
const ANSWER_SECONDS: u64 = 30;

/// Longest chain of redirections.
const HOPS_MAX: usize = 5;

/// One tab.
#[derive(Clone)]
pub struct Tab {
    /// Where the server listens now; another port after a restart.
    pub server: SocketAddr,
    cookies: BTreeMap<String, String>,
}

/// A page, and where it was found.
#[derive(Clone)]
pub struct Shown {
    pub path: String,
    pub status: u16,
    pub body: String,
}

impl Shown {
    /// The name that the page gives itself.
    pub fn name(&self) -> &str {
        self.between("data-page=\"", "\"").unwrap_or("")
    }

    /// A hidden field's value.
    pub fn hidden(&self, name: &str) -> Option<&str> {
        self.between(&format!("name=\"{name}\" value=\""), "\"")
    }

    /// The text between two marks, the first time they stand there.
    pub fn between(&self, head: &str, tail: &str) -> Option<&str> {
        let (_, rest) = self.body.split_once(head)?;
        Some(rest.split_once(tail)?.0)
    }
}

impl Tab {
    pub fn new(server: SocketAddr) -> Self {
        Self { server, cookies: BTreeMap::new() }
    }

    /// Opens a page.
    ///
    /// # Errors
    /// When no whole answer comes.
    pub fn open(&mut self, path: &str) -> Result<Shown> {
        self.follow("GET", path, "")
    }

    /// Sends a form, and opens the page that the answer leads to.
    ///
    /// # Errors
    /// When no whole answer comes.
    pub fn send(&mut self, path: &str, fields: &[(&str, &str)]) -> Result<Shown> {
        let pairs: Vec<String> = fields.iter().map(|(name, value)| format!("{name}={}", escape(value))).collect();
        self.follow("POST", path, &pairs.join("&"))
    }

    fn follow(&mut self, method: &str, path: &str, form: &str) -> Result<Shown> {
        let (mut method, mut path, mut form) = (method, path.to_owned(), form);
        for _ in 0..HOPS_MAX {
            let (head, body) = self.ask(method, &path, form)?;
            let status = head.split(' ').nth(1).and_then(|code| code.parse().ok()).unwrap_or(0);
            self.keep_cookies(&head);
            match header(&head, "location").filter(|_| status == 303) {
                Some(next) => (method, path, form) = ("GET", next.to_owned(), ""),
                None => return Ok(Shown { path, status, body }),
            }
        }
        Err(Error::other("too many redirections"))
    }

    fn ask(&self, method: &str, path: &str, form: &str) -> Result<(String, String)> {
        let wait = Duration::from_secs(ANSWER_SECONDS);
        let mut line = TcpStream::connect_timeout(&self.server, wait)?;
        line.set_read_timeout(Some(wait))?;
        let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let kind = if method == "POST" { "Content-Type: application/x-www-form-urlencoded\r\n" } else { "" };
        let request = format!(
            "{method} {path} HTTP/1.1\r\nHost: {}\r\nAccept-Language: en\r\nCookie: {}\r\n{kind}Content-Length: {}\r\n\
             Connection: close\r\n\r\n{form}",
            self.server,
            cookies.join("; "),
            form.len(),
        );
        line.write_all(request.as_bytes())?;
        let mut answer = Vec::new();
        line.read_to_end(&mut answer)?;
        let answer = String::from_utf8(answer).map_err(|_| ErrorKind::InvalidData)?;
        let (head, body) = answer.split_once("\r\n\r\n").ok_or(ErrorKind::UnexpectedEof)?;
        let length: usize = header(head, "content-length").and_then(|length| length.parse().ok()).unwrap_or(0);
        if body.len() < length {
            return Err(ErrorKind::UnexpectedEof.into());
        }
        Ok((head.to_owned(), body.to_owned()))
    }

    fn keep_cookies(&mut self, head: &str) {
        let given = head
            .lines()
            .filter_map(|line| line.split_once(": "))
            .filter(|(name, _)| name.eq_ignore_ascii_case("set-cookie"));
        for (_, cookie) in given {
            let Some((name, value)) = cookie.split(';').next().and_then(|pair| pair.split_once('=')) else { continue };
            if cookie.contains("Max-Age=0") {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
    }
}

fn header<'a>(head: &'a str, name: &str) -> Option<&'a str> {
    let mut lines = head.lines().filter_map(|line| line.split_once(": "));
    lines.find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value)
}

/// Percent-encodes all that is not a letter or a digit.
fn escape(value: &str) -> String {
    let one =
        |byte: u8| if byte.is_ascii_alphanumeric() { char::from(byte).to_string() } else { format!("%{byte:02X}") };
    value.bytes().map(one).collect()
}
