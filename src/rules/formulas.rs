//! Formulas as they are printed (12回×3人＝36人), and counts that the plan defines as products.

use std::ops::Range;

use super::columns::{Column, Stated, part_of_one, show};
use super::prose::{Prose, unit, value};
use crate::arithmetic::{Figure, Interval, Quantity, Rational};
use crate::catalogue::RuleId;
use crate::diagnostic::Finding;
use crate::model::{Count, Measure};
use crate::rule::{EntryScope, Ledger, Reason};
use crate::text::{FoundNumber, operator_between};

const OPERATORS: &[char] = &['×', '✕', '✖', '*', '＊', '÷', '+', '＋', '−', '－', '=', '＝', '≒', '≈', '/', '／'];

/// Numbers joined by operators.
struct Chain<'p, 'a> {
    numbers: &'p [FoundNumber<'a>],
    /// The operator behind each number but the last.
    operators: Vec<char>,
}

/// What one side of an equation gives.
struct Side {
    value: Rational,
    /// Where it stands in the text.
    range: Range<usize>,
    /// Whether something is divided, so that the other side may be rounded or cut off.
    divides: bool,
    is_computed: bool,
    about: bool,
}

/// Finds the formulas of a text and computes them.
pub fn in_text(scope: &EntryScope<'_>, prose: &Prose<'_>, ledger: &mut Ledger) {
    for chain in chains(prose) {
        settle(scope, prose, &chain, ledger);
    }
}

/// A remark of a count: its formulas, and the figure that the formula explains.
pub fn in_remark(scope: &EntryScope<'_>, measure: &Measure<'_>, prose: &Prose<'_>, ledger: &mut Ledger) {
    for chain in chains(prose) {
        let holds = settle(scope, prose, &chain, ledger);
        if holds != Some(false) && is_whole(prose, &chain) {
            against_figure(scope, measure, prose, &chain, ledger);
        }
    }
}

fn chains<'p, 'a>(prose: &'p Prose<'a>) -> Vec<Chain<'p, 'a>> {
    let mut chains = Vec::new();
    let mut from = 0;
    while from + 1 < prose.numbers.len() {
        let links = prose.numbers[from..].windows(2).map_while(|pair| match pair {
            [before, after] => operator_between(before, after),
            _ => None,
        });
        let operators: Vec<char> = links.collect();
        let to = from + operators.len() + 1;
        if !operators.is_empty() && stands_alone(prose, &prose.numbers[from..to]) {
            chains.push(Chain { numbers: &prose.numbers[from..to], operators });
        }
        from = to;
    }
    chains
}

/// Whether no operator joins the chain to something that is no number: (3人＋2人)×4回＝20.
fn stands_alone(prose: &Prose<'_>, numbers: &[FoundNumber<'_>]) -> bool {
    let (Some(first), Some(last)) = (numbers.first(), numbers.last()) else { return false };
    let before = prose.text[..first.whole.start].trim_end().chars().next_back();
    let after = prose.text[last.whole.end..].trim_start().chars().next();
    let joined = |letter: Option<char>| letter.is_some_and(|letter| OPERATORS.contains(&letter));
    !joined(before) && !joined(after)
}

fn is_whole(prose: &Prose<'_>, chain: &Chain<'_, '_>) -> bool {
    let (Some(first), Some(last)) = (chain.numbers.first(), chain.numbers.last()) else { return false };
    let rest = |text: &str| text.trim().trim_matches(['（', '）', '(', ')']).is_empty();
    rest(&prose.text[..first.whole.start]) && rest(&prose.text[last.whole.end..])
}

/// The sides of a chain; nothing where one of its numbers cannot be computed with.
fn sides(chain: &Chain<'_, '_>) -> Option<Vec<Side>> {
    let mut sides = Vec::new();
    let mut from = 0;
    for at in 0..chain.numbers.len() {
        let ends = chain.operators.get(at).is_none_or(|operator| matches!(operator, '=' | '≒'));
        if !ends {
            continue;
        }
        let about = at > 0 && from > 0 && chain.operators.get(from - 1) == Some(&'≒');
        sides.push(side(chain.numbers.get(from..=at)?, chain.operators.get(from..at)?, about)?);
        from = at + 1;
    }
    Some(sides)
}

fn side(numbers: &[FoundNumber<'_>], operators: &[char], about: bool) -> Option<Side> {
    let usable = |number: &FoundNumber<'_>| number.modifiers.bound.is_none() && number.modifiers.sign.is_none() && !number.modifiers.base;
    let fraction = numbers.len() > 1 && numbers.iter().any(|number| matches!(unit(number), "%" | "割"));
    if fraction || !numbers.iter().all(usable) {
        return None;
    }
    let (first, last) = (numbers.first()?, numbers.last()?);
    let (mut sum, mut term) = (Rational::ZERO, value(first)?);
    for (number, operator) in numbers.iter().skip(1).zip(operators) {
        let value = value(number)?;
        match operator {
            '×' => term = term.checked_mul(value)?,
            '÷' => term = term.checked_div(value)?,
            '+' => (sum, term) = (sum.checked_add(term)?, value),
            '-' => (sum, term) = (sum.checked_add(term)?, value.negated()),
            _ => return None,
        }
    }
    Some(Side {
        value: sum.checked_add(term)?,
        range: first.whole.start..last.whole.end,
        divides: operators.contains(&'÷'),
        is_computed: numbers.len() > 1,
        about: about || numbers.iter().any(|number| number.modifiers.about),
    })
}

/// Holds the sides of an equation against each other; nothing where it is no equation.
fn settle(scope: &EntryScope<'_>, prose: &Prose<'_>, chain: &Chain<'_, '_>, ledger: &mut Ledger) -> Option<bool> {
    let rule = RuleId::FormulaMismatch;
    if !chain.operators.iter().any(|operator| matches!(operator, '=' | '≒')) {
        return None;
    }
    let Some(sides) = sides(chain).filter(|sides| is_in_one_unit(chain) && is_about_one_thing(chain, sides)) else {
        ledger.skip(rule, Reason::NotComparable);
        return Some(false);
    };
    let (Some(first), Some(last)) = (sides.first(), sides.last()) else { return None };
    if !sides.iter().any(|side| side.is_computed) {
        return None;
    }
    let about = part_of_one(scope.settings, rule, "about");
    for pair in sides.windows(2) {
        let [left, right] = pair else { continue };
        let scale = percent(chain, right);
        let Some(computed) = left.value.checked_mul(scale) else { continue };
        if agree(computed, left, right, about) {
            continue;
        }
        let place = prose.node.part(right.range.clone());
        ledger.fail(
            Finding::new(rule, prose.node)
                .span(place)
                .discriminator(&prose.text[first.range.start..last.range.end])
                .arg("formula", &prose.text[left.range.clone()])
                .arg("printed", &prose.text[right.range.clone()])
                .arg("computed", shown(computed)),
        );
        return Some(false);
    }
    ledger.pass(rule);
    Some(true)
}

fn shown(value: Rational) -> String {
    if value.decimals().is_some() { value.to_string() } else { format!("{value:.1}") }
}

/// 15校÷20校＝75％: the quotient in percent.
fn percent(chain: &Chain<'_, '_>, right: &Side) -> Rational {
    let is_percent = chain.numbers.iter().any(|number| number.whole.end == right.range.end && unit(number) == "%");
    if is_percent { Rational::HUNDRED } else { Rational::ONE }
}

/// Whether the result of each computation is in a unit that went into it: 1班＝3人＋1人 says how many
/// make a team.
fn is_about_one_thing(chain: &Chain<'_, '_>, sides: &[Side]) -> bool {
    let units = |side: &Side| {
        let numbers = chain.numbers.iter().filter(|number| side.range.contains(&number.range.start));
        numbers.map(unit).collect::<Vec<_>>()
    };
    sides.windows(2).all(|pair| {
        let [left, right] = pair else { return true };
        let (single, other) = if right.is_computed && !left.is_computed { (left, right) } else { (right, left) };
        let others = units(other);
        let result = units(single).last().copied().unwrap_or_default();
        result.is_empty()
            || single.is_computed
            || others.contains(&result)
            || others.iter().all(|unit| unit.is_empty())
            || result == "%" && other.divides
    })
}

/// Whether time is not converted on the way (30分×4回＝2時間).
fn is_in_one_unit(chain: &Chain<'_, '_>) -> bool {
    const TIMES: [&str; 8] = ["時間", "分", "分間", "秒", "日", "日間", "週間", "か月"];
    let times: Vec<&str> = chain.numbers.iter().map(unit).filter(|unit| TIMES.contains(unit)).collect();
    times.windows(2).all(|pair| pair.first() == pair.last())
}

fn agree(computed: Rational, left: &Side, right: &Side, about: Rational) -> bool {
    let unit = right.value.decimals().and_then(Rational::step).unwrap_or(Rational::ONE);
    let exact = computed.decimals().is_some_and(|decimals| decimals <= right.value.decimals().unwrap_or(0));
    let rounded = (left.divides || right.divides) && !exact || right.value.decimals() != Some(0);
    let mut interval = if rounded { Interval::around(right.value, unit) } else { Interval::exact(right.value) };
    if left.about || right.about {
        interval = interval.widen(about);
    }
    interval.contains(computed)
}

/// A remark that is nothing but a formula explains one of the figures of its count.
fn against_figure(scope: &EntryScope<'_>, measure: &Measure<'_>, prose: &Prose<'_>, chain: &Chain<'_, '_>, ledger: &mut Ledger) {
    let rule = RuleId::FormulaMismatch;
    let Some((count_value, is_next)) = prose.value else { return };
    let Some(count) = measure.count(count_value.id()) else { return };
    let Some(result) = sides(chain).and_then(|sides| sides.into_iter().next_back()) else { return };
    let columns: &[Column] = if is_next { &[Column::Next] } else { &[Column::Target, Column::Actual] };
    let stated: Vec<Stated<'_>> = columns.iter().filter_map(|column| Stated::in_value(count_value, count, *column)).collect();
    let Some(first) = stated.first() else { return };
    // 12回×3人 is 36人: the unit of a product is that of its last factor, if of any.
    let is_in_unit = chain.numbers.last().is_some_and(|last| unit(last) == first.unit());
    let is_factor = |one: &Stated<'_>| chain.numbers.iter().any(|number| value(number) == Some(one.quantity.value()));
    if first.unit().is_empty() || !is_in_unit || result.is_computed && stated.iter().any(is_factor) {
        return ledger.skip(rule, Reason::UnitDiffers);
    }
    let about = part_of_one(scope.settings, rule, "about");
    let explains = |one: &Stated<'_>| {
        let figure = Figure::of(one.quantity, one.unit(), about).interval;
        let wide = if result.about { figure.widen(about) } else { figure };
        wide.contains(result.value) || result.divides && result.value.decimals() != Some(0)
    };
    if stated.iter().any(|one| one.quantity.per_year() != Some(Rational::ONE)) {
        return ledger.skip(rule, Reason::PeriodDiffers);
    }
    if stated.iter().any(explains) {
        return ledger.pass(rule);
    }
    ledger.fail(
        Finding::new(rule, first.node)
            .variant("figure")
            .arg("title", count.name())
            .arg("printed", first.quantity.printed())
            .arg("formula", prose.text.trim())
            .arg("computed", show(result.value, first.quantity))
            .related("formula", prose.node),
    );
}

/// Counts that the plan defines as the product of others.
pub fn products(scope: &EntryScope<'_>, measure: &Measure<'_>, ledger: &mut Ledger) {
    let rule = RuleId::FormulaMismatch;
    for count in measure.counts.iter().filter(|count| !count.product_of.is_empty()) {
        for column in Column::ALL {
            let Some(product) = Stated::of(scope.entry, count, column) else { continue };
            match factors(scope, measure, count, product) {
                Ok(Some(finding)) => ledger.fail(finding),
                Ok(None) => ledger.pass(rule),
                Err(reason) => ledger.skip(rule, reason),
            }
        }
    }
}

fn factors(scope: &EntryScope<'_>, measure: &Measure<'_>, count: &Count<'_>, product: Stated<'_>) -> Result<Option<Finding>, Reason> {
    let about = part_of_one(scope.settings, RuleId::FormulaMismatch, "about");
    let mut computed = Interval::exact(Rational::ONE);
    let mut printed = Rational::ONE;
    let mut words = Vec::new();
    let mut nodes = Vec::new();
    for factor in &count.product_of {
        let (interval, value) = match measure.count(factor.text) {
            Some(other) => {
                let stated = Stated::of(scope.entry, other, product.column).ok_or(Reason::PartMissing)?;
                if !stated.is_of_same_time(&product) || stated.quantity.period() != product.quantity.period() {
                    return Err(Reason::PeriodDiffers);
                }
                words.push(stated.quantity.printed());
                nodes.push(stated.node);
                (Figure::of(stated.quantity, stated.unit(), about).interval, stated.quantity.value())
            }
            None => {
                let quantity = Quantity::parse(factor.text).map_err(|_| Reason::Undefined)?;
                words.push(factor.text);
                (quantity.interval(), quantity.value())
            }
        };
        computed = computed * interval;
        printed = printed.checked_mul(value).ok_or(Reason::NotComparable)?;
    }
    if Figure::of(product.quantity, product.unit(), about).interval.meets(computed) {
        return Ok(None);
    }
    let mut finding = Finding::new(RuleId::FormulaMismatch, product.node)
        .variant("figure")
        .arg("title", count.name())
        .arg("printed", product.quantity.printed())
        .arg("formula", words.join("×"))
        .arg("computed", product.show(printed));
    for node in nodes {
        finding = finding.related("factor", node);
    }
    Ok(Some(finding))
}
