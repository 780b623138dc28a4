//! Addresses that a method uses: e-mail addresses and telephones.

use crate::{PhoneNumber, mac};
use std::fmt;
use subtle::ConstantTimeEq;
use zeroize::Zeroize;

/// The longest e-mail address, in bytes (RFC 5321 §4.5.3.1.3: a path of 256 with its angle brackets).
const EMAIL_BYTES_MAX: usize = 254;

/// Providers that ignore what follows a `+`, and (the first ones) dots, before the `@`.
const IGNORES_DOTS: [&str; 2] = ["gmail.com", "googlemail.com"];
const IGNORES_TAGS: [&str; 8] = [
    "gmail.com",
    "googlemail.com",
    "outlook.com",
    "hotmail.com",
    "live.com",
    "icloud.com",
    "proton.me",
    "fastmail.com",
];

/// An e-mail address: one `@`, something on both sides, no spaces or control characters. It does not print, and is wiped.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EmailAddress(String);

impl EmailAddress {
    /// Reads an address as it is stored or typed. Checks only what a mask and an SMTP server rely on.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let (local, domain) = text.rsplit_once('@')?;
        let plain = !text.chars().any(|c| c.is_whitespace() || c.is_control() || "<>(),;:\"\\".contains(c));
        let named = !local.is_empty()
            && !local.contains('@')
            && domain.len() >= 2
            && !domain.starts_with(['.', '-'])
            && !domain.ends_with(['.', '-']);
        (plain && named && text.len() <= EMAIL_BYTES_MAX).then(|| Self(text.to_owned()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub fn local(&self) -> &str {
        self.0.rsplit_once('@').map_or("", |(local, _)| local)
    }

    /// What a mask shows of it: the first character, as a small letter.
    pub fn first_letter(&self) -> char {
        self.0.chars().flat_map(char::to_lowercase).next().unwrap_or('*')
    }

    /// The domain in lower case.
    pub fn domain(&self) -> String {
        self.0.rsplit_once('@').map_or("", |(_, domain)| domain).to_lowercase()
    }

    /// One text per mailbox: lower case, without the tags and dots that the provider ignores.
    pub fn mailbox(&self) -> String {
        let domain = self.domain();
        let mut local = self.local().to_lowercase();
        if IGNORES_TAGS.contains(&domain.as_str()) {
            local.truncate(local.find('+').unwrap_or(local.len()));
        }
        if IGNORES_DOTS.contains(&domain.as_str()) {
            local.retain(|c| c != '.');
        }
        format!("{local}@{domain}")
    }
}

impl Drop for EmailAddress {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

/// Which telephone a number rings.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum Line {
    Mobile,
    Office,
}

/// A telephone of a person.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Phone {
    pub number: PhoneNumber,
    pub line: Line,
}

/// A full contact. It does not print: a page shows its [`crate::Mask`].
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Contact {
    Email(EmailAddress),
    Phone(Phone),
}

impl Contact {
    /// A keyed hash that says whether two contacts are one, and nothing else.
    pub fn print(&self, key: &[u8; 32]) -> ContactPrint {
        let (kind, text) = match self {
            Contact::Email(address) => ("email", address.mailbox()),
            Contact::Phone(phone) => ("phone", phone.number.e164().to_owned()),
        };
        ContactPrint::cut(mac(key, &[kind.as_bytes(), text.as_bytes()]))
    }
}

impl fmt::Debug for EmailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("EmailAddress(…)")
    }
}

impl fmt::Debug for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Phone({:?} …)", self.line)
    }
}

impl fmt::Debug for Contact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Contact::Email(_) => "Contact::Email(…)",
            Contact::Phone(_) => "Contact::Phone(…)",
        })
    }
}

/// The keyed hash of a contact, 128 bits. Compared in constant time.
// Equal as bytes are equal; only the time that it takes differs from a derived comparison.
#[allow(clippy::derived_hash_with_manual_eq)]
#[derive(Clone, Copy, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct ContactPrint([u8; 16]);

impl ContactPrint {
    pub(crate) const fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(bytes)
    }

    pub(crate) fn cut(hash: [u8; 32]) -> Self {
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&hash[..16]);
        Self(bytes)
    }

    pub const fn bytes(&self) -> &[u8; 16] {
        &self.0
    }
}

impl PartialEq for ContactPrint {
    fn eq(&self, other: &Self) -> bool {
        self.0.ct_eq(&other.0).into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_mailbox_has_one_print() {
        let print = |text: &str| Contact::Email(EmailAddress::parse(text).expect("an address")).print(&[7; 32]);
        assert_eq!(print("Anna.B+school@gmail.com"), print("annab@GMAIL.com"));
        assert_ne!(print("anna.b@ecole.example"), print("annab@ecole.example"));
    }

    #[test]
    fn what_is_not_an_address_is_refused() {
        for text in ["", "anna", "@x.be", "anna@", "an na@x.be", "a@b@c.be", "a@x.be\r\nBcc: b@x.be", "<a@x.be>"] {
            assert!(EmailAddress::parse(text).is_none(), "{text}");
        }
    }
}
