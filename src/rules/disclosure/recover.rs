//! Cells that are withheld and can be worked out all the same: from totals, or from a share.

use super::{together, withheld};
use crate::arithmetic::{Figure, Quantity, Rational};
use crate::catalogue::RuleId;
use crate::document::Node;
use crate::model::MissingReason;
use crate::rule::{Ledger, TableScope};
use crate::rules::table::Grid;

/// The counts of a table as far as they are known exactly.
fn exact(grid: &Grid<'_, '_>) -> Vec<Option<Rational>> {
    grid.figures.iter().map(|figure| figure.filter(Figure::is_exact).map(|figure| figure.value)).collect()
}

fn is_withheld(grid: &Grid<'_, '_>, at: usize) -> bool {
    grid.quantity(at).is_none() && grid.missing(at).is_some_and(|missing| missing.reason == MissingReason::Withheld)
}

/// Where it is said that a cell is withheld.
fn place<'a>(grid: &Grid<'_, 'a>, at: usize) -> Node<'a> {
    grid.missing(at).map_or(grid.node(at), |missing| missing.node)
}

/// Works out what a total and all of its parts but one give away, again and again.
pub(super) fn cells(grid: &Grid<'_, '_>, ledger: &mut Ledger) {
    let rule = RuleId::RecoverableCell;
    let hidden: Vec<usize> = (0..grid.figures.len()).filter(|at| is_withheld(grid, *at)).collect();
    if hidden.is_empty() {
        return;
    }
    let mut known = exact(grid);
    let mut told: Vec<Node<'_>> = Vec::new();
    let mut open: Vec<usize> = (0..grid.lines.len()).collect();
    loop {
        let mut solved = false;
        open.retain(|line| {
            let line = &grid.lines[*line];
            let cells = || line.parts.iter().copied().chain([line.total]);
            let mut unknown = cells().filter(|at| known[*at].is_none());
            let (Some(only), None) = (unknown.next(), unknown.next()) else { return cells().any(|at| known[at].is_none()) };
            let parts = line.parts.iter().filter(|at| **at != only).try_fold(Rational::ZERO, |sum, at| sum.checked_add(known[*at]?));
            let value = parts.and_then(|parts| if only == line.total { Some(parts) } else { known[line.total]?.checked_sub(parts) });
            known[only] = value;
            solved |= value.is_some();
            if value.is_some() && hidden.contains(&only) {
                let node = place(grid, only);
                if !told.iter().any(|known| known.span() == node.span()) {
                    told.push(node);
                    ledger.fail(withheld(rule, node).related("total", grid.node(line.total)));
                }
            }
            false
        });
        if !solved {
            break;
        }
    }
    for at in hidden {
        if known[at].is_none() {
            ledger.pass(rule);
        }
    }
}

/// Shares that stand beside a withheld count, or alone beside the number of people, and leave only
/// one count.
pub(super) fn shares(scope: &TableScope<'_>, grid: &Grid<'_, '_>, ledger: &mut Ledger) {
    let rule = RuleId::ShareRevealsCount;
    let known = exact(grid);
    for at in (0..grid.figures.len()).filter(|at| is_withheld(grid, *at)) {
        let Some((share, node)) = grid.share(at) else { continue };
        let reveals =
            bases(grid, at).into_iter().filter_map(|base| known[base]).chain(people(grid)).any(|total| only_count(share, total).is_some());
        if reveals { ledger.fail(withheld(rule, node)) } else { ledger.pass(rule) }
    }
    if !grid.table.sensitive {
        return;
    }
    let Some(total) = people(grid) else { return };
    let least = Rational::integer(scope.settings.integer(RuleId::SmallCell, "least"));
    let mut found: Vec<Node<'_>> = Vec::new();
    for at in (0..grid.figures.len()).filter(|at| grid.unit(*at) == "%") {
        let Some(share) = grid.quantity(at) else { continue };
        match only_count(share, total) {
            Some(count) if count >= Rational::ONE && count < least => found.push(grid.node(at)),
            _ => ledger.pass(rule),
        }
    }
    if let Some(finding) = together(rule, &found) {
        ledger.fail(finding.variant("percent"));
    }
}

fn people(grid: &Grid<'_, '_>) -> Option<Rational> {
    let of = grid.table.base.as_ref()?.of.given()?;
    let figure = Figure::of(of, "", Rational::ZERO);
    figure.is_exact().then_some(figure.value)
}

/// The totals that the share of a cell may be of.
fn bases(grid: &Grid<'_, '_>, at: usize) -> Vec<usize> {
    let (row, column) = (grid.row_of(at), grid.column_of(at));
    let declared = grid.columns[column].share_of.or(grid.table.shares.as_ref().and_then(|shares| shares.of));
    if let Some(of) = declared {
        let of_column = grid.column(of.text).map(|base| grid.at(row, base));
        return of_column.or_else(|| grid.row(of.text).map(|base| grid.at(base, column))).into_iter().collect();
    }
    let columns = (0..grid.columns.len()).filter(|total| grid.parts_of(false, *total).iter().any(|list| list.contains(&column)));
    let rows = (0..grid.rows.len()).filter(|total| grid.parts_of(true, *total).iter().any(|list| list.contains(&row)));
    columns.map(|base| grid.at(row, base)).chain(rows.map(|base| grid.at(base, column))).collect()
}

/// The one whole number whose share of a total may be printed so, rounded or cut off; nothing
/// where there are several.
fn only_count(share: &Quantity<'_>, total: Rational) -> Option<Rational> {
    if !share.is_single() || share.is_about() || total < Rational::ONE {
        return None;
    }
    let step = Rational::step(share.decimals())?;
    let low = share.value().checked_sub(step.half()?)?;
    let high = share.value().checked_add(step)?;
    let count = |percent: Rational| percent.checked_mul(total)?.checked_div(Rational::HUNDRED);
    let (first, last) = (count(low)?.ceil().max(0), count(high)?.floor());
    (first == last).then(|| Rational::new(first, 1)).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_of_few_leaves_one_count() {
        let only =
            |share: &str, total: i64| only_count(&Quantity::parse(share).unwrap(), Rational::integer(total)).map(|count| count.to_string());
        assert_eq!(only("1.6", 63), Some("1".to_owned()));
        assert_eq!(only("0.6%", 156), Some("1".to_owned()));
        assert_eq!(only("33", 3), Some("1".to_owned()));
        assert_eq!(only("1.6", 4000), None);
        assert_eq!(only("約2", 63), None);
    }
}
