//! `regain user`: the accounts of Regain's own directory.

use super::opened::{OpenedDirectory, count, open_file, user_name};
use super::terminal::{ask_new_password, password_from_stdin};
use super::{Ended, RealmArgs, print};
use crate::Failure;
use clap::{Args, Subcommand};
use directory::embedded::{AddError, ImportOptions, NewAccount};
use recovery::{Account, AccountState, Contact, EmailAddress, Line, Password, Phone, PhoneNumber};
use std::path::PathBuf;

/// Add, import, export and list the accounts of Regain's own directory.
#[derive(Args)]
pub struct UserArgs {
    #[command(subcommand)]
    command: UserCommand,
}

#[derive(Subcommand)]
enum UserCommand {
    Add(Box<AddArgs>),
    Import(ImportArgs),
    Export(ExportArgs),
    List(ListArgs),
}

/// Add one account. Its password is asked for at the terminal, and is never an argument.
#[derive(Args)]
struct AddArgs {
    /// The user name.
    user: String,
    #[arg(long, default_value = "", hide_default_value = true)]
    given_name: String,
    #[arg(long, default_value = "", hide_default_value = true)]
    family_name: String,
    /// An address of the account itself. No code goes there. Can be repeated, as all that follow.
    #[arg(long, value_name = "ADDRESS")]
    email: Vec<String>,
    /// An address elsewhere, where codes may go.
    #[arg(long, value_name = "ADDRESS")]
    alternate_email: Vec<String>,
    /// A mobile telephone.
    #[arg(long, value_name = "NUMBER")]
    mobile: Vec<String>,
    /// An office telephone: calls only.
    #[arg(long, value_name = "NUMBER")]
    office: Vec<String>,
    /// A group, for group_policies.
    #[arg(long)]
    group: Vec<String>,
    /// Take the password from the first line of stdin.
    #[arg(long, conflicts_with = "no_password")]
    password_stdin: bool,
    /// No password: a recovery sets the first one.
    #[arg(long)]
    no_password: bool,
    #[command(flatten)]
    realm: RealmArgs,
}

/// Add the accounts of a CSV file: all of them, or none when a line is wrong.
///
/// Columns, in any order: user_name (the only one that must be there), given_name, family_name, email (the account's own
/// addresses), alternate_email, mobile, office, groups, disabled, password. Several in one cell: with ; between them.
#[derive(Args)]
struct ImportArgs {
    file: PathBuf,
    /// Add nothing; say what would be added, and every line that is wrong.
    #[arg(long)]
    dry_run: bool,
    /// Add the lines that are right although others are wrong.
    #[arg(long)]
    skip_wrong_lines: bool,
    #[command(flatten)]
    realm: RealmArgs,
}

/// Write all accounts as CSV to stdout, without passwords. It holds full contacts: keep it private.
#[derive(Args)]
struct ExportArgs {
    #[command(flatten)]
    realm: RealmArgs,
}

/// List the accounts: names, state and how many contacts, no contact itself.
#[derive(Args)]
struct ListArgs {
    #[command(flatten)]
    realm: RealmArgs,
}

impl UserArgs {
    /// # Errors
    /// When the settings or the directory can't be used, or what was asked for can't be done.
    pub fn run(self) -> Result<Ended, Failure> {
        match self.command {
            UserCommand::Add(args) => args.run(),
            UserCommand::Import(args) => args.run(),
            UserCommand::Export(args) => args.run(),
            UserCommand::List(args) => args.run(),
        }
    }
}

impl AddArgs {
    fn run(self) -> Result<Ended, Failure> {
        let opened = OpenedDirectory::new(&self.realm)?;
        let mut account = self.account(opened.loaded.settings.organisation.home_country.as_str())?;
        account.password = self.password(&opened)?;
        opened.directory.add(account).map_err(|error| match error {
            AddError::Taken(name) => Failure::new(format!("the name {name} belongs to another account"))
                .hint("its user name and its own addresses (--email) must be its alone"),
            other => Failure::new(other),
        })?;
        print(&format!("Added {} to the realm `{}`.\n", self.user, opened.realm.name))?;
        Ok(Ended::Well)
    }

    fn account(&self, country: &str) -> Result<NewAccount, Failure> {
        let mut account = NewAccount::new(user_name(&self.user)?, &self.given_name, &self.family_name);
        account.own_addresses = addresses("--email", &self.email)?;
        account.contacts =
            addresses("--alternate-email", &self.alternate_email)?.into_iter().map(Contact::Email).collect();
        account.contacts.extend(phones("--mobile", &self.mobile, Line::Mobile, country)?);
        account.contacts.extend(phones("--office", &self.office, Line::Office, country)?);
        account.groups = self.group.iter().cloned().collect();
        Ok(account)
    }

    /// The password, if it keeps the realm's rules.
    fn password(&self, opened: &OpenedDirectory) -> Result<Option<Password>, Failure> {
        if self.no_password {
            return Ok(None);
        }
        let typed = if self.password_stdin { password_from_stdin()? } else { ask_new_password(&self.user)? };
        // The form in which every page would write it.
        let password = password::normalise(typed);
        let person = password::Person {
            user_name: self.user.clone(),
            given_name: self.given_name.clone(),
            family_name: self.family_name.clone(),
            other_words: Vec::new(),
        };
        let failed = password::judge(&opened.realm.rules, &person, &password).failed;
        if failed.is_empty() {
            return Ok(Some(password));
        }
        let rules: Vec<String> = failed.iter().map(|rule| rule_in_words(*rule)).collect();
        Err(Failure::new(format!("the password does not keep the realm's rules: {}", rules.join(", ")))
            .hint("choose another; [realms.password] in the settings has the rules"))
    }
}

/// A rule as the settings write it: `min_length = 12`.
fn rule_in_words(rule: password::Rule) -> String {
    match rule.count() {
        Some(number) => format!("{} = {number}", rule.name()),
        None => rule.name().to_owned(),
    }
}

fn addresses(option: &str, texts: &[String]) -> Result<Vec<EmailAddress>, Failure> {
    let address =
        |text: &String| EmailAddress::parse(text).ok_or_else(|| Failure::new(format!("{option} is no e-mail address")));
    texts.iter().map(address).collect()
}

fn phones(option: &str, texts: &[String], line: Line, country: &str) -> Result<Vec<Contact>, Failure> {
    let phone = |text: &String| {
        let number = PhoneNumber::parse(text, country).map_err(|error| Failure::new(format!("{option}: {error}")))?;
        Ok(Contact::Phone(Phone { number, line }))
    };
    texts.iter().map(phone).collect()
}

impl ImportArgs {
    fn run(self) -> Result<Ended, Failure> {
        let opened = OpenedDirectory::new(&self.realm)?;
        let options = ImportOptions { dry_run: self.dry_run, skip_wrong_lines: self.skip_wrong_lines };
        let report = opened
            .directory
            .import(open_file(&self.file)?, options)
            .map_err(|error| Failure::new(format!("{}: {error}", self.file.display())))?;
        let wrong = report.errors.len() as u64;
        let mut text: String = report.errors.iter().map(|error| format!("{error}\n")).collect();
        let added = count(report.added as u64, "account");
        text += &match (self.dry_run, wrong) {
            (true, 0) => format!("{added} would be added. Nothing was changed: this was a dry run.\n"),
            (true, _) if self.skip_wrong_lines => {
                format!(
                    "{added} would be added, {} skipped. Nothing was changed: this was a dry run.\n",
                    count(wrong, "line")
                )
            }
            (true, _) | (false, 1..) if !self.skip_wrong_lines => {
                format!("{} wrong. Nothing was added: mend them, or add --skip-wrong-lines.\n", are(wrong))
            }
            (_, 0) => format!("{added} added to the realm `{}`.\n", opened.realm.name),
            (_, _) => {
                format!("{added} added to the realm `{}`, {} skipped.\n", opened.realm.name, count(wrong, "line"))
            }
        };
        print(&text)?;
        Ok(if wrong == 0 { Ended::Well } else { Ended::Badly })
    }
}

/// `1 line is`, `2 lines are`.
pub(super) fn are(lines: u64) -> String {
    format!("{} {}", count(lines, "line"), if lines == 1 { "is" } else { "are" })
}

impl ExportArgs {
    fn run(self) -> Result<Ended, Failure> {
        let opened = OpenedDirectory::new(&self.realm)?;
        let mut csv = Vec::new();
        opened.directory.export(&mut csv).map_err(Failure::new)?;
        print(&String::from_utf8_lossy(&csv))?;
        Ok(Ended::Well)
    }
}

impl ListArgs {
    fn run(self) -> Result<Ended, Failure> {
        let opened = OpenedDirectory::new(&self.realm)?;
        let accounts = opened.directory.list().map_err(Failure::new)?;
        let width = accounts.iter().map(|account| account.user_name.chars().count()).max().unwrap_or(0);
        let mut text: String = accounts.iter().map(|account| list_line(account, width)).collect();
        text += &format!("{} in the realm `{}`\n", count(accounts.len() as u64, "account"), opened.realm.name);
        print(&text)?;
        Ok(Ended::Well)
    }
}

fn list_line(account: &Account, width: usize) -> String {
    let of = |wanted: Option<Line>| {
        let line = |contact: &Contact| match contact {
            Contact::Email(_) => None,
            Contact::Phone(phone) => Some(phone.line),
        };
        account.contacts.iter().filter(|contact| line(contact) == wanted).count()
    };
    let kinds = [(of(None), "e-mail"), (of(Some(Line::Mobile)), "mobile"), (of(Some(Line::Office)), "office")];
    let contacts: Vec<String> =
        kinds.iter().filter(|(number, _)| *number > 0).map(|(number, kind)| format!("{number} {kind}")).collect();
    let contacts = if contacts.is_empty() { "no contact".to_owned() } else { contacts.join(", ") };
    let state = if account.state == AccountState::Usable { "" } else { ", disabled" };
    format!("{:<width$}  {}  ({contacts}{state})\n", account.user_name, account.display_name)
}
