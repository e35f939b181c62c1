//! Comments that accept a finding: `# planlint: ignore[rule] until=2026-03-31 reason`.

use jiff::civil::Date;

use crate::catalogue::RuleId;
use crate::diagnostic::Finding;
use crate::document::Document;
use crate::source::{SourceId, Span};

/// A comment that accepts findings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Acceptance {
    /// The file.
    pub file: SourceId,
    /// The comment.
    pub span: Span,
    /// The rules that it names, each with its bytes.
    pub rules: Vec<(String, Span)>,
    /// Why.
    pub reason: String,
    /// The last day on which it holds.
    pub until: Option<Date>,
    /// Whether `until` could not be read.
    pub bad_date: bool,
    /// Whether the comment is written as it should be: `ignore[…]`.
    pub readable: bool,
    /// The line that it is about, from 0: its own, or the next one that is no comment.
    pub line: usize,
}

/// A finding that was accepted.
#[derive(Clone, Debug)]
pub struct Accepted {
    /// The finding.
    pub finding: Finding,
    /// The comment, by its number in the outcome.
    pub by: usize,
}

const MARK: &str = "planlint:";

impl Acceptance {
    /// The comments of a document that accept something.
    #[must_use]
    pub fn all(document: &Document<'_>) -> Vec<Self> {
        document.comments().iter().filter_map(|comment| Self::of(document, comment.span)).collect()
    }

    fn of(document: &Document<'_>, span: Span) -> Option<Self> {
        let source = document.source();
        let text = source.slice(span);
        let body = text.trim_start_matches('#').trim_start().strip_prefix(MARK)?.trim_start();
        let line = line_of(document, span);
        let list = body.strip_prefix("ignore").map(str::trim_start).and_then(|list| list.strip_prefix('[')).and_then(|list| list.split_once(']'));
        let Some((names, rest)) = list else {
            return Some(Self { file: source.id, span, rules: Vec::new(), reason: String::new(), until: None, bad_date: false, readable: false, line });
        };
        let names_at = text.len() - rest.len() - 1 - names.len();
        let mut rules = Vec::new();
        for name in names.split([',', '、']) {
            let trimmed = name.trim();
            if !trimmed.is_empty() {
                // A part of `names`: where it stands is the difference of the two.
                let at = names_at + (trimmed.as_ptr() as usize - names.as_ptr() as usize);
                rules.push((trimmed.to_owned(), span.part(at..at + trimmed.len())));
            }
        }
        let mut until = None;
        let mut bad_date = false;
        let mut reason = Vec::new();
        for word in rest.split_whitespace() {
            match word.strip_prefix("until=") {
                Some(date) => {
                    until = crate::calendar::parse_date(date).ok().and_then(|date| date.date);
                    bad_date = until.is_none();
                }
                None => reason.push(word),
            }
        }
        Some(Self { file: source.id, span, rules, reason: reason.join(" "), until, bad_date, readable: true, line })
    }

    /// Whether it accepts a finding on a day.
    #[must_use]
    pub fn accepts(&self, finding: &Finding, line: usize, today: Date) -> bool {
        self.is_in_force(today)
            && self.file == finding.place.file
            && self.line == line
            && self.rules.iter().any(|(name, _)| name.parse::<RuleId>() == Ok(finding.rule))
    }

    /// Whether it holds on a day: it has a reason, and its end is not past.
    #[must_use]
    pub fn is_in_force(&self, today: Date) -> bool {
        !self.reason.is_empty() && !self.bad_date && !self.is_expired(today)
    }

    /// Whether its end is past.
    #[must_use]
    pub fn is_expired(&self, today: Date) -> bool {
        self.until.is_some_and(|until| until < today)
    }
}

/// The line that a comment is about: its own where something stands before it, else the next line
/// that is neither empty nor a comment.
fn line_of(document: &Document<'_>, span: Span) -> usize {
    let source = document.source();
    let own = source.line_index(span.start);
    let before = source.slice(Span::new(source.line_span(own).start, span.start));
    if !before.trim().is_empty() {
        return own;
    }
    let lines = source.line_starts().len();
    (own + 1..lines)
        .find(|line| {
            let text = source.slice(source.line_span(*line)).trim();
            !text.is_empty() && !text.starts_with('#')
        })
        .unwrap_or(own)
}
