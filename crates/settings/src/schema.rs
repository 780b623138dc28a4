//! The schema of the settings, made once from the types, and how to read it: references, alternatives, examples.

use crate::Settings;
use serde_json::Value;
use std::sync::LazyLock;

static SCHEMA: LazyLock<Value> = LazyLock::new(|| schemars::schema_for!(Settings).to_value());

/// The whole schema (JSON Schema, draft 2020-12).
pub fn root() -> &'static Value {
    &SCHEMA
}

/// What a schema refers to; itself where it refers to nothing. An optional key is looked through.
pub fn resolve(schema: &Value) -> &Value {
    let schema = match variants(schema).as_slice() {
        [only] => *only,
        _ => schema,
    };
    let target = schema.get("$ref").and_then(Value::as_str).and_then(|target| target.strip_prefix('#'));
    target.and_then(|target| SCHEMA.pointer(target)).unwrap_or(schema)
}

/// The alternatives of a schema, without null.
pub fn variants(schema: &Value) -> Vec<&Value> {
    let all = schema.get("oneOf").or(schema.get("anyOf")).and_then(Value::as_array);
    let not_null = |variant: &&Value| variant.get("type").and_then(Value::as_str) != Some("null");
    all.into_iter().flatten().filter(not_null).collect()
}

/// The texts that are possible, where only some are.
pub fn words(schema: &Value) -> Vec<&str> {
    let schema = resolve(schema);
    let own: Vec<&str> = strings(schema.get("enum")).chain(schema.get("const").and_then(Value::as_str)).collect();
    if !own.is_empty() {
        return own;
    }
    variants(schema).into_iter().flat_map(words).collect()
}

/// The types that are possible, without null.
pub fn types(schema: &Value) -> Vec<&str> {
    let schema = resolve(schema);
    let mut types: Vec<&str> = match schema.get("type") {
        Some(Value::String(one)) => vec![one.as_str()],
        Some(several @ Value::Array(_)) => strings(Some(several)).collect(),
        _ => variants(schema).into_iter().flat_map(types).collect(),
    };
    types.retain(|kind| *kind != "null");
    types.dedup();
    types
}

/// Whether a schema, as [`resolve`] gives it, is that of the type of this name.
pub fn is(schema: &Value, name: &str) -> bool {
    SCHEMA.pointer(&format!("/$defs/{name}")).is_some_and(|known| std::ptr::eq(known, schema))
}

/// Whether a key holds the place of a secret.
pub fn is_secret(schema: &Value) -> bool {
    is(resolve(schema), "Secret")
}

/// The `kind` of a table that has one.
pub fn tag_of(schema: &Value) -> Option<&str> {
    schema.pointer("/properties/kind/const").and_then(Value::as_str)
}

/// The example of a key.
pub fn example(schema: &Value) -> Option<&Value> {
    schema.get("examples").and_then(Value::as_array).and_then(|examples| examples.first())
}

/// The texts of a list.
pub fn strings(value: Option<&Value>) -> impl Iterator<Item = &str> {
    value.and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str)
}

/// A JSON value as TOML writes it in one line.
pub fn toml_text(value: &Value) -> String {
    match value {
        Value::Array(items) => format!("[{}]", items.iter().map(toml_text).collect::<Vec<_>>().join(", ")),
        Value::Object(fields) if fields.is_empty() => "{}".to_owned(),
        Value::Object(fields) => {
            let fields: Vec<String> =
                fields.iter().map(|(key, value)| format!("{key} = {}", toml_text(value))).collect();
            format!("{{ {} }}", fields.join(", "))
        }
        Value::String(text) if text.contains('"') && !text.contains('\'') => format!("'{text}'"),
        other => other.to_string(),
    }
}
