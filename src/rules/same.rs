//! One quantity in two places: `same_as`, and measures that repeat others (再掲).

use super::columns::{Column, Stated};
use crate::arithmetic::{Figure, Interval, Quantity, Rational, Tally, normal_unit};
use crate::catalogue::RuleId;
use crate::diagnostic::Finding;
use crate::document::Node;
use crate::model::{Count, Entry, Measure, Slot, Text};
use crate::rule::{EntryScope, Ledger, Reason};

/// A figure elsewhere.
struct Elsewhere<'a> {
    printed: &'a str,
    unit: &'a str,
    interval: Interval,
    node: Node<'a>,
}

/// Holds the counts of an entry against the same quantities elsewhere.
pub fn check(scope: &EntryScope<'_>, ledger: &mut Ledger) {
    let Some(measure) = scope.measure else { return };
    for count in measure.counts.iter().filter(|count| !count.same_as.is_empty()) {
        for column in Column::ALL {
            if let Some(own) = Stated::of(scope.entry, count, column) {
                same(scope, measure, own, ledger);
            }
        }
    }
    if let Some(original) = measure.repeats.and_then(|id| scope.plan.measure(id.text)) {
        repeat(scope, measure, original, ledger);
    }
}

fn same(scope: &EntryScope<'_>, measure: &Measure<'_>, own: Stated<'_>, ledger: &mut Ledger) {
    let rule = RuleId::SameQuantityDiffers;
    let mut differing: Vec<Elsewhere<'_>> = Vec::new();
    for id in &own.count.same_as {
        let found = match id.text.strip_prefix("table:") {
            Some(path) => cell(scope, own, path),
            None if is_said_there(scope, measure, own.count, id.text) => continue,
            None => count_elsewhere(scope, measure, own, id.text),
        };
        match found {
            Ok(other) if !other.unit.is_empty() && !own.unit().is_empty() && other.unit != own.unit() => {
                if own.column == Column::Actual || Stated::of(scope.entry, own.count, Column::Actual).is_none() {
                    ledger.fail(finding(own, &[&other]).variant("unit").discriminator(id.text));
                }
            }
            Ok(other) if interval(own).meets(other.interval) => ledger.pass(rule),
            Ok(other) => differing.push(other),
            Err(reason) => ledger.skip(rule, reason),
        }
    }
    if !differing.is_empty() {
        ledger.fail(finding(own, &differing.iter().collect::<Vec<_>>()));
    }
}

fn finding(own: Stated<'_>, others: &[&Elsewhere<'_>]) -> Finding {
    let printed = others.iter().map(|other| other.printed).collect::<Vec<_>>().join("」「");
    let mut finding = Finding::new(RuleId::SameQuantityDiffers, own.node)
        .arg("title", own.count.name())
        .arg("column", own.column.words())
        .arg("printed", own.quantity.printed())
        .arg("other", printed);
    for other in others {
        finding = finding.related("other", other.node);
    }
    finding
}

fn tenth() -> Rational {
    Rational::new(1, 10).unwrap_or(Rational::ZERO)
}

fn interval(stated: Stated<'_>) -> Interval {
    let interval = Figure::of(stated.quantity, stated.unit(), tenth()).interval;
    stated.quantity.per_year().map_or(interval, |times| interval.scale(times))
}

/// Whether the other count says of itself that it is this one, and comes first: each pair is
/// looked at once.
fn is_said_there(scope: &EntryScope<'_>, measure: &Measure<'_>, count: &Count<'_>, id: &str) -> bool {
    let Some((other, other_count)) = id.split_once('/') else { return false };
    let Some(other_count) = scope.plan.measure(other).and_then(|other| other.count(other_count)) else { return false };
    let is_this = |id: &Text<'_>| id.text.split_once('/') == Some((measure.id.text, count.id.text));
    other_count.same_as.iter().any(is_this) && other_count.node.id() < count.node.id()
}

/// The figure of a count of another measure, in the one entry of the report that states it.
fn count_elsewhere<'a>(scope: &EntryScope<'a>, measure: &'a Measure<'a>, own: Stated<'_>, id: &str) -> Result<Elsewhere<'a>, Reason> {
    let (other, id) = id.split_once('/').unwrap_or((measure.id.text, id));
    let count = scope.plan.measure(other).and_then(|other| other.count(id)).ok_or(Reason::Undefined)?;
    let stated = only_entry(scope, other, |entry| Stated::of(entry, count, own.column))?;
    comparable(own, stated)?;
    Ok(Elsewhere { printed: stated.quantity.printed(), unit: stated.unit(), interval: interval(stated), node: stated.node })
}

fn only_entry<'a, T>(scope: &EntryScope<'a>, measure: &str, find: impl Fn(&'a Entry<'a>) -> Option<T>) -> Result<T, Reason> {
    let mut found = scope.report.report.entries_of(measure).filter_map(find);
    match (found.next(), found.next()) {
        (Some(only), None) => Ok(only),
        (None, _) => Err(Reason::PartMissing),
        _ => Err(Reason::NotComparable),
    }
}

fn comparable(own: Stated<'_>, other: Stated<'_>) -> Result<(), Reason> {
    if matches!((own.tally(), other.tally()), (Some(one), Some(two)) if one != two) {
        return Err(Reason::TallyDiffers);
    }
    let same_period = own.quantity.period() == other.quantity.period();
    let by_year = own.quantity.per_year().is_some() && other.quantity.per_year().is_some();
    if !own.is_of_same_time(&other) || !same_period && !by_year {
        return Err(Reason::PeriodDiffers);
    }
    if own.area() != other.area() {
        return Err(Reason::NotComparable);
    }
    Ok(())
}

/// The cell of a table of the same report: `ID/column/row`.
fn cell<'a>(scope: &EntryScope<'a>, own: Stated<'_>, path: &str) -> Result<Elsewhere<'a>, Reason> {
    if own.column != Column::Actual {
        return Err(Reason::NotComparable);
    }
    if own.value.period.is_some() || own.value.as_of.is_some() || own.value.scope.is_some() {
        return Err(Reason::PeriodDiffers);
    }
    let mut steps = path.splitn(3, '/');
    let (Some(table), Some(column), Some(row)) = (steps.next(), steps.next(), steps.next()) else { return Err(Reason::Undefined) };
    let table = scope.report.report.table(table).ok_or(Reason::Undefined)?;
    let (column, row) = table.column(column).zip(table.row(row)).ok_or(Reason::Undefined)?;
    let Some(Slot::Given(quantity, node)) = row.cell(column.id.text).map(|cell| &cell.value) else { return Err(Reason::PartMissing) };
    if matches!((own.tally(), quantity.tally()), (Some(one), Some(two)) if one != two)
        || own.tally() == Some(Tally::Distinct) && table.base.as_ref().is_some_and(|base| base.multiple)
    {
        return Err(Reason::TallyDiffers);
    }
    let said = column.unit.or(row.unit).or(table.unit).map_or("", |unit| normal_unit(unit.text));
    let unit = quantity.unit().unwrap_or(said);
    Ok(Elsewhere { printed: quantity.printed(), unit, interval: Figure::of(quantity, unit, tenth()).interval, node: *node })
}

fn amount<'a>(entry: &'a Entry<'a>) -> Option<(Quantity<'a>, Node<'a>)> {
    let cost = entry.cost.given()?;
    cost.amount.given().copied().zip(cost.amount.node())
}

/// A row that shows another measure again states the same figures.
fn repeat(scope: &EntryScope<'_>, measure: &Measure<'_>, original: &Measure<'_>, ledger: &mut Ledger) {
    let rule = RuleId::RepeatDiffers;
    let Ok(first) = only_entry(scope, original.id.text, Some) else {
        return ledger.skip(rule, Reason::NotComparable);
    };
    for count in &measure.counts {
        let Some(other) = original.count(count.id.text) else { continue };
        let is_same_as = |id: &Text<'_>| id.text.split_once('/') == Some((original.id.text, other.id.text));
        if count.same_as.iter().any(is_same_as) {
            continue;
        }
        for column in Column::ALL {
            let Some((own, there)) = Stated::of(scope.entry, count, column).zip(Stated::of(first, other, column)) else { continue };
            if let Err(reason) = comparable(own, there) {
                ledger.skip(rule, reason);
            } else if own.unit() != there.unit() {
                ledger.skip(rule, Reason::UnitDiffers);
            } else if interval(own).meets(interval(there)) {
                ledger.pass(rule);
            } else {
                let words = [own.quantity.printed(), there.quantity.printed()];
                ledger.fail(differs(own.node, there.node, count.name(), words, original));
            }
        }
    }
    let Some(((own, node), (there, other))) = amount(scope.entry).zip(amount(first)) else { return };
    if own.interval_about(tenth()).meets(there.interval_about(tenth())) {
        return ledger.pass(rule);
    }
    ledger.fail(differs(node, other, "経費", [own.printed(), there.printed()], original).variant("cost"));
}

fn differs(node: Node<'_>, other: Node<'_>, title: &str, [own, there]: [&str; 2], original: &Measure<'_>) -> Finding {
    Finding::new(RuleId::RepeatDiffers, node)
        .arg("title", title)
        .arg("printed", own)
        .arg("other", there)
        .arg("measure", original.name())
        .related("first", other)
}
