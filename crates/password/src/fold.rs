//! Names inside passwords: both are folded to one form, in which case, accents and the usual substitutions make no difference.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use zeroize::Zeroizing;

/// Shorter names are in too many words to be refused. Letters.
const NAME_CHARS_MIN: usize = 4;

/// The longest name that is looked for, and how many of them. Nothing real has more; what a directory holds is not ours to trust.
const NAME_CHARS_MAX: usize = 256;
const NAMES_MAX: usize = 64;

/// A text without case and accents, and with each group of look-alikes as one character: `0`/`o`, `1`/`l`/`i`/`!`/`|`, `3`/`e`, `4`/`@`/`a`,
/// `5`/`$`/`s`, `7`/`t`. Ligatures are spelt out. Wiped when dropped.
pub fn fold(text: &str) -> Zeroizing<String> {
    let mut folded = Zeroizing::new(String::with_capacity(text.len().saturating_mul(4)));
    for c in text.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase) {
        // Lower case can bring a mark of its own (`İ`).
        match c {
            c if is_combining_mark(c) => {}
            'ß' => folded.push_str("ss"),
            'æ' => folded.push_str("ae"),
            'œ' => folded.push_str("oe"),
            'ø' | '0' => folded.push('o'),
            'đ' | 'ð' => folded.push('d'),
            'ł' | 'l' | '1' | '!' | '|' | 'ı' => folded.push('i'),
            '3' | '€' => folded.push('e'),
            '4' | '@' => folded.push('a'),
            '5' | '$' => folded.push('s'),
            '7' => folded.push('t'),
            c => folded.push(c),
        }
    }
    folded
}

/// The parts of these names that a password must not hold, folded: each run of letters and digits, each run of letters, and all of
/// it without what stands between, where that has at least four characters. German umlauts are looked for as `ae`, `oe`, `ue` too.
pub fn parts<'a>(names: impl Iterator<Item = &'a str>) -> Vec<Zeroizing<String>> {
    let mut parts: Vec<Zeroizing<String>> = Vec::new();
    let mut keep = |text: &str| {
        let folded = fold(text);
        if text.chars().count() >= NAME_CHARS_MIN && parts.len() < NAMES_MAX && !parts.contains(&folded) {
            parts.push(folded);
        }
    };
    for name in names {
        let name: String = name.nfc().take(NAME_CHARS_MAX).collect();
        for name in spellings(&name) {
            let runs = name.split(|c: char| !c.is_alphanumeric() && !is_combining_mark(c));
            runs.clone().for_each(&mut keep);
            name.split(|c: char| !c.is_alphabetic() && !is_combining_mark(c)).for_each(&mut keep);
            keep(&runs.collect::<String>());
        }
    }
    parts
}

/// A name as it is written, and with its umlauts spelt out where it has some.
fn spellings(name: &str) -> Vec<String> {
    let spelt = name.replace(['ä', 'Ä'], "ae").replace(['ö', 'Ö'], "oe").replace(['ü', 'Ü'], "ue");
    if spelt == name { vec![spelt] } else { vec![name.to_owned(), spelt] }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_accents_and_substitutions_make_no_difference() {
        for (one, other) in [
            ("Camille", "c@mi11e"),
            ("Élise", "3L!$€"),
            ("Żółć", "zoic"),
            ("Strauß", "STRAUSS"),
            ("Cœur", "c0eur"),
            ("İpek", "ipek"),
            ("TOTO", "7070"),
        ] {
            assert_eq!(*fold(one), *fold(other), "{one} {other}");
        }
    }

    #[test]
    fn a_name_has_these_parts() {
        let parts = |name: &str| -> Vec<String> { parts([name].into_iter()).iter().map(|p| p.to_string()).collect() };
        assert_eq!(parts("Dubois-Martin"), ["dubois", "martin", "duboismartin"].map(|name| fold(name).to_string()));
        assert_eq!(parts("Léa"), [""; 0]);
        assert_eq!(parts("O'Connor"), ["connor", "oconnor"]);
        assert_eq!(parts("Müller"), ["muiier", "mueiier"]);
        assert_eq!(parts("cdubois12"), ["cdubois12", "cdubois"].map(|name| fold(name).to_string()));
        assert_eq!(parts("a.b"), [""; 0]);
    }
}
