//! Figures of a wider area that are counted as the city's.

use super::width;
use crate::catalogue::RuleId;
use crate::diagnostic::{Arg, Finding};
use crate::document::Node;
use crate::model::{Count, CountValue, Text};
use crate::rule::{EntryScope, Ledger, TableScope};
use crate::rules::table::Grid;

const RULE: RuleId = RuleId::ScopeMismatch;

/// What people call an area; the city where none is stated.
fn area_name(area: Option<Text<'_>>) -> Arg {
    match area {
        Some(area) => area.text.into(),
        None => Arg::both("範囲の記載なし", "no area stated"),
    }
}

/// Totals, parts and shares of a table across areas.
pub(super) fn table(scope: &TableScope<'_>, grid: &Grid<'_, '_>, ledger: &mut Ledger) {
    let city = scope.plan.municipality;
    let columns: Vec<Option<Text<'_>>> = grid.columns.iter().map(|column| column.scope.or(grid.table.scope)).collect();
    let rows: Vec<Option<Text<'_>>> = grid.rows.iter().map(|row| row.scope.or(grid.table.scope)).collect();
    let compare = |whole: Option<Text<'_>>, part: Option<Text<'_>>, names: (&str, &str), node: Node<'_>, ledger: &mut Ledger| -> bool {
        if width(part, city) <= width(whole, city) {
            ledger.pass(RULE);
            return false;
        }
        let mut finding =
            Finding::new(RULE, node).arg("whole", names.0).arg("part", names.1).arg("area", area_name(part)).arg("other", area_name(whole));
        if let Some(part) = part {
            finding = finding.related("area", part.node);
        }
        ledger.fail(finding);
        true
    };
    for down in [false, true] {
        let (areas, name): (_, fn(&Grid<'_, '_>, usize) -> String) = if down {
            (&rows, |grid, at| grid.rows[at].name().to_owned())
        } else {
            (&columns, |grid, at| grid.columns[at].name().to_owned())
        };
        let mut told: Vec<usize> = Vec::new();
        for link in grid.links(down, true) {
            if !told.contains(&link.from)
                && compare(areas[link.from], areas[link.to], (&name(grid, link.from), &name(grid, link.to)), link.at, ledger)
            {
                told.push(link.from);
            }
        }
        for link in grid.links(down, false) {
            compare(areas[link.to], areas[link.from], (&name(grid, link.to), &name(grid, link.from)), link.at, ledger);
        }
    }
    for total in (0..rows.len()).filter(|total| grid.rows[*total].sum_of.all) {
        let wide = grid.parts_of(true, total).into_iter().flatten().find(|part| width(rows[*part], city) > width(rows[total], city));
        if let Some(part) = wide {
            let node = grid.rows[total].sum_of.node.unwrap_or(grid.rows[total].id.node);
            compare(rows[total], rows[part], (grid.rows[total].name(), grid.rows[part].name()), node, ledger);
        }
    }
    for (at, column) in grid.columns.iter().enumerate() {
        let Some((of, base)) = column.share_of.and_then(|of| Some((of, grid.column(of.text)?))) else { continue };
        compare(columns[base], columns[at], (grid.columns[base].name(), column.name()), of.node, ledger);
    }
}

/// Counts of an entry that lie within others of a narrower area, or are added to them.
pub(super) fn entry(scope: &EntryScope<'_>, ledger: &mut Ledger) {
    let Some(measure) = scope.measure else { return };
    let has_area = measure.counts.iter().any(|count| count.scope.is_some()) || scope.entry.counts.iter().any(|value| value.scope.is_some());
    if !has_area {
        return;
    }
    let city = scope.plan.municipality;
    let mut told: Vec<&str> = Vec::new();
    for count in &measure.counts {
        let Some(value) = scope.entry.count(count.id.text) else { continue };
        let whole_of = count.within.map(|whole| (whole.text, count.id.text)).into_iter();
        let parts = count.sum_of.iter().chain(&value.sum_of).flatten().map(|part| (count.id.text, part.text));
        let rates = count.rate.into_iter().flat_map(|rate| [(count.id.text, rate.of.text), (rate.over.text, rate.of.text)]);
        for (whole, part) in whole_of.chain(parts).chain(rates) {
            let (Some(whole), Some(part)) = (stated(scope, whole), stated(scope, part)) else { continue };
            if width(area(part), city) <= width(area(whole), city) {
                ledger.pass(RULE);
            } else if !told.contains(&whole.0.id.text) {
                told.push(whole.0.id.text);
                ledger.fail(finding(whole, part));
            }
        }
    }
}

type Stated<'a> = (&'a Count<'a>, &'a CountValue<'a>);

fn stated<'a>(scope: &EntryScope<'a>, id: &str) -> Option<Stated<'a>> {
    let value = scope.entry.count(id).filter(|value| value.actual.given().is_some())?;
    Some((scope.measure?.count(id)?, value))
}

fn area<'a>((count, value): Stated<'a>) -> Option<Text<'a>> {
    value.scope.or(count.scope)
}

fn finding(whole: Stated<'_>, part: Stated<'_>) -> Finding {
    let place = whole.1.actual.node().unwrap_or(whole.1.key);
    let finding = Finding::new(RULE, place)
        .arg("whole", whole.0.name())
        .arg("part", part.0.name())
        .arg("area", area_name(area(part)))
        .arg("other", area_name(area(whole)));
    match part.1.actual.node() {
        Some(node) => finding.related("area", node),
        None => finding,
    }
}
