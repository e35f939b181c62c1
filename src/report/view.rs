//! What JSON, templates and the other machine formats say of a run: the same words and numbers.

use serde::Serialize;

use super::Rendering;
use crate::catalogue::{Level, RULES};
use crate::check::Summary;
use crate::check::baseline::Stale;
use crate::diagnostic::{ALIAS_WORDS, Finding, Place};
use crate::rule::Score;
use crate::source::{Position, Span};

/// The version of the form.
pub const VERSION: u32 = 1;

/// A run.
#[derive(Debug, Serialize)]
pub struct View {
    /// The version of this form.
    pub version: u32,
    /// Who wrote it.
    pub tool: Tool,
    /// Numbers.
    pub summary: Summary,
    /// The findings.
    pub findings: Vec<FindingView>,
    /// How each rule fared.
    pub rules: Vec<RuleView>,
    /// What the baseline knows and what is gone.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub stale: Vec<Stale>,
}

/// The program.
#[derive(Debug, Serialize)]
pub struct Tool {
    /// Its name.
    pub name: &'static str,
    /// Its version.
    pub version: &'static str,
}

/// A point in a file.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct PointView {
    /// From 1.
    pub line: u32,
    /// From 1, in Unicode code points.
    pub column: u32,
    /// From 0, in UTF-8 bytes.
    pub offset: u32,
}

impl From<Position> for PointView {
    fn from(position: Position) -> Self {
        Self { line: position.line, column: position.column, offset: position.offset }
    }
}

/// A range in a file.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct SpanView {
    /// Its start.
    pub start: PointView,
    /// Its end, exclusive.
    pub end: PointView,
}

/// A place.
#[derive(Debug, Serialize)]
pub struct PlaceView {
    /// The file's name.
    pub file: String,
    /// The JSON Pointer in the YAML document.
    pub pointer: String,
    /// The bytes.
    pub span: SpanView,
}

/// Another place that a finding speaks of.
#[derive(Debug, Serialize)]
pub struct RelatedView {
    /// Where.
    #[serde(flatten)]
    pub place: PlaceView,
    /// What stands there.
    pub message: String,
}

/// A finding.
#[derive(Debug, Serialize)]
pub struct FindingView {
    /// The rule's id.
    pub rule: &'static str,
    /// Its level.
    pub level: &'static str,
    /// What the rule looks at.
    pub tier: &'static str,
    /// The rule's family.
    pub group: &'static str,
    /// What is wrong.
    pub message: String,
    /// What the office would ask.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub question: Option<String>,
    /// What to do.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
    /// Where.
    #[serde(flatten)]
    pub place: PlaceView,
    /// Other places.
    pub related: Vec<RelatedView>,
    /// The plan's id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub plan: Option<String>,
    /// The fiscal year.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub year: Option<i16>,
    /// The measure's id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub measure: Option<String>,
    /// The departments that answer for it.
    pub departments: Vec<String>,
    /// Whether no value and no excerpt of it may be shown: the words hold none, and each place is
    /// the beginning of its line.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub sensitive: bool,
    /// What it is known by from run to run.
    pub fingerprint: String,
}

/// How a rule fared.
#[derive(Debug, Serialize)]
pub struct RuleView {
    /// The rule's id.
    pub id: &'static str,
    /// How often it looked at something.
    pub evaluated: u64,
    /// How often it found something.
    pub failed: u64,
    /// How often it could not look, by reason.
    pub not_evaluated: serde_json::Map<String, serde_json::Value>,
}

impl Rendering<'_> {
    /// Everything, as JSON and templates see it.
    #[must_use]
    pub fn view(&self) -> View {
        View {
            version: VERSION,
            tool: Tool { name: env!("CARGO_PKG_NAME"), version: env!("CARGO_PKG_VERSION") },
            summary: self.outcome.summary,
            findings: self.outcome.findings.iter().map(|finding| self.finding(finding)).collect(),
            rules: self.rules(),
            stale: self.outcome.stale.clone(),
        }
    }

    /// One finding.
    #[must_use]
    pub fn finding(&self, finding: &Finding) -> FindingView {
        let rule = finding.rule.rule();
        let mut related: Vec<RelatedView> = finding
            .related
            .iter()
            .map(|related| RelatedView {
                place: self.place_of(finding, &related.place),
                message: finding.related_words(related, self.lang),
            })
            .collect();
        if let Some(alias) = finding.alias {
            let place = Place { file: finding.place.file, span: alias, pointer: finding.place.pointer.clone() };
            related.push(RelatedView { place: self.place_of(finding, &place), message: ALIAS_WORDS.get(self.lang).to_owned() });
        }
        FindingView {
            rule: rule.name,
            level: finding.level.name(),
            tier: rule.tier.name(),
            group: rule.group,
            message: finding.message(self.lang),
            question: finding.question(self.lang),
            help: finding.help(self.lang),
            place: self.place_of(finding, &finding.place),
            related,
            plan: finding.subject.plan.clone(),
            year: finding.subject.year,
            measure: finding.subject.measure.clone(),
            departments: finding.subject.departments.clone(),
            sensitive: finding.sensitive,
            fingerprint: finding.fingerprint.clone(),
        }
    }

    /// A place that a finding speaks of; only its line, where nothing of it may be shown.
    fn place_of(&self, finding: &Finding, place: &Place) -> PlaceView {
        match self.source(place.file) {
            Some(source) if finding.sensitive => {
                let start = source.line_span(source.line_index(place.span.start)).start;
                self.place(&Place { span: Span::new(start, start), ..place.clone() })
            }
            _ => self.place(place),
        }
    }

    /// One place.
    #[must_use]
    pub fn place(&self, place: &Place) -> PlaceView {
        let source = self.source(place.file);
        let point = |offset: u32| match source {
            Some(source) => source.position(offset).into(),
            None => PointView { line: 1, column: 1, offset },
        };
        PlaceView {
            file: source.map(|source| source.name.clone()).unwrap_or_default(),
            pointer: place.pointer.clone(),
            span: SpanView { start: point(place.span.start), end: point(place.span.end) },
        }
    }

    /// How each rule fared that was on.
    #[must_use]
    pub fn rules(&self) -> Vec<RuleView> {
        let used = |score: &Score| score.evaluated > 0 || !score.not_evaluated.is_empty();
        let scores = RULES.iter().zip(&self.outcome.scores).filter(|(rule, score)| used(score) && rule.level >= Level::Off);
        scores
            .map(|(rule, score)| RuleView {
                id: rule.name,
                evaluated: score.evaluated,
                failed: score.failed,
                not_evaluated: score.not_evaluated.iter().map(|(reason, times)| (reason.words().en.to_owned(), (*times).into())).collect(),
            })
            .collect()
    }
}
