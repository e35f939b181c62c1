//! The running text of a plan or report: which fields hold it, and a walk over it.

use crate::calendar::Date;
use crate::catalogue::RuleId;
use crate::diagnostic::{Arg, Finding};
use crate::document::{Field, Kind, Node};
use crate::rule::{Ledger, Reason};

/// Whether a field holds sentences rather than a name, an id or a figure.
pub(super) fn is_prose(field: Option<Field>) -> bool {
    matches!(
        field,
        Some(
            Field::Audience
                | Field::DirectionReason
                | Field::Effect
                | Field::Note
                | Field::Notes
                | Field::Plan
                | Field::Reason
                | Field::Result
                | Field::Summary
                | Field::Text
        )
    )
}

/// Whether a field holds a name or heading.
pub(super) fn is_heading(field: Option<Field>) -> bool {
    matches!(field, Some(Field::Agenda | Field::Headline | Field::Title))
}

/// Calls `look` with each scalar below a node and the field that it stands in.
pub(super) fn each<'a>(node: Node<'a>, field: Option<Field>, look: &mut dyn FnMut(Node<'a>, Option<Field>)) {
    match node.kind() {
        Kind::Map => {
            for (key, value) in node.members() {
                // A column may bear the name of a field.
                let named = if field == Some(Field::Cells) && key.field() != Some(Field::Missing) { field } else { key.field().or(field) };
                each(value, named, look);
            }
        }
        Kind::Seq => {
            for item in node.items() {
                each(item, field, look);
            }
        }
        Kind::Null | Kind::Alias => {}
        _ => look(node, field),
    }
}

/// As [`each`], for what a plan or report holds besides its entries, which are looked at one by one.
pub(super) fn each_outside_entries<'a>(root: Node<'a>, look: &mut dyn FnMut(Node<'a>, Option<Field>)) {
    for (key, value) in root.members() {
        // `plan` of a report is an id.
        if !matches!(key.field(), Some(Field::Entries | Field::Plan)) {
            each(value, key.field(), look);
        }
    }
}

/// A part of a text for a message: cut in the middle where it is long.
pub(super) fn quoted(text: &str) -> String {
    const MOST: usize = 40;
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let letters = line.chars().count();
    if letters <= MOST {
        return line;
    }
    let head: String = line.chars().take(MOST - 16).collect();
    let tail: String = line.chars().skip(letters - 14).collect();
    format!("{head}…{tail}")
}

/// How many characters a text has, spaces left out.
pub(super) fn letters(text: &str) -> usize {
    text.chars().filter(|letter| !letter.is_whitespace()).count()
}

/// A day for a message: 令和7年8月18日, 18 August 2025.
pub(super) fn day(date: Date) -> Arg {
    Arg::both(crate::calendar::in_era(date).to_string(), date.to_string())
}

/// How many other places a finding names.
const NAMED: usize = 9;

/// One finding for several places: the first is its own, the others are related, the first few of
/// them by name.
pub(super) fn gathered<'a>(rule: RuleId, places: &[Found<'a>]) -> Option<Finding> {
    let (first, others) = places.split_first()?;
    let mut finding = first.finding(rule);
    if !others.is_empty() {
        finding = finding.variant("several");
    }
    finding = finding.arg("found", first.words).arg("times", places.len());
    finding = others.iter().fold(finding, |finding, other| finding.again(other.node));
    for other in others.iter().take(NAMED) {
        let place = other.finding(rule).place;
        finding = finding.related_with("again", place, vec![("found", other.words.into())]);
    }
    Some(finding)
}

/// A place in a text and what stands there.
#[derive(Clone, Debug)]
pub(super) struct Found<'a> {
    /// The scalar.
    pub node: Node<'a>,
    /// The bytes of its text; all of it where there is no range.
    pub range: Option<std::ops::Range<usize>>,
    /// What stands there.
    pub words: &'a str,
}

impl<'a> Found<'a> {
    /// A part of a scalar's text.
    pub fn part(node: Node<'a>, range: std::ops::Range<usize>) -> Self {
        let words = node.text().and_then(|text| text.get(range.clone())).unwrap_or_default();
        Self { node, range: Some(range), words }
    }

    /// A whole scalar.
    pub fn whole(node: Node<'a>) -> Self {
        Self { node, range: None, words: node.text().unwrap_or_default() }
    }

    /// A finding there.
    pub fn finding(&self, rule: RuleId) -> Finding {
        let finding = Finding::new(rule, self.node);
        match &self.range {
            Some(range) => finding.span(self.node.part(range.clone())),
            None => finding,
        }
    }
}

/// Whether any of several rules is on.
pub(super) fn any_on(ledger: &Ledger, rules: &[RuleId]) -> bool {
    rules.iter().any(|rule| ledger.is_on(*rule))
}

/// Skips several rules for one reason.
pub(super) fn skip(ledger: &mut Ledger, rules: &[RuleId], reason: Reason) {
    for rule in rules {
        ledger.skip(*rule, reason);
    }
}
