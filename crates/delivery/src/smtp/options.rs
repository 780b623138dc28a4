//! The settings of an SMTP server, and what can be wrong with them.

use crate::tls::{self, TrustError};
use lettre::transport::smtp::extension::ClientId;
use recovery::{EmailAddress, Password};
use std::{net::IpAddr, path::PathBuf, time::Duration};

/// How the line to the server is protected.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Security {
    /// TLS after the STARTTLS command (RFC 3207), usually on port 587. A server that does not offer it gets no mail.
    StartTls,
    /// TLS from the first byte (RFC 8314), usually on port 465.
    Tls,
    /// No TLS. Only to this machine.
    Plain,
}

/// One SMTP server.
#[derive(Clone, Debug)]
pub struct Options {
    /// The channel's name in the settings.
    pub name: String,
    /// Host name or address, as it stands in the server's certificate.
    pub server: String,
    pub port: u16,
    pub security: Security,
    /// A PEM file of the authorities to trust in place of the system's.
    pub ca_file: Option<PathBuf>,
    /// With a password: sign in (AUTH, RFC 4954). Without: don't.
    pub user_name: Option<String>,
    pub password: Option<Password>,
    /// The mailbox that the mails are from; bounces go there too.
    pub from: EmailAddress,
    /// What a person reads as the sender: the organisation's name.
    pub from_name: String,
    /// The name given in EHLO: a host name, or an address.
    pub ehlo_name: String,
    /// The limit for name look-up, TCP, TLS and AUTH together.
    pub connect_timeout: Duration,
    /// The limit for handing over one mail on an open connection.
    pub send_timeout: Duration,
}

impl Options {
    /// A submission server on port 587 with STARTTLS, without AUTH, 10 seconds to connect and 60 to hand a mail over;
    /// EHLO with the domain of the sender.
    pub fn new(
        name: impl Into<String>,
        server: impl Into<String>,
        from: EmailAddress,
        from_name: impl Into<String>,
    ) -> Self {
        Self {
            name: name.into(),
            server: server.into(),
            port: 587,
            security: Security::StartTls,
            ca_file: None,
            user_name: None,
            password: None,
            ehlo_name: from.domain(),
            from,
            from_name: from_name.into(),
            connect_timeout: Duration::from_secs(10),
            send_timeout: Duration::from_secs(60),
        }
    }

    pub(super) fn judge(&self) -> Result<(), OptionsError> {
        if self.server.is_empty() || self.server.chars().any(|c| c.is_whitespace() || c.is_control() || c == '/') {
            return Err(OptionsError::Server(self.server.clone()));
        }
        if self.security == Security::Plain && !tls::is_loopback(&self.server) {
            return Err(OptionsError::PlainBeyondThisMachine(self.server.clone()));
        }
        if self.user_name.is_some() != self.password.is_some() {
            return Err(OptionsError::HalfOfTheCredentials);
        }
        Ok(())
    }

    pub(super) fn client_id(&self) -> Result<ClientId, OptionsError> {
        let bare = self.ehlo_name.trim_start_matches('[').trim_end_matches(']');
        match bare.parse() {
            Ok(IpAddr::V4(address)) => return Ok(ClientId::Ipv4(address)),
            Ok(IpAddr::V6(address)) => return Ok(ClientId::Ipv6(address)),
            Err(_) => {}
        }
        let plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '.' || c == '_';
        if self.ehlo_name.is_empty() || !self.ehlo_name.chars().all(plain) {
            return Err(OptionsError::EhloName(self.ehlo_name.clone()));
        }
        Ok(ClientId::Domain(self.ehlo_name.clone()))
    }
}

/// What is wrong with the settings of an SMTP server.
#[derive(thiserror::Error, Debug)]
pub enum OptionsError {
    #[error("{0:?} is not a server; write a host name such as smtp.example.org, the port goes into `port`")]
    Server(String),
    #[error(
        "{0} is not this machine, and passwords and codes must not travel unprotected: use STARTTLS (port 587) or TLS (port 465)"
    )]
    PlainBeyondThisMachine(String),
    #[error("a user name needs a password, and a password a user name; leave out both for a server without sign-in")]
    HalfOfTheCredentials,
    #[error("{0:?} is not a name for EHLO; write this machine's host name")]
    EhloName(String),
    #[error("{0:?} can't be the sender of a mail")]
    From(String),
    #[error(transparent)]
    Trust(#[from] TrustError),
    #[error("TLS can't be set up: {0}")]
    Tls(String),
}
