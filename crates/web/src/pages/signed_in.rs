//! What a person sees who is signed in.

use super::{Sheet, breakable};
use crate::Frame;
use askama::Template;
use language::{Arg, Html};

#[derive(Template)]
#[template(path = "pages/signed-in.html")]
pub struct SignedInPage<'a> {
    pub frame: Frame<'a>,
    /// The name to greet the person by.
    pub display_name: &'a str,
    /// The user name, for those who share a computer.
    pub user_name: &'a str,
    /// The password was just changed.
    pub password_changed: bool,
}

impl Sheet for SignedInPage<'_> {
    const NAME: &'static str = "signed-in";

    fn frame(&self) -> &Frame<'_> {
        &self.frame
    }

    fn title(&self) -> String {
        self.frame.words.say_with("signed-in-title", &[("name", Arg::Text(self.display_name))])
    }

    fn news(&self) -> Option<Html> {
        self.password_changed.then(|| Html::text(&self.frame.say("signed-in-changed")))
    }

    fn may_change_account(&self) -> bool {
        false
    }
}

impl SignedInPage<'_> {
    pub fn render(&self) -> String {
        super::render(self)
    }

    fn as_whom(&self) -> Html {
        let name = Html::raw(format!("<strong><bdi>{}</bdi></strong>", breakable(self.user_name)));
        self.frame.html("signed-in-as", &[("user", name)])
    }
}
