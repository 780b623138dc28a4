//! What a page may show of a contact before anything is proven.

use crate::{Contact, EmailAddress, Line, PhoneNumber};
use std::fmt;

/// A contact with most of it hidden: `p*****@charleroi.be`, `*****67`.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Mask {
    Email {
        first: char,
        /// `None` when too few accounts share the domain: it would name its owner.
        domain: Option<String>,
    },
    Phone {
        line: Line,
        last_two: [char; 2],
    },
}

impl Mask {
    /// Hides a contact. `shown_domains` are the mail domains that enough accounts share.
    pub fn of(contact: &Contact, domain_is_shown: impl Fn(&str) -> bool) -> Self {
        match contact {
            Contact::Email(address) => {
                let domain = address.domain();
                Mask::Email { first: address.first_letter(), domain: domain_is_shown(&domain).then_some(domain) }
            }
            Contact::Phone(phone) => Mask::Phone { line: phone.line, last_two: phone.number.last_two() },
        }
    }

    /// Whether a number that was typed in full ends as this mask shows.
    pub fn fits_number(&self, typed: &PhoneNumber) -> bool {
        matches!(self, Mask::Phone { last_two, .. } if *last_two == typed.last_two())
    }

    /// Whether an address that was typed in full looks as this mask shows.
    pub fn fits_address(&self, typed: &EmailAddress) -> bool {
        let Mask::Email { first, domain } = self else { return false };
        typed.first_letter() == *first && domain.as_ref().is_none_or(|domain| *domain == typed.domain())
    }
}

impl fmt::Display for Mask {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Mask::Email { first, domain } => write!(f, "{first}*****@{}", domain.as_deref().unwrap_or("*****")),
            Mask::Phone { last_two: [a, b], .. } => write!(f, "*****{a}{b}"),
        }
    }
}
