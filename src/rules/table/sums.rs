//! Totals of a table, both ways. One fault has one finding: a cell that is wrong makes every total
//! that it stands in fail, and those are named beside it.

use super::grid::{Grid, Line};
use super::repairs;
use crate::arithmetic::{
    Culprits, Equation, Fault, Figure, Interval, Part, Rational, Repair, SumGap, SumVerdict, check_table, check_total,
};
use crate::catalogue::RuleId;
use crate::diagnostic::Finding;
use crate::model::Slot;
use crate::rule::{Ledger, Reason, TableScope};

/// The cells that are in doubt once the totals are known.
#[derive(Debug)]
pub(super) struct Doubts(Vec<bool>);

impl Doubts {
    /// Whether a cell is in doubt.
    pub(super) fn has(&self, cell: usize) -> bool {
        self.0.get(cell).copied().unwrap_or(false)
    }

    fn add(&mut self, cell: usize) {
        if let Some(place) = self.0.get_mut(cell) {
            *place = true;
        }
    }
}

/// The most totals of one table that may fail for the cells behind them to be looked for; a table
/// with more has other troubles.
const MOST_FAILED: usize = 60;

/// Holds every total against its parts.
pub(super) fn check(scope: &TableScope<'_>, grid: &Grid<'_, '_>, ledger: &mut Ledger) -> Doubts {
    let mut doubts = Doubts(vec![false; grid.figures.len()]);
    let failed = count(scope, grid, ledger);
    let mut work = Work { grid, cells: grid.figures.clone(), open: vec![true; grid.lines.len()], doubts: &mut doubts };
    let mut found_by_crossing = false;
    if failed.len() > MOST_FAILED {
        for finding in work.plainly(&failed) {
            ledger.fail(finding);
        }
    } else if !failed.is_empty() {
        // Every turn sets a cell right or closes a line.
        for _ in 0..=grid.lines.len() + grid.figures.len() {
            let Some(fault) = work.next_fault() else { break };
            for finding in work.explain(&fault) {
                found_by_crossing |= finding.rule == RuleId::CrossTotalMismatch;
                ledger.fail(finding);
            }
        }
    }
    if !found_by_crossing {
        let both = grid.lines.iter().any(|line| line.down) && grid.lines.iter().any(|line| !line.down);
        if both { ledger.pass(RuleId::CrossTotalMismatch) } else { ledger.skip(RuleId::CrossTotalMismatch, Reason::NoTotal) }
    }
    doubts
}

/// Counts the lines that hold and those that are not evaluated; gives back those that fail.
fn count(scope: &TableScope<'_>, grid: &Grid<'_, '_>, ledger: &mut Ledger) -> Vec<usize> {
    let rule = RuleId::SumMismatch;
    let mut failed = Vec::new();
    if grid.lines.is_empty() && grid.left_out.is_empty() {
        ledger.skip(rule, Reason::NoTotal);
    }
    for reason in &grid.left_out {
        ledger.skip(rule, *reason);
    }
    let mut incomplete = None;
    for (at, line) in grid.lines.iter().enumerate() {
        let Some(total) = &grid.figures[line.total] else {
            ledger.skip(rule, Reason::TotalMissing);
            continue;
        };
        let parts: Vec<Part> = line.parts.iter().map(|part| Part::added(grid.figures[*part])).collect();
        match check_total(total, &parts, &[]) {
            SumVerdict::Wrong { .. } => failed.push(at),
            SumVerdict::NotEvaluated(SumGap::PartMissing | SumGap::AllPartsMissing) => {
                ledger.skip(rule, Reason::PartMissing);
                if incomplete != Some(line.group) && self::incomplete(scope, grid, line, ledger) {
                    incomplete = Some(line.group);
                }
            }
            SumVerdict::NotEvaluated(_) => ledger.skip(rule, Reason::NotComparable),
            SumVerdict::Holds => {
                ledger.pass(rule);
                ledger.pass(RuleId::PartsIncomplete);
                if !line.memos.is_empty() {
                    ledger.pass(RuleId::MemoRowAdded);
                }
            }
        }
    }
    failed
}

/// Some parts are given, others are blank and not even explained, and the rest stands open.
fn incomplete(scope: &TableScope<'_>, grid: &Grid<'_, '_>, line: &Line, ledger: &mut Ledger) -> bool {
    let rule = RuleId::PartsIncomplete;
    if let Some(reason) = scope.not_asked("") {
        ledger.skip(rule, reason);
        return false;
    }
    let is_blank = |at: &usize| {
        let row = grid.rows[grid.row_of(*at)];
        row.missing.is_none() && grid.cell(*at).is_none_or(|cell| matches!(cell.value, Slot::Absent))
    };
    let blank: Vec<usize> = line.parts.iter().copied().filter(is_blank).collect();
    let given: Vec<Figure> = line.parts.iter().filter_map(|at| grid.figures[*at]).collect();
    let Some(total) = grid.figures[line.total].filter(Figure::is_exact) else {
        ledger.skip(rule, Reason::TotalMissing);
        return false;
    };
    let sum = given.iter().try_fold(Rational::ZERO, |sum, figure| sum.checked_add(figure.value));
    let rest = sum.and_then(|sum| total.value.checked_sub(sum)).filter(|rest| !rest.is_negative() && !rest.is_zero());
    let (Some(rest), Some(_), false) = (rest, given.first(), blank.is_empty()) else {
        ledger.pass(rule);
        return false;
    };
    ledger.fail(repairs::incomplete(grid, line, &blank, rest));
    true
}

/// The totals while what is behind each fault is looked for.
struct Work<'g, 't, 'a> {
    grid: &'g Grid<'t, 'a>,
    /// The figures, those that were found wrong set right.
    cells: Vec<Option<Figure>>,
    /// The lines that still count.
    open: Vec<bool>,
    doubts: &'g mut Doubts,
}

impl Work<'_, '_, '_> {
    /// The faults of some cells, by the numbers of the lines.
    fn faults(&self, cells: &[Option<Figure>]) -> Vec<Fault> {
        let open: Vec<usize> = (0..self.open.len()).filter(|at| self.open[*at]).collect();
        let equations: Vec<Equation> = open.iter().map(|at| self.grid.lines[*at].equation()).collect();
        let mut faults = check_table(cells, &equations).faults;
        for fault in &mut faults {
            for at in &mut fault.failed {
                *at = open[*at];
            }
        }
        faults
    }

    fn next_fault(&self) -> Option<Fault> {
        self.faults(&self.cells).into_iter().next()
    }

    /// Every total that fails, without a look for the cells behind them.
    fn plainly(&mut self, failed: &[usize]) -> Vec<Finding> {
        let findings = failed.iter().map(|at| repairs::total(self.grid, &self.cells, &self.grid.lines[*at])).collect();
        self.close(failed);
        findings
    }

    /// What to say of a fault. Sets cells right, or closes the lines.
    fn explain(&mut self, fault: &Fault) -> Vec<Finding> {
        if let Culprits::Found(repairs) = &fault.culprits {
            let is_total = |repair: &Repair| fault.failed.iter().any(|at| self.grid.lines[*at].total == repair.cell);
            match repairs.as_slice() {
                [one] if is_total(one) => {
                    return match self.memo(fault) {
                        Some(finding) => vec![finding],
                        None if fault.failed.len() == 1 => vec![self.total(fault)],
                        None => vec![self.crossing(fault, one)],
                    };
                }
                several => return several.iter().map(|one| self.crossing(fault, one)).collect(),
            }
        }
        if let Some(finding) = self.memo(fault) {
            return vec![finding];
        }
        if let Culprits::Ambiguous { sets, likely: Some(likely) } = &fault.culprits
            && let Some([one, other]) = sets.get(*likely).map(Vec::as_slice)
            && self.are_exchanged(one, other)
        {
            return vec![self.exchanged(fault, one.cell, other.cell)];
        }
        vec![self.total(fault)]
    }

    fn set(&mut self, cell: usize, right: Option<(Rational, Interval)>) {
        self.doubts.add(cell);
        put(&mut self.cells, cell, right);
    }

    /// Closes lines whose fault has been told, and all of their cells are in doubt.
    fn close(&mut self, lines: &[usize]) {
        for at in lines {
            self.open[*at] = false;
            let line = &self.grid.lines[*at];
            for cell in line.parts.iter().chain([&line.total]) {
                self.doubts.add(*cell);
            }
        }
    }

    /// A cell that the totals of both directions point at.
    fn crossing(&mut self, fault: &Fault, repair: &Repair) -> Finding {
        let failed: Vec<&Line> = fault
            .failed
            .iter()
            .map(|at| &self.grid.lines[*at])
            .filter(|line| line.total == repair.cell || line.parts.contains(&repair.cell))
            .collect();
        let finding = repairs::crossing(self.grid, repair, &failed);
        match repair.value {
            Some(value) => self.set(repair.cell, Some((value, repair.needed))),
            None => self.close(&fault.failed),
        }
        finding
    }

    fn are_exchanged(&self, one: &Repair, other: &Repair) -> bool {
        let value = |cell: usize| self.cells.get(cell).copied().flatten().map(|figure| figure.value);
        let takes = |repair: &Repair, other: usize| {
            value(other).is_some_and(|value| repair.needed.contains(value)) && value(repair.cell) != value(other)
        };
        takes(one, other.cell) && takes(other, one.cell)
    }

    fn exchanged(&mut self, fault: &Fault, one: usize, other: usize) -> Finding {
        let finding = repairs::exchanged(self.grid, one, other);
        self.cells.swap(one, other);
        self.doubts.add(one);
        self.doubts.add(other);
        // Only one turn: what it leaves is another fault.
        if self.faults(&self.cells).iter().any(|left| left.failed == fault.failed) {
            self.close(&fault.failed);
        }
        finding
    }

    /// A total into which rows were added that lie within others.
    fn memo(&mut self, fault: &Fault) -> Option<Finding> {
        let mut groups: Vec<usize> = fault.failed.iter().map(|at| self.grid.lines[*at].group).collect();
        groups.dedup();
        for group in groups {
            let failed: Vec<usize> = fault.failed.iter().copied().filter(|at| self.grid.lines[*at].group == group).collect();
            let memos = self.grid.lines[failed[0]].memos.len();
            let sets = (0..memos).map(|memo| vec![memo]).chain((memos > 1).then(|| (0..memos).collect()));
            let explained = |set: &Vec<usize>| failed.iter().copied().filter(|at| self.explains(*at, set)).collect::<Vec<_>>();
            let found = sets.map(|set| (explained(&set), set)).filter(|(lines, _)| !lines.is_empty());
            // The set that explains most; the first of those that explain as much.
            let best = found.enumerate().max_by_key(|(at, (lines, _))| (lines.len(), std::cmp::Reverse(*at)));
            if let Some((_, (lines, set))) = best {
                return Some(self.memo_added(&lines, &set));
            }
        }
        None
    }

    /// Whether a line comes out right when what lies within others is added.
    fn explains(&self, at: usize, set: &[usize]) -> bool {
        let line = &self.grid.lines[at];
        let value = |cell: usize| self.cells.get(cell).copied().flatten().filter(Figure::is_exact).map(|figure| figure.value);
        let sum = |cells: &[usize]| cells.iter().try_fold(Rational::ZERO, |sum, cell| sum.checked_add(value(*cell)?));
        let memos: Vec<usize> = set.iter().map(|memo| line.memos[*memo]).collect();
        let memo = sum(&memos).filter(|memo| !memo.is_zero());
        let total = sum(&line.parts).zip(memo).and_then(|(parts, memo)| parts.checked_add(memo));
        total.is_some() && total == value(line.total)
    }

    fn memo_added(&mut self, lines: &[usize], set: &[usize]) -> Finding {
        let first = &self.grid.lines[lines[0]];
        let memos: Vec<usize> = set.iter().map(|memo| first.memos[*memo]).collect();
        let printed = |sum: Option<(Rational, Interval)>| sum.map(|(value, _)| value);
        let mut finding = repairs::memo(self.grid, first, &memos, printed(self.sum(first)));
        let mut fixed = Vec::new();
        for at in lines {
            let line = &self.grid.lines[*at];
            let sum = self.sum(line);
            if line.total != first.total {
                finding = repairs::also(self.grid, finding, line.total, printed(sum));
            }
            self.set(line.total, sum);
            fixed.push(line.total);
        }
        let mut cells = std::mem::take(&mut self.cells);
        for (cell, value) in self.consequences(&mut cells, &fixed) {
            finding = repairs::also(self.grid, finding, cell, Some(value));
            self.doubts.add(cell);
        }
        self.cells = cells;
        finding
    }

    /// What the parts of a line add up to, as printed; nothing where one is missing.
    fn sum(&self, line: &Line) -> Option<(Rational, Interval)> {
        line.parts.iter().try_fold((Rational::ZERO, Interval::exact(Rational::ZERO)), |(sum, interval), cell| {
            let figure = self.cells.get(*cell).copied().flatten()?;
            Some((sum.checked_add(figure.value)?, interval + figure.interval))
        })
    }

    /// Totals that were made of a wrong one: once it is set right, they alone are wrong, and they
    /// held before. Sets them right.
    fn consequences(&self, cells: &mut [Option<Figure>], fixed: &[usize]) -> Vec<(usize, Rational)> {
        let mut fixed = fixed.to_vec();
        let mut found = Vec::new();
        for _ in 0..self.grid.lines.len() {
            let next = self.faults(cells).into_iter().find_map(|fault| {
                let Culprits::Found(repairs) = &fault.culprits else { return None };
                let [Repair { cell, value: Some(value), needed }] = repairs.as_slice() else { return None };
                let touches = |at: &usize| {
                    let line = &self.grid.lines[*at];
                    line.total == *cell && line.parts.iter().any(|part| fixed.contains(part))
                };
                fault.failed.iter().any(touches).then_some((*cell, *value, *needed))
            });
            let Some((cell, value, needed)) = next else { break };
            if fixed.contains(&cell) {
                break;
            }
            put(cells, cell, Some((value, needed)));
            fixed.push(cell);
            found.push((cell, value));
        }
        found
    }

    /// A total that is not the sum of its parts, where nothing tells which of them is wrong.
    fn total(&mut self, fault: &Fault) -> Finding {
        let is_leaf = |at: &&usize| {
            let line = &self.grid.lines[**at];
            let other = if line.down {
                &self.grid.columns[self.grid.column_of(line.total)].sum_of
            } else {
                &self.grid.rows[self.grid.row_of(line.total)].sum_of
            };
            other.is_empty()
        };
        let chosen = fault.failed.iter().find(is_leaf).or(fault.failed.first()).copied().unwrap_or_default();
        let line = &self.grid.lines[chosen];
        let mut finding = repairs::total(self.grid, &self.cells, line);
        let before: usize = self.faults(&self.cells).iter().map(|fault| fault.failed.len()).sum();
        let mut trial = self.cells.clone();
        if let Some(sum) = self.sum(line) {
            put(&mut trial, line.total, Some(sum));
            let consequences = self.consequences(&mut trial, &[line.total]);
            let after: usize = self.faults(&trial).iter().map(|fault| fault.failed.len()).sum();
            if after < before {
                for (cell, value) in consequences {
                    finding = repairs::also(self.grid, finding, cell, Some(value));
                    self.doubts.add(cell);
                }
                self.cells = trial;
            }
        }
        self.close(&[chosen]);
        finding
    }
}

/// Puts a right value in the place of a figure.
fn put(cells: &mut [Option<Figure>], cell: usize, right: Option<(Rational, Interval)>) {
    if let (Some((value, interval)), Some(Some(figure))) = (right, cells.get_mut(cell)) {
        *figure = Figure { value, decimals: figure.decimals, interval };
    }
}
