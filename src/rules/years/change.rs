//! Figures beside those of the year before: changes too large to be chance, and part of a year set
//! beside a whole one.

use super::{Stated, about, count_in, last_year, share};
use crate::arithmetic::{Figure, Rational, is_measured};
use crate::catalogue::RuleId;
use crate::diagnostic::Finding;
use crate::model::{Count, CountValue, Edition, Report, Slot};
use crate::rule::{EntryScope, Ledger, Reason};

const UNUSUAL: RuleId = RuleId::UnusualChange;
const INTERIM: RuleId = RuleId::InterimAgainstAnnual;

/// Holds the actuals of the year against those of the year before.
pub fn unusual(scope: &EntryScope<'_>, ledger: &mut Ledger) {
    for value in &scope.entry.counts {
        let Some(count) = scope.measure.and_then(|measure| measure.count(value.id())) else { continue };
        let Some(actual) = Stated::of(&value.actual, value, count) else { continue };
        match unusual_one(scope, &actual) {
            Ok(finding) => ledger.judge(UNUSUAL, finding),
            Err(reason) => ledger.skip(UNUSUAL, reason),
        }
    }
}

fn unusual_one<'a>(scope: &EntryScope<'a>, actual: &Stated<'a>) -> Result<Option<Finding>, Reason> {
    let earlier = earlier_actual(scope, actual)?;
    if actual.count.rate.is_some() || is_measured(actual.unit()) {
        return Err(Reason::NotComparable);
    }
    if !actual.quantity.is_single() || !earlier.quantity.is_single() {
        return Err(Reason::Bound);
    }
    let pair = actual.with(&earlier, about())?;
    let (now, before) = (pair.one.value, pair.other.value);
    if before.is_zero() {
        return Err(Reason::ZeroDenominator);
    }
    if !is_unusual(scope, now, before).ok_or(Reason::NotComparable)? {
        return Ok(None);
    }
    if let Some(reason) = actual.extent_differs(&earlier) {
        return Err(reason);
    }
    if actual.has_note() || earlier.has_note() {
        return Err(Reason::Answered);
    }
    let ratio = now.checked_div(before).ok_or(Reason::ZeroDenominator)?;
    let year = scope.report.report.year;
    Ok(Some(
        Finding::new(UNUSUAL, actual.node)
            .variant(if now > before { "default" } else { "less" })
            .arg("count", actual.count.name())
            .arg("actual", actual.quantity.printed())
            .arg("prior", earlier.quantity.printed())
            .arg("year", year.number())
            .arg("prior_year", year.prior().map_or(0, |year| year.number()))
            .arg("ratio", format!("{}％（{now}/{before}）", ratio.percent(1)))
            .related("prior", earlier.node),
    ))
}

/// Last year's actual: as last year's report states it, or else as this one does.
fn earlier_actual<'a>(scope: &EntryScope<'a>, actual: &Stated<'a>) -> Result<Stated<'a>, Reason> {
    let report = last_year(scope);
    if let Err(reason @ (Reason::Excerpt | Reason::Interim | Reason::Damaged)) = report {
        return Err(reason);
    }
    let in_report = report.ok().and_then(|(prior, entry)| {
        let count = count_in(&scope.report, prior, entry, actual.count)?;
        let value = entry.count(count.id.text)?;
        Stated::of(&value.actual, value, count)
    });
    let own = || {
        let prior = actual.value.prior.as_ref().filter(|prior| prior.period.is_none())?;
        Stated::of(&prior.value, actual.value, actual.count)
    };
    in_report.or_else(own).ok_or(if report.is_err() { Reason::NoPrior } else { Reason::NoPriorFigure })
}

/// Whether a count changed both by a large part of it and by more than its size lets chance do:
/// counts that come about one by one vary by about their square root (Poisson), and so does a
/// difference of two by the root of their sum. Nothing where it cannot be computed.
fn is_unusual(scope: &EntryScope<'_>, now: Rational, before: Rational) -> Option<bool> {
    if now.is_negative() || before.is_negative() {
        return None;
    }
    let (less, more) = (now.min(before), now.max(before));
    let limit = less.checked_mul(Rational::ONE.checked_add(share(scope.settings, UNUSUAL, "change"))?)?;
    if more < limit {
        return Some(false);
    }
    let width = Rational::integer(scope.settings.integer(UNUSUAL, "deviations"));
    let difference = more.checked_sub(less)?;
    let chance = width.checked_mul(width)?.checked_mul(more.checked_add(less)?)?;
    Some(difference.checked_mul(difference)? > chance)
}

/// Looks for part of a year set beside a whole one.
pub fn interim(scope: &EntryScope<'_>, ledger: &mut Ledger) {
    for value in &scope.entry.counts {
        let Some(prior) = &value.prior else { continue };
        let Some(count) = scope.measure.and_then(|measure| measure.count(value.id())) else { continue };
        if prior.period.is_some() {
            ledger.pass(INTERIM);
            continue;
        }
        match interim_one(scope, value, count) {
            Ok(finding) => ledger.judge(INTERIM, finding),
            Err(reason) => ledger.skip(INTERIM, reason),
        }
    }
}

fn interim_one<'a>(scope: &EntryScope<'a>, value: &'a CountValue<'a>, count: &'a Count<'a>) -> Result<Option<Finding>, Reason> {
    let report = scope.report.report;
    let prior = scope.prior.ok_or(Reason::NoPrior)?;
    let part = report.edition == Edition::Interim;
    match (part, prior.edition == Edition::Interim) {
        _ if report.edition == Edition::Excerpt => return Err(Reason::Excerpt),
        (true, true) | (false, false) => return Ok(None),
        _ => {}
    }
    if covers_year(report) || covers_year(prior) && !part {
        return Ok(None);
    }
    let entry = scope.prior_entry.ok_or(Reason::NoPriorFigure)?;
    if scope.damaged || scope.is_damaged(entry.node) {
        return Err(Reason::Damaged);
    }
    let stated = value.prior.as_ref().and_then(|prior| Stated::of(&prior.value, value, count)).ok_or(Reason::NoPriorFigure)?;
    let Slot::Given(actual, _) = &value.actual else { return Err(Reason::NoActual) };
    let earlier_count = count_in(&scope.report, prior, entry, count).ok_or(Reason::NoPriorFigure)?;
    let earlier_value = entry.count(earlier_count.id.text).ok_or(Reason::NoPriorFigure)?;
    let earlier = Stated::of(&earlier_value.actual, earlier_value, earlier_count).ok_or(Reason::NoPriorFigure)?;
    if is_stock(scope, &stated) || value.as_of.is_some() || earlier_value.as_of.is_some() {
        return Err(Reason::NotComparable);
    }
    let pair = stated.with(&earlier, Rational::ZERO)?;
    let same = |one: &Figure, other: &Figure| one.value == other.value;
    if !same(&pair.one, &pair.other) || earlier.value.period.is_some() || value.period.is_some() {
        return Err(Reason::Undecided);
    }
    if stated.has_note() {
        return Err(Reason::Answered);
    }
    Ok(Some(
        Finding::new(INTERIM, stated.node)
            .variant(if part { "default" } else { "annual" })
            .arg("count", count.name())
            .arg("actual", actual.printed())
            .arg("prior", stated.quantity.printed())
            .arg("prior_year", prior.year.number())
            .related("prior", earlier.node),
    ))
}

/// Whether the figures of an interim report are those at the end of its year after all.
fn covers_year(report: &Report<'_>) -> bool {
    report.edition == Edition::Interim
        && report.as_of.as_ref().and_then(|(date, _)| date.date).is_some_and(|date| date >= report.year.last_day())
}

/// Whether a count says how many there are, not how many there were in the year.
fn is_stock(scope: &EntryScope<'_>, stated: &Stated<'_>) -> bool {
    scope.settings.words(INTERIM, "stocks").iter().any(|word| stated.count.name().contains(word))
}
