//! `regain store`: what an operator does with the store as a whole.

use super::opened::{away, count, store_alone};
use super::{ConfigArg, Ended, print};
use crate::Failure;
use clap::{Args, Subcommand};

/// Care for the store as a whole.
#[derive(Args)]
pub struct StoreArgs {
    #[command(subcommand)]
    command: StoreCommand,
}

#[derive(Subcommand)]
enum StoreCommand {
    Restored(RestoredArgs),
}

/// End everything that is open in a store that was put back from a copy: recoveries with their codes, codes that wait,
/// sessions. `regain serve` does so itself where the copy shows; after a copy of the whole folder or machine was put back,
/// run this before it starts.
#[derive(Args)]
struct RestoredArgs {
    #[command(flatten)]
    config: ConfigArg,
}

impl StoreArgs {
    /// # Errors
    /// When the settings or the store can't be used.
    pub async fn run(self) -> Result<Ended, Failure> {
        let StoreCommand::Restored(args) = self.command;
        let regain = store_alone(&args.config.config)?;
        let ended = regain.end_all_open().await.map_err(away)?;
        let _ = regain.store.close().await;
        print(&format!(
            "Ended: {}, {} that waited to be sent, {}.\n",
            recoveries(ended.recoveries),
            count(ended.codes, "code"),
            count(ended.sessions, "session")
        ))?;
        Ok(Ended::Well)
    }
}

fn recoveries(number: u64) -> String {
    if number == 1 { "1 recovery".to_owned() } else { format!("{number} recoveries") }
}
