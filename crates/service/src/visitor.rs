//! Who stands in front of a page, as far as anyone can tell: a network, a language, a kind of device.

use crate::Browser;
use language::{Device, device};
use std::net::IpAddr;

/// The visitor of one request.
#[derive(Clone, Debug)]
pub struct Visitor {
    pub address: IpAddr,
    /// The tag of the language they read.
    pub language: String,
    /// What their browser says it is. Only the kind of device is kept of it.
    pub user_agent: String,
    /// The browser, by the cookie that Regain once gave it.
    pub browser: Option<Browser>,
}

impl Visitor {
    /// Nobody in front of a page: a worker acts.
    pub(crate) fn nobody() -> Self {
        Self { address: IpAddr::from([0, 0, 0, 0]), language: String::new(), user_agent: String::new(), browser: None }
    }

    /// Whether nobody is there: a worker or a command acts.
    pub(crate) fn is_nobody(&self) -> bool {
        self.address.is_unspecified()
    }

    /// The network that limits count: one IPv4 address, or an IPv6 /64.
    pub fn network(&self) -> String {
        match self.address.to_canonical() {
            IpAddr::V4(address) => format!("{address}/32"),
            IpAddr::V6(address) => {
                let [a, b, c, d, ..] = address.segments();
                format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
            }
        }
    }

    /// The IPv6 /56 around it, which a provider gives to one household or firm; IPv4 has nothing like it.
    pub fn network_56(&self) -> Option<String> {
        match self.address.to_canonical() {
            IpAddr::V4(_) => None,
            IpAddr::V6(address) => {
                let [a, b, c, d, ..] = address.segments();
                Some(format!("{a:x}:{b:x}:{c:x}:{:x}::/56", d & 0xff00))
            }
        }
    }

    /// The kind of device, in words of a language at the time it is read.
    pub fn device(&self) -> Device {
        device(&self.user_agent)
    }
}

/// A list of networks such as `192.0.2.0/24` and `2001:db8::/48`.
#[derive(Clone, Debug, Default)]
pub struct Networks(Vec<(IpAddr, u8)>);

impl Networks {
    /// Reads addresses and networks in CIDR notation (RFC 4632).
    ///
    /// # Errors
    /// The first text that is none.
    pub fn parse<'a>(texts: impl IntoIterator<Item = &'a str>) -> Result<Self, String> {
        texts.into_iter().map(|text| network(text).ok_or_else(|| text.to_owned())).collect::<Result<_, _>>().map(Self)
    }

    pub fn contains(&self, address: IpAddr) -> bool {
        self.of(address).is_some()
    }

    /// The first network of the list that an address is in.
    pub fn of(&self, address: IpAddr) -> Option<String> {
        let address = address.to_canonical();
        let (network, bits) = self.0.iter().find(|(network, bits)| in_network(address, *network, *bits))?;
        Some(format!("{network}/{bits}"))
    }
}

fn network(text: &str) -> Option<(IpAddr, u8)> {
    let (address, bits) = match text.split_once('/') {
        Some((address, bits)) => (address.parse::<IpAddr>().ok()?, Some(bits.parse::<u8>().ok()?)),
        None => (text.parse::<IpAddr>().ok()?, None),
    };
    let all = if address.is_ipv4() { 32 } else { 128 };
    let bits = bits.unwrap_or(all);
    (bits <= all).then_some((address, bits))
}

fn in_network(address: IpAddr, network: IpAddr, bits: u8) -> bool {
    let same_head = |a: u128, b: u128, all: u32| {
        let shift = all - u32::from(bits);
        shift >= all || a >> shift == b >> shift
    };
    match (address, network) {
        (IpAddr::V4(a), IpAddr::V4(b)) => same_head(u128::from(a.to_bits()), u128::from(b.to_bits()), 32),
        (IpAddr::V6(a), IpAddr::V6(b)) => bits == 0 || same_head(a.to_bits(), b.to_bits(), 128),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_in_its_networks() {
        let networks =
            Networks::parse(["192.0.2.0/24", "2001:db8::/48", "203.0.113.7", "10.0.0.0/8"]).expect("networks");
        for (address, inside) in [
            ("192.0.2.9", true),
            ("192.0.3.9", false),
            ("203.0.113.7", true),
            ("203.0.113.8", false),
            ("2001:db8::1", true),
            ("2001:db9::1", false),
            ("::ffff:192.0.2.1", true),
            ("10.255.0.1", true),
        ] {
            assert_eq!(networks.contains(address.parse().expect("address")), inside, "{address}");
        }
        assert_eq!(Networks::parse(["192.0.2.0/33"]).err(), Some("192.0.2.0/33".to_owned()));
        assert!(Networks::parse(["0.0.0.0/0", "::/0"]).expect("all").contains("::1".parse().expect("address")));
    }

    #[test]
    fn one_household_is_one_network() {
        let from = |address: &str| Visitor { address: address.parse().expect("address"), ..Visitor::nobody() };
        assert_eq!(from("2001:db8:1:2:3:4:5:6").network(), "2001:db8:1:2::/64");
        assert_eq!(from("2001:db8:1:2f3:3:4:5:6").network_56().as_deref(), Some("2001:db8:1:200::/56"));
        assert_eq!(from("::ffff:192.0.2.1").network(), "192.0.2.1/32");
        assert_eq!(from("::ffff:192.0.2.1").network_56(), None);
    }
}
