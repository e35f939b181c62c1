//! Several years in a row: targets that are never met, or stay as they were, and ratings that stay.

use super::{Stated, about, count_in, last_year, report_of, share};
use crate::arithmetic::{self, Attainment, Interval, Rational, attainment};
use crate::catalogue::RuleId;
use crate::diagnostic::{Arg, Finding, Place};
use crate::document::Node;
use crate::model::{Better, Count, CountValue, Edition, Entry, Report, Slot};
use crate::rule::{EntryScope, Ledger, Reason};

const NEVER: RuleId = RuleId::TargetNeverMet;
const UNCHANGED: RuleId = RuleId::TargetUnchanged;
const STUCK: RuleId = RuleId::RatingStuck;

/// Looks back over the targets of an entry.
pub fn targets(scope: &EntryScope<'_>, ledger: &mut Ledger) {
    for value in &scope.entry.counts {
        let Some(count) = scope.measure.and_then(|measure| measure.count(value.id())) else { continue };
        if value.target.given().is_none() {
            continue;
        }
        match never_met(scope, value, count) {
            Ok(finding) => ledger.judge(NEVER, finding),
            Err(reason) => ledger.skip(NEVER, reason),
        }
        match unchanged(scope, value, count) {
            Ok(finding) => ledger.judge(UNCHANGED, finding),
            Err(reason) => ledger.skip(UNCHANGED, reason),
        }
    }
}

/// Whether an actual is short of its target by more than a part of it, whatever the two stand for.
fn is_missed(value: &CountValue<'_>, count: &Count<'_>, by: Rational) -> Result<bool, Reason> {
    let target = value.target.given().ok_or(Reason::NoTarget)?;
    let actual = value.actual.given().ok_or(Reason::NoActual)?;
    match attainment(target, actual, better(count), about()) {
        Attainment::Ratio(ratio) => {
            let least = Rational::ONE.checked_sub(by).ok_or(Reason::NotComparable)?;
            Ok(ratio.interval.entirely_below(Interval::exact(least)))
        }
        Attainment::NotMet => Ok(true),
        Attainment::Met | Attainment::Undecided { .. } => Ok(false),
        Attainment::NotComparable(_) => Err(Reason::NotComparable),
    }
}

fn better(count: &Count<'_>) -> arithmetic::Better {
    match count.better {
        Better::Higher => arithmetic::Better::Higher,
        Better::Lower => arithmetic::Better::Lower,
    }
}

/// The entries of the same measure in the years before, the latest first: as many as there are
/// reports of whole years without a break, and no more than asked for.
fn earlier<'a>(scope: &EntryScope<'a>, times: i64) -> Vec<(&'a Report<'a>, &'a Entry<'a>)> {
    let mut found = Vec::new();
    let Some(measure) = scope.measure else { return found };
    let mut year = scope.report.report.year;
    for _ in 0..times {
        let Some(report) = year.prior().and_then(|prior| report_of(&scope.report, prior)) else { break };
        let Some(entry) = scope.entry_in(report, measure, scope.entry) else { break };
        if report.edition == Edition::Interim || scope.is_damaged(entry.node) {
            break;
        }
        year = report.year;
        found.push((report, entry));
    }
    found
}

fn never_met<'a>(scope: &EntryScope<'a>, value: &'a CountValue<'a>, count: &'a Count<'a>) -> Result<Option<Finding>, Reason> {
    is_asked(scope)?;
    if !is_missed(value, count, Rational::ZERO)? {
        return Ok(None);
    }
    let times = scope.settings.integer(NEVER, "years").max(2);
    let past = earlier(scope, times - 1);
    let mut missed = vec![(scope.report.report, value)];
    for (report, entry) in past {
        let count = count_in(&scope.report, report, entry, count).ok_or(Reason::NoPriorFigure)?;
        let value = entry.count(count.id.text).ok_or(Reason::NoPriorFigure)?;
        match is_missed(value, count, Rational::ZERO) {
            Ok(true) => missed.push((report, value)),
            Ok(false) => return Ok(None),
            Err(_) => return Err(Reason::NoPriorFigure),
        }
    }
    if i64::try_from(missed.len()).unwrap_or(i64::MAX) < times {
        return Err(Reason::NoPrior);
    }
    Ok(value.target.node().map(|node| never_met_finding(node, count, &missed)))
}

fn never_met_finding(node: Node<'_>, count: &Count<'_>, missed: &[(&Report<'_>, &CountValue<'_>)]) -> Finding {
    let mut lists = (Vec::new(), Vec::new());
    for (report, value) in missed.iter().rev() {
        let Some((target, actual)) = value.pair() else { continue };
        lists.0.push(format!("{}年度 予定{target}・実績{actual}", report.year.number()));
        lists.1.push(format!("{}: {actual} of {target}", report.year.number()));
    }
    let finding = Finding::new(NEVER, node)
        .arg("count", count.name())
        .arg("times", missed.len())
        .arg("list", Arg::both(lists.0.join("、"), lists.1.join(", ")));
    missed.iter().skip(1).fold(finding, |finding, (report, value)| match value.target.node() {
        Some(node) => finding.related_with("earlier", Place::of(node), vec![("then", report.year.number().into())]),
        None => finding,
    })
}

/// Whether a year's attainment is asked of the entry.
fn is_asked(scope: &EntryScope<'_>) -> Result<(), Reason> {
    match scope.report.report.edition {
        Edition::Excerpt => Err(Reason::Excerpt),
        Edition::Interim => Err(Reason::Interim),
        Edition::Annual if scope.damaged => Err(Reason::Damaged),
        Edition::Annual if scope.entry.has_ended() => Err(Reason::Ended),
        Edition::Annual => Ok(()),
    }
}

/// A target that stays as it was although it was missed: the coming year's, or this year's where
/// last year's report did not yet name it.
fn unchanged<'a>(scope: &EntryScope<'a>, value: &'a CountValue<'a>, count: &'a Count<'a>) -> Result<Option<Finding>, Reason> {
    is_asked(scope)?;
    let margin = || share(scope.settings, UNCHANGED, "margin");
    let target = Stated::of(&value.target, value, count).ok_or(Reason::NoTarget)?;
    let next = scope.entry.next.as_ref().and_then(|next| next.count(value.id()));
    if let Some(next) = next.and_then(|next| Stated::of(&next.target, next, count)) {
        if !is_missed(value, count, margin())? {
            return Ok(None);
        }
        return stays(&target, &next, value);
    }
    let (prior, entry) = last_year(scope)?;
    let then = count_in(&scope.report, prior, entry, count).ok_or(Reason::NoPriorFigure)?;
    let past = entry.count(then.id.text).ok_or(Reason::NoPriorFigure)?;
    let before = Stated::of(&past.target, past, then).ok_or(Reason::NoPriorFigure)?;
    let announced = entry.next.as_ref().and_then(|next| next.count(then.id.text)).is_some_and(|next| next.target.given().is_some());
    if announced || !is_missed(past, then, margin()).map_err(|_| Reason::NoPriorFigure)? {
        return Ok(None);
    }
    stays(&before, &target, past)
}

fn stays(before: &Stated<'_>, now: &Stated<'_>, missed: &CountValue<'_>) -> Result<Option<Finding>, Reason> {
    let pair = now.with(before, Rational::ZERO)?;
    if pair.one.value != pair.other.value || now.quantity.upper_value() != before.quantity.upper_value() {
        return Ok(None);
    }
    if now.has_note() || before.has_note() || now.value.carried_over.is_some() {
        return Err(Reason::Answered);
    }
    let Slot::Given(actual, node) = &missed.actual else { return Err(Reason::NoActual) };
    let ratio = match attainment(before.quantity, actual, better(now.count), about()) {
        Attainment::Ratio(ratio) => Some(ratio.to_string()),
        _ => None,
    };
    let finding = Finding::new(UNCHANGED, now.node)
        .arg("count", now.count.name())
        .arg("target", now.quantity.printed())
        .arg("actual", actual.printed())
        .arg("ratio", ratio.as_deref().unwrap_or_default())
        .related("before", before.node)
        .related("actual", *node);
    Ok(Some(if ratio.is_none() { finding.variant("bound") } else { finding }))
}

/// Looks back over the ratings of an entry.
pub fn rating(scope: &EntryScope<'_>, ledger: &mut Ledger) {
    let Slot::Given(grade, node) = &scope.entry.rating else { return };
    match rating_stuck(scope, grade, *node) {
        Ok(finding) => ledger.judge(STUCK, finding),
        Err(reason) => ledger.skip(STUCK, reason),
    }
}

fn rating_stuck(scope: &EntryScope<'_>, grade: &str, node: Node<'_>) -> Result<Option<Finding>, Reason> {
    is_asked(scope)?;
    let rank = scope.plan.rank(grade).ok_or(Reason::NoScale)?;
    if rank == 0 {
        return Ok(None);
    }
    let times = scope.settings.integer(STUCK, "years").max(2);
    let past = earlier(scope, times - 1);
    let mut places = Vec::new();
    for (report, entry) in &past {
        if !same_scale(scope, report) {
            return Err(Reason::NotComparable);
        }
        let Slot::Given(before, node) = &entry.rating else { return Err(Reason::NoRating) };
        if *before != grade {
            return Ok(None);
        }
        places.push((report.year, *node));
    }
    if i64::try_from(places.len()).unwrap_or(i64::MAX) < times - 1 {
        return Err(Reason::NoPrior);
    }
    let label = scope.plan.grades.get(rank).and_then(|grade| grade.label).map_or(grade, |label| label.text);
    let finding = Finding::new(STUCK, node).arg("grade", grade).arg("label", label).arg("times", times);
    Ok(Some(
        places
            .into_iter()
            .fold(finding, |finding, (year, node)| finding.related_with("earlier", Place::of(node), vec![("then", year.number().into())])),
    ))
}

fn same_scale(scope: &EntryScope<'_>, report: &Report<'_>) -> bool {
    if report.plan.text == scope.plan.id.text {
        return true;
    }
    let grades = |plan: &crate::model::Plan<'_>| plan.grades.iter().map(|grade| grade.grade.text.to_owned()).collect::<Vec<_>>();
    scope.workspace.plan(report.plan.text).is_some_and(|set| grades(&set.plan) == grades(scope.plan))
}
