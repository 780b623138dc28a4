//! What the page about personal data says of the organisation: who decides, whom to ask, to whom to complain.

use crate::format::{Email, WebAddress};
use crate::organisation::Localised;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The page `/privacy`. All else on it comes from the other settings: periods, channels, cookies, the secretariat.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct PrivacySettings {
    /// The organisation's own privacy notice. Every page and notice links to it in the place of `/privacy`. It has to
    /// say what that page says (GDPR, article 13).
    #[schemars(example = &"https://www.school.example/privacy")]
    pub url: Option<WebAddress>,
    /// Who decides what happens with the data (the controller), where that is not the organisation of the header: the
    /// authority that runs the school.
    #[schemars(length(min = 1, max = 200), example = &"Ville de Charleroi, Enseignement communal")]
    pub controller: Option<String>,
    /// Where people write about their data: the data protection officer. The secretariat's address where nothing is
    /// said.
    #[schemars(example = &"dpo@school.example")]
    pub contact: Option<Email>,
    /// The supervisory authority to which people may complain, as they can find it.
    #[schemars(example = &"Autorité de protection des données, www.autoriteprotectiondonnees.be")]
    pub authority: Option<Localised>,
    /// Why the data may be used (GDPR, article 6): `"public_task"` for schools and public bodies, `"contract"` where
    /// the account is part of one, `"legitimate_interest"` otherwise. By default the last, which fits most who run
    /// accounts; a public body may not use it for its own tasks.
    pub legal_basis: LegalBasis,
}

/// Why data may be used (GDPR, article 6 §1).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum LegalBasis {
    /// Article 6 §1 (e).
    PublicTask,
    /// Article 6 §1 (b).
    Contract,
    /// Article 6 §1 (f).
    #[default]
    LegitimateInterest,
}
