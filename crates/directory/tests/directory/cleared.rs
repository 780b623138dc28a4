//! The right to write a password, come by as everybody comes by it: by a walk through both gates.

use recovery::{
    Account, AccountId, AccountState, Begin, Census, Cleared, Contact, Disclose, Effect, EmailAddress, Event, Facts,
    Keys, LastLook, Line, MethodKind, Page, PasswordVerdict, Phone, PhoneNumber, Policies, Policy, Recovery, Timestamp,
    UserName, begin, step,
};
use std::collections::{BTreeMap, BTreeSet};

const NOW: Timestamp = Timestamp::from_millis(1_700_000_000_000);

/// Walks a recovery of this account, whoever it is, to the write.
pub fn cleared(id: &AccountId) -> Cleared {
    let number = PhoneNumber::parse("0470 12 34 67", "BE").expect("a number");
    let address = EmailAddress::parse("someone@elsewhere.example").expect("an address");
    let account = Account {
        id: id.clone(),
        user_name: "someone".to_owned(),
        given_name: String::new(),
        family_name: String::new(),
        display_name: String::new(),
        own_addresses: Vec::new(),
        contacts: vec![Contact::Email(address), Contact::Phone(Phone { number: number.clone(), line: Line::Mobile })],
        state: AccountState::Usable,
        groups: BTreeSet::new(),
        password_changed_at: None,
    };
    let keys = Keys::from_root(&[7; 32]);
    let facts = Facts { now: NOW, random: [3; 32], keys: &keys, pauses: BTreeMap::new() };
    let begun = Begin {
        realm: "school",
        user_name: UserName::parse("someone").expect("a name"),
        account: Some(&account),
        reported: false,
        own_domains: &[],
        fresh: &BTreeMap::new(),
        census: &Census::default(),
        policies: Policies { usual: &Policy::default(), groups: &[] },
        disclose: Disclose::Hide,
    };
    let mut recovery = begin(begun, &facts);
    for kind in [MethodKind::Email, MethodKind::Sms] {
        let offer = offer(&recovery, kind);
        recovery = happens(recovery, Event::MethodChosen { offer }, &facts);
        if kind.is_phone() {
            recovery = happens(recovery, Event::NumberTyped { number: Some(number.clone()) }, &facts);
        }
    }
    let verdict = PasswordVerdict::Accepted { sealed: Vec::new(), changed_before: None };
    let recovery = happens(recovery, Event::PasswordTyped { verdict }, &facts);
    let look = LastLook {
        now: NOW,
        keys: &keys,
        realm: "school",
        account: Some(&account),
        reported: false,
        own_domains: &[],
        policy: &Policy::default(),
        fresh: &BTreeMap::new(),
    };
    recovery.clear(&look).expect("both gates are passed")
}

/// The place of a method on the page.
fn offer(recovery: &Recovery, kind: MethodKind) -> usize {
    let Page::Method(page) = recovery.page() else { panic!("no methods are shown") };
    page.offers.iter().find(|(_, offer)| offer.kind == kind).expect("a method of this kind").0
}

/// One event, and the code that it sends, typed.
fn happens(recovery: Recovery, event: Event, facts: &Facts<'_>) -> Recovery {
    let decision = step(recovery, event, facts);
    let code = decision.effects.into_iter().find_map(|effect| match effect {
        Effect::SendCode { code, .. } => Some(code),
        _ => None,
    });
    match code {
        Some(code) => step(decision.recovery, Event::CodeTyped { code: Some(code) }, facts).recovery,
        None => decision.recovery,
    }
}
