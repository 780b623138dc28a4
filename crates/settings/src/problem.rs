//! What is wrong with a file of settings, as an operator reads it: what, where, the line itself, what to write.

use std::fmt;
use std::ops::Range;

/// Names of keys whose values are hidden when their line is shown: somebody may have written a secret there.
const SECRET_WORDS: [&str; 8] = ["pass", "secret", "token", "key", "auth", "credential", "pwd", "pin"];

/// One thing that is wrong.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Problem {
    span: Range<usize>,
    /// What is wrong.
    pub what: String,
    /// What to write; may be empty.
    pub hint: String,
    /// Hides the value in the line that is shown.
    secret: bool,
}

impl Problem {
    pub(crate) fn new(span: Range<usize>, what: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { span, what: what.into(), hint: hint.into(), secret: false }
    }

    pub(crate) fn secret(self) -> Self {
        Self { secret: true, ..self }
    }

    /// Bytes from the start of the file.
    pub fn span(&self) -> Range<usize> {
        self.span.clone()
    }
}

/// A file of settings that can't be used, with everything that is wrong in it.
#[derive(Clone, Debug)]
pub struct SettingsError {
    file: String,
    problems: Vec<Problem>,
    rendered: String,
}

impl SettingsError {
    pub(crate) fn new(file: &str, text: &str, mut problems: Vec<Problem>) -> Self {
        problems.sort_by_key(|problem| (problem.span.start, problem.span.end));
        problems.dedup();
        let shown: Vec<String> = problems.iter().map(|problem| render(file, text, problem)).collect();
        Self { file: file.to_owned(), rendered: shown.join("\n\n"), problems }
    }

    pub(crate) fn unreadable(file: &str, error: &std::io::Error) -> Self {
        let what = format!("the settings can't be read: {}", crate::secret::reason(error));
        let hint = "`regain init` writes such a file; `--config FILE` says where it is";
        let rendered = format!("error: {what}\n --> {file}\nhint: {hint}");
        Self { file: file.to_owned(), problems: vec![Problem::new(0..0, what, hint)], rendered }
    }

    /// The file's name, as it was given.
    pub fn file(&self) -> &str {
        &self.file
    }

    /// Everything that is wrong, in the order of the file.
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }
}

impl fmt::Display for SettingsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.rendered)
    }
}

impl std::error::Error for SettingsError {}

/// One problem as text, with the line and a caret under what is meant.
fn render(file: &str, text: &str, problem: &Problem) -> String {
    if problem.span == (0..0) {
        return with_hint(format!("error: {}\n --> {file}", problem.what), problem);
    }
    let start = floor(text, problem.span.start);
    let line_start = text[..start].rfind('\n').map_or(0, |end| end + 1);
    let line_end = text[start..].find('\n').map_or(text.len(), |end| start + end);
    let line = text[line_start..line_end].trim_end_matches('\r');
    let number = text[..line_start].matches('\n').count() + 1;
    let written_at = text[line_start..start].chars().count() + 1;
    let column = written_at.min(line.chars().count() + 1);
    let marked = floor(text, problem.span.end.clamp(start, line_end));
    let carets = text[start..marked].trim_end().chars().count().max(1);
    let (shown, column, carets) = match hidden_from(line, problem.secret) {
        Some(from) => {
            let kept = &line[..from];
            let hidden_at = kept.chars().count() + 1;
            let carets = if column >= hidden_at { 1 } else { carets.min(hidden_at - column) };
            (format!("{kept}…"), column.min(hidden_at), carets)
        }
        None => (line.to_owned(), column, carets),
    };
    let indent: String = shown.chars().take(column - 1).map(|c| if c == '\t' { '\t' } else { ' ' }).collect();
    let margin = " ".repeat(number.to_string().len());
    let mut out = format!("error: {}\n{margin}--> {file}:{number}:{written_at}", problem.what);
    if !shown.trim().is_empty() {
        out += &format!("\n{margin} |\n{number} | {shown}\n{margin} | {indent}{}", "^".repeat(carets));
    }
    with_hint(out, problem)
}

fn with_hint(mut out: String, problem: &Problem) -> String {
    if !problem.hint.is_empty() {
        out += &format!("\nhint: {}", problem.hint);
    }
    out
}

/// From which byte on a line is hidden, because a secret may stand there.
fn hidden_from(line: &str, secret: bool) -> Option<usize> {
    let Some(equals) = line.find('=') else {
        let header = line.trim_start().starts_with('[');
        return (secret && !header).then_some(0);
    };
    let key = line[..equals].to_ascii_lowercase();
    let value = line[equals + 1..].trim_start();
    let inline = value.starts_with(['"', '\'']);
    let named = SECRET_WORDS.iter().any(|word| key.contains(word));
    let from = line.len() - value.len();
    (secret || named && inline).then_some(from)
}

/// The nearest start of a character at or before `at`.
fn floor(text: &str, at: usize) -> usize {
    let at = at.min(text.len());
    (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_problem_shows_file_line_column_caret_and_hint() {
        let text = "a = 1\n\tété = \"x\"\n";
        let start = text.find("\"x\"").expect("it is there");
        let error = SettingsError::new("regain.toml", text, vec![Problem::new(start..start + 3, "no", "yes")]);
        assert_eq!(
            error.to_string(),
            "error: no\n --> regain.toml:2:8\n  |\n2 | \tété = \"x\"\n  | \t      ^^^\nhint: yes"
        );
    }

    #[test]
    fn a_line_that_may_hold_a_secret_is_hidden() {
        for (line, shown) in [
            ("bind_pasword = 1\npassword = \"tr0ub4dor\"", "password = …"),
            ("auth_token = 'tr0ub4dor'", "auth_token = …"),
            ("  Secret=\"tr0ub4dor\" # tr0ub4dor", "  Secret=…"),
        ] {
            let span = line.find("tr0ub4dor").expect("it is there");
            let error = SettingsError::new("f", line, vec![Problem::new(span..span + 9, "no", "")]).to_string();
            assert!(error.contains(shown) && !error.contains("tr0ub4dor"), "{error}");
        }
    }

    #[test]
    fn no_span_breaks_it() {
        for text in ["", "é", "\n\n", "é\r\né"] {
            for start in 0..text.len() + 3 {
                for end in 0..text.len() + 3 {
                    SettingsError::new("f", text, vec![Problem::new(start..end, "no", "")]).to_string();
                }
            }
        }
    }
}
