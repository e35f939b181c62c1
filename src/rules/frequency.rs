//! Frequencies (月1回) against the number of times a year.

use super::columns::{Column, Stated, part_of_one};
use super::prose::{Prose, quantity, unit};
use crate::arithmetic::{Interval, Quantity, Rational};
use crate::catalogue::RuleId;
use crate::diagnostic::Finding;
use crate::document::Node;
use crate::model::{Count, Edition, Measure};
use crate::rule::{EntryScope, Ledger, Reason};
use crate::text::{FoundNumber, Period};

/// Words that say that a frequency is not the whole of a year, or not of one place.
const PARTLY: &[&str] = &[
    "から",
    "以降",
    "まで",
    "除く",
    "のぞく",
    "除き",
    "休止",
    "期間",
    "上半期",
    "下半期",
    "夏",
    "冬",
    "月～",
    "月〜",
    "か所",
    "ヶ所",
    "カ所",
    "箇所",
    "会場",
    "地区",
    "各",
    "それぞれ",
    "ごと",
    "ずつ",
    "コース",
    "教室ごと",
    "予定",
    "目標",
    "計画",
    "前年",
    "昨年",
    "程度",
    "原則",
    "または",
    "又は",
    "中止",
    "学期",
];

/// A frequency that stands beside the times a year in a remark or text: 月1回（年12回）.
fn adjacent(scope: &EntryScope<'_>, prose: &Prose<'_>, ledger: &mut Ledger) {
    for pair in prose.numbers.windows(2) {
        let [one, two] = pair else { continue };
        let (monthly, yearly) = match (one.modifiers.period, two.modifiers.period) {
            (Some(Period::Month), Some(Period::Year)) => (one, two),
            (Some(Period::Year), Some(Period::Month)) => (two, one),
            _ => continue,
        };
        let joined = matches!(prose.between(one.whole.end, two.whole.start), Some("" | "（" | "(" | "＝" | "="));
        if !joined || unit(one) != unit(two) || unit(one).is_empty() {
            continue;
        }
        let Some((month, year)) = plain(prose, monthly).zip(plain(prose, yearly)) else { continue };
        let rule = RuleId::FrequencyMismatch;
        if agree(scope, month.interval(), Rational::integer(12), year.interval()) {
            ledger.pass(rule);
            continue;
        }
        ledger.fail(
            Finding::new(rule, prose.node)
                .variant("words")
                .span(prose.node.part(yearly.whole.clone()))
                .discriminator(monthly.whole_words())
                .arg("frequency", monthly.whole_words())
                .arg("printed", yearly.whole_words())
                .arg("computed", times(&month)),
        );
    }
}

fn plain<'a>(prose: &Prose<'a>, number: &FoundNumber<'a>) -> Option<Quantity<'a>> {
    let m = number.modifiers;
    let whole = m.bound.is_none() && m.change.is_none() && m.sign.is_none() && !m.each && !m.base && !m.within && !m.about;
    quantity(prose, number).filter(|_| whole)
}

/// How many times a year a monthly figure makes.
fn times(month: &Quantity<'_>) -> String {
    let yearly = month.value().checked_mul(Rational::integer(12)).unwrap_or(Rational::ZERO);
    format!("年{yearly}{}", month.unit().unwrap_or_default())
}

/// Whether times a year fit a frequency: a month or two may be left out.
fn agree(scope: &EntryScope<'_>, frequency: Interval, per_year: Rational, year: Interval) -> bool {
    let tolerance = part_of_one(scope.settings, RuleId::FrequencyMismatch, "tolerance");
    frequency.scale(per_year).widen(tolerance).meets(year)
}

/// A remark of a count that is a frequency, or holds one.
pub fn in_remark(scope: &EntryScope<'_>, measure: &Measure<'_>, prose: &Prose<'_>, ledger: &mut Ledger) {
    adjacent(scope, prose, ledger);
    let Some((value, is_next)) = prose.value else { return };
    let (Some(count), Ok(frequency)) = (measure.count(value.id()), Quantity::parse(prose.text.trim())) else { return };
    let Some(per_year) = frequency.period().filter(|_| frequency.is_single() && !frequency.is_about()) else { return };
    let columns: &[Column] = if is_next { &[Column::Next] } else { &[Column::Target, Column::Actual] };
    let stated: Vec<Stated<'_>> = columns.iter().filter_map(|column| Stated::in_value(value, count, *column)).collect();
    let Some(first) = stated.first() else { return };
    if frequency.unit().is_some_and(|unit| !first.unit().is_empty() && unit != first.unit()) {
        return;
    }
    let rule = RuleId::FrequencyMismatch;
    let Some(per_year) = per_year.per_year() else { return ledger.skip(rule, Reason::PeriodDiffers) };
    if let Some(reason) = partly(scope, &stated) {
        return ledger.skip(rule, reason);
    }
    let fits = |one: &Stated<'_>| {
        one.quantity.period() == frequency.period()
            || one
                .quantity
                .per_year()
                .is_none_or(|times| agree(scope, frequency.interval(), per_year, one.quantity.interval().scale(times)))
    };
    if stated.iter().any(fits) {
        return ledger.pass(rule);
    }
    ledger.fail(finding(count, first, frequency.printed(), &yearly(&frequency, per_year), prose.node));
}

fn yearly(frequency: &Quantity<'_>, per_year: Rational) -> String {
    let times = frequency.value().checked_mul(per_year).unwrap_or(Rational::ZERO);
    format!("年{times}{}", frequency.unit().unwrap_or_default())
}

/// Part of a year says nothing of a frequency.
fn partly(scope: &EntryScope<'_>, stated: &[Stated<'_>]) -> Option<Reason> {
    let counted = stated.iter().any(|one| one.column == Column::Actual);
    if counted && scope.report.report.edition == Edition::Interim {
        return Some(Reason::Interim);
    }
    let own_time = |one: &Stated<'_>| one.value.as_of.is_some() || one.value.period.is_some_and(|period| !period.text.starts_with('年'));
    stated.iter().any(own_time).then_some(Reason::PeriodDiffers)
}

fn finding(count: &Count<'_>, stated: &Stated<'_>, frequency: &str, computed: &str, node: Node<'_>) -> Finding {
    Finding::new(RuleId::FrequencyMismatch, stated.node)
        .arg("title", count.name())
        .arg("column", stated.column.words())
        .arg("printed", stated.quantity.printed())
        .arg("frequency", frequency)
        .arg("computed", computed)
        .related("frequency", node)
}

/// A frequency of a count that the text names.
pub fn in_text(scope: &EntryScope<'_>, measure: &Measure<'_>, prose: &Prose<'_>, ledger: &mut Ledger) {
    if !prose.numbers.iter().any(|number| number.modifiers.period == Some(Period::Month)) {
        return;
    }
    adjacent(scope, prose, ledger);
    let Some(column) = prose.column else { return };
    for number in prose.numbers.iter().filter(|number| number.modifiers.period == Some(Period::Month)) {
        let named = measure.counts.iter().find(|count| number.is_named(count.name()) && super::columns::plan_unit(count) == unit(number));
        let Some(stated) = named.and_then(|count| Stated::of(scope.entry, count, column)) else { continue };
        let rule = RuleId::FrequencyMismatch;
        let around = [prose.sentence_before(number.whole.start), prose.sentence_after(number.whole.end)];
        if around.iter().any(|words| PARTLY.iter().any(|word| words.contains(word))) {
            ledger.skip(rule, Reason::NotComparable);
            continue;
        }
        if let Some(reason) = partly(scope, &[stated]) {
            ledger.skip(rule, reason);
            continue;
        }
        let twelve = Rational::integer(12);
        let figures = plain(prose, number).zip(stated.quantity.per_year());
        let Some((month, times_a_year)) = figures else {
            ledger.skip(rule, Reason::NotComparable);
            continue;
        };
        if agree(scope, month.interval(), twelve, stated.quantity.interval().scale(times_a_year)) {
            ledger.pass(rule);
        } else {
            ledger.fail(finding(stated.count, &stated, number.whole_words(), &times(&month), prose.node));
        }
    }
}
