//! Every page in every state and language: what its HTML promises.

mod samples;

use language::Languages;
use recovery::{Independence, Page, Policy};
use regain_web::pages::method::MethodPage;
use regain_web::{Frame, SCRIPT, TOLL_SCRIPT};
use samples::{Album, School};
use scraper::{Html, Selector};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// The most that a page may weigh uncompressed, so that the first fits into one round trip even so (bytes).
const PAGE_BYTES_MAX: usize = 14 * 1024;
const SCRIPT_BYTES_MAX: usize = 4 * 1024;

fn languages() -> Languages {
    let tags: Vec<&str> = Languages::known().collect();
    Languages::built_in(&tags).expect("the texts are well-formed")
}

/// Calls `check` with language, name and HTML of every page.
fn each_page(check: impl Fn(&str, &str, &str)) {
    let (school, languages) = (School::new(), languages());
    for words in languages.all() {
        for (name, html) in Album::fill(&school, &languages, words) {
            check(words.tag(), &name, &html);
        }
    }
}

fn all<'a>(document: &'a Html, selector: &str) -> Vec<scraper::ElementRef<'a>> {
    document.select(&Selector::parse(selector).expect("a selector")).collect()
}

fn text(element: scraper::ElementRef<'_>) -> String {
    element.text().collect::<String>().trim().to_owned()
}

#[test]
fn every_page_has_one_heading_which_is_its_title() {
    each_page(|tag, name, html| {
        let document = Html::parse_document(html);
        let headings = all(&document, "h1");
        assert_eq!(headings.len(), 1, "{tag} {name}");
        let (heading, title) = (text(headings[0]), text(all(&document, "title")[0]));
        assert!(title.ends_with(&heading), "{tag} {name}: {title} / {heading}");
        let has_errors = !all(&document, ".bad").is_empty();
        assert_eq!(title != heading, has_errors, "{tag} {name}: only errors change the title");
    });
}

#[test]
fn every_sentence_is_there() {
    let keys = sentence_keys();
    each_page(|tag, name, html| {
        let document = Html::parse_document(html);
        for piece in document.root_element().text() {
            let piece = piece.trim();
            assert!(!keys.contains(piece), "{tag} {name}: {piece}");
            assert!(!piece.contains("{$") && !piece.contains("{ $"), "{tag} {name}: {piece}");
            // A key that nobody has is written itself: a word of small letters with hyphens, alone.
            let like_a_key =
                piece.matches('-').count() >= 2 && piece.chars().all(|c| c.is_ascii_lowercase() || c == '-');
            assert!(!like_a_key, "{tag} {name}: {piece} has no sentence");
        }
    });
}

#[test]
fn french_and_english_have_every_key_of_each_other() {
    let keys = |tag: &str| -> BTreeSet<String> { keys_of(tag) };
    assert_eq!(keys("fr"), keys("en"));
}

#[test]
fn french_puts_no_break_spaces_before_high_punctuation() {
    let texts = texts("fr");
    for line in texts.lines().filter(|line| !line.starts_with('#')) {
        for sign in [" ?", " !", " :", " ;", " »", "« "] {
            assert!(!line.contains(sign), "{line}");
        }
    }
}

fn texts(tag: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../language/texts").join(tag).join("pages.ftl");
    fs::read_to_string(path).expect("the texts are beside this crate")
}

fn keys_of(tag: &str) -> BTreeSet<String> {
    let is_key = |line: &&str| line.starts_with(|c: char| c.is_ascii_lowercase());
    texts(tag).lines().filter(is_key).filter_map(|line| Some(line.split_once(" =")?.0.to_owned())).collect()
}

fn sentence_keys() -> BTreeSet<String> {
    keys_of("fr").into_iter().filter(|key| key.contains('-')).collect()
}

#[test]
fn nothing_is_inline_but_the_one_style_that_the_policy_admits() {
    let school = School::new();
    each_page(|tag, name, html| {
        let document = Html::parse_document(html);
        let at = format!("{tag} {name}");
        assert!(all(&document, "[style]").is_empty(), "{at}");
        for element in all(&document, "*") {
            assert!(
                element.value().attrs().all(|(attribute, _)| !attribute.starts_with("on")),
                "{at}: an event handler"
            );
        }
        assert_eq!(all(&document, "link, object, embed, base").len(), 0, "{at}");
        let scripts = all(&document, "script");
        let sources: Vec<_> = scripts.iter().filter_map(|script| script.attr("src")).collect();
        // Only a page that asks for work loads what does it.
        let works = !all(&document, "input[name=challenge]").is_empty();
        assert_eq!(sources, if works { vec!["/script.js", "/toll.js"] } else { vec!["/script.js"] }, "{at}");
        assert!(scripts.iter().all(|script| text(*script).is_empty()), "{at}");
        let styles = all(&document, "style");
        assert_eq!(styles.len(), 1, "{at}");
        if !name.starts_with("messages") {
            assert_eq!(styles[0].inner_html(), school.looks.style(), "{at}");
        }
    });
}

#[test]
fn pages_and_script_are_small() {
    each_page(|tag, name, html| {
        if !name.starts_with("messages") {
            assert!(html.len() <= PAGE_BYTES_MAX, "{tag} {name} has {} bytes", html.len());
        }
    });
    for script in [SCRIPT, TOLL_SCRIPT] {
        assert!(script.len() < SCRIPT_BYTES_MAX, "{} bytes", script.len());
    }
}

#[test]
fn a_page_names_itself_and_its_language() {
    each_page(|tag, name, html| {
        let document = Html::parse_document(html);
        let page = all(&document, "main[data-page]")[0].attr("data-page").expect("selected by it");
        assert!(name == page || name.starts_with(&format!("{page}-")), "{name}: {page}");
        assert_eq!(document.root_element().attr("lang"), Some(tag));
        assert_eq!(document.root_element().attr("dir"), Some("ltr"));
        assert_eq!(all(&document, "footer nav [aria-current]").len(), 1, "{tag} {name}");
    });
}

#[test]
fn forms_post_to_their_paths_and_carry_the_token() {
    const PATHS: [&str; 12] = [
        "/recover",
        "/recover/account",
        "/recover/method",
        "/recover/contact",
        "/recover/code",
        "/recover/password",
        "/recover/stopped",
        "/sign-in",
        "/sign-out",
        "/change-password",
        "/contact-helpdesk",
        "/not-me",
    ];
    each_page(|tag, name, html| {
        let document = Html::parse_document(html);
        for form in all(&document, "form") {
            assert_eq!(form.attr("method"), Some("post"), "{tag} {name}");
            let action = form.attr("action").expect("a form says where it leads");
            assert!(PATHS.contains(&action), "{tag} {name}: {action}");
            let token = Selector::parse("input[type=hidden][name=token]").expect("a selector");
            assert_eq!(form.select(&token).count(), 1, "{tag} {name}");
        }
    });
}

#[test]
fn every_field_has_a_label_and_what_describes_it_is_there() {
    each_page(|tag, name, html| {
        let document = Html::parse_document(html);
        for field in all(&document, "input:not([type=hidden]):not([hidden]), textarea, select") {
            let id = field.attr("id").expect("a field has an id");
            assert_eq!(all(&document, &format!("label[for={id}]")).len(), 1, "{tag} {name}: {id}");
            for described in field.attr("aria-describedby").unwrap_or_default().split(' ').filter(|id| !id.is_empty()) {
                assert_eq!(all(&document, &format!("#{described}")).len(), 1, "{tag} {name}: {described}");
            }
            let in_error = !all(&document, &format!("#{id}-error")).is_empty();
            assert_eq!(in_error, field.attr("aria-invalid") == Some("true"), "{tag} {name}: {id}");
            assert_eq!(in_error, !all(&document, &format!(".bad a[href='#{id}']")).is_empty(), "{tag} {name}: {id}");
        }
    });
}

/// Who speaks to the page says what they see (WCAG 2.2 SC 2.5.3).
#[test]
fn a_spoken_name_contains_the_words_shown() {
    each_page(|tag, name, html| {
        for element in all(&Html::parse_document(html), "a[aria-label], button[aria-label]") {
            let (spoken, shown) =
                (element.attr("aria-label").unwrap_or_default().to_lowercase(), text(element).to_lowercase());
            assert!(!shown.is_empty() && spoken.contains(&shown), "{tag} {name}: {spoken} / {shown}");
        }
    });
}

#[test]
fn no_page_gives_back_a_password_or_a_code() {
    each_page(|tag, name, html| {
        let document = Html::parse_document(html);
        for field in all(&document, "input[type=password], input[autocomplete=one-time-code]") {
            assert_eq!(field.attr("value"), None, "{tag} {name}");
        }
    });
}

#[test]
fn every_page_but_the_demos_has_a_next_step() {
    each_page(|tag, name, html| {
        let document = Html::parse_document(html);
        assert!(!all(&document, "main button, main a[href]").is_empty(), "{tag} {name}");
        if name.starts_with("stopped") || name == "done" {
            assert!(!all(&document, ".sheet a[href='/sign-in']").is_empty(), "{tag} {name}");
        }
    });
}

#[test]
fn what_was_typed_can_not_become_markup() {
    each_page(|_, name, html| {
        assert!(!html.contains("<b>") && !html.contains("<un>"), "{name}");
    });
}

#[test]
fn who_waits_is_told_how_long_and_whom_to_call_and_is_announced_to() {
    each_page(|tag, name, html| {
        if !name.starts_with("wait") {
            return;
        }
        let document = Html::parse_document(html);
        let at = format!("{tag} {name}");
        let digits = if name == "wait-full" { "10" } else { "25" };
        assert!(all(&document, "[data-plain]").into_iter().any(|part| text(part).contains(digits)), "{at}: how long");
        assert_eq!(all(&document, "#work[role=status]").len(), 1, "{at}");
        assert!(!all(&document, ".help a[href^='tel:']").is_empty(), "{at}: whom to call");
        // A reload by itself takes the page away from who reads slowly (WCAG 2.2, failure F41).
        assert!(all(&document, "meta[http-equiv]").is_empty(), "{at}");
        for field in ["username", "realm", "turn", "challenge", "solution"] {
            assert_eq!(all(&document, &format!("form input[type=hidden][name={field}]")).len(), 1, "{at}: {field}");
        }
        assert_eq!(all(&document, ".bad").len(), usize::from(name == "wait-early"), "{at}");
    });
}

/// The page of a decoy and the page of a real account have the same blocks and the same size, letter for letter of the masks.
#[test]
fn a_decoy_is_shown_as_a_real_account_is() {
    let (school, languages) = (School::new(), languages());
    let real = samples::account("pcamille", "0470 12 34 67");
    let skeleton = |user_name: &str, account| {
        let recovery =
            school.begin(user_name, account, Policy { independence: Independence::Contacts, ..Policy::default() });
        let Page::Method(page) = recovery.page() else { panic!("a recovery begins with its methods") };
        let words = languages.get("fr").expect("loaded");
        let album = Album { school: &school, languages: &languages, words, pages: Vec::new() };
        let frame = Frame { who: Some("camille"), ..album.walk_frame("/recover/method", 0) };
        let html = MethodPage { frame, page: &page, notice: None }.render();
        let blocks: Vec<String> = all(&Html::parse_document(&html), "*")
            .iter()
            .map(|element| format!("{} {:?}", element.value().name(), element.attr("value")))
            .collect();
        (blocks, html.len())
    };
    let shown = skeleton("camille", Some(&real));
    assert_eq!(shown, skeleton("nobody.at.all", None));
    assert!(shown.0.iter().any(|block| block.contains("sms")));
}

#[test]
fn methods_of_one_kind_are_told_apart_by_their_place() {
    let (school, languages) = (School::new(), languages());
    let mut person = samples::account("pcamille", "0470 12 34 67");
    person.contacts.extend(samples::account("other", "0470 65 43 21").contacts);
    let recovery = school.begin("camille", Some(&person), Policy::default());
    let Page::Method(page) = recovery.page() else { panic!("a recovery begins with its methods") };
    let words = languages.get("fr").expect("loaded");
    let album = Album { school: &school, languages: &languages, words, pages: Vec::new() };
    let html = MethodPage { frame: album.walk_frame("/recover/method", 0), page: &page, notice: None }.render();
    let document = Html::parse_document(&html);
    let values: Vec<_> =
        all(&document, "button[name=method]").iter().filter_map(|button| button.attr("value")).collect();
    assert_eq!(values, ["email:0", "email:1", "sms:2", "sms:3", "call:4", "call:5", "none"]);
}

/// The pages of the walk in French, as files to read and to compare. `REGAIN_GOLDEN=write` rewrites them.
#[test]
fn golden_pages_are_as_they_were() {
    const SHOWN: [&str; 24] = [
        "sign-in",
        "sign-in-wrong",
        "signed-in",
        "realm",
        "identify",
        "method",
        "method-several",
        "confirm-contact-sms",
        "confirm-contact-sms-does-not-fit",
        "confirm-contact-email",
        "code-email",
        "code-sms",
        "code-sms-wrong",
        "code-call",
        "new-password",
        "new-password-refused",
        "done",
        "stopped-paused",
        "identify-with-work",
        "wait",
        "stopped-unclear",
        "contact-helpdesk",
        "not-me",
        "error-broken",
    ];
    let (school, languages) = (School::new(), languages());
    let words = languages.get("fr").expect("loaded");
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("golden");
    let pages = Album::fill(&school, &languages, words);
    for name in SHOWN {
        let html = &pages.iter().find(|(page, _)| page == name).expect(name).1;
        let html = html.replace(school.looks.style(), "/* regain.css */") + "\n";
        let file = folder.join(format!("{name}.html"));
        if std::env::var("REGAIN_GOLDEN").is_ok_and(|mode| mode == "write") {
            fs::write(&file, &html).expect("the folder can be written");
        }
        let golden = fs::read_to_string(&file).unwrap_or_default();
        assert!(golden == html, "{name} is no longer as in {}; REGAIN_GOLDEN=write rewrites it", file.display());
    }
}
