//! The outbox: what is posted is taken, held, and settled.

use super::*;

const HOLD: Millis = NOW + MINUTE;

fn delivered(number: u32) -> Change {
    Change::Delivered { id: id(number), channel: "kannel".into(), reference: "ref-77".into(), at: NOW + 5 }
}

fn given_up(number: u32) -> Change {
    Change::GivenUp { id: id(number), reason: "too late".into(), at: NOW + 5 }
}

fn try_again(number: u32, due_at: Millis) -> Change {
    Change::TryAgain { id: id(number), due_at, reason: "451 later".into() }
}

/// The only message of account 9, as the operator sees it.
async fn only(store: &dyn Store) -> OutboxRow {
    let mut messages = ok(store.messages_of(key(9), 10).await);
    assert_eq!(messages.len(), 1);
    messages.remove(0)
}

pub async fn a_message_is_taken_as_it_was_posted(store: Arc<dyn Store>) {
    let posted = OutboxRow { outcome: "new".into(), due_at: NOW - 1, created_at: NOW - 2, ..message(1, 9) };
    done(&*store, vec![Change::Post(posted.clone())]).await;
    let taken = ok(store.take_messages(NOW, HOLD, 10).await).remove(0);
    let expected = OutboxRow { tries: 1, ..posted };
    assert_eq!(format!("{taken:?}"), format!("{expected:?}"));
}

pub async fn a_taken_message_is_held_and_then_released(store: Arc<dyn Store>) {
    done(&*store, vec![Change::Post(message(1, 9))]).await;
    assert_eq!(take(&*store, NOW, HOLD, 10).await, [1]);
    assert_eq!(take(&*store, HOLD - 1, HOLD + DAY, 10).await, [0; 0]);
    let again = ok(store.take_messages(HOLD, HOLD + DAY, 10).await);
    assert_eq!((number(&again[0]), again[0].tries), (1, 2));
    assert_eq!(again[0].body, b"body of 1");
}

pub async fn a_node_that_starts_frees_what_it_held(store: Arc<dyn Store>) {
    done(&*store, vec![Change::Post(message(1, 9)), Change::Post(message(2, 9))]).await;
    assert_eq!(take(&*store, NOW, HOLD, 1).await, [1]);
    done(&*store, vec![delivered(1)]).await;
    assert_eq!(take(&*store, NOW, HOLD, 10).await, [2]);
    ok(store.release_messages().await);
    assert_eq!(take(&*store, NOW, HOLD, 10).await, [2], "a delivered one does not come back");
}

pub async fn messages_are_taken_oldest_first(store: Arc<dyn Store>) {
    let due = |number, due_at| Change::Post(OutboxRow { due_at, ..message(number, 9) });
    done(&*store, vec![due(1, NOW - 1), due(2, NOW - 3), due(3, NOW - 2), due(4, NOW - 3)]).await;
    assert_eq!(take(&*store, NOW, HOLD, 0).await, [0; 0]);
    assert_eq!(take(&*store, NOW, HOLD, 3).await, [2, 4, 3]);
    assert_eq!(take(&*store, NOW, HOLD, 3).await, [1]);
}

pub async fn a_message_is_not_taken_before_it_is_due(store: Arc<dyn Store>) {
    done(&*store, vec![Change::Post(OutboxRow { due_at: NOW + 1, ..message(1, 9) })]).await;
    assert_eq!(take(&*store, NOW, HOLD, 10).await, [0; 0]);
    assert_eq!(take(&*store, NOW + 1, HOLD, 10).await, [1]);
}

pub async fn a_delivered_message_loses_its_body_and_stays(store: Arc<dyn Store>) {
    done(&*store, vec![Change::Post(message(1, 9))]).await;
    take(&*store, NOW, HOLD, 10).await;
    done(&*store, vec![delivered(1)]).await;
    let row = only(&*store).await;
    assert_eq!((row.status, row.tries), (OutboxStatus::Delivered, 1));
    assert!(row.outcome.contains("kannel") && row.outcome.contains("ref-77"), "{}", row.outcome);
    assert!(row.body.is_empty());
    assert_eq!(take(&*store, NOW + DAY, NOW + 2 * DAY, 10).await, [0; 0]);
}

pub async fn a_message_given_up_stays_with_its_reason(store: Arc<dyn Store>) {
    done(&*store, vec![Change::Post(message(1, 9))]).await;
    take(&*store, NOW, HOLD, 10).await;
    done(&*store, vec![given_up(1)]).await;
    let row = only(&*store).await;
    assert_eq!((row.status, row.outcome.as_str()), (OutboxStatus::GivenUp, "too late"));
    assert_eq!(take(&*store, NOW + DAY, NOW + 2 * DAY, 10).await, [0; 0]);
    done(&*store, vec![try_again(1, NOW)]).await;
    assert_eq!(only(&*store).await.status, OutboxStatus::GivenUp);
}

pub async fn a_message_is_tried_again_when_it_is_due(store: Arc<dyn Store>) {
    done(&*store, vec![Change::Post(message(1, 9))]).await;
    take(&*store, NOW, NOW + DAY, 10).await;
    done(&*store, vec![try_again(1, NOW + 30 * SECOND)]).await;
    let row = only(&*store).await;
    assert_eq!((row.status, row.outcome.as_str(), row.tries), (OutboxStatus::Waiting, "451 later", 1));
    assert_eq!(take(&*store, NOW + 29 * SECOND, NOW + DAY, 10).await, [0; 0]);
    assert_eq!(take(&*store, NOW + 30 * SECOND, NOW + DAY, 10).await, [1]);
    assert_eq!(only(&*store).await.tries, 2);
}

pub async fn an_expired_message_is_still_taken(store: Arc<dyn Store>) {
    done(&*store, vec![Change::Post(message(1, 9))]).await;
    assert_eq!(take(&*store, NOW + DAY, NOW + 2 * DAY, 10).await, [1], "so that a worker gives it up and says so");
}

pub async fn a_message_posted_twice_is_sent_once(store: Arc<dyn Store>) {
    done(&*store, vec![Change::Post(message(1, 9))]).await;
    done(&*store, vec![Change::Post(message(1, 9))]).await;
    assert_eq!(take(&*store, NOW, HOLD, 10).await, [1]);
    done(&*store, vec![delivered(1)]).await;
    done(&*store, vec![Change::Post(message(1, 9))]).await;
    assert_eq!(take(&*store, NOW + DAY, NOW + 2 * DAY, 10).await, [0; 0]);
    assert_eq!(only(&*store).await.status, OutboxStatus::Delivered);
}

pub async fn a_late_delivery_is_believed(store: Arc<dyn Store>) {
    done(&*store, vec![Change::Post(message(1, 9))]).await;
    done(&*store, vec![given_up(1)]).await;
    done(&*store, vec![delivered(1)]).await;
    assert_eq!(only(&*store).await.status, OutboxStatus::Delivered);
    done(&*store, vec![given_up(1)]).await;
    assert_eq!(only(&*store).await.status, OutboxStatus::Delivered);
}

pub async fn settling_what_is_gone_changes_nothing(store: Arc<dyn Store>) {
    done(&*store, vec![delivered(1), given_up(2), try_again(3, NOW)]).await;
    assert_eq!(take(&*store, NOW + DAY, NOW + 2 * DAY, 10).await, [0; 0]);
}

pub async fn the_next_message_due_is_known(store: Arc<dyn Store>) {
    let due = |number, due_at| Change::Post(OutboxRow { due_at, ..message(number, 9) });
    assert_eq!(ok(store.next_message_due().await), None);
    done(&*store, vec![due(1, NOW), due(2, NOW + 5 * MINUTE), due(3, NOW + 9 * MINUTE)]).await;
    assert_eq!(ok(store.next_message_due().await), Some(NOW));
    take(&*store, NOW, NOW + 2 * MINUTE, 1).await;
    assert_eq!(ok(store.next_message_due().await), Some(NOW + 2 * MINUTE), "when the hold on 1 ends");
    take(&*store, NOW + 2 * MINUTE, NOW + 7 * MINUTE, 1).await;
    assert_eq!(ok(store.next_message_due().await), Some(NOW + 5 * MINUTE), "2 comes before 1 is released");
    done(&*store, vec![delivered(1), given_up(2)]).await;
    assert_eq!(ok(store.next_message_due().await), Some(NOW + 9 * MINUTE));
    done(&*store, vec![delivered(3)]).await;
    assert_eq!(ok(store.next_message_due().await), None);
}

pub async fn messages_of_an_account_are_newest_first(store: Arc<dyn Store>) {
    done(&*store, vec![Change::Post(message(1, 9)), Change::Post(message(2, 8)), Change::Post(message(3, 9))]).await;
    done(&*store, vec![Change::Post(message(4, 9))]).await;
    let numbers = |rows: Vec<OutboxRow>| rows.iter().map(number).collect::<Vec<u32>>();
    let rows = ok(store.messages_of(key(9), 10).await);
    assert!(rows.iter().all(|row| row.body.is_empty()));
    assert_eq!(numbers(rows), [4, 3, 1]);
    assert_eq!(numbers(ok(store.messages_of(key(9), 2).await)), [4, 3]);
}
