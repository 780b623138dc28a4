//! The body of a request: a form, JSON, XML or plain text, with placeholders that can't break out of their place.

use super::{
    BodyKind, BodyTemplate, OptionsError,
    template::{Placeholder, Template, TemplateError, Values},
};
use recovery::Password;
use serde_json::Value;
use std::collections::BTreeMap;

pub enum BodyWriter {
    Form(Vec<(String, Template)>),
    Json(Node),
    Xml(Template),
    Text(Template),
}

/// A JSON value whose strings have placeholders.
pub enum Node {
    Fixed(Value),
    Text(Template),
    List(Vec<Node>),
    Object(Vec<(String, Node)>),
}

type Secrets = BTreeMap<String, Password>;

impl BodyWriter {
    pub fn read(body: &BodyTemplate, secrets: &Secrets) -> Result<Self, OptionsError> {
        let whole = || template(&body.template, secrets);
        Ok(match body.kind {
            BodyKind::Form => BodyWriter::Form(fields(&body.template, secrets)?),
            BodyKind::Json => {
                let value: Value =
                    serde_json::from_str(&body.template).map_err(|error| OptionsError::Json(error.to_string()))?;
                BodyWriter::Json(node(value, secrets)?)
            }
            BodyKind::Xml => BodyWriter::Xml(whole()?),
            BodyKind::Text => BodyWriter::Text(whole()?),
        })
    }

    pub const fn content_type(&self) -> &'static str {
        match self {
            BodyWriter::Form(_) => "application/x-www-form-urlencoded",
            BodyWriter::Json(_) => "application/json",
            BodyWriter::Xml(_) => "application/xml; charset=utf-8",
            BodyWriter::Text(_) => "text/plain; charset=utf-8",
        }
    }

    pub fn fill(&self, values: &Values<'_>) -> String {
        match self {
            BodyWriter::Form(fields) => {
                let mut form = form_urlencoded::Serializer::new(String::new());
                for (name, template) in fields {
                    form.append_pair(name, &template.fill(values, str::to_owned));
                }
                form.finish()
            }
            BodyWriter::Json(node) => node.fill(values).to_string(),
            BodyWriter::Xml(template) => template.fill(values, xml),
            BodyWriter::Text(template) => template.fill(values, str::to_owned),
        }
    }

    pub fn says(&self, placeholder: &Placeholder) -> bool {
        match self {
            BodyWriter::Form(fields) => fields.iter().any(|(_, template)| template.says(placeholder)),
            BodyWriter::Json(node) => node.says(placeholder),
            BodyWriter::Xml(template) | BodyWriter::Text(template) => template.says(placeholder),
        }
    }
}

impl Node {
    fn fill(&self, values: &Values<'_>) -> Value {
        match self {
            Node::Fixed(value) => value.clone(),
            Node::Text(template) => Value::String(template.fill(values, str::to_owned)),
            Node::List(nodes) => nodes.iter().map(|node| node.fill(values)).collect(),
            Node::Object(fields) => fields.iter().map(|(name, node)| (name.clone(), node.fill(values))).collect(),
        }
    }

    fn says(&self, placeholder: &Placeholder) -> bool {
        match self {
            Node::Fixed(_) => false,
            Node::Text(template) => template.says(placeholder),
            Node::List(nodes) => nodes.iter().any(|node| node.says(placeholder)),
            Node::Object(fields) => fields.iter().any(|(_, node)| node.says(placeholder)),
        }
    }
}

fn node(value: Value, secrets: &Secrets) -> Result<Node, OptionsError> {
    Ok(match value {
        Value::String(text) => Node::Text(template(&text, secrets)?),
        Value::Array(values) => {
            Node::List(values.into_iter().map(|value| node(value, secrets)).collect::<Result<_, _>>()?)
        }
        Value::Object(fields) => {
            let fields = fields.into_iter().map(|(name, value)| Ok((fixed(&name, secrets)?, node(value, secrets)?)));
            Node::Object(fields.collect::<Result<_, OptionsError>>()?)
        }
        other => Node::Fixed(other),
    })
}

/// A form's fields. The template is read as a form is, so that `%26` in it is an ampersand in a value.
fn fields(text: &str, secrets: &Secrets) -> Result<Vec<(String, Template)>, OptionsError> {
    form_urlencoded::parse(text.as_bytes())
        .map(|(name, value)| Ok((fixed(&name, secrets)?, template(&value, secrets)?)))
        .collect()
}

fn template(text: &str, secrets: &Secrets) -> Result<Template, OptionsError> {
    Template::read(text, secrets).map_err(|error| OptionsError::Template { place: "the body".to_owned(), error })
}

/// The name of a field, which has no placeholders.
fn fixed(name: &str, secrets: &Secrets) -> Result<String, OptionsError> {
    let not_here =
        || OptionsError::Template { place: "a field's name in the body".to_owned(), error: TemplateError::NotHere };
    template(name, secrets)?.literal().ok_or_else(not_here)
}

/// Escapes for a text or a quoted attribute. Characters that XML 1.0 §2.2 does not have are left out; so that line breaks
/// survive in attributes too, they are written as references.
fn xml(value: &str) -> String {
    let mut escaped = String::with_capacity(value.len());
    for c in value.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            '\n' | '\r' | '\t' => escaped.push_str(&format!("&#{};", u32::from(c))),
            '\u{0}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {}
            other => escaped.push(other),
        }
    }
    escaped
}
