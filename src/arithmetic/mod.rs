//! Figures: what a printed one may stand for, and whether several of them agree.
//!
//! Pure computation on exact fractions and intervals; no rule, no file, no float. A check in here
//! answers "holds", "wrong" or "not evaluated", and says "wrong" only when no reading of the
//! printed figures makes them agree.

mod absence;
mod interval;
mod number;
mod quantity;
mod rational;
mod spelling;
mod unit;

pub use absence::{NotAQuantity, NullMarker, SpreadsheetError};
pub use interval::{Bound, Interval};
pub use number::{Digits, Grouping};
pub use quantity::{Form, Period, Quantity, Tally};
pub use rational::{MOST_DECIMALS, Rational, Rounding};
pub use unit::{is_measured, normal as normal_unit};
