//! What the accounts of a realm look like as a whole. Taken once and kept, because a decoy that changes betrays itself.

use crate::decoy::eligible_contacts;
use crate::draw::Draw;
use crate::house::{House, HouseRules};
use crate::look::{EmailLook, Ending, Form, Kinds, Look, Spelling};
use crate::{Account, Contact, ContactPrint, Line, Policy, Timestamp, UserName};
use std::collections::{BTreeMap, BTreeSet};

/// Names built in one way are drawn for apart when at least so many accounts have such a name. With fewer, a decoy would
/// be the copy of one of them.
const ALIKE_MIN: u64 = 20;

/// How much more a letter or a pair of digits that was seen weighs than one that was not. What was never seen is drawn at
/// times as well: else the first account that has it after the census would stand out.
const SEEN_WEIGHT: u32 = 4;

/// A snapshot of what strangers see of a realm's accounts.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Census {
    /// 1 for the first of a realm; a new one adds 1. 0: none was taken yet.
    pub number: u32,
    pub taken_at: Timestamp,
    /// Every account, the incomplete ones too, by how its user name is built.
    pub(crate) looks: BTreeMap<Form, BTreeMap<Look, u32>>,
    /// Mail domains that enough accounts share to be shown.
    pub(crate) domains: BTreeSet<String>,
    /// First letters of addresses that do not stand in the user name.
    pub(crate) letters: BTreeMap<char, u32>,
    /// How often own numbers end in each pair of digits, `00` first: mobile phones, and office phones.
    pub(crate) mobile_endings: Vec<u32>,
    pub(crate) office_endings: Vec<u32>,
    /// How the organisation makes one name of another.
    pub(crate) house: Option<House>,
}

impl Census {
    /// How many accounts must share a mail domain before a page shows it, unless the settings say otherwise.
    pub const SHARED_BY_MIN: u32 = 3;

    /// Whether a page may show this mail domain.
    pub fn shows(&self, domain: &str) -> bool {
        self.domains.contains(domain)
    }

    /// The name that decoys and counts of a name go by which nobody has: one for all that the organisation makes of each
    /// other, as often as its accounts answer to them.
    pub fn name_of_nobody(&self, canonical: &str, decoy_key: &[u8; 32]) -> String {
        self.house.as_ref().map_or_else(|| canonical.to_owned(), |house| house.name(canonical, decoy_key))
    }

    /// How many accounts were counted.
    pub fn accounts(&self) -> u64 {
        self.looks.values().map(total).sum()
    }

    /// Whether any account had a contact. One of a directory that is still to be filled has none.
    pub fn has_contacts(&self) -> bool {
        self.all_looks().any(|(look, _)| look.has_contacts())
    }

    /// How many mail domains are shown.
    pub fn domains_shown(&self) -> usize {
        self.domains.len()
    }

    /// Whether an account that looks like this was there when the census was taken. A look that decoys never have says
    /// that its account is real.
    pub fn knows(&self, account: &Account, group: Option<&str>, own_domains: &[String]) -> bool {
        let spelling = spelling_of(account, own_domains);
        let kinds = look_of(account, &spelling, group, own_domains, |domain| self.shows(domain), |_| false).kinds();
        self.all_looks().any(|(look, _)| look.kinds() == kinds && look.group.as_deref() == group)
    }

    fn all_looks(&self) -> impl Iterator<Item = (&Look, u32)> + Clone {
        self.looks.values().flatten().map(|(look, count)| (look, *count))
    }

    /// The looks of accounts whose names are built like this one; of all where those are few.
    fn alike(&self, form: Form) -> impl Iterator<Item = (&Look, u32)> + Clone {
        let own = self.looks.get(&form).is_some_and(|looks| total(looks) >= ALIKE_MIN);
        let fits = move |other: &Form| !own || *other == form;
        self.looks.iter().filter(move |(other, _)| fits(other)).flat_map(|(_, looks)| looks).map(|(look, n)| (look, *n))
    }

    /// The look of one of the accounts, whether it can finish or not.
    pub(crate) fn draw_look(&self, form: Form, draw: &mut Draw) -> Option<&Look> {
        draw.weighted(self.alike(form))
    }

    /// The look of an account of this group that can pass all gates, and has all these kinds of contacts.
    pub(crate) fn draw_whole(
        &self,
        form: Form,
        group: Option<&str>,
        has: Kinds,
        policy: &Policy,
        draw: &mut Draw,
    ) -> Option<&Look> {
        let fits =
            |look: &Look| look.group.as_deref() == group && look.kinds().include(has) && look.kinds().suffice(policy);
        draw.weighted(self.alike(form).filter(|(look, _)| fits(look)))
            .or_else(|| draw.weighted(self.all_looks().filter(|(look, _)| fits(look))))
    }

    /// A first letter that does not stand in the user name.
    pub(crate) fn draw_letter(&self, is_free: impl Fn(char) -> bool + Copy, draw: &mut Draw) -> char {
        let seen = self.letters.iter().map(|(letter, count)| (*letter, count.saturating_mul(SEEN_WEIGHT)));
        let any = ('a'..='z').map(|letter| (letter, 1));
        draw.weighted(seen.chain(any).filter(|(letter, _)| is_free(*letter))).unwrap_or('x')
    }

    /// The last two digits of somebody's own number.
    pub(crate) fn draw_ending(&self, line: Line, draw: &mut Draw) -> [char; 2] {
        let seen = match line {
            Line::Mobile => &self.mobile_endings,
            Line::Office => &self.office_endings,
        };
        let weight = |n: u8| seen.get(usize::from(n)).copied().unwrap_or(0).saturating_mul(SEEN_WEIGHT) + 1;
        let n = draw.weighted((0..100).map(|n| (n, weight(n)))).unwrap_or(0);
        [char::from(b'0' + n / 10), char::from(b'0' + n % 10)]
    }
}

fn total(looks: &BTreeMap<Look, u32>) -> u64 {
    looks.values().map(|count| u64::from(*count)).sum()
}

/// The user name of an account, taken apart as what a person types is.
pub(crate) fn spelling_of(account: &Account, own_domains: &[String]) -> Spelling {
    Spelling::of(canonical(&account.user_name, own_domains).as_deref().unwrap_or(&account.user_name))
}

fn canonical(user_name: &str, own_domains: &[String]) -> Option<String> {
    UserName::parse(user_name).map(|name| name.canonical(own_domains))
}

fn look_of(
    account: &Account,
    spelling: &Spelling,
    group: Option<&str>,
    own_domains: &[String],
    is_shown: impl Fn(&str) -> bool,
    is_shared: impl Fn(&Contact) -> bool,
) -> Look {
    let mut look = Look { group: group.map(str::to_owned), ..Look::default() };
    let mut letters = Vec::new();
    for contact in eligible_contacts(account, own_domains) {
        match contact {
            Contact::Email(address) => {
                let (first, domain) = (address.first_letter(), address.domain());
                let letter = spelling.relation(first, &letters);
                letters.push(first);
                look.emails.push(EmailLook { letter, domain: is_shown(&domain).then_some(domain) });
            }
            Contact::Phone(phone) => {
                let ending: Ending = is_shared(contact).then(|| phone.number.last_two());
                match phone.line {
                    Line::Mobile => look.mobiles.push(ending),
                    Line::Office => look.offices.push(ending),
                }
            }
        }
    }
    look
}

/// Takes a census: reads all accounts twice, first what many share, then how each looks.
pub struct CensusTaker<'a> {
    own_domains: &'a [String],
    shared_by_min: u32,
    contact_key: &'a [u8; 32],
    /// How many accounts have an address in each domain, and each number.
    domains: BTreeMap<String, u32>,
    numbers: BTreeMap<ContactPrint, u32>,
    rules: HouseRules,
    census: Census,
}

impl<'a> CensusTaker<'a> {
    pub fn new(own_domains: &'a [String], shared_by_min: u32, contact_key: &'a [u8; 32]) -> Self {
        let census = Census { mobile_endings: vec![0; 100], office_endings: vec![0; 100], ..Census::default() };
        let (domains, numbers, rules) = (BTreeMap::new(), BTreeMap::new(), HouseRules::default());
        Self { own_domains, shared_by_min, contact_key, domains, numbers, rules, census }
    }

    /// The first reading: what the account shares with others.
    pub fn read(&mut self, account: &Account) {
        let mut domains = BTreeSet::new();
        for contact in eligible_contacts(account, self.own_domains) {
            match contact {
                Contact::Email(address) => {
                    domains.insert(address.domain());
                }
                Contact::Phone(_) => *self.numbers.entry(contact.print(self.contact_key)).or_default() += 1,
            }
        }
        let addresses = account.own_addresses.iter().map(|address| address.as_str());
        let names = std::iter::once(account.user_name.as_str()).chain(addresses);
        let names: Vec<String> = names.filter_map(|name| canonical(name, self.own_domains)).collect();
        self.rules.count(&names.into_iter().filter(|name| !name.contains('@')).collect::<Vec<_>>());
        for domain in domains {
            *self.domains.entry(domain).or_default() += 1;
        }
    }

    /// The second reading, once all accounts were read: how the account looks. `group` is the one whose policy counts.
    pub fn count(&mut self, account: &Account, group: Option<&str>) {
        let spelling = spelling_of(account, self.own_domains);
        let enough = |count: Option<&u32>| count.is_some_and(|count| *count >= self.shared_by_min);
        let is_shown = |domain: &str| enough(self.domains.get(domain));
        let is_shared = |contact: &Contact| enough(self.numbers.get(&contact.print(self.contact_key)));
        let look = look_of(account, &spelling, group, self.own_domains, is_shown, is_shared);
        let census = &mut self.census;
        for contact in eligible_contacts(account, self.own_domains) {
            match contact {
                Contact::Email(address) if !spelling.holds(address.first_letter()) => {
                    *census.letters.entry(address.first_letter()).or_default() += 1;
                }
                Contact::Email(_) => {}
                Contact::Phone(phone) if !is_shared(contact) => {
                    let endings = match phone.line {
                        Line::Mobile => &mut census.mobile_endings,
                        Line::Office => &mut census.office_endings,
                    };
                    let digits: String = phone.number.last_two().iter().collect();
                    if let Some(count) = digits.parse().ok().and_then(|n: usize| endings.get_mut(n)) {
                        *count += 1;
                    }
                }
                Contact::Phone(_) => {}
            }
        }
        *census.looks.entry(spelling.form()).or_default().entry(look).or_default() += 1;
    }

    /// The census, under the number that follows the last one's.
    pub fn finish(self, number: u32, taken_at: Timestamp) -> Census {
        let Self { shared_by_min, domains, census, rules, .. } = self;
        let domains = domains.into_iter().filter(|(_, count)| *count >= shared_by_min).map(|(domain, _)| domain);
        Census { number, taken_at, domains: domains.collect(), house: rules.most_followed(), ..census }
    }
}
