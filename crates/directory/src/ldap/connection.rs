//! One connection to one server: dialled, bound, asked. It knows whether a request that failed can have been sent.

use super::entry::Entry;
use super::filter::Filter;
use super::options::{Security, Settings};
use super::ppolicy::{self, PolicyError};
use super::server::Server;
use super::tls;
use ldap3::{Ldap, LdapConnAsync, LdapConnSettings, LdapError, LdapResult, Scope, SearchOptions, StdStream};
use recovery::Password;
use std::error::Error;
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpStream;
use tokio::time::timeout;

/// A connection, shared by its clones. It closes when the last one is dropped.
#[derive(Clone)]
pub(super) struct Connection {
    ldap: Ldap,
    _driver: Arc<Driver>,
    operation: Duration,
}

/// The task that moves the bytes. It must not outlive the connection: a peer that hangs could hold it for ever.
struct Driver(tokio::task::JoinHandle<()>);

impl Drop for Driver {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// Why a server could not be connected to.
#[derive(Clone, Debug)]
pub(super) struct DialError {
    /// In plain words.
    pub what: String,
    pub hint: &'static str,
}

/// Why a request has no answer.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Failure {
    /// It was not sent.
    NotSent,
    /// It may have been sent; the connection is broken.
    Broken(String),
    /// It was sent or not; no answer came in time.
    TimedOut,
}

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Failure::NotSent => f.write_str("the connection was closed"),
            Failure::Broken(what) => write!(f, "the connection broke: {what}"),
            Failure::TimedOut => f.write_str("no answer in time"),
        }
    }
}

/// What became of a bind as a person.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Bind {
    Right,
    MustChange,
    /// The password is right, has expired, and lets nobody in any more.
    Expired,
    Wrong,
    Locked,
    /// The server refuses for a reason that is not the password.
    Refused,
    /// The server says it can't answer now.
    Busy(String),
    Unexpected(String),
}

impl Connection {
    /// Connects to a server, with TLS as the settings say, within the connect time-out. Binds nobody.
    pub(super) async fn dial(settings: &Settings, server: &Server) -> Result<Self, DialError> {
        match timeout(settings.timeouts.connect, Self::dial_patiently(settings, server)).await {
            Ok(connection) => connection,
            Err(_) => Err(DialError {
                what: format!("no answer within {} s", settings.timeouts.connect.as_secs_f32()),
                hint: "look whether the server runs, and whether a firewall lets this machine through",
            }),
        }
    }

    async fn dial_patiently(settings: &Settings, server: &Server) -> Result<Self, DialError> {
        let stream = TcpStream::connect((server.host.as_str(), server.port)).await.map_err(|error| DialError {
            what: format!("no connection: {error}"),
            hint: "look at the server's name and port, and whether it runs",
        })?;
        let local = stream.peer_addr().is_ok_and(|peer| peer.ip().is_loopback());
        if settings.security == Security::Plain && !local {
            return Err(DialError {
                what: "its name leads to another machine, and there is no TLS".to_owned(),
                hint: "use LDAPS or StartTLS",
            });
        }
        let stream = stream.set_nodelay(true).and_then(|()| stream.into_std());
        let stream = stream.map_err(|error| explain_dial(&error))?;
        let mut dial = LdapConnSettings::new()
            .set_std_stream(StdStream::Tcp(stream))
            .set_starttls(settings.security == Security::StartTls);
        if let Some(tls) = &settings.tls {
            dial = dial.set_config(tls.clone());
        }
        let dialled = LdapConnAsync::with_settings(dial, &server.url()).await;
        let (connection, ldap) = dialled.map_err(|error| explain_dial(&error))?;
        let driver = tokio::spawn(async move {
            if let Err(error) = connection.drive().await {
                tracing::debug!(%error, "a connection to the directory ended");
            }
        });
        Ok(Self { ldap, _driver: Arc::new(Driver(driver)), operation: settings.timeouts.operation })
    }

    pub(super) fn is_closed(&self) -> bool {
        self.ldap.clone().is_closed()
    }

    /// Binds with a name and a password. The answer's code is the server's.
    pub(super) async fn bind(&self, dn: &str, password: &Password) -> Result<LdapResult, Failure> {
        let mut ldap = self.ldap.clone();
        ldap.with_controls(ppolicy::request());
        within(self.operation, ldap.simple_bind(dn, password.reveal())).await
    }

    /// Binds as a person, and reads what the password policy says of it.
    pub(super) async fn bind_person(&self, dn: &str, password: &Password) -> Result<Bind, Failure> {
        let answer = self.bind(dn, password).await?;
        let policy = ppolicy::response(&answer.ctrls);
        Ok(match (answer.rc, policy.error) {
            (0, Some(PolicyError::ChangeAfterReset | PolicyError::PasswordExpired)) => Bind::MustChange,
            (0, _) if policy.grace_sign_ins.is_some() => Bind::MustChange,
            (0, _) => Bind::Right,
            (49, Some(PolicyError::PasswordExpired)) => Bind::Expired,
            (49 | 19 | 53, Some(PolicyError::AccountLocked)) => Bind::Locked,
            // 32: no such entry; 34: its name is none; 48: it has no password; 49: wrong.
            (32 | 34 | 48 | 49, _) => Bind::Wrong,
            (19 | 50 | 53, _) => Bind::Refused,
            (1 | 3 | 11 | 51 | 52 | 80, _) => Bind::Busy(explain_code(&answer)),
            _ => Bind::Unexpected(explain_code(&answer)),
        })
    }

    /// Searches the whole tree below a base, or an entry alone.
    pub(super) async fn search(&self, search: &Search<'_>) -> Result<(Vec<Entry>, LdapResult), Failure> {
        within(self.operation, self.search_patiently(search)).await
    }

    async fn search_patiently(&self, search: &Search<'_>) -> Result<(Vec<Entry>, LdapResult), LdapError> {
        let mut ldap = self.ldap.clone();
        ldap.with_search_options(SearchOptions::new().sizelimit(search.size_limit));
        if let Some(page) = &search.page {
            ldap.with_controls(page.clone());
        }
        let mut stream =
            ldap.streaming_search(search.base, search.scope, search.filter.as_str(), search.attributes).await?;
        let mut entries = Vec::new();
        while let Some(found) = stream.next().await? {
            if found.is_ref() || found.is_intermediate() {
                continue;
            }
            entries.extend(Entry::read(found.0));
        }
        Ok((entries, stream.finish().await))
    }

    /// Sends a Password Modify request (RFC 3062) with the password policy control.
    pub(super) async fn modify_password(
        &self,
        dn: &str,
        old: Option<&Password>,
        new: &Password,
        limit: Duration,
    ) -> Result<LdapResult, Failure> {
        let mut ldap = self.ldap.clone();
        ldap.with_controls(ppolicy::request());
        let request = ldap3::exop::PasswordModify {
            user_id: Some(dn),
            old_pass: old.map(Password::reveal),
            new_pass: Some(new.reveal()),
        };
        within(limit, ldap.extended(request)).await.map(|answer| answer.1)
    }

    /// Deletes one value of an attribute.
    pub(super) async fn delete_value(&self, dn: &str, attribute: &str, value: &str) -> Result<LdapResult, Failure> {
        let mut ldap = self.ldap.clone();
        let change = ldap3::Mod::Delete(attribute.as_bytes(), [value.as_bytes()].into());
        within(self.operation, ldap.modify(dn, vec![change])).await
    }
}

/// What to look for.
pub(super) struct Search<'a> {
    pub base: &'a str,
    pub scope: Scope,
    pub filter: &'a Filter,
    pub attributes: &'a [String],
    /// 0: no limit.
    pub size_limit: i32,
    /// The paging control, when there are pages.
    pub page: Option<ldap3::controls::RawControl>,
}

async fn within<T>(limit: Duration, answer: impl Future<Output = Result<T, LdapError>>) -> Result<T, Failure> {
    match timeout(limit, answer).await {
        Ok(Ok(answer)) => Ok(answer),
        // The task that would have sent it was gone already.
        Ok(Err(LdapError::OpSend { .. })) => Err(Failure::NotSent),
        Ok(Err(error)) => Err(Failure::Broken(error.to_string())),
        Err(_) => Err(Failure::TimedOut),
    }
}

fn explain_dial(error: &(dyn Error + 'static)) -> DialError {
    match tls::explain(error) {
        Some((what, hint)) => DialError { what, hint },
        None => DialError {
            what: format!("the connection could not be made safe: {error}"),
            hint: "look whether this port speaks TLS from the start (LDAPS) or on demand (StartTLS)",
        },
    }
}

/// A result code with the server's own words.
pub(super) fn explain_code(answer: &LdapResult) -> String {
    let text = answer.text.trim();
    if text.is_empty() { format!("result code {}", answer.rc) } else { format!("result code {}, {text}", answer.rc) }
}
