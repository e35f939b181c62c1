//! Everything that a run has read: plans, each with its reports by year.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};

use super::entry::Entry;
use super::measure::Measure;
use super::plan::Plan;
use super::report::{Edition, Report};
use crate::document::{Document, Field, Node};
use crate::source::{SourceId, Span};

/// A plan with its reports.
#[derive(Debug)]
pub struct PlanSet<'a> {
    /// The plan.
    pub plan: Plan<'a>,
    /// Its reports, the earliest year first.
    pub reports: Vec<Report<'a>>,
}

/// The parts of files that are damaged: where the schema has found something.
#[derive(Debug, Default)]
pub struct Damage {
    spans: HashMap<SourceId, Vec<Span>>,
    unreadable: bool,
    asked: AtomicBool,
}

impl Damage {
    /// Adds a place.
    pub fn add(&mut self, file: SourceId, span: Span) {
        self.spans.entry(file).or_default().push(span);
    }

    /// Says that a whole file could not be read.
    pub fn add_file(&mut self) {
        self.unreadable = true;
    }

    /// Sorts the places; to be called once all are known.
    pub fn settle(&mut self) {
        let files: Vec<SourceId> = self.spans.keys().copied().collect();
        for file in files {
            if let Some(spans) = self.spans.get_mut(&file) {
                spans.sort_unstable();
            }
        }
    }

    /// Whether any file could not be read.
    #[must_use]
    pub fn has_unreadable_file(&self) -> bool {
        self.asked.store(true, Ordering::Relaxed);
        self.unreadable
    }

    /// Whether anybody has asked for unreadable files: what was found may then rest on it.
    #[must_use]
    pub fn was_asked(&self) -> bool {
        self.asked.load(Ordering::Relaxed)
    }

    /// Whether something inside the node is damaged.
    #[must_use]
    pub fn is_in(&self, node: Node<'_>) -> bool {
        let Some(spans) = self.spans.get(&node.source().id) else { return false };
        let whole = node.span();
        let from = spans.partition_point(|span| span.start < whole.start);
        spans[from..].iter().take_while(|span| span.start < whole.end).next().is_some()
    }
}

/// Everything that a run has read.
#[derive(Debug, Default)]
pub struct Workspace<'a> {
    /// The plans, in the order of their files.
    pub plans: Vec<PlanSet<'a>>,
    /// Reports whose plan is not there.
    pub orphans: Vec<Report<'a>>,
    /// What is damaged.
    pub damage: Damage,
    index: HashMap<&'a str, usize>,
}

/// A plan or a report, not yet put together with what belongs to it.
#[derive(Debug)]
pub enum View<'a> {
    /// A plan.
    Plan(Box<Plan<'a>>),
    /// A report.
    Report(Box<Report<'a>>),
}

impl<'a> View<'a> {
    /// What a document holds.
    #[must_use]
    pub fn of(document: &'a Document<'a>) -> Vec<Self> {
        let view = |root: Node<'a>| match root.get(Field::Kind).and_then(Node::text)? {
            "plan" => Plan::of(root).map(Box::new).map(Self::Plan),
            "report" => Report::of(root).map(Box::new).map(Self::Report),
            _ => None,
        };
        document.roots().filter_map(view).collect()
    }
}

impl<'a> Workspace<'a> {
    /// Sorts documents into plans and reports.
    #[must_use]
    pub fn of(documents: impl Iterator<Item = &'a Document<'a>>, damage: Damage) -> Self {
        Self::sorted(documents.flat_map(View::of), damage)
    }

    /// Puts each report to its plan.
    #[must_use]
    pub fn sorted(views: impl Iterator<Item = View<'a>>, damage: Damage) -> Self {
        let mut workspace = Self { damage, ..Self::default() };
        let mut reports = Vec::new();
        for view in views {
            match view {
                View::Plan(plan) => {
                    // Of several plans with one id, reports belong to the first.
                    workspace.index.entry(plan.id.text).or_insert(workspace.plans.len());
                    workspace.plans.push(PlanSet { plan: *plan, reports: Vec::new() });
                }
                View::Report(report) => reports.push(*report),
            }
        }
        for report in reports {
            match workspace.index.get(report.plan.text) {
                Some(plan) => workspace.plans[*plan].reports.push(report),
                None => workspace.orphans.push(report),
            }
        }
        for set in &mut workspace.plans {
            set.reports.sort_by_key(|report| report.year);
        }
        workspace
    }

    /// The plan of an id.
    #[must_use]
    pub fn plan(&self, id: &str) -> Option<&PlanSet<'a>> {
        self.index.get(id).map(|index| &self.plans[*index])
    }
}

impl<'a> PlanSet<'a> {
    /// The report of the year before: the one of the whole year where there are several.
    #[must_use]
    pub fn prior<'s>(&'s self, workspace: &'s Workspace<'a>, report: &Report<'a>) -> Option<&'s Report<'a>> {
        let year = report.year.prior()?;
        self.of_year(year).or_else(|| {
            let earlier = workspace.plan(self.plan.succeeds?.text)?;
            earlier.of_year(year)
        })
    }

    /// The report of a fiscal year: the one of the whole year where there are several.
    #[must_use]
    pub fn of_year(&self, year: crate::calendar::FiscalYear) -> Option<&Report<'a>> {
        let rank = |report: &&Report<'a>| match report.edition {
            Edition::Annual => 0,
            Edition::Excerpt => 1,
            Edition::Interim => 2,
        };
        self.reports.iter().filter(|report| report.year == year).min_by_key(rank)
    }
}

impl<'a> Measure<'a> {
    /// The entries of this measure in a report, under its present number or an earlier one. Where
    /// the report is one of an earlier plan, only numbers that the measure is said to have had count.
    pub fn entries_in<'r>(
        &self,
        report: &'r Report<'a>,
        same_plan: bool,
    ) -> impl ExactSizeIterator<Item = &'r Entry<'a>> + Clone + use<'r, 'a> {
        let own = same_plan.then_some(self.id.text);
        let former = self.formerly.iter().filter_map(|former| former.id.map(|id| id.text));
        let mut places = own.into_iter().chain(former).map(|id| report.places_of(id));
        report.entries_at(places.find(|places| !places.is_empty()).unwrap_or_default())
    }
}
