//! Every parser that meets strangers' bytes, as a target: a function of bytes that must neither panic nor break its promise.
//!
//! `tests/corpus.rs` replays the committed corpus with every `cargo xtask test`; `cargo xtask fuzz` searches for new inputs
//! for as long as it may, guided by coverage. The targets know the parsers' doors, and nothing of the world.

mod targets;

/// One parser, and what must hold for it.
pub struct Target {
    /// Also the folder of its corpus: `fuzz/corpus/NAME`.
    pub name: &'static str,
    pub run: fn(&[u8]),
}

/// All targets. A parser that is missing here is not fuzzed.
pub const TARGETS: &[Target] = &[
    Target { name: "form", run: targets::request::form },
    Target { name: "query", run: targets::request::query },
    Target { name: "cookies", run: targets::request::cookies },
    Target { name: "sender", run: targets::request::sender },
    Target { name: "host", run: targets::request::host },
    Target { name: "forwarded", run: targets::request::forwarded },
    Target { name: "accept_language", run: targets::request::accept_language },
    Target { name: "user_agent", run: targets::request::user_agent },
    Target { name: "user_name", run: targets::typed::user_name },
    Target { name: "phone", run: targets::typed::phone },
    Target { name: "email", run: targets::typed::email },
    Target { name: "code", run: targets::typed::code },
    Target { name: "ticket", run: targets::kept::ticket },
    Target { name: "sealed_ticket", run: targets::kept::sealed_ticket },
    Target { name: "sealed_browser", run: targets::kept::sealed_browser },
    Target { name: "recovery", run: targets::kept::recovery },
    Target { name: "census", run: targets::kept::census },
    Target { name: "outbox", run: targets::kept::outbox },
    Target { name: "ldap_entry", run: targets::servers::ldap_entry },
    Target { name: "ldap_policy", run: targets::servers::ldap_policy },
    Target { name: "ldap_filter", run: targets::servers::ldap_filter },
    Target { name: "gateway", run: targets::servers::gateway },
    Target { name: "settings", run: targets::files::settings },
    Target { name: "keys", run: targets::files::keys },
    Target { name: "contacts_csv", run: targets::files::contacts_csv },
    Target { name: "accounts_csv", run: targets::files::accounts_csv },
];

/// The target of this name.
pub fn target(name: &str) -> Option<&'static Target> {
    TARGETS.iter().find(|target| target.name == name)
}
