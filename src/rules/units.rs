//! Units and tallies: does a figure count what its count counts.

use super::columns::{Column, Stated, plan_unit};
use crate::arithmetic::{Tally, is_scaled};
use crate::catalogue::{RuleId, Words};
use crate::diagnostic::Finding;
use crate::model::{Count, Entry};
use crate::rule::{EntryScope, Ledger};

/// Looks at every count of an entry.
pub fn check(scope: &EntryScope<'_>, ledger: &mut Ledger) {
    let Some(measure) = scope.measure else { return };
    for value in &scope.entry.counts {
        let Some(count) = measure.count(value.id()) else { continue };
        look(&stated(scope.entry, count), count, ledger);
    }
    for value in scope.entry.next.iter().flat_map(|next| &next.counts) {
        if scope.entry.count(value.id()).is_some() {
            continue;
        }
        let Some(count) = measure.count(value.id()) else { continue };
        look(&stated(scope.entry, count), count, ledger);
    }
}

fn stated<'a>(entry: &'a Entry<'a>, count: &'a Count<'a>) -> Vec<Stated<'a>> {
    Column::ALL.into_iter().filter_map(|column| Stated::of(entry, count, column)).collect()
}

fn look(stated: &[Stated<'_>], count: &Count<'_>, ledger: &mut Ledger) {
    if stated.is_empty() {
        return;
    }
    if units(stated, count, ledger) {
        tallies(stated, count, ledger);
    }
}

/// Whether the units agree; a figure in another unit is not asked how it counts.
fn units(stated: &[Stated<'_>], count: &Count<'_>, ledger: &mut Ledger) -> bool {
    let rule = RuleId::UnitMismatch;
    let printed = |one: &&Stated<'_>| one.quantity.unit().is_some();
    let own = plan_unit(count);
    let measure = match own {
        "" => stated.iter().rfind(|one| one.column != Column::Next && one.quantity.unit().is_some()).map_or("", Stated::unit),
        unit => unit,
    };
    let differs = |one: &&Stated<'_>| {
        one.quantity.unit().is_some_and(|unit| unit != measure && !is_multiple(unit, measure) && !is_alike(unit, measure))
    };
    if measure.is_empty() || !stated.iter().any(|one| one.quantity.unit().is_some()) {
        ledger.pass(rule);
        return true;
    }
    let Some(first) = stated.iter().find(differs) else {
        ledger.pass(rule);
        return true;
    };
    let other = stated.iter().filter(printed).find(|one| !differs(one));
    let mut finding = Finding::new(rule, first.node)
        .arg("title", count.name())
        .arg("printed", first.quantity.printed())
        .arg("column", first.column.words())
        .arg("unit", count.unit.map_or(measure, |unit| unit.text));
    finding = match (other, count.unit) {
        (Some(other), _) => {
            finding.variant("other").arg("other", other.quantity.printed()).arg("beside", other.column.words()).related("other", other.node)
        }
        (None, Some(unit)) => finding.related("definition", unit.node),
        (None, None) => finding,
    };
    for again in stated.iter().filter(differs).skip(1) {
        finding = finding.related("again", again.node);
    }
    ledger.fail(finding);
    false
}

/// Words that people use for one another.
fn is_alike(one: &str, other: &str) -> bool {
    const ALIKE: [[&str; 2]; 7] =
        [["部", "冊"], ["社", "企業"], ["社", "事業所"], ["校", "学校"], ["件", "ケース"], ["件", "事例"], ["人", "者"]];
    ALIKE.iter().any(|pair| pair.contains(&one) && pair.contains(&other))
}

/// 千円 and 円 are one unit at two scales.
fn is_multiple(one: &str, other: &str) -> bool {
    let (long, short) = if one.len() > other.len() { (one, other) } else { (other, one) };
    is_scaled(long) && long.ends_with(short)
}

fn tallies(stated: &[Stated<'_>], count: &Count<'_>, ledger: &mut Ledger) {
    let rule = RuleId::TallyMismatch;
    let mut printed = stated.iter().filter(|one| one.quantity.tally().is_some());
    let Some(expected) = count.tally.or_else(|| printed.next_back()?.quantity.tally()) else { return };
    let differs = |one: &&Stated<'_>| one.quantity.tally().is_some_and(|tally| tally != expected);
    let Some(first) = stated.iter().find(differs) else { return ledger.pass(rule) };
    let other = stated.iter().find(|one| one.quantity.tally() == Some(expected));
    let mut finding = Finding::new(rule, first.node)
        .arg("title", count.name())
        .arg("printed", first.quantity.printed())
        .arg("column", first.column.words())
        .arg("tally", words(expected));
    finding = match other {
        Some(other) => {
            finding.variant("other").arg("other", other.quantity.printed()).arg("beside", other.column.words()).related("other", other.node)
        }
        None => finding.related("definition", count.node),
    };
    for again in stated.iter().filter(differs).skip(1) {
        finding = finding.related("again", again.node);
    }
    ledger.fail(finding);
}

fn words(tally: Tally) -> Words {
    match tally {
        Tally::Gross => Words { ja: "延べ", en: "gross" },
        Tally::Distinct => Words { ja: "実", en: "distinct" },
    }
}
