//! Documents against the JSON Schemas: the arena itself is validated, no second tree is made, and
//! each violation becomes one finding on the key or value that is wrong.

mod arena;
mod form;
mod format;
mod lean;
mod shape;
mod violation;

use std::sync::OnceLock;

use jsonschema::{Draft, Registry, Validator};
use serde_json::{Value, json};

use crate::diagnostic::Finding;
use crate::document::Node;

pub use arena::{Arena, View};
use form::Form;

/// One of the schemas.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Schema {
    /// A plan.
    Plan,
    /// A report.
    Report,
    /// planlint.yaml.
    Config,
    /// A file of `rules/`.
    Rule,
}

impl Schema {
    /// Every schema.
    pub const ALL: [Schema; 4] = [Schema::Plan, Schema::Report, Schema::Config, Schema::Rule];

    /// The name that the command line uses.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Plan => "plan",
            Self::Report => "report",
            Self::Config => "config",
            Self::Rule => "rule",
        }
    }

    /// The schema as it is published.
    #[must_use]
    pub fn text(self) -> &'static str {
        match self {
            Self::Plan => include_str!("../../schemas/plan.schema.json"),
            Self::Report => include_str!("../../schemas/report.schema.json"),
            Self::Config => include_str!("../../schemas/config.schema.json"),
            Self::Rule => include_str!("../../schemas/rule.schema.json"),
        }
    }

    fn slot(self) -> &'static Slot {
        static SLOTS: [Slot; 4] = [const { Slot { validator: OnceLock::new(), full: OnceLock::new() } }; 4];
        &SLOTS[self as usize]
    }

    /// The schema, compiled when it is first needed.
    fn validator(self) -> Result<&'static Validator<Arena>, &'static str> {
        self.slot().validator.get_or_init(|| compile(self.text())).as_ref().map_err(String::as_str)
    }

    /// The form of everyday documents; the schema of rules, which no run reads, has none.
    fn form(self) -> Option<&'static Form> {
        match self {
            Self::Plan => Some(form::PLAN),
            Self::Report => Some(form::REPORT),
            Self::Config => Some(form::CONFIG),
            Self::Rule => None,
        }
    }

    /// The schema with its titles and descriptions, for the words of a finding.
    fn full(self) -> &'static Value {
        self.slot().full.get_or_init(|| serde_json::from_str(self.text()).unwrap_or_default())
    }

    /// Checks a node, adding a finding for each violation.
    ///
    /// # Errors
    /// Where the schema itself is at fault; a test holds that it is not.
    pub fn check(self, node: Node<'_>, findings: &mut Vec<Finding>) -> Result<(), &'static str> {
        if self.form().is_some_and(|form| form.accepts(node)) {
            return Ok(());
        }
        let validator = self.validator()?;
        let view = View::Node(node);
        if validator.is_valid(view) {
            return Ok(());
        }
        violation::findings(validator.iter_errors(view), node, self.full(), findings);
        Ok(())
    }
}

/// What is made of a schema, each part when it is first needed.
struct Slot {
    validator: OnceLock<Result<Validator<Arena>, String>>,
    full: OnceLock<Value>,
}

/// Compiles a schema. It is reached by a reference from a schema of an early draft: the crate holds
/// every schema that it is given against the schema of its draft, and for the present draft that
/// one alone takes longer to compile than both of ours. A test does it instead.
fn compile(text: &str) -> Result<Validator<Arena>, String> {
    let schema = lean::read(text).map_err(|error| error.to_string())?;
    let id = schema["$id"].as_str().unwrap_or_default();
    let registry = Registry::new()
        .add(id, Draft::Draft202012.create_resource_ref(&schema))
        .and_then(|registry| registry.prepare())
        .map_err(|error| error.to_string())?;
    let options =
        jsonschema::options_for::<Arena>().with_draft(Draft::Draft4).with_registry(&registry).should_validate_formats(true);
    format::FORMATS
        .into_iter()
        .fold(options, |options, (name, is_one)| options.with_format(name, is_one))
        .build(&json!({ "$ref": id }))
        .map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_schema_is_one_of_its_draft() {
        for schema in Schema::ALL {
            let full = schema.full();
            assert_eq!(full["$schema"], "https://json-schema.org/draft/2020-12/schema", "{}", schema.name());
            assert_eq!(full["$id"], format!("planlint:{}", schema.name()));
            if let Err(error) = jsonschema::draft202012::meta::validate(full) {
                panic!("{}: {error} at {}", schema.name(), error.instance_path());
            }
            assert_eq!(schema.validator().map(|_| ()), Ok(()), "{}", schema.name());
        }
    }
}
