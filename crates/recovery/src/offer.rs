//! The methods that a recovery offers, real or decoy, and which of them are independent.

use crate::{Contact, ContactPrint, Independence, Line, Mask, Policy};

/// A way to prove.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum MethodKind {
    /// A code by mail.
    Email,
    /// A code by SMS.
    Sms,
    /// A code read aloud by a voice call.
    Call,
}

impl MethodKind {
    pub const ALL: [MethodKind; 3] = [MethodKind::Email, MethodKind::Sms, MethodKind::Call];

    /// The kind's name in pages, settings and the store.
    pub const fn name(self) -> &'static str {
        match self {
            MethodKind::Email => "email",
            MethodKind::Sms => "sms",
            MethodKind::Call => "call",
        }
    }

    /// Whether the person types the whole number before a code is sent.
    pub const fn is_phone(self) -> bool {
        matches!(self, MethodKind::Sms | MethodKind::Call)
    }

    /// Whether this method can use a contact that shows this mask. An SMS can't reach an office phone.
    fn suits(self, mask: &Mask) -> bool {
        match (self, mask) {
            (MethodKind::Email, Mask::Email { .. }) | (MethodKind::Call, Mask::Phone { .. }) => true,
            (MethodKind::Sms, Mask::Phone { line, .. }) => *line == Line::Mobile,
            _ => false,
        }
    }
}

/// Where a message goes. A page never shows which of the two it is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Destination {
    /// The account's contact with this print; the full contact is read from the directory when the message is sent.
    OnRecord(ContactPrint),
    /// Nobody: a decoy, or a typed number that is not the one on record.
    Nowhere(ContactPrint),
}

impl Destination {
    pub const fn print(&self) -> &ContactPrint {
        match self {
            Destination::OnRecord(print) | Destination::Nowhere(print) => print,
        }
    }
}

/// A contact as the walk knows it: masked, and real or not.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub(crate) struct Masked {
    pub mask: Mask,
    pub to: Destination,
}

/// A method with a contact, as the page shows it.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Offer {
    pub kind: MethodKind,
    pub mask: Mask,
    pub(crate) to: Destination,
}

impl Offer {
    /// Whether it leads nowhere. For the operator's `explain`, and for nobody who talks to a browser.
    pub const fn is_decoy(&self) -> bool {
        matches!(self.to, Destination::Nowhere(_))
    }
}

/// More contacts than a page can hold are not offered; the state on disk has room for these.
pub(crate) const CONTACTS_MAX: usize = 8;

/// The methods that these contacts give under this policy: mail first, then SMS, then calls.
pub(crate) fn offers(contacts: &[Masked], policy: &Policy) -> Vec<Offer> {
    let of_kind = |kind: MethodKind| {
        contacts.iter().filter(move |contact| kind.suits(&contact.mask)).map(move |contact| Offer {
            kind,
            mask: contact.mask.clone(),
            to: contact.to,
        })
    };
    policy.methods.iter().copied().flat_map(of_kind).collect()
}

/// Whether two methods prove different things.
pub(crate) fn independent(one: &Offer, contact: &ContactPrint, kind: MethodKind, rule: Independence) -> bool {
    let same_contact = one.to.print() == contact;
    let same_channel = one.kind.is_phone() == kind.is_phone();
    match rule {
        Independence::Contacts => !same_contact,
        Independence::Channels => !same_contact && !same_channel,
    }
}

/// The contacts of an account that may count: not its own addresses, not its own domain, each once.
pub(crate) fn eligible<'a>(
    contacts: &'a [Contact],
    own_mailboxes: &[String],
    own_domains: &[String],
) -> Vec<&'a Contact> {
    let belongs_to_account = |contact: &Contact| match contact {
        Contact::Email(address) => {
            own_mailboxes.contains(&address.mailbox())
                || own_domains.iter().any(|own| own.eq_ignore_ascii_case(&address.domain()))
        }
        Contact::Phone(_) => false,
    };
    let mut kept: Vec<&Contact> = Vec::new();
    for contact in contacts.iter().filter(|contact| !belongs_to_account(contact)) {
        let again = kept.iter().any(|other| match (other, contact) {
            (Contact::Email(a), Contact::Email(b)) => a.mailbox() == b.mailbox(),
            (Contact::Phone(a), Contact::Phone(b)) => a.number == b.number,
            _ => false,
        });
        if !again && kept.len() < CONTACTS_MAX {
            kept.push(contact);
        }
    }
    kept
}
