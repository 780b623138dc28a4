//! What the audit trail can say: every event, with its fields and what it is called elsewhere.
//!
//! One list makes the type, the names and the reference page, so that no event can be written that the page leaves out.
//! Fields are words and numbers of Regain's own: never a contact, a code, a password, or anything that a person typed.

use crate::{Fault, MethodKind, Stop};

/// How an event ended, for the tools that read the trail.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum AuditResult {
    /// It went as it should.
    Success,
    /// It did not.
    Failure,
    /// Somebody should look at it now.
    Alarm,
}

impl AuditResult {
    pub const fn name(self) -> &'static str {
        match self {
            AuditResult::Success => "success",
            AuditResult::Failure => "failure",
            AuditResult::Alarm => "alarm",
        }
    }
}

/// What all events of one kind have in common.
#[derive(PartialEq, Eq, Debug)]
pub struct AuditKind {
    /// The event's name in the trail.
    pub name: &'static str,
    /// When it is written, as a sentence.
    pub when: &'static str,
    /// The activity by which Microsoft Entra's audit log calls this; none where it has no such activity.
    pub activity: Option<&'static str>,
    pub result: AuditResult,
    /// The names of its fields, in their order.
    pub fields: &'static [&'static str],
}

// Activities as Microsoft's reference of audit activities spells them.
const FLOW: Option<&str> = Some("Self-service password reset flow activity progress");
const BLOCKED: Option<&str> = Some("Blocked from self-service password reset");
const RESET: Option<&str> = Some("Reset password (self-service)");
const CHANGE: Option<&str> = Some("Change password (self-service)");
const ADMIN_REGISTERED: Option<&str> = Some("Admin registered security info");
const ADMIN_DELETED: Option<&str> = Some("Admin deleted security info");
const NONE: Option<&str> = None;

macro_rules! events {
    ($($(#[doc = $when:literal])+
       $variant:ident $({ $($field:ident: $type:ty as $key:literal),+ })? = $name:literal, $result:ident, $activity:ident;)*) => {
        /// A line of the audit trail.
        #[derive(Clone, PartialEq, Eq, Debug)]
        pub enum AuditEvent {
            $($(#[doc = $when])+ $variant $({ $($field: $type),+ })?,)*
        }

        impl AuditEvent {
            /// Every kind of event there is, in the order of the reference page.
            pub const KINDS: &'static [AuditKind] = &[$(AuditKind {
                name: $name,
                when: concat!($($when),+),
                activity: $activity,
                result: AuditResult::$result,
                fields: &[$($($key),+)?],
            }),*];

            /// The event's name in the trail.
            pub const fn name(&self) -> &'static str {
                match self { $(AuditEvent::$variant { .. } => $name,)* }
            }

            /// What the name leaves out: the method, the gate, the reason.
            pub fn fields(&self) -> Vec<(&'static str, String)> {
                match self {
                    $(AuditEvent::$variant $({ $($field),+ })? => vec![$($(($key, $field.word())),+)?],)*
                }
            }
        }
    };
}

events! {
    /// A recovery leaves its first trace: the first message was asked for, or the first contact typed.
    Began = "recovery_began", Success, FLOW;
    /// A code was asked for.
    MessageAsked { gate: u8 as "gate", kind: MethodKind as "method" } = "message_asked", Success, FLOW;
    /// A code was asked for and not sent: a limit is reached.
    MessageLimitReached { gate: u8 as "gate", kind: MethodKind as "method" } = "message_limit_reached", Failure, BLOCKED;
    /// What was typed can't be the contact shown.
    ContactMistyped { gate: u8 as "gate" } = "contact_mistyped", Failure, FLOW;
    /// A wrong code was typed.
    CodeWrong { gate: u8 as "gate" } = "code_wrong", Failure, FLOW;
    /// A code was typed too late.
    CodeExpired { gate: u8 as "gate" } = "code_expired", Failure, FLOW;
    /// A gate was passed.
    GatePassed { gate: u8 as "gate", kind: MethodKind as "method" } = "gate_passed", Success, FLOW;
    /// The rules of the settings refused the new password.
    PasswordRefused = "password_refused", Failure, RESET;
    /// The new password was given to the directory.
    WriteBegan = "write_began", Success, FLOW;
    /// The directory's rules refused the new password.
    WriteRefused = "write_refused", Failure, RESET;
    /// The new password did not reach the directory, or turned out not to be set.
    WriteFailed = "write_failed", Failure, RESET;
    /// Nobody knows yet whether the new password is set.
    WriteUnknown = "write_unknown", Failure, FLOW;
    /// The last look before the write found that something no longer holds: nothing was written.
    ProofsRefused { fault: Fault as "why" } = "proofs_refused", Failure, RESET;
    /// The new password is set.
    PasswordReset = "password_reset", Success, RESET;
    /// The recovery waits for someone else.
    HelpAsked = "help_asked", Success, FLOW;
    /// The recovery ended without a new password.
    Stopped { stop: Stop as "why" } = "stopped", Failure, FLOW;
    /// Somebody signed in at Regain's own page.
    SignedIn = "signed_in", Success, NONE;
    /// A sign-in at Regain's own page failed.
    SignInFailed = "sign_in_failed", Failure, NONE;
    /// A password was changed with the old one, at Regain's own page.
    PasswordChanged = "password_changed", Success, CHANGE;
    /// Somebody pressed "that was not me": recoveries of the account are paused.
    ReportedNotMe = "reported_not_me", Alarm, NONE;
    /// The operator ended such a pause.
    Resumed = "resumed", Success, NONE;
    /// The operator imported contacts for a person.
    ContactsImported = "contacts_imported", Success, ADMIN_REGISTERED;
    /// The operator's import took a person's contacts away.
    ContactsRemoved = "contacts_removed", Success, ADMIN_DELETED;
    /// The contacts that the directory has for a person are not as they were.
    ContactsChanged = "contacts_changed", Success, NONE;
    /// The operator vouched for the contacts that the directory has for a person.
    ContactsTrusted = "contacts_trusted", Success, NONE;
    /// The operator vouched for all contacts in the directory.
    AllContactsTrusted = "all_contacts_trusted", Success, NONE;
    /// 80 % of a limit of `[budget]` went out by SMS and calls: to a block of numbers, or to all.
    BudgetNearlyUsed { block: Option<String> as "numbers", counted: u32 as "counted", max: u32 as "max" } = "budget_nearly_used", Alarm, NONE;
    /// Codes went to a block of numbers, and hardly any was typed back.
    CodesNotUsed { block: Option<String> as "numbers", sent: u32 as "sent", used: u32 as "used" } = "codes_not_used", Alarm, NONE;
    /// The store was put back from a copy, or the operator said so: what was open in it ended, so many of each.
    StoreRestored { recoveries: u64 as "recoveries", codes: u64 as "codes", sessions: u64 as "sessions" } = "store_restored", Alarm, NONE;
    /// The personal parts of somebody's rows were erased on request (GDPR, article 17): in how many rows.
    AuditErased { rows: u64 as "rows" } = "audit_erased", Success, NONE;
}

impl AuditEvent {
    /// The kind that a name of the trail stands for; `None` for a name of another version of Regain.
    pub fn kind_named(name: &str) -> Option<&'static AuditKind> {
        Self::KINDS.iter().find(|kind| kind.name == name)
    }

    /// The fields as one text, `gate=1 method=sms`, as the trail keeps them.
    pub fn detail(&self) -> String {
        let fields: Vec<String> = self.fields().into_iter().map(|(key, word)| format!("{key}={word}")).collect();
        fields.join(" ")
    }
}

/// The fields of a text that [`AuditEvent::detail`] made.
pub fn detail_fields(detail: &str) -> impl Iterator<Item = (&str, &str)> {
    detail.split(' ').filter_map(|field| field.split_once('='))
}

/// A field's value: a word or a number of Regain's own, without spaces and `=`.
trait Word {
    fn word(&self) -> String;
}

impl Word for u8 {
    fn word(&self) -> String {
        self.to_string()
    }
}

impl Word for u32 {
    fn word(&self) -> String {
        self.to_string()
    }
}

/// The first digits of a block of numbers; without, all of them.
impl Word for Option<String> {
    fn word(&self) -> String {
        self.as_deref().map_or("all".to_owned(), |block| block.replace([' ', '='], ""))
    }
}

impl Word for u64 {
    fn word(&self) -> String {
        self.to_string()
    }
}

impl Word for MethodKind {
    fn word(&self) -> String {
        self.name().to_owned()
    }
}

impl Word for Fault {
    fn word(&self) -> String {
        self.name().to_owned()
    }
}

impl Word for Stop {
    fn word(&self) -> String {
        self.name().to_owned()
    }
}

const HEAD: &str = "\
# Audit events

One row per thing that matters, written in the transaction of the step that caused it: either both are on disk, or neither.
Each row has the node that wrote it, a number in that node's chain, the time, the reference of the recovery (`R7K 2MQ`), the
realm, the event and its fields; and the personal part: the account as a keyed hash, the user name as it was typed, and the
network it came from. The personal part is sealed on disk and can be erased. No code, no password and no contact is ever in a
row. How long rows are kept is a setting: [`[retention]`](settings.md#retention).

*Microsoft Entra* is the activity by which the audit log of Entra's self-service password reset (service *Self-service Password
Management* or *Authentication Methods*) calls the same thing. *Result* is how the event ended; an `alarm` is for somebody to
look at now. [How to verify, export and ship the trail](../how-to/audit.md).

This page is made from `crates/recovery/src/audit.rs` by `cargo xtask docs`.

| event | when | fields | result | Microsoft Entra |
|---|---|---|---|---|
";

/// The page `docs/reference/audit-events.md`.
pub fn audit_reference() -> String {
    let row = |kind: &AuditKind| {
        let fields: Vec<String> = kind.fields.iter().map(|field| format!("`{field}`")).collect();
        format!(
            "| `{}` |{} | {} | {} | {} |\n",
            kind.name,
            kind.when.trim_end_matches('.'),
            fields.join(", "),
            kind.result.name(),
            kind.activity.unwrap_or("—")
        )
    };
    HEAD.to_owned() + &AuditEvent::KINDS.iter().map(row).collect::<String>()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_of_events_is_fresh() {
        let page = include_str!("../../../docs/reference/audit-events.md");
        assert!(page == audit_reference(), "docs/reference/audit-events.md is old: run `cargo xtask docs`");
    }

    #[test]
    fn names_are_told_apart_and_found() {
        for kind in AuditEvent::KINDS {
            assert_eq!(AuditEvent::kind_named(kind.name), Some(kind), "two events are called {}", kind.name);
        }
        assert_eq!(AuditEvent::kind_named("something_else"), None);
    }

    #[test]
    fn fields_are_read_as_they_were_written() {
        let event = AuditEvent::MessageAsked { gate: 2, kind: MethodKind::Sms };
        let kind = AuditEvent::kind_named(event.name()).expect("a kind");
        assert_eq!(event.detail(), "gate=2 method=sms");
        let read: Vec<(String, String)> =
            detail_fields(&event.detail()).map(|(key, word)| (key.into(), word.into())).collect();
        assert_eq!(read, [("gate".into(), "2".into()), ("method".into(), "sms".into())]);
        assert_eq!(kind.fields, ["gate", "method"]);
        assert_eq!(detail_fields(&AuditEvent::Began.detail()).count(), 0);
        let stopped = AuditEvent::Stopped { stop: Stop::TooManyAttempts };
        assert!(detail_fields(&stopped.detail()).all(|(_, word)| !word.contains(['=', ' '])));
    }
}
