//! Groups: what shares a transaction shares a sync, and nothing else unless the sync fails.

use super::*;
use std::sync::{Arc, mpsc as sync_mpsc};

/// A writer on a database in memory with one table, `t`; `orphans` takes rows that make a COMMIT fail.
fn writer() -> Arc<Writer> {
    let connection = Connection::open_in_memory().unwrap();
    let schema = "PRAGMA foreign_keys = ON; CREATE TABLE t (x INTEGER); CREATE TABLE parents (id INTEGER PRIMARY KEY);
        CREATE TABLE orphans (parent INTEGER REFERENCES parents DEFERRABLE INITIALLY DEFERRED)";
    connection.execute_batch(schema).unwrap();
    Arc::new(Writer::start(connection).unwrap())
}

type Change = Box<dyn FnOnce(&Connection) -> Result<Committed, StoreError> + Send>;

fn insert(x: i64) -> Change {
    Box::new(move |connection| {
        connection.execute("INSERT INTO t VALUES (?1)", [x])?;
        Ok(Committed::Done)
    })
}

fn insert_then(x: i64, end: fn() -> Result<Committed, StoreError>) -> Change {
    Box::new(move |connection| insert(x)(connection).and_then(|_| end()))
}

/// Runs all changes as one group: the writer is kept busy until they are queued.
async fn as_a_group(writer: &Arc<Writer>, changes: Vec<Change>) -> Vec<Result<Committed, StoreError>> {
    let (release, released) = sync_mpsc::channel::<()>();
    let (begun, beginning) = oneshot::channel();
    let busy = spawn(
        writer,
        Box::new(move |_| {
            let _ = begun.send(());
            let _ = released.recv();
            Ok(Committed::Done)
        }),
    );
    beginning.await.unwrap();
    let free = writer.queue.capacity();
    let mut running = Vec::new();
    for change in changes {
        running.push(spawn(writer, change));
        // One after the other, so that they stand in the queue in this order.
        while writer.queue.capacity() > free - running.len() {
            tokio::task::yield_now().await;
        }
    }
    release.send(()).unwrap();
    busy.await.unwrap().unwrap();
    let mut answers = Vec::new();
    for change in running {
        answers.push(change.await.unwrap());
    }
    answers
}

fn spawn(writer: &Arc<Writer>, change: Change) -> tokio::task::JoinHandle<Result<Committed, StoreError>> {
    let writer = writer.clone();
    tokio::spawn(async move { writer.change(change).await })
}

async fn rows(writer: &Writer) -> Vec<u64> {
    writer
        .change(|connection| {
            let mut select = connection.prepare("SELECT x FROM t ORDER BY x")?;
            let rows: rusqlite::Result<Vec<i64>> = select.query_map([], |row| row.get(0))?.collect();
            Ok(rows?.into_iter().map(|x| x as u64).collect::<Vec<u64>>())
        })
        .await
        .unwrap()
}

#[tokio::test]
async fn each_of_a_group_keeps_its_own_fate() {
    let writer = writer();
    let changes = vec![
        insert(1),
        insert_then(2, || Ok(Committed::Conflict)),
        insert_then(3, || Err(StoreError::Engine("broken".into()))),
        insert_then(4, || panic!("a bug")),
        insert(5),
    ];
    let answers = as_a_group(&writer, changes).await;
    assert!(matches!(
        answers.as_slice(),
        [Ok(Committed::Done), Ok(Committed::Conflict), Err(StoreError::Engine(_)), Err(_), Ok(Committed::Done)]
    ));
    assert_eq!(rows(&writer).await, [1, 5]);
}

#[tokio::test]
async fn one_alone_is_undone_as_well() {
    let writer = writer();
    assert!(matches!(writer.change(insert_then(1, || Ok(Committed::Conflict))).await, Ok(Committed::Conflict)));
    assert!(writer.change(insert_then(2, || Err(StoreError::Engine("broken".into())))).await.is_err());
    assert!(writer.change(insert_then(3, || panic!("a bug"))).await.is_err());
    assert!(writer.change(insert(4)).await.is_ok());
    assert_eq!(rows(&writer).await, [4]);
}

#[tokio::test]
async fn a_failed_commit_fails_the_whole_group_and_no_more() {
    let writer = writer();
    let orphan: Change = Box::new(|connection| {
        connection.execute("INSERT INTO orphans VALUES (1)", [])?;
        Ok(Committed::Done)
    });
    let answers = as_a_group(&writer, vec![insert(1), orphan, insert(2)]).await;
    for answer in answers {
        let error = answer.unwrap_err().to_string();
        assert!(error.contains("may or may not be on disk"), "{error}");
    }
    assert_eq!(rows(&writer).await, [0; 0]);
    writer.change(insert(3)).await.unwrap();
    assert_eq!(rows(&writer).await, [3]);
}

/// SQLite ends the transaction by itself here; what comes after in the group must not run outside of one.
#[tokio::test]
async fn a_transaction_that_broke_off_fails_the_whole_group() {
    let writer = writer();
    let broken_off: Change = Box::new(|connection| {
        connection.execute("INSERT OR ROLLBACK INTO parents VALUES (1), (1)", [])?;
        Ok(Committed::Done)
    });
    let answers = as_a_group(&writer, vec![insert(1), broken_off, insert(2)]).await;
    assert!(answers.iter().all(Result::is_err), "{answers:?}");
    assert_eq!(rows(&writer).await, [0; 0]);
}

#[tokio::test]
async fn a_full_disk_loses_nothing_that_was_acknowledged() {
    let writer = writer();
    writer
        .change(|connection| {
            connection.query_row("PRAGMA max_page_count = 40", [], |_| Ok(()))?;
            Ok(Committed::Done)
        })
        .await
        .unwrap();
    let big = |x: i64| -> Change {
        Box::new(move |connection| {
            connection.execute("CREATE TABLE IF NOT EXISTS big (x INTEGER, filling BLOB)", [])?;
            connection.execute("INSERT INTO big VALUES (?1, zeroblob(20000))", [x])?;
            insert(x)(connection)
        })
    };
    let answers = as_a_group(&writer, (0..12).map(big).collect()).await;
    let acknowledged: Vec<u64> = answers.iter().zip(0..).filter(|(answer, _)| answer.is_ok()).map(|(_, x)| x).collect();
    assert!(acknowledged.len() < 12, "the disk was never full");
    assert_eq!(rows(&writer).await, acknowledged);
    let full = answers.iter().find_map(|answer| answer.as_ref().err()).unwrap().to_string();
    assert!(full.contains("full"), "{full}");
}

#[tokio::test]
async fn what_comes_after_the_closing_is_refused() {
    let writer = writer();
    writer.change(insert(1)).await.unwrap();
    writer.close().await.unwrap();
    assert!(matches!(writer.change(insert(2)).await, Err(StoreError::Closed)));
    writer.close().await.unwrap();
}
