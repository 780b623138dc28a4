//! What a seal promises, and what a key file says when it is wrong.

use super::*;

const PLACE: &[&[u8]] = &[b"recovery", b"row 1", b"state"];

#[test]
fn what_is_sealed_opens_again() {
    let ring = Keyring::generate();
    for plain in [&b""[..], b"x", b"a code and a number", &[7; 10_000]] {
        let sealed = ring.seal(PLACE, plain);
        assert_eq!(sealed.len(), plain.len() + SEALED_OVERHEAD_BYTES);
        assert_eq!(ring.open(PLACE, &sealed).unwrap().as_slice(), plain);
    }
}

#[test]
fn the_same_value_never_looks_the_same() {
    let ring = Keyring::generate();
    assert_ne!(ring.seal(PLACE, b"anna"), ring.seal(PLACE, b"anna"));
}

#[test]
fn another_key_does_not_open() {
    let sealed = Keyring::generate().seal(PLACE, b"secret");
    assert_eq!(Keyring::generate().open(PLACE, &sealed).unwrap_err(), SealingError::Changed);
}

#[test]
fn a_value_moved_to_another_place_does_not_open() {
    let ring = Keyring::generate();
    let sealed = ring.seal(PLACE, b"secret");
    let elsewhere: [&[&[u8]]; 6] = [
        &[b"outbox", b"row 1", b"state"],
        &[b"recovery", b"row 2", b"state"],
        &[b"recovery", b"row 1", b"body"],
        &[b"recovery", b"row 1"],
        &[b"recoveryrow 1", b"", b"state"],
        &[b"recovery", b"row ", b"1state"],
    ];
    for place in elsewhere {
        assert_eq!(ring.open(place, &sealed).unwrap_err(), SealingError::Changed, "{place:?}");
    }
}

#[test]
fn no_shortened_value_opens() {
    let ring = Keyring::generate();
    let sealed = ring.seal(PLACE, b"secret");
    for length in 0..sealed.len() {
        let error = ring.open(PLACE, &sealed[..length]).unwrap_err();
        let expected = if length < SEALED_OVERHEAD_BYTES { SealingError::Truncated } else { SealingError::Changed };
        assert_eq!(error, expected, "{length} bytes");
    }
}

#[test]
fn no_flipped_bit_goes_unseen() {
    let ring = Keyring::generate();
    let sealed = ring.seal(PLACE, b"secret");
    for bit in 0..sealed.len() * 8 {
        let mut changed = sealed.clone();
        changed[bit / 8] ^= 1 << (bit % 8);
        assert!(ring.open(PLACE, &changed).is_err(), "bit {bit}");
    }
}

#[test]
fn a_rotated_ring_seals_anew_and_opens_what_is_old() {
    let ring = Keyring::generate();
    let old = ring.seal(PLACE, b"old");
    let ring = ring.rotated(1_790_000_000);
    assert_eq!(ring.current_id(), 2);
    assert_eq!(ring.open(PLACE, &old).unwrap().as_slice(), b"old");
    assert!(!ring.is_current(&old));
    let new = ring.seal(PLACE, b"new");
    assert!(ring.is_current(&new));
    let ring = ring.rotated(1_790_000_000);
    assert_eq!(ring.open(PLACE, &new).unwrap().as_slice(), b"new");
    assert_eq!(ring.open(PLACE, &old).unwrap().as_slice(), b"old");
}

#[test]
fn keys_in_use_are_replaced_by_those_of_the_same_installation() {
    let ring = Keyring::generate();
    let old = ring.seal(PLACE, b"old");
    let file = ring.to_text();
    let next = Keyring::parse(&file).unwrap().rotated(1_790_000_000);
    let text = next.to_text();
    assert_eq!(ring.take_over(next), Ok(true));
    assert_eq!(ring.current_id(), 2);
    assert_eq!(ring.open(PLACE, &old).unwrap().as_slice(), b"old");
    assert_eq!(ring.take_over(Keyring::parse(&text).unwrap()), Ok(false), "nothing new");
    let [new, first] = ring.notes()[..] else { panic!("two keys") };
    assert_eq!(new, KeyNote { id: 2, made_at: Some(1_790_000_000), is_current: true });
    assert_eq!(first, KeyNote { id: 1, made_at: None, is_current: false });

    assert_eq!(ring.take_over(Keyring::generate()), Err(OtherKeys::Root));
    let forked = Keyring::parse(&file).unwrap().rotated(1_790_000_001);
    assert_eq!(ring.take_over(forked), Err(OtherKeys::SameNumber(2)), "two rotations of one file");
    assert_eq!(ring.current_id(), 2);

    assert_eq!(ring.take_over(Keyring::parse(&text).unwrap().retired()), Ok(true));
    assert_eq!(ring.open(PLACE, &old).unwrap_err(), SealingError::UnknownKey(1));
}

#[test]
fn a_key_that_another_process_made_is_looked_for_once_before_a_value_is_refused() {
    let ring = Keyring::generate();
    let text = Keyring::parse(&ring.to_text()).unwrap().rotated(1).to_text();
    let sealed = Keyring::parse(&text).unwrap().seal(PLACE, b"new");
    assert_eq!(ring.open(PLACE, &sealed).unwrap_err(), SealingError::UnknownKey(2));
    ring.looks_with(move |ring| assert!(ring.take_over(Keyring::parse(&text).unwrap()).is_ok()));
    assert_eq!(ring.open(PLACE, &sealed).unwrap().as_slice(), b"new");
    let of_nobody = [&[1, 0, 0, 0, 9][..], &[0; 40]].concat();
    assert_eq!(ring.open(PLACE, &of_nobody).unwrap_err(), SealingError::UnknownKey(9));
}

#[test]
fn a_ring_without_the_old_key_names_it() {
    let ring = Keyring::generate();
    let sealed = ring.seal(PLACE, b"old");
    let text = ring.rotated(1_790_000_000).to_text();
    let without: String = text.lines().filter(|line| !line.starts_with("seal 1 ")).map(|l| format!("{l}\n")).collect();
    let ring = Keyring::parse(&without).unwrap();
    assert_eq!(ring.open(PLACE, &sealed).unwrap_err(), SealingError::UnknownKey(1));
}

#[test]
fn a_callers_key_opens_its_own_and_no_other() {
    let sealed = seal_with(&[1; 32], PLACE, b"a new password");
    assert_eq!(open_with(&[1; 32], PLACE, &sealed).unwrap().as_slice(), b"a new password");
    assert_eq!(open_with(&[2; 32], PLACE, &sealed).unwrap_err(), SealingError::Changed);
    assert_eq!(open_with(&[1; 32], &[b"elsewhere"], &sealed).unwrap_err(), SealingError::Changed);
    let ring = Keyring::generate();
    assert_eq!(ring.open(PLACE, &sealed).unwrap_err(), SealingError::UnknownKey(0));
    let kept = ring.seal(PLACE, b"state");
    assert_eq!(open_with(&[1; 32], PLACE, &kept).unwrap_err(), SealingError::UnknownKey(1));
}

#[test]
fn a_key_file_reads_back_as_it_was_written() {
    let ring = Keyring::generate().rotated(1_790_000_000).rotated(1_790_000_000);
    let read = Keyring::parse(&ring.to_text()).unwrap();
    assert!(read == ring);
    assert!(read != Keyring::generate());
    assert_eq!(read.current_id(), 3);
}

#[test]
fn a_ring_shows_no_key() {
    let ring = Keyring::parse(&format!("root {}\nseal 1 {}\n", "ab".repeat(32), "cd".repeat(32))).unwrap();
    assert_eq!(format!("{ring:?}"), "Keyring(…)");
    assert_eq!(ring.root(), &[0xab; 32]);
}

/// Reads `text` and checks that `line` is named with `fault`, and that the message shows no key.
fn check(text: &str, line: usize, fault: KeyFileFault) {
    let error = Keyring::parse(text).unwrap_err();
    assert_eq!(error, KeyFileError { line, fault }, "{text}");
    let message = error.to_string();
    assert!(message.starts_with(&format!("line {line} of the key file: ")), "{message}");
    assert!(!message.contains("abab"), "{message}");
}

#[test]
fn a_wrong_key_file_names_the_line_and_what_to_write() {
    let key = "ab".repeat(32);
    check("", 1, KeyFileFault::RootMissing);
    check(&format!("# note\nroot {key}\n"), 3, KeyFileFault::SealMissing);
    check(&format!("seal 1 {key}"), 2, KeyFileFault::RootMissing);
    check(&format!("root {key}\n{key}\n"), 2, KeyFileFault::UnknownWord);
    check(&format!("root {key}0\n"), 1, KeyFileFault::RootKey);
    check(&format!("root {}\n", &key[1..]), 1, KeyFileFault::RootKey);
    check("root\n", 1, KeyFileFault::RootKey);
    check(&format!("root {}\n", "é".repeat(32)), 1, KeyFileFault::RootKey);
    check(&format!("root {key}\n\nroot {key}\n"), 3, KeyFileFault::RootTwice);
    check(&format!("root {key} abab\n"), 1, KeyFileFault::Trailing);
    check(&format!("seal {key}\n"), 1, KeyFileFault::SealId);
    check(&format!("seal 0 {key}\n"), 1, KeyFileFault::SealId);
    check(&format!("seal +1 {key}\n"), 1, KeyFileFault::SealId);
    check(&format!("seal 4294967296 {key}\n"), 1, KeyFileFault::SealId);
    check(&format!("seal 1 {key} yesterday\n"), 1, KeyFileFault::Trailing);
    check(&format!("seal 1 {key} 1790000000 abab\n"), 1, KeyFileFault::Trailing);
    check("seal 1 abab\n", 1, KeyFileFault::SealKey);
    check(&format!("seal 1 {key}\nseal 1 {key}\n"), 2, KeyFileFault::IdTwice);
    check(&format!("root {key}\n{}", "# long\n".repeat(10_000)), 9354, KeyFileFault::TooLong);
}

#[test]
fn a_key_file_may_have_windows_line_ends_capitals_and_spaces() {
    let text = format!("  root   {}\r\n\r\nseal 4294967295 {}\r\n", "AB".repeat(32), "0f".repeat(32));
    let ring = Keyring::parse(&text).unwrap();
    assert_eq!((ring.root(), ring.current_id()), (&[0xab; 32], u32::MAX));
    assert_eq!(ring.rotated(1_790_000_000).current_id(), 1);
}
