//! What an organisation says of personal data, beside what its other settings say.

use crate::Texts;
use recovery::EmailAddress;

/// Who decides, whom to ask, to whom to complain, and for how long things are kept.
#[derive(Clone, Debug, Default)]
pub struct Privacy {
    /// The organisation's own notice, in the place of Regain's page.
    pub url: Option<String>,
    /// Who decides what happens with the data, where it is not the organisation itself.
    pub controller: Option<String>,
    /// Where people write about their data; the secretariat where it is `None`.
    pub contact: Option<EmailAddress>,
    pub authority: Texts,
    pub basis: LegalBasis,
    pub periods: Periods,
}

/// Why data may be used (GDPR, article 6 §1).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum LegalBasis {
    /// Letter e.
    PublicTask,
    /// Letter b.
    Contract,
    /// Letter f.
    #[default]
    LegitimateInterest,
}

impl LegalBasis {
    pub const fn name(self) -> &'static str {
        match self {
            LegalBasis::PublicTask => "public-task",
            LegalBasis::Contract => "contract",
            LegalBasis::LegitimateInterest => "legitimate-interest",
        }
    }

    /// The letter of article 6 §1.
    pub const fn letter(self) -> char {
        match self {
            LegalBasis::Contract => 'b',
            LegalBasis::PublicTask => 'e',
            LegalBasis::LegitimateInterest => 'f',
        }
    }
}

/// The periods that the settings choose. Days.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Periods {
    /// Lines of the audit trail.
    pub audit_days: u32,
    /// The network in such a line.
    pub network_days: u32,
    /// That a message was sent, and what became of it, after it expired.
    pub message_days: u32,
}

impl Default for Periods {
    fn default() -> Self {
        Self { audit_days: 365, network_days: 30, message_days: 3 }
    }
}
