//! SMS and calls: short texts that must fit. It does not know what they say.

use super::{Organisation, Sms, Spoken, one_line};
use crate::gsm;
use crate::{Arg, Words};

/// Segments that a message may take.
const SEGMENTS_MAX: usize = 2;
/// How much of a long organisation's name and of a long user name is kept when space is short. Characters.
const NAME_CHARS_KEPT: usize = 24;
const USER_CHARS_KEPT: usize = 24;

/// An SMS of one sentence; `last_line` (which may be empty) comes on a line of its own.
///
/// Tries to fit one segment where `prefer_one` says so, by keeping only the beginning of the organisation's name; else two, by
/// keeping the beginning of the user name too; at last without the last line.
pub(crate) fn sms(
    words: &Words,
    key: &str,
    organisation: &Organisation,
    user_name: &str,
    args: &[(&str, Arg<'_>)],
    last_line: &str,
    prefer_one: bool,
) -> Sms {
    let name = name(organisation);
    let user = one_line(user_name);
    let (name_kept, user_kept) = (cut(&name, NAME_CHARS_KEPT), cut(&user, USER_CHARS_KEPT));
    let tries = [
        (&name, &user, last_line),
        (&name_kept, &user, last_line),
        (&name_kept, &user_kept, last_line),
        (&name_kept, &user_kept, ""),
    ];
    let texts = tries.map(|(name, user, last_line)| {
        let mut args = args.to_vec();
        args.extend([("organisation", Arg::Text(name)), ("user", Arg::Text(user))]);
        let sentence = gsm::fold(&words.say_with(key, &args).replace('\n', " "));
        if last_line.is_empty() { sentence } else { format!("{sentence}\n{last_line}") }
    });
    let fits = |segments_max: usize| {
        texts.iter().find(|text| gsm::septets(text).is_some_and(|septets| gsm::segments(septets) <= segments_max))
    };
    // Only the name is worth cutting for a second segment, never the last line.
    let one = fits(1).filter(|text| prefer_one && text.ends_with(last_line));
    let best = one.or_else(|| fits(SEGMENTS_MAX)).cloned();
    Sms(best.unwrap_or_else(|| gsm::clip(&texts[3], SEGMENTS_MAX)))
}

/// A call that says one text.
pub(crate) fn call(words: &Words, key: &str, organisation: &Organisation, args: &[(&str, Arg<'_>)]) -> Spoken {
    let mut args = args.to_vec();
    args.push(("organisation", Arg::Text(&organisation.name)));
    Spoken(one_line(&words.say_with(key, &args)))
}

/// The digits of a code with a pause after each: `5, 9, 9, 5, 2, 3`.
pub(crate) fn spelt(code: &str) -> String {
    code.chars().map(String::from).collect::<Vec<_>>().join(", ")
}

fn name(organisation: &Organisation) -> String {
    let short = organisation.short_name.trim();
    one_line(if short.is_empty() { &organisation.name } else { short })
}

/// The first words that fit, or the first characters of a long first word.
fn cut(text: &str, chars_max: usize) -> String {
    if text.chars().count() <= chars_max {
        return text.to_owned();
    }
    let start: String = text.chars().take(chars_max).collect();
    match start.rfind(' ') {
        Some(end) if end > 0 => start[..end].to_owned(),
        _ => start,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_name_is_cut_between_words() {
        assert_eq!(cut("Institut des Deux Rivières de Charleroi", 24), "Institut des Deux");
        assert_eq!(cut("Abcdefghijklmnopqrstuvwxyz", 5), "Abcde");
        assert_eq!(cut("Deux Rivières", 24), "Deux Rivières");
    }

    #[test]
    fn digits_are_spelt_with_pauses() {
        assert_eq!(spelt("599523"), "5, 9, 9, 5, 2, 3");
    }
}
