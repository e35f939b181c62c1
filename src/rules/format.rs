//! How values are written: what a spreadsheet, a PDF or another reader of YAML has made of them.

use crate::arithmetic::{NotAQuantity, NullMarker, Quantity};
use crate::catalogue::{RuleId, Words};
use crate::config::Settings;
use crate::diagnostic::Finding;
use crate::document::{Document, Field, Kind, Node, is_ambiguous};
use crate::rule::Ledger;
use crate::text::{self, Signs};

use super::glyphs::{self, Figures};

/// Looks at every scalar of a plan or report.
pub fn check(document: &Document<'_>, _settings: &Settings, ledger: &mut Ledger) {
    for root in document.roots() {
        let mut seen = Seen::default();
        walk(root, None, ledger, &mut seen);
        settle_unstated(seen.unstated, ledger);
        glyphs::clean(seen.clean, ledger);
        seen.figures.settle(ledger);
    }
}

/// What is compared when a whole plan or report was looked at.
#[derive(Default)]
struct Seen<'a> {
    unstated: Vec<Unstated<'a>>,
    /// How many texts and names have no character that does not belong.
    clean: u64,
    figures: Figures<'a>,
}

/// A bare mark in the print, and where it stands: a cell that the model spreads over several
/// counts is one cell of the print.
struct Unstated<'a> {
    cell: String,
    node: Node<'a>,
}

fn settle_unstated(unstated: Vec<Unstated<'_>>, ledger: &mut Ledger) {
    let mut cells: Vec<(String, Finding)> = Vec::new();
    for mark in unstated {
        match cells.iter_mut().find(|(cell, _)| *cell == mark.cell) {
            Some((_, finding)) => *finding = finding.clone().related("again", mark.node),
            None => cells.push((mark.cell, Finding::new(RuleId::NullMarker, mark.node).variant("unstated"))),
        }
    }
    for (_, finding) in cells {
        ledger.fail(finding);
    }
}

/// The printed cell of a node: the path with the names of counts left out.
fn cell(node: Node<'_>) -> String {
    let path = node.stable_path();
    let steps: Vec<&str> = path.split('/').collect();
    let counts = steps.iter().position(|step| *step == "counts");
    match counts {
        Some(at) => steps.iter().enumerate().filter(|(index, _)| *index != at + 1).map(|(_, step)| *step).collect::<Vec<_>>().join("/"),
        None => path,
    }
}

fn walk<'a>(node: Node<'a>, field: Option<Field>, ledger: &mut Ledger, seen: &mut Seen<'a>) {
    match node.kind() {
        Kind::Map => {
            for (key, value) in node.members() {
                // The names of fields are ASCII.
                let clean = key.field().is_some() || glyphs::characters(key, false, ledger);
                seen.clean += u64::from(clean);
                // A column may bear the name of a field.
                let named = if field == Some(Field::Cells) && key.field() != Some(Field::Missing) { field } else { key.field().or(field) };
                walk(value, named, ledger, seen);
            }
        }
        Kind::Seq => {
            for item in node.items() {
                walk(item, field, ledger, seen);
            }
        }
        Kind::Null | Kind::Alias => {}
        _ => scalar(node, field, ledger, seen),
    }
}

fn scalar<'a>(node: Node<'a>, field: Option<Field>, ledger: &mut Ledger, seen: &mut Seen<'a>) {
    let text = node.as_str();
    let signs = text.map(Signs::of).unwrap_or_default();
    spreadsheet_error(node, text.filter(|_| signs.hash()), ledger);
    if field == Some(Field::Missing) && text == Some("unstated") {
        seen.unstated.push(Unstated { cell: cell(node), node });
    }
    let is_mark = null_marker(node, text, field, ledger);
    ambiguous_scalar(node, ledger);
    seen.clean += u64::from(glyphs::characters(node, is_mark, ledger));
    if let Some(text) = text {
        glyphs::markup(node, text, signs, ledger);
    }
    seen.figures.look(node, field, signs, ledger);
}

fn spreadsheet_error(node: Node<'_>, text: Option<&str>, ledger: &mut Ledger) {
    let rule = RuleId::SpreadsheetError;
    let Some(text) = text else { return ledger.pass(rule) };
    let Some(range) = text::spreadsheet_error(text) else { return ledger.pass(rule) };
    let value = text[range.clone()].to_owned();
    ledger.fail(Finding::new(rule, node).span(node.part(range)).arg("value", value));
}

/// The places where a figure stands.
fn is_figure(field: Option<Field>) -> bool {
    matches!(
        field,
        Some(Field::Target | Field::Actual | Field::Prior | Field::Value | Field::Attendance | Field::Amount | Field::Cells | Field::Cost)
    )
}

/// Whether the value is a mark.
fn null_marker(node: Node<'_>, text: Option<&str>, field: Option<Field>, ledger: &mut Ledger) -> bool {
    let rule = RuleId::NullMarker;
    if !is_figure(field) {
        return false;
    }
    let Some(Err(NotAQuantity::NullMarker(marker))) = text.map(Quantity::parse) else {
        ledger.pass(rule);
        return false;
    };
    let (variant, choices) = choices(marker);
    ledger.fail(Finding::new(rule, node).variant(variant).arg("value", node.text().unwrap_or_default()).arg("choices", choices));
    true
}

fn choices(marker: NullMarker) -> (&'static str, Words) {
    match marker {
        NullMarker::Nothing | NullMarker::NothingSpecial => {
            ("nothing", Words { ja: "0、not-planned（予定なし）、not-held（未実施）", en: "0, not-planned, not-held" })
        }
        NullMarker::Undecided | NullMarker::Pending => {
            ("default", Words { ja: "pending（後日）、not-planned（予定なし）", en: "pending, not-planned" })
        }
        NullMarker::NotApplicable | NullMarker::Slash => ("default", Words { ja: "not-applicable（該当なし）", en: "not-applicable" }),
        NullMarker::NotHeld => ("default", Words { ja: "not-held（未実施）", en: "not-held" }),
        NullMarker::NotPlanned => ("default", Words { ja: "not-planned（予定なし）", en: "not-planned" }),
        NullMarker::NotCounted => ("default", Words { ja: "not-counted（未集計）", en: "not-counted" }),
        NullMarker::Unknown | NullMarker::Ellipsis => ("default", Words { ja: "unknown（不明）", en: "unknown" }),
        NullMarker::Withheld => ("default", Words { ja: "withheld（非公表）", en: "withheld" }),
        _ => (
            "default",
            Words {
                ja: "not-planned（予定なし）、not-counted（未集計）、not-applicable（該当なし）、unstated（印刷が「―」だけ）",
                en: "not-planned, not-counted, not-applicable, unstated (the print gives a bare mark)",
            },
        ),
    }
}

fn ambiguous_scalar(node: Node<'_>, ledger: &mut Ledger) {
    let rule = RuleId::AmbiguousScalar;
    if node.is_quoted() {
        return;
    }
    let text = node.raw();
    match node.kind() {
        Kind::Str if is_ambiguous(text) => ledger.fail(Finding::new(rule, node).arg("value", text)),
        _ => ledger.pass(rule),
    }
}
