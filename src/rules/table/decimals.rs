//! Shares of one table, or rates of one column, with different decimals.

use super::grid::Grid;
use super::shares::percent;
use crate::arithmetic::{Form, Quantity, Rational, is_measured};
use crate::catalogue::RuleId;
use crate::diagnostic::Finding;
use crate::document::Node;
use crate::rule::Ledger;

/// A figure with its decimals, where it stands, and which cell that is.
type Printed<'t, 'a> = (&'t Quantity<'a>, Node<'a>, usize);

/// The fewest figures of a column that have a usual number of decimals.
const FEW: usize = 3;

/// Looks at the shares of a table, and at each column of rates.
pub(super) fn check(grid: &Grid<'_, '_>, ledger: &mut Ledger) {
    let shares: Vec<Printed<'_, '_>> =
        (0..grid.figures.len()).filter_map(|at| grid.share(at).map(|(quantity, node)| (quantity, node, at))).collect();
    let declared =
        grid.table.shares.as_ref().and_then(|shares| shares.decimals).and_then(|node| Some((u8::try_from(node.as_i64()?).ok()?, node)));
    settle(grid, &shares, declared, ledger);
    for column in 0..grid.columns.len() {
        let figures: Vec<Printed<'_, '_>> = (0..grid.rows.len())
            .map(|row| grid.at(row, column))
            .filter(|at| is_measured(grid.unit(*at)))
            .filter_map(|at| Some((grid.quantity(at).filter(|quantity| quantity.form() == Form::Exact)?, grid.node(at), at)))
            .collect();
        if figures.len() >= FEW {
            settle(grid, &figures, None, ledger);
        }
    }
}

/// 0 and 100 are printed without decimals beside others.
fn is_whole(quantity: &Quantity<'_>) -> bool {
    quantity.decimals() == 0 && (quantity.value().is_zero() || quantity.value() == Rational::HUNDRED)
}

fn settle(grid: &Grid<'_, '_>, figures: &[Printed<'_, '_>], declared: Option<(u8, Node<'_>)>, ledger: &mut Ledger) {
    let rule = RuleId::MixedDecimals;
    let figures: Vec<&Printed<'_, '_>> = figures.iter().filter(|(quantity, _, _)| !is_whole(quantity)).collect();
    if figures.is_empty() {
        return;
    }
    let printing = |decimals: u8| figures.iter().filter(|(quantity, _, _)| quantity.decimals() == decimals).count();
    let usual = declared.map(|(decimals, _)| decimals).or_else(|| (0..=9).rev().max_by_key(|decimals| printing(*decimals))).unwrap_or(1);
    let odd: Vec<&&Printed<'_, '_>> = figures.iter().filter(|(quantity, _, _)| quantity.decimals() != usual).collect();
    let Some((quantity, node, at)) = odd.first().copied().copied() else { return ledger.pass(rule) };
    let is_share = grid.node(*at) != *node;
    let printed = if is_share { percent(quantity.printed()) } else { quantity.printed().to_owned() };
    let mut finding = Finding::new(rule, *node)
        .variant(if declared.is_some() { "declared" } else { "default" })
        .arg("cell", grid.name(*at))
        .arg("printed", printed)
        .arg("decimals", u32::from(quantity.decimals()))
        .arg("usual", u32::from(usual))
        .arg("times", odd.len())
        .arg("table", grid.table.name());
    if let Some((_, declared)) = declared {
        finding = finding.related("declared", declared);
    }
    for (_, node, _) in &odd[1..] {
        finding = finding.related("again", *node);
    }
    ledger.fail(finding);
}
