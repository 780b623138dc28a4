//! Methods that look as real as any other, and lead nowhere.
//!
//! A user name that nobody has gets a list of methods drawn by a keyed function of its canonical form from what the real
//! accounts of the realm look like: the same today, tomorrow and on every node. An account with too few methods has its
//! own list filled up the same way.

use crate::offer::{Masked, eligible, gates_possible, offers};
use crate::{Account, Contact, ContactPrint, Destination, Line, Mask, Policy, Timestamp, mac};
use std::collections::BTreeMap;

/// How many contacts of each kind an account has.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Default)]
pub struct Shape {
    pub emails: u8,
    pub mobiles: u8,
    pub offices: u8,
}

/// What the contacts of a realm look like as a whole. Taken once and kept, because a decoy that changes betrays itself.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Census {
    /// How many accounts have each shape.
    pub shapes: BTreeMap<Shape, u32>,
    /// How many accounts have an alternate address in each domain, for domains that enough of them share.
    pub domains: BTreeMap<String, u32>,
    /// How many have one in a domain that too few share: those are masked.
    pub rare_domains: u32,
    /// How often addresses begin with each character.
    pub first_letters: BTreeMap<char, u32>,
}

impl Census {
    /// How many accounts must share a mail domain before a page shows it, unless the settings say otherwise.
    pub const SHARED_BY_MIN: u32 = 3;

    /// Counts one account's contacts, those that may serve a recovery.
    pub fn count(&mut self, account: &Account, own_domains: &[String]) {
        let mut shape = Shape::default();
        for contact in eligible_contacts(account, own_domains) {
            match contact {
                Contact::Email(address) => {
                    shape.emails += 1;
                    *self.domains.entry(address.domain()).or_default() += 1;
                    if let Some(first) = address.local().chars().next() {
                        *self.first_letters.entry(first).or_default() += 1;
                    }
                }
                Contact::Phone(phone) if phone.line == Line::Mobile => shape.mobiles += 1,
                Contact::Phone(_) => shape.offices += 1,
            }
        }
        if shape != Shape::default() {
            *self.shapes.entry(shape).or_default() += 1;
        }
    }

    /// Ends the counting: domains that fewer than `shared_by_min` accounts share are known only by their number.
    pub fn finish(mut self, shared_by_min: u32) -> Self {
        let (shared, rare): (BTreeMap<_, _>, BTreeMap<_, _>) =
            self.domains.into_iter().partition(|(_, count)| *count >= shared_by_min);
        self.rare_domains += rare.values().sum::<u32>();
        self.domains = shared;
        self
    }

    /// Whether a page may show this mail domain.
    pub fn shows(&self, domain: &str) -> bool {
        self.domains.contains_key(domain)
    }
}

/// The contacts of an account that may serve a recovery.
pub(crate) fn eligible_contacts<'a>(account: &'a Account, own_domains: &[String]) -> Vec<&'a Contact> {
    let own_mailboxes: Vec<String> = account.own_addresses.iter().map(|address| address.mailbox()).collect();
    eligible(&account.contacts, &own_mailboxes, own_domains)
}

/// How many contacts of an account can't serve a recovery: its own addresses, its own domain, repetitions.
pub fn left_out(account: &Account, own_domains: &[String]) -> usize {
    account.contacts.len() - eligible_contacts(account, own_domains).len()
}

/// Whether an account's contacts are enough for the policy.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Enough {
    Now,
    /// Once those count that are new: then.
    Later(Timestamp),
    No,
}

/// The contacts that a walk shows for an account, masked: its own, and whether they are enough for the policy.
/// Where they are not, decoys fill them up. One that does not count yet is shown as any other, and leads nowhere.
pub(crate) fn masked_contacts(
    account: &Account,
    own_domains: &[String],
    census: &Census,
    policy: &Policy,
    keys: &crate::Keys,
    fresh: &BTreeMap<ContactPrint, Timestamp>,
) -> (Vec<Masked>, Enough) {
    let mut counts_from: Option<Timestamp> = None;
    let mut masked: Vec<Masked> = Vec::new();
    for contact in eligible_contacts(account, own_domains) {
        let print = contact.print(&keys.contact);
        let from = fresh.get(&print).copied();
        counts_from = counts_from.max(from);
        let to = if from.is_some() { Destination::Nowhere(print) } else { Destination::OnRecord(print) };
        masked.push(Masked { mask: Mask::of(contact, |domain| census.shows(domain)), to });
    }
    let old: Vec<Masked> =
        masked.iter().filter(|contact| matches!(contact.to, Destination::OnRecord(_))).cloned().collect();
    let enough = match counts_from {
        _ if is_enough(&old, policy) => Enough::Now,
        Some(from) if is_enough(&masked, policy) => Enough::Later(from),
        _ => Enough::No,
    };
    if enough == Enough::No {
        let mut draw = Draw::new(&keys.decoy, &["account", &account.id.0]);
        fill_up(&mut masked, census, policy, &mut draw);
    }
    masked.sort_by_key(|contact| rank(&contact.mask));
    (masked, enough)
}

/// The contacts that a walk shows for a user name that nobody has.
pub(crate) fn decoy_contacts(
    realm: &str,
    canonical: &str,
    census: &Census,
    policy: &Policy,
    key: &[u8; 32],
) -> Vec<Masked> {
    let mut masked = Vec::new();
    fill_up(&mut masked, census, policy, &mut Draw::new(key, &["nobody", realm, canonical]));
    masked.sort_by_key(|contact| rank(&contact.mask));
    masked
}

/// Mail first, then mobile, then office: for decoys as for real contacts.
fn rank(mask: &Mask) -> u8 {
    match mask {
        Mask::Email { .. } => 0,
        Mask::Phone { line: Line::Mobile, .. } => 1,
        Mask::Phone { line: Line::Office, .. } => 2,
    }
}

fn is_enough(contacts: &[Masked], policy: &Policy) -> bool {
    gates_possible(&offers(contacts, policy), policy.independence) >= usize::from(policy.gates)
}

/// Adds decoys until the contacts have the shape of a real account that can finish.
fn fill_up(contacts: &mut Vec<Masked>, census: &Census, policy: &Policy, draw: &mut Draw) {
    let target = draw_shape(census, policy, draw);
    let kinds = [(target.emails, 0), (target.mobiles, 1), (target.offices, 2)];
    for (wanted, kind) in kinds {
        let has = contacts.iter().filter(|contact| rank(&contact.mask) == kind).count();
        for _ in has..usize::from(wanted) {
            contacts.push(draw_contact(kind, census, draw));
        }
    }
    // A real contact of a kind that the drawn shape lacks may still leave too few.
    for kind in [1, 0, 1, 0, 2].into_iter().cycle().take(usize::from(Policy::GATES_MAX) * 3) {
        if is_enough(contacts, policy) {
            return;
        }
        contacts.push(draw_contact(kind, census, draw));
    }
}

/// A shape of the realm that can pass all gates; one address and one mobile phone where the realm has none yet.
fn draw_shape(census: &Census, policy: &Policy, draw: &mut Draw) -> Shape {
    let blank = |kind: u8, n: u8| Masked {
        mask: if kind == 0 {
            Mask::Email { first: 'x', domain: None }
        } else {
            Mask::Phone { line: if kind == 1 { Line::Mobile } else { Line::Office }, last_two: ['0', '0'] }
        },
        to: Destination::Nowhere(ContactPrint::from_bytes([kind * 16 + n; 16])),
    };
    let finishes = |shape: &Shape| {
        let kinds = [(shape.emails, 0), (shape.mobiles, 1), (shape.offices, 2)];
        let contacts: Vec<Masked> =
            kinds.iter().flat_map(|&(count, kind)| (0..count).map(move |n| blank(kind, n))).collect();
        is_enough(&contacts, policy)
    };
    let able: Vec<(Shape, u32)> =
        census.shapes.iter().filter(|(shape, _)| finishes(shape)).map(|(shape, count)| (*shape, *count)).collect();
    draw.weighted(&able).unwrap_or(Shape { emails: 1, mobiles: 1, offices: 0 })
}

fn draw_contact(kind: u8, census: &Census, draw: &mut Draw) -> Masked {
    let mask = match kind {
        0 => {
            let letters: Vec<(char, u32)> =
                census.first_letters.iter().map(|(letter, count)| (*letter, *count)).collect();
            let any_letter = char::from(b'a' + u8::try_from(draw.below(26)).unwrap_or(0));
            let mut domains: Vec<(Option<String>, u32)> =
                census.domains.iter().map(|(domain, count)| (Some(domain.clone()), *count)).collect();
            domains.push((None, census.rare_domains));
            Mask::Email {
                first: draw.weighted(&letters).unwrap_or(any_letter),
                domain: draw.weighted(&domains).flatten(),
            }
        }
        _ => {
            let mut digit = || char::from(b'0' + u8::try_from(draw.below(10)).unwrap_or(0));
            let last_two = [digit(), digit()];
            Mask::Phone { line: if kind == 1 { Line::Mobile } else { Line::Office }, last_two }
        }
    };
    Masked { mask, to: Destination::Nowhere(ContactPrint::cut(draw.next())) }
}

/// An endless row of numbers that only the key and the name decide.
struct Draw {
    seed: [u8; 32],
    turn: u64,
}

impl Draw {
    fn new(key: &[u8; 32], name: &[&str]) -> Self {
        let parts: Vec<&[u8]> = name.iter().map(|part| part.as_bytes()).collect();
        Self { seed: mac(key, &parts), turn: 0 }
    }

    fn next(&mut self) -> [u8; 32] {
        self.turn += 1;
        mac(&self.seed, &[&self.turn.to_be_bytes()])
    }

    /// A number below `bound`, which is far below 2⁶⁴: the bias of the remainder does not show.
    fn below(&mut self, bound: u64) -> u64 {
        let bytes = self.next();
        let mut head = [0; 8];
        head.copy_from_slice(&bytes[..8]);
        u64::from_be_bytes(head) % bound.max(1)
    }

    fn weighted<T: Clone>(&mut self, choices: &[(T, u32)]) -> Option<T> {
        let total: u64 = choices.iter().map(|(_, weight)| u64::from(*weight)).sum();
        if total == 0 {
            return None;
        }
        let mut left = self.below(total);
        for (choice, weight) in choices {
            match left.checked_sub(u64::from(*weight)) {
                Some(rest) => left = rest,
                None => return Some(choice.clone()),
            }
        }
        None
    }
}
