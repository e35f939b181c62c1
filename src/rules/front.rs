//! What a report leaves open as a whole: its day, its indicators, and what is to come later.

use crate::catalogue::RuleId;
use crate::diagnostic::{Finding, Subject};
use crate::document::{Field, Kind, Node};
use crate::model::{Indicator, Measure, Slot};
use crate::rule::{EntryScope, Ledger, Reason, ReportScope};

/// Looks at a report as a whole.
pub fn check(scope: &ReportScope<'_>, ledger: &mut Ledger) {
    missing_as_of(scope, ledger);
    indicators(scope, ledger);
    pending(scope, ledger);
}

fn missing_as_of(scope: &ReportScope<'_>, ledger: &mut Ledger) {
    let rule = RuleId::MissingAsOf;
    let report = scope.report;
    if let Some(reason) = scope.not_asked("") {
        return ledger.skip(rule, reason);
    }
    if report.node.get(Field::AsOf).is_some() {
        return ledger.pass(rule);
    }
    let has_figures = !report.tables.is_empty()
        || report.indicators.iter().any(|indicator| !indicator.values.is_empty())
        || report.entries.iter().any(|entry| entry.counts.iter().any(|value| value.actual.given().is_some()));
    if !has_figures {
        return ledger.skip(rule, Reason::NoActual);
    }
    ledger.fail(Finding::new(rule, report.year_node).arg("year", report.year.number()));
}

fn indicators(scope: &ReportScope<'_>, ledger: &mut Ledger) {
    let rule = RuleId::MissingIndicatorValue;
    if let Some(reason) = scope.not_asked("indicators") {
        return ledger.skip(rule, reason);
    }
    let whole = scope.report.node.get(Field::Indicators);
    if whole.is_some_and(|node| scope.is_damaged(node)) {
        return ledger.skip(rule, Reason::Damaged);
    }
    for indicator in &scope.plan.indicators {
        indicator_value(scope, indicator, whole, ledger);
    }
}

fn indicator_value(scope: &ReportScope<'_>, indicator: &Indicator<'_>, whole: Option<Node<'_>>, ledger: &mut Ledger) {
    let rule = RuleId::MissingIndicatorValue;
    let stated: Vec<_> = scope.report.indicators.iter().filter(|stated| stated.indicator.text == indicator.id.text).collect();
    let mut marked = false;
    for value in stated.iter().flat_map(|stated| &stated.values) {
        match &value.value {
            Slot::Absent => {}
            Slot::Missing(missing) if !missing.is_answer() => marked = true,
            _ => return ledger.pass(rule),
        }
    }
    if marked {
        return ledger.skip(rule, Reason::Asked);
    }
    let place = stated.first().map(|stated| stated.indicator.node).or_else(|| whole.and_then(Node::key)).unwrap_or(scope.report.year_node);
    let found = Finding::new(rule, place)
        .arg("indicator", indicator.name())
        .arg("year", scope.report.year.number())
        .discriminator(indicator.id.text)
        .related("indicator", indicator.id.node);
    ledger.fail(found);
}

/// Every `missing: pending`: one finding for each entry, indicator and table.
fn pending(scope: &ReportScope<'_>, ledger: &mut Ledger) {
    let rule = RuleId::PendingValue;
    if !ledger.is_on(rule) {
        return;
    }
    if let Some(reason) = scope.not_asked("") {
        return ledger.skip(rule, reason);
    }
    for entry in &scope.report.entries {
        if scope.plan.measure(entry.measure.text).is_some_and(|measure| measure.repeats.is_some()) {
            ledger.skip(rule, Reason::Repeat);
            continue;
        }
        let title = |scope: &EntryScope<'_>| scope.measure.map_or(entry.measure.text, Measure::name).to_owned();
        pending_in(entry.node, ledger, || {
            let scope = EntryScope::new(*scope, entry);
            (title(&scope), scope.subject())
        });
    }
    for stated in &scope.report.indicators {
        let name = scope.plan.indicator(stated.indicator.text).map_or(stated.indicator.text, Indicator::name);
        pending_in(stated.node, ledger, || (name.to_owned(), Subject::default()));
    }
    for table in &scope.report.tables {
        pending_in(table.node, ledger, || (table.title.map_or(table.id.text, |title| title.text).to_owned(), Subject::default()));
    }
}

fn pending_in(node: Node<'_>, ledger: &mut Ledger, about: impl FnOnce() -> (String, Subject)) {
    let rule = RuleId::PendingValue;
    let mut places = Vec::new();
    collect(node, &mut places);
    let Some(((first, note), rest)) = places.split_first() else { return ledger.pass(rule) };
    let (title, subject) = about();
    let mut found = Finding::new(rule, *first).arg("title", title);
    found.subject = subject;
    if let Some(note) = note {
        found = found.variant("note").arg("note", *note);
    }
    for (other, _) in rest {
        found = found.related("again", *other);
    }
    ledger.fail(found);
}

/// The places below a node that say `missing: pending`, with their notes.
fn collect<'a>(node: Node<'a>, places: &mut Vec<(Node<'a>, Option<&'a str>)>) {
    if node.kind() == Kind::Seq {
        node.items().for_each(|item| collect(item, places));
    }
    if node.kind() != Kind::Map {
        return;
    }
    for (key, value) in node.members() {
        if key.field() == Some(Field::Missing) && value.text() == Some("pending") {
            places.push((value, node.get(Field::Note).and_then(Node::text)));
        }
        collect(value, places);
    }
}
