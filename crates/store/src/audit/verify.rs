//! Finding what was changed, removed or swapped, with nothing secret: rows in their order, heads, and the public key.
//!
//! Heads come first, as many as there are, also such as were kept elsewhere; then the rows of each node in their order,
//! one at a time, so that a trail of any length is checked in little memory.

use super::{Entry, Head, HeadKind, NodeId, Part, PublicKey, Tip};
use crate::{Key, Millis};
use recovery::{AuditEvent, detail_fields};
use std::collections::{BTreeMap, VecDeque};

/// How many findings are kept one by one; the rest are counted.
const FINDINGS_MAX: usize = 1000;

/// How many changed rows are compared with each other to see whether they were swapped.
const SUSPECTS_MAX: usize = 64;

/// How far back a row that comes again (a collector may get some twice) is still recognised.
const RECENT: usize = 100_000;

/// Something that is not as it was written.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Finding {
    pub node: NodeId,
    /// The first and the last row it is about.
    pub rows: (u64, u64),
    /// The reference and time that the row shows, where one is there to show them.
    pub shows: Option<(String, Millis)>,
    pub fault: Fault,
}

/// What is wrong.
#[derive(thiserror::Error, Clone, PartialEq, Eq, Debug)]
pub enum Fault {
    #[error("changed: it is not what was written here, or the row before it is not, together with its hash")]
    Changed,
    #[error("changed: {0} is not what was written")]
    PartChanged(&'static str),
    #[error("swapped: each stands where the other was written")]
    Swapped,
    #[error("missing")]
    Missing,
    #[error("missing at the end: a signed head says that they were written")]
    MissingAtEnd,
    #[error("out of place: the rows before it came already")]
    OutOfPlace,
    #[error("rewritten: some of them, with all hashes after, since a signed head says what the last one was")]
    Rewritten,
    #[error("a head with a wrong signature: it was changed, or signed with another key")]
    BadHead,
    #[error("{missing} rows have lost their person, and only {recorded} erasures are recorded")]
    ErasedSilently { missing: u64, recorded: u64 },
}

/// What was found of one node.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NodeVerdict {
    pub node: NodeId,
    /// The first row that was there, and the last.
    pub first: u64,
    pub last: Tip,
    pub rows: u64,
    /// The last row that a good head stands at: everything up to it is as it was when that head was signed.
    pub signed: Option<(u64, Millis)>,
    /// Rows whose person was erased.
    pub erased_persons: u64,
    /// Rows whose network was erased.
    pub erased_networks: u64,
}

/// What was found.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Verdict {
    pub nodes: Vec<NodeVerdict>,
    /// In the order of nodes and rows; at most 1000.
    pub findings: Vec<Finding>,
    /// How many more there are.
    pub more: usize,
}

/// Checks a trail.
pub struct Verifier {
    /// What signed heads say of a row: its hash, and when that was said.
    said: BTreeMap<(NodeId, u64), Vec<(Key, Millis)>>,
    /// Where chains may begin, because what was before has outlived its time.
    starts: BTreeMap<(NodeId, u64), Key>,
    nodes: BTreeMap<NodeId, Node>,
    findings: Vec<Finding>,
    more: usize,
}

#[derive(Default)]
struct Node {
    /// Where the next row hangs; `None` while nothing is known.
    last: Option<Tip>,
    /// Whether the hash that the next row was written behind is gone.
    broken: bool,
    first: u64,
    rows: u64,
    signed: Option<(u64, Millis)>,
    /// The last head that the rows did not fit.
    checked: u64,
    recent: VecDeque<Key>,
    suspects: Vec<Suspect>,
    erased_persons: u64,
    erased_networks: u64,
    erasures: u64,
}

/// A changed row, with the hash it hangs on.
struct Suspect {
    entry: Entry,
    before: Key,
}

impl Verifier {
    /// With all heads there are. One whose signature is wrong is a finding and says nothing.
    pub fn new(key: &PublicKey, heads: &[Head]) -> Self {
        let mut verifier = Self {
            said: BTreeMap::new(),
            starts: BTreeMap::new(),
            nodes: BTreeMap::new(),
            findings: Vec::new(),
            more: 0,
        };
        for head in heads {
            if !head.is_signed_by(key) {
                verifier.find(head.node, (head.tip.seq, head.tip.seq), None, Fault::BadHead);
                continue;
            }
            let seen = head.seen.iter().map(|seen| (seen.node, seen.tip));
            for (node, tip) in std::iter::once((head.node, head.tip)).chain(seen) {
                verifier.said.entry((node, tip.seq)).or_default().push((tip.hash, head.at));
            }
            verifier.nodes.entry(head.node).or_default();
            if head.kind == HeadKind::Start {
                verifier.starts.insert((head.node, head.tip.seq), head.tip.hash);
            }
        }
        verifier
    }

    /// The rows of a node begin behind this one: a part of a trail is checked. Nobody vouches for the hash; the first good
    /// head after it does.
    pub fn begins_after(&mut self, node: NodeId, tip: Tip) {
        for (hash, _) in self.said.get(&(node, tip.seq)).cloned().unwrap_or_default() {
            if hash != tip.hash {
                self.find(node, (1, tip.seq), None, Fault::Rewritten);
            }
        }
        let node = self.nodes.entry(node).or_default();
        (node.last, node.checked) = (Some(tip), tip.seq);
    }

    /// Takes the next row of its node.
    pub fn row(&mut self, entry: &Entry) {
        let mut node = self.nodes.remove(&entry.node).unwrap_or_default();
        self.take(&mut node, entry);
        self.nodes.insert(entry.node, node);
    }

    fn take(&mut self, node: &mut Node, entry: &Entry) {
        let shows = || Some((entry.reference.clone(), entry.at));
        let here = (entry.seq, entry.seq);
        let mut last = node.last.unwrap_or(Tip::GENESIS);
        if entry.seq <= last.seq {
            return self.take_again(node, entry, last);
        }
        if let Some(start) = self.start_between(entry.node, last.seq, entry.seq - 1) {
            (last, node.broken) = (start, false);
        }
        if entry.seq > last.seq + 1 {
            self.find(entry.node, (last.seq + 1, entry.seq - 1), None, Fault::Missing);
            node.broken = true;
            node.recent.clear();
        }
        // Behind a gap the row itself can't be checked: the hash it hangs on is gone. A head right before it helps.
        let before = match self.said.get(&(entry.node, entry.seq - 1)) {
            Some(said) if node.broken => said.first().map(|(hash, _)| *hash),
            _ => (!node.broken).then_some(last.hash),
        };
        if let Some(before) = before
            && entry.hash_at(entry.seq, &before) != entry.hash
        {
            self.find(entry.node, here, shows(), Fault::Changed);
            if node.suspects.len() < SUSPECTS_MAX {
                node.suspects.push(Suspect { entry: entry.clone(), before });
            }
        }
        for part in entry.wrong_parts() {
            self.find(entry.node, here, shows(), Fault::PartChanged(part));
        }
        // Two heads may name one row: of a store that was put back, and of the one before.
        let from = node.checked + 1;
        for (hash, at) in self.said.get(&(entry.node, entry.seq)).cloned().unwrap_or_default() {
            if hash == entry.hash {
                node.signed = Some((entry.seq, at));
            } else {
                self.find(entry.node, (from, entry.seq), shows(), Fault::Rewritten);
            }
            node.checked = entry.seq;
        }
        node.count(entry);
    }

    /// The last place up to `until` where the chain may begin anew behind `after`.
    fn start_between(&self, node: NodeId, after: u64, until: u64) -> Option<Tip> {
        let mut starts = self.starts.range((node, after.saturating_add(1))..(node, until.saturating_add(1)));
        starts.next_back().map(|((_, seq), hash)| Tip { seq: *seq, hash: *hash })
    }

    /// A row that is not behind the last one: the same once more, as a collector may get it, or one out of place.
    fn take_again(&mut self, node: &Node, entry: &Entry, last: Tip) {
        let back = usize::try_from(last.seq - entry.seq).unwrap_or(usize::MAX);
        let known = node.recent.len().checked_sub(back + 1).and_then(|place| node.recent.get(place));
        let before = node.recent.len().checked_sub(back + 2).and_then(|place| node.recent.get(place));
        let is_same = known == Some(&entry.hash)
            && entry.wrong_parts().is_empty()
            && before.is_none_or(|before| entry.hash_at(entry.seq, before) == entry.hash);
        if !is_same {
            let shows = Some((entry.reference.clone(), entry.at));
            self.find(entry.node, (entry.seq, entry.seq), shows, Fault::OutOfPlace);
        }
    }

    /// Ends the check.
    pub fn finish(mut self) -> Verdict {
        let nodes = std::mem::take(&mut self.nodes);
        let verdicts = nodes.into_iter().filter_map(|(id, node)| self.end(id, node)).collect();
        self.findings.sort_by_key(|finding| (finding.node, finding.rows));
        Verdict { nodes: verdicts, findings: self.findings, more: self.more }
    }

    fn end(&mut self, id: NodeId, node: Node) -> Option<NodeVerdict> {
        self.name_swapped(id, &node.suspects);
        let last = node.last.unwrap_or(Tip::GENESIS);
        let last = self.start_between(id, last.seq, u64::MAX - 1).unwrap_or(last);
        let heads = self.said.range((id, 0)..=(id, u64::MAX));
        let furthest = heads.map(|((_, seq), _)| *seq).next_back().unwrap_or(0);
        if furthest > last.seq {
            self.find(id, (last.seq + 1, furthest), None, Fault::MissingAtEnd);
        }
        if node.erased_persons > node.erasures {
            let fault = Fault::ErasedSilently { missing: node.erased_persons, recorded: node.erasures };
            self.find(id, (node.first, last.seq), None, fault);
        }
        let Node { first, rows, signed, erased_persons, erased_networks, .. } = node;
        let said_anything = rows > 0 || last.seq > 0 || furthest > 0;
        said_anything.then_some(NodeVerdict { node: id, first, last, rows, signed, erased_persons, erased_networks })
    }

    /// Of two changed rows, the later one may have been written where the earlier stands.
    fn name_swapped(&mut self, node: NodeId, suspects: &[Suspect]) {
        for (place, earlier) in suspects.iter().enumerate() {
            for later in suspects.iter().skip(place + 1) {
                let fits = later.entry.hash_at(earlier.entry.seq, &earlier.before);
                if fits != earlier.entry.hash && fits != later.entry.hash {
                    continue;
                }
                let (one, other) = (earlier.entry.seq, later.entry.seq);
                // Where the hashes were swapped along, the rows behind them hang on the wrong one and are well.
                let moved = fits == later.entry.hash;
                let is_well = |finding: &Finding| {
                    let behind = suspects.iter().find(|suspect| suspect.entry.seq == finding.rows.0);
                    let on =
                        |hash: &Key| behind.is_some_and(|it| it.entry.hash_at(it.entry.seq, hash) == it.entry.hash);
                    moved && (on(&earlier.entry.hash) || on(&later.entry.hash))
                };
                let about_them = |finding: &Finding| {
                    let (seq, _) = finding.rows;
                    finding.node == node
                        && finding.fault == Fault::Changed
                        && (seq == one || seq == other || is_well(finding))
                };
                self.findings.retain(|finding| !about_them(finding));
                let shows = Some((earlier.entry.reference.clone(), earlier.entry.at));
                self.find(node, (one, other), shows, Fault::Swapped);
            }
        }
    }

    fn find(&mut self, node: NodeId, rows: (u64, u64), shows: Option<(String, Millis)>, fault: Fault) {
        if self.findings.len() < FINDINGS_MAX {
            self.findings.push(Finding { node, rows, shows, fault });
        } else {
            self.more += 1;
        }
    }
}

impl Node {
    fn count(&mut self, entry: &Entry) {
        if self.rows == 0 {
            self.first = entry.seq;
        }
        self.rows += 1;
        self.last = Some(Tip { seq: entry.seq, hash: entry.hash });
        self.broken = false;
        self.erased_persons += u64::from(matches!(entry.person, Part::Erased { .. }));
        self.erased_networks += u64::from(matches!(entry.network, Part::Erased { .. }));
        if entry.event == (AuditEvent::AuditErased { rows: 0 }).name() {
            let rows = detail_fields(&entry.detail).find(|(key, _)| *key == "rows");
            self.erasures += rows.and_then(|(_, rows)| rows.parse::<u64>().ok()).unwrap_or(0);
        }
        if self.recent.len() == RECENT {
            self.recent.pop_front();
        }
        self.recent.push_back(entry.hash);
    }
}
