//! The contact form: a short letter to the secretariat, by mail, limited in rate.

use crate::facts::Subjects;
use crate::posted::{Asked, NOTICE_SECONDS, Posted};
use crate::{Regain, Trouble, Visitor};
use recovery::{Counter, Timestamp};
use store::{Change, Committed};

/// Most characters of a name, and of a way to be reached.
const NAME_CHARS_MAX: usize = 120;
/// Most characters of what happened.
pub const LETTER_CHARS_MAX: u32 = 2000;

/// A letter as a stranger wrote it.
#[derive(Clone, Debug)]
pub struct Letter {
    /// Who writes.
    pub from: String,
    /// How to reach them.
    pub reach: String,
    /// What happened.
    pub text: String,
}

/// What became of a letter.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum LetterOutcome {
    Sent,
    /// A field is empty.
    Incomplete,
    /// A field is too long.
    TooLong,
    /// This network has written enough for now.
    Paused {
        until: Timestamp,
    },
}

impl Regain {
    /// Puts a letter to the secretariat into the outbox.
    ///
    /// # Errors
    /// When the store is away.
    pub async fn write_letter(&self, letter: Letter, visitor: &Visitor) -> Result<LetterOutcome, Trouble> {
        let [from, reach, text] = [&letter.from, &letter.reach, &letter.text].map(|field| field.trim().to_owned());
        if from.is_empty() || reach.is_empty() || text.is_empty() {
            return Ok(LetterOutcome::Incomplete);
        }
        let too_long = |field: &str, max| field.chars().count() > max;
        if too_long(&from, NAME_CHARS_MAX)
            || too_long(&reach, NAME_CHARS_MAX)
            || too_long(&text, LETTER_CHARS_MAX as usize)
        {
            return Ok(LetterOutcome::TooLong);
        }
        let now = self.now();
        // In the organisation's own networks as well: a letter has no account that could limit it.
        let subjects = Subjects {
            network: Some(visitor.network()),
            network_56: visitor.network_56(),
            ..Subjects::of_account([0; 32])
        };
        let seen = self.look(&Counter::LETTERS, &subjects, now).await?;
        if let Some(until) = seen.pauses.values().max() {
            return Ok(LetterOutcome::Paused { until: *until });
        }
        let counts = Counter::LETTERS.iter().flat_map(|counter| self.count(*counter, &subjects, &seen, now));
        let mut changes: Vec<Change> = counts.collect();
        let asked = Asked::by(visitor, "", "", String::new(), now);
        changes.push(self.post(&Posted::Letter { from, reach, text, asked }, [0; 32], now, now.plus(NOTICE_SECONDS)));
        if self.store.commit(changes).await? == Committed::Done {
            self.posted.notify_one();
            return Ok(LetterOutcome::Sent);
        }
        // Another letter took the last place in between.
        let until = self.look(&Counter::LETTERS, &subjects, now).await?.pauses.into_values().max();
        Ok(LetterOutcome::Paused { until: until.unwrap_or_else(|| now.plus(60)) })
    }
}
