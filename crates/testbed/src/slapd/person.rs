//! The people of a test directory, and how they look in LDIF.

use std::fmt::Write;

/// Where everything lies.
pub const BASE_DN: &str = "dc=example,dc=test";

/// How an account stands at the start.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Standing {
    #[default]
    Usable,
    /// `pwdAccountLockedTime: 000001010000Z`, the operator's own lock.
    LockedByOperator,
    /// `pwdEndTime` in the past.
    Ended,
}

/// One entry under `ou=people`: an inetOrgPerson with the auxiliary class `regainTestPerson`, which has `alternateMail`
/// (many values) and `accountDisabled` (a boolean that slapd itself does not heed).
#[derive(Clone, Debug)]
pub struct Person {
    pub uid: String,
    pub given_name: String,
    pub family_name: String,
    /// `mail`: the account's own addresses.
    pub mail: Vec<String>,
    pub alternate_mail: Vec<String>,
    pub mobile: Vec<String>,
    /// `telephoneNumber`.
    pub office: Vec<String>,
    /// `memberOf`: names of groups, which need not exist.
    pub groups: Vec<String>,
    pub password: Option<String>,
    pub standing: Standing,
    /// `accountDisabled: TRUE`.
    pub disabled_by_attribute: bool,
}

impl Person {
    /// A person with one own address, `uid@example.test`, and the password given.
    pub fn new(uid: &str, given_name: &str, family_name: &str, password: &str) -> Self {
        Self {
            uid: uid.to_owned(),
            given_name: given_name.to_owned(),
            family_name: family_name.to_owned(),
            mail: vec![format!("{uid}@example.test")],
            alternate_mail: Vec::new(),
            mobile: Vec::new(),
            office: Vec::new(),
            groups: Vec::new(),
            password: Some(password.to_owned()),
            standing: Standing::Usable,
            disabled_by_attribute: false,
        }
    }

    pub fn alternate_mail(mut self, address: &str) -> Self {
        self.alternate_mail.push(address.to_owned());
        self
    }

    pub fn mobile(mut self, number: &str) -> Self {
        self.mobile.push(number.to_owned());
        self
    }

    pub fn office(mut self, number: &str) -> Self {
        self.office.push(number.to_owned());
        self
    }

    pub fn group(mut self, name: &str) -> Self {
        self.groups.push(name.to_owned());
        self
    }

    pub fn standing(mut self, standing: Standing) -> Self {
        self.standing = standing;
        self
    }

    pub fn dn(&self) -> String {
        dn_of(&self.uid)
    }

    pub(super) fn ldif(&self) -> String {
        let mut ldif = format!("dn: {}\nobjectClass: inetOrgPerson\nobjectClass: regainTestPerson\n", self.dn());
        let mut line = |name: &str, value: &str| write_value(&mut ldif, name, value);
        line("uid", &self.uid);
        line("cn", &format!("{} {}", self.given_name, self.family_name));
        line("givenName", &self.given_name);
        line("sn", &self.family_name);
        let lists = [
            ("mail", &self.mail),
            ("alternateMail", &self.alternate_mail),
            ("mobile", &self.mobile),
            ("telephoneNumber", &self.office),
        ];
        for (name, values) in lists {
            values.iter().for_each(|value| line(name, value));
        }
        for group in &self.groups {
            line("memberOf", &format!("cn={group},ou=groups,{BASE_DN}"));
        }
        if let Some(password) = &self.password {
            line("userPassword", password);
        }
        if self.disabled_by_attribute {
            line("accountDisabled", "TRUE");
        }
        match self.standing {
            Standing::Usable => {}
            Standing::LockedByOperator => line("pwdAccountLockedTime", "000001010000Z"),
            Standing::Ended => line("pwdEndTime", "20200101000000Z"),
        }
        ldif
    }
}

/// The DN of a person by uid.
pub fn dn_of(uid: &str) -> String {
    format!("uid={uid},ou=people,{BASE_DN}")
}

/// Writes one line of LDIF, in base64 where RFC 2849 asks for it.
fn write_value(ldif: &mut String, name: &str, value: &str) {
    let safe = value.is_ascii()
        && !value.contains(['\n', '\r', '\0'])
        && !value.starts_with([' ', ':', '<'])
        && !value.ends_with(' ');
    let written = if safe { writeln!(ldif, "{name}: {value}") } else { writeln!(ldif, "{name}:: {}", base64(value)) };
    written.expect("a string takes every text");
}

fn base64(text: &str) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for chunk in text.as_bytes().chunks(3) {
        let bits = chunk.iter().fold(0_u32, |bits, byte| bits << 8 | u32::from(*byte)) << (8 * (3 - chunk.len()));
        for place in 0..4 {
            let digit = DIGITS[(bits >> (18 - 6 * place) & 63) as usize];
            out.push(if place <= chunk.len() { char::from(digit) } else { '=' });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::base64;

    #[test]
    fn base64_is_that_of_rfc_4648() {
        for (plain, coded) in [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")] {
            assert_eq!(base64(plain), coded);
        }
    }
}
