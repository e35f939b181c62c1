//! Figures that are later than the report they stand in.

use std::collections::BTreeMap;

use crate::calendar::parse_date;
use crate::catalogue::RuleId;
use crate::diagnostic::{Finding, Subject};
use crate::document::Field;
use crate::model::{CountValue, Text};
use crate::rule::{EntryScope, Ledger, Reason, ReportScope};

/// A figure's own day.
struct Dated<'a> {
    as_of: Text<'a>,
    name: &'a str,
}

/// Holds the day of every figure that has its own against the day of the report.
pub fn check(scope: &ReportScope<'_>, ledger: &mut Ledger) {
    for entry in &scope.report.entries {
        let is_counted = |value: &&CountValue<'_>| value.as_of.is_some() && value.actual.given().is_some();
        let measure = || scope.plan.measure(entry.measure.text);
        let dated: Vec<Dated<'_>> = entry
            .counts
            .iter()
            .filter(is_counted)
            .filter_map(|value| {
                let name = measure().and_then(|measure| measure.count(value.id())).map_or(value.id(), |count| count.name());
                Some(Dated { as_of: value.as_of?, name })
            })
            .collect();
        if !dated.is_empty() {
            let subject = EntryScope::new(*scope, entry).subject();
            judge(scope, &dated, &subject, ledger);
        }
    }
    for table in &scope.report.tables {
        let columns = table.columns.iter().map(|column| (column.node, column.name()));
        let rows = table.rows.iter().map(|row| (row.node, row.name()));
        let dated: Vec<Dated<'_>> = std::iter::once((table.node, table.name()))
            .chain(columns)
            .chain(rows)
            .filter_map(|(node, name)| Some(Dated { as_of: node.get(Field::AsOf).and_then(Text::of)?, name }))
            .collect();
        let subject = ledger.subject().clone();
        judge(scope, &dated, &subject, ledger);
    }
}

/// One finding for the figures of one day.
fn judge(scope: &ReportScope<'_>, dated: &[Dated<'_>], subject: &Subject, ledger: &mut Ledger) {
    let rule = RuleId::FigureAfterAsOf;
    let mut late: BTreeMap<jiff::civil::Date, Vec<&Dated<'_>>> = BTreeMap::new();
    let report = scope.report.as_of.as_ref().and_then(|(written, node)| Some((written.date?, *node)));
    for one in dated {
        let Some((day, _)) = report else {
            ledger.skip(rule, Reason::NoDate);
            continue;
        };
        match parse_date(one.as_of.text).ok().and_then(|written| written.date) {
            None => ledger.skip(rule, Reason::NoDate),
            Some(own) if own > day => late.entry(own).or_default().push(one),
            Some(_) => ledger.pass(rule),
        }
    }
    let Some((_, as_of)) = report else { return };
    for list in late.values() {
        let Some((first, rest)) = list.split_first() else { continue };
        let mut finding = Finding::new(rule, first.as_of.node)
            .arg("title", list.iter().map(|one| one.name).collect::<Vec<_>>().join("、"))
            .arg("own", first.as_of.text)
            .arg("report", as_of.text().unwrap_or_default())
            .related("report", as_of);
        for other in rest {
            finding = finding.related("again", other.as_of.node);
        }
        finding.subject = subject.clone();
        ledger.fail(finding);
    }
}
