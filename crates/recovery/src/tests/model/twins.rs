//! Rule 2 as a lock-step product: two names that a stranger types, one real and one not (or disabled, or with too few
//! methods), and the same clicks on both. What a stranger sees, what is kept, and how large it is must be the same.

use super::deed::{Deed, Ending, WRONG};
use super::known::{Moment, Outcome, Saved, at, random};
use super::people::KEYS;
use super::world::WINDOW_TICKS;
use crate::tests::world::{account, census_of, own_domains};
use crate::*;
use stateright::{Model, Property};
use std::collections::BTreeMap;
use std::mem::discriminant;

/// Two names of the same length.
pub struct Twins {
    pub names: [&'static str; 2],
    pub ticks: u8,
    /// The counters that have a limit here, reached or not at the stranger's pleasure.
    pub limits: [Counter; 4],
}

#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Pair {
    tick: u8,
    states: [Saved; 2],
    /// Codes that were drawn, which no two are alike of.
    drawn: u32,
    /// Which limit is reached, until the window ends. Limits count unknown names as they count real ones.
    paused: Option<Counter>,
    differs: Option<&'static str>,
}

#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Move {
    Tick,
    Pause(Counter),
    Both(Deed),
}

pub const SAME_PAGE: &str = "rule 2: the same clicks lead to the same kind of page, with the same notice";
pub const SAME_EFFECTS: &str = "rule 2: the same clicks cause the same effects";
pub const SAME_SIZE: &str = "rule 2: what is kept has the same size, and the same times";

/// Strangers' clicks. `RightNumber` is the one on record where there is one, which they may know, and else one that fits.
const CLICKS: [Deed; 17] = [
    Deed::Choose(0),
    Deed::Choose(1),
    Deed::Choose(2),
    Deed::NoMethod,
    Deed::RightNumber,
    Deed::OtherNumber,
    Deed::WrongNumber,
    WRONG,
    Deed::NoCode,
    Deed::Fresh,
    Deed::OtherMethod,
    Deed::MoreTime,
    Deed::AskHelp,
    Deed::HelpEnds,
    Deed::Cancel,
    Deed::Password(1),
    Deed::Ended(Ending::Done),
];

/// A realm in which every account has one address and one mobile phone, in domains of one length: what may differ between
/// two names by the draw of their decoys is not what is compared here.
fn census() -> Census {
    let people = (0..8).map(|n| {
        let mut one = account("anna").expect("anna");
        let mail = EmailAddress::parse(&format!("p{n}@{}.be", if n % 2 == 0 { "x" } else { "y" }));
        one.contacts[0] = Contact::Email(mail.expect("an address"));
        one
    });
    census_of(&people.collect::<Vec<_>>(), |_| None)
}

impl Model for Twins {
    type State = Pair;
    type Action = Move;

    fn init_states(&self) -> Vec<Pair> {
        let own = own_domains();
        let states = self.names.map(|name| {
            let found = account(name);
            let begun = Begin {
                realm: "school",
                user_name: UserName::parse(name).expect("a name"),
                account: found.as_ref(),
                reported: false,
                own_domains: &own,
                fresh: &BTreeMap::new(),
                census: &census(),
                policies: Policies { usual: &super::worlds::policy(&MethodKind::ALL), groups: &[] },
                disclose: Disclose::Hide,
            };
            let facts = Facts { now: at(0), random: random(0, 0), keys: &KEYS, pauses: Default::default() };
            Saved::new(begin(begun, &facts))
        });
        let differs = differs_at_first(states);
        vec![Pair { tick: 0, states, drawn: 0, paused: None, differs }]
    }

    fn actions(&self, pair: &Pair, actions: &mut Vec<Move>) {
        if pair.differs.is_some() || pair.states[0].view().page.has_ended() {
            return;
        }
        if pair.tick < self.ticks {
            actions.push(Move::Tick);
        }
        if pair.paused.is_none() {
            actions.extend(self.limits.map(Move::Pause));
        }
        actions.extend(CLICKS.map(Move::Both));
    }

    fn next_state(&self, pair: &Pair, action: Move) -> Option<Pair> {
        let mut next = pair.clone();
        match action {
            Move::Tick => {
                next.tick += 1;
                next.paused = next.paused.filter(|_| !next.tick.is_multiple_of(WINDOW_TICKS));
            }
            Move::Pause(counter) => next.paused = Some(counter),
            Move::Both(deed) => {
                let until = at((pair.tick / WINDOW_TICKS + 1) * WINDOW_TICKS);
                let pauses = pair.paused.filter(|counter| deed.counters().contains(counter));
                let moment = Moment {
                    tick: pair.tick,
                    draw: pair.drawn + 1,
                    pauses: pauses.map(|counter| (counter, until)).into_iter().collect(),
                    changed_before: None,
                };
                let [one, two] = pair.states.map(|state| state.step(deed, &moment));
                next.differs = differs(one, two);
                next.states = [one.next, two.next];
                next.drawn += u32::from(one.effects.iter().any(|effect| matches!(effect, Effect::SendCode { .. })));
            }
        }
        (next != *pair).then_some(next)
    }

    fn properties(&self) -> Vec<Property<Self>> {
        vec![
            Property::always(SAME_PAGE, |_, pair: &Pair| pair.differs != Some(SAME_PAGE)),
            Property::always(SAME_EFFECTS, |_, pair: &Pair| pair.differs != Some(SAME_EFFECTS)),
            Property::always(SAME_SIZE, |_, pair: &Pair| pair.differs != Some(SAME_SIZE)),
            Property::sometimes("both walks come to wrong codes", |_, pair: &Pair| {
                pair.states.iter().all(|state| state.view().page == super::known::Seen::Stopped("too_many_attempts"))
            }),
        ]
    }
}

fn differs_at_first([one, two]: [Saved; 2]) -> Option<&'static str> {
    let page = |state: Saved| (state.view().page, state.view().is_kept, state.recovery().offers.len());
    if page(one) != page(two) {
        Some(SAME_PAGE)
    } else if one.size() != two.size() {
        Some(SAME_SIZE)
    } else {
        None
    }
}

fn differs(one: &Outcome, two: &Outcome) -> Option<&'static str> {
    let notice = |outcome: &Outcome| outcome.notice.clone();
    let effects = |outcome: &Outcome| outcome.effects.iter().map(kind).collect::<Vec<_>>();
    let times = |state: Saved| {
        let recovery = state.recovery();
        (recovery.wake_at(START), recovery.expires_at(START), recovery.deadline())
    };
    if one.is_news != two.is_news || notice(one) != notice(two) {
        Some(SAME_PAGE)
    } else if effects(one) != effects(two) {
        Some(SAME_EFFECTS)
    } else if times(one.next) != times(two.next) {
        Some(SAME_SIZE)
    } else {
        differs_at_first([one.next, two.next])
    }
}

const START: Timestamp = super::known::START;

/// An effect without whom it is about: its kind, and all of it that is counted, recorded or sent.
fn kind(effect: &Effect) -> (std::mem::Discriminant<Effect>, String) {
    let said = match effect {
        Effect::SendCode { kind, gate, expires_at, code, .. } => {
            format!("{} {gate} {expires_at:?} {} digits", kind.name(), code.reveal().len())
        }
        Effect::Count { counter } | Effect::CountBeyond { counter } | Effect::Uncount { counter } => {
            counter.name().to_owned()
        }
        Effect::Record { event } => format!("{event:?}"),
        Effect::ForgetBrowsers
        | Effect::TellOwner { .. }
        | Effect::TellContacts { .. }
        | Effect::WritePassword
        | Effect::EndOtherRecoveries => String::new(),
    };
    (discriminant(effect), said)
}
