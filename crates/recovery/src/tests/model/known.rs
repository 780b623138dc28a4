//! Recovery states as the checker holds them: each is kept once, by its bytes, and each step from it is computed once.
//!
//! `step` is pure: the same state, event and facts give the same decision. So the checker may remember decisions, and walk
//! millions of worlds for some ten thousand real calls. States are held as bytes only, and every step reads them back first:
//! a crash between any two steps is in each of them.

use super::deed::Deed;
use super::people::{KEYS, Place};
use crate::gate::are_sealed;
use crate::state::Phase;
use crate::*;
use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{LazyLock, Mutex};

/// When the worlds begin: the start of a window of every limit.
pub const START: Timestamp = Timestamp::from_millis(1_700_006_400_000);

/// A tick of the worlds' clock. A code lives for two, a recovery waits for three.
pub const TICK_SECONDS: Seconds = 300;

/// A saved state, without what the page says about the last event: nothing decides on that.
#[derive(Clone, Copy)]
pub struct Saved(&'static Known);

struct Known {
    bytes: Vec<u8>,
    fingerprint: u64,
    view: View,
}

/// What the rules look at.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct View {
    pub page: Seen,
    pub is_kept: bool,
    /// Gates passed, as the trail shows them.
    pub done: u8,
    /// Codes that the present gate has sent.
    pub sends: u8,
    /// The offer whose number is to be typed, or may be corrected.
    pub to_type: bool,
    /// The password that is being written, by its number, and when that began, in ticks.
    pub writing: Option<(u8, u8)>,
    /// Whether the page has a next step.
    pub goes_on: bool,
    /// Whether the proof of a password page is of this recovery and account, with all gates, each by its own contact.
    pub proof_fits: bool,
    /// The contact that an event would send a message to: for a choice of each offer, a typed number, and anything else.
    asked: [Option<Place>; OFFERS_MAX + 2],
}

/// More methods than any account of these worlds has.
const OFFERS_MAX: usize = 4;

/// The kind of page.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Seen {
    Methods,
    Contact,
    Code,
    NewPassword,
    Writing { unclear: bool },
    Waiting,
    Done,
    Stopped(&'static str),
}

impl Seen {
    pub const fn has_ended(self) -> bool {
        matches!(self, Seen::Done | Seen::Stopped(_))
    }
}

/// What a step gave.
pub struct Outcome {
    pub next: Saved,
    pub effects: Vec<Effect>,
    /// Whether the service commits it: anything changed, be it only what the page says.
    pub is_news: bool,
    /// Whether the saved bytes read back as the state that was written.
    pub reads_back: bool,
    /// Whether the saved bytes hold the new code itself.
    pub leaks: bool,
    /// What the page says about the event.
    pub notice: Option<Notice>,
}

/// All that a step may depend on.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Moment {
    pub tick: u8,
    /// The number of the code that would be drawn now.
    pub draw: u32,
    pub pauses: Vec<(Counter, Timestamp)>,
    pub changed_before: Option<Timestamp>,
}

type Memo = HashMap<(Saved, Deed, Moment), &'static Outcome>;

thread_local! {
    static MEMO: RefCell<Memo> = RefCell::default();
}
static ALL: LazyLock<Mutex<HashMap<Vec<u8>, Saved>>> = LazyLock::new(Mutex::default);

pub fn at(tick: u8) -> Timestamp {
    START.plus(u32::from(tick) * TICK_SECONDS)
}

/// Random bytes that make the code with this number, and the recovery with this id.
pub fn random(id: u8, code: u32) -> [u8; 32] {
    let mut random = [0; 32];
    random[..16].fill(id);
    random[16..24].copy_from_slice(&u64::from(code).to_be_bytes());
    random
}

/// How many different states of recoveries are known, over all worlds of this process so far.
pub fn states() -> usize {
    ALL.lock().expect("no test panics in here").len()
}

impl Saved {
    pub fn new(mut recovery: Recovery) -> Self {
        recovery.notice = None;
        let bytes = recovery.encode();
        let mut all = ALL.lock().expect("no test panics in here");
        if let Some(known) = all.get(&bytes) {
            return *known;
        }
        let mut hasher = DefaultHasher::new();
        bytes.hash(&mut hasher);
        let known = Known { fingerprint: hasher.finish(), view: View::of(&recovery), bytes: bytes.clone() };
        let saved = Saved(Box::leak(Box::new(known)));
        all.insert(bytes, saved);
        saved
    }

    pub fn view(&self) -> &'static View {
        &self.0.view
    }

    /// How many bytes are saved.
    pub fn size(&self) -> usize {
        self.0.bytes.len()
    }

    pub fn recovery(&self) -> Recovery {
        Recovery::decode(&self.0.bytes).expect("what was written reads back")
    }

    /// The real step, from bytes to bytes.
    pub fn step(self, deed: Deed, moment: &Moment) -> &'static Outcome {
        let key = (self, deed, moment.clone());
        if let Some(known) = MEMO.with_borrow(|memo| memo.get(&key).copied()) {
            return known;
        }
        let outcome: &'static Outcome = Box::leak(Box::new(self.compute(deed, moment)));
        MEMO.with_borrow_mut(|memo| memo.insert(key, outcome));
        outcome
    }

    fn compute(self, deed: Deed, moment: &Moment) -> Outcome {
        let before = self.recovery();
        let facts = Facts {
            now: at(moment.tick),
            random: random(before.id.0[0], moment.draw),
            keys: &KEYS,
            pauses: moment.pauses.iter().copied().collect::<BTreeMap<_, _>>(),
        };
        let event = deed.event(&before, moment.changed_before);
        let Decision { recovery, effects } = step(before.clone(), event, &facts);
        let bytes = recovery.encode();
        let reads_back = Recovery::decode(&bytes).as_ref() == Ok(&recovery);
        let code = effects.iter().find_map(|effect| match effect {
            Effect::SendCode { code, .. } => Some(code.reveal().as_bytes().to_vec()),
            _ => None,
        });
        let leaks = code.is_some_and(|code| bytes.windows(code.len()).any(|part| part == code));
        let is_news = recovery != before || !effects.is_empty();
        let notice = recovery.notice.clone();
        Outcome { next: Saved::new(recovery), effects, is_news, reads_back, leaks, notice }
    }
}

impl View {
    /// As [`Recovery::contact_asked`].
    pub fn contact_asked(&self, deed: Deed) -> Option<Place> {
        match deed {
            Deed::Choose(offer) => self.asked.get(usize::from(offer).min(OFFERS_MAX - 1)).copied().flatten(),
            Deed::RightNumber | Deed::OtherNumber | Deed::WrongNumber => self.asked[OFFERS_MAX],
            _ => self.asked[OFFERS_MAX + 1],
        }
    }

    fn of(recovery: &Recovery) -> Self {
        let page = match recovery.page() {
            Page::Method(_) => Seen::Methods,
            Page::ConfirmContact(_) => Seen::Contact,
            Page::Code(_) => Seen::Code,
            Page::NewPassword => Seen::NewPassword,
            Page::Writing { unclear } => Seen::Writing { unclear },
            Page::WaitingForHelp => Seen::Waiting,
            Page::Done => Seen::Done,
            Page::Stopped { stop, .. } => Seen::Stopped(stop.name()),
        };
        let sends = match &recovery.phase {
            Phase::Proving(gate) | Phase::WaitingForHelp(gate) => gate.sends,
            _ => 0,
        };
        let (steps, done) = recovery.trail();
        let has_methods = !matches!(recovery.page(), Page::Method(page) if page.offers.is_empty());
        let is_looked_at = !matches!(page, Seen::Writing { .. }) || recovery.wake_at(recovery.deadline).is_some();
        let in_ticks = |at: Timestamp| u8::try_from(START.seconds_until(at) / TICK_SECONDS).unwrap_or(u8::MAX);
        let proof_fits = match &recovery.phase {
            Phase::ChoosingPassword { proof } | Phase::Writing { proof, .. } => {
                let mut contacts: Vec<_> = proof.gates.iter().map(|gate| gate.contact).collect();
                contacts.sort();
                contacts.dedup();
                proof.recovery == recovery.id
                    && recovery.account() == Some(&proof.account)
                    && are_sealed(&KEYS.proof, proof.walk(), &proof.gates)
                    && contacts.len() == usize::from(recovery.policy.gates)
            }
            _ => true,
        };
        let events = (0..OFFERS_MAX).map(|offer| Event::MethodChosen { offer });
        let events = events.chain([Event::NumberTyped { number: None }, Event::FreshCodeAsked]);
        let mut asked = [None; OFFERS_MAX + 2];
        for (asked, event) in asked.iter_mut().zip(events) {
            *asked = recovery.contact_asked(&event).and_then(Place::of);
        }
        View {
            asked,
            page,
            is_kept: recovery.is_kept(),
            done: u8::try_from(done).unwrap_or(u8::MAX),
            sends,
            to_type: recovery.correction_page().is_some() || page == Seen::Contact,
            writing: recovery.writing().map(|(_, write)| (write.sealed[0], in_ticks(write.began_at))),
            goes_on: has_methods && is_looked_at && done <= steps,
            proof_fits,
        }
    }
}

impl PartialEq for Saved {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.0, other.0)
    }
}
impl Eq for Saved {}
impl Hash for Saved {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.fingerprint.hash(state);
    }
}
impl std::fmt::Debug for Saved {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?}", self.0.view.page)
    }
}
