//! What a new password must be, as values: room `regain` turns them into rules. Judges nothing.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What a new password must be. Characters are counted as Unicode code points, after normalisation (NFC).
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PasswordSettings {
    /// Rules to start from. The keys beside it change single ones.
    pub profile: Option<PasswordProfile>,
    /// The fewest characters.
    #[schemars(range(min = 1, max = 128))]
    pub min_length: Option<u32>,
    /// The most characters.
    #[schemars(range(min = 16, max = 1024))]
    pub max_length: Option<u32>,
    /// The fewest lower-case letters (Unicode Ll); 0 is off.
    #[schemars(range(min = 0, max = 32))]
    pub min_lower: Option<u32>,
    /// The fewest upper-case letters (Unicode Lu); 0 is off.
    #[schemars(range(min = 0, max = 32))]
    pub min_upper: Option<u32>,
    /// The fewest digits (Unicode Nd); 0 is off.
    #[schemars(range(min = 0, max = 32))]
    pub min_digits: Option<u32>,
    /// The fewest symbols, that is characters that are neither letter nor digit, space included; 0 is off.
    #[schemars(range(min = 0, max = 32))]
    pub min_symbols: Option<u32>,
    /// Whether the person's names and user name are refused inside a password, in any case and with `0` for `o` and the like.
    pub not_user_name: Option<bool>,
    /// Whether the 10,000 most common passwords are refused.
    pub common: Option<bool>,
    /// The least strength, by zxcvbn. `weak` is off.
    pub min_strength: Option<PasswordStrength>,
}

impl Default for PasswordSettings {
    /// A realm whose settings say nothing of passwords has the recommended rules.
    fn default() -> Self {
        Self {
            profile: Some(PasswordProfile::Recommended),
            min_length: None,
            max_length: None,
            min_lower: None,
            min_upper: None,
            min_digits: None,
            min_symbols: None,
            not_user_name: None,
            common: None,
            min_strength: None,
        }
    }
}

/// Rules ready to name.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum PasswordProfile {
    /// 12 characters or more, of any kind; not the person's name, not a common password.
    Recommended,
    /// What a strict Microsoft 365 page asks: 8 to 256 characters, all four kinds; not the person's name, not a common password.
    #[serde(rename = "microsoft365-strict")]
    Microsoft365Strict,
}

/// How hard a password is to guess.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum PasswordStrength {
    Weak,
    Fair,
    Good,
    Strong,
}
