//! What is wrong with the comments that accept findings: no reason, past its date, of no use.
//!
//! A comment is reported once. These findings cannot be accepted by a comment themselves.

use std::cell::Cell;

use super::accept::{Acceptance, Accepted};
use super::settle::add_root;
use crate::catalogue::{RULES, RuleId};
use crate::config::Settings;
use crate::diagnostic::{Finding, Place};
use crate::document::{Document, Node};
use crate::rule::{Ledger, Reason, Score};
use crate::source::Span;
use crate::text;

/// The comments of one document, and what they have accepted.
pub(super) struct Audit<'a> {
    /// The document.
    pub document: &'a Document<'a>,
    /// The settings.
    pub settings: &'a Settings,
    /// The comments of every document.
    pub acceptances: &'a [Acceptance],
    /// What they have accepted.
    pub accepted: &'a [Accepted],
    /// Whether every rule could look at everything.
    pub complete: bool,
    /// Set where that was of importance.
    pub asked: &'a Cell<bool>,
}

impl Audit<'_> {
    /// Looks at every comment of the document.
    pub fn run(&self) -> (Vec<Finding>, Vec<Score>) {
        let source = self.document.source();
        let mut ledger = Ledger::new(self.settings, &source.name);
        for (number, acceptance) in self.acceptances.iter().enumerate() {
            if acceptance.file == source.id {
                self.look(number, acceptance, &mut ledger);
            }
        }
        ledger.close()
    }

    fn look(&self, number: usize, acceptance: &Acceptance, ledger: &mut Ledger) {
        let (bare, old, unused) = (RuleId::IgnoreWithoutReason, RuleId::ExpiredIgnore, RuleId::UnusedIgnore);
        let comment = self.document.source().slice(acceptance.span).trim_start_matches('#').trim();
        if !acceptance.readable || acceptance.rules.is_empty() {
            let variant = if acceptance.readable { "empty" } else { "unreadable" };
            return ledger.fail(self.finding(unused, acceptance, acceptance.span).variant(variant).arg("comment", comment));
        }
        let names: Vec<&str> = acceptance.rules.iter().map(|(name, _)| name.as_str()).collect();
        let names = names.join(", ");
        if acceptance.bad_date {
            return ledger
                .fail(self.finding(old, acceptance, acceptance.span).variant("unreadable").arg("rules", names).arg("comment", comment));
        }
        let today = self.settings.date;
        if let Some(until) = acceptance.until.filter(|until| *until < today) {
            return ledger.fail(
                self.finding(old, acceptance, acceptance.span)
                    .arg("rules", names)
                    .arg("until", until.to_string())
                    .arg("today", today.to_string()),
            );
        }
        ledger.pass(old);
        if acceptance.reason.is_empty() {
            return ledger.fail(self.finding(bare, acceptance, acceptance.span).arg("rules", names));
        }
        ledger.pass(bare);
        for (name, span) in &acceptance.rules {
            self.use_of(number, acceptance, name, *span, ledger);
        }
    }

    fn use_of(&self, number: usize, acceptance: &Acceptance, name: &str, span: Span, ledger: &mut Ledger) {
        let unused = RuleId::UnusedIgnore;
        let finding = || self.finding(unused, acceptance, span).arg("rule", name).discriminator(name);
        let Ok(rule) = name.parse::<RuleId>() else {
            return ledger.fail(match text::did_you_mean(name, RULES.iter().map(|rule| rule.name)) {
                Some(near) => finding().variant("near").arg("known", near),
                None => finding().variant("unknown"),
            });
        };
        if self.accepted.iter().any(|accepted| accepted.by == number && accepted.finding.rule == rule) {
            return ledger.pass(unused);
        }
        if self.settings.locked.contains(&rule) {
            return ledger.fail(finding().variant("locked"));
        }
        if !ledger.is_on(rule) {
            return ledger.skip(unused, Reason::NotEvaluated);
        }
        self.asked.set(true);
        if !self.complete {
            return ledger.skip(unused, Reason::FileUnread);
        }
        ledger.fail(finding());
    }

    /// A finding at a comment, known by the path of what the comment is about.
    fn finding(&self, rule: RuleId, acceptance: &Acceptance, span: Span) -> Finding {
        let source = self.document.source();
        let line = source.line_span(acceptance.line);
        let node = self.document.nodes().find(|node| node.span().start >= line.start).filter(|node| node.span().start <= line.end);
        let pointer = node.map(Node::pointer).unwrap_or_default();
        let mut finding = Finding::at(rule, Place { file: source.id, span, pointer });
        if let Some(node) = node {
            finding.path = node.stable_path();
            add_root(&mut finding.subject, self.document, node.span());
        }
        finding
    }
}
