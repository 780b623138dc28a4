//! Counts: limits that hold, windows apart.

use super::*;

pub async fn what_was_never_counted_is_zero(store: Arc<dyn Store>) {
    assert_eq!(times(&*store, vec![]).await, [0; 0]);
    assert_eq!(times(&*store, vec![count_key(1), count_key(2)]).await, [0, 0]);
}

pub async fn a_count_stops_at_its_limit(store: Arc<dyn Store>) {
    for expected in 1..=3 {
        done(&*store, vec![count(1, 3)]).await;
        assert_eq!(counted(&*store, 1).await, expected);
    }
    conflict(&*store, vec![count(1, 3)]).await;
    conflict(&*store, vec![count(1, 2)]).await;
    assert_eq!(counted(&*store, 1).await, 3);
    done(&*store, vec![count(1, u32::MAX)]).await;
    assert_eq!(times(&*store, vec![count_key(2), count_key(1)]).await, [0, 4], "in the order asked");
}

pub async fn windows_are_counted_apart(store: Arc<dyn Store>) {
    let hour = count_key(1);
    let later = CountKey { window_start: NOW + 1, ..hour.clone() };
    let day = CountKey { window_seconds: 86_400, ..hour.clone() };
    for (key, times) in [(&hour, 1), (&later, 2), (&day, 3)] {
        for _ in 0..times {
            done(&*store, vec![Change::Count { key: key.clone(), max: 3, now: NOW, expires_at: NOW + DAY }]).await;
        }
    }
    assert_eq!(times(&*store, vec![day, later, hour]).await, [3, 2, 1]);
}

pub async fn a_limit_of_zero_lets_nobody_in(store: Arc<dyn Store>) {
    conflict(&*store, vec![count(1, 0)]).await;
    assert_eq!(counted(&*store, 1).await, 0);
}

/// A count that is pushed on with every one added, and that nobody has cleaned away yet.
pub async fn a_count_begins_anew_once_its_time_has_passed(store: Arc<dyn Store>) {
    let at = |now: Millis, max| Change::Count { key: count_key(1), max, now, expires_at: now + MINUTE };
    let kept = async || ok(store.counts(vec![count_key(1)]).await)[0];
    done(&*store, vec![at(NOW, 2)]).await;
    done(&*store, vec![at(NOW + MINUTE - 1, 2)]).await;
    assert_eq!(kept().await, Counted { times: 2, expires_at: NOW + 2 * MINUTE - 1 });
    conflict(&*store, vec![at(NOW + 2 * MINUTE - 2, 2)]).await;
    done(&*store, vec![at(NOW + 2 * MINUTE - 1, 2)]).await;
    assert_eq!(kept().await, Counted { times: 1, expires_at: NOW + 3 * MINUTE - 1 });
}

pub async fn uncounting_clears_every_window(store: Arc<dyn Store>) {
    let day = CountKey { window_seconds: 86_400, ..count_key(1) };
    let by_day = Change::Count { key: day.clone(), max: 9, now: NOW, expires_at: NOW + DAY };
    done(&*store, vec![count(1, 9), by_day, count(2, 9)]).await;
    done(&*store, vec![Change::Uncount { subject: key(1) }]).await;
    assert_eq!(times(&*store, vec![count_key(1), day, count_key(2)]).await, [0, 0, 1]);
    done(&*store, vec![Change::Uncount { subject: key(3) }, count(1, 1)]).await;
    assert_eq!(counted(&*store, 1).await, 1);
}

pub async fn one_commit_may_count_twice(store: Arc<dyn Store>) {
    done(&*store, vec![count(1, 2), count(1, 2)]).await;
    assert_eq!(counted(&*store, 1).await, 2);
    conflict(&*store, vec![count(2, 1), count(2, 1)]).await;
    assert_eq!(counted(&*store, 2).await, 0);
}
