//! How many durable steps a second the embedded store makes, and what one costs in CPU time.
//!
//! `cargo run --release -p regain-store --example store_bench [FOLDER [SECONDS [ACCOUNTS]]]`. FOLDER must lie on the disk to be
//! measured (a folder in memory syncs nothing). ACCOUNTS fills the store beforehand, to see whether a step gets dearer.
//! A step is what the walk commits: the next version of a recovery, a count, and a line of the audit trail; every
//! fourth one posts a message as well. It loads the recovery first, as the service does.

use regain_store::sealing::Keyring;
use regain_store::sqlite::SqliteStore;
use regain_store::{
    AuditPerson, AuditRow, Change, Committed, CountKey, Key, OutboxRow, OutboxStatus, SavedRecovery, Store,
};
use std::error::Error;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

const NOW: i64 = 1_790_000_000_000;
/// About what an encoded recovery with two gates takes. Bytes.
const STATE_BYTES: usize = 700;
/// Accounts are filled in so many per commit.
const FILLED_AT_ONCE: u64 = 500;

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().map_or_else(std::env::temp_dir, PathBuf::from);
    let seconds: u64 = arguments.next().map_or(Ok(5), |text| text.parse())?;
    let accounts: u64 = arguments.next().map_or(Ok(0), |text| text.parse())?;
    let folder = tempfile::tempdir_in(folder)?;
    let store = Arc::new(SqliteStore::open(&folder.path().join("bench.db"), Arc::new(Keyring::generate()))?);
    for start in (0..accounts).step_by(FILLED_AT_ONCE as usize) {
        let filled = (start..accounts.min(start + FILLED_AT_ONCE)).flat_map(|n| step(hash(n, 1), 1));
        store.commit(filled.collect()).await?;
    }
    println!("{accounts} accounts beforehand; {seconds} s each");
    println!("committers   steps/s   commit p50   commit p99   load p50   CPU per step");
    for committers in [1, 8, 64, 256] {
        measure(&store, committers, Duration::from_secs(seconds)).await?;
    }
    store.close().await?;
    let bytes = std::fs::metadata(folder.path().join("bench.db"))?.len();
    println!("file: {} MB", bytes / 1_000_000);
    Ok(())
}

async fn measure(store: &Arc<SqliteStore>, committers: u64, time: Duration) -> Result<(), Box<dyn Error>> {
    let (start, cpu) = (Instant::now(), cpu_seconds()?);
    let until = start + time;
    let running: Vec<_> = (0..committers)
        .map(|number| tokio::spawn(commit_until(store.clone(), hash(number, committers + 7), until)))
        .collect();
    let (mut commits, mut loads) = (Vec::new(), Vec::new());
    for committer in running {
        let (committed, loaded) = committer.await??;
        commits.extend(committed);
        loads.extend(loaded);
    }
    let (elapsed, cpu) = (start.elapsed().as_secs_f64(), cpu_seconds()? - cpu);
    commits.sort_unstable();
    loads.sort_unstable();
    println!(
        "{committers:>10}   {:>7.0}   {:>7.2} ms   {:>7.2} ms   {:>5} µs   {:>6.1} µs",
        commits.len() as f64 / elapsed,
        milliseconds(&commits, 50),
        milliseconds(&commits, 99),
        (milliseconds(&loads, 50) * 1000.0).round(),
        cpu * 1e6 / commits.len() as f64
    );
    Ok(())
}

type Times = (Vec<Duration>, Vec<Duration>);

/// Walks one recovery after the other, ten steps each. Answers how long commits and loads took.
async fn commit_until(store: Arc<SqliteStore>, seed: Key, until: Instant) -> Result<Times, regain_store::StoreError> {
    let (mut commits, mut loads) = (Vec::new(), Vec::new());
    let mut steps = 0;
    while Instant::now() < until {
        let handle = recovery::mac(&seed, &[&(steps / 10_u64).to_be_bytes()]);
        let begun = Instant::now();
        let version = store.recovery(handle).await?.map_or(0, |saved| saved.version);
        loads.push(begun.elapsed());
        let begun = Instant::now();
        let committed = store.commit(step(handle, version + 1)).await?;
        commits.push(begun.elapsed());
        assert_eq!(committed, Committed::Done, "nobody else has this handle");
        steps += 1;
    }
    Ok((commits, loads))
}

/// What a step of the walk commits.
fn step(handle: Key, version: u64) -> Vec<Change> {
    let account = recovery::mac(&handle, &[b"account"]);
    let saved = SavedRecovery {
        handle,
        account,
        version,
        state: vec![version as u8; STATE_BYTES],
        wake_at: None,
        expires_at: NOW + version as i64,
    };
    let key = CountKey { subject: account, window_seconds: 3600, window_start: NOW };
    let mut changes = vec![
        if version == 1 { Change::CreateRecovery(saved) } else { Change::UpdateRecovery(saved) },
        Change::Count { key, max: u32::MAX, now: NOW, expires_at: NOW + 3_600_000 },
        Change::Record(audit(account, version)),
    ];
    if version % 4 == 2 {
        changes.push(Change::Post(message(account, version)));
    }
    changes
}

fn audit(account: Key, version: u64) -> AuditRow {
    AuditRow {
        at: NOW + version as i64,
        reference: account.iter().take(5).map(|byte| format!("{byte:02x}")).collect(),
        realm: "pupils".into(),
        event: "code_sent".into(),
        detail: "method=sms gate=1".into(),
        person: Some(AuditPerson { account, user_name: "camille.dubois@deuxrivieres.example".into() }),
        network: Some("192.0.2.0/24".into()),
    }
}

fn message(account: Key, version: u64) -> OutboxRow {
    let [id, _] = *recovery::mac(&account, &[&version.to_be_bytes()]).as_chunks::<16>().0 else { unreachable!() };
    OutboxRow {
        id,
        account,
        purpose: "code".into(),
        kind: "sms".into(),
        body: vec![7; 300],
        created_at: NOW,
        due_at: NOW,
        expires_at: NOW + 600_000,
        tries: 0,
        status: OutboxStatus::Waiting,
        outcome: String::new(),
    }
}

fn hash(number: u64, salt: u64) -> Key {
    recovery::mac(&[7; 32], &[&number.to_be_bytes(), &salt.to_be_bytes()])
}

fn milliseconds(sorted: &[Duration], percent: usize) -> f64 {
    sorted.get(sorted.len() * percent / 100).map_or(0.0, |time| time.as_secs_f64() * 1000.0)
}

/// User and system time of this process, in all threads, as Linux counts it (proc(5): in hundredths of a second).
fn cpu_seconds() -> Result<f64, Box<dyn Error>> {
    let stat = std::fs::read_to_string("/proc/self/stat")?;
    // After the name in brackets, user time is the 12th field and system time the 13th.
    let fields = stat.rsplit(')').next().unwrap_or("").split_whitespace().skip(11).take(2);
    let ticks: Result<Vec<f64>, _> = fields.map(str::parse).collect();
    Ok(ticks?.iter().sum::<f64>() / 100.0)
}
