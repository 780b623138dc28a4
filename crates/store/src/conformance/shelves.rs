//! Shelves: small values that are kept by key until their time has passed.

use super::*;

async fn kept(store: &dyn Store, shelf: Shelf, name: u32, now: Millis) -> Option<String> {
    ok(store.kept(shelf, key(name), now).await).map(|value| String::from_utf8_lossy(&value).into_owned())
}

fn once(name: u32, value: &str, now: Millis, expires_at: Millis) -> Change {
    Change::KeepOnce { shelf: Shelf::ToldOwner, key: key(name), value: value.as_bytes().to_vec(), now, expires_at }
}

pub async fn a_kept_value_is_found_until_its_time_has_passed(store: Arc<dyn Store>) {
    done(&*store, vec![keep(Shelf::Session, 1, "anna", NOW + MINUTE)]).await;
    assert_eq!(kept(&*store, Shelf::Session, 1, NOW).await.as_deref(), Some("anna"));
    assert_eq!(kept(&*store, Shelf::Session, 1, NOW + MINUTE - 1).await.as_deref(), Some("anna"));
    assert_eq!(kept(&*store, Shelf::Session, 1, NOW + MINUTE).await, None);
    assert_eq!(kept(&*store, Shelf::Session, 2, NOW).await, None);
}

pub async fn a_value_replaces_the_one_before(store: Arc<dyn Store>) {
    done(&*store, vec![keep(Shelf::Census, 1, "old", NOW + DAY)]).await;
    done(&*store, vec![keep(Shelf::Census, 1, "", NOW + MINUTE)]).await;
    assert_eq!(kept(&*store, Shelf::Census, 1, NOW).await.as_deref(), Some(""));
    assert_eq!(kept(&*store, Shelf::Census, 1, NOW + MINUTE).await, None);
}

pub async fn a_value_is_kept_once_until_its_time_has_passed(store: Arc<dyn Store>) {
    done(&*store, vec![once(1, "first", NOW, NOW + MINUTE)]).await;
    conflict(&*store, vec![once(1, "second", NOW, NOW + DAY)]).await;
    conflict(&*store, vec![once(1, "second", NOW + MINUTE - 1, NOW + DAY)]).await;
    assert_eq!(kept(&*store, Shelf::ToldOwner, 1, NOW).await.as_deref(), Some("first"));
    done(&*store, vec![once(1, "third", NOW + MINUTE, NOW + DAY)]).await;
    assert_eq!(kept(&*store, Shelf::ToldOwner, 1, NOW + MINUTE).await.as_deref(), Some("third"));
    done(&*store, vec![once(2, "another", NOW, NOW + DAY)]).await;
}

pub async fn a_dropped_value_is_gone(store: Arc<dyn Store>) {
    done(&*store, vec![keep(Shelf::Pause, 1, "a", NOW + DAY), keep(Shelf::Pause, 2, "b", NOW + DAY)]).await;
    done(&*store, vec![Change::Drop { shelf: Shelf::Pause, key: key(1) }]).await;
    done(&*store, vec![Change::Drop { shelf: Shelf::Pause, key: key(1) }]).await;
    assert_eq!(kept(&*store, Shelf::Pause, 1, NOW).await, None);
    assert_eq!(kept(&*store, Shelf::Pause, 2, NOW).await.as_deref(), Some("b"));
}

pub async fn shelves_do_not_mix(store: Arc<dyn Store>) {
    let all = Shelf::ALL;
    done(&*store, all.iter().map(|shelf| keep(*shelf, 1, shelf.name(), NOW + DAY)).collect()).await;
    for &shelf in all {
        assert_eq!(kept(&*store, shelf, 1, NOW).await.as_deref(), Some(shelf.name()));
        assert_eq!(ok(store.all_kept(shelf, NOW).await).len(), 1);
    }
    done(&*store, vec![Change::Drop { shelf: Shelf::Report, key: key(1) }]).await;
    for &shelf in all {
        assert_eq!(kept(&*store, shelf, 1, NOW).await.is_some(), shelf != Shelf::Report);
    }
}

pub async fn all_values_of_a_shelf_come_in_the_order_of_their_keys(store: Arc<dyn Store>) {
    let keeping = [(3, "c", NOW + DAY), (1, "a", NOW + DAY), (2, "gone", NOW), (256, "d", NOW + DAY)];
    let changes = keeping.iter().map(|(name, value, until)| keep(Shelf::Contacts, *name, value, *until));
    done(&*store, changes.collect()).await;
    let expected = [(key(1), b"a".to_vec()), (key(3), b"c".to_vec()), (key(256), b"d".to_vec())];
    assert_eq!(ok(store.all_kept(Shelf::Contacts, NOW).await), expected);
}
