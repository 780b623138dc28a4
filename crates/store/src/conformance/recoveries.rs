//! Recoveries: handles, versions, and the end of all others.

use super::*;

pub async fn a_recovery_is_found_as_it_was_saved(store: Arc<dyn Store>) {
    let saved = SavedRecovery { wake_at: Some(NOW + 7), state: (0..=255).collect(), ..recovery(1, 9) };
    done(&*store, vec![Change::CreateRecovery(saved.clone())]).await;
    let found = ok(store.recovery(key(1)).await).expect("it was created");
    assert_eq!((found.handle, found.account, found.version), (key(1), key(9), 1));
    assert_eq!((found.state, found.wake_at, found.expires_at), (saved.state, Some(NOW + 7), saved.expires_at));
    assert!(ok(store.recovery(key(2)).await).is_none());
}

pub async fn a_handle_is_created_once(store: Arc<dyn Store>) {
    done(&*store, vec![Change::CreateRecovery(recovery(1, 9))]).await;
    let other = SavedRecovery { state: b"another".to_vec(), ..recovery(1, 8) };
    conflict(&*store, vec![Change::CreateRecovery(other)]).await;
    assert_eq!(state(&*store, 1).await, Some((1, "state of 1".into())));
}

pub async fn an_update_needs_the_version_before_it(store: Arc<dyn Store>) {
    let first = recovery(1, 9);
    let second = SavedRecovery { wake_at: Some(NOW), expires_at: NOW + DAY, ..next(&first, "second") };
    done(&*store, vec![Change::CreateRecovery(first.clone())]).await;
    done(&*store, vec![Change::UpdateRecovery(second.clone())]).await;
    for version in [0, 1, 2, 4, u64::MAX] {
        conflict(&*store, vec![Change::UpdateRecovery(SavedRecovery { version, ..first.clone() })]).await;
    }
    let found = ok(store.recovery(key(1)).await).expect("it is still there");
    assert_eq!((found.version, found.state.as_slice()), (2, &b"second"[..]));
    assert_eq!((found.wake_at, found.expires_at), (Some(NOW), NOW + DAY));
}

pub async fn a_recovery_that_is_gone_can_not_be_updated(store: Arc<dyn Store>) {
    conflict(&*store, vec![Change::UpdateRecovery(next(&recovery(1, 9), "second"))]).await;
    assert_eq!(state(&*store, 1).await, None);
}

pub async fn a_recovery_can_change_its_account(store: Arc<dyn Store>) {
    let first = recovery(1, 9);
    let second = SavedRecovery { account: key(8), ..next(&first, "another name") };
    done(&*store, vec![Change::CreateRecovery(first)]).await;
    done(&*store, vec![Change::UpdateRecovery(second)]).await;
    done(&*store, vec![Change::EndOtherRecoveries { account: key(9), except: key(2) }]).await;
    assert_eq!(state(&*store, 1).await, Some((2, "another name".into())));
    done(&*store, vec![Change::EndOtherRecoveries { account: key(8), except: key(2) }]).await;
    assert_eq!(state(&*store, 1).await, None);
}

pub async fn ending_the_others_leaves_one(store: Arc<dyn Store>) {
    let created = [recovery(1, 9), recovery(2, 9), recovery(3, 9), recovery(4, 8)];
    done(&*store, created.into_iter().map(Change::CreateRecovery).collect()).await;
    done(&*store, vec![Change::EndOtherRecoveries { account: key(9), except: key(2) }]).await;
    assert_eq!(state(&*store, 1).await, None);
    assert_eq!(state(&*store, 2).await, Some((1, "state of 2".into())));
    assert_eq!(state(&*store, 3).await, None);
    assert_eq!(state(&*store, 4).await, Some((1, "state of 4".into())));
}

pub async fn ending_the_others_takes_queued_codes_along(store: Arc<dyn Store>) {
    let notice = OutboxRow { purpose: "notice".into(), ..message(2, 9) };
    let posted = [message(1, 9), notice, message(3, 8), message(4, 9)];
    done(&*store, posted.into_iter().map(Change::Post).collect()).await;
    let sent = Change::Delivered { id: id(4), channel: "kannel".into(), reference: "r4".into(), at: NOW };
    done(&*store, vec![sent]).await;
    done(&*store, vec![Change::EndOtherRecoveries { account: key(9), except: key(1) }, Change::Post(message(5, 9))])
        .await;
    assert_eq!(take(&*store, NOW, NOW + MINUTE, 10).await, [2, 3, 5]);
    let left: Vec<u32> = ok(store.messages_of(key(9), 10).await).iter().map(number).collect();
    assert_eq!(left, [5, 4, 2], "what was delivered stays on record");
}

pub async fn recoveries_wake_in_order(store: Arc<dyn Store>) {
    let waking = |handle, wake_at| SavedRecovery { wake_at, ..recovery(handle, 9) };
    let created = [waking(1, Some(NOW + 3)), waking(2, Some(NOW + 1)), waking(3, None), waking(4, Some(NOW + 2))];
    done(&*store, created.into_iter().map(Change::CreateRecovery).collect()).await;
    for (now, max, expected) in [
        (NOW, 10, &[][..]),
        (NOW + 1, 10, &[2][..]),
        (NOW + 3, 10, &[2, 4, 1]),
        (NOW + DAY, 2, &[2, 4]),
        (NOW + DAY, 0, &[]),
    ] {
        let woken = ok(store.recoveries_to_wake(now, max).await);
        let handles: Vec<Key> = woken.iter().map(|saved| saved.handle).collect();
        assert_eq!(handles, expected.iter().map(|handle| key(*handle)).collect::<Vec<_>>(), "{now} {max}");
        assert!(woken.iter().all(|saved| saved.state.starts_with(b"state of ")));
    }
}
