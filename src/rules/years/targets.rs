//! Targets against what was announced, and against what was attained.

use super::{Pair, Stated, about, count_in, last_year, share};
use crate::arithmetic::{Form, Rational};
use crate::catalogue::RuleId;
use crate::diagnostic::Finding;
use crate::model::{Better, Edition, Fit, Next, Status};
use crate::rule::{EntryScope, Ledger, Reason};
use crate::text::fold;

const CHANGED: RuleId = RuleId::TargetChanged;
const BELOW: RuleId = RuleId::TargetBelowActual;

/// Holds the targets of the year against those that last year's report announced for it.
pub fn changed(scope: &EntryScope<'_>, ledger: &mut Ledger) {
    let announced = announcement(scope);
    for value in &scope.entry.counts {
        let Some(count) = scope.measure.and_then(|measure| measure.count(value.id())) else { continue };
        let Some(target) = Stated::of(&value.target, value, count) else { continue };
        let next = match announced {
            Ok(next) => next,
            Err(reason) => {
                ledger.skip(CHANGED, reason);
                continue;
            }
        };
        let verdict = announced_figure(scope, next, &target).and_then(|announced| changed_one(scope, &target, &announced));
        match verdict {
            Ok(finding) => ledger.judge(CHANGED, finding),
            Err(reason) => ledger.skip(CHANGED, reason),
        }
    }
}

/// What last year's report announced for this measure.
fn announcement<'a>(scope: &EntryScope<'a>) -> Result<&'a Next<'a>, Reason> {
    let (prior, entry) = last_year(scope)?;
    let next = entry.next.as_ref().ok_or(Reason::NoPriorFigure)?;
    if next.draft || prior.status == Some(Status::Draft) {
        return Err(Reason::Draft);
    }
    Ok(next)
}

fn announced_figure<'a>(scope: &EntryScope<'a>, next: &'a Next<'a>, target: &Stated<'a>) -> Result<Stated<'a>, Reason> {
    let (prior, entry) = scope.prior.zip(scope.prior_entry).ok_or(Reason::NoPriorFigure)?;
    let count = count_in(&scope.report, prior, entry, target.count).ok_or(Reason::NoPriorFigure)?;
    let value = next.count(count.id.text).ok_or(Reason::NoPriorFigure)?;
    Stated::of(&value.target, value, count).ok_or(Reason::NoPriorFigure)
}

fn changed_one(scope: &EntryScope<'_>, target: &Stated<'_>, announced: &Stated<'_>) -> Result<Option<Finding>, Reason> {
    let pair = target.with(announced, about())?;
    if is_same(target, announced, &pair) {
        return Ok(None);
    }
    if target.quantity.is_bound() != announced.quantity.is_bound() && pair.one.interval.meets(pair.other.interval) {
        return Err(Reason::Bound);
    }
    if let Some(reason) = target.extent_differs(announced) {
        return Err(reason);
    }
    let year = scope.report.report.year;
    let carried = target.value.carried_over.as_ref().is_some_and(|carried| carried.fit == Fit::Exact && carried.year < year);
    if carried || target.has_note() || announced.has_note() || is_explained(scope) {
        return Err(Reason::Answered);
    }
    let prior_year = year.prior().map_or(0, |year| year.number());
    Ok(Some(
        Finding::new(CHANGED, target.node)
            .arg("target", target.quantity.printed())
            .arg("announced", announced.quantity.printed())
            .arg("count", target.count.name())
            .arg("year", year.number())
            .arg("prior_year", prior_year)
            .related("announced", announced.node),
    ))
}

/// Whether two targets say the same.
fn is_same(target: &Stated<'_>, announced: &Stated<'_>, pair: &Pair) -> bool {
    let (one, other) = (target.quantity, announced.quantity);
    if pair.one.value == pair.other.value {
        let ranges = one.form() == Form::Range && other.form() == Form::Range;
        return !(ranges && one.upper_value() != other.upper_value())
            && (one.is_bound() || other.is_bound() || pair.one.interval.meets(pair.other.interval));
    }
    let vague = one.is_about() != other.is_about() || pair.one.decimals != pair.other.decimals;
    vague && one.is_single() && other.is_single() && pair.one.interval.meets(pair.other.interval)
}

/// Whether the entry's own remark, or the words of its plan, speak of a change.
fn is_explained(scope: &EntryScope<'_>) -> bool {
    let words = scope.settings.words(CHANGED, "words");
    let speaks = |text: &str| {
        let text = fold(text);
        words.iter().any(|word| text.contains(&*fold(word)))
    };
    let plan = scope.entry.plan.given().is_some_and(|plan| plan.parts().any(|part| speaks(part.text.text)));
    plan || scope.entry.note.is_some_and(|note| speaks(note.text))
}

/// Holds the targets of the coming year against this year's actuals.
pub fn below_actual(scope: &EntryScope<'_>, ledger: &mut Ledger) {
    let Some(next) = &scope.entry.next else { return };
    for value in &next.counts {
        let Some(count) = scope.measure.and_then(|measure| measure.count(value.id())) else { continue };
        let Some(target) = Stated::of(&value.target, value, count) else { continue };
        match below_one(scope, &target) {
            Ok(finding) => ledger.judge(BELOW, finding),
            Err(reason) => ledger.skip(BELOW, reason),
        }
    }
}

fn below_one(scope: &EntryScope<'_>, target: &Stated<'_>) -> Result<Option<Finding>, Reason> {
    match scope.report.report.edition {
        Edition::Excerpt => return Err(Reason::Excerpt),
        Edition::Interim => return Err(Reason::Interim),
        Edition::Annual => {}
    }
    if scope.damaged {
        return Err(Reason::Damaged);
    }
    if scope.entry.has_ended() {
        return Err(Reason::Ended);
    }
    let value = scope.entry.count(target.count.id.text).ok_or(Reason::NoActual)?;
    let actual = Stated::of(&value.actual, value, target.count).ok_or(Reason::NoActual)?;
    if target.count.better == Better::Lower {
        return Err(Reason::NotComparable);
    }
    if !target.quantity.is_single() || !actual.quantity.is_single() {
        return Err(Reason::Bound);
    }
    let pair = target.with(&actual, about())?;
    let margin = share(scope.settings, BELOW, "margin");
    let least = Rational::ONE.checked_sub(margin).ok_or(Reason::NotComparable)?;
    let is_part = !least.is_negative() && least <= Rational::ONE;
    if is_part && pair.one.value >= pair.other.value && !pair.other.value.is_negative() {
        return Ok(None);
    }
    if !pair.one.interval.entirely_below(pair.other.interval.scale(least)) {
        return Ok(None);
    }
    if let Some(reason) = target.extent_differs(&actual) {
        return Err(reason);
    }
    if target.value.carried_over.is_some() || target.has_note() || actual.has_note() {
        return Err(Reason::Answered);
    }
    let ratio = pair.one.value.checked_div(pair.other.value).ok_or(Reason::ZeroDenominator)?;
    let next_year = scope.report.report.year.next().map_or(0, |year| year.number());
    Ok(Some(
        Finding::new(BELOW, target.node)
            .arg("target", target.quantity.printed())
            .arg("actual", actual.quantity.printed())
            .arg("count", target.count.name())
            .arg("next_year", next_year)
            .arg("ratio", format!("{}％（{}/{}）", ratio.percent(1), pair.one.value, pair.other.value))
            .related("actual", actual.node),
    ))
}
