//! What a stranger reads off the page of a name that nobody has is as likely for an account: letters, domains, numbers of
//! methods and policies, together.

use super::world::{census_of, keys, own_domains};
use crate::look::{Letter, Spelling};
use crate::*;
use std::collections::{BTreeMap, BTreeSet};

const GIVEN: [&str; 8] = ["anna", "bilal", "chloe", "david", "emma", "felix", "greta", "hugo"];
const FAMILY: [&str; 10] =
    ["adam", "baert", "claes", "dubois", "evrard", "fontaine", "goossens", "hendrix", "ivens", "jacobs"];

/// A school whose people are not alike: teachers have `given.family`, mail at work and two telephones; pupils have `p10034`
/// and mostly one parent's mail and mobile; some have one contact, some have none.
fn people() -> Vec<Account> {
    let teachers = (0..160).map(|n| person(&format!("{}.{}", GIVEN[n % 8], FAMILY[n / 8 % 10]), n, true));
    let pupils = (0..240).map(|n| person(&format!("p{}", 10_000 + 17 * n), n, false));
    teachers.chain(pupils).collect()
}

fn person(user_name: &str, n: usize, teacher: bool) -> Account {
    let spread = (n * 7919) % 100;
    let initial = |part: usize| user_name.split('.').nth(part).and_then(|part| part.chars().next()).unwrap_or('m');
    let mut contacts = Vec::new();
    let mut email = |first: char, domain: &str| {
        contacts.push(Contact::Email(EmailAddress::parse(&format!("{first}{n}@{domain}")).expect("an address")));
    };
    match (teacher, spread) {
        (true, 0..70) => email(initial(0), "gmail.com"),
        (true, 70..90) => email(initial(1), "telenet.be"),
        (false, 0..50) => email(['k', 's', 't'][n % 3], "hotmail.com"),
        (false, 50..55) => {
            email('k', "hotmail.com");
            email('z', &format!("family{n}.be"));
        }
        _ => {}
    }
    let mut phone = |text: String, line| {
        contacts.push(Contact::Phone(Phone { number: PhoneNumber::parse(&text, "BE").expect("a number"), line }));
    };
    if spread < 80 {
        phone(format!("0470 {} {:02} {:02}", 10 + n % 80, n / 80 + 10 * usize::from(teacher), spread), Line::Mobile);
    }
    if teacher && spread.is_multiple_of(2) {
        phone("071 22 22 00".to_owned(), Line::Office);
    }
    Account {
        id: AccountId(format!("id-{user_name}")),
        user_name: user_name.to_owned(),
        given_name: String::new(),
        family_name: String::new(),
        display_name: String::new(),
        own_addresses: Vec::new(),
        contacts,
        state: AccountState::Usable,
        groups: if teacher { ["teachers".to_owned()].into() } else { BTreeSet::new() },
        password_changed_at: None,
    }
}

fn group_policies() -> [GroupPolicy; 1] {
    [GroupPolicy { group: "teachers".to_owned(), policy: Policy { code_digits: 8, ..Policy::default() } }]
}

fn census() -> Census {
    census_of(&people(), |account| account.groups.contains("teachers").then_some("teachers"))
}

fn begun(user_name: &str, account: Option<&Account>, census: &Census) -> Recovery {
    let (own, keys, usual, groups) = (own_domains(), keys(), Policy::default(), group_policies());
    let policies = Policies { usual: &usual, groups: &groups };
    let user_name = UserName::parse(user_name).expect("a name");
    let (realm, reported, disclose) = ("school", false, Disclose::Hide);
    let facts = Facts { now: super::world::START, random: [3; 32], keys: &keys, pauses: BTreeMap::new() };
    let (own_domains, fresh) = (&own, &BTreeMap::new());
    begin(Begin { realm, user_name, account, reported, own_domains, fresh, census, policies, disclose }, &facts)
}

/// Everything that a stranger can count on a page, in words: the policy, and each method with how its mask goes with the name.
fn seen(recovery: &Recovery) -> String {
    let spelling = Spelling::of(&recovery.user_name().canonical(&own_domains()));
    let mut letters = Vec::new();
    let offers = recovery.offers.iter().map(|offer| match &offer.mask {
        Mask::Email { first, domain } => {
            let relation = spelling.relation(*first, &letters);
            letters.push(*first);
            format!("mail {relation:?} {domain:?}")
        }
        // Digits are compared apart.
        Mask::Phone { .. } => offer.kind.name().to_owned(),
    });
    let offers = offers.collect::<Vec<_>>().join(", ");
    format!("{} digits: {offers}", recovery.policy().code_digits)
}

/// How much two distributions differ: half the sum of all differences, 0 to 1.
fn distance(one: &BTreeMap<String, u32>, other: &BTreeMap<String, u32>) -> f64 {
    let total = |counts: &BTreeMap<String, u32>| f64::from(counts.values().sum::<u32>());
    let share = |counts: &BTreeMap<String, u32>, key| f64::from(counts.get(key).copied().unwrap_or(0)) / total(counts);
    let keys: BTreeSet<&String> = one.keys().chain(other.keys()).collect();
    keys.into_iter().map(|key| (share(one, key) - share(other, key)).abs()).sum::<f64>() / 2.0
}

fn counted(pages: impl Iterator<Item = String>) -> BTreeMap<String, u32> {
    pages.fold(BTreeMap::new(), |mut counts, page| {
        *counts.entry(page).or_default() += 1;
        counts
    })
}

#[test]
fn pages_of_nobody_look_as_often_as_those_of_accounts() {
    let (census, people) = (census(), people());
    let real = |teachers: bool| {
        let kind = people.iter().filter(move |account| account.groups.is_empty() != teachers);
        counted(kind.map(|account| seen(&begun(&account.user_name, Some(account), &census))))
    };
    let nobody = |name: &dyn Fn(usize) -> String| counted((0..2_000).map(|n| seen(&begun(&name(n), None, &census))));
    let unknown_teachers =
        nobody(&|n| format!("{}x{n}.{}", GIVEN[n % 8], FAMILY[n / 8 % 10]).replace(char::is_numeric, "q"));
    let unknown_pupils = nobody(&|n| format!("p{}", 10_001 + 17 * n));
    for (kind, real, unknown) in [("teachers", real(true), unknown_teachers), ("pupils", real(false), unknown_pupils)] {
        let distance = distance(&real, &unknown);
        assert!(distance < 0.08, "{kind}: {distance}\n{real:#?}\n{unknown:#?}");
    }
}

/// Strata matter: drawn without a look at how the name is built, a pupil's name would show a teacher's page.
#[test]
fn a_name_is_drawn_among_those_built_alike() {
    let census = census();
    let digits = |name: String| begun(&name, None, &census).policy().code_digits;
    assert!((0..100).all(|n| digits(format!("p{}", 20_000 + n)) == 6));
    assert!((0..100).all(|n| digits(format!("zoe{}.claes", "q".repeat(n))) == 8));
    let mixed: BTreeSet<u8> = (0..100).map(|n| digits(format!("a.b.c{}", "q".repeat(n)))).collect();
    assert_eq!(mixed, [6, 8].into(), "a name such as nobody has may be anyone's");
}

#[test]
fn every_page_can_be_walked_to_its_end() {
    let census = census();
    for n in 0..500 {
        let recovery = begun(&format!("p{}", 30_000 + n), None, &census);
        let prints: BTreeSet<&ContactPrint> = recovery.offers.iter().map(|offer| offer.to.print()).collect();
        assert!(prints.len() >= usize::from(recovery.policy().gates), "{}", seen(&recovery));
    }
}

#[test]
fn a_number_that_many_share_keeps_its_digits_and_others_are_drawn() {
    let census = census();
    let mut mobiles = BTreeSet::new();
    for n in 0..400 {
        for offer in &begun(&format!("yan{}.claes", "q".repeat(n % 200)), None, &census).offers {
            match offer.mask {
                Mask::Phone { line: Line::Office, last_two } => assert_eq!(last_two, ['0', '0']),
                Mask::Phone { line: Line::Mobile, last_two } => _ = mobiles.insert(last_two),
                Mask::Email { .. } => {}
            }
        }
    }
    assert!(mobiles.len() > 60, "{mobiles:?}");
}

/// Who comes after the census may have a letter or digits that nobody had: decoys have them at times as well.
#[test]
fn what_nobody_had_is_drawn_at_times() {
    let census = census();
    let mut letters = BTreeSet::new();
    let mut endings = BTreeSet::new();
    for n in 0..3_000 {
        for offer in &begun(&format!("p{}", 40_000 + n), None, &census).offers {
            match &offer.mask {
                Mask::Email { first, .. } => _ = letters.insert(*first),
                Mask::Phone { last_two, .. } => _ = endings.insert(*last_two),
            }
        }
    }
    assert!(letters.len() > 15 && endings.len() > 90, "{letters:?} {endings:?}");
}

#[test]
fn one_owner_of_many_addresses_does_not_share_their_domain() {
    let mut people = people();
    let address = |n: usize| Contact::Email(EmailAddress::parse(&format!("a{n}@only-anna.be")).expect("an address"));
    people[0].contacts.extend((0..4).map(address));
    assert!(!census_of(&people, |_| None).shows("only-anna.be"));
    people[1].contacts.push(address(7));
    people[2].contacts.push(address(8));
    assert!(census_of(&people, |_| None).shows("only-anna.be"));
}

#[test]
fn a_census_reads_back_and_knows_its_accounts() {
    let census = census();
    assert_eq!(Census::decode(&census.encode()).as_ref(), Ok(&census));
    assert_eq!(census.accounts(), 400);
    let mut newcomer = people().swap_remove(0);
    assert!(census.knows(&newcomer, Some("teachers"), &own_domains()));
    let mobile = |n| {
        Contact::Phone(Phone {
            number: PhoneNumber::parse(&format!("0499 00 00 0{n}"), "BE").expect("a number"),
            line: Line::Mobile,
        })
    };
    newcomer.contacts.extend((0..3).map(mobile));
    assert!(!census.knows(&newcomer, Some("teachers"), &own_domains()));
    assert_eq!(Letter::Elsewhere, Spelling::of("p1").relation('z', &[]));
}

#[test]
fn an_obstacle_shows_at_once_only_where_the_operator_says_so() {
    let (census, own, keys, usual) = (census(), own_domains(), keys(), Policy::default());
    let mut account = people().swap_remove(0);
    account.state = AccountState::Disabled;
    let ends = |disclose| {
        let policies = Policies { usual: &usual, groups: &[] };
        let user_name = UserName::parse("anna.adam").expect("a name");
        let (realm, reported, account) = ("school", false, Some(&account));
        let facts = Facts { now: super::world::START, random: [3; 32], keys: &keys, pauses: BTreeMap::new() };
        let (own_domains, fresh) = (&own, &BTreeMap::new());
        let census = &census;
        begin(Begin { realm, user_name, account, reported, own_domains, fresh, census, policies, disclose }, &facts)
            .has_ended()
    };
    assert!(!ends(Disclose::Hide) && !ends(Disclose::Unknown));
    assert!(ends(Disclose::All));
}

/// An account answers to `adubois` and to `anna.dubois@school.example`: so must nobody.
#[test]
fn two_names_of_one_house_show_one_page() {
    let mut people = people();
    for account in people.iter_mut().filter(|account| !account.groups.is_empty()) {
        let long = account.user_name.clone();
        account.own_addresses = vec![EmailAddress::parse(&format!("{long}@school.example")).expect("an address")];
        let (given, family) = long.split_once('.').expect("two parts");
        account.user_name = format!("{}{family}", &given[..1]);
    }
    let census = census_of(&people, |_| None);
    let page = |name: &str| begun(name, None, &census).offers;
    for (short, long) in [("zclaes", "zoe.claes"), ("ybaert", "Yves.Baert@school.example")] {
        assert_eq!(page(short), page(long), "all teachers answer to both");
    }
    assert_ne!(page("zclaes"), page("zbaert"));
}
