//! Papers for auditors: where Regain stands against the ASVS, made from `docs/asvs.toml`, and the table of attacks. A paper that
//! names a test, a property or a file that is not there is wrong; so this is checked. It knows the source as text only.

use crate::root;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

/// How many requirements ASVS 5.0.0 has at levels 1 and 2 in its chapters 1 to 16: each must have its line.
const REQUIREMENTS: usize = 246;

/// The table of attacks, whose last column names what shows each row.
const ATTACKS: &str = "docs/explanation/attacks.md";

/// Writes the page that is made from `docs/asvs.toml`.
pub fn write() -> bool {
    match asvs_page() {
        Ok(page) => fs::write(root().join("docs/reference/asvs.md"), page).is_ok(),
        Err(error) => {
            eprintln!("docs/asvs.toml: {error}");
            false
        }
    }
}

/// One requirement and what is said of it.
struct Line {
    id: String,
    level: i64,
    asks: String,
    verdict: Verdict,
    said: String,
    tests: Vec<String>,
    files: Vec<String>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Verdict {
    Met,
    Open,
    NotApplicable,
}

impl Verdict {
    const ALL: [(Verdict, &'static str, &'static str); 3] = [
        (Verdict::Met, "met", "met"),
        (Verdict::Open, "open", "**open**"),
        (Verdict::NotApplicable, "na", "not applicable"),
    ];

    fn word(self) -> &'static str {
        Self::ALL.iter().find(|(verdict, ..)| *verdict == self).map_or("", |(_, _, word)| word)
    }
}

fn read() -> Result<Vec<(String, Vec<Line>)>, String> {
    let text = fs::read_to_string(root().join("docs/asvs.toml")).map_err(|error| error.to_string())?;
    let all: toml::Table = text.parse().map_err(|error: toml::de::Error| error.to_string())?;
    let table = |key: &str| all.get(key).and_then(toml::Value::as_table).into_iter().flatten();
    let mut chapters = Vec::new();
    for (name, lines) in table("chapter") {
        let lines = lines.as_table().into_iter().flatten();
        let lines = lines.map(|(id, line)| read_line(id, line)).collect::<Result<Vec<_>, _>>()?;
        chapters.push((name.clone(), lines));
    }
    for (name, group) in table("group") {
        let why = group.get("na").and_then(toml::Value::as_str).unwrap_or_default().to_owned();
        let line = |id: String| Line {
            id,
            level: 0,
            asks: String::new(),
            verdict: Verdict::NotApplicable,
            said: why.clone(),
            tests: Vec::new(),
            files: Vec::new(),
        };
        chapters.push((name.clone(), texts(group, "ids").into_iter().map(line).collect()));
    }
    for (_, lines) in &mut chapters {
        lines.sort_by_key(|line| numbers(&line.id));
    }
    chapters.sort_by_key(|(name, _)| numbers(name.split(' ').next().unwrap_or_default()));
    Ok(chapters)
}

fn read_line(id: &str, line: &toml::Value) -> Result<Line, String> {
    let text = |key: &str| line.get(key).and_then(toml::Value::as_str).map(str::to_owned);
    let given: Vec<(Verdict, String)> =
        Verdict::ALL.iter().filter_map(|(verdict, key, _)| Some((*verdict, text(key)?))).collect();
    let [(verdict, said)] =
        <[_; 1]>::try_from(given).map_err(|_| format!("{id}: says not exactly one of met, open, na"))?;
    let level = line.get("level").and_then(toml::Value::as_integer).unwrap_or_default();
    let asks = text("asks").unwrap_or_default();
    let (tests, files) = (texts(line, "tests"), texts(line, "files"));
    if verdict == Verdict::Met && said.is_empty() && tests.is_empty() && files.is_empty() {
        return Err(format!("{id}: met, but by what?"));
    }
    if !(1..=2).contains(&level) || asks.is_empty() || (verdict != Verdict::Met && said.is_empty()) {
        return Err(format!("{id}: lacks its level, what is asked, or why"));
    }
    Ok(Line { id: id.to_owned(), level, asks, verdict, said, tests, files })
}

fn texts(value: &toml::Value, key: &str) -> Vec<String> {
    let list = value.get(key).and_then(toml::Value::as_array).into_iter().flatten();
    list.filter_map(toml::Value::as_str).map(str::to_owned).collect()
}

fn numbers(id: &str) -> Vec<u32> {
    id.split('.').filter_map(|part| part.parse().ok()).collect()
}

fn asvs_page() -> Result<String, String> {
    let chapters = read()?;
    let lines: Vec<&Line> = chapters.iter().flat_map(|(_, lines)| lines).collect();
    let count = |verdict| lines.iter().filter(|line| line.verdict == verdict).count();
    let mut page = format!(
        "<!-- Made by `cargo xtask docs` from docs/asvs.toml: change it there. -->\n\
         # OWASP ASVS 5.0, levels 1 and 2\n\n\
         Where Regain stands against every requirement of chapters 1 to 16 of the OWASP Application Security Verification Standard 5.0.0 at levels 1\n\
         and 2. What is asked is told in our words; the standard's own text counts (<https://owasp.org/www-project-application-security-verification-standard/>).\n\
         It is our own judgement, not a certificate. A test of the project checks that each test and file named here exists.\n\n\
         {} requirements: {} met, {} open, {} not applicable.\n",
        lines.len(),
        count(Verdict::Met),
        count(Verdict::Open),
        count(Verdict::NotApplicable),
    );
    for (name, lines) in &chapters {
        let _ = write!(page, "\n## {name}\n\n");
        if let Some(first) = lines.first().filter(|line| line.level == 0) {
            let ids: Vec<&str> = lines.iter().map(|line| line.id.as_str()).collect();
            let _ = writeln!(page, "{}: {} {}", first.verdict.word(), first.said, ids.join(", ") + ".");
            continue;
        }
        page += "| | level | asks | verdict | how |\n|---|---|---|---|---|\n";
        for line in lines {
            let Line { id, level, asks, verdict, .. } = line;
            let _ = writeln!(page, "| {id} | {level} | {asks} | {} | {} |", verdict.word(), how(line));
        }
    }
    Ok(page)
}

fn how(line: &Line) -> String {
    let tests = line.tests.iter().map(|test| format!("`{test}`"));
    let files = line.files.iter().map(|file| format!("[{}](../../{file})", file.rsplit('/').next().unwrap_or(file)));
    let said = (!line.said.is_empty()).then(|| line.said.clone());
    let shown: Vec<String> = tests.chain(files).collect();
    let shown = (!shown.is_empty()).then(|| shown.join(", "));
    said.into_iter().chain(shown).collect::<Vec<_>>().join(" ")
}

/// The names of all functions of the source, and its whole text for names of properties.
struct Source {
    functions: BTreeSet<String>,
    text: String,
}

impl Source {
    fn read(root: &Path) -> Self {
        let mut files = Vec::new();
        for folder in ["crates", "tests", "xtask", "benches", "fuzz"] {
            crate::tidy::collect(&root.join(folder), &mut files);
        }
        let text: String = files.iter().filter_map(|file| fs::read_to_string(file).ok()).collect();
        let names = text
            .split("fn ")
            .skip(1)
            .map(|rest| rest.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect::<String>());
        Self { functions: names.collect(), text }
    }
}

/// What the papers name and the source does not have.
pub fn findings(root: &Path) -> Vec<String> {
    let source = Source::read(root);
    let mut found = Vec::new();
    match read() {
        Err(error) => found.push(format!("docs/asvs.toml: {error}")),
        Ok(chapters) => {
            let lines: Vec<&Line> = chapters.iter().flat_map(|(_, lines)| lines).collect();
            if lines.len() != REQUIREMENTS {
                found.push(format!("docs/asvs.toml: has {} requirements of {REQUIREMENTS}", lines.len()));
            }
            for line in lines {
                let no_test = line.tests.iter().filter(|test| !source.functions.contains(*test));
                let no_file = line.files.iter().filter(|file| !root.join(file).exists());
                found.extend(
                    no_test.chain(no_file).map(|name| format!("docs/asvs.toml: {}: there is no {name}", line.id)),
                );
            }
        }
    }
    found.extend(attacks(root, &source));
    found
}

/// The last cell of each row of the attacks names a test (`a_name_like_this`), a property ("rule 1: …"), or the part that is missing.
fn attacks(root: &Path, source: &Source) -> Vec<String> {
    let Ok(page) = fs::read_to_string(root.join(ATTACKS)) else { return vec![format!("{ATTACKS}: can't be read")] };
    let mut found = Vec::new();
    let rows = page.lines().enumerate().filter(|(_, line)| line.starts_with("| ") && !line.starts_with("| way "));
    for (place, row) in rows {
        let cells: Vec<&str> = row.trim_matches('|').split(" | ").collect();
        let shown = cells.last().copied().unwrap_or_default();
        let quoted: Vec<&str> = shown.split('`').skip(1).step_by(2).collect();
        if quoted.is_empty() && !shown.contains("not built yet") {
            found.push(format!("{ATTACKS}:{}: names neither a test, a property nor a missing part", place + 1));
        }
        let is_there = |name: &str| match name.contains(' ') {
            true => source.text.contains(name),
            false => source.functions.contains(name),
        };
        found.extend(
            quoted
                .into_iter()
                .filter(|name| !is_there(name))
                .map(|name| format!("{ATTACKS}:{}: there is no {name}", place + 1)),
        );
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_papers_name_is_there() {
        assert_eq!(findings(&root()), Vec::<String>::new());
    }

    #[test]
    fn the_asvs_page_is_fresh() {
        let kept = fs::read_to_string(root().join("docs/reference/asvs.md")).unwrap_or_default();
        assert!(asvs_page() == Ok(kept), "run `cargo xtask docs`");
    }

    #[test]
    fn a_name_that_nobody_has_is_found() {
        let source = Source { functions: ["a_code_works_once".to_owned()].into(), text: "rule 1: gates".to_owned() };
        let folder = std::env::temp_dir().join(format!("regain-papers-{}", std::process::id()));
        let page = folder.join(ATTACKS);
        fs::create_dir_all(page.parent().expect("a folder")).expect("a folder of its own");
        let found = |row: &str| {
            fs::write(&page, row).expect("a page");
            attacks(&folder, &source).len()
        };
        assert_eq!(found("| a | b | `a_code_works_once`, `rule 1: gates` |"), 0);
        assert_eq!(found("| a | b | not built yet: the console |"), 0);
        assert_eq!(found("| a | b | `nobody` |"), 1);
        assert_eq!(found("| a | b | by care |"), 1);
        let _ = fs::remove_dir_all(folder);
    }
}
