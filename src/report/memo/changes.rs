//! Measures that are new, have ended, or go by another name; and next year's plan where it stands
//! out.

use serde::Serialize;

use super::figures::{AttainmentView, FigureView, attained, better};
use super::head::YearView;
use super::study::Study;
use crate::arithmetic::{Attainment, Better, Incomparable, Rational, attainment};
use crate::catalogue::Lang;
use crate::model::{Entry, Measure, Report};
use crate::rule::EntryScope;

/// A measure that has changed.
#[derive(Clone, Debug, Serialize)]
pub struct ChangeView {
    /// Its number.
    pub number: String,
    /// Its title.
    pub title: String,
    /// What has changed.
    pub text: String,
}

/// What has changed in the list of measures.
#[derive(Debug, Default, Serialize)]
pub struct ChangesView {
    /// The year that it is compared with, where there is a whole report of it.
    pub prior_year: Option<YearView>,
    /// New ones.
    pub new: Vec<ChangeView>,
    /// Ended ones, and those that are no longer reported on.
    pub ended: Vec<ChangeView>,
    /// Renamed or renumbered ones.
    pub renamed: Vec<ChangeView>,
    /// Those that were several before.
    pub merged: Vec<ChangeView>,
}

/// What has changed.
#[must_use]
pub fn changes(study: &Study<'_>) -> ChangesView {
    let year = study.report().year;
    let prior = study.prior();
    let mut view = ChangesView { prior_year: prior.map(|prior| study.year_view(prior.year)), ..ChangesView::default() };
    let same_plan = prior.is_some_and(|prior| prior.plan.text == study.plan().id.text);
    let change = |measure: &Measure<'_>, text: String| ChangeView {
        number: study.number_of(measure.id.text),
        title: measure.name().to_owned(),
        text,
    };
    for measure in &study.plan().measures {
        let entries: Vec<&Entry<'_>> = study.report().entries_of(measure.id.text).collect();
        let before = prior.map(|prior| measure.entries_in(prior, same_plan).len() > 0);
        if measure.first == Some(year) {
            view.new.push(change(measure, study.word("計画でこの年度から", "begins this year").to_owned()));
        } else if before == Some(false) && !entries.is_empty() {
            view.new.push(change(measure, study.word("前年度の報告に記載なし", "not in last year's report").to_owned()));
        }
        if entries.iter().any(|entry| entry.has_ended()) || measure.last == Some(year) {
            let reason =
                entries.iter().find_map(|entry| entry.next.as_ref()?.plan.missing()?.note).filter(|note| !study.is_hushed(note.node));
            view.ended.push(change(measure, reason.map_or_else(|| study.word("終了", "ended").to_owned(), |note| note.text.to_owned())));
        } else if before == Some(true) && entries.is_empty() {
            view.ended
                .push(change(measure, study.word("前年度にあり、この報告に記載なし", "in last year's report, not in this one").to_owned()));
        }
        formerly(study, measure, prior, &mut view, &change);
    }
    view
}

fn formerly(
    study: &Study<'_>,
    measure: &Measure<'_>,
    prior: Option<&Report<'_>>,
    view: &mut ChangesView,
    change: &dyn Fn(&Measure<'_>, String) -> ChangeView,
) {
    // Where the earlier report is there, only what it still called otherwise has changed since.
    let is_recent = |former: &crate::model::Former<'_>| match (prior, former.id) {
        (Some(prior), Some(id)) => prior.entries_of(id.text).next().is_some(),
        _ => true,
    };
    let names: Vec<String> = measure
        .formerly
        .iter()
        .filter(|former| is_recent(former))
        .map(|former| {
            let number = former.id.filter(|id| id.text != measure.id.text).map(|id| format!("No.{} ", id.text));
            format!("{}{}", number.unwrap_or_default(), former.title.map_or("", |title| title.text)).trim().to_owned()
        })
        .collect();
    let text = format!("{}{}", study.word("旧：", "formerly "), names.join(study.word("、", ", ")));
    match names.len() {
        0 => {}
        1 => view.renamed.push(change(measure, text)),
        _ => view.merged.push(change(measure, text)),
    }
}

/// A target of the following year that stands out.
#[derive(Clone, Debug, Serialize)]
pub struct StandOutView {
    /// `below-actual`, `raised`, `below-target` or `unit`.
    pub kind: &'static str,
    /// The number of the measure.
    pub number: String,
    /// The measure.
    pub title: String,
    /// The count.
    pub count: String,
    /// This year's target.
    pub target: FigureView,
    /// This year's actual.
    pub actual: FigureView,
    /// The next target.
    pub next: FigureView,
    /// The next target over this actual.
    pub ratio: AttainmentView,
    /// In words.
    pub text: String,
}

/// The plan of the following year.
#[derive(Debug, Default, Serialize)]
pub struct NextYearView {
    /// Whether the plan asks for it or some target stands out.
    pub asked: bool,
    /// How many entries have words or figures for it.
    pub planned: usize,
    /// How many have none although the plan asks for it, those that have ended not counted.
    pub unplanned: usize,
    /// How many are drafts.
    pub drafts: usize,
    /// Targets that stand out, the farthest first.
    pub items: Vec<StandOutView>,
}

/// A target below this share of the actual stands out.
const LOW: (i128, i128) = (9, 10);
/// A target above this share of the actual stands out.
const HIGH: (i128, i128) = (3, 2);
/// Smaller differences than this do not, whatever their share.
const LEAST_DIFFERENCE: i64 = 3;

/// The plan of the following year.
#[must_use]
pub fn next_year(study: &Study<'_>) -> NextYearView {
    let mut view = NextYearView::default();
    let mut items: Vec<(Rational, StandOutView)> = Vec::new();
    for scope in study.entries() {
        let entry = scope.entry;
        let is_planned = entry.next.as_ref().is_some_and(|next| {
            next.plan.given().is_some() || next.counts.iter().any(|count| count.target.given().is_some()) || !next.events.is_empty()
        });
        match (is_planned, entry.has_ended()) {
            (true, _) => view.planned += 1,
            (false, false) if study.plan().expects.has("next") => view.unplanned += 1,
            (false, _) => {}
        }
        view.drafts += usize::from(entry.next.as_ref().is_some_and(|next| next.draft));
        items.extend(stand_outs(study, &scope));
    }
    view.asked = study.plan().expects.has("next") || !items.is_empty();
    items.sort_by(|(one, _), (other, _)| other.cmp(one));
    view.items = items.into_iter().map(|(_, item)| item).collect();
    view
}

/// The targets of an entry that stand out, each with how far.
fn stand_outs(study: &Study<'_>, scope: &EntryScope<'_>) -> Vec<(Rational, StandOutView)> {
    let Some(next) = &scope.entry.next else { return Vec::new() };
    let one = |wanted: &crate::model::CountValue<'_>| {
        let now = scope.entry.count(wanted.id())?;
        let defined = scope.measure.and_then(|measure| measure.count(wanted.id()));
        if better(defined) == Better::Lower {
            return None;
        }
        let target = study.shown(&wanted.target)?;
        let actual = study.shown(&now.actual)?;
        let unit = defined.and_then(|count| count.unit).map(|unit| unit.text);
        let (kind, distance) = match attainment(actual, target, Better::Higher, super::figures::about()) {
            Attainment::Ratio(ratio) => {
                let difference = ratio.numerator.checked_sub(ratio.denominator)?.abs();
                let low = ratio.value < Rational::new(LOW.0, LOW.1)?;
                let high = ratio.value > Rational::new(HIGH.0, HIGH.1)?;
                if difference < Rational::integer(LEAST_DIFFERENCE) || !(low || high) {
                    return None;
                }
                let far = if low { ratio.value.reciprocal().unwrap_or(Rational::HUNDRED) } else { ratio.value };
                (if low { "below-actual" } else { "raised" }, far)
            }
            Attainment::NotComparable(Incomparable::UnitDiffers) => ("unit", Rational::ONE),
            _ => return None,
        };
        let figure = |slot| study.figure(slot, unit);
        let mut view = StandOutView {
            kind,
            number: study.number(scope.entry),
            title: study.title_of(scope.entry.measure.text).to_owned(),
            count: defined.map_or(wanted.id(), |count| count.name()).to_owned(),
            target: figure(&now.target),
            actual: figure(&now.actual),
            next: figure(&wanted.target),
            ratio: attained(actual, target, Better::Higher, study.lang),
            text: String::new(),
        };
        view.text = words(study, &view);
        Some((distance, view))
    };
    next.counts.iter().filter_map(one).collect()
}

fn words(study: &Study<'_>, view: &StandOutView) -> String {
    let figure = |figure: &FigureView| format!("{}{}", figure.text, figure.unit);
    let (now, next) = (figure(&view.actual), figure(&view.next));
    match (view.kind, study.lang) {
        ("unit", Lang::Ja) => format!("実績{now}、次年度の予定{next}で単位が違う"),
        ("unit", Lang::En) => format!("actual {now}, next target {next}: different units"),
        (_, Lang::Ja) => format!("実績{now}→次年度の予定{next}、実績の{}", view.ratio.text),
        (_, Lang::En) => format!("actual {now}, next target {next}: {} of the actual", view.ratio.text),
    }
}
