//! Mail by SMTP with TLS and AUTH.
//!
//! One door: [`SmtpChannel`]. It knows the protocol (RFC 5321, 3207, 4954, 8314) and how a letter is written (RFC 5322), and
//! nothing of who gets one and why. Connections are kept open for a while and used again; a broken one is replaced.

mod fault;
mod letter;
mod options;
mod session;
#[cfg(test)]
mod tests;

use crate::{Body, Channel, ChannelKind, DeliveryError, Message, reference};
use async_trait::async_trait;
pub use options::{Options, OptionsError, Security};
use session::{Pool, Session};

/// One SMTP server (a submission server, RFC 6409).
pub struct SmtpChannel {
    name: String,
    sender: letter::Sender,
    pool: Pool,
}

impl SmtpChannel {
    /// Judges the settings. Does not connect: [`Channel::check`] does.
    ///
    /// # Errors
    /// What is wrong in the settings, in words for the operator.
    pub fn new(options: Options) -> Result<Self, OptionsError> {
        let sender = letter::Sender::new(&options)?;
        let name = options.name.clone();
        Ok(Self { name, sender, pool: Pool::new(options)? })
    }
}

#[async_trait]
impl Channel for SmtpChannel {
    fn kind(&self) -> ChannelKind {
        ChannelKind::Mail
    }

    fn name(&self) -> &str {
        &self.name
    }

    /// Hands the mail over. A time-out or a broken line after the mail was written, before the server's answer, is `Later`:
    /// the next try may deliver it a second time, with the same `Message-ID`. A code that comes twice does
    /// little harm; one that never comes does.
    async fn send(&self, message: &Message) -> Result<String, DeliveryError> {
        let Body::Mail { .. } = &message.body else {
            return Err(DeliveryError::Misconfigured("an SMTP server carries mails only".to_owned()));
        };
        let letter = self.sender.write(message)?;
        let answer = self.pool.send(&letter).await?;
        Ok(reference::harmless(&answer, message))
    }

    async fn check(&self) -> Result<(), DeliveryError> {
        let session: Session = self.pool.connect().await?;
        session.greet_and_quit().await
    }
}
