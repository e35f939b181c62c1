//! Figures, words and days as they are printed.

use super::view::{FigureView, IndicatorValueView, MissingView, PartView, PassageView, WordView, YearView};
use super::words;
use crate::arithmetic::Quantity;
use crate::calendar::{DateStyle, FiscalYear, in_era, parse_date, parse_month};
use crate::catalogue::Lang;
use crate::document::{Field, Node};
use crate::model::{IndicatorValue, Missing, Passage, Slot, Tally, Text};

/// What makes a figure a bound or an approximate one; its unit stands before it (50人以上).
const SUFFIXES: [&str; 11] = ["以上", "以下", "以内", "未満", "超", "まで", "程度", "前後", "くらい", "ぐらい", "余り"];

/// The text of a field, owned.
pub(super) fn text(node: Node<'_>, field: Field) -> Option<String> {
    let text = node.get(field).and_then(Node::text)?;
    if text.trim().is_empty() { None } else { Some(text.trim_end().to_owned()) }
}

/// The texts of a field, owned.
pub(super) fn texts(node: Node<'_>, field: Field) -> Vec<String> {
    node.get(field).map(Text::list).unwrap_or_default().into_iter().map(|text| text.text.trim_end().to_owned()).collect()
}

/// A text, owned.
pub(super) fn owned(text: Option<Text<'_>>) -> Option<String> {
    text.map(|text| text.text.trim_end().to_owned()).filter(|text| !text.is_empty())
}

/// Why there is no value.
pub(super) fn missing(missing: &Missing<'_>, lang: Lang) -> MissingView {
    let note = owned(missing.note);
    let text = note.clone().unwrap_or_else(|| words::missing(missing.reason).get(lang).to_owned());
    MissingView { reason: words::reason(missing.reason), text, note }
}

/// A fiscal year.
pub(super) fn year(year: FiscalYear, lang: Lang) -> YearView {
    let (text, full) = match lang {
        Lang::Ja => (year.era().to_string(), year.to_string()),
        Lang::En => (year.english().to_string(), year.english().to_string()),
    };
    YearView { number: year.number(), text, full }
}

/// How figures are put on paper.
#[derive(Clone, Copy, Debug)]
pub(super) struct Print {
    /// The language of the words that stand for missing ones.
    pub lang: Lang,
    /// Whether whole numbers are put into groups of three. A report that groups some of its figures
    /// has left the others as they are; one that groups none has left it to the layout.
    pub groups: bool,
}

/// A figure with its unit: a unit that is printed with it prevails, and one that stands in a
/// column's head is not repeated.
pub(super) fn figure(slot: &Slot<'_, Quantity<'_>>, unit: Option<&str>, tally: Option<Tally>, print: Print) -> Option<FigureView> {
    match slot {
        Slot::Absent => None,
        Slot::Missing(why) => {
            let why = missing(why, print.lang);
            Some(FigureView { text: why.text.clone(), printed: None, missing: Some(why) })
        }
        Slot::Unreadable(node) => {
            let printed = node.text()?.trim().to_owned();
            Some(FigureView { text: printed.clone(), printed: Some(printed), missing: None })
        }
        Slot::Given(quantity, _) => {
            let printed = quantity.printed().trim().to_owned();
            let shown = if print.groups && is_whole(&printed) { crate::report::grouped(&printed) } else { printed.clone() };
            Some(FigureView { text: with_unit(&shown, quantity, unit, tally), printed: Some(printed), missing: None })
        }
    }
}

/// A figure that brings its own unit stands as it is written; to a bare number its count adds how
/// people are counted and the unit.
fn with_unit(printed: &str, quantity: &Quantity<'_>, unit: Option<&str>, tally: Option<Tally>) -> String {
    if quantity.unit().is_some() {
        return printed.to_owned();
    }
    let suffix = SUFFIXES.iter().find(|suffix| printed.ends_with(**suffix));
    let mut text = match (unit, suffix) {
        (Some(unit), Some(suffix)) => format!("{}{unit}{suffix}", &printed[..printed.len() - suffix.len()]),
        (Some(unit), None) => format!("{printed}{unit}"),
        (None, _) => printed.to_owned(),
    };
    match tally.filter(|_| quantity.tally().is_none()) {
        Some(Tally::Gross) => text.insert_str(0, "延べ"),
        Some(Tally::Distinct) => text.insert(0, '実'),
        None => {}
    }
    text
}

/// An amount in yen: a bare number is grouped, anything else is as written.
pub(super) fn yen(slot: &Slot<'_, Quantity<'_>>, print: Print) -> Option<FigureView> {
    let mut view = figure(slot, None, None, print)?;
    if let (Some(quantity), Some(printed)) = (slot.given(), &view.printed)
        && quantity.unit().is_none()
    {
        view.text = if is_whole(printed) {
            format!("{}円", crate::report::grouped(printed))
        } else {
            with_unit(printed, quantity, Some("円"), None)
        };
    }
    Some(view)
}

/// Whether a figure is a whole number and nothing else.
fn is_whole(printed: &str) -> bool {
    printed.bytes().all(|byte| byte.is_ascii_digit()) && !(printed.len() > 1 && printed.starts_with('0'))
}

/// Whether a figure is written in groups of three.
pub(super) fn is_grouped(slot: &Slot<'_, Quantity<'_>>) -> bool {
    slot.given().is_some_and(|quantity| quantity.printed().contains([',', '，']))
}

/// A word or two.
pub(super) fn word(slot: &Slot<'_, &str>, lang: Lang) -> Option<WordView> {
    match slot {
        Slot::Absent => None,
        Slot::Missing(why) => {
            let why = missing(why, lang);
            Some(WordView { text: why.text.clone(), missing: Some(why) })
        }
        Slot::Unreadable(node) => node.text().map(|text| WordView { text: text.to_owned(), missing: None }),
        Slot::Given(text, _) => Some(WordView { text: text.trim_end().to_owned(), missing: None }),
    }
}

/// Words, perhaps of several departments.
pub(super) fn passage(slot: &Slot<'_, Passage<'_>>, name: &dyn Fn(&str) -> String, lang: Lang) -> Option<PassageView> {
    match slot {
        Slot::Absent => None,
        Slot::Missing(why) => {
            let why = missing(why, lang);
            Some(PassageView { text: why.text.clone(), parts: Vec::new(), missing: Some(why) })
        }
        Slot::Unreadable(node) => node.text().map(|text| PassageView {
            text: text.to_owned(),
            parts: vec![PartView { department: None, text: text.to_owned() }],
            missing: None,
        }),
        Slot::Given(passage, _) => {
            let parts: Vec<PartView> = passage
                .parts()
                .map(|part| PartView {
                    department: part.department.map(|department| name(department.text)),
                    text: part.text.text.trim_end().to_owned(),
                })
                .collect();
            let lines = parts.iter().map(|part| match &part.department {
                Some(department) => format!("《{department}》\n{}", part.text),
                None => part.text.clone(),
            });
            Some(PassageView { text: lines.collect::<Vec<_>>().join("\n"), parts, missing: None })
        }
    }
}

/// A day: one that is written for machines is put into words, any other stays as it is printed.
pub(super) fn day(text: &str, lang: Lang) -> String {
    match parse_date(text) {
        Ok(date) if date.style == DateStyle::Iso => match (date.date, lang) {
            (Some(day), Lang::Ja) => in_era(day).to_string(),
            (Some(day), Lang::En) => day.to_string(),
            (None, _) => text.to_owned(),
        },
        _ => text.to_owned(),
    }
}

/// A month, like a day.
pub(super) fn month(text: &str, lang: Lang) -> String {
    let Some(written) = parse_month(text).filter(|month| month.style == DateStyle::Iso) else { return text.to_owned() };
    match (written.days(), lang) {
        (Some((first, _)), Lang::Ja) => {
            let day = in_era(first).to_string();
            day.strip_suffix("1日").unwrap_or(&day).to_owned()
        }
        _ => text.to_owned(),
    }
}

/// A day, or the days from one to another.
pub(super) fn days(date: Option<&str>, until: Option<&str>, whole_month: Option<&str>, lang: Lang) -> String {
    let first = date.map(|date| day(date, lang)).or_else(|| whole_month.map(|text| month(text, lang))).unwrap_or_default();
    match until {
        Some(until) => format!("{first}{}{}", if lang == Lang::Ja { "～" } else { " – " }, day(until, lang)),
        None => first,
    }
}

/// A year that stands beside a value: a bare Western one is put into the era, any other stays.
pub(super) fn value_year(text: &str, lang: Lang) -> String {
    let bare = text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit());
    match (bare, lang, text.parse().ok().and_then(FiscalYear::new)) {
        (true, Lang::Ja, Some(year)) => {
            let year = year.era().to_string();
            year.strip_suffix('度').unwrap_or(&year).to_owned()
        }
        _ => text.to_owned(),
    }
}

/// A value of a year.
pub(super) fn value_of(value: &IndicatorValue<'_>, unit: Option<&str>, print: Print) -> Option<IndicatorValueView> {
    Some(IndicatorValueView {
        year: value.year.map(|year| value_year(year.text, print.lang)),
        value: figure(&value.value, unit, None, print)?,
        provisional: value.provisional,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn printed(text: &str, unit: Option<&str>, tally: Option<Tally>) -> String {
        with_unit(text, &Quantity::parse(text).unwrap(), unit, tally)
    }

    #[test]
    fn a_figure_has_one_unit() {
        assert_eq!(printed("13,878人", Some("人"), None), "13,878人");
        assert_eq!(printed("1,390名", Some("人"), None), "1,390名");
        assert_eq!(printed("12567", Some("人"), Some(Tally::Gross)), "延べ12567人");
        assert_eq!(printed("45名", Some("件"), Some(Tally::Gross)), "45名");
        assert_eq!(printed("50以上", Some("社"), None), "50社以上");
        assert_eq!(printed("約1300", Some("人"), None), "約1300人");
        assert_eq!(printed("1300程度", Some("人"), None), "1300人程度");
        assert_eq!(printed("30％以下", Some("%"), None), "30％以下");
        assert_eq!(printed("月1回", Some("回"), None), "月1回");
        assert_eq!(printed("16.7", None, None), "16.7");
    }

    #[test]
    fn yen_is_grouped() {
        assert_eq!(crate::report::grouped("0"), "0");
        assert_eq!(crate::report::grouped("158000"), "158,000");
        assert_eq!(crate::report::grouped("1060400"), "1,060,400");
    }

    #[test]
    fn days_are_words() {
        assert_eq!(day("2019-10-25", Lang::Ja), "令和元年10月25日");
        assert_eq!(day("令和5年8月2日(水)", Lang::Ja), "令和5年8月2日(水)");
        assert_eq!(day("2019-10-25", Lang::En), "2019-10-25");
        assert_eq!(month("2020-03", Lang::Ja), "令和2年3月");
        assert_eq!(month("2020-01", Lang::Ja), "令和2年1月");
        assert_eq!(days(Some("2019-11-01"), Some("2019-12-31"), None, Lang::Ja), "令和元年11月1日～令和元年12月31日");
        assert_eq!(value_year("2016", Lang::Ja), "平成28年");
        assert_eq!(value_year("令和5年度", Lang::Ja), "令和5年度");
    }
}
