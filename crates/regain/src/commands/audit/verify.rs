//! `regain audit verify`: finds what was changed, removed or swapped, in the store or in exported files.

use crate::Failure;
use crate::commands::opened::{away, count, open_file, store_alone};
use crate::commands::{ConfigArg, Ended, print};
use clap::Args;
use service::audit::{AuditLine, utc};
use std::collections::BTreeSet;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use store::audit::{Finding, Head, NodeVerdict, PublicKey, Verdict, Verifier};

/// Rows that are read at once.
const AT_ONCE: u32 = 1000;

/// Find every changed, removed or swapped row: of the store, or of files that `regain audit export` wrote. Exit code 1 when
/// there is one.
#[derive(Args)]
pub struct VerifyArgs {
    /// Exported files, the oldest first; without any, the store. Files are checked without settings, keys or network.
    files: Vec<PathBuf>,
    /// The public key that `regain audit key` printed. Without it a file is checked with the key that it names itself.
    #[arg(long, value_name = "HEX", value_parser = public_key)]
    key: Option<PublicKey>,
    /// A file with heads that were kept elsewhere: exports, or what `regain audit head` printed.
    #[arg(long, value_name = "FILE")]
    heads: Vec<PathBuf>,
    #[command(flatten)]
    config: ConfigArg,
}

fn public_key(text: &str) -> Result<PublicKey, String> {
    let line = format!(
        r#"{{"type":"trail","format":1,"node":"0000000000000000","public_key":"{text}","after_seq":0,"after_hash":"{}"}}"#,
        "00".repeat(32)
    );
    match AuditLine::parse(&line) {
        Ok(AuditLine::Trail { key, .. }) => Ok(key),
        _ => Err("64 hexadecimal digits, as `regain audit key` prints them".to_owned()),
    }
}

impl VerifyArgs {
    pub async fn run(self) -> Result<Ended, Failure> {
        let mut kept = Vec::new();
        for path in &self.heads {
            each_line(path, |line| {
                if let AuditLine::Head(head) = line {
                    kept.push(head);
                }
            })?;
        }
        let (verdict, note) = if self.files.is_empty() { self.store(kept).await? } else { self.exported(kept)? };
        print(&in_words(&verdict, note))?;
        Ok(if verdict.findings.is_empty() { Ended::Well } else { Ended::Badly })
    }

    async fn store(&self, kept: Vec<Head>) -> Result<(Verdict, Option<&'static str>), Failure> {
        let regain = store_alone(&self.config.config)?;
        let (_, own) = regain.store.audit_identity();
        let mut heads = regain.store.audit_heads(0).await.map_err(|error| away(error.into()))?;
        heads.extend(kept);
        let mut verifier = Verifier::new(&self.key.unwrap_or(own), &heads);
        let mut after = 0;
        loop {
            let rows = regain.store.audit_chain(after, AT_ONCE).await.map_err(|error| away(error.into()))?;
            rows.iter().for_each(|entry| verifier.row(entry));
            match rows.last() {
                Some(last) => after = last.seq,
                None => break,
            }
        }
        let _ = regain.store.close().await;
        Ok((verifier.finish(), None))
    }

    /// Heads first, then the rows: two readings, in little memory.
    fn exported(&self, mut heads: Vec<Head>) -> Result<(Verdict, Option<&'static str>), Failure> {
        let mut named = None;
        for path in &self.files {
            each_line(path, |line| match line {
                AuditLine::Trail { key, .. } => named = named.or(Some(key)),
                AuditLine::Head(head) => heads.push(head),
                AuditLine::Event(_) => {}
            })?;
        }
        let key = self.key.or(named).ok_or_else(|| {
            Failure::new("no file says which key signed it").hint("add --key and what `regain audit key` printed")
        })?;
        let mut verifier = Verifier::new(&key, &heads);
        let mut begun = BTreeSet::new();
        for path in &self.files {
            each_line(path, |line| match line {
                AuditLine::Trail { node, after, .. } if begun.insert(node) && after.seq > 0 => {
                    verifier.begins_after(node, after);
                }
                AuditLine::Event(entry) => {
                    begun.insert(entry.node);
                    verifier.row(&entry);
                }
                AuditLine::Trail { .. } | AuditLine::Head(_) => {}
            })?;
        }
        let note = "The key is the one that the file names itself: compare it with what `regain audit key` printed.\n";
        Ok((verifier.finish(), self.key.is_none().then_some(note)))
    }
}

/// Reads a file line by line. Empty lines are skipped.
fn each_line(path: &Path, mut take: impl FnMut(AuditLine)) -> Result<(), Failure> {
    for (number, line) in BufReader::new(open_file(path)?).lines().enumerate() {
        let place = format!("{}, line {}", path.display(), number + 1);
        let line = line.map_err(|error| Failure::new(format!("{place}: {error}")))?;
        if line.trim().is_empty() {
            continue;
        }
        take(AuditLine::parse(&line).map_err(|fault| {
            Failure::new(format!("{place}: {fault}"))
                .hint("the file must be as `regain audit export --format jsonl` wrote it")
        })?);
    }
    Ok(())
}

fn in_words(verdict: &Verdict, note: Option<&str>) -> String {
    let mut text: String = verdict.nodes.iter().map(node_in_words).collect();
    if verdict.nodes.is_empty() {
        text += "The trail is empty.\n";
    }
    text += note.unwrap_or_default();
    let found = verdict.findings.len() + verdict.more;
    if found == 0 {
        return text + "Nothing was changed, removed or swapped.\n";
    }
    text += "\n";
    text += &verdict.findings.iter().map(finding_in_words).collect::<String>();
    if verdict.more > 0 {
        text += &format!("and {} more\n", verdict.more);
    }
    text + &format!("\n{}: the trail is not as it was written.\n", count(found as u64, "finding"))
}

fn node_in_words(node: &NodeVerdict) -> String {
    let last = node.last.seq;
    let mut text = format!("node {}: {}", node.node, count(node.rows, "row"));
    if node.rows > 0 {
        text += &format!(", {} to {last}", node.first);
    }
    text += &match node.signed {
        Some((seq, at)) if seq == last => format!("; signed to the end, {}", utc(at)),
        Some((seq, at)) => format!("; signed up to row {seq}, {}", utc(at)),
        None => "; no head stands at any of them".to_owned(),
    };
    if node.erased_persons + node.erased_networks > 0 {
        text += &format!("; erased: the person of {}, the network of {}", node.erased_persons, node.erased_networks);
    }
    text + "\n"
}

fn finding_in_words(finding: &Finding) -> String {
    let (first, last) = finding.rows;
    let rows = if first == last { format!("row {first}") } else { format!("rows {first} to {last}") };
    let shows = match &finding.shows {
        Some((reference, at)) if reference.is_empty() => format!(" ({})", utc(*at)),
        Some((reference, at)) => format!(" ({reference}, {})", utc(*at)),
        None => String::new(),
    };
    format!("node {}, {rows}{shows}: {}\n", finding.node, finding.fault)
}
