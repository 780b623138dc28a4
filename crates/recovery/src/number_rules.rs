//! Which telephone numbers may be sent to: countries, and no number that earns somebody money when it is called.
//!
//! Whoever runs up a bill does it with far-away, premium or satellite numbers. A number on record that is outside these
//! rules is no contact at all: pages, decoys, gates and notices agree, because they never hear of it.

use crate::PhoneNumber;
use rlibphonenumber::PHONE_NUMBER_UTIL;
use rlibphonenumber::enums::PhoneNumberType;
use std::collections::BTreeSet;

/// Where messages by telephone may go.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NumberRules {
    /// Country codes of two letters (ISO 3166-1).
    pub countries: BTreeSet<String>,
    /// Whether premium-rate, shared-cost, freephone, personal, company-wide and pager numbers may be sent to, and the
    /// numbers that belong to no country: satellites and global services (+800, +808, +870, +878, +881 to +883, +979).
    pub special: bool,
}

/// The European Economic Area with the outlying regions that belong to it, Switzerland, the United Kingdom with its
/// islands, and the small states in their midst.
const EUROPE: [&str; 52] = [
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT", "LT", "LU", "LV",
    "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK", "IS", "LI", "NO", "AX", "BL", "GF", "GP", "MF", "MQ", "RE", "YT",
    "SJ", "CH", "GB", "GG", "IM", "JE", "AD", "MC", "SM", "VA", "FO", "GI", "GL", "PM",
];

impl Default for NumberRules {
    /// Europe: where the families of a European school live, where the price of a message is capped or low, and where
    /// nobody has yet found it worth while to pump messages to.
    fn default() -> Self {
        Self { countries: EUROPE.into_iter().map(str::to_owned).collect(), special: false }
    }
}

impl NumberRules {
    /// Whether a message may go to this number. One in a range that nobody has heard of yet is judged by its country:
    /// new ranges come faster than lists of them.
    pub fn admit(&self, number: &PhoneNumber) -> bool {
        let Ok(parsed) = PHONE_NUMBER_UTIL.parse(number.e164(), None) else { return false };
        let country = parsed.get_region_code().map(|code| code.as_region_str().as_ref().to_owned());
        // "001" stands for a calling code that belongs to no country.
        if country.as_deref().is_some_and(|country| country == "001") {
            return self.special;
        }
        let is_plain = matches!(
            parsed.get_type(),
            PhoneNumberType::FixedLine
                | PhoneNumberType::Mobile
                | PhoneNumberType::FixedLineOrMobile
                | PhoneNumberType::VoIP
                | PhoneNumberType::Unknown
        );
        (is_plain || self.special) && country.is_some_and(|country| self.countries.contains(&country))
    }
}

impl PhoneNumber {
    /// The block of numbers that it belongs to: the country calling code and the four digits after it, which in a country
    /// of nine digits are 100,000 numbers, about what a regulator gives to one operator at a time. Whoever earns by
    /// messages has a block; a school has few people in each.
    pub fn block(&self) -> String {
        const DIGITS: usize = 4;
        let national = PHONE_NUMBER_UTIL
            .parse(self.e164(), None)
            .map(|number| number.get_national_significant_number().len())
            .unwrap_or(DIGITS);
        let kept = self.e164().len().saturating_sub(national.saturating_sub(DIGITS));
        self.e164()[..kept].to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> PhoneNumber {
        PhoneNumber::parse(text, "BE").unwrap_or_else(|error| panic!("{text}: {error}"))
    }

    #[test]
    fn telephones_of_european_families_are_admitted() {
        let rules = NumberRules::default();
        for text in [
            "0470 12 34 67",
            "071 23 45 90",
            "+33 6 39 98 00 12",
            "+31 6 12345678",
            "+49 1512 3456789",
            "+352 621 123 456",
            "+41 79 123 45 67",
            "+44 7400 123456",
        ] {
            assert!(rules.admit(&number(text)), "{text}");
        }
    }

    #[test]
    fn far_away_numbers_are_not() {
        let rules = NumberRules::default();
        for text in [
            "+1 212 555 0123",
            "+7 912 345 67 89",
            "+53 5 1234567",
            "+252 61 2345678",
            "+212 612 345678",
            "+1 876 555 1234",
        ] {
            assert!(!rules.admit(&number(text)), "{text}");
        }
        let with_morocco = NumberRules { countries: ["MA".to_owned()].into(), ..rules };
        assert!(with_morocco.admit(&number("+212 612 345678")));
        assert!(!with_morocco.admit(&number("0470 12 34 67")), "the list is all there is");
    }

    #[test]
    fn numbers_that_earn_by_being_called_are_not() {
        let rules = NumberRules::default();
        let special = NumberRules { special: true, ..NumberRules::default() };
        let dear = [
            ("premium rate, Belgium", "0902 12 345"),
            ("premium rate, France", "+33 8 91 12 34 56"),
            ("premium rate, Germany", "+49 900 1 123456"),
            ("shared cost, Germany", "+49 180 1 234567"),
            ("freephone, Belgium", "0800 12 345"),
            ("personal, United Kingdom", "+44 70 1234 5678"),
            ("Inmarsat", "+870 773 111 632"),
            ("Iridium", "+881 6 123 45678"),
            ("global networks", "+882 1612 3456"),
            ("global networks", "+883 5100 1234567"),
            ("global freephone", "+800 1234 5678"),
            ("global shared cost", "+808 1234 5678"),
            ("global premium rate", "+979 1 2345 6789"),
        ];
        for (what, text) in dear {
            let number = number(text);
            assert!(!rules.admit(&number), "{what}: {text}");
            assert!(special.admit(&number), "{what}: {text}, where the operator says so");
        }
    }

    #[test]
    fn a_block_is_the_country_and_four_digits() {
        assert_eq!(number("0470 12 34 67").block(), "+324701");
        assert_eq!(number("0470 13 00 00").block(), "+324701");
        assert_eq!(number("0470 22 44 66").block(), "+324702");
        assert_eq!(number("+33 6 39 98 00 12").block(), "+336399");
        assert_eq!(number("+352 621 123 456").block(), "+3526211");
    }
}
