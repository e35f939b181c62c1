//! Statistics printed in a report: rows and columns of counts with their shares.

use super::measure::sums;
use super::{Missing, Slot, Text, fitted};
use crate::arithmetic::Quantity;
use crate::document::{Field, Kind, Node};

/// A table.
#[derive(Debug)]
pub struct Table<'a> {
    /// Where it stands.
    pub node: Node<'a>,
    /// Its id.
    pub id: Text<'a>,
    /// Its title.
    pub title: Option<Text<'a>>,
    /// The unit of its cells.
    pub unit: Option<Text<'a>>,
    /// Where its figures come from.
    pub source: Option<SourceOfTable<'a>>,
    /// The area that it covers, where that is not the city.
    pub scope: Option<Text<'a>>,
    /// Where it is said that its figures may still change.
    pub provisional: Option<Node<'a>>,
    /// The day of its figures, as written.
    pub as_of: Option<Text<'a>>,
    /// Remarks.
    pub notes: Vec<Text<'a>>,
    /// Whose answers it counts.
    pub base: Option<Base<'a>>,
    /// How its shares are made.
    pub shares: Option<Shares<'a>>,
    /// Whether it is about people in crisis.
    pub sensitive: bool,
    /// Its columns.
    pub columns: Vec<Column<'a>>,
    /// Its rows.
    pub rows: Vec<Row<'a>>,
}

/// Where figures come from.
#[derive(Debug)]
pub struct SourceOfTable<'a> {
    /// Where it is said.
    pub node: Node<'a>,
    /// The statistic: vital, police, survey or another name.
    pub statistic: Option<Text<'a>>,
    /// Whether it is final.
    pub status: Option<Text<'a>>,
    /// By what day and place people are counted.
    pub basis: Option<Text<'a>>,
}

/// Whose answers are counted.
#[derive(Debug)]
pub struct Base<'a> {
    /// How many people answered.
    pub of: Slot<'a, Quantity<'a>>,
    /// Whether one person may give several answers.
    pub multiple: bool,
}

/// How shares are made.
#[derive(Debug)]
pub struct Shares<'a> {
    /// The column or row that is 100%.
    pub of: Option<Text<'a>>,
    /// How many decimals.
    pub decimals: Option<Node<'a>>,
    /// How they are rounded.
    pub rounding: Option<Rounding>,
}

/// How shares are rounded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rounding {
    /// Half up.
    HalfUp,
    /// So that they add up to 100 (largest remainder).
    To100,
    /// Cut off.
    Truncate,
}

/// The ways in which a column or row is a total.
#[derive(Debug, Default)]
pub struct Sums<'a> {
    /// Every one that is neither a total nor within another.
    pub all: bool,
    /// Lists of ids.
    pub lists: Vec<Vec<Text<'a>>>,
    /// Where it is said.
    pub node: Option<Node<'a>>,
}

/// A column.
#[derive(Debug)]
pub struct Column<'a> {
    /// Where it is defined.
    pub node: Node<'a>,
    /// Its id.
    pub id: Text<'a>,
    /// Its title.
    pub title: Option<Text<'a>>,
    /// Its unit, where it is not the table's.
    pub unit: Option<Text<'a>>,
    /// What it is a total of.
    pub sum_of: Sums<'a>,
    /// The column that it is a part of.
    pub within: Option<Text<'a>>,
    /// The column that its shares are of.
    pub share_of: Option<Text<'a>>,
    /// Whether it holds words.
    pub words: bool,
    /// Where its figures come from, where it is not the table's source.
    pub source: Option<SourceOfTable<'a>>,
    /// The area that it covers.
    pub scope: Option<Text<'a>>,
    /// Where it is said that its figures may still change.
    pub provisional: Option<Node<'a>>,
    /// The day of its figures, as written.
    pub as_of: Option<Text<'a>>,
    /// A remark.
    pub note: Option<Text<'a>>,
}

/// A row.
#[derive(Debug)]
pub struct Row<'a> {
    /// Where it stands.
    pub node: Node<'a>,
    /// Its id.
    pub id: Text<'a>,
    /// Its title.
    pub title: Option<Text<'a>>,
    /// Its year.
    pub year: Option<Text<'a>>,
    /// Its unit, where it is not the table's.
    pub unit: Option<Text<'a>>,
    /// What it is a total of.
    pub sum_of: Sums<'a>,
    /// The row that it is a part of.
    pub within: Option<Text<'a>>,
    /// Why it has no figures.
    pub missing: Option<Missing<'a>>,
    /// Whether it holds words.
    pub words: bool,
    /// Where its figures come from, where it is not the table's source.
    pub source: Option<SourceOfTable<'a>>,
    /// Where it is said that its figures may still change.
    pub provisional: Option<Node<'a>>,
    /// The area that it covers.
    pub scope: Option<Text<'a>>,
    /// The day of its figures, as written.
    pub as_of: Option<Text<'a>>,
    /// A remark.
    pub note: Option<Text<'a>>,
    /// Its cells.
    pub cells: Vec<Cell<'a>>,
}

/// A cell.
#[derive(Debug)]
pub struct Cell<'a> {
    /// The key: the column's id.
    pub key: Node<'a>,
    /// What stands there.
    pub node: Node<'a>,
    /// The count.
    pub value: Slot<'a, Quantity<'a>>,
    /// The share.
    pub share: Slot<'a, Quantity<'a>>,
}

impl<'a> Table<'a> {
    pub(super) fn of(node: Node<'a>) -> Option<Self> {
        let mut table = Self {
            node,
            id: node.get(Field::Id).and_then(Text::of)?,
            title: None,
            unit: None,
            source: None,
            scope: None,
            provisional: None,
            as_of: None,
            notes: Vec::new(),
            base: None,
            shares: None,
            sensitive: false,
            columns: Vec::new(),
            rows: Vec::new(),
        };
        for (key, value) in node.members() {
            match key.field() {
                Some(Field::Title) => table.title = Text::of(value),
                Some(Field::Unit) => table.unit = Text::of(value),
                Some(Field::Source) => table.source = Some(SourceOfTable::of(value)),
                Some(Field::Scope) => table.scope = Text::of(value),
                Some(Field::Provisional) => table.provisional = value.is_true().then_some(value),
                Some(Field::AsOf) => table.as_of = Text::of(value),
                Some(Field::Notes) => table.notes = Text::list(value),
                Some(Field::Base) => {
                    table.base = Some(Base {
                        of: value.get(Field::Of).map_or(Slot::Absent, Slot::quantity),
                        multiple: value.get(Field::Multiple).is_some_and(Node::is_true),
                    });
                }
                Some(Field::Shares) => table.shares = Some(Shares::of(value)),
                Some(Field::Sensitive) => table.sensitive = value.is_true(),
                Some(Field::Columns) => table.columns = fitted(value, value.items().filter_map(Column::of)),
                Some(Field::Rows) => table.rows = fitted(value, value.items().filter_map(Row::of)),
                _ => {}
            }
        }
        let words: Vec<&str> = table.columns.iter().filter(|column| column.words).map(|column| column.id.text).collect();
        for row in &mut table.rows {
            row.cells.retain(|cell| !row.words && !words.contains(&cell.id()));
        }
        Some(table)
    }

    /// The column of an id.
    #[must_use]
    pub fn column(&self, id: &str) -> Option<&Column<'a>> {
        self.columns.iter().find(|column| column.id.text == id)
    }

    /// The row of an id.
    #[must_use]
    pub fn row(&self, id: &str) -> Option<&Row<'a>> {
        self.rows.iter().find(|row| row.id.text == id)
    }

    /// What people call it.
    #[must_use]
    pub fn name(&self) -> &'a str {
        self.title.map_or(self.id.text, |title| title.text)
    }
}

impl<'a> SourceOfTable<'a> {
    fn of(node: Node<'a>) -> Self {
        Self {
            node,
            statistic: node.get(Field::Statistic).and_then(Text::of).or_else(|| Text::of(node)),
            status: node.get(Field::Status).and_then(Text::of),
            basis: node.get(Field::Basis).and_then(Text::of),
        }
    }
}

impl<'a> Shares<'a> {
    fn of(node: Node<'a>) -> Self {
        Self {
            of: node.get(Field::Of).and_then(Text::of),
            decimals: node.get(Field::Decimals),
            rounding: match node.get(Field::Rounding).and_then(Node::text) {
                Some("half-up") => Some(Rounding::HalfUp),
                Some("to-100") => Some(Rounding::To100),
                Some("truncate") => Some(Rounding::Truncate),
                _ => None,
            },
        }
    }
}

impl<'a> Sums<'a> {
    fn of(node: Node<'a>) -> Self {
        match node.text() {
            Some("all") => Self { all: true, lists: Vec::new(), node: Some(node) },
            _ => Self { all: false, lists: sums(node), node: Some(node) },
        }
    }

    /// Whether it is no total.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        !self.all && self.lists.is_empty()
    }
}

impl<'a> Column<'a> {
    fn of(node: Node<'a>) -> Option<Self> {
        let mut column = Self {
            node,
            id: node.get(Field::Id).and_then(Text::of)?,
            title: None,
            unit: None,
            sum_of: Sums::default(),
            within: None,
            share_of: None,
            words: false,
            source: None,
            scope: None,
            provisional: None,
            as_of: None,
            note: None,
        };
        for (key, value) in node.members() {
            match key.field() {
                Some(Field::Title) => column.title = Text::of(value),
                Some(Field::Unit) => column.unit = Text::of(value),
                Some(Field::SumOf) => column.sum_of = Sums::of(value),
                Some(Field::Within) => column.within = Text::of(value),
                Some(Field::ShareOf) => column.share_of = Text::of(value),
                Some(Field::Kind) => column.words = value.text() == Some("text"),
                Some(Field::Source) => column.source = Some(SourceOfTable::of(value)),
                Some(Field::Scope) => column.scope = Text::of(value),
                Some(Field::Provisional) => column.provisional = value.is_true().then_some(value),
                Some(Field::AsOf) => column.as_of = Text::of(value),
                Some(Field::Note) => column.note = Text::of(value),
                _ => {}
            }
        }
        Some(column)
    }

    /// What people call it.
    #[must_use]
    pub fn name(&self) -> &'a str {
        self.title.map_or(self.id.text, |title| title.text)
    }
}

impl<'a> Row<'a> {
    fn of(node: Node<'a>) -> Option<Self> {
        let mut row = Self {
            node,
            id: node.get(Field::Id).and_then(Text::of)?,
            title: None,
            year: None,
            unit: None,
            sum_of: Sums::default(),
            within: None,
            missing: Missing::of(node),
            words: false,
            source: None,
            provisional: None,
            scope: None,
            as_of: None,
            note: None,
            cells: Vec::new(),
        };
        for (key, value) in node.members() {
            match key.field() {
                Some(Field::Title) => row.title = Text::of(value),
                Some(Field::Year) => row.year = Text::of(value),
                Some(Field::Unit) => row.unit = Text::of(value),
                Some(Field::SumOf) => row.sum_of = Sums::of(value),
                Some(Field::Within) => row.within = Text::of(value),
                Some(Field::Kind) => row.words = value.text() == Some("text"),
                Some(Field::Source) => row.source = Some(SourceOfTable::of(value)),
                Some(Field::Provisional) => row.provisional = value.is_true().then_some(value),
                Some(Field::Scope) => row.scope = Text::of(value),
                Some(Field::AsOf) => row.as_of = Text::of(value),
                Some(Field::Note) => row.note = Text::of(value),
                Some(Field::Cells) => row.cells = fitted(value, value.members().map(|(key, value)| Cell::of(key, value))),
                _ => {}
            }
        }
        Some(row)
    }

    /// The cell of a column.
    #[must_use]
    pub fn cell(&self, column: &str) -> Option<&Cell<'a>> {
        self.cells.iter().find(|cell| cell.id() == column)
    }

    /// What people call it.
    #[must_use]
    pub fn name(&self) -> &'a str {
        self.title.map_or(self.id.text, |title| title.text)
    }
}

impl<'a> Cell<'a> {
    fn of(key: Node<'a>, node: Node<'a>) -> Self {
        let mut parts = node.items();
        let (value, share) = match node.kind() {
            Kind::Seq => (parts.next(), parts.next()),
            _ => (Some(node), None),
        };
        let read = |node: Option<Node<'a>>| node.map_or(Slot::Absent, Slot::quantity);
        Self { key, node, value: read(value), share: read(share) }
    }

    /// The column's id.
    #[must_use]
    pub fn id(&self) -> &'a str {
        self.key.key_text()
    }
}
