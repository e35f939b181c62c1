//! Files → documents that were parsed and held against the schema.

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::catalogue::RuleId;
use crate::config::Settings;
use crate::diagnostic::{Finding, Place};
use crate::document::{self, Document, Field, Limits, Node};
use crate::files::{BINARY, Loaded, Role, Unread};
use crate::rule::{Ledger, Score};
use crate::schema::Schema;
use crate::source::{SourceId, Span};
use crate::text;

/// Documents that were parsed and held against the schema.
#[derive(Debug)]
pub struct Parsed<'a> {
    pub(super) documents: Vec<(Document<'a>, Role)>,
    pub(super) ledgers: Vec<(Vec<Finding>, Vec<Score>)>,
    pub(super) damage: Vec<(SourceId, Span)>,
    /// How many files could not be read.
    pub(super) unread: usize,
    /// How many files were checked.
    pub(super) checked: usize,
    pub(super) spread: Spread,
}

/// Whether the parts of a set of files are worked on side by side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Spread {
    /// One after the other: other sets are worked on at the same time, or the set is small.
    Narrow,
    /// Side by side.
    Wide,
}

/// How many bytes make it worth while to start threads: below, starting them takes as long as they
/// save.
const FEW_BYTES: usize = 96 << 10;

impl Spread {
    /// How to work on a set of files that is worked on alone.
    pub(super) fn of(files: &[Loaded]) -> Self {
        let bytes: usize = files.iter().map(|file| file.source.text().len()).sum();
        if files.len() < 2 || bytes < FEW_BYTES { Self::Narrow } else { Self::Wide }
    }

    /// Works on each item.
    pub(super) fn each<'i, T: Sync, U: Send>(self, items: &'i [T], work: impl Fn(&'i T) -> U + Sync + Send) -> Vec<U> {
        match self {
            Self::Wide if items.len() > 1 => items.par_iter().map(work).collect(),
            _ => items.iter().map(work).collect(),
        }
    }

    /// Does two things.
    pub(super) fn both<A: Send, B: Send>(self, one: impl FnOnce() -> A + Send, other: impl FnOnce() -> B + Send) -> (A, B) {
        match self {
            Self::Wide => rayon::join(one, other),
            Self::Narrow => (one(), other()),
        }
    }
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
        Self::spread(files, settings, done, Spread::of(files))
    }

    pub(super) fn spread(files: &'a [Loaded], settings: &Settings, done: &(dyn Fn() + Sync), spread: Spread) -> Self {
        let limits = Limits::default();
        let mut parsed = Self { documents: Vec::new(), ledgers: Vec::new(), damage: Vec::new(), unread: 0, checked: 0, spread };
        let all = spread.each(files, |file| {
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

    pub(super) fn by_file(&self) -> BTreeMap<SourceId, &Document<'a>> {
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
