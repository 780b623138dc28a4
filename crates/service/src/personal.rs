//! Every kind of data that Regain keeps, with its reason and its end: one list, from which the reference page, the record of
//! processing and the tests are made. A table, shelf or cookie that is not in it fails `tests/personal.rs`.

use crate::Periods;
use crate::browser::KNOWN_SECONDS;
use crate::posted::NOTICE_SECONDS;
use crate::report::REPORT_SECONDS;
use crate::session::SESSION_SECONDS;
use store::Shelf;

const DAY_SECONDS: u32 = 24 * 3600;

/// One kind of data.
pub struct DataKind {
    pub place: Place,
    pub what: &'static str,
    pub why: &'static str,
    pub form: Form,
    pub life: Life,
}

/// Where it is kept.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Place {
    /// A table of the store: its rows.
    Table(&'static str),
    /// A column of the store, which ends before its row does.
    Column(&'static str, &'static str),
    /// A shelf of the table `kept`.
    Shelf(Shelf),
    /// A cookie, by its name.
    Cookie(&'static str),
    /// The file of a directory of Regain's own.
    Accounts,
    /// Standard error: whoever collects the log decides.
    Log,
}

impl Place {
    pub fn name(self) -> String {
        match self {
            Place::Table(table) => format!("store, `{table}`"),
            Place::Column(table, column) => format!("store, `{table}.{column}`"),
            Place::Shelf(shelf) => format!("store, `kept`: {}", shelf.name()),
            Place::Cookie(name) => format!("cookie `{name}`"),
            Place::Accounts => "the accounts' file of an embedded directory".to_owned(),
            Place::Log => "the log".to_owned(),
        }
    }
}

/// In which form.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Form {
    /// Encrypted, bound to its place.
    Sealed,
    /// As a keyed hash, or the hash of 256 random bits.
    Hash,
    /// A hash as its name; sealed besides.
    HashAndSealed,
    /// As it is.
    Clear,
    /// Nothing of a person.
    Nothing,
}

impl Form {
    pub const fn name(self) -> &'static str {
        match self {
            Form::Sealed => "sealed",
            Form::Hash => "hash",
            Form::HashAndSealed => "hash; sealed",
            Form::Clear => "clear",
            Form::Nothing => "nothing of a person",
        }
    }
}

/// When it ends.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Life {
    /// So many seconds after something.
    After(u32, &'static str),
    /// `[retention] message_days` after so many seconds: the message's own life.
    MessageDaysAfter(u32),
    /// `[retention] network_days`.
    NetworkDays,
    /// `[retention] audit_days`.
    AuditDays,
    /// `[notices] pause_hours`.
    PauseHours,
    /// Until something happens.
    Until(&'static str),
}

impl Life {
    /// How long after it was made it is gone at the latest, where that is a time. Seconds.
    pub fn seconds_max(self, periods: &Periods, pause_seconds: u32) -> Option<i64> {
        let days = |days: u32| i64::from(days) * i64::from(DAY_SECONDS);
        match self {
            Life::After(seconds, _) => Some(i64::from(seconds)),
            Life::MessageDaysAfter(seconds) => Some(i64::from(seconds) + days(periods.message_days)),
            Life::NetworkDays => Some(days(periods.network_days)),
            Life::AuditDays => Some(days(periods.audit_days)),
            Life::PauseHours => Some(i64::from(pause_seconds)),
            Life::Until(_) => None,
        }
    }

    /// In words, with the setting that changes it.
    pub fn words(self, periods: &Periods, pause_seconds: u32) -> String {
        match self {
            Life::After(seconds, what) => format!("{} {what}", duration(seconds)),
            Life::MessageDaysAfter(_) => {
                format!("{} after it expired (`[retention] message_days`)", days(periods.message_days))
            }
            Life::NetworkDays => format!("{} (`[retention] network_days`)", days(periods.network_days)),
            Life::AuditDays => format!("{} (`[retention] audit_days`)", days(periods.audit_days)),
            Life::PauseHours => format!("{} (`[notices] pause_hours`)", duration(pause_seconds)),
            Life::Until(what) => what.to_owned(),
        }
    }
}

fn days(days: u32) -> String {
    if days == 1 { "1 day".to_owned() } else { format!("{days} days") }
}

fn duration(seconds: u32) -> String {
    let (number, unit) = match seconds {
        _ if seconds.is_multiple_of(DAY_SECONDS) => (seconds / DAY_SECONDS, "day"),
        _ if seconds.is_multiple_of(3600) => (seconds / 3600, "hour"),
        _ => (seconds / 60, "minute"),
    };
    format!("{number} {unit}{}", if number == 1 { "" } else { "s" })
}

/// All kinds.
pub const KINDS: &[DataKind] = &[
    DataKind {
        place: Place::Table("recovery"),
        what: "a recovery: the user name as typed, the account's lasting id, which gates are passed, keyed hashes of contacts \
               and codes, and, while the directory is away, the new password under a key that only the browser has",
        why: "to go on with it, and to show its owner how it ended",
        form: Form::HashAndSealed,
        life: Life::After(DAY_SECONDS, "after its end"),
    },
    DataKind {
        place: Place::Column("outbox", "body"),
        what: "a message that waits: a code, or a notice; the user name, the kind of device, the language; no contact",
        why: "to send it",
        form: Form::Sealed,
        life: Life::After(NOTICE_SECONDS, "at most; it goes when it was handed over, a code when it expired"),
    },
    DataKind {
        place: Place::Table("outbox"),
        what: "that a message was asked for, when, by which channel, and what became of it",
        why: "so that the secretariat can tell a caller why a code did not come",
        form: Form::HashAndSealed,
        life: Life::MessageDaysAfter(NOTICE_SECONDS),
    },
    DataKind {
        place: Place::Table("count"),
        what: "how often something was tried or asked for, by account, contact and network",
        why: "limits against guessing, flooding and cost",
        form: Form::Hash,
        life: Life::After(31 * DAY_SECONDS, "at most: at the end of the limit's period, by default a day"),
    },
    DataKind {
        place: Place::Table("audit"),
        what: "the audit trail: who recovered what, when, by which proof; the user name as typed",
        why: "so that misuse can be found and shown",
        form: Form::HashAndSealed,
        life: Life::AuditDays,
    },
    DataKind {
        place: Place::Column("audit", "network"),
        what: "the network that a line of the trail came from: an IPv4 address, or an IPv6 /64",
        why: "to look into an attack",
        form: Form::Sealed,
        life: Life::NetworkDays,
    },
    DataKind {
        place: Place::Shelf(Shelf::Session),
        what: "who is signed in to their own page",
        why: "to change a password with the old one",
        form: Form::HashAndSealed,
        life: Life::After(SESSION_SECONDS, "after the sign-in"),
    },
    DataKind {
        place: Place::Shelf(Shelf::Pause),
        what: "that recoveries of an account pause, since its owner reported one",
        why: "to keep a stranger out",
        form: Form::HashAndSealed,
        life: Life::PauseHours,
    },
    DataKind {
        place: Place::Shelf(Shelf::Report),
        what: "what the link \"that was not me\" of a notice reports",
        why: "so that the owner of an account can report a stranger",
        form: Form::HashAndSealed,
        life: Life::After(REPORT_SECONDS, "after the notice"),
    },
    DataKind {
        place: Place::Shelf(Shelf::ToldOwner),
        what: "that the owner of an account was told today why a recovery can't end",
        why: "to tell it once a day at most",
        form: Form::Hash,
        life: Life::After(DAY_SECONDS, "after the notice"),
    },
    DataKind {
        place: Place::Shelf(Shelf::Census),
        what: "how many accounts of a realm have which kinds of contacts, and mail domains that several share",
        why: "decoys are drawn from it, and must stay as they are",
        form: Form::Nothing,
        life: Life::Until("for good"),
    },
    DataKind {
        place: Place::Shelf(Shelf::Contacts),
        what: "contacts that the operator imported for an account",
        why: "codes are sent there",
        form: Form::HashAndSealed,
        life: Life::Until("until an import without them, or `regain privacy erase`"),
    },
    DataKind {
        place: Place::Shelf(Shelf::StrangersSince),
        what: "since when browsers that were known for an account are strangers",
        why: "so that a stranger's browser does not stay known",
        form: Form::Hash,
        life: Life::After(KNOWN_SECONDS, "after that moment"),
    },
    DataKind {
        place: Place::Shelf(Shelf::SessionsEnded),
        what: "when the sessions of an account were last ended all at once",
        why: "so that none of them opens any more",
        form: Form::Hash,
        life: Life::After(SESSION_SECONDS, "after that moment"),
    },
    DataKind {
        place: Place::Shelf(Shelf::SeenContacts),
        what: "which contacts an account's directory has shown, and since when; a copy of each, to tell it of a change",
        why: "a contact that changed does not open anything for a day, and the old one is told",
        form: Form::HashAndSealed,
        life: Life::Until("until the directory no longer shows them, and the wait is over"),
    },
    DataKind {
        place: Place::Shelf(Shelf::ContactSweep),
        what: "when all contacts of a realm were last looked at",
        why: "to look again in time (`contact_sweep_minutes`)",
        form: Form::Nothing,
        life: Life::Until("for good"),
    },
    DataKind {
        place: Place::Cookie("__Host-regain-browser"),
        what: "which browser this is, and for which accounts it is known",
        why: "so that strangers can't lock out the owner of an account",
        form: Form::Sealed,
        life: Life::After(KNOWN_SECONDS, "after it was last used to get in"),
    },
    DataKind {
        place: Place::Shelf(Shelf::Spent),
        what: "which solutions of the puzzle, and which turns of the waiting page, were used",
        why: "each is good once",
        form: Form::Nothing,
        life: Life::After(30 * 60, "at most: as long as the solution would be good"),
    },
    DataKind {
        place: Place::Shelf(Shelf::Budget),
        what: "which messages were taken out of the budget",
        why: "each counts once",
        form: Form::Nothing,
        life: Life::After(NOTICE_SECONDS, "at most: as long as the message is worth sending"),
    },
    DataKind {
        place: Place::Shelf(Shelf::Alarm),
        what: "which alarms about a budget were raised",
        why: "to raise each once",
        form: Form::Nothing,
        life: Life::Until("until the budget's period ends"),
    },
    DataKind {
        place: Place::Table("kept"),
        what: "all shelves above: small things that are kept by key",
        why: "see each",
        form: Form::HashAndSealed,
        life: Life::Until("see each"),
    },
    DataKind {
        place: Place::Table("keyring_mark"),
        what: "a value by which Regain knows its own keys",
        why: "so that the store is not opened with others",
        form: Form::Nothing,
        life: Life::Until("for good"),
    },
    DataKind {
        place: Place::Table("audit_node"),
        what: "a random name of this chain of the audit trail",
        why: "several nodes write one trail",
        form: Form::Nothing,
        life: Life::Until("for good"),
    },
    DataKind {
        place: Place::Shelf(Shelf::AuditShipped),
        what: "how far the audit trail was shipped to a collector",
        why: "to go on there after a break",
        form: Form::Nothing,
        life: Life::Until("for good"),
    },
    DataKind {
        place: Place::Table("audit_head"),
        what: "signatures over the chain of the audit trail",
        why: "so that a change shows",
        form: Form::Nothing,
        life: Life::Until("as long as the lines that they sign"),
    },
    DataKind {
        place: Place::Table("course"),
        what: "how far the store has come, as a number",
        why: "so that a copy that was put back shows",
        form: Form::Nothing,
        life: Life::Until("for good"),
    },
    DataKind {
        place: Place::Cookie("__Host-regain"),
        what: "on the first pages the recovery itself, sealed; from the first code on a random number",
        why: "to know the browser that asked",
        form: Form::Sealed,
        life: Life::Until("until the browser closes; a draft is worth nothing after a day"),
    },
    DataKind {
        place: Place::Cookie("__Host-regain-forms"),
        what: "a random number",
        why: "so that another site can't send a form in a person's name",
        form: Form::Nothing,
        life: Life::Until("until the browser closes"),
    },
    DataKind {
        place: Place::Cookie("__Host-regain-session"),
        what: "a random number",
        why: "to stay signed in",
        form: Form::Nothing,
        life: Life::Until("until the browser closes; 30 minutes in the store"),
    },
    DataKind {
        place: Place::Cookie("__Host-regain-language"),
        what: "the language that was chosen",
        why: "to speak it next time",
        form: Form::Clear,
        life: Life::After(365 * DAY_SECONDS, "after it was chosen"),
    },
    DataKind {
        place: Place::Cookie("__Host-regain-note"),
        what: "a word for the next page, such as *sent*",
        why: "to say what just happened",
        form: Form::Nothing,
        life: Life::After(60, "after it was set"),
    },
    DataKind {
        place: Place::Accounts,
        what: "user names, names, own addresses and groups of the accounts (clear), their contacts (sealed), hashes of their \
               passwords (Argon2id)",
        why: "it is the directory",
        form: Form::Sealed,
        life: Life::Until("as long as the account"),
    },
    DataKind {
        place: Place::Log,
        what: "references, realms and events; no user name, contact, code or network",
        why: "to see what the server does",
        form: Form::Nothing,
        life: Life::Until("as whoever collects it decides"),
    },
];

/// The table of `docs/reference/personal-data.md`, and of the record of processing.
pub fn table(periods: &Periods, pause_seconds: u32) -> String {
    let mut text = String::from("| where | what | why | form | until |\n|---|---|---|---|---|\n");
    for kind in KINDS {
        let DataKind { place, what, why, form, life } = kind;
        text += &format!(
            "| {} | {what} | {why} | {} | {} |\n",
            place.name(),
            form.name(),
            life.words(periods, pause_seconds)
        );
    }
    text
}
