//! Where the audit trail is shipped, as the settings say.

use super::{Loaded, place};
use crate::Failure;
use delivery::syslog::{SyslogError, SyslogServer};
use service::audit::{AuditFormat, Shipping};
use settings::SyslogFormat;
use std::sync::Arc;

/// The shipping of the audit trail; `None` where the settings name no collector.
///
/// # Errors
/// When the collector's host is none, or its authority's file can't be read.
pub fn shipping(loaded: &Loaded) -> Result<Option<Shipping>, Failure> {
    let Some(syslog) = &loaded.settings.audit.syslog else { return Ok(None) };
    let server = SyslogServer::new(&syslog.server, syslog.port, syslog.ca_file.as_deref()).map_err(|error| {
        let key = if matches!(error, SyslogError::Host(_)) { "server" } else { "ca_file" };
        loaded.wrong(place!["audit", "syslog", key], error.to_string(), "")
    })?;
    let format = match syslog.format {
        SyslogFormat::Json => AuditFormat::Json,
        SyslogFormat::Cef => AuditFormat::Cef,
    };
    // The name that people know this Regain by, without its port: a HOSTNAME of RFC 5424.
    let address = loaded.settings.server.public_url.authority();
    let host = address.rsplit_once(':').map_or(address.as_ref(), |(host, _)| host).to_owned();
    Ok(Some(Shipping::new(Arc::new(server), format, host)))
}
