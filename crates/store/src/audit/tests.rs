//! Finding what was done to a trail: each way of tampering, and what it is told as.

use super::*;
use recovery::AuditEvent;

const NOW: Millis = 1_790_000_000_000;

/// A node that writes rows and signs heads, in memory.
struct Writer {
    node: NodeId,
    signer: Signer,
    rows: Vec<Entry>,
    heads: Vec<Head>,
}

impl Writer {
    fn new(node: u8) -> Self {
        Self { node: NodeId([node; 8]), signer: Signer::from_root(&[7; 32]), rows: Vec::new(), heads: Vec::new() }
    }

    fn with_rows(count: u8) -> Self {
        let mut writer = Self::new(1);
        (1..=count).for_each(|number| writer.write(number));
        writer
    }

    fn tip(&self) -> Tip {
        self.rows.last().map_or(Tip::GENESIS, |row| Tip { seq: row.seq, hash: row.hash })
    }

    fn write(&mut self, number: u8) {
        let salt = [number; SALT_BYTES];
        let person = AuditPerson { account: [number; 32], user_name: format!("user {number}") };
        let network = format!("192.0.2.{number}/32");
        let before = self.tip();
        let mut row = Entry {
            node: self.node,
            seq: before.seq + 1,
            at: NOW + Millis::from(number),
            reference: format!("REF {number:03}"),
            realm: "pupils".into(),
            event: "code_wrong".into(),
            detail: "gate=1".into(),
            person: Part::Kept { commitment: commit_person(&salt, &person), salt, value: person },
            network: Part::Kept { commitment: commit_network(&salt, &network), salt, value: network },
            hash: [0; 32],
        };
        row.hash = row.hash_at(row.seq, &before.hash);
        self.rows.push(row);
    }

    fn sign(&mut self, seen: Vec<Seen>) {
        let at = NOW + 1000;
        self.heads.push(self.signer.sign(HeadKind::Head, self.node, self.tip(), at, seen));
    }

    fn verdict(&self) -> Verdict {
        verify(&self.signer.public_key(), &self.heads, &self.rows)
    }

    /// What is found, as `rows: fault`.
    fn found(&self) -> Vec<String> {
        self.verdict().findings.iter().map(in_words).collect()
    }

    /// Makes all hashes fit again from a row on, as a thief of the store can.
    fn rehash_from(&mut self, place: usize) {
        let mut before = if place == 0 { [0; 32] } else { self.rows[place - 1].hash };
        for row in &mut self.rows[place..] {
            row.hash = row.hash_at(row.seq, &before);
            before = row.hash;
        }
    }
}

fn verify(key: &PublicKey, heads: &[Head], rows: &[Entry]) -> Verdict {
    let mut verifier = Verifier::new(key, heads);
    rows.iter().for_each(|row| verifier.row(row));
    verifier.finish()
}

fn in_words(finding: &Finding) -> String {
    let word = finding.fault.to_string();
    let word = word.split([':', ' ']).next().unwrap_or_default().to_owned();
    let (first, last) = finding.rows;
    if first == last { format!("{first} {word}") } else { format!("{first}-{last} {word}") }
}

#[test]
fn what_was_written_is_found_well() {
    let mut writer = Writer::with_rows(9);
    assert_eq!(writer.found(), [""; 0]);
    writer.sign(Vec::new());
    assert_eq!(writer.found(), [""; 0]);
    let verdict = writer.verdict();
    assert_eq!((verdict.nodes[0].rows, verdict.nodes[0].signed), (9, Some((9, NOW + 1000))));
}

#[test]
fn a_change_of_any_public_field_is_found() {
    let changes: [fn(&mut Entry); 6] = [
        |row| row.at += 1,
        |row| row.reference = "REF 999".into(),
        |row| row.realm = "staff".into(),
        |row| row.event = "gate_passed".into(),
        |row| row.detail = "gate=2".into(),
        |row| row.person = Part::Erased { commitment: [9; 32] },
    ];
    for change in changes {
        let mut writer = Writer::with_rows(9);
        change(&mut writer.rows[4]);
        let found = writer.found();
        assert!(found.contains(&"5 changed".to_owned()), "{found:?}");
    }
}

#[test]
fn a_finding_says_where_and_what_the_row_shows() {
    let mut writer = Writer::with_rows(9);
    writer.rows[4].event = "gate_passed".into();
    let verdict = writer.verdict();
    let [finding] = verdict.findings.as_slice() else { panic!("{verdict:?}") };
    assert_eq!((finding.node, finding.rows), (NodeId([1; 8]), (5, 5)));
    assert_eq!(finding.shows, Some(("REF 005".to_owned(), NOW + 5)));
}

#[test]
fn a_changed_personal_part_is_found() {
    let mut writer = Writer::with_rows(3);
    let Part::Kept { value, .. } = &mut writer.rows[1].person else { panic!("a person") };
    value.user_name = "somebody else".into();
    let Part::Kept { value, .. } = &mut writer.rows[2].network else { panic!("a network") };
    *value = "203.0.113.9/32".into();
    let faults: Vec<Fault> = writer.verdict().findings.into_iter().map(|finding| finding.fault).collect();
    assert_eq!(faults, [Fault::PartChanged("the user name or the account"), Fault::PartChanged("the network")]);
}

#[test]
fn a_removed_row_is_found() {
    let mut writer = Writer::with_rows(9);
    writer.rows.drain(3..5);
    assert_eq!(writer.found(), ["4-5 missing"]);
    let mut writer = Writer::with_rows(9);
    writer.rows.remove(0);
    assert_eq!(writer.found(), ["1 missing"]);
}

#[test]
fn swapped_rows_are_found_with_or_without_their_hashes() {
    for (one, other) in [(3, 4), (2, 6)] {
        let mut writer = Writer::with_rows(9);
        writer.rows.swap(one, other);
        let (first, second) = (one as u64 + 1, other as u64 + 1);
        (writer.rows[one].seq, writer.rows[other].seq) = (first, second);
        assert_eq!(writer.found(), [format!("{first}-{second} swapped")], "with their hashes");
        let (of_one, of_other) = (writer.rows[one].hash, writer.rows[other].hash);
        (writer.rows[one].hash, writer.rows[other].hash) = (of_other, of_one);
        assert_eq!(writer.found(), [format!("{first}-{second} swapped")], "without");
    }
}

#[test]
fn rows_cut_off_at_the_end_are_found_by_a_head() {
    let mut writer = Writer::with_rows(9);
    writer.rows.truncate(7);
    assert_eq!(writer.found(), [""; 0], "without a head nobody can know");
    let mut writer = Writer::with_rows(9);
    writer.sign(Vec::new());
    writer.rows.truncate(7);
    assert_eq!(writer.found(), ["8-9 missing"]);
    writer.rows.clear();
    assert_eq!(writer.found(), ["1-9 missing"]);
}

#[test]
fn a_rewritten_chain_is_found_by_a_head() {
    let mut writer = Writer::with_rows(5);
    writer.sign(Vec::new());
    (6..=9).for_each(|number| writer.write(number));
    writer.sign(Vec::new());
    writer.rows[6].event = "gate_passed".into();
    writer.rehash_from(6);
    assert_eq!(writer.found(), ["6-9 rewritten"], "after the last head that fits");
}

#[test]
fn a_head_of_another_key_is_found_and_says_nothing() {
    let mut writer = Writer::with_rows(5);
    let thief = Signer::from_root(&[8; 32]);
    writer.heads.push(thief.sign(HeadKind::Start, writer.node, writer.tip(), NOW, Vec::new()));
    writer.rows.clear();
    assert_eq!(writer.found(), ["5 a"]);
    assert_eq!(writer.verdict().findings[0].fault, Fault::BadHead);
}

#[test]
fn every_part_of_a_head_is_signed() {
    let mut writer = Writer::with_rows(5);
    let other = Seen { node: NodeId([2; 8]), tip: Tip { seq: 3, hash: [3; 32] } };
    writer.sign(vec![other]);
    let key = writer.signer.public_key();
    let good = writer.heads[0].clone();
    assert!(good.is_signed_by(&key));
    let changes: [fn(&mut Head); 6] = [
        |head| head.kind = HeadKind::Start,
        |head| head.node = NodeId([9; 8]),
        |head| head.tip.seq += 1,
        |head| head.tip.hash[0] ^= 1,
        |head| head.at += 1,
        |head| head.seen[0].tip.seq += 1,
    ];
    for change in changes {
        let mut head = good.clone();
        change(&mut head);
        assert!(!head.is_signed_by(&key), "{head:?}");
    }
}

#[test]
fn rows_that_have_outlived_their_time_are_vouched_for() {
    let mut writer = Writer::with_rows(9);
    let cut = Tip { seq: 4, hash: writer.rows[3].hash };
    writer.heads.push(writer.signer.sign(HeadKind::Start, writer.node, cut, NOW, Vec::new()));
    assert_eq!(writer.found(), [""; 0], "an older copy still has them");
    writer.rows.drain(..4);
    assert_eq!(writer.found(), [""; 0]);
    writer.rows.remove(0);
    assert_eq!(writer.found(), ["5 missing"]);
}

/// A head of one node stands in for the rows of another that it has seen.
#[test]
fn chains_are_joined_by_what_their_heads_have_seen() {
    let mut one = Writer::with_rows(6);
    let mut other = Writer::new(2);
    (1..=3).for_each(|number| other.write(number));
    other.sign(vec![Seen { node: one.node, tip: one.tip() }]);
    let rows = |one: &Writer| [one.rows.clone(), other.rows.clone()].concat();
    let key = one.signer.public_key();
    let all = verify(&key, &other.heads, &rows(&one));
    assert_eq!((all.findings.len(), all.nodes.len()), (0, 2));
    // The first node has no head of its own, and still nothing can be cut off or rewritten.
    let whole = one.rows.clone();
    one.rows.truncate(4);
    let cut = verify(&key, &other.heads, &rows(&one));
    assert_eq!(cut.findings.iter().map(in_words).collect::<Vec<_>>(), ["5-6 missing"]);
    one.rows = whole;
    one.rows[2].detail = "gate=2".into();
    one.rehash_from(2);
    let rewritten = verify(&key, &other.heads, &rows(&one));
    assert_eq!(rewritten.findings.iter().map(in_words).collect::<Vec<_>>(), ["1-6 rewritten"]);
}

#[test]
fn an_erasure_that_nobody_recorded_is_found() {
    let mut writer = Writer::with_rows(5);
    let erase = |row: &mut Entry| row.person = Part::Erased { commitment: row.person.commitment().try_into().unwrap() };
    erase(&mut writer.rows[1]);
    erase(&mut writer.rows[2]);
    assert_eq!(writer.found(), ["1-5 2"]);
    writer.write(6);
    let erased = AuditEvent::AuditErased { rows: 2 };
    (writer.rows[5].event, writer.rows[5].detail) = (erased.name().into(), erased.detail());
    writer.rehash_from(5);
    assert_eq!(writer.found(), [""; 0]);
    assert_eq!(writer.verdict().nodes[0].erased_persons, 2);
}

#[test]
fn a_row_that_comes_twice_is_no_fault_unless_it_differs() {
    let mut writer = Writer::with_rows(9);
    let again = writer.rows[2..6].to_vec();
    writer.rows.extend(again);
    assert_eq!(writer.found(), [""; 0]);
    writer.rows[10].event = "gate_passed".into();
    assert_eq!(writer.found(), ["4 out"]);
}

#[test]
fn a_part_of_a_trail_is_checked_from_where_it_begins() {
    let mut writer = Writer::with_rows(9);
    writer.sign(Vec::new());
    let key = writer.signer.public_key();
    let check = |tip: Tip, rows: &[Entry]| {
        let mut verifier = Verifier::new(&key, &writer.heads);
        verifier.begins_after(writer.node, tip);
        rows.iter().for_each(|row| verifier.row(row));
        verifier.finish().findings.iter().map(in_words).collect::<Vec<_>>()
    };
    let cut = Tip { seq: 4, hash: writer.rows[3].hash };
    assert_eq!(check(cut, &writer.rows[4..]), [""; 0]);
    assert_eq!(check(Tip { hash: [1; 32], ..cut }, &writer.rows[4..]), ["5 changed"]);
}
