//! What reads a server's bytes and the operator's filter, as functions of bytes alone: for the fuzz targets.

use super::{FilterError, LdapDirectory, entry, filter::FilterTemplate, ppolicy};
use ldap3::asn1::parse_tag;
use ldap3::controls::{Control, RawControl};
use recovery::Account;

impl LdapDirectory {
    /// The account that a SearchResultEntry (RFC 4511 §4.5.2) describes, if these bytes are one.
    pub fn account_in(&self, answer: &[u8]) -> Option<Account> {
        let (_, tag) = parse_tag(answer).ok()?;
        entry::account(&entry::Entry::read(tag)?, &self.pool.settings, false)
    }
}

/// What a password policy response control with this value says, as text.
pub fn policy_in(value: &[u8]) -> String {
    let control = RawControl { ctype: ppolicy::OID.to_owned(), crit: false, val: Some(value.to_owned()) };
    let response = ppolicy::response(&[Control(None, control)]);
    format!("{response:?} {:?}", response.error.and_then(ppolicy::PolicyError::refusal))
}

/// The filter that goes to a server for a name that somebody typed.
///
/// # Errors
/// What is wrong with the template.
pub fn filter_for(template: &str, typed: &str) -> Result<String, FilterError> {
    Ok(FilterTemplate::parse(template)?.with_names(&[typed.to_owned()]).as_str().to_owned())
}
