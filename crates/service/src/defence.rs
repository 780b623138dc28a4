//! What an installation does while it is under attack. One value, so that its parts come and go together.

use crate::{BudgetRules, TollRules};
use recovery::NumberRules;

/// The defences, each with its own rules.
#[derive(Clone, Debug, Default)]
pub struct Defence {
    /// When naming an account costs something, and what.
    pub toll: TollRules,
    /// Which telephone numbers messages may go to.
    pub numbers: NumberRules,
    /// What messages by telephone may cost.
    pub budget: BudgetRules,
}
