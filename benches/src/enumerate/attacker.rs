//! A stranger who tries names: every page and form that can be reached without an account, timed and weighed. They know the
//! telephone numbers that people of known names have, and the other names of each.

use crate::population::{OWN_DOMAIN, Somebody};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Instant;

/// How many names are walked for each that is signed in with.
const SIGN_IN_EVERY: usize = 5;

/// Features of one name, by what they are.
pub type Features = BTreeMap<String, f64>;

/// One browser, without a memory of its own between names.
pub struct Attacker {
    server: SocketAddr,
    stream: BufReader<TcpStream>,
    cookies: BTreeMap<String, String>,
    /// The address that the proxy says it speaks for: each name comes from a network of its own.
    address: String,
}

struct Answer {
    status: u16,
    location: String,
    body: String,
}

impl Attacker {
    pub fn new(server: SocketAddr) -> Self {
        Self { server, stream: connect(server), cookies: BTreeMap::new(), address: String::new() }
    }

    /// Everything that can be measured of a name.
    pub fn examine(&mut self, somebody: &Somebody, n: usize) -> Features {
        let mut features = Features::new();
        self.address = format!("10.{}.{}.{}", n >> 16 & 255, n >> 8 & 255, n & 255);
        let page = self.identify(&somebody.user_name, Some(&mut features));
        let offers = offers(&page);
        describe(&page, &offers, somebody, &mut features);
        for (name, other) in [
            ("own domain", format!("{}@{OWN_DOMAIN}", somebody.user_name.to_uppercase())),
            ("short name", somebody.short_name.clone()),
        ] {
            let page = self.identify(&other, None);
            features.insert(format!("masks: same under {name}"), f64::from(u8::from(self::offers(&page) == offers)));
        }
        // Back to the first name, in a browser that knows nothing.
        let page = self.identify(&somebody.user_name, None);
        self.walk(&page, &offers, somebody, &mut features);
        // A password costs a hash on both sides: every few names are enough.
        if n.is_multiple_of(SIGN_IN_EVERY) {
            self.sign_in(&somebody.user_name, &mut features);
        }
        features
    }

    /// Types a name; answers the page of methods.
    fn identify(&mut self, user_name: &str, mut features: Option<&mut Features>) -> String {
        self.cookies.clear();
        let page = self.ask("GET", "/recover", "", None).body;
        let form = form(&page, &[("username", user_name)]);
        let answer = self.ask("POST", "/recover/account", &form, features.as_deref_mut().map(|f| (f, "identify")));
        self.ask("GET", &answer.location, "", features.map(|f| (f, "methods"))).body
    }

    /// Goes as far as a stranger can: a number that does not fit, one that does, wrong codes, a fresh one, another method.
    fn walk(&mut self, page: &str, offers: &[Offer], somebody: &Somebody, features: &mut Features) {
        let mut page = page.to_owned();
        if let Some(email) = offers.iter().find(|offer| offer.kind == "email") {
            page = self.send(&page, "/recover/method", &[("method", &email.value)], "ask mail", features);
            page = self.send(&page, "/recover/code", &[("do", "fresh")], "fresh mail", features);
            page =
                self.send(&page, "/recover/code", &[("code", "000000"), ("do", "next")], "wrong mail code", features);
            page = self.send(&page, "/recover/code", &[("do", "method")], "another method", features);
        }
        if let Some(phone) = offers.iter().find(|offer| offer.kind != "email") {
            page = self.send(&page, "/recover/method", &[("method", &phone.value)], "ask phone", features);
            let unfitting = if phone.mask.ends_with("00") { "+32499111111" } else { "+32499111100" };
            page =
                self.send(&page, "/recover/contact", &[("phone", unfitting), ("do", "send")], "wrong number", features);
            // The number on record where they know one that fits; where the page is a decoy's, one that fits.
            let ending = phone.mask.trim_start_matches('*');
            let known = somebody.mobiles.iter().chain(&somebody.offices).find(|number| number.ends_with(ending));
            let fitting = known.cloned().unwrap_or_else(|| format!("+324991111{ending}"));
            page =
                self.send(&page, "/recover/contact", &[("phone", &fitting), ("do", "send")], "right number", features);
            page =
                self.send(&page, "/recover/code", &[("code", "000000"), ("do", "next")], "wrong phone code", features);
            self.send(&page, "/recover/code", &[("do", "cancel")], "cancel", features);
        }
    }

    fn sign_in(&mut self, user_name: &str, features: &mut Features) {
        self.cookies.clear();
        let page = self.ask("GET", "/sign-in", "", None).body;
        let form = form(&page, &[("username", user_name), ("password", "Wrong-Password-1")]);
        let answer = self.ask("POST", "/sign-in", &form, Some((&mut *features, "sign-in")));
        self.ask("GET", &answer.location, "", Some((features, "sign-in again")));
    }

    /// Sends a form and opens the page that follows, both measured.
    fn send(&mut self, page: &str, path: &str, fields: &[(&str, &str)], what: &str, features: &mut Features) -> String {
        let answer = self.ask("POST", path, &form(page, fields), Some((features, what)));
        self.ask("GET", &answer.location, "", Some((features, &format!("after {what}")))).body
    }

    fn ask(&mut self, method: &str, path: &str, form: &str, measure: Option<(&mut Features, &str)>) -> Answer {
        let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let request = format!(
            "{method} {path} HTTP/1.1\r\nHost: {}\r\nAccept-Language: fr\r\nX-Forwarded-For: {}\r\nCookie: {}\r\n\
             Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{form}",
            self.server,
            self.address,
            cookies.join("; "),
            form.len()
        );
        let began = Instant::now();
        self.stream.get_mut().write_all(request.as_bytes()).expect("the server reads");
        let (head, body) = read(&mut self.stream);
        let took = began.elapsed();
        let status =
            head.first().and_then(|line| line.split(' ').nth(1)).and_then(|code| code.parse().ok()).unwrap_or(0);
        let value = |name: &str| {
            head.iter().filter_map(|line| line.split_once(": ")).find(|(own, _)| own.eq_ignore_ascii_case(name))
        };
        let location = value("location").map_or(String::new(), |(_, value)| value.to_owned());
        for (_, cookie) in head
            .iter()
            .filter_map(|line| line.split_once(": "))
            .filter(|(name, _)| name.eq_ignore_ascii_case("set-cookie"))
        {
            let pair = cookie.split(';').next().unwrap_or("");
            if let Some((name, value)) = pair.split_once('=') {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        if let Some((features, what)) = measure {
            let names: Vec<&str> = head.iter().skip(1).filter_map(|line| line.split(':').next()).collect();
            let mut put = |feature: &str, value: f64| _ = features.insert(format!("{feature}: {what}"), value);
            put("status", f64::from(status));
            put("location", number_of(&location));
            put("header order", number_of(&names.join(" ")));
            // Cookies and lengths of bodies hold what the page shows; they are weighed apart from the masks below.
            put("header bytes", head.iter().map(String::len).sum::<usize>() as f64);
            put("body bytes", body.len() as f64);
            put("time", took.as_secs_f64() * 1e6);
        }
        Answer { status, location, body: String::from_utf8_lossy(&body).into_owned() }.checked(method, path)
    }
}

impl Answer {
    fn checked(self, method: &str, path: &str) -> Self {
        assert!(matches!(self.status, 200 | 303), "{method} {path}: {}\n{}", self.status, self.body);
        self
    }
}

fn connect(server: SocketAddr) -> BufReader<TcpStream> {
    let stream = TcpStream::connect(server).expect("the server listens");
    stream.set_nodelay(true).expect("a socket option");
    BufReader::new(stream)
}

/// The lines of the head, and the body.
fn read(stream: &mut BufReader<TcpStream>) -> (Vec<String>, Vec<u8>) {
    let (mut head, mut length) = (Vec::new(), 0);
    loop {
        let mut line = String::new();
        stream.read_line(&mut line).expect("the server answers");
        let line = line.trim_end().to_owned();
        if line.is_empty() {
            break;
        }
        if let Some((_, value)) = line.split_once(": ").filter(|(name, _)| name.eq_ignore_ascii_case("content-length"))
        {
            length = value.parse().unwrap_or(0);
        }
        // The clock of the server is no feature.
        if !line.to_ascii_lowercase().starts_with("date:") {
            head.push(line);
        }
    }
    let mut body = vec![0; length];
    stream.read_exact(&mut body).expect("the server sends what it announced");
    (head, body)
}

/// A text as a number: equal texts have equal ones, and different ones hardly ever.
fn number_of(text: &str) -> f64 {
    f64::from(text.bytes().fold(5381_u32, |hash, byte| hash.wrapping_mul(33) ^ u32::from(byte)))
}

/// A method of the page.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Offer {
    kind: String,
    /// What the form sends for it.
    value: String,
    mask: String,
}

/// The methods in the order of the page.
fn offers(page: &str) -> Vec<Offer> {
    let mut offers = Vec::new();
    for part in page.split("name=\"method\" value=\"").skip(1) {
        let value = part.split('"').next().unwrap_or("");
        let mask = part.split("class=\"mask\"").nth(1).and_then(|rest| {
            rest.split('>').skip(1).collect::<Vec<_>>().join(">").split("</bdi>").next().map(str::to_owned)
        });
        let mask = mask.unwrap_or_default().replace("<wbr>", "");
        if value != "none" {
            offers.push(Offer {
                kind: value.split(':').next().unwrap_or("").to_owned(),
                value: value.to_owned(),
                mask,
            });
        }
    }
    offers
}

/// What the masks say, in numbers.
fn describe(page: &str, offers: &[Offer], somebody: &Somebody, features: &mut Features) {
    let mut put = |name: &str, value: f64| _ = features.insert(format!("masks: {name}"), value);
    let yes = |is: bool| f64::from(u8::from(is));
    let count = |kind: &str| offers.iter().filter(|offer| offer.kind == kind).count();
    put("mails", count("email") as f64);
    put("sms", count("sms") as f64);
    put("calls", count("call") as f64);
    put("methods", offers.len() as f64);
    put("steps of the trail", page.matches("aria-current").count() as f64);
    let mails: Vec<(char, &str)> = offers
        .iter()
        .filter(|offer| offer.kind == "email")
        .filter_map(|offer| Some((offer.mask.chars().next()?, offer.mask.split_once('@')?.1)))
        .collect();
    let letter = |part: usize| somebody.user_name.split('.').nth(part).and_then(|part| part.chars().next());
    for place in 0..2 {
        let mail = mails.get(place);
        let first = mail.map(|(first, _)| *first);
        put(&format!("mail {place}: given name's letter"), yes(first.is_some() && first == letter(0)));
        put(&format!("mail {place}: family name's letter"), yes(first.is_some() && first == letter(1)));
        put(
            &format!("mail {place}: a letter of the name"),
            yes(first.is_some_and(|first| somebody.user_name.contains(first))),
        );
        put(&format!("mail {place}: letter"), first.map_or(-1.0, |first| f64::from(u32::from(first))));
        put(&format!("mail {place}: domain"), mail.map_or(-1.0, |(_, domain)| rank(domain)));
        put(&format!("mail {place}: domain masked"), yes(mail.is_some_and(|(_, domain)| domain.starts_with('*'))));
    }
    put("mails: same letter", yes(mails.len() > 1 && mails[0].0 == mails[1].0));
    put("mails: same domain", yes(mails.len() > 1 && mails[0].1 == mails[1].1));
    let digits = |kind: &str, place: usize| {
        let of_kind: Vec<&Offer> = offers.iter().filter(|offer| offer.kind == kind).collect();
        of_kind.get(place).and_then(|offer| offer.mask.trim_start_matches('*').parse::<f64>().ok()).unwrap_or(-1.0)
    };
    put("sms 0: digits", digits("sms", 0));
    put("sms 0: last digit", digits("sms", 0) % 10.0);
    put("sms 1: digits", digits("sms", 1));
    let office = count("sms");
    put("office: digits", digits("call", office));
    put("office: the switchboard's", yes(digits("call", office) == 0.0));
    let masks: BTreeSet<&str> = offers.iter().map(|offer| offer.mask.as_str()).collect();
    put("different masks", masks.len() as f64);
}

/// Domains by how common they are; a masked one is the last.
fn rank(domain: &str) -> f64 {
    const KNOWN: [&str; 9] = [
        "gmail.com",
        "hotmail.com",
        "outlook.com",
        "telenet.be",
        "skynet.be",
        "live.be",
        "icloud.com",
        "proximus.be",
        "proton.me",
    ];
    KNOWN
        .iter()
        .position(|known| *known == domain)
        .map_or(if domain.starts_with('*') { 99.0 } else { 50.0 }, |n| n as f64)
}

/// The fields of a page's form with what is typed, encoded.
fn form(page: &str, typed: &[(&str, &str)]) -> String {
    let mut form = form_urlencoded::Serializer::new(String::new());
    for name in ["token", "version"] {
        let start = format!("name=\"{name}\" value=\"");
        if let Some(value) = page.split(&start).nth(1).and_then(|rest| rest.split('"').next()) {
            form.append_pair(name, value);
        }
    }
    form.extend_pairs(typed).finish()
}
