//! Small files and probes: the script, the icon, and the well-known addresses.

use crate::answer::{Answer, bare, see_other};
use crate::{SCRIPT, Site, TOLL_SCRIPT};
use bytes::Bytes;
use http::header::{CACHE_CONTROL, HeaderValue};
use http::{Method, StatusCode};

/// Regain's own icon, where a browser asks for one.
const ICON: &str = include_str!("../../assets/icon.svg");

/// Recoveries are nobody's business to index.
const ROBOTS: &str = "User-agent: *\nDisallow: /\n";

/// How long a browser may keep the script and the icon. A day: an upgrade shows within one.
const FILE_LIFE: &str = "public, max-age=86400";

const PLAIN: &str = "text/plain; charset=utf-8";

/// Answers those who ask whether Regain is well: by any name, since they ask by address. `None` for all other paths.
pub async fn probe(site: &Site, method: &Method, path: &str) -> Option<Answer> {
    if method != Method::GET && method != Method::HEAD {
        return None;
    }
    Some(match path {
        "/healthz" => bare(StatusCode::OK, PLAIN, "alive\n"),
        "/readyz" => match site.regain.is_ready().await {
            Ok(()) => bare(StatusCode::OK, PLAIN, "ready\n"),
            Err(error) => {
                tracing::warn!(%error, "Not ready.");
                bare(StatusCode::SERVICE_UNAVAILABLE, PLAIN, "the store does not answer\n")
            }
        },
        _ => return None,
    })
}

/// Answers for the paths that need no page; `None` for all others.
pub fn answer(site: &Site, method: &Method, path: &str) -> Option<Answer> {
    if method != Method::GET && method != Method::HEAD {
        return None;
    }
    Some(match path {
        "/script.js" => file("text/javascript; charset=utf-8", SCRIPT),
        "/toll.js" => file("text/javascript; charset=utf-8", TOLL_SCRIPT),
        "/favicon.ico" => file("image/svg+xml", ICON),
        "/robots.txt" => file(PLAIN, ROBOTS),
        // W3C "A Well-Known URL for Changing Passwords": who knows the password changes it, and who does not finds the
        // way to recovery on that page.
        "/.well-known/change-password" => see_other("/change-password"),
        "/.well-known/security.txt" => security(site)?,
        _ => return None,
    })
}

fn file(kind: &'static str, content: &'static str) -> Answer {
    let mut answer = bare(StatusCode::OK, kind, Bytes::from_static(content.as_bytes()));
    answer.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static(FILE_LIFE));
    answer
}

/// RFC 9116: whom to tell about a weakness. `Expires` is a year from now, made anew with each answer.
fn security(site: &Site) -> Option<Answer> {
    let contact = site.security_contact.as_deref()?;
    let expires = jiff::Timestamp::from_millisecond(site.regain.now().plus(365 * 24 * 3600).millis()).ok()?;
    let url = &site.regain.organisation.public_url;
    let tags: Vec<&str> = site.regain.languages.all().map(|words| words.tag()).collect();
    let text = format!(
        "Contact: {contact}\nExpires: {expires:.0}\nPreferred-Languages: {}\nCanonical: {url}/.well-known/security.txt\n",
        tags.join(", ")
    );
    Some(bare(StatusCode::OK, PLAIN, text))
}
