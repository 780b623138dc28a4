//! What Regain remembers of a browser, in a cookie that only Regain can read: a random number, and for which accounts it
//! once finished a recovery or a sign-in. It opens nothing: a browser that is known is counted apart from strangers, so
//! that strangers who fail on purpose can't lock its owner out.

use crate::{Opened, Regain, Trouble, Visitor};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use recovery::{Seconds, Timestamp, mac};
use std::fmt;
use store::sealing::Keyring;
use store::{Change, Key, Shelf};

const DAY_SECONDS: Seconds = 24 * 3600;

/// How long a browser stays known for an account after its last finished recovery or sign-in: 180 days, which is from one
/// term to the next with the summer between.
pub(crate) const KNOWN_SECONDS: Seconds = 180 * DAY_SECONDS;

/// How long a browser that is not known for any account keeps its number: a day, the period in which accounts that it
/// names are counted.
const STRANGER_SECONDS: Seconds = DAY_SECONDS;

/// Accounts that a browser is known for at most; the one longest ago makes room. A family's, and a shared computer's few.
const ACCOUNTS_MAX: usize = 8;

const CONTEXT: [&[u8]; 2] = [b"cookie", b"browser"];

/// The layout of a cookie's inside; the only one so far.
const VERSION: u8 = 1;

/// One place in the list: whether it is taken, the account's keyed hash, and since when.
const PLACE_BYTES: usize = 1 + 16 + 8;

/// A browser, as its cookie describes it.
#[derive(Clone, PartialEq, Eq)]
pub struct Browser {
    id: [u8; 16],
    /// The latest first.
    known: Vec<KnownFor>,
}

#[derive(Clone, PartialEq, Eq)]
struct KnownFor {
    /// Keyed, and bound to this browser.
    account: [u8; 16],
    since: Timestamp,
}

impl fmt::Debug for Browser {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Browser(…)")
    }
}

impl Browser {
    /// Reads a cookie's value. `None` for anything that this Regain did not write.
    pub fn from_cookie(value: &str, keyring: &Keyring) -> Option<Self> {
        const CHARS_MAX: usize = 1024;
        let sealed = BASE64.decode(Some(value).filter(|value| value.len() <= CHARS_MAX)?).ok()?;
        let plain = keyring.open(&CONTEXT, &sealed).ok()?;
        let (version, rest) = plain.split_first()?;
        let (id, places) = rest.split_first_chunk()?;
        let read = |place: &[u8]| {
            let (taken, rest) = place.split_first()?;
            let (account, since) = rest.split_first_chunk()?;
            let since = Timestamp::from_millis(i64::from_be_bytes(since.try_into().ok()?));
            (*taken == 1).then_some(KnownFor { account: *account, since })
        };
        let known = places.chunks_exact(PLACE_BYTES).filter_map(read).collect();
        (*version == VERSION).then_some(Self { id: *id, known })
    }

    /// The cookie's value: as long for a browser that is known as for a stranger.
    pub fn to_cookie(&self, keyring: &Keyring) -> String {
        let mut plain = vec![VERSION];
        plain.extend(self.id);
        for known in &self.known {
            plain.push(1);
            plain.extend(known.account);
            plain.extend(known.since.millis().to_be_bytes());
        }
        plain.resize(1 + self.id.len() + ACCOUNTS_MAX * PLACE_BYTES, 0);
        BASE64.encode(keyring.seal(&CONTEXT, &plain))
    }

    /// How long the browser is asked to keep the cookie. Seconds.
    pub fn life_seconds(&self) -> Seconds {
        if self.known.is_empty() { STRANGER_SECONDS } else { KNOWN_SECONDS }
    }

    /// The number that counts know it by.
    pub(crate) const fn id(&self) -> &[u8; 16] {
        &self.id
    }

    /// Since when it is known for an account, if it still is by its own word.
    fn known_since(&self, account: &[u8; 16], now: Timestamp) -> Option<Timestamp> {
        let known = self.known.iter().find(|known| known.account == *account)?;
        (now < known.since.plus(KNOWN_SECONDS)).then_some(known.since)
    }

    fn learn(&mut self, account: [u8; 16], now: Timestamp) {
        self.known.retain(|known| known.account != account && now < known.since.plus(KNOWN_SECONDS));
        self.known.insert(0, KnownFor { account, since: now });
        self.known.truncate(ACCOUNTS_MAX);
    }
}

impl Regain {
    /// A browser that Regain sees for the first time.
    pub fn new_browser(&self) -> Browser {
        Browser { id: self.random(), known: Vec::new() }
    }

    /// The visitor's browser, which from now on is known for the account of a recovery that it has just finished.
    pub fn browser_that_finished(&self, opened: &Opened, visitor: &Visitor) -> Option<Browser> {
        let recovery = &opened.recovery;
        let realm = self.realm(recovery.realm())?;
        let account = self.account_key(realm, recovery.user_name(), recovery.account());
        Some(self.browser_known_for(account, visitor))
    }

    pub(crate) fn browser_known_for(&self, account: Key, visitor: &Visitor) -> Browser {
        let mut browser = visitor.browser.clone().unwrap_or_else(|| self.new_browser());
        let mark = self.mark(&browser, account);
        browser.learn(mark, self.now());
        browser
    }

    /// Whether the visitor's browser is known for an account: it says so, not too long ago, and nothing has ended it
    /// since. For a browser that says nothing of this account nothing is looked up.
    pub(crate) async fn is_known(&self, account: Key, visitor: &Visitor) -> Result<bool, Trouble> {
        let now = self.now();
        let since = |browser: &Browser| browser.known_since(&self.mark(browser, account), now);
        let Some(since) = visitor.browser.as_ref().and_then(since) else { return Ok(false) };
        let ended = self.kept_time(Shelf::StrangersSince, account).await?;
        Ok(ended.is_none_or(|ended| since.millis() >= ended))
    }

    /// The change that makes strangers of all browsers that were known for an account before now. After [`KNOWN_SECONDS`]
    /// no cookie from before counts any more, and the mark may go.
    pub(crate) fn forget_browsers(&self, account: Key, now: Timestamp) -> Change {
        Change::Keep {
            shelf: Shelf::StrangersSince,
            key: account,
            value: now.millis().to_be_bytes().to_vec(),
            expires_at: now.plus(KNOWN_SECONDS).millis(),
        }
    }

    fn mark(&self, browser: &Browser, account: Key) -> [u8; 16] {
        let mut mark = [0; 16];
        mark.copy_from_slice(&mac(&self.keys.count, &[b"known browser", &browser.id, &account])[..16]);
        mark
    }
}
