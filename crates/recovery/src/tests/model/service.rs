//! What the service does around a step, as `service::walk` and `service::write_back` do it: load, look at the limits, step,
//! turn effects into changes, commit them together, and decide anew after a conflict.

use super::deed::{Deed, Ending};
use super::known::{Outcome, Saved, Seen, at};
use super::people::Place;
use super::reference::{self, Name};
use super::rules;
use super::world::{Request, Setting, World, handle, window};
use crate::*;

pub type Change = reference::Change<Saved, Letter>;

/// A recovery as a request holds it: a copy, and the version it has.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Opened {
    /// 0 while nothing is kept.
    pub version: Name,
    pub state: Saved,
}

/// A message with a code.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Letter {
    pub slot: Name,
    pub gate: u8,
    pub code: u32,
    /// Where it arrives; `None` when it leads nowhere.
    pub to: Option<Place>,
    pub tick: u8,
    /// Whether it has opened a gate.
    pub used: bool,
}

/// What came of an act.
enum Acted {
    /// A cookie took the next state; nothing is kept.
    Draft(Saved),
    Committed(&'static Outcome, Saved),
}

impl Setting {
    /// A request from start to end.
    pub fn acts(&self, world: &World, slot: usize, opened: Opened, deed: Deed) -> Option<World> {
        let pauses = self.pauses(world, slot, opened.state, deed);
        self.goes_on(world, slot, opened, deed, pauses)
    }

    /// A request that read a copy and the limits some time ago. `None`: nothing came of it.
    pub fn goes_on(
        &self,
        world: &World,
        slot: usize,
        opened: Opened,
        deed: Deed,
        pauses: Vec<(Counter, Timestamp)>,
    ) -> Option<World> {
        let mut next = world.clone();
        match self.attempt(&mut next, slot, opened, deed, pauses)? {
            Acted::Draft(state) => {
                next.slots[slot].draft = Some(state);
                next.witness.acted(slot, world.tick, state.view().page, &self.policy);
            }
            Acted::Committed(outcome, before) => {
                let broken = rules::judge(self, world, &mut next, slot, deed, before, outcome);
                next.broken = next.broken.or(broken);
                let began = before.view().writing.is_none().then_some(outcome.next.view().writing).flatten();
                if let (Deed::Password(password), Some(_)) = (deed, began) {
                    next.slots[slot].request = Some(Request { password, again: false, early: false, taken: false });
                }
            }
        }
        Some(next)
    }

    /// Steps and commits, and once more after a conflict with a limit.
    fn attempt(
        &self,
        world: &mut World,
        slot: usize,
        mut opened: Opened,
        deed: Deed,
        mut pauses: Vec<(Counter, Timestamp)>,
    ) -> Option<Acted> {
        loop {
            let moment = self.moment(world, slot, pauses, deed);
            let outcome = opened.state.step(deed, &moment);
            if opened.version == 0 && !outcome.next.view().is_kept {
                // A replayed cookie that is not kept yet changes nothing for a recovery that is.
                let is_kept = world.row(slot).is_some();
                let is_same = world.slots[slot].draft == Some(outcome.next);
                return (!is_kept && !is_same).then_some(Acted::Draft(outcome.next));
            }
            if !outcome.is_news {
                return None;
            }
            let changes = self.changes(world, slot, opened, outcome, deed);
            if world.store.commit(&changes) {
                return Some(Acted::Committed(outcome, opened.state));
            }
            match self.opened(world, slot) {
                // A limit was reached in between: decide anew.
                Some(now) if now.version == opened.version => {}
                // A worker has looked at the same write and learnt nothing; the writer knows how it ended.
                Some(now) if is_same_write(now, opened, deed) => opened = now,
                // Another request was faster, or the recovery has been ended.
                _ => return None,
            }
            pauses = self.pauses(world, slot, opened.state, deed);
        }
    }

    fn changes(&self, world: &World, slot: usize, opened: Opened, outcome: &Outcome, deed: Deed) -> Vec<Change> {
        let (handle, account, state) = (handle(slot), account(self, slot), outcome.next);
        let version = opened.version + 1;
        let mut changes = vec![match opened.version {
            0 => Change::Create { handle, account, state },
            _ => Change::Update { handle, version, state },
        }];
        for effect in &outcome.effects {
            match effect {
                Effect::SendCode { to, code, gate, .. } => {
                    let place = match to {
                        Destination::OnRecord(print) => Place::of(print),
                        Destination::Nowhere(_) => None,
                    };
                    let code: u32 = code.reveal().parse().expect("digits");
                    let body = Letter { slot: handle, gate: *gate, code, to: place, tick: world.tick, used: false };
                    let id = Name::try_from(code).unwrap_or(Name::MAX);
                    changes.push(Change::Post { id, account, is_code: true, body });
                    if !self.slow_post {
                        changes.push(Change::Delivered { id });
                    }
                }
                Effect::Count { counter } => {
                    let Some(subject) = self.subject(*counter, slot, opened.state, deed) else { continue };
                    let limits = self.limits.of(self.counter(*counter, slot)).iter();
                    changes.extend(limits.map(|limit| Change::Count {
                        subject,
                        window: window(limit, world.tick),
                        max: limit.max(),
                    }));
                }
                // The same row where nobody may see that the limit is reached.
                Effect::CountBeyond { counter } => {
                    let Some(subject) = self.subject(*counter, slot, opened.state, deed) else { continue };
                    let limits = self.limits.of(self.counter(*counter, slot)).iter();
                    let window = |limit: &Limit| window(limit, world.tick);
                    changes.extend(limits.map(|limit| Change::Count { subject, window: window(limit), max: u32::MAX }));
                }
                Effect::Uncount { counter } => {
                    let subject = self.subject(*counter, slot, opened.state, deed);
                    changes.extend(subject.map(|subject| Change::Uncount { subject }));
                }
                Effect::EndOtherRecoveries => changes.push(Change::EndOthers { account, except: handle }),
                Effect::TellOwner { .. }
                | Effect::TellContacts { .. }
                | Effect::ForgetBrowsers
                | Effect::WritePassword
                | Effect::Record { .. } => {}
            }
        }
        changes
    }

    /// Which of the counters that a deed can meet have reached a limit, and until when.
    pub fn pauses(&self, world: &World, slot: usize, state: Saved, deed: Deed) -> Vec<(Counter, Timestamp)> {
        let now = at(world.tick);
        let pause = |counter: &Counter| {
            let subject = self.subject(*counter, slot, state, deed)?;
            let limits = self.limits.of(self.counter(*counter, slot));
            let counted = |limit: &Limit| Counted {
                times: world.store.count(subject, window(limit, world.tick)),
                expires_at: limit.expires_at(now),
            };
            let counts: Vec<Counted> = limits.iter().map(counted).collect();
            pause_until(limits, &counts, now).map(|until| (*counter, until))
        };
        deed.counters().iter().filter_map(pause).collect()
    }

    /// The name of what is counted. Each counter has a name of its own for each account, contact and network.
    pub fn subject(&self, counter: Counter, slot: usize, state: Saved, deed: Deed) -> Option<Name> {
        let counter = self.counter(counter, slot);
        let whom = match counter {
            Counter::MessagesByAccount
            | Counter::MessagesByAccountKnown
            | Counter::FailuresByAccount
            | Counter::FailuresByAccountKnown
            | Counter::SignInsByAccount => account(self, slot),
            Counter::MessagesByContact | Counter::MessagesByContactKnown => state.view().contact_asked(deed)? as Name,
            Counter::MessagesByNetwork | Counter::FailuresByNetwork => Name::from(self.browsers[slot].network),
            Counter::MessagesOverall => 0,
            // Strangers who fail everywhere do not lock out who has got in before.
            Counter::FailuresOverall if !self.browsers[slot].is_known => 0,
            _ => return None,
        };
        let place = Counter::ALL.iter().position(|known| *known == counter)?;
        Some(Name::try_from(place).ok()? * 16 + whom)
    }

    /// What a browser that is known for the account is counted under, apart from strangers.
    fn counter(&self, counter: Counter, slot: usize) -> Counter {
        if self.browsers[slot].is_known { counter.for_known() } else { counter }
    }

    // The write.

    pub fn answers(&self, world: &World, slot: usize, ending: Ending) -> Option<World> {
        let request = world.slots[slot].request?;
        let mut next = world.clone();
        next.slots[slot].request = None;
        let is_set = self.is_set(world, slot, request.password);
        let ending = match ending {
            // Not reached at the second look says nothing about the first write.
            Ending::Unreachable if request.again => Ending::Unknown,
            // Nor does a last look that allows no second one.
            Ending::NotCleared if request.early => Ending::Unknown,
            // The first write has come through meanwhile: the second one is "in history", or refused for another reason.
            Ending::Refused | Ending::NotAllowed | Ending::Unusable if request.again && is_set => Ending::Done,
            ending => ending,
        };
        // Once a directory has answered a later write, an earlier one is not still under way.
        next.slots[slot].floating = match ending {
            Ending::Unknown if !request.taken => Some(request.password),
            _ => None,
        };
        Some(self.ends_write(&next, slot, request.password, ending).unwrap_or(next))
    }

    /// A worker's look: by the directory's own record of the last change, after the time that a write may take.
    pub fn settles(&self, world: &World, slot: usize) -> Option<World> {
        let recovery = self.opened(world, slot)?.state.recovery();
        let (_, write) = recovery.writing()?;
        let changed = world.directory[self.browsers[slot].account].changed_at();
        let ending = match changed {
            Some(changed) if write.changed_before.is_none_or(|before| changed > before) => Ending::Done,
            Some(_) if at(world.tick) > write.began_at => Ending::NotDone,
            _ => Ending::Unknown,
        };
        self.ends_write(world, slot, write.sealed[0], ending)
    }

    /// Signs in with the password, and writes it again only if that fails and it is still time.
    pub fn looks_again(&self, world: &World, slot: usize) -> Option<World> {
        let opened = self.opened(world, slot)?;
        let (password, began) = opened.state.view().writing?;
        let early = began == world.tick;
        if self.is_set(world, slot, password) {
            return self.ends_write(world, slot, password, Ending::Done);
        }
        if at(world.tick) >= opened.state.recovery().deadline() {
            return self.ends_write(world, slot, password, Ending::Unknown);
        }
        // Committed before the write: a worker that looks meanwhile must not call failed what is under way.
        let mut next = self.acts(world, slot, opened, Deed::BeginAgain)?;
        let is_writing = next.page(slot).is_some_and(|page| matches!(page, Seen::Writing { .. }));
        next.slots[slot].request = is_writing.then_some(Request { password, again: true, early, taken: false });
        Some(next)
    }

    fn ends_write(&self, world: &World, slot: usize, password: u8, ending: Ending) -> Option<World> {
        let opened = self.opened(world, slot)?;
        let (writing, _) = opened.state.view().writing?;
        (writing == password).then(|| self.acts(world, slot, opened, Deed::Ended(ending)))?
    }

    /// Whether a person can sign in with this password of this slot's.
    fn is_set(&self, world: &World, slot: usize, password: u8) -> bool {
        let entry = world.directory[self.browsers[slot].account];
        entry.password == Some((u8::try_from(slot).unwrap_or(u8::MAX), password))
    }
}

fn is_same_write(now: Opened, then: Opened, deed: Deed) -> bool {
    let is_writing = |opened: Opened| matches!(opened.state.view().page, Seen::Writing { .. });
    let began = |opened: Opened| opened.state.view().writing.map(|(_, began)| began);
    matches!(deed, Deed::Ended(_) | Deed::BeginAgain) && is_writing(now) && began(now) == began(then)
}

pub fn account(setting: &Setting, slot: usize) -> Name {
    Name::try_from(setting.browsers[slot].account).unwrap_or(Name::MAX)
}
