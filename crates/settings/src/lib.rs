//! The settings: one TOML file, in which every key has a type, a default, a sentence of docs and a place when it is
//! wrong.
//!
//! One door: [`Settings::read`] (a file) and [`Settings::parse`] (a text). Either all of it is understood, or
//! [`SettingsError`] lists every problem with its line, what was meant and what to write. The reference page
//! ([`reference()`]), the JSON Schema ([`schema()`]) and the check of keys and types are made from the same types, so
//! they can't disagree. This room knows no directory, no channel and no page: it says what an operator wrote, in types;
//! room `regain` hands that on to the others. Secrets are never in the file: it names where they are ([`Secret`]).

mod audit;
mod budget;
mod channel;
mod check;
mod directory;
mod format;
mod limits;
mod organisation;
mod password;
mod policy;
mod privacy;
mod problem;
mod realm;
mod reference;
mod schema;
mod secret;
mod server;
mod shape;
mod source;
mod template;
#[cfg(test)]
mod tests;
mod toll;
mod words;

pub use audit::{AuditSettings, SyslogFormat, SyslogSettings};
pub use budget::{BudgetSettings, NumberSettings};
pub use channel::{
    Carries, Channel, HttpBody, HttpChannel, HttpMethod, KannelChannel, MailSecurity, OvhcloudChannel, SmtpChannel,
    TwilioChannel,
};
pub use directory::{Attributes, DirectorySettings, EmbeddedDirectory, LdapDirectory};
pub use format::{
    Colour, CountryCode, DirectoryUrl, Domain, Email, ListenAddress, Mailbox, Network, RealmName, TimeZone, WebAddress,
};
pub use limits::{LimitPer, LimitSetting, LimitSettings, NamedPeriod};
pub use organisation::{Corners, Language, Localised, Looks, Organisation, Secretariat};
pub use password::{PasswordProfile, PasswordSettings, PasswordStrength};
pub use policy::{GroupPolicy, IndependenceSetting, Method, PolicySettings};
pub use privacy::{LegalBasis, PrivacySettings};
pub use problem::{Problem, SettingsError};
pub use realm::{Disclose, Realm};
pub use reference::{reference, schema};
pub use secret::{Secret, SecretError};
pub use server::{Notices, Retention, Server, StoreSettings, Tls};
pub use source::Step;
pub use template::{Template, template};
pub use toll::TollSettings;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};

/// All settings of an installation. Relative paths are read from the folder of the file.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// Who runs Regain: what people see in the header of every page.
    pub organisation: Organisation,
    /// Where Regain listens, and the address by which browsers reach it.
    pub server: Server,
    /// Where recoveries, counts, messages and the audit trail are kept.
    #[serde(default)]
    pub store: StoreSettings,
    /// Where the key file is, as `regain init` writes it: a line `root` and at least one line `seal`, each with 64
    /// hexadecimal digits. What the store seals can be opened only with it, so keep a copy, and never beside the store's.
    pub keys: Secret,
    /// Whom a person can call. Shown wherever a person can't go on alone.
    pub secretariat: Secretariat,
    /// The kinds of accounts. With one, nobody has to choose.
    #[schemars(length(min = 1, max = 50))]
    pub realms: Vec<Realm>,
    /// What carries codes and notices, each kind in the order in which it is tried.
    #[serde(default)]
    #[schemars(length(max = 50))]
    pub channels: Vec<Channel>,
    /// How often, before Regain says "later". Each key is a list of limits, and the longest wait holds; an empty list is no
    /// limit. A limit is one of three: `{ per = "hour", max = 12 }`, at most `max` in each period of the clock;
    /// `{ rest = "half_hour", max = 4 }`, at most `max` in a row, without that long a rest between two; or
    /// `{ free = 5, wait = 60, wait_max = 3600, rest = "day" }`, the first five at once, then a wait of so many seconds that
    /// doubles up to `wait_max`, and begins anew after the rest. A period is `"half_hour"`, `"hour"`, `"day"`, `"month"`
    /// (30 days) or a number of seconds.
    #[serde(default)]
    pub limits: LimitSettings,
    /// When naming an account costs a little work, done unseen by the browser, or without JavaScript a wait.
    #[serde(default)]
    pub toll: TollSettings,
    /// How many SMS and calls are really sent. Decoys and mail are not counted. At 80 % of a limit the operator is told,
    /// once in each period; when it is used up nothing more is sent until the period ends.
    #[serde(default)]
    pub budget: BudgetSettings,
    /// The telephone numbers that messages may go to. A number on record outside them is no contact: `regain check` says
    /// how many there are.
    #[serde(default)]
    pub numbers: NumberSettings,
    /// The messages that tell people that their password was reset.
    #[serde(default)]
    pub notices: Notices,
    /// How long things are kept. What is not here has one life, which docs/reference/personal-data.md names.
    #[serde(default)]
    pub retention: Retention,
    /// Where the audit trail goes beside the store.
    #[serde(default)]
    pub audit: AuditSettings,
    /// What the page about personal data, `/privacy`, says of the organisation; the rest of it comes from all other
    /// settings.
    #[serde(default)]
    pub privacy: PrivacySettings,
}

impl Settings {
    /// Reads a file, and makes the relative paths in it absolute by its folder.
    ///
    /// # Errors
    /// The file can't be read, or something in it is wrong: every problem that was found, with its line.
    pub fn read(path: &Path) -> Result<Self, SettingsError> {
        let name = path.display().to_string();
        let text = std::fs::read_to_string(path).map_err(|error| SettingsError::unreadable(&name, &error))?;
        let mut problems = Vec::new();
        let source = source::Source::new(&text, &mut problems);
        let folder = path.parent().unwrap_or(Path::new(""));
        let settings = check::understand(&source, problems, Some(folder));
        let mut settings = settings.map_err(|problems| SettingsError::new(&name, &text, problems))?;
        settings.anchor(folder);
        Ok(settings)
    }

    /// Understands a text. `file_name` is only for messages; relative paths stay as they are, and no file is looked at.
    ///
    /// # Errors
    /// Every problem that was found, with its line.
    pub fn parse(text: &str, file_name: &str) -> Result<Self, SettingsError> {
        let mut problems = Vec::new();
        let source = source::Source::new(text, &mut problems);
        check::understand(&source, problems, None).map_err(|problems| SettingsError::new(file_name, text, problems))
    }

    /// Something that is wrong with a value of a file that could be read, found by whoever was to use the value: said as
    /// [`Settings::read`] says it, with the line. `place` leads to the value; where it is missing, the nearest table
    /// around it is shown.
    pub fn complaint(path: &Path, place: &[Step], what: impl Into<String>, hint: impl Into<String>) -> SettingsError {
        let text = std::fs::read_to_string(path).unwrap_or_default();
        let source = source::Source::new(&text, &mut Vec::new());
        let problem = Problem::new(source.span(place), what, hint);
        SettingsError::new(&path.display().to_string(), &text, vec![problem])
    }

    /// The realm of this name.
    pub fn realm(&self, name: &str) -> Option<&Realm> {
        self.realms.iter().find(|realm| realm.name.as_str() == name)
    }

    /// Makes every relative path absolute, as seen from `folder`.
    fn anchor(&mut self, folder: &Path) {
        let mut paths: Vec<&mut PathBuf> = vec![&mut self.store.path];
        paths.extend(self.organisation.looks.logo.as_mut());
        if let Some(tls) = &mut self.server.tls {
            paths.extend([&mut tls.certificate, &mut tls.key]);
        }
        paths.extend(self.audit.syslog.iter_mut().filter_map(|syslog| syslog.ca_file.as_mut()));
        paths.extend(self.keys.path_mut());
        paths.extend(self.realms.iter_mut().flat_map(|realm| realm.directory.paths_mut()));
        paths.extend(self.channels.iter_mut().flat_map(Channel::paths_mut));
        for path in paths {
            *path = folder.join(&*path);
        }
    }
}
