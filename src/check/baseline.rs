//! Findings that are known already: a file keyed by fingerprint, so that a known fault may move and
//! a second one of its kind is new. Lines and counts are not in it.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::outcome::Outcome;
use crate::catalogue::{Level, RuleId};
use crate::config::Settings;
use crate::diagnostic::Finding;
use crate::source::SourceId;

/// The version of the form.
pub const VERSION: u64 = 1;

/// What a baseline says of a finding besides its fingerprint: for people, and to know whether a run
/// has looked at it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Known {
    /// The rule's id.
    pub rule: String,
    /// The file in which it was when the baseline was written.
    pub file: String,
    /// The plan's id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub plan: Option<String>,
    /// The fiscal year.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub year: Option<i16>,
    /// The path in the file, items named by their ids; left out where no value may be shown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
}

/// Known findings by fingerprint.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Baseline {
    /// The findings.
    pub findings: BTreeMap<String, Known>,
}

/// A known finding that is gone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Stale {
    /// Its fingerprint.
    pub fingerprint: String,
    /// What the baseline says of it.
    #[serde(flatten)]
    pub known: Known,
}

/// Why a text is no baseline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It is not written as a baseline is, from this line on.
    Form(usize),
    /// It has another version.
    Version(u64),
}

/// Which known findings a run has looked at.
#[derive(Debug)]
pub struct Reach<'a> {
    /// The settings of the run.
    pub settings: &'a Settings,
    /// The names of the files that were checked.
    pub checked: &'a BTreeSet<String>,
    /// Whether every file of the repository was checked.
    pub whole: bool,
}

#[derive(Deserialize)]
struct Written {
    version: u64,
    #[serde(default)]
    findings: BTreeMap<String, Known>,
}

#[derive(Deserialize)]
struct Versioned {
    version: u64,
}

impl Baseline {
    /// Reads a baseline.
    ///
    /// # Errors
    /// Where the text is none, or one of another version.
    pub fn parse(text: &str) -> Result<Self, Fault> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        match serde_json::from_str::<Written>(text) {
            Ok(written) if written.version == VERSION => Ok(Self { findings: written.findings }),
            Ok(written) => Err(Fault::Version(written.version)),
            Err(error) => match serde_json::from_str::<Versioned>(text) {
                Ok(Versioned { version }) if version != VERSION => Err(Fault::Version(version)),
                _ => Err(Fault::Form(error.line())),
            },
        }
    }

    /// The findings of a run as a baseline; those of locked rules are left out.
    #[must_use]
    pub fn of<'a>(outcome: &Outcome, settings: &Settings, file: impl Fn(SourceId) -> &'a str) -> Self {
        let findings = outcome.findings.iter().chain(&outcome.known).filter(|finding| !settings.locked.contains(&finding.rule));
        let mut baseline = Self::default();
        for finding in findings {
            let name = file(finding.place.file);
            let mut paths: Vec<&String> = finding.again.iter().chain([&finding.path]).collect();
            paths.sort();
            for (key, path) in keys(finding).zip(paths) {
                baseline.findings.insert(key.clone(), Known::of(finding, path, name));
            }
        }
        baseline
    }

    /// The text of the file: a line a finding, so that versions of it can be merged.
    #[must_use]
    pub fn text(&self) -> String {
        let mut rows: Vec<(&String, &Known)> = self.findings.iter().collect();
        rows.sort_by(|(a, one), (b, other)| one.order(other).then_with(|| a.cmp(b)));
        let rows: Vec<String> = rows
            .into_iter()
            .map(|(key, known)| format!("    {}: {}", serde_json::json!(key), serde_json::to_string(known).unwrap_or_default()))
            .collect();
        let findings = if rows.is_empty() { "{}".to_owned() } else { format!("{{\n{}\n  }}", rows.join(",\n")) };
        format!("{{\n  \"version\": {VERSION},\n  \"findings\": {findings}\n}}\n")
    }

    /// Takes what is known out of the findings, and names the known findings that are gone.
    pub fn apply(&self, outcome: &mut Outcome, reach: &Reach<'_>) {
        outcome.stale = self.stale(outcome, reach);
        let locked = &reach.settings.locked;
        let knows = |finding: &Finding| !locked.contains(&finding.rule) && keys(finding).all(|key| self.findings.contains_key(key));
        let (known, new) = std::mem::take(&mut outcome.findings).into_iter().partition(knows);
        outcome.findings = new;
        outcome.known = known;
        outcome.count();
    }

    /// The known findings that a run has looked for and not found.
    #[must_use]
    pub fn stale(&self, outcome: &Outcome, reach: &Reach<'_>) -> Vec<Stale> {
        let present = outcome.prints();
        let gone = self.findings.iter().filter(|(key, known)| !present.contains(key.as_str()) && reach.covers(known));
        let mut stale: Vec<Stale> = gone.map(|(key, known)| Stale { fingerprint: key.clone(), known: known.clone() }).collect();
        stale.sort_by(|one, other| one.known.order(&other.known).then_with(|| one.fingerprint.cmp(&other.fingerprint)));
        stale
    }

    /// Leaves out what is gone.
    pub fn prune(&mut self, stale: &[Stale]) {
        for gone in stale {
            self.findings.remove(&gone.fingerprint);
        }
    }
}

impl Outcome {
    /// Takes out the findings that an earlier run had too; those that were accepted then are not
    /// among them.
    pub fn subtract(&mut self, before: &Outcome) {
        let earlier: BTreeSet<&str> = before.findings.iter().flat_map(keys).map(String::as_str).collect();
        let all = self.findings.len();
        self.findings.retain(|finding| !keys(finding).all(|key| earlier.contains(key.as_str())));
        self.summary.earlier = Some(all - self.findings.len());
        self.count();
    }
}

/// Every fingerprint of a finding.
pub(super) fn keys(finding: &Finding) -> impl Iterator<Item = &String> {
    std::iter::once(&finding.fingerprint).chain(&finding.keys)
}

impl Known {
    fn of(finding: &Finding, path: &str, file: &str) -> Self {
        Self {
            rule: finding.rule.name().to_owned(),
            file: file.to_owned(),
            plan: finding.subject.plan.clone(),
            year: finding.subject.year,
            path: (!finding.sensitive).then(|| path.to_owned()),
        }
    }

    fn order(&self, other: &Self) -> Ordering {
        let key = |known: &Self| (known.plan.clone(), known.year, known.rule.clone(), known.path.clone());
        key(self).cmp(&key(other))
    }
}

impl Reach<'_> {
    /// Whether a run has looked for a known finding. One in a file that is no longer there may now
    /// be in any other, so only a run over everything says that it is gone.
    #[must_use]
    pub fn covers(&self, known: &Known) -> bool {
        let is_on = known.rule.parse::<RuleId>().map_or(true, |rule| self.settings.level_in(rule, &known.file) > Level::Off);
        let is_checked = || self.checked.contains(&known.file) || (self.whole && !self.settings.root.join(&known.file).exists());
        is_on && is_checked()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        let known = Known { rule: "null-marker".into(), file: "a\"b.yaml".into(), plan: Some("p".into()), year: Some(2024), path: None };
        let baseline = Baseline { findings: [("0a".to_owned(), known.clone()), ("0b".to_owned(), known)].into() };
        assert_eq!(Baseline::parse(&baseline.text()), Ok(baseline));
        assert_eq!(Baseline::parse(&Baseline::default().text()), Ok(Baseline::default()));
    }

    #[test]
    fn what_is_no_baseline_is_refused() {
        assert_eq!(Baseline::parse("{\n  \"version\": 1,\n<<<<<<< ours\n"), Err(Fault::Form(3)));
        assert_eq!(Baseline::parse("{ \"version\": 2, \"findings\": [] }"), Err(Fault::Version(2)));
        assert!(Baseline::parse("").is_err());
    }
}
