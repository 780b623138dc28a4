//! `regain privacy`: the record of processing, and what is kept about one person.

mod record;

use super::opened::{Opened, away, count, user_name};
use super::{ConfigArg, Ended, RealmArgs, print};
use crate::Failure;
use crate::from_settings::Loaded;
use clap::{Args, Subcommand};
use recovery::UserName;
use std::io::{BufRead, IsTerminal, Write};

/// What data protection law asks of you: the record of processing, and one person's data.
#[derive(Args)]
pub struct PrivacyArgs {
    #[command(subcommand)]
    command: PrivacyCommand,
}

#[derive(Subcommand)]
enum PrivacyCommand {
    Report(ReportArgs),
    Export(ExportArgs),
    Erase(EraseArgs),
}

/// Print the record of processing (GDPR, article 30) and a draft of the impact assessment (article 35), from the settings as
/// they are. In English, as Markdown.
#[derive(Args)]
struct ReportArgs {
    #[command(flatten)]
    config: ConfigArg,
}

/// Print all that is kept about one person, as JSON (GDPR, article 15). It holds full contacts: keep it private.
#[derive(Args)]
struct ExportArgs {
    /// The user name.
    user: String,
    #[command(flatten)]
    realm: RealmArgs,
}

/// Erase what is kept about one person (GDPR, article 17): recoveries, messages, sessions, counts, imported contacts, and the
/// personal parts of the audit trail. The account itself is its directory's.
#[derive(Args)]
struct EraseArgs {
    /// The user name.
    user: String,
    /// Do not ask.
    #[arg(long)]
    yes: bool,
    #[command(flatten)]
    realm: RealmArgs,
}

impl PrivacyArgs {
    /// # Errors
    /// When the settings, the directory or the store can't be used, or nobody confirms.
    pub async fn run(self) -> Result<Ended, Failure> {
        match self.command {
            PrivacyCommand::Report(args) => {
                print(&record::record(&Loaded::read(&args.config.config)?))?;
                Ok(Ended::Well)
            }
            PrivacyCommand::Export(args) => args.run().await,
            PrivacyCommand::Erase(args) => args.run().await,
        }
    }
}

impl ExportArgs {
    async fn run(self) -> Result<Ended, Failure> {
        let user_name = user_name(&self.user)?;
        let opened = Opened::new(&self.realm).await?;
        let data = opened.regain.personal_data(&opened.realm, &user_name).await.map_err(away)?;
        opened.close().await;
        if data.account.is_none() {
            eprintln!("warning: nobody has the user name {user_name} in the directory; this is what is kept under it");
        }
        let text = serde_json::to_string_pretty(&data).map_err(Failure::new)?;
        print(&format!("{text}\n"))?;
        Ok(Ended::Well)
    }
}

impl EraseArgs {
    async fn run(self) -> Result<Ended, Failure> {
        let user_name = user_name(&self.user)?;
        if !self.yes {
            confirm(&user_name)?;
        }
        let opened = Opened::new(&self.realm).await?;
        let erased = opened.regain.erase(&opened.realm, &user_name).await.map_err(away)?;
        opened.close().await;
        let recoveries = erased.recoveries;
        if !erased.is_known {
            eprintln!(
                "warning: nobody has the user name {user_name} in the directory; what was kept under it is erased"
            );
        }
        print(&format!(
            "Erased for {user_name}: {recoveries} recover{}, {}, {}, {}, {}; {} of the audit trail without their personal parts.\n\
             Not erased: the account and its contacts in the directory (erase them there), copies of the store (let them age\n\
             out), messages that were sent, and what protects the account: a pause for a day, and the marks that end old\n\
             sessions (30 minutes) and known browsers (180 days).\n",
            if recoveries == 1 { "y" } else { "ies" },
            count(erased.messages as u64, "message"),
            count(erased.sessions as u64, "session"),
            format_args!("{} that could report", count(erased.reports as u64, "link")),
            if erased.imported_contacts { "the imported contacts" } else { "no imported contact" },
            count(erased.events as u64, "line"),
        ))?;
        Ok(Ended::Well)
    }
}

/// Asks at the terminal for the user name once more: what is erased does not come back.
fn confirm(user_name: &UserName) -> Result<(), Failure> {
    if !std::io::stdin().is_terminal() {
        return Err(Failure::new("nothing was erased: there is no terminal to ask").hint("add --yes"));
    }
    let mut err = std::io::stderr();
    let _ = write!(err, "This can't be undone. Type the user name once more: ").and_then(|()| err.flush());
    let mut line = String::new();
    std::io::stdin().lock().read_line(&mut line).map_err(Failure::new)?;
    if line.trim() == user_name.as_str() {
        return Ok(());
    }
    Err(Failure::new("nothing was erased: that was another name"))
}
