//! A violation of a schema → one finding where the mistake is.

use std::collections::BTreeMap;

use jsonschema::error::ValidationErrorKind;
use jsonschema::{ErrorIterator, ValidationError};
use serde_json::Value;

use super::shape::{Shape, type_words};
use crate::catalogue::{RuleId, Words};
use crate::diagnostic::{Arg, Finding};
use crate::document::{Kind, Node};
use crate::text;

/// The findings for the errors of one YAML document.
pub(super) fn findings(errors: ErrorIterator<'_>, root: Node<'_>, schema: &Value, out: &mut Vec<Finding>) {
    // Errors at one node, by its number: a node is at fault once.
    let mut by_node: BTreeMap<(u32, String), Vec<Finding>> = BTreeMap::new();
    for error in errors {
        let segments: Vec<String> =
            error.instance_path().as_str().split('/').skip(1).map(|segment| segment.replace("~1", "/").replace("~0", "~")).collect();
        let node = root.at(segments.iter());
        let shape = segments.iter().try_fold(Shape::root(schema), |shape, segment| shape.step(segment));
        let key = (node.id(), node.pointer());
        let list = by_node.entry(key).or_default();
        list.extend(of(&error, node, shape));
    }
    for (_, list) in by_node {
        out.extend(without_cascade(list));
    }
}

/// Of several findings at one node: an unknown key that is a missing one misspelt says it all, and
/// a wrong type leaves nothing else to say.
fn without_cascade(mut list: Vec<Finding>) -> Vec<Finding> {
    let suggested: Vec<String> = list
        .iter()
        .filter(|finding| finding.rule == RuleId::UnknownKey)
        .filter_map(|finding| {
            finding.args.iter().find(|(name, _)| *name == "known").map(|(_, arg)| arg.get(crate::catalogue::Lang::En).to_owned())
        })
        .collect();
    let union = list.iter().any(|finding| finding.variant == "union");
    if list.iter().any(|finding| finding.rule == RuleId::UnknownKey) {
        list.retain(|finding| {
            finding.variant != "required" && finding.variant != "union"
                || !union
                    && !finding
                        .args
                        .iter()
                        .any(|(name, arg)| *name == "name" && suggested.iter().any(|known| arg.get(crate::catalogue::Lang::En) == known))
        });
    } else if let Some(typed) = list.iter().position(|finding| finding.variant == "type" || finding.rule == RuleId::AmbiguousScalar) {
        return vec![list.swap_remove(typed)];
    }
    list
}

fn of(error: &ValidationError<'_>, node: Node<'_>, shape: Option<Shape<'_>>) -> Vec<Finding> {
    let violation =
        |node: Node<'_>, variant: &'static str| Finding::new(RuleId::SchemaViolation, node).variant(variant).arg("name", name(node, shape));
    let expected = || shape.map_or_else(|| Arg::from(""), Shape::expected);
    let one = |finding: Finding| vec![finding];
    match error.kind() {
        ValidationErrorKind::AdditionalProperties { unexpected } | ValidationErrorKind::UnevaluatedProperties { unexpected } => {
            unexpected.iter().map(|key| unknown_key(node, key, shape)).collect()
        }
        ValidationErrorKind::Required { property } => {
            let property = property.as_str().unwrap_or_default();
            let variant = if shape.is_some_and(Shape::is_union) { "union" } else { "required" };
            let title = shape.and_then(|shape| shape.step(property)).and_then(Shape::title).unwrap_or_else(|| property.into());
            let mut finding = Finding::new(RuleId::SchemaViolation, node)
                .variant(variant)
                .arg("name", property)
                .arg("title", title)
                .arg("expected", expected());
            finding.place.span = owner(node);
            one(finding.discriminator(property))
        }
        ValidationErrorKind::Type { .. } => one(wrong_type(node, shape)),
        ValidationErrorKind::Enum { options } => {
            let known: Vec<&str> = options.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
            let finding = violation(node, "enum").arg("value", shown(node)).arg("expected", known.join(", "));
            one(match text::did_you_mean(node.text().unwrap_or_default(), known.iter().copied()) {
                Some(near) => finding.variant("enum-near").arg("known", near),
                None => finding,
            })
        }
        ValidationErrorKind::Constant { expected_value } => {
            one(violation(node, "enum").arg("value", shown(node)).arg("expected", expected_value.as_str().unwrap_or_default()))
        }
        ValidationErrorKind::Pattern { .. } => {
            let known = shape.map(Shape::words).unwrap_or_default();
            let finding = violation(node, "enum").arg("value", shown(node)).arg("expected", known.join(", "));
            one(match text::did_you_mean(node.text().unwrap_or_default(), known.iter().copied()) {
                Some(near) => finding.variant("enum-near").arg("known", near),
                None if known.is_empty() => finding.variant("default"),
                None => finding,
            })
        }
        ValidationErrorKind::Format { .. } => one(violation(node, "format").arg("value", shown(node)).arg("expected", expected())),
        ValidationErrorKind::PropertyNames { error } => {
            let key = error.instance().as_str().unwrap_or_default().to_owned();
            let at = node.member(&key).map_or(node, |(key, _)| key);
            let words =
                Words { ja: "英小文字・数字・ハイフンの識別名", en: "an id of lower-case letters, digits and hyphens" };
            one(Finding::new(RuleId::SchemaViolation, at)
                .variant("key")
                .arg("value", key.clone())
                .arg("expected", words)
                .discriminator(key))
        }
        ValidationErrorKind::MinItems { limit } if !node.is_empty() => one(violation(node, "few").arg("limit", *limit)),
        ValidationErrorKind::MinItems { .. } | ValidationErrorKind::MinProperties { .. } | ValidationErrorKind::MinLength { .. } => {
            one(violation(node, "empty"))
        }
        ValidationErrorKind::Minimum { limit } | ValidationErrorKind::ExclusiveMinimum { limit } => {
            one(violation(node, "minimum").arg("value", shown(node)).arg("limit", limit.to_string()))
        }
        ValidationErrorKind::Maximum { limit } | ValidationErrorKind::ExclusiveMaximum { limit } => {
            one(violation(node, "maximum").arg("value", shown(node)).arg("limit", limit.to_string()))
        }
        ValidationErrorKind::MaxItems { limit }
        | ValidationErrorKind::MaxProperties { limit }
        | ValidationErrorKind::MaxLength { limit } => one(violation(node, "too-many").arg("limit", *limit)),
        ValidationErrorKind::UniqueItems => one(violation(node, "repeated")),
        // A branch of an `anyOf` is the best one where it goes wrong deepest in the document.
        ValidationErrorKind::AnyOf { context } | ValidationErrorKind::OneOfNotValid { context } => {
            let depth = |branch: &Vec<ValidationError<'static>>| {
                branch.iter().map(|error| error.instance_path().as_str().matches('/').count()).max().unwrap_or(0)
            };
            let best = context.iter().max_by_key(|branch| (depth(branch), std::cmp::Reverse(branch.len())));
            best.into_iter().flatten().take(1).flat_map(|error| of(error, node, shape)).collect()
        }
        _ => one(violation(node, "format").arg("value", shown(node)).arg("expected", expected())),
    }
}

fn unknown_key(node: Node<'_>, key: &str, shape: Option<Shape<'_>>) -> Finding {
    let at = node.member(key).map_or(node, |(key, _)| key);
    let known = shape.map(Shape::keys).unwrap_or_default();
    let finding = Finding::new(RuleId::UnknownKey, at).arg("key", key).discriminator(key);
    if key == "<<" {
        return finding.variant("merge");
    }
    let present = |name: &str| node.member(name).is_some();
    match text::did_you_mean(key, known.iter().copied().filter(|name| !present(name))) {
        Some(near) => finding.variant("near").arg("known", near),
        None => finding.arg("known", known.join(", ")),
    }
}

fn wrong_type(node: Node<'_>, shape: Option<Shape<'_>>) -> Finding {
    let raw = node.raw();
    let leading_zero = node.kind() == Kind::Int && raw.len() > 1 && raw.starts_with('0');
    if leading_zero {
        return Finding::new(RuleId::AmbiguousScalar, node).variant("zero").arg("value", raw);
    }
    let kind = match node.kind() {
        Kind::Null => "null",
        Kind::Bool => "boolean",
        Kind::Int => "integer",
        Kind::Float => "number",
        Kind::Str | Kind::Alias => "string",
        Kind::Seq => "array",
        Kind::Map => "object",
    };
    let variant = match node.kind() {
        Kind::Null => "nothing",
        // Text was wanted and a number stands there: quotes make it one.
        Kind::Int | Kind::Float | Kind::Bool if shape.is_some_and(|shape| matches!(shape.expected(), Arg::Words(_)) || shape.is_text()) => {
            "quote"
        }
        _ => "type",
    };
    Finding::new(RuleId::SchemaViolation, node)
        .variant(variant)
        .arg("name", name(node, shape))
        .arg("value", shown(node))
        .arg("found", type_words(kind))
        .arg("expected", shape.map_or_else(|| Arg::from(""), Shape::expected))
}

/// What the place is called: its title and its key.
fn name(node: Node<'_>, shape: Option<Shape<'_>>) -> Arg {
    let key = node.key().map(Node::key_text).unwrap_or_default();
    match shape.and_then(Shape::title) {
        Some(Arg::Both { ja, en }) if !key.is_empty() => Arg::both(format!("{ja}（{key}）"), format!("{en} ({key})")),
        Some(title) => title,
        None => key.into(),
    }
}

/// A value short enough for a sentence.
fn shown(node: Node<'_>) -> String {
    let raw = node.raw();
    let first = raw.lines().next().unwrap_or_default();
    let mut short: String = first.chars().take(30).collect();
    if short.len() < raw.len() {
        short.push('…');
    }
    short
}

/// Where a mapping that lacks something is shown: its own key, or its first key in a list.
fn owner(node: Node<'_>) -> crate::source::Span {
    if let Some(key) = node.key() {
        return key.span();
    }
    match node.members().next() {
        Some((key, _)) => key.span(),
        None => node.place(),
    }
}
