//! What messages by telephone may cost, and which numbers they may go to. Counts and sends nothing.

use crate::format::{CountryCode, Email};
use crate::limits::{LimitPer, LimitSetting, NamedPeriod};
use recovery::{Limit, NumberRules};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How many SMS and calls are really sent. Decoys and mail are not counted. At 80 % of a limit the operator is told, once
/// in each period; when it is used up nothing more is sent until the period ends.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct BudgetSettings {
    /// To one number. By default a little more than `messages_by_contact` allows, which the person sees.
    #[schemars(length(max = 4))]
    pub contact: Vec<LimitSetting>,
    /// To one block of numbers: the country calling code and four digits, as `+32 470 1`. By default more than a school of
    /// 10,000 people has reason for; who earns by messages has numbers in one block.
    #[schemars(length(max = 4))]
    pub block: Vec<LimitSetting>,
    /// To all numbers. By default the first day of term at a large school; a day of it costs some hundreds of euros at
    /// worst. Set it to what you are ready to lose.
    #[schemars(length(max = 4))]
    pub overall: Vec<LimitSetting>,
    /// Who is told at 80 %, and when the codes to a block of numbers are hardly ever used. The secretariat's address where
    /// nothing is said.
    #[schemars(example = &"it@school.example")]
    pub alarm_email: Option<Email>,
}

impl Default for BudgetSettings {
    fn default() -> Self {
        let per = |period, max| LimitSetting::per(LimitPer::Named(period), max);
        let both = |hour, day| vec![per(NamedPeriod::Hour, hour), per(NamedPeriod::Day, day)];
        Self { contact: both(10, 24), block: both(100, 300), overall: both(2_500, 5_000), alarm_email: None }
    }
}

impl BudgetSettings {
    /// Each key with its limits.
    pub(crate) fn each(&self) -> [(&'static str, &[LimitSetting]); 3] {
        [("contact", &self.contact), ("block", &self.block), ("overall", &self.overall)]
    }

    /// The limits as `recovery` takes them: of a contact, of a block, of all.
    pub fn limits(&self) -> [Vec<Limit>; 3] {
        // The reader has refused a limit that is no period with its most.
        let limits = |settings: &[LimitSetting]| settings.iter().filter_map(|limit| limit.to_limit()).collect();
        [limits(&self.contact), limits(&self.block), limits(&self.overall)]
    }
}

/// The telephone numbers that messages may go to. A number on record outside them is no contact: `regain check` says how
/// many there are.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct NumberSettings {
    /// The countries, two letters each (ISO 3166-1), beside `home_country`. By default Europe: the European Economic Area,
    /// Switzerland, the United Kingdom and the small states between them, where the families of a European school live and
    /// messages cost little. Far-away countries are where bills are run up.
    #[schemars(length(max = 250), extend("uniqueItems" = true))]
    pub countries: Vec<CountryCode>,
    /// Whether premium-rate, shared-cost, freephone, personal, company-wide and satellite numbers count as well. By
    /// default not: somebody earns when they are called.
    pub special: bool,
}

impl Default for NumberSettings {
    fn default() -> Self {
        let rules = NumberRules::default();
        let country = |code: &String| CountryCode::try_from(code.clone()).expect("a country code of our own");
        Self { countries: rules.countries.iter().map(country).collect(), special: rules.special }
    }
}

impl NumberSettings {
    /// The rules as `recovery` takes them.
    pub fn to_rules(&self, home: &CountryCode) -> NumberRules {
        let countries = self.countries.iter().chain([home]).map(|code| code.as_str().to_owned()).collect();
        NumberRules { countries, special: self.special }
    }
}
