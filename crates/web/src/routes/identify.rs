//! Page 2 of the walk: which account, and what naming one costs while the site is under attack.

use super::walk::{account_path, go_to, realm_name};
use super::{Clothes, not_ours, ok};
use crate::answer::{Answer, drop_cookie, keep_browser, keep_cookie, page, see_other};
use crate::call::{Call, NOTE};
use crate::pages::identify::{IdentifyError, IdentifyPage};
use crate::pages::wait::{Turn, WaitPage};
use crate::{Frame, Site, WalkTitle};
use http::StatusCode;
use http::header::{HeaderValue, RETRY_AFTER};
use recovery::{Timestamp, UserName};
use service::{Challenge, Offered, Passage, Realm, Trouble};

/// Page 2: which account.
pub async fn show(site: &Site, call: &Call) -> Result<Answer, Trouble> {
    let Some(realm) = realm_of(site, call.query("realm")) else { return Ok(see_other("/recover")) };
    let note = call.cookie(NOTE).unwrap_or("");
    let error = match note {
        "empty" => Some(IdentifyError::Empty),
        "not-a-user-name" => Some(IdentifyError::NotAUserName),
        "unknown" => Some(IdentifyError::Unknown),
        _ => None,
    };
    let clothes = Clothes::of(site, call, "");
    let name = realm_name(realm, call);
    let several = site.regain.realms.len() > 1;
    let challenge = site.regain.toll_for(&call.visitor).await?;
    let identify = IdentifyPage {
        frame: clothes.frame(site, call, WalkTitle::Recover),
        typed: "",
        error,
        example: (!realm.user_name_example.is_empty()).then_some(realm.user_name_example.as_str()),
        realm: several.then_some((&realm.name, &name)),
        challenge: challenge.as_ref(),
    };
    let mut answer = ok(site, call, identify.render());
    if !note.is_empty() {
        drop_cookie(&mut answer, NOTE);
    }
    // With the page and not with its answer, so that only who keeps no cookies comes back without one.
    if call.visitor.browser.is_none() {
        keep_browser(&mut answer, site, &site.regain.new_browser());
    }
    Ok(answer)
}

/// The realm of this name, or the only one there is.
fn realm_of<'a>(site: &'a Site, name: Option<&str>) -> Option<&'a Realm> {
    match name {
        Some(name) => site.regain.realm(name),
        None if site.regain.realms.len() == 1 => site.regain.realms.first(),
        None => None,
    }
}

/// The account was named: a recovery begins, in the cookie. Under attack only for a browser that has paid the toll.
pub async fn identify(site: &Site, call: &Call) -> Result<Answer, Trouble> {
    let form = &call.form;
    let Some(realm) = realm_of(site, form.get("realm")) else { return Ok(not_ours("/recover")) };
    if !call.is_ours(site, "") || !form.has_only(&["username", "realm", "challenge", "solution", "turn"]) {
        return Ok(not_ours(&account_path(site, realm)));
    }
    if form.action() == "cancel" {
        return Ok(see_other("/sign-in"));
    }
    let field = |name: &str| form.get(name).unwrap_or("");
    let typed = field("username");
    let back = |note: &str| {
        let mut answer = see_other(&account_path(site, realm));
        keep_cookie(&mut answer, NOTE, note, Some(60));
        answer
    };
    let Some(user_name) = UserName::parse(typed) else {
        return Ok(back(if typed.trim().is_empty() { "empty" } else { "not-a-user-name" }));
    };
    let offered = Offered { challenge: field("challenge"), solution: field("solution"), turn: field("turn") };
    let early = !offered.turn.is_empty();
    match site.regain.pass_toll(&call.visitor, offered).await? {
        Passage::Free => Ok(match site.regain.begin(&realm.name, user_name).await? {
            Some(opened) => go_to(site, call, &opened),
            None => back("unknown"),
        }),
        Passage::Waits { at, ticket, challenge } => {
            let early = early && ticket == offered.turn;
            Ok(show_wait(site, call, realm, at, Turn::At { at, ticket: &ticket, early }, &challenge))
        }
        Passage::Full { again_at, challenge } => {
            Ok(show_wait(site, call, realm, again_at, Turn::Full { again_at }, &challenge))
        }
    }
}

/// The page that waits: 429, because the client asked too often (RFC 6585 §4), and when it may ask again.
fn show_wait(site: &Site, call: &Call, realm: &Realm, at: Timestamp, turn: Turn<'_>, challenge: &Challenge) -> Answer {
    let clothes = Clothes::of(site, call, "");
    let frame = Frame { who: call.form.get("username"), ..clothes.frame(site, call, WalkTitle::Recover) };
    let realm = (site.regain.realms.len() > 1).then_some(realm.name.as_str());
    let html = WaitPage { frame, realm, turn, challenge }.render();
    let mut answer = page(call, &site.looks, StatusCode::TOO_MANY_REQUESTS, html);
    let seconds = site.regain.now().seconds_until(at);
    answer.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
    answer
}
