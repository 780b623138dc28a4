//! The key file: followed while the server runs, and written by a rotation.

use crate::Failure;
use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};
use store::sealing::Keyring;
use zeroize::Zeroizing;

/// How often the file is looked at.
const LOOK_EVERY: Duration = Duration::from_secs(5);

/// What tells one state of a file from another.
type Seen = Option<(SystemTime, u64)>;

/// Takes the key file into use again each time it changes, for as long as the program runs: every few seconds, on SIGHUP, and
/// at once when a value was sealed with a key that is not known yet (a command that runs beside the server has a newer file).
pub async fn follow(path: PathBuf, keyring: Arc<Keyring>) {
    let file = Arc::new(Followed { seen: Mutex::new(state_of(&path)), path });
    let looked = Arc::clone(&file);
    keyring.looks_with(move |ring| looked.look(ring));
    let mut hang_up = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::hangup()).ok();
    loop {
        let told = async {
            match &mut hang_up {
                Some(signal) => drop(signal.recv().await),
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            () = tokio::time::sleep(LOOK_EVERY) => {}
            () = told => {}
        }
        file.look(&keyring);
    }
}

struct Followed {
    path: PathBuf,
    seen: Mutex<Seen>,
}

impl Followed {
    /// Reads the file where it is another than the one last read. One that can't be used is said once, and the keys stay.
    fn look(&self, keyring: &Keyring) {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let now = state_of(&self.path);
        if now == *seen || now.is_none() {
            return;
        }
        *seen = now;
        let taken = read(&self.path)
            .map_err(|failure| failure.what)
            .and_then(|read| keyring.take_over(read).map_err(|error| error.to_string()));
        match taken {
            Ok(true) => tracing::info!(key = keyring.current_id(), "The new keys are in use."),
            Ok(false) => {}
            Err(error) => {
                tracing::error!(%error, "The key file has changed and can't be used; the keys stay as they were.")
            }
        }
    }
}

fn state_of(path: &Path) -> Seen {
    let data = path.metadata().ok()?;
    Some((data.modified().ok()?, data.len()))
}

fn read(path: &Path) -> Result<Keyring, Failure> {
    let broken = |error: &dyn std::fmt::Display| {
        Failure::new(format!("the key file {} can't be used: {error}", path.display()))
            .hint("restore it from your copy")
    };
    let text = Zeroizing::new(std::fs::read_to_string(path).map_err(|error| broken(&error))?);
    Keyring::parse(&text).map_err(|error| broken(&error))
}

/// A key file that is being changed. The next one is written beside it (`keys.new`), which is also what keeps two changes from
/// happening at once.
pub struct Change {
    path: PathBuf,
    next: PathBuf,
    file: File,
}

impl Change {
    /// # Errors
    /// When another change is under way, or nothing can be written there.
    pub fn begin(path: &Path) -> Result<(Self, Keyring), Failure> {
        // Where the name is a link, the file that it leads to is the one to change.
        let path = path.canonicalize().map_err(|error| {
            Failure::new(format!("the key file {} can't be read: {error}", path.display()))
                .hint("restore it from your copy; for a new installation, `regain init` writes one")
        })?;
        let mut next = path.clone().into_os_string();
        next.push(".new");
        let next = PathBuf::from(next);
        let mut options = std::fs::OpenOptions::new();
        options.create_new(true).write(true);
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = options.open(&next).map_err(|error| {
            let failure = Failure::new(format!("{} can't be made: {error}", next.display()));
            match error.kind() {
                std::io::ErrorKind::AlreadyExists => failure.hint(
                    "another change is under way; where one was interrupted, the key file is as it was: delete the .new file",
                ),
                _ => failure.hint("run this as whoever owns the key file and its folder, or as root"),
            }
        })?;
        let change = Self { path, next, file };
        // Read with the place taken: nobody changes it between this and `finish`.
        let keyring = read(&change.path)?;
        Ok((change, keyring))
    }

    /// Puts the new keys in the place of the old ones: all of them, or none. Owner and mode stay.
    ///
    /// # Errors
    /// When they can't be written; the old file is as it was.
    pub fn finish(mut self, keyring: &Keyring) -> Result<(), Failure> {
        self.write(keyring).map_err(|error| {
            Failure::new(format!("the new keys can't be written to {}: {error}", self.next.display()))
                .hint("the old key file is as it was; see that the disk has room, and try again")
        })
    }

    fn write(&mut self, keyring: &Keyring) -> std::io::Result<()> {
        use std::os::unix::fs::{MetadataExt, fchown};
        let old = self.path.metadata()?;
        self.file.write_all(keyring.to_text().as_bytes())?;
        let new = self.file.metadata()?;
        if (old.uid(), old.gid()) != (new.uid(), new.gid()) {
            fchown(&self.file, Some(old.uid()), Some(old.gid()))?;
        }
        self.file.set_permissions(old.permissions())?;
        self.file.sync_all()?;
        std::fs::rename(&self.next, &self.path)?;
        let folder = self.path.parent().unwrap_or(Path::new("/"));
        File::open(folder)?.sync_all()
    }
}

impl Drop for Change {
    fn drop(&mut self) {
        // Not there any more once it was put in its place.
        let _ = std::fs::remove_file(&self.next);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    fn file() -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("keys");
        std::fs::write(&path, Keyring::generate().to_text().as_bytes()).expect("a file");
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o640)).expect("chmod");
        (folder, path)
    }

    #[test]
    fn a_change_is_whole_or_not_at_all() {
        let (_folder, path) = file();
        let before = std::fs::read_to_string(&path).expect("keys");
        let (change, _) = Change::begin(&path).expect("free");
        let second = Change::begin(&path).err().expect("two at once").to_string();
        assert!(second.contains("another change is under way"), "{second}");
        drop(change);
        assert_eq!(std::fs::read_to_string(&path).expect("keys"), before);

        let (change, keyring) = Change::begin(&path).expect("free again");
        change.finish(&keyring.rotated(1_790_000_000)).expect("written");
        let keyring = read(&path).expect("keys");
        assert_eq!((keyring.current_id(), keyring.notes().len()), (2, 2));
        assert_eq!(path.metadata().expect("a file").permissions().mode() & 0o777, 0o640, "as it was");
        assert!(!path.with_extension("new").exists());
    }

    #[test]
    fn a_changed_file_is_taken_and_a_broken_one_is_not() {
        let (_folder, path) = file();
        let keyring = read(&path).expect("keys");
        let followed = Followed { seen: Mutex::new(state_of(&path)), path: path.clone() };
        followed.look(&keyring);
        assert_eq!(keyring.current_id(), 1);
        let (change, read) = Change::begin(&path).expect("free");
        change.finish(&read.rotated(1_790_000_000)).expect("written");
        followed.look(&keyring);
        assert_eq!(keyring.current_id(), 2);
        std::fs::write(&path, "seal 3").expect("a file");
        followed.look(&keyring);
        std::fs::write(&path, Keyring::generate().to_text().as_bytes()).expect("a file");
        followed.look(&keyring);
        assert_eq!(keyring.current_id(), 2);
    }
}
