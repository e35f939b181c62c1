//! What every part of a memo looks at: one report of a plan, with its findings.

use crate::catalogue::{Lang, RuleId};
use crate::check::{Accepted, Baseline, Outcome};
use crate::config::Settings;
use crate::diagnostic::{Finding, Place};
use crate::document::Node;
use crate::model::{Edition, Entry, Measure, Plan, PlanSet, Report, Workspace};
use crate::report::Rendering;
use crate::rule::{EntryScope, ReportScope};
use crate::source::{Source, SourceId, Span};

/// A report of a plan, with what a run has found.
#[derive(Debug)]
pub struct Study<'a> {
    /// The plan with its reports, and the report of the year before.
    pub scope: ReportScope<'a>,
    /// What was found.
    pub outcome: &'a Outcome,
    /// The files, by their numbers.
    pub sources: &'a [&'a Source],
    /// The settings.
    pub settings: &'a Settings,
    /// The language of every word.
    pub lang: Lang,
    hushed: Vec<(SourceId, Span)>,
    before: Vec<(RuleId, String, String)>,
    known: Option<&'a Baseline>,
}

impl<'a> Study<'a> {
    /// A study of a report.
    #[must_use]
    pub fn new(
        workspace: &'a Workspace<'a>,
        set: &'a PlanSet<'a>,
        report: &'a Report<'a>,
        outcome: &'a Outcome,
        sources: &'a [&'a Source],
        settings: &'a Settings,
        lang: Lang,
    ) -> Self {
        let all = outcome.findings.iter().chain(outcome.accepted.iter().map(|accepted| &accepted.finding));
        let hushed = all
            .filter(|finding| finding.sensitive)
            .flat_map(|finding| std::iter::once(&finding.place).chain(finding.related.iter().map(|related| &related.place)))
            .map(|place| (place.file, place.span))
            .collect();
        Self {
            scope: ReportScope::new(workspace, set, report, settings),
            outcome,
            sources,
            settings,
            lang,
            hushed,
            before: Vec::new(),
            known: None,
        }
    }

    /// The same with what was found in the report of the year before, so that new findings are told
    /// from known ones.
    #[must_use]
    pub fn with_before(mut self, before: &Outcome) -> Self {
        let year = self.prior().map(|prior| prior.year.number());
        let all = before.findings.iter().chain(before.accepted.iter().map(|accepted| &accepted.finding));
        self.before = all
            .filter(|finding| finding.subject.year.is_none() || finding.subject.year == year)
            .map(|finding| (finding.rule, finding.path.clone(), finding.discriminator.clone()))
            .collect();
        self
    }

    /// The same with a list of known findings: where there is one, it says what is new.
    #[must_use]
    pub fn with_known(mut self, known: &'a Baseline) -> Self {
        self.known = Some(known);
        self
    }

    /// Whether there is a list of known findings.
    #[must_use]
    pub fn has_known(&self) -> bool {
        self.known.is_some()
    }

    /// Whether a finding is not in the list of known ones; without such a list, whether the report
    /// of the year before had no finding of the same rule at the same path.
    #[must_use]
    pub fn is_new(&self, finding: &Finding) -> bool {
        if let Some(known) = self.known {
            return !known.findings.contains_key(&finding.fingerprint);
        }
        !self.before.iter().any(|(rule, path, text)| *rule == finding.rule && *path == finding.path && *text == finding.discriminator)
    }

    /// The plan.
    #[must_use]
    pub fn plan(&self) -> &'a Plan<'a> {
        self.scope.plan
    }

    /// The report.
    #[must_use]
    pub fn report(&self) -> &'a Report<'a> {
        self.scope.report
    }

    /// The report of the year before, where it is one of a whole report and not a few figures.
    #[must_use]
    pub fn prior(&self) -> Option<&'a Report<'a>> {
        self.scope.prior.filter(|report| report.edition != Edition::Excerpt)
    }

    /// One of two words.
    #[must_use]
    pub fn word<'w>(&self, ja: &'w str, en: &'w str) -> &'w str {
        match self.lang {
            Lang::Ja => ja,
            Lang::En => en,
        }
    }

    /// The run as other renderers see it.
    #[must_use]
    pub fn rendering(&self) -> Rendering<'a> {
        Rendering { outcome: self.outcome, sources: self.sources, lang: self.lang, checked: &[] }
    }

    /// Whether what stands at a node may not be shown: a finding says that it is about a person or
    /// a few people.
    #[must_use]
    pub fn is_hushed(&self, node: Node<'_>) -> bool {
        self.is_hushed_at(node.source().id, node.span())
    }

    /// The same for bytes of a file.
    #[must_use]
    pub fn is_hushed_at(&self, file: SourceId, span: Span) -> bool {
        self.hushed.iter().any(|(known, hushed)| *known == file && hushed.start < span.end && span.start < hushed.end)
    }

    /// Whether a finding may show no value: its own, or one that it speaks of.
    #[must_use]
    pub fn is_sensitive(&self, finding: &Finding) -> bool {
        let related = finding.related.iter().map(|related| &related.place);
        finding.sensitive || std::iter::once(&finding.place).chain(related).any(|place| self.is_hushed_at(place.file, place.span))
    }

    /// The entries as rules see them, in the order of the report.
    pub fn entries(&self) -> impl Iterator<Item = EntryScope<'a>> {
        let scope = self.scope;
        scope.report.entries.iter().map(move |entry| EntryScope::new(scope, entry))
    }

    /// The number that people know an entry by: the printed one, else its place in the report.
    #[must_use]
    pub fn number(&self, entry: &Entry<'_>) -> String {
        if self.plan().numbered { entry.measure.text.to_owned() } else { self.place_of(entry.measure.text).to_string() }
    }

    /// The number of a measure, known only by its id; empty where measures have no number and the
    /// report has no entry of this one.
    #[must_use]
    pub fn number_of(&self, measure: &str) -> String {
        match (self.plan().numbered, self.report().entries_of(measure).next()) {
            (true, _) => measure.to_owned(),
            (false, Some(_)) => self.place_of(measure).to_string(),
            (false, None) => String::new(),
        }
    }

    fn place_of(&self, measure: &str) -> usize {
        self.report().entries.iter().position(|entry| entry.measure.text == measure).map_or(0, |index| index + 1)
    }

    /// The measure that once had an id.
    #[must_use]
    pub fn now_of(&self, id: &str) -> Option<&'a Measure<'a>> {
        let had = |measure: &&Measure<'_>| measure.formerly.iter().any(|former| former.id.is_some_and(|former| former.text == id));
        self.plan().measures.iter().find(had)
    }

    /// What a measure is called.
    #[must_use]
    pub fn title_of<'t>(&self, measure: &'t str) -> &'t str
    where
        'a: 't,
    {
        self.plan().measure(measure).map_or(measure, Measure::name)
    }

    /// What a department is called.
    #[must_use]
    pub fn department<'t>(&self, id: &'t str) -> &'t str
    where
        'a: 't,
    {
        self.plan().department(id).map_or(id, crate::model::Department::title)
    }

    /// The names of departments in one text.
    #[must_use]
    pub fn department_names(&self, ids: &[impl AsRef<str>]) -> String {
        ids.iter().map(|id| self.department(id.as_ref())).collect::<Vec<_>>().join(self.word("、", ", "))
    }

    /// The findings about this report, in the order of files and places.
    pub fn findings(&self) -> impl Iterator<Item = &'a Finding> {
        self.outcome.findings.iter().filter(|finding| self.is_about(finding))
    }

    /// The accepted findings about this report.
    pub fn accepted(&self) -> impl Iterator<Item = &'a Accepted> {
        self.outcome.accepted.iter().filter(|accepted| self.is_about(&accepted.finding))
    }

    fn is_about(&self, finding: &Finding) -> bool {
        let subject = &finding.subject;
        if subject.plan.as_deref().is_some_and(|plan| plan != self.plan().id.text) {
            return false;
        }
        let report = self.report();
        if self.is_in(&finding.place, report.node) {
            return true;
        }
        let others = self.scope.set.reports.iter().filter(|other| !std::ptr::eq(*other, report));
        let elsewhere = others.into_iter().any(|other| self.is_in(&finding.place, other.node));
        let same_file = finding.place.file == report.node.source().id || finding.place.file == self.plan().node.source().id;
        let same_year = subject.year.is_none_or(|year| year == report.year.number());
        same_file && !elsewhere && same_year
    }

    fn is_in(&self, place: &Place, node: Node<'_>) -> bool {
        place.file == node.source().id && node.span().contains(place.span)
    }

    /// The departments that a finding is about, by id: those of its subject, else those of the
    /// measure that it names.
    #[must_use]
    pub fn departments_of(&self, finding: &Finding) -> Vec<String> {
        if !finding.subject.departments.is_empty() {
            return finding.subject.departments.clone();
        }
        let Some(measure) = finding.subject.measure.as_deref() else { return Vec::new() };
        let entry = self.report().entries_of(measure).find(|entry| self.is_in(&finding.place, entry.node));
        match entry.filter(|entry| !entry.departments.is_empty()) {
            Some(entry) => entry.departments.iter().map(|id| id.text.to_owned()).collect(),
            None => {
                let departments = self.plan().measure(measure).map(|measure| measure.departments.as_slice()).unwrap_or_default();
                departments.iter().map(|id| id.text.to_owned()).collect()
            }
        }
    }

    /// The number in the plan's list of the uppermost policy that a measure serves.
    #[must_use]
    pub fn root_policy(&self, measure: Option<&Measure<'_>>) -> Option<usize> {
        let id = measure?.policy?.text;
        let policies = &self.plan().policies;
        let mut at = policies.iter().position(|policy| policy.id.text == id)?;
        while let Some(parent) = policies[at].parent {
            at = parent;
        }
        Some(at)
    }

    /// The titles of the policies that a measure serves, the uppermost first.
    #[must_use]
    pub fn policy_path(&self, measure: Option<&Measure<'_>>) -> Vec<String> {
        let policies = &self.plan().policies;
        let mut at = measure.and_then(|measure| measure.policy).and_then(|id| policies.iter().position(|policy| policy.id.text == id.text));
        let mut path = Vec::new();
        while let Some(index) = at {
            let policy = &policies[index];
            path.push(policy.title.map_or(policy.id.text, |title| title.text).to_owned());
            at = policy.parent;
        }
        path.reverse();
        path
    }

    /// Whether the report is measured against the targets of its year: one within the year is not.
    #[must_use]
    pub fn is_measured(&self) -> bool {
        self.report().edition == Edition::Annual
    }
}
