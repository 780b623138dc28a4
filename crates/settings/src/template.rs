//! The commented file that `regain init` writes.

use crate::schema::toml_text;
use serde_json::Value;

/// What a new file is to hold.
#[derive(Clone, Debug)]
pub struct Template {
    /// The organisation's name.
    pub organisation: String,
    /// The address that people see: `https://account.school.example`.
    pub public_url: String,
    /// LDAP, or the small directory that comes with Regain.
    pub ldap: bool,
    /// Where the store, the accounts and the secrets are to be: `/var/lib/regain`. Empty: in the folder of the file.
    pub folder: String,
}

/// The text of a new file of settings: valid as it stands, every other key in a comment with what it does.
pub fn template(wanted: &Template) -> String {
    let text = |text: &str| toml_text(&Value::from(text));
    let folder = wanted.folder.trim_end_matches('/');
    let path = |name: &str| if folder.is_empty() { text(name) } else { text(&format!("{folder}/{name}")) };
    let directory = if wanted.ldap { LDAP } else { EMBEDDED };
    let filled = [HEAD, directory, TAIL].concat();
    let secrets = ["keys", "smtp-password", "ldap-password", "gateway-token"];
    let mut filled = filled
        .replace("@organisation", &text(&wanted.organisation))
        .replace("@public_url", &text(&wanted.public_url))
        .replace("@store", &path("regain.db"))
        .replace("@accounts", &path("accounts.db"));
    for name in secrets {
        filled = filled.replace(&format!("@{name}"), &path(name));
    }
    filled
}

const HEAD: &str = r##"# Settings of Regain. What each key means: docs/reference/settings.md. After a change: regain check
# A line that begins with # is a comment: what it shows is the default, or an example.

# Where the key file is. Without it nothing in the store can be opened: keep a copy, apart from the store's.
keys = { file = @keys }

[organisation]
name = @organisation
# time_zone = "Europe/Brussels"
# home_country = "BE"                        # numbers without a country code are read as this country's
# languages = ["fr", "nl", "de", "en"]       # the first is for those whose browser asks for none of them

# [organisation.looks]
# brand = "#1d4f8c"
# brand_dark = "#9cc4f2"
# corners = "round"                           # or "slight", "square"
# logo = "logo.svg"                          # .svg or .png, at most 6,144 bytes

[server]
public_url = @public_url
listen = "127.0.0.1:8080"
proxies = ["127.0.0.1"]                      # the reverse proxy that does TLS
# tls = { certificate = "/etc/regain/tls/fullchain.pem", key = "/etc/regain/tls/privkey.pem" }   # or Regain does it itself
# own_networks = ["192.0.2.0/24"]            # your school behind one address: limited by account, not by network
# sign_in_url = "https://mail.school.example/"
# answer_step_millis = 100                   # answers leave at its multiples: how long a look-up took does not show
# other_hosts = ["account.intranet.example"]
# security_contact = "mailto:security@school.example"

[store]
path = @store

# Whom people can call. A text can be a table with one for each language: { fr = "…", nl = "…", de = "…", en = "…" }
[secretariat]
name = "Secretariat"
email = "secretariat@school.example"
# telephone = "071 00 00 00"
# hours = "8:00 - 16:00"
# address = "Rue du Collège 1, Charleroi"

[[realms]]
name = "school"                              # never change it later
# label = "I am a pupil"                     # needed with two realms or more
domains = ["school.example"]                 # an address here is never a contact
# user_name_example = "firstname.name@school.example"
# user_name_help = "It is on your school card."
# disclose = "hide"                          # what strangers learn of a name: "hide" nothing, "unknown", "all"
# shared_by_min = 3                          # mail domains that fewer accounts share are masked

"##;

const EMBEDDED: &str = r##"[realms.directory]
kind = "embedded"                            # fill it with: regain user import FILE.csv
path = @accounts

"##;

const LDAP: &str = r##"[realms.directory]
kind = "ldap"
servers = ["ldaps://ldap1.school.example"]   # tried in this order
# start_tls = false                          # true with ldap:// addresses
# ca_file = "/etc/regain/ldap-ca.pem"        # the system's own authorities where nothing is said
bind_dn = "uid=regain,ou=services,dc=school,dc=example"
bind_password = { file = @ldap-password }
base_dn = "ou=people,dc=school,dc=example"
# filter = "(&(objectClass=inetOrgPerson)(|(uid={user_name})(mail={user_name})))"
# connect_timeout_seconds = 3
# timeout_seconds = 10
# disabled_filter = "(nsAccountLock=TRUE)"   # who is switched off, where ppolicy does not say it
# check_account = "regain-test"              # a test account: regain check gives it a random password

[realms.directory.attributes]
# id = "entryUUID"
# user_name = "uid"
# given_name = "givenName"
# family_name = "sn"
# display_name = ["displayName", "cn"]
# own_addresses = ["mail"]                   # no code is sent there: who is locked out can't read it
# alternate_emails = []                      # for example ["mailForwardingAddress"]; or: regain contacts import FILE.csv
# mobiles = ["mobile"]
# offices = ["telephoneNumber"]              # calls only
# groups = "memberOf"

"##;

const TAIL: &str = r##"[realms.policy]
methods = ["email"]                          # add "sms" and "call" once a channel below carries them
gates = 2                                    # with mail alone a person needs two addresses; 1 asks for one proof only
# independence = "contacts"                  # "channels": two telephones are one proof
# type_email = false
# code_digits = 6
# code_ttl_seconds = 600
# attempts_max = 5
# sends_max = 6
# resend_seconds = 30
# idle_seconds = 1200
# contact_wait_hours = 24                    # a new address or number in the directory opens nothing until then

# [[realms.group_policies]]                  # the first group that an account is in counts
# group = "cn=teachers,ou=groups,dc=school,dc=example"
# gates = 3

[realms.password]
profile = "recommended"                      # or "microsoft365-strict"; each of these changes one rule of it:
# min_length = 12
# max_length = 256
# min_lower = 0
# min_upper = 0
# min_digits = 0
# min_symbols = 0
# not_user_name = true
# common = true
# min_strength = "fair"

[[channels]]
kind = "smtp"
server = "smtp.school.example"
from = "School <regain@school.example>"
# security = "starttls"                      # or "tls"; "plain" only to this machine itself
# port = 587
# user_name = "regain@school.example"
# password = { file = @smtp-password }
# ca_file = "/etc/regain/smtp-ca.pem"

# [[channels]]
# kind = "http"                              # any gateway; ready ones: "kannel", "twilio", "ovhcloud"
# name = "gateway"
# carries = "sms"                            # or "call", with asks_key_press = true
# method = "POST"
# url = "https://gateway.example/send"
# headers = { Authorization = "Bearer {secret.token}" }
# body = { form = { to = "{to}", text = "{text}" } }
# success_statuses = [200, 201, 202, 204]
# secrets = { token = { file = @gateway-token } }

# [limits]                                   # the defaults have room for an honest person on a bad day
# messages_overall = [{ per = "hour", max = 5000 }, { per = "day", max = 20000 }]

# [toll]                                     # when naming an account costs work or a wait: counts of ten minutes
# begun_by_network = 10
# begun_overall = 300

# [budget]                                   # SMS and calls really sent: what you are ready to pay for
# overall = [{ per = "hour", max = 2500 }, { per = "day", max = 5000 }]
# alarm_email = "it@school.example"          # told at 80 %; the secretariat where nothing is said

# [numbers]                                  # the numbers that messages may go to; by default Europe's
# countries = ["BE", "FR", "NL", "DE", "LU"]
# special = false                            # premium-rate, shared-cost, satellite numbers

# [notices]
# pause_hours = 24                           # after "that was not me"

# [retention]
# audit_days = 365                           # who recovered what, when, by which proof
# network_days = 30                          # the network in those lines
# message_days = 3                           # that a message was sent, and what became of it

# [privacy]                                  # for the page /privacy, which is made from all these settings
# url = "https://www.school.example/privacy" # your own page in its place
# controller = "Ville de Charleroi, Enseignement communal"
# contact = "dpo@school.example"             # the secretariat where nothing is said
# authority = "Autorité de protection des données, www.autoriteprotectiondonnees.be"
# legal_basis = "legitimate_interest"        # "public_task" for schools and public bodies, or "contract"

# [audit.syslog]                             # ship the audit trail to a collector, by syslog over TLS
# server = "siem.school.example"
# port = 6514
# ca_file = "/etc/regain/siem-ca.pem"
# format = "json"                            # or "cef"
"##;
