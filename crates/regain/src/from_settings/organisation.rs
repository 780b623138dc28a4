//! Who runs this Regain: names, texts in each language, and looks.

use super::{Loaded, place};
use crate::Failure;
use recovery::EmailAddress;
use service::{LegalBasis, Organisation, Periods, Privacy, Secretariat, Texts};
use settings::{Localised, Step};
use web::{Colour, Corners, Logo, Looks, LooksError};

/// The colour of mails where the settings name none: the one of Regain's own pages.
const BRAND: &str = "#0b5c6b";

/// The organisation as the service knows it.
///
/// # Errors
/// When a room refuses a value.
pub fn organisation(loaded: &Loaded, public_url: String) -> Result<Organisation, Failure> {
    let settings = &loaded.settings;
    let own = &settings.organisation;
    let time_zone = jiff::tz::TimeZone::get(own.time_zone.as_str())
        .map_err(|error| loaded.wrong(place!["organisation", "time_zone"], error.to_string(), ""))?;
    let secretariat = &settings.secretariat;
    Ok(Organisation {
        name: own.name.clone(),
        secretariat: Secretariat {
            name: texts(&secretariat.name),
            telephone: secretariat.telephone.clone(),
            email: EmailAddress::parse(secretariat.email.as_str()),
            hours: secretariat.hours.as_ref().map(texts).unwrap_or_default(),
            address: secretariat.address.as_ref().map(texts).unwrap_or_default(),
        },
        time_zone,
        home_country: own.home_country.as_str().to_owned(),
        public_url,
        brand: own.looks.brand.as_ref().map_or(BRAND, |brand| brand.as_str()).to_owned(),
        privacy: privacy(settings),
    })
}

/// What the page about personal data says of the organisation.
fn privacy(settings: &settings::Settings) -> Privacy {
    let (own, kept) = (&settings.privacy, &settings.retention);
    Privacy {
        url: own.url.as_ref().map(|url| url.as_str().to_owned()),
        controller: own.controller.clone(),
        contact: own.contact.as_ref().and_then(|email| EmailAddress::parse(email.as_str())),
        authority: own.authority.as_ref().map(texts).unwrap_or_default(),
        basis: match own.legal_basis {
            settings::LegalBasis::PublicTask => LegalBasis::PublicTask,
            settings::LegalBasis::Contract => LegalBasis::Contract,
            settings::LegalBasis::LegitimateInterest => LegalBasis::LegitimateInterest,
        },
        periods: Periods {
            audit_days: kept.audit_days,
            network_days: kept.network_days,
            message_days: kept.message_days,
        },
    }
}

/// A text of the operator's, per language tag; the one under "" serves all.
pub fn texts(text: &Localised) -> Texts {
    match text {
        Localised::Everywhere(text) => [(String::new(), text.clone())].into(),
        Localised::PerLanguage(texts) => {
            texts.iter().map(|(language, text)| (language.code().to_owned(), text.clone())).collect()
        }
    }
}

/// How the pages look.
///
/// # Errors
/// When the logo is none, or a colour can't be read by people who see little.
pub fn looks(loaded: &Loaded) -> Result<Looks, Failure> {
    let own = &loaded.settings.organisation;
    let under = |key: &str| -> [Step; 3] { ["organisation", "looks", key].map(Step::from) };
    let refused =
        |key: &str, error: &dyn std::fmt::Display, hint: &str| loaded.wrong(&under(key), error.to_string(), hint);
    let logo = match &own.looks.logo {
        None => None,
        Some(path) => {
            let bytes = std::fs::read(path)
                .map_err(|error| refused("logo", &format!("the logo {} can't be read: {error}", path.display()), ""))?;
            Some(
                Logo::from_file(&bytes)
                    .map_err(|error| refused("logo", &error, "draw it as SVG, or make it smaller"))?,
            )
        }
    };
    let colour = |key: &str, colour: &Option<settings::Colour>| -> Result<Option<Colour>, Failure> {
        let parsed = colour.as_ref().map(|colour| colour.as_str().parse()).transpose();
        parsed.map_err(|error: web::NotAColour| refused(key, &error, ""))
    };
    let wanted = web::Organisation {
        name: own.name.clone(),
        logo,
        brand: colour("brand", &own.looks.brand)?,
        brand_dark: colour("brand_dark", &own.looks.brand_dark)?,
        corners: match own.looks.corners {
            settings::Corners::Round => Corners::Round,
            settings::Corners::Slight => Corners::Slight,
            settings::Corners::Square => Corners::Square,
        },
    };
    Looks::new(&wanted).map_err(|error| match error {
        LooksError::DarkBrandTooDark { .. } => {
            refused("brand_dark", &error, "leave it out, and it is made from `brand`")
        }
        _ => refused("brand", &error, "choose a darker one"),
    })
}
