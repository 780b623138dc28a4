//! What naming an account costs while counts rise: a little work that a browser does unseen, or a turn to wait for.
//!
//! Nobody pays on a quiet day. When recoveries, messages or wrong codes of the last minutes pass a threshold, naming an
//! account takes either the solution of a puzzle (PBKDF2, as WebCrypto computes it) or, for a browser without scripts, a
//! turn from a shared and scarce allowance. Each is good once, for one purpose, until it expires. Every count is in the
//! store; the puzzle itself is a signed text that nobody has to remember. It never depends on the name that is asked for.

mod proof;
mod rise;
#[cfg(test)]
mod tests;
mod turn;

use crate::{Regain, Trouble, Visitor};
use proof::Token;
pub use proof::{Challenge, solve};
use recovery::Timestamp;
pub(crate) use rise::Rise;
use store::{Change, Committed, Shelf};

/// When a toll is asked, and what it is. Thresholds are counts of ten minutes, [`rise::WINDOW_SECONDS`]; 0 is always.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct TollRules {
    /// Accounts named from one network.
    pub begun_by_network: u32,
    /// Accounts named from everywhere outside the organisation.
    pub begun_overall: u32,
    /// Messages asked for.
    pub messages_by_network: u32,
    pub messages_overall: u32,
    /// Wrong codes and wrong numbers.
    pub failures_by_network: u32,
    pub failures_overall: u32,
    /// How hard the work is: a solution takes 2 to the power of this many derivations on average. 4 to 14.
    pub work_bits: u8,
    /// Turns in ten minutes for browsers that can't do the work, of all networks together. 1 to 600.
    pub turns: u32,
}

impl TollRules {
    /// Everyone outside pays, on a quiet day too.
    pub const ALWAYS: Self = Self { begun_overall: 0, ..Self::NEVER };

    /// Nobody pays.
    pub const NEVER: Self = Self {
        begun_by_network: u32::MAX,
        begun_overall: u32::MAX,
        messages_by_network: u32::MAX,
        messages_overall: u32::MAX,
        failures_by_network: u32::MAX,
        failures_overall: u32::MAX,
        work_bits: 8,
        turns: 60,
    };
}

impl Default for TollRules {
    /// A household or a café names fewer than ten accounts in ten minutes, and a town's schools fewer than 300 from
    /// outside. 2⁸ derivations are a second on a slow phone (docs/decisions/0016). 60 turns let one person in every ten
    /// seconds, which is no way to walk through a list of names.
    fn default() -> Self {
        Self {
            begun_by_network: 10,
            begun_overall: 300,
            messages_by_network: 20,
            messages_overall: 600,
            failures_by_network: 10,
            failures_overall: 100,
            ..Self::NEVER
        }
    }
}

/// What a browser offers when it names an account.
#[derive(Clone, Copy, Default)]
pub struct Offered<'a> {
    /// The puzzle that its page brought, and the number that solves it.
    pub challenge: &'a str,
    pub solution: &'a str,
    /// The ticket of a turn.
    pub turn: &'a str,
}

/// Whether a browser may name an account now.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Passage {
    Free,
    /// Its turn comes at `at`; with the ticket it may then go on. Sooner with the work done.
    Waits {
        at: Timestamp,
        ticket: String,
        challenge: Challenge,
    },
    /// All turns are taken; there will be others from `again_at`. Sooner with the work done.
    Full {
        again_at: Timestamp,
        challenge: Challenge,
    },
}

/// What tokens of this kind are for. A token of one purpose opens nothing else.
const WORK: &[u8] = b"work to name an account";
const TURN: &[u8] = b"turn to name an account";

/// How long a puzzle may lie on an open page: half an hour, longer than a page waits for a person.
const WORK_SECONDS: u32 = 30 * 60;

/// How long a turn waits for its person once it has come: ten minutes.
const TURN_SECONDS: u32 = 10 * 60;

impl Regain {
    /// What a visitor must do before naming an account; `None` on a quiet day. Reads counts and changes nothing.
    ///
    /// # Errors
    /// When the store is away.
    pub async fn toll_for(&self, visitor: &Visitor) -> Result<Option<Challenge>, Trouble> {
        let now = self.now();
        Ok(self.is_toll_due(visitor, now).await?.then(|| self.challenge(now)))
    }

    /// Lets a browser name an account, if nothing is asked of it or it has paid. Counts it then, and uses up what it paid
    /// with; both in one commit, so that nothing is good twice.
    ///
    /// # Errors
    /// When the store is away.
    pub async fn pass_toll(&self, visitor: &Visitor, offered: Offered<'_>) -> Result<Passage, Trouble> {
        let now = self.now();
        let mut changes = self.rise(Rise::Begun, visitor, now);
        if self.is_toll_due(visitor, now).await? {
            let paid = match self.work_done(offered, now).await {
                Some(token) => Some(token),
                None => match self.turn_of(offered.turn, now) {
                    Some(turn) if now < turn.from => return Ok(self.waits(&turn, now)),
                    turn => turn,
                },
            };
            let Some(paid) = paid else { return self.ask(visitor, offered, now).await };
            changes.insert(0, self.spend(&paid, now));
        }
        if changes.is_empty() {
            return Ok(Passage::Free);
        }
        match self.store.commit(changes).await? {
            Committed::Done => Ok(Passage::Free),
            // Used before: by a double click, or by somebody who found that it works once.
            Committed::Conflict => self.ask(visitor, offered, now).await,
        }
    }

    /// What a browser gets that has not paid: a turn. Where a script is at work (it sent a solution, though not a good one)
    /// a fresh puzzle alone: turns are for those who can do no work.
    async fn ask(&self, visitor: &Visitor, offered: Offered<'_>, now: Timestamp) -> Result<Passage, Trouble> {
        if offered.solution.is_empty() {
            return self.take_turn(visitor, now).await;
        }
        Ok(Passage::Full { again_at: now.plus(turn::WAIT_SECONDS_MIN), challenge: self.challenge(now) })
    }

    /// In the organisation's own networks many people share one address: there only a browser's own doings count.
    async fn is_toll_due(&self, visitor: &Visitor, now: Timestamp) -> Result<bool, Trouble> {
        if self.own_networks.contains(visitor.address) {
            return self.is_suspect(visitor).await;
        }
        self.has_risen(visitor, now).await
    }

    fn challenge(&self, now: Timestamp) -> Challenge {
        let bits = self.defence.toll.work_bits;
        let token = Token { from: now, until: now.plus(WORK_SECONDS), bits, random: self.random() };
        Challenge { text: token.sign(&self.keys.count, WORK), bits }
    }

    /// The puzzle, if it is ours, still good, and solved. The derivation takes a fraction of a millisecond, away from the
    /// requests; what is forged or expired never gets that far.
    async fn work_done(&self, offered: Offered<'_>, now: Timestamp) -> Option<Token> {
        let token = Token::open(&self.keys.count, WORK, offered.challenge).filter(|token| now < token.until)?;
        let number: u32 = offered.solution.parse().ok()?;
        let (challenge, bits) = (offered.challenge.to_owned(), token.bits);
        let solved = tokio::task::spawn_blocking(move || proof::is_solved(&challenge, number, bits)).await;
        solved.unwrap_or(false).then_some(token)
    }

    /// The turn behind a ticket, if it is ours and has not passed.
    fn turn_of(&self, ticket: &str, now: Timestamp) -> Option<Token> {
        Token::open(&self.keys.count, TURN, ticket).filter(|token| now < token.until)
    }

    /// The guard that makes a token good once.
    fn spend(&self, token: &Token, now: Timestamp) -> Change {
        let (key, expires_at) = (token.key(&self.keys.count), token.until.millis());
        Change::KeepOnce { shelf: Shelf::Spent, key, value: Vec::new(), now: now.millis(), expires_at }
    }
}
