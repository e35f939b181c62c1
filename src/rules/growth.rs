//! Growth on the year before as a text states it (前年度比23％増), against the figures.

use super::columns::{Column, Stated, part_of_one};
use super::prose::{Prose, quantity, unit, value};
use super::rates::computed;
use crate::arithmetic::{Change, Figure, Interval, Quantity, RateVerdict, Rational, check_growth};
use crate::catalogue::RuleId;
use crate::diagnostic::Finding;
use crate::document::Node;
use crate::model::{Count, Edition, Measure, Slot};
use crate::rule::{EntryScope, Ledger, Reason};
use crate::text::{self, FoundNumber, script};

/// Words between the name of a count and the size of the change.
const COMPARED: &[&str] = &[
    "対前年度比で",
    "対前年度比",
    "対前年比で",
    "対前年比",
    "前年度比で",
    "前年度比",
    "前年比で",
    "前年比",
    "前年度に比べて",
    "前年度に比べ",
    "前年度と比べて",
    "前年度と比べ",
    "前年度より",
    "前年度から",
    "前年より",
    "昨年度より",
    "昨年度比",
];

/// An earlier figure and where it stands.
struct Prior<'a> {
    interval: Interval,
    printed: &'a str,
    node: Node<'a>,
}

/// Looks at every change that a text states of a count by its name.
pub fn check<'a>(scope: &EntryScope<'a>, measure: &'a Measure<'a>, prose: &Prose<'a>, ledger: &mut Ledger) {
    for number in &prose.numbers {
        let Some(change) = number.modifiers.change else { continue };
        let Some(before) = compared(&prose.text[..number.whole.start]) else { continue };
        let rule = RuleId::GrowthMismatch;
        let named = measure.counts.iter().find(|count| ends_with_name(before, count.name()));
        let Some(current) = named.and_then(|count| Stated::of(scope.entry, count, Column::Actual)) else {
            ledger.skip(rule, Reason::NotComparable);
            continue;
        };
        if current.value.period.is_some() || scope.report.report.edition == Edition::Interim {
            ledger.skip(rule, Reason::PeriodDiffers);
            continue;
        }
        let priors = priors(scope, prose, current);
        if priors.is_empty() {
            ledger.skip(rule, Reason::NoPriorFigure);
            continue;
        }
        let change = if change == text::Change::Up { Change::Increase } else { Change::Decrease };
        judge(scope, prose, number, current, &priors, change, ledger);
    }
}

/// The text before the words that compare with the year before, if they stand at its end.
fn compared(before: &str) -> Option<&str> {
    let before = before.trim_end();
    COMPARED.iter().find_map(|words| before.strip_suffix(words))
}

/// Whether a text ends with a name, a particle or a comma allowed behind it.
fn ends_with_name(before: &str, name: &str) -> bool {
    let words = before.trim_end().trim_end_matches(['は', 'が', 'も', '、', '：', ':']).trim_end();
    let Some(ahead) = words.strip_suffix(name).filter(|_| !name.is_empty()) else { return false };
    ahead.chars().next_back().is_none_or(|letter| !script(letter).is_noun())
}

/// The earlier figure: in the text itself, beside the count, and in the report of the year before.
fn priors<'a>(scope: &EntryScope<'a>, prose: &Prose<'a>, current: Stated<'a>) -> Vec<Prior<'a>> {
    let count = current.count;
    let mut priors = in_text(scope, prose, count);
    if let Some(Slot::Given(quantity, node)) = current.value.prior.as_ref().filter(|prior| prior.period.is_none()).map(|prior| &prior.value)
    {
        priors.push(prior(quantity, current, *node));
    }
    let last_year = scope.prior.filter(|report| report.edition != Edition::Interim).and(scope.prior_entry);
    let last = last_year.and_then(|entry| Stated::of(entry, count, Column::Actual));
    if let Some(last) = last.filter(|last| last.unit() == current.unit() && last.value.period.is_none()) {
        priors.push(prior(last.quantity, current, last.node));
    }
    priors
}

fn prior<'a>(quantity: &Quantity<'a>, current: Stated<'_>, node: Node<'a>) -> Prior<'a> {
    let tenth = Rational::new(1, 10).unwrap_or(Rational::ZERO);
    Prior { interval: Figure::of(quantity, current.unit(), tenth).interval, printed: quantity.printed(), node }
}

/// 令和5年度は138名, 前年度138名.
fn in_text<'a>(scope: &EntryScope<'a>, prose: &Prose<'a>, count: &Count<'_>) -> Vec<Prior<'a>> {
    let last = scope.report.report.year.prior();
    let mut labels = vec!["前年度".to_owned(), "昨年度".to_owned(), "前年".to_owned()];
    labels.extend(last.map(|year| year.era().to_string()));
    labels.extend(last.map(|year| year.western().to_string()));
    let own = super::columns::plan_unit(count);
    let is_last_years = |number: &&FoundNumber<'_>| {
        let ahead = prose.text[..number.whole.start].trim_end_matches([' ', '　', '：', 'は', 'が', 'の']);
        let plain = number.modifiers.change.is_none() && number.modifiers.bound.is_none() && !number.modifiers.about;
        plain && unit(number) == own && !own.is_empty() && labels.iter().any(|label| ahead.ends_with(label.as_str()))
    };
    let found = prose.numbers.iter().filter(is_last_years).filter_map(|number| {
        let value = value(number)?;
        Some(Prior { interval: Interval::exact(value), printed: number.written(), node: prose.node })
    });
    found.collect()
}

fn judge(
    scope: &EntryScope<'_>,
    prose: &Prose<'_>,
    number: &FoundNumber<'_>,
    current: Stated<'_>,
    priors: &[Prior<'_>],
    change: Change,
    ledger: &mut Ledger,
) {
    let rule = RuleId::GrowthMismatch;
    let about = part_of_one(scope.settings, rule, "about");
    let is_percent = matches!(unit(number), "%" | "割");
    let words = quantity(prose, number).map(|quantity| quantity.printed()).unwrap_or_default();
    let said = if number.modifiers.about { format!("約{words}") } else { words.to_owned() };
    let Ok(said) = Quantity::parse(&said) else { return ledger.skip(rule, Reason::NotComparable) };
    if number.modifiers.bound.is_some() || !is_percent && unit(number) != current.unit() {
        return ledger.skip(rule, Reason::NotComparable);
    }
    let now = Figure::of(current.quantity, current.unit(), about).interval;
    let mut wrong = None;
    for prior in priors {
        let verdict = if is_percent { by_percent(now, prior, &said, change, about) } else { by_number(now, prior, &said, change, about) };
        match verdict {
            Verdict::Fits => return ledger.pass(rule),
            Verdict::Open => {}
            Verdict::Wrong(right) => wrong = wrong.or(Some((prior, right))),
        }
    }
    let Some((prior, right)) = wrong else { return ledger.skip(rule, Reason::ZeroDenominator) };
    let mut finding = Finding::new(rule, prose.node)
        .span(prose.node.part(number.whole.clone()))
        .discriminator(current.count.id.text)
        .arg("title", current.count.name())
        .arg("printed", number.whole_words())
        .arg("prior", prior.printed)
        .arg("actual", current.quantity.printed())
        .arg("computed", right)
        .related("actual", current.node);
    if prior.node.id() != prose.node.id() || prior.node.source().id != prose.node.source().id {
        finding = finding.related("prior", prior.node);
    }
    ledger.fail(finding);
}

enum Verdict {
    Fits,
    Open,
    /// What the figures give.
    Wrong(String),
}

fn by_percent(now: Interval, prior: &Prior<'_>, said: &Quantity<'_>, change: Change, about: Rational) -> Verdict {
    match check_growth(now, prior.interval, said, change, about) {
        RateVerdict::Holds => Verdict::Fits,
        RateVerdict::NotEvaluated(_) => Verdict::Open,
        RateVerdict::Wrong { low, high } => {
            let sign = |value: Rational| if change == Change::Decrease { value.negated() } else { value };
            let (low, high) = if change == Change::Decrease { (high.map(sign), low.map(sign)) } else { (low, high) };
            let plus = if low.is_some_and(|low| !low.is_negative()) { "+" } else { "" };
            Verdict::Wrong(format!("{plus}{}", computed(said, "%", low, high)))
        }
    }
}

fn by_number(now: Interval, prior: &Prior<'_>, said: &Quantity<'_>, change: Change, about: Rational) -> Verdict {
    let difference = if change == Change::Increase { now - prior.interval } else { prior.interval - now };
    if said.interval_about(about).meets(difference) {
        return Verdict::Fits;
    }
    let Some(value) = (now - prior.interval).value() else { return Verdict::Open };
    let plus = if value.is_negative() { "" } else { "+" };
    Verdict::Wrong(format!("{plus}{value}{}", said.unit().unwrap_or_default()))
}
