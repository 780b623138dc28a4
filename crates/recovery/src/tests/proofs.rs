//! Proofs that nobody else can make, and the last look before a write.

use super::world::{Person, account, keys, own_domains};
use crate::gate::{Seal, are_sealed};
use crate::state::Phase;
use crate::*;
use proptest::prelude::*;
use std::collections::BTreeMap;

/// Anna has passed both gates, and her new password is to be written.
fn writing(policy: Policy) -> Person {
    let mut anna = Person::new(policy);
    let gates = ["name anna", "choose email", "code right", "choose sms", "number 0470123467", "code right"];
    for command in gates.into_iter().chain(["password good"]) {
        anna.does(command);
    }
    anna
}

/// What is found at the moment of the write.
struct Found {
    now: Timestamp,
    realm: String,
    account: Option<Account>,
    reported: bool,
    policy: Policy,
    fresh: BTreeMap<ContactPrint, Timestamp>,
    keys: Keys,
}

fn found() -> Found {
    Found {
        now: super::world::START,
        realm: "school".to_owned(),
        account: account("anna"),
        reported: false,
        policy: Policy::default(),
        fresh: BTreeMap::new(),
        keys: keys(),
    }
}

fn clear(recovery: &Recovery, found: &Found) -> Result<AccountId, Fault> {
    let look = LastLook {
        now: found.now,
        keys: &found.keys,
        realm: &found.realm,
        account: found.account.as_ref(),
        reported: found.reported,
        own_domains: &own_domains(),
        policy: &found.policy,
        fresh: &found.fresh,
    };
    recovery.clear(&look).map(|cleared| cleared.account().clone())
}

fn proof(recovery: &mut Recovery) -> &mut Proof {
    match &mut recovery.phase {
        Phase::Writing { proof, .. } => proof,
        other => panic!("a password is being written, not {other:?}"),
    }
}

#[test]
fn who_passed_both_gates_may_write_once_the_state_says_so() {
    let mut anna = writing(Policy::default());
    let recovery = anna.recovery.as_ref().expect("a recovery");
    assert_eq!(clear(recovery, &found()), Ok(AccountId("id-anna".to_owned())));
    anna.does("write away");
    let before_the_commit = anna.recovery.as_ref().expect("a recovery");
    assert!(before_the_commit.proven().is_some());
    assert_eq!(clear(before_the_commit, &found()), Err(Fault::NotProven));
}

/// Each thing that a seal is made over, changed alone, where a forger would change it: all other places agree with it.
#[test]
fn a_proof_moved_or_changed_is_no_proof() {
    type Change = fn(&mut Recovery, &mut Found);
    let changes: [(&str, Change); 9] = [
        ("another recovery", |recovery, _| {
            recovery.id = RecoveryId([9; 16]);
            proof(recovery).recovery = RecoveryId([9; 16]);
        }),
        ("another realm", |recovery, found| {
            recovery.realm = "staff".to_owned();
            proof(recovery).realm = "staff".to_owned();
            found.realm = "staff".to_owned();
        }),
        ("another account with the same contacts", |recovery, found| {
            let id = AccountId("id-head".to_owned());
            recovery.subject = crate::state::Subject::Account { id: id.clone(), obstacle: None };
            proof(recovery).account = id.clone();
            found.account.as_mut().expect("anna").id = id;
        }),
        ("another order of gates", |recovery, _| proof(recovery).gates.swap(0, 1)),
        ("another contact", |recovery, found| {
            let other = account("phones").expect("an account").contacts.remove(1);
            proof(recovery).gates[1].contact = other.print(&found.keys.contact);
            found.account.as_mut().expect("anna").contacts.push(other);
        }),
        ("another method", |recovery, _| proof(recovery).gates[1].kind = MethodKind::Call),
        ("another time", |recovery, _| proof(recovery).gates[0].at = Timestamp::from_millis(i64::MAX / 2)),
        ("another seal", |recovery, _| proof(recovery).gates[1].seal = Seal([0; 32])),
        ("another key", |_, found| found.keys.proof = [1; 32]),
    ];
    for (name, change) in changes {
        let mut recovery = writing(Policy::default()).recovery.expect("a recovery");
        let mut found = found();
        change(&mut recovery, &mut found);
        assert_eq!(clear(&recovery, &found), Err(Fault::Forged), "{name}");
    }
}

/// The states of the walk say whose it is; a proof of another walk does not fit in.
#[test]
fn a_proof_fits_only_its_own_walk() {
    let anna = writing(Policy::default()).recovery.expect("a recovery");
    let changes: [fn(&mut Recovery); 3] = [
        |recovery| recovery.id = RecoveryId([9; 16]),
        |recovery| recovery.realm = "staff".to_owned(),
        |recovery| recovery.subject = crate::state::Subject::Nobody,
    ];
    for change in changes {
        let mut recovery = anna.clone();
        change(&mut recovery);
        assert_eq!(clear(&recovery, &found()), Err(Fault::Forged));
    }
    let elsewhere = Found { realm: "staff".to_owned(), ..found() };
    assert_eq!(clear(&anna, &elsewhere), Err(Fault::Forged));
    let other = Found { account: account("phones"), ..found() };
    assert_eq!(clear(&anna, &other), Err(Fault::Forged), "the directory shows somebody else");
}

/// The seal as the decision page states it: what it is made over, in this order. A seal of another purpose, or of a gate
/// with another number, is another.
#[test]
fn a_seal_is_made_over_all_that_a_proof_says_and_is_for() {
    let mut recovery = writing(Policy::default()).recovery.expect("a recovery");
    let key = keys().proof;
    let proof = proof(&mut recovery);
    let by_hand = |purpose: &str, number: u64| {
        let gate = &proof.gates[1];
        mac(
            &key,
            &[
                purpose.as_bytes(),
                &proof.recovery.0,
                b"school",
                b"id-anna",
                &number.to_be_bytes(),
                b"sms",
                gate.contact.bytes(),
                &gate.at.millis().to_be_bytes(),
                &proof.gates[0].seal.0,
            ],
        )
    };
    let seal = proof.gates[1].seal;
    assert_eq!(seal, Seal(by_hand("gate proof 1: new password", 2)));
    assert_ne!(seal, Seal(by_hand("gate proof 1: unlock", 2)));
    assert_ne!(seal, Seal(by_hand("gate proof 1: new password", 1)));
    assert!(are_sealed(&key, proof.walk(), &proof.gates));
    assert!(!are_sealed(&key, proof.walk(), &proof.gates[1..]), "the first gate left out");
}

#[test]
fn the_world_may_have_changed_since() {
    let print = |place: usize| account("anna").expect("anna").contacts[place].print(&keys().contact);
    let person = |change: fn(&mut Account)| {
        let mut account = account("anna").expect("anna");
        change(&mut account);
        Some(account)
    };
    let policy = |change: fn(&mut Policy)| {
        let mut policy = Policy::default();
        change(&mut policy);
        policy
    };
    let later = |seconds| super::world::START.plus(seconds);
    let worlds = [
        (Fault::AccountGone, Found { account: None, ..found() }),
        (Fault::AccountUnusable, Found { account: person(|anna| anna.state = AccountState::Disabled), ..found() }),
        (Fault::AccountUnusable, Found { account: person(|anna| anna.state = AccountState::Expired), ..found() }),
        (Fault::Reported, Found { reported: true, ..found() }),
        (Fault::ContactGone, Found { account: person(|anna| drop(anna.contacts.remove(1))), ..found() }),
        (
            Fault::ContactGone,
            Found {
                account: person(|anna| {
                    anna.own_addresses.push(EmailAddress::parse("panna@x.be").expect("an address"));
                }),
                ..found()
            },
        ),
        (Fault::ContactFresh, Found { fresh: [(print(1), later(60))].into(), ..found() }),
        (Fault::TooFewGates, Found { policy: policy(|policy| policy.gates = 3), ..found() }),
        (
            Fault::MethodNotAllowed,
            Found { policy: policy(|policy| policy.methods.retain(|kind| *kind != MethodKind::Sms)), ..found() },
        ),
        (Fault::TooOld, Found { now: later(PROOF_SECONDS_MAX), ..found() }),
    ];
    let anna = writing(Policy::default()).recovery.expect("a recovery");
    for (fault, found) in worlds {
        assert_eq!(clear(&anna, &found), Err(fault));
    }
    let mild = Found { policy: policy(|policy| policy.gates = 1), ..found() };
    assert!(clear(&anna, &mild).is_ok(), "a milder policy takes nothing away");
}

#[test]
fn a_first_proof_of_yesterday_is_too_old_however_fresh_the_last() {
    let mut anna = Person::new(Policy::default());
    anna.does("name anna");
    anna.does("choose email");
    anna.does("code right");
    for _ in 0..80 {
        assert!(anna.does("+19m help").contains("waiting"));
        anna.does("+0s help ends");
        if anna.now >= super::world::START.plus(PROOF_SECONDS_MAX) {
            break;
        }
    }
    for command in ["choose sms", "number 0470123467", "code right", "password good"] {
        anna.does(command);
    }
    let now = Found { now: anna.now, ..found() };
    assert_eq!(clear(anna.recovery.as_ref().expect("a recovery"), &now), Err(Fault::TooOld));
}

#[test]
fn two_phones_do_not_satisfy_a_policy_that_now_asks_for_two_channels() {
    let mut person = Person::new(Policy::default());
    for command in [
        "name phones",
        "choose call:1",
        "number 0470000011",
        "code right",
        "choose call:2",
        "number 071222222",
        "code right",
        "password good",
    ] {
        person.does(command);
    }
    let recovery = person.recovery.expect("a recovery");
    let today = Policy { independence: Independence::Channels, ..Policy::default() };
    let mut found = Found { account: account("phones"), ..found() };
    assert!(clear(&recovery, &found).is_ok());
    found.policy = today;
    assert_eq!(clear(&recovery, &found), Err(Fault::NotIndependent));
}

#[test]
fn a_refused_proof_ends_the_walk_with_a_true_page_and_a_line_in_the_trail() {
    for (fault, stop) in [
        (Fault::Forged, Stop::ProofsVoid),
        (Fault::ContactGone, Stop::ProofsVoid),
        (Fault::TooOld, Stop::TooLate),
        (Fault::AccountGone, Stop::AccountUnusable),
        (Fault::Reported, Stop::Obstacle(Obstacle::Paused)),
    ] {
        let mut anna = writing(Policy::default());
        anna.happens(Event::WriteBackEnded { outcome: WriteBackOutcome::NotCleared { fault } });
        let recovery = anna.recovery.as_ref().expect("a recovery");
        assert!(matches!(recovery.page(), Page::Stopped { stop: is, .. } if *is == stop), "{fault:?}");
        let told = |effect: &Effect| matches!(effect, Effect::Record { event: AuditEvent::ProofsRefused { fault: is } } if *is == fault);
        assert!(anna.effects.iter().any(told), "{fault:?}");
    }
}

proptest! {
    /// Whatever byte of a saved state is changed: what is cleared is the same account, by the same gates, or nothing.
    #[test]
    fn no_changed_byte_makes_another_proof(place: prop::sample::Index, value: u8) {
        let anna = writing(Policy::default()).recovery.expect("a recovery");
        let mut bytes = anna.encode();
        let place = place.index(bytes.len());
        bytes[place] = value;
        if let Ok(changed) = Recovery::decode(&bytes)
            && let Ok(account) = clear(&changed, &found())
        {
            prop_assert_eq!(account.0, "id-anna");
            prop_assert_eq!(changed.writing().map(|(proof, _)| proof), anna.writing().map(|(proof, _)| proof));
        }
    }
}
