//! A set of documents × rules → what was found in them.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use super::cache::Digest;
use super::load::{Parsed, Spread};
use super::outcome::Outcome;
use super::settle::{Asked, Broken, Settled, is_shown};
use crate::catalogue::RULES;
use crate::config::Settings;
use crate::diagnostic::{Finding, Subject};
use crate::document::Document;
use crate::files::{Loaded, Role};
use crate::model::{Damage, PlanSet, Report, View, Workspace};
use crate::rule::{Check, Dates, EntryScope, Ledger, PlanScope, ReportScope, Score, Standings, TableScope};
use crate::rules::Family;
use crate::source::{Source, SourceId};
use crate::text;

/// What a set of documents has to know of the files beside it.
#[derive(Clone, Debug, Default)]
pub(super) struct World {
    /// Whether some file could not be read.
    pub unread: bool,
    /// Whether some rule broke down.
    pub broken: bool,
    /// The ids of all plans, in the order of their files; none as long as they are not known.
    pub ids: Option<Ids>,
}

/// The ids of plans, in the order of their files.
#[derive(Clone, Debug)]
pub(super) struct Ids {
    list: Arc<[String]>,
    /// What they are known by.
    pub digest: u128,
}

impl Ids {
    pub fn of(list: Vec<String>) -> Self {
        let digest = list.iter().fold(Digest::new(), |digest, id| digest.bytes(id.as_bytes())).end();
        Self { list: list.into(), digest }
    }
}

/// Documents as plans and reports, ready for the rules.
#[derive(Debug)]
pub struct Workbench<'a> {
    parsed: &'a Parsed<'a>,
    /// The plans with their reports.
    pub workspace: Workspace<'a>,
    /// The files, by their numbers.
    files: &'a [Loaded],
}

impl<'a> Workbench<'a> {
    /// Sorts documents into plans and reports.
    #[must_use]
    pub fn new(parsed: &'a Parsed<'a>, files: &'a [Loaded]) -> Self {
        Self::among(parsed, files, parsed.unread > 0)
    }

    /// The same for a part of the files of a run. `unread`: whether some file of the run could not
    /// be read.
    pub(super) fn among(parsed: &'a Parsed<'a>, files: &'a [Loaded], unread: bool) -> Self {
        let mut damage = Damage::default();
        for (file, span) in &parsed.damage {
            damage.add(*file, *span);
        }
        if unread {
            damage.add_file();
        }
        damage.settle();
        let views = parsed.spread.each(&parsed.documents, |(document, _)| View::of(document));
        let workspace = Workspace::sorted(views.into_iter().flatten(), damage);
        Self { parsed, workspace, files }
    }

    fn is_shown(&self, source: &Source) -> bool {
        is_shown(self.files, source.id)
    }

    /// Runs every rule.
    #[must_use]
    pub fn check(&self, settings: &Settings) -> Outcome {
        let ids = self.ids().map(|(_, id)| id.to_owned()).collect();
        let world = World { unread: self.parsed.unread > 0, broken: false, ids: Some(Ids::of(ids)) };
        Outcome::of(self.settle(settings, &world))
    }

    /// The ids of the plans, each with its file.
    pub(super) fn ids(&self) -> impl Iterator<Item = (SourceId, &'a str)> {
        self.workspace.plans.iter().map(|set| (set.plan.node.source().id, set.plan.id.text))
    }

    /// The reports whose plan is not there.
    pub(super) fn orphans(&self) -> impl Iterator<Item = &Report<'a>> {
        self.workspace.orphans.iter().filter(|report| self.is_shown(report.node.source()))
    }

    /// Runs every rule and settles what was found.
    pub(super) fn settle(&self, settings: &Settings, world: &World) -> Settled {
        let mut found = Found::new();
        for (findings, scores) in &self.parsed.ledgers {
            found.outcome.add(findings.clone(), scores);
        }
        let spread = self.parsed.spread;
        let shown: Vec<&Document<'a>> =
            self.parsed.documents.iter().filter(|(_, role)| *role != Role::Context).map(|(document, _)| document).collect();
        let plans: Vec<&PlanSet<'a>> = self.workspace.plans.iter().collect();
        let shown_plans: Vec<&PlanSet<'a>> = plans.iter().copied().filter(|set| self.is_shown(set.plan.node.source())).collect();
        let file = |set: &PlanSet<'_>| set.plan.node.source().id;
        let reports: Vec<(&PlanSet<'a>, &Report<'a>)> =
            plans.iter().flat_map(|set| set.reports.iter().map(move |report| (*set, report))).collect();
        let reports: Vec<_> = reports.into_iter().filter(|(_, report)| self.is_shown(report.node.source())).collect();
        // How plans and reports are written and what they say are looked at side by side.
        let ((of_plans, of_documents), of_reports) = spread.both(
            || {
                let of_plans = spread.each(&shown_plans, |set| (file(set), self.check_plan(set, settings)));
                let of_documents = spread.each(&shown, |document| {
                    let settings = settings.in_file(&document.source().name);
                    let ran = run(&settings, document.source(), |ledger| check_document(document, &settings, ledger));
                    (document.source().id, ran)
                });
                (of_plans, of_documents)
            },
            || {
                spread.each(&reports, |(set, report)| {
                    let settings = settings.in_file(&report.node.source().name);
                    let scope = ReportScope::new(&self.workspace, set, report, &settings);
                    (file(set), check_report(&scope, spread))
                })
            },
        );
        found.take(0, of_plans);
        found.take(1, of_documents);
        found.take(2, of_reports);
        let orphans: Vec<&Report<'a>> = self.orphans().collect();
        self.check_orphans(&orphans, settings, world, &mut found);
        let mut outcome = found.outcome;
        outcome.summary.files = self.parsed.checked;
        outcome.summary.plans = shown_plans.len();
        outcome.summary.reports = reports.len() + orphans.len();
        let complete = !world.unread && !world.broken && outcome.breakdowns.is_empty();
        let asked = outcome.settle(settings, self.parsed, self.files, &shown, complete);
        let asked = Asked { unread: self.workspace.damage.was_asked(), ids: !orphans.is_empty(), complete: asked };
        Settled { outcome, broken: found.broken, asked, misplaced: found.misplaced }
    }

    fn check_orphans(&self, orphans: &[&Report<'a>], settings: &Settings, world: &World, found: &mut Found) {
        // Where a file could not be read, nothing is said of them.
        let ids = world.ids.as_ref().filter(|_| !world.unread).map_or(&[][..], |ids| &ids.list);
        for report in orphans {
            let source = report.node.source();
            let near = text::did_you_mean(report.plan.text, ids.iter().map(String::as_str));
            let plan = near.and_then(|id| self.workspace.plan(id)).map(|set| set.plan.id);
            if let (Some(near), None) = (near, plan) {
                found.misplaced.push((source.id, near.to_owned()));
            }
            let ran = run(settings, source, |ledger| crate::rules::references::orphan(&self.workspace, report, plan, ledger));
            found.take(3, vec![(source.id, ran)]);
        }
    }

    fn check_plan(&self, set: &PlanSet<'a>, settings: &Settings) -> Ran {
        let settings = &*settings.in_file(&set.plan.node.source().name);
        let scope = PlanScope { workspace: &self.workspace, set, plan: &set.plan, settings };
        run(settings, set.plan.node.source(), |ledger| {
            ledger.set_subject(Subject { plan: Some(scope.plan.id.text.to_owned()), ..Subject::default() });
            for family in Family::ALL {
                if let Check::Plan(check) = family.check() {
                    check(&scope, ledger);
                }
            }
        })
    }
}

/// What a part of a run has written, or why it broke down.
type Ran = Result<(Vec<Finding>, Vec<Score>), String>;

/// What the parts of a run have written, put together.
struct Found {
    outcome: Outcome,
    broken: Vec<Broken>,
    misplaced: Vec<(SourceId, String)>,
}

impl Found {
    fn new() -> Self {
        let outcome = Outcome { scores: vec![Score::default(); RULES.len()], ..Outcome::default() };
        Self { outcome, broken: Vec::new(), misplaced: Vec::new() }
    }

    /// Takes in the parts of a stage, each with the file by which the stage goes.
    fn take(&mut self, stage: u8, parts: Vec<(SourceId, Ran)>) {
        for (file, part) in parts {
            match part {
                Ok((findings, scores)) => self.outcome.add(findings, &scores),
                Err(breakdown) => {
                    self.outcome.breakdowns.push(breakdown);
                    self.broken.push(Broken { stage, file });
                }
            }
        }
    }
}

fn run(settings: &Settings, source: &Source, work: impl FnOnce(&mut Ledger)) -> Ran {
    let mut ledger = Ledger::new(settings, &source.name);
    let result = catch_unwind(AssertUnwindSafe(|| work(&mut ledger)));
    match result {
        Ok(()) => Ok(ledger.close()),
        Err(panic) => {
            let words = panic.downcast_ref::<String>().map(String::as_str).or_else(|| panic.downcast_ref::<&str>().copied());
            Err(format!("{}: {}", source.name, words.unwrap_or("a rule broke down")))
        }
    }
}

fn check_document(document: &Document<'_>, settings: &Settings, ledger: &mut Ledger) {
    for family in Family::ALL {
        if let Check::Document(check) = family.check() {
            check(document, settings, ledger);
        }
    }
}

/// Runs the rules on a report: those on the whole of it beside those on its entries.
fn check_report(scope: &ReportScope<'_>, spread: Spread) -> Ran {
    let ran = |work: &dyn Fn(&mut Ledger)| {
        run(scope.settings, scope.report.node.source(), |ledger| {
            let (plan, year) = (scope.plan.id.text.to_owned(), scope.report.year.number());
            ledger.set_subject(Subject { plan: Some(plan), year: Some(year), ..Subject::default() });
            work(ledger);
        })
    };
    if spread == Spread::Narrow {
        return ran(&|ledger| {
            check_whole(scope, ledger);
            check_entries(scope, ledger);
        });
    }
    let (whole, entries) = spread.both(|| ran(&|ledger| check_whole(scope, ledger)), || ran(&|ledger| check_entries(scope, ledger)));
    let ((mut findings, mut scores), (more, others)) = (whole?, entries?);
    findings.extend(more);
    scores.iter_mut().zip(&others).for_each(|(score, other)| score.add(other));
    Ok((findings, scores))
}

fn check_whole(scope: &ReportScope<'_>, ledger: &mut Ledger) {
    for family in Family::ALL {
        if let Check::Report(check) = family.check() {
            check(scope, ledger);
        }
    }
    for table in &scope.report.tables {
        let scope = TableScope { report: *scope, table };
        for family in Family::ALL {
            if let Check::Table(check) = family.check() {
                check(&scope, ledger);
            }
        }
    }
}

fn check_entries(scope: &ReportScope<'_>, ledger: &mut Ledger) {
    for entry in &scope.report.entries {
        let (dates, standings) = (Dates::default(), Standings::default());
        let scope = EntryScope { dates: Some(&dates), standings: Some(&standings), ..EntryScope::new(*scope, entry) };
        ledger.set_entry(&scope);
        for family in Family::ALL {
            if let Check::Entry(check) = family.check() {
                check(&scope, ledger);
            }
        }
    }
}
