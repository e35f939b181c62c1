//! What a reader of a memo has to know of how it was made.

use std::hash::Hasher;

use serde::Serialize;
use siphasher::sip::SipHasher13;

use super::study::Study;
use crate::catalogue::{Level, RULES};

/// Why rules were not evaluated.
#[derive(Clone, Debug, Serialize)]
pub struct ReasonView {
    /// The reason.
    pub reason: String,
    /// How often.
    pub times: u64,
}

/// Where to get help.
#[derive(Clone, Debug, Serialize)]
pub struct HelplineView {
    /// Its name.
    pub name: String,
    /// Its number, or empty.
    pub phone: String,
    /// When it can be called, or empty.
    pub hours: String,
}

/// The program and its rules.
#[derive(Debug, Serialize)]
pub struct ToolView {
    /// Its name.
    pub name: &'static str,
    /// Its version.
    pub version: &'static str,
    /// How many rules it has.
    pub rules: usize,
    /// Eight hexadecimal digits that change when a rule is added, dropped or given another level.
    pub rule_set: String,
}

/// How a memo was made.
#[derive(Debug, Serialize)]
pub struct NotesView {
    /// How often rules looked at something.
    pub evaluated: u64,
    /// How often they could not look.
    pub not_evaluated: u64,
    /// Why not, the most frequent first.
    pub reasons: Vec<ReasonView>,
    /// How many findings show no value.
    pub withheld: usize,
    /// How many findings are accepted.
    pub accepted: usize,
    /// How many of these end soon.
    pub ending: usize,
    /// Errors.
    pub errors: usize,
    /// Warnings.
    pub warnings: usize,
    /// Notes.
    pub notes: usize,
    /// Whether some part of the files could not be read, so that less was looked at.
    pub damaged: bool,
    /// Where to get help, as the plan names it.
    pub helplines: Vec<HelplineView>,
}

/// The program.
#[must_use]
pub fn tool() -> ToolView {
    let mut hasher = SipHasher13::new();
    for rule in &RULES {
        hasher.write(rule.name.as_bytes());
        hasher.write(rule.level.name().as_bytes());
        hasher.write_u8(0);
    }
    ToolView {
        name: env!("CARGO_PKG_NAME"),
        version: env!("CARGO_PKG_VERSION"),
        rules: RULES.len(),
        rule_set: format!("{:08x}", hasher.finish() >> 32),
    }
}

/// How the memo was made.
#[must_use]
pub fn notes(study: &Study<'_>) -> NotesView {
    let mut reasons: Vec<(crate::rule::Reason, u64)> = Vec::new();
    let mut evaluated = 0;
    for score in &study.outcome.scores {
        evaluated += score.evaluated;
        for (reason, times) in &score.not_evaluated {
            match reasons.iter_mut().find(|(known, _)| known == reason) {
                Some((_, sum)) => *sum += times,
                None => reasons.push((*reason, *times)),
            }
        }
    }
    reasons.sort_by_key(|(reason, times)| (std::cmp::Reverse(*times), *reason));
    let level = |level: Level| study.findings().filter(|finding| finding.level == level).count();
    let accepted = super::cases::accepted(study);
    let report = study.report();
    NotesView {
        evaluated,
        not_evaluated: reasons.iter().map(|(_, times)| times).sum(),
        reasons: reasons
            .into_iter()
            .map(|(reason, times)| ReasonView { reason: reason.words().get(study.lang).to_owned(), times })
            .collect(),
        withheld: study.findings().filter(|finding| study.is_sensitive(finding)).count(),
        accepted: accepted.len(),
        ending: accepted.iter().filter(|view| view.soon).count(),
        errors: level(Level::Error),
        warnings: level(Level::Warning),
        notes: level(Level::Note),
        damaged: study.scope.is_damaged(report.node) || study.scope.workspace.damage.has_unreadable_file(),
        helplines: study
            .plan()
            .helplines
            .iter()
            .map(|line| HelplineView {
                name: line.name.text.to_owned(),
                phone: line.phone.map(|phone| phone.text.to_owned()).unwrap_or_default(),
                hours: line.hours.map(|hours| hours.text.to_owned()).unwrap_or_default(),
            })
            .collect(),
    }
}
