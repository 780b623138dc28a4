//! Texts with a form of their own (addresses, colours, networks): each is checked where it is read, and a type afterwards.

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::net::{IpAddr, SocketAddr};

/// What is wrong with a text, and what to write instead.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Complaint {
    /// Continues "`key` …": `is no colour`.
    pub what: String,
    pub hint: String,
}

fn complain<T>(what: &str, hint: &str) -> Result<T, Complaint> {
    Err(Complaint { what: what.to_owned(), hint: hint.to_owned() })
}

macro_rules! texts {
    ($($(#[doc = $doc:literal])* $name:ident, $format:literal, $check:expr;)*) => {
        $(
            $(#[doc = $doc])*
            #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Deserialize, Serialize)]
            #[serde(try_from = "String", into = "String")]
            pub struct $name(String);

            impl $name {
                /// The text as it was written.
                pub fn as_str(&self) -> &str {
                    &self.0
                }
            }

            impl TryFrom<String> for $name {
                type Error = String;

                fn try_from(text: String) -> Result<Self, String> {
                    let check: fn(&str) -> Result<(), Complaint> = $check;
                    check(&text).map_err(|complaint| complaint.what)?;
                    Ok(Self(text))
                }
            }

            impl From<$name> for String {
                fn from(text: $name) -> String {
                    text.0
                }
            }

            impl JsonSchema for $name {
                fn schema_name() -> Cow<'static, str> {
                    stringify!($name).into()
                }

                fn inline_schema() -> bool {
                    true
                }

                fn json_schema(_: &mut SchemaGenerator) -> Schema {
                    json_schema!({ "type": "string", "format": $format })
                }
            }
        )*

        /// Checks a text against the format that the schema names. Formats that are not ours are not checked.
        pub fn check(format: &str, text: &str) -> Result<(), Complaint> {
            match format {
                $($format => ($check)(text),)*
                _ => Ok(()),
            }
        }
    };
}

texts! {
    /// A colour: `#` and six hexadecimal digits.
    Colour, "colour", colour;
    /// Two letters of ISO 3166-1, upper case.
    CountryCode, "country", country;
    /// A time zone of the IANA database.
    TimeZone, "time-zone", time_zone;
    /// An e-mail address.
    Email, "email", email;
    /// An e-mail address, alone or as `Name <address>`.
    Mailbox, "mailbox", mailbox;
    /// A host name, with a port where needed.
    Domain, "domain", domain;
    /// `https://…`, `http://…` or `mailto:…`. What each key takes of these is checked apart.
    WebAddress, "web-address", web_address;
    /// `ldaps://…` or `ldap://…`.
    DirectoryUrl, "directory-address", directory_address;
    /// An IP address, or a network as address and length.
    Network, "network", |text| parse_network(text).map(drop);
    /// An IP address and a port.
    ListenAddress, "listen-address", |text| parse_listen(text).map(drop);
    /// A name of small letters, digits and hyphens.
    RealmName, "realm-name", realm_name;
}

impl Default for TimeZone {
    fn default() -> Self {
        Self("Europe/Brussels".to_owned())
    }
}

impl Default for CountryCode {
    fn default() -> Self {
        Self("BE".to_owned())
    }
}

impl Default for ListenAddress {
    fn default() -> Self {
        Self("127.0.0.1:8080".to_owned())
    }
}

impl ListenAddress {
    pub fn socket(&self) -> SocketAddr {
        parse_listen(&self.0).expect("checked when it was made")
    }
}

impl Network {
    /// Whether the address is in the network. An IPv4 address that arrives as IPv6 (`::ffff:…`) counts as IPv4.
    pub fn contains(&self, address: IpAddr) -> bool {
        let (network, bits) = parse_network(&self.0).expect("checked when it was made");
        match (network, address.to_canonical()) {
            (IpAddr::V4(network), IpAddr::V4(address)) => {
                let shift = 32 - u32::from(bits);
                u32::from(network).checked_shr(shift) == u32::from(address).checked_shr(shift)
            }
            (IpAddr::V6(network), IpAddr::V6(address)) => {
                let shift = 128 - u32::from(bits);
                u128::from(network).checked_shr(shift) == u128::from(address).checked_shr(shift)
            }
            _ => false,
        }
    }
}

impl Mailbox {
    /// The address without the name.
    pub fn address(&self) -> &str {
        split_mailbox(&self.0).1
    }

    /// The name before the address; empty where there is none.
    pub fn name(&self) -> &str {
        split_mailbox(&self.0).0
    }
}

impl WebAddress {
    /// What stands before the first colon, in small letters: `https`, `http` or `mailto`.
    pub fn scheme(&self) -> String {
        self.0.split(':').next().unwrap_or("").to_ascii_lowercase()
    }

    /// The host without its port, in small letters; empty for `mailto:`.
    pub fn host(&self) -> String {
        host_of(self.authority()).to_ascii_lowercase()
    }

    /// Host and port as a browser sends them in `Host`; empty for `mailto:`.
    pub fn authority(&self) -> &str {
        split_url(&self.0).map_or("", |(_, authority, _)| authority)
    }

    /// Path, query and fragment; empty where there are none.
    pub fn rest(&self) -> &str {
        split_url(&self.0).map_or("", |(_, _, rest)| rest)
    }

    /// Whether it names this machine itself, so that nothing leaves it.
    pub fn is_loopback(&self) -> bool {
        is_loopback(&self.host())
    }
}

impl DirectoryUrl {
    /// Whether it is `ldaps://`.
    pub fn is_tls(&self) -> bool {
        split_url(&self.0).is_some_and(|(scheme, _, _)| scheme.eq_ignore_ascii_case("ldaps"))
    }

    /// Whether it names this machine itself.
    pub fn is_loopback(&self) -> bool {
        split_url(&self.0).is_some_and(|(_, authority, _)| is_loopback(host_of(authority)))
    }
}

/// Whether a host name or address is this machine's own (RFC 6761 §6.3 for `localhost`).
pub(crate) fn is_loopback(host: &str) -> bool {
    let host = host.trim_start_matches('[').trim_end_matches(']');
    host.eq_ignore_ascii_case("localhost") || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

fn colour(text: &str) -> Result<(), Complaint> {
    let digits = text.strip_prefix('#').unwrap_or("");
    if digits.len() == 6 && digits.bytes().all(|b| b.is_ascii_hexdigit()) {
        return Ok(());
    }
    complain("is no colour", "write # and six hexadecimal digits: \"#1d4f8c\"")
}

fn country(text: &str) -> Result<(), Complaint> {
    if text.len() == 2 && text.bytes().all(|b| b.is_ascii_uppercase()) {
        return Ok(());
    }
    complain("is no country", "write the two capital letters of ISO 3166-1: \"BE\", \"FR\", \"NL\", \"DE\"")
}

fn time_zone(text: &str) -> Result<(), Complaint> {
    if jiff::tz::TimeZone::get(text).is_ok() {
        return Ok(());
    }
    complain("is no time zone", "write a name of the IANA database: \"Europe/Brussels\"")
}

fn email(text: &str) -> Result<(), Complaint> {
    if recovery::EmailAddress::parse(text).is_some_and(|address| address.as_str() == text) {
        return Ok(());
    }
    complain("is no e-mail address", "write one address: \"secretariat@school.example\"")
}

fn mailbox(text: &str) -> Result<(), Complaint> {
    let (name, address) = split_mailbox(text);
    let plain = !name.chars().any(|c| c.is_control() || "<>".contains(c));
    if plain && recovery::EmailAddress::parse(address).is_some_and(|parsed| parsed.as_str() == address) {
        return Ok(());
    }
    complain("is no sender", "write an address, or a name and an address: \"École <regain@school.example>\"")
}

fn split_mailbox(text: &str) -> (&str, &str) {
    let bracketed = text.strip_suffix('>').and_then(|text| text.split_once('<'));
    bracketed.map_or(("", text), |(name, address)| (name.trim(), address))
}

fn domain(text: &str) -> Result<(), Complaint> {
    if is_authority(text) {
        return Ok(());
    }
    complain("is no host name", "write only the name: \"school.example\"")
}

fn web_address(text: &str) -> Result<(), Complaint> {
    let mailto = text.strip_prefix("mailto:").is_some_and(|address| recovery::EmailAddress::parse(address).is_some());
    let web = split_url(text).is_some_and(|(scheme, authority, _)| {
        ["https", "http"].iter().any(|known| scheme.eq_ignore_ascii_case(known)) && is_authority(authority)
    });
    if mailto || web && !text.chars().any(|c| c.is_whitespace() || c.is_control()) {
        return Ok(());
    }
    complain("is no web address", "write it with its scheme: \"https://account.school.example\"")
}

fn directory_address(text: &str) -> Result<(), Complaint> {
    let known = split_url(text).is_some_and(|(scheme, authority, rest)| {
        ["ldaps", "ldap"].iter().any(|known| scheme.eq_ignore_ascii_case(known))
            && is_authority(authority)
            && matches!(rest, "" | "/")
    });
    if known {
        return Ok(());
    }
    complain("is no address of a directory", "write scheme and host: \"ldaps://ldap1.school.example\"")
}

fn realm_name(text: &str) -> Result<(), Complaint> {
    let inside = text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    if inside && (1..=40).contains(&text.len()) && !text.starts_with('-') && !text.ends_with('-') {
        return Ok(());
    }
    complain("is no realm name", "write 1 to 40 small letters, digits and hyphens: \"pupils\"")
}

fn parse_listen(text: &str) -> Result<SocketAddr, Complaint> {
    let hint = "write an IP address and a port: \"127.0.0.1:8080\", \"[::]:443\"";
    text.parse().or_else(|_| complain("is no address to listen on", hint))
}

fn parse_network(text: &str) -> Result<(IpAddr, u8), Complaint> {
    let hint = "write an IP address, or a network as address and length: \"10.0.0.5\", \"192.0.2.0/24\"";
    let wrong = || Complaint { what: "is no address or network".to_owned(), hint: hint.to_owned() };
    let (address, bits) = text.split_once('/').map_or((text, None), |(address, bits)| (address, Some(bits)));
    let address: IpAddr = address.parse().map_err(|_| wrong())?;
    let most = if address.is_ipv4() { 32 } else { 128 };
    let bits = bits.map_or(Ok(most), str::parse).map_err(|_| wrong())?;
    if bits <= most { Ok((address, bits)) } else { Err(wrong()) }
}

/// Scheme, host with port, and the rest of an address with `://`.
fn split_url(text: &str) -> Option<(&str, &str, &str)> {
    let (scheme, after) = text.split_once("://")?;
    let end = after.find(['/', '?', '#']).unwrap_or(after.len());
    Some((scheme, &after[..end], &after[end..]))
}

fn host_of(authority: &str) -> &str {
    if authority.starts_with('[') {
        return authority.find(']').map_or(authority, |end| &authority[..=end]);
    }
    authority.split(':').next().unwrap_or("")
}

/// Whether it is a host name or IP address, with or without a port, and nothing else (no user, no spaces).
fn is_authority(text: &str) -> bool {
    let host = host_of(text);
    let port = &text[host.len()..];
    let port_fits = port.is_empty() || port.strip_prefix(':').is_some_and(|port| port.parse::<u16>().is_ok_and(|p| p > 0));
    let bracketed = host.strip_prefix('[').and_then(|host| host.strip_suffix(']'));
    let host_fits = match bracketed {
        Some(address) => address.parse::<std::net::Ipv6Addr>().is_ok(),
        None => is_host_name(host),
    };
    port_fits && host_fits
}

/// A name of labels (RFC 1123 §2.1), letters of any script included, or an IPv4 address.
fn is_host_name(host: &str) -> bool {
    let label = |label: &str| {
        !label.is_empty()
            && label.len() <= 63
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_')
    };
    host.len() <= 253 && host.split('.').all(label)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_format_takes_the_right_texts_and_refuses_the_others() {
        let table: [(&str, &[&str], &[&str]); 11] = [
            ("colour", &["#1d4f8c", "#FFFFFF"], &["1d4f8c", "#1d4", "#1d4f8g", "", "red", "#€€"]),
            ("country", &["BE"], &["be", "BEL", "B", "", "É"]),
            ("time-zone", &["Europe/Brussels", "UTC"], &["Brussels", "Europe/Charleroi", ""]),
            ("email", &["a@school.example"], &["a", "A <a@school.example>", " a@school.example", ""]),
            ("mailbox", &["École <a@school.example>", "a@school.example"], &["École", "École <a>", "a@b.c <", ""]),
            ("domain", &["school.example", "localhost:8443"], &["https://school.example", "a b", "", "-a.example", "a:0"]),
            (
                "web-address",
                &["https://school.example", "http://[::1]:8080/x", "mailto:a@school.example"],
                &["school.example", "ftp://school.example", "https://", "https://a b/", "https://u@school.example", "https://[::1"],
            ),
            (
                "directory-address",
                &["ldaps://ldap1.school.example", "ldap://127.0.0.1:389"],
                &["ldap1", "https://ldap1", "ldaps://ldap1/dc=x", "ldaps://"],
            ),
            ("network", &["10.0.0.5", "192.0.2.0/24", "fd00::/64", "0.0.0.0/0"], &["10.0.0", "10.0.0.0/33", "10.0.0.0/", "x"]),
            ("listen-address", &["127.0.0.1:8080", "[::]:443"], &["127.0.0.1", ":8080", "localhost:8080"]),
            ("realm-name", &["pupils", "staff-2"], &["Pupils", "-a", "a-", "", "élèves", "a b"]),
        ];
        for (format, right, wrong) in table {
            for text in right {
                assert_eq!(check(format, text), Ok(()), "{format} {text}");
            }
            for text in wrong {
                assert!(check(format, text).is_err(), "{format} {text}");
            }
        }
    }

    #[test]
    fn a_network_holds_its_own_addresses_and_no_other() {
        let holds = |network: &str, address: &str| {
            let network = Network::try_from(network.to_owned()).expect("a network");
            network.contains(address.parse().expect("an address"))
        };
        assert!(holds("192.0.2.0/24", "192.0.2.255"));
        assert!(!holds("192.0.2.0/24", "192.0.3.0"));
        assert!(holds("192.0.2.0/24", "::ffff:192.0.2.1"));
        assert!(holds("10.0.0.5", "10.0.0.5"));
        assert!(!holds("10.0.0.5", "10.0.0.4"));
        assert!(holds("0.0.0.0/0", "203.0.113.7"));
        assert!(!holds("0.0.0.0/0", "2001:db8::1"));
        assert!(holds("fd00::/64", "fd00::1"));
        assert!(!holds("fd00::/64", "fd00:0:0:1::1"));
        assert!(holds("::/0", "2001:db8::1"));
    }

    #[test]
    fn a_mailbox_has_a_name_and_an_address() {
        let mailbox = Mailbox::try_from("École <regain@school.example>".to_owned()).expect("a mailbox");
        assert_eq!((mailbox.name(), mailbox.address()), ("École", "regain@school.example"));
    }
}
