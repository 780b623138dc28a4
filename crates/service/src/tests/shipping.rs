//! The audit trail at a real syslog server: nothing is lost, whatever is cut.

use super::world::*;
use crate::Workers;
use crate::audit::{AuditFormat, AuditLine, Shipping};
use delivery::syslog::SyslogServer;
use recovery::AuditEvent;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;
use store::audit::Verifier;
use testbed::rsyslog::{CutWire, Rsyslog};

const PATIENCE: Duration = Duration::from_secs(120);

fn shipping(rsyslog: &Rsyslog, port: u16, format: AuditFormat) -> Shipping {
    let server = SyslogServer::new("localhost", port, Some(&rsyslog.ca_file())).expect("a server");
    Shipping {
        confirmed_after: Duration::from_secs(2),
        retry_after: Duration::from_millis(20),
        ..Shipping::new(Arc::new(server), format, "account.school.example".into())
    }
}

async fn write_rows(app: &App, count: u32) {
    for _ in 0..count / 100 {
        let rows = (0..100).map(|_| app.regain.event_row("school", &AuditEvent::Resumed)).collect();
        app.regain.store.commit(rows).await.expect("a commit");
    }
}

/// How often each row came.
fn rows(lines: &[String]) -> BTreeMap<u64, u32> {
    let mut rows = BTreeMap::new();
    for line in lines {
        if let Some(AuditLine::Event(entry)) = read(line) {
            *rows.entry(entry.seq).or_default() += 1;
        }
    }
    rows
}

/// The JSON of a message; `None` of one that was cut in the middle.
fn read(line: &str) -> Option<AuditLine> {
    AuditLine::parse(line.split_once("] {").map(|(_, json)| format!("{{{json}"))?.as_str()).ok()
}

async fn wait(rsyslog: Rsyslog, last: u64) -> (Rsyslog, Vec<String>) {
    let all = move |lines: &[String]| rows(lines).keys().copied().eq(1..=last);
    let waited = tokio::task::spawn_blocking(move || {
        let lines = rsyslog.wait_for(PATIENCE, all);
        (rsyslog, lines)
    });
    waited.await.expect("rsyslog got every row")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_wire_that_is_cut_loses_no_row() {
    let app = App::new().await;
    let rsyslog = Rsyslog::start();
    let wire = CutWire::to(rsyslog.address(), &[40_000, 3_000, 700_000, 150_000]);
    write_rows(&app, 3000).await;
    let workers = Workers::start(&app.regain).shipping(shipping(&rsyslog, wire.port(), AuditFormat::Json));
    let (rsyslog, _) = wait(rsyslog, 3000).await;
    assert_eq!(wire.cuts(), 4, "the wire was cut in the middle");
    workers.stop().await;

    let lines = rsyslog.lines();
    let came = rows(&lines);
    let doubled = came.values().filter(|times| **times > 1).count();
    println!("{doubled} of {} rows came more than once, after {} cuts", came.len(), wire.cuts());
    // What arrived is the trail itself: it is verified with nothing but the public key.
    let (_, key) = app.regain.store.audit_identity();
    let (mut heads, mut entries) = (Vec::new(), Vec::new());
    for line in lines.iter().filter_map(|line| read(line)) {
        match line {
            AuditLine::Head(head) => heads.push(head),
            AuditLine::Event(entry) => entries.push(entry),
            AuditLine::Trail { .. } => panic!("no such line is shipped"),
        }
    }
    assert!(!heads.is_empty());
    let mut verifier = Verifier::new(&key, &heads);
    entries.iter().for_each(|entry| verifier.row(entry));
    let verdict = verifier.finish();
    assert_eq!((verdict.findings.as_slice(), verdict.nodes[0].last.seq), ([].as_slice(), 3000));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_is_killed_gets_the_rest_and_nothing_is_sent_again_later() {
    let app = App::new().await;
    let mut rsyslog = Rsyslog::start();
    let port = rsyslog.address().port();
    let workers = Workers::start(&app.regain).shipping(shipping(&rsyslog, port, AuditFormat::Json));
    write_rows(&app, 500).await;
    rsyslog = wait(rsyslog, 500).await.0;
    rsyslog.kill_and_restart();
    write_rows(&app, 500).await;
    rsyslog = wait(rsyslog, 1000).await.0;
    workers.stop().await;
    let before = rows(&rsyslog.lines()).values().sum::<u32>();
    // The next run goes on behind what was confirmed.
    let workers = Workers::start(&app.regain).shipping(shipping(&rsyslog, port, AuditFormat::Json));
    write_rows(&app, 100).await;
    rsyslog = wait(rsyslog, 1100).await.0;
    workers.stop().await;
    assert_eq!(rows(&rsyslog.lines()).values().sum::<u32>(), before + 100);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_of_another_authority_gets_nothing() {
    let app = App::new().await;
    write_rows(&app, 100).await;
    let (rsyslog, stranger) = (Rsyslog::start(), Rsyslog::start());
    let port = stranger.address().port();
    let workers = Workers::start(&app.regain).shipping(shipping(&rsyslog, port, AuditFormat::Cef));
    workers.stop().await;
    assert_eq!(stranger.lines(), [""; 0]);
}
