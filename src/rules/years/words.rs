//! Words beside those of the year before, and names beside those of the plan before.

use std::collections::BTreeMap;

use super::last_year;
use crate::catalogue::{RuleId, Words};
use crate::diagnostic::{Finding, Subject};
use crate::document::Node;
use crate::model::{Entry, Measure, Part, Passage, Plan, Slot, Text};
use crate::rule::{EntryScope, Ledger, PlanScope, Reason};
use crate::text::{did_you_mean, folded_chars, same_folded};

const UNCHANGED: RuleId = RuleId::TextUnchanged;
const RENAMED: RuleId = RuleId::MeasureRenamed;

const RESULT: Words = Words { ja: "実施内容", en: "the result" };
const EFFECT: Words = Words { ja: "効果", en: "the effect" };
const REASON: Words = Words { ja: "評価の理由", en: "the reason" };

/// Looks for words of last year's report in this year's.
pub fn unchanged(scope: &EntryScope<'_>, ledger: &mut Ledger) {
    let entry = scope.entry;
    let given = [&entry.result, &entry.effect, &entry.reason].iter().any(|slot| slot.given().is_some());
    if !given {
        return;
    }
    let prior = match last_year(scope) {
        Ok((_, prior)) => prior,
        Err(Reason::NoPriorFigure) => return ledger.skip(UNCHANGED, Reason::NoPrior),
        Err(reason) => return ledger.skip(UNCHANGED, reason),
    };
    let mut same = Vec::new();
    let mut compared = false;
    for (now, then, name) in fields(entry, prior) {
        let Some((now, then)) = now.given().zip(then.given()) else { continue };
        compared = true;
        same.extend(unchanged_parts(scope, *now, *then).map(|(now, then)| (now, then, name)));
    }
    let Some((now, then, name)) = same.first() else {
        return if compared { ledger.pass(UNCHANGED) } else { ledger.skip(UNCHANGED, Reason::NoText) };
    };
    let finding = Finding::new(UNCHANGED, now.node)
        .arg("field", *name)
        .arg("prior_year", scope.report.report.year.prior().map_or(0, |year| year.number()))
        .related("prior", then.node);
    ledger.fail(same.iter().skip(1).fold(finding, |finding, (now, _, _)| finding.related("again", now.node)));
}

type Field<'e, 'a> = &'e Slot<'a, Passage<'a>>;

fn fields<'e, 'a>(entry: &'e Entry<'a>, prior: &'e Entry<'a>) -> [(Field<'e, 'a>, Field<'e, 'a>, Words); 3] {
    [(&entry.result, &prior.result, RESULT), (&entry.effect, &prior.effect, EFFECT), (&entry.reason, &prior.reason, REASON)]
}

/// The parts that say the same, each beside that of its department.
fn unchanged_parts<'a>(scope: &EntryScope<'_>, now: Passage<'a>, then: Passage<'a>) -> impl Iterator<Item = (Text<'a>, Text<'a>)> {
    let least = usize::try_from(scope.settings.integer(UNCHANGED, "least")).unwrap_or(usize::MAX);
    now.parts().filter_map(move |part| {
        let same_writer = |other: &Part<'_>| other.department.map(|id| id.text) == part.department.map(|id| id.text);
        let before = then.parts().filter(same_writer).find(|other| same_folded(part.text.text, other.text.text))?;
        (folded_chars(part.text.text).take(least).count() == least).then_some((part.text, before.text))
    })
}

/// Holds the numbers and titles of a plan against those of the plan before it.
pub fn renamed(scope: &PlanScope<'_>, ledger: &mut Ledger) {
    let Some(id) = scope.plan.succeeds else { return };
    let Some(before) = scope.workspace.plan(id.text).map(|set| &set.plan).filter(|plan| plan.id.text != scope.plan.id.text) else {
        return ledger.skip(RENAMED, Reason::NoPrior);
    };
    let titles = titles(before);
    let own = self::titles(scope.plan);
    for measure in &scope.plan.measures {
        let Some(title) = measure.title else { continue };
        let unique = |list: &BTreeMap<String, Vec<&Measure<'_>>>| list.get(&key(title.text)).is_some_and(|measures| measures.len() == 1);
        let namesake =
            if unique(&own) && unique(&titles) { titles.get(&key(title.text)).and_then(|list| list.first().copied()) } else { None };
        match rename(before, measure, title, namesake) {
            Some(mut finding) => {
                finding.subject = Subject {
                    measure: Some(measure.id.text.to_owned()),
                    departments: measure.departments.iter().map(|id| id.text.to_owned()).collect(),
                    ..ledger.subject().clone()
                };
                ledger.fail(finding);
            }
            None => ledger.pass(RENAMED),
        }
    }
}

fn key(title: &str) -> String {
    folded_chars(title).collect()
}

fn titles<'p, 'a>(plan: &'p Plan<'a>) -> BTreeMap<String, Vec<&'p Measure<'a>>> {
    let mut titles: BTreeMap<String, Vec<&Measure<'_>>> = BTreeMap::new();
    for measure in &plan.measures {
        if let Some(title) = measure.title {
            titles.entry(key(title.text)).or_default().push(measure);
        }
    }
    titles
}

/// What has happened to the name or number of a measure without the plan saying so.
fn rename(before: &Plan<'_>, measure: &Measure<'_>, title: Text<'_>, namesake: Option<&Measure<'_>>) -> Option<Finding> {
    let finding = |node: Node<'_>, old: &Measure<'_>| {
        Finding::new(RENAMED, node)
            .arg("title", title.text)
            .arg("id", measure.id.text)
            .arg("old_title", old.name())
            .arg("old_id", old.id.text)
            .related("old", old.title.map_or(old.id.node, |title| title.node))
    };
    if !measure.formerly.is_empty() {
        // What the plan says of its own past has to be true of that plan.
        return measure.formerly.iter().find_map(|former| {
            let (id, said) = former.id.zip(former.title)?;
            let old = before.measure(id.text)?;
            let real = old.title?;
            (!same_folded(said.text, real.text) && !same_folded(title.text, real.text))
                .then(|| finding(said.node, old).variant("formerly").arg("said", said.text))
        });
    }
    if let Some(old) = namesake {
        return (old.id.text != measure.id.text).then(|| finding(measure.id.node, old).variant("renumbered"));
    }
    let old = before.measure(measure.id.text)?;
    let near = did_you_mean(title.text, old.title.map(|title| title.text)).is_some();
    near.then(|| finding(title.node, old))
}
