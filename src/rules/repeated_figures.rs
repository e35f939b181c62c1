//! A count that a text names, with another figure than its own.

use super::columns::{Column, Stated, part_of_one, plan_unit};
use super::prose::{Prose, quantity, unit};
use crate::arithmetic::{Figure, Rational};
use crate::catalogue::RuleId;
use crate::diagnostic::Finding;
use crate::model::{Count, Measure};
use crate::rule::{EntryScope, Ledger, Reason};
use crate::text::{FoundNumber, Period, Tally};

/// Words before a figure in its sentence that make it another figure than the one of the year.
const OTHER_BEFORE: &[&str] = &[
    "前年",
    "昨年",
    "一昨年",
    "前回",
    "年度は",
    "年度の",
    "定員",
    "累計",
    "通算",
    "これまで",
    "うち",
    "内訳",
    "このほか",
    "そのほか",
    "ほかに",
    "他に",
    "別に",
    "月末",
    "時点",
    "上半期",
    "下半期",
    "四半期",
    "学期",
    "当たり",
    "あたり",
    "全国",
    "県",
    "都",
    "道内",
];

/// Words directly behind a figure that make it another one.
const OTHER_BEHIND: &[&str] = &[
    "から",
    "のうち",
    "に対",
    "に比",
    "中",
    "増",
    "減",
    "以上",
    "追加",
    "不足",
    "を上回",
    "を下回",
    "を超え",
    "に満た",
    "に達しな",
    "あまり",
    "目",
    "分",
    "未満",
    "／",
    "/",
    "×",
    "÷",
    "＋",
    "ずつ",
];

/// Words that make a figure in a result a planned one.
const PLANNED: &[&str] = &["予定", "計画", "目標"];

/// Looks at every figure of a text that is named like a count of the same unit.
pub fn check(scope: &EntryScope<'_>, measure: &Measure<'_>, prose: &Prose<'_>, ledger: &mut Ledger) {
    let Some(column) = prose.column else { return };
    for (at, count) in measure.counts.iter().enumerate() {
        let is_first = !measure.counts[..at].iter().any(|other| is_alike(other, count));
        if is_first {
            look(scope, measure, count, column, prose, ledger);
        }
    }
}

fn is_alike(one: &Count<'_>, other: &Count<'_>) -> bool {
    one.name() == other.name() && plan_unit(one) == plan_unit(other)
}

fn look(scope: &EntryScope<'_>, measure: &Measure<'_>, count: &Count<'_>, column: Column, prose: &Prose<'_>, ledger: &mut Ledger) {
    let rule = RuleId::FigureDiffersInText;
    let own = plan_unit(count);
    let Some(title) = count.title.filter(|_| !own.is_empty()) else { return };
    let mut named = prose.numbers.iter().filter(|number| unit(number) == own && number.is_named(title.text));
    let Some(number) = named.next() else { return };
    // Several figures of one name are a breakdown, by month or by place.
    if named.next().is_some() || speaks_of_another(prose, number, title.text) || !is_asked(prose, count) {
        return ledger.skip(rule, Reason::NotComparable);
    }
    let alike = measure.counts.iter().filter(|other| is_alike(other, count));
    let stated: Vec<Stated<'_>> = alike.filter_map(|count| Stated::of(scope.entry, count, column)).collect();
    let Some(first) = stated.first() else {
        return ledger.skip(rule, if column == Column::Actual { Reason::NoActual } else { Reason::NoTarget });
    };
    let Some(said) = quantity(prose, number) else { return ledger.skip(rule, Reason::NotComparable) };
    let about = part_of_one(scope.settings, rule, "about");
    let told = Figure::of(&said, own, about).interval;
    let told = if number.modifiers.about { told.widen(about) } else { told };
    let fits = |one: &Stated<'_>| {
        let is_plain = one.quantity.per_year() == Some(Rational::ONE) && one.unit() == own && !differ(number.modifiers.tally, one.tally());
        let is_own = one.value.scope.is_none() && one.value.as_of.is_none() && one.value.period.is_none();
        !is_plain || !is_own || Figure::of(one.quantity, own, about).interval.meets(told)
    };
    if stated.iter().any(fits) {
        return ledger.pass(rule);
    }
    ledger.fail(
        Finding::new(rule, prose.node)
            .span(prose.node.part(number.range.start..number.unit.as_ref().map_or(number.range.end, |unit| unit.end)))
            .discriminator(count.id.text)
            .arg("title", title.text)
            .arg("text", said.printed())
            .arg("column", column.words())
            .arg("printed", first.quantity.printed())
            .related("figure", first.node),
    );
}

/// Whether something narrows the name: 公民館で講座を10回, 夏の講座10回.
fn is_qualified(prose: &Prose<'_>, number: &FoundNumber<'_>, title: &str) -> bool {
    let before = prose.sentence_before(number.whole.start);
    let ahead = before.rfind(title).map_or("", |at| &before[..at]);
    ahead.trim_end().ends_with(['で', 'に', 'の', 'と', 'や', 'た', 'る', 'も'])
}

/// A count of one department in the words of another is not its own.
fn is_asked(prose: &Prose<'_>, count: &Count<'_>) -> bool {
    match (prose.department, count.department) {
        (Some(writes), Some(asked)) => writes == asked.text,
        _ => true,
    }
}

fn speaks_of_another(prose: &Prose<'_>, number: &FoundNumber<'_>, title: &str) -> bool {
    let m = number.modifiers;
    let partial = m.each || m.base || m.within || m.change.is_some() || m.bound.is_some() || m.sign.is_some();
    let repeated = m.period.is_some_and(|period| period != Period::Year);
    let before = prose.sentence_before(number.whole.start);
    let after = prose.text[number.whole.end..].trim_start();
    let planned = prose.column == Some(Column::Actual)
        && PLANNED.iter().any(|word| before.contains(word) || prose.sentence_after(number.whole.end).contains(word));
    partial
        || repeated
        || planned
        || is_qualified(prose, number, title)
        || OTHER_BEFORE.iter().any(|word| before.contains(word))
        || OTHER_BEHIND.iter().any(|word| after.starts_with(word))
}

fn differ(said: Option<Tally>, stated: Option<crate::arithmetic::Tally>) -> bool {
    use crate::arithmetic::Tally as Counted;
    matches!((said, stated), (Some(Tally::Gross), Some(Counted::Distinct)) | (Some(Tally::Distinct), Some(Counted::Gross)))
}
