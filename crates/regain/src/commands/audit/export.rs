//! `regain audit export`: the trail on stdout, for an auditor or a collector.

use crate::Failure;
use crate::commands::opened::{away, store_alone};
use crate::commands::{ConfigArg, Ended};
use clap::{Args, ValueEnum};
use service::Regain;
use service::audit::{AuditLine, cef};
use std::io::{BufWriter, ErrorKind, Write};
use store::Millis;
use store::audit::{Entry, Head, HeadKind, Tip};

/// Rows that are read at once.
const AT_ONCE: u32 = 1000;

/// Write the trail to stdout: the heads and rows that `regain audit verify FILE` checks (jsonl), or events for a SIEM (cef).
#[derive(Args)]
pub struct ExportArgs {
    /// jsonl holds all that a check needs; cef is ArcSight's Common Event Format.
    #[arg(long, value_enum, default_value_t = Format::Jsonl)]
    format: Format,
    /// Only what came after: the number of a row (to go on after a break), a day such as 2026-11-01, or a time such as
    /// 2026-11-01T08:30:00Z.
    #[arg(long, value_name = "ROW | TIME", value_parser = since)]
    since: Option<Since>,
    #[command(flatten)]
    config: ConfigArg,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
enum Format {
    Jsonl,
    Cef,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Since {
    Row(u64),
    Time(Millis),
}

/// Days begin at midnight UTC, as the times of the export are UTC.
fn since(text: &str) -> Result<Since, String> {
    if let Ok(row) = text.parse() {
        return Ok(Since::Row(row));
    }
    let day = text.parse::<jiff::civil::Date>().ok().and_then(|day| day.to_zoned(jiff::tz::TimeZone::UTC).ok());
    // A time stands first: it begins with a day as well.
    let time = text.parse::<jiff::Timestamp>().ok().or_else(|| day.map(|day| day.timestamp()));
    time.map(|time| Since::Time(time.as_millisecond()))
        .ok_or_else(|| "write the number of a row, a day (2026-11-01) or a time (2026-11-01T08:30:00Z)".to_owned())
}

impl ExportArgs {
    pub async fn run(self) -> Result<Ended, Failure> {
        let regain = store_alone(&self.config.config)?;
        let done = self.write(&regain).await;
        let _ = regain.store.close().await;
        done
    }

    async fn write(&self, regain: &Regain) -> Result<Ended, Failure> {
        let (node, key) = regain.store.audit_identity();
        let heads = regain.store.audit_heads(0).await.map_err(|error| away(error.into()))?;
        let begin = self.begin(regain, &heads).await?;
        let mut out = Out(BufWriter::new(std::io::stdout().lock()));
        let mut goes_on = match self.format {
            Format::Cef => true,
            Format::Jsonl => out.line(&AuditLine::Trail { node, key, after: begin }.to_text())?,
        };
        for head in heads.into_iter().filter(|head| head.tip.seq > begin.seq || head.kind == HeadKind::Start) {
            goes_on = goes_on
                && out.line(&match self.format {
                    Format::Cef => cef::head(&head),
                    Format::Jsonl => AuditLine::Head(head).to_text(),
                })?;
        }
        let mut after = begin.seq;
        while goes_on {
            let rows = rows(regain, after).await?;
            let Some(last) = rows.last() else { break };
            after = last.seq;
            for entry in rows {
                goes_on = goes_on
                    && out.line(&match self.format {
                        Format::Cef => cef::event(&entry),
                        Format::Jsonl => AuditLine::Event(Box::new(entry)).to_text(),
                    })?;
            }
        }
        out.end()?;
        Ok(Ended::Well)
    }

    /// The row that the export begins behind.
    async fn begin(&self, regain: &Regain, heads: &[Head]) -> Result<Tip, Failure> {
        let start = heads.iter().rfind(|head| head.kind == HeadKind::Start).map_or(Tip::GENESIS, |head| head.tip);
        let tip = |entry: &Entry| Tip { seq: entry.seq, hash: entry.hash };
        match self.since {
            None => Ok(start),
            Some(Since::Row(row)) if row <= start.seq => Ok(start),
            Some(Since::Row(row)) => {
                let found = regain.store.audit_chain(row - 1, 1).await.map_err(|error| away(error.into()))?;
                found.first().filter(|entry| entry.seq == row).map(tip).ok_or_else(|| {
                    Failure::new(format!("there is no row {row}"))
                        .hint("leave --since out to see how far the trail goes")
                })
            }
            Some(Since::Time(time)) => {
                let mut begin = start;
                loop {
                    let rows = rows(regain, begin.seq).await?;
                    let earlier = rows.iter().take_while(|entry| entry.at < time).last();
                    begin = earlier.map_or(begin, tip);
                    if earlier.map(|entry| entry.seq) != rows.last().map(|entry| entry.seq) || rows.is_empty() {
                        return Ok(begin);
                    }
                }
            }
        }
    }
}

async fn rows(regain: &Regain, after: u64) -> Result<Vec<Entry>, Failure> {
    regain.store.audit_chain(after, AT_ONCE).await.map_err(|error| away(error.into()))
}

/// Lines on stdout, until nobody reads them any more.
struct Out<W: Write>(W);

impl<W: Write> Out<W> {
    /// Answers whether somebody still reads.
    fn line(&mut self, line: &str) -> Result<bool, Failure> {
        still_read(writeln!(self.0, "{line}"))
    }

    fn end(&mut self) -> Result<bool, Failure> {
        still_read(self.0.flush())
    }
}

fn still_read(written: std::io::Result<()>) -> Result<bool, Failure> {
    match written {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(false),
        Err(error) => Err(Failure::new(format!("stdout can't be written: {error}"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_an_export_begins_is_a_row_a_day_or_a_time() {
        assert_eq!(since("42"), Ok(Since::Row(42)));
        assert_eq!(since("2026-11-01"), Ok(Since::Time(1_793_491_200_000)));
        assert_eq!(since("2026-11-01T08:30:00Z"), Ok(Since::Time(1_793_521_800_000)));
        for text in ["", "yesterday", "-1", "2026-13-01"] {
            assert!(since(text).is_err(), "{text}");
        }
    }
}
