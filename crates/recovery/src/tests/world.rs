//! A small school, and a person who walks through a recovery by short commands.

use crate::*;
use std::collections::{BTreeMap, BTreeSet};

pub const START: Timestamp = Timestamp::from_millis(1_700_000_000_000);
const OWN_DOMAINS: [&str; 1] = ["school.example"];

pub fn keys() -> Keys {
    Keys::from_root(&[7; 32])
}

pub fn own_domains() -> Vec<String> {
    OWN_DOMAINS.map(str::to_owned).into()
}

fn email(text: &str) -> Contact {
    Contact::Email(EmailAddress::parse(text).expect("a test's address"))
}

fn phone(text: &str, line: Line) -> Contact {
    Contact::Phone(Phone { number: PhoneNumber::parse(text, "BE").expect("a test's number"), line })
}

/// The people of the school.
pub fn account(user_name: &str) -> Option<Account> {
    let anna_mail = email("panna@x.be");
    let anna_mobile = phone("0470 12 34 67", Line::Mobile);
    let (contacts, state) = match user_name {
        "anna" => (vec![anna_mail, anna_mobile], AccountState::Usable),
        "phones" => {
            (vec![phone("0470 00 00 11", Line::Mobile), phone("071 22 22 22", Line::Office)], AccountState::Usable)
        }
        "single" => (vec![email("single@x.be")], AccountState::Usable),
        "own" => (vec![email("own@school.example"), email("OWN@mail.example"), anna_mobile], AccountState::Usable),
        "twice" => (vec![anna_mobile.clone(), anna_mobile], AccountState::Usable),
        "none" => (vec![], AccountState::Usable),
        "disabled" => (vec![anna_mail, anna_mobile], AccountState::Disabled),
        _ => return None,
    };
    Some(Account {
        id: AccountId(format!("id-{user_name}")),
        user_name: user_name.to_owned(),
        given_name: user_name.to_owned(),
        family_name: String::new(),
        display_name: user_name.to_owned(),
        own_addresses: vec![EmailAddress::parse("own@mail.example").expect("address")],
        contacts,
        state,
        groups: BTreeSet::new(),
        password_changed_at: None,
    })
}

/// A census of forty accounts that share two mail domains, and one that has its own.
pub fn census() -> Census {
    let people = (0..40).map(|n| {
        let domain = if n == 0 {
            "rare.be"
        } else if n % 2 == 0 {
            "x.be"
        } else {
            "y.be"
        };
        let mut account = account("anna").expect("anna");
        account.contacts = vec![email(&format!("p{n}@{domain}")), phone(&format!("0470 00 00 {:02}", n), Line::Mobile)];
        account
    });
    census_of(&people.collect::<Vec<_>>(), |_| None)
}

/// The census of some accounts, each in one group or none.
pub fn census_of(people: &[Account], group: impl Fn(&Account) -> Option<&'static str>) -> Census {
    let (own, keys) = (own_domains(), keys());
    let mut taker = CensusTaker::new(&own, Census::SHARED_BY_MIN, &keys.contact);
    people.iter().for_each(|account| taker.read(account));
    people.iter().for_each(|account| taker.count(account, group(account)));
    taker.finish(1, START)
}

/// One walk, driven by commands such as `choose sms` and described by what the person sees.
pub struct Person {
    pub recovery: Option<Recovery>,
    pub now: Timestamp,
    pub policy: Policy,
    pub effects: Vec<Effect>,
    pub pauses: BTreeMap<Counter, Timestamp>,
    /// Contacts that do not count yet.
    pub fresh: BTreeMap<ContactPrint, Timestamp>,
    codes: Vec<Code>,
    turn: u8,
    keys: Keys,
}

impl Person {
    pub fn new(policy: Policy) -> Self {
        Self {
            recovery: None,
            now: START,
            policy,
            effects: Vec::new(),
            pauses: BTreeMap::new(),
            fresh: BTreeMap::new(),
            codes: Vec::new(),
            turn: 0,
            keys: keys(),
        }
    }

    /// Does one thing and says what is seen then.
    pub fn does(&mut self, command: &str) -> String {
        let mut words = command.split_whitespace().peekable();
        if let Some(wait) =
            words.peek().and_then(|word| word.strip_prefix('+')).filter(|word| word.ends_with(['s', 'm']))
        {
            let (number, unit) = wait.split_at(wait.len() - 1);
            let seconds: u32 = number.parse().expect("a time");
            self.now = self.now.plus(seconds * if unit == "m" { 60 } else { 1 });
            words.next();
        }
        let (verb, object) = (words.next().unwrap_or(""), words.collect::<Vec<_>>().join(" "));
        self.effects.clear();
        if verb == "name" {
            self.begin(&object);
        } else if !verb.is_empty() {
            let event = self.event(verb, &object);
            self.happens(event);
        }
        self.sees()
    }

    fn begin(&mut self, user_name: &str) {
        let census = census();
        let own = own_domains();
        let found = account(UserName::parse(user_name).expect("a name").canonical(&own).as_str());
        let begun = Begin {
            realm: "school",
            user_name: UserName::parse(user_name).expect("a name"),
            account: found.as_ref(),
            reported: false,
            own_domains: &own,
            fresh: &self.fresh,
            census: &census,
            policies: Policies { usual: &self.policy, groups: &[] },
            disclose: Disclose::Hide,
        };
        self.turn += 1;
        let keys = self.keys.clone();
        self.recovery = Some(begin(begun, &self.facts(&keys)));
    }

    pub fn happens(&mut self, event: Event) {
        self.turn += 1;
        let keys = self.keys.clone();
        let recovery = self.recovery.take().expect("a recovery has begun");
        let Decision { recovery, effects } = step(recovery, event, &self.facts(&keys));
        self.codes.extend(effects.iter().filter_map(|effect| match effect {
            Effect::SendCode { code, .. } => Some(code.clone()),
            _ => None,
        }));
        let again = Recovery::decode(&recovery.encode()).expect("a state reads back");
        assert_eq!(again, recovery, "a state reads back as it was written");
        self.effects = effects;
        self.recovery = Some(recovery);
    }

    fn facts<'a>(&self, keys: &'a Keys) -> Facts<'a> {
        Facts { now: self.now, random: [self.turn; 32], keys, pauses: self.pauses.clone() }
    }

    fn event(&self, verb: &str, object: &str) -> Event {
        match (verb, object) {
            ("choose", "none") => Event::NoMethodChosen,
            ("choose", method) => Event::MethodChosen { offer: self.offer(method) },
            ("number", typed) => Event::NumberTyped { number: PhoneNumber::parse(typed, "BE").ok() },
            ("address", typed) => Event::AddressTyped { address: EmailAddress::parse(typed) },
            ("code", "right") => Event::CodeTyped { code: self.codes.last().cloned() },
            ("code", "old") => Event::CodeTyped { code: self.codes.iter().rev().nth(1).cloned() },
            ("code", typed) => Event::CodeTyped { code: Code::parse(typed) },
            ("fresh", _) => Event::FreshCodeAsked,
            ("other", _) => Event::OtherMethodAsked,
            ("more", _) => Event::MoreTimeAsked,
            ("cancel", _) => Event::Cancelled,
            ("help", "ends") => Event::HelpEnded,
            ("help", _) => Event::HelpAsked { wait_seconds: 3600 },
            ("password", "good") => {
                Event::PasswordTyped { verdict: PasswordVerdict::Accepted { sealed: vec![1, 2], changed_before: None } }
            }
            ("password", "different") => Event::PasswordTyped { verdict: PasswordVerdict::Different },
            ("password", rule) => Event::PasswordTyped {
                verdict: PasswordVerdict::Refused { failed: vec![rule.to_owned()], strength: 1 },
            },
            ("write", "again") => Event::WriteBegunAgain,
            ("write", outcome) => Event::WriteBackEnded { outcome: write_outcome(outcome) },
            _ => panic!("unknown command {verb} {object}"),
        }
    }

    /// `sms` is the first SMS method, `call:2` the second call method.
    fn offer(&self, method: &str) -> usize {
        let (kind, nth) = method.split_once(':').unwrap_or((method, "1"));
        let nth: usize = nth.parse().expect("a number");
        let offers = &self.recovery.as_ref().expect("a recovery").offers;
        let of_kind: Vec<usize> = (0..offers.len()).filter(|place| offers[*place].kind.name() == kind).collect();
        of_kind.get(nth - 1).copied().unwrap_or(99)
    }

    /// What the person sees, and what was sent.
    fn sees(&self) -> String {
        let recovery = self.recovery.as_ref().expect("a recovery");
        let mut seen = match recovery.page() {
            Page::Method(page) => {
                let offers: Vec<String> =
                    page.offers.iter().map(|(_, offer)| format!("{} {}", offer.kind.name(), offer.mask)).collect();
                format!("methods {}", offers.join(", "))
            }
            Page::ConfirmContact(page) => format!("type {} {}", page.kind.name(), page.mask),
            Page::Code(page) => format!("code {} {}, {} left", page.kind.name(), page.mask, page.attempts_left),
            Page::NewPassword => "new password".to_owned(),
            Page::Writing { unclear } => format!("writing{}", if unclear { ", unclear" } else { "" }),
            Page::WaitingForHelp => "waiting".to_owned(),
            Page::Done => "done".to_owned(),
            Page::Stopped { stop, .. } => format!("stopped {}", stop.name()),
        };
        if let Some(notice) = recovery.notice() {
            seen += &format!("; {}", notice_word(notice));
        }
        for effect in &self.effects {
            match effect {
                Effect::SendCode { kind, to: Destination::OnRecord(_), .. } => {
                    seen += &format!("; {} sent", kind.name())
                }
                Effect::TellOwner { obstacle: Some(obstacle) } => seen += &format!("; owner told {obstacle:?}"),
                Effect::TellContacts { what } => seen += &format!("; contacts told {what:?}"),
                _ => {}
            }
        }
        seen
    }
}

fn write_outcome(word: &str) -> WriteBackOutcome {
    match word {
        "done" => WriteBackOutcome::Done,
        "unknown" => WriteBackOutcome::Unknown,
        "away" => WriteBackOutcome::Unreachable,
        "not-done" => WriteBackOutcome::NotDone,
        "not-allowed" => WriteBackOutcome::NotAllowed,
        "gone" => WriteBackOutcome::AccountUnusable,
        rule => WriteBackOutcome::Refused { rule: rule.to_owned() },
    }
}

fn notice_word(notice: &Notice) -> String {
    match notice {
        Notice::CodeWrong { attempts_left } => format!("wrong, {attempts_left} left"),
        Notice::NotYet { .. } => "not yet".to_owned(),
        Notice::Wait { .. } => "wait".to_owned(),
        Notice::PasswordRefused { failed, .. } => format!("refused {}", failed.join(" ")),
        other => format!("{other:?}"),
    }
}

/// Walks a table. Each line is a command, `->`, and what is seen: exactly, or with `…` for the rest.
#[track_caller]
pub fn check(table: &str) {
    check_with(Policy::default(), table);
}

#[track_caller]
pub fn check_with(policy: Policy, table: &str) {
    let mut person = Person::new(policy);
    for line in table.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let (command, expected) = line.split_once("->").expect("command -> what is seen");
        let seen = person.does(command.trim());
        let expected = expected.trim();
        let fits = match expected.strip_suffix('…') {
            Some(head) => seen.starts_with(head.trim_end()),
            None => seen == expected,
        };
        assert!(fits, "\n  line: {line}\n  seen: {seen}");
    }
}
