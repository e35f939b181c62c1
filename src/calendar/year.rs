//! Fiscal years.

use std::fmt;

use jiff::civil::Date;

use super::era::{Era, Nth};
use super::read;

/// A fiscal year: from 1 April of the year it is named after to 31 March of the next.
///
/// Prints as `令和6年度（2024年度）`; [`FiscalYear::era`], [`FiscalYear::western`] and
/// [`FiscalYear::english`] print one style.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FiscalYear(i16);

impl FiscalYear {
    /// The fiscal year that begins on 1 April of `year`; years 1 to 9998 exist.
    pub const fn new(year: i16) -> Option<FiscalYear> {
        if year < 1 || year > 9998 {
            return None;
        }
        Some(FiscalYear(year))
    }

    /// As [`FiscalYear::new`], from a number of any size.
    pub fn from_number(year: i64) -> Option<FiscalYear> {
        i16::try_from(year).ok().and_then(FiscalYear::new)
    }

    /// The fiscal year a day lies in.
    pub fn of(day: Date) -> Option<FiscalYear> {
        FiscalYear::new(if day.month() < 4 { day.year() - 1 } else { day.year() })
    }

    /// The calendar year it begins in.
    pub const fn number(self) -> i16 {
        self.0
    }

    /// 1 April.
    pub fn first_day(self) -> Date {
        Date::new(self.0, 4, 1).unwrap_or(Date::MIN)
    }

    /// 31 March of the next calendar year.
    pub fn last_day(self) -> Date {
        Date::new(self.0 + 1, 3, 31).unwrap_or(Date::MAX)
    }

    /// Whether a day lies in the fiscal year.
    pub fn contains(self, day: Date) -> bool {
        self.first_day() <= day && day <= self.last_day()
    }

    /// The fiscal year after this one.
    pub const fn next(self) -> Option<FiscalYear> {
        FiscalYear::new(self.0 + 1)
    }

    /// The fiscal year before this one.
    pub const fn prior(self) -> Option<FiscalYear> {
        FiscalYear::new(self.0 - 1)
    }

    /// The calendar year in which a month of this fiscal year lies: January to March are in the next.
    pub const fn year_of_month(self, month: i8) -> i16 {
        if month < 4 { self.0 + 1 } else { self.0 }
    }

    /// The day of this fiscal year that is written without its year (10月25日), if there is one.
    pub fn day(self, month: i8, day: i8) -> Option<Date> {
        Date::new(self.year_of_month(month), month, day).ok()
    }

    /// `令和6年度`; 2019 is 令和元年度; `2024年度` style before Meiji.
    pub fn era(self) -> impl fmt::Display {
        InStyle(self, Style::Era)
    }

    /// `2024年度`.
    pub fn western(self) -> impl fmt::Display {
        InStyle(self, Style::Western)
    }

    /// `FY2024`.
    pub fn english(self) -> impl fmt::Display {
        InStyle(self, Style::English)
    }
}

impl fmt::Display for FiscalYear {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match Era::ALL.into_iter().any(|era| era.nth(self.0).is_some()) {
            true => write!(out, "{}（{}）", self.era(), self.western()),
            false => write!(out, "{}", self.western()),
        }
    }
}

#[derive(Clone, Copy)]
enum Style {
    Era,
    Western,
    English,
}

struct InStyle(FiscalYear, Style);

impl fmt::Display for InStyle {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let year = self.0.0;
        let in_era = Era::ALL.into_iter().rev().find_map(|era| Some((era, era.nth(year)?)));
        match (self.1, in_era) {
            (Style::Era, Some((era, nth))) => write!(out, "{era}{}年度", Nth(nth)),
            (Style::Era, None) | (Style::Western, _) => write!(out, "{year}年度"),
            (Style::English, _) => write!(out, "FY{year}"),
        }
    }
}

/// A fiscal year as written: `2024`, `2024年度`, `令和6年度`, `令和６`, `令和元年度`, `R6`, `FY2024`.
///
/// 令和元年度 and 平成31年度 are the same year. A year past the end of its era is read on
/// (平成36年度 is 2024), because plans decided before the change are printed that way.
pub fn parse_fiscal_year(text: &str) -> Option<FiscalYear> {
    if let [first @ b'1'..=b'2', rest @ ..] = text.as_bytes()
        && let [hundreds, tens, ones] = rest
        && rest.iter().all(u8::is_ascii_digit)
    {
        let of = |digit: &u8| i16::from(digit - b'0');
        return FiscalYear::new(of(first) * 1000 + of(hundreds) * 100 + of(tens) * 10 + of(ones));
    }
    let text = text.trim();
    let bytes = text.as_bytes();
    let at = if text.starts_with("FY") { 2 } else { 0 };
    let year = read::year(text, at, read::Numerals::WithKanji)?;
    let mut end = year.end;
    if let Some(after) = read::literal(bytes, end, "年") {
        end = read::literal(bytes, after, "度").unwrap_or(after);
    }
    if end != text.len() || (at > 0 && year.era.is_some()) {
        return None;
    }
    FiscalYear::new(year.year)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn read(text: &str) -> Option<i16> {
        parse_fiscal_year(text).map(FiscalYear::number)
    }

    #[test]
    fn bounds() {
        let year = FiscalYear::new(2024).unwrap();
        assert_eq!(year.first_day(), date(2024, 4, 1));
        assert_eq!(year.last_day(), date(2025, 3, 31));
        assert!(year.contains(date(2025, 3, 31)));
        assert!(!year.contains(date(2025, 4, 1)));
        assert_eq!(FiscalYear::of(date(2025, 3, 31)), Some(year));
        assert_eq!(year.day(2, 29), None);
        assert_eq!(year.day(1, 8), Some(date(2025, 1, 8)));
        assert_eq!(FiscalYear::new(0), None);
        assert_eq!(FiscalYear::from_number(99999), None);
    }

    #[test]
    fn printed() {
        let year = FiscalYear::new(2024).unwrap();
        assert_eq!(year.to_string(), "令和6年度（2024年度）");
        assert_eq!(FiscalYear::new(2019).unwrap().era().to_string(), "令和元年度");
        assert_eq!(FiscalYear::new(1988).unwrap().era().to_string(), "昭和63年度");
        assert_eq!(year.western().to_string(), "2024年度");
        assert_eq!(year.english().to_string(), "FY2024");
        assert_eq!(FiscalYear::new(1500).unwrap().to_string(), "1500年度");
    }

    #[test]
    fn written() {
        for text in [
            "2024",
            "２０２４",
            "2024年度",
            "令和6年度",
            "令和６",
            "R6",
            "Ｒ６",
            "R6年度",
            "令和6年",
            "FY2024",
            " 2024 ",
            "令和六年度",
            "㋿6年度",
            "平成36年度",
        ] {
            assert_eq!(read(text), Some(2024), "{text}");
        }
        for year in 1000..3000 {
            // With a space it is not read the short way.
            assert_eq!(read(&format!("{year}")), Some(year));
            assert_eq!(read(&format!("{year} ")), Some(year));
        }
        assert_eq!(read("令和元年度"), Some(2019));
        assert_eq!(read("平成31年度"), Some(2019));
        assert_eq!(read("H31"), Some(2019));
        for text in ["", "6", "24", "20245", "令和", "令和0年度", "R", "令和6年度末", "FY令和6", "R6.4", "年度"] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
