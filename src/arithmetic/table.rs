//! Tables with totals both ways: which cells are wrong.
//!
//! A table is its cells and its equations "this cell is the sum of those". When some equations
//! fail, the smallest set of cells whose change makes all of them true is sought: one cell, two
//! cells, or, where every failing pair of totals points at one cell, any number of them. What the
//! mistake was is for `sum` to say.

use super::balance::Table;
use super::figure::Figure;
use super::interval::Interval;
use super::rational::Rational;
use super::repair::Repairs;

/// A total and the cells it is the sum of, as indices into the cells of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Equation {
    /// The cell that holds the total.
    pub total: usize,
    /// The cells that are added.
    pub parts: Vec<usize>,
}

/// What became of a table.
#[derive(Clone, Debug, PartialEq)]
pub struct TableVerdict {
    /// How many equations were evaluated.
    pub evaluated: usize,
    /// The equations that could not be, and why.
    pub gaps: Vec<(usize, TableGap)>,
    /// What is wrong; empty when every equation that was evaluated holds.
    pub faults: Vec<Fault>,
}

/// Equations that fail together, because one mistake may be behind them all.
#[derive(Clone, Debug, PartialEq)]
pub struct Fault {
    /// The equations, in their order.
    pub failed: Vec<usize>,
    /// The cells at fault.
    pub culprits: Culprits,
}

/// Why an equation was not evaluated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TableGap {
    /// The total is missing.
    TotalMissing,
    /// Some parts are missing and the others do not exceed the total; or all are.
    PartMissing,
    /// There is nothing to add.
    NoParts,
}

/// The cells at fault in a table.
#[derive(Clone, Debug, PartialEq)]
pub enum Culprits {
    /// Changing these cells, and no others as few, makes every equation true.
    Found(Vec<Repair>),
    /// Several sets of cells, all equally small, would do.
    Ambiguous {
        /// The sets, at most [`MOST_SETS`] of them.
        sets: Vec<Vec<Repair>>,
        /// The only set that a common slip explains (two digits of a figure or two figures
        /// swapped), as an index into `sets`: a hint, not a proof.
        likely: Option<usize>,
    },
    /// No small set of cells would do.
    Unknown,
}

/// A change of one cell.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Repair {
    /// An index into the cells of the table.
    pub cell: usize,
    /// What the cell may be for all equations to hold, with the other cells of the set suitably
    /// chosen.
    pub needed: Interval,
    /// The value to print in the cell, at its decimals, where the equations leave no choice.
    pub value: Option<Rational>,
}

/// The most sets that are listed when the culprits are ambiguous.
pub const MOST_SETS: usize = 64;

/// Checks every equation of a table and finds the cells at fault. A cell that is missing is `None`;
/// an index beyond the cells counts as missing.
///
/// Unless a printed cell is negative, all are taken to be counts: a missing part makes a sum a
/// lower bound, and no change makes a cell negative.
#[must_use]
pub fn check_table(cells: &[Option<Figure>], equations: &[Equation]) -> TableVerdict {
    let signed = cells.iter().flatten().any(|figure| figure.value.is_negative());
    let table = Table { cells, equations, signed };
    let mut verdict = TableVerdict { evaluated: 0, gaps: Vec::new(), faults: Vec::new() };
    let mut failed = Vec::new();
    for (at, equation) in equations.iter().enumerate() {
        match table.balance(equation).verdict(signed) {
            Ok(holds) => {
                verdict.evaluated += 1;
                if !holds {
                    failed.push(at);
                }
            }
            Err(gap) => verdict.gaps.push((at, gap)),
        }
    }
    if !failed.is_empty() {
        verdict.faults = Repairs::new(&table).faults(&failed);
    }
    verdict
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A grid of counts with a total column, a total row and, in its corner, the grand total.
    fn grid(rows: &[&[i64]]) -> (Vec<Option<Figure>>, Vec<Equation>) {
        let width = rows[0].len();
        let cells = rows.iter().flat_map(|row| row.iter()).map(|&n| Some(Figure::whole(n)));
        let across = (0..rows.len())
            .map(|row| Equation { total: row * width + width - 1, parts: (0..width - 1).map(|column| row * width + column).collect() });
        let down = (0..width).map(|column| Equation {
            total: (rows.len() - 1) * width + column,
            parts: (0..rows.len() - 1).map(|row| row * width + column).collect(),
        });
        (cells.collect(), across.chain(down).collect())
    }

    fn right() -> (Vec<Option<Figure>>, Vec<Equation>) {
        grid(&[&[12, 30, 42], &[7, 25, 32], &[19, 4, 23], &[38, 59, 97]])
    }

    fn only(verdict: &TableVerdict) -> &Culprits {
        assert_eq!(verdict.faults.len(), 1, "{verdict:?}");
        &verdict.faults[0].culprits
    }

    fn found(verdict: &TableVerdict) -> Vec<(usize, String)> {
        match only(verdict) {
            Culprits::Found(repairs) => {
                repairs.iter().map(|repair| (repair.cell, repair.value.map_or("?".into(), |v| v.to_string()))).collect()
            }
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_right_table_has_no_culprits() {
        let (cells, equations) = right();
        let verdict = check_table(&cells, &equations);
        assert_eq!((verdict.evaluated, verdict.faults.len()), (7, 0));
    }

    #[test]
    fn one_wrong_cell_is_found_wherever_it_is() {
        let (cells, equations) = right();
        for at in 0..cells.len() {
            let mut wrong = cells.clone();
            let value = cells[at].unwrap().value;
            wrong[at] = Some(Figure::whole(i64::try_from(value.numerator()).unwrap() + 9));
            let verdict = check_table(&wrong, &equations);
            assert_eq!(found(&verdict), [(at, value.to_string())]);
        }
    }

    #[test]
    fn two_wrong_cells_are_found() {
        let (mut cells, equations) = right();
        cells[0] = Some(Figure::whole(13));
        cells[4] = Some(Figure::whole(29));
        let verdict = check_table(&cells, &equations);
        assert_eq!(found(&verdict), [(0, "12".to_owned()), (4, "25".to_owned())]);
        assert_eq!(verdict.faults[0].failed.len(), 4);
    }

    #[test]
    fn three_wrong_cells_are_found_when_their_differences_tell_them_apart() {
        let (mut cells, equations) = right();
        cells[0] = Some(Figure::whole(13));
        cells[4] = Some(Figure::whole(29));
        cells[11] = Some(Figure::whole(98 + 7 + 97));
        let verdict = check_table(&cells, &equations);
        assert!(!verdict.faults.is_empty());
        let (mut cells, equations) = grid(&[&[1, 2, 3, 6], &[4, 5, 6, 15], &[7, 8, 9, 24], &[12, 15, 18, 45]]);
        cells[0] = Some(Figure::whole(2));
        cells[5] = Some(Figure::whole(15));
        cells[10] = Some(Figure::whole(109));
        let verdict = check_table(&cells, &equations);
        let right = [(0, "1".to_owned()), (5, "5".to_owned()), (10, "9".to_owned())];
        assert_eq!(found(&verdict), right);
    }

    #[test]
    fn totals_one_way_leave_the_cell_open() {
        let cells: Vec<_> = [140, 190, 66, 351].map(|n| Some(Figure::whole(n))).to_vec();
        let equations = [Equation { total: 3, parts: vec![0, 1, 2] }];
        let verdict = check_table(&cells, &equations);
        let Culprits::Ambiguous { sets, likely } = only(&verdict) else { panic!() };
        assert_eq!(sets.len(), 4);
        assert_eq!(*likely, None);
        let cells: Vec<_> = [140, 109, 66, 351].map(|n| Some(Figure::whole(n))).to_vec();
        let verdict = check_table(&cells, &equations);
        let Culprits::Ambiguous { sets, likely } = only(&verdict) else { panic!() };
        assert_eq!(likely.map(|at| sets[at][0].cell), Some(3));
    }

    #[test]
    fn two_figures_that_changed_places_are_the_likely_ones() {
        let (mut cells, equations) = right();
        cells.swap(3, 4);
        let verdict = check_table(&cells, &equations);
        let Culprits::Ambiguous { sets, likely } = only(&verdict) else { panic!() };
        let cells: Vec<usize> = sets[likely.unwrap()].iter().map(|repair| repair.cell).collect();
        assert_eq!(cells, [3, 4]);
    }

    #[test]
    fn missing_cells_leave_lower_bounds() {
        let (mut cells, equations) = right();
        cells[0] = None;
        let verdict = check_table(&cells, &equations);
        assert_eq!(verdict.faults, []);
        assert_eq!(verdict.gaps, [(0, TableGap::PartMissing), (4, TableGap::PartMissing)]);
        cells[3] = Some(Figure::whole(70));
        let verdict = check_table(&cells, &equations);
        assert_eq!(found(&verdict), [(3, "7".to_owned())]);
        cells[2] = None;
        cells[11] = None;
        let verdict = check_table(&cells, &equations);
        assert!(verdict.gaps.contains(&(0, TableGap::TotalMissing)));
    }

    #[test]
    fn an_equation_without_parts_is_not_evaluated() {
        let cells = [Some(Figure::whole(3))];
        let equations = [Equation { total: 0, parts: vec![] }, Equation { total: 9, parts: vec![0] }];
        let verdict = check_table(&cells, &equations);
        assert_eq!(verdict.gaps, [(0, TableGap::NoParts), (1, TableGap::TotalMissing)]);
    }
}
