//! Documents against the JSON Schemas: the arena itself is validated, no second tree is made, and
//! each violation becomes one finding on the key or value that is wrong.

mod arena;
mod shape;
mod violation;

use std::sync::OnceLock;

use jsonschema::Validator;
use serde_json::Value;

use crate::arithmetic::{NotAQuantity, Quantity};
use crate::calendar;
use crate::diagnostic::Finding;
use crate::document::Node;

pub use arena::{Arena, View};

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

    fn slot(self) -> &'static OnceLock<Result<Compiled, String>> {
        static SLOTS: [OnceLock<Result<Compiled, String>>; 4] = [const { OnceLock::new() }; 4];
        &SLOTS[self as usize]
    }

    /// The schema, compiled when it is first needed.
    fn compiled(self) -> &'static Result<Compiled, String> {
        self.slot().get_or_init(|| Compiled::new(self.text()))
    }

    /// Checks a node, adding a finding for each violation.
    ///
    /// # Errors
    /// Where the schema itself is at fault; a test holds that it is not.
    pub fn check(self, node: Node<'_>, findings: &mut Vec<Finding>) -> Result<(), &'static str> {
        let compiled = self.compiled().as_ref().map_err(String::as_str)?;
        let view = View::Node(node);
        if compiled.validator.is_valid(view) {
            return Ok(());
        }
        violation::findings(compiled.validator.iter_errors(view), node, &compiled.schema, findings);
        Ok(())
    }
}

struct Compiled {
    schema: Value,
    validator: Validator<Arena>,
}

impl Compiled {
    fn new(text: &str) -> Result<Self, String> {
        let schema: Value = serde_json::from_str(text).map_err(|error| error.to_string())?;
        let validator = jsonschema::options_for::<Arena>()
            .should_validate_formats(true)
            .with_format("quantity", is_quantity)
            .with_format("date", |text: &str| calendar::parse_date(text) != Err(calendar::DateError::NotADate))
            .with_format("day", |text: &str| calendar::parse_date(text) != Err(calendar::DateError::NotADate))
            .with_format("count-reference", |text: &str| !text.is_empty())
            .with_format("month", |text: &str| calendar::parse_month(text).is_some())
            .with_format("fiscal-year", |text: &str| calendar::parse_fiscal_year(text).is_some())
            .with_format("id", is_id)
            .with_format("measure-id", |text: &str| !text.is_empty() && !text.contains(['/', '\n', '\r']))
            .with_format("reference", |text: &str| text.contains('/'))
            .with_format("percent-or-number", is_percent_or_number)
            .build(&schema)
            .map_err(|error| error.to_string())?;
        Ok(Self { schema, validator })
    }
}

/// Null marks and spreadsheet errors have rules of their own.
fn is_quantity(text: &str) -> bool {
    match Quantity::parse(text) {
        Ok(_) | Err(NotAQuantity::NullMarker(_) | NotAQuantity::SpreadsheetError) => true,
        Err(NotAQuantity::Empty | NotAQuantity::Text) => is_yaml_1_1_number(text),
    }
}

/// `1_000`, `9:30`: ambiguous-scalar speaks of them.
fn is_yaml_1_1_number(text: &str) -> bool {
    crate::document::is_ambiguous(text)
}

fn is_id(text: &str) -> bool {
    let mut bytes = text.bytes();
    bytes.next().is_some_and(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
        && bytes.all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}

fn is_percent_or_number(text: &str) -> bool {
    text.trim_end_matches(['%', '％']).parse::<f64>().is_ok()
}
