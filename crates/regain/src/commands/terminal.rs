//! Passwords from the terminal, without showing them, or from another program.

use crate::Failure;
use recovery::Password;
use rustix::termios::{LocalModes, OptionalActions, Termios, isatty, tcgetattr, tcsetattr};
use std::io::{BufRead, IsTerminal, Stdin, Write};
use zeroize::Zeroizing;

/// Shows again what is typed, whatever happens in between.
struct Hidden {
    stdin: Stdin,
    before: Termios,
}

impl Hidden {
    fn new() -> Option<Self> {
        let stdin = std::io::stdin();
        if !isatty(&stdin) {
            return None;
        }
        let before = tcgetattr(&stdin).ok()?;
        let mut without = before.clone();
        without.local_modes &= !LocalModes::ECHO;
        tcsetattr(&stdin, OptionalActions::Flush, &without).ok()?;
        Some(Self { stdin, before })
    }
}

impl Drop for Hidden {
    fn drop(&mut self) {
        let _ = tcsetattr(&self.stdin, OptionalActions::Flush, &self.before);
    }
}

/// The first line of stdin.
///
/// # Errors
/// When there is none.
pub fn password_from_stdin() -> Result<Password, Failure> {
    line()?.ok_or_else(|| Failure::new("stdin holds no password").hint("write it there, on one line"))
}

/// Asks for a new password, twice.
///
/// # Errors
/// When nobody is at the terminal, or the two differ.
pub fn ask_new_password(whose: &str) -> Result<Password, Failure> {
    if !std::io::stdin().is_terminal() {
        return Err(Failure::new("there is no terminal to ask for the password")
            .hint("add --password-stdin and write it there, or --no-password: a recovery sets the first one"));
    }
    let first = ask(&format!("Password for {whose}: "))?;
    let again = ask("The same again: ")?;
    if first.reveal() != again.reveal() {
        return Err(Failure::new("the two differ; nothing was added"));
    }
    Ok(first)
}

fn ask(prompt: &str) -> Result<Password, Failure> {
    let mut err = std::io::stderr();
    let _ = write!(err, "{prompt}").and_then(|()| err.flush());
    let Some(hidden) = Hidden::new() else {
        return Err(Failure::new("the terminal can't hide what is typed").hint("use --password-stdin"));
    };
    let typed = line();
    drop(hidden);
    let _ = writeln!(err);
    typed?.ok_or_else(|| Failure::new("nothing was typed").hint("--no-password adds an account without one"))
}

fn line() -> Result<Option<Password>, Failure> {
    let mut line = Zeroizing::new(String::new());
    std::io::stdin().lock().read_line(&mut line).map_err(|error| Failure::new(format!("it can't be read: {error}")))?;
    Ok(Password::new(line.trim_end_matches(['\r', '\n'])))
}
