//! The small world: the store, the browsers, the directories, and what can happen next.

use super::deed::{Deed, Ending};
use super::known::{Moment, Saved, Seen, TICK_SECONDS, at, random};
use super::people::{KEYS, NAMES, Place, Who, account};
use super::reference::{Name, Reference, Row};
use super::rules::{self, Rule, Witness};
use super::service::{Change, Letter, Opened};
use crate::tests::world::{census, own_domains};
use crate::*;
use stateright::{Model, Property};
use std::collections::BTreeMap;

/// A world to explore: who is in it, what they may do, and how far to look.
pub struct Setting {
    pub name: &'static str,
    pub browsers: Vec<Browser>,
    pub policy: Policy,
    pub limits: Limits,
    /// The channels of Anna's that the attacker may hold; the world is explored for each.
    pub tapped: Vec<Place>,
    /// How the directory may answer a write.
    pub endings: Vec<Ending>,
    /// Whether the directory records when a password was last changed.
    pub keeps_record: bool,
    /// Whether a request may stand still between reading and committing.
    pub races: bool,
    /// Whether messages leave some time after their commit. If not they arrive at once, which is the worst for safety:
    /// whoever reads them knows the more.
    pub slow_post: bool,
    pub ticks: u8,
    pub properties: fn() -> Vec<Property<Setting>>,
}

/// One recovery of someone, in a browser of theirs.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Browser {
    pub who: Who,
    /// The account that it is about, by its place in [`NAMES`].
    pub account: usize,
    pub network: u8,
    /// Whether it has got in before, and is counted apart from strangers.
    pub is_known: bool,
    /// What is done there besides typing codes that arrived.
    pub deeds: &'static [Deed],
}

/// How long the window of every limit lasts, in ticks.
pub const WINDOW_TICKS: u8 = 2;

#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct World {
    pub tick: u8,
    pub tapped: Place,
    pub store: Reference<Saved, Letter>,
    pub slots: Vec<Slot>,
    pub held: Option<Held>,
    pub directory: [Entry; NAMES.len()],
    pub witness: Witness,
    /// The first rule that was broken on the way here.
    pub broken: Option<Rule>,
}

/// A request that has read the store and the limits, and not yet committed.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Held {
    pub slot: usize,
    pub deed: Deed,
    pub opened: Opened,
    pub pauses: Vec<(Counter, Timestamp)>,
}

/// What one browser and its server processes hold.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Slot {
    /// The sealed cookie from before anything was kept. It may be sent again at any time.
    pub draft: Option<Saved>,
    /// A write that a server process waits for.
    pub request: Option<Request>,
    /// A write whose request is gone, and that the directory may yet make, within the tick.
    pub floating: Option<u8>,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Request {
    pub password: u8,
    /// Whether it is the second write, after *look again*.
    pub again: bool,
    /// Whether the first one may come through yet.
    pub early: bool,
    /// Whether the directory has made it.
    pub taken: bool,
}

/// An account in the directory: whose password it has, and its record of the last change, where it keeps one.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Entry {
    pub password: Option<(u8, u8)>,
    /// In which tick, and the how-manieth change of that tick.
    pub changed: Option<(u8, u8)>,
}

impl Entry {
    pub fn changed_at(&self) -> Option<Timestamp> {
        self.changed.map(|(tick, turn)| Timestamp::from_millis(at(tick).millis() + i64::from(turn)))
    }
}

#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Action {
    Tick,
    /// Types a user name: a new recovery.
    Begin(usize),
    /// A form is sent and answered.
    Does(usize, Deed),
    /// The same with the cookie from before anything was kept.
    Replays(usize, Deed),
    /// A request reads the store and the limits, and stands still.
    Reads(usize, Deed),
    /// It goes on, whatever has happened meanwhile.
    GoesOn,
    /// The oldest message that waits is handed over.
    Delivers(Name),
    /// The directory makes the write of a request.
    Takes(usize),
    /// It answers, or does not in time; the answer is committed.
    Answers(usize, Ending),
    /// The server dies between the commit and the answer: what the request knew is lost.
    Crashes(usize),
    /// The directory makes a write whose request is gone.
    TakesLate(usize),
    /// A worker looks at a write by the directory's record.
    Settles(usize),
    LooksAgain(usize),
}

impl Model for Setting {
    type State = World;
    type Action = Action;

    fn init_states(&self) -> Vec<World> {
        let first = |tapped: &Place| {
            let slot = Slot { draft: None, request: None, floating: None };
            let world = World {
                tick: 0,
                tapped: *tapped,
                store: Reference::empty(),
                slots: vec![slot; self.browsers.len()],
                held: None,
                directory: [Entry { password: None, changed: self.keeps_record.then_some((0, 0)) }; NAMES.len()],
                witness: Witness::new(self.browsers.len()),
                broken: None,
            };
            self.begins(world, 0)
        };
        self.tapped.iter().map(first).collect()
    }

    fn actions(&self, world: &World, actions: &mut Vec<Action>) {
        if world.broken.is_some() {
            return;
        }
        if world.tick < self.ticks {
            actions.push(Action::Tick);
        }
        if world.held.is_some() {
            actions.push(Action::GoesOn);
        }
        let begun = world.slots.iter().take_while(|slot| slot.draft.is_some()).count();
        if begun < world.slots.len() {
            actions.push(Action::Begin(begun));
        }
        let waiting = world.store.outbox.iter().find(|message| !message.is_delivered);
        actions.extend(waiting.map(|message| Action::Delivers(message.id)));
        for slot in 0..begun {
            self.actions_of(world, slot, actions);
        }
    }

    fn next_state(&self, world: &World, action: Action) -> Option<World> {
        let mut next = self.after(world, action)?;
        if self.races {
            next.canonical();
        } else {
            next.store.recoveries.iter_mut().for_each(|row| row.version = 1);
        }
        Some(next)
    }

    fn properties(&self) -> Vec<Property<Self>> {
        (self.properties)()
    }
}

impl Setting {
    fn actions_of(&self, world: &World, slot: usize, actions: &mut Vec<Action>) {
        let Browser { who, deeds, .. } = self.browsers[slot];
        let codes: Vec<Deed> = world
            .store
            .outbox
            .iter()
            .filter(|message| message.is_delivered)
            .filter(|message| message.body.to.is_some_and(|to| who.reads(to, world.tapped)))
            .map(|message| Deed::Code(message.body.code))
            .collect();
        let deeds = || codes.iter().chain(deeds).copied();
        match world.row(slot) {
            Some(row) => {
                let view = row.state.view();
                if !view.page.has_ended() {
                    // What became of a write under way only the directory says; before one, anybody may try.
                    let may = |deed: &Deed| view.writing.is_none() || !matches!(deed, Deed::Ended(_));
                    actions.extend(deeds().filter(may).map(|deed| Action::Does(slot, deed)));
                    self.actions_of_write(world, slot, view.page, actions);
                }
                if self.races {
                    // Of the old cookie the first forms are enough: nothing else is kept by them.
                    actions.extend([Deed::Choose(0), Deed::RightNumber].map(|deed| Action::Replays(slot, deed)));
                }
            }
            None => {
                let is_open = world.slots[slot].draft.is_some_and(|draft| !draft.view().page.has_ended());
                actions.extend(deeds().filter(|_| is_open).map(|deed| Action::Does(slot, deed)));
            }
        }
        if self.races && world.held.is_none() {
            let reads = deeds().filter(|deed| !matches!(deed, Deed::Ended(_)));
            actions.extend(reads.map(|deed| Action::Reads(slot, second_tab(deed))));
        }
    }

    fn actions_of_write(&self, world: &World, slot: usize, page: Seen, actions: &mut Vec<Action>) {
        let Slot { request, floating, .. } = world.slots[slot];
        if let Some(Request { taken, .. }) = request {
            if !taken {
                actions.push(Action::Takes(slot));
            }
            let fits = |ending: &Ending| match ending {
                Ending::Done => taken,
                Ending::Unknown => true,
                _ => !taken,
            };
            actions.extend(self.endings.iter().filter(|ending| fits(ending)).map(|&e| Action::Answers(slot, e)));
            actions.push(Action::Crashes(slot));
        }
        if floating.is_some() {
            actions.push(Action::TakesLate(slot));
        }
        if matches!(page, Seen::Writing { .. }) {
            actions.push(Action::Settles(slot));
            if request.is_none() {
                actions.push(Action::LooksAgain(slot));
            }
        }
    }

    fn after(&self, world: &World, action: Action) -> Option<World> {
        match action {
            Action::Tick => Some(self.ticks_on(world.clone())),
            Action::Begin(slot) => Some(self.begins(world.clone(), slot)),
            Action::Does(slot, deed) => {
                let opened = self.opened(world, slot)?;
                self.acts(world, slot, opened, deed)
            }
            Action::Replays(slot, deed) => {
                let opened = Opened { version: 0, state: world.slots[slot].draft? };
                self.acts(world, slot, opened, deed)
            }
            Action::Reads(slot, deed) => {
                let opened = self.opened(world, slot)?;
                let pauses = self.pauses(world, slot, opened.state, deed);
                // A request that would change nothing has nothing to lose by standing still.
                let moment = self.moment(world, slot, pauses.clone(), deed);
                let is_news = opened.state.step(deed, &moment).is_news;
                is_news.then(|| World { held: Some(Held { slot, deed, opened, pauses }), ..world.clone() })
            }
            Action::GoesOn => {
                let mut next = world.clone();
                let Held { slot, deed, opened, pauses } = next.held.take()?;
                Some(self.goes_on(&next, slot, opened, deed, pauses).unwrap_or(next))
            }
            Action::Delivers(id) => {
                let mut next = world.clone();
                next.store.commit(&[Change::Delivered { id }]);
                Some(next)
            }
            Action::Takes(slot) => {
                let mut next = world.clone();
                let request = next.slots[slot].request.as_mut()?;
                request.taken = true;
                let password = request.password;
                self.sets_password(&mut next, slot, password);
                Some(next)
            }
            Action::Answers(slot, ending) => self.answers(world, slot, ending),
            Action::Crashes(slot) => {
                let mut next = world.clone();
                let request = next.slots[slot].request.take()?;
                next.slots[slot].floating = (!request.taken).then_some(request.password);
                Some(next)
            }
            Action::TakesLate(slot) => {
                let mut next = world.clone();
                let password = next.slots[slot].floating.take()?;
                self.sets_password(&mut next, slot, password);
                Some(next)
            }
            Action::Settles(slot) => self.settles(world, slot),
            Action::LooksAgain(slot) => self.looks_again(world, slot),
        }
    }

    /// Time passes; no request and no write under way lasts that long.
    fn ticks_on(&self, mut world: World) -> World {
        world.tick += 1;
        world.held = None;
        for slot in &mut world.slots {
            (slot.request, slot.floating) = (None, None);
        }
        let tick = world.tick;
        world.store.counts.retain(|row| row.window > Name::from(tick));
        world.witness.tick(tick);
        world
    }

    fn begins(&self, mut world: World, slot: usize) -> World {
        let (census, own) = (census(), own_domains());
        let found = account(self.browsers[slot].account);
        let begun = Begin {
            realm: "school",
            user_name: UserName::parse(&found.user_name).expect("a name"),
            account: Some(&found),
            reported: false,
            own_domains: &own,
            fresh: &BTreeMap::new(),
            census: &census,
            policies: Policies { usual: &self.policy, groups: &[] },
            disclose: Disclose::Hide,
        };
        let id = u8::try_from(slot).unwrap_or(u8::MAX);
        let facts = Facts { now: at(world.tick), random: random(id, 0), keys: &KEYS, pauses: Default::default() };
        world.slots[slot].draft = Some(Saved::new(begin(begun, &facts)));
        world.witness.begins(slot, world.tick, &self.policy);
        world
    }

    /// The recovery as a request finds it: in the store, else in the cookie.
    pub fn opened(&self, world: &World, slot: usize) -> Option<Opened> {
        match world.row(slot) {
            Some(row) => Some(Opened { version: row.version, state: row.state }),
            None => world.slots[slot].draft.map(|state| Opened { version: 0, state }),
        }
    }

    fn sets_password(&self, world: &mut World, slot: usize, password: u8) {
        let browser = self.browsers[slot];
        let entry = &mut world.directory[browser.account];
        entry.changed = entry.changed.map(|(tick, turn)| (world.tick, if tick == world.tick { turn + 1 } else { 0 }));
        entry.password = Some((u8::try_from(slot).unwrap_or(u8::MAX), password));
        let broken = rules::judge_write(self, world, slot);
        world.broken = world.broken.or(broken);
        world.witness.walks[slot].set = Some(password);
    }

    /// The facts of a step now, save the limits.
    pub fn moment(&self, world: &World, slot: usize, pauses: Vec<(Counter, Timestamp)>, deed: Deed) -> Moment {
        let changed_before = match deed {
            Deed::Password(_) => world.directory[self.browsers[slot].account].changed_at(),
            _ => None,
        };
        Moment { tick: world.tick, draw: next_code(world, slot), pauses, changed_before }
    }
}

impl World {
    /// Of versions only their differences matter, and those only to a request that stands still.
    fn canonical(&mut self) {
        let held = self.held.as_mut().filter(|held| held.opened.version > 0);
        let held = held.map(|held| (handle(held.slot), std::mem::replace(&mut held.opened.version, 1)));
        for row in &mut self.store.recoveries {
            row.version = match held {
                Some((handle, version)) if handle == row.handle => (row.version + 1 - version).min(2),
                _ => 1,
            };
        }
    }

    /// The recovery of a slot, once it is kept.
    pub fn row(&self, slot: usize) -> Option<&Row<Saved>> {
        self.store.recoveries.iter().find(|row| row.handle == handle(slot))
    }

    pub fn page(&self, slot: usize) -> Option<Seen> {
        self.row(slot).map(|row| row.state.view().page)
    }
}

/// A request that stood still comes from another tab: there another password was typed.
fn second_tab(deed: Deed) -> Deed {
    match deed {
        Deed::Password(_) => Deed::Password(2),
        deed => deed,
    }
}

/// The handle of a slot's recovery in the store.
pub fn handle(slot: usize) -> Name {
    Name::try_from(slot).unwrap_or(Name::MAX)
}

/// The code that the next message of a slot would carry: its own number, so that no two are the same.
pub fn next_code(world: &World, slot: usize) -> u32 {
    let sent = world.store.outbox.iter().filter(|message| message.body.slot == handle(slot)).count();
    1000 * (u32::from(handle(slot)) + 1) + u32::try_from(sent).unwrap_or(u32::MAX) + 1
}

/// The tick in which the window of a limit ends that holds this moment.
pub fn window(limit: &Limit, tick: u8) -> Name {
    let end = at(0).seconds_until(limit.expires_at(at(tick)));
    Name::try_from(end / TICK_SECONDS).unwrap_or(Name::MAX)
}
