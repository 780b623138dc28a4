//! The odds in `docs/explanation/limits.md`, worked out from the defaults: page and limits can't drift apart.

use crate::*;

const DAY: Seconds = 24 * 3600;
const PAGE: &str = include_str!("../../../../docs/explanation/limits.md");

/// How many tries somebody gets in a time who tries again at the very moment when it is possible: no other plan gets
/// more, for a longer rest only begins the same row later.
fn tries(limits: &[Limit], seconds: Seconds) -> u32 {
    let (start, mut now) = (Timestamp::from_millis(1_700_006_400_000), Timestamp::from_millis(1_700_006_400_000));
    let mut counts = vec![Counted::NOTHING; limits.len()];
    let mut names: Vec<Timestamp> = limits.iter().map(|limit| limit.starts_at(now)).collect();
    let mut tries = 0;
    loop {
        for (place, limit) in limits.iter().enumerate() {
            if limit.starts_at(now) != names[place] {
                (names[place], counts[place]) = (limit.starts_at(now), Counted::NOTHING);
            }
        }
        if let Some(until) = pause_until(limits, &counts, now) {
            now = until;
            if now >= start.plus(seconds) {
                return tries;
            }
            continue;
        }
        for (count, limit) in counts.iter_mut().zip(limits) {
            let expires_at = limit.expires_at(now);
            *count = Counted { times: count.times_at(now) + 1, expires_at };
        }
        tries += 1;
    }
}

fn of(counter: Counter) -> Vec<Limit> {
    Limits::default().of(counter).to_vec()
}

/// Most in one row without a success, whatever the time: the limit of the longest rest.
fn in_a_row(counter: Counter) -> u32 {
    of(counter)
        .iter()
        .filter_map(|limit| match limit {
            Limit::InARow { max, rest_seconds } if *rest_seconds >= 30 * DAY => Some(*max),
            _ => None,
        })
        .min()
        .expect("a limit of a row")
}

#[test]
fn failures_in_a_row_stay_below_the_100_of_nist() {
    let codes = in_a_row(Counter::FailuresByAccount) + in_a_row(Counter::FailuresByAccountKnown);
    assert_eq!(codes, 90);
    // Passwords share one count: the higher limit is the sum.
    let passwords = in_a_row(Counter::SignInsByAccountKnown);
    assert!(in_a_row(Counter::SignInsByAccount) < passwords && passwords <= 100);
    for known in [Counter::FailuresByAccount, Counter::FailuresByAccountKnown] {
        assert_eq!(tries(&of(known), 30 * DAY), in_a_row(known), "a month takes the whole row and no more");
    }
}

#[test]
fn five_slips_cost_a_minute() {
    let strangers = of(Counter::FailuresByAccount);
    assert_eq!(tries(&strangers, 59), 5);
    assert_eq!(tries(&strangers, 61), 6);
}

#[test]
fn no_30_minutes_let_as_many_passwords_through_as_lock_a_usual_directory() {
    assert_eq!(tries(&of(Counter::SignInsByAccount), 30 * 60), 3);
    assert_eq!(tries(&of(Counter::SignInsByAccountKnown), 30 * 60), 4);
}

/// Every figure of the page's tables, as the page writes it.
#[test]
fn the_page_says_what_the_defaults_give() {
    let policy = Policy::default();
    let guess = 10f64.powi(-i32::from(policy.code_digits));
    let strangers = of(Counter::FailuresByAccount);
    let (day, year) = (tries(&strangers, DAY), tries(&strangers, 365 * DAY));
    let overall = of(Counter::FailuresOverall);
    let everywhere = (10_000 * year).min(tries(&overall, 365 * DAY));
    // Whoever guesses the first code has at most as many tries at the second as are left to the recovery.
    let second = f64::from(policy.attempts_max) * guess;
    let figures = [
        format!("{day} wrong codes in a day"),
        format!("{year} in a year"),
        format!("{everywhere} in a year over 10,000 accounts"),
        format!("one channel, one account, a day: {}", odds(f64::from(day) * guess)),
        format!("one channel, one account, a year: {}", odds(f64::from(year) * guess)),
        format!("no channel, one account, a day: {}", odds(f64::from(day) * guess * second)),
        format!("no channel, one account, a year: {}", odds(f64::from(year) * guess * second)),
        format!("no channel, 10,000 accounts, a year: {}", odds(f64::from(everywhere) * guess * second)),
        format!("one gate, 10,000 accounts, a year: {:.1} accounts", f64::from(everywhere) * guess),
    ];
    let missing: Vec<&String> = figures.iter().filter(|figure| !PAGE.contains(figure.as_str())).collect();
    assert!(missing.is_empty(), "docs/explanation/limits.md should say:\n{missing:#?}");
}

/// `1 in 29,412`, to two figures.
fn odds(chance: f64) -> String {
    let one_in = 1.0 / chance;
    let step = 10f64.powf(one_in.log10().floor() - 1.0);
    let rounded = (one_in / step).round() * step;
    let digits = format!("{rounded:.0}");
    let grouped: Vec<&str> =
        (0..digits.len()).rev().step_by(3).map(|end| &digits[end.saturating_sub(2)..=end]).collect();
    format!("1 in {}", grouped.into_iter().rev().collect::<Vec<_>>().join(","))
}

/// Every limit that has a default stands in the page's table by its setting's name.
#[test]
fn the_page_names_every_limit() {
    for counter in Limits::default().0.keys() {
        assert!(PAGE.contains(&format!("`{}`", counter.name())), "{}", counter.name());
    }
}
