//! Golden messages in every language, and what must hold for all of them.

use super::*;
use crate::{Device, Languages, Timestamp, Words, gsm};
use recovery::{Code, Obstacle};
use std::path::Path;
use std::sync::Arc;

const URL: &str = "https://compte.deuxrivieres.example/not-me?n=3q2-7wAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

fn at(text: &str) -> Timestamp {
    Timestamp::from_millis(text.parse::<jiff::Timestamp>().expect(text).as_millisecond())
}

fn asked() -> Timestamp {
    at("2026-11-23T07:21:30Z")
}

fn organisation(words: &Words) -> Organisation {
    let (name, hours) = match words.tag() {
        "fr" => ("Secrétariat", "Du lundi au vendredi, de 8\u{a0}h à 16\u{a0}h\u{a0}30"),
        "nl" => ("Secretariaat", "Van maandag tot vrijdag, van 8 tot 16.30 uur"),
        "de" => ("Sekretariat", "Montag bis Freitag, von 8 bis 16.30 Uhr"),
        _ => ("Helpdesk", "Monday to Friday, from 8:00 to 16:30"),
    };
    Organisation {
        name: "Institut des Deux Rivières".to_owned(),
        short_name: "Deux Rivières".to_owned(),
        brand: "#0b5c6b".to_owned(),
        zone: TimeZone::get("Europe/Brussels").expect("the time zones are bundled"),
        secretariat: Secretariat {
            name: name.to_owned(),
            telephone: "071 00 12 24".to_owned(),
            email: "secretariat@deuxrivieres.example".to_owned(),
            hours: hours.to_owned(),
            address: "Quai du Confluent 12, 6000 Charleroi".to_owned(),
        },
        privacy_url: "https://compte.deuxrivieres.example/privacy".to_owned(),
    }
}

/// Everything that can be sent, by name.
struct Sent {
    name: &'static str,
    mail: Mail,
    short: Option<(Sms, Spoken)>,
}

fn code(text: &str) -> Code {
    Code::parse(text).expect("digits")
}

fn code_message<'a>(organisation: &'a Organisation, code: &'a Code) -> CodeMessage<'a> {
    CodeMessage {
        organisation,
        user_name: "camille.dubois@deuxrivieres.example",
        code,
        asked_at: asked(),
        expires_at: asked().plus(600),
        device: Device::from_key("windows firefox"),
        host: "compte.deuxrivieres.example",
    }
}

fn everything(words: &Words, organisation: &Organisation, user_name: &str) -> Vec<Sent> {
    let code = code("599523");
    let device = Device::from_key("iphone safari");
    let code_message = CodeMessage { user_name, ..code_message(organisation, &code) };
    let reset = ResetNotice { organisation, user_name, at: asked(), device, not_me_url: URL };
    let unclear = |not_me_url| UnclearNotice { organisation, user_name, at: asked(), device, not_me_url };
    let obstacle = |reason| ObstacleNotice { organisation, user_name, at: asked(), device, reason };
    let letter = LetterToSecretariat {
        organisation,
        at: asked(),
        who: "Jean <b>Dubois</b>",
        reach: "0470 12 34 67",
        what: "Bonjour,\r\nma fille ne peut plus se connecter.\n\n-- \nhttps://piege.example/",
        reference: Some("R7K 2MQ"),
    };
    let alert = NotMeAlert { organisation, user_name, at: asked(), paused_until: asked().plus(24 * 3600) };
    let sent = |name, mail, sms, call| Sent { name, mail, short: Some((sms, call)) };
    let mut all = vec![
        sent("code", code_message.mail(words), code_message.sms(words), code_message.call(words)),
        sent("reset", reset.mail(words), reset.sms(words), reset.call(words)),
        Sent { name: "letter", mail: letter.mail(words), short: None },
        Sent { name: "not-me-alert", mail: alert.mail(words), short: None },
    ];
    let until = asked().plus(3600);
    let spent = [
        ("budget", Spent::NearlyUsed { block: None, counted: 2000, max: 2500, until }),
        ("budget-block", Spent::NearlyUsed { block: Some("+324701"), counted: 80, max: 100, until }),
        ("budget-unused", Spent::Unused { block: "+324701", sent: 40, used: 1 }),
    ];
    for (name, about) in spent {
        let warning = BudgetWarning { organisation, at: asked(), about };
        all.push(Sent { name, mail: warning.mail(words), short: None });
    }
    for (name, url) in [("unclear", None), ("unclear-with-link", Some(URL))] {
        let notice = unclear(url);
        all.push(sent(name, notice.mail(words), notice.sms(words), notice.call(words)));
    }
    let reasons = [
        ("obstacle-too-few-methods", Obstacle::TooFewMethods),
        ("obstacle-disabled", Obstacle::Disabled),
        ("obstacle-paused", Obstacle::Paused),
        ("obstacle-fresh-contacts", Obstacle::FreshContacts { until: asked().plus(24 * 3600) }),
    ];
    for (name, reason) in reasons {
        let notice = obstacle(reason);
        all.push(sent(name, notice.mail(words), notice.sms(words), notice.call(words)));
    }
    let contacts = ContactsNotice { organisation, user_name, at: asked(), until: asked().plus(24 * 3600) };
    all.push(sent("contacts", contacts.mail(words), contacts.sms(words), contacts.call(words)));
    all
}

fn languages() -> Vec<Arc<Words>> {
    Languages::built_in(&["fr", "nl", "de", "en"]).expect("texts are well-formed").all().cloned().collect()
}

/// Compares with the file, or writes it when `UPDATE_GOLDEN` is set.
fn golden(path: &Path, text: &str) {
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::create_dir_all(path.parent().expect("in a folder")).expect("a folder");
        return std::fs::write(path, text).expect("written");
    }
    let expected = std::fs::read_to_string(path).unwrap_or_default();
    assert_eq!(expected, text, "{}: look at the change, then run the test with UPDATE_GOLDEN=1", path.display());
}

#[test]
fn every_message_reads_as_its_golden_file() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("golden");
    for words in languages() {
        let organisation = organisation(&words);
        for sent in everything(&words, &organisation, "camille.dubois") {
            let mut text = format!("Subject: {}\n\n{}", sent.mail.subject, sent.mail.text);
            if let Some((sms, call)) = &sent.short {
                let septets = gsm::septets(&sms.0).unwrap_or(0);
                let segments = gsm::segments(septets);
                text += &format!(
                    "\n===== SMS: {septets} septets, {segments} segments\n{}\n\n===== call\n{}\n",
                    sms.0, call.0
                );
            }
            let folder = folder.join(words.tag());
            golden(&folder.join(format!("{}.txt", sent.name)), &text);
            golden(&folder.join(format!("{}.html", sent.name)), &sent.mail.html);
        }
    }
}

#[test]
fn a_mail_with_a_code_has_no_link_and_hides_the_code_from_the_subject() {
    let code = code("599523");
    for words in languages() {
        let organisation = organisation(&words);
        let mail = code_message(&organisation, &code).mail(&words);
        for sign in ["http", "href", "<a ", "www.", "tel:", "mailto:"] {
            assert!(!mail.html.contains(sign) && !mail.text.contains(sign), "{sign}");
        }
        assert!(!mail.text.contains("secretariat@") && !mail.html.contains("secretariat@"));
        assert!(!mail.subject.contains(|c: char| c.is_ascii_digit()), "{}", mail.subject);
        assert!(mail.text.contains("599 523") && mail.html.contains("599 523"));
    }
}

#[test]
fn a_code_sms_fits_one_segment_and_ends_with_the_bound_code() {
    let code = code("599523");
    for words in languages() {
        let organisation = organisation(&words);
        let Sms(text) = code_message(&organisation, &code).sms(&words);
        assert!(gsm::septets(&text).is_some_and(|septets| septets <= 160), "{text}");
        assert_eq!(text.lines().last(), Some("@compte.deuxrivieres.example #599523"));
        assert_eq!(text.lines().count(), 2);
    }
}

#[test]
fn an_sms_never_takes_more_than_two_segments() {
    let long_name =
        "Établissement d’enseignement secondaire général, technique et professionnel des Deux Rivières €€€€";
    let long_user = "maximilien-alexandre.vandenbroucke-de-la-fontaine@eleves.deuxrivieres.enseignement.example";
    let code = code("59952301");
    for words in languages() {
        let mut organisation = organisation(&words);
        for name in ["", "Deux Rivières", long_name] {
            organisation.name = long_name.to_owned();
            organisation.short_name = name.to_owned();
            for sent in everything(&words, &organisation, long_user) {
                let Some((sms, _)) = sent.short else { continue };
                let septets = gsm::septets(&sms.0).expect("GSM-7");
                assert!(gsm::segments(septets) <= 2, "{} {} {septets}: {}", words.tag(), sent.name, sms.0);
                if sent.name == "reset" {
                    assert!(sms.0.ends_with(&format!("\n{URL}")), "the link is whole: {}", sms.0);
                }
            }
            let host = format!("{}.example", "compte".repeat(12));
            let Sms(text) = CodeMessage { host: &host, ..code_message(&organisation, &code) }.sms(&words);
            assert!(text.ends_with(&format!("@{host} #59952301")), "{text}");
        }
        organisation.secretariat.telephone = "x".repeat(1000);
        for sent in everything(&words, &organisation, long_user) {
            let septets = sent.short.map_or(0, |(sms, _)| gsm::septets(&sms.0).expect("GSM-7"));
            assert!(gsm::segments(septets) <= 2);
        }
    }
}

#[test]
fn a_call_says_the_code_digit_by_digit_twice() {
    let code = code("599523");
    for words in languages() {
        let organisation = organisation(&words);
        let Spoken(text) = code_message(&organisation, &code).call(&words);
        assert_eq!(text.matches("5, 9, 9, 5, 2, 3").count(), 2, "{text}");
        assert!(text.contains("Institut des Deux Rivières") && !text.contains('\n'));
    }
}

#[test]
fn what_a_stranger_typed_is_quoted_and_never_markup() {
    for words in languages() {
        let organisation = organisation(&words);
        let nasty = "<img src=x>\r\nBcc: a@b.example\u{202e}";
        for sent in everything(&words, &organisation, nasty) {
            assert!(!sent.mail.html.contains("<img"), "{}", sent.name);
            assert!(!sent.mail.subject.contains("img") && !sent.mail.subject.contains('\n'));
            assert!(!sent.mail.text.contains('\u{202e}') && !sent.mail.text.contains("\nBcc:"));
        }
        let letter = LetterToSecretariat {
            organisation: &organisation,
            at: asked(),
            who: "<b>",
            reach: "a\nb",
            what: "one\r\n\r\n--\nRegain",
            reference: None,
        };
        let mail = letter.mail(&words);
        assert!(mail.html.contains("&#60;b&#62;") || mail.html.contains("&lt;b&gt;"));
        assert!(mail.text.contains("\n> <b>\n") && mail.text.contains("\n> a\n> b\n"), "{}", mail.text);
        assert!(mail.text.contains("\n> one\n> \n> --\n> Regain\n"), "{}", mail.text);
    }
}

#[test]
fn text_and_html_of_a_mail_say_the_same() {
    for words in languages() {
        let organisation = organisation(&words);
        for sent in everything(&words, &organisation, "camille.dubois") {
            let body = sent.mail.html.split_once("</div>").expect("after the preview").1;
            let shown = plain(body);
            for line in sent.mail.text.lines().map(|line| line.trim_start_matches("> ").trim()) {
                let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
                let is_link = line == URL && body.contains(&URL.replace('&', "&amp;"));
                assert!(line == "--" || is_link || shown.contains(&line), "{}: {line} is not in the HTML", sent.name);
            }
        }
    }
}

/// The words of a page without its markup.
fn plain(html: &str) -> String {
    let mut text = String::new();
    let mut inside = false;
    for c in html.replace("<br>", " ").replace("<wbr>", "").chars() {
        match c {
            '<' => inside = true,
            '>' => inside = false,
            c if !inside => text.push(c),
            _ => {}
        }
    }
    let entities = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")];
    let numeric = [("&#60;", "<"), ("&#62;", ">"), ("&#34;", "\""), ("&#38;", "&")];
    let text = numeric.iter().chain(&entities).fold(text, |text, (entity, c)| text.replace(entity, c));
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn messages_do_not_print() {
    let code = code("599523");
    let words = &languages()[0];
    let organisation = organisation(words);
    let message = code_message(&organisation, &code);
    let printed = format!("{:?} {:?} {:?}", message.mail(words), message.sms(words), message.call(words));
    assert!(!printed.contains("599"), "{printed}");
}
