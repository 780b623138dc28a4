//! What the pages need beside the service: looks, addresses, who may speak for a client, and the demo's messages.

use crate::pages::RuleLine;
use crate::token::TokenKey;
use crate::{FooterLink, Looks, Secretariat};
use recovery::{MethodKind, Timestamp};
use service::{Networks, Realm, Regain};
use std::sync::Arc;
use std::time::Duration;

/// How a site is set up.
pub struct SiteOptions {
    /// Host headers that are answered, with the port where it is not the usual one.
    pub hosts: Vec<String>,
    /// Origins that forms may come from: `https://recover.school.example`.
    pub origins: Vec<String>,
    /// Addresses of proxies that name the client in `X-Forwarded-For`.
    pub proxies: Networks,
    /// Where *sign in* leads.
    pub sign_in_url: String,
    /// For `security.txt` (RFC 9116); `None`: there is none.
    pub security_contact: Option<String>,
    /// Answers that look up an account leave at multiples of this time since the request came in.
    pub answer_step: Duration,
    /// The demo's messages; `None` everywhere else.
    pub board: Option<Arc<dyn MessageBoard>>,
}

/// A running web site.
pub struct Site {
    pub(crate) regain: Arc<Regain>,
    pub(crate) looks: Looks,
    pub(crate) hosts: Vec<String>,
    pub(crate) origins: Vec<String>,
    pub(crate) proxies: Networks,
    pub(crate) sign_in_url: String,
    pub(crate) security_contact: Option<String>,
    pub(crate) answer_step: Duration,
    pub(crate) board: Option<Arc<dyn MessageBoard>>,
    pub(crate) footer: Vec<FooterLink>,
    pub(crate) tokens: TokenKey,
}

/// Messages that arrived in the demo.
pub trait MessageBoard: Send + Sync {
    /// Oldest first.
    fn messages(&self) -> Vec<BoardMessage>;
}

/// A message as it arrived.
#[derive(Clone, Debug)]
pub struct BoardMessage {
    pub id: u64,
    pub channel: MethodKind,
    pub from: String,
    pub to: String,
    /// Of a mail; empty otherwise.
    pub subject: String,
    pub text: String,
    /// Of a mail; empty otherwise.
    pub html: String,
    pub at: Timestamp,
}

impl Site {
    pub fn new(regain: Arc<Regain>, looks: Looks, options: SiteOptions) -> Self {
        let SiteOptions { hosts, origins, proxies, sign_in_url, security_contact, answer_step, board } = options;
        let tokens = TokenKey::from_root(regain.keyring.root());
        let privacy = regain.organisation.privacy.url.clone().unwrap_or_else(|| "/privacy".to_owned());
        let mut footer = vec![
            FooterLink { href: "/contact-helpdesk".to_owned(), key: "footer-helpdesk" },
            FooterLink { href: privacy, key: "footer-privacy" },
        ];
        if board.is_some() {
            footer.push(FooterLink { href: "/demo/messages".to_owned(), key: "footer-messages" });
        }
        Self {
            regain,
            looks,
            hosts,
            origins,
            proxies,
            sign_in_url,
            security_contact,
            answer_step,
            board,
            footer,
            tokens,
        }
    }

    /// Whether people reach this site by TLS, ours or a proxy's.
    pub(crate) fn is_tls(&self) -> bool {
        self.regain.organisation.public_url.starts_with("https://")
    }

    /// A new value of the cookie that forms are bound to: 128 random bits.
    pub(crate) fn fresh_forms(&self) -> String {
        use base64::Engine as _;
        base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(self.random())
    }

    fn random(&self) -> [u8; 16] {
        let mut random = [0; 16];
        self.regain.entropy.fill(&mut random);
        random
    }

    /// The token of forms that belong to this cookie value, for one answer.
    pub(crate) fn token(&self, cookie: &str) -> String {
        self.tokens.show(cookie, self.random())
    }

    /// The secretariat in one language.
    pub(crate) fn secretariat(&self, language: &str) -> Secretariat {
        let secretariat = &self.regain.organisation.secretariat;
        Secretariat {
            name: in_language(&secretariat.name, language),
            telephone: secretariat.telephone.clone(),
            email: secretariat.email.as_ref().map(|address| address.as_str().to_owned()),
            hours: in_language(&secretariat.hours, language),
            address: in_language(&secretariat.address, language),
        }
    }

    /// The rules of a realm's passwords, for the box on the page. The most stands in the line of the least.
    pub(crate) fn rules(&self, realm: Option<&Realm>) -> Vec<RuleLine> {
        let Some(realm) = realm else { return Vec::new() };
        let most = i64::from(realm.rules.max_length);
        let line = |rule: password::Rule| RuleLine {
            name: rule.name(),
            number: rule.count().map_or(0, i64::from),
            number2: if rule.name() == "min_length" { most } else { 0 },
        };
        realm.rules.all().into_iter().filter(|rule| rule.name() != "max_length").map(line).collect()
    }
}

/// A text of the operator's in this language, else the one for all.
pub(crate) fn in_language(texts: &std::collections::BTreeMap<String, String>, language: &str) -> Option<String> {
    texts
        .get(language)
        .or_else(|| texts.get(""))
        .or_else(|| texts.values().next())
        .filter(|text| !text.is_empty())
        .cloned()
}
