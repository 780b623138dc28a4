//! `regain init`.

use super::{Ended, print, write_private};
use crate::Failure;
use crate::from_settings::owned_like_folder;
use clap::Args;
use settings::{Settings, Template, template};
use std::path::{Path, PathBuf};
use store::sealing::Keyring;

const FILE: &str = "regain.toml";
/// Named so in the template.
const KEYS: &str = "keys";

/// Write a commented file of settings and a key file. Nothing is ever overwritten.
#[derive(Args)]
pub struct InitArgs {
    /// Where to write regain.toml and the key file; store and accounts will be there too.
    #[arg(long, value_name = "DIR", default_value = ".")]
    folder: PathBuf,
    /// Accounts are in OpenLDAP or another LDAP directory, and not in the small one that comes with Regain.
    #[arg(long)]
    ldap: bool,
    /// The organisation's name, as people see it.
    #[arg(long, value_name = "NAME", default_value = "My school")]
    name: String,
    /// The address that people open.
    #[arg(long, value_name = "URL", default_value = "https://account.school.example")]
    public_url: String,
}

impl InitArgs {
    /// # Errors
    /// When one of the files is there already, or can't be written.
    pub fn run(self) -> Result<Ended, Failure> {
        let text = self.text()?;
        let made = !self.folder.exists();
        std::fs::create_dir_all(&self.folder).map_err(|error| {
            Failure::new(format!("the folder {} can't be made: {error}", self.folder.display()))
                .hint("name another one with --folder DIR")
        })?;
        if made {
            keep_private(&self.folder)?;
        }
        let (file, keys) = (self.folder.join(FILE), self.folder.join(KEYS));
        if let Some(there) = [&file, &keys].into_iter().find(|path| path.exists()) {
            return Err(taken(there));
        }
        owned_like_folder(&keys, || write(&keys, Keyring::generate().to_text().as_bytes()))?;
        if let Err(failure) = owned_like_folder(&file, || write(&file, text.as_bytes())) {
            // These keys have sealed nothing yet.
            let _ = std::fs::remove_file(&keys);
            return Err(failure);
        }
        print(&self.next(&file, &keys))?;
        Ok(Ended::Well)
    }

    /// The text of the file, which must be one that every other command can read.
    fn text(&self) -> Result<String, Failure> {
        let wanted = Template {
            organisation: self.name.clone(),
            public_url: self.public_url.clone(),
            ldap: self.ldap,
            folder: String::new(),
        };
        let text = template(&wanted);
        match Settings::parse(&text, FILE) {
            Ok(_) => Ok(text),
            Err(error) => Err(match error.problems().first() {
                Some(problem) => {
                    let own = problem.what.contains("public_url");
                    let key = if own { "--public-url" } else { "--name" };
                    Failure::new(format!("{key} can't be used: {}", problem.what)).hint(problem.hint.clone())
                }
                None => Failure::new(error),
            }),
        }
    }

    fn next(&self, file: &Path, keys: &Path) -> String {
        let config =
            if file == Path::new("./regain.toml") { String::new() } else { format!(" --config {}", file.display()) };
        let fill = if self.ldap {
            "put in your directory, mail server and secretariat".to_owned()
        } else {
            format!("put in your mail server and secretariat; add people: regain user import FILE.csv{config}")
        };
        format!(
            "Wrote {} and {}. Keep a copy of the keys, apart from copies of the store.\n\
             1. Edit the file: {fill}\n\
             2. See that all is well:  regain check{config}\n\
             3. Start:                 regain serve{config}\n",
            file.display(),
            keys.display()
        )
    }
}

fn write(path: &Path, content: &[u8]) -> Result<(), Failure> {
    write_private(path, content).map_err(|error| match error.kind() {
        std::io::ErrorKind::AlreadyExists => taken(path),
        _ => Failure::new(format!("{} can't be written: {error}", path.display()))
            .hint("name another folder with --folder DIR"),
    })
}

fn taken(path: &Path) -> Failure {
    Failure::new(format!("{} is there already, and nothing was written", path.display()))
        .hint("name another folder with --folder DIR; whoever deletes a key file can't open what it sealed any more")
}

#[cfg(unix)]
fn keep_private(folder: &Path) -> Result<(), Failure> {
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o700)).map_err(Failure::new)
}

#[cfg(not(unix))]
fn keep_private(_folder: &Path) -> Result<(), Failure> {
    Ok(())
}
