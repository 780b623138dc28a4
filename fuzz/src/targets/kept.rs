//! What a browser keeps for us, and what the store does.

use super::text;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use recovery::{Census, Recovery};
use service::{Browser, Ticket};
use std::sync::OnceLock;
use store::sealing::Keyring;

fn keyring() -> &'static Keyring {
    static KEYRING: OnceLock<Keyring> = OnceLock::new();
    KEYRING.get_or_init(Keyring::generate)
}

/// A cookie as anybody can write it. Without our key none opens a draft.
pub fn ticket(bytes: &[u8]) {
    let Some(cookie) = text(bytes) else { return };
    if let Some(Ticket::Draft(_)) = Ticket::from_cookie(cookie, keyring()) {
        panic!("a draft that we did not seal");
    }
}

/// A cookie that was sealed with our key and holds anything at all.
pub fn sealed_ticket(bytes: &[u8]) {
    let sealed = keyring().seal(&[b"cookie", b"recovery"], bytes);
    let cookie = format!("d.{}", URL_SAFE_NO_PAD.encode(&sealed));
    if let Some(ticket) = Ticket::from_cookie(&cookie, keyring()) {
        let again = ticket.to_cookie(keyring());
        assert!(Ticket::from_cookie(&again, keyring()).is_some());
    }
}

/// The cookie by which a browser is known again, sealed with our key around anything at all.
pub fn sealed_browser(bytes: &[u8]) {
    let cookie = URL_SAFE_NO_PAD.encode(keyring().seal(&[b"cookie", b"browser"], bytes));
    if let Some(browser) = Browser::from_cookie(&cookie, keyring()) {
        assert!(Browser::from_cookie(&browser.to_cookie(keyring()), keyring()) == Some(browser));
    }
}

pub fn recovery(bytes: &[u8]) {
    let Ok(recovery) = Recovery::decode(bytes) else { return };
    let again = Recovery::decode(&recovery.encode()).expect("what we write we can read");
    assert!(again == recovery);
    let _ = (recovery.page(), recovery.trail(), recovery.reference(), recovery.has_ended());
}

pub fn census(bytes: &[u8]) {
    let Ok(census) = Census::decode(bytes) else { return };
    assert!(Census::decode(&census.encode()).is_ok());
}

pub fn outbox(bytes: &[u8]) {
    let _ = service::is_job(bytes);
}
