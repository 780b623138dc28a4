//! `regain serve`.

use super::{ConfigArg, Ended};
use crate::from_settings::{self, Address, Loaded, Parts};
use crate::tls::TlsFiles;
use crate::wiring::{Running, Wrap, asked_to_stop, listen};
use crate::{Failure, LogFormat};
use clap::Args;
use std::io::Write;
use std::path::Path;
use std::sync::Arc;
use store::Store;
use web::{Site, Tls};

/// Serve the pages and send the messages, until SIGTERM or Ctrl+C.
#[derive(Args)]
pub struct ServeArgs {
    #[command(flatten)]
    config: ConfigArg,
    /// How the log on stderr is written. Its level is in the environment variable REGAIN_LOG: error, warn, info, debug.
    #[arg(long, value_enum, default_value_t = LogFormat::Text)]
    pub log: LogFormat,
}

/// A Regain that serves what a file of settings says.
pub struct Served {
    pub running: Running,
    /// The address that people open.
    pub public_url: String,
    scheme: &'static str,
}

impl ServeArgs {
    /// # Errors
    /// When something that the settings name can't be used.
    pub async fn run(self) -> Result<Ended, Failure> {
        let served = start(&self.config.config, None).await?;
        // Who reads that it is ready may ask it to stop at once.
        let asked = asked_to_stop();
        let listens = format!("{}://{}", served.scheme, served.running.address);
        let line = match self.log {
            LogFormat::Text => {
                format!("Regain is ready. It listens on {listens}; people open {}/recover", served.public_url)
            }
            LogFormat::Json => {
                let fields = serde_json::json!({ "message": "Regain is ready.", "listens": listens, "public_url": served.public_url });
                serde_json::json!({ "level": "INFO", "fields": fields, "target": "regain" }).to_string()
            }
        };
        // Said whatever the level of the log; whether anybody reads it does not matter.
        let _ = writeln!(std::io::stderr(), "{line}");
        served.running.until(asked).await;
        Ok(Ended::Well)
    }
}

/// Starts to serve. `wrap` puts something around the store, in tests.
///
/// # Errors
/// When something that the settings name can't be used.
pub async fn start(config: &Path, wrap: Option<Wrap>) -> Result<Served, Failure> {
    let loaded = Loaded::read(config)?;
    let keyring = Arc::new(from_settings::keyring(&loaded)?);
    let realms = from_settings::realms(&loaded, &keyring)?;
    let couriers = from_settings::couriers(&loaded)?;
    let looks = from_settings::looks(&loaded)?;
    let shipping = from_settings::shipping(&loaded)?;
    let files = loaded.settings.server.tls.as_ref().map(TlsFiles::of);
    let tls = files.as_ref().map(|files| files.load().map(Tls::new)).transpose()?;
    // The last that can be refused, before the store is touched: a second server must not take messages from the first.
    let tcp = listen(loaded.settings.server.listen.socket()).await?;
    let store: Arc<dyn Store> = Arc::new(from_settings::store(&loaded, &keyring)?);
    let store = match wrap {
        Some(wrap) => wrap(store),
        None => store,
    };
    let address = Address::of(&loaded, tcp.local_addr().map_err(Failure::new)?);
    let public_url = address.public_url.clone();
    let parts = Parts { keyring, store, realms, couriers, public_url: public_url.clone() };
    let regain = Arc::new(from_settings::assemble(&loaded, parts)?);
    let site = Site::new(Arc::clone(&regain), looks, from_settings::site_options(&loaded, &address)?);
    if let settings::Secret::File(path) = &loaded.settings.keys {
        tokio::spawn(crate::keys::follow(path.clone(), Arc::clone(&regain.keyring)));
    }
    if let (Some(files), Some(tls)) = (files, tls.clone()) {
        tokio::spawn(files.follow(tls));
    }
    let scheme = if tls.is_some() { "https" } else { "http" };
    let running = Running::start(regain, site, tcp, tls).await?;
    let running = match shipping {
        Some(shipping) => running.shipping(shipping),
        None => running,
    };
    Ok(Served { running, public_url, scheme })
}
