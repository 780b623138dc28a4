//! Entries as they come from a server, and the accounts that they describe.

use super::options::{Disabled, Settings};
use super::time;
use ldap3::asn1::StructureTag;
use recovery::{Account, AccountId, AccountState, Contact, EmailAddress, Line, Phone, PhoneNumber, Timestamp};
use std::collections::{BTreeMap, BTreeSet};

/// When the directory's own lockout set in, or [`LOCKED_BY_OPERATOR`].
pub(super) const LOCKED_TIME: &str = "pwdAccountLockedTime";
pub(super) const CHANGED_TIME: &str = "pwdChangedTime";
const END_TIME: &str = "pwdEndTime";
/// A lock without a date is the operator's (draft-behera-ldap-password-policy-10 §5.3.3): only the operator lifts it.
const LOCKED_BY_OPERATOR: &str = "000001010000Z";

/// An entry: its DN, and its attributes by their names in lower case.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Entry {
    pub dn: String,
    attributes: BTreeMap<String, Vec<String>>,
}

impl Entry {
    /// Reads a SearchResultEntry (RFC 4511 §4.5.2). Values that are not UTF-8 are left out. `None` when it is none.
    pub(super) fn read(entry: StructureTag) -> Option<Self> {
        let mut parts = entry.match_id(4)?.expect_constructed()?.into_iter();
        let dn = text(parts.next()?)?;
        let mut attributes: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for attribute in parts.next()?.expect_constructed()? {
            let mut parts = attribute.expect_constructed()?.into_iter();
            let name = text(parts.next()?)?.to_lowercase();
            let values = parts.next()?.expect_constructed()?.into_iter().filter_map(text);
            attributes.entry(name).or_default().extend(values);
        }
        Some(Self { dn, attributes })
    }

    /// The values of an attribute, whatever the case of its name.
    pub(super) fn values(&self, name: &str) -> &[String] {
        self.attributes.get(&name.to_lowercase()).map_or(&[], Vec::as_slice)
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.attributes.contains_key(&name.to_lowercase())
    }

    fn one(&self, name: &str) -> String {
        self.values(name).first().cloned().unwrap_or_default()
    }

    fn all(&self, names: &[String]) -> impl Iterator<Item = &String> {
        names.iter().flat_map(|name| self.values(name))
    }

    /// The directory's own lock, when there is one and it is not the operator's.
    pub(super) fn own_lock(&self) -> Option<&str> {
        self.values(LOCKED_TIME).iter().map(String::as_str).find(|value| *value != LOCKED_BY_OPERATOR)
    }
}

fn text(octets: StructureTag) -> Option<String> {
    String::from_utf8(octets.expect_primitive()?).ok()
}

/// The attributes to ask for.
pub(super) fn wanted(settings: &Settings) -> Vec<String> {
    let attributes = &settings.attributes;
    let mut wanted = vec![
        attributes.id.clone(),
        attributes.user_name.clone(),
        attributes.given_name.clone(),
        attributes.family_name.clone(),
    ];
    let lists = [
        &attributes.display_name,
        &attributes.own_addresses,
        &attributes.alternate_emails,
        &attributes.mobiles,
        &attributes.offices,
        &attributes.groups,
    ];
    wanted.extend(lists.into_iter().flatten().cloned());
    wanted.extend([LOCKED_TIME, CHANGED_TIME, END_TIME].map(str::to_owned));
    if let Some(Disabled::Attribute { name, .. }) = &settings.disabled {
        wanted.push(name.as_str().to_owned());
    }
    wanted
}

/// Makes an account of an entry. `disabled`: the operator's filter says so. `None` without a lasting id.
pub(super) fn account(entry: &Entry, settings: &Settings, disabled: bool) -> Option<Account> {
    let names = &settings.attributes;
    let id = entry.values(&names.id).first()?.clone();
    let (given_name, family_name) = (entry.one(&names.given_name), entry.one(&names.family_name));
    let own_addresses: Vec<EmailAddress> =
        entry.all(&names.own_addresses).filter_map(|v| EmailAddress::parse(v)).collect();
    let user_name = entry.values(&names.user_name).first().cloned();
    let user_name = user_name.or_else(|| own_addresses.first().map(|address| address.as_str().to_owned()));
    let full_name = format!("{given_name} {family_name}").trim().to_owned();
    let display_name = entry.all(&names.display_name).find(|name| !name.trim().is_empty()).cloned();
    Some(Account {
        id: AccountId(id),
        user_name: user_name.unwrap_or_else(|| entry.dn.clone()),
        given_name,
        family_name,
        display_name: display_name.unwrap_or(full_name),
        own_addresses,
        contacts: contacts(entry, settings).0,
        state: state(entry, settings, disabled, time::now()),
        groups: entry.all(&names.groups).flat_map(|group| group_names(group)).collect(),
        password_changed_at: entry.values(CHANGED_TIME).first().and_then(|value| time::parse(value)),
    })
}

/// The contacts of an entry, each once; and the names of attributes with values that are no contact.
pub(super) fn contacts(entry: &Entry, settings: &Settings) -> (Vec<Contact>, BTreeSet<String>) {
    let names = &settings.attributes;
    let (mut contacts, mut skipped) = (Vec::new(), BTreeSet::new());
    let mut take = |attributes: &[String], read: &dyn Fn(&str) -> Option<Contact>| {
        for attribute in attributes {
            for value in entry.values(attribute) {
                match read(value) {
                    Some(contact) if contacts.contains(&contact) => {}
                    Some(contact) => contacts.push(contact),
                    None => skipped.extend([attribute.clone()]),
                }
            }
        }
    };
    let phone = |value: &str, line| {
        let number = PhoneNumber::parse(value, &settings.home_country).ok()?;
        Some(Contact::Phone(Phone { number, line }))
    };
    take(&names.alternate_emails, &|value| EmailAddress::parse(value).map(Contact::Email));
    take(&names.mobiles, &|value| phone(value, Line::Mobile));
    take(&names.offices, &|value| phone(value, Line::Office));
    (contacts, skipped)
}

fn state(entry: &Entry, settings: &Settings, disabled: bool, now: Timestamp) -> AccountState {
    let by_attribute = match &settings.disabled {
        Some(Disabled::Attribute { name, value }) => {
            entry.values(name.as_str()).iter().any(|found| found.eq_ignore_ascii_case(value))
        }
        Some(Disabled::Filter(_)) | None => false,
    };
    let by_operator = entry.values(LOCKED_TIME).iter().any(|value| value == LOCKED_BY_OPERATOR);
    let ended = entry.values(END_TIME).iter().filter_map(|value| time::parse(value)).any(|end| end <= now);
    match (disabled || by_attribute || by_operator, ended) {
        (true, _) => AccountState::Disabled,
        (false, true) => AccountState::Expired,
        (false, false) => AccountState::Usable,
    }
}

/// The names of a group: what the directory wrote, and the value of a DN's first part.
fn group_names(group: &str) -> impl Iterator<Item = String> {
    std::iter::once(group.to_owned()).chain(first_value(group))
}

/// The value of the first part of a DN (RFC 4514), its escapes undone: `cn=R\2cD,ou=x` is `R,D`.
fn first_value(dn: &str) -> Option<String> {
    let (_, rest) = dn.split_once('=')?;
    let mut bytes = Vec::new();
    let mut rest = rest.bytes();
    while let Some(byte) = rest.next() {
        match byte {
            b',' | b'+' => break,
            b'\\' => {
                let escaped = rest.next()?;
                let hex = char::from(escaped).to_digit(16);
                let second = rest.clone().next().and_then(|next| char::from(next).to_digit(16));
                match (hex, second) {
                    (Some(high), Some(low)) => {
                        rest.next();
                        bytes.push(u8::try_from(high * 16 + low).ok()?);
                    }
                    _ => bytes.push(escaped),
                }
            }
            other => bytes.push(other),
        }
    }
    let value = String::from_utf8(bytes).ok()?.trim().to_owned();
    (!value.is_empty()).then_some(value)
}

#[cfg(test)]
mod tests {
    use super::first_value;

    #[test]
    fn a_group_is_known_by_the_first_part_of_its_dn() {
        for (dn, name) in [
            ("cn=staff,ou=groups,dc=example", "staff"),
            ("cn=R\\2cD,ou=x", "R,D"),
            ("cn=R\\,D,ou=x", "R,D"),
            ("CN=\\c3\\a9t\\C3\\A9", "été"),
            ("cn=a+ou=b", "a"),
        ] {
            assert_eq!(first_value(dn).as_deref(), Some(name), "{dn}");
        }
        for dn in ["staff", "cn=", "cn=\\", "cn=\\ff,x"] {
            assert_eq!(first_value(dn), None, "{dn}");
        }
    }
}
