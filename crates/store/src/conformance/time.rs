//! Forgetting: the clock is moved by hand.

use super::*;
use crate::Retention;

pub async fn each_thing_is_forgotten_in_its_time(store: Arc<dyn Store>) {
    let until = NOW + MINUTE;
    let kept = Retention::default();
    done(
        &*store,
        vec![
            Change::CreateRecovery(SavedRecovery { expires_at: until, ..recovery(1, 9) }),
            Change::Count { key: count_key(1), max: 9, now: NOW, expires_at: until },
            Change::Post(OutboxRow { expires_at: until, ..message(1, 9) }),
            keep(Shelf::Session, 1, "anna", until),
            Change::Record(audit_row("R-1", 9, "begun")),
        ],
    )
    .await;
    assert_eq!(ok(store.forget(until - 1).await), 0);
    assert_eq!(state(&*store, 1).await, Some((1, "state of 1".into())));
    assert_eq!(counted(&*store, 1).await, 1);

    assert_eq!(ok(store.forget(until).await), 4, "the recovery, the count, the session, and what stood in the message");
    assert_eq!(state(&*store, 1).await, None);
    assert_eq!(counted(&*store, 1).await, 0);
    assert_eq!(ok(store.kept(Shelf::Session, key(1), NOW).await), None);

    assert_eq!(ok(store.forget(until + kept.messages - 1).await), 0);
    assert_eq!(ok(store.messages_of(key(9), 10).await).len(), 1);
    assert_eq!(ok(store.forget(until + kept.messages).await), 1);
    assert_eq!(ok(store.messages_of(key(9), 10).await).len(), 0);

    assert_eq!(ok(store.forget(NOW + kept.networks).await), 0);
    assert_eq!(ok(store.forget(NOW + kept.networks + 1).await), 1, "the network, and not the line");
    assert_eq!(ok(store.audit(AuditQuery::Account(key(9)), 10).await)[0].network, None);
    assert_eq!(ok(store.forget(NOW + kept.audit).await), 0);
    assert_eq!(ok(store.audit(AuditQuery::Account(key(9)), 10).await).len(), 1);
    assert_eq!(ok(store.forget(NOW + kept.audit + 1).await), 1);
    assert_eq!(ok(store.audit(AuditQuery::Account(key(9)), 10).await).len(), 0);
}

/// More rows than an adapter would delete in one go.
pub async fn forgetting_takes_everything_however_much(store: Arc<dyn Store>) {
    let rows = 1500;
    done(&*store, (0..rows).map(|number| Change::CreateRecovery(recovery(number, number))).collect()).await;
    done(&*store, (0..rows).map(|number| count(number, 1)).collect()).await;
    done(&*store, (0..rows).map(|number| keep(Shelf::Contacts, number, "x", NOW)).collect()).await;
    done(&*store, vec![keep(Shelf::Contacts, rows, "stays", NOW + 2 * DAY)]).await;
    assert_eq!(ok(store.forget(NOW + DAY).await), 3 * u64::from(rows));
    assert_eq!(ok(store.all_kept(Shelf::Contacts, NOW).await).len(), 1);
}

pub async fn forgetting_nothing_says_so(store: Arc<dyn Store>) {
    assert_eq!(ok(store.forget(NOW).await), 0);
    assert_eq!(ok(store.forget(i64::MAX).await), 0);
    assert_eq!(ok(store.forget(i64::MIN).await), 0);
}
