//! What an entry leaves unsaid beside its figures and its grade: result, effect, direction, cost,
//! progress, and what comes next.

use super::presence::{Said, actuals, finding, not_asked};
use crate::catalogue::RuleId;
use crate::diagnostic::Finding;
use crate::document::Node;
use crate::model::{Cost, Edition, Next, Slot};
use crate::rule::{EntryScope, Ledger, Reason};
use crate::text::find_numbers;

/// Looks for what an entry leaves unsaid.
pub fn check(scope: &EntryScope<'_>, ledger: &mut Ledger) {
    missing_result(scope, ledger);
    missing_effect(scope, ledger);
    missing_cost(scope, ledger);
    missing_progress(scope, ledger);
    missing_direction(scope, ledger);
    direction_without_reason(scope, ledger);
    missing_next_plan(scope, ledger);
    missing_next_target(scope, ledger);
}

/// Writes what a slot says; true where it says nothing and no reason speaks against asking.
fn is_silent(said: Said, rule: RuleId, ledger: &mut Ledger) -> bool {
    match said {
        Said::Given => ledger.pass(rule),
        Said::Answered => ledger.skip(rule, Reason::Answered),
        Said::Mark => ledger.skip(rule, Reason::Asked),
        Said::Silent => return true,
    }
    false
}

/// Whether the work has not begun.
fn is_ahead(scope: &EntryScope<'_>) -> bool {
    matches!(scope.entry.progress.given(), Some(&("scheduled" | "not-started")))
}

/// What is due only when the year is over and something was done.
fn not_due(scope: &EntryScope<'_>, name: &str) -> Option<Reason> {
    if let Some(reason) = not_asked(scope, name) {
        return Some(reason);
    }
    if scope.report.report.edition == Edition::Interim {
        return Some(Reason::Interim);
    }
    if scope.entry.has_ended() {
        return Some(Reason::Ended);
    }
    is_ahead(scope).then_some(Reason::Answered)
}

fn missing_result(scope: &EntryScope<'_>, ledger: &mut Ledger) {
    let rule = RuleId::MissingResult;
    if let Some(reason) = not_asked(scope, "results") {
        return ledger.skip(rule, reason);
    }
    let said = Said::of(&scope.entry.result).max(actuals(scope));
    if !is_silent(said, rule, ledger) {
        return;
    }
    if scope.entry.events.iter().any(|event| event.held) {
        return ledger.pass(rule);
    }
    if scope.entry.has_ended() || is_ahead(scope) || scope.entry.note.is_some() {
        return ledger.skip(rule, Reason::Answered);
    }
    ledger.fail(finding(scope, rule, scope.entry.measure.node));
}

fn missing_effect(scope: &EntryScope<'_>, ledger: &mut Ledger) {
    let rule = RuleId::MissingEffect;
    if let Some(reason) = not_due(scope, "effects") {
        return ledger.skip(rule, reason);
    }
    if is_silent(Said::of(&scope.entry.effect), rule, ledger) {
        ledger.fail(finding(scope, rule, scope.entry.measure.node));
    }
}

fn missing_cost(scope: &EntryScope<'_>, ledger: &mut Ledger) {
    let rule = RuleId::MissingCost;
    if let Some(reason) = not_due(scope, "costs") {
        return ledger.skip(rule, reason);
    }
    let said = match &scope.entry.cost {
        Slot::Given(cost, _) => said_of_cost(cost),
        slot => Said::of(slot),
    };
    if is_silent(said, rule, ledger) {
        ledger.fail(finding(scope, rule, scope.entry.measure.node));
    }
}

fn said_of_cost(cost: &Cost<'_>) -> Said {
    let items = cost.items.iter().map(|item| if item.same_as.is_some() { Said::Given } else { Said::of(&item.amount) });
    let said = items.fold(Said::of(&cost.amount), Said::max);
    if said == Said::Silent && (cost.note.is_some() || !cost.shared_with.is_empty()) { Said::Answered } else { said }
}

fn missing_progress(scope: &EntryScope<'_>, ledger: &mut Ledger) {
    let rule = RuleId::MissingProgress;
    if let Some(reason) = not_asked(scope, "progress") {
        return ledger.skip(rule, reason);
    }
    if is_silent(Said::of(&scope.entry.progress), rule, ledger) {
        ledger.fail(finding(scope, rule, scope.entry.measure.node));
    }
}

fn missing_direction(scope: &EntryScope<'_>, ledger: &mut Ledger) {
    let rule = RuleId::MissingDirection;
    if let Some(reason) = not_asked(scope, "directions") {
        return ledger.skip(rule, reason);
    }
    if scope.report.report.edition == Edition::Interim {
        return ledger.skip(rule, Reason::Interim);
    }
    if is_silent(Said::of(&scope.entry.direction), rule, ledger) {
        let choices: Vec<&str> = scope.plan.directions.iter().map(|direction| direction.text).collect();
        let found = finding(scope, rule, scope.entry.measure.node);
        ledger.fail(if choices.is_empty() { found } else { found.variant("choices").arg("choices", choices.join("・")) });
    }
}

fn direction_without_reason(scope: &EntryScope<'_>, ledger: &mut Ledger) {
    let rule = RuleId::DirectionWithoutReason;
    if let Some(reason) = not_asked(scope, "directions") {
        return ledger.skip(rule, reason);
    }
    let Slot::Given(direction, node) = &scope.entry.direction else { return };
    let changes = scope.settings.words(rule, "directions");
    if !changes.iter().any(|word| direction.starts_with(word)) {
        return ledger.pass(rule);
    }
    let entry = scope.entry;
    if entry.direction_reason.is_some() || entry.next.as_ref().is_some_and(|next| said_of_next(next) > Said::Silent) {
        return ledger.pass(rule);
    }
    if entry.note.is_some() {
        return ledger.skip(rule, Reason::Answered);
    }
    ledger.fail(finding(scope, rule, *node).arg("direction", *direction));
}

/// What is said of the following year, in words, figures or dates.
fn said_of_next(next: &Next<'_>) -> Said {
    let figures = Said::of_counts(&next.counts, next.counts_missing.as_ref(), |value| &value.target);
    let events = if next.events.is_empty() { Said::Silent } else { Said::Given };
    Said::of(&next.plan).max(figures).max(events)
}

/// Why nothing is asked of the following year: also that the measure or the plan ends with this one.
fn next_not_asked(scope: &EntryScope<'_>) -> Option<Reason> {
    if let Some(reason) = not_asked(scope, "next") {
        return Some(reason);
    }
    let year = scope.report.report.year;
    if scope.report.report.edition == Edition::Interim {
        return Some(Reason::Interim);
    }
    let is_last =
        scope.measure.and_then(|measure| measure.last).is_some_and(|last| last <= year) || scope.plan.last.is_some_and(|last| last <= year);
    is_last.then_some(Reason::Ended)
}

fn next_place<'a>(scope: &EntryScope<'a>) -> Node<'a> {
    scope.entry.next.as_ref().and_then(|next| next.node.key()).unwrap_or(scope.entry.measure.node)
}

fn for_next(scope: &EntryScope<'_>, rule: RuleId) -> Finding {
    finding(scope, rule, next_place(scope)).arg("next", scope.report.report.year.number() + 1)
}

fn missing_next_plan(scope: &EntryScope<'_>, ledger: &mut Ledger) {
    let rule = RuleId::MissingNextPlan;
    if let Some(reason) = next_not_asked(scope) {
        return ledger.skip(rule, reason);
    }
    let said = scope.entry.next.as_ref().map_or(Said::Silent, said_of_next);
    if is_silent(said, rule, ledger) {
        ledger.fail(for_next(scope, rule));
    }
}

fn missing_next_target(scope: &EntryScope<'_>, ledger: &mut Ledger) {
    let rule = RuleId::MissingNextTarget;
    if let Some(reason) = next_not_asked(scope) {
        return ledger.skip(rule, reason);
    }
    // Without any word on the following year it is the plan that is missing.
    let Some(next) = scope.entry.next.as_ref().filter(|next| said_of_next(next) > Said::Silent) else {
        return ledger.skip(rule, Reason::Asked);
    };
    let now = scope.entry.counts.iter().find_map(|value| value.target.given().zip(value.target.node()));
    let Some((target, node)) = now else { return ledger.skip(rule, Reason::NoTarget) };
    let figures = Said::of_counts(&next.counts, next.counts_missing.as_ref(), |value| &value.target);
    if !is_silent(figures, rule, ledger) {
        return;
    }
    let in_words = next.plan.given().is_some_and(|plan| plan.parts().any(|part| find_numbers(part.text.text).next().is_some()));
    if in_words || next.plan.missing().is_some() {
        return ledger.skip(rule, Reason::Answered);
    }
    ledger.fail(for_next(scope, rule).arg("target", target.printed()).related("target", node));
}
