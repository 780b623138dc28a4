//! Whether a new password may be one: rules with names, what a guesser tries first, strength in one word.
//!
//! One door: [`judge`] takes the [`Rules`] in force, what is known of the [`Person`] and the password, and answers with a
//! [`Verdict`]: every rule that fails, and how strong it is. The same arguments give the same verdict in every caller. This
//! room knows no clock, no random source, no I/O, no page and no directory. The lists are zxcvbn's (crate `zxcvbn`, MIT
//! licence; its lists come from Dropbox's zxcvbn, MIT licence).

mod fold;
mod guess;
mod judge;
mod normal;
mod rule;

pub use guess::{SCORED_CHARS_MAX, Strength};
pub use judge::{Person, Verdict, judge};
pub use normal::normalise;
pub use rule::{Rule, Rules};
