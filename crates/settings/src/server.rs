//! Where Regain listens, what it keeps and for how long. Knows no socket and no disk.

use crate::format::{Domain, ListenAddress, Network, WebAddress};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::path::PathBuf;

/// How browsers reach Regain.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Server {
    /// The address that people see: `https://`, a host and, where needed, a port; no path. `http://` only for this
    /// machine itself. Other hosts are refused, save `other_hosts`.
    #[schemars(example = &"https://account.school.example")]
    pub public_url: WebAddress,
    /// The IP address and port on which Regain listens. Other than loopback needs `tls`, or a proxy in `proxies`.
    #[serde(default)]
    pub listen: ListenAddress,
    /// Certificate and key, when Regain speaks TLS itself. Read again when the files change.
    pub tls: Option<Tls>,
    /// Reverse proxies, by address or network. Only they may say with `X-Forwarded-For` for whom they speak; behind
    /// several, the last address that is none of them counts. Nothing else that a proxy says is read.
    #[serde(default)]
    #[schemars(length(max = 100), example = serde_json::json!(["10.0.0.5", "fd00::/64"]))]
    pub proxies: Vec<Network>,
    /// The organisation's own networks: many people behind one address. They are limited by account, not by network.
    #[serde(default)]
    #[schemars(length(max = 100), example = serde_json::json!(["192.0.2.0/24"]))]
    pub own_networks: Vec<Network>,
    /// Where the sign-in link on the last page leads. Regain's own page where nothing is said.
    #[schemars(example = &"https://mail.school.example/")]
    pub sign_in_url: Option<WebAddress>,
    /// Answers to forms that look up an account leave at the next multiple of this time since the form came in, so that
    /// how long the look-up took does not show. Milliseconds. 100 is many times what a directory nearby needs (a few), and
    /// a wait that people hardly notice. 0: at once, for measurements alone.
    #[serde(default = "answer_step_millis")]
    #[schemars(range(max = 2000))]
    pub answer_step_millis: u32,
    /// More host names by which Regain may be called, each with its port unless that is the usual one.
    #[serde(default)]
    #[schemars(length(max = 20), example = serde_json::json!(["account.intranet.example"]))]
    pub other_hosts: Vec<Domain>,
    /// Whom to tell about a hole in Regain here: `mailto:` or `https://`, for `/.well-known/security.txt` (RFC 9116).
    #[schemars(example = &"mailto:security@school.example")]
    pub security_contact: Option<WebAddress>,
}

const fn answer_step_millis() -> u32 {
    Server::ANSWER_STEP_MILLIS
}

impl Server {
    /// When answers leave, unless the settings say otherwise.
    pub const ANSWER_STEP_MILLIS: u32 = 100;
}

/// The files of Regain's own TLS.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Tls {
    /// The certificate and those above it, PEM.
    #[schemars(example = &"/etc/regain/tls/fullchain.pem")]
    pub certificate: PathBuf,
    /// Its private key, PEM. Readable by Regain alone.
    #[schemars(example = &"/etc/regain/tls/privkey.pem")]
    pub key: PathBuf,
}

/// The embedded store.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct StoreSettings {
    /// The database file. Its folder must exist, be on a local disk, and be writable by Regain alone.
    pub path: PathBuf,
}

impl Default for StoreSettings {
    fn default() -> Self {
        Self { path: "/var/lib/regain/regain.db".into() }
    }
}

/// What happens after a reset.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Notices {
    /// How long an account can't be recovered after somebody said "that was not me". Hours. `regain resume USER` ends
    /// it.
    #[schemars(range(min = 1, max = 720))]
    pub pause_hours: u32,
}

impl Default for Notices {
    /// A day: long enough for the secretariat to call back, short enough that a false alarm costs one.
    fn default() -> Self {
        Self { pause_hours: 24 }
    }
}

/// How long things are kept. What is not here has one life that nothing would gain from changing: the list is in
/// docs/reference/personal-data.md.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Retention {
    /// How long the audit trail keeps who recovered what, when, by which proof. Days. A year: somebody may ask about it
    /// until the same week of the next school year; keep no personal data longer than you can give a reason for (GDPR,
    /// article 5).
    #[schemars(range(min = 7, max = 3660))]
    pub audit_days: u32,
    /// How long a line of the audit trail keeps the network that it came from; the line itself stays. Days. A month:
    /// enough to look into an attack that was noticed.
    #[schemars(range(min = 1, max = 3660))]
    pub network_days: u32,
    /// How long it is kept that a message was sent, and what became of it, after it expired. Days. What stood in it goes
    /// as soon as it was handed over. Three: whoever calls about a code that never came does so within days.
    #[schemars(range(min = 1, max = 90))]
    pub message_days: u32,
}

impl Default for Retention {
    fn default() -> Self {
        Self { audit_days: 365, network_days: 30, message_days: 3 }
    }
}
