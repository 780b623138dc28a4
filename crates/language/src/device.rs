//! From what kind of device somebody asked, in words that its owner recognises. Never the raw `User-Agent`.
//!
//! A browser can say what it likes here: the words help the person who asked, and prove nothing.

use crate::{Arg, Words};

/// Characters of a `User-Agent` header that are looked at.
const USER_AGENT_CHARS_MAX: usize = 512;

/// The kind of device.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum System {
    Iphone,
    Ipad,
    AndroidPhone,
    AndroidTablet,
    Windows,
    Mac,
    /// Safari says the same on both.
    MacOrIpad,
    Linux,
    Chromebook,
    Unknown,
}

/// The family of the browser.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Browser {
    Edge,
    Opera,
    SamsungInternet,
    Firefox,
    Chrome,
    Safari,
    Unknown,
}

/// A kind of device and its browser; all that is kept of a `User-Agent`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Device {
    pub system: System,
    pub browser: Browser,
}

const SYSTEMS: [(System, &str); 10] = [
    (System::Iphone, "iphone"),
    (System::Ipad, "ipad"),
    (System::AndroidPhone, "android-phone"),
    (System::AndroidTablet, "android-tablet"),
    (System::Windows, "windows"),
    (System::Mac, "mac"),
    (System::MacOrIpad, "mac-or-ipad"),
    (System::Linux, "linux"),
    (System::Chromebook, "chromebook"),
    (System::Unknown, "unknown"),
];

/// The key of each browser, and the name it goes by in every language.
const BROWSERS: [(Browser, &str, &str); 7] = [
    (Browser::Edge, "edge", "Edge"),
    (Browser::Opera, "opera", "Opera"),
    (Browser::SamsungInternet, "samsung", "Samsung Internet"),
    (Browser::Firefox, "firefox", "Firefox"),
    (Browser::Chrome, "chrome", "Chrome"),
    (Browser::Safari, "safari", "Safari"),
    (Browser::Unknown, "unknown", ""),
];

/// Reads a `User-Agent` header (RFC 9110 §10.1.5).
pub fn device(user_agent: &str) -> Device {
    let agent: String = user_agent.chars().take(USER_AGENT_CHARS_MAX).collect();
    let browser = browser(&agent);
    Device { system: system(&agent, browser), browser }
}

fn system(agent: &str, browser: Browser) -> System {
    let has = |part: &str| agent.contains(part);
    match () {
        () if has("iPad") => System::Ipad,
        () if has("iPhone") || has("iPod") => System::Iphone,
        () if has("Android") && has("Mobile") => System::AndroidPhone,
        () if has("Android") => System::AndroidTablet,
        () if has("CrOS") => System::Chromebook,
        () if has("Windows") => System::Windows,
        () if has("Macintosh") && browser == Browser::Safari => System::MacOrIpad,
        () if has("Macintosh") => System::Mac,
        () if has("Linux") || has("X11") => System::Linux,
        () => System::Unknown,
    }
}

/// The order matters: most browsers also claim to be Chrome, and Chrome to be Safari.
fn browser(agent: &str) -> Browser {
    const SIGNS: [(Browser, &[&str]); 6] = [
        (Browser::Edge, &["Edg/", "EdgA/", "EdgiOS/", "Edge/"]),
        (Browser::Opera, &["OPR/", "OPT/", "Opera"]),
        (Browser::SamsungInternet, &["SamsungBrowser/"]),
        (Browser::Firefox, &["Firefox/", "FxiOS/"]),
        (Browser::Chrome, &["Chrome/", "CriOS/", "Chromium/"]),
        (Browser::Safari, &["Safari/"]),
    ];
    SIGNS
        .iter()
        .find(|(_, signs)| signs.iter().any(|sign| agent.contains(sign)))
        .map_or(Browser::Unknown, |(browser, _)| *browser)
}

impl Device {
    /// A device about which nothing is known.
    pub const UNKNOWN: Device = Device { system: System::Unknown, browser: Browser::Unknown };

    /// A short text to keep: `iphone safari`.
    pub fn key(&self) -> String {
        let system = SYSTEMS.iter().find(|(system, _)| *system == self.system).map_or("unknown", |(_, key)| key);
        let browser =
            BROWSERS.iter().find(|(browser, ..)| *browser == self.browser).map_or("unknown", |(_, key, _)| key);
        format!("{system} {browser}")
    }

    /// Reads a kept text again; what it does not know is unknown.
    pub fn from_key(key: &str) -> Device {
        let (system, browser) = key.split_once(' ').unwrap_or((key, ""));
        Device {
            system: SYSTEMS.iter().find(|(_, key)| *key == system).map_or(System::Unknown, |(system, _)| *system),
            browser: BROWSERS
                .iter()
                .find(|(_, key, _)| *key == browser)
                .map_or(Browser::Unknown, |(browser, ..)| *browser),
        }
    }

    /// As it stands in a sentence: `depuis un iPhone (Safari)`, `vanaf een iPhone`, `von einem iPhone aus`, `from an iPhone`.
    pub fn from_where(&self, words: &Words) -> String {
        let system = SYSTEMS.iter().find(|(system, _)| *system == self.system).map_or("unknown", |(_, key)| key);
        let system = words.say_with("device-from", &[("system", Arg::Text(system))]);
        match BROWSERS.iter().find(|(browser, ..)| *browser == self.browser) {
            Some((_, _, name)) if !name.is_empty() => format!("{system} ({name})"),
            _ => system,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Languages;

    fn check(user_agent: &str, key: &str) {
        let device = device(user_agent);
        assert_eq!(device.key(), key, "{user_agent}");
        assert_eq!(Device::from_key(key), device);
    }

    #[test]
    fn common_browsers_are_recognised() {
        check(
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1",
            "iphone safari",
        );
        check(
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/130.0 Mobile/15E148 Safari/604.1",
            "iphone chrome",
        );
        check(
            "Mozilla/5.0 (iPad; CPU OS 15_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) FxiOS/128.0 Mobile/15E148 Safari/605.1.15",
            "ipad firefox",
        );
        check(
            "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Mobile Safari/537.36",
            "android-phone chrome",
        );
        check(
            "Mozilla/5.0 (Linux; Android 13; SM-X200) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/26.0 Chrome/122.0.0.0 Safari/537.36",
            "android-tablet samsung",
        );
        check(
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36 Edg/130.0.0.0",
            "windows edge",
        );
        check("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:132.0) Gecko/20100101 Firefox/132.0", "windows firefox");
        check(
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/128.0.0.0 Safari/537.36 OPR/114.0.0.0",
            "windows opera",
        );
        check(
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Safari/605.1.15",
            "mac-or-ipad safari",
        );
        check(
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36",
            "mac chrome",
        );
        check(
            "Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36",
            "chromebook chrome",
        );
        check("Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0", "linux firefox");
    }

    #[test]
    fn anything_else_is_unknown_and_never_repeated() {
        for agent in ["", "curl/8.5", "<script>alert(1)</script>", &"x".repeat(100_000)] {
            assert_eq!(device(agent), Device::UNKNOWN);
        }
        assert_eq!(Device::from_key("<b> <i>"), Device::UNKNOWN);
    }

    #[test]
    fn every_device_has_words_in_every_language() {
        let languages = Languages::built_in(&["fr", "nl", "de", "en"]).expect("known");
        for words in languages.all() {
            let mut seen = Vec::new();
            for (system, _) in SYSTEMS {
                let phrase = Device { system, browser: Browser::Unknown }.from_where(words);
                assert!(!seen.contains(&phrase), "{} {phrase}", words.tag());
                seen.push(phrase);
            }
        }
        let french = languages.get("fr").expect("loaded");
        assert_eq!(Device::from_key("iphone safari").from_where(french), "depuis un iPhone (Safari)");
        assert_eq!(Device::UNKNOWN.from_where(french), "depuis un appareil inconnu");
    }
}
