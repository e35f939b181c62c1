//! Indicators: from the baseline to the target, where the latest value stands, and how wide chance
//! alone makes it.

use serde::Serialize;

use super::figures::{FigureView, float, same_unit, value};
use super::study::Study;
use crate::arithmetic::{Quantity, Rational};
use crate::calendar::{FiscalYear, parse_fiscal_year};
use crate::catalogue::Lang;
use crate::model::{Better, Indicator, IndicatorValue, Slot, Table};
use crate::statistics::{ChanceInterval, rate_interval};

/// A value of a year.
#[derive(Clone, Debug, Default, Serialize)]
pub struct PointOfYear {
    /// The year, or empty.
    pub year: String,
    /// The value.
    pub value: FigureView,
    /// Whether it may still change.
    pub provisional: bool,
}

/// Which way an indicator has gone since its baseline.
#[derive(Clone, Debug, Default, Serialize)]
pub struct DirectionView {
    /// `toward`, `away`, `still` or `unknown`.
    pub code: &'static str,
    /// What people read.
    pub text: String,
}

/// How wide chance alone makes a value.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ChanceView {
    /// The lower end, in the indicator's unit; empty where it cannot be computed.
    pub lower: String,
    /// The upper end.
    pub upper: String,
    /// The count that it rests on, with its table; empty where there is none.
    pub basis: String,
    /// In a sentence.
    pub text: String,
}

/// An indicator.
#[derive(Clone, Debug, Serialize)]
pub struct IndicatorView {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its unit.
    pub unit: String,
    /// `higher` or `lower`.
    pub better: &'static str,
    /// Where it comes from, or that this is not said.
    pub source: String,
    /// Where the plan began.
    pub baseline: Option<PointOfYear>,
    /// Where the plan wants to be.
    pub target: Option<PointOfYear>,
    /// The latest value of the report.
    pub latest: Option<PointOfYear>,
    /// Every value of the report.
    pub values: Vec<PointOfYear>,
    /// How far it has come, against a straight line from the baseline to the target.
    pub pace: String,
    /// Which way it has gone.
    pub direction: DirectionView,
    /// How wide chance alone makes the latest value.
    pub chance: ChanceView,
}

/// The indicators of the plan.
#[must_use]
pub fn indicators(study: &Study<'_>) -> Vec<IndicatorView> {
    study.plan().indicators.iter().map(|indicator| view(study, indicator)).collect()
}

/// A value with its year, read.
#[derive(Clone, Copy)]
struct Known<'v, 'a> {
    year: Option<FiscalYear>,
    quantity: &'v Quantity<'a>,
}

fn known<'v, 'a>(study: &Study<'_>, value: &'v IndicatorValue<'a>) -> Option<Known<'v, 'a>> {
    let year = value.year.and_then(|year| parse_fiscal_year(year.text));
    study.shown(&value.value).map(|quantity| Known { year, quantity })
}

fn view(study: &Study<'_>, indicator: &Indicator<'_>) -> IndicatorView {
    let unit = indicator.unit.map_or("", |unit| unit.text);
    let reports: Vec<_> = study.report().indicators.iter().filter(|report| report.indicator.text == indicator.id.text).collect();
    let values: Vec<&IndicatorValue<'_>> = reports.iter().flat_map(|report| &report.values).collect();
    let target = indicator.target.as_ref().or_else(|| reports.iter().find_map(|report| report.target.as_ref()));
    let latest = values.iter().copied().filter(|value| value.value.given().is_some()).max_by_key(|value| known(study, value).and_then(|known| known.year));
    let start = indicator
        .baseline
        .as_ref()
        .filter(|value| value.value.given().is_some())
        .or_else(|| values.iter().copied().filter(|value| value.value.given().is_some()).min_by_key(|value| known(study, value).and_then(|known| known.year)))
        .filter(|first| latest.is_none_or(|latest| !std::ptr::eq(*first, latest)));
    let point = |value: &IndicatorValue<'_>| PointOfYear {
        year: value.year.map(|year| parse_fiscal_year(year.text).map_or_else(|| year.text.to_owned(), |year| study.year(year))).unwrap_or_default(),
        value: study.figure(&value.value, Some(unit)),
        provisional: value.provisional,
    };
    let start = start.and_then(|value| known(study, value));
    let goal = target.and_then(|value| known(study, value));
    let now = latest.and_then(|value| known(study, value));
    IndicatorView {
        id: indicator.id.text.to_owned(),
        title: indicator.name().to_owned(),
        unit: unit.to_owned(),
        better: if indicator.better == Better::Lower { "lower" } else { "higher" },
        source: source(study, indicator),
        baseline: indicator.baseline.as_ref().map(point),
        target: target.map(point),
        latest: latest.map(point),
        values: values.iter().map(|value| point(value)).collect(),
        pace: pace(study, start, goal, now).unwrap_or_default(),
        direction: direction(study, indicator, unit, start, goal, now),
        chance: now.map(|now| chance(study, indicator, now, start, goal)).unwrap_or_default(),
    }
}

/// What a statistic is called.
#[must_use]
pub fn statistic(name: &str, lang: Lang) -> &str {
    match (name, lang) {
        ("vital", Lang::Ja) => "人口動態統計",
        ("vital", Lang::En) => "vital statistics",
        ("police", Lang::Ja) => "警察庁自殺統計",
        ("police", Lang::En) => "police statistics",
        ("survey", Lang::Ja) => "調査",
        (other, _) => other,
    }
}

fn source(study: &Study<'_>, indicator: &Indicator<'_>) -> String {
    match indicator.source {
        Some(source) => statistic(source.text, study.lang).to_owned(),
        None => study.word("出典の記載なし", "source not stated").to_owned(),
    }
}

fn years_apart(from: Option<FiscalYear>, to: Option<FiscalYear>) -> Option<i64> {
    Some(i64::from(to?.number()) - i64::from(from?.number()))
}

fn pace(study: &Study<'_>, start: Option<Known<'_, '_>>, goal: Option<Known<'_, '_>>, now: Option<Known<'_, '_>>) -> Option<String> {
    let (start, goal, now) = (start?, goal?, now?);
    if !start.quantity.is_single() || !now.quantity.is_single() {
        return None;
    }
    let whole = goal.quantity.value().checked_sub(start.quantity.value())?;
    let moved = now.quantity.value().checked_sub(start.quantity.value())?;
    let decimals = [start, goal, now].iter().map(|known| known.quantity.decimals()).max().unwrap_or(0);
    let signed = |number: Rational| format!("{}{}", if number.is_negative() || number.is_zero() { "" } else { "+" }, value(number, decimals));
    let mut text = match study.lang {
        Lang::Ja => format!("基準から目標まで{}、いまは{}", signed(whole), signed(moved)),
        Lang::En => format!("{} of the {} to the target", signed(moved), signed(whole)).replace('△', "−"),
    };
    let all = years_apart(start.year, goal.year).filter(|years| *years > 0);
    let gone = years_apart(start.year, now.year);
    if let Some((all, gone)) = all.zip(gone) {
        let line = whole.checked_mul(Rational::new(gone.into(), all.into())?).and_then(|part| start.quantity.value().checked_add(part))?;
        let line = value(line, decimals.max(1));
        text.push_str(&match study.lang {
            Lang::Ja => format!("（直線上なら{line}）"),
            Lang::En => format!(" (a straight line would stand at {line})"),
        });
    }
    Some(text)
}

fn direction(
    study: &Study<'_>,
    indicator: &Indicator<'_>,
    unit: &str,
    start: Option<Known<'_, '_>>,
    goal: Option<Known<'_, '_>>,
    now: Option<Known<'_, '_>>,
) -> DirectionView {
    let unknown = |ja: &str, en: &str| DirectionView { code: "unknown", text: study.word(ja, en).to_owned() };
    let Some(now) = now else { return unknown("この報告に値の記載なし", "no value in this report") };
    let meets = goal.map(|goal| {
        let (goal, now) = (goal.quantity.interval_in(unit), now.quantity.interval_in(unit));
        match indicator.better {
            Better::Lower => !now.entirely_above(goal),
            Better::Higher => !now.entirely_below(goal),
        }
    });
    let reached = if meets == Some(true) { study.word("（目標の水準）", " (at the target)") } else { "" };
    let Some(start) = start else { return unknown("比べる前の値なし", "no earlier value") };
    let (before, after) = (start.quantity.interval_in(unit), now.quantity.interval_in(unit));
    let better = match indicator.better {
        Better::Lower => after.entirely_below(before),
        Better::Higher => after.entirely_above(before),
    };
    let (code, text) = if after.meets(before) {
        ("still", study.word("→ 変化は四捨五入の幅の内", "→ no change beyond rounding"))
    } else if better {
        ("toward", study.word("○ 目標に向かう向き", "○ toward the target"))
    } else {
        ("away", study.word("● 目標と逆の向き", "● away from the target"))
    };
    DirectionView { code, text: format!("{text}{reached}") }
}

/// Looks for the count that a rate was made of: a row of the same year in a table of the report
/// that has the rate, and beside it a count of people of the same statistic.
fn chance(study: &Study<'_>, indicator: &Indicator<'_>, now: Known<'_, '_>, start: Option<Known<'_, '_>>, goal: Option<Known<'_, '_>>) -> ChanceView {
    let unit = indicator.unit.map_or("", |unit| unit.text);
    let is_rate = unit.starts_with("人口") || unit.contains("100,000") || unit.contains("100 000");
    if !is_rate {
        return ChanceView::default();
    }
    let found = study.report().tables.iter().find_map(|table| events(study, table, indicator, now));
    let Some((events, title)) = found else {
        let text = study.word("件数がこの報告にないため、偶然の幅は計算していません", "the report has no count for it, so the width of chance is not computed");
        return ChanceView { text: text.to_owned(), ..ChanceView::default() };
    };
    let Some(interval) = rate_interval(events, float(now.quantity.value())) else { return ChanceView::default() };
    let decimals = i32::from(now.quantity.decimals().min(3));
    let scale = 10f64.powi(decimals);
    let show = |end: f64| format!("{:.*}", usize::from(now.quantity.decimals().min(3)), end);
    let (lower, upper) = (show((interval.lower * scale).floor() / scale), show((interval.upper * scale).ceil() / scale));
    let within = within(study, interval, start, goal);
    ChanceView {
        text: match study.lang {
            Lang::Ja => format!("偶然だけでも{lower}〜{upper}の幅（{events}人、95％、ポアソン分布）{within}"),
            Lang::En => format!("chance alone: {lower} to {upper} ({events} people, 95%, Poisson){within}"),
        },
        basis: match study.lang {
            Lang::Ja => format!("{events}人（{title}）"),
            Lang::En => format!("{events} people ({title})"),
        },
        lower,
        upper,
    }
}

fn within(study: &Study<'_>, interval: ChanceInterval, start: Option<Known<'_, '_>>, goal: Option<Known<'_, '_>>) -> String {
    let inside = |known: &Option<Known<'_, '_>>| known.is_some_and(|known| (interval.lower..=interval.upper).contains(&float(known.quantity.value())));
    match (inside(&start), inside(&goal), study.lang) {
        (true, _, Lang::Ja) => "。基準の値もこの幅の中".to_owned(),
        (true, _, Lang::En) => "; the baseline lies in it".to_owned(),
        (false, true, Lang::Ja) => "。目標の値もこの幅の中".to_owned(),
        (false, true, Lang::En) => "; the target lies in it".to_owned(),
        (false, false, _) => String::new(),
    }
}

fn events<'a>(study: &Study<'_>, table: &Table<'a>, indicator: &Indicator<'_>, now: Known<'_, '_>) -> Option<(u64, &'a str)> {
    let unit = indicator.unit?.text;
    let statistic = |column: &crate::model::Column<'a>| column.source.as_ref().or(table.source.as_ref()).and_then(|source| source.statistic).map(|text| text.text);
    let wanted = indicator.source.map(|source| source.text);
    let row = table.rows.iter().find(|row| row.year.and_then(|year| parse_fiscal_year(year.text)) == now.year && now.year.is_some())?;
    let has_rate = table.columns.iter().any(|column| {
        let own = column.unit.or(table.unit).is_some_and(|own| same_unit(own.text, unit));
        let same = row.cell(column.id.text).and_then(|cell| cell.value.given()).is_some_and(|value| value.value() == now.quantity.value());
        own && same && (wanted.is_none() || statistic(column) == wanted)
    });
    let column = table.columns.iter().filter(|_| has_rate).find(|column| {
        let people = column.unit.or(table.unit).is_some_and(|own| same_unit(own.text, "人"));
        people && (wanted.is_none() || statistic(column) == wanted)
    })?;
    let cell = row.cell(column.id.text)?;
    let Slot::Given(quantity, node) = &cell.value else { return None };
    if study.is_hushed(*node) || !quantity.is_single() || !quantity.value().is_integer() {
        return None;
    }
    u64::try_from(quantity.value().numerator()).ok().map(|events| (events, table.name()))
}
