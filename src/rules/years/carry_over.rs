//! Targets that are said to be the actual of an earlier year.

use std::collections::BTreeMap;

use super::{Stated, count_in, report_of, share};
use crate::arithmetic::Rational;
use crate::calendar::FiscalYear;
use crate::catalogue::RuleId;
use crate::diagnostic::Finding;
use crate::document::{Field, Node};
use crate::model::{CarriedOver, Count, CountValue, Edition, Entry, Fit, Report, Slot};
use crate::rule::{EntryScope, Ledger, Reason, ReportScope};

const MISMATCH: RuleId = RuleId::CarryOverMismatch;
const UNVERIFIABLE: RuleId = RuleId::CarryOverUnverifiable;

/// Holds every carried-over target of an entry, of this year and the next, against its source.
pub fn check(scope: &EntryScope<'_>, ledger: &mut Ledger) {
    let year = scope.report.report.year;
    for value in &scope.entry.counts {
        one(scope, value, Some(year), ledger);
    }
    for value in scope.entry.next.iter().flat_map(|next| &next.counts) {
        one(scope, value, year.next(), ledger);
    }
}

fn skip(reason: Reason, ledger: &mut Ledger) {
    ledger.skip(MISMATCH, reason);
    ledger.skip(UNVERIFIABLE, reason);
}

fn one<'a>(scope: &EntryScope<'a>, value: &'a CountValue<'a>, year: Option<FiscalYear>, ledger: &mut Ledger) {
    let Some(carried) = &value.carried_over else { return };
    if scope.report.report.edition == Edition::Excerpt {
        return skip(Reason::Excerpt, ledger);
    }
    if scope.damaged {
        return skip(Reason::Damaged, ledger);
    }
    let Some(count) = scope.measure.and_then(|measure| measure.count(value.id())) else { return skip(Reason::Undefined, ledger) };
    let Some(target) = Stated::of(&value.target, value, count) else { return skip(Reason::NoTarget, ledger) };
    if let Some(year) = year.filter(|year| *year <= carried.year) {
        ledger.skip(UNVERIFIABLE, Reason::NotComparable);
        return ledger.fail(
            Finding::new(MISMATCH, year_node(carried))
                .variant("not-earlier")
                .arg("target", target.quantity.printed())
                .arg("target_year", year.number())
                .arg("year", carried.year.number()),
        );
    }
    let Some(source) = report_of(&scope.report, carried.year) else { return ledger.skip(MISMATCH, Reason::NoPrior) };
    if source.edition == Edition::Interim {
        return skip(Reason::Interim, ledger);
    }
    match actual(scope, source, count) {
        Source::Actual(actual) => compare(scope, carried, &target, &actual, ledger),
        Source::Damaged => skip(Reason::Damaged, ledger),
        _ if source.edition == Edition::Excerpt => skip(Reason::NoPriorFigure, ledger),
        nothing => {
            ledger.skip(MISMATCH, Reason::NoPriorFigure);
            ledger.fail(unverifiable(carried, &target, source, nothing));
        }
    }
}

/// What the earlier report says of the count.
enum Source<'a> {
    Actual(Stated<'a>),
    Without(Node<'a>),
    NoEntry,
    Damaged,
}

fn actual<'a>(scope: &EntryScope<'a>, source: &'a Report<'a>, count: &'a Count<'a>) -> Source<'a> {
    let Some(entry) = entry_of(scope, source) else { return Source::NoEntry };
    if scope.is_damaged(entry.node) {
        return Source::Damaged;
    }
    let Some(count) = count_in(&scope.report, source, entry, count) else { return Source::Without(entry.measure.node) };
    let Some(value) = entry.count(count.id.text) else { return Source::Without(entry.measure.node) };
    match &value.actual {
        Slot::Unreadable(_) => Source::Damaged,
        slot => Stated::of(slot, value, count).map_or(Source::Without(value.key), Source::Actual),
    }
}

fn entry_of<'a>(scope: &EntryScope<'a>, source: &'a Report<'a>) -> Option<&'a Entry<'a>> {
    if std::ptr::eq(source, scope.report.report) {
        return Some(scope.entry);
    }
    scope.entry_in(source, scope.measure?, scope.entry)
}

fn compare(scope: &EntryScope<'_>, carried: &CarriedOver<'_>, target: &Stated<'_>, actual: &Stated<'_>, ledger: &mut Ledger) {
    ledger.pass(UNVERIFIABLE);
    if target.quantity.is_bound() || actual.quantity.is_bound() {
        return ledger.skip(MISMATCH, Reason::Bound);
    }
    let about = carried.fit == Fit::About;
    let tolerance = share(scope.settings, MISMATCH, "tolerance");
    // 570人程度 that is about last year's 569 is one vagueness, not two.
    let pair = match target.with(actual, if about { Rational::ZERO } else { tolerance }) {
        Ok(pair) => pair,
        Err(reason) => return ledger.skip(MISMATCH, reason),
    };
    let wanted = if about { pair.other.interval.widen(tolerance) } else { pair.other.interval };
    if wanted.meets(pair.one.interval) {
        return ledger.pass(MISMATCH);
    }
    if let Some(reason) = target.extent_differs(actual) {
        return ledger.skip(MISMATCH, reason);
    }
    ledger.fail(
        Finding::new(MISMATCH, target.node)
            .variant(if about { "about" } else { "default" })
            .arg("target", target.quantity.printed())
            .arg("year", carried.year.number())
            .arg("actual", actual.quantity.printed())
            .arg("tolerance", format!("{}％", tolerance.percent(0)))
            .related("actual", actual.node)
            .related("carried", year_node(carried)),
    );
}

fn unverifiable<'a>(carried: &CarriedOver<'a>, target: &Stated<'a>, source: &Report<'a>, nothing: Source<'a>) -> Finding {
    let finding = Finding::new(UNVERIFIABLE, year_node(carried))
        .arg("target", target.quantity.printed())
        .arg("year", carried.year.number())
        .related("target", target.node);
    match nothing {
        Source::Without(node) => finding.related("entry", node),
        _ => finding.variant("no-entry").related("report", source.year_node),
    }
}

fn year_node<'a>(carried: &CarriedOver<'a>) -> Node<'a> {
    carried.node.get(Field::Year).unwrap_or(carried.node)
}

/// Targets said to be the actuals of a year of which there is no report: one finding a year.
pub fn unreported(scope: &ReportScope<'_>, ledger: &mut Ledger) {
    let mut years: BTreeMap<FiscalYear, Vec<Node<'_>>> = BTreeMap::new();
    if scope.report.edition == Edition::Excerpt {
        return;
    }
    for entry in &scope.report.entries {
        let next = entry.next.iter().flat_map(|next| &next.counts);
        for carried in entry.counts.iter().chain(next).filter_map(|value| value.carried_over.as_ref()) {
            if carried.year < scope.report.year && report_of(scope, carried.year).is_none() {
                years.entry(carried.year).or_default().push(year_node(carried));
            }
        }
    }
    for (year, nodes) in years {
        if scope.workspace.damage.has_unreadable_file() {
            ledger.skip(UNVERIFIABLE, Reason::FileUnread);
            continue;
        }
        let Some((first, others)) = nodes.split_first() else { continue };
        let finding = Finding::new(UNVERIFIABLE, *first).variant("no-report").arg("year", year.number()).arg("times", nodes.len());
        ledger.fail(others.iter().fold(finding, |finding, other| finding.related("again", *other)));
    }
}
