//! A table as a grid of figures, and the lines of it that are said to add up.

use std::collections::BTreeMap;

use crate::arithmetic::{Equation, Figure, Form, Quantity, Rational, is_measured, normal_unit};
use crate::catalogue::RuleId;
use crate::config::Settings;
use crate::diagnostic::Arg;
use crate::document::Node;
use crate::model::{Cell, Column, Missing, Row, Slot, SourceOfTable, Sums, Table, Text};
use crate::rule::Reason;
use crate::rules::circles::{Circles, Link};

/// A table as a grid: cell `row · columns + column` stands in that row and column.
#[derive(Debug)]
pub struct Grid<'t, 'a> {
    /// The table.
    pub table: &'t Table<'a>,
    /// Its columns of figures.
    pub columns: Vec<&'t Column<'a>>,
    /// Its rows of figures.
    pub rows: Vec<&'t Row<'a>>,
    cells: Vec<Option<&'t Cell<'a>>>,
    /// What stands in each cell.
    pub figures: Vec<Option<Figure>>,
    /// What is said to add up.
    pub lines: Vec<Line>,
    /// Why other lines are not evaluated.
    pub left_out: Vec<Reason>,
    column_index: BTreeMap<&'a str, usize>,
    row_index: BTreeMap<&'a str, usize>,
    about: Rational,
}

/// A total with its parts, as cells.
#[derive(Clone, Debug)]
pub struct Line {
    /// The total.
    pub total: usize,
    /// What it is the sum of.
    pub parts: Vec<usize>,
    /// What lies within a part and is not added.
    pub memos: Vec<usize>,
    /// Whether rows are added, rather than columns.
    pub down: bool,
    /// Which total row or column it belongs to; the lines of one stand together.
    pub group: usize,
}

impl Line {
    /// The cells as an equation.
    #[must_use]
    pub fn equation(&self) -> Equation {
        Equation { total: self.total, parts: self.parts.clone() }
    }
}

/// One direction of a table: its rows, or its columns.
struct Axis<'g, 'a> {
    ids: Vec<Text<'a>>,
    sums: Vec<&'g Sums<'a>>,
    within: Vec<Option<Text<'a>>>,
    index: &'g BTreeMap<&'a str, usize>,
    down: bool,
}

impl<'t, 'a> Grid<'t, 'a> {
    /// The grid of a table.
    #[must_use]
    pub fn of(table: &'t Table<'a>, settings: &Settings) -> Self {
        let columns: Vec<&Column<'a>> = table.columns.iter().filter(|column| !column.words).collect();
        let rows: Vec<&Row<'a>> = table.rows.iter().filter(|row| !row.words).collect();
        let column_index: BTreeMap<&str, usize> = columns.iter().enumerate().rev().map(|(at, column)| (column.id.text, at)).collect();
        let row_index = rows.iter().enumerate().rev().map(|(at, row)| (row.id.text, at)).collect();
        let mut cells = vec![None; rows.len() * columns.len()];
        for (at, row) in rows.iter().enumerate() {
            for cell in &row.cells {
                if let Some(column) = column_index.get(cell.id()) {
                    cells[at * columns.len() + column] = Some(cell);
                }
            }
        }
        let about = Rational::new(i128::from(settings.percent(RuleId::SumMismatch, "about")), 10_000).unwrap_or(Rational::ZERO);
        let mut grid = Self {
            table,
            columns,
            rows,
            cells,
            figures: Vec::new(),
            lines: Vec::new(),
            left_out: Vec::new(),
            column_index,
            row_index,
            about,
        };
        grid.figures = (0..grid.cells.len()).map(|at| grid.read(at)).collect();
        grid.add_up();
        grid
    }

    fn read(&self, at: usize) -> Option<Figure> {
        let quantity = self.quantity(at)?;
        Some(Figure::of(quantity, self.unit(at), self.about))
    }

    /// The cell of a row and a column.
    #[must_use]
    pub fn at(&self, row: usize, column: usize) -> usize {
        row * self.columns.len() + column
    }

    /// The row of a cell.
    #[must_use]
    pub fn row_of(&self, at: usize) -> usize {
        at / self.columns.len().max(1)
    }

    /// The column of a cell.
    #[must_use]
    pub fn column_of(&self, at: usize) -> usize {
        at % self.columns.len().max(1)
    }

    /// The number of a column.
    #[must_use]
    pub fn column(&self, id: &str) -> Option<usize> {
        self.column_index.get(id).copied()
    }

    /// The number of a row.
    #[must_use]
    pub fn row(&self, id: &str) -> Option<usize> {
        self.row_index.get(id).copied()
    }

    /// What is written in a cell.
    #[must_use]
    pub fn cell(&self, at: usize) -> Option<&'t Cell<'a>> {
        self.cells.get(at).copied().flatten()
    }

    /// The count of a cell.
    #[must_use]
    pub fn quantity(&self, at: usize) -> Option<&'t Quantity<'a>> {
        self.cell(at)?.value.given()
    }

    /// Where the count of a cell stands; the row, where it has none.
    #[must_use]
    pub fn node(&self, at: usize) -> Node<'a> {
        self.cell(at).and_then(|cell| cell.value.node()).unwrap_or(self.rows[self.row_of(at)].id.node)
    }

    /// The share of a cell as printed, where it is one figure.
    #[must_use]
    pub fn share(&self, at: usize) -> Option<(&'t Quantity<'a>, Node<'a>)> {
        match &self.cell(at)?.share {
            Slot::Given(quantity, node) if quantity.form() == Form::Exact => Some((quantity, *node)),
            _ => None,
        }
    }

    /// Why a cell has no count, where that is said.
    #[must_use]
    pub fn missing(&self, at: usize) -> Option<&'t Missing<'a>> {
        let own = self.cell(at).and_then(|cell| cell.value.missing());
        own.or(self.rows[self.row_of(at)].missing.as_ref())
    }

    /// The unit of a cell, one spelling for all; empty where none is known.
    #[must_use]
    pub fn unit(&self, at: usize) -> &'a str {
        let (row, column) = (self.rows[self.row_of(at)], self.columns[self.column_of(at)]);
        row.unit.or(column.unit).or(self.table.unit).map_or("", |unit| normal_unit(unit.text))
    }

    /// What people call a cell: its row and its column.
    #[must_use]
    pub fn name(&self, at: usize) -> String {
        let (row, column) = (self.rows[self.row_of(at)].name(), self.columns[self.column_of(at)].name());
        if self.columns.len() == 1 { row.to_owned() } else { format!("{row}・{column}") }
    }

    /// The figure as printed.
    #[must_use]
    pub fn printed(&self, at: usize) -> &'a str {
        self.quantity(at).map_or("", |quantity| quantity.printed())
    }

    /// A value as the cell would print it.
    #[must_use]
    pub fn show(&self, value: Rational, at: usize) -> String {
        let Some(like) = self.quantity(at) else { return value.to_string() };
        let mut digits = format!("{value:.*}", usize::from(like.decimals().max(value.decimals().unwrap_or(0))));
        if like.printed().contains([',', '，']) {
            digits = with_commas(&digits);
        }
        digits.push_str(like.unit().unwrap_or_default());
        digits
    }

    /// Where the figures of a cell come from.
    #[must_use]
    pub fn source(&self, at: usize) -> Option<&'t SourceOfTable<'a>> {
        let (row, column) = (self.rows[self.row_of(at)], self.columns[self.column_of(at)]);
        row.source.as_ref().or(column.source.as_ref()).or(self.table.source.as_ref())
    }

    /// The statistic that the figures of a cell come from.
    #[must_use]
    pub fn statistic(&self, at: usize) -> Option<Text<'a>> {
        self.source(at)?.statistic
    }

    /// The area that a cell covers, where that is not the city.
    #[must_use]
    pub fn area(&self, at: usize) -> Option<Text<'a>> {
        let (row, column) = (self.rows[self.row_of(at)], self.columns[self.column_of(at)]);
        row.scope.or(column.scope).or(self.table.scope)
    }

    /// Whether the text of a row or column says that its figures are no counts that add up: a rate,
    /// a mean, people counted once.
    fn adds_up(name: &str, unit: Option<Text<'_>>) -> Result<(), Reason> {
        let is_rate = ["率", "割合", "比", "指数"].iter().any(|end| name.ends_with(end)) || ["平均", "あたり", "当たり"].iter().any(|word| name.contains(word));
        if is_rate || unit.is_some_and(|unit| is_measured(unit.text)) {
            return Err(Reason::NotComparable);
        }
        if name.contains("実人") {
            return Err(Reason::TallyDiffers);
        }
        Ok(())
    }

    /// Finds the lines that add up.
    fn add_up(&mut self) {
        let rows = Axis {
            ids: self.rows.iter().map(|row| row.id).collect(),
            sums: self.rows.iter().map(|row| &row.sum_of).collect(),
            within: self.rows.iter().map(|row| row.within).collect(),
            index: &self.row_index,
            down: true,
        };
        let columns = Axis {
            ids: self.columns.iter().map(|column| column.id).collect(),
            sums: self.columns.iter().map(|column| &column.sum_of).collect(),
            within: self.columns.iter().map(|column| column.within).collect(),
            index: &self.column_index,
            down: false,
        };
        let (mut lines, mut left_out) = (Vec::new(), Vec::new());
        let mut group = 0;
        for axis in [&columns, &rows] {
            let circles = Circles::of(axis.ids.len(), &axis.links());
            for total in 0..axis.ids.len() {
                for (parts, memos) in axis.breakdowns(total, &circles, &mut left_out) {
                    self.lines_of(axis, total, &parts, &memos, group, &mut lines, &mut left_out);
                    group += 1;
                }
            }
        }
        (self.lines, self.left_out) = (lines, left_out);
    }

    #[allow(clippy::too_many_arguments)]
    fn lines_of(&self, axis: &Axis<'_, 'a>, total: usize, parts: &[usize], memos: &[usize], group: usize, lines: &mut Vec<Line>, left_out: &mut Vec<Reason>) {
        let across = if axis.down { self.columns.len() } else { self.rows.len() };
        let all = axis.sums[total].all;
        for other in 0..across {
            let place = |one: usize| if axis.down { self.at(one, other) } else { self.at(other, one) };
            let (name, unit) = if axis.down { (self.columns[other].name(), self.columns[other].unit) } else { (self.rows[other].name(), self.rows[other].unit) };
            let measured = all && is_measured(self.unit(place(total)));
            if let Err(reason) = Self::adds_up(name, unit).and(if measured { Err(Reason::NotComparable) } else { Ok(()) }) {
                left_out.push(reason);
                continue;
            }
            let line = Line {
                total: place(total),
                parts: parts.iter().map(|part| place(*part)).collect(),
                memos: memos.iter().map(|memo| place(*memo)).collect(),
                down: axis.down,
                group,
            };
            match self.unlike(&line) {
                Some(reason) => left_out.push(reason),
                None => lines.push(line),
            }
        }
    }

    /// Why the parts of a line cannot be added up to its total.
    fn unlike(&self, line: &Line) -> Option<Reason> {
        let text = |text: Option<Text<'a>>| text.map_or("", |text| text.text);
        for part in &line.parts {
            let (one, other) = (*part, line.total);
            if !self.unit(one).is_empty() && !self.unit(other).is_empty() && self.unit(one) != self.unit(other) {
                return Some(Reason::UnitDiffers);
            }
            if text(self.area(one)) != text(self.area(other)) || text(self.statistic(one)) != text(self.statistic(other)) {
                return Some(Reason::NotComparable);
            }
            let periods = (self.quantity(one).and_then(|one| one.period()), self.quantity(other).and_then(|other| other.period()));
            if self.quantity(one).is_some() && self.quantity(other).is_some() && periods.0 != periods.1 {
                return Some(Reason::PeriodDiffers);
            }
        }
        None
    }

    /// The columns that a column is a total of, list by list; the rows of a row.
    #[must_use]
    pub fn parts_of(&self, down: bool, total: usize) -> Vec<Vec<usize>> {
        let of = |sums: &Sums<'a>, index: &BTreeMap<&'a str, usize>| -> Vec<Vec<usize>> {
            sums.lists.iter().map(|list| list.iter().filter_map(|id| index.get(id.text).copied()).collect()).collect()
        };
        if !down {
            return of(&self.columns[total].sum_of, &self.column_index);
        }
        let sums = &self.rows[total].sum_of;
        if sums.all { vec![self.plain_rows()] } else { of(sums, &self.row_index) }
    }

    /// The rows that are neither a total nor within another.
    fn plain_rows(&self) -> Vec<usize> {
        (0..self.rows.len()).filter(|at| self.rows[*at].sum_of.is_empty() && self.rows[*at].within.is_none()).collect()
    }

    /// Links from rows or columns to those that they are totals of, or lie within.
    #[must_use]
    pub fn links(&self, down: bool, of_sums: bool) -> Vec<Link<'a>> {
        let count = if down { self.rows.len() } else { self.columns.len() };
        let index = if down { &self.row_index } else { &self.column_index };
        let mut links = Vec::new();
        for from in 0..count {
            let (sums, within) = if down { (&self.rows[from].sum_of, self.rows[from].within) } else { (&self.columns[from].sum_of, self.columns[from].within) };
            let named: Vec<Text<'a>> = if of_sums { sums.lists.iter().flatten().copied().collect() } else { within.into_iter().collect() };
            links.extend(named.into_iter().filter_map(|text| Some(Link { from, to: *index.get(text.text)?, at: text.node })));
        }
        links
    }
}

impl<'a> Axis<'_, 'a> {
    fn links(&self) -> Vec<Link<'a>> {
        let named = |from: usize| self.sums[from].lists.iter().flatten().map(move |text| (from, *text));
        (0..self.ids.len()).flat_map(named).filter_map(|(from, text)| Some(Link { from, to: *self.index.get(text.text)?, at: text.node })).collect()
    }

    /// The lists of parts of a total, each with what lies within a part.
    fn breakdowns(&self, total: usize, circles: &Circles<'_>, left_out: &mut Vec<Reason>) -> Vec<(Vec<usize>, Vec<usize>)> {
        let sums = self.sums[total];
        if sums.is_empty() {
            return Vec::new();
        }
        if sums.all {
            let plain = |at: &usize| self.sums[*at].is_empty() && self.within[*at].is_none();
            let parts: Vec<usize> = (0..self.ids.len()).filter(plain).collect();
            let memos = (0..self.ids.len()).filter(|at| self.sums[*at].is_empty() && self.within[*at].is_some()).collect();
            return vec![(parts, memos)];
        }
        let mut found = Vec::new();
        for list in &sums.lists {
            let parts: Option<Vec<usize>> = list.iter().map(|text| self.index.get(text.text).copied()).collect();
            match parts {
                Some(parts) if !circles.has(total) => {
                    let memos = (0..self.ids.len()).filter(|at| self.lies_within(*at, &parts)).collect();
                    found.push((parts, memos));
                }
                _ => left_out.push(Reason::Undefined),
            }
        }
        found
    }

    fn lies_within(&self, at: usize, parts: &[usize]) -> bool {
        if parts.contains(&at) {
            return false;
        }
        let whole = self.within[at].and_then(|whole| self.index.get(whole.text));
        whole.is_some_and(|whole| parts.contains(whole))
    }
}

/// The name of a place of a table, for a sentence that says `の「…」` of it.
#[must_use]
pub fn quoted(name: &str) -> Arg {
    Arg::both(format!("「{name}」"), name)
}

fn with_commas(digits: &str) -> String {
    let whole = digits.split('.').next().unwrap_or(digits);
    let start = usize::from(whole.starts_with('-'));
    let mut out = String::with_capacity(digits.len() + 4);
    for (at, digit) in digits.char_indices() {
        if at > start && at < whole.len() && (whole.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}
