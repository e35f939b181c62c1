//! What follows a date: the other end of a period, or the next member of an enumeration.

use super::prose::{DateKind, DatePart, FoundDate};
use super::prose_read;
use super::read::{self, Numerals};
use super::written::DateStyle;
use super::year::FiscalYear;

/// Words behind `3日` that make it a duration or an ordinal.
const NOT_A_DAY: [&str; 17] =
    ["間", "以内", "以上", "以降に", "後", "前", "目", "分", "ほど", "程度", "未満", "連続", "あたり", "当たり", "につき", "ずつ", "制"];

/// A connector with optional spaces around it: whether it makes a period, and the position behind.
pub(super) fn connector(text: &str, at: usize) -> Option<(bool, usize)> {
    let from = read::spaces(text.as_bytes(), at);
    let rest = text.get(from..)?;
    let letter = rest.chars().next()?;
    let word = |word: &str| rest.starts_with(word).then_some(word.len());
    let (period, length) = match letter {
        '～' | '〜' | '~' | '―' | '－' | '-' | '–' | '—' | '−' => (true, letter.len_utf8()),
        'か' => (true, word("から")?),
        'よ' => (true, word("より")?),
        '、' | '・' | '，' | ',' | '･' | 'と' => (false, letter.len_utf8()),
        '及' => (false, word("及び")?),
        'お' => (false, word("および")?),
        '並' => (false, word("並びに")?),
        '又' => (false, word("又は")?),
        'ま' => (false, word("または")?),
        _ => return None,
    };
    Some((period, read::spaces(text.as_bytes(), from + length)))
}

/// Whether numbers joined by connectors lead from `at` to one of `closes`, as in `6・7～8日` or
/// `令和5～令和9年度`; answers with the closing word.
pub(super) fn chain_closes(text: &str, at: usize, closes: &[&'static str]) -> Option<&'static str> {
    let bytes = text.as_bytes();
    let mut at = at;
    // A longer chain is a list of numbers.
    for _ in 0..12 {
        let (_, from) = connector(text, at)?;
        let from = read::era(bytes, from).map_or(from, |(_, _, end)| end);
        let number = read::digits(bytes, from)?;
        at = number.end;
        if let Some((_, _, end)) = read::weekday(text, at).filter(|_| closes.contains(&"日")) {
            at = end;
        }
        if let Some(close) = closes.iter().find(|close| read::literal(bytes, at, close).is_some()) {
            let behind = at + close.len();
            let other = match *close {
                "日" => read::any_literal(bytes, behind, &NOT_A_DAY).is_some(),
                "月" => read::any_literal(bytes, behind, &["間", "以内", "以上", "未満", "曜"]).is_some(),
                _ => read::any_literal(bytes, behind, &["間", "生", "代", "目", "以上"]).is_some(),
            };
            return (!other).then_some(*close);
        }
    }
    None
}

/// The date that follows another one, and whether the two make a period. Dates that can be read
/// without the one before are left to the scan unless they end a period.
pub(super) fn follow(text: &str, found: &FoundDate) -> Option<(FoundDate, bool)> {
    let end = found.range.end;
    if found.kind == DateKind::FiscalYear
        && !bare(text, found)
        && let Some(next) = month_of_fiscal_year(text, found)
    {
        return Some((next, false));
    }
    let (period, at) = connector(text, end)?;
    if period && found.part == DatePart::Last {
        return None;
    }
    let start = FoundDate { range: at..at, part: DatePart::Single, weekday: None, weekday_range: None, inherited: true, ..found.clone() };
    let next = match found.kind {
        DateKind::Day | DateKind::DayWithoutYear => next_day(text, at, found, &start, period),
        DateKind::Month | DateKind::MonthWithoutYear => next_month(text, at, found, &start, period),
        DateKind::Year | DateKind::FiscalYear => next_year(text, at, found, &start, period),
        _ => None,
    }?;
    Some((next, period))
}

/// Whether a date lacks its closing sign because the next one brings it (`9月6` of 9月6～8日).
fn bare(text: &str, found: &FoundDate) -> bool {
    let written = &text[found.range.clone()];
    let sign = match found.kind {
        DateKind::Day | DateKind::DayWithoutYear => '日',
        DateKind::Month | DateKind::MonthWithoutYear => '月',
        DateKind::FiscalYear => '度',
        _ => '年',
    };
    match found.weekday_range.as_ref() {
        Some(weekday) => {
            let number = text[found.range.start..weekday.start].trim_end_matches(['(', '（', ' ', '　']);
            !number.ends_with(sign) && found.style != DateStyle::Iso
        }
        None => !written.ends_with(sign),
    }
}

/// `令和6年度10月`, `令和6年度の10月25日`: the month lies in that fiscal year.
fn month_of_fiscal_year(text: &str, found: &FoundDate) -> Option<FoundDate> {
    let bytes = text.as_bytes();
    let end = found.range.end;
    let at = read::any_literal(bytes, end, &["の", "　", " "]).unwrap_or(end);
    let month = read::digits(bytes, at).filter(|month| (1..=12).contains(&month.value))?;
    let sign = read::literal(bytes, month.end, "月")?;
    let year = FiscalYear::new(found.year?)?;
    let start = FoundDate {
        range: at..at,
        part: DatePart::Single,
        year: Some(year.year_of_month(i8::try_from(month.value).ok()?)),
        inherited: true,
        ..found.clone()
    };
    prose_read::behind_month(text, sign, month, Numerals::Digits, start)
}

/// Both ends of a period with the later one complete: `令和5年4月1日～令和6年3月31日`.
fn complete(text: &str, at: usize, kind: DateKind) -> Option<FoundDate> {
    let begins = prose_read::named_era(text.as_bytes(), at)
        || prose_read::letter_era(text.as_bytes(), at)
        || read::digits(text.as_bytes(), at).is_some_and(|number| number.digits == 4);
    if !begins {
        return None;
    }
    prose_read::with_year(text, at).filter(|next| next.kind == kind)
}

/// `6年3月31日` behind a date of the same era, or a closing `6年`, `6年度`.
fn year_of_same_era(text: &str, at: usize, start: &FoundDate) -> Option<FoundDate> {
    let era = start.era?;
    let bytes = text.as_bytes();
    let number = read::digits(bytes, at).filter(|number| number.digits <= 2)?;
    let sign = read::literal(bytes, number.end, "年")?;
    let from = FoundDate { year: Some(era.year(number.value)?), month: None, day: None, ..start.clone() };
    prose_read::behind_year(text, sign, from)
}

fn next_day(text: &str, at: usize, found: &FoundDate, start: &FoundDate, period: bool) -> Option<FoundDate> {
    let bytes = text.as_bytes();
    let ends_bare = bare(text, found) && found.style != DateStyle::Iso && numeric_style(text, found);
    if ends_bare && !period {
        return None;
    }
    if period {
        if let Some(next) = complete(text, at, DateKind::Day) {
            return Some(next);
        }
        if let Some(next) = year_of_same_era(text, at, start) {
            return (next.kind == DateKind::Day).then_some(next);
        }
    }
    let number = read::digits(bytes, at).filter(|number| number.digits <= 2)?;
    if let Some(sign) = read::literal(bytes, number.end, "月").filter(|_| period) {
        let from = FoundDate { month: None, day: None, ..start.clone() };
        let next = prose_read::behind_month(text, sign, number, Numerals::Digits, from)?;
        return next.day.is_some().then(|| carry_year(next, found));
    }
    if u16::from(found.day?) >= number.value || number.value > 31 {
        return None;
    }
    let chained = bare(text, found) && !numeric_style(text, found);
    match read::literal(bytes, read::spaces(bytes, number.end), "日") {
        Some(end) if read::any_literal(bytes, end, &NOT_A_DAY).is_none() => Some(prose_read::day_at(text, end, number, start.clone())),
        None if chained => {
            let mut next = FoundDate { day: u8::try_from(number.value).ok(), ..start.clone() };
            next.range.end = number.end;
            if let Some((weekday, sign, end)) = read::weekday(text, number.end) {
                next.weekday = Some(weekday);
                next.weekday_range = Some(sign..sign + '月'.len_utf8());
                next.range.end = end;
            }
            chain_closes(text, next.range.end, &["日"])?;
            Some(next)
        }
        _ => None,
    }
}

/// Whether a date is written with separators (2025/3/31) rather than 年月日.
fn numeric_style(text: &str, found: &FoundDate) -> bool {
    !text[found.range.clone()].contains('月') && text[found.range.clone()].contains(['/', '.', '-', '／', '．', '－'])
}

/// The last end of a period lies in the next year when its month is earlier.
fn carry_year(mut next: FoundDate, found: &FoundDate) -> FoundDate {
    if let (Some(year), Some(first), Some(last)) = (found.year, found.month, next.month) {
        next.year = Some(if last < first { year + 1 } else { year });
        // The era is not written here: 令和元年 is none of its business.
        next.era = None;
    }
    next
}

fn next_month(text: &str, at: usize, found: &FoundDate, start: &FoundDate, period: bool) -> Option<FoundDate> {
    let bytes = text.as_bytes();
    if period {
        if let Some(next) = complete(text, at, DateKind::Month) {
            return Some(next);
        }
        if let Some(next) = year_of_same_era(text, at, start) {
            return (next.kind == DateKind::Month).then_some(next);
        }
    }
    let number = read::digits(bytes, at).filter(|number| (1..=12).contains(&number.value))?;
    let later = number.value > u16::from(found.month?);
    let known = found.year.is_some();
    match read::literal(bytes, read::spaces(bytes, number.end), "月") {
        Some(sign) if period || (known && later) => {
            let from = FoundDate { month: None, ..start.clone() };
            let next = prose_read::behind_month(text, sign, number, Numerals::Digits, from)?;
            next.day.is_none().then(|| carry_year(next, found))
        }
        None if bare(text, found) => {
            let mut next = FoundDate { month: u8::try_from(number.value).ok(), ..start.clone() };
            next.range.end = number.end;
            chain_closes(text, number.end, &["月"])?;
            Some(carry_year(next, found))
        }
        _ if bare(text, found) => {
            let mut next = FoundDate { month: u8::try_from(number.value).ok(), ..start.clone() };
            next.range.end = number.end + "月".len();
            Some(carry_year(next, found))
        }
        _ => None,
    }
}

fn next_year(text: &str, at: usize, found: &FoundDate, start: &FoundDate, period: bool) -> Option<FoundDate> {
    let bytes = text.as_bytes();
    let chained = bare(text, found);
    if (period || chained)
        && let Some(next) = complete(text, at, found.kind)
    {
        return Some(next);
    }
    if let Some(next) = year_of_same_era(text, at, start) {
        let later = next.year > found.year && (period || chained || next.kind == DateKind::FiscalYear);
        return (later && next.kind == found.kind).then_some(next);
    }
    let era = found.era.filter(|_| chained)?;
    let number = read::digits(bytes, at).filter(|number| number.digits <= 2)?;
    chain_closes(text, number.end, &["年度", "年"])?;
    let mut next = FoundDate { year: Some(era.year(number.value)?), ..start.clone() };
    next.range.end = number.end;
    Some(next)
}
