//! The alphabet of SMS: what a message costs in septets, and how text is brought into it. It knows no sentence.
//!
//! 3GPP TS 23.038 §6.2.1. A text with one character outside this alphabet is sent as UCS-2 and takes more than twice the space.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Septets of a message that fits one segment.
pub const ONE_SEGMENT_SEPTETS: usize = 160;

/// Septets of each segment of a longer message: a header takes seven (3GPP TS 23.040 §9.2.3.24).
pub const LONG_SEGMENT_SEPTETS: usize = 153;

const BASIC: &str = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
/// Take two septets each.
const EXTENDED: &str = "^{}\\[~]|€";

/// How many septets a text takes; `None` when a character is outside the alphabet.
pub fn septets(text: &str) -> Option<usize> {
    text.chars().map(|c| if BASIC.contains(c) { Some(1) } else { EXTENDED.contains(c).then_some(2) }).sum()
}

/// How many segments a text of so many septets is sent in. An extended character may not straddle two segments, so a text
/// that just fills its segments can take one more; nothing here comes that close.
pub const fn segments(septets: usize) -> usize {
    if septets <= ONE_SEGMENT_SEPTETS { 1 } else { septets.div_ceil(LONG_SEGMENT_SEPTETS) }
}

/// The beginning of a folded text that fits so many segments.
pub fn clip(text: &str, segments_max: usize) -> String {
    let room = LONG_SEGMENT_SEPTETS * segments_max;
    let mut taken = 0;
    let fits = |c: &char| {
        taken += if EXTENDED.contains(*c) { 2 } else { 1 };
        taken <= room
    };
    text.chars().take_while(fits).collect()
}

/// Brings a text into the alphabet: typographic signs become plain ones, letters lose the accents that SMS does not know
/// (`ê` becomes `e`, `é` stays), and what has no likeness becomes `?`.
pub fn fold(text: &str) -> String {
    // French quotation marks have a space inside, plain ones have none.
    let text = text.replace("«\u{a0}", "\"").replace("\u{a0}»", "\"");
    text.nfc().flat_map(|c| fold_char(c).chars().collect::<Vec<_>>()).collect()
}

fn fold_char(c: char) -> String {
    if BASIC.contains(c) || EXTENDED.contains(c) {
        return c.to_string();
    }
    let plain = match c {
        '\u{a0}' | '\u{202f}' | '\u{2009}' | '\t' => " ",
        '’' | '‘' | '‚' | '´' | '`' | 'ʼ' => "'",
        '“' | '”' | '„' | '«' | '»' => "\"",
        '–' | '—' | '‑' | '‐' | '−' => "-",
        '…' => "...",
        '·' | '•' => "-",
        'œ' => "oe",
        'Œ' => "OE",
        'ł' => "l",
        'Ł' => "L",
        'đ' => "d",
        'ı' => "i",
        'ç' => "c",
        _ => return without_accents(c),
    };
    plain.to_owned()
}

fn without_accents(c: char) -> String {
    let bare: String = c.nfkd().filter(|part| !is_combining_mark(*part)).collect();
    let invisible = c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{ad}');
    if invisible || is_combining_mark(c) {
        return String::new();
    }
    if !bare.is_empty() && septets(&bare).is_some() { bare } else { "?".to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn septets_count_the_extension_twice() {
        assert_eq!(septets("Code 599523, à 8 h 31 : élève"), Some(29));
        assert_eq!(septets("5 €"), Some(4));
        assert_eq!(septets("[~]"), Some(6));
        assert_eq!(septets("être"), None);
        assert_eq!(septets("’"), None);
    }

    #[test]
    fn the_alphabet_has_its_128_places() {
        // 127 characters and the escape to the extension; of the extension, the form feed is left out.
        assert_eq!(BASIC.chars().count(), 127);
        assert_eq!(EXTENDED.chars().count(), 9);
    }

    #[test]
    fn folding_keeps_what_sms_knows_and_replaces_the_rest() {
        let check = |text: &str, folded: &str| assert_eq!(fold(text), folded);
        check("Forêt à l’été", "Foret à l'été");
        check("e\u{301}te\u{302}", "éte");
        check("«\u{a0}Cœur\u{a0}», “a”", "\"Coeur\", \"a\"");
        check("8\u{a0}h\u{a0}31\u{202f}?", "8 h 31 ?");
        check("Straße – Größe", "Straße - Größe");
        check("À ça", "A ca");
        check("школа 5", "????? 5");
        check("a\u{202e}b\u{200b}c", "abc");
        check("²", "2");
    }

    #[test]
    fn folded_text_is_always_in_the_alphabet() {
        for c in (0..0x3000).filter_map(char::from_u32) {
            assert!(septets(&fold(&c.to_string())).is_some(), "{c:?}");
        }
    }

    #[test]
    fn a_clipped_text_fits() {
        assert_eq!(clip("abc", 2), "abc");
        assert_eq!(clip(&"a".repeat(1000), 2).len(), 306);
        assert_eq!(clip(&"€".repeat(1000), 1).chars().count(), 76);
    }

    #[test]
    fn a_long_text_is_sent_in_segments_of_153() {
        assert_eq!((segments(1), segments(160), segments(161), segments(306), segments(307)), (1, 1, 2, 2, 3));
    }
}
