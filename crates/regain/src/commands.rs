//! The commands of the terminal. Data goes to stdout, all else to stderr.

pub mod audit;
pub mod census;
pub mod check;
pub mod contacts;
pub mod demo;
pub mod explain;
pub mod init;
pub mod keys;
mod opened;
pub mod privacy;
pub mod resume;
pub mod serve;
pub mod store;
mod terminal;
pub mod user;

use crate::Failure;
use clap::Args;
use std::io::Write;
use std::path::{Path, PathBuf};

/// Which file of settings.
#[derive(Args, Clone, Debug)]
pub struct ConfigArg {
    /// The file of settings, as `regain init` writes it.
    #[arg(long, value_name = "FILE", default_value = "regain.toml")]
    pub config: PathBuf,
}

/// Which file of settings, and which realm of it.
#[derive(Args, Clone, Debug)]
pub struct RealmArgs {
    #[command(flatten)]
    pub config: ConfigArg,
    /// The realm, by its name in the settings. Needed only where there are several.
    #[arg(long, value_name = "REALM")]
    pub realm: Option<String>,
}

/// Whether a command found everything well.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Ended {
    Well,
    /// It did its work, and what it says is bad news: exit code 1.
    Badly,
}

/// Prints data on stdout. A reader who has seen enough (`| head`) is no error.
///
/// # Errors
/// When stdout can't be written.
pub fn print(text: &str) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            Err(Failure::new(format!("stdout can't be written: {error}")))
        }
        _ => Ok(()),
    }
}

/// Writes a file that only its owner may read. Fails when there is one already.
///
/// # Errors
/// When it exists, or can't be written.
pub fn write_private(path: &Path, content: &[u8]) -> std::io::Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.create_new(true).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(content)?;
    file.sync_all()
}
