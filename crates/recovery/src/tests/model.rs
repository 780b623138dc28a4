//! A first model check: every order of events in a small world, on the real `step`.
//!
//! The world: one recovery in a store that guards versions, two tabs that may each hold an old copy, an owner who reads
//! both channels, codes right, old and wrong, two ticks of five minutes, a crash (the state is written and read back)
//! between any two events. Each rule of the product that this world can hold is a named property.

use super::world::{account, census, keys, own_domains};
use crate::*;
use stateright::{Checker, Model, Property};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

const TICK_SECONDS: Seconds = 300;
const TICKS_MAX: u8 = 2;
const STEPS_MAX: u8 = 7;

/// The number on record, and one that ends like it.
static NUMBERS: LazyLock<(PhoneNumber, PhoneNumber)> = LazyLock::new(|| {
    let read = |text| PhoneNumber::parse(text, "BE").expect("a number");
    (read("0470123467"), read("0499999967"))
});
static KEYS: LazyLock<Keys> = LazyLock::new(keys);

struct Walks {
    user_name: &'static str,
}

/// What is in the store, what the tabs hold, and what an all-seeing witness wrote down.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
struct World {
    version: u8,
    saved: Vec<u8>,
    /// A copy that another tab loaded earlier, with its version.
    other_tab: Option<(u8, Vec<u8>)>,
    ticks: u8,
    steps: u8,
    sends: u8,
    witness: Witness,
}

#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
struct Witness {
    /// Codes that arrived at a contact on record: the code, its contact, when it was sent, at which gate.
    arrived: Vec<(String, ContactPrint, u8, u8)>,
    /// Codes that opened a gate.
    used: Vec<String>,
    /// Contacts that were proven by a code that had arrived there in time.
    proven: BTreeSet<ContactPrint>,
    wrong_at_gate: u8,
    writes: u8,
    broken: Option<&'static str>,
}

#[derive(Clone, PartialEq, Debug)]
enum Action {
    Tick,
    LoadInOtherTab,
    Here(Do),
    InOtherTab(Do),
}

#[derive(Clone, Copy, PartialEq, Debug)]
enum Do {
    Choose(usize),
    RightNumber,
    WrongNumber,
    NewestCode,
    OlderCode,
    WrongCode,
    Fresh,
    OtherMethod,
    GoodPassword,
    WriteDone,
    WriteUnknown,
    WriteRefused,
}

fn policy() -> Policy {
    Policy { attempts_max: 2, sends_max: 2, resend_seconds: 0, ..Policy::default() }
}

impl World {
    fn now(&self) -> Timestamp {
        super::world::START.plus(u32::from(self.ticks) * TICK_SECONDS)
    }

    fn recovery(&self) -> Recovery {
        Recovery::decode(&self.saved).expect("what was written reads back")
    }

    fn event(&self, recovery: &Recovery, action: Do) -> Option<Event> {
        let newest = || self.witness.arrived.last().and_then(|(code, ..)| Code::parse(code));
        let older = || self.witness.arrived.iter().rev().nth(1).and_then(|(code, ..)| Code::parse(code));
        let number = |number: &PhoneNumber| Event::NumberTyped { number: Some(number.clone()) };
        Some(match action {
            Do::Choose(offer) if offer < recovery.offers.len() => Event::MethodChosen { offer },
            Do::Choose(_) => return None,
            Do::RightNumber => number(&NUMBERS.0),
            Do::WrongNumber => number(&NUMBERS.1),
            Do::NewestCode => Event::CodeTyped { code: Some(newest()?) },
            Do::OlderCode => Event::CodeTyped { code: Some(older()?) },
            Do::WrongCode => Event::CodeTyped { code: Code::parse("0000") },
            Do::Fresh => Event::FreshCodeAsked,
            Do::OtherMethod => Event::OtherMethodAsked,
            Do::GoodPassword => {
                Event::PasswordTyped { verdict: PasswordVerdict::Accepted { sealed: vec![], changed_before: None } }
            }
            Do::WriteDone => Event::WriteBackEnded { outcome: WriteBackOutcome::Done },
            Do::WriteUnknown => Event::WriteBackEnded { outcome: WriteBackOutcome::Unknown },
            Do::WriteRefused => {
                Event::WriteBackEnded { outcome: WriteBackOutcome::Refused { rule: "directory_in_history".to_owned() } }
            }
        })
    }

    /// Steps a copy and commits it as the store does: only when nobody else has.
    fn act(&self, version: u8, copy: &[u8], action: Do) -> Option<World> {
        let recovery = Recovery::decode(copy).expect("a copy reads back");
        let event = self.event(&recovery, action)?;
        let facts = Facts { now: self.now(), random: [self.sends + 1; 32], keys: &KEYS, pauses: BTreeMap::new() };
        let before = recovery.clone();
        let decision = step(recovery, event.clone(), &facts);
        if version != self.version || decision.recovery == before {
            return None;
        }
        let mut next = self.clone();
        next.steps += 1;
        next.version += 1;
        next.watch(&before, &event, &decision);
        next.saved = decision.recovery.encode();
        Some(next)
    }

    fn watch(&mut self, before: &Recovery, event: &Event, decision: &Decision) {
        let ticks = self.ticks;
        let passed = |effects: &[Effect]| {
            effects.iter().any(|effect| matches!(effect, Effect::Record { event: AuditEvent::GatePassed { .. } }))
        };
        let gate = match &before.phase {
            crate::state::Phase::Proving(gate) => gate.number(),
            _ => 0,
        };
        if let Event::CodeTyped { code: Some(code) } = event {
            let code = code.reveal().to_owned();
            if passed(&decision.effects) {
                let arrived = self.witness.arrived.iter().rev().find(|(sent, ..)| *sent == code);
                match arrived {
                    None => self.witness.broken = Some("a gate opened by a code that never arrived"),
                    Some((_, contact, sent, sent_gate)) => {
                        if (ticks - sent) as u32 * TICK_SECONDS >= Policy::CODE_TTL_SECONDS_MAX {
                            self.witness.broken = Some("a gate opened by an expired code");
                        }
                        if *sent_gate != gate {
                            self.witness.broken = Some("a gate opened by another gate's code");
                        }
                        if self.witness.arrived.last().is_some_and(|(newest, ..)| *newest != code) {
                            self.witness.broken = Some("a gate opened by a code that a newer one voids");
                        }
                        if !self.witness.proven.insert(*contact) {
                            self.witness.broken = Some("one contact counted twice");
                        }
                    }
                }
                if self.witness.used.contains(&code) {
                    self.witness.broken = Some("a code worked twice");
                }
                self.witness.used.push(code);
                self.witness.wrong_at_gate = 0;
            } else if matches!(before.page(), Page::Code(_)) {
                let failed = decision
                    .effects
                    .iter()
                    .any(|effect| matches!(effect, Effect::Record { event: AuditEvent::CodeWrong { .. } }));
                self.witness.wrong_at_gate += u8::from(failed);
            }
        }
        for effect in &decision.effects {
            match effect {
                Effect::SendCode { code, to, gate, .. } => {
                    self.sends += 1;
                    if let Destination::OnRecord(contact) = to {
                        self.witness.arrived.push((code.reveal().to_owned(), *contact, ticks, *gate));
                    }
                }
                Effect::WritePassword => self.witness.writes += 1,
                _ => {}
            }
        }
    }
}

impl Model for Walks {
    type State = World;
    type Action = Action;

    fn init_states(&self) -> Vec<World> {
        let (census, own, keys) = (census(), own_domains(), keys());
        let found = account(self.user_name);
        let begun = Begin {
            realm: "school",
            user_name: UserName::parse(self.user_name).expect("a name"),
            account: found.as_ref(),
            reported: false,
            own_domains: &own,
            fresh: &BTreeMap::new(),
            census: &census,
            policies: Policies { usual: &policy(), groups: &[] },
            disclose: Disclose::Hide,
        };
        let facts = Facts { now: super::world::START, random: [0; 32], keys: &keys, pauses: BTreeMap::new() };
        let saved = begin(begun, &facts).encode();
        vec![World { version: 0, saved, other_tab: None, ticks: 0, steps: 0, sends: 0, witness: Witness::default() }]
    }

    fn actions(&self, world: &World, actions: &mut Vec<Action>) {
        if world.steps >= STEPS_MAX || world.recovery().has_ended() {
            return;
        }
        if world.ticks < TICKS_MAX {
            actions.push(Action::Tick);
        }
        let all = [
            Do::Choose(0),
            Do::Choose(1),
            Do::Choose(2),
            Do::RightNumber,
            Do::WrongNumber,
            Do::NewestCode,
            Do::OlderCode,
            Do::WrongCode,
            Do::Fresh,
            Do::OtherMethod,
            Do::GoodPassword,
            Do::WriteDone,
            Do::WriteUnknown,
            Do::WriteRefused,
        ];
        actions.extend(all.map(Action::Here));
        match &world.other_tab {
            None => actions.push(Action::LoadInOtherTab),
            Some(_) => {
                actions.extend([Do::NewestCode, Do::WrongCode, Do::Fresh, Do::GoodPassword].map(Action::InOtherTab))
            }
        }
    }

    fn next_state(&self, world: &World, action: Action) -> Option<World> {
        match action {
            Action::Tick => Some(World { ticks: world.ticks + 1, ..world.clone() }),
            Action::LoadInOtherTab => {
                Some(World { other_tab: Some((world.version, world.saved.clone())), ..world.clone() })
            }
            Action::Here(action) => world.act(world.version, &world.saved, action),
            Action::InOtherTab(action) => {
                let (version, copy) = world.other_tab.as_ref()?;
                world.act(*version, copy, action)
            }
        }
    }

    fn properties(&self) -> Vec<Property<Self>> {
        let real = account(self.user_name).is_some_and(|account| account.contacts.len() >= 2);
        let mut properties = vec![
            Property::always("rule 1: a password is written only after every gate", |_: &Walks, world: &World| {
                world.witness.writes == 0 || world.witness.proven.len() >= usize::from(policy().gates)
            }),
            Property::always("rule 3: a code opens one gate, once, in time, the newest only", |_, world: &World| {
                world.witness.broken.is_none()
            }),
            Property::always("rule 3: a gate takes few tries", |_, world: &World| {
                world.witness.wrong_at_gate <= policy().attempts_max
            }),
            Property::always("rule 7: there is always a page", |_, world: &World| {
                let recovery = world.recovery();
                let (steps, done) = recovery.trail();
                !matches!(recovery.page(), Page::Method(page) if page.offers.is_empty()) && done <= steps
            }),
        ];
        properties.push(if real {
            Property::sometimes("a person gets back in", |_, world: &World| {
                matches!(world.recovery().page(), Page::Done)
            })
        } else {
            Property::always("rule 1: a name that nobody has never reaches the password", |_, world: &World| {
                world.witness.proven.is_empty() && world.recovery().trail().1 == 0
            })
        });
        properties
    }
}

#[test]
fn every_order_of_events_keeps_the_rules() {
    for user_name in ["anna", "nobody"] {
        let checker = Walks { user_name }.checker().spawn_bfs().join();
        println!("{user_name}: {} unique states, {} generated", checker.unique_state_count(), checker.state_count());
        checker.assert_properties();
        assert!(checker.unique_state_count() > 1_000, "the world is not too small to mean something");
    }
}
