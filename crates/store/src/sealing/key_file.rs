//! The text form of a [`Keyring`]: what `regain init` writes and `regain serve` reads.
//!
//! Lines of `root <64 hex digits>` (once) and `seal <id> <64 hex digits>` (once or more, the first is the current one), where
//! the moment in which the key was made may follow (seconds since 1970, as `regain keys rotate` writes it); lines that start with `#` and empty ones are skipped. Errors name the line and what to write, and never repeat what
//! stands in it, since that may be a key.

use super::{Keyring, SealKey, Seals};
use std::fmt::Write;
use zeroize::Zeroizing;

/// How long a key file may be. Bytes: some hundred keys, far more than anyone rotates through.
const TEXT_BYTES_MAX: usize = 64 * 1024;

/// A key file that can't be read, and how to mend it.
#[derive(thiserror::Error, Clone, Copy, PartialEq, Eq, Debug)]
#[error("line {line} of the key file: {fault}")]
pub struct KeyFileError {
    /// From 1; the line after the last where something is missing.
    pub line: usize,
    pub fault: KeyFileFault,
}

/// What is wrong in a line of a key file.
#[derive(thiserror::Error, Clone, Copy, PartialEq, Eq, Debug)]
pub enum KeyFileFault {
    #[error(
        "it starts with neither `root`, `seal` nor `#`; write `seal 1 ` and 64 hex digits, or put `#` before a note"
    )]
    UnknownWord,
    #[error("the key is not 64 hex digits (0-9, a-f); write `root ` and 64 hex digits")]
    RootKey,
    #[error("the key is not 64 hex digits (0-9, a-f); write `seal `, a number, and 64 hex digits")]
    SealKey,
    #[error("the key's number is missing or not from 1 to 4294967295; write `seal 1 ` and 64 hex digits")]
    SealId,
    #[error("there is something after the key; put notes on a line of their own, after `#`")]
    Trailing,
    #[error("there is a second `root`; keep the first one only, all that is kept hangs on it")]
    RootTwice,
    #[error("there is another key of the same number above; give the new one a number that is not in use")]
    IdTwice,
    #[error("`root` is missing; restore the file from a copy, or let `regain init` write a new one for a new store")]
    RootMissing,
    #[error("`seal` is missing; restore the file from a copy, or let `regain init` write a new one for a new store")]
    SealMissing,
    #[error("the file goes on after 64 KiB; is it the right file?")]
    TooLong,
}

impl Keyring {
    /// Reads the text of a key file.
    ///
    /// # Errors
    ///
    /// The first line that is wrong, and what to write there.
    pub fn parse(text: &str) -> Result<Self, KeyFileError> {
        let mut root = None;
        let mut seals: Vec<SealKey> = Vec::new();
        if text.len() > TEXT_BYTES_MAX {
            let line = text.as_bytes().iter().take(TEXT_BYTES_MAX).filter(|byte| **byte == b'\n').count() + 1;
            return Err(KeyFileError { line, fault: KeyFileFault::TooLong });
        }
        for (index, line) in text.lines().enumerate() {
            read_line(line, &mut root, &mut seals).map_err(|fault| KeyFileError { line: index + 1, fault })?;
        }
        let missing = |fault| KeyFileError { line: text.lines().count() + 1, fault };
        let root = root.ok_or(missing(KeyFileFault::RootMissing))?;
        let mut seals = seals.into_iter();
        let current = seals.next().ok_or(missing(KeyFileFault::SealMissing))?;
        Ok(Self::of(root, Seals { current, older: seals.collect() }))
    }

    /// The text of a key file that [`Keyring::parse`] reads. It holds the keys: write it where only Regain can read.
    pub fn to_text(&self) -> Zeroizing<String> {
        let seals = self.seals();
        // Room for all of it at once: a string that grows leaves copies behind that nobody wipes.
        let mut text = Zeroizing::new(String::with_capacity(512 + 112 * (2 + seals.older.len())));
        text.push_str("# Keys of this Regain. Who has this file and the store can read what is in it.\n");
        text.push_str(
            "# Keep a copy somewhere safe, apart from the copies of the store: without it they can't be read.\n",
        );
        text.push_str("root ");
        push_hex(&mut text, &self.root);
        text.push_str("\n# The first seal line is the current key; older ones still open.\n");
        for key in seals.all() {
            write!(text, "seal {} ", key.id).expect("a string takes what is written");
            push_hex(&mut text, &key.bytes);
            if let Some(made_at) = key.made_at {
                write!(text, " {made_at}").expect("a string takes what is written");
            }
            text.push('\n');
        }
        text
    }
}

fn read_line(
    line: &str,
    root: &mut Option<Box<Zeroizing<[u8; 32]>>>,
    seals: &mut Vec<SealKey>,
) -> Result<(), KeyFileFault> {
    let mut words = line.split_ascii_whitespace();
    match words.next() {
        None => return Ok(()),
        Some(word) if word.starts_with('#') => return Ok(()),
        Some("root") if root.is_some() => return Err(KeyFileFault::RootTwice),
        Some("root") => *root = Some(words.next().and_then(read_hex).ok_or(KeyFileFault::RootKey)?),
        Some("seal") => {
            let id = words.next().and_then(read_id).ok_or(KeyFileFault::SealId)?;
            if seals.iter().any(|key| key.id == id) {
                return Err(KeyFileFault::IdTwice);
            }
            let bytes = words.next().and_then(read_hex).ok_or(KeyFileFault::SealKey)?;
            let made_at = words.next().map(|word| read_moment(word).ok_or(KeyFileFault::Trailing)).transpose()?;
            seals.push(SealKey { id, bytes, made_at });
        }
        Some(_) => return Err(KeyFileFault::UnknownWord),
    }
    words.next().map_or(Ok(()), |_| Err(KeyFileFault::Trailing))
}

/// A key's number: digits only, not 0, which stands for a caller's own key.
fn read_id(word: &str) -> Option<u32> {
    let digits = word.bytes().all(|byte| byte.is_ascii_digit());
    word.parse().ok().filter(|id| digits && *id != super::CALLERS_KEY)
}

/// Seconds since 1970, digits only.
fn read_moment(word: &str) -> Option<u64> {
    let digits = word.bytes().all(|byte| byte.is_ascii_digit());
    word.parse().ok().filter(|_| digits)
}

fn read_hex(word: &str) -> Option<Box<Zeroizing<[u8; 32]>>> {
    let (pairs, rest) = word.as_bytes().as_chunks::<2>();
    if !rest.is_empty() || pairs.len() != 32 {
        return None;
    }
    let mut key = Box::new(Zeroizing::new([0; 32]));
    for (byte, [high, low]) in key.iter_mut().zip(pairs) {
        *byte = hex_digit(*high)? << 4 | hex_digit(*low)?;
    }
    Some(key)
}

fn hex_digit(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        b'A'..=b'F' => Some(digit - b'A' + 10),
        _ => None,
    }
}

fn push_hex(text: &mut String, key: &[u8; 32]) {
    for byte in key {
        for half in [byte >> 4, byte & 0x0f] {
            text.push(char::from(if half < 10 { b'0' + half } else { b'a' + half - 10 }));
        }
    }
}
