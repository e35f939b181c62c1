//! Figures within others (うち, 再掲), and people within visits (実, 延べ).

use super::columns::{Column, Stated, figures, part_of_one, plan_unit};
use crate::arithmetic::{Tally, may_lie_within};
use crate::catalogue::RuleId;
use crate::diagnostic::Finding;
use crate::model::{Count, Measure, Text};
use crate::rule::{EntryScope, Ledger, Reason};

/// Holds what is within another figure against it.
pub fn check(scope: &EntryScope<'_>, ledger: &mut Ledger) {
    let Some(measure) = scope.measure else { return };
    distinct(scope, measure, ledger);
    for count in &measure.counts {
        let Some(whole) = count.within else { continue };
        for column in Column::ALL {
            let Some(inner) = Stated::of(scope.entry, count, column) else { continue };
            match whole_of(scope, measure, whole, column) {
                Ok(whole) => ledger_of(scope, inner, whole, ledger),
                Err(reason) => ledger.skip(RuleId::WithinExceedsWhole, reason),
            }
        }
    }
}

/// The figure of the whole: in this entry, or in the one entry of another measure that states it.
fn whole_of<'a>(scope: &EntryScope<'a>, measure: &'a Measure<'a>, id: Text<'_>, column: Column) -> Result<Stated<'a>, Reason> {
    let Some((other, id)) = id.text.split_once('/') else {
        let count = measure.count(id.text).ok_or(Reason::Undefined)?;
        return Stated::of(scope.entry, count, column).ok_or(Reason::TotalMissing);
    };
    let count: &Count<'_> = scope.plan.measure(other).and_then(|other| other.count(id)).ok_or(Reason::Undefined)?;
    let mut stated = scope.report.report.entries_of(other).filter_map(|entry| Stated::of(entry, count, column));
    match (stated.next(), stated.next()) {
        (Some(only), None) => Ok(only),
        (None, _) => Err(Reason::TotalMissing),
        _ => Err(Reason::NotComparable),
    }
}

fn ledger_of(scope: &EntryScope<'_>, inner: Stated<'_>, whole: Stated<'_>, ledger: &mut Ledger) {
    let rule = RuleId::WithinExceedsWhole;
    if inner.tally() != whole.tally() && (inner.tally() == Some(Tally::Gross) || whole.tally() == Some(Tally::Distinct)) {
        return ledger.skip(rule, Reason::TallyDiffers);
    }
    if inner.area() != whole.area() {
        return ledger.skip(rule, Reason::NotComparable);
    }
    let pair = match figures(&[whole, inner], part_of_one(scope.settings, rule, "about")) {
        Ok(pair) => pair,
        Err(reason) => return ledger.skip(rule, reason),
    };
    let [whole_figure, inner_figure] = pair.as_slice() else { return };
    if may_lie_within(inner_figure, whole_figure) {
        return ledger.pass(rule);
    }
    ledger.fail(
        Finding::new(rule, inner.node)
            .arg("part", inner.count.name())
            .arg("printed", inner.quantity.printed())
            .arg("whole", whole.count.name())
            .arg("total", whole.quantity.printed())
            .arg("column", inner.column.words())
            .related("whole", whole.node),
    );
}

/// People counted once are no more than people counted at every visit.
fn distinct(scope: &EntryScope<'_>, measure: &Measure<'_>, ledger: &mut Ledger) {
    for people in measure.counts.iter().filter(|count| count.tally == Some(Tally::Distinct)) {
        let is_gross = |count: &&Count<'_>| count.tally == Some(Tally::Gross) && is_same_but_for_tally(count, people);
        for visits in measure.counts.iter().filter(is_gross) {
            for column in Column::ALL {
                let Some(pair) = Stated::of(scope.entry, people, column).zip(Stated::of(scope.entry, visits, column)) else { continue };
                compare(scope, pair.0, pair.1, ledger);
            }
        }
    }
}

fn compare(scope: &EntryScope<'_>, people: Stated<'_>, visits: Stated<'_>, ledger: &mut Ledger) {
    let rule = RuleId::DistinctExceedsGross;
    let pair = match figures(&[visits, people], part_of_one(scope.settings, rule, "about")) {
        Ok(pair) => pair,
        Err(reason) => return ledger.skip(rule, reason),
    };
    let [gross, distinct] = pair.as_slice() else { return };
    if may_lie_within(distinct, gross) {
        return ledger.pass(rule);
    }
    ledger.fail(
        Finding::new(rule, people.node)
            .arg("title", people.count.name())
            .arg("printed", people.quantity.printed())
            .arg("gross", visits.quantity.printed())
            .arg("column", people.column.words())
            .related("gross", visits.node),
    );
}

/// One title and one unit, but for the words 延べ and 実.
fn is_same_but_for_tally(one: &Count<'_>, other: &Count<'_>) -> bool {
    let bare = |count: &Count<'_>| {
        let title = count.name().replace("延べ", "").replace("のべ", "").replace("延人", "人").replace("延件", "件");
        title.replace("実人", "人").replace("実利用", "利用").replace("実参加", "参加").replace("実件", "件")
    };
    plan_unit(one) == plan_unit(other) && bare(one) == bare(other)
}
