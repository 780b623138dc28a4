//! The letter to the secretariat, and the report "that was not me".

use super::{Clothes, ok};
use crate::answer::{Answer, page, see_other};
use crate::call::{Call, NOTE};
use crate::pages::contact_helpdesk::{ContactHelpdeskPage, Letter, LetterError, Typed};
use crate::pages::not_me::{NotMePage, Report};
use crate::{Site, WalkTitle};
use http::StatusCode;
use service::{LetterOutcome, Trouble};

pub fn show_letter(site: &Site, call: &Call) -> Answer {
    let sent = call.cookie(NOTE) == Some("sent");
    let nothing = Typed { name: "", reach: "", what: "" };
    let state = if sent { Letter::Sent } else { Letter::Writing { typed: nothing, errors: &[] } };
    let clothes = Clothes::of(site, call, "");
    let mut answer =
        ok(site, call, ContactHelpdeskPage { frame: clothes.frame(site, call, WalkTitle::Recover), state }.render());
    if sent {
        crate::answer::drop_cookie(&mut answer, NOTE);
    }
    answer
}

pub async fn send_letter(site: &Site, call: &Call) -> Result<Answer, Trouble> {
    if call.form.action() == "cancel" {
        return Ok(see_other("/sign-in"));
    }
    let field = |name: &str| call.form.get(name).unwrap_or("");
    let typed = Typed { name: field("name"), reach: field("reach"), what: field("what") };
    if !call.is_ours(site, "") || !call.form.has_only(&["name", "reach", "what"]) {
        return Ok(show_errors(site, call, typed, &[LetterError::NotValid]));
    }
    let letter =
        service::Letter { from: typed.name.to_owned(), reach: typed.reach.to_owned(), text: typed.what.to_owned() };
    Ok(match site.regain.write_letter(letter, &call.visitor).await? {
        LetterOutcome::Sent => {
            let mut answer = see_other("/contact-helpdesk");
            crate::answer::keep_cookie(&mut answer, NOTE, "sent", Some(60));
            answer
        }
        LetterOutcome::Incomplete => {
            let missing = [
                (typed.name, LetterError::NoName),
                (typed.reach, LetterError::NoReach),
                (typed.what, LetterError::NoWhat),
            ];
            let errors: Vec<LetterError> =
                missing.into_iter().filter(|(text, _)| text.trim().is_empty()).map(|(_, error)| error).collect();
            show_errors(site, call, typed, &errors)
        }
        LetterOutcome::TooLong => {
            show_errors(site, call, typed, &[LetterError::TooLong { chars_max: service::LETTER_CHARS_MAX }])
        }
        LetterOutcome::Paused { until } => show_errors(site, call, typed, &[LetterError::Paused { until }]),
    })
}

/// The letter comes back as it was typed, at once: too long for a cookie, and too much work to lose.
fn show_errors(site: &Site, call: &Call, typed: Typed<'_>, errors: &[LetterError]) -> Answer {
    let clothes = Clothes::of(site, call, "");
    let frame = clothes.frame(site, call, WalkTitle::Recover);
    let html = ContactHelpdeskPage { frame, state: Letter::Writing { typed, errors } }.render();
    page(call, &site.looks, StatusCode::UNPROCESSABLE_ENTITY, html)
}

/// The link of a notice was opened: by a person, or by a mail scanner. Nothing happens before the button is pressed.
pub async fn show_report(site: &Site, call: &Call) -> Result<Answer, Trouble> {
    if call.cookie(NOTE) == Some("reported") {
        let mut answer = show(site, call, Report::Done { pause_hours: site.regain.pause_seconds / 3600 });
        crate::answer::drop_cookie(&mut answer, NOTE);
        return Ok(answer);
    }
    let number = call.query("report").unwrap_or("");
    let state = match site.regain.reportable(number).await? {
        Some(report) => Report::Confirm { number, reset_at: Some(report.at) },
        None => Report::Unknown,
    };
    Ok(show(site, call, state))
}

pub async fn report(site: &Site, call: &Call) -> Result<Answer, Trouble> {
    let number = call.form.get("report").unwrap_or("");
    if !call.is_ours(site, "") || !call.form.has_only(&["report"]) {
        return Ok(see_other("/not-me"));
    }
    if call.form.action() == "cancel" {
        return Ok(see_other("/sign-in"));
    }
    if site.regain.report(number, &call.visitor).await?.is_none() {
        return Ok(see_other("/not-me"));
    }
    let mut answer = see_other("/not-me");
    crate::answer::keep_cookie(&mut answer, NOTE, "reported", Some(60));
    Ok(answer)
}

fn show(site: &Site, call: &Call, state: Report<'_>) -> Answer {
    let clothes = Clothes::of(site, call, "");
    ok(site, call, NotMePage { frame: clothes.frame(site, call, WalkTitle::Recover), state }.render())
}
