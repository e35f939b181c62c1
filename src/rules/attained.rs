//! What an entry attained: its counts held against their targets, for the rules that judge ratings.
//!
//! Nothing here finds fault. A pair of figures that is not of one kind, or of one period, is
//! [`Standing::Unlike`] with the reason; an interim report has no pairs at all.

use crate::arithmetic::{
    Attainment, Better as Way, Figure, Form, Incomparable, Interval, Quantity, Ratio, Rational, attainment, normal_unit,
};
use crate::calendar::parse_date;
use crate::model::{Better, Count, CountValue, Edition, Fit};
pub use crate::rule::Standing;
use crate::rule::{EntryScope, Reason};

/// A count of an entry with both a target and an actual.
#[derive(Clone, Copy, Debug)]
pub struct Attained<'a> {
    /// The figures.
    pub value: &'a CountValue<'a>,
    /// The count, where the measure defines it.
    pub count: Option<&'a Count<'a>>,
    /// The target.
    pub target: &'a Quantity<'a>,
    /// The actual.
    pub actual: &'a Quantity<'a>,
    /// How the one stands to the other.
    pub standing: Standing,
}

/// The tolerance of a figure that is said to be approximate: 10%.
#[must_use]
pub const fn about() -> Rational {
    Rational::TENTH
}

/// A share that is an option of a rule.
#[must_use]
pub fn share(hundredths_of_a_percent: i64) -> Rational {
    Rational::new(i128::from(hundredths_of_a_percent), 10_000).unwrap_or(Rational::ZERO)
}

/// The counts of an entry with both figures.
#[must_use]
pub fn attained<'a>(scope: &EntryScope<'a>) -> Vec<Attained<'a>> {
    if scope.report.report.edition == Edition::Interim {
        return Vec::new();
    }
    let pairs = scope.entry.counts.iter().filter_map(|value| {
        let count = || scope.measure.and_then(|measure| measure.count(value.id()));
        value.pair().map(|(target, actual)| (value, count(), target, actual))
    });
    let compute = |(value, count, target, actual): Pair<'a>| {
        unlike(scope, value, count, target, actual).map_or_else(|| stand(value, count, target, actual), Standing::Unlike)
    };
    let Some(known) = scope.standings else {
        return pairs.map(|pair| Attained::of(pair, compute(pair))).collect();
    };
    let standings = known.or_else(|| pairs.clone().map(compute).collect());
    pairs.zip(standings).map(|(pair, standing)| Attained::of(pair, *standing)).collect()
}

/// A count with its target and actual.
type Pair<'a> = (&'a CountValue<'a>, Option<&'a Count<'a>>, &'a Quantity<'a>, &'a Quantity<'a>);

/// Why the two figures of a count are not compared, as far as the count and its period say so.
fn unlike(
    scope: &EntryScope<'_>,
    value: &CountValue<'_>,
    count: Option<&Count<'_>>,
    target: &Quantity<'_>,
    actual: &Quantity<'_>,
) -> Option<Reason> {
    let unit = count.and_then(|count| count.unit).map(|unit| normal_unit(unit.text));
    let units = target.unit().or(unit).zip(actual.unit().or(unit));
    if units.is_some_and(|(one, other)| one != other) {
        return Some(Reason::UnitDiffers);
    }
    let tally = count.and_then(|count| count.tally);
    let tallies = target.tally().or(tally).zip(actual.tally().or(tally));
    if tallies.is_some_and(|(one, other)| one != other) {
        return Some(Reason::TallyDiffers);
    }
    let part_year = value.period.is_some_and(|period| !matches!(period.text, "年" | "年間" | "年度" | "通年" | "1年間"));
    (part_year || is_early(scope, value)).then_some(Reason::PeriodDiffers)
}

/// Whether a figure is as of a day before that of its report.
fn is_early(scope: &EntryScope<'_>, value: &CountValue<'_>) -> bool {
    let Some(day) = value.as_of.and_then(|text| parse_date(text.text).ok()).and_then(|written| written.date) else { return false };
    let report = scope.report.report;
    let last = report.year.last_day();
    let of_report = report.as_of.as_ref().and_then(|(written, _)| written.date).map_or(last, |date| date.min(last));
    day < of_report
}

fn stand(value: &CountValue<'_>, count: Option<&Count<'_>>, target: &Quantity<'_>, actual: &Quantity<'_>) -> Standing {
    let way = match count.map(|count| count.better) {
        Some(Better::Lower) => Way::Lower,
        _ => Way::Higher,
    };
    let loose = value.carried_over.as_ref().is_some_and(|carried| carried.fit == Fit::About) && !target.is_about();
    match attainment(target, actual, way, about()) {
        Attainment::Ratio(ratio) if loose => Standing::Ratio(Ratio { interval: loosen(ratio.interval), ..ratio }),
        Attainment::Ratio(ratio) => Standing::Ratio(ratio),
        Attainment::Met => Standing::Met,
        Attainment::NotMet if loose => Standing::Open(false),
        Attainment::NotMet => Standing::Missed(ratio_to_bound(target, actual, way)),
        Attainment::Undecided { as_printed } => Standing::Open(as_printed),
        Attainment::NotComparable(reason) => Standing::Unlike(match reason {
            Incomparable::UnitDiffers => Reason::UnitDiffers,
            Incomparable::TallyDiffers => Reason::TallyDiffers,
            Incomparable::PeriodDiffers => Reason::PeriodDiffers,
            Incomparable::ZeroTarget => Reason::ZeroDenominator,
            Incomparable::Negative | Incomparable::TooLarge => Reason::NotComparable,
        }),
    }
}

/// The ratio to a target that is said to be about last year's figure.
fn loosen(interval: Interval) -> Interval {
    let around = Rational::ONE.checked_sub(about()).zip(Rational::ONE.checked_add(about()));
    let Some((low, high)) = around else { return interval };
    interval.checked_div(Interval::closed(low, high)).unwrap_or(Interval::NOT_NEGATIVE)
}

/// How much of a lower bound was attained.
fn ratio_to_bound(target: &Quantity<'_>, actual: &Quantity<'_>, way: Way) -> Option<Ratio> {
    let is_lower_bound = matches!(target.form(), Form::AtLeast | Form::MoreThan);
    if way == Way::Lower || !is_lower_bound || !actual.is_single() || target.period() != actual.period() {
        return None;
    }
    let (numerator, denominator) = (actual.value(), target.value());
    if numerator.is_negative() || denominator.is_negative() || denominator.is_zero() {
        return None;
    }
    let least = if target.is_about() { Interval::exact(denominator).widen(about()) } else { Interval::exact(denominator) };
    let interval = Figure::of(actual, target.unit().unwrap_or_default(), about()).interval.checked_div(least)?;
    Some(Ratio { value: numerator.checked_div(denominator)?, numerator, denominator, interval })
}

impl<'a> Attained<'a> {
    fn of((value, count, target, actual): Pair<'a>, standing: Standing) -> Self {
        Self { value, count, target, actual, standing }
    }

    /// What people call the count.
    #[must_use]
    pub fn name(&self) -> &'a str {
        self.count.map_or(self.value.id(), Count::name)
    }

    /// The ratio, where there is one.
    #[must_use]
    pub fn ratio(&self) -> Option<&Ratio> {
        match &self.standing {
            Standing::Ratio(ratio) | Standing::Missed(Some(ratio)) => Some(ratio),
            _ => None,
        }
    }

    /// The most and the least of the target that may have been attained, no more than 1; nothing
    /// where it cannot be said.
    #[must_use]
    pub fn capped(&self) -> Option<(Rational, Rational)> {
        match &self.standing {
            Standing::Met | Standing::Open(true) => Some((Rational::ONE, Rational::ONE)),
            Standing::Ratio(ratio) | Standing::Missed(Some(ratio)) => {
                let low = ratio.interval.lower()?.value;
                let high = ratio.interval.upper().map_or(Rational::ONE, |bound| bound.value);
                Some((low.min(Rational::ONE), high.min(Rational::ONE)))
            }
            Standing::Missed(None) | Standing::Open(false) | Standing::Unlike(_) => None,
        }
    }

    /// Whether less than that part of the target was attained, whatever the figures stand for.
    #[must_use]
    pub fn is_below(&self, part: Rational) -> bool {
        let high = self.ratio().and_then(|ratio| ratio.interval.upper());
        high.is_some_and(|bound| bound.value < part || bound.value == part && !bound.closed)
    }

    /// Whether at least that part of the target was attained, whatever the figures stand for.
    #[must_use]
    pub fn is_at_least(&self, part: Rational) -> bool {
        match &self.standing {
            Standing::Met => part <= Rational::ONE,
            Standing::Ratio(ratio) => ratio.interval.lower().is_some_and(|bound| bound.value >= part),
            _ => false,
        }
    }
}
