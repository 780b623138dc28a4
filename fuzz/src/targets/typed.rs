//! What a person types.

use super::{text, two_texts};
use recovery::{Code, EmailAddress, PhoneNumber, UserName};

pub fn user_name(bytes: &[u8]) {
    let Some(typed) = text(bytes) else { return };
    let Some(name) = UserName::parse(typed) else { return };
    assert!(!name.as_str().is_empty() && !name.as_str().contains(char::is_control));
    assert!(UserName::parse(name.as_str()).as_ref() == Some(&name), "what was read reads the same again");
    let own = ["school.example".to_owned()];
    let canonical = name.canonical(&own);
    // Of two domains only the last goes.
    if let Some(again) = UserName::parse(&canonical).filter(|name| !name.as_str().contains('@')) {
        assert_eq!(again.canonical(&own), canonical, "what is canonical stays so");
    }
}

pub fn phone(bytes: &[u8]) {
    let Some((region, typed)) = two_texts(bytes) else { return };
    let Ok(number) = PhoneNumber::parse(typed, region) else { return };
    let e164 = number.e164();
    assert!(e164.starts_with('+') && e164.bytes().skip(1).all(|byte| byte.is_ascii_digit()), "{e164}");
    assert!(PhoneNumber::parse(e164, "BE").as_ref() == Ok(&number), "{e164} reads the same anywhere");
    assert!(number.last_two().iter().all(char::is_ascii_digit));
    let _ = number.readable(region);
}

pub fn email(bytes: &[u8]) {
    let Some(typed) = text(bytes) else { return };
    let Some(address) = EmailAddress::parse(typed) else { return };
    let text = address.as_str();
    assert!(!text.contains(char::is_control) && !text.contains(char::is_whitespace), "{text:?}");
    assert!(EmailAddress::parse(text).as_ref() == Some(&address), "{text:?} reads the same again");
    assert!(!address.local().is_empty() && !address.domain().is_empty() && !address.mailbox().is_empty());
}

pub fn code(bytes: &[u8]) {
    let Some(typed) = text(bytes) else { return };
    if let Some(code) = Code::parse(typed) {
        assert!(code.reveal().bytes().all(|byte| byte.is_ascii_digit()));
    }
}
