//! The page about personal data.

use super::{Clothes, ok};
use crate::answer::Answer;
use crate::call::Call;
use crate::pages::privacy::{PrivacyNotice, PrivacyPage};
use crate::site::in_language;
use crate::{Site, WalkTitle};
use recovery::MethodKind;

pub fn show(site: &Site, call: &Call) -> Answer {
    let clothes = Clothes::of(site, call, "");
    let notice = notice(site, call.words.tag());
    ok(site, call, PrivacyPage { frame: clothes.frame(site, call, WalkTitle::Recover), notice: &notice }.render())
}

fn notice(site: &Site, language: &str) -> PrivacyNotice {
    let organisation = &site.regain.organisation;
    let privacy = &organisation.privacy;
    let carried = |kind: &MethodKind| site.regain.carries(*kind);
    PrivacyNotice {
        controller: privacy.controller.clone().unwrap_or_else(|| organisation.name.clone()),
        contact: privacy.contact.as_ref().map(|address| address.as_str().to_owned()),
        authority: in_language(&privacy.authority, language),
        basis: privacy.basis,
        channels: [MethodKind::Email, MethodKind::Sms, MethodKind::Call].into_iter().filter(carried).collect(),
        periods: privacy.periods,
    }
}
