//! `regain demo`: the real product for an invented school, with an embedded directory and store, and a mailbox and a phone
//! on the screen. Nothing in it is a special case of another room.

mod board;
mod school;

use crate::seal::DirectorySealer;
use crate::wiring::{Running, Wrap, listen};
use crate::{Failure, tls};
use board::{Board, BoardChannel};
use delivery::{Channel, ChannelKind, Couriers};
use directory::embedded::{EmbeddedDirectory, Options as DirectoryOptions};
use language::Languages;
use recovery::{Keys, Limits};
use serde::Serialize;
use service::{Defence, Networks, Organisation, OsEntropy, Realm, Regain, SystemClock, TollRules};
use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use store::Store;
use store::sealing::Keyring;
use store::sqlite::SqliteStore;
use tempfile::TempDir;
use web::{Looks, Site, SiteOptions, Tls};

/// How a demo is started.
pub struct Options {
    pub listen: SocketAddr,
    /// Where to keep everything; `None`: a temporary folder that goes with the program.
    pub data: Option<PathBuf>,
    /// 1, or 2 for pupils and staff.
    pub realms: u8,
    /// Whether naming an account costs work or a wait.
    pub under_attack: bool,
}

/// What a newcomer needs to know. The first line of `--json`.
#[derive(Clone, Debug, Serialize)]
pub struct Invitation {
    pub url: String,
    pub messages_url: String,
    pub accounts: Vec<InvitedAccount>,
}

/// An account to try.
#[derive(Clone, Debug, Serialize)]
pub struct InvitedAccount {
    pub user_name: String,
    pub contacts: Vec<String>,
    pub shows: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub password: Option<String>,
}

/// A running demo.
pub struct Demo {
    pub running: Running,
    pub invitation: Invitation,
    /// Deleted with the demo.
    _folder: Option<TempDir>,
}

impl Demo {
    /// Runs until the person at the terminal stops it.
    pub async fn until_stopped(self) {
        self.running.until_stopped().await;
    }
}

/// Starts the demo.
///
/// # Errors
/// When the address is taken, or the folder can't be used.
pub async fn start(options: Options, wrap: Option<Wrap>) -> Result<Demo, Failure> {
    let (folder, path) = match options.data {
        Some(path) => (None, path),
        None => {
            let folder = TempDir::with_prefix("regain-demo-").map_err(|error| {
                Failure::new(format!("no temporary folder could be made: {error}"))
                    .hint("name a folder with --data DIR")
            })?;
            let path = folder.path().to_owned();
            (Some(folder), path)
        }
    };
    std::fs::create_dir_all(&path).map_err(|error| {
        Failure::new(format!("the folder {} can't be made: {error}", path.display()))
            .hint("name another with --data DIR")
    })?;
    let keyring = Arc::new(keyring(&path)?);
    let tcp = listen(options.listen).await?;
    let address = tcp.local_addr().map_err(Failure::new)?;
    let secure = !address.ip().is_loopback();
    let url = format!("{}://{address}", if secure { "https" } else { "http" });

    let store: Arc<dyn Store> =
        Arc::new(SqliteStore::open(&path.join("regain.db"), Arc::clone(&keyring)).map_err(Failure::new)?);
    let store = match wrap {
        Some(wrap) => wrap(store),
        None => store,
    };
    let board = Arc::new(Board::open(&path.join("messages.jsonl"))?);
    let channels: Vec<Box<dyn Channel>> = [ChannelKind::Mail, ChannelKind::Sms, ChannelKind::Call]
        .into_iter()
        .map(|kind| Box::new(BoardChannel::new(kind, Arc::clone(&board))) as Box<dyn Channel>)
        .collect();
    let realms = realms(&path, options.realms, &keyring)?;
    let regain = Arc::new(Regain {
        organisation: organisation(&url),
        realms,
        limits: Limits::default(),
        own_networks: Networks::default(),
        defence: defence(options.under_attack),
        pause_seconds: 24 * 3600,
        languages: Arc::new(Languages::built_in(&["fr", "nl", "de", "en"]).map_err(Failure::new)?),
        store,
        couriers: Couriers::new(channels),
        keys: Keys::from_root(keyring.root()),
        keyring,
        clock: Arc::new(SystemClock),
        entropy: Arc::new(OsEntropy),
        posted: tokio::sync::Notify::new(),
    });
    let site = Site::new(Arc::clone(&regain), looks()?, site_options(address, secure, Arc::clone(&board)));
    let tls = if secure {
        Some(Tls::new(tls::self_signed(vec![address.ip().to_string(), "localhost".to_owned()])?))
    } else {
        None
    };
    let running = Running::start(regain, site, tcp, tls).await?;
    let invitation = Invitation {
        url: format!("{url}/recover"),
        messages_url: format!("{url}/demo/messages"),
        accounts: school::invited(),
    };
    Ok(Demo { running, invitation, _folder: folder })
}

/// The keys of a demo lie beside its data: it protects nobody's account.
fn keyring(folder: &Path) -> Result<Keyring, Failure> {
    let path = folder.join("keys");
    let broken =
        |error: &dyn std::fmt::Display| Failure::new(format!("the demo's key file {}: {error}", path.display()));
    if path.exists() {
        let text = std::fs::read_to_string(&path).map_err(|error| broken(&error))?;
        return Keyring::parse(&text).map_err(|error| broken(&error));
    }
    let keyring = Keyring::generate();
    crate::commands::write_private(&path, keyring.to_text().as_bytes()).map_err(|error| broken(&error))?;
    Ok(keyring)
}

fn realms(folder: &Path, count: u8, keyring: &Arc<Keyring>) -> Result<Vec<Realm>, Failure> {
    let people = school::people(count);
    people
        .into_iter()
        .map(|kind| {
            let options = DirectoryOptions {
                own_domains: vec![school::DOMAIN.to_owned()],
                home_country: school::COUNTRY.to_owned(),
            };
            let path = folder.join(format!("{}.db", kind.realm));
            let is_new = !path.exists();
            let sealer = Arc::new(DirectorySealer(Arc::clone(keyring)));
            let directory = EmbeddedDirectory::open(&path, options, sealer).map_err(Failure::new)?;
            if is_new {
                directory
                    .add_all(&kind.accounts)
                    .map_err(|(place, error)| Failure::new(format!("account {place}: {error}")))?;
            }
            let mut realm = Realm::new(kind.realm, Arc::new(directory));
            realm.label = kind.label;
            realm.own_domains = vec![school::DOMAIN.to_owned()];
            realm.user_name_example = "camille.dubois".to_owned();
            Ok(realm)
        })
        .collect()
}

fn organisation(url: &str) -> Organisation {
    Organisation {
        name: school::NAME.to_owned(),
        secretariat: school::secretariat(),
        time_zone: jiff::tz::TimeZone::get("Europe/Brussels").unwrap_or(jiff::tz::TimeZone::UTC),
        home_country: school::COUNTRY.to_owned(),
        public_url: url.to_owned(),
        brand: "#0b5c6b".to_owned(),
        privacy: service::Privacy::default(),
    }
}

/// Whoever tries the demo names all its accounts from one address. Under attack everyone pays.
fn defence(under_attack: bool) -> Defence {
    let toll = if under_attack { TollRules::ALWAYS } else { TollRules::NEVER };
    Defence { toll, ..Defence::default() }
}

fn looks() -> Result<Looks, Failure> {
    let logo = web::Logo::from_file(include_bytes!("../assets/demo-logo.svg")).map_err(Failure::new)?;
    Looks::new(&web::Organisation {
        name: school::NAME.to_owned(),
        logo: Some(logo),
        brand: None,
        brand_dark: None,
        corners: web::Corners::default(),
    })
    .map_err(Failure::new)
}

fn site_options(address: SocketAddr, secure: bool, board: Arc<Board>) -> SiteOptions {
    let scheme = if secure { "https" } else { "http" };
    let mut hosts = vec![address.to_string(), format!("localhost:{}", address.port())];
    if address.ip().is_unspecified() {
        // Shown to a neighbour: any address of this machine.
        hosts.extend(own_addresses().into_iter().map(|ip| SocketAddr::new(ip, address.port()).to_string()));
    }
    SiteOptions {
        origins: hosts.iter().map(|host| format!("{scheme}://{host}")).collect(),
        hosts,
        proxies: Networks::default(),
        sign_in_url: "/sign-in".to_owned(),
        security_contact: Some("mailto:securite@deuxrivieres.example".to_owned()),
        answer_step: Duration::from_millis(u64::from(settings::Server::ANSWER_STEP_MILLIS)),
        board: Some(board),
    }
}

/// The address by which others reach this machine, if the system knows one. Nothing is sent.
fn own_addresses() -> Vec<IpAddr> {
    let socket = std::net::UdpSocket::bind(("0.0.0.0", 0));
    let address = socket.and_then(|socket| {
        socket.connect(("192.0.2.1", 9))?;
        socket.local_addr()
    });
    let mut all = vec![IpAddr::from([127, 0, 0, 1])];
    all.extend(address.ok().map(|address| address.ip()));
    all
}
