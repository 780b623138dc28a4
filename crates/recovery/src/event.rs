//! What happened: a form was sent, a write-back ended, time passed.

use crate::{Code, EmailAddress, Fault, PhoneNumber, Seconds, Timestamp};

/// Something that happened to a recovery. Forms are parsed before they become events.
#[derive(Clone, Debug)]
pub enum Event {
    /// A method of the page was chosen, by its place in the list of offers.
    MethodChosen { offer: usize },
    /// *I can use none of these.*
    NoMethodChosen,
    /// A number was typed in full; `None` when what was typed can't be a telephone number.
    NumberTyped { number: Option<PhoneNumber> },
    /// An address was typed in full; `None` when what was typed is not one.
    AddressTyped { address: Option<EmailAddress> },
    /// A code was typed; `None` when what was typed can't be one.
    CodeTyped { code: Option<Code> },
    /// *A fresh code, please.*
    FreshCodeAsked,
    /// *Another method, please.*
    OtherMethodAsked,
    /// *I need more time.*
    MoreTimeAsked,
    /// A new password was typed and judged.
    PasswordTyped { verdict: PasswordVerdict },
    /// The same password is about to be given to the directory once more: nobody knew what became of the first time.
    WriteBegunAgain,
    /// The directory answered, or did not, after a password was given to it.
    WriteBackEnded { outcome: WriteBackOutcome },
    /// Someone else's help was asked for (a recovery contact); the recovery waits for it.
    HelpAsked { wait_seconds: Seconds },
    /// The helper has answered, or the person has come back to go on without.
    HelpEnded,
    /// The person cancelled.
    Cancelled,
}

/// What the judge of passwords said.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum PasswordVerdict {
    /// It holds. `sealed` is the password under a key made from the browser's handle, kept until the write is settled.
    Accepted {
        sealed: Vec<u8>,
        /// When the password was last changed before this write, by the directory's record.
        changed_before: Option<Timestamp>,
    },
    /// It does not; the names of the rules that it fails, and how strong it is: 1 (weak) to 4.
    Refused { failed: Vec<String>, strength: u8 },
    /// The two fields differ.
    Different,
    /// The person could not be looked up, so nothing was judged and nothing may be written.
    NotJudged,
}

/// What became of writing the password.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum WriteBackOutcome {
    /// It is set, durably, wherever it had to be.
    Done,
    /// The directory refused it; nothing changed. The reason is the name of a rule.
    Refused { rule: String },
    /// The directory could not be reached before anything was sent; nothing changed.
    Unreachable,
    /// Regain lacks the right to set it; nothing changed.
    NotAllowed,
    /// The account is gone or switched off since the walk began; nothing changed.
    AccountUnusable,
    /// The last look found that the proofs no longer hold; nothing was sent to the directory.
    NotCleared { fault: Fault },
    /// No answer in time: it may be set or not. A later look settles it.
    Unknown,
    /// A later look found that it was not set.
    NotDone,
}
