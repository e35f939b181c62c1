//! Rates: a printed quotient against what it is made of.

use super::columns::{Column, Stated, part_of_one};
use super::prose::{Prose, quantity, unit, value};
use crate::arithmetic::{Figure, Interval, Quantity, RateVerdict, Rational, check_quotient};
use crate::catalogue::RuleId;
use crate::diagnostic::Finding;
use crate::model::{Measure, Rate};
use crate::rule::{EntryScope, Ledger, Reason};
use crate::text::FoundNumber;

/// Counts that the plan defines as the quotient of two others.
pub fn counts(scope: &EntryScope<'_>, measure: &Measure<'_>, ledger: &mut Ledger) {
    let rule = RuleId::RateMismatch;
    for count in &measure.counts {
        let Some(rate) = count.rate else { continue };
        for column in Column::ALL {
            let Some(printed) = Stated::of(scope.entry, count, column) else { continue };
            match quotient(scope, measure, rate, printed) {
                Ok(Some(finding)) => ledger.fail(finding),
                Ok(None) => ledger.pass(rule),
                Err(reason) => ledger.skip(rule, reason),
            }
        }
    }
}

fn quotient(scope: &EntryScope<'_>, measure: &Measure<'_>, rate: Rate<'_>, printed: Stated<'_>) -> Result<Option<Finding>, Reason> {
    let find = |id: &str, missing: Reason| {
        let count = measure.count(id).ok_or(Reason::Undefined)?;
        Stated::of(scope.entry, count, printed.column).ok_or(missing)
    };
    let of = find(rate.of.text, Reason::PartMissing)?;
    let over = find(rate.over.text, Reason::TotalMissing)?;
    if !of.is_of_same_time(&over) || !printed.is_of_same_time(&over) || of.quantity.period() != over.quantity.period() {
        return Err(Reason::PeriodDiffers);
    }
    let scale = scale(printed.unit()).ok_or(Reason::NotComparable)?;
    let about = part_of_one(scope.settings, RuleId::RateMismatch, "about");
    let figure = |stated: &Stated<'_>| Figure::of(stated.quantity, stated.unit(), about).interval;
    match check_quotient(figure(&of), figure(&over), scale, printed.quantity, about) {
        RateVerdict::Holds => Ok(None),
        RateVerdict::NotEvaluated(_) => Err(Reason::ZeroDenominator),
        RateVerdict::Wrong { low, high } => Ok(Some(
            Finding::new(RuleId::RateMismatch, printed.node)
                .arg("title", printed.count.name())
                .arg("printed", printed.quantity.printed())
                .arg("computed", computed(printed.quantity, printed.unit(), low, high))
                .arg("fraction", format!("{}/{}", of.quantity.printed(), over.quantity.printed()))
                .related("of", of.node)
                .related("over", over.node),
        )),
    }
}

/// What a quotient is multiplied with to be in a unit: 100 for %, 100,000 for 人口10万対.
fn scale(unit: &str) -> Option<Rational> {
    let scale = match unit {
        "%" => 100,
        "‰" => 1_000,
        "倍" => 1,
        "人口10万対" | "人口十万対" | "人口１０万対" | "10万人対" | "人口10万人対" => 100_000,
        "人口千対" | "人口千人対" | "人口1000対" => 1_000,
        "人口1万対" | "人口万対" => 10_000,
        _ => return None,
    };
    Some(Rational::integer(scale))
}

/// A computed rate as the printed one shows it: with its decimals and its unit.
#[must_use]
pub fn computed(printed: &Quantity<'_>, unit: &str, low: Option<Rational>, high: Option<Rational>) -> String {
    let decimals = usize::from(printed.decimals());
    let sign = if unit == "%" { "％" } else { "" };
    match (low, high) {
        (Some(low), Some(high)) if low == high => format!("{low:.decimals$}{sign}"),
        (Some(low), Some(high)) => format!("{low:.decimals$}～{high:.decimals$}{sign}"),
        (Some(low), None) => format!("≥{low:.decimals$}{sign}"),
        (None, Some(high)) => format!("≤{high:.decimals$}{sign}"),
        (None, None) => String::new(),
    }
}

/// Rates that a text prints with their fraction: 80％（15校中12校）, 15校中12校（80％）.
pub fn in_text(scope: &EntryScope<'_>, prose: &Prose<'_>, ledger: &mut Ledger) {
    for three in prose.numbers.windows(3) {
        let [one, two, three] = three else { continue };
        let (printed, base, part) = match (unit(one), unit(three)) {
            ("%", _) if is_opened(prose, one, two) && is_fraction(prose, two, three) => (one, two, three),
            (_, "%") if is_fraction(prose, one, two) && is_opened(prose, two, three) => (three, one, two),
            _ => continue,
        };
        let closed = prose.text[three.whole.end..].trim_start().starts_with(['）', ')']);
        if closed {
            compare(scope, prose, printed, [part, base], ledger);
        }
    }
}

fn is_opened(prose: &Prose<'_>, before: &FoundNumber<'_>, after: &FoundNumber<'_>) -> bool {
    matches!(prose.between(before.whole.end, after.whole.start), Some("（" | "("))
}

/// 15校中12校.
fn is_fraction(prose: &Prose<'_>, base: &FoundNumber<'_>, part: &FoundNumber<'_>) -> bool {
    let between = prose.between(base.whole.end, part.whole.start);
    let within = matches!(between, Some("中" | "のうち" | "中、" | "のうち、")) || between == Some("の") && part.modifiers.within;
    within && unit(base) == unit(part) && !unit(base).is_empty()
}

fn compare(scope: &EntryScope<'_>, prose: &Prose<'_>, printed: &FoundNumber<'_>, [part, base]: [&FoundNumber<'_>; 2], ledger: &mut Ledger) {
    let rule = RuleId::RateMismatch;
    let plain = |number: &FoundNumber<'_>| !number.modifiers.about && number.modifiers.bound.is_none();
    let figures = value(part).zip(value(base)).zip(quantity(prose, printed)).filter(|_| plain(part) && plain(base) && plain(printed));
    let Some(((of, over), quantity)) = figures else { return ledger.skip(rule, Reason::NotComparable) };
    let about = part_of_one(scope.settings, rule, "about");
    match check_quotient(Interval::exact(of), Interval::exact(over), Rational::HUNDRED, &quantity, about) {
        RateVerdict::Holds => ledger.pass(rule),
        RateVerdict::NotEvaluated(_) => ledger.skip(rule, Reason::ZeroDenominator),
        RateVerdict::Wrong { low, high } => ledger.fail(
            Finding::new(rule, prose.node)
                .variant("text")
                .span(prose.node.part(printed.range.start..printed.whole.end))
                .discriminator(format!("{}/{}", part.written(), base.written()))
                .arg("printed", quantity.printed())
                .arg("computed", computed(&quantity, "%", low, high))
                .arg("fraction", format!("{}/{}", part.written(), base.written())),
        ),
    }
}
