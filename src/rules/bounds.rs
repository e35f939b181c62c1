//! Bounds (30以下) that were missed and are called met.

use super::attained::{Attained, Standing, attained};
use super::presence::finding;
use super::ratings::Rated;
use super::wording::{About, Said, said};
use crate::arithmetic::Form;
use crate::catalogue::RuleId;
use crate::diagnostic::Finding;
use crate::document::Node;
use crate::model::{Better, Edition};
use crate::rule::{EntryScope, Ledger, Reason};
use crate::text::{Claim, admits_shortfall};

/// Holds what an entry says of its bounds against the figures.
pub fn check(scope: &EntryScope<'_>, ledger: &mut Ledger) {
    let rule = RuleId::BoundMisjudged;
    let is_bound = |target: &crate::arithmetic::Quantity<'_>| target.is_bound();
    if !scope.entry.counts.iter().any(|value| value.target.given().is_some_and(is_bound)) {
        return;
    }
    if let Some(reason) = not_asked(scope) {
        return ledger.skip(rule, reason);
    }
    let figures = attained(scope);
    for figure in figures.iter().filter(|figure| figure.target.is_bound()) {
        match figure.standing {
            Standing::Met | Standing::Ratio(_) => ledger.pass(rule),
            Standing::Open(_) => ledger.skip(rule, Reason::Undecided),
            Standing::Unlike(reason) => ledger.skip(rule, reason),
            Standing::Missed(_) => ledger.judge(rule, misjudged(scope, figure, &figures)),
        }
    }
}

fn not_asked(scope: &EntryScope<'_>) -> Option<Reason> {
    if let Some(reason) = scope.report.not_asked("") {
        return Some(reason);
    }
    if scope.report.report.edition == Edition::Interim {
        return Some(Reason::Interim);
    }
    scope.damaged.then_some(Reason::Damaged)
}

/// Whether the figure ought not to be so high.
fn is_upper(figure: &Attained<'_>) -> bool {
    match figure.target.form() {
        Form::AtMost | Form::LessThan => true,
        Form::AtLeast | Form::MoreThan => false,
        _ => figure.count.is_some_and(|count| count.better == Better::Lower),
    }
}

fn misjudged(scope: &EntryScope<'_>, figure: &Attained<'_>, figures: &[Attained<'_>]) -> Option<Finding> {
    let upper = is_upper(figure);
    let reason = scope.entry.reason.given().map(|reason| reason.joined()).unwrap_or_default();
    if admits_shortfall(&reason, upper) {
        return None;
    }
    let all_missed = figures.iter().all(|figure| matches!(figure.standing, Standing::Missed(_)));
    let words = said(&[&scope.entry.reason, &scope.entry.result]);
    if let Some(said) = words.iter().find(|said| calls_met(scope, said, figure, upper, all_missed)) {
        let text = said.node.text().unwrap_or_default();
        let claim = text.get(said.clause()).unwrap_or_default();
        return Some(with_bound(finding(scope, RuleId::BoundMisjudged, said.node).span(said.span()).arg("claim", claim), figure));
    }
    let rated = Rated::of(scope).ok().filter(|rated| rated.rank == 0 && scope.plan.grades.len() > 1)?;
    let only_upper = figures.iter().all(|figure| figure.standing == Standing::Missed(None) && is_upper(figure));
    only_upper.then(|| {
        let found = finding(scope, RuleId::BoundMisjudged, rated.node).variant("rating").arg("rating", rated.grade);
        with_bound(found, figure)
    })
}

fn calls_met(scope: &EntryScope<'_>, said: &Said<'_>, figure: &Attained<'_>, upper: bool, all_missed: bool) -> bool {
    let claim = &said.claim;
    let names_bound = claim.against.target || ["以下", "以上", "未満", "以内", "超"].iter().any(|word| said.before().contains(word));
    let is_praise = match claim.claim {
        Claim::Met | Claim::Kept => names_bound,
        Claim::Below => upper && claim.against.target,
        Claim::Above => !upper && claim.against.target,
        _ => false,
    };
    if !is_praise || claim.about {
        return false;
    }
    let Some(measure) = scope.measure else { return false };
    match said.about(measure) {
        About::Count(id) => id == figure.value.id(),
        About::All => all_missed || claim.all,
        About::Else => false,
    }
}

fn with_bound(found: Finding, figure: &Attained<'_>) -> Finding {
    let found = found
        .arg("count", figure.name())
        .arg("target", figure.target.printed())
        .arg("actual", figure.actual.printed())
        .discriminator(figure.value.id());
    let places: [(&'static str, Option<Node<'_>>); 2] = [("target", figure.value.target.node()), ("actual", figure.value.actual.node())];
    places.into_iter().fold(found, |found, (name, node)| match node {
        Some(node) => found.related(name, node),
        None => found,
    })
}
