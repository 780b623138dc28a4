//! `regain keys`: which keys there are, what lies under each, a new one, and the end of old ones.

use super::opened::{away, count, service};
use super::{ConfigArg, Ended, print};
use crate::Failure;
use crate::from_settings::{self, Loaded};
use crate::keys::Change;
use clap::{Args, Subcommand};
use service::{Clock, Regain, SystemClock};
use settings::Secret;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use store::sealing::KeyNote;

/// The longest life of a sealed cookie, the one that knows a browser: so long it may be sealed with an older key. Seconds.
const COOKIE_SECONDS: u64 = 180 * 24 * 3600;

/// Show the sealing keys and what lies under each; make a new one; drop old ones.
///
/// Without a command: shows them. Never shows a key itself.
#[derive(Args)]
pub struct KeysArgs {
    #[command(subcommand)]
    command: Option<KeysCommand>,
    #[command(flatten)]
    config: ConfigArg,
}

#[derive(Subcommand)]
enum KeysCommand {
    Rotate(RotateArgs),
    Retire(RetireArgs),
}

/// Add a new sealing key to the key file. A running server takes it into use within seconds, seals with it from then on, and
/// seals anew what older keys sealed. The older keys stay until `regain keys retire`.
#[derive(Args)]
struct RotateArgs {
    #[command(flatten)]
    file: FileArg,
}

/// Drop all older keys from the key file, once nothing lies under them any more.
#[derive(Args)]
struct RetireArgs {
    #[command(flatten)]
    file: FileArg,
    /// Although cookies may still be sealed with them: known browsers are strangers then, and people on the first pages of a
    /// recovery have to begin anew.
    #[arg(long)]
    now: bool,
}

#[derive(Args)]
struct FileArg {
    /// The key file itself, where systemd or the environment hands a copy of it to Regain.
    #[arg(long, value_name = "FILE")]
    file: Option<PathBuf>,
}

impl KeysArgs {
    /// # Errors
    /// When the settings, the keys, the store or a directory can't be used, or a key is still needed.
    pub async fn run(self) -> Result<Ended, Failure> {
        let loaded = Loaded::read(&self.config.config)?;
        match self.command {
            None => show(&loaded).await,
            Some(KeysCommand::Rotate(args)) => rotate(&loaded, args.file.path(&loaded)?),
            Some(KeysCommand::Retire(args)) => retire(&loaded, args.file.path(&loaded)?, args.now).await,
        }
    }
}

impl FileArg {
    fn path(self, loaded: &Loaded) -> Result<PathBuf, Failure> {
        match (self.file, &loaded.settings.keys) {
            (Some(file), _) => Ok(file),
            (None, Secret::File(file)) => Ok(file.clone()),
            (None, other) => Err(Failure::new(format!("the keys are in {}, which can't be written", other.place()))
                .hint("name the file that it is made from with --file, and start Regain anew afterwards")),
        }
    }
}

/// How many values lie under each key: in the store, and in the accounts of Regain's own directories.
pub async fn sealed_under(regain: &Regain) -> Result<BTreeMap<u32, u64>, Failure> {
    let mut under = regain.store.sealed_under().await.map_err(|error| away(error.into()))?;
    for realm in &regain.realms {
        for (key, values) in realm.directory.sealed_under().await.map_err(|error| away(error.into()))? {
            *under.entry(key).or_default() += values;
        }
    }
    Ok(under)
}

/// Everything that Regain seals, opened.
fn opened(loaded: &Loaded) -> Result<Regain, Failure> {
    let keyring = Arc::new(from_settings::keyring(loaded)?);
    let realms = from_settings::realms(loaded, &keyring)?;
    service(loaded, &keyring, realms)
}

async fn show(loaded: &Loaded) -> Result<Ended, Failure> {
    let regain = opened(loaded)?;
    let under = sealed_under(&regain).await?;
    let notes = regain.keyring.notes();
    let _ = regain.store.close().await;
    let mut text = format!("The keys are in {}.\n\n", loaded.settings.keys.place());
    for note in &notes {
        let values = under.get(&note.id).copied().unwrap_or(0);
        let state = if note.is_current { "seals" } else { "only opens" };
        text += &format!("key {:<4} {state:<11} {}{}\n", note.id, count(values, "sealed value"), made(&regain, note));
    }
    let old: u64 = under.iter().filter(|(id, _)| **id != regain.keyring.current_id()).map(|(_, values)| values).sum();
    text += match (notes.len(), old) {
        (1, 0) => "\nEverything lies under the current key. `regain keys rotate` makes a new one.\n",
        (_, 0) => "\nNothing lies under older keys: `regain keys retire` drops them.\n",
        _ => "\nA running `regain serve` seals the rest anew with the current key, a few hundred values a second.\n",
    };
    print(&text)?;
    Ok(Ended::Well)
}

fn made(regain: &Regain, note: &KeyNote) -> String {
    let Some(at) = note.made_at.and_then(|seconds| i64::try_from(seconds).ok()) else { return String::new() };
    let at = recovery::Timestamp::from_millis(at.saturating_mul(1000));
    format!(", made {}", super::opened::time(regain, at))
}

fn rotate(loaded: &Loaded, path: PathBuf) -> Result<Ended, Failure> {
    let (change, keyring) = Change::begin(&path)?;
    // The file must be the one that the store was made with: a new key in another one would help nobody.
    let current = Arc::new(from_settings::keyring(loaded)?);
    drop(from_settings::store(loaded, &current)?);
    if current.root() != keyring.root() {
        return Err(Failure::new(format!("{} holds keys of another installation", path.display()))
            .hint("name the file that the settings' keys are made from"));
    }
    let keyring = keyring.rotated(seconds_now());
    change.finish(&keyring)?;
    let how = match &loaded.settings.keys {
        Secret::File(_) => "A running server takes it into use within seconds, and seals anew what older keys sealed.",
        _ => "Start Regain anew, so that it is handed the new file.",
    };
    print(&format!(
        "Key {} is the current one now. {how}\nKeep a new copy of {}, apart from copies of the store. `regain keys` shows how far it is.\n",
        keyring.current_id(),
        path.display()
    ))?;
    Ok(Ended::Well)
}

async fn retire(loaded: &Loaded, path: PathBuf, now: bool) -> Result<Ended, Failure> {
    let (change, keyring) = Change::begin(&path)?;
    let regain = opened(loaded)?;
    let under = sealed_under(&regain).await;
    let _ = regain.store.close().await;
    if regain.keyring.root() != keyring.root() {
        return Err(Failure::new(format!("{} holds keys of another installation", path.display()))
            .hint("name the file that the settings' keys are made from"));
    }
    let notes = keyring.notes();
    let [current, older @ ..] = notes.as_slice() else { return Ok(Ended::Well) };
    if older.is_empty() {
        print("There is only the current key; nothing to retire.\n")?;
        return Ok(Ended::Well);
    }
    let values: u64 = under?.iter().filter(|(id, _)| **id != current.id).map(|(_, values)| values).sum();
    if values > 0 {
        return Err(Failure::new(format!("{} still under older keys, and nobody could open them", are(values)))
            .hint("a running `regain serve` seals them anew; `regain keys` shows how far it is"));
    }
    let free_at = current.made_at.unwrap_or(0).saturating_add(COOKIE_SECONDS);
    if !now && seconds_now() < free_at {
        return Err(Failure::new(
            "cookies of known browsers may be sealed with older keys until the new one is 180 days old",
        )
        .hint("try again then; or add --now: known browsers are strangers then, and who is on the first pages of a recovery begins anew"));
    }
    let dropped: Vec<String> = older.iter().map(|note| note.id.to_string()).collect();
    change.finish(&keyring.retired())?;
    let keys = if dropped.len() == 1 { "Key" } else { "Keys" };
    print(&format!(
        "{keys} {} dropped from {}. Backups of the store from before the rotation need a copy of the old file.\n",
        dropped.join(", "),
        path.display()
    ))?;
    Ok(Ended::Well)
}

fn are(values: u64) -> String {
    format!("{} {}", count(values, "sealed value"), if values == 1 { "is" } else { "are" })
}

fn seconds_now() -> u64 {
    u64::try_from(SystemClock.now().millis() / 1000).unwrap_or(0)
}
