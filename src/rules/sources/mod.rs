//! Where figures come from: statistics that may not be compared, areas, and what chance does.

mod chance;
mod mixed;
mod provisional;
mod scopes;
mod unstated;

use crate::arithmetic::Figure;
use crate::document::Node;
use crate::model::{Indicator, IndicatorValue, Text};
use crate::rule::{EntryScope, Ledger, PlanScope, ReportScope, TableScope};
use crate::rules::table::{Grid, year_of};
use crate::text::fold;

/// Looks at a table.
pub fn table(scope: &TableScope<'_>, ledger: &mut Ledger) {
    let grid = Grid::of(scope.table, scope.settings);
    mixed::table(&grid, ledger);
    scopes::table(scope, &grid, ledger);
    provisional::table(scope, &grid, ledger);
    unstated::table(scope, &grid, ledger);
}

/// Looks at the counts of an entry.
pub fn entry(scope: &EntryScope<'_>, ledger: &mut Ledger) {
    scopes::entry(scope, ledger);
}

/// Looks at the indicators of a report, and at what its words say of changes.
pub fn report(scope: &ReportScope<'_>, ledger: &mut Ledger) {
    let grids: Vec<Grid<'_, '_>> = scope.report.tables.iter().map(|table| Grid::of(table, scope.settings)).collect();
    for reported in &scope.report.indicators {
        let Some(indicator) = scope.plan.indicators.iter().find(|indicator| indicator.id.text == reported.indicator.text) else { continue };
        for value in &reported.values {
            provisional::indicator(scope, indicator, value, ledger);
            mixed::indicator(scope, &grids, indicator, value, ledger);
        }
    }
    chance::check(scope, &grids, ledger);
}

/// Looks at the indicators of a plan.
pub fn plan(scope: &PlanScope<'_>, ledger: &mut Ledger) {
    unstated::plan(scope, ledger);
}

/// What people call a statistic.
fn statistic_name(name: &str) -> crate::diagnostic::Arg {
    use crate::diagnostic::Arg;
    match name {
        "vital" => Arg::both("人口動態統計", "vital statistics"),
        "police" => Arg::both("警察の統計", "police statistics"),
        "survey" => Arg::both("調査", "a survey"),
        other => other.into(),
    }
}

/// How wide an area is: the city or a part of it, a prefecture, the country.
fn width(area: Option<Text<'_>>, city: Option<Text<'_>>) -> u8 {
    let Some(area) = area.map(|area| area.text.trim()) else { return 1 };
    if city.is_some_and(|city| area.contains(city.text)) {
        return 1;
    }
    let bare = area.trim_end_matches("全体").trim_end_matches("全域").trim_end_matches('内');
    if ["全国", "国内", "日本"].iter().any(|word| bare.contains(word)) || bare == "国" {
        3
    } else if ["都", "道", "府", "県"].iter().any(|end| bare.ends_with(end)) {
        2
    } else {
        1
    }
}

/// A figure of a table that an indicator's value may be.
struct Likeness<'a> {
    statistic: Option<&'a str>,
    width: u8,
    area: Option<Text<'a>>,
    fits: bool,
    node: Node<'a>,
}

/// The figures of the tables of a report that bear the name and unit of an indicator, in a year.
fn likenesses<'a>(
    scope: &ReportScope<'a>,
    grids: &[Grid<'_, 'a>],
    indicator: &Indicator<'a>,
    value: &IndicatorValue<'a>,
) -> Vec<Likeness<'a>> {
    let (Some(quantity), Some(year)) = (value.value.given(), value.year.and_then(|year| crate::model::fiscal_year(year.node))) else {
        return Vec::new();
    };
    let unit = indicator.unit.map_or("", |unit| unit.text);
    let figure = Figure::of(quantity, unit, crate::arithmetic::Rational::ZERO);
    let name = fold(indicator.name());
    let mut found = Vec::new();
    for grid in grids {
        for row in (0..grid.rows.len()).filter(|row| year_of(grid.rows[*row]) == Some(year.number())) {
            for column in 0..grid.columns.len() {
                let at = grid.at(row, column);
                let named = fold(grid.columns[column].name()).contains(&*name);
                let Some(other) = grid.figures[at].filter(|_| named && same_unit(grid.unit(at), unit)) else { continue };
                found.push(Likeness {
                    statistic: grid.statistic(at).map(|statistic| statistic.text),
                    width: width(grid.area(at), scope.plan.municipality),
                    area: grid.area(at),
                    fits: if other.decimals == figure.decimals {
                        other.value == figure.value
                    } else {
                        other.interval.meets(figure.interval)
                    },
                    node: grid.node(at),
                });
            }
        }
    }
    found
}

fn same_unit(one: &str, other: &str) -> bool {
    let plain = |unit: &str| crate::arithmetic::normal_unit(unit).replace("人あたり", "対").replace("人当たり", "対");
    !one.is_empty() && plain(one) == plain(other)
}
