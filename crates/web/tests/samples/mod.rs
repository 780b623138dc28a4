//! One page of each kind in each state, for the tests, the golden files and the gallery. Made through the public door,
//! with recoveries that the real core made.

use language::{Languages, TimeZone, Words};
use recovery::{
    Account, AccountId, AccountState, Census, CensusTaker, Contact, Disclose, EmailAddress, Event, Facts, Independence,
    Keys, Line, MethodKind, Notice, Obstacle, Page, Phone, PhoneNumber, Policies, Policy, Recovery, Stop, Timestamp,
    UserName,
};
use regain_web::pages::RuleLine;
use regain_web::pages::change_password::{ChangeError, ChangePasswordPage};
use regain_web::pages::code::CodePage;
use regain_web::pages::confirm_contact::ConfirmContactPage;
use regain_web::pages::contact_helpdesk::{ContactHelpdeskPage, Letter, LetterError, Typed};
use regain_web::pages::done::DonePage;
use regain_web::pages::error::{ErrorKind, ErrorPage};
use regain_web::pages::identify::{IdentifyError, IdentifyPage};
use regain_web::pages::messages::{MessagesPage, ShownMessage};
use regain_web::pages::method::MethodPage;
use regain_web::pages::new_password::NewPasswordPage;
use regain_web::pages::not_me::{NotMePage, Report};
use regain_web::pages::privacy::{PrivacyNotice, PrivacyPage};
use regain_web::pages::realm::{RealmChoice, RealmPage};
use regain_web::pages::sign_in::{After, SignInError, SignInPage};
use regain_web::pages::signed_in::SignedInPage;
use regain_web::pages::stopped::{Ending, StoppedPage};
use regain_web::pages::wait::{Turn, WaitPage};
use regain_web::{Corners, FooterLink, Frame, Logo, Looks, Organisation, Secretariat, Trail, WalkTitle};
use service::{Challenge, LegalBasis, Periods};
use std::collections::{BTreeMap, BTreeSet};

/// 23 November 2026, 8:21 in Brussels.
pub const NOW: Timestamp = Timestamp::from_millis(1_795_418_460_000);

const LOGO: &str = r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48" fill="none" stroke-linecap="round" stroke-width="5"><path stroke="#d98a1f" d="M39 5c0 19-15 15-15 38"/><path stroke="#0b5c6b" d="M9 5c0 19 15 15 15 38"/></svg>"##;

/// What pages are about, apart from the language.
pub struct School {
    pub looks: Looks,
    pub secretariat: Secretariat,
    footer: Vec<FooterLink>,
    zone: TimeZone,
    keys: Keys,
    census: Census,
    pub rules: Vec<RuleLine>,
    realms: Vec<RealmChoice>,
}

impl School {
    pub fn new() -> Self {
        let looks = Looks::new(&Organisation {
            name: "Institut des Deux Rivières".to_owned(),
            logo: Some(Logo::from_file(LOGO.as_bytes()).expect("a small SVG")),
            brand: None,
            brand_dark: None,
            corners: Corners::Round,
        })
        .expect("readable colours");
        let keys = Keys::from_root(&[7; 32]);
        let people: Vec<Account> =
            (0..20).map(|number| account(&format!("p{number}"), &format!("04701234{number:02}"))).collect();
        let mut taker = CensusTaker::new(&[], Census::SHARED_BY_MIN, &keys.contact);
        people.iter().for_each(|person| taker.read(person));
        people.iter().for_each(|person| taker.count(person, None));
        let census = taker.finish(1, NOW);
        let rule = |name, number, number2| RuleLine { name, number, number2 };
        let realm = |value: &str, name: &str, hint: Option<&str>| RealmChoice {
            value: value.to_owned(),
            name: name.to_owned(),
            hint: hint.map(str::to_owned),
        };
        School {
            looks,
            secretariat: Secretariat {
                name: None,
                telephone: Some("071 00 12 40".to_owned()),
                email: Some("secretariat@deuxrivieres.example".to_owned()),
                hours: Some("Du lundi au vendredi, de 8\u{a0}h à 16\u{a0}h\u{a0}30".to_owned()),
                address: Some("12 quai du Confluent, bâtiment A".to_owned()),
            },
            footer: vec![FooterLink { href: "/privacy".to_owned(), key: "footer-privacy" }],
            zone: TimeZone::get("Europe/Brussels").expect("the time zones are bundled"),
            keys,
            census,
            rules: vec![
                rule("min_length", 8, 256),
                rule("min_upper", 1, 0),
                rule("min_lower", 1, 0),
                rule("min_digits", 1, 0),
                rule("min_symbols", 1, 0),
                rule("not_user_name", 0, 0),
                rule("common", 0, 0),
            ],
            realms: vec![
                realm("pupils", "Élèves", Some("Vous avez une carte d’élève")),
                realm("staff", "Personnel", Some("Enseignants, secrétariat, direction")),
            ],
        }
    }

    fn facts(&self, now: Timestamp) -> Facts<'_> {
        Facts { now, random: [9; 32], keys: &self.keys, pauses: BTreeMap::new() }
    }

    pub fn begin(&self, user_name: &str, account: Option<&Account>, policy: Policy) -> Recovery {
        let begin = recovery::Begin {
            realm: "people",
            user_name: UserName::parse(user_name).expect("a user name"),
            account,
            reported: false,
            own_domains: &[],
            fresh: &Default::default(),
            census: &self.census,
            policies: Policies { usual: &policy, groups: &[] },
            disclose: Disclose::Hide,
        };
        recovery::begin(begin, &self.facts(NOW))
    }

    pub fn step(&self, recovery: Recovery, event: Event) -> Recovery {
        recovery::step(recovery, event, &self.facts(NOW)).recovery
    }
}

pub fn account(local: &str, mobile: &str) -> Account {
    Account {
        id: AccountId(local.to_owned()),
        user_name: format!("{local}@deuxrivieres.example"),
        given_name: "Camille".to_owned(),
        family_name: "Dubois".to_owned(),
        display_name: "Camille Dubois".to_owned(),
        own_addresses: Vec::new(),
        contacts: vec![
            Contact::Email(EmailAddress::parse(&format!("{local}@charleroi.example")).expect("an address")),
            Contact::Phone(Phone { number: PhoneNumber::parse(mobile, "BE").expect("a number"), line: Line::Mobile }),
        ],
        state: AccountState::Usable,
        groups: BTreeSet::new(),
        password_changed_at: None,
    }
}

/// Pages of one language.
pub struct Album<'a> {
    pub school: &'a School,
    pub languages: &'a Languages,
    pub words: &'a Words,
    /// Name and HTML.
    pub pages: Vec<(String, String)>,
}

impl<'a> Album<'a> {
    pub fn fill(school: &'a School, languages: &'a Languages, words: &'a Words) -> Vec<(String, String)> {
        let mut album = Album { school, languages, words, pages: Vec::new() };
        album.around();
        album.walk();
        album.passwords();
        album.stops();
        album.others();
        album.pages
    }

    fn add(&mut self, name: &str, html: String) {
        self.pages.push((name.to_owned(), html));
    }

    pub fn frame(&self, path: &'a str) -> Frame<'a> {
        Frame {
            words: self.words,
            languages: self.languages,
            looks: &self.school.looks,
            secretariat: &self.school.secretariat,
            footer: &self.school.footer,
            title: WalkTitle::Recover,
            path,
            sign_in: "/sign-in",
            region: "BE",
            zone: &self.school.zone,
            now: NOW,
            who: None,
            trail: None,
            deadline: None,
            token: "b7VUd2c0pC3TqkHh",
            version: None,
            reference: None,
        }
    }

    pub fn walk_frame(&self, path: &'a str, done: usize) -> Frame<'a> {
        Frame {
            who: Some("camille.dubois"),
            trail: Some(Trail { steps: 3, done }),
            deadline: Some(NOW.plus(1200)),
            version: Some(4),
            ..self.frame(path)
        }
    }

    /// Pages before the walk.
    fn around(&mut self) {
        let security = Frame { title: WalkTitle::Security, ..self.frame("/sign-in") };
        let sign_in = SignInPage {
            frame: security.clone(),
            typed: "",
            error: None,
            after: None,
            realms: &[],
            chosen_realm: None,
        };
        self.add("sign-in", sign_in.render());
        let errors = [
            ("empty", SignInError::Empty),
            ("wrong", SignInError::Wrong),
            ("paused", SignInError::Paused { until: NOW.plus(900) }),
            ("directory-away", SignInError::DirectoryAway),
            ("not-valid", SignInError::NotValid),
        ];
        for (name, error) in errors {
            let page = SignInPage {
                frame: security.clone(),
                typed: "camille.dubois",
                error: Some(error),
                after: None,
                realms: &self.school.realms,
                chosen_realm: Some("staff"),
            };
            self.add(&format!("sign-in-{name}"), page.render());
        }
        for (name, after) in [("sign-out", After::SignOut), ("time-out", After::TimedOut)] {
            let page = SignInPage {
                frame: security.clone(),
                typed: "",
                error: None,
                after: Some(after),
                realms: &[],
                chosen_realm: None,
            };
            self.add(&format!("sign-in-after-{name}"), page.render());
        }
        let signed_in = SignedInPage {
            frame: Frame { path: "/signed-in", ..security },
            display_name: "Camille",
            user_name: "camille.dubois@deuxrivieres.example",
            password_changed: true,
        };
        self.add("signed-in", signed_in.render());
        self.add("realm", RealmPage { frame: self.frame("/recover"), realms: &self.school.realms }.render());
        let cases = [
            ("identify", "", None, None),
            ("identify-empty", "", Some(IdentifyError::Empty), None),
            ("identify-wrong", "a\"><b>", Some(IdentifyError::NotAUserName), Some(("pupils", "Élèves"))),
            ("identify-unknown", "", Some(IdentifyError::Unknown), None),
        ];
        for (name, typed, error, realm) in cases {
            let frame = self.frame("/recover/account");
            let challenge = None;
            let page = IdentifyPage { frame, typed, error, example: Some("camille.dubois"), realm, challenge };
            self.add(name, page.render());
        }
        self.under_attack();
    }

    /// Page 2 while the site is under attack, and the page that waits.
    fn under_attack(&mut self) {
        let challenge = &Challenge { text: "AAABjx".to_owned(), bits: 8 };
        let identify = IdentifyPage {
            frame: self.frame("/recover/account"),
            typed: "",
            error: None,
            example: Some("camille.dubois"),
            realm: None,
            challenge: Some(challenge),
        };
        self.add("identify-with-work", identify.render());
        let at = NOW.plus(25);
        let turns = [
            ("wait", Turn::At { at, ticket: "AAABjy", early: false }),
            ("wait-early", Turn::At { at, ticket: "AAABjy", early: true }),
            ("wait-full", Turn::Full { again_at: NOW.plus(600) }),
        ];
        for (name, turn) in turns {
            let frame = Frame { who: Some("camille.dubois\"><b>"), ..self.frame("/recover/account") };
            self.add(name, WaitPage { frame, realm: Some("pupils"), turn, challenge }.render());
        }
    }

    /// Pages 3 to 8.
    fn walk(&mut self) {
        let person = account("pcamille", "0470 12 34 67");
        let begun = self.school.begin("camille.dubois", Some(&person), Policy::default());
        let Page::Method(page) = begun.page() else { panic!("a recovery begins with its methods") };
        let method = |frame, notice| MethodPage { frame, page: &page, notice }.render();
        let html = method(self.walk_frame("/recover/method", 0), None);
        self.add("method", html);
        let html = method(self.walk_frame("/recover/method", 0), Some(&Notice::NoMoreMessages));
        self.add("method-no-more-messages", html);
        let html = method(self.walk_frame("/recover/method", 1), Some(&Notice::GatePassed));
        self.add("method-again", html);
        let one_gate = Frame { trail: Some(Trail { steps: 2, done: 0 }), ..self.walk_frame("/recover/method", 0) };
        let html = method(one_gate, Some(&Notice::MoreTime));
        self.add("method-one-gate", html);

        let mut two = account("camille", "0470 12 34 67");
        let office = PhoneNumber::parse("071 22 33 44", "BE").expect("a number");
        two.contacts.push(Contact::Phone(Phone { number: office, line: Line::Office }));
        two.contacts.push(Contact::Email(EmailAddress::parse("camille@rare.example").expect("an address")));
        let begun = self.school.begin("two", Some(&two), Policy::default());
        let Page::Method(page) = begun.page() else { panic!("a recovery begins with its methods") };
        let html = MethodPage { frame: self.walk_frame("/recover/method", 0), page: &page, notice: None }.render();
        self.add("method-several", html);

        for (kind, typed) in [(MethodKind::Sms, "0470 12 34 67"), (MethodKind::Call, "0470 12 34 67")] {
            self.phone_gate(&two, kind, typed);
        }
        self.mail_gate(&two);
    }

    fn phone_gate(&mut self, person: &Account, kind: MethodKind, typed: &str) {
        let name = kind.name();
        let begun = self.school.begin("camille", Some(person), Policy::default());
        let asked = self.choose(begun, kind);
        let Page::ConfirmContact(page) = asked.page() else { panic!("a phone is typed in full") };
        let notices = [
            ("", None, ""),
            ("-not-a-number", Some(Notice::NotANumber), "123"),
            ("-does-not-fit", Some(Notice::DoesNotFitMask), "0470 12 34 68"),
        ];
        for (state, notice, typed) in notices {
            let frame = self.walk_frame("/recover/contact", 1);
            let page = ConfirmContactPage { frame, page: &page, typed, notice: notice.as_ref() };
            let html = page.render();
            self.add(&format!("confirm-contact-{name}{state}"), html);
        }
        let number = PhoneNumber::parse(typed, "BE").ok();
        let sent = self.school.step(asked, Event::NumberTyped { number });
        self.code(&format!("code-{name}"), &sent);
    }

    fn mail_gate(&mut self, person: &Account) {
        let begun = self.school.begin("camille", Some(person), Policy::default());
        let sent = self.choose(begun, MethodKind::Email);
        self.code("code-email", &sent);

        let policy = Policy { type_email: true, independence: Independence::Channels, ..Policy::default() };
        let begun = self.school.begin("camille", Some(person), policy);
        let asked = self.choose(begun, MethodKind::Email);
        let Page::ConfirmContact(page) = asked.page() else { panic!("this policy has addresses typed in full") };
        let notices = [
            ("", None, ""),
            ("-not-an-address", Some(Notice::NotAnAddress), "camille"),
            ("-does-not-fit", Some(Notice::DoesNotFitMask), "anna@charleroi.example"),
        ];
        for (state, notice, typed) in notices {
            let frame = self.walk_frame("/recover/contact", 0);
            let page = ConfirmContactPage { frame, page: &page, typed, notice: notice.as_ref() };
            let html = page.render();
            self.add(&format!("confirm-contact-email{state}"), html);
        }
        let address = EmailAddress::parse("camille@charleroi.example");
        let sent = self.school.step(asked, Event::AddressTyped { address });
        let Page::Code(page) = sent.page() else { panic!("the code is awaited") };
        let html = CodePage { frame: self.walk_frame("/recover/code", 0), page: &page, notice: None }.render();
        self.add("code-email-typed", html);
    }

    fn choose(&self, begun: Recovery, kind: MethodKind) -> Recovery {
        let Page::Method(page) = begun.page() else { panic!("a recovery begins with its methods") };
        let (offer, _) = page.offers.iter().find(|(_, offer)| offer.kind == kind).expect("offered");
        let event = Event::MethodChosen { offer: *offer };
        self.school.step(begun, event)
    }

    /// The page of a code in all its states.
    fn code(&mut self, name: &str, sent: &Recovery) {
        let Page::Code(page) = sent.page() else { panic!("the code is awaited") };
        let notices = [
            ("", None),
            ("-wrong", Some(Notice::CodeWrong { attempts_left: 3 })),
            ("-wrong-last", Some(Notice::CodeWrong { attempts_left: 1 })),
            ("-not-a-code", Some(Notice::NotACode)),
            ("-expired", Some(Notice::CodeExpired)),
            ("-wait", Some(Notice::Wait { until: NOW.plus(4 * 60) })),
            ("-not-yet", Some(Notice::NotYet { resend_at: NOW.plus(18) })),
            ("-fresh", Some(Notice::FreshCode)),
            ("-more-time", Some(Notice::MoreTime)),
        ];
        for (state, notice) in notices {
            let frame = self.walk_frame("/recover/code", 1);
            let html = CodePage { frame, page: &page, notice: notice.as_ref() }.render();
            self.add(&format!("{name}{state}"), html);
        }
        let later = Frame { now: NOW.plus(60), ..self.walk_frame("/recover/code", 1) };
        let html = CodePage { frame: later, page: &page, notice: None }.render();
        self.add(&format!("{name}-later"), html);
    }

    /// Page 9, page 10, and the change of a password.
    fn passwords(&mut self) {
        let refused = |names: &[&str]| Notice::PasswordRefused {
            strength: 2,
            failed: names.iter().map(|n| (*n).to_owned()).collect(),
        };
        let notices = [
            ("", Some(Notice::GatePassed)),
            ("-differ", Some(Notice::PasswordsDiffer)),
            ("-refused", Some(refused(&["min_length", "min_upper", "min_digits", "min_symbols", "common"]))),
            ("-refused-empty", Some(refused(&["empty"]))),
            ("-refused-name", Some(refused(&["not_user_name", "max_length", "min_lower"]))),
            ("-refused-history", Some(refused(&["directory_in_history"]))),
            ("-refused-short", Some(refused(&["directory_too_short"]))),
            ("-refused-simple", Some(refused(&["directory_too_simple"]))),
            ("-refused-young", Some(refused(&["directory_too_young"]))),
            ("-refused-not-allowed", Some(refused(&["directory_change_not_allowed"]))),
            ("-refused-directory", Some(refused(&["directory_refused"]))),
            ("-refused-strength", Some(refused(&["min_strength"]))),
            ("-refused-other", Some(refused(&["something_new"]))),
            ("-directory-away", Some(Notice::DirectoryAway)),
            ("-not-written", Some(Notice::NotWritten)),
            ("-more-time", Some(Notice::MoreTime)),
        ];
        for (state, notice) in &notices {
            let frame = self.walk_frame("/recover/password", 2);
            let page = NewPasswordPage { frame, rules: &self.school.rules, notice: notice.as_ref(), strength: Some(2) };
            let html = page.render();
            self.add(&format!("new-password{state}"), html);
        }
        let html = DonePage { frame: self.frame("/recover/done") }.render();
        self.add("done", html);

        let failed = ["min_length".to_owned(), "min_symbols".to_owned()];
        let errors = [
            ("", None),
            ("-wrong-current", Some(ChangeError::WrongCurrent)),
            ("-differ", Some(ChangeError::Differ)),
            ("-refused", Some(ChangeError::Refused { failed: &failed })),
            ("-paused", Some(ChangeError::Paused { until: NOW.plus(900) })),
            ("-directory-away", Some(ChangeError::DirectoryAway)),
            ("-unclear", Some(ChangeError::Unclear)),
            ("-not-allowed", Some(ChangeError::NotAllowed)),
            ("-not-valid", Some(ChangeError::NotValid)),
        ];
        for (state, error) in errors {
            let page = ChangePasswordPage {
                frame: Frame { title: WalkTitle::Security, ..self.frame("/change-password") },
                user_name: "camille.dubois",
                rules: &self.school.rules,
                must_change: state == "-wrong-current",
                error,
                strength: matches!(error, Some(ChangeError::Refused { .. })).then_some(1),
            };
            let html = page.render();
            self.add(&format!("change-password{state}"), html);
        }
    }

    fn stops(&mut self) {
        let stops = [
            Stop::TooManyAttempts,
            Stop::Paused { until: NOW.plus(3240) },
            Stop::TooLate,
            Stop::NoMethod,
            Stop::Cancelled,
            Stop::Obstacle(Obstacle::TooFewMethods),
            Stop::Obstacle(Obstacle::Disabled),
            Stop::Obstacle(Obstacle::Paused),
            Stop::Obstacle(Obstacle::FreshContacts { until: NOW.plus(24 * 3600) }),
            Stop::ProofsVoid,
            Stop::AccountUnusable,
            Stop::WriteNotAllowed,
            Stop::NeverSettled,
        ];
        let mut endings: Vec<(String, Ending<'_>)> =
            stops.iter().map(|stop| (stop.name().replace('_', "-"), Ending::Stop(stop))).collect();
        endings.extend([
            ("unclear".to_owned(), Ending::Writing { unclear: true }),
            ("writing".to_owned(), Ending::Writing { unclear: false }),
            ("waiting".to_owned(), Ending::WaitingForHelp),
            ("not-valid".to_owned(), Ending::NotValid),
            ("no-cookie".to_owned(), Ending::NoCookie),
        ]);
        for (name, ending) in endings {
            let frame = Frame { reference: Some("R7K 2MQ"), version: Some(9), ..self.frame("/recover/stopped") };
            for (at_once, when) in [(false, ""), (true, "-at-once")] {
                let html = StoppedPage { frame: frame.clone(), ending, at_once }.render();
                self.add(&format!("stopped-{name}{when}"), html);
            }
        }
    }

    fn others(&mut self) {
        for (name, kind) in
            ["not-found", "not-understood", "too-many", "broken", "busy"].into_iter().zip(ErrorKind::ALL)
        {
            let reference = (kind == ErrorKind::Broken).then_some("R7K 2MQ");
            let html = ErrorPage { frame: Frame { reference, ..self.frame("/nowhere?a=1&b=2") }, kind }.render();
            self.add(&format!("error-{name}"), html);
        }
        self.letters();
        let reports = [
            ("", Report::Confirm { number: "k3J9", reset_at: Some(NOW) }),
            ("-code", Report::Confirm { number: "k3J9", reset_at: None }),
            ("-done", Report::Done { pause_hours: 24 }),
            ("-unknown", Report::Unknown),
        ];
        for (name, state) in reports {
            let html = NotMePage { frame: self.frame("/not-me"), state }.render();
            self.add(&format!("not-me{name}"), html);
        }
        self.privacy();
        self.messages();
    }

    fn privacy(&mut self) {
        let whole = PrivacyNotice {
            controller: "Ville de Charleroi".to_owned(),
            contact: Some("dpo@deuxrivieres.example".to_owned()),
            authority: Some("Autorité de protection des données".to_owned()),
            basis: LegalBasis::PublicTask,
            channels: vec![MethodKind::Email, MethodKind::Sms, MethodKind::Call],
            periods: Periods::default(),
        };
        let short = PrivacyNotice {
            contact: None,
            authority: None,
            basis: LegalBasis::LegitimateInterest,
            channels: vec![MethodKind::Email],
            periods: Periods { audit_days: 7, network_days: 1, message_days: 1 },
            ..whole.clone()
        };
        for (name, notice) in [("", whole), ("-short", short)] {
            let html = PrivacyPage { frame: self.frame("/privacy"), notice: &notice }.render();
            self.add(&format!("privacy{name}"), html);
        }
    }

    fn letters(&mut self) {
        let typed = Typed { name: "Camille", reach: "", what: "\nJ’ai <un> nouveau numéro." };
        let all = [
            LetterError::NoName,
            LetterError::NoReach,
            LetterError::NoWhat,
            LetterError::TooLong { chars_max: 2000 },
            LetterError::Paused { until: NOW.plus(600) },
            LetterError::NotSent,
            LetterError::NotValid,
        ];
        let states = [
            ("", Letter::Writing { typed: Typed::default(), errors: &[] }),
            ("-missing", Letter::Writing { typed, errors: &all[1..2] }),
            ("-wrong", Letter::Writing { typed, errors: &all }),
            ("-sent", Letter::Sent),
        ];
        for (name, state) in states {
            let frame = Frame { reference: Some("R7K 2MQ"), ..self.frame("/contact-helpdesk") };
            let html = ContactHelpdeskPage { frame, state }.render();
            self.add(&format!("contact-helpdesk{name}"), html);
        }
    }

    fn messages(&mut self) {
        let message = |id, channel, to: &str, subject: Option<&str>, text: &str| ShownMessage {
            id,
            channel,
            from: subject.map(|_| "Institut des Deux Rivières <compte@deuxrivieres.example>".to_owned()),
            to: to.to_owned(),
            subject: subject.map(str::to_owned),
            text: text.to_owned(),
            html_path: None,
            at: NOW,
        };
        let code = "Votre code : 599 523\nNe le donnez à personne.\n\n@compte.deuxrivieres.example #599523";
        let list = [
            message(
                1,
                MethodKind::Email,
                "pcamille@charleroi.example",
                Some("Votre code"),
                "Voici votre code :\n\n    599 523\n",
            ),
            message(2, MethodKind::Sms, "+32 470 12 34 67", None, code),
            message(3, MethodKind::Call, "+32 470 12 34 67", None, "Bonjour. Votre code est 5, 9, 9, 5, 2, 3."),
            ShownMessage {
                html_path: Some("mail.html".to_owned()),
                ..message(
                    4,
                    MethodKind::Email,
                    "pcamille@charleroi.example",
                    Some("Votre mot de passe a changé"),
                    "Le texte seul.",
                )
            },
        ];
        for (name, messages) in [("messages", &list[..]), ("messages-none", &[])] {
            let frame = Frame { title: WalkTitle::Demo, ..self.frame("/demo/messages") };
            let html = MessagesPage { frame, messages }.render();
            self.add(name, html);
        }
    }
}
