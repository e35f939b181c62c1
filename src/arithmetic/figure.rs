//! One printed figure, ready for a check: its value, its decimals, and what it may stand for.
//!
//! A [`Quantity`] with the questions of unit and tolerance already answered.

use super::interval::Interval;
use super::quantity::Quantity;
use super::rational::Rational;

/// A figure in a sum, a table or a row of shares.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Figure {
    /// The value printed.
    pub value: Rational,
    /// The decimals printed.
    pub decimals: u8,
    /// What it may stand for.
    pub interval: Interval,
}

impl Figure {
    /// A whole number that is exact.
    #[must_use]
    pub const fn whole(value: i64) -> Figure {
        let value = Rational::integer(value);
        Figure { value, decimals: 0, interval: Interval::exact(value) }
    }

    /// A figure rounded to the decimals it is printed with; without decimals it is exact.
    #[must_use]
    pub fn decimal(value: Rational, decimals: u8) -> Figure {
        let interval = if decimals == 0 { Interval::exact(value) } else { Interval::rounded(value, decimals) };
        Figure { value, decimals, interval }
    }

    /// A quantity as a count in `unit` (empty when unknown), widened by `about` (1/10 for 10%)
    /// where it is said to be approximate.
    #[must_use]
    pub fn of(quantity: &Quantity<'_>, unit: &str, about: Rational) -> Figure {
        let interval = quantity.interval_in(unit);
        Figure {
            value: quantity.value(),
            decimals: quantity.decimals(),
            interval: if quantity.is_about() { interval.widen(about) } else { interval },
        }
    }

    /// Whether it stands for its value alone.
    #[must_use]
    pub fn is_exact(&self) -> bool {
        self.interval == Interval::exact(self.value)
    }

    /// The value where it is exact and a small whole number.
    pub(super) fn small(&self) -> Option<i64> {
        let whole = self.decimals == 0 && self.value.is_integer() && self.is_exact();
        if whole { i64::try_from(self.value.numerator()).ok() } else { None }
    }
}
