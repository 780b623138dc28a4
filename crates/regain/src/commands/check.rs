//! `regain check`: tries every connection and right that a running Regain needs. Sends nothing to anybody.

use super::opened::count;
use super::{ConfigArg, Ended, print};
use crate::Failure;
use crate::from_settings::{self, Address, Loaded, Parts};
use crate::tls::TlsFiles;
use clap::Args;
use delivery::{Channel, Couriers, DeliveryError};
use directory::Finding;
use service::{Regain, Survey};
use settings::{DirectorySettings, Disclose, Method, Secret};
use std::sync::Arc;
use store::sealing::Keyring;
use store::sqlite::SqliteStore;
use store::{Change, Shelf, Store};

/// Try every connection and right that Regain needs, and say how to mend what is wrong.
#[derive(Args)]
pub struct CheckArgs {
    #[command(flatten)]
    config: ConfigArg,
}

const DAY_SECONDS: u32 = 24 * 3600;
/// Accounts that may look like none of the census before anybody should mind.
const UNLIKE_MIN: u64 = 3;

/// What was found so far.
#[derive(Default)]
struct Report {
    text: String,
    failed: u32,
    warned: u32,
}

impl Report {
    fn line(&mut self, mark: &str, what: &str, hint: &str) {
        self.text += &format!("{mark:<5}{}\n", indented(what));
        if !hint.is_empty() {
            self.text += &format!("     hint: {}\n", indented(hint));
        }
    }

    fn ok(&mut self, what: impl AsRef<str>) {
        self.line("ok", what.as_ref(), "");
    }

    fn warn(&mut self, what: impl AsRef<str>, hint: &str) {
        self.warned += 1;
        self.line("warn", what.as_ref(), hint);
    }

    fn fail(&mut self, what: impl AsRef<str>, hint: &str) {
        self.failed += 1;
        self.line("FAIL", what.as_ref(), hint);
    }

    /// A failure of another room, which brings its own hint and perhaps its place in the file.
    fn failure(&mut self, failure: &Failure) {
        let text = failure.to_string();
        let text = text.strip_prefix("error: ").unwrap_or(&text);
        let (what, hint) = text.split_once("\nhint: ").unwrap_or((text, ""));
        self.fail(what, hint);
    }

    /// The value, or a line that says why there is none.
    fn take<T>(&mut self, result: Result<T, Failure>) -> Option<T> {
        result.map_err(|failure| self.failure(&failure)).ok()
    }

    fn secret(&mut self, secret: &Secret) {
        if let Some(warning) = secret.warning() {
            let (what, hint) = warning.split_once("\nhint: ").unwrap_or((&warning, ""));
            self.warn(what, hint);
        }
    }
}

fn indented(text: &str) -> String {
    text.replace('\n', "\n     ")
}

impl CheckArgs {
    /// # Errors
    /// When the settings can't be understood: then there is nothing to try.
    pub async fn run(self) -> Result<Ended, Failure> {
        let loaded = Loaded::read(&self.config.config)?;
        let mut report = Report::default();
        let (realms, channels) = (loaded.settings.realms.len(), loaded.settings.channels.len());
        let contents = format!("{}, {}", count(realms as u64, "realm"), count(channels as u64, "channel"));
        report.ok(format!("the settings {}: {contents}", loaded.path.display()));
        server(&loaded, &mut report);
        if let Some(keyring) = keys(&loaded, &mut report) {
            let store = store(&loaded, &keyring, &mut report).await;
            for number in 0..realms {
                realm(&loaded, number, &keyring, store.as_ref(), &mut report).await;
            }
        }
        for number in 0..channels {
            channel(&loaded, number, &mut report).await;
        }
        let summary = match (report.failed, report.warned) {
            (0, 0) => "All is well.".to_owned(),
            (0, warned) => format!("Nothing fails; {}.", count(warned, "warning")),
            (failed, _) => format!("{} to mend.", count(failed, "thing")),
        };
        print(&format!("{}\n{summary}\n", report.text))?;
        Ok(if report.failed == 0 { Ended::Well } else { Ended::Badly })
    }
}

fn server(loaded: &Loaded, report: &mut Report) {
    let server = &loaded.settings.server;
    if server.answer_step_millis == 0 {
        report.warn(
            "answers leave at once: how long a look-up took tells which names have an account",
            "leave out answer_step_millis, or set it to several times what the directory needs",
        );
    }
    let address = server.listen.socket();
    match std::net::TcpListener::bind(address) {
        Ok(_) => report.ok(format!("{address} can be listened on")),
        Err(error) if error.kind() == std::io::ErrorKind::AddrInUse => {
            report.ok(format!("{address} is in use: by Regain itself, if it is running"));
        }
        Err(error) => report.fail(
            format!("{address} can't be listened on: {error}"),
            "it must be an address of this machine; ports below 1024 need CAP_NET_BIND_SERVICE",
        ),
    }
    if let Some(tls) = &server.tls
        && report.take(TlsFiles::of(tls).load()).is_some()
    {
        report.ok(format!("TLS: {} and its key fit together", tls.certificate.display()));
    }
    if report.take(from_settings::looks(loaded)).is_some() {
        report.ok("looks: the colours can be read, and a logo fits");
    }
}

fn keys(loaded: &Loaded, report: &mut Report) -> Option<Arc<Keyring>> {
    let secret = &loaded.settings.keys;
    let keyring = report.take(from_settings::keyring(loaded))?;
    report.ok(format!("keys: {}", secret.place()));
    if let Some(warning) = secret.warning() {
        let (what, hint) = warning.split_once("\nhint: ").unwrap_or((&warning, ""));
        report.fail(what, hint);
    }
    Some(Arc::new(keyring))
}

/// Opens the store, and writes and deletes a value.
async fn store(loaded: &Loaded, keyring: &Arc<Keyring>, report: &mut Report) -> Option<Arc<dyn Store>> {
    let store = report.take(from_settings::store(loaded, keyring))?;
    let path = loaded.settings.store.path.display();
    // A key that no account and no link has: those are keyed hashes.
    let (shelf, key) = (Shelf::Report, [0; 32]);
    let changes = vec![Change::Keep { shelf, key, value: Vec::new(), expires_at: 0 }, Change::Drop { shelf, key }];
    match store.commit(changes).await {
        Ok(_) => {
            report.ok(format!("store {path}: opens with these keys, and can be written"));
            older_keys(keyring, &store, report).await;
        }
        Err(error) => {
            report
                .fail(format!("store {path}: {error}"), "Regain's user must own the file, and its disk must have room");
        }
    }
    Some(Arc::new(store))
}

/// What still lies under older keys in the store, while there are any.
async fn older_keys(keyring: &Keyring, store: &SqliteStore, report: &mut Report) {
    let notes = keyring.notes();
    if notes.len() < 2 {
        return;
    }
    let Ok(under) = store.sealed_under().await else { return };
    let old: u64 = under.iter().filter(|(id, _)| **id != keyring.current_id()).map(|(_, values)| values).sum();
    let hint = if old == 0 {
        "regain keys retire"
    } else {
        "a running `regain serve` seals them anew; then: regain keys retire"
    };
    report.warn(
        format!(
            "keys: {} in the file, {} under them",
            count(notes.len() as u64 - 1, "older key"),
            count(old, "sealed value")
        ),
        hint,
    );
}

async fn realm(
    loaded: &Loaded,
    number: usize,
    keyring: &Arc<Keyring>,
    store: Option<&Arc<dyn Store>>,
    report: &mut Report,
) {
    let Some(settings) = loaded.settings.realms.get(number) else { return };
    let name = settings.name.as_str();
    if let DirectorySettings::Ldap(ldap) = &settings.directory {
        report.secret(&ldap.bind_password);
    }
    let Some(open) = report.take(from_settings::realm(loaded, number, keyring)) else { return };
    let mut reachable = true;
    for Finding { what, well, hint } in open.realm.directory.check().await {
        reachable &= well;
        match well {
            true => report.ok(format!("realm `{name}`: {what}")),
            false => report.fail(format!("realm `{name}`: {what}"), &hint),
        }
    }
    policies(settings, report);
    disclosure(settings, report);
    let Some(store) = store else { return };
    let parts = Parts {
        keyring: Arc::clone(keyring),
        store: Arc::clone(store),
        realms: vec![open.realm],
        couriers: Couriers::default(),
        public_url: Address::unbound(loaded).public_url,
    };
    let Some(regain) = report.take(from_settings::assemble(loaded, parts)) else { return };
    if reachable {
        people(&regain, settings, report).await;
    }
}

/// What the policy alone says, whatever the accounts.
fn policies(realm: &settings::Realm, report: &mut Report) {
    let name = realm.name.as_str();
    let whole = std::iter::once((format!("realm `{name}`"), realm.policy.clone()));
    let groups = realm
        .group_policies
        .iter()
        .map(|special| (format!("realm `{name}`, group `{}`", special.group), special.over(&realm.policy)));
    for (whose, policy) in whole.chain(groups) {
        if !policy.methods.contains(&Method::Email) {
            report.warn(
                format!("{whose}: only telephones are offered, a restricted way to prove (NIST SP 800-63B-4 §3.2.9)"),
                "add \"email\" to `methods`, so that people have another way",
            );
        }
        if policy.gates < 2 {
            report.warn(
                format!("{whose}: one proof is enough, so whoever holds one telephone or mailbox gets in"),
                "write gates = 2",
            );
        }
    }
}

async fn people(regain: &Regain, settings: &settings::Realm, report: &mut Report) {
    let name = settings.name.as_str();
    let surveyed = match regain.load_censuses().await {
        Ok(()) => regain.survey(name).await,
        Err(error) => Err(error),
    };
    let survey = match surveyed {
        Ok(survey) => survey,
        Err(error) => return report.fail(format!("realm `{name}`: the accounts can't be counted: {error}"), ""),
    };
    let Survey { accounts, able, waiting, too_few, disabled, not_admitted, unlike } = survey;
    if accounts == 0 {
        let hint = match &settings.directory {
            DirectorySettings::Embedded(_) => "regain user import FILE.csv",
            DirectorySettings::Ldap(_) => "look at base_dn and filter",
        };
        return report.warn(format!("realm `{name}`: there are no accounts"), hint);
    }
    let wait = match waiting {
        0 => String::new(),
        more => format!("{more} as soon as their new contacts count (`regain contacts trust` if you changed them), "),
    };
    let said = format!(
        "realm `{name}`: {able} of {} can recover; {wait}{too_few} with too few contacts, {disabled} disabled",
        count(accounts, "account")
    );
    if too_few > able {
        let gates = settings.policy.gates;
        report.warn(
            format!("{said}. Most people can't pass {}", count(gates, "gate")),
            "regain contacts import FILE.csv adds addresses and numbers; or ask for fewer gates, or allow more methods",
        );
    } else {
        report.ok(said);
    }
    if not_admitted > 0 {
        let numbers = count(not_admitted, "telephone number");
        report.warn(
            format!("realm `{name}`: {numbers} on record can't be sent to: outside the countries and kinds of [numbers]"),
            "add the countries where people have telephones to `countries`, or leave it: those people need other contacts",
        );
    }
    census(regain, name, unlike, report);
}

/// What decoys are drawn from, how old that is, and whether it still fits.
fn census(regain: &Regain, name: &str, unlike: u64, report: &mut Report) {
    let Some(census) = regain.realm(name).map(service::Realm::census) else { return };
    if census.number == 0 {
        let said = "decoys have the usual shape until `regain serve` has counted the accounts";
        return report.ok(format!("realm `{name}`: {said}"));
    }
    let days = census.taken_at.seconds_until(regain.now()) / DAY_SECONDS;
    let taken = format!("realm `{name}`: decoys are drawn from census {}, {} old", census.number, count(days, "day"));
    // One in a hundred, so that a handful of newcomers is no reason to change all decoys.
    if unlike.saturating_mul(100) > census.accounts() && unlike >= UNLIKE_MIN {
        report.warn(
            format!("{taken}; {} look like none of it, which says that they are real", count(unlike, "account")),
            "regain census says what a new one means, and takes it",
        );
    } else {
        report.ok(taken);
    }
}

/// What the settings let a stranger learn.
fn disclosure(realm: &settings::Realm, report: &mut Report) {
    let name = realm.name.as_str();
    match realm.disclose {
        Disclose::Hide => report.ok(format!("realm `{name}`: strangers can't learn whether a name has an account")),
        Disclose::Unknown => report.warn(
            format!("realm `{name}`: anybody can find out which names have an account, one name a try"),
            "disclose = \"hide\" gives every name the same pages",
        ),
        Disclose::All => report.warn(
            format!(
                "realm `{name}`: anybody can find out which names have an account, and which of those are disabled, \
                 paused, or have too few contacts"
            ),
            "disclose = \"hide\" gives every name the same pages; the owner is told by message why it can't go on",
        ),
    }
}

async fn channel(loaded: &Loaded, number: usize, report: &mut Report) {
    let Some(settings) = loaded.settings.channels.get(number) else { return };
    let secrets: Vec<&Secret> = match settings {
        settings::Channel::Smtp(smtp) => smtp.password.iter().collect(),
        settings::Channel::Http(http) => http.secrets.values().collect(),
        settings::Channel::Kannel(kannel) => vec![&kannel.password],
        settings::Channel::Twilio(twilio) => vec![&twilio.auth_token],
        settings::Channel::Ovhcloud(ovhcloud) => vec![&ovhcloud.application_secret, &ovhcloud.consumer_key],
    };
    secrets.into_iter().for_each(|secret| report.secret(secret));
    let Some(channel) = report.take(from_settings::channel(loaded, number)) else { return };
    let what = format!("channel `{}`, {} by {}", settings.name(), settings.carries().kind().name(), target(settings));
    match Channel::check(channel.as_ref()).await {
        Ok(()) => report.ok(format!("{what}: {}", tried(settings))),
        Err(error) => report.fail(format!("{what}: {error}"), mend(&error)),
    }
}

/// Which server or gateway a channel speaks to, by its host.
fn target(settings: &settings::Channel) -> String {
    match settings {
        settings::Channel::Smtp(smtp) => format!("{}:{}", smtp.server, smtp.port_or_default()),
        settings::Channel::Http(http) => http.url.authority().to_owned(),
        settings::Channel::Kannel(kannel) => kannel.url.authority().to_owned(),
        settings::Channel::Twilio(_) => "Twilio".to_owned(),
        settings::Channel::Ovhcloud(_) => "OVHcloud".to_owned(),
    }
}

/// How far a check goes without sending anything.
fn tried(settings: &settings::Channel) -> &'static str {
    match settings {
        settings::Channel::Smtp(smtp) if smtp.user_name.is_some() => "the server answers, and lets Regain sign in",
        settings::Channel::Smtp(_) => "the server answers",
        _ => "the gateway answers; its password can't be tried without a message",
    }
}

const fn mend(error: &DeliveryError) -> &'static str {
    match error {
        DeliveryError::Later(_) => "look at the host name and port, the firewall, and whether it is running",
        DeliveryError::Refused(_) | DeliveryError::Misconfigured(_) => {
            "look at its table in the settings: address, TLS, user name, password"
        }
    }
}
