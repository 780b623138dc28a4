//! Telephone numbers, read in any way people write them and compared in E.164.

use rlibphonenumber::{PHONE_NUMBER_UTIL, PhoneNumberFormat, enums::Region};
use std::fmt;
use zeroize::Zeroize;

/// Most characters of a typed number that are looked at.
const TYPED_CHARS_MAX: usize = 64;

/// A possible telephone number in E.164 (ITU-T): `+32470123467`. It does not print, and is wiped.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PhoneNumber(String);

/// Why something is not a telephone number.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum PhoneNumberError {
    #[error("it is not a telephone number")]
    NotANumber,
    #[error("a number of that country has more or fewer digits")]
    WrongLength,
    #[error("the home country is not a country code of two letters (ISO 3166-1)")]
    UnknownRegion,
}

impl Drop for PhoneNumber {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl PhoneNumber {
    /// Reads a number in national form (of `region`, a country code of two letters) or international form, in any
    /// spacing, with Arabic digits too. An extension is dropped.
    ///
    /// # Errors
    /// When it can't be a number: not digits, or too many or too few for its country.
    pub fn parse(typed: &str, region: &str) -> Result<Self, PhoneNumberError> {
        let typed = typed.trim();
        if typed.chars().count() > TYPED_CHARS_MAX {
            return Err(PhoneNumberError::NotANumber);
        }
        let region: Region = region.parse().map_err(|_| PhoneNumberError::UnknownRegion)?;
        let number = PHONE_NUMBER_UTIL.parse(typed, Some(region)).map_err(|_| PhoneNumberError::NotANumber)?;
        if number.is_possible_with_reason().is_err() {
            return Err(PhoneNumberError::WrongLength);
        }
        let e164 = number.format_as(PhoneNumberFormat::E164).into_owned();
        // A number that reads otherwise once it is written (a zero in front where its country has none) would be two numbers.
        let again = PHONE_NUMBER_UTIL.parse(&e164, None).map_err(|_| PhoneNumberError::NotANumber)?;
        if again.format_as(PhoneNumberFormat::E164) != e164 {
            return Err(PhoneNumberError::NotANumber);
        }
        Ok(Self(e164))
    }

    /// The number as gateways and comparisons want it: `+32470123467`.
    pub fn e164(&self) -> &str {
        &self.0
    }

    /// The number as a person reads it, in the home country's own form when it belongs there.
    pub fn readable(&self, region: &str) -> String {
        let Ok(number) = PHONE_NUMBER_UTIL.parse(&self.0, None) else { return self.0.clone() };
        let at_home = number.get_region_code().is_some_and(|code| code.as_region_str().as_ref() == region);
        let format = if at_home { PhoneNumberFormat::National } else { PhoneNumberFormat::International };
        number.format_as(format).into_owned()
    }

    /// The last two digits, which a mask shows.
    pub fn last_two(&self) -> [char; 2] {
        let mut digits = self.0.chars().rev();
        let last = digits.next().unwrap_or('*');
        [digits.next().unwrap_or('*'), last]
    }
}

impl fmt::Debug for PhoneNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PhoneNumber(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Found by the fuzz target `phone`.
    #[test]
    fn a_number_reads_the_same_once_it_is_written() {
        assert!(PhoneNumber::parse("0470 12 34 67", "JE").is_err(), "+44 0470… reads as +44 470…");
        for (typed, region) in
            [("0470 12 34 67", "BE"), ("07911 123456", "GB"), ("06 1234 5678", "IT"), ("+39 06 1234 5678", "BE")]
        {
            let number = PhoneNumber::parse(typed, region).expect("a number");
            assert!(PhoneNumber::parse(number.e164(), "BE").as_ref() == Ok(&number), "{typed}");
        }
    }

    #[test]
    fn one_number_is_read_in_every_form() {
        for typed in
            ["+32 470 12 34 67", "0470/12.34.67", "0470123467", "0032 470 12 34 67", "٠٤٧٠١٢٣٤٦٧", " 0470 12-34-67 "]
        {
            assert_eq!(PhoneNumber::parse(typed, "BE").expect(typed).e164(), "+32470123467");
        }
        assert_eq!(PhoneNumber::parse("06 39 98 00 12", "FR").expect("French").e164(), "+33639980012");
    }

    #[test]
    fn what_can_not_be_a_number_is_refused() {
        assert_eq!(PhoneNumber::parse("hello", "BE"), Err(PhoneNumberError::NotANumber));
        assert_eq!(PhoneNumber::parse("0470 12", "BE"), Err(PhoneNumberError::WrongLength));
        assert_eq!(PhoneNumber::parse("", "BE"), Err(PhoneNumberError::NotANumber));
        assert_eq!(PhoneNumber::parse("0470123467", "Belgium"), Err(PhoneNumberError::UnknownRegion));
    }

    #[test]
    fn a_number_reads_as_people_at_home_write_it() {
        let number = PhoneNumber::parse("+32470123467", "BE").expect("Belgian");
        assert_eq!(number.readable("BE"), "0470 12 34 67");
        assert_eq!(number.readable("FR"), "+32 470 12 34 67");
        assert_eq!(number.last_two(), ['6', '7']);
    }
}
