//! SQLite against the plain reference that the model check of `recovery` walks on: random commits, made to both.
//!
//! What the model shows of every order of events rests on the store keeping these promises; here is the link.

use super::SqliteStore;
use crate::conformance::{DAY, NOW, id, key, message, number, ok, recovery};
use crate::sealing::Keyring;
use crate::{Change, Committed, CountKey, OutboxRow, OutboxStatus, SavedRecovery, Store};
use proptest::prelude::*;
use reference::{Name, Reference};
use std::sync::Arc;

#[path = "../../../recovery/src/tests/model/reference.rs"]
mod reference;

type Plain = reference::Change<u8, u8>;

const HANDLES: Name = 3;
const SUBJECTS: Name = 2;
const WINDOWS: Name = 2;
const MESSAGES: Name = 4;

/// Two accounts; a recovery stays with its own.
const fn account_of(handle: Name) -> Name {
    handle % 2
}

fn handle(name: Name) -> crate::Key {
    key(100 + u32::from(name))
}

fn account(name: Name) -> crate::Key {
    key(200 + u32::from(name))
}

fn count_key(subject: Name, window: Name) -> CountKey {
    CountKey { subject: key(300 + u32::from(subject)), window_seconds: 3600, window_start: NOW + i64::from(window) }
}

/// The same change, as the store takes it.
fn real(change: &Plain) -> Change {
    let saved = |name: Name, version: Name, state: u8| SavedRecovery {
        handle: handle(name),
        account: account(account_of(name)),
        version: version.into(),
        state: vec![state],
        ..recovery(0, 0)
    };
    match *change {
        Plain::Create { handle, state, .. } => Change::CreateRecovery(saved(handle, 1, state)),
        Plain::Update { handle, version, state } => Change::UpdateRecovery(saved(handle, version, state)),
        Plain::EndOthers { account: ours, except } => {
            Change::EndOtherRecoveries { account: account(ours), except: handle(except) }
        }
        Plain::Count { subject, window, max } => {
            Change::Count { key: count_key(subject, window), max, now: NOW, expires_at: NOW + DAY }
        }
        Plain::Uncount { subject } => Change::Uncount { subject: count_key(subject, 0).subject },
        Plain::Post { id, account: ours, is_code, body } => Change::Post(OutboxRow {
            account: account(ours),
            purpose: if is_code { "code" } else { "notice" }.to_owned(),
            body: vec![body],
            ..message(id.into(), 0)
        }),
        Plain::Delivered { id: name } => {
            Change::Delivered { id: id(name.into()), channel: "c".into(), reference: "r".into(), at: NOW }
        }
    }
}

fn change() -> impl Strategy<Value = Plain> {
    prop_oneof![
        (0..HANDLES, any::<u8>()).prop_map(|(handle, state)| Plain::Create {
            handle,
            account: account_of(handle),
            state
        }),
        (0..HANDLES, 0..5u16, any::<u8>()).prop_map(|(handle, version, state)| Plain::Update {
            handle,
            version,
            state
        }),
        (0..2u16, 0..HANDLES).prop_map(|(account, except)| Plain::EndOthers { account, except }),
        (0..SUBJECTS, 0..WINDOWS, 0..4u32).prop_map(|(subject, window, max)| Plain::Count { subject, window, max }),
        (0..SUBJECTS).prop_map(|subject| Plain::Uncount { subject }),
        (0..MESSAGES, 0..2u16, any::<bool>(), any::<u8>()).prop_map(|(id, account, is_code, body)| Plain::Post {
            id,
            account,
            is_code,
            body
        }),
        (0..MESSAGES).prop_map(|id| Plain::Delivered { id }),
    ]
}

/// All that both keep, in one order.
async fn kept(store: &dyn Store) -> Reference<u8, u8> {
    let mut all = Reference::empty();
    for name in 0..HANDLES {
        let Some(row) = ok(store.recovery(handle(name)).await) else { continue };
        assert_eq!(row.account, account(account_of(name)));
        let version = Name::try_from(row.version).expect("a small version");
        all.recoveries.push(reference::Row { handle: name, account: account_of(name), version, state: row.state[0] });
    }
    let names = || (0..SUBJECTS).flat_map(|subject| (0..WINDOWS).map(move |window| (subject, window)));
    let counts = ok(store.counts(names().map(|(subject, window)| count_key(subject, window)).collect()).await);
    let counts = names().zip(counts.into_iter().map(|counted| counted.times)).filter(|(_, count)| *count > 0);
    all.counts = counts.map(|((subject, window), count)| reference::Counted { subject, window, count }).collect();
    for ours in 0..2 {
        for row in ok(store.messages_of(account(ours), 100).await) {
            all.outbox.push(reference::Message {
                id: Name::try_from(number(&row)).expect("a small number"),
                account: ours,
                is_code: row.purpose == "code",
                is_delivered: row.status == OutboxStatus::Delivered,
                body: 0,
            });
        }
    }
    all.outbox.sort_by_key(|message| message.id);
    all
}

/// Bodies are sealed and go when a message is handed over; who reads the outbox as `kept` does never sees them.
fn without_bodies(mut reference: Reference<u8, u8>) -> Reference<u8, u8> {
    reference.outbox.iter_mut().for_each(|message| message.body = 0);
    reference
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]
    #[test]
    fn every_commit_ends_as_the_reference_of_the_model_says(
        commits in prop::collection::vec(prop::collection::vec(change(), 1..4), 1..40),
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
        let folder = tempfile::tempdir().expect("a folder");
        runtime.block_on(async {
            let store = SqliteStore::open(&folder.path().join("regain.db"), Arc::new(Keyring::generate())).expect("opens");
            let mut reference = Reference::empty();
            for changes in commits {
                let made = ok(store.commit(changes.iter().map(real).collect()).await) == Committed::Done;
                prop_assert_eq!(made, reference.commit(&changes), "{:?}", &changes);
                prop_assert_eq!(kept(&store).await, without_bodies(reference.clone()), "after {:?}", &changes);
            }
            ok(store.close().await);
            Ok(())
        })?;
    }
}
