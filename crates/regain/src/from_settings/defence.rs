//! What Regain does under attack, as the settings say.

use recovery::EmailAddress;
use service::{BudgetRules, Defence, TollRules};
use settings::Settings;

/// All rules of the defences.
pub fn defence(settings: &Settings) -> Defence {
    let toll = &settings.toll;
    let [contact, block, overall] = settings.budget.limits();
    Defence {
        toll: TollRules {
            begun_by_network: toll.begun_by_network,
            begun_overall: toll.begun_overall,
            messages_by_network: toll.messages_by_network,
            messages_overall: toll.messages_overall,
            failures_by_network: toll.failures_by_network,
            failures_overall: toll.failures_overall,
            work_bits: toll.work_bits,
            turns: toll.turns,
        },
        numbers: settings.numbers.to_rules(&settings.organisation.home_country),
        budget: BudgetRules {
            contact,
            block,
            overall,
            alarm_to: settings.budget.alarm_email.as_ref().and_then(|email| EmailAddress::parse(email.as_str())),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_defaults_of_the_settings_are_those_of_the_service() {
        let template = settings::Template {
            organisation: "School".to_owned(),
            public_url: "https://account.school.example".to_owned(),
            ldap: false,
            folder: String::new(),
        };
        let settings = Settings::parse(&settings::template(&template), "regain.toml").expect("it is valid");
        let (read, own) = (defence(&settings), Defence::default());
        assert_eq!(read.toll, TollRules::default());
        assert_eq!(read.numbers, own.numbers);
        assert_eq!(read.budget.contact, own.budget.contact);
        assert_eq!(read.budget.block, own.budget.block);
        assert_eq!(read.budget.overall, own.budget.overall);
    }
}
