//! What a page says about the last event: an error with its field, or good news.

use super::{FieldError, strong};
use crate::Frame;
use crate::pages::rules;
use language::{Arg, Html};
use recovery::{Notice, Timestamp};

/// Whole minutes are said instead of seconds from here on.
const SAID_IN_SECONDS_MAX: u32 = 90;

/// The errors that a notice speaks of. `field` is the id of the page's field, where it has one.
pub(super) fn errors(frame: &Frame<'_>, notice: Option<&Notice>, field: Option<&'static str>) -> Vec<FieldError> {
    let one = |text| vec![FieldError { field, text }];
    let Some(notice) = notice else { return Vec::new() };
    match notice {
        Notice::NotANumber => one(frame.say("notice-not-a-number")),
        Notice::NotAnAddress => one(frame.say("notice-not-an-address")),
        Notice::DoesNotFitMask => one(frame.say("notice-does-not-fit")),
        Notice::CodeWrong { attempts_left } => one(frame.count("notice-code-wrong", i64::from(*attempts_left))),
        Notice::NotACode => one(frame.say("notice-not-a-code")),
        Notice::CodeExpired => one(frame.say("notice-code-expired")),
        Notice::Wait { until } => {
            let wait = wait(frame, *until);
            one(frame.words.say_with("notice-wait", &[("wait", Arg::Text(&wait))]))
        }
        Notice::NoMoreMessages => one(frame.say("notice-no-more-messages")),
        Notice::PasswordsDiffer => vec![FieldError::of("again", frame.say("notice-passwords-differ"))],
        Notice::PasswordRefused { failed, .. } => {
            rules::refusals(frame, failed).into_iter().map(|text| FieldError { field, text }).collect()
        }
        Notice::DirectoryAway => vec![FieldError { field: None, text: frame.say("notice-directory-away") }],
        Notice::NotWritten => vec![FieldError { field: None, text: frame.say("notice-not-written") }],
        Notice::NotYet { .. } | Notice::FreshCode | Notice::MoreTime | Notice::GatePassed => Vec::new(),
    }
}

/// The good or plain news that a notice brings.
pub(super) fn news(frame: &Frame<'_>, notice: Option<&Notice>) -> Option<Html> {
    let text = match notice? {
        Notice::NotYet { resend_at } => {
            return Some(frame.html("notice-not-yet", &[("wait", strong(&wait(frame, *resend_at)))]));
        }
        Notice::FreshCode => frame.say("notice-fresh-code"),
        Notice::MoreTime => match frame.deadline {
            Some(deadline) => {
                let moment = frame.moment(deadline);
                frame.words.say_with("notice-more-time", &[("moment", Arg::Text(&moment))])
            }
            None => frame.say("notice-more-time-plain"),
        },
        Notice::GatePassed => frame.say("notice-gate-passed"),
        _ => return None,
    };
    Some(Html::text(&text))
}

/// *42 seconds*, *4 minutes*: how long until `at`.
pub(super) fn wait(frame: &Frame<'_>, at: Timestamp) -> String {
    match frame.now.seconds_until(at) {
        seconds @ 0..=SAID_IN_SECONDS_MAX => frame.count("wait-seconds", i64::from(seconds)),
        seconds => frame.count("wait-minutes", i64::from(seconds.div_ceil(60))),
    }
}
