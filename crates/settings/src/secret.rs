//! Secrets: the settings say where they are, and they are fetched when they are needed. Never in the file itself.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::ffi::OsString;
use std::path::PathBuf;
use zeroize::Zeroizing;

/// The longest secret. Bytes.
const SECRET_BYTES_MAX: u64 = 64 * 1024;

/// Where systemd says that a service's credentials are (systemd.exec(5), LoadCredential=).
const CREDENTIALS_DIRECTORY: &str = "CREDENTIALS_DIRECTORY";

/// Where a secret is: `{ file = "…" }`, `{ env = "…" }` or `{ credential = "…" }`. A line end after it is not part of it.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Secret {
    /// A file that holds nothing else, readable by Regain alone.
    File(PathBuf),
    /// An environment variable.
    Env(String),
    /// A systemd credential, by its name in `LoadCredential=` or `LoadCredentialEncrypted=`.
    Credential(String),
}

/// Why a secret can't be had. Says where it was looked for, never what is there.
#[derive(thiserror::Error, Clone, PartialEq, Eq, Debug)]
pub enum SecretError {
    /// The file can't be read.
    #[error("the secret's file {path} can't be read: {reason}\nhint: {hint}", path = path.display())]
    File { path: PathBuf, reason: String, hint: String },
    /// The environment variable is not set.
    #[error("the environment variable `{name}` is not set\nhint: set it where Regain is started, or write {{ file = \"…\" }} instead")]
    NoVariable { name: String },
    /// There are no systemd credentials.
    #[error(
        "there is no credential `{name}`: $CREDENTIALS_DIRECTORY is not set\n\
         hint: start Regain by systemd with LoadCredential={name}:/path/to/secret, or write {{ file = \"…\" }} instead"
    )]
    NoCredentials { name: String },
    /// It is there, and it is empty.
    #[error("the secret in {place} is empty\nhint: write the secret there, on one line")]
    Empty { place: String },
    /// It is there, and it can't be one.
    #[error("the secret in {place} is not text, or longer than 64 KiB\nhint: it must be UTF-8, and nothing else may be in it")]
    NotText { place: String },
}

impl Secret {
    /// Fetches the secret.
    ///
    /// # Errors
    /// It is not where the settings say, or it is empty.
    pub fn resolve(&self) -> Result<Zeroizing<String>, SecretError> {
        self.resolve_in(|name| std::env::var_os(name))
    }

    /// Fetches a secret that is a password.
    ///
    /// # Errors
    /// As [`Secret::resolve`].
    pub fn resolve_password(&self) -> Result<recovery::Password, SecretError> {
        let text = self.resolve()?;
        recovery::Password::new(text.as_str()).ok_or_else(|| SecretError::Empty { place: self.place() })
    }

    /// What is doubtful about the place, for `regain check`: a file that every user of the machine can read.
    pub fn warning(&self) -> Option<String> {
        let Secret::File(path) = self else { return None };
        readable_by_all(path).then(|| {
            format!("every user of this machine can read {0}\nhint: chmod 600 {0}, and give it to Regain's user", path.display())
        })
    }

    /// Where it is, in words, without the secret.
    pub fn place(&self) -> String {
        match self {
            Secret::File(path) => format!("the file {}", path.display()),
            Secret::Env(name) => format!("the environment variable `{name}`"),
            Secret::Credential(name) => format!("the systemd credential `{name}`"),
        }
    }

    fn resolve_in(&self, variable: impl Fn(&str) -> Option<OsString>) -> Result<Zeroizing<String>, SecretError> {
        let text = match self {
            Secret::File(path) => self.read(path.clone())?,
            Secret::Env(name) => {
                let value = variable(name).ok_or_else(|| SecretError::NoVariable { name: name.clone() })?;
                let text = value.into_string().map_err(|_| SecretError::NotText { place: self.place() })?;
                Zeroizing::new(text)
            }
            Secret::Credential(name) => {
                let folder = variable(CREDENTIALS_DIRECTORY)
                    .ok_or_else(|| SecretError::NoCredentials { name: name.clone() })?;
                self.read(PathBuf::from(folder).join(name))?
            }
        };
        let trimmed = text.trim_end_matches(['\r', '\n']);
        if trimmed.is_empty() {
            return Err(SecretError::Empty { place: self.place() });
        }
        Ok(Zeroizing::new(trimmed.to_owned()))
    }

    fn read(&self, path: PathBuf) -> Result<Zeroizing<String>, SecretError> {
        let unreadable = |error: &std::io::Error| SecretError::File {
            hint: hint(error, &path),
            reason: reason(error),
            path: path.clone(),
        };
        let bytes = std::fs::metadata(&path).map_err(|error| unreadable(&error))?.len();
        if bytes > SECRET_BYTES_MAX {
            return Err(SecretError::NotText { place: self.place() });
        }
        let bytes = Zeroizing::new(std::fs::read(&path).map_err(|error| unreadable(&error))?);
        let text = std::str::from_utf8(&bytes).map_err(|_| SecretError::NotText { place: self.place() })?;
        Ok(Zeroizing::new(text.to_owned()))
    }

    pub(crate) fn path_mut(&mut self) -> Option<&mut PathBuf> {
        match self {
            Secret::File(path) => Some(path),
            Secret::Env(_) | Secret::Credential(_) => None,
        }
    }
}

/// What went wrong with a file, in words.
pub(crate) fn reason(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => "it is not there".to_owned(),
        std::io::ErrorKind::PermissionDenied => "Regain's user may not read it".to_owned(),
        std::io::ErrorKind::InvalidData => "it is not UTF-8 text".to_owned(),
        _ => error.to_string(),
    }
}

fn hint(error: &std::io::Error, path: &std::path::Path) -> String {
    match error.kind() {
        std::io::ErrorKind::PermissionDenied => format!("chown {} to the user that runs Regain", path.display()),
        _ => format!("write the secret into {}, and chmod 600 it", path.display()),
    }
}

#[cfg(unix)]
fn readable_by_all(path: &std::path::Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    std::fs::metadata(path).is_ok_and(|file| file.permissions().mode() & 0o004 != 0)
}

#[cfg(not(unix))]
fn readable_by_all(_path: &std::path::Path) -> bool {
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn nothing(_: &str) -> Option<OsString> {
        None
    }

    #[test]
    fn a_secret_is_fetched_from_each_place_without_its_line_end() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("smtp");
        std::fs::write(&path, "tr0ub4dor &\n").expect("a file");
        let resolve = |secret: Secret| {
            secret.resolve_in(|name| match name {
                "CREDENTIALS_DIRECTORY" => Some(folder.path().into()),
                "SMTP" => Some("from env".into()),
                _ => None,
            })
        };
        assert_eq!(resolve(Secret::File(path)).as_deref().map(String::as_str), Ok("tr0ub4dor &"));
        assert_eq!(resolve(Secret::Credential("smtp".into())).as_deref().map(String::as_str), Ok("tr0ub4dor &"));
        assert_eq!(resolve(Secret::Env("SMTP".into())).as_deref().map(String::as_str), Ok("from env"));
    }

    #[test]
    fn a_missing_secret_says_where_it_was_looked_for_and_what_to_do() {
        let text = |secret: Secret| secret.resolve_in(nothing).expect_err("missing").to_string();
        assert_eq!(
            text(Secret::File("/nowhere/smtp".into())),
            "the secret's file /nowhere/smtp can't be read: it is not there\n\
             hint: write the secret into /nowhere/smtp, and chmod 600 it"
        );
        assert_eq!(
            text(Secret::Env("SMTP".into())),
            "the environment variable `SMTP` is not set\n\
             hint: set it where Regain is started, or write { file = \"…\" } instead"
        );
        assert_eq!(
            text(Secret::Credential("smtp".into())),
            "there is no credential `smtp`: $CREDENTIALS_DIRECTORY is not set\n\
             hint: start Regain by systemd with LoadCredential=smtp:/path/to/secret, or write { file = \"…\" } instead"
        );
    }

    #[test]
    fn an_empty_or_binary_secret_is_refused() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("key");
        std::fs::write(&path, "\n").expect("a file");
        let secret = Secret::File(path.clone());
        assert!(matches!(secret.resolve_in(nothing), Err(SecretError::Empty { .. })));
        std::fs::write(&path, [0xff, 0xfe]).expect("a file");
        assert!(matches!(secret.resolve_in(nothing), Err(SecretError::NotText { .. })));
    }

    #[cfg(unix)]
    #[test]
    fn a_file_that_everybody_can_read_is_warned_of() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("key");
        std::fs::write(&path, "x").expect("a file");
        let mode = |bits| std::fs::set_permissions(&path, std::fs::Permissions::from_mode(bits)).expect("chmod");
        mode(0o644);
        assert!(Secret::File(path.clone()).warning().expect("a warning").contains("chmod 600"));
        mode(0o600);
        assert_eq!(Secret::File(path.clone()).warning(), None);
    }
}
