//! Meetings: the people named against the number printed.

use crate::arithmetic::{Interval, Quantity, Rational};
use crate::catalogue::RuleId;
use crate::diagnostic::Finding;
use crate::document::Node;
use crate::model::Meeting;
use crate::rule::{Ledger, Reason, ReportScope};

/// Words of an attendee who is several people, of whom nobody says how many.
const SEVERAL: &[&str] = &[
    "各",
    "関係",
    "委員",
    "事務局",
    "職員",
    "ほか",
    "他",
    "等",
    "など",
    "構成",
    "部会",
    "団体",
    "担当",
    "代表",
    "会員",
    "一同",
    "オブザーバー",
];

/// Looks at every meeting of a report.
pub fn check(scope: &ReportScope<'_>, ledger: &mut Ledger) {
    for meeting in &scope.report.meetings {
        let Some(node) = meeting.attendee_count else { continue };
        look(scope, meeting, node, ledger);
    }
}

fn look(scope: &ReportScope<'_>, meeting: &Meeting<'_>, node: Node<'_>, ledger: &mut Ledger) {
    let rule = RuleId::AttendeeCountMismatch;
    let Some(Ok(printed)) = node.text().map(Quantity::parse) else { return ledger.skip(rule, Reason::TotalMissing) };
    if meeting.attendees.is_empty() {
        return ledger.skip(rule, Reason::PartMissing);
    }
    if printed.unit().is_some_and(|unit| unit != "人") || printed.is_about() {
        return ledger.skip(rule, Reason::NotComparable);
    }
    let mut sum = Interval::exact(Rational::ZERO);
    let mut named = Rational::ZERO;
    let mut is_open = false;
    for attendee in &meeting.attendees {
        let title = attendee.title.map_or("", |title| title.text);
        let is_group = scope.plan.department_named(title).is_some_and(|department| department.group);
        let counted = attendee.count.map(|count| count.text().map(Quantity::parse));
        let (interval, value) = match counted {
            Some(Some(Ok(quantity))) if quantity.unit().is_none_or(|unit| unit == "人") && !quantity.is_about() => {
                (quantity.interval(), quantity.value())
            }
            Some(_) => return ledger.skip(rule, Reason::PartMissing),
            None => {
                is_open |= is_group || SEVERAL.iter().any(|word| title.contains(word));
                (Interval::exact(Rational::ONE), Rational::ONE)
            }
        };
        sum = sum + interval;
        named = named.checked_add(value).unwrap_or(named);
    }
    let most = if is_open { sum + Interval::NOT_NEGATIVE } else { sum };
    if printed.interval().meets(most) {
        return if is_open && !printed.interval().meets(sum) { ledger.skip(rule, Reason::PartMissing) } else { ledger.pass(rule) };
    }
    let mut finding = Finding::new(rule, node)
        .arg("title", meeting.title.map_or("", |title| title.text))
        .arg("printed", printed.printed())
        .arg("computed", named.to_string());
    if let Some(first) = meeting.attendees.first() {
        finding = finding.related("attendees", first.node);
    }
    ledger.fail(finding);
}
