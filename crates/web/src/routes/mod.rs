//! One router: what is not named here does not exist. Nothing by GET changes anything, save the language cookie.

mod account;
mod desk;
mod files;
mod identify;
mod messages;
mod privacy;
mod walk;

use crate::answer::{Answer, bare, keep_language, keep_to_tls, page, see_other};
use crate::call::Call;
use crate::client;
use crate::pages::error::{ErrorKind, ErrorPage};
use crate::server::Pages;
use crate::{Frame, Secretariat, Site, WalkTitle, pace};
use bytes::Bytes;
use http::request::Parts;
use http::{Method, StatusCode, header};
use service::Trouble;
use std::net::IpAddr;
use tokio::time::Instant;

impl Pages for Site {
    fn is_proxy(&self, peer: IpAddr) -> bool {
        self.proxies.contains(peer)
    }

    async fn answer(&self, head: &Parts, body: Bytes, peer: IpAddr) -> Answer {
        let mut answer = answer(self, head, &body, peer).await;
        if self.is_tls() {
            keep_to_tls(&mut answer);
        }
        answer
    }

    fn refuse(&self, head: &Parts, status: StatusCode, peer: IpAddr) -> Answer {
        let mut answer = refuse(self, head, status, peer);
        if self.is_tls() {
            keep_to_tls(&mut answer);
        }
        answer
    }
}

async fn answer(site: &Site, head: &Parts, body: &Bytes, peer: IpAddr) -> Answer {
    let path = head.uri.path();
    if let Some(answer) = files::probe(site, &head.method, path).await {
        return answer;
    }
    if !client::is_for(&site.hosts, head) {
        return refuse(site, head, StatusCode::MISDIRECTED_REQUEST, peer);
    }
    if let Some(answer) = files::answer(site, &head.method, path) {
        return answer;
    }
    let Ok(call) = Call::read(site, head, body, peer) else {
        return refuse(site, head, StatusCode::BAD_REQUEST, peer);
    };
    let came_in = Instant::now();
    let mut answer = match dispatch(site, &call).await {
        Ok(answer) => answer,
        Err(trouble) => show_trouble(site, &call, &trouble),
    };
    if pace::looks_up(&call.method, &call.path) {
        pace::wait(site.answer_step, came_in).await;
    }
    // A page keeps the chosen language itself; a way to another page must not lose it.
    if let Some(tag) = call.chosen_language.as_deref().filter(|_| answer.status() == StatusCode::SEE_OTHER) {
        keep_language(&mut answer, tag);
    }
    answer
}

/// Says that a request was not answered. Whoever came by a name that is not ours sees nothing of ours.
fn refuse(site: &Site, head: &Parts, status: StatusCode, peer: IpAddr) -> Answer {
    if !client::is_for(&site.hosts, head) {
        return bare(status, "text/plain; charset=utf-8", "This host name is not served here.\n");
    }
    let call = Call::bare(site, head, peer);
    match status {
        StatusCode::INTERNAL_SERVER_ERROR => {
            let reference = site.regain.new_reference();
            tracing::error!(reference, path = call.path, "A page ended with a bug.");
            error_page(site, &call, ErrorKind::Broken, status, Some(&reference))
        }
        StatusCode::GATEWAY_TIMEOUT => error_page(site, &call, ErrorKind::Busy, status, None),
        _ => not_understood(site, &call, status),
    }
}

async fn dispatch(site: &Site, call: &Call) -> Result<Answer, Trouble> {
    let get = call.method == Method::GET;
    if !get && call.method != Method::POST {
        return Ok(not_understood(site, call, StatusCode::METHOD_NOT_ALLOWED));
    }
    match (get, call.path.as_str()) {
        (true, "/") => Ok(account::show_sign_in(site, call)),
        (true, "/recover") => walk::show_start(site, call).await,
        (false, "/recover") => Ok(walk::choose_realm(site, call)),
        (true, "/recover/account") => identify::show(site, call).await,
        (false, "/recover/account") => identify::identify(site, call).await,
        (
            true,
            "/recover/method" | "/recover/contact" | "/recover/code" | "/recover/password" | "/recover/done"
            | "/recover/stopped",
        ) => walk::show(site, call).await,
        (
            false,
            "/recover/method" | "/recover/contact" | "/recover/code" | "/recover/password" | "/recover/stopped",
        ) => walk::act(site, call).await,
        (true, "/sign-in") => Ok(account::show_sign_in(site, call)),
        (false, "/sign-in") => account::sign_in(site, call).await,
        (true, "/signed-in") => account::show_signed_in(site, call).await,
        (false, "/sign-out") => account::sign_out(site, call).await,
        (true, "/change-password") => account::show_change(site, call).await,
        (false, "/change-password") => account::change(site, call).await,
        (true, "/contact-helpdesk") => Ok(desk::show_letter(site, call)),
        (false, "/contact-helpdesk") => desk::send_letter(site, call).await,
        (true, "/privacy") => Ok(privacy::show(site, call)),
        (true, "/not-me") => desk::show_report(site, call).await,
        (false, "/not-me") => desk::report(site, call).await,
        (true, path) if path.starts_with("/demo/") && site.board.is_some() => Ok(messages::answer(site, call)),
        _ => Ok(error_page(site, call, ErrorKind::NotFound, StatusCode::NOT_FOUND, None)),
    }
}

/// What every page shares, for this request.
struct Clothes {
    secretariat: Secretariat,
    path: String,
    token: String,
}

impl Clothes {
    fn of(site: &Site, call: &Call, cookie: &str) -> Self {
        Self { secretariat: site.secretariat(call.words.tag()), path: call.here(), token: call.token(site, cookie) }
    }

    /// The same, for a form that belongs to a cookie that this answer gives.
    fn with_cookie_value(site: &Site, call: &Call, value: &str) -> Self {
        Self { token: site.token(value), ..Self::of(site, call, "") }
    }

    fn frame<'a>(&'a self, site: &'a Site, call: &'a Call, title: WalkTitle) -> Frame<'a> {
        Frame {
            words: &call.words,
            languages: &site.regain.languages,
            looks: &site.looks,
            secretariat: &self.secretariat,
            footer: &site.footer,
            title,
            path: &self.path,
            sign_in: &site.sign_in_url,
            region: &site.regain.organisation.home_country,
            zone: &site.regain.organisation.time_zone,
            now: site.regain.now(),
            who: None,
            trail: None,
            deadline: None,
            token: &self.token,
            version: None,
            reference: None,
        }
    }
}

fn ok(site: &Site, call: &Call, html: String) -> Answer {
    page(call, &site.looks, StatusCode::OK, html)
}

fn error_page(site: &Site, call: &Call, kind: ErrorKind, status: StatusCode, reference: Option<&str>) -> Answer {
    let clothes = Clothes::of(site, call, "");
    let frame = Frame { reference, path: "/recover", ..clothes.frame(site, call, WalkTitle::Recover) };
    page(call, &site.looks, status, ErrorPage { frame, kind }.render())
}

fn not_understood(site: &Site, call: &Call, status: StatusCode) -> Answer {
    let mut answer = error_page(site, call, ErrorKind::NotUnderstood, status, None);
    if status == StatusCode::METHOD_NOT_ALLOWED {
        answer.headers_mut().insert(header::ALLOW, http::HeaderValue::from_static("GET, HEAD, POST"));
    }
    answer
}

/// The world failed: the same page for everyone, and a reference that leads to the line in the log.
fn show_trouble(site: &Site, call: &Call, trouble: &Trouble) -> Answer {
    let reference = site.regain.new_reference();
    tracing::error!(reference, path = call.path, error = %trouble, "A page could not be answered.");
    let (kind, status) = match trouble {
        Trouble::Directory(_) | Trouble::Busy(_) => (ErrorKind::Busy, StatusCode::SERVICE_UNAVAILABLE),
        Trouble::Store(_) | Trouble::NoRealm(_) | Trouble::Unreadable(_) => {
            (ErrorKind::Broken, StatusCode::INTERNAL_SERVER_ERROR)
        }
    };
    error_page(site, call, kind, status, Some(&reference))
}

/// A form that no page of ours sent to this browser: back to where things stand.
fn not_ours(path: &str) -> Answer {
    see_other(path)
}
