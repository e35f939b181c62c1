//! What authors and reviewers look for: sections by department, and the verdict with its rules.

use serde::Serialize;

use super::cases::{AcceptedView, CaseView, accepted, by_weight};
use super::entries::EntryView;
use super::head::CodeView;
use super::notes::ReasonView;
use super::study::Study;
use crate::catalogue::{Lang, Level, RULES};
use crate::diagnostic::Finding;

/// A department's part of a memo.
#[derive(Debug, Serialize)]
pub struct DepartmentView {
    /// Its id; empty for what belongs to none.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Whether it is outside the city's administration.
    pub external: bool,
    /// The places of its entries in `entries`.
    pub entries: Vec<usize>,
    /// Its findings, the weightiest first.
    pub findings: Vec<CaseView>,
    /// Its accepted findings whose end is near.
    pub ending: Vec<AcceptedView>,
}

/// The sections, in the order of the plan; last what belongs to no department.
#[must_use]
pub fn departments(study: &Study<'_>, entries: &[EntryView]) -> Vec<DepartmentView> {
    let findings: Vec<(Vec<String>, CaseView)> =
        by_weight(study).into_iter().map(|finding| (study.departments_of(finding), study.case(finding))).collect();
    let ending: Vec<(Vec<String>, AcceptedView)> = study
        .accepted()
        .map(|accepted| (study.departments_of(&accepted.finding), study.accepted_case(accepted)))
        .filter(|(_, view)| view.soon)
        .collect();
    let mut ids: Vec<&str> = study.plan().departments.iter().map(|department| department.id.text).collect();
    let used = entries.iter().flat_map(|entry| &entry.department_ids).chain(findings.iter().flat_map(|(ids, _)| ids));
    for id in used {
        if !ids.contains(&id.as_str()) {
            ids.push(id);
        }
    }
    let section = |id: &str, name: String, external: bool| {
        let is_of = |list: &[String]| if id.is_empty() { list.is_empty() } else { list.iter().any(|own| own == id) };
        DepartmentView {
            id: id.to_owned(),
            name,
            external,
            entries: entries.iter().enumerate().filter(|(_, entry)| is_of(&entry.department_ids)).map(|(index, _)| index).collect(),
            findings: findings.iter().filter(|(list, _)| is_of(list)).map(|(_, case)| case.clone()).collect(),
            ending: ending.iter().filter(|(list, _)| is_of(list)).map(|(_, view)| view.clone()).collect(),
        }
    };
    let mut sections: Vec<DepartmentView> = ids
        .into_iter()
        .map(|id| {
            let external = study.plan().department(id).is_some_and(|department| department.external);
            section(id, study.department(id).to_owned(), external)
        })
        .collect();
    sections.push(section("", study.word("計画の担当（課の記載なし）", "whoever keeps the plan (no department)").to_owned(), false));
    sections.retain(|section| !section.entries.is_empty() || !section.findings.is_empty() || !section.ending.is_empty());
    sections
}

/// How a rule fared.
#[derive(Debug, Serialize)]
pub struct RuleView {
    /// The rule's id.
    pub id: &'static str,
    /// The fault in a few words.
    pub title: &'static str,
    /// Its level, settings applied.
    pub level: CodeView,
    /// What it looks at.
    pub tier: &'static str,
    /// How often it looked at something.
    pub evaluated: u64,
    /// How often it found something.
    pub failed: u64,
    /// How often it could not look.
    pub not_evaluated: u64,
    /// Why not, the most frequent first.
    pub reasons: Vec<ReasonView>,
}

/// How many findings of one rule are new.
#[derive(Debug, Serialize)]
pub struct NewView {
    /// The rule's id.
    pub rule: &'static str,
    /// The fault in a few words.
    pub title: &'static str,
    /// Its level.
    pub level: CodeView,
    /// How many.
    pub count: usize,
    /// The places of the first few: `file:line`.
    pub places: Vec<String>,
}

/// What a reviewer looks for.
#[derive(Debug, Serialize)]
pub struct ReviewView {
    /// In a line.
    pub verdict: String,
    /// How many findings are new.
    pub new: usize,
    /// How many are in the list of known ones, or in the report of the year before.
    pub known: usize,
    /// The new ones by rule.
    pub new_by_rule: Vec<NewView>,
    /// The ten that matter most.
    pub ten: Vec<CaseView>,
    /// The rules, those that found something first.
    pub rules: Vec<RuleView>,
}

const TEN: usize = 10;
const PLACES: usize = 3;
/// So many of the ten may come from one rule, as long as others have something to say.
const OF_RULE: usize = 3;

/// The first ten, no rule more than thrice unless there is nothing else.
fn ten<'a>(findings: &[&'a Finding]) -> Vec<&'a Finding> {
    let mut chosen: Vec<usize> = Vec::new();
    for most in [OF_RULE, TEN] {
        for (index, finding) in findings.iter().enumerate() {
            let of_rule = chosen.iter().filter(|other| findings[**other].rule == finding.rule).count();
            if chosen.len() < TEN && of_rule < most && !chosen.contains(&index) {
                chosen.push(index);
            }
        }
    }
    chosen.sort_unstable();
    chosen.into_iter().map(|index| findings[index]).collect()
}

/// What a reviewer looks for.
#[must_use]
pub fn review(study: &Study<'_>) -> ReviewView {
    let mut findings = by_weight(study);
    // For whoever reviews a change, what is new comes first, and an error before everything else.
    findings.sort_by_key(|finding| (!study.is_new(finding), std::cmp::Reverse(finding.level)));
    let ten = ten(&findings).into_iter().map(|finding| study.case(finding)).collect();
    let cases: Vec<CaseView> = findings.into_iter().map(|finding| study.case(finding)).collect();
    let new: Vec<&CaseView> = cases.iter().filter(|case| case.new).collect();
    let mut new_by_rule: Vec<NewView> = Vec::new();
    for case in &new {
        let place = format!("{}:{}", case.file, case.line);
        match new_by_rule.iter_mut().find(|known| known.rule == case.rule && known.level.code == case.level.code) {
            Some(known) => {
                known.count += 1;
                if known.places.len() < PLACES {
                    known.places.push(place);
                }
            }
            None => new_by_rule.push(NewView {
                rule: case.rule,
                title: case.rule_title,
                level: case.level.clone(),
                count: 1,
                places: vec![place],
            }),
        }
    }
    let count = new.len();
    ReviewView {
        verdict: verdict(study, count, cases.len()),
        new: count,
        known: cases.len() - count,
        new_by_rule,
        ten,
        rules: rules(study),
    }
}

fn verdict(study: &Study<'_>, new: usize, all: usize) -> String {
    let level = |level: Level| study.findings().filter(|finding| finding.level == level).count();
    let (errors, warnings, notes) = (level(Level::Error), level(Level::Warning), level(Level::Note));
    let accepted = accepted(study).len();
    let state = match (errors, warnings) {
        (0, 0) => study.word("返答を求める点はありません", "nothing asks for an answer"),
        (0, _) => study.word("確かめる点があります", "there is something to answer"),
        _ => study.word("直すところがあります", "there is something to correct"),
    };
    let compared = match (study.has_known(), study.prior().is_some()) {
        (true, _) => Some(study.word("既知の一覧にないもの", "not in the list of known ones")),
        (false, true) => Some(study.word("前年度の報告にないもの", "not in last year's report")),
        (false, false) => None,
    }
    .filter(|_| all > 0);
    match study.lang {
        Lang::Ja => {
            let new = compared.map(|than| format!("、うち{than}{new}件")).unwrap_or_default();
            format!("{state}：誤り {errors}件、要確認 {warnings}件、参考 {notes}件（了承済み {accepted}件{new}）")
        }
        Lang::En => {
            let new = compared.map(|than| format!(", {new} {than}")).unwrap_or_default();
            format!("{state}: {errors} errors, {warnings} warnings, {notes} notes ({accepted} accepted{new})")
        }
    }
}

fn rules(study: &Study<'_>) -> Vec<RuleView> {
    let file = &study.report().node.source().name;
    let mut rules: Vec<RuleView> = RULES
        .iter()
        .zip(&study.outcome.scores)
        .filter(|(_, score)| score.evaluated > 0 || !score.not_evaluated.is_empty())
        .map(|(rule, score)| {
            let level = study.settings.level_in(rule.id, file);
            let mut reasons = score.not_evaluated.clone();
            reasons.sort_by_key(|(reason, times)| (std::cmp::Reverse(*times), *reason));
            RuleView {
                id: rule.name,
                title: rule.title.get(study.lang),
                level: CodeView { code: level.name().to_owned(), text: level.words().get(study.lang).to_owned() },
                tier: rule.tier.words().get(study.lang),
                evaluated: score.evaluated,
                failed: score.failed,
                not_evaluated: reasons.iter().map(|(_, times)| times).sum(),
                reasons: reasons
                    .into_iter()
                    .map(|(reason, times)| ReasonView { reason: reason.words().get(study.lang).to_owned(), times })
                    .collect(),
            }
        })
        .collect();
    rules.sort_by_key(|rule| (std::cmp::Reverse(rule.failed > 0), std::cmp::Reverse(rule.level.code.parse::<Level>().ok()), rule.id));
    rules
}
