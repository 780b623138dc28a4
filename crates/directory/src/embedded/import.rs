//! Accounts from CSV, and to CSV.
//!
//! Columns, in any order: `user_name` (the only one that must be there), `given_name`, `family_name`, `email` (own
//! addresses), `alternate_email`, `mobile`, `office`, `groups`, `disabled`, `password`. A cell of the addresses, numbers
//! and groups may hold several, with `;` between them. Commas or semicolons separate the cells, as the heading
//! shows; a byte order mark at the start is skipped, since spreadsheets write one.

use super::account::{self, AddError, NewAccount};
use super::{EmbeddedDirectory, Options};
use crate::DirectoryError;
use csv::StringRecord;
use recovery::{Account, Contact, EmailAddress, Line, Password, Phone, PhoneNumber, UserName};
use rusqlite::TransactionBehavior;
use std::collections::BTreeMap;
use std::io::{Read, Write};

/// The largest file that is read, in bytes: some hundred thousand accounts.
const FILE_BYTES_MAX: u64 = 64 * 1024 * 1024;

const COLUMNS: [&str; 10] = [
    "user_name",
    "given_name",
    "family_name",
    "email",
    "alternate_email",
    "mobile",
    "office",
    "groups",
    "disabled",
    "password",
];

/// What an import may do.
#[derive(Clone, Copy, Debug, Default)]
pub struct ImportOptions {
    /// Look, report, and add nothing.
    pub dry_run: bool,
    /// Add the lines that are right although others are wrong.
    pub skip_wrong_lines: bool,
}

/// What an import did, or in a dry run would do.
#[derive(Clone, Debug, Default)]
pub struct ImportReport {
    /// Accounts added; in a dry run, that would be.
    pub added: usize,
    pub errors: Vec<LineError>,
}

/// What is wrong with one line. Says neither passwords nor contacts.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("line {line}: {what}")]
pub struct LineError {
    /// The line of the file, from 1, as an editor counts.
    pub line: u64,
    pub what: String,
}

/// Why nothing could be imported.
#[derive(thiserror::Error, Debug)]
pub enum ImportError {
    #[error("it can't be read: {0}")]
    Unreadable(#[from] std::io::Error),
    #[error("it is larger than {} MiB", FILE_BYTES_MAX / 1024 / 1024)]
    TooLarge,
    #[error("it is not UTF-8 text: save it as CSV UTF-8")]
    NotUtf8,
    #[error("the directory's file: {0}")]
    File(#[from] rusqlite::Error),
}

/// Why nothing, or not all, was exported.
#[derive(thiserror::Error, Debug)]
pub enum ExportError {
    #[error(transparent)]
    Directory(#[from] DirectoryError),
    #[error("it can't be written: {0}")]
    Unwritable(#[from] csv::Error),
}

impl EmbeddedDirectory {
    /// Adds the accounts of a CSV file, all or none, unless told to skip wrong lines. Blocks.
    ///
    /// # Errors
    /// When the file can't be read or the directory can't be written. What is wrong with single lines is in the report.
    pub fn import(&self, input: impl Read, options: ImportOptions) -> Result<ImportReport, ImportError> {
        let (lines, mut errors) = parse(&read_text(input)?, &self.inner.options);
        let accounts: Vec<NewAccount> = lines.iter().map(|(_, account)| account.clone()).collect();
        let good_enough = |errors: &[LineError]| errors.is_empty() || options.skip_wrong_lines;
        let hashes = (good_enough(&errors) && !options.dry_run).then(|| account::hashes(&accounts));
        let mut connection = self.inner.connection();
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let mut added = 0;
        for (place, (line, mut account)) in lines.into_iter().enumerate() {
            let hash = hashes.as_ref().and_then(|hashes| hashes.get(place).cloned().flatten());
            // A dry run checks all but the hash.
            account.password = account.password.filter(|_| hashes.is_some());
            match account::insert(&transaction, &self.inner, &account, hash) {
                Ok(_) => added += 1,
                Err(AddError::File(error)) => return Err(error.into()),
                Err(error) => errors.push(LineError { line, what: error.to_string() }),
            }
        }
        errors.sort_by_key(|error| error.line);
        if !good_enough(&errors) {
            added = 0;
        } else if !options.dry_run {
            transaction.commit()?;
        }
        Ok(ImportReport { added, errors })
    }

    /// Writes all accounts as CSV with the columns of an import, without passwords. Answers how many. Blocks.
    ///
    /// # Errors
    /// When the directory can't be read or the output can't be written.
    pub fn export(&self, output: impl Write) -> Result<usize, ExportError> {
        let accounts = self.list()?;
        let mut writer = csv::Writer::from_writer(output);
        let columns = COLUMNS.iter().filter(|column| **column != "password");
        writer.write_record(columns)?;
        for account in &accounts {
            writer.write_record(cells(account))?;
        }
        writer.flush().map_err(csv::Error::from)?;
        Ok(accounts.len())
    }
}

fn cells(account: &Account) -> [String; 9] {
    let joined = |texts: Vec<&str>| texts.join(";");
    let phones = |line: Line| {
        joined(
            account
                .contacts
                .iter()
                .filter_map(|contact| match contact {
                    Contact::Phone(phone) if phone.line == line => Some(phone.number.e164()),
                    _ => None,
                })
                .collect(),
        )
    };
    let alternate = account.contacts.iter().filter_map(|contact| match contact {
        Contact::Email(address) => Some(address.as_str()),
        Contact::Phone(_) => None,
    });
    [
        account.user_name.clone(),
        account.given_name.clone(),
        account.family_name.clone(),
        joined(account.own_addresses.iter().map(EmailAddress::as_str).collect()),
        joined(alternate.collect()),
        phones(Line::Mobile),
        phones(Line::Office),
        joined(account.groups.iter().map(String::as_str).collect()),
        if account.state == recovery::AccountState::Usable { "no" } else { "yes" }.to_owned(),
    ]
}

fn read_text(input: impl Read) -> Result<String, ImportError> {
    let mut bytes = Vec::new();
    input.take(FILE_BYTES_MAX + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > FILE_BYTES_MAX {
        return Err(ImportError::TooLarge);
    }
    let text = String::from_utf8(bytes).map_err(|_| ImportError::NotUtf8)?;
    Ok(text.strip_prefix('\u{feff}').unwrap_or(&text).to_owned())
}

/// The accounts with the lines they start on, and what is wrong with the other lines.
fn parse(text: &str, options: &Options) -> (Vec<(u64, NewAccount)>, Vec<LineError>) {
    let heading = text.lines().next().unwrap_or_default();
    let separator = if heading.matches(';').count() > heading.matches(',').count() { b';' } else { b',' };
    let mut reader =
        csv::ReaderBuilder::new().delimiter(separator).flexible(true).has_headers(false).from_reader(text.as_bytes());
    let mut records = reader.records();
    let Some(Ok(heading)) = records.next() else { return (Vec::new(), vec![at(1, "the heading is missing")]) };
    let columns = match columns(&heading) {
        Ok(columns) => columns,
        Err(errors) => return (Vec::new(), errors),
    };
    let (mut accounts, mut errors) = (Vec::new(), Vec::new());
    for record in records {
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                let line = error.position().map_or(0, csv::Position::line);
                errors.push(at(line, "it can't be read as CSV"));
                continue;
            }
        };
        let line = record.position().map_or(0, csv::Position::line);
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        if record.len() != heading.len() {
            let what = format!("it has {} cells, and the heading has {}", record.len(), heading.len());
            errors.push(at(line, what));
            continue;
        }
        let cells = Cells { record: &record, columns: &columns, options };
        match cells.account() {
            Ok(account) => accounts.push((line, account)),
            Err(what) => errors.push(at(line, what)),
        }
    }
    (accounts, errors)
}

fn at(line: u64, what: impl Into<String>) -> LineError {
    LineError { line, what: what.into() }
}

/// The place of each column that is there.
fn columns(heading: &StringRecord) -> Result<BTreeMap<&'static str, usize>, Vec<LineError>> {
    let (mut columns, mut errors) = (BTreeMap::new(), Vec::new());
    for (place, name) in heading.iter().enumerate() {
        let name = name.trim().to_lowercase();
        match COLUMNS.iter().find(|column| **column == name) {
            None => errors.push(at(1, format!("unknown column {name:?}; the columns are {}", COLUMNS.join(", ")))),
            Some(column) if columns.insert(*column, place).is_some() => {
                errors.push(at(1, format!("the column {name} is there twice")));
            }
            Some(_) => {}
        }
    }
    if errors.is_empty() && !columns.contains_key("user_name") {
        errors.push(at(1, "the column user_name is missing"));
    }
    if errors.is_empty() { Ok(columns) } else { Err(errors) }
}

/// One line of the file.
struct Cells<'a> {
    record: &'a StringRecord,
    columns: &'a BTreeMap<&'static str, usize>,
    options: &'a Options,
}

impl Cells<'_> {
    fn raw(&self, column: &str) -> &str {
        self.columns.get(column).and_then(|place| self.record.get(*place)).unwrap_or_default()
    }

    fn text(&self, column: &str) -> &str {
        self.raw(column).trim()
    }

    fn list(&self, column: &str) -> impl Iterator<Item = &str> {
        self.text(column).split(';').map(str::trim).filter(|part| !part.is_empty())
    }

    fn account(&self) -> Result<NewAccount, String> {
        let name = self.text("user_name");
        if name.is_empty() {
            return Err("user_name is missing".to_owned());
        }
        let user_name = UserName::parse(name).ok_or("user_name is too long or has control characters")?;
        let mut contacts: Vec<Contact> = self.addresses("alternate_email")?.into_iter().map(Contact::Email).collect();
        contacts.extend(self.phones("mobile", Line::Mobile)?);
        contacts.extend(self.phones("office", Line::Office)?);
        Ok(NewAccount {
            given_name: self.text("given_name").to_owned(),
            family_name: self.text("family_name").to_owned(),
            own_addresses: self.addresses("email")?,
            contacts,
            groups: self.list("groups").map(str::to_owned).collect(),
            disabled: self.disabled()?,
            // As it stands: spaces belong to a password.
            password: Password::new(self.raw("password")),
            ..NewAccount::new(user_name, "", "")
        })
    }

    fn addresses(&self, column: &str) -> Result<Vec<EmailAddress>, String> {
        let address = |text| EmailAddress::parse(text).ok_or_else(|| format!("{column} is not an e-mail address"));
        self.list(column).map(address).collect()
    }

    fn phones(&self, column: &str, line: Line) -> Result<Vec<Contact>, String> {
        let phone = |text: &str| {
            let from_spreadsheet = text.to_uppercase().contains("E+");
            if from_spreadsheet {
                return Err(format!("{column} was rounded by a spreadsheet: format the column as text"));
            }
            let number =
                PhoneNumber::parse(text, &self.options.home_country).map_err(|error| format!("{column}: {error}"))?;
            Ok(Contact::Phone(Phone { number, line }))
        };
        self.list(column).map(phone).collect()
    }

    fn disabled(&self) -> Result<bool, String> {
        match self.text("disabled").to_lowercase().as_str() {
            "" | "no" | "false" | "0" => Ok(false),
            "yes" | "true" | "1" => Ok(true),
            _ => Err("disabled is neither yes nor no".to_owned()),
        }
    }
}

#[cfg(test)]
mod tests;
