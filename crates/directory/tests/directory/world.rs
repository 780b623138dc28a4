//! The people that the suite meets, in an embedded directory and in a slapd, and how to talk to both.

use recovery::{Account, AccountId, Password, UserName};
use regain_directory::Directory;
use regain_directory::ldap::{LdapDirectory, Options, Security, Timeouts};
use std::future::Future;
use std::time::{Duration, Instant};
use testbed::slapd::{BASE_DN, Person, SERVICE_DN, SERVICE_PASSWORD, Slapd, Standing};

pub const FIRST: &str = "First-Passw0rd";
pub const SECOND: &str = "Second-Passw0rd";
pub const THIRD: &str = "Third-Passw0rd";

/// Longest wait for something that is under way. The machine may be busy.
const EVENTUALLY: Duration = Duration::from_secs(60);

pub fn anna() -> Person {
    Person::new("anna", "Anna", "D'Été", FIRST)
        .alternate_mail("anna@home.example")
        .mobile("0470 12 34 67")
        .office("+32 71 12 34 56")
        .group("staff")
}

/// Anna, who has everything, and Ben, whom the operator has switched off.
pub fn people() -> Vec<Person> {
    vec![anna(), Person::new("ben", "Ben", "B", FIRST).standing(Standing::LockedByOperator)]
}

/// Options for a slapd, over LDAPS.
pub fn options(slapd: &Slapd) -> Options {
    let bind_password = Password::new(SERVICE_PASSWORD).expect("not empty");
    let mut options = Options::new(vec![slapd.url_ldaps()], SERVICE_DN.to_owned(), bind_password, BASE_DN.to_owned());
    options.ca_file = Some(slapd.ca_file().to_owned());
    options.attributes.alternate_emails = vec!["alternateMail".to_owned()];
    options.own_domains = vec!["example.test".to_owned()];
    options.timeouts = patient();
    options
}

/// Plain LDAP through this address.
pub fn plain(slapd: &Slapd, url: &str) -> Options {
    Options { servers: vec![url.to_owned()], security: Security::Plain, ca_file: None, ..options(slapd) }
}

/// For what should work on a busy machine too.
fn patient() -> Timeouts {
    let long = Duration::from_secs(60);
    Timeouts {
        connect: long,
        operation: long,
        write: long,
        rest_first: Duration::from_millis(10),
        ..Timeouts::default()
    }
}

pub fn open(options: Options) -> LdapDirectory {
    LdapDirectory::open(options).expect("options of a test are right")
}

pub fn name(typed: &str) -> UserName {
    UserName::parse(typed).expect("a user name")
}

pub fn password(text: &str) -> Password {
    Password::new(text).expect("not empty")
}

pub async fn find(directory: &dyn Directory, typed: &str) -> Option<Account> {
    directory.find(&name(typed)).await.expect("the directory answers")
}

pub async fn id_of(directory: &dyn Directory, typed: &str) -> AccountId {
    find(directory, typed).await.expect("the account is there").id
}

/// Tries again until it is so.
pub async fn eventually<F: Future<Output = bool>>(what: &str, mut is_so: impl FnMut() -> F) {
    let until = Instant::now() + EVENTUALLY;
    while !is_so().await {
        assert!(Instant::now() < until, "never: {what}");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}
