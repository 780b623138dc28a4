//! Points in time as directories write them (GeneralizedTime, RFC 4517 §3.3.13).

#![allow(clippy::disallowed_methods)] // An adapter compares a directory's dates with the day.

use recovery::Timestamp;
use std::time::{SystemTime, UNIX_EPOCH};

/// Reads `20261123061200Z`, with a fraction of a second or without. `None` for what is no such time, or is not in UTC.
pub(super) fn parse(text: &str) -> Option<Timestamp> {
    let text = text.strip_suffix('Z')?;
    let (whole, fraction) = text.split_once(['.', ',']).unwrap_or((text, ""));
    if !whole.bytes().chain(fraction.bytes()).all(|b| b.is_ascii_digit()) || whole.len() < 12 {
        return None;
    }
    let number = |from: usize, to: usize| whole.get(from..to).map_or(Some(0), |digits| digits.parse::<i64>().ok());
    let (year, month, day) = (number(0, 4)?, number(4, 6)?, number(6, 8)?);
    let (hour, minute, second) = (number(8, 10)?, number(10, 12)?, number(12, 14)?);
    let sensible = (1..=12).contains(&month)
        && (1..=31).contains(&day)
        && hour < 24
        && minute < 60
        && second <= 60
        && (whole.len() == 14 || whole.len() == 12);
    if !sensible {
        return None;
    }
    let seconds = ((days_since_1970(year, month, day) * 24 + hour) * 60 + minute) * 60 + second;
    let millis = format!("{fraction:0<3}").get(..3).and_then(|digits| digits.parse::<i64>().ok()).unwrap_or(0);
    Some(Timestamp::from_millis(seconds * 1000 + millis))
}

/// Days from 1970-01-01 in the Gregorian calendar. Counts years from March, so that leap days come last.
fn days_since_1970(year: i64, month: i64, day: i64) -> i64 {
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let leap_days = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    // 719468 days lie between 0000-03-01 and 1970-01-01.
    365 * year + leap_days + (153 * month + 2) / 5 + day - 1 - 719_468
}

pub(super) fn now() -> Timestamp {
    let since_1970 = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Timestamp::from_millis(i64::try_from(since_1970.as_millis()).unwrap_or(i64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_to_the_millisecond() {
        let cases = [
            ("19700101000000Z", 0),
            ("20000229235959Z", 951_868_799_000),
            ("20261123061200Z", 1_795_414_320_000),
            ("20261123061200.5Z", 1_795_414_320_500),
            ("20261123061200.123456Z", 1_795_414_320_123),
            ("202611230612Z", 1_795_414_320_000),
        ];
        for (text, millis) in cases {
            assert_eq!(parse(text), Some(Timestamp::from_millis(millis)), "{text}");
        }
    }

    #[test]
    fn what_is_no_time_in_utc_is_not_read() {
        for text in
            ["", "Z", "20261123061200", "20261123061200+0100", "2026112306120xZ", "20261323061200Z", "é0261123061200Z"]
        {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
