//! Columns and rows that a table names but does not have, and cells that hold no figure.

use std::collections::{BTreeMap, BTreeSet};

use super::grid::Grid;
use crate::arithmetic::{NotAQuantity, Quantity};
use crate::catalogue::{RuleId, Words};
use crate::diagnostic::Finding;
use crate::document::Node;
use crate::model::{Slot, Text};
use crate::rule::{Ledger, TableScope};
use crate::rules::circles::{self, Circles};
use crate::text;

/// What a cell should hold.
const FIGURE: Words =
    Words { ja: "数量（言葉の列なら、列に kind: text）", en: "a quantity (or put kind: text on a column of words)" };

/// Looks up every id of a table.
pub(super) fn check(scope: &TableScope<'_>, grid: &Grid<'_, '_>, ledger: &mut Ledger) {
    columns(grid, ledger);
    rows(grid, ledger);
    for down in [false, true] {
        for of_sums in [true, false] {
            around(grid, down, of_sums, ledger);
        }
    }
    words(scope, grid, ledger);
}

/// Names that are not there, each with the places where it is used.
struct Unknown<'a> {
    variant: [&'static str; 2],
    uses: BTreeMap<usize, (&'a str, Vec<Node<'a>>)>,
    order: BTreeMap<&'a str, usize>,
}

impl<'a> Unknown<'a> {
    fn new(variant: [&'static str; 2]) -> Self {
        Self { variant, uses: BTreeMap::new(), order: BTreeMap::new() }
    }

    fn add(&mut self, id: &'a str, node: Node<'a>) {
        let next = self.order.len();
        let at = *self.order.entry(id).or_insert(next);
        self.uses.entry(at).or_insert_with(|| (id, Vec::new())).1.push(node);
    }

    fn settle(self, known: &[Text<'a>], context: &str, ledger: &mut Ledger) {
        for (_, (id, nodes)) in self.uses {
            let near = text::did_you_mean(id, known.iter().map(|text| text.text));
            let [plain, with_near] = self.variant;
            let mut finding = Finding::new(RuleId::UndefinedCount, nodes[0])
                .variant(if near.is_some() { with_near } else { plain })
                .arg("id", id)
                .arg("context", context)
                .arg("known", near.unwrap_or_default())
                .discriminator(id);
            if let Some(node) = near.and_then(|near| known.iter().find(|text| text.text == near)).map(|text| text.node) {
                finding = finding.related("definition", node);
            }
            for node in &nodes[1..] {
                finding = finding.related("again", *node);
            }
            ledger.fail(finding);
        }
    }
}

fn columns(grid: &Grid<'_, '_>, ledger: &mut Ledger) {
    let table = grid.table;
    let known: BTreeSet<&str> = table.columns.iter().map(|column| column.id.text).collect();
    let mut unknown = Unknown::new(["column", "column-near"]);
    let named = table.columns.iter().flat_map(|column| {
        let sums = column.sum_of.lists.iter().flatten().copied();
        sums.chain(column.within).chain(column.share_of).collect::<Vec<_>>()
    });
    for text in named {
        if known.contains(text.text) { ledger.pass(RuleId::UndefinedCount) } else { unknown.add(text.text, text.node) }
    }
    for row in &table.rows {
        let cells = row.node.get(crate::document::Field::Cells).into_iter().flat_map(Node::members);
        for (key, _) in cells {
            let id = key.key_text();
            if known.contains(id) { ledger.pass(RuleId::UndefinedCount) } else { unknown.add(id, key) }
        }
    }
    let ids: Vec<Text<'_>> = table.columns.iter().map(|column| column.id).collect();
    if let Some(of) = table.shares.as_ref().and_then(|shares| shares.of) {
        if known.contains(of.text) || table.row(of.text).is_some() {
            ledger.pass(RuleId::UndefinedCount)
        } else {
            unknown.add(of.text, of.node)
        }
    }
    unknown.settle(&ids, table.name(), ledger);
}

fn rows(grid: &Grid<'_, '_>, ledger: &mut Ledger) {
    let table = grid.table;
    let known: BTreeSet<&str> = table.rows.iter().map(|row| row.id.text).collect();
    let mut unknown = Unknown::new(["row", "row-near"]);
    for row in &table.rows {
        for text in row.sum_of.lists.iter().flatten().copied().chain(row.within) {
            if known.contains(text.text) { ledger.pass(RuleId::UndefinedCount) } else { unknown.add(text.text, text.node) }
        }
    }
    let ids: Vec<Text<'_>> = table.rows.iter().map(|row| row.id).collect();
    unknown.settle(&ids, table.name(), ledger);
}

/// Totals of themselves, and what lies within itself.
fn around(grid: &Grid<'_, '_>, down: bool, of_sums: bool, ledger: &mut Ledger) {
    let id = |at: usize| if down { grid.rows[at].id.text } else { grid.columns[at].id.text };
    let count = if down { grid.rows.len() } else { grid.columns.len() };
    for (link, circle) in Circles::of(count, &grid.links(down, of_sums)).closing {
        let names: Vec<&str> = circle.iter().map(|at| id(*at)).collect();
        ledger.fail(circles::finding(link.at, id(link.to), &names, grid.table.name()));
    }
}

/// Cells that hold words where a figure should stand. A column that holds nothing else is one fault.
fn words(scope: &TableScope<'_>, grid: &Grid<'_, '_>, ledger: &mut Ledger) {
    let rule = RuleId::SchemaViolation;
    for (column, defined) in grid.columns.iter().enumerate() {
        let cells = (0..grid.rows.len()).filter_map(|row| grid.cell(grid.at(row, column)));
        let (mut wrong, mut right) = (Vec::new(), false);
        for cell in cells {
            match &cell.value {
                Slot::Unreadable(node) if holds_words(*node) && !scope.is_damaged(cell.node) => wrong.push(*node),
                Slot::Given(..) => right = true,
                _ => {}
            }
        }
        let told = if right { wrong.len() } else { wrong.len().min(1) };
        for node in &wrong[..told] {
            let value: String = node.text().unwrap_or_default().chars().take(30).collect();
            ledger
                .fail(Finding::new(rule, *node).variant("format").arg("name", defined.name()).arg("value", value).arg("expected", FIGURE));
        }
    }
}

/// Whether a scalar holds words: null markers and errors of a spreadsheet have rules of their own.
fn holds_words(node: Node<'_>) -> bool {
    matches!(node.as_str().map(Quantity::parse), Some(Err(NotAQuantity::Text)))
}
