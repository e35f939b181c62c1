//! Attainment: how far an actual is along to its target.
//!
//! Figures in different units, tallies or periods are not compared at all. What grade an attainment
//! deserves is a matter of the plan, not of this module.

use super::figure::Figure;
use super::interval::Interval;
use super::quantity::{Form, Quantity};
use super::rational::Rational;
use std::fmt;

/// Which way is good.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Better {
    /// More is better: attainment is a ratio.
    #[default]
    Higher,
    /// Less is better: the target is met or not.
    Lower,
}

/// What an actual is to its target.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Attainment {
    /// The part of the target that was attained.
    Ratio(Ratio),
    /// The target was met, whatever the figures stand for.
    Met,
    /// The target was missed, whatever the figures stand for.
    NotMet,
    /// Rounding or vagueness leaves it open.
    Undecided {
        /// Whether the figures as printed meet the target.
        as_printed: bool,
    },
    /// The two cannot be compared.
    NotComparable(Incomparable),
}

/// An actual over its target, where more is better.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ratio {
    /// `numerator / denominator`.
    pub value: Rational,
    /// The actual, by the year if either figure names a period.
    pub numerator: Rational,
    /// The target, likewise.
    pub denominator: Rational,
    /// What the ratio may be, considering rounding and what is said to be approximate.
    pub interval: Interval,
}

/// Why an actual and its target cannot be compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Incomparable {
    /// Both print a unit, and not the same one (45名, 315件).
    UnitDiffers,
    /// One is gross (延べ), the other distinct (実).
    TallyDiffers,
    /// One is by a period that has no fixed number a year (週2回) and the other is not.
    PeriodDiffers,
    /// The target is zero, so there is nothing to divide by.
    ZeroTarget,
    /// The target or the actual is negative where more is better.
    Negative,
    /// A figure is too large for exact computation.
    TooLarge,
}

/// Compares an actual with its target. `about` is the tolerance of a figure that is said to be
/// approximate (1/10 for 10%).
///
/// Two single figures where more is better give a ratio. A bound or range on either side, and
/// whatever is better lower, is met or not met; a bound itself says which way is good (30以下).
#[must_use]
pub fn attainment(target: &Quantity<'_>, actual: &Quantity<'_>, better: Better, about: Rational) -> Attainment {
    let common = match Common::of(target, actual) {
        Ok(common) => common,
        Err(reason) => return Attainment::NotComparable(reason),
    };
    if better == Better::Higher
        && common.is_one_period()
        && let Some(target) = target.whole_in(common.unit)
        && let Some(actual) = actual.whole_in(common.unit)
    {
        return of_wholes(target, actual);
    }
    match common.pair(target, actual, about) {
        Ok(pair) if target.is_single() && actual.is_single() && better == Better::Higher => pair.ratio(),
        Ok(pair) => pair.met(wanted(target, pair.target, better)),
        Err(reason) => Attainment::NotComparable(reason),
    }
}

/// What two figures have in common.
struct Common<'a> {
    unit: &'a str,
    /// How often a year each of them is counted; nothing where their periods are the same.
    times: Option<(Rational, Rational)>,
}

impl<'a> Common<'a> {
    fn of(target: &Quantity<'a>, actual: &Quantity<'a>) -> Result<Self, Incomparable> {
        if differ(target.unit(), actual.unit()) {
            return Err(Incomparable::UnitDiffers);
        }
        if differ(target.tally(), actual.tally()) {
            return Err(Incomparable::TallyDiffers);
        }
        let unit = target.unit().or(actual.unit()).unwrap_or_default();
        if target.period() == actual.period() {
            return Ok(Self { unit, times: None });
        }
        match target.per_year().zip(actual.per_year()) {
            Some(times) => Ok(Self { unit, times: Some(times) }),
            None => Err(Incomparable::PeriodDiffers),
        }
    }

    fn is_one_period(&self) -> bool {
        self.times.is_none()
    }

    fn pair(&self, target: &Quantity<'_>, actual: &Quantity<'_>, about: Rational) -> Result<Pair, Incomparable> {
        let figure = |quantity: &Quantity<'_>, times: Rational| {
            let figure = Figure::of(quantity, self.unit, about);
            if times == Rational::ONE {
                return Ok(figure);
            }
            let value = figure.value.checked_mul(times).ok_or(Incomparable::TooLarge)?;
            Ok(Figure { value, interval: figure.interval.scale(times), ..figure })
        };
        let (target_times, actual_times) = self.times.unwrap_or((Rational::ONE, Rational::ONE));
        Ok(Pair { target: figure(target, target_times)?, actual: figure(actual, actual_times)? })
    }
}

/// The ratio of two whole numbers that stand for themselves: what nearly every figure is.
fn of_wholes(target: i64, actual: i64) -> Attainment {
    if target == 0 {
        return Attainment::NotComparable(Incomparable::ZeroTarget);
    }
    if target < 0 || actual < 0 {
        return Attainment::NotComparable(Incomparable::Negative);
    }
    let Some(value) = Rational::new(i128::from(actual), i128::from(target)) else {
        return Attainment::NotComparable(Incomparable::TooLarge);
    };
    let (numerator, denominator) = (Rational::integer(actual), Rational::integer(target));
    Attainment::Ratio(Ratio { value, numerator, denominator, interval: Interval::exact(value) })
}

/// Both figures in one period.
#[derive(Clone, Copy)]
struct Pair {
    target: Figure,
    actual: Figure,
}

fn differ<T: PartialEq>(one: Option<T>, other: Option<T>) -> bool {
    matches!((one, other), (Some(one), Some(other)) if one != other)
}

/// What an actual has to be for the target to be met.
fn wanted(target: &Quantity<'_>, figure: Figure, better: Better) -> Interval {
    let (lower, upper) = (figure.interval.lower(), figure.interval.upper());
    let wanted = match (target.form(), better) {
        (Form::AtLeast | Form::MoreThan | Form::AtMost | Form::LessThan, _) => Some(figure.interval),
        // Where more is better, more than a range or than 約50 is no fault; nor less, where less is.
        (Form::Range | Form::About, Better::Higher) => Interval::new(lower, None),
        (Form::Range | Form::About, Better::Lower) => Interval::new(None, upper),
        (Form::Exact, Better::Higher) => Some(Interval::at_least(figure.value)),
        (Form::Exact, Better::Lower) => Some(Interval::at_most(figure.value)),
    };
    wanted.unwrap_or(figure.interval)
}

impl Pair {
    fn ratio(&self) -> Attainment {
        let (numerator, denominator) = (self.actual.value, self.target.value);
        if denominator.is_zero() {
            return Attainment::NotComparable(Incomparable::ZeroTarget);
        }
        if denominator.is_negative() || numerator.is_negative() {
            return Attainment::NotComparable(Incomparable::Negative);
        }
        let Some(value) = numerator.checked_div(denominator) else {
            return Attainment::NotComparable(Incomparable::TooLarge);
        };
        let interval = match self.actual.is_exact() && self.target.is_exact() {
            true => Some(Interval::exact(value)),
            false => self.actual.interval.checked_div(self.target.interval),
        };
        Attainment::Ratio(Ratio {
            value,
            numerator,
            denominator,
            // A target of 0.0 to one decimal is caught above; one that only reaches zero leaves
            // the ratio without an upper end.
            interval: interval.unwrap_or(Interval::NOT_NEGATIVE),
        })
    }

    fn met(&self, wanted: Interval) -> Attainment {
        if wanted.covers(self.actual.interval) {
            Attainment::Met
        } else if !wanted.meets(self.actual.interval) {
            Attainment::NotMet
        } else {
            Attainment::Undecided { as_printed: wanted.contains(self.actual.value) }
        }
    }
}

impl Ratio {
    /// The value, but no more than 1: overshooting a target is no merit over reaching it.
    #[must_use]
    pub fn capped(&self) -> Rational {
        self.value.min(Rational::ONE)
    }

    /// The ratio as a percentage with that many decimals, half-up, without the sign: `66.7`.
    #[must_use]
    pub fn percent(&self, decimals: u8) -> String {
        self.value.percent(decimals)
    }
}

impl fmt::Display for Ratio {
    /// The percentage with its fraction: `66.7％（16/24）`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}％（{}/{}）", self.percent(1), self.numerator, self.denominator)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn attain(target: &str, actual: &str, better: Better) -> Attainment {
        let tenth = Rational::step(1).unwrap();
        let (target, actual) = (Quantity::parse(target).unwrap(), Quantity::parse(actual).unwrap());
        attainment(&target, &actual, better, tenth)
    }

    fn higher(target: &str, actual: &str) -> Attainment {
        attain(target, actual, Better::Higher)
    }

    fn ratio(target: &str, actual: &str) -> Ratio {
        match higher(target, actual) {
            Attainment::Ratio(ratio) => ratio,
            other => panic!("{target} {actual}: {other:?}"),
        }
    }

    #[test]
    fn is_shown_with_its_fraction() {
        assert_eq!(ratio("24", "16").to_string(), "66.7％（16/24）");
        assert_eq!(ratio("14000", "13,878人").to_string(), "99.1％（13878/14000）");
        assert_eq!(ratio("約1300", "447").to_string(), "34.4％（447/1300）");
        assert_eq!(ratio("20", "25").capped(), Rational::ONE);
    }

    #[test]
    fn whole_numbers_have_the_ratio_of_any_others() {
        let about = Rational::TENTH;
        for target in ["0", "1", "16", "1,300人", "△5", "999999999999999999"] {
            for actual in ["0", "24", "13,878人", "△3", "100000000000000000"] {
                let (target, actual) = (Quantity::parse(target).unwrap(), Quantity::parse(actual).unwrap());
                let pair = Common::of(&target, &actual).unwrap().pair(&target, &actual, about).unwrap();
                assert_eq!(attainment(&target, &actual, Better::Higher, about), pair.ratio(), "{target} {actual}");
            }
        }
    }

    #[test]
    fn periods_are_brought_to_the_year() {
        assert_eq!(ratio("年12回", "月1回").value, Rational::ONE);
        assert_eq!(ratio("月1回", "12").to_string(), "100.0％（12/12）");
        assert_eq!(ratio("週2回", "週1回").to_string(), "50.0％（1/2）");
        assert_eq!(higher("週2回", "80回"), Attainment::NotComparable(Incomparable::PeriodDiffers));
    }

    #[test]
    fn bounds_are_met_or_not() {
        assert_eq!(higher("30以下", "30.3"), Attainment::NotMet);
        assert_eq!(higher("30以下", "30"), Attainment::Met);
        assert_eq!(higher("30以下", "29.9"), Attainment::Met);
        assert_eq!(higher("30以下", "30.0"), Attainment::Undecided { as_printed: true });
        assert_eq!(higher("30未満", "30"), Attainment::NotMet);
        assert_eq!(higher("50以上", "50人"), Attainment::Met);
        assert_eq!(higher("50超", "50"), Attainment::NotMet);
        assert_eq!(higher("概ね50以上", "46"), Attainment::Met);
        assert_eq!(higher("3〜4", "5"), Attainment::Met);
        assert_eq!(higher("3〜4", "2"), Attainment::NotMet);
        assert_eq!(higher("40", "50以上"), Attainment::Met);
        assert_eq!(higher("60", "50以上"), Attainment::Undecided { as_printed: false });
    }

    #[test]
    fn less_may_be_better() {
        let lower = |target, actual| attain(target, actual, Better::Lower);
        assert_eq!(lower("13.2", "16.9"), Attainment::NotMet);
        assert_eq!(lower("13.2", "12.0"), Attainment::Met);
        assert_eq!(lower("13.2", "13.2"), Attainment::Undecided { as_printed: true });
        assert_eq!(lower("0", "0"), Attainment::Met);
        assert_eq!(lower("約100", "105"), Attainment::Met);
        assert_eq!(lower("約100", "115"), Attainment::NotMet);
    }

    #[test]
    fn what_differs_in_kind_is_not_compared() {
        let reason = |target, actual| match higher(target, actual) {
            Attainment::NotComparable(reason) => reason,
            other => panic!("{other:?}"),
        };
        assert_eq!(reason("45名", "315件"), Incomparable::UnitDiffers);
        assert_eq!(reason("延べ300人", "実189人"), Incomparable::TallyDiffers);
        assert_eq!(reason("0", "5"), Incomparable::ZeroTarget);
        assert_eq!(reason("△5", "5"), Incomparable::Negative);
        assert_eq!(ratio("45名", "45人").value, Rational::ONE);
    }
}
