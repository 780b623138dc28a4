//! Words for a message: in the language of who asked, for the channel that the contact takes.

use crate::Regain;
use crate::budget::Warning;
use crate::posted::{Kind, Posted, What};
use delivery::{Body, ChannelKind};
use language::{
    BudgetWarning, CodeMessage, ContactsNotice, LetterToSecretariat, Mail, NotMeAlert, ObstacleNotice, Organisation,
    ResetNotice, Secretariat, Sms, Spent, Spoken, UnclearNotice,
};
use language::{Device, Words};
use recovery::{Code, Contact, EmailAddress, Line, Phone, PhoneNumber, Timestamp};

/// A message in all its forms; which of them is written depends on the contact.
trait Written {
    fn mail(&self, words: &Words) -> Mail;
    fn sms(&self, words: &Words) -> Sms;
    fn call(&self, words: &Words) -> Spoken;
}

macro_rules! written {
    ($($message:ident),*) => {$(
        impl Written for $message<'_> {
            fn mail(&self, words: &Words) -> Mail {
                $message::mail(self, words)
            }
            fn sms(&self, words: &Words) -> Sms {
                $message::sms(self, words)
            }
            fn call(&self, words: &Words) -> Spoken {
                $message::call(self, words)
            }
        }
    )*};
}
written!(CodeMessage, ResetNotice, UnclearNotice, ObstacleNotice, ContactsNotice);

impl Regain {
    /// Writes a job of the outbox for one contact; `None` where the job has nothing to say to a contact of this kind.
    pub(crate) fn compose(&self, posted: &Posted, to: &Contact) -> Option<Body> {
        let asked = posted.asked();
        let words = self.languages.choose(Some(&asked.language), None);
        let organisation = self.sender(words.tag());
        let device = Device::from_key(&asked.device);
        let at = Timestamp::from_millis(asked.at);
        let user_name = asked.user_name.as_str();
        match posted {
            Posted::Code { kind, code, expires_at, .. } => {
                let code = Code::parse(code)?;
                let expires_at = Timestamp::from_millis(*expires_at);
                let host = self.organisation.host();
                let message = CodeMessage {
                    organisation: &organisation,
                    user_name,
                    code: &code,
                    asked_at: at,
                    expires_at,
                    device,
                    host,
                };
                self.write(&message, words, to, Some(*kind))
            }
            Posted::Notice { what: What::PasswordReset { report }, .. } => {
                let link = format!("{}/not-me?report={report}", self.organisation.public_url);
                let message = ResetNotice { organisation: &organisation, user_name, at, device, not_me_url: &link };
                self.write(&message, words, to, None)
            }
            Posted::Notice { what: What::PasswordUnclear, .. } => {
                let message = UnclearNotice { organisation: &organisation, user_name, at, device, not_me_url: None };
                self.write(&message, words, to, None)
            }
            Posted::Notice { what: What::CanNotRecover { reason }, .. } => {
                let reason = (*reason).into();
                let message = ObstacleNotice { organisation: &organisation, user_name, at, device, reason };
                self.write(&message, words, to, None)
            }
            Posted::Notice { what: What::ContactsChanged { until }, .. } => {
                let until = Timestamp::from_millis(*until);
                let message = ContactsNotice { organisation: &organisation, user_name, at, until };
                self.write(&message, words, to, None)
            }
            Posted::Letter { from, reach, text, .. } => {
                let letter = LetterToSecretariat {
                    organisation: &organisation,
                    at,
                    who: from,
                    reach,
                    what: text,
                    reference: None,
                };
                mail_only(letter.mail(words), words, to)
            }
            Posted::Alert { until, .. } => {
                let paused_until = Timestamp::from_millis(*until);
                let alert = NotMeAlert { organisation: &organisation, user_name, at, paused_until };
                mail_only(alert.mail(words), words, to)
            }
            Posted::Warning { warning, .. } => {
                let about = about(warning);
                mail_only(BudgetWarning { organisation: &organisation, at, about }.mail(words), words, to)
            }
            Posted::TellOwner { .. } | Posted::TellContacts { .. } => None,
        }
    }

    /// The method that was chosen decides how a code comes; a notice comes as the contact and the channels allow.
    fn write(&self, message: &impl Written, words: &Words, to: &Contact, kind: Option<Kind>) -> Option<Body> {
        match to {
            Contact::Email(address) => Some(mail_to(address, message.mail(words), words)),
            Contact::Phone(Phone { number, line }) => {
                let by_sms = match kind {
                    Some(kind) => matches!(kind, Kind::Sms),
                    None => *line == Line::Mobile && self.couriers.carries(ChannelKind::Sms),
                };
                let is_carried = by_sms || kind.is_some() || self.couriers.carries(ChannelKind::Call);
                is_carried.then(|| by_phone(number, message, words, by_sms))
            }
        }
    }

    /// The organisation as its messages name it, in one language.
    fn sender(&self, language: &str) -> Organisation {
        let organisation = &self.organisation;
        let secretariat = &organisation.secretariat;
        let text = |texts: &crate::Texts| texts.get(language).or_else(|| texts.get("")).cloned().unwrap_or_default();
        Organisation {
            name: organisation.name.clone(),
            short_name: organisation.name.clone(),
            brand: organisation.brand.clone(),
            zone: organisation.time_zone.clone(),
            privacy_url: organisation.privacy_url(),
            secretariat: Secretariat {
                name: text(&secretariat.name),
                telephone: secretariat.telephone.clone().unwrap_or_default(),
                email: secretariat.email.as_ref().map(|email| email.as_str().to_owned()).unwrap_or_default(),
                hours: text(&secretariat.hours),
                address: text(&secretariat.address),
            },
        }
    }
}

fn about(warning: &Warning) -> Spent<'_> {
    match warning {
        Warning::Budget { block, counted, max, until } => Spent::NearlyUsed {
            block: block.as_deref(),
            counted: *counted,
            max: *max,
            until: Timestamp::from_millis(*until),
        },
        Warning::Unused { block, sent, used } => Spent::Unused { block, sent: *sent, used: *used },
    }
}

fn mail_only(mail: Mail, words: &Words, to: &Contact) -> Option<Body> {
    match to {
        Contact::Email(address) => Some(mail_to(address, mail, words)),
        Contact::Phone(_) => None,
    }
}

fn mail_to(address: &EmailAddress, mail: Mail, words: &Words) -> Body {
    let Mail { subject, text, html } = mail;
    Body::Mail { to: address.clone(), subject, text, html, language: words.tag().to_owned() }
}

fn by_phone(number: &PhoneNumber, message: &impl Written, words: &Words, by_sms: bool) -> Body {
    let to = number.clone();
    if by_sms {
        Body::Sms { to, text: message.sms(words).0 }
    } else {
        Body::Call { to, text: message.call(words).0, language: words.tag().to_owned() }
    }
}
