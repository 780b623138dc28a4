//! The one function that decides: a state, what happened, and the facts, to the next state and its effects.

use crate::decoy::{Enough, shown_for_account, shown_for_nobody};
use crate::gate::{Passed, PassedNow, WalkOf, pass};
use crate::offer::{independent, offers};
use crate::state::{Gate, Phase, Proving, SentCode, Subject};
use crate::{
    Account, AccountState, AuditEvent, Census, Code, Contact, ContactPrint, Counter, Decision, Destination, Disclose,
    Effect, EmailAddress, Event, Facts, GateProof, Line, Notice, Obstacle, Offer, PasswordVerdict, PendingWrite, Phone,
    PhoneNumber, Policies, Policy, Proof, Recovery, RecoveryId, Seconds, Stop, Timestamp, Told, UserName,
    WriteBackOutcome,
};
use std::collections::BTreeMap;

/// The longest that a recovery waits for someone else: NIST SP 800-63B-4 §4.2.1.3 gives a recovery contact 24 hours.
const HELP_WAIT_SECONDS_MAX: Seconds = 24 * 3600;

/// How long the first answer of a directory is awaited before a worker looks for itself.
const SETTLE_SECONDS: Seconds = 15;

/// How long an ended recovery is kept, so that its page can still be shown.
const KEPT_AFTER_END_SECONDS: Seconds = 24 * 3600;

/// What a recovery begins with: a user name, and what was found under it.
pub struct Begin<'a> {
    pub realm: &'a str,
    pub user_name: UserName,
    /// `None` when nobody has this user name.
    pub account: Option<&'a Account>,
    /// Whether recoveries of this account are paused after a report.
    pub reported: bool,
    /// Mail domains of the realm itself: addresses there are no alternate contacts.
    pub own_domains: &'a [String],
    /// Contacts of the account that do not count yet, and from when they do.
    pub fresh: &'a BTreeMap<ContactPrint, Timestamp>,
    pub census: &'a Census,
    pub policies: Policies<'a>,
    pub disclose: Disclose,
}

/// Begins a recovery. Nothing is stored and nothing is sent; the same work is done for a name that nobody has.
pub fn begin(begin: Begin<'_>, facts: &Facts<'_>) -> Recovery {
    let Begin { realm, user_name, account, reported, own_domains, fresh, census, policies, disclose } = begin;
    let canonical = user_name.canonical(own_domains);
    // Drawn for every name, and thrown away for one that somebody has: the work is the same.
    let drawn = shown_for_nobody(realm, &canonical, census, &policies, &facts.keys.decoy);
    let (shown, subject) = match account {
        Some(account) => {
            let (shown, enough) = shown_for_account(account, own_domains, census, &policies, facts.keys, fresh);
            let obstacle = match account.state {
                AccountState::Disabled | AccountState::Expired => Some(Obstacle::Disabled),
                AccountState::Usable if reported => Some(Obstacle::Paused),
                AccountState::Usable => match enough {
                    Enough::Now => None,
                    Enough::Later(until) => Some(Obstacle::FreshContacts { until }),
                    Enough::No => Some(Obstacle::TooFewMethods),
                },
            };
            (shown, Subject::Account { id: account.id.clone(), obstacle })
        }
        None => (drawn, Subject::Nobody),
    };
    let phase = match subject {
        Subject::Account { obstacle: Some(obstacle), .. } if disclose == Disclose::All => {
            Phase::Stopped { stop: Stop::Obstacle(obstacle), at: facts.now }
        }
        _ => Phase::Proving(Gate::fresh(Vec::new(), &shown.policy)),
    };
    Recovery {
        id: RecoveryId(facts.random_id()),
        realm: realm.to_owned(),
        user_name,
        subject,
        offers: offers(&shown.contacts, &shown.policy),
        deadline: facts.now.plus(shown.policy.idle_seconds),
        kept: false,
        failures: 0,
        notice: None,
        phase,
        policy: shown.policy,
    }
}

/// Advances one recovery. Same arguments, same result. An event that has no place in the present state changes nothing:
/// the person gets the page where things stand.
pub fn step(recovery: Recovery, event: Event, facts: &Facts<'_>) -> Decision {
    let mut walk = Walk { recovery, facts, effects: Vec::new() };
    walk.advance(event);
    walk.decision()
}

struct Walk<'a> {
    recovery: Recovery,
    facts: &'a Facts<'a>,
    effects: Vec<Effect>,
}

impl Walk<'_> {
    fn advance(&mut self, event: Event) {
        if self.recovery.has_ended() {
            return;
        }
        if self.facts.now >= self.recovery.deadline && !self.settles(&event) {
            return self.end_late();
        }
        match std::mem::replace(&mut self.recovery.phase, Phase::Done) {
            Phase::Proving(gate) => self.prove(gate, event),
            Phase::WaitingForHelp(gate) => self.wait_for_help(gate, event),
            Phase::ChoosingPassword { proof } => self.choose_password(proof, event),
            Phase::Writing { proof, write } => self.end_write(proof, write, event),
            ended @ (Phase::Done | Phase::Stopped { .. }) => self.recovery.phase = ended,
        }
    }

    /// Puts the recovery's first effect behind those that every kept recovery begins with.
    fn decision(mut self) -> Decision {
        if !self.effects.is_empty() && !self.recovery.kept {
            self.recovery.kept = true;
            let obstacle = self.recovery.obstacle();
            let first = [
                Effect::Record { event: AuditEvent::Began },
                Effect::TellOwner { obstacle },
                Effect::Count { counter: Counter::BegunByNetwork },
            ];
            self.effects.splice(0..0, first);
        }
        Decision { recovery: self.recovery, effects: self.effects }
    }

    /// Whether the event says what became of a write that was begun in time: that is the truth, however late it comes.
    fn settles(&self, event: &Event) -> bool {
        let is_known = matches!(event, Event::WriteBackEnded { outcome } if *outcome != WriteBackOutcome::Unknown);
        is_known && matches!(self.recovery.phase, Phase::Writing { .. })
    }

    fn end_late(&mut self) {
        let was_writing = matches!(self.recovery.phase, Phase::Writing { .. });
        if was_writing {
            self.effects.push(Effect::TellContacts { what: Told::PasswordUnclear });
            self.stop(Stop::NeverSettled);
        } else {
            self.stop(Stop::TooLate);
        }
    }

    // A gate.

    fn prove(&mut self, gate: Gate, event: Event) {
        match event {
            Event::MethodChosen { offer } => self.choose_method(gate, offer),
            Event::NoMethodChosen => self.stop(Stop::NoMethod),
            Event::NumberTyped { number } => self.type_number(gate, number),
            Event::AddressTyped { address } => self.type_address(gate, address),
            Event::CodeTyped { code } => self.type_code(gate, code),
            Event::FreshCodeAsked => self.ask_fresh_code(gate),
            Event::OtherMethodAsked => {
                let last = gate.at.sent().cloned();
                self.go_on(Gate { at: Proving::Choosing { last }, ..gate }, None);
            }
            Event::MoreTimeAsked => self.go_on(gate, Some(Notice::MoreTime)),
            Event::HelpAsked { wait_seconds } => {
                self.record(AuditEvent::HelpAsked);
                self.recovery.phase = Phase::WaitingForHelp(gate);
                self.recovery.notice = None;
                self.recovery.deadline = self.facts.now.plus(wait_seconds.min(HELP_WAIT_SECONDS_MAX));
            }
            Event::Cancelled => self.stop(Stop::Cancelled),
            Event::PasswordTyped { .. } | Event::WriteBegunAgain | Event::WriteBackEnded { .. } | Event::HelpEnded => {
                self.stay(Phase::Proving(gate))
            }
        }
    }

    fn choose_method(&mut self, gate: Gate, offer: usize) {
        let open = self.recovery.open_offers(&gate.passed);
        let Some((_, chosen)) = open.into_iter().find(|(place, _)| *place == offer) else {
            return self.stay(Phase::Proving(gate));
        };
        if chosen.kind.is_phone() || self.recovery.policy.type_email {
            let last = gate.at.sent().cloned();
            self.go_on(Gate { at: Proving::TypingContact { offer, last }, ..gate }, None);
        } else {
            let to = chosen.to;
            self.send(gate, offer, to, None);
        }
    }

    fn type_number(&mut self, gate: Gate, number: Option<PhoneNumber>) {
        let Some((offer, chosen)) = self.offer_to_confirm(&gate, true) else { return self.stay(Phase::Proving(gate)) };
        let Some(number) = number else { return self.mistype(gate, offer, Notice::NotANumber) };
        if !chosen.mask.fits_number(&number) {
            return self.mistype(gate, offer, Notice::DoesNotFitMask);
        }
        let typed = Contact::Phone(Phone { number: number.clone(), line: Line::Mobile });
        let to = self.confirmed(&chosen, &typed);
        self.send(gate, offer, to, Some(number.e164().to_owned()));
    }

    fn type_address(&mut self, gate: Gate, address: Option<EmailAddress>) {
        let Some((offer, chosen)) = self.offer_to_confirm(&gate, false) else { return self.stay(Phase::Proving(gate)) };
        let Some(address) = address else { return self.mistype(gate, offer, Notice::NotAnAddress) };
        if !chosen.mask.fits_address(&address) {
            return self.mistype(gate, offer, Notice::DoesNotFitMask);
        }
        let typed = address.as_str().to_owned();
        let to = self.confirmed(&chosen, &Contact::Email(address));
        self.send(gate, offer, to, Some(typed));
    }

    /// The method whose contact is being typed, or corrected while its code is awaited.
    fn offer_to_confirm(&self, gate: &Gate, phone: bool) -> Option<(usize, Offer)> {
        let place = match &gate.at {
            Proving::TypingContact { offer, .. } => *offer,
            Proving::TypingCode { sent } if sent.typed.is_some() => sent.offer,
            _ => return None,
        };
        let offer = self.recovery.offers.get(place)?;
        (offer.kind.is_phone() == phone).then(|| (place, offer.clone()))
    }

    /// Where a message goes once its contact was typed: to the one on record when that is it, else nowhere.
    fn confirmed(&self, offer: &Offer, typed: &Contact) -> Destination {
        let print = typed.print(&self.facts.keys.contact);
        match offer.to {
            Destination::OnRecord(on_record) if on_record == print => offer.to,
            Destination::OnRecord(_) | Destination::Nowhere(_) => Destination::Nowhere(print),
        }
    }

    /// A wrong number counts as a wrong code does: each one leaves a line in the trail, and lines must be bounded.
    fn mistype(&mut self, gate: Gate, offer: usize, notice: Notice) {
        if let Some(until) = self.facts.paused(&Counter::FAILURES) {
            return self.wait(gate, until);
        }
        self.record(AuditEvent::ContactMistyped { gate: gate.number() });
        if self.count_failure() {
            return self.stop(Stop::TooManyAttempts);
        }
        let last = gate.at.sent().cloned();
        self.go_on(Gate { at: Proving::TypingContact { offer, last }, ..gate }, Some(notice));
    }

    fn ask_fresh_code(&mut self, gate: Gate) {
        let Proving::TypingCode { sent } = &gate.at else { return self.stay(Phase::Proving(gate)) };
        let (offer, typed) = (sent.offer, sent.typed.clone());
        // The last one may have gone nowhere because its contact had had its messages.
        let on_offer = self.recovery.offers[offer].to;
        let to = if on_offer.print() == sent.to.print() { on_offer } else { sent.to };
        self.send(gate, offer, to, typed);
    }

    /// Sends a code, if it is time and no limit is reached. The same work and effects wherever it goes.
    fn send(&mut self, gate: Gate, offer: usize, to: Destination, typed: Option<String>) {
        let now = self.facts.now;
        let kind = self.recovery.offers[offer].kind;
        let number = gate.number();
        if let Some(sent) =
            gate.at.sent().filter(|sent| sent.offer == offer && sent.typed == typed && sent.is_too_fresh_at(now))
        {
            let sent = sent.clone();
            let notice = Notice::NotYet { resend_at: sent.resend_at };
            return self.go_on(Gate { at: Proving::TypingCode { sent }, ..gate }, Some(notice));
        }
        if let Some(until) = self.facts.paused(&Counter::MESSAGES) {
            self.record_if_kept(AuditEvent::MessageLimitReached { kind, gate: number });
            return self.stop(Stop::Paused { until });
        }
        if gate.sends >= self.recovery.policy.sends_max {
            self.record_if_kept(AuditEvent::MessageLimitReached { kind, gate: number });
            let last = gate.at.sent().cloned();
            return self.go_on(Gate { at: Proving::Choosing { last }, ..gate }, Some(Notice::NoMoreMessages));
        }

        let policy = &self.recovery.policy;
        let code = Code::from_random(self.facts.random_code_bytes(), policy.code_digits);
        let hash = code.hash(&self.facts.keys.code, &self.recovery.id, number, to.print());
        let expires_at = now.plus(policy.code_ttl_seconds.min(Policy::CODE_TTL_SECONDS_MAX));
        let wait = policy.resend_seconds.saturating_mul(1 << gate.sends.min(10));
        let again = gate.at.sent().is_some();
        // Two accounts may share a contact: that it has had its messages would say so on the other's page. Nothing is
        // sent, and nothing is said.
        let is_full = self.facts.paused(&[Counter::MessagesByContact]).is_some();
        let to = if is_full { Destination::Nowhere(*to.print()) } else { to };
        let sent = SentCode { offer, to, hash, sent_at: now, expires_at, resend_at: now.plus(wait), typed };
        self.record(match is_full {
            true => AuditEvent::MessageLimitReached { kind, gate: number },
            false => AuditEvent::MessageAsked { kind, gate: number },
        });
        self.effects.push(Effect::SendCode { kind, to, code, gate: number, expires_at });
        self.effects.extend(Counter::MESSAGES.map(|counter| Effect::Count { counter }));
        let counter = Counter::MessagesByContact;
        self.effects.push(if is_full { Effect::CountBeyond { counter } } else { Effect::Count { counter } });
        let gate = Gate { sends: gate.sends.saturating_add(1), at: Proving::TypingCode { sent }, ..gate };
        self.go_on(gate, again.then_some(Notice::FreshCode));
    }

    fn type_code(&mut self, gate: Gate, code: Option<Code>) {
        let Proving::TypingCode { sent } = &gate.at else { return self.stay(Phase::Proving(gate)) };
        let number = gate.number();
        let Some(code) = code else { return self.go_on(gate, Some(Notice::NotACode)) };
        if let Some(until) = self.facts.paused(&Counter::FAILURES) {
            return self.wait(gate, until);
        }
        if !sent.is_good_at(self.facts.now) {
            self.record(AuditEvent::CodeExpired { gate: number });
            if self.count_failure() {
                return self.stop(Stop::TooManyAttempts);
            }
            return self.go_on(gate, Some(Notice::CodeExpired));
        }
        let hash = code.hash(&self.facts.keys.code, &self.recovery.id, number, sent.to.print());
        let right = hash == sent.hash;
        match (sent.to, &self.recovery.subject) {
            (Destination::OnRecord(contact), Subject::Account { id, obstacle }) if right => {
                let kind = self.recovery.offers[sent.offer].kind;
                let walk = WalkOf { recovery: self.recovery.id, realm: &self.recovery.realm, account: id };
                let now = PassedNow { kind, contact, at: self.facts.now };
                let passed = pass(walk, gate.passed, now, self.recovery.policy.gates, &self.facts.keys.proof);
                let obstacle = *obstacle;
                self.record(AuditEvent::GatePassed { kind, gate: number });
                if number == 1 {
                    self.effects.push(Effect::Count { counter: Counter::ProvenByNetwork });
                }
                self.enter(passed, obstacle);
            }
            _ => self.fail(gate),
        }
    }

    /// After a passed gate: the truth where the account can't finish, else the next gate or the password.
    fn enter(&mut self, passed: Passed, obstacle: Option<Obstacle>) {
        match (obstacle, passed) {
            (Some(obstacle), _) => self.stop(Stop::Obstacle(obstacle)),
            (None, Passed::More(gates)) => {
                let gate = Gate::fresh(gates, &self.recovery.policy);
                self.go_on(gate, Some(Notice::GatePassed));
            }
            (None, Passed::All(proof)) => self.arrive(Phase::ChoosingPassword { proof }, Some(Notice::GatePassed)),
        }
    }

    fn fail(&mut self, gate: Gate) {
        self.record(AuditEvent::CodeWrong { gate: gate.number() });
        let is_last = self.count_failure();
        let gate = Gate { attempts_left: gate.attempts_left.saturating_sub(1), ..gate };
        if gate.attempts_left == 0 || is_last {
            self.stop(Stop::TooManyAttempts);
        } else {
            let attempts_left = self.recovery.tries_left(&gate);
            self.go_on(gate, Some(Notice::CodeWrong { attempts_left }));
        }
    }

    /// Counts a failure; answers whether it was the last that this recovery takes.
    fn count_failure(&mut self) -> bool {
        self.effects.extend(Counter::FAILURES.map(|counter| Effect::Count { counter }));
        self.recovery.failures = self.recovery.failures.saturating_add(1);
        self.recovery.failures >= self.recovery.policy.failures_max
    }

    /// A limit of failures is reached: what was typed is not looked at. A wait that fits into the time limit of the page
    /// is sat out there; a longer one ends the recovery on a page that says until when.
    fn wait(&mut self, gate: Gate, until: Timestamp) {
        if until < self.facts.now.plus(self.recovery.policy.idle_seconds) {
            self.go_on(gate, Some(Notice::Wait { until }));
        } else {
            self.stop(Stop::Paused { until });
        }
    }

    // Waiting for someone else.

    fn wait_for_help(&mut self, gate: Gate, event: Event) {
        match event {
            Event::HelpEnded => self.go_on(gate, None),
            Event::Cancelled => self.stop(Stop::Cancelled),
            _ => self.stay(Phase::WaitingForHelp(gate)),
        }
    }

    // The new password.

    fn choose_password(&mut self, proof: Proof, event: Event) {
        match event {
            Event::PasswordTyped { verdict: PasswordVerdict::Accepted { sealed, changed_before } } => {
                let write = PendingWrite { sealed, began_at: self.facts.now, changed_before, unclear: false };
                self.record(AuditEvent::WriteBegan);
                self.effects.push(Effect::WritePassword);
                self.arrive(Phase::Writing { proof, write }, None);
            }
            Event::PasswordTyped { verdict: PasswordVerdict::Refused { failed, strength } } => {
                self.record(AuditEvent::PasswordRefused);
                self.arrive(Phase::ChoosingPassword { proof }, Some(Notice::PasswordRefused { failed, strength }));
            }
            Event::PasswordTyped { verdict: PasswordVerdict::Different } => {
                self.arrive(Phase::ChoosingPassword { proof }, Some(Notice::PasswordsDiffer));
            }
            Event::PasswordTyped { verdict: PasswordVerdict::NotJudged } => {
                self.arrive(Phase::ChoosingPassword { proof }, Some(Notice::DirectoryAway));
            }
            Event::MoreTimeAsked => self.arrive(Phase::ChoosingPassword { proof }, Some(Notice::MoreTime)),
            Event::Cancelled => self.stop(Stop::Cancelled),
            _ => self.stay(Phase::ChoosingPassword { proof }),
        }
    }

    fn end_write(&mut self, proof: Proof, write: PendingWrite, event: Event) {
        let outcome = match event {
            Event::WriteBackEnded { outcome } => outcome,
            // Who looks at the directory's record meanwhile must give this write its time as well.
            Event::WriteBegunAgain => {
                self.record(AuditEvent::WriteBegan);
                let write = PendingWrite { began_at: self.facts.now, ..write };
                return self.stay(Phase::Writing { proof, write });
            }
            _ => return self.stay(Phase::Writing { proof, write }),
        };
        let back = |walk: &mut Self, audit, notice| {
            walk.record(audit);
            walk.arrive(Phase::ChoosingPassword { proof: proof.clone() }, Some(notice));
        };
        match outcome {
            WriteBackOutcome::Done => {
                self.record(AuditEvent::PasswordReset);
                self.effects.push(Effect::EndOtherRecoveries);
                self.effects.push(Effect::ForgetBrowsers);
                self.effects.extend(Counter::FORGIVEN.map(|counter| Effect::Uncount { counter }));
                self.effects.push(Effect::TellContacts { what: Told::PasswordReset });
                self.arrive(Phase::Done, None);
            }
            WriteBackOutcome::Refused { rule } => {
                back(self, AuditEvent::WriteRefused, Notice::PasswordRefused { failed: vec![rule], strength: 0 });
            }
            WriteBackOutcome::Unreachable => back(self, AuditEvent::WriteFailed, Notice::DirectoryAway),
            WriteBackOutcome::NotDone => back(self, AuditEvent::WriteFailed, Notice::NotWritten),
            WriteBackOutcome::NotAllowed => self.stop(Stop::WriteNotAllowed),
            WriteBackOutcome::AccountUnusable => self.stop(Stop::AccountUnusable),
            WriteBackOutcome::NotCleared { fault } => {
                self.record(AuditEvent::ProofsRefused { fault });
                self.stop(fault.stop());
            }
            WriteBackOutcome::Unknown => {
                if !write.unclear {
                    self.record(AuditEvent::WriteUnknown);
                }
                let write = PendingWrite { unclear: true, ..write };
                self.stay(Phase::Writing { proof, write });
            }
        }
    }

    // Moving.

    /// Goes on at a gate; the person has acted, so the time limit starts anew.
    fn go_on(&mut self, gate: Gate, notice: Option<Notice>) {
        self.arrive(Phase::Proving(gate), notice);
    }

    fn arrive(&mut self, phase: Phase, notice: Option<Notice>) {
        self.recovery.phase = phase;
        self.recovery.notice = notice;
        self.recovery.deadline = self.facts.now.plus(self.recovery.policy.idle_seconds);
    }

    /// Puts back a phase that the event does not concern.
    fn stay(&mut self, phase: Phase) {
        self.recovery.phase = phase;
    }

    fn stop(&mut self, stop: Stop) {
        if self.recovery.kept || !self.effects.is_empty() {
            self.record(AuditEvent::Stopped { stop: stop.clone() });
        }
        self.recovery.phase = Phase::Stopped { stop, at: self.facts.now };
        self.recovery.notice = None;
    }

    fn record(&mut self, event: AuditEvent) {
        self.effects.push(Effect::Record { event });
    }

    /// A walk that nothing is kept of leaves no line when it meets a limit: who has used up a limit could fill the disk.
    fn record_if_kept(&mut self, event: AuditEvent) {
        if self.recovery.kept {
            self.record(event);
        }
    }
}

impl Recovery {
    /// The methods that may still be used: those that prove something else than the gates already passed. Who has passed one
    /// is told the truth: what leads nowhere (a contact that does not count yet) is not shown any more.
    pub(crate) fn open_offers(&self, passed: &[GateProof]) -> Vec<(usize, &Offer)> {
        let rule = self.policy.independence;
        let open = |offer: &Offer| {
            let leads = passed.is_empty() || !offer.is_decoy();
            leads && passed.iter().all(|gate| independent(offer, &gate.contact, gate.kind, rule))
        };
        self.offers.iter().enumerate().filter(|(_, offer)| open(offer)).collect()
    }

    /// The contact that an event would send a message to, as counts know it: the one on record, whatever was typed.
    pub fn contact_asked(&self, event: &Event) -> Option<&ContactPrint> {
        let Phase::Proving(gate) = &self.phase else { return None };
        let place = match (event, &gate.at) {
            (Event::MethodChosen { offer }, _) => *offer,
            (Event::NumberTyped { .. } | Event::AddressTyped { .. }, Proving::TypingContact { offer, .. }) => *offer,
            (_, Proving::TypingCode { sent }) => sent.offer,
            _ => return None,
        };
        self.offers.get(place).map(|offer| offer.to.print())
    }

    /// Whether it is kept in the store. Before the first typed contact or message it travels in the browser's cookie.
    pub const fn is_kept(&self) -> bool {
        self.kept
    }

    /// The same recovery once someone has reported "that was not me": a walk that is not kept yet is a further one, however
    /// long its cookie has lain in a browser. A name that nobody has stays as it is.
    #[must_use]
    pub fn paused_by_report(mut self) -> Self {
        if let Subject::Account { obstacle: obstacle @ None, .. } = &mut self.subject {
            *obstacle = Some(Obstacle::Paused);
        }
        self
    }

    /// When a worker must look at it: a write that must be settled.
    pub fn wake_at(&self, now: Timestamp) -> Option<Timestamp> {
        matches!(self.phase, Phase::Writing { .. }).then(|| now.plus(SETTLE_SECONDS).min(self.deadline))
    }

    /// When it may be forgotten.
    pub fn expires_at(&self, now: Timestamp) -> Timestamp {
        let end = if self.has_ended() { now } else { self.deadline };
        end.plus(KEPT_AFTER_END_SECONDS)
    }
}
