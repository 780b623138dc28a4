//! One mail, composed once and written twice: as text and as HTML. It does not know what the mail is about.

use super::{Mail, Organisation, one_line};
use crate::{Arg, Html, Words};
use askama::Template;

/// Regain's own colour, for a brand that is no colour.
const BRAND: &str = "#0b5c6b";

/// What stands in a sentence, and how it looks there.
pub(crate) enum Put<'a> {
    Text(&'a str),
    Strong(&'a str),
    /// A name that may be written from right to left.
    Name(&'a str),
    /// A telephone number or an address to write to.
    Contact(&'a str),
    /// The address of a page. Never in a mail that carries a code.
    Link(&'a str),
}

impl Put<'_> {
    fn text(&self) -> &str {
        match self {
            Put::Text(text) | Put::Strong(text) | Put::Name(text) | Put::Contact(text) | Put::Link(text) => text,
        }
    }

    fn html(&self) -> Html {
        let text = Html::text(self.text());
        match self {
            Put::Text(_) => text,
            Put::Strong(_) => Html::raw(format!("<strong>{text}</strong>")),
            Put::Name(_) => Html::raw(format!("<bdi>{text}</bdi>")),
            Put::Contact(_) if dialable(self.text()) => {
                Html::raw(format!("<bdi dir=\"ltr\" style=\"white-space:nowrap\">{text}</bdi>"))
            }
            Put::Link(_) => Html::raw(format!("<a href=\"{text}\" style=\"color:inherit\">{text}</a>")),
            // A long address may be broken after the @.
            Put::Contact(_) => Html::raw(format!("<bdi>{}</bdi>", text.as_str().replacen('@', "@<wbr>", 1))),
        }
    }
}

/// Whether it reads like a telephone number, which must not be broken over two lines.
fn dialable(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_digit() || " +-./()\u{a0}\u{202f}".contains(c))
}

/// A sentence in both forms.
pub(crate) struct Both {
    text: String,
    html: Html,
}

/// One part of the sheet, from top to bottom.
enum Block {
    Paragraph { strong: String, body: Both },
    Code(String),
    Warm { strong: String, body: Both, button: Option<Button> },
    Quote { label: String, lines: Vec<String> },
    Command(String),
}

struct Button {
    label: String,
    url: String,
}

#[derive(Template)]
#[template(path = "mail.html")]
struct Page<'a> {
    tag: &'a str,
    direction: &'a str,
    subject: &'a str,
    preview: &'a str,
    organisation: &'a str,
    brand: &'a str,
    heading: &'a str,
    blocks: &'a [Block],
    small: Vec<&'a Html>,
}

/// A mail on its way to be written.
pub(crate) struct Sheet<'a> {
    words: &'a Words,
    organisation: &'a Organisation,
    blocks: Vec<Block>,
    small: Vec<Both>,
}

impl<'a> Sheet<'a> {
    pub(crate) fn new(words: &'a Words, organisation: &'a Organisation) -> Self {
        Self { words, organisation, blocks: Vec::new(), small: Vec::new() }
    }

    fn both(&self, key: &str, puts: &[(&str, Put<'_>)]) -> Both {
        let texts: Vec<(&str, Arg<'_>)> = puts.iter().map(|(name, put)| (*name, Arg::Text(put.text()))).collect();
        let htmls: Vec<(&str, Html)> = puts.iter().map(|(name, put)| (*name, put.html())).collect();
        Both { text: self.words.say_with(key, &texts), html: self.words.html(key, &htmls) }
    }

    pub(crate) fn paragraph(&mut self, key: &str, puts: &[(&str, Put<'_>)]) {
        let body = self.both(key, puts);
        self.blocks.push(Block::Paragraph { strong: String::new(), body });
    }

    /// A short strong sentence and what follows from it.
    pub(crate) fn strong_paragraph(&mut self, strong: &str, key: &str, puts: &[(&str, Put<'_>)]) {
        let body = self.both(key, puts);
        self.blocks.push(Block::Paragraph { strong: self.words.say(strong), body });
    }

    /// The code, big, in two groups.
    pub(crate) fn code(&mut self, code: &str) {
        self.blocks.push(Block::Code(grouped(code)));
    }

    /// The warm box: people help here.
    pub(crate) fn warm(&mut self, strong: &str, key: &str, puts: &[(&str, Put<'_>)]) {
        let body = self.both(key, puts);
        self.blocks.push(Block::Warm { strong: self.words.say(strong), body, button: None });
    }

    /// The warm box with a link in it. Never in a mail that carries a code.
    pub(crate) fn warm_link(&mut self, strong: &str, key: &str, puts: &[(&str, Put<'_>)], label: &str, url: &str) {
        let (strong, body) = (self.words.say(strong), self.both(key, puts));
        let button = Button { label: self.words.say(label), url: one_line(url) };
        self.blocks.push(Block::Warm { strong, body, button: Some(button) });
    }

    /// What a stranger wrote, clearly set apart.
    pub(crate) fn quote(&mut self, label: &str, lines: Vec<String>) {
        self.blocks.push(Block::Quote { label: self.words.say(label), lines });
    }

    /// A line to type into a terminal.
    pub(crate) fn command(&mut self, command: String) {
        self.blocks.push(Block::Command(command));
    }

    /// A line in small print at the end.
    pub(crate) fn small(&mut self, key: &str, puts: &[(&str, Put<'_>)]) {
        let both = self.both(key, puts);
        self.small.push(both);
    }

    /// Where to read what happens with one's data, in small print. Not in a mail that carries a code.
    fn privacy(&mut self) {
        let url = one_line(&self.organisation.privacy_url);
        if !url.is_empty() {
            self.small("message-notice-privacy", &[("url", Put::Link(&url))]);
        }
    }

    /// The secretariat, in small print; with its address a notice, which also says where to read about one's data. A mail that carries a code names no address that a mail program could make a link of,
    /// unless there is no telephone.
    pub(crate) fn secretariat(&mut self, with_email: bool) {
        let office = &self.organisation.secretariat;
        let email = if with_email || office.telephone.is_empty() { office.email.as_str() } else { "" };
        let mut ways = [office.telephone.as_str(), email].into_iter().filter(|way| !way.is_empty());
        if let Some(way) = ways.next() {
            self.small("message-mail-office", &[("name", Put::Text(&office.name)), ("way", Put::Contact(way))]);
        }
        for way in ways {
            self.small.push(Both { text: way.to_owned(), html: Put::Contact(way).html() });
        }
        for line in [&office.hours, &office.address] {
            if !line.is_empty() {
                self.small.push(Both { text: line.clone(), html: Html::text(line) });
            }
        }
        if with_email {
            self.privacy();
        }
    }

    pub(crate) fn finish(self, subject: &str, preview: String, heading: &str) -> Mail {
        let (subject, heading) = (self.words.say(subject), self.words.say(heading));
        let text = self.text(&heading);
        let page = Page {
            tag: self.words.tag(),
            direction: self.words.direction(),
            subject: &subject,
            preview: &preview,
            organisation: &self.organisation.name,
            brand: brand(&self.organisation.brand),
            heading: &heading,
            blocks: &self.blocks,
            small: self.small.iter().map(|both| &both.html).collect(),
        };
        let html = page.render().expect("a template writes to memory and calls nothing that fails");
        Mail { subject, text, html }
    }

    fn text(&self, heading: &str) -> String {
        let mut parts = vec![self.organisation.name.clone(), heading.to_owned()];
        parts.extend(self.blocks.iter().map(Block::text));
        if !self.small.is_empty() {
            let small: Vec<&str> = self.small.iter().map(|both| both.text.as_str()).collect();
            parts.push(format!("--\n{}", small.join("\n")));
        }
        parts.join("\n\n") + "\n"
    }
}

impl Block {
    fn text(&self) -> String {
        match self {
            Block::Paragraph { strong, body } if strong.is_empty() => body.text.clone(),
            Block::Paragraph { strong, body } | Block::Warm { strong, body, button: None } => {
                format!("{strong}\n{}", body.text)
            }
            Block::Warm { strong, body, button: Some(button) } => {
                format!("{strong}\n{}\n\n{}\n{}", body.text, button.label, button.url)
            }
            Block::Code(code) => format!("    {code}"),
            Block::Quote { label, lines } => lines.iter().fold(label.clone(), |text, line| text + "\n> " + line),
            Block::Command(command) => format!("    {command}"),
        }
    }
}

/// `599523` as `599 523`.
fn grouped(code: &str) -> String {
    let half = code.len().div_ceil(2);
    match (code.is_ascii() && code.len() >= 6, code.get(..half), code.get(half..)) {
        (true, Some(start), Some(end)) => format!("{start} {end}"),
        _ => code.to_owned(),
    }
}

/// The colour if it is one, so that nothing else gets into the style.
fn brand(colour: &str) -> &str {
    match colour.strip_prefix('#') {
        Some(hex) if matches!(hex.len(), 3 | 6) && hex.bytes().all(|byte| byte.is_ascii_hexdigit()) => colour,
        _ => BRAND,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_grouped_in_two() {
        assert_eq!(grouped("599523"), "599 523");
        assert_eq!(grouped("59952301"), "5995 2301");
        assert_eq!(grouped("5995230"), "5995 230");
        assert_eq!(grouped("1234"), "1234");
    }

    #[test]
    fn a_brand_that_is_no_colour_is_not_used() {
        assert_eq!(brand("#a1B2c3"), "#a1B2c3");
        for wrong in ["", "red", "#12345", "#12345g", "#fff;background:url(//x)"] {
            assert_eq!(brand(wrong), BRAND);
        }
    }
}
