//! `regain resume`.

use super::opened::{Opened, away, user_name};
use super::{Ended, RealmArgs, print};
use crate::Failure;
use clap::Args;

/// End the pause that "that was not me" began, so that the account can be recovered again.
#[derive(Args)]
pub struct ResumeArgs {
    /// The user name.
    user: String,
    #[command(flatten)]
    realm: RealmArgs,
}

impl ResumeArgs {
    /// # Errors
    /// When the settings, the directory or the store can't be used.
    pub async fn run(self) -> Result<Ended, Failure> {
        let user_name = user_name(&self.user)?;
        let opened = Opened::new(&self.realm).await?;
        let was_paused = opened.regain.resume(&opened.realm, &user_name).await.map_err(away)?;
        opened.close().await;
        print(&match was_paused {
            true => format!("{user_name} can recover the account again.\n"),
            false => format!("{user_name} was not paused; nothing to do.\n"),
        })?;
        Ok(Ended::Well)
    }
}
