//! Why a total differs from its parts: the slips that are tried, in their order.

use super::figure::Figure;
use super::interval::Interval;
use super::rational::Rational;
use super::sum::Part;
use super::swap;

/// Why a total differs, in the order in which explanations are tried. Places are indices into the
/// parts as they were given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cause {
    /// These figures lie within others and were added nevertheless.
    MemoRowAdded {
        /// All of them together.
        which: Vec<usize>,
    },
    /// A part was not added.
    PartLeftOut {
        /// Each of them explains the difference by itself.
        one_of: Vec<usize>,
    },
    /// A part was added twice.
    PartCountedTwice {
        /// Each of them explains the difference by itself.
        one_of: Vec<usize>,
    },
    /// Two digits of one figure changed places.
    DigitsSwapped {
        /// The part, or `None` for the total itself.
        part: Option<usize>,
        /// The figure with the digits back in place.
        right: Rational,
    },
    /// The total belongs to a neighbouring column or row.
    NeighbouringColumn {
        /// An index into the neighbours as they were given.
        which: usize,
    },
    /// None of these.
    Differs,
}

/// A total that failed, while its cause is looked for.
pub(super) struct Sum<'a> {
    pub total: &'a Figure,
    pub parts: &'a [Part],
    pub computed: Interval,
}

impl Sum<'_> {
    pub(super) fn cause(&self, neighbours: &[Figure]) -> Cause {
        self.memo_row_added()
            .or_else(|| {
                let one_of = self.parts_that_explain(|sum, part| sum - part);
                (!one_of.is_empty()).then_some(Cause::PartLeftOut { one_of })
            })
            .or_else(|| {
                let one_of = self.parts_that_explain(|sum, part| sum + part);
                (!one_of.is_empty()).then_some(Cause::PartCountedTwice { one_of })
            })
            .or_else(|| self.digits_swapped())
            .or_else(|| self.neighbour(neighbours))
            .unwrap_or(Cause::Differs)
    }

    /// Whether the total is `sum`, so closely that the explanation says more than the vagueness
    /// of the figures: what was moved must outweigh it.
    fn explains(&self, sum: Interval, moved: Interval) -> bool {
        let vague = || self.total.interval.width()?.checked_add(sum.width()?);
        let outweighs =
            |vague: Rational| moved.entirely_above(Interval::exact(vague)) || moved.entirely_below(Interval::exact(vague.negated()));
        self.total.interval.meets(sum) && vague().is_some_and(outweighs)
    }

    /// Figures within others that were added: one of them, or all.
    fn memo_row_added(&self) -> Option<Cause> {
        let memos = || {
            self.parts.iter().enumerate().filter_map(|(at, part)| part.figure.filter(|_| part.within).map(|figure| (at, figure.interval)))
        };
        let one = memos().find(|&(_, memo)| self.explains(self.computed + memo, memo));
        if let Some((at, _)) = one {
            return Some(Cause::MemoRowAdded { which: vec![at] });
        }
        let all = memos().fold(Interval::exact(Rational::ZERO), |sum, (_, memo)| sum + memo);
        let explained = memos().count() > 1 && self.explains(self.computed + all, all);
        explained.then(|| Cause::MemoRowAdded { which: memos().map(|(at, _)| at).collect() })
    }

    fn parts_that_explain(&self, sum: fn(Interval, Interval) -> Interval) -> Vec<usize> {
        let explains = |part: &Part| {
            let figure = part.figure.filter(|_| !part.within);
            figure.is_some_and(|figure| self.explains(sum(self.computed, figure.interval), figure.interval))
        };
        let found = self.parts.iter().enumerate().filter(|(_, part)| explains(part));
        found.map(|(at, _)| at).collect()
    }

    fn digits_swapped(&self) -> Option<Cause> {
        let right_total = swap::swaps(self.total)
            .find(|right| right.meets(self.computed) && self.is_sharp(self.total))
            .map(|right| Cause::DigitsSwapped { part: None, right: right.value() });
        right_total.or_else(|| {
            self.parts.iter().enumerate().find_map(|(at, part)| {
                let figure = part.figure.filter(|figure| !part.within && self.is_sharp(figure))?;
                let others = self.computed_without(at);
                let right = swap::swaps(&figure).find(|right| self.total.interval.meets(others + right.interval()))?;
                Some(Cause::DigitsSwapped { part: Some(at), right: right.value() })
            })
        })
    }

    /// Whether the sum is known to the last digit of the figure, so that a swap says something.
    fn is_sharp(&self, figure: &Figure) -> bool {
        let step = Rational::step(figure.decimals);
        let vague = self.computed.width().and_then(|width| width.checked_add(self.total.interval.width()?));
        step.zip(vague).is_some_and(|(step, vague)| step.checked_mul(Rational::integer(9)).is_some_and(|nine| vague < nine))
    }

    fn computed_without(&self, left_out: usize) -> Interval {
        self.parts
            .iter()
            .enumerate()
            .filter(|&(at, part)| at != left_out && !part.within)
            .filter_map(|(_, part)| part.figure)
            .fold(Interval::exact(Rational::ZERO), |sum, figure| sum + figure.interval)
    }

    fn neighbour(&self, neighbours: &[Figure]) -> Option<Cause> {
        neighbours.iter().position(|neighbour| neighbour.value == self.total.value).map(|which| Cause::NeighbouringColumn { which })
    }
}
