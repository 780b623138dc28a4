//! What a person, or a program that knows HTML, finds in a page.

use super::Answer;
use scraper::{ElementRef, Html, Selector};
use std::collections::BTreeMap;

/// A page as it arrived.
#[derive(Clone, Debug)]
pub struct Page {
    /// Path and query by which it came.
    pub path: String,
    pub status: u16,
    pub headers: Vec<(String, String)>,
    /// `data-page` of `<main>`; empty where there is none.
    pub name: String,
    pub language: String,
    pub title: String,
    /// All `<h1>`; a good page has one.
    pub headings: Vec<String>,
    /// The lines of the list of errors.
    pub errors: Vec<String>,
    /// Good or plain news about the last click.
    pub news: Option<String>,
    /// All text of `<main>`, with single spaces.
    pub text: String,
    pub links: Vec<Link>,
    pub forms: Vec<Form>,
    /// Size of the body. Bytes.
    pub bytes: usize,
}

#[derive(Clone, Debug)]
pub struct Link {
    pub href: String,
    pub text: String,
    /// Its `hreflang`.
    pub language: String,
}

#[derive(Clone, Debug)]
pub struct Form {
    pub action: String,
    pub fields: Vec<Field>,
    pub buttons: Vec<Button>,
}

#[derive(Clone, Debug)]
pub struct Field {
    pub name: String,
    pub value: String,
    pub autocomplete: String,
}

#[derive(Clone, Debug)]
pub struct Button {
    pub name: String,
    pub value: String,
    pub text: String,
}

impl Page {
    pub(super) fn read(path: String, answer: Answer) -> Self {
        let Answer { status, headers, body } = answer;
        let document = Html::parse_document(&body);
        let root = document.root_element();
        let all = |selector: &str| find(root, selector);
        let first = |selector: &str| all(selector).first().map(|element| text(*element));
        let main = all("main").first().copied();
        Self {
            path,
            status,
            headers,
            name: main.map(|main| attribute(main, "data-page")).unwrap_or_default(),
            language: attribute(root, "lang"),
            title: first("head > title").unwrap_or_default(),
            headings: all("h1").into_iter().map(text).collect(),
            errors: all("[role=alert] li").into_iter().map(text).collect(),
            news: first("p.notice[role=status]"),
            text: main.map(text).unwrap_or_default(),
            links: all("a[href]").into_iter().map(link).collect(),
            forms: all("form").into_iter().map(form).collect(),
            bytes: body.len(),
        }
    }

    /// What must hold for every page.
    ///
    /// # Panics
    /// When it does not.
    pub(super) fn check(&self) {
        assert!(!self.name.is_empty(), "<main data-page> names the page: {self:#?}");
        assert!(!self.language.is_empty(), "<html lang> names the language: {self:#?}");
        let [heading] = self.headings.as_slice() else { panic!("one <h1> was expected: {self:#?}") };
        let same = match self.errors.is_empty() {
            true => self.title == *heading,
            false => self.title.len() > heading.len() && self.title.ends_with(heading.as_str()),
        };
        assert!(same, "<title> {:?} and <h1> {heading:?} differ: {self:#?}", self.title);
        let has_way_on = self.links.iter().any(|link| link.href != "#") || !self.forms.is_empty();
        assert!(has_way_on, "a dead end: {self:#?}");
    }

    pub fn heading(&self) -> &str {
        self.headings.first().map_or("", String::as_str)
    }

    /// The first header of this name (in lower case).
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// All buttons with this name, in order.
    pub fn buttons(&self, name: &str) -> Vec<&Button> {
        self.forms.iter().flat_map(|form| &form.buttons).filter(|button| button.name == name).collect()
    }

    /// The values of the buttons with this name, in order.
    pub fn choices(&self, name: &str) -> Vec<&str> {
        self.buttons(name).into_iter().map(|button| button.value.as_str()).collect()
    }

    /// The value of a field, shown or hidden.
    pub fn field(&self, name: &str) -> Option<&str> {
        let mut fields = self.forms.iter().flat_map(|form| &form.fields);
        fields.find(|field| field.name == name).map(|field| field.value.as_str())
    }

    /// Whether a link to this address is on the page.
    pub fn has_link(&self, href: &str) -> bool {
        self.links.iter().any(|link| link.href == href)
    }
}

impl Form {
    /// Its fields with their values, or what was typed instead.
    pub(super) fn filled(&self, typed: &BTreeMap<String, String>) -> Vec<(String, String)> {
        let one = |field: &Field| (field.name.clone(), typed.get(&field.name).unwrap_or(&field.value).clone());
        self.fields.iter().map(one).collect()
    }
}

fn form(form: ElementRef<'_>) -> Form {
    assert_eq!(attribute(form, "method"), "post", "a form posts");
    let submits = |button: &ElementRef<'_>| matches!(attribute(*button, "type").as_str(), "" | "submit");
    Form {
        action: attribute(form, "action"),
        fields: find(form, "input[name], textarea[name], select[name]").into_iter().map(field).collect(),
        buttons: find(form, "button").into_iter().filter(submits).map(button).collect(),
    }
}

fn field(field: ElementRef<'_>) -> Field {
    let value = match field.value().name() {
        "textarea" => text(field),
        "select" => {
            let options = find(field, "option");
            let chosen = options.iter().find(|option| option.value().attr("selected").is_some()).or(options.first());
            chosen.map(|option| attribute(*option, "value")).unwrap_or_default()
        }
        _ => attribute(field, "value"),
    };
    Field { name: attribute(field, "name"), value, autocomplete: attribute(field, "autocomplete") }
}

fn button(button: ElementRef<'_>) -> Button {
    Button { name: attribute(button, "name"), value: attribute(button, "value"), text: text(button) }
}

fn link(link: ElementRef<'_>) -> Link {
    Link { href: attribute(link, "href"), text: text(link), language: attribute(link, "hreflang") }
}

fn find<'a>(element: ElementRef<'a>, selector: &str) -> Vec<ElementRef<'a>> {
    element.select(&Selector::parse(selector).expect("a selector of ours")).collect()
}

fn attribute(element: ElementRef<'_>, name: &str) -> String {
    element.value().attr(name).unwrap_or_default().to_owned()
}

/// The text with single spaces; no-break spaces stay.
fn text(element: ElementRef<'_>) -> String {
    let all: String = element.text().collect();
    all.split([' ', '\n', '\t']).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}
