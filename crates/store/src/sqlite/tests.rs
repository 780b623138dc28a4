//! The suite on SQLite, and what only this adapter promises: sealed bytes, a private file, groups, schema versions.

use super::*;
use crate::AuditPerson;
use crate::conformance::*;
use rusqlite::Connection;
use std::path::PathBuf;

/// A file in a folder of its own, and its keys.
struct Scratch {
    folder: tempfile::TempDir,
    keyring: Arc<Keyring>,
}

impl Scratch {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder can be made");
        Self { folder, keyring: Arc::new(Keyring::generate()) }
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("regain.db")
    }

    fn store(&self) -> Result<SqliteStore, StoreError> {
        SqliteStore::open(&self.path(), self.keyring.clone())
    }

    /// All bytes of the file and its log.
    fn bytes(&self) -> Vec<u8> {
        let files = std::fs::read_dir(self.folder.path()).unwrap().map(|entry| entry.unwrap().path());
        files.flat_map(|file| std::fs::read(file).unwrap()).collect()
    }
}

impl Subject for Scratch {
    async fn open(&self) -> Arc<dyn Store> {
        Arc::new(self.store().expect("the store opens"))
    }
}

crate::conformance_tests!(Scratch::new());

fn contains(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

/// A connection beside the store, for what an attacker or a broken disk would do.
fn raw(scratch: &Scratch) -> Connection {
    Connection::open(scratch.path()).expect("the file opens")
}

const SECRETS: [&str; 6] = [
    "state-of-anna",
    "body-to-anna",
    "anna.secret@x.example",
    "203.0.113.77",
    "contact-of-anna",
    "no such number: +32470123467",
];

async fn write_secrets(store: &SqliteStore) {
    let [state, body, user_name, network, contact, outcome] = SECRETS;
    done(
        store,
        vec![
            Change::CreateRecovery(SavedRecovery { state: state.into(), ..recovery(1, 9) }),
            Change::Post(OutboxRow { body: body.into(), ..message(1, 9) }),
            Change::Record(AuditRow {
                person: Some(AuditPerson { user_name: user_name.into(), ..person(9) }),
                network: Some(network.into()),
                ..audit_row("R-1", 9, "x")
            }),
            keep(Shelf::Contacts, 1, contact, NOW + DAY),
            Change::TryAgain { id: id(1), due_at: NOW, reason: outcome.into() },
            Change::Post(message(2, 8)),
            Change::GivenUp { id: id(2), reason: outcome.into(), at: NOW },
            Change::Post(message(3, 8)),
            Change::Delivered { id: id(3), channel: "sms".into(), reference: outcome.into(), at: NOW },
        ],
    )
    .await;
}

#[tokio::test]
async fn no_secret_is_found_in_the_bytes_on_disk() {
    let scratch = Scratch::new();
    let store = ok(scratch.store());
    write_secrets(&store).await;
    let with_log = scratch.bytes();
    ok(store.close().await);
    for bytes in [with_log, scratch.bytes()] {
        assert!(contains(&bytes, b"method=sms gate=1"), "the search finds what is not sealed");
        for secret in SECRETS {
            assert!(!contains(&bytes, secret.as_bytes()), "{secret}");
        }
    }
}

/// The sealed bytes of everything that [`write_secrets`] wrote.
fn sealed_bytes(scratch: &Scratch) -> Vec<Vec<u8>> {
    let connection = raw(scratch);
    let columns = ["state FROM recovery", "body FROM outbox", "person FROM audit", "value FROM kept"];
    let select = |column: &&str| connection.query_row(&format!("SELECT {column}"), [], |row| row.get(0)).unwrap();
    columns.iter().map(select).collect()
}

#[tokio::test]
async fn what_is_forgotten_is_gone_from_the_disk_even_sealed() {
    let scratch = Scratch::new();
    let store = ok(scratch.store());
    write_secrets(&store).await;
    let sealed = sealed_bytes(&scratch);
    let before = scratch.bytes();
    assert!(sealed.iter().all(|part| contains(&before, part)));
    assert_eq!(ok(store.forget(NOW + 2 * crate::Retention::default().audit).await), 8);
    let after = scratch.bytes();
    assert!(sealed.iter().all(|part| !contains(&after, part)), "while it is open");
    ok(store.close().await);
}

#[cfg(unix)]
#[tokio::test]
async fn only_the_owner_can_read_the_files() {
    use std::os::unix::fs::PermissionsExt;
    let scratch = Scratch::new();
    let mode = |path: PathBuf| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    for _ in 0..2 {
        let store = ok(scratch.store());
        done(&store, vec![count(1, 9)]).await;
        let files: Vec<PathBuf> =
            std::fs::read_dir(scratch.folder.path()).unwrap().map(|entry| entry.unwrap().path()).collect();
        assert_eq!(files.len(), 3, "{files:?}");
        for file in files {
            assert_eq!(mode(file.clone()), 0o600, "{}", file.display());
        }
        ok(store.close().await);
        std::fs::set_permissions(scratch.path(), std::fs::Permissions::from_mode(0o644)).unwrap();
    }
}

#[tokio::test]
async fn a_closed_store_is_one_file() {
    let scratch = Scratch::new();
    let store = ok(scratch.store());
    write_secrets(&store).await;
    ok(store.close().await);
    assert_eq!(std::fs::read_dir(scratch.folder.path()).unwrap().count(), 1);
}

#[tokio::test]
async fn a_file_of_a_newer_regain_is_refused_and_left_alone() {
    let scratch = Scratch::new();
    ok(ok(scratch.store()).close().await);
    raw(&scratch).pragma_update(None, "user_version", 99).unwrap();
    let before = scratch.bytes();
    assert!(matches!(scratch.store().err(), Some(StoreError::TooNew { found: 99, .. })));
    assert!(scratch.bytes() == before);
}

#[tokio::test]
async fn other_keys_are_refused() {
    let mut scratch = Scratch::new();
    ok(ok(scratch.store()).close().await);
    let keys = std::mem::replace(&mut scratch.keyring, Arc::new(Keyring::generate()));
    assert!(matches!(scratch.store().err(), Some(StoreError::Sealed { table: "keyring_mark", .. })));
    // The right sealing key beside another root.
    let root = |text: &str| text.lines().find(|line| line.starts_with("root ")).unwrap().to_owned();
    let mixed = keys.to_text().replace(&root(&keys.to_text()), &root(&Keyring::generate().to_text()));
    scratch.keyring = Arc::new(Keyring::parse(&mixed).unwrap());
    assert!(matches!(scratch.store().err(), Some(StoreError::Sealed { table: "keyring_mark", .. })));
    scratch.keyring = keys;
    ok(ok(scratch.store()).close().await);
}

#[tokio::test]
async fn a_rotated_key_file_opens_what_the_old_one_sealed() {
    let mut scratch = Scratch::new();
    let store = ok(scratch.store());
    write_secrets(&store).await;
    ok(store.close().await);
    let text = scratch.keyring.to_text();
    scratch.keyring = Arc::new(Keyring::parse(&text).unwrap().rotated(1_790_000_000));
    for _ in 0..2 {
        let store = ok(scratch.store());
        assert_eq!(state(&store, 1).await, Some((1, SECRETS[0].into())));
        ok(store.close().await);
    }
    // The old file alone no longer fits: it lacks the key that new rows are sealed with.
    scratch.keyring = Arc::new(Keyring::parse(&text).unwrap());
    assert!(matches!(scratch.store().err(), Some(StoreError::Sealed { table: "keyring_mark", .. })));
}

#[tokio::test]
async fn a_state_moved_to_another_row_does_not_open() {
    let scratch = Scratch::new();
    let store = ok(scratch.store());
    done(&store, vec![Change::CreateRecovery(recovery(1, 9)), Change::CreateRecovery(recovery(2, 9))]).await;
    let swap = "UPDATE recovery SET state = (SELECT state FROM recovery WHERE id = 1) WHERE id = 2";
    raw(&scratch).execute(swap, []).unwrap();
    assert_eq!(state(&store, 1).await, Some((1, "state of 1".into())));
    let error = store.recovery(key(2)).await.unwrap_err();
    assert!(matches!(error, StoreError::Sealed { table: "recovery", .. }), "{error}");
    ok(store.close().await);
}

#[tokio::test]
async fn a_message_that_can_not_be_read_does_not_stop_the_others() {
    let scratch = Scratch::new();
    let store = ok(scratch.store());
    done(&store, (1..=3).map(|number| Change::Post(message(number, 9))).collect()).await;
    raw(&scratch).execute("UPDATE outbox SET body = x'01' WHERE seq = 2", []).unwrap();
    assert_eq!(take(&store, NOW, NOW + MINUTE, 10).await, [1, 3]);
    done(&store, vec![Change::GivenUp { id: id(1), reason: "done".into(), at: NOW }]).await;
    done(&store, vec![Change::GivenUp { id: id(3), reason: "done".into(), at: NOW }]).await;
    let error = store.take_messages(NOW + MINUTE, NOW + DAY, 10).await.unwrap_err();
    assert!(matches!(error, StoreError::Sealed { table: "outbox", .. }), "{error}");
    ok(store.close().await);
}

#[tokio::test]
async fn two_programs_can_have_the_file_open() {
    let scratch = Scratch::new();
    let (serve, command) = (ok(scratch.store()), ok(scratch.store()));
    for number in 0..20 {
        done(&serve, vec![count(1, 99), keep(Shelf::Contacts, number, "x", NOW + DAY)]).await;
        done(&command, vec![count(1, 99)]).await;
    }
    assert_eq!(counted(&serve, 1).await, 40);
    ok(command.close().await);
    done(&serve, vec![count(1, 99)]).await;
    ok(serve.close().await);
}

/// Every guard and query on the path of a step goes by an index; a scan would grow with the store.
#[tokio::test]
async fn no_step_reads_a_whole_table() {
    let scratch = Scratch::new();
    ok(ok(scratch.store()).close().await);
    let connection = raw(&scratch);
    let statements = [
        "SELECT state FROM recovery WHERE handle = ?1",
        "UPDATE recovery SET version = 2 WHERE handle = ?1 AND version = 1 AND account = ?2",
        "DELETE FROM recovery WHERE account = ?1 AND handle <> ?2",
        "SELECT handle FROM recovery WHERE wake_at <= ?1 ORDER BY wake_at, id LIMIT 1",
        "DELETE FROM count WHERE subject = ?1",
        "SELECT seq FROM outbox WHERE status = 0 AND due_at <= ?1 AND (held_until IS NULL OR held_until <= ?1)
         ORDER BY due_at, seq LIMIT 1",
        "SELECT due_at, held_until FROM outbox WHERE status = 0 ORDER BY due_at",
        "DELETE FROM outbox WHERE account = ?1 AND purpose = 'code' AND status = 0",
        "SELECT id FROM outbox WHERE account = ?1 ORDER BY seq DESC LIMIT 1",
        "SELECT key, value FROM kept WHERE shelf = ?1 AND expires_at > ?2 ORDER BY key",
        "SELECT at FROM audit WHERE reference = ?1 ORDER BY seq DESC LIMIT 1",
        "SELECT at FROM audit WHERE account = ?1 ORDER BY seq DESC LIMIT 1",
        "UPDATE audit SET account = NULL WHERE account = ?1",
    ];
    for sql in statements {
        let mut explain = connection.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
        let mut rows = explain.raw_query();
        while let Some(row) = rows.next().unwrap() {
            let step: String = row.get("detail").unwrap();
            let scans = step.starts_with("SCAN") && !step.contains("USING INDEX outbox_waiting");
            assert!(!scans && !step.contains("TEMP B-TREE"), "{sql}: {step}");
        }
    }
}

/// Everything that is sealed lies under the new key after passes through all of it; what is written in between stays.
#[tokio::test]
async fn a_pass_seals_everything_anew_a_few_rows_at_a_time() {
    let scratch = Scratch::new();
    let store = ok(scratch.store());
    for number in 0..7 {
        done(
            &store,
            vec![
                Change::CreateRecovery(recovery(number, number)),
                Change::Post(OutboxRow { outcome: "later".into(), ..message(number, number) }),
                keep(Shelf::Contacts, number, "a", NOW + DAY),
                keep(Shelf::Session, number, "b", NOW + DAY),
                Change::Record(audit_row("R-1", number, "begun")),
            ],
        )
        .await;
    }
    let before = ok(store.sealed_under().await);
    let [(1, values)] = before.iter().map(|(key, values)| (*key, *values)).collect::<Vec<_>>()[..] else {
        panic!("{before:?}")
    };
    assert_eq!(
        values,
        1 + 7 * 7,
        "the mark, and per turn a state, a body, an outcome, two values, a name and a network"
    );
    let next = Keyring::parse(&scratch.keyring.to_text()).unwrap().rotated(1_790_000_000);
    scratch.keyring.take_over(next).unwrap();
    done(&store, vec![keep(Shelf::Contacts, 3, "new", NOW + DAY)]).await;
    let mut sealed = 0;
    for _ in 0..100 {
        let step = ok(store.seal_anew(3).await);
        assert!(step.values <= 3);
        sealed += step.values;
        if step.is_whole {
            break;
        }
    }
    assert_eq!(sealed, values - 1, "all but the one that was written since");
    assert_eq!(ok(store.sealed_under().await).into_iter().collect::<Vec<_>>(), [(2, values)]);
    assert_eq!(state(&store, 3).await, Some((1, "state of 3".into())));
    assert_eq!(ok(store.kept(Shelf::Contacts, key(3), NOW).await).as_deref(), Some(&b"new"[..]));
    assert_eq!(ok(store.messages_of(key(5), 1).await)[0].outcome, "later");
    assert_eq!(ok(store.audit(AuditQuery::Account(key(6)), 9).await)[0].network.as_deref(), Some("192.0.2.7"));
    ok(store.close().await);
}
