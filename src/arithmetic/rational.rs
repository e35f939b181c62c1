//! Exact fractions: what every figure, bound and quotient is made of.
//!
//! Not a general number type: no floats, no roots, no growth beyond 128 bits. An operation whose
//! result does not fit gives `None`, and whoever asked reports "not evaluated" instead of a guess.

use std::cmp::Ordering;
use std::fmt;

/// An exact fraction in lowest terms with a positive denominator.
///
/// Both terms lie within ±(2¹²⁷ − 1), so that a sign can always be turned.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Rational {
    numerator: i128,
    denominator: i128,
}

/// The most decimals a rounding or a printed figure may have.
pub const MOST_DECIMALS: u8 = 18;

impl Rational {
    /// 0.
    pub const ZERO: Rational = Rational::integer(0);
    /// 1.
    pub const ONE: Rational = Rational::integer(1);
    /// 1/10.
    pub const TENTH: Rational = Rational { numerator: 1, denominator: 10 };
    /// 100, the scale of a percentage.
    pub const HUNDRED: Rational = Rational::integer(100);

    /// A whole number.
    #[must_use]
    pub const fn integer(value: i64) -> Rational {
        Rational { numerator: value as i128, denominator: 1 }
    }

    /// `numerator / denominator` in lowest terms; `None` when the denominator is zero or a term is
    /// `i128::MIN`.
    #[must_use]
    pub fn new(numerator: i128, denominator: i128) -> Option<Rational> {
        if denominator == 0 || numerator == i128::MIN || denominator == i128::MIN {
            return None;
        }
        let (numerator, denominator) = if denominator < 0 { (-numerator, -denominator) } else { (numerator, denominator) };
        if denominator == 1 {
            return Some(Rational { numerator, denominator });
        }
        if numerator == 0 {
            return Some(Rational::ZERO);
        }
        // 128-bit division is a library call; most figures are small.
        if let (Ok(over), Ok(under)) = (i64::try_from(numerator), i64::try_from(denominator)) {
            let common = gcd_small(over.unsigned_abs(), under.unsigned_abs());
            if common == 1 {
                return Some(Rational { numerator, denominator });
            }
            let over = i128::from(over.unsigned_abs() / common);
            let under = i128::from(under.unsigned_abs() / common);
            return Some(Rational { numerator: if numerator < 0 { -over } else { over }, denominator: under });
        }
        let common = gcd(numerator.unsigned_abs(), denominator.unsigned_abs()) as i128;
        Some(Rational { numerator: numerator / common, denominator: denominator / common })
    }

    /// `digits · 10⁻ᵈᵉᶜⁱᵐᵃˡˢ`: `from_decimal(167, 1)` is 16.7. `None` with more decimals than
    /// [`MOST_DECIMALS`].
    #[must_use]
    pub fn from_decimal(digits: i128, decimals: u8) -> Option<Rational> {
        if decimals == 0 && digits != i128::MIN {
            return Some(Rational { numerator: digits, denominator: 1 });
        }
        Rational::new(digits, power_of_ten(decimals)?)
    }

    /// One unit of the last decimal: `step(1)` is 0.1. `None` with more decimals than
    /// [`MOST_DECIMALS`].
    #[must_use]
    pub fn step(decimals: u8) -> Option<Rational> {
        Rational::from_decimal(1, decimals)
    }

    /// The numerator, with the sign.
    #[must_use]
    pub const fn numerator(self) -> i128 {
        self.numerator
    }

    /// The denominator, always positive.
    #[must_use]
    pub const fn denominator(self) -> i128 {
        self.denominator
    }

    /// Whether the value is a whole number.
    #[must_use]
    pub const fn is_integer(self) -> bool {
        self.denominator == 1
    }

    /// Whether the value is zero.
    #[must_use]
    pub const fn is_zero(self) -> bool {
        self.numerator == 0
    }

    /// Whether the value is below zero.
    #[must_use]
    pub const fn is_negative(self) -> bool {
        self.numerator < 0
    }

    /// The value without its sign.
    #[must_use]
    pub const fn abs(self) -> Rational {
        if self.numerator < 0 { self.negated() } else { self }
    }

    /// The value with its sign turned.
    #[must_use]
    pub const fn negated(self) -> Rational {
        Rational { numerator: -self.numerator, denominator: self.denominator }
    }

    /// `1 / self`; `None` for zero.
    #[must_use]
    pub const fn reciprocal(self) -> Option<Rational> {
        match self.numerator {
            0 => None,
            1.. => Some(Rational { numerator: self.denominator, denominator: self.numerator }),
            _ => Some(Rational { numerator: -self.denominator, denominator: -self.numerator }),
        }
    }

    /// `self + other`; `None` when it does not fit.
    #[must_use]
    pub fn checked_add(self, other: Rational) -> Option<Rational> {
        if self.denominator == other.denominator {
            return Rational::new(self.numerator.checked_add(other.numerator)?, self.denominator);
        }
        if self.denominator == 1 {
            return other.plus_whole(self.numerator);
        }
        if other.denominator == 1 {
            return self.plus_whole(other.numerator);
        }
        let common = gcd(self.denominator.unsigned_abs(), other.denominator.unsigned_abs()) as i128;
        let (left, right) = (other.denominator / common, self.denominator / common);
        Rational::new(
            self.numerator.checked_mul(left)?.checked_add(other.numerator.checked_mul(right)?)?,
            self.denominator.checked_mul(left)?,
        )
    }

    /// A whole number has no factor that the denominator could share, so the terms stay the lowest.
    fn plus_whole(self, whole: i128) -> Option<Rational> {
        let numerator = whole.checked_mul(self.denominator)?.checked_add(self.numerator)?;
        (numerator != i128::MIN).then_some(Rational { numerator, denominator: self.denominator })
    }

    /// `self − other`; `None` when it does not fit.
    #[must_use]
    pub fn checked_sub(self, other: Rational) -> Option<Rational> {
        self.checked_add(other.negated())
    }

    /// `self · other`; `None` when it does not fit.
    #[must_use]
    pub fn checked_mul(self, other: Rational) -> Option<Rational> {
        if self.denominator == 1 && other.denominator == 1 {
            return Rational::new(self.numerator.checked_mul(other.numerator)?, 1);
        }
        if self == Rational::ONE || other == Rational::ONE {
            return Some(if self == Rational::ONE { other } else { self });
        }
        let across = Rational::new(self.numerator, other.denominator)?;
        let along = Rational::new(other.numerator, self.denominator)?;
        // No factor is left that both terms of the product share.
        let numerator = across.numerator.checked_mul(along.numerator)?;
        let denominator = across.denominator.checked_mul(along.denominator)?;
        match numerator {
            0 => Some(Rational::ZERO),
            i128::MIN => None,
            _ => Some(Rational { numerator, denominator }),
        }
    }

    /// `self / other`; `None` when `other` is zero or the result does not fit.
    #[must_use]
    pub fn checked_div(self, other: Rational) -> Option<Rational> {
        self.checked_mul(other.reciprocal()?)
    }

    /// Half of the value; `None` when it does not fit.
    #[must_use]
    pub fn half(self) -> Option<Rational> {
        if self.numerator % 2 == 0 {
            return Some(Rational { numerator: self.numerator / 2, denominator: self.denominator });
        }
        Rational::new(self.numerator, self.denominator.checked_mul(2)?)
    }

    /// Both terms where they are small.
    fn small(self) -> Option<(i64, i64)> {
        Some((i64::try_from(self.numerator).ok()?, i64::try_from(self.denominator).ok()?))
    }

    /// The largest whole number that is not above the value.
    #[must_use]
    pub const fn floor(self) -> i128 {
        self.numerator.div_euclid(self.denominator)
    }

    /// The smallest whole number that is not below the value.
    #[must_use]
    pub const fn ceil(self) -> i128 {
        -((-self.numerator).div_euclid(self.denominator))
    }
}

/// 10 to the power of `decimals`, as far as [`MOST_DECIMALS`].
pub(super) fn power_of_ten(decimals: u8) -> Option<i128> {
    if decimals > MOST_DECIMALS { None } else { 10i128.checked_pow(u32::from(decimals)) }
}

/// The greatest common divisor, at least 1.
fn gcd(a: u128, b: u128) -> u128 {
    let (mut a, mut b) = (a, b);
    while b != 0 {
        // 128-bit division is a library call; most figures are small.
        if let (Ok(x), Ok(y)) = (u64::try_from(a), u64::try_from(b)) {
            return u128::from(gcd_small(x, y));
        }
        (a, b) = (b, a % b);
    }
    a.max(1)
}

/// The same for terms of 64 bits.
fn gcd_small(a: u64, b: u64) -> u64 {
    let (mut a, mut b) = (a, b);
    while b != 0 {
        // Division of 32 bits takes half the time.
        if let (Ok(mut x), Ok(mut y)) = (u32::try_from(a), u32::try_from(b)) {
            while y != 0 {
                (x, y) = (y, x % y);
            }
            return u64::from(x.max(1));
        }
        (a, b) = (b, a % b);
    }
    a.max(1)
}

impl From<i64> for Rational {
    fn from(value: i64) -> Rational {
        Rational::integer(value)
    }
}

impl PartialOrd for Rational {
    fn partial_cmp(&self, other: &Rational) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Rational {
    fn cmp(&self, other: &Rational) -> Ordering {
        if self.denominator == other.denominator {
            return self.numerator.cmp(&other.numerator);
        }
        if let (Some(one), Some(two)) = (self.small(), other.small()) {
            // The product of two terms of 64 bits always fits.
            return (i128::from(one.0) * i128::from(two.1)).cmp(&(i128::from(two.0) * i128::from(one.1)));
        }
        let left = self.numerator.checked_mul(other.denominator);
        let right = other.numerator.checked_mul(self.denominator);
        match (left, right) {
            (Some(left), Some(right)) => left.cmp(&right),
            _ => compare_by_parts(*self, *other),
        }
    }
}

/// The order of two fractions whose cross products do not fit: whole parts first, then the
/// reciprocals of the rests, as in a continued fraction.
fn compare_by_parts(left: Rational, right: Rational) -> Ordering {
    let (mut left, mut right) = (left, right);
    let mut turned = false;
    loop {
        let wholes = left.floor().cmp(&right.floor());
        let rests = (left.numerator.rem_euclid(left.denominator), right.numerator.rem_euclid(right.denominator));
        let order = match (wholes, rests) {
            (Ordering::Equal, (0, 0)) => Ordering::Equal,
            (Ordering::Equal, (0, _)) => Ordering::Less,
            (Ordering::Equal, (_, 0)) => Ordering::Greater,
            (Ordering::Equal, (a, b)) => {
                left = Rational { numerator: left.denominator, denominator: a };
                right = Rational { numerator: right.denominator, denominator: b };
                turned = !turned;
                continue;
            }
            (unequal, _) => unequal,
        };
        return if turned { order.reverse() } else { order };
    }
}

impl fmt::Debug for Rational {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.numerator, self.denominator)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ratio(numerator: i128, denominator: i128) -> Rational {
        Rational::new(numerator, denominator).unwrap()
    }

    #[test]
    fn is_always_in_lowest_terms_with_a_positive_denominator() {
        assert_eq!(ratio(-6, -4), ratio(3, 2));
        assert_eq!(ratio(6, -4).denominator(), 2);
        assert_eq!(ratio(0, 7), Rational::ZERO);
        assert_eq!(Rational::new(1, 0), None);
        assert_eq!(Rational::new(i128::MIN, 3), None);
    }

    #[test]
    fn knows_what_does_not_fit() {
        let large = ratio(i128::MAX, 1);
        assert_eq!(large.checked_add(Rational::ONE), None);
        assert_eq!(large.checked_mul(Rational::HUNDRED), None);
        assert_eq!(large.checked_div(Rational::ZERO), None);
        assert_eq!(large.checked_sub(large), Some(Rational::ZERO));
    }

    #[test]
    fn orders_fractions_whose_cross_products_do_not_fit() {
        let large = ratio(i128::MAX, 3);
        let larger = ratio(i128::MAX, 2);
        assert!(large < larger);
        assert!(large.negated() > larger.negated());
        assert!(ratio(1, i128::MAX) < ratio(1, i128::MAX - 1));
        assert!(ratio(i128::MAX - 1, i128::MAX) > ratio(i128::MAX - 2, i128::MAX - 1));
        assert_eq!(large.cmp(&large), Ordering::Equal);
    }

    #[test]
    fn floors_and_ceilings_hold_below_zero() {
        assert_eq!((ratio(-7, 2).floor(), ratio(-7, 2).ceil()), (-4, -3));
        assert_eq!((ratio(7, 2).floor(), ratio(7, 2).ceil()), (3, 4));
    }
}
