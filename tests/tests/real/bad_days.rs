//! The directory, or Regain itself, dies in the middle: the page tells the truth, and nothing is lost.

use super::world::{
    DOMAINS, NEW_PASSWORD, OLD_PASSWORD, PATIENCE, look_until_moved, person, slapd, to_new_password, told_of_reset,
    until_moved,
};
use regain_tests::on;
use std::time::{Duration, Instant};
use testbed::installation::{Installation, Plan};
use testbed::ldap_relay::{Fate, LdapRelay};
use testbed::slapd::{Slapd, dn_of, signal_process};
use testbed::smtp::MailServer;
use testbed::walker::Walker;

/// How long a worker may take to settle a write that nobody asks about: it waits a minute before it takes a write for not done.
const WORKER_LIMIT: Duration = Duration::from_secs(180);

/// A directory behind a relay, and an installation that knows only the relay.
struct Scene {
    slapd: Slapd,
    relay: LdapRelay,
    mails: MailServer,
    regain: Installation,
}

impl Scene {
    fn start(uids: &[&str]) -> Self {
        let slapd = slapd(uids.iter().map(|uid| person(uid)).collect());
        let (relay, mails) = (LdapRelay::start(slapd.address()), MailServer::start(&DOMAINS));
        let mut plan = Plan::new(&relay.url(), &mails);
        // Only silence waits for it.
        plan.directory_timeout_seconds = 4;
        let regain = Installation::start(&plan);
        Self { slapd, relay, mails, regain }
    }

    /// Walks to the new password, and meets this fate there.
    async fn cut_off(&self, uid: &str, fate: Fate) -> Walker {
        let mut walker = to_new_password(&self.regain, &self.mails, uid).await;
        self.relay.on_password_modify(once(fate));
        walker.fill("new-password", NEW_PASSWORD).go_on().await;
        is_unclear(&walker);
        walker
    }

    /// Whether the new password signs in, and not the old one.
    fn is_set(&self, uid: &str) -> bool {
        let [new, old] = [NEW_PASSWORD, OLD_PASSWORD].map(|password| self.slapd.binds(&dn_of(uid), password));
        assert_ne!(new, old, "exactly one password signs in");
        new
    }
}

/// This fate for the next write, and none for those after it.
fn once(fate: Fate) -> impl FnMut() -> Fate + Send + 'static {
    let mut next = Some(fate);
    move || next.take().unwrap_or(Fate::Pass)
}

/// The page says that nobody knows yet, and that both passwords should be kept in mind.
fn is_unclear(walker: &Walker) {
    on(walker, "stopped");
    let page = walker.page();
    assert_eq!(page.heading(), "We don’t know yet", "{page:#?}");
    assert_eq!(page.choices("do"), ["look"], "{page:#?}");
}

#[tokio::test]
async fn a_write_cut_off_is_settled_by_a_look() {
    let scene = Scene::start(&["before", "after", "silence"]);
    for (uid, fate, was_set) in
        [("before", Fate::Cut, false), ("after", Fate::PassAndCut, true), ("silence", Fate::PassAndFallSilent, true)]
    {
        let mut walker = scene.cut_off(uid, fate).await;
        assert_eq!(scene.is_set(uid), was_set, "{uid}");
        walker.press("do", "look").await;
        on(&walker, "done");
        assert!(scene.is_set(uid), "{uid}");
        told_of_reset(&scene.mails, uid);
    }
}

#[tokio::test]
async fn a_write_cut_off_is_settled_without_a_click() {
    let scene = Scene::start(&["lost", "made", "late"]);
    // The directory's record of the last change decides, so there must be one.
    let again =
        format!("dn: {}\nchangetype: modify\nreplace: userPassword\nuserPassword: {OLD_PASSWORD}\n", dn_of("lost"));
    scene.slapd.modify(&again);
    let mut lost = scene.cut_off("lost", Fate::Cut).await;
    let mut made = scene.cut_off("made", Fate::PassAndCut).await;
    let mut late = scene.cut_off("late", Fate::Cut).await;

    until_moved(&mut made, WORKER_LIMIT).await;
    on(&made, "done");
    assert!(scene.is_set("made"));
    told_of_reset(&scene.mails, "made");

    // A worker has looked and learnt nothing; the page from before its look still works.
    let mut newer = late.clone();
    let started = Instant::now();
    while newer.page().field("version") == late.page().field("version") {
        assert!(started.elapsed() < WORKER_LIMIT, "no worker has looked");
        tokio::time::sleep(Duration::from_millis(100)).await;
        newer.open("/recover/stopped").await;
    }
    is_unclear(&newer);
    late.press("do", "look").await;
    on(&late, "done");
    assert!(scene.is_set("late"));

    until_moved(&mut lost, WORKER_LIMIT).await;
    on(&lost, "new-password");
    assert!(!scene.is_set("lost"));
    let news = format!("{:?} {:?}", lost.page().errors, lost.page().news);
    assert!(news.contains("could not be saved. The old one still works"), "{:#?}", lost.page());
    lost.fill("new-password", NEW_PASSWORD).go_on().await;
    on(&lost, "done");
    assert!(scene.is_set("lost"));
    told_of_reset(&scene.mails, "lost");
}

#[tokio::test]
async fn a_directory_killed_in_the_middle_of_a_write_is_told_as_it_is() {
    let mut scene = Scene::start(&["killed"]);
    let mut walker = to_new_password(&scene.regain, &scene.mails, "killed").await;
    let pid = scene.slapd.pid().expect("slapd runs");
    let mut alive = true;
    scene.relay.on_password_modify(move || {
        if std::mem::take(&mut alive) {
            signal_process(pid, "KILL");
        }
        Fate::Pass
    });
    walker.fill("new-password", NEW_PASSWORD).go_on().await;
    is_unclear(&walker);
    walker.press("do", "look").await;
    is_unclear(&walker);

    scene.slapd.restart();
    assert!(!scene.is_set("killed"));
    look_until_moved(&mut walker).await;
    on(&walker, "done");
    assert!(scene.is_set("killed"));
    told_of_reset(&scene.mails, "killed");
}

#[tokio::test]
async fn regain_killed_between_commit_and_write_goes_on_after_its_restart() {
    let mut scene = Scene::start(&["lost", "made"]);
    for (uid, fate) in [("lost", Fate::Cut), ("made", Fate::Pass)] {
        let mut walker = to_new_password(&scene.regain, &scene.mails, uid).await;
        let pid = scene.regain.pid().expect("Regain runs");
        let mut alive = true;
        scene.relay.on_password_modify(move || {
            if !std::mem::take(&mut alive) {
                return Fate::Pass;
            }
            signal_process(pid, "KILL");
            fate
        });
        let mut cut_off = walker.clone();
        let answer = tokio::spawn(async move {
            cut_off.fill("new-password", NEW_PASSWORD).go_on().await;
        });
        assert!(answer.await.is_err(), "the connection broke");

        scene.regain.restart();
        let path = walker.page().path.clone();
        walker.open(&path).await;
        on(&walker, "stopped");
        assert_eq!(walker.page().heading(), "We are saving your password", "{:#?}", walker.page());
        walker.press("do", "look").await;
        on(&walker, "done");
        assert!(scene.is_set(uid), "{uid}");
        told_of_reset(&scene.mails, uid);
    }
}

#[tokio::test]
async fn a_directory_that_is_away_is_the_same_page_for_everyone() {
    let mut scene = Scene::start(&["anna"]);
    scene.slapd.kill();
    let mut pages = Vec::new();
    for name in ["anna", "nobody"] {
        let mut walker = scene.regain.walker("en");
        walker.open("/recover").await;
        walker.fill("username", name).go_on().await;
        let page = walker.page().clone();
        assert_eq!((page.name.as_str(), page.status), ("error", 503), "{page:#?}");
        pages.push(page);
    }
    let text = |place: usize| {
        let page = pages.get(place).expect("two pages");
        let is_reference =
            |word: &str| word.len() <= 4 && word.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit());
        let words: Vec<&str> =
            page.text.split(' ').filter(|word| !is_reference(word.trim_end_matches(['.', ',']))).collect();
        (words.join(" "), page.bytes, page.heading().to_owned())
    };
    assert_eq!(text(0), text(1));

    scene.slapd.restart();
    let mut walker = scene.regain.walker("en");
    let started = Instant::now();
    while walker.open("/recover").await.name != "method" {
        assert!(started.elapsed() < PATIENCE, "it does not come back: {:#?}", walker.page());
        walker.fill("username", "anna").go_on().await;
        if walker.page().name == "method" {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

#[tokio::test]
async fn a_directory_that_says_done_and_did_nothing_is_not_believed() {
    let scene = Scene::start(&["lied-to"]);
    let mut walker = to_new_password(&scene.regain, &scene.mails, "lied-to").await;
    scene.relay.on_password_modify(once(Fate::Lie));
    walker.fill("new-password", NEW_PASSWORD).go_on().await;
    assert_ne!(walker.page().name, "done", "the old password is still the one: {:#?}", walker.page());
    assert!(!scene.is_set("lied-to"));
    look_until_moved(&mut walker).await;
    on(&walker, "done");
    assert!(scene.is_set("lied-to"));
}
