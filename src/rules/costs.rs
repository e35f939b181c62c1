//! Costs that several measures share, or that may be counted twice.

use std::collections::{BTreeMap, BTreeSet};

use super::columns::{part_of_one, show};
use crate::arithmetic::{Figure, Part, Quantity, Rational, SumVerdict, check_total};
use crate::catalogue::{RuleId, Words};
use crate::diagnostic::Finding;
use crate::document::Node;
use crate::model::{Cost, Entry, Report, Slot};
use crate::rule::{EntryScope, Ledger, Reason, ReportScope};

/// An entry with the one amount that it states.
#[derive(Clone, Copy)]
struct Spent<'a> {
    entry: &'a Entry<'a>,
    cost: &'a Cost<'a>,
    amount: Quantity<'a>,
    node: Node<'a>,
}

/// Looks at the costs of a report.
pub fn check(scope: &ReportScope<'_>, ledger: &mut Ledger) {
    if scope.report.entries.iter().all(|entry| entry.cost.is_absent()) {
        return;
    }
    for entry in &scope.report.entries {
        total(scope, entry, ledger);
    }
    shared(scope, ledger);
    items(scope, ledger);
    twice(scope, ledger);
}

fn spent<'a>(entry: &'a Entry<'a>) -> Option<Spent<'a>> {
    let cost = entry.cost.given()?;
    match &cost.amount {
        Slot::Given(amount, node) => Some(Spent { entry, cost, amount: *amount, node: *node }),
        _ => None,
    }
}

/// The one amount of a measure in a report.
fn spent_on<'a>(report: &'a Report<'a>, measure: &str) -> Option<Spent<'a>> {
    let mut found = report.entries_of(measure).filter_map(spent);
    found.next().filter(|_| found.next().is_none())
}

fn shares_with(spent: &Spent<'_>, measure: &str) -> bool {
    spent.cost.shared_with.iter().any(|id| id.text == measure)
}

fn fail(scope: &ReportScope<'_>, entry: &Entry<'_>, mut finding: Finding, ledger: &mut Ledger) {
    if let Some(entry) = scope.report.entries.iter().find(|other| other.node.id() == entry.node.id()) {
        finding.subject = EntryScope::new(*scope, entry).subject();
    }
    ledger.fail(finding);
}

fn about() -> Rational {
    Rational::new(1, 10).unwrap_or(Rational::ZERO)
}

fn agree(one: &Spent<'_>, other: &Spent<'_>) -> bool {
    one.amount.interval_about(about()).meets(other.amount.interval_about(about()))
}

/// A cost against its own items.
fn total(scope: &ReportScope<'_>, entry: &Entry<'_>, ledger: &mut Ledger) {
    let rule = RuleId::SumMismatch;
    let Some(spent) = spent(entry).filter(|spent| !spent.cost.items.is_empty()) else { return };
    let about = part_of_one(scope.settings, rule, "about");
    let figure = |quantity: &Quantity<'_>| Figure::of(quantity, "円", about);
    let amounts: Vec<Option<&Quantity<'_>>> = spent.cost.items.iter().map(|item| item.amount.given()).collect();
    if amounts.iter().flatten().chain([&&spent.amount]).any(|amount| amount.unit().is_some_and(|unit| unit != "円")) {
        return ledger.skip(rule, Reason::UnitDiffers);
    }
    let parts: Vec<Part> = amounts.iter().map(|amount| Part::added(amount.map(figure))).collect();
    let difference = match check_total(&figure(&spent.amount), &parts, &[]) {
        SumVerdict::Holds => return ledger.pass(rule),
        SumVerdict::NotEvaluated(_) => return ledger.skip(rule, Reason::PartMissing),
        SumVerdict::Wrong { difference, .. } => difference,
    };
    let which = amounts.iter().flatten().map(|amount| amount.printed()).collect::<Vec<_>>().join("＋");
    let computed = spent.amount.value().checked_sub(difference).unwrap_or(Rational::ZERO);
    let mut finding = Finding::new(rule, spent.node)
        .variant(if amounts.iter().any(Option::is_none) { "lower" } else { "default" })
        .arg("total", Words { ja: "経費", en: "the cost" })
        .arg("printed", spent.amount.printed())
        .arg("computed", show(computed, &spent.amount))
        .arg("difference", show(difference.abs(), &spent.amount))
        .arg("which", which);
    for node in spent.cost.items.iter().filter_map(|item| item.amount.node()) {
        finding = finding.related("part", node);
    }
    fail(scope, entry, finding, ledger);
}

/// What is shared is stated alike wherever it is stated.
fn shared(scope: &ReportScope<'_>, ledger: &mut Ledger) {
    let rule = RuleId::SharedCostMismatch;
    let mut seen: BTreeSet<(u32, u32)> = BTreeSet::new();
    let mut faulty: BTreeSet<u32> = BTreeSet::new();
    for one in scope.report.entries.iter().filter_map(spent) {
        for id in &one.cost.shared_with {
            let Some(other) = spent_on(scope.report, id.text) else {
                ledger.skip(rule, Reason::PartMissing);
                continue;
            };
            let (low, high) = (one.node.id().min(other.node.id()), one.node.id().max(other.node.id()));
            if low == high || !seen.insert((low, high)) || faulty.contains(&low) || faulty.contains(&high) {
                continue;
            }
            let (variant, here) = if !agree(&one, &other) {
                ("default", other)
            } else if !shares_with(&other, one.entry.measure.text) {
                ("one-sided", other)
            } else {
                ledger.pass(rule);
                continue;
            };
            faulty.insert(here.node.id());
            let finding = Finding::new(rule, here.node)
                .variant(variant)
                .arg("measure", here.entry.measure.text)
                .arg("printed", here.amount.printed())
                .arg("sharing", one.entry.measure.text)
                .arg("other", one.amount.printed())
                .related("other", one.node)
                .related("sharing", id.node);
            fail(scope, here.entry, finding, ledger);
        }
    }
}

/// An item that another measure states too.
fn items(scope: &ReportScope<'_>, ledger: &mut Ledger) {
    let rule = RuleId::SharedCostMismatch;
    for entry in &scope.report.entries {
        let items = entry.cost.given().map(|cost| cost.items.as_slice()).unwrap_or_default();
        for item in items {
            let (Some(id), Slot::Given(amount, node)) = (item.same_as, &item.amount) else { continue };
            let mut stated: Vec<(Quantity<'_>, Node<'_>)> = Vec::new();
            for cost in scope.report.entries_of(id.text).filter_map(|other| other.cost.given()) {
                let amounts = cost.items.iter().map(|item| &item.amount).chain([&cost.amount]);
                stated.extend(amounts.filter_map(|slot| slot.given().copied().zip(slot.node())));
            }
            let Some((first, other)) = stated.first() else {
                ledger.skip(rule, Reason::PartMissing);
                continue;
            };
            let fits = |(one, _): &(Quantity<'_>, Node<'_>)| one.interval_about(about()).meets(amount.interval_about(about()));
            if stated.iter().any(fits) {
                ledger.pass(rule);
                continue;
            }
            let finding = Finding::new(rule, *node)
                .variant("item")
                .arg("measure", entry.measure.text)
                .arg("printed", amount.printed())
                .arg("sharing", id.text)
                .arg("other", first.printed())
                .related("other", *other)
                .related("sharing", id.node);
            fail(scope, entry, finding, ledger);
        }
    }
}

/// Equal amounts for the same people or with the same effect, and nothing says that they are one.
fn twice(scope: &ReportScope<'_>, ledger: &mut Ledger) {
    let rule = RuleId::CostCountedTwice;
    let mut by_amount: BTreeMap<Rational, Vec<Spent<'_>>> = BTreeMap::new();
    for spent in scope.report.entries.iter().filter_map(spent) {
        let amount = spent.amount;
        if amount.is_single() && !amount.is_about() && !amount.value().is_zero() && amount.unit().is_none_or(|unit| unit == "円") {
            by_amount.entry(amount.value()).or_default().push(spent);
        }
    }
    for (amount, list) in by_amount {
        let Some((first, rest)) = list.split_first() else { continue };
        if rest.is_empty() {
            ledger.pass(rule);
            continue;
        }
        for (at, one) in rest.iter().enumerate() {
            let before = std::iter::once(first).chain(&rest[..at]);
            match before.into_iter().find(|other| is_doubled(scope, amount, other, one)) {
                None => ledger.pass(rule),
                Some(other) => {
                    let finding = Finding::new(rule, one.node)
                        .arg("measure", one.entry.measure.text)
                        .arg("printed", one.amount.printed())
                        .arg("other", other.entry.measure.text)
                        .related("other", other.node);
                    fail(scope, one.entry, finding, ledger);
                }
            }
        }
    }
}

fn is_doubled(scope: &ReportScope<'_>, amount: Rational, one: &Spent<'_>, other: &Spent<'_>) -> bool {
    let (first, second) = (one.entry.measure.text, other.entry.measure.text);
    let has_mark = |spent: &Spent<'_>| {
        !spent.cost.shared_with.is_empty() || spent.cost.note.is_some() || spent.cost.items.iter().any(|item| item.same_as.is_some())
    };
    let repeats = |id: &str, of: &str| scope.plan.measure(id).and_then(|measure| measure.repeats).is_some_and(|repeats| repeats.text == of);
    if first == second || has_mark(one) || has_mark(other) || repeats(first, second) || repeats(second, first) {
        return false;
    }
    let effect = |spent: &Spent<'_>| spent.entry.effect.given().map(|effect| effect.joined()).filter(|words| words.chars().count() >= 10);
    if effect(one).is_some_and(|words| Some(words) == effect(other)) {
        return true;
    }
    // A round amount for the same people is no rarity.
    let is_round = amount.checked_div(Rational::integer(1000)).is_none_or(Rational::is_integer);
    !is_round && audience(scope, one.entry).is_some_and(|words| Some(words) == audience(scope, other.entry))
}

/// For whom it was done: as the entry says, or else the plan.
fn audience<'a>(scope: &ReportScope<'a>, entry: &Entry<'a>) -> Option<&'a str> {
    let planned = || scope.plan.measure(entry.measure.text)?.audience.map(|audience| audience.text);
    entry.audience.given().copied().or_else(planned)
}
