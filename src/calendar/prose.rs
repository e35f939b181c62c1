//! Dates inside running text.
//!
//! What is ambiguous yields nothing: a bare `6日` or `3年`, `1/9`, a month of a year that is only
//! hinted at (翌年3月, 毎年9月), durations (3月以内), telephone and section numbers.

use std::ops::Range;

use jiff::civil::{Date, Weekday};

use super::era::Era;
use super::written::{self, DateError, DateStyle};
use super::year::FiscalYear;
use super::{prose_next, prose_read, read};

/// What a found date states.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DateKind {
    /// 令和6年10月25日
    Day,
    /// 10月25日
    DayWithoutYear,
    /// 令和8年2月
    Month,
    /// 10月
    MonthWithoutYear,
    /// 令和6年9月末
    MonthEnd,
    /// 9月末
    MonthEndWithoutYear,
    /// 令和6年, 2024年: the calendar year
    Year,
    /// 令和6年度
    FiscalYear,
    /// 令和6年度末
    FiscalYearEnd,
}

/// Whether a found date is one end of a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DatePart {
    /// It stands alone or in an enumeration.
    Single,
    /// The first end (`9月6` of 9月6～8日).
    First,
    /// The last end (`8日` of 9月6～8日).
    Last,
}

/// A date in a text. Year and month may be taken from the other end of a period or from the
/// enumeration it stands in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundDate {
    /// Where it stands, with its weekday.
    pub range: Range<usize>,
    /// What it states.
    pub kind: DateKind,
    /// Which end of a period it is.
    pub part: DatePart,
    /// How it is written.
    pub style: DateStyle,
    /// The era, if it is written in one.
    pub era: Option<Era>,
    /// The calendar year, or the fiscal year for [`DateKind::FiscalYear`] and its end.
    pub year: Option<i16>,
    /// The month as written.
    pub month: Option<u8>,
    /// The day of the month as written.
    pub day: Option<u8>,
    /// The weekday written behind the day.
    pub weekday: Option<Weekday>,
    /// Where the kanji of the weekday stands.
    pub weekday_range: Option<Range<usize>>,
    /// The year or month is not written here but taken from the date before.
    pub inherited: bool,
}

impl FoundDate {
    /// Whether the calendar and the era have it; the day, if year and day are known.
    ///
    /// # Errors
    /// [`DateError::Impossible`] and [`DateError::OutsideEra`].
    pub fn check(&self) -> Result<Option<Date>, DateError> {
        match self.month {
            Some(month) => written::check(self.year, self.era, month, self.day),
            None => Ok(None),
        }
    }

    /// The day it states, if it states one with its year and the calendar has it.
    pub fn date(&self) -> Option<Date> {
        self.check().ok().flatten()
    }

    /// The first and last day it can stand for. A date without year is looked up in `within`,
    /// usually the fiscal year of the report.
    pub fn days(&self, within: Option<FiscalYear>) -> Option<(Date, Date)> {
        self.check().ok()?;
        if matches!(self.kind, DateKind::FiscalYear | DateKind::FiscalYearEnd) {
            let year = FiscalYear::new(self.year?)?;
            let first = match self.kind {
                DateKind::FiscalYear => year.first_day(),
                _ => year.last_day(),
            };
            return Some((first, year.last_day()));
        }
        let Some(month) = self.month.and_then(|month| i8::try_from(month).ok()) else {
            let year = Date::new(self.year?, 1, 1).ok()?;
            return Some((year, year.last_of_year()));
        };
        let year = self.year.or_else(|| within.map(|within| within.year_of_month(month)))?;
        let first = Date::new(year, month, 1).ok()?;
        if let Some(day) = self.day {
            let day = Date::new(year, month, i8::try_from(day).ok()?).ok()?;
            return Some((day, day));
        }
        match self.kind {
            DateKind::MonthEnd | DateKind::MonthEndWithoutYear => Some((first.last_of_month(), first.last_of_month())),
            _ => Some((first, first.last_of_month())),
        }
    }
}

/// The dates in a text, in order. See [`find_dates`].
#[derive(Clone, Debug)]
pub struct FoundDates<'t> {
    text: &'t str,
    at: usize,
    pending: Option<FoundDate>,
}

/// Finds the dates in running text: 和暦 and Western, digits of both widths, with and without
/// weekday or year, months, ends of months, fiscal years. Periods (9月6～8日) and enumerations
/// (10月6日、13日) yield one date for each end or member. Allocates nothing.
pub fn find_dates(text: &str) -> FoundDates<'_> {
    FoundDates { text, at: 0, pending: None }
}

/// Whether a text may hold a date with a month: 月, or a separator of numbers.
#[must_use]
pub fn may_hold_months(text: &str) -> bool {
    let bytes = text.as_bytes();
    // The second byte of 月 is rarer than its first; －, ．, ／
    memchr::memchr3(b'-', b'/', b'.', bytes).is_some()
        || memchr::memchr_iter(0x9C, bytes).any(|at| bytes[..at].last() == Some(&0xE6) && bytes.get(at + 1) == Some(&0x88))
        || memchr::memchr_iter(0xEF, bytes).any(|at| matches!(bytes[at..], [_, 0xBC, 0x8D..=0x8F, ..]))
}

impl Iterator for FoundDates<'_> {
    type Item = FoundDate;

    fn next(&mut self) -> Option<FoundDate> {
        let mut found = match self.pending.take() {
            Some(found) => found,
            None => self.scan()?,
        };
        self.at = found.range.end;
        if let Some((mut next, period)) = prose_next::follow(self.text, &found) {
            if period && found.part == DatePart::Single {
                found.part = DatePart::First;
                next.part = DatePart::Last;
            }
            self.pending = Some(next);
        }
        Some(found)
    }
}

/// What a lead byte says of the place where it stands: no date begins there, or one may.
#[derive(Clone, Copy)]
struct Lead {
    length: u8,
    /// A date may begin there, whatever follows.
    open: bool,
    /// With one of these second bytes, as bits: 0x80 is the first.
    second: u64,
}

static LEADS: [Lead; 256] = {
    let mut leads = [Lead { length: 1, open: false, second: 0 }; 256];
    let mut byte = 0xC0;
    while byte < 256 {
        leads[byte].length = if byte < 0xE0 { 2 } else { 4 - (byte < 0xF0) as u8 };
        byte += 1;
    }
    let mut digit = b'0';
    while digit <= b'9' {
        leads[digit as usize].open = true;
        digit += 1;
    }
    leads[b'R' as usize].open = true;
    leads[b'H' as usize].open = true;
    leads[b'S' as usize].open = true;
    // ㋿, ㍾ to ㍻; 令; 平, 大; 昭, 明; full-width forms.
    leads[0xE3].second = 1 << 0x0B | 1 << 0x0D;
    leads[0xE4].second = 1 << 0x3B;
    leads[0xE5].second = 1 << 0x39 | 1 << 0x24;
    leads[0xE6].second = 1 << 0x18;
    leads[0xEF].second = 1 << 0x3C;
    leads
};

/// The next place where a date may begin: most characters are passed over by their first two bytes.
#[inline]
fn next_candidate(bytes: &[u8], mut at: usize) -> usize {
    while let Some(&byte) = bytes.get(at) {
        let lead = LEADS[byte as usize];
        let second = || bytes.get(at + 1).is_some_and(|second| lead.second >> (second & 0x3F) & 1 == 1);
        if lead.open || (lead.second != 0 && second()) {
            break;
        }
        at += lead.length as usize;
    }
    at
}

impl FoundDates<'_> {
    fn scan(&mut self) -> Option<FoundDate> {
        let bytes = self.text.as_bytes();
        loop {
            self.at = next_candidate(bytes, self.at);
            let at = self.at;
            // Most characters begin no date, and can be told from their bytes.
            let (length, starts) = match bytes.get(at..)? {
                [] => return None,
                [b'0'..=b'9', ..] => (1, Some(true)),
                [b'R' | b'H' | b'S', ..] => (1, prose_read::letter_era(bytes, at).then_some(false)),
                [0..=0xBF, ..] => (1, None),
                [0xE3, 0x80..=0x8A | 0x8C, ..] | [0xE7..=0xE9, ..] => (3, None),
                [0xE3..=0xE6, ..] if !read::begins_era(bytes, at) => (3, None),
                [0xE3..=0xE6, ..] => (3, prose_read::named_era(bytes, at).then_some(false)),
                [0xEF, 0xBC, 0x90..=0x99, ..] => (3, Some(true)),
                [0xEF, 0xBC, ..] => (3, prose_read::letter_era(bytes, at).then_some(false)),
                [0xE0..=0xEF, ..] => (3, None),
                [0xC0..=0xDF, ..] => (2, None),
                [0xF0..=0xFF, ..] => (4, None),
            };
            self.at += length;
            let Some(number) = starts else { continue };
            if let Some(found) = prose_read::at(self.text, at) {
                return Some(found);
            }
            if number {
                while let Some((_, length)) = read::digit(bytes, self.at) {
                    self.at += length;
                }
            }
        }
    }
}

#[cfg(test)]
#[path = "prose_tests.rs"]
mod tests;
