//! A number as it is written: digits of either width, commas, a decimal point, 万 and 億.
//!
//! Reads the longest number at the start of a text and hands back the rest. Words around it are
//! the business of `spelling`.

use super::rational::{Rational, power_of_ten};

/// How the digits of a figure are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Digits {
    /// A full-width digit, comma or point (３０).
    pub full_width: bool,
    /// A half-width digit, comma or point (30).
    pub half_width: bool,
    /// Scaled by 百, 千, 万, 億 or 兆 (41万8000).
    pub kanji: bool,
    /// A zero before other digits (012131): a code rather than a number.
    pub leading_zero: bool,
    /// How thousands are parted.
    pub grouping: Grouping,
}

/// How thousands are parted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Grouping {
    /// Nothing to part: fewer than four digits in a row, or parted by 万 alone.
    #[default]
    None,
    /// Four or more digits in a row without a comma (1157).
    Plain,
    /// Commas before every third digit (1,331).
    Commas,
    /// Commas elsewhere, or with a space (44, 822; 1,23).
    Broken,
}

impl Digits {
    /// Whether both widths occur in one figure (１3).
    #[must_use]
    pub const fn is_mixed_width(self) -> bool {
        self.full_width && self.half_width
    }

    /// The style of that many half-width digits in a row.
    pub(super) const fn plain(count: usize, zero_first: bool) -> Digits {
        Digits {
            full_width: false,
            half_width: true,
            kanji: false,
            leading_zero: zero_first && count > 1,
            grouping: if count >= 4 { Grouping::Plain } else { Grouping::None },
        }
    }

    /// The style of two numbers of one figure together (the ends of a range).
    pub(super) fn and(self, other: Digits) -> Digits {
        let grouping = match (self.grouping, other.grouping) {
            (Grouping::Broken, _) | (_, Grouping::Broken) => Grouping::Broken,
            (Grouping::None, grouping) | (grouping, _) => grouping,
        };
        Digits {
            full_width: self.full_width || other.full_width,
            half_width: self.half_width || other.half_width,
            kanji: self.kanji || other.kanji,
            leading_zero: self.leading_zero || other.leading_zero,
            grouping,
        }
    }
}

/// A number read from the start of a text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Number {
    pub value: Rational,
    /// The power of ten the last written digit stands for, where the figure is rounded there: -1
    /// for 16.7, 3 for 1.5万; 0 for whole numbers.
    pub place: i8,
    /// The power of ten of the kanji behind the only group of digits: 4 for 2万; otherwise 0.
    pub scale: u8,
    pub digits: Digits,
}

/// Reads a number with its sign; `None` when the text does not begin with one or it is too long.
pub(super) fn signed(text: &str) -> Option<(Number, &str)> {
    let negative = text.strip_prefix(['-', '△', '▲', '\u{2212}', '－']);
    let positive = || text.strip_prefix(['+', '＋']).unwrap_or(text);
    let (mut number, rest) = unsigned(negative.unwrap_or_else(positive))?;
    if negative.is_some() {
        number.value = number.value.negated();
    }
    Some((number, rest))
}

/// Reads a number without a sign.
pub(super) fn unsigned(text: &str) -> Option<(Number, &str)> {
    let (first, mut rest) = Group::read(text)?;
    let mut digits = first.digits;
    let mut group = first;
    let (mut total, mut section) = (0i128, 0i128);
    let (mut last_large, mut last_small) = (u8::MAX, u8::MAX);
    let mut groups = 1u8;
    loop {
        let (small, after) = small_scale(rest);
        let (large, after) = large_scale(after);
        if small >= last_small || (large > 0 && large >= last_large) {
            return None;
        }
        rest = after;
        section = section.checked_add(group.value.checked_mul(power_of_ten(small)?)?)?;
        if large > 0 {
            total = total.checked_add(section.checked_mul(power_of_ten(large)?)?)?;
            (section, last_small, last_large) = (0, u8::MAX, large);
        } else {
            last_small = small;
        }
        let scale = small + large;
        digits.kanji |= scale > 0;
        let next = if scale > 0 { Group::read(rest) } else { None };
        let Some((following, after)) = next else {
            let units = total.checked_add(section)?;
            return Some((finish(group, groups, scale, units, digits, rest)?, rest));
        };
        if group.decimals > 0 || following.decimals > 0 {
            return None;
        }
        (group, rest, groups) = (following, after, groups.checked_add(1)?);
        digits = digits.and(following.digits);
    }
}

fn finish(last: Group, groups: u8, scale: u8, units: i128, mut digits: Digits, rest: &str) -> Option<Number> {
    // A table in thousands or millions of yen is rounded there; 41万8000 and 5万 are exact.
    let rounded = groups == 1 && matches!(scale, 3 | 6) && rest.starts_with('円');
    let place = match (last.decimals, rounded) {
        (0, false) => 0,
        (decimals, _) => i8::try_from(scale).ok()? - i8::try_from(decimals).ok()?,
    };
    if digits.kanji && digits.grouping == Grouping::Plain {
        digits.grouping = Grouping::None;
    }
    let scale = if groups == 1 { scale } else { 0 };
    Some(Number { value: Rational::from_decimal(units, last.decimals)?, place, scale, digits })
}

/// 千 and 百 behind a group of digits.
fn small_scale(text: &str) -> (u8, &str) {
    if let Some(rest) = text.strip_prefix('千') {
        return (3, rest);
    }
    // 百 begins many words; it scales only before what can follow a number.
    match text.strip_prefix('百') {
        Some(rest) if rest.starts_with(['万', '億', '兆', '円', '人', '名', '件']) => (2, rest),
        Some(rest) if rest.is_empty() || rest.starts_with(|c: char| digit(c).is_some()) => (2, rest),
        _ => (0, text),
    }
}

/// 万, 億 and 兆 behind a group of digits.
fn large_scale(text: &str) -> (u8, &str) {
    [('万', 4), ('億', 8), ('兆', 12)].iter().find_map(|&(kanji, power)| Some((power, text.strip_prefix(kanji)?))).unwrap_or((0, text))
}

/// One run of digits with its commas and decimals.
#[derive(Clone, Copy)]
struct Group {
    /// All digits, the decimals included, as one whole number.
    value: i128,
    decimals: u8,
    digits: Digits,
}

/// The most digits of one run: enough for any budget, and never too many for 128 bits.
const MOST_DIGITS: u32 = 18;

impl Group {
    fn read(text: &str) -> Option<(Group, &str)> {
        let mut scan = Scan { rest: text, value: 0, count: 0, digits: Digits::default() };
        let first = scan.run();
        let leading_zero = first > 1 && digit(text.chars().next()?) == Some(0);
        let mut commas = 0u32;
        let mut even = first <= 3;
        if first > 0 {
            while let Some((width, length)) = scan.comma() {
                commas += 1;
                if length < 2 {
                    return None;
                }
                even &= length == 3 && width == 1;
            }
        }
        let whole = scan.count;
        let mut decimals = 0;
        let point = scan.rest.strip_prefix(['.', '．']);
        if let Some(rest) = point.filter(|rest| rest.starts_with(|c| digit(c).is_some())) {
            scan.note_width(scan.rest.starts_with('．'));
            scan.rest = rest;
            decimals = u8::try_from(scan.run()).ok()?;
        }
        if scan.count == 0 || scan.count > MOST_DIGITS {
            return None;
        }
        let grouping = match (commas, even) {
            (0, _) if whole >= 4 => Grouping::Plain,
            (0, _) => Grouping::None,
            (_, true) => Grouping::Commas,
            (_, false) => Grouping::Broken,
        };
        let digits = Digits { leading_zero, grouping, ..scan.digits };
        Some((Group { value: scan.value, decimals, digits }, scan.rest))
    }
}

struct Scan<'a> {
    rest: &'a str,
    value: i128,
    count: u32,
    digits: Digits,
}

impl Scan<'_> {
    /// Takes digits as long as there are any and says how many.
    fn run(&mut self) -> u32 {
        let mut taken = 0;
        while let Some(c) = self.rest.chars().next() {
            let Some(value) = digit(c) else { break };
            // Too long a run is refused by its count; its value does not matter.
            self.value = self.value.wrapping_mul(10).wrapping_add(i128::from(value));
            taken += 1;
            self.note_width(!c.is_ascii());
            self.rest = self.rest.get(c.len_utf8()..).unwrap_or_default();
        }
        self.count = self.count.saturating_add(taken);
        taken
    }

    /// Takes a comma and the digits behind it; says how wide the gap and how long the run is.
    /// After a space, only exactly three digits continue the number (44, 822).
    fn comma(&mut self) -> Option<(usize, u32)> {
        let rest = self.rest.strip_prefix([',', '，'])?;
        let spaced = rest.trim_start_matches([' ', '\u{3000}']);
        let length = spaced.chars().take_while(|&c| digit(c).is_some()).count();
        if length == 0 || (spaced.len() != rest.len() && length != 3) {
            return None;
        }
        self.note_width(self.rest.starts_with('，'));
        self.rest = spaced;
        Some((1 + rest.len() - spaced.len(), self.run()))
    }

    fn note_width(&mut self, full: bool) {
        self.digits.full_width |= full;
        self.digits.half_width |= !full;
    }
}

/// The value of a digit of either width.
pub(super) const fn digit(c: char) -> Option<u8> {
    match c {
        '0'..='9' => Some(c as u8 - b'0'),
        '０'..='９' => Some((c as u32 - '０' as u32) as u8),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (String, String) {
        let (number, rest) = signed(text).unwrap();
        (number.value.to_string(), rest.to_owned())
    }

    fn grouping(text: &str) -> Grouping {
        signed(text).unwrap().0.digits.grouping
    }

    #[test]
    fn reads_the_number_and_leaves_the_rest() {
        for (text, value, rest) in [
            ("13878", "13878", ""),
            ("1,331件", "1331", "件"),
            ("３０％", "30", "％"),
            ("0.5", "0.5", ""),
            (".5", "0.5", ""),
            ("41万8000", "418000", ""),
            ("1億2,000万円", "120000000", "円"),
            ("2千万円", "20000000", "円"),
            ("3百万円", "3000000", "円"),
            ("5万2千", "52000", ""),
            ("1.5万人", "15000", "人"),
            ("△5", "-5", ""),
            ("▲1,000", "-1000", ""),
            ("-5", "-5", ""),
            ("+5", "5", ""),
            ("1.", "1", "."),
            ("3,", "3", ","),
            ("10, 20", "10", ", 20"),
            ("2百貨店", "2", "百貨店"),
        ] {
            assert_eq!(read(text), (value.to_owned(), rest.to_owned()), "{text}");
        }
    }

    #[test]
    fn refuses_what_is_no_number() {
        for text in ["", "人", "万", "-", "△", "1万2万", "1千2千", "1.5万2000", "1,2,3", "1234567890123456789"] {
            assert!(signed(text).is_none(), "{text}");
        }
    }

    #[test]
    fn tells_how_digits_are_written() {
        assert_eq!(grouping("999"), Grouping::None);
        assert_eq!(grouping("1157"), Grouping::Plain);
        assert_eq!(grouping("1,331"), Grouping::Commas);
        assert_eq!(grouping("1，331"), Grouping::Commas);
        assert_eq!(grouping("44, 822"), Grouping::Broken);
        assert_eq!(grouping("1,23"), Grouping::Broken);
        assert_eq!(grouping("1331,000"), Grouping::Broken);
        assert_eq!(grouping("41万8000"), Grouping::None);
        assert_eq!(grouping("1億2,000万"), Grouping::Commas);
        assert!(signed("１3").unwrap().0.digits.is_mixed_width());
        assert!(!signed("１３").unwrap().0.digits.is_mixed_width());
        assert!(signed("012131").unwrap().0.digits.leading_zero);
        assert!(!signed("0.5").unwrap().0.digits.leading_zero);
    }

    #[test]
    fn knows_where_a_number_is_rounded() {
        for (text, place) in
            [("13878", 0), ("16.7", -1), ("23.00", -2), ("5万", 0), ("1.5万人", 3), ("158千円", 3), ("12百万円", 6), ("1億2,000万円", 0)]
        {
            assert_eq!(signed(text).unwrap().0.place, place, "{text}");
        }
    }
}
