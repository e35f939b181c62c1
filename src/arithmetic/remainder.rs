//! What each policy would print for a row of shares; largest remainder among them.

use super::rational::Rational;
use super::rounding::Rounding;
use super::share::ShareCell;

/// What a policy would print.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Right {
    pub value: Rational,
    /// The higher value, where remainders are equal and either may stand.
    pub or: Option<Rational>,
}

/// Each percentage at its own printed decimals.
pub(super) fn rounded(cells: &[ShareCell], percents: &[Rational], rounding: Rounding) -> Option<Vec<Right>> {
    let right = |(cell, percent): (&ShareCell, &Rational)| {
        let decimals = cell.share.map_or(0, |share| share.decimals);
        Some(Right { value: percent.round(decimals, rounding)?, or: None })
    };
    cells.iter().zip(percents).map(right).collect()
}

/// The percentages by largest remainder, and how many of the cells with equal remainders take the
/// higher value. `None` when the parts do not make up the total.
pub(super) fn to_100(cells: &[ShareCell], percents: &[Rational], total: Rational, decimals: u8) -> Option<(Vec<Right>, usize)> {
    let parts = || cells.iter().zip(percents).filter(|(cell, _)| cell.part);
    let sum = parts().try_fold(Rational::ZERO, |sum, (cell, _)| sum.checked_add(cell.count))?;
    if sum != total {
        return None;
    }
    let cut = |percent: &Rational| percent.truncate(decimals);
    let floors = parts().try_fold(Rational::ZERO, |sum, (_, percent)| sum.checked_add(cut(percent)?))?;
    let lacking = Rational::HUNDRED.checked_sub(floors)?.units(decimals, Rounding::Truncate)?;
    let lacking = usize::try_from(lacking).ok()?;
    let mut remainders: Vec<Rational> = parts().map(|(_, percent)| percent.checked_sub(cut(percent)?)).collect::<Option<_>>()?;
    remainders.sort_unstable_by(|a, b| b.cmp(a));
    // The smallest remainder that still gets a unit, and whether others equal to it do not.
    let last = lacking.checked_sub(1).and_then(|at| remainders.get(at)).copied();
    let shared = last.is_some() && remainders.get(lacking).copied() == last;
    let above = remainders.iter().filter(|&&remainder| Some(remainder) > last).count();
    let step = Rational::step(decimals)?;
    let right = |(cell, percent): (&ShareCell, &Rational)| {
        let low = cut(percent)?;
        if !cell.part {
            return Some(Right { value: percent.round_half_up(decimals)?, or: None });
        }
        let high = low.checked_add(step)?;
        let remainder = percent.checked_sub(low)?;
        Some(match last {
            Some(last) if remainder == last && shared => Right { value: low, or: Some(high) },
            Some(last) if remainder >= last => Right { value: high, or: None },
            _ => Right { value: low, or: None },
        })
    };
    let rights = cells.iter().zip(percents).map(right).collect::<Option<Vec<_>>>()?;
    Some((rights, if shared { lacking - above } else { 0 }))
}
