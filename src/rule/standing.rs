//! How the actuals of an entry stand to their targets, for several rules at once.

use std::cell::OnceCell;

use super::Reason;
use crate::arithmetic::Ratio;

/// How an actual stands to its target.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Standing {
    /// So much of it was attained.
    Ratio(Ratio),
    /// A bound or range was met.
    Met,
    /// A bound or range was missed; with a ratio where more is better (20 against 50以上).
    Missed(Option<Ratio>),
    /// Rounding or vagueness leaves it open; whether it is met as printed.
    Open(bool),
    /// The two are not compared.
    Unlike(Reason),
}

/// The standings of the counts of one entry that have both figures, in their order: computed once.
#[derive(Debug, Default)]
pub struct Standings(OnceCell<Vec<Standing>>);

impl Standings {
    /// The standings, computed where they are not known yet.
    pub fn or_else(&self, compute: impl FnOnce() -> Vec<Standing>) -> &[Standing] {
        self.0.get_or_init(compute)
    }
}
