//! Sign-in to Regain's own page, and changing a password with the old one.

use crate::facts::Subjects;
use crate::ticket::Handle;
use crate::write_back::{judge_apart, outcome};
use crate::{Browser, Realm, Regain, Trouble, Visitor};
use directory::{PasswordCheck, WriteBackError};
use password::normalise;
use recovery::{AccountId, AccountState, AuditEvent, Counter, Password, Timestamp, UserName, WriteBackOutcome};
use serde::{Deserialize, Serialize};
use store::{Change, Committed, Key, Shelf};

/// How long a sign-in lasts: 30 minutes.
pub(crate) const SESSION_SECONDS: u32 = 30 * 60;

/// How often a try is counted anew when another one came in between.
const COUNT_TRIES_MAX: u32 = 8;

/// Who is signed in.
#[derive(Clone, Serialize, Deserialize)]
pub struct SignedIn {
    pub realm: String,
    account: String,
    pub user_name: String,
    pub display_name: String,
    /// The directory wants the password changed before anything else.
    pub must_change: bool,
    /// From before the password was checked. A session from before the account's sessions were ended is none. Milliseconds.
    since: i64,
}

impl SignedIn {
    /// Whether it is a session of this account.
    pub(crate) fn is_of(&self, realm: &str, account: &AccountId) -> bool {
        self.realm == realm && self.account == account.0
    }
}

/// How a sign-in ended. An unknown name, a disabled account and a wrong password are one answer.
pub enum SignInOutcome {
    /// The session cookie's value, and the browser, which is known for the account from now on.
    SignedIn {
        cookie: String,
        browser: Browser,
    },
    Wrong,
    Paused {
        until: Timestamp,
    },
}

/// How a change of password ended.
pub enum ChangeOutcome {
    Changed,
    /// The rules that the new password fails, by name.
    Refused {
        failed: Vec<String>,
    },
    Different,
    WrongOldPassword,
    Paused {
        until: Timestamp,
    },
    /// Someone reported "that was not me" for this account: until the pause ends its password stays as it is.
    Reported,
    /// The directory could not be reached, or may not be written to; the password did not change.
    NotChanged,
    /// The directory did not say whether it changed.
    Unclear,
}

impl Regain {
    /// Signs a person in to their own page. The try is counted before the directory is asked, under its own lockout.
    ///
    /// # Errors
    /// When the directory or the store is away: the same page for everyone.
    pub async fn sign_in(
        &self,
        realm: &str,
        user_name: UserName,
        password: Option<Password>,
        visitor: &Visitor,
    ) -> Result<SignInOutcome, Trouble> {
        let realm = self.realm(realm).ok_or_else(|| Trouble::NoRealm(realm.to_owned()))?;
        let account = self.find_account(realm, &user_name).await?;
        let id = account.as_ref().map(|account| &account.id);
        let key = self.account_key(realm, &user_name, id);
        let subjects = self.subjects(key, self.is_known(key, visitor).await?, visitor);
        if let Some(until) = self.count_try(&subjects).await? {
            return Ok(SignInOutcome::Paused { until });
        }
        let since = self.next_since(key).await?;
        let Some(password) = password.map(normalise) else { return Ok(SignInOutcome::Wrong) };
        let check = realm.directory.check_password(id, &password).await?;
        // A directory may let an account in whose end Regain reads from an attribute.
        let account = account.filter(|account| account.state == AccountState::Usable);
        let (Some(account), PasswordCheck::Right | PasswordCheck::MustChange) = (account, check) else {
            self.note(realm, key, user_name.as_str(), AuditEvent::SignInFailed, visitor).await?;
            return Ok(SignInOutcome::Wrong);
        };
        let handle = Handle(self.random());
        let signed_in = SignedIn {
            realm: realm.name.clone(),
            account: account.id.0,
            user_name: account.user_name,
            display_name: account.display_name,
            must_change: check == PasswordCheck::MustChange,
            since,
        };
        let mut changes = vec![self.keep_session(&handle, &signed_in)];
        changes.extend(self.forgive(&subjects));
        changes.push(self.audit_row(realm, key, user_name.as_str(), AuditEvent::SignedIn, visitor));
        self.store.commit(changes).await?;
        let browser = self.browser_known_for(key, visitor);
        Ok(SignInOutcome::SignedIn { cookie: handle.to_text(), browser })
    }

    /// Who is signed in with this cookie, if anyone.
    ///
    /// # Errors
    /// When the store is away.
    pub async fn signed_in(&self, cookie: &str) -> Result<Option<SignedIn>, Trouble> {
        let Some(handle) = Handle::from_text(cookie) else { return Ok(None) };
        let kept = self.store.kept(Shelf::Session, handle.hash(), self.now().millis()).await?;
        let Some(signed_in) = kept.and_then(|bytes| serde_json::from_slice::<SignedIn>(&bytes).ok()) else {
            return Ok(None);
        };
        let Some(realm) = self.realm(&signed_in.realm) else { return Ok(None) };
        let ended = self.sessions_ended(self.key_of(realm, &AccountId(signed_in.account.clone()))).await?;
        Ok(ended.is_none_or(|ended| signed_in.since > ended).then_some(signed_in))
    }

    /// When the sessions of this account were last ended all at once.
    async fn sessions_ended(&self, account: Key) -> Result<Option<i64>, Trouble> {
        self.kept_time(Shelf::SessionsEnded, account).await
    }

    /// From when a session counts that begins now: later than the last end of all, even if the clock was set back since.
    async fn next_since(&self, account: Key) -> Result<i64, Trouble> {
        let ended = self.sessions_ended(account).await?;
        Ok(ended.map_or(i64::MIN, |ended| ended.saturating_add(1)).max(self.now().millis()))
    }

    /// Ends all sessions of an account that began until now: its password is new, or somebody reported that it was not them.
    /// Kept for as long as such a session could last.
    pub(crate) fn end_sessions(&self, account: Key, now: Timestamp) -> Change {
        Change::Keep {
            shelf: Shelf::SessionsEnded,
            key: account,
            value: now.millis().to_be_bytes().to_vec(),
            expires_at: now.plus(SESSION_SECONDS).millis(),
        }
    }

    /// Ends a session.
    ///
    /// # Errors
    /// When the store is away.
    pub async fn sign_out(&self, cookie: &str) -> Result<(), Trouble> {
        if let Some(handle) = Handle::from_text(cookie) {
            self.store.commit(vec![Change::Drop { shelf: Shelf::Session, key: handle.hash() }]).await?;
        }
        Ok(())
    }

    /// Changes a password with the old one. The try is counted before the directory is asked.
    ///
    /// # Errors
    /// When the store is away.
    pub async fn change_password(
        &self,
        cookie: &str,
        old: Option<Password>,
        new: Option<Password>,
        again: Option<Password>,
        visitor: &Visitor,
    ) -> Result<Option<ChangeOutcome>, Trouble> {
        let (Some(handle), Some(signed_in)) = (Handle::from_text(cookie), self.signed_in(cookie).await?) else {
            return Ok(None);
        };
        let realm = self.realm(&signed_in.realm).ok_or_else(|| Trouble::NoRealm(signed_in.realm.clone()))?;
        let id = AccountId(signed_in.account.clone());
        let (old, new, again) = (old.map(normalise), new.map(normalise), again.map(normalise));
        let Some(new) = new else { return Ok(Some(ChangeOutcome::Refused { failed: vec!["empty".to_owned()] })) };
        if again.as_ref().map(Password::reveal) != Some(new.reveal()) {
            return Ok(Some(ChangeOutcome::Different));
        }
        let Ok(account) = self.read_account(realm, &id).await else { return Ok(Some(ChangeOutcome::NotChanged)) };
        let person = self.person(&signed_in.user_name, account.as_ref());
        let Some(verdict) = judge_apart(realm.rules, person, new.clone()).await else {
            return Ok(Some(ChangeOutcome::NotChanged));
        };
        if !verdict.failed.is_empty() {
            let failed = verdict.failed.iter().map(|rule| rule.name().to_owned()).collect();
            return Ok(Some(ChangeOutcome::Refused { failed }));
        }
        let key = self.key_of(realm, &id);
        if self.store.kept(Shelf::Pause, key, self.now().millis()).await?.is_some() {
            return Ok(Some(ChangeOutcome::Reported));
        }
        let subjects = self.subjects(key, self.is_known(key, visitor).await?, visitor);
        if let Some(until) = self.count_try(&subjects).await? {
            return Ok(Some(ChangeOutcome::Paused { until }));
        }
        let Some(old) = old else { return Ok(Some(ChangeOutcome::WrongOldPassword)) };
        let changed = match realm.directory.change_password(&id, &old, &new).await {
            Err(WriteBackError::WrongOldPassword) => ChangeOutcome::WrongOldPassword,
            result => match outcome(result) {
                WriteBackOutcome::Done => ChangeOutcome::Changed,
                WriteBackOutcome::Refused { rule } => ChangeOutcome::Refused { failed: vec![rule] },
                WriteBackOutcome::Unknown => ChangeOutcome::Unclear,
                _ => ChangeOutcome::NotChanged,
            },
        };
        if matches!(changed, ChangeOutcome::Changed) {
            let mut changes = self.tell_change(realm, key, &signed_in, visitor);
            changes.extend(self.forgive(&subjects));
            // Whoever else is signed in may know the old password; who has just typed both stays.
            let now = self.now();
            changes.push(self.end_sessions(key, now));
            let since = now.millis().saturating_add(1);
            changes.push(self.keep_session(&handle, &SignedIn { must_change: false, since, ..signed_in.clone() }));
            self.store.commit(changes).await?;
            self.posted.notify_one();
        }
        Ok(Some(changed))
    }

    /// Counts a try; answers until when there are no more, if the last one is used up.
    async fn count_try(&self, subjects: &Subjects) -> Result<Option<Timestamp>, Trouble> {
        for _ in 0..COUNT_TRIES_MAX {
            let now = self.now();
            let seen = self.look(&Counter::SIGN_INS, subjects, now).await?;
            if let Some(until) = seen.pauses.values().max() {
                return Ok(Some(*until));
            }
            let counts = Counter::SIGN_INS.iter().flat_map(|counter| self.count(*counter, subjects, &seen, now));
            if self.store.commit(counts.collect()).await? == Committed::Done {
                return Ok(None);
            }
        }
        Err(Trouble::Busy(COUNT_TRIES_MAX))
    }

    /// A right password sets the account's count of tries back.
    fn forgive(&self, subjects: &Subjects) -> Option<Change> {
        self.uncount(Counter::SignInsByAccount, subjects)
    }

    fn keep_session(&self, handle: &Handle, signed_in: &SignedIn) -> Change {
        Change::Keep {
            shelf: Shelf::Session,
            key: handle.hash(),
            value: serde_json::to_vec(signed_in).expect("texts can be written as JSON"),
            expires_at: self.now().plus(SESSION_SECONDS).millis(),
        }
    }

    async fn note(
        &self,
        realm: &Realm,
        account: Key,
        user_name: &str,
        event: AuditEvent,
        visitor: &Visitor,
    ) -> Result<(), Trouble> {
        self.store.commit(vec![self.audit_row(realm, account, user_name, event, visitor)]).await?;
        Ok(())
    }

    fn tell_change(&self, realm: &Realm, key: Key, signed_in: &SignedIn, visitor: &Visitor) -> Vec<Change> {
        let report: [u8; 32] = self.random();
        let told = crate::report::Told {
            account: &signed_in.account,
            user_name: &signed_in.user_name,
            key,
            reference: String::new(),
        };
        let mut changes = self.tell_reset(realm, &told, report, visitor);
        changes.push(self.audit_row(realm, key, &signed_in.user_name, AuditEvent::PasswordChanged, visitor));
        changes
    }
}
