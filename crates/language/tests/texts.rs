//! What must hold for the texts of all languages together: no sentence is missing, none is left over, and all speak of the same.

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Message, Pattern, PatternElement};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

const TAGS: [&str; 4] = ["fr", "nl", "de", "en"];
const FILES: [&str; 3] = ["common.ftl", "messages.ftl", "pages.ftl"];

/// What says a sentence: the key is its first string.
const CALLS: [&str; 5] = ["say(", "say_with(", "html(", "html_with(", "has("];

/// Whose calls are checked: other types have methods of these names for parts of a key.
const SPEAKERS: [&str; 3] = ["words.", "frame.", "languages."];

/// Beginnings of keys that a page completes with a name of its own: `key("rule", "min-length")`.
const STEMS: [&str; 2] = ["rule", "refused"];

/// Written, but said only once their pages exist.
const WAITING: [&str; 1] = ["footer-accessibility"];

/// A language may do without these: English writes 16:00 where others write 16 h.
const OPTIONAL_VARIABLES: [(&str, &str); 1] = [("clock", "minute")];

fn crates() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("crates/").to_owned()
}

fn text(tag: &str, file: &str) -> String {
    let path = crates().join("language/texts").join(tag).join(file);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The keys of one file, each with its variables.
fn keys(tag: &str, file: &str) -> BTreeMap<String, BTreeSet<String>> {
    let text = text(tag, file);
    let parsed =
        fluent_syntax::parser::parse(text.as_str()).unwrap_or_else(|(_, errors)| panic!("{tag}/{file}: {errors:?}"));
    let mut keys = BTreeMap::new();
    for entry in &parsed.body {
        let Entry::Message(Message { id, value: Some(value), .. }) = entry else { continue };
        let mut variables = BTreeSet::new();
        in_pattern(value, &mut variables);
        assert!(keys.insert(id.name.to_owned(), variables).is_none(), "{tag}/{file}: {} is there twice", id.name);
    }
    keys
}

fn in_pattern(pattern: &Pattern<&str>, variables: &mut BTreeSet<String>) {
    for element in &pattern.elements {
        match element {
            PatternElement::Placeable { expression: Expression::Inline(inline) } => in_inline(inline, variables),
            PatternElement::Placeable { expression: Expression::Select { selector, variants } } => {
                in_inline(selector, variables);
                variants.iter().for_each(|variant| in_pattern(&variant.value, variables));
            }
            PatternElement::TextElement { .. } => {}
        }
    }
}

fn in_inline(inline: &InlineExpression<&str>, variables: &mut BTreeSet<String>) {
    match inline {
        InlineExpression::VariableReference { id } => drop(variables.insert(id.name.to_owned())),
        // It would stand in a page unescaped.
        InlineExpression::StringLiteral { value } => assert!(!value.contains(['<', '>', '&', '"']), "{value}"),
        InlineExpression::NumberLiteral { .. } => {}
        other => panic!("these texts do without {other:?}"),
    }
}

#[test]
fn every_language_has_the_same_sentences_with_the_same_variables() {
    for file in FILES {
        let reference = keys(TAGS[0], file);
        for tag in TAGS {
            let keys = keys(tag, file);
            let names = |keys: &BTreeMap<String, BTreeSet<String>>| keys.keys().cloned().collect::<BTreeSet<_>>();
            let (has, should) = (names(&keys), names(&reference));
            let missing: Vec<_> = should.difference(&has).collect();
            let extra: Vec<_> = has.difference(&should).collect();
            assert!(missing.is_empty() && extra.is_empty(), "{tag}/{file}: missing {missing:?}, only there {extra:?}");
            for (key, variables) in &keys {
                let optional = |name: &&String| OPTIONAL_VARIABLES.contains(&(key.as_str(), name.as_str()));
                let compare =
                    |set: &BTreeSet<String>| set.iter().filter(|name| !optional(name)).cloned().collect::<Vec<_>>();
                assert_eq!(compare(variables), compare(&reference[key]), "{tag}/{file}: the variables of {key}");
            }
        }
    }
}

#[test]
fn no_key_is_in_two_files() {
    let mut seen = BTreeMap::new();
    for file in FILES {
        for key in keys("fr", file).into_keys() {
            if let Some(other) = seen.insert(key.clone(), file) {
                panic!("{key} is in {other} and in {file}");
            }
        }
    }
}

#[test]
fn sentences_keep_the_manners_of_their_language() {
    for file in FILES {
        for (number, line) in text("fr", file).lines().enumerate() {
            let Some(sentence) = sentence(line) else { continue };
            let chars: Vec<char> = sentence.chars().collect();
            for (at, c) in chars.iter().enumerate() {
                let before = at.checked_sub(1).map(|at| chars[at]).unwrap_or('\u{a0}');
                let ok = match c {
                    // Signs that are meant themselves, as in "! ou ?", stand after a bracket or a plain word and a space.
                    '?' | '!' if sentence.replace('\u{a0}', " ").contains("! ou ?") => true,
                    '?' | '!' | ';' | '»' | ':' => matches!(before, '\u{a0}' | '\u{202f}') || sentence.contains("://"),
                    '«' => matches!(chars.get(at + 1), Some('\u{a0}' | '\u{202f}')),
                    '\'' => false,
                    _ => true,
                };
                assert!(ok, "fr/{file}:{}: {c} in {sentence}", number + 1);
            }
        }
        for (tag, wrong) in [("nl", "'\""), ("de", "'\""), ("en", "'\"")] {
            for line in text(tag, file).lines().filter_map(sentence) {
                assert!(!line.contains(|c| wrong.contains(c)), "{tag}/{file}: a typewriter sign in {line}");
            }
        }
    }
}

/// What a person reads of a line: no comment, no key, no variable, no selector.
fn sentence(line: &str) -> Option<String> {
    if line.starts_with('#') {
        return None;
    }
    let value = line.split_once(" = ").filter(|_| !line.starts_with(' ')).map_or(line, |(_, value)| value);
    let value = value.trim_start().trim_start_matches('*');
    let value = value.strip_prefix('[').and_then(|rest| rest.split_once("] ")).map_or(value, |(_, value)| value);
    let mut out = String::new();
    let mut depth = 0;
    for c in value.chars() {
        match c {
            '{' => depth += 1,
            '}' => {
                depth -= 1;
                out.push('x');
            }
            c if depth <= 0 => out.push(c),
            _ => {}
        }
    }
    Some(out)
}

#[test]
fn every_sentence_that_is_said_exists() {
    let known: BTreeSet<String> = FILES.iter().flat_map(|file| keys("fr", file).into_keys()).collect();
    for (path, source) in sources() {
        for call in CALLS {
            for (at, _) in source.match_indices(call) {
                let spoken = SPEAKERS.iter().any(|speaker| source[..at].trim_end().ends_with(speaker));
                let argument = source[at + call.len()..].trim_start();
                let Some((key, _)) = argument.strip_prefix('"').and_then(|rest| rest.split_once('"')) else { continue };
                if !spoken || !looks_like_a_key(key) {
                    continue;
                }
                assert!(known.contains(key), "{}: nobody wrote the sentence {key}", path.display());
            }
        }
        // A message says its sentences through a sheet; all their keys begin alike.
        for key in strings(&source).filter(|text| text.starts_with("message-") && looks_like_a_key(text)) {
            assert!(known.contains(key), "{}: nobody wrote the sentence {key}", path.display());
        }
    }
}

#[test]
fn no_sentence_is_left_over() {
    let sources = sources();
    let uses: BTreeSet<&str> = sources.iter().flat_map(|(_, source)| strings(source)).collect();
    // "stopped-{name}-title" uses every key that begins and ends so.
    let patterns: Vec<(&str, &str)> = uses
        .iter()
        .filter_map(|string| Some((string.split_once('{')?.0, string.rsplit_once('}')?.1)))
        .filter(|(start, end)| start.ends_with('-') && start.len() > 3 && (end.is_empty() || looks_like_a_key(end)))
        .collect();
    // So does "code-title", completed by the page that says it.
    let mut stems: Vec<String> = STEMS.iter().map(|stem| format!("{stem}-")).collect();
    stems
        .extend(uses.iter().filter(|text| text.contains('-') && looks_like_a_key(text)).map(|stem| format!("{stem}-")));
    let used = |key: &str| {
        uses.contains(key)
            || WAITING.contains(&key)
            || stems.iter().any(|stem| key.starts_with(stem))
            || patterns.iter().any(|(start, end)| key.starts_with(start) && key.ends_with(end))
    };
    // The sentences of the pages are judged where the pages are.
    let pages = crates().join("web/templates").is_dir();
    for file in FILES.into_iter().filter(|file| pages || *file != "pages.ftl") {
        let left_over: Vec<String> = keys("fr", file).into_keys().filter(|key| !used(key)).collect();
        assert!(left_over.is_empty(), "{file}: nobody says {left_over:?}");
    }
}

fn looks_like_a_key(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}

/// All sources and templates of all rooms, without tests.
fn sources() -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    for room in std::fs::read_dir(crates()).expect("crates/").flatten() {
        for folder in ["src", "templates"] {
            collect(&room.path().join(folder), &mut found);
        }
    }
    assert!(found.len() > 20, "the sources are where this test looks for them");
    found
}

fn collect(folder: &Path, found: &mut Vec<(PathBuf, String)>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect(&path, found);
            continue;
        }
        let wanted = path.extension().is_some_and(|end| end == "rs" || end == "html" || end == "txt");
        if !wanted || path.file_name().is_some_and(|name| name == "tests.rs") {
            continue;
        }
        let Ok(source) = std::fs::read_to_string(&path) else { continue };
        let own = source.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default().to_owned();
        found.push((path, own));
    }
}

/// What stands between two quotation marks on one line; more than the real strings, never less.
fn strings(source: &str) -> impl Iterator<Item = &str> {
    source.lines().flat_map(|line| line.split('"'))
}
