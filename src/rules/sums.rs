//! Totals of an entry against their parts, in each column for itself.
//!
//! Tables are the business of `tables`; the sums there go by the same ids.

use super::columns::{Column, Stated, figures, part_of_one};
use crate::arithmetic::{Cause, Culprits, Equation, Figure, Part, Rational, SumGap, SumVerdict, check_table, check_total};
use crate::catalogue::RuleId;
use crate::diagnostic::{Arg, Finding};
use crate::model::{Count, CountValue, Entry, Measure, Slot, Text};
use crate::rule::{EntryScope, Ledger, Reason};

/// A total and its parts in one column.
struct Sum<'a> {
    count: &'a Count<'a>,
    total: Option<Stated<'a>>,
    parts: Vec<(&'a Count<'a>, Option<Stated<'a>>)>,
    /// Parts of which nothing is said, not even why.
    silent: Vec<&'a Count<'a>>,
    /// Figures within the total or a part; they are not to be added.
    memos: Vec<Stated<'a>>,
    /// The same total in the other columns, where it is wrong.
    neighbours: Vec<Stated<'a>>,
}

/// A sum with what became of it.
struct Outcome<'a> {
    sum: Sum<'a>,
    total: Stated<'a>,
    figures: Vec<Figure>,
    cause: Option<(Cause, Rational)>,
}

/// Evaluates every total of an entry.
pub fn check(scope: &EntryScope<'_>, ledger: &mut Ledger) {
    let Some(measure) = scope.measure else { return };
    let read_another_way = |values: &[CountValue<'_>]| values.iter().any(|value| !value.sum_of.is_empty());
    let has_sums = measure.counts.iter().any(|count| !count.sum_of.is_empty());
    for column in Column::ALL {
        let values = column.values(scope.entry);
        if values.is_empty() || !has_sums && !read_another_way(values) {
            continue;
        }
        let outcomes: Vec<Outcome<'_>> =
            sums(scope.entry, measure, column, ledger).into_iter().filter_map(|sum| evaluate(scope, sum, ledger)).collect();
        settle(&outcomes, ledger);
    }
}

fn sums<'a>(entry: &'a Entry<'a>, measure: &'a Measure<'a>, column: Column, ledger: &mut Ledger) -> Vec<Sum<'a>> {
    let mut sums = Vec::new();
    for count in &measure.counts {
        let value = column.value(entry, count.id.text);
        let own = value.map(|value| value.sum_of.as_slice()).unwrap_or_default();
        for list in if own.is_empty() { &count.sum_of } else { own } {
            match sum(entry, measure, count, list, column) {
                Some(sum) if sum.total.is_none() && sum.parts.iter().all(|(_, part)| part.is_none()) => {}
                Some(sum) => sums.push(sum),
                None => ledger.skip(RuleId::SumMismatch, Reason::Undefined),
            }
        }
    }
    sums
}

fn sum<'a>(entry: &'a Entry<'a>, measure: &'a Measure<'a>, count: &'a Count<'a>, list: &[Text<'_>], column: Column) -> Option<Sum<'a>> {
    let listed: Vec<&Count<'_>> = list.iter().map(|id| measure.count(id.text)).collect::<Option<_>>()?;
    let holds = |id: &str| id == count.id.text || listed.iter().any(|part| part.id.text == id);
    let is_memo = |other: &Count<'_>| other.within.is_some_and(|whole| holds(whole.text) && whole.text != other.id.text);
    // A part that is within the total itself is an ordinary part.
    let is_added = |part: &Count<'_>| part.within.is_none_or(|whole| whole.text == count.id.text || !holds(whole.text));
    let mut sum = Sum {
        count,
        total: Stated::of(entry, count, column),
        parts: Vec::new(),
        silent: Vec::new(),
        memos: Vec::new(),
        neighbours: Vec::new(),
    };
    for part in listed.iter().filter(|part| is_added(part)) {
        let value = column.value(entry, part.id.text);
        let is_silent = value.is_none_or(|value| value.missing.is_none() && matches!(column.slot(value), Slot::Absent));
        if is_silent {
            sum.silent.push(part);
        }
        sum.parts.push((part, value.and_then(|value| Stated::in_value(value, part, column))));
    }
    let within_list = listed.iter().copied().filter(|part| !is_added(part));
    let beside = measure.counts.iter().filter(|other| is_memo(other) && !listed.iter().any(|part| part.id.text == other.id.text));
    sum.memos = within_list.chain(beside).filter_map(|memo| Stated::of(entry, memo, column)).collect();
    Some(sum)
}

fn evaluate<'a>(scope: &EntryScope<'a>, mut sum: Sum<'a>, ledger: &mut Ledger) -> Option<Outcome<'a>> {
    let rule = RuleId::SumMismatch;
    let Some(total) = sum.total else {
        ledger.skip(rule, Reason::TotalMissing);
        return None;
    };
    let about = part_of_one(scope.settings, rule, "about");
    let given: Vec<Stated<'_>> = std::iter::once(total).chain(sum.parts.iter().filter_map(|(_, part)| *part)).collect();
    if given.iter().any(|one| one.tally().is_some() && total.tally().is_some() && one.tally() != total.tally()) {
        ledger.skip(rule, Reason::TallyDiffers);
        return None;
    }
    let figures = match figures(&given, about) {
        Ok(figures) => figures,
        Err(reason) => {
            ledger.skip(rule, reason);
            return None;
        }
    };
    let mut added = figures.iter().skip(1);
    let mut parts: Vec<Part> = sum.parts.iter().map(|(_, part)| Part::added(part.and_then(|_| added.next().copied()))).collect();
    parts.extend(sum.memos.iter().filter_map(|memo| comparable(total, *memo, about)).map(|memo| Part::within(Some(memo))));
    incomplete(scope, &sum, total, &figures, ledger);
    let mut verdict = check_total(figures.first()?, &parts, &[]);
    if matches!(verdict, SumVerdict::Wrong { .. }) {
        let others = Column::ALL.into_iter().filter(|other| *other != total.column);
        sum.neighbours = others.filter_map(|other| Stated::of(scope.entry, sum.count, other)).collect();
        let neighbours: Vec<Figure> = sum.neighbours.iter().filter_map(|other| comparable(total, *other, about)).collect();
        verdict = check_total(figures.first()?, &parts, &neighbours);
    }
    let cause = match verdict {
        SumVerdict::Holds => None,
        SumVerdict::Wrong { cause, difference, .. } => Some((cause, difference)),
        SumVerdict::NotEvaluated(gap) => {
            ledger.skip(rule, if gap == SumGap::TooLarge { Reason::NotComparable } else { Reason::PartMissing });
            return None;
        }
    };
    if !sum.memos.is_empty() && !matches!(cause, Some((Cause::MemoRowAdded { .. }, _))) {
        ledger.pass(RuleId::MemoRowAdded);
    }
    if cause.is_none() {
        ledger.pass(rule);
    }
    Some(Outcome { sum, total, figures, cause })
}

/// A figure beside a total, where the two are alike.
fn comparable(total: Stated<'_>, other: Stated<'_>, about: Rational) -> Option<Figure> {
    if total.quantity.period() != other.quantity.period() {
        return None;
    }
    figures(&[total, other], about).ok().and_then(|figures| figures.get(1).copied())
}

/// Some parts are given, others are not even explained, and the rest of the total stands open.
fn incomplete(scope: &EntryScope<'_>, sum: &Sum<'_>, total: Stated<'_>, figures: &[Figure], ledger: &mut Ledger) {
    let rule = RuleId::PartsIncomplete;
    if let Some(reason) = scope.not_asked("") {
        return ledger.skip(rule, reason);
    }
    if figures.len() < 2 {
        return ledger.skip(rule, Reason::PartMissing);
    }
    let Some((whole, parts)) = figures.split_first() else { return };
    let given = parts.iter().try_fold(Rational::ZERO, |sum, part| sum.checked_add(part.value));
    let rest = given.and_then(|given| whole.value.checked_sub(given)).filter(|rest| !rest.is_negative() && !rest.is_zero());
    let Some(rest) = rest.filter(|_| !sum.silent.is_empty() && whole.is_exact()) else { return ledger.pass(rule) };
    let which = sum.silent.iter().map(|part| part.name()).collect::<Vec<_>>().join("、");
    ledger.fail(
        Finding::new(rule, total.node)
            .arg("total", sum.count.name())
            .arg("printed", total.quantity.printed())
            .arg("column", total.column.words())
            .arg("which", which)
            .arg("rest", total.show(rest))
            .related("whole", sum.count.node),
    );
}

/// One finding a fault: where several sums fail together because of one cell, that cell.
fn settle(outcomes: &[Outcome<'_>], ledger: &mut Ledger) {
    let failed: Vec<&Outcome<'_>> = outcomes.iter().filter(|outcome| outcome.cause.is_some()).collect();
    if failed.len() < 2 {
        for outcome in failed {
            ledger.fail(finding(outcome));
        }
        return;
    }
    let mut cells: Vec<Stated<'_>> = Vec::new();
    let mut values: Vec<Option<Figure>> = Vec::new();
    let mut equations = Vec::new();
    for outcome in outcomes {
        let given = std::iter::once(outcome.total).chain(outcome.sum.parts.iter().filter_map(|(_, part)| *part));
        let places: Vec<usize> = given
            .zip(&outcome.figures)
            .map(|(cell, figure)| {
                cells.iter().position(|known| known.count.id.text == cell.count.id.text).unwrap_or_else(|| {
                    cells.push(cell);
                    values.push(Some(*figure));
                    cells.len() - 1
                })
            })
            .collect();
        let Some((total, parts)) = places.split_first() else { continue };
        equations.push((outcome, Equation { total: *total, parts: parts.to_vec() }));
    }
    let plain: Vec<Equation> = equations.iter().map(|(_, equation)| equation.clone()).collect();
    for fault in check_table(&values, &plain).faults {
        let failed: Vec<&Outcome<'_>> = fault.failed.iter().filter_map(|at| equations.get(*at)).map(|(outcome, _)| *outcome).collect();
        let Some(first) = failed.first() else { continue };
        match &fault.culprits {
            Culprits::Found(repairs) if failed.len() > 1 && repairs.len() == 1 => {
                let cell = repairs.first().and_then(|repair| Some((cells.get(repair.cell)?, repair.value?)));
                ledger.fail(cell.map_or_else(|| finding(first), |(cell, value)| culprit(cell, value, &failed)));
            }
            _ => ledger.fail(finding(first)),
        }
    }
}

/// One cell that several totals point at.
fn culprit(cell: &Stated<'_>, value: Rational, failed: &[&Outcome<'_>]) -> Finding {
    let totals = failed.iter().map(|outcome| outcome.sum.count.name()).collect::<Vec<_>>().join("、");
    let mut finding = Finding::new(RuleId::SumMismatch, cell.node)
        .variant("cell")
        .arg("total", cell.count.name())
        .arg("printed", cell.quantity.printed())
        .arg("computed", cell.show(value))
        .arg("difference", difference(cell, value, cell.quantity.value()))
        .arg("which", totals);
    for outcome in failed.iter().filter(|outcome| outcome.total.node.id() != cell.node.id()) {
        finding = finding.related("whole", outcome.total.node);
    }
    finding
}

fn difference(like: &Stated<'_>, one: Rational, other: Rational) -> String {
    one.checked_sub(other).map_or(String::new(), |difference| like.show(difference.abs()))
}

/// A total that is not the sum of its parts.
fn finding(outcome: &Outcome<'_>) -> Finding {
    let total = outcome.total;
    let parts: Vec<Stated<'_>> = outcome.sum.parts.iter().filter_map(|(_, part)| *part).collect();
    let all: Vec<Option<Stated<'_>>> =
        outcome.sum.parts.iter().map(|(_, part)| *part).chain(outcome.sum.memos.iter().map(|memo| Some(*memo))).collect();
    let at = |index: &usize| all.get(*index).copied().flatten();
    let is_short = outcome.sum.parts.iter().any(|(_, part)| part.is_none());
    let (cause, difference) = outcome.cause.clone().unwrap_or((Cause::Differs, Rational::ZERO));
    let computed = total.quantity.value().checked_sub(difference).unwrap_or(Rational::ZERO);
    let (rule, variant, named): (RuleId, &'static str, Vec<Stated<'_>>) = match &cause {
        Cause::MemoRowAdded { which } => (RuleId::MemoRowAdded, "default", which.iter().filter_map(at).collect()),
        Cause::PartLeftOut { one_of } => (RuleId::SumMismatch, "left-out", one_of.iter().filter_map(at).collect()),
        Cause::PartCountedTwice { one_of } => (RuleId::SumMismatch, "twice", one_of.iter().filter_map(at).collect()),
        Cause::DigitsSwapped { part, .. } => (RuleId::SumMismatch, "swapped", part.iter().filter_map(at).collect()),
        Cause::NeighbouringColumn { which } => {
            (RuleId::SumMismatch, "neighbour", outcome.sum.neighbours.get(*which).into_iter().copied().collect())
        }
        Cause::Differs if is_short => (RuleId::SumMismatch, "lower", parts.clone()),
        Cause::Differs => (RuleId::SumMismatch, "default", parts.clone()),
    };
    let which: Arg = match (&cause, variant) {
        (Cause::DigitsSwapped { part, right }, _) => {
            let wrong = part.as_ref().and_then(at).unwrap_or(total);
            format!("{}→{}", wrong.quantity.printed(), wrong.show(*right)).into()
        }
        (Cause::NeighbouringColumn { .. }, _) => named.first().map_or(total.column, |other| other.column).words().into(),
        (_, "default" | "lower") if rule == RuleId::SumMismatch => {
            parts.iter().map(|part| part.quantity.printed()).collect::<Vec<_>>().join("＋").into()
        }
        _ => named.iter().map(|part| part.count.name()).collect::<Vec<_>>().join(" / ").into(),
    };
    let mut finding = Finding::new(rule, total.node)
        .variant(variant)
        .arg("total", total.count.name())
        .arg("printed", total.quantity.printed())
        .arg("computed", total.show(computed))
        .arg("difference", total.show(difference.abs()))
        .arg("which", which);
    let name = if variant == "neighbour" { "neighbour" } else { "part" };
    for part in named {
        finding = finding.related(name, part.node);
    }
    finding
}
