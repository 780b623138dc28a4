//! What is counted, and for whom.

/// What is counted. The subject (which account, contact, network or browser) is hashed into the count's name by the
/// service. Where a name ends in `Known`, it counts browsers that are known for the account, apart from strangers.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum Counter {
    /// Messages that recoveries of one account asked for, decoys included.
    MessagesByAccount,
    MessagesByAccountKnown,
    /// Messages to one contact.
    MessagesByContact,
    MessagesByContactKnown,
    /// Messages asked for from one network: an IPv4 address, an IPv6 /64.
    MessagesByNetwork,
    /// The same from an IPv6 /56, which a provider gives to one household or firm.
    MessagesByNetwork56,
    /// All messages of the installation.
    MessagesOverall,
    /// Wrong codes, wrong numbers and codes typed too late, per account; all strangers together.
    FailuresByAccount,
    FailuresByAccountKnown,
    FailuresByNetwork,
    FailuresByNetwork56,
    /// All failures of the installation, save those of known browsers.
    FailuresOverall,
    /// Passwords tried on Regain's own pages (sign-in, change), per account. Counted before the bind.
    SignInsByAccount,
    /// The same count, with the limit of a known browser: the directory counts them together as well.
    SignInsByAccountKnown,
    SignInsByNetwork,
    SignInsByNetwork56,
    /// Letters to the secretariat.
    LettersByNetwork,
    LettersByNetwork56,
    /// Accounts that one browser named in one of the organisation's own networks. Reached, it slows and stops nothing.
    AccountsByBrowser,
    /// Recoveries kept in one of the organisation's own networks. Watched, never a limit.
    BegunByNetwork,
    /// Those among them that passed a first gate.
    ProvenByNetwork,
}

impl Counter {
    pub const ALL: [Counter; 21] = [
        Counter::MessagesByAccount,
        Counter::MessagesByAccountKnown,
        Counter::MessagesByContact,
        Counter::MessagesByContactKnown,
        Counter::MessagesByNetwork,
        Counter::MessagesByNetwork56,
        Counter::MessagesOverall,
        Counter::FailuresByAccount,
        Counter::FailuresByAccountKnown,
        Counter::FailuresByNetwork,
        Counter::FailuresByNetwork56,
        Counter::FailuresOverall,
        Counter::SignInsByAccount,
        Counter::SignInsByAccountKnown,
        Counter::SignInsByNetwork,
        Counter::SignInsByNetwork56,
        Counter::LettersByNetwork,
        Counter::LettersByNetwork56,
        Counter::AccountsByBrowser,
        Counter::BegunByNetwork,
        Counter::ProvenByNetwork,
    ];

    /// What a message counts for, beside its contact. Reached, each of them ends the recovery.
    pub const MESSAGES: [Counter; 4] = [
        Counter::MessagesByAccount,
        Counter::MessagesByNetwork,
        Counter::MessagesByNetwork56,
        Counter::MessagesOverall,
    ];

    /// What a wrong code, a wrong number or a code typed too late counts for.
    pub const FAILURES: [Counter; 4] = [
        Counter::FailuresByAccount,
        Counter::FailuresByNetwork,
        Counter::FailuresByNetwork56,
        Counter::FailuresOverall,
    ];

    /// What a password tried on Regain's own pages counts for.
    pub const SIGN_INS: [Counter; 3] =
        [Counter::SignInsByAccount, Counter::SignInsByNetwork, Counter::SignInsByNetwork56];

    /// What a letter to the secretariat counts for.
    pub const LETTERS: [Counter; 2] = [Counter::LettersByNetwork, Counter::LettersByNetwork56];

    /// What a finished recovery sets back: whoever can prove twice who they are has not been guessing.
    pub const FORGIVEN: [Counter; 3] =
        [Counter::FailuresByAccount, Counter::FailuresByAccountKnown, Counter::SignInsByAccount];

    /// The counter whose limits hold for a browser that is known for the account.
    #[must_use]
    pub const fn for_known(self) -> Self {
        match self {
            Counter::MessagesByAccount => Counter::MessagesByAccountKnown,
            Counter::MessagesByContact => Counter::MessagesByContactKnown,
            Counter::FailuresByAccount => Counter::FailuresByAccountKnown,
            Counter::SignInsByAccount => Counter::SignInsByAccountKnown,
            other => other,
        }
    }

    /// The counter's name in the store, the log and the settings.
    pub const fn name(self) -> &'static str {
        match self {
            Counter::MessagesByAccount => "messages_by_account",
            Counter::MessagesByAccountKnown => "messages_by_account_known",
            Counter::MessagesByContact => "messages_by_contact",
            Counter::MessagesByContactKnown => "messages_by_contact_known",
            Counter::MessagesByNetwork => "messages_by_network",
            Counter::MessagesByNetwork56 => "messages_by_network_56",
            Counter::MessagesOverall => "messages_overall",
            Counter::FailuresByAccount => "failures_by_account",
            Counter::FailuresByAccountKnown => "failures_by_account_known",
            Counter::FailuresByNetwork => "failures_by_network",
            Counter::FailuresByNetwork56 => "failures_by_network_56",
            Counter::FailuresOverall => "failures_overall",
            Counter::SignInsByAccount => "sign_ins_by_account",
            Counter::SignInsByAccountKnown => "sign_ins_by_account_known",
            Counter::SignInsByNetwork => "sign_ins_by_network",
            Counter::SignInsByNetwork56 => "sign_ins_by_network_56",
            Counter::LettersByNetwork => "letters_by_network",
            Counter::LettersByNetwork56 => "letters_by_network_56",
            Counter::AccountsByBrowser => "accounts_by_browser",
            Counter::BegunByNetwork => "begun_by_network",
            Counter::ProvenByNetwork => "proven_by_network",
        }
    }
}
