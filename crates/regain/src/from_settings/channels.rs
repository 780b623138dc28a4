//! Channels: from the settings of each kind to the adapter that carries it.

use super::Loaded;
use crate::Failure;
use delivery::http_gateway::{self as http, BodyKind, BodyTemplate, HttpGateway, presets};
use delivery::smtp::{self, SmtpChannel};
use delivery::{Channel, Couriers};
use recovery::{EmailAddress, Password};
use settings::{Carries, Channel as Settings, HttpBody, HttpChannel, HttpMethod, MailSecurity, Secret, Step};

/// All channels, in the order of the settings.
///
/// # Errors
/// The first that can't be set up, or whose secret is not where the settings say.
pub fn couriers(loaded: &Loaded) -> Result<Couriers, Failure> {
    let all = (0..loaded.settings.channels.len()).map(|number| channel(loaded, number));
    Ok(Couriers::new(all.collect::<Result<_, _>>()?))
}

/// One channel. Connects to nothing yet.
///
/// # Errors
/// As [`couriers`].
pub fn channel(loaded: &Loaded, number: usize) -> Result<Box<dyn Channel>, Failure> {
    let Some(settings) = loaded.settings.channels.get(number) else {
        return Err(Failure::new(format!("there is no channel number {}", number + 1)));
    };
    let entry = Entry { loaded, number };
    let options = match settings {
        Settings::Smtp(smtp) => return entry.smtp(smtp),
        Settings::Http(settings) => entry.http(settings)?,
        Settings::Kannel(kannel) => entry.kannel(kannel)?,
        Settings::Twilio(twilio) => presets::twilio_sms(
            &twilio.name,
            &twilio.account_sid,
            &twilio.account_sid,
            entry.secret("auth_token", &twilio.auth_token)?,
            &twilio.from,
        ),
        Settings::Ovhcloud(ovhcloud) => presets::ovhcloud_sms(
            &ovhcloud.name,
            &ovhcloud.account,
            &ovhcloud.from,
            &ovhcloud.application_key,
            entry.secret("application_secret", &ovhcloud.application_secret)?,
            entry.secret("consumer_key", &ovhcloud.consumer_key)?,
        ),
    };
    let gateway = HttpGateway::new(options).map_err(|error| entry.wrong("url", &error.to_string()))?;
    Ok(Box::new(gateway))
}

/// One `[[channels]]` of the file.
struct Entry<'a> {
    loaded: &'a Loaded,
    number: usize,
}

impl Entry<'_> {
    fn place(&self, key: &str) -> [Step; 3] {
        [Step::from("channels"), Step::from(self.number), Step::from(key)]
    }

    fn wrong(&self, key: &str, what: &str) -> Failure {
        self.loaded.wrong(&self.place(key), what, "")
    }

    fn secret(&self, key: &str, secret: &Secret) -> Result<Password, Failure> {
        secret.resolve_password().map_err(|error| self.loaded.no_secret(&self.place(key), &error))
    }

    fn smtp(&self, settings: &settings::SmtpChannel) -> Result<Box<dyn Channel>, Failure> {
        let from = EmailAddress::parse(settings.from.address());
        let from = from.ok_or_else(|| self.wrong("from", "`from` is no address"))?;
        let from_name = match settings.from.name() {
            "" => self.loaded.settings.organisation.name.as_str(),
            name => name,
        };
        let password = settings.password.as_ref().map(|secret| self.secret("password", secret)).transpose()?;
        let options = smtp::Options {
            port: settings.port_or_default(),
            security: match settings.security {
                MailSecurity::Starttls => smtp::Security::StartTls,
                MailSecurity::Tls => smtp::Security::Tls,
                MailSecurity::Plain => smtp::Security::Plain,
            },
            ca_file: settings.ca_file.clone(),
            user_name: settings.user_name.clone(),
            password,
            ..smtp::Options::new(&settings.name, &settings.server, from, from_name)
        };
        let channel = SmtpChannel::new(options).map_err(|error| self.wrong("server", &error.to_string()))?;
        Ok(Box::new(channel))
    }

    fn kannel(&self, settings: &settings::KannelChannel) -> Result<http::Options, Failure> {
        let password = self.secret("password", &settings.password)?;
        let from = settings.from.as_deref().unwrap_or("");
        let mut options = presets::kannel(&settings.name, settings.url.as_str(), &settings.user_name, password, from);
        if settings.from.is_none() {
            options.headers.retain(|(name, _)| name != "X-Kannel-From");
        }
        Ok(options)
    }

    fn http(&self, settings: &HttpChannel) -> Result<http::Options, Failure> {
        let secrets = settings.secrets.iter().map(|(name, secret)| Ok((name.clone(), self.secret("secrets", secret)?)));
        let carries = match settings.carries {
            Carries::Sms => http::Carries::Sms,
            Carries::Call => http::Carries::Call,
        };
        Ok(http::Options {
            method: match settings.method {
                HttpMethod::Get => http::Method::Get,
                HttpMethod::Post => http::Method::Post,
                HttpMethod::Put => http::Method::Put,
            },
            headers: settings.headers.iter().map(|(name, value)| (name.clone(), value.clone())).collect(),
            body: settings.body.as_ref().map(body),
            success: http::Success {
                statuses: settings.success_statuses.iter().map(|status| *status..=*status).collect(),
                body_contains: settings.success_contains.clone(),
                body_matches: None,
            },
            secrets: secrets.collect::<Result<_, Failure>>()?,
            asks_key_press: settings.asks_key_press,
            ..http::Options::new(&settings.name, carries, settings.url.as_str())
        })
    }
}

fn body(body: &HttpBody) -> BodyTemplate {
    match body {
        // Written as a form is: delivery reads it back into names and templates.
        HttpBody::Form(fields) => {
            let template = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
            BodyTemplate { kind: BodyKind::Form, template }
        }
        HttpBody::Json(text) => BodyTemplate { kind: BodyKind::Json, template: text.clone() },
        HttpBody::Text(text) => BodyTemplate { kind: BodyKind::Text, template: text.clone() },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::from_settings::Loaded;
    use delivery::ChannelKind;

    const CHANNELS: &str = r#"
        [[channels]]
        kind = "http"
        name = "form"
        carries = "call"
        asks_key_press = true
        url = "https://gateway.example/call?l={language}"
        body = { form = { to = "{to}", "text & more" = "{text}", key = "{secret.token}" } }
        secrets = { token = { file = "secret" } }

        [[channels]]
        kind = "http"
        name = "json"
        carries = "sms"
        url = "https://gateway.example/send"
        headers = { Authorization = "Bearer {secret.token}" }
        body = { json = '{"to":"{to}","text":"{text}"}' }
        secrets = { token = { file = "secret" } }

        [[channels]]
        kind = "kannel"
        url = "http://127.0.0.1:13013/cgi-bin/sendsms"
        user_name = "regain"
        password = { file = "secret" }

        [[channels]]
        kind = "twilio"
        account_sid = "AC00000000000000000000000000000000"
        auth_token = { file = "secret" }
        from = "+3200000000"

        [[channels]]
        kind = "ovhcloud"
        account = "sms-xx00000-1"
        application_key = "7kbG7Bk7S9Nt7ZSV"
        application_secret = { file = "secret" }
        consumer_key = { file = "secret" }
        from = "School"
    "#;

    fn loaded(folder: &std::path::Path) -> Loaded {
        let template = settings::Template {
            organisation: "School".to_owned(),
            public_url: "https://account.school.example".to_owned(),
            ldap: false,
            folder: String::new(),
        };
        let path = folder.join("regain.toml");
        std::fs::write(&path, settings::template(&template) + CHANNELS).expect("a file");
        Loaded::read(&path).unwrap_or_else(|failure| panic!("{failure}"))
    }

    /// A gateway whose request would not say number and text is refused when it is made.
    #[test]
    fn every_kind_of_the_settings_becomes_a_channel_in_their_order() {
        let folder = tempfile::tempdir().expect("a folder");
        let loaded = loaded(folder.path());
        std::fs::write(folder.path().join("secret"), "tr0ub4dor\n").expect("a file");
        let couriers = couriers(&loaded).unwrap_or_else(|failure| panic!("{failure}"));
        let found: Vec<(String, ChannelKind)> =
            couriers.channels().map(|channel| (channel.name().to_owned(), channel.kind())).collect();
        let expected = [
            ("smtp", ChannelKind::Mail),
            ("form", ChannelKind::Call),
            ("json", ChannelKind::Sms),
            ("kannel", ChannelKind::Sms),
            ("twilio", ChannelKind::Sms),
            ("ovhcloud", ChannelKind::Sms),
        ];
        assert_eq!(found, expected.map(|(name, kind)| (name.to_owned(), kind)));
    }

    #[test]
    fn a_missing_secret_is_said_with_the_line_that_names_it() {
        let folder = tempfile::tempdir().expect("a folder");
        let loaded = loaded(folder.path());
        for number in 1..loaded.settings.channels.len() {
            let Err(failure) = channel(&loaded, number) else { panic!("channel {number} has no secret") };
            let said = failure.to_string();
            assert!(
                said.contains("it is not there\n") && said.contains("regain.toml:") && said.contains("hint: "),
                "{said}"
            );
        }
    }
}
