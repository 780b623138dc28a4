//! The real product, as its binary: `regain demo` on a free port, gone when the value is dropped.
//!
//! It knows the command line and the JSON that it prints, nothing else. The binary must have been built
//! (`cargo xtask test` builds it first).

use crate::walker::Walker;
use serde_json::Value;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// How long the binary may take to print its line, and a message to arrive. Generous, since tests share the machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// Between two looks at something that will happen soon.
const LOOK_AGAIN: Duration = Duration::from_millis(20);

/// Names a binary to test instead of the one beside the test.
const BINARY_VARIABLE: &str = "REGAIN_BINARY";

/// A running demo.
pub struct Demo {
    child: Child,
    /// `http://127.0.0.1:PORT`, without a path.
    pub base: String,
    /// What the first line on stdout said.
    pub invitation: Value,
}

/// A message as `/demo/messages.json` lists it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    pub id: u64,
    /// `email`, `sms` or `call`.
    pub channel: String,
    pub to: String,
    pub subject: String,
    pub text: String,
}

impl Message {
    fn read(value: &Value) -> Self {
        let text =
            |name: &str| value[name].as_str().unwrap_or_else(|| panic!("a message has `{name}`: {value}")).to_owned();
        let id = value["id"].as_u64().expect("a message has a number");
        Self { id, channel: text("channel"), to: text("to"), subject: text("subject"), text: text("text") }
    }

    /// The six digits of the code that it carries: together, as twice three, or one by one as they are spoken.
    pub fn code(&self) -> Option<String> {
        let words: Vec<&str> =
            self.text.split_whitespace().map(|word| word.trim_matches([',', '.', ':', '#'])).collect();
        let code = |length: usize, count: usize| {
            let is_part = |word: &&str| word.len() == length && word.bytes().all(|byte| byte.is_ascii_digit());
            words.windows(count).find(|part| part.iter().all(|word| is_part(word))).map(<[&str]>::concat)
        };
        code(6, 1).or_else(|| code(3, 2)).or_else(|| code(1, 6))
    }

    /// The first web address in it.
    pub fn link(&self) -> Option<&str> {
        self.text.split_whitespace().find(|word| word.starts_with("http"))
    }
}

/// The binary under test: beside this test's own file, where cargo puts both.
///
/// # Panics
/// When it was not built.
pub fn binary() -> PathBuf {
    if let Some(named) = std::env::var_os(BINARY_VARIABLE) {
        return named.into();
    }
    let own = std::env::current_exe().expect("a test knows its own file");
    let built = own.ancestors().skip(1).take(2).map(|folder| folder.join("regain")).find(|path| path.is_file());
    built.unwrap_or_else(|| {
        panic!(
            "no `regain` beside {}: build it first with `cargo build --package regain`, or run `cargo xtask test`",
            own.display()
        )
    })
}

impl Demo {
    /// Starts `regain demo` on a free loopback port, with further arguments.
    ///
    /// # Panics
    /// When it does not start.
    pub fn start(arguments: &[&str]) -> Self {
        Self::start_on("127.0.0.1:0", arguments)
    }

    /// The same, on an address of choice.
    ///
    /// # Panics
    /// When it does not start.
    pub fn start_on(address: &str, arguments: &[&str]) -> Self {
        let binary = binary();
        let mut child = Command::new(&binary)
            .args(["demo", "--json", "--listen", address])
            .args(arguments)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap_or_else(|error| panic!("{} can't be started: {error}", binary.display()));
        let mut line = String::new();
        let stdout = child.stdout.take().expect("stdout is a pipe");
        BufReader::new(stdout).read_line(&mut line).expect("the demo's stdout can be read");
        let invitation: Value = serde_json::from_str(&line)
            .unwrap_or_else(|error| panic!("the demo's first line is no JSON ({error}): {line:?}"));
        let url = invitation["url"].as_str().expect("the invitation has a URL");
        let base = url.strip_suffix("/recover").expect("the walk starts at /recover").to_owned();
        Self { child, base, invitation }
    }

    /// A new browser, in this language.
    pub fn walker(&self, language: &str) -> Walker {
        Walker::new(&self.base, language)
    }

    /// The user names that it invites to try.
    pub fn user_names(&self) -> Vec<&str> {
        let accounts = self.invitation["accounts"].as_array().expect("the invitation has accounts");
        accounts.iter().filter_map(|account| account["user_name"].as_str()).collect()
    }

    /// What has arrived, oldest first.
    pub async fn messages(&self) -> Vec<Message> {
        let answer = self.walker("en").fetch("GET", "/demo/messages.json", &[], None).await;
        let list: Vec<Value> = serde_json::from_str(&answer.body).expect("the messages are a JSON list");
        list.iter().map(Message::read).collect()
    }

    /// The `n`th message (from 1) of a channel to a contact, once it has arrived.
    ///
    /// # Panics
    /// When it does not arrive.
    pub async fn message(&self, channel: &str, to: &str, n: usize) -> Message {
        let started = Instant::now();
        loop {
            let all = self.messages().await;
            let mut those = all.iter().filter(|message| message.channel == channel && message.to == to);
            if let Some(found) = those.nth(n - 1) {
                return found.clone();
            }
            assert!(
                started.elapsed() < PATIENCE,
                "message {n} by {channel} to {to} did not arrive; here is what did: {all:#?}"
            );
            tokio::time::sleep(LOOK_AGAIN).await;
        }
    }

    /// The code of the `n`th message of a channel to a contact.
    ///
    /// # Panics
    /// When it does not arrive, or has no code.
    pub async fn code(&self, channel: &str, to: &str, n: usize) -> String {
        let message = self.message(channel, to, n).await;
        message.code().unwrap_or_else(|| panic!("a code was expected in {message:?}"))
    }
}

impl Drop for Demo {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(text: &str) -> Option<String> {
        let text = text.to_owned();
        Message { id: 1, channel: String::new(), to: String::new(), subject: String::new(), text }.code()
    }

    #[test]
    fn a_code_is_read_as_it_is_written_and_as_it_is_spoken() {
        let expected = Some("599523".to_owned());
        assert_eq!(code("Voici votre code\n\n    599 523\n\nValable 10 minutes."), expected);
        assert_eq!(code("Deux Rivières : 599523 est votre code, jusqu'à 8 h 31."), expected);
        assert_eq!(code("Ihr Code: 5, 9, 9, 5, 2, 3. Noch einmal: 5, 9, 9, 5, 2, 3."), expected);
        assert_eq!(code("Call 071 12 34 50 before 16:30. Quai 12, 6000 Charleroi"), None);
    }
}
