//! Year over year: ratings, figures with the basis of each, and words that have not changed.

use serde::Serialize;

use super::figures::FigureView;
use super::head::{By, YearView};
use super::study::Study;
use crate::model::{Edition, Entry, Passage, Report, Slot};
use crate::rule::EntryScope;

/// The grades of an entry by year.
#[derive(Debug, Serialize)]
pub struct GradesView {
    /// The number of the measure.
    pub number: String,
    /// The measure.
    pub title: String,
    /// Its grades, in the order of the years; empty where there is none.
    pub grades: Vec<String>,
}

/// The figures of a count over the years.
#[derive(Debug, Serialize)]
pub struct SeriesView {
    /// The number of the measure.
    pub number: String,
    /// The measure.
    pub title: String,
    /// The count.
    pub count: String,
    /// Its unit.
    pub unit: String,
    /// Last year's actual, from last year's report, else as this report states it.
    pub prior: FigureView,
    /// Where that comes from, or empty.
    pub prior_basis: String,
    /// This year's target.
    pub target: FigureView,
    /// Where it comes from, or empty.
    pub target_basis: String,
    /// This year's actual.
    pub actual: FigureView,
    /// The next target.
    pub next: FigureView,
    /// Where it comes from, or empty.
    pub next_basis: String,
}

/// Words that are the same as last year's.
#[derive(Debug, Serialize)]
pub struct UnchangedView {
    /// The number of the measure.
    pub number: String,
    /// The measure.
    pub title: String,
    /// Which words.
    pub fields: String,
}

/// Year over year.
#[derive(Debug, Default, Serialize)]
pub struct YearsView {
    /// The years with a report, the earliest first.
    pub years: Vec<YearView>,
    /// Grades by year; empty where only one year has any.
    pub ratings: Vec<GradesView>,
    /// Figures with the basis of each: counts that have an earlier figure or a next target.
    pub figures: Vec<SeriesView>,
    /// Words that are the same as last year's.
    pub unchanged: Vec<UnchangedView>,
}

/// Year over year.
#[must_use]
pub fn years(study: &Study<'_>) -> YearsView {
    let mut years: Vec<_> = study.scope.set.reports.iter().map(|report| report.year).filter(|year| *year <= study.report().year).collect();
    years.dedup();
    let reports: Vec<&Report<'_>> = years
        .iter()
        .filter_map(|year| if *year == study.report().year { Some(study.report()) } else { study.scope.set.of_year(*year) })
        .collect();
    YearsView {
        years: years.iter().map(|year| study.year_view(*year)).collect(),
        ratings: ratings(study, &reports),
        figures: study.entries().flat_map(|scope| figures(study, &scope)).collect(),
        unchanged: study.entries().filter_map(|scope| unchanged(study, &scope)).collect(),
    }
}

fn ratings(study: &Study<'_>, reports: &[&Report<'_>]) -> Vec<GradesView> {
    let rated = |report: &&&Report<'_>| report.entries.iter().any(|entry| entry.rating.given().is_some());
    if study.by() != By::Rating || reports.iter().filter(rated).count() < 2 {
        return Vec::new();
    }
    study
        .entries()
        .map(|scope| GradesView {
            number: study.number(scope.entry),
            title: study.title_of(scope.entry.measure.text).to_owned(),
            grades: reports
                .iter()
                .map(|report| {
                    let entry = if std::ptr::eq(*report, study.report()) { Some(scope.entry) } else { in_report(&scope, report) };
                    entry.and_then(|entry| entry.rating.given()).map_or(String::new(), |grade| (*grade).to_owned())
                })
                .collect(),
        })
        .collect()
}

fn in_report<'a>(scope: &EntryScope<'a>, report: &Report<'a>) -> Option<&'a Entry<'a>> {
    let set = scope.report.set;
    let own = set.reports.iter().find(|own| std::ptr::eq(*own, report))?;
    scope.report.entry_in(own, scope.measure?, scope.entry)
}

fn figures(study: &Study<'_>, scope: &EntryScope<'_>) -> Vec<SeriesView> {
    let entry = scope.entry;
    let next = entry.next.as_ref();
    let planned = next.into_iter().flat_map(|next| &next.counts).map(|count| count.id());
    let mut ids: Vec<&str> = entry.counts.iter().map(|count| count.id()).collect();
    ids.extend(planned.filter(|id| entry.count(id).is_none()));
    let one = |id: &str| {
        let now = entry.count(id);
        let then = next.and_then(|next| next.count(id));
        let before = scope.prior_entry.and_then(|entry| entry.count(id)).filter(|count| count.actual.given().is_some());
        let stated = now.and_then(|now| now.prior.as_ref());
        let carried = now.is_some_and(|now| now.carried_over.is_some());
        if before.is_none() && stated.is_none() && !carried && then.is_none_or(|then| then.target.given().is_none()) {
            return None;
        }
        let defined = scope.measure.and_then(|measure| measure.count(id));
        let unit = defined.and_then(|count| count.unit).map(|unit| unit.text);
        let view = |count| study.count(scope.measure, count, None);
        let (now, then) = (now.map(view), then.map(view));
        let (prior, prior_basis) = match (before, stated) {
            (Some(before), _) => (study.figure(&before.actual, unit), prior_basis(study, scope)),
            (None, Some(stated)) => (study.figure(&stated.value, unit), study.word("この報告の記載", "as this report states it").to_owned()),
            (None, None) => (FigureView::default(), String::new()),
        };
        Some(SeriesView {
            number: study.number(entry),
            title: study.title_of(entry.measure.text).to_owned(),
            count: defined.map_or(id, |count| count.name()).to_owned(),
            unit: unit.unwrap_or_default().to_owned(),
            prior,
            prior_basis,
            target: now.as_ref().map(|now| now.target.clone()).unwrap_or_default(),
            target_basis: now.as_ref().map(|now| now.basis.clone()).unwrap_or_default(),
            actual: now.map(|now| now.actual).unwrap_or_default(),
            next: then.as_ref().map(|then| then.target.clone()).unwrap_or_default(),
            next_basis: then.map(|then| then.basis).unwrap_or_default(),
        })
    };
    ids.into_iter().filter_map(one).collect()
}

fn prior_basis(study: &Study<'_>, scope: &EntryScope<'_>) -> String {
    match scope.report.prior {
        Some(prior) if prior.edition == Edition::Excerpt => format!("{}{}", study.fiscal(prior.year), study.word("（抜粋）", " (excerpt)")),
        Some(prior) => study.fiscal(prior.year),
        None => String::new(),
    }
}

fn unchanged(study: &Study<'_>, scope: &EntryScope<'_>) -> Option<UnchangedView> {
    let (entry, prior) = (scope.entry, scope.prior_entry?);
    let same = |one: &Slot<'_, Passage<'_>>, other: &Slot<'_, Passage<'_>>| match (one.given(), other.given()) {
        (Some(one), Some(other)) => crate::text::same_folded(&one.joined(), &other.joined()),
        _ => false,
    };
    let fields: Vec<&str> = [
        (same(&entry.result, &prior.result), "実施結果", "result"),
        (same(&entry.effect, &prior.effect), "効果", "effect"),
        (same(&entry.reason, &prior.reason), "評価の理由", "reason"),
    ]
    .into_iter()
    .filter(|(same, _, _)| *same)
    .map(|(_, ja, en)| study.word(ja, en))
    .collect();
    (!fields.is_empty()).then(|| UnchangedView {
        number: study.number(entry),
        title: study.title_of(entry.measure.text).to_owned(),
        fields: fields.join(study.word("、", ", ")),
    })
}
