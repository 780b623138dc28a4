//! What the person in front of a recovery may see: never more, whoever they are.

use crate::state::{Gate, Phase, Proving, SentCode};
use crate::{Mask, MethodKind, Offer, Recovery, Stop, Timestamp};

/// The page on which a recovery now stands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Page<'a> {
    Method(MethodPage<'a>),
    ConfirmContact(ContactPage<'a>),
    Code(CodePage<'a>),
    NewPassword,
    /// The password was given to the directory. `unclear`: it did not say what became of it.
    Writing {
        unclear: bool,
    },
    WaitingForHelp,
    Done,
    Stopped {
        stop: &'a Stop,
        at: Timestamp,
    },
}

/// Pages 3 and 4 of the walk.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MethodPage<'a> {
    /// The methods that may still be used, with their place in the list of offers.
    pub offers: Vec<(usize, &'a Offer)>,
}

/// Page 5: the number or address is to be typed in full.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ContactPage<'a> {
    pub offer: usize,
    pub kind: MethodKind,
    pub mask: &'a Mask,
}

/// Pages 6 and 7.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CodePage<'a> {
    pub offer: usize,
    pub kind: MethodKind,
    pub mask: &'a Mask,
    /// What the person typed, where they had to.
    pub typed: Option<&'a str>,
    pub sent_at: Timestamp,
    pub expires_at: Timestamp,
    pub resend_at: Timestamp,
    pub attempts_left: u8,
    pub code_digits: u8,
}

impl Recovery {
    /// Where the walk stands now.
    pub fn page(&self) -> Page<'_> {
        match &self.phase {
            Phase::Proving(gate) => match &gate.at {
                Proving::Choosing { .. } => Page::Method(MethodPage { offers: self.open_offers(&gate.passed) }),
                Proving::TypingContact { offer, .. } => Page::ConfirmContact(self.contact_page(*offer)),
                Proving::TypingCode { sent } => Page::Code(self.code_page(sent, self.tries_left(gate))),
            },
            Phase::WaitingForHelp(_) => Page::WaitingForHelp,
            Phase::ChoosingPassword { .. } => Page::NewPassword,
            Phase::Writing { write, .. } => Page::Writing { unclear: write.unclear },
            Phase::Done => Page::Done,
            Phase::Stopped { stop, at } => Page::Stopped { stop, at: *at },
        }
    }

    /// The page on which a typed number may be corrected while its code is awaited; `None` where nothing was typed.
    pub fn correction_page(&self) -> Option<ContactPage<'_>> {
        let Phase::Proving(gate) = &self.phase else { return None };
        match &gate.at {
            Proving::TypingCode { sent } if sent.typed.is_some() => Some(self.contact_page(sent.offer)),
            _ => None,
        }
    }

    /// Steps of the trail: how many there are (gates and the password) and how many are done.
    pub fn trail(&self) -> (usize, usize) {
        let steps = usize::from(self.policy.gates) + 1;
        let done = match &self.phase {
            Phase::Proving(gate) | Phase::WaitingForHelp(gate) => gate.passed.len(),
            Phase::ChoosingPassword { .. } | Phase::Writing { .. } => steps - 1,
            Phase::Done => steps,
            Phase::Stopped { .. } => 0,
        };
        (steps, done)
    }

    /// Wrong codes that end the recovery, the next one included: at this gate, and in all.
    pub(crate) fn tries_left(&self, gate: &Gate) -> u8 {
        gate.attempts_left.min(self.policy.failures_max.saturating_sub(self.failures))
    }

    fn contact_page(&self, offer: usize) -> ContactPage<'_> {
        let Offer { kind, mask, .. } = &self.offers[offer];
        ContactPage { offer, kind: *kind, mask }
    }

    fn code_page<'a>(&'a self, sent: &'a SentCode, attempts_left: u8) -> CodePage<'a> {
        let Offer { kind, mask, .. } = &self.offers[sent.offer];
        CodePage {
            offer: sent.offer,
            kind: *kind,
            mask,
            typed: sent.typed.as_deref(),
            sent_at: sent.sent_at,
            expires_at: sent.expires_at,
            resend_at: sent.resend_at,
            attempts_left,
            code_digits: self.policy.code_digits,
        }
    }
}
