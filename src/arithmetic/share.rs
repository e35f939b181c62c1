//! Shares: do the percentages of a row fit its counts under one way of rounding.
//!
//! A row is accepted when one policy fits all of it. Otherwise the policies with the fewest cells
//! that do not fit are asked which cells those are; only when they agree is a cell called wrong.

use super::policy::{Policy, PolicySet};
use super::rational::Rational;
use super::remainder::{Right, rounded, to_100};

/// A count of a row with its printed share.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ShareCell {
    /// The exact count.
    pub count: Rational,
    /// The share as printed, in percent; `None` where none is printed.
    pub share: Option<Share>,
    /// Whether the cell is one of those that make up the total; a row within another and the total
    /// itself are not.
    pub part: bool,
}

/// A printed percentage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Share {
    /// The percentage, 18.8 for 18.8%.
    pub value: Rational,
    /// The decimals printed.
    pub decimals: u8,
}

/// Whether the shares of a row fit its counts.
#[derive(Clone, Debug, PartialEq)]
pub enum ShareVerdict {
    /// These policies fit every share of the row.
    Fits {
        /// At least one.
        policies: PolicySet,
    },
    /// These cells are wrong whichever policy was followed.
    Wrong {
        /// At least one, in the order of the row.
        cells: Vec<WrongShare>,
        /// The policies that fit all other cells; may be none.
        policies: PolicySet,
    },
    /// Every cell fits some policy but no policy fits them all, and which cell is at fault cannot
    /// be known: rounded in different ways within one row.
    Mixed {
        /// For each cell of the row, the policies that fit it; all of them where no share is
        /// printed.
        policies: Vec<PolicySet>,
    },
    /// Nothing can be said.
    NotEvaluated(ShareGap),
}

/// A share that fits no policy, and what it should be.
#[derive(Clone, Debug, PartialEq)]
pub struct WrongShare {
    /// An index into the cells as they were given.
    pub cell: usize,
    /// The right percentages, each once, the most usual policy's first.
    pub right: Vec<Rational>,
}

/// Why the shares of a row were not evaluated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ShareGap {
    /// The row prints no share.
    NoShares,
    /// The total is zero.
    ZeroTotal,
    /// A count or the total is negative.
    Negative,
    /// A figure is too large or too fine for exact computation.
    TooLarge,
}

/// Compares the shares of a row with its counts, under the `allowed` policies: all of them, or the
/// one that the table declares.
///
/// A share is `count / total · 100` at its own printed decimals. To-100 asks for the same decimals
/// in the whole row (a zero left out at the end does no harm) and for parts that add up to the
/// total.
#[must_use]
pub fn check_shares(cells: &[ShareCell], total: Rational, allowed: PolicySet) -> ShareVerdict {
    if cells.iter().all(|cell| cell.share.is_none()) {
        return ShareVerdict::NotEvaluated(ShareGap::NoShares);
    }
    if total.is_zero() {
        return ShareVerdict::NotEvaluated(ShareGap::ZeroTotal);
    }
    if total.is_negative() || cells.iter().any(|cell| cell.count.is_negative()) {
        return ShareVerdict::NotEvaluated(ShareGap::Negative);
    }
    match Row::new(cells, total) {
        Some(row) => row.verdict(allowed),
        None => ShareVerdict::NotEvaluated(ShareGap::TooLarge),
    }
}

/// The policies that fit every share of a row; none when it was not evaluated.
#[must_use]
pub fn fitting_policies(cells: &[ShareCell], total: Rational) -> PolicySet {
    match check_shares(cells, total, PolicySet::ALL) {
        ShareVerdict::Fits { policies } => policies,
        _ => PolicySet::NONE,
    }
}

/// The fewest and the most decimals printed in a row of shares; `None` without shares. Different
/// ones are worth a note.
#[must_use]
pub fn share_decimals(cells: &[ShareCell]) -> Option<(u8, u8)> {
    let decimals = || cells.iter().filter_map(|cell| cell.share).map(|share| share.decimals);
    Some((decimals().min()?, decimals().max()?))
}

/// The first of some bases under which every share of the row fits its count: what the shares are
/// really of, when they are not of the total.
#[must_use]
pub fn fitting_base(cells: &[ShareCell], bases: &[Rational]) -> Option<usize> {
    bases.iter().position(|&base| !fitting_policies(cells, base).is_empty())
}

/// A row of shares with the values each policy would print.
struct Row<'a> {
    cells: &'a [ShareCell],
    /// For each policy of [`Policy::ALL`], the right values of each cell: one, or two among equal
    /// remainders. `None` where the policy does not apply to the row.
    right: [Option<Vec<Right>>; 4],
    /// How many of the cells with two values take the higher one, under to-100.
    higher: usize,
}

impl<'a> Row<'a> {
    fn new(cells: &'a [ShareCell], total: Rational) -> Option<Row<'a>> {
        let percents =
            cells.iter().map(|cell| cell.count.checked_div(total)?.checked_mul(Rational::HUNDRED)).collect::<Option<Vec<_>>>()?;
        let (_, decimals) = share_decimals(cells)?;
        let mut right = [const { None }; 4];
        for (policy, place) in Policy::ALL.into_iter().zip(&mut right) {
            if let Some(rounding) = policy.rounding() {
                *place = Some(rounded(cells, &percents, rounding)?);
            }
        }
        let mut higher = 0;
        if let Some((values, taken)) = to_100(cells, &percents, total, decimals) {
            if let Some(last) = right.last_mut() {
                *last = Some(values);
            }
            higher = taken;
        }
        Some(Row { cells, right, higher })
    }

    fn verdict(&self, allowed: PolicySet) -> ShareVerdict {
        let misfits: Vec<(Policy, Vec<usize>)> = allowed.iter().filter_map(|policy| Some((policy, self.misfits(policy)?))).collect();
        let fitting = |cells: &[usize]| -> PolicySet {
            let same = misfits.iter().filter(|(_, misfit)| misfit == cells);
            same.map(|&(policy, _)| policy).collect()
        };
        let policies = fitting(&[]);
        if !policies.is_empty() {
            return ShareVerdict::Fits { policies };
        }
        let Some(fewest) = misfits.iter().map(|(_, cells)| cells.len()).min() else {
            return ShareVerdict::NotEvaluated(ShareGap::NoShares);
        };
        let mut best = misfits.iter().filter(|(_, cells)| cells.len() == fewest);
        let first = best.next().map_or(&[][..], |(_, cells)| cells);
        if best.all(|(_, cells)| cells == first) {
            let policies = fitting(first);
            return self.wrong(first, policies, policies);
        }
        let hopeless: Vec<usize> = (0..self.cells.len()).filter(|cell| misfits.iter().all(|(_, misfit)| misfit.contains(cell))).collect();
        if hopeless.is_empty() {
            let policies = (0..self.cells.len()).map(|cell| self.policies_of(cell, allowed));
            return ShareVerdict::Mixed { policies: policies.collect() };
        }
        self.wrong(&hopeless, PolicySet::NONE, allowed)
    }

    fn wrong(&self, cells: &[usize], policies: PolicySet, asked: PolicySet) -> ShareVerdict {
        let cells = cells.iter().map(|&cell| WrongShare { cell, right: self.right_values(cell, asked) }).collect();
        ShareVerdict::Wrong { cells, policies }
    }

    fn rights(&self, policy: Policy) -> Option<&[Right]> {
        self.right.get(policy as usize)?.as_deref()
    }

    /// The cells whose share is not what the policy would print; `None` where it does not apply.
    fn misfits(&self, policy: Policy) -> Option<Vec<usize>> {
        let rights = self.rights(policy)?;
        let mut misfits = Vec::new();
        let (mut higher, mut open, mut tied) = (0, 0, Vec::new());
        for (at, (cell, right)) in self.cells.iter().zip(rights).enumerate() {
            match (cell.share, right.or) {
                (None, Some(_)) => open += 1,
                (Some(share), Some(or)) if share.value == or => {
                    higher += 1;
                    tied.push(at);
                }
                (Some(share), or) if share.value == right.value => {
                    tied.extend(or.map(|_| at));
                }
                (Some(_), _) => misfits.push(at),
                (None, None) => {}
            }
        }
        // Among equal remainders either cell may be the higher one, but only so many of them.
        let wrong_among_tied = misfits.iter().filter(|&&at| rights.get(at).is_some_and(|r| r.or.is_some())).count();
        let few = higher + open + wrong_among_tied < self.higher;
        if policy == Policy::To100 && (higher > self.higher || few) {
            misfits.extend(tied);
            misfits.sort_unstable();
        }
        Some(misfits)
    }

    fn policies_of(&self, cell: usize, allowed: PolicySet) -> PolicySet {
        let Some(share) = self.cells.get(cell).and_then(|cell| cell.share) else {
            return allowed;
        };
        let fits = |&policy: &Policy| {
            let right = self.rights(policy).and_then(|rights| rights.get(cell));
            right.is_some_and(|right| right.value == share.value || right.or == Some(share.value))
        };
        allowed.iter().filter(fits).collect()
    }

    fn right_values(&self, cell: usize, policies: PolicySet) -> Vec<Rational> {
        let mut values = Vec::new();
        for policy in policies.iter() {
            let right = self.rights(policy).and_then(|rights| rights.get(cell));
            for value in right.into_iter().flat_map(|right| [Some(right.value), right.or]).flatten() {
                if !values.contains(&value) {
                    values.push(value);
                }
            }
        }
        values
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(counts: &[i64], shares: &[&str]) -> Vec<ShareCell> {
        let cell = |(&count, &share): (&i64, &&str)| {
            let quantity = crate::arithmetic::Quantity::parse(share).ok();
            let share = quantity.map(|share| Share { value: share.value(), decimals: share.decimals() });
            ShareCell { count: Rational::integer(count), share, part: true }
        };
        counts.iter().zip(shares).map(cell).collect()
    }

    fn check(counts: &[i64], total: i64, shares: &str) -> ShareVerdict {
        let shares: Vec<&str> = shares.split(' ').collect();
        check_shares(&row(counts, &shares), Rational::integer(total), PolicySet::ALL)
    }

    fn fits(verdict: &ShareVerdict) -> Vec<Policy> {
        match verdict {
            ShareVerdict::Fits { policies } => policies.iter().collect(),
            other => panic!("{other:?}"),
        }
    }

    fn wrong(verdict: &ShareVerdict) -> Vec<(usize, Vec<String>)> {
        match verdict {
            ShareVerdict::Wrong { cells, .. } => {
                cells.iter().map(|wrong| (wrong.cell, wrong.right.iter().map(Rational::to_string).collect())).collect()
            }
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn the_worked_examples_hold() {
        let first = [13, 17, 29, 6, 4];
        let half = [Policy::HalfUp, Policy::HalfEven];
        assert_eq!(fits(&check(&first, 69, "18.8 24.6 42.0 8.7 5.8")), half);
        assert_eq!(fits(&check(&first, 69, "18.9 24.6 42.0 8.7 5.8")), [Policy::To100]);
        let second = [5, 12, 33, 28, 11];
        assert_eq!(fits(&check(&second, 89, "5.6 13.5 37.1 31.5 12.3")), [Policy::To100]);
        assert_eq!(fits(&check(&second, 89, "5.6 13.5 37.1 31.5 12.4")), half);
        let third = [8, 15, 22, 10, 6];
        assert_eq!(fits(&check(&third, 61, "13.1 24.5 36.0 16.3 9.8")), [Policy::Truncate]);
        let fourth = check(&[7, 11, 19, 23, 5], 65, "10.8 16.9 29.2 35.3 7.7");
        assert_eq!(wrong(&fourth), [(3, vec!["35.4".to_owned()])]);
    }

    #[test]
    fn equal_remainders_may_go_either_way() {
        let thirds = [1, 1, 1];
        for shares in ["33.4 33.3 33.3", "33.3 33.4 33.3", "33.3 33.3 33.4"] {
            assert_eq!(fits(&check(&thirds, 3, shares)), [Policy::To100]);
        }
        assert_eq!(fits(&check(&thirds, 3, "33.3 33.3 33.3")).len(), 3);
        assert!(matches!(check(&thirds, 3, "33.4 33.4 33.3"), ShareVerdict::Wrong { .. } | ShareVerdict::Mixed { .. }));
    }

    #[test]
    fn one_adjusted_cell_is_not_largest_remainder() {
        // 33.3, 33.3 and 33.3 made into 100 at the smallest remainder's expense.
        let verdict = check(&[13, 17, 29, 6, 4], 69, "18.8 24.7 42.0 8.7 5.8");
        assert_eq!(wrong(&verdict), [(1, vec!["24.6".to_owned()])]);
    }

    #[test]
    fn a_row_rounded_in_two_ways_names_no_cell() {
        // 2/3 cut off beside 2/3 rounded: either may be the slip.
        let verdict = check(&[2, 2], 3, "66.6 66.7");
        assert!(matches!(verdict, ShareVerdict::Mixed { .. }), "{verdict:?}");
    }

    #[test]
    fn a_declared_policy_is_the_only_one() {
        let cells = row(&[2, 1], &["66.6", "33.3"]);
        let total = Rational::integer(3);
        let verdict = check_shares(&cells, total, PolicySet::of(Policy::HalfUp));
        assert_eq!(wrong(&verdict), [(0, vec!["66.7".to_owned()])]);
        assert_eq!(fitting_policies(&cells, total), PolicySet::of(Policy::Truncate));
    }

    #[test]
    fn rows_within_others_and_totals_take_no_part_in_100() {
        let mut cells = row(&[1, 1, 1, 1, 3], &["33.4", "33.3", "33.3", "33.3", "100.0"]);
        for cell in cells.iter_mut().skip(3) {
            cell.part = false;
        }
        let verdict = check_shares(&cells, Rational::integer(3), PolicySet::ALL);
        assert_eq!(fits(&verdict), [Policy::To100]);
    }

    #[test]
    fn decimals_are_those_of_each_cell() {
        let cells = row(&[1, 2], &["33", "66.7"]);
        assert_eq!(share_decimals(&cells), Some((0, 1)));
        assert!(!fitting_policies(&cells, Rational::integer(3)).is_empty());
    }

    #[test]
    fn says_what_it_cannot_judge() {
        let gap = |verdict| match verdict {
            ShareVerdict::NotEvaluated(gap) => gap,
            other => panic!("{other:?}"),
        };
        assert_eq!(gap(check(&[1, 2], 3, "- -")), ShareGap::NoShares);
        assert_eq!(gap(check(&[0, 0], 0, "0.0 0.0")), ShareGap::ZeroTotal);
        assert_eq!(gap(check(&[-1, 2], 1, "1.0 2.0")), ShareGap::Negative);
    }

    #[test]
    fn finds_the_base_the_shares_are_of() {
        let cells = row(&[53, 14, 39], &["34.0", "9.0", "25.0"]);
        let bases = [Rational::integer(53), Rational::integer(156)];
        assert_eq!(fitting_base(&cells, &bases), Some(1));
    }
}
