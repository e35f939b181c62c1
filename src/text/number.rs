//! Numbers in running text, with their unit, modifiers and the noun they belong to.
//!
//! What is no quantity yields nothing: dates, clock times, telephone and section numbers, ordinals
//! (第3回, 3回目, No.5), fractions (1/9), 24時間365日.

use std::borrow::Cow;
use std::ops::Range;

use super::letter::{char_at, length};
use super::{number_read, number_unit, number_words};
use crate::calendar::{FoundDate, find_dates};

/// How people are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Tally {
    /// 延べ
    Gross,
    /// 実
    Distinct,
}

/// On which side of the number the value lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Bound {
    /// 以上
    AtLeast,
    /// 超
    Over,
    /// 以下, 以内
    AtMost,
    /// 未満
    Under,
}

/// The time that a frequency refers to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Period {
    /// 年12回
    Year,
    /// 月1回
    Month,
    /// 週3回
    Week,
    /// 1日2回
    Day,
    /// 隔月1回, 2か月に1回, 学期に1回: something else
    Other,
}

/// The number is the size of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Change {
    /// 23％増
    Up,
    /// 5件減
    Down,
}

/// How the digits of a number are grouped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Grouping {
    /// `1157`, `35`
    None,
    /// `1,331`
    Commas,
    /// `44, 822`, `1331,000`
    Broken,
}

/// What stands between a noun and the number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NounLink {
    /// 相談35件
    Direct,
    /// 相談：35件
    Colon,
    /// 相談 35件
    Space,
    /// 相談（35件）
    Bracket,
    /// 相談は35件: は, が, を, も or の
    Particle(char),
}

/// The words around a number that change what it says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Modifiers {
    /// 約, 概ね, 程度, 前後, 弱
    pub about: bool,
    /// 延べ, 実
    pub tally: Option<Tally>,
    /// 以上, 未満, 最大
    pub bound: Option<Bound>,
    /// 年, 月, 週
    pub period: Option<Period>,
    /// 増, 減
    pub change: Option<Change>,
    /// うち, 内: a part of a number before
    pub within: bool,
    /// 計, 合計, 全
    pub total: bool,
    /// 各, ずつ, 平均, 1回あたり: not the whole
    pub each: bool,
    /// あたり, につき behind it: the base of another number (1回あたり30人)
    pub base: bool,
    /// A sign directly before the digits: +, -, ▲, △
    pub sign: Option<char>,
}

/// A number in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundNumber<'t> {
    pub(super) text: &'t str,
    /// The number itself: `1,331`, `12.5`, `41万8000`.
    pub range: Range<usize>,
    /// The upper end of a range: `4` in 3～4回.
    pub upper: Option<Range<usize>>,
    /// The unit: `人`, `％`.
    pub unit: Option<Range<usize>>,
    /// The noun before it: `相談件数` in 相談件数：35件.
    pub noun: Option<Range<usize>>,
    /// What joins the noun to it.
    pub link: NounLink,
    /// The number with its unit and modifiers.
    pub whole: Range<usize>,
    /// The modifiers.
    pub modifiers: Modifiers,
    /// How its digits are grouped.
    pub grouping: Grouping,
}

impl<'t> FoundNumber<'t> {
    /// The number as written.
    pub fn written(&self) -> &'t str {
        &self.text[self.range.clone()]
    }

    /// The unit as written.
    pub fn unit_word(&self) -> Option<&'t str> {
        self.unit.clone().map(|range| &self.text[range])
    }

    /// The noun as written.
    pub fn noun_word(&self) -> Option<&'t str> {
        self.noun.clone().map(|range| &self.text[range])
    }

    /// The number with its unit and modifiers as written: `延べ約1,331人以上`.
    pub fn whole_words(&self) -> &'t str {
        &self.text[self.whole.clone()]
    }

    /// The value in plain half-width digits: `1331`, `12.5`, `418000`. Decimals stay as printed
    /// (`23.0`).
    pub fn digits(&self) -> Cow<'t, str> {
        number_read::plain(self.written())
    }

    /// The upper end of a range in plain digits.
    pub fn upper_digits(&self) -> Option<Cow<'t, str>> {
        self.upper.clone().map(|range| number_read::plain(&self.text[range]))
    }

    /// The value, if it is a whole number.
    pub fn integer(&self) -> Option<u64> {
        self.digits().parse().ok()
    }

    /// Whether the words directly before the number are `noun`: 相談35件, 相談：35件, 相談は35件. The
    /// noun must not be the tail of a longer one (電話相談35件 is not 相談).
    pub fn is_named(&self, noun: &str) -> bool {
        number_words::named(&self.text[..self.whole.start], noun)
    }
}

/// The numbers in a text, in order. See [`find_numbers`].
#[derive(Clone, Debug)]
pub struct FoundNumbers<'t, D> {
    text: &'t str,
    at: usize,
    /// Where the dates of the text stand.
    dates: D,
    date: Option<Range<usize>>,
}

/// Finds the quantities in running text, digits of both widths. Allocates nothing.
pub fn find_numbers(text: &str) -> FoundNumbers<'_, impl Iterator<Item = Range<usize>>> {
    FoundNumbers { text, at: 0, dates: find_dates(text).map(|date| date.range), date: None }
}

/// The same for a text whose dates are known.
pub fn find_numbers_beside<'t, 'd>(
    text: &'t str,
    dates: &'d [FoundDate],
) -> FoundNumbers<'t, impl Iterator<Item = Range<usize>> + use<'d>> {
    FoundNumbers { text, at: 0, dates: dates.iter().map(|date| date.range.clone()), date: None }
}

impl<'t, D: Iterator<Item = Range<usize>>> Iterator for FoundNumbers<'t, D> {
    type Item = FoundNumber<'t>;

    fn next(&mut self) -> Option<FoundNumber<'t>> {
        let bytes = self.text.as_bytes();
        while let Some(&lead) = bytes.get(self.at) {
            let at = self.at;
            let starts = match lead {
                b'0'..=b'9' => true,
                0xEF => matches!(bytes.get(at + 1..at + 3), Some([0xBC, 0x90..=0x99])),
                _ => false,
            };
            if !starts {
                self.at += length(lead);
                continue;
            }
            if let Some(end) = self.date_at(at) {
                self.at = end;
                continue;
            }
            let figure = number_read::figure(self.text, at);
            self.at = figure.end;
            let Some(grouping) = figure.grouping else {
                continue;
            };
            let range = at..figure.end;
            if let Some(found) = number_words::surround(self.text, range, grouping) {
                self.at = found.whole.end.max(figure.end);
                return Some(found);
            }
            self.at = number_unit::skip(self.text, figure.end);
        }
        None
    }
}

impl<D: Iterator<Item = Range<usize>>> FoundNumbers<'_, D> {
    /// The end of the date that covers a position.
    fn date_at(&mut self, at: usize) -> Option<usize> {
        if self.date.is_none() {
            self.date = self.dates.next();
        }
        while let Some(date) = &self.date {
            if date.end > at {
                let covers = date.start <= at;
                return covers.then_some(date.end);
            }
            self.date = self.dates.next();
        }
        None
    }
}

/// The operator between two numbers of a formula (12回×3人＝36人), if nothing else stands there.
pub fn operator_between(before: &FoundNumber<'_>, after: &FoundNumber<'_>) -> Option<char> {
    let between = before.text.get(before.whole.end..after.whole.start)?.trim();
    let operator = char_at(between, 0)?;
    let sign = match operator {
        '×' | '✕' | '✖' | '*' | '＊' | 'x' | 'ｘ' | 'X' | 'Ｘ' => '×',
        '÷' => '÷',
        '+' | '＋' => '+',
        '-' | '－' | '−' => '-',
        '=' | '＝' => '=',
        '≒' | '≈' => '≒',
        _ => return None,
    };
    (between.len() == operator.len_utf8()).then_some(sign)
}

#[cfg(test)]
#[path = "number_tests.rs"]
mod tests;
