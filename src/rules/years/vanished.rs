//! Measures of which last year's report speaks and this year's says nothing.

use std::collections::{BTreeMap, BTreeSet};

use crate::catalogue::RuleId;
use crate::diagnostic::{Finding, Subject};
use crate::document::{Field, Node};
use crate::model::{Edition, Entry, Measure, Report};
use crate::rule::{Ledger, Reason, ReportScope};

const RULE: RuleId = RuleId::MeasureVanished;

/// Looks for every measure of last year's report.
pub fn check(scope: &ReportScope<'_>, ledger: &mut Ledger) {
    let prior = match comparable(scope) {
        Ok(prior) => prior,
        Err(reason) => return ledger.skip(RULE, reason),
    };
    let successors = successors(scope);
    let same_plan = prior.plan.text == scope.plan.id.text;
    let mut seen = BTreeSet::new();
    for entry in &prior.entries {
        let id = entry.measure.text;
        let own = if same_plan { scope.plan.measure(id) } else { None };
        let heirs = successors.get(id).map_or(&[][..], Vec::as_slice);
        let Some(measure) = own.or_else(|| heirs.first().copied()) else { continue };
        if !seen.insert(id) {
            continue;
        }
        if own.into_iter().chain(heirs.iter().copied()).any(|measure| is_reported(scope, measure)) {
            ledger.pass(RULE);
        } else if prior.entries_of(id).any(|entry| ends(scope, entry)) || !measure.lives_in(scope.report.year) {
            ledger.skip(RULE, Reason::Ended);
        } else {
            ledger.fail(finding(scope, measure, entry));
        }
    }
}

/// Last year's report, where every measure of it is to be looked for.
fn comparable<'a>(scope: &ReportScope<'a>) -> Result<&'a Report<'a>, Reason> {
    let report = scope.report;
    if report.edition == Edition::Excerpt {
        return Err(Reason::Excerpt);
    }
    let prior = scope.prior.ok_or(Reason::NoPrior)?;
    if prior.edition == Edition::Excerpt {
        return Err(Reason::Excerpt);
    }
    if prior.edition != report.edition {
        return Err(Reason::Interim);
    }
    let written = report.node.get(Field::Entries).map_or(0, Node::len);
    if written != report.entries.len() {
        return Err(Reason::Damaged);
    }
    if scope.has_unknown_entry() {
        return Err(Reason::Undefined);
    }
    Ok(prior)
}

/// The measures that a number has gone over to.
fn successors<'a>(scope: &ReportScope<'a>) -> BTreeMap<&'a str, Vec<&'a Measure<'a>>> {
    let mut successors: BTreeMap<&str, Vec<&Measure<'_>>> = BTreeMap::new();
    for measure in &scope.plan.measures {
        for id in measure.formerly.iter().filter_map(|former| former.id) {
            successors.entry(id.text).or_default().push(measure);
        }
    }
    successors
}

/// Whether any report of the year has an entry of the measure: a city may split its report.
fn is_reported(scope: &ReportScope<'_>, measure: &Measure<'_>) -> bool {
    let ids = || std::iter::once(measure.id.text).chain(measure.formerly.iter().filter_map(|former| former.id.map(|id| id.text)));
    let reports = scope.set.reports.iter().filter(|report| report.year == scope.report.year && report.edition == scope.report.edition);
    reports.into_iter().any(|report| ids().any(|id| report.entries_of(id).next().is_some()))
}

/// Whether last year's entry says that it was the last.
fn ends(scope: &ReportScope<'_>, entry: &Entry<'_>) -> bool {
    let words = scope.settings.words(RULE, "words");
    let direction = entry.direction.given().is_some_and(|direction| words.iter().any(|word| direction.contains(word)));
    entry.has_ended() || direction
}

fn finding(scope: &ReportScope<'_>, measure: &Measure<'_>, entry: &Entry<'_>) -> Finding {
    let report = scope.report;
    let place = report.node.get(Field::Entries).and_then(Node::key).unwrap_or(report.year_node);
    let mut finding = Finding::new(RULE, place)
        .arg("measure", measure.id.text)
        .arg("title", measure.name())
        .arg("year", report.year.number())
        .arg("prior_year", report.year.prior().map_or(0, |year| year.number()))
        .discriminator(measure.id.text)
        .related("prior", entry.measure.node)
        .related("definition", measure.id.node);
    finding.subject = Subject {
        plan: Some(scope.plan.id.text.to_owned()),
        year: Some(report.year.number()),
        measure: Some(measure.id.text.to_owned()),
        departments: measure.departments.iter().map(|department| department.text.to_owned()).collect(),
    };
    finding
}
