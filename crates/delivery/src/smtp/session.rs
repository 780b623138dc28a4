//! SMTP sessions: one mail after the other on a connection, and a few connections kept for the next mails.

use super::{
    Options, OptionsError, Security,
    fault::{Moment, fault},
    letter::Letter,
};
use crate::{DeliveryError, tls};
use lettre::transport::smtp::{
    authentication::{Credentials, Mechanism},
    client::{AsyncSmtpConnection, Certificate, CertificateStore, TlsParameters},
    commands::{Data, Mail, Noop, Rcpt, Rset},
    extension::{ClientId, Extension, MailParameter},
};
use rustls::pki_types::CertificateDer;
use std::{
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};
use tokio::{sync::Semaphore, time::timeout};

/// How many connections are open at once. Submission servers often allow one client no more than ten.
const CONNECTIONS_MAX: usize = 4;

/// How long a connection without work is kept. Servers hang up after some minutes (RFC 5321 §4.5.3.2.7 asks for five).
const IDLE_MAX: Duration = Duration::from_secs(60);

/// How long a kept connection may take to show that it is alive.
const ALIVE_TIMEOUT: Duration = Duration::from_secs(5);

/// How long a server may take to say goodbye.
const QUIT_TIMEOUT: Duration = Duration::from_secs(2);

/// The connections to one server.
pub struct Pool {
    options: Options,
    client_id: ClientId,
    tls: Option<TlsParameters>,
    idle: Mutex<Vec<(Session, Instant)>>,
    permits: Semaphore,
}

impl Pool {
    pub fn new(options: Options) -> Result<Self, OptionsError> {
        options.judge()?;
        let client_id = options.client_id()?;
        let tls = match options.security {
            Security::Plain => None,
            Security::StartTls | Security::Tls => {
                Some(parameters(&options.server, &tls::trusted(options.ca_file.as_deref())?)?)
            }
        };
        let permits = Semaphore::new(CONNECTIONS_MAX);
        Ok(Self { options, client_id, tls, idle: Mutex::default(), permits })
    }

    /// Hands over one mail, on a kept connection if there is a live one. Answers with the server's last words.
    pub async fn send(&self, letter: &Letter) -> Result<String, DeliveryError> {
        let late = |_| DeliveryError::Later("the other mails take too long".to_owned());
        let waited = timeout(self.options.send_timeout, self.permits.acquire()).await.map_err(late)?;
        let _permit = waited.map_err(|_| DeliveryError::Later("the channel is closing".to_owned()))?;
        let mut session = match self.live_session().await {
            Some(session) => session,
            None => self.connect().await?,
        };
        // A session that is cut off by the time-out is dropped, and its connection with it.
        let sent = timeout(self.options.send_timeout, session.hand_over(letter)).await;
        let sent = sent.map_err(|_| DeliveryError::Later("the server did not take the mail in time".to_owned()))?;
        if !session.broken {
            self.idle().push((session, Instant::now()));
        }
        sent
    }

    /// A kept connection that still answers.
    async fn live_session(&self) -> Option<Session> {
        loop {
            let (mut session, since) = self.idle().pop()?;
            if since.elapsed() > IDLE_MAX {
                continue;
            }
            if timeout(ALIVE_TIMEOUT, session.connection.test_connected()).await.is_ok_and(|alive| alive) {
                return Some(session);
            }
        }
    }

    fn idle(&self) -> std::sync::MutexGuard<'_, Vec<(Session, Instant)>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Connects, protects the line and signs in.
    pub async fn connect(&self) -> Result<Session, DeliveryError> {
        let late = |_| DeliveryError::Later("the server did not answer in time".to_owned());
        timeout(self.options.connect_timeout, self.open()).await.map_err(late)?
    }

    async fn open(&self) -> Result<Session, DeliveryError> {
        let options = &self.options;
        let mut connection = match self.tls.clone().filter(|_| options.security == Security::Tls) {
            Some(tls) => self.connect_with_tls(tls).await?,
            None => self.connect_in_clear().await?,
        };
        if let (Security::StartTls, Some(tls)) = (options.security, self.tls.clone()) {
            let started = connection.starttls(tls, &self.client_id).await;
            started.map_err(|error| fault(Moment::StartingTls, &error))?;
        }
        if options.security != Security::Plain && !connection.is_encrypted() {
            return Err(DeliveryError::Misconfigured("the line to the server is not protected".to_owned()));
        }
        if let (Some(user_name), Some(password)) = (&options.user_name, &options.password) {
            let credentials = Credentials::new(user_name.clone(), password.reveal().to_owned());
            let signed_in = connection.auth(&[Mechanism::Plain, Mechanism::Login], &credentials).await;
            signed_in.map_err(|error| fault(Moment::SigningIn, &error))?;
        }
        Ok(Session { connection, broken: false })
    }

    async fn connect_with_tls(&self, tls: TlsParameters) -> Result<AsyncSmtpConnection, DeliveryError> {
        let Options { server, port, connect_timeout, .. } = &self.options;
        let address = (server.as_str(), *port);
        AsyncSmtpConnection::connect_tokio1(address, Some(*connect_timeout), &self.client_id, Some(tls), None)
            .await
            .map_err(|error| fault(Moment::Connecting, &error))
    }

    /// Connects without TLS, which may follow. Small writes leave at once: a mail and the dot behind it are two, and
    /// otherwise the dot waits for the server's delayed acknowledgement, 40 ms a mail (RFC 896, RFC 1122 §4.2.3.2).
    async fn connect_in_clear(&self) -> Result<AsyncSmtpConnection, DeliveryError> {
        let address = (self.options.server.as_str(), self.options.port);
        let away = |error: std::io::Error| DeliveryError::Later(format!("no connection: {}", error.kind()));
        let stream = tokio::net::TcpStream::connect(address).await.map_err(away)?;
        stream.set_nodelay(true).map_err(away)?;
        AsyncSmtpConnection::connect_with_transport(Box::new(stream), &self.client_id)
            .await
            .map_err(|error| fault(Moment::Connecting, &error))
    }
}

fn parameters(server: &str, trusted: &[CertificateDer<'static>]) -> Result<TlsParameters, OptionsError> {
    let fault = |error: lettre::transport::smtp::Error| OptionsError::Tls(error.to_string());
    let mut builder = TlsParameters::builder(server.to_owned()).certificate_store(CertificateStore::None);
    for certificate in trusted {
        builder = builder.add_root_certificate(Certificate::from_der(certificate.to_vec()).map_err(fault)?);
    }
    builder.build().map_err(fault)
}

/// An open connection, signed in.
pub struct Session {
    connection: AsyncSmtpConnection,
    /// No further mail may go over it.
    broken: bool,
}

impl Session {
    async fn hand_over(&mut self, letter: &Letter) -> Result<String, DeliveryError> {
        let handed = self.transact(letter).await;
        // After a refusal the line is as good as before once the server has forgotten the mail.
        if handed.is_err() && !self.broken && self.connection.command(Rset).await.is_err() {
            self.broken = true;
        }
        handed
    }

    async fn transact(&mut self, letter: &Letter) -> Result<String, DeliveryError> {
        let parameters = self.mail_parameters(letter)?;
        let connection = &mut self.connection;
        let sender = Mail::new(Some(letter.from.clone()), parameters);
        connection.command(sender).await.map_err(|error| fault(Moment::NamingSender, &error))?;
        let recipient = Rcpt::new(letter.to.clone(), Vec::new());
        connection.command(recipient).await.map_err(|error| fault(Moment::NamingRecipient, &error))?;
        connection.command(Data).await.map_err(|error| fault(Moment::HandingOver, &error))?;
        let taken = connection.message(&letter.bytes).await;
        let answer = taken.map_err(|error| {
            // After a broken transfer it is unknown where the next command would land.
            self.broken = error.status().is_none();
            fault(Moment::HandingOver, &error)
        })?;
        Ok(answer.message().collect::<Vec<_>>().join(" "))
    }

    /// Letters beyond ASCII in an address need a server that takes them (SMTPUTF8, RFC 6531).
    fn mail_parameters(&self, letter: &Letter) -> Result<Vec<MailParameter>, DeliveryError> {
        if letter.to.to_string().is_ascii() && letter.from.to_string().is_ascii() {
            return Ok(Vec::new());
        }
        if !self.connection.server_info().supports_feature(Extension::SmtpUtfEight) {
            let reason = "the address has letters that the server does not take (no SMTPUTF8)";
            return Err(DeliveryError::Refused(reason.to_owned()));
        }
        Ok(vec![MailParameter::SmtpUtfEight])
    }

    /// Shows that the line works both ways, and ends it.
    pub async fn greet_and_quit(mut self) -> Result<(), DeliveryError> {
        let late = |_| DeliveryError::Later("the server did not answer in time".to_owned());
        let answered = timeout(ALIVE_TIMEOUT, self.connection.command(Noop)).await.map_err(late)?;
        answered.map_err(|error| fault(Moment::CheckingLine, &error))?;
        // All is proven by now; how the server says goodbye is its own business.
        let _ = timeout(QUIT_TIMEOUT, self.connection.quit()).await;
        Ok(())
    }
}
