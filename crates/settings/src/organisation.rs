//! The organisation as people see it: its name, languages and looks, and whom to call. Knows no page.

use crate::format::{Colour, CountryCode, Email, TimeZone};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::PathBuf;

/// The organisation that runs Regain.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Organisation {
    /// The name in the header of every page and in every message.
    #[schemars(length(min = 1, max = 100), example = &"Collège des Deux Rivières")]
    pub name: String,
    /// The time zone in which messages tell the time, as the IANA database names it.
    #[serde(default)]
    pub time_zone: TimeZone,
    /// The country whose telephone numbers are read without a country code: two letters, ISO 3166-1.
    #[serde(default)]
    pub home_country: CountryCode,
    /// The languages that people can choose. The first is for those whose browser asks for none of them.
    #[serde(default = "all_languages")]
    #[schemars(length(min = 1), extend("uniqueItems" = true))]
    pub languages: Vec<Language>,
    /// Colours, corners and logo.
    #[serde(default)]
    pub looks: Looks,
}

fn all_languages() -> Vec<Language> {
    Language::ALL.to_vec()
}

/// A language that Regain speaks.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    Fr,
    Nl,
    De,
    En,
}

impl Language {
    pub const ALL: [Language; 4] = [Language::Fr, Language::Nl, Language::De, Language::En];

    /// The language's code (BCP 47).
    pub const fn code(self) -> &'static str {
        match self {
            Language::Fr => "fr",
            Language::Nl => "nl",
            Language::De => "de",
            Language::En => "en",
        }
    }
}

/// A text that people read: one text for everybody, or one per language.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum Localised {
    Everywhere(String),
    PerLanguage(BTreeMap<Language, String>),
}

impl Localised {
    /// The text in the language with this code. The settings are refused unless each language of the organisation has a
    /// text; for any other language it is the first text there is.
    pub fn get(&self, language: &str) -> &str {
        match self {
            Localised::Everywhere(text) => text,
            Localised::PerLanguage(texts) => texts
                .iter()
                .find(|(written, _)| written.code() == language)
                .or_else(|| texts.iter().next())
                .map_or("", |(_, text)| text),
        }
    }
}

/// How the pages look. Regain's own looks where nothing is said.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Looks {
    /// The colour of buttons and links on a light page: `#` and six hexadecimal digits.
    #[schemars(example = &"#1d4f8c")]
    pub brand: Option<Colour>,
    /// The same on a dark page.
    #[schemars(example = &"#9cc4f2")]
    pub brand_dark: Option<Colour>,
    /// How round corners are.
    #[serde(default)]
    pub corners: Corners,
    /// The logo in the header: a file that ends in `.svg` or `.png`, at most 6,144 bytes, since it travels in every
    /// page.
    #[schemars(example = &"logo.svg")]
    pub logo: Option<PathBuf>,
}

impl Looks {
    /// The largest logo. Bytes.
    pub const LOGO_BYTES_MAX: u64 = 6 * 1024;
}

/// How round the corners of boxes and buttons are.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Corners {
    #[default]
    Round,
    Slight,
    Square,
}

/// The people to contact. Each text can be one for everybody, or a table with one per language:
/// `hours = { fr = "lu-ve 8h-16h", nl = "ma-vr 8-16 u." }`.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Secretariat {
    /// What people call it.
    #[schemars(example = &"Secrétariat")]
    pub name: Localised,
    /// Where the letters of the contact form go, and reports of "that was not me".
    #[schemars(example = &"secretariat@school.example")]
    pub email: Email,
    /// The number to call, as people should read it.
    #[schemars(example = &"071 00 00 00")]
    pub telephone: Option<String>,
    /// When somebody is there.
    #[schemars(example = &"8:00 - 16:00")]
    pub hours: Option<Localised>,
    /// Where to go in person.
    #[schemars(example = &"Rue du Collège 1, Charleroi")]
    pub address: Option<Localised>,
}
