//! One recovery, click by click: begin, open, act.

use crate::audit::{About, record};
use crate::facts::{Seen, Subjects, counters_of};
use crate::posted::{Asked, NOTICE_SECONDS, Posted, What, print_bytes};
use crate::ticket::{Draft, Handle};
use crate::toll::Rise;
use crate::{Realm, Regain, Ticket, Trouble, Visitor};
use recovery::{
    AuditEvent, Begin, Decision, Destination, Disclose, Effect, Event, Recovery, Timestamp, Told, UserName, begin, step,
};
use store::{Change, Committed, Key, SavedRecovery, Shelf};

/// How often a commit that met a conflict is decided anew. Conflicts come from double clicks and second tabs; more than a
/// few in a row mean that something is wrong.
const TRIES_MAX: u32 = 8;

/// A recovery that this browser holds the ticket of.
#[derive(Clone)]
pub struct Opened {
    pub recovery: Recovery,
    /// 0 while nothing is kept. A form carries it; a form with an older one changes nothing.
    pub version: u64,
    pub ticket: Ticket,
}

impl Opened {
    fn draft(recovery: Recovery, handle: Handle, begun_at: Timestamp) -> Self {
        let draft = Draft { recovery: Box::new(recovery.clone()), handle, begun_at };
        Self { recovery, version: 0, ticket: Ticket::Draft(draft) }
    }
}

impl Regain {
    /// Begins a recovery for what a person typed. Keeps nothing and sends nothing; a name that nobody has costs the same.
    /// `Ok(None)`: nobody has this name, and the operator lets strangers know that.
    ///
    /// # Errors
    /// When the directory or the store is away: the same page for everyone.
    pub async fn begin(&self, realm: &str, user_name: UserName) -> Result<Option<Opened>, Trouble> {
        let realm = self.realm(realm).ok_or_else(|| Trouble::NoRealm(realm.to_owned()))?;
        let opened = self.begin_disclosing(realm, user_name, realm.disclose).await?;
        let is_told = opened.recovery.account().is_none() && realm.disclose != Disclose::Hide;
        Ok((!is_told).then_some(opened))
    }

    /// Begins a recovery for a stranger who may learn so much of an account's obstacles.
    pub(crate) async fn begin_disclosing(
        &self,
        realm: &Realm,
        user_name: UserName,
        disclose: Disclose,
    ) -> Result<Opened, Trouble> {
        let account = self.find_account(realm, &user_name).await?;
        let key = self.account_key(realm, &user_name, account.as_ref().map(|account| &account.id));
        let now = self.now();
        let reported = self.store.kept(Shelf::Pause, key, now.millis()).await?.is_some();
        let fresh = self.fresh_contacts(realm, key, account.as_ref()).await?;
        let facts = recovery::Facts { now, random: self.random(), keys: &self.keys, pauses: Default::default() };
        let census = realm.census();
        let begun = Begin {
            realm: &realm.name,
            user_name,
            account: account.as_ref(),
            reported,
            own_domains: &realm.own_domains,
            fresh: &fresh,
            census: &census,
            policies: realm.policies(),
            disclose,
        };
        let recovery = begin(begun, &facts);
        Ok(Opened::draft(recovery, Handle(self.random()), now))
    }

    /// Opens the recovery of a cookie. `Ok(None)`: there is none, or none any more.
    ///
    /// # Errors
    /// When the store is away.
    pub async fn open(&self, cookie: &str) -> Result<Option<Opened>, Trouble> {
        match Ticket::from_cookie(cookie, &self.keyring) {
            None => Ok(None),
            Some(Ticket::Draft(draft)) if draft.is_stale(self.now()) => Ok(None),
            Some(Ticket::Draft(Draft { recovery, handle, begun_at })) => {
                Ok(Some(Opened::draft(*recovery, handle, begun_at)))
            }
            Some(Ticket::Handle(handle)) => self.load(handle).await,
        }
    }

    async fn load(&self, handle: Handle) -> Result<Option<Opened>, Trouble> {
        let Some(saved) = self.store.recovery(handle.hash()).await? else { return Ok(None) };
        let recovery = Recovery::decode(&saved.state)?;
        Ok(Some(Opened { recovery, version: saved.version, ticket: Ticket::Handle(handle) }))
    }

    /// Lets an event happen to a recovery, and commits what comes of it. When another request was faster, nothing
    /// happens and the answer is where things now stand.
    ///
    /// # Errors
    /// When the store is away.
    pub async fn act(&self, opened: Opened, event: Event, visitor: &Visitor) -> Result<Opened, Trouble> {
        let realm =
            self.realm(opened.recovery.realm()).ok_or_else(|| Trouble::NoRealm(opened.recovery.realm().to_owned()))?;
        let account = self.account_key(realm, opened.recovery.user_name(), opened.recovery.account());
        let mut opened = self.as_reported(opened, account).await?;
        let mut subjects = self.subjects(account, self.is_known(account, visitor).await?, visitor);
        for _ in 0..TRIES_MAX {
            let now = self.now();
            subjects.contact = opened.recovery.contact_asked(&event).copied();
            let seen = self.look(&counters_of(&event), &subjects, now).await?;
            let facts = self.facts(&seen, now);
            let Decision { recovery, effects } = step(opened.recovery.clone(), event.clone(), &facts);
            let handle = match &opened.ticket {
                Ticket::Draft(draft) if !recovery.is_kept() => {
                    return Ok(Opened::draft(recovery, draft.handle.clone(), draft.begun_at));
                }
                Ticket::Draft(draft) => draft.handle.clone(),
                Ticket::Handle(handle) => handle.clone(),
            };
            if recovery == opened.recovery && effects.is_empty() {
                return Ok(opened);
            }
            let version = opened.version + 1;
            let mut changes = vec![self.save(&recovery, &handle, account, version, now)];
            changes.extend(self.count_used_code(&opened.recovery, &effects, now));
            if version == 1 {
                changes.extend(self.count_named(account, visitor, now).await?);
            }
            let handle_hash = handle.hash();
            let counts = (&subjects, &seen);
            let scene = Scene { regain: self, realm, recovery: &recovery, visitor, account, counts, now };
            for effect in effects {
                changes.extend(scene.changes(effect, handle_hash));
            }
            match self.store.commit(changes).await? {
                Committed::Done => {
                    self.posted.notify_one();
                    return Ok(Opened { recovery, version, ticket: Ticket::Handle(handle) });
                }
                Committed::Conflict => match self.load(handle).await? {
                    // A limit was reached in between: decide anew. Another request was faster: show where things stand.
                    Some(now) if now.version == opened.version => {}
                    // A worker has looked at the same write and learnt nothing; the writer knows how it ended.
                    Some(now) if is_same_write(&now, &opened, &event) => opened = now,
                    Some(now) => return Ok(now),
                    None if opened.version == 0 => {}
                    // Another recovery of the account has ended this one: its page says so when it is asked for.
                    None => return Ok(opened),
                },
            }
        }
        Err(Trouble::Busy(TRIES_MAX))
    }

    /// A draft as it would begin now, if someone has reported "that was not me" since.
    async fn as_reported(&self, opened: Opened, account: Key) -> Result<Opened, Trouble> {
        let Ticket::Draft(draft) = &opened.ticket else { return Ok(opened) };
        if self.store.kept(Shelf::Pause, account, self.now().millis()).await?.is_none() {
            return Ok(opened);
        }
        let (handle, begun_at) = (draft.handle.clone(), draft.begun_at);
        Ok(Opened::draft(opened.recovery.paused_by_report(), handle, begun_at))
    }

    fn save(&self, recovery: &Recovery, handle: &Handle, account: Key, version: u64, now: Timestamp) -> Change {
        let saved = SavedRecovery {
            handle: handle.hash(),
            account,
            version,
            state: recovery.encode(),
            wake_at: recovery.wake_at(now).map(Timestamp::millis),
            expires_at: recovery.expires_at(now).millis(),
        };
        if version == 1 { Change::CreateRecovery(saved) } else { Change::UpdateRecovery(saved) }
    }

    /// Commits what a worker found out about a recovery that nobody holds the ticket of.
    pub(crate) async fn act_unattended(&self, saved: SavedRecovery, event: Event) -> Result<(), Trouble> {
        let recovery = Recovery::decode(&saved.state)?;
        let realm = self.realm(recovery.realm()).ok_or_else(|| Trouble::NoRealm(recovery.realm().to_owned()))?;
        let now = self.now();
        let facts = recovery::Facts { now, random: self.random(), keys: &self.keys, pauses: Default::default() };
        let Decision { recovery, effects } = step(recovery, event, &facts);
        let visitor = Visitor::nobody();
        let mut changes = vec![Change::UpdateRecovery(SavedRecovery {
            version: saved.version + 1,
            state: recovery.encode(),
            wake_at: recovery.wake_at(now).map(Timestamp::millis),
            expires_at: recovery.expires_at(now).millis(),
            ..saved.clone()
        })];
        let account = saved.account;
        let counts = (&Subjects::of_account(account), &Seen::default());
        let scene = Scene { regain: self, realm, recovery: &recovery, visitor: &visitor, account, counts, now };
        for effect in effects {
            changes.extend(scene.changes(effect, saved.handle));
        }
        if self.store.commit(changes).await? == Committed::Done {
            self.posted.notify_one();
        }
        Ok(())
    }
}

/// Whether an event about a write is about the one that is still under way.
fn is_same_write(now: &Opened, then: &Opened, event: &Event) -> bool {
    let began = |opened: &Opened| opened.recovery.writing().map(|(_, write)| write.began_at);
    matches!(event, Event::WriteBackEnded { .. } | Event::WriteBegunAgain)
        && began(now).is_some()
        && began(now) == began(then)
}

/// Turns the orders of one step into changes of the store.
struct Scene<'a> {
    regain: &'a Regain,
    realm: &'a Realm,
    recovery: &'a Recovery,
    visitor: &'a Visitor,
    account: Key,
    /// Whom counts are about, and what was seen of them before the step.
    counts: (&'a Subjects, &'a Seen),
    now: Timestamp,
}

impl Scene<'_> {
    fn changes(&self, effect: Effect, handle: Key) -> Vec<Change> {
        let (subjects, seen) = self.counts;
        let id = self.recovery.account().map(|id| id.0.clone());
        match effect {
            Effect::SendCode { kind, to, code, expires_at, .. } => {
                let account = match to {
                    Destination::OnRecord(_) => id,
                    Destination::Nowhere(_) => None,
                };
                let posted = Posted::Code {
                    account,
                    contact: print_bytes(to.print()),
                    kind: kind.into(),
                    code: code.reveal().to_owned(),
                    expires_at: expires_at.millis(),
                    asked: self.asked(),
                };
                vec![self.regain.post(&posted, self.account, self.now, expires_at)]
            }
            Effect::TellOwner { obstacle } => {
                let posted = Posted::TellOwner { account: id, obstacle: obstacle.map(Into::into), asked: self.asked() };
                vec![self.post_notice(&posted)]
            }
            Effect::TellContacts { what } => self.tell_contacts(what, id),
            Effect::Uncount { counter } => {
                // Named by the counter alone, whoever stands here.
                let change = self.regain.uncount(counter, &Subjects::of_account(self.account));
                change.into_iter().collect()
            }
            Effect::ForgetBrowsers => vec![self.regain.forget_browsers(self.account, self.now)],
            Effect::Count { counter } => {
                let mut changes = self.regain.count(counter, subjects, seen, self.now);
                let rise = Rise::of(counter).map(|rise| self.regain.rise(rise, self.visitor, self.now));
                changes.extend(rise.into_iter().flatten());
                changes
            }
            Effect::CountBeyond { counter } => self.regain.count_beyond(counter, subjects, seen, self.now),
            // The new password ends all that somebody may have with the old one.
            Effect::EndOtherRecoveries => vec![
                Change::EndOtherRecoveries { account: self.account, except: handle },
                self.regain.end_sessions(self.account, self.now),
            ],
            Effect::Record { event } => vec![self.record(&event)],
            // The state says that a password is to be written; the request that brought it goes on to write it.
            Effect::WritePassword => Vec::new(),
        }
    }

    /// A reset is told with a link that may report it; anything else without.
    fn tell_contacts(&self, what: Told, account: Option<String>) -> Vec<Change> {
        let Some(account) = account else { return Vec::new() };
        match what {
            Told::PasswordReset => {
                let told = crate::report::Told {
                    account: &account,
                    user_name: self.recovery.user_name().as_str(),
                    key: self.account,
                    reference: self.recovery.reference(),
                };
                self.regain.tell_reset(self.realm, &told, self.regain.random(), self.visitor)
            }
            Told::PasswordUnclear => {
                vec![self.post_notice(&Posted::TellContacts {
                    account,
                    what: What::PasswordUnclear,
                    asked: self.asked(),
                })]
            }
        }
    }

    fn post_notice(&self, posted: &Posted) -> Change {
        self.regain.post(posted, self.account, self.now, self.now.plus(NOTICE_SECONDS))
    }

    fn asked(&self) -> Asked {
        let recovery = self.recovery;
        Asked::by(self.visitor, &self.realm.name, recovery.user_name().as_str(), recovery.reference(), self.now)
    }

    fn record(&self, event: &AuditEvent) -> Change {
        tracing::info!(
            recovery.reference = self.recovery.reference(),
            realm = self.realm.name,
            event = event.name(),
            detail = event.detail(),
            "A recovery moved."
        );
        let about = About {
            realm: &self.realm.name,
            reference: self.recovery.reference(),
            account: self.account,
            user_name: self.recovery.user_name().as_str(),
        };
        record(event, about, self.visitor, self.now)
    }
}
