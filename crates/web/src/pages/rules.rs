//! The rules of a password as a page shows them, and why one was refused.

use crate::Frame;
use language::Arg;

/// One rule of the box.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct RuleLine {
    /// `min_length` (with `number2` the most), `min_lower`, `min_upper`, `min_digits`, `min_symbols`, `not_user_name`, `min_strength`, `common`.
    pub name: &'static str,
    /// The least, where the rule counts.
    pub number: i64,
    /// The most; 0 when there is none.
    pub number2: i64,
}

/// What the server said of the last password that was typed.
#[derive(Clone, Copy, Debug)]
pub(super) struct Judged<'a> {
    /// The names of the rules that it failed.
    pub failed: &'a [String],
    /// 1 (weak) to 4 (strong); `None` when it was not measured.
    pub strength: Option<u8>,
}

/// A rule with its words, and whether the last password met it.
pub(super) struct ShownRule {
    pub name: &'static str,
    pub number: i64,
    pub number2: i64,
    pub words: String,
    pub met: Option<bool>,
}

/// Rules that this room has sentences for.
const KNOWN: [&str; 16] = [
    "min_length",
    "max_length",
    "min_lower",
    "min_upper",
    "min_digits",
    "min_symbols",
    "not_user_name",
    "min_strength",
    "common",
    "empty",
    "directory_too_short",
    "directory_in_history",
    "directory_too_simple",
    "directory_too_young",
    "directory_change_not_allowed",
    "directory_refused",
];

pub(super) fn shown(frame: &Frame<'_>, rules: &[RuleLine], judged: Option<Judged<'_>>) -> Vec<ShownRule> {
    let met = |rule: &RuleLine| {
        let judged = judged?;
        let failed = |name: &str| judged.failed.iter().any(|failed| failed == name);
        let too_long = rule.name == "min_length" && failed("max_length");
        Some(!failed(rule.name) && !too_long)
    };
    rules
        .iter()
        .map(|rule| ShownRule {
            name: rule.name,
            number: rule.number,
            number2: rule.number2,
            words: words_of(frame, rule),
            met: met(rule),
        })
        .collect()
}

fn words_of(frame: &Frame<'_>, rule: &RuleLine) -> String {
    let no_most = rule.name == "min_length" && rule.number2 == 0;
    let key = if no_most { "rule-min-length-only".to_owned() } else { key("rule", rule.name) };
    frame.words.say_with(&key, &[("n", Arg::Number(rule.number)), ("m", Arg::Number(rule.number2))])
}

/// A sentence for each reason why a password was refused; one that this room has no words for gets a general one.
pub(super) fn refusals(frame: &Frame<'_>, failed: &[String]) -> Vec<String> {
    let mut sentences: Vec<String> = failed
        .iter()
        .map(|name| if KNOWN.contains(&name.as_str()) { key("refused", name) } else { "refused-other".to_owned() })
        .map(|key| frame.say(&key))
        .collect();
    if sentences.is_empty() {
        sentences.push(frame.say("refused-other"));
    }
    sentences.dedup();
    sentences
}

fn key(prefix: &str, name: &str) -> String {
    format!("{prefix}-{}", name.replace('_', "-"))
}

/// The key of the word for a strength of 1 to 4.
pub(crate) fn strength_key(level: u8) -> &'static str {
    match level {
        0 | 1 => "strength-1",
        2 => "strength-2",
        3 => "strength-3",
        _ => "strength-4",
    }
}
