//! The worlds that are explored, and what must be possible in each.

use super::deed::{Deed, Ending, WRONG};
use super::known::{Seen, TICK_SECONDS};
use super::people::{Place, Who};
use super::rules::{Walk, always};
use super::world::{Browser, Setting, WINDOW_TICKS, World};
use crate::*;
use stateright::Property;

const PERSON: Browser = Browser { who: Who::Person, account: 0, network: 0, is_known: false, deeds: &HONEST };
const ATTACKER: Browser = Browser { who: Who::Attacker, account: 0, network: 1, is_known: false, deeds: &SLY };
/// A recovery of the attacker's own account, whose channels are all theirs.
const OWN: Browser = Browser { who: Who::Attacker, account: 1, network: 1, is_known: false, deeds: &HONEST };

const BOTH: [Place; 2] = [Place::AnnaMail, Place::AnnaMobile];

/// What a person does who makes mistakes and changes their mind.
const EVERYTHING: [Deed; 20] = [
    WRONG,
    Deed::Choose(0),
    Deed::Choose(1),
    Deed::Choose(2),
    Deed::NoMethod,
    Deed::RightNumber,
    Deed::OtherNumber,
    Deed::WrongNumber,
    Deed::NoCode,
    Deed::Fresh,
    Deed::OtherMethod,
    Deed::MoreTime,
    Deed::AskHelp,
    Deed::HelpEnds,
    Deed::Cancel,
    Deed::Password(1),
    Deed::WeakPassword,
    Deed::NotJudged,
    Deed::Ended(Ending::Done),
    Deed::Ended(Ending::Unknown),
];

/// The straight way, in any order.
const HONEST: [Deed; 4] = [Deed::Choose(0), Deed::Choose(1), Deed::RightNumber, Deed::Password(1)];

/// The same, with fresh codes, a change of mind, and a typing error.
const HASTY: [Deed; 7] =
    [WRONG, Deed::Choose(0), Deed::Choose(1), Deed::RightNumber, Deed::Fresh, Deed::OtherMethod, Deed::Password(1)];

/// The straight way up to the password, and all that can be done there.
const UNDECIDED: [Deed; 7] = [
    Deed::Choose(0),
    Deed::Choose(1),
    Deed::RightNumber,
    Deed::Password(1),
    Deed::WeakPassword,
    Deed::MoreTime,
    Deed::Cancel,
];

/// What an attacker tries.
const SLY: [Deed; 8] = [
    WRONG,
    Deed::Choose(0),
    Deed::Choose(1),
    Deed::RightNumber,
    Deed::Fresh,
    Deed::OtherMethod,
    Deed::Password(1),
    Deed::Ended(Ending::Done),
];

/// Asks for messages and guesses, again and again.
const GREEDY: [Deed; 5] = [WRONG, Deed::Choose(0), Deed::Choose(1), Deed::RightNumber, Deed::WrongNumber];

const EVERY_ENDING: [Ending; 7] = [
    Ending::Done,
    Ending::Refused,
    Ending::Unreachable,
    Ending::NotAllowed,
    Ending::Unusable,
    Ending::NotCleared,
    Ending::Unknown,
];

pub fn policy(methods: &[MethodKind]) -> Policy {
    Policy {
        methods: methods.iter().copied().collect(),
        attempts_max: 2,
        sends_max: 2,
        resend_seconds: TICK_SECONDS,
        code_ttl_seconds: 2 * TICK_SECONDS,
        idle_seconds: 3 * TICK_SECONDS,
        ..Policy::default()
    }
}

/// At most so many failures and messages of an account in a window, and a little more for all.
fn limits(failures: u32, messages: u32) -> Limits {
    let limit = |max| vec![Limit::Window { seconds: u32::from(WINDOW_TICKS) * TICK_SECONDS, max }];
    Limits(
        [
            (Counter::MessagesByAccount, limit(messages)),
            (Counter::MessagesByAccountKnown, limit(messages)),
            (Counter::MessagesByContact, limit(messages - 1)),
            (Counter::MessagesByContactKnown, limit(messages - 1)),
            (Counter::MessagesByNetwork, limit(messages + 1)),
            (Counter::MessagesOverall, limit(2 * messages)),
            (Counter::FailuresByAccount, limit(failures)),
            (Counter::FailuresByAccountKnown, limit(failures)),
            (Counter::FailuresByNetwork, limit(failures + 1)),
        ]
        .into(),
    )
}

fn quiet(name: &'static str, browsers: Vec<Browser>) -> Setting {
    Setting {
        name,
        browsers,
        policy: policy(&[MethodKind::Email, MethodKind::Sms]),
        limits: limits(3, 4),
        tapped: BOTH.into(),
        endings: vec![Ending::Done, Ending::Unknown],
        keeps_record: true,
        races: false,
        slow_post: false,
        ticks: 4,
        properties: always,
    }
}

/// A person alone, who does everything in every order.
pub fn alone() -> Setting {
    Setting {
        policy: policy(&MethodKind::ALL),
        tapped: vec![Place::AnnaMail],
        properties: || [always(), limits_stop(), reaches_password()].concat(),
        ..quiet("a person alone", vec![Browser { deeds: &EVERYTHING, ..PERSON }])
    }
}

/// A person who changes the password, and every answer of a directory, in time, late, or never; with its record.
pub fn writes() -> Setting {
    Setting {
        endings: EVERY_ENDING.into(),
        tapped: vec![Place::AnnaMail],
        properties: || [always(), person_gets_in()].concat(),
        ..quiet("a write and its ends", vec![Browser { deeds: &UNDECIDED, ..PERSON }])
    }
}

/// The same with a directory that keeps no record of the last change.
pub fn writes_unrecorded() -> Setting {
    Setting {
        keeps_record: false,
        properties: || [always(), person_gets_in(), never_settled()].concat(),
        name: "a write that is not recorded",
        ..writes()
    }
}

/// A person whose requests overtake each other, whose messages are late, and whose server dies.
pub fn races() -> Setting {
    Setting {
        endings: vec![Ending::Done, Ending::Refused, Ending::Unknown],
        tapped: vec![Place::AnnaMail],
        races: true,
        slow_post: true,
        properties: || [always(), reaches_password()].concat(),
        ..quiet("requests that overtake each other", vec![Browser { deeds: &HASTY, ..PERSON }])
    }
}

/// A person and an attacker who holds one of their channels.
pub fn attacker() -> Setting {
    Setting {
        properties: || [always(), person_gets_in(), attacker_passes_one_gate()].concat(),
        ..quiet("a person and an attacker", vec![PERSON, ATTACKER])
    }
}

/// An attacker who opens recovery after recovery, and the limits that stop that, requests overtaking each other.
pub fn many() -> Setting {
    let greedy = Browser { deeds: &GREEDY, ..ATTACKER };
    Setting {
        limits: limits(2, 3),
        races: true,
        ticks: 2,
        properties: || [always(), limits_stop(), attacker_passes_one_gate()].concat(),
        // From two networks: what is counted by account holds over both.
        ..quiet("an attacker with many recoveries", vec![greedy, Browser { network: 2, ..greedy }])
    }
}

/// A person whose browser has got in before, and an attacker who uses up what strangers may have.
pub fn known() -> Setting {
    let greedy = Browser { deeds: &[Deed::Choose(0), Deed::Choose(1), Deed::RightNumber], ..ATTACKER };
    Setting {
        limits: limits(2, 2),
        tapped: vec![Place::AnnaMail],
        ticks: 0,
        properties: || [always(), known_person_gets_in()].concat(),
        ..quiet("a known browser and an attacker", vec![Browser { is_known: true, ..PERSON }, greedy])
    }
}

/// An attacker who walks through a recovery of their own account beside one of Anna's.
pub fn own() -> Setting {
    Setting {
        ticks: 1,
        properties: || [always(), attacker_passes_one_gate(), attacker_resets_own()].concat(),
        ..quiet("an attacker with an account of their own", vec![Browser { deeds: &HONEST, ..ATTACKER }, OWN])
    }
}

/// A person in two browsers: one success ends the other walk.
pub fn two_browsers() -> Setting {
    Setting {
        tapped: vec![Place::AnnaMail],
        slow_post: true,
        ticks: 1,
        properties: || [always(), person_gets_in()].concat(),
        ..quiet("a person in two browsers", vec![PERSON, PERSON])
    }
}

fn walks(world: &World) -> impl Iterator<Item = (&Walk, Option<Seen>)> {
    world.witness.walks.iter().enumerate().map(|(slot, walk)| (walk, world.page(slot)))
}

fn person_gets_in() -> Vec<Property<Setting>> {
    vec![Property::sometimes("a person gets back in", |_, world: &World| world.page(0) == Some(Seen::Done))]
}

fn known_person_gets_in() -> Vec<Property<Setting>> {
    let name = "a person gets back in whose account strangers have used up the limits of";
    vec![Property::sometimes(name, |_, world: &World| {
        let by_stranger = world.store.outbox.iter().filter(|message| message.body.slot == 1).count();
        world.page(0) == Some(Seen::Done) && by_stranger == 2
    })]
}

fn limits_stop() -> Vec<Property<Setting>> {
    vec![Property::sometimes("a limit stops a walk", |_, world: &World| {
        walks(world).any(|(_, page)| page == Some(Seen::Stopped("paused")))
    })]
}

fn reaches_password() -> Vec<Property<Setting>> {
    vec![Property::sometimes("a person reaches the new password", |_, world: &World| {
        world.page(0) == Some(Seen::NewPassword)
    })]
}

fn never_settled() -> Vec<Property<Setting>> {
    vec![Property::sometimes("a write is never settled", |_, world: &World| {
        world.page(0) == Some(Seen::Stopped("never_settled"))
    })]
}

fn attacker_passes_one_gate() -> Vec<Property<Setting>> {
    vec![Property::sometimes(
        "an attacker passes the gate whose channel they hold",
        |setting: &Setting, world: &World| {
            let mut attackers = setting.browsers.iter().zip(&world.witness.walks);
            attackers
                .any(|(browser, walk)| (browser.who, browser.account) == (Who::Attacker, 0) && !walk.passed.is_empty())
        },
    )]
}

fn attacker_resets_own() -> Vec<Property<Setting>> {
    vec![Property::sometimes("an attacker resets an account of their own", |_, world: &World| {
        world.page(1) == Some(Seen::Done)
    })]
}
