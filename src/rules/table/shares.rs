//! Shares of a table: is each one the share that its count has of its total.
//!
//! A row or column of shares is taken together, so that a row that was made to add up to 100 is
//! right. What the shares are of is declared, or found out: only when the totals of one row or
//! column, and nothing else, fit nearly all of them.

use std::collections::BTreeMap;

use super::grid::Grid;
use super::sums::Doubts;
use crate::arithmetic::{
    Figure, Policy, PolicySet, Rational, Share, ShareCell, ShareGap, ShareVerdict, WrongShare, check_shares, share_decimals,
};
use crate::catalogue::RuleId;
use crate::diagnostic::{Arg, Finding};
use crate::model::Rounding;
use crate::rule::{Ledger, Reason, TableScope};

/// What shares are of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Base {
    /// The column of that number, in the same row.
    Column(usize),
    /// The row of that number, in the same column.
    Row(usize),
    /// The people who answered.
    People,
}

/// Counts with shares of one total.
#[derive(Clone, Debug)]
pub(super) struct ShareLine {
    pub base: Base,
    /// The cells, in their order.
    pub cells: Vec<usize>,
    /// The same, with their counts.
    pub shares: Vec<ShareCell>,
    /// The total.
    pub total: Rational,
}

/// A line that fits, and how it may have been rounded.
#[derive(Clone, Debug)]
pub(super) struct Judged {
    pub line: ShareLine,
    pub policies: PolicySet,
}

/// Holds every share against its count. Gives back the lines that fit.
pub(super) fn check(scope: &TableScope<'_>, grid: &Grid<'_, '_>, doubts: &Doubts, ledger: &mut Ledger) -> Vec<Judged> {
    let work = Work { grid, doubts, allowed: allowed(grid) };
    let mut judged = Vec::new();
    let printed: Vec<usize> = (0..grid.figures.len()).filter(|at| grid.share(*at).is_some()).collect();
    if printed.is_empty() {
        ledger.skip(RuleId::ShareMismatch, Reason::NoShares);
        without_counts(scope, grid, ledger);
        return judged;
    }
    let mut open = Vec::new();
    let mut declared: Vec<(Base, usize)> = Vec::new();
    for at in printed {
        match work.declared(at) {
            Some(Ok(base)) => declared.push((base, at)),
            Some(Err(())) => ledger.skip(RuleId::ShareMismatch, Reason::Undefined),
            None => open.push(at),
        }
    }
    for line in work.lines(&declared) {
        match line {
            Ok(line) => work.judge(line, ledger, &mut judged),
            Err(reason) => ledger.skip(RuleId::ShareMismatch, reason),
        }
    }
    if !declared.is_empty() {
        ledger.pass(RuleId::ShareWithoutBase);
    }
    work.infer(&open, ledger, &mut judged);
    judged
}

/// A survey that gives nothing but percentages, and not how many answered.
fn without_counts(scope: &TableScope<'_>, grid: &Grid<'_, '_>, ledger: &mut Ledger) {
    let rule = RuleId::ShareWithoutBase;
    let table = grid.table;
    let is_survey = table.source.as_ref().and_then(|source| source.statistic).is_some_and(|statistic| statistic.text == "survey");
    let Some(unit) = table.unit.filter(|unit| crate::arithmetic::normal_unit(unit.text) == "%") else { return };
    if !is_survey || !table.columns.iter().all(|column| column.unit.is_none()) || !table.rows.iter().all(|row| row.unit.is_none()) {
        return ledger.skip(rule, Reason::NotComparable);
    }
    if let Some(reason) = scope.not_asked("") {
        return ledger.skip(rule, reason);
    }
    let says_how_many =
        table.notes.iter().any(|note| ["人", "名", "n=", "n＝", "ｎ＝", "N=", "件", "票"].iter().any(|word| note.text.contains(word)));
    if table.base.as_ref().is_some_and(|base| base.of.is_answered()) || says_how_many {
        return ledger.pass(rule);
    }
    ledger.fail(Finding::new(rule, unit.node).variant("survey").arg("table", table.name()).arg("share", ""));
}

fn allowed(grid: &Grid<'_, '_>) -> PolicySet {
    match grid.table.shares.as_ref().and_then(|shares| shares.rounding) {
        None => PolicySet::ALL,
        Some(Rounding::HalfUp) => PolicySet::of(Policy::HalfUp),
        Some(Rounding::To100) => PolicySet::of(Policy::To100),
        Some(Rounding::Truncate) => PolicySet::of(Policy::Truncate),
    }
}

struct Work<'g, 't, 'a> {
    grid: &'g Grid<'t, 'a>,
    doubts: &'g Doubts,
    allowed: PolicySet,
}

impl Work<'_, '_, '_> {
    /// What the share of a cell is said to be of; an error where that is not there.
    fn declared(&self, at: usize) -> Option<Result<Base, ()>> {
        let column = self.grid.columns[self.grid.column_of(at)];
        let of = column.share_of.or(self.grid.table.shares.as_ref().and_then(|shares| shares.of))?;
        let found = self.grid.column(of.text).map(Base::Column).or_else(|| self.grid.row(of.text).map(Base::Row));
        Some(found.ok_or(()))
    }

    /// Cells with what their shares are of, as lines.
    fn lines(&self, cells: &[(Base, usize)]) -> Vec<Result<ShareLine, Reason>> {
        let mut sorted: Vec<(Base, usize, usize)> = cells.iter().map(|(base, at)| (*base, self.lane(*base, *at), *at)).collect();
        sorted.sort_unstable();
        sorted
            .chunk_by(|one, other| (one.0, one.1) == (other.0, other.1))
            .map(|chunk| self.line(chunk[0].0, &chunk.iter().map(|(_, _, at)| *at).collect::<Vec<_>>()))
            .collect()
    }

    /// The row or column in which the shares of a base stand.
    fn lane(&self, base: Base, at: usize) -> usize {
        if matches!(base, Base::Row(_)) { self.grid.column_of(at) } else { self.grid.row_of(at) }
    }

    fn base_cell(&self, base: Base, at: usize) -> Option<usize> {
        match base {
            Base::Column(column) => Some(self.grid.at(self.grid.row_of(at), column)),
            Base::Row(row) => Some(self.grid.at(row, self.grid.column_of(at))),
            Base::People => None,
        }
    }

    /// The line of some cells.
    ///
    /// # Errors
    /// Where their total or a count is not known exactly.
    fn line(&self, base: Base, printed: &[usize]) -> Result<ShareLine, Reason> {
        let first = *printed.first().ok_or(Reason::NoShares)?;
        let exact = |figure: Option<Figure>| figure.filter(Figure::is_exact).map(|figure| figure.value);
        let total = match self.base_cell(base, first) {
            Some(cell) if self.doubts.has(cell) => return Err(Reason::NotComparable),
            Some(cell) => exact(self.grid.figures[cell]).ok_or(Reason::TotalMissing)?,
            None => self.people().ok_or(Reason::TotalMissing)?,
        };
        let parts = self.parts(base, first);
        let mut cells: Vec<usize> = printed.to_vec();
        cells.extend(parts.iter().copied().filter(|part| !printed.contains(part)));
        cells.sort_unstable();
        cells.retain(|at| self.grid.figures[*at].is_some());
        let mut shares = Vec::with_capacity(cells.len());
        for at in &cells {
            let count = exact(self.grid.figures[*at]).filter(|_| !self.doubts.has(*at)).ok_or(Reason::NotComparable)?;
            let share = self.grid.share(*at).map(|(quantity, _)| Share { value: quantity.value(), decimals: quantity.decimals() });
            shares.push(ShareCell { count, share, part: parts.contains(at) });
        }
        let has_share = shares.iter().any(|cell| cell.share.is_some());
        has_share.then_some(ShareLine { base, cells, shares, total }).ok_or(Reason::PartMissing)
    }

    /// How many people answered.
    fn people(&self) -> Option<Rational> {
        let of = self.grid.table.base.as_ref()?.of.given()?;
        let figure = Figure::of(of, "", Rational::ZERO);
        (figure.is_exact() && !of.is_about()).then_some(figure.value)
    }

    /// The cells that make up the total of a share.
    fn parts(&self, base: Base, at: usize) -> Vec<usize> {
        let (row, column) = (self.grid.row_of(at), self.grid.column_of(at));
        let of = |down: bool, total: usize, own: usize| {
            let lists = self.grid.parts_of(down, total);
            lists.iter().find(|list| list.contains(&own)).or(lists.first()).cloned()
        };
        match base {
            Base::Column(total) => {
                let parts = of(false, total, column).unwrap_or_else(|| {
                    (0..self.grid.columns.len()).filter(|at| *at != total && self.grid.share(self.grid.at(row, *at)).is_some()).collect()
                });
                parts.into_iter().map(|part| self.grid.at(row, part)).collect()
            }
            Base::Row(total) => of(true, total, row).unwrap_or_default().into_iter().map(|part| self.grid.at(part, column)).collect(),
            Base::People => {
                let plain = |at: &usize| self.grid.columns[*at].sum_of.is_empty() && self.grid.columns[*at].within.is_none();
                (0..self.grid.columns.len()).filter(plain).map(|part| self.grid.at(row, part)).collect()
            }
        }
    }

    fn judge(&self, line: ShareLine, ledger: &mut Ledger, judged: &mut Vec<Judged>) {
        let rule = RuleId::ShareMismatch;
        match check_shares(&line.shares, line.total, self.allowed) {
            ShareVerdict::Fits { policies } => {
                ledger.pass(rule);
                judged.push(Judged { line, policies });
            }
            ShareVerdict::Wrong { cells, .. } => self.wrong(&line, &cells, ledger),
            ShareVerdict::Mixed { .. } => {
                ledger.pass(rule);
                judged.push(Judged { line, policies: PolicySet::NONE });
            }
            ShareVerdict::NotEvaluated(gap) => ledger.skip(
                rule,
                match gap {
                    ShareGap::NoShares => Reason::NoShares,
                    ShareGap::ZeroTotal => Reason::ZeroDenominator,
                    ShareGap::Negative | ShareGap::TooLarge => Reason::NotComparable,
                },
            ),
        }
    }

    /// Undeclared shares, those that may be of the same totals together.
    fn infer(&self, open: &[usize], ledger: &mut Ledger, judged: &mut Vec<Judged>) {
        let mut groups: BTreeMap<Vec<Base>, Vec<usize>> = BTreeMap::new();
        let candidates: Vec<(Base, Vec<bool>)> = self.candidates().into_iter().map(|base| (base, self.members(base))).collect();
        for at in open {
            let is_of = |(base, members): &&(Base, Vec<bool>)| {
                members.get(if matches!(base, Base::Row(_)) { self.grid.row_of(*at) } else { self.grid.column_of(*at) }) == Some(&true)
            };
            let bases = candidates.iter().filter(is_of).map(|(base, _)| *base).collect();
            groups.entry(bases).or_default().push(*at);
        }
        let mut nowhere: Option<usize> = None;
        for (bases, cells) in &groups {
            if let Err(at) = self.infer_group(bases, cells, ledger, judged) {
                nowhere = Some(nowhere.map_or(at, |known| known.min(at)));
            }
        }
        if let Some(at) = nowhere {
            self.without_base(at, ledger);
        }
    }

    /// What some shares are of, and whether they fit.
    ///
    /// # Errors
    /// The first cell, where they fit nothing.
    fn infer_group(&self, bases: &[Base], cells: &[usize], ledger: &mut Ledger, judged: &mut Vec<Judged>) -> Result<(), usize> {
        let of = |base: Base| -> Vec<ShareLine> {
            let cells: Vec<(Base, usize)> = cells.iter().map(|at| (base, *at)).collect();
            self.lines(&cells).into_iter().flatten().collect()
        };
        let fits = |line: &ShareLine| {
            matches!(check_shares(&line.shares, line.total, self.allowed), ShareVerdict::Fits { .. } | ShareVerdict::Mixed { .. })
        };
        let fitting: Vec<Vec<ShareLine>> = bases.iter().map(|base| of(*base)).filter(|lines| lines.iter().any(fits)).collect();
        match fitting.as_slice() {
            [] => return cells.first().map_or(Ok(()), |at| Err(*at)),
            [lines] if lines.iter().filter(|line| fits(line)).count() * 3 >= lines.len() * 2 => {
                ledger.pass(RuleId::ShareWithoutBase);
                for line in lines {
                    self.judge(line.clone(), ledger, judged);
                }
            }
            _ => {
                ledger.skip(RuleId::ShareMismatch, Reason::NoTotal);
                ledger.skip(RuleId::ShareWithoutBase, Reason::NoTotal);
            }
        }
        Ok(())
    }

    /// What undeclared shares may be of: the declared totals, and the people who answered.
    fn candidates(&self) -> Vec<Base> {
        let columns = (0..self.grid.columns.len()).filter(|at| !self.grid.columns[*at].sum_of.is_empty()).map(Base::Column);
        let rows = (0..self.grid.rows.len()).filter(|at| !self.grid.rows[*at].sum_of.is_empty()).map(Base::Row);
        columns.chain(rows).chain(self.people().map(|_| Base::People)).collect()
    }

    /// The columns whose shares may be of a base; the rows, where it is a row.
    fn members(&self, base: Base) -> Vec<bool> {
        let (down, total) = match base {
            Base::People => return vec![true; self.grid.columns.len()],
            Base::Column(total) => (false, total),
            Base::Row(total) => (true, total),
        };
        let mut members: Vec<bool> =
            if down { self.grid.rows.iter().map(|row| row.within.is_some()).collect() } else { vec![false; self.grid.columns.len()] };
        for at in self.grid.parts_of(down, total).into_iter().flatten().chain([total]) {
            members[at] = true;
        }
        members
    }

    fn is_of(&self, base: Base, at: usize) -> bool {
        let own = if matches!(base, Base::Row(_)) { self.grid.row_of(at) } else { self.grid.column_of(at) };
        self.members(base).get(own) == Some(&true)
    }

    fn without_base(&self, at: usize, ledger: &mut Ledger) {
        let Some((share, node)) = self.grid.share(at) else { return };
        ledger.skip(RuleId::ShareMismatch, Reason::NoTotal);
        ledger
            .fail(Finding::new(RuleId::ShareWithoutBase, node).arg("share", percent(share.printed())).arg("table", self.grid.table.name()));
    }

    fn base_name(&self, base: Base) -> Arg {
        match base {
            Base::Column(column) => self.grid.columns[column].name().into(),
            Base::Row(row) => self.grid.rows[row].name().into(),
            Base::People => Arg::both("回答者数", "the number of people who answered"),
        }
    }

    fn wrong(&self, line: &ShareLine, wrong: &[WrongShare], ledger: &mut Ledger) {
        let printed = line.shares.iter().filter(|cell| cell.share.is_some()).count();
        if wrong.len() > 1 && wrong.len() * 2 > printed {
            return ledger.fail(self.other_base(line, wrong));
        }
        for (index, one) in wrong.iter().enumerate() {
            let Some(finding) = self.finding(line, one) else { continue };
            ledger.fail(finding.discriminator(index.to_string()));
        }
    }

    fn finding(&self, line: &ShareLine, wrong: &WrongShare) -> Option<Finding> {
        let at = *line.cells.get(wrong.cell)?;
        let (share, node) = self.grid.share(at)?;
        let right = |decimals: u8| wrong.right.iter().map(|value| format!("{value:.*}％", usize::from(decimals))).collect::<Vec<_>>();
        let right = right(share.decimals());
        let mut finding = Finding::new(RuleId::ShareMismatch, node)
            .arg("cell", self.grid.name(at))
            .arg("share", percent(share.printed()))
            .arg("count", self.grid.printed(at))
            .arg("total", self.total(line, at))
            .arg("right", Arg::both(right.join("か"), right.join(" or ")))
            .arg("base", self.base_name(line.base))
            .arg("other", "")
            .arg("table", self.grid.table.name());
        if let Some(base) = self.base_cell(line.base, at) {
            finding = finding.related("base", self.grid.node(base));
        }
        Some(finding)
    }

    fn total(&self, line: &ShareLine, at: usize) -> String {
        self.base_cell(line.base, at).map_or_else(|| line.total.to_string(), |cell| self.grid.printed(cell).to_owned())
    }

    /// Most shares of a line are wrong: perhaps they are of something else.
    fn other_base(&self, line: &ShareLine, wrong: &[WrongShare]) -> Finding {
        let first = wrong.iter().find_map(|one| line.cells.get(one.cell)).or(line.cells.first()).copied().unwrap_or_default();
        let others = self.candidates().into_iter().filter(|base| *base != line.base && self.is_of(*base, first));
        let fitting: Vec<Base> = others.filter(|base| self.fits(*base, line)).collect();
        let (share, node) = match self.grid.share(first) {
            Some((quantity, node)) => (percent(quantity.printed()), node),
            None => (String::new(), self.grid.node(first)),
        };
        let mut finding = Finding::new(RuleId::ShareMismatch, node)
            .variant("line")
            .arg("cell", self.grid.name(first))
            .arg("share", share)
            .arg("count", self.grid.printed(first))
            .arg("total", self.total(line, first))
            .arg("base", self.base_name(line.base))
            .arg("right", wrong.first().and_then(|one| one.right.first()).map_or(String::new(), |right| format!("{right}％")))
            .arg("table", self.grid.table.name());
        if let Some(base) = self.base_cell(line.base, first) {
            finding = finding.related("base", self.grid.node(base));
        }
        match fitting.as_slice() {
            [only] => finding.variant("other-base").arg("other", self.base_name(*only)),
            _ => finding.arg("other", ""),
        }
    }

    /// Whether the shares of a line fit another total.
    fn fits(&self, base: Base, line: &ShareLine) -> bool {
        let cells: Vec<ShareCell> = line.shares.iter().map(|cell| ShareCell { part: false, ..*cell }).collect();
        if !matches!(base, Base::Row(_)) {
            let at = line.cells.first().copied().unwrap_or_default();
            let total = self.base_cell(base, at).map_or_else(|| self.people(), |cell| self.grid.figures[cell].map(|figure| figure.value));
            return total.is_some_and(|total| matches!(check_shares(&cells, total, self.allowed), ShareVerdict::Fits { .. }));
        }
        line.cells.iter().zip(&cells).all(|(at, cell)| {
            let total = self.base_cell(base, *at).and_then(|base| self.grid.figures[base]).map(|figure| figure.value);
            total.is_some_and(|total| {
                cell.share.is_none() || matches!(check_shares(std::slice::from_ref(cell), total, self.allowed), ShareVerdict::Fits { .. })
            })
        })
    }
}

/// A percentage with its sign.
pub(super) fn percent(printed: &str) -> String {
    format!("{}％", printed.trim_end_matches(['%', '％']))
}

impl ShareLine {
    /// Whether its shares are printed with different decimals.
    pub(super) fn has_mixed_decimals(&self) -> bool {
        share_decimals(&self.shares).is_none_or(|(fewest, most)| fewest != most)
    }
}
