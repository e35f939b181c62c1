//! What a report says twice: the text of another entry, the row of another measure, the result as
//! a plan.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use crate::catalogue::RuleId;
use crate::diagnostic::{Finding, Subject};
use crate::document::Node;
use crate::model::{CountValue, Entry, Measure, Passage, Report, Slot};
use crate::rule::{EntryScope, Ledger, Reason, ReportScope};
use crate::text;

use super::running;
use super::titles::is_repeat;

const TEXT: RuleId = RuleId::DuplicateText;
const ROW: RuleId = RuleId::UnmarkedRepeat;
const PLAN: RuleId = RuleId::PlanRepeatsResult;

/// With how many earlier entries of the same title or words an entry is compared.
const FEW: usize = 20;

/// Looks at a report.
pub fn report(scope: &ReportScope<'_>, ledger: &mut Ledger) {
    if !running::any_on(ledger, &[TEXT, ROW, PLAN]) {
        return;
    }
    if let Some(reason) = scope.not_asked("") {
        return running::skip(ledger, &[TEXT, ROW, PLAN], reason);
    }
    let rows = rows(scope, ledger);
    texts(scope, &rows, ledger);
    plans(scope, ledger);
}

fn subject<'a>(scope: &ReportScope<'a>, entry: &'a Entry<'a>) -> Subject {
    EntryScope::new(*scope, entry).subject()
}

/// Whether two measures of one title have the same figures in a report, or, where neither has
/// figures, the same result.
pub(super) fn shown_twice(report: &Report<'_>, one: &Measure<'_>, other: &Measure<'_>) -> bool {
    let titles = one.title.zip(other.title);
    titles.is_some_and(|(title, second)| text::same_folded(title.text, second.text))
        && !is_repeat(one, other)
        && report.entries_of(one.id.text).any(|entry| report.entries_of(other.id.text).any(|second| same_row(entry, second)))
}

fn same_row(one: &Entry<'_>, other: &Entry<'_>) -> bool {
    let figures = |entry: &Entry<'_>| entry.counts.iter().filter(|count| count.actual.given().is_some()).count();
    match (figures(one), figures(other)) {
        (0, 0) => {
            let words = |entry: &Entry<'_>| entry.result.given().map(|passage| text::fold(&passage.joined()).into_owned());
            words(one).is_some_and(|words_of_one| text::has_letters(&words_of_one, 10) && words(other) == Some(words_of_one))
        }
        (first, second) => first == second && one.counts.iter().all(|count| same_figure(count, other)),
    }
}

fn same_figure(count: &CountValue<'_>, other: &Entry<'_>) -> bool {
    let Some(actual) = count.actual.given() else { return true };
    other
        .counts
        .iter()
        .filter_map(|count| count.actual.given())
        .any(|second| second.value() == actual.value() && second.unit() == actual.unit())
}

/// Rows that show another measure again without saying so; answers with the pairs of entries.
fn rows(scope: &ReportScope<'_>, ledger: &mut Ledger) -> Vec<(usize, usize)> {
    let entries = &scope.report.entries;
    let mut titles: HashMap<String, Vec<usize>> = HashMap::with_capacity(entries.len());
    let mut pairs = Vec::new();
    for (index, entry) in entries.iter().enumerate() {
        let Some(measure) = scope.plan.measure(entry.measure.text) else {
            ledger.skip(ROW, Reason::Undefined);
            continue;
        };
        let Some(title) = measure.title.filter(|title| !title.text.trim().is_empty()) else { continue };
        let earlier = titles.entry(text::fold(title.text).into_owned()).or_default();
        let first = earlier.iter().copied().take(FEW).find(|first| {
            let first = &entries[*first];
            let other = scope.plan.measure(first.measure.text);
            first.measure.text != entry.measure.text && other.is_some_and(|other| !is_repeat(measure, other)) && same_row(first, entry)
        });
        earlier.push(index);
        let Some(first) = first else {
            ledger.pass(ROW);
            continue;
        };
        pairs.push((first, index));
        let other = &entries[first];
        let mut finding = Finding::new(ROW, entry.measure.node)
            .arg("title", title.text)
            .arg("first", other.measure.text)
            .arg("second", entry.measure.text)
            .related("first", other.measure.node)
            .related("title", title.node)
            .shared(text::fold(title.text));
        finding.subject = subject(scope, entry);
        ledger.fail(finding);
    }
    pairs
}

/// Results and effects that are those of another entry, word for word.
fn texts(scope: &ReportScope<'_>, rows: &[(usize, usize)], ledger: &mut Ledger) {
    let least = usize::try_from(scope.settings.integer(TEXT, "letters")).unwrap_or(0);
    let mut said: HashSet<(usize, usize)> = rows.iter().copied().collect();
    for field in [Written::Result, Written::Effect] {
        let mut seen: HashMap<String, Vec<usize>> = HashMap::with_capacity(scope.report.entries.len());
        for (index, entry) in scope.report.entries.iter().enumerate() {
            let Some((passage, node)) = field.of(entry) else {
                ledger.skip(TEXT, Reason::NoText);
                continue;
            };
            let joined = passage.joined();
            let words = match text::fold(&joined) {
                Cow::Owned(folded) => folded,
                Cow::Borrowed(_) => joined,
            };
            if !text::has_letters(&words, least) {
                ledger.skip(TEXT, Reason::Few);
                continue;
            }
            let earlier = seen.entry(words).or_default();
            let first = earlier.iter().copied().take(FEW).find(|first| may_be_copied(scope, *first, index));
            earlier.push(index);
            let Some(first) = first.filter(|first| !said.contains(&(*first, index))) else {
                ledger.pass(TEXT);
                continue;
            };
            said.insert((first, index));
            ledger.fail(copied(scope, field, (&scope.report.entries[first], entry), node));
        }
    }
}

/// Which text of an entry.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Written {
    Result,
    Effect,
}

impl Written {
    fn of<'a>(self, entry: &Entry<'a>) -> Option<(Passage<'a>, Node<'a>)> {
        match if self == Self::Result { &entry.result } else { &entry.effect } {
            Slot::Given(passage, node) => Some((*passage, *node)),
            _ => None,
        }
    }
}

/// Two entries that say the same for a reason are no copy: several departments of one measure, a
/// row that is shown again, or one event that both tell of.
fn may_be_copied(scope: &ReportScope<'_>, first: usize, second: usize) -> bool {
    let (first, second) = (&scope.report.entries[first], &scope.report.entries[second]);
    if first.measure.text == second.measure.text {
        return false;
    }
    let measures = scope.plan.measure(first.measure.text).zip(scope.plan.measure(second.measure.text));
    let repeat = measures.is_some_and(|(one, other)| is_repeat(one, other));
    let day = |entry: &Entry<'_>| -> Vec<(Option<String>, Option<String>)> {
        let text = |text: Option<crate::model::Text<'_>>| text.map(|text| text.text.to_owned());
        entry.events.iter().map(|event| (text(event.date.or(event.month)), text(event.title))).collect()
    };
    let events = day(first);
    let shared = !events.is_empty() && events == day(second);
    !repeat && !shared
}

fn copied(scope: &ReportScope<'_>, field: Written, (first, entry): (&Entry<'_>, &Entry<'_>), node: Node<'_>) -> Finding {
    let name = |entry: &Entry<'_>| scope.plan.measure(entry.measure.text).map_or(entry.measure.text, Measure::name).to_owned();
    let other = field.of(first).map(|(_, node)| node);
    let mut finding = Finding::new(TEXT, node)
        .variant(if field == Written::Result { "result" } else { "effect" })
        .arg("first", first.measure.text)
        .arg("title", name(first))
        .shared(field.of(entry).map(|(passage, _)| text::fold(&passage.joined()).into_owned()).unwrap_or_default());
    if let Some(other) = other {
        finding = finding.related("first", other);
    }
    finding.subject = subject(scope, entry);
    finding
}

/// Plans for the next year that are the result with other endings: one finding for the report.
fn plans(scope: &ReportScope<'_>, ledger: &mut Ledger) {
    let mut found: Vec<(&Entry<'_>, Node<'_>, Node<'_>)> = Vec::new();
    let mut looked = 0;
    for entry in &scope.report.entries {
        match repeated_plan(entry) {
            Ok(true) => {
                looked += 1;
                let plan = entry.next.as_ref().and_then(|next| next.plan.node());
                if let Some((plan, result)) = plan.zip(entry.result.node()) {
                    found.push((entry, plan, result));
                }
            }
            Ok(false) => {
                looked += 1;
                ledger.pass(PLAN);
            }
            Err(reason) => ledger.skip(PLAN, reason),
        }
    }
    let Some(((first, plan, result), others)) = found.split_first() else { return };
    let mut finding = Finding::new(PLAN, *plan)
        .arg("measure", first.measure.text)
        .arg("times", found.len())
        .arg("all", looked)
        .related("result", *result);
    if !others.is_empty() {
        finding = finding.variant("several");
    }
    finding = others.iter().fold(finding, |finding, (_, plan, _)| finding.again(*plan));
    for (entry, plan, _) in others.iter().take(9) {
        finding = finding.related_with("again", crate::diagnostic::Place::of(*plan), vec![("measure", entry.measure.text.into())]);
    }
    if others.is_empty() {
        finding.subject = subject(scope, first);
    }
    ledger.fail(finding);
}

/// Whether the next plan says nothing that the result does not, in words or figures.
fn repeated_plan(entry: &Entry<'_>) -> Result<bool, Reason> {
    let next = entry.next.as_ref().ok_or(Reason::NoText)?;
    let (Some(result), Some(plan)) = (entry.result.given(), next.plan.given()) else { return Err(Reason::NoText) };
    if entry.has_ended() {
        return Err(Reason::Ended);
    }
    // Other figures for the next year are a plan.
    let is_news = |count: &CountValue<'_>| {
        let target = count.target.given();
        let before = entry.count(count.id());
        let before = before.and_then(|count| count.target.given().or(count.actual.given()));
        target.is_some_and(|target| before.is_none_or(|before| before.value() != target.value() || before.form() != target.form()))
    };
    if next.counts.iter().any(is_news) || !next.events.is_empty() {
        return Ok(false);
    }
    let (result, plan) = (result.joined(), plan.joined());
    Ok(text::has_letters(&plan, 10) && same_but_for_tense(&result, &plan))
}

/// Whether two texts have the same sentences when endings are left out.
fn same_but_for_tense(one: &str, other: &str) -> bool {
    let stems = |text: &str| -> Vec<String> { text::sentences(text).map(|sentence| stem(sentence.text)).collect() };
    stems(one) == stems(other)
}

/// A sentence without its closing verb's ending: 講座を開いた and 講座を開く are 講座を開.
fn stem(sentence: &str) -> String {
    let folded = text::fold(sentence);
    let is_hiragana = |letter: char| text::script(letter) == text::Script::Hiragana;
    let mut words = folded.trim_end_matches(['。', '、']).trim_end_matches(is_hiragana);
    // 開催予定, 実施予定
    if let Some(rest) = words.strip_suffix("予定") {
        words = rest.trim_end_matches(is_hiragana);
    }
    words.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_tense() {
        for (result, plan) in [
            ("費用の一部を助成した。", "費用の一部を助成する。"),
            ("講座を開いた。相談に応じた。", "講座を開きます。相談に応じます。"),
            ("会議を開催した。", "会議を開催予定。"),
            ("窓口を案内し、支援につなげた", "窓口を案内し、支援につなげる。"),
        ] {
            assert!(same_but_for_tense(result, plan), "{plan}");
        }
        for (result, plan) in [
            ("講座を3回開いた。", "講座を4回開く。"),
            ("講座を開いた。", "講座を開く。参加者を増やす。"),
            ("講座を開いた。", "講座を見直す。"),
        ] {
            assert!(!same_but_for_tense(result, plan), "{plan}");
        }
    }
}
