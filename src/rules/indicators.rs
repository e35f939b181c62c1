//! Indicators against what the plan wants of them.

use crate::arithmetic::{Figure, Quantity, Rational, normal_unit};
use crate::catalogue::RuleId;
use crate::diagnostic::Finding;
use crate::document::Node;
use crate::model::{Better, Edition, Indicator, IndicatorReport, IndicatorValue, fiscal_year};
use crate::rule::{Ledger, PlanScope, Reason, ReportScope};

const DIRECTION: RuleId = RuleId::IndicatorWrongDirection;
const PACE: RuleId = RuleId::IndicatorOffPace;
const TARGET: RuleId = RuleId::TargetDiffersFromPlan;

/// A value of an indicator, in its unit.
struct Point<'a> {
    node: Node<'a>,
    printed: &'a str,
    year: Option<i16>,
    figure: Figure,
    bound: bool,
}

impl<'a> Point<'a> {
    fn of(value: &IndicatorValue<'a>, unit: &str) -> Option<Self> {
        let crate::model::Slot::Given(quantity, node) = &value.value else { return None };
        let year = value.year.and_then(|year| fiscal_year(year.node)).map(|year| year.number());
        Self::at(quantity, *node, year, unit)
    }

    fn at(quantity: &Quantity<'a>, node: Node<'a>, year: Option<i16>, unit: &str) -> Option<Self> {
        if quantity.unit().is_some_and(|own| !unit.is_empty() && own != unit) || quantity.value() != quantity.upper_value() {
            return None;
        }
        let tolerance = Rational::new(1, 10)?;
        let figure = Figure::of(quantity, unit, tolerance);
        Some(Self { node, printed: quantity.printed(), year, figure, bound: quantity.is_bound() })
    }
}

fn unit<'a>(indicator: &Indicator<'a>) -> &'a str {
    normal_unit(indicator.unit.map_or("", |unit| unit.text))
}

/// Whether one value is worse than another, whatever they were rounded from.
fn is_worse(one: &Figure, than: &Figure, better: Better) -> bool {
    match better {
        Better::Higher => one.interval.entirely_below(than.interval),
        Better::Lower => one.interval.entirely_above(than.interval),
    }
}

/// Whether a plan wants its indicators to go the way that it calls better.
pub fn plan(scope: &PlanScope<'_>, ledger: &mut Ledger) {
    for indicator in &scope.plan.indicators {
        let Some((baseline, target)) = ends(indicator) else {
            ledger.skip(DIRECTION, Reason::NoBaseline);
            continue;
        };
        if !goes_wrong(indicator, &baseline, &target) {
            ledger.pass(DIRECTION);
            continue;
        }
        ledger.fail(
            Finding::new(DIRECTION, target.node)
                .variant(if indicator.better == Better::Lower { "target-lower" } else { "target-higher" })
                .arg("title", indicator.name())
                .arg("baseline", baseline.printed)
                .arg("target", target.printed)
                .related("baseline", baseline.node),
        );
    }
}

fn ends<'a>(indicator: &Indicator<'a>) -> Option<(Point<'a>, Point<'a>)> {
    let point = |value: Option<&IndicatorValue<'a>>| Point::of(value?, unit(indicator));
    point(indicator.baseline.as_ref()).filter(|baseline| !baseline.bound).zip(point(indicator.target.as_ref()))
}

fn goes_wrong(indicator: &Indicator<'_>, baseline: &Point<'_>, target: &Point<'_>) -> bool {
    match indicator.better {
        Better::Higher => target.figure.value < baseline.figure.value,
        Better::Lower => target.figure.value > baseline.figure.value,
    }
}

/// Looks at every indicator of a report.
pub fn report(scope: &ReportScope<'_>, ledger: &mut Ledger) {
    for stated in &scope.report.indicators {
        let Some(indicator) = scope.plan.indicator(stated.indicator.text) else {
            ledger.skip(TARGET, Reason::Undefined);
            continue;
        };
        if scope.report.edition == Edition::Excerpt {
            ledger.skip(TARGET, Reason::Excerpt);
            ledger.skip(DIRECTION, Reason::Excerpt);
            ledger.skip(PACE, Reason::Excerpt);
            continue;
        }
        target(indicator, stated, ledger);
        match movement(scope, indicator, stated) {
            Ok(movement) => movement.judge(scope, ledger),
            Err(reason) => {
                ledger.skip(DIRECTION, reason);
                ledger.skip(PACE, reason);
            }
        }
    }
}

/// The target that a report prints again.
fn target(indicator: &Indicator<'_>, stated: &IndicatorReport<'_>, ledger: &mut Ledger) {
    let Some(printed) = &stated.target else { return };
    let point = |value: &IndicatorValue<'_>| value.value.given().is_some();
    let Some(planned) = indicator.target.as_ref().filter(|target| point(target)) else { return ledger.skip(TARGET, Reason::NoTarget) };
    if !point(printed) {
        return ledger.skip(TARGET, Reason::NoTarget);
    }
    let Some((planned, printed)) = Point::of(planned, unit(indicator)).zip(Point::of(printed, unit(indicator))) else {
        return ledger.skip(TARGET, Reason::NotComparable);
    };
    let (one, other) = (&planned.figure, &printed.figure);
    if one.value == other.value {
        return ledger.pass(TARGET);
    }
    if one.interval.meets(other.interval) && !(planned.bound && printed.bound) {
        return ledger.skip(TARGET, if planned.bound || printed.bound { Reason::Bound } else { Reason::Undecided });
    }
    ledger.fail(
        Finding::new(TARGET, printed.node)
            .arg("title", indicator.name())
            .arg("printed", printed.printed)
            .arg("planned", planned.printed)
            .related("plan", planned.node),
    );
}

/// Where an indicator began, where it is, and where it is to be.
struct Movement<'a> {
    indicator: &'a Indicator<'a>,
    baseline: Point<'a>,
    latest: Point<'a>,
    target: Option<Point<'a>>,
}

fn movement<'a>(scope: &ReportScope<'a>, indicator: &'a Indicator<'a>, stated: &IndicatorReport<'a>) -> Result<Movement<'a>, Reason> {
    let baseline = indicator.baseline.as_ref().and_then(|value| Point::of(value, unit(indicator))).filter(|point| !point.bound);
    let baseline = baseline.ok_or(Reason::NoBaseline)?;
    let began = baseline.year.ok_or(Reason::NoBaseline)?;
    let last = scope.report.year.number().saturating_add(1);
    let values = stated.values.iter().filter(|value| !value.provisional).filter_map(|value| Point::of(value, unit(indicator)));
    let latest = values.filter(|point| point.year.is_some_and(|year| began < year && year <= last)).max_by_key(|point| point.year);
    let latest = latest.filter(|point| !point.bound).ok_or(Reason::NoIndicator)?;
    let target = indicator.target.as_ref().and_then(|value| Point::of(value, unit(indicator)));
    if target.as_ref().is_some_and(|target| goes_wrong(indicator, &baseline, target)) {
        return Err(Reason::NotComparable);
    }
    Ok(Movement { indicator, baseline, latest, target })
}

impl<'a> Movement<'a> {
    fn judge(&self, scope: &ReportScope<'_>, ledger: &mut Ledger) {
        let margin = super::years::share(scope.settings, DIRECTION, "margin");
        let limit = Figure { interval: self.baseline.figure.interval.widen(margin), ..self.baseline.figure };
        if is_worse(&self.latest.figure, &limit, self.indicator.better) {
            ledger.skip(PACE, Reason::NotComparable);
            return ledger.fail(self.wrong_direction());
        }
        ledger.pass(DIRECTION);
        match self.pace(scope) {
            Ok(finding) => ledger.judge(PACE, finding),
            Err(reason) => ledger.skip(PACE, reason),
        }
    }

    fn wrong_direction(&self) -> Finding {
        Finding::new(DIRECTION, self.latest.node)
            .variant(if self.indicator.better == Better::Lower { "default" } else { "higher" })
            .arg("title", self.indicator.name())
            .arg("year", self.latest.year.unwrap_or_default())
            .arg("value", self.latest.printed)
            .arg("baseline_year", self.baseline.year.unwrap_or_default())
            .arg("baseline", self.baseline.printed)
            .related("baseline", self.baseline.node)
    }

    /// Whether the latest value is where an even pace from the baseline to the target would have
    /// brought it.
    fn pace(&self, scope: &ReportScope<'_>) -> Result<Option<Finding>, Reason> {
        let target = self.target.as_ref().ok_or(Reason::NoTarget)?;
        let (began, at) = self.baseline.year.zip(self.latest.year).ok_or(Reason::NoBaseline)?;
        let due = target.year.filter(|due| began < *due).ok_or(Reason::NoTarget)?;
        let years = |from: i16, to: i16| Rational::integer(i64::from(to) - i64::from(from));
        let (gone, all) = (years(began, at.min(due)), years(began, due));
        let way = target.figure.value.checked_sub(self.baseline.figure.value).filter(|way| !way.is_zero()).ok_or(Reason::NotComparable)?;
        let elapsed = gone.checked_div(all).ok_or(Reason::NotComparable)?;
        let step = way.checked_mul(elapsed).ok_or(Reason::NotComparable)?;
        let expected = self.baseline.figure.value.checked_add(step).ok_or(Reason::NotComparable)?;
        let slack = way.checked_mul(super::years::share(scope.settings, PACE, "tolerance")).ok_or(Reason::NotComparable)?;
        let least = expected.checked_sub(slack).ok_or(Reason::NotComparable)?;
        let least = Figure { value: least, decimals: 0, interval: crate::arithmetic::Interval::exact(least) };
        if !is_worse(&self.latest.figure, &least, self.indicator.better) {
            return Ok(None);
        }
        let moved = self.latest.figure.value.checked_sub(self.baseline.figure.value).ok_or(Reason::NotComparable)?;
        let done = moved.checked_div(way).ok_or(Reason::NotComparable)?;
        let decimals = self.latest.figure.decimals.max(target.figure.decimals).max(1);
        let expected = expected.round_half_up(decimals).ok_or(Reason::NotComparable)?;
        Ok(Some(
            Finding::new(PACE, self.latest.node)
                .variant(if at >= due { "due" } else { "default" })
                .arg("title", self.indicator.name())
                .arg("year", at)
                .arg("value", self.latest.printed)
                .arg("target_year", due)
                .arg("target", target.printed)
                .arg("expected", expected.to_string())
                .arg("done", format!("{}％（{}/{}）", done.percent(1), moved.abs(), way.abs()))
                .arg("elapsed", format!("{}％（{gone}/{all}）", elapsed.percent(1)))
                .related("baseline", self.baseline.node)
                .related("target", target.node),
        ))
    }
}
