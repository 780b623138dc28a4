//! What the operator's commands share: the settings, one realm, and a service around them that shows and sends nothing.
//!
//! They work beside a running `regain serve`: the files are shared, and nothing is begun that the server does.

use super::RealmArgs;
use crate::Failure;
use crate::from_settings::{self, Address, Loaded, OpenRealm, Parts};
use delivery::Couriers;
use directory::embedded::EmbeddedDirectory;
use recovery::UserName;
use service::{Realm, Regain, Trouble};
use std::path::Path;
use std::sync::Arc;
use store::sealing::Keyring;

/// A file of settings with one realm open.
pub struct Opened {
    pub regain: Regain,
    /// The realm's name.
    pub realm: String,
}

impl Opened {
    /// # Errors
    /// When something that the settings name can't be used, or the realm is not named and there are several.
    pub async fn new(args: &RealmArgs) -> Result<Self, Failure> {
        let loaded = Loaded::read(&args.config.config)?;
        let number = number_of(&loaded, args.realm.as_deref())?;
        let keyring = Arc::new(from_settings::keyring(&loaded)?);
        let OpenRealm { realm, .. } = from_settings::realm(&loaded, number, &keyring)?;
        let name = realm.name.clone();
        let regain = service(&loaded, &keyring, vec![realm])?;
        regain.load_censuses().await.map_err(away)?;
        Ok(Self { regain, realm: name })
    }

    /// Lets go of the store.
    pub async fn close(self) {
        if let Err(error) = self.regain.store.close().await {
            tracing::warn!(%error, "The store could not be closed cleanly.");
        }
    }

    /// A time as the organisation reads it.
    pub fn time(&self, at: recovery::Timestamp) -> String {
        time(&self.regain, at)
    }
}

/// A service that only looks and keeps: no channel, no page, no worker.
pub fn service(loaded: &Loaded, keyring: &Arc<Keyring>, realms: Vec<Realm>) -> Result<Regain, Failure> {
    let parts = Parts {
        keyring: Arc::clone(keyring),
        store: Arc::new(from_settings::store(loaded, keyring)?),
        realms,
        couriers: Couriers::default(),
        public_url: Address::unbound(loaded).public_url,
    };
    from_settings::assemble(loaded, parts)
}

/// A service with the store alone: what it keeps can be read without any directory.
pub fn store_alone(config: &Path) -> Result<Regain, Failure> {
    let loaded = Loaded::read(config)?;
    let keyring = Arc::new(from_settings::keyring(&loaded)?);
    service(&loaded, &keyring, Vec::new())
}

/// The embedded directory of a realm, without the store.
pub struct OpenedDirectory {
    pub loaded: Loaded,
    pub realm: Realm,
    pub directory: EmbeddedDirectory,
}

impl OpenedDirectory {
    /// # Errors
    /// As [`Opened::new`], and when the realm's accounts are not in Regain's own directory.
    pub fn new(args: &RealmArgs) -> Result<Self, Failure> {
        let loaded = Loaded::read(&args.config.config)?;
        let number = number_of(&loaded, args.realm.as_deref())?;
        let keyring = Arc::new(from_settings::keyring(&loaded)?);
        // Contacts that other keys sealed would be lost on the server: the store knows which are the right ones.
        drop(from_settings::store(&loaded, &keyring)?);
        let OpenRealm { realm, embedded } = from_settings::realm(&loaded, number, &keyring)?;
        let Some(directory) = embedded else {
            return Err(Failure::new(format!("the accounts of the realm `{}` are in an LDAP directory", realm.name))
                .hint("add people there; `regain contacts import` adds alternate addresses and numbers for them"));
        };
        Ok(Self { loaded, realm, directory })
    }
}

fn number_of(loaded: &Loaded, wanted: Option<&str>) -> Result<usize, Failure> {
    let realms = &loaded.settings.realms;
    let names = || realms.iter().map(|realm| realm.name.as_str()).collect::<Vec<_>>().join(", ");
    match wanted {
        Some(wanted) => realms.iter().position(|realm| realm.name.as_str() == wanted).ok_or_else(|| {
            Failure::new(format!("there is no realm `{wanted}` in {}", loaded.path.display()))
                .hint(format!("its realms: {}", names()))
        }),
        None if realms.len() > 1 => Err(Failure::new("there are several realms, and none was named")
            .hint(format!("add --realm and one of: {}", names()))),
        None => Ok(0),
    }
}

/// Reads a user name from the command line.
///
/// # Errors
/// When it can't be one.
pub fn user_name(text: &str) -> Result<UserName, Failure> {
    UserName::parse(text).ok_or_else(|| {
        Failure::new("this is no user name").hint("1 to 256 characters, such as anna or anna@school.example")
    })
}

/// Nobody has this user name.
pub fn nobody(user_name: &UserName, realm: &str) -> Failure {
    Failure::new(format!("nobody in the realm `{realm}` has the user name {user_name}"))
        .hint("look how the directory spells it")
}

/// The directory or the store failed.
pub fn away(trouble: Trouble) -> Failure {
    Failure::new(trouble).hint("`regain check` tries every connection and right, and says how to mend it")
}

/// Opens a file of the operator's.
///
/// # Errors
/// When it can't be read.
pub fn open_file(path: &Path) -> Result<std::fs::File, Failure> {
    std::fs::File::open(path).map_err(|error| Failure::new(format!("{} can't be read: {error}", path.display())))
}

/// A time in the organisation's time zone, to the second.
pub fn time(regain: &Regain, at: recovery::Timestamp) -> String {
    let zone = regain.organisation.time_zone.clone();
    jiff::Timestamp::from_millisecond(at.millis())
        .map_or_else(|_| "?".to_owned(), |at| at.to_zoned(zone).strftime("%Y-%m-%d %H:%M:%S").to_string())
}

/// `1 contact`, `2 contacts`.
pub fn count(number: impl Into<u64>, noun: &str) -> String {
    let number = number.into();
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}
