//! What lies within another row or column of a table.

use super::grid::{Grid, quoted};
use super::sums::Doubts;
use crate::arithmetic::may_lie_within;
use crate::catalogue::RuleId;
use crate::diagnostic::Finding;
use crate::rule::{Ledger, Reason};

/// Holds every row and column against the one that it lies within.
pub(super) fn check(grid: &Grid<'_, '_>, doubts: &Doubts, ledger: &mut Ledger) {
    for (at, row) in grid.rows.iter().enumerate() {
        let Some(whole) = row.within else { continue };
        let Some(whole) = grid.row(whole.text).filter(|whole| *whole != at) else {
            ledger.skip(RuleId::WithinExceedsWhole, Reason::Undefined);
            continue;
        };
        let pairs = (0..grid.columns.len()).map(|column| (grid.at(at, column), grid.at(whole, column)));
        settle(grid, pairs, true, doubts, ledger);
    }
    for (at, column) in grid.columns.iter().enumerate() {
        let Some(whole) = column.within.and_then(|whole| grid.column(whole.text)).filter(|whole| *whole != at) else { continue };
        let pairs = (0..grid.rows.len()).map(|row| (grid.at(row, at), grid.at(row, whole)));
        settle(grid, pairs, false, doubts, ledger);
    }
}

/// A row that exceeds another does so in its totals too: only the cells that are no totals are
/// told, unless all are.
fn settle(grid: &Grid<'_, '_>, pairs: impl Iterator<Item = (usize, usize)>, down: bool, doubts: &Doubts, ledger: &mut Ledger) {
    let mut found: Vec<(usize, usize)> = Vec::new();
    for (part, whole) in pairs {
        if let Some((part, whole)) = exceeding(grid, part, whole, doubts, ledger) {
            found.push((part, whole));
        }
    }
    let is_total = |(part, _): &(usize, usize)| {
        let sums = if down { &grid.columns[grid.column_of(*part)].sum_of } else { &grid.rows[grid.row_of(*part)].sum_of };
        !sums.is_empty()
    };
    let only_totals = found.iter().all(is_total);
    for (part, whole) in found.into_iter().filter(|pair| only_totals || !is_total(pair)) {
        ledger.fail(finding(grid, part, whole, down));
    }
}

fn exceeding(grid: &Grid<'_, '_>, part: usize, whole: usize, doubts: &Doubts, ledger: &mut Ledger) -> Option<(usize, usize)> {
    let rule = RuleId::WithinExceedsWhole;
    let (Some(inner), Some(outer)) = (grid.figures[part], grid.figures[whole]) else {
        ledger.skip(rule, Reason::PartMissing);
        return None;
    };
    let alike = grid.unit(part) == grid.unit(whole);
    if !alike || doubts.has(part) || doubts.has(whole) || crate::arithmetic::is_measured(grid.unit(part)) {
        ledger.skip(rule, if alike { Reason::NotComparable } else { Reason::UnitDiffers });
        return None;
    }
    if may_lie_within(&inner, &outer) {
        ledger.pass(rule);
        return None;
    }
    Some((part, whole))
}

fn finding(grid: &Grid<'_, '_>, part: usize, whole: usize, down: bool) -> Finding {
    let (row, column) = (grid.rows[grid.row_of(part)].name(), grid.columns[grid.column_of(part)].name());
    let other = if down { grid.rows[grid.row_of(whole)].name() } else { grid.columns[grid.column_of(whole)].name() };
    let (name, place) = if down { (row, column) } else { (column, row) };
    Finding::new(RuleId::WithinExceedsWhole, grid.node(part))
        .arg("part", name)
        .arg("column", quoted(place))
        .arg("printed", grid.printed(part))
        .arg("part_value", grid.printed(part))
        .arg("whole", other)
        .arg("total", grid.printed(whole))
        .arg("whole_value", grid.printed(whole))
        .related("whole", grid.node(whole))
}
