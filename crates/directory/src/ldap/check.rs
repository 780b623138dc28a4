//! What `regain check` says of an LDAP directory: connections, rights, attributes, policy.
//!
//! It changes nothing, save the password of the test account when the operator names one. It says neither passwords nor
//! contacts.

use super::LdapDirectory;
use super::connection::{Connection, Search, explain_code};
use super::entry::{self, CHANGED_TIME, Entry, LOCKED_TIME};
use super::filter::{AttributeName, Filter};
use super::options::{Security, Settings};
use super::pool::Live;
use super::{lookup, ppolicy, write};
use crate::{Directory, DirectoryError, Finding, PasswordCheck, WriteBackError};
use ldap3::Scope;
use recovery::{AccountState, Password, UserName};
use std::collections::BTreeMap;

/// Accounts that are looked at.
const SAMPLE: i32 = 100;
/// DNs that are named as examples of what is wrong.
const EXAMPLES: usize = 3;
/// The object identifier of Password Modify (RFC 3062 §2).
const PASSWORD_MODIFY: &str = "1.3.6.1.4.1.4203.1.11.1";
/// A lock that no account has.
const NO_LOCK: &str = "19700101000000Z";

pub(super) async fn findings(directory: &LdapDirectory) -> Vec<Finding> {
    let settings = &directory.pool.settings;
    let mut findings = Vec::new();
    for server in 0..settings.servers.len() {
        connects(directory, server, &mut findings).await;
    }
    let found = lookup::matching(&directory.pool, &settings.filter.anyone(), SAMPLE).await;
    let (entries, live) = match found {
        Ok(found) => found,
        Err(error) => {
            let hint = match error {
                DirectoryError::NoRight(_) => "look at base_dn, and let Regain's account read it and what is below it",
                _ => "mend the connection first",
            };
            findings.push(Finding::wrong(format!("search below {}: {error}", settings.base_dn), hint));
            return findings;
        }
    };
    let entries: Vec<Entry> = entries.into_iter().map(|(entry, _)| entry).collect();
    let Some(sample) = entries.first() else {
        findings.push(Finding::wrong(
            format!(
                "search below {}: no account matches the filter {}",
                settings.base_dn,
                settings.filter.anyone().as_str()
            ),
            "look at base_dn and the filter, and let Regain's account read the entries",
        ));
        return findings;
    };
    findings.push(Finding::well(format!("search below {}: the filter finds accounts", settings.base_dn)));
    attributes(settings, &entries, &mut findings);
    findings.push(everybody(directory).await);
    let has_policy = features(&live, &entries, &mut findings).await;
    rights(settings, &live, sample, has_policy, &mut findings).await;
    if let Some(user_name) = &settings.check_account {
        test_account(directory, user_name, has_policy, &mut findings).await;
    }
    findings
}

/// Connects to a server and binds as Regain's account.
async fn connects(directory: &LdapDirectory, server: usize, findings: &mut Vec<Finding>) {
    let settings = &directory.pool.settings;
    let name = settings.servers.get(server).map(ToString::to_string).unwrap_or_default();
    let how = match settings.security {
        Security::Ldaps => "connection with TLS",
        Security::StartTls => "connection with StartTLS",
        Security::Plain => "connection without TLS, on this machine only,",
    };
    let connection = match directory.pool.unbound(server).await {
        Ok(connection) => connection,
        Err(error) => return findings.push(Finding::wrong(format!("{how} to {name}: {}", error.what), error.hint)),
    };
    findings.push(Finding::well(format!("{how} to {name}")));
    findings.push(binds(settings, &connection, &name).await);
}

async fn binds(settings: &Settings, connection: &Connection, name: &str) -> Finding {
    let what = format!("bind as {} on {name}", settings.bind_dn);
    match connection.bind(&settings.bind_dn, &settings.bind_password).await {
        Ok(answer) if answer.rc == 0 => Finding::well(what),
        Ok(answer) if answer.rc == 49 => Finding::wrong(
            format!("{what}: refused ({})", explain_code(&answer)),
            "look at bind_dn and its password, and whether the account is locked",
        ),
        Ok(answer) => {
            Finding::wrong(format!("{what}: refused ({})", explain_code(&answer)), "ask the server's log why")
        }
        Err(failure) => Finding::wrong(format!("{what}: {failure}"), "look whether the server is overloaded"),
    }
}

/// Whether what Regain needs is there to read, and makes sense.
fn attributes(settings: &Settings, entries: &[Entry], findings: &mut Vec<Finding>) {
    let names = &settings.attributes;
    let total = entries.len();
    for (name, why) in [(&names.id, "the lasting id of an account"), (&names.user_name, "the user name")] {
        let count = entries.iter().filter(|entry| entry.has(name)).count();
        let what = format!("attribute {name}, {why}: on {count} of {total} accounts looked at");
        findings.push(if count == total {
            Finding::well(what)
        } else {
            Finding::wrong(what, format!("let Regain's account read {name}, or name another attribute"))
        });
    }
    let lists = [
        ("alternate addresses", &names.alternate_emails),
        ("mobile numbers", &names.mobiles),
        ("office numbers", &names.offices),
    ];
    for (kind, list) in lists.into_iter().filter(|(_, list)| !list.is_empty()) {
        let count = entries.iter().filter(|entry| list.iter().any(|name| entry.has(name))).count();
        findings.push(Finding::well(format!(
            "{kind} ({}): on {count} of {total} accounts looked at{}",
            list.join(", "),
            if count == 0 { "; nobody has one, or Regain's account may not read them" } else { "" }
        )));
    }
    let mut unreadable: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for entry in entries {
        for attribute in entry::contacts(entry, settings).1 {
            unreadable.entry(attribute).or_default().push(&entry.dn);
        }
    }
    for (attribute, dns) in unreadable {
        let examples = dns.iter().take(EXAMPLES).copied().collect::<Vec<_>>().join("; ");
        findings.push(Finding::wrong(
            format!("{attribute}: {} accounts have a value that is no contact and is left out: {examples}", dns.len()),
            "correct the values; national numbers are read as those of home_country",
        ));
    }
}

/// Whether all accounts can be visited, and not only as many as a size limit lets through.
async fn everybody(directory: &LdapDirectory) -> Finding {
    let mut count = 0_u64;
    match directory.each_account(&mut |_| count += 1).await {
        Ok(()) => Finding::well(format!("reading all accounts: {count}")),
        Err(error) => Finding::wrong(
            format!("reading all accounts: {error}"),
            format!(
                "OpenLDAP: olcLimits: dn.exact=\"{}\" size=unlimited, on the database",
                directory.pool.settings.bind_dn
            ),
        ),
    }
}

/// What the server can do. Answers whether it has a password policy.
async fn features(live: &Live, entries: &[Entry], findings: &mut Vec<Finding>) -> bool {
    let Some(everything) = AttributeName::parse("objectClass").map(|class| Filter::present(&class)) else {
        return false;
    };
    let attributes = ["supportedControl", "supportedExtension"].map(str::to_owned);
    let search = Search {
        base: "",
        scope: Scope::Base,
        filter: &everything,
        attributes: &attributes,
        size_limit: 1,
        page: None,
    };
    let root = live.connection.search(&search).await.ok().and_then(|(entries, _)| entries.into_iter().next());
    let offers = |name: &str, oid: &str| root.as_ref().is_some_and(|root| root.values(name).iter().any(|v| v == oid));
    findings.push(if offers("supportedExtension", PASSWORD_MODIFY) {
        Finding::well("Password Modify (RFC 3062): offered")
    } else {
        Finding::wrong("Password Modify (RFC 3062): not offered", "this adapter needs a directory that has it")
    });
    let has_policy = offers("supportedControl", ppolicy::OID);
    if !has_policy {
        findings.push(Finding::well(
            "password policy: none; the directory gives no reason when it refuses a password, and does not tell a locked \
             account from a wrong password. OpenLDAP has the overlay ppolicy for that",
        ));
        return false;
    }
    findings.push(Finding::well("password policy: the directory says why it refuses a password"));
    if !entries.iter().any(|entry| entry.has(CHANGED_TIME)) {
        findings.push(Finding::well(format!(
            "attribute {CHANGED_TIME}: on none of the accounts looked at; as long as Regain can't read it, a write whose \
             answer was lost is settled by a sign-in"
        )));
    }
    true
}

/// What Regain's account may do: enough, and not too much.
async fn rights(settings: &Settings, live: &Live, sample: &Entry, has_policy: bool, findings: &mut Vec<Finding>) {
    let bind_dn = &settings.bind_dn;
    let no_password = write::random_password();
    let may_set = match &no_password {
        Some(value) => write::may_delete(live, sample, "userPassword", value.reveal()).await,
        None => None,
    };
    let what = format!("right of {bind_dn} to set passwords");
    findings.push(match may_set {
        Some(true) => Finding::well(format!("{what}: seen on {}", sample.dn)),
        Some(false) => Finding::wrong(
            format!("{what}: missing on {}", sample.dn),
            format!(
                "OpenLDAP: olcAccess: to attrs=userPassword by dn.exact=\"{bind_dn}\" =w by self =xw by anonymous auth"
            ),
        ),
        None if settings.check_account.is_some() => Finding::well(format!("{what}: see the test account below")),
        None => {
            Finding::well(format!("{what}: can't be known without setting one; name a test account in check_account"))
        }
    });
    if has_policy && write::may_delete(live, sample, LOCKED_TIME, NO_LOCK).await == Some(false) {
        findings.push(Finding::wrong(
            format!("right of {bind_dn} to lift locks: missing on {}", sample.dn),
            format!(
                "give it write on {LOCKED_TIME}; a new password lifts the lock without it, an unlock alone does not"
            ),
        ));
    }
    if reads_passwords(settings, live, sample).await {
        findings.push(Finding::wrong(
            format!("{bind_dn} can read password hashes: it has more rights than it needs"),
            "give it =w on userPassword: not read, not manage, and never the rootdn, whom the password policy does not bind",
        ));
    }
}

async fn reads_passwords(settings: &Settings, live: &Live, sample: &Entry) -> bool {
    let attributes = ["userPassword".to_owned()];
    let filter = settings.filter.anyone();
    let search = Search {
        base: &sample.dn,
        scope: Scope::Base,
        filter: &filter,
        attributes: &attributes,
        size_limit: 1,
        page: None,
    };
    let found = live.connection.search(&search).await;
    found.is_ok_and(|(entries, _)| entries.iter().any(|entry| entry.has("userPassword")))
}

/// Sets the password of the test account that the operator named for this, and sees that the policy binds Regain.
async fn test_account(directory: &LdapDirectory, user_name: &UserName, has_policy: bool, findings: &mut Vec<Finding>) {
    let what = format!("test account {user_name}");
    let account = match directory.find(user_name).await {
        Ok(Some(account)) if account.state == AccountState::Usable => account,
        Ok(Some(_)) => return findings.push(Finding::wrong(format!("{what}: disabled"), "switch it on")),
        Ok(None) => return findings.push(Finding::wrong(format!("{what}: not found"), "look at check_account")),
        Err(error) => return findings.push(Finding::wrong(format!("{what}: {error}"), "look at the findings above")),
    };
    if has_policy && let Some(short) = Password::new("a") {
        findings.push(match directory.write(&account.id, None, &short).await {
            Err(WriteBackError::Refused { reason, .. }) => {
                Finding::well(format!("{what}: a password of one letter is refused ({reason:?})"))
            }
            Ok(()) => Finding::wrong(
                format!("{what}: a password of one letter is taken"),
                "set pwdMinLength and pwdCheckQuality 2; if they are set, Regain's account has manage rights or is the \
                 rootdn: give it =w on userPassword and no more",
            ),
            Err(error) => Finding::wrong(format!("{what}: {error}"), "look at the rights above"),
        });
    }
    let Some(password) = write::random_password() else {
        return findings.push(Finding::wrong("random bytes: the system gives none", "look at the system"));
    };
    findings.push(match directory.write(&account.id, None, &password).await {
        Ok(()) => Finding::well(format!("{what}: a random password was set, and signs in")),
        Err(error) => Finding::wrong(format!("{what}: {error}"), "look at the rights above and at the password policy"),
    });
    if directory.check_password(Some(&account.id), &password).await.ok() == Some(PasswordCheck::MustChange) {
        findings.push(Finding::wrong(
            format!("{what}: the directory wants the new password changed at once"),
            "Regain's account has manage rights on userPassword: give it =w instead",
        ));
    }
}
