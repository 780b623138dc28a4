//! The GSM 7-bit alphabet (3GPP TS 23.038 §6.2.1): what an SMS holds 160 of. Any other character makes it an SMS of 70.

const BEYOND_ASCII: &str = "£¥èéùìòÇØøÅåΔΦΓΛΩΠΨΣΘΞÆæßÉ¤¡ÄÖÑÜ§¿äöñüà€";

/// Whether a text can be sent in the 7-bit alphabet, its extension table included.
pub fn fits(text: &str) -> bool {
    text.chars().all(|c| match c {
        '\n' | '\r' | ' '..='_' | 'a'..='~' => true,
        _ => BEYOND_ASCII.contains(c),
    })
}

#[cfg(test)]
mod tests {
    use super::fits;

    #[test]
    fn the_alphabet_has_some_accents_only() {
        assert!(fits("Votre code à l'école: 599523 é è ù ñ ß € [x] {y} ~ ^ | \\ @ _ \n"));
        for text in ["ê", "`", "ô", "ç", "😀", "مرحبا", "’", "\t", "\u{7f}"] {
            assert!(!fits(text), "{text}");
        }
    }
}
