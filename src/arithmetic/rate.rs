//! Rates and growth: is a printed quotient one that its figures can give.
//!
//! A rate is rounded, never cut off: 66.6% for 2/3 is wrong.

use super::interval::{Bound, Interval};
use super::quantity::Quantity;
use super::rational::Rational;

/// Whether a printed quotient agrees with its figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RateVerdict {
    /// The quotient and the printed figure may be the same.
    Holds,
    /// They cannot.
    Wrong {
        /// The lowest quotient the figures give, rounded to the printed decimals; `None` where
        /// there is no lowest.
        low: Option<Rational>,
        /// The highest, likewise; equal to `low` when the figures are exact.
        high: Option<Rational>,
    },
    /// Nothing can be said.
    NotEvaluated(RateGap),
}

/// Why a quotient was not evaluated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RateGap {
    /// The figure divided by is zero, or may be.
    ZeroDenominator,
    /// The earlier figure is negative, or may be: growth on it means nothing.
    NegativeBase,
}

/// Which way a change is said to go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Change {
    /// 増, 上昇, 増加.
    Increase,
    /// 減, 低下, 減少: the printed figure is how much less it is.
    Decrease,
}

/// Compares a printed rate with `numerator / denominator · scale`: scale 100 for %, 100000 for
/// 人口10万対, 1 for 倍. `about` widens a printed figure that is said to be approximate.
#[must_use]
pub fn check_quotient(numerator: Interval, denominator: Interval, scale: Rational, printed: &Quantity<'_>, about: Rational) -> RateVerdict {
    match numerator.checked_div(denominator) {
        Some(quotient) => compare(quotient.scale(scale), printed, about),
        None => RateVerdict::NotEvaluated(RateGap::ZeroDenominator),
    }
}

/// Compares a printed growth in percent (前年度比23％増) with `(current − prior) / prior`.
#[must_use]
pub fn check_growth(current: Interval, prior: Interval, printed: &Quantity<'_>, change: Change, about: Rational) -> RateVerdict {
    if !prior.entirely_above(Interval::exact(Rational::ZERO)) {
        let below = prior.meets(Interval::less_than(Rational::ZERO));
        let gap = if below { RateGap::NegativeBase } else { RateGap::ZeroDenominator };
        return RateVerdict::NotEvaluated(gap);
    }
    // a/b − 1 rather than (a − b)/b: each figure is used once, so the interval is no wider than
    // it has to be.
    let Some(ratio) = current.checked_div(prior) else {
        return RateVerdict::NotEvaluated(RateGap::ZeroDenominator);
    };
    let growth = (ratio - Interval::exact(Rational::ONE)).scale(Rational::HUNDRED);
    match change {
        Change::Increase => compare(growth, printed, about),
        Change::Decrease => compare(-growth, printed, about),
    }
}

/// Compares a computed quantity with a printed one, which was rounded where its last digit stands.
fn compare(computed: Interval, printed: &Quantity<'_>, about: Rational) -> RateVerdict {
    let stands_for = printed.rounded_interval();
    let stands_for = if printed.is_about() { stands_for.widen(about) } else { stands_for };
    if stands_for.meets(computed) {
        return RateVerdict::Holds;
    }
    let rounded = |end: Option<Bound>| end?.value.round_half_up(printed.decimals());
    RateVerdict::Wrong { low: rounded(computed.lower()), high: rounded(computed.upper()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exact(value: i64) -> Interval {
        Interval::exact(Rational::integer(value))
    }

    fn tenth() -> Rational {
        Rational::step(1).unwrap()
    }

    fn percent(numerator: i64, denominator: i64, printed: &str) -> RateVerdict {
        let printed = Quantity::parse(printed).unwrap();
        check_quotient(exact(numerator), exact(denominator), Rational::HUNDRED, &printed, tenth())
    }

    fn growth(current: i64, prior: i64, printed: &str, change: Change) -> RateVerdict {
        let printed = Quantity::parse(printed).unwrap();
        check_growth(exact(current), exact(prior), &printed, change, tenth())
    }

    fn wrong(digits: i128, decimals: u8) -> RateVerdict {
        let right = Rational::from_decimal(digits, decimals);
        RateVerdict::Wrong { low: right, high: right }
    }

    #[test]
    fn rates_are_rounded_and_never_cut_off() {
        assert_eq!(percent(2, 3, "66.7"), RateVerdict::Holds);
        assert_eq!(percent(2, 3, "67%"), RateVerdict::Holds);
        assert_eq!(percent(2, 3, "66.6"), wrong(667, 1));
        assert_eq!(percent(8, 11, "72.7％"), RateVerdict::Holds);
        assert_eq!(percent(1, 8, "12.5"), RateVerdict::Holds);
        assert_eq!(percent(1, 8, "13"), RateVerdict::Holds);
        assert_eq!(percent(1, 8, "12"), RateVerdict::Holds);
        assert_eq!(percent(1, 0, "12"), RateVerdict::NotEvaluated(RateGap::ZeroDenominator));
        assert_eq!(percent(7, 10, "約65%"), RateVerdict::Holds);
        assert_eq!(percent(7, 10, "5割以上"), RateVerdict::Holds);
        assert_eq!(percent(4, 10, "5割以上"), wrong(40, 0));
        assert_eq!(percent(7, 10, "3割弱"), wrong(70, 0));
    }

    #[test]
    fn rates_by_population_use_what_the_population_may_be() {
        let printed = Quantity::parse("16.7").unwrap();
        let population = Interval::rounded(Rational::integer(498_000), 0);
        let scale = Rational::integer(100_000);
        assert_eq!(check_quotient(exact(83), population, scale, &printed, tenth()), RateVerdict::Holds);
        let about = Quantity::parse("50万").unwrap();
        assert!(matches!(check_quotient(exact(83), about.interval(), scale, &printed, tenth()), RateVerdict::Wrong { .. }));
    }

    #[test]
    fn growth_is_on_the_earlier_figure() {
        assert_eq!(growth(123, 100, "23％", Change::Increase), RateVerdict::Holds);
        assert_eq!(growth(77, 100, "23％", Change::Decrease), RateVerdict::Holds);
        assert_eq!(growth(77, 100, "△23％", Change::Increase), RateVerdict::Holds);
        assert_eq!(growth(100, 77, "23％", Change::Increase), wrong(30, 0));
        assert_eq!(growth(5, 0, "23％", Change::Increase), RateVerdict::NotEvaluated(RateGap::ZeroDenominator));
        assert_eq!(growth(5, -1, "23％", Change::Increase), RateVerdict::NotEvaluated(RateGap::NegativeBase));
    }
}
