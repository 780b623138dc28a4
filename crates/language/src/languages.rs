//! All languages of an installation, and which of them a person gets.

use crate::Words;
use crate::accept;
use crate::words::Sentences;
use std::sync::Arc;

/// The files of one language, embedded in the program.
struct Texts {
    tag: &'static str,
    files: [(&'static str, &'static str); 3],
}

macro_rules! texts {
    ($tag:literal) => {
        Texts {
            tag: $tag,
            files: [
                ("common.ftl", include_str!(concat!("../texts/", $tag, "/common.ftl"))),
                ("messages.ftl", include_str!(concat!("../texts/", $tag, "/messages.ftl"))),
                ("pages.ftl", include_str!(concat!("../texts/", $tag, "/pages.ftl"))),
            ],
        }
    };
}

static BUILT_IN: [Texts; 4] = [texts!("fr"), texts!("nl"), texts!("de"), texts!("en")];

/// Where a sentence is looked for when neither the person's language nor the default has it.
const LAST_RESORT: &str = "en";

/// All languages of an installation; never empty.
pub struct Languages {
    default: Arc<Words>,
    others: Vec<Arc<Words>>,
}

/// Why the languages of the settings can't be loaded.
#[derive(thiserror::Error, Clone, PartialEq, Eq, Debug)]
pub enum LanguageError {
    #[error("no language is named; there are: {known}")]
    None { known: String },
    #[error("there is no language \"{tag}\"; there are: {known}")]
    Unknown { tag: String, known: String },
    #[error("the language \"{tag}\" is named twice")]
    Twice { tag: String },
    /// The texts themselves are wrong: a mistake in this program, or in an operator's file.
    #[error("{file} of the language \"{tag}\" can't be read: {why}")]
    Broken { tag: String, file: String, why: String },
}

impl Languages {
    /// The tags that [`Languages::built_in`] knows.
    pub fn known() -> impl Iterator<Item = &'static str> {
        BUILT_IN.iter().map(|texts| texts.tag)
    }

    /// Loads these languages, in this order; the first is the default.
    ///
    /// # Errors
    /// A tag that is unknown or named twice, no tag at all, or texts that can't be parsed.
    pub fn built_in(tags: &[&str]) -> Result<Languages, LanguageError> {
        for (at, tag) in tags.iter().enumerate() {
            if tags[..at].contains(tag) {
                return Err(LanguageError::Twice { tag: (*tag).to_owned() });
            }
        }
        let Some((default_tag, other_tags)) = tags.split_first() else {
            return Err(LanguageError::None { known: known() });
        };
        let default_sentences = load(default_tag)?;
        let last_resort = if *default_tag == LAST_RESORT { default_sentences.clone() } else { load(LAST_RESORT)? };
        let fallbacks = [default_sentences.clone(), last_resort.clone()];
        let mut others = Vec::with_capacity(other_tags.len());
        for tag in other_tags {
            let sentences = if *tag == LAST_RESORT { last_resort.clone() } else { load(tag)? };
            others.push(Arc::new(Words::new(sentences, fallbacks.clone())));
        }
        Ok(Languages { default: Arc::new(Words::new(default_sentences, fallbacks)), others })
    }

    /// The languages in the order of the settings, the default first.
    pub fn all(&self) -> impl Iterator<Item = &Arc<Words>> {
        std::iter::once(&self.default).chain(&self.others)
    }

    /// The language with exactly this tag (letter case aside).
    pub fn get(&self, tag: &str) -> Option<&Arc<Words>> {
        self.all().find(|words| words.tag().eq_ignore_ascii_case(tag))
    }

    /// The language of a person: the stored choice, else what the browser likes best (RFC 9110 §12.5.4; `fr-BE` is served by
    /// `fr`), else the default.
    pub fn choose(&self, chosen: Option<&str>, accept_language: Option<&str>) -> &Arc<Words> {
        if let Some(words) = chosen.and_then(|tag| self.get(tag)) {
            return words;
        }
        let ranges = accept_language.map(accept::ranges).unwrap_or_default();
        ranges.iter().find_map(|range| self.serve(range)).unwrap_or(&self.default)
    }

    fn serve(&self, range: &str) -> Option<&Arc<Words>> {
        if range == "*" {
            return Some(&self.default);
        }
        self.all().find(|words| accept::serves(words.tag(), range))
    }
}

fn known() -> String {
    Languages::known().collect::<Vec<_>>().join(", ")
}

fn load(tag: &str) -> Result<Arc<Sentences>, LanguageError> {
    let texts = BUILT_IN
        .iter()
        .find(|texts| texts.tag == tag)
        .ok_or_else(|| LanguageError::Unknown { tag: tag.to_owned(), known: known() })?;
    Sentences::parse(texts.tag, &texts.files).map(Arc::new)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all() -> Languages {
        Languages::built_in(&["fr", "nl", "de", "en"]).expect("texts are well-formed")
    }

    #[test]
    fn a_person_gets_the_language_they_asked_for() {
        let languages = all();
        let check = |chosen: Option<&str>, accept: Option<&str>, tag: &str| {
            assert_eq!(languages.choose(chosen, accept).tag(), tag, "{chosen:?} {accept:?}");
        };
        check(None, None, "fr");
        check(None, Some(""), "fr");
        check(None, Some("fr-BE,fr;q=0.9,en;q=0.8"), "fr");
        check(None, Some("nl-BE,nl;q=0.9,fr;q=0.5"), "nl");
        check(None, Some("de-AT"), "de");
        check(None, Some("EN-gb"), "en");
        check(None, Some("en;q=0.3, de;q=0.7"), "de");
        check(None, Some("ar, tr;q=0.9, nl;q=0.1"), "nl");
        check(None, Some("ar, tr;q=0.9"), "fr");
        check(None, Some("ar, *;q=0.5, de;q=0.1"), "fr");
        check(None, Some("nl;q=0, en;q=0.2"), "en");
        check(None, Some("fry, nld"), "fr");
        check(Some("nl"), Some("de"), "nl");
        check(Some("xx"), Some("de"), "de");
        check(Some(""), None, "fr");
    }

    #[test]
    fn the_first_language_is_the_default() {
        let languages = Languages::built_in(&["de", "fr"]).expect("known");
        assert_eq!(languages.choose(None, Some("ja")).tag(), "de");
        assert_eq!(languages.all().map(|words| words.tag()).collect::<Vec<_>>(), ["de", "fr"]);
        assert!(languages.get("en").is_none());
    }

    #[test]
    fn a_wrong_list_of_languages_is_an_error() {
        let known = "fr, nl, de, en".to_owned();
        let error = |tags: &[&str]| Languages::built_in(tags).err().expect("refused");
        assert_eq!(error(&[]), LanguageError::None { known: known.clone() });
        assert_eq!(error(&["fr", "fr"]), LanguageError::Twice { tag: "fr".to_owned() });
        assert_eq!(error(&["fr", "xx"]), LanguageError::Unknown { tag: "xx".to_owned(), known });
    }

    #[test]
    fn each_language_names_itself() {
        let names: Vec<String> = all().all().map(|words| format!("{} {}", words.name(), words.direction())).collect();
        assert_eq!(names, ["Français ltr", "Nederlands ltr", "Deutsch ltr", "English ltr"]);
    }
}
