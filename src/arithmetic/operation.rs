//! Computing with intervals: sums, differences, products and quotients of a value of each.
//!
//! Outer operations, as `interval` explains: a bound that does not fit is dropped.

use super::interval::{Bound, End, Interval};
use super::rational::Rational;
use std::ops::{Add, Mul, Neg, Sub};

impl Interval {
    /// The quotients of a value of each; `None` when the divisor may be zero.
    #[must_use]
    pub fn checked_div(self, other: Interval) -> Option<Interval> {
        if other.contains(Rational::ZERO) {
            return None;
        }
        if let (Some(value), Some(divisor)) = (self.point(), other.point()) {
            return Some(value.checked_div(divisor).map_or(Interval::ALL, Interval::exact));
        }
        let turned = |end: End| match end {
            None => Some(Bound::open(Rational::ZERO)),
            Some(bound) => Some(Bound { value: bound.value.reciprocal()?, closed: bound.closed }),
        };
        Some(self * (Interval { lower: turned(other.upper), upper: turned(other.lower) }))
    }

    /// The values times `factor`.
    #[must_use]
    pub fn scale(self, factor: Rational) -> Interval {
        if factor == Rational::ONE { self } else { self * Interval::exact(factor) }
    }

    /// The products by those of the ends.
    fn by_ends(self, other: Interval) -> Interval {
        let mut ends = Ends::default();
        for (one, low_one) in [(self.lower, true), (self.upper, false)] {
            for (two, low_two) in [(other.lower, true), (other.upper, false)] {
                ends.take(one, low_one, two, low_two);
            }
        }
        ends.interval()
    }

    /// The values times a factor above zero; nothing where an end does not fit.
    fn times(self, factor: Rational) -> Option<Interval> {
        let end = |end: End| match end {
            Some(bound) => Some(Some(Bound { value: bound.value.checked_mul(factor)?, closed: bound.closed })),
            None => Some(None),
        };
        Some(Interval { lower: end(self.lower)?, upper: end(self.upper)? })
    }

    /// The only value, where both ends belong to it.
    fn point(self) -> Option<Rational> {
        match (self.lower, self.upper) {
            (Some(lower), Some(upper)) if lower == upper && lower.closed => Some(lower.value),
            _ => None,
        }
    }
}

impl Add for Interval {
    type Output = Interval;

    /// The sums of a value of each.
    fn add(self, other: Interval) -> Interval {
        let plus = |a: End, b: End| a?.plus(b?);
        Interval { lower: plus(self.lower, other.lower), upper: plus(self.upper, other.upper) }
    }
}

impl Sub for Interval {
    type Output = Interval;

    /// The differences of a value of each.
    fn sub(self, other: Interval) -> Interval {
        self + -other
    }
}

impl Neg for Interval {
    type Output = Interval;

    /// The values with their sign turned.
    fn neg(self) -> Interval {
        Interval { lower: self.upper.map(Bound::negated), upper: self.lower.map(Bound::negated) }
    }
}

impl Mul for Interval {
    type Output = Interval;

    /// The products of a value of each.
    fn mul(self, other: Interval) -> Interval {
        if let (Some(one), Some(two)) = (self.point(), other.point()) {
            return one.checked_mul(two).map_or(Interval::ALL, Interval::exact);
        }
        if let (Some(factor), None) | (None, Some(factor)) = (other.point(), self.point())
            && !factor.is_negative()
            && !factor.is_zero()
        {
            let side = if other.point().is_some() { self } else { other };
            if let Some(product) = side.times(factor) {
                return product;
            }
        }
        self.by_ends(other)
    }
}

/// The least and the greatest of the products of ends seen so far.
#[derive(Default)]
struct Ends {
    lower: End,
    upper: End,
    endless_below: bool,
    endless_above: bool,
}

impl Ends {
    /// Takes the product of two ends; `low` says on which side an end without a bound lies.
    fn take(&mut self, one: End, low_one: bool, two: End, low_two: bool) {
        let product = match (one, two) {
            (Some(a), Some(b)) => match a.value.checked_mul(b.value) {
                Some(value) => {
                    let zero = |bound: Bound| bound.closed && bound.value.is_zero();
                    Bound { value, closed: a.closed && b.closed || zero(a) || zero(b) }
                }
                // Too large or too fine: it may lie on either side of every other product.
                None => {
                    self.endless(true);
                    return self.endless(false);
                }
            },
            (Some(bound), None) | (None, Some(bound)) if bound.value.is_zero() => bound,
            (Some(bound), None) => return self.endless(bound.value.is_negative() != low_two),
            (None, Some(bound)) => return self.endless(bound.value.is_negative() != low_one),
            (None, None) => return self.endless(low_one != low_two),
        };
        let better = |old: End, below: bool| match old {
            Some(old) if old.value == product.value => Some(Bound { value: old.value, closed: old.closed || product.closed }),
            Some(old) if (old.value < product.value) == below => Some(old),
            _ => Some(product),
        };
        self.lower = better(self.lower, true);
        self.upper = better(self.upper, false);
    }

    fn endless(&mut self, below: bool) {
        if below {
            self.endless_below = true;
        } else {
            self.endless_above = true;
        }
    }

    fn interval(self) -> Interval {
        Interval { lower: self.lower.filter(|_| !self.endless_below), upper: self.upper.filter(|_| !self.endless_above) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whole(value: i64) -> Rational {
        Rational::integer(value)
    }

    fn closed(lower: i64, upper: i64) -> Interval {
        Interval::closed(whole(lower), whole(upper))
    }

    #[test]
    fn adds_and_subtracts_bounds() {
        assert_eq!(closed(1, 2).add(closed(10, 20)), closed(11, 22));
        assert_eq!(closed(1, 2).sub(closed(10, 20)), closed(-19, -8));
        assert_eq!(Interval::at_least(whole(3)).add(closed(1, 2)), Interval::at_least(whole(4)));
        assert_eq!(Interval::at_least(whole(3)).sub(Interval::at_least(whole(1))), Interval::ALL);
    }

    #[test]
    fn multiplies_across_signs_and_without_bounds() {
        assert_eq!(closed(-2, 3).mul(closed(-5, 7)), closed(-15, 21));
        assert_eq!(Interval::at_least(whole(2)).mul(closed(3, 4)), Interval::at_least(whole(6)));
        assert_eq!(Interval::at_least(whole(2)).scale(whole(-1)), Interval::at_most(whole(-2)));
        assert_eq!(Interval::ALL.scale(whole(0)), Interval::exact(whole(0)));
        assert_eq!(Interval::more_than(whole(0)).mul(closed(0, 1)), Interval::NOT_NEGATIVE);
        assert_eq!(Interval::ALL.mul(closed(1, 2)), Interval::ALL);
    }

    #[test]
    fn a_factor_gives_what_the_ends_give() {
        let ends =
            [None, Some(Bound::closed(whole(-3))), Some(Bound::open(whole(0))), Some(Bound::closed(whole(0))), Some(Bound::open(whole(5)))];
        let all = ends.iter().flat_map(|lower| ends.iter().filter_map(|upper| Interval::new(*lower, *upper)));
        for interval in all {
            for factor in [Rational::ONE, whole(7), Rational::TENTH] {
                let by_ends = interval.by_ends(Interval::exact(factor));
                assert_eq!(interval.times(factor), Some(by_ends), "{interval} {factor}");
                assert_eq!(Interval::exact(factor).mul(interval), by_ends, "{interval} {factor}");
            }
        }
    }

    #[test]
    fn divides_unless_the_divisor_may_be_zero() {
        assert_eq!(closed(6, 12).checked_div(closed(2, 3)), Some(closed(2, 6)));
        assert_eq!(closed(6, 12).checked_div(closed(-1, 3)), None);
        assert_eq!(closed(6, 12).checked_div(closed(0, 3)), None);
        assert_eq!(closed(6, 12).checked_div(Interval::more_than(whole(0))), Some(Interval::more_than(whole(0))));
        assert_eq!(closed(-6, 12).checked_div(Interval::at_least(whole(2))).unwrap().to_string(), "[-3, 6]");
    }

    #[test]
    fn a_bound_that_does_not_fit_is_dropped() {
        let large = Interval::exact(Rational::new(i128::MAX, 1).unwrap());
        assert_eq!(large.add(closed(1, 1)), Interval::ALL);
        let product = large.mul(closed(2, 3));
        assert_eq!(product.upper(), None);
        assert!(product.contains(Rational::new(i128::MAX, 1).unwrap()) || product.lower().is_none());
    }
}
