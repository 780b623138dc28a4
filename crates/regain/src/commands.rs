//! The commands of the terminal.

pub mod demo;

use std::io::Write;
use std::path::Path;

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
