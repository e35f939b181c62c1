//! Measures of which a report says nothing at all.

use crate::catalogue::RuleId;
use crate::diagnostic::{Finding, Subject};
use crate::document::{Field, Node};
use crate::model::{Edition, Measure, Report};
use crate::rule::{Ledger, Reason, ReportScope};

/// Everything that a plan may expect of an entry.
const OF_ENTRIES: [&str; 10] =
    ["results", "targets", "actuals", "ratings", "reasons", "next", "costs", "effects", "directions", "progress"];

/// Looks for measures without an entry.
pub fn check(scope: &ReportScope<'_>, ledger: &mut Ledger) {
    let rule = RuleId::MissingEntry;
    if let Some(reason) = not_asked(scope) {
        return ledger.skip(rule, reason);
    }
    let entries = scope.report.node.get(Field::Entries);
    if scope.report.entries.is_empty() {
        return no_entries(scope, entries, ledger);
    }
    let place = entries.and_then(Node::key).unwrap_or(scope.report.year_node);
    for measure in &scope.plan.measures {
        match excuse(scope, measure) {
            Err(Some(reason)) => ledger.skip(rule, reason),
            Err(None) => ledger.pass(rule),
            Ok(()) => ledger.fail(missing(scope, measure, place)),
        }
    }
}

fn not_asked(scope: &ReportScope<'_>) -> Option<Reason> {
    if let Some(reason) = scope.not_asked("") {
        return Some(reason);
    }
    if !OF_ENTRIES.iter().any(|name| scope.plan.expects.has(name)) {
        return Some(Reason::NotExpected);
    }
    // An entry without a readable measure, or of one that the plan does not know, may be the one
    // that is sought.
    let written = scope.report.node.get(Field::Entries).map_or(0, Node::len);
    if written != scope.report.entries.len() {
        return Some(Reason::Damaged);
    }
    scope.has_unknown_entry().then_some(Reason::Undefined)
}

fn no_entries(scope: &ReportScope<'_>, entries: Option<Node<'_>>, ledger: &mut Ledger) {
    let rule = RuleId::MissingEntry;
    let asked = scope.plan.measures.iter().filter(|measure| measure.lives_in(scope.report.year) && measure.repeats.is_none()).count();
    if asked == 0 || scope.report.edition == Edition::Interim || has_twin(scope) {
        return ledger.skip(rule, Reason::NoEntries);
    }
    let place = entries.and_then(Node::key).unwrap_or(scope.report.year_node);
    ledger.fail(Finding::new(rule, place).variant("none").arg("number", asked).arg("year", scope.report.year.number()));
}

/// Whether another report of the year holds entries.
fn has_twin(scope: &ReportScope<'_>) -> bool {
    scope.set.reports.iter().any(|other| other.year == scope.report.year && !other.entries.is_empty())
}

/// `Ok` where an entry is missing; otherwise why none is asked for, or nothing where there is one.
fn excuse(scope: &ReportScope<'_>, measure: &Measure<'_>) -> Result<(), Option<Reason>> {
    let report = scope.report;
    if measure.entries_in(report, true).len() > 0 {
        return Err(None);
    }
    if !measure.lives_in(report.year) {
        return Err(Some(Reason::Ended));
    }
    if measure.repeats.is_some() {
        return Err(Some(Reason::Repeat));
    }
    let foreseen = is_foreseen(measure, report);
    if foreseen == Some(false) {
        return Err(Some(Reason::NotExpected));
    }
    if report.edition == Edition::Interim && foreseen.is_none() {
        return Err(Some(Reason::Interim));
    }
    if stands_elsewhere(scope, measure) {
        return Err(None);
    }
    if had_entry(scope, measure) {
        return Err(Some(Reason::Asked));
    }
    Ok(())
}

/// Whether the plan foresees something for the year; nothing where it has no schedule.
fn is_foreseen(measure: &Measure<'_>, report: &Report<'_>) -> Option<bool> {
    let covers = |first, last| first <= report.year && report.year <= last;
    let mut years = measure.schedule.iter().filter_map(|step| step.first.map(|first| (first, step.last.unwrap_or(first)))).peekable();
    years.peek()?;
    Some(years.any(|(first, last)| covers(first, last)))
}

/// A year's report may be spread over several documents.
fn stands_elsewhere(scope: &ReportScope<'_>, measure: &Measure<'_>) -> bool {
    let same = |other: &&Report<'_>| other.year == scope.report.year && other.edition == scope.report.edition;
    scope.set.reports.iter().filter(same).any(|other| measure.entries_in(other, true).len() > 0)
}

/// Whether an earlier report has an entry: then the measure has vanished, which is another fault.
fn had_entry(scope: &ReportScope<'_>, measure: &Measure<'_>) -> bool {
    let earlier = |other: &&Report<'_>| other.year < scope.report.year;
    if scope.set.reports.iter().filter(earlier).any(|other| measure.entries_in(other, true).len() > 0) {
        return true;
    }
    let Some(before) = scope.plan.succeeds.and_then(|id| scope.workspace.plan(id.text)) else { return false };
    before.reports.iter().filter(earlier).any(|other| measure.entries_in(other, false).len() > 0)
}

fn missing(scope: &ReportScope<'_>, measure: &Measure<'_>, place: Node<'_>) -> Finding {
    let mut finding = Finding::new(RuleId::MissingEntry, place)
        .arg("id", measure.id.text)
        .arg("title", measure.name())
        .arg("year", scope.report.year.number())
        .related("measure", measure.id.node)
        .discriminator(measure.id.text);
    finding.subject = Subject {
        plan: Some(scope.plan.id.text.to_owned()),
        year: Some(scope.report.year.number()),
        measure: Some(measure.id.text.to_owned()),
        departments: measure.departments.iter().map(|department| department.text.to_owned()).collect(),
    };
    finding
}
