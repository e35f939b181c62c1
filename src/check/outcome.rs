//! What a run has found.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::accept::{Acceptance, Accepted};
use super::baseline::{Stale, keys};
use super::fingerprint::fingerprint;
use super::settle::Settled;
use crate::catalogue::{Lang, Level, RULES};
use crate::diagnostic::Finding;
use crate::rule::Score;
use crate::source::SourceId;

/// Numbers of a run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// Files that were checked.
    pub files: usize,
    /// Plans in them.
    pub plans: usize,
    /// Reports in them.
    pub reports: usize,
    /// Errors.
    pub errors: usize,
    /// Warnings.
    pub warnings: usize,
    /// Notes.
    pub notes: usize,
    /// Accepted findings.
    pub ignored: usize,
    /// Findings that the baseline knows.
    pub baseline: usize,
    /// Findings that the baseline knows and that are gone.
    pub stale: usize,
    /// Findings that an earlier version had too, where the run was held against one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub earlier: Option<usize>,
}

/// What a run has found.
#[derive(Debug, Default)]
pub struct Outcome {
    /// The findings, in the order of files and places.
    pub findings: Vec<Finding>,
    /// The findings that a comment accepts.
    pub accepted: Vec<Accepted>,
    /// The findings that the baseline knows.
    pub known: Vec<Finding>,
    /// What the baseline knows and what is gone.
    pub stale: Vec<Stale>,
    /// The comments that accept something.
    pub acceptances: Vec<Acceptance>,
    /// How each rule fared, by the number of its id.
    pub scores: Vec<Score>,
    /// Numbers.
    pub summary: Summary,
    /// Rules that broke down, in English: a fault of the program.
    pub breakdowns: Vec<String>,
}

impl Outcome {
    pub(super) fn add(&mut self, findings: Vec<Finding>, scores: &[Score]) {
        self.findings.extend(findings);
        for (total, score) in self.scores.iter_mut().zip(scores) {
            total.add(score);
        }
    }

    /// What was found in all files, worked on as one set.
    pub(super) fn of(settled: Settled) -> Self {
        let mut outcome = settled.outcome;
        fingerprint(&mut outcome);
        outcome.count();
        outcome
    }

    /// What was found in several sets, each with the numbers of its files in the run.
    pub(super) fn of_several(sets: Vec<(Settled, Vec<SourceId>)>) -> Self {
        let mut all = Self { scores: vec![Score::default(); RULES.len()], ..Self::default() };
        let mut accepted: Vec<(usize, Accepted)> = Vec::new();
        let mut acceptances: Vec<(usize, usize, Acceptance)> = Vec::new();
        let mut broken: Vec<(u8, SourceId, String)> = Vec::new();
        for (number, (settled, files)) in sets.into_iter().enumerate() {
            let at = |file: SourceId| files.get(file.0 as usize).copied().unwrap_or(file);
            let Settled { mut outcome, broken: places, .. } = settled;
            outcome.renumber(&at);
            broken.extend(places.iter().zip(outcome.breakdowns).map(|(place, words)| (place.stage, at(place.file), words)));
            all.add(outcome.findings, &outcome.scores);
            accepted.extend(outcome.accepted.into_iter().map(|accepted| (number, accepted)));
            acceptances.extend(outcome.acceptances.into_iter().enumerate().map(|(index, acceptance)| (number, index, acceptance)));
            all.summary.files += outcome.summary.files;
            all.summary.plans += outcome.summary.plans;
            all.summary.reports += outcome.summary.reports;
        }
        // Within a file everything stands in its order: a file is in one set only.
        all.findings.sort_by_key(|finding| finding.place.file);
        accepted.sort_by_key(|(_, accepted)| accepted.finding.place.file);
        acceptances.sort_by_key(|(_, _, acceptance)| acceptance.file);
        broken.sort_by_key(|(stage, file, _)| (*stage, *file));
        let number: BTreeMap<(usize, usize), usize> =
            acceptances.iter().enumerate().map(|(number, (set, index, _))| ((*set, *index), number)).collect();
        let by = |set: usize, index: usize| number.get(&(set, index)).copied().unwrap_or(usize::MAX);
        all.accepted =
            accepted.into_iter().map(|(set, Accepted { finding, by: index })| Accepted { finding, by: by(set, index) }).collect();
        all.acceptances = acceptances.into_iter().map(|(_, _, acceptance)| acceptance).collect();
        all.breakdowns = broken.into_iter().map(|(_, _, words)| words).collect();
        fingerprint(&mut all);
        all.count();
        all
    }

    /// The files of which anything is said.
    pub(super) fn files(&self) -> BTreeSet<SourceId> {
        let findings = self.findings.iter().chain(self.accepted.iter().map(|accepted| &accepted.finding));
        let places = findings.flat_map(|finding| finding.related.iter().map(|related| &related.place).chain([&finding.place]));
        places.map(|place| place.file).chain(self.acceptances.iter().map(|acceptance| acceptance.file)).collect()
    }

    /// Gives files other numbers.
    fn renumber(&mut self, at: &impl Fn(SourceId) -> SourceId) {
        let accepted = self.accepted.iter_mut().map(|accepted| &mut accepted.finding);
        for finding in self.findings.iter_mut().chain(accepted) {
            finding.place.file = at(finding.place.file);
            for related in &mut finding.related {
                related.place.file = at(related.place.file);
            }
        }
        for acceptance in &mut self.acceptances {
            acceptance.file = at(acceptance.file);
        }
    }

    /// Counts anew what was found.
    pub(super) fn count(&mut self) {
        let of = |level| self.findings.iter().filter(|finding| finding.level == level).count();
        self.summary.errors = of(Level::Error);
        self.summary.warnings = of(Level::Warning);
        self.summary.notes = of(Level::Note);
        self.summary.ignored = self.accepted.len();
        self.summary.baseline = self.known.len();
        self.summary.stale = self.stale.len();
    }

    /// Every fingerprint of what was found, known and accepted findings included.
    #[must_use]
    pub fn prints(&self) -> BTreeSet<&str> {
        let accepted = self.accepted.iter().map(|accepted| &accepted.finding);
        self.findings.iter().chain(&self.known).chain(accepted).flat_map(keys).map(String::as_str).collect()
    }

    /// The gravest level of any finding.
    #[must_use]
    pub fn worst(&self) -> Option<Level> {
        self.findings.iter().map(|finding| finding.level).max()
    }

    /// The findings in words, for tests.
    #[must_use]
    pub fn messages(&self, lang: Lang) -> Vec<String> {
        self.findings.iter().map(|finding| format!("{}: {}", finding.rule.name(), finding.message(lang))).collect()
    }
}
