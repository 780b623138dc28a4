//! Telling the operator in time: a mail, a line in the log and a row in the trail, once for each limit and window.

use super::{CODES_SENT, CODES_USED, Line, PER_DAY, Purse};
use crate::facts::count_key;
use crate::posted::{Asked, NOTICE_SECONDS, Posted};
use crate::{Regain, Trouble, Visitor};
use recovery::{AuditEvent, Limit, PhoneNumber, Timestamp, mac};
use serde::{Deserialize, Serialize};
use store::{Change, Key, Shelf};

/// The part of a limit at which the alarm is raised. Percent.
const ALARM_PERCENT: u64 = 80;

/// Codes to one block in a day from which on it is looked at how many of them are used.
const CODES_MIN: u32 = 30;

/// Where fewer than one in this many codes is used, people did not ask for them. Of honest ones most are.
const USED_ONE_IN: u32 = 10;

/// What the operator is told.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) enum Warning {
    /// A limit of the budget is nearly used up.
    Budget { block: Option<String>, counted: u32, max: u32, until: i64 },
    /// Codes are sent to a block of numbers, and hardly any is used.
    Unused { block: String, sent: u32, used: u32 },
}

impl Warning {
    fn event(&self) -> AuditEvent {
        match self.clone() {
            Warning::Budget { block, counted, max, .. } => AuditEvent::BudgetNearlyUsed { block, counted, max },
            Warning::Unused { block, sent, used } => AuditEvent::CodesNotUsed { block: Some(block), sent, used },
        }
    }
}

impl Regain {
    /// Looks at the counts after a message was taken out of the budget.
    pub(super) async fn look_at_budget(
        &self,
        lines: &[Line<'_>],
        number: &PhoneNumber,
        now: Timestamp,
    ) -> Result<(), Trouble> {
        let codes = [CODES_SENT, CODES_USED].map(|what| self.codes_key(what, number, now));
        let keys = lines.iter().map(|line| line.key.clone()).chain(codes).collect();
        let counts: Vec<u32> = self.store.counts(keys).await?.iter().map(|counted| counted.times).collect();
        let (counts, codes) = counts.split_at(lines.len().min(counts.len()));
        for (line, &counted) in lines.iter().zip(counts) {
            if is_nearly_used(counted, line.limit) {
                self.warn_of(line, number, counted, now).await?;
            }
        }
        if let &[sent, used] = codes
            && sent >= CODES_MIN
            && used.saturating_mul(USED_ONE_IN) < sent
        {
            let warning = Warning::Unused { block: number.block(), sent, used };
            let once = count_key(mac(&self.keys.count, &[b"unused", number.block().as_bytes()]), &PER_DAY, now);
            self.raise(warning, &once, PER_DAY.expires_at(now), true, now).await?;
        }
        Ok(())
    }

    async fn warn_of(
        &self,
        line: &Line<'_>,
        number: &PhoneNumber,
        counted: u32,
        now: Timestamp,
    ) -> Result<(), Trouble> {
        let until = line.limit.expires_at(now);
        // One person's telephone is a nuisance and no bill: it is in the log and the trail, and nobody is woken.
        let by_mail = line.purse != Purse::Contact;
        let block = (line.purse != Purse::Overall).then(|| number.block());
        let warning = Warning::Budget { block, counted, max: line.limit.max(), until: until.millis() };
        self.raise(warning, &line.key, until, by_mail, now).await
    }

    /// Tells the operator, unless it was told in this window: by this worker, by another, or by another node.
    async fn raise(
        &self,
        warning: Warning,
        about: &store::CountKey,
        until: Timestamp,
        by_mail: bool,
        now: Timestamp,
    ) -> Result<(), Trouble> {
        let (window, start) = (about.window_seconds.to_be_bytes(), about.window_start.to_be_bytes());
        let key: Key = mac(&self.keys.count, &[b"alarm", &about.subject, &window, &start]);
        if self.store.kept(Shelf::Alarm, key, now.millis()).await?.is_some() {
            return Ok(());
        }
        let event = warning.event();
        let once = Change::KeepOnce {
            shelf: Shelf::Alarm,
            key,
            value: Vec::new(),
            now: now.millis(),
            expires_at: until.millis(),
        };
        let mut changes = vec![once, self.event_row("", &event)];
        if by_mail {
            let visitor = Visitor::nobody();
            let posted = Posted::Warning { warning, asked: Asked::by(&visitor, "", "", String::new(), now) };
            changes.push(self.post(&posted, [0; 32], now, now.plus(NOTICE_SECONDS)));
        }
        if self.store.commit(changes).await? == store::Committed::Done {
            tracing::warn!(
                event = event.name(),
                detail = event.detail(),
                "Messages by telephone: somebody may be running up a bill."
            );
            self.posted.notify_one();
        }
        Ok(())
    }
}

fn is_nearly_used(counted: u32, limit: &Limit) -> bool {
    u64::from(counted) * 100 >= u64::from(limit.max()) * ALARM_PERCENT
}
