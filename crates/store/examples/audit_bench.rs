//! How long the check of an audit trail takes.
//!
//! `cargo run --release -p regain-store --example audit_bench [FOLDER [ROWS]]`: writes so many rows, and checks them as
//! `regain audit verify` does: hashes, personal parts, heads.

use regain_store::audit::Verifier;
use regain_store::sealing::Keyring;
use regain_store::sqlite::SqliteStore;
use regain_store::{AuditPerson, AuditRow, Change, Store};
use std::error::Error;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

const NOW: i64 = 1_790_000_000_000;
const AT_ONCE: u64 = 1000;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().map_or_else(std::env::temp_dir, PathBuf::from);
    let rows: u64 = arguments.next().map_or(Ok(1_000_000), |text| text.parse())?;
    let folder = tempfile::tempdir_in(folder)?;
    let store = SqliteStore::open(&folder.path().join("bench.db"), Arc::new(Keyring::generate()))?;
    let begun = Instant::now();
    for start in (0..rows).step_by(AT_ONCE as usize) {
        store.commit((start..rows.min(start + AT_ONCE)).map(row).collect()).await?;
        store.sign_audit_head(NOW).await?;
    }
    println!("{rows} rows written in {:.1} s", begun.elapsed().as_secs_f64());
    let begun = Instant::now();
    let (_, key) = store.audit_identity();
    let mut verifier = Verifier::new(&key, &store.audit_heads(0).await?);
    let mut after = 0;
    loop {
        let found = store.audit_chain(after, AT_ONCE as u32).await?;
        found.iter().for_each(|entry| verifier.row(entry));
        let Some(last) = found.last() else { break };
        after = last.seq;
    }
    let verdict = verifier.finish();
    assert_eq!((verdict.findings.as_slice(), verdict.nodes[0].rows), ([].as_slice(), rows));
    println!("checked in {:.2} s", begun.elapsed().as_secs_f64());
    store.close().await?;
    println!("file: {} MB", std::fs::metadata(folder.path().join("bench.db"))?.len() / 1_000_000);
    Ok(())
}

fn row(number: u64) -> Change {
    let account = recovery::mac(&[7; 32], &[&(number / 12).to_be_bytes()]);
    Change::Record(AuditRow {
        at: NOW + number as i64,
        reference: account.iter().take(3).map(|byte| format!("{byte:02x}")).collect(),
        realm: "pupils".into(),
        event: "message_asked".into(),
        detail: "gate=1 method=sms".into(),
        person: Some(AuditPerson { account, user_name: "camille.dubois@deuxrivieres.example".into() }),
        network: Some("192.0.2.7/32".into()),
    })
}
