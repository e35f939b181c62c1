//! What an entry leaves out although its plan expects it.
//!
//! A value that is `missing` with a reason is an answer; a bare mark is asked about by null-marker.

use crate::arithmetic::{Quantity, normal_unit};
use crate::catalogue::RuleId;
use crate::diagnostic::Finding;
use crate::document::Node;
use crate::model::{Count, CountValue, Edition, Measure, Missing, Slot};
use crate::rule::{EntryScope, Ledger, Reason};
use crate::text::find_numbers;

/// Looks for what an entry leaves out.
pub fn check(scope: &EntryScope<'_>, ledger: &mut Ledger) {
    missing_target(scope, ledger);
    missing_actual(scope, ledger);
    missing_rating(scope, ledger);
    missing_reason(scope, ledger);
    no_counts(scope, ledger);
}

/// Why nothing of that name is asked of an entry: what `expects` and its state say, or that its
/// measure is unknown or only shown again.
#[must_use]
pub fn not_asked(scope: &EntryScope<'_>, name: &str) -> Option<Reason> {
    if let Some(reason) = scope.not_asked(name) {
        return Some(reason);
    }
    match scope.measure {
        None => Some(Reason::Undefined),
        Some(measure) => measure.repeats.map(|_| Reason::Repeat),
    }
}

/// A finding about an entry, with the words that every question needs.
#[must_use]
pub fn finding(scope: &EntryScope<'_>, rule: RuleId, node: Node<'_>) -> Finding {
    let title = scope.measure.map_or(scope.entry.measure.text, Measure::name);
    Finding::new(rule, node).arg("title", title).arg("year", scope.report.report.year.number())
}

/// What an entry says on one side of its figures, all counts together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Said {
    /// Nothing.
    Silent,
    /// A bare mark.
    Mark,
    /// Why there is none.
    Answered,
    /// At least one figure.
    Given,
}

impl Said {
    fn of_missing(missing: &Missing<'_>) -> Self {
        if missing.is_answer() { Self::Answered } else { Self::Mark }
    }

    /// What one slot says.
    #[must_use]
    pub fn of<T>(slot: &Slot<'_, T>) -> Self {
        match slot {
            Slot::Absent => Self::Silent,
            Slot::Missing(missing) => Self::of_missing(missing),
            Slot::Unreadable(_) | Slot::Given(..) => Self::Given,
        }
    }

    /// What the counts say together.
    #[must_use]
    pub fn of_counts<'c, 'a: 'c>(
        counts: &'c [CountValue<'a>],
        missing: Option<&Missing<'a>>,
        side: impl Fn(&'c CountValue<'a>) -> &'c Slot<'a, Quantity<'a>>,
    ) -> Self {
        let whole = missing.map_or(Self::Silent, Self::of_missing);
        let each = counts.iter().map(|value| Self::of(side(value)).max(value.missing.as_deref().map_or(Self::Silent, Self::of_missing)));
        each.fold(whole, Self::max)
    }
}

/// The targets of an entry, all counts together.
#[must_use]
pub fn targets(scope: &EntryScope<'_>) -> Said {
    Said::of_counts(&scope.entry.counts, scope.entry.counts_missing.as_ref(), |value| &value.target)
}

/// The actuals of an entry, all counts together.
#[must_use]
pub fn actuals(scope: &EntryScope<'_>) -> Said {
    Said::of_counts(&scope.entry.counts, scope.entry.counts_missing.as_ref(), |value| &value.actual)
}

/// Whether a count is asked of the departments that an entry speaks for.
fn is_asked_of(scope: &EntryScope<'_>, count: &Count<'_>) -> bool {
    let own = &scope.entry.departments;
    count.department.is_none_or(|department| own.is_empty() || own.iter().any(|id| id.text == department.text))
}

/// Whether figures are kept of the measure, or stated in the entry.
#[must_use]
pub fn keeps_counts(scope: &EntryScope<'_>) -> bool {
    !scope.entry.counts.is_empty() || scope.measure.is_some_and(|measure| measure.counts.iter().any(|count| is_asked_of(scope, count)))
}

/// Where a missing figure is shown: at the key of the figures, or at the measure.
fn figures_place<'a>(scope: &EntryScope<'a>) -> Node<'a> {
    scope.entry.counts_node.and_then(Node::key).unwrap_or(scope.entry.measure.node)
}

fn missing_target(scope: &EntryScope<'_>, ledger: &mut Ledger) {
    let rule = RuleId::MissingTarget;
    if let Some(reason) = not_asked(scope, "targets") {
        return ledger.skip(rule, reason);
    }
    match targets(scope) {
        Said::Given => return ledger.pass(rule),
        Said::Answered => return ledger.skip(rule, Reason::Answered),
        Said::Mark => return ledger.skip(rule, Reason::Asked),
        Said::Silent => {}
    }
    if !keeps_counts(scope) {
        return ledger.skip(rule, Reason::NoCounts);
    }
    if scope.entry.plan.given().is_some_and(|plan| plan.parts().any(|part| find_numbers(part.text.text).next().is_some())) {
        return ledger.skip(rule, Reason::Answered);
    }
    let finding = finding(scope, rule, figures_place(scope));
    let has_actual = scope.entry.counts.iter().find_map(|value| value.actual.given().zip(value.actual.node()));
    ledger.fail(match has_actual {
        Some((actual, node)) => finding.variant("actual").arg("actual", actual.printed()).related("actual", node),
        None => finding,
    });
}

fn missing_actual(scope: &EntryScope<'_>, ledger: &mut Ledger) {
    let rule = RuleId::MissingActual;
    if let Some(reason) = actual_not_due(scope) {
        return ledger.skip(rule, reason);
    }
    let Some(measure) = scope.measure else { return };
    for value in &scope.entry.counts {
        missing_actual_of(scope, measure, value, ledger);
    }
    if scope.entry.counts_missing.is_none() {
        dropped_counts(scope, measure, ledger);
    }
}

fn actual_not_due(scope: &EntryScope<'_>) -> Option<Reason> {
    if let Some(reason) = not_asked(scope, "actuals") {
        return Some(reason);
    }
    if scope.report.report.edition == Edition::Interim {
        return Some(Reason::Interim);
    }
    match scope.entry.progress.given() {
        Some(&"ended") => Some(Reason::Ended),
        Some(&("scheduled" | "not-started")) => Some(Reason::Answered),
        _ => None,
    }
}

fn missing_actual_of(scope: &EntryScope<'_>, measure: &Measure<'_>, value: &CountValue<'_>, ledger: &mut Ledger) {
    let rule = RuleId::MissingActual;
    let said = Said::of_counts(std::slice::from_ref(value), None, |value| &value.actual);
    match said {
        Said::Given => return ledger.pass(rule),
        Said::Answered => return ledger.skip(rule, Reason::Answered),
        Said::Mark => return ledger.skip(rule, Reason::Asked),
        Said::Silent => {}
    }
    let target = value.target.given().zip(value.target.node());
    let prior = value.prior.as_ref().map(|prior| &prior.value).filter(|slot| slot.given().is_some());
    let earlier = scope.prior_entry.and_then(|entry| entry.count(value.id())).map(|value| &value.actual);
    let prior = prior.or(earlier).and_then(|slot| slot.given().zip(slot.node()));
    if target.is_none() && prior.is_none() {
        return;
    }
    let count = measure.count(value.id());
    if value.note.is_some() || is_derived(scope, count) || has_event(scope, value, count) || is_in_words(scope, count) {
        return ledger.skip(rule, Reason::Answered);
    }
    let finding = finding(scope, rule, value.key).arg("count", count.map_or(value.id(), Count::name));
    ledger.fail(match (target, prior) {
        (Some((target, node)), _) => finding.arg("target", target.printed()).related("target", node),
        (None, Some((prior, node))) => finding.variant("prior").arg("prior", prior.printed()).related("prior", node),
        (None, None) => finding,
    });
}

/// Whether the figure follows from others that the entry states, or stands somewhere else.
fn is_derived(scope: &EntryScope<'_>, count: Option<&Count<'_>>) -> bool {
    let Some(count) = count else { return false };
    let has = |id: &str| scope.entry.count(id).is_some_and(|value| value.actual.is_answered());
    !count.same_as.is_empty()
        || !count.product_of.is_empty()
        || count.sum_of.iter().any(|parts| !parts.is_empty() && parts.iter().all(|part| has(part.text)))
        || count.rate.is_some_and(|rate| has(rate.of.text) && has(rate.over.text))
}

/// Whether an event says what was done: any for a number of times; for people, one whose
/// attendance is not already the actual of another count.
fn has_event(scope: &EntryScope<'_>, value: &CountValue<'_>, count: Option<&Count<'_>>) -> bool {
    let printed = value.target.given().and_then(Quantity::unit);
    let unit = printed.or_else(|| count.and_then(|count| count.unit).map(|unit| normal_unit(unit.text)));
    let times = matches!(unit, Some("回" | "日" | "月"));
    scope.entry.events.iter().filter(|event| event.held).any(|event| {
        let Some(attendance) = event.attendance.given() else { return times };
        let is_taken = |other: &CountValue<'_>| other.actual.given().is_some_and(|actual| actual.value() == attendance.value());
        times || !scope.entry.counts.iter().any(is_taken)
    })
}

/// Whether the result names the count with a figure.
fn is_in_words(scope: &EntryScope<'_>, count: Option<&Count<'_>>) -> bool {
    let Some(title) = count.and_then(|count| count.title) else { return false };
    let Some(result) = scope.entry.result.given() else { return false };
    result.parts().any(|part| find_numbers(part.text.text).any(|number| number.is_named(title.text)))
}

/// Counts that had an actual last year and are not even named this year.
fn dropped_counts(scope: &EntryScope<'_>, measure: &Measure<'_>, ledger: &mut Ledger) {
    let rule = RuleId::MissingActual;
    let Some(prior) = scope.prior_entry else { return };
    // A figure under a wrong name may be the one that is missed.
    if scope.entry.counts.iter().any(|value| measure.count(value.id()).is_none()) {
        return ledger.skip(rule, Reason::Undefined);
    }
    let is_part = |count: &Count<'_>| {
        count.within.is_some() || measure.counts.iter().any(|total| total.sum_of.iter().flatten().any(|part| part.text == count.id.text))
    };
    let mut names = String::new();
    let mut found: Option<Finding> = None;
    for value in &prior.counts {
        let Some(node) = value.actual.given().and(value.actual.node()) else { continue };
        let Some(count) = measure.count(value.id()).filter(|count| scope.entry.count(count.id.text).is_none()) else { continue };
        if !is_asked_of(scope, count) || is_part(count) {
            continue;
        }
        if is_derived(scope, Some(count)) || has_event(scope, value, Some(count)) || is_in_words(scope, Some(count)) {
            ledger.skip(rule, Reason::Answered);
            continue;
        }
        names.push_str(if names.is_empty() { "" } else { "、" });
        names.push_str(count.name());
        let place = figures_place(scope);
        let known = found.take().unwrap_or_else(|| finding(scope, rule, place).variant("dropped").discriminator("dropped"));
        found = Some(known.related("prior", node));
    }
    if let Some(found) = found {
        ledger.fail(found.arg("count", names));
    }
}

fn missing_rating(scope: &EntryScope<'_>, ledger: &mut Ledger) {
    let rule = RuleId::MissingRating;
    if let Some(reason) = not_asked(scope, "ratings") {
        return ledger.skip(rule, reason);
    }
    if scope.report.report.edition == Edition::Interim {
        return ledger.skip(rule, Reason::Interim);
    }
    match Said::of(&scope.entry.rating) {
        Said::Given => ledger.pass(rule),
        Said::Answered => ledger.skip(rule, Reason::Answered),
        Said::Mark => ledger.skip(rule, Reason::Asked),
        Said::Silent => {
            let scale: Vec<&str> = scope.plan.grades.iter().map(|grade| grade.grade.text).collect();
            let found = finding(scope, rule, scope.entry.measure.node);
            ledger.fail(if scale.is_empty() { found.variant("no-scale") } else { found.arg("scale", scale.join("・")) });
        }
    }
}

fn missing_reason(scope: &EntryScope<'_>, ledger: &mut Ledger) {
    let rule = RuleId::MissingReason;
    if let Some(reason) = not_asked(scope, "reasons") {
        return ledger.skip(rule, reason);
    }
    let Slot::Given(rating, node) = &scope.entry.rating else { return ledger.skip(rule, Reason::NoRating) };
    match Said::of(&scope.entry.reason) {
        Said::Given => ledger.pass(rule),
        Said::Answered => ledger.skip(rule, Reason::Answered),
        Said::Mark => ledger.skip(rule, Reason::Asked),
        Said::Silent => ledger.fail(finding(scope, rule, *node).arg("rating", *rating)),
    }
}

fn no_counts(scope: &EntryScope<'_>, ledger: &mut Ledger) {
    let rule = RuleId::NoCounts;
    if let Some(reason) = not_asked(scope, "") {
        return ledger.skip(rule, reason);
    }
    if scope.entry.has_ended() {
        return ledger.skip(rule, Reason::Ended);
    }
    let expects = |name| scope.plan.expects.has(name);
    if !expects("targets") && !expects("actuals") {
        return ledger.skip(rule, Reason::NotExpected);
    }
    let Slot::Given(rating, node) = &scope.entry.rating else { return ledger.skip(rule, Reason::NoRating) };
    match targets(scope).max(actuals(scope)) {
        Said::Given => return ledger.pass(rule),
        Said::Answered => return ledger.skip(rule, Reason::Answered),
        Said::Mark => return ledger.skip(rule, Reason::Asked),
        Said::Silent => {}
    }
    if expects("targets") && keeps_counts(scope) {
        return ledger.skip(rule, Reason::Asked);
    }
    let words = [&scope.entry.result, &scope.entry.reason, &scope.entry.plan];
    let has_number = words
        .iter()
        .filter_map(|slot| slot.given())
        .flat_map(|words| words.parts())
        .any(|part| find_numbers(part.text.text).next().is_some());
    if has_number {
        return ledger.skip(rule, Reason::Answered);
    }
    ledger.fail(finding(scope, rule, *node).arg("rating", *rating));
}
