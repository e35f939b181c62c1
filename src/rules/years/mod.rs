//! Reports against those of earlier years.
//!
//! What is compared is the same count of the same measure: under the number and the name that it
//! has now, or the ones that the plan says it had.

pub mod carry_over;
pub mod change;
pub mod history;
pub mod restated;
pub mod targets;
pub mod vanished;
pub mod words;

use crate::arithmetic::{Figure, Period, Quantity, Rational, Tally, normal_unit};
use crate::calendar::FiscalYear;
use crate::catalogue::RuleId;
use crate::config::Settings;
use crate::document::Node;
use crate::model::{Count, CountValue, Edition, Entry, Report, Slot, Text};
use crate::rule::{EntryScope, Reason, ReportScope};
use crate::text::same_folded;

/// A figure with what the plan and the report say of it.
#[derive(Clone, Copy, Debug)]
pub struct Stated<'a> {
    /// The figure.
    pub quantity: &'a Quantity<'a>,
    /// Where it stands.
    pub node: Node<'a>,
    /// What stands around it.
    pub value: &'a CountValue<'a>,
    /// Its count, in the plan of its report.
    pub count: &'a Count<'a>,
}

/// Two figures in one unit, by the year where either names a period.
#[derive(Clone, Copy, Debug)]
pub struct Pair {
    /// The one.
    pub one: Figure,
    /// The other.
    pub other: Figure,
}

impl<'a> Stated<'a> {
    /// The figure of a slot, where one is given.
    #[must_use]
    pub fn of(slot: &'a Slot<'a, Quantity<'a>>, value: &'a CountValue<'a>, count: &'a Count<'a>) -> Option<Self> {
        match slot {
            Slot::Given(quantity, node) => Some(Self { quantity, node: *node, value, count }),
            _ => None,
        }
    }

    fn unit(&self) -> &'a str {
        self.quantity.unit().unwrap_or_else(|| normal_unit(self.count.unit.map_or("", |unit| unit.text)))
    }

    fn tally(&self) -> Option<Tally> {
        self.quantity.tally().or(self.count.tally)
    }

    fn period(&self) -> Option<Period> {
        self.quantity.period().or_else(|| match self.count.period?.text {
            "年" | "年間" => Some(Period::Year),
            "半年" | "半期" => Some(Period::HalfYear),
            "四半期" => Some(Period::Quarter),
            "月" => Some(Period::Month),
            "週" => Some(Period::Week),
            "日" => Some(Period::Day),
            _ => None,
        })
    }

    /// Brings two figures together. `about` is how far one that is said to be approximate may be
    /// off (1/10 for 10%).
    ///
    /// # Errors
    /// Why they cannot be compared: unit, tally or period differ.
    pub fn with(&self, other: &Stated<'_>, about: Rational) -> Result<Pair, Reason> {
        let (unit, other_unit) = (self.unit(), other.unit());
        if !unit.is_empty() && !other_unit.is_empty() && unit != other_unit {
            return Err(Reason::UnitDiffers);
        }
        if self.tally().zip(other.tally()).is_some_and(|(one, other)| one != other) {
            return Err(Reason::TallyDiffers);
        }
        let (times, other_times) = if self.period() == other.period() {
            (Rational::ONE, Rational::ONE)
        } else {
            let per_year = |period: Option<Period>| period.map_or(Some(Rational::ONE), Period::per_year);
            per_year(self.period()).zip(per_year(other.period())).ok_or(Reason::PeriodDiffers)?
        };
        let unit = if unit.is_empty() { other_unit } else { unit };
        let figure = |quantity: &Quantity<'_>, times: Rational| {
            let figure = Figure::of(quantity, unit, about);
            if times == Rational::ONE {
                return Ok(figure);
            }
            let value = figure.value.checked_mul(times).ok_or(Reason::NotComparable)?;
            Ok(Figure { value, interval: figure.interval.scale(times), ..figure })
        };
        Ok(Pair { one: figure(self.quantity, times)?, other: figure(other.quantity, other_times)? })
    }

    /// Why two figures are about different things although their count is the same, if they are:
    /// one covers some months, or another area.
    #[must_use]
    pub fn extent_differs(&self, other: &Stated<'_>) -> Option<Reason> {
        let differ = |one: Option<Text<'_>>, other: Option<Text<'_>>| match (one, other) {
            (None, None) => false,
            (Some(one), Some(other)) => !same_folded(one.text, other.text),
            _ => true,
        };
        if differ(self.value.period, other.value.period) {
            Some(Reason::PeriodDiffers)
        } else if differ(self.value.scope.or(self.count.scope), other.value.scope.or(other.count.scope)) {
            Some(Reason::NotComparable)
        } else {
            None
        }
    }

    /// Whether a note stands beside it.
    #[must_use]
    pub fn has_note(&self) -> bool {
        self.value.note.is_some_and(|note| !note.text.trim().is_empty())
    }
}

/// How far a figure that is said to be approximate may be off: a tenth.
#[must_use]
pub const fn about() -> Rational {
    Rational::TENTH
}

/// A percentage of the settings as a share.
#[must_use]
pub fn share(settings: &Settings, rule: RuleId, name: &str) -> Rational {
    Rational::new(i128::from(settings.percent(rule, name)), 10_000).unwrap_or(Rational::ZERO)
}

/// The report of a fiscal year, of this plan or of the one before it.
#[must_use]
pub fn report_of<'a>(scope: &ReportScope<'a>, year: FiscalYear) -> Option<&'a Report<'a>> {
    if year == scope.report.year {
        return Some(scope.report);
    }
    scope.set.of_year(year).or_else(|| scope.workspace.plan(scope.plan.succeeds?.text)?.of_year(year))
}

/// What last year's report says of a measure, where both reports are of whole years.
///
/// # Errors
/// Why there is nothing to compare with.
pub fn last_year<'a>(scope: &EntryScope<'a>) -> Result<(&'a Report<'a>, &'a Entry<'a>), Reason> {
    match scope.report.report.edition {
        Edition::Excerpt => return Err(Reason::Excerpt),
        Edition::Interim => return Err(Reason::Interim),
        Edition::Annual => {}
    }
    let prior = scope.prior.ok_or(Reason::NoPrior)?;
    if prior.edition == Edition::Interim {
        return Err(Reason::Interim);
    }
    let entry = scope.prior_entry.ok_or(Reason::NoPriorFigure)?;
    if scope.damaged || scope.is_damaged(entry.node) { Err(Reason::Damaged) } else { Ok((prior, entry)) }
}

/// The count that a count of this plan is in the entry of another report: the same one where the
/// report is of this plan; in an earlier plan the one of the same id and name, or of the same name,
/// or of the name that it is said to have had.
#[must_use]
pub fn count_in<'a>(scope: &ReportScope<'a>, report: &Report<'a>, entry: &Entry<'a>, count: &'a Count<'a>) -> Option<&'a Count<'a>> {
    if report.plan.text == scope.plan.id.text {
        return Some(count);
    }
    let measure = scope.workspace.plan(report.plan.text)?.plan.measure(entry.measure.text)?;
    let named = |other: &Count<'_>| {
        let Some(title) = other.title else { return false };
        [count.title, count.formerly].into_iter().flatten().any(|name| same_folded(name.text, title.text))
    };
    let untitled = |other: &Count<'_>| other.title.is_none() || count.title.is_none();
    let same = measure.count(count.id.text).filter(|other| untitled(other) || named(other));
    same.or_else(|| measure.counts.iter().find(|other| named(other)))
}
