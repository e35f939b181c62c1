//! Rates and shares worked out from a few people.

use super::{plain, together, withheld};
use crate::arithmetic::{Figure, Rational, is_measured};
use crate::catalogue::RuleId;
use crate::document::Node;
use crate::model::Slot;
use crate::rule::{EntryScope, Ledger, TableScope};
use crate::rules::table::Grid;

const RULE: RuleId = RuleId::RateFromFew;

/// Looks at the shares and rates of a table that is marked.
pub(super) fn table(scope: &TableScope<'_>, grid: &Grid<'_, '_>, ledger: &mut Ledger) {
    if !grid.table.sensitive {
        return;
    }
    let least = Rational::integer(scope.settings.integer(RULE, "least"));
    let mut found: Vec<Node<'_>> = Vec::new();
    for at in 0..grid.figures.len() {
        let (node, of) = match grid.share(at) {
            Some((_, node)) => (node, base(grid, at)),
            None if is_measured(grid.unit(at)) && grid.quantity(at).is_some() => (grid.node(at), count(scope, grid, at)),
            None => continue,
        };
        match of.and_then(|of| grid.figures[of]).filter(Figure::is_exact) {
            Some(of) if !of.value.is_zero() && of.value < least => found.push(node),
            Some(_) => ledger.pass(RULE),
            None => {}
        }
    }
    if let Some(finding) = together(RULE, &found) {
        ledger.fail(finding.arg("least", plain(scope.settings.integer(RULE, "least"))));
    }
}

/// The total that the share of a cell is of, where that is declared or there is only one.
fn base(grid: &Grid<'_, '_>, at: usize) -> Option<usize> {
    let (row, column) = (grid.row_of(at), grid.column_of(at));
    let of = grid.columns[column].share_of.or(grid.table.shares.as_ref().and_then(|shares| shares.of));
    if let Some(of) = of {
        return grid.column(of.text).map(|base| grid.at(row, base)).or_else(|| grid.row(of.text).map(|base| grid.at(base, column)));
    }
    let mut totals = (0..grid.columns.len()).filter(|total| grid.parts_of(false, *total).iter().any(|list| list.contains(&column)));
    let only = totals.next()?;
    totals.next().is_none().then(|| grid.at(row, only))
}

/// The count that a rate of the same row is made of: the only one of its statistic and area.
fn count(scope: &TableScope<'_>, grid: &Grid<'_, '_>, at: usize) -> Option<usize> {
    let statistic = grid.statistic(at)?.text;
    let city = scope.plan.municipality.map(|name| name.text);
    let area = |at: usize| grid.area(at).map(|area| area.text).filter(|area| city != Some(*area));
    let row = grid.row_of(at);
    let alike = |column: &usize| {
        let other = grid.at(row, *column);
        let unit = grid.unit(other);
        !unit.is_empty()
            && !is_measured(unit)
            && grid.statistic(other).is_some_and(|other| other.text == statistic)
            && area(other) == area(at)
    };
    let mut counts = (0..grid.columns.len()).filter(alike);
    let only = counts.next()?;
    counts.next().is_none().then(|| grid.at(row, only))
}

/// Looks at the rates of an entry that are marked, or are of something marked.
pub(super) fn entry(scope: &EntryScope<'_>, ledger: &mut Ledger) {
    let Some(measure) = scope.measure else { return };
    let least = scope.settings.integer(RULE, "least");
    for count in &measure.counts {
        let Some(rate) = count.rate else { continue };
        let Some(of) = measure.count(rate.of.text).filter(|of| of.sensitive || count.sensitive) else { continue };
        let stated = scope.entry.count(count.id.text).map(|value| &value.actual);
        let (Some(Slot::Given(_, node)), Some(value)) = (stated, scope.entry.count(of.id.text)) else { continue };
        let few = |slot: Option<&Slot<'_, crate::arithmetic::Quantity<'_>>>| {
            let quantity = slot.and_then(Slot::given)?;
            let figure = Figure::of(quantity, "", Rational::ZERO);
            Some(figure.is_exact() && !figure.value.is_zero() && figure.value < Rational::integer(least))
        };
        match few(Some(&value.actual)) {
            Some(true) => ledger.fail(withheld(RULE, *node).arg("least", plain(least)).related("count", value.key)),
            Some(false) => ledger.pass(RULE),
            None => {}
        }
    }
}
