//! The reference page and the JSON Schema, made from the types that read the file.

use crate::Settings;
use crate::shape::{example, strings, tag_of};
use serde_json::Value;
use std::sync::LazyLock;

static SCHEMA: LazyLock<Value> = LazyLock::new(|| schemars::schema_for!(Settings).to_value());

pub(crate) fn schema_value() -> &'static Value {
    &SCHEMA
}

/// The JSON Schema of the settings (draft 2020-12), for editors.
pub fn schema() -> String {
    serde_json::to_string_pretty(schema_value()).expect("a schema is JSON")
}

/// The page `docs/reference/settings.md`: every key with its type, its default and what it means.
pub fn reference() -> String {
    let mut page = String::from(
        "# Settings\n\n\
         <!-- Made from the types in crates/settings. Do not edit: run `cargo xtask docs`. -->\n\n\
         One file in [TOML](https://toml.io), by default `/etc/regain/regain.toml`. `regain init` writes one with comments, and `regain check`\n\
         says what is wrong in it. An unknown key is an error. Relative paths are seen from the folder of the file.\n\n\
         **Secrets** are never in the file. Where a key is a *secret*, say where it is: `{ file = \"…\" }` (readable by Regain alone),\n\
         `{ env = \"…\" }` (an environment variable) or `{ credential = \"…\" }` (a systemd credential). A line end after it is not part of it.\n\n\
         A *text per language* is one text for everybody, or a table with one for each language: `{ fr = \"…\", nl = \"…\" }`.\n",
    );
    for table in tables(schema_value()) {
        page += &table.markdown();
    }
    page
}

/// A table of the settings.
pub(crate) struct Table {
    /// As its header is written: `[server]`, `[[realms]]`; empty for the file itself.
    pub header: String,
    /// What tells it from others with the same header: `kind = "ldap"`.
    pub kind: Option<String>,
    about: String,
    pub keys: Vec<Key>,
}

/// A key of a table.
pub(crate) struct Key {
    pub name: String,
    pub kind: String,
    /// The default in TOML; `None` where there is none.
    pub default: Option<String>,
    pub required: bool,
    pub about: String,
    pub example: Option<String>,
}

impl Table {
    pub fn has(&self, name: &str) -> bool {
        self.keys.iter().any(|key| key.name == name)
    }

    fn markdown(&self) -> String {
        let title = match (self.header.is_empty(), &self.kind) {
            (true, _) => "At the top".to_owned(),
            (false, Some(kind)) => format!("`{}` with `kind = \"{kind}\"`", self.header),
            (false, None) => format!("`{}`", self.header),
        };
        let mut text = format!("\n## {title}\n\n{}\n", self.about);
        if self.keys.is_empty() {
            return text;
        }
        text += "\n| key | type | default | meaning |\n|---|---|---|---|\n";
        for key in &self.keys {
            let default = match (&key.default, key.required) {
                (Some(default), _) => format!("`{default}`"),
                (None, true) => "*needed*".to_owned(),
                (None, false) => "—".to_owned(),
            };
            let example = key.example.as_ref().map_or_else(String::new, |text| format!(" For example `{text}`."));
            let about = format!("{}{example}", key.about);
            let name = format!("`{}`", key.name);
            let cells = [name.as_str(), &key.kind, &default, &about].map(|cell| cell.replace('|', "\\|"));
            text += &format!("| {} |\n", cells.join(" | "));
        }
        text
    }
}

/// Every table of the settings, in the order in which they are written.
pub(crate) fn tables(schema: &Value) -> Vec<Table> {
    let mut tables = Vec::new();
    Walk { schema, tables: &mut tables }.table(schema, "", false, None);
    tables
}

struct Walk<'s> {
    schema: &'s Value,
    tables: &'s mut Vec<Table>,
}

impl<'s> Walk<'s> {
    fn table(&mut self, schema: &'s Value, path: &str, list: bool, about: Option<&str>) {
        let header = match (path.is_empty(), list) {
            (true, _) => String::new(),
            (false, true) => format!("[[{path}]]"),
            (false, false) => format!("[{path}]"),
        };
        let own = schema.get("description").and_then(Value::as_str).unwrap_or("");
        let about = one_line(about.unwrap_or(own));
        let place = self.tables.len();
        let kind = tag_of(schema).map(str::to_owned);
        self.tables.push(Table { header, kind, about, keys: Vec::new() });
        let required: Vec<&str> = strings(schema.get("required")).collect();
        let mut keys = Vec::new();
        for (name, property) in schema.get("properties").and_then(Value::as_object).into_iter().flatten() {
            let below = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
            if !self.tables_below(property, &below) {
                keys.push(self.key(name, property, required.contains(&name.as_str())));
            }
        }
        self.tables[place].keys = keys;
    }

    /// Describes a property that is a table, or a list of tables, under its own header. `false` when it is a plain key.
    fn tables_below(&mut self, property: &'s Value, path: &str) -> bool {
        let about = property.get("description").and_then(Value::as_str);
        let resolved = self.resolve(property);
        let (inner, list) = match resolved.get("items") {
            Some(items) => (self.resolve(items), true),
            None => (resolved, false),
        };
        let variants = self.variants(inner);
        if variants.len() > 1 && variants.iter().all(|variant| tag_of(variant).is_some()) {
            for variant in variants {
                self.table(variant, path, list, None);
            }
            return true;
        }
        if !inner.get("properties").is_some_and(Value::is_object) || self.is(inner, "LimitSetting") {
            return false;
        }
        self.table(inner, path, list, about);
        true
    }

    fn is(&self, schema: &'s Value, name: &str) -> bool {
        self.schema.pointer(&format!("/$defs/{name}")).is_some_and(|known| std::ptr::eq(known, schema))
    }

    fn key(&self, name: &str, property: &'s Value, required: bool) -> Key {
        let default = property.get("default").filter(|default| !default.is_null()).map(toml_text);
        let about = one_line(property.get("description").and_then(Value::as_str).unwrap_or("Which of these it is."));
        Key {
            name: name.to_owned(),
            kind: self.kind(property),
            required,
            about,
            example: example(property).filter(|_| default.as_deref().is_none_or(|d| d == "[]" || d == "{}")).map(toml_text),
            default,
        }
    }

    /// The type of a key in words, with its bounds.
    fn kind(&self, property: &'s Value) -> String {
        if self.is(self.resolve(property), "Secret") {
            return "secret".to_owned();
        }
        if self.is(self.resolve(property), "Localised") {
            return "text per language".to_owned();
        }
        let schema = self.resolve(property);
        let variants = self.variants(schema);
        if let [only] = variants.as_slice() {
            return self.kind(only);
        }
        let words: Vec<String> = self.words(schema).iter().map(|word| format!("`\"{word}\"`")).collect();
        if !words.is_empty() && !variants.iter().any(|variant| variant.get("const").is_none()) {
            return words.join(", ");
        }
        if !variants.is_empty() {
            let choices: Vec<String> = variants.iter().map(|variant| self.choice(variant)).collect();
            return choices.join(" or ");
        }
        let kind = match schema.get("type") {
            Some(Value::Array(kinds)) => kinds.first().and_then(Value::as_str),
            kind => kind.and_then(Value::as_str),
        };
        let bound = |name: &str| schema.get(name).or(property.get(name)).and_then(Value::as_u64);
        match kind {
            Some("string") => {
                let format = schema.get("format").and_then(Value::as_str).map(|format| format.replace('-', " "));
                let most = bound("maxLength").map_or_else(String::new, |most| format!(", at most {most} characters"));
                format!("{}{most}", format.unwrap_or_else(|| "text".to_owned()))
            }
            Some("integer") => match (bound("minimum"), bound("maximum")) {
                (Some(least), Some(most)) => format!("number, {least} to {most}"),
                _ => "number".to_owned(),
            },
            Some("boolean") => "true or false".to_owned(),
            Some("array") => {
                let items = schema.get("items").map_or_else(String::new, |items| self.kind(items));
                format!("list of {items}")
            }
            _ => self.inline_table(schema),
        }
    }

    /// One of several: `{ form = … }`, or a type.
    fn choice(&self, variant: &'s Value) -> String {
        let mut keys = variant.get("properties").and_then(Value::as_object).into_iter().flatten();
        match (keys.next(), keys.next()) {
            (Some((name, value)), None) => format!("`{{ {name} = … }}` ({})", self.kind(value)),
            _ => self.kind(variant),
        }
    }

    fn inline_table(&self, schema: &'s Value) -> String {
        let keys = schema.get("properties").and_then(Value::as_object);
        let Some(keys) = keys else {
            let values = schema.get("additionalProperties").filter(|values| values.is_object());
            return values.map_or_else(|| "table".to_owned(), |values| format!("table of {}s by name", self.kind(values)));
        };
        let keys: Vec<String> = keys.iter().map(|(name, value)| format!("`{name}` ({})", self.kind(value))).collect();
        format!("table with {}", keys.join(" and "))
    }

    fn words(&self, schema: &'s Value) -> Vec<&'s str> {
        let schema = self.resolve(schema);
        let own: Vec<&str> = strings(schema.get("enum")).chain(schema.get("const").and_then(Value::as_str)).collect();
        if !own.is_empty() {
            return own;
        }
        self.variants(schema).into_iter().flat_map(|variant| self.words(variant)).collect()
    }

    fn variants(&self, schema: &'s Value) -> Vec<&'s Value> {
        let all = schema.get("oneOf").or(schema.get("anyOf")).and_then(Value::as_array);
        let not_null = |variant: &&Value| variant.get("type").and_then(Value::as_str) != Some("null");
        all.into_iter().flatten().filter(not_null).collect()
    }

    fn resolve(&self, schema: &'s Value) -> &'s Value {
        let schema = match self.variants(schema).as_slice() {
            [only] => *only,
            _ => schema,
        };
        let target = schema.get("$ref").and_then(Value::as_str).and_then(|target| target.strip_prefix('#'));
        target.and_then(|target| self.schema.pointer(target)).unwrap_or(schema)
    }
}

/// A JSON value as TOML writes it in one line.
pub(crate) fn toml_text(value: &Value) -> String {
    match value {
        Value::Array(items) => format!("[{}]", items.iter().map(toml_text).collect::<Vec<_>>().join(", ")),
        Value::Object(fields) if fields.is_empty() => "{}".to_owned(),
        Value::Object(fields) => {
            let fields: Vec<String> = fields.iter().map(|(key, value)| format!("{key} = {}", toml_text(value))).collect();
            format!("{{ {} }}", fields.join(", "))
        }
        Value::String(text) if text.contains('"') && !text.contains('\'') => format!("'{text}'"),
        other => other.to_string(),
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
