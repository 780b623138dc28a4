//! A recovery: where the walk stands, and all that is known there.

use crate::{AccountId, CodeHash, Destination, GateProof, Offer, Policy, Proof, Seconds, Timestamp, UserName};

/// The random name of one recovery, 128 bits. Not the browser's handle: it opens nothing.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct RecoveryId(pub [u8; 16]);

impl RecoveryId {
    /// The short name that pages and logs show, and people read out on the telephone: `R7K 2MQ`.
    /// 30 bits in an alphabet without look-alikes; `regain explain` finds the case by it.
    pub fn reference(&self) -> String {
        const ALPHABET: &[u8; 32] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
        let bits = u32::from_be_bytes([self.0[0], self.0[1], self.0[2], self.0[3]]);
        let letter = |n: u32| char::from(ALPHABET[(bits >> (5 * n)) as usize & 31]);
        let mut reference: String = (0..3).map(letter).collect();
        reference.push(' ');
        reference.extend((3..6).map(letter));
        reference
    }
}

/// Why an account that exists can't finish. Strangers don't learn it; its owner does.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Obstacle {
    /// Fewer independent contacts than gates.
    TooFewMethods,
    /// Switched off or expired.
    Disabled,
    /// Someone reported "that was not me", and the operator has not yet ended the pause.
    Paused,
    /// Too few contacts count yet: others were new or changed a short while ago. From `until` they do.
    FreshContacts { until: Timestamp },
}

/// One walk from the user name to the new password.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Recovery {
    pub(crate) id: RecoveryId,
    pub(crate) realm: String,
    pub(crate) user_name: UserName,
    pub(crate) subject: Subject,
    pub(crate) policy: Policy,
    pub(crate) offers: Vec<Offer>,
    /// When it ends if nobody acts.
    pub(crate) deadline: Timestamp,
    /// Whether it is kept in the store.
    pub(crate) kept: bool,
    /// Wrong codes, wrong numbers and codes typed too late, at all gates together.
    pub(crate) failures: u8,
    /// What the page has to say about the last event.
    pub(crate) notice: Option<Notice>,
    pub(crate) phase: Phase,
}

/// Whom the walk is about.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub(crate) enum Subject {
    Account {
        id: AccountId,
        obstacle: Option<Obstacle>,
    },
    /// No such account. The walk goes on all the same, and leads nowhere.
    Nobody,
}

/// Where the walk stands. A variant holds what is known there and nothing else.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub(crate) enum Phase {
    /// At a gate.
    Proving(Gate),
    /// At a gate, waiting for someone else until the deadline.
    WaitingForHelp(Gate),
    /// All gates passed.
    ChoosingPassword { proof: Proof },
    /// The password was given to the directory, and what became of it is not yet known here.
    Writing { proof: Proof, write: PendingWrite },
    /// The password is set.
    Done,
    /// The walk has ended without one.
    Stopped { stop: Stop, at: Timestamp },
}

/// A gate that is being passed.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub(crate) struct Gate {
    pub passed: Vec<GateProof>,
    pub attempts_left: u8,
    pub sends: u8,
    pub at: Proving,
}

impl Gate {
    pub fn fresh(passed: Vec<GateProof>, policy: &Policy) -> Self {
        Self { passed, attempts_left: policy.attempts_max, sends: 0, at: Proving::Choosing { last: None } }
    }

    /// The gate's number, from 1.
    pub fn number(&self) -> u8 {
        u8::try_from(self.passed.len()).unwrap_or(u8::MAX).saturating_add(1)
    }
}

/// What the person does at a gate.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub(crate) enum Proving {
    /// Chooses a method. A code that was sent before stays good until another is sent.
    Choosing { last: Option<SentCode> },
    /// Types a number or address in full.
    TypingContact { offer: usize, last: Option<SentCode> },
    /// Types the code.
    TypingCode { sent: SentCode },
}

impl Proving {
    /// The code that is out, if any.
    pub fn sent(&self) -> Option<&SentCode> {
        match self {
            Proving::Choosing { last } | Proving::TypingContact { last, .. } => last.as_ref(),
            Proving::TypingCode { sent } => Some(sent),
        }
    }
}

/// A code that is out.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub(crate) struct SentCode {
    pub offer: usize,
    /// Where it went: nowhere for a decoy, and for a typed number that is not the one on record.
    pub to: Destination,
    pub hash: CodeHash,
    pub sent_at: Timestamp,
    pub expires_at: Timestamp,
    pub resend_at: Timestamp,
    /// The number or address as the person typed it, to show it to them again.
    pub typed: Option<String>,
}

/// How far the clocks of two nodes may lie apart, or one may be put right, before a code seems to come from the future.
const CLOCK_SKEW_SECONDS: Seconds = 60;

impl SentCode {
    /// Whether it may still open its gate. A clock that was set back gives no code a longer life: one that would have been
    /// sent in the future is void.
    pub fn is_good_at(&self, now: Timestamp) -> bool {
        now < self.expires_at && !self.is_from_the_future(now)
    }

    /// Whether it is too early for another one.
    pub fn is_too_fresh_at(&self, now: Timestamp) -> bool {
        now < self.resend_at && !self.is_from_the_future(now)
    }

    fn is_from_the_future(&self, now: Timestamp) -> bool {
        now.plus(CLOCK_SKEW_SECONDS) < self.sent_at
    }
}

/// A password that the directory was given, until it is settled.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct PendingWrite {
    /// The password, sealed under a key made from the browser's handle: only the person's return can open it.
    pub sealed: Vec<u8>,
    pub began_at: Timestamp,
    /// When the password was last changed before, by the directory's record: a later change settles the write.
    pub changed_before: Option<Timestamp>,
    /// Whether the first answer has come in, and was "can't know".
    pub unclear: bool,
}

/// Why a walk ended without a new password.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Stop {
    /// The last try of a gate was wrong.
    TooManyAttempts,
    /// A limit is reached; it ends then.
    Paused { until: Timestamp },
    /// Nobody acted in time.
    TooLate,
    /// The person can use none of the methods.
    NoMethod,
    /// The person cancelled.
    Cancelled,
    /// After a passed gate the page tells the truth.
    Obstacle(Obstacle),
    /// The account is gone or switched off since the walk began.
    AccountUnusable,
    /// What was proven no longer holds: a contact, the policy or the account has changed since.
    ProofsVoid,
    /// Regain may not set this password: the operator must act.
    WriteNotAllowed,
    /// The directory could not say whether the password was set, and nobody could find out.
    NeverSettled,
}

impl Stop {
    /// The reason's name in the audit trail.
    pub const fn name(&self) -> &'static str {
        match self {
            Stop::TooManyAttempts => "too_many_attempts",
            Stop::Paused { .. } => "paused",
            Stop::TooLate => "too_late",
            Stop::NoMethod => "no_method",
            Stop::Cancelled => "cancelled",
            Stop::Obstacle(Obstacle::TooFewMethods) => "too_few_methods",
            Stop::Obstacle(Obstacle::Disabled) => "disabled",
            Stop::Obstacle(Obstacle::Paused) => "reported",
            Stop::Obstacle(Obstacle::FreshContacts { .. }) => "fresh_contacts",
            Stop::ProofsVoid => "proofs_void",
            Stop::AccountUnusable => "account_unusable",
            Stop::WriteNotAllowed => "write_not_allowed",
            Stop::NeverSettled => "never_settled",
        }
    }
}

/// What a page says about the last event, until the next one.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Notice {
    /// The typed number can't be one.
    NotANumber,
    /// The typed address can't be one.
    NotAnAddress,
    /// What was typed does not look as the mask shows.
    DoesNotFitMask,
    CodeWrong {
        attempts_left: u8,
    },
    /// What was typed can't be a code; it did not count as a try.
    NotACode,
    CodeExpired,
    /// There were too many wrong tries for now, here or elsewhere; nothing was looked at. It goes on then.
    Wait {
        until: Timestamp,
    },
    /// A fresh code was asked for before it was time.
    NotYet {
        resend_at: Timestamp,
    },
    /// A fresh code is on its way, and the old one is void.
    FreshCode,
    /// This gate, or this contact, has had its messages; another method may do.
    NoMoreMessages,
    MoreTime,
    /// A gate was passed.
    GatePassed,
    PasswordsDiffer,
    /// The rules that the password fails, by name, and how strong it is: 1 (weak) to 4, 0 when nobody measured it.
    PasswordRefused {
        failed: Vec<String>,
        strength: u8,
    },
    /// The directory could not be reached; the password did not change.
    DirectoryAway,
    /// A later look found that the password was not set.
    NotWritten,
}

impl Recovery {
    pub const fn id(&self) -> &RecoveryId {
        &self.id
    }

    /// The short name that pages and logs show.
    pub fn reference(&self) -> String {
        self.id.reference()
    }

    pub fn realm(&self) -> &str {
        &self.realm
    }

    /// The user name as it was typed.
    pub const fn user_name(&self) -> &UserName {
        &self.user_name
    }

    pub const fn deadline(&self) -> Timestamp {
        self.deadline
    }

    pub const fn notice(&self) -> Option<&Notice> {
        self.notice.as_ref()
    }

    pub const fn policy(&self) -> &Policy {
        &self.policy
    }

    /// The account that the walk is about; `None` when there is none. For the workers that send and write, and for
    /// nobody who talks to the browser.
    pub const fn account(&self) -> Option<&AccountId> {
        match &self.subject {
            Subject::Account { id, .. } => Some(id),
            Subject::Nobody => None,
        }
    }

    /// Why the account can't finish, if it can't. For the operator and the owner, and for nobody who talks to a browser.
    pub const fn obstacle(&self) -> Option<Obstacle> {
        match &self.subject {
            Subject::Account { obstacle, .. } => *obstacle,
            Subject::Nobody => None,
        }
    }

    /// Whether the walk has ended.
    pub const fn has_ended(&self) -> bool {
        matches!(self.phase, Phase::Done | Phase::Stopped { .. })
    }

    /// The proof and the write, while a password is being written.
    pub const fn writing(&self) -> Option<(&Proof, &PendingWrite)> {
        match &self.phase {
            Phase::Writing { proof, write } => Some((proof, write)),
            _ => None,
        }
    }

    /// The account whose password may be chosen now: every gate is passed.
    pub const fn proven(&self) -> Option<&Proof> {
        match &self.phase {
            Phase::ChoosingPassword { proof } => Some(proof),
            _ => None,
        }
    }
}
