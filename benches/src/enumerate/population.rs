//! A school of people as schools are: names, mailboxes, telephones and groups that go together, some with too few, some with
//! none. Half of them have an account; the other half might as well.

use std::collections::BTreeSet;

/// The domain of the school's own mailboxes.
pub const OWN_DOMAIN: &str = "example.test";
/// The number that most offices share.
const SWITCHBOARD: &str = "+3271202000";

const GIVEN: &str = "lea emma louise alice juliette mila chloe anna nora sara lina ines jade zoe elise manon clara eva marie \
    camille amina yasmine fatima laura julie noah arthur louis adam jules lucas liam gabriel hugo victor mohamed ethan \
    nathan raphael maxime theo simon bilal ayoub ibrahim mehdi karim david thomas pieter wout seppe jan sofie lotte femke \
    elke tuur stan";
const FAMILY: &str = "peeters janssens maes jacobs mertens willems claes goossens wouters desmet dubois lambert dupont martin \
    simon laurent leroy lefebvre renard gerard lejeune michel leclercq denis fontaine thomas petit evrard noel collard \
    hubert bodart charlier baert vermeulen pauwels hermans aerts devos michiels smets hendrickx jansen stevens segers \
    cools verhoeven benali elamrani bouzid haddad yilmaz demir kaya ozturk rossi bianchi esposito nowak kowalski ivanov \
    popescu nguyen tran silva santos ferreira lopez garcia fernandez diallo traore ndiaye mbala ilunga kabongo okafor";
const NICKNAMES: [&str; 12] =
    ["sunny", "kikker", "mimi", "foot", "gamer", "xavi", "bibou", "poupette", "tiger", "dj", "zorro", "4ever"];
/// Mail domains, and how many of a hundred have each; the rest have one of their own.
const DOMAINS: [(&str, u64); 9] = [
    ("gmail.com", 38),
    ("hotmail.com", 20),
    ("outlook.com", 12),
    ("telenet.be", 9),
    ("skynet.be", 6),
    ("live.be", 4),
    ("icloud.com", 3),
    ("proximus.be", 2),
    ("proton.me", 2),
];

/// Somebody who may have an account.
#[derive(Clone, Debug)]
pub struct Somebody {
    pub user_name: String,
    /// What the school's rule makes of the user name; an account has it as well, unless somebody came first.
    pub short_name: String,
    pub has_short_name: bool,
    pub given: String,
    pub family: String,
    pub emails: Vec<String>,
    pub mobiles: Vec<String>,
    pub offices: Vec<String>,
    pub staff: bool,
    pub disabled: bool,
    pub known: bool,
}

/// A row of numbers that is the same at every run (splitmix64).
pub struct Dice(pub u64);

impl Dice {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub fn below(&mut self, bound: u64) -> u64 {
        self.next() % bound.max(1)
    }

    fn percent(&mut self, share: u64) -> bool {
        self.below(100) < share
    }

    fn one<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[usize::try_from(self.below(of.len() as u64)).unwrap_or(0)]
    }
}

/// `each` people with an account and as many without, in the order in which they are walked.
pub fn people(each: usize) -> Vec<Somebody> {
    let mut dice = Dice(20_261_126);
    let (given, family): (Vec<&str>, Vec<&str>) =
        (GIVEN.split_whitespace().collect(), FAMILY.split_whitespace().collect());
    let (mut names, mut short_names) = (BTreeSet::new(), BTreeSet::new());
    let mut people: Vec<Somebody> = Vec::new();
    let mut known_left = each;
    for left in (1..=2 * each).rev() {
        let (given, family) = (dice.one(&given), dice.one(&family));
        let plain = format!("{given}.{family}");
        let user_name = (1..).map(|n| if n == 1 { plain.clone() } else { format!("{plain}{n}") });
        let user_name = user_name.into_iter().find(|name| !names.contains(name)).unwrap_or_default();
        names.insert(user_name.clone());
        let short_name = user_name.chars().take(1).chain(user_name.split('.').nth(1).unwrap_or("").chars()).collect();
        let has_short_name = short_names.insert(String::clone(&short_name));
        let known = dice.below(left as u64) < known_left as u64;
        known_left -= usize::from(known);
        let staff = dice.percent(15);
        let mut somebody = Somebody {
            user_name,
            short_name,
            has_short_name,
            given: given.to_owned(),
            family: family.to_owned(),
            emails: Vec::new(),
            mobiles: Vec::new(),
            offices: Vec::new(),
            staff,
            disabled: dice.percent(3),
            known,
        };
        give_contacts(&mut somebody, people.last(), &mut dice);
        people.push(somebody);
    }
    people
}

fn give_contacts(somebody: &mut Somebody, before: Option<&Somebody>, dice: &mut Dice) {
    let number = dice.below(1_000_000);
    if dice.percent(4) && !somebody.staff {
        // A sister or brother: the parents' contacts.
        if let Some(before) = before {
            somebody.emails.clone_from(&before.emails);
            somebody.mobiles.clone_from(&before.mobiles);
            return;
        }
    }
    let (emails, mobiles) = match (somebody.staff, dice.below(100)) {
        (_, 0..3) => (0, 0),
        (true, 3..10) | (false, 3..13) => (1, 0),
        (true, 10..15) | (false, 13..22) => (0, 1),
        (_, 22..30) => (2, 1),
        (_, 30..34) => (1, 2),
        _ => (1, 1),
    };
    for n in 0..emails {
        let domain = domain(dice).unwrap_or_else(|| format!("{}-{number}.be", somebody.family));
        let local = local_part(somebody, n, dice);
        somebody.emails.push(format!("{local}@{domain}"));
    }
    for _ in 0..mobiles {
        somebody.mobiles.push(format!("+3247{:07}", dice.below(10_000_000)));
    }
    if somebody.staff && dice.percent(60) {
        let own = format!("+327120{:04}", 2001 + dice.below(500));
        somebody.offices.push(if dice.percent(50) { SWITCHBOARD.to_owned() } else { own });
    }
}

fn domain(dice: &mut Dice) -> Option<String> {
    let mut left = dice.below(100);
    for (domain, share) in DOMAINS {
        match left.checked_sub(share) {
            Some(rest) => left = rest,
            None => return Some(domain.to_owned()),
        }
    }
    None
}

fn local_part(somebody: &Somebody, n: usize, dice: &mut Dice) -> String {
    let Somebody { given, family, .. } = somebody;
    let initial: String = given.chars().take(1).collect();
    let year = 60 + dice.below(50) % 100;
    // A second mailbox is more often a parent's, or one of fun.
    match dice.below(100) + 25 * n as u64 {
        0..45 => format!("{given}.{family}"),
        45..58 => format!("{initial}{family}{year}"),
        58..68 => format!("{family}.{given}"),
        68..74 => format!("{given}{year}"),
        74..90 => format!("{}{year}", dice.one(&NICKNAMES)),
        _ => format!("{}.{family}", dice.one(&["marc", "nathalie", "patrick", "isabelle", "rachid", "khadija"])),
    }
}
