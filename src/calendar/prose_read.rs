//! One date of running text, read at the position where it begins.

use std::ops::Range;

use super::prose::{DateKind, DatePart, FoundDate};
use super::prose_next::{chain_closes, connector};
use super::read::{self, Number, Numerals, Year};
use super::written::{self, DateStyle};

/// Years of the Western calendar that running text is taken to mean.
const YEARS: std::ops::RangeInclusive<i16> = 1868..=2150;

/// Words before a month that say which year is meant without naming it, or that make the number
/// something else.
const BEFORE: [&str; 13] = ["翌", "翌年", "前年", "同", "同年", "毎年", "例年", "昨年", "来年", "今年", "本年", "去年", "年"];

/// Words behind `3月` that make it a duration or part of another word.
const NOT_A_MONTH: [&str; 17] =
    ["間", "以内", "以上", "未満", "あたり", "当たり", "当り", "につき", "ごと", "毎", "おき", "目", "余", "曜", "ぶり", "遅れ", "児"];

/// Words behind `2024年` that make it something else.
const NOT_A_YEAR: [&str; 8] = ["間", "代", "以上", "未満", "目", "ぶり", "以内", "生き"];

pub(super) fn letter_era(bytes: &[u8], at: usize) -> bool {
    let glued = at > 0 && bytes[at - 1].is_ascii_alphanumeric();
    !glued && read::era(bytes, at).is_some_and(|(era, _, end)| era >= super::Era::Showa && read::digit(bytes, end).is_some())
}

/// Whether an era in kanji begins here: 令和, 平成, 昭和, 大正, 明治 or their square forms.
pub(super) fn named_era(bytes: &[u8], at: usize) -> bool {
    bytes.get(at).is_some_and(|lead| (0xE3..=0xE6).contains(lead)) && read::era(bytes, at).is_some()
}

/// The date that begins at `at`, if one does.
pub(super) fn at(text: &str, at: usize) -> Option<FoundDate> {
    let bytes = text.as_bytes();
    match read::digits(bytes, at) {
        None => with_year(text, at),
        Some(number) if number.digits == 4 && !glued(bytes, at) => with_year(text, at),
        Some(number) if number.digits <= 2 => yearless(text, at, number),
        Some(_) => None,
    }
}

/// Whether a number is the tail of something longer: `1.5`, `3-4`, `A12`.
fn glued(bytes: &[u8], at: usize) -> bool {
    let Some(&before) = at.checked_sub(1).and_then(|last| bytes.get(last)) else {
        return false;
    };
    let joined = matches!(before, b'-' | b'/' | b'.' | b',') && read::digit_before(bytes, at - 1);
    joined || before.is_ascii_alphabetic()
}

/// A date that begins with its year.
pub(super) fn with_year(text: &str, at: usize) -> Option<FoundDate> {
    let bytes = text.as_bytes();
    let mut year = read::year(text, at, Numerals::Digits).or_else(|| read::year(text, at, Numerals::WithKanji))?;
    if !YEARS.contains(&year.year) {
        return None;
    }
    year.end = year_sign_gap(bytes, year.end);
    let mut found = FoundDate {
        range: at..year.end,
        kind: DateKind::Year,
        part: DatePart::Single,
        style: match year.era {
            Some(_) => DateStyle::Era,
            None => DateStyle::Western,
        },
        era: year.era,
        year: Some(year.year),
        month: None,
        day: None,
        weekday: None,
        weekday_range: None,
        inherited: false,
    };
    if let Some(end) = read::literal(bytes, year.end, "年") {
        return behind_year(text, end, found);
    }
    if let Some(found) = numeric(text, &year, &found) {
        return Some(found);
    }
    found.kind = chain_closes(text, year.end, &["年度", "年"]).map(|close| match close {
        "年度" => DateKind::FiscalYear,
        _ => DateKind::Year,
    })?;
    Some(found)
}

/// `令和6 年`: an optional space between the number and 年.
fn year_sign_gap(bytes: &[u8], end: usize) -> usize {
    let gap = read::spaces(bytes, end);
    match gap > end && read::literal(bytes, gap, "年").is_some() {
        true => gap,
        false => end,
    }
}

/// What stands behind `令和6年`: 度, a month, or nothing more.
pub(super) fn behind_year(text: &str, end: usize, mut found: FoundDate) -> Option<FoundDate> {
    let bytes = text.as_bytes();
    if let Some(end) = read::literal(bytes, end, "度") {
        found.kind = DateKind::FiscalYear;
        found.range.end = end;
        if let Some(end) = read::any_literal(bytes, end, &["末日", "末"]) {
            found.kind = DateKind::FiscalYearEnd;
            found.range.end = end;
        }
        return Some(found);
    }
    let from = read::spaces(bytes, end);
    let numerals = match found.era {
        Some(_) => Numerals::WithKanji,
        None => Numerals::Digits,
    };
    if let Some(month) = read::small(text, from, numerals) {
        let sign = read::spaces(bytes, month.end);
        if let Some(end) = read::literal(bytes, sign, "月") {
            return behind_month(text, end, month, numerals, found);
        }
        if let Some(bare) = bare_month(text, month, &found) {
            return Some(bare);
        }
    }
    if read::any_literal(bytes, end, &NOT_A_YEAR).is_some() {
        return None;
    }
    found.range.end = end;
    Some(found)
}

fn bare_month(text: &str, month: Number, found: &FoundDate) -> Option<FoundDate> {
    let (_, behind) = connector(text, month.end)?;
    let month_number = in_range(month, 1..13)?;
    // 令和6年4～6月, but not 令和6年4、6月: a comma may separate anything.
    if text[month.end..behind].contains(['、', ',', '，']) {
        return None;
    }
    chain_closes(text, month.end, &["月"])?;
    Some(FoundDate {
        range: found.range.start..month.end,
        kind: match found.year {
            Some(_) => DateKind::Month,
            None => DateKind::MonthWithoutYear,
        },
        month: Some(month_number),
        ..found.clone()
    })
}

fn in_range(number: Number, range: Range<u16>) -> Option<u8> {
    range.contains(&number.value).then(|| u8::try_from(number.value).ok())?
}

/// What stands behind `10月`: a day, 末, or nothing more. `end` is the position behind 月.
pub(super) fn behind_month(text: &str, end: usize, month: Number, numerals: Numerals, mut found: FoundDate) -> Option<FoundDate> {
    let bytes = text.as_bytes();
    found.month = Some(u8::try_from(month.value).ok()?);
    let known = found.year.is_some();
    let from = read::spaces(bytes, end);
    if let Some(day) = read::small(text, from, numerals) {
        let sign = read::literal(bytes, read::spaces(bytes, day.end), "日");
        if let Some(end) = sign {
            return Some(day_at(text, end, day, found));
        }
        let (start, mut bare_end) = (found.range.start, day.end);
        let weekday = read::weekday(text, day.end).filter(|_| from == end);
        if let Some((_, _, behind)) = weekday {
            bare_end = behind;
        }
        if chain_closes(text, bare_end, &["日"]).is_some() && (1..=31).contains(&day.value) {
            found.weekday = weekday.map(|(weekday, ..)| weekday);
            found.weekday_range = weekday.map(|(_, at, _)| at..at + '月'.len_utf8());
            found.day = u8::try_from(day.value).ok();
            found.kind = day_kind(known);
            found.range = start..bare_end;
            return Some(found);
        }
    }
    if read::digit(bytes, end).is_some() {
        return None;
    }
    if let Some(end) = read::any_literal(bytes, end, &["末日", "末"]) {
        found.kind = match known {
            true => DateKind::MonthEnd,
            false => DateKind::MonthEndWithoutYear,
        };
        found.range.end = end;
        return (1..=12).contains(&month.value).then_some(found);
    }
    let refused = match known {
        true => read::literal(bytes, end, "曜").is_some(),
        false => !(1..=12).contains(&month.value) || read::any_literal(bytes, end, &NOT_A_MONTH).is_some(),
    };
    if refused {
        return None;
    }
    found.kind = match known {
        true => DateKind::Month,
        false => DateKind::MonthWithoutYear,
    };
    found.range.end = end;
    Some(found)
}

fn day_kind(year_known: bool) -> DateKind {
    match year_known {
        true => DateKind::Day,
        false => DateKind::DayWithoutYear,
    }
}

/// A day with its weekday, if one follows. `end` is the position behind 日.
pub(super) fn day_at(text: &str, end: usize, day: Number, mut found: FoundDate) -> FoundDate {
    found.day = u8::try_from(day.value).ok();
    found.kind = day_kind(found.year.is_some());
    found.range.end = end;
    add_weekday(text, &mut found);
    found
}

fn add_weekday(text: &str, found: &mut FoundDate) -> bool {
    let Some((weekday, at, end)) = read::weekday(text, found.range.end) else {
        return false;
    };
    found.weekday = Some(weekday);
    found.weekday_range = Some(at..at + '月'.len_utf8());
    found.range.end = end;
    true
}

/// `2025-03-31`, `2025/3/31`, `2025.3.31`, `R7.3.31`, `R7/3/31`, `令和7.3.31`.
fn numeric(text: &str, year: &Year, found: &FoundDate) -> Option<FoundDate> {
    let bytes = text.as_bytes();
    let (separator, month, day, end) = written::separated(bytes, year.end)?;
    let fits = match (year.era, year.letter) {
        (None, _) => true,
        (Some(_), true) => separator != '-',
        (Some(_), false) => separator == '.',
    };
    let more = read::digit(bytes, end).is_some()
        || matches!(bytes.get(end), Some(b'-' | b'/'))
        || (bytes.get(end) == Some(&b'.') && read::digit(bytes, end + 1).is_some())
        || bytes.get(end).is_some_and(u8::is_ascii_alphabetic);
    if !fits || more || !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return None;
    }
    let mut found = FoundDate {
        range: found.range.start..end,
        kind: DateKind::Day,
        style: match (year.era, separator) {
            (None, '-') => DateStyle::Iso,
            (None, _) => DateStyle::Western,
            (Some(_), _) => DateStyle::Era,
        },
        month: u8::try_from(month).ok(),
        day: u8::try_from(day).ok(),
        ..found.clone()
    };
    add_weekday(text, &mut found);
    Some(found)
}

/// A date that begins with its month: `10月25日`, `10月`, `4～6月`, `3/31(月)`.
fn yearless(text: &str, at: usize, number: Number) -> Option<FoundDate> {
    let bytes = text.as_bytes();
    let sign = read::literal(bytes, read::spaces(bytes, number.end), "月");
    let slash = read::any_literal(bytes, number.end, &["/", "／"]);
    if sign.is_none() && slash.is_none() && connector(text, number.end).is_none() {
        return None;
    }
    if glued(bytes, at) || relative(text, at) {
        return None;
    }
    let found = FoundDate {
        range: at..number.end,
        kind: DateKind::MonthWithoutYear,
        part: DatePart::Single,
        style: DateStyle::Yearless,
        era: None,
        year: None,
        month: None,
        day: None,
        weekday: None,
        weekday_range: None,
        inherited: false,
    };
    if let Some(end) = sign {
        return behind_month(text, end, number, Numerals::Digits, found);
    }
    let Some(slash) = slash else {
        return bare_month(text, number, &found);
    };
    let month = in_range(number, 1..13)?;
    let day = read::digits(bytes, slash)?;
    let mut found =
        FoundDate { month: Some(month), day: Some(in_range(day, 1..32)?), kind: DateKind::DayWithoutYear, range: at..day.end, ..found };
    // 1/9 may be anything; a weekday or 現在 makes it a day.
    let dated = add_weekday(text, &mut found) || read::any_literal(bytes, found.range.end, &["時点", "現在"]).is_some();
    dated.then_some(found)
}

/// Whether the words before a month point to a year that is not the report's, or make the number
/// an ordinal or a part of an age.
fn relative(text: &str, at: usize) -> bool {
    let before = text[..at].trim_end_matches([' ', '　']);
    if before.ends_with(['第', '歳', '才', '満', '約', '数', '．', '－', '￥', '／']) {
        return true;
    }
    let before = before.strip_suffix('の').unwrap_or(before);
    if let Some(year) = before.strip_suffix("年度") {
        return !year.ends_with(['今', '本', '当']);
    }
    BEFORE.iter().any(|word| before.ends_with(word))
}
