//! The audit trail: what was recorded is found by reference and by account.

use super::*;
use crate::Retention;
use crate::audit::{HeadKind, Part, Verdict, Verifier};

pub async fn the_trail_of_a_reference_is_newest_first(store: Arc<dyn Store>) {
    let first = AuditRow { at: NOW - 1, ..audit_row("R-1", 9, "begun") };
    let other = audit_row("R-2", 9, "begun");
    let last = AuditRow {
        person: Some(AuditPerson { user_name: "Zoé d'Été".into(), ..person(8) }),
        ..audit_row("R-1", 8, "sent")
    };
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
    let row = AuditRow {
        person: Some(AuditPerson { user_name: String::new(), ..person(9) }),
        network: Some(String::new()),
        ..audit_row("", 9, "forgot")
    };
    done(&*store, vec![Change::Record(row.clone()), Change::Record(row.clone())]).await;
    assert_eq!(ok(store.audit(AuditQuery::Reference(String::new()), 10).await), [row.clone(), row]);
}

pub async fn a_row_about_nobody_is_kept_as_such(store: Arc<dyn Store>) {
    let row = AuditRow { person: None, network: None, ..audit_row("", 9, "alarm") };
    done(&*store, vec![Change::Record(row.clone())]).await;
    assert_eq!(ok(store.audit(AuditQuery::Reference(String::new()), 10).await), [row]);
    let chain = ok(store.audit_chain(0, 10).await);
    assert!(chain.iter().all(|entry| entry.person == Part::None && entry.network == Part::None));
}

/// Checks the whole chain of the store, with all heads.
pub async fn verified(store: &dyn Store) -> Verdict {
    let (_, key) = store.audit_identity();
    let mut verifier = Verifier::new(&key, &ok(store.audit_heads(0).await));
    let mut after = 0;
    loop {
        let rows = ok(store.audit_chain(after, 7).await);
        rows.iter().for_each(|entry| verifier.row(entry));
        match rows.last() {
            Some(last) => after = last.seq,
            None => return verifier.finish(),
        }
    }
}

async fn rows(store: &dyn Store, count: u32) {
    for number in 0..count {
        let (one, other) = (audit_row("R-1", number, "begun"), audit_row("R-2", number, "sent"));
        done(store, vec![Change::Record(one), Change::Record(other)]).await;
    }
}

pub async fn rows_hang_together_in_their_order(store: Arc<dyn Store>) {
    rows(&*store, 10).await;
    ok(store.sign_audit_head(NOW).await).expect("a head");
    rows(&*store, 2).await;
    let chain = ok(store.audit_chain(0, 100).await);
    assert!(chain.iter().map(|entry| entry.seq).eq(1..=24), "{chain:?}");
    assert_eq!(ok(store.audit_chain(20, 2).await), chain[20..22]);
    let verdict = verified(&*store).await;
    assert_eq!(verdict.findings, []);
    let [node] = verdict.nodes.as_slice() else { panic!("one node: {verdict:?}") };
    assert_eq!((node.first, node.last.seq, node.rows, node.signed), (1, 24, 24, Some((20, NOW))));
}

pub async fn an_erased_person_leaves_a_chain_that_holds(store: Arc<dyn Store>) {
    rows(&*store, 3).await;
    done(&*store, vec![Change::EraseAudit { account: key(1), realm: "pupils".into(), at: NOW + 1 }]).await;
    assert_eq!(ok(store.audit(AuditQuery::Account(key(1)), 10).await), []);
    assert_eq!(ok(store.audit(AuditQuery::Account(key(2)), 10).await).len(), 2);
    let chain = ok(store.audit_chain(0, 100).await);
    let erased = |entry: &&crate::audit::Entry| {
        matches!((&entry.person, &entry.network), (Part::Erased { .. }, Part::Erased { .. }))
    };
    assert_eq!(chain.iter().filter(erased).map(|entry| entry.seq).collect::<Vec<_>>(), [3, 4]);
    let last = chain.last().expect("rows");
    assert_eq!((last.event.as_str(), last.detail.as_str(), last.at), ("audit_erased", "rows=2", NOW + 1));
    let verdict = verified(&*store).await;
    assert_eq!(verdict.findings, []);
    assert_eq!((verdict.nodes[0].erased_persons, verdict.nodes[0].erased_networks), (2, 2));
}

pub async fn a_head_is_signed_once_for_each_place(store: Arc<dyn Store>) {
    assert_eq!(ok(store.sign_audit_head(NOW).await), None, "nothing was written yet");
    rows(&*store, 1).await;
    let head = ok(store.sign_audit_head(NOW).await).expect("a head");
    let (node, key) = store.audit_identity();
    assert_eq!((head.node, head.tip.seq, head.kind), (node, 2, HeadKind::Head));
    assert!(head.is_signed_by(&key));
    assert_eq!(ok(store.sign_audit_head(NOW + 1).await), None, "nothing was written since");
    assert_eq!(ok(store.audit_heads(0).await), std::slice::from_ref(&head));
    assert_eq!(ok(store.audit_heads(2).await), [head]);
    assert_eq!(ok(store.audit_heads(3).await), []);
}

pub async fn what_was_forgotten_leaves_a_chain_that_holds(store: Arc<dyn Store>) {
    for number in 0..500 {
        let at = NOW + Millis::from(number);
        done(&*store, vec![Change::Record(AuditRow { at, ..audit_row("R-1", number, "begun") })]).await;
        if number % 100 == 50 {
            ok(store.sign_audit_head(at).await);
        }
    }
    // Row 301 is stamped 300: the first that is not older.
    assert_eq!(
        ok(store.forget(NOW + 300 + Retention::default().audit).await),
        300 + 500,
        "and the networks in all of them"
    );
    let verdict = verified(&*store).await;
    assert_eq!(verdict.findings, []);
    assert_eq!((verdict.nodes[0].first, verdict.nodes[0].rows), (301, 200));
    let heads = ok(store.audit_heads(0).await);
    let starts: Vec<u64> = heads.iter().filter(|head| head.kind == HeadKind::Start).map(|head| head.tip.seq).collect();
    assert_eq!(starts, [300], "one start, and no head before it: {heads:?}");
    assert!(heads.iter().all(|head| head.tip.seq >= 300));
}

pub async fn a_trail_that_is_all_forgotten_goes_on(store: Arc<dyn Store>) {
    rows(&*store, 2).await;
    assert_eq!(ok(store.forget(NOW + Retention::default().audit + 1).await), 4 + 4);
    assert_eq!(ok(store.audit_chain(0, 10).await), []);
    assert_eq!(verified(&*store).await.findings, []);
    rows(&*store, 1).await;
    ok(store.sign_audit_head(NOW).await).expect("a head");
    let verdict = verified(&*store).await;
    assert_eq!(verdict.findings, []);
    assert_eq!((verdict.nodes[0].first, verdict.nodes[0].last.seq), (5, 6));
}

pub async fn a_row_that_is_rolled_back_was_never_there(store: Arc<dyn Store>) {
    done(&*store, vec![count(1, 1)]).await;
    let record = |number| vec![Change::Record(audit_row("R-1", number, "begun"))];
    for number in 0..20 {
        let refused = [record(number), vec![count(1, 1)]].concat();
        let (one, other, last) =
            tokio::join!(store.commit(record(number)), store.commit(refused), store.commit(record(number)));
        assert_eq!((ok(one), ok(other), ok(last)), (Committed::Done, Committed::Conflict, Committed::Done));
    }
    let verdict = verified(&*store).await;
    assert_eq!((verdict.findings.as_slice(), verdict.nodes[0].rows), ([].as_slice(), 40));
}
