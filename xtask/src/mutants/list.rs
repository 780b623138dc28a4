//! The faults: what each is, where it is planted, and which tests must see it.

/// A fault.
pub struct Mutant {
    pub name: &'static str,
    pub file: &'static str,
    /// Texts to replace, each of which is there exactly once.
    pub replace: &'static [(&'static str, &'static str)],
    /// The package and the tests that are run.
    pub package: &'static str,
    pub tests: &'static str,
}

/// A fault in the pure core, for one of the model's worlds to find.
const fn core(
    world: &'static str,
    name: &'static str,
    file: &'static str,
    replace: &'static [(&'static str, &'static str)],
) -> Mutant {
    Mutant { name, file, replace, package: "regain-recovery", tests: world }
}

const ALONE: &str = "tests::model::a_person_alone";
const ATTACKER: &str = "tests::model::a_person_and_an_attacker";
const MANY: &str = "tests::model::an_attacker_with_many";
const TWO_BROWSERS: &str = "tests::model::a_person_in_two_browsers";
const WRITES: &str = "tests::model::a_write";
const TWINS: &str = "tests::model::real_and_other_names";

const STEP: &str = "crates/recovery/src/step.rs";

pub const MUTANTS: &[Mutant] = &[
    // Rule 1.
    core(
        ATTACKER,
        "a gate reports success whatever is typed",
        STEP,
        &[("let right = hash == sent.hash;", "let right = true;")],
    ),
    core(
        ALONE,
        "what can't be a code passes the gate",
        STEP,
        &[(
            "return self.go_on(gate, Some(Notice::NotACode))",
            "{ let proof = Proof { recovery: self.recovery.id, realm: String::new(), account: crate::AccountId(String::new()), gates: vec![] }; \
             return self.arrive(Phase::ChoosingPassword { proof }, None) }",
        )],
    ),
    core(
        ATTACKER,
        "one gate is enough",
        "crates/recovery/src/gate.rs",
        &[("gates.len() < usize::from(gates_required)", "gates.len() < usize::from(gates_required.min(1))")],
    ),
    core(
        ATTACKER,
        "one contact passes two gates",
        STEP,
        &[(
            "let now = PassedNow { kind, contact, at: self.facts.now };",
            "let contact = if number > 1 { contact } else { ContactPrint::cut([9; 32]) };\n                let now = PassedNow { kind, contact, at: self.facts.now };",
        )],
    ),
    core(
        WRITES,
        "a proof survives the time limit",
        STEP,
        &[(
            "if self.facts.now >= self.recovery.deadline && !self.settles(&event) {",
            "if self.facts.now >= self.recovery.deadline && !self.settles(&event) && self.recovery.proven().is_none() {",
        )],
    ),
    // Rule 2.
    core(
        TWINS,
        "a decoy skips a message",
        STEP,
        &[(
            "self.effects.push(Effect::SendCode { kind, to, code, gate: number, expires_at });",
            "if matches!(to, Destination::OnRecord(_)) { self.effects.push(Effect::SendCode { kind, to, code, gate: number, expires_at }); }",
        )],
    ),
    core(
        TWINS,
        "a wrong code for nobody is not counted",
        STEP,
        &[(
            "            _ => self.fail(gate),\n",
            "            (_, Subject::Nobody) => self.go_on(gate, None),\n            _ => self.fail(gate),\n",
        )],
    ),
    core(
        TWINS,
        "a disabled account is told before a gate is passed",
        STEP,
        &[(
            "let open = self.recovery.open_offers(&gate.passed);",
            "if let Some(obstacle) = self.recovery.obstacle() { return self.stop(Stop::Obstacle(obstacle)); }\n        let open = self.recovery.open_offers(&gate.passed);",
        )],
    ),
    core(
        TWINS,
        "the state of a real account is longer",
        "crates/recovery/src/encode.rs",
        &[("plain.0.resize(plain.0.len().next_multiple_of(SUBJECT_BLOCK_BYTES), 0);", "")],
    ),
    // Rule 3.
    core(
        ALONE,
        "the expiry of a code is not checked",
        STEP,
        &[("if !sent.is_good_at(self.facts.now) {", "if false {")],
    ),
    core(
        ALONE,
        "a fresh code leaves the old one valid",
        STEP,
        &[(
            "let again = gate.at.sent().is_some();",
            "let again = gate.at.sent().is_some();\n        let hash = gate.at.sent().map_or(hash, |sent| sent.hash);",
        )],
    ),
    core(
        ALONE,
        "a fresh code gives the tries back",
        STEP,
        &[(
            "let gate = Gate { sends: gate.sends.saturating_add(1), at",
            "let gate = Gate { attempts_left: self.recovery.policy.attempts_max, sends: gate.sends.saturating_add(1), at",
        )],
    ),
    core(
        ALONE,
        "a wrong code costs no try",
        STEP,
        &[("attempts_left: gate.attempts_left.saturating_sub(1), ..gate", "attempts_left: gate.attempts_left, ..gate")],
    ),
    core(
        ALONE,
        "a gate sends as many codes as are asked for",
        STEP,
        &[("gate.sends >= self.recovery.policy.sends_max", "gate.sends == u8::MAX")],
    ),
    core(
        MANY,
        "failures are counted by network only",
        STEP,
        &[(
            "self.effects.extend(Counter::FAILURES.map(|counter| Effect::Count { counter }));",
            "self.effects.extend(Counter::FAILURES[1..].iter().map(|&counter| Effect::Count { counter }));",
        )],
    ),
    core(
        MANY,
        "messages are not counted",
        STEP,
        &[("self.effects.extend(Counter::MESSAGES.map(|counter| Effect::Count { counter }));", "")],
    ),
    core(
        ALONE,
        "a code goes out whatever number was typed",
        STEP,
        &[("Destination::OnRecord(_) | Destination::Nowhere(_) => Destination::Nowhere(print),", "to => to,")],
    ),
    core(
        ALONE,
        "the state keeps the code itself",
        STEP,
        &[(
            "resend_at: now.plus(wait), typed };",
            "resend_at: now.plus(wait), typed: Some(code.reveal().to_owned()) };",
        )],
    ),
    core(
        TWO_BROWSERS,
        "a reset leaves the other recoveries",
        STEP,
        &[("self.effects.push(Effect::EndOtherRecoveries);", "")],
    ),
    Mutant {
        name: "a code is not bound to its gate",
        file: "crates/recovery/src/code.rs",
        replace: &[("&[&recovery.0, &[gate], contact.bytes()", "&[&recovery.0, &[gate * 0], contact.bytes()")],
        package: "regain-recovery",
        tests: "code::tests",
    },
    Mutant {
        name: "a code is not bound to its recovery",
        file: "crates/recovery/src/code.rs",
        replace: &[("&[&recovery.0, &[gate], contact.bytes()", "&[&recovery.0[..0], &[gate], contact.bytes()")],
        package: "regain-recovery",
        tests: "code::tests",
    },
    // Rule 4.
    core(
        WRITES,
        "an unknown write is shown as done",
        STEP,
        &[(
            "            WriteBackOutcome::Done => {",
            "            WriteBackOutcome::Done | WriteBackOutcome::Unknown => {",
        )],
    ),
    core(
        WRITES,
        "an unknown write is shown as failed",
        STEP,
        &[("WriteBackOutcome::NotDone => back(", "WriteBackOutcome::NotDone | WriteBackOutcome::Unknown => back(")],
    ),
    core(
        WRITES,
        "who asks again is not told that nobody knows",
        STEP,
        &[("PendingWrite { unclear: true, ..write }", "write")],
    ),
    core(
        WRITES,
        "a second write is called failed while it is under way",
        STEP,
        &[("PendingWrite { began_at: self.facts.now, ..write }", "write")],
    ),
    core(
        WRITES,
        "nobody is told of a reset",
        STEP,
        &[("self.effects.push(Effect::TellContacts { what: Told::PasswordReset });", "")],
    ),
    core(
        WRITES,
        "nobody is told of a write that was never settled",
        STEP,
        &[("self.effects.push(Effect::TellContacts { what: Told::PasswordUnclear });", "")],
    ),
    // Rules 5 and 7.
    core(
        ALONE,
        "a message asked for is sent twice",
        STEP,
        &[(
            "let again = gate.at.sent().is_some();",
            "let again = gate.at.sent().is_some();\n        self.effects.push(Effect::SendCode { kind, to, code: Code::from_random([9; 8], 6), gate: number, expires_at });",
        )],
    ),
    core(ALONE, "the owner is not looked after", STEP, &[("                Effect::TellOwner { obstacle },\n", "")]),
    core(
        WRITES,
        "nobody looks at a write that waits",
        STEP,
        &[("matches!(self.phase, Phase::Writing { .. }).then(|| now", "matches!(self.phase, Phase::Done).then(|| now")],
    ),
    // The store and the service, by their own tests and by the reference that the model walks on.
    Mutant {
        name: "the store commits an old version",
        file: "crates/store/src/sqlite/apply.rs",
        replace: &[(
            "WHERE handle = ?1 AND version = ?7 AND account = ?2",
            "WHERE handle = ?1 AND version >= ?7 - 9 AND account = ?2",
        )],
        package: "regain-store",
        tests: "sqlite::agrees",
    },
    Mutant {
        name: "the store counts past a limit",
        file: "crates/store/src/sqlite/apply.rs",
        replace: &[(
            "WHERE iif(expires_at <= ?6, 0, counted) < ?5",
            "WHERE iif(expires_at <= ?6, 0, counted) < ?5 + 1",
        )],
        package: "regain-store",
        tests: "sqlite::agrees",
    },
    Mutant {
        name: "queued codes outlive a reset",
        file: "crates/store/src/sqlite/apply.rs",
        replace: &[(
            "    outbox::drop_queued_codes(connection, account)?;\n",
            "    let _ = outbox::drop_queued_codes;\n",
        )],
        package: "regain-store",
        tests: "sqlite::agrees",
    },
    Mutant {
        name: "half of a commit stays after a conflict",
        file: "crates/store/src/sqlite/apply.rs",
        replace: &[(
            "        if committed == Committed::Conflict {\n            return Ok(Committed::Conflict);",
            "        if committed == Committed::Conflict {\n            return Ok(Committed::Done);",
        )],
        package: "regain-store",
        tests: "sqlite::agrees",
    },
    Mutant {
        name: "the service ignores a conflict",
        file: "crates/service/src/walk.rs",
        replace: &[(
            "                Committed::Done => {\n                    self.posted",
            "                Committed::Done | Committed::Conflict => {\n                    self.posted",
        )],
        package: "regain-service",
        tests: "tests::t",
    },
    Mutant {
        name: "a limit is counted per network, not per account",
        file: "crates/service/src/facts.rs",
        replace: &[(
            "Counter::SignInsByAccount => &subjects.account,",
            "Counter::SignInsByAccount => subjects.network.as_ref()?.as_bytes(),",
        )],
        package: "regain-service",
        tests: "tests::throttles",
    },
];
