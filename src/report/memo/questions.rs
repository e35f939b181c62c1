//! Five questions that are worth a committee's time.

use serde::Serialize;

use super::cases::{CaseView, Kind, by_weight};
use super::study::Study;
use crate::catalogue::RuleId;
use crate::diagnostic::Finding;

/// A question.
#[derive(Debug, Serialize)]
pub struct QuestionView {
    /// Its finding.
    pub case: CaseView,
    /// What is asked.
    pub text: String,
    /// How many other findings ask the same.
    pub more: usize,
}

/// How many questions page one has.
pub const MOST: usize = 5;
/// How many of them may go to one department.
const MOST_OF_DEPARTMENT: usize = 2;
/// How many may come from one rule and be of one kind, as long as others have something to ask; then
/// with less and less regard to that.
const ROUNDS: [(usize, usize); 3] = [(2, 3), (2, MOST), (MOST, MOST)];

/// The questions: by kind, at most two to a department, one to a measure; what is missing is asked
/// for once, with the number of the others.
#[must_use]
pub fn questions(study: &Study<'_>) -> Vec<QuestionView> {
    let list: Vec<&Finding> =
        by_weight(study).into_iter().filter(|finding| !study.is_sensitive(finding) && Kind::of(finding).0 != Kind::Writing).collect();
    let mut chosen: Vec<&Finding> = Vec::new();
    for round in ROUNDS {
        for finding in &list {
            if chosen.len() == MOST {
                break;
            }
            if fits(study, finding, &chosen, round) {
                chosen.push(finding);
            }
        }
    }
    chosen.sort_by_key(|finding| list.iter().position(|other| std::ptr::eq(*other, *finding)));
    chosen
        .into_iter()
        .map(|finding| {
            let case = study.case(finding);
            let same = |other: &&&Finding| other.rule == finding.rule;
            let more = if is_folded(finding) { list.iter().filter(same).count() - 1 } else { 0 };
            let text = if case.question.is_empty() { case.message.clone() } else { case.question.clone() };
            QuestionView { case, text, more }
        })
        .collect()
}

fn is_folded(finding: &Finding) -> bool {
    matches!(Kind::of(finding).0, Kind::Missing | Kind::Other)
}

fn fits(study: &Study<'_>, finding: &Finding, chosen: &[&Finding], (most_of_rule, most_of_kind): (usize, usize)) -> bool {
    let of_rule = |rule: RuleId| chosen.iter().filter(|other| other.rule == rule).count();
    let most_of_rule = if is_folded(finding) { 1 } else { most_of_rule };
    if chosen.iter().any(|other| std::ptr::eq(*other, finding)) || of_rule(finding.rule) >= most_of_rule {
        return false;
    }
    let kind = Kind::of(finding).0;
    if chosen.iter().filter(|other| Kind::of(other).0 == kind).count() >= most_of_kind {
        return false;
    }
    let measure = finding.subject.measure.as_deref();
    if measure.is_some() && chosen.iter().any(|other| other.subject.measure.as_deref() == measure) {
        return false;
    }
    let own = study.departments_of(finding);
    let Some(lead) = own.first() else { return true };
    chosen.iter().filter(|other| study.departments_of(other).first() == Some(lead)).count() < MOST_OF_DEPARTMENT
}
