//! Grades held against what was attained, one entry at a time.

use super::attained::{Attained, Standing, attained, share};
use super::presence::{Said, finding, targets};
use crate::arithmetic::{Quantity, Ratio, Rational};
use crate::catalogue::RuleId;
use crate::diagnostic::{Arg, Finding};
use crate::document::Node;
use crate::model::{Edition, Grade, Slot};
use crate::rule::{EntryScope, Ledger, Reason};
use crate::text::find_numbers;

/// What is judged of a grade.
const OF_GRADES: [RuleId; 4] =
    [RuleId::RatingOutsideBand, RuleId::TopRatingBelowTarget, RuleId::LowRatingAboveTarget, RuleId::RatingWithoutTarget];

/// Holds the grade of an entry against its figures.
pub fn check(scope: &EntryScope<'_>, ledger: &mut Ledger) {
    let figures = attained(scope);
    extreme(scope, &figures, ledger);
    let rated = match Rated::of(scope) {
        Ok(rated) => rated,
        Err(reason) => return OF_GRADES.into_iter().for_each(|rule| ledger.skip(rule, reason)),
    };
    without_target(scope, &rated, ledger);
    let outside = outside_band(scope, &rated, &figures);
    let is_outside = outside.is_ok_and(|outside| outside.is_some()) && ledger.is_on(RuleId::RatingOutsideBand);
    match outside {
        Err(reason) => ledger.skip(RuleId::RatingOutsideBand, reason),
        Ok(None) => ledger.pass(RuleId::RatingOutsideBand),
        Ok(Some(outside)) => ledger.fail(outside.finding(scope, &rated)),
    }
    if is_outside {
        ledger.skip(RuleId::TopRatingBelowTarget, Reason::Asked);
        ledger.skip(RuleId::LowRatingAboveTarget, Reason::Asked);
    } else {
        top_rating(scope, &rated, &figures, ledger);
        low_rating(scope, &rated, &figures, ledger);
    }
}

/// An entry that has a grade of the scale.
#[derive(Clone, Copy, Debug)]
pub struct Rated<'a> {
    /// The grade.
    pub grade: &'a str,
    /// Where it stands.
    pub node: Node<'a>,
    /// Its place in the scale: 0 is the best.
    pub rank: usize,
}

impl<'a> Rated<'a> {
    /// The grade of an entry, or why none is judged.
    ///
    /// # Errors
    /// The reason: nothing is asked of the report or the entry, or it has no grade of the scale.
    pub fn of(scope: &EntryScope<'a>) -> Result<Self, Reason> {
        if let Some(reason) = scope.report.not_asked("") {
            return Err(reason);
        }
        if scope.report.report.edition == Edition::Interim {
            return Err(Reason::Interim);
        }
        if scope.damaged {
            return Err(Reason::Damaged);
        }
        if scope.entry.has_ended() {
            return Err(Reason::Ended);
        }
        if scope.measure.is_some_and(|measure| measure.repeats.is_some()) {
            return Err(Reason::Repeat);
        }
        let Slot::Given(grade, node) = scope.entry.rating else { return Err(Reason::NoRating) };
        if scope.plan.grades.is_empty() {
            return Err(Reason::NoScale);
        }
        let rank = scope.plan.rank(grade).ok_or(Reason::Undefined)?;
        Ok(Self { grade, node, rank })
    }

    /// Why nothing can be said of figures that hold no ratio.
    #[must_use]
    pub fn why_not(figures: &[Attained<'_>]) -> Reason {
        figures
            .iter()
            .find_map(|figure| match figure.standing {
                Standing::Unlike(reason) => Some(reason),
                Standing::Missed(None) | Standing::Met => Some(Reason::Bound),
                Standing::Open(_) => Some(Reason::Undecided),
                _ => None,
            })
            .unwrap_or(Reason::NoTarget)
    }
}

/// The attainments that a grade stands for.
#[derive(Clone, Copy, Debug)]
struct Band<'a> {
    floor: Option<Rational>,
    ceiling: Option<Rational>,
    node: Option<Node<'a>>,
}

/// The end of a band as a share: 0.9, whether it is written 0.9, 90% or 9割.
fn as_share(quantity: &Quantity<'_>) -> Option<Rational> {
    if quantity.unit() == Some("%") { quantity.value().checked_div(Rational::integer(100)) } else { Some(quantity.value()) }
}

impl<'a> Band<'a> {
    /// The band of a grade. One without an upper end runs up to the next better grade's lower end;
    /// one without a lower end down to the next worse grade's upper end.
    fn of(grades: &'a [Grade<'a>], rank: usize) -> Option<Self> {
        let grade = grades.get(rank)?;
        let node = grade.band?;
        let floor = grade.at_least.as_ref().or_else(|| grades.get(rank + 1..)?.iter().find_map(|worse| worse.below.as_ref()));
        let ceiling = grade.below.as_ref().or_else(|| grades.get(..rank)?.iter().rev().find_map(|better| better.at_least.as_ref()));
        let band = Self { floor: floor.and_then(as_share), ceiling: ceiling.and_then(as_share), node: Some(node) };
        (band.floor.is_some() || band.ceiling.is_some()).then_some(band)
    }

    fn words(&self) -> Arg {
        let percent = |share: Rational| {
            share.percent(u8::from(share.checked_mul(Rational::integer(100)).is_none_or(|hundred| !hundred.is_integer())))
        };
        let floor = self.floor.map(percent);
        let ceiling = self.ceiling.map(percent);
        match (floor, ceiling) {
            (Some(floor), Some(ceiling)) => Arg::both(format!("{floor}％以上{ceiling}％未満"), format!("{floor}% to under {ceiling}%")),
            (Some(floor), None) => Arg::both(format!("{floor}％以上"), format!("{floor}% or more")),
            (None, Some(ceiling)) => Arg::both(format!("{ceiling}％未満"), format!("under {ceiling}%")),
            (None, None) => Arg::both("", ""),
        }
    }
}

/// A grade outside its band, with the count that is nearest to it.
#[derive(Clone, Copy, Debug)]
pub struct Outside<'f, 'a> {
    nearest: &'f Attained<'a>,
    below: bool,
    several: bool,
    band: Band<'a>,
}

/// Whether every count lies outside the band of the grade, on the same side.
///
/// # Errors
/// Why it is not evaluated.
pub fn outside_band<'f, 'a>(
    scope: &EntryScope<'a>,
    rated: &Rated<'a>,
    figures: &'f [Attained<'a>],
) -> Result<Option<Outside<'f, 'a>>, Reason> {
    let band = Band::of(&scope.plan.grades, rated.rank).ok_or(Reason::NoBand)?;
    if let Some(reason) = figures.iter().find_map(|figure| match figure.standing {
        Standing::Unlike(reason) => Some(reason),
        Standing::Open(false) => Some(Reason::Undecided),
        _ => None,
    }) {
        return Err(reason);
    }
    let with_ratio = || figures.iter().filter(|figure| figure.ratio().is_some());
    if with_ratio().next().is_none() {
        return Err(Rated::why_not(figures));
    }
    let below =
        band.floor.is_some_and(|floor| figures.iter().all(|figure| figure.is_below(floor) || figure.standing == Standing::Missed(None)));
    let is_whole = scope.entry.counts.iter().all(|value| value.target.given().is_none() || value.actual.given().is_some());
    let above = is_whole && band.ceiling.is_some_and(|ceiling| figures.iter().all(|figure| figure.is_at_least(ceiling)));
    let value = |figure: &&Attained<'a>| figure.ratio().map(|ratio| ratio.value);
    let nearest = if below { with_ratio().max_by_key(value) } else { with_ratio().min_by_key(value) };
    let several = figures.len() > 1;
    Ok(nearest.filter(|_| below || above).map(|nearest| Outside { nearest, below, several, band }))
}

impl Outside<'_, '_> {
    fn finding(&self, scope: &EntryScope<'_>, rated: &Rated<'_>) -> Finding {
        let variant = match (self.below, self.several) {
            (true, false) => "below",
            (true, true) => "below-several",
            (false, false) => "above",
            (false, true) => "above-several",
        };
        let found = finding(scope, RuleId::RatingOutsideBand, rated.node)
            .variant(variant)
            .arg("rating", rated.grade)
            .arg("band", self.band.words());
        let found = with_figures(found, self.nearest);
        match self.band.node {
            Some(node) => found.related("band", node),
            None => found,
        }
    }
}

/// A percentage with its fraction: `66.7％（16/24）`.
#[must_use]
pub fn in_words(ratio: &Ratio) -> Arg {
    Arg::both(ratio.to_string(), format!("{}% ({}/{})", ratio.percent(1), ratio.numerator, ratio.denominator))
}

/// Names a count with its target, its actual and the ratio of both.
#[must_use]
pub fn with_figures(found: Finding, figure: &Attained<'_>) -> Finding {
    let ratio = figure.ratio().map_or_else(|| Arg::from(""), in_words);
    let mut found =
        found.arg("count", figure.name()).arg("target", figure.target.printed()).arg("actual", figure.actual.printed()).arg("ratio", ratio);
    if let Some(node) = figure.value.target.node() {
        found = found.related("target", node);
    }
    match figure.value.actual.node() {
        Some(node) => found.related("actual", node),
        None => found,
    }
}

fn top_rating(scope: &EntryScope<'_>, rated: &Rated<'_>, figures: &[Attained<'_>], ledger: &mut Ledger) {
    let rule = RuleId::TopRatingBelowTarget;
    if figures.iter().all(|figure| figure.ratio().is_none()) {
        return ledger.skip(rule, Rated::why_not(figures));
    }
    if rated.rank > 0 {
        return ledger.pass(rule);
    }
    let threshold = share(scope.settings.percent(rule, "below"));
    let below = || figures.iter().filter(|figure| figure.is_below(threshold));
    let Some(worst) = below().min_by_key(|figure| figure.ratio().map(|ratio| ratio.value)) else { return ledger.pass(rule) };
    let mut found = with_figures(finding(scope, rule, rated.node).arg("rating", rated.grade), worst);
    for other in below().filter(|other| !std::ptr::eq(*other, worst)) {
        if let Some(node) = other.value.actual.node() {
            found = found.related("also", node);
        }
    }
    ledger.fail(found);
}

/// A grade of the lower half of the scale where every target was met.
fn low_rating(scope: &EntryScope<'_>, rated: &Rated<'_>, figures: &[Attained<'_>], ledger: &mut Ledger) {
    let rule = RuleId::LowRatingAboveTarget;
    let Some(lowest) = figures.iter().min_by_key(|figure| figure.ratio().map(|ratio| ratio.value)) else {
        return ledger.skip(rule, Reason::NoTarget);
    };
    if rated.rank * 2 < scope.plan.grades.len() || !figures.iter().all(|figure| figure.is_at_least(Rational::ONE)) {
        return ledger.pass(rule);
    }
    // Something without its actual may be what was graded low.
    let is_whole = scope.entry.counts.iter().all(|value| value.target.given().is_none() || value.actual.given().is_some());
    if !is_whole {
        return ledger.skip(rule, Reason::NoActual);
    }
    let found = finding(scope, rule, rated.node).arg("rating", rated.grade);
    let found = with_figures(found, lowest);
    ledger.fail(if lowest.ratio().is_some() { found } else { found.variant("bound") });
}

/// Words of a reason that say against what was graded, besides figures.
const WHOLE: [&str; 6] = ["全員", "全数", "すべて", "全て", "全校", "全件"];

/// A grade where it is said why there is no target, and nothing else to measure by.
fn without_target(scope: &EntryScope<'_>, rated: &Rated<'_>, ledger: &mut Ledger) {
    let rule = RuleId::RatingWithoutTarget;
    if let Some(reason) = scope.not_asked("targets") {
        return ledger.skip(rule, reason);
    }
    match targets(scope) {
        Said::Given => return ledger.pass(rule),
        Said::Mark | Said::Silent => return ledger.skip(rule, Reason::Asked),
        Said::Answered => {}
    }
    let entry = scope.entry;
    let Some(count) = entry.counts.iter().find(|value| value.target.missing().is_some() && value.actual.given().is_some()) else {
        return ledger.skip(rule, Reason::NoActual);
    };
    let is_grounded = |text: &str| find_numbers(text).next().is_some() || WHOLE.iter().any(|word| text.contains(word));
    let in_words = [&entry.reason, &entry.plan]
        .into_iter()
        .filter_map(|slot| slot.given())
        .flat_map(|words| words.parts())
        .any(|part| is_grounded(part.text.text));
    if in_words || entry.counts.iter().any(|value| value.prior.is_some()) {
        return ledger.skip(rule, Reason::Answered);
    }
    let mut found = finding(scope, rule, rated.node).arg("rating", rated.grade);
    if let Some(missing) = count.target.missing() {
        found = found.related("target", missing.node);
    }
    ledger.fail(found);
}

/// Words of a reason that own up to an attainment far from the target.
const OWNED_HIGH: [&str; 6] = ["上回", "超え", "増え", "増加", "多か", "多く"];
const OWNED_LOW: [&str; 8] = ["下回", "届か", "減", "少な", "低調", "伸び悩", "中止", "至ら"];

/// An attainment so far from the target that one of the two is perhaps mistyped.
fn extreme(scope: &EntryScope<'_>, figures: &[Attained<'_>], ledger: &mut Ledger) {
    let rule = RuleId::ExtremeAttainment;
    let reason =
        scope.report.not_asked("").or(scope.damaged.then_some(Reason::Damaged)).or(scope.entry.has_ended().then_some(Reason::Ended));
    if let Some(reason) = reason {
        return ledger.skip(rule, reason);
    }
    let most = share(scope.settings.percent(rule, "most"));
    let least = share(scope.settings.percent(rule, "least"));
    let few = Rational::integer(scope.settings.integer(rule, "difference"));
    for figure in figures {
        let Standing::Ratio(ratio) = figure.standing else {
            if let Standing::Unlike(reason) = figure.standing {
                ledger.skip(rule, reason);
            }
            continue;
        };
        let (high, low) = (ratio.value > most, ratio.value < least);
        if !high && !low {
            ledger.pass(rule);
            continue;
        }
        if ratio.numerator.checked_sub(ratio.denominator).is_some_and(|gap| gap.abs() < few) {
            ledger.skip(rule, Reason::Few);
            continue;
        }
        if is_owned(scope, figure, high) {
            ledger.skip(rule, Reason::Answered);
            continue;
        }
        let place = figure.value.actual.node().unwrap_or(figure.value.key);
        let found = finding(scope, rule, place).arg("count", figure.name()).arg("target", figure.target.printed());
        let found = found.arg("actual", figure.actual.printed()).arg("ratio", in_words(&ratio)).variant(if high { "high" } else { "low" });
        ledger.fail(match figure.value.target.node() {
            Some(node) => found.related("target", node),
            None => found,
        });
    }
}

/// Whether a note, the reason or another finding speaks of it.
fn is_owned(scope: &EntryScope<'_>, figure: &Attained<'_>, high: bool) -> bool {
    let words: &[&str] = if high { &OWNED_HIGH } else { &OWNED_LOW };
    let entry = scope.entry;
    let texts = [&entry.reason, &entry.result].into_iter().filter_map(|slot| slot.given()).flat_map(|passage| passage.parts());
    let is_top = !high && Rated::of(scope).is_ok_and(|rated| rated.rank == 0);
    figure.value.note.is_some()
        || entry.note.is_some()
        || is_top
        || texts.into_iter().any(|part| words.iter().any(|word| part.text.text.contains(word)))
}
