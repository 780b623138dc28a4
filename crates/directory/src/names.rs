//! The names under which a typed user name is looked up.
//!
//! Whatever a person types of `Anna`, `anna` and `anna@school.example` (with `school.example` one of the realm's own
//! domains), the same names are looked up. So all of them find one account or none, and nobody learns from a difference
//! between them that an account exists.

use recovery::UserName;

/// The canonical name, and with it the addresses that it would have in each of the own domains.
pub(crate) fn names(user_name: &UserName, own_domains: &[String]) -> Vec<String> {
    let canonical = user_name.canonical(own_domains);
    let elsewhere = canonical.contains('@');
    let addresses = own_domains.iter().filter(|_| !elsewhere).map(|domain| format!("{canonical}@{}", fold(domain)));
    let addresses: Vec<String> = addresses.collect();
    std::iter::once(canonical).chain(addresses).collect()
}

/// One text for all spellings of a name, its domain kept.
#[cfg(feature = "embedded")]
pub(crate) fn key(user_name: &UserName) -> String {
    user_name.canonical(&[])
}

fn fold(domain: &str) -> String {
    domain.to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_spelling_of_one_account_looks_up_the_same_names() {
        let own = ["School.example".to_owned(), "pupils.example".to_owned()];
        let names = |typed: &str| names(&UserName::parse(typed).expect("a name"), &own);
        assert_eq!(names("anna"), ["anna", "anna@school.example", "anna@pupils.example"]);
        assert_eq!(names("ANNA@school.EXAMPLE"), names("anna"));
        assert_eq!(names("anna@pupils.example"), names("Ａnna"));
        assert_eq!(names("anna@elsewhere.example"), ["anna@elsewhere.example"]);
    }
}
