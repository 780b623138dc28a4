//! Servers that die, hang and come back, and cables that are cut at the worst moment.

use crate::cleared::cleared;
use crate::world::{FIRST, SECOND, anna, eventually, find, id_of, name, open, options, password, people, plain};
use recovery::{AccountId, Timestamp};
use regain_directory::ldap::{LdapDirectory, Options, Timeouts};
use regain_directory::{Directory, DirectoryError, PasswordCheck, WriteBackError};
use std::time::{Duration, Instant};
use testbed::ldap_relay::{Fate, LdapRelay};
use testbed::slapd::{Slapd, pause_process, signal_process};

/// Short enough to wait for, where an answer is never to come.
const SHORT: Duration = Duration::from_millis(400);

async fn changed_at(directory: &LdapDirectory, id: &AccountId) -> Option<Timestamp> {
    directory.read(id).await.ok().flatten().and_then(|account| account.password_changed_at)
}

/// A slapd behind a relay, and a directory that waits for a write only briefly.
async fn relayed() -> (Slapd, LdapRelay, LdapDirectory, AccountId) {
    let slapd = Slapd::start(people());
    let relay = LdapRelay::start(slapd.address());
    let mut options = plain(&slapd, &relay.url());
    options.timeouts.write = SHORT;
    let directory = open(options);
    let id = id_of(&directory, "anna").await;
    (slapd, relay, directory, id)
}

#[tokio::test]
async fn a_dead_server_is_unreachable_and_heals_when_it_is_back() {
    let mut slapd = Slapd::start(people());
    let directory = open(options(&slapd));
    let id = id_of(&directory, "anna").await;
    slapd.kill();
    assert!(matches!(directory.find(&name("anna")).await, Err(DirectoryError::Unreachable(_))));
    let set = directory.set_password(cleared(&id), &password(SECOND)).await;
    assert!(matches!(set, Err(WriteBackError::Unreachable(_))), "{set:?}");
    slapd.restart();
    eventually("the directory heals", async || directory.find(&name("anna")).await.is_ok()).await;
    assert_eq!(directory.set_password(cleared(&id), &password(SECOND)).await, Ok(()));
}

#[tokio::test]
async fn a_server_that_was_restarted_meanwhile_is_asked_again_at_once() {
    let mut slapd = Slapd::start(people());
    let directory = open(options(&slapd));
    let id = id_of(&directory, "anna").await;
    slapd.restart();
    assert!(directory.find(&name("anna")).await.is_ok());
    slapd.restart();
    assert_eq!(directory.set_password(cleared(&id), &password(SECOND)).await, Ok(()));
}

#[tokio::test]
async fn a_write_without_an_answer_may_have_happened_and_the_directory_knows() {
    let (_slapd, relay, directory, id) = relayed().await;
    assert_eq!(changed_at(&directory, &id).await, None);
    relay.on_password_modify(|| Fate::PassAndFallSilent);
    let started = Instant::now();
    let set = directory.set_password(cleared(&id), &password(SECOND)).await;
    assert!(matches!(set, Err(WriteBackError::Unknown { .. })), "{set:?}");
    assert!(started.elapsed() >= SHORT);
    eventually("the change shows", async || changed_at(&directory, &id).await.is_some()).await;
    let check = directory.check_password(Some(&id), &password(SECOND)).await.expect("it answers");
    assert_eq!(check, PasswordCheck::Right);
}

#[tokio::test]
async fn a_server_that_hangs_during_a_write_does_it_when_it_goes_on() {
    let (slapd, relay, directory, id) = relayed().await;
    let pid = slapd.pid().expect("it runs");
    relay.on_password_modify(move || {
        pause_process(pid);
        Fate::Pass
    });
    let set = directory.set_password(cleared(&id), &password(SECOND)).await;
    assert!(matches!(set, Err(WriteBackError::Unknown { .. })), "{set:?}");
    slapd.resume();
    eventually("the change shows", async || changed_at(&directory, &id).await.is_some()).await;
    assert!(slapd.binds(&anna().dn(), SECOND));
}

#[tokio::test]
async fn a_server_killed_in_the_middle_of_a_write_leaves_it_open_until_it_is_back() {
    let (mut slapd, relay, directory, id) = relayed().await;
    let pid = slapd.pid().expect("it runs");
    relay.on_password_modify(move || {
        signal_process(pid, "KILL");
        Fate::Cut
    });
    let set = directory.set_password(cleared(&id), &password(SECOND)).await;
    assert!(matches!(set, Err(WriteBackError::Unknown { .. })), "{set:?}");
    relay.on_password_modify(|| Fate::Pass);
    slapd.restart();
    eventually("the directory heals", async || directory.read(&id).await.is_ok()).await;
    assert_eq!(changed_at(&directory, &id).await, None);
    assert!(slapd.binds(&anna().dn(), FIRST));
    assert_eq!(directory.set_password(cleared(&id), &password(SECOND)).await, Ok(()));
}

#[tokio::test]
async fn a_connection_cut_before_the_answer_leaves_it_open() {
    let (slapd, relay, directory, id) = relayed().await;
    relay.on_password_modify(|| Fate::PassAndCut);
    let change = directory.change_password(&id, &password(FIRST), &password(SECOND)).await;
    assert!(matches!(change, Err(WriteBackError::Unknown { .. })), "{change:?}");
    eventually("the change shows", async || changed_at(&directory, &id).await.is_some()).await;
    assert!(slapd.binds(&anna().dn(), SECOND));
}

#[tokio::test]
async fn a_write_is_confirmed_although_its_caller_goes_away() {
    let (slapd, relay, directory, id) = relayed().await;
    let (sent, mut was_sent) = tokio::sync::mpsc::unbounded_channel();
    relay.on_password_modify(move || {
        let _ = sent.send(());
        Fate::Pass
    });
    let before = relay.connections();
    let new = password(SECOND);
    tokio::select! {
        biased;
        _ = was_sent.recv() => {}
        _ = directory.set_password(cleared(&id), &new) => {}
    }
    eventually("the sign-in that confirms", async || relay.connections() > before).await;
    assert!(slapd.binds(&anna().dn(), SECOND));
}

#[tokio::test]
async fn a_hung_server_hangs_nobody() {
    let slapd = Slapd::start(people());
    let mut options = options(&slapd);
    options.timeouts = Timeouts { connect: SHORT, operation: SHORT, write: SHORT, ..options.timeouts };
    let directory = open(options);
    eventually("the first look-up", async || directory.find(&name("anna")).await.is_ok()).await;
    let id = AccountId("any".to_owned());
    slapd.pause();
    let set = directory.set_password(cleared(&id), &password(SECOND)).await;
    assert!(matches!(set, Err(WriteBackError::Unreachable(_))), "{set:?}");
    let started = Instant::now();
    let crowd: Vec<_> = (0..200)
        .map(|_| {
            let directory = directory.clone();
            tokio::spawn(async move { directory.find(&name("anna")).await.is_err() })
        })
        .collect();
    for person in crowd {
        assert!(person.await.expect("no panic"));
    }
    // Each waits for a search and a dial or two, and never for the others.
    assert!(started.elapsed() < SHORT * 25, "{:?}", started.elapsed());
    slapd.resume();
    eventually("the directory heals", async || directory.find(&name("anna")).await.is_ok()).await;
}

#[tokio::test]
async fn the_second_server_helps_while_the_first_is_down_and_the_first_is_used_again() {
    let mut first = Slapd::start(people());
    let mut second = Slapd::start(people());
    let both = TwoAuthorities::new(&first, &second);
    let mut options = Options {
        servers: vec![first.url_ldaps(), second.url_ldaps()],
        ca_file: Some(both.file.clone()),
        ..options(&first)
    };
    options.timeouts.return_to_first = Duration::ZERO;
    let directory = open(options);
    assert!(find(&directory, "anna").await.is_some());
    first.kill();
    let id = id_of(&directory, "anna").await;
    assert_eq!(directory.set_password(cleared(&id), &password(SECOND)).await, Ok(()));
    assert!(second.binds(&anna().dn(), SECOND));
    first.restart();
    // The ids of the two differ, so whose answer it is shows.
    eventually("the first is used again", async || {
        directory.find(&name("anna")).await.ok().flatten().is_some_and(|anna| anna.id != id)
    })
    .await;
    second.kill();
    assert!(find(&directory, "anna").await.is_some());
}

#[tokio::test]
async fn a_first_server_that_hangs_gives_way_to_the_second() {
    let (first, second) = (Slapd::start(people()), Slapd::start(people()));
    let both = TwoAuthorities::new(&first, &second);
    let mut options = Options {
        servers: vec![first.url_ldaps(), second.url_ldaps()],
        ca_file: Some(both.file.clone()),
        ..options(&first)
    };
    options.timeouts.connect = SHORT * 5;
    first.pause();
    let directory = open(options);
    assert!(find(&directory, "anna").await.is_some());
    let findings = directory.check().await;
    let wrong: Vec<_> = findings.iter().filter(|finding| !finding.well).collect();
    assert_eq!(wrong.len(), 1, "{findings:#?}");
    assert!(wrong[0].what.contains(&first.url_ldaps()), "{wrong:?}");
}

/// One file with the authorities of two servers.
struct TwoAuthorities {
    file: std::path::PathBuf,
    _folder: tempfile::TempDir,
}

impl TwoAuthorities {
    fn new(first: &Slapd, second: &Slapd) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let file = folder.path().join("both.pem");
        let text = [first, second].map(|slapd| std::fs::read_to_string(slapd.ca_file()).expect("readable")).concat();
        std::fs::write(&file, text).expect("writable");
        Self { file, _folder: folder }
    }
}
