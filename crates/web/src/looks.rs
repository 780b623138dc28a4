//! How the pages look: one inlined style sheet, the organisation's tokens and logo, and the policy that admits just these.
//!
//! It knows no page. [`Looks`] is made once at start and when the settings change.

use crate::gzip::Packed;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};
use std::fmt;
use std::str::FromStr;

/// The product's own sheet. An organisation changes its tokens and nothing else.
const SHEET: &str = include_str!("../assets/regain.css");

/// What the demo's messages need besides.
const MESSAGES_SHEET: &str = include_str!("../assets/messages.css");

/// The script that makes pages nicer; served at `/script.js` as `text/javascript`.
pub const SCRIPT: &str = include_str!("../assets/script.js");

/// The script that does the work of a toll; served at `/toll.js`, and loaded by the pages that ask for one.
pub const TOLL_SCRIPT: &str = include_str!("../assets/toll.js");

/// A logo travels with every page: larger ones would break the budget of a first page (14 KB over the wire). Bytes.
pub const LOGO_BYTES_MAX: usize = 6 * 1024;

/// Contrast that text needs (WCAG 2.2 SC 1.4.3, level AA).
const TEXT_CONTRAST_MIN: f64 = 4.5;

/// What stands behind or on the brand colour: `--paper` in light mode; `--sheet`, `--tint` and the text of buttons in dark mode.
const PAPER: Colour = Colour([0xf6, 0xf2, 0xea]);
const WHITE: Colour = Colour([0xff, 0xff, 0xff]);
const BEHIND_IN_DARK: [Colour; 3] =
    [Colour([0x18, 0x22, 0x26]), Colour([0x20, 0x36, 0x3b]), Colour([0x06, 0x25, 0x2b])];

/// What an organisation may choose.
#[derive(Clone, Debug)]
pub struct Organisation {
    /// Its name, as people know it.
    pub name: String,
    pub logo: Option<Logo>,
    /// The colour of the header, buttons and links. `None`: Regain's own.
    pub brand: Option<Colour>,
    /// Its light sister for dark mode. `None`: made from `brand`.
    pub brand_dark: Option<Colour>,
    pub corners: Corners,
}

/// How round corners are.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Corners {
    #[default]
    Round,
    Slight,
    Square,
}

impl Corners {
    const fn radius(self) -> Option<&'static str> {
        match self {
            Corners::Round => None,
            Corners::Slight => Some(".25rem"),
            Corners::Square => Some("0"),
        }
    }
}

/// A colour of the sRGB space.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Colour([u8; 3]);

/// What was written is not a colour.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("a colour is written as # and six hexadecimal digits, as in #0b5c6b")]
pub struct NotAColour;

impl FromStr for Colour {
    type Err = NotAColour;

    fn from_str(text: &str) -> Result<Self, NotAColour> {
        let digits = text.strip_prefix('#').ok_or(NotAColour)?;
        if digits.len() != 6 || !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
            return Err(NotAColour);
        }
        let number = u32::from_str_radix(digits, 16).map_err(|_| NotAColour)?;
        let [_, red, green, blue] = number.to_be_bytes();
        Ok(Colour([red, green, blue]))
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Colour([red, green, blue]) = self;
        write!(f, "#{red:02x}{green:02x}{blue:02x}")
    }
}

impl Colour {
    /// Relative luminance, 0 to 1 (WCAG 2.2, definition of the term).
    fn luminance(self) -> f64 {
        let linear = |channel: u8| {
            let channel = f64::from(channel) / 255.0;
            if channel <= 0.04045 { channel / 12.92 } else { ((channel + 0.055) / 1.055).powf(2.4) }
        };
        let [red, green, blue] = self.0.map(linear);
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    /// How well two colours can be told apart, 1 to 21 (WCAG 2.2, contrast ratio).
    pub fn contrast(self, other: Colour) -> f64 {
        let (one, two) = (self.luminance(), other.luminance());
        (one.max(two) + 0.05) / (one.min(two) + 0.05)
    }

    /// The same hue, mixed with white until text in it can be read on every dark ground.
    fn for_dark_mode(self) -> Colour {
        let mixed = |share: u16| {
            let mix = |channel: u8| {
                let whole = u16::from(channel) * (100 - share) + 255 * share;
                u8::try_from(whole / 100).unwrap_or(u8::MAX)
            };
            Colour(self.0.map(mix))
        };
        (0..=100).map(mixed).find(|colour| colour.reads_in_dark()).unwrap_or(WHITE)
    }

    fn reads_in_dark(self) -> bool {
        BEHIND_IN_DARK.iter().all(|behind| self.contrast(*behind) >= TEXT_CONTRAST_MIN)
    }

    fn reads_in_light(self) -> bool {
        self.contrast(WHITE) >= TEXT_CONTRAST_MIN && self.contrast(PAPER) >= TEXT_CONTRAST_MIN
    }
}

/// A logo as the page carries it: an image by `data:` URL, so that nothing in it can run or load anything.
#[derive(Clone, Debug)]
pub struct Logo {
    url: String,
}

impl Logo {
    /// Takes an SVG or PNG file as it is.
    ///
    /// # Errors
    /// When it is larger than [`LOGO_BYTES_MAX`], or neither SVG nor PNG.
    pub fn from_file(bytes: &[u8]) -> Result<Self, LooksError> {
        if bytes.len() > LOGO_BYTES_MAX {
            return Err(LooksError::LogoTooLarge { bytes: bytes.len() });
        }
        let kind = match bytes {
            [0x89, b'P', b'N', b'G', ..] => "image/png",
            _ if std::str::from_utf8(bytes).is_ok_and(|text| text.contains("<svg")) => "image/svg+xml",
            _ => return Err(LooksError::LogoOfOtherKind),
        };
        Ok(Logo { url: format!("data:{kind};base64,{}", STANDARD.encode(bytes)) })
    }
}

/// The organisation's looks can't be used.
#[derive(Clone, PartialEq, Debug, thiserror::Error)]
pub enum LooksError {
    #[error("the logo has {bytes} bytes; it travels with every page and may have {LOGO_BYTES_MAX}")]
    LogoTooLarge { bytes: usize },
    #[error("the logo is neither an SVG nor a PNG file")]
    LogoOfOtherKind,
    #[error(
        "the colour {brand} is too light: white text on it has a contrast of {contrast:.1}, and people need {TEXT_CONTRAST_MIN}"
    )]
    BrandTooLight { brand: Colour, contrast: f64 },
    #[error("the colour {brand} is too dark for dark mode; leave it out, and one that can be read is made")]
    DarkBrandTooDark { brand: Colour },
}

/// Everything about looks that a page and its headers need.
#[derive(Clone, Debug)]
pub struct Looks {
    organisation: String,
    logo_url: Option<String>,
    style: String,
    policy: String,
    messages_style: String,
    messages_policy: String,
    packed: Packed,
}

impl Looks {
    /// # Errors
    /// When a colour of the organisation can't be read by people who see little (WCAG 2.2 SC 1.4.3).
    pub fn new(organisation: &Organisation) -> Result<Self, LooksError> {
        let tokens = tokens(organisation)?;
        let style = minified(SHEET) + &tokens;
        let messages_style = minified(SHEET) + &minified(MESSAGES_SHEET) + &tokens;
        Ok(Looks {
            organisation: organisation.name.clone(),
            logo_url: organisation.logo.as_ref().map(|logo| logo.url.clone()),
            policy: policy(&style),
            messages_policy: format!("{}; frame-src 'self'", policy(&messages_style)),
            packed: Packed::new(&style),
            style,
            messages_style,
        })
    }

    /// The organisation's name.
    pub fn organisation(&self) -> &str {
        &self.organisation
    }

    /// What the `<style>` element holds, to the byte.
    pub fn style(&self) -> &str {
        &self.style
    }

    /// The style, compressed once.
    pub(crate) fn packed(&self) -> &Packed {
        &self.packed
    }

    /// The logo as a `data:` URL.
    pub fn logo_url(&self) -> Option<&str> {
        self.logo_url.as_deref()
    }

    /// The Content-Security-Policy of every page.
    pub fn policy(&self) -> &str {
        &self.policy
    }

    /// What the `<style>` element of the demo's messages holds.
    pub(crate) fn messages_style(&self) -> &str {
        &self.messages_style
    }

    /// The Content-Security-Policy of the demo's messages, which show mails in frames.
    pub fn messages_policy(&self) -> &str {
        &self.messages_policy
    }
}

/// Admits this style, our script, images that the page carries, forms to us, and nothing else.
fn policy(style: &str) -> String {
    let hash = STANDARD.encode(Sha256::digest(style.as_bytes()));
    format!(
        "default-src 'none'; style-src 'sha256-{hash}'; script-src 'self'; img-src 'self' data:; form-action 'self'; \
         base-uri 'none'; frame-ancestors 'none'"
    )
}

/// The tokens that the organisation changes, in a rule outside any layer, so that they win.
fn tokens(organisation: &Organisation) -> Result<String, LooksError> {
    let mut rule = String::new();
    if let Some(brand) = organisation.brand {
        if !brand.reads_in_light() {
            return Err(LooksError::BrandTooLight {
                brand,
                contrast: brand.contrast(WHITE).min(brand.contrast(PAPER)),
            });
        }
        let dark = organisation.brand_dark.unwrap_or_else(|| brand.for_dark_mode());
        if !dark.reads_in_dark() {
            return Err(LooksError::DarkBrandTooDark { brand: dark });
        }
        rule.push_str(&format!("--brand:{brand};--brand-dark:{dark};"));
    }
    if let Some(radius) = organisation.corners.radius() {
        rule.push_str(&format!("--radius:{radius};"));
    }
    Ok(if rule.is_empty() { rule } else { format!(":root{{{}}}", rule.trim_end_matches(';')) })
}

/// Takes comments and needless spaces out of a style sheet. Strings stay as they are.
fn minified(sheet: &str) -> String {
    let mut out = String::with_capacity(sheet.len());
    let mut chars = sheet.chars().peekable();
    let mut in_string = false;
    while let Some(c) = chars.next() {
        if in_string {
            out.push(c);
            in_string = c != '"';
        } else if c == '/' && chars.peek() == Some(&'*') {
            let mut last = ' ';
            for c in chars.by_ref().skip(1) {
                if last == '*' && c == '/' {
                    break;
                }
                last = c;
            }
        } else if c.is_whitespace() {
            if !out.is_empty() && !out.ends_with([' ', '{', '}', ';', ',']) {
                out.push(' ');
            }
        } else {
            if matches!(c, '{' | '}' | ';' | ',') && out.ends_with(' ') {
                out.pop();
            }
            if c == '}' && out.ends_with(';') {
                out.pop();
            }
            out.push(c);
            in_string = c == '"';
        }
    }
    // In values only: a selector never has a space after its colon.
    out.trim_end().replace(": ", ":")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn organisation() -> Organisation {
        Organisation { name: "Institut".to_owned(), logo: None, brand: None, brand_dark: None, corners: Corners::Round }
    }

    fn colour(text: &str) -> Colour {
        text.parse().expect(text)
    }

    #[test]
    fn minifying_keeps_strings_and_what_separates_words() {
        let sheet = "/* a; b */ .a .b { content: \"✓ \" / \"\"; margin: 1px  2px; }\n@media (min-width: 3rem) {\n a, b { x: max(1px, 50% - var(--w) / 2) }\n}\n";
        assert_eq!(
            minified(sheet),
            ".a .b{content:\"✓ \" / \"\";margin:1px 2px}@media (min-width:3rem){a,b{x:max(1px,50% - var(--w) / 2)}}"
        );
    }

    #[test]
    fn the_policy_names_the_hash_of_exactly_what_is_inlined() {
        let looks =
            Looks::new(&Organisation { brand: Some(colour("#123456")), ..organisation() }).expect("dark enough");
        let hash = STANDARD.encode(Sha256::digest(looks.style().as_bytes()));
        assert!(looks.policy().contains(&format!("style-src 'sha256-{hash}';")));
        assert!(!looks.policy().contains("unsafe"));
        assert!(looks.style().ends_with('}') && !looks.style().contains('<'));
    }

    #[test]
    fn a_colour_that_people_can_not_read_is_refused() {
        let with = |brand: &str| Looks::new(&Organisation { brand: Some(colour(brand)), ..organisation() });
        assert!(matches!(with("#ffcc00"), Err(LooksError::BrandTooLight { .. })));
        assert!(with("#0b5c6b").is_ok());
        let dark =
            Organisation { brand: Some(colour("#0b5c6b")), brand_dark: Some(colour("#0b5c6b")), ..organisation() };
        assert!(matches!(Looks::new(&dark), Err(LooksError::DarkBrandTooDark { .. })));
    }

    #[test]
    fn every_brand_has_a_sister_that_reads_in_the_dark() {
        for brand in ["#000000", "#0b5c6b", "#7a0019", "#1a237e", "#4a148c", "#005a30"] {
            assert!(colour(brand).for_dark_mode().reads_in_dark(), "{brand}");
        }
    }

    #[test]
    fn colours_are_read_strictly() {
        for text in ["0b5c6b", "#0b5c6", "#0b5c6g", "#+b5c6b", "red", "", "#0b5c6b;}</style>"] {
            assert!(text.parse::<Colour>().is_err(), "{text}");
        }
        assert_eq!(colour("#0B5c6b").to_string(), "#0b5c6b");
    }

    #[test]
    fn a_logo_is_small_and_an_image() {
        assert!(Logo::from_file(b"<svg xmlns='http://www.w3.org/2000/svg'/>").is_ok());
        assert_eq!(Logo::from_file(b"GIF89a").unwrap_err(), LooksError::LogoOfOtherKind);
        let large = vec![0x89; LOGO_BYTES_MAX + 1];
        assert!(matches!(Logo::from_file(&large), Err(LooksError::LogoTooLarge { .. })));
    }
}
