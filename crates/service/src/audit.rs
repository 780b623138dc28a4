//! The audit trail: what is written into it, and by whom it is read.

pub mod cef;
mod lines;
pub(crate) mod ship;
pub mod syslog;

pub use lines::{AuditLine, LineFault, utc};
pub use ship::Shipping;

use crate::{Realm, Regain, Trouble, Visitor};
use recovery::{AuditEvent, Timestamp};
use store::{AuditPerson, AuditRow, Change, Key};

/// How a row is written for others.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum AuditFormat {
    /// A JSON object: all that a check needs.
    Json,
    /// ArcSight's Common Event Format.
    Cef,
}

/// Whom and what an event is about.
pub(crate) struct About<'a> {
    pub realm: &'a str,
    /// The recovery's; empty outside one.
    pub reference: String,
    pub account: Key,
    /// As typed.
    pub user_name: &'a str,
}

/// The row of an event, to be committed with what it tells of.
pub(crate) fn record(event: &AuditEvent, about: About<'_>, visitor: &Visitor, now: Timestamp) -> Change {
    Change::Record(AuditRow {
        at: now.millis(),
        reference: about.reference,
        realm: about.realm.to_owned(),
        event: event.name().to_owned(),
        detail: event.detail(),
        person: Some(AuditPerson { account: about.account, user_name: about.user_name.to_owned() }),
        network: (!visitor.is_nobody()).then(|| visitor.network()),
    })
}

impl Regain {
    /// The row of an event outside a recovery.
    pub(crate) fn audit_row(
        &self,
        realm: &Realm,
        account: Key,
        user_name: &str,
        event: AuditEvent,
        visitor: &Visitor,
    ) -> Change {
        let about = About { realm: &realm.name, reference: String::new(), account, user_name };
        record(&event, about, visitor, self.now())
    }

    /// The row of an event that is about no person: a budget, the keys, the store.
    pub fn event_row(&self, realm: &str, event: &AuditEvent) -> Change {
        Change::Record(AuditRow {
            at: self.now().millis(),
            reference: String::new(),
            realm: realm.to_owned(),
            event: event.name().to_owned(),
            detail: event.detail(),
            person: None,
            network: None,
        })
    }

    /// Signs where the trail stands, if anything was written since the last head. The head is in the log as well: kept
    /// apart from the store, it shows that nothing was cut off.
    pub(crate) async fn sign_audit(&self) {
        match self.store.sign_audit_head(self.now().millis()).await {
            Ok(None) => {}
            Ok(Some(head)) => {
                let head = AuditLine::Head(head).to_text();
                tracing::info!(audit.head = head, "The audit trail was signed.");
            }
            Err(error) => tracing::error!(%error, "The audit trail could not be signed."),
        }
    }

    /// Erases the personal part of every row about an account (GDPR, article 17): user name, account and network. The
    /// rows stay, with their commitments, and the chain with them; that it was done is a row of its own.
    ///
    /// # Errors
    /// When the store is away.
    pub async fn erase_audit(&self, realm: &Realm, account: Key) -> Result<(), Trouble> {
        let erase = Change::EraseAudit { account, realm: realm.name.clone(), at: self.now().millis() };
        self.store.commit(vec![erase]).await?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use store::audit::{Entry, Head, HeadKind, NodeId, Part, Signer, Tip, commit_network, commit_person};
    use store::{AuditPerson, Key};

    /// A row with everything in it.
    pub fn entry() -> Entry {
        named("anna@school.example")
    }

    /// The same of another user name.
    pub fn named(user_name: &str) -> Entry {
        let (salt, network) = ([7; 16], "192.0.2.7/32".to_owned());
        let person = AuditPerson { account: [9; 32], user_name: user_name.to_owned() };
        Entry {
            node: NodeId([1; 8]),
            seq: 42,
            at: 1_790_000_000_000,
            reference: "R7K 2MQ".into(),
            realm: "pupils".into(),
            event: "code_wrong".into(),
            detail: "gate=1".into(),
            person: Part::Kept { commitment: commit_person(&salt, &person), salt, value: person },
            network: Part::Kept { commitment: commit_network(&salt, &network), salt, value: network },
            hash: [8; 32],
        }
    }

    pub fn head() -> Head {
        let hash: Key = [8; 32];
        let seen = vec![store::audit::Seen { node: NodeId([2; 8]), tip: Tip { seq: 3, hash } }];
        Signer::from_root(&[7; 32]).sign(HeadKind::Head, NodeId([1; 8]), Tip { seq: 42, hash }, 1_790_000_001_000, seen)
    }
}
