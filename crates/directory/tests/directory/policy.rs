//! What the password policy of a real OpenLDAP makes of new passwords, locks and forced changes.

use crate::cleared::cleared;
use crate::world::{FIRST, SECOND, THIRD, anna, id_of, open, options, password, people};
use recovery::AccountId;
use regain_directory::ldap::LdapDirectory;
use regain_directory::{Directory, PasswordCheck, Refusal, WriteBackError};
use testbed::slapd::{Slapd, SlapdOptions};

async fn start() -> (Slapd, LdapDirectory, AccountId) {
    let slapd = Slapd::start(people());
    let directory = open(options(&slapd));
    let id = id_of(&directory, "anna").await;
    (slapd, directory, id)
}

fn refused(reason: Refusal) -> Result<(), WriteBackError> {
    Err(WriteBackError::Refused { reason, result_code: 19 })
}

async fn check(directory: &LdapDirectory, id: &AccountId, text: &str) -> PasswordCheck {
    directory.check_password(Some(id), &password(text)).await.expect("the directory answers")
}

/// Types wrong passwords until the policy locks the account.
async fn lock(directory: &LdapDirectory, id: &AccountId) {
    for _ in 0..3 {
        check(directory, id, "Wrong-Passw0rd").await;
    }
    assert_eq!(check(directory, id, FIRST).await, PasswordCheck::Locked);
}

#[tokio::test]
async fn a_refusal_comes_with_its_reason_and_changes_nothing() {
    let (slapd, directory, id) = start().await;
    let set = async |text: &str| directory.set_password(cleared(&id), &password(text)).await;
    assert_eq!(set("short").await, refused(Refusal::TooShort));
    assert_eq!(set(FIRST).await, refused(Refusal::InHistory));
    assert!(slapd.binds(&anna().dn(), FIRST));
    assert_eq!(set(SECOND).await, Ok(()));
    assert_eq!(set(FIRST).await, refused(Refusal::InHistory));
    assert_eq!(set(THIRD).await, Ok(()));
}

#[tokio::test]
async fn a_refused_change_comes_with_its_reason_too() {
    let (_slapd, directory, id) = start().await;
    let change = async |old: &str, new: &str| directory.change_password(&id, &password(old), &password(new)).await;
    assert_eq!(change(FIRST, "short").await, refused(Refusal::TooShort));
    assert_eq!(change(FIRST, SECOND).await, Ok(()));
    assert_eq!(change(SECOND, FIRST).await, refused(Refusal::InHistory));
}

#[tokio::test]
async fn a_second_password_on_the_same_day_can_be_too_young() {
    let slapd =
        Slapd::start_with(SlapdOptions { people: people(), min_age_seconds: 86_400, ..SlapdOptions::default() });
    let directory = open(options(&slapd));
    let id = id_of(&directory, "anna").await;
    let change = async |old: &str, new: &str| directory.change_password(&id, &password(old), &password(new)).await;
    assert_eq!(change(FIRST, SECOND).await, Ok(()));
    assert_eq!(change(SECOND, THIRD).await, refused(Refusal::TooYoung));
    // The policy binds Regain's account as well: `=w` makes no administrator.
    assert_eq!(directory.set_password(cleared(&id), &password(THIRD)).await, refused(Refusal::TooYoung));
}

#[tokio::test]
async fn a_new_password_lifts_the_directorys_own_lock() {
    let (_slapd, directory, id) = start().await;
    lock(&directory, &id).await;
    assert_eq!(directory.set_password(cleared(&id), &password(SECOND)).await, Ok(()));
    assert_eq!(check(&directory, &id, SECOND).await, PasswordCheck::Right);
}

#[tokio::test]
async fn an_unlock_lifts_the_directorys_own_lock() {
    let (_slapd, directory, id) = start().await;
    lock(&directory, &id).await;
    assert_eq!(directory.unlock(&id).await, Ok(()));
    assert_eq!(check(&directory, &id, FIRST).await, PasswordCheck::Right);
}

#[tokio::test]
async fn an_operators_lock_stays() {
    let (slapd, directory, _) = start().await;
    let ben = id_of(&directory, "ben").await;
    assert_eq!(directory.unlock(&ben).await, Err(WriteBackError::AccountUnusable));
    assert_eq!(directory.set_password(cleared(&ben), &password(SECOND)).await, Err(WriteBackError::AccountUnusable));
    let entry = slapd.read("uid=ben,ou=people,dc=example,dc=test");
    assert!(entry.contains("pwdAccountLockedTime: 000001010000Z"), "{entry}");
}

#[tokio::test]
async fn a_password_that_must_be_changed_is_right_and_can_be_changed() {
    let (slapd, directory, id) = start().await;
    let dn = anna().dn();
    slapd.modify(&format!("dn: {dn}\nchangetype: modify\nreplace: pwdReset\npwdReset: TRUE\n"));
    assert_eq!(check(&directory, &id, FIRST).await, PasswordCheck::MustChange);
    assert_eq!(directory.change_password(&id, &password(FIRST), &password(SECOND)).await, Ok(()));
    assert_eq!(check(&directory, &id, SECOND).await, PasswordCheck::Right);
}

#[tokio::test]
async fn without_a_policy_passwords_are_set_all_the_same() {
    let slapd = Slapd::start_with(SlapdOptions { people: vec![anna()], ppolicy: false, ..SlapdOptions::default() });
    let directory = open(options(&slapd));
    let id = id_of(&directory, "anna").await;
    assert_eq!(directory.set_password(cleared(&id), &password("short")).await, Ok(()));
    assert_eq!(check(&directory, &id, "short").await, PasswordCheck::Right);
    let findings = directory.check().await;
    assert!(findings.iter().all(|finding| finding.well), "{findings:#?}");
    assert!(findings.iter().any(|finding| finding.what.starts_with("password policy: none")), "{findings:#?}");
}
