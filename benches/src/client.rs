//! A person in a hurry: one keep-alive connection, the few fields of each form, and codes as they arrive in the sinks.

use crate::sinks::Codes;
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::{Duration, Instant};

/// One browser.
pub struct Client {
    host: String,
    stream: BufReader<TcpStream>,
    cookies: BTreeMap<String, String>,
    /// How long each click took, with the page after it, and each code to arrive.
    pub waits: BTreeMap<String, Vec<Duration>>,
}

/// An answer: status, where it leads, and the page (compressed pages stay as they came).
pub struct Answer {
    pub status: u16,
    pub location: Option<String>,
    pub body: Vec<u8>,
}

impl Client {
    pub fn connect(address: SocketAddr) -> Self {
        let stream = TcpStream::connect(address).expect("the server listens");
        stream.set_nodelay(true).expect("a socket option");
        Self {
            host: address.to_string(),
            stream: BufReader::new(stream),
            cookies: BTreeMap::new(),
            waits: BTreeMap::new(),
        }
    }

    pub fn forget_cookies(&mut self) {
        self.cookies.clear();
    }

    pub fn set_cookie(&mut self, name: &str, value: &str) {
        self.cookies.insert(name.to_owned(), value.to_owned());
    }

    /// One request. `gzip` asks for what browsers get; the walk itself reads plain pages.
    pub fn request(&mut self, method: &str, path: &str, form: Option<&str>, gzip: bool) -> Answer {
        let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let mut head = format!("{method} {path} HTTP/1.1\r\nHost: {}\r\nAccept-Language: fr\r\n", self.host);
        if gzip {
            head += "Accept-Encoding: gzip\r\n";
        }
        if !cookies.is_empty() {
            head += &format!("Cookie: {}\r\n", cookies.join("; "));
        }
        if let Some(form) = form {
            head += &format!("Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n", form.len());
        }
        head += "\r\n";
        head += form.unwrap_or("");
        self.stream.get_mut().write_all(head.as_bytes()).expect("the server reads");
        self.read()
    }

    fn read(&mut self) -> Answer {
        let (mut status, mut length, mut location) = (0, 0, None);
        let mut line = String::new();
        loop {
            line.clear();
            self.stream.read_line(&mut line).expect("the server answers");
            let text = line.trim_end();
            if text.is_empty() {
                break;
            }
            if let Some(rest) = text.strip_prefix("HTTP/1.1 ") {
                status = rest.get(..3).and_then(|code| code.parse().ok()).unwrap_or(0);
                continue;
            }
            let Some((name, value)) = text.split_once(": ") else { continue };
            match name.to_ascii_lowercase().as_str() {
                "content-length" => length = value.parse().unwrap_or(0),
                "location" => location = Some(value.to_owned()),
                "set-cookie" => {
                    let pair = value.split(';').next().unwrap_or("");
                    if let Some((name, value)) = pair.split_once('=') {
                        self.cookies.insert(name.to_owned(), value.to_owned());
                    }
                }
                _ => {}
            }
        }
        let mut body = vec![0; length];
        self.stream.read_exact(&mut body).expect("the server sends what it announced");
        Answer { status, location, body }
    }

    fn get(&mut self, path: &str) -> String {
        let answer = self.request("GET", path, None, false);
        assert_eq!(answer.status, 200, "GET {path}");
        String::from_utf8(answer.body).expect("pages are UTF-8")
    }

    /// Sends the form of a page and follows to the next.
    fn send(&mut self, page: &str, action: &str, fields: &[(&str, &str)]) -> (String, String) {
        let mut form = String::new();
        for name in ["token", "version"] {
            if let Some(value) = hidden(page, name) {
                form += &format!("{name}={value}&");
            }
        }
        for (name, value) in fields {
            form += &format!("{name}={}&", encoded(value));
        }
        let began = Instant::now();
        let answer = self.request("POST", action, Some(form.trim_end_matches('&')), false);
        assert_eq!(answer.status, 303, "POST {action}");
        let path = answer.location.expect("303 says where");
        let page = self.get(&path);
        self.waits.entry(action.to_owned()).or_default().push(began.elapsed());
        (path, page)
    }

    /// Waits for the code of a contact.
    fn code(&mut self, channel: &str, contact: &str, codes: &Codes) -> String {
        let began = Instant::now();
        let code = codes.take(contact);
        self.waits.entry(format!("code by {channel}")).or_default().push(began.elapsed());
        code
    }

    /// A whole recovery: two gates, a new password, the last page.
    pub fn recover(&mut self, person: &PersonToRecover, codes: &Codes) {
        self.forget_cookies();
        let page = self.get("/recover");
        let (_, page) = self.send(&page, "/recover/account", &[("username", &person.user_name)]);
        let (_, page) = self.send(&page, "/recover/method", &[("method", "email")]);
        let code = self.code("mail", &person.email, codes);
        let (path, page) = self.send(&page, "/recover/code", &[("code", &code), ("do", "next")]);
        assert_eq!(path, "/recover/method", "the first code is right");
        let (_, page) = self.send(&page, "/recover/method", &[("method", "sms")]);
        let (_, page) = self.send(&page, "/recover/contact", &[("phone", &person.mobile), ("do", "send")]);
        let code = self.code("SMS", &person.mobile, codes);
        let (path, page) = self.send(&page, "/recover/code", &[("code", &code), ("do", "next")]);
        assert_eq!(path, "/recover/password", "the second code is right");
        let fields = [("password", person.password.as_str()), ("again", &person.password), ("do", "finish")];
        let (path, _) = self.send(&page, "/recover/password", &fields);
        assert_eq!(path, "/recover/done", "the password is set");
    }

    /// The pages of a walk as a browser gets them: compressed. Answers each path with its bytes.
    pub fn weigh(&mut self, person: &PersonToRecover, codes: &Codes) -> Vec<(String, usize)> {
        self.forget_cookies();
        let mut weighed = Vec::new();
        let mut weigh = |client: &mut Self, path: &str| {
            weighed.push((path.to_owned(), client.request("GET", path, None, true).body.len()));
        };
        weigh(self, "/recover");
        let page = self.get("/recover");
        let (path, page) = self.send(&page, "/recover/account", &[("username", &person.user_name)]);
        weigh(self, &path);
        let (path, page) = self.send(&page, "/recover/method", &[("method", "email")]);
        weigh(self, &path);
        let code = self.code("mail", &person.email, codes);
        let (path, page) = self.send(&page, "/recover/code", &[("code", &code), ("do", "next")]);
        weigh(self, &path);
        let (path, page) = self.send(&page, "/recover/method", &[("method", "sms")]);
        weigh(self, &path);
        let (path, page) = self.send(&page, "/recover/contact", &[("phone", &person.mobile), ("do", "send")]);
        weigh(self, &path);
        let code = self.code("SMS", &person.mobile, codes);
        let (path, page) = self.send(&page, "/recover/code", &[("code", &code), ("do", "next")]);
        weigh(self, &path);
        let fields = [("password", person.password.as_str()), ("again", &person.password), ("do", "finish")];
        let (path, _) = self.send(&page, "/recover/password", &fields);
        weigh(self, &path);
        weighed
    }
}

/// Whom a client recovers.
#[derive(Clone)]
pub struct PersonToRecover {
    pub user_name: String,
    pub email: String,
    /// In E.164.
    pub mobile: String,
    pub password: String,
}

fn hidden<'a>(page: &'a str, name: &str) -> Option<&'a str> {
    let start = format!("name=\"{name}\" value=\"");
    let rest = &page[page.find(&start)? + start.len()..];
    rest.split('"').next()
}

fn encoded(text: &str) -> String {
    text.bytes()
        .map(|byte| if byte.is_ascii_alphanumeric() { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}
