//! Pages 6 and 7 of the walk: what was sent, and its code.

use super::{FieldError, Sheet, breakable, link, notice, strong_whole};
use crate::Frame;
use askama::Template;
use language::{Arg, Html};
use recovery::{MethodKind, Notice};

#[derive(Template)]
#[template(path = "pages/code.html")]
pub struct CodePage<'a> {
    pub frame: Frame<'a>,
    pub page: &'a recovery::CodePage<'a>,
    pub notice: Option<&'a Notice>,
}

impl Sheet for CodePage<'_> {
    const NAME: &'static str = "code";

    fn frame(&self) -> &Frame<'_> {
        &self.frame
    }

    fn title(&self) -> String {
        self.by_kind("code-title")
    }

    fn summary_title(&self) -> String {
        self.frame.say("code-summary")
    }

    fn errors(&self) -> Vec<FieldError> {
        notice::errors(&self.frame, self.notice, Some("code"))
    }

    fn news(&self) -> Option<Html> {
        notice::news(&self.frame, self.notice)
    }
}

impl CodePage<'_> {
    pub fn render(&self) -> String {
        super::render(self)
    }

    /// The sentence of this page for the kind of message: `code-title-sms`.
    fn by_kind(&self, key: &str) -> String {
        self.frame.say(&format!("{key}-{}", self.page.kind.name()))
    }

    /// What was sent, when, and to whom: to the masked contact, or to what the person typed, with a way to mend it.
    fn lead(&self) -> Html {
        let time = Html::text(&self.frame.words.clock(self.page.sent_at, self.frame.zone));
        let kind = self.page.kind.name();
        match self.page.typed {
            None => {
                let places = [("time", time), ("contact", self.frame.mask(self.page.mask))];
                self.frame.html(&format!("code-lead-{kind}"), &places)
            }
            Some(typed) => {
                let contact = match self.page.kind {
                    MethodKind::Email => {
                        Html::raw(format!("<strong><bdi dir=\"ltr\">{}</bdi></strong>", breakable(typed)))
                    }
                    MethodKind::Sms | MethodKind::Call => strong_whole(&self.frame.readable(typed)),
                };
                let correct = link("/recover/contact", &self.frame.say("code-correct"));
                let places = [("time", time), ("contact", contact), ("correct", correct)];
                self.frame.html(&format!("code-lead-{kind}-typed"), &places)
            }
        }
    }

    fn label(&self) -> String {
        self.frame.count("code-label", i64::from(self.page.code_digits))
    }

    fn hint(&self) -> String {
        let clock = self.frame.words.clock(self.page.expires_at, self.frame.zone);
        self.frame.words.say_with("code-hint", &[("time", Arg::Text(&clock))])
    }

    /// Seconds until a fresh code may be asked for; 0: now.
    fn wait_seconds(&self) -> u32 {
        self.frame.now.seconds_until(self.page.resend_at)
    }

    /// What to do when nothing comes, and when a fresh code may be asked for.
    fn fresh_hint(&self) -> Html {
        let seconds = self.wait_seconds();
        if seconds == 0 {
            return Html::text(&self.frame.say("code-fresh-now"));
        }
        let wait = notice::wait(&self.frame, self.page.resend_at);
        let timer = format!("<span role=\"timer\" data-seconds=\"{seconds}\">{}</span>", Html::text(&wait));
        self.frame.html("code-fresh-wait", &[("wait", Html::raw(timer))])
    }

    fn more_time(&self) -> Option<String> {
        let moment = self.frame.moment(self.frame.deadline?);
        Some(self.frame.words.say_with("page-waits", &[("moment", Arg::Text(&moment))]))
    }

    fn is_call(&self) -> bool {
        self.page.kind == MethodKind::Call
    }
}
