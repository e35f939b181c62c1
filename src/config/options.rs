//! The settings of single rules: levels and options, read within the bounds of the catalogue and
//! shown as people write them.

use super::{Origin, RuleSetting, Set, Value};
use crate::catalogue::{OptionValue, RULES, Rule, RuleId};
use crate::diagnostic::{Arg, Finding};
use crate::document::{Field, Kind, Node};
use crate::text;

pub(super) fn rule_name(node: Node<'_>, findings: &mut Vec<Finding>) -> Option<RuleId> {
    let name = node.key_text();
    if let Ok(id) = name.parse() {
        return Some(id);
    }
    let finding = Finding::new(RuleId::UnknownKey, node).arg("key", name);
    findings.push(match text::did_you_mean(name, RULES.iter().map(|rule| rule.name)) {
        Some(near) => finding.variant("rule-near").arg("known", near),
        None => finding.variant("rule"),
    });
    None
}

pub(super) fn rule_settings(node: Node<'_>, findings: &mut Vec<Finding>) -> Vec<(RuleId, RuleSetting)> {
    let mut settings = Vec::new();
    for (key, value) in node.members() {
        let Some(id) = rule_name(key, findings) else { continue };
        let mut setting = RuleSetting::default();
        let origin = |node: Node<'_>| Origin::File(node.source().position(node.span().start).line);
        if let Some(level) = value.text().and_then(|text| text.parse().ok()) {
            setting.level = Some(Set::given(level, origin(key)));
        }
        for (name, value) in value.members() {
            if name.field() == Some(Field::Level) {
                let level = value.text().and_then(|text| text.parse().ok());
                setting.level = level.map(|level| Set::given(level, origin(name)));
                continue;
            }
            let options = id.rule().options;
            let Some(index) = options.iter().position(|option| option.name == name.key_text()) else {
                findings.push(unknown_option(id.rule(), name));
                continue;
            };
            match option_value(value, &options[index]) {
                Ok(value) => setting.options.push((index, Set::given(value, origin(name)))),
                Err(expected) => findings.push(
                    Finding::new(RuleId::SchemaViolation, value)
                        .variant("format")
                        .arg("name", name.key_text())
                        .arg("value", value.raw())
                        .arg("expected", expected),
                ),
            }
        }
        settings.push((id, setting));
    }
    settings
}

fn unknown_option(rule: &Rule, name: Node<'_>) -> Finding {
    let known: Vec<&str> = std::iter::once("level").chain(rule.options.iter().map(|option| option.name)).collect();
    let finding = Finding::new(RuleId::UnknownKey, name).arg("key", name.key_text());
    match text::did_you_mean(name.key_text(), known.iter().copied()) {
        Some(near) => finding.variant("near").arg("known", near),
        None => finding.arg("known", known.join(", ")),
    }
}

fn option_value(node: Node<'_>, option: &crate::catalogue::RuleOption) -> Result<Value, Arg> {
    let text = node.text().unwrap_or_default();
    let (value, number) = match option.default {
        OptionValue::Percent(_) => {
            let share = percent(text).ok_or_else(|| expected(option))?;
            (Value::Percent(share), share)
        }
        OptionValue::Integer(_) => {
            let number = node.as_i64().ok_or_else(|| expected(option))?;
            (Value::Integer(number), number)
        }
        OptionValue::Flag(_) if node.kind() == Kind::Bool => (Value::Flag(node.is_true()), 0),
        OptionValue::Words(_) if node.kind() == Kind::Seq => {
            (Value::Words(node.items().filter_map(Node::text).map(ToOwned::to_owned).collect()), 0)
        }
        OptionValue::Flag(_) | OptionValue::Words(_) => return Err(expected(option)),
    };
    let bound = |bound: Option<OptionValue>| match bound {
        Some(OptionValue::Percent(bound) | OptionValue::Integer(bound)) => Some(bound),
        _ => None,
    };
    if bound(option.min).is_some_and(|least| number < least) || bound(option.max).is_some_and(|most| number > most) {
        return Err(expected(option));
    }
    Ok(value)
}

/// `5%`, or a share such as `0.05`, in hundredths of a percent.
#[must_use]
pub fn percent(text: &str) -> Option<i64> {
    let (digits, scale) = match text.strip_suffix(['%', '％']) {
        Some(digits) => (digits.trim(), 2),
        None => (text, 4),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    if fraction.len() > scale || (whole.is_empty() && fraction.is_empty()) {
        return None;
    }
    let padded = format!("{whole}{fraction:0<scale$}");
    padded.parse().ok()
}

/// A value of an option as people write it.
#[must_use]
pub fn show(value: OptionValue) -> String {
    match value {
        OptionValue::Percent(share) => show_percent(share),
        OptionValue::Integer(number) => number.to_string(),
        OptionValue::Flag(flag) => flag.to_string(),
        OptionValue::Words(words) => format!("[{}]", words.join(", ")),
    }
}

/// Hundredths of a percent as people write them.
#[must_use]
pub fn show_percent(share: i64) -> String {
    let text = format!("{}.{:02}", share / 100, share % 100);
    format!("{}%", text.trim_end_matches('0').trim_end_matches('.'))
}

fn expected(option: &crate::catalogue::RuleOption) -> Arg {
    let (ja, en) = match option.default {
        OptionValue::Percent(_) => ("百分率（例: 10%）", "a percentage (10%)"),
        OptionValue::Integer(_) => ("整数", "a whole number"),
        OptionValue::Flag(_) => ("true か false", "true or false"),
        OptionValue::Words(_) => ("言葉の一覧", "a list of words"),
    };
    match (option.min, option.max) {
        (Some(least), Some(most)) => {
            let (least, most) = (show(least), show(most));
            Arg::both(format!("{ja}、{least}〜{most}"), format!("{en} from {least} to {most}"))
        }
        (Some(least), None) => Arg::both(format!("{ja}、{}以上", show(least)), format!("{en}, {} or more", show(least))),
        _ => Arg::both(ja, en),
    }
}
