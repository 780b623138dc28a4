//! Tests of whole files of settings.

use crate::{Settings, Template, reference, schema, template};

const WHOLE: &str = r#"
keys = { file = "keys" }

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
"#;

/// The whole file with one text in the place of another, and what is said of it.
fn errors(from: &str, to: &str) -> String {
    assert!(WHOLE.contains(from), "{from}");
    Settings::parse(&WHOLE.replacen(from, to, 1), "regain.toml").expect_err(to).to_string()
}

#[test]
fn print() {
    println!("{:?}", Settings::parse(WHOLE, "regain.toml").map_err(|e| e.to_string()).unwrap());
    for (from, to) in [
        ("name = \"Collège\"", "nam = \"Collège\""),
        ("env = ", "value = "),
        ("{ env = \"LDAP_PASSWORD\" }", "\"hunter2\""),
        ("[server]\npublic_url = \"https://account.school.example\"\n", "[server]\n"),
        ("gates = 3", "gates = \"3\"\ncode_digits = 9"),
        ("kind = \"ldap\"", "kind = \"lpad\""),
        ("kind = \"ldap\"\n", ""),
        ("bind_dn = ", "start_tls = 1\ncolour = 2\npublic_url = \"\"\nbase_dm = "),
        ("\"email\", \"sms\"", "\"emial\", \"sms\", \"sms\""),
        ("kind = \"smtp\"", "kind = \"kannel\""),
        ("[organisation]", "[organisation"),
        ("[secretariat]", "[x]"),
    ] {
        println!("{}\n---------------", errors(from, to));
    }
    println!("{}", reference());
    println!("{}", schema());
}

#[test]
fn the_template_is_valid_as_it_stands() {
    for ldap in [false, true] {
        let wanted = Template {
            organisation: "Collège \"des\" Deux Rivières".to_owned(),
            public_url: "https://account.school.example".to_owned(),
            ldap,
            folder: "/var/lib/regain".to_owned(),
        };
        let text = template(&wanted);
        let settings = Settings::parse(&text, "regain.toml").unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(settings.organisation.name, wanted.organisation);
    }
}
