//! A folder with an installation, the binary run in it, and a browser that knows forms and cookies.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Child, Command, Output, Stdio};
use tempfile::TempDir;

/// What a command said.
pub struct Said {
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

impl Said {
    /// Everything that it said is one of a good end.
    #[track_caller]
    pub fn well(self) -> String {
        assert_eq!(self.code, Some(0), "{}{}", self.out, self.err);
        self.out
    }

    /// It ended with exit code 1, an error and a hint.
    #[track_caller]
    pub fn refused(self) -> String {
        assert_eq!(self.code, Some(1), "{}{}", self.out, self.err);
        assert!(self.err.starts_with("error: "), "{}", self.err);
        self.err
    }
}

/// An installation in a folder that goes with it.
pub struct Bench {
    folder: TempDir,
}

impl Bench {
    pub fn empty() -> Self {
        Self { folder: tempfile::tempdir().expect("a folder") }
    }

    /// After `regain init`, listening on a port of the system's choice.
    pub fn new() -> Self {
        let bench = Self::empty();
        bench.run(&["init", "--public-url", "http://127.0.0.1"]).well();
        bench.edit("listen = \"127.0.0.1:8080\"", "listen = \"127.0.0.1:0\"");
        bench
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn write(&self, name: &str, content: &str) {
        std::fs::write(self.path(name), content).expect("a file");
    }

    pub fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).expect("a file")
    }

    /// Changes regain.toml.
    #[track_caller]
    pub fn edit(&self, from: &str, to: &str) {
        let text = self.read("regain.toml");
        assert!(text.contains(from), "{from}");
        self.write("regain.toml", &text.replacen(from, to, 1));
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_regain"));
        command.args(args).current_dir(self.folder.path()).env_remove("REGAIN_LOG");
        command
    }

    pub fn run(&self, args: &[&str]) -> Said {
        self.run_with(args, "")
    }

    /// Runs a command that reads this from stdin.
    pub fn run_with(&self, args: &[&str], stdin: &str) -> Said {
        Self::finish(self.command(args), stdin)
    }

    /// Runs a command with these environment variables.
    pub fn run_in(&self, variables: &[(&str, String)], args: &[&str]) -> Said {
        let mut command = self.command(args);
        command.envs(variables.iter().map(|(name, value)| (name, value)));
        Self::finish(command, "")
    }

    fn finish(mut command: Command, stdin: &str) -> Said {
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("the binary runs");
        // A command that does not read closes the pipe.
        let _ = child.stdin.take().expect("piped").write_all(stdin.as_bytes());
        let Output { status, stdout, stderr } = child.wait_with_output().expect("it ends");
        let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
        let said = Said { code: status.code(), out: text(stdout), err: text(stderr) };
        assert!(!said.err.contains("panicked"), "{}", said.err);
        said
    }

    /// Starts the server and waits until it says that it is ready.
    pub fn serve(&self) -> Server {
        let mut command = self.command(&["serve"]);
        let mut child = command.stdin(Stdio::null()).stderr(Stdio::piped()).spawn().expect("the binary runs");
        let mut log = BufReader::new(child.stderr.take().expect("piped"));
        let (mut line, mut said) = (String::new(), String::new());
        while !line.contains("Regain is ready.") {
            said += &line;
            line.clear();
            assert!(log.read_line(&mut line).expect("a log") > 0, "it ended before it was ready: {said}");
        }
        let address =
            line.split("http://").nth(1).and_then(|rest| rest.split(';').next()).expect("an address").to_owned();
        Server { child, log, address, said }
    }
}

/// A running server. Killed when the test ends early.
pub struct Server {
    child: Child,
    log: BufReader<std::process::ChildStderr>,
    pub address: String,
    /// What it said before it was ready.
    pub said: String,
}

impl Server {
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Sends it a signal that ends it.
    pub fn signal(mut self, signal: &str) -> std::process::ExitStatus {
        let sent = Command::new("kill").args([signal, &self.child.id().to_string()]).status().expect("kill runs");
        assert!(sent.success());
        self.child.wait().expect("it ends")
    }

    /// Asks it to stop as systemd does; answers its exit code and the rest of its log.
    pub fn stop(mut self) -> (Option<i32>, String) {
        let asked = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status().expect("kill runs");
        assert!(asked.success());
        let code = self.child.wait().expect("it ends").code();
        let mut rest = String::new();
        self.log.read_to_string(&mut rest).expect("a log");
        (code, rest)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A browser of the plainest kind: one request a connection.
pub struct Browser {
    address: String,
    host: String,
    cookies: BTreeMap<String, String>,
}

/// An answer.
pub struct Answer {
    pub status: u16,
    location: Option<String>,
    pub body: String,
}

impl Answer {
    /// It is this page.
    #[track_caller]
    pub fn is(&self, page: &str) {
        assert!(self.body.contains(&format!("data-page=\"{page}\"")), "not {page}: {}", self.body);
    }
}

impl Browser {
    pub fn new(address: &str) -> Self {
        Self { address: address.to_owned(), host: address.to_owned(), cookies: BTreeMap::new() }
    }

    /// Says another name of the server.
    pub fn calling(address: &str, host: &str) -> Self {
        Self { host: host.to_owned(), ..Self::new(address) }
    }

    pub fn get(&mut self, path: &str) -> Answer {
        self.request("GET", path, "")
    }

    /// Fills in the first form of a page at this path as it would be sent, and follows where it leads.
    #[track_caller]
    pub fn submit(&mut self, path: &str, page: &Answer, fields: &[(&str, &str)]) -> Answer {
        let answer = self.post(path, page, fields);
        assert_eq!(answer.status, 303, "{}", answer.body);
        let next = answer.location.expect("a place to go on");
        self.get(&next)
    }

    /// Fills in the first form of a page and sends it here.
    pub fn post(&mut self, path: &str, page: &Answer, fields: &[(&str, &str)]) -> Answer {
        let mut form = hidden(&page.body);
        form.extend(fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
        self.request("POST", path, &body)
    }

    fn request(&mut self, method: &str, path: &str, body: &str) -> Answer {
        let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let mut stream = TcpStream::connect(&self.address).expect("the server listens");
        write!(
            stream,
            "{method} {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\nAccept-Language: en\r\nCookie: {}\r\n\
             Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{body}",
            self.host,
            cookies.join("; "),
            body.len()
        )
        .expect("a request");
        let mut text = String::new();
        stream.read_to_string(&mut text).expect("an answer");
        let (head, body) = text.split_once("\r\n\r\n").expect("a head");
        let header = |line: &str, name: &str| {
            let (key, value) = line.split_once(": ")?;
            key.eq_ignore_ascii_case(name).then(|| value.to_owned())
        };
        for cookie in head.lines().filter_map(|line| header(line, "set-cookie")) {
            let pair = cookie.split(';').next().unwrap_or_default();
            let (name, value) = pair.split_once('=').expect("a cookie");
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
        Answer {
            status: head.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status"),
            location: head.lines().find_map(|line| header(line, "location")),
            body: body.to_owned(),
        }
    }
}

/// The hidden fields of a page's first form that has any.
fn hidden(body: &str) -> Vec<(String, String)> {
    let attribute = |tag: &str, name: &str| {
        tag.split(&format!(" {name}=\"")).nth(1).and_then(|rest| rest.split('"').next()).map(str::to_owned)
    };
    let form = body.split("<form").find(|form| form.contains("type=\"hidden\"")).unwrap_or_default();
    let form = form.split("</form>").next().unwrap_or_default();
    form.split('<')
        .filter(|tag| tag.starts_with("input") && tag.contains("type=\"hidden\""))
        .filter_map(|tag| Some((attribute(tag, "name")?, attribute(tag, "value")?)))
        .collect()
}
