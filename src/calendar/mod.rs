//! Calendar of public plans: Japanese eras, fiscal years, weekdays, and dates as people write them.
//!
//! Pure: no clock, no input or output, no knowledge of rules. Dates are civil dates of the
//! Gregorian calendar ([`jiff::civil::Date`]); a fiscal year runs from 1 April to 31 March.

mod era;
mod month;
mod prose;
mod prose_next;
mod prose_read;
mod read;
mod written;
mod year;

pub use era::{Era, InEra, in_era};
pub use month::{WrittenMonth, parse_month};
pub use prose::{DateKind, DatePart, FoundDate, FoundDates, find_dates, may_hold_months};
pub use written::{DateError, DateStyle, WrittenDate, parse_date, parse_weekday, weekday_kanji, weekday_matches};
pub use year::{FiscalYear, parse_fiscal_year};

pub use jiff::civil::{Date, Weekday};
