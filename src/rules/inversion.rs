//! Entries of one report rated in the wrong order: one is rated higher than another although it
//! attained less.
//!
//! No cut-off is used. Attainment is capped at the target, so that overshooting is no reproach;
//! with several counts, all of the one lie below all of the other. Each entry is named in one
//! finding at most, the one with the widest gap.

use super::attained::{Attained, Standing, attained, share};
use super::presence::finding;
use super::ratings::{Rated, outside_band};
use crate::arithmetic::Rational;
use crate::catalogue::RuleId;
use crate::diagnostic::{Arg, Finding};
use crate::model::Measure;
use crate::rule::{EntryScope, Ledger, Reason, ReportScope};

/// A rated entry with the least and the most that it may have attained.
struct Candidate<'a> {
    scope: EntryScope<'a>,
    rated: Rated<'a>,
    least: (Rational, Attained<'a>),
    most: (Rational, Attained<'a>),
}

/// Looks for entries rated in the wrong order.
pub fn check(scope: &ReportScope<'_>, ledger: &mut Ledger) {
    let rule = RuleId::RatingInversion;
    if !ledger.is_on(rule) || scope.report.entries.is_empty() {
        return;
    }
    let banded = ledger.is_on(RuleId::RatingOutsideBand);
    let mut open = Vec::with_capacity(scope.report.entries.len());
    for entry in &scope.report.entries {
        match candidate(EntryScope::new(*scope, entry), banded) {
            Ok(candidate) => open.push(candidate),
            Err(reason) => ledger.skip(rule, reason),
        }
    }
    let gap = share(scope.settings.percent(rule, "gap"));
    while let Some((higher, lower)) = widest(&open, scope.plan.grades.len(), gap) {
        // The later one is taken out first, so that the other keeps its place.
        let (one, other) = if higher > lower {
            let one = open.remove(higher);
            (one, open.remove(lower))
        } else {
            let other = open.remove(lower);
            (open.remove(higher), other)
        };
        let also = open.iter().filter(|third| is_inverted(third, &other, gap));
        ledger.fail(inverted(&one, &other, also));
        ledger.pass(rule);
    }
    for _ in open {
        ledger.pass(rule);
    }
}

fn candidate(scope: EntryScope<'_>, banded: bool) -> Result<Candidate<'_>, Reason> {
    let rated = Rated::of(&scope)?;
    let figures = attained(&scope);
    if banded && outside_band(&scope, &rated, &figures).is_ok_and(|outside| outside.is_some()) {
        return Err(Reason::Asked);
    }
    let is_silent = scope.entry.counts.iter().any(|value| value.target.given().is_some() && value.actual.is_absent());
    if is_silent {
        return Err(Reason::NoActual);
    }
    let mut range: Option<[(Rational, Attained<'_>); 2]> = None;
    for figure in figures {
        // Nothing is due where nothing was planned, so the count takes no part.
        if figure.standing == Standing::Unlike(Reason::ZeroDenominator) {
            continue;
        }
        let Some((low, high)) = figure.capped() else { return Err(Rated::why_not(&[figure])) };
        range = Some(match range {
            None => [(low, figure), (high, figure)],
            Some([least, most]) => [if low < least.0 { (low, figure) } else { least }, if high > most.0 { (high, figure) } else { most }],
        });
    }
    let [least, most] = range.ok_or(Reason::NoTarget)?;
    Ok(Candidate { scope, rated, least, most })
}

/// The two entries with the widest gap among those in the wrong order: the one rated higher, and
/// the one that attained more.
fn widest(open: &[Candidate<'_>], grades: usize, gap: Rational) -> Option<(usize, usize)> {
    let mut best: Option<(Rational, usize, usize)> = None;
    for boundary in 1..grades {
        let higher = open.iter().enumerate().filter(|(_, one)| one.rated.rank < boundary).min_by_key(|(_, one)| one.most.0);
        // Of several the first, as min_by_key has it.
        let lower = open.iter().enumerate().filter(|(_, one)| one.rated.rank >= boundary).rev().max_by_key(|(_, one)| one.least.0);
        let Some(((one, higher), (other, lower))) = higher.zip(lower) else { continue };
        let Some(width) = lower.least.0.checked_sub(higher.most.0).filter(|width| *width >= gap) else { continue };
        if best.as_ref().is_none_or(|(widest, _, _)| width > *widest) {
            best = Some((width, one, other));
        }
    }
    best.map(|(_, higher, lower)| (higher, lower))
}

fn is_inverted(higher: &Candidate<'_>, lower: &Candidate<'_>, gap: Rational) -> bool {
    higher.rated.rank < lower.rated.rank && lower.least.0.checked_sub(higher.most.0).is_some_and(|width| width >= gap)
}

/// How many further entries a finding names.
const MOST_NAMED: usize = 5;

fn inverted<'c, 'a: 'c>(higher: &Candidate<'a>, lower: &Candidate<'a>, also: impl Iterator<Item = &'c Candidate<'a>>) -> Finding {
    let other = &lower.scope;
    let mut found = finding(&higher.scope, RuleId::RatingInversion, higher.rated.node)
        .arg("rating", higher.rated.grade)
        .arg("figures", figures(&higher.most.1))
        .arg("other", other.measure.map_or(other.entry.measure.text, Measure::name))
        .arg("other_id", other.entry.measure.text)
        .arg("other_rating", lower.rated.grade)
        .arg("other_figures", figures(&lower.least.1))
        .related("lower", lower.rated.node);
    found.subject = higher.scope.subject();
    let actuals = [&higher.most.1, &lower.least.1].map(|figure| figure.value.actual.node());
    for (name, node) in ["actual", "lower-actual"].into_iter().zip(actuals) {
        if let Some(node) = node {
            found = found.related(name, node);
        }
    }
    for third in also.take(MOST_NAMED) {
        found = found.related("also", third.rated.node);
    }
    found
}

/// A count with its figures: the percentage with its fraction, or that a bound was met.
fn figures(figure: &Attained<'_>) -> Arg {
    let (name, target, actual) = (figure.name(), figure.target.printed(), figure.actual.printed());
    match figure.ratio() {
        Some(ratio) => Arg::both(
            format!("「{name}」予定{target}に対し実績{actual}で{ratio}"),
            format!("{name}: planned {target}, counted {actual}, {}% ({}/{})", ratio.percent(1), ratio.numerator, ratio.denominator),
        ),
        None => {
            Arg::both(format!("「{name}」予定{target}に対し実績{actual}で達成"), format!("{name}: planned {target}, counted {actual}, met"))
        }
    }
}
