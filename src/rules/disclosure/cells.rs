//! Small figures about people in crisis.

use super::{plain, together, withheld};
use crate::arithmetic::{Figure, Quantity, Rational, is_measured};
use crate::catalogue::RuleId;
use crate::document::Node;
use crate::model::Slot;
use crate::rule::{EntryScope, Ledger, TableScope};
use crate::rules::table::Grid;

const RULE: RuleId = RuleId::SmallCell;

/// Whether a count is so small that the people behind it might be recognised; none is not.
fn is_small(quantity: &Quantity<'_>, unit: &str, least: i64) -> bool {
    let figure = Figure::of(quantity, unit, Rational::ZERO);
    let unit = quantity.unit().unwrap_or(unit);
    figure.is_exact() && !is_measured(unit) && figure.value >= Rational::ONE && figure.value < Rational::integer(least)
}

/// Looks at a table that is marked: its small cells are one finding.
pub(super) fn table(scope: &TableScope<'_>, grid: &Grid<'_, '_>, ledger: &mut Ledger) {
    if !grid.table.sensitive {
        return;
    }
    let least = scope.settings.integer(RULE, "least");
    let mut small: Vec<Node<'_>> = Vec::new();
    for at in 0..grid.figures.len() {
        match grid.quantity(at) {
            Some(quantity) if is_small(quantity, grid.unit(at), least) => small.push(grid.node(at)),
            Some(_) => ledger.pass(RULE),
            None => {}
        }
    }
    let Some(finding) = together(RULE, &small) else { return };
    ledger.fail(finding.variant("table").arg("least", plain(least)).arg("times", plain(i64::try_from(small.len()).unwrap_or(i64::MAX))));
}

/// Looks at the counts of an entry that are marked.
pub(super) fn entry(scope: &EntryScope<'_>, ledger: &mut Ledger) {
    let Some(measure) = scope.measure else { return };
    let least = scope.settings.integer(RULE, "least");
    for value in &scope.entry.counts {
        let Some(count) = measure.count(value.id()).filter(|count| count.sensitive) else { continue };
        let unit = count.unit.map_or("", |unit| unit.text);
        let prior = value.prior.as_ref().map(|prior| &prior.value);
        for slot in [Some(&value.actual), prior].into_iter().flatten() {
            let Slot::Given(quantity, node) = slot else { continue };
            if is_small(quantity, unit, least) {
                ledger.fail(withheld(RULE, *node).arg("least", plain(least)).arg("times", plain(1)));
            } else {
                ledger.pass(RULE);
            }
        }
    }
}
