//! Forms as browsers send them (WHATWG URL §5.1, `application/x-www-form-urlencoded`), read strictly: UTF-8, each field
//! once, none too long, no more than a page of ours has.

use percent_encoding::percent_decode_str;
use recovery::Password;
use std::collections::BTreeMap;
use zeroize::{Zeroize, Zeroizing};

/// Most fields that a form of ours has, and some.
const FIELDS_MAX: usize = 16;

/// Most bytes of a field's value: 256 characters of a password are at most 1,024.
const VALUE_BYTES_MAX: usize = 4 * 1024;

/// The one field that may be as long as a body: the letter to the secretariat.
const LETTER: &str = "what";

/// Fields that forms of every kind have.
const COMMON: [&str; 3] = ["token", "version", "do"];

/// The fields of a form, each at most once. Wiped when dropped: one of them may be a password.
#[derive(Default)]
pub struct Form(BTreeMap<String, String>);

impl Form {
    /// Reads the body of a POST. `None`: it is none that a page of ours sends.
    pub fn read(content_type: Option<&str>, body: &[u8]) -> Option<Self> {
        if body.is_empty() {
            return Some(Self::default());
        }
        let kind = content_type?.split(';').next()?.trim();
        if !kind.eq_ignore_ascii_case("application/x-www-form-urlencoded") {
            return None;
        }
        let mut form = Self::default();
        for pair in std::str::from_utf8(body).ok()?.split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let (name, value) = (decoded(name)?, decoded(value)?);
            let is_too_long = value.len() > VALUE_BYTES_MAX && name.as_str() != LETTER;
            let is_full = form.0.len() == FIELDS_MAX;
            // An array has no place in our forms.
            if is_too_long || is_full || form.0.insert(name.to_string(), value.to_string()).is_some() {
                return None;
            }
        }
        Some(form)
    }

    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    /// Which button was pressed.
    pub fn action(&self) -> &str {
        self.get("do").unwrap_or("")
    }

    /// A password field; `None` when it is empty.
    pub fn password(&self, name: &str) -> Option<Password> {
        Password::new(self.get(name).unwrap_or(""))
    }

    /// Whether it has only fields of these names (and those that every form has).
    pub fn has_only(&self, names: &[&str]) -> bool {
        self.0.keys().all(|name| COMMON.contains(&name.as_str()) || names.contains(&name.as_str()))
    }
}

impl Drop for Form {
    fn drop(&mut self) {
        self.0.values_mut().for_each(Zeroize::zeroize);
    }
}

/// The values behind the `?` that have these names. Mail programs and others add names of their own: those are nobody's
/// business. `None`: one of ours is not UTF-8, or comes twice.
pub fn query(encoded: &str, ours: &[&str]) -> Option<BTreeMap<String, String>> {
    let mut read = BTreeMap::new();
    for pair in encoded.split('&') {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        if ours.contains(&name) && read.insert(name.to_owned(), decoded(value)?.to_string()).is_some() {
            return None;
        }
    }
    Some(read)
}

/// A name or a value as it was typed. `None` when it is no UTF-8, or a `%` stands before something else than two digits
/// (browsers write every `%` as `%25`).
fn decoded(text: &str) -> Option<Zeroizing<String>> {
    let is_hex = |part: &str| part.len() >= 2 && part.bytes().take(2).all(|byte| byte.is_ascii_hexdigit());
    if !text.split('%').skip(1).all(is_hex) {
        return None;
    }
    let spaced = Zeroizing::new(text.replace('+', " "));
    let read = percent_decode_str(&spaced).decode_utf8().ok()?;
    Some(Zeroizing::new(read.into_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(body: &str) -> Option<Form> {
        Form::read(Some("application/x-www-form-urlencoded"), body.as_bytes())
    }

    #[test]
    fn a_field_given_twice_is_refused() {
        assert!(read("a=1&b=2").is_some());
        assert!(read("a=1&a=2").is_none());
        assert!(read("a=1&%61=2").is_none(), "however it is written");
        assert!(read("a=1&a[]=2").is_some_and(|form| !form.has_only(&["a"])));
        assert!(read("a=1&A=2").is_some_and(|form| !form.has_only(&["a"])));
        let many: String = (0..17).map(|n| format!("f{n}=1&")).collect();
        assert!(read(&many).is_none());
    }

    #[test]
    fn what_was_typed_arrives_as_it_was_typed() {
        let form = read("username=Zo%C3%AB+%26+%2B%25&empty=&bare").expect("a form");
        assert_eq!(form.get("username"), Some("Zoë & +%"));
        assert_eq!((form.get("empty"), form.get("bare"), form.get("other")), (Some(""), Some(""), None));
    }

    #[test]
    fn bytes_that_are_no_text_are_refused() {
        for body in
            ["a=%FF", "a=%C3", "a=%C0%AF", "a=%ED%A0%80", "%FF=1", "a=%", "a=%4", "a=%zz", "a=%+1", "a=100%&b=1"]
        {
            assert!(read(body).is_none(), "{body}");
        }
        assert!(Form::read(Some("application/x-www-form-urlencoded"), b"a=\xff").is_none());
    }

    #[test]
    fn a_value_too_long_for_its_field_is_refused() {
        let long = "x".repeat(VALUE_BYTES_MAX + 1);
        assert!(read(&format!("username={long}")).is_none());
        assert!(read(&format!("{long}=1")).is_some_and(|form| !form.has_only(&["username"])));
        assert!(read(&format!("what={long}")).is_some(), "a letter may be long");
    }

    #[test]
    fn only_our_kind_of_body_is_a_form() {
        let read = |kind: &str| Form::read(Some(kind), b"a=1");
        assert!(read("application/x-www-form-urlencoded; charset=utf-8").is_some());
        for kind in ["multipart/form-data; boundary=x", "application/json", "text/plain", ""] {
            assert!(read(kind).is_none(), "{kind}");
        }
        assert!(Form::read(None, b"a=1").is_none());
    }

    #[test]
    fn names_that_others_add_to_an_address_are_passed_over() {
        let read = |text: &str| query(text, &["report", "language"]);
        let found = read("utm_source=mail&report=abc&fbclid=%FF&report2=x").expect("a query");
        assert_eq!(found.get("report").map(String::as_str), Some("abc"));
        assert_eq!(found.len(), 1);
        assert!(read("report=a&report=b").is_none(), "one of ours comes once");
        assert!(read("report=%FF").is_none());
        assert!(read("").is_some_and(|found| found.is_empty()));
    }
}
