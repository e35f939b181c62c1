//! Figures that do not say where they come from.

use crate::catalogue::RuleId;
use crate::diagnostic::Finding;
use crate::rule::{Ledger, PlanScope, Reason, TableScope};
use crate::rules::table::Grid;

const RULE: RuleId = RuleId::SourceUnstated;

/// A table without a source, for a column at least, and without a word on it.
pub(super) fn table(scope: &TableScope<'_>, grid: &Grid<'_, '_>, ledger: &mut Ledger) {
    if let Some(reason) = scope.not_asked("") {
        return ledger.skip(RULE, reason);
    }
    let table = grid.table;
    let unstated = |at: &usize| grid.quantity(*at).is_some() && grid.statistic(*at).is_none();
    let Some(cell) = (0..grid.figures.len()).find(unstated) else { return ledger.pass(RULE) };
    let texts = table.title.into_iter().chain(table.notes.iter().copied()).chain(grid.columns.iter().filter_map(|column| column.note));
    if texts.into_iter().any(|text| ["統計", "調査", "調べ", "出典", "資料"].iter().any(|word| text.text.contains(word))) {
        return ledger.skip(RULE, Reason::Answered);
    }
    let whole = table.source.is_none()
        && grid.columns.iter().all(|column| column.source.is_none())
        && grid.rows.iter().all(|row| row.source.is_none());
    let column = grid.columns[grid.column_of(cell)];
    let (node, variant) =
        if whole { (table.title.unwrap_or(table.id).node, "default") } else { (column.title.unwrap_or(column.id).node, "column") };
    ledger.fail(Finding::new(RULE, node).variant(variant).arg("table", table.name()).arg("column", column.name()));
}

/// Indicators that are rates of a population.
pub(super) fn plan(scope: &PlanScope<'_>, ledger: &mut Ledger) {
    for indicator in &scope.plan.indicators {
        let is_of_people = indicator.unit.is_some_and(|unit| unit.text.starts_with("人口"));
        if indicator.source.is_some() {
            ledger.pass(RULE);
        } else if is_of_people {
            ledger.fail(
                Finding::new(RULE, indicator.title.unwrap_or(indicator.id).node).variant("indicator").arg("indicator", indicator.name()),
            );
        } else {
            ledger.skip(RULE, Reason::NotComparable);
        }
    }
}
