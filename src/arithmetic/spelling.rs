//! The spellings of a quantity: words before and after a number, and ranges.
//!
//! One pass: peel words off the front, read a number (or two), peel words off
//! the end, and what is left is the unit or the text was no quantity.

use super::absence::{self, NotAQuantity};
use super::number::{self, Number};
use super::quantity::{Form, Period, Quantity, Tally};
use super::rational::{Rational, power_of_ten};
use super::unit;
use super::words::{AFTER, BEFORE, Word};

/// What the words around a number have said so far.
#[derive(Default)]
struct Said {
    about: bool,
    form: Option<Form>,
    tally: Option<Tally>,
    period: Option<Period>,
    yen: bool,
}

impl Said {
    /// Takes a word in; `None` when it contradicts an earlier one.
    fn take(&mut self, word: Word) -> Option<()> {
        match word {
            Word::About => self.about = true,
            Word::Form(form) => return once(&mut self.form, form),
            Word::Tally(tally) => return once(&mut self.tally, tally),
            Word::Period(period) => return once(&mut self.period, period),
            Word::Yen => self.yen = true,
            Word::Filler => {}
        }
        Some(())
    }
}

fn once<T: PartialEq>(place: &mut Option<T>, value: T) -> Option<()> {
    match place {
        Some(earlier) if *earlier != value => None,
        _ => {
            *place = Some(value);
            Some(())
        }
    }
}

/// Reads any spelling of a quantity.
pub(super) fn read(text: &str) -> Result<Quantity<'_>, NotAQuantity> {
    quantity(text).ok_or_else(|| absence::classify(text))
}

fn quantity(printed: &str) -> Option<Quantity<'_>> {
    let mut said = Said::default();
    let text = before(trim(printed), &mut said)?;
    let (low, rest) = number::signed(text)?;
    if let Some((low, high, rest)) = range(low, rest) {
        let unit = after(rest, &mut said)?;
        let digits = low.digits.and(high.digits);
        let place = low.place.min(high.place);
        let number = Number { place, digits, ..low };
        return build(printed, said, number, Some(high.value), unit);
    }
    let unit = after(rest, &mut said)?;
    build(printed, said, low, None, unit)
}

fn build<'a>(printed: &'a str, said: Said, number: Number, upper: Option<Rational>, unit: &'a str) -> Option<Quantity<'a>> {
    let tenths = tenths(number, unit);
    let (number, unit) = match tenths {
        Some(number) => (number, "%"),
        None if unit.is_empty() => (number, if said.yen { "円" } else { "" }),
        None if unit::is_unit(unit) => (number, unit::normal(unit)),
        None => return None,
    };
    let upper = match (upper, tenths.is_some()) {
        (Some(upper), true) => Some(upper.checked_mul(Rational::integer(10))?),
        (upper, _) => upper,
    };
    let form = match (upper, said.form) {
        (Some(_), Some(_)) => return None,
        (Some(_), None) => Form::Range,
        (None, Some(form)) => form,
        (None, None) if said.about => Form::About,
        (None, None) => Form::Exact,
    };
    Some(Quantity {
        printed,
        unit,
        value: number.value,
        upper: upper.unwrap_or(number.value),
        form,
        about: said.about,
        place: number.place,
        period: said.period,
        tally: said.tally,
        digits: number.digits,
    })
}

/// A number of tenths as a percentage: 3割 is 30%, known to ten; 3割5分 is 35%.
fn tenths(number: Number, unit: &str) -> Option<Number> {
    let rest = unit.strip_prefix('割')?;
    let value = number.value.checked_mul(Rational::integer(10))?;
    let place = number.place + 1;
    if rest.is_empty() {
        return Some(Number { value, place, ..number });
    }
    let (parts, rest) = number::unsigned(rest)?;
    let fits = parts.value < Rational::integer(10) && number.place == 0 && parts.place == 0;
    if rest != "分" || !fits {
        return None;
    }
    let value = value.checked_add(parts.value)?;
    Some(Number { value, place: 0, digits: number.digits.and(parts.digits), ..number })
}

/// Peels the words off the front.
fn before<'a>(text: &'a str, said: &mut Said) -> Option<&'a str> {
    let mut text = text;
    // A figure begins with its digits far more often than with a word.
    while text.starts_with(|c: char| !c.is_ascii_digit()) {
        let found = BEFORE.iter().find_map(|&(spelling, word)| Some((text.strip_prefix(spelling)?, word)));
        let Some((rest, word)) = found else { break };
        said.take(word)?;
        text = trim_start(rest);
    }
    Some(text)
}

/// Peels the words off the end and hands back what stands before them.
fn after<'a>(text: &'a str, said: &mut Said) -> Option<&'a str> {
    let mut text = trim(text);
    while !text.is_empty() {
        let found = AFTER.iter().find_map(|&(spelling, word)| Some((text.strip_suffix(spelling)?, word)));
        let Some((rest, word)) = found else { break };
        said.take(word)?;
        text = trim(rest);
    }
    Some(text)
}

/// The second end of a range, when the rest of the text holds one: `〜4`, `回〜4`, `から4`.
fn range(low: Number, rest: &str) -> Option<(Number, Number, &str)> {
    let (unit, tail) = split_range(trim_start(rest))?;
    let (high, rest) = number::unsigned(trim_start(tail))?;
    let rest = trim(rest);
    // 3回〜4回: the same unit twice. 03-1234 is no range, nor is 5-2.
    if !(unit.is_empty() || rest.starts_with(unit)) || high.digits.leading_zero || low.digits.leading_zero {
        return None;
    }
    let low = shared_scale(low, high)?;
    (low.value < high.value).then_some((low, high, rest))
}

/// The lower end with the upper end's 万, when only that one is written: 1〜2万 is 10000 to 20000.
fn shared_scale(low: Number, high: Number) -> Option<Number> {
    if low.digits.kanji || high.scale == 0 {
        return Some(low);
    }
    let scaled = low.value.checked_mul(Rational::from_decimal(power_of_ten(high.scale)?, 0)?)?;
    if scaled < high.value { Some(Number { value: scaled, ..low }) } else { Some(low) }
}

/// Splits at the mark of a range; what stands before it is empty or the unit of the lower end.
fn split_range(text: &str) -> Option<(&str, &str)> {
    // The long vowel of a katakana unit (コース) is no mark.
    let is_mark = |at: usize, c: char| absence::is_dash(c) && !matches!(c, '_' | '＿') && (at == 0 || c != 'ー');
    let mark = text.char_indices().find(|&(at, c)| is_mark(at, c) || number::digit(c).is_some());
    let (unit, tail) = match mark {
        Some((at, c)) if is_mark(at, c) => (text.get(..at)?, text.get(at + c.len_utf8()..)?),
        _ => text.split_once("から")?,
    };
    let unit = trim(unit);
    let unit_like = unit.is_empty() || unit == "割" || unit::is_unit(unit);
    unit_like.then_some((unit, tail))
}

/// The text without space at either end, the full-width space included.
pub(super) fn trim(text: &str) -> &str {
    text.trim_matches(is_space)
}

fn trim_start(text: &str) -> &str {
    text.trim_start_matches(is_space)
}

fn is_space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{FEFF}' | '\u{200B}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::arithmetic::NullMarker;

    fn parse(text: &str) -> Quantity<'_> {
        Quantity::parse(text).unwrap_or_else(|other| panic!("{text}: {other:?}"))
    }

    #[test]
    fn reads_forms() {
        for (text, form, value, unit) in [
            ("13878", Form::Exact, "13878", None),
            ("13,878", Form::Exact, "13878", None),
            ("1,331件", Form::Exact, "1331", Some("件")),
            ("16.7", Form::Exact, "16.7", None),
            ("0.5", Form::Exact, "0.5", None),
            ("45名", Form::Exact, "45", Some("人")),
            ("30%", Form::Exact, "30", Some("%")),
            ("３０％", Form::Exact, "30", Some("%")),
            ("41万8000", Form::Exact, "418000", None),
            ("1億2,000万円", Form::Exact, "120000000", Some("円")),
            ("¥5,000", Form::Exact, "5000", Some("円")),
            ("△5", Form::Exact, "-5", None),
            ("▲5%", Form::Exact, "-5", Some("%")),
            ("-5", Form::Exact, "-5", None),
            ("3割", Form::Exact, "30", Some("%")),
            ("3割5分", Form::Exact, "35", Some("%")),
            ("1300 人", Form::Exact, "1300", Some("人")),
            ("全45校", Form::Exact, "45", Some("校")),
            ("2023年", Form::Exact, "2023", Some("年")),
            ("約1300", Form::About, "1300", None),
            ("概ね1300", Form::About, "1300", None),
            ("おおむね1300", Form::About, "1300", None),
            ("およそ 1300", Form::About, "1300", None),
            ("1300程度", Form::About, "1300", None),
            ("1300前後", Form::About, "1300", None),
            ("1,300名程度", Form::About, "1300", Some("人")),
            ("1300程度（予定）", Form::About, "1300", None),
            ("5万くらい", Form::About, "50000", None),
            ("5万人ぐらい", Form::About, "50000", Some("人")),
            ("3割弱", Form::About, "30", Some("%")),
            ("3割強", Form::About, "30", Some("%")),
            ("100人余り", Form::About, "100", Some("人")),
            ("50以上", Form::AtLeast, "50", None),
            ("50人以上", Form::AtLeast, "50", Some("人")),
            ("50〜", Form::AtLeast, "50", None),
            (">=50", Form::AtLeast, "50", None),
            ("50超", Form::MoreThan, "50", None),
            ("50人超", Form::MoreThan, "50", Some("人")),
            ("30以下", Form::AtMost, "30", None),
            ("30％以下", Form::AtMost, "30", Some("%")),
            ("10日以内", Form::AtMost, "10", Some("日")),
            ("50人まで", Form::AtMost, "50", Some("人")),
            ("30未満", Form::LessThan, "30", None),
        ] {
            let quantity = parse(text);
            assert_eq!(quantity.form(), form, "{text}");
            assert_eq!(quantity.value().to_string(), value, "{text}");
            assert_eq!(quantity.unit(), unit, "{text}");
            assert_eq!(quantity.printed(), text);
        }
    }

    #[test]
    fn reads_ranges() {
        for (text, low, high, unit) in [
            ("3〜4", "3", "4", None),
            ("3～4", "3", "4", None),
            ("3-4", "3", "4", None),
            ("3－4", "3", "4", None),
            ("3から4", "3", "4", None),
            ("3〜4回", "3", "4", Some("回")),
            ("3回〜4回", "3", "4", Some("回")),
            ("30人から40人", "30", "40", Some("人")),
            ("約3～4人", "3", "4", Some("人")),
            ("1〜2万人", "10000", "20000", Some("人")),
            ("5000〜1万", "5000", "10000", None),
            ("1.5〜2.5", "1.5", "2.5", None),
            ("2〜3割", "20", "30", Some("%")),
            ("3コース〜4コース", "3", "4", Some("コース")),
        ] {
            let quantity = parse(text);
            assert_eq!(quantity.form(), Form::Range, "{text}");
            assert_eq!(quantity.value().to_string(), low, "{text}");
            assert_eq!(quantity.upper_value().to_string(), high, "{text}");
            assert_eq!(quantity.unit(), unit, "{text}");
        }
    }

    #[test]
    fn reads_periods_and_tallies() {
        for (text, period, tally, value) in [
            ("年12回", Some(Period::Year), None, "12"),
            ("年間12回", Some(Period::Year), None, "12"),
            ("12回/年", Some(Period::Year), None, "12"),
            ("月1回", Some(Period::Month), None, "1"),
            ("毎月1回", Some(Period::Month), None, "1"),
            ("月に1回程度", Some(Period::Month), None, "1"),
            ("隔月1回", Some(Period::OtherMonth), None, "1"),
            ("週2回", Some(Period::Week), None, "2"),
            ("延べ316回", None, Some(Tally::Gross), "316"),
            ("延316回", None, Some(Tally::Gross), "316"),
            ("のべ316回", None, Some(Tally::Gross), "316"),
            ("約延べ316回", None, Some(Tally::Gross), "316"),
            ("316人（延べ）", None, Some(Tally::Gross), "316"),
            ("実189人", None, Some(Tally::Distinct), "189"),
            ("実人数189人", None, Some(Tally::Distinct), "189"),
            ("年間延べ500人", Some(Period::Year), Some(Tally::Gross), "500"),
        ] {
            let quantity = parse(text);
            assert_eq!(quantity.period(), period, "{text}");
            assert_eq!(quantity.tally(), tally, "{text}");
            assert_eq!(quantity.value().to_string(), value, "{text}");
        }
    }

    #[test]
    fn refuses_sentences_dates_and_lists() {
        for text in [
            "45名が参加した",
            "45名参加",
            "15校中8校",
            "2025-03-31",
            "令和5年",
            "R5",
            "5-2",
            "9:30",
            "0120-279-338",
            "03-1234",
            "1_000",
            "1e5",
            "0x1F",
            "第3回",
            "実施5回",
            "2回×3人",
            "12/15",
            "45名、30名",
            "4〜3",
            "A",
            "３つの目標を定める",
            "30以上以下",
            "延べ実5人",
            "年月5回",
            "12345678901234567890",
            "1,300名（うち女性600名）",
            "週",
            "毎月",
            "約",
            "〜",
        ] {
            assert!(Quantity::parse(text).is_err(), "{text}");
        }
        assert_eq!(Quantity::parse("約"), Err(NotAQuantity::Text));
        assert_eq!(Quantity::parse("なし"), Err(NotAQuantity::NullMarker(NullMarker::Nothing)));
        assert_eq!(Quantity::parse(""), Err(NotAQuantity::Empty));
    }

    #[test]
    fn keeps_the_style_of_the_digits() {
        assert!(parse("３０％").digits().full_width);
        assert!(parse("3〜４").digits().is_mixed_width());
        assert!(parse("41万8000").digits().kanji);
        assert_eq!(parse("44, 822").value().to_string(), "44822");
    }
}
