//! The new password: judged, sealed, written, and settled when the directory could not say what became of it.

use crate::{Opened, Realm, Regain, Ticket, Trouble, Visitor};
use directory::{PasswordCheck, WriteBackError};
use password::{Person, Rules, Verdict, judge, normalise};
use recovery::{
    Account, AccountId, Event, Fault, LastLook, Password, PasswordVerdict, Recovery, Timestamp, WriteBackOutcome,
};
use store::Shelf;
use store::sealing::{open_with, seal_with};

/// How long a write that got no answer may still be under way on its server; after that the directory's record of the
/// last change decides. Above every time-out of an adapter.
const STILL_UNDER_WAY_SECONDS: u32 = 60;

/// How often others may move a recovery while a write of it ends; workers do so every few seconds at most.
const MOVED_MAX: u32 = 8;

const PENDING: [&[u8]; 2] = [b"recovery", b"pending password"];

impl Regain {
    /// Page 9 was sent: judges the new password and, if it holds, writes it to the directory.
    ///
    /// # Errors
    /// When the store is away. A directory that is away is an answer of the page.
    pub async fn choose_password(
        &self,
        opened: Opened,
        new: Option<Password>,
        again: Option<Password>,
        visitor: &Visitor,
    ) -> Result<Opened, Trouble> {
        let (Some(proof), Ticket::Handle(handle)) = (opened.recovery.proven(), &opened.ticket) else {
            return Ok(opened);
        };
        let realm =
            self.realm(opened.recovery.realm()).ok_or_else(|| Trouble::NoRealm(opened.recovery.realm().to_owned()))?;
        let found = self.read_account(realm, proof.account()).await;
        if let Err(error @ Trouble::Store(_)) = found {
            return Err(error);
        }
        if let Err(error) = &found {
            tracing::warn!(%error, "The directory could not be asked before a write.");
        }
        let new = new.map(normalise);
        let again = again.map(normalise);
        // Without a look at the account nothing is written: its name could not be judged, nor a later look compare.
        let verdict = match &found {
            Ok(account) => {
                let key = handle.sealing_key();
                self.verdict(realm, &opened.recovery, account.as_ref(), new.as_ref(), again.as_ref(), key).await
            }
            Err(_) => PasswordVerdict::NotJudged,
        };
        let ours = match &verdict {
            PasswordVerdict::Accepted { sealed, .. } => sealed.clone(),
            _ => Vec::new(),
        };
        let opened = self.act(opened, Event::PasswordTyped { verdict }, visitor).await?;
        // Another tab may have been faster: its password is being written, and this one must not be.
        let is_ours = opened.recovery.writing().is_some_and(|(_, write)| write.sealed == ours);
        match new.filter(|_| is_ours) {
            Some(new) => {
                let outcome = self.write_cleared(realm, &opened.recovery, &new).await?;
                self.end_write(opened, &ours, outcome, visitor).await
            }
            None => Ok(opened),
        }
    }

    /// Writes a password, if every proof and the account, looked at once more at this moment, allow it. The only place
    /// that gives a directory a new password without the old one.
    ///
    /// # Errors
    /// When the store is away.
    async fn write_cleared(
        &self,
        realm: &Realm,
        recovery: &Recovery,
        new: &Password,
    ) -> Result<WriteBackOutcome, Trouble> {
        let Some((proof, _)) = recovery.writing() else {
            return Ok(WriteBackOutcome::NotCleared { fault: Fault::NotProven });
        };
        let account = match self.read_account(realm, proof.account()).await {
            Ok(account) => account,
            Err(error @ Trouble::Store(_)) => return Err(error),
            Err(error) => {
                tracing::warn!(%error, "The directory could not be asked before a write.");
                return Ok(WriteBackOutcome::Unreachable);
            }
        };
        let key = self.key_of(realm, proof.account());
        let now = self.now();
        let fresh = self.fresh_contacts(realm, key, account.as_ref()).await?;
        let look = LastLook {
            now,
            keys: &self.keys,
            realm: &realm.name,
            account: account.as_ref(),
            reported: self.store.kept(Shelf::Pause, key, now.millis()).await?.is_some(),
            own_domains: &realm.own_domains,
            policy: realm.policy_for(account.as_ref()),
            fresh: &fresh,
        };
        match recovery.clear(&look) {
            Ok(cleared) => Ok(outcome(realm.directory.set_password(cleared, new).await)),
            Err(fault) => {
                if fault == Fault::Forged {
                    tracing::error!(
                        recovery.reference = recovery.reference(),
                        "A saved recovery holds a proof that this Regain did not make: was its store written to?"
                    );
                }
                Ok(WriteBackOutcome::NotCleared { fault })
            }
        }
    }

    /// Says what became of a write. A worker may have moved the recovery meanwhile: what is known is not lost for that, as
    /// long as it is the same write that waits.
    async fn end_write(
        &self,
        mut opened: Opened,
        sealed: &[u8],
        outcome: WriteBackOutcome,
        visitor: &Visitor,
    ) -> Result<Opened, Trouble> {
        for _ in 0..MOVED_MAX {
            if opened.recovery.writing().is_none_or(|(_, write)| write.sealed != sealed) {
                return Ok(opened);
            }
            opened = self.act(opened, Event::WriteBackEnded { outcome: outcome.clone() }, visitor).await?;
            if outcome == WriteBackOutcome::Unknown {
                return Ok(opened);
            }
        }
        Ok(opened)
    }

    async fn verdict(
        &self,
        realm: &Realm,
        recovery: &Recovery,
        account: Option<&Account>,
        new: Option<&Password>,
        again: Option<&Password>,
        sealing_key: [u8; 32],
    ) -> PasswordVerdict {
        let Some(new) = new else { return PasswordVerdict::Refused { failed: vec!["empty".to_owned()], strength: 0 } };
        if again.map(Password::reveal) != Some(new.reveal()) {
            return PasswordVerdict::Different;
        }
        let person = self.person(recovery.user_name().as_str(), account);
        let Some(Verdict { failed, strength }) = judge_apart(realm.rules, person, new.clone()).await else {
            return PasswordVerdict::NotJudged;
        };
        if !failed.is_empty() {
            let failed = failed.iter().map(|rule| rule.name().to_owned()).collect();
            return PasswordVerdict::Refused { failed, strength: strength as u8 + 1 };
        }
        PasswordVerdict::Accepted {
            sealed: seal_with(&sealing_key, &PENDING, new.reveal().as_bytes()),
            changed_before: account.and_then(|account| account.password_changed_at),
        }
    }

    /// What the judge of passwords must know of a person.
    pub(crate) fn person(&self, typed: &str, account: Option<&Account>) -> Person {
        Person {
            user_name: account.map_or_else(|| typed.to_owned(), |account| account.user_name.clone()),
            given_name: account.map(|account| account.given_name.clone()).unwrap_or_default(),
            family_name: account.map(|account| account.family_name.clone()).unwrap_or_default(),
            other_words: vec![self.organisation.name.clone(), typed.to_owned()],
        }
    }

    /// "Look again" was pressed on the page that could not say whether the password was set: signs in with it, and writes
    /// it again only if that fails (a second write of the same password fails with "in history").
    ///
    /// # Errors
    /// When the store is away.
    pub async fn look_again(&self, mut opened: Opened, visitor: &Visitor) -> Result<Opened, Trouble> {
        let (Some((proof, pending)), Ticket::Handle(handle)) = (opened.recovery.writing(), &opened.ticket) else {
            return Ok(opened);
        };
        let (id, sealed, began_at) = (proof.account().clone(), pending.sealed.clone(), pending.began_at);
        let realm =
            self.realm(opened.recovery.realm()).ok_or_else(|| Trouble::NoRealm(opened.recovery.realm().to_owned()))?;
        let password = open_with(&handle.sealing_key(), &PENDING, &sealed)
            .ok()
            .and_then(|bytes| Password::new(String::from_utf8_lossy(&bytes).into_owned()));
        // After its time a recovery may find out what became of its write, and writes no more.
        let in_time = self.now() < opened.recovery.deadline();
        let outcome = match password {
            None => WriteBackOutcome::Unknown,
            Some(password) => match signs_in(realm, &id, &password).await {
                Some(true) => WriteBackOutcome::Done,
                Some(false) if in_time => {
                    // Committed first: a worker that looks meanwhile must not call failed what is under way.
                    opened = self.act(opened, Event::WriteBegunAgain, visitor).await?;
                    if opened.recovery.writing().is_none_or(|(_, write)| write.sealed != sealed) {
                        return Ok(opened);
                    }
                    let may_come_yet = self.now() < began_at.plus(STILL_UNDER_WAY_SECONDS);
                    self.write_once_more(realm, &opened.recovery, &password, may_come_yet).await?
                }
                Some(false) | None => WriteBackOutcome::Unknown,
            },
        };
        self.end_write(opened, &sealed, outcome, visitor).await
    }

    async fn write_once_more(
        &self,
        realm: &Realm,
        recovery: &Recovery,
        password: &Password,
        may_come_yet: bool,
    ) -> Result<WriteBackOutcome, Trouble> {
        let Some((proof, _)) = recovery.writing() else { return Ok(WriteBackOutcome::Unknown) };
        Ok(match self.write_cleared(realm, recovery, password).await? {
            // Not reached at this look says nothing about the first write.
            WriteBackOutcome::Unreachable => WriteBackOutcome::Unknown,
            // Nor does a look that allows no second one.
            WriteBackOutcome::NotCleared { .. } if may_come_yet => WriteBackOutcome::Unknown,
            // The first write may have come through meanwhile: then the second one is "in history", or too soon, and
            // whatever else it is refused for, the password is set.
            refused @ (WriteBackOutcome::Refused { .. }
            | WriteBackOutcome::NotAllowed
            | WriteBackOutcome::AccountUnusable) => match signs_in(realm, proof.account(), password).await {
                Some(true) => WriteBackOutcome::Done,
                Some(false) => refused,
                None => WriteBackOutcome::Unknown,
            },
            outcome => outcome,
        })
    }

    /// A worker's look at a write that nobody has settled: by the directory's own record of the last change.
    pub(crate) async fn settle(&self, recovery: &Recovery, now: Timestamp) -> WriteBackOutcome {
        let Some((proof, write)) = recovery.writing() else { return WriteBackOutcome::Unknown };
        let Some(realm) = self.realm(recovery.realm()) else { return WriteBackOutcome::Unknown };
        match self.read_account(realm, proof.account()).await {
            Ok(Some(account)) => match account.password_changed_at {
                // Later, not only different: a server that lags behind may still show an earlier change.
                Some(changed) if write.changed_before.is_none_or(|before| changed > before) => WriteBackOutcome::Done,
                Some(_) if now >= write.began_at.plus(STILL_UNDER_WAY_SECONDS) => WriteBackOutcome::NotDone,
                _ => WriteBackOutcome::Unknown,
            },
            Ok(None) => WriteBackOutcome::AccountUnusable,
            Err(error) => {
                tracing::info!(%error, "A write can't be settled yet.");
                WriteBackOutcome::Unknown
            }
        }
    }
}

/// Judges on a thread of its own: a password made to be slow to score must not hold up other people's pages. `None`: the
/// judge has failed, which is a bug, or the process is ending.
pub(crate) async fn judge_apart(rules: Rules, person: Person, new: Password) -> Option<Verdict> {
    match tokio::task::spawn_blocking(move || judge(&rules, &person, &new)).await {
        Ok(verdict) => Some(verdict),
        Err(error) => {
            tracing::error!(is_bug = error.is_panic(), "A password could not be judged.");
            None
        }
    }
}

/// Whether a person can sign in with this password; `None` when the directory can't be asked.
async fn signs_in(realm: &Realm, id: &AccountId, password: &Password) -> Option<bool> {
    match realm.directory.check_password(Some(id), password).await {
        Ok(check) => Some(matches!(check, PasswordCheck::Right | PasswordCheck::MustChange)),
        Err(error) => {
            tracing::warn!(%error, "A write can't be settled yet.");
            None
        }
    }
}

pub(crate) fn outcome(result: Result<(), WriteBackError>) -> WriteBackOutcome {
    let Err(error) = result else { return WriteBackOutcome::Done };
    tracing::warn!(%error, "A password was not written.");
    match error {
        WriteBackError::Refused { reason, .. } => WriteBackOutcome::Refused { rule: reason.rule().to_owned() },
        WriteBackError::AccountUnusable => WriteBackOutcome::AccountUnusable,
        WriteBackError::NotAllowed(_) | WriteBackError::WrongOldPassword => WriteBackOutcome::NotAllowed,
        WriteBackError::Unreachable(_) => WriteBackOutcome::Unreachable,
        WriteBackError::Unknown { .. } => WriteBackOutcome::Unknown,
    }
}
