//! What keys and types can't say: names that must differ, methods that need a channel, addresses that need TLS. Every
//! rule is tried, and everything found is reported. Touches no network; looks only at the logo's file, and only when a
//! folder is given.

use crate::channel::{Carries, Channel, HttpBody, HttpChannel, MailSecurity};
use crate::directory::{DirectorySettings, LdapDirectory};
use crate::format::{WebAddress, is_loopback};
use crate::limits::LimitSetting;
use crate::organisation::{Localised, Looks};
use crate::password::PasswordSettings;
use crate::policy::{Method, PolicySettings};
use crate::problem::Problem;
use crate::source::{Source, Step};
use crate::{Realm, Settings, shape};
use serde::Deserialize;
use std::path::Path;

/// Turns a parsed text into settings, or into everything that is wrong with it.
pub fn understand(
    source: &Source<'_>,
    mut problems: Vec<Problem>,
    folder: Option<&Path>,
) -> Result<Settings, Vec<Problem>> {
    if !problems.is_empty() {
        return Err(problems);
    }
    shape::check(&source.root, &mut problems);
    if !problems.is_empty() {
        return Err(problems);
    }
    let settings = toml::Deserializer::parse(source.text).and_then(Settings::deserialize);
    let settings =
        settings.map_err(|error| vec![Problem::new(error.span().unwrap_or(0..0), error.message(), "").secret()])?;
    let mut check = Check { source, settings: &settings, problems };
    check.all(folder);
    let problems = check.problems;
    if problems.is_empty() { Ok(settings) } else { Err(problems) }
}

struct Check<'c> {
    source: &'c Source<'c>,
    settings: &'c Settings,
    problems: Vec<Problem>,
}

macro_rules! place {
    ($($step:expr),*) => { &[$(Step::from($step)),*] };
}

impl Check<'_> {
    fn report(&mut self, place: &[Step], what: impl Into<String>, hint: impl Into<String>) {
        self.problems.push(Problem::new(self.source.span(place), what, hint));
    }

    fn all(&mut self, folder: Option<&Path>) {
        let settings = self.settings;
        self.logo(folder);
        self.server();
        self.secretariat();
        self.privacy();
        for (number, realm) in settings.realms.iter().enumerate() {
            self.realm(number, realm);
        }
        for (number, channel) in settings.channels.iter().enumerate() {
            self.channel(number, channel);
        }
        self.limits();
        if !self.carries(Method::Email) {
            let hint = "write [[channels]] with kind = \"smtp\"";
            self.report(&[], "no channel carries mail, and notices and letters to the secretariat go by mail", hint);
        }
    }

    fn carries(&self, method: Method) -> bool {
        self.settings.channels.iter().any(|channel| channel.carries() == method)
    }

    fn logo(&mut self, folder: Option<&Path>) {
        let Some(logo) = &self.settings.organisation.looks.logo else { return };
        let place = place!["organisation", "looks", "logo"];
        let extension = logo.extension().and_then(|end| end.to_str()).unwrap_or("").to_ascii_lowercase();
        if !["svg", "png"].contains(&extension.as_str()) {
            return self.report(place, "`logo` is neither SVG nor PNG", "name a file that ends in .svg or .png");
        }
        let Some(folder) = folder else { return };
        match std::fs::metadata(folder.join(logo)) {
            Ok(file) if file.len() > Looks::LOGO_BYTES_MAX => {
                let what = format!("the logo has {} bytes, at most {} are possible", file.len(), Looks::LOGO_BYTES_MAX);
                self.report(place, what, "it travels in every page: make it smaller, or draw it as SVG");
            }
            Ok(_) => {}
            Err(error) => {
                let what = format!("the logo can't be read: {}", crate::secret::reason(&error));
                self.report(place, what, "relative paths are seen from the folder of the settings");
            }
        }
    }

    fn server(&mut self) {
        let server = &self.settings.server;
        let public = &server.public_url;
        if self.web_address(place!["server", "public_url"], "public_url", public, false)
            && !matches!(public.rest(), "" | "/")
        {
            let hint = format!("write public_url = \"{}://{}\"", public.scheme(), public.authority());
            self.report(
                place!["server", "public_url"],
                "`public_url` has a path, Regain answers at the root of its host",
                hint,
            );
        }
        if let Some(address) = &server.sign_in_url {
            self.web_address(place!["server", "sign_in_url"], "sign_in_url", address, false);
        }
        if let Some(address) = &server.security_contact {
            self.web_address(place!["server", "security_contact"], "security_contact", address, true);
        }
        let listen = server.listen.socket();
        if !listen.ip().is_loopback() && server.tls.is_none() && server.proxies.is_empty() {
            let what = format!("Regain would listen on {listen} without TLS, and passwords would travel in the clear");
            let hint = "write tls = { certificate = \"…\", key = \"…\" }, or proxies = [\"…\"] with the address of the proxy that does TLS";
            self.report(place!["server", "listen"], what, hint);
        }
    }

    /// `https`, or `http` to this machine itself; `mailto` where the key takes it. Answers whether it is well.
    fn web_address(&mut self, place: &[Step], key: &str, address: &WebAddress, mail: bool) -> bool {
        match address.scheme().as_str() {
            "https" => return true,
            "mailto" if mail => return true,
            "http" if address.is_loopback() => return true,
            "http" => {
                let hint = format!("write {key} = \"https://{}{}\"", address.authority(), address.rest());
                self.report(
                    place,
                    format!("`{key}` is not protected: http:// is possible only on this machine itself"),
                    hint,
                );
            }
            _ => self.report(place, format!("`{key}` is no web address"), "write an address that begins with https://"),
        }
        false
    }

    fn secretariat(&mut self) {
        let secretariat = &self.settings.secretariat;
        self.localised(place!["secretariat", "name"], "name", Some(&secretariat.name));
        self.localised(place!["secretariat", "hours"], "hours", secretariat.hours.as_ref());
        self.localised(place!["secretariat", "address"], "address", secretariat.address.as_ref());
    }

    fn privacy(&mut self) {
        let privacy = &self.settings.privacy;
        if let Some(url) = &privacy.url {
            self.web_address(place!["privacy", "url"], "url", url, false);
        }
        self.localised(place!["privacy", "authority"], "authority", privacy.authority.as_ref());
    }

    fn localised(&mut self, place: &[Step], key: &str, text: Option<&Localised>) {
        let Some(Localised::PerLanguage(texts)) = text else { return };
        let languages = &self.settings.organisation.languages;
        let missing: Vec<&str> = languages.iter().filter(|l| !texts.contains_key(l)).map(|l| l.code()).collect();
        if !missing.is_empty() {
            let what = format!("`{key}` has no text for {}", missing.join(", "));
            let hint = "write one for each of the languages in [organisation], or one text for all";
            self.report(place, what, hint);
        }
    }

    fn realm(&mut self, number: usize, realm: &Realm) {
        let name = realm.name.as_str();
        if self.settings.realms.iter().take(number).any(|other| other.name == realm.name) {
            self.report(
                place!["realms", number, "name"],
                format!("there are two realms `{name}`"),
                "give each its own name",
            );
        }
        if self.settings.realms.len() > 1 && realm.label.is_none() {
            let what = format!("the realm `{name}` has no `label`, and people have to choose between realms");
            self.report(
                place!["realms", number],
                what,
                "write label = \"…\": what a person says, such as \"I am a pupil\"",
            );
        }
        self.localised(place!["realms", number, "label"], "label", realm.label.as_ref());
        self.localised(place!["realms", number, "user_name_help"], "user_name_help", realm.user_name_help.as_ref());
        if let DirectorySettings::Ldap(ldap) = &realm.directory {
            self.ldap(number, ldap);
        }
        self.policy(place!["realms", number, "policy"], &format!("the realm `{name}`"), &realm.policy, true);
        self.group_policies(number, realm);
        self.password(number, &realm.password);
    }

    fn group_policies(&mut self, number: usize, realm: &Realm) {
        for (item, special) in realm.group_policies.iter().enumerate() {
            let place = place!["realms", number, "group_policies", item];
            let group = &special.group;
            if realm.group_policies.iter().take(item).any(|other| other.group == *group) {
                let hint = "the first would count: join them";
                self.report(place, format!("there are two policies for the group `{group}`"), hint);
            }
            let own = special.methods.is_some() || special.gates.is_some() || special.independence.is_some();
            if own {
                let whose = format!("the group `{group}`");
                self.policy(place, &whose, &special.over(&realm.policy), special.methods.is_some());
            }
        }
    }

    fn policy(&mut self, place: &[Step], whose: &str, policy: &PolicySettings, own_methods: bool) {
        let under = |key: &str| [place, &[Step::from(key)]].concat();
        for method in policy.methods.iter().filter(|_| own_methods) {
            if !self.carries(*method) {
                let method = method.kind().name();
                let what = format!("{whose} uses the method `{method}`, and no channel carries it");
                let kinds = match method {
                    "email" => "kind = \"smtp\"",
                    "sms" => "kind = \"kannel\", \"ovhcloud\", \"twilio\" or \"http\"",
                    _ => "kind = \"http\" and carries = \"call\"",
                };
                let hint = format!("write [[channels]] with {kinds}, or leave \"{method}\" out of `methods`");
                self.report(&under("methods"), what, hint);
            }
        }
        let Some(possible) = policy.gates_possible().filter(|possible| usize::from(policy.gates) > *possible) else {
            return;
        };
        let what =
            format!("{whose} asks for {} gates, and its methods give {possible} that are independent", policy.gates);
        let hint = format!("write gates = {possible}, add methods, or write independence = \"contacts\"");
        self.report(&under("gates"), what, hint);
    }

    fn password(&mut self, number: usize, password: &PasswordSettings) {
        let place = |key: &str| [Step::from("realms"), Step::from(number), Step::from("password"), Step::from(key)];
        if password.profile.is_none() && password.min_length.is_none() {
            let what = "[realms.password] names neither a profile nor `min_length`: one character would do";
            self.report(&place("min_length"), what, "write profile = \"recommended\", or min_length = 12");
        }
        let least = password.min_length.unwrap_or(0);
        if let Some(most) = password.max_length.filter(|most| *most < least) {
            let what = format!("no password can have at least {least} and at most {most} characters");
            self.report(&place("max_length"), what, format!("write max_length = {}", least.max(256)));
        }
        let kinds = [password.min_lower, password.min_upper, password.min_digits, password.min_symbols];
        let wanted: u32 = kinds.into_iter().flatten().sum();
        if let Some(most) = password.max_length.filter(|most| *most < wanted) {
            let what = format!("the rules on kinds ask for {wanted} characters, and `max_length` allows {most}");
            self.report(&place("max_length"), what, "lower them, or allow longer passwords");
        }
    }

    fn ldap(&mut self, number: usize, ldap: &LdapDirectory) {
        let place =
            |key: &str| [Step::from("realms"), Step::from(number), Step::from("directory"), Step::from(key)].to_vec();
        for (item, server) in ldap.servers.iter().enumerate() {
            let place = [place("servers"), vec![Step::from(item)]].concat();
            let shown = server.as_str();
            if server.is_tls() && ldap.start_tls {
                let what = format!("`{shown}` is TLS already, and `start_tls` asks for it once more");
                self.report(&place, what, "write ldap:// with start_tls = true, or ldaps:// without it");
            } else if !server.is_tls() && !ldap.start_tls && !server.is_loopback() {
                let what = format!("passwords would travel to `{shown}` in the clear");
                self.report(&place, what, "write ldaps://, or add start_tls = true");
            }
        }
        let balanced = ldap.filter.matches('(').count() == ldap.filter.matches(')').count();
        if !ldap.filter.starts_with('(') || !balanced {
            let what = "`filter` is no filter: its parentheses do not match (RFC 4515)";
            self.report(&place("filter"), what, "write for example filter = \"(uid={user_name})\"");
        }
        let placeholders = placeholders(&ldap.filter);
        for unknown in placeholders.iter().filter(|name| **name != "user_name") {
            let what = format!("`filter` has {{{unknown}}}, which stands for nothing");
            self.report(&place("filter"), what, "{user_name} stands for what a person typed");
        }
        if placeholders.is_empty() {
            let hint = "write {user_name} where what a person typed belongs";
            self.report(&place("filter"), "`filter` does not look at what a person typed", hint);
        }
    }

    fn limits(&mut self) {
        let settings = self.settings;
        for (key, limits) in settings.limits.each() {
            self.limit_list(place!["limits", key], key, limits);
        }
        for (key, limits) in settings.budget.each() {
            self.limit_list(place!["budget", key], key, limits);
            for (item, _) in limits.iter().enumerate().filter(|(_, limit)| limit.rest.is_some()) {
                let what = format!("`{key}` of the budget has a limit with `rest`, and a budget is per period");
                self.report(place!["budget", key, item], what, "write per and max");
            }
        }
        let (strangers, known) = (&settings.limits.sign_ins_by_account, &settings.limits.sign_ins_by_account_known);
        let periods = |limits: &[LimitSetting]| limits.iter().map(|limit| (limit.per, limit.rest)).collect::<Vec<_>>();
        if periods(strangers) != periods(known) {
            let what =
                "`sign_ins_by_account` and `sign_ins_by_account_known` have different periods, and share one count";
            let hint = "give both the same `per` and `rest`, in the same order; only `max` may differ";
            self.report(place!["limits", "sign_ins_by_account_known"], what, hint);
        }
    }

    fn limit_list(&mut self, place: &[Step], key: &str, limits: &[LimitSetting]) {
        for (item, limit) in limits.iter().enumerate() {
            let place = [place, &[Step::from(item)]].concat();
            if limit.to_limit().is_none() {
                let what = format!("the keys of this limit in `{key}` do not go together");
                let hint = "write per and max; or rest and max; or free, wait, wait_max and rest, with wait at most wait_max and below rest";
                self.report(&place, what, hint);
            }
            let same = |other: &LimitSetting| (other.per, other.rest) == (limit.per, limit.rest);
            if limits.iter().take(item).any(same) {
                let what = format!("two limits in `{key}` have the same period");
                self.report(&place, what, "they would be counted as one: leave one out");
            }
        }
    }

    fn channel(&mut self, number: usize, channel: &Channel) {
        let place = |key: &str| [Step::from("channels"), Step::from(number), Step::from(key)];
        let name = channel.name();
        if self.settings.channels.iter().take(number).any(|other| other.name() == name) {
            let what = format!("there are two channels `{name}`");
            self.report(&place("name"), what, "give each its own `name`, so that the log tells them apart");
        }
        match channel {
            Channel::Smtp(smtp) => {
                if smtp.user_name.is_some() != smtp.password.is_some() {
                    let given = if smtp.user_name.is_some() { "user_name" } else { "password" };
                    let hint = "write both `user_name` and `password`, or neither";
                    self.report(&place(given), format!("`{given}` stands alone"), hint);
                }
                if smtp.security == MailSecurity::Plain && !is_loopback(&smtp.server) {
                    let what = format!("codes would travel to {} in the clear", smtp.server);
                    let hint =
                        "write security = \"starttls\" or \"tls\"; \"plain\" is only for a server on this machine";
                    self.report(&place("security"), what, hint);
                }
            }
            Channel::Http(http) => {
                self.web_address(&place("url"), "url", &http.url, false);
                self.http(number, http);
            }
            Channel::Kannel(kannel) => {
                self.web_address(&place("url"), "url", &kannel.url, false);
            }
            Channel::Twilio(_) | Channel::Ovhcloud(_) => {}
        }
    }

    fn http(&mut self, number: usize, http: &HttpChannel) {
        let place = |key: &str| [Step::from("channels"), Step::from(number), Step::from(key)];
        let mut texts: Vec<(&str, &str)> = vec![("url", http.url.as_str())];
        texts.extend(http.headers.values().map(|value| ("headers", value.as_str())));
        match &http.body {
            Some(HttpBody::Form(fields)) => texts.extend(fields.values().map(|value| ("body", value.as_str()))),
            Some(HttpBody::Json(text) | HttpBody::Text(text)) => texts.push(("body", text)),
            None => {}
        }
        let used: Vec<(&str, &str)> =
            texts.iter().flat_map(|(key, text)| placeholders(text).into_iter().map(|name| (*key, name))).collect();
        for (key, name) in &used {
            if let Some(secret) = name.strip_prefix("secret.").filter(|secret| !http.secrets.contains_key(*secret)) {
                let what = format!("{{{name}}} is used, and there is no secret `{secret}`");
                self.report(&place(key), what, format!("write secrets = {{ {secret} = {{ file = \"…\" }} }}"));
            }
        }
        for (key, field, _) in secret_fields(http).into_iter().filter(|(_, _, value)| !value.contains("{secret.")) {
            let what = format!("`{field}` in `{key}` holds the secret itself, it must say where the secret is");
            let hint = format!("write {field} = \"{{secret.NAME}}\", and secrets = {{ NAME = {{ file = \"…\" }} }}");
            self.problems.push(Problem::new(self.source.span(&place(key)), what, hint).secret());
        }
        let has = |wanted: &[&str]| used.iter().any(|(_, name)| wanted.contains(name));
        if !has(&["to", "to_digits"]) || !has(&["text"]) {
            let hint =
                "{to} or {to_digits} stands for the number, {text} for the message: in `url`, `headers` or `body`";
            let what = format!("the gateway `{}` would not learn the number and the text", http.name);
            self.report(&place("body"), what, hint);
        }
        if http.carries == Carries::Call && !http.asks_key_press {
            let hint = "write asks_key_press = true if the gateway asks for a key before it speaks; use another one if it does not";
            self.report(&place("carries"), "a call could leave the code on an answering machine", hint);
        }
    }
}

/// The key, the field and the value of each header and form field whose name says that it holds a secret.
fn secret_fields(http: &HttpChannel) -> Vec<(&'static str, &str, &str)> {
    const NAMES: [&str; 6] = ["authorization", "password", "secret", "token", "api-key", "apikey"];
    let form = match &http.body {
        Some(HttpBody::Form(fields)) => Some(fields),
        _ => None,
    };
    let headers = http.headers.iter().map(|(field, value)| ("headers", field.as_str(), value.as_str()));
    let form = form.into_iter().flatten().map(|(field, value)| ("body", field.as_str(), value.as_str()));
    let named = |field: &str| NAMES.iter().any(|name| field.to_ascii_lowercase().contains(name));
    headers.chain(form).filter(|(_, field, _)| named(field)).collect()
}

/// The names between braces that look like placeholders: letters, digits, `_`, `-` and `.`. Other braces (JSON) are
/// left alone.
fn placeholders(text: &str) -> Vec<&str> {
    let named = |name: &&str| !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || "_-.".contains(c));
    text.split('{').skip(1).filter_map(|after| after.split_once('}')).map(|(name, _)| name).filter(named).collect()
}
