//! Figures of different statistics that are added, divided or put in one series.

use std::collections::BTreeMap;

use super::{Likeness, likenesses, statistic_name};
use crate::catalogue::RuleId;
use crate::diagnostic::Finding;
use crate::document::Node;
use crate::model::{Indicator, IndicatorValue, Text};
use crate::rule::{Ledger, Reason, ReportScope};
use crate::rules::table::Grid;

const RULE: RuleId = RuleId::SourcesMixed;

/// Totals, shares and series of a table.
pub(super) fn table(grid: &Grid<'_, '_>, ledger: &mut Ledger) {
    let columns: Vec<Option<Text<'_>>> = grid
        .columns
        .iter()
        .map(|column| column.source.as_ref().or(grid.table.source.as_ref()).and_then(|source| source.statistic))
        .collect();
    let rows: Vec<Option<Text<'_>>> =
        grid.rows.iter().map(|row| row.source.as_ref().or(grid.table.source.as_ref()).and_then(|source| source.statistic)).collect();
    for down in [false, true] {
        let stated = if down { &rows } else { &columns };
        let mut told: Vec<usize> = Vec::new();
        for link in grid.links(down, true).into_iter().chain(grid.links(down, false)) {
            if told.contains(&link.from) {
                continue;
            }
            if compare(grid, stated[link.from], stated[link.to], link.at, "default", ledger) {
                told.push(link.from);
            }
        }
        if down {
            for total in (0..rows.len()).filter(|total| grid.rows[*total].sum_of.all) {
                let parts = grid.parts_of(true, total).into_iter().flatten();
                let node = grid.rows[total].sum_of.node.unwrap_or(grid.rows[total].id.node);
                let odd = parts.into_iter().find(|part| differ(rows[total], rows[*part]));
                if let Some(part) = odd {
                    compare(grid, rows[total], rows[part], node, "default", ledger);
                }
            }
        }
    }
    for (at, column) in grid.columns.iter().enumerate() {
        if let Some((of, base)) = column.share_of.and_then(|of| Some((of, grid.column(of.text)?))) {
            compare(grid, columns[at], columns[base], of.node, "share", ledger);
        }
    }
    series(grid, &rows, ledger);
}

fn differ(one: Option<Text<'_>>, other: Option<Text<'_>>) -> bool {
    one.zip(other).is_some_and(|(one, other)| one.text != other.text)
}

fn compare(
    grid: &Grid<'_, '_>,
    one: Option<Text<'_>>,
    other: Option<Text<'_>>,
    at: Node<'_>,
    variant: &'static str,
    ledger: &mut Ledger,
) -> bool {
    let (Some(one), Some(other)) = (one, other) else {
        ledger.skip(RULE, Reason::NoSource);
        return false;
    };
    if one.text == other.text {
        ledger.pass(RULE);
        return false;
    }
    ledger.fail(
        Finding::new(RULE, at)
            .variant(variant)
            .arg("one", statistic_name(one.text))
            .arg("other", statistic_name(other.text))
            .arg("table", grid.table.name())
            .related("one", one.node)
            .related("other", other.node),
    );
    true
}

/// Rows of a series by year that change their statistic, with no word on it.
fn series(grid: &Grid<'_, '_>, rows: &[Option<Text<'_>>], ledger: &mut Ledger) {
    let years: Vec<usize> = (0..rows.len()).filter(|row| crate::rules::table::year_of(grid.rows[*row]).is_some()).collect();
    let own = |row: &usize| grid.rows[*row].source.as_ref().and_then(|source| source.statistic);
    if years.len() < 2 || years.iter().all(|row| own(row).is_none()) {
        return;
    }
    let mut uses: BTreeMap<&str, usize> = BTreeMap::new();
    for statistic in years.iter().filter_map(|row| rows[*row]) {
        *uses.entry(statistic.text).or_insert(0) += 1;
    }
    let Some((usual, times)) = uses.iter().map(|(name, times)| (*name, *times)).max_by_key(|(_, times)| *times) else { return };
    let odd: Vec<usize> = years.iter().copied().filter(|row| rows[*row].is_some_and(|statistic| statistic.text != usual)).collect();
    // Years told by two statistics throughout are two series.
    if odd.is_empty() || odd.len() * 2 > times {
        return ledger.pass(RULE);
    }
    let explained = !grid.table.notes.is_empty()
        || odd.iter().any(|row| grid.rows[*row].note.is_some() || !crate::rules::table::is_bare(grid.rows[*row]));
    if explained {
        return ledger.skip(RULE, Reason::Answered);
    }
    let (Some(first), Some(statistic)) = (odd.first(), odd.first().and_then(|row| rows[*row])) else { return };
    let mut finding = Finding::new(RULE, statistic.node)
        .variant("series")
        .arg("one", statistic_name(usual))
        .arg("other", statistic_name(statistic.text))
        .arg("table", grid.table.name());
    let usual = years.iter().find(|row| *row != first && rows[**row].is_some_and(|other| other.text == usual));
    if let Some(row) = usual {
        finding = finding.related("one", rows[*row].map_or(grid.rows[*row].id.node, |text| text.node));
    }
    ledger.fail(finding);
}

/// A value of an indicator that is not the figure of its own statistic, or of the city, but that of
/// another.
pub(super) fn indicator<'a>(
    scope: &ReportScope<'a>,
    grids: &[Grid<'_, 'a>],
    indicator: &Indicator<'a>,
    value: &IndicatorValue<'a>,
    ledger: &mut Ledger,
) {
    let (Some(source), Some(node)) = (indicator.source, value.value.node()) else { return ledger.skip(RULE, Reason::NoSource) };
    if value.value.given().is_none() {
        return ledger.skip(RULE, Reason::NoIndicator);
    }
    let found = likenesses(scope, grids, indicator, value);
    let is_own = |one: &&Likeness<'_>| one.statistic == Some(source.text) && one.width == 1;
    let own: Vec<&Likeness<'_>> = found.iter().filter(is_own).collect();
    if own.is_empty() {
        return ledger.skip(RULE, Reason::NotComparable);
    }
    if own.iter().any(|one| one.fits) {
        ledger.pass(RULE);
        return ledger.pass(RuleId::ScopeMismatch);
    }
    let others: Vec<&Likeness<'_>> = found.iter().filter(|one| one.fits).collect();
    let [other] = others.as_slice() else { return ledger.skip(RULE, Reason::NotComparable) };
    let (rule, year) = (if other.width > 1 { RuleId::ScopeMismatch } else { RULE }, value.year.map_or("", |year| year.text));
    let base = Finding::new(rule, node).variant("indicator").arg("indicator", indicator.name()).arg("year", year);
    let base = if rule == RULE {
        base.arg("one", statistic_name(source.text)).arg("other", statistic_name(other.statistic.unwrap_or_default()))
    } else {
        base.arg("area", other.area.map_or("", |area| area.text))
    };
    ledger.fail(base.related("one", own[0].node).related("other", other.node));
}
