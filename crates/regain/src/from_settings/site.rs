//! The address that people open, and which hosts and origins are answered.

use super::{Loaded, networks};
use crate::Failure;
use std::net::SocketAddr;
use std::time::Duration;
use web::SiteOptions;

/// The public address, once it is known where Regain listens.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Address {
    /// Without a slash at its end: `https://account.school.example`.
    pub public_url: String,
    scheme: String,
    hosts: Vec<String>,
}

impl Address {
    /// On this machine itself (a trial, a test) the address that Regain listens on is answered as well, and it is the public
    /// one when the settings leave the port to the system.
    pub fn of(loaded: &Loaded, bound: SocketAddr) -> Self {
        let server = &loaded.settings.server;
        let scheme = server.public_url.scheme();
        let mut host = usual(&scheme, server.public_url.authority());
        let mut hosts: Vec<String> = server.other_hosts.iter().map(|host| usual(&scheme, host.as_str())).collect();
        if server.public_url.is_loopback() {
            hosts.extend([bound.to_string(), format!("localhost:{}", bound.port())].map(|host| usual(&scheme, &host)));
            if server.listen.socket().port() == 0 {
                hosts.push(std::mem::replace(&mut host, usual(&scheme, &bound.to_string())));
            }
        }
        hosts.insert(0, host.clone());
        Self { public_url: format!("{scheme}://{host}"), scheme, hosts }
    }

    /// What the settings say, where nothing listens: for commands that show no page.
    pub fn unbound(loaded: &Loaded) -> Self {
        Self::of(loaded, loaded.settings.server.listen.socket())
    }
}

/// A host as browsers write it: small letters, and no port where it is the usual one.
fn usual(scheme: &str, authority: &str) -> String {
    let authority = authority.to_lowercase();
    let port = if scheme == "https" { ":443" } else { ":80" };
    authority.strip_suffix(port).unwrap_or(&authority).to_owned()
}

/// How the site is set up.
///
/// # Errors
/// When a proxy is no address.
pub fn site_options(loaded: &Loaded, address: &Address) -> Result<SiteOptions, Failure> {
    let server = &loaded.settings.server;
    Ok(SiteOptions {
        origins: address.hosts.iter().map(|host| format!("{}://{host}", address.scheme)).collect(),
        hosts: address.hosts.clone(),
        proxies: networks(&server.proxies)?,
        sign_in_url: server.sign_in_url.as_ref().map_or("/sign-in", |url| url.as_str()).to_owned(),
        security_contact: server.security_contact.as_ref().map(|url| url.as_str().to_owned()),
        answer_step: Duration::from_millis(u64::from(server.answer_step_millis)),
        board: None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Hosts and public address for these settings, when it listens on port 4711.
    fn address(public_url: &str, listen: &str, other_hosts: &str) -> Address {
        let template = settings::Template {
            organisation: "School".to_owned(),
            public_url: public_url.to_owned(),
            ldap: false,
            folder: String::new(),
        };
        let text = settings::template(&template)
            .replace("listen = \"127.0.0.1:8080\"", &format!("listen = \"{listen}\"\nother_hosts = [{other_hosts}]"));
        let settings = settings::Settings::parse(&text, "regain.toml").unwrap_or_else(|error| panic!("{error}"));
        let loaded = Loaded { path: "regain.toml".into(), settings };
        Address::of(&loaded, SocketAddr::from(([127, 0, 0, 1], 4711)))
    }

    #[test]
    fn only_the_public_host_and_those_named_are_answered() {
        let found = address("https://Account.school.example:443/", "127.0.0.1:4711", "\"intranet.example:8443\"");
        assert_eq!(found.public_url, "https://account.school.example");
        assert_eq!(found.hosts, ["account.school.example", "intranet.example:8443"]);
    }

    #[test]
    fn on_this_machine_the_address_it_listens_on_is_answered_too() {
        let found = address("http://localhost", "127.0.0.1:4711", "");
        assert_eq!(found.public_url, "http://localhost");
        assert_eq!(found.hosts, ["localhost", "127.0.0.1:4711", "localhost:4711"]);
        let found = address("http://127.0.0.1", "127.0.0.1:0", "");
        assert_eq!(found.public_url, "http://127.0.0.1:4711");
        assert!(found.hosts.contains(&"127.0.0.1".to_owned()));
    }
}
