//! Figures of earlier years that a later report states in another way.

use std::collections::BTreeMap;

use super::{Stated, about, count_in, last_year};
use crate::arithmetic::{Figure, normal_unit};
use crate::catalogue::RuleId;
use crate::diagnostic::Finding;
use crate::document::{Field, Node};
use crate::model::{
    Cell, Column, CountValue, Edition, Entry, IndicatorReport, Report, Row, SourceOfTable, Status, Table, Text, fiscal_year,
};
use crate::rule::{EntryScope, Ledger, Reason, ReportScope, TableScope};
use crate::text::same_folded;

const RULE: RuleId = RuleId::PriorFigureRestated;

/// Last year's figures as an entry states them, against last year's report.
pub fn entry(scope: &EntryScope<'_>, ledger: &mut Ledger) {
    for value in &scope.entry.counts {
        if value.prior.is_some() {
            match prior(scope, value) {
                Ok(finding) => ledger.judge(RULE, finding),
                Err(reason) => ledger.skip(RULE, reason),
            }
        }
    }
}

fn prior<'a>(scope: &EntryScope<'a>, value: &'a CountValue<'a>) -> Result<Option<Finding>, Reason> {
    let stated = value.prior.as_ref().ok_or(Reason::NoPriorFigure)?;
    let period = stated.period;
    let count = scope.measure.and_then(|measure| measure.count(value.id())).ok_or(Reason::Undefined)?;
    let stated = Stated::of(&stated.value, value, count).ok_or(Reason::NoPriorFigure)?;
    let (report, entry) = if scope.report.report.edition == Edition::Interim { same_months(scope)? } else { last_year(scope)? };
    let same = |word: &&str| period.is_some_and(|period| period.text.contains(*word));
    if period.is_some() && !(report.edition == Edition::Interim && ["同時期", "同期", "同月"].iter().any(same)) {
        return Err(Reason::PeriodDiffers);
    }
    if report.status == Some(Status::Draft) {
        return Err(Reason::Draft);
    }
    let then = count_in(&scope.report, report, entry, count).ok_or(Reason::NoPriorFigure)?;
    let past = entry.count(then.id.text).ok_or(Reason::NoPriorFigure)?;
    let actual = Stated::of(&past.actual, past, then).ok_or(Reason::NoPriorFigure)?;
    let pair = stated.with(&actual, about())?;
    if pair.one.interval.meets(pair.other.interval) {
        return Ok(None);
    }
    if let Some(reason) = stated.extent_differs(&actual) {
        return Err(reason);
    }
    if stated.has_note() || actual.has_note() {
        return Err(Reason::Answered);
    }
    Ok(Some(
        Finding::new(RULE, stated.node)
            .arg("what", count.name())
            .arg("now", stated.quantity.printed())
            .arg("then", actual.quantity.printed())
            .arg("year", report.year.number())
            .arg("report_year", report.year.number())
            .related("then", actual.node),
    ))
}

/// Last year's interim report, where it is of the same day, and what it says of the measure.
fn same_months<'a>(scope: &EntryScope<'a>) -> Result<(&'a Report<'a>, &'a Entry<'a>), Reason> {
    let report = scope.report.report;
    let day = |report: &Report<'_>| report.as_of.as_ref().map(|(date, _)| (date.month, date.day));
    let year = report.year.prior();
    let found =
        scope.set.reports.iter().find(|other| Some(other.year) == year && other.edition == Edition::Interim && day(other) == day(report));
    let prior = found.filter(|_| report.as_of.is_some()).ok_or(Reason::Interim)?;
    let measure = scope.measure.ok_or(Reason::Undefined)?;
    let entry = scope.entry_in(prior, measure, scope.entry).ok_or(Reason::NoPriorFigure)?;
    if scope.damaged || scope.is_damaged(entry.node) { Err(Reason::Damaged) } else { Ok((prior, entry)) }
}

/// The rows of earlier years in a table, against the same table in the report before.
pub fn table(scope: &TableScope<'_>, ledger: &mut Ledger) {
    let report = scope.report.report;
    let Some((earlier, before)) = earlier_reports(&scope.report).find_map(|earlier| Some((earlier, earlier.table(scope.table.id.text)?)))
    else {
        if scope.table.rows.iter().any(|row| row.year.is_some()) {
            ledger.skip(RULE, Reason::NoPrior);
        }
        return;
    };
    if let Some(reason) = table_differs(scope, report, before) {
        return ledger.skip(RULE, reason);
    }
    let (own, rows) = (by_year(scope.table), by_year(before));
    for row in &scope.table.rows {
        let Some(year) = row.year.and_then(|year| fiscal_year(year.node)) else { continue };
        let Some(then) = rows.get(&year.number()).and_then(|rows| matching(row, own.get(&year.number()), rows)) else {
            ledger.skip(RULE, Reason::NoPriorFigure);
            continue;
        };
        if row.provisional.is_some() || then.provisional.is_some() {
            ledger.skip(RULE, Reason::Draft);
        } else if earlier.edition == Edition::Interim && year >= earlier.year {
            ledger.skip(RULE, Reason::Interim);
        } else {
            compare_row(scope.table, before, row, then, earlier, ledger);
        }
    }
}

/// The reports of earlier years, the latest first, then those of the plan before.
fn earlier_reports<'a>(scope: &ReportScope<'a>) -> impl Iterator<Item = &'a Report<'a>> {
    let year = scope.report.year;
    let before = scope.plan.succeeds.and_then(|id| scope.workspace.plan(id.text));
    let sets = std::iter::once(scope.set).chain(before);
    sets.flat_map(|set| set.reports.iter().rev()).filter(move |report| report.year < year)
}

/// Why two tables of one id are not the same statistics, if they are not.
fn table_differs(scope: &TableScope<'_>, report: &Report<'_>, before: &Table<'_>) -> Option<Reason> {
    let table = scope.table;
    if scope.is_damaged(table.node) || scope.is_damaged(before.node) {
        return Some(Reason::Damaged);
    }
    if report.edition == Edition::Excerpt {
        return Some(Reason::Excerpt);
    }
    let provisional =
        |table: &Table<'_>| table.source.as_ref().and_then(|source| source.status).is_some_and(|status| status.text == "provisional");
    if provisional(table) || provisional(before) {
        return Some(Reason::Draft);
    }
    let unit = |table: &Table<'_>| normal_unit(table.unit.map_or("", |unit| unit.text)).to_owned();
    if unit(table) != unit(before) {
        return Some(Reason::UnitDiffers);
    }
    if !same_source(table.source.as_ref(), before.source.as_ref()) {
        return Some(Reason::NotComparable);
    }
    let words = scope.settings.words(RULE, "words");
    let explained = table.notes.iter().any(|note| words.iter().any(|word| note.text.contains(word)));
    explained.then_some(Reason::Answered)
}

fn same_source(one: Option<&SourceOfTable<'_>>, other: Option<&SourceOfTable<'_>>) -> bool {
    let said = |source: Option<&SourceOfTable<'_>>| {
        let text = |text: Option<Text<'_>>| text.map(|text| text.text.to_owned());
        source.map(|source| (text(source.statistic), text(source.basis)))
    };
    said(one) == said(other)
}

fn by_year<'t, 'a>(table: &'t Table<'a>) -> BTreeMap<i16, Vec<&'t Row<'a>>> {
    let mut rows: BTreeMap<i16, Vec<&Row<'_>>> = BTreeMap::new();
    for row in &table.rows {
        if let Some(year) = row.year.and_then(|year| fiscal_year(year.node)) {
            rows.entry(year.number()).or_default().push(row);
        }
    }
    rows
}

/// The earlier row of the same year: of the same id where a year has several.
fn matching<'t, 'a>(row: &Row<'_>, own: Option<&Vec<&Row<'_>>>, rows: &[&'t Row<'a>]) -> Option<&'t Row<'a>> {
    let same = rows.iter().find(|other| other.id.text == row.id.text);
    match (same, rows) {
        (Some(same), _) => Some(same),
        (None, [only]) if own.is_some_and(|own| own.len() == 1) => Some(only),
        _ => None,
    }
}

fn compare_row(table: &Table<'_>, before: &Table<'_>, row: &Row<'_>, then: &Row<'_>, earlier: &Report<'_>, ledger: &mut Ledger) {
    let noted = row.node.get(Field::Note).is_some() || then.node.get(Field::Note).is_some();
    if noted || row.scope.map(|scope| scope.text) != then.scope.map(|scope| scope.text) {
        return ledger.skip(RULE, if noted { Reason::Answered } else { Reason::NotComparable });
    }
    let mut differing: Vec<(&Cell<'_>, &Cell<'_>, &str)> = Vec::new();
    for cell in &row.cells {
        let Some((column, old)) = table.column(cell.id()).zip(before.column(cell.id())) else { continue };
        let Some(past) = then.cell(cell.id()).filter(|_| same_column(column, old)) else {
            ledger.skip(RULE, Reason::NoPriorFigure);
            continue;
        };
        let Some((now, was)) = cell.value.given().zip(past.value.given()) else {
            ledger.skip(RULE, Reason::NoPriorFigure);
            continue;
        };
        let unit = row.unit.or(column.unit).or(table.unit).map_or("", |unit| unit.text);
        let figure = |quantity| Figure::of(quantity, normal_unit(unit), about()).interval;
        if figure(now).meets(figure(was)) {
            ledger.pass(RULE);
        } else {
            differing.push((cell, past, column.name()));
        }
    }
    let Some((cell, past, name)) = differing.first() else { return };
    let Some((now, was)) = cell.value.given().zip(past.value.given()) else { return };
    let finding = Finding::new(RULE, place(cell))
        .variant("table")
        .arg("what", table.name())
        .arg("row", row.name())
        .arg("column", *name)
        .arg("now", now.printed())
        .arg("then", was.printed())
        .arg("report_year", earlier.year.number())
        .related("then", place(past));
    ledger.fail(differing.iter().skip(1).fold(finding, |finding, (cell, _, _)| finding.related("again", place(cell))));
}

fn place<'a>(cell: &Cell<'a>) -> Node<'a> {
    cell.value.node().unwrap_or(cell.node)
}

fn same_column(column: &Column<'_>, before: &Column<'_>) -> bool {
    let text = |one: Option<Text<'_>>, other: Option<Text<'_>>| match (one, other) {
        (Some(one), Some(other)) => same_folded(one.text, other.text),
        (None, None) => true,
        _ => false,
    };
    let settled = column.provisional.is_none() && before.provisional.is_none();
    let same = text(column.title, before.title) && text(column.unit, before.unit) && text(column.scope, before.scope);
    settled && same && same_source(column.source.as_ref(), before.source.as_ref())
}

/// The values of indicators for earlier years, against the report before.
pub fn indicators(scope: &ReportScope<'_>, ledger: &mut Ledger) {
    for stated in &scope.report.indicators {
        if stated.values.is_empty() {
            continue;
        }
        if scope.report.edition == Edition::Excerpt {
            ledger.skip(RULE, Reason::Excerpt);
            continue;
        }
        let named = |report: &&Report<'_>| report.plan.text == scope.plan.id.text;
        let found = earlier_reports(scope).filter(named).find_map(|report| {
            let before =
                report.indicators.iter().find(|other| other.indicator.text == stated.indicator.text && !other.values.is_empty())?;
            Some((report, before))
        });
        match found {
            Some((earlier, before)) => compare_values(scope, stated, before, earlier, ledger),
            None => ledger.skip(RULE, Reason::NoPrior),
        }
    }
}

fn compare_values(
    scope: &ReportScope<'_>,
    stated: &IndicatorReport<'_>,
    before: &IndicatorReport<'_>,
    earlier: &Report<'_>,
    ledger: &mut Ledger,
) {
    let Some(indicator) = scope.plan.indicator(stated.indicator.text) else { return ledger.skip(RULE, Reason::Undefined) };
    let unit = normal_unit(indicator.unit.map_or("", |unit| unit.text));
    let number = |year: Option<Text<'_>>| year.and_then(|year| fiscal_year(year.node)).map(|year| year.number());
    for value in &stated.values {
        let Some(year) = number(value.year) else { continue };
        let Some(then) = before.values.iter().find(|other| number(other.year) == Some(year)) else { continue };
        if value.provisional || then.provisional {
            ledger.skip(RULE, Reason::Draft);
            continue;
        }
        let Some((now, was)) = value.value.given().zip(then.value.given()) else {
            ledger.skip(RULE, Reason::NoPriorFigure);
            continue;
        };
        let figure = |quantity| Figure::of(quantity, unit, about()).interval;
        if figure(now).meets(figure(was)) {
            ledger.pass(RULE);
            continue;
        }
        if stated.node.get(Field::Note).is_some() {
            ledger.skip(RULE, Reason::Answered);
            continue;
        }
        let (Some(node), Some(past)) = (value.value.node(), then.value.node()) else { continue };
        ledger.fail(
            Finding::new(RULE, node)
                .variant("indicator")
                .arg("what", indicator.name())
                .arg("year", year)
                .arg("now", now.printed())
                .arg("then", was.printed())
                .arg("report_year", earlier.year.number())
                .related("then", past),
        );
    }
}
