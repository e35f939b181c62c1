//! What is said of totals that do not add up.

use super::grid::{Grid, Line, quoted};
use crate::arithmetic::{Cause, Figure, Part, Rational, Repair, SumVerdict, check_total};
use crate::catalogue::RuleId;
use crate::diagnostic::{Arg, Finding, Place};

/// How many parts are named one by one.
const FEW: usize = 6;

fn difference(grid: &Grid<'_, '_>, at: usize, one: Rational, other: Rational) -> String {
    one.checked_sub(other).map_or(String::new(), |difference| grid.show(difference.abs(), at))
}

fn names(grid: &Grid<'_, '_>, line: &Line, cells: &[usize]) -> String {
    let name = |at: &usize| if line.down { grid.rows[grid.row_of(*at)].name() } else { grid.columns[grid.column_of(*at)].name() };
    cells.iter().map(name).collect::<Vec<_>>().join("、")
}

/// The parts of a line as printed, or how many they are.
fn parts(grid: &Grid<'_, '_>, line: &Line) -> Arg {
    if line.parts.len() <= FEW {
        return line.parts.iter().map(|at| grid.printed(*at)).filter(|printed| !printed.is_empty()).collect::<Vec<_>>().join("＋").into();
    }
    let count = line.parts.len();
    if line.down {
        Arg::both(format!("{count}行"), format!("({count} rows)"))
    } else {
        Arg::both(format!("{count}列"), format!("({count} columns)"))
    }
}

/// Another total that follows from the one that is wrong.
pub(super) fn also(grid: &Grid<'_, '_>, finding: Finding, at: usize, right: Option<Rational>) -> Finding {
    let args = vec![("other", grid.name(at).into()), ("right", right.map_or(String::new(), |right| grid.show(right, at)).into())];
    finding.related_with("also", Place::of(grid.node(at)), args)
}

/// The one cell that sets every total right.
pub(super) fn crossing(grid: &Grid<'_, '_>, repair: &Repair, failed: &[&Line]) -> Finding {
    let at = repair.cell;
    let mut finding = Finding::new(RuleId::CrossTotalMismatch, grid.node(at))
        .arg("cell", grid.name(at))
        .arg("table", grid.table.name())
        .arg("printed", grid.printed(at));
    finding = match repair.value {
        Some(value) => finding.arg("right", grid.show(value, at)),
        None => finding.variant("open").arg("right", ""),
    };
    for line in failed.iter().filter(|line| line.total != at) {
        finding = finding.related(if line.down { "column" } else { "row" }, grid.node(line.total));
    }
    finding
}

/// Two figures that have changed places.
pub(super) fn exchanged(grid: &Grid<'_, '_>, one: usize, other: usize) -> Finding {
    let (first, second) = (one.min(other), one.max(other));
    Finding::new(RuleId::CrossTotalMismatch, grid.node(first))
        .variant("exchanged")
        .arg("cell", grid.name(first))
        .arg("other", grid.name(second))
        .arg("table", grid.table.name())
        .arg("printed", grid.printed(first))
        .arg("right", grid.printed(second))
        .related("other", grid.node(second))
}

/// A total with rows added that lie within others.
pub(super) fn memo(grid: &Grid<'_, '_>, line: &Line, memos: &[usize], sum: Option<Rational>) -> Finding {
    let at = line.total;
    let total = grid.figures[at].map_or(Rational::ZERO, |figure| figure.value);
    let sum = sum.unwrap_or(Rational::ZERO);
    let mut finding = Finding::new(RuleId::MemoRowAdded, grid.node(at))
        .arg("total", grid.name(at))
        .arg("printed", grid.printed(at))
        .arg("computed", grid.show(sum, at))
        .arg("difference", difference(grid, at, total, sum))
        .arg("which", names(grid, line, memos));
    for memo in memos {
        finding = finding.related("part", grid.node(*memo));
    }
    finding
}

/// Parts that are blank.
pub(super) fn incomplete(grid: &Grid<'_, '_>, line: &Line, blank: &[usize], rest: Rational) -> Finding {
    let at = line.total;
    let (total, place) = (grid.rows[grid.row_of(at)], grid.columns[grid.column_of(at)]);
    let declared = if line.down { total.sum_of.node } else { place.sum_of.node };
    let finding = Finding::new(RuleId::PartsIncomplete, grid.node(at))
        .arg("total", total.name())
        .arg("column", quoted(place.name()))
        .arg("printed", grid.printed(at))
        .arg("which", names(grid, line, blank))
        .arg("rest", grid.show(rest, at));
    match declared {
        Some(node) => finding.related("whole", node),
        None => finding,
    }
}

/// A total that is not the sum of its parts, with what explains it.
pub(super) fn total(grid: &Grid<'_, '_>, cells: &[Option<Figure>], line: &Line) -> Finding {
    let at = line.total;
    let figure = |cell: &usize| cells.get(*cell).copied().flatten();
    let members: Vec<usize> = line.parts.iter().chain(&line.memos).copied().collect();
    let added: Vec<Part> =
        line.parts.iter().map(|cell| Part::added(figure(cell))).chain(line.memos.iter().map(|cell| Part::within(figure(cell)))).collect();
    let neighbours = neighbours(grid, cells, line);
    let beside: Vec<Figure> = neighbours.iter().map(|(_, figure)| *figure).collect();
    let whole = figure(&at).unwrap_or(Figure::whole(0));
    let (cause, difference) = match check_total(&whole, &added, &beside) {
        SumVerdict::Wrong { cause, difference, .. } => (cause, difference),
        _ => (Cause::Differs, Rational::ZERO),
    };
    let is_short = line.parts.iter().any(|part| figure(part).is_none());
    let computed = whole.value.checked_sub(difference).unwrap_or(Rational::ZERO);
    let named = |list: &[usize]| list.iter().filter_map(|part| members.get(*part).copied()).collect::<Vec<_>>();
    let (variant, which, cells): (&str, Arg, Vec<usize>) = match &cause {
        Cause::PartLeftOut { one_of } => ("left-out", names(grid, line, &named(one_of)).into(), named(one_of)),
        Cause::PartCountedTwice { one_of } => ("twice", names(grid, line, &named(one_of)).into(), named(one_of)),
        Cause::DigitsSwapped { part, right } => {
            let wrong = part.and_then(|part| members.get(part).copied()).unwrap_or(at);
            let cells = part.and_then(|part| members.get(part).copied()).into_iter().collect();
            ("swapped", format!("{}→{}", grid.printed(wrong), grid.show(*right, wrong)).into(), cells)
        }
        Cause::NeighbouringColumn { which } => {
            let cell = neighbours.get(*which).map(|(cell, _)| *cell);
            ("neighbour", cell.map_or(String::new(), |cell| grid.name(cell)).into(), cell.into_iter().collect())
        }
        // Rows within others are looked for before.
        Cause::MemoRowAdded { .. } | Cause::Differs => (if is_short { "lower" } else { "default" }, parts(grid, line), Vec::new()),
    };
    let mut finding = Finding::new(RuleId::SumMismatch, grid.node(at))
        .variant(variant)
        .arg("total", grid.name(at))
        .arg("printed", grid.printed(at))
        .arg("computed", grid.show(computed, at))
        .arg("difference", grid.show(difference.abs(), at))
        .arg("which", which)
        .discriminator(if line.down { "down" } else { "across" });
    let name = if variant == "neighbour" { "neighbour" } else { "part" };
    for cell in cells {
        finding = finding.related(name, grid.node(cell));
    }
    finding
}

/// The totals beside one, where they are large enough for an equal figure to mean something, with
/// what they print.
fn neighbours(grid: &Grid<'_, '_>, cells: &[Option<Figure>], line: &Line) -> Vec<(usize, Figure)> {
    let (row, column) = (grid.row_of(line.total), grid.column_of(line.total));
    let beside = if line.down {
        let columns = [column.checked_sub(1), Some(column + 1).filter(|next| *next < grid.columns.len())];
        columns.map(|column| column.map(|column| grid.at(row, column)))
    } else {
        let rows = [row.checked_sub(1), Some(row + 1).filter(|next| *next < grid.rows.len())];
        rows.map(|row| row.map(|row| grid.at(row, column)))
    };
    let large = |figure: &Figure| figure.value >= Rational::integer(20);
    beside.into_iter().flatten().filter_map(|cell| Some((cell, cells.get(cell).copied().flatten().filter(large)?))).collect()
}
