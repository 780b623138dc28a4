//! Lends the store's keys to the embedded directory, for its contacts.

use directory::embedded::ContactSealer;
use std::sync::Arc;
use store::sealing::Keyring;

/// Seals contacts of the embedded directory.
pub struct DirectorySealer(pub Arc<Keyring>);

impl ContactSealer for DirectorySealer {
    fn seal(&self, account: &str, plain: &[u8]) -> Vec<u8> {
        self.0.seal(&[b"directory", account.as_bytes(), b"contacts"], plain)
    }

    fn open(&self, account: &str, sealed: &[u8]) -> Option<Vec<u8>> {
        self.0.open(&[b"directory", account.as_bytes(), b"contacts"], sealed).ok().map(|plain| plain.to_vec())
    }

    fn key_of(&self, sealed: &[u8]) -> Option<u32> {
        store::sealing::sealed_with(sealed)
    }

    fn current_key(&self) -> Option<u32> {
        Some(self.0.current_id())
    }
}
