//! What may be published: small figures about people, cells that can be worked out, words about
//! single persons, and words about suicide that guidance advises against.
//!
//! A finding of this family shows no value and no excerpt in any output: it names the place and
//! the reason.

mod cells;
mod persons;
mod rates;
mod recover;
mod wording;

use crate::catalogue::RuleId;
use crate::diagnostic::{Arg, Finding};
use crate::document::{Field, Kind, Node};
use crate::rule::{EntryScope, Ledger, PlanScope, ReportScope, TableScope};
use crate::rules::table::Grid;

/// The rules on figures, and those on words.
const FIGURES: [RuleId; 4] = [RuleId::SmallCell, RuleId::RecoverableCell, RuleId::ShareRevealsCount, RuleId::RateFromFew];
const WORDS: [RuleId; 3] = [RuleId::CaseNarrative, RuleId::NamedPerson, RuleId::UnsafeWording];

fn is_on(rules: &[RuleId], ledger: &Ledger) -> bool {
    rules.iter().any(|rule| ledger.is_on(*rule))
}

/// Looks at the figures of a table.
pub fn table(scope: &TableScope<'_>, ledger: &mut Ledger) {
    if !is_on(&FIGURES, ledger) && !ledger.is_on(RuleId::CaseNarrative) {
        return;
    }
    let grid = Grid::of(scope.table, scope.settings);
    cells::table(scope, &grid, ledger);
    recover::cells(&grid, ledger);
    recover::shares(scope, &grid, ledger);
    rates::table(scope, &grid, ledger);
    persons::rows(&grid, ledger);
}

/// Looks at the figures and the words of an entry.
pub fn entry(scope: &EntryScope<'_>, ledger: &mut Ledger) {
    if is_on(&FIGURES, ledger) {
        cells::entry(scope, ledger);
        rates::entry(scope, ledger);
    }
    words(scope.entry.node, ledger, scope.settings);
}

/// Looks at the words of a report outside its entries.
pub fn report(scope: &ReportScope<'_>, ledger: &mut Ledger) {
    if !is_on(&WORDS, ledger) {
        return;
    }
    for (key, value) in scope.report.node.members() {
        if key.field() != Some(Field::Entries) {
            texts(value, key.field(), &mut |node| passage(node, ledger, scope.settings));
        }
    }
}

/// Looks at the words of a plan.
pub fn plan(scope: &PlanScope<'_>, ledger: &mut Ledger) {
    words(scope.plan.node, ledger, scope.settings);
    if ledger.is_on(RuleId::NoHelpline) {
        wording::helpline(scope, ledger);
    }
}

fn words(node: Node<'_>, ledger: &mut Ledger, settings: &crate::config::Settings) {
    if is_on(&WORDS, ledger) {
        texts(node, None, &mut |node| passage(node, ledger, settings));
    }
}

fn passage(node: Node<'_>, ledger: &mut Ledger, settings: &crate::config::Settings) {
    let Some(text) = node.as_str().filter(|text| !text.is_ascii()) else { return };
    if ledger.is_on(RuleId::CaseNarrative) {
        persons::narrative(node, text, ledger);
    }
    if ledger.is_on(RuleId::NamedPerson) {
        persons::names(node, text, ledger);
    }
    if ledger.is_on(RuleId::UnsafeWording) {
        wording::unsafe_words(node, text, settings, ledger);
    }
}

/// Every text that people read.
fn texts<'a>(node: Node<'a>, field: Option<Field>, look: &mut impl FnMut(Node<'a>)) {
    match node.kind() {
        Kind::Map => {
            for (key, value) in node.members() {
                texts(value, key.field().or(field), look);
            }
        }
        Kind::Seq => {
            for item in node.items() {
                texts(item, field, look);
            }
        }
        Kind::Str if is_read(field) => look(node),
        _ => {}
    }
}

fn is_read(field: Option<Field>) -> bool {
    let no_words =
        [Field::Id, Field::Measure, Field::Departments, Field::Department, Field::Unit, Field::Year, Field::Date, Field::AsOf, Field::Kind];
    field.is_some_and(|field| !no_words.contains(&field))
}

/// A finding that shows nothing of what it is about.
fn withheld(rule: RuleId, node: Node<'_>) -> Finding {
    Finding::new(rule, node).withhold()
}

/// A number of the settings: it may be shown.
fn plain(number: i64) -> Arg {
    Arg::Setting(number.to_string())
}

/// One finding for some places: the first, with the others beside it.
fn together(rule: RuleId, nodes: &[Node<'_>]) -> Option<Finding> {
    let (first, others) = nodes.split_first()?;
    Some(others.iter().fold(withheld(rule, *first), |finding, node| finding.related("again", *node)))
}
