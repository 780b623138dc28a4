//! What must always hold: the rules of the product that this world can hold, each with its name, and the witness who
//! watches every commit.
//!
//! The witness knows what a state can't be asked: who reads which mailbox, which codes were sent when and for what, which
//! gates were truly passed, and what the directory has done. It never asks the state for its own opinion of these.

use super::deed::{Deed, Ending};
use super::known::{Outcome, Saved, Seen, TICK_SECONDS};
use super::people::{NAMES, Place, Who};
use super::reference::Message;
use super::service::{Letter, account};
use super::world::{Browser, Setting, WINDOW_TICKS, World, handle};
use crate::*;
use stateright::Property;

pub type Rule = &'static str;

macro_rules! rules {
    ($($(#[$doc:meta])* $name:ident = $text:literal;)*) => {
        $($(#[$doc])* pub const $name: Rule = $text;)*

        /// Every rule as a property of a setting.
        pub fn always() -> Vec<Property<Setting>> {
            vec![$(Property::always($name, |_, world: &World| world.broken != Some($name))),*]
        }
    };
}

rules! {
    ALL_GATES = "rule 1: a password is written only after every gate was passed, in this recovery";
    ONE_CHANNEL = "rule 1: who holds one channel never reaches the new password";
    PROOF_BOUND = "rule 1: a proof is of its recovery and account, with a contact of its own for each gate";
    BY_CODE = "rule 1: a gate opens by a code and by nothing else, one at a time";
    IN_TIME = "rule 1: nothing goes on after the time limit";
    CODE_SENT = "rule 3: a gate opens only by a code that was sent";
    ITS_BROWSER = "rule 3: a code opens nothing in another browser";
    ITS_GATE = "rule 3: a code opens only the gate it was sent for";
    NEWEST = "rule 3: a fresh code voids the one before";
    ONCE = "rule 3: a code works once";
    MINUTES = "rule 3: a code lives for minutes";
    INDEPENDENT = "rule 3: a contact counts once";
    FEW_TRIES = "rule 3: a gate takes few tries";
    FEW_MESSAGES = "rule 3: a gate sends few codes";
    FAILURES_BOUNDED = "rule 3: failures are bounded over all recoveries of an account";
    MESSAGES_BOUNDED = "rule 3: messages are bounded over all recoveries, per account, contact, network and overall";
    NOT_IN_THE_CLEAR = "rule 3: a saved state does not hold the code";
    ON_RECORD = "rule 3: a code leaves only for the contact on record, typed in full where it must be";
    OTHERS_END = "rule 3: a reset ends the other recoveries of the account, with their codes";
    DONE_IS_TRUE = "rule 4: a page says done only after the directory has set this password";
    NOT_DONE_IS_TRUE = "rule 4: a page that says it was not set speaks the truth";
    UNKNOWN_IS_SAID = "rule 4: what nobody knows yet is said to be unknown";
    RESET_TOLD = "rule 4: the contacts are told of every reset, once";
    UNCLEAR_TOLD = "rule 4: where nobody finds out, the contacts are told";
    IN_OUTBOX = "rule 5: each code that a state counts as sent is in the outbox, once";
    READS_BACK = "rule 5: a state reads back from its bytes as it was written";
    CODE_OPENS = "rule 5: the code that was sent opens the gate, while it is the newest and in time";
    OWNER_TOLD = "rule 7: each kept recovery looks once after its owner";
    NEXT_STEP = "rule 7: there is always a page with a next step";
}

/// What is written down of every walk, beside the store.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Witness {
    pub walks: Vec<Walk>,
    /// Failures in the present window, by account: of strangers, and of known browsers.
    failed: [[u32; 2]; NAMES.len()],
}

#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Walk {
    /// Contacts that were proven by a code that had arrived there.
    pub passed: Vec<Place>,
    /// Whether the number that was typed last was the one on record.
    typed: bool,
    /// Wrong codes at the present gate.
    wrong: u8,
    /// The tick of the last thing that the person did.
    acted: u8,
    /// How many ticks the recovery then waits.
    waits: u8,
    /// The password of this walk that the directory has set last.
    pub set: Option<u8>,
}

impl Witness {
    pub fn new(slots: usize) -> Self {
        Self { walks: vec![Walk::default(); slots], failed: [[0; 2]; NAMES.len()] }
    }

    pub fn tick(&mut self, tick: u8) {
        if tick.is_multiple_of(WINDOW_TICKS) {
            self.failed = [[0; 2]; NAMES.len()];
        }
    }

    pub fn begins(&mut self, slot: usize, tick: u8, policy: &Policy) {
        self.walks[slot] = Walk { acted: tick, waits: ticks(policy.idle_seconds), ..Walk::default() };
    }

    /// A person has done something that starts the time limit anew.
    pub fn acted(&mut self, slot: usize, tick: u8, page: Seen, policy: &Policy) {
        let walk = &mut self.walks[slot];
        walk.acted = tick;
        walk.waits = if page == Seen::Waiting { 1 } else { ticks(policy.idle_seconds) };
    }
}

fn ticks(seconds: Seconds) -> u8 {
    u8::try_from(seconds / TICK_SECONDS).unwrap_or(u8::MAX)
}

/// One commit, as the witness sees it.
struct Commit<'a> {
    setting: &'a Setting,
    browser: Browser,
    /// The world before.
    world: &'a World,
    slot: usize,
    deed: Deed,
    before: Saved,
    outcome: &'a Outcome,
}

/// Judges a commit, and writes down what came of it. `next` is the world after it.
pub fn judge(
    setting: &Setting,
    world: &World,
    next: &mut World,
    slot: usize,
    deed: Deed,
    before: Saved,
    outcome: &Outcome,
) -> Option<Rule> {
    let commit = Commit { setting, browser: setting.browsers[slot], world, slot, deed, before, outcome };
    let is_late = commit.is_late(&next.witness.walks[slot]);
    if !before.view().is_kept {
        // A cookie that is replayed after its recovery was ended begins anew: what was sent before opens nothing.
        let walk = &mut next.witness.walks[slot];
        (walk.passed, walk.wrong, walk.set) = (Vec::new(), 0, None);
        let known = world.store.outbox.iter().map(|message| message.id).collect::<Vec<_>>();
        let ours = next.store.outbox.iter_mut().filter(|message| message.body.slot == handle(slot));
        ours.filter(|message| known.contains(&message.id)).for_each(|message| message.body.gate = 0);
    }
    let in_time = commit.in_time(is_late);
    let gate = commit.gate(next, is_late);
    if let Deed::RightNumber | Deed::OtherNumber = deed {
        let sends = outcome.effects.iter().any(|effect| matches!(effect, Effect::SendCode { .. }));
        let walk = &mut next.witness.walks[slot];
        walk.typed = if sends { deed == Deed::RightNumber } else { walk.typed };
    }
    if !matches!(deed, Deed::Ended(Ending::Unknown) | Deed::BeginAgain) {
        next.witness.acted(slot, world.tick, outcome.next.view().page, &setting.policy);
    }
    if outcome.next.view().page == Seen::Done {
        // Whoever can prove twice who they are has not been guessing.
        next.witness.failed[commit.browser.account] = [0; 2];
    }
    in_time
        .or(gate)
        .or_else(|| commit.messages(next))
        .or_else(|| commit.password(&next.witness.walks[slot]))
        .or_else(|| commit.told())
        .or_else(|| commit.kept(next))
}

/// Judges what a directory is about to do for a slot.
pub fn judge_write(setting: &Setting, world: &World, slot: usize) -> Option<Rule> {
    let browser = setting.browsers[slot];
    let says_not = match world.page(slot) {
        None | Some(Seen::Writing { .. } | Seen::Stopped("never_settled")) => false,
        Some(_) => true,
    };
    if holds_one_channel(browser) {
        Some(ONE_CHANNEL)
    } else if world.witness.walks[slot].passed.len() < usize::from(setting.policy.gates) {
        Some(ALL_GATES)
    } else if says_not {
        Some(NOT_DONE_IS_TRUE)
    } else {
        None
    }
}

fn holds_one_channel(browser: Browser) -> bool {
    browser.who == Who::Attacker && NAMES[browser.account] == "anna"
}

impl Commit<'_> {
    fn is_late(&self, walk: &Walk) -> bool {
        self.world.tick >= walk.acted.saturating_add(walk.waits)
    }

    fn in_time(&self, is_late: bool) -> Option<Rule> {
        let page = self.outcome.next.view().page;
        let goes_on = !page.has_ended() || (page == Seen::Done && self.deed != Deed::Ended(Ending::Done));
        // That a write which was begun in time has failed may be said at any time.
        let settles = matches!(self.deed, Deed::Ended(ending) if ending != Ending::Unknown)
            && matches!(self.before.view().page, Seen::Writing { .. });
        (is_late && goes_on && !settles).then_some(IN_TIME)
    }

    /// Codes that were sent in this recovery for the gate where it stands, oldest first.
    fn letters<'a>(&self, world: &'a World) -> impl Iterator<Item = &'a Letter> + use<'a> {
        let gate = u8::try_from(world.witness.walks[self.slot].passed.len() + 1).unwrap_or(u8::MAX);
        let slot = handle(self.slot);
        let letters = world.store.outbox.iter().map(|message| &message.body);
        letters.filter(move |letter| letter.slot == slot && letter.gate == gate)
    }

    fn is_expired(&self, letter: &Letter) -> bool {
        self.world.tick >= letter.tick + ticks(Policy::CODE_TTL_SECONDS_MAX.min(self.setting.policy.code_ttl_seconds))
    }

    /// A gate that opens, or a try that fails.
    fn gate(&self, next: &mut World, is_late: bool) -> Option<Rule> {
        let (before, after) = (self.before.view(), self.outcome.next.view());
        let at_gate = !matches!(after.page, Seen::Stopped(_) | Seen::Writing { .. } | Seen::Done);
        let gained = if at_gate { after.done.saturating_sub(before.done) } else { 0 };
        match (gained, self.deed) {
            (0, _) if is_late || self.is_paused() => None,
            (0, Deed::Code(code)) if before.page == Seen::Code => self.failed_try(next, code),
            (0, Deed::WrongNumber) if before.to_type && after.page == Seen::Contact => self.failure(next),
            (0, _) => None,
            (1, Deed::Code(code)) => self.passed(next, code),
            _ => Some(BY_CODE),
        }
    }

    /// A limit is reached: nothing that was typed was looked at.
    fn is_paused(&self) -> bool {
        let page = self.outcome.next.view().page;
        page == Seen::Stopped("paused") || matches!(self.outcome.notice, Some(Notice::Wait { .. }))
    }

    fn failed_try(&self, next: &mut World, code: u32) -> Option<Rule> {
        let newest = self.letters(self.world).last().copied();
        let is_expired = newest.is_some_and(|letter| self.is_expired(&letter));
        let is_right = newest.is_some_and(|letter| letter.code == code && letter.to.is_some());
        if is_right && !is_expired {
            return Some(CODE_OPENS);
        }
        if !is_expired {
            next.witness.walks[self.slot].wrong += 1;
        }
        if next.witness.walks[self.slot].wrong > self.setting.policy.attempts_max {
            return Some(FEW_TRIES);
        }
        self.failure(next)
    }

    /// A wrong code, a wrong number, or a code that came too late.
    fn failure(&self, next: &mut World) -> Option<Rule> {
        let failed = &mut next.witness.failed[self.browser.account][usize::from(self.browser.is_known)];
        *failed += 1;
        let limits = self.setting.limits.of(Counter::FailuresByAccount);
        limits.iter().any(|limit| *failed > limit.max()).then_some(FAILURES_BOUNDED)
    }

    fn passed(&self, next: &mut World, code: u32) -> Option<Rule> {
        let mut all = self.world.store.outbox.iter();
        let Some(Message { id, body: letter, .. }) = all.find(|message| message.body.code == code) else {
            return Some(CODE_SENT);
        };
        let walk = &next.witness.walks[self.slot];
        let gate = walk.passed.len() + 1;
        let broken = if letter.slot != handle(self.slot) {
            Some(ITS_BROWSER)
        } else if usize::from(letter.gate) != gate {
            Some(ITS_GATE)
        } else if letter.used {
            Some(ONCE)
        } else if self.letters(self.world).last().is_some_and(|newest| newest.code != code) {
            Some(NEWEST)
        } else if self.is_expired(letter) {
            Some(MINUTES)
        } else if letter.to.is_none_or(|to| walk.passed.contains(&to)) {
            Some(INDEPENDENT)
        } else {
            None
        };
        let walk = &mut next.witness.walks[self.slot];
        walk.wrong = 0;
        walk.passed.extend(letter.to);
        next.store.outbox.iter_mut().filter(|message| message.id == *id).for_each(|message| message.body.used = true);
        broken
    }

    fn messages(&self, next: &World) -> Option<Rule> {
        let sent = self.outcome.effects.iter().filter_map(|effect| match effect {
            Effect::SendCode { kind, to, .. } => Some((*kind, *to)),
            _ => None,
        });
        for (kind, to) in sent {
            if self.outcome.leaks {
                return Some(NOT_IN_THE_CLEAR);
            }
            let is_typed = match self.deed {
                Deed::RightNumber => true,
                Deed::Fresh => !kind.is_phone() || self.world.witness.walks[self.slot].typed,
                Deed::Choose(_) => !kind.is_phone(),
                _ => false,
            };
            if matches!(to, Destination::OnRecord(_)) && !is_typed {
                return Some(ON_RECORD);
            }
            if self.letters(next).count() > usize::from(self.setting.policy.sends_max) {
                return Some(FEW_MESSAGES);
            }
            if self.too_many_messages(next) {
                return Some(MESSAGES_BOUNDED);
            }
        }
        None
    }

    /// Whether more messages were asked for in the present window than a limit allows, by the outbox itself.
    fn too_many_messages(&self, next: &World) -> bool {
        let window = |tick: u8| tick / WINDOW_TICKS;
        let is_over = |counter: Counter, counts: &dyn Fn(&Message<Letter>) -> bool| {
            let now = next.store.outbox.iter().filter(|message| window(message.body.tick) == window(next.tick));
            let count = now.filter(|message| counts(message)).count();
            self.setting.limits.of(counter).iter().any(|limit| count > limit.max() as usize)
        };
        let browser = |message: &Message<Letter>| self.setting.browsers[usize::from(message.body.slot)];
        // Known browsers are counted apart.
        let ours = |message: &Message<Letter>| browser(message).is_known == self.browser.is_known;
        let place = self.letters(next).last().and_then(|letter| letter.to);
        is_over(Counter::MessagesByAccount, &|message| {
            ours(message) && message.account == account(self.setting, self.slot)
        }) || is_over(Counter::MessagesByContact, &|message| {
            ours(message) && place.is_some() && message.body.to == place
        }) || is_over(Counter::MessagesByNetwork, &|message| browser(message).network == self.browser.network)
            || is_over(Counter::MessagesOverall, &|_| true)
    }

    fn password(&self, walk: &Walk) -> Option<Rule> {
        let (before, after) = (self.before.view(), self.outcome.next.view());
        let has_proof = matches!(after.page, Seen::NewPassword | Seen::Writing { .. } | Seen::Done);
        let was_set = before.writing.is_some_and(|(password, _)| walk.set == Some(password));
        let says_not = before.writing.is_some()
            && !matches!(after.page, Seen::Writing { .. } | Seen::Done | Seen::Stopped("never_settled"));
        let is_unclear = after.page == Seen::Writing { unclear: true };
        let should_be =
            self.deed == Deed::Ended(Ending::Unknown) && before.writing.is_some() && !after.page.has_ended();
        if has_proof && holds_one_channel(self.browser) {
            Some(ONE_CHANNEL)
        } else if has_proof && walk.passed.len() < usize::from(self.setting.policy.gates) {
            Some(ALL_GATES)
        } else if !after.proof_fits {
            Some(PROOF_BOUND)
        } else if after.page == Seen::Done && !was_set {
            Some(DONE_IS_TRUE)
        } else if says_not && was_set {
            Some(NOT_DONE_IS_TRUE)
        } else if should_be && !is_unclear {
            Some(UNKNOWN_IS_SAID)
        } else {
            None
        }
    }

    /// What owners and contacts are told.
    fn told(&self) -> Option<Rule> {
        let (before, after) = (self.before.view(), self.outcome.next.view());
        let count = |counts: fn(&&Effect) -> bool| self.outcome.effects.iter().filter(counts).count();
        let owner = count(|effect| matches!(effect, Effect::TellOwner { .. }));
        let reset = count(|effect| matches!(effect, Effect::TellContacts { what: Told::PasswordReset }));
        let unclear = count(|effect| matches!(effect, Effect::TellContacts { what: Told::PasswordUnclear }));
        let becomes = |page: Seen| usize::from(after.page == page && before.page != page);
        if owner != usize::from(!before.is_kept) {
            Some(OWNER_TOLD)
        } else if reset != becomes(Seen::Done) {
            Some(RESET_TOLD)
        } else if unclear != becomes(Seen::Stopped("never_settled")) {
            Some(UNCLEAR_TOLD)
        } else {
            None
        }
    }

    /// What the store holds after the commit.
    fn kept(&self, next: &World) -> Option<Rule> {
        let after = self.outcome.next.view();
        let ours = account(self.setting, self.slot);
        let others = next.store.recoveries.iter().filter(|row| row.account == ours && row.handle != handle(self.slot));
        let queued = next.store.outbox.iter().filter(|message| message.account == ours && !message.is_delivered);
        let at_gate = matches!(after.page, Seen::Methods | Seen::Contact | Seen::Code);
        if !self.outcome.reads_back {
            Some(READS_BACK)
        } else if after.page == Seen::Done && others.count() + queued.count() > 0 {
            Some(OTHERS_END)
        } else if at_gate && self.letters(next).count() != usize::from(after.sends) {
            Some(IN_OUTBOX)
        } else if !after.goes_on {
            Some(NEXT_STEP)
        } else {
            None
        }
    }
}
