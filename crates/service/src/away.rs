//! What can go wrong around a recovery that is nobody's decision.

use directory::DirectoryError;
use store::StoreError;

/// The world failed. The page is the same for everyone: try again later, or call the secretariat.
#[derive(thiserror::Error, Debug)]
pub enum Trouble {
    #[error(transparent)]
    Directory(#[from] DirectoryError),
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The settings no longer have this realm.
    #[error("there is no realm {0:?} in the settings")]
    NoRealm(String),
    /// Others kept changing the same rows; nothing of ours is on disk.
    #[error("the store was too busy: {0} tries met a conflict")]
    Busy(u32),
    /// A saved state can't be read.
    #[error(transparent)]
    Unreadable(#[from] recovery::Unreadable),
}
