//! Setting passwords and lifting locks, and telling apart what became of it.

#![allow(clippy::disallowed_methods)] // An adapter may draw a password that nobody knows.

use super::connection::{Bind, Failure, explain_code};
use super::entry::{Entry, LOCKED_TIME};
use super::filter::Filter;
use super::lookup::{self, Found};
use super::pool::{Live, Pool};
use super::ppolicy;
use crate::{DirectoryError, Refusal, WriteBackError};
use ldap3::LdapResult;
use recovery::{AccountId, AccountState, Password};
use std::sync::Arc;
use std::time::Duration;
use tokio::time::Instant;

/// Sets a password as Regain's account, or changes it as the person when the old one is given; then binds once as the
/// person on the same server.
///
/// The account is read on the very connection that the write goes out on: a connection that broke or hangs shows there,
/// while nothing is sent yet, and an operator's lock shows, which the reset would lift.
pub(super) async fn password(
    pool: &Arc<Pool>,
    id: &AccountId,
    old: Option<&Password>,
    new: &Password,
) -> Result<(), WriteBackError> {
    let (found, live) = usable(pool, id).await?;
    let dn = &found.entry.dn;
    let started = Instant::now();
    match old {
        None => {
            let _turn = pool.shared_turn().await.map_err(before_sending)?;
            let limit = pool.settings.timeouts.write;
            let sent = live.connection.modify_password(dn, None, new, limit).await;
            let answer = sent.map_err(|failure| {
                pool.failed(&live, &failure);
                after_sending(failure, started.elapsed())
            })?;
            judge(&answer)?;
        }
        Some(old) => change(pool, live.server, dn, old, new, started).await?,
    }
    confirm(pool, &live, dn, new, started).await
}

async fn usable(pool: &Arc<Pool>, id: &AccountId) -> Result<(Found, Live), WriteBackError> {
    let (found, live) = lookup::one(pool, &by_id(pool, id)).await.map_err(before_sending)?;
    let found = found.filter(|found| found.account.state == AccountState::Usable);
    Ok((found.ok_or(WriteBackError::AccountUnusable)?, live))
}

/// Finds an account by its lasting id, if it is one that the operator's filter could find.
pub(super) fn by_id(pool: &Pool, id: &AccountId) -> Filter {
    Filter::equals(&pool.settings.id, &id.0).and(&pool.settings.filter.anyone())
}

async fn change(
    pool: &Arc<Pool>,
    server: usize,
    dn: &str,
    old: &Password,
    new: &Password,
    started: Instant,
) -> Result<(), WriteBackError> {
    let _turn = pool.person_turn().await.map_err(before_sending)?;
    let unreachable = |what: String| WriteBackError::Unreachable(what);
    let connection = pool.unbound(server).await.map_err(|error| unreachable(error.what))?;
    let bound = connection.bind_person(dn, old).await.map_err(|failure| unreachable(failure.to_string()))?;
    match bound {
        Bind::Right | Bind::MustChange => {}
        Bind::Wrong => return Err(WriteBackError::WrongOldPassword),
        Bind::Expired => {
            return Err(WriteBackError::Refused { reason: Refusal::ChangeNotAllowed, result_code: 49 });
        }
        Bind::Locked | Bind::Refused => return Err(WriteBackError::AccountUnusable),
        Bind::Busy(what) | Bind::Unexpected(what) => return Err(unreachable(what)),
    }
    let limit = pool.settings.timeouts.write;
    let sent = connection.modify_password(dn, Some(old), new, limit).await;
    judge(&sent.map_err(|failure| after_sending(failure, started.elapsed()))?)
}

/// One sign-in as the person, on the server just written to: others may lag behind.
///
/// # Errors
/// [`WriteBackError::Unknown`] when it can't be made, or fails: the server said that the password is set, and nobody
/// has seen that it is. [`WriteBackError::AccountUnusable`] when the password is set and the account lets nobody in.
async fn confirm(
    pool: &Arc<Pool>,
    live: &Live,
    dn: &str,
    new: &Password,
    started: Instant,
) -> Result<(), WriteBackError> {
    let unknown = || WriteBackError::Unknown { waited_seconds: whole_seconds(started.elapsed()) };
    let _turn = pool.person_turn().await.map_err(|_| unknown())?;
    let connection = pool.unbound(live.server).await.map_err(|_| unknown())?;
    match connection.bind_person(dn, new).await {
        Ok(Bind::Right | Bind::MustChange) => Ok(()),
        Ok(Bind::Locked | Bind::Refused) => Err(WriteBackError::AccountUnusable),
        Ok(Bind::Expired | Bind::Wrong | Bind::Busy(_) | Bind::Unexpected(_)) | Err(_) => Err(unknown()),
    }
}

/// Lifts the directory's own lock, and never the operator's.
pub(super) async fn unlock(pool: &Arc<Pool>, id: &AccountId) -> Result<(), WriteBackError> {
    let (found, live) = usable(pool, id).await?;
    let Some(lock) = found.entry.own_lock() else { return Ok(()) };
    let _turn = pool.shared_turn().await.map_err(before_sending)?;
    let started = Instant::now();
    // By its value: an operator's lock set since the look-up stays.
    let sent = live.connection.delete_value(&found.entry.dn, LOCKED_TIME, lock).await;
    let answer = sent.map_err(|failure| {
        pool.failed(&live, &failure);
        after_sending(failure, started.elapsed())
    })?;
    // 16: it is gone already.
    if answer.rc == 16 { Ok(()) } else { judge(&answer) }
}

fn before_sending(error: DirectoryError) -> WriteBackError {
    match error {
        DirectoryError::NoRight(what) => WriteBackError::NotAllowed(what),
        other => WriteBackError::Unreachable(other.to_string()),
    }
}

fn after_sending(failure: Failure, waited: Duration) -> WriteBackError {
    match failure {
        Failure::NotSent => WriteBackError::Unreachable(failure.to_string()),
        Failure::Broken(_) | Failure::TimedOut => WriteBackError::Unknown { waited_seconds: whole_seconds(waited) },
    }
}

fn whole_seconds(duration: Duration) -> u32 {
    u32::try_from(duration.as_millis().div_ceil(1000)).unwrap_or(u32::MAX)
}

/// What the answer to a write means.
pub(super) fn judge(answer: &LdapResult) -> Result<(), WriteBackError> {
    if answer.rc == 0 {
        return Ok(());
    }
    let said = ppolicy::response(&answer.ctrls).error.and_then(ppolicy::PolicyError::refusal);
    let refused = |reason| Err(WriteBackError::Refused { reason, result_code: answer.rc });
    match (said, answer.rc) {
        (Some(reason), _) => refused(reason),
        (None, 19) => refused(reason_from_text(&answer.text)),
        (None, 32) => Err(WriteBackError::AccountUnusable),
        (None, 8 | 13 | 50) => Err(WriteBackError::NotAllowed(explain_code(answer))),
        // A read-only copy sends the writer to the primary server.
        (None, 10) => Err(WriteBackError::NotAllowed(
            "this server is a read-only copy: name the one that takes writes first".to_owned(),
        )),
        (None, 51 | 52) => Err(WriteBackError::Unreachable(explain_code(answer))),
        (None, _) => refused(Refusal::Unspecified),
    }
}

/// Reads the reason from the server's words, where there is no control. The words are those of OpenLDAP and 389.
fn reason_from_text(text: &str) -> Refusal {
    let text = text.to_lowercase();
    let says = |words: &[&str]| words.iter().any(|word| text.contains(word));
    if says(&["history", "already used", "not being changed from existing"]) {
        Refusal::InHistory
    } else if says(&["too short", "at least"]) {
        Refusal::TooShort
    } else if says(&["too young", "within password minimum age", "too soon"]) {
        Refusal::TooYoung
    } else if says(&["quality", "complex", "syntax", "too simple", "trivial"]) {
        Refusal::TooSimple
    } else {
        Refusal::Unspecified
    }
}

/// Whether the service account may write, seen without changing anything: it asks to delete a value that is not there,
/// and servers look at the right before they look for the value. `None`: it can't be known.
pub(super) async fn may_delete(live: &Live, entry: &Entry, attribute: &str, value: &str) -> Option<bool> {
    let answer = live.connection.delete_value(&entry.dn, attribute, value).await.ok()?;
    match answer.rc {
        16 => Some(true),
        50 => Some(false),
        _ => None,
    }
}

/// A password that nobody knows, with all four kinds of characters. `None` when the system has no random bytes.
pub(super) fn random_password() -> Option<Password> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).ok()?;
    let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    Password::new(format!("Aa1-{hex}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use ldap3::controls::{Control, RawControl};

    fn answer(rc: u32, text: &str, error: Option<u8>) -> LdapResult {
        let control = error.map(|error| {
            let val = Some(vec![0x30, 3, 0x81, 1, error]);
            Control(None, RawControl { ctype: ppolicy::OID.to_owned(), crit: false, val })
        });
        LdapResult {
            rc,
            matched: String::new(),
            text: text.to_owned(),
            refs: Vec::new(),
            ctrls: control.into_iter().collect(),
        }
    }

    fn refused(reason: Refusal, result_code: u32) -> Result<(), WriteBackError> {
        Err(WriteBackError::Refused { reason, result_code })
    }

    #[test]
    fn every_answer_to_a_write_has_its_meaning() {
        let cases = [
            (answer(0, "", None), Ok(())),
            (answer(19, "", Some(6)), refused(Refusal::TooShort, 19)),
            (answer(19, "Password fails quality checking policy", Some(6)), refused(Refusal::TooShort, 19)),
            (answer(19, "Password fails quality checking policy", None), refused(Refusal::TooSimple, 19)),
            (answer(19, "Password is in history of old passwords", None), refused(Refusal::InHistory, 19)),
            (answer(19, "Password is not being changed from existing value", None), refused(Refusal::InHistory, 19)),
            (answer(19, "Password is too young to change", None), refused(Refusal::TooYoung, 19)),
            (answer(19, "Failed to update password\n", None), refused(Refusal::Unspecified, 19)),
            (answer(50, "User alteration of password is not allowed", Some(3)), refused(Refusal::ChangeNotAllowed, 50)),
            (answer(53, "", None), refused(Refusal::Unspecified, 53)),
            (answer(32, "", None), Err(WriteBackError::AccountUnusable)),
            (answer(50, "no", None), Err(WriteBackError::NotAllowed("result code 50, no".to_owned()))),
            (answer(52, "", None), Err(WriteBackError::Unreachable("result code 52".to_owned()))),
        ];
        for (answer, meaning) in cases {
            assert_eq!(judge(&answer), meaning, "{answer:?}");
        }
        assert!(matches!(judge(&answer(10, "", None)), Err(WriteBackError::NotAllowed(_))));
    }

    #[test]
    fn only_a_request_that_was_never_sent_is_unreachable() {
        let waited = Duration::from_millis(1200);
        assert!(matches!(after_sending(Failure::NotSent, waited), WriteBackError::Unreachable(_)));
        let unknown = WriteBackError::Unknown { waited_seconds: 2 };
        assert_eq!(after_sending(Failure::TimedOut, waited), unknown);
        assert_eq!(after_sending(Failure::Broken(String::new()), waited), unknown);
    }
}
