//! Realms: their directories, policies and rules.

use super::organisation::texts;
use super::{Loaded, folder_hint, owned_like_folder, place};
use crate::Failure;
use crate::seal::DirectorySealer;
use directory::Directory;
use directory::embedded::EmbeddedDirectory;
use directory::ldap::{self, DisabledWhen, LdapDirectory, Security, Timeouts};
use password::{Rules, Strength};
use recovery::UserName;
use service::{GroupPolicy, Realm};
use settings::{DirectorySettings, PasswordProfile, PasswordSettings, PasswordStrength, Step};
use std::sync::Arc;
use std::time::Duration;
use store::sealing::Keyring;

/// A realm that is open, and its embedded directory where that is what it has.
pub struct OpenRealm {
    pub realm: Realm,
    pub embedded: Option<EmbeddedDirectory>,
}

/// All realms, in the order of the settings.
///
/// # Errors
/// The first directory that can't be set up as the settings say.
pub fn realms(loaded: &Loaded, keyring: &Arc<Keyring>) -> Result<Vec<Realm>, Failure> {
    (0..loaded.settings.realms.len()).map(|number| Ok(realm(loaded, number, keyring)?.realm)).collect()
}

/// One realm. A directory of LDAP is not asked anything yet.
///
/// # Errors
/// When its directory can't be set up as the settings say.
pub fn realm(loaded: &Loaded, number: usize, keyring: &Arc<Keyring>) -> Result<OpenRealm, Failure> {
    let Some(own) = loaded.settings.realms.get(number) else {
        return Err(Failure::new(format!("there is no realm number {}", number + 1)));
    };
    let (directory, embedded): (Arc<dyn Directory>, _) = match &own.directory {
        DirectorySettings::Embedded(settings) => {
            let embedded = open_embedded(loaded, number, own, settings, keyring)?;
            (Arc::new(embedded.clone()), Some(embedded))
        }
        DirectorySettings::Ldap(settings) => (Arc::new(open_ldap(loaded, number, own, settings)?), None),
    };
    let mut realm = Realm::new(own.name.as_str(), directory);
    realm.label = own.label.as_ref().map(texts).unwrap_or_default();
    realm.own_domains = own.own_domains();
    realm.user_name_example = own.user_name_example.clone().unwrap_or_default();
    realm.user_name_help = own.user_name_help.as_ref().map(texts).unwrap_or_default();
    realm.disclose = own.disclose.to_disclose();
    realm.shared_by_min = own.shared_by_min;
    realm.policy = own.policy.to_policy();
    realm.contact_sweep_seconds = own.contact_sweep_minutes.saturating_mul(60);
    realm.group_policies = own
        .group_policies
        .iter()
        .map(|special| GroupPolicy { group: special.group.clone(), policy: special.over(&own.policy).to_policy() })
        .collect();
    realm.rules = rules(&own.password);
    Ok(OpenRealm { realm, embedded })
}

fn open_embedded(
    loaded: &Loaded,
    number: usize,
    realm: &settings::Realm,
    settings: &settings::EmbeddedDirectory,
    keyring: &Arc<Keyring>,
) -> Result<EmbeddedDirectory, Failure> {
    let options = directory::embedded::Options {
        own_domains: realm.own_domains(),
        home_country: loaded.settings.organisation.home_country.as_str().to_owned(),
    };
    let sealer = Arc::new(DirectorySealer(Arc::clone(keyring)));
    let opened = owned_like_folder(&settings.path, || EmbeddedDirectory::open(&settings.path, options, sealer));
    opened.map_err(|error| {
        loaded.wrong(place!["realms", number, "directory", "path"], error.to_string(), folder_hint(&settings.path))
    })
}

fn open_ldap(
    loaded: &Loaded,
    number: usize,
    realm: &settings::Realm,
    settings: &settings::LdapDirectory,
) -> Result<LdapDirectory, Failure> {
    let under = |key: &str| [Step::from("realms"), Step::from(number), Step::from("directory"), Step::from(key)];
    let bind_password =
        settings.bind_password.resolve_password().map_err(|error| loaded.no_secret(&under("bind_password"), &error))?;
    let names = &settings.attributes;
    let seconds = |seconds: u32| Duration::from_secs(u64::from(seconds));
    let options = ldap::Options {
        security: security(settings),
        ca_file: settings.ca_file.clone(),
        filter: settings.filter.clone(),
        attributes: ldap::Attributes {
            id: names.id.clone(),
            user_name: names.user_name.clone(),
            given_name: names.given_name.clone(),
            family_name: names.family_name.clone(),
            display_name: names.display_name.clone(),
            own_addresses: names.own_addresses.clone(),
            alternate_emails: names.alternate_emails.clone(),
            mobiles: names.mobiles.clone(),
            offices: names.offices.clone(),
            groups: vec![names.groups.clone()],
        },
        disabled: settings.disabled_filter.clone().map(DisabledWhen::Filter),
        own_domains: realm.own_domains(),
        home_country: loaded.settings.organisation.home_country.as_str().to_owned(),
        timeouts: Timeouts {
            connect: seconds(settings.connect_timeout_seconds),
            operation: seconds(settings.timeout_seconds),
            write: seconds(settings.timeout_seconds),
            ..Timeouts::default()
        },
        check_account: settings.check_account.as_deref().and_then(UserName::parse),
        ..ldap::Options::new(
            settings.servers.iter().map(|server| server.as_str().to_owned()).collect(),
            settings.bind_dn.clone(),
            bind_password,
            settings.base_dn.clone(),
        )
    };
    LdapDirectory::open(options).map_err(|error| {
        use ldap::OptionsError as E;
        let (key, hint) = match &error {
            E::NoServer | E::Server { .. } => {
                ("servers", "write them all alike: ldaps://, or ldap:// with start_tls = true")
            }
            E::CaFile { .. } => ("ca_file", "name a PEM file with the certificate of the authority"),
            E::NoSystemRoots => ("servers", ""),
            E::Filter { .. } | E::FilterWithoutUserName => ("filter", "RFC 4515: (uid={user_name})"),
            E::Attribute(_) => ("attributes", "letters, digits and hyphens"),
            E::Empty(name) => (*name, ""),
            E::HomeCountry(_) => ("kind", ""),
        };
        loaded.wrong(&under(key), error.to_string(), hint)
    })
}

fn security(settings: &settings::LdapDirectory) -> Security {
    if settings.start_tls {
        return Security::StartTls;
    }
    // Plain text is for this machine only: the settings and the adapter both refuse it elsewhere.
    if settings.servers.iter().any(settings::DirectoryUrl::is_tls) { Security::Ldaps } else { Security::Plain }
}

/// The rules of a profile, with what the settings change of them.
fn rules(settings: &PasswordSettings) -> Rules {
    let profile = match settings.profile {
        Some(PasswordProfile::Recommended) => Rules::recommended(),
        Some(PasswordProfile::Microsoft365Strict) => Rules::microsoft365_strict(),
        None => Rules::NONE,
    };
    Rules {
        min_length: settings.min_length.unwrap_or(profile.min_length),
        max_length: settings.max_length.unwrap_or(profile.max_length),
        min_lower: settings.min_lower.unwrap_or(profile.min_lower),
        min_upper: settings.min_upper.unwrap_or(profile.min_upper),
        min_digits: settings.min_digits.unwrap_or(profile.min_digits),
        min_symbols: settings.min_symbols.unwrap_or(profile.min_symbols),
        not_user_name: settings.not_user_name.unwrap_or(profile.not_user_name),
        common: settings.common.unwrap_or(profile.common),
        min_strength: settings.min_strength.map_or(profile.min_strength, |strength| match strength {
            PasswordStrength::Weak => Strength::Weak,
            PasswordStrength::Fair => Strength::Fair,
            PasswordStrength::Good => Strength::Good,
            PasswordStrength::Strong => Strength::Strong,
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_that_is_named_changes_the_profile_and_nothing_else() {
        assert_eq!(rules(&PasswordSettings::default()), Rules::recommended());
        let named = PasswordSettings {
            profile: Some(PasswordProfile::Microsoft365Strict),
            min_length: Some(14),
            common: Some(false),
            min_strength: Some(PasswordStrength::Good),
            ..PasswordSettings::default()
        };
        let expected =
            Rules { min_length: 14, common: false, min_strength: Strength::Good, ..Rules::microsoft365_strict() };
        assert_eq!(rules(&named), expected);
        let alone = PasswordSettings { profile: None, min_length: Some(10), ..PasswordSettings::default() };
        assert_eq!(rules(&alone), Rules { min_length: 10, ..Rules::NONE });
    }
}
