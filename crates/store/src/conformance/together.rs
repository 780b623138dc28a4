//! All or nothing, many at once, and the next time it is opened.

use super::*;

/// Starts all commits at once and tells how many were done and how many met a conflict.
async fn at_once(store: &Arc<dyn Store>, commits: Vec<Vec<Change>>) -> (usize, usize) {
    let start = Arc::new(tokio::sync::Barrier::new(commits.len()));
    let running: Vec<_> = commits
        .into_iter()
        .map(|changes| {
            let (store, start) = (store.clone(), start.clone());
            tokio::spawn(async move {
                start.wait().await;
                ok(store.commit(changes).await)
            })
        })
        .collect();
    let (mut done, mut conflicts) = (0, 0);
    for commit in running {
        match commit.await.expect("a commit does not panic") {
            Committed::Done => done += 1,
            Committed::Conflict => conflicts += 1,
        }
    }
    (done, conflicts)
}

pub async fn a_conflict_in_the_middle_leaves_nothing(store: Arc<dyn Store>) {
    let first = recovery(1, 9);
    done(&*store, vec![Change::CreateRecovery(first.clone()), Change::Post(message(7, 9)), count(7, 9)]).await;
    done(&*store, vec![keep(Shelf::Session, 7, "stays", NOW + DAY)]).await;
    let before = || {
        vec![
            Change::CreateRecovery(recovery(2, 9)),
            Change::UpdateRecovery(next(&first, "second")),
            count(1, 9),
            Change::Uncount { subject: key(7) },
            Change::Post(message(1, 9)),
            Change::GivenUp { id: id(7), reason: "no".into(), at: NOW },
            keep(Shelf::Session, 1, "x", NOW + DAY),
            Change::Drop { shelf: Shelf::Session, key: key(7) },
            Change::Record(audit_row("R-1", 9, "begun")),
        ]
    };
    let stale = SavedRecovery { version: 5, ..first.clone() };
    let held_shelf =
        Change::KeepOnce { shelf: Shelf::Session, key: key(1), value: b"y".to_vec(), now: NOW, expires_at: NOW + DAY };
    for guard in [Change::CreateRecovery(recovery(1, 8)), Change::UpdateRecovery(stale), count(8, 0), held_shelf] {
        let changes = [before(), vec![guard, Change::Record(audit_row("R-2", 9, "never"))]].concat();
        conflict(&*store, changes).await;
        assert_eq!(state(&*store, 1).await, Some((1, "state of 1".into())));
        assert_eq!(state(&*store, 2).await, None);
        assert_eq!((counted(&*store, 1).await, counted(&*store, 7).await), (0, 1));
        let messages = ok(store.messages_of(key(9), 10).await);
        assert_eq!(
            messages.iter().map(|row| (number(row), row.status)).collect::<Vec<_>>(),
            [(7, OutboxStatus::Waiting)]
        );
        assert_eq!(ok(store.all_kept(Shelf::Session, NOW).await), [(key(7), b"stays".to_vec())]);
        assert_eq!(ok(store.audit(AuditQuery::Account(key(9)), 10).await), []);
    }
    assert_eq!(take(&*store, NOW, NOW + DAY, 10).await, [7], "with its body");
}

pub async fn an_empty_commit_is_done(store: Arc<dyn Store>) {
    done(&*store, vec![]).await;
}

pub async fn two_takers_of_the_last_place_do_not_both_get_it(store: Arc<dyn Store>) {
    for round in 0..50 {
        done(&*store, vec![count(round, 2)]).await;
        let takers = (0..2).map(|taker| vec![count(round, 2), keep(Shelf::Report, taker, "in", NOW + DAY)]).collect();
        assert_eq!(at_once(&store, takers).await, (1, 1));
        assert_eq!(counted(&*store, round).await, 2);
    }
}

pub async fn two_updates_of_one_version_do_not_both_win(store: Arc<dyn Store>) {
    for round in 0..50 {
        let first = recovery(round, 9);
        done(&*store, vec![Change::CreateRecovery(first.clone())]).await;
        let updates = ["left", "right"].map(|state| vec![Change::UpdateRecovery(next(&first, state))]);
        assert_eq!(at_once(&store, updates.to_vec()).await, (1, 1));
        let (version, text) = state(&*store, round).await.expect("it is there");
        assert!(version == 2 && (text == "left" || text == "right"), "{version} {text}");
    }
}

pub async fn two_workers_do_not_take_the_same_message(store: Arc<dyn Store>) {
    done(&*store, (0..100).map(|number| Change::Post(message(number, 9))).collect()).await;
    let workers: Vec<_> = (0..8)
        .map(|_| {
            let store = store.clone();
            tokio::spawn(async move {
                let mut taken = Vec::new();
                loop {
                    match take(&*store, NOW, NOW + MINUTE, 7).await {
                        some if some.is_empty() => break taken,
                        some => taken.extend(some),
                    }
                }
            })
        })
        .collect();
    let mut taken = Vec::new();
    for worker in workers {
        taken.extend(worker.await.expect("a worker does not panic"));
    }
    taken.sort_unstable();
    assert_eq!(taken, (0..100).collect::<Vec<u32>>());
}

/// Commits that fall into one group keep their own fate.
pub async fn a_conflict_does_not_touch_its_neighbours(store: Arc<dyn Store>) {
    let commits = (0..100).map(|number| vec![Change::CreateRecovery(recovery(number, 9)), count(number % 50, 1)]);
    assert_eq!(at_once(&store, commits.collect()).await, (50, 50));
    let mut found = 0;
    for number in 0..50 {
        let pair = [state(&*store, number).await, state(&*store, number + 50).await];
        found += pair.iter().flatten().count();
        assert_eq!(pair.iter().flatten().count(), 1, "{number}");
        assert_eq!(counted(&*store, number).await, 1);
    }
    assert_eq!(found, 50);
}

pub async fn what_a_commit_says_is_read_at_once(store: Arc<dyn Store>) {
    let mut saved = recovery(1, 9);
    done(&*store, vec![Change::CreateRecovery(saved.clone())]).await;
    for _ in 0..200 {
        saved = next(&saved, "next");
        done(&*store, vec![Change::UpdateRecovery(saved.clone())]).await;
        assert_eq!(state(&*store, 1).await.map(|(version, _)| version), Some(saved.version));
    }
}

pub async fn two_hundred_commits_at_once_are_all_there_on_reopening(subject: &impl Subject) {
    let store = subject.open().await;
    let commits = (0..200).map(|number| {
        vec![Change::CreateRecovery(recovery(number, number)), count(1, 200), Change::Post(message(number, number))]
    });
    assert_eq!(at_once(&store, commits.collect()).await, (200, 0));
    conflict(&*store, vec![count(1, 200)]).await;
    ok(store.close().await);
    drop(store);
    let store = subject.open().await;
    for number in 0..200 {
        assert_eq!(state(&*store, number).await, Some((1, format!("state of {number}"))));
    }
    assert_eq!(counted(&*store, 1).await, 200);
    assert_eq!(take(&*store, NOW, NOW + MINUTE, 1000).await.len(), 200);
    ok(store.close().await);
}

pub async fn reopening_finds_everything(subject: &impl Subject) {
    let store = subject.open().await;
    done(
        &*store,
        vec![
            Change::CreateRecovery(recovery(1, 9)),
            count(1, 9),
            Change::Post(message(1, 9)),
            Change::Post(OutboxRow { due_at: NOW + 1, ..message(2, 9) }),
            keep(Shelf::Contacts, 1, "a contact", NOW + DAY),
            Change::Record(audit_row("R-1", 9, "begun")),
        ],
    )
    .await;
    assert_eq!(take(&*store, NOW, NOW + MINUTE, 1).await, [1]);
    ok(store.close().await);
    drop(store);

    let store = subject.open().await;
    assert_eq!(state(&*store, 1).await, Some((1, "state of 1".into())));
    assert_eq!(counted(&*store, 1).await, 1);
    assert_eq!(ok(store.kept(Shelf::Contacts, key(1), NOW).await).as_deref(), Some(&b"a contact"[..]));
    assert_eq!(ok(store.audit(AuditQuery::Reference("R-1".into()), 9).await), [audit_row("R-1", 9, "begun")]);
    assert_eq!(take(&*store, NOW + 1, NOW + MINUTE, 9).await, [2], "1 is still held");
    assert_eq!(take(&*store, NOW + MINUTE, NOW + DAY, 9).await, [1, 2]);
    done(&*store, vec![Change::UpdateRecovery(next(&recovery(1, 9), "after"))]).await;
    ok(store.close().await);
}

pub async fn a_closed_store_says_so(subject: &impl Subject) {
    let store = subject.open().await;
    done(&*store, vec![count(1, 9)]).await;
    ok(store.close().await);
    assert!(matches!(store.commit(vec![count(1, 9)]).await, Err(StoreError::Closed)));
    assert!(matches!(store.counts(vec![count_key(1)]).await, Err(StoreError::Closed)));
    assert!(matches!(store.take_messages(NOW, NOW, 1).await, Err(StoreError::Closed)));
    assert!(matches!(store.forget(NOW).await, Err(StoreError::Closed)));
    ok(store.close().await);
}

pub async fn a_dropped_store_keeps_what_it_acknowledged(subject: &impl Subject) {
    let store = subject.open().await;
    done(&*store, vec![Change::CreateRecovery(recovery(1, 9))]).await;
    drop(store);
    let store = subject.open().await;
    assert_eq!(state(&*store, 1).await, Some((1, "state of 1".into())));
    done(&*store, vec![Change::UpdateRecovery(next(&recovery(1, 9), "after"))]).await;
    ok(store.close().await);
}
