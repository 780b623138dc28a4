//! What servers answer: directories and gateways that lie, or speak another dialect.

use super::text;
use delivery::http_gateway::{Carries, Options as GatewayOptions, Reference, Rules, Success};
use delivery::{Body, Message};
use directory::ldap::{LdapDirectory, Options, Security, strangers};
use http::HeaderMap;
use recovery::{Password, PhoneNumber};
use std::sync::OnceLock;

pub fn ldap_entry(bytes: &[u8]) {
    static DIRECTORY: OnceLock<LdapDirectory> = OnceLock::new();
    let directory = DIRECTORY.get_or_init(|| {
        let password = Password::new("for the fuzzer").expect("a password");
        let servers = vec!["ldap://127.0.0.1".to_owned()];
        let mut options = Options::new(servers, "cn=regain".to_owned(), password, "dc=example".to_owned());
        options.security = Security::Plain;
        options.attributes.alternate_emails = vec!["alternateMail".to_owned()];
        LdapDirectory::open(options).expect("options that hold")
    });
    if let Some(account) = directory.account_in(bytes) {
        assert!(!account.id.0.is_empty() || bytes.len() > 2);
    }
}

pub fn ldap_policy(bytes: &[u8]) {
    strangers::policy_in(bytes);
}

/// A filter of the operator's, and what somebody typed: whatever it is, it stays inside the one assertion.
pub fn ldap_filter(bytes: &[u8]) {
    let Some(text) = text(bytes) else { return };
    let (template, typed) = text.split_once('\n').unwrap_or((text, "anna"));
    let Ok(filter) = strangers::filter_for(template, typed) else { return };
    let Ok(harmless) = strangers::filter_for(template, "x") else { return };
    let shape =
        |filter: &str| filter.chars().filter(|c| ['(', ')', '*', '=', '&', '|', '!'].contains(c)).collect::<String>();
    // What was typed may hold an equals sign, which says nothing inside a value.
    let without_equals = |filter: &str| shape(filter).replace('=', "");
    assert!(typed.contains(['&', '|', '!']) || without_equals(&filter) == without_equals(&harmless), "{filter}");
    let brackets = |filter: &str| filter.chars().filter(|c| ['(', ')', '*', '\0'].contains(c)).collect::<String>();
    assert_eq!(brackets(&filter), brackets(&harmless), "{filter}");
}

/// The first byte chooses a status.
pub fn gateway(bytes: &[u8]) {
    static RULES: OnceLock<(Rules, Message)> = OnceLock::new();
    let (rules, message) = RULES.get_or_init(|| {
        let options = GatewayOptions {
            success: Success { body_matches: Some(r"^\s*[03]:|accepted".to_owned()), ..Success::default() },
            reference: Some(Reference::Json("/messages/0/id".to_owned())),
            ..GatewayOptions::new("fuzz", Carries::Sms, "http://127.0.0.1/")
        };
        let to = PhoneNumber::parse("+32470123467", "BE").expect("a number");
        let body = Body::Sms { to, text: "599 523".to_owned() };
        (Rules::read(&options).expect("rules that hold"), Message { id: "1".to_owned(), body })
    });
    let Some((first, rest)) = bytes.split_first() else { return };
    let status = [200, 202, 302, 400, 408, 429, 500, 599][usize::from(*first) % 8];
    if let Ok(reference) = rules.judge(status, &HeaderMap::new(), text(rest), message) {
        assert!(!reference.contains("599523") && !reference.contains("470123467"), "{reference}");
        assert!(!reference.contains(char::is_control), "{reference:?}");
    }
}
