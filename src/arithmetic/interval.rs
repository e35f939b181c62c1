//! Sets of values between two bounds: what a printed figure may stand for.
//!
//! Every operation is an outer one: a bound that does not fit 128 bits is dropped, never moved
//! inwards. Two intervals that do not meet therefore prove that two figures disagree, while two
//! that meet prove nothing. The method is that of XBRL Calculations 1.1.

use super::rational::{Rational, power_of_ten};
use std::fmt;

/// One end of an interval.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Bound {
    /// Where the interval ends.
    pub value: Rational,
    /// Whether the end itself belongs to it (以上, 以下) or not (超, 未満).
    pub closed: bool,
}

/// The values from `lower` to `upper`; a side without a bound is open to infinity.
///
/// Never empty: the constructors swap or refuse bounds in the wrong order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Interval {
    pub(super) lower: Option<Bound>,
    pub(super) upper: Option<Bound>,
}

/// An end while it is computed: a bound, or infinity on the side it belongs to.
pub(super) type End = Option<Bound>;

impl Bound {
    /// A bound that belongs to the interval.
    #[must_use]
    pub const fn closed(value: Rational) -> Bound {
        Bound { value, closed: true }
    }

    /// A bound that does not belong to the interval.
    #[must_use]
    pub const fn open(value: Rational) -> Bound {
        Bound { value, closed: false }
    }

    pub(super) fn plus(self, other: Bound) -> End {
        let value = self.value.checked_add(other.value)?;
        Some(Bound { value, closed: self.closed && other.closed })
    }

    pub(super) const fn negated(self) -> Bound {
        Bound { value: self.value.negated(), closed: self.closed }
    }
}

impl Interval {
    /// Every value.
    pub const ALL: Interval = Interval { lower: None, upper: None };
    /// Zero and more: what a count may be.
    pub const NOT_NEGATIVE: Interval = Interval { lower: Some(Bound::closed(Rational::ZERO)), upper: None };

    /// One value alone.
    #[must_use]
    pub const fn exact(value: Rational) -> Interval {
        Interval { lower: Some(Bound::closed(value)), upper: Some(Bound::closed(value)) }
    }

    /// From one bound to another; `None` when nothing lies between them.
    #[must_use]
    pub fn new(lower: Option<Bound>, upper: Option<Bound>) -> Option<Interval> {
        let interval = Interval { lower, upper };
        ordered(lower, upper).then_some(interval)
    }

    /// Both values and all between, in either order.
    #[must_use]
    pub fn closed(one: Rational, other: Rational) -> Interval {
        Interval { lower: Some(Bound::closed(one.min(other))), upper: Some(Bound::closed(one.max(other))) }
    }

    /// `value` and more (以上).
    #[must_use]
    pub const fn at_least(value: Rational) -> Interval {
        Interval { lower: Some(Bound::closed(value)), upper: None }
    }

    /// More than `value` (超).
    #[must_use]
    pub const fn more_than(value: Rational) -> Interval {
        Interval { lower: Some(Bound::open(value)), upper: None }
    }

    /// `value` and less (以下).
    #[must_use]
    pub const fn at_most(value: Rational) -> Interval {
        Interval { lower: None, upper: Some(Bound::closed(value)) }
    }

    /// Less than `value` (未満).
    #[must_use]
    pub const fn less_than(value: Rational) -> Interval {
        Interval { lower: None, upper: Some(Bound::open(value)) }
    }

    /// `value ± half`, closed.
    #[must_use]
    pub fn around(value: Rational, half: Rational) -> Interval {
        let half = half.abs();
        Interval { lower: value.checked_sub(half).map(Bound::closed), upper: value.checked_add(half).map(Bound::closed) }
    }

    /// What a figure rounded to `decimals` may stand for: `value ± ½·10⁻ᵈᵉᶜⁱᵐᵃˡˢ`, closed, so that
    /// a half rounded either way is covered.
    #[must_use]
    pub fn rounded(value: Rational, decimals: u8) -> Interval {
        match i8::try_from(decimals).ok().and_then(|decimals| Interval::half_unit(-decimals)) {
            Some(half) => Interval::around(value, half),
            None => Interval::exact(value),
        }
    }

    /// Half of what the last digit stands for, when it stands at that power of ten.
    pub(super) fn half_unit(place: i8) -> Option<Rational> {
        let power = power_of_ten(place.unsigned_abs())?;
        if place < 0 { Rational::new(1, power.checked_mul(2)?) } else { Rational::new(power, 2) }
    }

    /// The lower bound; `None` when there is none.
    #[must_use]
    pub const fn lower(self) -> Option<Bound> {
        self.lower
    }

    /// The upper bound; `None` when there is none.
    #[must_use]
    pub const fn upper(self) -> Option<Bound> {
        self.upper
    }

    /// The only value, where there is only one.
    #[must_use]
    pub fn value(self) -> Option<Rational> {
        match (self.lower, self.upper) {
            (Some(lower), Some(upper)) if lower.value == upper.value => Some(lower.value),
            _ => None,
        }
    }

    /// The distance between the bounds; `None` without one of them.
    #[must_use]
    pub fn width(self) -> Option<Rational> {
        self.upper?.value.checked_sub(self.lower?.value)
    }

    /// The value half-way between the bounds; `None` without one of them.
    #[must_use]
    pub fn middle(self) -> Option<Rational> {
        self.lower?.value.checked_add(self.upper?.value)?.half()
    }

    /// Whether `value` is one of the values.
    #[must_use]
    pub fn contains(self, value: Rational) -> bool {
        self.meets(Interval::exact(value))
    }

    /// Whether every value of `other` is one of the values.
    #[must_use]
    pub fn covers(self, other: Interval) -> bool {
        let low = match (self.lower, other.lower) {
            (None, _) => true,
            (Some(_), None) => false,
            (Some(a), Some(b)) => a.value < b.value || a.value == b.value && (a.closed || !b.closed),
        };
        let high = match (self.upper, other.upper) {
            (None, _) => true,
            (Some(_), None) => false,
            (Some(a), Some(b)) => a.value > b.value || a.value == b.value && (a.closed || !b.closed),
        };
        low && high
    }

    /// Whether the two have a value in common.
    #[must_use]
    pub fn meets(self, other: Interval) -> bool {
        ordered(self.lower, other.upper) && ordered(other.lower, self.upper)
    }

    /// Whether every value is below every value of `other`.
    #[must_use]
    pub fn entirely_below(self, other: Interval) -> bool {
        !ordered(other.lower, self.upper)
    }

    /// Whether every value is above every value of `other`.
    #[must_use]
    pub fn entirely_above(self, other: Interval) -> bool {
        other.entirely_below(self)
    }

    /// The values of both; `None` when they do not meet.
    #[must_use]
    pub fn intersection(self, other: Interval) -> Option<Interval> {
        let tighter = |a: End, b: End, below: bool| match (a, b) {
            (Some(a), Some(b)) if a.value == b.value => Some(Bound { value: a.value, closed: a.closed && b.closed }),
            (Some(a), Some(b)) => Some(if (a.value > b.value) == below { a } else { b }),
            (a, b) => a.or(b),
        };
        Interval::new(tighter(self.lower, other.lower, true), tighter(self.upper, other.upper, false))
    }

    /// The interval with each bound moved outwards by that part of it: `widen(1/10)` makes
    /// [1300, 1300] into [1170, 1430].
    #[must_use]
    pub fn widen(self, relative: Rational) -> Interval {
        let moved = |end: End, down: bool| {
            let bound = end?;
            let by = bound.value.abs().checked_mul(relative.abs())?;
            let value = if down { bound.value.checked_sub(by)? } else { bound.value.checked_add(by)? };
            Some(Bound { value, closed: bound.closed || !by.is_zero() })
        };
        Interval { lower: moved(self.lower, true), upper: moved(self.upper, false) }
    }
}

/// Whether some value lies between the two ends.
fn ordered(lower: End, upper: End) -> bool {
    match (lower, upper) {
        (Some(lower), Some(upper)) => lower.value < upper.value || lower.value == upper.value && lower.closed && upper.closed,
        _ => true,
    }
}

impl fmt::Display for Interval {
    /// `[16.65, 16.75]`, `(50, ∞)`; one value alone is printed as that.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(value) = self.value() {
            return fmt::Display::fmt(&value, f);
        }
        match self.lower {
            Some(bound) => {
                f.write_str(if bound.closed { "[" } else { "(" })?;
                fmt::Display::fmt(&bound.value, f)?;
            }
            None => f.write_str("(-∞")?,
        }
        f.write_str(", ")?;
        match self.upper {
            Some(bound) => {
                fmt::Display::fmt(&bound.value, f)?;
                f.write_str(if bound.closed { "]" } else { ")" })
            }
            None => f.write_str("∞)"),
        }
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
    fn a_rounded_figure_covers_half_a_unit_either_way() {
        let figure = Interval::rounded(Rational::from_decimal(167, 1).unwrap(), 1);
        assert_eq!(figure.to_string(), "[16.65, 16.75]");
        assert_eq!(figure.width(), Rational::step(1));
        assert_eq!(figure.middle(), Rational::from_decimal(167, 1));
    }

    #[test]
    fn bounds_meet_only_where_both_are_closed() {
        let at_most = Interval::at_most(whole(30));
        assert!(at_most.meets(Interval::at_least(whole(30))));
        assert!(!at_most.meets(Interval::more_than(whole(30))));
        assert!(at_most.entirely_below(Interval::more_than(whole(30))));
        assert!(Interval::exact(whole(31)).entirely_above(at_most));
        assert!(!Interval::exact(whole(30)).entirely_above(at_most));
        assert!(at_most.covers(closed(-3, 30)));
        assert!(!Interval::less_than(whole(30)).covers(closed(-3, 30)));
        assert!(!at_most.covers(Interval::ALL));
    }

    #[test]
    fn intersections_are_never_empty() {
        assert_eq!(closed(1, 4).intersection(closed(3, 9)), Some(closed(3, 4)));
        assert_eq!(closed(1, 4).intersection(closed(5, 9)), None);
        assert_eq!(closed(1, 4).intersection(Interval::less_than(whole(1))), None);
        assert_eq!(Interval::ALL.intersection(closed(5, 9)), Some(closed(5, 9)));
        assert_eq!(Interval::new(Some(Bound::open(whole(1))), Some(Bound::closed(whole(1)))), None);
    }

    #[test]
    fn widens_by_a_part_of_each_bound() {
        let tenth = Rational::step(1).unwrap();
        assert_eq!(Interval::exact(whole(1300)).widen(tenth), closed(1170, 1430));
        assert_eq!(Interval::exact(whole(-10)).widen(tenth), closed(-11, -9));
        assert_eq!(Interval::exact(whole(0)).widen(tenth), Interval::exact(whole(0)));
    }
}
