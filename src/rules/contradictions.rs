//! What an entry claims in words, held against its figures.

use super::attained::{Attained, Standing, attained, share};
use super::presence::finding;
use super::ratings::with_figures;
use super::wording::{About, Said, said};
use crate::arithmetic::{Rational, normal_unit};
use crate::catalogue::RuleId;
use crate::diagnostic::Finding;
use crate::model::{CountValue, Edition};
use crate::rule::{EntryScope, Ledger, Reason};
use crate::text::{Claim, find_numbers, speaks_of_last_year};

/// Holds the words of an entry against its figures.
pub fn check(scope: &EntryScope<'_>, ledger: &mut Ledger) {
    contradicts(scope, ledger);
    without_figures(scope, ledger);
}

fn not_asked(scope: &EntryScope<'_>) -> Option<Reason> {
    if let Some(reason) = scope.report.not_asked("") {
        return Some(reason);
    }
    scope.damaged.then_some(Reason::Damaged)
}

fn contradicts(scope: &EntryScope<'_>, ledger: &mut Ledger) {
    let rule = RuleId::ReasonContradictsFigures;
    if let Some(reason) = not_asked(scope) {
        return ledger.skip(rule, reason);
    }
    if scope.report.report.edition == Edition::Interim {
        return ledger.skip(rule, Reason::Interim);
    }
    if scope.entry.reason.given().is_none() {
        return ledger.skip(rule, Reason::NoReason);
    }
    let figures = attained(scope);
    if !figures.iter().any(|figure| matches!(figure.standing, Standing::Ratio(_))) {
        return ledger.skip(rule, Reason::NoTarget);
    }
    let tolerance = share(scope.settings.percent(rule, "tolerance"));
    let words = said(&[&scope.entry.reason]);
    let found = words.iter().find_map(|said| denied(scope, said, &figures, tolerance).map(|figure| (said, figure)));
    ledger.judge(
        rule,
        found.map(|(said, figure)| {
            let range = said.clause();
            let text = said.node.text().unwrap_or_default();
            let claim = text.get(range.clone()).unwrap_or_default();
            with_figures(finding(scope, rule, said.node).span(said.node.part(range)).arg("claim", claim), figure)
        }),
    );
}

/// Which way a claim puts a figure: at least at its target, or below it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Reached,
    Short,
}

fn side(said: &Said<'_>) -> Option<Side> {
    let against = said.claim.against;
    let compared = against.target && ["より", "比べ", "比較"].iter().any(|word| said.before().contains(word));
    match said.claim.claim {
        Claim::Above if against.target => Some(Side::Reached),
        Claim::Met if against.target || !against.last_year => Some(Side::Reached),
        Claim::AsPlanned => Some(Side::Reached),
        Claim::Below if against.target => Some(Side::Short),
        Claim::More if compared => Some(Side::Reached),
        Claim::Fewer if compared => Some(Side::Short),
        _ => None,
    }
}

/// The figure that denies a claim: the count that it names; else one of all, where all do so.
fn denied<'f, 'a>(scope: &EntryScope<'a>, said: &Said<'a>, figures: &'f [Attained<'a>], tolerance: Rational) -> Option<&'f Attained<'a>> {
    let side = side(said)?;
    let measure = scope.measure?;
    let tolerance = if said.claim.about { tolerance.checked_add(tolerance)? } else { tolerance };
    let denies = |figure: &Attained<'_>| match (side, figure.standing) {
        (Side::Reached, Standing::Ratio(_)) => Rational::ONE.checked_sub(tolerance).is_some_and(|part| figure.is_below(part)),
        (Side::Short, Standing::Ratio(ratio)) => {
            let more = Rational::ONE.checked_add(tolerance);
            more.zip(ratio.interval.lower()).is_some_and(|(more, low)| low.value > more)
        }
        _ => false,
    };
    match said.about(measure) {
        About::Else => None,
        About::Count(id) => figures.iter().find(|figure| figure.value.id() == id && denies(figure)),
        About::All if said.claim.all => figures.iter().find(|figure| speaks_of(said, figure) && denies(figure)),
        About::All => {
            let mut spoken_of = figures.iter().filter(|figure| speaks_of(said, figure));
            let first = spoken_of.next().filter(|figure| denies(figure))?;
            spoken_of.all(denies).then_some(first)
        }
    }
}

/// Units of what is done, not of what comes of it: 予定どおり実施した speaks of these alone.
const OF_DEEDS: &[&str] = &["回", "日", "か所", "校", "施設", "団体", "社", "枚", "部", "個", "冊", "時間", "町内会"];

fn speaks_of(said: &Said<'_>, figure: &Attained<'_>) -> bool {
    if said.claim.claim != Claim::AsPlanned || said.names_a_number() {
        return true;
    }
    let unit = figure.target.unit().or_else(|| figure.count.and_then(|count| count.unit).map(|unit| normal_unit(unit.text)));
    unit.is_some_and(|unit| OF_DEEDS.contains(&unit))
}

fn without_figures(scope: &EntryScope<'_>, ledger: &mut Ledger) {
    let rule = RuleId::ClaimWithoutFigures;
    if let Some(reason) = not_asked(scope) {
        return ledger.skip(rule, reason);
    }
    let entry = scope.entry;
    let slots = [&entry.reason, &entry.result, &entry.effect];
    if !slots.iter().filter_map(|slot| slot.given()).flat_map(|words| words.parts()).any(|part| speaks_of_last_year(part.text.text)) {
        return;
    }
    let words = said(&slots);
    let of_last_year = words.iter().filter(|said| said.claim.against.last_year && is_comparison(said.claim.claim));
    let mut looked = false;
    for said in of_last_year {
        looked = true;
        if find_numbers(said.sentence).next().is_none() && !has_prior(scope, said) {
            return ledger.fail(unsupported(scope, said));
        }
    }
    if looked {
        ledger.pass(rule);
    }
}

fn is_comparison(claim: Claim) -> bool {
    matches!(claim, Claim::Above | Claim::Below | Claim::More | Claim::Fewer)
}

/// Whether last year's figure of a count is known.
fn is_known(scope: &EntryScope<'_>, value: &CountValue<'_>) -> bool {
    let stated = value.prior.as_ref().is_some_and(|prior| prior.value.is_answered());
    stated || scope.prior_entry.and_then(|entry| entry.count(value.id())).is_some_and(|value| value.actual.given().is_some())
}

fn has_prior(scope: &EntryScope<'_>, said: &Said<'_>) -> bool {
    let counts = &scope.entry.counts;
    let about = scope.measure.map_or(About::Else, |measure| said.about(measure));
    match about {
        About::Count(id) => counts.iter().any(|value| value.id() == id && is_known(scope, value)),
        About::All if said.claim.all => counts.iter().filter(|value| value.actual.given().is_some()).all(|value| is_known(scope, value)),
        About::All | About::Else => counts.iter().any(|value| is_known(scope, value)),
    }
}

fn unsupported(scope: &EntryScope<'_>, said: &Said<'_>) -> Finding {
    let range = said.clause();
    let claim = said.node.text().and_then(|text| text.get(range.clone())).unwrap_or_default();
    let found = finding(scope, RuleId::ClaimWithoutFigures, said.node).span(said.node.part(range)).arg("claim", claim);
    if said.claim.all && scope.entry.counts.iter().any(|value| is_known(scope, value)) { found.variant("some") } else { found }
}
