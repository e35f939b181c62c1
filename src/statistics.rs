//! How wide chance alone makes a count.
//!
//! Deaths, accidents and other rare events of a year vary from year to year even where nothing has
//! changed. The width is that of the exact interval of the Poisson distribution (Garwood, 1936):
//! for `n` events the mean `m` lies between the value under which `n` or more events have the
//! probability `α/2` and the value under which `n` or fewer have it. A rate follows its count.
//!
//! The figures are shown to people and decide nothing; that is why there are floats in here, and
//! nowhere in [`crate::arithmetic`].

/// An interval of the mean of a count.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ChanceInterval {
    /// Its lower end.
    pub lower: f64,
    /// Its upper end.
    pub upper: f64,
}

/// The share of years in which such an interval holds the mean: 95%.
pub const CONFIDENCE: f64 = 0.95;

/// The largest count for which the interval is computed.
pub const MOST_EVENTS: u64 = 10_000_000;

/// Halvings of an interval until its ends no longer differ as floats.
const HALVINGS: u32 = 200;

/// The exact 95% interval of the mean of a count; nothing for a count above [`MOST_EVENTS`].
///
/// ```
/// let interval = planlint::statistics::poisson_interval(10).ok_or("too large")?;
/// assert!((interval.lower - 4.795).abs() < 0.001 && (interval.upper - 18.391).abs() < 0.001);
/// # Ok::<(), &str>(())
/// ```
#[must_use]
pub fn poisson_interval(events: u64) -> Option<ChanceInterval> {
    if events > MOST_EVENTS {
        return None;
    }
    let tail = (1.0 - CONFIDENCE) / 2.0;
    let count = events as f64;
    let most = count + 10.0 * (count.sqrt() + 1.0);
    let lower = if events == 0 { 0.0 } else { solve(0.0, count, |mean| upper_tail(count, mean) < tail) };
    let upper = solve(count, most, |mean| 1.0 - upper_tail(count + 1.0, mean) > tail);
    Some(ChanceInterval { lower, upper })
}

/// The same for a rate that was made of the count: both ends in the rate's unit.
#[must_use]
pub fn rate_interval(events: u64, rate: f64) -> Option<ChanceInterval> {
    if events == 0 || !rate.is_finite() || rate <= 0.0 {
        return None;
    }
    let per_event = rate / events as f64;
    let interval = poisson_interval(events)?;
    Some(ChanceInterval { lower: interval.lower * per_event, upper: interval.upper * per_event })
}

/// The place between two values where a condition that holds at the first stops to hold.
fn solve(mut from: f64, mut to: f64, holds: impl Fn(f64) -> bool) -> f64 {
    for _ in 0..HALVINGS {
        let middle = f64::midpoint(from, to);
        if middle <= from || middle >= to {
            break;
        }
        if holds(middle) {
            from = middle;
        } else {
            to = middle;
        }
    }
    f64::midpoint(from, to)
}

/// The probability of `count` or more events where the mean is `mean`: the lower regularised
/// incomplete gamma function P(count, mean), by its series below the mean and by its continued
/// fraction above. Source: NIST Digital Library of Mathematical Functions, 8.7.1 and 8.9.2.
fn upper_tail(count: f64, mean: f64) -> f64 {
    if mean <= 0.0 {
        return 0.0;
    }
    let scale = (count * mean.ln() - mean - ln_gamma(count)).exp();
    if mean < count + 1.0 {
        let mut term = 1.0 / count;
        let mut sum = term;
        let mut at = count;
        while term > sum * f64::EPSILON {
            at += 1.0;
            term *= mean / at;
            sum += term;
        }
        scale * sum
    } else {
        1.0 - scale * continued_fraction(count, mean)
    }
}

/// Lentz's method.
fn continued_fraction(count: f64, mean: f64) -> f64 {
    let tiny = f64::MIN_POSITIVE / f64::EPSILON;
    let mut b = mean + 1.0 - count;
    let mut c = 1.0 / tiny;
    let mut d = 1.0 / b;
    let mut value = d;
    for index in 1..100_000u32 {
        let step = f64::from(index);
        let a = -step * (step - count);
        b += 2.0;
        d = a * d + b;
        d = 1.0 / if d.abs() < tiny { tiny } else { d };
        c = b + a / c;
        c = if c.abs() < tiny { tiny } else { c };
        let change = d * c;
        value *= change;
        if (change - 1.0).abs() < f64::EPSILON {
            break;
        }
    }
    value
}

/// The logarithm of the gamma function above 0: Stirling's series, begun high enough for its first
/// terms to do. Source: NIST Digital Library of Mathematical Functions, 5.11.1.
fn ln_gamma(value: f64) -> f64 {
    let mut at = value;
    let mut product = 1.0;
    while at < 12.0 {
        product *= at;
        at += 1.0;
    }
    let square = 1.0 / (at * at);
    let series = (1.0 / 12.0 - square * (1.0 / 360.0 - square * (1.0 / 1260.0 - square / 1680.0))) / at;
    (at - 0.5) * at.ln() - at + 0.5 * (2.0 * std::f64::consts::PI).ln() + series - product.ln()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_the_exact_interval() {
        // Values of the chi-squared distribution, halved; the first ones stand in many textbooks.
        for (events, lower, upper) in
            [(0, 0.0, 3.6889), (1, 0.0253, 5.5716), (5, 1.6235, 11.6683), (10, 4.7954, 18.3904), (50, 37.1110, 65.9188), (100, 81.3639, 121.6270)]
        {
            let interval = poisson_interval(events).unwrap();
            assert!((interval.lower - lower).abs() < 0.001, "{events}: {interval:?}");
            assert!((interval.upper - upper).abs() < 0.001, "{events}: {interval:?}");
        }
    }

    #[test]
    fn narrows_with_the_count() {
        let width = |events: u64| {
            let interval = poisson_interval(events).unwrap();
            (interval.upper - interval.lower) / events as f64
        };
        let mut last = f64::INFINITY;
        for events in [1, 3, 20, 87, 400, 30_000, 2_000_000] {
            assert!(width(events) < last, "{events}");
            last = width(events);
        }
        assert_eq!(poisson_interval(MOST_EVENTS + 1), None);
    }

    #[test]
    fn a_rate_follows_its_count() {
        let interval = rate_interval(87, 17.5).unwrap();
        assert!((interval.lower - 14.02).abs() < 0.01 && (interval.upper - 21.59).abs() < 0.01, "{interval:?}");
        assert_eq!(rate_interval(0, 1.0), None);
        assert_eq!(rate_interval(3, f64::NAN), None);
    }
}
