//! Tests of whole files of settings: what is read, what is said of a file that is wrong, and that page, schema and
//! template agree.

use crate::reference::tables;
use crate::schema::root;
use crate::{Localised, Method, Settings, Template, reference, schema, template};
use recovery::{Counter, Independence, Limit, Limits, MethodKind, Policy};
use std::collections::BTreeSet;

const WHOLE: &str = r#"keys = { file = "keys" }

[organisation]
name = "Collège"
languages = ["fr", "nl"]

[server]
public_url = "https://account.school.example"
proxies = ["10.0.0.5"]

[secretariat]
name = { fr = "Secrétariat", nl = "Secretariaat" }
email = "secretariat@school.example"

[[realms]]
name = "pupils"

[realms.directory]
kind = "ldap"
servers = ["ldaps://ldap1.school.example"]
bind_dn = "uid=regain,dc=school"
bind_password = { env = "LDAP_PASSWORD" }
base_dn = "dc=school"

[realms.policy]
methods = ["email", "sms"]

[[realms.group_policies]]
group = "teachers"
gates = 3

[[channels]]
kind = "smtp"
server = "smtp.school.example"
from = "École <regain@school.example>"

[[channels]]
kind = "http"
name = "gateway"
carries = "sms"
url = "https://gateway.example/send"
body = { form = { to = "{to}", text = "{text}", key = "{secret.token}" } }
secrets = { token = { credential = "gateway" } }

[limits]
messages_overall = [{ per = "day", max = 500 }, { per = 60, max = 20 }]
"#;

/// Each: what is changed in the whole file, and into what. What is said of it stands in `errors.txt`.
const BROKEN: &[(&str, &str)] = &[
    // Keys and types.
    ("name = \"Collège\"", "nam = \"Collège\""),
    ("base_dn =", "start-tls = true\nbase_dn ="),
    ("base_dn =", "own_networks = []\nbase_dn ="),
    ("base_dn =", "zebra = 1\nbase_dn ="),
    ("public_url = \"https://account.school.example\"\n", ""),
    ("kind = \"ldap\"\n", ""),
    ("kind = \"ldap\"", "kind = \"ldaps\""),
    ("\"email\", \"sms\"", "\"emial\", \"sms\", \"sms\""),
    ("gates = 3", "gates = \"3\"\ncode_digits = 9\ntype_email = 1"),
    ("gates = 3", "gates = 0"),
    ("proxies = [\"10.0.0.5\"]", "proxies = \"10.0.0.5\""),
    ("name = \"Collège\"", "name = \"\""),
    ("per = \"day\"", "per = \"week\""),
    ("[organisation]\n", "[organisation\n"),
    ("[secretariat]", "[secretary]"),
    // Formats.
    ("languages =", "home_country = \"be\"\ntime_zone = \"Brussels\"\nlooks = { brand = \"blue\" }\nlanguages ="),
    ("10.0.0.5", "10.0.0"),
    ("proxies =", "listen = \":8080\"\nproxies ="),
    ("École <regain@school.example>", "École"),
    ("name = \"pupils\"", "name = \"Élèves\""),
    // Secrets.
    ("{ env = \"LDAP_PASSWORD\" }", "\"tr0ub4dor\""),
    ("{ env = \"LDAP_PASSWORD\" }", "{ value = \"tr0ub4dor\" }"),
    ("{ env = \"LDAP_PASSWORD\" }", "{ file = \"a\", env = \"B\" }"),
    ("bind_password =", "bind_pasword = \"tr0ub4dor\"\nbind_password ="),
    ("body =", "headers = { Authorization = \"Bearer tr0ub4dor\" }\nbody ="),
    ("key = \"{secret.token}\"", "api_token = \"tr0ub4dor\""),
    // Meaning.
    ("https://account.school.example", "http://account.school.example"),
    ("https://account.school.example", "https://account.school.example/regain"),
    ("proxies = [\"10.0.0.5\"]", "listen = \"0.0.0.0:8080\""),
    (", nl = \"Secretariaat\"", ""),
    ("[secretariat]", "[privacy]\nurl = \"http://www.school.example/privacy\"\n[secretariat]"),
    ("[secretariat]", "[privacy]\nlegal_basis = \"consent\"\n[secretariat]"),
    ("ldaps://ldap1", "ldap://ldap1"),
    ("base_dn =", "filter = \"uid={username}\"\nbase_dn ="),
    ("base_dn =", "filter = \"(uid=anna)\"\nbase_dn ="),
    ("\"email\", \"sms\"", "\"email\", \"call\""),
    ("[\"email\", \"sms\"]", "[\"sms\"]\nindependence = \"channels\""),
    ("[realms.policy]", "[realms.password]\nmin_upper = 1\n[realms.policy]"),
    ("[realms.policy]", "[realms.password]\nmin_length = 20\nmax_length = 18\n[realms.policy]"),
    ("server = \"smtp", "security = \"plain\"\nuser_name = \"regain\"\nserver = \"smtp"),
    ("{secret.token}", "{secret.key}"),
    ("carries = \"sms\"", "carries = \"call\""),
    (", text = \"{text}\"", ""),
    ("{ per = \"day\", max = 500 }", "{ per = \"day\", rest = \"day\", max = 500 }"),
    ("{ per = \"day\", max = 500 }", "{ free = 5, wait = 60, wait_max = 3600, rest = \"half_hour\" }"),
    ("{ per = \"day\", max = 500 }", "{ per = 60, max = 500 }"),
    ("[limits]", "[limits]\nsign_ins_by_account = [{ rest = \"day\", max = 2 }]"),
    (
        "kind = \"smtp\"\nserver = \"smtp.school.example\"\nfrom",
        "kind = \"kannel\"\nurl = \"http://127.0.0.1:13013/\"\nuser_name = \"r\"\npassword = { env = \"K\" }\n#",
    ),
    (
        "[realms.policy]",
        "[[realms]]\nname = \"pupils\"\ndirectory = { kind = \"embedded\", path = \"a.db\" }\n[realms.policy]",
    ),
];

fn read(text: &str) -> Settings {
    Settings::parse(text, "regain.toml").unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn every_broken_file_is_explained_as_agreed() {
    let mut said = String::new();
    for (from, to) in BROKEN {
        assert!(WHOLE.contains(from), "{from}");
        let error = Settings::parse(&WHOLE.replacen(from, to, 1), "regain.toml").expect_err(to).to_string();
        assert!(!error.contains("tr0ub4dor"), "a secret is shown: {error}");
        said += &format!("=== {from:?} -> {to:?}\n{error}\n\n");
    }
    let agreed = concat!(env!("CARGO_MANIFEST_DIR"), "/src/errors.txt");
    // BLESS=1 cargo test -p regain-settings writes it anew; read the difference before it is committed.
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(agreed, &said).expect("errors.txt can be written");
    }
    let agreed = std::fs::read_to_string(agreed).expect("errors.txt is there");
    let (agreed, said): (Vec<&str>, Vec<&str>) = (agreed.split("===").collect(), said.split("===").collect());
    for (agreed, said) in agreed.iter().zip(&said) {
        assert_eq!(agreed, said);
    }
    assert_eq!(agreed.len(), said.len());
}

#[test]
fn what_is_written_is_what_is_read() {
    let settings = read(WHOLE);
    let realm = settings.realm("pupils").expect("the realm");
    assert_eq!(realm.policy_for(&BTreeSet::new()).methods, [MethodKind::Email, MethodKind::Sms].into());
    assert_eq!(realm.policy_for(&BTreeSet::new()).gates, 2);
    assert_eq!(realm.policy_for(&["teachers".to_owned()].into()).gates, 3);
    assert_eq!(settings.secretariat.name.get("nl"), "Secretariaat");
    assert_eq!(settings.secretariat.name.get("en"), "Secrétariat");
    assert_eq!(
        settings.channels.iter().map(|c| (c.name(), c.carries())).collect::<Vec<_>>(),
        [("smtp", Method::Email), ("gateway", Method::Sms)]
    );
    let limits = settings.limits.to_limits();
    let overall: Vec<_> = limits.of(Counter::MessagesOverall).to_vec();
    let per = |seconds, max| Limit::Window { seconds, max };
    assert_eq!(overall, [per(86_400, 500), per(60, 20)]);
    assert_eq!(limits.of(Counter::FailuresByAccount), Limits::default().of(Counter::FailuresByAccount));
}

#[test]
fn the_defaults_are_recoverys_own() {
    let settings = read(WHOLE);
    for counter in Counter::ALL {
        let defaults = crate::LimitSettings::default().to_limits();
        assert_eq!(defaults.of(counter), Limits::default().of(counter), "{}", counter.name());
        let is_watched = [Counter::BegunByNetwork, Counter::ProvenByNetwork].contains(&counter);
        assert!(is_watched || tables().iter().any(|t| t.header == "[limits]" && t.has(counter.name())));
    }
    let policy = Policy { methods: [MethodKind::Email, MethodKind::Sms].into(), ..Policy::default() };
    assert_eq!(settings.realms[0].policy.to_policy(), policy);
    assert_eq!(crate::PolicySettings::default().to_policy(), Policy::default());
    let channels = crate::PolicySettings {
        independence: crate::IndependenceSetting::Channels,
        ..crate::PolicySettings::default()
    };
    assert_eq!(channels.to_policy().independence, Independence::Channels);
}

#[test]
fn a_file_is_read_with_its_paths_seen_from_its_folder() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("regain.toml");
    std::fs::write(&path, WHOLE).expect("a file");
    let settings = Settings::read(&path).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(settings.keys, crate::Secret::File(folder.path().join("keys")));
    assert_eq!(settings.store.path.to_str(), Some("/var/lib/regain/regain.db"));
}

#[test]
fn a_file_that_is_not_there_says_so() {
    let error = Settings::read("/nowhere/regain.toml".as_ref()).expect_err("nothing there").to_string();
    let agreed = "error: the settings can't be read: it is not there\n --> /nowhere/regain.toml\n\
                  hint: `regain init` writes such a file; `--config FILE` says where it is";
    assert_eq!(error, agreed);
}

#[test]
fn a_logo_must_be_there_and_small() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("regain.toml");
    std::fs::write(&path, WHOLE.replace("languages =", "looks.logo = \"logo.svg\"\nlanguages =")).expect("a file");
    let said = |what: &str| {
        let error = Settings::read(&path).expect_err("a bad logo").to_string();
        assert!(error.contains(what), "{error}");
    };
    said("the logo can't be read: it is not there");
    std::fs::write(folder.path().join("logo.svg"), vec![b'x'; 6145]).expect("a file");
    said("the logo has 6145 bytes, at most 6144 are possible");
    std::fs::write(folder.path().join("logo.svg"), vec![b'x'; 6144]).expect("a file");
    assert!(Settings::read(&path).is_ok());
}

fn templates() -> [String; 2] {
    [false, true].map(|ldap| {
        template(&Template {
            organisation: "Collège \"des\" Deux Rivières".to_owned(),
            public_url: "https://account.school.example".to_owned(),
            ldap,
            folder: "/var/lib/regain".to_owned(),
        })
    })
}

#[test]
fn the_template_is_valid_as_it_stands() {
    for text in templates() {
        let settings = read(&text);
        assert_eq!(settings.organisation.name, "Collège \"des\" Deux Rivières");
        assert_eq!(settings.realms[0].policy.gates, 2);
    }
}

/// Every comment that shows a key is made a line of the file: what the template shows can be written.
#[test]
fn the_template_is_valid_with_every_comment_taken_away() {
    for text in templates() {
        let shows_key = |line: &str| {
            let shown = line.strip_prefix("# ").unwrap_or("");
            shown.starts_with('[') || shown.split_once(" = ").is_some_and(|(key, _)| !key.contains(' '))
        };
        let lines: Vec<&str> =
            text.lines().map(|line| if shows_key(line) { line.trim_start_matches("# ") } else { line }).collect();
        let text = lines.join("\n");
        let settings = Settings::parse(&text, "regain.toml").unwrap_or_else(|error| panic!("{error}\n{text}"));
        assert_eq!(settings.channels.len(), 2);
        assert_eq!(settings.realms[0].group_policies.len(), 1);
        assert!(matches!(settings.secretariat.hours, Some(Localised::Everywhere(_))));
    }
}

/// The names of all properties of the schema, wherever they are.
fn keys(schema: &serde_json::Value, found: &mut BTreeSet<String>) {
    if let Some(properties) = schema.get("properties").and_then(|properties| properties.as_object()) {
        found.extend(properties.keys().cloned());
    }
    match schema {
        serde_json::Value::Object(fields) => fields.values().for_each(|value| keys(value, found)),
        serde_json::Value::Array(items) => items.iter().for_each(|value| keys(value, found)),
        _ => {}
    }
}

#[test]
fn the_page_names_every_key_of_the_schema_and_says_what_it_means() {
    let mut found = BTreeSet::new();
    keys(root(), &mut found);
    let page = reference();
    let tables_of_keys = [
        "organisation",
        "server",
        "store",
        "secretariat",
        "realms",
        "channels",
        "limits",
        "toll",
        "budget",
        "numbers",
        "notices",
        "retention",
        "audit",
        "privacy",
    ];
    for key in found {
        let named = [format!("`{key}`"), format!("`{{ {key} = "), format!("{{ {key} = \""), format!("{key} = ")];
        let table = tables_of_keys.contains(&key.as_str()) || page.contains(&format!(".{key}]"));
        assert!(table || named.iter().any(|named| page.contains(named)), "{key}");
    }
    for table in tables() {
        for key in table.keys {
            assert!(
                key.about.ends_with('.') || key.about.ends_with('`'),
                "{} {}: {}",
                table.header,
                key.name,
                key.about
            );
        }
    }
}

#[test]
fn a_default_on_the_page_is_valid_toml() {
    for key in tables().into_iter().flat_map(|table| table.keys) {
        for text in key.default.iter().chain(&key.example) {
            assert!(toml::from_str::<toml::Table>(&format!("x = {text}")).is_ok(), "{} {text}", key.name);
        }
    }
}

#[test]
fn the_schema_allows_no_unknown_key() {
    let schema: serde_json::Value = serde_json::from_str(&schema()).expect("JSON");
    assert_eq!(schema["additionalProperties"], false);
    for (name, inner) in schema["$defs"].as_object().expect("definitions") {
        if inner.get("properties").is_some() {
            assert_eq!(inner["additionalProperties"], false, "{name}");
        }
    }
}

proptest::proptest! {
    /// Cuts, swaps and doubles pieces of a file: nothing panics, and what is refused is explained.
    #[test]
    fn no_file_breaks_the_reader(from in 0usize..1400, length in 0usize..60, put in "[\\PC\n]{0,12}") {
        let start = (0..=from.min(WHOLE.len())).rev().find(|at| WHOLE.is_char_boundary(*at)).unwrap_or(0);
        let end = (start + length..=WHOLE.len()).find(|at| WHOLE.is_char_boundary(*at)).unwrap_or(WHOLE.len());
        let text = [&WHOLE[..start], &put, &WHOLE[end..]].concat();
        if let Err(error) = Settings::parse(&text, "regain.toml") {
            proptest::prop_assert!(!error.problems().is_empty());
            proptest::prop_assert!(error.to_string().starts_with("error: "));
        }
    }
}

#[test]
fn the_reference_page_in_the_docs_is_fresh() {
    let page = include_str!("../../../docs/reference/settings.md");
    assert!(page == reference(), "docs/reference/settings.md is not what the types say: run `cargo xtask docs`");
}
