//! Tables of statistics, every cell and share as printed.

use super::figure::{day, figure, owned, text};
use super::make::Maker;
use super::view::{CellView, ColumnView, HeadCellView, MissingView, TableRowView, TableView};
use super::words;
use crate::arithmetic::{NotAQuantity, Quantity};
use crate::document::{Field, Kind, Node};
use crate::model::{Column, Row, Slot, SourceOfTable, Table};

/// A table.
pub(super) fn view(maker: &Maker<'_, '_>, table: &Table<'_>) -> TableView {
    let lang = maker.lang;
    TableView {
        id: table.id.text.to_owned(),
        title: table.name().to_owned(),
        unit: owned(table.unit),
        source: table.source.as_ref().and_then(|source| source_words(maker, source)),
        scope: text(table.node, Field::Scope),
        as_of: table.node.get(Field::AsOf).and_then(Node::text).map(|text| day(text, lang)),
        provisional: table.node.get(Field::Provisional).is_some_and(Node::is_true),
        base: table.base.as_ref().and_then(|base| figure(&base.of, Some("名"), None, maker.print)),
        multiple: table.base.as_ref().is_some_and(|base| base.multiple),
        notes: table.notes.iter().map(|note| note.text.to_owned()).collect(),
        sensitive: table.sensitive,
        head: head(maker, table),
        columns: table.columns.iter().map(column).collect(),
        rows: table.rows.iter().map(|row| self::row(maker, table, row)).collect(),
    }
}

fn source_words(maker: &Maker<'_, '_>, source: &SourceOfTable<'_>) -> Option<String> {
    let statistic = source.statistic.map(|name| words::statistic(name.text, maker.lang))?;
    let status = source.status.map(|status| words::source_status(status.text, maker.lang));
    let details: Vec<String> = status.into_iter().chain(owned(source.basis)).collect();
    if details.is_empty() { Some(statistic) } else { Some(format!("{statistic}（{}）", details.join("、"))) }
}

fn column(column: &Column<'_>) -> ColumnView {
    ColumnView {
        id: column.id.text.to_owned(),
        title: column.name().to_owned(),
        unit: owned(column.unit),
        total: !column.sum_of.is_empty(),
        words: column.words,
        note: text(column.node, Field::Note),
    }
}

/// The head. Columns whose titles begin with the same word stand under that word (初回 電話, 初回
/// 面接), and columns of different statistics under the names of these.
fn head(maker: &Maker<'_, '_>, table: &Table<'_>) -> Vec<Vec<HeadCellView>> {
    let paths = paths(maker, table);
    let lines = paths.iter().map(Vec::len).max().unwrap_or(0);
    (0..lines)
        .map(|line| {
            let mut cells: Vec<HeadCellView> = Vec::new();
            let mut above: Option<&[String]> = None;
            for path in paths.iter().filter(|path| path.len() > line) {
                let last = path.len() == line + 1;
                let upto = &path[..=line];
                match (above, cells.last_mut()) {
                    (Some(known), Some(cell)) if known == upto && !last => cell.columns += 1,
                    _ => cells.push(HeadCellView { text: path[line].clone(), columns: 1, lines: if last { lines - line } else { 1 } }),
                }
                above = if last { None } else { Some(upto) };
            }
            cells
        })
        .collect()
}

/// The words over each column from the top of the head to the bottom.
fn paths(maker: &Maker<'_, '_>, table: &Table<'_>) -> Vec<Vec<String>> {
    let sources: Vec<Option<String>> =
        table.columns.iter().map(|column| column.source.as_ref().and_then(|source| source_words(maker, source))).collect();
    let varied = sources.iter().any(|source| *source != sources[0]);
    let prefix = |column: &Column<'_>| column.name().split_once([' ', '　']).map(|(first, _)| first.to_owned());
    let prefixes: Vec<Option<String>> = table.columns.iter().map(prefix).collect();
    let shared = |index: usize| {
        let own = &prefixes[index];
        let beside = [index.checked_sub(1), Some(index + 1)];
        own.is_some() && beside.into_iter().flatten().filter_map(|beside| prefixes.get(beside)).any(|other| other == own)
    };
    table
        .columns
        .iter()
        .enumerate()
        .map(|(index, column)| {
            let mut path = Vec::new();
            path.extend(sources[index].clone().filter(|_| varied));
            let title = titled(column);
            match (&prefixes[index], title.split_once([' ', '　'])) {
                (Some(first), Some((_, rest))) if shared(index) => path.extend([first.clone(), rest.trim_start().to_owned()]),
                _ => path.push(title),
            }
            path
        })
        .collect()
}

/// A column's title with its own unit.
fn titled(column: &Column<'_>) -> String {
    match column.unit {
        Some(unit) if !column.name().contains(unit.text) => format!("{}（{}）", column.name(), unit.text),
        _ => column.name().to_owned(),
    }
}

fn row(maker: &Maker<'_, '_>, table: &Table<'_>, row: &Row<'_>) -> TableRowView {
    let missing = maker.missing(row.node);
    let cells = row.node.get(Field::Cells);
    let of = |column: &Column<'_>| cells.and_then(|cells| cells.member(column.id.text)).map(|(_, node)| node);
    let mut views: Vec<CellView> = Vec::new();
    for column in &table.columns {
        let cell = cell(maker, column, of(column), missing.as_ref());
        match views.last_mut() {
            Some(last) if same_gap(last, &cell) => last.span += 1,
            _ => views.push(cell),
        }
    }
    TableRowView {
        id: row.id.text.to_owned(),
        title: row.name().to_owned(),
        unit: owned(row.unit),
        total: !row.sum_of.is_empty(),
        within: row.within.is_some(),
        provisional: row.provisional.is_some(),
        missing,
        note: text(row.node, Field::Note),
        cells: views,
    }
}

/// Whether two neighbours are missing for one reason that is said in words.
fn same_gap(one: &CellView, other: &CellView) -> bool {
    match (&one.missing, &other.missing) {
        (Some(a), Some(b)) => a.text == b.text && a.reason != "unstated" && one.words == other.words,
        _ => false,
    }
}

fn cell(maker: &Maker<'_, '_>, column: &Column<'_>, node: Option<Node<'_>>, row: Option<&MissingView>) -> CellView {
    let empty =
        CellView { text: String::new(), share: None, missing: None, words: column.words, total: !column.sum_of.is_empty(), span: 1 };
    let gap = |why: MissingView| CellView { text: why.text.clone(), missing: Some(why), ..cell_like(&empty) };
    let Some(node) = node else {
        return match row {
            Some(why) => gap(why.clone()),
            None => empty,
        };
    };
    if let Some(why) = maker.missing(node) {
        return gap(why);
    }
    let mut parts = node.items();
    let (value, share) = match node.kind() {
        Kind::Seq => (parts.next(), parts.next()),
        _ => (Some(node), None),
    };
    if column.words {
        return CellView { text: value.and_then(Node::text).unwrap_or_default().trim_end().to_owned(), ..empty };
    }
    let shown = value.and_then(|value| figure(&slot(value), None, None, maker.print));
    CellView {
        text: shown.as_ref().map(|figure| figure.text.clone()).unwrap_or_default(),
        missing: shown.and_then(|figure| figure.missing),
        share: share.and_then(Node::text).map(percent),
        ..empty
    }
}

fn slot(node: Node<'_>) -> Slot<'_, Quantity<'_>> {
    Slot::quantity(node)
}

fn cell_like(cell: &CellView) -> CellView {
    CellView { text: String::new(), share: None, missing: None, words: cell.words, total: cell.total, span: 1 }
}

/// A share with its sign; what is no figure stays as it is.
fn percent(text: &str) -> String {
    let text = text.trim();
    match Quantity::parse(text) {
        Ok(quantity) if quantity.unit().is_none() => format!("{text}%"),
        Ok(_) | Err(NotAQuantity::Empty | NotAQuantity::NullMarker(_) | NotAQuantity::SpreadsheetError | NotAQuantity::Text) => {
            text.to_owned()
        }
    }
}
