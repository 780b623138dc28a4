//! Page 2 of the walk where there is more than one kind of account: which one.

use super::Sheet;
use crate::Frame;
use askama::Template;

#[derive(Template)]
#[template(path = "pages/realm.html")]
pub struct RealmPage<'a> {
    pub frame: Frame<'a>,
    pub realms: &'a [RealmChoice],
}

/// A kind of account to choose.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RealmChoice {
    /// Its name in the settings, which the button sends.
    pub value: String,
    /// Its name for people: *Pupils*.
    pub name: String,
    /// One line that helps to choose.
    pub hint: Option<String>,
}

impl Sheet for RealmPage<'_> {
    const NAME: &'static str = "realm";

    fn frame(&self) -> &Frame<'_> {
        &self.frame
    }

    fn title(&self) -> String {
        self.frame.say("realm-title")
    }
}

impl RealmPage<'_> {
    pub fn render(&self) -> String {
        super::render(self)
    }
}
