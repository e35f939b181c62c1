//! Memos: one set of data, three readers.
//!
//! A memo asks questions. It does not grade the city, and it never suggests that an activity caused
//! a change in deaths. Everything is computed here, once for each report of a plan; a template only
//! lays it out. `docs/templates.md` says what each field is.

mod cases;
mod changes;
pub(super) mod chart;
mod costs;
mod entries;
mod excerpt;
mod figures;
mod head;
mod indicators;
mod mask;
mod notes;
mod page;
mod plot;
mod questions;
mod ratings;
mod readers;
mod study;
mod years;

use std::path::Path;

use serde::Serialize;

pub use cases::{AcceptedView, CaseView};
pub use study::Study;

use super::template::{self, Form, TemplateFault};
use crate::catalogue::Lang;

/// The version of the data.
pub const VERSION: u32 = 1;

/// For whom a memo is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Audience {
    /// A committee: one page and an annex.
    #[default]
    Committee,
    /// The departments that fill in a report.
    Author,
    /// Whoever reviews a change.
    Reviewer,
}

impl Audience {
    /// The name that the command line and file names use.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Committee => "committee",
            Self::Author => "author",
            Self::Reviewer => "reviewer",
        }
    }
}

/// Lays a memo out with our own template.
///
/// # Errors
/// A template that cannot be read or rendered.
pub fn render(memo: &Memo, audience: Audience, form: Form, lang: Lang) -> Result<String, TemplateFault> {
    template::render(&format!("memo/{}.{}", audience.name(), form.extension()), memo, form, lang)
}

/// Lays a memo out with a template of a user's.
///
/// # Errors
/// A template that cannot be read or rendered, with its line.
pub fn render_with(memo: &Memo, path: &Path, form: Form, lang: Lang) -> Result<String, TemplateFault> {
    template::render_file(path, memo, form, lang)
}

/// Everything that a template sees.
#[derive(Debug, Serialize)]
pub struct Memo {
    /// The version of this form.
    pub version: u32,
    /// `ja` or `en`.
    pub lang: &'static str,
    /// `committee`, `author` or `reviewer`.
    pub audience: &'static str,
    /// The program and its rules.
    pub tool: notes::ToolView,
    /// The day of the run.
    pub date: head::DayView,
    /// How much page one holds.
    pub page: page::PageView,
    /// The plan.
    pub plan: head::PlanView,
    /// The report.
    pub report: head::ReportView,
    /// The state in one sentence and in numbers.
    pub state: head::StateView,
    /// The indicators.
    pub indicators: Vec<indicators::IndicatorView>,
    /// Ratings by policy.
    pub ratings: ratings::RatingsView,
    /// Planned against actual.
    pub attainment: plot::PlotView,
    /// The five questions.
    pub questions: Vec<questions::QuestionView>,
    /// What has changed in the list of measures.
    pub changes: changes::ChangesView,
    /// The plan of the following year.
    pub next_year: changes::NextYearView,
    /// The costs.
    pub costs: costs::CostsView,
    /// How the memo was made.
    pub notes: notes::NotesView,
    /// Every entry in full.
    pub entries: Vec<entries::EntryView>,
    /// Which columns they need.
    pub columns: entries::ColumnsView,
    /// The accepted findings, those whose end is nearest first.
    pub accepted: Vec<cases::AcceptedView>,
    /// Year over year.
    pub years: years::YearsView,
    /// The sections of departments.
    pub departments: Vec<readers::DepartmentView>,
    /// What a reviewer looks for.
    pub review: readers::ReviewView,
}

impl Memo {
    /// The data of a report.
    #[must_use]
    pub fn of(study: &Study<'_>, audience: Audience) -> Self {
        let entries = entries::entries(study);
        let attainment = plot::plot(study);
        let mut memo = Self {
            version: VERSION,
            lang: study.lang.name(),
            audience: audience.name(),
            tool: notes::tool(),
            date: study.day_view(study.settings.date),
            page: page::PageView::default(),
            plan: head::plan(study),
            report: head::report(study),
            state: head::state(study),
            indicators: indicators::indicators(study),
            ratings: ratings::ratings(study, attainment.chart.is_none()),
            attainment,
            questions: questions::questions(study),
            changes: changes::changes(study),
            next_year: changes::next_year(study),
            costs: costs::costs(study),
            notes: notes::notes(study),
            columns: entries::columns(&entries),
            accepted: cases::accepted(study),
            years: years::years(study),
            departments: readers::departments(study, &entries),
            review: readers::review(study),
            entries,
        };
        memo.page = page::page(&memo);
        memo
    }
}
