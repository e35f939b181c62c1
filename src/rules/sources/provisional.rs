//! Figures that may still change and are shown as final.

use jiff::civil::Date;

use crate::calendar::parse_date;
use crate::catalogue::RuleId;
use crate::diagnostic::Finding;
use crate::document::Node;
use crate::model::{Indicator, IndicatorValue, SourceOfTable, Text, fiscal_year};
use crate::rule::{Ledger, Reason, ReportScope, TableScope};
use crate::rules::table::{Grid, is_bare, year_of};
use crate::text::fold;

const RULE: RuleId = RuleId::ProvisionalAsFinal;

fn status<'a>(source: Option<&SourceOfTable<'a>>) -> Option<Text<'a>> {
    source.and_then(|source| source.status)
}

/// Whether words say that a figure may still change.
fn says_provisional(text: &str) -> bool {
    let folded = fold(text);
    ["暫定", "速報", "概数値"].iter().any(|word| folded.contains(word)) && !folded.contains("確定")
}

/// Looks at the marks of a table, its words, and its years.
pub(super) fn table(scope: &TableScope<'_>, grid: &Grid<'_, '_>, ledger: &mut Ledger) {
    let table = grid.table;
    let of_table = status(table.source.as_ref());
    let mut marks: Vec<(Option<Node<'_>>, Option<Text<'_>>)> = vec![(table.provisional, of_table)];
    marks.extend(grid.columns.iter().map(|column| (column.provisional, status(column.source.as_ref()).or(of_table))));
    marks.extend(grid.rows.iter().map(|row| (row.provisional, status(row.source.as_ref()).or(of_table))));
    for (mark, status) in &marks {
        match (mark, status) {
            (Some(mark), Some(status)) if status.text == "final" => {
                ledger.fail(Finding::new(RULE, *mark).variant("declared").arg("table", table.name()).related("final", status.node));
            }
            (Some(_), _) => ledger.pass(RULE),
            _ => {}
        }
    }
    let is_marked = marks.iter().any(|(mark, status)| mark.is_some() || status.is_some_and(|status| status.text == "provisional"));
    if is_marked {
        ledger.pass(RULE);
    } else {
        words(grid, ledger);
    }
    years(scope, grid, ledger);
}

/// Words that say so, where no mark does.
fn words(grid: &Grid<'_, '_>, ledger: &mut Ledger) {
    let columns = grid.columns.iter().flat_map(|column| [column.title, column.note]);
    let rows = grid.rows.iter().flat_map(|row| [row.title, row.note]);
    let texts = std::iter::once(grid.table.title).chain(columns).chain(rows).flatten().chain(grid.table.notes.iter().copied());
    let found = texts.into_iter().find(|text| says_provisional(text.text));
    match found {
        Some(text) => ledger.fail(Finding::new(RULE, text.node).variant("unmarked").arg("table", grid.table.name())),
        None => ledger.pass(RULE),
    }
}

fn day(text: Option<Text<'_>>) -> Option<Date> {
    parse_date(text?.text).ok()?.date
}

/// Whether the statistic counts what happens in a whole year.
fn is_of_years(statistic: Option<&str>) -> bool {
    matches!(statistic, Some("vital" | "police"))
}

/// Years that were not over when the figures were taken.
fn years(scope: &TableScope<'_>, grid: &Grid<'_, '_>, ledger: &mut Ledger) {
    let table = grid.table;
    for (at, row) in grid.rows.iter().enumerate() {
        let Some(year) = year_of(row) else { continue };
        let cells = (0..grid.columns.len()).map(|column| grid.at(at, column));
        let Some(cell) =
            cells.into_iter().find(|cell| grid.quantity(*cell).is_some() && is_of_years(grid.statistic(*cell).map(|text| text.text)))
        else {
            continue;
        };
        let column = grid.columns[grid.column_of(cell)];
        let taken = day(row.as_of).or(day(column.as_of)).or(day(table.as_of)).or(scope
            .report
            .report
            .as_of
            .as_ref()
            .and_then(|(date, _)| date.date));
        let Some(taken) = taken else {
            ledger.skip(RULE, Reason::NoDate);
            continue;
        };
        let is_over = Date::new(year, 12, 31).is_ok_and(|last| taken >= last);
        let marked = row.provisional.or(column.provisional).or(table.provisional).is_some()
            || [row.source.as_ref(), column.source.as_ref(), table.source.as_ref()]
                .into_iter()
                .any(|source| status(source).is_some_and(|status| status.text == "provisional"));
        if is_over || marked {
            ledger.pass(RULE);
        } else if row.note.is_some() || !is_bare(row) || table.notes.iter().any(|note| note.text.contains('月')) {
            ledger.skip(RULE, Reason::Answered);
        } else {
            let finding =
                Finding::new(RULE, row.year.map_or(row.id.node, |year| year.node)).variant("unfinished").arg("name", table.name());
            ledger.fail(unfinished(finding, year, taken));
        }
    }
}

fn unfinished(finding: Finding, year: i16, taken: Date) -> Finding {
    finding.arg("year", year).arg("taken", taken.to_string())
}

/// A value of an indicator for a year that was not over.
pub(super) fn indicator(scope: &ReportScope<'_>, indicator: &Indicator<'_>, value: &IndicatorValue<'_>, ledger: &mut Ledger) {
    let (Some(_), Some(year)) = (value.value.given(), value.year) else { return };
    if !is_of_years(indicator.source.map(|source| source.text)) {
        return ledger.skip(RULE, Reason::NoSource);
    }
    let Some(taken) = scope.report.as_of.as_ref().and_then(|(date, _)| date.date) else { return ledger.skip(RULE, Reason::NoDate) };
    let Some(number) = fiscal_year(year.node).map(|year| year.number()) else { return };
    let is_over = Date::new(number, 12, 31).is_ok_and(|last| taken >= last);
    if is_over || value.provisional {
        return ledger.pass(RULE);
    }
    let finding = Finding::new(RULE, value.value.node().unwrap_or(year.node)).variant("unfinished").arg("name", indicator.name());
    ledger.fail(unfinished(finding, number, taken));
}
