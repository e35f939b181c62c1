//! Titles of counts that name another unit than they have.

use super::columns::plan_unit;
use crate::arithmetic::{is_measured, is_scaled};
use crate::catalogue::RuleId;
use crate::diagnostic::{Finding, Subject};
use crate::model::{Count, Measure};
use crate::rule::{Ledger, PlanScope};

/// Looks at every count of a plan.
pub fn check(scope: &PlanScope<'_>, ledger: &mut Ledger) {
    for measure in &scope.plan.measures {
        for count in &measure.counts {
            look(measure, count, ledger);
        }
    }
}

fn look(measure: &Measure<'_>, count: &Count<'_>, ledger: &mut Ledger) {
    let rule = RuleId::LabelUnitMismatch;
    let (Some(title), Some(unit)) = (count.title, count.unit) else { return };
    let Some((label, expected)) = named_unit(title.text) else { return };
    let own = plan_unit(count);
    if own == expected || is_measured(own) || is_scaled(own) || !is_other(label, own) {
        return ledger.pass(rule);
    }
    let mut finding = Finding::new(rule, unit.node)
        .arg("title", title.text)
        .arg("label", label)
        .arg("unit", unit.text)
        .arg("expected", expected)
        .related("title", title.node);
    finding.subject = Subject {
        measure: Some(measure.id.text.to_owned()),
        departments: measure.departments.iter().map(|department| department.text.to_owned()).collect(),
        ..ledger.subject().clone()
    };
    ledger.fail(finding);
}

/// What a title says that it counts, and the unit of that.
fn named_unit(title: &str) -> Option<(&'static str, &'static str)> {
    const LABELS: [(&str, &str); 4] = [("回数", "回"), ("人数", "人"), ("人員", "人"), ("件数", "件")];
    let mut words = title.trim();
    // 実施回数(延べ), 相談件数 合計
    while let Some(open) = words.rfind(['(', '（']).filter(|_| words.ends_with([')', '）'])) {
        words = words[..open].trim_end();
    }
    for tail in ["合計", "計"] {
        words = words.strip_suffix(tail).filter(|rest| rest.ends_with([' ', '　'])).map_or(words, str::trim_end);
    }
    LABELS.into_iter().find(|(label, _)| words.ends_with(label))
}

/// Whether a unit counts something else than the label: days of a patrol or pairs of parents may
/// well be the times or the people of it.
fn is_other(label: &str, unit: &str) -> bool {
    match label {
        "回数" => matches!(unit, "人" | "件" | "校" | "か所" | "枚" | "部" | "冊" | "社" | "団体" | "世帯"),
        "件数" => matches!(unit, "人" | "回" | "校" | "か所" | "枚" | "部" | "冊"),
        _ => matches!(unit, "件" | "回" | "校" | "か所" | "枚" | "部" | "冊" | "日"),
    }
}
