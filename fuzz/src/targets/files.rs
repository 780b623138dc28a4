//! Files that the operator hands over: settings, keys, lists of people.

use super::text;
use directory::embedded::{ContactSealer, EmbeddedDirectory, ImportOptions, Options};
use settings::Settings;
use std::sync::{Arc, OnceLock};
use store::sealing::Keyring;

pub fn settings(bytes: &[u8]) {
    let Some(text) = text(bytes) else { return };
    if let Err(error) = Settings::parse(text, "regain.toml") {
        assert!(!error.to_string().is_empty(), "an error says what, where, and what to do");
    }
}

pub fn keys(bytes: &[u8]) {
    let Some(text) = text(bytes) else { return };
    if let Ok(keyring) = Keyring::parse(text) {
        let again = Keyring::parse(&keyring.to_text()).expect("what we write we can read");
        assert_eq!((again.root(), again.current_id()), (keyring.root(), keyring.current_id()));
    }
}

pub fn contacts_csv(bytes: &[u8]) {
    let Some(text) = text(bytes) else { return };
    if let Ok(lines) = regain::commands::contacts::parse(text) {
        assert!(lines.iter().all(|line| line.line >= 1));
    }
}

struct Unsealed;

impl ContactSealer for Unsealed {
    fn seal(&self, _: &str, plain: &[u8]) -> Vec<u8> {
        plain.to_owned()
    }

    fn open(&self, _: &str, sealed: &[u8]) -> Option<Vec<u8>> {
        Some(sealed.to_owned())
    }
}

pub fn accounts_csv(bytes: &[u8]) {
    static DIRECTORY: OnceLock<(EmbeddedDirectory, tempfile::TempDir)> = OnceLock::new();
    let (directory, _) = DIRECTORY.get_or_init(|| {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let options = Options { own_domains: vec!["school.example".to_owned()], home_country: "BE".to_owned() };
        let directory = EmbeddedDirectory::open(&folder.path().join("people.db"), options, Arc::new(Unsealed));
        (directory.expect("a directory"), folder)
    });
    let dry_run = ImportOptions { dry_run: true, skip_wrong_lines: true };
    if let Ok(report) = directory.import(bytes, dry_run) {
        assert!(report.errors.iter().all(|error| error.line >= 1));
    }
}
