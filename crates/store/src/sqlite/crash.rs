//! Killed at any moment: what was acknowledged is there, and nothing is there by half.
//!
//! The test starts itself again as a child that commits as fast as it can and says so on its standard output; the
//! parent kills it (SIGKILL) after a random number of lines and looks at what it finds. This shows what the death of
//! the process does; the death of the machine is for `synchronous=FULL` and the disk.

#![allow(clippy::disallowed_methods)] // A crash test dies at random points.

use super::*;
use crate::OutboxStatus;
use crate::conformance::*;
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, Command, Stdio};

/// Tells the child its folder; without it the child's test does nothing.
const FOLDER: &str = "REGAIN_STORE_CRASH_FOLDER";
const ROUNDS: usize = 20;
const WORKERS: u32 = 6;
/// The child is killed after 0 to this many acknowledged commits.
const LINES_MAX: u16 = 200;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_acknowledged_survives_being_killed() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    std::fs::write(folder.path().join("keys"), Keyring::generate().to_text().as_bytes()).expect("keys can be written");
    let mut acknowledged = BTreeMap::new();
    for round in 0..ROUNDS {
        let lines = run_and_kill(folder.path(), random_below(LINES_MAX));
        acknowledged.extend(lines.iter().map(|line| acknowledgement(line)));
        look(&store_in(folder.path()), &acknowledged, round).await;
    }
    let total: u64 = acknowledged.values().sum();
    assert!(total > 100, "the children committed almost nothing: {total}");
}

/// Each worker's recovery has a version; count, messages and audit rows of the same commit must tell the same number.
async fn look(store: &SqliteStore, acknowledged: &BTreeMap<u32, u64>, round: usize) {
    for worker in 0..WORKERS {
        let said = acknowledged.get(&worker).copied().unwrap_or(0);
        let version = ok(store.recovery(key(worker)).await).map_or(0, |saved| saved.version);
        assert!(version >= said, "round {round}: worker {worker} was told {said}, there is {version}");
        let counted = u64::from(counted(store, worker).await);
        let messages = ok(store.messages_of(key(worker), u32::MAX).await);
        let trail = ok(store.audit(AuditQuery::Account(key(worker)), u32::MAX).await);
        let found = (counted, messages.len() as u64, trail.len() as u64);
        assert_eq!(found, (version, version, version), "round {round}: worker {worker}");
        assert!(messages.iter().all(|row| row.status == OutboxStatus::Waiting));
    }
    let verdict = trail::verified(store).await;
    assert_eq!(verdict.findings, [], "round {round}: the chain of the trail");
    assert_eq!(
        verdict.nodes.iter().map(|node| node.rows).sum::<u64>(),
        verdict.nodes.iter().map(|node| node.last.seq).sum::<u64>()
    );
    ok(store.close().await);
}

/// Lets the child run for so many acknowledged commits, kills it, and answers with all lines it got out.
fn run_and_kill(folder: &Path, lines: u16) -> Vec<String> {
    let mut child = start_child(folder);
    let output = BufReader::new(child.stdout.take().expect("its output is piped"));
    let mut found = Vec::new();
    let mut killed = false;
    for line in output.lines() {
        let line = line.expect("a child writes text");
        if line.starts_with("acknowledged ") {
            found.push(line);
        }
        if !killed && found.len() >= usize::from(lines) {
            child.kill().expect("a child can be killed");
            killed = true;
        }
    }
    let status = child.wait().expect("a child ends");
    assert!(killed, "the child ended by itself: {status}");
    found
}

fn start_child(folder: &Path) -> Child {
    let this = std::env::current_exe().expect("a test knows its own file");
    Command::new(this)
        .args(["--exact", "sqlite::crash::child", "--nocapture"])
        .env(FOLDER, folder)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("a child starts")
}

/// The child's side; in an ordinary run of the tests it does nothing.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn child() {
    let Some(folder) = std::env::var_os(FOLDER) else { return };
    let store = Arc::new(store_in(Path::new(&folder)));
    println!();
    let workers: Vec<_> = (0..WORKERS).map(|worker| tokio::spawn(commit_for_ever(store.clone(), worker))).collect();
    for worker in workers {
        worker.await.expect("a worker does not panic");
    }
}

async fn commit_for_ever(store: Arc<SqliteStore>, worker: u32) {
    let mut version = ok(store.recovery(key(worker)).await).map_or(0, |saved| saved.version);
    loop {
        version += 1;
        let saved = SavedRecovery { version, ..recovery(worker, worker) };
        let id = [&version.to_be_bytes()[..], &u64::from(worker).to_be_bytes()].concat();
        let posted = OutboxRow { id: id.try_into().expect("8 and 8 are 16"), ..message(0, worker) };
        let changes = vec![
            if version == 1 { Change::CreateRecovery(saved) } else { Change::UpdateRecovery(saved) },
            count(worker, u32::MAX),
            Change::Post(posted),
            Change::Record(audit_row("R-1", worker, "step")),
        ];
        done(&*store, changes).await;
        // One write per line, so that a line is there or not.
        let line = format!("acknowledged {worker} {version}\n");
        std::io::stdout().write_all(line.as_bytes()).expect("the parent listens");
    }
}

fn acknowledgement(line: &str) -> (u32, u64) {
    let mut words = line.split(' ').skip(1);
    let worker = words.next().and_then(|word| word.parse().ok());
    let version = words.next().and_then(|word| word.parse().ok());
    (worker.expect("a worker's number"), version.expect("a version"))
}

fn store_in(folder: &Path) -> SqliteStore {
    let keys = std::fs::read_to_string(folder.join("keys")).expect("the keys are there");
    let keyring = Keyring::parse(&keys).expect("the keys are well written");
    ok(SqliteStore::open(&folder.join("regain.db"), Arc::new(keyring)))
}

fn random_below(limit: u16) -> u16 {
    let mut bytes = [0; 2];
    getrandom::fill(&mut bytes).expect("the operating system has a random source");
    u16::from_be_bytes(bytes) % limit
}
