//! `regain contacts`: addresses and numbers that Regain keeps for people whose directory holds none.

use super::opened::{Opened, away, count, nobody, open_file, user_name};
use super::user::are;
use super::{Ended, RealmArgs, print};
use crate::Failure;
use clap::{Args, Subcommand};
use recovery::{Line, Mask};
use service::{ContactsChange, ContactsImport, ContactsLine};
use std::io::Read;
use std::path::{Path, PathBuf};

/// The largest file that is read. Bytes.
const FILE_BYTES_MAX: u64 = 64 * 1024 * 1024;

const COLUMNS: [&str; 4] = ["user_name", "alternate_email", "mobile", "office"];

/// Import and list contacts that Regain keeps, sealed, for people whose directory holds none; and vouch for new ones.
#[derive(Args)]
pub struct ContactsArgs {
    #[command(subcommand)]
    command: ContactsCommand,
}

#[derive(Subcommand)]
enum ContactsCommand {
    Import(ImportArgs),
    List(ListArgs),
    Trust(TrustArgs),
}

/// Look up every line of a CSV file, and say what would be kept; with --apply, keep it.
///
/// Columns, in any order: user_name, alternate_email, mobile, office. Several in one cell: with ; between them. A line takes
/// the place of all that was imported for that person before; a line without contacts takes it away.
#[derive(Args)]
struct ImportArgs {
    file: PathBuf,
    /// Keep them. Without it this is a dry run.
    #[arg(long)]
    apply: bool,
    /// Keep the lines that are right although others are wrong.
    #[arg(long)]
    skip_wrong_lines: bool,
    #[command(flatten)]
    realm: RealmArgs,
}

/// List the contacts of one person, masked, and where each comes from.
#[derive(Args)]
struct ListArgs {
    /// The user name.
    user: String,
    #[command(flatten)]
    realm: RealmArgs,
}

/// Vouch for the contacts that the directory has now: they count at once, and nobody is told.
///
/// For after you changed them yourself: one person's, or, after a roll-out, everybody's.
#[derive(Args)]
#[command(group = clap::ArgGroup::new("whose").required(true).args(["user", "all"]))]
struct TrustArgs {
    /// The user name.
    user: Option<String>,
    /// Everybody in the realm.
    #[arg(long)]
    all: bool,
    #[command(flatten)]
    realm: RealmArgs,
}

impl ContactsArgs {
    /// # Errors
    /// When the settings, the directory, the store or the file can't be used.
    pub async fn run(self) -> Result<Ended, Failure> {
        match self.command {
            ContactsCommand::Import(args) => args.run().await,
            ContactsCommand::List(args) => args.run().await,
            ContactsCommand::Trust(args) => args.run().await,
        }
    }
}

impl ImportArgs {
    async fn run(self) -> Result<Ended, Failure> {
        let lines = read(&self.file)?;
        let opened = Opened::new(&self.realm).await?;
        let done = opened.regain.import_contacts(&opened.realm, lines, !self.apply, self.skip_wrong_lines).await;
        let done = done.map_err(away)?;
        opened.close().await;
        print(&self.in_words(&done))?;
        Ok(if done.wrong_lines() == 0 { Ended::Well } else { Ended::Badly })
    }

    fn in_words(&self, done: &ContactsImport) -> String {
        let mut text = String::new();
        for (line, result) in &done.lines {
            let said = match result {
                Ok(change) => in_words(change, done.applied),
                Err(fault) => fault.to_string(),
            };
            let mark = if result.is_ok() { "ok" } else { "FAIL" };
            text += &format!("{mark:<5}line {}: {}: {said}\n", line.line, shown(&line.user_name));
        }
        let wrong = done.wrong_lines() as u64;
        let right = done.lines.len() as u64 - wrong;
        let skipped = if wrong == 0 { String::new() } else { format!(", {} skipped", count(wrong, "line")) };
        text + &match (done.applied, wrong) {
            (true, _) => format!("\nKept the contacts of {}{skipped}.\n", count(right, "line")),
            (false, 1..) if !self.skip_wrong_lines => {
                format!("\n{} wrong, and nothing was kept: mend them, or add --skip-wrong-lines.\n", are(wrong))
            }
            _ => format!(
                "\nNothing was kept: this was a dry run. Add --apply to keep {}{skipped}.\n",
                count(right, "line")
            ),
        }
    }
}

/// A user name from a file, in which anything may stand.
fn shown(user_name: &str) -> String {
    user_name.chars().filter(|c| !c.is_control()).take(80).collect()
}

fn in_words(change: &ContactsChange, applied: bool) -> String {
    let would = if applied { "" } else { "would be " };
    let contacts = |number: usize| count(number as u64, "contact");
    match *change {
        ContactsChange::Added { contacts: now } => format!("{} {would}added", contacts(now)),
        ContactsChange::Replaced { contacts: now, before } => {
            format!("{} {would}kept in place of {before} imported before", contacts(now))
        }
        ContactsChange::Unchanged { contacts: now } => format!("{}, as imported before", contacts(now)),
        ContactsChange::Removed { before } => format!("{} imported before {would}removed", contacts(before)),
    }
}

impl ListArgs {
    async fn run(self) -> Result<Ended, Failure> {
        let user_name = user_name(&self.user)?;
        let opened = Opened::new(&self.realm).await?;
        let found = opened.regain.masked_contacts(&opened.realm, &user_name).await.map_err(away)?;
        let realm = opened.realm.clone();
        opened.close().await;
        let contacts = found.ok_or_else(|| nobody(&user_name, &realm))?;
        let line = |(mask, imported): &(Mask, bool)| {
            let kind = match mask {
                Mask::Email { .. } => "e-mail",
                Mask::Phone { line: Line::Mobile, .. } => "mobile",
                Mask::Phone { line: Line::Office, .. } => "office",
            };
            format!("{kind:<7}{:<34}{}\n", mask.to_string(), if *imported { "imported" } else { "from the directory" })
        };
        let text: String = contacts.iter().map(line).collect();
        print(if text.is_empty() { "no contact\n" } else { &text })?;
        Ok(Ended::Well)
    }
}

impl TrustArgs {
    async fn run(self) -> Result<Ended, Failure> {
        let user_name = self.user.as_deref().map(user_name).transpose()?;
        let opened = Opened::new(&self.realm).await?;
        let trusted = opened.regain.trust_contacts(&opened.realm, user_name.as_ref()).await.map_err(away)?;
        let realm = opened.realm.clone();
        opened.close().await;
        let said = match (user_name, trusted) {
            (Some(user_name), None) => return Err(nobody(&user_name, &realm)),
            (Some(user_name), Some(_)) => format!("The contacts of {user_name} count from now on.\n"),
            (None, changed) => format!(
                "All contacts in the realm `{realm}` count from now on; {} changed.\n",
                count(changed.unwrap_or(0) as u64, "account")
            ),
        };
        print(&said)?;
        Ok(Ended::Well)
    }
}

/// The lines of a CSV file. Commas or semicolons separate the cells, as the heading shows; a byte order mark is skipped.
fn read(path: &Path) -> Result<Vec<ContactsLine>, Failure> {
    let wrong = |what: String| Failure::new(format!("{}: {what}", path.display()));
    let mut bytes = Vec::new();
    open_file(path)?.take(FILE_BYTES_MAX + 1).read_to_end(&mut bytes).map_err(|error| wrong(error.to_string()))?;
    if bytes.len() as u64 > FILE_BYTES_MAX {
        return Err(wrong("it is larger than 64 MiB".to_owned()));
    }
    let text =
        String::from_utf8(bytes).map_err(|_| wrong("it is not UTF-8 text".to_owned()).hint("save it as CSV UTF-8"))?;
    parse(text.strip_prefix('\u{feff}').unwrap_or(&text))
        .map_err(|what| wrong(what).hint(format!("the columns are {}", COLUMNS.join(", "))))
}

/// Reads the lines of a file of contacts.
///
/// # Errors
/// What is wrong with the first wrong line.
pub fn parse(text: &str) -> Result<Vec<ContactsLine>, String> {
    let heading = text.lines().next().unwrap_or_default();
    let separator = if heading.matches(';').count() > heading.matches(',').count() { b';' } else { b',' };
    let mut reader = csv::ReaderBuilder::new().delimiter(separator).flexible(true).from_reader(text.as_bytes());
    let headers = reader.headers().map_err(|_| "it can't be read as CSV".to_owned())?.clone();
    let mut places = [None; COLUMNS.len()];
    for (place, name) in headers.iter().enumerate() {
        let name = name.trim().to_lowercase();
        let column = COLUMNS.iter().position(|column| *column == name);
        match column.and_then(|column| places.get_mut(column)) {
            None => return Err(format!("line 1: unknown column {name:?}")),
            Some(Some(_)) => return Err(format!("line 1: the column {name} is there twice")),
            Some(empty) => *empty = Some(place),
        }
    }
    let [Some(_), ..] = places else { return Err("line 1: the column user_name is missing".to_owned()) };
    let mut lines = Vec::new();
    for record in reader.records() {
        let record =
            record.map_err(|error| format!("line {}: it can't be read as CSV", line_of(text, error.position())))?;
        let line = line_of(text, record.position());
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        if record.len() != headers.len() {
            return Err(format!("line {line}: it has {} cells, and the heading has {}", record.len(), headers.len()));
        }
        let [user_name, emails, mobiles, offices] =
            places.map(|place| place.and_then(|place| record.get(place)).unwrap_or_default().trim());
        let list =
            |cell: &str| cell.split(';').map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect();
        lines.push(ContactsLine {
            line,
            user_name: user_name.to_owned(),
            emails: list(emails),
            mobiles: list(mobiles),
            offices: list(offices),
        });
    }
    Ok(lines)
}

/// The line on which a record starts, as an editor counts: the reader counts from before the empty lines that it skips.
fn line_of(text: &str, position: Option<&csv::Position>) -> u64 {
    let Some(position) = position else { return 0 };
    let rest = usize::try_from(position.byte()).ok().and_then(|start| text.as_bytes().get(start..)).unwrap_or_default();
    let skipped = rest.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).filter(|byte| **byte == b'\n').count();
    position.line() + skipped as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_read_with_either_separator_and_several_in_a_cell() {
        let by_comma = "user_name,mobile,alternate_email\nanna,0470123467;0470123468,a@x.example\n\nbert,,\n";
        let lines = parse(by_comma).expect("a file");
        let [anna, bert] = lines.as_slice() else { panic!("two lines") };
        assert_eq!((anna.line, anna.user_name.as_str(), anna.mobiles.len(), anna.emails.len()), (2, "anna", 2, 1));
        assert_eq!((bert.line, bert.emails.len() + bert.mobiles.len() + bert.offices.len()), (4, 0));
        assert_eq!(parse("user_name;office\nanna;071234590\n").expect("a file").len(), 1);
    }

    #[test]
    fn a_heading_that_is_none_is_refused() {
        for text in ["", "mobile\n1\n", "user_name,user_name\n", "user_name,telephone\n", "user_name,mobile\nanna\n"] {
            assert!(parse(text).is_err(), "{text}");
        }
    }
}
