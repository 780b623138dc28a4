//! Text that may stand in a page or a mail as it is. It does not know which page.

use std::borrow::Cow;
use std::fmt;

/// Escaped text, or markup that Regain itself made. Written as it is.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Html(String);

impl Html {
    /// Escapes what comes from outside: a name, an address, what somebody typed. Safe in text and in quoted attributes.
    pub fn text(text: &str) -> Self {
        Self(escape(text).into_owned())
    }

    /// Markup made by Regain. Nothing that a person typed or a directory holds may be in it unescaped.
    pub fn raw(markup: String) -> Self {
        Self(markup)
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Html {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Says only how long it is: a mail's markup may hold a code.
impl fmt::Debug for Html {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Html({} bytes)", self.0.len())
    }
}

/// A template writes it without escaping it again.
impl askama::filters::HtmlSafe for Html {}

/// Escapes the five characters that mean something in HTML text and quoted attributes.
pub(crate) fn escape(text: &str) -> Cow<'_, str> {
    if !text.contains(['&', '<', '>', '"', '\'']) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_can_not_become_markup() {
        assert_eq!(Html::text(r#"<b a="1" b='2'>&"#).to_string(), "&lt;b a=&quot;1&quot; b=&#39;2&#39;&gt;&amp;");
        assert_eq!(Html::raw("<b>x</b>".to_owned()).to_string(), "<b>x</b>");
    }

    #[test]
    fn debug_shows_no_text() {
        assert_eq!(format!("{:?}", Html::text("599523")), "Html(6 bytes)");
    }
}
