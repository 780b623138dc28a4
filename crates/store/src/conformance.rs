//! What every [`Store`] promises, as tests that any adapter runs against itself. For tests only.
//!
//! [`conformance_tests!`](crate::conformance_tests) makes one `#[tokio::test]` of each; the adapter gives a
//! [`Subject`]. Times are arguments everywhere, so that the suite never waits for a clock.

pub mod counts;
pub mod outbox;
pub mod recoveries;
pub mod shelves;
pub mod time;
pub mod together;
pub mod trail;

use crate::{
    AuditPerson, AuditQuery, AuditRow, Change, Committed, CountKey, Counted, Key, Millis, OutboxRow, OutboxStatus,
    SavedRecovery, Shelf, Store, StoreError,
};
use std::sync::Arc;

/// An empty store of its own for each test.
pub trait Subject: Send + Sync {
    /// Opens it; the second time finds what the first left. Only one is open at a time.
    fn open(&self) -> impl Future<Output = Arc<dyn Store>> + Send;
}

/// When the tests begin: some day in 2026. Milliseconds since 1970.
pub const NOW: Millis = 1_790_000_000_000;
pub const SECOND: Millis = 1000;
pub const MINUTE: Millis = 60 * SECOND;
pub const DAY: Millis = 24 * 60 * MINUTE;

/// A key that is told from others by its number.
pub fn key(number: u32) -> Key {
    let mut key = [0x4b; 32];
    key[..4].copy_from_slice(&number.to_be_bytes());
    key
}

/// A message's id that is told from others by its number.
pub fn id(number: u32) -> [u8; 16] {
    let mut id = [0x1d; 16];
    id[..4].copy_from_slice(&number.to_be_bytes());
    id
}

/// Version 1 of a recovery that lives for twenty minutes.
pub fn recovery(handle: u32, account: u32) -> SavedRecovery {
    SavedRecovery {
        handle: key(handle),
        account: key(account),
        version: 1,
        state: format!("state of {handle}").into_bytes(),
        wake_at: None,
        expires_at: NOW + 20 * MINUTE,
    }
}

/// The next version of a recovery, with another state.
pub fn next(saved: &SavedRecovery, state: &str) -> SavedRecovery {
    SavedRecovery { version: saved.version + 1, state: state.as_bytes().to_vec(), ..saved.clone() }
}

pub fn count_key(subject: u32) -> CountKey {
    CountKey { subject: key(subject), window_seconds: 3600, window_start: NOW }
}

pub fn count(subject: u32, max: u32) -> Change {
    Change::Count { key: count_key(subject), max, now: NOW, expires_at: NOW + DAY }
}

/// A code that is due now and worth sending for ten minutes.
pub fn message(number: u32, account: u32) -> OutboxRow {
    OutboxRow {
        id: id(number),
        account: key(account),
        purpose: "code".into(),
        kind: "sms".into(),
        body: format!("body of {number}").into_bytes(),
        created_at: NOW,
        due_at: NOW,
        expires_at: NOW + 10 * MINUTE,
        tries: 0,
        status: OutboxStatus::Waiting,
        outcome: String::new(),
    }
}

pub fn person(account: u32) -> AuditPerson {
    AuditPerson { account: key(account), user_name: "camille.dubois@deuxrivieres.example".into() }
}

pub fn audit_row(reference: &str, account: u32, event: &str) -> AuditRow {
    AuditRow {
        at: NOW,
        reference: reference.into(),
        realm: "pupils".into(),
        event: event.into(),
        detail: "method=sms gate=1".into(),
        person: Some(person(account)),
        network: Some("192.0.2.7".into()),
    }
}

pub fn keep(shelf: Shelf, name: u32, value: &str, expires_at: Millis) -> Change {
    Change::Keep { shelf, key: key(name), value: value.as_bytes().to_vec(), expires_at }
}

/// Commits, and checks how it ended.
pub async fn check(store: &dyn Store, changes: Vec<Change>, expected: Committed) {
    let said = format!("{changes:?}");
    let committed = store.commit(changes).await.unwrap_or_else(|error| panic!("{error}: {said}"));
    assert_eq!(committed, expected, "{said}");
}

pub async fn done(store: &dyn Store, changes: Vec<Change>) {
    check(store, changes, Committed::Done).await;
}

pub async fn conflict(store: &dyn Store, changes: Vec<Change>) {
    check(store, changes, Committed::Conflict).await;
}

/// The state of a recovery as text, with its version; `None` when there is none.
pub async fn state(store: &dyn Store, handle: u32) -> Option<(u64, String)> {
    let found = ok(store.recovery(key(handle)).await)?;
    assert_eq!(found.handle, key(handle));
    Some((found.version, String::from_utf8_lossy(&found.state).into_owned()))
}

/// How often each of these was counted.
pub async fn times(store: &dyn Store, asked: Vec<CountKey>) -> Vec<u32> {
    ok(store.counts(asked).await).iter().map(|counted| counted.times).collect()
}

pub async fn counted(store: &dyn Store, subject: u32) -> u32 {
    times(store, vec![count_key(subject)]).await[0]
}

/// The numbers of the messages that are taken at `now`, in their order.
pub async fn take(store: &dyn Store, now: Millis, hold_until: Millis, max: u32) -> Vec<u32> {
    ok(store.take_messages(now, hold_until, max).await).iter().map(number).collect()
}

/// The number a message was made with.
pub fn number(row: &OutboxRow) -> u32 {
    let [a, b, c, d, ..] = row.id;
    u32::from_be_bytes([a, b, c, d])
}

pub fn ok<T>(result: Result<T, StoreError>) -> T {
    result.unwrap_or_else(|error| panic!("{error}"))
}

/// Makes a test of every promise. The argument is an expression that makes a fresh [`Subject`](conformance::Subject).
#[macro_export]
macro_rules! conformance_tests {
    ($subject:expr) => {
        $crate::conformance_tests! { @tests $subject;
            recoveries: a_recovery_is_found_as_it_was_saved, a_handle_is_created_once, an_update_needs_the_version_before_it,
                a_recovery_that_is_gone_can_not_be_updated, a_recovery_can_change_its_account,
                ending_the_others_leaves_one, ending_the_others_takes_queued_codes_along, recoveries_wake_in_order;
            counts: what_was_never_counted_is_zero, a_count_stops_at_its_limit, windows_are_counted_apart,
                a_limit_of_zero_lets_nobody_in, a_count_begins_anew_once_its_time_has_passed, uncounting_clears_every_window, one_commit_may_count_twice;
            outbox: a_message_is_taken_as_it_was_posted, a_taken_message_is_held_and_then_released, a_node_that_starts_frees_what_it_held,
                messages_are_taken_oldest_first, a_message_is_not_taken_before_it_is_due,
                a_delivered_message_loses_its_body_and_stays, a_message_given_up_stays_with_its_reason,
                a_message_is_tried_again_when_it_is_due, an_expired_message_is_still_taken,
                a_message_posted_twice_is_sent_once, a_late_delivery_is_believed,
                settling_what_is_gone_changes_nothing, the_next_message_due_is_known,
                messages_of_an_account_are_newest_first;
            shelves: a_kept_value_is_found_until_its_time_has_passed, a_value_replaces_the_one_before,
                a_value_is_kept_once_until_its_time_has_passed, a_dropped_value_is_gone,
                shelves_do_not_mix, all_values_of_a_shelf_come_in_the_order_of_their_keys;
            trail: the_trail_of_a_reference_is_newest_first, the_trail_of_an_account_is_its_own,
                empty_names_are_kept_as_such, a_row_about_nobody_is_kept_as_such, rows_hang_together_in_their_order,
                an_erased_person_leaves_a_chain_that_holds, a_head_is_signed_once_for_each_place,
                what_was_forgotten_leaves_a_chain_that_holds, a_trail_that_is_all_forgotten_goes_on,
                a_row_that_is_rolled_back_was_never_there;
            time: each_thing_is_forgotten_in_its_time, forgetting_takes_everything_however_much,
                forgetting_nothing_says_so;
            together: a_conflict_in_the_middle_leaves_nothing, an_empty_commit_is_done,
                two_takers_of_the_last_place_do_not_both_get_it, two_updates_of_one_version_do_not_both_win,
                two_workers_do_not_take_the_same_message, a_conflict_does_not_touch_its_neighbours,
                what_a_commit_says_is_read_at_once;
        }
        $crate::conformance_tests! { @reopening $subject;
            together: two_hundred_commits_at_once_are_all_there_on_reopening, reopening_finds_everything,
                a_closed_store_says_so, a_dropped_store_keeps_what_it_acknowledged;
        }
    };
    (@tests $subject:expr; $($room:ident: $($name:ident),+;)+) => {
        $($(
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $name() {
                let subject = $subject;
                let store = $crate::conformance::Subject::open(&subject).await;
                $crate::conformance::$room::$name(store.clone()).await;
                store.close().await.expect("a store closes");
            }
        )+)+
    };
    (@reopening $subject:expr; $($room:ident: $($name:ident),+;)+) => {
        $($(
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $name() {
                $crate::conformance::$room::$name(&$subject).await;
            }
        )+)+
    };
}
