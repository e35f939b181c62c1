//! Figures: what a printed one may stand for, and whether several of them agree.
//!
//! Pure computation on exact fractions and intervals; no rule, no file, no float. A check in here
//! answers "holds", "wrong" or "not evaluated", and says "wrong" only when no reading of the
//! printed figures makes them agree.
//!
//! ```
//! use planlint::arithmetic::{Attainment, Better, Quantity, Rational, attainment};
//!
//! let tolerance = Rational::new(1, 10).ok_or("no fraction")?;
//! let target = Quantity::parse("24回").map_err(|_| "no quantity")?;
//! let actual = Quantity::parse("16回").map_err(|_| "no quantity")?;
//! match attainment(&target, &actual, Better::Higher, tolerance) {
//!     Attainment::Ratio(ratio) => assert_eq!(ratio.to_string(), "66.7％（16/24）"),
//!     other => return Err(format!("{other:?}")),
//! }
//! # Ok::<(), String>(())
//! ```

mod absence;
mod attainment;
mod balance;
mod cause;
mod chance;
mod figure;
mod interval;
mod number;
mod operation;
mod policy;
mod quantity;
mod rate;
mod rational;
mod remainder;
mod repair;
mod rounding;
mod share;
mod spelling;
mod sum;
mod swap;
mod table;
mod unit;
mod words;

pub use absence::{NotAQuantity, NullMarker};
pub use attainment::{Attainment, Better, Incomparable, Ratio, attainment};
pub use cause::Cause;
pub use chance::{Chance, MOST_EVENTS, chance_of_change};
pub use figure::Figure;
pub use interval::{Bound, Interval};
pub use number::{Digits, Grouping};
pub use policy::{Policy, PolicySet};
pub use quantity::{Form, Period, Quantity, Tally};
pub use rate::{Change, RateGap, RateVerdict, check_growth, check_quotient};
pub use rational::{MOST_DECIMALS, Rational};
pub use rounding::Rounding;
pub use share::{Share, ShareCell, ShareGap, ShareVerdict, WrongShare, check_shares, fitting_base, fitting_policies, share_decimals};
pub use sum::{Part, SumGap, SumVerdict, check_total, may_lie_within};
pub use table::{Culprits, Equation, Fault, MOST_SETS, Repair, TableGap, TableVerdict, check_table};
pub use unit::{is_measured, is_scaled, normal as normal_unit};
