//! What was found in a set of files → what is said of it: sorted, once, at places that are shown.

use std::cell::Cell;
use std::cmp::Ordering;
use std::collections::BTreeSet;

use super::accept::{Acceptance, Accepted};
use super::audit::Audit;
use super::load::Parsed;
use super::outcome::Outcome;
use crate::catalogue::{Level, RULES};
use crate::config::Settings;
use crate::diagnostic::{Finding, Place, Subject};
use crate::document::{Document, Field, Node};
use crate::files::{Loaded, Role};
use crate::rule::Score;
use crate::source::{SourceId, Span};

/// What was found in a set of files. Fingerprints are given when all sets are known.
#[derive(Debug)]
pub(super) struct Settled {
    /// What was found, and the numbers of the set.
    pub outcome: Outcome,
    /// Where each of the breakdowns belongs among those of other sets.
    pub broken: Vec<Broken>,
    /// What the result rests on besides the files of the set.
    pub asked: Asked,
    /// Reports of no known plan that speak of a plan outside the set: both belong together.
    pub misplaced: Vec<(SourceId, String)>,
}

/// What a result rests on besides the files of its set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Asked {
    /// Whether any file of the run could not be read.
    pub unread: bool,
    /// Whether every rule could look at every file.
    pub complete: bool,
    /// Which plans there are.
    pub ids: bool,
}

/// A part of a run that broke down: its stage, and the file by which the stage goes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Broken {
    pub stage: u8,
    pub file: SourceId,
}

/// The order of findings: by file and place.
pub(super) fn order(a: &Finding, b: &Finding) -> Ordering {
    let key = |finding: &Finding| (finding.place.file, finding.place.span, finding.rule, finding.variant);
    key(a).cmp(&key(b)).then_with(|| a.path.cmp(&b.path)).then_with(|| a.discriminator.cmp(&b.discriminator))
}

/// Whether a file was checked, and not only read as context.
pub(super) fn is_shown(files: &[Loaded], file: SourceId) -> bool {
    files.get(file.0 as usize).is_some_and(|file| file.role != Role::Context)
}

/// The YAML document of a file that holds some bytes.
fn root_at<'a>(document: &'a Document<'_>, span: Span) -> Option<Node<'a>> {
    document.roots().filter(|root| root.span().start <= span.start).last()
}

/// The plan and year of the YAML document that holds some bytes.
pub(super) fn add_root(subject: &mut Subject, document: &Document<'_>, span: Span) {
    let Some(root) = root_at(document, span) else { return };
    let text = |field| root.get(field).and_then(Node::text);
    subject.plan = text(Field::Plan).or_else(|| text(Field::Id)).map(ToOwned::to_owned);
    subject.year = text(Field::Year).and_then(crate::calendar::parse_fiscal_year).map(|year| year.number());
}

impl Outcome {
    /// A plan may have several reports of one year: a finding in one that is not the year's own is
    /// told apart by the edition.
    fn add_editions(&mut self, parsed: &Parsed<'_>) {
        let documents = parsed.by_file();
        for finding in &mut self.findings {
            let root = documents.get(&finding.place.file).and_then(|document| root_at(document, finding.place.span));
            match root.and_then(|root| root.get(Field::Edition)).and_then(Node::text) {
                None | Some("annual") => {}
                Some(edition) => finding.discriminator = format!("{}@{edition}", finding.discriminator),
            }
        }
    }

    /// What stands in a file that was only read as context is said at the other place that it
    /// speaks of, or not at all.
    fn keep_shown(&mut self, files: &[Loaded]) {
        self.findings.retain_mut(|finding| {
            if is_shown(files, finding.place.file) {
                return true;
            }
            match finding.related.iter().position(|related| is_shown(files, related.place.file)) {
                Some(index) => {
                    std::mem::swap(&mut finding.place, &mut finding.related[index].place);
                    true
                }
                None => false,
            }
        });
    }

    /// Accepts what comments accept and sorts. `complete` says whether every rule could look at
    /// everything; returned is whether that was asked.
    pub(super) fn settle(
        &mut self,
        settings: &Settings,
        parsed: &Parsed<'_>,
        files: &[Loaded],
        shown: &[&Document<'_>],
        complete: bool,
    ) -> bool {
        self.add_editions(parsed);
        self.keep_shown(files);
        self.add_subjects(parsed, files);
        if !settings.no_ignores {
            self.acceptances = shown.iter().flat_map(|document| Acceptance::all(document)).collect();
        }
        self.sort();
        self.drop_echoes();
        self.withhold(files);
        self.accept(settings, files);
        self.audit(settings, parsed, files, shown, complete)
    }

    /// A finding of the file tier is about the plan, the year and the entry that it stands in. One
    /// in a file that is no plan is known by the file's name.
    fn add_subjects(&mut self, parsed: &Parsed<'_>, files: &[Loaded]) {
        let documents = parsed.by_file();
        for finding in &mut self.findings {
            if finding.subject.plan.is_none() {
                match documents.get(&finding.place.file) {
                    Some(document) => add_root(&mut finding.subject, document, finding.place.span),
                    None => {
                        let name = files.get(finding.place.file.0 as usize).map_or("", |file| file.source.name.as_str());
                        finding.discriminator = format!("{}@{name}", finding.discriminator);
                    }
                }
            }
            if finding.subject.measure.is_some() {
                continue;
            }
            let mut steps = finding.path.split('/').skip(1);
            if steps.next() == Some("entries") {
                let measure = steps.next().map(|step| step.split('+').next().unwrap_or(step).to_owned());
                finding.subject.measure = measure;
            }
        }
    }

    /// Looks at the comments that accept findings, now that it is known what they have accepted. A
    /// finding that could not be made cannot have been accepted.
    fn audit(&mut self, settings: &Settings, parsed: &Parsed<'_>, files: &[Loaded], shown: &[&Document<'_>], complete: bool) -> bool {
        let asked = Cell::new(false);
        let mut found = Self { scores: vec![Score::default(); RULES.len()], ..Self::default() };
        if !self.acceptances.is_empty() {
            for document in shown {
                let audit = Audit { document, settings, acceptances: &self.acceptances, accepted: &self.accepted, complete, asked: &asked };
                let (findings, scores) = audit.run();
                found.add(findings, &scores);
            }
        }
        found.add_subjects(parsed, files);
        found.sort();
        self.add(found.findings, &found.scores);
        self.sort();
        self.withhold(files);
        asked.get()
    }

    /// Where something may not be shown, no finding shows it: neither one about the same line, nor
    /// one whose excerpt would hold that line.
    fn withhold(&mut self, files: &[Loaded]) {
        let lines = |place: &Place| {
            let source = &files.get(place.file.0 as usize)?.source;
            Some((
                place.file,
                source.line_index(place.span.start),
                source.line_index(place.span.end.saturating_sub(1).max(place.span.start)),
            ))
        };
        let places = |finding: &Finding| -> Vec<Place> {
            std::iter::once(finding.place.clone()).chain(finding.related.iter().map(|related| related.place.clone())).collect()
        };
        let mut hidden: BTreeSet<(SourceId, usize)> = BTreeSet::new();
        let accepted = self.accepted.iter().map(|accepted| &accepted.finding);
        for finding in self.findings.iter().chain(accepted).filter(|finding| finding.sensitive) {
            for (file, first, last) in places(finding).iter().filter_map(lines) {
                hidden.extend((first..=last).map(|line| (file, line)));
            }
        }
        if hidden.is_empty() {
            return;
        }
        for finding in self.findings.iter_mut().filter(|finding| !finding.sensitive) {
            let shown = places(finding)
                .iter()
                .filter_map(lines)
                .any(|(file, first, last)| hidden.range((file, first.saturating_sub(1))..=(file, last + 1)).next().is_some());
            finding.sensitive = shown;
        }
    }

    fn sort(&mut self) {
        self.findings.sort_by(order);
        self.merge_aliases();
    }

    /// What only wonders about a figure is silent where something graver is said of it.
    fn drop_echoes(&mut self) {
        let at = |finding: &Finding| (finding.place.file, finding.place.span);
        let said: std::collections::BTreeSet<_> = self.findings.iter().filter(|finding| finding.level >= Level::Warning).map(at).collect();
        self.findings.retain(|finding| !(crate::rules::ECHOES.contains(&finding.rule) && said.contains(&at(finding))));
    }

    /// A fault inside an anchored node is one fault, however many aliases lead to it: the first
    /// finding stays and names the others' aliases.
    fn merge_aliases(&mut self) {
        self.findings.dedup_by(|again, first| {
            let same = again.rule == first.rule
                && again.place.file == first.place.file
                && again.place.span == first.place.span
                && again.variant == first.variant
                && again.args == first.args;
            if same {
                first.alias = first.alias.or(again.alias);
            }
            same
        });
    }

    fn accept(&mut self, settings: &Settings, files: &[Loaded]) {
        if self.acceptances.is_empty() {
            return;
        }
        let line = |finding: &Finding| {
            let file = files.get(finding.place.file.0 as usize);
            file.map_or(usize::MAX, |file| file.source.line_index(finding.place.span.start))
        };
        let mut kept = Vec::with_capacity(self.findings.len());
        for finding in std::mem::take(&mut self.findings) {
            let at = line(&finding);
            let by = if settings.locked.contains(&finding.rule) {
                None
            } else {
                self.acceptances.iter().position(|acceptance| acceptance.accepts(&finding, at, settings.date))
            };
            match by {
                Some(by) => self.accepted.push(Accepted { finding, by }),
                None => kept.push(finding),
            }
        }
        self.findings = kept;
    }
}
