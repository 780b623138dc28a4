//! Times as people of each language write them. It knows no clock: the moment comes in.

use crate::{Arg, TimeZone, Timestamp, Words};
use jiff::Zoned;

impl Words {
    /// The time of day: `8 h 31`, `8.31 uur`, `8.31 Uhr`, `8:31`.
    pub fn clock(&self, at: Timestamp, zone: &TimeZone) -> String {
        let local = local(at, zone);
        let padded = format!("{:02}", local.minute());
        self.say_with(
            "clock",
            &[
                ("hour", Arg::Number(i64::from(local.hour()))),
                ("minute", Arg::Number(i64::from(local.minute()))),
                ("minutes", Arg::Text(&padded)),
            ],
        )
    }

    /// The day, without the year: `lundi 23 novembre`.
    pub fn day(&self, at: Timestamp, zone: &TimeZone) -> String {
        let local = local(at, zone);
        self.say_with(
            "day",
            &[
                ("weekday", Arg::Number(i64::from(local.weekday().to_monday_one_offset()))),
                ("date", Arg::Number(i64::from(local.day()))),
                ("month", Arg::Number(i64::from(local.month()))),
            ],
        )
    }

    /// The time of day, with the day before it when that is not today: `lundi 23 novembre à 8 h 31`.
    pub fn moment(&self, at: Timestamp, now: Timestamp, zone: &TimeZone) -> String {
        if local(at, zone).date() == local(now, zone).date() {
            return self.clock(at, zone);
        }
        self.day_and_clock(at, zone)
    }

    /// The day and the time of day, always: `lundi 23 novembre à 8 h 31`.
    pub fn day_and_clock(&self, at: Timestamp, zone: &TimeZone) -> String {
        let (day, clock) = (self.day(at, zone), self.clock(at, zone));
        self.say_with("day-and-clock", &[("day", Arg::Text(&day)), ("clock", Arg::Text(&clock))])
    }
}

/// A time outside jiff's years -9999 to 9999 is shown as 1970 instead of ending the program.
fn local(at: Timestamp, zone: &TimeZone) -> Zoned {
    jiff::Timestamp::from_millisecond(at.millis()).unwrap_or(jiff::Timestamp::UNIX_EPOCH).to_zoned(zone.clone())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Languages;

    fn brussels() -> TimeZone {
        TimeZone::get("Europe/Brussels").expect("the time zones are bundled")
    }

    fn at(text: &str) -> Timestamp {
        Timestamp::from_millis(text.parse::<jiff::Timestamp>().expect(text).as_millisecond())
    }

    fn check(time: &str, expected: [(&str, &str); 4]) {
        let languages = Languages::built_in(&["fr", "nl", "de", "en"]).expect("known");
        for (tag, text) in expected {
            let words = languages.get(tag).expect("loaded");
            assert_eq!(words.day_and_clock(at(time), &brussels()).replace('\u{a0}', "_"), text);
        }
    }

    #[test]
    fn each_language_writes_times_in_its_own_way() {
        check(
            "2026-11-23T07:31:00Z",
            [
                ("fr", "lundi 23 novembre à 8_h_31"),
                ("nl", "maandag 23 november om 8.31_uur"),
                ("de", "Montag, 23. November, um 8.31_Uhr"),
                ("en", "Monday 23 November at 8:31"),
            ],
        );
        check(
            "2026-07-31T22:05:00Z",
            [
                ("fr", "samedi 1er août à 0_h_05"),
                ("nl", "zaterdag 1 augustus om 0.05_uur"),
                ("de", "Samstag, 1. August, um 0.05_Uhr"),
                ("en", "Saturday 1 August at 0:05"),
            ],
        );
        check(
            "2027-03-03T15:00:00Z",
            [
                ("fr", "mercredi 3 mars à 16_h"),
                ("nl", "woensdag 3 maart om 16_uur"),
                ("de", "Mittwoch, 3. März, um 16_Uhr"),
                ("en", "Wednesday 3 March at 16:00"),
            ],
        );
    }

    #[test]
    fn a_moment_has_its_day_only_when_it_is_not_today() {
        let languages = Languages::built_in(&["en"]).expect("known");
        let words = languages.get("en").expect("loaded");
        let now = at("2026-11-23T22:50:00Z");
        assert_eq!(words.moment(at("2026-11-23T22:59:00Z"), now, &brussels()), "23:59");
        assert_eq!(words.moment(at("2026-11-23T23:05:00Z"), now, &brussels()), "Tuesday 24 November at 0:05");
    }

    #[test]
    fn an_impossible_time_is_shown_all_the_same() {
        let languages = Languages::built_in(&["en"]).expect("known");
        let words = languages.get("en").expect("loaded");
        assert_eq!(words.clock(Timestamp::from_millis(i64::MAX), &TimeZone::UTC), "0:00");
    }
}
