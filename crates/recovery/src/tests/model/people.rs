//! Who is in the small world: a person, an attacker, their accounts, and who reads which mailbox and telephone.

use crate::tests::world;
use crate::*;
use std::sync::LazyLock;

/// Who sits at a browser.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Who {
    /// Owns the account `anna` and reads both of its channels.
    Person,
    /// Knows every user name and number, reads one of Anna's channels, and owns the account `mal` altogether.
    Attacker,
}

/// A mailbox or a telephone that a code can arrive at.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum Place {
    AnnaMail,
    AnnaMobile,
    MalMail,
    MalMobile,
}

/// User names that recoveries of this world are about.
pub const NAMES: [&str; 2] = ["anna", "mal"];

pub static KEYS: LazyLock<Keys> = LazyLock::new(world::keys);

struct Contacts {
    mail: EmailAddress,
    number: PhoneNumber,
}

static CONTACTS: LazyLock<[Contacts; 2]> = LazyLock::new(|| {
    let read = |mail, number| Contacts {
        mail: EmailAddress::parse(mail).expect("an address"),
        number: PhoneNumber::parse(number, "BE").expect("a number"),
    };
    [read("panna@x.be", "0470123467"), read("mal@x.be", "0470987654")]
});

static PRINTS: LazyLock<[(ContactPrint, Place); 4]> = LazyLock::new(|| {
    let [anna, mal] = &*CONTACTS;
    let mail = |of: &Contacts| Contact::Email(of.mail.clone()).print(&KEYS.contact);
    let mobile = |of: &Contacts| Contact::Phone(mobile(&of.number)).print(&KEYS.contact);
    [
        (mail(anna), Place::AnnaMail),
        (mobile(anna), Place::AnnaMobile),
        (mail(mal), Place::MalMail),
        (mobile(mal), Place::MalMobile),
    ]
});

fn mobile(number: &PhoneNumber) -> Phone {
    Phone { number: number.clone(), line: Line::Mobile }
}

impl Place {
    /// The place that a contact's hash stands for.
    pub fn of(print: &ContactPrint) -> Option<Place> {
        PRINTS.iter().find(|(known, _)| known == print).map(|(_, place)| *place)
    }
}

impl Who {
    /// Whether codes that arrive there are read by them. `tapped` is the channel of Anna's that the attacker holds.
    pub fn reads(self, place: Place, tapped: Place) -> bool {
        match self {
            Who::Person => matches!(place, Place::AnnaMail | Place::AnnaMobile),
            Who::Attacker => place == tapped || matches!(place, Place::MalMail | Place::MalMobile),
        }
    }
}

/// The telephone number on record of an account, by its place in [`NAMES`].
pub fn number_on_record(name: usize) -> PhoneNumber {
    CONTACTS[name].number.clone()
}

pub fn account(name: usize) -> Account {
    let Contacts { mail, number } = &CONTACTS[name];
    let contacts = vec![Contact::Email(mail.clone()), Contact::Phone(mobile(number))];
    let mut account = world::account("anna").expect("anna");
    account.id = AccountId(format!("id-{}", NAMES[name]));
    account.user_name = NAMES[name].to_owned();
    account.contacts = contacts;
    account
}
