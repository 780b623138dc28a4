//! The embedded directory: the suite, and what only a file can do.

use crate::cleared::cleared;
use crate::conformance::conformance;
use crate::world::{FIRST, anna, find, name, password};
use recovery::{Contact, EmailAddress, Line, Phone, PhoneNumber};
use regain_directory::embedded::{AddError, ContactSealer, EmbeddedDirectory, NewAccount, Options};
use regain_directory::{Directory, DirectoryError};
use std::path::Path;
use std::sync::Arc;

/// Stands for the store's keys: each byte is turned by one that depends on the account.
struct Turning(u8);

impl Turning {
    fn turn(&self, account: &str, bytes: &[u8]) -> Vec<u8> {
        let key = account.bytes().fold(self.0, u8::wrapping_add);
        bytes.iter().map(|byte| byte ^ key).collect()
    }
}

impl ContactSealer for Turning {
    fn seal(&self, account: &str, plain: &[u8]) -> Vec<u8> {
        self.turn(account, &[b"sealed:", plain].concat())
    }

    fn open(&self, account: &str, sealed: &[u8]) -> Option<Vec<u8>> {
        self.turn(account, sealed).strip_prefix(b"sealed:").map(<[u8]>::to_vec)
    }
}

fn open(file: &Path, key: u8) -> EmbeddedDirectory {
    open_with(file, key, &["example.test"])
}

fn open_with(file: &Path, key: u8, own_domains: &[&str]) -> EmbeddedDirectory {
    let own_domains = own_domains.iter().map(|domain| (*domain).to_owned()).collect();
    let options = Options { own_domains, home_country: "BE".to_owned() };
    EmbeddedDirectory::open(file, options, Arc::new(Turning(key))).expect("a file of this test")
}

fn new_anna() -> NewAccount {
    let person = anna();
    let phone = |text: &str, line| {
        let number = PhoneNumber::parse(text, "BE").expect("a number");
        Contact::Phone(Phone { number, line })
    };
    let address = |text: &String| EmailAddress::parse(text).expect("an address");
    let mut contacts: Vec<Contact> = person.alternate_mail.iter().map(|text| Contact::Email(address(text))).collect();
    contacts.extend(person.mobile.iter().map(|text| phone(text, Line::Mobile)));
    contacts.extend(person.office.iter().map(|text| phone(text, Line::Office)));
    NewAccount {
        own_addresses: person.mail.iter().map(address).collect(),
        contacts,
        groups: person.groups.into_iter().collect(),
        password: Some(password(FIRST)),
        ..NewAccount::new(name("anna"), &person.given_name, &person.family_name)
    }
}

#[tokio::test]
async fn the_embedded_directory_does_what_every_directory_does() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let directory = open(&folder.path().join("directory.db"), 7);
    let ben =
        NewAccount { disabled: true, password: Some(password(FIRST)), ..NewAccount::new(name("ben"), "Ben", "B") };
    directory.add_all(&[new_anna(), ben]).expect("both are new");
    conformance(&directory).await;
}

#[tokio::test]
async fn contacts_do_not_lie_readable_in_the_file() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("directory.db");
    let directory = open(&file, 7);
    directory.add(new_anna()).expect("anna is new");
    let mut on_disk = Vec::new();
    for entry in std::fs::read_dir(folder.path()).expect("readable") {
        let entry = entry.expect("readable");
        on_disk.extend(std::fs::read(entry.path()).expect("readable"));
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = entry.metadata().expect("readable").permissions().mode() & 0o777;
            assert_eq!(mode, 0o600, "{:?}", entry.path());
        }
    }
    let lies_there = |text: &str| on_disk.windows(text.len()).any(|part| part == text.as_bytes());
    assert!(lies_there("anna@example.test"));
    for secret in ["anna@home.example", "470123467", FIRST] {
        assert!(!lies_there(secret), "{secret}");
    }
    drop(directory);
    let other_key = open(&file, 8);
    assert!(matches!(other_key.find(&name("anna")).await, Err(DirectoryError::Unexpected(_))));
    assert!(other_key.check().await.iter().any(|finding| !finding.well));
}

#[tokio::test]
async fn no_two_accounts_share_a_name_and_none_is_added_when_one_can_not_be() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let directory = open(&folder.path().join("directory.db"), 7);
    directory.add(new_anna()).expect("anna is new");
    let zoe = NewAccount::new(name("zoe"), "Zoe", "Z");
    for taken in ["ANNA", "anna@example.test"] {
        let failed = directory.add_all(&[zoe.clone(), NewAccount::new(name(taken), "", "")]);
        assert!(matches!(failed, Err((1, AddError::Taken(_)))), "{failed:?}");
        assert!(find(&directory, "zoe").await.is_none());
    }
}

#[tokio::test]
async fn an_account_without_a_password_costs_no_hash_and_lets_nobody_in() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let directory = open(&folder.path().join("directory.db"), 7);
    let many: Vec<NewAccount> =
        (0..60).map(|number| NewAccount::new(name(&format!("pupil{number}")), "Pupil", &number.to_string())).collect();
    let started = std::time::Instant::now();
    directory.add_all(&many).expect("all are new");
    println!("60 accounts in {:?}", started.elapsed());
    let pupil = find(&directory, "pupil7").await.expect("pupil7 is there");
    assert_eq!(pupil.password_changed_at, None);
    let check = directory.check_password(Some(&pupil.id), &password(FIRST)).await.expect("it answers");
    assert_eq!(check, regain_directory::PasswordCheck::Wrong);
    assert_eq!(directory.set_password(cleared(&pupil.id), &password(FIRST)).await, Ok(()));
}

#[tokio::test]
async fn what_was_added_is_there_after_a_restart() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("directory.db");
    let id = open(&file, 7).add(new_anna()).expect("anna is new");
    let again = find(&open(&file, 7), "anna").await.expect("anna is there");
    assert_eq!((again.id, again.contacts), (id, new_anna().contacts));
}

#[tokio::test]
async fn names_that_a_new_own_domain_makes_one_let_nobody_through() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("directory.db");
    let two = [name("anna"), name("anna@pupils.example")].map(|name| NewAccount::new(name, "Anna", "A"));
    open_with(&file, 7, &[]).add_all(&two).expect("two accounts as long as the domain is not an own one");
    let directory = open_with(&file, 7, &["pupils.example"]);
    for typed in ["anna", "anna@pupils.example"] {
        assert!(matches!(directory.find(&name(typed)).await, Err(DirectoryError::Ambiguous)), "{typed}");
    }
}

#[test]
fn a_file_of_a_newer_regain_is_left_alone() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("directory.db");
    drop(open(&file, 7));
    rusqlite::Connection::open(&file).and_then(|db| db.pragma_update(None, "user_version", 99)).expect("writable");
    let options = Options { own_domains: Vec::new(), home_country: "BE".to_owned() };
    let refused = EmbeddedDirectory::open(&file, options, Arc::new(Turning(7))).err().map(|error| error.to_string());
    assert!(refused.as_deref().is_some_and(|text| text.contains("newer Regain")), "{refused:?}");
}
