//! "That was not me": the link in a notice can only report. Its page, by POST, alerts the secretariat and pauses
//! *further* recoveries of the account.

use crate::facts::Subjects;
use crate::posted::{Asked, NOTICE_SECONDS, Posted, What, following_id};
use crate::{Realm, Regain, Trouble, Visitor};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use recovery::{AuditEvent, Counter, Timestamp, UserName};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use store::{Change, Committed, Key, Shelf};

/// How long the link works: seven days.
pub(crate) const REPORT_SECONDS: u32 = 7 * 24 * 3600;

/// What a link may report.
#[derive(Serialize, Deserialize)]
pub(crate) struct Reportable {
    realm: String,
    user_name: String,
    pub(crate) account: Key,
    reference: String,
    at: i64,
}

/// What a report is about, for its page.
#[derive(Clone, Debug)]
pub struct Report {
    /// When the password was reset.
    pub at: Timestamp,
}

/// Whose contacts are told that the password was reset.
pub(crate) struct Told<'a> {
    /// The lasting id of the account in its directory.
    pub account: &'a str,
    pub user_name: &'a str,
    pub key: Key,
    pub reference: String,
}

impl Regain {
    /// The changes that tell every contact of an account about a new password, with a link that may report it.
    pub(crate) fn tell_reset(
        &self,
        realm: &Realm,
        told: &Told<'_>,
        report: [u8; 32],
        visitor: &Visitor,
    ) -> Vec<Change> {
        let now = self.now();
        let reportable = Reportable {
            realm: realm.name.clone(),
            user_name: told.user_name.to_owned(),
            account: told.key,
            reference: told.reference.clone(),
            at: now.millis(),
        };
        let posted = Posted::TellContacts {
            account: told.account.to_owned(),
            what: What::PasswordReset { report: BASE64.encode(report) },
            asked: Asked::by(visitor, &realm.name, told.user_name, told.reference.clone(), now),
        };
        let keep = Change::Keep {
            shelf: Shelf::Report,
            key: Sha256::digest(report).into(),
            value: serde_json::to_vec(&reportable).expect("texts and numbers can be written as JSON"),
            expires_at: now.plus(REPORT_SECONDS).millis(),
        };
        vec![self.post(&posted, told.key, now, now.plus(NOTICE_SECONDS)), keep]
    }

    /// What a link would report; `None` when it is old, used or invented. Changes nothing.
    ///
    /// # Errors
    /// When the store is away.
    pub async fn reportable(&self, number: &str) -> Result<Option<Report>, Trouble> {
        let reportable = self.load_reportable(number).await?;
        Ok(reportable.map(|(_, reportable)| Report { at: Timestamp::from_millis(reportable.at) }))
    }

    /// Reports: pauses further recoveries of the account and alerts the secretariat. Answers until when; `None` when the
    /// link is old, used or invented.
    ///
    /// # Errors
    /// When the store is away.
    pub async fn report(&self, number: &str, visitor: &Visitor) -> Result<Option<Timestamp>, Trouble> {
        let Some((key, reportable)) = self.load_reportable(number).await? else { return Ok(None) };
        let Some(realm) = self.realm(&reportable.realm) else { return Ok(None) };
        let now = self.now();
        let until = now.plus(self.pause_seconds);
        let asked = Asked::by(visitor, &realm.name, &reportable.user_name, reportable.reference.clone(), now);
        let alert = Posted::Alert { until: until.millis(), asked };
        let alert_id = following_id(&self.keys.count, &[b"alert", &key]);
        let changes = vec![
            Change::Drop { shelf: Shelf::Report, key },
            // Whoever is in the middle of another walk may be the one whom the report is about.
            Change::EndOtherRecoveries { account: reportable.account, except: [0; 32] },
            // Nor is the browser of whoever it was known any longer, had it got in this very moment.
            self.forget_browsers(reportable.account, now.plus(1)),
            self.end_sessions(reportable.account, now),
            Change::Keep {
                shelf: Shelf::Pause,
                key: reportable.account,
                value: until.millis().to_be_bytes().to_vec(),
                expires_at: until.millis(),
            },
            // A double click reports once.
            self.post_once(alert_id, &alert, reportable.account, now, now.plus(NOTICE_SECONDS)),
            self.audit_row(realm, reportable.account, &reportable.user_name, AuditEvent::ReportedNotMe, visitor),
        ];
        let done = self.store.commit(changes).await? == Committed::Done;
        self.posted.notify_one();
        Ok(done.then_some(until))
    }

    /// Ends the pause of an account, for `regain resume USER`. Answers whether there was one.
    ///
    /// # Errors
    /// When the directory or the store is away.
    pub async fn resume(&self, realm: &str, user_name: &UserName) -> Result<bool, Trouble> {
        let realm = self.realm(realm).ok_or_else(|| Trouble::NoRealm(realm.to_owned()))?;
        let account = self.find_account(realm, user_name).await?;
        let key = self.account_key(realm, user_name, account.as_ref().map(|account| &account.id));
        let paused = self.store.kept(Shelf::Pause, key, self.now().millis()).await?.is_some();
        let resumed = self.audit_row(realm, key, user_name.as_str(), AuditEvent::Resumed, &Visitor::nobody());
        let mut changes = vec![Change::Drop { shelf: Shelf::Pause, key }, resumed];
        // Whom the secretariat knows need not wait for failures that somebody else made.
        let subjects = Subjects::of_account(key);
        changes.extend(Counter::FORGIVEN.iter().filter_map(|counter| self.uncount(*counter, &subjects)));
        self.store.commit(changes).await?;
        Ok(paused)
    }

    async fn load_reportable(&self, number: &str) -> Result<Option<(Key, Reportable)>, Trouble> {
        let Some(number) = BASE64.decode(number).ok().filter(|number| number.len() == 32) else { return Ok(None) };
        let key: Key = Sha256::digest(number).into();
        let kept = self.store.kept(Shelf::Report, key, self.now().millis()).await?;
        Ok(kept.and_then(|bytes| serde_json::from_slice(&bytes).ok()).map(|reportable| (key, reportable)))
    }
}
