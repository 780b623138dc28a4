//! What a person does, and what they see then.

use super::world::{Person, census, check, check_with, own_domains};
use crate::*;
use proptest::prelude::*;

#[test]
fn two_gates_lead_to_a_new_password() {
    check(
        "name anna             -> methods email p*****@x.be, sms *****67, call *****67
         choose email          -> code email p*****@x.be, 5 left; email sent
         code right            -> methods sms *****67, call *****67; GatePassed
         choose sms            -> type sms *****67
         number 0470 12 34 67  -> code sms *****67, 5 left; sms sent
         code right            -> new password; GatePassed
         password min_length   -> new password; refused min_length
         password different    -> new password; PasswordsDiffer
         password good         -> writing
         write done            -> done; contacts told PasswordReset
         code right            -> done",
    );
}

#[test]
fn the_fifth_wrong_code_ends_the_recovery_whatever_the_codes_and_methods() {
    check(
        "name anna             -> methods…
         choose email          -> code…
         code 000000           -> code email p*****@x.be, 4 left; wrong, 4 left
         code 000001           -> code email p*****@x.be, 3 left; wrong, 3 left
         code x                -> code email p*****@x.be, 3 left; NotACode
         other                 -> methods…
         choose sms            -> type sms *****67
         number +32470123467   -> code sms *****67, 3 left; FreshCode; sms sent
         code 000002           -> code sms *****67, 2 left; wrong, 2 left
         +31s fresh            -> code sms *****67, 2 left; not yet
         +60s fresh            -> code sms *****67, 2 left; FreshCode; sms sent
         code 000003           -> code sms *****67, 1 left; wrong, 1 left
         code 000004           -> stopped too_many_attempts
         code right            -> stopped too_many_attempts",
    );
}

#[test]
fn a_whole_recovery_takes_so_many_failures_whatever_they_are() {
    let policy = Policy { failures_max: 4, ..Policy::default() };
    check_with(
        policy,
        "name anna             -> methods…
         choose sms            -> type sms *****67
         number 12             -> type sms *****67; NotANumber
         number 0470123468     -> type sms *****67; DoesNotFitMask
         number 0470123467     -> code sms *****67, 2 left; sms sent
         code 000000           -> code sms *****67, 1 left; wrong, 1 left
         code right            -> methods email p*****@x.be; GatePassed
         choose email          -> code email p*****@x.be, 1 left; email sent
         code 000000           -> stopped too_many_attempts",
    );
}

#[test]
fn a_finished_recovery_sets_failures_back_and_makes_strangers_of_earlier_browsers() {
    let mut person = Person::new(Policy::default());
    for command in ["name anna", "choose email", "code right", "choose sms", "number 0470123467", "code right"] {
        person.does(command);
        assert!(!person.effects.iter().any(|effect| matches!(effect, Effect::Uncount { .. })), "{command}");
    }
    person.does("password good");
    person.does("write done");
    let uncounted: Vec<Counter> = person
        .effects
        .iter()
        .filter_map(|effect| if let Effect::Uncount { counter } = effect { Some(*counter) } else { None })
        .collect();
    assert_eq!(uncounted, Counter::FORGIVEN);
    assert!(person.effects.iter().any(|effect| matches!(effect, Effect::ForgetBrowsers)));
}

#[test]
fn a_new_code_voids_the_old_and_a_resend_waits_longer_each_time() {
    check(
        "name anna       -> methods…
         choose email    -> code…
         +29s fresh      -> code email p*****@x.be, 5 left; not yet
         +1s fresh       -> code email p*****@x.be, 5 left; FreshCode; email sent
         code old        -> code email p*****@x.be, 4 left; wrong, 4 left
         +59s fresh      -> code email p*****@x.be, 4 left; not yet
         +1s fresh       -> code email p*****@x.be, 4 left; FreshCode; email sent
         code right      -> methods sms *****67, call *****67; GatePassed",
    );
}

#[test]
fn a_gate_sends_only_so_many_codes() {
    check(
        "name anna       -> methods…
         choose email    -> code…
         +15m fresh      -> code email p*****@x.be, 5 left; FreshCode; email sent
         +15m fresh      -> code email p*****@x.be, 5 left; FreshCode; email sent
         +15m fresh      -> code email p*****@x.be, 5 left; FreshCode; email sent
         +15m fresh      -> code email p*****@x.be, 5 left; FreshCode; email sent
         +18m fresh      -> code email p*****@x.be, 5 left; FreshCode; email sent
         +19m fresh      -> methods email p*****@x.be, sms *****67, call *****67; NoMoreMessages",
    );
}

#[test]
fn a_code_expires_after_ten_minutes_and_an_expired_one_costs_no_try() {
    check(
        "name anna       -> methods…
         choose email    -> code…
         +10m code right -> code email p*****@x.be, 5 left; CodeExpired
         fresh           -> code email p*****@x.be, 5 left; FreshCode; email sent
         code right      -> methods…",
    );
}

#[test]
fn the_time_limit_rolls_and_more_time_can_be_had() {
    check(
        "name anna       -> methods…
         choose email    -> code…
         +19m more       -> code email p*****@x.be, 5 left; MoreTime
         +19m more       -> code email p*****@x.be, 5 left; MoreTime
         +20m more       -> stopped too_late",
    );
}

#[test]
fn a_number_must_be_possible_and_end_as_shown_and_only_the_one_on_record_is_sent_to() {
    check(
        "name anna             -> methods…
         choose sms            -> type sms *****67
         number hello          -> type sms *****67; NotANumber
         number 0470 12        -> type sms *****67; NotANumber
         number 0470 12 34 68  -> type sms *****67; DoesNotFitMask
         number 0499 99 99 67  -> code sms *****67, 5 left
         code right            -> code sms *****67, 4 left; wrong, 4 left
         number 0032470123467  -> code sms *****67, 4 left; FreshCode; sms sent
         code right            -> methods email p*****@x.be; GatePassed",
    );
}

#[test]
fn an_address_is_typed_where_policy_says_so() {
    let policy = Policy { type_email: true, ..Policy::default() };
    check_with(
        policy,
        "name anna             -> methods…
         choose email          -> type email p*****@x.be
         address anna          -> type email p*****@x.be; NotAnAddress
         address q@x.be        -> type email p*****@x.be; DoesNotFitMask
         address paul@x.be     -> code email p*****@x.be, 5 left
         address PAnna@X.be    -> code email p*****@x.be, 5 left; FreshCode; email sent",
    );
}

#[test]
fn a_contact_counts_once() {
    check(
        "name twice            -> methods…
         choose sms            -> type sms…",
    );
    check(
        "name phones           -> methods sms *****11, call *****11, call *****22
         choose call:1         -> type call *****11
         number 0470 00 00 11  -> code call *****11, 5 left; call sent
         code right            -> methods call *****22; GatePassed
         choose sms            -> methods call *****22; GatePassed
         choose call:2         -> type call *****22
         number 071 22 22 22   -> code call *****22, 5 left; call sent
         code right            -> new password; GatePassed",
    );
}

#[test]
fn where_channels_must_differ_two_phones_are_too_few() {
    let policy = Policy { independence: Independence::Channels, ..Policy::default() };
    check_with(
        policy,
        "name phones           -> methods email…
         choose sms            -> type sms *****11
         number 0470 00 00 11  -> code sms *****11, 5 left; owner told TooFewMethods; sms sent
         code right            -> stopped too_few_methods",
    );
}

#[test]
fn one_contact_is_filled_up_and_the_owner_is_told_the_truth() {
    check(
        "name single           -> methods email s*****@x.be, sms…
         choose email          -> code email s*****@x.be, 5 left; owner told TooFewMethods; email sent
         code right            -> stopped too_few_methods",
    );
}

/// `name anna`, where these of her contacts (0: mail, 1: mobile) are new in the directory.
fn anna_with_fresh(places: &[usize]) -> Person {
    let mut person = Person::new(Policy::default());
    let contacts = super::world::account("anna").expect("anna").contacts;
    let until = super::world::START.plus(3600);
    person.fresh = places.iter().map(|place| (contacts[*place].print(&super::world::keys().contact), until)).collect();
    person
}

#[test]
fn a_contact_that_is_new_is_shown_and_leads_nowhere_and_the_owner_is_told() {
    let mut person = anna_with_fresh(&[1]);
    assert_eq!(person.does("name anna"), "methods email p*****@x.be, sms *****67, call *****67");
    person.does("choose sms");
    let seen = person.does("number 0470123467");
    assert!(seen.starts_with("code sms *****67, 5 left; owner told FreshContacts") && !seen.contains("sent"), "{seen}");
    assert_eq!(person.does("code right"), "code sms *****67, 4 left; wrong, 4 left", "the code went nowhere");
    person.does("other");
    assert!(person.does("choose email").contains("email sent"));
    assert_eq!(person.does("code right"), "stopped fresh_contacts", "after a gate, the truth");
}

#[test]
fn where_enough_others_count_the_new_one_is_left_out_after_the_first_gate() {
    let mut person = Person::new(Policy::default());
    let contacts = super::world::account("phones").expect("phones").contacts;
    let until = super::world::START.plus(3600);
    person.policy.gates = 1;
    person.fresh = [(contacts[1].print(&super::world::keys().contact), until)].into();
    assert_eq!(person.does("name phones"), "methods sms *****11, call *****11, call *****22");
    person.policy.gates = 2;
    let mut both = anna_with_fresh(&[]);
    both.does("name anna");
    let recovery = both.recovery.as_mut().expect("a recovery");
    let print = *recovery.offers[2].to.print();
    recovery.offers[2].to = Destination::Nowhere(print);
    both.does("choose email");
    assert_eq!(both.does("code right"), "methods sms *****67; GatePassed");
}

#[test]
fn the_account_s_own_address_and_domain_are_no_alternate_contact() {
    check(
        "name own              -> methods email…
         choose sms            -> type sms *****67
         number 0470 12 34 67  -> code sms *****67, 5 left; owner told TooFewMethods; sms sent",
    );
}

#[test]
fn a_disabled_account_walks_like_any_other_until_the_first_gate_is_passed() {
    check(
        "name disabled         -> methods email p*****@x.be, sms *****67, call *****67
         choose email          -> code email p*****@x.be, 5 left; owner told Disabled; email sent
         code right            -> stopped disabled",
    );
}

#[test]
fn a_name_that_nobody_has_leads_nowhere() {
    check(
        "name nobody           -> methods email…
         choose email          -> code email…
         code right            -> code email…
         code right            -> code email…
         code right            -> code email…
         code right            -> code email…
         code right            -> stopped too_many_attempts",
    );
}

#[test]
fn a_recovery_can_wait_for_someone_else() {
    check(
        "name anna             -> methods…
         choose email          -> code…
         help                  -> waiting
         +59m code right       -> waiting
         help ends             -> code email p*****@x.be, 5 left
         help                  -> waiting
         +60m help ends        -> stopped too_late",
    );
}

#[test]
fn a_write_that_fails_leads_to_a_page_that_tells_the_truth() {
    let proven = "name anna -> methods…
         choose email -> code…
         code right -> methods…
         choose sms -> type…
         number 0470123467 -> code…
         code right -> new password; GatePassed
         password good -> writing\n";
    for (outcome, seen) in [
        ("directory_in_history", "new password; refused directory_in_history"),
        ("away", "new password; DirectoryAway"),
        ("not-done", "new password; NotWritten"),
        ("not-allowed", "stopped write_not_allowed"),
        ("gone", "stopped account_unusable"),
        ("unknown", "writing, unclear"),
    ] {
        check(&format!("{proven}write {outcome} -> {seen}"));
    }
    check(&format!("{proven}write unknown -> writing, unclear\nwrite done -> done; contacts told PasswordReset"));
    check(&format!("{proven}+20m write unknown -> stopped never_settled; contacts told PasswordUnclear"));
    check(&format!("{proven}write unknown -> writing, unclear\nwrite again -> writing, unclear"));
    check(&format!("{proven}cancel -> writing\npassword good -> writing"));
}

#[test]
fn nothing_is_kept_before_the_first_message() {
    let mut person = Person::new(Policy::default());
    for command in ["name anna", "choose sms", "other", "choose call"] {
        person.does(command);
        assert!(person.effects.is_empty(), "{command}: {:?}", person.effects);
    }
    person.does("number 0470123467");
    assert!(person.recovery.as_ref().is_some_and(Recovery::is_kept));
}

#[test]
fn limits_stop_messages_and_codes() {
    let until = Timestamp::from_millis(1_700_000_100_000);
    for (counter, seen) in [
        (Counter::MessagesByAccount, "stopped paused"),
        (Counter::MessagesByNetwork, "stopped paused"),
        (Counter::MessagesOverall, "stopped paused"),
    ] {
        let mut person = Person::new(Policy::default());
        person.does("name anna");
        person.pauses.insert(counter, until);
        assert_eq!(person.does("choose email"), seen);
    }
    let mut person = Person::new(Policy::default());
    person.does("name anna");
    person.pauses.insert(Counter::MessagesByContact, until);
    // The page is the usual one, and nothing goes out: another account may have used the contact's messages up.
    assert_eq!(person.does("choose email"), "code email p*****@x.be, 5 left");
    assert_eq!(person.does("code right"), "code email p*****@x.be, 4 left; wrong, 4 left");
    person.pauses.clear();
    assert_eq!(person.does("+31s fresh"), "code email p*****@x.be, 4 left; FreshCode; email sent");
    // A wait that fits into the page's time limit is sat out there.
    person.pauses.insert(Counter::FailuresByAccount, until);
    assert_eq!(person.does("code right"), "code email p*****@x.be, 4 left; wait");
    assert_eq!(person.does("code 000000"), "code email p*****@x.be, 4 left; wait");
    assert!(person.effects.is_empty(), "nothing was looked at, and nothing counts");
    person.pauses.insert(Counter::FailuresByAccount, person.now.plus(Policy::default().idle_seconds));
    assert_eq!(person.does("code right"), "stopped paused");
}

/// Every recovery, whoever it is about, gives the same kinds of effects for the same clicks.
#[test]
fn real_and_unknown_names_cause_the_same_effects() {
    let shape = |name: &str, commands: &[&str]| {
        let mut person = Person::new(Policy::default());
        person.does(&format!("name {name}"));
        commands
            .iter()
            .flat_map(|command| {
                person.does(command);
                person.effects.iter().map(std::mem::discriminant).collect::<Vec<_>>()
            })
            .collect::<Vec<_>>()
    };
    let clicks = ["choose email", "code 000000", "+31s fresh", "code 1", "code 111111", "other", "choose none"];
    let anna = shape("anna", &clicks);
    for name in ["nobody", "single", "disabled", "none", "x'x", "Zoé"] {
        assert_eq!(shape(name, &clicks), anna, "{name}");
    }
}

#[test]
fn one_account_has_the_same_decoys_under_every_spelling_and_tomorrow() {
    let offers = |name: &str, now: &str| {
        let mut person = Person::new(Policy::default());
        person.does(&format!("{now} name {name}"))
    };
    assert_eq!(offers("nobody", "+0s"), offers("NoBody@school.example", "+600m"));
    assert_ne!(offers("nobody", "+0s"), offers("nobody2", "+0s"));
}

#[test]
fn decoys_show_only_domains_that_many_share() {
    let census = census();
    assert!(census.shows("x.be") && !census.shows("rare.be"));
    assert_eq!(Census::decode(&census.encode()), Ok(census));
    for n in 0..200 {
        let mut person = Person::new(Policy::default());
        let seen = person.does(&format!("name ghost{n}"));
        assert!(!seen.contains("rare.be"), "{seen}");
        assert!(seen.contains("sms") && seen.contains("email"), "{seen}");
    }
    assert_eq!(own_domains().len(), 1);
}

proptest! {
    /// Any bytes are refused or read; none panic. A state with one byte changed never panics a step either.
    #[test]
    fn broken_states_do_not_panic(place in 0usize..400, value: u8, commands in prop::collection::vec(0usize..8, 0..6)) {
        let mut person = Person::new(Policy::default());
        for command in ["name anna", "choose email", "code right", "choose sms", "number 0470123467"] {
            person.does(command);
        }
        let mut bytes = person.recovery.as_ref().expect("a recovery").encode();
        let place = place % bytes.len();
        bytes[place] = value;
        if let Ok(recovery) = Recovery::decode(&bytes) {
            person.recovery = Some(recovery);
            for command in commands {
                let commands = ["choose email", "code 123456", "number 0470123467", "fresh", "other", "more", "cancel", "password good"];
                person.does(commands[command]);
            }
        }
    }

    #[test]
    fn random_bytes_are_not_a_state(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let _ = Recovery::decode(&bytes);
    }
}
