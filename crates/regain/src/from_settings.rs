//! From the operator's file to the rooms: keys, store, realms, channels, looks and the site.
//!
//! Each part can be made alone, so that a command opens only what it needs, and `regain check` can try them one by one.
//! What a room refuses is said with the line of the file that asked for it.

mod audit;
mod channels;
mod defence;
mod organisation;
mod realms;
mod site;

pub use audit::shipping;
pub use channels::{channel, couriers};
pub use organisation::{looks, organisation};
pub use realms::{OpenRealm, realm, realms};
pub use site::{Address, site_options};

use crate::Failure;
use defence::defence;
use delivery::Couriers;
use language::Languages;
use recovery::Keys;
use service::{Networks, OsEntropy, Realm, Regain, SystemClock};
use settings::{SecretError, Settings, Step};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use store::sealing::Keyring;
use store::sqlite::SqliteStore;
use store::{Store, StoreError};

const DAY_MILLIS: i64 = 24 * 3600 * 1000;

/// A file of settings that was read and understood.
pub struct Loaded {
    pub path: PathBuf,
    pub settings: Settings,
}

impl Loaded {
    /// # Errors
    /// Everything that is wrong with the file, each with its line.
    pub fn read(path: &Path) -> Result<Self, Failure> {
        let settings = Settings::read(path).map_err(Failure::new)?;
        Ok(Self { path: path.to_owned(), settings })
    }

    /// Something that is wrong with a value of the file.
    pub fn wrong(&self, place: &[Step], what: impl Into<String>, hint: impl Into<String>) -> Failure {
        Failure::new(Settings::complaint(&self.path, place, what, hint))
    }

    /// A secret that is not where the file says.
    pub fn no_secret(&self, place: &[Step], error: &SecretError) -> Failure {
        let text = error.to_string();
        let (what, hint) = text.split_once("\nhint: ").unwrap_or((&text, ""));
        self.wrong(place, what, hint)
    }
}

/// A place in the file: keys, and numbers in lists.
macro_rules! place {
    ($($step:expr),*) => { &[$(settings::Step::from($step)),*] };
}
pub(crate) use place;

/// The keys of the installation.
///
/// # Errors
/// When the key file is not there, or is none.
pub fn keyring(loaded: &Loaded) -> Result<Keyring, Failure> {
    let secret = &loaded.settings.keys;
    let text = secret.resolve().map_err(|error| match error {
        SecretError::File { path, reason, .. } => loaded.wrong(
            place!["keys"],
            format!("the key file {} can't be read: {reason}", path.display()),
            "restore it from your copy; for a new installation, `regain init` writes one",
        ),
        other => loaded.no_secret(place!["keys"], &other),
    })?;
    Keyring::parse(&text).map_err(|error| {
        loaded.wrong(
            place!["keys"],
            format!("{} holds no keys of Regain: {error}", secret.place()),
            "restore it from your copy",
        )
    })
}

/// Opens the store, and makes it where there is none yet.
///
/// # Errors
/// When it can't be used, or was made with other keys.
pub fn store(loaded: &Loaded, keyring: &Arc<Keyring>) -> Result<SqliteStore, Failure> {
    let path = &loaded.settings.store.path;
    let opened = owned_like_folder(path, || SqliteStore::open(path, Arc::clone(keyring)));
    let store = opened.map_err(|error| {
        let what = match &error {
            StoreError::Sealed { .. } => format!("the store {} was made with other keys", path.display()),
            _ => format!("the store {} can't be opened: {error}", path.display()),
        };
        let hint = match &error {
            StoreError::Sealed { .. } => {
                "name in `keys` the key file that belongs to this store, or another `path` for a new store".to_owned()
            }
            StoreError::TooNew { .. } => "a newer Regain wrote it: run that one".to_owned(),
            StoreError::Engine(said) if said.contains("malformed") || said.contains("not a database") => {
                "the file is damaged: put a copy in its place (docs/how-to/serve.md, Backups)".to_owned()
            }
            _ => folder_hint(path),
        };
        loaded.wrong(place!["store", "path"], what, hint)
    })?;
    let kept = &loaded.settings.retention;
    let days = |days: u32| i64::from(days) * DAY_MILLIS;
    Ok(store.keeping(store::Retention {
        audit: days(kept.audit_days),
        networks: days(kept.network_days),
        messages: days(kept.message_days),
    }))
}

/// What to do about a file that can't be opened.
fn folder_hint(path: &Path) -> String {
    match path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        Some(folder) if !folder.is_dir() => {
            format!("make its folder, for Regain's user alone: install -d -m 700 {}", folder.display())
        }
        _ => "Regain's user must be able to write the file and its folder, and the disk must have room".to_owned(),
    }
}

/// Makes a file as a command of root's may: owned by whoever owns its folder, so that the server can open it later.
pub(crate) fn owned_like_folder<T>(path: &Path, make: impl FnOnce() -> T) -> T {
    let is_new = !path.exists();
    let made = make();
    #[cfg(unix)]
    if is_new {
        use std::os::unix::fs::{MetadataExt, chown};
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        if let (Ok(file), Ok(folder)) = (path.metadata(), folder.metadata())
            && file.uid() == 0
            && folder.uid() != 0
        {
            for end in ["", "-wal", "-shm"] {
                let mut name = path.as_os_str().to_owned();
                name.push(end);
                // Nothing to mend where it fails: the server says so when it starts.
                let _ = chown(Path::new(&name), Some(folder.uid()), Some(folder.gid()));
            }
        }
    }
    made
}

/// The parts of a [`Regain`] that depend on what the command does with it.
pub struct Parts {
    pub keyring: Arc<Keyring>,
    pub store: Arc<dyn Store>,
    pub realms: Vec<Realm>,
    pub couriers: Couriers,
    /// The address that people open, as messages name it.
    pub public_url: String,
}

/// Puts a [`Regain`] together.
///
/// # Errors
/// When a room refuses a setting that the file's reader let through.
pub fn assemble(loaded: &Loaded, parts: Parts) -> Result<Regain, Failure> {
    let Parts { keyring, store, realms, couriers, public_url } = parts;
    let settings = &loaded.settings;
    let tags: Vec<&str> = settings.organisation.languages.iter().map(|language| language.code()).collect();
    let languages = Languages::built_in(&tags)
        .map_err(|error| loaded.wrong(place!["organisation", "languages"], error.to_string(), ""))?;
    Ok(Regain {
        organisation: organisation(loaded, public_url)?,
        realms,
        limits: settings.limits.to_limits(),
        own_networks: networks(&settings.server.own_networks)?,
        defence: defence(settings),
        pause_seconds: settings.notices.pause_hours.saturating_mul(3600),
        languages: Arc::new(languages),
        store,
        couriers,
        keys: Keys::from_root(keyring.root()),
        keyring,
        clock: Arc::new(SystemClock),
        entropy: Arc::new(OsEntropy),
        posted: tokio::sync::Notify::new(),
    })
}

fn networks(list: &[settings::Network]) -> Result<Networks, Failure> {
    let texts = list.iter().map(settings::Network::as_str);
    Networks::parse(texts).map_err(|text| Failure::new(format!("{text} is no address or network")))
}
