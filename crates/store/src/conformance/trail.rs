//! The audit trail: what was recorded is found by reference and by account.

use super::*;

pub async fn the_trail_of_a_reference_is_newest_first(store: Arc<dyn Store>) {
    let first = AuditRow { at: NOW - 1, ..audit_row("R-1", 9, "begun") };
    let other = audit_row("R-2", 9, "begun");
    let last =
        AuditRow { user_name: "Zoé d'Été".into(), network: "2001:db8::7".into(), ..audit_row("R-1", 8, "sent") };
    done(&*store, vec![Change::Record(first.clone()), Change::Record(other), Change::Record(last.clone())]).await;
    let about = || AuditQuery::Reference("R-1".into());
    assert_eq!(ok(store.audit(about(), 10).await), [last.clone(), first]);
    assert_eq!(ok(store.audit(about(), 1).await), [last]);
    assert_eq!(ok(store.audit(AuditQuery::Reference("R-3".into()), 10).await), []);
}

pub async fn the_trail_of_an_account_is_its_own(store: Arc<dyn Store>) {
    let rows = [audit_row("R-1", 9, "begun"), audit_row("R-2", 8, "begun"), audit_row("R-3", 9, "reset")];
    done(&*store, rows.iter().cloned().map(Change::Record).collect()).await;
    let found = ok(store.audit(AuditQuery::Account(key(9)), 10).await);
    assert_eq!(found, [rows[2].clone(), rows[0].clone()]);
    assert_eq!(ok(store.audit(AuditQuery::Account(key(7)), 10).await), []);
}

pub async fn empty_names_are_kept_as_such(store: Arc<dyn Store>) {
    let row = AuditRow { user_name: String::new(), network: String::new(), ..audit_row("", 9, "forgot") };
    done(&*store, vec![Change::Record(row.clone()), Change::Record(row.clone())]).await;
    assert_eq!(ok(store.audit(AuditQuery::Reference(String::new()), 10).await), [row.clone(), row]);
}
