//! Reading small pieces of a date at a byte position: digits of both widths, kanji numerals, eras,
//! years, weekdays. Every function takes a position and answers with the position behind what it read.

use jiff::civil::Weekday;

use super::era::Era;

/// Whether kanji numerals (三十一) are read besides digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Numerals {
    Digits,
    WithKanji,
}

/// A whole number as read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Number {
    pub value: u16,
    /// How many digits were written.
    pub digits: u8,
    pub end: usize,
}

/// A year as read, with its era if one was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Year {
    pub era: Option<Era>,
    /// The calendar year it stands for.
    pub year: i16,
    /// The era was written as a letter.
    pub letter: bool,
    pub end: usize,
}

/// The value and length of the digit at a position, of either width.
#[inline]
pub(crate) fn digit(bytes: &[u8], at: usize) -> Option<(u8, usize)> {
    match *bytes.get(at)? {
        byte @ b'0'..=b'9' => Some((byte - b'0', 1)),
        0xEF => match (bytes.get(at + 1), bytes.get(at + 2)) {
            (Some(0xBC), Some(&last @ 0x90..=0x99)) => Some((last - 0x90, 3)),
            _ => None,
        },
        _ => None,
    }
}

/// Whether a digit of either width ends at a position.
#[inline]
pub(crate) fn digit_before(bytes: &[u8], at: usize) -> bool {
    match at.checked_sub(1).and_then(|last| bytes.get(last)) {
        Some(b'0'..=b'9') => true,
        Some(0x90..=0x99) => at >= 3 && bytes[at - 3] == 0xEF && bytes[at - 2] == 0xBC,
        _ => false,
    }
}

/// The position behind `word`, if it stands at `at`.
#[inline]
pub(crate) fn literal(bytes: &[u8], at: usize, word: &str) -> Option<usize> {
    // Most places are told by their first byte.
    let first = bytes.get(at)?;
    (Some(first) == word.as_bytes().first() && bytes[at..].starts_with(word.as_bytes())).then_some(at + word.len())
}

/// The position behind the first of `words` that stands at `at`.
#[inline]
pub(super) fn any_literal(bytes: &[u8], at: usize, words: &[&str]) -> Option<usize> {
    let (first, third) = (*bytes.get(at)?, bytes.get(at + 2));
    let may_stand = |word: &&&str| {
        let word = word.as_bytes();
        word.first() == Some(&first) && (word.len() < 3 || word.get(2) == third)
    };
    words.iter().filter(may_stand).find_map(|word| literal(bytes, at, word))
}

/// The position behind an optional space (ASCII or ideographic).
#[inline]
pub(super) fn spaces(bytes: &[u8], at: usize) -> usize {
    match bytes.get(at) {
        Some(b' ') => at + 1,
        Some(0xE3) if bytes[at..].starts_with("　".as_bytes()) => at + "　".len(),
        _ => at,
    }
}

/// A number of one to four digits of either width that is not part of a longer one.
pub(super) fn digits(bytes: &[u8], at: usize) -> Option<Number> {
    let mut number = Number { value: 0, digits: 0, end: at };
    while let Some((value, length)) = digit(bytes, number.end) {
        if number.digits == 4 {
            return None;
        }
        number.value = number.value * 10 + u16::from(value);
        number.digits += 1;
        number.end += length;
    }
    (number.digits > 0).then_some(number)
}

/// A number of at most two digits, or a kanji numeral up to 九十九.
pub(super) fn small(text: &str, at: usize, numerals: Numerals) -> Option<Number> {
    match digits(text.as_bytes(), at) {
        Some(number) if number.digits <= 2 => Some(number),
        Some(_) => None,
        None if numerals == Numerals::WithKanji => kanji(text, at),
        None => None,
    }
}

fn kanji(text: &str, at: usize) -> Option<Number> {
    const DIGITS: &str = "〇一二三四五六七八九";
    let (mut value, mut ten, mut ones, mut end) = (0u16, false, 0u8, at);
    for letter in text.get(at..)?.chars() {
        if letter == '十' && !ten && ones <= 1 {
            value = value.max(1) * 10;
            (ten, ones) = (true, 0);
        } else if let Some(place) = DIGITS.find(letter) {
            let unit = (place / 3) as u16;
            if ones > 0 && (ten || ones > 1) {
                return None;
            }
            value = if ten { value + unit } else { value * 10 + unit };
            ones += 1;
        } else {
            break;
        }
        end += letter.len_utf8();
    }
    (end > at).then_some(Number { value, digits: 2, end })
}

/// The era at a position, whether it is written as a letter, and the position behind it.
pub(super) fn era(bytes: &[u8], at: usize) -> Option<(Era, bool, usize)> {
    let (letter, end) = match *bytes.get(at)? {
        byte @ (b'R' | b'H' | b'S' | b'T' | b'M') => (byte, at + 1),
        0xEF => match (bytes.get(at + 1), bytes.get(at + 2)) {
            (Some(0xBC), Some(&last @ 0xA1..=0xBA)) => (last - 0xA1 + b'A', at + 3),
            _ => return None,
        },
        0xE3..=0xE6 if begins_era(bytes, at) => {
            return Era::ALL.into_iter().rev().find_map(|era| {
                let square = era.square().encode_utf8(&mut [0; 4]).len();
                literal(bytes, at, era.name()).or_else(|| square_at(bytes, at, era).then_some(at + square)).map(|end| (era, false, end))
            });
        }
        _ => return None,
    };
    Era::ALL.into_iter().find(|era| era.letter() == char::from(letter)).map(|era| (era, true, end))
}

/// Whether the character may begin an era: 令, 平, 昭, 大, 明, ㋿, ㍻ to ㍾.
#[inline]
pub(super) fn begins_era(bytes: &[u8], at: usize) -> bool {
    matches!(
        bytes.get(at..at + 3),
        Some(
            [0xE4, 0xBB, 0xA4]
                | [0xE5, 0xB9, 0xB3]
                | [0xE6, 0x98, 0xAD | 0x8E]
                | [0xE5, 0xA4, 0xA7]
                | [0xE3, 0x8B, 0xBF]
                | [0xE3, 0x8D, 0xBB..=0xBE]
        )
    )
}

fn square_at(bytes: &[u8], at: usize, era: Era) -> bool {
    literal(bytes, at, era.square().encode_utf8(&mut [0; 4])).is_some()
}

/// A year: an era with the number of its year (元 for the first), or four digits.
pub(super) fn year(text: &str, at: usize, numerals: Numerals) -> Option<Year> {
    let bytes = text.as_bytes();
    let Some((era, letter, end)) = era(bytes, at) else {
        let number = digits(bytes, at).filter(|number| number.digits == 4)?;
        let year = i16::try_from(number.value).ok()?;
        return (1..=9998).contains(&year).then_some(Year { era: None, year, letter: false, end: number.end });
    };
    let from = if letter { end } else { spaces(bytes, end) };
    let (nth, end) = match literal(bytes, from, "元") {
        Some(end) if !letter => (1, end),
        _ => {
            let number = small(text, from, numerals)?;
            (number.value, number.end)
        }
    };
    Some(Year { era: Some(era), year: era.year(nth)?, letter, end })
}

/// The weekday of a kanji (月 is Monday).
pub(super) fn weekday_of(letter: char) -> Option<Weekday> {
    Some(match letter {
        '月' => Weekday::Monday,
        '火' => Weekday::Tuesday,
        '水' => Weekday::Wednesday,
        '木' => Weekday::Thursday,
        '金' => Weekday::Friday,
        '土' => Weekday::Saturday,
        '日' => Weekday::Sunday,
        _ => return None,
    })
}

/// A weekday behind a date: `(水)`, `（水曜日）`, `（月・祝）`, `水曜日`. Answers with the weekday, the
/// position of its kanji and the position behind the whole.
pub(super) fn weekday(text: &str, at: usize) -> Option<(Weekday, usize, usize)> {
    let bytes = text.as_bytes();
    let from = spaces(bytes, at);
    let letter = text.get(from..)?.chars().next()?;
    let bracket = matches!(letter, '（' | '(' | '[' | '［' | '〔').then_some(from + letter.len_utf8());
    let start = spaces(bytes, bracket.unwrap_or(from));
    let letter = text.get(start..)?.chars().next()?;
    let weekday = weekday_of(letter)?;
    let mut end = start + letter.len_utf8();
    match any_literal(bytes, end, &["曜日", "曜"]) {
        Some(after) => end = after,
        None if bracket.is_none() => return None,
        None => {}
    }
    if bracket.is_none() {
        return Some((weekday, start, end));
    }
    let holiday = ["・祝日", "・祝", "･祝", "、祝日", "、祝", "/祝", "祝日", "祝", "・休日", "・休"];
    end = any_literal(bytes, end, &holiday).unwrap_or(end);
    end = spaces(bytes, end);
    let end = any_literal(bytes, end, &["）", ")", "]", "］", "〕"])?;
    Some((weekday, start, end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers() {
        assert_eq!(digits("１2月".as_bytes(), 0).map(|n| (n.value, n.end)), Some((12, 4)));
        assert_eq!(digits(b"12345", 0), None);
        let value = |text| small(text, 0, Numerals::WithKanji).map(|n| n.value);
        assert_eq!(value("三十一日"), Some(31));
        assert_eq!(value("十日"), Some(10));
        assert_eq!(value("二〇年"), Some(20));
        assert_eq!(value("二十年"), Some(20));
        assert_eq!(value("九月"), Some(9));
        assert_eq!(value("一二三"), None);
        assert_eq!(value("年"), None);
    }

    #[test]
    fn weekdays() {
        let day = |text| weekday(text, 0).map(|(day, _, end)| (day, end));
        assert_eq!(day("(水)"), Some((Weekday::Wednesday, 5)));
        assert_eq!(day("（月・祝）").map(|d| d.0), Some(Weekday::Monday));
        assert_eq!(day("金曜日に").map(|d| d.0), Some(Weekday::Friday));
        assert_eq!(day(" (土)").map(|d| d.0), Some(Weekday::Saturday));
        for text in ["水", "（日本時間）", "（土・日）", "（土", "(祝)", ""] {
            assert_eq!(day(text), None, "{text}");
        }
    }
}
