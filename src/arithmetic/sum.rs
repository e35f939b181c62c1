//! Totals: does a total agree with its parts, and if not, why.
//!
//! Judges one total at a time. A table with totals both ways is the business of `table`.

use super::cause::{Cause, Sum};
use super::figure::Figure;
use super::interval::Interval;
use super::rational::Rational;

/// A figure under a total.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Part {
    /// The figure; `None` when it is missing.
    pub figure: Option<Figure>,
    /// Whether it lies within another part (再掲, うち) and is therefore not added.
    pub within: bool,
}

impl Part {
    /// A part that is added.
    #[must_use]
    pub const fn added(figure: Option<Figure>) -> Part {
        Part { figure, within: false }
    }

    /// A figure within another, which is not added.
    #[must_use]
    pub const fn within(figure: Option<Figure>) -> Part {
        Part { figure, within: true }
    }
}

/// Whether a total agrees with its parts.
#[derive(Clone, Debug, PartialEq)]
pub enum SumVerdict {
    /// The total and the sum may be the same.
    Holds,
    /// Nothing can be said.
    NotEvaluated(SumGap),
    /// No reading of the figures makes them agree.
    Wrong {
        /// The first explanation that fits exactly.
        cause: Cause,
        /// What the parts add up to; a lower bound when a part is missing.
        computed: Interval,
        /// The printed total less the sum of the printed parts.
        difference: Rational,
    },
}

/// Why a total was not evaluated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SumGap {
    /// There is no part to add.
    NoParts,
    /// All parts are missing.
    AllPartsMissing,
    /// A part is missing and the others do not exceed the total.
    PartMissing,
    /// A figure is too large for exact computation.
    TooLarge,
}

/// Compares a total with its parts. `neighbours` are the totals that stand, or ought to stand, in
/// the columns or rows beside it; they only serve to explain a difference.
///
/// Counts are never negative, so a missing part makes the sum a lower bound, unless a part that is
/// there is negative.
#[must_use]
pub fn check_total(total: &Figure, parts: &[Part], neighbours: &[Figure]) -> SumVerdict {
    let added = || parts.iter().filter(|part| !part.within);
    let Some((computed, printed)) = add(added().filter_map(|part| part.figure)) else {
        return SumVerdict::NotEvaluated(SumGap::TooLarge);
    };
    let missing = added().filter(|part| part.figure.is_none()).count();
    match (added().count(), missing) {
        (0, _) => return SumVerdict::NotEvaluated(SumGap::NoParts),
        (all, gone) if all == gone => return SumVerdict::NotEvaluated(SumGap::AllPartsMissing),
        _ => {}
    }
    let Some(difference) = total.value.checked_sub(printed) else {
        return SumVerdict::NotEvaluated(SumGap::TooLarge);
    };
    if missing > 0 {
        let at_least = computed + Interval::NOT_NEGATIVE;
        let signed = added().filter_map(|part| part.figure).any(|part| part.value.is_negative());
        if signed || !total.interval.entirely_below(at_least) {
            return SumVerdict::NotEvaluated(SumGap::PartMissing);
        }
        return SumVerdict::Wrong { cause: Cause::Differs, computed: at_least, difference };
    }
    if total.interval.meets(computed) {
        return SumVerdict::Holds;
    }
    let sum = Sum { total, parts, computed };
    SumVerdict::Wrong { cause: sum.cause(neighbours), computed, difference }
}

/// Whether a figure may lie within another: `false` only when all it stands for exceeds it.
#[must_use]
pub fn may_lie_within(inner: &Figure, whole: &Figure) -> bool {
    !inner.interval.entirely_above(whole.interval)
}

/// The sum of what the figures stand for and the sum of what they print.
fn add(figures: impl Iterator<Item = Figure>) -> Option<(Interval, Rational)> {
    let mut interval = Interval::exact(Rational::ZERO);
    let mut printed = Rational::ZERO;
    for figure in figures {
        interval = interval + figure.interval;
        printed = printed.checked_add(figure.value)?;
    }
    Some((interval, printed))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(added: &[i64], within: &[i64]) -> Vec<Part> {
        let added = added.iter().map(|&n| Part::added(Some(Figure::whole(n))));
        added.chain(within.iter().map(|&n| Part::within(Some(Figure::whole(n))))).collect()
    }

    fn cause(total: i64, parts: &[Part]) -> Cause {
        match check_total(&Figure::whole(total), parts, &[]) {
            SumVerdict::Wrong { cause, .. } => cause,
            other => panic!("{other:?}"),
        }
    }

    fn tenths(units: i128) -> Figure {
        Figure::decimal(Rational::from_decimal(units, 1).unwrap(), 1)
    }

    #[test]
    fn a_row_within_another_is_not_added() {
        let parts = parts(&[4, 9, 2], &[3]);
        assert_eq!(check_total(&Figure::whole(15), &parts, &[]), SumVerdict::Holds);
        assert_eq!(
            check_total(&Figure::whole(18), &parts, &[]),
            SumVerdict::Wrong {
                cause: Cause::MemoRowAdded { which: vec![3] },
                computed: Interval::exact(Rational::integer(15)),
                difference: Rational::integer(3),
            }
        );
    }

    #[test]
    fn names_the_first_cause_that_explains_the_difference() {
        let both = parts(&[40, 9, 21], &[3, 5]);
        assert_eq!(cause(78, &both), Cause::MemoRowAdded { which: vec![3, 4] });
        let three = parts(&[40, 9, 21], &[]);
        assert_eq!(cause(61, &three), Cause::PartLeftOut { one_of: vec![1] });
        assert_eq!(cause(91, &three), Cause::PartCountedTwice { one_of: vec![2] });
        assert_eq!(cause(71, &three), Cause::Differs);
        let twins = parts(&[9, 40, 9], &[]);
        assert_eq!(cause(49, &twins), Cause::PartLeftOut { one_of: vec![0, 2] });
    }

    #[test]
    fn finds_swapped_digits_in_the_total_and_in_a_part() {
        let three = parts(&[140, 109, 66], &[]);
        let swapped = |part, right| Cause::DigitsSwapped { part, right: Rational::integer(right) };
        assert_eq!(cause(351, &three), swapped(None, 315));
        // 190 for 109: the total is right, a part is not.
        assert_eq!(cause(315, &parts(&[140, 190, 66], &[])), swapped(Some(1), 109));
    }

    #[test]
    fn finds_the_total_of_a_neighbour() {
        let three = parts(&[140, 109, 66], &[]);
        let verdict = check_total(&Figure::whole(420), &three, &[Figure::whole(7), Figure::whole(420)]);
        assert!(matches!(verdict, SumVerdict::Wrong { cause: Cause::NeighbouringColumn { which: 1 }, .. }));
    }

    #[test]
    fn a_missing_part_makes_the_sum_a_lower_bound() {
        let mut some = parts(&[4, 9], &[]);
        some.push(Part::added(None));
        let gap = SumVerdict::NotEvaluated(SumGap::PartMissing);
        assert_eq!(check_total(&Figure::whole(20), &some, &[]), gap);
        assert_eq!(check_total(&Figure::whole(13), &some, &[]), gap);
        assert!(matches!(check_total(&Figure::whole(12), &some, &[]), SumVerdict::Wrong { cause: Cause::Differs, .. }));
        some.push(Part::added(Some(Figure::whole(-4))));
        assert_eq!(check_total(&Figure::whole(2), &some, &[]), gap);
        let nothing = [Part::added(None)];
        assert_eq!(check_total(&Figure::whole(2), &nothing, &[]), SumVerdict::NotEvaluated(SumGap::AllPartsMissing));
        assert_eq!(check_total(&Figure::whole(2), &[], &[]), SumVerdict::NotEvaluated(SumGap::NoParts));
    }

    #[test]
    fn rounded_parts_add_up_within_their_rounding() {
        let thirds: Vec<Part> = [333, 333, 333].map(|n| Part::added(Some(tenths(n)))).to_vec();
        assert_eq!(check_total(&tenths(1000), &thirds, &[]), SumVerdict::Holds);
        assert_eq!(check_total(&tenths(998), &thirds, &[]), SumVerdict::Holds);
        assert!(matches!(check_total(&tenths(1002), &thirds, &[]), SumVerdict::Wrong { .. }));
        let left_out: Vec<Part> = [333, 333, 100].map(|n| Part::added(Some(tenths(n)))).to_vec();
        assert!(matches!(check_total(&tenths(666), &left_out, &[]), SumVerdict::Wrong { cause: Cause::PartLeftOut { .. }, .. }));
    }

    #[test]
    fn what_is_about_explains_nothing_but_may_agree() {
        let about = Figure { interval: Interval::closed(Rational::integer(900), Rational::integer(1100)), ..Figure::whole(1000) };
        let some = [Part::added(Some(about)), Part::added(Some(Figure::whole(50)))];
        assert_eq!(check_total(&Figure::whole(1100), &some, &[]), SumVerdict::Holds);
        assert_eq!(
            check_total(&Figure::whole(930), &some, &[]),
            SumVerdict::Wrong {
                cause: Cause::Differs,
                computed: Interval::closed(Rational::integer(950), Rational::integer(1150)),
                difference: Rational::integer(-120),
            }
        );
    }

    #[test]
    fn a_figure_within_another_is_no_more_than_it() {
        assert!(may_lie_within(&Figure::whole(3), &Figure::whole(3)));
        assert!(!may_lie_within(&Figure::whole(4), &Figure::whole(3)));
        assert!(may_lie_within(&tenths(31), &tenths(30)));
        assert!(!may_lie_within(&tenths(32), &tenths(30)));
    }
}
