//! `regain explain`: what a person would meet and why, and the case behind a reference. Never a full contact or a code.

use super::opened::{Opened, away, count, nobody, store_alone, user_name};
use super::{Ended, RealmArgs, print};
use crate::Failure;
use clap::Args;
use recovery::{AccountState, Independence, Obstacle, Policy, Timestamp};
use service::{CaseLine, Explained, MessageLine, Purse, Regain};
use store::OutboxStatus;

/// Tell what a person would meet and why, or what happened in the case behind a reference.
#[derive(Args)]
pub struct ExplainArgs {
    /// A user name, or a reference as pages and messages show it, in quotes: 'R7K 2MQ'.
    #[arg(value_name = "USER | REFERENCE")]
    about: String,
    #[command(flatten)]
    realm: RealmArgs,
}

impl ExplainArgs {
    /// # Errors
    /// When the settings, the directory or the store can't be used, or there is no such person or case.
    pub async fn run(self) -> Result<Ended, Failure> {
        if let Some(reference) = reference(&self.about) {
            return self.case(&reference).await;
        }
        let user_name = user_name(&self.about)?;
        let opened = Opened::new(&self.realm).await?;
        let explained = opened.regain.explain(&opened.realm, user_name.clone()).await.map_err(away)?;
        let text = in_words(&opened, &explained, user_name.as_str());
        let is_known = explained.user_name.is_some();
        let realm = opened.realm.clone();
        opened.close().await;
        print(&text)?;
        if is_known { Ok(Ended::Well) } else { Err(nobody(&user_name, &realm)) }
    }

    async fn case(&self, reference: &str) -> Result<Ended, Failure> {
        let regain = store_alone(&self.realm.config.config)?;
        let lines = regain.explain_reference(reference).await.map_err(away)?;
        let text: String = lines.iter().rev().map(|line| case_line(&regain, line)).collect();
        let _ = regain.store.close().await;
        if lines.is_empty() {
            return Err(Failure::new(format!("no case has the reference {reference}"))
                .hint("letters and digits as on the page; cases are kept as long as [retention] audit_days says"));
        }
        print(&format!("Case {reference}, oldest line first:\n\n{text}"))?;
        Ok(Ended::Well)
    }
}

/// A reference as it is kept, whatever the case and the space between its halves. A user name of six letters is none.
fn reference(text: &str) -> Option<String> {
    let upper = text.trim().to_uppercase();
    let (one, two) = upper.split_once([' ', '-', '\u{a0}'])?;
    let half =
        |half: &str| half.len() == 3 && half.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
    (half(one) && half(two)).then(|| format!("{one} {two}"))
}

fn row(name: &str, text: &str) -> String {
    format!("{name:<13}{text}\n")
}

/// The first line with the name, those that follow without.
fn rows(name: &str, lines: &[String]) -> String {
    lines.iter().enumerate().map(|(n, line)| row(if n == 0 { name } else { "" }, line)).collect()
}

fn in_words(opened: &Opened, explained: &Explained, typed: &str) -> String {
    let account = match (&explained.user_name, explained.state) {
        (Some(name), Some(state)) => format!("{name}, realm `{}`, {}", explained.realm, state_in_words(state)),
        _ => format!(
            "nobody has the user name {typed} in the realm `{}`; what follows is what a stranger meets",
            explained.realm
        ),
    };
    let mut text = row("account", &account);
    text += &row("asked for", &policy_in_words(&explained.policy));
    text += &row("can recover", &verdict(opened, explained));
    text += &rows("page shows", &methods(explained));
    if explained.left_out > 0 {
        let contacts = count(explained.left_out as u64, "contact");
        text += &row("left out", &format!("{contacts}: the account's own address or domain, or the same once more"));
    }
    if explained.not_admitted > 0 {
        let numbers = count(explained.not_admitted as u64, "number");
        text += &row("not sent to", &format!("{numbers}: outside the countries and kinds of [numbers]"));
    }
    if let Some(until) = explained.paused_until {
        text +=
            &row("paused", &format!("until {}, by \"that was not me\"; `regain resume` ends it", opened.time(until)));
    }
    let throttles: Vec<String> = explained
        .throttles
        .iter()
        .map(|(counter, until)| format!("{} is reached until {}", counter.name(), opened.time(*until)))
        .collect();
    text += &if throttles.is_empty() { row("limits", "none is reached") } else { rows("limits", &throttles) };
    let used_up = explained.used_up.iter().map(|(purse, until)| {
        format!("{} is used up until {}: no SMS and no call is sent", purse_in_words(*purse), opened.time(*until))
    });
    text += &rows("budget", &used_up.collect::<Vec<String>>());
    text += &list("messages", explained.messages.iter().map(|line| message_line(opened, line)));
    text + &list("events", explained.events.iter().map(|line| case_line(&opened.regain, line)))
}

fn list(name: &str, lines: impl Iterator<Item = String>) -> String {
    let lines: String = lines.map(|line| format!("  {line}")).collect();
    let none = if lines.is_empty() { "  none\n" } else { "" };
    format!("\nLast {name}, newest first:\n{lines}{none}")
}

const fn state_in_words(state: AccountState) -> &'static str {
    match state {
        AccountState::Usable => "usable",
        AccountState::Disabled => "disabled in the directory",
        AccountState::Expired => "expired in the directory",
    }
}

const fn purse_in_words(purse: Purse) -> &'static str {
    match purse {
        Purse::Contact => "that of one number",
        Purse::Block => "that of its block of numbers",
        Purse::Overall => "that of all numbers",
    }
}

fn policy_in_words(policy: &Policy) -> String {
    let methods: Vec<&str> = policy.methods.iter().map(|method| method.name()).collect();
    let apart = match policy.independence {
        Independence::Contacts => "by different contacts",
        Independence::Channels => "by mail and by telephone",
    };
    let gates = count(policy.gates, "proof");
    if policy.gates == 1 {
        format!("{gates}: {}", methods.join(", "))
    } else {
        format!("{gates} {apart}: {}", methods.join(", "))
    }
}

fn verdict(opened: &Opened, explained: &Explained) -> String {
    match explained.obstacle {
        _ if explained.user_name.is_none() => "no: every method below is a decoy".to_owned(),
        None => "yes".to_owned(),
        Some(Obstacle::TooFewMethods) => format!(
            "no: fewer independent contacts than {}. The page hides that with decoys; the owner is told",
            count(explained.policy.gates, "proof")
        ),
        Some(Obstacle::Disabled) => {
            "no: a new password would not let the person in. The owner is told after the first code".to_owned()
        }
        Some(Obstacle::Paused) => "no: paused, see below".to_owned(),
        Some(Obstacle::FreshContacts { until }) => format!(
            "not yet: a contact is new in the directory and counts from {}. The owner is told. \
             If you vouch for it: regain contacts trust",
            opened.time(until)
        ),
    }
}

fn methods(explained: &Explained) -> Vec<String> {
    let line = |shown: &service::Shown| {
        let decoy = if shown.decoy { "decoy, leads nowhere" } else { "real" };
        format!("{:<6} {:<34} {decoy}", shown.kind, shown.mask)
    };
    let mut lines: Vec<String> = explained.methods.iter().map(line).collect();
    if lines.is_empty() {
        lines.push("no method at all".to_owned());
    }
    lines
}

fn message_line(opened: &Opened, line: &MessageLine) -> String {
    // Without a channel the store's "channel reference" begins with a space.
    let outcome = line.outcome.trim();
    let became = match line.status {
        OutboxStatus::Waiting if line.tries == 0 => "waiting".to_owned(),
        OutboxStatus::Waiting => format!("waiting, tried {}", count(line.tries, "time")),
        OutboxStatus::Delivered if outcome == "nowhere" && line.purpose == "owner" => "nothing to tell".to_owned(),
        OutboxStatus::Delivered if outcome == "nowhere" => "a decoy's: sent nowhere".to_owned(),
        OutboxStatus::Delivered => "handed over".to_owned(),
        OutboxStatus::GivenUp => "given up".to_owned(),
    };
    let outcome = if outcome.is_empty() || outcome == "nowhere" { String::new() } else { format!(": {outcome}") };
    format!("{}  {:<6} {:<6} {became}{outcome}\n", opened.time(line.at), line.purpose, line.kind)
}

fn case_line(regain: &Regain, line: &CaseLine) -> String {
    let detail = if line.detail.is_empty() { String::new() } else { format!(" ({})", line.detail) };
    // What a worker or a command did came from no network; an old address is dropped before its row.
    let from = line.network.as_deref().map_or("-", |network| network.strip_suffix("/32").unwrap_or(network));
    format!(
        "{}  {:<8} {:<24} {} {from}\n",
        super::opened::time(regain, Timestamp::from_millis(line.at.millis())),
        line.reference,
        format!("{}{detail}", line.event),
        line.user_name.as_deref().unwrap_or("-")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_is_told_from_a_user_name() {
        for text in ["R7K 2MQ", "r7k 2mq", " R7K-2MQ "] {
            assert_eq!(reference(text).as_deref(), Some("R7K 2MQ"), "{text}");
        }
        for text in ["R7K2MQ", "anna", "anna dubois", "R7K 2M", "é7k 2mq", ""] {
            assert_eq!(reference(text), None, "{text}");
        }
    }
}
