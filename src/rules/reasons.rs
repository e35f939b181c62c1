//! Reasons held against what they have to explain.

use super::presence::{finding, not_asked};
use crate::catalogue::RuleId;
use crate::model::{Edition, Slot};
use crate::rule::{EntryScope, Ledger, Reason};
use crate::text::{BOILERPLATE, ThinReason, thin_reason};

/// Looks at the reason of a grade.
pub fn check(scope: &EntryScope<'_>, ledger: &mut Ledger) {
    thin(scope, ledger);
}

fn thin(scope: &EntryScope<'_>, ledger: &mut Ledger) {
    let rule = RuleId::ReasonTooThin;
    if let Some(reason) = not_asked(scope, "") {
        return ledger.skip(rule, reason);
    }
    if scope.report.report.edition == Edition::Interim {
        return ledger.skip(rule, Reason::Interim);
    }
    let Slot::Given(passage, node) = &scope.entry.reason else { return ledger.skip(rule, Reason::NoReason) };
    let least = usize::try_from(scope.settings.integer(rule, "characters")).unwrap_or_default();
    let own = scope.settings.words(rule, "phrases");
    let more: Vec<&str>;
    let words = if own.is_empty() {
        BOILERPLATE
    } else {
        more = BOILERPLATE.iter().copied().chain(own).collect();
        &more
    };
    let mut first = None;
    for part in passage.parts() {
        match thin_reason(part.text.text, least, words) {
            Some(thin) => first = first.or(Some((thin, part.text))),
            None => return ledger.pass(rule),
        }
    }
    let Some((thin, text)) = first else { return ledger.pass(rule) };
    let rating = scope.entry.rating.given().copied().unwrap_or_default();
    let place = if node.is_map() { *node } else { text.node };
    let found = finding(scope, rule, place).arg("reason", text.text.trim()).arg("rating", rating);
    ledger.fail(match thin {
        ThinReason::Boilerplate => found,
        ThinReason::TooShort { chars } => found.variant("short").arg("chars", chars),
    });
}
