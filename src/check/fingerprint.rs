//! What a finding is known by from run to run.

use std::collections::HashMap;
use std::hash::Hasher;

use siphasher::sip128::{Hasher128, SipHasher24};

use super::outcome::Outcome;
use super::settle::order;
use crate::diagnostic::Finding;
use crate::rules::Family;

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

/// Gives every finding its fingerprints: those that are accepted count among those that are not,
/// and those about the comments that accept something count for themselves.
pub(super) fn fingerprint(outcome: &mut Outcome) {
    let (comments, mut found): (Vec<&mut Finding>, Vec<&mut Finding>) =
        outcome.findings.iter_mut().partition(|finding| Family::of(finding.rule) == Family::Ignores);
    if !outcome.accepted.is_empty() {
        found.extend(outcome.accepted.iter_mut().map(|accepted| &mut accepted.finding));
        found.sort_by(|a, b| order(a, b));
    }
    give(found);
    give(comments);
}

/// A fingerprint is made of the rule, plan, year, the path with items named by their ids, and
/// what tells two findings at one path apart; never of a line, a file or a message.
fn give(findings: Vec<&mut Finding>) {
    let mut seen = HashMap::new();
    for finding in findings {
        let mut paths: Vec<&String> = finding.again.iter().chain([&finding.path]).collect();
        paths.sort();
        let mut keys = paths.into_iter().map(|path| print_of(finding, path, &mut seen)).collect::<Vec<_>>().into_iter();
        finding.fingerprint = keys.next().unwrap_or_default();
        finding.keys = keys.collect();
    }
}
