//! Texts with placeholders. They are read once, when the channel is made; every mistake shows then.

use super::gsm7;
use recovery::Password;
use std::collections::BTreeMap;

/// What is wrong with a template.
#[derive(thiserror::Error, Clone, PartialEq, Eq, Debug)]
pub enum TemplateError {
    #[error(
        "{{{0}}} is not a placeholder; there are {{to}}, {{to_digits}}, {{text}}, {{language}}, {{id}}, {{gsm7:A|B}} and \
         {{secret.NAME}} (a brace that is meant as one is written {{{{)"
    )]
    Unknown(String),
    #[error("{{{0} has no closing brace")]
    Open(String),
    #[error("there is no secret of the name {0:?}")]
    NoSecret(String),
    #[error("an SMS has no language, so {{language}} has no value here")]
    NoLanguage,
    #[error("a placeholder can't stand here")]
    NotHere,
}

/// What placeholders stand for, for one message.
pub struct Values<'a> {
    /// E.164, with its plus.
    pub to: &'a str,
    pub text: &'a str,
    pub language: &'a str,
    pub id: &'a str,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Placeholder {
    To,
    ToDigits,
    Text,
    Language,
    Id,
    /// The first where the text fits into the 7-bit alphabet, else the second.
    Gsm7(String, String),
}

enum Piece {
    Literal(String),
    Value(Placeholder),
    Secret(Password),
}

/// A text with placeholders.
pub struct Template {
    pieces: Vec<Piece>,
}

impl Template {
    /// A placeholder is a brace followed by a letter, up to the closing brace; any other brace stands for itself, `{{` for one.
    ///
    /// # Errors
    /// The first placeholder that has no meaning.
    pub fn read(text: &str, secrets: &BTreeMap<String, Password>) -> Result<Self, TemplateError> {
        let mut pieces = Vec::new();
        let mut literal = String::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('{') {
            literal.push_str(before);
            if let Some(escaped) = after.strip_prefix('{') {
                literal.push('{');
                rest = escaped;
            } else if !after.starts_with(|c: char| c.is_ascii_alphabetic()) {
                literal.push('{');
                rest = after;
            } else {
                let (name, beyond) = after.split_once('}').ok_or_else(|| TemplateError::Open(shortened(after)))?;
                pieces.push(Piece::Literal(std::mem::take(&mut literal)));
                pieces.push(piece(name, secrets)?);
                rest = beyond;
            }
        }
        literal.push_str(rest);
        pieces.push(Piece::Literal(literal));
        Ok(Self { pieces })
    }

    /// The whole text, with each value written by `escape`. What the operator wrote stays as it is.
    pub fn fill(&self, values: &Values<'_>, escape: impl Fn(&str) -> String) -> String {
        let mut filled = String::new();
        for piece in &self.pieces {
            match piece {
                Piece::Literal(text) => filled.push_str(text),
                Piece::Value(placeholder) => filled.push_str(&escape(value(placeholder, values))),
                Piece::Secret(secret) => filled.push_str(&escape(secret.reveal())),
            }
        }
        filled
    }

    /// The text, where it has no placeholders.
    pub fn literal(&self) -> Option<String> {
        let mut whole = String::new();
        for piece in &self.pieces {
            match piece {
                Piece::Literal(text) => whole.push_str(text),
                Piece::Value(_) | Piece::Secret(_) => return None,
            }
        }
        Some(whole)
    }

    /// What the operator wrote, without the values: to be judged for characters that can't stand here.
    pub fn literals(&self) -> impl Iterator<Item = &str> {
        self.pieces.iter().filter_map(|piece| match piece {
            Piece::Literal(text) => Some(text.as_str()),
            Piece::Value(_) | Piece::Secret(_) => None,
        })
    }

    pub fn secrets(&self) -> impl Iterator<Item = &Password> {
        self.pieces.iter().filter_map(|piece| match piece {
            Piece::Secret(secret) => Some(secret),
            Piece::Literal(_) | Piece::Value(_) => None,
        })
    }

    pub fn says(&self, asked: &Placeholder) -> bool {
        self.pieces.iter().any(|piece| matches!(piece, Piece::Value(placeholder) if placeholder == asked))
    }
}

/// A text of the operator's as a template that says just that.
pub fn literally(text: &str) -> String {
    text.replace('{', "{{")
}

fn piece(name: &str, secrets: &BTreeMap<String, Password>) -> Result<Piece, TemplateError> {
    if let Some(secret) = name.strip_prefix("secret.") {
        let found = secrets.get(secret).ok_or_else(|| TemplateError::NoSecret(shortened(secret)))?;
        return Ok(Piece::Secret(found.clone()));
    }
    if let Some((plain, wide)) = name.strip_prefix("gsm7:").and_then(|choice| choice.split_once('|')) {
        return Ok(Piece::Value(Placeholder::Gsm7(plain.to_owned(), wide.to_owned())));
    }
    let placeholder = match name {
        "to" => Placeholder::To,
        "to_digits" => Placeholder::ToDigits,
        "text" => Placeholder::Text,
        "language" => Placeholder::Language,
        "id" => Placeholder::Id,
        _ => return Err(TemplateError::Unknown(shortened(name))),
    };
    Ok(Piece::Value(placeholder))
}

fn value<'a>(placeholder: &'a Placeholder, values: &Values<'a>) -> &'a str {
    match placeholder {
        Placeholder::To => values.to,
        Placeholder::ToDigits => values.to.trim_start_matches('+'),
        Placeholder::Text => values.text,
        Placeholder::Language => values.language,
        Placeholder::Id => values.id,
        Placeholder::Gsm7(plain, wide) => {
            if gsm7::fits(values.text) {
                plain
            } else {
                wide
            }
        }
    }
}

fn shortened(text: &str) -> String {
    text.chars().take(30).collect()
}
