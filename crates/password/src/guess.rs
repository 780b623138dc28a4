//! How a guesser would go about a password: zxcvbn's estimate, in one of four words, and whether it is among the first tries.

use zeroize::Zeroizing;
use zxcvbn::matching::patterns::MatchPattern;
use zxcvbn::{Score, zxcvbn};

/// How many characters of a password are scored. zxcvbn takes 4 to 15 ms for 100 characters made to be slow; a password whose first
/// 72 characters are strong is strong. Characters.
pub const SCORED_CHARS_MAX: usize = 72;

/// Longer ones are no words of a list, so that the person's own words make no difference to whether they are common. Characters.
const WORD_CHARS_MAX: usize = 32;

/// The first tries of a guesser.
const FIRST_TRIES: u64 = 10_000;

/// The words of a person that are scored: how many, and how long each may be.
const WORDS_MAX: usize = 24;
const INPUT_CHARS_MAX: usize = 48;

/// How hard a password is to guess, in one word.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum Strength {
    /// Under 10⁶ guesses (zxcvbn's scores 0 and 1).
    Weak,
    /// Under 10⁸ (score 2).
    Fair,
    /// Under 10¹⁰ (score 3).
    Good,
    /// More (score 4).
    Strong,
}

impl Strength {
    pub const ALL: [Strength; 4] = [Strength::Weak, Strength::Fair, Strength::Good, Strength::Strong];

    /// The word in settings and answers, and the name of its sentence.
    pub const fn name(self) -> &'static str {
        match self {
            Strength::Weak => "weak",
            Strength::Fair => "fair",
            Strength::Good => "good",
            Strength::Strong => "strong",
        }
    }

    const fn of(score: Score) -> Self {
        match score {
            Score::Two => Strength::Fair,
            Score::Three => Strength::Good,
            Score::Four => Strength::Strong,
            _ => Strength::Weak,
        }
    }
}

/// What a guesser makes of a password.
pub struct Guess {
    pub strength: Strength,
    /// Among the first 10,000 tries: as a whole a word of the lists (passwords, names, English words) with a rank up to that, in any case, with the
    /// usual substitutions, forwards or backwards; or a repetition, a row of neighbours or of keys that takes no more tries.
    pub common: bool,
}

/// Judges the first [`SCORED_CHARS_MAX`] characters of a password by zxcvbn, with the person's own words as one more list.
pub fn guess<'a>(password: &str, words: impl Iterator<Item = &'a str>) -> Guess {
    let head: Zeroizing<String> = Zeroizing::new(password.chars().take(SCORED_CHARS_MAX).collect());
    let words: Vec<String> = words
        .filter(|word| !word.is_empty())
        .take(WORDS_MAX)
        .map(|word| word.chars().take(INPUT_CHARS_MAX).flat_map(char::to_lowercase).collect())
        .collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let estimate = zxcvbn(&head, &words);
    // The person's words come before all others, and would hide that one of them is common.
    let alone = !words.is_empty() && head.chars().count() <= WORD_CHARS_MAX;
    let common = if alone { among_first_tries(&zxcvbn(&head, &[])) } else { among_first_tries(&estimate) };
    Guess { strength: Strength::of(estimate.score()), common }
}

fn among_first_tries(estimate: &zxcvbn::Entropy) -> bool {
    let [whole] = estimate.sequence() else { return false };
    match &whole.pattern {
        MatchPattern::Dictionary(word) => word.rank as u64 <= FIRST_TRIES,
        MatchPattern::BruteForce => false,
        MatchPattern::Repeat(_)
        | MatchPattern::Sequence(_)
        | MatchPattern::Spatial(_)
        | MatchPattern::Regex(_)
        | MatchPattern::Date(_) => estimate.guesses() <= FIRST_TRIES,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn common(password: &str) -> bool {
        guess(password, [].into_iter()).common
    }

    #[test]
    fn what_a_guesser_tries_first_is_common() {
        for password in [
            "password", "PassWord", "P@ssw0rd", "drowssap", "123456", "12345678", "qwertyuiop", "azerty", "aaaaaaaaaaaa",
            "abcdefgh", "iloveyou", "football", "michael", "111111", "abc123", "1qaz2wsx", "soleil",
        ] {
            assert!(common(password), "{password}");
        }
        for password in ["q7#Lm2!vTz", "correct horse battery staple", "password1pasword", "vzgkprtw", "Zwin-2014-Kajak", "x"] {
            assert!(!common(password), "{password}");
        }
    }

    #[test]
    fn a_common_password_stays_common_when_it_is_the_persons_word() {
        assert!(guess("dragon", ["dragon"].into_iter()).common);
    }

    #[test]
    fn the_four_words_follow_the_score() {
        let word = |password: &str| guess(password, [].into_iter()).strength.name();
        assert_eq!(word("password"), "weak");
        assert_eq!(word("kanaal-7"), "fair");
        assert_eq!(word("correct horse battery staple"), "strong");
    }

    #[test]
    fn the_persons_own_words_make_a_password_weaker() {
        let own = guess("zwijndrechtsestraat", ["zwijndrechtsestraat"].into_iter()).strength;
        assert_eq!(own, Strength::Weak);
        assert!(guess("zwijndrechtsestraat", [].into_iter()).strength > own);
    }

    #[test]
    fn only_the_head_is_scored() {
        let long = "ab1!".repeat(5_000);
        let head: String = long.chars().take(SCORED_CHARS_MAX).collect();
        assert_eq!(guess(&long, [].into_iter()).strength, guess(&head, [].into_iter()).strength);
    }
}
