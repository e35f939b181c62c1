//! Fractions as decimals: rounding them and printing them.

use super::rational::{MOST_DECIMALS, Rational, power_of_ten};
use std::cmp::Ordering;
use std::fmt;

/// How a value is brought to a number of decimals.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Rounding {
    /// To the nearest, a half away from zero (四捨五入).
    HalfUp,
    /// To the nearest, a half to the even neighbour.
    HalfEven,
    /// Digits beyond the last decimal are cut off (切り捨て).
    Truncate,
}

impl Rational {
    /// The value at `decimals` decimals, as a whole number of last units: 2/3 at one decimal,
    /// half-up, is 7. `None` when it does not fit.
    #[must_use]
    pub fn units(self, decimals: u8, rounding: Rounding) -> Option<i128> {
        let scale = power_of_ten(decimals)?;
        let magnitude = self.abs();
        let whole = (magnitude.numerator() / magnitude.denominator()).checked_mul(scale)?;
        let rest = (magnitude.numerator() % magnitude.denominator()).checked_mul(scale)?;
        let cut = whole.checked_add(rest / magnitude.denominator())?;
        let left = rest % magnitude.denominator();
        // `left` against half of the denominator, without doubling either.
        let up = match (left.cmp(&(magnitude.denominator() - left)), rounding) {
            (_, Rounding::Truncate) | (Ordering::Less, _) => false,
            (Ordering::Greater, _) | (Ordering::Equal, Rounding::HalfUp) => true,
            (Ordering::Equal, Rounding::HalfEven) => cut % 2 != 0,
        };
        let units = cut.checked_add(i128::from(up))?;
        Some(if self.is_negative() { -units } else { units })
    }

    /// The value brought to `decimals` decimals; `None` when it does not fit.
    #[must_use]
    pub fn round(self, decimals: u8, rounding: Rounding) -> Option<Rational> {
        Rational::from_decimal(self.units(decimals, rounding)?, decimals)
    }

    /// [`Rational::round`] with [`Rounding::HalfUp`].
    #[must_use]
    pub fn round_half_up(self, decimals: u8) -> Option<Rational> {
        self.round(decimals, Rounding::HalfUp)
    }

    /// [`Rational::round`] with [`Rounding::HalfEven`].
    #[must_use]
    pub fn round_half_even(self, decimals: u8) -> Option<Rational> {
        self.round(decimals, Rounding::HalfEven)
    }

    /// [`Rational::round`] with [`Rounding::Truncate`].
    #[must_use]
    pub fn truncate(self, decimals: u8) -> Option<Rational> {
        self.round(decimals, Rounding::Truncate)
    }

    /// A ratio as a percentage with that many decimals, half-up, without the sign: 2/3 is `66.7`.
    #[must_use]
    pub fn percent(self, decimals: u8) -> String {
        match self.checked_mul(Rational::HUNDRED) {
            Some(percent) => format!("{percent:.*}", usize::from(decimals)),
            None => format!("{self}"),
        }
    }

    /// The fewest decimals that print the value exactly; `None` when no number of them up to
    /// [`MOST_DECIMALS`] does.
    #[must_use]
    pub fn decimals(self) -> Option<u8> {
        if self.denominator() == 1 {
            return Some(0);
        }
        (1..=MOST_DECIMALS).find(|&decimals| power_of_ten(decimals).is_some_and(|ten| ten % self.denominator() == 0))
    }
}

impl fmt::Display for Rational {
    /// A decimal: exact where it ends within [`MOST_DECIMALS`], else with four decimals. A
    /// precision (`{:.1}`) rounds half-up.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let decimals = match f.precision() {
            Some(precision) => u8::try_from(precision).unwrap_or(MOST_DECIMALS).min(MOST_DECIMALS),
            None => self.decimals().unwrap_or(4),
        };
        let (Some(units), Some(scale)) = (self.units(decimals, Rounding::HalfUp), power_of_ten(decimals)) else {
            return write!(f, "{}/{}", self.numerator(), self.denominator());
        };
        let (whole, rest) = (units.unsigned_abs() / scale.unsigned_abs(), units.unsigned_abs() % scale.unsigned_abs());
        let printed = if decimals == 0 { whole.to_string() } else { format!("{whole}.{rest:0width$}", width = usize::from(decimals)) };
        let sign = if units < 0 { "-" } else { "" };
        f.write_str(sign)?;
        f.write_str(&printed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ratio(numerator: i128, denominator: i128) -> Rational {
        Rational::new(numerator, denominator).unwrap()
    }

    #[test]
    fn rounds_as_printed_figures_are_rounded() {
        let third = ratio(200, 3);
        assert_eq!(third.round_half_up(1), Rational::from_decimal(667, 1));
        assert_eq!(third.truncate(1), Rational::from_decimal(666, 1));
        assert_eq!(ratio(1, 8).round_half_up(2), Rational::from_decimal(13, 2));
        assert_eq!(ratio(1, 8).round_half_even(2), Rational::from_decimal(12, 2));
        assert_eq!(ratio(3, 8).round_half_even(2), Rational::from_decimal(38, 2));
        assert_eq!(ratio(-5, 2).round_half_up(0), Some(Rational::integer(-3)));
        assert_eq!(ratio(-5, 2).truncate(0), Some(Rational::integer(-2)));
        assert_eq!(ratio(1, 3).round_half_up(200), None);
    }

    #[test]
    fn prints_decimals() {
        assert_eq!(ratio(167, 10).to_string(), "16.7");
        assert_eq!(ratio(-1, 20).to_string(), "-0.05");
        assert_eq!(ratio(2, 3).to_string(), "0.6667");
        assert_eq!(format!("{:.1}", ratio(230, 10)), "23.0");
        assert_eq!(format!("{:.0}", ratio(5, 2)), "3");
        assert_eq!(ratio(16, 24).percent(1), "66.7");
        assert_eq!(format!("{:?}", ratio(16, 24)), "2/3");
    }
}
