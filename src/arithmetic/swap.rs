//! Slips of the hand: two digits of a figure that changed places.

use super::figure::Figure;
use super::interval::Interval;
use super::rational::Rational;
use super::rounding::Rounding;

/// A figure with two of its digits back in place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Swapped {
    value: Rational,
    interval: Interval,
}

impl Swapped {
    pub(super) const fn value(&self) -> Rational {
        self.value
    }

    pub(super) const fn interval(&self) -> Interval {
        self.interval
    }

    pub(super) fn meets(&self, other: Interval) -> bool {
        self.interval.meets(other)
    }
}

/// Every figure that differs by two swapped digits: neighbouring digits first, then the others.
/// A first digit does not become zero; figures of more than 18 digits have none.
pub(super) fn swaps(figure: &Figure) -> impl Iterator<Item = Swapped> + use<> {
    let figure = *figure;
    let units = figure.value.units(figure.decimals, Rounding::HalfUp).unwrap_or(0);
    let digits = Digits::of(units);
    let last = digits.count;
    let pairs = (1..last).flat_map(move |gap| (gap..last).map(move |high| (high, high - gap)));
    pairs.filter_map(move |(high, low)| {
        let swapped = digits.swapped(high, low)?;
        let magnitude = Rational::from_decimal(swapped, figure.decimals)?;
        let value = if figure.value.is_negative() { magnitude.negated() } else { magnitude };
        let moved = value.checked_sub(figure.value)?;
        Some(Swapped { value, interval: figure.interval + Interval::exact(moved) })
    })
}

/// The digits of a whole number.
#[derive(Clone, Copy)]
struct Digits {
    value: i128,
    count: u32,
}

impl Digits {
    fn of(units: i128) -> Digits {
        let value = units.abs();
        let count = value.checked_ilog10().map_or(1, |log| log + 1);
        Digits { value, count: if count > 18 { 0 } else { count } }
    }

    /// The number with the digits at two powers of ten swapped, unless that changes nothing or
    /// puts a zero first.
    fn swapped(self, high: u32, low: u32) -> Option<i128> {
        let (upper, lower) = (10i128.checked_pow(high)?, 10i128.checked_pow(low)?);
        let (first, second) = (self.value / upper % 10, self.value / lower % 10);
        let leading = high + 1 == self.count;
        (first != second && !(leading && second == 0)).then(|| self.value + (second - first) * (upper - lower))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn swaps_neighbours_first() {
        let all: Vec<String> = swaps(&Figure::whole(315)).map(|swapped| swapped.value().to_string()).collect();
        assert_eq!(all, ["351", "135", "513"]);
    }

    #[test]
    fn keeps_the_sign_the_point_and_the_first_digit() {
        let figure = Figure::decimal(Rational::from_decimal(-104, 1).unwrap(), 1);
        let all: Vec<String> = swaps(&figure).map(|swapped| swapped.value().to_string()).collect();
        assert_eq!(all, ["-14", "-40.1"]);
        assert_eq!(swaps(&Figure::whole(10)).count(), 0);
        assert_eq!(swaps(&Figure::whole(33)).count(), 0);
        assert_eq!(swaps(&Figure::whole(0)).count(), 0);
    }
}
