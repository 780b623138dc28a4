//! An invented school in Charleroi, and its people: each account shows something.

use super::InvitedAccount;
use directory::embedded::NewAccount;
use recovery::{Contact, EmailAddress, Line, Password, Phone, PhoneNumber, UserName};
use service::{Secretariat, Texts};

pub const NAME: &str = "Institut des Deux Rivières";
pub const DOMAIN: &str = "deuxrivieres.example";
pub const COUNTRY: &str = "BE";

/// The people of one realm.
pub struct People {
    pub realm: &'static str,
    pub label: Texts,
    pub accounts: Vec<NewAccount>,
}

/// An account that the terminal invites to try.
struct Invited {
    user_name: &'static str,
    given_name: &'static str,
    family_name: &'static str,
    emails: &'static [&'static str],
    mobiles: &'static [&'static str],
    offices: &'static [&'static str],
    groups: &'static [&'static str],
    disabled: bool,
    password: Option<&'static str>,
    shows: &'static str,
}

const PLAIN: Invited = Invited {
    user_name: "",
    given_name: "",
    family_name: "",
    emails: &[],
    mobiles: &[],
    offices: &[],
    groups: &["pupils"],
    disabled: false,
    password: None,
    shows: "",
};

const INVITED: [Invited; 8] = [
    Invited {
        user_name: "camille.dubois",
        given_name: "Camille",
        family_name: "Dubois",
        emails: &["pcamille@charleroi.example"],
        mobiles: &["+32470123467"],
        shows: "the whole walk: try this one first",
        ..PLAIN
    },
    Invited {
        user_name: "noah.peeters",
        given_name: "Noah",
        family_name: "Peeters",
        emails: &["nora.peeters@sambre.example"],
        mobiles: &["+32470456712"],
        password: Some("Vier-Rode-Fietsen-9"),
        shows: "the whole walk as well, and sign-in with the password it has",
        ..PLAIN
    },
    Invited {
        user_name: "lena.schmitz",
        given_name: "Lena",
        family_name: "Schmitz",
        mobiles: &["+32470987635"],
        offices: &["+3271234590"],
        groups: &["staff"],
        shows: "two telephones, a mobile and an office one: an SMS and a call to one number are one proof",
        ..PLAIN
    },
    Invited {
        user_name: "louis.lambert",
        given_name: "Louis",
        family_name: "Lambert",
        emails: &["famille.lambert@charleroi.example"],
        shows: "only one contact: the page looks like any other, and the owner is told whom to call",
        ..PLAIN
    },
    Invited {
        user_name: "emma.claes",
        given_name: "Emma",
        family_name: "Claes",
        shows: "no contact at all: the page looks like any other, and leads nowhere",
        ..PLAIN
    },
    Invited {
        user_name: "hugo.martin",
        given_name: "Hugo",
        family_name: "Martin",
        emails: &["hugo.martin@sambre.example"],
        mobiles: &["+32470555508"],
        disabled: true,
        shows: "a disabled account: the truth after the first proof, and a message to its owner",
        ..PLAIN
    },
    Invited {
        user_name: "admin.informatique",
        given_name: "Aïcha",
        family_name: "Benali",
        emails: &["aicha.benali@sambre.example"],
        mobiles: &["+32470331177"],
        groups: &["staff", "administrators"],
        shows: "an administrator: the same two proofs",
        ..PLAIN
    },
    Invited {
        user_name: "éloïse.d'hondt",
        given_name: "Éloïse",
        family_name: "D’Hondt",
        emails: &["eloise.dhondt@charleroi.example"],
        mobiles: &["+32470224466"],
        shows: "accents and an apostrophe, in the user name and the name",
        ..PLAIN
    },
];

/// The accounts to try, as the terminal and `--json` show them.
pub fn invited() -> Vec<InvitedAccount> {
    let one = |invited: &Invited| InvitedAccount {
        user_name: full_name(invited.user_name),
        contacts: contacts(invited).iter().map(readable).collect(),
        shows: invited.shows.to_owned(),
        password: invited.password.map(str::to_owned),
    };
    INVITED.iter().map(one).collect()
}

fn full_name(user_name: &str) -> String {
    format!("{user_name}@{DOMAIN}")
}

fn readable(contact: &Contact) -> String {
    match contact {
        Contact::Email(address) => address.as_str().to_owned(),
        Contact::Phone(phone) => phone.number.readable("").to_owned(),
    }
}

/// The people of each realm: everyone in one, or pupils and staff apart.
pub fn people(realms: u8) -> Vec<People> {
    let label = |fr: &str, nl: &str, de: &str, en: &str| -> Texts {
        [("fr", fr), ("nl", nl), ("de", de), ("en", en)].map(|(tag, text)| (tag.to_owned(), text.to_owned())).into()
    };
    let is_staff = |invited: &Invited| invited.groups.contains(&"staff");
    if realms < 2 {
        let accounts = INVITED.iter().map(account).chain(others()).collect();
        return vec![People { realm: "school", label: label("École", "School", "Schule", "School"), accounts }];
    }
    let pupils = INVITED.iter().filter(|invited| !is_staff(invited)).map(account).chain(others()).collect();
    let staff = INVITED.iter().filter(|invited| is_staff(invited)).map(account).collect();
    vec![
        People {
            realm: "pupils",
            label: label("Élèves", "Leerlingen", "Schülerinnen und Schüler", "Pupils"),
            accounts: pupils,
        },
        People { realm: "staff", label: label("Personnel", "Personeel", "Personal", "Staff"), accounts: staff },
    ]
}

fn account(invited: &Invited) -> NewAccount {
    let user_name = UserName::parse(invited.user_name).expect("an invented user name is one");
    let mut account = NewAccount::new(user_name, invited.given_name, invited.family_name);
    account.own_addresses.extend(EmailAddress::parse(&full_name(invited.user_name)));
    account.contacts = contacts(invited);
    account.groups = invited.groups.iter().map(|group| (*group).to_owned()).collect();
    account.disabled = invited.disabled;
    account.password = invited.password.and_then(Password::new);
    account
}

fn contacts(invited: &Invited) -> Vec<Contact> {
    let emails = invited.emails.iter().filter_map(|text| EmailAddress::parse(text)).map(Contact::Email);
    let mobiles = invited.mobiles.iter().filter_map(|text| phone(text, Line::Mobile));
    let offices = invited.offices.iter().filter_map(|text| phone(text, Line::Office));
    emails.chain(mobiles).chain(offices).collect()
}

fn phone(text: &str, line: Line) -> Option<Contact> {
    PhoneNumber::parse(text, COUNTRY).ok().map(|number| Contact::Phone(Phone { number, line }))
}

/// Forty more pupils, so that mail domains are shared and decoys have something to look like.
fn others() -> impl Iterator<Item = NewAccount> {
    const GIVEN: [&str; 10] = ["Arthur", "Jade", "Gabriel", "Olivia", "Liam", "Mila", "Jules", "Nina", "Adam", "Sara"];
    const FAMILY: [&str; 8] = ["Leroy", "Simon", "Jacobs", "Maes", "Willems", "Wouters", "Dupont", "Renard"];
    const DOMAINS: [&str; 4] = ["charleroi.example", "sambre.example", "famille.example", "poste.example"];
    (0..40).map(|n: usize| {
        let (given, family) = (GIVEN[n % GIVEN.len()], FAMILY[n / 5 % FAMILY.len()]);
        let name = format!("{}.{}{}", given.to_lowercase(), family.to_lowercase(), n);
        let user_name = UserName::parse(&name).expect("an invented user name is one");
        let mut account = NewAccount::new(user_name, given, family);
        let parent = format!(
            "{}.{}@{}",
            GIVEN[(n + 3) % GIVEN.len()].to_lowercase(),
            family.to_lowercase(),
            DOMAINS[n % DOMAINS.len()]
        );
        account.contacts.extend(EmailAddress::parse(&parent).map(Contact::Email));
        account.contacts.extend(phone(&format!("+3247061{:04}", n * 97 % 10_000), Line::Mobile));
        if n % 9 == 4 {
            account.contacts.extend(phone(&format!("+327133{:04}", n * 89 % 10_000), Line::Office));
        }
        account.groups.insert("pupils".to_owned());
        account
    })
}

pub fn secretariat() -> Secretariat {
    let texts = |all: [(&str, &str); 4]| -> Texts { all.map(|(tag, text)| (tag.to_owned(), text.to_owned())).into() };
    Secretariat {
        name: texts([
            ("fr", "Secrétariat des élèves"),
            ("nl", "Leerlingensecretariaat"),
            ("de", "Schulsekretariat"),
            ("en", "School office"),
        ]),
        telephone: Some("071 12 34 50".to_owned()),
        email: EmailAddress::parse("secretariat@deuxrivieres.example"),
        hours: texts([
            ("fr", "Du lundi au vendredi, de 8\u{a0}h à 16\u{a0}h\u{a0}30"),
            ("nl", "Van maandag tot vrijdag, van 8 tot 16.30\u{a0}uur"),
            ("de", "Montag bis Freitag, von 8 bis 16.30\u{a0}Uhr"),
            ("en", "Monday to Friday, 8:00 to 16:30"),
        ]),
        address: [(String::new(), "Quai du Confluent 12, 6000 Charleroi".to_owned())].into(),
    }
}
