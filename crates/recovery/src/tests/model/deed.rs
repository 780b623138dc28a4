//! What can be done to a recovery, as small values that a checker can list: forms sent, and what a directory answers.

use super::people;
use crate::state::Phase;
use crate::*;

/// One thing that is done to a recovery.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Deed {
    Choose(u8),
    NoMethod,
    /// Types the number on record.
    RightNumber,
    /// Types another number that ends the same.
    OtherNumber,
    /// Types a number that does not end as the mask shows.
    WrongNumber,
    /// Types a code, as a number: one that arrived, or 0, which is never right.
    Code(u32),
    /// Types what can't be a code.
    NoCode,
    Fresh,
    OtherMethod,
    MoreTime,
    AskHelp,
    HelpEnds,
    Cancel,
    /// Chooses a new password that holds, by its number.
    Password(u8),
    WeakPassword,
    /// The directory could not be asked before the write.
    NotJudged,
    /// The same password is about to be written once more.
    BeginAgain,
    Ended(Ending),
}

/// What a write came to.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Ending {
    Done,
    Refused,
    Unreachable,
    NotAllowed,
    Unusable,
    /// The last look before the write found that the proofs no longer hold.
    NotCleared,
    Unknown,
    NotDone,
}

/// A code that is never drawn.
pub const WRONG: Deed = Deed::Code(0);

/// The rule by which a directory of this world refuses.
const RULE: &str = "directory_in_history";

impl Deed {
    /// The event that the service makes of it. `changed_before` is what the directory says of the last change.
    pub fn event(self, recovery: &Recovery, changed_before: Option<Timestamp>) -> Event {
        let number = |number: Option<PhoneNumber>| Event::NumberTyped { number };
        match self {
            Deed::Choose(offer) => Event::MethodChosen { offer: usize::from(offer) },
            Deed::NoMethod => Event::NoMethodChosen,
            Deed::RightNumber => number(Some(fitting(recovery, true))),
            Deed::OtherNumber => number(Some(fitting(recovery, false))),
            Deed::WrongNumber => number(PhoneNumber::parse("0470000000", "BE").ok()),
            Deed::Code(code) => Event::CodeTyped { code: Code::parse(&format!("{code:06}")) },
            Deed::NoCode => Event::CodeTyped { code: None },
            Deed::Fresh => Event::FreshCodeAsked,
            Deed::OtherMethod => Event::OtherMethodAsked,
            Deed::MoreTime => Event::MoreTimeAsked,
            Deed::AskHelp => Event::HelpAsked { wait_seconds: 300 },
            Deed::HelpEnds => Event::HelpEnded,
            Deed::Cancel => Event::Cancelled,
            Deed::Password(number) => {
                Event::PasswordTyped { verdict: PasswordVerdict::Accepted { sealed: vec![number], changed_before } }
            }
            Deed::WeakPassword => Event::PasswordTyped {
                verdict: PasswordVerdict::Refused { failed: vec!["min_length".to_owned()], strength: 1 },
            },
            Deed::NotJudged => Event::PasswordTyped { verdict: PasswordVerdict::NotJudged },
            Deed::BeginAgain => Event::WriteBegunAgain,
            Deed::Ended(ending) => Event::WriteBackEnded { outcome: ending.outcome() },
        }
    }

    /// The counters that the service looks up before such an event, as `service::facts::counters_of` has them.
    pub fn counters(self) -> Vec<Counter> {
        let messages = Counter::MESSAGES.into_iter().chain([Counter::MessagesByContact]);
        match self {
            Deed::Choose(_) | Deed::Fresh => messages.collect(),
            Deed::RightNumber | Deed::OtherNumber | Deed::WrongNumber => messages.chain(Counter::FAILURES).collect(),
            Deed::Code(_) | Deed::NoCode => Counter::FAILURES.into(),
            _ => Vec::new(),
        }
    }
}

impl Ending {
    fn outcome(self) -> WriteBackOutcome {
        match self {
            Ending::Done => WriteBackOutcome::Done,
            Ending::Refused => WriteBackOutcome::Refused { rule: RULE.to_owned() },
            Ending::Unreachable => WriteBackOutcome::Unreachable,
            Ending::NotAllowed => WriteBackOutcome::NotAllowed,
            Ending::Unusable => WriteBackOutcome::AccountUnusable,
            Ending::NotCleared => WriteBackOutcome::NotCleared { fault: Fault::ContactGone },
            Ending::Unknown => WriteBackOutcome::Unknown,
            Ending::NotDone => WriteBackOutcome::NotDone,
        }
    }
}

/// The number on record, or another one that ends as the first telephone on the page.
fn fitting(recovery: &Recovery, on_record: bool) -> PhoneNumber {
    if let Some(name) = people::NAMES.iter().position(|name| on_record && *name == recovery.user_name().as_str()) {
        return people::number_on_record(name);
    }
    let gate_offer = match &recovery.phase {
        Phase::Proving(gate) => match &gate.at {
            crate::state::Proving::TypingContact { offer, .. } => Some(*offer),
            at => at.sent().map(|sent| sent.offer),
        },
        _ => None,
    };
    let ending = gate_offer
        .and_then(|offer| recovery.offers.get(offer))
        .map_or("00".to_owned(), |offer| offer.mask.to_string().trim_start_matches('*').to_owned());
    // An address that is offered has no ending; any number is wrong there.
    let head = if on_record { "04988888" } else { "04999999" };
    PhoneNumber::parse(&format!("{head}{ending}"), "BE")
        .or_else(|_| PhoneNumber::parse("0499999900", "BE"))
        .expect("a number")
}
