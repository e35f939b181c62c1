//! Titles that two measures share, and titles that differ where one thing is meant.

use std::collections::HashMap;

use crate::catalogue::RuleId;
use crate::diagnostic::Finding;
use crate::model::{Measure, PlanSet, Table, Text};
use crate::rule::{Ledger, PlanScope, Reason, ReportScope};
use crate::text;

use super::repeats;

const DUPLICATE: RuleId = RuleId::DuplicateTitle;
const DIFFERS: RuleId = RuleId::TitleDiffers;

/// With how many earlier measures of the same title a measure is compared.
const FEW: usize = 20;

/// Looks at the titles of a plan's measures.
pub fn plan(scope: &PlanScope<'_>, ledger: &mut Ledger) {
    if !ledger.is_on(DUPLICATE) && !ledger.is_on(DIFFERS) {
        return;
    }
    duplicates(scope, ledger);
    for measure in &scope.plan.measures {
        if let Some(other) = measure.repeats.and_then(|id| scope.plan.measure(id.text)) {
            repeated_row(measure, other, ledger);
        }
    }
}

fn duplicates(scope: &PlanScope<'_>, ledger: &mut Ledger) {
    let measures = &scope.plan.measures;
    let mut titles: HashMap<String, Vec<usize>> = HashMap::with_capacity(measures.len());
    for (index, measure) in measures.iter().enumerate() {
        let Some(title) = measure.title.filter(|title| !title.text.trim().is_empty()) else {
            ledger.skip(DUPLICATE, Reason::NoText);
            continue;
        };
        let earlier = titles.entry(text::fold(title.text).into_owned()).or_default();
        let found = earlier.iter().take(FEW).map(|index| &measures[*index]).find_map(|other| duplicate(scope.set, other, measure, title));
        ledger.judge(DUPLICATE, found);
        earlier.push(index);
    }
}

/// Two measures of one title that nobody can tell apart: not under different policies, not of
/// different departments, not in different years, and not one row that is shown twice.
fn duplicate(set: &PlanSet<'_>, earlier: &Measure<'_>, later: &Measure<'_>, title: Text<'_>) -> Option<Finding> {
    let apart = |one: Option<&str>, other: Option<&str>| one.zip(other).is_some_and(|(one, other)| one != other);
    if is_repeat(earlier, later) || apart(earlier.policy.map(|id| id.text), later.policy.map(|id| id.text)) {
        return None;
    }
    let shared = earlier.departments.iter().any(|id| later.departments.iter().any(|other| other.text == id.text));
    let departments = shared || earlier.departments.is_empty() || later.departments.is_empty();
    let years = earlier.last.zip(later.first).is_none_or(|(last, first)| first <= last)
        && later.last.zip(earlier.first).is_none_or(|(last, first)| first <= last);
    let audiences = apart(earlier.audience.map(|text| text.text), later.audience.map(|text| text.text));
    let stages = !earlier.stages.is_empty() && !later.stages.is_empty() && !earlier.stages.iter().any(|stage| later.stages.iter().any(|other| other.text == stage.text));
    if !departments || !years || audiences || stages {
        return None;
    }
    // unmarked-repeat speaks of a row that is shown twice.
    if set.reports.iter().any(|report| repeats::shown_twice(report, earlier, later)) {
        return None;
    }
    let first = earlier.title?;
    Some(
        Finding::new(DUPLICATE, title.node)
            .arg("title", title.text)
            .arg("first", earlier.id.text)
            .arg("second", later.id.text)
            .related("first", first.node)
            .shared(text::fold(title.text)),
    )
}

/// Whether one measure says that it shows the other again, or both show a third.
pub(super) fn is_repeat(one: &Measure<'_>, other: &Measure<'_>) -> bool {
    let of = |measure: &Measure<'_>, id: &str| measure.repeats.is_some_and(|repeats| repeats.text == id);
    of(one, other.id.text) || of(other, one.id.text) || one.repeats.zip(other.repeats).is_some_and(|(one, other)| one.text == other.text)
}

fn repeated_row(measure: &Measure<'_>, other: &Measure<'_>, ledger: &mut Ledger) {
    let Some((title, first)) = measure.title.zip(other.title) else { return ledger.skip(DIFFERS, Reason::NoText) };
    let former = measure.formerly.iter().chain(&other.formerly).filter_map(|former| former.title);
    let mut known = std::iter::once(first).chain(former);
    let same = known.any(|known| bare(known.text) == bare(title.text)) || other.formerly.iter().filter_map(|former| former.title).any(|known| bare(known.text) == bare(title.text));
    if same {
        return ledger.pass(DIFFERS);
    }
    ledger.fail(
        Finding::new(DIFFERS, title.node)
            .arg("title", title.text)
            .arg("other", first.text)
            .arg("id", other.id.text)
            .related("first", first.node),
    );
}

/// A title without the marks that a repeated row may carry: （再掲）, 【新】.
fn bare(title: &str) -> String {
    const MARKS: [&str; 8] = ["再掲", "新規", "新", "拡充", "重点", "継続", "一部再掲", "再"];
    let folded = text::fold(title);
    let mut words = folded.into_owned();
    for mark in MARKS {
        for (open, close) in [('（', '）'), ('【', '】'), ('［', '］'), ('[', ']'), ('〔', '〕')] {
            words = words.replace(&format!("{open}{mark}{close}"), "");
        }
    }
    words
}

/// Looks at the titles of a report's tables beside those of earlier reports.
pub fn report(scope: &ReportScope<'_>, ledger: &mut Ledger) {
    if !ledger.is_on(DUPLICATE) && !ledger.is_on(DIFFERS) {
        return;
    }
    let own = scope.report;
    for table in &own.tables {
        let earlier = scope.set.reports.iter().rev().filter(|report| report.year < own.year).find_map(|report| report.table(table.id.text));
        let Some(earlier) = earlier else {
            ledger.skip(DIFFERS, Reason::NoPrior);
            continue;
        };
        ledger.judge(DIFFERS, other_title(table, earlier));
    }
}

fn other_title(table: &Table<'_>, earlier: &Table<'_>) -> Option<Finding> {
    let (title, first) = table.title.zip(earlier.title)?;
    if timeless(title.text) == timeless(first.text) {
        return None;
    }
    Some(
        Finding::new(DIFFERS, title.node)
            .variant("table")
            .arg("title", title.text)
            .arg("other", first.text)
            .arg("id", table.id.text)
            .related("first", first.node),
    )
}

/// A title without years and numbers: 年代別自殺者数（令和5年） is 年代別自殺者数（令和6年）.
fn timeless(title: &str) -> String {
    let mut words = text::fold(title).into_owned();
    for name in ["令和", "平成", "元年", "年度", "年", "速報値", "確定値", "暫定値"] {
        words = words.replace(name, "");
    }
    words.retain(|letter| letter.is_alphabetic() && !matches!(letter, 'r' | 'h'));
    words
}
