//! Words in messages: the one that was probably meant, and lists of those that are possible.

/// The word that was probably meant: at most a third of its letters differ, dashes and case set aside.
pub fn nearest<'w>(written: &str, words: &[&'w str]) -> Option<&'w str> {
    let plain = |text: &str| text.to_lowercase().replace('-', "_");
    let written = plain(written);
    let distance = |word: &str| strsim::osa_distance(&written, &plain(word));
    let best = words.iter().min_by_key(|word| distance(word))?;
    let most = (written.chars().count().max(best.chars().count()) / 3).max(1);
    (distance(best) <= most).then_some(*best)
}

/// `"a", "b" or "c"`.
pub fn quoted(words: &[&str]) -> String {
    let quoted: Vec<String> = words.iter().map(|word| format!("\"{word}\"")).collect();
    join(&quoted, "or")
}

/// The same with backticks, for names of keys.
pub fn list(words: &[&str], last: &str) -> String {
    let ticked: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    join(&ticked, last)
}

fn join(words: &[String], last: &str) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., end] => format!("{} {last} {end}", most.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_finger_is_understood_and_another_word_is_not() {
        let words = ["server", "start_tls", "base_dn"];
        for (written, meant) in [
            ("sevrer", Some("server")),
            ("Start-TLS", Some("start_tls")),
            ("basedn", Some("base_dn")),
            ("zebra", None),
            ("", None),
        ] {
            assert_eq!(nearest(written, &words), meant, "{written}");
        }
        assert_eq!(nearest("x", &[]), None);
    }

    #[test]
    fn words_are_listed_as_a_sentence_does() {
        assert_eq!(quoted(&["a", "b", "c"]), "\"a\", \"b\" or \"c\"");
        assert_eq!(list(&["a"], "and"), "`a`");
    }
}
