//! `regain demo`.

use super::{Ended, print};
use crate::Failure;
use crate::demo::{Invitation, Options, start};
use clap::Args;
use std::net::SocketAddr;
use std::path::PathBuf;

/// Try Regain now: the real product for an invented school, with a mailbox and a phone on the screen.
#[derive(Args)]
pub struct DemoArgs {
    /// Where to listen. Port 0 picks a free one. Beyond this machine it gets a self-signed certificate.
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    /// Keep everything in this folder; without it, it goes when the demo ends.
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// 2 shows a school with two kinds of account: pupils and staff.
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u8).range(1..=2))]
    realms: u8,
    /// Behave as under attack: naming an account costs work that the browser does, or without JavaScript a wait.
    #[arg(long)]
    under_attack: bool,
    /// Print what there is to try as one line of JSON.
    #[arg(long)]
    json: bool,
}

impl DemoArgs {
    /// # Errors
    /// When the address is taken, or the folder can't be used.
    pub async fn run(self) -> Result<Ended, Failure> {
        let Self { listen, data, realms, under_attack, .. } = self;
        let demo = start(Options { listen, data, realms, under_attack }, None).await?;
        if self.json {
            print(&format!("{}\n", serde_json::to_string(&demo.invitation).map_err(Failure::new)?))?;
        } else {
            print(&in_words(&demo.invitation))?;
        }
        demo.until_stopped().await;
        Ok(Ended::Well)
    }
}

fn in_words(invitation: &Invitation) -> String {
    let mut text = format!(
        "Regain is running for an invented school.\n\n  Open     {}\n  Messages {}\n\nAccounts to try:\n",
        invitation.url, invitation.messages_url
    );
    for account in &invitation.accounts {
        text += &format!("\n  {}\n    {}\n", account.user_name, account.shows);
        if !account.contacts.is_empty() {
            text += &format!("    contacts: {}\n", account.contacts.join(", "));
        }
        if let Some(password) = &account.password {
            text += &format!("    password: {password}\n");
        }
    }
    text + "\nStop it with Ctrl+C.\n"
}
