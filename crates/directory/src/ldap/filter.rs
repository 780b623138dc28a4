//! Search filters (RFC 4515) into which only escaped values can be put.
//!
//! The operator's filter is a [`FilterTemplate`], read and checked once at the start. A [`Filter`] that goes to a server
//! can be made only from a template or from checked attribute names, and whatever a person typed enters it escaped.

use std::fmt::{self, Write};

/// The place of the user name in a template.
const PLACEHOLDER: &str = "{user_name}";
/// Deepest nesting of a template.
const DEPTH_MAX: u32 = 16;

/// A filter ready to be sent.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Filter(String);

impl Filter {
    pub(super) fn as_str(&self) -> &str {
        &self.0
    }

    /// Entries whose attribute has this value.
    pub(super) fn equals(attribute: &AttributeName, value: &str) -> Self {
        Self(format!("({}={})", attribute.as_str(), escape(value)))
    }

    /// Entries that have the attribute.
    pub(super) fn present(attribute: &AttributeName) -> Self {
        Self(format!("({}=*)", attribute.as_str()))
    }

    pub(super) fn and(&self, other: &Self) -> Self {
        Self(format!("(&{}{})", self.0, other.0))
    }

    /// Entries that any of these find.
    fn any(filters: impl Iterator<Item = Self>) -> Self {
        Self(format!("(|{})", filters.map(|filter| filter.0).collect::<String>()))
    }
}

/// The name of an attribute, with options or as an object identifier (RFC 4512 §2.5): `mail`, `cn;lang-fr`, `2.5.4.3`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct AttributeName(String);

impl AttributeName {
    pub(super) fn parse(text: &str) -> Option<Self> {
        let fits = text.starts_with(|c: char| c.is_ascii_alphanumeric())
            && text.chars().all(|c| c.is_ascii_alphanumeric() || "-.;".contains(c));
        fits.then(|| Self(text.to_owned()))
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

/// Escapes a value (RFC 4515 §3), and more than it asks for: all but plain ASCII and letters of other scripts.
fn escape(value: &str) -> String {
    let mut escaped = String::with_capacity(value.len());
    for c in value.chars() {
        if matches!(c, '*' | '(' | ')' | '\\') || c.is_control() {
            let mut bytes = [0; 4];
            for byte in c.encode_utf8(&mut bytes).bytes() {
                let _ = write!(escaped, "\\{byte:02x}");
            }
        } else {
            escaped.push(c);
        }
    }
    escaped
}

/// What is wrong with a template, and at which of its characters (from 1).
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("the filter is wrong at character {at}: {what}")]
pub struct FilterError {
    pub at: usize,
    pub what: String,
}

/// A filter as the operator writes it, with `{user_name}` where what a person typed belongs.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct FilterTemplate(Node);

#[derive(Clone, PartialEq, Eq, Debug)]
enum Node {
    /// `&` or `|`.
    Set(char, Vec<Node>),
    Not(Box<Node>),
    /// An assertion without the user name, as written.
    Fixed(String),
    /// `(attribute=before{user_name}after)`.
    UserName {
        attribute: String,
        before: String,
        after: String,
    },
}

impl FilterTemplate {
    /// Reads a template.
    ///
    /// # Errors
    /// What is wrong and where: brackets, names, escapes, an unknown placeholder, or one in a place where a typed
    /// name could match more than itself.
    pub(super) fn parse(text: &str) -> Result<Self, FilterError> {
        let mut parser = Parser { chars: text.chars().collect(), at: 0 };
        let node = parser.filter(0)?;
        if parser.at < parser.chars.len() {
            return Err(parser.wrong("nothing may follow the last bracket"));
        }
        Ok(Self(node))
    }

    pub(super) fn asks_for_user_name(&self) -> bool {
        fn asks(node: &Node) -> bool {
            match node {
                Node::Set(_, nodes) => nodes.iter().any(asks),
                Node::Not(node) => asks(node),
                Node::Fixed(_) => false,
                Node::UserName { .. } => true,
            }
        }
        asks(&self.0)
    }

    /// The filter that finds any of these names.
    pub(super) fn with_names(&self, names: &[String]) -> Filter {
        Filter::any(names.iter().map(|name| self.render(Some(name))))
    }

    /// The filter that finds whoever the template could find: `{user_name}` stands for any value.
    pub(super) fn anyone(&self) -> Filter {
        self.render(None)
    }

    fn render(&self, name: Option<&str>) -> Filter {
        let name = name.map(escape);
        let mut out = String::new();
        render(&self.0, name.as_deref(), &mut out);
        Filter(out)
    }
}

fn render(node: &Node, name: Option<&str>, out: &mut String) {
    match (node, name) {
        (Node::Set(sign, nodes), _) => {
            out.push('(');
            out.push(*sign);
            nodes.iter().for_each(|node| render(node, name, out));
            out.push(')');
        }
        (Node::Not(node), _) => {
            out.push_str("(!");
            render(node, name, out);
            out.push(')');
        }
        (Node::Fixed(text), _) => out.push_str(&format!("({text})")),
        (Node::UserName { attribute, before, after }, Some(name)) => {
            out.push_str(&format!("({attribute}={before}{name}{after})"));
        }
        (Node::UserName { attribute, .. }, None) => out.push_str(&format!("({attribute}=*)")),
    }
}

impl fmt::Display for FilterTemplate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = String::new();
        render(&self.0, Some(PLACEHOLDER), &mut out);
        f.write_str(&out)
    }
}

struct Parser {
    chars: Vec<char>,
    at: usize,
}

impl Parser {
    fn wrong(&self, what: impl Into<String>) -> FilterError {
        wrong_at(self.at, what)
    }

    fn next(&self) -> Option<char> {
        self.chars.get(self.at).copied()
    }

    fn expect(&mut self, wanted: char) -> Result<(), FilterError> {
        match self.next() {
            Some(c) if c == wanted => {
                self.at += 1;
                Ok(())
            }
            Some(c) => Err(self.wrong(format!("a '{wanted}' belongs here, not '{c}'"))),
            None => Err(self.wrong(format!("it ends where a '{wanted}' belongs"))),
        }
    }

    fn filter(&mut self, depth: u32) -> Result<Node, FilterError> {
        if depth > DEPTH_MAX {
            return Err(self.wrong(format!("it is nested deeper than {DEPTH_MAX}")));
        }
        self.expect('(')?;
        let node = match self.next() {
            Some(sign @ ('&' | '|')) => {
                self.at += 1;
                let mut nodes = Vec::new();
                while self.next() == Some('(') {
                    nodes.push(self.filter(depth + 1)?);
                }
                if nodes.is_empty() {
                    return Err(self.wrong(format!("'{sign}' needs at least one filter in brackets")));
                }
                Node::Set(sign, nodes)
            }
            Some('!') => {
                self.at += 1;
                let inner_at = self.at;
                let inner = self.filter(depth + 1)?;
                if (FilterTemplate(inner.clone())).asks_for_user_name() {
                    return Err(wrong_at(inner_at, format!("{PLACEHOLDER} under a '!' would find everybody else")));
                }
                Node::Not(Box::new(inner))
            }
            _ => self.assertion()?,
        };
        self.expect(')')?;
        Ok(node)
    }

    /// `attribute=value`, and the other kinds of comparison.
    fn assertion(&mut self) -> Result<Node, FilterError> {
        let start = self.at;
        while self.next().is_some_and(|c| !"=()".contains(c)) {
            self.at += 1;
        }
        if self.next() != Some('=') {
            return Err(self.wrong("an assertion such as (uid={user_name}) belongs here"));
        }
        let left: String = self.chars.get(start..self.at).unwrap_or_default().iter().collect();
        let attribute = left.trim_end_matches(['>', '<', '~', ':']);
        let extensible = left.ends_with(':');
        let fits =
            attribute.chars().all(|c| c.is_ascii_alphanumeric() || "-.;".contains(c) || (extensible && c == ':'));
        if !fits || attribute.is_empty() || left.len() > attribute.len() + 1 {
            return Err(wrong_at(start, format!("{left:?} is not the name of an attribute")));
        }
        self.at += 1;
        let value_at = self.at;
        let value = self.value()?;
        let Some((before, after)) = value.split_once(PLACEHOLDER) else {
            return Ok(Node::Fixed(format!("{left}={value}")));
        };
        if left != attribute || before.contains('*') || after.contains('*') {
            return Err(wrong_at(value_at, format!("{PLACEHOLDER} works only with '=' and without '*' beside it")));
        }
        if after.contains(PLACEHOLDER) {
            return Err(wrong_at(value_at, format!("{PLACEHOLDER} may stand only once in a value")));
        }
        Ok(Node::UserName { attribute: left, before: before.to_owned(), after: after.to_owned() })
    }

    fn value(&mut self) -> Result<String, FilterError> {
        let mut value = String::new();
        loop {
            match self.next() {
                None => return Err(self.wrong("it ends where a ')' belongs")),
                Some(')') => return Ok(value),
                Some('(') => return Err(self.wrong("a '(' within a value is written \\28")),
                Some('\\') => {
                    let hex: String = self.chars.iter().skip(self.at + 1).take(2).collect();
                    if hex.len() != 2 || !hex.chars().all(|c| c.is_ascii_hexdigit()) {
                        return Err(self.wrong("a '\\' needs two hexadecimal digits after it"));
                    }
                    value.push('\\');
                    value.push_str(&hex);
                    self.at += 3;
                }
                Some('{' | '}') => {
                    let rest: String = self.chars.iter().skip(self.at).take(PLACEHOLDER.len()).collect();
                    if rest != PLACEHOLDER {
                        return Err(self.wrong(format!("the only placeholder is {PLACEHOLDER}")));
                    }
                    value.push_str(PLACEHOLDER);
                    self.at += PLACEHOLDER.len();
                }
                Some(c) if c.is_control() => return Err(self.wrong("a control character is written \\ and its code")),
                Some(c) => {
                    value.push(c);
                    self.at += 1;
                }
            }
        }
    }
}

fn wrong_at(at: usize, what: impl Into<String>) -> FilterError {
    FilterError { at: at + 1, what: what.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    const USUAL: &str = "(&(objectClass=inetOrgPerson)(|(uid={user_name})(mail={user_name})))";

    fn filter_for(template: &str, name: &str) -> String {
        FilterTemplate::parse(template).expect(template).with_names(&[name.to_owned()]).0
    }

    #[test]
    fn a_name_enters_the_filter_where_the_template_says() {
        assert_eq!(filter_for(USUAL, "anna"), "(|(&(objectClass=inetOrgPerson)(|(uid=anna)(mail=anna))))");
        assert_eq!(filter_for("(upn={user_name}@x.be)", "anna"), "(|(upn=anna@x.be))");
        let anyone = FilterTemplate::parse(USUAL).expect("usual").anyone();
        assert_eq!(anyone.as_str(), "(&(objectClass=inetOrgPerson)(|(uid=*)(mail=*)))");
    }

    #[test]
    fn whatever_is_typed_stays_one_value() {
        for typed in ["*", ")(uid=*", "a\0b", "\\2a", "a)(|(objectClass=*)", "\u{7f}", "{user_name}", "ü*", "&|!~<>="]
        {
            let filter = filter_for("(uid={user_name})", typed);
            assert_eq!(filter.matches('(').count(), 2, "{filter}");
            assert!(!filter.contains('*') && !filter.contains('\0'), "{filter}");
            assert!(ldap3::parse_filter(&filter).is_ok(), "{filter}");
            let value = filter.trim_start_matches("(|(uid=").trim_end_matches("))");
            assert_eq!(ldap3::ldap_unescape(value).expect("escapes are whole"), typed);
        }
    }

    #[test]
    fn what_is_wrong_with_a_template_is_said_with_its_place() {
        let cases = [
            ("", 1, "it ends where a '(' belongs"),
            ("uid={user_name}", 1, "a '(' belongs here, not 'u'"),
            ("(uid={user_name}", 17, "it ends where a ')' belongs"),
            ("(uid={user_name}))", 18, "nothing may follow the last bracket"),
            ("(&)", 3, "'&' needs at least one filter"),
            ("(uid)", 5, "an assertion such as"),
            ("(u id={user_name})", 2, "\"u id\" is not the name of an attribute"),
            ("(={user_name})", 2, "\"\" is not the name of an attribute"),
            ("(uid={username})", 6, "the only placeholder is {user_name}"),
            ("(uid=a\\2)", 7, "a '\\' needs two hexadecimal digits"),
            ("(uid=a(b)", 7, "a '(' within a value is written \\28"),
            ("(uid={user_name}*)", 6, "{user_name} works only with '='"),
            ("(uid>={user_name})", 7, "{user_name} works only with '='"),
            ("(!(uid={user_name}))", 3, "{user_name} under a '!' would find everybody else"),
            ("(uid={user_name}{user_name})", 6, "{user_name} may stand only once"),
        ];
        for (template, at, what) in cases {
            let error = FilterTemplate::parse(template).expect_err(template);
            assert_eq!(error.at, at, "{template}: {error}");
            assert!(error.what.starts_with(what), "{template}: {error}");
        }
        assert!(FilterTemplate::parse(&"(!".repeat(5000)).is_err());
    }

    #[test]
    fn filters_of_every_kind_are_taken_as_they_are() {
        for text in [
            "(&(a=1)(!(b=x*y*))(c>=3)(d~=z))",
            "(userAccountControl:1.2.840.113556.1.4.803:=2)",
            "(cn;lang-fr=\\28a\\29)",
            USUAL,
        ] {
            let template = FilterTemplate::parse(text).expect(text);
            assert_eq!(template.to_string(), text);
            assert!(ldap3::parse_filter(template.anyone().as_str()).is_ok(), "{text}");
        }
    }
}
