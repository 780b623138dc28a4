//! Page 10 of the walk: the password is reset.

use super::Sheet;
use crate::Frame;
use askama::Template;

#[derive(Template)]
#[template(path = "pages/done.html")]
pub struct DonePage<'a> {
    pub frame: Frame<'a>,
}

impl Sheet for DonePage<'_> {
    const NAME: &'static str = "done";

    fn frame(&self) -> &Frame<'_> {
        &self.frame
    }

    fn title(&self) -> String {
        self.frame.say("done-title")
    }

    fn may_change_account(&self) -> bool {
        false
    }
}

impl DonePage<'_> {
    pub fn render(&self) -> String {
        super::render(self)
    }
}
