//! Figures inside texts: a formula, a frequency, a rate, a growth, or a count by its name. Each
//! text of an entry is scanned once, for all of these rules.

use super::columns::Column;
use super::{formulas, frequency, growth, rates, repeated_figures};
use crate::arithmetic::{Quantity, Rational, normal_unit};
use crate::document::Node;
use crate::model::{CountValue, Measure, Passage, Slot};
use crate::rule::{EntryScope, Ledger};
use crate::text::{FoundNumber, Grouping, find_numbers_beside};

/// A text of an entry with the numbers in it.
pub struct Prose<'a> {
    /// Where it stands.
    pub node: Node<'a>,
    /// The words.
    pub text: &'a str,
    /// The column of figures that it speaks of.
    pub column: Option<Column>,
    /// The department whose words they are, where several have written.
    pub department: Option<&'a str>,
    /// The count whose remark it is.
    pub value: Option<(&'a CountValue<'a>, bool)>,
    /// The numbers, in their order.
    pub numbers: Vec<FoundNumber<'a>>,
}

impl<'a> Prose<'a> {
    fn of(scope: &EntryScope<'_>, node: Node<'a>, text: &'a str) -> Self {
        let has_digits = text.bytes().any(|byte| byte.is_ascii_digit() || byte == 0xEF);
        let numbers = if has_digits { find_numbers_beside(text, &scope.dates_in(node, text)).collect() } else { Vec::new() };
        Self { node, text, column: None, department: None, value: None, numbers }
    }

    /// The words between two positions, without spaces around them.
    #[must_use]
    pub fn between(&self, from: usize, to: usize) -> Option<&'a str> {
        self.text.get(from..to).map(str::trim)
    }

    /// The sentence up to a position.
    #[must_use]
    pub fn sentence_before(&self, at: usize) -> &'a str {
        let before = self.text.get(..at).unwrap_or_default();
        let from = before.rfind(['。', '\n', '！', '？']).map_or(0, |stop| stop + before[stop..].chars().next().map_or(0, char::len_utf8));
        &before[from..]
    }

    /// The sentence from a position on.
    #[must_use]
    pub fn sentence_after(&self, at: usize) -> &'a str {
        let after = self.text.get(at..).unwrap_or_default();
        &after[..after.find(['。', '\n', '！', '？']).unwrap_or(after.len())]
    }
}

/// The unit of a number, one spelling for all.
#[must_use]
pub fn unit<'a>(number: &FoundNumber<'a>) -> &'a str {
    number.unit_word().map_or("", normal_unit)
}

/// The value of a number; nothing where its digits are in doubt.
#[must_use]
pub fn value(number: &FoundNumber<'_>) -> Option<Rational> {
    if number.grouping == Grouping::Broken || number.upper.is_some() {
        return None;
    }
    Quantity::parse(&number.digits()).ok().map(|quantity| quantity.value())
}

/// The number with its unit as a quantity.
#[must_use]
pub fn quantity<'a>(prose: &Prose<'a>, number: &FoundNumber<'a>) -> Option<Quantity<'a>> {
    if number.grouping == Grouping::Broken {
        return None;
    }
    let end = number.unit.as_ref().or(number.upper.as_ref()).map_or(number.range.end, |unit| unit.end);
    Quantity::parse(prose.text.get(number.range.start..end)?).ok()
}

/// Scans the texts of an entry.
pub fn check(scope: &EntryScope<'_>, ledger: &mut Ledger) {
    let Some(measure) = scope.measure else { return };
    let entry = scope.entry;
    formulas::products(scope, measure, ledger);
    rates::counts(scope, measure, ledger);
    let next = entry.next.as_ref().map(|next| &next.plan);
    let passages = [
        (Some(&entry.plan), Some(Column::Target)),
        (Some(&entry.result), Some(Column::Actual)),
        (Some(&entry.reason), None),
        (Some(&entry.effect), None),
        (next, Some(Column::Next)),
    ];
    for (passage, column) in passages {
        let Some(Slot::Given(passage, _)) = passage else { continue };
        look_through(scope, measure, *passage, column, ledger);
    }
    let remarks =
        entry.counts.iter().map(|value| (value, false)).chain(entry.next.iter().flat_map(|next| &next.counts).map(|value| (value, true)));
    for (value, is_next) in remarks {
        let Some(note) = value.note else { continue };
        let prose = Prose { value: Some((value, is_next)), ..Prose::of(scope, note.node, note.text) };
        if prose.numbers.is_empty() {
            continue;
        }
        rates::in_text(scope, &prose, ledger);
        frequency::in_remark(scope, measure, &prose, ledger);
        formulas::in_remark(scope, measure, &prose, ledger);
    }
    if let Some(note) = entry.note {
        let prose = Prose::of(scope, note.node, note.text);
        formulas::in_text(scope, &prose, ledger);
        rates::in_text(scope, &prose, ledger);
    }
}

fn look_through<'a>(scope: &EntryScope<'a>, measure: &'a Measure<'a>, passage: Passage<'a>, column: Option<Column>, ledger: &mut Ledger) {
    for part in passage.parts() {
        let mut prose = Prose::of(scope, part.text.node, part.text.text);
        if prose.numbers.is_empty() {
            continue;
        }
        prose.column = column;
        prose.department = part.department.map(|department| department.text);
        formulas::in_text(scope, &prose, ledger);
        rates::in_text(scope, &prose, ledger);
        growth::check(scope, measure, &prose, ledger);
        frequency::in_text(scope, measure, &prose, ledger);
        repeated_figures::check(scope, measure, &prose, ledger);
    }
}
