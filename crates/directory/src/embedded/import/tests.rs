//! CSV in and out, as tables of files and what becomes of them.

use super::super::{ContactSealer, EmbeddedDirectory, Options};
use super::*;
use crate::Directory;
use std::sync::Arc;

/// Keys belong to the store; here sealing is reversing.
struct Reversing;

impl ContactSealer for Reversing {
    fn seal(&self, account: &str, plain: &[u8]) -> Vec<u8> {
        [account.as_bytes(), plain].concat().into_iter().rev().collect()
    }

    fn open(&self, account: &str, sealed: &[u8]) -> Option<Vec<u8>> {
        let plain: Vec<u8> = sealed.iter().rev().copied().collect();
        plain.strip_prefix(account.as_bytes()).map(<[u8]>::to_vec)
    }
}

fn directory() -> (tempfile::TempDir, EmbeddedDirectory) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let options = Options { own_domains: vec!["school.example".to_owned()], home_country: "BE".to_owned() };
    let directory = EmbeddedDirectory::open(&folder.path().join("directory.db"), options, Arc::new(Reversing));
    (folder, directory.expect("a fresh file"))
}

fn import(directory: &EmbeddedDirectory, text: &str, options: ImportOptions) -> ImportReport {
    directory.import(text.as_bytes(), options).expect("readable text")
}

const ALL: ImportOptions = ImportOptions { dry_run: false, skip_wrong_lines: false };

const TWO: &str = "user_name,given_name,family_name,email,alternate_email,mobile,office,groups,disabled,password
anna,Anna,D'Été,anna@school.example;a.dete@school.example,anna@home.example,0470 12 34 67,,staff;teachers,no,
bruno,Bruno,B,bruno@school.example,,,+32 71 12 34 56,,yes,
";

#[test]
fn what_goes_in_comes_out_again() {
    let (_folder, directory) = directory();
    let report = import(&directory, TWO, ALL);
    assert_eq!((report.added, report.errors), (2, vec![]));
    let mut out = Vec::new();
    assert_eq!(directory.export(&mut out).expect("writable"), 2);
    let text = String::from_utf8(out).expect("UTF-8");
    assert_eq!(
        text,
        "user_name,given_name,family_name,email,alternate_email,mobile,office,groups,disabled\n\
         anna,Anna,D'Été,anna@school.example;a.dete@school.example,anna@home.example,+32470123467,,staff;teachers,no\n\
         bruno,Bruno,B,bruno@school.example,,,+3271123456,,yes\n"
    );
}

#[test]
fn a_spreadsheets_file_with_semicolons_and_a_byte_order_mark_is_read() {
    let (_folder, directory) = directory();
    let text = "\u{feff}User_Name;Mobile;Groups\r\nanna;0470 12 34 67;\"staff;teachers\"\r\n;;\r\n";
    let report = import(&directory, text, ALL);
    assert_eq!((report.added, report.errors), (1, vec![]));
    let anna = directory.list().expect("readable").remove(0);
    assert_eq!(anna.groups.into_iter().collect::<Vec<_>>(), ["staff", "teachers"]);
    assert_eq!(anna.contacts.len(), 1);
}

#[test]
fn each_wrong_line_is_named_and_nothing_is_added() {
    let cases = [
        ("", "line 1: the heading is missing"),
        ("user_name,colour\nanna,red\n", "line 1: unknown column \"colour\"; the columns are "),
        ("mobile\n0470123467\n", "line 1: the column user_name is missing"),
        ("user_name,user_name\na,b\n", "line 1: the column user_name is there twice"),
        ("user_name,email\nzoe,\n ,x@x.be\n", "line 3: user_name is missing"),
        ("user_name,mobile\nzoe,0470 12\n", "line 2: mobile: a number of that country has more or fewer digits"),
        ("user_name,mobile\nzoe,3.247E+10\n", "line 2: mobile was rounded by a spreadsheet"),
        ("user_name,alternate_email\nzoe,zoe\n", "line 2: alternate_email is not an e-mail address"),
        ("user_name,disabled\nzoe,perhaps\n", "line 2: disabled is neither yes nor no"),
        ("user_name,email\nzoe\n", "line 2: it has 1 cells, and the heading has 2"),
        ("user_name\nzoe\n\"with\nbreak\"\nZOE@school.example\n", "line 3: user_name is too long or has control"),
        ("user_name\nzoe\nZOE@school.example\n", "line 3: the name ZOE@school.example already belongs"),
        ("user_name,email\nzoe,\nmax,zoe@school.example\n", "line 3: the name zoe@school.example already belongs"),
    ];
    let (_folder, directory) = directory();
    for (text, expected) in cases {
        let report = import(&directory, text, ALL);
        let first = report.errors.first().map(ToString::to_string).unwrap_or_default();
        assert!(first.starts_with(expected), "{text:?}: {first}");
        assert_eq!(report.added, 0, "{text:?}");
        assert!(directory.list().expect("readable").is_empty(), "{text:?}");
    }
}

#[test]
fn a_dry_run_says_what_would_be_added_and_adds_nothing() {
    let (_folder, directory) = directory();
    let dry = ImportOptions { dry_run: true, ..ALL };
    assert_eq!(import(&directory, TWO, dry).added, 2);
    assert!(directory.list().expect("readable").is_empty());
    import(&directory, TWO, ALL);
    assert_eq!(import(&directory, TWO, dry).errors.len(), 2);
}

#[test]
fn right_lines_are_added_beside_wrong_ones_only_when_asked() {
    let (_folder, directory) = directory();
    let text = "user_name,mobile\nzoe,0470 12\nmax,0470 12 34 67\n";
    assert_eq!(import(&directory, text, ALL).added, 0);
    let report = import(&directory, text, ImportOptions { skip_wrong_lines: true, ..ALL });
    assert_eq!((report.added, report.errors.len()), (1, 1));
    assert_eq!(directory.list().expect("readable").len(), 1);
}

#[tokio::test]
async fn an_imported_password_signs_in_with_its_spaces() {
    let (_folder, directory) = directory();
    import(&directory, "user_name,password\nanna, Two words \n", ALL);
    let anna = directory.list().expect("readable").remove(0);
    let check = async |text: &str| {
        let password = Password::new(text).expect("not empty");
        directory.check_password(Some(&anna.id), &password).await.expect("readable")
    };
    assert_eq!(check(" Two words ").await, crate::PasswordCheck::Right);
    assert_eq!(check("Two words").await, crate::PasswordCheck::Wrong);
}
