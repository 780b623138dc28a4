//! The record of processing activities (GDPR, article 30) and a draft of the data protection impact assessment (article 35),
//! written from the settings. What only people can know is left as a question.

use crate::from_settings::Loaded;
use service::{LegalBasis, Periods, personal_data_table};
use settings::{DirectorySettings, Settings};

/// Both, as Markdown.
pub fn record(loaded: &Loaded) -> String {
    let settings = &loaded.settings;
    [activities(settings), assessment(settings)].concat()
}

fn basis(settings: &Settings) -> LegalBasis {
    match settings.privacy.legal_basis {
        settings::LegalBasis::PublicTask => LegalBasis::PublicTask,
        settings::LegalBasis::Contract => LegalBasis::Contract,
        settings::LegalBasis::LegitimateInterest => LegalBasis::LegitimateInterest,
    }
}

fn activities(settings: &Settings) -> String {
    let organisation = &settings.organisation.name;
    let privacy = &settings.privacy;
    let controller = privacy.controller.as_deref().unwrap_or(organisation);
    let secretariat = settings.secretariat.email.as_str();
    let contact = privacy.contact.as_ref().map_or(secretariat, |email| email.as_str());
    let periods = Periods {
        audit_days: settings.retention.audit_days,
        network_days: settings.retention.network_days,
        message_days: settings.retention.message_days,
    };
    let table = personal_data_table(&periods, settings.notices.pause_hours.saturating_mul(3600));
    format!(
        "# Record of processing: account recovery\n\n\
         Made by `regain privacy report` from the settings as they are (GDPR, article 30 §1). Lines that end in **?** are for you.\n\n\
         | | |\n|---|---|\n\
         | controller | {controller} |\n\
         | contact for data protection | {contact} |\n\
         | purpose | to let people back into their account when they forgot the password, and to keep everybody else out |\n\
         | legal basis | article 6 §1 ({letter}) |\n\
         | whose data | people with an account in: {realms} |\n\
         | categories of data | user names, e-mail addresses, telephone numbers, network addresses, kind of device, times and results of recoveries; no special categories (article 9) |\n\
         | recipients | {recipients} |\n\
         | transfers outside the EU/EEA | none by Regain itself; see where each service above keeps its data **?** |\n\
         | page for the people concerned | {notice} |\n\
         | processors and their contracts (article 28) | **?** |\n\n\
         ## Kinds of data and when they are erased\n\n{table}\n\
         ## Security measures (article 32)\n\n\
         - What names a person is encrypted before it reaches the disk (XChaCha20-Poly1305), bound to its place; the keys are in {keys}.\n\
         - Codes, handles and counts are kept as keyed hashes only; a code works once, for minutes, in one browser.\n\
         - Messages hold no contact while they wait; it is read from the directory when they leave.\n\
         - An audit trail that shows changes; limits per account, contact and network; TLS everywhere but on one machine.\n\
         - What has outlived its time is erased every ten minutes, and overwritten on the disk.\n\n",
        letter = basis(settings).letter(),
        realms = realms(settings),
        recipients = recipients(settings),
        notice = privacy.url.as_ref().map_or_else(
            || format!("{}/privacy", settings.server.public_url.as_str().trim_end_matches('/')),
            |url| url.as_str().to_owned()
        ),
        keys = settings.keys.place(),
    )
}

fn realms(settings: &Settings) -> String {
    let realm = |realm: &settings::Realm| {
        let directory = match &realm.directory {
            DirectorySettings::Embedded(_) => "Regain's own directory",
            DirectorySettings::Ldap(_) => "an LDAP directory",
        };
        format!("{} ({directory})", realm.name.as_str())
    };
    settings.realms.iter().map(realm).collect::<Vec<_>>().join(", ")
}

fn recipients(settings: &Settings) -> String {
    let channel = |channel: &settings::Channel| {
        let what = match channel.carries().kind().name() {
            "email" => "mail",
            "sms" => "SMS",
            _ => "calls",
        };
        format!("{what} by the channel `{}`", channel.name())
    };
    let mut all = vec!["the secretariat and the operators".to_owned()];
    all.extend(settings.channels.iter().map(channel));
    all.join("; ")
}

/// A draft: what Regain knows of necessity, risks and measures. The judgement is the controller's.
fn assessment(settings: &Settings) -> String {
    let gates = settings.realms.iter().map(|realm| realm.policy.gates).min().unwrap_or(2);
    let phones = settings.channels.iter().any(|channel| channel.carries().kind().name() != "email");
    let phone_risk = match phones {
        true => {
            "| a number is taken over (SIM swap), or two proofs are on one telephone | an account is taken over | independent proofs; the owner is told over every contact | **?** |\n"
        }
        false => "",
    };
    format!(
        "# Impact assessment: a draft\n\n\
         For GDPR, article 35 §7. First decide whether you need one: recovery of accounts is not by itself a high risk, accounts of\n\
         children or health data behind them may make it one **?**\n\n\
         ## a. What is done, and why\n\n\
         See the record above. A person proves who they are with {gates} independent proof{s} and chooses a new password; nobody at the\n\
         secretariat sees a password.\n\n\
         ## b. Necessary and proportionate\n\n\
         - Without contacts no code can be sent; they are read from the directory and not copied, save those that you import.\n\
         - Networks are kept {networks} days, the trail {audit} days. Can you do with less? **?**\n\
         - A person without a contact can ask the secretariat: nobody has to give a private address or number **?**\n\n\
         ## c. Risks for the people concerned\n\n\
         | risk | what it would mean | what stands against it | what is left |\n|---|---|---|---|\n\
         | a stranger recovers an account | their mail and files are read | {gates} proof{s}, few tries, limits, notices to every contact, a pause after a report | **?** |\n\
         | a page tells who has an account | lists of pupils or staff | the same pages for every name; decoys | **?** |\n\
         {phone_risk}\
         | the store is stolen | who recovered what | sealed values, keys elsewhere, hashes instead of codes | **?** |\n\
         | an operator misuses the data | private numbers are used | contacts are shown masked; the trail shows what was done | **?** |\n\
         | people are locked out by a stranger | no access | rising waits instead of bans; the secretariat | **?** |\n\n\
         ## d. Measures, and the view of those concerned\n\n\
         The security measures above. Was the data protection officer asked (article 35 §2), and those concerned (§9)? **?**\n",
        s = if gates == 1 { "" } else { "s" },
        networks = settings.retention.network_days,
        audit = settings.retention.audit_days,
    )
}
