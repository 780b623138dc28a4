//! The address of a directory server.

use super::options::{OptionsError, Security};
use std::fmt;
use std::net::IpAddr;

const LDAP_PORT: u16 = 389;
const LDAPS_PORT: u16 = 636;

/// A server: `ldaps://ldap1.school.example:636`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Server {
    /// A name, or an address without brackets.
    pub host: String,
    pub port: u16,
    security: Security,
}

impl Server {
    /// Reads an address as the operator wrote it: with `ldap://`, with `ldaps://` or with neither, and a port or none.
    ///
    /// # Errors
    /// When it is no address, contradicts the security, or asks for plain text to another machine.
    pub(super) fn parse(text: &str, security: Security) -> Result<Self, OptionsError> {
        let wrong = |what: &str| OptionsError::Server { server: text.to_owned(), what: what.to_owned() };
        let (scheme, rest) = text.trim().split_once("://").map_or((None, text.trim()), |(s, r)| (Some(s), r));
        match scheme.map(str::to_ascii_lowercase).as_deref() {
            None => {}
            Some("ldaps") if security == Security::Ldaps => {}
            Some("ldaps") => return Err(wrong("ldaps:// is TLS from the start: set the security to LDAPS")),
            Some("ldap") if security != Security::Ldaps => {}
            Some("ldap") => return Err(wrong("ldap:// is not TLS from the start: write ldaps://, or choose StartTLS")),
            Some(_) => return Err(wrong("it starts neither with ldap:// nor with ldaps://")),
        }
        let default_port = if security == Security::Ldaps { LDAPS_PORT } else { LDAP_PORT };
        let (host, port) =
            split_port(rest.strip_suffix('/').unwrap_or(rest)).ok_or_else(|| wrong("its port is none"))?;
        let named = !host.is_empty() && host.chars().all(|c| c.is_ascii_alphanumeric() || "-._".contains(c));
        let address = host.parse::<IpAddr>().ok();
        if !named && address.is_none() {
            return Err(wrong("its host is neither a name nor an address"));
        }
        let server = Self { host: host.to_owned(), port: port.unwrap_or(default_port), security };
        if security == Security::Plain && !server.is_loopback() {
            return Err(wrong("without TLS only this machine itself may be asked (127.0.0.1, ::1, localhost)"));
        }
        // The LDAP library looks for an IPv6 address with its brackets in the certificate, and never finds it.
        if security != Security::Plain && matches!(address, Some(IpAddr::V6(_))) {
            return Err(wrong("name the server as its certificate does: an IPv6 address can't be checked"));
        }
        Ok(server)
    }

    fn is_loopback(&self) -> bool {
        self.host.eq_ignore_ascii_case("localhost")
            || self.host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
    }

    /// The address as the LDAP library wants it.
    pub(super) fn url(&self) -> String {
        self.to_string()
    }
}

/// Host and port of `host`, `host:port`, `address`, `[address]` or `[address]:port`.
fn split_port(text: &str) -> Option<(&str, Option<u16>)> {
    if let Some(rest) = text.strip_prefix('[') {
        let (address, port) = rest.split_once(']')?;
        let port = if port.is_empty() { None } else { Some(port.strip_prefix(':')?.parse().ok()?) };
        return Some((address, port));
    }
    match text.split_once(':') {
        None => Some((text, None)),
        Some((_, port)) if port.contains(':') => Some((text, None)),
        Some((host, port)) => Some((host, Some(port.parse().ok()?))),
    }
}

impl fmt::Display for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let scheme = if self.security == Security::Ldaps { "ldaps" } else { "ldap" };
        let open = if self.host.contains(':') { ("[", "]") } else { ("", "") };
        write!(f, "{scheme}://{}{}{}:{}", open.0, self.host, open.1, self.port)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read_as_people_write_them() {
        let cases = [
            ("ldap1.school.example", Security::Ldaps, "ldaps://ldap1.school.example:636"),
            ("ldaps://ldap1:1636/", Security::Ldaps, "ldaps://ldap1:1636"),
            ("ldap://ldap1", Security::StartTls, "ldap://ldap1:389"),
            ("LDAP://127.0.0.1:3890", Security::Plain, "ldap://127.0.0.1:3890"),
            ("[::1]:389", Security::Plain, "ldap://[::1]:389"),
            ("::1", Security::Plain, "ldap://[::1]:389"),
        ];
        for (text, security, url) in cases {
            assert_eq!(Server::parse(text, security).expect(text).url(), url);
        }
    }

    #[test]
    fn plain_text_to_another_machine_is_refused() {
        for host in ["ldap1.school.example", "192.0.2.7", "localhost.school.example", "[2001:db8::1]", "0.0.0.0"] {
            let error = Server::parse(host, Security::Plain).expect_err(host).to_string();
            assert!(error.contains("without TLS only this machine"), "{error}");
        }
    }

    #[test]
    fn contradictions_and_nonsense_are_refused() {
        let cases = [
            ("ldaps://ldap1", Security::StartTls),
            ("ldap://ldap1", Security::Ldaps),
            ("https://ldap1", Security::Ldaps),
            ("ldap1:ldaps", Security::Ldaps),
            ("", Security::Ldaps),
            ("ldap1/dc=example", Security::Ldaps),
            ("user@ldap1", Security::Ldaps),
            ("[2001:db8::1]", Security::Ldaps),
        ];
        for (text, security) in cases {
            assert!(Server::parse(text, security).is_err(), "{text}");
        }
    }
}
