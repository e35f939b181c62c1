//! The two sides of an equation of a table, and what can be printed in a cell.

use super::figure::Figure;
use super::interval::Interval;
use super::rational::Rational;
use super::table::{Equation, TableGap};

/// A table while it is checked.
#[derive(Clone, Copy)]
pub(super) struct Table<'a> {
    pub cells: &'a [Option<Figure>],
    pub equations: &'a [Equation],
    pub signed: bool,
}

/// The two sides of an equation.
#[derive(Clone, Copy, Debug)]
pub(super) struct Balance {
    /// What the total stands for; `None` when it is missing.
    pub total: Option<Interval>,
    /// What the parts that are there add up to.
    pub sum: Interval,
    pub present: usize,
    pub missing: usize,
}

impl Table<'_> {
    pub(super) fn cell(&self, at: usize) -> Option<&Figure> {
        self.cells.get(at)?.as_ref()
    }

    pub(super) fn balance(&self, equation: &Equation) -> Balance {
        let mut balance = Balance {
            total: self.cell(equation.total).map(|figure| figure.interval),
            sum: Interval::exact(Rational::ZERO),
            present: 0,
            missing: 0,
        };
        // Whole numbers, which nearly all cells are, are added once instead of at both ends.
        let mut whole = 0i64;
        for &part in &equation.parts {
            match self.cell(part) {
                Some(figure) => {
                    balance.present += 1;
                    match figure.small().and_then(|value| whole.checked_add(value)) {
                        Some(sum) => whole = sum,
                        None => balance.sum = balance.sum + figure.interval,
                    }
                }
                None => balance.missing += 1,
            }
        }
        balance.sum = balance.sum + Interval::exact(Rational::integer(whole));
        balance
    }
}

impl Balance {
    /// Whether the equation holds, or why that cannot be said.
    pub(super) fn verdict(&self, signed: bool) -> Result<bool, TableGap> {
        if self.present + self.missing == 0 {
            return Err(TableGap::NoParts);
        }
        let Some(total) = self.total else {
            return Err(TableGap::TotalMissing);
        };
        if self.missing == 0 {
            return Ok(total.meets(self.sum));
        }
        let below = self.present > 0 && !signed && total.entirely_below(self.range(signed));
        if below { Ok(false) } else { Err(TableGap::PartMissing) }
    }

    /// What the total may be: the sum, or more while a part is missing.
    pub(super) fn range(&self, signed: bool) -> Interval {
        match (self.missing, signed) {
            (0, _) => self.sum,
            (_, true) => Interval::ALL,
            (_, false) => self.sum + Interval::NOT_NEGATIVE,
        }
    }
}

/// Which values with the decimals of a figure lie in an interval.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Printable {
    None,
    One(Rational),
    Many,
}

impl Printable {
    pub(super) fn of(needed: Interval, decimals: u8) -> Printable {
        let (Some(lower), Some(upper)) = (needed.lower(), needed.upper()) else {
            return Printable::Many;
        };
        let units = |value: Rational| value.checked_mul(Rational::step(decimals)?.reciprocal()?);
        let (Some(low), Some(high)) = (units(lower.value), units(upper.value)) else {
            return Printable::Many;
        };
        let first = low.ceil().saturating_add(i128::from(low.is_integer() && !lower.closed));
        let last = high.floor().saturating_sub(i128::from(high.is_integer() && !upper.closed));
        match Rational::from_decimal(first, decimals) {
            _ if first > last => Printable::None,
            Some(value) if first == last => Printable::One(value),
            _ => Printable::Many,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_which_values_can_be_printed() {
        let whole = Rational::integer;
        assert_eq!(Printable::of(Interval::exact(whole(3)), 0), Printable::One(whole(3)));
        let tenth = Interval::exact(Rational::step(1).unwrap());
        assert_eq!(Printable::of(tenth, 0), Printable::None);
        assert_eq!(Printable::of(Interval::closed(whole(3), whole(4)), 0), Printable::Many);
        assert_eq!(Printable::of(Interval::at_least(whole(3)), 0), Printable::Many);
    }
}
