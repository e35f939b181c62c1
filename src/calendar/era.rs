//! The table of Japanese eras since Meiji.

use std::fmt;

use jiff::civil::{Date, date};

/// An era (元号). Ordered by time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Era {
    /// 明治, from 25 January 1868.
    Meiji,
    /// 大正, from 30 July 1912.
    Taisho,
    /// 昭和, from 25 December 1926.
    Showa,
    /// 平成, from 8 January 1989.
    Heisei,
    /// 令和, from 1 May 2019.
    Reiwa,
}

impl Era {
    /// All eras, oldest first.
    pub const ALL: [Era; 5] = [Era::Meiji, Era::Taisho, Era::Showa, Era::Heisei, Era::Reiwa];

    /// The name in kanji.
    pub const fn name(self) -> &'static str {
        match self {
            Era::Meiji => "明治",
            Era::Taisho => "大正",
            Era::Showa => "昭和",
            Era::Heisei => "平成",
            Era::Reiwa => "令和",
        }
    }

    /// The letter used for short forms (`R7.3.31`).
    pub const fn letter(self) -> char {
        match self {
            Era::Meiji => 'M',
            Era::Taisho => 'T',
            Era::Showa => 'S',
            Era::Heisei => 'H',
            Era::Reiwa => 'R',
        }
    }

    /// The single-character form (㋿).
    pub const fn square(self) -> char {
        match self {
            Era::Meiji => '㍾',
            Era::Taisho => '㍽',
            Era::Showa => '㍼',
            Era::Heisei => '㍻',
            Era::Reiwa => '㋿',
        }
    }

    /// The first day of the era.
    pub const fn first_day(self) -> Date {
        match self {
            Era::Meiji => const { date(1868, 1, 25) },
            Era::Taisho => const { date(1912, 7, 30) },
            Era::Showa => const { date(1926, 12, 25) },
            Era::Heisei => const { date(1989, 1, 8) },
            Era::Reiwa => const { date(2019, 5, 1) },
        }
    }

    /// The last day of the era, if it has ended. Until Showa the day of the change belongs to
    /// both eras; since then an era ends the day before.
    pub const fn last_day(self) -> Option<Date> {
        match self {
            Era::Meiji => Some(const { date(1912, 7, 30) }),
            Era::Taisho => Some(const { date(1926, 12, 25) }),
            Era::Showa => Some(const { date(1989, 1, 7) }),
            Era::Heisei => Some(const { date(2019, 4, 30) }),
            Era::Reiwa => None,
        }
    }

    /// The calendar year in which the era began (its 元年).
    pub const fn first_year(self) -> i16 {
        match self {
            Era::Meiji => 1868,
            Era::Taisho => 1912,
            Era::Showa => 1926,
            Era::Heisei => 1989,
            Era::Reiwa => 2019,
        }
    }

    /// The era of a day; the later one where two meet.
    pub fn of(day: Date) -> Option<Era> {
        Era::ALL.into_iter().rev().find(|era| era.first_day() <= day)
    }

    /// Whether a day may be written in this era.
    pub fn contains(self, day: Date) -> bool {
        self.first_day() <= day && self.last_day().is_none_or(|last| day <= last)
    }

    /// The calendar year of the n-th year of the era, also past its end (平成32年 is 2020).
    pub const fn year(self, nth: u16) -> Option<i16> {
        if nth == 0 || nth > 199 {
            return None;
        }
        Some(self.first_year() + (nth as i16) - 1)
    }

    /// Which year of the era a calendar year is.
    pub const fn nth(self, year: i16) -> Option<u16> {
        let nth = year as i32 - self.first_year() as i32 + 1;
        if nth < 1 {
            return None;
        }
        Some(nth as u16)
    }
}

impl fmt::Display for Era {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.name())
    }
}

/// A day that prints as in 令和7年3月31日 (in Western style before Meiji). See [`in_era`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InEra(Date);

/// A day in the words of its own era: 令和元年5月1日.
pub fn in_era(day: Date) -> InEra {
    InEra(day)
}

impl fmt::Display for InEra {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let day = self.0;
        match Era::of(day).and_then(|era| Some((era, era.nth(day.year())?))) {
            Some((era, nth)) => write!(out, "{era}{}年", Nth(nth))?,
            None => write!(out, "{}年", day.year())?,
        }
        write!(out, "{}月{}日", day.month(), day.day())
    }
}

/// The number of a year in an era: the first is 元.
#[derive(Clone, Copy)]
pub(super) struct Nth(pub(super) u16);

impl fmt::Display for Nth {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            1 => out.write_str("元"),
            nth => write!(out, "{nth}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn eras_meet() {
        assert_eq!(Era::of(date(2019, 4, 30)), Some(Era::Heisei));
        assert_eq!(Era::of(date(2019, 5, 1)), Some(Era::Reiwa));
        assert_eq!(Era::of(date(1989, 1, 7)), Some(Era::Showa));
        assert_eq!(Era::of(date(1989, 1, 8)), Some(Era::Heisei));
        assert_eq!(Era::of(date(1800, 1, 1)), None);
        assert!(Era::Taisho.contains(date(1926, 12, 25)));
        assert!(Era::Showa.contains(date(1926, 12, 25)));
        assert!(!Era::Heisei.contains(date(2019, 5, 1)));
        for pair in Era::ALL.windows(2) {
            assert!(pair[0].last_day().unwrap() <= pair[1].first_day());
            assert!(pair[0].last_day().unwrap() >= pair[1].first_day().yesterday().unwrap());
        }
    }

    #[test]
    fn years_of_an_era() {
        assert_eq!(Era::Showa.year(64), Some(1989));
        assert_eq!(Era::Heisei.year(1), Some(1989));
        assert_eq!(Era::Heisei.year(31), Era::Reiwa.year(1));
        assert_eq!(Era::Reiwa.year(0), None);
        assert_eq!(Era::Reiwa.nth(2018), None);
        assert_eq!(in_era(date(2019, 5, 1)).to_string(), "令和元年5月1日");
        assert_eq!(in_era(date(2019, 4, 30)).to_string(), "平成31年4月30日");
        assert_eq!(in_era(date(1700, 4, 30)).to_string(), "1700年4月30日");
    }
}
