//! The stages of a run, each once.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::hash::Hasher;
use std::panic::{AssertUnwindSafe, catch_unwind};

use rayon::prelude::*;
use siphasher::sip128::{Hasher128, SipHasher24};

use super::accept::{Acceptance, Accepted};
use super::audit::Audit;
use super::baseline::{Stale, keys};
use crate::catalogue::{Lang, Level, RULES, RuleId};
use crate::config::Settings;
use crate::diagnostic::{Finding, Place, Subject};
use crate::document::{self, Document, Field, Limits, Node};
use crate::files::{BINARY, Loaded, Role, Unread};
use crate::model::{Damage, PlanSet, Report, Workspace};
use crate::rule::{Check, EntryScope, Ledger, PlanScope, ReportScope, Score, TableScope};
use crate::rules::Family;
use crate::schema::Schema;
use crate::source::{Source, SourceId, Span};
use crate::text;

/// Numbers of a run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
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

/// Documents that were parsed and held against the schema.
#[derive(Debug)]
pub struct Parsed<'a> {
    documents: Vec<(Document<'a>, Role)>,
    ledgers: Vec<(Vec<Finding>, Vec<Score>)>,
    damage: Vec<(SourceId, Span)>,
    unread: usize,
    checked: usize,
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

/// How many files make it worth while to start threads.
const FEW: usize = 2;

fn each<'i, T: Sync, U: Send>(items: &'i [T], work: impl Fn(&'i T) -> U + Sync + Send) -> Vec<U> {
    if items.len() < FEW { items.iter().map(work).collect() } else { items.par_iter().map(work).collect() }
}

struct One<'a> {
    document: Option<Document<'a>>,
    ledger: Ledger,
    damage: Vec<Span>,
    unread: bool,
}

impl<'a> Parsed<'a> {
    /// Parses files and holds them against the schema.
    #[must_use]
    pub fn new(files: &'a [Loaded], settings: &Settings, done: &(dyn Fn() + Sync)) -> Self {
        let limits = Limits::default();
        let mut parsed = Self { documents: Vec::new(), ledgers: Vec::new(), damage: Vec::new(), unread: 0, checked: 0 };
        let all = each(files, |file| {
            let one = parse_one(file, settings, &limits);
            done();
            one
        });
        for (one, file) in all.into_iter().zip(files) {
            let shown = file.role != Role::Context;
            parsed.checked += usize::from(shown && (one.document.is_some() || one.unread));
            parsed.unread += usize::from(one.unread);
            parsed.damage.extend(one.damage.into_iter().map(|span| (file.source.id, span)));
            if shown {
                parsed.ledgers.push(one.ledger.close());
            }
            if let Some(document) = one.document {
                parsed.documents.push((document, file.role));
            }
        }
        parsed
    }

    /// The documents that hold a plan or a report.
    pub fn documents(&self) -> impl Iterator<Item = &Document<'a>> {
        self.documents.iter().map(|(document, _)| document)
    }

    fn by_file(&self) -> BTreeMap<SourceId, &Document<'a>> {
        self.documents().map(|document| (document.source().id, document)).collect()
    }
}

fn parse_one<'a>(file: &'a Loaded, settings: &Settings, limits: &Limits) -> One<'a> {
    let mut ledger = Ledger::new(settings, &file.source.name);
    let one = |document, ledger, damage, unread| One { document, ledger, damage, unread };
    let at = |span: Span| Place { file: file.source.id, span, pointer: String::new() };
    if let Some((unread, span)) = &file.unread {
        ledger.fail(unread_finding(unread, at(*span)));
        return one(None, ledger, Vec::new(), true);
    }
    ledger.pass(RuleId::NotUtf8);
    let document = match document::parse_with(&file.source, limits, settings.parser) {
        Ok(document) => document,
        Err(fault) => {
            let words = fault.kind.words();
            ledger.fail(
                Finding::at(RuleId::UnreadableYaml, at(fault.span))
                    .arg("what", crate::diagnostic::Arg::both(words.ja, words.en))
                    .arg("help", crate::diagnostic::Arg::both(words.help_ja, words.help_en)),
            );
            return one(None, ledger, Vec::new(), true);
        }
    };
    ledger.pass(RuleId::UnreadableYaml);
    let schemas = kinds(&document, file.role, &mut ledger);
    if schemas.iter().all(Option::is_none) {
        return one(None, ledger, Vec::new(), false);
    }
    let damage = hold_against_schema(&document, &schemas, &mut ledger);
    one(Some(document), ledger, damage, false)
}

fn unread_finding(unread: &Unread, place: Place) -> Finding {
    match unread {
        Unread::Refused(kind) => {
            let variant = match kind {
                std::io::ErrorKind::PermissionDenied => "denied",
                std::io::ErrorKind::NotFound => "gone",
                _ => "refused",
            };
            Finding::at(RuleId::UnreadableYaml, place).variant(variant)
        }
        Unread::TooLarge(limit) => Finding::at(RuleId::UnreadableYaml, place).variant("large").arg("limit", limit >> 20),
        Unread::NotUtf8(BINARY) => Finding::at(RuleId::NotUtf8, place).variant("binary"),
        Unread::NotUtf8(encoding) => Finding::at(RuleId::NotUtf8, place).arg("encoding", *encoding),
    }
}

/// The schema of each YAML document of a file; none where it is neither a plan nor a report.
fn kinds(document: &Document<'_>, role: Role, ledger: &mut Ledger) -> Vec<Option<Schema>> {
    let named = role == Role::Named;
    let rule = RuleId::UnknownKind;
    if document.is_empty() && named {
        let place = Place { file: document.source().id, span: Span::default(), pointer: String::new() };
        ledger.fail(Finding::at(rule, place).variant("empty"));
    }
    document
        .roots()
        .map(|root| {
            let kind = root.get(Field::Kind);
            let name = kind.and_then(Node::text);
            let schema = match name {
                Some("plan") => Some(Schema::Plan),
                Some("report") => Some(Schema::Report),
                _ => None,
            };
            if schema.is_some() {
                ledger.pass(rule);
                return schema;
            }
            let near = name.and_then(|name| text::did_you_mean(name, ["plan", "report"]));
            let finding = match (kind, near) {
                (Some(kind), Some(near)) => Some(Finding::new(rule, kind).variant("near").arg("kind", kind.raw()).arg("known", near)),
                (Some(kind), None) if named => Some(Finding::new(rule, kind).arg("kind", kind.raw())),
                (None, _) if named => {
                    let first = root.members().next().map_or(root, |(key, _)| key);
                    let start = first.span().start;
                    Some(Finding::new(rule, root).span(Span::new(start, first.span().end)).variant("missing"))
                }
                _ => None,
            };
            if let Some(finding) = finding {
                ledger.fail(finding);
            }
            None
        })
        .collect()
}

fn hold_against_schema(document: &Document<'_>, schemas: &[Option<Schema>], ledger: &mut Ledger) -> Vec<Span> {
    let mut damage = Vec::new();
    for (again, first) in document.duplicates() {
        damage.push(again.span());
        ledger.fail(
            Finding::new(RuleId::DuplicateKey, again).arg("key", again.key_text()).related("first", first).discriminator(again.key_text()),
        );
    }
    if damage.is_empty() {
        ledger.pass(RuleId::DuplicateKey);
    }
    let mut findings = Vec::new();
    for (root, schema) in document.roots().zip(schemas) {
        let Some(schema) = schema else { continue };
        let before = findings.len();
        // The schemas are held to be sound by a test.
        let _ = schema.check(root, &mut findings);
        if findings.len() == before {
            ledger.pass(RuleId::SchemaViolation);
            ledger.pass(RuleId::UnknownKey);
        }
    }
    for finding in findings {
        damage.push(finding.place.span);
        ledger.fail(finding);
    }
    damage
}

impl<'a> Workbench<'a> {
    /// Sorts documents into plans and reports.
    #[must_use]
    pub fn new(parsed: &'a Parsed<'a>, files: &'a [Loaded]) -> Self {
        let mut damage = Damage::default();
        for (file, span) in &parsed.damage {
            damage.add(*file, *span);
        }
        if parsed.unread > 0 {
            damage.add_file();
        }
        damage.settle();
        let workspace = Workspace::of(parsed.documents.iter().map(|(document, _)| document), damage);
        Self { parsed, workspace, files }
    }

    fn is_shown(&self, source: &Source) -> bool {
        is_shown(self.files, source.id)
    }

    /// Runs every rule.
    #[must_use]
    pub fn check(&self, settings: &Settings) -> Outcome {
        let mut outcome = Outcome { scores: vec![Score::default(); RULES.len()], ..Outcome::default() };
        for (findings, scores) in &self.parsed.ledgers {
            outcome.add(findings.clone(), scores);
        }
        let shown: Vec<&Document<'a>> =
            self.parsed.documents.iter().filter(|(_, role)| *role != Role::Context).map(|(document, _)| document).collect();
        let plans: Vec<&PlanSet<'a>> = self.workspace.plans.iter().collect();
        outcome.extend(each(&plans, |set| self.check_plan(set, settings)).into_iter().flatten());
        let reports: Vec<(&PlanSet<'a>, &Report<'a>)> =
            plans.iter().flat_map(|set| set.reports.iter().map(move |report| (*set, report))).collect();
        let reports: Vec<_> = reports.into_iter().filter(|(_, report)| self.is_shown(report.node.source())).collect();
        // How a report is written and what it says are looked at side by side.
        let (of_documents, of_reports) = rayon::join(
            || {
                each(&shown, |document| {
                    let settings = settings.in_file(&document.source().name);
                    run(&settings, document.source(), |ledger| check_document(document, &settings, ledger))
                })
            },
            || {
                each(&reports, |(set, report)| {
                    let settings = settings.in_file(&report.node.source().name);
                    let scope = ReportScope::new(&self.workspace, set, report, &settings);
                    run(&settings, report.node.source(), |ledger| check_report(&scope, ledger))
                })
            },
        );
        outcome.extend(of_documents);
        outcome.extend(of_reports);
        let orphans: Vec<&Report<'a>> = self.workspace.orphans.iter().filter(|report| self.is_shown(report.node.source())).collect();
        outcome.extend(each(&orphans, |report| {
            run(settings, report.node.source(), |ledger| crate::rules::references::orphan(&self.workspace, report, ledger))
        }));
        outcome.summary.files = self.parsed.checked;
        outcome.summary.plans = plans.iter().filter(|set| self.is_shown(set.plan.node.source())).count();
        outcome.summary.reports = reports.len() + orphans.len();
        outcome.add_editions(self.parsed);
        outcome.keep_shown(self.files);
        outcome.settle(settings, self.parsed, self.files, &shown);
        outcome
    }

    fn check_plan(&self, set: &PlanSet<'a>, settings: &Settings) -> Option<Ran> {
        if !self.is_shown(set.plan.node.source()) {
            return None;
        }
        let settings = &*settings.in_file(&set.plan.node.source().name);
        let scope = PlanScope { workspace: &self.workspace, set, plan: &set.plan, settings };
        Some(run(settings, set.plan.node.source(), |ledger| {
            ledger.set_subject(Subject { plan: Some(scope.plan.id.text.to_owned()), ..Subject::default() });
            for family in Family::ALL {
                if let Check::Plan(check) = family.check() {
                    check(&scope, ledger);
                }
            }
        }))
    }
}

/// What a part of a run has written, or why it broke down.
type Ran = Result<(Vec<Finding>, Vec<Score>), String>;

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

fn check_report(scope: &ReportScope<'_>, ledger: &mut Ledger) {
    let subject = Subject { plan: Some(scope.plan.id.text.to_owned()), year: Some(scope.report.year.number()), ..Subject::default() };
    ledger.set_subject(subject.clone());
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
    for entry in &scope.report.entries {
        let scope = EntryScope::new(*scope, entry);
        ledger.set_entry(&scope);
        for family in Family::ALL {
            if let Check::Entry(check) = family.check() {
                check(&scope, ledger);
            }
        }
    }
    ledger.set_subject(subject);
}

/// Whether a file was checked, and not only read as context.
fn is_shown(files: &[Loaded], file: SourceId) -> bool {
    files.get(file.0 as usize).is_some_and(|file| file.role != Role::Context)
}

/// The fingerprint of a finding at a path; of several alike, each has its own.
fn print_of(finding: &Finding, path: &str, seen: &mut HashMap<String, u32>) -> String {
    let subject = &finding.subject;
    let year = subject.year.map(|year| year.to_string()).unwrap_or_default();
    let path = if finding.is_shared { "" } else { path };
    let base = [finding.rule.name(), subject.plan.as_deref().unwrap_or_default(), &year, path, &finding.discriminator].join("\u{1f}");
    let mut hasher = SipHasher24::new_with_keys(0x706c_616e, 0x6c69_6e74);
    hasher.write(base.as_bytes());
    let times = seen.entry(base).or_insert(0);
    hasher.write_u32(*times);
    *times += 1;
    format!("{:032x}", hasher.finish128().as_u128())
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
    fn add(&mut self, findings: Vec<Finding>, scores: &[Score]) {
        self.findings.extend(findings);
        for (total, score) in self.scores.iter_mut().zip(scores) {
            total.add(score);
        }
    }

    fn extend(&mut self, parts: impl IntoIterator<Item = Ran>) {
        for part in parts {
            match part {
                Ok((findings, scores)) => self.add(findings, &scores),
                Err(breakdown) => self.breakdowns.push(breakdown),
            }
        }
    }

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

    /// Accepts what comments accept, sorts, gives fingerprints and counts.
    fn settle(&mut self, settings: &Settings, parsed: &Parsed<'_>, files: &[Loaded], shown: &[&Document<'_>]) {
        self.add_subjects(parsed, files);
        if !settings.no_ignores {
            self.acceptances = shown.iter().flat_map(|document| Acceptance::all(document)).collect();
        }
        self.sort();
        self.drop_echoes();
        self.withhold(files);
        fingerprint(&mut self.findings);
        self.accept(settings, files);
        self.audit(settings, parsed, files, shown);
        self.count();
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

    /// Looks at the comments that accept findings, now that it is known what they have accepted.
    fn audit(&mut self, settings: &Settings, parsed: &Parsed<'_>, files: &[Loaded], shown: &[&Document<'_>]) {
        // A finding that could not be made cannot have been accepted.
        let complete = parsed.unread == 0 && self.breakdowns.is_empty();
        let mut found = Self { scores: vec![Score::default(); RULES.len()], ..Self::default() };
        for document in shown {
            let audit = Audit { document, settings, acceptances: &self.acceptances, accepted: &self.accepted, complete };
            let (findings, scores) = audit.run();
            found.add(findings, &scores);
        }
        found.add_subjects(parsed, files);
        found.sort();
        fingerprint(&mut found.findings);
        self.add(found.findings, &found.scores);
        self.sort();
        self.withhold(files);
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
        self.findings.sort_by(|a, b| {
            let key = |finding: &Finding| (finding.place.file, finding.place.span, finding.rule, finding.variant);
            key(a).cmp(&key(b)).then_with(|| a.path.cmp(&b.path)).then_with(|| a.discriminator.cmp(&b.discriminator))
        });
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

/// A fingerprint is made of the rule, plan, year, the path with items named by their ids, and
/// what tells two findings at one path apart; never of a line, a file or a message.
fn fingerprint(findings: &mut [Finding]) {
    let mut seen = HashMap::new();
    for finding in findings {
        let mut paths: Vec<&String> = finding.again.iter().chain([&finding.path]).collect();
        paths.sort();
        let mut keys = paths.into_iter().map(|path| print_of(finding, path, &mut seen)).collect::<Vec<_>>().into_iter();
        finding.fingerprint = keys.next().unwrap_or_default();
        finding.keys = keys.collect();
    }
}
