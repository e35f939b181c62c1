//! Numbers, years and departments of a plan: what is not there, not yet, no longer, or for nothing.

use std::collections::{BTreeMap, BTreeSet};

use crate::arithmetic::Quantity;
use crate::catalogue::RuleId;
use crate::diagnostic::{Arg, Finding};
use crate::document::{Field, Node};
use crate::model::{Department, Edition, Measure, MissingReason, Plan, Report, Slot, Text};
use crate::rule::{EntryScope, Ledger, PlanScope, Reason};
use crate::text::fold;

const YEARS: RuleId = RuleId::MeasureOutsideItsYears;
const GAP: RuleId = RuleId::NumberingGap;
const UNUSED: RuleId = RuleId::UnusedDepartment;

/// Whether the measure of an entry is carried out in the year of the report.
pub fn years(scope: &EntryScope<'_>, ledger: &mut Ledger) {
    let Some(measure) = scope.measure else { return };
    if measure.first.is_none() && measure.last.is_none() {
        return;
    }
    if scope.report.report.edition == Edition::Excerpt {
        return ledger.skip(YEARS, Reason::Excerpt);
    }
    let year = scope.report.report.year;
    let before = measure.first.filter(|first| year < *first);
    let after = measure.last.filter(|last| *last < year);
    let Some(limit) = before.or(after) else { return next_year(scope, measure, ledger) };
    if says_so(scope, before.is_some()) {
        return ledger.skip(YEARS, if before.is_some() { Reason::Answered } else { Reason::Ended });
    }
    let field = if before.is_some() { Field::First } else { Field::Last };
    ledger.fail(
        Finding::new(YEARS, scope.entry.measure.node)
            .variant(if before.is_some() { "before" } else { "default" })
            .arg("title", measure.name())
            .arg("year", year.number())
            .arg("limit", limit.number())
            .related("definition", measure.node.get(field).unwrap_or(measure.id.node)),
    );
}

/// Whether the entry itself says that the measure has ended, or has not begun.
fn says_so(scope: &EntryScope<'_>, before: bool) -> bool {
    let entry = scope.entry;
    if before {
        return matches!(entry.progress.given(), Some(&("scheduled" | "not-started")));
    }
    let ended = |missing: Option<&crate::model::Missing<'_>>| missing.is_some_and(|missing| missing.reason == MissingReason::Ended);
    entry.has_ended()
        || ended(entry.progress.missing())
        || ended(entry.result.missing())
        || ended(entry.rating.missing())
        || ended(entry.counts_missing.as_ref())
}

/// A figure planned for the year after the measure's last.
fn next_year(scope: &EntryScope<'_>, measure: &Measure<'_>, ledger: &mut Ledger) {
    let Some(last) = measure.last.filter(|last| *last == scope.report.report.year) else { return ledger.pass(YEARS) };
    let counts = scope.entry.next.iter().flat_map(|next| &next.counts);
    let planned = counts.filter_map(|value| match &value.target {
        Slot::Given(quantity, node) if !quantity.value().is_zero() => Some((quantity, *node)),
        _ => None,
    });
    let Some((quantity, node)) = planned.into_iter().next() else { return ledger.pass(YEARS) };
    ledger.fail(
        Finding::new(YEARS, node)
            .variant("next")
            .arg("title", measure.name())
            .arg("target", Quantity::printed(quantity))
            .arg("year", last.number() + 1)
            .arg("limit", last.number())
            .related("definition", measure.node.get(Field::Last).unwrap_or(measure.id.node)),
    );
}

/// Numbers that a numbered plan passes over.
pub fn numbering(scope: &PlanScope<'_>, ledger: &mut Ledger) {
    let plan = scope.plan;
    if !plan.numbered {
        return ledger.skip(GAP, Reason::NotComparable);
    }
    let written = plan.node.get(Field::Measures).map_or(0, Node::len);
    if written != plan.measures.len() || plan.has_double_measures() {
        return ledger.skip(GAP, Reason::Damaged);
    }
    let numbers: BTreeMap<i64, &Measure<'_>> =
        plan.measures.iter().rev().filter_map(|measure| Some((number(measure.id.text)?, measure))).collect();
    let earlier = || plan.measures.iter().flat_map(|measure| &measure.formerly).filter_map(|former| number(former.id?.text));
    let gone: BTreeSet<i64> = earlier().collect();
    let most = scope.settings.integer(GAP, "most");
    let list: Vec<(i64, &Measure<'_>)> = numbers.into_iter().collect();
    let missing: i64 = list.windows(2).map(|pair| pair[1].0 - pair[0].0 - 1).sum();
    if missing > i64::try_from(list.len()).unwrap_or(i64::MAX) {
        return ledger.skip(GAP, Reason::NotComparable);
    }
    let explained = plan.node.get(Field::Note).and_then(Node::text).is_some_and(|note| note.contains("欠番"));
    for pair in list.windows(2) {
        let ((before, first), (after, second)) = (pair[0], pair[1]);
        let left: Vec<i64> =
            if after - before - 1 > most { Vec::new() } else { (before + 1..after).filter(|number| !gone.contains(number)).collect() };
        let (Some(from), Some(to)) = (left.first(), left.last()) else {
            ledger.pass(GAP);
            continue;
        };
        if explained {
            ledger.skip(GAP, Reason::Answered);
            continue;
        }
        let numbers = if from == to { Arg::from(from.to_string()) } else { Arg::both(format!("{from}～{to}"), format!("{from} to {to}")) };
        ledger.fail(
            Finding::new(GAP, second.id.node)
                .arg("before", before)
                .arg("after", after)
                .arg("numbers", numbers)
                .related("before", first.id.node),
        );
    }
}

/// The number of an id: 57 of `57` and of a branch, `57-2` or `57の2`.
fn number(id: &str) -> Option<i64> {
    let id = fold(id);
    let end = id.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(id.len());
    let rest = &id[end..];
    let branch =
        rest.is_empty() || rest.strip_prefix(['-', 'の', '.', '_']).is_some_and(|rest| rest.bytes().all(|byte| byte.is_ascii_digit()));
    if branch && end < 10 { id[..end].parse().ok() } else { None }
}

/// Departments that nothing in the plan or its reports names.
pub fn departments(scope: &PlanScope<'_>, ledger: &mut Ledger) {
    let plan = scope.plan;
    if plan.departments.is_empty() {
        return;
    }
    if scope.workspace.damage.has_unreadable_file() {
        return ledger.skip(UNUSED, Reason::FileUnread);
    }
    if plan.node.get(Field::Measures).is_some_and(|measures| scope.workspace.damage.is_in(measures)) {
        return ledger.skip(UNUSED, Reason::Damaged);
    }
    let mut used = used_in_plan(plan);
    for report in &scope.set.reports {
        if plan.departments.iter().all(|department| used.contains(department.id.text)) {
            break;
        }
        used_in_report(plan, report, &mut used);
    }
    if used.is_empty() {
        return ledger.skip(UNUSED, Reason::NotComparable);
    }
    // An id that leads nowhere may be meant for the department that nothing names.
    let names = plan.measures.iter().flat_map(|measure| &measure.departments);
    if names.into_iter().any(|id| plan.department(id.text).is_none()) {
        return ledger.skip(UNUSED, Reason::Undefined);
    }
    // A department that another took over from stays in the plan for the years it existed.
    let kin = |department: &Department<'_>| {
        let heir = department.successor.is_some_and(|successor| used.contains(successor.text));
        heir || plan
            .departments
            .iter()
            .any(|other| other.successor.is_some_and(|id| id.text == department.id.text) && used.contains(other.id.text))
    };
    for department in &plan.departments {
        if used.contains(department.id.text) || kin(department) {
            ledger.pass(UNUSED);
        } else {
            ledger.fail(Finding::new(UNUSED, department.id.node).arg("department", department.title()).arg("id", department.id.text));
        }
    }
}

fn used_in_plan<'a>(plan: &Plan<'a>) -> BTreeSet<&'a str> {
    let mut used = BTreeSet::new();
    for measure in &plan.measures {
        let parts = measure.by_department.iter().filter_map(|part| part.get(Field::Department).and_then(Node::text));
        used.extend(measure.departments.iter().map(|id| id.text).chain(parts));
        used.extend(measure.counts.iter().filter_map(|count| count.department).map(|id| id.text));
    }
    used
}

fn used_in_report<'a>(plan: &Plan<'a>, report: &Report<'a>, used: &mut BTreeSet<&'a str>) {
    for entry in &report.entries {
        used.extend(entry.departments.iter().map(|id| id.text));
        used.extend(super::outside_plan::words_of(entry).map(|id| id.text));
    }
    let names: Vec<Text<'a>> =
        report.meetings.iter().flat_map(|meeting| &meeting.attendees).filter_map(|attendee| attendee.title).collect();
    for name in names {
        used.extend(plan.department(name.text).or_else(|| plan.department_named(name.text)).map(|department| department.id.text));
    }
}

#[cfg(test)]
mod tests {
    use super::number;

    #[test]
    fn numbers_of_ids() {
        for (id, expected) in [("57", Some(57)), ("5-2", Some(5)), ("５の２", Some(5)), ("57a", None), ("health", None), ("", None)] {
            assert_eq!(number(id), expected, "{id}");
        }
    }
}
