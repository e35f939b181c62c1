//! What a report holds that is not in its plan: a year, a department, a count of another department.

use crate::catalogue::RuleId;
use crate::diagnostic::Finding;
use crate::document::{Field, Node};
use crate::model::{Edition, Entry, Measure, Plan, Text};
use crate::rule::{EntryScope, Ledger, Reason, ReportScope};

const RULE: RuleId = RuleId::EntryNotInPlan;

/// How many reorganisations are followed from one department to the next.
const STEPS: usize = 8;

/// The departments whose words stand in an entry.
pub fn words_of<'e, 'a>(entry: &'e Entry<'a>) -> impl Iterator<Item = Text<'a>> + use<'e, 'a> {
    let next = entry.next.as_ref().map(|next| &next.plan);
    let passages = [&entry.plan, &entry.result, &entry.reason, &entry.effect].into_iter().chain(next);
    passages.filter_map(|passage| passage.given()).flat_map(|passage| passage.parts()).filter_map(|part| part.department)
}

/// Whether the report is of a year of its plan.
pub fn report(scope: &ReportScope<'_>, ledger: &mut Ledger) {
    let (plan, report) = (scope.plan, scope.report);
    if plan.first.is_none() && plan.last.is_none() {
        return;
    }
    if report.edition == Edition::Excerpt {
        return ledger.skip(RULE, Reason::Excerpt);
    }
    let before = plan.first.is_some_and(|first| report.year < first);
    let after = plan.last.is_some_and(|last| last < report.year);
    if !before && !after {
        return ledger.pass(RULE);
    }
    let number = |year: Option<crate::calendar::FiscalYear>| year.map_or(String::new(), |year| year.number().to_string());
    let finding = Finding::new(RULE, report.year_node)
        .variant("year")
        .arg("year", report.year.number())
        .arg("first", number(plan.first))
        .arg("last", number(plan.last));
    ledger.fail(match plan.node.get(Field::Years) {
        Some(years) => finding.related("years", years),
        None => finding,
    });
}

/// Whether the departments and counts of an entry are those that the plan gives its measure.
pub fn entry(scope: &EntryScope<'_>, ledger: &mut Ledger) {
    let Some(measure) = scope.measure else { return };
    departments(scope, measure, ledger);
    counts(scope, measure, ledger);
}

fn departments(scope: &EntryScope<'_>, measure: &Measure<'_>, ledger: &mut Ledger) {
    let plan = scope.plan;
    let own = scope.entry.departments.iter().copied();
    let mut seen: Vec<&str> = Vec::new();
    for id in own.chain(words_of(scope.entry)) {
        if seen.contains(&id.text) {
            continue;
        }
        seen.push(id.text);
        let Some(department) = plan.department(id.text) else {
            ledger.skip(RULE, Reason::Undefined);
            continue;
        };
        if measure.departments.is_empty() || department.group {
            ledger.skip(RULE, Reason::NotComparable);
        } else if serves(plan, measure, id.text) {
            ledger.pass(RULE);
        } else {
            ledger.fail(
                Finding::new(RULE, id.node)
                    .arg("department", department.title())
                    .arg("title", measure.name())
                    .arg("measure", measure.id.text)
                    .arg("departments", names(plan, measure))
                    .discriminator(id.text)
                    .related("definition", measure.node.get(Field::Departments).unwrap_or(measure.id.node)),
            );
        }
    }
}

fn names(plan: &Plan<'_>, measure: &Measure<'_>) -> String {
    let names = measure.departments.iter().map(|id| plan.department(id.text).map_or(id.text, |department| department.title()));
    names.collect::<Vec<_>>().join("・")
}

/// Whether the plan gives a measure to a department, to one that took over from it, or to one that
/// it took over from; to a group of departments it gives it to all.
fn serves(plan: &Plan<'_>, measure: &Measure<'_>, id: &str) -> bool {
    let parts = measure.by_department.iter().filter_map(|part| part.get(Field::Department).and_then(Node::text));
    let counts = measure.counts.iter().filter_map(|count| count.department.map(|id| id.text));
    measure.departments.iter().map(|id| id.text).chain(parts).chain(counts).any(|known| is_kin(plan, known, id))
}

fn is_kin(plan: &Plan<'_>, known: &str, id: &str) -> bool {
    known == id || plan.department(known).is_some_and(|department| department.group) || follows(plan, known, id) || follows(plan, id, known)
}

/// Whether one department's work went over to another, by any number of steps.
fn follows(plan: &Plan<'_>, from: &str, to: &str) -> bool {
    let mut at = from;
    for _ in 0..STEPS {
        let Some(next) = plan.department(at).and_then(|department| department.successor) else { return false };
        if next.text == to {
            return true;
        }
        at = next.text;
    }
    false
}

/// A count that is asked of one department stands in that department's row.
fn counts(scope: &EntryScope<'_>, measure: &Measure<'_>, ledger: &mut Ledger) {
    let own = &scope.entry.departments;
    if own.is_empty() {
        return;
    }
    for value in &scope.entry.counts {
        let Some(asked) = measure.count(value.id()).and_then(|count| count.department) else { continue };
        let Some(department) = scope.plan.department(asked.text) else { continue };
        if own.iter().any(|id| is_kin(scope.plan, asked.text, id.text)) {
            ledger.pass(RULE);
            continue;
        }
        let row = own.iter().map(|id| scope.plan.department(id.text).map_or(id.text, |department| department.title()));
        ledger.fail(
            Finding::new(RULE, value.key)
                .variant("count")
                .arg("count", measure.count(value.id()).map_or(value.id(), |count| count.name()))
                .arg("department", department.title())
                .arg("row", row.collect::<Vec<_>>().join("・"))
                .related("definition", asked.node),
        );
    }
}
