//! Where the audit trail goes beside the store. Opens no connection.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::path::PathBuf;

/// Where the audit trail goes beside the store.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct AuditSettings {
    /// A collector (a SIEM, rsyslog, syslog-ng) that gets every row and every signed head, by syslog over TLS (RFC 5424 and
    /// RFC 5425). By default none: the trail is in the store alone, and whoever has the store and the keys could rewrite it.
    pub syslog: Option<SyslogSettings>,
}

/// A collector.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SyslogSettings {
    /// The collector's host name or address; its certificate must bear it.
    #[schemars(length(min = 1), example = &"siem.school.example")]
    pub server: String,
    /// The port. 6514 is the one that RFC 5425 gives to syslog over TLS.
    #[serde(default = "port")]
    #[schemars(range(min = 1, max = 65535))]
    pub port: u16,
    /// The authority that signed the collector's certificate, PEM. The system's own where nothing is said.
    #[schemars(example = &"/etc/regain/siem-ca.pem")]
    pub ca_file: Option<PathBuf>,
    /// How a row is written behind the structured data. `json` holds all that `regain audit verify` checks, and is the
    /// default for that; `cef` is ArcSight's Common Event Format.
    #[serde(default)]
    pub format: SyslogFormat,
}

/// How a row is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum SyslogFormat {
    #[default]
    Json,
    Cef,
}

const fn port() -> u16 {
    6514
}
