//! Keys and types: holds the file against the schema of the settings, and finds everything that does not fit, not only the first.

use crate::format;
use crate::problem::Problem;
use crate::source::entry;
use serde_json::Value;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeArray, DeTable, DeValue};

/// More problems than an operator reads at once are not collected.
const PROBLEMS_MAX: usize = 50;

/// Holds a file against the schema.
pub fn check(schema: &Value, root: &Spanned<DeTable<'_>>, problems: &mut Vec<Problem>) {
    let mut shape = Shape { schema, problems };
    shape.table(schema, root.get_ref(), &At { span: 0..0, table: String::new(), list: false, secret: false });
}

struct Shape<'s> {
    schema: &'s Value,
    problems: &'s mut Vec<Problem>,
}

/// Where a table stands.
struct At {
    span: Range<usize>,
    /// Its keys, joined by dots; empty for the file itself.
    table: String,
    /// Whether it is one of a list of tables.
    list: bool,
    secret: bool,
}

impl At {
    /// The table as its header is written.
    fn header(&self) -> String {
        header(&self.table, self.list)
    }

    fn below(&self, key: &str) -> String {
        if self.table.is_empty() { key.to_owned() } else { format!("{}.{key}", self.table) }
    }
}

fn header(table: &str, list: bool) -> String {
    if list { format!("[[{table}]]") } else { format!("[{table}]") }
}

/// A value under a key.
struct Held<'v, 'a> {
    value: &'v DeValue<'a>,
    span: Range<usize>,
    /// The key, for messages.
    key: &'v str,
    /// The keys that lead to it, joined by dots.
    path: String,
    item: bool,
    secret: bool,
}

impl<'s> Shape<'s> {
    fn report(&mut self, span: Range<usize>, secret: bool, what: String, hint: String) {
        if self.problems.len() >= PROBLEMS_MAX {
            return;
        }
        let problem = Problem::new(span, what, hint);
        self.problems.push(if secret { problem.secret() } else { problem });
    }

    fn complain(&mut self, held: &Held<'_, '_>, what: String, hint: String) {
        self.report(held.span.clone(), held.secret, what, hint);
    }

    fn table(&mut self, schema: &'s Value, table: &DeTable<'_>, at: &At) {
        let known = schema.get("properties").and_then(Value::as_object);
        let others = schema.get("additionalProperties");
        for (key, value) in table {
            let name = key.get_ref().as_ref();
            let property = known.and_then(|known| known.get(name)).or(others.filter(|others| others.is_object()));
            match property {
                Some(property) => {
                    let held = Held {
                        value: value.get_ref(),
                        span: value.span(),
                        key: name,
                        path: at.below(name),
                        item: false,
                        secret: at.secret,
                    };
                    self.value(property, &held);
                }
                None if others.and_then(Value::as_bool) == Some(false) => self.unknown(schema, key, at),
                None => {}
            }
        }
        for name in strings(schema.get("required")) {
            if entry(table, name).is_none() {
                self.missing(schema, name, at);
            }
        }
    }

    fn unknown<T: AsRef<str>>(&mut self, schema: &'s Value, key: &Spanned<T>, at: &At) {
        let name = key.get_ref().as_ref();
        let keys = property_names(schema);
        let of = if at.table.is_empty() { String::new() } else { format!(" in {}", at.header()) };
        let what = format!("unknown key `{name}`{of}");
        let hint = match (nearest(name, &keys), self.home_of(name, &at.header())) {
            (Some(meant), _) => format!("did you mean `{meant}`?"),
            (None, Some(home)) => format!("`{name}` belongs in {home}"),
            (None, None) => format!("the keys here are {}", list(&keys, "and")),
        };
        self.report(key.span(), at.secret, what, hint);
    }

    fn missing(&mut self, schema: &'s Value, name: &str, at: &At) {
        let property = schema.pointer(&format!("/properties/{name}")).unwrap_or(&Value::Null);
        let hint = format!("write {}", self.how_to_write(property, name, at));
        let what = if at.table.is_empty() {
            format!("`{name}` is missing")
        } else {
            format!("`{name}` is missing in {}", at.header())
        };
        self.report(at.span.clone(), at.secret, what, hint);
    }

    /// A line that an operator can copy.
    fn how_to_write(&self, property: &'s Value, name: &str, at: &At) -> String {
        if let Some(example) = example(property) {
            return format!("`{name} = {}`", crate::reference::toml_text(example));
        }
        let words = self.words(property);
        if !words.is_empty() {
            return format!("{name} = {}", quoted(&words));
        }
        let resolved = self.resolve(property);
        if is_secret(property) {
            return format!("`{name} = {{ file = \"…\" }}`, `{{ env = \"…\" }}` or `{{ credential = \"…\" }}`");
        }
        match resolved.get("type").and_then(Value::as_str) {
            Some("array") => format!("at least one {}", header(&at.below(name), true)),
            Some("object") => format!("a table {}", header(&at.below(name), false)),
            _ if resolved.get("oneOf").is_some() => format!("a table {}", header(&at.below(name), false)),
            _ => format!("`{name} = …`"),
        }
    }

    fn value(&mut self, schema: &'s Value, held: &Held<'_, '_>) {
        let Some(schema) = self.choose(schema, held) else { return };
        match held.value {
            DeValue::String(text) => self.text(schema, text, held),
            DeValue::Integer(number) => {
                if let Ok(number) = i64::from_str_radix(number.as_str(), number.radix()) {
                    self.number(schema, number, held);
                }
            }
            DeValue::Array(items) => self.array(schema, items, held),
            DeValue::Table(table) => {
                let at = At { span: held.span.clone(), table: held.path.clone(), list: held.item, secret: held.secret };
                self.table(schema, table, &at);
            }
            DeValue::Boolean(_) | DeValue::Float(_) | DeValue::Datetime(_) => {}
        }
    }

    /// The schema that a value must fit: references followed, one of several chosen, its type checked.
    fn choose(&mut self, schema: &'s Value, held: &Held<'_, '_>) -> Option<&'s Value> {
        if is_secret(schema) && !held.secret {
            self.secret(schema, held);
            return None;
        }
        let schema = self.resolve(schema);
        let variants = self.variants(schema);
        let words = self.words(schema);
        let found = type_of(held.value);
        if !words.is_empty() && (found == "string" || variants.iter().all(|variant| self.words(variant).len() == 1)) {
            self.word(&words, held);
            return None;
        }
        if variants.is_empty() {
            return self.typed(schema, held);
        }
        if let [only] = variants.as_slice() {
            return self.choose(only, held);
        }
        if variants.iter().all(|variant| tag_of(variant).is_some()) {
            return self.tagged(&variants, held);
        }
        if found == "object" && variants.iter().all(|variant| self.types(variant) == ["object"]) {
            return self.by_key(&variants, held);
        }
        match variants.iter().find(|variant| self.types(variant).contains(&found)) {
            Some(variant) => self.choose(variant, held),
            None => {
                self.wrong_type(schema, held);
                None
            }
        }
    }

    fn typed(&mut self, schema: &'s Value, held: &Held<'_, '_>) -> Option<&'s Value> {
        let types = self.types(schema);
        if types.is_empty() || types.contains(&type_of(held.value)) {
            return Some(schema);
        }
        self.wrong_type(schema, held);
        None
    }

    fn wrong_type(&mut self, schema: &'s Value, held: &Held<'_, '_>) {
        let types = self.types(schema);
        let wanted: Vec<String> = types.iter().map(|kind| in_words(kind).to_owned()).collect();
        let what = format!("`{}` is {}, it must be {}", held.key, in_words(type_of(held.value)), wanted.join(" or "));
        let hint = match held.value {
            DeValue::String(text) if types == ["integer"] && text.parse::<i64>().is_ok() => {
                format!("write it without quotes: {} = {text}", held.key)
            }
            DeValue::String(text) if types == ["boolean"] && ["true", "false"].contains(&text.as_ref()) => {
                format!("write it without quotes: {} = {text}", held.key)
            }
            DeValue::String(_) if types == ["array"] => format!("write it in brackets: {} = [\"…\"]", held.key),
            DeValue::Integer(_) if types.contains(&"string") => format!("write it in quotes: {} = \"…\"", held.key),
            DeValue::Table(_) if types == ["array"] => format!("write {}", header(&held.path, true)),
            DeValue::Array(_) if types == ["object"] => format!("write {}, once", header(&held.path, false)),
            _ if types == ["boolean"] => format!("write {0} = true or {0} = false", held.key),
            _ if types == ["integer"] => format!("write digits alone: {} = 1", held.key),
            _ if types == ["array"] => format!("write {} = [\"…\"]", held.key),
            _ if types == ["object"] => format!("write a table {}", header(&held.path, held.item)),
            _ => format!("write {} = \"…\"", held.key),
        };
        self.complain(held, what, hint);
    }

    fn text(&mut self, schema: &'s Value, text: &str, held: &Held<'_, '_>) {
        let length = text.chars().count() as u64;
        let bound = |name: &str| schema.get(name).and_then(Value::as_u64);
        if bound("minLength").is_some_and(|least| length < least) {
            return self.complain(held, format!("`{}` is empty", held.key), "write it, or leave the key out".to_owned());
        }
        if let Some(most) = bound("maxLength").filter(|most| length > *most) {
            let what = format!("`{}` has {length} characters, at most {most} are possible", held.key);
            return self.complain(held, what, "shorten it".to_owned());
        }
        let format = schema.get("format").and_then(Value::as_str).unwrap_or("");
        if let Err(complaint) = format::check(format, text) {
            self.complain(held, format!("`{}` {}", held.key, complaint.what), complaint.hint);
        }
    }

    fn number(&mut self, schema: &'s Value, number: i64, held: &Held<'_, '_>) {
        let bound = |name: &str| schema.get(name).and_then(Value::as_i64);
        let (least, most) = (bound("minimum"), bound("maximum"));
        if least.is_none_or(|least| number >= least) && most.is_none_or(|most| number <= most) {
            return;
        }
        let range = match (least, most) {
            (Some(least), Some(most)) => format!("from {least} to {most}"),
            (Some(least), None) => format!("at least {least}"),
            (None, Some(most)) => format!("at most {most}"),
            (None, None) => return,
        };
        let nearest = number.clamp(least.unwrap_or(i64::MIN), most.unwrap_or(i64::MAX));
        let what = format!("`{}` is {number}, it must be {range}", held.key);
        self.complain(held, what, format!("write {} = {nearest}", held.key));
    }

    fn array(&mut self, schema: &'s Value, items: &DeArray<'_>, held: &Held<'_, '_>) {
        let bound = |name: &str| schema.get(name).and_then(Value::as_u64);
        let length = items.len() as u64;
        if bound("minItems").is_some_and(|least| length < least) {
            let hint = "write at least one, or leave the key out if it has a default".to_owned();
            self.complain(held, format!("`{}` is an empty list", held.key), hint);
        }
        if let Some(most) = bound("maxItems").filter(|most| length > *most) {
            let what = format!("`{}` has {length} items, at most {most} are possible", held.key);
            self.complain(held, what, "leave some out".to_owned());
        }
        let Some(inner) = schema.get("items") else { return };
        let unique = schema.get("uniqueItems").and_then(Value::as_bool) == Some(true);
        let mut seen: Vec<&str> = Vec::new();
        for item in items.iter() {
            let held = Held {
                value: item.get_ref(),
                span: item.span(),
                key: held.key,
                path: held.path.clone(),
                item: true,
                secret: held.secret,
            };
            self.value(inner, &held);
            let Some(text) = item.get_ref().as_str().filter(|_| unique) else { continue };
            if seen.contains(&text) {
                self.complain(&held, format!("`{text}` is twice in `{}`", held.key), "write it once".to_owned());
            }
            seen.push(text);
        }
    }

    /// A text of which only some are possible.
    fn word(&mut self, words: &[&str], held: &Held<'_, '_>) {
        let Some(text) = held.value.as_str() else {
            let what = format!("`{}` is {}, it must be a text", held.key, in_words(type_of(held.value)));
            return self.complain(held, what, format!("write {}", quoted(words)));
        };
        if words.contains(&text) {
            return;
        }
        let hint = match nearest(text, words) {
            Some(meant) => format!("did you mean \"{meant}\"?"),
            None => format!("write {}", quoted(words)),
        };
        self.complain(held, format!("`{}` can't be \"{text}\"", held.key), hint);
    }

    /// A table whose `kind` says which keys it has.
    fn tagged(&mut self, variants: &[&'s Value], held: &Held<'_, '_>) -> Option<&'s Value> {
        let kinds: Vec<&str> = variants.iter().filter_map(|variant| tag_of(variant)).collect();
        let Some(table) = held.value.as_table() else {
            let what = format!("`{}` is {}, it must be a table", held.key, in_words(type_of(held.value)));
            self.complain(held, what, format!("write a table {}", header(&held.path, held.item)));
            return None;
        };
        let place = header(&held.path, held.item);
        let Some((_, kind)) = entry(table, "kind") else {
            self.complain(held, format!("`kind` is missing in {place}"), format!("write kind = {}", quoted(&kinds)));
            return None;
        };
        let written = kind.get_ref().as_str();
        let chosen = variants.iter().find(|variant| written.is_some() && tag_of(variant) == written);
        if chosen.is_none() {
            let (value, span, key) = (kind.get_ref(), kind.span(), "kind");
            self.word(&kinds, &Held { value, span, key, path: held.path.clone(), item: false, secret: false });
        }
        chosen.copied()
    }

    /// A table with exactly one key, which says what the value is.
    fn by_key(&mut self, variants: &[&'s Value], held: &Held<'_, '_>) -> Option<&'s Value> {
        let keys: Vec<&str> = variants.iter().flat_map(|variant| strings(variant.get("required"))).collect();
        let table = held.value.as_table()?;
        if table.len() != 1 {
            let what = format!("`{}` must have exactly one key", held.key);
            self.complain(held, what, format!("write {}", list(&keys, "or")));
            return None;
        }
        let (key, _) = table.iter().next()?;
        let name = key.get_ref().as_ref();
        let chosen = variants.iter().find(|variant| strings(variant.get("required")).any(|required| required == name));
        if chosen.is_none() {
            let hint = nearest(name, &keys).map(|meant| format!("did you mean `{meant}`?"));
            let hint = hint.unwrap_or_else(|| format!("write {}", list(&keys, "or")));
            self.report(key.span(), held.secret, format!("unknown key `{name}` in `{}`", held.key), hint);
        }
        chosen.copied()
    }

    fn secret(&mut self, schema: &'s Value, held: &Held<'_, '_>) {
        let (value, span, path) = (held.value, held.span.clone(), held.path.clone());
        let held = Held { value, span, key: held.key, path, item: held.item, secret: true };
        if held.value.is_table() {
            return self.value(schema, &held);
        }
        let what = format!("`{}` holds the secret itself, it must say where the secret is", held.key);
        let hint = format!(
            "move it into a file that only Regain can read, and write {} = {{ file = \"…\" }}; or use {{ env = \"…\" }} or \
             {{ credential = \"…\" }}",
            held.key
        );
        self.complain(&held, what, hint);
    }

    // What the schema says.

    fn resolve(&self, schema: &'s Value) -> &'s Value {
        let target = schema.get("$ref").and_then(Value::as_str).and_then(|target| target.strip_prefix('#'));
        target.and_then(|target| self.schema.pointer(target)).unwrap_or(schema)
    }

    /// The alternatives of a schema, references followed, without null.
    fn variants(&self, schema: &'s Value) -> Vec<&'s Value> {
        let all = schema.get("oneOf").or(schema.get("anyOf")).and_then(Value::as_array);
        let not_null = |variant: &&Value| variant.get("type").and_then(Value::as_str) != Some("null");
        all.into_iter().flatten().filter(not_null).collect()
    }

    /// The texts that are possible, where only some are.
    fn words(&self, schema: &'s Value) -> Vec<&'s str> {
        let schema = self.resolve(schema);
        let one = schema.get("const").and_then(Value::as_str);
        let own: Vec<&str> = strings(schema.get("enum")).chain(one).collect();
        if !own.is_empty() {
            return own;
        }
        self.variants(schema).into_iter().flat_map(|variant| self.words(variant)).collect()
    }

    /// The types that are possible.
    fn types(&self, schema: &'s Value) -> Vec<&'s str> {
        let schema = self.resolve(schema);
        let mut types: Vec<&str> = match schema.get("type") {
            Some(Value::String(one)) => vec![one.as_str()],
            Some(Value::Array(several)) => several.iter().filter_map(Value::as_str).collect(),
            _ => self.variants(schema).into_iter().flat_map(|variant| self.types(variant)).collect(),
        };
        types.retain(|kind| *kind != "null");
        types.dedup();
        types
    }

    /// The one other table of the settings that has a key of this name.
    fn home_of(&self, name: &str, here: &str) -> Option<String> {
        let all = crate::reference::tables(self.schema);
        let mut homes = all.iter().filter(|table| table.has(name));
        let home = homes.next()?;
        let kind = home.kind.as_ref().map_or_else(String::new, |kind| format!(" with kind = \"{kind}\""));
        let only = homes.next().is_none() && (home.header != here || home.kind.is_some());
        only.then(|| format!("{}{kind}", if home.header.is_empty() { "the top of the file" } else { &home.header }))
    }
}

fn is_secret(schema: &Value) -> bool {
    let reference = |schema: &Value| schema.get("$ref").and_then(Value::as_str) == Some("#/$defs/Secret");
    let any = schema.get("anyOf").and_then(Value::as_array);
    reference(schema) || any.is_some_and(|any| any.iter().any(reference))
}

pub(crate) fn tag_of(schema: &Value) -> Option<&str> {
    schema.pointer("/properties/kind/const").and_then(Value::as_str)
}

pub(crate) fn example(schema: &Value) -> Option<&Value> {
    schema.get("examples").and_then(Value::as_array).and_then(|examples| examples.first())
}

pub(crate) fn strings(value: Option<&Value>) -> impl Iterator<Item = &str> {
    value.and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str)
}

fn property_names(schema: &Value) -> Vec<&str> {
    let properties = schema.get("properties").and_then(Value::as_object);
    properties.into_iter().flat_map(|properties| properties.keys().map(String::as_str)).collect()
}

const fn type_of(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "string",
        DeValue::Integer(_) => "integer",
        DeValue::Float(_) => "number",
        DeValue::Boolean(_) => "boolean",
        DeValue::Datetime(_) => "datetime",
        DeValue::Array(_) => "array",
        DeValue::Table(_) => "object",
    }
}

fn in_words(kind: &str) -> &'static str {
    match kind {
        "string" => "a text",
        "integer" => "a whole number",
        "number" => "a number with a fraction",
        "boolean" => "true or false",
        "datetime" => "a date or time",
        "array" => "a list",
        _ => "a table",
    }
}

/// The word that was probably meant: at most a third of its letters differ, dashes and case set aside.
fn nearest<'w>(written: &str, words: &[&'w str]) -> Option<&'w str> {
    let plain = |text: &str| text.to_lowercase().replace('-', "_");
    let written = plain(written);
    let distance = |word: &str| strsim::osa_distance(&written, &plain(word));
    let best = words.iter().min_by_key(|word| distance(word))?;
    let most = (written.chars().count().max(best.chars().count()) / 3).max(1);
    (distance(best) <= most).then_some(*best)
}

fn quoted(words: &[&str]) -> String {
    let quoted: Vec<String> = words.iter().map(|word| format!("\"{word}\"")).collect();
    join(&quoted, "or")
}

fn list(words: &[&str], last: &str) -> String {
    let ticked: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    join(&ticked, last)
}

fn join(words: &[String], last: &str) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., end] => format!("{} {last} {end}", most.join(", ")),
    }
}
