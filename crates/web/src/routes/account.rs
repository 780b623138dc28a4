//! Sign-in, what lies behind it, and changing a password with the old one.

use super::{Clothes, ok};
use crate::answer::{Answer, drop_cookie, keep_browser, keep_cookie, see_other};
use crate::call::{BROWSER, Call, NOTE, SESSION};
use crate::pages::change_password::{ChangeError, ChangePasswordPage};
use crate::pages::sign_in::{After, SignInError, SignInPage};
use crate::pages::signed_in::SignedInPage;
use crate::routes::walk::realm_choices;
use crate::{Site, WalkTitle};
use recovery::{Timestamp, UserName};
use service::{ChangeOutcome, SignInOutcome, SignedIn, Trouble};

/// A note to the next page lives a minute at most.
const NOTE_LIFE: Option<u32> = Some(60);

pub fn show_sign_in(site: &Site, call: &Call) -> Answer {
    let note = call.cookie(NOTE).unwrap_or("");
    let error = match note.split_once(':') {
        Some(("paused", until)) => {
            until.parse().ok().map(|millis| SignInError::Paused { until: Timestamp::from_millis(millis) })
        }
        _ => match note {
            "empty" => Some(SignInError::Empty),
            "wrong" => Some(SignInError::Wrong),
            "away" => Some(SignInError::DirectoryAway),
            "not-valid" => Some(SignInError::NotValid),
            _ => None,
        },
    };
    let after = match note {
        "signed-out" => Some(After::SignOut),
        "timed-out" => Some(After::TimedOut),
        _ => None,
    };
    let clothes = Clothes::of(site, call, "");
    let realms = if site.regain.realms.len() > 1 { realm_choices(site, call) } else { Vec::new() };
    let frame = clothes.frame(site, call, WalkTitle::Security);
    let sign_in = SignInPage { frame, typed: "", error, after, realms: &realms, chosen_realm: None };
    let mut answer = ok(site, call, sign_in.render());
    if !note.is_empty() {
        drop_cookie(&mut answer, NOTE);
    }
    answer
}

pub async fn sign_in(site: &Site, call: &Call) -> Result<Answer, Trouble> {
    let back = |note: &str| with_note(see_other("/sign-in"), note);
    if !call.is_ours(site, "") || !call.form.has_only(&["username", "password", "realm"]) {
        return Ok(back("not-valid"));
    }
    let realm = match (call.form.get("realm"), site.regain.realms.as_slice()) {
        (Some(name), _) => name.to_owned(),
        (None, [only]) => only.name.clone(),
        (None, _) => return Ok(back("not-valid")),
    };
    if site.regain.realm(&realm).is_none() {
        return Ok(back("not-valid"));
    }
    let typed = call.form.get("username").unwrap_or("");
    let password = call.form.password("password");
    if typed.trim().is_empty() || password.is_none() {
        return Ok(back("empty"));
    }
    let Some(user_name) = UserName::parse(typed) else { return Ok(back("wrong")) };
    match site.regain.sign_in(&realm, user_name, password, &call.visitor).await {
        Ok(SignInOutcome::SignedIn { cookie, browser }) => {
            let mut answer = see_other("/signed-in");
            keep_browser(&mut answer, site, &browser);
            keep_cookie(&mut answer, SESSION, &cookie, None);
            Ok(answer)
        }
        Ok(SignInOutcome::Wrong) => Ok(back("wrong")),
        Ok(SignInOutcome::Paused { until }) => Ok(back(&format!("paused:{}", until.millis()))),
        Err(Trouble::Directory(error)) => {
            tracing::warn!(%error, "The directory could not be asked at sign-in.");
            Ok(back("away"))
        }
        Err(trouble) => Err(trouble),
    }
}

/// Who is signed in here, or the way to sign-in.
async fn session(site: &Site, call: &Call) -> Result<Result<SignedIn, Answer>, Trouble> {
    let Some(cookie) = call.cookie(SESSION) else { return Ok(Err(see_other("/sign-in"))) };
    Ok(site.regain.signed_in(cookie).await?.ok_or_else(|| {
        let mut answer = with_note(see_other("/sign-in"), "timed-out");
        drop_cookie(&mut answer, SESSION);
        answer
    }))
}

pub async fn show_signed_in(site: &Site, call: &Call) -> Result<Answer, Trouble> {
    let signed_in = match session(site, call).await? {
        Ok(signed_in) => signed_in,
        Err(answer) => return Ok(answer),
    };
    if signed_in.must_change {
        return Ok(see_other("/change-password"));
    }
    let password_changed = call.cookie(NOTE) == Some("changed");
    let clothes = Clothes::of(site, call, SESSION);
    let frame = clothes.frame(site, call, WalkTitle::Security);
    let signed_in = SignedInPage {
        frame,
        display_name: &signed_in.display_name,
        user_name: &signed_in.user_name,
        password_changed,
    };
    let mut answer = ok(site, call, signed_in.render());
    if password_changed {
        drop_cookie(&mut answer, NOTE);
    }
    Ok(answer)
}

pub async fn sign_out(site: &Site, call: &Call) -> Result<Answer, Trouble> {
    if !call.is_ours(site, SESSION) {
        return Ok(see_other("/signed-in"));
    }
    site.regain.sign_out(call.cookie(SESSION).unwrap_or("")).await?;
    let mut answer = with_note(see_other("/sign-in"), "signed-out");
    drop_cookie(&mut answer, SESSION);
    if call.form.action() == "forget" {
        drop_cookie(&mut answer, BROWSER);
    }
    Ok(answer)
}

pub async fn show_change(site: &Site, call: &Call) -> Result<Answer, Trouble> {
    let signed_in = match session(site, call).await? {
        Ok(signed_in) => signed_in,
        Err(answer) => return Ok(answer),
    };
    let note = call.cookie(NOTE).unwrap_or("");
    let (kind, rest) = note.split_once(':').unwrap_or((note, ""));
    let failed: Vec<String> = rest.split('.').filter(|name| !name.is_empty()).map(str::to_owned).collect();
    let error = match kind {
        "wrong" => Some(ChangeError::WrongCurrent),
        "different" => Some(ChangeError::Differ),
        "refused" => Some(ChangeError::Refused { failed: &failed }),
        "paused" => rest.parse().ok().map(|millis| ChangeError::Paused { until: Timestamp::from_millis(millis) }),
        "reported" => Some(ChangeError::Reported),
        "away" => Some(ChangeError::DirectoryAway),
        "unclear" => Some(ChangeError::Unclear),
        "not-valid" => Some(ChangeError::NotValid),
        _ => None,
    };
    let clothes = Clothes::of(site, call, SESSION);
    let rules = site.rules(site.regain.realm(&signed_in.realm));
    let change = ChangePasswordPage {
        frame: clothes.frame(site, call, WalkTitle::Security),
        user_name: &signed_in.user_name,
        rules: &rules,
        must_change: signed_in.must_change,
        error,
        strength: None,
    };
    let mut answer = ok(site, call, change.render());
    if !note.is_empty() {
        drop_cookie(&mut answer, NOTE);
    }
    Ok(answer)
}

pub async fn change(site: &Site, call: &Call) -> Result<Answer, Trouble> {
    let back = |note: &str| with_note(see_other("/change-password"), note);
    if !call.is_ours(site, SESSION) || !call.form.has_only(&["username", "current", "password", "again"]) {
        return Ok(back("not-valid"));
    }
    if call.form.action() == "cancel" {
        return Ok(see_other("/signed-in"));
    }
    let cookie = call.cookie(SESSION).unwrap_or("");
    let [old, new, again] = ["current", "password", "again"].map(|name| call.form.password(name));
    let Some(outcome) = site.regain.change_password(cookie, old, new, again, &call.visitor).await? else {
        return Ok(see_other("/sign-in"));
    };
    Ok(match outcome {
        ChangeOutcome::Changed => with_note(see_other("/signed-in"), "changed"),
        ChangeOutcome::Refused { failed } => back(&format!("refused:{}", failed.join("."))),
        ChangeOutcome::Different => back("different"),
        ChangeOutcome::WrongOldPassword => back("wrong"),
        ChangeOutcome::Paused { until } => back(&format!("paused:{}", until.millis())),
        ChangeOutcome::Reported => back("reported"),
        ChangeOutcome::NotChanged => back("away"),
        ChangeOutcome::Unclear => back("unclear"),
    })
}

/// A word for the next page, which it shows once.
fn with_note(mut answer: Answer, note: &str) -> Answer {
    keep_cookie(&mut answer, NOTE, note, NOTE_LIFE);
    answer
}
