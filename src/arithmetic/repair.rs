//! The search for the smallest set of cells whose change makes every total of a table true.
//!
//! Only runs when an equation fails. One cell must stand in every equation that fails; of two, one
//! must stand in the first, and the other in all that the one leaves. What a cell would have to be
//! follows from each equation it stands in, the ones that hold included.

use super::balance::{Balance, Printable, Table};
use super::figure::Figure;
use super::interval::{Bound, End, Interval};
use super::rational::Rational;
use super::swap;
use super::table::{Culprits, Fault, MOST_SETS, Repair};

/// The most pairs of cells that are tried: as many as two wrong cells in a table of 60 rows and 40
/// columns need.
const MOST_PAIRS: usize = 10_000;

/// A table with failing equations.
pub(super) struct Repairs<'a> {
    table: &'a Table<'a>,
    balances: Vec<Balance>,
    /// The equations of each cell, one cell after the other.
    equations: Vec<usize>,
    /// Where each cell begins in `equations`, and where the last one ends.
    starts: Vec<usize>,
}

/// How a cell stands in an equation.
#[derive(Clone, Copy, PartialEq)]
enum Side {
    Total,
    Part,
}

impl<'a> Repairs<'a> {
    pub(super) fn new(table: &'a Table<'a>) -> Repairs<'a> {
        let members =
            |at: usize| table.equations.get(at).into_iter().flat_map(|equation| equation.parts.iter().copied().chain([equation.total]));
        let count = table.cells.len();
        let mut starts = vec![0usize; count + 1];
        for cell in (0..table.equations.len()).flat_map(members) {
            if let Some(start) = cell.checked_add(1).and_then(|after| starts.get_mut(after)) {
                *start += 1;
            }
        }
        let mut sum = 0;
        for start in &mut starts {
            sum += *start;
            *start = sum;
        }
        let mut next = starts.clone();
        let mut equations = vec![0usize; sum];
        for at in 0..table.equations.len() {
            for cell in members(at).filter(|&cell| cell < count) {
                if let Some(free) = next.get_mut(cell) {
                    if let Some(place) = equations.get_mut(*free) {
                        *place = at;
                    }
                    *free += 1;
                }
            }
        }
        let balances = table.equations.iter().map(|equation| table.balance(equation)).collect();
        Repairs { table, balances, equations, starts }
    }

    /// The cells at fault for each group of failing equations that share a cell. Groups that no
    /// one cell sets right are taken together, for two figures of one row that changed places make
    /// two columns fail.
    pub(super) fn faults(&self, failed: &[usize]) -> Vec<Fault> {
        let mut faults = Vec::new();
        let mut hard = Vec::new();
        for group in self.groups(failed) {
            let singles = self.singles(&group);
            if singles.is_empty() {
                hard.extend(group);
            } else {
                faults.push(Fault { culprits: self.decide(singles), failed: group });
            }
        }
        if !hard.is_empty() {
            hard.sort_unstable();
            let culprits = match self.pairs(&hard) {
                // More pairs than are tried: what was found may not be all.
                (_, false) => Culprits::Unknown,
                (pairs, true) if pairs.is_empty() => self.matched(&hard).map_or(Culprits::Unknown, Culprits::Found),
                (pairs, true) => self.decide(pairs),
            };
            faults.push(Fault { culprits, failed: hard });
        }
        faults.sort_unstable_by(|a, b| a.failed.cmp(&b.failed));
        faults
    }

    /// The failing equations, those that share a cell with one another together.
    fn groups(&self, failed: &[usize]) -> Vec<Vec<usize>> {
        let mut groups: Vec<Vec<usize>> = Vec::new();
        for &equation in failed {
            let shares = |&other: &usize| self.members(equation).any(|cell| self.is_in(cell, other));
            let (together, apart): (Vec<_>, Vec<_>) = groups.into_iter().partition(|group| group.iter().any(shares));
            groups = apart;
            groups.push(together.into_iter().flatten().chain([equation]).collect());
        }
        for group in &mut groups {
            group.sort_unstable();
        }
        groups
    }

    fn decide(&self, mut sets: Vec<Vec<Repair>>) -> Culprits {
        if sets.len() == 1 {
            return sets.pop().map_or(Culprits::Unknown, Culprits::Found);
        }
        let mut slips = sets.iter().enumerate().filter(|(_, set)| self.is_slip(set));
        let likely = match (slips.next(), slips.next()) {
            (Some((at, _)), None) => Some(at),
            _ => None,
        };
        Culprits::Ambiguous { sets, likely }
    }

    fn equations_of(&self, cell: usize) -> &[usize] {
        let range = self.starts.get(cell).zip(self.starts.get(cell.saturating_add(1)));
        range.and_then(|(&from, &to)| self.equations.get(from..to)).unwrap_or_default()
    }

    fn members(&self, equation: usize) -> impl Iterator<Item = usize> {
        let equation = self.table.equations.get(equation);
        equation
            .into_iter()
            .flat_map(|equation| equation.parts.iter().copied().chain([equation.total]))
            .filter(|&cell| self.table.cell(cell).is_some())
    }

    fn is_in(&self, cell: usize, equation: usize) -> bool {
        self.equations_of(cell).contains(&equation)
    }

    fn side(&self, cell: usize, equation: usize) -> Side {
        let total = self.table.equations.get(equation).map(|equation| equation.total);
        if total == Some(cell) { Side::Total } else { Side::Part }
    }

    /// What may take the place of the cell for this equation to hold, all others as printed.
    fn needed(&self, cell: usize, equation: usize) -> Interval {
        self.pair_needed(&[cell], equation)
    }

    /// What the cells may add up to for this equation to hold, all others as printed: parts as they
    /// are, the total with its sign turned when it is among them beside a part.
    fn pair_needed(&self, cells: &[usize], equation: usize) -> Interval {
        let Some(balance) = self.balances.get(equation) else {
            return Interval::ALL;
        };
        let range = balance.range(self.table.signed);
        let parts = cells.iter().filter(|&&cell| self.side(cell, equation) == Side::Part);
        let others = parts.filter_map(|&cell| self.table.cell(cell)).fold(range, |sum, figure| without(sum, figure.interval));
        let changed = cells.iter().any(|&cell| self.side(cell, equation) == Side::Total);
        match (changed, cells.len(), balance.total) {
            (true, 1, _) => others,
            // total − part = others
            (true, _, _) => -others,
            (false, _, Some(total)) => total - others,
            (false, _, None) => Interval::ALL,
        }
    }

    /// What the cell may be for all its equations to hold, except those it shares with `other`.
    fn needed_alone(&self, cell: usize, other: Option<usize>) -> Option<Interval> {
        let start = if self.table.signed { Interval::ALL } else { Interval::NOT_NEGATIVE };
        self.equations_of(cell)
            .iter()
            .filter(|&&equation| !other.is_some_and(|other| self.is_in(other, equation)))
            .try_fold(start, |needed, &equation| needed.intersection(self.needed(cell, equation)))
    }

    fn repair(&self, cell: usize, needed: Interval) -> Option<Repair> {
        let figure = self.table.cell(cell)?;
        match Printable::of(needed, figure.decimals) {
            Printable::None => None,
            Printable::One(value) => Some(Repair { cell, needed, value: Some(value) }),
            Printable::Many => Some(Repair { cell, needed, value: None }),
        }
    }

    /// The cells whose change alone is enough.
    fn singles(&self, failed: &[usize]) -> Vec<Vec<Repair>> {
        let Some((&first, rest)) = failed.split_first() else {
            return Vec::new();
        };
        self.members(first)
            .filter(|&cell| rest.iter().all(|&equation| self.is_in(cell, equation)))
            .filter_map(|cell| Some(vec![self.repair(cell, self.needed_alone(cell, None)?)?]))
            .take(MOST_SETS)
            .collect()
    }

    /// The pairs of cells whose change together is enough, as many as are listed; and whether all
    /// pairs that were needed for that were tried.
    fn pairs(&self, failed: &[usize]) -> (Vec<Vec<Repair>>, bool) {
        let Some(&first) = failed.first() else {
            return (Vec::new(), true);
        };
        let mut found: Vec<Vec<Repair>> = Vec::new();
        let mut tried = 0;
        for one in self.members(first) {
            let left = failed.iter().copied().filter(|&equation| !self.is_in(one, equation));
            let left: Vec<usize> = left.collect();
            for other in self.partners(one, &left) {
                tried += 1;
                if tried > MOST_PAIRS || found.len() == MOST_SETS {
                    return (found, tried <= MOST_PAIRS);
                }
                let known = found.iter().any(|set| set.iter().all(|r| r.cell == one || r.cell == other));
                if !known && let Some(pair) = self.pair(one, other) {
                    found.push(pair);
                }
            }
        }
        (found, true)
    }

    /// The cells that may go with one: those in every failing equation it leaves, or, when it
    /// leaves none, those that share an equation with it.
    fn partners(&self, one: usize, left: &[usize]) -> Vec<usize> {
        let mut partners: Vec<usize> = match left.split_first() {
            Some((&next, rest)) => self.members(next).filter(|&cell| rest.iter().all(|&equation| self.is_in(cell, equation))).collect(),
            None => self.equations_of(one).iter().flat_map(|&at| self.members(at)).collect(),
        };
        partners.retain(|&cell| cell != one);
        partners.sort_unstable();
        partners.dedup();
        partners
    }

    fn pair(&self, one: usize, other: usize) -> Option<Vec<Repair>> {
        let mut a = self.needed_alone(one, Some(other))?;
        let mut b = self.needed_alone(other, Some(one))?;
        let shared = self.equations_of(one).iter().filter(|&&at| self.is_in(other, at));
        let shared: Vec<usize> = shared.copied().collect();
        // Twice, so that what the second equation says of one cell reaches the other.
        for _ in 0..2 {
            for &equation in &shared {
                let both = self.pair_needed(&[one, other], equation);
                let (for_a, for_b) = match (self.side(one, equation), self.side(other, equation)) {
                    (Side::Part, Side::Part) => (both - b, both - a),
                    (Side::Part, Side::Total) => (both + b, a - both),
                    (Side::Total, _) => (b - both, both + a),
                };
                (a, b) = (a.intersection(for_a)?, b.intersection(for_b)?);
            }
        }
        let mut pair = vec![self.repair(one, a)?, self.repair(other, b)?];
        pair.sort_unstable_by_key(|repair| repair.cell);
        Some(pair)
    }

    /// When every failing equation shares with exactly one other a cell that sets both right: those
    /// cells. As no cell stands in more than two of the equations, no fewer would do.
    fn matched(&self, failed: &[usize]) -> Option<Vec<Repair>> {
        let mut found: Vec<Repair> = Vec::new();
        for &equation in failed {
            let mut only = None;
            for cell in self.members(equation) {
                let ours = self.equations_of(cell);
                match ours.iter().filter(|at| failed.contains(at)).count() {
                    1 => continue,
                    2 => {}
                    // One cell might then set three right, and fewer cells be enough.
                    _ => return None,
                }
                let Some(repair) = self.failing_need(cell, failed) else {
                    continue;
                };
                // A second choice, or one that a change elsewhere would have to make good.
                if only.is_some() || ours.len() > 2 {
                    return None;
                }
                only = Some(repair);
            }
            let only = only?;
            if !found.iter().any(|repair| repair.cell == only.cell) {
                found.push(only);
            }
        }
        found.sort_unstable_by_key(|repair| repair.cell);
        Some(found)
    }

    /// What the cell would have to be for its failing equations alone.
    fn failing_need(&self, cell: usize, failed: &[usize]) -> Option<Repair> {
        let start = if self.table.signed { Interval::ALL } else { Interval::NOT_NEGATIVE };
        let failing = self.equations_of(cell).iter().filter(|at| failed.contains(at));
        let needed = failing.copied().try_fold(start, |needed, equation| needed.intersection(self.needed(cell, equation)))?;
        self.repair(cell, needed)
    }

    /// Whether a common slip explains every change: two figures swapped, or two digits of each.
    fn is_slip(&self, set: &[Repair]) -> bool {
        let printed = |repair: &Repair| self.table.cell(repair.cell).copied();
        let fits =
            |repair: &Repair, value: Rational| repair.needed.contains(value) && printed(repair).is_some_and(|own| own.value != value);
        if let [one, other] = set
            && let (Some(first), Some(second)) = (printed(one), printed(other))
            && fits(one, second.value)
            && fits(other, first.value)
        {
            return true;
        }
        let digits = |repair: &Repair, figure: &Figure| swap::swaps(figure).any(|swapped| fits(repair, swapped.value()));
        set.iter().all(|repair| printed(repair).is_some_and(|figure| digits(repair, &figure)))
    }
}

/// What a sum is without one of the figures added to it; without a bound where the figure has none.
fn without(sum: Interval, figure: Interval) -> Interval {
    let less = |end: End, taken: End| end?.value.checked_sub(taken?.value).map(Bound::closed);
    let rest = Interval::new(less(sum.lower(), figure.lower()), less(sum.upper(), figure.upper()));
    rest.unwrap_or(Interval::ALL)
}
