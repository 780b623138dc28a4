//! Who sent a request, by what its head says: the client's address, our host, our own pages, our cookies.
//!
//! Only what a browser or a named proxy adds is believed, and never more than it can know.

use http::header::{COOKIE, HOST};
use http::request::Parts;
use http::{HeaderMap, Uri};
use service::Networks;
use std::collections::BTreeMap;
use std::net::{IpAddr, SocketAddr};

/// The client's address: the peer's, or what a named proxy says. Behind several named proxies the last address that is
/// none of them counts; what a client itself wrote into the header never does.
pub fn address(proxies: &Networks, peer: IpAddr, headers: &HeaderMap) -> IpAddr {
    let said = headers.get_all("x-forwarded-for").into_iter().filter_map(|value| value.to_str().ok());
    let hops: Vec<&str> = said.flat_map(|line| line.split(',')).collect();
    let mut address = peer;
    for hop in hops.into_iter().rev() {
        if !proxies.contains(address) {
            break;
        }
        match address_of(hop) {
            Some(hop) => address = hop,
            None => break,
        }
    }
    address.to_canonical()
}

/// An address as proxies write it: with or without a port, IPv6 with or without brackets.
fn address_of(hop: &str) -> Option<IpAddr> {
    let hop = hop.trim();
    let bare = hop.strip_prefix('[').and_then(|hop| hop.strip_suffix(']')).unwrap_or(hop);
    bare.parse().ok().or_else(|| hop.parse::<SocketAddr>().ok().map(|address| address.ip()))
}

/// Whether a request is for one of these hosts. `Host` comes once; a target in absolute form, or the authority of HTTP/2,
/// has to say the same (RFC 9112 §3.2.2, RFC 9113 §8.3.1).
pub fn is_for(hosts: &[String], head: &Parts) -> bool {
    named_host(&head.uri, &head.headers).is_some_and(|host| hosts.iter().any(|known| known.eq_ignore_ascii_case(host)))
}

fn named_host<'a>(uri: &'a Uri, headers: &'a HeaderMap) -> Option<&'a str> {
    let mut named = headers.get_all(HOST).into_iter();
    let (first, more) = (named.next(), named.next());
    let first = match first {
        Some(value) => Some(value.to_str().ok()?),
        None => None,
    };
    let authority = uri.authority().map(|authority| authority.as_str());
    match (first, authority) {
        _ if more.is_some() => None,
        (Some(host), Some(authority)) if !host.eq_ignore_ascii_case(authority) => None,
        (host, authority) => host.or(authority),
    }
}

/// Who made a browser send a form.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Sender {
    /// A page of ours: the browser says so, by Fetch metadata or by Origin.
    Ours,
    /// The browser does not say. Old ones don't; those before Safari 16.4 say `null` for our own pages, which send no
    /// referrer (Fetch, "append a request Origin header"). Only a token bound to a cookie vouches for such a form.
    Unsaid,
    /// Another site.
    Foreign,
}

/// Reads `Origin` and `Sec-Fetch-Site` (W3C Fetch Metadata).
pub fn sender(origins: &[String], headers: &HeaderMap) -> Sender {
    let Some(origin) = only(headers, "origin") else { return Sender::Foreign };
    let Some(fetch_site) = only(headers, "sec-fetch-site") else { return Sender::Foreign };
    let is_ours = |origin: &str| origins.iter().any(|known| known == origin);
    match (fetch_site, origin) {
        // `none`: the person sent it again, by reloading.
        (Some("same-origin" | "none"), None | Some("null")) => Sender::Ours,
        (None | Some("same-origin" | "none"), Some(origin)) if is_ours(origin) => Sender::Ours,
        (None, None | Some("null")) => Sender::Unsaid,
        _ => Sender::Foreign,
    }
}

/// A header that comes at most once, as text; the outer `None` when it does not.
fn only<'a>(headers: &'a HeaderMap, name: &str) -> Option<Option<&'a str>> {
    let mut all = headers.get_all(name).into_iter();
    match (all.next(), all.next()) {
        (None, _) => Some(None),
        (Some(value), None) => value.to_str().ok().map(Some),
        (Some(_), Some(_)) => None,
    }
}

/// The cookies of these names. One that comes twice counts as none: no browser of ours sends it so, and which of the two is
/// ours can't be known.
pub fn cookies(headers: &HeaderMap, ours: &[&str]) -> BTreeMap<String, String> {
    let all = headers.get_all(COOKIE).into_iter().filter_map(|value| value.to_str().ok());
    let pairs = all.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    let mut read: BTreeMap<&str, Option<&str>> = BTreeMap::new();
    for (name, value) in pairs.filter(|(name, _)| ours.contains(name)) {
        read.entry(name).and_modify(|twice| *twice = None).or_insert(Some(value));
    }
    read.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?.to_owned()))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::{HeaderName, HeaderValue, Request};

    fn headers(all: &[(&str, &str)]) -> HeaderMap {
        let one = |(name, value): &(&str, &str)| {
            let name = HeaderName::from_bytes(name.as_bytes()).expect("a name");
            (name, HeaderValue::from_str(value).expect("a value"))
        };
        let mut map = HeaderMap::new();
        for (name, value) in all.iter().map(one) {
            map.append(name, value);
        }
        map
    }

    #[test]
    fn an_address_is_read_as_proxies_write_it() {
        for (hop, address) in [
            ("203.0.113.7", Some("203.0.113.7")),
            (" 203.0.113.7:4711 ", Some("203.0.113.7")),
            ("[2001:db8::1]:443", Some("2001:db8::1")),
            ("[2001:db8::1]", Some("2001:db8::1")),
            ("[[2001:db8::1]]", None),
            ("unknown", None),
            ("", None),
        ] {
            assert_eq!(address_of(hop), address.map(|text| text.parse().expect("an address")), "{hop}");
        }
    }

    #[test]
    fn behind_several_proxies_the_last_address_that_is_none_of_them_counts() {
        let proxies = Networks::parse(["10.0.0.0/24", "fd00::/64"]).expect("networks");
        let seen = |peer: &str, said: &[&str]| {
            let said: Vec<(&str, &str)> = said.iter().map(|line| ("x-forwarded-for", *line)).collect();
            address(&proxies, peer.parse().expect("an address"), &headers(&said)).to_string()
        };
        assert_eq!(seen("203.0.113.7", &["198.51.100.1"]), "203.0.113.7", "a stranger speaks for nobody");
        assert_eq!(seen("10.0.0.5", &[]), "10.0.0.5");
        assert_eq!(seen("10.0.0.5", &["203.0.113.7"]), "203.0.113.7");
        assert_eq!(seen("10.0.0.5", &["203.0.113.7, 10.0.0.6, fd00::1"]), "203.0.113.7");
        assert_eq!(seen("10.0.0.5", &["203.0.113.7", "10.0.0.6"]), "203.0.113.7", "over two lines");
        assert_eq!(seen("10.0.0.5", &["192.0.2.1, 203.0.113.7, 10.0.0.6"]), "203.0.113.7", "what the client wrote");
        assert_eq!(
            seen("10.0.0.5", &["10.0.0.9, 203.0.113.7"]),
            "203.0.113.7",
            "a proxy's address, written by a client"
        );
        assert_eq!(seen("10.0.0.5", &["203.0.113.7, unknown, 10.0.0.6"]), "10.0.0.6", "no guess past a gap");
        assert_eq!(seen("::ffff:10.0.0.5", &["[2001:db8::7]:4711"]), "2001:db8::7");
        assert_eq!(seen("::ffff:203.0.113.7", &["192.0.2.1"]), "203.0.113.7");
    }

    #[test]
    fn a_request_is_for_a_host_that_the_settings_name() {
        let hosts = ["regain.example".to_owned(), "regain.example:8443".to_owned()];
        let is_ours = |target: &str, named: &[&str]| {
            let mut request = Request::builder().uri(target);
            for host in named {
                request = request.header("host", *host);
            }
            is_for(&hosts, &request.body(()).expect("a request").into_parts().0)
        };
        assert!(is_ours("/", &["regain.example"]));
        assert!(is_ours("/", &["Regain.Example:8443"]));
        assert!(is_ours("https://regain.example/", &[]), "HTTP/2 names it in the target");
        assert!(is_ours("https://regain.example/", &["regain.example"]));
        assert!(!is_ours("/", &[]));
        assert!(!is_ours("/", &["evil.example"]));
        assert!(!is_ours("/", &["regain.example."]));
        assert!(!is_ours("/", &["regain.example@evil.example"]));
        assert!(!is_ours("/", &["regain.example", "regain.example"]), "twice");
        assert!(!is_ours("/", &["regain.example", "evil.example"]));
        assert!(!is_ours("http://evil.example/", &["regain.example"]));
        assert!(!is_ours("http://regain.example/", &["evil.example"]));
        assert!(!is_ours("http://regain.example@evil.example/", &[]));
    }

    #[test]
    fn a_browser_says_who_made_it_send_a_form() {
        let origins = ["https://regain.example".to_owned()];
        let ours = ("origin", "https://regain.example");
        let (evil, null) = (("origin", "https://evil.example"), ("origin", "null"));
        let site = |from| ("sec-fetch-site", from);
        for (sent, expected) in [
            (vec![ours], Sender::Ours),
            (vec![ours, site("same-origin")], Sender::Ours),
            (vec![null, site("same-origin")], Sender::Ours),
            (vec![null, site("none")], Sender::Ours),
            (vec![site("same-origin")], Sender::Ours),
            (vec![], Sender::Unsaid),
            (vec![null], Sender::Unsaid),
            (vec![evil], Sender::Foreign),
            (vec![evil, site("same-origin")], Sender::Foreign),
            (vec![ours, site("cross-site")], Sender::Foreign),
            (vec![ours, site("same-site")], Sender::Foreign),
            (vec![null, site("cross-site")], Sender::Foreign),
            (vec![null, site("same-site")], Sender::Foreign),
            (vec![site("cross-site")], Sender::Foreign),
            (vec![site("something new")], Sender::Foreign),
            (vec![ours, evil], Sender::Foreign),
            (vec![site("same-origin"), site("cross-site")], Sender::Foreign),
            (vec![("origin", "http://regain.example")], Sender::Foreign),
            (vec![("origin", "https://regain.example.evil.example")], Sender::Foreign),
        ] {
            assert_eq!(sender(&origins, &headers(&sent)), expected, "{sent:?}");
        }
    }

    #[test]
    fn a_cookie_that_comes_twice_counts_as_none() {
        let read = |lines: &[&str]| {
            let lines: Vec<(&str, &str)> = lines.iter().map(|line| ("cookie", *line)).collect();
            cookies(&headers(&lines), &["a", "b"])
        };
        assert_eq!(read(&["a=1; b=2; theirs=3"]).len(), 2);
        assert_eq!(read(&["a=1=x"]).get("a").map(String::as_str), Some("1=x"));
        assert!(read(&["a=1; a=2"]).is_empty());
        assert!(read(&["a=1; a=1; a=1"]).is_empty());
        assert!(read(&["a=1", "a=2"]).is_empty(), "over two lines");
        assert!(read(&["A=1; a ; ;=; =a"]).is_empty());
    }
}
