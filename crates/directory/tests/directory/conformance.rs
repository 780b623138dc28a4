//! What every directory must do, whatever its kind. It needs the people of `world::people`.

use crate::cleared::cleared;
use crate::world::{FIRST, SECOND, THIRD, anna, find, id_of, name, password};
use recovery::{AccountId, AccountState, Contact, Line};
use regain_directory::{Directory, PasswordCheck, WriteBackError};

pub async fn conformance(directory: &dyn Directory) {
    finds_who_is_meant(directory).await;
    finds_nobody_else(directory).await;
    tells_passwords_apart(directory).await;
    sets_a_password_that_holds(directory).await;
    changes_a_password_for_who_knows_the_old_one(directory).await;
    leaves_disabled_accounts_alone(directory).await;
    visits_everybody_once(directory).await;
    let findings = directory.check().await;
    assert!(!findings.is_empty() && findings.iter().all(|finding| finding.well), "{findings:#?}");
}

async fn finds_who_is_meant(directory: &dyn Directory) {
    let by_name = find(directory, "anna").await.expect("anna is there");
    let person = anna();
    assert_eq!((by_name.user_name.as_str(), by_name.state), ("anna", AccountState::Usable));
    assert_eq!((by_name.given_name.as_str(), by_name.family_name.as_str()), ("Anna", "D'Été"));
    assert_eq!(by_name.display_name, "Anna D'Été");
    assert_eq!(by_name.own_addresses.iter().map(|a| a.as_str()).collect::<Vec<_>>(), person.mail);
    assert!(by_name.groups.contains("staff"), "{:?}", by_name.groups);
    let contacts: Vec<String> = by_name
        .contacts
        .iter()
        .map(|contact| match contact {
            Contact::Email(address) => address.as_str().to_owned(),
            Contact::Phone(phone) => format!("{:?} {}", phone.line, phone.number.e164()),
        })
        .collect();
    let mobile = format!("{:?} +32470123467", Line::Mobile);
    let office = format!("{:?} +3271123456", Line::Office);
    assert_eq!(contacts, ["anna@home.example".to_owned(), mobile, office]);
    for typed in ["ANNA", " anna ", "anna@example.test", "Anna@EXAMPLE.test", "ａｎｎａ"] {
        let found = find(directory, typed).await.unwrap_or_else(|| panic!("{typed} finds nobody"));
        assert_eq!(found.id, by_name.id, "{typed}");
    }
    let read = directory.read(&by_name.id).await.expect("the directory answers").expect("anna is there");
    assert_eq!(read.user_name, "anna");
    assert!(directory.read(&AccountId("nobody's".to_owned())).await.expect("it answers").is_none());
}

async fn finds_nobody_else(directory: &dyn Directory) {
    let long = "a".repeat(256);
    for typed in [
        "nobody",
        "anna@elsewhere.example",
        "anna@home.example",
        "ann",
        "annaa",
        "*",
        "a*",
        "anna)(uid=*",
        ")(uid=*",
        "*)(|(uid=*",
        "anna)",
        "\\2a",
        "anna\\00",
        "anna' OR '1'='1",
        "%",
        "ann_",
        "uid=anna",
        "{user_name}",
        &long,
    ] {
        assert!(find(directory, typed).await.is_none(), "{typed}");
    }
    assert_eq!(recovery::UserName::parse("anna\0"), None);
}

async fn tells_passwords_apart(directory: &dyn Directory) {
    let anna = id_of(directory, "anna").await;
    let check = async |id: Option<&AccountId>, text: &str| {
        directory.check_password(id, &password(text)).await.expect("the directory answers")
    };
    assert_eq!(check(Some(&anna), FIRST).await, PasswordCheck::Right);
    assert_eq!(check(Some(&anna), "first-passw0rd").await, PasswordCheck::Wrong);
    assert_eq!(check(None, FIRST).await, PasswordCheck::Wrong);
    assert_eq!(check(Some(&AccountId("nobody's".to_owned())), FIRST).await, PasswordCheck::Wrong);
    assert_eq!(check(Some(&anna), FIRST).await, PasswordCheck::Right);
}

async fn sets_a_password_that_holds(directory: &dyn Directory) {
    let anna = id_of(directory, "anna").await;
    let before = directory.read(&anna).await.expect("it answers").and_then(|account| account.password_changed_at);
    assert_eq!(directory.set_password(cleared(&anna), &password(SECOND)).await, Ok(()));
    let new = directory.check_password(Some(&anna), &password(SECOND)).await.expect("it answers");
    let old = directory.check_password(Some(&anna), &password(FIRST)).await.expect("it answers");
    assert_eq!((new, old), (PasswordCheck::Right, PasswordCheck::Wrong));
    let after = directory.read(&anna).await.expect("it answers").and_then(|account| account.password_changed_at);
    assert!(after.is_some() && after >= before, "{before:?} {after:?}");
    assert_eq!(directory.unlock(&anna).await, Ok(()));
    let gone = directory.set_password(cleared(&AccountId("nobody's".to_owned())), &password(SECOND)).await;
    assert_eq!(gone, Err(WriteBackError::AccountUnusable));
}

async fn changes_a_password_for_who_knows_the_old_one(directory: &dyn Directory) {
    let anna = id_of(directory, "anna").await;
    let change = async |old: &str, new: &str| directory.change_password(&anna, &password(old), &password(new)).await;
    assert_eq!(change(FIRST, THIRD).await, Err(WriteBackError::WrongOldPassword));
    assert_eq!(change(SECOND, THIRD).await, Ok(()));
    let check = directory.check_password(Some(&anna), &password(THIRD)).await.expect("it answers");
    assert_eq!(check, PasswordCheck::Right);
}

async fn leaves_disabled_accounts_alone(directory: &dyn Directory) {
    let ben = find(directory, "ben").await.expect("ben is there");
    assert_eq!(ben.state, AccountState::Disabled);
    assert_eq!(directory.set_password(cleared(&ben.id), &password(SECOND)).await, Err(WriteBackError::AccountUnusable));
    assert_eq!(directory.unlock(&ben.id).await, Err(WriteBackError::AccountUnusable));
    let check = directory.check_password(Some(&ben.id), &password(FIRST)).await.expect("it answers");
    assert_eq!(check, PasswordCheck::Disabled);
    assert_eq!(
        directory.find(&name("ben")).await.expect("it answers").map(|ben| ben.state),
        Some(AccountState::Disabled)
    );
}

async fn visits_everybody_once(directory: &dyn Directory) {
    let mut names = Vec::new();
    directory.each_account(&mut |account| names.push(account.user_name.clone())).await.expect("it answers");
    names.sort();
    assert_eq!(names, ["anna", "ben"]);
}
