//! Figures as people read them: commas, △ below zero, a fraction beside each percentage.

use serde::Serialize;

use super::study::Study;
use crate::arithmetic::{Attainment, Better, Quantity, Rational, attainment, normal_unit};
use crate::calendar::{Date, Era, FiscalYear, in_era};
use crate::catalogue::Lang;
use crate::model::{self, Count, Missing, MissingReason, Slot};

/// The tolerance of a figure that is said to be approximate.
pub fn about() -> Rational {
    Rational::new(1, 10).unwrap_or(Rational::ZERO)
}

/// A figure of a report.
#[derive(Clone, Debug, Default, Serialize)]
pub struct FigureView {
    /// What is shown: the figure with commas, or why there is none; empty where nothing is said.
    pub text: String,
    /// The unit, where the figure does not print its own.
    pub unit: String,
    /// Whether there is a figure.
    pub given: bool,
    /// Whether it is withheld.
    pub hidden: bool,
}

/// How far an actual is along to its target.
#[derive(Clone, Debug, Default, Serialize)]
pub struct AttainmentView {
    /// `66.7％（16/24）`, or whether a bound was met; empty where nothing can be said.
    pub text: String,
    /// Whether the target was met; none where it cannot be said.
    pub met: Option<bool>,
    /// In tenths of a percent, for drawing; none where it is no ratio.
    pub permille: Option<i64>,
}

/// The digits of a whole number in groups of three, △ below zero.
#[must_use]
pub fn whole(number: i128) -> String {
    let digits = number.unsigned_abs().to_string();
    let sign = if number < 0 { "△" } else { "" };
    format!("{sign}{}", crate::report::grouped(&digits))
}

/// A printed figure with commas in its whole part and △ for a minus; the rest stays as printed.
#[must_use]
pub fn printed(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 4);
    let mut rest = text;
    let mut decimals = false;
    while let Some(first) = rest.chars().next() {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        if digits > 0 {
            let run = &rest[..digits];
            let whole = !decimals && !run.starts_with('0') && !out.ends_with([',', '，']);
            out.push_str(&if whole { crate::report::grouped(run) } else { run.to_owned() });
            rest = &rest[digits..];
            continue;
        }
        let minus = out.is_empty()
            && matches!(first, '-' | '−' | '－' | '▲')
            && rest[first.len_utf8()..].starts_with(|next: char| next.is_ascii_digit());
        out.push(if minus { '△' } else { first });
        decimals = first == '.';
        rest = &rest[first.len_utf8()..];
    }
    out
}

/// What follows a unit, not the figure.
const BEHIND: [&str; 14] = ["以上", "以下", "以内", "未満", "超", "程度", "くらい", "ぐらい", "ほど", "前後", "まで", "余り", "弱", "強"];

/// A figure with its unit: 30件以上, not 30以上件.
fn with_unit(text: String, unit: &str) -> (String, String) {
    match BEHIND.iter().find_map(|word| text.strip_suffix(word).map(|figure| (figure, word))) {
        Some((figure, word)) if !unit.is_empty() => (format!("{figure}{unit}{word}"), String::new()),
        _ => (text, unit.to_owned()),
    }
}

/// An exact value with that many decimals at most, `△` below zero.
#[must_use]
pub fn value(number: Rational, decimals: u8) -> String {
    let scale = 10i128.pow(u32::from(decimals.min(9)));
    let Some(scaled) = number.checked_mul(Rational::integer(i64::try_from(scale).unwrap_or(1))) else { return number.to_string() };
    let half = Rational::new(1, 2).unwrap_or(Rational::ZERO);
    let rounded = scaled.abs().checked_add(half).map_or(0, Rational::floor);
    let sign = if number.is_negative() && rounded > 0 { "△" } else { "" };
    let whole = crate::report::grouped(&(rounded / scale).to_string());
    match decimals {
        0 => format!("{sign}{whole}"),
        decimals => format!("{sign}{whole}.{:0width$}", rounded % scale, width = usize::from(decimals)),
    }
}

/// A value without needless decimals.
#[must_use]
pub fn short(number: Rational) -> String {
    let decimals = (0..=3).find(|decimals| {
        let scale = Rational::integer(10i64.pow(u32::from(*decimals)));
        number.checked_mul(scale).is_some_and(Rational::is_integer)
    });
    value(number, decimals.unwrap_or(1))
}

/// A part of a whole as a percentage with its fraction.
#[must_use]
pub fn share(part: usize, whole: usize, lang: Lang) -> String {
    let ratio = i128::try_from(part).ok().zip(i128::try_from(whole).ok()).and_then(|(part, whole)| Rational::new(part, whole));
    let Some(percent) = ratio.and_then(|ratio| ratio.checked_mul(Rational::HUNDRED)) else { return "―".to_owned() };
    fraction(&value(percent, 1), &crate::report::grouped(&part.to_string()), &crate::report::grouped(&whole.to_string()), lang)
}

fn fraction(percent: &str, over: &str, under: &str, lang: Lang) -> String {
    match lang {
        Lang::Ja => format!("{percent}％（{over}/{under}）"),
        Lang::En => format!("{percent}% ({over}/{under})"),
    }
}

/// The attainment of a pair of figures.
#[must_use]
pub fn attained(target: &Quantity<'_>, actual: &Quantity<'_>, better: Better, lang: Lang) -> AttainmentView {
    let word = |ja: &str, en: &str| if lang == Lang::Ja { ja.to_owned() } else { en.to_owned() };
    match attainment(target, actual, better, about()) {
        Attainment::Ratio(ratio) => AttainmentView {
            text: fraction(&value(percent(ratio.value), 1), &short(ratio.numerator), &short(ratio.denominator), lang),
            met: Some(ratio.value >= Rational::ONE),
            permille: ratio.value.checked_mul(Rational::integer(1000)).and_then(|value| i64::try_from(value.floor()).ok()),
        },
        Attainment::Met => AttainmentView { text: word("目標を満たす", "met"), met: Some(true), permille: None },
        Attainment::NotMet => AttainmentView { text: word("目標に届かない", "not met"), met: Some(false), permille: None },
        Attainment::Undecided { as_printed } => AttainmentView {
            text: match as_printed {
                true => word("印字のとおりなら満たす", "met as printed"),
                false => word("印字のとおりなら届かない", "not met as printed"),
            },
            met: None,
            permille: None,
        },
        Attainment::NotComparable(_) => AttainmentView { text: word("比べられない", "not comparable"), met: None, permille: None },
    }
}

fn percent(ratio: Rational) -> Rational {
    ratio.checked_mul(Rational::HUNDRED).unwrap_or(ratio)
}

/// Which way is good, as the arithmetic says it.
#[must_use]
pub fn better(count: Option<&Count<'_>>) -> Better {
    match count.map(|count| count.better) {
        Some(model::Better::Lower) => Better::Lower,
        _ => Better::Higher,
    }
}

impl Study<'_> {
    /// A figure of a report, in the unit of its count.
    #[must_use]
    pub fn figure(&self, slot: &Slot<'_, Quantity<'_>>, unit: Option<&str>) -> FigureView {
        if slot.node().is_some_and(|node| self.is_hushed(node)) {
            return FigureView { text: self.word("非表示", "withheld").to_owned(), hidden: true, ..FigureView::default() };
        }
        match slot {
            Slot::Absent => FigureView::default(),
            Slot::Missing(missing) => FigureView { text: self.missing(missing), ..FigureView::default() },
            Slot::Unreadable(node) => FigureView { text: node.text().unwrap_or_default().to_owned(), ..FigureView::default() },
            Slot::Given(quantity, _) => {
                let unit = if quantity.unit().is_some() { "" } else { unit.unwrap_or_default() };
                let (text, unit) = with_unit(printed(quantity.printed()), unit);
                FigureView { text, unit, given: true, hidden: false }
            }
        }
    }

    /// Whether a value is there and may be shown.
    #[must_use]
    pub fn shown<'s, 'a>(&self, slot: &'s Slot<'a, Quantity<'a>>) -> Option<&'s Quantity<'a>> {
        slot.given().filter(|_| !slot.node().is_some_and(|node| self.is_hushed(node)))
    }

    /// Why there is no value.
    #[must_use]
    pub fn missing(&self, missing: &Missing<'_>) -> String {
        let word = reason(missing.reason, self.lang);
        match missing.note.filter(|note| !self.is_hushed(note.node)) {
            Some(note) if self.lang == Lang::Ja => format!("{word}（{}）", note.text),
            Some(note) => format!("{word} ({})", note.text),
            None => word.to_owned(),
        }
    }

    /// A day with its era and its Western year.
    #[must_use]
    pub fn day(&self, day: Date) -> String {
        match self.lang {
            Lang::Ja => format!("{}（{}年）", in_era(day), day.year()),
            Lang::En => day.to_string(),
        }
    }

    /// A fiscal year with its era and its Western number.
    #[must_use]
    pub fn fiscal(&self, year: FiscalYear) -> String {
        match self.lang {
            Lang::Ja => year.to_string(),
            Lang::En => year.english().to_string(),
        }
    }

    /// A calendar year, likewise, without saying whether it is a fiscal one.
    #[must_use]
    pub fn year(&self, year: FiscalYear) -> String {
        let number = year.number();
        match (self.lang, Era::ALL.into_iter().rev().find_map(|era| Some((era, era.nth(number)?)))) {
            (Lang::Ja, Some((era, 1))) => format!("{}元年（{number}）", era.name()),
            (Lang::Ja, Some((era, nth))) => format!("{}{nth}年（{number}）", era.name()),
            _ => number.to_string(),
        }
    }
}

/// The reason why there is no value, in a word.
#[must_use]
pub fn reason(reason: MissingReason, lang: Lang) -> &'static str {
    let (ja, en) = match reason {
        MissingReason::NotPlanned => ("予定なし", "not planned"),
        MissingReason::NotHeld => ("未実施", "not held"),
        MissingReason::NotCounted => ("集計なし", "not counted"),
        MissingReason::NotApplicable => ("対象外", "not applicable"),
        MissingReason::Pending => ("未確定", "pending"),
        MissingReason::Withheld => ("非公表", "withheld"),
        MissingReason::Ended => ("終了", "ended"),
        MissingReason::Unknown => ("不明", "unknown"),
        MissingReason::Unstated => ("印のみ", "a bare mark"),
    };
    if lang == Lang::Ja { ja } else { en }
}

/// Whether two units are the same, however they are spelt.
#[must_use]
pub fn same_unit(one: &str, other: &str) -> bool {
    normal_unit(one.trim()) == normal_unit(other.trim())
}

/// A rational as a float, for drawing only.
#[must_use]
pub fn float(number: Rational) -> f64 {
    number.numerator() as f64 / number.denominator() as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_have_commas_and_triangles() {
        assert_eq!(whole(-1_234_567), "△1,234,567");
        assert_eq!(printed("13878人"), "13,878人");
        assert_eq!(printed("13,878"), "13,878");
        assert_eq!(printed("41万8000件"), "41万8,000件");
        assert_eq!(printed("0.12345"), "0.12345");
        assert_eq!(printed("-1200"), "△1,200");
        assert_eq!(printed("約1300"), "約1,300");
        assert_eq!(printed("3-4"), "3-4");
        assert_eq!(value(Rational::new(-5, 3).unwrap(), 1), "△1.7");
        assert_eq!(short(Rational::new(2013, 2).unwrap()), "1,006.5");
    }

    #[test]
    fn a_unit_stands_behind_its_figure() {
        let with = |text: &str| with_unit(text.to_owned(), "件");
        assert_eq!(with("30以上"), ("30件以上".to_owned(), String::new()));
        assert_eq!(with("約1,300"), ("約1,300".to_owned(), "件".to_owned()));
    }

    #[test]
    fn a_percentage_has_its_fraction() {
        assert_eq!(share(16, 24, Lang::Ja), "66.7％（16/24）");
        assert_eq!(share(0, 0, Lang::Ja), "―");
        let quantity = |text| Quantity::parse(text).unwrap();
        assert_eq!(attained(&quantity("14000"), &quantity("13878人"), Better::Higher, Lang::En).text, "99.1% (13,878/14,000)");
        assert_eq!(attained(&quantity("30以下"), &quantity("30.3"), Better::Higher, Lang::Ja).met, Some(false));
    }
}
