//! One language: its sentences, as plain text and as HTML.

use crate::html::{Html, escape};
use crate::languages::LanguageError;
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use std::sync::Arc;
use unic_langid::LanguageIdentifier;

/// What a sentence speaks of: a text, or a number that also chooses the plural.
#[derive(Clone, Copy)]
pub enum Arg<'a> {
    Text(&'a str),
    Number(i64),
}

/// The parsed texts of one language, twice: as they are, and escaped for HTML. The parsed files are shared.
pub(crate) struct Sentences {
    tag: &'static str,
    plain: FluentBundle<Arc<FluentResource>>,
    /// Escapes the sentence and leaves the arguments as they are.
    markup: FluentBundle<Arc<FluentResource>>,
}

impl Sentences {
    pub(crate) fn parse(tag: &'static str, files: &[(&str, &str)]) -> Result<Self, LanguageError> {
        let broken =
            |file: &str, why: String| LanguageError::Broken { tag: tag.to_owned(), file: file.to_owned(), why };
        let id: LanguageIdentifier = tag.parse().map_err(|error| broken("the tag", format!("{error}")))?;
        let mut plain = FluentBundle::new_concurrent(vec![id.clone()]);
        let mut markup = FluentBundle::new_concurrent(vec![id]);
        for bundle in [&mut plain, &mut markup] {
            bundle.set_use_isolating(false);
        }
        markup.set_transform(Some(escape));
        for (name, text) in files {
            let file = FluentResource::try_new((*text).to_owned())
                .map_err(|(_, errors)| broken(name, errors.iter().map(|e| format!("{e}; ")).collect()))?;
            let file = Arc::new(file);
            plain.add_resource(file.clone()).map_err(|errors| broken(name, format!("{errors:?}")))?;
            markup.add_resource(file).map_err(|errors| broken(name, format!("{errors:?}")))?;
        }
        Ok(Self { tag, plain, markup })
    }

    fn has(&self, key: &str) -> bool {
        self.plain.get_message(key).is_some_and(|message| message.value().is_some())
    }
}

/// One language of an installation.
pub struct Words {
    own: Arc<Sentences>,
    /// The default language, then English.
    fallbacks: [Arc<Sentences>; 2],
    name: String,
    direction: String,
}

impl Words {
    pub(crate) fn new(own: Arc<Sentences>, fallbacks: [Arc<Sentences>; 2]) -> Self {
        let mut words = Self { own, fallbacks, name: String::new(), direction: String::new() };
        words.name = words.say("language-name");
        words.direction = words.say("language-direction");
        words
    }

    /// The language's tag (BCP 47): `fr`.
    pub fn tag(&self) -> &str {
        self.own.tag
    }

    /// `ltr` or `rtl`, as HTML's `dir` has it.
    pub fn direction(&self) -> &str {
        &self.direction
    }

    /// The language's name in itself: `Français`.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether this language itself has the sentence.
    pub fn has(&self, key: &str) -> bool {
        self.own.has(key)
    }

    /// A sentence as plain text.
    pub fn say(&self, key: &str) -> String {
        self.say_with(key, &[])
    }

    /// A sentence with its arguments, as plain text.
    pub fn say_with(&self, key: &str, args: &[(&str, Arg<'_>)]) -> String {
        let values = args.iter().map(|(name, arg)| match arg {
            Arg::Text(text) => (*name, FluentValue::from(*text)),
            Arg::Number(number) => (*name, FluentValue::from(*number)),
        });
        self.write(key, &values.collect(), |sentences| &sentences.plain)
    }

    /// A sentence as HTML: the sentence escaped, the arguments put in as they are.
    pub fn html(&self, key: &str, args: &[(&str, Html)]) -> Html {
        self.html_with(key, args, &[])
    }

    /// As [`Words::html`], with numbers, which also choose the plural.
    pub fn html_with(&self, key: &str, args: &[(&str, Html)], numbers: &[(&str, i64)]) -> Html {
        let texts = args.iter().map(|(name, html)| (*name, FluentValue::from(html.as_str())));
        let numbers = numbers.iter().map(|(name, number)| (*name, FluentValue::from(*number)));
        Html::raw(self.write(key, &texts.chain(numbers).collect(), |sentences| &sentences.markup))
    }

    /// Writes a sentence of this language, else of the default, else of English. A key that none of them has is written
    /// itself (its characters need no escaping): a test keeps that from happening, and a page with it beats no page.
    fn write(&self, key: &str, args: &FluentArgs<'_>, form: Form) -> String {
        let found = std::iter::once(&self.own)
            .chain(&self.fallbacks)
            .map(|sentences| form(sentences))
            .find_map(|bundle| Some((bundle, bundle.get_message(key)?.value()?)));
        let Some((bundle, pattern)) = found else {
            return key.chars().filter(|c| c.is_ascii_alphanumeric() || "-_".contains(*c)).collect();
        };
        let mut errors = Vec::new();
        bundle.format_pattern(pattern, Some(args), &mut errors).into_owned()
    }
}

type Form = fn(&Sentences) -> &FluentBundle<Arc<FluentResource>>;

#[cfg(test)]
mod tests {
    use super::*;

    const FR: &str = "\
hello = Bonjour <{ $who }> & « vous »
tries = Il vous reste { $n ->
    [one] { $n } essai
   *[other] { $n } essais
 }.
";
    const EN: &str = "\
hello = Hello <{ $who }>
tries = { $n ->
    [one] One try left
   *[other] { $n } tries left
 }.
only-english = Only \"here\"
";

    fn french() -> Words {
        let parse = |tag, text| Arc::new(Sentences::parse(tag, &[("test.ftl", text)]).expect("well-formed"));
        Words::new(parse("fr", FR), [parse("nl", ""), parse("en", EN)])
    }

    #[test]
    fn plain_text_is_not_escaped_and_not_isolated() {
        let words = french();
        assert_eq!(words.say_with("hello", &[("who", Arg::Text("<Léa>"))]), "Bonjour <<Léa>> & « vous »");
    }

    #[test]
    fn html_escapes_the_sentence_and_keeps_the_argument() {
        let words = french();
        let html = words.html("hello", &[("who", Html::raw("<b>Léa</b>".to_owned()))]);
        assert_eq!(html.as_str(), "Bonjour &lt;<b>Léa</b>&gt; &amp; « vous »");
        let html = words.html("hello", &[("who", Html::text("<i>"))]);
        assert_eq!(html.as_str(), "Bonjour &lt;&lt;i&gt;&gt; &amp; « vous »");
    }

    #[test]
    fn a_number_chooses_the_plural_of_the_language() {
        let words = french();
        let tries = |n| words.say_with("tries", &[("n", Arg::Number(n))]);
        assert_eq!(tries(0), "Il vous reste 0 essai.");
        assert_eq!(tries(1), "Il vous reste 1 essai.");
        assert_eq!(tries(3), "Il vous reste 3 essais.");
        assert_eq!(words.html_with("tries", &[], &[("n", 2)]).as_str(), "Il vous reste 2 essais.");
    }

    #[test]
    fn a_missing_sentence_falls_back_to_english() {
        let words = french();
        assert!(!words.has("only-english"));
        assert!(words.has("hello"));
        assert_eq!(words.say("only-english"), "Only \"here\"");
        assert_eq!(words.html("only-english", &[]).as_str(), "Only &quot;here&quot;");
    }

    #[test]
    fn a_key_that_nobody_has_is_harmless() {
        assert_eq!(french().say("no-such-key"), "no-such-key");
        assert_eq!(french().html("<script>", &[]).as_str(), "script");
    }

    #[test]
    fn a_broken_file_is_an_error() {
        let error = Sentences::parse("fr", &[("pages.ftl", "a = { $x\n")]).err().expect("refused");
        assert!(matches!(error, LanguageError::Broken { file, .. } if file == "pages.ftl"));
        assert!(Sentences::parse("fr", &[("a.ftl", "a = 1\n"), ("b.ftl", "a = 2\n")]).is_err());
    }
}
