//! What messages by telephone may cost: a budget that only real sending uses up, with an alarm before it is empty.
//!
//! The limits that a visitor meets count decoys too, and are about people. This is about money: the worker that hands a
//! message to a gateway takes it out of the budget first, once however often it is tried. At 80 % of any limit the
//! operator is told, once in each window; at 100 % no more is sent until the window ends. Mail costs nothing and is apart.

mod alarm;
#[cfg(test)]
mod tests;

use crate::facts::{count_key, counted};
use crate::{Regain, Trouble};
use recovery::{AuditEvent, Effect, EmailAddress, Limit, Page, PhoneNumber, Recovery, Seconds, Timestamp, mac};
use store::{Change, Committed, CountKey, OutboxRow, Shelf};

/// The limits of real messages by telephone.
#[derive(Clone, Debug)]
pub struct BudgetRules {
    /// To one number.
    pub contact: Vec<Limit>,
    /// To one block of numbers: [`PhoneNumber::block`].
    pub block: Vec<Limit>,
    /// To all numbers.
    pub overall: Vec<Limit>,
    /// Whom the alarm goes to; `None`: the secretariat.
    pub alarm_to: Option<EmailAddress>,
}

const HOUR: Seconds = 3600;
const DAY: Seconds = 24 * HOUR;

impl Default for BudgetRules {
    /// To one number a little more than the limits that its owner sees, so that those come first. To one block what a
    /// school of 10,000 people can explain. Overall the first day of term: 1,000 people with a code and a notice each fit
    /// into an hour, and a day costs some hundreds of euros at worst.
    fn default() -> Self {
        let per = |seconds, max| Limit::Window { seconds, max };
        Self {
            contact: vec![per(HOUR, 10), per(DAY, 24)],
            block: vec![per(HOUR, 100), per(DAY, 300)],
            overall: vec![per(HOUR, 2_500), per(DAY, 5_000)],
            alarm_to: None,
        }
    }
}

pub(crate) use alarm::Warning;

/// What a limit of the budget is about.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Purse {
    Contact,
    Block,
    Overall,
}

impl Purse {
    const ALL: [Purse; 3] = [Purse::Contact, Purse::Block, Purse::Overall];

    pub const fn name(self) -> &'static str {
        match self {
            Purse::Contact => "contact",
            Purse::Block => "block",
            Purse::Overall => "overall",
        }
    }
}

/// How far a message is to be counted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Spending {
    /// A code: what people who type it back are compared with.
    Code,
    /// A notice that strangers could cause.
    Notice,
    /// A notice that a password was reset, or that an account's contacts changed: counted, and never held back. Each follows a
    /// whole recovery, or a change in the directory, which is looked at once in a while.
    Must,
}

/// A limit, and what it counts.
struct Line<'a> {
    purse: Purse,
    limit: &'a Limit,
    key: CountKey,
}

impl Regain {
    /// Takes a message by telephone out of the budget, the first time that it is tried. Answers which limit is used up, if
    /// one is: then nothing may be sent.
    pub(crate) async fn take_from_budget(
        &self,
        row: &OutboxRow,
        number: &PhoneNumber,
        spending: Spending,
    ) -> Result<Option<(Purse, Timestamp)>, Trouble> {
        let now = self.now();
        let key = mac(&self.keys.count, &[b"budget taken", &row.id]);
        let is_taken = async || Ok::<_, Trouble>(self.store.kept(Shelf::Budget, key, now.millis()).await?.is_some());
        if is_taken().await? {
            return Ok(None);
        }
        let lines = self.budget_lines(number, now);
        let expires_at = row.expires_at.max(now.millis() + 1);
        let taken = Change::KeepOnce { shelf: Shelf::Budget, key, value: Vec::new(), now: now.millis(), expires_at };
        let mut changes = vec![taken];
        changes.extend(lines.iter().map(|line| Change::Count {
            key: line.key.clone(),
            max: if spending == Spending::Must { u32::MAX } else { line.limit.max() },
            now: now.millis(),
            expires_at: line.limit.expires_at(now).millis(),
        }));
        if spending == Spending::Code {
            changes.push(self.count_codes(CODES_SENT, number, now));
        }
        if self.store.commit(changes).await? == Committed::Done {
            self.look_at_budget(&lines, number, now).await?;
            return Ok(None);
        }
        // Another worker has taken it meanwhile, or there is nothing left.
        if is_taken().await? {
            return Ok(None);
        }
        let full = self.used_up(number, now).await?;
        Ok(Some(full.into_iter().next().unwrap_or((Purse::Overall, now.plus(60)))))
    }

    /// The limits that are used up for a number, with the moment at which each is fresh again.
    pub(crate) async fn used_up(
        &self,
        number: &PhoneNumber,
        now: Timestamp,
    ) -> Result<Vec<(Purse, Timestamp)>, Trouble> {
        let lines = self.budget_lines(number, now);
        let counts = self.store.counts(lines.iter().map(|line| line.key.clone()).collect()).await?;
        let until = |line: &Line<'_>, count| Some((line.purse, line.limit.pause_until(counted(count), now)?));
        Ok(lines.iter().zip(counts).filter_map(|(line, count)| until(line, count)).collect())
    }

    fn budget_lines(&self, number: &PhoneNumber, now: Timestamp) -> Vec<Line<'_>> {
        let rules = &self.defence.budget;
        let line = |purse: Purse| {
            let (limits, subject) = match purse {
                Purse::Contact => (&rules.contact, number.e164().to_owned()),
                Purse::Block => (&rules.block, number.block()),
                Purse::Overall => (&rules.overall, String::new()),
            };
            let subject = mac(&self.keys.count, &[b"budget", purse.name().as_bytes(), subject.as_bytes()]);
            limits.iter().map(move |limit| Line { purse, limit, key: count_key(subject, limit, now) })
        };
        Purse::ALL.into_iter().flat_map(line).collect()
    }

    /// Counts that a code sent by telephone was typed back, for the block of its number: a block whose codes nobody uses
    /// is one that somebody earns by. `before` is the recovery that the effects came out of.
    pub(crate) fn count_used_code(&self, before: &Recovery, effects: &[Effect], now: Timestamp) -> Option<Change> {
        let is_used = |effect: &Effect| matches!(effect, Effect::Record { event: AuditEvent::GatePassed { kind, .. } } if kind.is_phone());
        let Page::Code(page) = before.page() else { return None };
        let number = page.typed.filter(|_| effects.iter().any(is_used))?;
        let number = PhoneNumber::parse(number, &self.organisation.home_country).ok()?;
        Some(self.count_codes(CODES_USED, &number, now))
    }

    fn count_codes(&self, what: &[u8], number: &PhoneNumber, now: Timestamp) -> Change {
        let key = self.codes_key(what, number, now);
        let expires_at = PER_DAY.expires_at(now).millis();
        Change::Count { key, max: u32::MAX, now: now.millis(), expires_at }
    }

    /// The count of codes that were sent to, or used by, a block of numbers today.
    fn codes_key(&self, what: &[u8], number: &PhoneNumber, now: Timestamp) -> CountKey {
        count_key(mac(&self.keys.count, &[what, number.block().as_bytes()]), &PER_DAY, now)
    }
}

const CODES_SENT: &[u8] = b"codes sent";
const CODES_USED: &[u8] = b"codes used";
const PER_DAY: Limit = Limit::Window { seconds: DAY, max: u32::MAX };
