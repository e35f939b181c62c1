//! Indicators with the series of the report.

use super::figure::{self, figure, owned, text, value_of};
use super::make::Maker;
use super::view::{IndicatorValueView, IndicatorView};
use super::words;
use crate::document::{Field, Node};
use crate::model::{Better, Indicator, IndicatorReport, IndicatorValue, Report, Slot};

/// The indicators of the plan, each with what the report says of it, and the years of every
/// series. Those that the plan does not have come last.
pub(super) fn all(maker: &Maker<'_, '_>) -> (Vec<IndicatorView>, Vec<String>) {
    let of = |id: &str| maker.report.indicators.iter().find(|report| report.indicator.text == id);
    let mut views: Vec<IndicatorView> =
        maker.plan.indicators.iter().map(|indicator| one(maker, Some(indicator), of(indicator.id.text))).collect();
    for report in &maker.report.indicators {
        if maker.plan.indicator(report.indicator.text).is_none() {
            views.push(one(maker, None, Some(report)));
        }
    }
    let years = years(maker.report);
    for view in &mut views {
        let report = of(&view.id);
        view.series = years.iter().map(|year| value_in(maker, report, view.unit.as_deref(), year)).collect();
    }
    let names = years.iter().map(|year| figure::value_year(year, maker.lang)).collect();
    (views, names)
}

fn value_in(maker: &Maker<'_, '_>, report: Option<&IndicatorReport<'_>>, unit: Option<&str>, year: &str) -> Option<IndicatorValueView> {
    let value = report?.values.iter().find(|value| value.year.is_some_and(|text| text.text == year))?;
    value_of(value, suffix(unit), maker.print)
}

fn one(maker: &Maker<'_, '_>, indicator: Option<&Indicator<'_>>, report: Option<&IndicatorReport<'_>>) -> IndicatorView {
    let lang = maker.lang;
    let id = indicator.map(|known| known.id.text).or_else(|| report.map(|report| report.indicator.text)).unwrap_or_default();
    let unit = indicator.and_then(|known| owned(known.unit));
    let value = |value: &IndicatorValue<'_>| value_of(value, suffix(unit.as_deref()), maker.print);
    let planned = indicator.and_then(|known| known.target.as_ref()).and_then(value);
    let printed = report.and_then(|report| report.node.get(Field::Target)).and_then(|node| printed_target(maker, node, unit.as_deref()));
    let same = planned.as_ref().zip(printed.as_ref()).is_some_and(|(planned, printed)| planned.value.text == printed.value.text);
    IndicatorView {
        id: id.to_owned(),
        title: indicator.map_or(id, |known| known.name()).to_owned(),
        better: if indicator.is_some_and(|known| known.better == Better::Lower) { "lower" } else { "higher" },
        source: indicator.and_then(|known| known.source).map(|source| words::statistic(source.text, lang)),
        scope: indicator.and_then(|known| owned(known.scope)),
        baseline: indicator.and_then(|known| known.baseline.as_ref()).and_then(value),
        target: planned.or_else(|| printed.clone()),
        report_target: printed.filter(|_| !same),
        values: report.map(|report| report.values.iter().filter_map(value).collect()).unwrap_or_default(),
        series: Vec::new(),
        note: report.and_then(|report| text(report.node, Field::Note)),
        unit,
    }
}

/// The target as the report prints it again: a figure, or a figure of a year.
fn printed_target(maker: &Maker<'_, '_>, node: Node<'_>, unit: Option<&str>) -> Option<IndicatorValueView> {
    let value = node.get(Field::Value).unwrap_or(node);
    let year = node.get(Field::Year).and_then(Node::text).map(|year| figure::value_year(year, maker.lang));
    Some(IndicatorValueView { year, value: figure(&Slot::quantity(value), suffix(unit), None, maker.print)?, provisional: false })
}

/// The years of every series of a report, as written, the earliest first.
fn years(report: &Report<'_>) -> Vec<String> {
    let mut years: Vec<&str> = Vec::new();
    for value in report.indicators.iter().flat_map(|indicator| &indicator.values) {
        if let Some(year) = value.year
            && !years.contains(&year.text)
        {
            years.push(year.text);
        }
    }
    years.sort_by_key(|year| crate::calendar::parse_fiscal_year(year));
    years.into_iter().map(ToOwned::to_owned).collect()
}

/// A unit that is printed behind a figure: % is, 人口10万対 stands in the head.
fn suffix(unit: Option<&str>) -> Option<&str> {
    unit.filter(|unit| matches!(*unit, "%" | "％"))
}
