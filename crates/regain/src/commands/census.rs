//! `regain census`: what decoys are drawn from, and how to take it anew.

use super::opened::{Opened, away, count};
use super::{Ended, RealmArgs, print};
use crate::Failure;
use clap::Args;

/// Tell what decoys are drawn from, or take it anew.
#[derive(Args)]
pub struct CensusArgs {
    /// Count the accounts again, and draw decoys from what they look like now. Decoys change with it and accounts do not: a
    /// stranger who noted pages before can tell one from the other. Do it when the realm has changed so much that `regain
    /// check` says so, not as a habit.
    #[arg(long)]
    new: bool,
    #[command(flatten)]
    realm: RealmArgs,
}

const WHAT_IT_MEANS: &str = "\
A new one (regain census --new) draws other decoys. Whoever noted the pages of names before can then tell which of them are
accounts: their pages have not changed. Take one only when regain check says that the realm has outgrown this one.
";

impl CensusArgs {
    /// # Errors
    /// When the settings, the directory or the store can't be used.
    pub async fn run(self) -> Result<Ended, Failure> {
        let opened = Opened::new(&self.realm).await?;
        let before = opened.regain.realm(&opened.realm).map_or(0, |realm| realm.census().number);
        if self.new {
            opened.regain.take_new_census(&opened.realm).await.map_err(away)?;
        }
        let text = in_words(&opened, before);
        opened.close().await;
        print(&text)?;
        Ok(Ended::Well)
    }
}

fn in_words(opened: &Opened, before: u32) -> String {
    let Some(realm) = opened.regain.realm(&opened.realm) else { return String::new() };
    let census = realm.census();
    let name = &opened.realm;
    if census.number == 0 {
        return format!(
            "Realm `{name}` has no census yet: `regain serve` takes the first one, once somebody there has a contact.\n"
        );
    }
    let taken = format!(
        "Realm `{name}`: census {} of {}, {}, {} shown.\n",
        census.number,
        opened.time(census.taken_at),
        count(census.accounts(), "account"),
        count(census.domains_shown() as u64, "mail domain"),
    );
    match census.number {
        number if number > before => taken + "It is new. A running regain serve draws from it within half a minute.\n",
        _ => taken + WHAT_IT_MEANS,
    }
}
