//! A month written on its own, as the value of a field.

use jiff::civil::Date;

use super::era::Era;
use super::read::{self, Numerals};
use super::written::{DateError, DateStyle, check};

/// A month as written in a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WrittenMonth {
    /// The calendar year.
    pub year: i16,
    /// The month as written (see [`WrittenMonth::check`]).
    pub month: u8,
    /// The era it is written in.
    pub era: Option<Era>,
    /// How it is written.
    pub style: DateStyle,
}

impl WrittenMonth {
    /// Whether the calendar and the era have the month.
    ///
    /// # Errors
    /// [`DateError::Impossible`] for a 13th month, [`DateError::OutsideEra`] for 令和元年4月.
    pub fn check(&self) -> Result<(), DateError> {
        check(Some(self.year), self.era, self.month, None).map(|_| ())
    }

    /// Its first and last day, if the calendar has it.
    pub fn days(&self) -> Option<(Date, Date)> {
        let first = Date::new(self.year, i8::try_from(self.month).ok()?, 1).ok()?;
        Some((first, first.last_of_month()))
    }
}

/// Reads a month that makes up a whole field: `2026-02`, `2026/2`, `2026年2月`, `令和8年2月`, `R8.2`.
/// `None` when the text is not written like a month; see [`WrittenMonth::check`] for the others.
pub fn parse_month(text: &str) -> Option<WrittenMonth> {
    let text = text.trim();
    let bytes = text.as_bytes();
    let year = read::year(text, 0, Numerals::WithKanji)?;
    let (named, at) = match read::literal(bytes, year.end, "年") {
        Some(at) => (true, read::spaces(bytes, at)),
        None => (false, read::any_literal(bytes, year.end, &["-", "/", ".", "－", "／", "．"])?),
    };
    let month = read::small(text, at, Numerals::WithKanji)?;
    let end = match named {
        true => read::literal(bytes, month.end, "月")?,
        false => month.end,
    };
    (end == text.len()).then_some(WrittenMonth {
        year: year.year,
        month: u8::try_from(month.value).ok()?,
        era: year.era,
        style: match (year.era, named, bytes.get(year.end)) {
            (Some(_), ..) => DateStyle::Era,
            (None, false, Some(b'-')) => DateStyle::Iso,
            _ => DateStyle::Western,
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn months() {
        for text in ["2026-02", "2026/2", "令和8年2月", "令和８年２月", "2026年2月", "R8.2", "令和八年二月"] {
            let month = parse_month(text).unwrap();
            assert_eq!((month.year, month.month), (2026, 2), "{text}");
        }
        assert_eq!(parse_month("2026-02").unwrap().style, DateStyle::Iso);
        let check = |text: &str| parse_month(text).map(|month| month.check());
        assert_eq!(check("平成31年4月"), Some(Ok(())));
        assert_eq!(check("令和元年5月"), Some(Ok(())));
        assert!(matches!(check("平成31年5月"), Some(Err(DateError::OutsideEra { .. }))));
        assert!(matches!(check("2026-13"), Some(Err(DateError::Impossible { .. }))));
        let days = parse_month("2024-02").and_then(|month| month.days());
        assert_eq!(days, Some((date(2024, 2, 1), date(2024, 2, 29))));
        for text in ["2月", "2026", "2026-02-01", "令和8年2", "2026年度2月"] {
            assert_eq!(parse_month(text), None, "{text}");
        }
    }
}
