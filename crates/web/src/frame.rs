//! What every page shares: the words, the header, the trail, whom to call, the footer.
//!
//! It knows no page and no request: the router fills a [`Frame`] and hands it to one of [`crate::pages`].

use crate::Looks;
use language::{Arg, Html, Languages, TimeZone, Words};
use recovery::{Mask, PhoneNumber, Recovery, Timestamp};
use std::sync::Arc;

/// What every page shares.
#[derive(Clone)]
pub struct Frame<'a> {
    /// The sentences, in the person's language.
    pub words: &'a Words,
    /// All languages, for the switch.
    pub languages: &'a Languages,
    pub looks: &'a Looks,
    pub secretariat: &'a Secretariat,
    /// Pages of the footer that exist.
    pub footer: &'a [FooterLink],
    pub title: WalkTitle,
    /// Path and query of this page, for the language switch. Without any `language` in the query.
    pub path: &'a str,
    /// Where *sign in* leads: the settings' address, or `/sign-in`.
    pub sign_in: &'a str,
    /// The home country, two letters: how telephone numbers are written.
    pub region: &'a str,
    pub zone: &'a TimeZone,
    pub now: Timestamp,
    /// The user name as it was typed, on pages that belong to a recovery.
    pub who: Option<&'a str>,
    pub trail: Option<Trail>,
    /// Until when this page waits for the person, where it does.
    pub deadline: Option<Timestamp>,
    /// Against forged requests; goes into every form.
    pub token: &'a str,
    /// Which state of the recovery this page shows; goes into its forms.
    pub version: Option<u64>,
    /// What a person reads out on the telephone, on stop and error pages.
    pub reference: Option<&'a str>,
}

/// The title in the header.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum WalkTitle {
    /// *Back to your account.*
    Recover,
    /// *Security information*: sign-in and what lies behind it.
    Security,
    /// *The demo's messages.*
    Demo,
}

/// The people to contact. What is `None` is not shown.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Secretariat {
    pub name: Option<String>,
    /// As people write it.
    pub telephone: Option<String>,
    pub email: Option<String>,
    pub hours: Option<String>,
    pub address: Option<String>,
}

impl Secretariat {
    /// The number for a `tel:` link: digits and a leading plus.
    pub(crate) fn dialled(&self) -> Option<String> {
        let shown = self.telephone.as_deref()?.trim();
        let plus = if shown.starts_with('+') { "+" } else { "" };
        Some(plus.chars().chain(shown.chars().filter(char::is_ascii_digit)).collect())
    }

    /// The address in two parts, so that it may break after the `@`.
    pub(crate) fn email_parts(&self) -> Option<(&str, &str)> {
        let email = self.email.as_deref()?;
        let at = email.find('@')? + 1;
        Some(email.split_at(at))
    }
}

/// A link of the footer: where it leads, and the key of its words.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FooterLink {
    pub href: String,
    pub key: &'static str,
}

/// How far the person has come.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Trail {
    /// Gates, and the password.
    pub steps: usize,
    pub done: usize,
}

impl Trail {
    pub fn of(recovery: &Recovery) -> Self {
        let (steps, done) = recovery.trail();
        Trail { steps, done }
    }
}

/// One step of the trail as it is shown.
pub(crate) struct TrailStep {
    pub label: String,
    pub done: bool,
    pub current: bool,
}

/// One language of the switch.
pub(crate) struct LanguageLink {
    pub tag: String,
    pub name: String,
    pub href: String,
    pub current: bool,
}

impl Frame<'_> {
    /// The sentence with this key.
    pub(crate) fn say(&self, key: &str) -> String {
        self.words.say(key)
    }

    /// The sentence with this key and one number, `n`.
    pub(crate) fn count(&self, key: &str, number: i64) -> String {
        self.words.say_with(key, &[("n", Arg::Number(number))])
    }

    /// The sentence with this key, with markup in its places.
    pub(crate) fn html(&self, key: &str, places: &[(&str, Html)]) -> Html {
        self.words.html(key, places)
    }

    /// A time of day, or the day as well when it is not today.
    pub(crate) fn moment(&self, at: Timestamp) -> String {
        self.words.moment(at, self.now, self.zone)
    }

    /// A number or address that the person typed, as they would write it.
    pub(crate) fn readable(&self, typed: &str) -> String {
        match PhoneNumber::parse(typed, self.region) {
            Ok(number) if typed.starts_with('+') => number.readable(self.region),
            _ => typed.to_owned(),
        }
    }

    pub(crate) fn walk_title(&self) -> String {
        self.say(match self.title {
            WalkTitle::Recover => "walk-recover",
            WalkTitle::Security => "walk-security",
            WalkTitle::Demo => "walk-demo",
        })
    }

    pub(crate) fn trail_steps(&self) -> Vec<TrailStep> {
        let Some(Trail { steps, done }) = self.trail else { return Vec::new() };
        let label = |place: usize| match place {
            _ if place + 1 == steps => self.say("trail-password"),
            _ if steps == 2 => self.say("trail-proof-only"),
            _ => self.count("trail-proof", i64::try_from(place + 1).unwrap_or(i64::MAX)),
        };
        (0..steps).map(|place| TrailStep { label: label(place), done: place < done, current: place == done }).collect()
    }

    /// What is known of a contact before anything is proven: a mask for the eye, and words for the ear.
    pub(crate) fn mask(&self, mask: &Mask) -> Html {
        let shown = Html::text(&mask.to_string()).to_string().replacen('@', "@<wbr>", 1);
        let spoken = Html::text(&self.spoken_mask(mask));
        Html::raw(format!(
            "<bdi class=\"mask\" dir=\"ltr\" aria-hidden=\"true\">{shown}</bdi><span class=\"unseen\">{spoken}</span>"
        ))
    }

    /// The mask in words: *which ends in 67*.
    pub(crate) fn spoken_mask(&self, mask: &Mask) -> String {
        match mask {
            Mask::Phone { last_two: [a, b], .. } => {
                self.words.say_with("mask-phone", &[("digits", Arg::Text(&format!("{a}{b}")))])
            }
            Mask::Email { first, domain } => {
                let first = first.to_string();
                match domain {
                    Some(domain) => self
                        .words
                        .say_with("mask-email", &[("first", Arg::Text(&first)), ("domain", Arg::Text(domain))]),
                    None => self.words.say_with("mask-email-alone", &[("first", Arg::Text(&first))]),
                }
            }
        }
    }

    pub(crate) fn language_links(&self) -> Vec<LanguageLink> {
        if self.languages.all().nth(1).is_none() {
            return Vec::new();
        }
        let sign = if self.path.contains('?') { '&' } else { '?' };
        let link = |words: &'_ Arc<Words>| LanguageLink {
            tag: words.tag().to_owned(),
            name: words.name().to_owned(),
            href: format!("{}{sign}language={}", self.path, words.tag()),
            current: words.tag() == self.words.tag(),
        };
        self.languages.all().map(link).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_dialled_without_its_spaces() {
        let dialled =
            |shown: &str| Secretariat { telephone: Some(shown.to_owned()), ..Secretariat::default() }.dialled();
        assert_eq!(dialled("+32 71 00 00 00").as_deref(), Some("+3271000000"));
        assert_eq!(dialled("071/00.00.00").as_deref(), Some("071000000"));
        assert_eq!(Secretariat::default().dialled(), None);
    }

    #[test]
    fn an_address_breaks_after_its_at_sign() {
        let secretariat = Secretariat { email: Some("aide@ecole.example".to_owned()), ..Secretariat::default() };
        assert_eq!(secretariat.email_parts(), Some(("aide@", "ecole.example")));
    }
}
