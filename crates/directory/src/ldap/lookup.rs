//! Finding and reading entries on the shared connection, on the next server when one fails.

use super::connection::{Failure, Search, explain_code};
use super::entry::{self, Entry};
use super::filter::Filter;
use super::options::{Disabled, Settings};
use super::pool::{Live, Pool};
use crate::DirectoryError;
use ldap3::controls::{PagedResults, RawControl};
use ldap3::{LdapResult, Scope};
use recovery::Account;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Entries asked for at a time when all are visited. Servers allow 500 or more.
const PAGE_ENTRIES: i32 = 500;
/// Most tries of one look-up beyond one per server: a connection that broke while idle costs one.
const EXTRA_TRIES: usize = 1;

/// The object identifier of paged results (RFC 2696).
const PAGED_RESULTS: &str = "1.2.840.113556.1.4.319";

/// An account with where it lies, and the connection on which it was read.
pub(super) struct Found {
    pub entry: Entry,
    pub account: Account,
}

/// Searches for one account. Also answers with the connection used, so that a write follows where the look-up was
/// answered a moment ago.
///
/// # Errors
/// [`DirectoryError::Ambiguous`] for two.
pub(super) async fn one(pool: &Arc<Pool>, filter: &Filter) -> Result<(Option<Found>, Live), DirectoryError> {
    let (mut entries, live) = matching(pool, filter, 2).await?;
    if entries.len() > 1 {
        return Err(DirectoryError::Ambiguous);
    }
    let Some((entry, disabled)) = entries.pop() else { return Ok((None, live)) };
    let account = entry::account(&entry, &pool.settings, disabled).ok_or_else(|| {
        DirectoryError::NoRight(format!("{} of an entry may not be read", pool.settings.attributes.id))
    })?;
    Ok((Some(Found { entry, account }), live))
}

/// Entries that the filter finds, each with whether the operator's filter says it is disabled; `limit` at most.
pub(super) async fn matching(
    pool: &Arc<Pool>,
    filter: &Filter,
    limit: i32,
) -> Result<(Vec<(Entry, bool)>, Live), DirectoryError> {
    let _turn = pool.shared_turn().await?;
    let mut last = DirectoryError::Unreachable("no server was tried".to_owned());
    for _ in 0..pool.settings.servers.len() + EXTRA_TRIES {
        let live = pool.live().await?;
        match on_connection(&pool.settings, &live, filter, limit).await {
            Ok(Ok(entries)) => return Ok((entries, live)),
            Ok(Err(error @ DirectoryError::Unreachable(_))) => last = error,
            Ok(Err(error)) => return Err(error),
            Err(failure) => {
                pool.failed(&live, &failure);
                last = DirectoryError::Unreachable(failure.to_string());
            }
        }
    }
    Err(last)
}

type Entries = Result<Vec<(Entry, bool)>, DirectoryError>;

async fn on_connection(settings: &Settings, live: &Live, filter: &Filter, limit: i32) -> Result<Entries, Failure> {
    let wanted = entry::wanted(settings);
    let search = |filter, attributes| Search {
        base: &settings.base_dn,
        scope: Scope::Subtree,
        filter,
        attributes,
        size_limit: limit,
        page: None,
    };
    let main = search(filter, &wanted);
    // Asked for beside the first search and whatever it finds, so that the work is the same for a name nobody has.
    let disabled_filter = disabled_among(settings, filter);
    let no_attributes = ["1.1".to_owned()];
    let (main, disabled) = match &disabled_filter {
        None => (live.connection.search(&main).await?, BTreeSet::new()),
        Some(filter) => {
            let beside = search(filter, &no_attributes);
            let (main, beside) = tokio::join!(live.connection.search(&main), live.connection.search(&beside));
            let (entries, answer) = beside?;
            if let Err(error) = judge(&answer) {
                return Ok(Err(error));
            }
            (main?, entries.into_iter().map(|entry| entry.dn).collect())
        }
    };
    let (entries, answer) = main;
    Ok(judge(&answer).map(|()| {
        let with_state = |entry: Entry| {
            let is_disabled = disabled.contains(&entry.dn);
            (entry, is_disabled)
        };
        entries.into_iter().map(with_state).collect()
    }))
}

fn disabled_among(settings: &Settings, filter: &Filter) -> Option<Filter> {
    match &settings.disabled {
        Some(Disabled::Filter(disabled)) => Some(filter.and(&disabled.anyone())),
        Some(Disabled::Attribute { .. }) | None => None,
    }
}

/// What the result code of a search means.
pub(super) fn judge(answer: &LdapResult) -> Result<(), DirectoryError> {
    match answer.rc {
        // 4: more entries than were asked for, which the caller sees by their number.
        0 | 4 => Ok(()),
        8 | 13 | 48 | 49 | 50 => Err(DirectoryError::NoRight(explain_code(answer))),
        32 => {
            let what = format!("the search base is not there or may not be read ({})", explain_code(answer));
            Err(DirectoryError::NoRight(what))
        }
        1 | 3 | 11 | 51 | 52 | 80 => Err(DirectoryError::Unreachable(explain_code(answer))),
        _ => Err(DirectoryError::Unexpected(explain_code(answer))),
    }
}

/// Visits all accounts, page by page (RFC 2696), on a connection of its own.
pub(super) async fn each(
    pool: &Arc<Pool>,
    visit: &mut (dyn for<'a> FnMut(&'a Account) + Send),
) -> Result<(), DirectoryError> {
    let settings = &pool.settings;
    let connection = pool.apart().await?;
    let everyone = settings.filter.anyone();
    let mut disabled = BTreeSet::new();
    if let Some(filter) = disabled_among(settings, &everyone) {
        let attributes = ["1.1".to_owned()];
        let mut pages = Pages { settings, connection: &connection, filter: &filter, attributes: &attributes };
        pages.each(&mut |entry| disabled.extend([entry.dn])).await?;
    }
    let wanted = entry::wanted(settings);
    let mut pages = Pages { settings, connection: &connection, filter: &everyone, attributes: &wanted };
    let visit_entry = &mut |entry: Entry| {
        if let Some(account) = entry::account(&entry, settings, disabled.contains(&entry.dn)) {
            visit(&account);
        }
    };
    pages.each(visit_entry).await
}

struct Pages<'a> {
    settings: &'a Settings,
    connection: &'a super::connection::Connection,
    filter: &'a Filter,
    attributes: &'a [String],
}

impl Pages<'_> {
    async fn each(&mut self, take: &mut (dyn FnMut(Entry) + Send)) -> Result<(), DirectoryError> {
        let mut cookie = Vec::new();
        loop {
            let search = Search {
                base: &self.settings.base_dn,
                scope: Scope::Subtree,
                filter: self.filter,
                attributes: self.attributes,
                size_limit: 0,
                page: Some(page_request(cookie)),
            };
            let found = self.connection.search(&search).await;
            let (entries, answer) = found.map_err(|failure| DirectoryError::Unreachable(failure.to_string()))?;
            judge(&answer)?;
            if answer.rc == 4 {
                return Err(DirectoryError::NoRight(
                    "the directory gives Regain's account only a part of its entries".to_owned(),
                ));
            }
            entries.into_iter().for_each(&mut *take);
            cookie = next_cookie(&answer);
            if cookie.is_empty() {
                return Ok(());
            }
        }
    }
}

fn page_request(cookie: Vec<u8>) -> RawControl {
    RawControl { crit: true, ..PagedResults { size: PAGE_ENTRIES, cookie }.into() }
}

/// The cookie of the next page; empty after the last one, and when the answer has none.
fn next_cookie(answer: &LdapResult) -> Vec<u8> {
    let value = answer.ctrls.iter().find(|control| control.1.ctype == PAGED_RESULTS);
    let value = value.and_then(|control| control.1.val.as_deref()).unwrap_or_default();
    // SEQUENCE { size INTEGER, cookie OCTET STRING }
    let parts = super::ber::first(value).and_then(|(sequence, _)| super::ber::all(sequence.content));
    parts.and_then(|parts| parts.get(1).map(|cookie| cookie.content.to_vec())).unwrap_or_default()
}
