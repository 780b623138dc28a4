//! The targets, by where the bytes come from.

pub mod files;
pub mod kept;
pub mod request;
pub mod servers;
pub mod typed;

/// The bytes as text; what is none is no input for a parser of text.
fn text(bytes: &[u8]) -> Option<&str> {
    std::str::from_utf8(bytes).ok()
}

/// Two texts, with a line end between them.
fn two_texts(bytes: &[u8]) -> Option<(&str, &str)> {
    text(bytes)?.split_once('\n')
}
