//! Chance: may two counts of rare events differ as they do although nothing has changed.
//!
//! The exact conditional test of two Poisson counts (J. Przyborowski and H. Wilenski, Homogeneity
//! of results in testing samples from Poisson series, Biometrika 31, 1940). When both years have the
//! same rate, each of the n = a + b events falls into either year with probability ½, so that the
//! larger count follows the binomial distribution, and a difference as large as the one observed,
//! either way, has the probability
//!
//! > p = 2 · Σ C(n, k) / 2ⁿ for k from max(a, b) to n, at most 1.
//!
//! The populations of the two years are taken to be equal. Computed with whole numbers throughout.

use super::rational::Rational;

/// The most events of both years together; beyond, a change is not a matter of few.
pub const MOST_EVENTS: u64 = 4000;

/// The probability that chance alone makes two counts differ at least as much, to the thousandth,
/// cut off; and whether it is at least `level`. `None` with more than [`MOST_EVENTS`], or none.
#[must_use]
pub fn chance_of_change(one: u64, other: u64, level: Rational) -> Option<Chance> {
    let events = one.checked_add(other).filter(|events| (1..=MOST_EVENTS).contains(events))?;
    let from = one.max(other);
    if one == other {
        return Some(Chance { thousandths: 1000, is_likely: true });
    }
    // C(n, k) from k = n downwards: C(n, k − 1) = C(n, k) · k / (n − k + 1).
    let mut term = Whole::from(1);
    let mut tail = term.clone();
    for k in (from + 1..=events).rev() {
        term.multiply(u32::try_from(k).ok()?);
        term.divide(u32::try_from(events - k + 1).ok()?);
        tail.add(&term);
    }
    tail.multiply(2);
    let all = Whole::power_of_two(events);
    // p ≥ level: tail · denominator ≥ 2ⁿ · numerator.
    let (mut left, mut right) = (tail.clone(), all.clone());
    left.multiply(u32::try_from(level.denominator()).ok()?);
    right.multiply(u32::try_from(level.numerator()).ok()?);
    let is_likely = left.is_at_least(&right);
    tail.multiply(1000);
    Some(Chance { thousandths: tail.shifted_down(events).min(1000), is_likely })
}

/// How likely a change is by chance alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Chance {
    /// The probability in thousandths, cut off.
    pub thousandths: u32,
    /// Whether it is at least the level that was asked for.
    pub is_likely: bool,
}

/// A whole number of any size, the lowest 32 bits first.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Whole(Vec<u32>);

impl From<u32> for Whole {
    fn from(value: u32) -> Whole {
        Whole(vec![value])
    }
}

impl Whole {
    fn power_of_two(exponent: u64) -> Whole {
        let words = usize::try_from(exponent / 32).unwrap_or(0);
        let mut digits = vec![0; words];
        digits.push(1 << (exponent % 32));
        Whole(digits)
    }

    fn multiply(&mut self, factor: u32) {
        let mut carry = 0;
        for digit in &mut self.0 {
            let product = u64::from(*digit) * u64::from(factor) + carry;
            *digit = low(product);
            carry = product >> 32;
        }
        if carry > 0 {
            self.0.push(low(carry));
        }
    }

    fn divide(&mut self, by: u32) {
        let by = u64::from(by.max(1));
        let mut rest = 0;
        for digit in self.0.iter_mut().rev() {
            let part = rest << 32 | u64::from(*digit);
            *digit = low(part / by);
            rest = part % by;
        }
        self.trim();
    }

    fn add(&mut self, other: &Whole) {
        let mut carry = 0;
        for at in 0..self.0.len().max(other.0.len()) {
            let digit = |digits: &[u32]| u64::from(digits.get(at).copied().unwrap_or(0));
            let sum = digit(&self.0) + digit(&other.0) + carry;
            match self.0.get_mut(at) {
                Some(place) => *place = low(sum),
                None => self.0.push(low(sum)),
            }
            carry = sum >> 32;
        }
        if carry > 0 {
            self.0.push(low(carry));
        }
    }

    fn trim(&mut self) {
        while self.0.len() > 1 && self.0.last() == Some(&0) {
            self.0.pop();
        }
    }

    fn is_at_least(&self, other: &Whole) -> bool {
        let (mut one, mut other) = (self.clone(), other.clone());
        one.trim();
        other.trim();
        let order = one.0.len().cmp(&other.0.len()).then_with(|| one.0.iter().rev().cmp(other.0.iter().rev()));
        order.is_ge()
    }

    /// The whole part of the number over a power of two, where it is small.
    fn shifted_down(&self, exponent: u64) -> u32 {
        let word = usize::try_from(exponent / 32).unwrap_or(usize::MAX);
        let digit = |at: usize| u64::from(self.0.get(at).copied().unwrap_or(0));
        low((digit(word) | digit(word.saturating_add(1)) << 32) >> (exponent % 32))
    }
}

/// The lowest 32 bits.
#[allow(clippy::cast_possible_truncation)]
fn low(value: u64) -> u32 {
    value as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chance(one: u64, other: u64) -> Chance {
        chance_of_change(one, other, Rational::new(5, 100).unwrap()).unwrap()
    }

    #[test]
    fn small_counts_are_worked_out_by_hand() {
        // 2 · C(4, 4) / 2⁴ and 2 · (C(5, 4) + C(5, 5)) / 2⁵.
        assert_eq!(chance(4, 0).thousandths, 125);
        assert_eq!(chance(1, 4).thousandths, 375);
        assert_eq!(chance(3, 3).thousandths, 1000);
        // 2 · (C(3, 2) + C(3, 3)) / 2³ is 1.
        assert_eq!(chance(1, 2).thousandths, 1000);
        assert_eq!(chance(10, 0), Chance { thousandths: 1, is_likely: false });
        assert_eq!(chance(5, 0), Chance { thousandths: 62, is_likely: true });
        assert_eq!(chance(6, 0), Chance { thousandths: 31, is_likely: false });
    }

    #[test]
    fn agrees_with_sums_in_128_bits() {
        for one in 0..40u64 {
            for other in 0..40u64 {
                let events = one + other;
                if events == 0 || one == other {
                    continue;
                }
                let mut row = vec![1u128];
                for _ in 0..events {
                    let next = row.windows(2).map(|pair| pair[0] + pair[1]);
                    row = std::iter::once(1).chain(next).chain([1]).collect();
                }
                let from = usize::try_from(one.max(other)).unwrap();
                let tail: u128 = 2 * row[from..].iter().sum::<u128>();
                let thousandths = ((tail * 1000) >> events).min(1000);
                let found = chance(one, other);
                assert_eq!(u128::from(found.thousandths), thousandths, "{one} {other}");
                assert_eq!(found.is_likely, tail * 20 >= 1 << events, "{one} {other}");
            }
        }
    }

    #[test]
    fn the_chance_falls_as_counts_part() {
        let mut last = 1000;
        for more in 0..120 {
            let found = chance(800, 800 + more);
            assert!(found.thousandths <= last);
            last = found.thousandths;
        }
        assert!(chance(800, 860).is_likely);
        assert!(!chance(800, 900).is_likely);
        assert_eq!(chance_of_change(MOST_EVENTS, 1, Rational::ONE), None);
        assert_eq!(chance_of_change(0, 0, Rational::ONE), None);
    }
}
