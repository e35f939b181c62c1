//! Statistics tables: whether the figures of one agree with each other.
//!
//! A fault has one finding: a cell that the totals have shown to be wrong is not looked at again
//! for its share, nor for what lies within it.

mod bands;
mod decimals;
mod grid;
mod ids;
mod periods;
mod repairs;
mod rounding;
mod shares;
mod sums;
mod within;

pub use grid::{Grid, Line};
pub use periods::{indicators, is_bare, year_of};

use crate::rule::{Ledger, TableScope};

/// Looks at a table.
pub fn check(scope: &TableScope<'_>, ledger: &mut Ledger) {
    let grid = Grid::of(scope.table, scope.settings);
    ids::check(scope, &grid, ledger);
    let doubts = sums::check(scope, &grid, ledger);
    within::check(&grid, &doubts, ledger);
    let judged = shares::check(scope, &grid, &doubts, ledger);
    rounding::check(&grid, &judged, ledger);
    decimals::check(&grid, ledger);
    periods::table(&grid, ledger);
    bands::check(&grid, ledger);
}
