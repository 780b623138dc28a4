//! One file per page: what it is about, and how it is shown. The templates are in `templates/pages/`.

pub mod change_password;
pub mod code;
pub mod confirm_contact;
pub mod contact_helpdesk;
pub mod done;
pub mod error;
pub mod identify;
pub mod messages;
pub mod method;
pub mod new_password;
pub mod not_me;
mod notice;
pub mod privacy;
pub mod realm;
mod rules;
pub mod sign_in;
pub mod signed_in;
pub mod stopped;
pub mod wait;

use crate::Frame;
use askama::Template;
use language::{Arg, Html};
pub use rules::RuleLine;
pub(crate) use rules::strength_key;

/// What is wrong, and with which field.
#[derive(Clone, PartialEq, Eq, Debug)]
struct FieldError {
    /// The field's id; `None` when it is about no field of this page.
    field: Option<&'static str>,
    text: String,
}

impl FieldError {
    fn of(field: &'static str, text: String) -> Self {
        FieldError { field: Some(field), text }
    }
}

/// What the frame's template asks of a page.
trait Sheet {
    /// The page's name, as `data-page` has it.
    const NAME: &'static str;

    fn frame(&self) -> &Frame<'_>;

    /// The one `<h1>`, and the `<title>`.
    fn title(&self) -> String;

    fn name(&self) -> &'static str {
        Self::NAME
    }

    /// What stands above the list of errors.
    fn summary_title(&self) -> String {
        self.frame().say("summary-title")
    }

    fn errors(&self) -> Vec<FieldError> {
        Vec::new()
    }

    /// Good news about the last click.
    fn news(&self) -> Option<Html> {
        None
    }

    /// Whether *change* stands beside the user name.
    fn may_change_account(&self) -> bool {
        true
    }

    /// What the `<style>` element holds.
    fn style(&self) -> &str {
        self.frame().looks.style()
    }

    fn tab_title(&self) -> String {
        let title = self.title();
        if self.errors().is_empty() {
            return title;
        }
        self.frame().words.say_with("error-title", &[("title", Arg::Text(&title))])
    }

    fn errors_of(&self, field: &str) -> Vec<FieldError> {
        self.errors().into_iter().filter(|error| error.field == Some(field)).collect()
    }

    /// The ids that describe a field: its hint, and its error where there is one.
    fn described_by(&self, field: &str, hint: &str) -> String {
        let error = if self.errors_of(field).is_empty() { String::new() } else { format!("{field}-error") };
        format!("{hint} {error}").trim().to_owned()
    }
}

fn render(page: &impl Template) -> String {
    without_blank_lines(&page.render().expect("templates write to memory and call nothing that fails"))
}

/// Takes out the empty lines that template tags leave between elements. What a person typed is never between a `>` and a `<`
/// of ours alone, so it stays as it is.
fn without_blank_lines(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    for (place, part) in html.trim_start().split('>').enumerate() {
        if place > 0 {
            out.push('>');
        }
        let text = part.trim_start();
        if text.starts_with('<') && part.starts_with('\n') {
            out.push('\n');
            out.push_str(text);
        } else {
            out.push_str(part);
        }
    }
    out
}

/// A telephone number or reference in bold, never broken over two lines, left to right in every language.
fn strong_whole(text: &str) -> Html {
    Html::raw(format!("<strong><bdi class=\"whole\" dir=\"ltr\">{}</bdi></strong>", Html::text(text)))
}

fn strong(text: &str) -> Html {
    Html::raw(format!("<strong>{}</strong>", Html::text(text)))
}

/// A user name or address, which may break after its dots and its `@`.
fn breakable(text: &str) -> Html {
    let escaped = Html::text(text).to_string();
    Html::raw(escaped.replace('.', ".<wbr>").replace('@', "@<wbr>"))
}

fn link(href: &str, text: &str) -> Html {
    Html::raw(format!("<a href=\"{}\">{}</a>", Html::text(href), Html::text(text)))
}
