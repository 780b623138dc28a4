//! `cargo xtask enumerate`: how well a stranger tells names that have an account from names that nobody has.
//!
//! Regain runs inside this program, so that what it writes can be counted; its pages are asked over HTTP on loopback. First the
//! embedded directory holds the people, then a real slapd. Names with and without an account are walked in one mixed row.

mod attacker;
mod learn;
mod population;

use attacker::{Attacker, Features};
use learn::{Sample, Tree, auc};
use population::{OWN_DOMAIN, Somebody};
use regain_bench::sinks::{self, Codes};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;
use store::watched::{Call, Watched};
use store::{Change, Key, Store};
use testbed::slapd::{Person, SERVICE_DN, SERVICE_PASSWORD, Slapd, SlapdOptions};

/// Names of each class, unless the command line says otherwise.
const NAMES: usize = 2_000;
/// Names that are walked to show what the pace of the answers covers.
const NAMES_WITHOUT_PACE: usize = 300;
const ATTACKERS: usize = 6;
/// A feature that was not measured of a name: one without telephones is asked for no number.
const MISSING: f64 = -1.0;
/// More than this, on any row, is something to mend.
const AUC_MAX: f64 = 0.55;

fn main() {
    let each = std::env::args().nth(1).and_then(|number| number.parse().ok()).unwrap_or(NAMES);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("threads");
    let mut well = true;
    for kind in ["embedded", "slapd"] {
        for (each, step, title) in [
            (each, settings::Server::ANSWER_STEP_MILLIS, "answers at their pace"),
            (each.min(NAMES_WITHOUT_PACE), 0, "answers at once, to show what the pace covers"),
        ] {
            let people = population::people(each);
            let began = Instant::now();
            let samples = runtime.block_on(run(kind, step, people));
            println!("\n{kind}, {each} + {each} names, {title} ({:.0} s)", began.elapsed().as_secs_f64());
            let worst = report(&samples);
            well &= step == 0 || worst <= AUC_MAX;
        }
    }
    if !well {
        eprintln!("\nA stranger learns more than chance: find the cause, not another measure.");
        std::process::exit(1);
    }
}

/// What was measured of one name, by feature.
type Measured = (bool, Features);

async fn run(kind: &str, step: u32, people: Vec<Somebody>) -> Vec<Measured> {
    let folder = tempfile::Builder::new().prefix("regain-enumerate-").tempdir().expect("a temporary folder");
    let codes = Arc::new(Codes::default());
    let (mail, sms) = (sinks::mail(Arc::clone(&codes)), sinks::sms(codes));
    let slapd = (kind == "slapd").then(|| slapd(&people));
    let settings = settings_text(step, mail, sms, slapd.as_ref());
    let config = folder.path().join("regain.toml");
    let keys = store::sealing::Keyring::generate().to_text();
    for (name, text) in [
        ("keys", keys.as_bytes()),
        ("ldap-password", SERVICE_PASSWORD.as_bytes()),
        ("regain.toml", settings.as_bytes()),
    ] {
        fs::write(folder.path().join(name), text).expect("the temporary folder can be written");
    }
    if slapd.is_none() {
        import(folder.path(), &people);
    }
    let watched: Arc<Mutex<Option<Arc<Watched>>>> = Arc::default();
    let seen = Arc::clone(&watched);
    let wrap = Box::new(move |store: Arc<dyn Store>| {
        let around = Arc::new(Watched::new(store));
        *seen.lock().unwrap_or_else(PoisonError::into_inner) = Some(Arc::clone(&around));
        around as Arc<dyn Store>
    });
    let served = regain::commands::serve::start(&config, Some(wrap)).await.expect("Regain starts");
    let address = served.running.address;
    let people = Arc::new(people);
    let examined = Arc::clone(&people);
    let mut measured =
        tokio::task::spawn_blocking(move || examine_all(address, &examined)).await.expect("all names are walked");
    served.running.stop().await;
    let watched = watched.lock().unwrap_or_else(PoisonError::into_inner).take().expect("the store was wrapped");
    add_writes(&watched.take_calls(), &people, &mut measured);
    measured
}

fn examine_all(server: SocketAddr, people: &Arc<Vec<Somebody>>) -> Vec<Measured> {
    // The first requests fill caches: nobody is judged by them.
    let strangers = population::people(8);
    let mut attacker = Attacker::new(server);
    strangers.iter().enumerate().for_each(|(n, somebody)| {
        let nobody = Somebody { user_name: format!("{}.q", somebody.user_name), ..somebody.clone() };
        attacker.examine(&nobody, 1 << 20 | n);
    });
    let next = AtomicUsize::new(0);
    let measured: Mutex<BTreeMap<usize, Measured>> = Mutex::default();
    std::thread::scope(|scope| {
        for _ in 0..ATTACKERS {
            scope.spawn(|| {
                let mut attacker = Attacker::new(server);
                loop {
                    let n = next.fetch_add(1, Ordering::Relaxed);
                    let Some(somebody) = people.get(n) else { return };
                    let features = attacker.examine(somebody, n);
                    measured.lock().expect("no thread panics with it").insert(n, (somebody.known, features));
                }
            });
        }
    });
    measured.into_inner().expect("no thread panics with it").into_values().collect()
}

/// What the walk of each name made the store write. What workers do after the answer is no part of it: nobody waits for it.
fn add_writes(calls: &[Call], people: &[Somebody], measured: &mut [Measured]) {
    let is_of_a_worker =
        |change: &Change| matches!(change, Change::Delivered { .. } | Change::GivenUp { .. } | Change::TryAgain { .. });
    let commits: Vec<&Vec<Change>> =
        calls.iter().map(|call| &call.changes).filter(|changes| !changes.iter().any(is_of_a_worker)).collect();
    let account = |change: &Change| match change {
        Change::CreateRecovery(saved) | Change::UpdateRecovery(saved) => Some(saved.account),
        Change::Record(row) => row.person.as_ref().map(|person| person.account),
        _ => None,
    };
    let mut names: BTreeMap<Key, String> = BTreeMap::new();
    let mut tallies: BTreeMap<String, Features> = BTreeMap::new();
    for change in commits.iter().copied().flatten() {
        if let Change::Record(row) = change
            && let Some(person) = &row.person
        {
            names.insert(person.account, person.user_name.clone());
        }
    }
    for changes in commits {
        let Some(name) = changes.iter().find_map(account).and_then(|key| names.get(&key)) else { continue };
        let tally = tallies.entry(name.clone()).or_default();
        *tally.entry("writes: commits".to_owned()).or_default() += 1.0;
        for change in changes {
            let (kind, bytes) = match change {
                Change::CreateRecovery(saved) | Change::UpdateRecovery(saved) => ("states", saved.state.len()),
                Change::Post(row) => ("messages", row.body.len()),
                Change::Count { .. } => ("counts", 0),
                Change::Record(row) => ("lines", row.event.len() + row.detail.len()),
                _ => ("others", 0),
            };
            *tally.entry(format!("writes: {kind}")).or_default() += 1.0;
            *tally.entry(format!("writes: bytes of {kind}")).or_default() += bytes as f64;
        }
    }
    for (somebody, (_, features)) in people.iter().zip(measured) {
        features.extend(tallies.remove(&somebody.user_name).unwrap_or_default());
    }
}

/// Prints how well each kind of feature tells names apart, and answers the highest figure.
fn report(measured: &[Measured]) -> f64 {
    let names: Vec<String> = measured
        .iter()
        .flat_map(|(_, features)| features.keys().cloned())
        .collect::<BTreeSet<_>>()
        .into_iter()
        .collect();
    let row = |features: &Features| names.iter().map(|name| features.get(name).copied().unwrap_or(MISSING)).collect();
    let samples: Vec<Sample> =
        measured.iter().map(|(known, features)| Sample { known: *known, features: row(features) }).collect();
    let kind_of = |name: &str| name.split(':').next().unwrap_or("").to_owned();
    let kinds: BTreeSet<String> = names.iter().map(|name| kind_of(name)).collect();
    println!("| what is looked at | features | the best one alone | AUC | tree of all |");
    println!("|---|---:|---|---:|---:|");
    let mut worst: f64 = 0.0;
    for kind in kinds.iter().map(Some).chain([None]) {
        let own: Vec<usize> =
            (0..names.len()).filter(|n| kind.is_none_or(|kind| kind_of(&names[*n]) == *kind)).collect();
        let scores = |feature: usize| -> Vec<_> {
            let all = samples.iter().map(|sample| (sample.features[feature], sample.known));
            all.filter(|(value, _)| *value != MISSING).collect()
        };
        let alone = own.iter().map(|feature| (auc(&scores(*feature)), *feature));
        let (best, feature) = alone.max_by(|one, other| one.0.total_cmp(&other.0)).unwrap_or((0.5, 0));
        let (tree, tests) = tree_of(&samples, &own, &names);
        let title = kind.map_or("everything", String::as_str);
        println!("| {title} | {} | {} | {best:.3} | {tree:.3} |", own.len(), names[feature]);
        if tree.max(best) > AUC_MAX {
            println!("<!-- {title}: {tests} -->");
        }
        worst = worst.max(best).max(tree);
    }
    worst
}

/// Grows a tree on every second name, and judges it by the others.
fn tree_of(samples: &[Sample], features: &[usize], names: &[String]) -> (f64, String) {
    let narrow = |sample: &Sample| Sample {
        known: sample.known,
        features: features.iter().map(|feature| sample.features[*feature]).collect(),
    };
    let half = |odd: usize| samples.iter().skip(odd).step_by(2).map(narrow).collect::<Vec<_>>();
    let (train, test) = (half(0), half(1));
    let tree = Tree::grow(&train.iter().collect::<Vec<_>>());
    let scores: Vec<(f64, bool)> = test.iter().map(|sample| (tree.score(sample), sample.known)).collect();
    let own: Vec<String> = features.iter().map(|feature| names[*feature].clone()).collect();
    let mut tests = Vec::new();
    tree.tests(&own, &mut tests);
    (auc(&scores), tests.join("; "))
}

fn addresses(somebody: &Somebody) -> Vec<String> {
    let own = |name: &String| format!("{name}@{OWN_DOMAIN}");
    let short = somebody.has_short_name.then(|| own(&somebody.short_name));
    std::iter::once(own(&somebody.user_name)).chain(short).collect()
}

/// A slapd with those who have an account.
fn slapd(people: &[Somebody]) -> Slapd {
    let person = |somebody: &Somebody| Person {
        mail: addresses(somebody),
        alternate_mail: somebody.emails.clone(),
        mobile: somebody.mobiles.clone(),
        office: somebody.offices.clone(),
        groups: if somebody.staff { vec!["staff".to_owned()] } else { Vec::new() },
        disabled_by_attribute: somebody.disabled,
        ..Person::new(&somebody.user_name, &somebody.given, &somebody.family, "First-Passw0rd-1")
    };
    let people = people.iter().filter(|somebody| somebody.known).map(person).collect();
    Slapd::start_with(SlapdOptions { people, argon2: false, ppolicy: false, ..SlapdOptions::default() })
}

/// Puts those who have an account into the embedded directory.
fn import(folder: &Path, people: &[Somebody]) {
    let mut csv = "user_name,given_name,family_name,email,alternate_email,mobile,office,groups,disabled\n".to_owned();
    for somebody in people.iter().filter(|somebody| somebody.known) {
        let Somebody { user_name, given, family, emails, mobiles, offices, staff, disabled, .. } = somebody;
        let (own, emails, mobiles, offices) =
            (addresses(somebody).join(";"), emails.join(";"), mobiles.join(";"), offices.join(";"));
        let groups = if *staff { "staff" } else { "" };
        let disabled = if *disabled { "yes" } else { "" };
        let _ = writeln!(csv, "{user_name},{given},{family},{own},{emails},{mobiles},{offices},{groups},{disabled}");
    }
    let file = folder.join("people.csv");
    fs::write(&file, csv).expect("the temporary folder can be written");
    let regain = std::env::current_exe().expect("a program has a path").with_file_name("regain");
    let config = folder.join("regain.toml");
    let done =
        std::process::Command::new(regain).args(["user", "import"]).arg(&file).arg("--config").arg(config).output();
    let done = done.expect("the binary lies beside this program");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
}

const COMMON: &str = r#"keys = { file = "keys" }
[organisation]
name = "Bench"
languages = ["fr", "nl", "de", "en"]
[server]
public_url = "http://127.0.0.1"
listen = "127.0.0.1:0"
proxies = ["127.0.0.1"]
answer_step_millis = @step
[store]
path = "regain.db"
[secretariat]
name = "Office"
telephone = "071 00 00 00"
email = "office@bench.example"
[limits]
messages_overall = []
[toll]
begun_by_network = 1000000
begun_overall = 1000000
messages_by_network = 1000000
messages_overall = 1000000
failures_by_network = 1000000
failures_overall = 1000000
[[channels]]
kind = "smtp"
server = "127.0.0.1"
port = @mail
security = "plain"
from = "Bench <bench@bench.example>"
[[channels]]
kind = "http"
name = "sms"
carries = "sms"
method = "POST"
url = "http://127.0.0.1:@sms/"
body = { form = { to = "{to}", text = "{text}" } }
[[channels]]
kind = "http"
name = "call"
carries = "call"
asks_key_press = true
method = "POST"
url = "http://127.0.0.1:@sms/"
body = { form = { to = "{to}", text = "{text}" } }
[[realms]]
name = "bench"
domains = ["example.test"]
[realms.password]
profile = "recommended"
[[realms.group_policies]]
group = "@group"
code_digits = 8
"#;

fn settings_text(step: u32, mail: u16, sms: u16, slapd: Option<&Slapd>) -> String {
    let (group, directory) = match slapd {
        None => ("staff", "[realms.directory]\nkind = \"embedded\"\npath = \"accounts.db\"\n".to_owned()),
        Some(slapd) => (
            "cn=staff,ou=groups,dc=example,dc=test",
            format!(
                r#"[realms.directory]
kind = "ldap"
servers = ["{}"]
ca_file = "{}"
bind_dn = "{SERVICE_DN}"
bind_password = {{ file = "ldap-password" }}
base_dn = "ou=people,dc=example,dc=test"
disabled_filter = "(accountDisabled=TRUE)"
[realms.directory.attributes]
alternate_emails = ["alternateMail"]
"#,
                slapd.url_ldaps(),
                slapd.ca_file().display()
            ),
        ),
    };
    let common = COMMON
        .replace("@step", &step.to_string())
        .replace("@mail", &mail.to_string())
        .replace("@sms", &sms.to_string())
        .replace("@group", group);
    common + &directory
}
