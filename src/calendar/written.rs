//! A date written on its own, as the value of a field.

use std::ops::Range;

use jiff::civil::{Date, Weekday};

use super::era::Era;
use super::read::{self, Numerals};

/// How a date is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DateStyle {
    /// `2025-03-31`
    Iso,
    /// `2025年3月31日`, `2025/3/31`, `2025.3.31`
    Western,
    /// `令和7年3月31日`, `R7.3.31`
    Era,
    /// `10月25日`: no year
    Yearless,
}

/// A date as written in a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrittenDate {
    /// The day; `None` when the year was left out.
    pub date: Option<Date>,
    /// The month, 1 to 12.
    pub month: u8,
    /// The day of the month.
    pub day: u8,
    /// The weekday written behind the date, right or wrong (see [`weekday_matches`]).
    pub weekday_written: Option<Weekday>,
    /// Where the kanji of the weekday stands in the text.
    pub weekday_span: Option<Range<usize>>,
    /// How it is written.
    pub style: DateStyle,
    /// The era it is written in.
    pub era: Option<Era>,
    /// Where it stands in the text: without surrounding spaces and without a closing 現在 or 時点.
    pub span: Range<usize>,
}

/// Why a text is no date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DateError {
    /// It is not written like a date.
    NotADate,
    /// It is written like a date, but the calendar has no such day.
    Impossible {
        /// The calendar year, if written.
        year: Option<i16>,
        /// The month as written.
        month: u8,
        /// The day as written.
        day: Option<u8>,
        /// The last day that month has; `None` when there is no such month.
        last_day: Option<u8>,
    },
    /// The day exists, but not in the era it is written in (平成31年6月1日).
    OutsideEra {
        /// The era as written.
        era: Era,
        /// The day it would be; [`super::in_era`] prints it in its own era. For a month, its first day.
        date: Date,
    },
}

/// Reads a date that makes up a whole field: `2025-03-31`, `2025/3/31`, `2025年3月31日`,
/// `令和7年3月31日(水)`, `R7.3.31`, `10月25日`, with digits of either width or kanji numerals after
/// an era, and with a closing 現在 or 時点.
///
/// # Errors
/// [`DateError::NotADate`] for any other text, [`DateError::Impossible`] for 30 February, and
/// [`DateError::OutsideEra`] for a day that the era does not have.
pub fn parse_date(text: &str) -> Result<WrittenDate, DateError> {
    let trimmed = text.trim();
    let start = text.len() - text.trim_start().len();
    let raw = whole(trimmed).ok_or(DateError::NotADate)?;
    let date = check(raw.year, raw.era, raw.month, Some(raw.day))?;
    Ok(WrittenDate {
        date,
        month: raw.month,
        day: raw.day,
        weekday_written: raw.weekday.map(|(weekday, _)| weekday),
        weekday_span: raw.weekday.map(|(_, at)| start + at..start + at + '月'.len_utf8()),
        style: raw.style,
        era: raw.era,
        span: start..start + raw.end,
    })
}

struct Raw {
    year: Option<i16>,
    era: Option<Era>,
    month: u8,
    day: u8,
    weekday: Option<(Weekday, usize)>,
    style: DateStyle,
    end: usize,
}

fn whole(text: &str) -> Option<Raw> {
    let bytes = text.as_bytes();
    let year = read::year(text, 0, Numerals::WithKanji);
    let mut style = match year {
        None => DateStyle::Yearless,
        Some(read::Year { era: None, .. }) => DateStyle::Western,
        Some(_) => DateStyle::Era,
    };
    let named = match year {
        None => Some(0),
        Some(year) => read::literal(bytes, year.end, "年").map(|at| read::spaces(bytes, at)),
    };
    let (month, day, mut end) = match (named, year) {
        (Some(at), _) => {
            let month = read::small(text, at, Numerals::WithKanji)?;
            let at = read::spaces(bytes, read::literal(bytes, month.end, "月")?);
            let day = read::small(text, at, Numerals::WithKanji)?;
            (month.value, day.value, read::literal(bytes, day.end, "日")?)
        }
        (None, Some(year)) => {
            let (separator, month, day, end) = separated(bytes, year.end)?;
            if separator == '-' && style == DateStyle::Western {
                style = DateStyle::Iso;
            }
            (month, day, end)
        }
        (None, None) => return None,
    };
    let weekday = read::weekday(text, end);
    if let Some((_, _, behind)) = weekday {
        end = behind;
    }
    let rest = read::spaces(bytes, end);
    let rest = read::any_literal(bytes, rest, &["現在", "時点"]).unwrap_or(end);
    (rest == text.len()).then_some(Raw {
        year: year.map(|year| year.year),
        era: year.and_then(|year| year.era),
        month: u8::try_from(month).ok()?,
        day: u8::try_from(day).ok()?,
        weekday: weekday.map(|(weekday, at, _)| (weekday, at)),
        style,
        end,
    })
}

/// Month and day behind a year, after the same separator twice: `-3-31`, `/3/31`, `.3.31`.
pub(super) fn separated(bytes: &[u8], at: usize) -> Option<(char, u16, u16, usize)> {
    for (separator, forms) in [('-', ["-", "－"]), ('/', ["/", "／"]), ('.', [".", "．"])] {
        let Some(at) = read::any_literal(bytes, at, &forms) else {
            continue;
        };
        let month = read::digits(bytes, at).filter(|number| number.digits <= 2)?;
        let at = read::any_literal(bytes, month.end, &forms)?;
        let day = read::digits(bytes, at).filter(|number| number.digits <= 2)?;
        return Some((separator, month.value, day.value, day.end));
    }
    None
}

/// Whether a day (or a month without day) exists, and in the era it is written in. Answers with
/// the day if year and day are known.
pub(super) fn check(year: Option<i16>, era: Option<Era>, month: u8, day: Option<u8>) -> Result<Option<Date>, DateError> {
    let impossible = |last_day| DateError::Impossible { year, month, day, last_day };
    // A year that is not known may be a leap year.
    let calendar_year = year.unwrap_or(2024);
    let month_number = i8::try_from(month).map_err(|_| impossible(None))?;
    let first = Date::new(calendar_year, month_number, 1).map_err(|_| impossible(None))?;
    let last = first.last_of_month();
    let date = match day {
        None => first,
        Some(day) => i8::try_from(day)
            .ok()
            .and_then(|day| Date::new(calendar_year, month_number, day).ok())
            .ok_or_else(|| impossible(u8::try_from(last.day()).ok()))?,
    };
    if let Some(era) = era {
        let within = match day {
            Some(_) => era.contains(date),
            None => era.contains(first) || era.contains(last),
        };
        if !within {
            return Err(DateError::OutsideEra { era, date });
        }
    }
    Ok((year.is_some() && day.is_some()).then_some(date))
}

/// Whether a written weekday is that of the day.
pub fn weekday_matches(date: Date, weekday: Weekday) -> bool {
    date.weekday() == weekday
}

/// The kanji of a weekday: 月 for Monday.
pub const fn weekday_kanji(weekday: Weekday) -> char {
    match weekday {
        Weekday::Monday => '月',
        Weekday::Tuesday => '火',
        Weekday::Wednesday => '水',
        Weekday::Thursday => '木',
        Weekday::Friday => '金',
        Weekday::Saturday => '土',
        Weekday::Sunday => '日',
    }
}

/// A weekday on its own: `水`, `(水)`, `水曜日`.
pub fn parse_weekday(text: &str) -> Option<Weekday> {
    let text = text.trim();
    let mut letters = text.chars();
    match (letters.next(), letters.next()) {
        (Some(letter), None) => read::weekday_of(letter),
        _ => read::weekday(text, 0).filter(|(_, _, end)| *end == text.len()).map(|(weekday, ..)| weekday),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn day(text: &str) -> Option<Date> {
        parse_date(text).ok().and_then(|written| written.date)
    }

    #[test]
    fn styles() {
        for (text, style) in [
            ("2025-03-31", DateStyle::Iso),
            ("2025-3-31", DateStyle::Iso),
            ("２０２５－０３－３１", DateStyle::Iso),
            ("2025/3/31", DateStyle::Western),
            ("2025.3.31", DateStyle::Western),
            ("2025年3月31日", DateStyle::Western),
            ("2025年 3月31日", DateStyle::Western),
            ("令和7年3月31日", DateStyle::Era),
            ("令和７年３月３１日（月）", DateStyle::Era),
            ("令和七年三月三十一日", DateStyle::Era),
            ("令和 7年 3月 31日", DateStyle::Era),
            ("R7.3.31", DateStyle::Era),
            ("Ｒ７．３．３１", DateStyle::Era),
            ("R7/3/31", DateStyle::Era),
            ("R7年3月31日", DateStyle::Era),
            ("令和7年3月31日現在", DateStyle::Era),
            ("令和7年3月31日 時点", DateStyle::Era),
        ] {
            assert_eq!(day(text), Some(date(2025, 3, 31)), "{text}");
            assert_eq!(parse_date(text).map(|d| d.style), Ok(style), "{text}");
        }
    }

    #[test]
    fn spans() {
        let written = parse_date(" 令和7年3月31日(水)　").unwrap();
        assert_eq!(written.span, 1..1 + "令和7年3月31日(水)".len());
        assert_eq!(written.weekday_written, Some(Weekday::Wednesday));
        assert_eq!(&" 令和7年3月31日(水)"[written.weekday_span.unwrap()], "水");
        assert!(!weekday_matches(written.date.unwrap(), Weekday::Wednesday));
        assert!(weekday_matches(written.date.unwrap(), Weekday::Monday));
        let yearless = parse_date("10月25日（金曜日）").unwrap();
        assert_eq!((yearless.date, yearless.month, yearless.day), (None, 10, 25));
        assert_eq!(yearless.style, DateStyle::Yearless);
    }

    #[test]
    fn no_such_day() {
        assert_eq!(parse_date("2025-02-29"), Err(DateError::Impossible { year: Some(2025), month: 2, day: Some(29), last_day: Some(28) }));
        assert_eq!(parse_date("令和6年13月1日"), Err(DateError::Impossible { year: Some(2024), month: 13, day: Some(1), last_day: None }));
        assert!(matches!(parse_date("2月30日"), Err(DateError::Impossible { year: None, .. })));
        assert!(parse_date("2月29日").is_ok());
        assert!(matches!(parse_date("2025-00-10"), Err(DateError::Impossible { .. })));
        assert!(matches!(parse_date("2025-01-00"), Err(DateError::Impossible { .. })));
    }

    #[test]
    fn eras_meet() {
        assert_eq!(day("平成31年4月30日"), Some(date(2019, 4, 30)));
        assert_eq!(day("令和元年5月1日"), Some(date(2019, 5, 1)));
        assert_eq!(day("令和1年5月1日"), Some(date(2019, 5, 1)));
        assert_eq!(day("昭和64年1月7日"), Some(date(1989, 1, 7)));
        assert_eq!(day("平成元年1月8日"), Some(date(1989, 1, 8)));
        assert_eq!(parse_date("平成31年6月1日"), Err(DateError::OutsideEra { era: Era::Heisei, date: date(2019, 6, 1) }));
        assert_eq!(parse_date("令和元年4月1日"), Err(DateError::OutsideEra { era: Era::Reiwa, date: date(2019, 4, 1) }));
    }

    #[test]
    fn no_date() {
        for text in [
            "",
            "―",
            "未定",
            "2025",
            "令和7年",
            "2025-03",
            "2025-03-31-1",
            "3-4",
            "1/9",
            "31.3.2025",
            "2025-3/31",
            "令和7年3月31日（火",
            "令和7年3月31日ごろ",
            "03-1234-5678",
            "20250331",
            "令和0年1月1日",
            "10月末",
        ] {
            assert_eq!(parse_date(text), Err(DateError::NotADate), "{text}");
        }
    }

    #[test]
    fn weekdays() {
        assert_eq!(parse_weekday("水"), Some(Weekday::Wednesday));
        assert_eq!(parse_weekday("（水）"), Some(Weekday::Wednesday));
        assert_eq!(parse_weekday("水曜日"), Some(Weekday::Wednesday));
        assert_eq!(parse_weekday("祝"), None);
        assert_eq!(weekday_kanji(Weekday::Sunday), '日');
    }
}
