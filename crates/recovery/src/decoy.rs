//! Methods that look as real as any other, and lead nowhere.
//!
//! A user name that nobody has gets the look of one of the realm's accounts, drawn by a keyed function of its canonical
//! form: the same today, tomorrow and on every node. The look is drawn whole and among all accounts, also those that have
//! too few contacts; those are then filled up, a real one and a drawn one in the same way. So whatever a stranger reads off
//! a page is as likely for a name that nobody has as for an account.

use crate::census::spelling_of;
use crate::draw::Draw;
use crate::look::{EmailLook, Ending, Kinds, Letter, Look, Spelling};
use crate::offer::{CONTACTS_MAX, Masked, eligible};
use crate::{Account, Census, Contact, ContactPrint, Destination, Keys, Line, Mask, Policies, Policy, Timestamp};
use std::collections::BTreeMap;

/// What a walk shows: contacts, masked, under a policy.
pub(crate) struct Shown {
    pub contacts: Vec<Masked>,
    pub policy: Policy,
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

/// What a walk shows for an account, and whether its own contacts are enough. Where they are not, decoys fill them up. One
/// that does not count yet is shown as any other, and leads nowhere.
pub(crate) fn shown_for_account(
    account: &Account,
    own_domains: &[String],
    census: &Census,
    policies: &Policies<'_>,
    keys: &Keys,
    fresh: &BTreeMap<ContactPrint, Timestamp>,
) -> (Shown, Enough) {
    let (group, policy) = policies.for_groups(&account.groups);
    let mut counts_from: Option<Timestamp> = None;
    let mut contacts: Vec<Masked> = Vec::new();
    for contact in eligible_contacts(account, own_domains) {
        let print = contact.print(&keys.contact);
        let from = fresh.get(&print).copied();
        counts_from = counts_from.max(from);
        let to = if from.is_some() { Destination::Nowhere(print) } else { Destination::OnRecord(print) };
        contacts.push(Masked { mask: Mask::of(contact, |domain| census.shows(domain)), to });
    }
    let old: Vec<Masked> =
        contacts.iter().filter(|contact| matches!(contact.to, Destination::OnRecord(_))).cloned().collect();
    let enough = match counts_from {
        _ if kinds(&old).suffice(policy) => Enough::Now,
        Some(from) if kinds(&contacts).suffice(policy) => Enough::Later(from),
        _ => Enough::No,
    };
    let draw = Draw::new(&keys.decoy, &["account", &account.id.0]);
    let spelling = spelling_of(account, own_domains);
    (Drawing { census, spelling: &spelling, contacts, draw }.end(group, policy), enough)
}

/// What a walk shows for a user name that nobody has.
pub(crate) fn shown_for_nobody(
    realm: &str,
    canonical: &str,
    census: &Census,
    policies: &Policies<'_>,
    key: &[u8; 32],
) -> Shown {
    let name = census.name_of_nobody(canonical, key);
    let spelling = Spelling::of(&name);
    let mut draw = Draw::new(key, &["nobody", realm, &name]);
    let nothing = Look::default();
    let look = census.draw_look(spelling.form(), &mut draw).unwrap_or(&nothing);
    let (group, policy) = policies.for_group(look.group.as_deref());
    let mut drawing = Drawing { census, spelling: &spelling, contacts: Vec::new(), draw };
    drawing.add(look);
    drawing.end(group, policy)
}

/// Mail first, then mobile, then office: for decoys as for real contacts.
fn rank(mask: &Mask) -> u8 {
    match mask {
        Mask::Email { .. } => 0,
        Mask::Phone { line: Line::Mobile, .. } => 1,
        Mask::Phone { line: Line::Office, .. } => 2,
    }
}

fn kinds(contacts: &[Masked]) -> Kinds {
    let count = |kind| contacts.iter().filter(|contact| rank(&contact.mask) == kind).count();
    Kinds { emails: count(0), mobiles: count(1), offices: count(2) }
}

/// A list of contacts that decoys are added to.
struct Drawing<'a> {
    census: &'a Census,
    spelling: &'a Spelling,
    contacts: Vec<Masked>,
    draw: Draw,
}

impl Drawing<'_> {
    /// Fills the list up where it is not enough, and puts it in the order of the page.
    fn end(mut self, group: Option<&str>, policy: &Policy) -> Shown {
        let has = kinds(&self.contacts);
        let enough = has.suffice(policy);
        // Drawn in any case: the work is the same for those that have enough.
        let form = self.spelling.form();
        let whole = self.census.draw_whole(form, group, has, policy, &mut self.draw);
        if !enough {
            self.fill_up(whole, policy);
        }
        self.contacts.sort_by_key(|contact| rank(&contact.mask));
        Shown { contacts: self.contacts, policy: policy.clone() }
    }

    fn fill_up(&mut self, whole: Option<&Look>, policy: &Policy) {
        // Where no account of the realm can finish: one address and one mobile phone.
        let email = EmailLook { letter: Letter::OfPart(0), domain: None };
        let usual = Look { emails: vec![email], mobiles: vec![None], ..Look::default() };
        self.add(whole.unwrap_or(&usual));
        let kind = |kind: u8| match kind {
            0 => Look { emails: usual.emails.clone(), ..Look::default() },
            1 => Look { mobiles: vec![None], ..Look::default() },
            _ => Look { offices: vec![None], ..Look::default() },
        };
        for turn in [1, 0, 1, 0, 2].into_iter().cycle().take(CONTACTS_MAX * 2) {
            if kinds(&self.contacts).suffice(policy) {
                return;
            }
            self.push(&kind(turn), Kinds::default());
        }
    }

    /// Adds what the look has more than the list: its first contacts of each kind stand for those that are there.
    fn add(&mut self, look: &Look) {
        self.push(look, kinds(&self.contacts));
    }

    fn push(&mut self, look: &Look, skipped: Kinds) {
        for email in look.emails.iter().skip(skipped.emails) {
            self.push_email(email);
        }
        for ending in look.mobiles.iter().skip(skipped.mobiles) {
            self.push_phone(Line::Mobile, *ending);
        }
        for ending in look.offices.iter().skip(skipped.offices) {
            self.push_phone(Line::Office, *ending);
        }
    }

    fn push_email(&mut self, look: &EmailLook) {
        let before: Vec<char> = self
            .contacts
            .iter()
            .filter_map(|contact| match contact.mask {
                Mask::Email { first, .. } => Some(first),
                Mask::Phone { .. } => None,
            })
            .collect();
        let spelling = self.spelling;
        let in_name = spelling.letters(look.letter, &before);
        let in_name = self.draw.weighted(in_name.iter().map(|letter| (*letter, 1)));
        let is_free = |letter| !spelling.holds(letter) && !before.contains(&letter);
        let elsewhere = self.census.draw_letter(is_free, &mut self.draw);
        self.push_mask(Mask::Email { first: in_name.unwrap_or(elsewhere), domain: look.domain.clone() });
    }

    fn push_phone(&mut self, line: Line, ending: Ending) {
        let own = self.census.draw_ending(line, &mut self.draw);
        self.push_mask(Mask::Phone { line, last_two: ending.unwrap_or(own) });
    }

    fn push_mask(&mut self, mask: Mask) {
        let to = Destination::Nowhere(ContactPrint::cut(self.draw.next()));
        self.contacts.push(Masked { mask, to });
    }
}
