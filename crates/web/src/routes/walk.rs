//! Pages 3 to 10 of the walk, and the choice of a realm: each form becomes an event, and each page shows where the recovery stands.

use super::{Clothes, identify, not_ours, not_understood, ok};
use crate::answer::{Answer, keep_browser, keep_cookie, see_other};
use crate::call::{Call, RECOVERY};
use crate::form::Form;
use crate::pages::code::CodePage;
use crate::pages::confirm_contact::ConfirmContactPage;
use crate::pages::done::DonePage;
use crate::pages::method::MethodPage;
use crate::pages::new_password::NewPasswordPage;
use crate::pages::realm::{RealmChoice, RealmPage};
use crate::pages::stopped::{Ending, StoppedPage};
use crate::site::in_language;
use crate::{Frame, Site, Trail, WalkTitle};
use http::StatusCode;
use recovery::{Code, ContactPage, EmailAddress, Event, MethodKind, Notice, Page, PhoneNumber, Recovery};
use service::{Opened, Realm, Trouble};

/// The cookie of a recovery lives as long as the browser: what it opens has its own, shorter life.
const RECOVERY_LIFE: Option<u32> = None;

/// Page 2: the kind of account where there are several, else the account.
pub async fn show_start(site: &Site, call: &Call) -> Result<Answer, Trouble> {
    if site.regain.realms.len() < 2 {
        return identify::show(site, call).await;
    }
    let clothes = Clothes::of(site, call, "");
    let realms = realm_choices(site, call);
    Ok(ok(site, call, RealmPage { frame: clothes.frame(site, call, WalkTitle::Recover), realms: &realms }.render()))
}

pub fn realm_choices(site: &Site, call: &Call) -> Vec<RealmChoice> {
    let choice = |realm: &Realm| RealmChoice { value: realm.name.clone(), name: realm_name(realm, call), hint: None };
    site.regain.realms.iter().map(choice).collect()
}

pub fn realm_name(realm: &Realm, call: &Call) -> String {
    in_language(&realm.label, call.words.tag()).unwrap_or_else(|| realm.name.clone())
}

pub fn choose_realm(site: &Site, call: &Call) -> Answer {
    if !call.is_ours(site, "") || !call.form.has_only(&["realm"]) {
        return not_ours("/recover");
    }
    if call.form.action() == "cancel" {
        return see_other("/sign-in");
    }
    match call.form.get("realm").and_then(|name| site.regain.realm(name)) {
        Some(realm) => see_other(&account_path(site, realm)),
        None => not_ours("/recover"),
    }
}

/// Where the account of a realm is asked for. A realm's name is a plain word and needs no escaping.
pub fn account_path(site: &Site, realm: &Realm) -> String {
    if site.regain.realms.len() < 2 {
        "/recover/account".to_owned()
    } else {
        format!("/recover/account?realm={}", realm.name)
    }
}

/// Shows the page on which the recovery stands; another path leads there.
pub async fn show(site: &Site, call: &Call) -> Result<Answer, Trouble> {
    let Some(cookie) = call.cookie(RECOVERY) else { return Ok(show_ending(site, call, Ending::NoCookie)) };
    let Some(opened) = site.regain.open(cookie).await? else { return Ok(show_ending(site, call, Ending::NotValid)) };
    let correcting = call.path == "/recover/contact" && opened.recovery.correction_page().is_some();
    if !correcting && path_of(&opened.recovery.page()) != call.path {
        return Ok(see_other(path_of(&opened.recovery.page())));
    }
    Ok(show_page(site, call, cookie, &opened, correcting))
}

fn path_of(page: &Page<'_>) -> &'static str {
    match page {
        Page::Method(_) => "/recover/method",
        Page::ConfirmContact(_) => "/recover/contact",
        Page::Code(_) => "/recover/code",
        Page::NewPassword => "/recover/password",
        Page::Done => "/recover/done",
        Page::Writing { .. } | Page::WaitingForHelp | Page::Stopped { .. } => "/recover/stopped",
    }
}

fn show_page(site: &Site, call: &Call, cookie: &str, opened: &Opened, correcting: bool) -> Answer {
    let recovery = &opened.recovery;
    let clothes = Clothes::with_cookie_value(site, call, cookie);
    let reference = recovery.reference();
    let ended = recovery.has_ended();
    let frame = Frame {
        who: Some(recovery.user_name().as_str()),
        trail: (!ended || matches!(recovery.page(), Page::Done)).then(|| Trail::of(recovery)),
        deadline: (!ended).then(|| recovery.deadline()),
        version: Some(opened.version),
        reference: Some(&reference),
        ..clothes.frame(site, call, WalkTitle::Recover)
    };
    let notice = recovery.notice();
    if let Some(page) = recovery.correction_page().filter(|_| correcting) {
        return ok(site, call, ConfirmContactPage { frame, page: &page, typed: "", notice: None }.render());
    }
    let html = match recovery.page() {
        Page::Method(page) => MethodPage { frame, page: &page, notice }.render(),
        Page::ConfirmContact(page) => ConfirmContactPage { frame, page: &page, typed: "", notice }.render(),
        Page::Code(page) => CodePage { frame, page: &page, notice }.render(),
        Page::NewPassword => {
            let rules = site.rules(site.regain.realm(recovery.realm()));
            let strength = match notice {
                Some(Notice::PasswordRefused { strength, .. }) if *strength > 0 => Some(*strength),
                _ => None,
            };
            NewPasswordPage { frame, rules: &rules, notice, strength }.render()
        }
        Page::Done => DonePage { frame }.render(),
        Page::Writing { unclear } => {
            StoppedPage { frame, ending: Ending::Writing { unclear }, at_once: false }.render()
        }
        Page::WaitingForHelp => StoppedPage { frame, ending: Ending::WaitingForHelp, at_once: false }.render(),
        Page::Stopped { stop, .. } => {
            // Nothing is kept of a walk that stops before its first message.
            StoppedPage { frame, ending: Ending::Stop(stop), at_once: !recovery.is_kept() }.render()
        }
    };
    ok(site, call, html)
}

fn show_ending(site: &Site, call: &Call, ending: Ending<'_>) -> Answer {
    let clothes = Clothes::of(site, call, "");
    ok(
        site,
        call,
        StoppedPage { frame: clothes.frame(site, call, WalkTitle::Recover), ending, at_once: false }.render(),
    )
}

/// A form of the walk was sent: it becomes an event, unless it is old, or not ours; then the page shows where things stand.
pub async fn act(site: &Site, call: &Call) -> Result<Answer, Trouble> {
    let Some(opened) = site.regain.open(call.cookie(RECOVERY).unwrap_or("")).await? else {
        return Ok(see_other(&call.path));
    };
    if !call.form.has_only(&["method", "phone", "email", "code", "password", "again", "username"]) {
        return Ok(not_understood(site, call, StatusCode::BAD_REQUEST));
    }
    let is_current = call.form.get("version").and_then(|version| version.parse().ok()) == Some(opened.version);
    // A look decides nothing, and a worker may have looked since the page was shown.
    let is_look = call.path == "/recover/stopped" && call.form.action() == "look";
    if !call.is_ours(site, RECOVERY) || !(is_current || is_look) {
        return Ok(go_to(site, call, &opened));
    }
    let was_done = matches!(opened.recovery.page(), Page::Done);
    let opened = match (call.path.as_str(), call.form.action()) {
        ("/recover/password", "finish" | "") => {
            let (new, again) = (call.form.password("password"), call.form.password("again"));
            site.regain.choose_password(opened, new, again, &call.visitor).await?
        }
        ("/recover/stopped", "look") => site.regain.look_again(opened, &call.visitor).await?,
        _ => match event(site, call, &opened.recovery) {
            Some(event) => site.regain.act(opened, event, &call.visitor).await?,
            None => opened,
        },
    };
    let mut answer = go_to(site, call, &opened);
    if !was_done
        && matches!(opened.recovery.page(), Page::Done)
        && let Some(browser) = site.regain.browser_that_finished(&opened, &call.visitor)
    {
        keep_browser(&mut answer, site, &browser);
    }
    Ok(answer)
}

/// What a form says has happened; `None` when it says nothing that the present page asks.
fn event(site: &Site, call: &Call, recovery: &Recovery) -> Option<Event> {
    match call.form.action() {
        "cancel" => return Some(Event::Cancelled),
        "method" => return Some(Event::OtherMethodAsked),
        "fresh" => return Some(Event::FreshCodeAsked),
        "more-time" => return Some(Event::MoreTimeAsked),
        _ => {}
    }
    match (call.path.as_str(), recovery.page()) {
        ("/recover/method", Page::Method(page)) => method_event(call.form.get("method")?, &page),
        ("/recover/contact", Page::ConfirmContact(page)) => Some(contact_event(site, &call.form, &page)),
        ("/recover/contact", Page::Code(_)) => Some(contact_event(site, &call.form, &recovery.correction_page()?)),
        ("/recover/code", Page::Code(_)) => {
            Some(Event::CodeTyped { code: Code::parse(call.form.get("code").unwrap_or("")) })
        }
        _ => None,
    }
}

/// `email` is the first offer of its kind, `call:2` the one in that place.
fn method_event(value: &str, page: &recovery::MethodPage<'_>) -> Option<Event> {
    if value == "none" {
        return Some(Event::NoMethodChosen);
    }
    let (kind, place) = match value.split_once(':') {
        Some((kind, place)) => (kind, Some(place.parse::<usize>().ok()?)),
        None => (value, None),
    };
    let kind = MethodKind::ALL.into_iter().find(|known| known.name() == kind)?;
    let offer = page.offers.iter().find(|(at, offer)| offer.kind == kind && place.is_none_or(|place| place == *at))?.0;
    Some(Event::MethodChosen { offer })
}

fn contact_event(site: &Site, form: &Form, page: &ContactPage<'_>) -> Event {
    if page.kind.is_phone() {
        let typed = form.get("phone").unwrap_or("");
        Event::NumberTyped { number: PhoneNumber::parse(typed, &site.regain.organisation.home_country).ok() }
    } else {
        Event::AddressTyped { address: EmailAddress::parse(form.get("email").unwrap_or("")) }
    }
}

/// To the page where the recovery now stands, with its ticket.
pub fn go_to(site: &Site, call: &Call, opened: &Opened) -> Answer {
    let mut answer = see_other(path_of(&opened.recovery.page()));
    let value = opened.ticket.to_cookie(&site.regain.keyring);
    if call.cookie(RECOVERY) != Some(&value) {
        keep_cookie(&mut answer, RECOVERY, &value, RECOVERY_LIFE);
    }
    answer
}
